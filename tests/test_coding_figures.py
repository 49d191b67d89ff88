"""Figures of speech, the writer's own voice, topics and marks of time: no events; and the literal words beside them."""

from __future__ import annotations

import pytest

from coding_cases import code, told

FIGURES = [
    "[Populists|- PTY] have hijacked the debate about pensions.",
    "[Parliament|GHA LEG] is sabotaging the will of [the people|GHA CVL].",
    "[The electors|GHA CVL] were ambushed by a lie.",
    "Fear has taken [the republic|GHA] hostage.",
    "The bill is an attack on [the press|GHA MED].",
    "[The minister|GHA GOV] dropped a fiscal bomb on [the mayors|GHA GOV].",
    "[The minister|GHA GOV] bombarded [the committee|GHA LEG] with statistics.",
    "Nationalism murdered [Europe|FRA] twice.",
    "[The senator|GHA LEG] shot himself in the foot.",
    "[The Union|GHA LAB] knifed [its own leader|GHA LAB] in the back.",
    "[Deputies|GHA LEG] were massacred at the polls.",
    "[Ministers|GHA GOV] are at war with [judges|GHA JUD].",
    "[The cabinet|GHA GOV] opened fire.",
    "[Lobbyists|- BUS] have captured [the ministry|GHA GOV].",
    "[Bishops|GHA REL] have capitulated.",
    "[The senator|GHA LEG] was ambushed by [reporters|GHA MED].",
    "[The minister|GHA GOV] looked as though [she|] had surrendered the fort.",
]
UNTOLD = [
    "Arrest [the financiers|GHA BUS] and leave [the boys|GHA CVL] alone.",
    "Let [a judge|GHA JUD] investigate [the minister|GHA GOV].",
    "Imagine that [Ghana|GHA] attacked [Mali|MLI].",
    "An attack on [Mali|MLI] would cost dear.",
    "No [army|- MIL] has ever conquered [Mali|MLI].",
    "[We|] met [the general|GHA MIL] in a tea house.",
    "[I|] condemn [the generals|GHA MIL].",
    "The post-war council of [Mali|MLI] was weak.",
    "Wars used to be fought by [armies|- MIL].",
    "[People|GHA CVL] forgive those who rob [them|GHA CVL] once.",
    "Each dry season the same tale comes down, of [a general|GHA MIL] promising to crush [bandits|GHA CRM].",
    "One in six [ministers|- GOV] resigns within a year.",
    "A gas blast killed [three people|GHA CVL].",
    "[They|] were beaten 4–0.",
    "[The side|- CVL] crushed [its guests|- CVL] in the semi-final.",
]
LITERAL = [
    ("[Rebels|MLI REB] hijacked a bus.", "ASSAULT"),
    ("[The governor|MLI GOV] was ambushed by [rebels|MLI REB].", "ASSAULT"),
    ("The raid was an attack on [the press|MLI MED] by [rebels|MLI REB].", "ASSAULT"),
    ("[The army|MLI MIL] bombarded [the town|MLI CVL] with shells.", "ASSAULT"),
    ("[Soldiers|MLI MIL] murdered [villagers|MLI CVL].", "ASSAULT"),
    ("[Soldiers|MLI MIL] massacred [scores|MLI CVL] of pensioners.", "ASSAULT"),
    ("[A rebel|MLI REB] stabbed [the governor|MLI GOV] in the back with a knife.", "ASSAULT"),
    ("[Soldiers|MLI MIL] opened fire on [a crowd|MLI CVL].", "ASSAULT"),
    ("[The army|MLI MIL] captured [the governor|MLI GOV].", "COERCE"),
    ("[Rebels|MLI REB] have surrendered.", "RETREAT"),
    ("[Niger|NER] is at war with [Mali|MLI].", "ASSAULT"),
    ("[Police|MLI COP] let [the journalists|MLI MED] go.", "RETREAT"),
    ("[The minister|MLI GOV] met [the general|GHA MIL] in a tea house.", "CONSULT"),
    ("[Soldiers|MLI MIL] arrest [the financiers|MLI BUS] in [Mali|MLI].", "COERCE"),
    ("[Niger|NER] sacked [Timbuktu|MLI].", "ASSAULT|SANCTION"),
    ("[The senator|MLI LEG] attacked [the minister|MLI GOV] over his silence.", "ACCUSE"),
]


@pytest.mark.model
@pytest.mark.parametrize("marked", FIGURES)
def test_a_figure_of_speech_is_no_event(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.model
@pytest.mark.parametrize("marked", UNTOLD)
def test_what_the_writer_urges_invents_or_generalises_is_no_event(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.model
@pytest.mark.parametrize(("marked", "types"), LITERAL)
def test_the_same_words_meant_literally_stay_events(marked: str, types: str) -> None:
    assert {report.type for report in code(marked)[1]} & set(types.split("|"))


@pytest.mark.model
def test_a_noun_that_only_marks_a_time_is_told_only_where_it_is_told_of_elsewhere() -> None:
    assert told("Following the invasion, [Mali|MLI] became a free port.") == []
    assert [t for t in code("After the invasion of [Mali|MLI] by [Niger|NER], prices rose.")[1] if t.type == "ASSAULT"]


@pytest.mark.model
def test_a_meeting_somebody_is_kept_from_is_not_told() -> None:
    assert not [r for r in code("[The bloc|ECW] barred [the general|MLI MIL] from its summit.")[1] if r.type == "CONSULT"]
