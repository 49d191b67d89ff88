"""Which type, mode and CAMEO code a predicate gets, choosing among the readings that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from attrs import evolve, frozen

from ..tree import Token
from .clause import Clause, children, preps_of, verb_clause
from .phrases import is_score
from .predicates import Match
from .roles import Parties, Party, Roles, Side, roles_of, side_of
from .status import Status, status_of
from .words import ANY_VERB, Frame, Words

# Ranking of readings, hand-set: what a frame asks for counts most, then how many of its slots name a party.
_FILLED = 0.6
_UNFILLED_RECIPIENT = 0.3
_WEIGHT_RANK = {"strong": 0.3, "bare": 0.15, "weak": 0.0}
_FORCE = ("ASSAULT", "COERCE")
PUT_TO = ("ACCUSE", "AGREE", "REQUEST", "THREATEN")  # what is put to another stands though it is refused
VERBAL = ("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
_ARMED = frozenset(("MIL", "COP", "REB", "UAF"))
_STONING = ("stone", "throw", "hurl", "pelt", "lob", "fling")
_POWER = frozenset(("GOV", "COP", "MIL", "IGO", "LEG", "JUD"))
_UNARMED = frozenset(("CVL", "EDU", "LAB", "MED", "NGO", "OPP", "PTY", "REL", "ETH"))
_TALKERS = frozenset(("GOV", "LEG", "PTY", "JUD", "BUS", "MED", "NGO", "IGO", "LAB", "OPP", "REL", "EDU"))
POINTING = ("the", "this", "that", "these", "those")
_THREATENERS = frozenset(("GOV", "LEG", "OPP", "PTY", "LAB", "SPY", "CRM"))
_ENVOYS = frozenset(("GOV", "LEG", "IGO", "OPP"))  # whose journeys are visits
_MUTUAL = frozenset(("prep:with", "prep:between", "prep:alongside"))
_SITUATED = ("in", "by", "from", "during", "after", "of", "due")


@frozen(kw_only=True)
class Candidate:
    """One predicate read as one event, before mentions of the same event are joined.

    belief: the ranker's share for the type `judged`, None where it was not asked. doubt: its share for no event.
    """

    match: Match
    roles: Roles
    status: Status
    type: str
    mode: str | None
    cameo: str | None
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    runners_up: tuple[tuple[str, float], ...] = ()
    because: tuple[str, ...] = ()
    belief: float | None = None
    doubt: float = 0.0
    judged: str | None = None

    @property
    def head(self) -> Token:
        return self.match.head

    @property
    def frame(self) -> Frame:
        return self.match.frame


def rank(match: Match, roles: Roles) -> float:
    """How well a reading fits; higher wins. No unit: only differences count."""
    frame = match.frame
    value = frame.specificity + _WEIGHT_RANK[frame.weight]
    value += _FILLED * bool(roles.actor.parties)
    if frame.wants_recipient and not roles.two_sided:
        value += _FILLED if roles.recipient.parties else -_UNFILLED_RECIPIENT
    elif roles.two_sided:
        value += _FILLED * (len(roles.actor.parties) > 1) - _UNFILLED_RECIPIENT * (len(roles.actor.parties) < 2)
    return value


@frozen
class Reading:
    """The best reading of one trigger. told: whether the rules let it stand. others: readings of other types, standing ones where any stands."""

    candidate: Candidate
    told: bool
    others: tuple[tuple[Match, Roles], ...] = ()


def read(matches: Sequence[Match], words: Words, parties: Parties) -> Reading:
    """The best reading of one trigger, and whether its parties satisfy its weight. matches: at least one."""
    found = [(match, roles_of(match.clause, match.frame, parties)) for match in matches]
    ranked = sorted(found, key=lambda mr: (-rank(*mr), mr[0].frame.id))
    standing = _own_first([(m, r) for m, r in ranked if stands(m, r, words)])
    standing.sort(key=lambda mr: mr[0].frame.lemma == ANY_VERB)
    match, roles = (standing or ranked)[0]
    roles = completed(roles, [r for m, r in standing[1:] if m.frame.type == match.frame.type])
    candidate = candidate_of(match, roles, words, runners_up=shares(standing or ranked)[1:])
    planned = "hypothetical" in candidate.status.auxiliary and not candidate.status.conditional
    told = bool(standing) and not (match.frame.weight == "weak" and planned)  # an ambiguous word only planned or feared
    told = told or (candidate.type == "REJECT" != match.frame.type and any(p.known for p in candidate.roles.actor.parties))  # "will not talk"
    others = {m.frame.type: (m, r) for m, r in reversed(standing or ranked) if m.frame.type != match.frame.type}
    return Reading(candidate, told, tuple(others[name] for name in sorted(others)))


def _own_first(standing: list[tuple[Match, Roles]]) -> list[tuple[Match, Roles]]:
    """Without built-in readings that are weak or ask for no more than one of the user's own that fits."""
    asked = max((m.frame.specificity for m, _ in standing if m.frame.own), default=-1.0)
    if asked < 0:
        return standing
    return [(m, r) for m, r in standing if m.frame.own or (m.frame.weight != "weak" and m.frame.specificity > asked)]


