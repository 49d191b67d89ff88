"""What a cue says of the truth of its content: takes it as true, holds it off, or doubts it itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen
from spacy.tokens import Doc, Token

from ..errors import LexiconError
from ..lexicon import Lexicons, Row
from ..records import CERTAINTIES, Span, Statement
from ..syntax import tokens_in
from .sources import is_urged

CERTAINTY = "en/cue_certainty.tsv"
SCOPE = "en/certainty_scope.tsv"
NEUTRAL = "neutral"
EFFECTS = ("negates", "opens", "keeps", "doubts", "grants")
BY_ADVERB = {"doubts": "distancing", "grants": "factive"}
CLAUSES = ("ccomp", "csubj", "acl", "relcl", "parataxis")
MAX_CLIMB = 4  # governors over a cue: "was unable or unwilling to confirm"


@frozen
class Reading:
    """The certainty of a statement and the row that says so, None where no row knows the cue."""

    certainty: str
    row: str | None = None


class CertaintyBook:
    """Certainty by cue, part of speech and surroundings.

    Raises LexiconError on a row with a certainty or effect that does not exist.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._rows: dict[tuple[str, str, str], Row] = {}
        for row in lexicons.table(CERTAINTY):
            for column in ("certainty", "negated"):
                _check(row, column, CERTAINTIES)
            self._rows[row.need("lemma"), row.need("pos"), row["complement"] or ""] = row
        self._effects: dict[str, str] = {}
        self._rows_of_words: dict[str, str] = {}
        for row in lexicons.table(SCOPE):
            _check(row, "effect", EFFECTS)
            self._effects[row.need("word")] = row.need("effect")
            self._rows_of_words[row.need("word")] = row.where

    def of(self, doc: Doc, statement: Statement) -> Reading:
        """The certainty of `statement`; neutral where its cue is no word of the lexicon."""
        at = cue_token(doc, statement)
        if statement.cue_lemma is None or at is None:
            return Reading(NEUTRAL)
        row = self._find(statement, at)
        own = self._own_word(at, statement)
        if own is not None:
            return own
        if row is None:
            return Reading(NEUTRAL)
        if is_urged(at):
            return Reading("distancing", row.where)
        plain = row.need("certainty")
        effect = self._effect(at, statement.cue_spans)
        if effect == "negates":
            return Reading(row["negated"] or NEUTRAL, row.where)
        if plain == "factive" and (effect == "opens" or _leaves_open(doc, statement, at)):
            return Reading(NEUTRAL, row.where)
        return Reading(plain, row.where)

    def _find(self, statement: Statement, at: Token) -> Row | None:
        lemma = statement.cue_lemma or ""
        pos = "ADP" if " " in lemma else at.pos_
        pos = "VERB" if pos == "AUX" else pos
        names = [*(f"{lemma} {c.lower_}" for c in at.children if c.dep_ == "prt"),
                 *(f"{lemma} {c.lemma_.lower()}" for c in at.children if c.dep_ in ("dobj", "advmod")), lemma]  # fmt: skip
        complements = ("clause", "") if _has_clause(at, statement) else ("",)
        if any(c.dep_ == "auxpass" for c in at.children):
            complements = ("passive", *complements)
        for name in names:
            for complement in complements:
                if (found := self._rows.get((name, pos, complement))) is not None:
                    return found
        return None

    def _own_word(self, at: Token, statement: Statement) -> Reading | None:
        """The writer's own word on it: "said, wrongly, that", "rightly warned"; not where it stands in the content."""
        for child in at.children:
            effect = self._effects.get(child.lower_) if child.dep_ == "advmod" else None
            if effect in BY_ADVERB and not any(s.start <= child.idx < s.end for s in statement.content):
                if not any(c.dep_ == "neg" for c in at.children):
                    return Reading(BY_ADVERB[effect], self._rows_of_words[child.lower_])
        return None

    def _effect(self, at: Token, cue: Iterable[Span]) -> str | None:
        """`negates` or `opens` where words around the cue lift what it says; None where it stands as it is."""
        opened = False
        for token, governs in _above(at):
            effects = [self._effects.get(w.lower_) for w in _beside(token, cue)]
            if governs:
                effects.append(self._effects.get(token.lemma_.lower(), "opens"))
            if "negates" in effects:
                return "negates"
            opened = opened or "opens" in effects
        return "opens" if opened else None


