"""Coding: one report for each event, with its type, modes, counts, confidence, reasons and relation scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding_cases import code, language, stage, told, words
from masudi.coding import make_relator
from masudi.coding.counts import number_of
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import EVENT_TYPES, Article, Attribution, Chained, Findings, Span, Statement

NUMBERS = [
    ("12", 12), ("1,200", 1200), ("twenty-two", 22), ("three hundred and five", 305), ("3 million", 3_000_000),
    ("two thousand", 2000), ("a dozen", 12), ("a hundred", 100), ("dozens", None), ("thousands", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "number"), NUMBERS)
def test_number_is_read_or_left_unknown(written: str, number: int | None) -> None:
    assert number_of(written.split()) == number


@given(st.integers(1, 10**6))
def test_digits_with_commas_read_back(number: int) -> None:
    assert number_of([f"{number:,}"]) == number


COUNTS = [
    ("[Rebels|TCD REB] killed [12 villagers|TCD CVL].", (12, None, None)),
    ("[At least 30 soldiers|TCD MIL] were wounded by [rebels|TCD REB].", (None, 30, None)),
    ("[About 500 people|TCD CVL] demonstrated against [the government|TCD GOV].", (None, None, 500)),
    ("[Thousands of students|TCD CVL] demonstrated against [the government|TCD GOV].", (None, None, None)),
    ("[Rebels|TCD REB] killed [dozens of villagers|TCD CVL].", (None, None, None)),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), COUNTS)
def test_counts_are_numbers_the_text_gives(marked: str, expected: tuple[int | None, ...]) -> None:
    _, (report,) = code(marked)
    assert (report.counts.killed, report.counts.injured, report.counts.size) == expected


@pytest.mark.model
def test_mentions_of_one_event_are_one_report() -> None:
    marked = (
        "[Rebels|TCD REB] attacked [the garrison|TCD MIL]. The attack lasted an hour. "
        "Another [nine soldiers|TCD MIL] were wounded in the attack."
    )
    text, (report,) = code(marked)
    assert [text[s.start : s.end] for s in report.triggers] == ["attacked", "attack", "wounded", "attack"]
    assert report.counts.injured == 9


@pytest.mark.model
def test_noun_that_points_back_carries_the_event_on() -> None:
    marked = (
        "[Chad|TCD] bombed [rebel camps|NER REB]. The strikes killed [18 fighters|NER REB]. "
        "[Five shepherds|NER CVL] died in the strikes."
    )
    assert told(marked) == ["ASSAULT Chad > rebel camps, 18 fighters, Five shepherds"]


@pytest.mark.model
def test_noun_that_points_back_to_nothing_is_no_event() -> None:
    assert told("The ministry praised the offensive.") == []


@pytest.mark.model
def test_anonymous_passive_adds_nobody_to_the_chain() -> None:
    marked = "[Rebels|TCD REB] attacked [the garrison|TCD MIL]."
    nobody = Statement(
        id="s0", actor=None, source_spans=(), cue_spans=(), cue_lemma="report", content=(Span(0, 30),),
        form="indirect", force="assert", named=False,
    )  # fmt: skip
    attribution = Attribution(statements=(nobody,), chains=(Chained(Span(0, 30), ("s0",)),))
    assert code(marked, attribution=attribution)[1][0].chain == ()


@pytest.mark.model
def test_speaker_stands_for_we() -> None:
    marked = "[We|] condemn [Chile|CHL], [the envoy|PER GOV] said."
    said = statement("s0", "unnamed:the-envoy", Span(0, 17))
    attribution = Attribution(statements=(said,), chains=(Chained(Span(0, 17), ("s0",)),))
    _, (report,) = code(marked, attribution=attribution)
    assert report.actors == ("unnamed:the-envoy",)
    assert report.chain == ()


@pytest.mark.model
def test_events_with_other_parties_stay_apart() -> None:
    marked = "[Peru|PER] condemned [Chile|CHL]. [Bolivia|BOL] condemned [Brazil|BRA]."
    assert told(marked) == ["ACCUSE Peru > Chile", "ACCUSE Bolivia > Brazil"]


def statement(id_: str, source: str, content: Span) -> Statement:
    return Statement(
        id=id_, actor=source, source_spans=(), cue_spans=(), cue_lemma="say", content=(content,), form="indirect",
        force="assert", named=True,
    )  # fmt: skip


@pytest.mark.model
def test_a_mention_in_the_articles_own_voice_empties_the_chain() -> None:
    first = "[Rebels|TCD REB] attacked [the garrison|TCD MIL]."
    both = first + " [The rebels|TCD REB] attacked [the garrison|TCD MIL] at dawn."
    content = Span(0, 30)
    attribution = Attribution(
        statements=(statement("s0", "organisation:radio", content),), chains=(Chained(content, ("s0",)),)
    )
    assert code(first, attribution=attribution)[1][0].chain == ("s0",)
    assert code(both, attribution=attribution)[1][0].chain == ()


@pytest.mark.model
def test_report_says_why() -> None:
    _, (report,) = code("[Chad|TCD] will attack [Niger|NER].")
    fields = {line.split(":")[0] for line in report.because}
    assert {"type", "actor", "recipient", "auxiliary", "date", "chain"} <= fields
    assert any("en/predicates.tsv:attack.verb" in line for line in report.because)
    assert any("en/governors.tsv:will.aux" in line for line in report.because)


@pytest.mark.model
def test_both_sides_named_is_surer_than_one() -> None:
    _, (both,) = code("[Chad|TCD] attacked [Niger|NER].")
    _, (one,) = code("[Chad|TCD] attacked.")
    assert both.confidence > one.confidence


@pytest.mark.model
def test_coding_twice_gives_the_same_reports() -> None:
    marked = "[Chad|TCD] attacked [Niger|NER] and [Peru|PER] condemned [Chad|TCD]."
    assert code(marked) == code(marked)


def test_unparsed_sentences_give_no_reports() -> None:
    import spacy

    doc = spacy.blank("en")("Chad attacked Niger.")
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    assert stage()(doc, Article(id="a", text=doc.text), Findings(), Attribution()) == ()


RELATIONS = [
    ("Chad attacked Niger.", "Chad", "Niger", "ASSAULT"),
    ("Niger was attacked by Chad.", "Chad", "Niger", "ASSAULT"),
    ("Chad agreed to send aid to Niger.", "Chad", "Niger", "AGREE"),
    ("Chad refused to meet Niger.", "Chad", "Niger", "REJECT"),
    ("Chad will not lift the ban on Niger.", "Chad", "Niger", "REJECT"),
    ("Chad and Niger held talks on Monday.", "Chad", "Niger", "CONSULT"),
    ("Chad lifted sanctions on Niger.", "Chad", "Niger", "RETREAT"),
    ("Chad accused Niger of hiding rebels who attacked Sudan.", "Chad", "Niger", "ACCUSE"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "actor", "recipient", "type_"), RELATIONS)
def test_relation_is_what_ties_the_two_marked_parties(text: str, actor: str, recipient: str, type_: str) -> None:
    relate = make_relator(Settings(), Lexicons())
    spans = [Span(text.index(p), text.index(p) + len(p)) for p in (actor, recipient)]
    (relation,) = relate([(language()(text), Findings(), spans[:1], spans[1:])])
    assert relation.type == type_
    assert set(relation.scores) == set(EVENT_TYPES)
    assert sum(relation.scores.values()) == pytest.approx(1.0, abs=0.01)


@pytest.mark.model
def test_relation_is_always_one_best_type() -> None:
    text = "Chad lies beside Niger."
    relate = make_relator(Settings(), Lexicons())
    (relation,) = relate([(language()(text), Findings(), [Span(0, 4)], [Span(17, 22)])])
    assert relation.type in EVENT_TYPES
    assert relation.quad == words().ontology.types[relation.type].quad
