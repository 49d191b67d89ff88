"""What coders settled: reports as gold in the shape of schema `masudi/1`, and corrections as proposals for lexicons."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

import msgspec

from ..review import Database, open_reviews
from ..review.decisions import OTHER, Decision, all_decisions, disputed, final
from ..store import Store
from .jsonl import coded_articles

Plain = Mapping[str, Any]


def export_gold(store: Store, out: BinaryIO) -> int:
    """One article a line with the reports coders kept, corrected where they corrected; how many articles.

    Each report has `review` (verdict, coders, adjudicated, at, note, machine: the values it replaced); `rejected` names
    the reports thrown out. Only what was looked at is there: it shows precision, not what was missed.
    Reports on which coders differ and nobody decided are left out.
    """
    encode = msgspec.json.Encoder().encode
    quads = {r["type"]: r["quad"] for r in store.query("SELECT DISTINCT type, quad FROM reports")}
    count = 0
    for coded, reports, rejected in _settled(store, open_reviews(store.path)):
        for report in reports:
            if "type" in report["review"]["machine"]:
                report["quad"] = quads.get(report["type"])  # a type this store has no report of: not known here
        out.write(encode({**coded, "reports": reports, "rejected": rejected}) + b"\n")
        count += 1
    return count


def _settled(store: Store, db: Database) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]], list[str]]]:
    by_article: dict[str, dict[str, list[Decision]]] = {}
    for report, found in all_decisions(db).items():
        if not disputed(found):
            by_article.setdefault(found[0].article, {})[report] = found
    for coded in coded_articles(store, sorted(by_article)):
        reports, rejected = [], []
        coded = {**coded, "actors": list(coded["actors"])}
        for report in coded["reports"]:
            found = by_article[coded["article"]["id"]].get(report["id"], [])
            end = final(found)
            if end is None:
                continue
            if end.verdict == "reject":
                rejected.append(report["id"])
            else:
                reports.append(_corrected(coded, report, end, found))
        yield coded, reports, rejected


def _corrected(coded: dict[str, Any], report: Plain, end: Decision, found: list[Decision]) -> dict[str, Any]:
    out = {**report}
    for side, spans in (("actor", "actor_spans"), ("recipient", "recipient_spans")):
        if side in end.correction:
            out[f"{side}s"] = [_actor_id(coded, i) for i in end.correction[side]]
            out[spans] = []
    if "type" in end.correction:
        # What hangs on the type goes with it: a coder corrects the type, not its numbers.
        out |= {"type": end.correction["type"], "modes": [], "cameo": None, "score": None}
    if "status" in end.correction:
        out["auxiliary"] = end.correction["status"]
    if "chain" in end.correction:
        out["chain"] = end.correction["chain"]
    if "date" in end.correction:
        out["date"] = _date(end.correction["date"])
    coders = sorted({d.name for d in found})
    settled = end.task == "adjudicate"
    out["review"] = {
        "verdict": end.verdict, "coders": coders, "adjudicated": settled, "at": end.at, "note": end.note,
        "machine": {name: end.machine[name] for name in end.correction},
    }  # fmt: skip
    return out


def _date(value: str | None) -> dict[str, Any]:
    """A coder's date (`2025`, `2025-06`, `2025-06-24` or none) with the first and last day it can mean."""
    if value is None:
        return {"value": None, "earliest": None, "latest": None, "span": None, "basis": "unknown"}
    first = date.fromisoformat((value + "-01-01")[:10])
    month = first.month if len(value) > 4 else 12
    last = first if len(value) == 10 else date(first.year, month, monthrange(first.year, month)[1])
    return {
        "value": value, "earliest": first.isoformat(), "latest": last.isoformat(), "span": None, "basis": "inferred",
    }  # fmt: skip


def _actor_id(coded: dict[str, Any], wanted: str) -> str:
    """The id as it is; for a name a coder wrote out, an actor of that name is added to the article."""
    if not wanted.startswith(OTHER):
        return wanted
    if all(a["id"] != wanted for a in coded["actors"]):
        coded["actors"].append({
            "id": wanted, "name": wanted.removeprefix(OTHER), "kind": "unnamed", "country": None, "sectors": [],
            "code": None, "role": None, "role_date": None, "wikidata": None, "basis": "text", "confidence": 1.0,
            "members": [], "because": ["coder"],
        })  # fmt: skip
    return wanted


PROPOSAL_COLUMNS = ("entry", "words", "machine", "coder", "reports", "example", "report")


def export_proposals(store: Store, out: BinaryIO) -> int:
    """Corrections as a table to read before changing a lexicon: what words were taken for, and for what they should be.

    entry: `predicate` (a trigger) or `actor`; one line for each words, machine, coder; how many lines.
    """
    found: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for article, report, end in _ends(store, open_reviews(store.path)):
        text = article["article"]["text"]
        sentence = article["sentences"][report["sentence"]]
        example = " ".join(text[sentence["start"] : sentence["end"]].split())
        for key in _proposals(text, report, end):
            found.setdefault(key, []).append((report["id"], example))
    text_out = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text_out, delimiter="\t", lineterminator="\n")
    writer.writerow(PROPOSAL_COLUMNS)
    for key, where in sorted(found.items(), key=lambda one: (-len(one[1]), one[0])):
        writer.writerow([*key, len(where), where[0][1], where[0][0]])
    text_out.detach()
    return len(found)


def _ends(store: Store, db: Database) -> Iterator[tuple[Plain, Plain, Decision]]:
    known = {r: end for r, found in all_decisions(db).items() if not disputed(found) and (end := final(found))}
    for coded in coded_articles(store, sorted({d.article for d in known.values()})):
        for report in coded["reports"]:
            if report["id"] in known:
                yield coded, report, known[report["id"]]


def _proposals(text: str, report: Plain, end: Decision) -> Iterator[tuple[str, str, str, str]]:
    trigger = " … ".join(" ".join(text[s:e].lower().split()) for s, e in report["triggers"])
    if end.verdict == "reject":
        yield "predicate", trigger, end.machine["type"], "no event"
    if "type" in end.correction:
        yield "predicate", trigger, end.machine["type"], end.correction["type"]
    for side, spans in (("actor", "actor_spans"), ("recipient", "recipient_spans")):
        if side in end.correction:
            words = " … ".join(" ".join(text[s:e].split()) for s, e in report[spans]) or "(no words)"
            yield "actor", words, ";".join(end.machine[side]) or "none", ";".join(end.correction[side]) or "none"
