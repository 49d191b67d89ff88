"""Calendar dates: readings of `en/times_patterns.tsv` that name days, months, years."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..text import fold
from .times_calendar import (
    feast,
    of_century,
    of_day,
    of_decade,
    of_month,
    of_season,
    of_week,
    of_weekend,
    of_year,
    once,
    step,
)
from .times_context import (
    Context,
    Found,
    Reading,
    dated,
    length,
    said_part,
    unanchored,
    with_daypart,
)

WITHIN = ("during", "in", "throughout", "amid")  # what puts something inside a war of years
SHORT_MONTHS = (3, 5)  # "march" and "may" are also verbs
EARLIEST_COUNT_YEAR = 1800  # "of 1500 soldiers": only later figures are years after a common preposition
SOON_DAYS = 45
STORY_DAYS = 31
YEAR_PREPOSITIONS = ("in", "since", "until", "during")


def calendar(found: Found, context: Context) -> Reading | None:
    """A date with its month: with year and day as given, else those of the article."""
    month = found.number("monthnumber") or found.number("month") or found.number("foreignmonth")
    day, year = found.number("day") or found.number("dayword"), found.number("year")
    if month is None:
        return None
    if year is None:
        year = _year_of(month, day, context)
        if year is None:
            value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day else "")
            return Reading("DATE", value)
    try:
        period = of_month(year, month) if day is None else of_day(date(year, month, day))
        if found.number("year") is not None and context.is_entry():
            context.entry_year = year, month
    except ValueError:
        return None
    return dated(period, part=said_part(found))


def _year_of(month: int, day: int | None, context: Context) -> int | None:
    """The year of a month or day named without one: the story's, else the nearest in the clause's direction."""
    if context.told_year is not None and context.told_year[0] == context.paragraph:
        told = context.told_year[1]
        if context.anchor is None or told != context.anchor.day.year:
            return _story_year(told, month, context)
    if context.entry_year is not None and context.is_entry():  # "Dec 5, 2003 - ... Jan 31 - ...": the entries go forward
        context.entry_year = context.entry_year[0] + (month < context.entry_year[1]), month
        return context.entry_year[0]
    if context.anchor is None:
        return None
    now = context.anchor.day
    if context.anchor.fineness < 7:
        return now.year
    told_on = _told_on(month, day, context)
    if told_on is not None:
        return told_on
    here, there = (month, day or now.day), (now.month, now.day)
    if context.counts is not None and day is None:  # "September orders", "December futures"
        return now.year + (here < there) if context.counts > 0 else now.year - (month > now.month)
    if context.direction == "future":
        return now.year + (here < there)
    # A day soon to come is told without its year even in a clause that looks back ("set for Jan. 14").
    days_ahead = ((month - now.month) * 30.4 + (0 if day is None else day - now.day)) % 365
    near = 182 if context.ahead else SOON_DAYS
    return now.year + (here < there) if days_ahead <= near else now.year - (here > there)


def _story_year(told: int, month: int, context: Context) -> int:
    """The year of a month in a story of year `told`, which goes forward: "A month later (October) ... In January"."""
    current, anchor = context.current, context.anchor
    if current is None or current.first.year not in (told, told + 1) or len(current.value) < len("2004-10"):
        return told
    year = current.first.year + (month < current.first.month)
    return year if anchor is None or (year, month) <= (anchor.day.year, anchor.day.month) else told


def _told_on(month: int, day: int | None, context: Context) -> int | None:
    """The year of a day that follows the one the story tells of, well before publication, within weeks of it."""
    current, anchor = context.current, context.anchor
    if current is None or anchor is None or current.first != current.last or day is None:
        return None
    if current.last.year >= anchor.day.year - 1 or context.direction not in ("past", None):
        return None
    for year in (current.first.year, current.first.year + 1):
        try:
            gap = date(year, month, day) - current.first
        except ValueError:
            continue
        if 0 <= gap.days <= STORY_DAYS:
            return year
    return None


def that_month(found: Found, context: Context) -> Reading | None:
    """A month of the year the story has reached ("that October")."""
    number, current = found.number("month"), context.current
    if number is None or current is None:
        return None
    later = current.first.month > number and len(current.value) > len("2004")  # "that October", told in November
    return dated(of_month(current.first.year + later, number))


def narrated_month(found: Found, context: Context) -> Reading | None:
    """The month of that name after, before or in the year the story has reached ("the following May")."""
    number, current = found.number("month"), context.current
    if number is None or current is None:
        return None
    year = current.first.year
    if found.value("following"):
        year += (year, number) <= (current.first.year, current.first.month)
    elif found.value("previous"):
        year -= (year, number) >= (current.first.year, current.first.month)
    return dated(of_month(year, number))


def day_alone(found: Found, context: Context) -> Reading | None:
    """A day of the month the story has reached, else of publication's: "on the 28th"."""
    day, current, anchor = found.number("day"), context.current, context.anchor
    start = current.first if current is not None and len(current.value) >= len("2004-10") and "-W" not in current.value else None
    if start is None and anchor is not None and anchor.fineness >= 7:
        start = anchor.day
    try:
        return None if start is None or day is None else dated(of_day(start.replace(day=day)))
    except ValueError:
        return None


