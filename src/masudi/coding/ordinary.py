"""Everyday policing and accidents among private people are no political events."""

from __future__ import annotations

from collections.abc import Sequence

from .classify import modifiers_modes
from .counts import counts_of, largest
from .merge import Group
from .roles import Party
from .words import Words

# Sectors whose people, among themselves, make local news: police, courts, hospitals, firms, private persons.
_PRIVATE = frozenset(("CVL", "COP", "JUD", "MED", "EDU", "BUS", "LAB", "CRM"))
_EITHER = ("officer", "officers")  # police as well as military: police, where police are about
_WAR_MODES = ("explosives", "aerial", "drone", "heavy-weapons", "suicide-attack", "unconventional", "crowd-control")
MANY_KILLED = 4  # hand-set
_ORDINARY_TYPES = frozenset(("ASSAULT", "COERCE", "ACCUSE", "AID", "COOPERATE", "SANCTION", "CONSULT", "RETREAT", "REQUEST"))


def without_ordinary(groups: Sequence[Group], words: Words) -> list[Group]:
    """`groups`, or none of the everyday ones where the article tells of no event with a political party to it.

    One political event keeps all: in a report on unrest the arrest of "a man" belongs to it.
    """
    policed = any("COP" in p.sectors for g in groups for told in g.members for p in told.parties)
    if any(_is_political(group, policed, words) for group in groups):
        return list(groups)
    return [g for g in groups if g.first.candidate.type not in _ORDINARY_TYPES]


def _is_political(group: Group, policed: bool, words: Words) -> bool:
    if group.first.candidate.type == "ASSAULT" and _is_large(group, words):
        return True
    return any(_party_is_political(p, policed) for told in group.members for p in told.parties)


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
