"""Written sentences against masudi: which events, by whom, to whom, of what status; and how sure masudi was.

    python bench/accuracy/events.py FILE.jsonl... [--misses] [--type TYPE] [--ranker RANKER]

Rows as `training/guideline.md` says. The default file is the held-back set beside this script. A gold event and a report pair
one to one inside a sentence: same type and overlapping words first, then same type, then overlapping words. `type`:
paired with the same type; `parties`: and both sides agree (a side empty in gold must be empty, else one of its parties
overlaps one of gold's, itself or in another mention that masudi takes for the same actor, as "him" may be; where gold has
all parties in `actor`, two of them must be found on either side). `status`: auxiliary sets equal, over type pairs.
`false_alarms`: reports per 100 rows without an event. `ece`: expected calibration error of `confidence` against "type and
parties right", ten equal bins; by chance: what perfect confidence would show on so few. Intervals: 95 %, bootstrap over rows, seeded.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import masudi
from masudi.read import read_text

sys.path.append(str(Path(__file__).parents[2] / "training"))
from judging import overlaps, parties_agree

Plain = dict[str, Any]
HELD_BACK = Path(__file__).with_name("written_events.jsonl")
TOLD_ON = "2020-01-01"
BINS = 10
DRAWS = 1000


def evaluate(files: Sequence[Path]) -> dict[str, Any]:
    """Scores over all rows of `files`, with `per_type` F1s and `intervals`."""
    return score(judge(files))


def judge(files: Sequence[Path], ranker: str = "linear") -> list[Plain]:
    """Each row with its reports and the pairs made: {"row", "reports", "pairs": [(gold, report)]}."""
    rows = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
    coder = masudi.load(keep_text=True, ranker=ranker)
    articles = [
        read_text(row["text"], settings=coder.settings, published=row.get("published", TOLD_ON), given_id=str(n))
        for n, row in enumerate(rows)
    ]
    out = []
    for row, coded in zip(rows, coder.code_articles(articles), strict=True):
        for event in row["events"]:
            start = row["text"].find(event["words"])
            event["span"] = [start, start + len(event["words"])]
        reports = with_mentions(coded.to_dict())
        out.append({"row": row, "reports": reports, "pairs": pair(row["events"], reports)})
    return out


def with_mentions(coded: Plain) -> list[Plain]:
    """The reports, to the spans of each side added where else the same actors are named."""
    places: dict[str, list[list[int]]] = {}
    for mention in coded["mentions"]:
        places.setdefault(mention["actor"], []).append([mention["start"], mention["end"]])

    def spans(report: Plain, side: str) -> list[list[int]]:
        own = report[f"{side}_spans"]
        return [*own, *(span for actor in report[f"{side}s"] for span in places.get(actor, ()) if span not in own)]

    return [report | {f"{side}_spans": spans(report, side) for side in ("actor", "recipient")} for report in coded["reports"]]


def pair(gold: Sequence[Plain], reports: Sequence[Plain]) -> list[tuple[Plain, Plain]]:
    """One-to-one pairs, the surest kind first."""
    ranked = sorted(
        (rank, g, r) for g, event in enumerate(gold) for r, report in enumerate(reports)
        if (rank := _rank(event, report)) is not None
    )  # fmt: skip
    left, right, out = set(), set(), []
    for _, g, r in ranked:
        if g not in left and r not in right:
            left.add(g)
            right.add(r)
            out.append((gold[g], reports[r]))
    return out


def _rank(event: Plain, report: Plain) -> int | None:
    same = event["type"] == report["type"]
    touches = any(overlaps(event["span"], span) for span in report["triggers"])
    if same:
        return 0 if touches else 1
    return 2 if touches else None


def has_parties(text: str, event: Plain, report: Plain) -> bool:
    """report: needs `actor_spans` and `recipient_spans` only."""
    wanted = [[_occurrences(text, name) for name in event[side]] for side in ("actor", "recipient")]
    return parties_agree(wanted, (report["actor_spans"], report["recipient_spans"]))


def _occurrences(text: str, name: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in re.finditer(re.escape(name), text)]


def score(judged: Sequence[Plain]) -> dict[str, Any]:
    counts = [_counts(j) for j in judged]
    out: dict[str, Any] = _figures(counts)
    sure = [s for j in judged for s in _sure(j)]
    out |= {"ece": calibration_error(sure), "ece by chance": error_by_chance(sure)}
    out["per_type"] = _per_type(judged)
    out["intervals"] = _intervals(counts)
    return out


def _counts(judged: Plain) -> Counter[str]:
    row, pairs = judged["row"], judged["pairs"]
    typed = [(g, r) for g, r in pairs if g["type"] == r["type"]]
    free = not row["events"]
    return Counter(
        gold=len(row["events"]), coded=len(judged["reports"]), type=len(typed),
        parties=sum(has_parties(row["text"], g, r) for g, r in typed),
        status=sum(set(g["status"]) == set(r["auxiliary"]) for g, r in typed),
        free=free, alarms=len(judged["reports"]) if free else 0,
    )  # fmt: skip


def _figures(counts: Iterable[Counter[str]]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for found in counts:
        total.update(found)
    both = total["gold"] + total["coded"]
    return {
        "type": 2 * total["type"] / max(both, 1), "parties": 2 * total["parties"] / max(both, 1),
        "precision": total["type"] / max(total["coded"], 1), "recall": total["type"] / max(total["gold"], 1),
        "status": total["status"] / max(total["type"], 1), "false_alarms": 100 * total["alarms"] / max(total["free"], 1),
    }  # fmt: skip


def _sure(judged: Plain) -> list[tuple[float, bool]]:
    right = {r["id"] for g, r in judged["pairs"] if g["type"] == r["type"] and has_parties(judged["row"]["text"], g, r)}
    return [(r["confidence"], r["id"] in right) for r in judged["reports"]]


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """Mean distance of confidence from the share right, over ten equal bins, weighted by how full they are."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for value, right in sure:
        bins.setdefault(min(int(value * BINS), BINS - 1), []).append((value, right))
    gaps = (abs(sum(v for v, _ in found) - sum(r for _, r in found)) for found in bins.values())
    return sum(gaps) / max(len(sure), 1)


