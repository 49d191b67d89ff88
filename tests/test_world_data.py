"""The world tables hold what reference works say, and no name in them stands for two."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from time import process_time
from types import ModuleType

import pytest

from conftest import ROOT
from masudi.lexicon import DATA, Lexicons, Row
from masudi.text import iso_bounds

TABLES = ("countries", "groups", "organisations", "people", "peoples")
KINDS = {
    "agency", "company", "court", "igo", "legislature", "media", "military", "ministry",
    "movement", "ngo", "other", "party", "police", "religious", "union",
}  # fmt: skip
LEAST = {"countries": 245, "groups": 500, "organisations": 1800, "people": 6500, "peoples": 80}
HISTORIC = {"ANT", "CSK", "DDR", "SCG", "SUN", "VDR", "YMD", "YUG", "ZAR"}
# What everyday English would read as something else, so that a match would be wrong more often than right.
UNSAFE = {
    "Amnesty", "Army", "Base", "Church", "Coalition", "Congress", "Council", "Court", "Freedom", "Front",
    "Government", "Guard", "Islamic", "It", "May", "Parliament", "Party", "Police", "Senate", "The", "Union",
    "Unity", "Brown", "Bush", "Castro", "Clinton", "Garcia", "Johnson", "Jones", "Kim", "Lee", "Martin",
    "Mohammed", "Muhammad", "Ali", "Hassan", "Hussein", "Khan", "Singh", "Smith", "Sharif", "Wang",
}  # fmt: skip


@pytest.fixture(scope="module")
def lexicons() -> Lexicons:
    return Lexicons()


def named(lexicons: Lexicons, table: str) -> dict[str, Row]:
    return {row.need("name"): row for row in lexicons.table(f"world/{table}.tsv")}


def names_of(table: str, row: Row) -> Iterator[str]:
    """Every form under which the row is found in a text."""
    yield row.need("name")
    yield from row.many("aliases")
    if table == "countries":
        yield from (*row.many("demonyms"), *row.many("people"), *row.many("metonyms"))
        if row["capital"]:
            yield row.need("capital")


def owners(lexicons: Lexicons) -> dict[str, set[tuple[str, str]]]:
    """Each name with the entities that bear it; one person's rows are one entity."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for table in TABLES:
        for row in lexicons.table(f"world/{table}.tsv"):
            entity = (table, row.need("code" if table == "countries" else "name"))
            for name in names_of(table, row):
                found[name].add(entity)
    return found


def in_office(lexicons: Lexicons, country: str, title: str, day: str) -> set[str]:
    """Who held `title` on `day`, by the dates of the rows."""
    when = date.fromisoformat(day)
    return {
        row.need("name")
        for row in lexicons.table("world/people.tsv")
        if (row["country"] or "") == country
        and row["title"] == title
        and (row.day("from") or date.min) <= when <= (row.day("to", last=True) or date.max)
    }


@pytest.mark.parametrize("table", TABLES)
def test_world_table_is_sound_and_large_enough(lexicons: Lexicons, table: str) -> None:
    assert lexicons.check(f"world/{table}.tsv") == []
    assert len(lexicons.table(f"world/{table}.tsv")) >= LEAST[table]


def test_no_name_belongs_to_two_entities_unless_it_is_listed_as_shared(lexicons: Lexicons) -> None:
    listed = {row["name"] for row in lexicons.table("world/shared_names.tsv")}
    shared = {name: sorted(who) for name, who in owners(lexicons).items() if len(who) > 1 and name not in listed}
    assert shared == {}


def test_no_name_is_an_everyday_word_or_a_common_surname(lexicons: Lexicons) -> None:
    found = owners(lexicons)
    assert sorted(UNSAFE & found.keys()) == []
    short = [name for name in found if len(name) < 2 or (len(name) == 2 and name.islower())]
    assert short == []


def test_names_are_trimmed_and_listed_once(lexicons: Lexicons) -> None:
    for table in TABLES:
        for row in lexicons.table(f"world/{table}.tsv"):
            cells = [row.need("name"), *row.many("aliases")]
            assert len(cells) == len(set(cells)), row.where
            assert all(name == " ".join(name.split()) for name in cells), row.where


