"""Which candidates of the parse are statements, and with what content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen
from spacy.tokens import Doc, Token

from ..records import Span
from ..text import merge_spans
from .bounds import settled
from .candidates import SPEECH_WEIGHT, Candidate, candidates
from .content import indices_under, spans_of, without, without_gloss
from .cues import Cue, CueBook
from .drafts import Draft
from .evidence import certainty
from .quotes import Quotes
from .sources import Source, name_span, unquoted

# Chosen between the best on every fourth PolNeAR training article, the development articles and the coded world-press ones:
# python bench/accuracy/statements.py FOLDER
MIN_WEIGHT = 0.46
MIN_WEIGHT_IN_QUOTE = 0.96
# A promise, an order or the like is seldom marked by itself, but inside a statement it is a link like any other.
MIN_WEIGHT_DONE = 0.3
FIRST_PERSON = frozenset(("i", "we", "you", "me", "us", "my", "our", "myself", "ourselves"))
# Forces whose addressee is no part of the content: "urged [the army] to withdraw".
ADDRESSING = frozenset(("ask", "demand", "order", "warn", "promise", "threaten"))

# Complements in which words are passed on, and subjects that pass none on.
# What is done by saying it, with the complement that shows it: "promised to leave", "accuses them of firing".
PERFORMED = frozenset((
    ("to", "promise"), ("to", "threaten"), ("to", "demand"), ("ing", "deny"), ("np-p", "condemn"), ("clause", "assert"),
    ("clause", "promise"), ("clause", "deny"), ("clause", "warn"), ("clause", "hope"), ("clause", "fear"),
))
# The same with a mere thing said of, which counts outside of quotations only: "demanded the release of the crew".
PERFORMED_ON = frozenset((("np", "demand"), ("np", "order"), ("np", "deny"), ("np", "condemn"), ("p", "assert")))
  # fmt: skip
TELLING = frozenset(("clause", "to", "np-to", "frame", "is", "be-clause", "be-to", "np-as"))
NOBODY = FIRST_PERSON | frozenset(
    ("it", "one", "this", "that", "which", "there", "what", "anyone", "someone", "nobody")
)


@frozen(eq=False)
class Choice:
    """The likeliest candidate at a token, its entry in the cue book, and how sure the signs make it, 0..1."""

    weight: float
    candidate: Candidate
    cue: Cue | None


def drafts_of(
    doc: Doc, text: str, best: Mapping[int, Choice], edges: Mapping[str, float], quotes: Quotes
) -> list[Draft]:
    """A draft for each cue of the parse that is surely enough one, in the order of the cues."""
    spoken = {i for i, choice in best.items() if choice.candidate.complement == "clause"}
    lending = {
        i
        for choice in best.values()
        if choice.candidate.pos == "NOUN" and choice.weight >= MIN_WEIGHT
        for i in choice.candidate.cue
        if i != choice.candidate.at.i
    }
    asides = asides_of(best)
    drafts = []
    for choice in best.values():
        candidate = choice.candidate
        if candidate.complement == "frame" and candidate.pos == "NOUN" and candidate.at.head.head.i in spoken:
            continue  # "said in a statement": the verb is the cue
        if candidate.complement.startswith("np") and candidate.at.i in lending:
            continue  # "expressed his hope that": the noun is
        outside = aside_of(candidate.at, asides)
        draft = _draft(doc, text, choice, quotes, outside, edges)
        if draft is not None:
            drafts.append(draft)
    return drafts


def best_choices(doc: Doc, book: CueBook, signs: Mapping[str, float], quotes: Quotes) -> dict[int, Choice]:
    """For each cue token the complement that is likeliest what is said."""
    quoted = {
        i
        for s in (doc.char_span(*q.span, alignment_mode="expand") for q in quotes.items)
        if s
        for i in range(s.start, s.end)
    }
    best: dict[int, Choice] = {}
    for candidate in candidates(doc, book):
        cue = book.find(
            candidate.pos,
            candidate.lemma,
            candidate.complement,
            prep=candidate.prep,
            particle=candidate.particle,
        )
        if cue is None and not (candidate.pos == "VERB" and candidate.complement == "clause"):
            continue
        weight = certainty(candidate, cue, not quoted.isdisjoint(candidate.content), signs)
        held = best.get(candidate.at.i)
        if held is None or _better(weight, candidate, held):
            best[candidate.at.i] = Choice(weight, candidate, cue)
    return best


def _better(weight: float, candidate: Candidate, held: Choice) -> bool:
    """The likelier complement; of two readings of the same words the one whose cue says more: "called on"."""
    if candidate.content == held.candidate.content and weight >= MIN_WEIGHT:
        return (len(candidate.cue), weight) > (len(held.candidate.cue), held.weight)
    return weight > held.weight


def _draft(
    doc: Doc, text: str, choice: Choice, quotes: Quotes, outside: set[int], edges: Mapping[str, float]
) -> Draft | None:
    candidate, cue = choice.candidate, choice.cue
    anchor = Span(candidate.at.idx, candidate.at.idx + len(candidate.at))
    around = quotes.at(anchor.start)
    source = unquoted(quotes, candidate.at, candidate.source)
    # In a speaker's own words only a promise, threat or the like of somebody else is as sure as elsewhere.
    done = cue is not None and cue.force != "assert" and _plain(candidate, cue)
    if choice.weight < _least(choice, around is None, done):
        return None
    if around is None and _asked_by_the_author(candidate.at):
        return None
    if around is not None and (source is None or source.heads[0].lower_ in FIRST_PERSON):
        return None  # a speaker who says "I think" is already in the chain
    force = cue.force if cue is not None else "assert"
    inside = without_gloss(doc, settled(doc, candidate, candidate.content, edges)) - outside
    if candidate.complement == "np-to" and force in ADDRESSING:
        inside -= addressee(candidate)
    inside.discard(-1 if (what := _what(candidate)) is None else what)
    content = spans_of(doc, inside)
    cue_spans = spans_of(doc, candidate.cue) or (anchor,)
    if around is None:
        content = with_quotes(content, anchor.start, quotes)
    else:
        content = tuple(
            Span(max(s.start, around.span.start), min(s.end, around.span.end))
            for s in content
            if s.overlaps(around.span)
        )
    holes = list(cue_spans)
    if source is not None and candidate.complement in ("clause", "frame"):
        holes += [name_span(h) for h in source.heads if h.i not in candidate.content]
    content = without(content, holes, text)
    if not content:
        return None
    return Draft(
        at=candidate.at.i, anchor=anchor, cue=cue_spans, lemma=candidate.lemma, force=force, weight=choice.weight,
        content=content, source=source, plain=_plain(candidate, cue), told=_told(candidate, source, cue, outside=around is None),
        says=cue is not None and cue.weight >= SPEECH_WEIGHT and candidate.pos == "VERB",
        done=around is None and _done(choice),
        by_name=candidate.pos == "VERB" and candidate.complement == "np" and source is not None
        and source.relative is None and all(h.pos_ == "PROPN" or h.dep_ == "nsubj" and h.pos_ == "NOUN" for h in source.heads),
        owned=candidate.pos == "NOUN" and source is not None and candidate.complement in ("clause", "to", "p"),
        because=cue.row if cue is not None else "clause of an unlisted verb",
    )  # fmt: skip


def _least(choice: Choice, outside: bool, done: bool) -> float:
    """What a candidate must weigh to be worth a draft."""
    if not (outside or done):
        return MIN_WEIGHT_IN_QUOTE
    return MIN_WEIGHT_DONE if outside and _done(choice) else MIN_WEIGHT


def _done(choice: Choice) -> bool:
    """Whether saying it does it, whatever else the signs make of the place."""
    if choice.cue is None:
        return False
    kind = choice.candidate.complement, choice.cue.force
    return kind in PERFORMED and kind != ("clause", "assert") or kind in (("np", "demand"), ("np", "order"))


def _plain(candidate: Candidate, cue: Cue | None) -> bool:
    """Whether the grammar leaves no doubt: a listed cue with a that-clause, or with somebody to do something."""
    if _what(candidate) is not None and cue is not None:
        return True
    if cue is None or cue.weight < SPEECH_WEIGHT:
        return False
    if candidate.pos == "ADP":
        return True
    force = cue.force
    if (candidate.complement, force) in PERFORMED:
        return True
    return candidate.complement == "np-to" or (
        candidate.complement == "clause" and candidate.at.doc[min(candidate.content)].lower_ == "that"
    )


def _what(candidate: Candidate) -> int | None:
    """Index of the "what" in "what the junta calls a purge": it stands for the thing, and the rest is the speaker's word."""
    if candidate.complement != "np-as" or max(candidate.content) < candidate.at.i:
        return None
    return next((c.i for c in candidate.at.children if c.lower_ == "what" and c.dep_ == "dobj"), None)


