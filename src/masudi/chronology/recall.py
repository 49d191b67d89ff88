"""What makes two words of an article name one event: the lemma, the kind of event, whom it befell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..lexicon import Lexicons
from ..tree import Token

FAMILIES = "en/times_families.tsv"
WORDS = "en/times_words.tsv"
# Family of verbs that do what their object names ("carried out the raid"): the verb's day is the deed's.
DOING = "do"
DOCUMENT = "document"  # family of what is read, sent or broadcast
HARM = "harm"  # family of what befalls people in one of these
DISASTERS = ("crash", "explosion", "fire", "killing", "quake", "violence")
# What follows these happened before, or is only talked of: "jailed for the raid", "anger over the raid".
OCCASIONS = ("for", "over", "about", "after", "following", "since", "before", "against")
DEFINITE = ("the", "that", "this", "those", "these")


@lru_cache(maxsize=1)
def families() -> Mapping[str, tuple[str, ...]]:
    """The kinds of event that each lemma may name."""
    found: dict[str, list[str]] = {}
    for row in Lexicons().table(FAMILIES):
        found.setdefault(row.need("lemma"), []).append(row.need("family"))
    return {lemma: tuple(kinds) for lemma, kinds in found.items()}


@lru_cache(maxsize=1)
def planning() -> frozenset[str]:
    """Verbs that set a time for what is to come: "scheduled for Friday"."""
    return frozenset(row.need("word") for row in Lexicons().table(WORDS) if row.need("class") == "plan")


def keys(token: Token) -> tuple[tuple[str, ...], ...]:
    """What makes two mentions the same event, surest first; () for nothing.

    A noun's lemma; a verb's with its party undergone; its kind with a name undergone ("shot Khan", "Khan's murder").
    """
    if token.pos_ == "NOUN":
        held = [c for c in token.children if c.dep_ == "poss"]
        held += [c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
        own: list[tuple[str, ...]] = [(token.lemma_,)]
    else:
        held = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")]
        parties = [c.lemma_ for c in held if c.pos_ in ("NOUN", "PROPN")]
        own = [(token.lemma_, *parties)] if parties else []
    kinds = families().get(token.lemma_, ())
    return (*own, *((f"{kind}:", c.lemma_) for kind in kinds for c in held if c.pos_ == "PROPN"))


def is_definite(noun: Token) -> bool:
    """Whether a noun takes up something known: "the raid", "their raid", "raid victims"."""
    known = any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in noun.children)
    return known or noun.dep_ == "compound"


def is_known_before(noun: Token) -> bool:
    """Whether a definite noun names an event apart from what its verb tells: "condemned the raid", "jailed for the raid"."""
    if noun.pos_ != "NOUN" or noun.lemma_ not in families() or not is_definite(noun):
        return False
    if noun.dep_ == "pobj":
        return noun.head.lower_ in OCCASIONS
    return noun.dep_ == "dobj" and DOING not in families().get(noun.head.lemma_, ())
