"""Events in real news against masudi, mention by mention: labels of ours on texts that do not ship.

    python bench/accuracy/mentions.py FOLDER [FILE...] [--misses] [--type TYPE] [--ranker RANKER]
    python bench/accuracy/mentions.py --agreement

FOLDER: development corpora. FILE: labels as training/news.py describes them; without one, the articles held back from training
(news.jsonl beside this). A labelled mention is found when words of a report overlap it; `type`: a report of the same type does;
`parties`: one that also has one of those whom the sentence names on each side, in whatever mention; where all parties are in `actor`, two of
them on either side. A side that the labels leave empty is not judged, for another sentence may name who it is: that is milder than
the other scorers, and lets a wrong party pass. Precision is of reports: one that overlaps only optional mentions counts
neither way. `status`: auxiliary sets equal, over those of right type. `ece`: expected calibration error of `confidence`, reports right in
type and parties, ten equal bins; by chance: what perfect confidence would show on so few. --agreement scores a second labelling of some of the articles
(news_again.jsonl) in masudi's place.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from events import Plain, calibration_error, error_by_chance, with_mentions

import masudi
from masudi.read import read_text

sys.path.append(str(Path(__file__).parents[2] / "training"))
import news
from judging import overlaps, parties_agree
from news import HELD_BACK

AGAIN = HELD_BACK.with_name("news_again.jsonl")


def evaluate(folder: Path, files: Sequence[Path] = (HELD_BACK,), ranker: str = "linear") -> dict[str, float]:
    return score(judge(folder, files, ranker))


def judge(folder: Path, files: Sequence[Path], ranker: str = "linear") -> list[Plain]:
    """Each labelled article with its reports: {"row", "reports"}."""
    rows = list(news.rows(folder, files))
    coder = masudi.load(keep_text=True, ranker=ranker)
    read = [read_text(r["text"], settings=coder.settings, published=r["published"], given_id=str(n)) for n, r in enumerate(rows)]
    return [{"row": r, "reports": with_mentions(coded.to_dict())} for r, coded in zip(rows, coder.code_articles(read), strict=True)]


def agreement() -> list[Plain]:
    """The articles labelled twice, the second labelling in the place of masudi's reports."""
    first = {row["digest"]: row for row in news.labels([HELD_BACK])}
    return [{"row": first[again["digest"]], "reports": [_as_report(e) for e in again["events"] if not e.get("optional")]}
            for again in news.labels([AGAIN])]  # fmt: skip


def _as_report(event: Plain) -> Plain:
    return {"type": event["type"], "triggers": [event["span"]], "actor_spans": event["actor"], "recipient_spans": event["recipient"],
            "auxiliary": event["status"]}  # fmt: skip


def touching(span: Sequence[int], reports: Iterable[Plain]) -> list[Plain]:
    return [r for r in reports if any(overlaps(span, t) for t in r["triggers"])]


def has_parties(event: Plain, report: Plain) -> bool:
    wanted = [[[span] for span in event[side]] for side in ("actor", "recipient")]
    return parties_agree(wanted, (report["actor_spans"], report["recipient_spans"]), open_ended=True)


def best(event: Plain, reports: Sequence[Plain]) -> tuple[int, Plain | None]:
    """How much of `event` the best of `reports` has right: 0 nothing, 1 its words, 2 its type, 3 its parties."""
    ranked = [(1 + (r["type"] == event["type"]) * (1 + has_parties(event, r)), r) for r in touching(event["span"], reports)]
    return max(ranked, key=lambda found: found[0], default=(0, None))


def told_in(found: Plain) -> list[tuple[Plain, list[Plain]]]:
    """The reports that count, each with the mentions it touches; those that touch only optional ones are left out."""
    every = [(report, [e for e in found["row"]["events"] if touching(e["span"], [report])]) for report in found["reports"]]
    return [(report, here) for report, here in every if not here or any(not e.get("optional") for e in here)]


