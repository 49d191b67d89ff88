"""Linear models over named features and word vectors: numbers in, shares of belief out. Knows no grammar.

A model is one .npz file: `names` (feature names, one a line, UTF-8), `weights` (float16, features by classes), `dense` (float32,
groups x dimensions by classes), `bias`, `classes` and `about` (JSON: what it was trained on). Written by the programs in
`training/`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..lexicon import DATA

MODELS = DATA / "models"
VECTORS = "words.npz"
_LEAST = 1e-5  # a share that no model goes below when two are blended

Array = NDArray[np.float32]


class Vectors:
    """A vector for each of the commoner words of English, scaled by how telling the word is."""

    def __init__(self, words: Sequence[str], values: NDArray[np.int8], scale: float) -> None:
        self.words = tuple(words)
        self._row = {word: n for n, word in enumerate(words)}
        self._values = values
        self._scale: np.float32 = np.float32(scale)
        self.size = int(values.shape[1])

    def mean(self, words: Iterable[str]) -> Array:
        """The mean vector of those of `words` that have one; zeros where none has."""
        rows = [row for word in words if (row := self._row.get(word)) is not None]
        if not rows:
            return np.zeros(self.size, np.float32)
        one = len(rows) == 1  # most groups are, and for one word there is nothing to gather
        total: Array = self._values[rows[0]].astype(np.float32) if one else self._values[rows].sum(0, np.float32)
        return total / np.float32(len(rows)) * self._scale


class Linear:
    """Multinomial logistic regression. about: what the file says of its training."""

    def __init__(self, names: Sequence[str], weights: Array, dense: Array, bias: Array, classes: Sequence[str],
                 about: Mapping[str, Any]) -> None:  # fmt: skip
        self._row = {name: n for n, name in enumerate(names)}
        self._weights, self._dense, self._bias = weights, dense, bias
        self._with_nothing = np.vstack([weights, np.zeros((1, len(bias)), weights.dtype)])
        self.classes = tuple(classes)
        self.about = about

    def shares(self, features: Mapping[str, float], dense: Array) -> dict[str, float]:
        """Belief in each class, summing to 1. dense: the groups' vectors, one after another; may be empty."""
        rows, values = self._known(features)
        logits = self._bias + values @ self._weights[rows]
        if dense.size:
            logits += dense @ self._dense
        odds = np.exp(logits - logits.max())
        odds /= odds.sum()
        return dict(zip(self.classes, odds.tolist(), strict=True))

    def shares_of_each(self, named: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """`shares` for each list of feature names, none twice and all of value 1: many at a time cost less."""
        if not named:
            return []
        row_of, nothing = self._row.get, len(self._row)
        known = [[row for row in map(row_of, names) if row is not None] for names in named]
        rows = np.array(list(zip_longest(*known, fillvalue=nothing)), np.intp).reshape(-1, len(named))
        logits = self._bias + self._with_nothing.take(rows, 0).sum(0)
        odds = np.exp(logits - logits.max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        return [dict(zip(self.classes, shares, strict=True)) for shares in odds.tolist()]

    def reasons(self, features: Mapping[str, float], name: str, most: int = 3) -> tuple[str, ...]:
        """The features that speak most for class `name`, strongest first, with their weight."""
        rows, values = self._known(features)
        weights = self._weights[rows]
        gains = values * (weights[:, self.classes.index(name)] - weights.mean(1))
        named = [feature for feature in features if feature in self._row]
        best = sorted(zip(gains.tolist(), named, strict=True), key=lambda f: (-f[0], f[1]))[:most]
        return tuple(f"{feature} {value:+.2f}" for value, feature in best)

    def _known(self, features: Mapping[str, float]) -> tuple[list[int], Array]:
        """Rows and values of the features the model knows, in order."""
        known = [name for name in features if name in self._row]
        return [self._row[name] for name in known], np.array([features[name] for name in known], np.float32)

    def save(self, path: Path) -> None:
        """Write the model; the same bytes for the same model."""
        np.savez_compressed(
            path, names=packed(tuple(self._row)), weights=self._weights.astype(np.float16), dense=self._dense,
            bias=self._bias, classes=packed(self.classes),
            about=np.frombuffer(json.dumps(self.about, sort_keys=True).encode(), np.uint8),
        )  # fmt: skip


def blended(one: Mapping[str, float], other: Mapping[str, float]) -> Mapping[str, float]:
    """The geometric mean of two models' shares of the same classes, summing to 1."""
    odds = {name: math.sqrt((share + _LEAST) * (other[name] + _LEAST)) for name, share in one.items()}
    total = sum(odds.values())
    return {name: value / total for name, value in odds.items()}


@cache
def load_vectors() -> Vectors:
    with _open(VECTORS) as found:
        return Vectors(lines_of(found["words"]), found["values"], float(found["scale"]))


@cache
def load_linear(name: str) -> Linear:
    """The shipped model `name`, e.g. "relations.npz"."""
    with _open(name) as found:
        return Linear(
            lines_of(found["names"]), found["weights"].astype(np.float32), found["dense"].astype(np.float32),
            found["bias"].astype(np.float32), lines_of(found["classes"]), json.loads(bytes(found["about"]).decode()),
        )  # fmt: skip


def _open(name: str) -> Any:
    return np.load(MODELS / name, allow_pickle=False)


def packed(lines: Sequence[str]) -> NDArray[np.uint8]:
    """Lines of text as an array that a model file can hold."""
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def lines_of(packed: NDArray[np.uint8]) -> list[str]:
    return bytes(packed).decode().split("\n")
