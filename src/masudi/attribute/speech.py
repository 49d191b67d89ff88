"""Quotations the parse did not tie to a cue: found a speaker by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from ..records import Span
from ..text import merge_spans
from .candidates import SPEECH_WEIGHT, cue_tokens
from .content import covered, spans_of
from .cues import Cue, CueBook
from .drafts import Draft
from .quotes import Quote, Quotes
from .sources import Source, beside, subject_of, unquoted, with_conjuncts

MIN_WORDS = 4
MIN_WORDS_AFTER_COLON = 6
MIN_WORDS_BORNE = 2  # after what bears words: "A banner read: ..."
REACH_TOKENS = 12
# Within this many tokens of a quotation that ends in a comma, any listed verb is the cue of it.
NEAR_TOKENS = 5
# More words of narrative than this between two quotations part the speeches.
MAX_WORDS_BETWEEN = 30
BLOCK = 4096  # characters; contents are looked up by the block they lie in
Tells = Callable[[Token], bool]
_MARKS = "“”„«»‘’\"'`‹› "


def attach_quotes(
    doc: Doc, text: str, drafts: Sequence[Draft], quotes: Quotes, book: CueBook, tells: Tells
) -> list[Draft]:
    """`drafts`, each quotation that none of them holds added to the one it goes on from, or as a new one.

    tells: whether a noun is somebody, or something that bears words: who a colon may let speak.
    """
    out = _Held(drafts)
    waiting: list[Quote] = []  # speech whose cue may still follow
    last: int | None = None  # number of the draft that spoke last
    before: Quote | None = None
    for quote in quotes.items:
        holder = out.holder(quote)
        carried = before is not None and before.goes_on
        if holder is None and (quote.words >= MIN_WORDS or carried or _is_speech(text, quote) or _stands_alone(text, quote)):
            holder = _fresh(doc, text, quote, quotes, book, tells, out)
            if holder is None and last is not None and before is not None and _goes_on(text, before, quote):
                holder = last
                out.extend(last, quote.span)
            if holder is None:
                holder = out.ending_before(text, quote)
        if holder is None:
            if quote.words >= MIN_WORDS and _is_whole(text, quote):
                adjoining = bool(waiting) and _goes_on(text, waiting[-1], quote)
                waiting = [*waiting, quote] if adjoining else [quote]
                last = before = None
            continue
        if waiting and _goes_on(text, waiting[-1], quote):
            out.extend(holder, *(q.span for q in waiting))
        waiting = []
        last, before = holder, quote
    return out.drafts


class _Held:
    """Drafts that grow, found by the place of their content."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.drafts: list[Draft] = []
        self.by_cue: dict[int, int] = {}
        self._near: dict[int, list[int]] = {}
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> int:
        number = len(self.drafts)
        self.drafts.append(draft)
        if draft.at is not None:
            self.by_cue[draft.at] = number
        self._note(number, draft.content)
        return number

    def _note(self, number: int, spans: Iterable[Span]) -> None:
        for block in {b for s in spans for b in range(s.start // BLOCK, s.end // BLOCK + 1)}:
            self._near.setdefault(block, []).append(number)

    def extend(self, number: int, *spans: Span) -> None:
        draft = self.drafts[number]
        self.drafts[number] = evolve(draft, content=merge_spans((*draft.content, *spans)))
        self._note(number, spans)

    def holder(self, quote: Quote) -> int | None:
        """The draft outside the quotation whose content holds most of it."""
        size = quote.span.end - quote.span.start
        for number in sorted(set(self._near.get(quote.span.start // BLOCK, ()))):
            draft = self.drafts[number]
            if 2 * covered(draft.content, [quote.span]) >= size and not quote.span.covers(draft.cue[0]):
                return number
        return None

    def ending_before(self, text: str, quote: Quote) -> int | None:
        """The draft whose content ends the sentence right before the quotation, which then bears it out; extended."""
        at = quote.span.start
        while at > 0 and text[at - 1] == " ":
            at -= 1
        if at == 0 or text[at - 1] not in ".:" or quote.words < MIN_WORDS:
            return None
        near = sorted(set(self._near.get((at - 1) // BLOCK, ())))
        ending = [n for n in near if at - 2 <= self.drafts[n].content[-1].end <= at and self.drafts[n].says]
        if not ending:
            return None
        outer = min(ending, key=lambda n: self.drafts[n].content[0].start)
        self.extend(outer, quote.span)
        return outer


def _fresh(
    doc: Doc, text: str, quote: Quote, quotes: Quotes, book: CueBook, tells: Tells, held: _Held
) -> int | None:
    """The number of the draft whose cue stands beside the quotation, made if need be; None without a cue."""
    found = _cued(doc, text, quote, quotes, book, held)
    if isinstance(found, int):
        held.extend(found, quote.span)
        return found
    draft = found or _introduced(doc, quote, quotes, book, tells)
    return None if draft is None else held.add(draft)


def _is_speech(text: str, quote: Quote) -> bool:
    """Whether a short quotation is an utterance, not a word held at arm's length: it ends or begins like a sentence."""
    inner = text[quote.span.start : quote.span.end].strip(_MARKS)
    return bool(inner) and inner[-1] in ",?!" and inner[0].isupper()


def _is_whole(text: str, quote: Quote) -> bool:
    """Whether a quotation begins or ends like a sentence: not 'calls it "a plan that will bleed us" again'."""
    inner = text[quote.span.start : quote.span.end].strip(_MARKS)
    return bool(inner) and (inner[-1] in ".?!,…" or inner[0].isupper())


def _stands_alone(text: str, quote: Quote) -> bool:
    """Whether a quotation, however short, is a sentence after another: '..., she said. "I think so."'."""
    inner = text[quote.span.start : quote.span.end].strip(_MARKS)
    before = text[: quote.span.start].rstrip(" ")
    return bool(inner) and inner[0].isupper() and inner[-1] in ".?!" and before[-1:] in (".", "?", "!", ":")


def _goes_on(text: str, before: Quote, quote: Quote) -> bool:
    """Whether `quote` is more of the speech in `before`: nothing, or only the cue's sentence, stands between."""
    if before.goes_on:
        return True
    between = text[before.span.end : quote.span.start]
    if not _stands_alone(text, quote) and (quote.words < MIN_WORDS or not _is_whole(text, quote)):
        return False
    if "\n" in between and between.rsplit("\n", 1)[1].strip():
        return False
    return len(between.split()) <= MAX_WORDS_BETWEEN


# ---------------------------------------------------------------- cues beside a quotation


def _cued(
    doc: Doc, text: str, quote: Quote, quotes: Quotes, book: CueBook, held: _Held
) -> Draft | int | None:
    """A draft (or the number of one) whose cue stands right after or right before the quotation."""
    first = doc.char_span(quote.span.start, quote.span.end, alignment_mode="expand")
    if first is None:
        return None
    last = text[quote.span.start : quote.span.end].rstrip(_MARKS)[-1:]
    ends = last in (",", "?", "!", "—")
    following = () if last == "." and _begins_anew(text, quote.span.end) else _after(doc, first.end)
    after = ((t, ends and n < NEAR_TOKENS) for n, t in enumerate(following))
    ahead = ((t, doc[first.start - 1].text == ":") for t in _ahead(doc, first.start))
    for token, near in (*after, *ahead):
        if not token.dep_ or quotes.at(token.idx) is not None:
            continue
        cue = _speech(token, book, near=near)
        if cue is None:
            continue
        if token.i in held.by_cue:
            return held.by_cue[token.i]
        source = unquoted(quotes, token, subject_of(token)) or beside(token)
        if source is None:
            continue
        return Draft(
            at=token.i, anchor=Span(token.idx, token.idx + len(token)), cue=spans_of(doc, cue_tokens(token)), lemma=cue.lemma, force=cue.force, weight=0.9,
            content=(quote.span,), source=source, because=f"quotation beside {cue.row}",
        )  # fmt: skip
    return None


def _begins_anew(text: str, end: int) -> bool:
    """Whether a new sentence, not the cue, follows a quotation that ends in a full stop."""
    rest = text[end : end + 3].lstrip()
    return rest[:1].isupper()


def _speech(token: Token, book: CueBook, *, near: bool) -> Cue | None:
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
        return None
    lemma = token.lemma_.lower()
    cue = book.find("VERB", lemma, "clause")
    if cue is not None and (near or cue.weight >= SPEECH_WEIGHT):
        return cue
    return book.any("VERB", lemma) if near else None


def _after(doc: Doc, index: int) -> list[Token]:
    """Tokens between the quotation and the end of its sentence, near first."""
    out = []
    for i in range(index, min(index + REACH_TOKENS, len(doc))):
        if doc[i].text in (".", "?", "!", "“", ";") or "\n" in doc[i].text:
            break
        out.append(doc[i])
    return out


def _ahead(doc: Doc, index: int) -> list[Token]:
    """Tokens from the quotation back to the start of its sentence, near first; over one line break at most."""
    out: list[Token] = []
    for i in range(index - 1, max(index - 2 * REACH_TOKENS, -1), -1):
        if doc[i].text in (".", "?", "!", "”", ";") or ("\n" in doc[i].text and out):
            break
        out.append(doc[i])
    return out


def _introduced(doc: Doc, quote: Quote, quotes: Quotes, book: CueBook, tells: Tells) -> Draft | None:
    """A quotation that a colon alone announces: "From the report: ...", "The envoy went further: ..."."""
    colon = doc.char_span(quote.span.start, quote.span.start + 1, alignment_mode="expand")
    if colon is None:
        return None
    at = colon.start - 1
    while at > 1 and doc[at].is_space:
        at -= 1
    if at < 1 or doc[at].text != ":" or quotes.at(doc[at].idx) is not None:
        return None
    before = doc[doc[at].sent.start : at]
    bearers = [t for t in before if t.lemma_.lower() in book.carriers and t.pos_ == "NOUN" and t.dep_ != "compound"]
    if quote.words < (MIN_WORDS_BORNE if bearers else MIN_WORDS_AFTER_COLON):
        return None
    heads = [t for t in before if _acts(t) and tells(t)] or bearers or list(_speakers(before))
    if at < colon.start - 1:  # on a line of its own: who "we" are is not told
        heads = [t for t in heads if t.pos_ != "PRON" or t.lower_ in ("he", "she")]
    if not heads:
        return None
    cue = Span(doc[at].idx, doc[at].idx + 1)
    return Draft(
        at=None, anchor=cue, cue=(cue,), lemma=None, force="assert", weight=0.8, content=(quote.span,),
        source=Source(tuple(with_conjuncts(heads[0]))), because="quotation after a colon",
    )  # fmt: skip


def _acts(noun: Token) -> bool:
    """Whether a common noun is the subject of a main verb: "[The governor] issued the following statement"."""
    return noun.dep_ == "nsubj" and noun.pos_ == "NOUN" and noun.head.dep_ == "ROOT"


def _speakers(tokens: DocSpan) -> Iterator[Token]:
    """Who a colon may let speak, likeliest first: the subject, what stands after "from" or "by", the last name."""
    yield from (
        t
        for t in tokens
        if t.dep_ == "nsubj" and t.pos_ in ("PROPN", "PRON") and t.tag_ not in ("WDT", "WP", "EX")
    )
    yield from (t for t in tokens if t.dep_ == "pobj" and t.head.lower_ in ("from", "by"))
    yield from (t for t in reversed(list(tokens)) if t.pos_ == "PROPN" and t.dep_ not in ("compound", "poss"))
