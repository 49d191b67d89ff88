"""Dates made of times: as told, inferred, shifted by a length, or what several have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ..records import EventDate, Span, Time
from ..syntax import tokens_in
from ..text import fold
from ..tree import Token, Tree
from .recall import EventWords

CALENDAR = re.compile(r"\d{2,4}X?(-|$|T)")
# "10 days before the vote": a length counted from another event.
COUNTED = re.compile(r"P(\d+)([DWMY])")
COUNTED_FROM = {"before": -1, "after": 1}
UNIT_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


def inferred(day: EventDate) -> EventDate:
    return EventDate(basis="inferred", value=day.value, earliest=day.earliest, latest=day.latest, span=day.span)


def shifted(start: EventDate, time: Time, way: int) -> EventDate | None:
    """The day a length after `start` (way 1) or before it (-1); coarse for months, years."""
    length = COUNTED.fullmatch(time.value or "")
    if length is None or start.earliest is None or start.latest is None:
        return None
    count, unit = way * int(length[1]), length[2]
    if unit not in "MY" and (len(start.value or "") < 10 or start.earliest != start.latest):
        return None
    try:
        shift = timedelta(days=round(count * (365.25 if unit == "Y" else UNIT_DAYS[unit])))
        first, last = start.earliest + shift, start.latest + shift
    except OverflowError:
        return None
    if unit == "D":
        return EventDate(basis="inferred", value=first.isoformat(), earliest=first, latest=last, span=time.span)
    loose = timedelta(days=UNIT_DAYS[unit] // 2)
    middle = first + (last - first) / 2
    value = f"{middle.year:04d}" if unit == "Y" else f"{middle.year:04d}-{middle.month:02d}" if unit == "M" else None
    return EventDate(basis="inferred", value=value, earliest=first - loose, latest=last + loose, span=time.span)


def one_date(told: Sequence[tuple[int, EventDate]]) -> EventDate | None:
    """The finest of some dates where the others only say less; None where they differ."""
    finest = max((d for _, d in told), key=lambda d: len(d.value or ""), default=None)
    same = finest is not None and all((finest.value or "").startswith(d.value or "") for _, d in told)
    return finest if same else None


def within_it(day: EventDate, told: Sequence[tuple[int, EventDate]]) -> EventDate:
    """`day`, or the one finer date told within it."""
    finer = [(n, d) for n, d in told if len(d.value or "") > len(day.value or "-") and (d.value or "").startswith(day.value or "-")]
    return one_date(finer) or day


def agree(dates: Sequence[EventDate]) -> bool:
    """Whether the finest of some dates are the same."""
    finest = max(len(d.value or "") for d in dates)
    return len({d.value for d in dates if len(d.value or "") == finest}) == 1


def surest(dates: Sequence[EventDate]) -> EventDate:
    """The finest of some dates, the first told among equals."""
    return min(dates, key=lambda d: (-len(d.value or ""), d.span or Span(0, 1)))


def counting_link(doc: Tree, time: Time) -> Token | None:
    """The "before" or "after" that ties a length to the event it counts from: "10 days before" (the vote)."""
    tokens = tokens_in(doc, time.span) if time.type == "DURATION" and time.earliest is None else []
    after = tokens[-1].i + 1 if tokens else len(doc)
    link = doc[after] if after < len(doc) else None
    return link if link is not None and link.lower_ in COUNTED_FROM else None


def counting_way(doc: Tree, time: Time) -> int:
    """1 for a length after the event it counts from, -1 for one before."""
    link = counting_link(doc, time)
    return COUNTED_FROM[link.lower_] if link is not None else 1


def counted_event(link: Token) -> Token | None:
    """The event under "before" or "after": its noun, or the verb of its clause."""
    under = next((c for c in link.children if c.dep_ in ("pobj", "pcomp")), None)
    return under if under is not None else link.head if link.dep_ == "mark" and link.head.i > link.i else None


def exactly(time: Time, words: EventWords) -> EventDate:
    """The date of one time: by text; what "at the time" says is what the story told before."""
    value = (time.value or "").split("T")[0]
    if "-W" in value and time.earliest is not None and time.latest is not None:  # a week: the month or year it lies in
        value = shared(time.earliest, time.latest) or ""
    basis = "inferred" if points_back(time, words) else "text"
    return EventDate(basis=basis, value=value or None, earliest=time.earliest, latest=time.latest, span=time.span)


def shared(first: date, last: date) -> str | None:
    """The ISO day, month or year that two days have in common; None for none."""
    if first.year != last.year:
        return None
    return first.isoformat()[: 10 if first == last else 7 if first.month == last.month else 4]


def points_back(time: Time, words: EventWords) -> bool:
    """Whether a time only takes up the one told before: "at the time", "back then"."""
    return fold(time.text) in words.back_references


def between(first: date | None, last: date | None, span: Span) -> EventDate:
    """A date for a range that may be open: its value is what first and last day share, if anything."""
    value = shared(first, last) if first is not None and last is not None else None
    return EventDate(basis="text", value=value, earliest=first, latest=last, span=span)
