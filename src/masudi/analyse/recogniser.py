"""The model's name recogniser over many sentences at once.

spaCy walks each sentence word by word in a loop that takes and drops Python's lock a hundred times a word;
that is two thirds of what names cost. The walk itself is simple - at each word: begin, continue, end a name
of some label, a one-word name, or nothing - so here all sentences of a batch take their step together, as
one matrix product. Same weights, same rules, same names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from .steps import predict

# Features of a state: the word ahead, the first word of the open name, the last word read in it.
FEATURES = 3


class Recogniser:
    """Finds names as the `ner` component of a model does, in Docs without white space and without names.

    Each Doc must be one sentence: names do not cross sentence starts, and none is looked for inside.
    """

    def __init__(self, ner: Any) -> None:
        self._ner = ner
        self._strings = ner.vocab.strings
        moves = ner.moves
        parts = [moves.get_class_name(at).partition("-") for at in range(moves.n_moves)]
        self._actions = [part[0] for part in parts]
        self._labels = sorted({label for _, _, label in parts if label})
        self._label_of = [self._labels.index(label) if label else -1 for _, _, label in parts]
        self._barred = self._bars()
        model = ner.model
        lower = model.layers[1] if len(model.layers) == 3 else None
        self._simple = (
            lower is not None
            and lower.maybe_get_dim("nF") == FEATURES
            and bool(model.attrs.get("has_upper"))
            and not model.attrs.get("unseen_classes")
            and ner.cfg.get("beam_width", 1) == 1
        )

    def _bars(self) -> NDArray[np.float32]:
        """For each kind of state, 0 for actions it allows and -inf for others.

        States: 0 no name open, 1.. a name of that label open; the second half of the rows: at the last word.
        """
        states = 1 + len(self._labels)
        bars = np.full((2 * states, len(self._actions)), -np.inf, dtype=np.float32)
        for at, (action, label) in enumerate(zip(self._actions, self._label_of, strict=True)):
            if action == "O":
                bars[[0, states], at] = 0
            elif action == "U" and label >= 0:
                bars[[0, states], at] = 0
            elif action == "B" and label >= 0:
                bars[0, at] = 0
            elif action == "I" and label >= 0:
                bars[1 + label, at] = 0
            elif action == "L" and label >= 0:
                bars[[1 + label, states + 1 + label], at] = 0
        return bars

    def names(self, docs: Sequence[Doc]) -> list[tuple[Span, ...]]:
        """The names in each of `docs`, none of which is empty, in order."""
        if not docs:
            return []
        if not self._simple:
            self._ner.set_annotations(docs, predict(self._ner, docs))
            return [tuple(doc.ents) for doc in docs]
        order = sorted(range(len(docs)), key=lambda at: -len(docs[at]))
        chosen = self._walk([docs[at] for at in order])
        found: list[tuple[Span, ...]] = [()] * len(docs)
        for column, at in enumerate(order):
            found[at] = tuple(self._read(docs[at], chosen[: len(docs[at]), column].tolist()))
        return found

    def _walk(self, docs: Sequence[Doc]) -> NDArray[np.int64]:
        """The action chosen at each word: row = word, column = Doc; `docs` from long to short."""
        read, lower, upper = self._ner.model.layers
        # Row 0 pads; row 1 + i holds what word i adds to a state, for each of the features.
        added = lower.predict(read.predict(docs))
        bias = lower.get_param("b")
        weights, upper_bias = upper.get_param("W"), upper.get_param("b")
        lengths = np.array([len(doc) for doc in docs])
        starts = np.cumsum(lengths) - lengths
        opened = np.full(len(docs), -1)
        label = np.zeros(len(docs), dtype=np.int64)
        states = len(self._barred) // 2
        action_opens = np.array([a == "B" for a in self._actions])
        action_closes = np.array([a not in ("B", "I") for a in self._actions])
        action_label = np.array(self._label_of) + 1
        chosen = np.zeros((int(lengths[0]), len(docs)), dtype=np.int64)
        for step in range(int(lengths[0])):
            live = int(np.searchsorted(-lengths, -step, side="left"))
            word = starts[:live] + step
            is_open = opened[:live] >= 0
            first = np.where(is_open, opened[:live], -1)
            last = np.where(is_open, word - 1, -1)
            vector = added[word + 1, 0] + added[first + 1, 1]
            vector += added[last + 1, 2]
            vector += bias
            hidden = vector.max(axis=-1)
            kind = label[:live] + states * (lengths[:live] == step + 1)
            scores = hidden @ weights.T + upper_bias + self._barred[kind]
            best = scores.argmax(axis=1)
            chosen[step, :live] = best
            opens = action_opens[best]
            closes = action_closes[best]
            opened[:live] = np.where(opens, word, np.where(closes, -1, opened[:live]))
            label[:live] = np.where(opens, action_label[best], np.where(closes, 0, label[:live]))
        return chosen

    def _read(self, doc: Doc, chosen: Sequence[int]) -> list[Span]:
        out = []
        start = 0
        for at, action in enumerate(chosen):
            name = self._actions[action]
            if name in ("B", "U"):
                start = at
            if name in ("L", "U"):
                out.append(Span(doc, start, at + 1, label=self._labels[self._label_of[action]]))
        return out
