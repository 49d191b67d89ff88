"""Sentences per CPU second through the optional encoder, and what loading it takes.

    python bench/speed/encoder.py [--items 400] [--rounds 3]

Items are sentences of training/events. The fastest round counts, because a shared machine slows single rounds.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path

from masudi.coding.encoder import Encoder

EVENTS = Path(__file__).resolve().parents[2] / "training" / "events"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    before, began = _peak(), time.process_time()
    encoder = Encoder()
    print(f"loading    {time.process_time() - began:8.2f} CPU seconds")
    found = [json.loads(line)["text"] for path in sorted(EVENTS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    items = found[:: max(1, len(found) // asked.items)][: asked.items]
    best = min(_spent(encoder, items) for _ in range(asked.rounds))
    words = sum(len(text.split()) for text in items)
    print(f"sentences  {len(items) / best:8.0f} per CPU second ({1000 * best / len(items):.1f} ms each), {words / best:.0f} words")
    print(f"memory     {_peak() - before:8.0f} MB more at the peak")


def _spent(encoder: Encoder, texts: Sequence[str]) -> float:
    encoder.forget()
    began = time.process_time()
    for text in texts:
        encoder.seen(text)
    return time.process_time() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
