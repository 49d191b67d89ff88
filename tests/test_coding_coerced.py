"""Coding: pressure short of violence as news tells it, in particles, idioms and nouns with their prepositions; what only sounds like it."""

from __future__ import annotations

import pytest

from coding_cases import told

COERCED = [
    ("[The radio station|TCD MED] was taken off the air by [the junta|TCD MIL].", ["COERCE the junta"]),
    ("[Chad|TCD] stripped [400 people|NER CVL] of their citizenship.", ["COERCE Chad > 400 people"]),
    ("The arrest in Ndjamena of [the party's treasurer|TCD OPP] angered nobody.", ["COERCE > the party's treasurer"]),
    ("[The activist|TCD OPP] was led away in handcuffs by [soldiers|TCD MIL].", ["COERCE soldiers > The activist"]),
    ("[The monks|TCD REL] were turned out of the hostel by [gendarmes|TCD COP].", ["COERCE gendarmes > The monks"]),
    ("[The rebels|TCD REB] made [villagers|TCD CVL] dig trenches.", ["COERCE The rebels > villagers"]),
    ("[The police|TCD COP] called off the rally of [the opposition|TCD OPP].", ["COERCE The police > the opposition"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), COERCED)
def test_pressure_short_of_violence_is_coerce_in_any_wording(marked: str, expected: list[str]) -> None:
    assert [e for e in told(marked) if e.startswith("COERCE")] == expected


OTHERS = [
    ("[The Niger army|NER MIL] began ten days of live-fire drills.", "MOBILIZE"),
    ("[Rebels|TCD REB] are regrouping in the hills.", "MOBILIZE"),
    ("[Chad|TCD] flew paratroops to the border.", "MOBILIZE"),
    ("[Chad|TCD] and [Niger|NER] linked their power grids.", "COOPERATE"),
    ("[The states|IGO] set up a joint command in Niamey.", "COOPERATE"),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "type_"), OTHERS)
def test_forces_moved_and_things_done_jointly_are_told_in_any_wording(marked: str, type_: str) -> None:
    assert type_ in {e.split()[0] for e in told(marked)}


NOT_COERCED = [
    "[The baker|CVL] was told to keep the oven shut.",
    "[The goalkeeper|CVL] was held back by his marker.",
    "[The retailer|BUS] stripped the brand from its shelves.",
    "[Chad|TCD] wandered off the road to reform.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", NOT_COERCED)
def test_shops_games_and_figures_of_speech_coerce_nobody(marked: str) -> None:
    assert not [e for e in told(marked) if e.startswith("COERCE")]
