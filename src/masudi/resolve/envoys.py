"""Embassies and ambassadors of whom the text does not say whose they are: of the other country it has just spoken of."""

from __future__ import annotations

from collections.abc import Container

from attrs import evolve

from ..records import Actor
from .cast import Cast, Part, is_soft
from .confidence import BESIDE
from .phrases import clause_of
from .pronouns import subject_of

ABROAD = "abroad"  # in the frame of a role: serves its country in another
REACH = 2  # sentences back


def place_envoys(cast: Cast) -> None:
    """A country for whoever serves abroad and was lent the one the article is about: "Ankara said ... handed the embassy a note"."""
    for part in cast.parts:
        actor = cast.actors.get(part.actor or "")
        if actor is None or part.match is None or ABROAD not in part.match.row.frame or part.match.plural or actor.members:
            continue
        if actor.country is None or not is_soft(actor) or any(t.dep_ == "poss" for t in part.head.lefts):
            continue
        country = _other_country(cast, part, {actor.country, _doers(cast, part)})
        if country is not None:
            part.actor = _of(cast, actor, country)


def _doers(cast: Cast, part: Part) -> str | None:
    """The country of who acts on them: no state expels its own ambassador."""
    subject = subject_of(clause_of(part.head))
    named = (cast.actors.get(p.actor or "") for p in cast.parts if subject is not None and p.head.i == subject.i != part.head.i)
    return next((a.country for a in named if a is not None), None)


def _other_country(cast: Cast, part: Part, besides: Container[str | None]) -> str | None:
    """The country besides those that was named last, in this sentence or the ones just before."""
    for other in reversed(cast.parts):
        if other.mention.span.end > part.mention.span.start or part.sentence - other.sentence > REACH:
            continue
        actor = cast.actors.get(other.actor or "")
        if actor is None or actor.kind != "state" or other.form not in ("name", "demonym"):
            continue
        if actor.country is not None and actor.country not in besides:
            return actor.country
    return None


def _of(cast: Cast, actor: Actor, country: str) -> str:
    """The actor as `country`'s; a body of an id of its own."""
    because = (*(w for w in actor.because if not w.startswith("country:")), BESIDE)
    id = actor.id.removesuffix(f":{(actor.country or '').lower()}")
    id = actor.id if id == actor.id else f"{id}:{country.lower()}"
    if id == actor.id or id not in cast.actors:
        cast.actors[id] = evolve(actor, id=id, country=country, because=because, basis="coreference")
    return id
