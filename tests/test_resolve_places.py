"""Places: which names of an article are toponyms, and which place each means there."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from masudi.config import Settings
from masudi.errors import ResolveError
from masudi.lexicon import Lexicons
from masudi.records import Article, Mention, Place, Span
from masudi.resolve.places import make_place_resolver
from masudi.resolve.places_gazetteer import FILE, Gazetteer

RESOLVE = make_place_resolver(Settings(), Lexicons())
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")


def read(text: str, mentions: tuple[Mention, ...] = (), furniture: tuple[Span, ...] = ()) -> tuple[Place, ...]:
    return RESOLVE(NLP(text), Article(id="a", text=text, furniture=furniture), mentions)


def named(text: str) -> list[tuple[str, str, str | None]]:
    return [(p.text, p.kind, p.country) for p in read(text)]


MEANT = [
    ("Fighting broke out in Mosul.", [("Mosul", "city", "IRQ")]),
    ("Fighting broke out in Iraq.", [("Iraq", "country", "IRQ")]),
    ("Fighting broke out in Anbar province.", [("Anbar", "admin1", "IRQ")]),
    ("Ships left the Strait of Hormuz.", [("Strait of Hormuz", "region", None)]),
    ("They met in Paris.", [("Paris", "city", "FRA")]),
    ("They met in Paris, Texas.", [("Paris", "city", "USA"), ("Texas", "admin1", "USA")]),
    ("They met in Tripoli, Lebanon.", [("Tripoli", "city", "LBN"), ("Lebanon", "country", "LBN")]),
    ("They met in Tripoli, Libya.", [("Tripoli", "city", "LBY"), ("Libya", "country", "LBY")]),
    ("They met in Georgia after leaving Tbilisi.", [("Georgia", "country", "GEO"), ("Tbilisi", "city", "GEO")]),
    ("They met near Rio de Janeiro.", [("Rio de Janeiro", "city", "BRA")]),
]


@pytest.mark.parametrize(("text", "places"), MEANT)
def test_a_name_means_what_the_text_and_its_company_say(text: str, places: list[tuple[str, str, str]]) -> None:
    assert named(text) == places


def test_an_abbreviated_state_after_a_town_holds_it() -> None:
    town, state = read("Crews reached Columbus, Ga., at dawn.")
    assert (town.admin1, state.name, state.kind) == ("GA", "Georgia", "admin1")


def test_a_name_keeps_one_sense_through_the_article() -> None:
    places = read("Crews reached Athens, Ga., at dawn. Later, police in Athens closed a road.")
    towns = [p for p in places if p.text == "Athens"]
    assert len(towns) == 2
    assert {p.admin1 for p in towns} == {"GA"}


def test_a_demonym_is_marked_as_one_and_stands_for_its_country() -> None:
    (place,) = read("An Egyptian court freed the editor.")
    assert (place.form, place.kind, place.country) == ("demonym", "country", "EGY")


NO_PLACES = [
    "Paris Hilton sang.",
    "The reader praised Gen. Lincoln yesterday.",
    "The march began on Monday.",
    "Reading is fun, and reading helps.",
    "He lives at 12 Houston Street.",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_persons_streets_and_words_are_no_places(text: str) -> None:
    assert read(text) == ()


def test_a_name_inside_a_person_is_no_place() -> None:
    text = "In court, Jordan Lancaster wept."
    mention = Mention(id="m", span=Span(10, 26), text="Jordan Lancaster", actor="person:jordan-lancaster", form="name")
    assert "Lancaster" not in [p.text for p in read(text, (mention,))]


def test_a_precision_grows_with_the_territory() -> None:
    city, land = read("Crews left Mosul for another part of Iraq.")
    assert city.precision_km is not None and land.precision_km is not None
    assert 1 <= city.precision_km < 30 < land.precision_km


def test_places_of_the_world_lie_where_they_lie() -> None:
    (place,) = read("Fighting broke out in Mosul.")
    assert place.lat == pytest.approx(36.3, abs=0.2)
    assert place.lon == pytest.approx(43.1, abs=0.2)
    assert place.geonameid == 99072


def test_nothing_is_found_in_furniture() -> None:
    text = "Fighting broke out in Mosul.\n\nMore from Paris"
    assert [p.text for p in read(text, furniture=(Span(30, len(text)),))] == ["Mosul"]


def test_the_gazetteer_is_the_one_the_page_describes() -> None:
    page = Path(__file__).parents[1] / "docs" / "reference" / "gazetteer.md"
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() in page.read_text(encoding="utf-8")


def test_the_gazetteer_is_small_and_loads_at_once() -> None:
    started = time.process_time()
    Gazetteer(Lexicons())
    assert time.process_time() - started < 2.0  # 0.1 s when nothing else runs; generous for a busy machine
    assert FILE.stat().st_size < 3_000_000


def test_a_missing_gazetteer_names_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(ResolveError, match=r"bench/build_gazetteer.py"):
        Gazetteer(Lexicons(), tmp_path / "none.parquet")


def test_every_country_with_towns_has_a_point() -> None:
    gazetteer = Gazetteer(Lexicons())
    bygone = {row["code"] for row in Lexicons().table("world/countries.tsv") if row["to"]}
    without = sorted(s.country or "" for s in set(gazetteer.countries.values()) if s.lat is None)
    assert [code for code in without if code not in bygone | {"ATA"}] == []


PIECES = st.lists(
    st.sampled_from(["Paris", "Texas", ",", "in", "Iraq", "Gen.", "Lincoln", "Iraqi", "Gulf", "of", "Mexico", "Ga.",
                     "New", "York", "\n", ".", "SWAT", "Georgia"]),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(pieces=PIECES)
def test_places_lie_in_order_and_spell_their_span(pieces: list[str]) -> None:
    text = " ".join(pieces) or "."
    end = 0
    for place in read(text):
        assert text[place.span.start : place.span.end] == place.text
        assert place.span.start >= end
        assert place.lat is None or -90 <= place.lat <= 90
        end = place.span.end


COMPANY = [
    ("Firefighters in Athens were sent to Clarke County and Augusta, Ga., overnight.", "Athens", "USA"),
    ("Talks in Athens went on while ministers in Thessaloniki waited.", "Athens", "GRC"),
    ("Troops from England and Scotland arrived in Basra.", "Scotland", "GBR"),
    ("Taiwan protested after ships neared Taipei.", "Taiwan", "TWN"),
    ("Fighters left Hodeidah for Sanaa.", "Hodeidah", "YEM"),
    ("Shells fell on Tal Afar, west of Mosul.", "Tal Afar", "IRQ"),
]


@pytest.mark.parametrize(("text", "name", "country"), COMPANY)
def test_the_company_of_a_name_decides_between_namesakes(text: str, name: str, country: str) -> None:
    assert next(p.country for p in read(text) if p.text == name) == country


def test_parts_of_a_kingdom_are_divisions_and_an_island_state_a_country() -> None:
    kinds = {p.text: p.kind for p in read("Scotland and Taiwan signed a pact in Wales.")}
    assert kinds == {"Scotland": "admin1", "Taiwan": "country", "Wales": "admin1"}


@pytest.mark.parametrize(
    ("text", "word", "name", "kind"),
    [
        ("A Chechen commander fled.", "Chechen", "Chechnya", "region"),
        ("South Ossetian militia fired.", "South Ossetian", "South Ossetia", "region"),
        ("Ohioans voted.", "Ohioans", "Ohio", "admin1"),
    ],
)
def test_a_demonym_of_a_region_stands_for_the_region(text: str, word: str, name: str, kind: str) -> None:
    place = next(p for p in read(text) if p.text == word)
    assert (place.name, place.form) == (name, "demonym")
    assert place.kind in (kind, "admin1")


def test_a_dotted_state_is_one_anywhere() -> None:
    (place,) = read("A W.Va. miner won the prize.")
    assert (place.text, place.name) == ("W.Va.", "West Virginia")


@pytest.mark.parametrize("text", ["The reader praised David again.", "According to Paul, nobody came."])
def test_a_given_name_is_no_place(text: str) -> None:
    assert read(text) == ()


def test_a_town_and_its_people_name_each_other() -> None:
    assert [p.text for p in read("A Gainesville man was arrested.")] == ["Gainesville"]


def test_a_country_lies_at_its_conventional_middle() -> None:
    (place,) = read("Fighting broke out in Russia.")
    assert (place.lat, place.lon) == (60.0, 100.0)
