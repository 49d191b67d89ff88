"""A clause read in the voice that its frame asks for, where tags and headlines mislead."""

from __future__ import annotations

from attrs import evolve

from ..tree import Token
from .clause import SUBJECTS, Clause, children, coordinated
from .words import Frame


def as_active(clause: Clause, frame: Frame) -> Clause:
    """A bare participle that only looks passive read as active: "300 people protested outside the gates"."""
    reduced = clause.passive and clause.head.dep_ != "amod" and not children(clause.head, "auxpass", "agent", "nsubjpass") and not clause.subj
    asks_object = frame.objects or frame.object_kinds or any("obj" in path for path in frame.recipient[:1])
    if not reduced or clause.head.pos_ != "VERB" or asks_object or ("subj",) not in frame.actor:
        return clause
    return evolve(clause, subj=clause.obj, obj=(), passive=False)


def as_passive(clause: Clause, frame: Frame) -> Clause:
    """A headline's participle without its "were" read as passive: "Two herders blamed", "Station stormed"."""
    verb = clause.head
    if clause.passive or verb.tag_ not in ("VBD", "VBN") or not clause.subj or clause.obj:
        return clause
    named = frame.objects and not frame.preps  # "barred from office" names no object
    asks_object = not named and frame.recipient[:1] == (("obj",),) and ("subj",) in frame.actor
    if asks_object and _joins_passive(verb) and not clause.complements:
        return evolve(clause, subj=(), obj=clause.subj, passive=True)
    if verb.sent.start > 0:
        return clause
    full = verb.sent.text.rstrip()[-1:] in (".", "!", "?", '"', "”")
    if full or not asks_object or clause.complements or any(c.dep_ in ("aux", "prep") for c in verb.children if c.i < verb.i):
        return clause
    return evolve(clause, subj=(), obj=clause.subj, passive=True)


def sharing_agent(clause: Clause, frame: Frame) -> Clause:
    """Force told in a passive that goes on one with an agent is by that agent: "were pulled from a bus by the strikers and beaten"."""
    verb, head = clause.head, clause.head.head
    if frame.type != "ASSAULT" or not clause.passive or clause.subj or verb.dep_ != "conj" or head.pos_ != "VERB" or children(verb, "auxpass", "agent"):
        return clause
    agents = [t for a in children(head, "agent") if a.i < verb.i for t in children(a, "pobj")]
    return evolve(clause, subj=tuple(o for t in agents for o in coordinated(t) if o.i < verb.i)) if agents else clause


def _joins_passive(verb: Token) -> bool:
    """Whether a participle that the tagger took for a past goes on a passive: "was tried on Monday and barred from office"."""
    head = verb.head
    alone = verb.dep_ == "conj" and verb.tag_ == "VBD" and not any(c.dep_ in ("aux", "auxpass", *SUBJECTS) for c in verb.children)
    return alone and head.pos_ == "VERB" and any(c.dep_ == "auxpass" for c in head.children)
