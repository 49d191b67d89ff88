"""What people say about the store: readers' ratings and comments, coders' decisions, agreement, audit.

All of it lives in `review.sqlite` beside the parts; nothing here changes what the machine wrote.
"""

from .database import FILE, Database, Refused, open_reviews

__all__ = ["FILE", "Database", "Refused", "open_reviews"]
