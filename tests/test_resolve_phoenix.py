"""Dictionaries of other event coders become lexicon files, faults and all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from masudi.cli import cli
from masudi.errors import ReadError
from masudi.lexicon import Lexicons
from masudi.resolve.meaning import meanings_of
from masudi.resolve.phoenix import day_of, read_dictionaries
from masudi.resolve.phoenix_tables import import_phoenix, spellings

ACTORS = """\
# a comment
<!-- a block
     of two lines -->
PAOLO_ESEMPIO_  ; legacy comment
\t[ITAOPP <990131]
+P._ESEMPIO_
\t[ITAGOV 990201-20010630] # in office
\t[ITAGOV 9902011-010630]
\t[ITAELI >010701]
NORDIC_SAMPLE_BANK_\t[MNCSWE]
BRIGADE_OF_THE_EXAMPLE_ [ANGREB]
+BOTE_
LEAGUE_OF_SAMPLES_ [IGOLOS]
RURITANIA_LAND_ [POL]
NOBODY_AT_ALL_
MARIA_PROVISIONAL_ [ESPGOV 20050101-20041231]\t[ESPLEG]
"""
AGENTS = """\
!PERSON! = MAN, WOMAN
EXAMPLE_GUARD {} [~COP]
SAMPLE!PERSON! [~LAB]
HEAD_OF_SAMPLES {HEADS_OF_SAMPLES} [~GOV]
MODEST_SOUL [~MOD]
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    actors, agents = tmp_path / "sample.actors.txt", tmp_path / "sample.agents.txt"
    actors.write_text(ACTORS)
    agents.write_text(AGENTS)
    return [actors, agents]


def test_dates_of_two_and_four_digit_years() -> None:
    assert day_of("301231") == date(2030, 12, 31)
    assert day_of("310101") == date(1931, 1, 1)
    assert day_of("20040229") == date(2004, 2, 29)
    assert day_of("990100") == date(1999, 1, 1)
    for wrong in ("2004017", "201005011", "990231", "9913"):
        with pytest.raises(ValueError):
            day_of(wrong)


def test_a_malformed_date_is_a_warning_with_its_line_and_the_rest_is_read(files: list[Path]) -> None:
    found = read_dictionaries(files)
    assert [w for w in found.warnings if "9902011" in w] == [
        "sample.actors.txt:8: [ITAGOV 9902011-010630] left out: '9902011' is no date; write YYMMDD or YYYYMMDD"
    ]
    assert any(w.startswith("sample.actors.txt:15: 'NOBODY_AT_ALL_'") for w in found.warnings)
    assert any("ends before it begins" in w for w in found.warnings)
    first = found.actors[0]
    assert first.phrases == ("PAOLO_ESEMPIO_", "P._ESEMPIO_")
    assert [(c.code, c.start, c.end) for c in first.codes] == [
        ("ITAOPP", None, date(1999, 1, 31)),
        ("ITAGOV", date(1999, 2, 1), date(2001, 6, 30)),
        ("ITAELI", date(2001, 7, 1), None),
    ]


def test_agents_take_their_sets_and_plurals(files: list[Path]) -> None:
    agents = {a.phrase: (a.plural, a.code) for a in read_dictionaries(files).agents}
    assert agents["EXAMPLE GUARD"] == ("", "COP")
    assert agents["SAMPLEWOMAN"] == (None, "LAB")
    assert agents["HEAD OF SAMPLES"] == ("HEADS OF SAMPLES", "GOV")


def test_a_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_dictionaries([tmp_path / "none.txt"])


@pytest.mark.parametrize(
    ("phrase", "wanted"),
    [
        ("BASHAR_AL_ASSAD_", "Bashar al-Assad"), ("BANK_OF_ITALY", "Bank of Italy"), ("NATO_", "NATO"),
        ("U.N._", "U.N."), ("ABD-AL-AZIZ_NAMED", "Abd-Al-Aziz Named"),
    ],
)  # fmt: skip
def test_capitals_become_the_spelling_of_running_text(phrase: str, wanted: str) -> None:
    assert spellings(phrase)[0] == wanted