def completed(roles: Roles, others: Sequence[Roles]) -> Roles:
    """`roles` with an empty side taken from the next reading of the same type ("call on" beside "call for")."""
    if roles.two_sided:
        return roles
    for other in others:
        if other.two_sided:
            continue
        taken = {p.span for p in (*roles.actor.parties, *roles.recipient.parties)}
        if not roles.recipient.parties and not taken & {p.span for p in other.recipient.parties}:
            roles = evolve(roles, recipient=other.recipient if other.recipient.parties else roles.recipient)
        if not roles.actor.parties and not taken & {p.span for p in other.actor.parties}:
            roles = evolve(roles, actor=other.actor if other.actor.parties else roles.actor)
    return roles


def shares(ranked: Sequence[tuple[Match, Roles]]) -> tuple[tuple[str, float], ...]:
    """The types of the readings that fit with their share of belief, best first."""
    best: dict[str, float] = {}
    for match, roles in ranked:
        best[match.frame.type] = max(best.get(match.frame.type, -9.0), rank(match, roles))
    total = sum(math.exp(value) for value in best.values())
    return tuple((name, round(math.exp(value) / total, 2)) for name, value in best.items())


def candidate_of(
    match: Match, roles: Roles, words: Words, runners_up: tuple[tuple[str, float], ...] = ()
) -> Candidate:
    """A reading with its status, and what a future makes of its type."""
    frame = match.frame
    spoken = frame.pos == "noun" and frame.type in PUT_TO
    status = status_of(match.clause, words.governors, words.light_verbs, frozenset(match.used), spoken=spoken)
    type_, auxiliary, because = frame.type, _of_frame(frame, status.auxiliary), [f"type: {frame.id}"]
    later = words.ontology.types[type_].future_type if type_ in words.ontology.types else None
    mode, cameo = frame.mode, frame.cameo
    if _refuses(frame.type, roles, status, words):
        because.append(f"type: {type_} that the actor says will not be is REJECT")
        found = words.ontology.content_mode("REJECT", type_)
        type_, mode, cameo = "REJECT", found[0] if found else None, None
        auxiliary = tuple(a for a in auxiliary if a not in ("future", "negation"))
        roles = _one_sided(roles, match)
    elif later is not None and "future" in auxiliary:
        because.append(f"type: {type_} still to come is {later} (plover/types.tsv:{type_})")
        type_, mode, cameo = later, None, None
        roles = _one_sided(roles, match)
        auxiliary = tuple(a for a in auxiliary if a != "future")
    meant = _meant(type_, mode, match, roles, words)
    if meant is not None:
        because.append(f"type: {meant[0]}")
        type_, mode, cameo = meant[1]
    because += [f"runner-up: {name} {share:.2f}".replace(" 0.", " .") for name, share in runners_up[:2]]
    because += _role_reasons(roles) + list(dict.fromkeys(status.because))
    if match.clause.light is not None:
        because.append(f"actor: light verb {match.clause.light.id}")
    return Candidate(
        match=match, roles=roles, status=status, type=type_, mode=mode, cameo=cameo, contexts=frame.contexts,
        auxiliary=auxiliary, runners_up=runners_up, because=tuple(because),
    )  # fmt: skip