def test_sectors_are_plover_sectors_or_a_lettered_igo(lexicons: Lexicons) -> None:
    known = {row.need("code") for row in lexicons.table("plover/sectors.tsv")}
    for table in ("groups", "organisations", "people", "peoples"):
        for row in lexicons.table(f"world/{table}.tsv"):
            first, *rest = row.many("sectors")
            assert first in known, row.where
            if first == "IGO":
                assert all(len(r) == 3 and r.isupper() and r.isalnum() for r in rest), row.where
            else:
                assert set(rest) <= known, row.where


def test_organisations_have_a_known_kind_and_igos_no_country(lexicons: Lexicons) -> None:
    for row in lexicons.table("world/organisations.tsv"):
        assert row["kind"] in KINDS, row.where
        if row["kind"] == "igo":
            assert row["country"] is None and row.many("sectors")[0] == "IGO", row.where


def test_every_igo_code_of_a_person_is_that_of_an_organisation(lexicons: Lexicons) -> None:
    codes = {row.many("sectors") for row in lexicons.table("world/organisations.tsv") if row["kind"] == "igo"}
    held = {row.many("sectors") for row in lexicons.table("world/people.tsv") if row["country"] is None}
    assert {sectors for sectors in held if len(sectors) > 1} <= codes


def test_historic_states_have_ended_and_others_have_not(lexicons: Lexicons) -> None:
    ended = {row.need("code") for row in lexicons.table("world/countries.tsv") if row["to"]}
    assert ended == HISTORIC


def test_codes_are_three_and_two_capital_letters(lexicons: Lexicons) -> None:
    for row in lexicons.table("world/countries.tsv"):
        assert len(row.need("code")) == 3 and row.need("code").isupper(), row.where
        assert len(row.need("iso2")) == 2 and row.need("iso2").isupper(), row.where


def test_roles_in_one_office_follow_one_another(lexicons: Lexicons) -> None:
    """Nobody is said to hold the same office twice at the same time."""
    rows: dict[tuple[str, ...], list[tuple[date, date]]] = defaultdict(list)
    for row in lexicons.table("world/people.tsv"):
        start = iso_bounds(row["from"] or "")
        if start is not None:
            end = row.day("to") or date.max
            rows[row.need("name"), row["country"] or "", row.need("title")].append((start[0], end))
    for key, spans in rows.items():
        spans.sort()
        assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False)), key


def test_the_cities_are_those_of_the_gazetteer_as_it_is() -> None:
    """After a change to places.parquet: python bench/build_cities.py && python -m masudi.lexicon world/cities.tsv"""
    spec = importlib.util.spec_from_file_location("build_cities", ROOT / "bench" / "build_cities.py")
    assert spec is not None and spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    lines = builder.lines(builder.cities())
    assert len(lines) > 150
    assert (DATA / "world" / "cities.tsv").read_text(encoding="utf-8") == "\n".join(lines) + "\n"


def test_the_tables_load_quickly() -> None:
    lexicons, start = Lexicons(), process_time()
    for table in TABLES:
        lexicons.table(f"world/{table}.tsv")
    assert process_time() - start < 1.0  # 0.1 s when measured; the margin is for a busy machine


