"""The small network that reads events in the parse, and what coding makes of its opinion."""

from __future__ import annotations

import numpy as np
import pytest

import masudi
from masudi.coding.linear import blended
from masudi.coding.network import (
    ELSE,
    INPUTS,
    MODEL,
    SIDES,
    TYPES,
    Network,
    columns_of,
    inputs_of,
    load_network,
)
from masudi.coding.predicates import find_matches
from masudi.coding.roles import Parties
from masudi.coding.seen import Seen
from masudi.coding.views import proposed_by
from masudi.coding.words import load_words
from masudi.lexicon import Lexicons
from masudi.read import read_text
from masudi.records import EVENT_TYPES, Span
from masudi.syntax import sentences_of
from masudi.tree import Sentence, tree_of

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coder() -> masudi.Coder:
    return masudi.load(keep_text=True)


def seen_in(coder: masudi.Coder, text: str, network: Network | None = None) -> list[tuple[Sentence, Seen]]:
    article = read_text(text, settings=coder.settings, published="2020-01-01")
    doc = coder.tools.analyse.analyse_one(article)
    findings = coder.resolve(doc, article)
    tree = tree_of(doc)
    parties = Parties(tree, findings, coder.tools.attribute(doc, article, findings))
    proposed = proposed_by(find_matches(tree, load_words(coder.lexicons), parties))
    sentences = list(sentences_of(tree))
    return list(zip(sentences, (network or load_network()).seen(sentences, parties, proposed), strict=True))


def test_its_types_are_those_of_the_ontology() -> None:
    assert set(TYPES[1:]) == set(EVENT_TYPES)
    assert columns_of({"ASSAULT", "STRIKE", ""}) == [TYPES.index("ASSAULT"), ELSE]
    assert columns_of(set()) == []


def test_the_model_is_among_the_shipped_files_and_small() -> None:
    path = masudi.lexicon.DATA / "models" / MODEL
    assert path.stat().st_size < 6_000_000


def test_shares_add_up_and_lie_where_the_words_are(coder: masudi.Coder) -> None:
    text = "Rebels shelled the town. Norway sent blankets to Malawi."
    for sentence, seen in seen_in(coder, text):
        assert [sentence.text[a:b] for a, b in seen.offsets] == [t.text for t in sentence]
        assert seen.kinds.sum(1) == pytest.approx(np.ones(len(sentence)), abs=1e-5)
        assert seen.seeks.shape == seen.offers.shape == (len(sentence), len(SIDES), seen.seeks.shape[-1])


def test_a_sentence_is_seen_the_same_whatever_stands_around_it(coder: masudi.Coder) -> None:
    text, other = "Norway sent blankets to Malawi.", "Rebels shelled the town."
    ((_, alone),) = seen_in(coder, text)
    both = [seen for sentence, seen in seen_in(coder, f"{other} {text}") if sentence.text == text]
    assert both[0].kinds == pytest.approx(alone.kinds, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "word", "type_"),
    [
        ("Rebels shelled the barracks before dawn.", "shelled", "ASSAULT"),
        ("Norway sent blankets to Malawi after the flood.", "sent", "AID"),
        ("Police in Oslo arrested two union leaders.", "arrested", "COERCE"),
        ("The ministers of Chad and Niger met in Zinder.", "met", "CONSULT"),
        ("The minister wore a grey coat and a hat.", "wore", "NONE"),
    ],
)
def test_plain_events_are_seen(coder: masudi.Coder, text: str, word: str, type_: str) -> None:
    ((_, seen),) = seen_in(coder, text)
    begin = text.index(word)
    shares = seen.type_shares(Span(begin, begin + len(word)))
    assert shares is not None
    assert max(shares, key=lambda name: shares[name]) == type_


def test_who_acts_is_told_from_who_is_acted_on(coder: masudi.Coder) -> None:
    text = "Two union leaders were arrested by the army in Sfax."
    ((_, seen),) = seen_in(coder, text)
    sides = seen.side_shares(Span(23, 31), [Span(4, 17), Span(39, 43), Span(47, 51)])
    assert [max(s, key=lambda name: s[name]) for s in sides if s] == ["recipient", "actor", "neither"]


def test_names_are_all_one_word(coder: masudi.Coder) -> None:
    def inputs(text: str) -> list[tuple[str, ...]]:
        article = read_text(text, settings=coder.settings, published="2020-01-01")
        doc = coder.tools.analyse.analyse_one(article)
        findings = coder.resolve(doc, article)
        tree = tree_of(doc)
        parties = Parties(tree, findings, coder.tools.attribute(doc, article, findings))
        return [inputs_of(token, parties) for token in tree]

    one, other = inputs("Chad condemned Niger."), inputs("Peru condemned Chile.")
    assert one == other
    assert all(len(values) == len(INPUTS) for values in one)


def test_two_opinions_are_joined_as_a_geometric_mean() -> None:
    joined = blended({"A": 0.8, "B": 0.2}, {"A": 0.2, "B": 0.8})
    assert joined == pytest.approx({"A": 0.5, "B": 0.5})
    assert blended({"A": 0.9, "B": 0.1}, {"A": 0.0, "B": 1.0})["A"] < 0.02


def test_every_type_and_part_of_speech_has_its_usual_slots() -> None:
    of_types = load_words(Lexicons()).of_types
    assert set(of_types) == {(name, pos) for name in EVENT_TYPES for pos in ("verb", "noun", "adj")}
    assert all(frame.seen and not frame.own for frame in of_types.values())


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Norway warned that Chad would attack Mali.", ["ASSAULT"]),
        ("Chad warned that it would attack Mali.", ["THREATEN"]),
        ("Chad will not hold talks until Mali withdraws its soldiers.", ["REJECT"]),
        ("Chad shelled Mali until Mali withdrew its soldiers.", ["ASSAULT", "RETREAT"]),
        ("Chad denied having bombed Mali.", ["ASSAULT"]),
        ("Chad asked whether Mali needed blankets.", []),
        ("The Dutch brewer agreed to buy its Belgian rival for a billion euros.", []),
        ("Cyclone Hettie pounded Tonga and killed twelve people.", []),
    ],
)
def test_what_others_will_do_is_waited_for_or_denied_and_what_weather_does_is_told_as_no_deed(coder: masudi.Coder, text: str, types: list[str]) -> None:
    assert [r.type for r in coder.code(text, published="2020-01-01").reports] == types
