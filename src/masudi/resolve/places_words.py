"""The words around a name that tell places from people, and the names that people bear."""

from __future__ import annotations

from collections import Counter, defaultdict

from attrs import frozen

from ..lexicon import Lexicons
from ..text import fold

WORDS = "en/places_words.tsv"
PEOPLE = "world/people.tsv"
GIVEN_TO = 3  # a first name of so many people in the news is a given name


@frozen
class Words:
    """By class of `en/places_words.tsv`; given, surname: names of people, folded."""

    before: frozenset[str]
    generic: frozenset[str]
    division: frozenset[str]
    title: frozenset[str]
    institution: frozenset[str]
    paper: frozenset[str]
    street: frozenset[str]
    people: frozenset[str]
    given: frozenset[str]
    surname: frozenset[str]
    direction: frozenset[str]
    never: frozenset[str]


def words_around(lexicons: Lexicons) -> Words:
    """The classes of `en/places_words.tsv`, and the names of people in the news."""
    listed: dict[str, set[str]] = defaultdict(set)
    for row in lexicons.table(WORDS):
        listed[row.need("class")].add(row.need("word"))
    listed["given"], listed["surname"] = _given_names(lexicons), _surnames(lexicons)
    return Words(**{name: frozenset(listed[name]) for name in Words.__annotations__})


def _given_names(lexicons: Lexicons) -> set[str]:
    """First names, folded, that several people in the news share."""
    names = (row.need("name").split() for row in lexicons.table(PEOPLE))
    first = Counter(fold(parts[0]) for parts in names if len(parts) > 1)
    return {name for name, count in first.items() if count >= GIVEN_TO}


def _surnames(lexicons: Lexicons) -> set[str]:
    """Last names, folded, of people in the news."""
    return {fold(row.need("name").split()[-1]) for row in lexicons.table(PEOPLE)}
