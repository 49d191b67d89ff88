"""Who says (believes, wants, fears) what: an article's statements and the chain each stands in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from attrs import evolve
from spacy.tokens import Doc, Token

from ..chronology import EventWords, chronology_of, event_words
from ..config import Settings
from ..lexicon import Lexicons
from ..records import Article, Attribution, Findings, Mention, Span, Statement
from ..syntax import MentionIndex, head_of, tokens_in
from ..text import digest, fold, merge_spans, trim
from .bounds import load_edges
from .candidates import SPEECH_WEIGHT
from .chain import chains_of, nest
from .choice import best_choices, drafts_of
from .content import length, without
from .cues import Cue, CueBook
from .drafts import Draft
from .evidence import load_signs
from .features import Reader
from .hearsay import load_hearsay
from .inner import FIRST_PERSON, UNSPOKEN, lent, outermost, shared_out, with_inner, with_plain
from .marked import asked_outright, marked_drafts
from .network import load_network
from .parted import parted
from .quotes import Quotes, find_quotes
from .signs import TRANSCRIPT, is_spoken, signs
from .sources import name_span
from .speech import attach_quotes
from .unclosed import CLOSING, shut

LABELS = "en/headline_labels.tsv"
ROLES = "en/roles.tsv"
BLOWS = "en/blows.tsv"
ARMED = frozenset(("MIL", "REB", "UAF", "COP", "SPY"))
# "Most Iraqis" are not Iraq.
SOME = frozenset(("most", "many", "some", "few", "several"))
# From this share on, a noun with a clause is words: "position" is not.
MIN_WORDS_SHARE = 0.15
MAX_SHORT = 3  # longer words in capitals are no "US" or "UN"
SPEAKS_ON = frozenset(("he", "she", "him", "her"))


def make_attributor(
    settings: Settings, lexicons: Lexicons
) -> Callable[[Doc, Article, Findings], Attribution]:
    """The attribute stage: from a parsed article and what resolve found to its statements and chains.

    Raises LexiconError when a cue list is malformed.
    """
    book = CueBook.of(lexicons)
    evidence = load_signs(lexicons)
    edges = load_edges(lexicons)
    network = load_network()
    reader = Reader(book, network.vocabulary)
    events = event_words(lexicons)
    blows = {row.need("lemma"): row.need("kind") for row in lexicons.table(BLOWS)}
    hearsay = load_hearsay(lexicons)
    unspoken = frozenset(row.need("lemma") for row in lexicons.table(UNSPOKEN))
    roles = frozenset(row.need("phrase").lower() for row in lexicons.table(ROLES))
    labels = frozenset(fold(row.need("label")) for row in lexicons.table(LABELS))

    def says(verb: Token) -> Cue | None:
        cue = book.find("VERB", verb.lemma_.lower(), "clause")
        return cue if cue is not None and cue.weight >= SPEECH_WEIGHT else None

    def attribute(doc: Doc, article: Article, findings: Findings) -> Attribution:
        found = find_quotes(article.text, skip=article.furniture)
        quotes = Quotes(shut(found, doc, article.text, book))
        best = best_choices(doc, book, evidence, quotes)
        ruled = drafts_of(doc, article.text, best, edges, quotes)
        marked = marked_drafts(doc, article.text, book, best, network, reader, quotes)
        marked += asked_outright(doc, marked, best, book, quotes)
        drafts = shared_out(outermost(parted(doc, lent(marked, ruled), quotes, article.text)), quotes, article.text)
        drafts = hearsay.without_bystanders(doc, with_plain(drafts, ruled, quotes))
        speakers = _Speakers(doc, findings, roles)
        drafts = attach_quotes(doc, article.text, drafts, quotes, book, lambda head: speakers.tells(head, book))
        drafts = [d for d in drafts if not speakers.is_only_where(d, article.text, book) and not speakers.strikes(d, blows, book, quotes)]
        signed = signs(doc, article, drafts, labels, lambda span, spoken: speakers.can_speak(span, book, spoken=spoken), says)
        marks = {d.anchor for d in signed}
        drafts = _beside_turns([d for d in drafts if d.anchor not in marks], signed, article.text) + signed
        drafts = with_inner(doc, drafts, ruled, speakers.actor, quotes, unspoken)
        drafts += hearsay.in_passing(doc, drafts, best, quotes)
        drafts += hearsay.unowned(doc, drafts, quotes, lambda head: speakers.tells(head, book))
        drafts = hearsay.second_hand(doc, drafts, quotes, lambda head: speakers.tells(head, book))
        return _finished(doc, article, findings, drafts, quotes, speakers, events)

    return attribute


def _beside_turns(drafts: Sequence[Draft], signed: Iterable[Draft], text: str) -> list[Draft]:
    """`drafts` without the turns of a transcript in which they do not stand: a quotation may seem to run on into it.

    Of those within a turn, what "I" or "we" say goes: it is who speaks anyway.
    """
    turns = [d for d in signed if d.because == TRANSCRIPT]
    out = []
    for draft in drafts:
        own = draft.source is not None and draft.source.heads[0].lower_ in FIRST_PERSON
        if own and any(c.covers(draft.anchor) for t in turns for c in t.content):
            continue
        others = [s for t in turns if not any(c.covers(draft.anchor) for c in t.content) for s in (*t.cue, *t.content)]
        content = without(draft.content, [s for s in others if any(s.overlaps(c) for c in draft.content)], text)
        if content:
            out.append(draft if content == draft.content else evolve(draft, content=content))
    return out


def _finished(
    doc: Doc,
    article: Article,
    findings: Findings,
    drafts: Iterable[Draft],
    quotes: Quotes,
    speakers: _Speakers,
    events: EventWords,
) -> Attribution:
    ordered, parents = _settled(drafts)
    dates = chronology_of(doc, article, findings.times, events)
    ids = [_id(article, draft) for draft in ordered]
    statements: list[Statement] = []
    for number, draft in enumerate(ordered):
        actor, spans, named = speakers.of(draft)
        parent = parents[number]
        if actor is None and parent is None and statements and speakers.goes_on(draft, statements[-1]):
            actor, named = statements[-1].actor, statements[-1].named
        form = draft.form or _form(draft.content, quotes, article.text)
        statements.append(
            Statement(
                id=ids[number],
                actor=actor,
                source_spans=spans,
                cue_spans=draft.cue,
                cue_lemma=draft.lemma,
                content=draft.content,
                form=form,
                force="question" if form == "direct" and _asks(draft, article.text) else draft.force,
                named=named,
                within=None if parent is None else ids[parent],
                date=None if draft.at is None else dates.date_of(doc[draft.at]),
                because=_because(draft),
            )  # fmt: skip
        )
    return Attribution(statements=tuple(statements), chains=chains_of(statements))


def _asks(draft: Draft, text: str) -> bool:
    """Whether "asked" goes with a question: "'Who won?' the mayor asked"."""
    return draft.force == "ask" and text[draft.content[-1].start : draft.content[-1].end].rstrip("".join(CLOSING)).endswith("?")


def _because(draft: Draft) -> tuple[str, ...]:
    """The rule or entry that names the cue, and what kept the statement: the network's share or the weight of the signs."""
    score = f"weight {draft.weight:.2f}" if draft.sure is None else f"network {draft.sure:.2f}"
    return draft.because, score


