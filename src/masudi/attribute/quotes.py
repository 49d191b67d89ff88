"""Where an article quotes: every stretch between quotation marks, marks included."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ..records import Span

PAIRS = {"“": "”", "«": "»", "»": "«", "„": "“", "‘": "’", "‹": "›", '"': '"', "''": "''", "'": "'"}
SINGLE = ("‘", "'")
_MARK = re.compile(r"''|``|[“”«»„‘’‹›\"'`]")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_ENDS_SPEECH = ",.?!…—-:;"
# A single mark with nothing to close it is an apostrophe; this many words make a single straight pair speech.
MIN_STRAIGHT_WORDS = 2


@frozen
class Quote:
    """One quotation inside one paragraph, marks included.

    goes_on: the paragraph leaves it open and the next one opens again: the same speech.
    words: how many words it holds.
    """

    span: Span
    goes_on: bool
    words: int


def find_quotes(text: str, *, skip: Iterable[Span] = ()) -> tuple[Quote, ...]:
    """The quotations of `text` in order, never overlapping; an unbalanced mark is mended within its paragraph.

    skip: spans (page furniture) in which nothing is looked for.
    """
    furniture = tuple(skip)
    paragraphs = [
        Span(*m.span())
        for m in _PARAGRAPH.finditer(text)
        if not any(f.start <= m.start() < f.end for f in furniture)
    ]
    out: list[Quote] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        out.extend(_quotes_of(text, paragraph, following))
    return tuple(out)


def _quotes_of(text: str, paragraph: Span, following: Span | None) -> Iterator[Quote]:
    marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
    last = paragraph.start
    number = 0
    while number < len(marks):
        mark = marks[number]
        number += 1
        if _opens(text, mark, paragraph):
            close = _closing(text, mark, marks[number:], paragraph)
            if close is not None:
                yield quote_of(text, mark.start(), close.end())
                last = close.end()
                number = next((n for n, m in enumerate(marks) if m.start() >= last), len(marks))
            elif mark[0] not in SINGLE:
                goes_on = following is not None and _reopens(text, mark[0], following)
                end = len(text[: paragraph.end].rstrip())
                if goes_on or text[paragraph.start : mark.start()].strip() == "" or marks[number:] == []:
                    yield quote_of(text, mark.start(), end, goes_on=goes_on)
                    return
        elif mark[0] in ("”", "»") and last == paragraph.start and _ends_speech(text, mark.start()):
            yield quote_of(text, paragraph.start + _blank_at(text, paragraph), mark.end())
            last = mark.end()


def _blank_at(text: str, paragraph: Span) -> int:
    inside = text[paragraph.start : paragraph.end]
    return len(inside) - len(inside.lstrip())


def quote_of(text: str, start: int, end: int, *, goes_on: bool = False) -> Quote:
    """The quotation between two characters of `text`, its words counted."""
    return Quote(Span(start, end), goes_on, len(re.findall(r"\w+(?:[’'\-]\w+)*", text[start:end])))


def _ends_speech(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in _ENDS_SPEECH


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    symbol = mark[0]
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if symbol in "»«":  # »so« or «so»: the side where the word stands tells
        return before.isspace() and not (symbol == "»" and after.isspace())
    if symbol in "“„‹":
        return True
    if symbol in ("‘", "'", "''", "``", '"', "`"):
        return not before.isalnum() and before not in ".,!?%" and not after.isspace()
    return False


def _closing(
    text: str, mark: re.Match[str], later: Sequence[re.Match[str]], paragraph: Span
) -> re.Match[str] | None:
    symbol = mark[0]
    wanted = {"``": ("''", "``"), "`": ("'",), "“": ("”",), "„": ("“", "”")}.get(
        symbol, (PAIRS.get(symbol, symbol),)
    )
    if symbol in SINGLE:
        return _closing_single(text, mark, [m for m in later if m[0] in (*wanted, symbol)], paragraph)
    depth = 1
    for number, other in enumerate(later):
        if other.start() == mark.end() and other[0] in ("“", "‘"):
            return None  # a doubled opening mark; the second one counts
        if other[0] in wanted:
            depth -= 1
            if depth == 0:
                return other
        elif symbol == "“" and other[0] == "“":
            if _ends_speech(text, other.start()) and not text[other.end() : other.end() + 1].strip():
                return other
            if not _closes_inside(later[number:]):
                return None
            depth += 1
        elif symbol == '"' and other[0] == "”":
            return other  # closed with the other kind
        elif symbol == "“" and other[0] == '"' and not text[other.end() : other.end() + 1].isalnum():
            return other
    if symbol == "“":  # closed with the wrong mark
        return next((m for m in later if m[0] in ("’", "'") and _ends_speech(text, m.start())), None)
    return None


def _closes_inside(marks: Sequence[re.Match[str]]) -> bool:
    """Whether more marks close than open from here on: speech that quotes with the same marks."""
    return sum(m[0] == "”" for m in marks) > sum(m[0] == "“" for m in marks)


def _closing_single(
    text: str, mark: re.Match[str], later: Sequence[re.Match[str]], paragraph: Span
) -> re.Match[str] | None:
    """The mark that ends a single-quoted stretch: not an apostrophe; a plural's apostrophe only for want of better."""
    spare = None
    for other in later:
        if other[0] == "‘" and not text[other.start() - 1].isalnum():
            break
        after = text[other.end()] if other.end() < paragraph.end else " "
        if after.isalnum():
            continue
        if text[other.start() - 1].isspace():
            continue
        enough = mark[0] == "‘" or len(text[mark.end() : other.start()].split()) >= MIN_STRAIGHT_WORDS
        plural = text[other.start() - 1] == "s" and after == " " and other.end() + 1 < paragraph.end
        if plural and text[other.end() + 1].islower():
            spare = spare or (other if enough else None)
            continue
        return other if enough else None
    return spare


def _reopens(text: str, symbol: str, following: Span) -> bool:
    return text[following.start : following.end].lstrip().startswith(symbol)


class Quotes:
    """The quotations of one article, asked by place."""

    def __init__(self, items: Iterable[Quote]) -> None:
        self.items = tuple(items)
        self._starts = [q.span.start for q in self.items]

    def at(self, offset: int) -> Quote | None:
        """The quotation around the character at `offset`; None outside."""
        number = bisect_right(self._starts, offset) - 1
        return self.items[number] if number >= 0 and offset < self.items[number].span.end else None

    def inside(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """1 for each of `offsets` that stands in a quotation, else 0."""
        if not self.items:
            return np.zeros(len(offsets), np.int64)
        number = np.searchsorted(self._starts, offsets, side="right") - 1
        ends = np.array([q.span.end for q in self.items], np.int64)
        out: NDArray[np.int64] = ((number >= 0) & (offsets < ends[number])).astype(np.int64)
        return out

    def overlapping(self, span: Span) -> list[Span]:
        """The spans of the quotations that share a character with `span`."""
        number = max(bisect_right(self._starts, span.start) - 1, 0)
        out = []
        for quote in self.items[number:]:
            if quote.span.start >= span.end:
                break
            if quote.span.overlaps(span):
                out.append(quote.span)
        return out
