"""Coders' decisions on reports: accept, correct or reject; twice without seeing the other; settled by a third look.

A decision never touches what the machine wrote: it is a row of its own with a copy of the machine's values. Rows are
only added; a coder's latest row on a report counts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from ..records import AUXILIARIES, EVENT_TYPES
from .database import Database, Refused
from .readers import Reader

FIELDS = ("type", "actor", "recipient", "date", "status", "chain")
TASKS = ("first", "second", "adjudicate")
VERDICTS = ("accept", "correct", "reject")
OTHER = "words:"  # before an actor's name that a coder wrote out

Plain = Mapping[str, Any]
Values = dict[str, Any]


@frozen(kw_only=True)
class Decision:
    """What one coder holds of one report. correction: only the fields that change; machine: values as they stood."""

    id: int
    report: str
    article: str
    reader: int
    name: str
    task: str
    verdict: str
    correction: Values = field(factory=dict)
    note: str | None = None
    machine: Values = field(factory=dict)
    at: int = 0

    def values(self) -> Values | None:
        """The fields as this coder has them; None when the report was rejected."""
        return None if self.verdict == "reject" else {**self.machine, **self.correction}


def machine_values(report: Plain) -> Values:
    """The fields a coder judges, as the machine coded them."""
    return {
        "type": report["type"], "actor": list(report["actors"]), "recipient": list(report["recipients"]),
        "date": report["date"]["value"], "status": sorted(report["auxiliary"]), "chain": list(report["chain"]),
    }  # fmt: skip


def decide(
    db: Database, coder: Reader, coded: Plain, report: Plain, *,
    task: str, verdict: str, correction: Plain | None = None, note: str | None = None, types: Collection[str] = EVENT_TYPES,
) -> Decision:
    """Keep a coder's decision. types: what a correction may call it, those of the store's ontology.

    Raises Refused for a task, verdict or value there is not, or an empty correction.
    """  # fmt: skip
    if task not in TASKS or verdict not in VERDICTS:
        raise Refused(f"{task}/{verdict}: tasks {', '.join(TASKS)}; verdicts {', '.join(VERDICTS)}")
    machine = machine_values(report)
    changed: Values = {}
    if verdict == "correct":
        changed = {k: v for k, v in checked(coded, correction or {}, types).items() if v != machine[k]}
        if not changed:
            raise Refused("a correction changes at least one field; otherwise accept or reject")
    if verdict == "reject" and not (note or "").strip():
        raise Refused("rejecting a report needs a note that says why")
    note = (note or "").strip()[:1000] or None
    with db.writing() as connection:
        cursor = connection.execute(
            "INSERT INTO decisions(report, article, reader, task, verdict, correction, note, machine, at)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            [report["id"], coded["article"]["id"], coder.id, task, verdict, _json(changed), note, _json(machine), db.now()],
        )
        db.log(connection, coder.id, f"{task}: {verdict}", report["id"], note)
    return _latest(db, "d.id = ?", [cursor.lastrowid])[0]


def _json(values: Plain) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def checked(coded: Plain, correction: Plain, types: Collection[str] = EVENT_TYPES) -> Values:
    """A correction with every value known to the article or to the codebook. Raises Refused."""
    unknown = set(correction) - set(FIELDS)
    if unknown:
        raise Refused(f"no field {', '.join(sorted(unknown))}; fields: {', '.join(FIELDS)}")
    out = dict(correction)
    if "type" in out and out["type"] not in types:
        raise Refused(f"type {out['type']!r}; allowed: {', '.join(types)}")
    actors = {a["id"] for a in coded["actors"]}
    for side in ("actor", "recipient"):
        if side in out:
            wrong = [i for i in out[side] if i not in actors and not (i.startswith(OTHER) and len(i) > len(OTHER))]
            if wrong:
                raise Refused(f"{side}: the article has no actor {wrong[0]!r}")
            out[side] = list(dict.fromkeys(out[side]))
    if "status" in out:
        if wrong := [s for s in out["status"] if s not in AUXILIARIES]:
            raise Refused(f"status {wrong[0]!r}; allowed: {', '.join(AUXILIARIES)}")
        out["status"] = sorted(set(out["status"]))
    if out.get("date") is not None and not _is_date(out["date"]):
        raise Refused(f"date {out['date']!r}; write it as 2025-06-24, 2025-06 or 2025, or leave it blank")
    statements = {s["id"] for s in coded["statements"]}
    if wrong := [s for s in out.get("chain", ()) if s not in statements]:
        raise Refused(f"chain: the article has no statement {wrong[0]!r}")
    return out


def _is_date(value: str) -> bool:
    if len(value) not in (4, 7, 10):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


_SELECT = (
    "SELECT d.*, coalesce(r.name, 'erased coder') AS name FROM decisions d JOIN readers r ON r.id = d.reader"
    " WHERE d.id IN (SELECT max(id) FROM decisions GROUP BY report, reader, task = 'adjudicate') AND "
)


def _latest(db: Database, where: str, values: Sequence[Any]) -> list[Decision]:
    return [
        Decision(**{**dict(r), "correction": json.loads(r["correction"]), "machine": json.loads(r["machine"])})
        for r in db.query(f"{_SELECT}{where} ORDER BY d.id", values)
    ]


def decisions_on(db: Database, report: str) -> list[Decision]:
    """Each coder's latest decision on a report, and the latest adjudication."""
    return _latest(db, "d.report = ?", [report])


def history_of(db: Database, report: str) -> list[dict[str, Any]]:
    """Every decision ever made on a report, superseded ones too."""
    return [{**dict(r), "correction": json.loads(r["correction"])} for r in db.query(
        "SELECT d.at, d.task, d.verdict, d.correction, d.note, coalesce(r.name, 'erased coder') AS name FROM decisions d"
        " JOIN readers r ON r.id = d.reader WHERE d.report = ? ORDER BY d.id", [report]
    )]  # fmt: skip


def all_decisions(db: Database) -> dict[str, list[Decision]]:
    """Latest decisions of all coders, by report."""
    out: dict[str, list[Decision]] = {}
    for decision in _latest(db, "1", []):
        out.setdefault(decision.report, []).append(decision)
    return out


def visible(found: Iterable[Decision], coder: Reader | None) -> list[Decision]:
    """The decisions this coder may see: all once he has decided himself or a third look has settled it; else none.

    Readers who do not code see settled ones only: the second coding stays blind.
    """
    known = list(found)
    own = coder is not None and any(d.reader == coder.id for d in known)
    return known if own or any(d.task == "adjudicate" for d in known) else []


def disputed(found: Sequence[Decision]) -> bool:
    """Whether coders differ and nobody has settled it."""
    if any(d.task == "adjudicate" for d in found):
        return False
    return len({(d.verdict == "reject", _json(d.values() or {})) for d in found}) > 1


def final(found: Sequence[Decision]) -> Decision | None:
    """The decision that counts: the adjudication, else the first coder's."""
    settled = [d for d in found if d.task == "adjudicate"]
    return settled[-1] if settled else min(found, key=lambda d: d.id, default=None)


def waiting(db: Database, coder: Reader, task: str) -> list[str]:
    """Reports that wait for this coder's second look or adjudication, oldest first."""
    out = []
    for report, found in all_decisions(db).items():
        mine = any(d.reader == coder.id for d in found)
        settled = any(d.task == "adjudicate" for d in found)
        second = task == "second" and not mine and not settled and len(found) == 1
        if second or (task == "adjudicate" and disputed(found)):
            out.append(report)
    return out


def decided(db: Database) -> set[str]:
    return {r["report"] for r in db.query("SELECT DISTINCT report FROM decisions")}
