"""Everyday policing, dealings and accidents among private people are no political events."""

from __future__ import annotations

from collections.abc import Sequence, Set

from ..tree import Token, Tree
from .classify import Candidate, modifiers_modes
from .counts import counts_of, largest
from .merge import Group
from .phrases import is_score
from .roles import Party
from .words import Words

# Sectors whose people, among themselves, make local news: police, courts, hospitals, firms, private persons.
_PRIVATE = frozenset(("CVL", "COP", "JUD", "MED", "EDU", "BUS", "LAB", "CRM"))
_EITHER = ("officer", "officers")  # police as well as military: police, where police are about
_ORGANISED = frozenset(("LAB", "EDU"))  # unions, student bodies: what they ask for together is politics
_STATE_FORCE = frozenset(("COP", "JUD"))
_PLURAL = ("NNS", "NNPS")
_SINGLE = frozenset(("CVL", "BUS", "LAB"))
_ON_THE_FIELD = ("ASSAULT", "RETREAT", "CONCEDE", "COERCE")  # what a team of a country is told to have done
_ALSO_POLITICS = ("ACCUSE", "CONSULT", "PROTEST", "REJECT", "REQUEST", "SUPPORT", "THREATEN")  # what players may do as citizens
_BARGAINS = ("AGREE", "CONCEDE", "REJECT", "SUPPORT")
_DEALERS = frozenset(("BUS", "CVL"))
_CROOKS = frozenset(("CRM", "CVL", "BUS"))
_OFF_THE_FIELD = frozenset(("GOV", "LEG", "PTY", "REB", "UAF", "IGO", "JUD", "COP", "NGO", "ETH", "MIL", "OPP"))
MANY_KILLED = 4  # hand-set


def without_ordinary(groups: Sequence[Group], words: Words) -> list[Group]:
    """`groups` without the everyday ones, where the article tells of no event with a political party to it.

    One political event keeps all: in a report on unrest the arrest of "a man" belongs to it. Else those go that
    are told among private people and of which neither their kind nor their sentence speaks of public life.
    """
    groups = [g for g in groups if not _is_game(g, words)]
    policed = any("COP" in p.sectors for g in groups for told in g.members for p in told.parties)
    trade = {g.first.candidate.head.i for g in groups if _is_of_firms(g, words)}
    if any(_is_political(g, policed, words) for g in groups if g.first.candidate.head.i not in trade):
        return groups
    return [g for g in groups if g.first.candidate.head.i not in trade and not _is_of_market_or_crime(g, words) and (
        _is_public(g, words) or not (_may_be(g, "ordinary", words) or _is_given(g, words)))]  # fmt: skip


def _may_be(group: Group, rule: str, words: Words) -> bool:
    """Whether plover/everyday.tsv has this kind of deed under `rule`, whatever its mode or by its mode."""
    lead, everyday = group.first.candidate, words.ontology.everyday
    return (lead.type, None, rule) in everyday or (lead.type, lead.mode, rule) in everyday


def _is_game(group: Group, words: Words) -> bool:
    """Whether every sentence of the group speaks of a game, and all its parties may be players, teams and their countries."""
    heads = [told.candidate.head for told in group.members]
    if any(_plays(p, told.candidate, words) for told in group.members for p in told.candidate.roles.actor.parties):
        return all(_tells_of_a_game(head, words) or _is_of_athletes(head, words) for head in heads)
    if any(_is_party_to_power(p, told.candidate, words) for told in group.members for p in told.parties):
        return False
    return all(_tells_of_a_game(head, words) for head in heads)


def _plays(party: Party, candidate: Candidate, words: Words) -> bool:
    """"The Dutch cyclists", "Cameroon's goalkeeper": then those they beat, join or leave are teams."""
    what = candidate.match.clause.obj
    turned_down = candidate.type == "REJECT" and bool(what) and all(t.pos_ == "NOUN" for t in what) and not candidate.roles.recipient.parties
    signed = candidate.type == "SUPPORT" and candidate.roles.two_sided
    known = words.contests | words.general.get("athlete", frozenset())
    return (candidate.type not in _ALSO_POLITICS or turned_down or signed) and candidate.head.doc[party.head].lemma_.lower() in known and party.kind in (None, "unnamed")


def _is_of_athletes(head: Token, words: Words) -> bool:
    """"The runner attacked on the last hill": an athlete's deed, with nothing of public life or arms beside it."""
    lemmas = {t.lemma_.lower() for t in head.sent}
    athletes = words.general.get("athlete", frozenset())
    return bool(lemmas & athletes) and not lemmas & (words.public - words.contests - athletes) and not lemmas & (words.casualties.keys() | words.weapons.keys())


