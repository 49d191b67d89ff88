"""The written sentences: reading them, and checking that every row says what the guideline allows.

    python training/corpus.py [FILE...]     prints counts; exit status 1 and one line per fault when a row is wrong
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = sorted((HERE / "events").glob("*.jsonl"))
STATUSES = ("negation", "future", "hypothetical", "historical")
TRAPS = (
    "sport", "weather", "metaphor", "business", "accident", "crime", "name", "history-of-ideas", "law-in-general",
    "opinion", "ability", "generic", "question", "wish", "statistics", "planning-document", "plain-news", "everyday",
)  # fmt: skip

Row = dict[str, Any]


def rows(files: Sequence[Path] = ()) -> Iterator[Row]:
    """Every row of `files` (all of `training/events` by default), in file order."""
    for path in files or FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def faults(row: Row, modes: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with one row. modes: the modes of each type."""
    text = row.get("text", "")
    if not 4 <= len(text.split()) <= 60:
        yield "text: 4 to 60 words"
    if bool(row["events"]) == ("trap" in row):
        yield "a trap is named on rows without an event, and only there"
    if row.get("trap") not in (None, *TRAPS):
        yield f"no trap {row['trap']!r}"
    for event in row["events"]:
        yield from _event_faults(event, text, modes)
    unknown = set(row) - {"text", "events", "trap", "published"}
    if unknown:
        yield f"unknown fields {sorted(unknown)}"


def _event_faults(event: Row, text: str, modes: dict[str, set[str]]) -> Iterator[str]:
    if event.get("type") not in modes:
        yield f"no type {event.get('type')!r}"
    elif event.get("mode") not in (None, *modes[event["type"]]):
        yield f"{event['type']} has no mode {event['mode']!r}: {sorted(modes[event['type']])}"
    if text.count(event["words"]) != 1:
        yield f"words {event['words']!r} occur {text.count(event['words'])} times"
    for side in ("actor", "recipient"):
        yield from (f"{side} {party!r} is not in the text" for party in event[side] if party not in text)
    yield from (f"no status {s!r}" for s in event["status"] if s not in STATUSES)
    if event["type"] == "CONSULT" and event["recipient"]:
        yield "CONSULT has all parties in actor"
    if set(event) - {"type", "mode", "words", "actor", "recipient", "status"}:
        yield f"unknown fields {sorted(set(event))}"


def type_modes() -> dict[str, set[str]]:
    """The modes of each type, from the ontology."""
    from masudi.lexicon import Lexicons

    lexicons = Lexicons()
    found: dict[str, set[str]] = {row["type"]: set() for row in lexicons.table("plover/types.tsv")}
    for row in lexicons.table("plover/modes.tsv"):
        found[row["type"]].add(row["mode"])
    return found


def main(names: Sequence[str]) -> int:
    files = [Path(name) for name in names] or FILES
    modes, wrong, seen = type_modes(), 0, Counter()
    types: Counter[str] = Counter()
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                found = list(faults(row, modes))
            except (ValueError, KeyError, TypeError) as error:
                found, row = [f"{type(error).__name__}: {error}"], {"text": "", "events": []}
            seen[row["text"].lower()] += 1
            if seen[row["text"].lower()] > 1:
                found.append("the same text again")
            for fault in found:
                print(f"{path}:{number}: {fault}")
            wrong += bool(found)
            types.update(e.get("type") for e in row["events"])
            types.update(["(no event)"] * (not row["events"]))
    print(f"{sum(seen.values())} rows, {wrong} wrong; " + ", ".join(f"{n} {c}" for n, c in sorted(types.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
