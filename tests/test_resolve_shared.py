"""Names that several bear, parts of countries, capitals, relatives, and those named later: whose is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from masudi.analyse import make_analyser
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Actor, Article, Mention
from masudi.resolve.actors import make_actor_resolver
from masudi.resolve.coreference import make_coreference

pytestmark = pytest.mark.model

Found = tuple[tuple[Actor, ...], tuple[Mention, ...]]
Resolve = Callable[..., Found]


@pytest.fixture(scope="module")
def resolve() -> Resolve:
    lexicons = Lexicons()
    analyse = make_analyser(Settings(gate="off"), lexicons)
    find, join = make_actor_resolver(Settings(), lexicons), make_coreference(Settings(), lexicons)

    def run(text: str, *, published: str = "2021-04-11") -> Found:
        article = Article(id="a", text=text, published=published)
        doc = analyse.analyse_one(article)
        return join(doc, article, *find(doc, article, ()))

    return run


def actor(found: Found, words: str, place: int = 0) -> Actor:
    known = {a.id: a for a in found[0]}
    out = [m.actor for m in found[1] if m.text == words]
    assert len(out) > place, f"no mention {words!r} among {[m.text for m in found[1]]}"
    assert out[place] is not None, f"{words!r} has no actor"
    return known[out[place] or ""]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("In Ghana, the EPA fined a miner on Monday.", "the EPA", "GHA"),
        ("Ireland's EPA warned farmers. The EPA said rivers were poisoned.", "The EPA", "IRL"),
        ("The U.S. Senate heard that the EPA had closed two plants.", "the EPA", "USA"),
        ("The Philippine SEC closed the firm.", "The Philippine SEC", "PHL"),
        ("Russian troops shelled the town. Ukraine's MoD blamed Russia. The MoD gave no source.", "The MoD", "UKR"),
        ("Israel's Labour Party left the cabinet.", "Israel's Labour Party", "ISR"),
        ("British employers were glad. The CBI said output rose in the United Kingdom.", "The CBI", "GBR"),
        ("The CBI arrested a clerk in Kolkata, and India's opposition protested.", "The CBI", "IND"),
    ],
)
def test_a_shared_name_is_that_of_its_owner_or_of_the_country_spoken_of(
    resolve: Resolve, text: str, words: str, country: str
) -> None:
    assert actor(resolve(text), words).country == country


def test_an_acronym_the_article_gives_another_meaning_keeps_that(resolve: Resolve) -> None:
    found = resolve("The National Seed Council (NSC) met in Kenya. The NSC will meet again.")
    assert actor(found, "The NSC").name == "National Seed Council"


@pytest.mark.parametrize(("place", "country"), [("Amritsar, Indian officials", "IND"), ("Lahore, Pakistani officials", "PAK")])
def test_a_region_of_two_countries_is_the_one_spoken_of(resolve: Resolve, place: str, country: str) -> None:
    found = resolve(f"Punjab police held ten men in {place} said.")
    assert actor(found, "Punjab police").id == f"organisation:punjab-police:{country.lower()}"


@pytest.mark.parametrize(
    ("text", "words", "id"),
    [
        ("The Crimean parliament voted. Ukraine objected, and Ukraine's army left.", "The Crimean parliament", "organisation:crimea-parliament:ukr"),
        ("The Scottish government asked London for a vote.", "The Scottish government", "organisation:scotland-government:gbr"),
        ("The British government refused.", "The British government", "state:GBR:gov"),
        ("Texas police held a man.", "Texas police", "organisation:texas-police:usa"),
    ],
)
def test_the_bodies_of_a_part_are_not_those_of_the_country(resolve: Resolve, text: str, words: str, id: str) -> None:
    assert actor(resolve(text), words).id == id


def test_officials_of_a_people_with_a_region_serve_it(resolve: Resolve) -> None:
    assert actor(resolve("Chechen officials denied it."), "Chechen officials").code == "RUSGOV"


def test_first_ministers_of_two_parts_stay_two(resolve: Resolve) -> None:
    found = resolve("Nicola Sturgeon spoke. The Welsh first minister agreed.", published="2015-10-28")
    assert actor(found, "The Welsh first minister").id != actor(found, "Nicola Sturgeon").id


def test_a_parts_office_is_its_named_holders_even_beside_an_older_date(resolve: Resolve) -> None:
    text = "Arlene Foster wrote a letter. Northern Ireland's first minister raised the murders of 1987."
    found = resolve(text, published="2020-12-03")
    assert actor(found, "Northern Ireland's first minister").id == "person:arlene-foster"


@pytest.mark.parametrize("words", ["European leaders", "foreign troops", "Latin American governments"])
def test_those_of_many_countries_get_none_from_context(resolve: Resolve, words: str) -> None:
    found = resolve(f"Mali's president met the army. In Mali, {words} watched as Malian rebels fled.")
    assert actor(found, words).country is None


@pytest.mark.parametrize(
    ("text", "words", "members"),
    [
        ("Both sides called the talks useful. Russia and Ukraine will meet again.", "Both sides", ("state:RUS", "state:UKR")),
        ("Both sides denied it as fighting between Hamas and Fatah spread in Gaza.", "Both sides", ("group:hamas", "organisation:fatah")),
    ],
)
def test_both_sides_may_be_named_after(resolve: Resolve, text: str, words: str, members: tuple[str, ...]) -> None:
    assert actor(resolve(text), words).members == members


def test_capitals_that_spell_a_word_are_a_name_only_where_it_is_named_below(resolve: Resolve) -> None:
    named = resolve("WHO CALLS FOR CALM AS VIRUS SPREADS\n\nThe World Health Organization spoke.")
    assert actor(named, "WHO").id == "organisation:world-health-organization"
    asked = resolve("WHO IS TO BLAME FOR THE ICE\n\nGreenland is losing ice.")
    assert all(m.actor is None for m in asked[1] if m.text in ("WHO", "ICE"))


def test_a_known_surname_at_the_end_of_another_name_is_another_person(resolve: Resolve) -> None:
    found = resolve("President Bashar al-Assad spoke. Rifaat al-Assad lives abroad.", published="2013-05-03")
    assert actor(found, "Rifaat al-Assad").id == "person:rifaat-al-assad"


def test_mr_and_mrs_of_one_surname_are_told_apart(resolve: Resolve) -> None:
    found = resolve("Bill Clinton and Hillary Clinton came. Mrs Clinton met a envoy. Mr Clinton did not speak.", published="2011-05-03")
    assert actor(found, "Mr Clinton").id == "person:bill-clinton"
    assert actor(found, "Mrs Clinton").id == "person:hillary-clinton"


def test_another_is_a_second_one_of_the_same_kind(resolve: Resolve) -> None:
    found = resolve("A senior Iraqi official said the raid failed. Another said it went on.")
    first, other = actor(found, "A senior Iraqi official"), actor(found, "Another")
    assert (other.code, other.role) == ("IRQGOV", "senior official")
    assert other.id != first.id
    assert other.confidence < first.confidence


@pytest.mark.parametrize(
    ("text", "words", "id"),
    [
        ("Boko Haram, an Islamist militant group, fled.", "an Islamist militant group", "group:boko-haram"),
        ("Chad, a poor country, objected.", "a poor country", "state:TCD"),
    ],
)
def test_what_stands_beside_a_name_is_who_it_names(resolve: Resolve, text: str, words: str, id: str) -> None:
    assert actor(resolve(text), words).id == id


def test_the_office_is_that_of_the_one_named_holder_where_its_country_is_only_guessed(resolve: Resolve) -> None:
    text = "India wanted to free a soldier held in Pakistan, the defence minister said. Manohar Parrikar saw no link."
    assert actor(resolve(text, published="2016-10-02"), "the defence minister").id == "person:manohar-parrikar"


@pytest.mark.parametrize("title", ["Lt. Col.", "Sgt.", "Maj. Gen.", "Col."])
def test_a_rank_with_a_full_stop_belongs_to_the_name(resolve: Resolve, title: str) -> None:
    found = resolve(f"The raid failed, {title} Ann Peled said.")
    assert actor(found, f"{title} Ann Peled").sectors == ("MIL",)


@pytest.mark.parametrize("text", ["They paid US$815,000.", "Activists climbed the sides of a tower.", "The air campaign went on."])
def test_sums_sides_of_things_and_campaigns_of_war_are_no_actors(resolve: Resolve, text: str) -> None:
    found = resolve(text)
    assert not [m.text for m in found[1] if m.actor and m.text.lower() not in ("activists", "they")]


def test_one_word_of_a_name_is_not_spelt_like_a_whole_one(resolve: Resolve) -> None:
    found = resolve("In Taiwan, a spokesman named Han-sheng objected.")
    assert "person:han-zheng" not in {a.id for a in found[0]}


@pytest.mark.parametrize("text", ["Prosecutors weighed criminal charges.", "They lived on Long Island.", "Rep. Robert C. spoke."])
def test_charges_islands_and_initials_name_no_one_in_the_tables(resolve: Resolve, text: str) -> None:
    found = resolve(f"In Ohio, votes were counted. {text}")
    named = {a.id for a in found[0]}
    assert "person:robert-ouko" not in named
    assert not [m.text for m in found[1] if m.actor and ("charges" in m.text or "Island" in m.text)]


def test_a_short_name_with_its_particle_is_the_whole_names_bearer(resolve: Resolve) -> None:
    found = resolve("Mayor Bill de Blasio spoke. De Blasio blamed the storm.", published="2016-09-20")
    assert {m.actor for m in found[1] if "Blasio" in m.text} == {"person:bill-de-blasio"}


def test_mr_brown_the_prime_minister_is_the_brown_in_that_office(resolve: Resolve) -> None:
    text = "Gordon Brown and Scott Brown met. Mr Brown, the prime minister, flew home."
    assert actor(resolve(text, published="2010-02-10"), "Mr Brown").id == "person:gordon-brown"


@pytest.mark.parametrize(
    ("published", "text", "words", "id"),
    [
        ("1990-03-12", "Lithuania's parliament waited. Moscow warned Lithuania.", "Moscow", "state:SUN:gov"),
        ("1992-03-12", "Lithuania's parliament waited. Moscow warned Lithuania.", "Moscow", "state:RUS:gov"),
        ("1990-03-12", "Russia's parliament waited.", "Russia", "state:RUS"),
        ("1999-05-03", "NATO bombed bridges. Belgrade refused to yield.", "Belgrade", "state:YUG:gov"),
        ("2012-05-03", "Kosovo waited. Belgrade refused to yield.", "Belgrade", "state:SRB:gov"),
        ("1996-11-03", "Rebels took Goma. Kinshasa accused Rwanda.", "Kinshasa", "state:ZAR:gov"),
    ],
)
def test_a_capital_is_the_seat_of_the_state_that_was_there_that_day(
    resolve: Resolve, published: str, text: str, words: str, id: str
) -> None:
    assert actor(resolve(text, published=published), words).id == id


@pytest.mark.parametrize(
    ("text", "words", "id"),
    [
        ("The North fired a rocket. South Korea protested.", "The North", "state:PRK"),
        ("North Korea fired at an island, and the South fired back.", "the South", "state:KOR"),
        ("Seoul summoned nobody. A minister said the North would pay.", "the North", "state:PRK"),
        ("South Sudan accused the North of bombing a bridge.", "the North", "state:SDN"),
    ],
)
def test_the_north_and_the_south_are_the_states_the_article_tells_of(
    resolve: Resolve, text: str, words: str, id: str
) -> None:
    assert actor(resolve(text), words).id == id


@pytest.mark.parametrize("text", ["South Africa's leader flew to the North.", "Rebels in Mali hold the North.", "South Korea sent a ship to the North Sea."])
def test_the_north_of_one_country_is_no_state(resolve: Resolve, text: str) -> None:
    assert not any("North" in m.text and m.text != "North Korea" for m in resolve(text)[1])


@pytest.mark.parametrize(
    ("text", "words", "code", "role"),
    [
        ("Foreign ministers Ana Bala of Chad and Rudi Mota of Niger met in Paris.", "Ana Bala", "TCDGOV", "foreign minister"),
        ("Foreign ministers Ana Bala of Chad and Rudi Mota of Niger met in Paris.", "Rudi Mota", "NERGOV", "foreign minister"),
        ("Maria Lopez of Human Rights Watch said the jails were full.", "Maria Lopez", "USANGO", "of Human Rights Watch"),
        ("Caroline Okello, of the Kenya Red Cross, said herders had fled.", "Caroline Okello", "KENNGO", "of the Kenya Red Cross"),
    ],
)
def test_what_stands_behind_of_tells_whose_a_person_is(
    resolve: Resolve, text: str, words: str, code: str, role: str
) -> None:
    found = actor(resolve(text), words)
    assert (found.code, found.role) == (code, role)


def test_a_woman_is_no_spelling_of_a_man(resolve: Resolve) -> None:
    found = resolve("Maria Lopez, a lawyer, spoke in Lima. The Peruvian police listened.")
    assert actor(found, "Maria Lopez").id != "person:mario-lopez"


def test_a_prime_minister_with_a_second_post_is_the_prime_minister(resolve: Resolve) -> None:
    assert actor(resolve("Yitzhak Rabin shook hands.", published="1993-09-13"), "Yitzhak Rabin").role == "prime minister"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tokyo was ready to send aid to Nepal.", "Tokyo"),
        ("Kenya spoke of a war by Kigali.", "Kigali"),
        ("Georgia's envoy expressed gratitude to Ankara.", "Ankara"),
    ],
)
def test_a_capital_that_is_willing_or_thanked_is_a_government(resolve: Resolve, text: str, words: str) -> None:
    assert actor(resolve(text), words).sectors == ("GOV",)


def test_we_are_those_of_the_speaker_and_of_nobody_elses_cluster(resolve: Resolve) -> None:
    text = '"We will not yield," Chad\'s defence minister, Ana Bala, said. "We have tanks and I have time."'
    found = resolve(text)
    first, second, minister = actor(found, "We"), actor(found, "We", 1), actor(found, "I")
    assert {first.code, second.code, minister.code} == {"TCDGOV"}
    assert first.id.startswith("unnamed:") and first.id != second.id
    assert minister.id == "person:ana-bala:tcd"


def test_we_of_a_ministry_are_the_ministry(resolve: Resolve) -> None:
    found = resolve('"We regret the raid," the Chadian foreign ministry said.')
    assert actor(found, "We").id == actor(found, "the Chadian foreign ministry").id


@pytest.mark.parametrize(
    ("text", "words", "other"),
    [
        ("Ana Lopez, a Colombian senator, and Rosa Lopez, a Venezuelan lawyer, spoke in Quito. Senator Lopez wept.", "Senator Lopez", "Ana Lopez"),
        ("Indian minister Arun Khan met Pakistani general Bashir Khan in Dubai. General Khan did not smile.", "General Khan", "Pakistani general Bashir Khan"),
        ("The United Nations blamed General Aidid. The general denied it.", "The general", "General Aidid"),
        ("Turkish jets struck. The PKK said it lost ten men. The rebels vowed revenge.", "The rebels", "The PKK"),
        ("The PKK said three of its fighters died.", "its", "The PKK"),
        ("The Revolutionary Front of Ndora attacked a post in Chad. The militia freed a hostage.", "The militia", "The Revolutionary Front of Ndora"),
    ],
)
def test_a_rank_a_role_or_a_kind_tells_who_is_taken_up(
    resolve: Resolve, text: str, words: str, other: str
) -> None:
    found = resolve(text, published="1993-06-06")
    assert actor(found, words).id == actor(found, other).id


def test_the_rebels_of_two_named_groups_are_neither(resolve: Resolve) -> None:
    found = resolve("The PKK and the FARC met in Cuba. The rebels drank coffee.")
    assert actor(found, "The rebels").kind == "unnamed"


def test_somebody_called_khan_is_no_khan(resolve: Resolve) -> None:
    assert not any(m.text == "Mr Khan of India" for m in resolve("Mr Khan of India smiled at Pakistan's president.")[1])


def test_an_apposed_calling_makes_a_person(resolve: Resolve) -> None:
    found = resolve("Zodwa Mbeki-Ndlovu, a South African lawyer, sued a firm in Lagos.")
    assert actor(found, "Zodwa Mbeki-Ndlovu").id == "person:zodwa-mbeki-ndlovu:zaf"
