"""Coding: who did it to whom, through voice, nominals, light verbs, control, coordination and modifiers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding_cases import language, told
from masudi.coding.roles import Parties, Party, unique
from masudi.records import Actor, Findings, Mention, Span

ROLES = [
    # voice
    ("[Rebels|TCD REB] attacked [the garrison|TCD MIL].", "ASSAULT Rebels > the garrison"),
    ("[The garrison|TCD MIL] was attacked by [rebels|TCD REB].", "ASSAULT rebels > The garrison"),
    ("[Three Chadian soldiers|TCD MIL] have been killed.", "ASSAULT > Three Chadian soldiers"),
    ("[Three soldiers|TCD MIL] killed in the north were buried.", "ASSAULT > Three soldiers"),
    # nominals
    ("[Chad|TCD]'s attack on [Niger|NER] surprised nobody.", "ASSAULT Chad > Niger"),
    ("The attack by [Chad|TCD] on [Niger|NER] surprised nobody.", "ASSAULT Chad > Niger"),
    ("[Chadian|TCD] strikes on [Niger|NER] went on.", "ASSAULT Chadian > Niger"),
    ("Talks between [Peru|PER] and [Chile|CHL] resumed.", "CONSULT Peru, Chile"),
    ("[Chadian|TCD] strikes killed [12 villagers|NER CVL].", "ASSAULT Chadian > 12 villagers"),
    # light verbs
    ("[Chad|TCD] carried out attacks on [rebel camps|TCD REB].", "ASSAULT Chad > rebel camps"),
    ("The attacks on [rebel camps|TCD REB] were carried out by [Chad|TCD].", "ASSAULT Chad > rebel camps"),
    ("[Niger|NER] suffered an attack by [Chadian rebels|TCD REB].", "ASSAULT Chadian rebels > Niger"),
    # relative clauses, coordination
    ("[The militia|TCD REB] that attacked [the garrison|TCD MIL] fled.", "ASSAULT The militia > the garrison"),
    ("[The guards|TCD MIL] whom [the rebels|TCD REB] abducted were unarmed.", "ASSAULT the rebels > The guards"),
    ("[Rebels|TCD REB] ambushed and killed [two guards|TCD MIL].", "ASSAULT Rebels > two guards"),
    ("[Peru|PER] and [Chile|CHL] condemned [Bolivia|BOL].", "ACCUSE Peru, Chile > Bolivia"),
    # control and raising
    ("[Peru|PER] urged [Chile|CHL] to free the crew.", "REQUEST Peru > Chile"),
    ("[Peru|PER] was accused of attacking [Chilean sailors|CHL MIL].", "ACCUSE > Peru"),
    ("[Peru|PER] threatened to attack [Chile|CHL].", "THREATEN Peru > Chile"),
    ("[The rebels|TCD REB] managed to kill [two guards|TCD MIL].", "ASSAULT The rebels > two guards"),
    # whose thing it is
    ("[Chad|TCD] bombed [Nigerien|NER] oil depots.", "ASSAULT Chad > Nigerien"),
    ("[Peru|PER] called on [Chile|CHL] for help.", "REQUEST Peru > Chile"),
    # everyone in one list
    ("[The minister|PER GOV] shook hands with [the rebel chief|CHL REB].", "CONSULT The minister, the rebel chief"),
    ("[The minister|PER GOV] met [his Chilean counterpart|CHL GOV].", "CONSULT The minister, his Chilean counterpart"),
    ("[Chadian troops|TCD MIL] clashed with [rebels|NER REB].", "ASSAULT Chadian troops, rebels"),
    ("[Chadian troops|TCD MIL] clashed with [rebels|NER REB], killing 14 of [them|].", "ASSAULT Chadian troops > rebels"),
    # whom a noun of violence befell
    ("The bombing of [the embassies|PER GOV] went unpunished.", "ASSAULT > the embassies"),
    ("The bombing of [the embassies|PER GOV] by [rebels|TCD REB] went unpunished.", "ASSAULT rebels > the embassies"),
    ("[The bishop|PER REL]'s abduction shocked the town.", "ASSAULT > The bishop"),
    ("[The rebels|TCD REB] claimed responsibility for an attack on [the garrison|TCD MIL].",
     "ASSAULT The rebels > the garrison"),
    ("[Bolivia|BOL] condemned the bombing of [the embassies|PER GOV] by [rebels|TCD REB].", "ACCUSE Bolivia > rebels"),
    # clauses behind "for", calls that convey, hands that help
    ("[Miners|BOL LAB] called for [the president|BOL GOV] to resign.", "REQUEST Miners > the president"),
    ("[The envoy|PER GOV] called [the bishop|CHL REL] to congratulate him.", "SUPPORT The envoy > the bishop"),
    ("[The colonel|TCD MIL] helped to carry out an attack on [the village|NER CVL].", "ASSAULT The colonel > the village"),
    # agents hung on a noun, parties of a content, makers of what is refused, those who answer a request
    ("Threatened with exile by [the emir|TCD GOV], [the monks|TCD REL] stayed.", "THREATEN the emir > the monks"),
    ("[Peru|PER] refused to meet [the envoy|CHL GOV].", "REJECT Peru > the envoy"),
    ("[Peru|PER] rejected a plan drafted by [the bishops|CHL REL].", "REJECT Peru > the bishops"),
    ("[Peru|PER] heeded [the bishops|CHL REL]'s appeal.", "REQUEST the bishops > Peru"),
    ("[Peru|PER]-[Chile|CHL] talks resumed.",
     "CONSULT Peru, Chile"),
    ("[Police|TCD COP] clashed with [protesters|TCD CVL] near [the parliament|TCD LEG].",
     "PROTEST Police, protesters"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), ROLES)
def test_sides_are_filled_from_the_logical_slots(marked: str, expected: str) -> None:
    assert expected in told(marked)


@pytest.mark.model
def test_participle_takes_the_object_of_the_verb_that_stops_it() -> None:
    marked = "[The minister|PER GOV] could not stop [Chilean|CHL] jets from bombing [Bolivia|BOL]."
    assert "ASSAULT Chilean > Bolivia" in " ".join(told(marked))


@pytest.mark.model
def test_force_by_a_state_abroad_befalls_the_state_on_whose_soil_it_is() -> None:
    assert told("[Chad|TCD] mounted an assault in [Niger|NER].") == ["ASSAULT Chad > Niger"]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("[Oslo|NOR GOV]'s threat to expel [the Chadian envoys|TCD GOV] alarmed traders.", "THREATEN Oslo > the Chadian envoys"),
    ("[Oslo|NOR GOV]'s claim that [Chadian sappers|TCD MIL] had mined the orchard was put before the panel.",
     "ACCUSE Oslo > Chadian sappers"),
])  # fmt: skip
def test_a_noun_of_threat_or_blame_reaches_whom_its_content_is_about(marked: str, expected: str) -> None:
    assert expected in told(marked)


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("[Niger|NER] seized a mine run by [a French firm|FRA BUS].", "COERCE Niger > a French firm"),
    ("[Chad|TCD] shelled positions held by [the rebels|TCD REB].", "ASSAULT Chad > the rebels"),
    ("[Niger|NER] revoked a permit granted to [a French firm|FRA BUS].", "COERCE Niger > a French firm"),
    ("[The army|NER MIL] is here. [Villagers|NER CVL] threw stones at an army lorry.", "PROTEST Villagers > army"),
    ("[Peru|PER] threatened to take the quarrel to [the Supreme Court|PER JUD].", "THREATEN Peru"),
])  # fmt: skip
def test_a_thing_stands_for_those_who_run_hold_or_were_given_it(marked: str, expected: str) -> None:
    assert expected in told(marked)


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("On Friday 11 of [the marchers|NER CVL] were arrested by [police|NER COP].", "COERCE police > the marchers"),
    ("In Perth on Sunday six of [the marchers|AUS CVL] were arrested by [police|AUS COP].", "COERCE police > the marchers"),
    ("[The editor|NER MED] was questioned for days by [police|NER COP] and banished.", "COERCE > The editor"),
    ("[Chad|TCD] ordered [nine envoys|NER GOV] out, and all but one were expelled.", "SANCTION > all"),
])  # fmt: skip
def test_those_told_by_number_or_by_a_second_participle_undergo_it(marked: str, expected: str) -> None:
    assert expected in told(marked)


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("[Peru|PER] asked [Chile|CHL] to free the crew. [Chile|CHL] rejected that.", "REJECT Chile > Peru"),
    ("[Peru|PER] asked [Chile|CHL] to free the crew. It was a hard winter. [Chile|CHL] turned down the request.", "REJECT Chile > Peru"),
    ("[Peru|PER] asked [Chile|CHL] to free the crew. [Bolivia|BOL] rejected the amnesty.", "REJECT Bolivia"),
    ("[Peru|PER] asked [Chile|CHL] for help. [Bolivia|BOL] turned down the request.", "REJECT Bolivia"),
])  # fmt: skip
def test_a_refusal_answers_who_asked_just_before(marked: str, expected: str) -> None:
    assert expected in told(marked)


@pytest.mark.model
def test_victims_of_a_clash_are_not_made_fighters() -> None:
    marked = "[A shepherd|NER CVL] was killed in clashes between [Chadian troops|TCD MIL] and [rebels|NER REB]."
    assert "ASSAULT > A shepherd" in told(marked)


@pytest.mark.model
def test_a_description_of_several_is_each_of_them_by_the_words_inside_it() -> None:
    text = "The ministers of Peru and Chile met. Both sides agreed."
    ids = {"The ministers of Peru and Chile": "unnamed:all", "Peru": "unnamed:p", "Chile": "unnamed:c", "Both sides": "unnamed:all"}
    spans = {words: Span(text.index(words), text.index(words) + len(words)) for words in ids}
    actors = (
        Actor(id="unnamed:all", name="ministers", kind="unnamed", sectors=("GOV",), members=("unnamed:p", "unnamed:c")),
        Actor(id="unnamed:p", name="minister of Peru", kind="unnamed", country="PER", sectors=("GOV",)),
        Actor(id="unnamed:c", name="minister of Chile", kind="unnamed", country="CHL", sectors=("GOV",)),
    )
    mentions = tuple(Mention(id=w, span=spans[w], text=w, actor=id, form="nominal") for w, id in ids.items())
    doc = language()(text)
    parties = Parties(doc, Findings(actors=actors, mentions=mentions))
    ministers, sides = (parties.of(next(t for t in doc if t.text == word)) for word in ("ministers", "sides"))
    assert [(p.span, p.country) for p in ministers] == [(spans["Peru"], "PER"), (spans["Chile"], "CHL")]
    assert [(p.span, p.country) for p in sides] == [(spans["Both sides"], "PER"), (spans["Both sides"], "CHL")]
    assert unique(sides) == sides


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 5)).map(lambda p: Span(p[0], p[0] + p[1]))
PARTIES = st.lists(st.builds(Party, span=SPANS, actor=st.sampled_from([None, "state:PER", "state:CHL"])), max_size=8)


@given(PARTIES)
def test_unique_keeps_the_first_of_each_actor_and_span(parties: list[Party]) -> None:
    kept = unique(parties)
    assert len({(p.span, p.actor) for p in kept}) == len(kept)
    assert all(p.actor for p in kept if sum(p.span == q.span for q in kept) > 1)
    actors = [p.actor for p in kept if p.actor]
    assert len(set(actors)) == len(actors)
    assert {p.actor for p in parties if p.actor} >= set(actors)
    assert unique(kept) == kept
