"""A statement in the making: cue, content and source, before it has an id and a place in a chain."""

from __future__ import annotations

from attrs import frozen

from ..records import Span
from .sources import Source


@frozen(eq=False, kw_only=True)
class Draft:
    """A statement in the making.

    at: index of the cue's token, None for a cue that is no word. anchor: its characters, which tell what the
    statement stands inside. plain: the grammar leaves no doubt of it. says: the cue is one of
    saying, so that a quotation may bear it out. told: somebody else than the speaker is told to
    have said, promised or asked something, which is worth a link of its own inside another statement. source: from the parse; source_span: from the
    page's layout ("NAME:"), where there is no parse to go by. weight: how surely it is a statement, 0..1.
    done: said is done, as in "promised to leave", outside of quotations. owned: a noun with its owner, as in
    "Chad's decision to leave". by_name: a name is the subject of a listed verb and its object. sure: the network's share where the network marked it, else None.
    beneath: the anchor of the statement it stands inside whatever the words show: a second-hand source's.
    """

    at: int | None
    anchor: Span
    cue: tuple[Span, ...]
    lemma: str | None
    force: str
    weight: float
    content: tuple[Span, ...]
    source: Source | None
    because: str
    source_span: Span | None = None
    form: str | None = None
    plain: bool = False
    says: bool = False
    told: bool = True
    sure: float | None = None
    done: bool = False
    owned: bool = False
    by_name: bool = False
    beneath: Span | None = None
