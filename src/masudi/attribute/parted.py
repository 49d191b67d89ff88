"""Statements that follow one another in one sentence, where the words of the first seem to run on over the second."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from spacy.tokens import Doc, Token

from ..records import Span
from .content import without
from .drafts import Draft
from .quotes import Quotes

# Words that open a clause set against the one before, in the reporter's own voice: "said the talks were over, while Oman hoped".
AGAINST = frozenset(("while", "whereas", "though", "although", "as"))
JOINS = frozenset((",", ";", "and", "but", "–", "—", "--", "-"))
# What an embedded cue must weigh to be a statement beside the one around it.
MIN_SURE = 0.42
MIN_LEFT = 2  # words the first statement keeps


def parted(doc: Doc, drafts: Sequence[Draft], quotes: Quotes, text: str) -> list[Draft]:
    """`drafts`, each without the clause at its end in which the same sentence goes on to the next statement.

    "The envoy said the truce held and denied any raid": what is denied is no part of what is said.
    """
    out = list(drafts)
    for inner in drafts:
        if inner.at is None or (inner.sure or 0.0) < MIN_SURE or quotes.at(inner.anchor.start) is not None:
            continue
        for number, outer in enumerate(out):
            if outer.at is None or outer.at >= inner.at or not _runs_over(outer, inner):
                continue
            clause = _clause_beside(doc[inner.at], doc[outer.at], outer, says=inner.says)
            if clause is None:
                continue
            left = without(outer.content, [_stretch(clause)], text)
            if sum(len(text[s.start : s.end].split()) for s in left) >= MIN_LEFT:
                out[number] = evolve(outer, content=left)
    return out


def _runs_over(outer: Draft, inner: Draft) -> bool:
    return any(span.covers(inner.anchor) for span in outer.content)


def _clause_beside(cue: Token, told: Token, outer: Draft, *, says: bool) -> Token | None:
    """The verb of the clause around `cue` that ends the content of `told` and is no part of it; None without one."""
    for here in (cue, *cue.ancestors):
        if here.i <= told.i or here.pos_ not in ("VERB", "AUX", "ADJ"):
            return None
        if here.dep_ in ("conj", "advcl") and _ends(here, outer):
            return here if _is_beside(here, told, says=says) else None
        if here.dep_ not in ("xcomp", "acomp"):
            return None
    return None


def _ends(clause: Token, outer: Draft) -> bool:
    """Whether the clause reaches the end of the content."""
    last = outer.content[-1]
    return last.start < clause.left_edge.idx and clause.right_edge.idx + len(clause.right_edge) >= last.end - 1


def _is_beside(clause: Token, told: Token, *, says: bool) -> bool:
    before = clause.left_edge.nbor(-1)
    tense = tense_of(clause)
    if clause.dep_ == "advcl":
        marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
        if clause.tag_ == "VBG" and not marks:
            return says and before.text in (",", "—", "–", "--") and clause.head.dep_ == "ccomp" and clause.head.head.i == told.i
        return bool(marks & AGAINST) and before.text in (",", "even", "–", "—")
    if tense == "none" or tense != tense_of(told):
        return False
    return tense != tense_of(clause.head) or any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)


def tense_of(verb: Token) -> str:
    """Of the finite word: "past", "present", "modal"; "none" where nothing is finite."""
    for token in (*(c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i), verb):
        if token.tag_ == "MD":
            return "modal"
        if token.tag_ == "VBD":
            return "past"
        if token.tag_ in ("VBZ", "VBP"):
            return "present"
    return "none"


def _stretch(clause: Token) -> Span:
    """The characters of the clause with what joins it to the one before."""
    first = clause.left_edge
    while first.i > 0 and first.nbor(-1).lower_ in (*JOINS, "even"):
        first = first.nbor(-1)
    last = clause.right_edge
    return Span(first.idx, last.idx + len(last))