def score(judged: Sequence[Plain]) -> dict[str, float]:
    n: Counter[str] = Counter()
    sure: list[tuple[float, bool]] = []
    for found in judged:
        for event in found["row"]["events"]:
            if not event.get("optional"):
                level, report = best(event, found["reports"])
                n.update(gold=1, found=level > 0, type=level > 1, parties=level > 2)
                n["status"] += level > 1 and set(event["status"]) == set(report["auxiliary"])
        for report, here in told_in(found):
            top = max((best(e, [report])[0] for e in here), default=0)
            n.update(coded=1, coded_found=top > 0, coded_type=top > 1, coded_parties=top > 2)
            sure += [(report["confidence"], top > 2)] if "confidence" in report else []
    out = {}
    for name in ("found", "type", "parties"):
        precision, recall = n[f"coded_{name}"] / max(n["coded"], 1), n[name] / max(n["gold"], 1)
        out |= {f"{name} precision": precision, f"{name} recall": recall, f"{name} F1": 2 * precision * recall / max(precision + recall, 1e-9)}
    out |= {"status": n["status"] / max(n["type"], 1)} | ({"ece": calibration_error(sure), "ece by chance": error_by_chance(sure)} if sure else {})
    return {name: round(value, 3) for name, value in out.items()}


def per_type(judged: Sequence[Plain]) -> dict[str, tuple[float, float, int]]:
    """Precision and recall of each type, and how many mentions are labelled with it."""
    gold: Counter[str] = Counter()
    right: Counter[str] = Counter()
    coded: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for found in judged:
        for event in found["row"]["events"]:
            if not event.get("optional"):
                gold[event["type"]] += 1
                right[event["type"]] += best(event, found["reports"])[0] > 1
        for report, here in told_in(found):
            coded[report["type"]] += 1
            good[report["type"]] += any(e["type"] == report["type"] for e in here)
    return {name: (good[name] / max(coded[name], 1), right[name] / max(gold[name], 1), gold[name]) for name in sorted(gold | coded)}


def show_misses(judged: Sequence[Plain], wanted: str | None) -> None:
    for found in judged:
        text, events, reports = found["row"]["text"], found["row"]["events"], found["reports"]
        for event in events:
            if event.get("optional") or wanted not in (None, event["type"]):
                continue
            level, report = best(event, reports)
            told = f"{event['type']} {_words(text, event['actor'])} > {_words(text, event['recipient'])} {event['status']}"
            got = "" if report is None else (f":: {report['type']} {_words(text, report['actor_spans'])} > "
                                             f"{_words(text, report['recipient_spans'])} {report['auxiliary']} {report['because'][0]}")  # fmt: skip
            status = report is not None and set(event["status"]) != set(report["auxiliary"])
            name = ("MISSED", "TYPE", "PARTIES", "STATUS" if status else "")[level]
            if name:
                print(f"{name:8} {told} {got} | {_around(text, event['span'])}")
        for report in reports:
            if wanted in (None, report["type"]) and not any(touching(e["span"], [report]) for e in events):
                print(f"FALSE    {report['type']} {_words(text, report['actor_spans'])} > {_words(text, report['recipient_spans'])} "
                      f"{report['because'][0]} | {_around(text, report['triggers'][0])}")  # fmt: skip


def _words(text: str, spans: Iterable[Sequence[int]]) -> list[str]:
    return [text[s:e] for s, e in spans][:3]


def _around(text: str, span: Sequence[int]) -> str:
    begin, end = span
    return " ".join(f"{text[max(0, begin - 110) : begin]}«{text[begin:end]}»{text[end : end + 90]}".split())


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("files", nargs="*", type=Path, default=[HELD_BACK])
    parser.add_argument("--agreement", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--type", help="only the misses of this type")
    parser.add_argument("--ranker", default="linear", help="linear (the default), encoder or off")
    asked = parser.parse_args(arguments)
    if asked.folder is None and not asked.agreement:
        parser.error("name the FOLDER of corpora, or ask for the --agreement of two labellings")
    judged = agreement() if asked.agreement else judge(asked.folder, asked.files, asked.ranker)
    if (asked.misses or asked.type) and not asked.agreement:  # of the second labelling there are no texts to show
        show_misses(judged, asked.type)
    for name, value in score(judged).items():
        print(f"{name:18} {value:.3f}")
    print("  ".join(f"{name} {p:.2f}/{r:.2f} ({n})" for name, (p, r, n) in per_type(judged).items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
