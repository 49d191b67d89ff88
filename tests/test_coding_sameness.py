"""Which mentions of an article tell of one event, and which of two."""

from __future__ import annotations

import pytest

import masudi
from masudi.pipeline import Coder

pytestmark = pytest.mark.model

ONE_EVENT = [
    # a headline and its lead
    "Rebels storm Malian barracks\n\nRebels from the north stormed a barracks in Mali on Monday, the army said.",
    # the dead and the wounded of one attack
    "Gunmen ambushed a convoy in Niger on Monday, killing 14 soldiers and wounding eight.",
    # a class the attack belongs to
    "Gunmen killed ten soldiers in Niger on Monday, in one of the deadliest attacks on the army this year.",
    # the attackers told of again
    "Raiders killed nine Kenyan villagers on Monday. The raiders shot the villagers as they drew water.",
    # damage as the outcome of the attack told
    "Rebels attacked a market in Chad on Monday. Several houses were damaged as a result of the attack.",
]
TWO_EVENTS = [
    # another attack, with victims of its own
    "The attack on the Kenyan soldiers came a week after another attack by Al-Shabaab in which six Ugandan soldiers were killed.",
    # different things given
    "UNICEF provided vaccines to Chad on Monday. UNICEF delivered tents to Niger on Tuesday.",
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return masudi.load()


def events(coder: Coder, text: str, type_: str | None = None) -> list[str]:
    """The types of the reports of `text`; type_: only those."""
    reports = coder.code(text, published="2021-03-10").reports
    return [r.type for r in reports if type_ in (None, r.type)]


@pytest.mark.parametrize("text", ONE_EVENT)
def test_mentions_that_retell_an_event_add_no_report(coder: Coder, text: str) -> None:
    assert len(events(coder, text)) == 1


@pytest.mark.parametrize("text", TWO_EVENTS)
def test_deeds_told_as_different_ones_stay_apart(coder: Coder, text: str) -> None:
    assert len(events(coder, text)) == 2


def test_a_definite_noun_points_to_the_event_told_in_its_own_word(coder: Coder) -> None:
    text = (
        "Rebels ambushed a Malian convoy on Monday. Army jets bombed the rebels on Tuesday. "
        "The ambush was the third in Mali this month."
    )
    ambush = next(r for r in coder.code(text, published="2021-03-10").reports if r.triggers[0].start < text.index("Army"))
    assert any(t.start > text.index("bombed") for t in ambush.triggers)
