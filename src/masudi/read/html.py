"""An HTML page → its article's text and what the page says of it."""

from __future__ import annotations

import re
from typing import Any

from ..config import Settings
from ..errors import ReadError
from ..records import Article, Ratings
from .article import Given, blank_free, make_article
from .dates import read_date
from .furniture import find_ratings, lines_of
from .vocabulary import Vocabulary, vocabulary

# Fixed bounds, so that the date found does not hang on the day of the run.
_DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",
}
_LANGUAGE = re.compile(
    r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:[-_][A-Za-z]+)?)", re.IGNORECASE
)
_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_BREAK = re.compile(
    r"<(?:/?(?:p|div|li|ul|ol|td|tr|table|h\d|section|form|article|footer|header)|br)\b[^>]*>", re.IGNORECASE
)
_SILENT = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def read_html(page: str, *, settings: Settings, path: str | None) -> Article:
    """The article of an HTML page. Raises ReadError, its message the cause alone, when it holds none."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]
    from trafilatura import bare_extraction

    words = vocabulary(settings.lexicons)
    try:
        found = bare_extraction(
            _ENCODING.sub("", page),
            with_metadata=True,
            include_comments=False,
            date_extraction_params=dict(_DATES),
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise ReadError(f"is HTML that cannot be parsed: {error}") from error
    text = getattr(found, "text", None) if found is not None else None
    if not text or not any(line.is_paragraph for line in lines_of(text)):
        raise ReadError("is HTML without an article; save the article's own page, or its text")
    given = _given(found, page, words)
    return make_article(text, given, settings=settings, path=path)


def _given(found: Any, page: str, words: Vocabulary) -> Given:
    language = _LANGUAGE.search(page)
    sections = [s for s in (found.categories or ()) if words.has("section", s.lower())]
    return Given(
        title=blank_free(found.title),
        published=read_date(found.date, words) if found.date else None,
        dated=bool(found.date),
        url=blank_free(found.url),
        publisher=blank_free(found.sitename),
        authors=tuple(a for a in map(blank_free, (found.author or "").split(";")) if a),
        language=language[1] if language else found.language,
        section=sections[0] if sections else None,
        ratings=_ratings(page, words),
    )


def _ratings(page: str, words: Vocabulary) -> Ratings | None:
    """The rating anywhere on the page: extraction drops the widget with the rest of the furniture."""
    import html

    plain = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", _SILENT.sub(" ", page))))
    return find_ratings(lines_of(plain), words)
