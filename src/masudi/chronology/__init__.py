"""Which time governs a word of an article: asked by attribution and coding alike."""

from .chronicle import Chronology
from .telling import speaks

__all__ = ["Chronology", "speaks"]
