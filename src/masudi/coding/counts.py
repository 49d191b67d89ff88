"""How many were killed, injured or took part, read off the phrases beside a trigger."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..records import Counts
from ..tree import Token
from .classify import Candidate
from .clause import children
from .words import Words

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)} | {"dozen": 12}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+$|\d+$")
_PEOPLE_AT_MOST = 50_000_000  # beyond that it is money or a population


def number_of(words: Iterable[str]) -> int | None:
    """The whole number `words` spell ("twenty-two", "1,200", "3 million"); None when they spell none."""
    total, current, seen = 0, 0, False
    for word in (part for w in words for part in w.lower().split("-") if part):
        if _DIGITS.match(word):
            current, seen = current + int(word.replace(",", "")), True
        elif word in _SMALL:
            current = (current or 1) * 12 if word == "dozen" else current + _SMALL[word]
            seen = True
        elif word in _LARGE:
            current, seen = (current or 1) * _LARGE[word], True
            if word != "hundred":
                total, current = total + current, 0
        elif word not in ("a", "and"):
            return None
    return total + current if seen else None


def number_on(phrase: Token) -> int | None:
    """The number a noun phrase counts: "at least 30 civilians" → 30, "Another 13" → 13, "dozens" → None."""
    if phrase.pos_ == "NUM":
        holders = [phrase]
    else:
        holders = children(phrase, "nummod")
    for holder in holders:
        words = [*[c.text for c in holder.children if c.dep_ in ("compound", "quantmod", "punct") and c.i < holder.i
                   and (c.pos_ in ("NUM", "PUNCT") or c.lower_ in _LARGE)], holder.text]  # fmt: skip
        found = number_of(w for w in words if w != "-")
        if found is not None:
            return found
    return None


def counts_of(candidate: Candidate, words: Words) -> Counts:
    """Counts told by one mention of an event."""
    doc = candidate.head.doc
    forms = {t.lemma_.lower() for t in candidate.match.trigger}
    if candidate.type == "PROTEST":
        heads = [doc[p.head] for p in candidate.roles.actor.parties if p.head >= 0]
        return Counts(size=_sum(heads))
    kind = next((words.casualties[f] for f in sorted(forms) if f in words.casualties), None)
    if kind is None or "negation" in candidate.auxiliary:
        return Counts()
    side = candidate.roles.recipient
    heads = [*[doc[p.head] for p in side.parties if p.head >= 0 and not p.via], *side.things]
    found = _sum(heads) or _sum(candidate.match.clause.obj)
    return Counts(killed=found if kind == "killed" else None, injured=found if kind == "injured" else None)


def _sum(heads: Iterable[Token]) -> int | None:
    numbers = [n for n in (number_on(t) for t in {t.i: t for t in heads}.values()) if n is not None]
    total = sum(numbers)
    return total if numbers and 0 < total < _PEOPLE_AT_MOST else None


def largest(counts: Iterable[Counts]) -> Counts:
    """The highest figure for each count among mentions of one event: later mentions often give parts."""
    every = list(counts)
    return Counts(
        killed=_largest(c.killed for c in every), injured=_largest(c.injured for c in every),
        size=_largest(c.size for c in every),
    )  # fmt: skip


def _largest(values: Iterable[int | None]) -> int | None:
    return max((v for v in values if v is not None), default=None)
