"""A gazetteer of one's own, from GeoNames' files: the dump here is invented, in GeoNames' columns."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import spacy
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from masudi.cli import cli
from masudi.config import Settings, load_settings
from masudi.errors import ResolveError
from masudi.lexicon import Lexicons
from masudi.records import Article, Place
from masudi.resolve.places import make_place_resolver
from masudi.resolve.places_dump import Built, _Builder, _Malformed, build_gazetteer
from masudi.resolve.places_gazetteer import COLUMNS, FILE, Gazetteer, Sense

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
NEW = 90_000_000  # geonameids that GeoNames has not given


def line(
    number: int | str, name: str, lat: float | str, lon: float | str, code: str = "P.PPL", country: str = "IQ",
    admin1: str = "05", admin2: str = "", people: int | str = 4000, spellings: str = "",
) -> str:  # fmt: skip
    feature, _, kind = code.partition(".")
    cells = [number, name, name, spellings, lat, lon, feature, kind, country, "", admin1, admin2, "", "", people, "", "", "Asia/Baghdad", ""]
    return "\t".join(map(str, cells))


DUMP = [
    line(NEW + 1, "Tall Zarwan", 36.5, 42.25),
    line(NEW + 2, "Zarwan Gharbi", 36.6, 42.35, people=20),
    line(NEW + 3, "Old Zarwan", 36.6, 42.35, code="P.PPLH"),
    line(NEW + 4, "Zarwan Creek", 36.6, 42.35, code="H.STM"),
    line(NEW + 5, "Zarwan Governorate", 36.0, 42.0, code="A.ADM1", admin1="98", spellings="Zarvania,زروان,ZRW"),
    line(NEW + 6, "Nahr Zarwan", 35.0, 41.0, admin1="98"),
    line(NEW + 7, "Sur Zarwan", 36.0, 43.0, admin1="98", people=200_000, spellings="Port Zarwan,زروان"),
    line(NEW + 8, "Zarwan Seat", 35.5, 42.0, code="P.PPLA", admin1="98", people=0),
    line(NEW + 9, "Zarwan Kaza", 35.5, 42.0, code="A.ADM2", admin1="98", people=500),
]


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def build(folder: Path, *dumps: Path, base: Path) -> tuple[Path, Built, list[str]]:
    warnings: list[str] = []
    target = folder / "mine.parquet"
    built = build_gazetteer(dumps, target, Lexicons(), warnings.append, base=base)
    return target, built, warnings


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in places of Iraq alone, so that building takes no time."""
    path = tmp_path_factory.mktemp("small") / "iraq.parquet"
    table = pq.read_table(FILE)
    pq.write_table(table.filter(pc.starts_with(table["division"].cast("string"), "IRQ.")), path)
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    target, built, warnings = build(folder, write(folder / "IQ.txt", DUMP), base=FILE)
    assert (built.places, warnings) == (5, [])
    return target


def senses(path: Path, key: str) -> tuple[Sense, ...]:
    return Gazetteer(Lexicons(), path).towns(key)


def places(path: Path | None, text: str) -> list[Place]:
    return list(make_place_resolver(Settings(gazetteer=path), Lexicons())(NLP(text), Article(id="a", text=text), ()))


def test_a_town_of_the_dump_is_found_where_the_built_in_places_lack_it(own: Path) -> None:
    text = "Fighting broke out in Tall Zarwan, Iraq."
    assert "Tall Zarwan" not in [p.name for p in places(None, text)]
    (town, _) = places(own, text)
    assert (town.name, town.kind, town.country, town.geonameid, town.lat, town.lon) == (
        "Tall Zarwan", "city", "IRQ", NEW + 1, 36.5, 42.25,
    )  # fmt: skip


def test_the_dump_lies_over_the_built_in_places_and_loses_none(own: Path) -> None:
    table, ours = pq.read_table(own), pq.read_table(FILE)
    assert table.column_names == list(COLUMNS)
    keys = table.column("key").to_pylist()
    assert keys == sorted(keys)
    assert keys.count("tall zarwan") == 1
    assert set(zip(ours["key"].to_pylist(), ours["geonameid"].to_pylist(), strict=True)) <= set(
        zip(keys, table["geonameid"].to_pylist(), strict=True)
    )
    text = "Shells fell in Mosul, in Anbar province and in Tripoli, Lebanon."
    assert places(own, text) == places(None, text)


NOT_KEPT = ["zarwan gharbi", "old zarwan", "zarwan creek", "zarwan kaza"]


@pytest.mark.parametrize("key", NOT_KEPT)
def test_hamlets_lost_towns_waters_and_small_counties_stay_out(own: Path, key: str) -> None:
    assert senses(own, key) == ()