def _of_frame(frame: Frame, auxiliary: tuple[str, ...]) -> tuple[str, ...]:
    """`auxiliary` without what the phrase itself asks for: "will not stand idle" is a threat made."""
    meant = [("negation", frame.denied), ("future", frame.is_foretelling or (frame.denied and frame.type in ("THREATEN", "REJECT"))), ("hypothetical", frame.is_foretelling)]
    return tuple(a for a in auxiliary if (a, True) not in meant)


def _meant(
    type_: str, mode: str | None, match: Match, roles: Roles, words: Words
) -> tuple[str, tuple[str, str, str]] | None:
    """Why the parties or the agent make the deed another than its word says, and what they make it; None where they don't."""
    if _is_riot(type_, roles):
        return "civilians clashing with the state are PROTEST riot", ("PROTEST", "riot", "145")
    if _is_war_of_words(type_, match, roles, words):
        why = "one person attacking another, with no weapon or victim, is ACCUSE disapprove"
        return why, ("ACCUSE", "disapprove", "111")
    if mode != "militia" and _is_march(type_, match, roles):
        return "civilians who march are PROTEST demo", ("PROTEST", "demo", "141")
    return _meant_by_place(type_, mode, match, roles, words) or _meant_by_power(type_, mode, match, roles, words)


def _meant_by_place(
    type_: str, mode: str | None, match: Match, roles: Roles, words: Words
) -> tuple[str, tuple[str, str, str]] | None:
    """What a deed is where it is done: at sea, on the doorstep of power, in the words of people in office."""
    if _is_under_words(type_, match, roles, words):
        return "people in office under fire from no one armed are criticised", ("ACCUSE", "disapprove", "111")
    if type_ == "ASSAULT" and not roles.recipient.parties and _is_test(match, words):
        return "a missile fired into the sea is MOBILIZE weapons", ("MOBILIZE", "weapons", "150")
    if (type_ in ("REQUEST", "THREATEN") or mode == "deport") and _sends_home(match, roles, words):
        return "envoys who are told to leave are expelled", ("SANCTION", "expel", "166")
    if type_ == "COERCE" and mode in ("restrict", "seize") and _is_crowd(match, roles, words):
        return "a crowd that closes in on a place is PROTEST obstruct", ("PROTEST", "obstruct", "144")
    return None


def _meant_by_power(
    type_: str, mode: str | None, match: Match, roles: Roles, words: Words
) -> tuple[str, tuple[str, str, str]] | None:
    if (type_, mode) == ("PROTEST", "obstruct") and roles.actor.parties and all(map(_is_armed, roles.actor.parties)):
        return "a road that armed people block is COERCE restrict", ("COERCE", "restrict", "191")
    if (type_, mode, match.frame.lemma) == ("COERCE", "seize", "occupy") and _are_civilians(roles.actor.parties):
        return "unarmed people who occupy a place are PROTEST obstruct", ("PROTEST", "obstruct", "144")
    if type_ == "COOPERATE" and match.frame.lemma == "hand" and roles.actor.parties and all(map(_is_outlaw, roles.actor.parties)):
        return "captives whom armed groups hand over are released", ("RETREAT", "release", "0841")
    if _is_stoning(type_, mode, match, roles):
        return "unarmed people stoning police, officials or property are PROTEST riot", ("PROTEST", "riot", "145")
    if type_ == "COERCE" and match.frame.lemma in ("raid", "burst", "storm") and roles.actor.parties and all(map(_is_outlaw, roles.actor.parties)):
        return "a raid by armed groups is ASSAULT", ("ASSAULT", "firearms", "190")
    if type_ == "COERCE" and match.frame.lemma == "raid" and _kills(match.head, words):
        return "a raid that leaves people dead is ASSAULT", ("ASSAULT", "firearms", "190")
    if (type_, mode) == ("RETREAT", "withdraw") and _leaves_a_body(roles):
        return "a state that leaves a body of states is SANCTION withdraw", ("SANCTION", "withdraw", "161")
    if type_ == "ASSAULT" and any(_is_cyber(t, words) for t in match.clause.subj):
        return "what a cyberattack hits is COERCE cyber", ("COERCE", "cyber", "170")
    return None


