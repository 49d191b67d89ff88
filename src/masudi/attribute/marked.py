"""Statements as the network marks them: a draft for each cue it is sure enough of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from spacy.tokens import Doc, Token

from ..records import Span
from .candidates import SPEECH_WEIGHT
from .choice import ADDRESSING, TELLING, Choice, addressee, aside_of, asides_of, with_quotes
from .content import indices_under, spans_of, without, without_gloss
from .cues import Cue, CueBook
from .drafts import Draft
from .features import CANDIDATE, MAX_CERTAINTY, Floats, Words, words_of
from .network import CONTENT, CUE, SOURCE, Marked, Network
from .quotes import Quotes
from .sources import RELATIVES, Source, name_span, names_the_place, subject_of, unquoted

# This and the four below: chosen on the development articles and the coded world-press ones, with the written passages
# in view: python bench/accuracy/statements.py FOLDER, python bench/accuracy/written.py
MIN_SHARE = 0.46
# What a noun's participle needs when no clause follows it.
MIN_SHARE_LOOSE = 0.8
# What the cue list adds to the network's log-odds: this much of its own where it speaks for a statement, this much
# where against, and this where it has no candidate.
LISTED, DOUBTED, UNLISTED = 0.15, 0.4, -1.2
# What a change between content and the rest costs, and how much likelier than its share a word is taken for content.
SWITCH, LEAN = 2.0, 0.3
# A source the network half sees is better than none.
MIN_SOURCE = 0.3
NOMINAL = ("NOUN", "PROPN", "PRON")


def marked_drafts(
    doc: Doc, text: str, book: CueBook, best: Mapping[int, Choice], network: Network, quotes: Quotes
) -> list[Draft]:
    """A draft for each word of a parsed sentence that the network takes for a cue, in the order of the cues.

    best: the rules' likeliest candidate at each token, which the network weighs too.
    """
    weights = {i: choice.weight for i, choice in best.items()}
    words = words_of(doc, book, quotes, weights, network.vocabulary)
    if not words.tokens:
        return []
    encoded = network.encode(words)
    sure = _leaning(words, network.anchors(words, encoded))
    members: dict[int, list[int]] = {}
    for n, sentence in enumerate(words.sentence.tolist()):
        members.setdefault(sentence, []).append(n)
    asides = asides_of(best)
    drafts = []
    for anchor in (sure >= MIN_SHARE).nonzero()[0].tolist():
        if not words.deps[anchor] or _says_nothing(words.tokens[anchor]):
            continue
        inside = members[int(words.sentence[anchor])]
        choice = best.get(words.tokens[anchor].i)
        if sure[anchor] < MIN_SHARE_LOOSE and _is_loose(words.tokens[anchor], choice):
            continue
        marked = network.roles(words, encoded, anchor, inside, as_the_rules_have_it(words, inside, choice))
        outside = aside_of(words.tokens[anchor], asides)
        draft = _draft(doc, text, words, marked, float(sure[anchor]), book, choice, quotes, outside)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _leaning(words: Words, shares: Floats) -> Floats:
    """The network's shares, leaning a little to what the cue list makes of the place."""
    bounded = np.clip(shares, 1e-6, 1 - 1e-6)
    listed = (words.codes[:, 7] & CANDIDATE) > 0
    steep = np.where(words.certainty < 0, DOUBTED, LISTED)
    lean = np.where(listed, steep * MAX_CERTAINTY * words.certainty, UNLISTED)
    out: Floats = 1 / (1 + np.exp(-(np.log(bounded / (1 - bounded)) + lean)))
    return out


def as_the_rules_have_it(words: Words, members: Sequence[int], choice: Choice | None) -> list[int]:
    """For each of `members` what the rules' candidate makes of it: 1 content, 2 source, 4 cue, 8 there is one."""
    if choice is None:
        return [0] * len(members)
    candidate = choice.candidate
    heads = {h.i for h in candidate.source.heads} if candidate.source is not None else set()
    indices = [words.tokens[n].i for n in members]
    return [8 + (i in candidate.content) + 2 * (i in heads) + 4 * (i in candidate.cue) for i in indices]


def _draft(
    doc: Doc,
    text: str,
    words: Words,
    marked: Marked,
    sure: float,
    book: CueBook,
    choice: Choice | None,
    quotes: Quotes,
    outside: set[int],
) -> Draft | None:
    at = words.tokens[marked.anchor]
    parts = marked.shares.argmax(axis=1)
    cue = {words.tokens[n].i for n, part in zip(marked.members, parts, strict=True) if part == CUE} | {at.i}
    inside = {words.tokens[n].i for n in _runs(marked, parts)} - cue - _told_to(at, choice)
    inside = without_gloss(doc, inside - outside)
    source = _source(words, marked, parts, _ruled(at, choice, quotes))
    anchor = Span(at.idx, at.idx + len(at))
    cue_spans = spans_of(doc, cue) or (anchor,)
    content = spans_of(doc, inside)
    around = quotes.at(anchor.start)
    if around is None:
        content = with_quotes(content, anchor.start, quotes)
    holes = list(cue_spans)
    if source is not None:
        holes += [name_span(h) for h in source.heads if h.i not in inside]
    content = without(content, holes, text)
    if not content:
        return None
    entry = _entry(at, book, choice)
    return Draft(
        at=at.i, anchor=anchor, cue=cue_spans, lemma=entry.lemma if entry is not None else at.lemma_.lower(),
        force=entry.force if entry is not None else "assert", weight=sure, content=content, source=source,
        says=entry is not None and entry.weight >= SPEECH_WEIGHT and at.pos_ == "VERB",
        because=entry.row if entry is not None else "cue no list has", sure=sure,
    )  # fmt: skip


