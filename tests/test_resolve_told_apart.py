"""Where people live, where a body sits, whose enemy somebody is: none of it makes them of that country."""

from __future__ import annotations

import pytest

from masudi.records import Actor, Article
from test_resolve_shared import Found, Resolve, actor, resolve

pytestmark = pytest.mark.model
__all__ = ["resolve"]  # the fixture


def code(found: Found, words: str, place: int = 0) -> str:
    who: Actor = actor(found, words, place)
    return (who.country or "") + "".join(who.sectors)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Ethnic Russians rallied in Riga, Latvia, on Sunday.", "Ethnic Russians", "LVAETH"),
        ("The ethnic Chinese shopkeepers of Medan closed early.", "The ethnic Chinese shopkeepers of Medan", "IDNBUS"),
        ("Two youths of Turkish descent were arrested in Hamburg.", "Two youths of Turkish descent", "DEUCVL"),
        ("The Doha-based leadership of Hamas kept silent.", "The Doha-based leadership of Hamas", "PSEREB"),
        ("Six UN observers were shot at near the border.", "Six UN observers", "IGOUNO"),
        ("Nobody had feared Chile's bitter rival.", "Chile's bitter rival", ""),
        ("The allies of Ghana stayed at home.", "The allies of Ghana", ""),
        ("In Dakar, imams led the march; a Spanish tourist watched.", "imams", "SENREL"),
    ],
)
def test_the_country_is_the_one_people_are_of(resolve: Resolve, text: str, words: str, wanted: str) -> None:
    assert code(resolve(text), words) == wanted


def test_people_of_an_ethnic_name_are_not_the_state_of_that_name(resolve: Resolve) -> None:
    found = resolve("Ethnic Germans left Kazakhstan. Germany took them in.")
    assert actor(found, "Ethnic Germans").kind == "unnamed"
    assert actor(found, "Germany").id == "state:DEU"


def test_the_former_and_the_latter_are_the_two_just_named(resolve: Resolve) -> None:
    found = resolve("Chad and Niger signed a treaty. The former had written it, the latter had paid for it.")
    assert (actor(found, "The former").id, actor(found, "the latter").id) == ("state:TCD", "state:NER")


def test_a_former_minister_is_no_former_of_two(resolve: Resolve) -> None:
    found = resolve("Chad and Niger signed a treaty. The former minister wept.")
    assert actor(found, "The former minister").kind == "unnamed"


def test_a_counterpart_has_the_role_of_the_other(resolve: Resolve) -> None:
    found = resolve("The interior minister of Peru met his Chilean counterpart.")
    met = actor(found, "his Chilean counterpart")
    assert (met.country, met.sectors, met.role) == ("CHL", ("GOV",), "interior minister")
    soldier = actor(resolve("Gen. Pavel Zorin met his Syrian counterpart."), "his Syrian counterpart")
    assert (soldier.country, soldier.sectors) == ("SYR", ("MIL",))


def test_a_body_whose_name_nobody_knows_is_what_stands_beside_it(resolve: Resolve) -> None:
    found = resolve("Brightwood Milling, a timber company from Ghana, sued two farmers. The company won.")
    firm = actor(found, "Brightwood Milling")
    assert (firm.kind, firm.country, firm.sectors) == ("organisation", "GHA", ("BUS",))
    assert actor(found, "The company").id == firm.id


def test_a_name_tells_who_was_described_before(resolve: Resolve) -> None:
    found = resolve("A Danish diplomat was freed on Monday. The diplomat, Karen Holst, thanked the guards.")
    assert actor(found, "A Danish diplomat").id == actor(found, "Karen Holst").id
    assert actor(found, "Karen Holst").country == "DNK"


def test_mr_and_ms_of_one_surname_are_told_apart_whoever_comes_first(resolve: Resolve) -> None:
    found = resolve("Rodrigo Quispe sued Senator Ines Quispe. Mr Quispe said she lied. Ms Quispe laughed.")
    assert actor(found, "Mr Quispe").name == "Rodrigo Quispe"
    assert actor(found, "Ms Quispe").name == "Ines Quispe"


def test_the_general_after_an_army_chief_is_he(resolve: Resolve) -> None:
    found = resolve("Mali's army chief dissolved the cabinet. The general promised elections.")
    assert actor(found, "The general").id == actor(found, "Mali's army chief").id


def test_police_without_a_word_before_it_are_the_police_spoken_of(resolve: Resolve) -> None:
    found = resolve("The firm bribed the police. Police beat three women.")
    assert actor(found, "Police").id == actor(found, "the police").id


def test_a_village_before_its_name_makes_nobody_of_it(resolve: Resolve) -> None:
    found = resolve("The dead man was identified as Anwar Pandit of village Darigam.")
    assert actor(found, "Anwar Pandit").kind == "person"
    assert not [a for a in found[0] if "Darigam" in a.name]


def test_a_name_spelt_by_a_party_of_few_countries_is_none_elsewhere(resolve: Resolve) -> None:
    found = resolve("Democratic Party leaders said Russian hackers had read their mail.", published="2016-07-26")
    assert actor(found, "Democratic Party leaders").country == "USA"


def test_an_article_keeps_its_id(resolve: Resolve) -> None:
    """Two runs on one text give the same actors."""
    text = "Ethnic Russians rallied in Riga, Latvia. The former mayor met his Finnish counterpart."
    assert [a.id for a in resolve(text)[0]] == [a.id for a in resolve(text)[0]]
    assert Article(id="a", text=text).id == "a"
