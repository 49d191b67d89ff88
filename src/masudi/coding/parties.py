"""Tokens → parties: whom a phrase names, and to whom a thing belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from ..records import Actor, Attribution, Findings, Mention, Place, Span
from ..syntax import MentionIndex, head_of, tokens_in
from ..tree import Token, Tree
from .clause import children, coordinated, is_stranded, modifiers_of, preps_of
from .phrases import is_quantity, is_year

_PARTITIVES = ("of", "among")
_FIRST_PERSON = ("i", "we", "me", "us", "my", "our", "myself", "ourselves")
_COUNTED = ("dobj", "nsubjpass", "nsubj")
_COUNTS = ("second", "third", "fourth", "fifth", "sixth", "another", "others", "all", "most", "some", "many", "several")
_BODIES = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "REB", "UAF"))
MAX_THROUGH = 3  # "dozens of members of the ..."


@frozen(kw_only=True)
class Party:
    """Someone named in a slot. actor: None when the mention stayed unresolved.

    via: how the slot led here: "" the phrase itself, `modifier` a demonym or possessor on a thing, `place`.
    """

    span: Span
    actor: str | None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: str | None = None
    via: str = ""
    head: int = field(default=-1, eq=False)
    text: str = field(default="", eq=False)

    @property
    def known(self) -> bool:
        return self.actor is not None

    def same_as(self, other: Party) -> bool:
        """Whether the two may be one party: one actor, or one state with no sector that tells them apart."""
        if self.actor is not None and self.actor == other.actor:
            return True
        if self.country is None or self.country != other.country:
            return False
        return self.sectors == other.sectors or not (self.sectors and other.sectors)


@frozen(kw_only=True)
class Side:
    """One side of an event: its parties and which slot gave them. thing: a head that names no party."""

    parties: tuple[Party, ...] = ()
    slot: str | None = None
    via: str = ""
    things: tuple[Token, ...] = ()


class Parties:
    """From a token to the parties it stands for, in one article."""

    def __init__(self, doc: Tree, findings: Findings, attribution: Attribution | None = None) -> None:
        self._attribution = attribution or Attribution()
        self._sources = {s.id: s.actor for s in self._attribution.statements}
        self._said = [(c.start, c.end, s.source_spans) for s in self._attribution.statements for c in s.content]
        self._mentions = findings.mentions
        self._index = MentionIndex(doc, findings.mentions)
        self._actors = {a.id: a for a in findings.actors}
        self._states = {a.country: a for a in findings.actors if a.kind == "state" and a.country}
        self._bodies = _bodies(findings.mentions, self._actors)
        self._of: dict[int, tuple[Party, ...]] = {}  # by token, once asked
        self._covering: dict[int, Mention] = {}
        for mention in sorted(findings.mentions, key=lambda m: (m.span.start - m.span.end, m.span)):
            for token in tokens_in(doc, mention.span):
                self._covering.setdefault(token.i, mention)
        self._places: dict[int, Place] = {
            t.i: place for place in findings.places for t in tokens_in(doc, place.span)
        }  # fmt: skip

    def mention_at(self, token: Token) -> Mention | None:
        """The mention `token` heads; else the one it lies in, where parse and mention disagree on the head."""
        found = self._index.at(token)
        if found is not None:
            return found
        covering = self._covering.get(token.i)
        if covering is not None and covering.form == "name" and token.dep_ != "compound":
            return covering
        return None

    def covering(self, token: Token) -> Mention | None:
        """The longest mention `token` lies in."""
        return self._covering.get(token.i)

    def sources_at(self, offset: int) -> list[Span]:
        """Where those are named who say what stands at `offset`."""
        return [span for start, end, spans in self._said if start <= offset < end for span in spans]

    def place_at(self, token: Token) -> Place | None:
        return self._places.get(token.i)

    def of(self, token: Token) -> tuple[Party, ...]:
        """The parties `token` names itself, not through a modifier; () for things."""
        found = self._of.get(token.i)
        if found is None:
            found = self._of[token.i] = self._named(token)
        return found

    def _named(self, token: Token) -> tuple[Party, ...]:
        mention = self.mention_at(token)
        if mention is not None and not self._is_place(mention):
            return self._members(mention, token) or (self._party(mention, token),)
        for prep in preps_of(token) if token.children and is_quantity(token) else ():
            found = tuple(p for o in prep.objects for p in self.of(o)) if prep.lemma in _PARTITIVES else ()
            if found:
                return found
        for other in children(token, "appos"):
            mention = self.mention_at(other)
            if mention is not None and not self._is_place(mention):
                return (self._party(mention, other),)
        if (token.dep_ in _COUNTED or is_stranded(token)) and not is_year(token) and (token.pos_ == "NUM" or token.lower_ in _COUNTS) and not _counts_things(token):
            return (Party(span=Span(token.idx, token.idx + len(token.text)), actor=None, head=token.i, text=token.text),)
        return ()

    def through(self, token: Token, depth: int = 0) -> tuple[Party, ...]:
        """The parties a thing belongs to: "Iranian nuclear sites", "Iraq's airspace", "the capital of X"."""
        place = self.place_party(token)
        if place is not None:
            return (place,)
        own = [h for h in children(token, "poss") if h.tag_ != "PRP$" or not any(p.lemma == "of" for p in preps_of(token))]  # "its blockade of Qatar"
        for holder in (*own, *reversed(modifiers_of(token))):
            found = self.of(holder) or tuple(p for p in [self.place_party(holder)] if p)
            if found:
                first = holder.head if holder.dep_ == "conj" else holder  # "Greek and Turkish jets"
                return unique(reached(p, "modifier") for o in coordinated(first) for p in self.of(o) or found[:1])
        if depth < MAX_THROUGH:
            for prep in preps_of(token):
                if prep.lemma == "of" or (prep.lemma == "by" and token.pos_ != "PROPN"):  # "Castro, backed by Moscow" is not Moscow's
                    found = tuple(p for o in prep.objects for p in self.of(o) or self._named_by(o, depth))
                    if found:
                        return tuple(reached(p, "modifier") for p in found)
        named = self._bodies_before(token)
        if named:
            return named
        held = [h for h in children(token, "poss") if h not in own]
        held += [o for c in children(token, "acl") if c.lower_ == "belonging" for p in preps_of(c) for o in p.objects]
        return tuple(reached(p, "modifier") for h in held for p in self.of(h))

    def _bodies_before(self, token: Token) -> tuple[Party, ...]:
        """The body that a bare word before a thing stands for, where the article names it: "army jeeps" beside "the army"."""
        for word in children(token, "compound", "amod", "nmod"):
            actor = self._bodies.get(word.lower_) if word.pos_ in ("NOUN", "ADJ", "PROPN") else None
            if actor is not None and self.covering(word) is None:
                span = Span(word.idx, word.idx + len(word.text))
                return (Party(span=span, actor=actor.id, country=actor.country, sectors=actor.sectors, kind=actor.kind,
                              via="modifier", head=word.i, text=word.text),)  # fmt: skip
        return ()

    def _named_by(self, token: Token, depth: int) -> tuple[Party, ...]:
        """Through an `of`: a place, or on along another `of`; no modifiers ("the colony of Belgian settlers")."""
        place = self.place_party(token)
        if place is not None:
            return (place,)
        if depth >= MAX_THROUGH:
            return ()
        inner = [o for p in preps_of(token) if p.lemma == "of" for o in p.objects]
        return tuple(p for o in inner for p in self.of(o) or self._named_by(o, depth + 1))

    def is_person(self, token: Token) -> bool:
        if any(p.kind == "person" or (p.kind == "unnamed") for p in self.of(token)):
            return True
        return token.ent_type_ == "PERSON" or token.tag_ == "PRP"

    def is_place(self, token: Token) -> bool:
        mention = self.mention_at(token)
        if mention is not None and self._actor_kind(mention) in ("state", "place"):
            return True
        return self.place_at(token) is not None or token.ent_type_ in ("GPE", "LOC", "FAC")

    def kinds(self, tokens: Iterable[Token]) -> set[str]:
        """Which object kinds (`@party` ...) the phrases satisfy."""
        found: set[str] = set()
        for token in tokens:
            if self.of(token) or token.tag_ == "PRP":
                found.add("@party")
            elif not self.is_place(token):
                found.add("@thing")
            if self.is_person(token):
                found.add("@person")
            if self.is_place(token):
                found.add("@place")
        return found

    def _actor_kind(self, mention: Mention) -> str | None:
        actor = self._actors.get(mention.actor or "")
        return None if actor is None else actor.kind

    def _is_place(self, mention: Mention) -> bool:
        return self._actor_kind(mention) == "place"

    def _party(self, mention: Mention, token: Token) -> Party:
        if token.tag_ == "PRP$" and mention.actor is not None:
            mention, token = self._antecedent(mention, token)
        actor = self._actors.get(mention.actor or "")
        if actor is None and mention.text.lower() in _FIRST_PERSON:
            actor = self._actors.get(self._speaker(mention.span) or "")
        return _party(actor, mention, token)

    def _antecedent(self, mention: Mention, token: Token) -> tuple[Mention, Token]:
        """What a possessive pronoun stands for in its own sentence, with its head: "the rebels and their threats"."""
        start = token.sent[0].idx
        earlier = [m for m in self._mentions if m.actor == mention.actor and m.form != "pronoun"
                   and start <= m.span.start and m.span.end <= mention.span.start]  # fmt: skip
        if not earlier:
            return mention, token
        named = max(earlier, key=lambda m: (m.span.start, m.span.end))
        return named, head_of(token.doc, named.span) or token

    def _members(self, mention: Mention, token: Token) -> tuple[Party, ...]:
        """The parties of "the ministers of A and B", each by its own words inside, of "both sides" and "they" by these."""
        whole = self._actors.get(mention.actor or "")
        members = [a for a in map(self._actors.get, whole.members) if a is not None] if whole is not None else []
        if not members:
            return ()
        inside = {m.actor: m for m in reversed(self._mentions) if mention.span.covers(m.span)}
        return tuple(_party(actor, inside.get(actor.id, mention), token) for actor in members)

    def _speaker(self, span: Span) -> str | None:
        """Who says I or we at `span`: the source of the innermost statement there."""
        chain = self._attribution.chain_at(span.start)
        return self._sources.get(chain[-1]) if chain else None

    def place_party(self, token: Token) -> Party | None:
        """The state or territory a place name stands for; None for other words."""
        place = self.place_at(token)
        if place is None or place.country is None or place.form != "name":
            return None
        state = self._states.get(place.country)
        return Party(
            span=place.span, actor=None if state is None else state.id, country=place.country, kind="place",
            via="place", head=token.i, text=place.text,
        )  # fmt: skip


def _counts_things(number: Token) -> bool:
    """"12 of their 15 demands", where "killed 12", "two of their number" and "a fifth was acquitted" count people."""
    return any(o.tag_ in ("NNS", "NNPS") for p in preps_of(number) if p.lemma in _PARTITIVES for o in p.objects)


def _bodies(mentions: Iterable[Mention], actors: Mapping[str, Actor]) -> dict[str, Actor]:
    """Forces, authorities and opposition that the article names by one word: "the army", "police", "rebels" (also as "rebel")."""
    out: dict[str, Actor] = {}
    for mention in mentions:
        actor = actors.get(mention.actor or "")
        if actor is None or not _BODIES & set(actor.sectors) or mention.form != "nominal":
            continue
        words = mention.text.lower().removeprefix("the ").split()
        if len(words) == 1:
            out.setdefault(words[0], actor)
            out.setdefault(words[0].removesuffix("s"), actor)
    return out


def _party(actor: Actor | None, mention: Mention, token: Token) -> Party:
    if actor is None:
        return Party(span=mention.span, actor=None, head=token.i, text=mention.text)
    return Party(
        span=mention.span, actor=actor.id, country=actor.country, sectors=actor.sectors, kind=actor.kind,
        head=token.i, text=mention.text,
    )  # fmt: skip


def reached(party: Party, via: str) -> Party:
    """`party` as reached in the way `via`, unless it was reached in another before."""
    return evolve(party, via=party.via or via)


def unique(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties without repeats of a span or an actor, first mention kept; "both sides" is one span of two actors."""
    out: list[Party] = []
    for party in parties:
        if not any(_repeats(party, known) for known in out):
            out.append(party)
    return tuple(out)


def _repeats(party: Party, known: Party) -> bool:
    if party.actor is not None and known.actor is not None:
        return party.actor == known.actor
    return party.span == known.span
