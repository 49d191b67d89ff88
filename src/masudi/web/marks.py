"""An article's text cut where marks begin and end, so that marks which overlap can all be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import frozen

from ..days import dated
from ..explain import certainty_note
from .filters import NO_QUAD

Plain = Mapping[str, Any]


class Mark(NamedTuple):
    """Characters `start` to `end` carry `layer`; `target` is the id of the card they lead to, `title` a tip."""

    start: int
    end: int
    layer: str
    target: str | None
    title: str


@frozen
class Piece:
    """A stretch of text under the same marks. layers: CSS classes; target: the card a click leads to.

    aside: the card stands in the margin anyway, so that Tab need not stop here (names, times, places, judgements).
    """

    text: str
    layers: tuple[str, ...]
    target: str | None
    title: str
    aside: bool


def marks_of(coded: Plain) -> list[Mark]:
    """Every mark of one coded article: statements, actors, times, places, judgements, reports."""
    actors = {a["id"]: (n, a) for n, a in enumerate(coded["actors"])}
    marks = []
    for s in coded["statements"]:
        for start, end in s["content"]:
            marks.append(Mark(start, end, "said", f"s-{s['id']}", f"{s['force']}, {s['form']}{certainty_note(s)}"))
        for start, end in s["cue"]["spans"]:
            marks.append(Mark(start, end, "cue", f"s-{s['id']}", "says so"))
    for m in coded["mentions"]:
        if m["actor"] in actors:
            n, actor = actors[m["actor"]]
            code = f" ({actor['code']})" if actor["code"] else ""
            marks.append(Mark(m["start"], m["end"], "actor", f"a-{n}", actor["name"] + code))
    for n, t in enumerate(coded["times"]):
        marks.append(Mark(t["start"], t["end"], "time", f"t-{n}", dated(t["value"]) or t.get("note") or "no fixed day"))
    for n, p in enumerate(coded["places"]):
        if p["form"] == "name":
            country = f", {p['country']}" if p["country"] and p["kind"] != "country" else ""
            marks.append(Mark(p["start"], p["end"], "place", f"p-{n}", p["name"] + country))
    for n, j in enumerate(coded.get("judgements", ())):
        own = j["within"] is None
        title = f"{'the author' if own else 'the source'}'s judgement: {j['polarity']}"
        marks.append(Mark(j["start"], j["end"], "judged" if own else "judged theirs", f"j-{n}" if own else None, title))
    for r in coded["reports"]:
        for start, end in r["triggers"]:
            marks.append(Mark(start, end, f"report {r['quad'] or NO_QUAD}", f"r-{r['id']}", r["type"]))
    return marks


def paragraphs(text: str, marks: Sequence[Mark], hidden: Sequence[Sequence[int]] = ()) -> Iterator[list[Piece]]:
    """The text paragraph by paragraph, as pieces; `hidden` stretches (page furniture) are left out."""
    ordered = sorted(marks, key=lambda m: m.start)
    near: list[Mark] = []
    start = taken = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        while taken < len(ordered) and ordered[taken].start < end:
            near.append(ordered[taken])
            taken += 1
        near = [m for m in near if m.end > start]
        bare = line.strip()
        if bare and not any(h[0] <= start and end - (len(line) - len(line.rstrip())) <= h[1] for h in hidden):
            yield list(_pieces(text, start, start + len(line.rstrip()), near))
        start = end


def _pieces(text: str, start: int, end: int, near: Sequence[Mark]) -> Iterator[Piece]:
    """`text[start:end]` cut where marks begin and end. near: marks by their start, among them all that touch it."""
    inside = [m for m in near if m.start < end and start < m.end]
    cuts = sorted({start, end, *(max(start, m.start) for m in inside), *(min(end, m.end) for m in inside)})
    over: list[Mark] = []
    taken = 0
    for left, right in zip(cuts, cuts[1:], strict=False):
        while taken < len(inside) and inside[taken].start <= left:
            over.append(inside[taken])
            taken += 1
        over = [m for m in over if m.end > left]
        yield _piece(text[left:right], over)


def _piece(text: str, over: Iterable[Mark]) -> Piece:
    """Reports lead to their card, then cues; else the narrowest mark does."""
    ordered = sorted(over, key=lambda m: (not m.layer.startswith("report"), m.layer != "cue", m.end - m.start))
    layers = tuple(dict.fromkeys(name for m in ordered for name in m.layer.split()))
    target = next((m.target for m in ordered if m.target), None)
    title = " · ".join(dict.fromkeys(m.title for m in ordered))
    return Piece(text, layers, target, title, aside=bool(target) and not str(target).startswith(("r-", "s-", "c-")))
