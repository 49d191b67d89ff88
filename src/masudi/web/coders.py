"""The doors of coders: one report at a time, decided with single keys; what was decided, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from attrs import asdict
from fastapi import FastAPI, HTTPException, Request, Response
from starlette.datastructures import FormData

from ..explain import source_name
from ..records import AUXILIARIES
from ..review import audit, decisions
from ..review.agreement import agreement
from ..review.decisions import FIELDS, OTHER, TASKS
from . import pages
from .opinions import back
from .room import Kind, Room, Sent, as_rows
from .rows import said

LOOKED_THROUGH = 500


def add_coders(app: FastAPI, room: Room) -> None:
    """Add the pages of coders."""

    @app.get("/review")
    def review(request: Request, task: str = "first", sample: str = "", after: str = "") -> Response:
        coder = room.must(request, "code")
        if task not in TASKS:
            raise HTTPException(422, f"task is {task!r}; tasks: {', '.join(TASKS)}")
        report = next(_waiting(room, coder, task, sample, after), None)
        found = decisions.all_decisions(room.db)
        values: dict[str, Any] = {
            "task": task, "sample": sample, "tasks": TASKS, "samples": audit.samples(room.db), "number": len(found),
            "counts": {t: len(decisions.waiting(room.db, coder, t)) for t in TASKS[1:]},
        }  # fmt: skip
        if report is not None:
            values |= _desk(room, report)
            if task == "adjudicate":
                values["decisions"] = decisions.decisions_on(room.db, report)
        return room.page(request, "review.html", values)

    @app.get("/review/figures")
    def figures(request: Request, kind: Kind = "html", table: str = "agreement") -> Response:
        room.must(request, "code")
        if kind != "html":
            found = agreement(room.db) if table == "agreement" else audit.precision(room.db, table)
            return as_rows(kind, [asdict(row) for row in found], "agreement" if table == "agreement" else "audit")
        return room.page(request, "figures.html", {
            "agreement": agreement(room.db),
            "audits": [(s, audit.precision(room.db, s), audit.field_errors(room.db, s)) for s in audit.samples(room.db)],
        })  # fmt: skip

    @app.get("/review/{report}")
    def one(request: Request, report: str, task: str = "first") -> Response:
        room.must(request, "code")
        values = _desk(room, report) | {"task": task if task in TASKS else "first", "sample": "", "tasks": TASKS,
                                        "samples": [], "counts": {}, "single": True}  # fmt: skip
        return room.page(request, "review.html", values)

    @app.post("/review/{report}")
    def decide(request: Request, report: str, form: Sent) -> Response:
        task, sample = str(form.get("task", "first")), str(form.get("sample", ""))
        keep(room, request, report, task, str(form.get("verdict", "")), correction_of(form), str(form.get("note", "")))
        if form.get("single"):
            return back(f"/report/{report}")
        return back("/review?" + urlencode({"task": task, "sample": sample, "after": report}))


def keep(
    room: Room, request: Request, report: str, task: str, verdict: str, correction: Mapping[str, Any], note: str
) -> decisions.Decision:
    """Keep the decision of whoever asks on a report; 404 when there is no such report."""
    coder = room.must(request, "code")
    values = pages.report(room.index, report)
    if values is None:
        raise HTTPException(404, f"no report {report} in this store")
    return decisions.decide(
        room.db, coder, values["coded"], values["card"]["report"], task=task, verdict=verdict, correction=correction, note=note,
        types=room.index.types(),
    )  # fmt: skip


def correction_of(form: FormData) -> dict[str, Any]:
    """The fields of the form that correct; a field is given by `has-<name>`, so that "none" can be said."""
    out: dict[str, Any] = {}
    given = {name for name in FIELDS if form.get(f"has-{name}")}
    if "type" in given:
        out["type"] = str(form.get("type", ""))
    for side in ("actor", "recipient"):
        if side in given:
            other = str(form.get(f"{side}-other", "")).strip()[:200]
            out[side] = [str(v) for v in form.getlist(side) if v] + ([OTHER + other] if other else [])
    if "date" in given:
        out["date"] = str(form.get("date", "")).strip() or None
    if "status" in given:
        out["status"] = [str(v) for v in form.getlist("status")]
    if "chain" in given:
        out["chain"] = [part for part in str(form.get("chain", "")).split(",") if part]
    return out


def _waiting(room: Room, coder: Any, task: str, sample: str, after: str) -> Iterator[str]:
    """Reports to look at, those after `after` first, so that a report passed over does not come back at once."""
    if task != "first":
        pool = decisions.waiting(room.db, coder, task)
        chosen = set(audit.sample_reports(room.db, sample)) if sample else None
        left = [r for r in pool if chosen is None or r in chosen]
    elif sample:
        done = decisions.decided(room.db)
        left = [r for r in audit.sample_reports(room.db, sample) if r not in done]
    else:
        yield from _undecided(room, after)
        return
    at = left.index(after) + 1 if after in left else 0
    for report in left[at:] + left[:at]:
        if room.index.one("SELECT 1 FROM reports WHERE id = ?", [report]):
            yield report


def _undecided(room: Room, after: str) -> Iterator[str]:
    """Reports nobody decided, in reading order from `after` on, then from the start."""
    done = decisions.decided(room.db)
    row = room.index.one("SELECT n FROM reports WHERE id = ?", [after])
    for low in dict.fromkeys((row["n"] if row else 0, 0)):
        while found := room.index.query("SELECT n, id FROM reports WHERE n > ? ORDER BY n LIMIT ?", [low, LOOKED_THROUGH]):
            yield from (r["id"] for r in found if r["id"] not in done and r["id"] != after)
            low = found[-1]["n"]


def _desk(room: Room, report: str) -> dict[str, Any]:
    """What a coder needs to judge one report and to correct it."""
    values = pages.report(room.index, report)
    if values is None:
        raise HTTPException(404, f"no report {report} in this store")
    coded = values["coded"]
    actors = {a["id"]: a for a in coded["actors"]}
    machine = decisions.machine_values(values["card"]["report"])
    return values | {
        "machine": machine, "types": room.index.types(), "auxiliaries": AUXILIARIES,
        "actors": sorted(coded["actors"], key=lambda a: (a["name"].lower(), a["id"])),
        "chains": _chains(coded, actors, machine["chain"]),
    }  # fmt: skip


def _chains(coded: Mapping[str, Any], actors: Mapping[str, Any], now: list[str]) -> list[tuple[str, str]]:
    """Every chain of the article as (ids joined, to read): each statement with those it stands inside."""
    statements = {s["id"]: s for s in coded["statements"]}
    text = coded["article"]["text"]
    out = {"": "the article itself"}
    for s in coded["statements"]:
        path = [s]
        while path[0]["within"] in statements and len(path) < 6:
            path.insert(0, statements[path[0]["within"]])
        names = " > ".join(" ".join(source_name(one, actors, text).split()) for one in path)
        out[",".join(one["id"] for one in path)] = f"{names}: {said(coded, s)[:60]}"
    out.setdefault(",".join(now), "as it is")
    return list(out.items())
