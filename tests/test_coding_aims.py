"""At whom a deed is aimed, and what the parties make of its type."""

from __future__ import annotations

import pytest

import masudi
from masudi.pipeline import Coder

pytestmark = pytest.mark.model

CODED = [
    ("Kyrgyzstan deployed 300 soldiers to Batken province on Monday.", "MOBILIZE", ["KGZ"], []),
    ("Turkey recalled its ambassador on Monday.", "SANCTION", ["TUR"], []),
    ("The Kenyan government promised to send engineers to help with the repairs.", "AGREE", ["KEN"], []),
    ("Al-Shabaab raided two Kenyan villages on Monday.", "ASSAULT", ["SOM"], ["KEN"]),
    ("Villagers in Haiti threw stones at United Nations peacekeepers on Monday.", "PROTEST", ["HTI"], ["IGOUNO"]),
    ("President Museveni of Uganda asked both Kenya and Tanzania to stay calm.", "REQUEST", ["UGA"], ["KEN", "TZA"]),
    ("France commended Cambodia for suspending the evictions.", "SUPPORT", ["FRA"], ["KHM"]),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return masudi.load(ranker="off")  # the rules alone, whatever a model makes of them


@pytest.mark.parametrize(("text", "type_", "actors", "recipients"), CODED)
def test_a_deed_is_aimed_at_others_than_its_doer(
    coder: Coder, text: str, type_: str, actors: list[str], recipients: list[str]
) -> None:
    coded = coder.code(text, published="2021-03-10")
    codes = {a.id: (a.country or "".join(a.sectors)) for a in coded.actors}
    found = [
        ([codes[i] for i in r.actors], [codes[i] for i in r.recipients]) for r in coded.reports if r.type == type_
    ]  # fmt: skip
    assert found == [(actors, recipients)]
