"""Where else in its sentence a predicate's time may stand: in a participle on its noun, in a clause of the same moment.

Pure: each function yields the tokens that may carry the time, nearest first; what time they carry, Chronology knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..syntax import tense
from ..tree import Token
from .recall import DOCUMENT, DOING, EventWords

SAME_MOMENT = ("when", "as", "while")
CLOSE = ("after", "before")  # only with "shortly", "minutes" ... before them
MOMENTS = frozenset(("shortly", "immediately", "moments", "minutes", "seconds", "just", "right", "soon", "hours"))


def on_noun(noun: Token, words: EventWords) -> Iterator[Token]:
    """The participles that say when an event took place or was to: "the vote held Sunday", "a visit planned for May"."""
    if noun.pos_ != "NOUN":
        return
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and (
            child.lemma_ in words.planning or DOING in words.families.get(child.lemma_, ())
        ):  # fmt: skip
            yield child


def of_document(verb: Token, words: EventWords) -> Iterator[Token]:
    """The participles that date what speaks or is spoken in: "said a letter dated Monday", "said in a message read Friday"."""
    for noun in documents(verb, words):
        yield from (c for c in noun.children if c.dep_ in ("acl", "amod", "relcl") and c.tag_ in ("VBN", "VBD"))


def documents(verb: Token, words: EventWords) -> Iterator[Token]:
    """The letter, message or poll that speaks or in which it is said."""
    held = [c for c in verb.children if c.dep_ == "nsubj"]
    where = [verb, *(c for c in verb.children if c.dep_ == "dobj")]  # "announced the break in a letter"
    held += [c for w in where for p in w.children if p.dep_ == "prep" and p.lower_ in ("in", "during") for c in p.children if c.dep_ == "pobj"]
    yield from (noun for noun in held if noun.pos_ == "NOUN" and DOCUMENT in words.families.get(noun.lemma_, ()))


def same_moment(verb: Token) -> Iterator[Token]:
    """The verbs that share a verb's moment: "shot as he left", "shot shortly after he left", "two were killed and six hurt"."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    for child in verb.children:
        if passive and child.dep_ == "conj":  # the auxiliary is left out in the second clause
            participles = [child] if child.tag_ == "VBN" else [c for c in child.children if c.dep_ == "acl" and c.tag_ == "VBN"]
            yield from (p for p in participles if not any(c.dep_ in ("aux", "auxpass") for c in p.children))
        if child.dep_ != "advcl" or tense(child) not in ("past", "pluperfect", None):
            continue
        for mark in child.children:
            if mark.dep_ not in ("mark", "advmod"):
                continue
            if mark.lower_ in SAME_MOMENT and mark.i < child.i or mark.lower_ in CLOSE and mark.dep_ == "mark" and mark.i and mark.nbor(-1).lower_ in MOMENTS:
                yield child


def since_clauses(verb: Token) -> Iterator[Token]:
    """The clauses that say since when: "since he took office in 2006"."""
    yield from (c for c in verb.children if c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "since" for m in c.children))


def within(verb: Token, words: EventWords) -> Iterator[Token]:
    """The events in which somebody came to harm: "killed in the blasts on Friday"."""
    if any(c.dep_ == "dobj" for c in verb.children):
        return
    for preposition in verb.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("in", "during"):
            yield from (c for c in preposition.children if c.dep_ == "pobj" and c.pos_ == "NOUN" and c.lemma_ in words.families
                        and DOCUMENT not in words.families[c.lemma_])  # fmt: skip
