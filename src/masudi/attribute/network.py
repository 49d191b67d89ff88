"""A small network over the parse: which words announce a statement, and which of the others are its source and content.

Weights: `en/statement_network.npz`, made by training/statement_network.py. Plain numpy; a forward pass only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ..lexicon import DATA
from .features import TABLES, Floats, Ints, Vocabulary, Words, distances, paths_from

WEIGHTS = "en/statement_network.npz"
SOURCE, CUE, CONTENT = 1, 2, 3
_EPSILON = np.float32(1e-5)


@frozen(eq=False)
class Marked:
    """What the network makes of one cue: positions of source, cue and content words, and how sure it is of them.

    shares: for each word of the sentence the probabilities of no part, source, cue and content.
    """

    anchor: int
    members: Sequence[int]
    shares: Floats


class Network:
    """The network, ready for use. Same words in, same numbers out.

    What is linear in a table's row is worked out for all rows beforehand, and a layer's five products are one.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        w = {name: np.asarray(a, np.float32) for name, a in weights.items() if a.dtype.kind == "f"}
        self._w = w
        names = json.loads(bytes(weights["vocabulary"]).decode("utf-8"))
        self.vocabulary = Vocabulary(
            **{part: {word: n for n, word in enumerate(names[part])} for part in ("lemma", "tag", "dep", "path")}
        )
        self._inputs: list[Floats] = []
        at = 0
        for table in TABLES:
            rows = w[f"{table}.weight"]
            self._inputs.append(rows @ w["inp.weight"][:, at : at + rows.shape[1]].T)
            at += rows.shape[1]
        self._certainty = w["inp.weight"][:, at]
        self._words = [_Layer(w, f"conv.{n}", f"up.{n}", f"ln.{n + 1}") for n in range(_count(w, "conv"))]
        self._pairs = [_Layer(w, f"pair.{n}", None, f"pn.{n}") for n in range(_count(w, "pair"))]

    def encode(self, words: Words) -> Floats:
        """One row for each word: the word in its surroundings, in line and in the tree."""
        codes = words.codes
        h = words.certainty[:, None] * self._certainty + self._w["inp.bias"]
        for n, rows in enumerate(self._inputs):
            h += rows[codes[:, n]]
        h = np.maximum(_norm(self._w, "ln.0", h), np.float32(0))
        around = _Around(words.head, None)
        for layer in self._words:
            h = layer(h, around, codes[:, 2])
        return h

    def anchors(self, words: Words, encoded: Floats) -> Floats:
        """For each word the probability that it is the cue of a statement."""
        hidden = np.maximum(_linear(self._w, "anchor1", encoded), 0)
        weight = self._w["anchor2.weight"][0]
        score = hidden @ weight[:-1] + words.certainty * weight[-1] + self._w["anchor2.bias"]
        out: Floats = np.asarray(1 / (1 + np.exp(-score)), np.float32)
        return out

    def roles(
        self, words: Words, encoded: Floats, asked: Sequence[tuple[int, Sequence[int], Sequence[int]]]
    ) -> list[Marked]:
        """The parts of each statement asked for: (its anchor, the words of its sentence, what the rules take these for).

        The rules' numbers: 1 content, 2 source, 4 cue, 8 there is a rule.
        """
        if not asked:
            return []
        w = self._w
        sizes = [len(members) for _, members, _ in asked]
        first = np.cumsum([0, *sizes])
        at = np.concatenate([np.asarray(members, np.int64) for _, members, _ in asked])
        anchor = np.repeat(np.array([a for a, _, _ in asked], np.int64), sizes)
        paths = [n for a, members, _ in asked for n in paths_from(a, words, members, self.vocabulary)]
        x = _linear(w, "ra", encoded)[anchor] + _linear(w, "rt", encoded)[at]
        x += w["path.weight"][paths]
        x += w["dist.weight"][distances(at - anchor)]
        x += w["rule.weight"][[n for _, _, rules in asked for n in rules]]
        x = np.maximum(x, 0)
        if self._pairs:
            around = _Around(np.arange(len(at)) + words.head[at] - at, first)
            for layer in self._pairs:
                x = layer(x, around, None)
        x = np.maximum(_linear(w, "r1", x), 0)
        scores = _linear(w, "r2", x)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [
            Marked(a, members, shares[start : start + len(members)])
            for (a, members, _), start in zip(asked, first.tolist(), strict=False)
        ]


class _Layer:
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

    def __call__(self, h: Floats, around: _Around, edge: Ints | None) -> Floats:
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
        return _norm(self._w, self._norm, y)


class _Around:
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


def _count(w: Mapping[str, Floats], name: str) -> int:
    return sum(key.startswith(f"{name}.") and key.endswith(".bias") for key in w)


def _linear(w: Mapping[str, Floats], name: str, x: Floats) -> Floats:
    out: Floats = x @ w[f"{name}.weight"].T
    out += w[f"{name}.bias"]
    return out


def _norm(w: Mapping[str, Floats], name: str, x: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
    x *= (1 / np.sqrt(spread + _EPSILON))[:, None]
    x *= w[f"{name}.weight"]
    x += w[f"{name}.bias"]
    return x


@cache
def load_network() -> Network:
    """The network masudi ships."""
    with np.load(DATA / WEIGHTS) as file:
        return Network({name: file[name] for name in file.files})
