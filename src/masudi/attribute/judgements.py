"""Words that pass judgement on what is told: the author's own, or those of the source inside whose words they stand.

Guideline: docs/explain/judgements.md. Precision first: a word that also tells plain facts is no entry.
"""

from __future__ import annotations

from attrs import frozen
from spacy.tokens import Doc, Token

from ..errors import LexiconError
from ..lexicon import Lexicons, Row
from ..records import Article, Attribution, Findings, Judgement, Span
from ..syntax import span_of, tokens_in
from .certainty import cue_token
from .phrases import PhraseBook
from .quotes import Quotes, find_quotes

JUDGEMENTS = "en/judgements.tsv"
NEGATORS = "en/judgement_negators.tsv"
NEGATES, KEEPS = "negates", "keeps"
POLARITIES = ("positive", "negative", "doubt", "dismissal", "emphasis")
POS = ("ADJ", "ADV", "NOUN", "VERB", "PHRASE")
FRAMES = ("attributive", "predicate", "adverb", "noun", "of", "belittled", "verb", "phrase", "before")
COPULAS = ("be", "become", "remain", "seem", "look", "sound", "appear", "prove")
NOUN_DEPS = ("attr", "appos", "oprd")
MODIFIERS = ("amod", "compound", "nmod", "poss")
BESIDE = ("amod", "compound", "nmod", "dobj", "attr", "acomp", "nsubj", "nsubjpass", "pobj", "oprd", "advmod")
SHOWN_WITH_NOUN = "mere"
MAX_NEGATED = 6  # words back to what takes a judgement back
MAX_BEFORE = 4  # words between "little more than" and its noun


@frozen
class Entry:
    """One row, its lists read once."""

    text: str
    pos: str
    frames: frozenset[str]
    polarity: str
    beside: frozenset[str]
    unless: frozenset[str]
    where: str


