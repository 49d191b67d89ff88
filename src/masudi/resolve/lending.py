"""The last who-question: of which country are those of whom nothing near by says it? Of the one the article speaks of most.

Asked when places are known, for many articles name a country by its towns alone ("RAIPUR: ...", "in Bijapur district").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from attrs import evolve

from ..records import Actor, Mention, Place, Span
from .confidence import MOST_SPOKEN_OF, OF_SEVERAL, is_lent, weighed
from .names import LEAD_CHARACTERS, LEAD_WEIGHT

BODY_WEIGHT = 0.5  # the name of a person or body says less of where an article is than a state's or a town's


def lent(actors: Sequence[Actor], mentions: Sequence[Mention], places: Sequence[Place]) -> tuple[Actor, ...]:
    """`actors` with a country where none was found: less sure than any other.

    Nobody is lent one who is several, who is of an intergovernmental body or a group known beyond one country, or of
    whom the text says nothing ("both sides", "the crew"); nobody at all where two countries are spoken of equally.
    """
    most = most_spoken_of(actors, mentions, places)
    if most is None:
        return tuple(actors)
    return tuple(_of(most, actor) if _lacks_country(actor) else actor for actor in actors)


def most_spoken_of(actors: Sequence[Actor], mentions: Sequence[Mention], places: Iterable[Place]) -> str | None:
    """The country with most named states, people, bodies and places of its own, in the lead twice as much; None on a tie."""
    known = {a.id: a for a in actors if a.country is not None and not is_lent(a.because)}
    weights: defaultdict[str, float] = defaultdict(float)
    counted: set[Span] = set()
    for mention in mentions:
        actor = known.get(mention.actor or "")
        if actor is None or actor.country is None or mention.form not in ("name", "demonym"):
            continue
        counted.add(mention.span)
        weights[actor.country] += (1.0 if actor.kind == "state" else BODY_WEIGHT) * _place_in_text(mention.span)
    for place in places:
        if place.country is not None and place.form == "name" and place.span not in counted:
            weights[place.country] += _place_in_text(place.span)
    ranked = sorted(weights, key=lambda country: -weights[country])
    tied = len(ranked) > 1 and weights[ranked[0]] == weights[ranked[1]]
    return ranked[0] if ranked and not tied else None


def _place_in_text(span: Span) -> float:
    return LEAD_WEIGHT if span.start < LEAD_CHARACTERS else 1.0


def _lacks_country(actor: Actor) -> bool:
    if actor.country is not None or actor.members or actor.basis == "gazetteer" or OF_SEVERAL in actor.because:
        return False
    if actor.sectors[:1] == ("IGO",):
        return False
    return actor.kind == "person" or (actor.kind == "unnamed" and bool(actor.sectors))


def _of(country: str, actor: Actor) -> Actor:
    return weighed(evolve(actor, country=country, because=(*actor.because, MOST_SPOKEN_OF)))