COUNTRY_FORMS = [
    ("GBR", "aliases", "Britain"), ("GBR", "demonyms", "British"), ("GBR", "people", "Britons"),
    ("GBR", "metonyms", "Downing Street"), ("GBR", "metonyms", "Whitehall"),
    ("USA", "aliases", "U.S."), ("USA", "aliases", "US"), ("USA", "metonyms", "White House"),
    ("USA", "metonyms", "Capitol Hill"), ("USA", "metonyms", "Foggy Bottom"), ("NLD", "demonyms", "Dutch"),
    ("ARE", "demonyms", "Emirati"), ("SAU", "demonyms", "Saudi"), ("PHL", "demonyms", "Filipino"),
    ("PHL", "demonyms", "Philippine"), ("IRQ", "people", "Iraqis"), ("DNK", "people", "Danes"),
    ("MMR", "aliases", "Burma"), ("CIV", "aliases", "Côte d'Ivoire"), ("COD", "aliases", "DRC"),
    ("PRK", "aliases", "DPRK"), ("TUR", "aliases", "Türkiye"), ("RUS", "metonyms", "Kremlin"),
    ("FRA", "metonyms", "Élysée"), ("UKR", "metonyms", "Kiev"), ("NER", "demonyms", "Nigerien"),
    ("NGA", "demonyms", "Nigerian"), ("CHE", "demonyms", "Swiss"), ("SUN", "demonyms", "Soviet"),
    ("XKX", "demonyms", "Kosovar"), ("MKD", "aliases", "FYROM"), ("IND", "metonyms", "Delhi"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "column", "form"), COUNTRY_FORMS)
def test_country_is_known_by_this_form(lexicons: Lexicons, code: str, column: str, form: str) -> None:
    row = next(r for r in lexicons.table("world/countries.tsv") if r["code"] == code)
    assert form in row.many(column)


CAPITALS = [
    ("IRQ", "Baghdad"),
    ("KAZ", "Astana"),
    ("MMR", "Naypyidaw"),
    ("NGA", "Abuja"),
    ("DDR", "East Berlin"),
]


@pytest.mark.parametrize(("code", "capital"), CAPITALS)
def test_country_has_this_capital(lexicons: Lexicons, code: str, capital: str) -> None:
    assert next(r for r in lexicons.table("world/countries.tsv") if r["code"] == code)["capital"] == capital


