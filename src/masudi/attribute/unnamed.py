"""Sources an article leaves unnamed: how many they are, and on what terms or why they stay unnamed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen
from spacy.tokens import Doc, Token

from ..lexicon import Lexicons
from ..records import Findings, Span, Statement
from ..syntax import MentionIndex, head_of, span_of, tokens_in
from .content import covered, length, without
from .phrases import PhraseBook

ANONYMITY = "en/anonymity.tsv"
NUMBERS = "en/times_words.tsv"
ROLES = "en/roles.tsv"
COLLECTIVES = "en/collectives.tsv"
RELATIVES = ("WDT", "WP")
SINGLE = ("a", "an", "one", "another", "same", "first", "second", "third", "fourth", "fifth", "this", "that")
STOPS = frozenset((",", ";", ":", "–", "—", "-", "--", "(", ")", "“", "”", '"', "‘", "’", "'", "«", "»", ".", "!", "?"))
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
CLAUSES = ("relcl", "acl", "advcl", "ROOT", "ccomp", "parataxis", "pcomp")


@frozen
class Terms:
    """Words on a source's anonymity. subject: the noun phrase they are said of, where the parse tells."""

    span: Span
    sentence: int
    subject: Token | None
    partial: bool


class UnnamedSources:
    """Fills number, plural and anonymity of the statements of one article."""

    def __init__(self, lexicons: Lexicons) -> None:
        rows = lexicons.table(ANONYMITY)
        self._terms = PhraseBook((r.need("phrase"), r.need("kind")) for r in rows if r["kind"] != "goes_on")
        self._on = PhraseBook((r.need("phrase"), True) for r in rows if r["kind"] == "goes_on")
        numbers = (row for row in lexicons.table(NUMBERS) if row["class"] == "number")
        self._numbers = {row.need("word"): int(row.need("value")) for row in numbers if row.need("value").isdigit()}
        collective = {row.need("lemma") for row in lexicons.table(COLLECTIVES)}
        self._persons = {
            row.need("phrase").split()[-1] for row in lexicons.table(ROLES)
            if row["kind"] in ("person", "group") and row["plural"] != row["phrase"]
        } - collective  # fmt: skip

    def fill(self, doc: Doc, findings: Findings, statements: Sequence[Statement]) -> tuple[Statement, ...]:
        """`statements` with what the text tells of unnamed sources; the words on anonymity are no part of a source and of
        no content of that source's, and asking for it is no statement."""
        index = MentionIndex(doc, findings.mentions)
        terms = list(self._find(doc, statements))
        told = _terms_by_statement(doc, index, terms, statements)
        spans = [t.span for t in terms]
        kept = _beside_terms([t for t in terms if not t.partial], told, statements, doc.text)
        filled = [self._filled(doc, _cleaned(doc, s, spans), told.get(s.id)) for s in kept]
        counted: dict[str, int] = {}
        for s in filled:
            if s.actor is not None and s.number is not None and s.plural:
                counted.setdefault(s.actor, s.number)
        return tuple(evolve(s, number=counted[s.actor]) if _uncounted(s) and s.actor in counted else s for s in filled)

    def _filled(self, doc: Doc, statement: Statement, terms: Terms | None) -> Statement:
        if statement.named and statement.actor is None and any(_one_of_many(h) for h in _heads(doc, statement)):
            statement = evolve(statement, named=False)
        if statement.named:
            keep = terms.span if terms is not None and terms.partial else None
            return statement if keep is None else evolve(statement, anonymity=keep)
        counts = [self._count(head) for head in _heads(doc, statement)]
        if not counts:
            return evolve(statement, anonymity=None if terms is None else terms.span)
        numbers = [number for number, _ in counts if number is not None]
        number = sum(numbers) if len(numbers) == len(counts) else None
        plural = len(counts) > 1 or any(several for _, several in counts)
        return evolve(statement, number=number, plural=plural, anonymity=None if terms is None else terms.span)

    def _count(self, head: Token) -> tuple[int | None, bool]:
        """How many the phrase of `head` is, None where it does not tell, and whether it is more than one."""
        if (head.pos_ == "NUM" or head.like_num) and head.lower_ not in SINGLE:
            number = self._value(head)
            return number, number is None or number > 1
        told = [self._value(c) for c in head.children if c.dep_ == "nummod"]
        if told and told[0] is not None:
            return told[0], told[0] > 1
        before = {c.lower_ for c in head.children if c.i < head.i}
        if "both" in before or head.lower_ == "both":
            return 2, True
        if head.text[0].isupper() and not head.is_sent_start and not before:
            return None, False  # a name, however the tagger took it: "Torres"
        if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("they", "we", "some", "several", "many", "others"):
            return None, True
        if head.tag_ not in ("NN", "NNP", "PRP", "DT", "JJ"):
            return None, False
        single = before & {*SINGLE} or head.lower_ in (*SINGLE, "he", "she", "i")
        return (1 if single or head.lemma_.lower() in self._persons else None), False

    def _value(self, token: Token) -> int | None:
        plain = token.text.replace(",", "")
        return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else self._numbers.get(token.lower_)

    def _find(self, doc: Doc, statements: Sequence[Statement]) -> Iterator[Terms]:
        last = -1
        starts = [sentence.start for sentence in doc.sents]
        for index in self._terms.openings(doc):
            token = doc[index]
            if not token.dep_ or token.is_space or token.i <= last:
                continue
            found = next(self._terms.at(token), None)
            if found is not None:
                end, kind = found
                number = bisect_right(starts, index) - 1
                subject = _subject(token)
                span, last = self._extent(token, end, statements, subject)
                yield Terms(span, number, subject, kind == "partial")

    def _extent(
        self, first: Token, last: Token, statements: Sequence[Statement], subject: Token | None
    ) -> tuple[Span, int]:
        """The clause around the words found: from the relative pronoun or comma before to where the reason ends."""
        doc, sentence = first.doc, first.sent
        anchor = span_of((first, last))
        others = [s for s in statements if not any(c.overlaps(anchor) for c in s.content)]
        cues = [c for s in others for c in s.cue_spans if not c.overlaps(anchor) and _finite(doc, c)]
        speakers = [c for s in statements for c in s.source_spans]
        if subject is not None:
            speakers.append(span_of((subject,)))
        openings = {s.content[0].start for s in others if s.cue_spans and s.cue_spans[0].start < anchor.start}
        start = first.i
        while start > sentence.start and doc[start].tag_ not in RELATIVES:
            before = doc[start - 1]
            held = (*cues, *(() if before.tag_ in RELATIVES else speakers))
            if _tells_more(before):
                start = first.i
                break
            if _stops(before) or before.is_space or any(c.start <= before.idx < c.end for c in held):
                break
            start -= 1
        end = last.i
        while end + 1 < sentence.end:
            following = doc[end + 1]
            if following.text == "," and self._goes_on(doc, end + 2):
                end += 2  # ", citing ...", ", because ..."
                continue
            if _stops(following):
                break
            stop = following.idx in openings or any(c.start <= following.idx < c.end for c in cues)
            if stop or following.is_space or _main_verb(following, first):
                break
            end += 1
        while end > last.i and doc[end].text in STOPS:
            end -= 1
        return span_of((doc[start], doc[end])), end

    def _goes_on(self, doc: Doc, at: int) -> bool:
        return at < len(doc) and next(self._on.at(doc[at]), None) is not None