def _is_under_words(type_: str, match: Match, roles: Roles, words: Words) -> bool:
    """"The minister came under fire from the unions": people in office and firms, no arms about."""
    if type_ != "ASSAULT" or match.frame.lemma not in ("come", "be") or match.frame.preps != ("under",):
        return False
    if any(t.lemma_.lower() in words.weapons or t.lemma_.lower() in words.casualties for t in match.head.sent):
        return False
    parties = (*roles.recipient.parties, *roles.actor.parties)
    return bool(roles.recipient.parties) and all(p.sectors and set(p.sectors) <= _TALKERS for p in parties)


def _is_test(match: Match, words: Words) -> bool:
    """"Launched a missile into the sea"."""
    waters = words.general.get("open sea", frozenset())
    aimed = [o for p in match.clause.preps if p.lemma in ("into", "in", "towards", "toward", "over", "off") for o in p.objects]
    sent = any(t.lemma_.lower() in ("missile", "rocket") for t in match.clause.obj)
    return sent and any(t.lemma_.lower() in waters for t in aimed)


def _sends_home(match: Match, roles: Roles, words: Words) -> bool:
    """"Gave six diplomats a week to leave", "the envoy was told to go home", "threw two diplomats out of the country"."""
    envoys, going = words.general.get("envoy", frozenset()), words.general.get("going", frozenset())
    doc = match.head.doc
    parties = (*roles.recipient.parties, *roles.actor.parties)
    told = [t for p in parties for t in (doc[p.head], *children(doc[p.head], "amod", "compound")) if t.lemma_.lower() in envoys]
    asked = [c.token for c in match.clause.complements if c.kind == "to"]
    asked += [c for t in children(match.head, "npadvmod", "dobj") for c in children(t, "acl", "relcl")]  # "a week to leave"
    return bool(told) and (match.frame.mode == "deport" or any(t.lemma_.lower() in going for t in asked))


def _is_crowd(match: Match, roles: Roles, words: Words) -> bool:
    """"Crowds overran the palace", "fishermen blockaded the port"."""
    doc = match.head.doc
    crowd = all(p.kind == "unnamed" and doc[p.head].tag_ in ("NNS", "NN") for p in roles.actor.parties)
    return crowd and match.frame.lemma in words.general.get("hem in", ()) and _are_civilians(roles.actor.parties)


def _leaves_a_body(roles: Roles) -> bool:
    """A state, not its forces, that withdraws from an organisation of states."""
    left, leavers = roles.recipient.parties, roles.actor.parties
    states = bool(leavers) and all(p.kind == "state" and not set(p.sectors) & _ARMED for p in leavers)
    return states and bool(left) and all(p.kind == "organisation" and "IGO" in p.sectors for p in left)


def _is_stoning(type_: str, mode: str | None, match: Match, roles: Roles) -> bool:
    """Stones and bottles thrown by unarmed people at what stands for power: not at one another."""
    actors, targets = roles.actor.parties, roles.recipient.parties
    if (type_, mode) != ("ASSAULT", "primitive") or match.frame.lemma not in _STONING or match.frame.preps == ("to",):
        return False
    if not actors or not all(p.sectors and set(p.sectors) <= _UNARMED for p in actors):
        return False
    return all(p.via or p.kind in ("state", "place", "organisation") or set(p.sectors) & _POWER for p in targets)


def _kills(noun: Token, words: Words) -> bool:
    """Whether a deed is told to leave casualties: "the raid killed four", "a raid in which two were wounded"."""
    told = [noun.head, *children(noun.head, "oprd")] if noun.dep_ == "nsubj" else []
    return any(words.casualties.get(t.lemma_.lower()) in ("killed", "injured") for t in (*told, *children(noun, "relcl", "acl")))


