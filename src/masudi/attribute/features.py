"""The words of a parsed article as whole numbers, ready for the network: what the parse and the cue list say of each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LEMMA, ORTH, POS, TAG  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

from ..layers import Floats, Ints
from .choice import Choice
from .cues import COMPLEMENTS, CueBook
from .evidence import log_odds, source_kind
from .quotes import Quotes

NAME, NUMBER = "<name>", "<num>"
MARKS = frozenset(("“", "”", '"', "«", "»", "''", "``"))
MAX_CERTAINTY = 4.0
# The tables of codes, in their order, with the number of rows of those whose rows do not grow with a vocabulary.
TABLES = ("lem", "tag", "dep", "sh", "q", "hd", "cw", "fl", "kind", "src")
SOURCE_KINDS = (
    "none", "name", "plural noun", "noun", "pronoun", "other", "I", "we", "you", "he or she", "they", "it", "who",
)  # fmt: skip
ROWS = {"sh": 4, "q": 4, "hd": 16, "cw": 8, "fl": 8, "kind": len(COMPLEMENTS) + 1, "src": len(SOURCE_KINDS) + 1}
# Parts of the layout code.
CANDIDATE, NEW_LINE, FIRST_SENTENCE = 1, 2, 4
# Steps of a dependency path that are told apart; what lies further counts as lying there.
MAX_STEPS = 5
UNREACHED = "?"
_FAR = 40
_KINDS = {name: n for n, name in enumerate(COMPLEMENTS, start=1)}
_SOURCES = {name: n for n, name in enumerate(SOURCE_KINDS, start=1)}


@frozen(eq=False)
class Words:
    """The words of one article, white space left out; all sequences run along them.

    index: token index of each. place: token index → position here, -1 for white space. head: position of each word's
    head. starts: position at which each sentence begins, and the number of words at the end.
    codes: a column for each of TABLES. certainty: log-odds the cue list gives, between -1 and 1; 0 where it has no
    candidate.
    """

    doc: Doc
    index: Ints
    place: Ints
    head: Ints
    starts: Ints
    deps: Sequence[str]
    codes: Ints
    certainty: Floats

    def token(self, at: int) -> Token:
        """The word at a position."""
        return self.doc[int(self.index[at])]

    def members(self, at: int) -> range:
        """The positions of the words of the sentence in which the word at `at` stands."""
        number = int(np.searchsorted(self.starts, at, side="right"))
        return range(int(self.starts[number - 1]), int(self.starts[number]))


@frozen(eq=False)
class Vocabulary:
    """Numbers of the lemmas, tags, dependencies and paths the network knows; 0 is any other."""

    lemma: Mapping[str, int]
    tag: Mapping[str, int]
    dep: Mapping[str, int]
    path: Mapping[str, int]


class Reader:
    """Makes Words of one article after another. Remembers what it knows of a word, whatever article it stands in."""

    def __init__(self, book: CueBook, vocabulary: Vocabulary) -> None:
        self._book = book
        self._vocabulary = vocabulary
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._steps: dict[tuple[str, str], int] = {}
        self._deps: dict[int, str] = {}

    def words_of(self, doc: Doc, quotes: Quotes, best: Mapping[int, Choice]) -> Words:
        """The words of `doc`. best: the cue list's likeliest candidate at each token."""
        raw = doc.to_array([IS_SPACE, HEAD, IDX, DEP, ORTH, LEMMA, POS, TAG])
        index = np.flatnonzero(raw[:, 0] == 0)
        place = np.full(len(doc), -1, np.int64)
        place[index] = np.arange(len(index))
        raw = raw[index]
        head = place[index + raw[:, 1].astype(np.int64)]
        head = np.where(head < 0, np.arange(len(index)), head)
        starts, first = _sentences(doc, place, len(index))
        codes = np.zeros((len(index), len(TABLES)), np.int64)
        opens = np.zeros(len(index), np.int64)
        opens[starts[:-1]] = 1
        keys = zip(raw[:, 4].tolist(), raw[:, 5].tolist(), raw[:, 6].tolist(), raw[:, 7].tolist(), opens.tolist(), strict=True)
        codes[:, [0, 1, 3, 4, 6]] = np.array([self._word(doc, key) for key in keys], np.int64).reshape(-1, 5)
        deps = [self._dep(doc, key) for key in raw[:, 3].tolist()]
        codes[:, 2] = [self._vocabulary.dep.get(dep, 0) for dep in deps]
        codes[:, 4] += quotes.inside(raw[:, 2].astype(np.int64))
        codes[:, 5] = _CLASSES[np.clip(head - np.arange(len(head)), -_FAR, _FAR) + _FAR]
        codes[:, 7] = _after_new_line(doc, place, len(index))
        codes[:first, 7] += FIRST_SENTENCE
        certainty = np.zeros(len(index), np.float32)
        for at, choice in best.items():
            here = int(place[at])
            certainty[here] = max(-1.0, min(1.0, log_odds(choice.weight) / MAX_CERTAINTY))
            codes[here, 7] += CANDIDATE
            codes[here, 8] = _KINDS[choice.candidate.complement]
            codes[here, 9] = _SOURCES[source_kind(choice.candidate.source).removesuffix(" of relative")]
        return Words(doc, index, place, head, starts, deps, codes, certainty)

    def _word(self, doc: Doc, key: tuple[int, ...]) -> tuple[int, ...]:
        """Lemma, tag, shape, whether a quotation mark (2), and the weight of its weightiest cue in six steps."""
        known = self._known.get(key)
        if known is None:
            strings = doc.vocab.strings
            text, lemma, pos, tag = (strings[n] for n in key[:4])
            lemma = lemma.lower()
            known = self._known[key] = (
                self._vocabulary.lemma.get(word_for(text, lemma, pos, opens=bool(key[4])), 0),
                self._vocabulary.tag.get(tag, 0),
                (1 if text[:1].isupper() else 0) + (2 if len(text) > 1 and text.isupper() else 0),
                2 if text in MARKS else 0,
                self._step("VERB" if pos == "AUX" else pos, lemma),
            )
        return known

    def _dep(self, doc: Doc, key: int) -> str:
        known = self._deps.get(key)
        if known is None:
            known = self._deps[key] = doc.vocab.strings[key]
        return known

    def _step(self, pos: str, lemma: str) -> int:
        key = (pos, lemma)
        if key not in self._steps:
            cue = self._book.any(pos, lemma)
            self._steps[key] = 0 if cue is None else 1 + min(int(cue.weight * 5), 4)
        return self._steps[key]


