"""TIMEX3 values as a reader would say them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

_NAMED = {"PRESENT_REF": "about now", "PAST_REF": "in the past", "FUTURE_REF": "to come"}
_PARTS = {
    "SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter", "H1": "first half",
    "H2": "second half", "Q1": "first quarter", "Q2": "second quarter", "Q3": "third quarter", "Q4": "fourth quarter",
}  # fmt: skip
_UNITS = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "DE": "decade", "CE": "century", "TH": "hour", "TM": "minute",
    "TS": "second",
}  # fmt: skip


def dated(value: str | None) -> str:
    """A value in words: `1990s` for 199X, `summer 2010`, `week 31 of 2021`, `7th century` for 06, `3 days` for P3D.

    ISO days, months and years stay as they are, and so does what has no words here; "" for None.
    """
    if value is None:
        return ""
    if value in _NAMED:
        return _NAMED[value]
    for pattern, say in _FORMS:
        if found := pattern.fullmatch(value):
            return say(found)
    return value


def _century(found: re.Match[str]) -> str:
    number = int(found[1]) + 1
    end = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{end} century"


def _year(found: re.Match[str]) -> str:
    return "" if found[1] == "XXXX" else f" {found[1]}"


def _month(found: re.Match[str]) -> str:
    month, day = calendar.month_name[int(found[1])], found[2]
    return (f"{int(day)} {month}" if day else month) + ", year not told"


def _lasting(found: re.Match[str]) -> str:
    unit = _UNITS[(found[1] or "") + found[3]]
    number = "some" if found[2] == "X" else found[2]
    plural = unit if number == "1" else unit.replace("century", "centurie") + "s"
    return f"{number} {plural}"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(\d\d)(?:XX)?"), _century),
    (re.compile(r"(\d{3})X?"), lambda f: f"{f[1]}0s"),
    (re.compile(r"(\d{4})-W(\d\d)"), lambda f: f"week {int(f[2])} of {f[1]}"),
    (re.compile(r"(\d{4}|XXXX)-([A-Z][A-Z\d])"), lambda f: _PARTS.get(f[2], f[2]) + _year(f)),
    (re.compile(r"XXXX-WXX-([1-7])"), lambda f: f"a {calendar.day_name[int(f[1]) - 1]}, which is not told"),
    (re.compile(r"XXXX-(0[1-9]|1[0-2])(?:-(\d\d))?"), _month),
    (re.compile(r"XXXX-XX-XXT(\d\d:\d\d)"), lambda f: f"{f[1]}, day not told"),
    (re.compile(r"P(T(?=\d*X?[HMS]))?(\d+|X)(Y|M|W|DE|D|CE|H|S)"), _lasting),
)