OFFICES = [
    ("USA", "president", "1991-01-17", "George H. W. Bush"), ("USA", "president", "2003-03-20", "George W. Bush"),
    ("USA", "president", "2018-05-08", "Donald Trump"), ("USA", "president", "2022-02-24", "Joe Biden"),
    ("USA", "secretary of state", "1999-03-24", "Madeleine Albright"),
    ("USA", "secretary of defense", "2004-04-28", "Donald Rumsfeld"),
    ("ISR", "prime minister", "1993-09-13", "Yitzhak Rabin"), ("ISR", "prime minister", "2002-04-10", "Ariel Sharon"),
    ("ISR", "defence minister", "2008-07-01", "Ehud Barak"), ("ISR", "foreign minister", "2007-06-01", "Tzipi Livni"),
    ("PSE", "president", "1996-02-01", "Yasser Arafat"), ("PSE", "president", "2014-07-08", "Mahmoud Abbas"),
    ("IRQ", "president", "1990-08-02", "Saddam Hussein"), ("IRQ", "president", "2008-07-01", "Jalal Talabani"),
    ("IRQ", "prime minister", "2014-06-10", "Nouri al-Maliki"), ("IRQ", "prime minister", "2017-07-10", "Haider al-Abadi"),
    ("IRQ", "foreign minister", "2004-10-01", "Hoshyar Zebari"),
    ("IRN", "supreme leader", "2009-06-19", "Ali Khamenei"), ("IRN", "president", "2000-01-01", "Mohammad Khatami"),
    ("IRN", "president", "2015-07-14", "Hassan Rouhani"), ("IRN", "foreign minister", "2015-07-14", "Mohammad Javad Zarif"),
    ("LBN", "prime minister", "2006-07-12", "Fouad Siniora"), ("SYR", "president", "1999-12-01", "Hafez al-Assad"),
    ("SYR", "president", "2013-08-21", "Bashar al-Assad"), ("SYR", "president", "2025-06-01", "Ahmed al-Sharaa"),
    ("EGY", "president", "2012-09-01", "Mohamed Morsi"), ("YEM", "president", "2011-06-01", "Ali Abdullah Saleh"),
    ("AFG", "president", "2005-01-01", "Hamid Karzai"), ("PAK", "prime minister", "2019-02-27", "Imran Khan"),
    ("IND", "prime minister", "1998-05-11", "Atal Bihari Vajpayee"), ("CHN", "president", "2008-08-08", "Hu Jintao"),
    ("JPN", "prime minister", "2011-03-11", "Naoto Kan"), ("KOR", "president", "2000-06-15", "Kim Dae-jung"),
    ("PRK", "leader", "2006-10-09", "Kim Jong-il"), ("RUS", "president", "1999-08-01", "Boris Yeltsin"),
    ("RUS", "president", "2008-08-08", "Dmitry Medvedev"), ("RUS", "prime minister", "2008-08-08", "Vladimir Putin"),
    ("UKR", "president", "2014-02-01", "Viktor Yanukovych"), ("UKR", "president", "2022-02-24", "Volodymyr Zelensky"),
    ("GBR", "prime minister", "1990-06-01", "Margaret Thatcher"), ("GBR", "prime minister", "2016-06-23", "David Cameron"),
    ("FRA", "president", "1995-06-01", "Jacques Chirac"), ("DEU", "chancellor", "1990-10-03", "Helmut Kohl"),
    ("YUG", "president", "1999-03-24", "Slobodan Milosevic"), ("TUR", "prime minister", "1994-01-01", "Tansu Çiller"),
    ("COD", "president", "1998-08-02", "Laurent-Désiré Kabila"), ("ZAR", "president", "1994-07-01", "Mobutu Sese Seko"),
    ("RWA", "president", "1994-04-01", "Juvénal Habyarimana"), ("ZAF", "president", "1995-01-01", "Nelson Mandela"),
    ("NGA", "president", "1995-11-10", "Sani Abacha"), ("SDN", "president", "2003-02-01", "Omar al-Bashir"),
    ("ETH", "prime minister", "2020-11-04", "Abiy Ahmed"), ("VEN", "president", "2002-04-11", "Hugo Chávez"),
    ("COL", "president", "2016-09-26", "Juan Manuel Santos"), ("BRA", "president", "2005-01-01", "Luiz Inácio Lula da Silva"),
    ("CUB", "president", "1994-08-01", "Fidel Castro"), ("", "secretary-general of the United Nations", "2003-03-20", "Kofi Annan"),
    ("", "secretary general of NATO", "1999-03-24", "Javier Solana"),
    ("", "director general of the IAEA", "2003-02-01", "Mohamed ElBaradei"),
    ("LBN", "leader of Hezbollah", "2006-07-12", "Hassan Nasrallah"),
    ("IRQ", "leader of Asa'ib Ahl al-Haq", "2025-06-24", "Qais al-Khazali"),
    ("COL", "leader of FARC", "2002-02-20", "Manuel Marulanda"), ("AGO", "leader of UNITA", "1995-01-01", "Jonas Savimbi"),
    ("ESP", "defence minister", "2010-06-01", "Carme Chacón"), ("ITA", "interior minister", "2002-03-01", "Claudio Scajola"),
    ("PRK", "defence minister", "2016-01-01", "Pak Yong-sik"), ("CHE", "president", "2025-06-01", "Karin Keller-Sutter"),
    ("YEM", "foreign minister", "2016-05-05", "Abdulmalik al-Mekhlafi"), ("KEN", "interior minister", "2019-01-15", "Fred Matiang'i"),
    ("PER", "foreign minister", "2019-12-01", "Gustavo Meza-Cuadra"), ("LBN", "defence minister", "2020-08-04", "Zeina Akar"),
    ("ETH", "foreign minister", "2011-06-01", "Hailemariam Desalegn"), ("IND", "home minister", "1992-12-06", "Shankarrao Chavan"),
    ("UKR", "defence minister", "2005-11-01", "Anatoliy Hrytsenko"), ("AFG", "defence minister", "2017-01-01", "Abdullah Habibi"),
    ("NLD", "interior minister", "2020-05-01", "Kajsa Ollongren"), ("BEL", "interior minister", "2016-03-22", "Jan Jambon"),
    ("SWE", "justice minister", "2004-01-01", "Thomas Bodström"), ("GRC", "citizen protection minister", "2016-05-01", "Nikos Toskas"),
    ("KAZ", "interior minister", "2015-06-01", "Kalmukhanbet Kassymov"), ("BRA", "justice minister", "2005-01-01", "Márcio Thomaz Bastos"),
    ("PER", "interior minister", "2014-09-01", "Daniel Urresti"), ("PER", "defence minister", "2013-06-01", "Pedro Cateriano"),
    ("JOR", "interior minister", "2014-06-01", "Hussein Majali"), ("KWT", "defence minister", "1992-06-01", "Ali Sabah al-Salem al-Sabah"),
    ("BGD", "home minister", "1997-06-01", "Rafiqul Islam"), ("MAR", "interior minister", "1995-06-01", "Driss Basri"),
    ("ROU", "foreign minister", "2005-06-01", "Mihai Razvan Ungureanu"), ("TWN", "interior minister", "2019-01-01", "Hsu Kuo-yung"),
    ("AUT", "interior minister", "2018-05-01", "Herbert Kickl"), ("JPN", "defence minister", "2003-03-20", "Shigeru Ishiba"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "title", "day", "name"), OFFICES)