def _told(candidate: Candidate, source: Source | None, cue: Cue | None, *, outside: bool) -> bool:
    """Whether a third party is told to have said something, not to be about to, nor merely to like or dislike it."""
    force = cue.force if cue is not None else ""
    kind = candidate.complement, force
    if source is None or not (kind[0] in TELLING or kind in PERFORMED or (outside and kind in PERFORMED_ON)):
        return False
    if source.heads[0].lower_ in NOBODY or (source.relative is not None and source.heads[0].pos_ == "PRON"):
        return False
    if candidate.pos != "VERB":
        return not any(candidate.at.doc[i].tag_ == "MD" for i in candidate.cue)
    helpers = [c for c in candidate.at.children if c.dep_ in ("aux", "neg")]
    return candidate.at.tag_ != "VB" or not any(h.tag_ in ("TO", "MD") for h in helpers)


Aside = tuple[set[int], frozenset[int]]


def asides_of(best: Mapping[int, Choice]) -> list[Aside]:
    """Every surely enough "according to X", and the clause it colours."""
    return [_aside(c.candidate) for c in best.values() if c.candidate.pos == "ADP" and c.weight >= MIN_WEIGHT]


def aside_of(cue: Token, asides: Iterable[Aside]) -> set[int]:
    """Indices of the asides in whose clause `cue` stands: no part of its content."""
    return {i for phrase, clause in asides if cue.i in clause for i in phrase}


