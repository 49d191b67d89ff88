"""Statements as the network marks them: a draft for each cue it is sure enough of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from spacy.tokens import Doc, Token

from ..layers import Floats
from ..records import Span
from .candidates import SPEECH_WEIGHT
from .choice import ADDRESSING, TELLING, Choice, addressee, aside_of, asides_of, speech_before, with_quotes
from .content import indices_under, spans_of, without, without_gloss
from .cues import Cue, CueBook
from .drafts import Draft
from .ends import whole_at_the_end
from .features import CANDIDATE, MAX_CERTAINTY, Reader, Words
from .network import CONTENT, CUE, SOURCE, Marked, Network
from .parted import tense_of
from .quotes import Quotes
from .sources import (
    RELATIVES,
    Source,
    before,
    beside,
    is_urged,
    name_span,
    names_the_place,
    subject_of,
    unquoted,
)

# This and the four below: chosen on the development articles and the coded world-press ones, with the written passages
# in view: python bench/accuracy/statements.py FOLDER, python bench/accuracy/written.py
MIN_SHARE = 0.42
# What a noun's participle needs when no clause follows it.
MIN_SHARE_LOOSE = 0.8
# What it needs when a singular common noun speaks, which is often a thing: "the book offers a view of the war".
MIN_SHARE_THING = 0.5
# What the cue list adds to the network's log-odds: this much of its own where it speaks for a statement, this much
# where against, and this where it has no candidate.
LISTED, DOUBTED, UNLISTED = 0.3, 0.4, -1.2
# What a change between content and the rest costs, and how much likelier than its share a word is taken for content.
SWITCH, LEAN = 1.2, 0.1
# A source the network half sees is better than none.
MIN_SOURCE = 0.3
MAX_SHORT = 3  # longer words in capitals before a colon are towns, no "US" or "UN"
# What opens a clause of what went on while somebody spoke.
SCENES = frozenset(("as", "while", "when", "before", "after"))
ASKS = ("?", "!")
NOMINAL = ("NOUN", "PROPN", "PRON")


def marked_drafts(
    doc: Doc, text: str, book: CueBook, best: Mapping[int, Choice], network: Network, reader: Reader, quotes: Quotes
) -> list[Draft]:
    """A draft for each word of a parsed sentence that the network takes for a cue, in the order of the cues.

    best: the rules' likeliest candidate at each token, which the network weighs too.
    """
    words = reader.words_of(doc, quotes, best)
    if not len(words.index):
        return []
    encoded = network.encode(words)
    sure = _leaning(words, network.anchors(words, encoded))
    asked: list[tuple[int, Sequence[int], Sequence[int]]] = []
    for anchor in (sure >= MIN_SHARE).nonzero()[0].tolist():
        at = words.token(anchor)
        if not words.deps[anchor] or _says_nothing(at) or _is_no_cue(at) or _goes_by(at, book):
            continue
        choice = best.get(at.i)
        if sure[anchor] < MIN_SHARE_LOOSE and _is_loose(at, choice):
            continue
        inside = words.members(anchor)
        asked.append((anchor, inside, as_the_rules_have_it(words, inside, choice)))
    asides = asides_of(best)
    drafts = []
    for marked in network.roles(words, encoded, asked):
        at = words.token(marked.anchor)
        outside = aside_of(at, asides)
        share = float(sure[marked.anchor])
        draft = _draft(doc, text, words, marked, share, book, best.get(at.i), quotes, outside)
        if draft is not None and (share >= MIN_SHARE_THING or draft.source is None or draft.source.heads[0].tag_ != "NN"):
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
    indices = words.index[members[0] : members[-1] + 1].tolist()
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
    at = words.token(marked.anchor)
    parts = marked.shares.argmax(axis=1)
    cue = {int(words.index[n]) for n, part in zip(marked.members, parts, strict=True) if part == CUE} | {at.i}
    inside = {int(words.index[n]) for n in _runs(marked, parts)}
    inside = whole_at_the_end(doc, inside, _likely(words, marked)) - cue - _told_to(at, choice) - _expletive(at)
    inside = without_gloss(doc, inside - outside)
    if choice is not None and choice.candidate.complement in ("np-to", "to") and min(choice.candidate.content) > at.i:
        inside = {i for i in inside if i > at.i} or inside  # a quotation before it is somebody's, but not what is asked
    asked = _asked_before(at, quotes)
    if asked is not None:
        inside, choice = asked, None
    source = _carrier(at, book) or _persuader(at) or (beside(at) if asked else _source(words, marked, parts, _ruled(at, choice, quotes)))
    if source is None and (source := _beside(at, book, quotes)) is not None:
        inside -= _phrase(source)
    elif source is not None and at.pos_ == "NOUN":  # "the decision by [Chad] to close the border"
        inside = inside - _phrase(source) or inside
    inside = _before_the_scene(at, inside)
    anchor = Span(at.idx, at.idx + len(at))
    cue_spans = spans_of(doc, cue) or (anchor,)
    content = spans_of(doc, inside)
    around = quotes.at(anchor.start)
    if around is None:
        content = speech_before(with_quotes(content, anchor.start, quotes), anchor.start, quotes, text)
    holes = list(cue_spans)
    if source is not None:
        holes += [name_span(h) for h in source.heads if h.i not in inside]
    content = without(content, holes, text)
    if not content or _names(at, content, text):
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


def _likely(words: Words, marked: Marked) -> Callable[[int], float]:
    """How likely a word of the document is content of what is marked."""
    shares = {int(words.index[n]): float(share) for n, share in zip(marked.members, marked.shares[:, CONTENT], strict=True)}
    return lambda index: shares.get(index, 0.0)


def _before_the_scene(at: Token, inside: Collection[int]) -> set[int]:
    """`inside` of a cue that follows its words, without what was done meanwhile: "..., he said, [as divers searched]"."""
    kept = set(inside)
    if not kept or min(kept) > at.i:
        return kept
    under = [c for c in at.children if c.i > at.i]
    under += [c for c in at.head.children if c.i > at.i and tense_of(c) == tense_of(at) != tense_of(at.head)]
    scene = {i for c in under if _is_scene(c) for i in indices_under(c)}
    return kept - scene or kept


def _is_scene(clause: Token) -> bool:
    if clause.dep_ != "advcl" or clause.left_edge.nbor(-1).text != ",":
        return False
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    return bool(marks & SCENES) or (clause.tag_ == "VBG" and not marks)


def _names(at: Token, content: Sequence[Span], text: str) -> bool:
    """Whether a participle only gives a thing its name: "a group called Voices of the Coast"."""
    if at.dep_ != "acl" or at.tag_ != "VBN" or len(content) > 1 or content[0].start < at.idx:
        return False
    words = text[content[0].start : content[0].end].split()
    return words[0][:1].isupper() and words[-1][:1].isupper()


def _is_no_cue(at: Token) -> bool:
    """Whether the word cannot announce anything: a particle, the colon after a dateline, a label ("Explained: why ...")."""
    if at.is_sent_start and at.tag_ in ("VBN", "VBD") and at.i + 1 < len(at.doc) and at.nbor(1).text == ":":
        return True
    return at.dep_ == "prt" or (at.is_punct and at.i > 0 and at.nbor(-1).is_upper and len(at.nbor(-1)) > MAX_SHORT)


def _goes_by(at: Token, book: CueBook) -> bool:
    """Whether something only happens "according to plan"."""
    link = at.nbor(1) if at.lower_ == "according" and at.i + 1 < len(at.doc) else at
    things = [c for t in (at, link) for c in t.children if c.dep_ == "pobj"] if link is not at else []
    return bool(things) and all(c.lemma_.lower() in book.silent for c in things)


def _expletive(at: Token) -> set[int]:
    """The "it" of "it is understood that ...", which stands for the clause."""
    if not any(c.dep_ in ("ccomp", "csubj") and c.i > at.i for c in at.children):
        return set()
    return {c.i for c in at.children if c.dep_ in ("nsubjpass", "nsubj") and c.lower_ == "it"}


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
    if choice is None and at.i and at.nbor(-1).text in ASKS:
        asked = book.find("VERB", at.lemma_.lower(), "clause")
        if asked is not None:
            return asked
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
            return ruled if words.token(marked.anchor).dep_ == "nsubjpass" else None  # "the claim was made by ..."
        said = [marked.members[likeliest]]
    inside = set(said)
    if ruled is not None and (_shared(words, inside, ruled) or all(names_the_place(words.token(n)) for n in said)):
        return ruled
    tops = [n for n in said if words.head[n] not in inside or words.head[n] == n]
    tokens = [words.token(n) for n in tops]
    relative = next((t for t in tokens if t.tag_ in RELATIVES), None)
    heads = [_whole(t) for t in tokens if t.pos_ in NOMINAL and t is not relative]
    heads = [h for h in heads if h is heads[0] or h in heads[0].conjuncts or h.dep_ != "poss"]
    heads = heads or [t for t in tokens if t is not relative]
    if not heads:
        return None if relative is None else Source((relative,))
    return Source(tuple(heads), relative)


def _whole(word: Token) -> Token:
    """The noun of which a marked word is only the first half: "[Mossad] agents"."""
    while word.dep_ == "compound" and word.head.pos_ in NOMINAL and word.head.i > word.i:
        word = word.head
    return word


def _carrier(at: Token, book: CueBook) -> Source | None:
    """What bears the words: "carried [placards] reading ..."."""
    borne = at.tag_ == "VBG" and at.i > 0 and at.nbor(-1).lemma_.lower() in book.carriers
    return Source((at.nbor(-1),)) if borne else None


def _asked_before(at: Token, quotes: Quotes) -> set[int] | None:
    """Indices of what is asked without quotation marks before an inverted cue: "Will it hold? [asked] the bishop."."""
    if at.tag_ not in ("VBD", "VBZ") or at.i < 2 or at.nbor(-1).text not in ASKS:
        return None
    if quotes.at(at.nbor(-1).idx) is not None or beside(at) is None:
        return None
    return set(range(at.nbor(-1).sent.start, at.i - 1))


def asked_outright(
    doc: Doc, drafts: Sequence[Draft], best: Mapping[int, Choice], book: CueBook, quotes: Quotes
) -> list[Draft]:
    """A draft for each "Will it hold? asked the bishop." that none of `drafts` has."""
    held = [s for d in drafts for s in (*d.content, *d.cue)]
    found = []
    for index in best:
        at = doc[index]
        cue = book.find("VERB", at.lemma_.lower(), "clause")
        anchor = Span(at.idx, at.idx + len(at))
        if cue is None or cue.weight < SPEECH_WEIGHT or any(s.covers(anchor) for s in held):
            continue
        content = spans_of(doc, _asked_before(at, quotes) or ())
        if content:
            found.append(Draft(
                at=index, anchor=anchor, cue=(anchor,), lemma=cue.lemma, force=cue.force, weight=best[index].weight,
                content=content, source=beside(at), says=True, because=cue.row,
            ))  # fmt: skip
    return found


def _persuader(at: Token) -> Source | None:
    """Who wants it believed: "[the junta] would have us believe that ..."."""
    return subject_of(at.head) if is_urged(at) else None


def _phrase(source: Source) -> set[int]:
    """Indices of the words of who speaks."""
    spans = [name_span(h) for h in source.heads]
    return {t.i for h in source.heads for t in h.subtree if any(s.start <= t.idx < s.end for s in spans)}


def _beside(at: Token, book: CueBook, quotes: Quotes) -> Source | None:
    """Who stands right beside a finite verb of saying whose subject nothing shows: "Said Ms Ruiz: ..."."""
    entry = book.find("VERB", at.lemma_.lower(), "clause")
    if entry is None or entry.weight < SPEECH_WEIGHT or at.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if any(c.dep_ in ("auxpass", "expl") for c in at.children):
        return None
    inverted = at.is_sent_start or (quotes.at(at.idx) is None and quotes.at(at.nbor(-1).idx) is not None)
    return beside(at) if inverted else before(at)


def _shared(words: Words, said: Collection[int], ruled: Source) -> bool:
    tokens = [*ruled.heads, *([ruled.relative] if ruled.relative is not None else [])]
    if any(int(words.place[token.i]) in said for token in tokens):
        return True
    phrase = {int(words.place[i]) for i in _phrase(ruled)}
    return all(n in phrase for n in said)
