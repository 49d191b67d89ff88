"""How drafts stand to one another: which of two is the outer one, and which embedded cue is a link of the chain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from attrs import evolve
from spacy.tokens import Doc, Token

from ..records import Span
from ..syntax import tokens_in
from .chain import nest
from .choice import MIN_WEIGHT, MIN_WEIGHT_DONE
from .content import without
from .drafts import Draft
from .quotes import Quotes

UNSPOKEN = "en/unspoken.tsv"
# A statement inside another must be surer: an embedded verb is often no claim of its own.
# Chosen with choice.MIN_WEIGHT, on the same articles.
MIN_WEIGHT_INSIDE = 0.95
MIN_WEIGHT_INSIDE_PLAIN = 0.5
# What is done by saying it is a link where a mere opinion would not be: "denied drinking", "rejects the plan".
MIN_WEIGHT_INSIDE_DONE = 0.7
DONE = frozenset(("deny", "promise", "threaten"))
SURE_AROUND = 0.7
# From this weight on, a cue whose grammar leaves no doubt counts even where the network sees none.
MIN_WEIGHT_BESIDE = 0.85
MIN_WEIGHT_OWNED = 0.6
MIN_WEIGHT_BY_NAME = 0.6
PRONOUNS = frozenset(("he", "she", "it", "they", "them", "him", "her", "his", "its", "their", "who"))
FIRST_PERSON = frozenset(("i", "we"))
SET_OFF = frozenset((",", "—", "–", "--", "-", "("))
DEFINITE = frozenset(("the", "this", "that"))
# Forces of a mind, not of words that were passed on.
MINDED = frozenset(("hope", "fear", "want", "question"))

Who = Callable[[Draft], str | None]


def outermost(drafts: Iterable[Draft]) -> list[Draft]:
    """`drafts` without those that stand inside a surer one, and without those that a surer one stands inside.

    The network is asked for each cue alone; of two that cannot both be outermost it means the likelier. One that is
    sure enough around another stays: "..., said the envoy, according to the paper".
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-(d.sure or 0.0), d.anchor)):
        if any(draft.anchor == other.anchor or _inside(draft, other) for other in kept):
            continue
        if (draft.sure or 0.0) >= SURE_AROUND or not any(_inside(other, draft) for other in kept):
            kept.append(draft)
    return sorted(_once(kept), key=lambda d: d.anchor)


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """`drafts` without the one around another of the same words: of "issued a statement saying ..." what is said."""
    return [d for d in drafts if not any(_inside(o, d) and _same_words(o, d) for o in drafts if o is not d)]


def _same_words(one: Draft, other: Draft) -> bool:
    if one.source is None or other.source is None or one.source.heads[0].i != other.source.heads[0].i:
        return False
    return any(a.overlaps(b) for a in one.cue for b in other.cue)


def _inside(draft: Draft, other: Draft) -> bool:
    return any(span.covers(draft.anchor) for span in other.content)


def lent(drafts: Iterable[Draft], others: Iterable[Draft]) -> list[Draft]:
    """`drafts`, where one's verb only lends a noun its subject the noun's statement: "expressed his hope that ..."."""
    sure = (o for o in others if o.weight >= MIN_WEIGHT)
    by_verb = {span.start: o for o in sure for span in o.cue if o.anchor.start > span.start}
    out = []
    for draft in drafts:
        noun = by_verb.get(draft.anchor.start)
        out.append(draft if noun is None or not _inside(noun, draft) else evolve(noun, sure=draft.sure))
    return out


def shared_out(drafts: Sequence[Draft], quotes: Quotes, text: str) -> list[Draft]:
    """`drafts`, each quotation that several beside one another claim left to the one whose cue stands nearest.

    A draft that keeps no words goes.
    """
    lost: dict[int, list[Span]] = {}
    for quote in quotes.items:
        claims = [n for n, d in enumerate(drafts) if any(s.overlaps(quote.span) for s in d.content)]
        claims = [n for n in claims if not quote.span.covers(drafts[n].anchor)]
        if len(claims) < 2 or any(_inside(drafts[a], drafts[b]) for a in claims for b in claims if a != b):
            continue
        nearest = min(claims, key=lambda n: _gap(drafts[n].anchor, quote.span))
        for n in claims:
            if n != nearest:
                lost.setdefault(n, []).append(quote.span)
    cut = [
        evolve(d, content=without(d.content, lost[n], text)) if n in lost else d for n, d in enumerate(drafts)
    ]
    return [d for d in cut if d.content]


def _gap(cue: Span, quote: Span) -> int:
    return max(quote.start - cue.end, cue.start - quote.end)


