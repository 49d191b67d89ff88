"""The network that marks statements: same words, same marks; what it adds to the rules and what holds it back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import masudi
from masudi.attribute.features import NAME, NUMBER, distance, word_for
from masudi.attribute.network import load_network
from masudi.lexicon import Lexicons
from masudi.records import CodedArticle

# Words first, though somebody bears them as a name.
ALSO_WORDS = frozenset((
    "afar", "alpha", "arena", "bell", "bill", "bio", "blunt", "borne", "bot", "brown", "cannon", "card",
    "champagne", "darling", "earnest", "fore", "garner", "gold", "grace", "grave", "gray", "green",
    "gross", "guy", "he", "horn", "ice", "is", "key", "little", "lone", "moon", "pace", "panic", "penny",
    "per", "pole", "polish", "pot", "price", "rage", "rose", "skate", "slim", "slot", "snow", "spring", "stock",
    "straw", "sun", "tan", "top", "villa", "who", "wine", "wolf", "young",
))  # fmt: skip
Told = list[tuple[str, str, str]]


def told(coded: CodedArticle) -> Told:
    text = coded.article.text
    return [
        tuple(" … ".join(text[a:b] for a, b in spans) for spans in (s.source_spans, s.cue_spans, s.content))  # type: ignore[misc]
        for s in coded.statements
    ]


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_distances_fall_into_fifteen_classes_that_keep_side_and_order(a: int, b: int) -> None:
    assert 0 <= distance(a) <= 14
    assert (distance(a) > 7) == (a < 0)
    if 0 <= a <= b:
        assert distance(a) <= distance(b)


def _names() -> set[str]:
    """Every single word that masudi's tables know as the name of a person, country, people, group or organisation."""
    lexicons = Lexicons()
    tables = [("en/given_names.tsv", ("name",)), ("world/countries.tsv", ("name", "aliases", "demonyms", "people", "capital")),
              ("world/people.tsv", ("name", "aliases")), ("world/peoples.tsv", ("name", "aliases")),
              ("world/groups.tsv", ("name", "aliases")), ("world/organisations.tsv", ("name", "aliases"))]  # fmt: skip
    cells = [row[c] or "" for table, columns in tables for row in lexicons.table(table) for c in columns]
    names = {name.strip() for cell in cells for name in cell.split(";")}
    surnames = {n.split()[-1] for row in lexicons.table("world/people.tsv") for n in (row["name"] or "").split(";")}
    return {name.lower() for name in names | surnames if name.isalpha()}


def _ordinary() -> set[str]:
    """Words that masudi's lists of verbs, cues, roles and judgements hold in small letters."""
    lexicons = Lexicons()
    listed = {row[c] or "" for table, c in (("en/cues.tsv", "lemma"), ("en/predicates.tsv", "lemma"), ("en/roles.tsv", "phrase"),
              ("en/governors.tsv", "lemma"), ("en/judgements.tsv", "entry")) for row in lexicons.table(table)}  # fmt: skip
    return {word for word in listed if word.islower()}


def test_the_network_s_vocabulary_holds_no_name_of_a_person_country_or_organisation() -> None:
    lemmas = load_network().vocabulary.lemma
    assert NAME in lemmas
    assert not any(lemma != lemma.lower() for lemma in lemmas)
    assert sorted((_names() - _ordinary()) & set(lemmas) - ALSO_WORDS) == []


WORDS = [
    ("Torres", "torres", "PROPN", True, NAME),
    ("Kenyan", "kenyan", "ADJ", False, NAME),
    ("Officials", "official", "NOUN", True, "official"),
    ("said", "say", "VERB", False, "say"),
    ("twelve", "twelve", "NUM", False, NUMBER),
    ("1998", "1998", "NOUN", False, NUMBER),
]


@pytest.mark.parametrize(("text", "lemma", "pos", "opens", "wanted"), WORDS)
def test_the_network_sees_that_a_word_is_a_name_and_not_which(
    text: str, lemma: str, pos: str, opens: bool, wanted: str
) -> None:
    assert word_for(text, lemma, pos, opens=opens) == wanted


def test_the_network_s_weights_are_finite_and_small_enough_to_ship() -> None:
    network = load_network()
    sizes = [a.size for a in network._w.values()]
    assert all(np.isfinite(a).all() for a in network._w.values())
    assert sum(sizes) < 2_500_000


@pytest.mark.model
def test_the_same_article_gives_the_same_statements_again(coder: masudi.Coder) -> None:
    text = (
        'The envoy said the port was shut. "We wait," a sailor added. Chad hopes that the talks will resume.'
    )
    assert coder.code(text).statements == coder.code(text).statements