def _runs(marked: Marked, parts: Collection[int]) -> list[int]:
    """Positions of the content: the likeliest path through the sentence when each change of side costs SWITCH.

    Words taken for cue or source are stepped over.
    """
    free = [n for n, part in enumerate(parts) if part not in (CUE, SOURCE)]
    said = np.clip(marked.shares[free, CONTENT].astype(float), 1e-4, 1 - 1e-4)
    gains = (np.log(said / (1 - said)) + LEAN).tolist()
    out, inside = 0.0, 0.0
    # Whether the best way to be out, or in, at this word leads over being in at the one before.
    came: list[tuple[bool, bool]] = []
    for gain in gains:
        came.append((inside - SWITCH > out, inside >= out - SWITCH))
        out, inside = max(out, inside - SWITCH), max(inside, out - SWITCH) + gain
    here = inside > out
    kept = []
    for n in range(len(free) - 1, -1, -1):
        if here:
            kept.append(marked.members[free[n]])
        here = came[n][1] if here else came[n][0]
    return kept[::-1]


def _is_loose(at: Token, choice: Choice | None) -> bool:
    """Whether a participle merely describes a noun and has no clause of its own: "a note reminding visitors of it"."""
    if at.dep_ != "acl" or at.tag_ != "VBG":
        return False
    return choice is None or choice.candidate.complement not in TELLING


def _says_nothing(at: Token) -> bool:
    return any(c.dep_ == "dobj" and c.lower_ == "nothing" for c in at.children)


def _told_to(at: Token, choice: Choice | None) -> set[int]:
    """Indices of who is asked or told, which is no part of the content: "urged [the army] to withdraw"."""
    if choice is None or at.i != choice.candidate.at.i:
        return set()
    if choice.candidate.complement == "np-to":
        if choice.cue is None or choice.cue.force not in ADDRESSING:
            return set()
        asked = (c for c in at.children if c.dep_ == "prep" and c.lower_ == choice.candidate.prep)
        over = {i for c in asked for i in indices_under(c)} - choice.candidate.content
        return over | addressee(choice.candidate)
    if choice.candidate.complement != "clause":
        return set()
    objects = (
        c
        for c in at.children
        if c.dep_ in ("dobj", "dative") and at.i < c.i < min(choice.candidate.content, default=0)
    )
    return {i for c in objects for i in indices_under(c)} - choice.candidate.content


def _entry(at: Token, book: CueBook, choice: Choice | None) -> Cue | None:
    if choice is not None and choice.cue is not None:
        return choice.cue
    return book.any("VERB" if at.pos_ == "AUX" else at.pos_, at.lemma_.lower())


def _ruled(at: Token, choice: Choice | None, quotes: Quotes) -> Source | None:
    """Who speaks by the rules."""
    own = choice.candidate.source if choice is not None else None
    return unquoted(quotes, at, own or (subject_of(at) if at.pos_ == "VERB" else None))


def _source(words: Words, marked: Marked, parts: Collection[int], ruled: Source | None) -> Source | None:
    """Who speaks: the rules' phrase where the network marks a word of it, since it is whole; else the marked words."""
    said = [n for n, part in zip(marked.members, parts, strict=True) if part == SOURCE]
    if not said:
        likeliest = int(marked.shares[:, SOURCE].argmax())
        if marked.shares[likeliest, SOURCE] < MIN_SOURCE:
            return None
        said = [marked.members[likeliest]]
    inside = set(said)
    if ruled is not None and (_shared(words, inside, ruled) or all(names_the_place(words.tokens[n]) for n in said)):
        return ruled
    tops = [n for n in said if words.head[n] not in inside or words.head[n] == n]
    tokens = [words.tokens[n] for n in tops]
    relative = next((t for t in tokens if t.tag_ in RELATIVES), None)
    heads = [t for t in tokens if t.pos_ in NOMINAL and t is not relative]
    heads = heads or [t for t in tokens if t is not relative]
    if not heads:
        return None if relative is None else Source((relative,))
    return Source(tuple(heads), relative)


def _shared(words: Words, said: Collection[int], ruled: Source) -> bool:
    tokens = [*ruled.heads, *([ruled.relative] if ruled.relative is not None else [])]
    return any(words.place.get(token.i) in said for token in tokens)
