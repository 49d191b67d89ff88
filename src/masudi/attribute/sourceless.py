"""What is told as told by nobody: "it emerged that ...", "word came from the front that ..."."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import numpy as np
from spacy.attrs import LEMMA  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

from ..records import Span
from .content import indices_under, spans_of
from .drafts import Draft
from .quotes import Quotes
from .sources import Source, with_conjuncts

WEIGHT = 0.8
CLAUSES = ("ccomp", "csubj", "relcl", "acl", "advcl")


def sourceless(
    doc: Doc, drafts: Iterable[Draft], quotes: Quotes, *, emerges: Collection[str], news: Collection[str], arrives: Collection[str],
    tells: Callable[[Token], bool],
) -> list[Draft]:
    """A statement for each "it emerged that ..." and "word came that ..." in the article's own voice.

    emerges: verbs whose "it" stands for what becomes known. news, arrives: nouns, and the verbs by which they come.
    tells: whether a noun is somebody: "word came from [the colonel] that ...".
    """  # fmt: skip
    held = [span for d in drafts for span in (*d.content, *d.cue)]
    found = []
    for verb in _verbs(doc, (*emerges, *arrives)):
        told = _told(verb, emerges, news)
        if told is None or quotes.at(verb.idx) is not None:
            continue
        cue, clause = told
        anchor = Span(cue.idx, cue.idx + len(cue))
        if any(span.covers(anchor) for span in held):
            continue
        content = spans_of(doc, {i for i in indices_under(clause) if i > verb.i})
        if content:
            found.append(Draft(
                at=cue.i, anchor=anchor, cue=(anchor,), lemma=cue.lemma_.lower(), force="assert", weight=WEIGHT, content=content,
                source=_bringer(verb, tells) if cue is not verb else None, because="told by nobody",
            ))  # fmt: skip
    return found


def _verbs(doc: Doc, lemmas: Iterable[str]) -> list[Token]:
    wanted = np.array([doc.vocab.strings[lemma] for lemma in lemmas], np.uint64)
    at = np.flatnonzero(np.isin(doc.to_array([LEMMA]), wanted)).tolist()
    return [doc[i] for i in at if doc[i].pos_ == "VERB" and doc[i].dep_]


def _told(verb: Token, emerges: Collection[str], news: Collection[str]) -> tuple[Token, Token] | None:
    """The word that stands for the cue, and the verb of the clause that is told."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i < verb.i), None)
    clause = next(_that_clauses(verb), None)
    if subject is None or clause is None:
        return None
    if subject.lower_ == "it":
        return (verb, clause) if verb.lemma_.lower() in emerges else None
    bare = subject.lower_ in news and all(c.dep_ in ("amod", "det", "prep", "advmod") for c in subject.children)
    return (subject, clause) if bare else None


def _that_clauses(verb: Token) -> Iterator[Token]:
    """Clauses after the verb that "that" opens, wherever the parser hung them."""
    for token in verb.subtree:
        if token.i > verb.i and token.dep_ in CLAUSES and token.left_edge.lower_ == "that" and token.left_edge.i > verb.i:
            yield token


def _bringer(verb: Token, tells: Callable[[Token], bool]) -> Source | None:
    """Whom the news came from."""
    for child in verb.children:
        if child.lower_ == "from":
            giver = next((c for c in child.children if c.dep_ == "pobj"), None)
            return Source(tuple(with_conjuncts(giver))) if giver is not None and tells(giver) else None
    return None
