"""Who acted and who was acted on, among all the phrases of the sentence: a learned second look at what the frame's slots gave.

Model: `models/sides.npz`, made by training/ranker.py. It sees how a phrase hangs together with the trigger, what kind of
party it is and whether the slots chose it; never a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from attrs import evolve, field, frozen

from ..config import Settings
from ..records import Span
from ..tree import Sentence, Token
from .classify import Candidate
from .features import path_between, word
from .linear import blended, load_linear
from .roles import Parties, Party, Roles, Side, unique
from .views import View

MODEL = "sides.npz"
ACTOR, RECIPIENT, NEITHER = "actor", "recipient", "neither"
# Chosen on written sentences and articles that the model had not seen; training/ranker.py --check prints what they give.
KEPT = 0.1  # a party the slots chose stays on its side from this share on
ADDED = 0.5  # another comes to a side from this share on
THING = "thing"

_HEADS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "conj", "dative", "attr", "oprd", "nmod", "ROOT", "npadvmod"))
_BEFORE = frozenset(("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod"))
_NO_ONE = frozenset(("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"))
_CLAUSES = frozenset(("ccomp", "advcl", "relcl", "acl", "pcomp", "csubj", "parataxis"))
_MAX_PATH = 9

Choose = Callable[[Candidate], Candidate]
Chooser = Callable[[Parties, View], Choose]


def make_chooser(settings: Settings) -> Chooser:
    """For an article, what puts each candidate's parties right. settings.ranker `off`: nothing does, the slots stand."""
    if settings.ranker == "off":
        return lambda parties, view: lambda candidate: candidate
    return lambda parties, view: Sides(parties, view).chosen


@frozen
class Sides:
    """Chooses the parties of one article's candidates. view: what another model sees in a sentence."""

    parties: Parties
    view: View
    _of_sentence: dict[int, list[Party]] = field(factory=dict, init=False)

    def chosen(self, candidate: Candidate) -> Candidate:
        """`candidate` with those sides that the model believes in.

        As it is where the slots filled both sides, and where the frame is the user's own.
        """
        if candidate.frame.own or is_filled(candidate.roles):
            return candidate
        units = self.units(candidate)
        roles = settled(candidate.roles, units, self._shares(candidate, units), self._barred(candidate, units))
        return candidate if roles is candidate.roles else _because(candidate, roles)

    def _shares(self, candidate: Candidate, units: Sequence[Party]) -> list[Mapping[str, float]]:
        """What both models make of each unit; of those outside the candidate's sentence, what the linear one does."""
        own = load_linear(MODEL).shares_of_each(described(candidate, units, self.parties))
        sentence, seen = candidate.head.sent, self.view(candidate.head.sent)
        if seen is None:
            return list(own)
        words, start = candidate.match.span.moved(-sentence.start_char), sentence.start_char
        others = seen.side_shares(words, [u.span.moved(-start) for u in units])
        return [one if other is None else blended(one, other) for one, other in zip(own, others, strict=True)]

    def _barred(self, candidate: Candidate, units: Sequence[Party]) -> frozenset[Span]:
        """Who cannot come to act: who only tells of it, and, where a passive says by what it was done, who stands elsewhere."""
        sources = self.parties.sources_at(candidate.head.idx)
        barred = {u.span for u in units if any(u.span.overlaps(s) for s in sources)}
        by = [t.i for thing in candidate.roles.actor.things for t in thing.subtree] if candidate.match.clause.passive else []
        return frozenset(barred | {u.span for u in units if by and u.head not in by})

    def units(self, candidate: Candidate) -> list[Party]:
        """Everybody who could be a party: the phrases of the sentence and what the slots chose, in text order."""
        sentence = candidate.head.sent
        if sentence.start not in self._of_sentence:
            self._of_sentence[sentence.start] = list(_phrases(sentence, self.parties))
        by_rule = [*candidate.roles.actor.parties, *candidate.roles.recipient.parties]
        own = {candidate.head.i, *candidate.match.used}
        found = {p.span: p for p in by_rule}
        for party in self._of_sentence[sentence.start]:
            if party.kind != THING or party.head not in own:
                found.setdefault(party.span, party)
        chosen = {p.span for p in by_rule}
        whole = [p for p in found.values() if p.kind != THING]
        return sorted((p for p in found.values() if p.span in chosen or not _is_inside(p, whole)), key=lambda p: p.span)


