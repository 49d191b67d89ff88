"""Conditions: what hangs on an "if", open or said by inversion; and what would have been."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ..tree import Token
from .clause import antecedent, children, is_relative_pronoun
from .words import Governors

_ANY = ("any", "anyone", "anybody", "whoever", "anything")
_PROVIDED = ("provided", "providing", "assuming", "supposing")


def is_use(verb: Token) -> bool:
    """"Used her speech to ask": no "used to"."""
    return verb.lemma_ == "use" and bool(children(verb, "dobj", "nsubjpass"))


def would_be(verb: Token) -> bool:
    """Whether `verb` tells what would follow, or would have: "would have left", "we would not have telephones"."""
    helpers = {c.lower_ for c in children(verb, "aux")}
    return bool(helpers & {"would", "could", "might", "'d"}) and ("have" in helpers or not reported(verb))


def weighs(verb: Token, coming: Container[int]) -> bool:
    """Whether "would be" judges what is only thought of: "it would be a mistake to deport them".

    coming: words that say what is to come ("would be ready to leave").
    """
    said = children(verb, "acomp", "attr")
    return verb.lemma_ == "be" and bool(said) and not any(t.i in coming for t in said)


def but_for(verb: Token) -> bool:
    """"Would not have left but for the war": they left."""
    return any(c.lower_ == "for" and c.nbor(-1).lower_ == "but" for b in (verb, *children(verb, "prep")) for c in b.children if c.i > 0)


def in_that_case(verb: Token) -> bool:
    """"In that case they would leave", "in the event of war they would", "otherwise they would"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "in":
            nouns = [o for o in children(child, "pobj") if o.lower_ in ("case", "event", "scenario")]
            if any(d.lower_ in ("that", "this", "such", "which", "of") for o in nouns for d in o.children):
                return True
        if child.dep_ == "advmod" and child.lower_ in ("otherwise", "then"):
            return child.lower_ == "otherwise"
    return False


def any_beside(verb: Token) -> bool:
    """Whether a side of `verb` is any one of its kind, wherever it is to be found: "any pardon", "lend its harbour to any such fleet"."""
    sides = [c for c in verb.children if c.dep_ in ("dobj", "nsubj", "nsubjpass", "dative", "prep", "xcomp", "agent")]
    for side in sides:
        if side.dep_ in ("xcomp", "prep", "dative", "agent"):
            sides += [c for c in side.children if c.dep_ in ("dobj", "pobj", "prep", "dative")]
    return any(t.left_edge.lower_ in _ANY for t in sides)


def is_draft(verb: Token, governors: Governors) -> bool:
    """Whether `verb` tells what a bill or proposal would do: "the bill would ban", "under the proposal they would be banned"."""
    nouns = [*children(verb, "nsubj"), *(o for p in children(verb, "prep") if p.lower_ == "under" for o in children(p, "pobj"))]
    if verb.dep_ == "conj" and not children(verb, "nsubj", "nsubjpass"):
        nouns += children(verb.head, "nsubj")
    nouns = [m for noun in nouns for m in _meant(noun, governors)]
    return any(governors.entry(noun.lemma_.lower(), "draft", None) is not None for noun in nouns)


def _meant(noun: Token, governors: Governors) -> list[Token]:
    """What a subject stands for: the noun before "that", for "it" the draft of the sentence before."""
    if is_relative_pronoun(noun):
        return [meant] if (meant := antecedent(noun)) is not None else []
    start = noun.sent.start
    if noun.lower_ != "it" or start == 0 or noun.i - start > 1:
        return [noun]
    before = noun.doc[start - 1].sent
    return [t for t in before if t.dep_ in ("nsubj", "nsubjpass", "dobj") and t.pos_ == "NOUN"]


def inverted(auxiliary: Token, verb: Token) -> bool:
    """"Had they agreed, ...": the auxiliary before the subject of a dependent clause, or at the head of no question."""
    if auxiliary.lower_ not in ("had", "were", "should") or not any(
        auxiliary.i < s.i < verb.i for s in children(verb, "nsubj", "nsubjpass")
    ):
        return False
    return verb.dep_ in ("advcl", "ccomp") or opens_condition(auxiliary)


def opens_condition(word: Token) -> bool:
    """Whether `word` opens its sentence as a condition: "Had the fleet sailed, ..."."""
    if word.lower_ not in ("had", "were", "should"):
        return False
    before = [t for t in word.sent if t.i < word.i and not t.is_punct and not t.is_space]
    return not before and not any(t.text == "?" for t in word.sent)


def reported(verb: Token) -> bool:
    """Whether the clause of `verb` is what somebody said, told in the past, or follows such a clause."""
    top = verb
    while top.dep_ in ("conj", "xcomp", "acomp", "attr") and top.head != top:
        top = top.head
    if top.dep_ == "ccomp" and top.head.tag_ in ("VBD", "VBN"):
        return True
    return any(c.dep_ == "parataxis" or (c.dep_ == "ccomp" and c.tag_ == "VBD") for c in top.children)


def hangs_on_condition(verb: Token) -> bool:
    """Whether what `verb` tells hangs on a condition, also one beside the verb of saying above it."""
    above = list(ancestor_clauses(verb))
    clauses = [verb, *above, *(c for v in (verb, *above) for c in children(v, "advcl"))]
    if any(m.lower_ in ("if", "unless") for c in clauses for m in children(c, "mark")):
        return True
    if any(c.lower_ in _PROVIDED for v in (verb, *above) for c in (*children(v, "prep", "advcl"), *_of_clauses(v))):
        return True
    return opens_condition(opener(verb)) or any(inverted(a, c) for c in children(verb, "advcl") for a in c.children)


def _of_clauses(verb: Token) -> Iterator[Token]:
    for clause in children(verb, "advcl"):
        yield from children(clause, "prep")


def opener(verb: Token) -> Token:
    return next((t for t in verb.sent if not t.is_punct and not t.is_space), verb)


def ancestor_clauses(verb: Token) -> Iterator[Token]:
    for ancestor in verb.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            yield ancestor


def awaited(word: Token) -> bool:
    """Whether an until-clause says what somebody waits for: "will not talk until they leave"; not "fought until they left"."""
    return word.dep_ == "advcl" and bool(
        children(word.head, "neg") or any(c.tag_ == "MD" for c in children(word.head, "aux"))
    )