def slashed(found: Found, context: Context) -> Reading | None:
    first, other, year = found.number("first"), found.number("other"), found.number("fullyear")
    if first is None or other is None or year is None:
        return None
    day, month = (other, first) if other > 12 else (first, other)
    try:
        return dated(of_day(date(year, month, day)))
    except ValueError:
        return None


def week_of(found: Found, context: Context) -> Reading | None:
    day = calendar(found, context)
    return None if day is None or day.first is None else dated(of_week(day.first))


def month(found: Found, context: Context) -> Reading | None:
    """A month by itself; None where the capital may be a name's or a verb's."""
    number, text = found.number("month"), found.text("month") or ""
    before = context.text[max(0, context.span.start - 20) : context.span.start].rsplit(maxsplit=1)[-1:] if context.span.start else []
    after = context.text[context.span.end : context.span.end + 2]
    words = found.words["prep"]
    introduced = bool(before) and (fold(before[0]).rstrip("-") in words or (fold(before[0]) == "the" and after[1:].islower()))
    if said_part(found) is None and not introduced:
        counted = number in SHORT_MONTHS and context.counts is not None  # "May housing starts"
        if not counted and (number in SHORT_MONTHS or len(text) < 4) or re.match(r"\s?[A-Z]", after):
            return None
    if len(text) < 4 and number != 5:
        return None
    if re.match(r"\s[A-Z]", after) and number in (4, 6, 8) and not introduced:
        return None
    return calendar(found, context)


def month_of_year(found: Found, context: Context) -> Reading | None:
    number = found.number("month")
    year = said_year(found, context)
    if number is None:
        return None
    return Reading("DATE", f"XXXX-{number:02d}") if year is None else dated(of_month(year, number), part=said_part(found))


def said_year(found: Found, context: Context) -> int | None:
    """The year of "2003", "last year", "that year"."""
    given = found.number("year") or found.number("fullyear")
    if given is not None:
        return given
    if found.value("that") is not None:
        return context.current.first.year if context.current else None
    side = found.side()
    return None if context.anchor is None or side is None else context.anchor.day.year + side


def day_of_year(found: Found, context: Context) -> Reading | None:
    """A day of "that year", "last year"."""
    year = said_year(found, context) if found.value("that") or found.side() is not None else None
    if year is None and context.current is not None:  # "the same year"
        year = context.current.first.year
    return calendar(Found({**found.groups, "year": None if year is None else str(year)}, found.words), context)


