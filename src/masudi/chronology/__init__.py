"""Which time governs a word of an article: asked by attribution and coding alike."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc

from ..records import Article, Time
from .chronicle import Chronology
from .recall import EventWords, event_words
from .telling import speaks

__all__ = ["Chronology", "EventWords", "chronology_of", "event_words", "speaks"]


@lru_cache(maxsize=1)
def chronology_of(doc: Doc, article: Article, times: tuple[Time, ...], words: EventWords | None = None) -> Chronology:
    """The dates of one article's predicates, worked out once for the stages that follow each other on it."""
    return Chronology(doc, article, times, words)
