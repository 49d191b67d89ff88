"""Attribution by layout: "X: Y" headlines, transcripts' "NAME:", dash signatures under a quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from attrs import evolve
from spacy.tokens import Doc, Token

from ..records import Article, Span
from ..text import fold, trim
from .content import covered
from .cues import Cue
from .drafts import Draft

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_COLON = re.compile(r":\s+(?=\S)")
_CAPS = re.compile(r"\s*[\"“]?([QA](?=:)|(?:[A-Z][A-Z.’'\-]+|[A-Z]\.)(?: (?:[A-Z][A-Z.’'\-]+|[A-Z]\.)){0,4}):\s+(?=\S)")
_NAMED = re.compile(r"\s*[\"“]?((?:[A-Z][\w.’'\-]+)(?: [A-Z][\w.’'\-]+){0,3}):\s+(?=\S)")
_SIGNED = re.compile(r"\s*[-–—―]{1,2}\s*(?P<who>[A-Z][^\n]{2,60}?)[.\s]*$")
_SIGNED_HERE = re.compile(
    r"[”\"»’'][.,]?\s*(?P<dash>[-–—―]{1,2})\s*(?P<who>[A-Z][\w.’'\-]*(?: [\w.’'\-]+){0,6}(?:, [^\n”\"]{2,60})?)[.\s]*$"
)
_ABOUT = re.compile(r"\s+(?:on|to|at|after|in|about|over)\s", re.IGNORECASE)
_CLOSING = re.compile(r"\s*(?P<mark>,|[-–—])\s+(?:(?P<verb>[a-z]+s)\s+)?(?P<who>[\w'’.\-]+(?: [\w'’.\-]+){0,4})$")
_OPENING = "“\"‘«'"
MAX_SPEAKER_WORDS = 7
MIN_HEADLINE_WORDS = 3
MAX_CLOSING_WORDS = 4
# A transcript has turns: fewer tagged lines than this are notes.
MIN_TURNS = 2
MIN_TURN_WORDS = 2
# Longer stretches between two tags are no longer one turn.
MAX_TURN_LINES = 6
WEIGHT = 0.8
TRANSCRIPT = "transcript"
# The two that are labels of a page and speakers of an interview.
ASKING = frozenset(("question", "answer"))


def signs(
    doc: Doc,
    article: Article,
    drafts: Sequence[Draft],
    labels: Collection[str],
    speaks: Callable[[Span, bool], bool],
    says: Callable[[Token], Cue | None],
) -> list[Draft]:
    """Statements that punctuation and layout alone announce.

    labels: folded words before a headline's colon that name no speaker ("the latest").
    speaks: whether what stands on one side of a headline's colon can say anything ("police", not "tax cases"), given whether
    the other side is plainly speech. says: the entry of a verb of saying.
    """
    text = article.text
    lines = [
        Span(*m.span())
        for m in _LINE.finditer(text)
        if not any(f.start <= m.start() < f.end for f in article.furniture)
    ]
    taken = [d.content for d in drafts]
    out: list[Draft] = []
    if lines:
        out.extend(_headline(doc, text, lines[0], labels, speaks))
        if not out and len(lines) > 1 and not any(lines[0].covers(d.anchor) for d in drafts):
            out.extend(_closing(doc, text, lines[0], speaks, says))
    turns = list(_turns(text, lines, labels))
    if any(turn.cue[0].start < lines[0].end for turn in turns):
        out.clear()  # what looked like a headline is the first turn
    out.extend(turns)
    out.extend(_signatures(text, lines, taken))
    return out


def _headline(
    doc: Doc, text: str, line: Span, labels: Collection[str], speaks: Callable[[Span, bool], bool]
) -> Iterator[Draft]:
    colons = list(_COLON.finditer(text, line.start, line.end))
    if not colons:
        return
    last = _told_at_the_end(text, line, colons[-1], speaks)
    if last is not None:
        yield last
        return
    colon = colons[0]
    whole = trim(text, Span(line.start, colon.start()))
    after = trim(text, Span(colon.end(), line.end))
    about = _ABOUT.search(text, whole.start, whole.end)
    speaker = Span(whole.start, about.start()) if about else whole
    name = text[speaker.start : speaker.end]
    if len(name.split()) > MAX_SPEAKER_WORDS or fold(name) in labels or not name[:1].isupper():
        return
    found = doc.char_span(whole.start, whole.end, alignment_mode="expand")
    if (
        found is None
        or any(t.pos_ in ("VERB", "AUX") and t.tag_ != "VBG" for t in found)
        or "’s" in name[-3:]
    ):
        return
    if len(text[after.start : after.end].split()) < MIN_HEADLINE_WORDS or not speaks(speaker, is_spoken(text, after)):
        return
    cue = Span(colon.start(), colon.start() + 1)
    yield _sign(cue, _unstopped(text, after), source=speaker, because="headline colon")


def _told_at_the_end(
    text: str, line: Span, colon: re.Match[str], speaks: Callable[[Span, bool], bool]
) -> Draft | None:
    """ "Two shot at the border: police": the headline's last words name who says it."""
    said, speaker = trim(text, Span(line.start, colon.start())), trim(text, Span(colon.end(), line.end))
    name = text[speaker.start : speaker.end]
    if len(name.split()) > MAX_CLOSING_WORDS or len(text[said.start : said.end].split()) < MIN_HEADLINE_WORDS:
        return None
    if not name[-1:].isalpha() or not speaks(speaker, True):
        return None
    return _sign(Span(colon.start(), colon.start() + 1), said, source=speaker, because="headline colon")


