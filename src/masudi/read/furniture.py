"""What on a page is not the article: buttons, widgets, lists of links, comments; and the readers' rating."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from ..records import Ratings
from ..text import fold
from .vocabulary import Furnishing, Vocabulary, edge_free

_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff\u200e\u200f]")
_STOP = re.compile(r"[.!?…:;][\"'”’)\]»]*$")
PARAGRAPH_WORDS = 8  # fewer words with a full stop may be a caption or a button
LONG_WORDS = 30  # as many words are a paragraph, full stop or not
PREFIX_WORDS = 20  # a longer line that merely begins like furniture is prose
LABEL_WORDS = 30  # the same where the beginning ends in a colon
REST_PARAGRAPHS = 3  # so much article must stand before a comment section
REST_SHARE = 0.6  # or this share of the words


@frozen
class Line:
    """A line that is not blank. start, end: its characters without edge space; gap: a blank line stands before."""

    start: int
    end: int
    text: str
    gap: bool

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_paragraph(self) -> bool:
        count = self.words
        return count >= LONG_WORDS or (count >= PARAGRAPH_WORDS and bool(_STOP.search(self.text)))

    @property
    def ends_sentence(self) -> bool:
        return bool(_STOP.search(self.text))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank; `Line.text` has its spaces single and no invisible characters."""
    out: list[Line] = []
    gap = True
    for match in re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)", text):
        raw = match[1]
        clean = " ".join(_INVISIBLE.sub("", raw).split())
        if not clean:
            gap = True
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        out.append(Line(start, match.start() + len(raw.rstrip()), clean, gap))
        gap = False
    return tuple(out)


def furnishing(line: Line, words: Vocabulary) -> Furnishing | None:
    """The furniture `line` looks like; None for prose. Whether it is cut depends on where it stands."""
    folded = fold(line.text)
    bare = edge_free(folded)
    if bare in words.exact:
        return words.exact[bare]
    for known in words.prefixes if folded.startswith(words.beginnings) else ():
        prefix = known.prefix or ""
        limit = LABEL_WORDS if prefix.endswith(":") else PREFIX_WORDS
        if folded.startswith(prefix) and line.words <= limit:
            return known
    for known in words.regexes:
        if known.pattern is not None and known.pattern.fullmatch(line.text):
            return known
    return None


def cut_lines(lines: Sequence[Line], first: int, words: Vocabulary) -> set[int]:
    """Indices of the lines from `first` on that are furniture."""
    known = {i: f for i in range(first, len(lines)) if (f := furnishing(lines[i], words))}
    prose = [i for i in range(first, len(lines)) if i not in known and lines[i].is_paragraph]
    end = _rest(lines, prose, known)
    cut = set(range(end, len(lines)))
    prose = [i for i in prose if i < end]
    last = prose[-1] if prose else first - 1
    for i, found in known.items():
        if i >= end or (found.where == "tail" and i < last):
            continue
        cut.add(i)
        if found.cut == "section" and prose and i > prose[0]:
            cut.update(_section(lines, i + 1, min(end, len(lines)), after_all=i > last))
    return cut


def _rest(lines: Sequence[Line], prose: Sequence[int], known: dict[int, Furnishing]) -> int:
    """Index of the line from which all is comments; len(lines) when none is."""
    total = sum(lines[i].words for i in prose)
    for i in sorted(known):
        if known[i].cut != "rest":
            continue
        before = [j for j in prose if j < i]
        if len(before) >= REST_PARAGRAPHS or (
            before and sum(lines[j].words for j in before) >= REST_SHARE * total
        ):
            return i
    return len(lines)


def _section(lines: Sequence[Line], start: int, end: int, *, after_all: bool) -> set[int]:
    """The short lines, links to other articles, under a heading; a sentence ends them."""
    out: set[int] = set()
    for i in range(start, end):
        if lines[i].is_paragraph or (lines[i].ends_sentence and not after_all):
            break
        out.add(i)
    return out


def find_ratings(lines: Sequence[Line], words: Vocabulary) -> Ratings | None:
    """The readers' rating a page prints, from its last line that gives one; None without."""
    for line in reversed(lines):
        for known in words.regexes:
            if known.pattern is None or not known.pattern.groupindex:
                continue
            match = known.pattern.fullmatch(line.text)
            if match and (found := _ratings(match.groupdict())):
                return found
    return None


def _ratings(groups: dict[str, str | None]) -> Ratings | None:
    percent = _figure(groups.get("percent"))
    score, of = _figure(groups.get("score")), _figure(groups.get("of"))
    if percent is None and score is not None and of:
        percent = 100.0 * score / of
    votes = re.sub(r"\D", "", groups.get("votes") or "")
    if percent is not None and not 0.0 <= percent <= 100.0:
        return None
    if percent is None and not votes:
        return None
    return Ratings(votes=int(votes) if votes else None, result_percent=percent)


def _figure(text: str | None) -> float | None:
    return float(text.replace(",", ".")) if text else None
