"""Who says (believes, wants, fears) what: an article's statements and the chain each stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Token

from ..chronology import Chronology
from ..config import Settings
from ..lexicon import Lexicons
from ..records import Article, Attribution, Findings, Mention, Span, Statement
from ..syntax import MentionIndex
from ..text import digest, fold, merge_spans
from .bounds import load_edges
from .chain import chains_of, nest
from .choice import drafts_of
from .content import length, without
from .cues import CueBook
from .drafts import Draft
from .evidence import load_signs
from .quotes import Quotes, find_quotes
from .signs import signs
from .sources import name_span
from .speech import attach_quotes

LABELS = "en/headline_labels.tsv"
# A statement inside another must be surer: an embedded verb is often no claim of its own.
# Chosen with choice.MIN_WEIGHT, on the same articles.
MIN_WEIGHT_INSIDE = 0.85
MIN_WEIGHT_INSIDE_PLAIN = 0.5


def make_attributor(
    settings: Settings, lexicons: Lexicons
) -> Callable[[Doc, Article, Findings], Attribution]:
    """The attribute stage: from a parsed article and what resolve found to its statements and chains.

    Raises LexiconError when a cue list is malformed.
    """
    book = CueBook.of(lexicons)
    evidence = load_signs(lexicons)
    edges = load_edges(lexicons)
    labels = frozenset(fold(row.need("label")) for row in lexicons.table(LABELS))

    def attribute(doc: Doc, article: Article, findings: Findings) -> Attribution:
        quotes = Quotes(find_quotes(article.text, skip=article.furniture))
        drafts = drafts_of(doc, article.text, book, evidence, edges, quotes)
        drafts = attach_quotes(doc, article.text, drafts, quotes, book)
        signed = signs(doc, article, drafts, labels)
        marks = {d.anchor for d in signed}
        drafts = [d for d in drafts if d.anchor not in marks] + signed
        return _finished(doc, article, findings, drafts, quotes)

    return attribute


def _finished(
    doc: Doc, article: Article, findings: Findings, drafts: Iterable[Draft], quotes: Quotes
) -> Attribution:
    ordered, parents = _settled(drafts)
    speakers = _Speakers(doc, findings)
    dates = Chronology(doc, article, findings.times)
    ids = [_id(article, draft) for draft in ordered]
    statements = []
    for number, draft in enumerate(ordered):
        actor, spans, named = speakers.of(draft)
        parent = parents[number]
        statements.append(
            Statement(
                id=ids[number],
                actor=actor,
                source_spans=spans,
                cue_spans=draft.cue,
                cue_lemma=draft.lemma,
                content=draft.content,
                form=draft.form or _form(draft.content, quotes, article.text),
                force=draft.force,
                named=named,
                within=None if parent is None else ids[parent],
                date=None if draft.at is None else dates.date_of(doc[draft.at]),
                because=(draft.because,),
            )  # fmt: skip
        )
    return Attribution(statements=tuple(statements), chains=chains_of(statements))


def _id(article: Article, draft: Draft) -> str:
    return digest(article.id, draft.anchor.start, draft.content[0].start, draft.content[-1].end)


def _settled(drafts: Iterable[Draft]) -> tuple[list[Draft], list[int | None]]:
    """The drafts in the order of their cues, and within which each stands; those inside another must be surer."""
    ordered = sorted(drafts, key=lambda d: (d.anchor, d.content))
    parents = nest([(d.anchor, d.content) for d in ordered])
    kept = [
        d
        for d, parent in zip(ordered, parents, strict=True)
        if parent is None or (d.told and d.weight >= _needed(d))
    ]
    return kept, parents if len(kept) == len(ordered) else nest([(d.anchor, d.content) for d in kept])


def _needed(draft: Draft) -> float:
    return MIN_WEIGHT_INSIDE_PLAIN if draft.plain else MIN_WEIGHT_INSIDE


class _Speakers:
    """From a draft's source to actor, spans and whether the article names them."""

    def __init__(self, doc: Doc, findings: Findings) -> None:
        self._doc = doc
        self._index = MentionIndex(doc, findings.mentions)
        self._mentions = findings.mentions
        self._kinds = {actor.id: actor.kind for actor in findings.actors}

    def of(self, draft: Draft) -> tuple[str | None, tuple[Span, ...], bool]:
        """Actor id of the first speaker known, source spans, named."""
        if draft.source_span is not None:
            return self._of_layout(draft.source_span)
        if draft.source is None:
            return None, (), False
        relative = draft.source.relative
        spans = [] if relative is None else [Span(relative.idx, relative.idx + len(relative))]
        actor: str | None = None
        mentions = [self._mention(head) for head in draft.source.heads]
        for head, mention in zip(draft.source.heads, mentions, strict=True):
            spans.append(name_span(head) if mention is None else mention.span)
            actor = actor or (mention.actor if mention is not None else None)
        first = draft.source.heads[0]
        named = first.pos_ == "PROPN" if mentions[0] is None else self._named(actor)
        return actor, merge_spans(spans), named

    def _mention(self, head: Token) -> Mention | None:
        """The mention `head` heads; of "the bishop, Ana Ruiz" the name."""
        own = self._index.at(head)
        if own is None or own.form == "name":
            return own
        beside = [self._index.at(child) for child in head.children if child.dep_ == "appos"]
        return next((m for m in beside if m is not None and m.form == "name" and m.actor == own.actor), own)

    def _named(self, actor: str | None) -> bool:
        return actor is not None and self._kinds.get(actor, "unnamed") != "unnamed"

    def _of_layout(self, span: Span) -> tuple[str | None, tuple[Span, ...], bool]:
        inside: list[Mention] = [m for m in self._mentions if span.covers(m.span) and m.actor is not None]
        if not inside:
            found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
            return None, (span,), found is not None and any(t.pos_ == "PROPN" for t in found)
        longest = max(inside, key=lambda m: (m.span.end - m.span.start, -m.span.start))
        return longest.actor, (span,), self._named(longest.actor)


def _form(content: Iterable[Span], quotes: Quotes, text: str) -> str:
    """Form by the surface: all content in quotation marks direct, some mixed, none indirect."""
    spans = tuple(content)
    quoted = [q for s in spans for q in quotes.overlapping(s)]
    if not quoted:
        return "indirect"
    return "mixed" if length(without(spans, quoted, text)) > 1 else "direct"