def _tells_of_a_game(head: Token, words: Words) -> bool:
    lemmas = {t.lemma_.lower() for t in head.sent}
    games = {t.lemma_.lower() for t in head.sent if t.pos_ != "PROPN"} | {_hyphened(t) for t in head.sent if t.text == "-"}
    if any(_is_result(c) for c in head.children):
        return True  # "they were beaten 4–0"
    scored = any(is_score(t) or _is_result(t) for t in head.sent)
    if not (scored or games & words.contests - words.public) or lemmas & words.casualties.keys() or lemmas & words.weapons.keys():
        return False
    return not lemmas & (words.public - words.contests - ({head.lemma_.lower()} if head.pos_ == "NOUN" and head.lemma_.lower() in words.general.get("on the field", ()) else set()))


def _is_result(token: Token) -> bool:
    """"2–0" in one piece."""
    goals = token.text.replace("–", "-").split("-")
    return len(goals) == 2 and all(g.isdigit() and len(g) < 3 for g in goals)


def _hyphened(dash: Token) -> str:
    """"Semi-final", which the parser takes apart."""
    if not 0 < dash.i < len(dash.doc) - 1 or dash.whitespace_ or dash.nbor(-1).whitespace_:
        return ""
    return f"{dash.nbor(-1).lower_}-{dash.nbor(1).lower_}"


def _is_party_to_power(party: Party, candidate: Candidate, words: Words) -> bool:
    """A state is a team where it is only named beside its players ("England's seamers"), or fights in a sentence on a game."""
    if party.kind in ("state", "place"):
        meets = candidate.frame.lemma == "meet" and candidate.type in ("AGREE", "CONSULT")
        return party.via != "modifier" and not meets and candidate.type not in _ON_THE_FIELD and not (candidate.type == "SANCTION" and candidate.mode is None)
    if candidate.head.doc[party.head].lemma_.lower() in words.general.get("player", ()):
        return False
    return bool(set(party.sectors) & _OFF_THE_FIELD)


def _private_parties(group: Group) -> list[tuple[Party, Tree]]:
    """The known parties, if all are unnamed people of some kind; else none."""
    parties = [(p, told.candidate.head.doc) for told in group.members for p in told.parties]
    named = [(p, doc) for p, doc in parties if p.known]
    return named if all(p.kind == "unnamed" and p.sectors for p, _ in named) else []


def _is_given(group: Group, words: Words) -> bool:
    """A word or refusal that one private person or firm gives: "the goalkeeper agreed a deal", "the shop vowed to undercut rivals"."""
    named = _private_parties(group)
    single = all(not _is_many(p, doc) and (set(p.sectors) <= _SINGLE or (p.sectors == ("EDU",) and doc[p.head].tag_ == "NN")) for p, doc in named)
    return bool(named) and single and _may_be(group, "given", words)


def _is_of_firms(group: Group, words: Words) -> bool:
    """What firms do among themselves, to customers and in markets: "the retailer pulled out of Belgium", "Boeing promised investors"."""
    if not _may_be(group, "trade", words) or _says(group, words.public, _household(words)):
        return False
    doc = group.first.candidate.head.doc
    actors = [p for told in group.members for p in told.candidate.roles.actor.parties]
    others = [p for told in group.members for p in told.candidate.roles.recipient.parties]
    if not actors or any(p.kind not in ("unnamed", "organisation") or p.sectors != ("BUS",) for p in actors):
        return False
    firm = group.first.candidate.type in _BARGAINS  # "the French retailer agreed to sell its stores"
    if any(p.kind == "unnamed" and _is_of_a_nation(doc[p.head]) and not (firm and doc[p.head].tag_ == "NN") for p in actors):
        return False  # "Indian oil firms": what nations trade is politics
    abroad = any(p.kind in ("state", "place") and not (firm and p.via == "modifier") for p in others)
    if abroad and (group.first.candidate.type != "RETREAT" or any(p.kind != "unnamed" for p in actors)):
        return False
    return all(p.kind in ("state", "place") or not p.known or p.sectors == ("BUS",) or doc[p.head].lemma_.lower() in words.general.get("customer", ())
               for p in others)  # fmt: skip


def _is_of_a_nation(head: Token) -> bool:
    return any(t.pos_ in ("PROPN", "ADJ") and t.text[:1].isupper() for t in head.subtree if t.i <= head.i)


def _is_of_market_or_crime(group: Group, words: Words) -> bool:
    """What firms and customers do among themselves ("shareholders accepted the bid"), and crooks to people ("a robber threatened a jeweller")."""
    named = _private_parties(group)
    if not named or group.first.candidate.type == "PROTEST" or _may_be(group, "public", words) or _says(group, words.public, _household(words)):
        return False
    sectors = {s for p, _ in named for s in p.sectors}
    actors = {p.span for told in group.members for p in told.candidate.roles.actor.parties}
    dealers = [(p, doc) for p, doc in named if p.span in actors] or named
    trade = all("BUS" in p.sectors or doc[p.head].lemma_.lower() in words.general.get("customer", ()) for p, doc in dealers)
    return (trade and sectors <= _DEALERS) or ("CRM" in sectors and sectors <= _CROOKS)