def test_office_was_held_on_that_day_by(
    lexicons: Lexicons, country: str, title: str, day: str, name: str
) -> None:
    assert in_office(lexicons, country, title, day) == {name}


ALIASES = [
    ("people", "Binyamin Netanyahu", "Benjamin Netanyahu"), ("people", "Moqtada al-Sadr", "Muqtada al-Sadr"),
    ("people", "Moammar Gadhafi", "Muammar Gaddafi"), ("people", "Abu Mazen", "Mahmoud Abbas"),
    ("people", "Abu Mohammed al-Golani", "Ahmed al-Sharaa"), ("people", "Zelenskiy", "Volodymyr Zelensky"),
    ("people", "Mohammad Shiaa al-Sudani", "Mohammed Shia al-Sudani"), ("people", "Ben Eliezer", "Binyamin Ben-Eliezer"),
    ("groups", "Hizbullah", "Hezbollah"), ("groups", "ISIS", "Islamic State"), ("groups", "Daesh", "Islamic State"),
    ("groups", "al-Qaida", "Al-Qaeda"), ("groups", "PKK", "Kurdistan Workers' Party"), ("groups", "RSF", "Rapid Support Forces"),
    ("groups", "Tamil Tigers", "Liberation Tigers of Tamil Eelam"), ("groups", "Ansar Allah", "Houthis"),
    ("organisations", "IAEA", "International Atomic Energy Agency"), ("organisations", "EU", "European Union"),
    ("organisations", "IRGC", "Revolutionary Guards"), ("organisations", "Shabak", "Shin Bet"),
    ("organisations", "Revolutionary Guard", "Revolutionary Guards"), ("peoples", "Shi'ite", "Shia"),
    ("peoples", "Uighurs", "Uyghurs"), ("peoples", "Yazidi", "Yazidis"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "alias", "name"), ALIASES)
def test_alias_leads_to_its_entity(lexicons: Lexicons, table: str, alias: str, name: str) -> None:
    assert owners(lexicons)[alias] == {(table, name)}


CODES = [
    ("organisations", "Mossad", "ISR", ("SPY",)), ("organisations", "Knesset", "ISR", ("LEG",)),
    ("organisations", "Revolutionary Guards", "IRN", ("MIL",)), ("organisations", "United Nations", None, ("IGO", "UNO")),
    ("organisations", "Pentagon", "USA", ("MIL",)), ("organisations", "Likud", "ISR", ("PTY",)),
    ("organisations", "Amnesty International", "GBR", ("NGO",)), ("groups", "Hamas", "PSE", ("REB",)),
    ("groups", "Asa'ib Ahl al-Haq", "IRQ", ("UAF",)), ("groups", "FARC", "COL", ("REB",)),
    ("peoples", "Kurds", None, ("ETH",)), ("peoples", "Sunni", None, ("REL",)),
]  # fmt: skip