class Judge:
    """Finds judgements in one article after another.

    Raises LexiconError on a row with a part of speech, frame or polarity that does not exist.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        entries = [_entry(row) for row in lexicons.table(JUDGEMENTS)]
        self._book = PhraseBook((e.text, e) for e in entries if "before" not in e.frames)
        self._before = PhraseBook((e.text, e) for e in entries if "before" in e.frames)
        self._negators = PhraseBook((r.need("phrase"), _effect(r)) for r in lexicons.table(NEGATORS))

    def __call__(
        self, doc: Doc, article: Article, findings: Findings, attribution: Attribution
    ) -> tuple[Judgement, ...]:
        """Judgements in the order of the text, never overlapping; none where nothing was parsed or in names."""
        quotes = Quotes(find_quotes(article.text, skip=article.furniture))
        names = _name_tokens(doc, findings)
        cues = {t.i for s in attribution.statements if (t := cue_token(doc, s)) is not None}
        out: list[Judgement] = []
        for index in self._book.openings(doc):
            token = doc[index]
            if token.is_space or (out and token.idx < out[-1].span.end) or _covered(article.furniture, token.idx):
                continue
            found = self._at(token, names) if token.dep_ else self._unparsed(token, names)
            if found is None or self._negated(doc, found[0]):
                continue
            span, entry = found
            chain = attribution.chain_at(span.start)
            if not chain and (quotes.at(span.start) is not None or token.i in cues):
                continue
            while out and out[-1].span.overlaps(span):
                out.pop()
            within = chain[-1] if chain else None
            words = article.text[span.start : span.end]
            out.append(
                Judgement(span=span, text=words, polarity=entry.polarity, within=within, because=(entry.where,))
            )
        return tuple(out)

    def _at(self, token: Token, names: set[int]) -> tuple[Span, Entry] | None:
        for last, entry in self._book.at(token):
            words = token.doc[token.i : last.i + 1]
            if any(w.i in names for w in words) or _is_title(last):
                continue
            span = self._fits(token, last, entry)
            if span is not None:
                return span, entry
        return None

    def _unparsed(self, token: Token, names: set[int]) -> tuple[Span, Entry] | None:
        """In a sentence without a parse only what needs none: entries with one sense, whole words as they stand."""
        for last, entry in self._book.at(token):
            anywhere = {"attributive", "adverb", "noun", "phrase"} & entry.frames and not entry.beside and not entry.unless
            words = token.doc[token.i : last.i + 1]
            if anywhere and not any(w.i in names or (w.text[0].isupper() and not _opens_sentence(w)) for w in words):
                return span_of((token, last)), entry
        return None

    def _negated(self, doc: Doc, span: Span) -> bool:
        """Whether the words are taken back: "not absurd", "by no means a disgrace"; not in "not only absurd"."""
        inside = tokens_in(doc, span)
        head = _head(inside[0], inside[-1])
        for start in range(inside[0].i - 1, max(inside[0].sent.start, inside[0].i - MAX_NEGATED) - 1, -1):
            if (found := next(self._negators.at(doc[start]), None)) is None or found[0].i >= inside[0].i:
                continue
            between = doc[found[0].i + 1 : inside[0].i]
            if all(t.pos_ in ("DET", "ADV", "ADJ", "PART") or t.head.i == head.i for t in between):
                return found[1] == NEGATES
        return self._denied(head)

    def _denied(self, head: Token) -> bool:
        """Whether the verb that says it of something is denied: "was not, it turned out, absurd"."""
        above = head
        while above.dep_ == "conj" and above.head.i != above.i:
            above = above.head
        if above.pos_ != "VERB" and (above.dep_ not in ("acomp", "attr", "oprd") or above.head.lemma_ not in COPULAS):
            return False
        verb = above if above.pos_ == "VERB" else above.head
        for child in verb.children:
            if child.dep_ in ("neg", "advmod", "preconj", "cc") and child.i < head.i:
                found = next(self._negators.at(child), None)
                if found is not None and found[1] == NEGATES and (child.dep_ != "cc" or child.i < verb.i):
                    return True
        return False

    def _fits(self, first: Token, last: Token, entry: Entry) -> Span | None:
        head = _head(first, last)
        near = _beside(head)
        if entry.beside and not entry.beside & near or entry.unless & near:
            return None
        if entry.pos == "PHRASE":
            return span_of((first, last))
        if entry.pos == "ADJ":
            return _adjective(first, head, last, entry)
        if entry.pos == "ADV":
            return span_of((first, last)) if head.dep_ in ("advmod", "npadvmod", "intj", "dep", "ROOT") or head.pos_ == "ADV" else None
        if entry.pos == "VERB":
            return span_of((first, last)) if head.pos_ == "VERB" and head.dep_ not in MODIFIERS else None
        return self._noun(first, head, last, entry)

    def _noun(self, first: Token, head: Token, last: Token, entry: Entry) -> Span | None:
        if head.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN") or (head.pos_ != "NOUN" and first.i == last.i):
            return None
        if "noun" in entry.frames and (head.dep_ not in MODIFIERS or first.i < last.i):
            return span_of((first, last))
        if "of" in entry.frames and any(c.lower_ == "of" and c.dep_ == "prep" for c in head.children):
            return span_of((first, last)) if _is_predicate(head) else None
        if "predicate" in entry.frames and _is_predicate(head) and not _no_judgement(head):
            return span_of((first, last))
        if "belittled" in entry.frames and head.dep_ not in (*MODIFIERS, "nsubj", "nsubjpass"):
            before = self._belittler(first)
            return None if before is None else span_of((before, last))
        return None

    def _belittler(self, noun: Token) -> Token | None:
        """Where "mere", "just", "little more than" before `noun` begins, not at the head of a sentence.

        Only words of the noun's own phrase may stand between.
        """
        doc = noun.doc
        for start in range(noun.i - 1, max(noun.sent.start, noun.i - MAX_BEFORE - 4), -1):
            for last, _ in self._before.at(doc[start]):
                between = doc[last.i + 1 : noun.i]
                if last.i < noun.i and len(between) <= MAX_BEFORE and all(
                    t.pos_ in ("DET", "ADJ", "ADV", "CCONJ", "PUNCT") or t.dep_ in MODIFIERS for t in between
                ):
                    longer = doc[start - 1] if start and doc[start - 1].lower_ in ("little", "nothing", "not", "no") else None
                    return doc[start] if longer is None else longer
        return None


def _effect(row: Row) -> str:
    effect = row.need("effect")
    if effect not in (NEGATES, KEEPS):
        raise LexiconError(f"{row.where}: effect {effect!r}; allowed: {NEGATES}, {KEEPS}")
    return effect


def _entry(row: Row) -> Entry:
    for column, allowed in (("pos", POS), ("polarity", POLARITIES)):
        if row.need(column) not in allowed:
            raise LexiconError(f"{row.where}: {column} {row[column]!r}; allowed: {', '.join(allowed)}")
    frames = frozenset(row.many("frame"))
    if not frames or not frames <= {*FRAMES}:
        raise LexiconError(f"{row.where}: frame {row['frame']!r}; allowed: {', '.join(FRAMES)}")
    return Entry(row.need("entry"), row.need("pos"), frames, row.need("polarity"),
                 frozenset(row.many("with")), frozenset(row.many("unless")), row.where)  # fmt: skip


def _name_tokens(doc: Doc, findings: Findings) -> set[int]:
    """Tokens inside names: of actors, of places, and what the recogniser took for a name."""
    spans = [m.span for m in findings.mentions if m.form == "name"]
    spans += [p.span for p in findings.places if p.form == "name"]
    spans += [Span(e.start_char, e.end_char) for e in doc.ents if e.label_ in ("PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART")]
    return {t.i for span in spans for t in tokens_in(doc, span)}


def _covered(spans: tuple[Span, ...], offset: int) -> bool:
    return any(s.start <= offset < s.end for s in spans)


def _is_title(token: Token) -> bool:
    """Whether a word is written as part of a name: a capital inside a sentence."""
    return token.pos_ == "PROPN" or (token.text[0].isupper() and not _opens_sentence(token))


def _opens_sentence(token: Token) -> bool:
    return all(t.is_punct or t.is_space or t.i >= token.i for t in token.sent[: max(1, token.i - token.sent.start)])


def _head(first: Token, last: Token) -> Token:
    inside = range(first.i, last.i + 1)
    for token in reversed(list(first.doc[first.i : last.i + 1])):
        if token.head.i not in inside or token.head.i == token.i:
            return token
    return last


def _beside(head: Token) -> set[str]:
    """Lemmas that tell the sense of `head`: its noun or verb, that one's subject and object, its own complements."""
    near = {c.lemma_.lower() for c in head.children if c.dep_ in BESIDE}
    above = head
    while above.dep_ == "conj" and above.head.i != above.i:
        above = above.head
    near |= {c.lemma_.lower() for c in above.children if c.dep_ in ("conj", *BESIDE)}
    near |= {above.lemma_.lower()}
    near |= {above.head.lemma_.lower()} if above.dep_ not in ("ROOT", "relcl", "advcl", "ccomp") else set()
    if above.dep_ in ("acomp", "attr", "oprd"):
        near |= {c.lemma_.lower() for c in above.head.children if c.dep_ in ("nsubj", "nsubjpass")}
    return near - {head.lemma_.lower()}