def word_for(text: str, lemma: str, pos: str, *, opens: bool) -> str:
    """What the network sees of a word: no name, only that it is one; no number, only that it is one.

    lemma: in small letters. opens: the word stands first in its sentence, where a capital tells nothing.
    """
    if pos == "PROPN" or (not opens and pos in ("NOUN", "ADJ") and text[:1].isupper()):
        return NAME
    return NUMBER if pos == "NUM" or text[:1].isdigit() else lemma


def _sentences(doc: Doc, place: Ints, size: int) -> tuple[Ints, int]:
    """Where each sentence with words begins, `size` last; and how many words the first sentence has."""
    starts = []
    for sentence in doc.sents:
        first = next((i for i in range(sentence.start, sentence.end) if place[i] >= 0), None)
        if first is not None:
            starts.append(int(place[first]))
    starts.append(size)
    return np.array(starts, np.int64), starts[1] if len(starts) > 1 else 0


def _after_new_line(doc: Doc, place: Ints, size: int) -> Ints:
    out = np.zeros(size, np.int64)
    for at in np.flatnonzero(place[:-1] < 0).tolist():
        if place[at + 1] >= 0 and "\n" in doc[at].text:
            out[place[at + 1]] = NEW_LINE
    return out


def distance(steps: int) -> int:
    """A signed number of words in fifteen classes: 0, 1 to 4, 5 to 7, 8 to 12, more; the same to the left."""
    size = abs(steps)
    step = size if size <= 4 else 5 if size <= 7 else 6 if size <= 12 else 7
    return step if steps >= 0 else step + 7


_CLASSES = np.array([distance(n) for n in range(-_FAR, _FAR + 1)], np.int64)


def distances(steps: Ints) -> Ints:
    """`distance` of each."""
    out: Ints = _CLASSES[np.clip(steps, -_FAR, _FAR) + _FAR]
    return out


def paths_from(anchor: int, words: Words, members: Sequence[int], vocabulary: Vocabulary) -> list[int]:
    """The number of the dependency path from `anchor` to each of `members`, all of one sentence."""
    heads = words.head[members[0] : members[-1] + 1].tolist()
    first = members[0]
    kids: dict[int, list[int]] = {}
    for n, above in zip(members, heads, strict=True):
        if above != n:
            kids.setdefault(above, []).append(n)
    found: dict[int, tuple[str, float]] = {anchor: ("", 0)}
    waiting = [anchor]
    while waiting:
        here = waiting.pop()
        path, steps = found[here]
        above = heads[here - first]
        if above != here and above not in found:
            found[above] = (path + "/^" + words.deps[here], steps + 1) if steps < MAX_STEPS else (path, steps)
            waiting.append(above)
        for kid in kids.get(here, ()):
            if kid not in found:
                found[kid] = (path + "/" + words.deps[kid], steps + 1) if steps < MAX_STEPS else (path, steps)
                waiting.append(kid)
    unreached = (UNREACHED, math.inf)
    return [vocabulary.path.get(found.get(n, unreached)[0], 0) for n in members]
