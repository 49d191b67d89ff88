"""The written articles: every gold record stands in its text, and nothing held back is trained on."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (
    "NIAMEY - The army of Niger freed two pilots on Monday, a minister said.\n\nThe two pilots were well. "
    + "Their families met them at the airport, where a band played for an hour in the heat of the day. " * 3
)
RECORD: dict[str, Any] = {
    "words": "freed", "type": "RETREAT", "mode": ["release"],
    "actor": [{"text": "The army of Niger", "code": "NER MIL"}], "recipient": [{"text": "two pilots", "code": None}],
    "date": "2024-03-11", "date_basis": "text", "auxiliary": [], "chain": ["a minister"],
}  # fmt: skip
WRONG = [
    ({"words": "released"}, "'released' stands 0 times in the text, not 1"),
    ({"nth": 2}, "'freed' stands 1 times in the text, not 2"),
    ({"also": [["freed two", 1]]}, "two mentions overlap"),
    ({"actor": [{"text": "the army", "code": "NER MIL"}]}, "'the army' stands 0 times"),
    ({"actor": [{"text": "The army of Niger", "code": "Niger"}]}, "a code is"),
    ({"type": "FREE"}, "no type 'FREE'"),
    ({"mode": ["aerial"]}, "RETREAT has no mode 'aerial'"),
    ({"type": "CONSULT", "mode": []}, "CONSULT has all parties in actor"),
    ({"auxiliary": ["past"]}, "no auxiliary 'past'"),
    ({"date": None}, "null goes with unknown"),
    ({"date": "2024-03-11", "date_basis": "document"}, "the day, month or year of publication"),
    ({"date": "March 2024"}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
    ({"chain": ["the minister"]}, "chain: 'the minister' is not in the text"),
    ({"optional": False}, "optional is true or left out"),
    ({"sure": True}, "drop ['sure']"),
]


@pytest.fixture(scope="module")
def articles() -> ModuleType:
    sys.path.append(str(ROOT / "training"))
    return importlib.import_module("articles")


def row(**changes: Any) -> dict[str, Any]:
    return {"id": "niger-pilots", "published": "2024-03-12", "text": TEXT, "reports": [{**RECORD, **changes}]}


def written(path: Path, *found: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in found), encoding="utf-8")
    return path


def test_every_written_article_is_sound_and_in_one_set_only(articles: ModuleType) -> None:
    files = [*sorted(articles.FOLDER.glob("*.jsonl")), articles.HELD_BACK]
    good, wrong = articles.checked(files)  # refuses an id or a text that comes twice, also across files
    assert wrong == []
    assert len(good) >= 75


def test_located_records_stand_where_their_words_are(articles: ModuleType) -> None:
    for source in (articles.FOLDER, articles.HELD_BACK):
        for given in articles.rows(source):
            found = articles.located(given)
            assert len(found["reports"]) == len(given["reports"])
            for report, record in zip(given["reports"], found["reports"], strict=True):
                words = sorted([report["words"], *(w for w, _ in report.get("also", ()))])
                assert sorted(found["text"][s:e] for s, e in record["triggers"]) == words
                for party in (*record["actor"], *record["recipient"]):
                    assert found["text"][slice(*party["span"])] == party["text"]


def test_every_type_has_records_enough_to_learn_from(articles: ModuleType) -> None:
    types = [r["type"] for given in articles.rows() for r in given["reports"]]
    assert min(types.count(t) for t in articles.type_modes()) >= 15


def test_a_sound_row_passes_and_the_nth_occurrence_is_found(articles: ModuleType, tmp_path: Path) -> None:
    second = row(recipient=[{"text": "two pilots", "nth": 2, "code": None}], also=[["well", 1]])
    assert articles.checked([written(tmp_path / "a.jsonl", second)]) == ([second], [])
    report = articles.located(second)["reports"][0]
    assert report["recipient"][0]["span"][0] == TEXT.rindex("two pilots")
    assert [TEXT[s:e] for s, e in report["triggers"]] == ["freed", "well"]


@pytest.mark.parametrize(("changes", "fault"), WRONG)
def test_a_wrong_record_is_refused_with_file_line_and_mend(
    articles: ModuleType, tmp_path: Path, changes: dict[str, Any], fault: str
) -> None:
    path = written(tmp_path / "a.jsonl", row(), row(**changes) | {"id": "other", "text": TEXT + " It rained."})
    good, wrong = articles.checked([path])
    assert len(good) == 1
    assert any(w.startswith(f"{path}:2: report 1 (") and fault in w for w in wrong), wrong


def test_an_article_that_comes_twice_is_refused(articles: ModuleType, tmp_path: Path) -> None:
    first = written(tmp_path / "a.jsonl", row())
    again = written(tmp_path / "b.jsonl", row() | {"id": "under another name"})
    _, wrong = articles.checked([first, again])
    assert wrong == [f"{again}:1: the same id or text as {first}:1: keep one"]


def test_what_is_no_row_is_refused_and_not_read_over(articles: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x"}\n[]\nnot json\n', encoding="utf-8")
    good, wrong = articles.checked([path])
    assert good == []
    assert {w.split(":")[1] for w in wrong} == {"1", "2", "3"}


def test_the_scorer_gives_gold_full_marks_and_an_empty_coding_none(articles: ModuleType) -> None:
    sys.path.append(str(ROOT / "bench" / "accuracy"))
    scorer = importlib.import_module("reports")
    gold = {a["id"]: a["reports"] for a in map(articles.located, articles.rows(articles.HELD_BACK))}
    full = scorer.score(gold, gold, {i: scorer.pair(found, found) for i, found in gold.items()})
    assert set(full.values()) == {1.0}
    none = scorer.score(gold, {i: [] for i in gold}, {i: [] for i in gold})
    assert (none["found F1"], none["type and parties F1"]) == (0.0, 0.0)
