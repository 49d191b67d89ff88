"""Coding: the lexicon's predicates found in sentences, with the shortest phrase that bears the event."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding_cases import code, told
from masudi.coding.predicates import lemmas_of
from masudi.coding.words import PREDICATES, load_words
from masudi.errors import LexiconError
from masudi.lexicon import DATA, Lexicons

HEADER = "lemma\tpos\tparticle\tprep\tobject\tcomplement\ttype\tmode\tcameo\tactor\trecipient\tcontexts\tweight\tnote\n"

TRIGGERS = [
    ("[Chad|TCD] carried out attacks on [rebel camps|TCD REB].", ["attacks"]),
    ("[Peru|PER] called on [Chile|CHL] to free the crew.", ["called on"]),
    ("[The minister|PER GOV] shook hands with [the rebel chief|PER REB].", ["shook hands"]),
    ("[Peru|PER] lifted sanctions on [Chile|CHL].", ["lifted sanctions"]),
    ("[Peru|PER] and [Chile|CHL] held talks in Lima.", ["held talks"]),
    ("[Rebels|TCD REB] attacked [the garrison|TCD MIL].", ["attacked"]),
    ("[The rebels|TCD REB] called for a ceasefire.", ["called for"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "triggers"), TRIGGERS)
def test_trigger_is_the_shortest_phrase_that_bears_the_event(marked: str, triggers: list[str]) -> None:
    text, reports = code(marked)
    assert [text[s.start : s.end] for r in reports for s in r.triggers] == triggers


EVENT_FREE = [
    "The novel strikes a balance between horror and comedy.",
    "[The professor|FRA EDU] launched an attack on the theory.",
    "An earthquake killed 300 [people|TUR CVL] in Turkey.",
    "[Twelve miners|CHL CVL] were killed in an accident.",
    "Attack helicopters stood in the hangar.",
    "The price of bread rose again in Lima.",
    "Did [Chad|TCD] attack [Niger|NER]?",
    "The law sets fines for holding demonstrations near schools.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", EVENT_FREE)
def test_sentence_without_an_event_stays_empty(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.model
def test_ordinary_arrests_among_private_people_are_no_events() -> None:
    crime = "[Police|GBR COP] arrested [a man|GBR CVL]. [A neighbour|GBR CVL] helped [the officers|GBR MIL]."
    assert told(crime) == []
    political = crime + " [Rebels|GBR REB] attacked [the barracks|GBR MIL]."
    assert len(told(political)) > 1


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("[Police|GBR COP] questioned [two teachers|GBR EDU].", []),
    ("[Police|GBR COP] arrested [two teachers|GBR EDU] at the protest.", ["COERCE Police > two teachers"]),
    ("[Students|GBR EDU] condemned [the police|GBR COP].", ["ACCUSE Students > the police"]),
    ("[The police|GBR COP] urged [a man|GBR CVL] to come home.", []),
    ("[The police|GBR COP] urged [residents|GBR CVL] to come forward.", ["REQUEST The police > residents"]),
    ("[Police|GBR COP] beat [the pensioners|GBR CVL] with batons.", ["ASSAULT Police > the pensioners"]),
    ("[Police|GBR COP] arrested [the editor|GBR MED] of a weekly.", ["COERCE Police > the editor"]),
    ("[The islanders|GBR CVL] demanded an apology from [the company|GBR BUS].", ["REQUEST The islanders > the company"]),
    ("[The shop|GBR BUS] vowed to undercut [its rival|GBR BUS].", []),
    ("Last week [a tenor|GBR CVL] threatened to sue [his landlord|GBR CVL].", []),
])  # fmt: skip
def test_deeds_among_private_people_count_where_their_sentence_is_of_public_life(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


@pytest.mark.model
def test_a_verb_with_another_particle_is_another_verb() -> None:
    from coding_cases import language

    doc = language()("The army called off the raid. A cease-fire held.")
    assert "cease-fire" in {form for t in doc for form in lemmas_of(t)}
    assert told("[The army|TCD MIL] called off the raid on [the rebels|TCD REB].") == ["RETREAT The army > the rebels"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    return tmp_path


def write(own: Path, *rows: str) -> Lexicons:
    (own / PREDICATES).write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return Lexicons((own,))


def test_frame_ids_are_readable_and_unique(own: Path) -> None:
    row = "zonk\tverb\tup\tat;on\tgate;door\t\tPROTEST\tdemo\t141\tsubj\tprep:at\t\tstrong\t"
    frames = load_words(write(own, row)).frames
    assert frames["zonk", "verb"][0].id == "own:en/predicates.tsv:zonk.verb.up.at+1.gate+1.PROTEST"
    built_in = [f.id for found in load_words(Lexicons()).frames.values() for f in found]
    shared = len(built_in) - len(set(built_in))
    assert shared <= len(built_in) // 50  # a long object list is shortened to its first word


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("zonk\tverb\t\t\t\t\tPROTEST\t\t\tsubjekt\tnone\t\tstrong\t", "actor 'subjekt'"),
        ("zonk\tverb\t\t\t\t\tPROTEST\t\t\tsubj\tnone\t\tfirm\t", "weight 'firm'"),
    ],
)
def test_wrong_cell_names_file_line_and_what_is_right(own: Path, row: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        load_words(write(own, row))


def test_own_folder_adds_a_predicate(own: Path) -> None:
    words = load_words(write(own, "zonk\tverb\t\t\t\t\tPROTEST\t\t\tsubj\tnone\t\tstrong\t"))
    assert ("zonk", "verb") in words.frames
    assert ("attack", "verb") in words.frames


@pytest.mark.parametrize("name", ["en/governors.tsv", "en/light_verbs.tsv", "en/no_force.tsv", "en/weapons.tsv",
                                  "en/casualties.tsv", "plover/content_modes.tsv", "plover/reversals.tsv"])  # fmt: skip
def test_lexicons_of_coding_are_sound(name: str) -> None:
    assert (DATA / name).is_file()
    assert Lexicons().check(name) == []
