"""Sources left unnamed: how many, which of them are one, and on what terms they stay unnamed."""

from __future__ import annotations

import pytest

import masudi
from masudi.records import CodedArticle, Statement

pytestmark = pytest.mark.model


def said(coder: masudi.Coder, text: str) -> tuple[CodedArticle, list[Statement]]:
    coded = coder.code(text, published="2019-05-06")
    return coded, list(coded.statements)


def reason(coded: CodedArticle, statement: Statement) -> str | None:
    span = statement.anonymity
    return None if span is None else coded.article.text[span.start : span.end]


NUMBERS = [
    ("Two officials said the bridge in Lagos was open.", 2, True),
    ("An official said the bridge in Lagos was open.", 1, False),
    ("Officials said the bridge in Lagos was open.", None, True),
    ("Several diplomats said the bridge in Lagos was open.", None, True),
    ("Both envoys said the bridge in Lagos was open.", 2, True),
    ("A dozen witnesses said the bridge in Lagos was open.", 12, True),
    ("Three people familiar with the talks said the bridge in Lagos was open.", 3, True),
    ("The rebel commander said the bridge in Lagos was open.", 1, False),
]


@pytest.mark.parametrize(("text", "number", "plural"), NUMBERS)
def test_an_unnamed_source_is_as_many_as_the_text_says(
    coder: masudi.Coder, text: str, number: int | None, plural: bool
) -> None:
    _, statements = said(coder, text)
    assert [(s.number, s.plural) for s in statements if s.cue_lemma == "say"] == [(number, plural)]


def test_a_named_source_is_not_counted(coder: masudi.Coder) -> None:
    _, statements = said(coder, "Emmanuel Macron said that France would send troops.")
    assert [(s.named, s.number, s.plural) for s in statements] == [(True, None, False)]


TERMS = [
    ("A senior Iraqi official, who spoke on condition of anonymity because he was not authorised to speak to the media, "
     "said the talks had failed.",
     "who spoke on condition of anonymity because he was not authorised to speak to the media"),
    ("A diplomat who asked not to be named for fear of reprisals said the army had left Lagos.",
     "who asked not to be named for fear of reprisals"),
    ("Three people familiar with the matter, who declined to be identified, citing the sensitivity of the talks, said "
     "Iran would sign.", "who declined to be identified, citing the sensitivity of the talks"),
    ("Two officials told reporters, speaking on condition of anonymity, that Iran would sign.",
     "speaking on condition of anonymity"),
    ("An aide to the president said on condition of anonymity that Iran would sign.", "on condition of anonymity"),
    ("A soldier, who requested anonymity to discuss security matters, said the army had left Lagos.",
     "who requested anonymity to discuss security matters"),
    ("“The army has left Lagos,” said an officer who was not authorised to speak publicly.",
     "who was not authorised to speak publicly"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "terms"), TERMS)
def test_terms_of_anonymity_are_the_words_of_the_text(coder: masudi.Coder, text: str, terms: str) -> None:
    coded, statements = said(coder, text)
    main = [s for s in statements if s.cue_lemma in ("say", "tell")]
    assert [reason(coded, s) for s in main] == [terms]


def test_terms_hold_for_all_that_source_says_and_for_no_other(coder: masudi.Coder) -> None:
    coded, statements = said(
        coder,
        "An Iraqi official said the army had left Mosul. The official spoke on condition of anonymity. "
        "A second official said the army would return. The first official said nobody had been hurt.",
    )
    assert [reason(coded, s) for s in statements] == [
        "spoke on condition of anonymity", None, "spoke on condition of anonymity",
    ]  # fmt: skip


def test_bodies_that_could_not_be_identified_are_no_anonymous_source(coder: masudi.Coder) -> None:
    coded, statements = said(coder, "Police said two victims of the attack in Lagos could not be identified.")
    assert [reason(coded, s) for s in statements] == [None]


def test_words_of_the_terms_are_no_part_of_the_source(coder: masudi.Coder) -> None:
    coded, statements = said(coder, TERMS[0][0])
    text = coded.article.text
    assert [[text[a:b] for a, b in s.source_spans] for s in statements][-1][0] == "A senior Iraqi official"
    assert not any("media" in text[a:b] for s in statements for a, b in s.source_spans)


# text, for each statement in order the number of its source
APART = [
    ("An official said the road was closed. Another official said nobody was hurt.", [0, 1]),
    ("An official said the road was closed. A second official said nobody was hurt.", [0, 1]),
    ("An official said the road was closed. An official said nobody was hurt.", [0, 1]),
    ("An official said the road was closed. The official said nobody was hurt.", [0, 0]),
    ("An official said the road was closed. The same official added that help was coming.", [0, 0]),
    ("An official said the road was closed. A second official said nobody was hurt. The first official said help was "
     "coming. The second official said it was late.", [0, 1, 0, 1]),
    ("Two officials said the road was closed. The officials said nobody was hurt.", [0, 0]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), APART)
def test_unnamed_sources_are_told_apart_as_the_text_tells_them(coder: masudi.Coder, text: str, who: list[int]) -> None:
    _, statements = said(coder, text.replace("the road", "the road to Lagos"))
    ids = [s.actor for s in statements if s.cue_lemma in ("say", "add")]
    order = list(dict.fromkeys(ids))
    assert [order.index(i) for i in ids] == who


def test_a_number_without_its_noun_is_a_source_of_its_own(coder: masudi.Coder) -> None:
    coded, statements = said(
        coder, "One official said talks in Lagos would go on. “We are done,” said a third. He asked not to be named."
    )
    assert [reason(coded, s) for s in statements if s.cue_lemma == "say"] == [None, "asked not to be named"]


ASKED = [
    ("According to two officials who asked not to be named because they were not authorised to speak, the talks collapsed.",
     "who asked not to be named because they were not authorised to speak", "the talks collapsed"),
    ("A police officer, who declined to be identified for fear of reprisals, said the raid had failed.",
     "who declined to be identified for fear of reprisals", "the raid had failed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "terms", "content"), ASKED)
def test_asking_to_stay_unnamed_is_no_statement_and_no_part_of_one(
    coder: masudi.Coder, text: str, terms: str, content: str
) -> None:
    coded, statements = said(coder, text)
    assert [coded.article.text[a:b] for s in statements for a, b in s.content] == [content]
    assert [reason(coded, s) for s in statements] == [terms]
