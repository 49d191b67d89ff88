"""The layout of a plain page: headline, byline, date and publisher lines, body, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve, field, frozen

from ..records import Ratings, Span
from ..text import fold
from .byline import authors_of, bare_names, publisher_of
from .dates import date_line, is_later, split_dates
from .furniture import Line, cut_lines, find_ratings, furnishing, lines_of
from .vocabulary import Vocabulary, edge_free

HEADER_LINES = 12  # a header longer than this is no header
HEADLINE_WORDS = 30
HEADLINE_CHARACTERS = 220
WRAPPED_WORDS = 12
TITLE_CASE = 0.7  # share of longer words with a capital from which a line with a full stop may be a headline
_FULL_STOP = re.compile(r"\.[\"'”’)\]]*$")
_NO_HEADLINE_END = re.compile(r"([,;:]|[.!?,][\"”])$")
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[-–—/]\s+")
_CRUMBS = re.compile(r"\s*[>»›]\s*")


@frozen(kw_only=True)
class Header:
    """What one line of the header says; all None or () for a line that is none."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    publisher: str | None = None
    section: str | None = None
    read: bool = False


@frozen(kw_only=True)
class Page:
    """What stands where in a page. Spans are characters of the page's text; `kept` lines are the body."""

    text: str
    kept: tuple[Line, ...]
    cut: tuple[Span, ...]
    headline: Span | None = None
    title: str | None = None
    header: Header = field(factory=Header)
    ratings: Ratings | None = None

    def body(self) -> str:
        """The kept lines, parted as the page parts them; a blank line where something was cut beside one."""
        out: list[str] = []
        for before, line in zip((None, *self.kept), self.kept, strict=False):
            if before is not None:
                between = self.text[before.end : line.start]
                if between.strip():
                    between = "\n\n" if re.search(r"\n\s*\n", between) else "\n"
                out.append(between)
            out.append(self.text[line.start : line.end])
        return "".join(out)


def find_page(text: str, words: Vocabulary, *, title: str | None = None) -> Page:
    """The layout of `text`. title: the headline when it is known from elsewhere."""
    lines = lines_of(text)
    headline, above, below, header = _head(lines, words, title)
    first = headline.stop if headline else 0
    furniture = cut_lines(lines, first, words) | above | below
    taken = set(headline) if headline else set()
    kept = [i for i in range(len(lines)) if i not in furniture and i not in taken]
    header, late = _tail_dates(lines, kept, header, words)
    furniture |= late
    return Page(
        text=text,
        kept=tuple(lines[i] for i in kept if i not in late),
        cut=tuple(Span(lines[i].start, lines[i].end) for i in sorted(furniture)),
        headline=Span(lines[headline[0]].start, lines[headline[-1]].end) if headline else None,
        title=" ".join(lines[i].text for i in headline) if headline else None,
        header=header,
        ratings=find_ratings(lines, words),
    )


def _head(
    lines: Sequence[Line], words: Vocabulary, title: str | None
) -> tuple[range | None, set[int], set[int], Header]:
    """Lines of the headline, header lines above and below it, and what they say."""
    header = Header()
    above: set[int] = set()
    at = 0
    while at < min(len(lines) - 1, HEADER_LINES) and not _is_title(lines[at], title):
        found = read_header(lines[at], words)
        if not found.read and furnishing(lines[at], words) is None:
            break
        header = _join(header, found)
        above.add(at)
        at += 1
    headline = _headline(lines, at, words, title)
    if headline is None:
        return None, above, set(), header
    below: set[int] = set()
    dated = header.published is not None
    for i in range(headline.stop, min(len(lines) - 1, headline.stop + HEADER_LINES)):
        line = lines[i]
        found = read_header(line, words)
        if not found.read and (dated or _date_follows(lines, i, words)):
            found = Header(authors=bare_names(line.text, words))
            found = evolve(found, read=bool(found.authors))
        if found.read or furnishing(line, words) is not None:
            header = _join(header, found)
            dated = dated or found.published is not None
            below.add(i)
        elif not _date_follows(lines, i, words, within=1 if line.is_paragraph else 2):
            break  # else a deck between headline and date: it stays
    return headline, above, below, header


def _is_title(line: Line, title: str | None) -> bool:
    return title is not None and edge_free(fold(line.text)) == edge_free(fold(title))


def _date_follows(lines: Sequence[Line], at: int, words: Vocabulary, *, within: int = 2) -> bool:
    """Whether one of the `within` lines after `at` is a date or byline."""
    for line in lines[at + 1 : at + 1 + within]:
        found = read_header(line, words)
        if found.published or found.updated or found.authors:
            return True
    return False


def _headline(lines: Sequence[Line], at: int, words: Vocabulary, title: str | None) -> range | None:
    if at >= len(lines) - 1:
        return None
    if title is not None:
        return range(at, at + 1) if _is_title(lines[at], title) else None
    line = lines[at]
    introduced = read_header(lines[at + 1], words).read
    if not looks_like_headline(line, introduced=introduced) or wire_dateline(line.text, words):
        return None
    below = lines[at + 1 : at + 1 + HEADER_LINES]
    if not any(other.is_paragraph and furnishing(other, words) is None for other in below):
        return None
    end = at + 1
    if not line.ends_sentence:
        while end < min(at + 3, len(lines) - 1) and _continues(lines, end, words):
            end += 1
    return range(at, end)


