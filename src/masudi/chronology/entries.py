"""Days that stand at the head of a line: the dateline of an article, the entries of a chronicle ("Feb. 17 - France offers")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..records import Time
from .days import CALENDAR

# News told on the day or the days after.
NEWS_DAYS = 3
# "CAIRO, March 12 (Agency) -", "Mandera, 5 December -": a town, or nothing, before the day a text was written.
DATELINE = re.compile(r"(?:^|\n)[^\S\n]*(?:[A-Z][^\n!?;]{1,50}[.,:])?[^\S\n]*$")
AFTER_DATELINE = re.compile(r"\s*(?:\(|[-–—_])")
LINE_HEAD = re.compile(r"(?:^|\n)[^\S\n]*(?:[-–—•*][^\S\n]*)?(?:In |On )?$")
AFTER_ENTRY = re.compile(r"[^\S\n]*(?:[-–—:](?=\s)|\n)")
LEAST_ENTRIES = 2  # one line with a day before it is no chronicle


def is_dateline(time: Time, text: str, bounds: tuple[date, date] | None) -> bool:
    """Whether a day near publication stands before the first sentence, after the name of a town or alone."""
    if bounds is None or time.earliest is None or time.earliest != time.latest:
        return False
    near = timedelta(0) <= bounds[1] - time.earliest <= timedelta(days=NEWS_DAYS)
    return near and DATELINE.search(text, 0, time.span.start) is not None and AFTER_DATELINE.match(text, time.span.end) is not None


def entries(times: Sequence[Time], text: str) -> list[tuple[int, int, Time]]:
    """(start, end, time) of each entry of a chronicle, in text order; each runs to the next, the last to its line's end."""
    heads = [t for t in times if t.earliest is not None and CALENDAR.match(t.value or "") and _heads_line(t, text)]
    return list(_reaches(heads, text)) if len(heads) >= LEAST_ENTRIES else []


def _heads_line(time: Time, text: str) -> bool:
    return LINE_HEAD.search(text, 0, time.span.start) is not None and AFTER_ENTRY.match(text, time.span.end) is not None


def _reaches(heads: Sequence[Time], text: str) -> Iterator[tuple[int, int, Time]]:
    for n, head in enumerate(heads):
        line_end = text.find("\n", head.span.end + 2)
        line_end = len(text) if line_end < 0 else line_end
        following = heads[n + 1].span.start if n + 1 < len(heads) else len(text)
        yield head.span.start, min(line_end, following), head
