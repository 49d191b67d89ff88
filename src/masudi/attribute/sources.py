"""Whose words they are: from a cue to the noun phrase that speaks, thinks or wishes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from spacy.tokens import Doc, Token

from ..records import Span
from ..syntax import span_of
from .quotes import Quotes

SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
# Edges over which a verb without a subject of its own shares that of the verb above.
SHARED = frozenset(
    ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp", "parataxis", "aux", "oprd", "pobj", "acomp", "attr",
     "amod", "dobj", "npadvmod", "advmod")
)  # fmt: skip
NOT_IN_NAME = frozenset(
    ("relcl", "acl", "appos", "advcl", "ccomp", "punct", "cc", "conj", "parataxis", "dep")
)
RELATIVES = frozenset(("WDT", "WP"))
PLACED = frozenset(("in", "at", "through", "across", "near", "outside", "around", "into"))
DASHES = frozenset(("—", "–", "―", "--"))
MAX_STEPS = 6
MAX_APPOSITION = 20


@frozen(eq=False)
class Source:
    """The phrase that speaks: its head tokens (one for each of several speakers) and a relative pronoun, if any."""

    heads: tuple[Token, ...]
    relative: Token | None = None


def subject_of(verb: Token) -> Source | None:
    """Who does what `verb` says: its own subject, else the one it shares; None when the text gives none."""
    here = verb
    for _ in range(MAX_STEPS):
        own = _own_subject(here, allow_passive=here.i != verb.i)
        if own is not None:
            return _resolved(own, here)
        if here.dep_ in ("acl", "relcl") and here.head.pos_ in ("NOUN", "PROPN", "PRON"):
            if not set_off(here) and not _is_where(here):
                return Source(tuple(with_conjuncts(here.head)))
        elif here.dep_ == "pcomp" and here.head.lower_ == "as":  # "quoted [the sheikh] as saying"
            quoted = next((c for c in here.head.head.children if c.dep_ == "dobj"), None)
            if quoted is not None:
                return Source(tuple(with_conjuncts(quoted)))
        elif here.dep_ == "xcomp":
            controller = _controller(here)
            if controller is not None:
                return Source(tuple(with_conjuncts(controller)))
        elif here.dep_ not in SHARED:
            return None
        if here.head.i == here.i:
            return None
        here = here.head
    return None


def set_off(verb: Token) -> bool:
    """Whether a comma stands before a participle: ", saying ..." is said by the subject, not by the last noun."""
    left = verb.left_edge.i
    return verb.tag_ == "VBG" and left > 0 and verb.doc[left - 1].text in (",", "—", "–")


def _is_where(participle: Token) -> bool:
    """Whether a participle follows the name of a place where its doer acts: "marched through [Jakarta] shouting"."""
    place = participle.head
    return (
        participle.tag_ == "VBG"
        and place.pos_ == "PROPN"
        and place.dep_ == "pobj"
        and place.head.lower_ in PLACED
        and place.head.head.pos_ == "VERB"
    )


def _own_subject(verb: Token, *, allow_passive: bool) -> Token | None:
    for child in verb.children:
        if child.dep_ in SUBJECTS or (allow_passive and child.dep_ in PASSIVE_SUBJECTS):
            return None if names_the_place(child) else _after_dateline(child, verb)
    return None


def names_the_place(subject: Token) -> bool:
    """Whether the parser took a town for a participle's subject: "gathered in the capital [Lima] shouting"."""
    verb = subject.head
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or subject.pos_ != "PROPN" or subject.i == 0:
        return False
    noun = subject.doc[subject.i - 1]
    beside = noun.pos_ == "NOUN" and noun.dep_ == "pobj" and noun.head.lower_ in PLACED
    return beside and subject.i + 1 == verb.i


