"""Part of speech, morphology and lemma of parsed tokens, as the model's own rules give them, from tables.

spaCy's attribute ruler and rule lemmatizer together cost as much as the parser, token by token. But nearly
all their rules look at one token's tag, dependency label and lower-cased form. So their answer is worked out
once for each distinct (form, tag, label) - by the model's own ruler and lemmatizer, on a Doc made of just
such tokens - and looked up from then on. Sentences in which a rule over several tokens may apply, and
models whose rules look at anything else, go through the ruler and the lemmatizer themselves.

Lemmas that the model's rules get wrong ("staged" as *stag*) are put right from a table, en/lemma_fixes.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from ..lexicon import Lexicons
from .rows import Keys, RowCache, read_columns, write_columns

# What the tables give for each token, in this order.
COLUMNS = ("TAG", "POS", "MORPH", "LEMMA", "DEP")

FIXES = "en/lemma_fixes.tsv"

ROWS_KEPT = 200_000
FILLER = "x"
_SIMPLE = frozenset({"TAG", "DEP", "LOWER"})


@frozen(eq=False)
class _Test:
    """What a token in a longer rule must be at least: its lower-cased form, label; None = any."""

    forms: NDArray[np.uint64] | None
    labels: NDArray[np.uint64] | None
    expression: re.Pattern[str] | None


@frozen(eq=False)
class _Rules:
    """The model's attribute rules: what single tokens are tested for, and the rules over several tokens.

    simple: every one-token rule tests only tag and label, by equality or membership, and the lower-cased
    form, by these or a regular expression. words, labels: the forms and labels that rules name.
    expressions: those that rules test forms with. several: the tests of each longer rule.
    """

    simple: bool
    words: frozenset[str]
    labels: frozenset[str]
    expressions: tuple[re.Pattern[str], ...]
    several: tuple[tuple[_Test, ...], ...]


class WordTable:
    """Fills in what the attribute ruler and the lemmatizer of `nlp` would, but for the lemmas of `fixes`.

    fixes: lemma by lower-cased form and part of speech (`verb`, `noun` ...).
    """

    def __init__(self, nlp: Language, fixes: Mapping[tuple[str, str], str] | None = None) -> None:
        self._vocab = nlp.vocab
        self._fixes = _by_number(fixes or {}, nlp)
        self._ruler: Any = nlp.get_pipe("attribute_ruler")
        self._lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._rules = _read_rules(nlp)
        strings = nlp.vocab.strings
        self._labels = frozenset(strings.add(label) for label in self._rules.labels)
        self._any_word = strings.add(FILLER)
        self._any_label = strings.add("dep")
        self._whole = RowCache(4, self._work_out, limit=ROWS_KEPT)
        self._ruled = RowCache(3, self._rule, limit=ROWS_KEPT)
        self._lemmas = RowCache(3, self._lemmatize, limit=ROWS_KEPT)

    def annotate(self, docs: Sequence[Doc]) -> list[Keys]:
        """For each Doc, tagged and parsed, without white space and not empty: its `COLUMNS`, one row a token."""
        if not self._rules.simple:
            return [self._stock(doc) for doc in docs]
        arrays = [read_columns(doc, ("ORTH", "LOWER", "TAG", "DEP")) for doc in docs]
        ends = np.cumsum([len(a) for a in arrays])
        together = np.concatenate(arrays)
        found: list[Any] = np.split(self._whole.lookup(together), ends[:-1])
        for at in self._with_longer_rules(together, ends):
            found[at] = self._stock(docs[at])
        return found

    def _with_longer_rules(self, keys: Keys, ends: NDArray[np.int64]) -> list[int]:
        """Indices of the Docs in which a rule over several tokens may apply."""
        hits: set[int] = set()
        for rule in self._rules.several:
            room = len(keys) - len(rule) + 1
            if room < 1:
                continue
            fits = np.ones(room, dtype=bool)
            for offset, test in enumerate(rule):
                for column, values in ((1, test.forms), (3, test.labels)):
                    if values is not None:
                        fits &= np.isin(keys[offset : offset + room, column], values)
            found = [at for at in np.flatnonzero(fits).tolist() if self._matches(rule, keys[at:, 1])]
            hits.update(np.searchsorted(ends, found, side="right").tolist())
        return sorted(hits)

    def _matches(self, rule: tuple[_Test, ...], forms: NDArray[np.uint64]) -> bool:
        strings = self._vocab.strings
        tested = [(test.expression, form) for test, form in zip(rule, forms, strict=False) if test.expression]
        return all(expression.search(strings[form]) for expression, form in tested)

    def _stock(self, doc: Doc) -> Keys:
        out = read_columns(self._lemmatizer(self._ruler(doc)), COLUMNS)
        lower = read_columns(doc, ("LOWER",))[:, 0]
        return self._fixed(lower, out, COLUMNS.index("POS"), COLUMNS.index("LEMMA"))

    def _fixed(self, lower: NDArray[np.uint64], rows: Keys, pos: int, lemma: int) -> Keys:
        """`rows` with the lemmas put right that the table lists."""
        for at, key in enumerate(zip(lower.tolist(), rows[:, pos].tolist(), strict=True)):
            if key in self._fixes:
                rows[at, lemma] = self._fixes[key]
        return rows

    def _work_out(self, keys: Keys) -> Keys:
        """Rows of `COLUMNS` for rows of form, lower-cased form, tag, label."""
        classes = keys[:, 1:].copy()
        classes[[not self._is_named(lower) for lower in keys[:, 1]], 0] = self._any_word
        classes[~np.isin(keys[:, 3], list(self._labels)), 2] = self._any_label
        ruled = self._ruled.lookup(classes)
        out = np.column_stack([ruled, keys[:, 3]]).astype(np.uint64)
        bare = out[:, 3] == 0
        if bare.any():
            lemma_keys = np.column_stack([keys[bare, 0], out[bare, 1], out[bare, 2]])
            out[bare, 3] = self._lemmas.lookup(lemma_keys)[:, 0]
        return self._fixed(keys[:, 1], out, COLUMNS.index("POS"), COLUMNS.index("LEMMA"))

    def _is_named(self, lower: int) -> bool:
        """Whether some rule tests for this lower-cased form."""
        word = self._vocab.strings[lower]
        return word in self._rules.words or any(e.search(word) for e in self._rules.expressions)

    def _rule(self, keys: Keys) -> Keys:
        """Rows of tag, part of speech, morphology, lemma (0: none set) for word classes, tags, labels.

        Every second token is a filler, so that no rule over several tokens can apply.
        """
        rows = np.zeros((2 * len(keys), 3), dtype=np.uint64)
        rows[::2, 1:] = keys[:, 1:]
        strings = self._vocab.strings
        words = [word for row in keys for word in (strings[row[0]], FILLER)]
        doc = Doc(self._vocab, words=words)
        write_columns(doc, ("TAG", "DEP"), rows[:, 1:])
        return read_columns(self._ruler(doc), ("TAG", "POS", "MORPH", "LEMMA"))[::2]

    def _lemmatize(self, keys: Keys) -> Keys:
        """Lemmas, one column, for rows of form, part of speech, morphology."""
        strings = self._vocab.strings
        doc = Doc(self._vocab, words=[strings[row[0]] for row in keys])
        write_columns(doc, ("POS", "MORPH"), keys[:, 1:])
        return read_columns(self._lemmatizer(doc), ("LEMMA",))


def lemma_fixes(lexicons: Lexicons) -> Mapping[tuple[str, str], str]:
    """The lemmas that `WordTable` puts right. Raises LexiconError."""
    return {(row.need("form"), row.need("pos")): row.need("lemma") for row in lexicons.table(FIXES)}


def _by_number(fixes: Mapping[tuple[str, str], str], nlp: Language) -> Mapping[tuple[int, int], int]:
    """The fixes by the numbers that stand for form, part of speech and lemma."""
    strings = nlp.vocab.strings
    return {(strings.add(form), strings.add(pos.upper())): strings.add(lemma) for (form, pos), lemma in fixes.items()}


def _read_rules(nlp: Language) -> _Rules:
    simple = True
    words: set[str] = set()
    labels: set[str] = set()
    expressions, several = [], []
    ruler: Any = nlp.get_pipe("attribute_ruler")
    for rule in ruler.patterns:
        for pattern in rule["patterns"]:
            if len(pattern) > 1:
                several.append(tuple(_test(token, nlp) for token in pattern))
                continue
            token = {name: test for name, test in pattern[0].items() if name != "IS_SPACE"}
            form = token.get("LOWER")
            if isinstance(form, dict) and set(form) == {"REGEX"}:
                expressions.append(re.compile(form["REGEX"]))
                del token["LOWER"]
            simple = simple and set(token) <= _SIMPLE and all(_plain(test) for test in token.values())
            words.update(_values(token.get("LOWER")))
            labels.update(_values(token.get("DEP")))
    return _Rules(simple, frozenset(words), frozenset(labels), tuple(expressions), tuple(several))


def _plain(test: object) -> bool:
    return isinstance(test, str) or (isinstance(test, dict) and set(test) <= {"IN", "NOT_IN"})


def _values(test: object) -> Iterator[str]:
    """The strings a plain test names; none for other tests."""
    if isinstance(test, str):
        yield test
    elif isinstance(test, dict):
        for operand in test.values():
            if isinstance(operand, list):
                yield from operand


def _test(token: dict[str, Any], nlp: Language) -> _Test:
    """The tests of `token` that are plainly told; others are taken as passed."""
    form = token.get("LOWER")
    expression = form.get("REGEX") if isinstance(form, dict) else None
    return _Test(
        _named(form, nlp),
        _named(token.get("DEP"), nlp),
        None if expression is None else re.compile(expression),
    )


def _named(test: object, nlp: Language) -> NDArray[np.uint64] | None:
    if isinstance(test, str):
        test = {"IN": [test]}
    if not isinstance(test, dict) or "IN" not in test:
        return None
    return np.array([nlp.vocab.strings.add(value) for value in test["IN"]], dtype=np.uint64)