def test_a_seat_of_a_province_is_kept_whatever_its_people(own: Path) -> None:
    assert [s.geonameid for s in senses(own, "zarwan seat")] == [NEW + 8]


def test_a_new_division_bears_its_short_name_and_reaches_its_towns(own: Path) -> None:
    (division,) = senses(own, "zarwan")
    assert (division.name, division.kind, division.admin1, division.alias) == ("Zarwan Governorate", "admin1", "98", True)
    assert division.radius_km == pytest.approx(105, abs=5)  # half the diagonal of one degree by two at 35.5 north
    assert [s.geonameid for s in senses(own, "zarvania")] == [NEW + 5]


def test_other_spellings_are_kept_of_large_towns_in_latin_letters(own: Path) -> None:
    (town,) = senses(own, "port zarwan")
    assert (town.name, town.alias) == ("Sur Zarwan", True)
    assert senses(own, "زروان") == ()


def test_a_town_we_have_takes_the_name_and_people_of_the_dump(tmp_path: Path, small: Path) -> None:
    (mosul,) = [s for s in senses(FILE, "mosul") if s.kind == "city" and s.country == "IRQ"]
    assert mosul.geonameid is not None
    target, _, _ = build(tmp_path, write(tmp_path / "IQ.txt", [line(mosul.geonameid, "Mawsil", 36.3, 43.1, admin1="15", people=1_700_000)]), base=small)
    (renamed,) = [s for s in senses(target, "mosul") if s.geonameid == mosul.geonameid]
    assert (renamed.name, renamed.alias, renamed.people) == ("Mawsil", True, 1_700_000)
    assert [s.alias for s in senses(target, "mawsil")] == [False]


def test_names_and_divisions_come_from_their_own_files_zipped_or_not(tmp_path: Path, small: Path) -> None:
    dump = write(tmp_path / "cities500.txt", DUMP[:1] + DUMP[5:7])
    divisions = write(tmp_path / "admin1CodesASCII.txt", [f"IQ.98\tZarwan Region\tZarwan Region\t{NEW + 5}"])
    names = [
        f"1\t{NEW + 1}\ten\tZarwan Hill\t\t\t\t\t\t", f"2\t{NEW + 1}\ten\tThe Big Hill\t\t\t1\t\t\t",
        f"3\t{NEW + 1}\tfr\tColline de Zarwan\t\t\t\t\t\t", f"4\t{NEW + 44}\ten\tNowhere Zarwan\t\t\t\t\t\t",
    ]  # fmt: skip
    packed = tmp_path / "alternateNamesV2.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("iso-languagecodes.txt", "ISO 639-3\tISO 639-2\tISO 639-1\tLanguage Name\neng\teng\ten\tEnglish\n")
        archive.writestr("alternateNamesV2.txt", "\n".join(names) + "\n")
    target, _, warnings = build(tmp_path, packed, divisions, dump, base=small)
    assert warnings == []
    assert [s.name for s in senses(target, "zarwan hill")] == ["Tall Zarwan"]
    assert not any(senses(target, key) for key in ("the big hill", "colline de zarwan", "nowhere zarwan"))
    (division,) = senses(target, "zarwan")
    assert (division.lat, division.lon) == (35.5, 42.0)  # the middle of its towns: the file tells no point


MALFORMED = [
    ("only\tthree\tcolumns", "3 columns; a place has 19"),
    (line("n/a", "Bad", 36, 42), "geonameid 'n/a' is no whole number"),
    (line(NEW, "Bad", 136, 42), "latitude '136' is no number from -90 to 90"),
    (line(NEW, "Bad", 36, "east"), "longitude 'east' is no number from -180 to 180"),
    (line(NEW, "Bad", 36, 42, people="many"), "population 'many' is no whole number"),
    (line(NEW, "Bad", 36, 42, country="ZQ"), "country 'ZQ' is no ISO alpha-2 code"),
    (line(NEW, "", 36, 42), "no name in column 2"),
    (line(NEW * 1000, "Bad", 36, 42), "both must be positive"),
]


@pytest.mark.parametrize(("bad", "told"), MALFORMED)
def test_a_malformed_line_is_a_warning_with_its_place_and_its_mend(tmp_path: Path, small: Path, bad: str, told: str) -> None:
    dump = write(tmp_path / "IQ.txt", [DUMP[0], bad, DUMP[5]])
    _, built, warnings = build(tmp_path, dump, base=small)
    assert built.places == 2
    (warning,) = warnings
    assert warning.startswith(f"{dump}:2: ") and told in warning


