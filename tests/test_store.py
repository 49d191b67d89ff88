"""A store: read by anybody at any time, loud when something is missing, the same out as in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from fakes import make_fake_coder
from masudi.config import Settings
from masudi.errors import StoreError
from masudi.export import export_csv, export_jsonl
from masudi.records import Article, Failure
from masudi.store import append_line, check_parts, open_store, rebuild_catalogue, write_part

TEXT = "Observers said that Rebels attacked Loyalists in Lagos. It was quiet later."


@pytest.fixture
def store(tmp_path: Path) -> Path:
    coder = make_fake_coder(Settings())
    texts = [TEXT, "Nothing at all.", TEXT.replace("Rebels", "Militants")]
    articles = [
        Article(id=f"a{i}", text=text, published="2025-06-24", title=f"“T{i}”, he said", authors=("A B", "C"))
        for i, text in enumerate(texts)
    ]
    failure = Failure(article="x.txt", stage="read", error="ReadError", message="x.txt: empty")
    append_line(tmp_path, write_part(tmp_path, "p1", [*coder.code_articles(articles), failure]))
    rebuild_catalogue(tmp_path)
    return tmp_path


def test_store_gives_back_what_was_coded(store: Path) -> None:
    coder = make_fake_coder(Settings())
    article = Article(id="a0", text=TEXT, published="2025-06-24", title="“T0”, he said", authors=("A B", "C"))
    coded = next(coder.code_articles([article])).to_dict()
    out = io.BytesIO()
    with open_store(store) as opened:
        assert export_jsonl(opened, out) == 3
    first = json.loads(out.getvalue().splitlines()[0])
    assert first == json.loads(json.dumps(coded))
    assert first["reports"] and first["statements"] and first["places"]


def test_store_keeps_how_sure_an_actor_is(store: Path) -> None:
    with duckdb.connect(str(store / "catalogue.duckdb"), read_only=True) as catalogue:
        found = catalogue.execute("SELECT DISTINCT confidence FROM actors").fetchall()
    assert found == [(1.0,)]


def test_store_begun_before_actors_had_a_confidence_goes_on(store: Path) -> None:
    path = store / "parts" / "actors-p1.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["confidence"]), path)
    coder = make_fake_coder(Settings())
    more = coder.code_articles([Article(id="a9", text=TEXT, published="2025-06-25")])
    append_line(store, write_part(store, "p2", [*more]))
    rebuild_catalogue(store)
    with duckdb.connect(str(store / "catalogue.duckdb"), read_only=True) as catalogue:
        articles = catalogue.execute("SELECT count(DISTINCT article) FROM actors").fetchone()
    assert articles == (3,)


def test_store_exports_csv_that_csv_readers_read(store: Path) -> None:
    out = io.BytesIO()
    with open_store(store) as opened:
        assert export_csv(opened, out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert [row["actor"] for row in rows] == ["Rebels", "Militants"]
    assert rows[0]["chain"] == "Observers"
    assert rows[0]["sentence"] == "Observers said that Rebels attacked Loyalists in Lagos."
    assert (rows[0]["place"], rows[0]["date_basis"], rows[0]["title"]) == ("Lagos", "document", "“T0”, he said")


def test_store_catalogue_has_the_tables_of_the_contract(store: Path) -> None:
    with duckdb.connect(str(store / "catalogue.duckdb"), read_only=True) as catalogue:
        names = {row[0] for row in catalogue.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
        assert names == {
            "articles", "actors", "mentions", "times", "places", "statements", "judgements", "reports", "events",
            "event_reports", "failures",
        }  # fmt: skip
        assert catalogue.execute("SELECT count(*) FROM reports").fetchone() == (2,)
        assert catalogue.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_store_catalogue_is_swapped_under_a_reader(store: Path) -> None:
    with duckdb.connect(str(store / "catalogue.duckdb"), read_only=True) as reader:
        rebuild_catalogue(store)
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (3,)


def test_store_that_is_none_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make one with: masudi run"):
        open_store(tmp_path)


def test_store_misses_a_part_aloud(store: Path) -> None:
    (store / "parts" / "reports-p1.parquet").unlink()
    with pytest.raises(StoreError, match=r"reports-p1\.parquet: missing"):
        open_store(store)


def test_store_sees_changed_bytes(store: Path) -> None:
    assert check_parts(store) == []
    path = store / "parts" / "times-p1.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    assert check_parts(store) == ["part p1 is not what was written; re-run its inputs into a new store"]


def test_store_refuses_a_damaged_manifest(store: Path) -> None:
    manifest = store / "manifest.jsonl"
    manifest.write_bytes(b"{oops}\n" + manifest.read_bytes())
    with pytest.raises(StoreError, match=r"manifest\.jsonl:1: damaged"):
        open_store(store)


def test_store_of_another_schema_version_is_refused(store: Path) -> None:
    append_line(store, {"run": "x", "version": 99})
    with pytest.raises(StoreError, match="schema version 99"):
        open_store(store)


def test_store_knows_when_it_has_grown(store: Path) -> None:
    with open_store(store) as opened:
        assert opened.fresh()
        append_line(store, write_part(store, "p2", []))
        assert not opened.fresh()
