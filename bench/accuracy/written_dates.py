"""Dates of events in articles written for the purpose: flashbacks, background, mixed time zones.

    python bench/accuracy/written_dates.py [FILE.jsonl] [--errors]

FILE: an article a line: id, published, text, events as [trigger, expected, precision]. A trigger "word#2" is the second
"word". expected: an ISO date or TIMEX3 week (told by its bounds), several right ones parted by "|"; null: the text fixes no day.

Right: the claim's value is the expected one (for null: it claims no day by text or inference). False day: a day claimed
by text or inference that is not the expected one nor, for a coarser expectation, within it. Events: each trigger, coded
or not. Reports: those that the whole pipeline codes at a trigger.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import masudi
from masudi.chronology import Chronology
from masudi.records import EventDate
from masudi.text import iso_bounds

FILE = Path(__file__).with_name("written_dates.jsonl")
CLAIMED = ("text", "inferred")


def judge(day: EventDate, expected: str | None) -> tuple[bool, bool]:
    """(right, false day) of a claim."""
    claims_day = day.basis in CLAIMED and len(day.value or "") == 10 and "W" not in (day.value or "")
    if expected is None:
        return not claims_day, claims_day
    wanted = expected.split("|")
    if day.basis == "document":  # publication's own day counts where it is what is expected
        return day.value in wanted, False
    if day.value in wanted:
        return True, False
    if "-W" in expected and day.earliest is not None and day.latest is not None:  # a week is told by its bounds
        weeks = {f"{d.isocalendar()[0]}-W{d.isocalendar()[1]:02d}" for d in (day.earliest, day.latest)}
        inside = all(any(w.startswith(week) for w in wanted) for week in weeks)
        return inside and not claims_day, claims_day and not inside
    bounds = [b for b in map(iso_bounds, wanted) if b is not None]
    inside = any(b[0] <= (day.earliest or b[1]) and (day.latest or b[0]) <= b[1] for b in bounds)
    return False, claims_day and not (inside and all(len(w) < 10 for w in wanted))


def judged(path: Path = FILE) -> Iterator[dict[str, Any]]:
    """One row a trigger: article, trigger, expected, date, right, false_day, report."""
    coder = masudi.load()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        coded = coder.code(row["text"], published=row["published"])
        doc = coder.tools.analyse.analyse_one(coded.article)
        chronology = Chronology(doc, coded.article, coded.times)
        for trigger, expected, _ in row["events"]:
            word, _, nth = trigger.partition("#")
            token = [t for t in doc if t.text == word][int(nth or 1) - 1]
            report = next((r for r in coded.reports if any(t[0] <= token.idx < t[1] for t in r.triggers)), None)
            day = chronology.date_of(token)
            right, false_day = judge(day, expected)
            yield {"article": row["id"], "trigger": trigger, "expected": expected, "date": day, "right": right,
                   "false_day": false_day, "report": None if report is None else judge(report.date, expected)}  # fmt: skip


def evaluate(path: Path = FILE) -> dict[str, float]:
    """articles, events; events_right, reports_right: shares; events_false_day, reports_false_day: counts."""
    rows = list(judged(path))
    reports = [row["report"] for row in rows if row["report"] is not None]
    return {
        "articles": len({row["article"] for row in rows}), "events": len(rows), "reports": len(reports),
        "events_right": sum(row["right"] for row in rows) / len(rows),
        "events_false_day": sum(row["false_day"] for row in rows),
        "reports_right": sum(right for right, _ in reports) / max(1, len(reports)),
        "reports_false_day": sum(false_day for _, false_day in reports),
    }  # fmt: skip


def wrong(path: Path) -> Iterator[tuple[Any, ...]]:
    for row in judged(path):
        if not row["right"]:
            day, mark = row["date"], "FALSE DAY" if row["false_day"] else ""
            yield row["article"], row["trigger"], row["expected"], "got", day.value, day.basis, day.earliest, day.latest, mark


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from judged import run

    sys.exit(run(__doc__, FILE, evaluate, wrong))