def relative_month(found: Found, context: Context) -> Reading | None:
    number, side, day = found.number("month"), found.side(), found.number("day")
    if number is None or side is None:
        return None
    if context.anchor is None or context.anchor.fineness < 7:
        return Reading("DATE", f"XXXX-{number:02d}")
    now = context.anchor.day
    year = now.year
    if side < 0:
        year -= number >= now.month
    elif side > 0:
        year += number <= now.month
    try:
        return dated(of_month(year, number) if day is None else of_day(date(year, number, day)))
    except ValueError:
        return None


def year(found: Found, context: Context) -> Reading | None:
    """A bare year; None where the figure counts what follows."""
    number = found.number("year")
    preposition = fold(found.text("prep") or "")
    if number is None:
        return None
    if preposition not in YEAR_PREPOSITIONS and not context.text[: context.span.start].endswith("-"):
        if number < EARLIEST_COUNT_YEAR or context.next_is_plural:
            return None
        if preposition and _counts(found, context):
            return None
    return dated(of_year(number))


def _counts(found: Found, context: Context) -> bool:
    """Whether the word after the figure is a plural it may count, where no parser has said so."""
    words = context.text[context.span.end : context.span.end + 30].split(maxsplit=1)
    word = words[0].strip(",.;:") if words and context.text[context.span.end].isspace() else ""
    plural = len(word) > 3 and word.isalpha() and word.islower() and word.endswith("s")
    return plural or word in found.words["counted"]


def year_noun(found: Found, context: Context) -> Reading | None:
    """A year before what it dates ("the 1992 protests"), unless people are counted."""
    number = found.number("year")
    if number is None or number < EARLIEST_COUNT_YEAR:
        return None
    named = context.text[context.span.end + 1 : context.span.end + 2].isupper()  # "the 1992 Olympics"
    if context.next_is_plural and not named and (number < 1900 or (context.anchor and number > context.anchor.day.year)):
        return None
    return dated(of_year(number))


def next_day_of_month(found: Found, context: Context) -> Reading | None:
    """The second day of "April 24 and 25"."""
    return calendar(Found({"month": found.text("month"), "day": found.all("day")[-1]}, found.words), context)


def with_year_after(found: Found, context: Context) -> Reading | None:
    """The first of two dates of which the second has the year: "June 3 to July 5, 2021", "April or May 2022"."""
    own = {n: v for n, v in found.groups.items() if not re.search(r"_\d$", n)}
    months = [found.words["month"].get(fold(month), "") for month in found.all("month")]
    year = found.number("year")
    if year is not None and len(months) == 2 and int(months[0]) > int(months[1]):  # "December 30 to January 5, 2021"
        own["year"] = str(year - 1)
    return calendar(Found(own, found.words), context)


def days_range(found: Found, context: Context) -> Reading | None:
    """The days of "June 3-5": a length with its bounds."""
    ends = [calendar(Found({**found.groups, "day": day, "day_2": None}, found.words), context) for day in found.all("day")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0].first is None or ends[1].last is None:
        return None
    days = (ends[1].last - ends[0].first).days + 1
    return Reading("DURATION", length(float(days), "D"), ends[0].first, ends[1].last, True) if days > 1 else None


def other_month(found: Found, context: Context) -> Reading | None:
    """A month or feast of another calendar: kept as text, its days unknown but for a common year beside it ("Ramadan 2003")."""
    year, name = found.number("year"), found.value("othermonth") or found.value("shortothermonth")
    period = None if year is None or year < EARLIEST_COUNT_YEAR else of_year(year)
    note = f"{name} calendar; kept as text, its days not reckoned"
    if period is None:
        return Reading("DATE", None, note=note)
    return Reading("DATE", period.value, period.first, period.last, True, note=note)


def year_part(found: Found, context: Context) -> Reading | None:
    number = found.number("year")
    return None if number is None else dated(of_year(number), part=said_part(found))


def years(found: Found, context: Context) -> Reading | None:
    """A stretch of years such as 1991–95."""
    first, text = found.number("year") or found.number("fullyear"), found.text("year2") or ""
    if first is None:
        return None
    last = int(text) if len(text) == 4 else first - first % 100 + int(text)
    if not first < last <= first + 200:
        return None
    return Reading("DURATION", f"P{last - first}Y", date(first, 1, 1), date(last, 12, 31), True)


