"""Slots → parties: who an actor or recipient slot of a clause names."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from ..records import Span
from ..syntax import head_of
from ..tree import Token
from .clause import (
    Clause,
    children,
    preps_of,
    verb_clause,
    who_came,
)
from .parties import Parties, Party, Side, reached, unique
from .voice import as_active, as_passive, sharing_agent
from .words import Frame, SlotPath

__all__ = ["Parties", "Party", "Roles", "Side", "roles_of", "side_of", "speakers", "unique"]

_PERSONAL = ("PRP", "WP", "DT")
_STATE_FORCES = frozenset(("MIL", "GOV", "SPY"))
_SENT_FORCES = frozenset(("MIL", "COP", "IGO"))
_FIGHTERS = frozenset(("MIL", "REB", "UAF"))
_ON_SOIL = ("in", "into", "inside", "across", "within")
_OTHERS = ("him", "her", "them", "it")  # cannot mean the subject of their own clause
_HELP = ("AID", "SUPPORT")
_ON_THINGS = ("COERCE", "ASSAULT", "SANCTION")
_GRANTED = ("grant", "give", "issue", "award", "lend", "lease")
_APPEALED_TO = frozenset(("JUD", "IGO"))  # "threatened to take them to court" threatens no court
_ANSWERS = ("REJECT", "CONCEDE")
_CONTENT = ("AGREE", "REJECT", "THREATEN")
_SENT = ("send", "provide", "give", "supply", "deploy", "deliver", "hand", "dispatch", "lend", "contribute", "ship", "withdraw", "pull", "bring")
_JUDGED = ("ACCUSE", "SUPPORT", "REJECT")  # "it" as their object is what somebody did
_NOBODY = ("no", "neither")
_OWN = (("MOBILIZE", "troops"), ("MOBILIZE", "police"), ("MOBILIZE", "weapons"), ("MOBILIZE", "militia"))
_AT_REQUEST = ("at", "on", "upon", "following", "after")


def slot_tokens(clause: Clause, slot: str, parties: Parties) -> tuple[Token, ...]:
    """The phrase heads in a slot of `clause`.

    `poss` of a noun is its possessor, else the light verb's subject, else a demonym before it.
    """
    if slot == "none":
        return ()
    if slot == "speaker":
        return speakers(clause.head, parties)
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


def speakers(word: Token, parties: Parties) -> tuple[Token, ...]:
    """Who says the clause of `word`: the subject of the verb it is the content of, else the source of the statement it stands in."""
    if word.pos_ == "ADJ" and word.dep_ not in ("acomp", "oprd", "conj"):
        return ()  # "an illegal strike" is nobody's verdict
    while word.dep_ in ("acomp", "attr", "oprd", "conj") and word.head != word:
        word = word.head
    verbs = [word.head] if word.dep_ == "ccomp" else []
    verbs += [c for c in children(word, "parataxis") if c.pos_ == "VERB"]
    saying = tuple(t for v in verbs for t in verb_clause(v).subj if parties.of(t))
    heads = [head_of(word.doc, span) for span in parties.sources_at(word.idx)] if not saying else []
    return saying or tuple(t for t in heads if t is not None)[-1:]


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
            got = direct or parties.through(token) or (_makers(token, parties) if slot == "subj" else ())
            got = tuple(p for p in got if p.span not in spans)
            if got:
                found += got
                slots += [slot] if slot not in slots else []
                via = via or ("" if direct else got[0].via)
        if found:
            return Side(parties=unique(found), slot="+".join(slots), via=via)
        things = things or tuple(t for _, t in tokens)
    return Side(things=things)


def _makers(thing: Token, parties: Parties) -> tuple[Party, ...]:
    """Who made a thing that acts for them: "a decree signed by the king eases the ban"."""
    agents = [o for c in children(thing, "acl") if c.tag_ == "VBN" for p in preps_of(c) if p.lemma == "by" for o in p.objects]
    return tuple(reached(p, "modifier") for o in agents for p in parties.of(o))


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
    clause = sharing_agent(as_passive(as_active(clause, frame), frame), frame)
    actor, recipient = _both_sides(clause, frame, parties)
    if clause.head.pos_ in ("NOUN", "PROPN"):
        actor, recipient = _noun_roles(clause, frame, parties, actor, recipient)
        recipient = _helped(clause, frame, parties, actor, recipient)
    if not recipient.parties and frame.wants_recipient:
        recipient = _other_side(clause, frame, parties, actor, recipient) or recipient
    if frame.type == "ASSAULT" and not recipient.parties:
        recipient = _on_whose_soil(clause, parties, actor, recipient)
    recipient = _aimed(clause, frame, actor, recipient)
    if frame.type in _ON_THINGS and not recipient.parties and actor.parties and children(clause.head, "nsubj"):
        recipient = _others_thing(recipient)
    if frame.type == "MOBILIZE" and clause.passive and not actor.parties and not recipient.parties and ("obj",) not in frame.recipient:
        moved = side_of(clause, (("obj",),), parties)  # "Greek jets were scrambled"
        actor = moved if moved.via == "modifier" else actor
    return Roles(actor=actor, recipient=_apart(actor, recipient), two_sided=False)


def _other_side(clause: Clause, frame: Frame, parties: Parties, actor: Side, recipient: Side) -> Side | None:
    """The recipient of an act that stands outside its slots; None where nobody does."""
    made = _things_of(clause, frame, parties, actor, recipient) if frame.type in _ON_THINGS else None
    if made is not None:
        return made
    if frame.type == "COERCE" and recipient.things:
        return _barred(recipient.things, parties)
    if clause.head.pos_ in ("NOUN", "PROPN"):
        return _addressee(clause, parties, actor) if frame.type == "REQUEST" else _befallen(clause, frame, parties, actor)
    spans = {p.span for p in actor.parties}
    if frame.type in _ANSWERS:
        asked = [t for t in (*clause.obj, *clause.prep_objects("to"), *recipient.things) if t.pos_ == "NOUN"]
        named = unique(p for t in asked for p in (*_whose_doing(t, parties), *_askers(t, parties)) if p.span not in spans)
        if named:
            return Side(parties=named, slot="obj", via="modifier")
    if frame.type in _CONTENT and frame.complement == "to":
        for complement in clause.complements:
            if complement.kind == "to" and complement.token.head == clause.head:
                named = tuple(p for p in _undergoes(complement.token, parties) if p.span not in spans)
                if frame.type == "REJECT" and not named:
                    named = tuple(p for p in _urged_by(complement.token, parties) if p.span not in spans)
                if frame.type == "THREATEN":  # "threatened to quit the alliance's staff" may be put to others
                    named = tuple(p for p in named if p.via != "modifier" and not _APPEALED_TO & set(p.sectors[:1]))
                if named:
                    return Side(parties=named, slot="obj of the content")
    if frame.type == "THREATEN":
        named = unique(p for t in _warned(clause) for p in parties.of(t) if p.kind in ("state", "group") and p.span not in spans)
        named = tuple(p for p in named if not any(p.same_as(a) for a in actor.parties))
        if named:
            return Side(parties=named, slot="subj of the condition")
    return None


def _things_of(clause: Clause, frame: Frame, parties: Parties, actor: Side, recipient: Side) -> Side | None:
    """Whose the thing is that is dealt with: "a plan drawn up by Oslo", "a mine run by a Chinese firm", "a permit granted to them"."""
    things = recipient.things or clause.obj
    made = [*things, *(o for t in things for p in preps_of(t) if p.lemma == "of" for o in p.objects)]
    spans = {p.span for p in actor.parties}
    named = unique(p for t in made for p in (*_whose_doing(t, parties), *_whose_gift(t, parties)) if p.span not in spans)
    named = tuple(p for p in named if not any(p.known and p.actor == a.actor for a in actor.parties))
    return Side(parties=named, slot="obj", via="modifier") if named else None


def _others_thing(recipient: Side) -> Side:
    """Whoever "their" is, of whom something is taken or destroyed: seldom those who do it ("soldiers took over their pagoda")."""
    owners = [h for t in recipient.things for h in children(t, "poss") if h.tag_ == "PRP$" and h.lower_ == "their" and not children(t, "amod")]
    parties = tuple(Party(span=Span(h.idx, h.idx + len(h.text)), actor=None, via="modifier", head=h.i, text=h.text) for h in owners)
    return evolve(recipient, parties=parties, slot="obj", via="modifier") if parties else recipient


def _whose_gift(thing: Token, parties: Parties) -> tuple[Party, ...]:
    """To whom a thing was given that is taken from them: "a permit granted to the company"."""
    given = [c for c in children(thing, "acl") if c.tag_ == "VBN" and c.lemma_ in _GRANTED]
    return tuple(reached(p, "modifier") for c in given for q in preps_of(c) if q.lemma == "to" for o in q.objects for p in parties.of(o))


def _barred(things: Sequence[Token], parties: Parties) -> Side | None:
    """With whom something is forbidden: "an embargo on arms sales to Mali", "a ban on trade with them"."""
    partners = [o for t in things for p in preps_of(t) if p.lemma in ("to", "with") for o in p.objects]
    named = unique(reached(p, "modifier") for o in partners for p in parties.of(o) or tuple(q for q in [parties.place_party(o)] if q))
    return Side(parties=named, slot="prep:on", via="modifier") if named else None


def _warned(clause: Clause) -> list[Token]:
    """Whose doing a threat hangs on: "threatened retaliation if Finland joins"."""
    verbs = [clause.head, *(c.token for c in clause.complements)]
    conditions = [c for v in verbs for c in children(v, "advcl") if any(m.lower_ in ("if", "unless") for m in children(c, "mark"))]
    return [t for c in conditions for t in verb_clause(c).subj]


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
    return tuple(reached(p, "modifier") for t in makers for p in parties.of(t))


def _undergoes(verb: Token, parties: Parties) -> tuple[Party, ...]:
    """Whom an act that is promised, refused or threatened would befall."""
    inner = verb_clause(verb)
    given = () if verb.lemma_.lower() in _SENT else inner.obj  # "promised to send technicians"
    slots = (given, inner.iobj, *(inner.prep_objects(p) for p in ("to", "with", "for", "by")))
    for tokens in slots:
        named = unique(p for t in tokens if t.pos_ != "VERB" for p in parties.of(t) or tuple(q for q in [parties.place_party(t)] if q))
        if named:
            return named
    owners = unique(p for t in given for p in parties.through(t))
    return tuple(p for p in owners if verb.doc[p.head].tag_ != "PRP$")  # "lay down its arms"


def _urged_by(verb: Token, parties: Parties) -> tuple[Party, ...]:
    """Whose wish an act would meet: "refused to bow to pressure from Paris", "declined to answer a question from the chair"."""
    inner = verb_clause(verb)
    asked = [t for t in (*inner.obj, *inner.prep_objects("to"), *inner.prep_objects("with")) if t.pos_ == "NOUN"]
    return unique(p for t in asked for p in _askers(t, parties))


def _askers(asked: Token, parties: Parties) -> tuple[Party, ...]:
    """From whom something comes that is answered: "an offer from Oslo", "pleas for clemency from his family"."""
    near = preps_of(asked)
    near += [q for p in near if p.lemma in ("for", "of") for o in p.objects for q in preps_of(o)]
    from_whom = [o for p in near if p.lemma in ("from", "by") for o in p.objects]
    return unique(reached(p, "modifier") for t in from_whom for p in parties.of(t) or parties.through(t))


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


def _aimed(clause: Clause, frame: Frame, actor: Side, recipient: Side) -> Side:
    """`recipient` without what a deed only passes through: forces' own country, one's own envoy, "it" for what was done."""
    doc = clause.head.doc
    if frame.type in _JUDGED and recipient.slot == "obj":
        kept = tuple(p for p in recipient.parties if doc[p.head].lower_ != "it")
        return evolve(recipient, parties=kept) if kept else Side(things=recipient.things)
    if frame.type == "REQUEST" and recipient.slot == "xsubj" and any(children(c.token, "nsubjpass") for c in clause.complements):
        return Side(things=recipient.things)  # "demanded that women be allowed in"
    if frame.type == "AGREE" and recipient.slot in ("obj", "obj of the content"):
        kept = tuple(p for p in recipient.parties if not _is_promised(doc[p.head], p))
        return evolve(recipient, parties=kept) if kept else Side(things=recipient.things)
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


def _is_promised(head: Token, party: Party) -> bool:
    """Whether a phrase is what is promised, not to whom: "promised one", "agreed to take observers", "reinforcements"."""
    if not party.known and (head.lower_ in ("it", "one") or head.tag_ == "CD"):
        return True
    bare = head.tag_ == "NNS" and not any(c.dep_ in ("det", "poss", "nummod") or c.tag_ == "NNP" for c in head.lefts)
    return bare and (bool(_SENT_FORCES & set(party.sectors)) or head.lemma_ in ("observer", "monitor", "inspector"))


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
        if frame.type == "CONSULT" and not hosts and not named and len(side.parties) == 1:
            hosts = [p for t in who_came(clause.head) for p in parties.of(t)]
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
    if frame.type in _HELP and clause.host is not None and clause.host.lemma_ == "have" and not recipient.parties:
        return _given(clause, parties, actor, recipient)
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


def _given(clause: Clause, parties: Parties, actor: Side, recipient: Side) -> tuple[Side, Side]:
    """Who "has the backing of the army", or "has his support", is given it."""
    givers = unique(p for s in ("of", "from") for o in clause.prep_objects(s) for p in parties.of(o))
    owners = unique(p for t in clause.subj for p in parties.of(t))
    if not owners or not (givers or clause.poss):
        return actor, recipient
    return (Side(parties=givers, slot="prep:of") if givers else actor), Side(parties=owners, slot="subj of have")


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
