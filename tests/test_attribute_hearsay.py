"""Sources at second hand, hearsay, statements side by side in one sentence, and embedded ones that are no links."""

from __future__ import annotations

import pytest

import masudi
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons
from masudi.records import CodedArticle, Statement

pytestmark = pytest.mark.model


def words(coded: CodedArticle, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(coded.article.text[a:b] for a, b in spans)


def chain_at(coded: CodedArticle, part: str) -> list[str]:
    """Sources of the chain that holds at `part`, outermost first; "" where the text names none."""
    at = coded.article.text.index(part)
    by_id = {s.id: s for s in coded.statements}

    def lineage(statement: Statement) -> list[Statement]:
        return [*([] if statement.within is None else lineage(by_id[statement.within])), statement]

    inside = [lineage(s) for s in coded.statements if any(a <= at < b for a, b in s.content)]
    chain = min(inside, key=lambda c: (sum(b - a for a, b in c[-1].content), -len(c)), default=[])
    return [words(coded, s.source_spans) for s in chain]


def with_cue(coded: CodedArticle, cue: str) -> Statement:
    return next(s for s in coded.statements if cue in words(coded, s.cue_spans))


# text, words, sources around them
SECOND_HAND = [
    ("Rebels have seized the ferry, Radio Sol reported, citing two fishermen.", "seized the ferry", ["Radio Sol", "two fishermen"]),
    ("Citing a report of the auditors, the magazine wrote that the judge had been paid.", "the judge had been paid", ["the magazine", "a report of the auditors"]),
    ("The channel, quoting the coast guard, said on Friday that the boat had sunk.", "the boat had sunk", ["The channel", "the coast guard"]),
    # a reason is nobody's word
    ("The airline said it would stop its flights, citing costs.", "stop its flights", ["The airline"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "sources"), SECOND_HAND)
def test_who_a_speaker_cites_is_a_link_of_the_chain(coder: masudi.Coder, text: str, part: str, sources: list[str]) -> None:
    assert chain_at(coder.code(text), part) == sources


@pytest.mark.parametrize("adverb", ["allegedly", "reportedly", "supposedly"])
def test_what_is_told_as_hearsay_is_a_statement_of_nobody_named(coder: masudi.Coder, adverb: str) -> None:
    coded = coder.code(f"The captain {adverb} sold the rifles to a gang in the hills.")
    assert chain_at(coded, "sold the rifles") == [""]
    statement = with_cue(coded, adverb)
    assert (statement.actor, statement.named, statement.certainty) == (None, False, "distancing")


def test_hearsay_inside_somebody_s_words_is_no_statement_of_its_own(coder: masudi.Coder) -> None:
    coded = coder.code("The prosecutor said that the captain had allegedly sold the rifles.")
    assert chain_at(coded, "the rifles") == ["The prosecutor"]


@pytest.mark.parametrize(("text", "part", "source"), [
    ("The claim that the wells were poisoned was made by the Sudanese army.", "the wells were poisoned", "the Sudanese army"),
    ("A demand for the release of the crew was put forward by the Houthis.", "the release of the crew", "the Houthis"),
])  # fmt: skip
def test_the_maker_of_a_passive_claim_is_its_source(coder: masudi.Coder, text: str, part: str, source: str) -> None:
    assert chain_at(coder.code(text), part) == [source]


def test_a_second_statement_in_the_sentence_is_no_part_of_the_first(coder: masudi.Coder) -> None:
    coded = coder.code("The envoy said the truce would hold, although the rebels insisted that it was dead.")
    assert words(coded, with_cue(coded, "said").content) == "the truce would hold"
    assert chain_at(coded, "it was dead") == ["the rebels"]


NO_LINKS = [
    # whoever cannot be told apart from the speaker is the speaker
    ("Half of the nurses said they want the ward to be closed.", "the ward to be closed", 1),
    # a relative clause that only says what kind is meant
    ("The minister blamed officials who say that the dam is safe.", "the dam is safe", 1),
    # what somebody would or must be is told of nobody
    ("The bishop said a leader must be ready to admit that the war is lost.", "the war is lost", 1),
    # to refuse is to do
    ("The envoy said that Oman had refused to open the port.", "open the port", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "depth"), NO_LINKS)
def test_embedded_words_of_nobody_else_are_no_link(coder: masudi.Coder, text: str, part: str, depth: int) -> None:
    assert len(chain_at(coder.code(text), part)) == depth


def test_a_denial_inside_another_s_words_is_a_link(coder: masudi.Coder) -> None:
    coded = coder.code("The lawyer said her client denies having met the dealer.")
    assert chain_at(coded, "having met the dealer") == ["The lawyer", "her client"]


def test_an_armed_attack_is_no_statement_but_one_in_words_is(coder: masudi.Coder) -> None:
    assert coder.code("The rebels attacked a police academy in the capital with mortars.").statements == ()
    assert with_cue(coder.code("The senator attacked the plan as a gift to the banks."), "attacked").force == "condemn"


def test_most_of_a_people_are_not_its_state(coder: masudi.Coder) -> None:
    statement = with_cue(coder.code("Most Iraqis believe that the vote was rigged."), "believe")
    assert (statement.actor, statement.named, statement.plural) == (None, False, True)


def test_words_of_one_statement_are_told_once(coder: masudi.Coder) -> None:
    coded = coder.code("The union issued a statement saying that the mine was not safe.")
    assert len(coded.statements) == 1


def test_an_unknown_kind_of_hearsay_is_refused_with_its_place(tmp_path: object) -> None:
    from pathlib import Path

    from masudi.attribute.hearsay import load_hearsay

    folder = Path(str(tmp_path)) / "en"
    folder.mkdir()
    (folder / "hearsay.tsv").write_text("lemma\tkind\tnote\nmutter\tnonsense\t\n")
    with pytest.raises(LexiconError, match=r"hearsay\.tsv:2: kind 'nonsense'; allowed: cites, adverb"):
        load_hearsay(Lexicons((folder.parent,)))
