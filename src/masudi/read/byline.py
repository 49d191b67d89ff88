"""Who wrote and who printed it, from byline and publisher lines."""

from __future__ import annotations

import re

from ..text import fold
from .vocabulary import Vocabulary, alternatives, edge_free

_NAME_WORD = re.compile(r"(?:[A-Za-z]{1,3}[-’'])?[A-ZÀ-ÖØ-Þ][\w.’'\-]*$")
_HANDLE = re.compile(r"\S*@\S+|https?://\S+")
_BETWEEN = re.compile(r"\s+and\s+|\s*[,;&]\s*", re.IGNORECASE)
NAME_WORDS = 5
PUBLISHER_WORDS = 5
TAIL_WORDS = 6


def authors_of(line: str, words: Vocabulary) -> tuple[tuple[str, ...], str | None]:
    """The names after a byline's lead-in ("By Jane Doe and John Roe, Staff Writers"), and an agency among them.

    ((), None) when `line` is no byline.
    """
    leads = alternatives(words.page["byline-lead"])
    match = re.match(rf"(?:{leads})(?:\s*:\s*|\s+)(?=\S)", line, flags=re.IGNORECASE)
    if match is None or len(line.split()) > 20:
        return (), None
    return _names(line[match.end() :], words, min_words=1)


def bare_names(line: str, words: Vocabulary) -> tuple[str, ...]:
    """The names a line consists of ("Jane Doe and John Roe"); () for any other line."""
    authors, agency = _names(line, words, min_words=2)
    return () if agency else authors


def is_name(text: str, words: Vocabulary, *, min_words: int = 2) -> bool:
    """Whether `text` is written like a person's name: two to five capitalised words, particles aside."""
    parts = text.split()
    if not min_words <= len(parts) <= NAME_WORDS or any(c.isdigit() for c in text):
        return False
    folded = [edge_free(fold(part)) for part in parts]
    if words.has("not-a-name", " ".join(folded)) or words.has("not-a-name", " ".join(folded[:2])):
        return False
    for part, plain in zip(parts, folded, strict=True):
        if words.has("name-particle", plain):
            continue
        if not _NAME_WORD.match(part) or any(words.has(k, plain) for k in ("not-a-name", "month", "weekday")):
            return False
        if len(parts) > 1 and words.has("publisher-word", plain) and plain == folded[0]:
            return False
    return bool(_NAME_WORD.match(parts[0]) or words.has("name-particle", folded[0])) and not words.has(
        "name-particle", folded[-1]
    )


def publisher_of(line: str, words: Vocabulary) -> str | None:
    """The publisher a short line names: a known one, or words of names ending as papers and agencies do."""
    folded = edge_free(fold(line))
    if words.has("publisher", folded):
        return line.strip(" .")
    parts = folded.split()
    capital = all(p[0].isupper() or fold(p) in ("of", "the", "and", "for") for p in line.split())
    if 2 <= len(parts) <= PUBLISHER_WORDS and capital and words.has("publisher-word", parts[-1]):
        return line.strip(" .")
    return None


def _names(text: str, words: Vocabulary, *, min_words: int) -> tuple[tuple[str, ...], str | None]:
    authors: list[str] = []
    agency: str | None = None
    text = _HANDLE.sub("", text).strip(" .|–-()")
    for number, piece in enumerate(_BETWEEN.split(text)):
        piece = piece.strip(" .|–-()")
        if not piece:
            continue
        if number > 0 and min_words == 1 and _has_tail(piece, words):
            continue
        if publisher := publisher_of(piece, words):
            agency = agency or publisher
            continue
        named = _before_tail(piece, words) if min_words == 1 else piece
        if named and is_name(named, words, min_words=1 if min_words == 1 and text == piece else 2):
            authors.append(named)
        else:
            return (), None
    return tuple(authors), agency


def _before_tail(piece: str, words: Vocabulary) -> str:
    """`Jane Doe in Baghdad` → `Jane Doe`."""
    match = re.search(rf"\s(?:{alternatives(words.page['byline-tail'])})(?:\s|$)", piece)
    return piece[: match.start()] if match else piece


def _has_tail(piece: str, words: Vocabulary) -> bool:
    """Whether `piece` is an office or place after a name: "Staff Writer", "in Basra"."""
    return len(piece.split()) <= TAIL_WORDS and any(
        words.has("byline-tail", fold(part)) for part in piece.split()
    )
