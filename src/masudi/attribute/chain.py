"""Which statement stands inside which, and the chain that holds for each stretch of the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..records import Chained, Span, Statement
from .content import length


def nest(statements: Sequence[tuple[Span, tuple[Span, ...]]]) -> list[int | None]:
    """For each (cue, content): the number of the statement whose content holds its cue, the narrowest one.

    None for those in the article's own voice. Never a circle: of two that hold each other's cue, the wider is outer.
    """
    sizes = [length(content) for _, content in statements]
    opening = sorted((span, number) for number, (_, content) in enumerate(statements) for span in content)
    parents: list[int | None] = [None] * len(statements)
    active: list[tuple[Span, int]] = []
    upcoming = 0
    for cue, number in sorted((cue, number) for number, (cue, _) in enumerate(statements)):
        while upcoming < len(opening) and opening[upcoming][0].start <= cue.start:
            active.append(opening[upcoming])
            upcoming += 1
        active = [(span, other) for span, other in active if span.end > cue.start]
        outer = [
            (sizes[other], other)
            for span, other in active
            if other != number and span.covers(cue) and (sizes[other], other) > (sizes[number], number)
        ]
        parents[number] = min(outer)[1] if outer else None
    return parents


def chains_of(statements: Sequence[Statement]) -> tuple[Chained, ...]:
    """Every stretch of content with the ids that hold there, outermost first; stretches never overlap.

    Where contents overlap without standing inside one another, the narrower one holds.
    """
    by_id = {s.id: s for s in statements}
    rank = {s.id: (length(s.content), -len(lineage(s, by_id)), s.id) for s in statements}
    opening = sorted((span, s.id) for s in statements for span in s.content)
    edges = sorted({edge for span, _ in opening for edge in span})
    out: list[Chained] = []
    active: list[tuple[Span, str]] = []
    upcoming = 0
    for start, end in zip(edges, edges[1:], strict=False):
        while upcoming < len(opening) and opening[upcoming][0].start <= start:
            active.append(opening[upcoming])
            upcoming += 1
        active = [(span, id) for span, id in active if span.end > start]
        if not active:
            continue
        chain = lineage(by_id[min((id for _, id in active), key=rank.__getitem__)], by_id)
        if out and out[-1].span.end == start and out[-1].chain == chain:
            out[-1] = Chained(Span(out[-1].span.start, end), chain)
        else:
            out.append(Chained(Span(start, end), chain))
    return tuple(out)


def lineage(statement: Statement, by_id: Mapping[str, Statement]) -> tuple[str, ...]:
    """The ids of the statements around `statement`, outermost first, itself last."""
    ids = [statement.id]
    here = statement
    while here.within is not None and here.within in by_id and here.within not in ids:
        here = by_id[here.within]
        ids.append(here.id)
    return tuple(reversed(ids))
