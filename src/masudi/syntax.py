"""Pure questions to a parsed text that more than one stage asks: to spaCy's Doc or to a Tree. Knows no lexicon and no stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, Self, TypeVar

from .records import Mention, Span


class Word(Protocol):
    """What spaCy's tokens and those of a Tree have in common, as far as is asked here."""

    @property
    def i(self) -> int: ...
    @property
    def idx(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def lower_(self) -> str: ...
    @property
    def pos_(self) -> str: ...
    @property
    def tag_(self) -> str: ...
    @property
    def dep_(self) -> str: ...
    @property
    def is_space(self) -> bool: ...
    @property
    def head(self) -> Self: ...
    @property
    def children(self) -> Iterable[Self]: ...
    @property
    def ancestors(self) -> Iterable[Self]: ...


W = TypeVar("W", bound=Word)
W_co = TypeVar("W_co", bound=Word, covariant=True)
S_co = TypeVar("S_co", bound=Iterable[Word], covariant=True)


class _Text(Protocol[W_co]):
    def char_span(self, start_idx: int, end_idx: int, *, alignment_mode: str) -> Iterable[W_co] | None: ...


class _InSentences(Protocol[S_co]):
    @property
    def sents(self) -> Iterable[S_co]: ...


def is_parsed(sentence: Iterable[Word]) -> bool:
    """Whether the parser saw this sentence; the gate spares it those that can hold nothing we code."""
    return any(token.dep_ for token in sentence)


def sentences_of(doc: _InSentences[S_co]) -> list[S_co]:
    """The sentences with words in them, in order: what `Report.sentence` counts."""
    return [s for s in doc.sents if any(not t.is_space for t in s)]


def sentence_spans(doc: _InSentences[Iterable[Word]]) -> tuple[Span, ...]:
    """Characters of each of `sentences_of(doc)`, white space at the edges left out."""
    return tuple(span_of(t for t in s if not t.is_space) for s in sentences_of(doc))


def span_of(tokens: Iterable[Word]) -> Span:
    """Characters from the first to the last of `tokens`."""
    ordered = sorted(tokens, key=lambda t: t.i)
    return Span(ordered[0].idx, ordered[-1].idx + len(ordered[-1].text))


def tokens_in(doc: _Text[W], span: Span) -> list[W]:
    """The tokens that lie in the characters of `span`, white space left out."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [] if found is None else [t for t in found if not t.is_space]


def head_of(doc: _Text[W], span: Span) -> W | None:
    """The token of `span` whose head lies outside it: what stands for the phrase in the sentence."""
    inside = tokens_in(doc, span)
    indices = {t.i for t in inside}
    for token in inside:
        if token.head.i not in indices or token.head.i == token.i:
            return token
    return inside[-1] if inside else None


class MentionIndex:
    """The mentions of one article by their head token: the door from a grammatical slot to an actor."""

    def __init__(self, doc: _Text[Word], mentions: Iterable[Mention]) -> None:
        self._by_head: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span)):
            head = head_of(doc, mention.span)
            if head is not None:
                self._by_head.setdefault(head.i, mention)

    def at(self, token: Word) -> Mention | None:
        """The longest mention whose head is `token`; None when it heads none."""
        return self._by_head.get(token.i)


def clause_verb(token: W) -> W | None:
    """The nearest verb at or above `token` that is no auxiliary; None in a fragment without one."""
    for candidate in (token, *token.ancestors):
        if candidate.pos_ in ("VERB", "AUX") and candidate.dep_ not in ("aux", "auxpass"):
            return candidate
    return None


def tense(verb: Word) -> str | None:
    """past, present, perfect, pluperfect, future, modal or infinitive; None for a bare participle or form.

    From the model's fine tags and the auxiliaries alone; the passive counts as its active form.
    """
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    for helper in helpers:
        if helper.tag_ == "MD":
            return "future" if helper.lower_ in ("will", "wo", "'ll", "’ll", "shall") else "modal"
    if any(helper.tag_ == "TO" for helper in helpers):
        return "infinitive"
    for helper in helpers:
        if helper.lower_ in ("have", "has", "'ve", "’ve") and verb.tag_ in ("VBN", "VBD", "VBG"):
            return "perfect"
        if helper.lower_ in ("had", "'d", "’d") and verb.tag_ in ("VBN", "VBD", "VBG"):
            return "pluperfect"
    for tag in [verb.tag_] if not helpers else [h.tag_ for h in helpers]:
        if tag == "VBD":
            return "past"
        if tag in ("VBZ", "VBP"):
            return "present"
    return None
