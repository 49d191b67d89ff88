"""Everything into a store: the same work done on one machine or many, with the same result."""

from .local import Progress, RunCounts, run

__all__ = ["Progress", "RunCounts", "run"]
