"""bytes → Article: files, folders and streams in many formats, each made one mended, furniture-free text."""

from __future__ import annotations

from .article import read_text
from .inputs import read

__all__ = ["read", "read_text"]
