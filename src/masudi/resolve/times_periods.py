"""Quarters, halves, fiscal years and the periods a text takes up or compares: readings of `en/times_patterns.tsv`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..text import fold
from .times_calendar import (
    Anchor,
    Period,
    add_months,
    of_day,
    of_half,
    of_month,
    of_quarter,
    of_week,
    of_year,
    step,
)
from .times_context import REFERENCES, Context, Found, Reading, dated, length, said_part, unanchored
from .times_days import calendar, deictic, said_year, weekday

# "from a year earlier", "from $8 million a year earlier": the same month or quarter a year before is compared.
COMPARED = re.compile(r"\b(?:from|than|with|against|versus|to|over)\b[^.;:()]{0,40}$", re.IGNORECASE)
TAIL = {"year": "Y", "month": "M", "week": "W"}
NEAREST_DAYS = 400
MONEY = re.compile(r"[%$£€¥]|\bper ?cent\b|\b[mb]illion\b", re.IGNORECASE)
TOLD_NEAR = 150


def fiscal_year(found: Found, context: Context) -> Reading | None:
    """A budget year, named for the year it ends in; bounds: every usage from April to March and October to September."""
    number = said_year(found, context)
    if number is None:
        return unanchored(found.side() or 0)
    return Reading("DATE", of_year(number).value, date(number - 1, 4, 1), date(number + 1, 3, 31))


def quarter(found: Found, context: Context) -> Reading | None:
    """A quarter of the year said, else the one last begun, or the next where the clause looks ahead."""
    number, named = found.ordinal(), said_year(found, context)
    if number is None or (number != -1 and not 1 <= number <= 4):
        return None
    number = 4 if number == -1 else number
    if named is None:
        if context.anchor is None or context.anchor.fineness < 7:
            return Reading("DATE", f"XXXX-Q{number}")
        now = context.anchor.day
        if context.ahead:
            named = now.year + (of_quarter(now.year, number).last < now)
        else:
            named = now.year - (of_quarter(now.year, number).first > now)
    return dated(of_quarter(named, number))


def half(found: Found, context: Context) -> Reading | None:
    """Half of the year said, else the one last begun, or the next where the clause looks ahead."""
    number, named = found.ordinal(), said_year(found, context)
    if number not in (1, 2):
        return None
    if named is None:
        if context.anchor is None or context.anchor.fineness < 7:
            return Reading("DATE", f"XXXX-H{number}")
        now = context.anchor.day
        named = now.year - (of_half(now.year, number).first > now and not context.ahead)
    return dated(of_half(named, number))


def quarter_ended(found: Found, context: Context) -> Reading | None:
    """ "the quarter ended Sept. 30": the quarter of the year in which that day lies."""
    day = calendar(Found({"month": found.text("month")}, found.words), context)
    return None if day is None or day.first is None else dated(of_quarter(day.first.year, (day.first.month + 2) // 3))


def half_told(found: Found, context: Context) -> Reading | None:
    """ "in the first half", where money or shares are told: of a game as of a year."""
    around = context.text[max(0, context.span.start - TOLD_NEAR) : context.span.end + TOLD_NEAR]
    return half(found, context) if MONEY.search(around) else None


def that_quarter(found: Found, context: Context) -> Reading | None:
    """ "in the quarter": the quarter the story has reached."""
    current = context.current
    return None if current is None or "Q" not in current.value else Reading("DATE", current.value, current.first, current.last, True)


def latest_unit(found: Found, context: Context) -> Reading | None:
    """ "the latest quarter": the one the story has reached, else the last one full before publication."""
    unit, current = found.unit(), context.current
    if unit == "Q" and current is not None and "Q" in current.value:
        return that_quarter(found, context)
    if unit not in ("W", "M", "Q", "Y") or context.anchor is None or not context.anchor.knows(unit):
        return None
    return dated(step(context.anchor.day, -1, unit))


def same_period(found: Found, context: Context) -> Reading | None:
    """The period of the story a year before, or in the year said: "the same period last year", "the year-earlier quarter"."""
    current, unit = context.current, found.unit() if found.text("unit") else None
    year = said_year(found, context)
    if current is None or not re.match(r"\d{4}", current.value):
        if context.anchor is None:
            return unanchored(-1)
        current = step(context.anchor.day, 0, unit or "Y")
    if current is not None and unit in ("M", "Q", "Y") and len(current.value) == len("2004-10-01"):
        current = step(current.first, 0, unit)  # "the quarter ended Sept. 30 ... the year-ago quarter"
    if current is None:
        return None
    moved = _a_year_before(current)
    if moved is None:
        return None
    if year is not None:
        moved = _in_year(current, year) or moved
    return Reading("DATE", moved.value, moved.first, moved.last)


def _in_year(period: Period, year: int) -> Period | None:
    value = re.sub(r"^\d{4}", f"{year:04d}", period.value)
    return _named(value)


def _named(value: str) -> Period | None:
    """The year, quarter, half, month or week that a TIMEX3 value names."""
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|H([12])|W(\d\d)|(\d\d)))?", value)
    if match is None:
        return None
    year, (quarter_, half_, week, month) = int(match[1]), match.groups()[1:]
    if quarter_:
        return of_quarter(year, int(quarter_))
    if half_:
        return of_half(year, int(half_))
    if week:
        return of_week(date.fromisocalendar(year, min(52, int(week)), 1))
    return of_month(year, int(month)) if month else of_year(year)


def _a_year_before(period: Period) -> Period | None:
    if len(period.value) == len("2004-10-01") and period.first == period.last:
        return of_month(period.first.year - 1, period.first.month)
    return _in_year(period, period.first.year - 1)


def compared(found: Found, context: Context) -> Reading | None:
    """ "a year earlier" beside a quarter or, in a comparison, a month: the same one of the year before; else None."""
    current = context.current
    if current is None or found.unit() != "Y" or found.count() != 1:
        return None
    fits = re.fullmatch(r"\d{4}-[QH]\d", current.value)
    fits = fits or re.fullmatch(r"\d{4}-\d\d", current.value) and COMPARED.search(context.text, max(0, context.span.start - 60), context.span.start)
    moved = _a_year_before(current) if fits else None
    return None if moved is None else Reading("DATE", moved.value, moved.first, moved.last)


def ago(found: Found, context: Context) -> Reading | None:
    count, unit = found.count(), found.unit()
    comparison = None if context.opens else compared(found, context)  # "A year ago they saw ..." compares nothing
    return comparison or counted_step(found, count, unit, -1, context.anchor)


def ago_and_half(found: Found, context: Context) -> Reading | None:
    """ "a year and a half ago"."""
    count = found.count()
    return None if count is None or isinstance(count, str) else counted_step(found, count + 0.5, found.unit(), -1, context.anchor)


def weekdays_ago(found: Found, context: Context) -> Reading | None:
    """ "two Fridays ago": the last one counts as the first."""
    count, number = found.count(), found.number("weekdayplural")
    if count is None or isinstance(count, str) or number is None or context.anchor is None or context.anchor.fineness < 10:
        return unanchored(-1)
    back = (context.anchor.day.isoweekday() - number) % 7 or 7
    return dated(step(context.anchor.day, -back - 7 * (round(count) - 1), "D"))


def counted_step(found: Found, count: float | str | None, unit: str, side: int, anchor: Anchor | None) -> Reading | None:
    """The day, week, month or year `count` units to one side of `anchor`."""
    if count is None or isinstance(count, str) or anchor is None or not anchor.knows(unit):
        return unanchored(side)
    if unit in ("TH", "TM", "TS"):
        return dated(of_day(anchor.day)) if anchor.fineness == 10 and count < 6 else unanchored(side)
    if unit in ("DE", "CE"):  # "a decade ago": some year, not the decade by name
        count, unit = count * (10 if unit == "DE" else 100), "Y"
    if count != int(count):
        count, unit = {"Y": (count * 12, "M"), "M": (count * 4, "W"), "W": (count * 7, "D")}.get(unit, (count, unit))
    moved = step(anchor.day, side * round(count), unit)
    return unanchored(side) if moved is None else dated(moved)  # "10 billion years ago"


def offset(found: Found, context: Context) -> Reading | None:
    """N units earlier or later than the day the story has reached; before a clause, from what it does not say."""
    side = -1 if found.value("before") else 1
    word = fold(found.text("before") or found.text("after") or "")
    if word in ("before", "after") and re.match(r"\s+\w", context.text[context.span.end :][:3]):
        return Reading("DURATION", length(found.count() or 1.0, found.unit()), link=found.text("before") or found.text("after"))
    if found.unit() in ("TH", "TM", "TS"):
        count = found.count()
        return None if count is None else Reading("DURATION", length(count, found.unit()))
    current = context.current
    fineness = 0 if current is None else min(len(current.value), 10) if re.match(r"\d{4}(-\d\d)*$", current.value) else 4
    anchor = Anchor(current.first, fineness) if current else None
    if anchor is None and side < 0:
        anchor = context.anchor
    return compared(found, context) or _moved_period(found, context, side) or counted_step(found, found.count(), found.unit(), side, anchor)


def _moved_period(found: Found, context: Context, side: int) -> Reading | None:
    """ "four months later" in a story that knows only its year: all the days that may be meant, without a value."""
    current, count, unit = context.current, found.count(), found.unit()
    if current is None or count is None or isinstance(count, str) or not re.fullmatch(r"\d{4}(-\d\d)?", current.value):
        return None
    if Anchor(current.first, len(current.value)).knows(unit) or unit not in ("D", "W", "FN", "M"):
        return None
    try:
        if unit == "M":
            first, last = (add_months(day, side * round(count)) for day in (current.first, current.last))
        else:
            days = timedelta(days=side * round(count * {"D": 1, "W": 7, "FN": 14}[unit]))
            first, last = current.first + days, current.last + days
    except (ValueError, OverflowError):
        return None
    return Reading("DATE", REFERENCES[side], first, last)


def unit_part(found: Found, context: Context) -> Reading | None:
    """ "the end of the year", "later in the day", "year-end": of the day or year the story has reached, else of publication's."""
    tail = found.text("tail")
    unit = TAIL[tail.lower()] if tail else found.unit()
    part = "END" if tail else said_part(found)
    current, anchor = context.current, context.anchor
    told = current is not None and context.told_year is not None and context.told_year[0] == context.paragraph
    if unit in ("TH", "TM", "TS", "CE", "DE"):
        return None
    if current is not None and (unit == "D" and current.first == current.last or unit != "D" and told):
        return dated(step(current.first, 0, unit), part=part)
    if anchor is None or not anchor.knows(unit):
        return None
    return dated(step(anchor.day, 0, unit), part=part, narrative=unit == "D")


