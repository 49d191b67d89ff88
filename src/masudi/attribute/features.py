"""The words of a parsed article as whole numbers, ready for the network: what the parse and the cue list say of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from .cues import CueBook
from .evidence import log_odds
from .quotes import Quotes

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

NAME, NUMBER = "<name>", "<num>"
MARKS = frozenset(("“", "”", '"', "«", "»", "''", "``"))
MAX_CERTAINTY = 4.0
# Parts of the layout code.
CANDIDATE, NEW_LINE, FIRST_SENTENCE = 1, 2, 4
# Steps of a dependency path that are told apart; what lies further counts as lying there.
MAX_STEPS = 5
UNREACHED = "?"


@frozen(eq=False)
class Words:
    """The words of one article, white space left out; all sequences run along them.

    place: token index → position here. head: position of each word's head. sentence: number of its sentence.
    codes: columns lemma, tag, dependency, shape, quotation, distance to the head, weight of the cue, layout.
    certainty: log-odds the cue list gives, between -1 and 1; 0 where it has no candidate.
    """

    tokens: Sequence[Token]
    place: Mapping[int, int]
    head: Ints
    sentence: Ints
    deps: Sequence[str]
    codes: Ints
    certainty: Floats


@frozen(eq=False)
class Vocabulary:
    """Numbers of the lemmas, tags, dependencies and paths the network knows; 0 is any other."""

    lemma: Mapping[str, int]
    tag: Mapping[str, int]
    dep: Mapping[str, int]
    path: Mapping[str, int]


def words_of(
    doc: Doc, book: CueBook, quotes: Quotes, weights: Mapping[int, float], vocabulary: Vocabulary
) -> Words:
    """The words of `doc`. weights: how sure the cue list is of a statement with its cue at that token, 0..1."""
    tokens = [t for t in doc if not t.is_space]
    place = {t.i: n for n, t in enumerate(tokens)}
    sentence = np.zeros(len(tokens), np.int64)
    for number, span in enumerate(doc.sents):
        for index in range(span.start, span.end):
            if index in place:
                sentence[place[index]] = number
    head = np.array([place.get(t.head.i, n) for n, t in enumerate(tokens)], np.int64)
    certainty = np.zeros(len(tokens), np.float32)
    for index, weight in weights.items():
        bounded = max(-MAX_CERTAINTY, min(MAX_CERTAINTY, log_odds(weight)))
        certainty[place[index]] = bounded / MAX_CERTAINTY
    listed = _Listed(book)
    rows = [
        _codes(token, int(head[n]) - n, quotes, token.i in weights, listed, vocabulary)
        for n, token in enumerate(tokens)
    ]
    codes = np.array(rows, np.int64).reshape(len(rows), 8)
    codes[sentence == 0, 7] += FIRST_SENTENCE
    return Words(tokens, place, head, sentence, [t.dep_ for t in tokens], codes, certainty)


class _Listed:
    """How weighty the weightiest entry of a word is, in six steps; 0 when it has none."""

    def __init__(self, book: CueBook) -> None:
        self._book = book
        self._steps: dict[tuple[str, str], int] = {}

    def step(self, pos: str, lemma: str) -> int:
        key = (pos, lemma)
        if key not in self._steps:
            cue = self._book.any("VERB" if pos == "AUX" else pos, lemma)
            self._steps[key] = 0 if cue is None else 1 + min(int(cue.weight * 5), 4)
        return self._steps[key]


def _codes(
    token: Token, to_head: int, quotes: Quotes, candidate: bool, listed: _Listed, vocabulary: Vocabulary
) -> tuple[int, ...]:
    text, pos, lemma = token.text, token.pos_, token.lemma_.lower()
    if pos == "PROPN":
        word = NAME
    else:
        word = NUMBER if pos == "NUM" or token.like_num else lemma
    newline = token.i > 0 and "\n" in token.nbor(-1).text
    return (
        vocabulary.lemma.get(word, 0),
        vocabulary.tag.get(token.tag_, 0),
        vocabulary.dep.get(token.dep_, 0),
        (1 if text[:1].isupper() else 0) + (2 if len(text) > 1 and token.is_upper else 0),
        (0 if quotes.at(token.idx) is None else 1) + (2 if text in MARKS else 0),
        distance(to_head),
        listed.step(pos, lemma),
        (CANDIDATE if candidate else 0) + (NEW_LINE if newline else 0),
    )


def distance(steps: int) -> int:
    """A signed number of words in fifteen classes: 0, 1 to 4, 5 to 7, 8 to 12, more; the same to the left."""
    size = abs(steps)
    step = size if size <= 4 else 5 if size <= 7 else 6 if size <= 12 else 7
    return step if steps >= 0 else step + 7


def paths_from(anchor: int, words: Words, members: Sequence[int], vocabulary: Vocabulary) -> list[int]:
    """The number of the dependency path from `anchor` to each of `members`, all of one sentence."""
    kids: dict[int, list[int]] = {}
    for n in members:
        if words.head[n] != n:
            kids.setdefault(int(words.head[n]), []).append(n)
    found = {anchor: ("", 0)}
    waiting = [anchor]
    while waiting:
        here = waiting.pop()
        path, steps = found[here]
        above = int(words.head[here])
        if above != here and above not in found:
            found[above] = (path + "/^" + words.deps[here], steps + 1) if steps < MAX_STEPS else (path, steps)
            waiting.append(above)
        for kid in kids.get(here, ()):
            if kid not in found:
                found[kid] = (path + "/" + words.deps[kid], steps + 1) if steps < MAX_STEPS else (path, steps)
                waiting.append(kid)
    unreached = (UNREACHED, math.inf)
    return [vocabulary.path.get(found.get(n, unreached)[0], 0) for n in members]
