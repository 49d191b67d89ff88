"""Statements of nobody, who is only spoken of or to, and words that a colon, a headline's end or a question mark parts."""

from __future__ import annotations

import pytest

import masudi
from masudi.attribute.ends import whole_at_the_end
from masudi.attribute.quotes import find_quotes
from masudi.records import CodedArticle

pytestmark = pytest.mark.model


def told(coded: CodedArticle) -> list[tuple[str, str]]:
    """Source and content of each statement."""
    text = coded.article.text
    return [
        (" … ".join(text[a:b] for a, b in s.source_spans), " … ".join(text[a:b] for a, b in s.content))
        for s in coded.statements
    ]


# text, the one statement (source, content)
NOBODY = [
    ("It emerged on Sunday that the bank had lent the dictator a plane.", ("", "that the bank had lent the dictator a plane")),
    ("It transpired that the guns were toys.", ("", "that the guns were toys")),
    ("Word came from the pass that the road was open.", ("", "that the road was open")),
    ("Word came from the captain that the ferry would wait.", ("the captain", "that the ferry would wait")),
    # who is spoken of, or to, is nobody's source
    ("The rebels seem to have left the quarry.", ("", "The rebels … to have left the quarry")),
    ("The prisoners were told that their sentences had been halved.", ("", "that their sentences had been halved")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "statement"), NOBODY)
def test_what_becomes_known_of_itself_has_no_source(coder: masudi.Coder, text: str, statement: tuple[str, str]) -> None:
    assert told(coder.code(text)) == [statement]


def test_what_merely_comes_is_no_news(coder: masudi.Coder) -> None:
    assert told(coder.code("The boats came from a port that the navy had closed.")) == []


# headline, its statement
HEADLINES = [
    ("Famine will spread to the delta, warns ex-minister", ("ex-minister", "Famine will spread to the delta", "warn")),
    ("Ferry sank in calm water – coast guard", ("coast guard", "Ferry sank in calm water", "assert")),
    ("Coup leader seen in the harbour – reports", ("reports", "Coup leader seen in the harbour", "assert")),
]


@pytest.mark.parametrize(("headline", "statement"), HEADLINES)
def test_the_end_of_a_headline_names_who_says_it(headline: str, statement: tuple[str, str, str]) -> None:
    coded = masudi.load(keep_text=True).code(f"{headline}\n\nThe season began in May.")
    assert [(*pair, s.force) for pair, s in zip(told(coded), coded.statements, strict=True)] == [statement]


@pytest.mark.parametrize("headline", ["Shares fall for a third day - BBC News", "The floods in pictures – day three", "Explained: Why the peso fell"])
def test_a_publisher_or_label_in_a_headline_says_nothing(headline: str) -> None:
    assert told(masudi.load(keep_text=True).code(f"{headline}\n\nThe season began in May.")) == []


def test_a_quotation_on_the_line_below_is_whose_statement_is_announced(coder: masudi.Coder) -> None:
    coded = coder.code("The mayor released the following statement:\n\n“Our thoughts are with the families of the nine divers.”")
    assert told(coded) == [("The mayor", "“Our thoughts are with the families of the nine divers.”")]


def test_what_bears_words_may_bear_few(coder: masudi.Coder) -> None:
    assert told(coder.code("A banner outside the court said: “Water first.”")) == [("A banner outside the court", "“Water first.”")]


def test_words_before_a_question_mark_are_asked_by_who_follows(coder: masudi.Coder) -> None:
    coded = coder.code("Who will mend the roof now? asked one of the nuns.")
    assert told(coded) == [("one of the nuns", "Who will mend the roof now")]
    assert coded.statements[0].force == "question"


@pytest.mark.parametrize(("text", "force"), [
    ("“Will the roof hold?” the mayor asked on Monday.", "question"),
    ("The mayor asked the owners to mend the roof.", "ask"),
])  # fmt: skip
def test_who_asks_in_a_question_mark_puts_a_question(coder: masudi.Coder, text: str, force: str) -> None:
    assert [s.force for s in coder.code(text).statements] == [force]


def test_what_went_on_while_somebody_spoke_is_not_said(coder: masudi.Coder) -> None:
    coded = coder.code("The mine will close in June, the owner said, as guards locked the gate behind him.")
    assert told(coded) == [("the owner", "The mine will close in June")]


def test_who_would_have_us_believe_it_is_the_source_and_is_not_believed(coder: masudi.Coder) -> None:
    coded = coder.code("The colonels would have us believe that the ballots burned by themselves.")
    assert [(s, st.certainty) for (s, _), st in zip(told(coded), coded.statements, strict=True)] == [("The colonels", "distancing")]


def test_a_cited_source_between_cue_and_words_is_no_part_of_them(coder: masudi.Coder) -> None:
    coded = coder.code("The weekly reported, citing two judges, that the trial would be held abroad.")
    assert told(coded) == [("The weekly", "that the trial would be held abroad"), ("two judges", "that the trial would be held abroad")]


# text, whether it is a statement
BLOWS = [
    ("The White House blasted the ruling of the court.", True),
    ("Russia slammed the EU over the sanctions.", True),
    ("Turkey attacked the plan as a farce.", True),
    ("Russia attacked rebel positions near the town.", False),
    ("Israel attacked Iran.", False),
]


@pytest.mark.parametrize(("text", "is_said"), BLOWS)
def test_a_state_that_attacks_words_says_something(coder: masudi.Coder, text: str, is_said: bool) -> None:
    assert bool(told(coder.code(text))) is is_said


@pytest.mark.parametrize("text", ["»Der Fluss ist unser,« he said.", "«Der Fluss ist unser,» he said.", "« Der Fluss ist unser, » he said."])
def test_guillemets_quote_whichever_way_they_point(text: str) -> None:
    assert [text[q.span.start : q.span.end] for q in find_quotes(text)] == [text[: text.index(" he")]]


def test_content_does_not_stop_inside_a_phrase(coder: masudi.Coder) -> None:
    doc = next(iter(coder.tools.analyse([coder.code("He wants to wait for the vote.").article])))
    words = [t.text for t in doc]
    kept = set(range(words.index("to"), words.index("the") + 1))
    assert whole_at_the_end(doc, kept, lambda _: 0.9) == kept | {words.index("vote")}
    assert whole_at_the_end(doc, kept, lambda _: 0.0) == {words.index("to"), words.index("wait")}
    assert whole_at_the_end(doc, set(), lambda _: 0.0) == set()