def decade(found: Found, context: Context) -> Reading | None:
    number = found.number("decade")
    if number is not None and number % 100 == 0:  # "the 1800s"
        return dated(of_century(number), part=said_part(found))
    if number is None:
        number = 1900 + (found.number("shortdecade") or found.number("decadeword") or 0)
    return dated(of_decade(number), part=said_part(found))


def century(found: Found, context: Context) -> Reading | None:
    number = found.ordinal()
    if number is None or not 0 < number < 100:
        return None
    if found.value("era") == "BC":
        return Reading("DATE", f"BC{(number - 1):02d}")
    return dated(of_century((number - 1) * 100), part=said_part(found))


def era(found: Found, context: Context) -> Reading | None:
    number = found.number("bareyear")
    if number is None:
        return None
    return Reading("DATE", f"BC{number:04d}") if found.value("era") == "BC" else dated(of_year(number))


def season(found: Found, context: Context) -> Reading | None:
    """A season of a named year, else the nearest one before (last), around (this) or after (next) publication."""
    name = found.value("season")
    if name is None:
        return None
    given, side = found.number("year"), found.side()
    if given is None and found.value("that") is not None:
        given = context.current.first.year if context.current else None
    if given is None:
        if context.anchor is None or context.anchor.fineness < 7:
            return Reading("DATE", f"XXXX-{name}")
        given = _season_year(name, side, context.anchor.day, context)
    return dated(of_season(given, name), part=said_part(found))


def season_narrated(found: Found, context: Context) -> Reading | None:
    """The following, previous or same season as counted from what the story has reached."""
    name, current = found.value("season"), context.current
    if name is None or current is None:
        return None
    year = current.first.year
    if found.value("following"):
        year += of_season(year, name).first <= current.first
    elif found.value("previous"):
        year -= of_season(year, name).last >= current.first
    return dated(of_season(year, name))


def season_of_year(found: Found, context: Context) -> Reading | None:
    """A season of "that year", "last year"."""
    name, year = found.value("season"), said_year(found, context)
    if year is None and context.current is not None:
        year = context.current.first.year
    return None if name is None or year is None else dated(of_season(year, name), part=said_part(found))


def _season_year(name: str, side: int | None, now: date, context: Context) -> int:
    years = [y for y in (now.year + 1, now.year, now.year - 1, now.year - 2)]
    past = [y for y in years if of_season(y, name).last < now]
    around = [y for y in years if of_season(y, name).first <= now]
    if side == -1:
        return past[0]
    if side == 1:
        return min(y for y in years if of_season(y, name).first > now)
    if side == 0 and context.direction != "past":
        return min(y for y in years if of_season(y, name).last >= now)
    if context.direction == "future":
        return min(y for y in years if of_season(y, name).last >= now)
    return around[0]


def named_day(found: Found, context: Context) -> Reading | None:
    rule, given, side = found.value("named"), found.number("year"), found.side()
    if rule is None:
        return None
    period = once(rule)
    if period is not None:  # no text tells of what came after it
        known = context.anchor is None or context.anchor.day >= period.first
        kind = "DURATION" if period.value.startswith("P") else "DATE"
        before = context.text[max(0, context.span.start - 20) : context.span.start].split()
        before = before[:-1] if before and before[-1].lower() == "the" else before
        tells = bool(before) and fold(before[-1]) in found.words["prep"]
        if kind == "DURATION":  # "veterans of the Gulf War" tells no time, "since World War II" no day
            known = known and tells and (not period.value.endswith("Y") or fold(before[-1]) in WITHIN)
        return Reading(kind, period.value, period.first, period.last, tells) if known else None
    if given is None and context.told_year is not None and context.told_year[0] == context.paragraph and side is None:
        given = context.told_year[1]
    if given is None:
        if context.anchor is None or context.anchor.fineness < 10:
            return Reading("DATE", "XXXX-" + rule if rule[0].isdigit() and "W" not in rule else None)
        now = context.anchor.day
        days = [d for d in (feast(rule, y) for y in range(now.year - 1, now.year + 2)) if d is not None]
        if side == -1 or (side is None and context.direction == "past"):
            return dated(of_day(max(d for d in days if d < now or (d == now and side is None))))
        if side == 1 or context.direction == "future":
            return dated(of_day(min(d for d in days if d > now or (d == now and side is None))))
        return dated(of_day(min(days, key=lambda d: (abs((d - now).days), d))))
    day = feast(rule, given)
    return None if day is None else dated(of_day(day))


