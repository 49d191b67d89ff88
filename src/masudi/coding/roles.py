"""Slots → parties: who an actor or recipient slot of a clause names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, field, frozen

from ..records import Actor, Attribution, Findings, Mention, Place, Span
from ..syntax import MentionIndex, head_of, tokens_in
from ..tree import Token, Tree
from .clause import Clause, children, coordinated, modifiers_of, outer_nouns, preps_of, verb_clause
from .words import Frame, SlotPath

_PARTITIVES = ("of", "among")
_PERSONAL = ("PRP", "WP", "DT")
_STATE_FORCES = frozenset(("MIL", "GOV", "SPY"))
_FIGHTERS = frozenset(("MIL", "REB", "UAF"))
_ON_SOIL = ("in", "into", "inside", "across", "within")
_FIRST_PERSON = ("i", "we", "me", "us", "my", "our", "myself", "ourselves")
_OTHERS = ("him", "her", "them", "it")  # cannot mean the subject of their own clause
_COUNTED = ("dobj", "nsubjpass")
_HELP = ("AID", "SUPPORT")
_ANSWERS = ("REJECT", "CONCEDE")
_CONTENT = ("AGREE", "REJECT", "THREATEN")
_SENT = ("send", "provide", "give", "supply", "deploy", "deliver", "hand", "dispatch", "lend", "contribute", "ship", "withdraw", "pull", "bring")
_JUDGED = ("ACCUSE", "SUPPORT", "REJECT")  # "it" as their object is what somebody did
_NOBODY = ("no", "neither")
_OWN = (("MOBILIZE", "troops"), ("MOBILIZE", "police"), ("MOBILIZE", "weapons"), ("MOBILIZE", "militia"))
_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "another", "others")
_AT_REQUEST = ("at", "on", "upon", "following", "after")
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
        self._mentions = findings.mentions
        self._index = MentionIndex(doc, findings.mentions)
        self._actors = {a.id: a for a in findings.actors}
        self._states = {a.country: a for a in findings.actors if a.kind == "state" and a.country}
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
        said = [s for s in self._attribution.statements if any(c.start <= offset < c.end for c in s.content)]
        return [span for s in said for span in s.source_spans]

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
        for prep in preps_of(token):
            if prep.lemma in _PARTITIVES and _is_quantity(token):
                return tuple(p for o in prep.objects for p in self.of(o))
        for other in children(token, "appos"):
            mention = self.mention_at(other)
            if mention is not None and not self._is_place(mention):
                return (self._party(mention, other),)
        if token.dep_ in _COUNTED and not _is_year(token) and (token.pos_ == "NUM" or token.lower_ in _ORDINALS):  # "killed 12", "a fifth was acquitted"
            return (Party(span=Span(token.idx, token.idx + len(token.text)), actor=None, head=token.i, text=token.text),)
        return ()

    def through(self, token: Token, depth: int = 0) -> tuple[Party, ...]:
        """The parties a thing belongs to: "Iranian nuclear sites", "Iraq's airspace", "the capital of X"."""
        place = self.place_party(token)
        if place is not None:
            return (place,)
        for holder in (*children(token, "poss"), *reversed(modifiers_of(token))):
            found = self.of(holder) or tuple(p for p in [self.place_party(holder)] if p)
            if found:
                first = holder.head if holder.dep_ == "conj" else holder  # "Greek and Turkish jets"
                return unique(_via(p, "modifier") for o in coordinated(first) for p in self.of(o) or found[:1])
        if depth < MAX_THROUGH:
            for prep in preps_of(token):
                if prep.lemma in ("of", "by"):
                    found = tuple(p for o in prep.objects for p in self.of(o) or self._named_by(o, depth))
                    if found:
                        return tuple(_via(p, "modifier") for p in found)
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


def _party(actor: Actor | None, mention: Mention, token: Token) -> Party:
    if actor is None:
        return Party(span=mention.span, actor=None, head=token.i, text=mention.text)
    return Party(
        span=mention.span, actor=actor.id, country=actor.country, sectors=actor.sectors, kind=actor.kind,
        head=token.i, text=mention.text,
    )  # fmt: skip


def _via(party: Party, via: str) -> Party:
    return evolve(party, via=party.via or via)


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4


def _is_quantity(token: Token) -> bool:
    return token.pos_ == "NUM" or token.like_num or token.tag_ in ("CD", "DT", "PDT", "JJ", "JJR", "JJS", "RB")


def slot_tokens(clause: Clause, slot: str, parties: Parties) -> tuple[Token, ...]:
    """The phrase heads in a slot of `clause`.

    `poss` of a noun is its possessor, else the light verb's subject, else a demonym before it.
    """
    if slot == "none":
        return ()
    if slot.startswith("prep:"):
        return tuple(o for o in clause.prep_objects(slot[5:]) if o.pos_ not in ("VERB", "AUX"))
    if slot == "poss":
        return _owner_tokens(clause, parties)
    if slot == "subj" and clause.head.pos_ in ("NOUN", "PROPN"):
        return _owner_tokens(clause, parties)
    found: dict[str, tuple[Token, ...]] = {
        "subj": clause.subj, "obj": clause.obj, "iobj": clause.iobj, "xsubj": clause.xsubj,
    }  # fmt: skip
    return found[slot]


def _owner_tokens(clause: Clause, parties: Parties) -> tuple[Token, ...]:
    if clause.poss:
        return clause.poss
    if clause.host is not None and clause.effect == "do" and any(_stands_for(t, parties) for t in clause.subj):
        return tuple(t for t in clause.subj if not any(c.lower_ in _NOBODY for c in children(t, "det")))  # "no group claimed it"
    return tuple(t for t in clause.modifiers if parties.of(t))


def _stands_for(token: Token, parties: Parties) -> bool:
    return bool(parties.of(token) or parties.through(token)) or token.tag_ in _PERSONAL


def side_of(clause: Clause, path: SlotPath, parties: Parties, *, taken: Sequence[Party] = ()) -> Side:
    """The first alternative of `path` that names a party; else the things that stand there.

    taken: parties already on the other side; they cannot stand on both.
    """
    things: tuple[Token, ...] = ()
    spans = {p.span for p in taken}
    for alternative in path:
        tokens = [(slot, t) for slot in alternative for t in slot_tokens(clause, slot, parties)]
        found: list[Party] = []
        slots: list[str] = []
        via = ""
        for slot, token in tokens:
            direct = parties.of(token)
            got = direct or parties.through(token)
            got = tuple(p for p in got if p.span not in spans)
            if got:
                found += got
                slots += [slot] if slot not in slots else []
                via = via or ("" if direct else got[0].via)
        if found:
            return Side(parties=unique(found), slot="+".join(slots), via=via)
        things = things or tuple(t for _, t in tokens)
    return Side(things=things)


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


@frozen(kw_only=True)
class Roles:
    """Both sides of one match."""

    actor: Side
    recipient: Side
    two_sided: bool


def roles_of(clause: Clause, frame: Frame, parties: Parties) -> Roles:
    """Fill the frame's slots, then what light verbs and leftover modifiers add."""
    if frame.reciprocal:
        actor = side_of(clause, frame.actor, parties)
        return Roles(actor=_all_parties(clause, frame, parties, actor), recipient=Side(), two_sided=True)
    clause = _as_passive(_as_active(clause, frame), frame)
    actor, recipient = _both_sides(clause, frame, parties)
    if clause.head.pos_ in ("NOUN", "PROPN"):
        actor, recipient = _noun_roles(clause, frame, parties, actor, recipient)
        recipient = _helped(clause, frame, parties, actor, recipient)
    if not recipient.parties and frame.wants_recipient:
        recipient = _other_side(clause, frame, parties, actor) or recipient
    if frame.type == "ASSAULT" and not recipient.parties:
        recipient = _on_whose_soil(clause, parties, actor, recipient)
    recipient = _aimed(clause, frame, actor, recipient)
    return Roles(actor=actor, recipient=_apart(actor, recipient), two_sided=False)


