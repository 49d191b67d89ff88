"""Words that a model takes for an event and for which the lexicon proposes no such reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from ..records import Span
from ..syntax import is_parsed, sentences_of
from ..tree import Sentence, Token, Tree
from .clause import children
from .phrases import is_gerund
from .predicates import PARTS, Match, clause_at, is_qualifier
from .roles import Parties
from .views import Found, View
from .words import Words

LEAST = 0.8  # share of a type


def with_spots(doc: Tree, words: Words, parties: Parties, found: Found, view: View) -> list[list[Match]]:
    """The matches of each trigger of an article, with those that only the other model sees; in text order."""
    at = {matches[0].head.i: list(matches) for matches in found}
    here: dict[int, list[Match]] = {}
    for matches in found:
        here.setdefault(matches[0].head.sent.start, []).extend(matches)
    for sentence in sentences_of(doc):
        if is_parsed(sentence):
            for match in _seen(sentence, words, parties, here.get(sentence.start, ()), view):
                at.setdefault(match.head.i, []).append(match)
    return [at[i] for i in sorted(at)]


def _seen(sentence: Sentence, words: Words, parties: Parties, found: Sequence[Match], view: View) -> Iterator[Match]:
    """A match for each run of words that is seen as an event of a type that nothing found there is of."""
    start, seen = sentence.start_char, view(sentence)
    for span, type_, _ in seen.events(LEAST) if seen is not None else ():
        run = span.moved(start)
        touched = [m for m in found if m.span.overlaps(run) or any(sentence.doc[i].idx in range(run.start, run.end) for i in m.used)]
        if any(m.frame.type == type_ for m in touched):
            continue
        head = touched[0].head if touched else _head(sentence, run, parties)
        frame = None if head is None or _denies(head, words) or _asks(head) or _is_duty(head, words) else words.of_types.get((type_, PARTS[head.pos_]))
        if head is not None and frame is not None:
            frame = evolve(frame, lemma=head.lemma_.lower())
            yield Match(frame=frame, clause=clause_at(head, frame.pos, words), trigger=(head,), used=frozenset((head.i,)))


def _denies(verb: Token, words: Words) -> bool:
    """"Denied having asked for it": such a word says that something was not done, and is no deed itself."""
    kinds = {"that": children(verb, "ccomp"), "gerund": [c for c in children(verb, "xcomp") if is_gerund(c)]}
    found = [words.governors.entry(verb.lemma_.lower(), "verb", kind) for kind, contents in kinds.items() if contents]
    return any(entry is not None and entry.effect == "negation" for entry in found)


def _asks(verb: Token) -> bool:
    """"Asked whether it would send troops": a question, no request."""
    return any(m.lower_ in ("whether", "if") or m.tag_ == "WRB" for c in children(verb, "ccomp") for m in children(c, "mark", "advmod"))


def _is_duty(word: Token, words: Words) -> bool:
    """"Mali needs to free them": who asks that is found by asks.py, or nobody does."""
    entry = words.governors.entry(word.lemma_.lower(), word.pos_.lower(), "to")
    return entry is not None and entry.effect == "asks"


def _head(sentence: Sentence, run: Span, parties: Parties) -> Token | None:
    """The word of `run` that the others hang on, if it may be a predicate."""
    tokens = [t for t in sentence if t.idx < run.end and run.start < t.idx + len(t.text)]
    inside = {t.i for t in tokens}
    heads = [t for t in tokens if t.pos_ in PARTS and (t.head.i not in inside or t.head.i == t.i) and not is_qualifier(t, parties)]
    return heads[0] if heads else None
