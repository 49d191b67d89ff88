"""Articles → spaCy Docs: sentences, tokens, the gate, the parse, names."""

from __future__ import annotations

from ..config import Settings
from ..lexicon import Lexicons
from .analyser import Analyser

__all__ = ["Analyser", "make_analyser"]


def make_analyser(settings: Settings, lexicons: Lexicons) -> Analyser:
    """An analyser with its model loaded. Raises ConfigError when there is no usable model, LexiconError."""
    return Analyser(settings, lexicons)
