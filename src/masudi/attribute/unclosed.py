"""Quotations whose mark is never closed, ended where the cue begins: '"The truce is over, the envoy said.'"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from .candidates import SPEECH_WEIGHT
from .cues import CueBook
from .quotes import Quote, quote_of

CLOSING = frozenset("”\"»’'›")
ENDS = frozenset((",", "?", "!", "—", "…"))
NOT_THIRD = frozenset(("i", "we", "you"))
TOLD = frozenset(("VBD", "VBZ"))
MIN_WORDS = 2


def shut(quotes: Iterable[Quote], doc: Doc, text: str, book: CueBook) -> Iterator[Quote]:
    """`quotes`; one left open to the end of its paragraph ends before the first "..., she said" in it."""
    for quote in quotes:
        if quote.goes_on or text[quote.span.end - 1] in CLOSING:
            yield quote
            continue
        end = _end_before_cue(quote, doc, book)
        shorter = None if end is None else quote_of(text, quote.span.start, end)
        yield shorter if shorter is not None and shorter.words >= MIN_WORDS else quote


def _end_before_cue(quote: Quote, doc: Doc, book: CueBook) -> int | None:
    inside = doc.char_span(*quote.span, alignment_mode="expand")
    if inside is None:
        return None
    for verb in inside:
        first = _clause_start(verb, book)
        if first is not None and first.i - 1 > inside.start and first.nbor(-1).text in ENDS:
            before = first.nbor(-1)
            return int(before.idx + len(before))
    return None


def _clause_start(verb: Token, book: CueBook) -> Token | None:
    """The first word of "the envoy said" or "said the envoy"; None where `verb` is no finite cue of somebody else's."""
    if verb.tag_ not in TOLD or not verb.dep_:
        return None
    cue = book.find("VERB", verb.lemma_.lower(), "clause")
    if cue is None or cue.weight < SPEECH_WEIGHT:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ in NOT_THIRD:
        return None
    return verb if subject.i > verb.i else subject.left_edge
