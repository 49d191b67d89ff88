"""The reading room: a store as pages. It reads, and keeps what readers and coders say; it never loads a model."""

from .app import make_app
from .room import RoomSettings

__all__ = ["RoomSettings", "make_app"]
