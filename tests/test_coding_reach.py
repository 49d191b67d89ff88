"""Coding: objects the parser misplaces, kinds behind a preposition, journeys of state, and what a speaker bids others do."""

from __future__ import annotations

import pytest

import masudi
from coding_cases import told

MISPLACED = [
    ("[The rebels|TCD REB] handed in their guns.", "RETREAT The rebels"),
    ("[Ecuador|ECU] has handed over to [Colombia|COL] [a former guerrilla commander|COL REB] wanted for the killing of three reporters.", "COOPERATE Ecuador > Colombia"),
    ("[The emir|QAT GOV] allowed [the exiles|QAT CVL] back.", "CONCEDE The emir > the exiles"),
    ("[Party leaders|TCD PTY] rallied behind [the premier|TCD GOV].", "SUPPORT Party leaders > the premier"),
    ("[Oman|OMN] was prepared to receive [the envoy|IGO UNO].", "AGREE Oman > the envoy"),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), MISPLACED)
def test_a_frame_finds_what_it_asks_for_wherever_the_parser_hung_it(marked: str, expected: str) -> None:
    assert expected in told(marked)


JOURNEYS = [
    ("[The Chadian premier|TCD GOV] arrived in [Niger|NER] on Monday.", True),
    ("[The rebel leader|TCD REB] flew to [Qatar|QAT] on Monday.", True),
    ("[The tourists|TCD CVL] arrived in [Niger|NER] on Monday.", False),
    ("[Two thousand soldiers|TCD MIL] flew to [Niger|NER] on Monday.", False),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "visits"), JOURNEYS)
def test_a_journey_is_a_visit_only_of_people_in_public_life(marked: str, visits: bool) -> None:
    assert any(e.startswith("CONSULT") for e in told(marked)) is visits


SPOKEN_OF = [
    ("[Chad|TCD] pressed for the release of [the fishermen|TCD BUS].", ["REQUEST Chad > the fishermen"]),
    ("[The army|NER MIL] apologised to [the villagers|NER CVL] for the raids.", ["SUPPORT The army > the villagers"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), SPOKEN_OF)
def test_a_deed_that_is_only_spoken_of_leaves_the_speech_standing(marked: str, expected: list[str]) -> None:
    assert [e for e in told(marked) if e.split()[0] == expected[0].split()[0]] == expected


BIDDEN = [
    ('"Put down your weapons," the governor told the rebels.', "REQUEST", "the governor", "the rebels"),
    ('"Do not shoot at the ambulances," the mayor told the rebels.', "REQUEST", "the mayor", "the rebels"),
    ("It is time for the army to return to its barracks, the bishop said.", "REQUEST", "the bishop", "the army"),
    ("The minister said Mali needs to free the nuns.", "REQUEST", "The minister", "Mali"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "type_", "actor", "recipient"), BIDDEN)
def test_what_a_speaker_bids_others_do_is_asked_and_not_done(text: str, type_: str, actor: str, recipient: str) -> None:
    reports = masudi.load(keep_text=True).code(text, published="2020-06-01").to_dict()["reports"]
    assert [r["type"] for r in reports] == [type_]
    assert [[text[s:e] for s, e in reports[0][side]] for side in ("actor_spans", "recipient_spans")] == [[actor], [recipient]]


@pytest.mark.model
@pytest.mark.parametrize("text", ["The minister said he needs to free the nuns.", "Press the button to free the boat.", "It is time for lunch, the bishop said."])
def test_a_need_of_ones_own_and_a_direction_for_use_ask_nobody(text: str) -> None:
    reports = masudi.load(keep_text=True).code(text, published="2020-06-01").to_dict()["reports"]
    assert not [r for r in reports if r["type"] == "REQUEST"]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "\"Every voter should be proud of this campaign,\" the senator said.",
        "The coach said the players should enjoy the evening.",
        "Analysts said the delegates should be able to vote by noon.",
        pytest.param(
            "The minister said the president should be ashamed of the film.",
            marks=pytest.mark.xfail(strict=True, reason="the network hears a request in it"),
        ),
    ],
)
def test_an_opinion_of_what_should_be_asks_nobody(text: str) -> None:
    assert not masudi.load().code(text, published="2020-06-01").reports
