"""Whom a refusal or an acceptance answers, where its clause does not say it: who made the request, offer or charge told of just before."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from attrs import evolve

from ..tree import Token
from .classify import POINTING, Candidate
from .clause import children
from .parties import Party, reached
from .roles import Side
from .words import Words

_ASKING = {"REJECT": frozenset(("REQUEST", "AGREE", "THREATEN", "ACCUSE")), "AGREE": frozenset(("REQUEST", "AGREE"))}  # by the answer
_JUDGING = ("ACCUSE", "SUPPORT")
_DEEDS = frozenset(("COERCE", "SANCTION", "MOBILIZE", "RETREAT", "CONCEDE", "AID", "REJECT", "ASSAULT"))
_POINTED_AT = ("it", "that", "this", "them", "so")
_NEAR, _FAR = 1, 2  # sentences back to what "refused" or "that" points at, and to what "the request" names


def answered(candidates: Sequence[Candidate], words: Words) -> list[Candidate]:
    """`candidates`, in text order, with a recipient for each that points back: "They refused", "agreed to do so", "condemned the move"."""
    return [_pointing_back(c, candidates[:n], words) for n, c in enumerate(candidates)]


def _pointing_back(candidate: Candidate, before: Sequence[Candidate], words: Words) -> Candidate:
    roles = candidate.roles
    if roles.two_sided or roles.recipient.parties or not roles.actor.parties or not before:
        return candidate
    if candidate.type in _ASKING:
        return _answer(candidate, before, words)
    if candidate.type in _JUDGING:
        return _judge(candidate, before, words)
    return _demand(candidate, before) if candidate.type == "REQUEST" else candidate


def _judge(judging: Candidate, before: Sequence[Candidate], words: Words) -> Candidate:
    """Whose deed is judged, where it was told just before: "condemned the move"."""
    things = judging.match.clause.obj or judging.roles.recipient.things
    if not things or not _takes_up(things[0]):
        return judging
    word = things[0].lemma_.lower()
    general = word in words.general.get("deed", ())
    told = _DEEDS if general else _DEEDS & {f.type for f in words.frames.get((word, "noun"), ())}
    earliest = _sentences_back(judging.head, _NEAR if general else _FAR)
    for deed in reversed(before):
        if deed.head.i < earliest:
            break
        if deed.type in told and deed.head.i < judging.head.i and not deed.roles.two_sided and _is_anothers(deed, judging):
            return _with_recipient(judging, deed, "whose doing it is")
    return judging


def _demand(demand: Candidate, before: Sequence[Candidate]) -> Candidate:
    """To whom a demand goes that goes on a protest handed over: "handed a note to the ambassador and called for their return"."""
    verb = demand.head
    if verb.pos_ != "VERB" or verb.dep_ != "conj":
        return demand
    for note in reversed(before):
        handed = note.match.clause.host == verb.head or (note.head == verb.head and bool(note.frame.objects))
        if note.type == "ACCUSE" and handed and note.roles.recipient.parties:
            return _with_party(demand, note.roles.recipient.parties, f"recipient of {note.frame.lemma}", "to whom it goes on speaking")
    return demand


def _is_anothers(deed: Candidate, judging: Candidate) -> bool:
    doers = deed.roles.actor.parties
    return bool(doers) and not any(a.same_as(b) or a.span == b.span for a in doers for b in judging.roles.actor.parties)


def _takes_up(thing: Token) -> bool:
    """Whether a noun points at what was told, with nothing beside it that says whose or which."""
    pointing = any(c.lower_ in POINTING for c in children(thing, "det"))
    return pointing and not children(thing, "acl", "relcl", "poss", "prep", "amod", "compound")


def _with_recipient(candidate: Candidate, told: Candidate, why: str) -> Candidate:
    return _with_party(candidate, told.roles.actor.parties, f"actor of {told.frame.lemma}", why)


def _with_party(candidate: Candidate, parties: Sequence[Party], slot: str, why: str) -> Candidate:
    named = tuple(reached(p, "modifier") for p in parties)
    because = (*candidate.because, f"recipient: {slot}, {why}")
    return evolve(candidate, roles=evolve(candidate.roles, recipient=Side(parties=named, slot=slot, via="modifier")), because=because)


def _answer(refusal: Candidate, before: Sequence[Candidate], words: Words) -> Candidate:
    types, reach = _points_back(refusal, words)
    earliest = _sentences_back(refusal.head, reach)
    for asking in reversed(before if types else ()):
        if asking.head.i < earliest:
            break
        if asking.type in types and not asking.roles.two_sided and _asks(asking, refusal):
            return _with_recipient(refusal, asking, "which it answers")
    return refusal


def _points_back(refusal: Candidate, words: Words) -> tuple[AbstractSet[str], int]:
    """Which types of act the refused thing may name, and how far back it was told; none where it is told here for the first time."""
    clause = refusal.match.clause
    asking = _ASKING[refusal.type]
    things = clause.obj or refusal.roles.recipient.things
    so = any(c.token.lower_ == "do" and any(t.lower_ in _POINTED_AT for t in c.token.children) for c in clause.complements)
    if not things:
        bare = refusal.head.pos_ == "VERB" and not clause.complements
        points = any(t.lower_ in _POINTED_AT for t in (*refusal.head.children, *(o for p in clause.preps for o in p.objects)))
        return (asking, _NEAR) if so or (bare and (points or not clause.preps)) else (frozenset(), 0)
    thing = things[0]
    if thing.lower_ in _POINTED_AT:
        return asking, _NEAR
    named = any(c.lower_ in POINTING for c in children(thing, "det")) and not children(thing, "acl", "relcl", "poss", "prep")
    frames = words.frames.get((thing.lemma_.lower(), "noun"), ()) if named else ()
    return asking & {f.type for f in frames}, _FAR


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
    asked = [p for p in asking.roles.recipient.parties if p.known and (p.country is not None or p.kind == "person")]
    if not askers or any(a.same_as(r) or a.span == r.span for a in askers for r in refusing):
        return False
    if not asked or any(not r.known for r in refusing):  # "urged them to go. They refused"
        return True
    return any(a.same_as(r) or (a.country is not None and a.country == r.country) for a in asked for r in refusing)
