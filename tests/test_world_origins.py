"""Every row of the world tables says where it comes from, in keys that are explained once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from masudi.cli import cli
from masudi.lexicon import ORIGINS, Lexicons, catalogue, describe

PEOPLE = "world/people.tsv"
TABLES = sorted(n for n, d in catalogue().items() if n.startswith("world/") and n != ORIGINS)
ADA = ("Ada Testa", "", "ITA", "mayor", "GOV", "2001", "2003")


def folder_with(folder: Path, columns: tuple[str, ...], *rows: tuple[str, ...], name: str = PEOPLE) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join("\t".join(cells) for cells in (columns, *rows)) + "\n", encoding="utf-8")
    return folder


def without_origin(name: str = PEOPLE) -> tuple[str, ...]:
    return tuple(c for c in describe(name).columns if c != "origin")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_bears_an_origin_that_is_explained(name: str) -> None:
    known = {row["key"] for row in Lexicons().table(ORIGINS)}
    rows = Lexicons().table(name)
    assert all(row.many("origin") for row in rows), [r.where for r in rows if not r.many("origin")][:3]
    assert {key for row in rows for key in row.many("origin")} <= known


def test_every_origin_key_is_used_and_says_what_when_and_how_checked() -> None:
    used = {key for name in TABLES for row in Lexicons().table(name) for key in row.many("origin")}
    for row in Lexicons().table(ORIGINS):
        assert row["key"] in used
        assert row["source"] and row["date"] and row["checked"]


def test_an_unknown_origin_is_refused_and_one_of_the_users_own_is_not(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, describe(PEOPLE).columns, (*ADA, "hearsay", ""))
    [fault] = Lexicons((folder,)).check(PEOPLE)
    assert fault.endswith("people.tsv:2: origin 'hearsay' stands not in world/origins.tsv:key")
    folder_with(tmp_path, describe(ORIGINS).columns, ("hearsay", "what people say", "", "2026", "never", ""), name=ORIGINS)
    assert Lexicons((folder,)).check(PEOPLE) == []


def test_a_users_table_may_leave_the_origin_out(tmp_path: Path) -> None:
    lexicons = Lexicons((folder_with(tmp_path, without_origin(), (*ADA, "")),))
    assert lexicons.check(PEOPLE) == []
    [ada] = [row for row in lexicons.table(PEOPLE) if row["name"] == "Ada Testa"]
    assert ada["origin"] is None and ada["note"] is None and ada["to"] == "2003"


def test_a_wrong_sector_is_named_and_the_letters_of_an_organisation_are_free(tmp_path: Path) -> None:
    rows = ((*ADA[:4], "GOVV", *ADA[5:], ""), ("Bea Probst", "", "", "envoy", "IGO;XYZ", "2001", "", ""))
    [fault] = Lexicons((folder_with(tmp_path, without_origin(), *rows),)).check(PEOPLE)
    assert "sectors 'GOVV' stands not in plover/sectors.tsv:code; did you mean GOV?" in fault


def test_show_tells_the_origin_of_each_row_and_explains_it() -> None:
    shown = CliRunner().invoke(cli, ["lexicon", "show", "Nelson Mandela", "--on", "1995-01-01"])
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    [row] = [line for line in lines if line.strip().startswith("president")]
    keys = row.rpartition("[")[2].rstrip("]").split(", ")
    assert keys
    for key in keys:
        assert any(line.startswith(f"origin {key}: ") for line in lines)


def test_show_gives_a_users_row_no_origin_of_a_built_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_with(tmp_path, without_origin(), (*ADA, ""))
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(cli, ["lexicon", "show", "Ada Testa", "--on", "2002", "--lexicons", "."])
    assert shown.exit_code == 0 and "mayor" in shown.stdout
    assert "origin" not in shown.stdout and "[" not in shown.stdout


def test_show_shortens_a_list_of_very_many() -> None:
    shown = CliRunner().invoke(cli, ["lexicon", "show", "Kharkiv"])
    [line] = [line for line in shown.stdout.splitlines() if line.startswith("world/cities.tsv")]
    assert "Kharkiv and " in line and len(line) < 200


def test_check_names_a_table_that_nothing_reads(tmp_path: Path) -> None:
    folder_with(tmp_path, without_origin(), (*ADA, ""), name="world/poeple.tsv")
    checked = CliRunner().invoke(cli, ["lexicon", "check", "--lexicons", str(tmp_path)])
    assert checked.exit_code == 1
    assert "no lexicon is called 'world/poeple.tsv'; did you mean world/people.tsv?" in checked.stdout


def test_check_says_once_that_a_folder_is_not_there(tmp_path: Path) -> None:
    checked = CliRunner().invoke(cli, ["lexicon", "check", "--lexicons", str(tmp_path / "nowhere")])
    assert checked.exit_code == 1
    assert checked.stdout.count("no such folder") == 1


def test_a_table_with_a_byte_order_mark_or_dos_line_ends_is_read(tmp_path: Path) -> None:
    path = folder_with(tmp_path, without_origin(), (*ADA, "")) / PEOPLE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert Lexicons((tmp_path,)).check(PEOPLE) == []


@pytest.mark.parametrize(("content", "says"), [
    (b"", "columns none: the first line is blank; right: name"),
    ("Adà".encode("cp1252"), "not UTF-8"),
    (b"name,aliases\n", "(origin may be left out)"),
])  # fmt: skip
def test_a_file_that_is_no_table_is_a_fault_not_a_crash(tmp_path: Path, content: bytes, says: str) -> None:
    path = folder_with(tmp_path, ()) / PEOPLE
    path.write_bytes(content)
    [fault] = Lexicons((tmp_path,)).check(PEOPLE)
    assert says in fault


def test_a_folder_in_the_place_of_a_table_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / PEOPLE).mkdir(parents=True)
    [fault] = Lexicons((tmp_path,)).check(PEOPLE)
    assert "cannot be read" in fault