def _aside(candidate: Candidate) -> Aside:
    """Indices of an "according to X", and of the clause it colours: no part of what is said in that clause."""
    phrase = set(candidate.cue)
    for head in candidate.source.heads if candidate.source is not None else ():
        phrase |= indices_under(head)
    return phrase, candidate.content


def _asked_by_the_author(cue: Token) -> bool:
    """Whether the cue is the main verb of a question in the article's own voice: "Can anyone forget ...?"."""
    here = cue
    while here.dep_ == "conj":
        here = here.head
    if here.dep_ != "ROOT":
        return False
    return any(t.text == "?" for t in here.sent[-2:])


def addressee(candidate: Candidate) -> set[int]:
    """Indices of who is asked or told: the verb's object, or the infinitive's subject in the parse."""
    for child in candidate.at.children:
        if child.dep_ in ("dobj", "dative") and child.i in candidate.content:
            return indices_under(child)
        if child.dep_ == "ccomp":
            subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
            return indices_under(subject) if subject is not None else set()
    return set()


# What stands before the opening mark of speech that begins anew.
ANNOUNCES = tuple(".:?!”\"")


def with_quotes(content: tuple[Span, ...], cue: int, quotes: Quotes) -> tuple[Span, ...]:
    """Content with the whole of every quotation it touches.

    Around a cue inside: what the parser hung on it after the cue of a quotation is cut: '"...," he said, as guests left'.
    """
    if content and content[0].start < cue < content[-1].start:
        if any(quotes.at(s.start) is not None for s in content if s.end <= cue):
            content = tuple(s for s in content if s.start < cue or quotes.overlapping(s))
    return merge_spans((*content, *(q for s in content for q in quotes.overlapping(s))))


def speech_before(content: tuple[Span, ...], cue: int, quotes: Quotes, text: str) -> tuple[Span, ...]:
    """Content of a cue that follows its quotation, without the sentence or the announcement before: 'Ruiz objected: "...", she said'."""
    ahead = [q for s in content if s.end <= cue for q in quotes.overlapping(s)]
    if not ahead:
        return content
    speech = max(ahead)
    before = text[: speech.start].rstrip()
    if before[-1:] not in ANNOUNCES or "\n" in text[len(before) : speech.start]:
        return content
    kept = (s if s.start >= speech.start else Span(speech.start, s.end) for s in content if s.end > speech.start)
    return tuple(kept)