def _id(article: Article, draft: Draft) -> str:
    return digest(article.id, draft.anchor.start, draft.content[0].start, draft.content[-1].end)


def _settled(drafts: Iterable[Draft]) -> tuple[list[Draft], list[int | None]]:
    """The drafts in the order of their cues, and within which each stands."""
    ordered = sorted(drafts, key=lambda d: (d.anchor, d.content))
    parents = nest([(d.anchor, d.content) for d in ordered])
    place = {d.anchor: n for n, d in enumerate(ordered) if d.beneath is None}
    return ordered, [place.get(d.beneath, p) if d.beneath else p for d, p in zip(ordered, parents, strict=True)]


def _is_words(noun: Token, book: CueBook) -> bool:
    """Whether a noun is words or a plan, which no shell hits: "the ruling", "its decision"; not "rebel positions"."""
    surest = (book.find("NOUN", noun.lemma_.lower(), complement) for complement in ("clause", "to"))
    return any(cue is not None and cue.weight >= MIN_WORDS_SHARE for cue in surest)


class _Speakers:
    """From a draft's source to actor, spans and whether the article names them."""

    def __init__(self, doc: Doc, findings: Findings, roles: Collection[str]) -> None:
        self._doc = doc
        self._index = MentionIndex(doc, findings.mentions)
        self._mentions = findings.mentions
        self._kinds = {actor.id: actor.kind for actor in findings.actors}
        self._sectors = {actor.id: actor.sectors for actor in findings.actors}
        self._roles = roles
        self._by_name: dict[str, str] = {}
        text = doc.text
        for mention in findings.mentions:
            if mention.form == "name" and mention.actor is not None:
                words = text[mention.span.start : mention.span.end].lower()
                for name in (words, words.split()[-1]):
                    self._by_name.setdefault(name, mention.actor)

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
        if self._kinds.get(actor or "") == "state" and any(c.lower_ in SOME for c in first.children):
            return None, merge_spans(spans), False
        if mentions[0] is None and actor is None and self._is_name(first):
            actor = self._by_name.get(first.lower_)
            named = True
        else:
            named = first.pos_ == "PROPN" if mentions[0] is None else self._named(actor)
        return actor, merge_spans(spans), named

    def _is_name(self, head: Token) -> bool:
        """Whether a capital word that no mention has is a name: it stands alone and is one elsewhere in the article."""
        if not head.text[:1].isupper() or any(c.i < head.i for c in head.children):
            return False
        if head.pos_ == "PROPN" or any(t.pos_ == "PROPN" for t in head.conjuncts):
            return True
        if head.pos_ != "NOUN" or head.is_upper:
            return False
        return not head.is_sent_start or any(t.lower == head.lower and t.pos_ == "PROPN" for t in self._doc)

    def actor(self, draft: Draft) -> str | None:
        """Actor id of the first speaker known."""
        return self.of(draft)[0]

    def goes_on(self, draft: Draft, before: Statement) -> bool:
        """Whether a "he" or "according to her" that is nobody yet is the person who spoke in the sentence before."""
        if draft.source is None or draft.source.heads[0].lower_ not in SPEAKS_ON or before.within is not None:
            return False
        if self._kinds.get(before.actor or "") != "person" or len(draft.source.heads) > 1:
            return False
        told = self._doc.char_span(*before.cue_spans[-1], alignment_mode="expand")
        here = draft.source.heads[0].sent
        if told is None:
            return False
        gap = [t for t in self._doc[told.end : here.start] if t.is_sent_start and not t.is_space]
        return told.end <= here.start and not gap

    def strikes(self, draft: Draft, blows: Mapping[str, str], book: CueBook, quotes: Quotes) -> bool:
        """Whether "attacked" is meant of arms: a state or an armed force does it to no words, and nothing is quoted.

        A verb that is `both` is one of words where it is done to somebody: "slammed the premier", "slammed the convoy".
        """
        if draft.lemma is None or draft.lemma not in blows or any(quotes.overlapping(span) for span in draft.content):
            return False
        struck = None if draft.at is None else next((c for c in self._doc[draft.at].children if c.dep_ == "dobj"), None)
        if struck is not None and self._index.at(struck) is None and _is_words(struck, book):
            return False
        at = None if struck is None else self._index.at(struck)
        if blows[draft.lemma] == "both" and at is not None and self._kinds.get(at.actor or "place") != "place":
            return False
        actor = self.actor(draft) or ""
        return self._kinds.get(actor) == "state" or not ARMED.isdisjoint(self._sectors.get(actor, ()))

    def is_only_where(self, draft: Draft, text: str, book: CueBook) -> bool:
        """Whether what stands before a colon is no speaker: "Kenya: rebels break the truce"."""
        if text[draft.anchor.start : draft.anchor.end] != ":" or draft.source is None:
            return False
        after = Span(draft.anchor.end, draft.content[-1].end)
        spoken = after.start < after.end and is_spoken(text, trim(text, after))
        return not self.can_speak(name_span(draft.source.heads[0]), book, spoken=spoken)

    def can_speak(self, span: Span, book: CueBook, *, spoken: bool) -> bool:
        """Whether a label of a headline is somebody, or something that tells: no town in capitals, no "tax cases".

        spoken: the other side of the colon is speech, by its marks or a "we"; without it a country is only where it happens.
        """
        head = head_of(self._doc, span)
        if head is None:
            return False
        mention = self._index.at(head)
        if head.is_upper and len(head) > MAX_SHORT:  # no dateline: "LIMA: The talks go on"
            return mention is not None and self._kinds.get(mention.actor or "") not in ("place", "state")
        if mention is not None:
            return self._kinds.get(mention.actor or "") != "state" or spoken
        telling = book.find("NOUN", head.lemma_.lower(), "frame", prep="in") is not None or head.lemma_.lower() in book.carriers
        return telling or (head.pos_ in ("NOUN", "PROPN", "ADJ") and head.text[:1].isupper())

    def tells(self, head: Token, book: CueBook) -> bool:
        """Whether a noun is somebody, or something that bears words: "citing officials", not "citing costs"."""
        own = self._index.at(head)
        if own is not None and own.actor is not None:
            return True
        return book.find("NOUN", head.lemma_.lower(), "frame", prep="in") is not None

    def _mention(self, head: Token) -> Mention | None:
        """The mention `head` heads; of "the bishop, Ana Ruiz" the name."""
        own = self._index.at(head)
        if own is None or own.form == "name":
            return own
        beside = [self._index.at(child) for child in head.children if child.dep_ == "appos"]
        return next((m for m in beside if m is not None and m.form == "name" and m.actor == own.actor), own)

    def _names(self, words: Sequence[Token]) -> bool:
        """Whether the words of a label or signature are a name, a title before it or not: "Minister Amina Diallo"."""
        titles = [n for n, w in enumerate(words) if len(w) == 1 or w.lower_ in self._roles]
        after = [w.text for w in words[titles[-1] + 1 :]] if titles else []
        return not titles or bool(after) and all(w[0].isupper() and len(w) > 1 for w in after)

    def _named(self, actor: str | None) -> bool:
        return actor is not None and self._kinds.get(actor, "unnamed") != "unnamed"

    def _of_layout(self, span: Span) -> tuple[str | None, tuple[Span, ...], bool]:
        inside: list[Mention] = [m for m in self._mentions if span.covers(m.span) and m.actor is not None]
        if not inside:
            words = tokens_in(self._doc, span)
            actor = self._by_name.get(self._doc.text[span.start : span.end].lower())
            return actor, (span,), actor is not None or self._names(words)
        longest = max(inside, key=lambda m: (m.span.end - m.span.start, -m.span.start))
        return longest.actor, (span,), self._named(longest.actor)


def _form(content: Iterable[Span], quotes: Quotes, text: str) -> str:
    """Form by the surface: all content in quotation marks direct, some mixed, none indirect."""
    spans = tuple(content)
    quoted = [q for s in spans for q in quotes.overlapping(s)]
    if not quoted:
        return "indirect"
    return "mixed" if length(without(spans, quoted, text)) > 1 else "direct"