def year_short(found: Found, context: Context) -> Reading | None:
    """ "in '98": the year of two digits nearest before the next."""
    digits, month = found.number("shortyear"), found.number("month")
    if digits is None:
        return None
    limit = context.anchor.day.year + 2 if context.anchor else 2030
    year = 1900 + digits if limit - 1900 < 100 + digits else 2000 + digits
    return dated(of_year(year) if month is None else of_month(year, month))


def ago_day(found: Found, context: Context) -> Reading | None:
    """ "a week ago Sunday", "a year ago today"."""
    count, unit = found.count(), found.unit()
    if count is None or isinstance(count, str) or context.anchor is None or context.anchor.fineness < 10:
        return unanchored(-1)
    if found.text("weekday"):
        context.direction = "past"
        day = weekday(Found({"weekday": found.text("weekday")}, found.words), context)
        moved = None if day is None or day.first is None or unit not in ("W", "FN") else step(day.first, -round(count) * (7 if unit == "W" else 14), "D")
        return dated(moved) if moved is not None else counted_step(found, count, unit, -1, context.anchor)
    day = deictic(found, context)
    if day is None or day.first is None:
        return None
    months = {"M": 1, "Y": 12, "DE": 120}.get(unit)
    try:
        if months is not None:
            return dated(of_day(add_months(day.first, -round(count * months))))
        return dated(of_day(day.first - timedelta(days=round(count * {"W": 7, "FN": 14}.get(unit, 1)))))
    except (ValueError, OverflowError):
        return None


