"""The gate is wide: it skips what can hold neither event nor statement, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from masudi.analyse.gate import Gate, LemmaFinder
from masudi.analyse.model import load_model
from masudi.analyse.names import NameDoubt
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model(None, with_names=False)


@pytest.fixture(scope="module")
def gate(nlp: Language) -> Gate:
    return Gate(Lexicons(), nlp, LemmaFinder(nlp))


def admits(gate: Gate, nlp: Language, text: str) -> bool:
    return gate.admits([token.orth for token in nlp.tokenizer(text)])


ADMITTED = [
    "Troops shelled Velograd.",
    "He was arrested.",
    "The officials denied it.",
    "An explosion killed 12 in the market.",
    "Oxfam condemned the raid.",
    "According to dockers, nothing moved.",
    "“Nobody will ever be there again.”",
    "KALNINS: Well, that was long ago.",
    "Ceasefire-breaking rebels wept.",
    "Police have been fighting them for days.",
    "THE ARMY ATTACKED AT DAWN",
    "They met.",
    "War followed.",
    "Protesters' demands were met with tear gas.",
]


@pytest.mark.parametrize("text", ADMITTED)
def test_what_may_be_an_event_or_a_statement_is_let_in(gate: Gate, nlp: Language, text: str) -> None:
    assert admits(gate, nlp, text)


SKIPPED = ["Nice and sunny, mostly.", "Page 3 of 12", "12 June", "* * *", "Rather cold, alas.", "Velograd", "0 1 2 3"]


@pytest.mark.parametrize("text", SKIPPED)
def test_what_holds_neither_actor_nor_event_is_skipped(gate: Gate, nlp: Language, text: str) -> None:
    assert not admits(gate, nlp, text)


def test_a_group_the_gate_does_not_know_is_named(nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "gate.tsv").write_text("word\tgroup\tnote\nmob\tactors\t\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="gate.tsv:2: group 'actors'; right: actor, event, light"):
        Gate(Lexicons((tmp_path,)), nlp, LemmaFinder(nlp))


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("fought", "fight"), ("shelled", "shell"), ("denies", "deny"), ("talks", "talk"), ("men", "man"),
     ("striking", "strike"), ("worse", "bad")],
)  # fmt: skip
def test_every_reading_of_a_form_counts(nlp: Language, form: str, lemma: str) -> None:
    assert lemma in LemmaFinder(nlp)(form)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("France and Germany met the United Nations .", False),
        ("Police met Angela Merkel .", False),
        ("The police left .", False),
        ("Ruta Kalnins left .", True),
        ("The dockers of Velograd left .", True),
        ("", False),
    ],
)
def test_names_no_gazetteer_knows_are_doubtful(nlp: Language, text: str, doubtful: bool) -> None:
    doubt = NameDoubt(Lexicons(), LemmaFinder(nlp), nlp.vocab.strings)
    assert doubt.doubts([nlp.vocab.strings.add(word) for word in text.split()]) is doubtful