def _after_dateline(subject: Token, verb: Token) -> Token:
    """The speaker where the parser took the dateline's town for the subject: "GENEVA (Wire) — Aid workers said"."""
    doc = verb.doc
    if subject.i + 1 < verb.i and doc[verb.i - 1].pos_ in ("PROPN", "PRON") and doc[verb.i - 1].i != subject.i:
        if any(doc[i].text in DASHES for i in range(subject.i + 1, verb.i)):  # "when it was public — Ms Ruiz boasted"
            found = before(verb)
            return subject if found is None else found.heads[0]
    if not subject.is_upper:
        return subject
    if subject.i + 1 < verb.i and doc[subject.i + 1].text == ":":  # "LIMA: The talks go on, the envoy said"
        found = before(verb)
        return subject if found is None else found.heads[0]
    dash = next((i for i in range(subject.i + 1, verb.i) if doc[i].text in ("—", "–", "-", "--")), None)
    if dash is None or dash + 1 >= verb.i:
        return subject
    for index in range(dash + 1, verb.i):
        token = doc[index]
        if token.pos_ in ("NOUN", "PROPN", "PRON") and not dash < token.head.i < verb.i:
            return token
    return subject


def beside(verb: Token) -> Source | None:
    """The noun phrase right after a verb of saying, where the parser saw no subject: '..., said Mr X'."""
    doc = verb.doc
    start = verb.i + 1
    while start < len(doc) and doc[start].pos_ == "ADV":
        start += 1
    end = start
    while (
        end < len(doc)
        and end < start + 8
        and doc[end].pos_ in ("PROPN", "NOUN", "DET", "ADJ", "PRON", "NUM", "PART")
    ):
        end += 1
    nominal = [doc[i] for i in range(start, end) if doc[i].pos_ in ("PROPN", "NOUN", "PRON")]
    nominal = nominal or [doc[i] for i in range(start, end) if doc[i].pos_ == "NUM"]  # "said [one] of the widows"
    if not nominal:
        return None
    top = next((t for t in nominal if not start <= t.head.i < end), nominal[-1])
    return Source((top,))


def before(verb: Token) -> Source | None:
    """The noun phrase that ends right before a verb of saying, where the parser lost the subject: 'Mr X, 58, told us'."""
    doc = verb.doc
    first = verb.sent.start
    at = verb.i - 1
    while at >= first and (doc[at].pos_ == "ADV" or doc[at].dep_ in ("aux", "auxpass", "neg")):
        at -= 1
    if at > first and doc[at].text == ",":  # what the commas set off says who it is
        opening = next(
            (i for i in range(at - 1, max(at - MAX_APPOSITION, first), -1) if doc[i].text == ","), None
        )
        at = at if opening is None else opening - 1
    if at < first or doc[at].pos_ not in ("PROPN", "NOUN", "PRON") or doc[at].tag_ in RELATIVES:
        return None
    head = doc[at]
    dash = max((i for i in range(first, at) if doc[i].text in DASHES), default=first - 1)
    while max(first, dash + 1) <= head.head.i < at and head.dep_ in ("pobj", "prep", "compound", "poss", "nmod", "amod"):
        head = head.head
    return Source((head,)) if head.pos_ in ("PROPN", "NOUN", "PRON") else None


def unquoted(quotes: Quotes, verb: Token, source: Source | None) -> Source | None:
    """`source`, unless it stands within a quotation and the verb does not: then the phrase beside the verb.

    The parser often gives a verb of saying a subject out of the words said.
    """
    if source is None or quotes.at(verb.idx) is not None or quotes.at(source.heads[0].idx) is None:
        return source
    found = before(verb) or (_told_of(quotes, verb) if verb.tag_ == "VBG" else None) or beside(verb)
    return None if found is None or quotes.at(found.heads[0].idx) is not None else found


def _told_of(quotes: Quotes, participle: Token) -> Source | None:
    """The last subject before a participle that stands outside quotations."""
    for i in range(participle.i - 1, participle.sent.start - 1, -1):
        token = participle.doc[i]
        if token.dep_ == "nsubj" and token.tag_ not in RELATIVES and quotes.at(token.idx) is None:
            return Source(tuple(with_conjuncts(token)))
    return None


