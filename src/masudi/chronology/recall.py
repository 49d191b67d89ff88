"""What makes two words of an article name one event: the lemma, the kind of event, whom it befell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from attrs import field, frozen

from ..lexicon import Lexicons
from ..records import Time
from ..text import fold
from ..tree import Token

FAMILIES = "en/times_families.tsv"
WORDS = "en/times_words.tsv"
DAYS = "en/times_days.tsv"
ONCE = re.compile(r"\d{4}")  # a rule of DAYS that names the very year
# Family of verbs that do what their object names ("carried out the raid"): the verb's day is the deed's.
DOING = "do"
DOCUMENT = "document"  # family of what is read, sent or broadcast
HARM = "harm"  # family of what befalls people in one of these
DISASTERS = ("crash", "explosion", "fire", "killing", "quake", "violence")
# What follows these happened before, or is only talked of: "jailed for the raid", "anger over the raid".
OCCASIONS = ("for", "over", "about", "after", "following", "since", "before", "against")
DEFINITE = ("the", "that", "this", "those", "these")


@frozen(cache_hash=True)
class EventWords:
    """The words by which events are told and told again; equal where the lexicons say the same.

    families: the kinds of event that each lemma may name. planning: verbs that set a time for what is to come
    ("scheduled for Friday"). back_references: what only takes up the time told before ("back then").
    events: the names of what happened once ("Korean War"), folded. backdrops: what background is told against ("war").
    trials: verbs of courts, which come long after the deed. remote: words by which a time without days lies far back.
    """

    kinds: frozenset[tuple[str, str]]  # lemma, kind
    planning: frozenset[str]
    back_references: frozenset[str]
    events: frozenset[str]
    backdrops: frozenset[str]
    trials: frozenset[str]
    remote: frozenset[str]
    families: Mapping[str, tuple[str, ...]] = field(init=False, eq=False, repr=False)

    @families.default
    def _by_lemma(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for lemma, kind in sorted(self.kinds):
            found.setdefault(lemma, []).append(kind)
        return {lemma: tuple(kinds) for lemma, kinds in found.items()}

    def names_event(self, time: Time) -> bool:
        """Whether a time is the name of an event, which others may speak of at any time."""
        return _bare(time.text) in self.events

    def is_remote(self, time: Time) -> bool:
        """Whether a time says only that something lies far back: "decades ago"."""
        return time.value == "PAST_REF" and not self.remote.isdisjoint(fold(time.text).split())


def _bare(name: str) -> str:
    return fold(name).removeprefix("the ")


def event_words(lexicons: Lexicons) -> EventWords:
    """The words of events that `lexicons` hold, a user's own among them. Raises LexiconError."""
    classes: dict[str, set[str]] = {}
    for row in lexicons.table(WORDS):
        classes.setdefault(row.need("class"), set()).add(row.need("word"))
    return EventWords(
        kinds=frozenset((row.need("lemma"), row.need("family")) for row in lexicons.table(FAMILIES)),
        planning=frozenset(classes.get("plan", ())),
        back_references=frozenset(map(fold, classes.get("thattime", ()))),
        backdrops=frozenset(classes.get("backdrop", ())),
        trials=frozenset(classes.get("trial", ())),
        remote=frozenset(classes.get("remote", ())),
        events=frozenset(_bare(row.need("name")) for row in lexicons.table(DAYS) if ONCE.match(row.need("rule")) and row.need("name")[0].isalpha()),
    )


@lru_cache(maxsize=1)
def shipped_words() -> EventWords:
    """Those of the built-in lexicons alone."""
    return event_words(Lexicons())


def keys(token: Token, words: EventWords) -> tuple[tuple[str, ...], ...]:
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
    kinds = words.families.get(token.lemma_, ())
    return (*own, *((f"{kind}:", c.lemma_) for kind in kinds for c in held if c.pos_ == "PROPN"))


def is_definite(noun: Token) -> bool:
    """Whether a noun takes up something known: "the raid", "their raid", "raid victims"."""
    known = any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in DEFINITE) for c in noun.children)
    return known or noun.dep_ == "compound"


def is_known_before(noun: Token, words: EventWords) -> bool:
    """Whether a definite noun names an event apart from what its verb tells: "condemned the raid", "jailed for the raid"."""
    if noun.pos_ != "NOUN" or noun.lemma_ not in words.families or not is_definite(noun):
        return False
    if noun.dep_ == "pobj":
        return noun.head.lower_ in OCCASIONS
    return noun.dep_ == "dobj" and DOING not in words.families.get(noun.head.lemma_, ())
