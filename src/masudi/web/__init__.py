"""The reading room: a store as pages. It reads; it never loads a model."""

from .app import make_app

__all__ = ["make_app"]