def looks_like_headline(line: Line, *, introduced: bool) -> bool:
    """Whether a line at the top can be a headline. introduced: a byline or date follows it."""
    text = line.text
    if line.words > HEADLINE_WORDS or len(text) > HEADLINE_CHARACTERS or _NO_HEADLINE_END.search(text):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘«[("):
        return False
    if not _FULL_STOP.search(text):
        return True
    longer = [word for word in re.findall(r"[^\W\d_]{4,}", text)]
    capitals = sum(word[0].isupper() for word in longer)
    return introduced or (len(longer) >= 3 and capitals >= TITLE_CASE * len(longer))


def _continues(lines: Sequence[Line], at: int, words: Vocabulary) -> bool:
    """Whether the line at `at` is the headline running on: short, unstopped, close, with the body set off."""
    line, after = lines[at], lines[at + 1]
    if line.gap or line.ends_sentence or line.words > WRAPPED_WORDS:
        return False
    if read_header(line, words).read or bare_names(line.text, words) or wire_dateline(line.text, words):
        return False
    return after.gap or read_header(after, words).read


def read_header(line: Line, words: Vocabulary) -> Header:
    """What `line` says when it is a byline, date, publisher or section line, or several of them in one."""
    whole = _read_piece(line.text, words)
    if whole.read or line.words > HEADLINE_WORDS:
        return whole
    crumbs = _CRUMBS.split(line.text)
    if len(crumbs) > 1 and all(0 < len(crumb.split()) <= 4 for crumb in crumbs):
        known = [c for c in crumbs if words.has("section", fold(c))]
        return Header(section=known[-1] if known else None, read=bool(known))
    for parts in (_PIECES.split(line.text), split_dates(line.text, words), _before_date(line.text, words)):
        pieces = [_read_piece(part, words) for part in parts if part]
        if len(pieces) > 1 and all(piece.read for piece in pieces):
            header = Header()
            for piece in pieces:
                header = _join(header, piece)
            return evolve(header, read=True)
        named = [bare_names(part, words) for part in parts if part]
        if len(pieces) > 1 and all(p.read or n for p, n in zip(pieces, named, strict=True)):
            header = Header(
                authors=next((n for n, p in zip(named, pieces, strict=True) if n and not p.read), ())
            )
            for piece in pieces:
                header = _join(header, piece)
            if header.published or header.updated:
                return evolve(header, read=True)
    return whole


def _before_date(text: str, words: Vocabulary) -> list[str]:
    """`Jane Doe, 24 June 2025` as its two parts; the whole when no comma parts it so."""
    for comma in re.finditer(r",\s+", text):
        if date_line(text[comma.end() :], words):
            return [text[: comma.start()], text[comma.end() :]]
    return [text]


def _read_piece(text: str, words: Vocabulary) -> Header:
    published = date_line(text, words)
    if published:
        later = is_later(text, words)
        return Header(published=None if later else published, updated=published if later else None, read=True)
    folded = edge_free(fold(text))
    if words.has("section", folded):
        return Header(section=text, read=True)
    publisher = publisher_of(text, words)
    if publisher:
        return Header(publisher=publisher, read=True)
    authors, agency = authors_of(text, words)
    return Header(authors=authors, publisher=agency, read=bool(authors or agency))


def _join(first: Header, second: Header) -> Header:
    """What both say; where they differ, the first."""
    return Header(
        authors=(*first.authors, *(a for a in second.authors if a not in first.authors)),
        published=first.published or second.published,
        updated=first.updated or second.updated,
        publisher=first.publisher or second.publisher,
        section=first.section or second.section,
        read=first.read or second.read,
    )


def _tail_dates(
    lines: Sequence[Line], kept: Sequence[int], header: Header, words: Vocabulary
) -> tuple[Header, set[int]]:
    """Date lines after the last paragraph ("Published: 24 June 2025"), and the header with what they say."""
    late: set[int] = set()
    for i in reversed(kept):
        found = read_header(lines[i], words)
        if lines[i].is_paragraph or not (found.published or found.updated):
            break
        header = _join(header, evolve(found, authors=()))
        late.add(i)
    return header, late


@frozen
class Dateline:
    """How a wire story opens: `BAGHDAD, June 24 (Agency) --`. month and day None where it gives none."""

    agency: str | None
    year: int | None
    month: int | None
    day: int | None


def wire_dateline(text: str, words: Vocabulary) -> Dateline | None:
    """The dateline that `text`, a paragraph, opens with; None without one."""
    place = r"(?P<place>[A-Z][A-Z.'’\-]+(?:\s[A-Z][A-Z.'’\-]+){0,3})"
    region = rf"(?:,\s(?!(?i:{words.months})\b)[A-Z][\w.'’\-]+(?:\s[A-Z]?[^\W\d][\w.'’\-]*){{0,2}})?"
    lower = r"[A-Z][\w.'’\-]+(?:\s[A-Z][\w.'’\-]+){0,2}"
    day = rf"(?:(?P<mon>{words.months})\.?\s(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s(?P<mon2>{words.months})\.?)(?:,?\s(?P<y>\d{{4}}))?"
    agency = r"\((?P<agency>[A-Z][^()]{1,40})\)"
    dash = r"\s*(?:--?|–|—|―|_)\s"
    head = rf"{place}{region}(?:,?\s(?i:{day}))?(?:\s{agency})?(?:{dash}|:\s)"
    other = rf"{lower}{region},\s(?i:{day})(?:\s{agency})?{dash}"
    third = rf"{lower}{region}\s{agency}{dash}"
    for form in (head, other, third):
        match = re.match(form, text)
        if match:
            groups = match.groupdict()
            month = groups.get("mon") or groups.get("mon2")
            number = groups.get("d") or groups.get("d2")
            return Dateline(
                groups.get("agency"),
                int(groups["y"]) if groups.get("y") else None,
                int(words.page["month"][fold(month)]) if month else None,
                int(number) if number else None,
            )
    return None