def _is_political(group: Group, policed: bool, words: Words) -> bool:
    if group.first.candidate.type == "ASSAULT" and _is_large(group, words):
        return True
    if any("repression" in told.candidate.contexts for told in group.members):  # "police dispersed protesters"
        return True
    return any(_party_is_political(p, policed) for told in group.members for p in told.parties)


def _is_public(group: Group, words: Words) -> bool:
    """Whether a deed among private people is one of public life: by its kind, its sentence, or two nations in it."""
    lead = group.first.candidate
    if _may_be(group, "public", words) and not _is_one_persons(group):
        return True
    if lead.type == "REQUEST" and _asks_in_public(lead):
        return True
    if _is_force_of_state(lead, _may_be(group, "state", words)):
        return True
    if lead.type == "AID" and _says(group, words.relief):
        return True
    countries = {p.country for told in group.members for p in told.parties if p.country is not None}
    return len(countries) > 1 or _says(group, words.public, _household(words))


def _is_one_persons(group: Group) -> bool:
    """Whether all parties are single private people: "grandmother's curfew"."""
    named = _private_parties(group)
    return bool(named) and all(set(p.sectors) <= _SINGLE and not _is_many(p, doc) for p, doc in named)


def _is_organised(party: Party) -> bool:
    return bool(set(party.sectors) & _ORGANISED) and party.kind != "person"


def _asks_in_public(candidate: Candidate) -> bool:
    """Police and courts that ask the public, and people who ask together: "the islanders demanded a doctor"."""
    doc = candidate.head.doc
    actors = [p for p in candidate.roles.actor.parties if p.kind != "person"]
    if any(_is_organised(p) or (_is_many(p, doc) and not set(p.sectors) & _STATE_FORCE) for p in actors):
        return True
    asked = any(_is_many(p, doc) for p in candidate.roles.recipient.parties)
    return asked and any(set(p.sectors) & _STATE_FORCE for p in actors)


def _is_force_of_state(candidate: Candidate, used_on: bool) -> bool:
    """Police or courts against the press, workers, students; police that beat or shoot at many.

    "Police clubbed the dockers", "a court jailed the editor"; the arrest of one man for theft is none. used_on: its kind
    is one of plover/everyday.tsv's rule `state`.
    """
    actors, recipients = candidate.roles.actor.parties, candidate.roles.recipient.parties
    by_state = any(set(p.sectors) & _STATE_FORCE for p in actors)
    doc = candidate.head.doc
    if candidate.type == "ASSAULT" and candidate.mode != "abduct":
        return by_state and any(_is_many(p, doc) and "CRM" not in p.sectors for p in recipients)
    if not used_on:
        return False
    return any(
        ("MED" in p.sectors and (by_state or not actors)) or (by_state and bool(set(p.sectors) & _ORGANISED) and _is_many(p, doc))
        for p in recipients
    )


def _is_many(party: Party, doc: Tree) -> bool:
    return 0 <= party.head < len(doc) and doc[party.head].tag_ in _PLURAL


def _household(words: Words) -> Set[str]:
    return words.general.get("household", frozenset())


def _says(group: Group, words: Set[str], household: Set[str] = frozenset()) -> bool:
    """Whether a sentence of the group has one of `words`, but as the owner of a household: "the minister's chauffeur"."""
    return any((t.lemma_.lower() in words or t.lower_ in words) and not _keeps_house(t, household)
               for told in group.members for t in told.candidate.head.sent)  # fmt: skip


def _keeps_house(owner: Token, household: Set[str]) -> bool:
    kept = owner.head if owner.dep_ == "poss" else owner.head.head if owner.dep_ == "pobj" and owner.head.lower_ == "of" else owner
    return kept is not owner and kept.lemma_.lower() in household


def _is_large(group: Group, words: Words) -> bool:
    """War weapons, or more victims than a quarrel makes."""
    modes = [m.candidate.mode for m in group.members]
    modes += [mode for m in group.members for mode in modifiers_modes(m.candidate.match.clause, words)]
    killed = largest(counts_of(m.candidate, words) for m in group.members).killed
    return any(("ASSAULT", mode, "war") in words.ontology.everyday for mode in modes) or (killed or 0) >= MANY_KILLED


def _party_is_political(party: Party, policed: bool) -> bool:
    if party.kind in ("state", "place"):
        return True
    if policed and party.kind == "unnamed" and party.text.lower().endswith(_EITHER):
        return False
    if party.sectors:
        return not set(party.sectors) <= _PRIVATE
    return party.kind in ("organisation", "group") or (party.kind == "person" and party.country is not None)
