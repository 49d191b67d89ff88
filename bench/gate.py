"""Accuracy must not fall unseen: run every scorer and compare with the floors in floors.json.

    MASUDI_DEVDATA=FOLDER python bench/gate.py                  check; status 1 when a figure is under its floor
    MASUDI_DEVDATA=FOLDER python bench/gate.py --pin            write today's figures as floors; refuses to lower one
    MASUDI_DEVDATA=FOLDER python bench/gate.py --pin --lower    lowers too: a commit of its own, with the reason

Each floor stands beside the digest of the data it was measured on; other data is refused, not compared. Without the
folder there is nothing to measure, and the gate says so.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"

# Figures move by a sentence or two when a word list grows; less than this is noise.
MARGIN = 0.005

# Figures that are no better for being higher.
NO_FLOOR = ("words_per_s", "reports per gold report")

Scores = dict[str, float]


@frozen
class Task:
    """Where its data lies in the development folder (or, whole path, in this one), and how its figures are made."""

    data: str
    evaluate: Callable[[Path], Scores]


def _scorer(name: str) -> Callable[[Path], Scores]:
    def evaluate(data: Path) -> Scores:
        scores: Scores = importlib.import_module(name).evaluate(data)
        return {k: v for k, v in scores.items() if k not in NO_FLOOR}

    return evaluate


def _statements(data: Path) -> Scores:
    scorer = importlib.import_module("statements")
    gold = scorer.read_gold(data)
    found = scorer.run_masudi({name: text for name, (text, _) in gold.items()}, outer=False)
    counts = scorer.Counts()
    for name, (text, statements) in gold.items():
        counts.article(text, statements, found.get(name, []))
    return {name: f1 for name, (_, _, f1) in counts.scores().items()}


def _written(data: Path) -> Scores:
    """Of the written sentences; what should be low is turned round."""
    found = importlib.import_module("events").evaluate([data])
    kept = {name: found[name] for name in ("type", "parties", "precision", "recall", "status")}
    return kept | {"1 - ece": 1 - found["ece"], "1 - false alarms": 1 - found["false_alarms"] / 100}


def _labelled(data: Path) -> Scores:
    """Of the labelled news, whose texts lie in the development folder."""
    found: Scores = importlib.import_module("mentions").evaluate(Path(os.environ["MASUDI_DEVDATA"]), [data])
    return {name: value for name, value in found.items() if not name.startswith("ece")} | {"1 - ece": 1 - found["ece"]}


TASKS = {
    "written events": Task(str(HERE / "accuracy" / "written_events.jsonl"), _written),
    "written articles": Task(str(HERE / "accuracy" / "written_articles.jsonl"), _scorer("reports")),
    "labelled news": Task(str(HERE / "accuracy" / "news.jsonl"), _labelled),
    "written times": Task(str(HERE / "accuracy" / "written_times.jsonl"), _scorer("dates")),
    "dates": Task("dates/aquaint", _scorer("dates")),
    "places": Task("places/lgl.xml", _scorer("places")),
    "reports": Task("reports", _scorer("reports")),
    "statements": Task("attribution/dev", _statements),
    "statements of reports": Task("reports", _statements),
}


def digest(data: Path) -> str:
    """Of the bytes of every file under `data`, in the order of their names."""
    h = hashlib.blake2b(digest_size=16)
    for path in sorted(p for p in ([data] if data.is_file() else data.rglob("*")) if p.is_file()):
        h.update(path.name.encode())
        h.update(path.read_bytes())
    return h.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", help=f"of: {', '.join(TASKS)} (default: all)")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", action="store_true")
    given = parser.parse_args()
    if unknown := set(given.tasks) - set(TASKS):
        parser.error(f"no task {', '.join(sorted(unknown))}; tasks: {', '.join(TASKS)}")
    home = os.environ.get("MASUDI_DEVDATA")
    if not home:
        print("SKIPPED: MASUDI_DEVDATA names no development data, so no accuracy was measured")
        return 0
    sys.path.insert(0, str(HERE / "accuracy"))
    floors = json.loads(FLOORS.read_text()) if FLOORS.is_file() else {}
    good = all([check(name, Path(home), floors, given) for name in given.tasks or TASKS])
    if given.pin:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    return 0 if good else 1


def check(name: str, home: Path, floors: dict[str, dict[str, object]], given: argparse.Namespace) -> bool:
    """Measure one task and compare, or pin; whether it is well."""
    data = home / TASKS[name].data
    pinned = floors.get(name)
    if not data.exists():
        print(f"{name}: SKIPPED, no {data}")
        return True
    if pinned and pinned["data"] != digest(data) and not given.pin:
        print(f"{name}: {data} is not the data the floors were measured on; pin anew, and say why")
        return False
    scores = {k: round(v, 3) for k, v in TASKS[name].evaluate(data).items()}
    old: Scores = dict(pinned["floors"]) if pinned else {}  # type: ignore[call-overload]
    good = True
    for measure, value in scores.items():
        floor = old.get(measure)
        under = floor is not None and value < floor - MARGIN
        good = good and not under
        print(f"{name:22} {measure:28} {value:.3f}  floor {floor if floor is not None else '–'}{'  UNDER' if under else ''}")
    if given.pin:
        kept = scores if given.lower else {k: max(v, old.get(k, v)) for k, v in scores.items()}
        floors[name] = {"data": digest(data), "floors": kept}
    return good or (given.pin and given.lower)


if __name__ == "__main__":
    sys.exit(main())