def _other_side(clause: Clause, frame: Frame, parties: Parties, actor: Side) -> Side | None:
    """The recipient of a verbal act that stands outside its slots; None where nobody does."""
    if clause.head.pos_ in ("NOUN", "PROPN"):
        return _addressee(clause, parties, actor) if frame.type == "REQUEST" else _befallen(clause, frame, parties, actor)
    spans = {p.span for p in actor.parties}
    if frame.type in _ANSWERS:
        named = unique(p for t in clause.obj for p in _whose_doing(t, parties) if p.span not in spans)
        if named:
            return Side(parties=named, slot="obj", via="modifier")
    if frame.type in _CONTENT and frame.complement == "to":
        for complement in clause.complements:
            if complement.kind == "to" and complement.token.head == clause.head:
                named = tuple(p for p in _undergoes(complement.token, parties) if p.span not in spans)
                if frame.type == "THREATEN":  # "threatened to quit the alliance's staff" may be put to others
                    named = tuple(p for p in named if not p.via)
                if named:
                    return Side(parties=named, slot="obj of the content")
    return None


def _befallen(clause: Clause, frame: Frame, parties: Parties, actor: Side) -> Side | None:
    """Whom the deed would reach: "their threat to sell the captives", "a promise to resettle the refugees"."""
    spans = {p.span for p in actor.parties}
    for complement in clause.complements if frame.type in _CONTENT else ():
        if complement.kind == "to" and complement.token.head == clause.head:
            named = tuple(p for p in _undergoes(complement.token, parties) if p.span not in spans and not p.via)
            if named:
                return Side(parties=named, slot="obj of the content")
    return None


