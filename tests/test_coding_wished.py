"""Coding: a that-clause that tells what shall be asks for it, one that tells what is or was does not."""

from __future__ import annotations

import pytest

from coding_cases import told

WISHED = [
    ("[The mediators|IGO UNO] suggested that [the rebels|TCD REB] leave the valley.", True),
    ("[The bank|IGO IMF] insisted that [Zambia|ZMB] release the figures.", True),
    ("[Norway|NOR] insisted that [the junta|TCD MIL] disband the court.", True),
    ("[The envoy|IGO UNO] suggested that [Chad|TCD] had left the valley.", False),
    ("[The minister|TCD GOV] insisted that [the rebels|TCD REB] were leaving the valley.", False),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "asks"), WISHED)
def test_a_clause_in_the_subjunctive_is_asked_for(marked: str, asks: bool) -> None:
    assert any(e.startswith("REQUEST") for e in told(marked)) is asks
