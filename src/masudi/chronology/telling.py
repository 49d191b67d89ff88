"""How a clause tells: its tense and habit, whether it carries the telling, whether it speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..syntax import clause_verb, tense
from ..tree import Sentence, Token

# Adverbs of habit: "has often warned" names no occasion.
HABITUAL = frozenset(("often", "always", "never", "long", "repeatedly", "regularly", "frequently", "traditionally",
                      "historically", "previously", "usually", "once"))  # fmt: skip
# "In exile he wrote": the story has moved to other circumstances, on no day told.
CIRCUMSTANCE = ("in", "during", "before", "after", "under")


def headline(sentences: Sequence[Sentence]) -> int | None:
    """The number of the first sentence, where it ends in no full stop and the text goes on on another line."""
    for number, sentence in enumerate(sentences[:2]):
        words = [t for t in sentence if not t.is_space]
        if not words:
            continue
        ends = words[-1].text not in (".", "!", "?", "''", '"', "”")
        broken = any("\n" in t.text for t in sentence[-1 : len(sentence)]) or words[-1].i + 1 < len(sentence.doc) and (
            "\n" in sentence.doc[words[-1].i + 1].text
        )
        return number if ends and broken else None
    return None


def main_verbs(root: Token) -> Iterable[Token]:
    """The sentence's root and its coordinated verbs, then what the root reports (the fact, not the saying, first)."""
    content = [c for c in root.children if c.dep_ == "ccomp"]
    return [*_behind_name(root), root, *root.conjuncts, *content]


def _behind_name(root: Token) -> list[Token]:
    """The verb of a sentence that a name opens ("SYDNEY: Thousands rallied"), which the parser then takes for its root."""
    if root.pos_ in ("VERB", "AUX"):
        return []
    return [c for c in root.children if c.tag_ == "VBD" and c.dep_ != "relcl" and any(k.dep_ in ("nsubj", "nsubjpass") for k in c.children)]


def fronted(root: Token) -> bool:
    return any(c.dep_ == "ccomp" and c.i < root.i for c in root.children)


def speaks(verb: Token) -> bool:
    """Whether `verb` governs what someone says or thinks."""
    return any(c.dep_ == "ccomp" or (c.dep_ == "punct" and c.is_quote) for c in verb.children)


def speaker_of(verb: Token) -> Token | None:
    """The name or pronoun that is told to say or think something."""
    if verb.pos_ != "VERB" or not speaks(verb):
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.pos_ in ("PROPN", "PRON")), None)


def is_same_speaker(speaker: Token, before: Token) -> bool:
    """Whether a later speaker is the one before: the same last name, or a pronoun for it."""
    return speaker.lemma_ == before.lemma_ or (speaker.pos_ == "PRON" and before.pos_ == "PROPN")


def goes_on_as_clause(verb: Token) -> bool:
    """Whether a clause on a noun only goes on telling: "met Lavrov, who called for restraint"; not "men who fled"."""
    pronoun = next((c for c in verb.children if c.tag_ in ("WP", "WDT") and c.dep_ in ("nsubj", "nsubjpass")), None)
    return pronoun is not None and pronoun.i > 0 and pronoun.nbor(-1).text == ","


def says_of_now(verb: Token) -> bool:
    """Whether what `verb` says is told in the present: it was said now, not in the past told before."""
    return any(c.dep_ == "ccomp" and tense(c) in ("present", "perfect", "future") for c in verb.children)


def is_main(verb: Token) -> bool:
    """Whether `verb` carries the telling: the root, what it is joined to, or what the root reports."""
    while verb.dep_ in ("conj", "ccomp") and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "ROOT"


def told_tense(verb: Token) -> str | None:
    """The tense of the clause, or of the one above for a participle; an infinitive looks ahead."""
    node = verb
    while True:
        if node.dep_ == "conj" and not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in node.children):
            node = clause_verb(node.head) or node  # "has convicted 22 and released two"
        form = tense(node)
        if form is not None and form != "infinitive":
            return form
        above = clause_verb(node.head) if node.head.i != node.i else None
        if form == "infinitive" and (above is None or node.dep_ != "xcomp"):
            return "future" if node.dep_ in ("xcomp", "advcl", "acl") else form
        if above is None or above.i == node.i:
            return form
        node = above


def is_habit(verb: Token) -> bool:
    return any(c.dep_ == "advmod" and c.lower_ in HABITUAL for c in verb.children)


def moves_away(sentence: Sentence) -> bool:
    """Whether a sentence opens with circumstances of its own ("In exile", "During the war"), which no time tells."""
    words = [t for t in sentence if not t.is_space][:6]
    if not words or words[0].dep_ != "prep" or words[0].lower_ not in CIRCUMSTANCE:
        return False
    return any(c.dep_ == "pobj" and c.pos_ == "NOUN" for c in words[0].children)