def test_the_import_lies_over_the_built_in_lexicons(files: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "over"
    done = import_phoenix(files, folder)
    assert done.rows["world/people.tsv"] == 4
    lexicons = Lexicons((folder,))
    faults = [f for name in done.rows for f in lexicons.check(name)]
    assert faults == []
    for day, code in (("1998-06", "ITAOPP"), ("2000-01-05", "ITAGOV"), ("2005", "ITACVL")):
        [meaning] = meanings_of(lexicons, "Paolo Esempio", day)
        assert meaning.code == code, day
    assert [m.code for m in meanings_of(lexicons, "Bote", None)] == ["AGOREB"]
    assert [m.code for m in meanings_of(lexicons, "League of Samples")] == ["IGOLOS"]
    assert [m.id for m in meanings_of(lexicons, "Ruritania Land")] == ["state:POL"]
    assert [m.code for m in meanings_of(lexicons, "samplewoman")] == ["LAB"]


def test_of_overlapping_limits_the_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ANNA_DOPPELT_ [DEUGOV 20000101-20001231] [DEULEG 20000601-20011231] [DEUBUS]\n")
    import_phoenix([path], tmp_path / "over")
    lexicons = Lexicons((tmp_path / "over",))
    for day, code in (("2000-07", "DEUGOV"), ("2001-03", "DEULEG"), ("2012", "DEUBUS")):
        assert [m.code for m in meanings_of(lexicons, "Anna Doppelt", day)] == [code], day


def test_show_says_what_a_name_meant_on_a_day_and_why() -> None:
    [rabin] = meanings_of(Lexicons(), "yitzhak rabin", "1993-09-13")
    assert rabin.code == "ISRGOV"
    assert any("prime minister" in reason and "world/people.tsv:" in reason for reason in rabin.reasons)
    [zaire] = meanings_of(Lexicons(), "Zaire", "2005")
    assert zaire.code is None
    assert meanings_of(Lexicons(), "no such name at all") == ()


def test_commands_import_and_show(files: list[Path], tmp_path: Path) -> None:
    runner = CliRunner()
    folder = tmp_path / "mine"
    done = runner.invoke(cli, ["lexicon", "import", "phoenix", *map(str, files), "-o", str(folder)])
    assert done.exit_code == 0
    assert "warning: sample.actors.txt:8:" in done.output
    shown = runner.invoke(cli, ["lexicon", "show", "Paolo Esempio", "--on", "2000-03-01", "--lexicons", str(folder)])
    assert shown.exit_code == 0
    assert "ITAGOV" in shown.output and "not then" in shown.output
    assert runner.invoke(cli, ["lexicon", "show", "Paolo Esempio", "--on", "March"]).exit_code == 2


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"\xef\xbb\xbfFIRST_EXAMPLE_BANK_ [DEUBUS]\n", "First Example Bank", ""),
        ("BÉATRICE_ESEMPIO_ [FRAGOV 010101-020202]\n".encode("cp1252"), "Beatrice Esempio", "read as Windows-1252"),
        ("WIDE_EXAMPLE_BANK_ [DEUBUS]\n".encode("utf-16"), "Wide Example Bank", ""),
        (b"DOS_EXAMPLE_BANK_ [DEUBUS]\r\n", "Dos Example Bank", ""),
        (b"CONTROL_\x07EXAMPLE_BANK_ [DEUBUS]\n", "Control Example Bank", "control characters taken out"),
    ],
)
def test_a_dictionary_is_read_in_the_encodings_people_have(tmp_path: Path, content: bytes, name: str, says: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    done = import_phoenix([path], tmp_path / "over")
    assert [m.name for m in meanings_of(Lexicons((tmp_path / "over",)), name, "2001-06")] == [name]
    assert any(says in w for w in done.warnings) if says else done.warnings == ()


@pytest.mark.parametrize(("content", "says"), [(b"", "holds no record"), (b"# nothing\n\n", "holds no record"),
                                               (bytes(range(256)) * 8, "it is no text")])  # fmt: skip
def test_a_file_without_a_record_is_said_to_have_none(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    done = CliRunner().invoke(cli, ["lexicon", "import", "phoenix", str(path), "-o", str(tmp_path / "over")])
    assert done.exit_code == 1
    assert says in done.stderr and "nothing imported" in done.stderr


@pytest.mark.parametrize(("phrase", "plural"), [("SAMPLE_WOMAN", "sample women"), ("SAMPLE_MEN", "sample men"),
                                                ("SAMPLE_ENVOY", "sample envoys")])  # fmt: skip
def test_an_agents_plural_is_english(tmp_path: Path, phrase: str, plural: str) -> None:
    path = tmp_path / "agents.txt"
    path.write_text(f"{phrase} [~GOV]\n")
    import_phoenix([path], tmp_path / "over")
    [row] = [r for r in Lexicons((tmp_path / "over",)).table("en/roles.tsv") if r.own]
    assert row["plural"] == plural
