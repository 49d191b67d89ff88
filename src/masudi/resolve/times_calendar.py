"""Calendar arithmetic for times: a stretch of days, its TIMEX3 value, and steps from one to the next."""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

from attrs import frozen

from ..text import iso_bounds

# How fine a day must be known before one can step from it by a unit: length of its ISO value.
FINENESS = {"D": 10, "W": 10, "WE": 10, "FN": 10, "M": 7, "Q": 7, "Y": 4, "DE": 4, "CE": 4}
# Bounds of "early", "mid" and "late" as shares of a period, in twelfths.
PARTS = {"START": (0, 4), "MID": (4, 8), "END": (8, 12)}
# Rules of times_days.tsv: what comes once, day or stretch of days; what comes every year.
ONCE = re.compile(r"\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?")
YEARLY = re.compile(r"E[+-]\d{1,3}|(?:0[1-9]|1[0-2])-(?:E|W[1-5]-[1-7]|[0-3]\d)")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month, northern hemisphere


@frozen
class Period:
    """Days `first..latest`, both included, and the TIMEX3 value that names them."""

    value: str
    first: date
    last: date


@frozen
class Anchor:
    """A day to count from, known as finely as `fineness` says: 10 a day, 7 a month, 4 a year."""

    day: date
    fineness: int

    def knows(self, unit: str) -> bool:
        return self.fineness >= FINENESS.get(unit, 10)


def of_day(day: date) -> Period:
    return Period(day.isoformat(), day, day)


def of_week(day: date) -> Period:
    """The ISO week of `day`."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(f"{year:04d}-W{week:02d}", monday, monday + timedelta(days=6))


def of_weekend(day: date) -> Period:
    """Saturday and Sunday of the ISO week of `day`."""
    week = of_week(day)
    return Period(f"{week.value}-WE", week.first + timedelta(days=5), week.last)


def of_month(year: int, month: int) -> Period:
    return Period(f"{year:04d}-{month:02d}", date(year, month, 1), last_of_month(year, month))


def of_quarter(year: int, quarter: int) -> Period:
    first = 3 * quarter - 2
    return Period(f"{year:04d}-Q{quarter}", date(year, first, 1), last_of_month(year, first + 2))


def of_half(year: int, half: int) -> Period:
    first = 6 * half - 5
    return Period(f"{year:04d}-H{half}", date(year, first, 1), last_of_month(year, first + 5))


def of_season(year: int, season: str) -> Period:
    """A season of the northern year; winter runs into the next year."""
    first = SEASONS[season]
    end_year, end = (year + 1, 2) if first == 12 else (year, first + 2)
    return Period(f"{year:04d}-{season}", date(year, first, 1), last_of_month(end_year, end))


def of_year(year: int) -> Period:
    return Period(f"{year:04d}", date(year, 1, 1), date(year, 12, 31))


def of_decade(year: int) -> Period:
    """The decade of `year`; its last digit is left open (198X), as TimeML corpora write it."""
    start = year - year % 10
    return Period(f"{start // 10:03d}X", date(max(start, MINYEAR), 1, 1), date(start + 9, 12, 31))


def of_century(year: int) -> Period:
    """The hundred years that share their first two digits, as TIMEX3 counts centuries."""
    start = year - year % 100
    return Period(f"{start // 100:02d}", date(max(start, MINYEAR), 1, 1), date(start + 99, 12, 31))


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of a shorter month. Raises ValueError outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is outside the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def step(day: date, count: int, unit: str) -> Period | None:
    """The day, week, month, ... `count` units from `day`; None outside the calendar or for clock units."""
    try:
        if unit == "D":
            return of_day(day + timedelta(days=count))
        if unit in ("W", "FN", "WE"):
            moved = day + timedelta(weeks=count * (2 if unit == "FN" else 1))
            return of_weekend(moved) if unit == "WE" else of_week(moved)
        if unit in ("M", "Q"):
            moved = add_months(day, count * (3 if unit == "Q" else 1))
            quarter = (moved.month + 2) // 3
            return of_month(moved.year, moved.month) if unit == "M" else of_quarter(moved.year, quarter)
        years = {"Y": 1, "DE": 10, "CE": 100}.get(unit)
        if years is None:
            return None
        moved = add_months(day, 12 * years * count)
        return {"Y": of_year, "DE": of_decade, "CE": of_century}[unit](moved.year)
    except (ValueError, OverflowError):
        return None


def part_of(period: Period, part: str | None) -> Period:
    """`period` with its bounds narrowed to its early, middle or late part; the value stays."""
    if part is None:
        return period
    low, high = PARTS[part]
    days = (period.last - period.first).days + 1
    if days < 12:
        return period
    first = period.first + timedelta(days=days * low // 12)
    last = period.first + timedelta(days=days * high // 12 - 1)
    if days > 360:  # whole months read better than twelfths of the days
        months = (period.last.year - period.first.year + 1) * 12
        first = add_months(period.first, months * low // 12)
        last = add_months(period.first, months * high // 12) - timedelta(days=1)
    return Period(period.value, first, last)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The `nth` `weekday` (1 = Monday) of a month; the last one when there are fewer."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else day - timedelta(days=7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian church. Source: the anonymous Gregorian computus (Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def once(rule: str) -> Period | None:
    """The days of what came once: `2001-09-11`, `1993`, `1990-08-02/1991-02-28`; None for any other rule."""
    if not ONCE.fullmatch(rule):
        return None
    start, _, end = rule.partition("/")
    first, last = iso_bounds(start), iso_bounds(end or start)
    if first is None or last is None or last[1] < first[0]:
        return None
    years = last[1].year - first[0].year
    months = 12 * years + last[1].month - first[0].month
    long = f"P{years}Y" if years else f"P{months}M" if months else f"P{(last[1] - first[0]).days + 1}D"
    return Period(long if end else start, first[0], last[1])


def feast(rule: str, year: int) -> date | None:
    """The day a yearly rule of times_days.tsv means in `year`: `12-25`, `11-W4-4`, `11-E`, `E-2`."""
    if rule.startswith("E"):
        return easter(year) + timedelta(days=int(rule[1:]))
    cells = rule.split("-")
    month = int(cells[0])
    if cells[1] == "E":
        return nth_weekday(year, month, 1, 1) + timedelta(days=1)
    if cells[1].startswith("W"):
        return nth_weekday(year, month, int(cells[1][1:]), int(cells[2]))
    try:
        return date(year, month, int(cells[1]))
    except ValueError:
        return None
