"""What tells that an undated event is background, not news: a war it was in, a trial over it, a charge that speaks of it.

Pure: each function looks at one clause. What it finds to be background has publication for its last day and no month.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from ..syntax import tense
from ..tree import Token
from .climbing import SIMULTANEOUS
from .recall import OCCASIONS, EventWords, is_definite

CIRCUMSTANCE = frozenset(("in", "during", "before", "after", "following", "since", "under", "throughout", "amid", "until"))
EACH = ("each", "every")
CHARGES = ("of", "for", "over", "about")  # "accused of paying gunmen"; what is done "by paying" is done now


def is_background(token: Token, verb: Token, words: EventWords, dated: Container[int], *, opinion: bool) -> bool:
    """Whether a clause in the past tells of what was before the news.

    dated: the tokens that have a time of their own. opinion: whether the article is commentary, where "after they left him"
    is seldom news. "During the civil war they shelled ...", "accused of paying gunmen", "jailed for the killing".
    """
    charged = verb.dep_ == "pcomp" and verb.tag_ == "VBG" and verb.head.lower_ in CHARGES
    if charged or is_each_time(verb):
        return True
    if token.lower_ in words.backdrops and is_definite(token) and token.dep_ in ("pobj", "dobj") and token.head.lower_ in CIRCUMSTANCE:
        return True
    if token.pos_ == "NOUN" and token.dep_ == "pobj" and token.head.lower_ in (*OCCASIONS, "of") and verb.lemma_ in words.trials:
        return True
    if tense(verb) != "past":
        return False
    if opinion and verb.dep_ == "advcl" and verb.i == token.i:
        return not any(c.dep_ in ("mark", "advmod") and c.lower_ in (*SIMULTANEOUS, "when") for c in verb.children)
    return any(noun.i not in dated for noun in circumstances(verb, words))


def circumstances(verb: Token, words: EventWords) -> Iterator[Token]:
    """The wars, regimes and years in which a clause plays: "during the war", "in exile", "in later years"."""
    opening = verb.sent.root if verb.dep_ in ("conj", "ROOT") else verb
    for clause in dict.fromkeys((verb, opening)):
        for link in clause.children:
            if link.lower_ in CIRCUMSTANCE and (link.dep_ == "prep" or link.tag_ == "VBG" and link.i < clause.i):
                yield from (c for c in link.children if c.dep_ in ("pobj", "dobj") and c.lower_ in words.backdrops)


def is_each_time(verb: Token) -> bool:
    """Whether a clause tells of several occasions at once: "each time", "every time"."""
    return any(
        c.lower_ == "time" and c.dep_ in ("npadvmod", "advmod") and any(d.dep_ == "det" and d.lower_ in EACH for d in c.children) for c in verb.children
    )
