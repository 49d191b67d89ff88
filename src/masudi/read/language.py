"""Whether a text is written in a language masudi knows, by its commonest words."""

from __future__ import annotations

from ..text import fold, words
from .vocabulary import Vocabulary

SAMPLE_CHARACTERS = 5000
MIN_WORDS = 5
MIN_SHARE = 0.15  # English news prose has about 0.35; French, German, Spanish and Italian below 0.03


def guess_language(text: str, vocabulary: Vocabulary) -> str | None:
    """ISO 639-1 code when enough of the words are that language's commonest; None otherwise."""
    sample = words(fold(text[:SAMPLE_CHARACTERS]))
    if len(sample) < MIN_WORDS:
        return None
    for language, common in vocabulary.languages.items():
        if sum(word in common for word in sample) >= MIN_SHARE * len(sample):
            return language
    return None
