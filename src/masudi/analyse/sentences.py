"""Where paragraphs and sentences begin and end: rules on text, before anything is parsed.

Pure functions; the words they need (abbreviations, sentence openers, reporting verbs) come in `Words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import frozen

from ..records import Span
from ..text import trim

# Lines of this many characters can come from a mail or a printer that wrapped them.
WRAP_WIDTHS = range(45, 121)
# A wrapped line leaves less room than its neighbour's first word needs; typists and hyphens leave a bit more.
WRAP_SLACK = 8
WRAPPED_SHARE = 0.8
MIN_WRAPPED_LINES = 4

CLOSERS = "\"'”’»)\\]"
OPENERS = "\"'“‘«(\\["
_BREAK = re.compile(r"\n")
_BULLET = re.compile(r"\s*(?:[-*•·–—▪►]\s|\(?\d{1,3}[.)]\s|\s{2,})")
_END = re.compile(
    rf"(?P<mark>\.(?: ?\.){{2,}}|…\.?|[.!?]+)(?P<closers>(?:[{CLOSERS}]|\[\d{{1,3}}\])*)"
    rf"(?=\s|$|[“‘][A-Z]|(?<=[a-z]{{2}}[.!?])[A-Z][a-z]|(?<=[.!?][”\"])[A-Z][a-z])"
)
_NEXT = re.compile(rf"\s*(?P<open>[{OPENERS}]*)(?P<word>[^\s{OPENERS}]\S*)")
_BEFORE = re.compile(r"\S+$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}$")
_INITIAL = re.compile(r"[A-Z]\.$")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)]$")
_PARTICLE = re.compile(r"(?:al|el|as|ash|an|ad|ar|az)-[A-Z]")
_SPEAKER = re.compile(r"\s*(?:[A-Z][\w.’'-]*\s+){1,4}(?P<verb>[a-z]+)")


@frozen(kw_only=True)
class Words:
    """What the rules know of words.

    abbreviations: form with its point → `before` (something always follows: "Mr."), `number` (a figure
    follows: "No."), `either` (may end a sentence: "Inc."). openers: lower-cased words that begin sentences
    and hardly ever follow an abbreviation inside one. reports: whether a lower-cased form can report speech.
    """

    abbreviations: Mapping[str, str]
    openers: frozenset[str]
    reports: Callable[[str], bool]


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text`, without white space at the edges; none is empty.

    A line break ends a paragraph, unless it was set by a machine that wrapped the lines.
    """
    lines = _lines(text)
    width = _wrap_width(text, lines)
    out: list[Span] = []
    for at, line in enumerate(lines):
        if out and width and _continues(text, lines[at - 1], line, width):
            out[-1] = Span(out[-1].start, line.end)
        else:
            out.append(line)
    return out


def sentences(text: str, paragraph: Span, words: Words) -> list[Span]:
    """The sentences of one paragraph, without white space at the edges; together they hold all its words."""
    out: list[Span] = []
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.start() >= start and _ends(text, match, Span(start, paragraph.end), words):
            out.append(trim(text, Span(start, match.end())))
            start = match.end()
    rest = trim(text, Span(start, paragraph.end))
    if rest.start < rest.end:
        out.append(rest)
    return out


def _lines(text: str) -> list[Span]:
    ends = [*(m.start() for m in _BREAK.finditer(text)), len(text)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    trimmed = [trim(text, Span(s, e)) for s, e in zip(starts, ends, strict=True)]
    return [line for line in trimmed if line.start < line.end]


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """The width a machine wrapped `text` at; None when its line breaks are the author's."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if _adjacent(text, a, b)]
    # A paragraph's last line may be short, and tells nothing: only lines that end inside a sentence do.
    inside = [(a, b) for a, b in pairs if text[a.end - 1] not in '.?!:…”"']
    lengths = sorted(a.end - a.start for a, _ in inside)
    if len(lengths) < MIN_WRAPPED_LINES or 2 * len(inside) < len(pairs):
        return None
    if 2 * sum(text[b.start].islower() for _, b in inside) < len(inside):
        return None  # a list, whose lines begin afresh
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if width not in WRAP_WIDTHS:
        return None
    full = sum(_continues(text, a, b, width) for a, b in inside)
    return width if full >= WRAPPED_SHARE * len(inside) else None


def _adjacent(text: str, line: Span, following: Span) -> bool:
    return text.count("\n", line.end, following.start) == 1


def _continues(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether `following` is the same paragraph, broken only because its first word found no room."""
    if not _adjacent(text, line, following):
        return False
    if _BULLET.match(text, text.rindex("\n", line.end, following.start) + 1, following.end):
        return False
    first = text[following.start : following.end].split(None, 1)[0]
    return line.end - line.start + 1 + len(first) >= width - WRAP_SLACK


def _ends(text: str, match: re.Match[str], rest: Span, words: Words) -> bool:
    """Whether the sentence that runs from `rest.start` ends with `match`."""
    following = _NEXT.match(text, match.end(), rest.end)
    if following is None:
        return True
    word = following["word"]
    if _LIST_NUMBER.match(text[rest.start : match.end()]):
        return False
    if word[0].islower():
        return match["mark"] == "." and bool(_PARTICLE.match(word)) and not following["open"]
    mark = match["mark"]
    if "?" in mark or "!" in mark:
        return not (match["closers"] and _speaks(text, match.end(), rest.end, words))
    if len(mark) > 1 or mark == "…":
        return word[0].isupper() and not re.match(r"I\b", word)
    return _point_ends(text, match, following, words)


def _point_ends(text: str, match: re.Match[str], following: re.Match[str], words: Words) -> bool:
    """The same for a single full point with a capital, a figure or a sign after it."""
    before = _BEFORE.search(text, max(0, match.start() - 30), match.start() + 1)
    written = before[0].lstrip(OPENERS + CLOSERS) if before else "."
    kind = _kind(written, words)
    if kind is None:
        return True
    if any(c in match["closers"] for c in '"”»)]'):
        return True
    word = following["word"]
    if kind == "before":
        return False
    if kind == "number":
        return not word[0].isdigit()
    opens = re.split(r"\W", word, maxsplit=1)[0].lower() in words.openers
    return opens or bool(following["open"].strip("(["))


def _kind(written: str, words: Words) -> str | None:
    """What kind of abbreviation `written` (point included) is; None when it is a plain word."""
    for form in (written, re.split(r"[-–—/(]", written)[-1]):
        if form in words.abbreviations:
            return words.abbreviations[form]
        if _DOTTED.match(form) or _INITIAL.match(form):
            return "either"
    return None


def _speaks(text: str, start: int, end: int, words: Words) -> bool:
    """Whether a name and a reporting verb follow: “Why?” Name Surname asked."""
    match = _SPEAKER.match(text, start, end)
    return match is not None and words.reports(match["verb"])
