"""The cue book: what it knows, and what it says of a row it cannot use."""

from __future__ import annotations

import pytest

from masudi.attribute.cues import COMPLEMENTS, CUES, CueBook
from masudi.attribute.evidence import BIAS, WEIGHT, load_signs
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons, Row


@pytest.fixture(scope="module")
def book() -> CueBook:
    return CueBook.of(Lexicons())


def test_the_lexicon_holds_at_least_six_hundred_cues() -> None:
    assert len({(row["lemma"], row["pos"]) for row in Lexicons().table(CUES)}) >= 600


@pytest.mark.parametrize(
    ("pos", "lemma", "complement", "prep", "force"),
    [
        ("VERB", "say", "clause", "", "assert"),
        ("VERB", "deny", "clause", "", "deny"),
        ("VERB", "vow", "to", "", "promise"),
        ("VERB", "call", "p", "for", "demand"),
        ("NOUN", "hope", "clause", "", "hope"),
        ("NOUN", "threat", "to", "", "threaten"),
        ("ADJ", "adamant", "clause", "", "assert"),
        ("ADJ", "concerned", "p", "about", "fear"),
        ("ADP", "according to", "frame", "", "assert"),
    ],
)
def test_a_cue_has_the_force_of_its_complement(
    book: CueBook, pos: str, lemma: str, complement: str, prep: str, force: str
) -> None:
    cue = book.find(pos, lemma, complement, prep=prep)
    assert cue is not None and cue.force == force


def test_every_weight_is_a_share() -> None:
    assert all(0 <= float(row.need("weight")) <= 1 for row in Lexicons().table(CUES))


def test_an_unknown_complement_is_named_with_its_line() -> None:
    values = dict(
        lemma="say",
        pos="VERB",
        particle="",
        prep="",
        complement="gerund",
        force="assert",
        weight="1",
        note="",
    )
    with pytest.raises(LexiconError, match="mine.tsv:7: complement 'gerund'; allowed: clause"):
        CueBook([Row(values, "mine.tsv:7")])


def test_the_signs_name_only_complements_the_cue_book_has() -> None:
    signs = load_signs(Lexicons())
    assert {BIAS, WEIGHT} <= set(signs)
    assert {s.split()[-1] for s in signs if s.startswith("complement ")} <= set(COMPLEMENTS)