def _addressee(clause: Clause, parties: Parties, actor: Side) -> Side | None:
    """Who is asked, where they answer: "at the bishop's request the rebels left", "Paris heeded Oslo's plea"."""
    head = clause.head
    prep = head.head if head.dep_ == "pobj" and head.head.lower_ in _AT_REQUEST else None
    verb = prep.head if prep is not None else head.head
    if clause.host is not None or not actor.parties or verb.pos_ != "VERB" or (prep is None and head.dep_ != "dobj"):
        return None
    answering = verb_clause(verb)
    spans = {p.span for p in actor.parties}
    named = unique(p for t in answering.subj for p in parties.of(t) or parties.through(t) if p.span not in spans)
    return Side(parties=named, slot=f"subj of {verb.lemma_}") if named else None


def _whose_doing(token: Token, parties: Parties) -> tuple[Party, ...]:
    """Whose a thing is that somebody made: "the deal offered by Oslo", "the census the donors wanted"."""
    makers = [o for c in children(token, "acl", "relcl") if c.pos_ == "VERB" for o in verb_clause(c).subj if o != token]
    return tuple(_via(p, "modifier") for t in makers for p in parties.of(t))


def _undergoes(verb: Token, parties: Parties) -> tuple[Party, ...]:
    """Whom an act that is promised, refused or threatened would befall."""
    inner = verb_clause(verb)
    given = () if verb.lemma_.lower() in _SENT else inner.obj  # "promised to send technicians"
    slots = (given, inner.iobj, *(inner.prep_objects(p) for p in ("to", "with", "for", "by")))
    for tokens in slots:
        named = unique(p for t in tokens if t.pos_ != "VERB" for p in parties.of(t))
        if named:
            return named
    owners = unique(p for t in given for p in parties.through(t))
    return tuple(p for p in owners if verb.doc[p.head].tag_ != "PRP$")  # "lay down its arms"


def _helped(clause: Clause, frame: Frame, parties: Parties, actor: Side, recipient: Side) -> Side:
    """Who did it "with the help of" somebody is whom they helped, not the place it was done in."""
    under_with = clause.head.dep_ == "pobj" and clause.head.head.lower_ == "with"
    if frame.type not in _HELP or not under_with or clause.host is not None:
        return recipient
    verb = clause.head.head.head
    if verb.pos_ not in ("VERB", "AUX"):
        return Side()
    named = unique(p for t in verb_clause(verb).subj for p in parties.of(t) if p.span not in {a.span for a in actor.parties})
    return Side(parties=named, slot=f"subj of {verb.lemma_}") if named else Side()


def _as_active(clause: Clause, frame: Frame) -> Clause:
    """A bare participle that only looks passive read as active: "300 people protested outside the gates"."""
    reduced = clause.passive and clause.head.dep_ != "amod" and not children(clause.head, "auxpass", "agent", "nsubjpass") and not clause.subj
    asks_object = frame.objects or frame.object_kinds or any("obj" in path for path in frame.recipient[:1])
    if not reduced or clause.head.pos_ != "VERB" or asks_object or ("subj",) not in frame.actor:
        return clause
    return evolve(clause, subj=clause.obj, obj=(), passive=False)