def from_now(found: Found, context: Context) -> Reading | None:
    """ "two weeks from now", "a week from Tuesday"."""
    count, unit = found.count(), found.unit()
    if count is None or isinstance(count, str) or context.anchor is None or context.anchor.fineness < 10:
        return unanchored(1)
    start = None
    if found.text("weekday"):
        context.direction = "future"
        start = weekday(Found({"weekday": found.text("weekday")}, found.words), context)
    elif found.text("deictic"):
        start = deictic(found, context)
    if start is not None and start.first is not None and unit in ("D", "W", "FN"):
        return dated(of_day(start.first + timedelta(days=round(count * {"W": 7, "FN": 14}.get(unit, 1)))))
    return counted_step(found, count, unit, 1, context.anchor)


def day_of_weekday(found: Found, context: Context) -> Reading | None:
    """ "Friday the 13th": the nearest such day on the side the clause looks to."""
    number, day = found.number("weekday"), found.number("day")
    if number is None or day is None or context.anchor is None or context.anchor.fineness < 10:
        return None
    steps = range(NEAREST_DAYS) if context.ahead else range(0, -NEAREST_DAYS, -1)
    for days in steps:
        tried = context.anchor.day + timedelta(days=days)
        if tried.day == day and tried.isoweekday() == number:
            return dated(of_day(tried))
    return None
