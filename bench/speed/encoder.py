"""Sentences per CPU second through the optional encoder, and what loading it takes.

    python bench/speed/encoder.py [--items 400] [--rounds 3]

Items are the events of the written sentences of training/events, each with its event word and parties marked. The
fastest round counts, because a shared machine slows single rounds.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from masudi.coding.encoder import Encoder
from masudi.records import Span

EVENTS = Path(__file__).resolve().parents[2] / "training" / "events"

Item = tuple[str, Span, list[Span], list[Span]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    before, began = _peak(), time.process_time()
    encoder = Encoder()
    print(f"loading          {time.process_time() - began:8.2f} CPU seconds")
    found = list(_items())
    items = found[:: max(1, len(found) // asked.items)][: asked.items]
    best = min(_spent(encoder, items) for _ in range(asked.rounds))
    print(f"marked sentences {len(items) / best:8.0f} per CPU second ({1000 * best / len(items):.1f} ms each)")
    print(f"memory           {_peak() - before:8.0f} MB more at the peak")


def _items() -> Iterator[Item]:
    for path in sorted(EVENTS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            text = row["text"]
            for event in row["events"]:
                sides = [[_span(text, party) for party in event[side]] for side in ("actor", "recipient")]
                yield text, _span(text, event["words"]), sides[0], sides[1]


def _span(text: str, words: str) -> Span:
    begin = text.index(words)
    return Span(begin, begin + len(words))


def _spent(encoder: Encoder, items: Sequence[Item]) -> float:
    began = time.process_time()
    encoder.candidates(items)
    return time.process_time() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
