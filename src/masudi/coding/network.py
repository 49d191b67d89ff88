"""A small network over the parse: of each word, what event it tells of, and of which events it is a party.

Weights: `models/events.npz`, made by training/events_network.py. Plain numpy; a forward pass only. It sees lemmas, tags, the
tree, what kind of party a word names and what types the lexicon proposes for it; never a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..layers import Around, Floats, Ints, Layer, count, linear, norm
from ..tree import Sentence, Token
from .features import word
from .linear import MODELS, lines_of
from .roles import Parties
from .seen import Seen, shares_of

MODEL = "events.npz"
TYPES = (
    "NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
SIDES = ("neither", "actor", "recipient")
INPUTS = ("word", "tag", "dep", "kind")
ELSE = len(TYPES)  # where the lexicon proposes a type of the user's, or says that a phrase is no event

Proposed = Mapping[int, AbstractSet[str]]
Asked = tuple[Sequence[Sentence], Parties, Proposed]


def inputs_of(token: Token, parties: Parties) -> tuple[str, ...]:
    """What the network is told of one word, in the order of INPUTS."""
    return word(token), token.tag_, token.dep_, _kind(token, parties)


def _kind(token: Token, parties: Parties) -> str:
    """What sort of party, or of name, a word stands for."""
    named = parties.of(token)
    if named:
        return f"{named[0].kind or 'x'}.{named[0].country is not None}"
    if parties.covering(token) is not None:
        return "in"
    return "pl" if parties.place_at(token) is not None else "-"


def columns_of(types: AbstractSet[str]) -> list[int]:
    """Where the types that the lexicon proposes for a word stand among the network's inputs."""
    return sorted({TYPES.index(name) if name in TYPES else ELSE for name in types})


class Network:
    """The network, ready for use. Same words in, same numbers out."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._w = {name: np.asarray(a, np.float32) for name, a in weights.items() if a.dtype.kind == "f"}
        self._row = {part: {name: n for n, name in enumerate(lines_of(weights[f"{part}.names"]))} for part in INPUTS}
        self._layers = [Layer(self._w, f"conv.{n}", f"up.{n}", f"ln.{n + 1}") for n in range(count(self._w, "conv"))]

    def seen(self, sentences: Sequence[Sentence], parties: Parties, proposed: Proposed) -> list[Seen]:
        """What it sees in each of an article's sentences. proposed: by token, the types of the lexicon's frames that fit there."""
        return self.seen_in([(sentences, parties, proposed)])[0]

    def seen_in(self, articles: Sequence[Asked]) -> list[list[Seen]]:
        """`seen` for several articles at once."""
        sentences = [sentence for own, _, _ in articles for sentence in own]
        if not sentences:
            return [[] for _ in articles]
        starts = np.cumsum([0, *(len(sentence) for sentence in sentences)])
        parts = [self._told(*asked) for asked in articles]
        bases = np.cumsum([0, *(len(codes) for codes, _, _ in parts)])
        head = np.concatenate([heads + base for (_, heads, _), base in zip(parts, bases, strict=False)])
        h = self._encoded(np.concatenate([codes for codes, _, _ in parts]), head, starts, np.concatenate([listed for _, _, listed in parts]))
        kinds = shares_of(linear(self._w, "kinds", h))
        seeks, offers = (linear(self._w, name, h).reshape(len(h), len(SIDES), -1) for name in ("seek", "offer"))
        edges = zip(sentences, starts.tolist(), starts[1:].tolist(), strict=False)
        found = iter([Seen(_offsets(s), TYPES, SIDES, kinds[a:b], seeks[a:b], offers[a:b]) for s, a, b in edges])
        return [[next(found) for _ in own] for own, _, _ in articles]

    def _told(self, sentences: Sequence[Sentence], parties: Parties, proposed: Proposed) -> tuple[Ints, Ints, Floats]:
        """Of each word: the rows of its inputs, where its head stands, and which types are proposed for it."""
        tokens = [t for sentence in sentences for t in sentence]
        at = {t.i: n for n, t in enumerate(tokens)}
        rows = [self._row[part] for part in INPUTS]
        codes = [[row.get(value, 0) for row, value in zip(rows, inputs_of(t, parties), strict=True)] for t in tokens]
        listed = np.zeros((len(tokens), ELSE + 1), np.float32)
        for i, types in proposed.items():
            if i in at:
                listed[at[i], columns_of(types)] = 1
        return np.array(codes, np.int64).reshape(-1, len(INPUTS)), np.array([at[t.head.i] for t in tokens], np.int64), listed

    def _encoded(self, codes: Ints, head: Ints, starts: Ints, listed: Floats) -> Floats:
        """One row for each word: the word in its surroundings, in line and in the tree."""
        parts = [self._w[f"{part}.weight"][codes[:, n]] for n, part in enumerate(INPUTS)]
        h = np.maximum(norm(self._w, "ln.0", linear(self._w, "inp", np.concatenate([*parts, listed], 1))), np.float32(0))
        around = Around(head, starts)
        for layer in self._layers:
            h = layer(h, around, codes[:, INPUTS.index("dep")])
        return h


def _offsets(sentence: Sentence) -> list[tuple[int, int]]:
    start = sentence.start_char
    return [(t.idx - start, t.idx - start + len(t.text)) for t in sentence]


@cache
def load_network() -> Network:
    """The network masudi ships."""
    with np.load(MODELS / MODEL, allow_pickle=False) as file:
        return Network({name: file[name] for name in file.files})
