"""Whom a refusal answers, where its sentence does not say it: who made the request, offer or charge told of just before."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from attrs import evolve

from ..tree import Token
from .classify import POINTING, Candidate
from .clause import children
from .parties import reached
from .roles import Side
from .words import Words

_ASKING = frozenset(("REQUEST", "AGREE", "THREATEN", "ACCUSE"))
_POINTED_AT = ("it", "that", "this", "them")
_NEAR, _FAR = 1, 2  # sentences back to what "refused" or "that" points at, and to what "the request" names


def answered(candidates: Sequence[Candidate], words: Words) -> list[Candidate]:
    """`candidates`, in text order, with a recipient for each refusal that points back: "They refused", "turned the offer down"."""
    return [_answer(c, candidates[:n], words) if c.type == "REJECT" else c for n, c in enumerate(candidates)]


def _answer(refusal: Candidate, before: Sequence[Candidate], words: Words) -> Candidate:
    roles = refusal.roles
    if roles.two_sided or roles.recipient.parties or not roles.actor.parties or not before:
        return refusal
    types, reach = _points_back(refusal, words)
    earliest = _sentences_back(refusal.head, reach)
    for asking in reversed(before if types else ()):
        if asking.head.i < earliest:
            break
        if asking.type in types and not asking.roles.two_sided and _asks(asking, refusal):
            asked = tuple(reached(p, "modifier") for p in asking.roles.actor.parties)
            slot = f"actor of {asking.frame.lemma}"
            because = (*refusal.because, f"recipient: {slot}, which it answers")
            return evolve(refusal, roles=evolve(roles, recipient=Side(parties=asked, slot=slot, via="modifier")), because=because)
    return refusal


def _points_back(refusal: Candidate, words: Words) -> tuple[AbstractSet[str], int]:
    """Which types of act the refused thing may name, and how far back it was told; none where it is told here for the first time."""
    clause = refusal.match.clause
    things = clause.obj or refusal.roles.recipient.things
    if not things:
        bare = refusal.head.pos_ == "VERB" and not clause.complements
        points = any(c.lower_ in _POINTED_AT for c in refusal.head.children)
        return (_ASKING, _NEAR) if bare and (points or not clause.preps) else (frozenset(), 0)
    thing = things[0]
    if thing.lower_ in _POINTED_AT:
        return _ASKING, _NEAR
    named = any(c.lower_ in POINTING for c in children(thing, "det")) and not children(thing, "acl", "relcl", "poss", "prep")
    frames = words.frames.get((thing.lemma_.lower(), "noun"), ()) if named else ()
    return _ASKING & {f.type for f in frames}, _FAR


def _sentences_back(token: Token, count: int) -> int:
    """Where the sentence starts that is `count` sentences before that of `token`, blank lines not counted."""
    start = token.sent.start
    while start and count:
        before = token.doc[start - 1].sent
        count -= not all(t.is_space for t in before)
        start = before.start
    return start


def _asks(asking: Candidate, refusal: Candidate) -> bool:
    """Whether `asking` is somebody else's, and put to those who refuse or to nobody that is known."""
    refusing, askers = refusal.roles.actor.parties, asking.roles.actor.parties
    asked = [p for p in asking.roles.recipient.parties if p.known]
    if not askers or any(a.same_as(r) or a.span == r.span for a in askers for r in refusing):
        return False
    return not asked or any(a.same_as(r) or (a.country is not None and a.country == r.country) for a in asked for r in refusing)