def test_broken_bytes_cost_their_line_only_and_many_faults_are_summed_up(tmp_path: Path, small: Path) -> None:
    dump = tmp_path / "IQ.txt"
    bad = DUMP[5].replace("Nahr", "N\udce4hr").encode("utf-8", "surrogateescape")
    dump.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(DUMP[:1]).encode() + b"\r\n" + b"\n".join([bad] * 30) + b"\n")
    _, built, warnings = build(tmp_path, dump, base=small)
    assert built.places == 1
    assert "not UTF-8" in warnings[0]
    assert warnings[-1] == f"{dump}: 10 more lines left out"


def test_a_zip_that_breaks_off_keeps_what_stands_before(tmp_path: Path, small: Path) -> None:
    packed = tmp_path / "IQ.zip"
    many = [line(NEW + n, f"Tall {n} Zarwan", 36, 42, people=100 + n * 7919 % 5000) for n in range(20_000)]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("IQ.txt", "\n".join(many))
    raw = bytearray(packed.read_bytes())
    middle = len(raw) * 3 // 4
    raw[middle : middle + 400] = bytes(400)
    packed.write_bytes(bytes(raw))
    _, built, warnings = build(tmp_path, packed, base=small)
    assert 0 < built.places <= len(many)
    assert any("breaks off" in w for w in warnings)


def test_what_is_no_dump_is_told_and_leaves_no_file(tmp_path: Path, small: Path) -> None:
    letter = write(tmp_path / "letter.txt", ["Dear Sir,"])
    with pytest.raises(ResolveError, match="no place of GeoNames' form"):
        build(tmp_path, letter, base=small)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["letter.txt"]


@given(st.lists(st.binary(max_size=12).filter(lambda cell: b"\t" not in cell), min_size=1, max_size=22))
def test_any_bytes_are_a_place_of_no_use_or_a_malformed_line(cells: list[bytes]) -> None:
    builder = _Builder(None, Lexicons(), lambda _: None, 100)  # type: ignore[arg-type]
    if len(cells) == 19:
        cells[6:8] = [b"P", b"PPL"]
    with pytest.raises(_Malformed):
        builder._take_place(cells)


def test_the_same_dump_makes_the_same_file(tmp_path: Path, small: Path) -> None:
    dump = write(tmp_path / "IQ.txt", DUMP)
    first, second = (build(tmp_path / name, dump, base=small)[0] for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_the_command_builds_and_the_setting_takes_its_file(tmp_path: Path) -> None:
    dump = write(tmp_path / "IQ.txt", [*DUMP, "stray"])
    target = tmp_path / "mine.parquet"
    done = CliRunner().invoke(cli, ["gazetteer", "build", str(dump), "-o", str(target), "--people", "10"])
    assert done.exit_code == 0, done.output
    assert f"warning: {dump}:{len(DUMP) + 1}: " in done.output
    assert senses(target, "zarwan gharbi") != ()
    (tmp_path / "masudi.toml").write_text('gazetteer = "mine.parquet"\n', encoding="utf-8")
    assert load_settings(tmp_path / "masudi.toml").gazetteer == target


def test_a_gazetteer_that_is_none_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    wrong = write(tmp_path / "mine.parquet", ["no Parquet"])
    with pytest.raises(ResolveError, match="masudi gazetteer build"):
        make_place_resolver(Settings(gazetteer=wrong), Lexicons())


UNKNOWN = [
    ("short.txt", "\n".join(c.rpartition("\t")[0] for c in DUMP).encode(), r"short\.txt:1: 18 columns; .*19 \(places\).*put back"),
    ("wide.txt", "\n".join(DUMP).encode("utf-16"), r"wide\.txt:1: not UTF-8 but UTF-16.*save it as UTF-8"),
    ("cut.zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00rest of it is lost", r"cut\.zip: a zip archive that breaks off; download"),
    ("none.txt", b"", r"none\.txt: empty; download it again"),
]


@pytest.mark.parametrize(("name", "body", "told"), UNKNOWN, ids=[name for name, *_ in UNKNOWN])
def test_a_file_that_is_no_dump_is_told_with_its_first_line_and_the_mend(
    tmp_path: Path, small: Path, name: str, body: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(body)
    warnings: list[str] = []
    with pytest.raises(ResolveError, match="no place of GeoNames' form"):
        build_gazetteer([tmp_path / name], tmp_path / "o.parquet", Lexicons(), warnings.append, base=small)
    (warning,) = warnings
    assert re.search(told, warning), warning
    assert not (tmp_path / "o.parquet").exists()
