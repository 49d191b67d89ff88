"""Who the parties of an event are: the learned choice among the phrases of its sentence."""

from __future__ import annotations

import pytest

import masudi
from masudi.coding.linear import load_linear
from masudi.coding.roles import Party, Roles, Side
from masudi.coding.sides import ACTOR, ADDED, KEPT, MODEL, NEITHER, RECIPIENT, settled
from masudi.records import Span

CHOSEN = "The Kenyan army said rebels were behind an ambush that killed six soldiers."
ARMY = Party(span=Span(0, 4), actor="organisation:army", text="Army")
REBELS = Party(span=Span(20, 26), actor="group:rebels", text="rebels")
THEY = Party(span=Span(30, 34), actor="group:rebels", text="they")


def share(actor: float, recipient: float) -> dict[str, float]:
    return {ACTOR: actor, RECIPIENT: recipient, NEITHER: 1 - actor - recipient}


def roles(actors: tuple[Party, ...] = (), recipients: tuple[Party, ...] = (), *, two_sided: bool = False) -> Roles:
    return Roles(actor=Side(parties=actors, slot="subj"), recipient=Side(parties=recipients, slot="obj"), two_sided=two_sided)


def test_what_the_slots_chose_stays_until_the_model_is_nearly_sure_against_it() -> None:
    given = roles((ARMY,), (REBELS,))
    assert settled(given, [ARMY, REBELS], [share(KEPT, 0.0), share(0.0, KEPT)]) is given
    left = settled(given, [ARMY, REBELS], [share(KEPT - 0.01, 0.0), share(0.0, 0.9)])
    assert (left.actor.parties, left.recipient.parties) == ((), (REBELS,))


def test_another_party_comes_in_only_where_the_model_believes_in_it() -> None:
    given = roles((), (REBELS,))
    assert settled(given, [ARMY, REBELS], [share(ADDED - 0.01, 0.0), share(0.0, 0.9)]) is given
    assert settled(given, [ARMY, REBELS], [share(ADDED, 0.0), share(0.0, 0.9)]).actor.parties == (ARMY,)


def test_nobody_stands_on_both_sides() -> None:
    found = settled(roles(), [REBELS, THEY], [share(0.9, 0.0), share(0.0, 0.9)])
    assert (found.actor.parties, found.recipient.parties) == ((REBELS,), ())


def test_all_parties_of_a_joint_deed_are_its_actors() -> None:
    found = settled(roles((ARMY,), two_sided=True), [ARMY, REBELS], [share(0.8, 0.0), share(0.2, 0.6)])
    assert (found.actor.parties, found.recipient.parties) == ((ARMY, REBELS), ())


def test_the_model_knows_three_answers_and_no_names() -> None:
    model = load_linear(MODEL)
    assert set(model.classes) == {ACTOR, RECIPIENT, NEITHER}
    assert not any("iran" in name or "israel" in name for name in model._row)


@pytest.mark.model
def test_a_report_says_whom_the_sentence_gave_where_the_slots_gave_nobody() -> None:
    reports = masudi.load().code(CHOSEN, published="2020-06-01").reports
    said = [reason for report in reports for reason in report.because if "chosen in the sentence" in reason]
    assert all(reason.startswith(("actor: ", "recipient: ")) for reason in said)
    assert said


@pytest.mark.model
def test_without_the_ranker_the_slots_alone_choose() -> None:
    for report in masudi.load(ranker="off").code(CHOSEN, published="2020-06-01").reports:
        assert not any("chosen in the sentence" in reason for reason in report.because)
