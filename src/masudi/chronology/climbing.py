"""The way up the tree from a predicate to the words whose time may be its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..syntax import tense
from ..tree import Token
from .attached import Attached
from .recall import DISASTERS, HARM, EventWords, is_definite, is_known_before

SIMULTANEOUS = ("as", "while")
# From a predicate without a time of its own, whose time may be its own too.
UPWARD_VERB = frozenset(("xcomp", "conj", "advcl", "pcomp", "csubj", "csubjpass", "dep", "aux", "auxpass"))
UPWARD_NOUN = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "attr", "appos", "conj", "oprd",
                         "compound", "poss", "amod", "nmod", "dative", "npadvmod", "acomp"))  # fmt: skip

def climb(token: Token, words: EventWords) -> Iterator[tuple[Token, int | None]]:
    """`token` and the predicates whose time may be its own, nearest first; never out of a statement's content.

    With each the token before which a time must stand: of "On Monday A came and B left" the time opens both clauses,
    of "A came on Monday and B left" it is A's.
    """
    node, before = token, None
    while True:
        yield node, before
        if node.dep_ == "ROOT" or node.head.i == node.i or is_known_before(node, words):
            return
        is_verb = node.pos_ in ("VERB", "AUX")
        if node.dep_ in ("relcl", "acl"):  # "the 1988 bombing that killed ...": the noun's own time, and an event's verb's
            if node.head.lemma_ not in words.families or is_definite(node.head):
                yield node.head, before
                yield from ((event, before) for event in _harmed_in(node, words))
                return
            node = node.head
            continue
        if node.dep_ not in (UPWARD_VERB if is_verb else UPWARD_NOUN | UPWARD_VERB):
            return
        if is_verb and node.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ not in SIMULTANEOUS for c in node.children
        ):  # fmt: skip
            return
        if is_verb and node.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children):
            before = node.head.i
        node = node.head


def _harmed_in(clause: Token, words: EventWords) -> Iterator[Token]:
    """The event that a clause tells of from inside its noun phrase: "the 1998 bombing of a clinic that killed two"."""
    if clause.dep_ != "relcl" or HARM not in words.families.get(clause.lemma_, ()) or not any(c.tag_ == "WDT" and c.dep_ == "nsubj" for c in clause.children):
        return
    node = clause.head
    while node.dep_ in ("pobj", "prep", "appos"):
        node = node.head
        if node.pos_ == "NOUN" and set(words.families.get(node.lemma_, ())) & set(DISASTERS):
            yield node
            return


def misread(token: Token) -> Iterator[tuple[Token, int | None]]:
    """The root of a sentence without a finite verb, where the parser took its verb for an adjective: "The North last fired missiles"."""
    if token.tag_ not in ("VBD", "VBN") or token.dep_ not in ("amod", "compound", "nmod"):
        return
    root = token.sent.root
    if root.pos_ in ("VERB", "AUX"):
        return
    if root.i > token.i and not any(t.pos_ == "AUX" or t.pos_ == "VERB" and t.i != token.i for t in token.sent):
        yield root, None


def says_when(child: Token) -> bool:
    """Whether a clause on an event's noun tells what the event did."""
    return child.dep_ == "relcl" and tense(child) == "past" and any(
        c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in child.children
    )


def dates_subject(found: Sequence[Attached], child: Token) -> bool:
    """Whether a time belongs to the subject itself, as in "the Aug. 7 bombings killed"."""
    return child.dep_ == "nsubj" and child.pos_ == "NOUN" and any(
        a.preposition is None and a.root < child.i for a in found
    )



def said_by(verb: Token) -> Iterator[Token]:
    """`verb` and those that report it or that it is joined to: "said Monday that it would go on, two days after ..."."""
    yield verb
    while verb.dep_ in ("ccomp", "conj") and verb.head.i != verb.i:
        verb = verb.head
        yield verb
