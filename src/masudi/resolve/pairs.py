"""Descriptions of two at once, "both sides", "the two governments", joined to the two the text has just named, or names next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import evolve

from ..records import Actor
from .cast import SUBJECTS, Cast, Part
from .phrases import clause_of, is_both, prepositional_objects
from .pronouns import subject_of
from .reading import LOCATIVE

GENERIC = "generic"  # in the frame of a role that many offices have: "leader"
PAIR = "pair"  # in the frame of a role: stands for two that were named
BEFORE = (0, -1, -2)  # sentences from its own
AFTER = (0, 1)  # "Both sides blamed each other. Sudan and Chad ..."
SERVANTS = ("GOV", "MIL", "SPY")
OF_A_STATE = (*SERVANTS, "COP", "LEG", "JUD")
NO_SIDE = frozenset(("MED", "JUD"))
HARDLY_ANY_OTHER = 0.7  # of all mentions of states
OWNED_BY = ("of", "from", "on")


def join_pairs(cast: Cast) -> None:
    """Members for every description of two: whoever the sentences just before, else just after, name, if they are two."""
    for part in cast.parts:
        actor = cast.actors.get(part.actor or "")
        if actor is None or actor.kind != "unnamed" or actor.country is not None or actor.members:
            continue
        members = next((two for wanted in _wanted(part) if (two := _two(cast, part, wanted))), ())
        if members:
            because = (*actor.because, f"members: {' and '.join(members)}")
            cast.actors[actor.id] = evolve(actor, members=members, basis="coreference", because=because)


def _wanted(part: Part) -> tuple[tuple[str, ...], ...]:
    """Kinds of actor that a description of two stands for, the likeliest first; () for any other."""
    if part.form != "nominal" or part.match is None or not part.match.plural:
        return ()
    row, counted = part.match.row, is_both(part.head)
    of_a_state = row.sectors[:1] and row.sectors[0] in OF_A_STATE
    owners = (*prepositional_objects(part.head, OWNED_BY), *(t for t in part.head.lefts if t.dep_ == "poss"))
    if any(is_both(t) for t in owners):  # "officials from both countries", "the two countries' ministers"
        return (("state",),) if of_a_state or not row.sectors else ()
    if PAIR in row.frame:
        return (("state", "group", "organisation"),) if counted or row.kind == "group" else ()
    if not counted:
        return ()
    if "state" in row.frame or "government" in row.frame:
        return (("state",),)
    if row.kind != "person":
        return (("state",),) if of_a_state else ()
    return (("person",), ("state",)) if of_a_state else (("person",),)


def _two(cast: Cast, part: Part, wanted: tuple[str, ...]) -> tuple[str, ...]:
    return _two_near(cast, part, BEFORE, wanted) or _two_near(cast, part, AFTER, wanted) or _two_of_article(cast, part, wanted)


def _two_of_article(cast: Cast, part: Part, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The two states of an article that speaks of hardly any other."""
    if "state" not in wanted:
        return ()
    doer = _doer(part, cast)
    named = (p.actor for p in cast.parts if p.actor is not None and p.form in ("name", "demonym") and p.actor in cast.actors
             and cast.actors[p.actor].kind == "state")  # fmt: skip
    states = Counter(id.removesuffix(":gov") for id in named)
    two = [id for id, n in states.most_common(2) if n > 1 and id in cast.actors and id != (doer or "").removesuffix(":gov")]
    return tuple(sorted(two)) if len(two) == 2 and sum(states[id] for id in two) >= HARDLY_ANY_OTHER * states.total() else ()


def _doer(part: Part, cast: Cast) -> str | None:
    """Who does something with the two, and is neither: the subject of the clause they are an object in."""
    subject = subject_of(clause_of(part.head))
    if subject is None or subject.i == part.head.i or part.head.dep_ in SUBJECTS:
        return None
    return next((p.actor for p in cast.parts if p.head.i == subject.i and p.actor is not None), None)


def _two_near(cast: Cast, part: Part, steps: Sequence[int], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The two whom the sentences at those `steps` from that of `part` name, nearest first; () when not two."""
    found: dict[str, None] = {}
    doer = _doer(part, cast)
    for step in steps:
        for other in cast.parts:
            if other.sentence != part.sentence + step or other.mention.span.overlaps(part.mention.span):
                continue
            if (other.mention.span.start > part.mention.span.start) is not (steps is AFTER):
                continue
            if other.is_modifier or other.actor not in cast.actors or other.actor == doer or _says_where(cast, other):
                continue
            for named in cast.actors[other.actor].members or (other.actor,):
                id = _side(cast, cast.actors[named], wanted) if named in cast.actors and _can_be(part, cast.actors[named]) else None
                if id is not None and id != doer:
                    found.setdefault(id)
        if len(found) > 1:
            break
    return tuple(found) if len(found) == 2 else ()


def _says_where(cast: Cast, part: Part) -> bool:
    """Whether a country's name only says where: "talks in Egypt"."""
    place = part.head.dep_ == "pobj" and part.head.head.lower_ in LOCATIVE
    return place and cast.actors[part.actor or ""].kind == "state"


def _can_be(part: Part, actor: Actor) -> bool:
    """Whether a person holds the office the description names: a foreign minister is none of "both presidents"."""
    if actor.kind != "person" or actor.role is None or part.match is None or GENERIC in part.match.row.frame:
        return True
    return any(office in actor.role.lower() for office in part.match.row.offices) or not set(actor.sectors) & set(part.match.row.sectors)


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
    return actor.id if actor.kind in wanted and not NO_SIDE.intersection(actor.sectors) else None
