"""Publication dates as people and programs write them → ISO, no finer than what is written."""

from __future__ import annotations

import re
from functools import cache

from ..text import fold, iso_bounds
from .vocabulary import Vocabulary, alternatives

_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?\s?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|(?:gmt|utc)?\s*[+-]\s?\d{1,2}:?(?:\d{2})?\b"
)
_GLUE = re.compile(r"\b(?:at|the|t|o'clock|am|pm)\b")
_YEARS = range(1600, 2200)


@cache
def _forms(months: str) -> tuple[re.Pattern[str], ...]:
    """Every way a date is written, in folded text; groups y, mon or m, d; or a and b where their order is open."""
    ordinal = r"(?:st|nd|rd|th)?"
    return tuple(
        re.compile(rf"(?<![\w]){form}(?!\w)")
        for form in (
            r"(?P<y>\d{4})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})"
            r"(?:t[\d:.,]+(?:z|[+-]\d{2}:?\d{2})?)?",
            rf"(?P<d>\d{{1,2}}){ordinal}(?:\s+of)?[-\s.,/]*(?P<mon>{months})\.?[-,/\s]*(?P<y>\d{{4}})",
            rf"(?P<mon>{months})\.?\s*(?P<d>\d{{1,2}}){ordinal}(?:\s*,\s*|\s+)(?P<y>\d{{4}})",
            rf"(?P<y>\d{{4}})[,\s]+(?P<mon>{months})\.?[,\s]+(?P<d>\d{{1,2}})",
            r"(?P<a>\d{1,2})\s*[-/.]\s*(?P<b>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})",
            rf"(?P<mon>{months})\.?,?\s+(?P<y>\d{{4}})",
        )
    )


_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?\d{4,6}z?)?")
_COARSE = re.compile(r"(\d{4})(?:-(\d{2}))?")


def read_date(value: str, words: Vocabulary) -> str | None:
    """The publication date a metadata field gives; None when it is no date.

    The day is the one written, in the publisher's own zone. `06/07/2025` says no more than `2025`.
    """
    folded = fold(value)
    if compact := _COMPACT.fullmatch(folded):
        return _iso(*(int(g) for g in compact.groups()))
    if coarse := _COARSE.fullmatch(folded):
        year, month = coarse.groups()
        return _iso(int(year), int(month)) if month else _iso(int(year))
    return date_line(value, words)


def date_line(line: str, words: Vocabulary) -> str | None:
    """The date that `line` is: a date with a lead-in, weekday, time or zone, and nothing else."""
    folded = fold(line)
    if len(folded) > 120 or not any(c.isdigit() for c in folded):
        return None
    for form in _forms(words.months):
        match = form.search(folded)
        if match is None:
            continue
        around = folded[: match.start()] + " ; " + folded[match.end() :]
        return _of(match, words) if _is_noise(around, words) else None
    return None


def is_later(line: str, words: Vocabulary) -> bool:
    """Whether a date line tells of an update, not of the publication."""
    start = fold(line)
    return any(start.startswith(lead) for lead in words.page["date-later"])


def split_dates(line: str, words: Vocabulary) -> list[str]:
    """`line` cut before each lead-in such as "Updated", as pages print two dates in one line."""
    leads = alternatives([*words.page["date-later"], *(w for w in words.page["date-lead"] if len(w) > 4)])
    return [part for part in re.split(rf"[\s,;|]+(?=(?:{leads})\b)", line, flags=re.IGNORECASE) if part]


@cache
def _noise(*kinds: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(kinds)})(?!\w)")


def _is_noise(around: str, words: Vocabulary) -> bool:
    rest = _TIME.sub(" ", around)
    known = [*words.page["date-lead"], *words.page["date-later"], *words.page["weekday"], *words.page["zone"]]
    rest = _GLUE.sub(" ", _noise(*known).sub(" ", rest))
    return not any(c.isalnum() for c in rest)


def _of(match: re.Match[str], words: Vocabulary) -> str | None:
    groups = match.groupdict()
    year = int(groups["y"])
    if "a" in groups:
        a, b = int(groups["a"]), int(groups["b"])
        if a == b or b > 12:
            return _iso(year, a, b)
        if a > 12:
            return _iso(year, b, a)
        return _iso(year)  # day or month first? The page does not say
    if groups.get("mon"):
        month = int(words.page["month"][" ".join(groups["mon"].split())])
    else:
        month = int(groups["m"])
    return _iso(year, month, int(groups["d"])) if groups.get("d") else _iso(year, month)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    if year not in _YEARS:
        return None
    value = (
        f"{year:04}"
        + (f"-{month:02}" if month is not None else "")
        + (f"-{day:02}" if day is not None else "")
    )
    return value if iso_bounds(value) else None
