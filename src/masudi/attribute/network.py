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

from ..layers import Around, Floats, Layer, count, linear, norm
from ..lexicon import DATA
from .features import TABLES, Vocabulary, Words, distances, paths_from

WEIGHTS = "en/statement_network.npz"
SOURCE, CUE, CONTENT = 1, 2, 3


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
        self._words = [Layer(w, f"conv.{n}", f"up.{n}", f"ln.{n + 1}") for n in range(count(w, "conv"))]
        self._pairs = [Layer(w, f"pair.{n}", None, f"pn.{n}") for n in range(count(w, "pair"))]

    def encode(self, words: Words) -> Floats:
        """One row for each word: the word in its surroundings, in line and in the tree."""
        codes = words.codes
        h = words.certainty[:, None] * self._certainty + self._w["inp.bias"]
        for n, rows in enumerate(self._inputs):
            h += rows[codes[:, n]]
        h = np.maximum(norm(self._w, "ln.0", h), np.float32(0))
        around = Around(words.head, None)
        for layer in self._words:
            h = layer(h, around, codes[:, 2])
        return h

    def anchors(self, words: Words, encoded: Floats) -> Floats:
        """For each word the probability that it is the cue of a statement."""
        hidden = np.maximum(linear(self._w, "anchor1", encoded), 0)
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
        x = linear(w, "ra", encoded)[anchor] + linear(w, "rt", encoded)[at]
        x += w["path.weight"][paths]
        x += w["dist.weight"][distances(at - anchor)]
        x += w["rule.weight"][[n for _, _, rules in asked for n in rules]]
        x = np.maximum(x, 0)
        if self._pairs:
            around = Around(np.arange(len(at)) + words.head[at] - at, first)
            for layer in self._pairs:
                x = layer(x, around, None)
        x = np.maximum(linear(w, "r1", x), 0)
        scores = linear(w, "r2", x)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [
            Marked(a, members, shares[start : start + len(members)])
            for (a, members, _), start in zip(asked, first.tolist(), strict=False)
        ]


@cache
def load_network() -> Network:
    """The network masudi ships."""
    with np.load(DATA / WEIGHTS) as file:
        return Network({name: file[name] for name in file.files})
