"""The country lent last, to those of whom nothing near by says it."""

from __future__ import annotations

import pytest

import masudi
from masudi.records import Actor, Mention, Place, Span
from masudi.resolve.confidence import LENT_LAST, MOST_SPOKEN_OF, OF_SEVERAL
from masudi.resolve.lending import lent, most_spoken_of


def actor(id: str, country: str | None = None, *, kind: str = "unnamed", sectors: tuple[str, ...] = ("CVL",), **more: object) -> Actor:
    return Actor(id=id, name=id, kind=kind, country=country, sectors=sectors, **more)  # type: ignore[arg-type]


def mention(actor: str, start: int, form: str = "name") -> Mention:
    return Mention(id=f"m{start}", span=Span(start, start + 4), text="text", actor=actor, form=form)


def place(country: str, start: int) -> Place:
    return Place(span=Span(start, start + 4), text="text", name="text", kind="city", form="name", country=country)


def test_towns_alone_say_which_country_an_article_is_of() -> None:
    crowd = actor("crowd")
    (found,) = lent([crowd], [mention("crowd", 50, "nominal")], [place("IND", 0), place("IND", 20), place("BFA", 700)])
    assert (found.country, found.because[-1], found.confidence) == ("IND", MOST_SPOKEN_OF, LENT_LAST)


def test_nobody_is_lent_a_country_where_two_are_spoken_of_equally() -> None:
    assert lent([actor("crowd")], [], [place("TCD", 500), place("NER", 600)])[0].country is None


@pytest.mark.parametrize("spared", [
    actor("group:wide", kind="group", sectors=("REB",), basis="gazetteer"),
    actor("mission", sectors=("IGO", "UNO")),
    actor("troops", sectors=("MIL",), because=(OF_SEVERAL,)),
    actor("both", sectors=(), members=("a", "b")),
    actor("crew", sectors=()),
    actor("friend", "PER"),
])  # fmt: skip
def test_who_is_of_many_countries_or_of_nothing_said_keeps_what_they_have(spared: Actor) -> None:
    assert lent([spared], [], [place("BOL", 0)]) == (spared,)


def test_the_lead_weighs_double_and_a_lent_country_nothing() -> None:
    known = actor("state:TGO", "TGO", kind="state", sectors=())
    guessed = actor("crowd", "GHA", because=(MOST_SPOKEN_OF,))
    mentions = [mention("state:TGO", 900), mention("crowd", 950), mention("crowd", 960)]
    assert most_spoken_of([known, guessed], mentions, []) == "TGO"
    assert most_spoken_of([known], mentions, [place("BEN", 0)]) == "BEN"


@pytest.mark.model
def test_villagers_of_an_article_that_names_only_towns_have_its_country() -> None:
    text = "RAIPUR: Rebels beat villagers near Bijapur on Tuesday, police said. Two buses were burnt on the road to Jagdalpur."
    coded = masudi.load().code(text, published="2010-05-04")
    assert {a.country for a in coded.actors if a.kind == "unnamed" and a.sectors} == {"IND"}