def _closing(
    doc: Doc, text: str, line: Span, speaks: Callable[[Span, bool], bool], says: Callable[[Token], Cue | None]
) -> Iterator[Draft]:
    """ "Truce will not last, warns ex-general", "Border closed for good – minister": the headline's end names who says it."""
    match = _CLOSING.search(text, line.start, line.end)
    if match is None:
        return
    said, who = trim(text, Span(line.start, match.start())), Span(*match.span("who"))
    if len(text[said.start : said.end].split()) < MIN_HEADLINE_WORDS or len(match["who"].split()) > MAX_CLOSING_WORDS:
        return
    if match["verb"] is None:
        if text[who.start].islower() and text[match.start()].isspace() and speaks(who, True):
            yield _sign(Span(*match.span("mark")), said, source=who, because="headline dash")
        return
    verb = doc.char_span(*match.span("verb"), alignment_mode="expand")
    cue = says(verb[0]) if verb is not None and match["mark"] == "," else None
    if cue is not None:
        sign = _sign(Span(*match.span("verb")), said, source=who, because=cue.row)
        yield evolve(sign, lemma=cue.lemma, force=cue.force)


def is_spoken(text: str, span: Span) -> bool:
    """Whether words are speech by their look: an opening mark, or "we" and "our"."""
    words = text[span.start : span.end]
    return words[0] in _OPENING or any(w.lower().strip("’',.") in ("we", "our", "us", "i", "my") for w in words.split())


def _unstopped(text: str, span: Span) -> Span:
    return Span(span.start, span.end - 1) if text[span.end - 1] == "." else span


def _turns(text: str, lines: Sequence[Span], labels: Collection[str]) -> Iterator[Draft]:
    for pattern in (_CAPS, _NAMED):
        tagged = [
            (n, m) for n, m in ((n, pattern.match(text, s.start, s.end)) for n, s in enumerate(lines)) if m
        ]
        often = Counter(fold(m[1]) for _, m in tagged)
        tagged = [
            (n, m)
            for n, m in tagged
            if (fold(m[1]) not in labels or often[fold(m[1])] > 1) and len(text[m.end() : lines[n].end].split()) >= MIN_TURN_WORDS
        ]
        speakers = [m[1] for _, m in tagged]
        if all(fold(name) in labels for name in speakers) and {fold(name) for name in speakers} != ASKING:
            continue
        if pattern is _NAMED and not _conversation([n for n, _ in tagged], speakers):
            continue
        if pattern is _CAPS and len([n for n, _ in tagged if n]) < MIN_TURNS:
            continue
        for number, (line, match) in enumerate(tagged):
            following = tagged[number + 1][0] if number + 1 < len(tagged) else line + 1
            spans = [trim(text, Span(match.end(), lines[line].end))]
            spans += [
                trim(text, lines[n]) for n in range(line + 1, following) if following - line <= MAX_TURN_LINES
            ]
            cue = Span(match.end(1), match.end(1) + 1)
            yield _sign(cue, *spans, source=Span(*match.span(1)), because=TRANSCRIPT, form="direct")
        return


def _conversation(lines: Sequence[int], speakers: Sequence[str]) -> bool:
    """Whether tagged lines stand close enough to be turns of one talk, in which somebody speaks more than once."""
    close = any(b - a <= 2 for a, b in zip(lines, lines[1:], strict=False))
    return close and len(lines) > MIN_TURNS and 1 < len(set(speakers)) < len(speakers)


def _signatures(text: str, lines: Sequence[Span], taken: Sequence[tuple[Span, ...]]) -> Iterator[Draft]:
    for line in lines:
        here = _SIGNED_HERE.search(text, line.start, line.end)
        said = None if here is None else trim(text, Span(line.start, here.start() + 1))
        if here is not None and said is not None and text[said.start] in _OPENING and not _told(said, taken):
            yield _signature(said, Span(*here.span("dash")), here["who"], here.start("who"))
    for above, line in zip(lines, lines[1:], strict=False):
        match = _SIGNED.match(text, line.start, line.end)
        said = trim(text, above)
        if match is None or text[said.start] not in _OPENING or _told(said, taken):
            continue
        yield _signature(
            said, trim(text, Span(line.start, match.start("who"))), match["who"], match.start("who")
        )


def _signature(said: Span, cue: Span, who: str, start: int) -> Draft:
    name = re.split(r",", who)[0].rstrip()
    return _sign(cue, said, source=Span(start, start + len(name)), because="dash signature", form="direct")


def _told(said: Span, taken: Sequence[tuple[Span, ...]]) -> bool:
    """Whether half of the words already have a speaker."""
    size = said.end - said.start
    return any(2 * covered(content, [said]) > size for content in taken)


def _sign(
    cue: Span, *content: Span, source: Span | None = None, because: str = "", form: str | None = None
) -> Draft:
    return Draft(
        at=None, anchor=cue, cue=(cue,), lemma=None, force="assert", weight=WEIGHT, content=content, source=None,
        source_span=source, because=because, form=form,
    )  # fmt: skip