def error_by_chance(sure: Sequence[tuple[float, bool]]) -> float:
    """The calibration error to be expected on as many reports, if confidence were exactly the chance to be right."""
    rng = random.Random(0)
    return sum(calibration_error([(value, rng.random() < value) for value, _ in sure]) for _ in range(DRAWS)) / DRAWS


def _per_type(judged: Sequence[Plain]) -> dict[str, tuple[float, int]]:
    """F1 of each type and how often gold has it."""
    gold = Counter(e["type"] for j in judged for e in j["row"]["events"])
    coded = Counter(r["type"] for j in judged for r in j["reports"])
    right = Counter(g["type"] for j in judged for g, r in j["pairs"] if g["type"] == r["type"])
    return {name: (2 * right[name] / (gold[name] + coded[name]), gold[name]) for name in sorted(gold | coded)}


def _intervals(counts: Sequence[Counter[str]]) -> dict[str, tuple[float, float]]:
    rng = random.Random(0)
    drawn = [_figures(rng.choices(counts, k=len(counts))) for _ in range(DRAWS)]
    out = {}
    for name in drawn[0]:
        values = sorted(d[name] for d in drawn)
        out[name] = (values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)])
    return out


def per_status(judged: Sequence[Plain]) -> dict[str, tuple[float, int]]:
    """For each auxiliary (and none): share of the events found, of whatever type, whose status is right; how many."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for found in judged:
        for event, report in found["pairs"]:
            for name in event["status"] or ["none"]:
                seen[name] += 1
                right[name] += name in report["auxiliary"] if name != "none" else not report["auxiliary"]
    return {name: (right[name] / n, n) for name, n in sorted(seen.items())}


def show_misses(judged: Sequence[Plain], wanted: str | None) -> None:
    for found in judged:
        row = found["row"]
        paired = {id(g): r for g, r in found["pairs"]}
        used = {id(r) for _, r in found["pairs"]}
        for g in row["events"]:
            if wanted in (None, g["type"]):
                _show_event(row["text"], g, paired.get(id(g)))
        for r in found["reports"]:
            if id(r) not in used and wanted in (None, r["type"]):
                print(f"FALSE    {r['type']} {_words(row['text'], r['triggers'])}  {r['because'][0]} | {row['text']}")


def _show_event(text: str, event: Plain, report: Plain | None) -> None:
    wanted = f"{event['type']} {event['words']!r} {event['actor']} > {event['recipient']} {event['status']}"
    if report is None:
        print(f"MISSED   {wanted} | {text}")
        return
    got = f"{report['type']} {_words(text, report['actor_spans'])} > {_words(text, report['recipient_spans'])} {report['auxiliary']}"
    if report["type"] != event["type"]:
        print(f"TYPE     {wanted} :: {got} {report['because'][0]} | {text}")
    elif not has_parties(text, event, report):
        print(f"PARTIES  {wanted} :: {got} | {text}")
    elif set(report["auxiliary"]) != set(event["status"]):
        print(f"STATUS   {wanted} :: {got} | {text}")


def _words(text: str, spans: Iterable[Sequence[int]]) -> list[str]:
    return [text[s:e] for s, e in spans]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[HELD_BACK])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--type", help="only the misses of this type")
    parser.add_argument("--ranker", default="linear", help="linear (the default), encoder or off")
    asked = parser.parse_args(arguments)
    judged = judge(asked.files, asked.ranker)
    if asked.misses or asked.type:
        show_misses(judged, asked.type)
    found = score(judged)
    for name, (low, high) in found["intervals"].items():
        print(f"{name:14}{found[name]:7.3f}   [{low:.3f}, {high:.3f}]")
    print(f"{'ece':14}{found['ece']:7.3f}   {found['ece by chance']:.3f} by chance")
    for title, table in (("type", found["per_type"]), ("status", per_status(judged))):
        print(title + ": " + "  ".join(f"{name} {value:.2f} ({n})" for name, (value, n) in table.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