@pytest.mark.parametrize(("table", "name", "country", "sectors"), CODES)
def test_entity_has_this_code(
    lexicons: Lexicons, table: str, name: str, country: str | None, sectors: tuple[str, ...]
) -> None:
    row = named(lexicons, table)[name]
    assert (row["country"], row.many("sectors")) == (country, sectors)


def offices_bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("offices", ROOT / "bench" / "accuracy" / "offices.py")
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    return bench


@pytest.mark.parametrize(("portfolio", "least", "least_of_office"), [("foreign", 0.99, 0.99), ("defence", 0.935, 0.99), ("interior", 0.97, 0.975)])
def test_ministers_of_the_sixty_most_reported_countries_are_named_for_most_months(
    lexicons: Lexicons, portfolio: str, least: float, least_of_office: float
) -> None:
    bench = offices_bench()
    assert len(set(bench.SIXTY)) == 60
    found = bench.coverage(lexicons, date(2025, 12, 1))[portfolio]
    months = [(c, m, m in absent) for c, (every, absent) in found.items() for m in every]
    assert 1 - sum(absent for _, _, absent in months) / len(months) >= least
    of_office = [absent for c, m, absent in months if not bench.without_office(c, portfolio, m)]
    assert 1 - sum(of_office) / len(of_office) >= least_of_office


# Two at a time in fact: rival governments, several vice presidents, a suspended president and the acting one.
AT_ONCE = {
    ("CIV", "president"), ("COD", "vice president"), ("CUB", "vice president"), ("IRN", "vice president"),
    ("IRQ", "vice president"), ("KOR", "president"), ("LBY", "prime minister"), ("SDN", "vice president"),
}  # fmt: skip


def test_no_two_hold_an_office_of_one_at_the_same_time(lexicons: Lexicons) -> None:
    found = [f for f in offices_bench().faults(lexicons) if not f.startswith("hole")]
    assert {tuple(f.split(":")[0].split(None, 2)[1:]) for f in found} == AT_ONCE, found


HEADS = [
    ("CHE", "president", "1999-06-01", "Ruth Dreifuss"), ("BGD", "chief adviser", "1996-05-01", "Muhammad Habibur Rahman"),
    ("KGZ", "prime minister", "2003-01-15", "Nikolai Tanayev"), ("HTI", "prime minister", "2009-01-15", "Michèle Pierre-Louis"),
    ("JPN", "home affairs minister", "1995-03-20", "Hiromu Nonaka"), ("KOR", "home affairs minister", "2003-05-01", "Kim Doo-kwan"),
    ("PER", "defence minister", "1992-04-05", "Víctor Malca"), ("VEN", "defence minister", "1992-11-27", "Iván Darío Jiménez"),
    ("THA", "interior minister", "1999-01-01", "Sanan Kachornprasart"), ("CAN", "solicitor general", "1999-01-01", "Lawrence MacAulay"),
    ("IRN", "interior minister", "1994-07-18", "Ali Mohammad Besharati"), ("PAK", "interior minister", "1996-12-15", "Omar Khan Afridi"),
    ("GEO", "interior minister", "2012-08-10", "Bacho Akhalaia"), ("IND", "external affairs minister", "2006-03-02", "Manmohan Singh"),
    ("", "secretary general of Interpol", "1995-01-01", "Raymond Kendall"), ("MAC", "chief executive", "2005-01-01", "Edmund Ho"),
    ("HKG", "governor of Hong Kong", "1996-01-01", "Chris Patten"), ("IND", "army chief", "2015-01-01", "Dalbir Singh Suhag"),
    ("YEM", "leader of al-Qaeda in the Arabian Peninsula", "2013-01-01", "Nasir al-Wuhayshi"),
    ("USA", "White House press secretary", "2021-01-10", "Kayleigh McEnany"),
    ("PRK", "public security minister", "2015-01-01", "Choe Pu-il"), ("ARM", "police chief", "2008-12-01", "Alik Sargsyan"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "title", "day", "name"), HEADS)
def test_this_post_was_held_on_that_day_by(lexicons: Lexicons, country: str, title: str, day: str, name: str) -> None:
    assert in_office(lexicons, country, title, day) == {name}