def _controller(verb: Token) -> Token | None:
    """The object that is to do it: "asked [the envoy] to explain"; not "used [his speech] to explain"."""
    found = next((c for c in verb.head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i), None)
    if found is None or (
        found.pos_ == "NOUN" and found.tag_ == "NN" and any(c.dep_ == "poss" for c in found.children)
    ):
        return None
    return found


def _resolved(subject: Token, verb: Token) -> Source | None:
    doer = _doer(subject, verb)
    if doer is not None:
        return Source(tuple(with_conjuncts(doer)))
    if subject.tag_ in RELATIVES:
        antecedent = _antecedent(verb)
        if antecedent is not None:
            return Source(tuple(with_conjuncts(antecedent)), subject)
        return Source((subject,))
    return Source(tuple(with_conjuncts(subject)))


def _doer(subject: Token, verb: Token) -> Token | None:
    """Who acts in "the most [she] has done is to call for ...", "what [they] want is ...": the subject inside."""
    if verb.lemma_ != "be":
        return None
    inner = (
        subject if subject.dep_ == "csubj" else next((c for c in subject.children if c.dep_ == "relcl"), None)
    )
    if inner is None or not any(c.lemma_ == "do" for c in (inner, *inner.children)):
        return None
    return next((c for c in inner.children if c.dep_ == "nsubj" and c.tag_ not in RELATIVES), None)


def _antecedent(verb: Token) -> Token | None:
    here = verb
    for _ in range(MAX_STEPS):
        if here.dep_ == "relcl":
            return here.head if here.head.pos_ in ("NOUN", "PROPN", "PRON") else None
        if here.dep_ not in ("conj", "ccomp", "xcomp") or here.head.i == here.i:
            return None
        here = here.head
    return None


def agent_of(verb: Token) -> Source | None:
    """The `by` phrase of a passive verb or of a noun of saying; None when the agent is left out."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            head = next((c for c in child.children if c.dep_ == "pobj"), None)
            if head is not None:
                return Source(tuple(with_conjuncts(head)))
    return None


def object_of(preposition: Token) -> Source | None:
    """The noun phrase after a preposition."""
    head = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    return None if head is None else Source(tuple(with_conjuncts(head)))


def is_urged(verb: Token) -> bool:
    """Whether somebody wants others to think so: "would have us [believe] that ..."."""
    above = verb.head
    if above.lemma_ != "have" or verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("ccomp", "xcomp"):
        return False
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in above.children)


def with_conjuncts(head: Token) -> Iterator[Token]:
    """`head` and the noun phrases joined to it."""
    yield head
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            yield from with_conjuncts(child)


def name_span(head: Token) -> Span:
    """The noun phrase that `head` heads, without relative clauses, appositions or what a comma sets off."""
    inside = [head]
    for child in head.children:
        if child.dep_ in NOT_IN_NAME or (
            child.i > head.i and _comma_between(head.doc, head.i, child.left_edge.i)
        ):
            continue
        if child.i < head.i and any(head.doc[i].text in DASHES for i in range(child.i, head.i)):
            continue  # a dateline
        inside.extend(t for t in child.subtree if not t.is_space)
    left = min(t.i for t in inside)
    kept = [t for t in inside if t.i <= head.i or not _comma_between(head.doc, head.i, t.i)]
    right = max(t.i for t in kept)
    doc = head.doc
    while left < head.i and (doc[left].is_punct or doc[left].is_space or doc[left].dep_ in ("cc", "preconj")):
        left += 1
    return span_of((doc[left], doc[right]))


def _comma_between(doc: Doc, start: int, end: int) -> bool:
    return any(
        doc[i].text in (",", "–", "—", ";", ":") or (doc[i].text == "-" and doc[i - 1].whitespace_)
        for i in range(start + 1, end)
    )
