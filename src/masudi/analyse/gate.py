"""The gate: which sentences are worth parsing.

A sentence is let in when it has something that may name an actor and something that may tell an event or
report speech. It is meant to be wide: parsing a sentence for nothing costs a millisecond, a lost event is
lost. So one word of a phrase is enough, any reading of a form counts, and a doubtful word lets in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import frozen
from spacy.language import Language

from ..errors import LexiconError
from ..lexicon import Lexicons, catalogue

PREDICATES, CUES = "en/predicates.tsv", "en/cues.tsv"
GATE_TABLE = "en/gate.tsv"
ROLE_TABLES = ("en/roles.tsv", "en/titles.tsv", "en/pronouns.tsv")
NAME_TABLES = (
    ("world/countries.tsv", ("name", "aliases", "demonyms", "people", "capital", "metonyms")),
    ("world/groups.tsv", ("name", "aliases")),
    ("world/organisations.tsv", ("name", "aliases")),
    ("world/people.tsv", ("name", "aliases")),
    ("world/peoples.tsv", ("name", "aliases")),
)

ACTOR, EVENT, NAME, CAPITAL, WORD = 1, 2, 4, 8, 16
QUOTES = frozenset('"“”„«»‘`') | {"``", "''"}


class LemmaFinder:
    """All lemmas a lower-cased form can have, as any part of speech, by the model's lemmatizer tables."""

    PARTS = ("noun", "verb", "adj")

    def __init__(self, nlp: Language) -> None:
        lookups: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        rules, exceptions, index = (
            lookups.get_table(name, {}) for name in ("lemma_rules", "lemma_exc", "lemma_index")
        )
        self._rules = [(rules.get(part, ()), exceptions.get(part, {})) for part in self.PARTS]
        self._ordinary = frozenset().union(*(index.get(part, ()) for part in (*self.PARTS, "adv")))

    def __call__(self, form: str) -> set[str]:
        found = {form}
        for rules, exceptions in self._rules:
            found.update(exceptions.get(form, ()))
            for old, new in rules:
                if form.endswith(old) and len(form) > len(old) + 1:
                    found.add(form[: len(form) - len(old)] + new)
        return found

    def is_ordinary(self, form: str) -> bool:
        """Whether `form` is a common word of the language in some inflection."""
        return not self._ordinary.isdisjoint(self(form))


class _Bits(dict[int, int]):
    """What each form (by its string id) brings; worked out on first sight."""

    def __init__(self, gate: Gate, strings: Any) -> None:
        self._gate = gate
        self._strings = strings

    def __missing__(self, form: int) -> int:
        bits = self[form] = self._gate.bits_of(self._strings[form])
        return bits


class Gate:
    """Says of sentences whether to parse them. Lets everything in when no lexicon of events is there."""

    def __init__(self, lexicons: Lexicons, nlp: Language, lemmas: LemmaFinder) -> None:
        self._lemmas = lemmas
        words = _GateWords.of(lexicons)
        self._events = words.events
        self._bare = words.bare
        self._actors = words.actors
        self._names = words.names
        self._open = not words.events
        self._bits = _Bits(self, nlp.vocab.strings)
        self._colon = nlp.vocab.strings.add(":")

    def admits(self, forms: Sequence[int]) -> bool:
        """Whether the sentence with these forms (string ids, in order, no white space) is worth parsing."""
        if self._open:
            return True
        bits = self._bits
        # "NAME: what was said", as transcripts and headlines have it.
        seen = EVENT if self._colon in forms[1:6] else 0
        for form in forms:
            found = bits[form]
            if found & WORD and not seen & WORD and not found & NAME:
                found &= ~CAPITAL  # every sentence begins with one
            seen |= found
        return bool(seen & EVENT and seen & (ACTOR | NAME | CAPITAL))

    def bits_of(self, word: str) -> int:
        """ACTOR, EVENT, NAME, CAPITAL and WORD bits of one form."""
        lower = word.lower().replace("’", "'")
        if word in QUOTES:
            return EVENT
        if not any(c.isalpha() for c in word):
            return 0
        lemmas = self._lemmas(lower)
        parts = [part for part in lower.split("-") if part] if "-" in lower else []
        for part in parts:
            lemmas |= self._lemmas(part)
        bits = WORD | (EVENT if lemmas & self._events else 0)
        if lemmas & self._actors or (lower in self._names and len(lower) > 3):
            bits |= ACTOR
        if lemmas & self._bare:
            bits |= ACTOR | EVENT
        if not word[0].islower() or any(c.isupper() for c in word):
            bits |= CAPITAL
            if lower in self._names or not self._lemmas.is_ordinary(lower):
                bits |= NAME
        return bits


def optional_rows(lexicons: Lexicons, name: str) -> Sequence[Any]:
    """The rows of a table that may be missing from the catalogue."""
    return lexicons.table(name) if name in catalogue() else ()


def name_phrases(lexicons: Lexicons) -> Iterator[str]:
    """Every name the world tables know, as written."""
    for table, columns in NAME_TABLES:
        for row in optional_rows(lexicons, table):
            for column in columns:
                if column in row.values:
                    yield from row.many(column)


@frozen
class _GateWords:
    """Lower-cased words and lemmas that the gate knows: of events and reporting; of events that need no actor
    beside them; of actors; of names."""

    events: frozenset[str]
    bare: frozenset[str]
    actors: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, lexicons: Lexicons) -> _GateWords:
        group: dict[str, set[str]] = {"actor": set(), "event": set(), "light": set()}
        for row in lexicons.table(GATE_TABLE):
            if row["group"] not in group:
                raise LexiconError(f"{row.where}: group {row['group']!r}; right: {', '.join(group)}")
            group[row.need("group")].add(row.need("word"))
        light = group["light"]
        events, bare, actors = group["event"], set[str](), group["actor"]
        for row in optional_rows(lexicons, PREDICATES):
            lemma = row.need("lemma")
            # A light verb tells nothing by itself: "take" is everywhere, "hostage" is not.
            events.update(_words(row.many("object"), light) if lemma in light else [lemma])
            if row["weight"] == "bare":
                bare.add(lemma)
        for row in optional_rows(lexicons, CUES):
            events.update(_words([row.need("lemma")], light))
        for name in ROLE_TABLES:
            if name in catalogue():
                column = catalogue()[name].key[0]
                actors.update(_words((row.need(column) for row in lexicons.table(name)), light))
        names = {word for word in _words(name_phrases(lexicons), light) if len(word) > 1}
        return cls(*map(frozenset, (events, bare, actors, names)))


def _words(phrases: Iterable[str], light: set[str]) -> Iterator[str]:
    """Lower-cased words of phrases, without light ones and kinds (`@party`)."""
    for phrase in phrases:
        for word in phrase.lower().replace("’", "'").split():
            if word not in light and not word.startswith("@"):
                yield word