def _stops(token: Token) -> bool:
    """Whether a mark ends a stretch; a hyphen inside a word does not."""
    inside = token.text in ("-", "–") and token.i > 0 and not token.nbor(-1).whitespace_ and not token.whitespace_
    return token.text in STOPS and not inside


def _tells_more(verb: Token) -> bool:
    """Whether a main verb before "on condition of anonymity" says something else: "confirmed the meeting"."""
    return verb.dep_ == "ROOT" and any(c.dep_ in ("dobj", "ccomp") for c in verb.children)


def _uncounted(statement: Statement) -> bool:
    return statement.plural and statement.number is None and not statement.named


def _main_verb(token: Token, anchor: Token) -> bool:
    return token.dep_ == "ROOT" and token.pos_ in ("VERB", "AUX") and anchor.i < token.i and token.tag_ not in ("VB", "VBG")


def _subject(anchor: Token) -> Token | None:
    """Of whom the words are said: the subject of their clause, of a relative clause what it belongs to."""
    for token in (anchor, *anchor.ancestors):
        own = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i), None)
        if own is not None and own.tag_ not in RELATIVES:
            return own
        if token.dep_ in ("relcl", "acl") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _outermost(token.head)
        own = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ not in RELATIVES), None)
        if own is not None and token.dep_ in CLAUSES:
            return own
    return None


