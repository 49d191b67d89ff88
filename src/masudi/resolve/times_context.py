"""What a reading of a time expression works with: the words found, the article's days, the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from attrs import Factory, define, field, frozen

from ..records import Span
from ..text import fold
from .times_calendar import Anchor, Period, part_of

REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
# TIMEX3 has no code for a fortnight, a quarter or a weekend: weeks, months and days stand for them.
DURATION_UNITS = {"FN": (2, "W"), "DE": (10, "Y"), "CE": (100, "Y"), "Q": (3, "M"), "WE": (2, "D")}
ENTRY = re.compile(r"[^\S\n]*(?:[-–—:](?=\s)|\n)")
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@frozen
class Found:
    """The named groups of a match, and the word tables to read them with."""

    groups: Mapping[str, str | None]
    words: Mapping[str, Mapping[str, str]] = field(factory=dict, repr=False)

    def text(self, name: str) -> str | None:
        """The words of the first filled group of this class (`name`, `name_2`, ...)."""
        for group, value in self.groups.items():
            if value is not None and re.fullmatch(rf"{name}(_\d)?", group):
                return value
        return None

    def all(self, name: str) -> list[str]:
        return [v for g, v in self.groups.items() if v is not None and re.fullmatch(rf"{name}(_\d)?", g)]

    def value(self, name: str) -> str | None:
        """What the table says the words of this class mean."""
        text = self.text(name)
        return None if text is None else self.words[name].get(fold(text))

    def number(self, name: str) -> int | None:
        """The integer of a figure or of a word with an integer value."""
        text = self.value(name) if name in self.words else self.text(name)
        if text is None:
            return None
        digits = re.match(r"-?\d+", text.lstrip("'’‘"))
        return None if digits is None else int(digits[0])

    def ordinal(self) -> int | None:
        text = self.text("ordinal")
        digits = re.match(r"\d+", text or "")
        return int(digits[0]) if digits else self.number("ordinal")

    def count(self) -> float | str | None:
        """How many: a number, "X" for a vague one, None when none is said."""
        if self.text("vague") is not None:
            return "X"
        text = self.text("number")
        return None if text is None else spoken(text, self.words["number"])

    def unit(self) -> str:
        return self.value("unit") or "D"

    def side(self) -> int | None:
        """-1 last, 0 this or that, 1 next; None when the words do not say."""
        for name in ("last", "next", "this", "past", "coming"):
            value = self.value(name)
            if value is not None:
                return int(value)
        return None


@frozen
class Reading:
    """What one expression means. narrative: whether later expressions may count from it.

    link: the word at its end that only ties it to what follows ("two days after" the vote) and is no part of it.
    note: why the days it names are not given.
    """

    type: str
    value: str | None
    first: date | None = None
    last: date | None = None
    narrative: bool = False
    link: str | None = None
    note: str | None = None


@define
class Context:
    """What a reading may look at: publication, the story's current day, the clause's direction."""

    anchor: Anchor | None
    text: str
    paragraph: int = 0
    span: Span = Factory(lambda: Span(0, 1))
    direction: str | None = None
    next_is_plural: bool = False
    background: bool = False  # the clause tells of what had been before
    counts: int | None = None  # the month stands before what is counted by months: -1 told of it, 1 due in it
    opens: bool = False  # the expression stands at the head of its sentence
    current: Period | None = None
    day: Period | None = None  # the last single day the story told of
    left: Period | None = None  # the day the story was on before what had been
    told_year: tuple[int, int] | None = None  # paragraph offset, year named there
    entry_year: tuple[int, int] | None = None  # year and month of the last entry of a chronicle

    def narrate(self, reading: Reading) -> None:
        """Let the story move on to `reading`."""
        if reading.narrative and reading.value and reading.first and reading.last:
            day = self.current is not None and self.current.first == self.current.last
            if self.background and day and reading.first != reading.last:  # "had warned in 2001": an aside
                self.left = self.left or self.current
            else:
                self.left = None
            self.current = Period(reading.value.split("T")[0], reading.first, reading.last)
            self.day = self.current if reading.first == reading.last else self.day
            if self.opens and re.match(r"\d{4}(-|$)", reading.value):
                self.told_year = (self.paragraph, int(reading.value[:4]))

    def enter(self, paragraph: int) -> None:
        """Begin a paragraph: the story takes up the day it left for an aside."""
        self.paragraph = paragraph
        self.current, self.left = self.left or self.current, None

    def is_entry(self) -> bool:
        """Whether the expression heads a line, as the entries of a chronicle do: "March 2: Parliament ..."."""
        before = self.text[: self.span.start].rpartition("\n")[2]
        return not before.strip(" \t-–—•*") and ENTRY.match(self.text, self.span.end) is not None

    @property
    def ahead(self) -> bool:
        return self.direction in ("future", "present", "leaning")


Rule = Callable[[Found, Context], "Reading | None"]


def spoken(text: str, words: Mapping[str, str]) -> float | str | None:
    """The number that figures or words name; None for words that make none."""
    plain = text.replace(",", "").strip()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s?(½|¼|¾|1/2)?", plain)
    if match:
        return float(match[1]) + FRACTIONS.get(match[2] or "", 0.5 if match[2] else 0.0)
    total, current = 0.0, 0.0
    spoken = re.split(r"[\s-]+", fold(text))
    for word in spoken:
        if word == "and" or (word in ("a", "an") and len(spoken) > 1):  # "a two-day visit", "two and a half"
            continue
        value = float(words[word]) if word in words else None
        if value is None:
            return None
        if value in (12, 100, 1000) and current:
            current *= value
        else:
            current += value
        if value == 1000:
            total, current = total + current, 0.0
    return total + current


def dated(period: Period | None, *, narrative: bool = True, part: str | None = None) -> Reading | None:
    if period is None:
        return None
    narrowed = part_of(period, part)
    return Reading("DATE", period.value, narrowed.first, narrowed.last, narrative)


def unanchored(side: int, type: str = "DATE") -> Reading:
    return Reading(type, REFERENCES[side])


def with_daypart(reading: Reading | None, found: Found) -> Reading | None:
    part = found.value("daypart")
    if reading is None or part is None or reading.value is None or not reading.value[:1].isdigit():
        return reading
    return Reading("TIME", f"{reading.value}T{part}", reading.first, reading.last, reading.narrative)


def said_part(found: Found) -> str | None:
    return found.value("part")


def length(count: float | str, unit: str) -> str | None:
    """A TIMEX3 duration: P3D, PT45M, P2Y6M, PXY."""
    factor, code = DURATION_UNITS.get(unit, (1, unit))
    clock = code.startswith("T")
    code = code[-1]
    lead = "PT" if clock else "P"
    if isinstance(count, str):
        return f"{lead}X{'DE' if unit == 'DE' else 'CE' if unit == 'CE' else code}"
    count *= factor
    whole = int(count)
    if count == whole:
        return f"{lead}{whole}{code}"
    rest = {"Y": (12, "M"), "H": (60, "M"), "W": (7, "D"), "D": (24, "TH")}.get(code)
    if rest is None:
        return f"{lead}{count:g}{code}"
    small = f"{round((count - whole) * rest[0])}{rest[1][-1]}"
    if code in ("W", "D"):
        return f"{lead}{count:g}{code}"
    return f"{lead}{whole}{code}{small}" if whole else f"{lead}{small}"
