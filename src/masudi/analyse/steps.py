"""The model's own decisions, taken for a whole batch at a time with Python's lock held.

spaCy's `predict` lets the lock go for the length of a batch, and then its inner functions take and drop it
again many times a word, to look for errors: more than half of the time. The step-wise interface that spaCy
uses in training does the same steps with the same code and keeps the lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc


def predict(component: Any, docs: Sequence[Doc]) -> Any:
    """What `component.predict(docs)` gives, for any component; quickly for a greedy parser or recogniser.

    No Doc may be empty.
    """
    if not hasattr(component, "transition_states") or component.cfg.get("beam_width", 1) != 1:
        return component.predict(docs)
    states = component.moves.init_batch(docs)
    model = component.model.predict(docs)
    live = [state for state in states if not state.is_final()]
    while live:
        live = component.transition_states(live, model.predict(live))
    model.clear_memory()
    return states