def _are_civilians(parties: Sequence[Party]) -> bool:
    return bool(parties) and all(p.sectors and set(p.sectors) <= _UNARMED for p in parties)


def _is_outlaw(party: Party) -> bool:
    return party.kind == "group" or (bool(party.sectors) and set(party.sectors) <= {"REB", "UAF", "CRM"})


def _is_armed(party: Party) -> bool:
    return bool(set(party.sectors) & _ARMED)


def _is_cyber(noun: Token, words: Words) -> bool:
    """A noun that means an attack on computers and nothing else."""
    frames = words.frames.get((noun.lemma_.lower(), "noun"), ())
    return bool(frames) and all(f.mode == "cyber" for f in frames)


def _one_sided(roles: Roles, match: Match) -> Roles:
    """A meeting still to come: who will meet is the actor, whom they will meet the recipient."""
    if not roles.two_sided:
        return roles
    subjects = {t.i for t in match.clause.subj}
    hosts = tuple(p for p in roles.actor.parties if p.head in subjects)
    others = tuple(p for p in roles.actor.parties if p.head not in subjects)
    if not hosts or not others:
        return roles
    slot = roles.actor.slot
    return Roles(actor=Side(parties=hosts, slot="subj"), recipient=Side(parties=others, slot=slot), two_sided=False)


def _is_riot(type_: str, roles: Roles) -> bool:
    """A fight between civilians and police, troops or officials, nobody attacking first."""
    if type_ != "ASSAULT" or not roles.two_sided:
        return False
    sectors = [set(p.sectors) for p in roles.actor.parties]
    return any("CVL" in s for s in sectors) and any(s & {"COP", "MIL", "GOV"} for s in sectors)


def _is_war_of_words(type_: str, match: Match, roles: Roles, words: Words) -> bool:
    """Named persons on both sides, and a word that need not mean force ("his attacks on the senator")."""
    peers, doc = words.general.get("peer", frozenset()), match.head.doc
    people = [p.kind == "person" or doc[p.head].lemma_.lower() in peers for p in (*roles.actor.parties, *roles.recipient.parties)]
    both = bool(roles.actor.parties) and bool(roles.recipient.parties)
    if type_ != "ASSAULT" or not both or not all(people) or match.frame.lemma not in words.wordy:
        return False
    return not modifiers_modes(match.clause, words)


def _is_march(type_: str, match: Match, roles: Roles) -> bool:
    """Unarmed people on the move where the word alone would mean troops."""
    sectors = [set(p.sectors) for p in roles.actor.parties]
    return type_ == "MOBILIZE" and match.head.pos_ == "VERB" and bool(sectors) and all(
        s and s <= _UNARMED for s in sectors
    )  # fmt: skip


def _refuses(type_: str, roles: Roles, status: Status, words: Words) -> bool:
    """Whether somebody says they will not do something cooperative ("will not lift the blockade")."""
    if "negation" not in status.auxiliary or not roles.actor.parties or not words.ontology.is_cooperation(type_):
        return False
    above = [token for token, kind in status.governors if kind in ("to", "gerund")]
    willed = words.general.get("willed", frozenset())
    if above and all(t.lemma_.lower() in willed for t in above):  # "chose not to attend", "has no plans to meet them"
        return True
    return "future" in status.auxiliary and not above  # but "this will not make them retreat"


def _role_reasons(roles: Roles) -> list[str]:
    out = []
    for name, side in (("actor", roles.actor), ("recipient", roles.recipient)):
        if side.parties:
            out.append(f"{name}: slot {side.slot}" + (f" ({side.via})" if side.via else ""))
    return out


