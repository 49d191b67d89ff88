"""Phrases of a lexicon found in a parsed article, each word as it stands or by its lemma."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from spacy.attrs import LEMMA, LOWER  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

Entry = TypeVar("Entry")

_QUOTES = str.maketrans("’‘", "''")
_PIECE = re.compile(r"'s|\w+|[^\w\s]")


class PhraseBook(Generic[Entry]):
    """Entries by their words; an entry may share its words with others."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for phrase, entry in entries:
            words = tuple(_PIECE.findall(phrase.lower().translate(_QUOTES)))
            self._starts.setdefault(words[0], []).append((words, entry))
        for found in self._starts.values():
            found.sort(key=lambda item: -len(item[0]))
        self._opens: dict[tuple[int, int], bool] = {}

    def openings(self, doc: Doc) -> list[int]:
        """Indices of the tokens at which an entry may begin: `at` finds none elsewhere."""
        out = []
        raw = doc.to_array([LOWER, LEMMA])
        for index, key in enumerate(zip(raw[:, 0].tolist(), raw[:, 1].tolist(), strict=True)):
            opens = self._opens.get(key)
            if opens is None:
                opens = self._opens[key] = any(form in self._starts for form in _forms(doc[index]))
            if opens:
                out.append(index)
        return out

    def at(self, token: Token) -> Iterator[tuple[Token, Entry]]:
        """Each entry whose words begin at `token`, longest first, with the last token of its words."""
        for form in _forms(token):
            for words, entry in self._starts.get(form, ()):
                last = _last(token, words)
                if last is not None:
                    yield last, entry


@lru_cache(maxsize=65536)
def _folded(lower: str, lemma: str) -> tuple[str, ...]:
    plain, base = lower.translate(_QUOTES), lemma.lower().translate(_QUOTES)
    if plain in ("n't", "not"):
        return ("not",)
    return (plain,) if plain == base else (plain, base)


def _forms(token: Token) -> tuple[str, ...]:
    return _folded(token.lower_, token.lemma_)


def _last(token: Token, words: tuple[str, ...]) -> Token | None:
    """The last token of `words` where the first stands at `token`; None where they do not follow in one sentence."""
    doc: Doc = token.doc
    last, at = token, token.i + 1
    for word in words[1:]:
        if at < len(doc) and doc[at].is_space and not doc[at].is_sent_start:
            at += 1
        if at >= len(doc):
            return None
        last = doc[at]
        if word not in _forms(last) or last.is_sent_start:
            return None
        at += 1
    return last
