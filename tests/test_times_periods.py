"""Times: quarters, halves, fiscal years, periods compared, and what else financial and agency news write."""

from __future__ import annotations

import pytest
import spacy

from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article
from masudi.resolve.times import make_time_resolver

# A Friday.
PUBLISHED = "1989-10-27"
RESOLVE = make_time_resolver(Settings(), Lexicons())
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def values(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(t.text, t.value) for t in RESOLVE(NLP(text), Article(id="a", text=text, published=published))]


PERIODS = [
    ("Third-quarter profit rose to $9 million from $7 million a year earlier.", [("Third-quarter", "1989-Q3"), ("a year earlier", "1988-Q3")]),
    ("In September orders rose 2% from a year earlier.", [("September", "1989-09"), ("a year earlier", "1988-09")]),
    ("The year-earlier quarter was poor.", [("The year-earlier quarter", "1988-Q4")]),
    ("Last year's third quarter was poor.", [("Last year's third quarter", "1988-Q3")]),
    ("Profit fell in the second half of the year.", [("the second half of the year", "1989-H2")]),
    ("First-half profit fell.", [("First-half", "1989-H1")]),
    ("The latest quarter was poor.", [("The latest quarter", "1989-Q3")]),
    ("Sales may double by the year 2000.", [("the year 2000", "2000")]),
    ("It closes by the end of the year.", [("the end of the year", "1989")]),
    ("It closes by year-end.", [("year-end", "1989")]),
    ("Its 1990 budget is late.", [("1990", "1990")]),
    ("The firm's 1988 loss was small.", [("1988", "1988")]),
    ("They raced in the 1992 Olympics.", [("1992", "1992")]),
    ("It began in '68.", [("'68", "1968")]),
    ("Prices fell on Friday the 13th.", [("Friday the 13th", "1989-10-13")]),
    ("He died a week ago Sunday.", [("a week ago Sunday", "1989-10-15")]),
    ("Profit fell in the quarter ended Sept. 30.", [("the quarter", "1989-Q3"), ("Sept. 30", "1989-09-30")]),
    ("On Sept. 30 debts were $4 million, up in the year-ago quarter.", [("Sept. 30", "1989-09-30"), ("the year-ago quarter", "1988-Q3")]),
    ("Growth was 2% in the first half.", [("the first half", "1989-H1")]),
    ("They scored twice in the first half.", []),
    ("Output fell in the last decade.", [("the last decade", "P10Y")]),
    ("On 3 May 1988 they met. They met the same day in Rome.", [("3 May 1988", "1988-05-03"), ("the same day", "1988-05-03")]),
    ("They fled after the fall of the city.", []),
    ("In 1979 he fell ill; the following May he died.", [("1979", "1979"), ("the following May", "1979-05")]),
    ("In August 1979 he fell ill; the following May he died.", [("August 1979", "1979-08"), ("the following May", "1980-05")]),
    ("In January 1988 they struck; on the 28th, they won.", [("January 1988", "1988-01"), ("the 28th", "1988-01-28")]),
    ("It fell in the Six-Day War.", [("Six-Day War", "P6D")]),
    ("It fell in the Thirty-Day War.", []),
    ("It will be worth more, as 1990 will show.", [("1990", "1990")]),
    ("In 1974 he left; in the fall of that year he died.", [("1974", "1974"), ("the fall of that year", "1974-FA")]),
    ("He fled two days after the vote.", [("two days", "P2D")]),
    ("The rally is two weeks from Tuesday.", [("two weeks from Tuesday", "1989-11-14")]),
    ("The strike began at midnight Tuesday.", [("midnight Tuesday", "1989-10-24T24:00")]),
    ("It fell at 6:30 a.m. on Oct. 7.", [("6:30 a.m. on Oct. 7", "1989-10-07T06:30")]),
    ("It fell at 14:30 GMT on 7 October.", [("14:30 GMT on 7 October", "1989-10-07T14:30")]),
    ("The current chairman resigned.", [("current", "PRESENT_REF")]),
    ("The current account shrank.", []),
    ("It feeds ten people per day.", [("per day", "P1D")]),
    ("The decades-old feud ended.", [("decades-old", "PXDE")]),
    ("It ran for 12 straight hours.", [("12 straight hours", "PT12H")]),
    ("The ship was lost on Nov. 11, 1913. On Dec. 3 that year a diver died.", [("Nov. 11, 1913", "1913-11-11"), ("Dec. 3 that year", "1913-12-03")]),
    ("He left on May 4. The night before he had packed.", [("May 4", "1989-05-04")]),
    ("He left on May 4. His house burned the night before.", [("May 4", "1989-05-04"), ("the night before", "1989-05-03TNI")]),
    ("It fell in July 1919. The following spring it rose.", [("July 1919", "1919-07"), ("The following spring", "1920-SP")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), PERIODS)
def test_periods_of_the_news_have_their_timex_values(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text) == found


def test_a_length_after_a_bare_year_gives_bounds_and_no_day() -> None:
    text = "In 1983 the barracks fell. Four months later the troops left."
    later = RESOLVE(NLP(text), Article(id="a", text=text, published=PUBLISHED))[1]
    assert later.value == "FUTURE_REF"
    assert (str(later.earliest), str(later.latest)) == ("1983-05-01", "1984-04-30")


def test_figures_that_count_before_a_date_do_not_hide_it() -> None:
    assert values("Bombs killed 12 on May 3 in the port.") == [("May 3", "1989-05-03")]


def test_periods_without_publication_claim_no_days() -> None:
    for text in ("The latest quarter was poor.", "It closes by year-end.", "It ended a week ago Sunday."):
        for time in RESOLVE(NLP(text), Article(id="a", text=text)):
            assert time.earliest is None and time.latest is None


OTHER_LANGUAGES = [
    ("The law of 5 mayo 2003 stands.", "5 mayo 2003", "2003-05-05"),
    ("The law of 12 janvier 1999 stands.", "12 janvier 1999", "1999-01-12"),
    ("The law of 3. Oktober 1990 stands.", "3. Oktober 1990", "1990-10-03"),
    ("The law of 7 de octubre de 1995 stands.", "7 de octubre de 1995", "1995-10-07"),
    ("The first vote, on October twelfth, failed.", "October twelfth", "1989-10-12"),
    ("The vote on the third of March 1987 failed.", "the third of March 1987", "1987-03-03"),
    ("They fasted in Ramadan 1988.", "Ramadan 1988", "1988"),
]


@pytest.mark.parametrize(("text", "words", "value"), OTHER_LANGUAGES)
def test_days_are_read_in_other_spellings_too(text: str, words: str, value: str) -> None:
    assert (words, value) in values(text)


def test_a_chronicle_counts_its_years_on_from_entry_to_entry() -> None:
    text = "Dec. 5, 1985 - Students march.\n\nJan. 31 - The rector resigns.\n\nMarch 2: The school shuts."
    assert values(text) == [("Dec. 5, 1985", "1985-12-05"), ("Jan. 31", "1986-01-31"), ("March 2", "1986-03-02")]
