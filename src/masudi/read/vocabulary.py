"""The words and patterns this stage knows, compiled once from the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from attrs import frozen

from ..errors import LexiconError
from ..lexicon import Lexicons, Row
from ..text import fold

_MATCHES = ("line-exact", "line-prefix", "regex")
_PLACES = ("anywhere", "tail")
_CUTS = ("line", "section", "rest")
_ACTIONS = ("regex", "unescape", "decode")
_EDGES = " .:!|•·»›>-–—\"'…"


@frozen
class Furnishing:
    """One pattern of page furniture. cut: the line, the `section` it heads, or the `rest` of the page."""

    where: str
    cut: str
    pattern: re.Pattern[str] | None = None
    prefix: str | None = None


@frozen
class Mending:
    """One artefact: where it matches and what it becomes. action: regex, unescape or decode."""

    name: str
    action: str
    pattern: re.Pattern[str]
    replacement: str


@frozen(kw_only=True)
class Weight:
    """What one sign of report or commentary counts: `weight` a unit, at `most` in all."""

    weight: float
    most: float
    label: str


@frozen(kw_only=True)
class Vocabulary:
    """Everything read takes from `masudi/data/en`.

    page: kind → folded word → value. exact: folded line → furnishing. beginnings: what the prefixes begin with. mends: passes in order.
    signs: kind sign → pattern that finds any of its words.
    """

    page: Mapping[str, Mapping[str, str]]
    months: str
    exact: Mapping[str, Furnishing]
    prefixes: tuple[Furnishing, ...]
    beginnings: tuple[str, ...]
    regexes: tuple[Furnishing, ...]
    mends: tuple[tuple[Mending, ...], ...]
    signs: Mapping[str, re.Pattern[str]]
    weights: Mapping[str, Weight]
    thresholds: Mapping[str, float]
    languages: Mapping[str, frozenset[str]]

    def has(self, kind: str, phrase: str) -> bool:
        """Whether `phrase`, folded, is a page word of `kind`."""
        return phrase in self.page[kind]


def edge_free(folded: str) -> str:
    """A folded line without the punctuation at its edges, as exact furniture is compared."""
    return folded.strip(_EDGES)


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression for any of `phrases`, the longest first."""
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=lambda p: (-len(p), p)))


@cache
def vocabulary(over: tuple[Path, ...] = ()) -> Vocabulary:
    """The vocabulary with the user's lexicon folders `over` laid on top. Raises LexiconError."""
    lexicons = Lexicons(over)
    page: dict[str, dict[str, str]] = {}
    for row in lexicons.table("en/page_words.tsv"):
        page.setdefault(row.need("kind"), {})[fold(row.need("word"))] = row["value"] or ""
    furniture = lexicons.table("en/furniture.tsv")
    signs, weights, thresholds = _signs(lexicons.table("en/kind_signs.tsv"))
    languages: dict[str, set[str]] = {}
    for row in lexicons.table("en/language_words.tsv"):
        languages.setdefault(row.need("language"), set()).add(fold(row.need("word")))
    prefixes = tuple(_furnishing(row) for row in furniture if row["match"] == "line-prefix")
    return Vocabulary(
        page=page,
        months=alternatives(page["month"]),
        exact={
            edge_free(fold(row.need("pattern"))): _furnishing(row)
            for row in furniture
            if _one_of(row, "match", _MATCHES) == "line-exact"
        },
        prefixes=prefixes,
        beginnings=tuple(known.prefix or "" for known in prefixes),
        regexes=tuple(_furnishing(row) for row in furniture if row["match"] == "regex"),
        mends=_mends(lexicons.table("en/mends.tsv")),
        signs=signs,
        weights=weights,
        thresholds=thresholds,
        languages={name: frozenset(known) for name, known in sorted(languages.items())},
    )


def _one_of(row: Row, column: str, allowed: tuple[str, ...]) -> str:
    value = row.need(column)
    if value not in allowed:
        raise LexiconError(f"{row.where}: {column} {value!r}; right: {', '.join(allowed)}")
    return value


def _compiled(row: Row, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    try:
        return re.compile(row.need("pattern"), flags)
    except re.error as error:
        raise LexiconError(f"{row.where}: {row['pattern']!r} is no regular expression: {error}") from error


def _furnishing(row: Row) -> Furnishing:
    where, cut = _one_of(row, "where", _PLACES), _one_of(row, "cut", _CUTS)
    match row["match"]:
        case "regex":
            return Furnishing(where, cut, pattern=_compiled(row, re.IGNORECASE))
        case "line-prefix":
            return Furnishing(where, cut, prefix=fold(row.need("pattern")))
        case _:
            return Furnishing(where, cut)


def _mends(rows: Iterable[Row]) -> tuple[tuple[Mending, ...], ...]:
    passes: dict[str, list[Mending]] = {}
    for row in rows:
        action = _one_of(row, "action", _ACTIONS)
        mending = Mending(row.need("name"), action, _compiled(row), row["replacement"] or "")
        passes.setdefault(row.need("pass"), []).append(mending)
    return tuple(tuple(passes[number]) for number in sorted(passes))


def _signs(
    rows: Iterable[Row],
) -> tuple[dict[str, re.Pattern[str]], dict[str, Weight], dict[str, float]]:
    phrases: dict[str, list[str]] = {}
    weights: dict[str, Weight] = {}
    thresholds: dict[str, float] = {}
    for row in rows:
        sign, found = row.need("sign"), row.need("found")
        if sign == "weight":
            weights[found] = Weight(
                weight=_number(row, "weight"), most=_number(row, "most"), label=row.need("label")
            )
        elif sign == "threshold":
            thresholds[found] = _number(row, "weight")
        else:
            phrases.setdefault(sign, []).append(fold(found))
    patterns = {s: re.compile(rf"(?<![\w'])(?:{alternatives(p)})(?![\w'])") for s, p in phrases.items()}
    return patterns, weights, thresholds


def _number(row: Row, column: str) -> float:
    try:
        return float(row.need(column))
    except ValueError as error:
        raise LexiconError(f"{row.where}: {column} {row[column]!r} is no number") from error
