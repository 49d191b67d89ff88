"""Lengths, repetitions and clock times: readings of `en/times_patterns.tsv` that name no calendar day."""

from __future__ import annotations

from datetime import date, timedelta

from ..text import fold
from .times_calendar import Anchor, add_months
from .times_context import Context, Found, Reading, length
from .times_days import calendar, deictic, relative_unit, weekday

STRETCH_PREPOSITIONS = ("in", "over", "during", "for", "within", "throughout")


def past_span(found: Found, context: Context) -> Reading | None:
    """The past or coming N units: a length whose one end is publication."""
    side = -1 if found.value("past") else 1
    count, unit = found.count(), found.unit()
    if found.value("past") and found.value("last") is None and count is None and unit == "D":
        return None
    if count is None:
        count = "X" if (found.text("unit") or "").endswith("s") else 1.0
    value = length(count, unit)
    if value is None:
        return None
    first, last = _span_from(context.anchor, count, unit, side)
    return Reading("DURATION", value, first, last)


def _span_from(anchor: Anchor | None, count: float | str, unit: str, side: int) -> tuple[date | None, date | None]:
    if anchor is None or isinstance(count, str) or not anchor.knows(unit):
        return None, None
    end = _moved(anchor.day, side * count, unit)
    return (None, None) if end is None else (min(anchor.day, end), max(anchor.day, end))


def _moved(day: date, count: float, unit: str) -> date | None:
    """`day` moved by a whole length, rounded to days."""
    days = {"D": 1, "W": 7, "FN": 14, "WE": 7}.get(unit)
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    try:
        if days is not None:
            return day + timedelta(days=round(days * count))
        return None if months is None else add_months(day, round(months * count))
    except (ValueError, OverflowError):
        return None


def the_last(found: Found, context: Context) -> Reading | None:
    """ "the last week"; after "in", "over", "during", and of decades, the stretch of time up to now."""
    unit = found.unit()
    words = fold(context.text[max(0, context.span.start - 12) : context.span.start]).split()
    if unit not in ("DE", "CE") and not (words and words[-1] in STRETCH_PREPOSITIONS):
        return relative_unit(found, context)
    return Reading("DURATION", length(1.0, unit), *_span_from(context.anchor, 1.0, unit, -1))


def recent_span(found: Found, context: Context) -> Reading | None:
    if not (found.text("unit") or "").endswith("s"):
        return None
    return Reading("DURATION", length("X", found.unit()))


def duration(found: Found, context: Context) -> Reading | None:
    count, unit, word = found.count(), found.unit(), fold(found.text("number") or "")
    after = context.text[context.span.end : context.span.end + 1]
    if count is None or (unit == "TS" and word in ("a", "the")) or (unit in ("WE", "Q") and word in ("a", "half")):
        return None
    spelled = fold(context.text[context.span.start : context.span.end])
    if " and a half" in spelled and "half" not in word and isinstance(count, float):
        count += 0.5
    if after == "-" and word in ("a", "an"):
        return None
    if unit == "TS" and not isinstance(count, str) and count == 1:
        return None
    if (found.text("number") or "")[:1].isdigit() and (found.text("unit") or "")[:1].isupper():
        return None  # "60 Minutes" is a name
    value = length(count, unit)
    return None if value is None else Reading("DURATION", value)


def half_duration(found: Found, context: Context) -> Reading | None:
    part = 0.25 if "quarter" in fold(context.text[slice(*context.span)]) else 0.5
    value = length(part, found.unit())
    return None if value is None else Reading("DURATION", value)


def vague_duration(found: Found, context: Context) -> Reading | None:
    if not (found.text("unit") or "").endswith("s"):
        return None
    return Reading("DURATION", length("X", found.unit()))


def long_duration(found: Found, context: Context) -> Reading | None:
    plural = (found.text("unit") or "").endswith("s")
    return Reading("DURATION", length("X" if plural else 1.0, found.unit()))


def rate(found: Found, context: Context) -> Reading | None:
    value = length(1.0, found.unit())
    return None if value is None or found.unit() == "TS" else Reading("SET", value)


def every(found: Found, context: Context) -> Reading | None:
    if found.text("unit") is not None:
        count = found.count() or (2.0 if "other" in context.text[slice(*context.span)].lower() else 1.0)
        return Reading("SET", length(count, found.unit()))
    number = found.number("weekday")
    if number is not None:
        return Reading("SET", f"XXXX-WXX-{number}")
    if found.value("daypart"):
        return Reading("SET", f"XXXX-XX-XXT{found.value('daypart')}")
    if found.value("season"):
        return Reading("SET", f"XXXX-{found.value('season')}")
    month = found.number("month")
    return None if month is None else Reading("SET", f"XXXX-{month:02d}")


def set(found: Found, context: Context) -> Reading | None:
    return Reading("SET", found.value("set"))


def reference(found: Found, context: Context) -> Reading | None:
    return Reading("DATE", found.value("ref") or found.value("nowadj"))


def _clock_day(found: Found, context: Context) -> tuple[str, date | None]:
    """The day a clock time belongs to: the one beside it, the story's, the article's."""
    beside = weekday(found, context) if found.text("weekday") else None
    if found.text("deictic"):
        beside = deictic(found, context)
    if found.text("month"):
        beside = calendar(found, context)
    if beside is not None and beside.first is not None:
        return beside.first.isoformat(), beside.first
    current, anchor = context.current, context.anchor
    if current is not None and context.day is not None and current.first <= context.day.first <= current.last:
        current = context.day  # "this month" told in between
    behind = context.direction in ("future", "leaning") and anchor is not None and current is not None and current.last < anchor.day
    if current is not None and current.first == current.last and not behind:  # "is to speak at 9 p.m.": not on the day told
        return current.first.isoformat(), current.first
    if context.anchor is not None and context.anchor.fineness == 10:
        return context.anchor.day.isoformat(), context.anchor.day
    return "XXXX-XX-XX", None


def clock(found: Found, context: Context) -> Reading | None:
    hour, minute = found.number("hour"), found.number("minute")
    if hour is None or hour > 24:
        return None
    half_of_day = (found.text("ampm") or "").lower()[:1]
    if half_of_day:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half_of_day == "p" else 0)
    return _at(f"{hour:02d}:{minute or 0:02d}", found, context)


def _at(clock_value: str, found: Found, context: Context) -> Reading:
    value, day = _clock_day(found, context)
    return Reading("TIME", f"{value}T{clock_value}", day, day, bool(found.text("weekday") or found.text("month")))


def oclock(found: Found, context: Context) -> Reading | None:
    count, part = found.count(), found.value("daypart")
    if count is None or isinstance(count, str) or not 1 <= count <= 12 or count != int(count):
        return None
    hour = int(count) % 12 + (12 if part in ("AF", "EV", "NI") else 0)
    return _at(f"{hour:02d}:00", found, context)


def clockword(found: Found, context: Context) -> Reading | None:
    value = found.value("clockword")
    return None if value is None else _at(value.removeprefix("T"), found, context)