def named_week(found: Found, context: Context) -> Reading | None:
    day = named_day(found, context)
    return None if day is None or day.first is None else dated(of_week(day.first))


def weekday(found: Found, context: Context) -> Reading | None:
    """A weekday by the clause's direction and the article's own day, which it may be."""
    number, side = found.number("weekday"), found.side()
    if number is None or _names_no_day(found, context):
        return None
    if context.anchor is None or context.anchor.fineness < 10:
        return Reading("DATE", f"XXXX-WXX-{number}")
    now = context.anchor.day
    back = (now.isoweekday() - number) % 7
    ahead = (number - now.isoweekday()) % 7
    if side == -1:
        day = now - timedelta(days=back or 7)
    elif side == 1:
        day = now + timedelta(days=ahead or 7)
    elif side is None and context.direction == "leaning":
        day = now + timedelta(days=ahead) if ahead <= 4 or back > 2 else now - timedelta(days=back)
    elif side == 0 or context.direction == "future":
        day = now + timedelta(days=ahead) if context.direction != "past" else now - timedelta(days=back)
    elif context.direction == "present":
        day = now - timedelta(days=back) if back < 2 else now + timedelta(days=ahead)
    else:
        day = now - timedelta(days=back)
    return with_daypart(dated(of_day(day)), found)


def _names_no_day(found: Found, context: Context) -> bool:
    """Whether the weekday is part of a name: "Black Friday", "the Sunday Times"."""
    before = re.search(r"([A-Z]\w+) $", context.text[max(0, context.span.start - 12) : context.span.start])
    after = re.match(r" ([A-Z]\w+)", context.text[context.span.end : context.span.end + 14])
    return before is not None and fold(before[1]) in found.words["nodaybefore"] or (
        after is not None and fold(after[1]) in found.words["nodayafter"]
    )


def weekday_of_week(found: Found, context: Context) -> Reading | None:
    number, side = found.number("weekday"), found.side()
    if number is None or side is None or context.anchor is None or context.anchor.fineness < 10:
        return unanchored(side or 0)
    week = step(context.anchor.day, side, "W")
    return None if week is None else dated(of_day(week.first + timedelta(days=number - 1)))


def weekdays(found: Found, context: Context) -> Reading | None:
    number = found.number("weekdayplural")
    return None if number is None else Reading("SET", f"XXXX-WXX-{number}")


def narrated_weekday(found: Found, context: Context) -> Reading | None:
    number, current = found.number("weekday"), context.current
    if number is None:
        return None
    bare = found.value("previous") is None and found.value("following") is None
    named = bare and re.match(r" [a-z]", context.text[context.span.end : context.span.end + 2])  # "the Friday blasts"
    if current is None or current.first != current.last or named:
        context.direction = "past" if named and not context.ahead else context.direction
        return weekday(found, context)
    if found.value("previous") is not None:
        back = (current.first.isoweekday() - number) % 7
        return dated(of_day(current.first - timedelta(days=back or 7)))
    ahead = (number - current.first.isoweekday()) % 7
    return dated(of_day(current.first + timedelta(days=(ahead or 7) if found.value("following") else ahead)))


def deictic(found: Found, context: Context) -> Reading | None:
    offset = found.number("deictic")
    if offset is None:
        return None
    if context.anchor is None or context.anchor.fineness < 10:
        return unanchored(offset)
    return with_daypart(dated(step(context.anchor.day, offset, "D")), found)


