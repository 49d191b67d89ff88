"""A parsed Doc read once into plain Python objects: what is asked a dozen times a word costs little to ask.

`Token`, `Sentence` and `Tree` answer to the names of spaCy's Token, Span and Doc, as far as the stages ask; where a
question is rare they pass it on to spaCy. Tokens of one tree are the same object whenever they are the same word.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import overload

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.tokens import Token as DocToken


class Token:
    """A word in its tree. head: itself at a root. children: left to right."""

    __slots__ = (
        "_given", "children", "dep_", "doc", "head", "i", "idx", "is_punct", "is_space", "lemma_", "lower_", "pos_", "sent",
        "tag_", "text",
    )  # fmt: skip

    sent: Sentence

    def __init__(self, token: DocToken, doc: Tree) -> None:
        self._given = token
        self.doc = doc
        self.i = token.i
        self.idx = token.idx
        self.text = token.text
        self.lower_ = token.lower_
        self.lemma_ = token.lemma_
        self.pos_ = token.pos_
        self.tag_ = token.tag_
        self.dep_ = token.dep_
        self.is_punct = token.is_punct
        self.is_space = token.is_space
        self.head = self
        self.children: list[Token] = []

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def whitespace_(self) -> str:
        return self._given.whitespace_

    @property
    def ent_type_(self) -> str:
        return self._given.ent_type_

    @property
    def like_num(self) -> bool:
        return self._given.like_num

    @property
    def is_quote(self) -> bool:
        return self._given.is_quote

    @property
    def is_title(self) -> bool:
        return self._given.is_title

    @property
    def is_sent_start(self) -> bool:
        return bool(self._given.is_sent_start)

    @property
    def left_edge(self) -> Token:
        return self.doc[self._given.left_edge.i]

    @property
    def right_edge(self) -> Token:
        return self.doc[self._given.right_edge.i]

    @property
    def lefts(self) -> list[Token]:
        return [c for c in self.children if c.i < self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        return tuple(self.doc[t.i] for t in self._given.conjuncts)

    @property
    def subtree(self) -> Iterator[Token]:
        """The token and all below it; unlike spaCy's in no order of the text."""
        yield self
        for child in self.children:
            yield from child.subtree

    def nbor(self, i: int = 1) -> Token:
        """The token `i` places on. Raises IndexError beyond the ends of the text."""
        if self.i + i < 0:
            raise IndexError(self.i + i)
        return self.doc[self.i + i]


class Sentence(Sequence[Token]):
    """The tokens from `start` to before `end`."""

    def __init__(self, span: DocSpan, tokens: list[Token]) -> None:
        self._span, self._tokens = span, tokens
        self.start, self.end = span.start, span.end

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        return self._tokens[index]

    def __len__(self) -> int:
        return len(self._tokens)

    @property
    def doc(self) -> Tree:
        return self._tokens[0].doc

    @property
    def root(self) -> Token:
        return self.doc[self._span.root.i]

    @property
    def text(self) -> str:
        return self._span.text

    @property
    def start_char(self) -> int:
        return self._span.start_char

    @property
    def end_char(self) -> int:
        return self._span.end_char


class Tree(Sequence[Token]):
    """One article. given: the Doc it was read from; what changes there later does not change here."""

    def __init__(self, doc: Doc) -> None:
        self.given, self.text = doc, doc.text
        self._tokens = tokens = [Token(token, self) for token in doc]
        for token, word in zip(tokens, doc, strict=True):
            head = token.head = tokens[word.head.i]
            if head is not token:
                head.children.append(token)
        self._starts = [token.idx for token in tokens]
        self.sents = [Sentence(span, tokens[span.start : span.end]) for span in doc.sents]
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        return self._tokens[index]

    def __len__(self) -> int:
        return len(self._tokens)

    def char_span(self, start_idx: int, end_idx: int, *, alignment_mode: str = "strict") -> list[Token] | None:
        """The tokens at these characters; see spaCy's Doc.char_span. The stages ask with `expand` alone, and often."""
        if alignment_mode == "expand":
            return self._tokens_at(start_idx, end_idx)
        found = self.given.char_span(start_idx, end_idx, alignment_mode=alignment_mode)
        return None if found is None else self._tokens[found.start : found.end]

    def _tokens_at(self, start: int, end: int) -> list[Token] | None:
        """Every token with a character in `start` to `end`; None where one of these lies outside the text."""
        if not (0 <= start < len(self.text) and 0 < end <= len(self.text)):
            return None
        first, last = bisect(self._starts, start) - 1, bisect(self._starts, end - 1) - 1
        if start == self._starts[first] + len(self._tokens[first].text):
            first += 1  # the space behind a token is none of it
        return self._tokens[first : last + 1]


@lru_cache(maxsize=1)
def tree_of(doc: Doc) -> Tree:
    """The tree of a Doc whose parse is done, made once for the stages that follow each other on it."""
    return Tree(doc)
