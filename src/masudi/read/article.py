"""One text and what is known of it → one Article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from ..config import Settings
from ..errors import ReadError
from ..records import Article, Mend, Ratings, Span
from ..text import digest, fold, iso_bounds
from .dates import read_date
from .kind import judge_kind
from .language import guess_language
from .mend import mend
from .page import Page, find_page, wire_dateline
from .vocabulary import Vocabulary, vocabulary

MB = 1_000_000
_NOTHING = "holds only page furniture or invisible characters; give the article's text"


@frozen(kw_only=True)
class Given:
    """What an input says of its text. published: already ISO; dated: it named a date, readable or not."""

    given_id: str | None = None
    title: str | None = None
    published: str | None = None
    dated: bool = False
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    ratings: Ratings | None = None


def read_text(
    text: str,
    *,
    settings: Settings,
    path: str | None = None,
    given_id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    authors: Sequence[str] = (),
    language: str | None = None,
) -> Article:
    """The Article that `text`, a whole page or only its body, makes; the keywords are what you know of it.

    What you give beats what the page prints. published: ISO, or as pages write dates.
    Raises ReadError for a text that is blank, larger than `settings.max_article_mb`, nothing but page
    furniture, or for a `published` that is no date.
    """
    day = None
    if blank_free(published):
        day = read_date(published or "", vocabulary(settings.lexicons))
        if day is None:
            raise ReadError(
                f"published {published!r} is no date; write 2025-06-24", article=path, stage="read"
            )
    given = Given(
        given_id=blank_free(given_id),
        title=blank_free(title),
        published=day,
        dated=day is not None,
        url=blank_free(url),
        publisher=blank_free(publisher),
        authors=tuple(a for a in map(blank_free, authors) if a),
        language=language,
    )
    try:
        return make_article(text, given, settings=settings, path=path)
    except ReadError as error:
        raise ReadError(str(error), article=path, stage="read") from error


def make_article(text: str, given: Given, *, settings: Settings, path: str | None) -> Article:
    """The Article for `text`. Raises ReadError whose message is the cause alone, without the place."""
    words = vocabulary(settings.lexicons)
    _check(text, settings)
    whole = text if settings.keep_text else re.sub(r"\r\n?", "\n", text)
    page = find_page(whole, words, title=given.title)
    body = page.body()
    if not body.strip():
        raise ReadError(_NOTHING)
    mends: tuple[Mend, ...] = ()
    furniture: tuple[Span, ...] = ()
    if settings.keep_text:
        text, furniture = whole, page.cut
    else:
        text, mends = mend(body, words.mends)
        if not text.strip():
            raise ReadError(_NOTHING)
    title, printed_by = _headline(given.title or page.title, words)
    publisher = given.publisher or page.header.publisher or printed_by
    authors = given.authors or page.header.authors
    kind, signs = judge_kind(
        page, body, words, title=title, url=given.url, byline=bool(authors), section=given.section
    )
    return Article(
        id=digest(publisher, given.url, text),
        text=text,
        given_id=given.given_id,
        path=path,
        url=given.url,
        title=title,
        authors=authors,
        published=_published(given, page, body, settings, words),
        publisher=publisher,
        language=_language(given.language) or guess_language(body, words),
        kind=kind,
        kind_signs=signs,
        ratings=given.ratings or page.ratings,
        furniture=furniture,
        mends=mends,
    )


def _headline(title: str | None, words: Vocabulary) -> tuple[str | None, str | None]:
    """The headline mended and on one line; and the known publisher that `Headline - Publisher` ends with."""
    title = None if title is None else blank_free(mend(title, words.mends)[0])
    match = re.fullmatch(r"(.+\S)\s+[-–—|]\s+(\S.*)", title or "")
    if match and words.has("publisher", fold(match[2])):
        return match[1], match[2]
    return title, None


def _check(text: str, settings: Settings) -> None:
    if not text.strip():
        raise ReadError("is empty; there is no text to read")
    limit = settings.max_article_mb * MB
    if len(text) * 4 > limit:
        try:
            size = len(text.encode("utf-8"))
        except UnicodeEncodeError as error:
            raise ReadError(_half_pair(error)) from error
        if size > limit:
            raise too_large("a text", size, settings)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadError(_half_pair(error)) from error


def _half_pair(error: UnicodeEncodeError) -> str:
    return f"holds half a surrogate pair at character {error.start}; mend or remove it"


def too_large(what: str, size: int, settings: Settings) -> ReadError:
    """The error for an input of `size` bytes, more than one article may have."""
    return ReadError(
        f"{what} of {size / MB:.3g} MB; the limit is {settings.max_article_mb:g} MB: "
        "split it, or raise max_article_mb in masudi.toml"
    )


def blank_free(value: str | None) -> str | None:
    """`value` on one line without edge space; None when nothing is left."""
    return None if value is None else " ".join(value.split()) or None


def _language(value: str | None) -> str | None:
    """`en-GB` → `en`."""
    short = blank_free(value)
    return re.split(r"[-_]", short)[0].lower() or None if short else None


def _published(given: Given, page: Page, body: str, settings: Settings, words: Vocabulary) -> str | None:
    """The input's date, else the page's; settings.published only where neither names any.

    A wire dateline makes a known year or month finer, never another.
    """
    known = given.published or page.header.published or page.header.updated
    if known is None and not given.dated:
        known = settings.published
    line = wire_dateline(body.split("\n", 1)[0], words)
    if line is None or line.month is None or (known is not None and len(known) == 10):
        return known
    year = line.year or (int(known[:4]) if known else None)
    fine = None if year is None else f"{year:04}-{line.month:02}-{line.day or 0:02}"
    if fine and iso_bounds(fine) and (known is None or fine.startswith(known)):
        return fine
    return known
