"""Coding: deeds done jointly, parties that are two by themselves, and the verb of an asked-for clause as object."""

from __future__ import annotations

import pytest

from coding_cases import told
from masudi.coding.words import load_words
from masudi.lexicon import Lexicons

JOINT = [
    ("[Chadian sappers|TCD MIL] and [Nigerien sappers|NER MIL] dredged the canal together.",
     ["COOPERATE Chadian sappers, Nigerien sappers"]),
    ("[Chad|TCD] and [Niger|NER] jointly repaired the bridge.", ["COOPERATE Chad, Niger"]),
    ("[Chad|TCD] mapped the lake in tandem with [Niger|NER].", ["COOPERATE Chad, Niger"]),
    ("[Chad|TCD] and [Niger|NER] jointly condemned [Mali|MLI].", ["ACCUSE Chad, Niger > Mali"]),
    ("[Chad|TCD] and [Niger|NER] together have nine airports.", []),
    ("[Chad|TCD] repaired the bridge together.", []),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), JOINT)
def test_what_two_do_together_is_cooperation_unless_the_verb_says_more(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


TWO = [
    ("[Chad|TCD] and [Niger|NER] teamed up.", ["COOPERATE Chad, Niger"]),
    ("[Chad|TCD] teamed up.", []),
    ("[The five prime ministers|TCD GOV] pooled the vaccines.", ["COOPERATE The five prime ministers"]),
    ("[The prime ministers|TCD GOV] pooled the vaccines.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), TWO)
def test_partners_of_a_joint_deed_may_all_be_its_subject(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


CLAUSES = [
    ("[The rebels|TCD REB] let [the women|TCD CVL] leave.", ["RETREAT The rebels > the women"]),
    ("[The mayor|TCD GOV] let [the women|TCD CVL] vote.", ["CONCEDE The mayor > the women"]),
    ("[The mayor|TCD GOV] let [the women|TCD CVL] know.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), CLAUSES)
def test_verb_of_the_clause_asked_for_decides_what_letting_is(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


AWAY = [
    ("[The militiamen|TCD REB] melted away.", ["RETREAT The militiamen"]),
    ("[The garrison|TCD MIL] left [Goma|COD].", ["RETREAT The garrison > Goma"]),
    ("[The senator|TCD LEG] left [Goma|COD].", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), AWAY)
def test_leaving_a_place_is_withdrawal_of_those_who_bear_arms(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


SAID_OF = [
    ("The truce between [Chad|TCD] and [Niger|NER] took hold.", ["RETREAT Chad, Niger"]),
    ("[Niger|NER] and [Chad|TCD] are locked in talks.", ["CONSULT Niger, Chad"]),
    ("[The minister|TCD GOV] took hold of the rail.", []),
    ("[Chad|TCD] came to the defence of [Niger|NER].", ["SUPPORT Chad > Niger"]),
    ("[Chad|TCD] and [Niger|NER] reached an agreement on fishing rights.", ["AGREE Chad, Niger"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), SAID_OF)
def test_phrase_may_ask_of_what_it_is_said(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


def test_frame_that_asks_for_its_subject_asks_for_more() -> None:
    frames = [f for f in load_words(Lexicons()).frames["take", "verb"] if "truce" in f.subjects]
    assert frames
    assert all("hold" in f.objects and f.specificity >= 3.0 for f in frames)
