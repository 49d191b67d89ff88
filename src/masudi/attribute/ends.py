"""Content that stops inside a phrase, brought to where the phrase ends or begins."""

from __future__ import annotations

from collections.abc import Callable, Collection

from spacy.tokens import Doc, Token

# What cannot end what is said while the word it belongs to still follows.
OPENING = frozenset(("det", "amod", "compound", "poss", "nummod", "aux", "auxpass", "mark", "neg", "predet", "quantmod"))
INTO = frozenset(("pobj", "pcomp"))
# How likely the rest must be for the phrase to be taken in whole.
MIN_REST = 0.1


def whole_at_the_end(doc: Doc, kept: Collection[int], likely: Callable[[int], float]) -> set[int]:
    """`kept` with the phrase it stops in finished where the rest is likely enough, else without that phrase.

    "would honour a | previous pledge", "ahead of | the vote". likely: how likely a word is content, 0..1; 0 for
    one that is not of the sentence. `kept` itself where it ends well, or where nothing would be left.
    """
    inside = set(kept)
    last = max((i for i in inside if not doc[i].is_punct and not doc[i].is_space), default=None)
    top = None if last is None else _cut_phrase(doc[last])
    if last is None or top is None:
        return inside
    rest = [i for i in range(last + 1, top.right_edge.i + 1) if not doc[i].is_space]
    if rest and sum(map(likely, rest)) / len(rest) >= MIN_REST:
        return inside | set(rest)
    left = {i for i in inside if i < _first(top).i}
    return left if any(doc[i].is_alpha for i in left) else inside


def _cut_phrase(last: Token) -> Token | None:
    """The head of the phrase or clause that `last` opens and that goes on after it."""
    if last.dep_ in OPENING and last.head.i > last.i:
        return last.head
    if last.dep_ in ("prep", "agent") and any(c.dep_ in INTO and c.i > last.i for c in last.children):
        return last
    return None


def _first(top: Token) -> Token:
    """Where the phrase begins, with the preposition before it."""
    if top.dep_ in INTO and top.head.dep_ in ("prep", "agent") and top.head.i < top.i:
        return top.head
    return top.left_edge
