"""Coding: acts of whoever speaks, phrases that take a "not", refusals by choice, and what is no longer done."""

from __future__ import annotations

import pytest

from coding_cases import told

BY_SPEAKER = [
    ("[Niger|NER] will pay the price, [Chad|TCD] said.", ["THREATEN Chad > Niger"]),
    ("[Chad|TCD] said any attack would meet a crushing response.", ["THREATEN Chad"]),
    ("[Chad|TCD] warned that its patience was wearing thin.", ["THREATEN Chad"]),
    ("[The senator|TCD LEG] said [the army|TCD MIL] was behind the murder.", ["ACCUSE The senator > the army"]),
    ("[The army|TCD MIL] was responsible for the massacre, [the widows|TCD CVL] said.", ["ACCUSE the widows > The army"]),
    ("[Chad|TCD] said the demand was unacceptable.", ["REJECT Chad"]),
    ("The vote was a sham, [the opposition|TCD OPP] said.", ["ACCUSE the opposition"]),
    ("[Chad|TCD] said it would bomb [Niger|NER] unless it withdrew.", ["THREATEN Chad > Niger"]),
    ("[The rebels|TCD REB] said [the hostages|NER CVL] would be killed unless a ransom was paid.", ["THREATEN The rebels > the hostages"]),
    ("[Any smuggler|TCD CRM] who comes back will be shot, [the colonel|TCD MIL] said.", ["THREATEN the colonel > Any smuggler"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), BY_SPEAKER)
def test_what_is_said_to_come_is_a_threat_of_who_says_it_and_blame_a_charge(marked: str, expected: list[str]) -> None:
    found = told(marked)
    assert [e for e in found if e.split()[0] in {x.split()[0] for x in expected}] == expected


NOT_BY_SPEAKER = [
    "Consumers will pay the price, [economists|EDU] said.",
    "[Niger|NER] paid the price, [Chad|TCD] said.",
    "[The priest|REL] wrote that bills would be paid if losses grew.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", NOT_BY_SPEAKER)
def test_forecasts_and_what_is_past_threaten_nobody(marked: str) -> None:
    assert not [e for e in told(marked) if e.startswith("THREATEN")]


TAKES_NOT = [
    ("[Chad|TCD] will not stand idle, its minister said.", ["THREATEN Chad"]),
    ("[Chad|TCD] will stand idle, its minister said.", []),
    ("[Chad|TCD] will not tolerate another raid by [Niger|NER].", ["THREATEN Chad > Niger"]),
    ("[Chad|TCD] did not comply with the ruling.", ["REJECT Chad"]),
    ("[The mine|TCD BUS] has not paid [the workers|TCD LAB] since May.", ["COERCE The mine > the workers"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), TAKES_NOT)
def test_some_phrases_are_acts_only_under_a_not(marked: str, expected: list[str]) -> None:
    kinds = {"THREATEN", "REJECT", "COERCE"}
    found = [e for e in told(marked) if e.split()[0] in kinds]
    assert [e for e in found if "raid" not in e and not e.startswith("COERCE Niger")] == expected


BY_CHOICE = [
    ("[Peru|PER] chose not to attend the summit.", ["REJECT Peru"]),
    ("[Peru|PER] decided not to meet [Chile|CHL].", ["REJECT Peru > Chile"]),
    ("[Peru|PER] has no intention of meeting [Chile|CHL].", ["REJECT Peru > Chile"]),
    ("[Peru|PER] has no plans to meet [Chile|CHL].", ["AGREE Peru > Chile (negation)"]),
    ("[Peru|PER] is not expected to meet [Chile|CHL].", ["AGREE Peru > Chile (negation)"]),
    ("[Sweden|SWE] no longer funds [the institute|SDN EDU].", ["SANCTION Sweden > the institute"]),
    ("[Sweden|SWE] will no longer sell arms to [Chad|TCD].", ["SANCTION Sweden > Chad (future)"]),
    ("[Aid workers|NGO] were told not to leave [Sudan|SDN].", ["REQUEST > Aid workers"]),
    ("[Russia|RUS] threw [four diplomats|NOR GOV] out of the country.", ["SANCTION Russia > four diplomats"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), BY_CHOICE)
def test_what_is_not_done_by_choice_or_no_longer_is_a_refusal_or_a_breach(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


KEPT_APART = [
    ("A protest by [students|GHA EDU] was broken up by [police|GHA COP].", ["PROTEST students", "COERCE police > students"]),
    ("[Peru|PER] shrugged off the demand by [Chile|CHL].", ["REJECT Peru > Chile", "REQUEST Chile > Peru"]),
    ("[Residents|TUN CVL] marched to demand the closure of a plant.", ["PROTEST Residents"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), KEPT_APART)
def test_a_deed_of_others_stands_beside_the_answer_to_it(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected
