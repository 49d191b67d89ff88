"""Coding: what the parties, the place or a missing agent make of a deed, and events told by small clauses and subjects."""

from __future__ import annotations

import pytest

from coding_cases import told

MEANT = [
    ("[Peru|PER GOV] gave [two Chilean diplomats|CHL GOV] a week to leave.", ["SANCTION Peru > two Chilean diplomats"]),
    ("[Two Chilean diplomats|CHL GOV] have been told to leave [Peru|PER].", ["SANCTION > Two Chilean diplomats"]),
    ("[The minister|KEN GOV] came under fire from [opposition lawmakers|KEN LEG].", ["ACCUSE opposition lawmakers > The minister"]),
    ("[North Korea|PRK MIL] fired a missile into the sea.", ["MOBILIZE North Korea"]),
    ("[The militias|LBY REB] stormed the offices of [the council|LBY GOV].", ["ASSAULT The militias > the council"]),
    ("[The government|NGA GOV] will not talk to [the rebels|NGA REB].", ["REJECT The government > the rebels"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), MEANT)
def test_parties_and_place_make_a_deed_what_its_word_does_not_say(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


WITHOUT_DOER = [
    ("[The editor|EGY MED] was led away on Friday.", ["COERCE > The editor"]),
    ("[The mayor|MLI GOV] was met with tear gas.", ["ASSAULT > The mayor"]),
    ("[The province|ECU GOV] was paralysed by a general strike.", ["PROTEST > The province"]),
    ("[Oman|OMN GOV] holds [Qatar|QAT GOV] responsible for the delay.", ["ACCUSE Oman > Qatar"]),
    ("A drone slammed into a ministry in Kyiv.", ["ASSAULT"]),
    ("A lorry slammed into a ministry in Kyiv.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), WITHOUT_DOER)
def test_a_deed_is_told_where_a_passive_a_small_clause_or_a_weapon_leaves_out_who_did_it(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected
