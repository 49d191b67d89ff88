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
from .features import Floats, Ints, Vocabulary, Words, distance, paths_from

WEIGHTS = "en/statement_network.npz"
SOURCE, CUE, CONTENT = 1, 2, 3
_EPSILON = 1e-5


@frozen(eq=False)
class Marked:
    """What the network makes of one cue: positions of source, cue and content words, and how sure it is of them.

    shares: for each word of the sentence the probabilities of no part, source, cue and content.
    """

    anchor: int
    members: Sequence[int]
    shares: Floats


class Network:
    """The network, ready for use. Same words in, same numbers out."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._w = {name: np.asarray(a, np.float32) for name, a in weights.items() if a.dtype.kind == "f"}
        names = json.loads(bytes(weights["vocabulary"]).decode("utf-8"))
        self.vocabulary = Vocabulary(
            **{
                part: {word: n for n, word in enumerate(names[part])}
                for part in ("lemma", "tag", "dep", "path")
            }
        )
        self._layers = sum(name.startswith("conv.") and name.endswith(".bias") for name in self._w)

    def encode(self, words: Words) -> Floats:
        """One row for each word: the word in its surroundings, in line and in the tree."""
        w, codes = self._w, words.codes
        tables = ("lem", "tag", "dep", "sh", "q", "hd", "cw", "fl")
        parts = [w[f"{table}.weight"][codes[:, n]] for n, table in enumerate(tables)]
        h: Floats = self._norm(
            0, self._linear("inp", np.concatenate([*parts, words.certainty[:, None]], axis=1))
        )
        h = np.maximum(h, np.float32(0))
        tree = _Tree(words.head)
        nothing = np.zeros((1, h.shape[1]), np.float32)
        for layer in range(self._layers):
            edge = w[f"up.{layer}.weight"][codes[:, 2]]
            left, right = np.concatenate([nothing, h[:-1]]), np.concatenate([h[1:], nothing])
            around = np.concatenate([h, left, right, h[words.head] + edge, tree.mean_below(h + edge)], axis=1)
            h = self._norm(layer + 1, h + np.maximum(self._linear(f"conv.{layer}", around), 0))
        return h

    def anchors(self, words: Words, encoded: Floats) -> Floats:
        """For each word the probability that it is the cue of a statement."""
        hidden = np.maximum(self._linear("anchor1", encoded), 0)
        score = self._linear("anchor2", np.concatenate([hidden, words.certainty[:, None]], axis=1))[:, 0]
        out: Floats = np.asarray(1 / (1 + np.exp(-score)), np.float32)
        return out

    def roles(
        self, words: Words, encoded: Floats, anchor: int, members: Sequence[int], rules: Sequence[int]
    ) -> Marked:
        """The parts of the statement announced at `anchor`, among `members`, the words of its sentence.

        rules: for each of these words what the rules take it for (1 content, 2 source, 4 cue, 8 there is a rule).
        """
        w = self._w
        at = np.array(members, np.int64)
        far = [distance(n - anchor) for n in members]
        paths = paths_from(anchor, words, members, self.vocabulary)
        x = self._linear("ra", encoded[anchor : anchor + 1]) + self._linear("rt", encoded[at])
        x = x + w["path.weight"][paths] + w["dist.weight"][far] + w["rule.weight"][list(rules)]
        x = np.maximum(self._linear("r1", np.maximum(x, 0)), 0)
        scores = self._linear("r2", x)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        return Marked(anchor, members, shares / shares.sum(axis=1, keepdims=True))

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]
        return out

    def _norm(self, number: int, x: Floats) -> Floats:
        mean = x.mean(axis=1, keepdims=True)
        centred = x - mean
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON)
        out: Floats = centred / spread * self._w[f"ln.{number}.weight"] + self._w[f"ln.{number}.bias"]
        return out


class _Tree:
    """The tree of an article's words, for the mean over each word's dependents."""

    def __init__(self, head: Ints) -> None:
        below = np.flatnonzero(head != np.arange(len(head)))
        self._order = below[np.argsort(head[below], kind="stable")]
        self._heads, self._starts = np.unique(head[self._order], return_index=True)
        self._counts = np.diff(np.append(self._starts, len(self._order)))[:, None].astype(np.float32)

    def mean_below(self, rows: Floats) -> Floats:
        out = np.zeros_like(rows)
        if len(self._order):
            out[self._heads] = np.add.reduceat(rows[self._order], self._starts, axis=0) / self._counts
        return out


@cache
def load_network() -> Network:
    """The network masudi ships."""
    with np.load(DATA / WEIGHTS) as file:
        return Network({name: file[name] for name in file.files})