def _adjective(first: Token, head: Token, last: Token, entry: Entry) -> Span | None:
    above = head
    while above.dep_ == "conj" and above.head.pos_ in ("ADJ", "VERB") and above.head.i != above.i:
        above = above.head
    noun = above.head
    own = span_of((first, last))
    if above.dep_ in ("amod", "nmod", "compound"):
        if "attributive" not in entry.frames or (noun.pos_ == "PROPN" and entry.polarity == "doubt"):
            return None
        if entry.text == SHOWN_WITH_NOUN:
            counted = any(c.dep_ == "nummod" for c in noun.children)
            return None if counted or noun.like_num or noun.i < last.i else span_of((first, noun))
        return own
    if "predicate" not in entry.frames:
        return own if entry.beside and above.dep_ in ("conj", "appos", "advcl", "acl") else None
    if head.pos_ in ("NOUN", "PROPN", "ADV") and first.i == last.i:
        return None
    return own


def _is_predicate(noun: Token) -> bool:
    """Whether a noun is said of something: "was a disgrace", "dismissed as a joke", "the plan, a fig leaf"."""
    above = noun
    while above.dep_ == "conj" and above.head.i != above.i:
        above = above.head
    if above.dep_ in NOUN_DEPS:
        return above.dep_ != "attr" or above.head.lemma_ in COPULAS
    return above.dep_ == "pobj" and above.head.lower_ == "as" and above.head.head.pos_ in ("VERB", "AUX")


def _no_judgement(noun: Token) -> bool:
    """A predicate noun that names a known thing ("was the trap") judges nothing."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in noun.children) and not any(
        c.dep_ == "prep" and c.lower_ in ("of", "on", "to") for c in noun.children
    )
