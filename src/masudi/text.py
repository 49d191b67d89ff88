"""Offsets, quotes, normalising, ids, dates: pure functions on text."""

from __future__ import annotations

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from .records import Mend, Span

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def digest(*parts: str | int | None) -> str:
    """Sixteen hexadecimal digits that stand for `parts`; the same on every machine and in every run.

    Source: blake2b, RFC 7693; None and "" differ.
    """
    h = hashlib.blake2b(digest_size=8)
    for part in parts:
        h.update(b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass"))
        h.update(b"\x1f")
    return h.hexdigest()


def words(text: str) -> list[str]:
    """The words of `text`, apostrophes and hyphens kept inside."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """`text` for matching: lower case, no accents, straight quotes, one space, no edge space."""
    text = text.replace("’", "'").replace("‘", "'").replace("`", "'")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.lower().split())


def slug(text: str) -> str:
    """`text` as a name for ids: folded, words joined by `-`."""
    return re.sub(r"[^\w]+", "-", fold(text)).strip("-_")


def trim(text: str, span: Span) -> Span:
    """`span` without the white space at its edges; may be empty."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def unmend(text: str, mends: Sequence[Mend]) -> str:
    """The text as it stood before mending. `mends` in any order, not overlapping."""
    for mend in sorted(mends, reverse=True):
        text = text[: mend.start] + mend.original + text[mend.end :]
    return text


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` in order, overlapping and touching ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


@lru_cache(maxsize=8192)
def iso_bounds(value: str | None) -> tuple[date, date] | None:
    """First and last day of an ISO value `YYYY[-MM[-DD]]`; None for anything else."""
    match = _ISO.match(value or "")
    if not match:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
