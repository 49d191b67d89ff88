"""Layers of small networks over a parse, in numpy: a word sees those beside it, above it and below it. A forward pass only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_EPSILON = np.float32(1e-5)


class Layer:
    """A word with the one to its left, to its right, its head and the mean of its dependents."""

    def __init__(self, w: Mapping[str, Floats], name: str, edges: str | None, norm: str) -> None:
        weight = w[f"{name}.weight"]
        width = len(weight)
        self._five = np.ascontiguousarray(weight.reshape(width, 5, width).transpose(2, 1, 0).reshape(width, 5 * width))
        self._bias, self._width, self._w, self._norm = w[f"{name}.bias"], width, w, norm
        self._up = self._down = None
        if edges is not None:
            up = w[f"{edges}.weight"]
            self._up = up @ self._five[:, 3 * width : 4 * width] + self._bias
            self._down = up @ self._five[:, 4 * width :]

    def __call__(self, h: Floats, around: Around, edge: Ints | None) -> Floats:
        size = self._width
        five = h @ self._five
        y = five[:, :size].copy()
        around.add_neighbours(y, five[:, size : 2 * size], five[:, 2 * size : 3 * size])
        y += five[around.head, 3 * size : 4 * size]
        below = five[:, 4 * size :]
        if self._up is not None and self._down is not None and edge is not None:
            y += self._up[edge]
            below = below + self._down[edge]
        else:
            y += self._bias
        around.add_mean_below(y, below)
        np.maximum(y, 0, out=y)
        y += h
        return norm(self._w, self._norm, y)


class Around:
    """Who stands beside and above whom.

    starts: rows at which a group begins over whose edge nobody stands beside anybody, and their number at the end;
    None: one group.
    """

    def __init__(self, head: Ints, starts: Ints | None) -> None:
        self.head = head
        below = np.flatnonzero(head != np.arange(len(head)))
        self._order = below[np.argsort(head[below], kind="stable")]
        self._heads, self._starts = np.unique(head[self._order], return_index=True)
        self._counts = np.diff(np.append(self._starts, len(self._order)))[:, None].astype(np.float32)
        self._edges = np.array([], np.int64) if starts is None else starts[1:-1]

    def add_neighbours(self, y: Floats, left: Floats, right: Floats) -> None:
        if len(self._edges):
            left, right = left.copy(), right.copy()
            left[self._edges - 1] = 0
            right[self._edges] = 0
        y[1:] += left[:-1]
        y[:-1] += right[1:]

    def add_mean_below(self, y: Floats, rows: Floats) -> None:
        if len(self._order):
            y[self._heads] += np.add.reduceat(rows[self._order], self._starts, axis=0) / self._counts


def count(w: Mapping[str, Floats], name: str) -> int:
    return sum(key.startswith(f"{name}.") and key.endswith(".bias") for key in w)


def linear(w: Mapping[str, Floats], name: str, x: Floats) -> Floats:
    out: Floats = x @ w[f"{name}.weight"].T
    out += w[f"{name}.bias"]
    return out


def norm(w: Mapping[str, Floats], name: str, x: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
    x *= (1 / np.sqrt(spread + _EPSILON))[:, None]
    x *= w[f"{name}.weight"]
    x += w[f"{name}.bias"]
    return x
