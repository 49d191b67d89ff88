"""Whether an article is of the kind that tells of events, by the words it is made of: politics, or sport and notices.

Model: `models/gist.npz`, made by training/ranker.py: one weight for each dimension of the mean of its words' vectors.
"""

from __future__ import annotations

from bisect import bisect

import numpy as np

from ..tree import Tree
from .linear import Array, Linear, load_linear, load_vectors

MODEL = "gist.npz"
EVENTS = "events"  # its class: articles that tell of more than one event
PARTS = frozenset({"NOUN", "VERB", "ADJ"})
LEAST = 40  # of such words; of fewer nobody can tell
BOUNDS = (0.05, 0.15, 0.35, 0.65, 0.85, 0.95)  # of the share between two bands


def vector_of(doc: Tree) -> Array | None:
    """The direction in which the words of `doc` lie; None of a short text."""
    words = [t.lemma_.lower() for t in doc if t.pos_ in PARTS]
    if len(words) < LEAST:
        return None
    mean = load_vectors().mean(words)
    return mean / np.float32(np.linalg.norm(mean) or 1)


def band_of(vector: Array, model: Linear) -> int:
    """0 for what surely tells of no events, len(BOUNDS) for what surely does."""
    return bisect(BOUNDS, model.shares({}, vector)[EVENTS])


def gist_of(doc: Tree) -> int | None:
    """The band of an article; None of a short text."""
    vector = vector_of(doc)
    return None if vector is None else band_of(vector, load_linear(MODEL))
