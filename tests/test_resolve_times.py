"""Times: which days the words of an article mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from masudi.config import Settings
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons
from masudi.records import Article, Span, Time
from masudi.resolve.times import make_time_resolver
from masudi.resolve.times_calendar import easter, of_week, step

# A Wednesday.
PUBLISHED = "2021-09-15"
RESOLVE = make_time_resolver(Settings(), Lexicons())
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def read(text: str, published: str | None = PUBLISHED, furniture: tuple[Span, ...] = ()) -> tuple[Time, ...]:
    return RESOLVE(NLP(text), Article(id="a", text=text, published=published, furniture=furniture))


def one(text: str, published: str | None = PUBLISHED) -> Time:
    (time,) = read(text, published)
    return time


ABSOLUTE = [
    ("They met on 24 June 2025.", "24 June 2025", "2025-06-24"),
    ("They met on June 24, 2025.", "June 24, 2025", "2025-06-24"),
    ("They met on the 24th of June 2025.", "the 24th of June 2025", "2025-06-24"),
    ("They met on Tuesday, 24 June 2025.", "Tuesday, 24 June 2025", "2025-06-24"),
    ("Signed 24/6/2025 in Rabat.", "24/6/2025", "2025-06-24"),
    ("Signed 2025-06-24 in Rabat.", "2025-06-24", "2025-06-24"),
    ("Signed 2025 / 6 / 24 in Rabat.", "2025 / 6 / 24", "2025-06-24"),
    ("It fell in February 2004.", "February 2004", "2004-02"),
    ("It fell in 1993.", "1993", "1993"),
    ("The 1992 protests spread.", "1992", "1992"),
    ("It was built in the 1980s.", "the 1980s", "198X"),
    ("It was built in the early 1990s.", "the early 1990s", "199X"),
    ("It was built in the seventh century.", "the seventh century", "06"),
    ("It was built in the 19th century.", "the 19th century", "18"),
    ("It fell in mid-2003.", "mid-2003", "2003"),
    ("It fell in the summer of 2004.", "the summer of 2004", "2004-SU"),
    ("Output fell in the first quarter of 2003.", "the first quarter of 2003", "2003-Q1"),
    ("It fell on New Year's Day 2003.", "New Year's Day 2003", "2003-01-01"),
    ("It fell on Good Friday 2019.", "Good Friday 2019", "2019-04-19"),
    ("It was built in the 1800s.", "the 1800s", "18"),
    ("Aid rose in fiscal 1998.", "fiscal 1998", "1998"),
    ("It lasted June 3-5, 2004.", "June 3-5, 2004", "P3D"),
    ("After the September 11 attacks it closed.", "September 11 attacks", "2001-09-11"),
]


@pytest.mark.parametrize(("text", "words", "value"), ABSOLUTE)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_an_absolute_expression_needs_no_publication_day(
    text: str, words: str, value: str, published: str | None
) -> None:
    time = one(text, published)
    assert (time.text, time.value) == (words, value)


RELATIVE = [
    ("He left on Monday.", "Monday", "2021-09-13"),
    ("He left on Wednesday.", "Wednesday", "2021-09-15"),
    ("He left last Wednesday.", "last Wednesday", "2021-09-08"),
    ("He left yesterday.", "yesterday", "2021-09-14"),
    ("He left the day before yesterday.", "the day before yesterday", "2021-09-13"),
    ("He left yesterday morning.", "yesterday morning", "2021-09-14TMO"),
    ("He left last night.", "last night", "2021-09-14TNI"),
    ("He left last week.", "last week", "2021-W36"),
    ("He left last month.", "last month", "2021-08"),
    ("He left last year.", "last year", "2020"),
    ("He left two years ago.", "two years ago", "2019"),
    ("He left 11 days ago.", "11 days ago", "2021-09-04"),
    ("He left a decade ago.", "a decade ago", "2011"),
    ("He left in February.", "February", "2021-02"),
    ("He left in November.", "November", "2020-11"),
    ("He left on Aug. 13.", "Aug. 13", "2021-08-13"),
    ("He left in June last year.", "June last year", "2020-06"),
    ("He left last November.", "last November", "2020-11"),
    ("He left last fall.", "last fall", "2020-FA"),
    ("He left on Monday last week.", "Monday last week", "2021-09-06"),
    ("He left last Thanksgiving.", "last Thanksgiving", "2020-11-26"),
]


@pytest.mark.parametrize(("text", "words", "value"), RELATIVE)
def test_a_relative_expression_counts_from_publication(text: str, words: str, value: str) -> None:
    time = one(text)
    assert (time.text, time.value) == (words, value)


LENGTHS = [
    ("It took three days.", "DURATION", "P3D"),
    ("It took a three-day march.", "DURATION", "P3D"),
    ("It took two and a half years.", "DURATION", "P2Y6M"),
    ("It took half an hour.", "DURATION", "PT30M"),
    ("It took 90 minutes.", "DURATION", "PT90M"),
    ("They fought for years.", "DURATION", "PXY"),
    ("They fought for several weeks.", "DURATION", "PXW"),
    ("They fought over the past 20 years.", "DURATION", "P20Y"),
    ("They fought in 1991–95.", "DURATION", "P4Y"),
    ("It is held every year.", "SET", "P1Y"),
    ("It is held every Monday.", "SET", "XXXX-WXX-1"),
    ("It is held twice a week.", "SET", "P1W"),
    ("It is printed daily.", "SET", "P1D"),
]


@pytest.mark.parametrize(("text", "type", "value"), LENGTHS)
def test_lengths_and_repetitions_have_their_types(text: str, type: str, value: str) -> None:
    time = one(text)
    assert (time.type, time.value) == (type, value)


NO_TIME = [
    "A crowd of 2,003 people gathered.",
    "About 2003 people gathered.",
    "The march of 1500 soldiers ended.",
    "They paid $1998 for it.",
    "He may march with April Smith.",
    "A 44-year-old man sat there.",
    "The village is 1984 km away.",
    "Call 555-1999 or 1998-3344.",
    "It was shown on 60 Minutes.",
]


def test_a_month_of_another_calendar_is_kept_as_text() -> None:
    time = one("He was freed on 12 Rajab 1424.")
    assert (time.text, time.value, time.earliest) == ("12 Rajab 1424", None, None)


def test_a_budget_year_spans_every_usage() -> None:
    time = one("Aid rose in the fiscal year 2004.")
    assert (time.value, time.earliest, time.latest) == ("2004", date(2003, 4, 1), date(2005, 3, 31))


@pytest.mark.parametrize("text", NO_TIME)
def test_counts_sums_and_verbs_are_no_times(text: str) -> None:
    assert read(text) == ()


STORY = [
    ("In March 1999 he fell ill. Two years later he died.", "2001"),
    ("On 3 May 1999 he fell ill. The next day he died.", "1999-05-04"),
    ("On 3 May 1999 he fell ill. The previous week he had travelled.", "1999-W17"),
    ("In 1999 he fell ill. He died that year.", "1999"),
    ("In 1999 he fell ill. At the time he was poor.", "1999"),
    ("In 1999 he fell ill. On March 4 he died.", "1999-03-04"),
    ("In June 1999 he fell ill. He died that October.", "1999-10"),
    ("In November 1999 he fell ill. In March he died.", "2000-03"),
    ("On 31 January 1953 the dyke broke. The queen came on 2 February.", "1953-02-02"),
    ("On 3 May 1999 he fell ill. He had travelled the day before.", "1999-05-02"),
    ("On 3 May 1999 he fell ill. At the time he was poor.", "1999-05"),
]


@pytest.mark.parametrize(("text", "value"), STORY)
def test_a_story_counts_from_the_day_it_has_reached(text: str, value: str) -> None:
    assert read(text)[-1].value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("He left yesterday.", "PAST_REF"), ("He leaves tomorrow.", "FUTURE_REF"), ("He is ill now.", "PRESENT_REF"),
     ("He left two years ago.", "PAST_REF"), ("He left last week.", "PAST_REF")],
)  # fmt: skip
def test_without_a_publication_day_relative_words_fix_no_days(text: str, value: str) -> None:
    time = one(text, None)
    assert (time.value, time.earliest, time.latest) == (value, None, None)


def test_a_month_of_publication_fixes_months_and_no_days() -> None:
    assert one("He left last month.", "2016-05").value == "2016-04"
    assert one("He left yesterday.", "2016-05").earliest is None


BOUNDS = [
    ("It fell in February 2004.", date(2004, 2, 1), date(2004, 2, 29)),
    ("It fell in the early 1990s.", date(1990, 1, 1), date(1993, 4, 30)),
    ("It fell in late March 2003.", date(2003, 3, 21), date(2003, 3, 31)),
    ("It fell in 1991–95.", date(1991, 1, 1), date(1995, 12, 31)),
    ("It fell in the seventh century.", date(600, 1, 1), date(699, 12, 31)),
    ("They fought over the past two months.", date(2021, 7, 15), date(2021, 9, 15)),
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds_hold_every_day_the_words_can_mean(text: str, first: date, last: date) -> None:
    time = one(text)
    assert (time.earliest, time.latest) == (first, last)


def parsed(words: list[str], tags: list[str], heads: list[int], deps: list[str], pos: list[str]) -> Doc:
    return Doc(NLP.vocab, words=words, tags=tags, heads=heads, deps=deps, pos=pos)


def test_tense_turns_a_weekday() -> None:
    past = parsed(["They", "met", "Friday"], ["PRP", "VBD", "NNP"], [1, 1, 1], ["nsubj", "ROOT", "npadvmod"],
                  ["PRON", "VERB", "PROPN"])  # fmt: skip
    future = parsed(["They", "will", "meet", "Friday"], ["PRP", "MD", "VB", "NNP"], [2, 2, 2, 2],
                    ["nsubj", "aux", "ROOT", "npadvmod"], ["PRON", "AUX", "VERB", "PROPN"])  # fmt: skip
    values = [RESOLVE(doc, Article(id="a", text=doc.text, published=PUBLISHED))[0].value for doc in (past, future)]
    assert values == ["2021-09-10", "2021-09-17"]


def test_nothing_is_found_in_furniture() -> None:
    text = "He left on Monday.\n\nPosted 3 May 2020 by admin"
    assert [t.text for t in read(text, furniture=(Span(20, len(text)),))] == ["Monday"]


def test_a_user_word_joins_the_built_in_ones(tmp_path: pytest.TempPathFactory) -> None:
    folder = tmp_path / "en"  # type: ignore[operator]
    folder.mkdir()
    (folder / "times_days.tsv").write_text("name\trule\tnote\nLand Day\t03-30\t\n", encoding="utf-8")
    resolve = make_time_resolver(Settings(), Lexicons(over=(tmp_path,)))  # type: ignore[arg-type]
    text = "They marched on Land Day 2018."
    assert resolve(NLP(text), Article(id="a", text=text))[0].value == "2018-03-30"


def test_a_pattern_with_an_unknown_class_names_the_line(tmp_path: pytest.TempPathFactory) -> None:
    folder = tmp_path / "en"  # type: ignore[operator]
    folder.mkdir()
    (folder / "times_patterns.tsv").write_text("name\trank\tpattern\trule\tnote\nodd\t1\t{moon}\tyear\t\n")
    with pytest.raises(LexiconError, match=r"times_patterns.tsv:2: no word class 'moon'"):
        make_time_resolver(Settings(), Lexicons(over=(tmp_path,)))  # type: ignore[arg-type]


DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31))


@given(day=DAYS, count=st.integers(-2000, 2000), unit=st.sampled_from(["D", "W", "M", "Y", "DE", "CE", "Q", "WE"]))
def test_a_step_gives_days_in_order_or_nothing(day: date, count: int, unit: str) -> None:
    period = step(day, count, unit)
    assert period is None or period.first <= period.last


@given(day=DAYS)
def test_a_day_lies_in_its_own_week_month_and_year(day: date) -> None:
    for unit in ("D", "W", "M", "Y", "DE", "CE", "Q"):
        period = step(day, 0, unit)
        assert period is not None
        assert period.first <= day <= period.last


@given(year=st.integers(1583, 4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = easter(year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(day=DAYS.filter(lambda d: d.year > 1))
def test_an_iso_week_starts_on_monday(day: date) -> None:
    week = of_week(day)
    assert week.first.isoweekday() == 1
    assert week.last - week.first == timedelta(days=6)


PIECES = st.lists(
    st.sampled_from(["on Monday", "in 1993", "last week", "two years ago", "the", "2,003", "May", "3", "24/6/2025",
                     "people", ",", ".", "\n", "mid-", "century", "BC", "until", "a day", "31 February 2003"]),
    max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(pieces=PIECES, published=st.sampled_from([None, "2016", "2016-05", "2016-05-31"]))
def test_times_lie_in_order_and_spell_their_span(pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces) or "."
    times = read(text, published)
    ends = [0]
    for time in times:
        assert text[time.span.start : time.span.end] == time.text
        assert time.span.start >= ends[-1]
        ends.append(time.span.end)
