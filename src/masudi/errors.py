"""What can go wrong, named by what the reader must mend.

    MasudiError               .article and .stage when known
    ├─ ConfigError            masudi.toml, a flag
    ├─ LexiconError           file:line: value; what would be right
    ├─ ReadError              not text, not an article, wrong encoding, too large
    ├─ ResolveError           gazetteer missing or inconsistent
    ├─ StoreError             schema version, locked or damaged store
    └─ MissingExtra           also an ImportError; "pip install 'masudi[ray]'"
"""

from __future__ import annotations


class MasudiError(Exception):
    """Any fault masudi can name.

    article: id or path of the article in hand, stage: name of the room it happened in; None when unknown.
    """

    def __init__(self, message: str, *, article: str | None = None, stage: str | None = None) -> None:
        super().__init__(message)
        self.article = article
        self.stage = stage


class ConfigError(MasudiError):
    """A setting in masudi.toml or a flag is not usable."""


class LexiconError(MasudiError):
    """A lexicon file breaks its rules; the message is `file:line: value; what would be right`."""


class ReadError(MasudiError):
    """The input is not an article that can be read: binary, empty, wrongly encoded, too large."""


class ResolveError(MasudiError):
    """The gazetteer is missing or inconsistent (finding nothing is None, not an error)."""


class StoreError(MasudiError):
    """The store has another schema version, is locked or damaged."""


class MissingExtra(MasudiError, ImportError):
    """An optional part is not installed; the message names the line that installs it."""

    def __init__(self, extra: str, *, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs the extra '{extra}': pip install 'masudi[{extra}]'")
        self.extra = extra