def tonight(found: Found, context: Context) -> Reading | None:
    if context.anchor is None or context.anchor.fineness < 10:
        return unanchored(0)
    now = context.anchor.day
    return Reading("TIME", f"{now.isoformat()}TNI", now, now, True)


def daypart_before(found: Found, context: Context) -> Reading | None:
    """ "the night before": of the day before the one the story has reached, else before publication's."""
    if re.match(r"\s+\w", context.text[context.span.end :][:3]):
        return None  # "the night before the vote" counts from what the story does not say
    side = 1 if found.value("after") else -1
    current, anchor = context.current, context.anchor
    if current is not None and current.first == current.last:
        return with_daypart(dated(step(current.first, side, "D")), found)
    return with_daypart(dated(step(anchor.day, side, "D")), found) if anchor is not None and anchor.fineness == 10 else None


def beyond_deictic(found: Found, context: Context) -> Reading | None:
    side = -1 if found.value("before") else 1
    if found.text("weekday"):
        day = weekday(found, context)
        return day if day is None or day.first is None else dated(step(day.first, side, "D"))
    offset = found.number("deictic") or 0
    if context.anchor is None or context.anchor.fineness < 10:
        return unanchored(side)
    return dated(step(context.anchor.day, offset + side, "D"))


def this_daypart(found: Found, context: Context) -> Reading | None:
    side = found.side() or 0
    if context.anchor is None or context.anchor.fineness < 10:
        return unanchored(side)
    return with_daypart(dated(step(context.anchor.day, side, "D")), found)


def narrated_daypart(found: Found, context: Context) -> Reading | None:
    current = context.current
    if current is None or current.first != current.last:
        return None
    offset = -1 if found.value("previous") else 1 if found.value("following") else 0
    return with_daypart(dated(step(current.first, offset, "D")), found)


def relative_unit(found: Found, context: Context) -> Reading | None:
    """This, last or next day, week, month, ... counted from publication."""
    side, unit = found.side(), found.unit()
    if unit in ("TH", "TM", "TS"):
        return None
    if context.anchor is None or not context.anchor.knows(unit):
        return None if side is None else unanchored(side)
    now = context.anchor.day
    if side is None:  # "the weekend"
        back = now - timedelta(days=7) if now.isoweekday() < 6 else now
        return dated(of_weekend(now if context.direction in ("future", "leaning") else back))
    return dated(step(now, side, unit), part=said_part(found))


def next_to(found: Found, context: Context) -> Reading | None:
    """The day before or after the one the story has reached; before a clause, a length from what it tells."""
    side = -1 if found.value("before") else 1
    if re.match(r"\s+\w", context.text[context.span.end :][:3]):
        return Reading("DURATION", length(1.0, found.unit()), link=found.text("before") or found.text("after"))
    current = context.current
    if current is None or (found.unit() == "D" and current.first != current.last):
        return None
    return dated(step(current.first, side, found.unit()))


def narrated_unit(found: Found, context: Context) -> Reading | None:
    """The previous, same, following or that day, week, ...: counted from the day the story has reached."""
    current, unit = context.current, found.unit()
    side = -1 if found.value("previous") else 1 if found.value("following") else 0
    if unit in ("TH", "TM", "TS"):
        return None
    if current is None:
        return None if context.anchor is None or side == 0 else unanchored(side)
    if unit in ("D", "W", "WE") and current.first != current.last:
        return None
    return dated(step(current.first, side, unit), part=said_part(found))


def that_time(found: Found, context: Context) -> Reading | None:
    current = context.current
    if current is None:
        return None
    if current.first == current.last and "date" not in fold(found.text("thattime") or ""):
        month = of_month(current.first.year, current.first.month)  # "at the time" is no day
        return Reading("DATE", month.value, month.first, month.last)
    return Reading("DATE", current.value, current.first, current.last)
