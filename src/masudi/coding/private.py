"""What private people do among themselves and with the arts, in the hills and at home: none of it is politics.

Signs as in general.py, asked of a candidate and its parties; words in en/general.tsv.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..tree import Token
from .classify import Candidate
from .clause import children
from .roles import Party
from .words import Words

_QUARRELS = ("ACCUSE", "ASSAULT", "COERCE", "REJECT", "SANCTION", "THREATEN")
_OF_THE_ARTS = ("AGREE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "SUPPORT")
_JUDGED = ("ACCUSE", "PROTEST", "SUPPORT")
_OWN = ("his", "her")
_IN_OFFICE = frozenset(("GOV", "LEG", "JUD", "PTY", "OPP", "IGO", "REL", "REB", "UAF"))
_VISITORS = frozenset(("CVL", "EDU", "LAB", "NGO"))


def _head(party: Party, candidate: Candidate) -> Token:
    return candidate.head.doc[party.head]


def _are(parties: Iterable[Party], kind: str, candidate: Candidate, words: Words) -> bool:
    """Whether there are parties, and all are of one kind of en/general.tsv."""
    known = words.general.get(kind, frozenset())
    found = [_head(p, candidate).lemma_.lower() in known for p in parties]
    return bool(found) and all(found)


def _is_at_home(candidate: Candidate, words: Words) -> bool:
    """"The soldier shot his wife": one person without office against their own kin, neighbour or landlord."""
    roles = candidate.roles
    if candidate.type == "CONSULT":
        return _is_family_meeting(candidate, words)
    if candidate.type not in _QUARRELS or not roles.actor.parties or not _are(roles.recipient.parties, "kin", candidate, words):
        return False
    if any(t.is_quote for t in candidate.head.sent):
        return False
    own = all(any(c.lower_ in _OWN for c in children(_head(p, candidate), "poss")) for p in roles.recipient.parties)
    return own and all(p.kind in (None, "unnamed") and _is_one(_head(p, candidate)) and not set(p.sectors) & _IN_OFFICE for p in roles.actor.parties)


def _is_family_meeting(candidate: Candidate, words: Words) -> bool:
    """"He met his wife during the siege"."""
    parties = candidate.roles.actor.parties
    kin = [p for p in parties if _are((p,), "kin", candidate, words) and any(c.lower_ in _OWN for c in children(_head(p, candidate), "poss"))]
    return bool(kin) and all(p in kin or (p.kind in (None, "unnamed") and not set(p.sectors) & _IN_OFFICE) for p in parties)


def _is_one(noun: Token) -> bool:
    return noun.tag_ == "NN" or noun.lower_ in ("he", "she") or (noun.tag_ == "NNP" and noun.is_sent_start)


def _is_of_kin(candidate: Candidate, words: Words) -> bool:
    """"Grandmother negotiated a truce over the television": one of the family, with nothing public beside it."""
    roles = candidate.roles
    if not _are(roles.actor.parties, "kin", candidate, words) or any(p.known and (p.kind != "unnamed" or p.country is not None) for p in roles.recipient.parties):
        return False
    if any(p.country is not None or not _is_one(_head(p, candidate)) for p in roles.actor.parties) or any(t.is_quote for t in candidate.head.sent):
        return False
    used = {candidate.head.i, *candidate.match.used}
    return not any((t.lemma_.lower() in words.public or t.lemma_.lower() in words.weapons or t.pos_ == "PROPN") and t.i not in used for t in candidate.head.sent if not t.is_sent_start)


def _is_timetable(candidate: Candidate, words: Words) -> bool:
    """"The airline will resume flights to Tehran"."""
    actors = candidate.roles.actor.parties
    if candidate.type not in ("AGREE", "COOPERATE", "SANCTION") or not actors or any(p.sectors != ("BUS",) for p in actors):
        return False
    return any(candidate.head.doc[i].lemma_.lower() in words.general.get("service", ()) for i in candidate.match.used)


def _is_tour(candidate: Candidate, words: Words) -> bool:
    """"The choir visited Prague", "the author visited Rome as a student": who travels for pleasure, study or to play."""
    guests = [p for p in candidate.roles.actor.parties if p.kind not in ("place", "state")]
    if candidate.type != "CONSULT" or candidate.mode != "visit" or not guests or len(guests) == len(candidate.roles.actor.parties):
        return False
    alone = all(p.kind == "unnamed" and set(p.sectors) <= _VISITORS and p.sectors and _head(p, candidate).tag_ == "NN" for p in guests)
    return alone or _are(guests, "troupe", candidate, words)


def _is_of_troupes(candidate: Candidate, words: Words) -> bool:
    """"The orchestra and the choir worked together"."""
    roles = candidate.roles
    parties = (*roles.actor.parties, *roles.recipient.parties)
    if candidate.type == "PROTEST" and any(t.lemma_.lower() in words.public for t in candidate.head.sent):
        return False
    if any("ETH" in p.sectors for p in parties):  # "two Saskatchewan bands"
        return False
    return candidate.type in _OF_THE_ARTS and _are(parties, "troupe", candidate, words)


def _is_at_a_show(candidate: Candidate, words: Words) -> bool:
    """"The fans booed the manager", "the jury praised the architect"."""
    roles = candidate.roles
    if candidate.type not in _JUDGED or not _are(roles.recipient.parties, "performer", candidate, words):
        return False
    return _are(roles.actor.parties, "audience", candidate, words) and not any(set(p.sectors) & _IN_OFFICE - {"JUD"} for p in roles.recipient.parties)


def _is_rowdiness(candidate: Candidate, words: Words) -> bool:
    """"Drunken guests smashed the windows", "crowds filled the square for the Christmas market": nothing public is asked for."""
    if candidate.type != "PROTEST" or any(t.lemma_.lower() in words.public and t.i not in candidate.match.used for t in candidate.head.sent):
        return False
    parties = (*candidate.roles.actor.parties, *candidate.roles.recipient.parties)
    if any(p.kind not in (None, "unnamed", "place") or set(p.sectors) & _IN_OFFICE | set(p.sectors) & {"COP", "MIL"} for p in parties):
        return False
    feast = words.general.get("feast", frozenset())
    return _are(candidate.roles.actor.parties, "rowdy", candidate, words) or any(t.lemma_.lower() in feast and t.pos_ == "NOUN" for t in candidate.head.sent)


def _is_thanks(candidate: Candidate, words: Words) -> bool:
    """"The speaker thanked the caretaker": one private person who did a service."""
    reached = candidate.roles.recipient.parties
    if candidate.type != "SUPPORT" or candidate.head.lemma_.lower() != "thank" or not reached:
        return False
    return all(p.kind in (None, "unnamed") and p.country is None and set(p.sectors) <= {"CVL", "LAB", "BUS"} and _head(p, candidate).tag_ == "NN" for p in reached) and not any(
        p.kind == "state" for p in candidate.roles.actor.parties)


def _is_crooks_flight(candidate: Candidate, words: Words) -> bool:
    """"The burglar fled to Spain"."""
    actors = candidate.roles.actor.parties
    if candidate.head.lemma_.lower() not in words.general.get("flight", ()):
        return False
    return candidate.type == "RETREAT" and bool(actors) and all(p.kind == "unnamed" and p.sectors == ("CRM",) for p in actors) and all(
        p.kind in ("state", "place") for p in candidate.roles.recipient.parties)


def _is_rescue(candidate: Candidate, words: Words) -> bool:
    """"Four hikers were rescued by a military helicopter": people in trouble outdoors, of no nation that is named."""
    roles = candidate.roles
    parties = (*roles.actor.parties, *roles.recipient.parties)
    return candidate.type == "AID" and _are(roles.recipient.parties, "stranded", candidate, words) and not any(
        p.country is not None or p.kind not in (None, "unnamed", "place") for p in parties)


def _is_blaze(candidate: Candidate, words: Words) -> bool:
    """"The fire destroyed the mosque": nobody is told to have lit it, and no gun fires."""
    if candidate.type != "ASSAULT" or candidate.roles.actor.parties or candidate.head.pos_ != "VERB":
        return False
    blazes, burning = words.general.get("blaze", frozenset()), words.general.get("burning", frozenset())
    near = [t for t in candidate.head.sent if t.lemma_.lower() in words.weapons and t.lemma_.lower() not in blazes]
    fires = list(candidate.match.clause.subj)
    return bool(fires) and not near and all(
        t.lemma_.lower() in blazes and all(c.lower_ in burning for c in children(t, "compound")) for t in fires)


SIGNS: tuple[tuple[str, Callable[[Candidate, Words], bool]], ...] = (
    ("at home", _is_at_home), ("of kin", _is_of_kin), ("timetable", _is_timetable), ("tour", _is_tour), ("troupes", _is_of_troupes), ("at a show", _is_at_a_show),
    ("rowdiness", _is_rowdiness), ("thanks", _is_thanks), ("crook's flight", _is_crooks_flight), ("rescue", _is_rescue), ("blaze", _is_blaze),
)  # fmt: skip