def stands(match: Match, roles: Roles, words: Words) -> bool:
    """Whether the parties found suffice for the frame's weight, and no figure of speech or accident speaks against."""
    frame = match.frame
    if frame.type in _FORCE and _no_force(match, roles, words):
        return False
    if _is_referred_to(match):
        return False
    if not roles.actor.parties and _needs_actor(match):
        return False
    if _lacks_recipient(match, roles, words):
        return False
    if arrives_unarmed(match, roles) and not _comes_armed(match, words):
        return False
    if frame.weight == "weak" and frame.objects and _is_march(frame.type, match, roles):
        return False  # spectators line a street, farmers cross a river
    if frame.type == "PROTEST" and frame.weight == "weak" and any(_may_use_force(p) for p in roles.actor.parties):
        return False
    if frame.is_foretelling and not any(map(may_threaten, roles.actor.parties)):  # "consumers will pay the price, economists say"
        return False
    if frame.weight == "bare":
        return True
    named = [p for p in (*roles.actor.parties, *roles.recipient.parties) if not _is_mere_name(p)]
    if frame.weight == "strong":
        strikes = frame.type == "ASSAULT" and _comes_armed(match, words)  # "gunships strafed the column"
        return bool(named) or strikes or _points_back(match) or _subject_points_back(match, words)
    if roles.two_sided:
        return _enough_for_two(match, roles)
    actor = any(p.known and p.kind != "place" for p in roles.actor.parties)
    if frame.mode == "withdraw" and frame.type == "RETREAT":
        if any(map(_is_armed, roles.actor.parties)):  # "the militiamen melted away"
            return True
        if frame.object_kinds == ("@place",) and not any(p.kind == "state" for p in roles.actor.parties):
            return False  # "the senator left Paris"
    if frame.type in _FORCE and any(_is_forceful(t, words) for t in match.clause.subj):  # "battered by missiles"
        return any(p.known for p in roles.recipient.parties)
    if not frame.wants_recipient or _among_themselves(frame, roles):
        return actor
    reached = any(p.known for p in roles.recipient.parties)
    return reached and (actor or _is_done_by_nobody_named(match))


def _is_done_by_nobody_named(match: Match) -> bool:
    """"The editor was led away", "were held since May": a passive that leaves out who does it, by a frame that asks for more than a verb."""
    clause, frame = match.clause, match.frame
    agentless = clause.passive and not clause.subj and bool(children(clause.head, "auxpass"))
    return agentless and frame.type in (*_FORCE, "SANCTION", "ACCUSE") and bool(frame.particles or frame.objects or frame.preps)


def _enough_for_two(match: Match, roles: Roles) -> bool:
    """Whether the parties of a reciprocal event make two: several at once, or an official and where they went."""
    known = [p for p in roles.actor.parties if p.known]
    if len(known) != 1:
        return len(known) > 1
    if match.frame.mode == "visit" and set(known[0].sectors) & _ENVOYS:
        return any(p.kind == "place" for p in roles.actor.parties)
    return _is_several(match.head.doc[known[0].head])


def _is_several(noun: Token) -> bool:
    """A plural counted or coordinated: "the five prime ministers", "both sides", "Greek and Turkish pilots", "envoys of six states"."""
    if noun.tag_ not in ("NNS", "NNPS"):
        return False
    modifiers = [c for c in noun.children if c.i < noun.i]
    if any(_is_several(c) for c in children(noun, "poss")):
        return True
    if any(p.lemma in ("from", "of") and (len(p.objects) > 1 or any(_is_several(o) for o in p.objects)) for p in preps_of(noun)):
        return True
    return any(c.dep_ == "nummod" or c.lower_ == "both" or any(g.dep_ == "conj" for g in c.children) for c in modifiers)


def arrives_unarmed(match: Match, roles: Roles) -> bool:
    """A verb of coming, which is MOBILIZE only of those who bear arms ("soldiers arrived in the north"), of others."""
    frame = match.frame
    bare = bool(frame.preps) and not frame.objects and not frame.wants_recipient
    arrives = frame.type == "MOBILIZE" and frame.pos == "verb" and bare
    return arrives and not all(map(_is_armed, roles.actor.parties))


def _comes_armed(match: Match, words: Words) -> bool:
    """Whether what comes is a weapon, whoever owns it: "Turkish frigates steamed for the strait"."""
    return any(t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() in words.weapons for t in match.clause.subj)


