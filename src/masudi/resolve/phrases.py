"""Role phrases and noun phrases: which words of a sentence say what somebody is, and how far a phrase goes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen
from spacy.tokens import Doc, Token

from ..lexicon import Lexicons
from .names import plain

_DOTTED = re.compile(r"[\w']+|[^\w\s]")
_PIECES = re.compile(r"\w+(?:'\w+)?|[^\w\s]")
LONG_WORD = 3  # shorter ones stay small in title case
SAME_OFFICE = "as:"
MIN_HEADLINE = 4
TITLE_SHARE = 0.8
NOUNS = frozenset(("NOUN", "PROPN"))
# Left children that stay inside a mention; whatever else hangs left of a noun is outside it.
INSIDE_LEFT = frozenset((
    "det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "advmod", "case", "npadvmod",
    "punct", "nounmod", "cc", "conj", "preconj", "meta",
))  # fmt: skip
DEFINITE = ("the", "these", "those")
PUNCTUATION_INSIDE = frozenset(("-", "–", '"', "'", "“", "”", "‘", "’", "/"))


@frozen(kw_only=True)
class RoleRow:
    """One row of `en/roles.tsv`."""

    phrase: str
    kind: str
    sectors: tuple[str, ...]
    frame: tuple[str, ...]
    named: tuple[str, ...]
    where: str

    @property
    def offices(self) -> tuple[str, ...]:
        """The names of its office: its own, and the other word that a frame `as:prime minister` gives it."""
        return (self.phrase, *(f.removeprefix(SAME_OFFICE) for f in self.frame if f.startswith(SAME_OFFICE)))


@frozen(kw_only=True)
class RoleMatch:
    """A role phrase found: tokens `first` to `last`, both included."""

    first: int
    last: int
    row: RoleRow
    plural: bool


@frozen(kw_only=True)
class Title:
    """One row of `en/titles.tsv`."""

    title: str
    gender: str | None
    sectors: tuple[str, ...]
    where: str


class RoleLexicon:
    """`en/roles.tsv`, asked by the last word of a phrase."""

    def __init__(self, lexicons: Lexicons) -> None:
        by_last: dict[str, list[tuple[tuple[str, ...], RoleRow, bool]]] = defaultdict(list)
        for row in lexicons.table("en/roles.tsv"):
            entry = RoleRow(
                phrase=row.need("phrase"), kind=row.need("kind"), sectors=row.many("sectors"),
                frame=row.many("frame"), named=row.many("named"), where=row.where,
            )  # fmt: skip
            same = row["plural"] == entry.phrase and entry.kind != "body"
            forms = [(entry.phrase, same)]
            if row["plural"] and row["plural"] != entry.phrase:
                forms.append((row.need("plural"), True))
            for form, plural in forms:
                pieces = _pieces(form)
                by_last[pieces[-1]].append((pieces, entry, plural))
        self._by_last = {
            last: sorted(entries, key=lambda e: (-len(e[0]), e[1].kind == "modifier", e[2]))
            for last, entries in by_last.items()
        }

    def ending_at(self, words: Sequence[str], index: int, *, modifier: bool | None = None) -> RoleMatch | None:
        """The longest role phrase whose last word is `words[index]` (lower case, plain).

        modifier: True only modifiers, False none, None either (nouns first).
        """
        for pieces, row, plural in self._by_last.get(words[index], ()):
            if modifier is not None and (row.kind == "modifier") is not modifier:
                continue
            first = index - len(pieces) + 1
            if first >= 0 and tuple(words[first : index + 1]) == pieces:
                return RoleMatch(first=first, last=index, row=row, plural=plural)
        return None


def _pieces(form: str) -> tuple[str, ...]:
    """The tokens of a role phrase, lower case and plain."""
    words = form.split()
    if form.isascii() and all(map(str.isalpha, words)):
        return tuple(form.lower().split())
    return tuple(_PIECES.findall(plain(form).lower()))


class TitleLexicon:
    """`en/titles.tsv`, asked by the first word; the longest title wins."""

    def __init__(self, lexicons: Lexicons) -> None:
        by_first: dict[str, list[tuple[tuple[str, ...], Title]]] = defaultdict(list)
        for row in lexicons.table("en/titles.tsv"):
            title = Title(
                title=row.need("title"), gender=row["gender"], sectors=row.many("sectors"), where=row.where
            )
            whole = tuple(re.findall(r"[\w']+\.?|[^\w\s]", plain(title.title)))
            apart = tuple(_DOTTED.findall(plain(title.title)))  # as tokens part "Lt." but not "Gen."
            for pieces in dict.fromkeys((whole, apart)):
                by_first[pieces[0]].append((pieces, title))
        self._by_first = {k: sorted(v, key=lambda e: -len(e[0])) for k, v in by_first.items()}
        self._words = frozenset(piece for entries in by_first.values() for pieces, _ in entries for piece in pieces)

    def holds(self, word: str) -> bool:
        """Whether `word` is part of some title."""
        return word in self._words

    def starting_at(self, texts: Sequence[str], index: int) -> tuple[int, Title] | None:
        """How many tokens from `texts[index]` on are a title (case kept), and which."""
        for pieces, title in self._by_first.get(texts[index], ()):
            if tuple(texts[index : index + len(pieces)]) == pieces:
                return len(pieces), title
        return None


def read_compounds(lexicons: Lexicons) -> Mapping[tuple[str, str], bool]:
    """(part, side) → whether a country so joined is the country of the noun (`en/compounds.tsv`)."""
    return {(r.need("part"), r.need("side")): r["gives"] == "yes" for r in lexicons.table("en/compounds.tsv")}


def core_start(head: Token) -> int:
    """Index of the first token of the noun phrase that `head` heads: its left modifiers, contiguous."""
    start = head.i
    for child in sorted(head.lefts, key=lambda t: -t.i):
        if child.dep_ not in INSIDE_LEFT or (child.dep_ == "punct" and child.text not in PUNCTUATION_INSIDE):
            break
        edge = child.left_edge.i
        if any(t.text in ("(", ")") or (t.is_space and "\n" in t.text) for t in head.doc[edge:start]):
            break
        start = edge
    return _without_edges(head.doc, start, head.i)


def _without_edges(doc: Doc, start: int, head: int) -> int:
    """`start` moved right past punctuation, conjunctions and adverbs that only stand before the phrase."""
    while start < head and (
        doc[start].is_space
        or doc[start].is_punct
        or doc[start].dep_ in ("cc", "preconj", "punct")
        or (doc[start].pos_ == "ADV" and doc[start].head.i == head)
    ):
        start += 1
    return start


def of_objects(head: Token) -> Iterator[Token]:
    """The nouns of `of` phrases that hang on `head`."""
    yield from prepositional_objects(head, ("of",))


def prepositional_objects(head: Token, prepositions: Sequence[str]) -> Iterator[Token]:
    """Objects of those `prepositions` that hang on `head`."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for thing in child.rights:
                if thing.dep_ in ("pobj", "pcomp"):
                    yield thing


def is_both(noun: Token) -> bool:
    """Whether a noun is said of two that are known: "both countries", "the two ministers", not "two lawmakers"."""
    before = [t.lower_ for t in noun.lefts]
    return "both" in before or ("two" in before and any(word in before for word in DEFINITE))


def is_head_noun(token: Token) -> bool:
    """Whether `token` stands for a noun phrase, not inside another's modifiers."""
    return token.dep_ not in ("compound", "amod", "nmod", "case", "nummod", "quantmod", "punct", "det")


def clause_of(token: Token) -> Token:
    """The verb of the clause that `token` stands in."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def is_title_case(words: Sequence[str]) -> bool:
    """Whether a headline's words are capitalised throughout, so that capitals do not show names.

    words: of one sentence; one that ends in a full stop is no headline.
    """
    if "." in words[-2:]:
        return False
    long = [w for w in words if len(w) > LONG_WORD and w.isalpha()]
    return len(long) >= MIN_HEADLINE and sum(w[0].isupper() for w in long) >= TITLE_SHARE * len(long)