def _outermost(noun: Token) -> Token:
    """Of "people familiar with the matter, who ..." the people: a relative clause the parser hung on the last noun."""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ in ("NOUN", "PROPN", "ADJ", "VERB"):
        if noun.head.head.pos_ == "VERB" and noun.head.head.dep_ != "acl":
            break
        above = noun.head.head
        noun = above.head if above.dep_ in ("amod", "acl") and above.pos_ != "NOUN" else above
    return noun


def _heads(doc: Doc, statement: Statement) -> list[Token]:
    """Who speaks: the head of each source span with what is joined to it there."""
    found = []
    for span in statement.source_spans:
        head = head_of(doc, span)
        if head is not None and head.tag_ not in RELATIVES:
            found += [head, *(t for t in head.conjuncts if span.start <= t.idx < span.end and t.pos_ in NOMINAL)]
    return list(dict.fromkeys(found))


def _one_of_many(head: Token) -> bool:
    """Whether a capital word is no name but one of many: "another Muslim"."""
    return any(c.dep_ == "det" and c.lower_ in (*SINGLE, "some") for c in head.children)


def _finite(doc: Doc, cue: Span) -> bool:
    """Whether a cue ends a stretch of words on anonymity: not "to discuss" or "citing" within them."""
    words = tokens_in(doc, cue)
    return not words or words[-1].tag_ not in ("VB", "VBG")


def _beside_terms(
    terms: Sequence[Terms], told: Mapping[str, Terms], statements: Sequence[Statement], text: str
) -> list[Statement]:
    """`statements` without those that are themselves the terms ("asked not to be named"); the others without their own terms."""
    gone = {s.id: s.within for s in statements if any(_is_terms(t.span, s) for t in terms)}
    out = []
    for statement in statements:
        if statement.id in gone:
            continue
        within = statement.within
        while within in gone:
            within = gone[within]
        own = told.get(statement.id)
        content = statement.content if own is None or own.partial else without(statement.content, [own.span], text)
        out.append(evolve(statement, within=within, content=content or statement.content))
    return out


def _is_terms(span: Span, statement: Statement) -> bool:
    cue = statement.cue_spans
    inside = covered(statement.content, [span])
    return bool(cue) and all(span.covers(c) for c in cue) and 2 * inside > length(statement.content)


def _cleaned(doc: Doc, statement: Statement, terms: Sequence[Span]) -> Statement:
    """Without source spans that are words of the terms: "A source ... not authorised to speak to [the media]"."""
    kept = tuple(
        s for s in statement.source_spans
        if not any(t.covers(s) for t in terms) or all(w.tag_ in RELATIVES for w in tokens_in(doc, s))
    )  # fmt: skip
    return statement if not kept or kept == statement.source_spans else evolve(statement, source_spans=kept)


def _terms_by_statement(
    doc: Doc, index: MentionIndex, terms: Sequence[Terms], statements: Sequence[Statement]
) -> dict[str, Terms]:
    """The terms of each statement's source: its own sentence's first, else those the same actor has elsewhere."""
    starts = [s.start_char for s in doc.sents]
    by_statement: dict[str, Terms] = {}
    by_actor: dict[str, Terms] = {}
    for found in terms:
        for statement in statements:
            if _said_of(doc, index, found, statement, starts):
                by_statement.setdefault(statement.id, found)
                if statement.actor is not None and not statement.named:
                    by_actor.setdefault(statement.actor, found)
        mention = None if found.subject is None else index.at(found.subject)
        if mention is not None and mention.actor is not None:
            by_actor.setdefault(mention.actor, found)
    for statement in statements:
        if statement.actor in by_actor:
            by_statement.setdefault(statement.id, by_actor[statement.actor])
    return by_statement


def _said_of(doc: Doc, index: MentionIndex, terms: Terms, statement: Statement, starts: Sequence[int]) -> bool:
    """Whether the terms stand in the sentence of the statement's source and are said of it."""
    sentence = Span(starts[terms.sentence], starts[terms.sentence + 1] if terms.sentence + 1 < len(starts) else len(doc.text))
    heads = [h for h in _heads(doc, statement) if sentence.start <= h.idx < sentence.end]
    heads = [h for h in heads if not terms.span.start <= h.idx < terms.span.end]
    if not heads or terms.subject is None:
        return False
    if terms.subject in heads or (terms.subject.dep_ == "appos" and terms.subject.head in heads):
        return True
    mention = index.at(terms.subject)
    return mention is not None and mention.actor is not None and mention.actor == statement.actor