def _as_passive(clause: Clause, frame: Frame) -> Clause:
    """A headline's participle without its "were" read as passive: "Two herders blamed", "Station stormed"."""
    verb = clause.head
    if clause.passive or verb.tag_ not in ("VBD", "VBN") or verb.sent.start > 0 or not clause.subj or clause.obj:
        return clause
    asks_object = not frame.objects and frame.recipient[:1] == (("obj",),) and ("subj",) in frame.actor
    full = verb.sent.text.rstrip()[-1:] in (".", "!", "?", '"', "”")
    if full or not asks_object or clause.complements or any(c.dep_ in ("aux", "prep") for c in verb.children if c.i < verb.i):
        return clause
    return evolve(clause, subj=(), obj=clause.subj, passive=True)


def _aimed(clause: Clause, frame: Frame, actor: Side, recipient: Side) -> Side:
    """`recipient` without what a deed only passes through: forces' own country, one's own envoy, "it" for what was done."""
    doc = clause.head.doc
    if frame.type in _JUDGED and recipient.slot == "obj":
        kept = tuple(p for p in recipient.parties if doc[p.head].lower_ != "it")
        return evolve(recipient, parties=kept) if kept else Side(things=recipient.things)
    if frame.type == "REQUEST" and recipient.slot == "xsubj" and any(children(c.token, "nsubjpass") for c in clause.complements):
        return Side(things=recipient.things)  # "demanded that women be allowed in"
    home = {p.country for p in actor.parties if p.country}
    if (frame.type, frame.mode) == ("RETREAT", "withdraw") and recipient.via == "place":
        kept = tuple(p for p in recipient.parties if p.country not in home and recipient.slot != "prep:to")
        return evolve(recipient, parties=kept) if kept else Side(things=recipient.things)
    if (frame.type, frame.mode) in _OWN and recipient.slot != "prep:against":
        kept = tuple(p for p in recipient.parties if p.country is None or p.country not in home)
        return evolve(recipient, parties=kept) if kept else Side(things=recipient.things)
    if (frame.type, frame.mode) == ("SANCTION", "withdraw") or frame.lemma == "recall":  # "recalled its envoy"
        kept = tuple(p for p in recipient.parties if not any(c.tag_ == "PRP$" for c in children(doc[p.head], "poss")))
        return evolve(recipient, parties=kept) if kept else Side(things=recipient.things)
    return recipient


def _apart(actor: Side, recipient: Side) -> Side:
    """`recipient` where a party that is also the actor is left unresolved: nobody but "itself" stands on both sides."""
    recipient = _without_own_soil(actor, recipient)
    ids = {p.actor for p in actor.parties if p.actor}
    if not ids & {p.actor for p in recipient.parties}:
        return recipient
    kept = tuple(
        p if p.actor not in ids else Party(span=p.span, actor=None, via=p.via, head=p.head, text=p.text)
        for p in recipient.parties
        if p.actor not in ids or (not p.via and p.text.lower() in _OTHERS)  # "resigned from their posts"
    )
    return evolve(recipient, parties=kept) if kept else Side()


def _without_own_soil(actor: Side, recipient: Side) -> Side:
    """`recipient` without the actor's own country as the place of the deed ("extended the curfew in the country")."""
    if not (recipient.slot or "").removeprefix("prep:").startswith(_ON_SOIL):
        return recipient
    home = {p.country for p in actor.parties if p.country}
    kept = tuple(p for p in recipient.parties if p.kind not in ("state", "place") or p.country not in home)
    return evolve(recipient, parties=kept) if kept else Side()


def _both_sides(clause: Clause, frame: Frame, parties: Parties) -> tuple[Side, Side]:
    """Actor and recipient. A slot listed for both is the recipient's, unless another slot fills that side.

    So "the bombing of the port" befell the port, "the bombing of the port by rebels" and "their bombing" did not.
    """
    to_path = frame.recipient
    if _suffered(clause, frame, parties):
        to_path = (*to_path, ("poss",))
    shared = set(frame.actor) & set(to_path)
    if not shared:
        actor = side_of(clause, frame.actor, parties)
        return actor, side_of(clause, to_path, parties, taken=actor.parties)
    recipient = side_of(clause, tuple(p for p in to_path if p not in shared), parties)
    if recipient.parties:
        return side_of(clause, frame.actor, parties, taken=recipient.parties), recipient
    actor = side_of(clause, tuple(p for p in frame.actor if p not in shared), parties)
    return actor, side_of(clause, to_path, parties, taken=actor.parties)


