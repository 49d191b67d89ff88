"""Every lexicon that ships is sound, described and stamped; a wrong one is named to the line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from masudi.errors import LexiconError
from masudi.lexicon import DATA, Lexicons, catalogue, describe

BINARY = {".sqlite", ".parquet"}


def test_lexicons_every_data_file_is_described() -> None:
    files = {str(p.relative_to(DATA)) for p in DATA.rglob("*") if p.is_file() and p.suffix == ".tsv"}
    assert files == set(catalogue())


@pytest.mark.parametrize("name", list(catalogue()))
def test_lexicons_are_sound(name: str) -> None:
    assert Lexicons().check(name) == []


@pytest.mark.parametrize("name", list(catalogue()))
def test_lexicons_are_stamped_and_say_where_they_come_from(name: str) -> None:
    description = describe(name)
    assert description.origin and description.licence
    assert description.sha256 == hashlib.sha256((DATA / name).read_bytes()).hexdigest(), (
        "edited but not stamped: python -m masudi.lexicon"
    )
    assert description.rows == len(Lexicons().table(name))
    assert description.columns[-1] == "note"


def overlay(tmp_path: Path, name: str, *lines: str) -> Lexicons:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["\t".join(describe(name).columns), *lines]) + "\n", encoding="utf-8")
    return Lexicons((tmp_path,))


MODES = "plover/modes.tsv"


def test_lexicons_of_a_user_lie_over_ours(tmp_path: Path) -> None:
    ours = {(r["type"], r["mode"]): r for r in Lexicons().table(MODES)}
    mine = overlay(tmp_path, MODES, "PROTEST\tstrike\t-1\tmine\t", "PROTEST\triot\t\t\t-")
    over = {(r["type"], r["mode"]): r for r in mine.table(MODES)}
    assert over["PROTEST", "strike"]["definition"] == "mine"
    assert ("PROTEST", "riot") in ours and ("PROTEST", "riot") not in over
    assert len(over) == len(ours) - 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("PROTST\tx\t-1\td\t", ":2: type 'PROTST' stands not in plover/types.tsv:type; did you mean PROTEST?"),
        ("\tx\t-1\td\t", ":2: type is blank"),
    ],
)
def test_lexicons_name_the_line_of_a_fault(tmp_path: Path, line: str, says: str) -> None:
    assert any(says in fault for fault in overlay(tmp_path, MODES, line).check(MODES))


def test_lexicons_name_a_doubled_key(tmp_path: Path) -> None:
    faults = overlay(tmp_path, MODES, "PROTEST\tx\t-1\td\t", "PROTEST\tx\t-2\td\t").check(MODES)
    assert any(":3: 'PROTEST/x' again; first at" in fault for fault in faults)


def test_lexicons_refuse_a_row_with_missing_cells(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"modes\.tsv:2: 2 cells; the header has 5"):
        overlay(tmp_path, MODES, "PROTEST\tx").table(MODES)


def test_lexicons_refuse_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such folder"):
        Lexicons((tmp_path / "nowhere",)).table(MODES)


def test_lexicons_know_the_nearest_name() -> None:
    with pytest.raises(LexiconError, match=r"did you mean 'plover/modes\.tsv'"):
        Lexicons().table("plover/mode.tsv")
