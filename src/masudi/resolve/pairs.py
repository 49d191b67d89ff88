"""Descriptions of two at once, "both sides", "the two governments", joined to the two the text has just named, or names next."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from ..records import Actor
from .cast import Cast, Part
from .reading import LOCATIVE

PAIR = "pair"  # in the frame of a role: stands for two that were named
BEFORE = (0, -1, -2)  # sentences from its own
AFTER = (0, 1)  # "Both sides blamed each other. Sudan and Chad ..."
COUNTS = ("both", "two")
DEFINITE = ("the", "these", "those")
SERVANTS = ("GOV", "MIL", "SPY")


def join_pairs(cast: Cast) -> None:
    """Members for every description of two: whoever the sentences just before, else just after, name, if they are two."""
    for part in cast.parts:
        actor = cast.actors.get(part.actor or "")
        if actor is None or actor.kind != "unnamed" or actor.country is not None or actor.members:
            continue
        wanted = _wanted(cast, part)
        members = (_two_near(cast, part, BEFORE, wanted) or _two_near(cast, part, AFTER, wanted)) if wanted else ()
        if members:
            because = (*actor.because, f"members: {' and '.join(members)}")
            cast.actors[actor.id] = evolve(actor, members=members, basis="coreference", because=because)


def _wanted(cast: Cast, part: Part) -> tuple[str, ...]:
    """Kinds of actor that a description of two stands for; () for any other."""
    if part.form != "nominal" or part.match is None or not part.match.plural:
        return ()
    row, span = part.match.row, part.mention.span
    words = [cast.lowers[t.i] for t in part.head.subtree if span.start <= t.idx < span.end]
    counted = "both" in words or ("two" in words and any(w in DEFINITE for w in words))
    if PAIR in row.frame:
        return ("state", "group", "organisation") if counted or row.kind == "group" else ()
    if not counted:
        return ()
    if "state" in row.frame or "government" in row.frame:
        return ("state",)
    return ("person",) if row.kind == "person" else ()


def _two_near(cast: Cast, part: Part, steps: Sequence[int], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The two whom the sentences at those `steps` from that of `part` name, nearest first; () when not two."""
    found: dict[str, None] = {}
    for step in steps:
        for other in cast.parts:
            if other.sentence != part.sentence + step or other.mention.span.overlaps(part.mention.span):
                continue
            if (other.mention.span.start > part.mention.span.start) is not (steps is AFTER):
                continue
            if other.is_modifier or other.actor not in cast.actors or _says_where(cast, other):
                continue
            for named in cast.actors[other.actor].members or (other.actor,):
                id = _side(cast, cast.actors[named], wanted) if named in cast.actors else None
                if id is not None:
                    found.setdefault(id)
        if len(found) > 1:
            break
    return tuple(found) if len(found) == 2 else ()


def _says_where(cast: Cast, part: Part) -> bool:
    """Whether a country's name only says where: "talks in Egypt"."""
    place = part.head.dep_ == "pobj" and part.head.head.lower_ in LOCATIVE
    return place and cast.actors[part.actor or ""].kind == "state"


def _side(cast: Cast, actor: Actor, wanted: tuple[str, ...]) -> str | None:
    """Whom `actor` stands for in a pair: a state's government for the state, its troops too where sides are meant.

    None for nobody wanted.
    """
    if "person" in wanted:
        return actor.id if actor.kind == "person" else None
    state = f"state:{actor.country}"
    if actor.kind == "state":
        return state if state in cast.actors else actor.id
    if actor.kind != "person" and "group" in wanted and actor.sectors[:1] and actor.sectors[0] in SERVANTS:
        return state if state in cast.actors else None
    return actor.id if actor.kind in wanted and "MED" not in actor.sectors else None
