"""Coding: a party that the sentence before names, an agent that two passives share, "their" that is somebody else's."""

from __future__ import annotations

import pytest

from coding_cases import told

POINTING = [
    ("[Chad|TCD] urged [Niger|NER] to open the road. [Niger|NER] has agreed to do so.",
     ["REQUEST Chad > Niger", "AGREE Niger > Chad"]),
    ("[Chad|TCD] asked [Niger|NER] for a joint inquiry. [The interior minister|NER GOV] agreed to it on Monday.",
     ["REQUEST Chad > Niger", "AGREE The interior minister > Chad"]),
    ("[The bishop|TCD REL] urged [them|] to go home. [They|] turned it down.", ["REQUEST The bishop > them", "REJECT They > The bishop"]),
    ("[Niger|NER] expelled [two Chadian diplomats|TCD GOV]. [Chad|TCD] condemned the move.",
     ["SANCTION Niger > two Chadian diplomats", "ACCUSE Chad > Niger"]),
    ("[Chad|TCD] handed a note of protest to [the Nigerien ambassador|NER GOV] and called for the release of the boat.",
     ["ACCUSE Chad > the Nigerien ambassador", "REQUEST Chad > the Nigerien ambassador"]),
    ("[Chad|TCD] criticised [Niger|NER] and called for calm.", ["ACCUSE Chad > Niger", "REQUEST Chad"]),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), POINTING)
def test_who_acted_just_before_is_meant_by_an_answer_or_a_judgement(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


SHARED = [
    ("[Two students|TCD EDU] were arrested by [soldiers|TCD MIL] and beaten.",
     ["COERCE soldiers > Two students", "ASSAULT soldiers > Two students"]),
    ("[Two students|TCD EDU] were arrested by [soldiers|TCD MIL] and beaten by [a mob|TCD CVL].",
     ["COERCE soldiers > Two students", "ASSAULT a mob > Two students"]),
    ("[Chad|TCD] accused [Nigerien forces|NER MIL] of firing rockets at [Bol|TCD].",
     ["ACCUSE Chad > Nigerien forces", "ASSAULT Nigerien forces > Bol"]),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), SHARED)
def test_who_does_the_first_of_two_deeds_does_the_second(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


OTHERS = [
    ("[Rebels|TCD REB] burned [their|] homes.", ["ASSAULT Rebels > their"]),
    ("[Chad|TCD] promised [reinforcements|TCD MIL].", ["AGREE Chad"]),
    ("[Chad|TCD] promised [the miners|TCD LAB] a rise.", ["AGREE Chad > the miners"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), OTHERS)
def test_what_is_promised_is_no_addressee_and_what_is_burned_is_anothers(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected
