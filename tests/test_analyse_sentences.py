"""Sentences and paragraphs: rules on text, no model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masudi.analyse.sentences import Words, paragraphs, sentences
from masudi.lexicon import Lexicons
from masudi.records import Span

REPORTS = {"asked", "said", "shouted", "cried"}


@pytest.fixture(scope="module")
def words() -> Words:
    lexicons = Lexicons()
    return Words(
        abbreviations={r.need("abbreviation"): r.need("kind") for r in lexicons.table("en/abbreviations.tsv")},
        openers=frozenset(r.need("word") for r in lexicons.table("en/openers.tsv")),
        reports=REPORTS.__contains__,
    )


def split(text: str, words: Words) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, Span(0, len(text)), words)]


ONE_SENTENCE = [
    "Mr. Okoro met Gen. Lindqvist near St. Olga.",
    "Police in the U.S. Virgin Islands held John F. Marsh Jr. for a day.",
    "The talks begin at 10 a.m. Monday in Washington, D.C.",
    "Harbour Steel Inc. said it would sue.",
    "The court cited Art. 5 and No. 12 of the law.",
    "On Sept. 3 he left, i.e. before the vote.",
    "Growth was 3.5 percent, the bank said.",
    "He waited... and waited.",
    "“Why now?” Anna Petrova asked.",
    "“Never!” the crowd shouted.",
    "He resigned (it was time!) and left.",
    "The envoy [sic] came vs. the advice of Sen. Adeyemi (D-Calif.) and others.",
    "Lt. Col. Ames of the 3rd Bn. was hurt.",
    "See www.example.org/a.b for more.",
    "1. Troops leave the town.",
    "Yahya al-Amin met E.U. Commissioner Varga.",
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_a_point_inside_a_sentence_does_not_end_it(text: str, words: Words) -> None:
    assert split(text, words) == [text]


SEVERAL = [
    ("He left. She stayed.", ["He left.", "She stayed."]),
    ("He left in 2003. The war went on.", ["He left in 2003.", "The war went on."]),
    ("He lives in the U.S. He likes it.", ["He lives in the U.S.", "He likes it."]),
    ("It hired Ames Jr. The firm declined.", ["It hired Ames Jr.", "The firm declined."]),
    ("“We won. They lost,” he said. “It is over.” He left.",
     ["“We won.", "They lost,” he said.", "“It is over.”", "He left."]),
    ("‘Never again.’ Crowds cheered.", ["‘Never again.’", "Crowds cheered."]),
    ("(They denied it.) Later they fled.[4] It ended.", ["(They denied it.)", "Later they fled.[4]", "It ended."]),
    ("They joined the front. al-Bakri denied it.", ["They joined the front.", "al-Bakri denied it."]),
    ("Is it so? Nobody knows! Wait… Then go.", ["Is it so?", "Nobody knows!", "Wait…", "Then go."]),
    ("He was heard.Then came the vote.", ["He was heard.", "Then came the vote."]),
    ("He lives in Albany, N.Y. “We are here,” he said.", ["He lives in Albany, N.Y.", "“We are here,” he said."]),
    ("They came from Boston, Mass. But none stayed.", ["They came from Boston, Mass.", "But none stayed."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_a_point_that_ends_a_sentence_ends_it(text: str, expected: list[str], words: Words) -> None:
    assert split(text, words) == expected


def test_lines_are_paragraphs_of_their_own() -> None:
    text = "Harbour strike ends\nBy A. Writer\n\nDockers went back to work.\n- first demand\n- second demand\n"
    found = [text[p.start : p.end] for p in paragraphs(text)]
    assert found == [
        "Harbour strike ends", "By A. Writer", "Dockers went back to work.", "- first demand", "- second demand",
    ]  # fmt: skip


WRAPPED = """\
The ministers of the two river states met on the border bridge on
Thursday and signed a paper that shares the water of the dam between
their farmers for ten years, after a dispute that had closed the road
to the coast twice.
Neither side would say how the paper is to be enforced, and engineers
on both banks warned that a dry summer could undo it within a month of
the first harvest.

"We have time," the envoy said, and he left for the capital in a car
that the army had lent him.
"""


def test_wrapped_lines_are_joined_and_short_ones_end_the_paragraph() -> None:
    found = [" ".join(WRAPPED[p.start : p.end].split()) for p in paragraphs(WRAPPED)]
    assert [p.split()[0] for p in found] == ["The", "Neither", '"We']
    assert found[0].endswith("to the coast twice.")


def test_a_list_of_long_lines_is_not_taken_for_wrapped_text() -> None:
    lines = [f"Candidate number {i} of the list for the northern district council" for i in range(9)]
    assert len(paragraphs("\n".join(lines))) == 9


@given(st.text(alphabet="aA. \n“”?!\"'1-", max_size=200))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    words = Words(abbreviations={"A.": "before"}, openers=frozenset({"a"}), reports=lambda _: False)
    spans = [s for p in paragraphs(text) for s in sentences(text, p, words)]
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(s.start < s.end and text[s.start : s.end].strip() == text[s.start : s.end] for s in spans)