def with_plain(drafts: Sequence[Draft], others: Iterable[Draft], quotes: Quotes) -> list[Draft]:
    """`drafts`, and of `others` those that the grammar leaves no doubt of, where none of `drafts` stands."""
    kept = list(drafts)
    for draft in others:
        least = MIN_WEIGHT_OWNED if draft.owned else MIN_WEIGHT_BY_NAME if draft.by_name else MIN_WEIGHT_BESIDE
        if not (((draft.plain or draft.owned) and draft.told) or draft.by_name) or draft.weight < least:
            continue
        if quotes.at(draft.anchor.start) is not None or any(d.anchor == draft.anchor for d in drafts):
            continue
        if not any(_inside(draft, other) or _inside(other, draft) for other in drafts):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.anchor)


def with_inner(
    doc: Doc,
    drafts: Sequence[Draft],
    inner: Iterable[Draft],
    who: Who,
    quotes: Quotes,
    unspoken: Collection[str],
) -> list[Draft]:
    """`drafts`, and of `inner` those that stand inside another and are a link of their own.

    who: the actor a draft's source is known to be. unspoken: lemmas of cues that tell of a thought, a feeling or a
    sign, not of words.
    """
    taken = {d.anchor for d in drafts}
    possible = [
        d
        for d in inner
        if d.anchor not in taken and d.weight >= _needed(d) and _is_link(doc, d, quotes, unspoken)
    ]
    everything = [*drafts, *possible]
    parents = nest([(d.anchor, d.content) for d in everything])
    kept = list(drafts)
    for draft, parent in zip(possible, parents[len(drafts) :], strict=True):
        spoken = quotes.at(draft.anchor.start) is not None
        if parent is not None and not _same_speaker(draft, everything[parent], who, spoken=spoken):
            kept.append(draft)
    return kept


def _needed(draft: Draft) -> float:
    if draft.done:
        return MIN_WEIGHT_DONE
    if draft.owned and draft.told:
        return MIN_WEIGHT_OWNED
    if draft.force in DONE and not draft.plain:
        return MIN_WEIGHT_INSIDE_DONE
    return MIN_WEIGHT_INSIDE_PLAIN if draft.plain else MIN_WEIGHT_INSIDE


def _is_link(doc: Doc, draft: Draft, quotes: Quotes, unspoken: Collection[str]) -> bool:
    if not draft.told or draft.at is None or draft.source is None:
        return False
    if all(_is_word(doc, span) for span in draft.content):
        return False
    if _is_defining(draft) or (draft.force == "deny" and draft.lemma in unspoken):
        return False
    if quotes.at(draft.anchor.start) is None:
        return True
    cue, speaker = doc[draft.at], draft.source.heads[0]
    if draft.force in MINDED or draft.lemma in unspoken or not _is_told(cue):
        return False
    return speaker.lower_ not in PRONOUNS or cue.tag_ == "VBD"


def _is_defining(draft: Draft) -> bool:
    """Whether a relative clause only says what kind is meant: "voters who say ...", not "the paper that said ..."."""
    relative = None if draft.source is None else draft.source.relative
    if draft.source is None or relative is None or relative.i == 0 or relative.nbor(-1).text in SET_OFF:
        return False
    head = draft.source.heads[0]
    certain = any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in head.children)
    return head.tag_ == "NNS" or not (certain or head.pos_ == "PROPN")


def _is_word(doc: Doc, span: Span) -> bool:
    return not any(t.whitespace_ or t.is_space for t in tokens_in(doc, span)[:-1])


def _is_told(cue: Token) -> bool:
    """Whether a finite verb tells that something was or is said: not "may say", "did not say", "saying"."""
    if cue.pos_ != "VERB":
        return True
    helpers = [c for c in cue.children if c.dep_ in ("aux", "neg")]
    if any(h.tag_ in ("MD", "TO") or h.dep_ == "neg" for h in helpers):
        return False
    return cue.tag_ in ("VBD", "VBZ", "VBP") or any(h.lemma_ in ("have", "be") for h in helpers)


def _same_speaker(draft: Draft, outer: Draft, who: Who, *, spoken: bool) -> bool:
    """Whether the inner source is the outer one again: "she said she thinks" is no second link.

    spoken: the inner cue stands in the speaker's own words, where "she" is somebody else.
    """
    if outer.form == "direct" and draft.source is not None and draft.source.heads[0].lower_ in FIRST_PERSON:
        return True  # below a name that signs it "we" is who speaks
    own, other = who(draft), who(outer)
    if own is not None and other is not None:
        return own == other
    if not spoken and _is_pronoun(draft) and draft.source is not None and draft.source.relative is None:
        return True  # "the nurses said they want ...": whoever cannot be told apart is the speaker
    if own is not None or other is not None:
        return False
    return _is_pronoun(draft)


def _is_pronoun(draft: Draft) -> bool:
    head = draft.source.heads[0] if draft.source is not None else None
    return head is not None and head.lower_ in PRONOUNS