def is_filled(roles: Roles) -> bool:
    """Whether the slots left no side open."""
    return len(roles.actor.parties) > 1 if roles.two_sided else bool(roles.actor.parties and roles.recipient.parties)


def _is_inside(party: Party, others: Sequence[Party]) -> bool:
    return any(o.span != party.span and o.span.covers(party.span) for o in others)


def _phrases(sentence: Sentence, parties: Parties) -> Iterator[Party]:
    for token in sentence:
        named = parties.of(token)
        yield from named
        if named or parties.covering(token) is not None or parties.place_at(token) is not None:
            continue  # where something happens is nobody's side but by the slots' word
        if token.tag_ == "PRP":
            yield _unknown(token, token, "pronoun")
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ in _HEADS and token.ent_type_ not in _NO_ONE:
            yield _unknown(token, _first(token), THING)


def _first(noun: Token) -> Token:
    """Where the phrase of `noun` begins, without what follows it."""
    before = [c.left_edge for c in noun.lefts if c.dep_ in _BEFORE]
    return min([noun, *before], key=lambda t: t.i)


def _unknown(token: Token, first: Token, kind: str) -> Party:
    span = Span(first.idx, token.idx + len(token.text))
    return Party(span=span, actor=None, kind=kind, head=token.i, text=token.doc.text[span.start : span.end])


def described(candidate: Candidate, units: Sequence[Party], parties: Parties) -> list[list[str]]:
    """The features of each unit as a party of `candidate`."""
    head, frame, clause = candidate.head, candidate.frame, candidate.match.clause
    type_, form = candidate.type, frame.pos + (".passive" if clause.passive else "")
    slots = _slots(candidate)
    by_rule = {p.span: RECIPIENT for p in candidate.roles.recipient.parties} | {p.span: ACTOR for p in candidate.roles.actor.parties}
    filled = f"{min(len(candidate.roles.actor.parties), 2)}{min(len(candidate.roles.recipient.parties), 2)}"
    last_before = max((n for n, p in enumerate(units) if 0 <= p.head < head.i), default=-1)
    first_after = min((n for n, p in enumerate(units) if p.head >= head.i), default=-1)
    sources = parties.sources_at(head.idx)
    out = []
    for n, party in enumerate(units):
        rule, slot = by_rule.get(party.span, NEITHER), slots.get(party.head, "-")
        token = head.doc[party.head]
        way, side, gap = _way(token, head)
        first, last = min(token.i, head.i), max(token.i, head.i)
        between = sum(first < p.head < last for p in units)
        source = any(party.span.overlaps(s) for s in sources)
        near = f"{n in (last_before, first_after)}.{side}"
        kind = f"{party.kind}.{party.country is not None}"
        features = [
            f"rule={rule}.{type_}", f"rule={rule}.{party.via}", f"way={way}", f"way={way}.{form}", f"way={way}.{type_}",
            f"way={way}.{frame.lemma}.{frame.pos}", f"slot={slot}.{form}", f"slot={slot}.{type_}", f"slot={slot}.{frame.id}",
            f"slot={slot}.{rule}", f"slot={slot}.{filled}", f"dep={token.dep_}.{word(token.head)}", f"lemma={word(token)}",
            f"at={side}{gap}.{form}", f"at={side}.{type_}", f"kind={kind}.{type_}", f"kind={kind}.{rule}", f"kind={kind}.{slot}",
            f"has={filled}.{rule}", f"has={filled}.{side}.{form}", f"near={near}.{form}.{filled}",
            f"between={min(between, 4)}.{side}.{filled}", f"source={source}.{type_}", f"source={source}.{rule}",
            f"clauses={way.count(':')}.{side}.{filled}",
        ]  # fmt: skip
        for sector in party.sectors or ("none",):
            features += [f"sector={sector}.{type_}", f"sector={sector}.{rule}"]
        out.append(features)
    return out


