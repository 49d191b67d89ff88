"""Who serves abroad, who hosts, where a body of states sits: whose country they stand for."""

from __future__ import annotations

import pytest

from masudi.records import Actor
from test_resolve_shared import Found, Resolve, actor, resolve

pytestmark = pytest.mark.model
__all__ = ["resolve"]  # the fixture


def code(found: Found, words: str, place: int = 0) -> str:
    who: Actor = actor(found, words, place)
    return (who.country or "") + "".join(who.sectors)


def test_brussels_acts_for_the_union_unless_the_article_is_about_belgium(resolve: Resolve) -> None:
    assert code(resolve("Turkey asked for talks. Brussels rejected the demand."), "Brussels") == "IGOEEC"
    assert code(resolve("Belgium's king spoke in Ghent. Belgian police watched. Brussels rejected the demand."), "Brussels") == "BELGOV"


def test_hosts_are_not_of_their_guests_country(resolve: Resolve) -> None:
    found = resolve("Ghana's foreign minister flew to Lome. He thanked his hosts.")
    assert actor(found, "his hosts").country is None


def test_its_troops_belong_to_a_state_and_to_no_thing(resolve: Resolve) -> None:
    found = resolve("Chad claims the island. The claim was revived in 1962, and its troops seized the island.")
    assert code(found, "its troops") == "TCDMIL"


def test_the_envoy_of_a_bloc_named_by_a_pronoun_is_the_blocs(resolve: Resolve) -> None:
    found = resolve("The European Union was alarmed. Its envoy flew to Chad.")
    assert code(found, "Its envoy") == "IGOEEC"


def test_the_two_countries_chiefs_are_of_both(resolve: Resolve) -> None:
    found = resolve("Chad and Niger were close to war. The two countries' border chiefs met in Niamey.")
    assert actor(found, "The two countries' border chiefs").members == ("state:TCD", "state:NER")


def test_the_embassy_is_of_the_other_country_spoken_of(resolve: Resolve) -> None:
    text = "NDJAMENA, Chad - Chad closed a road. Chad's police watched it. France called this unwise. Chad's foreign ministry handed the embassy a note."
    assert actor(resolve(text), "the embassy").country == "FRA"


def test_force_without_an_article_is_nobody(resolve: Resolve) -> None:
    _, mentions = resolve("Chad condemned the use of force.")
    assert "force" not in [m.text for m in mentions]


def test_a_lent_country_gives_way_to_the_one_the_text_names(resolve: Resolve) -> None:
    text = "Navy frees ten Ghanaian fishermen\n\nACCRA, Ghana - Ten fishermen reached Accra on Monday. The Togolese navy had held them. Ghana thanked Ghana's consul."
    assert code(resolve(text), "The Togolese navy") == "TGOMIL"
