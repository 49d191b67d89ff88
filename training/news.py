"""News that was read for masudi: where its events stand, in texts that are not here.

    python training/news.py FOLDER [FILE...]     checks every label against the texts in FOLDER, and counts

training/news/*.jsonl: one article a line: "corpus" (where its text lies in FOLDER), "digest" (of the text, by which it is found there),
"published" (a day, or null) and "events", one for each mention: "span", "type", "actor" and "recipient" (the spans that name
them in the same sentence), "status" as in training/guideline.md, "optional" (true, or absent). Spans are characters of the
text, end excluded. FOLDER: development corpora, as docs/data.md names them.
"""

from __future__ import annotations

import hashlib
import json
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FILES = sorted((Path(__file__).parent / "news").glob("*.jsonl"))
HELD_BACK = Path(__file__).parents[1] / "bench" / "accuracy" / "news.jsonl"  # nothing here learns from these articles
FIELDS = {"span", "type", "actor", "recipient", "status", "optional"}

Row = dict[str, Any]


def labels(files: Sequence[Path] = ()) -> Iterator[Row]:
    """Every line of `files` (all of training/news by default), in file order."""
    for path in files or FILES:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def rows(folder: Path, files: Sequence[Path] = ()) -> Iterator[Row]:
    """Each labelled article with its "text". SystemExit where `folder` has no such text."""
    for row in labels(files):
        text = _texts(folder, row["corpus"]).get(row["digest"])
        if text is None:
            raise SystemExit(f"{folder}: none of the texts of {row['corpus']!r} has the digest {row['digest']}; is it the folder of corpora?")
        yield {**row, "text": text}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _texts(folder: Path, corpus: str) -> dict[str, str]:
    return {digest(text): text for text in READERS[corpus](folder)}


def _attribution(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "attribution" / "train" / "text").glob("*")):
        yield path.read_text(encoding="utf-8")


def _dates(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "dates" / "aquaint").glob("*.tml")):
        yield "".join(body.itertext()).strip() if (body := ET.parse(path).find("TEXT")) is not None else ""


def _linking(folder: Path) -> Iterator[str]:
    path = folder / "linking" / "whole" / "train.articles.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        yield json.loads(line)["text"]


def _places(folder: Path) -> Iterator[str]:
    path = folder / "places" / "lgl.xml"
    for article in ET.parse(path).getroot().iter("article") if path.is_file() else ():
        yield (article.findtext("text") or "").strip()


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "attribution": _attribution, "dates": _dates, "linking": _linking, "places": _places,
}  # fmt: skip


def faults(row: Row, types: Sequence[str], statuses: Sequence[str]) -> Iterator[str]:
    """What is wrong with one row; spans are compared with its text where it has one."""
    if row["corpus"] not in READERS:
        yield f"no corpus {row['corpus']!r}"
    if set(row) - {"corpus", "digest", "published", "events", "text"}:
        yield f"unknown fields {sorted(row)}"
    text = row.get("text")
    for event in row["events"]:
        if event["type"] not in types or set(event) - FIELDS:
            yield f"no type {event['type']!r}, or unknown fields {sorted(set(event) - FIELDS)}"
        if event["type"] == "CONSULT" and event["recipient"]:
            yield "CONSULT has all parties in actor"
        yield from (f"no status {name!r}" for name in event["status"] if name not in statuses)
        for begin, end in [event["span"], *event["actor"], *event["recipient"]]:
            if not 0 <= begin < end or (text is not None and (end > len(text) or text[begin:end].strip() != text[begin:end])):
                yield f"{begin}:{end} are no words of the text"


def main(arguments: Sequence[str]) -> int:
    from corpus import STATUSES, type_modes

    if not arguments:
        print(__doc__)
        return 2
    types, wrong = sorted(type_modes()), 0
    counts: Counter[str] = Counter()
    for row in rows(Path(arguments[0]), [Path(name) for name in arguments[1:]]):
        for fault in faults(row, types, STATUSES):
            print(f"{row['corpus']} {row['digest']}: {fault}")
            wrong += 1
        counts.update(["articles", *(event["type"] for event in row["events"])])
        counts["optional"] += sum("optional" in event for event in row["events"])
    print(f"{wrong} wrong; " + ", ".join(f"{name} {n}" for name, n in sorted(counts.items())))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
