"""Quotations: which marks open and close, and what happens to those left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import masudi
from masudi.attribute.quotes import Quotes, find_quotes
from masudi.records import Span


def found(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in find_quotes(text)]


CASES = [
    ("He said “we go” and left.", ["“we go”"]),
    ('He said "we go" and left.', ['"we go"']),
    ("He said ''we go'' and left.", ["''we go''"]),
    ("He said «we go» and left.", ["«we go»"]),
    ("He said ‘we go’ and left.", ["‘we go’"]),
    ("He said 'we go' and left.", ["'we go'"]),
    ("It’s the rebels’ camp, isn't it?", []),
    ("‘We saw the rebels’ camp,’ she said. It’s gone.", ["‘We saw the rebels’ camp,’"]),
    ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
    ("“She told me, ‘go home,’ and I went.”", ["“She told me, ‘go home,’ and I went.”"]),
    ("“We go.\n\n“We stay,” he said.", ["“We go.", "“We stay,”"]),
    ("We go,” he said.", ["We go,”"]),
    ("He added: “We go and we do not come back.\n\nThe road was empty.", ["“We go and we do not come back."]),
    ('“We go," he said. “We stay.”', ['“We go,"', "“We stay.”"]),
    ("“We go,“ he said.", ["“We go,“"]),
]


@pytest.mark.parametrize(("text", "quotes"), CASES)
def test_marks_pair_up_within_their_paragraph(text: str, quotes: list[str]) -> None:
    assert found(text) == quotes


def test_speech_that_opens_again_in_the_next_paragraph_goes_on() -> None:
    assert [q.goes_on for q in find_quotes("“We go.\n\n“We stay,” he said.")] == [True, False]


def test_furniture_holds_no_quotation() -> None:
    text = "“We go,” he said.\n“Rate us,” says the page."
    assert [text[q.span.start : q.span.end] for q in find_quotes(text, skip=[Span(18, len(text))])] == [
        "“We go,”"
    ]


@given(st.text(alphabet="ab .,\n“”‘’«»\"'", max_size=60))
def test_quotations_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    quotes = find_quotes(text)
    edges = [edge for q in quotes for edge in q.span]
    assert edges == sorted(edges) and all(q.span.start < q.span.end <= len(text) for q in quotes)
    assert all("\n" not in text[q.span.start : q.span.end] for q in quotes)


@given(st.text(alphabet='ab .\n“”"', max_size=60), st.integers(0, 60))
def test_the_quotation_at_a_place_is_the_one_around_it(text: str, place: int) -> None:
    quotes = find_quotes(text)
    around = [q for q in quotes if q.span.start <= place < q.span.end]
    assert Quotes(quotes).at(place) == (around[0] if around else None)
    assert Quotes(quotes).overlapping(Span(place, place + 1)) == [q.span for q in around]


SPOKEN = [
    # an open mark nobody closes ends where the cue begins
    ("“The truce is dead, the colonel said.", [("the colonel", "“The truce is dead,")]),
    ("“The truce is dead, the colonel said. He left for the coast.\nThe envoy was silent.", [("the colonel", "“The truce is dead,")]),
    # a short sentence after the cue is more of the speech
    ("“It is a different year,” said Ana Ruiz, who ran the campaign. “I think so.”", [("Ana Ruiz", "“It is a different year,” … “I think so.”")]),
    # words held at arm's length in the sentence before are not
    ("The minister has gone after the banks as a “leech that will bleed the country” and a “spoiled child.” “It is a different year,” "
     "said Ana Ruiz.", [("Ana Ruiz", "“It is a different year,”")]),
    # the speaker between two halves is no part of them
    ("“I,” said the judge, “will not sign.”", [("the judge", "“I,” … “will not sign.”")]),
    # what announces the speech is no part of it
    ("The senator scolded him: “The panel is of one mind against you,” she said.", [("she", "“The panel is of one mind against you,”")]),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "told"), SPOKEN)
def test_speech_ends_where_somebody_is_said_to_speak(
    coder: masudi.Coder, text: str, told: list[tuple[str, str]]
) -> None:
    coded = coder.code(text)
    words = coded.article.text
    assert [
        tuple(" … ".join(words[a:b] for a, b in spans) for spans in (s.source_spans, s.content))
        for s in coded.statements
    ] == told