def _check(row: Row, column: str, allowed: tuple[str, ...]) -> None:
    value = row[column]
    if value is not None and value not in allowed:
        raise LexiconError(f"{row.where}: {column} {value!r}; allowed: {', '.join(allowed)}")


def cue_token(doc: Doc, statement: Statement) -> Token | None:
    """The word of the cue that carries its lemma, else its last word; None for a mark ("NAME:") or a skipped sentence."""
    inside = [t for span in statement.cue_spans for t in tokens_in(doc, span) if t.dep_]
    lemma = (statement.cue_lemma or "").split(" ")[0]
    fits = [t for t in inside if lemma and lemma in (t.lemma_.lower(), t.lower_)]
    words = [t for t in inside if not t.is_punct]
    return fits[0] if fits else (words[-1] if words else None)


def _has_clause(at: Token, statement: Statement) -> bool:
    def in_content(token: Token) -> bool:
        return any(s.start <= token.idx < s.end for s in statement.content)

    if any(c.dep_ in CLAUSES and in_content(c) for c in at.children):
        return True
    heads = [c for c in (at.head, *at.head.children) if c.dep_ in CLAUSES and in_content(c)]
    return at.pos_ in ("ADJ", "ADV") and bool(heads) or (at.dep_ == "parataxis" and in_content(at.head))


def _above(at: Token) -> Iterator[tuple[Token, bool]]:
    """The cue, then what it hangs on: joined verbs, and (True) what governs its infinitive: "[refused] to confirm"."""
    token = at
    yield token, False
    for _ in range(MAX_CLIMB):
        if token.dep_ == "conj" and token.head.pos_ == token.pos_ and not _has_subject(token):
            token = token.head
            yield token, False
        elif _infinitive(token) and token.dep_ in ("xcomp", "acl", "ccomp", "relcl"):
            token = token.head
            yield token, True
        else:
            return


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)


def _beside(token: Token, cue: Iterable[Span]) -> Iterator[Token]:
    """Auxiliaries, negations, articles and the subject's "no" of one word; of an adjective also its copula's."""
    holders = [token]
    if token.pos_ in ("ADJ", "NOUN") and token.dep_ in ("acomp", "attr", "oprd"):
        holders.append(token.head)
    for holder in holders:
        for child in holder.children:
            if child.dep_ in ("neg", "aux", "det", "mark", "preconj") and child.tag_ != "TO":
                yield child
            elif child.dep_ == "advmod" and any(s.start <= child.idx < s.end for s in cue):
                yield child
            elif child.dep_ in ("nsubj", "nsubjpass"):
                yield child
                yield from (c for c in child.children if c.dep_ in ("det", "neg"))
            elif child.dep_ == "prep" and child.lower_ == "without":
                yield child
        if holder.dep_ == "pcomp":
            yield holder.head


def _leaves_open(doc: Doc, statement: Statement, at: Token) -> bool:
    """Whether the content is a question ("whether", "if"), or the sentence of the cue is one."""
    first = next((t for s in statement.content[:1] for t in tokens_in(doc, s)), None)
    if first is not None and first.lower_ in ("whether", "if"):
        return True
    last = [t for t in at.sent if not t.is_space and t.text not in ("”", "’", '"', "'", "»")]
    asked = bool(last) and last[-1].text == "?"
    return asked and not any(s.start <= last[-1].idx < s.end for s in statement.content)
