"""Pure questions to a parsed Doc that more than one stage asks. Knows no lexicon and no stage."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from .records import Mention, Span


def is_parsed(sentence: DocSpan) -> bool:
    """Whether the parser saw this sentence; the gate spares it those that can hold nothing we code."""
    return any(token.dep_ for token in sentence)


def sentences_of(doc: Doc) -> list[DocSpan]:
    """The sentences with words in them, in order: what `Report.sentence` counts."""
    return [s for s in doc.sents if any(not t.is_space for t in s)]


def sentence_spans(doc: Doc) -> tuple[Span, ...]:
    """Characters of each of `sentences_of(doc)`, white space at the edges left out."""
    return tuple(span_of(t for t in s if not t.is_space) for s in sentences_of(doc))


def span_of(tokens: Iterable[Token]) -> Span:
    """Characters from the first to the last of `tokens`."""
    ordered = sorted(tokens, key=lambda t: t.i)
    return Span(ordered[0].idx, ordered[-1].idx + len(ordered[-1].text))


def tokens_in(doc: Doc, span: Span) -> list[Token]:
    """The tokens that lie in the characters of `span`, white space left out."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [] if found is None else [t for t in found if not t.is_space]


def head_of(doc: Doc, span: Span) -> Token | None:
    """The token of `span` whose head lies outside it: what stands for the phrase in the sentence."""
    inside = tokens_in(doc, span)
    indices = {t.i for t in inside}
    for token in inside:
        if token.head.i not in indices or token.head.i == token.i:
            return token
    return inside[-1] if inside else None


class MentionIndex:
    """The mentions of one article by their head token: the door from a grammatical slot to an actor."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        self._by_head: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span)):
            head = head_of(doc, mention.span)
            if head is not None:
                self._by_head.setdefault(head.i, mention)

    def at(self, token: Token) -> Mention | None:
        """The longest mention whose head is `token`; None when it heads none."""
        return self._by_head.get(token.i)


def clause_verb(token: Token) -> Token | None:
    """The nearest verb at or above `token` that is no auxiliary; None in a fragment without one."""
    for candidate in (token, *token.ancestors):
        if candidate.pos_ in ("VERB", "AUX") and candidate.dep_ not in ("aux", "auxpass"):
            return candidate
    return None


def tense(verb: Token) -> str | None:
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
