"""masudi: news and commentary as sourced event data. Importing loads no model."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .config import Settings, load_settings
    from .errors import MasudiError
    from .pipeline import Coder, Tools, load
    from .records import Article, CodedArticle, Failure, Report, Statement

_HOMES = {
    "Article": "records", "CodedArticle": "records", "Coder": "pipeline", "Failure": "records",
    "MasudiError": "errors", "Report": "records", "Settings": "config", "Statement": "records",
    "Tools": "pipeline", "load": "pipeline", "load_settings": "config",
}  # fmt: skip

__version__ = "0.1.0"
__all__ = [
    "Article", "CodedArticle", "Coder", "Failure", "MasudiError", "Report", "Settings", "Statement",
    "Tools", "__version__", "load", "load_settings",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module 'masudi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