def _suffered(clause: Clause, frame: Frame, parties: Parties) -> bool:
    """Whether the possessor of a noun is whom it befell: "the boy's abduction", "her arrest"; not "Israel's"."""
    if not frame.suffered:
        return False
    owners = [p for t in clause.poss for p in parties.of(t)]
    return bool(owners) and not any(p.kind in ("state", "group", "organisation") for p in owners)


def _all_parties(clause: Clause, frame: Frame, parties: Parties, actor: Side) -> Side:
    """All parties of a reciprocal event: every slot of every alternative counts."""
    every = tuple(dict.fromkeys(slot for path in (*frame.actor, *frame.recipient) for slot in path))
    side = side_of(clause, (every,), parties)
    if clause.head.pos_ in ("NOUN", "PROPN"):
        named = [p for t in (*clause.poss, *clause.modifiers) for p in parties.of(t)]
        hosts = [p for t in clause.subj for p in parties.of(t)] if clause.host is not None else []
        merged = unique(sorted([*hosts, *side.parties, *named], key=lambda p: p.span))
        return Side(parties=merged, slot=side.slot or ("poss" if merged else None), via=side.via)
    return side if side.parties else actor


def _noun_roles(clause: Clause, frame: Frame, parties: Parties, actor: Side, recipient: Side) -> tuple[Side, Side]:
    """A light verb's subject undergoes; a modifier beside a possessor is whom it befell ("Israel's Gaza offensive")."""
    if clause.host is not None and clause.effect == "undergo":
        subject = unique(p for t in clause.subj for p in parties.of(t) or parties.through(t))
        if subject and frame.wants_recipient:
            recipient = Side(parties=subject, slot=f"subj of {clause.host.lemma_}")
            actor = side_of(clause, frame.actor, parties, taken=subject)
            agents = unique(p for o in clause.prep_objects("by") for p in parties.of(o))
            if not actor.parties and agents:
                actor = Side(parties=agents, slot="prep:by")
    if not recipient.parties and frame.wants_recipient and not recipient.things:
        left = unique(
            p for t in clause.modifiers for p in parties.of(t)
            if p.span not in {a.span for a in actor.parties}
        )  # fmt: skip
        named = _named_before(clause, frame, parties, actor)
        targets = tuple(p for p in named if not _fights(p))
        if named and not actor.parties:
            actor = Side(parties=tuple(p for p in named if _fights(p)), slot="modifier", via="modifier")
        if left and actor.parties:
            recipient = Side(parties=left, slot="modifier")
        elif targets:
            recipient = Side(parties=targets, slot="modifier", via="modifier")
        elif clause.iobj and actor.parties:
            recipient = Side(parties=unique(p for t in clause.iobj for p in parties.of(t)), slot="iobj")
    return actor, recipient


def _on_whose_soil(clause: Clause, parties: Parties, actor: Side, recipient: Side) -> Side:
    """Force by a state on the soil of another befalls that other, where nobody is named: "an assault in Gaza"."""
    forces = [p.country for p in actor.parties if p.country and (p.kind == "state" or set(p.sectors) & _STATE_FORCES)]
    if not forces:
        return recipient
    for prep in clause.preps:
        if prep.lemma in _ON_SOIL:
            found = [p for o in prep.objects for p in parties.of(o) or parties.through(o)]
            soil = tuple(p for p in found if p.country is not None and p.country not in forces
                         and p.kind in ("state", "place"))  # fmt: skip
            if soil:
                return Side(parties=soil, slot=f"prep:{prep.lemma}", via="place")
    return recipient


def _fights(party: Party) -> bool:
    return party.kind == "group" or bool(set(party.sectors) & _FIGHTERS)


def _named_before(clause: Clause, frame: Frame, parties: Parties, actor: Side) -> tuple[Party, ...]:
    """Whose thing or deed a name before an assault tells: "the U.S. embassy bombings", "the IRA Aldgate bombing"."""
    if frame.type != "ASSAULT":
        return ()
    doers = {p.span for p in actor.parties}
    things = [t for t in clause.modifiers if t.pos_ in ("NOUN", "PROPN") and not parties.of(t)]
    return unique(p for t in things for p in parties.through(t) if p.span not in doers)


def outermost(token: Token) -> Token:
    """The counting noun above `token`: "a wave of attacks" → wave."""
    return outer_nouns(token)[-1]