@pytest.mark.model
def test_a_statement_says_which_entry_and_what_score_kept_it(coder: masudi.Coder) -> None:
    (statement,) = coder.code("The envoy said that the port was shut.").statements
    entry, score, *_ = statement.because
    assert entry.startswith("en/cues.tsv:")
    assert score.startswith("network 0.")


# passage that tells what somebody does, not says
UNSAID = [
    "These groups find a willing listener in the capital.",
    "A note reminding visitors of the rules hung by the door.",
    "It rests on a false premise about the region.",
    "From this perspective the war looks different.",
    "The book offers a fresh perspective on the war.",
    "The minister said nothing and left by the back door.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", UNSAID)
def test_nouns_and_descriptions_of_commentary_are_no_statements(coder: masudi.Coder, text: str) -> None:
    assert told(coder.code(text)) == []


# passage, (source, cue, content)
WHOLE = [
    ("The farmers fear that the new levy will ruin them.",
     ("The farmers", "fear", "that the new levy will ruin them")),
    ("The bishop warned the rebels that the army was near.", ("The bishop", "warned", "that the army was near")),
    ("The premier expressed his hope that the rains would come.",
     ("The premier", "expressed his hope", "that the rains would come")),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), WHOLE)
def test_clear_grammar_is_enough_and_addressees_are_not_said(
    coder: masudi.Coder, text: str, wanted: tuple[str, str, str]
) -> None:
    found = told(coder.code(text))
    assert [(cue, content) for _, cue, content in found] == [wanted[1:]]
    assert found[0][0].split()[0] == wanted[0].split()[0]


@pytest.mark.model
def test_a_quotation_goes_to_the_nearest_of_several_cues(coder: masudi.Coder) -> None:
    text = 'When a guard shouted, "Omar, come," Salim laughed and said, "He left an hour ago."'
    assert [(cue, content) for _, cue, content in told(coder.code(text))] == [
        ("shouted", '"Omar, come,"'),
        ("said", '"He left an hour ago."'),
    ]


# passage, how many statements
LINKS = [
    ("The minister said that she thinks that the dam is safe.", 1),
    ("The minister said that Ghana had promised that it would open the dam.", 2),
    ('"They think that we are weak," the captain said.', 1),
    ('"The rebels said that they would leave," the captain said.', 2),
    ('"The rebels may say that they would leave," the captain said.', 1),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "links"), LINKS)
def test_only_what_others_told_is_a_link_inside_a_statement(
    coder: masudi.Coder, text: str, links: int
) -> None:
    coded = coder.code(text)
    assert len(coded.statements) == links
    assert [s.within is None for s in coded.statements].count(True) == 1


# passage, (source, named) of each statement
SPEAKERS = [
    ("Interviewer: Did you give the order?\nKovac: I gave no order to anyone.\nInterviewer: Who did?\nKovac: The ministry did that.",
     [("Interviewer", False), ("Kovac", True), ("Interviewer", False), ("Kovac", True)]),
    ("The road was shut, Torres said. Torres refused to say more.", [("Torres", True), ("Torres", True)]),
    ("The convoy moved according to plan and the crew slept.", []),
    ("It is understood that the envoy is ill.", [("", False)]),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), SPEAKERS)
def test_speakers_are_named_as_the_page_names_them(
    coder: masudi.Coder, text: str, wanted: list[tuple[str, bool]]
) -> None:
    coded = coder.code(text)
    outer = [s for s in coded.statements if s.within is None]
    assert [(" ".join(text[a:b] for a, b in s.source_spans), s.named) for s in outer] == wanted


@pytest.mark.model
def test_it_that_stands_for_the_clause_is_no_content(coder: masudi.Coder) -> None:
    assert told(coder.code("It is understood that the envoy is ill.")) == [("", "is understood", "that the envoy is ill")]


NOUNS = [
    ("Calls for the governor to resign grew on Friday.", [("", "Calls", "for the governor to resign")]),
    ("What the junta calls a purge of traitors has emptied the barracks, a diplomat said.",
     [("the junta", "calls", "a purge of traitors"), ("a diplomat", "said", "What the junta calls a purge of traitors has emptied the barracks")]),
    ("The paper dismissed the plan as a stunt — a charge that stung the minister.", [("The paper", "dismissed", "the plan as a stunt")]),
    ("Kenya: rebels have broken the truce", []),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), NOUNS)
def test_calls_labels_and_glosses_end_where_the_speaker_s_words_do(coder: masudi.Coder, text: str, wanted: Told) -> None:
    assert told(coder.code(text)) == wanted


@pytest.mark.model
def test_the_owner_behind_a_noun_is_its_source_and_no_content(coder: masudi.Coder) -> None:
    for text in ("The decision by Chad to close the border on Monday was a blow.", "The decision of Chad to close the border was a blow."):
        found = told(coder.code(text))
        assert all("Chad" not in content for _, _, content in found)