def _slots(candidate: Candidate) -> dict[int, str]:
    """Which slot of the clause each token heads."""
    clause = candidate.match.clause
    named = (("subj", clause.subj), ("obj", clause.obj), ("iobj", clause.iobj), ("poss", clause.poss), ("mod", clause.modifiers), ("xsubj", clause.xsubj))
    out: dict[int, str] = {}
    for name, tokens in (*named, *((f"prep:{p.lemma}", p.objects) for p in clause.preps)):
        for token in tokens:
            out.setdefault(token.i, name)
    return out


def _way(token: Token, head: Token) -> tuple[str, str, int]:
    """The path from a party to the trigger, on which side of it the party stands, and how many threes of tokens off."""
    gap = token.i - head.i
    where = "L" if gap < 0 else "R"
    if token.sent.start != head.sent.start:
        return "out", where, 9
    up, _, down = path_between(token, head)
    if len(up) + len(down) > _MAX_PATH:
        return "far", where, min(abs(gap) // 3, 4)
    steps = [_step(t) + (f"({t.lower_})" if t.pos_ == "ADP" else "") for t in up]
    return ">".join([*steps, "^", *map(_step, down)]), where, min(abs(gap) // 3, 4)


def _step(token: Token) -> str:
    """The arc above `token`, marked where it leads out of a clause."""
    return token.dep_ + (":" if token.dep_ in _CLAUSES else "")


def settled(
    roles: Roles, units: Sequence[Party], shares: Sequence[Mapping[str, float]], barred: AbstractSet[Span] = frozenset()
) -> Roles:
    """The parties the shares speak for; `roles` itself where that changes nothing. barred: who does not come to act."""
    ruled = [{p.span for p in side.parties} for side in (roles.actor, roles.recipient)]
    suffers = {p.actor for p in roles.recipient.parties if p.actor}  # nobody who suffers it comes to do it: "was shot before he could attack"
    actors, recipients = [], []
    for party, share in zip(units, shares, strict=True):
        acts = share[ACTOR] + (share[RECIPIENT] if roles.two_sided else 0.0)
        if acts >= KEPT if party.span in ruled[0] else (acts >= ADDED and party.actor not in suffers and party.span not in barred):
            actors.append(party)
        elif share[RECIPIENT] >= (KEPT if party.span in ruled[1] else ADDED):
            recipients.append(party)
    ids = {p.actor for p in actors if p.actor}
    actor = _side(roles.actor, unique(actors))
    recipient = _side(roles.recipient, unique(p for p in recipients if p.actor not in ids))
    if actor is roles.actor and recipient is roles.recipient:
        return roles
    return Roles(actor=actor, recipient=recipient, two_sided=roles.two_sided)


def _side(side: Side, parties: tuple[Party, ...]) -> Side:
    """`side` itself where it has these parties; else one that has."""
    if {p.span for p in side.parties} == {p.span for p in parties}:
        return side
    return Side(parties=tuple(evolve(p, kind=None) if p.kind == THING else p for p in parties), slot="sentence", things=side.things)


def _because(candidate: Candidate, roles: Roles) -> Candidate:
    because = list(candidate.because)
    for name, side, before in (("actor", roles.actor, candidate.roles.actor), ("recipient", roles.recipient, candidate.roles.recipient)):
        if side is before:
            continue
        because = [b for b in because if not b.startswith(f"{name}: slot")]
        had = ", ".join(p.text for p in before.parties) or "nobody"
        because.append(f"{name}: chosen in the sentence, where the slots gave {had}" if side.parties else f"{name}: nobody, though the slots gave {had}")
    return evolve(candidate, roles=roles, because=tuple(because))