def _is_mere_name(party: Party) -> bool:
    """A group of which nothing but its name is known: alone it may be a team or a band as well as an army."""
    return party.kind == "group" and party.country is None and not party.sectors


def may_threaten(party: Party) -> bool:
    """Those who have arms, an office, followers or workers to make good what they say."""
    return party.kind in ("state", "group") or bool(set(party.sectors) & (_ARMED | _THREATENERS))


def _may_use_force(party: Party) -> bool:
    """States and fighters: what they begin or march into is no protest."""
    return party.kind in ("state", "place") or bool(set(party.sectors) & {"MIL", "REB", "UAF"})


def _lacks_recipient(match: Match, roles: Roles, words: Words) -> bool:
    """A noun such as "help" or "cooperation" needs whom it went to where PLOVER wants a recipient; a verb may leave it out."""
    if match.head.pos_ == "VERB" and match.frame.type != "COOPERATE":
        return False
    if roles.two_sided or roles.recipient.parties or _points_back(match) or _among_themselves(match.frame, roles):
        return False
    return words.ontology.types[match.frame.type].needs_recipient and match.frame.wants_recipient


def _among_themselves(frame: Frame, roles: Roles) -> bool:
    """Whether both partners of a joint deed are its actors: "the police of A and B teamed up"."""
    mutual = frame.type == "COOPERATE" and all(set(path) <= _MUTUAL for path in frame.recipient)
    return mutual and sum(p.known for p in roles.actor.parties) > 1


def _is_referred_to(match: Match) -> bool:
    """An agreement in force that is only appealed to: "under the accords between the two states"."""
    head = match.head
    under = head.dep_ == "pobj" and head.head.lower_ in ("under", "per")
    return under and match.frame.type in ("SUPPORT", "AGREE") and any(c.dep_ in ("det", "poss") for c in head.children)


def _points_back(match: Match) -> bool:
    """A definite noun that names nobody may still be a mention of an event told before."""
    head = match.head
    return head.pos_ == "NOUN" and any(c.lower_ in POINTING for c in children(head, "det"))


def _subject_points_back(match: Match, words: Words) -> bool:
    """"The raids destroyed a bridge": the verb tells more of the event its subject points back to."""
    subjects = [t for t in match.clause.subj if t.pos_ == "NOUN" and _is_forceful(t, words)]
    return match.frame.type in _FORCE and any(c.lower_ in POINTING for t in subjects for c in children(t, "det"))


def _needs_actor(match: Match) -> bool:
    """Speech nouns and active verbs of speech say nothing without a speaker; nor does "forced to" without who forces."""
    frame = match.frame
    if frame.type == "COERCE" and frame.complement == "to":
        return True
    return frame.type in VERBAL and not match.clause.passive and not _points_back(match)


def _no_force(match: Match, roles: Roles, words: Words) -> bool:
    """An earthquake that kills, a raid on a theory: force without anyone using it, or on nothing that can be hit."""
    clause = match.clause
    if is_by_hazard(match, roles, words):
        return True
    if not roles.actor.parties:
        acts = any("subj" in path for path in match.frame.actor) and not clause.passive
        if clause.head.pos_ == "VERB" and acts and any(t.pos_ == "NOUN" for t in clause.subj):
            return not any(_is_forceful(t, words) for t in clause.subj)
    if match.frame.weight == "weak" and match.frame.mode is None and _is_contest(clause.head, words):
        return True
    targets = roles.recipient.things
    return bool(targets) and all(t.lemma_.lower() in words.figurative for t in targets)


def is_by_hazard(match: Match, roles: Roles, words: Words) -> bool:
    """Whether a storm, a fire or a disease did it, and nobody else."""
    agents = [*match.clause.subj, *[o for p in match.clause.preps if p.lemma in _SITUATED for o in p.objects]]
    return match.frame.type in _FORCE and not roles.actor.parties and any(_is_hazard(t, words) for t in agents)


