"""Everyday policing, dealings and accidents among private people are no political events."""

from __future__ import annotations

from collections.abc import Sequence, Set

from spacy.tokens import Doc

from .classify import Candidate, modifiers_modes
from .counts import counts_of, largest
from .merge import Group
from .roles import Party
from .words import Words

# Sectors whose people, among themselves, make local news: police, courts, hospitals, firms, private persons.
_PRIVATE = frozenset(("CVL", "COP", "JUD", "MED", "EDU", "BUS", "LAB", "CRM"))
_EITHER = ("officer", "officers")  # police as well as military: police, where police are about
_WAR_MODES = ("explosives", "aerial", "drone", "heavy-weapons", "suicide-attack", "unconventional", "crowd-control")
# What only those do who hold or contest power.
_PUBLIC_MODES = (
    ("ACCUSE", "disapprove"), ("ASSAULT", "torture"), ("COERCE", "censor"), ("COERCE", "curfew"), ("COERCE", "deport"),
    ("COERCE", "martial-law"), ("COERCE", "misinformation"), ("COERCE", "withhold"),
    ("RETREAT", "access"), ("RETREAT", "ceasefire"), ("RETREAT", "disarm"), ("RETREAT", "withdraw"), ("SANCTION", "withdraw"),
)  # fmt: skip
_ORGANISED = frozenset(("LAB", "EDU"))  # unions, student bodies: what they ask for together is politics
_STATE_FORCE = frozenset(("COP", "JUD"))
_USED_ON = (("COERCE", "arrest"), ("COERCE", "seize"), ("COERCE", "restrict"), ("SANCTION", "convict"), ("RETREAT", "release"),
            ("ACCUSE", "allege"))  # fmt: skip
_PLURAL = ("NNS", "NNPS")
_GIVEN = ("AGREE", "REJECT", "SUPPORT", "THREATEN", "MOBILIZE")
_SINGLE = frozenset(("CVL", "BUS", "LAB"))
MANY_KILLED = 4  # hand-set
_ORDINARY_TYPES = frozenset(("ASSAULT", "COERCE", "ACCUSE", "AID", "COOPERATE", "SANCTION", "CONSULT", "RETREAT", "REQUEST"))


def without_ordinary(groups: Sequence[Group], words: Words) -> list[Group]:
    """`groups` without the everyday ones, where the article tells of no event with a political party to it.

    One political event keeps all: in a report on unrest the arrest of "a man" belongs to it. Else those go that
    are told among private people and of which neither their kind nor their sentence speaks of public life.
    """
    policed = any("COP" in p.sectors for g in groups for told in g.members for p in told.parties)
    if any(_is_political(group, policed, words) for group in groups):
        return list(groups)
    return [g for g in groups if _is_public(g, words) or not (g.first.candidate.type in _ORDINARY_TYPES or _is_private(g))]


def _is_private(group: Group) -> bool:
    """A word or refusal that one private person or firm gives: "the goalkeeper agreed a deal", "the shop vowed to undercut rivals"."""
    parties = [(p, told.candidate.head.doc) for told in group.members for p in told.parties]
    named = [(p, doc) for p, doc in parties if p.known]
    if group.first.candidate.type not in _GIVEN or not named:
        return False
    return all(p.kind == "unnamed" and p.sectors and set(p.sectors) <= _SINGLE and not _is_many(p, doc) for p, doc in named)


def _is_political(group: Group, policed: bool, words: Words) -> bool:
    if group.first.candidate.type == "ASSAULT" and _is_large(group, words):
        return True
    if any("repression" in told.candidate.contexts for told in group.members):  # "police dispersed protesters"
        return True
    return any(_party_is_political(p, policed) for told in group.members for p in told.parties)


def _is_public(group: Group, words: Words) -> bool:
    """Whether a deed among private people is one of public life: by its kind, its sentence, or two nations in it."""
    lead = group.first.candidate
    if (lead.type, lead.mode) in _PUBLIC_MODES:
        return True
    if lead.type == "REQUEST" and _asks_in_public(lead):
        return True
    if _is_force_of_state(lead):
        return True
    if lead.type == "AID" and _says(group, words.relief):
        return True
    countries = {p.country for told in group.members for p in told.parties if p.country is not None}
    return len(countries) > 1 or _says(group, words.public)


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


def _is_force_of_state(candidate: Candidate) -> bool:
    """Police or courts against the press, workers, students; police that beat or shoot at many.

    "Police clubbed the dockers", "a court jailed the editor"; the arrest of one man for theft is none.
    """
    actors, recipients = candidate.roles.actor.parties, candidate.roles.recipient.parties
    by_state = any(set(p.sectors) & _STATE_FORCE for p in actors)
    doc = candidate.head.doc
    if candidate.type == "ASSAULT" and candidate.mode != "abduct":
        return by_state and any(_is_many(p, doc) and "CRM" not in p.sectors for p in recipients)
    if (candidate.type, candidate.mode) not in _USED_ON:
        return False
    return any(
        ("MED" in p.sectors and (by_state or not actors)) or (by_state and bool(set(p.sectors) & _ORGANISED) and _is_many(p, doc))
        for p in recipients
    )


def _is_many(party: Party, doc: Doc) -> bool:
    return 0 <= party.head < len(doc) and doc[party.head].tag_ in _PLURAL


def _says(group: Group, words: Set[str]) -> bool:
    """Whether a sentence of the group has one of `words`."""
    return any(t.lemma_.lower() in words or t.lower_ in words for told in group.members for t in told.candidate.head.sent)


def _is_large(group: Group, words: Words) -> bool:
    """War weapons, or more victims than a quarrel makes."""
    modes = [m.candidate.mode for m in group.members]
    modes += [mode for m in group.members for mode in modifiers_modes(m.candidate.match.clause, words)]
    killed = largest(counts_of(m.candidate, words) for m in group.members).killed
    return any(mode in _WAR_MODES for mode in modes) or (killed or 0) >= MANY_KILLED


def _party_is_political(party: Party, policed: bool) -> bool:
    if party.kind in ("state", "place"):
        return True
    if policed and party.kind == "unnamed" and party.text.lower().endswith(_EITHER):
        return False
    if party.sectors:
        return not set(party.sectors) <= _PRIVATE
    return party.kind in ("organisation", "group") or (party.kind == "person" and party.country is not None)