def _is_contest(head: Token, words: Words) -> bool:
    """Whether the sentence is about a game: a score, a league, a goal; and nobody is killed or armed in it."""
    if head.lemma_.lower() in words.casualties or any(t.lemma_.lower() in words.weapons for t in head.sent):
        return False
    return any(t.lemma_.lower() in words.contests or is_score(t) for t in head.sent)


def _is_hazard(token: Token, words: Words) -> bool:
    named_after = children(token, "compound") if token.pos_ == "PROPN" else ()  # "Cyclone Hettie"
    return any(t.lemma_.lower() in words.hazards for t in (token, *named_after))


def _is_forceful(token: Token, words: Words) -> bool:
    """An attack, a bomb: nouns that stand for someone using force."""
    forms = [token.lemma_.lower(), *[c.lemma_.lower() for c in children(token, "compound")]]
    return any(f.type in _FORCE for form in forms for f in words.frames.get((form, "noun"), ())) or any(
        form in words.weapons for form in forms
    )


def ended(candidate: Candidate, words: Words, parties: Parties) -> Candidate | None:
    """The event that ending `candidate` amounts to ("called off the siege" → RETREAT); None when it amounts to none.

    Only where somebody ends it: an event that ends of itself stays the event it was; a truce that does is none.
    """
    word = candidate.status.ended
    if word is None:
        return _no_longer(candidate, words)
    if candidate.head.dep_ == "nsubj" and candidate.head.head == word and not candidate.match.clause.passive:
        return None if candidate.mode == "ceasefire" else candidate
    reversal = words.ontology.reversals.get(candidate.frame.type)
    if reversal is None:
        return None
    ender = _ender(word, parties)
    recipient = candidate.roles.recipient.parties or candidate.roles.actor.parties
    recipient = tuple(p for p in recipient if not any(p.same_as(e) for e in ender.parties))
    roles = Roles(
        actor=ender if ender.parties else candidate.roles.actor,
        recipient=evolve(candidate.roles.recipient, parties=recipient), two_sided=False,
    )  # fmt: skip
    return evolve(
        candidate, roles=roles, type=reversal.type, mode=reversal.mode, cameo=reversal.cameo, runners_up=(),
        because=(f"type: {candidate.frame.type} ended by {word.lemma_.lower()} ({reversal.id})", *candidate.because),
    )  # fmt: skip


def _no_longer(candidate: Candidate, words: Words) -> Candidate:
    """What "no longer funds", "will no longer sell" say of help and dealings: that they are ended."""
    frame = candidate.frame
    said = any(c.lower_ == "longer" and children(c, "advmod", "neg", "det") for c in children(candidate.head, "advmod"))
    reversal = words.ontology.reversals.get(frame.type)
    if not said or candidate.head.pos_ != "VERB" or reversal is None or not words.ontology.is_cooperation(frame.type):
        return candidate
    auxiliary = tuple(a for a in candidate.status.auxiliary if a not in ("negation", "hypothetical"))
    because = (f"type: {frame.type} no longer done ({reversal.id})", *candidate.because)
    return evolve(candidate, type=reversal.type, mode=reversal.mode, cameo=reversal.cameo, auxiliary=auxiliary, because=because)


def _ender(word: Token, parties: Parties) -> Side:
    if word.pos_ in ("VERB", "AUX"):
        return side_of(verb_clause(word), (("subj",),), parties)
    return Side()


def is_verbal(candidate: Candidate) -> bool:
    return candidate.type in VERBAL


def modifiers_modes(clause: Clause, words: Words) -> tuple[str, ...]:
    """ASSAULT modes that a weapon beside the trigger gives: "drone strikes", "killed in a suicide bombing"."""
    near = [*clause.modifiers, *clause.subj, *[o for p in clause.preps if p.lemma in ("with", "in", "by") for o in p.objects]]
    near += [c for t in near for c in children(t, "compound", "amod")]
    found = [words.weapons[t.lemma_.lower()] for t in near if t.lemma_.lower() in words.weapons]
    return tuple(dict.fromkeys(found))
