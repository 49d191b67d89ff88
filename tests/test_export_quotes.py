"""Who said what as rows: names, roles and words beside what the record holds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import masudi
from masudi.export import FORMATS
from masudi.export.quotes import COLUMNS, quote_row
from masudi.store import append_line, open_store, rebuild_catalogue, write_part

TEXT = "The envoy said the truce\n had held."
CODED = {
    "article": {"id": "x", "published": "2019-05-06", "publisher": None, "title": None, "text": TEXT},
    "actors": [{"id": "a1", "name": "Ana Ruiz", "role": "envoy", "country": "ESP", "sectors": ["GOV"]}],
}


def statement(actor: str | None, spans: list[list[int]]) -> dict[str, object]:
    return {
        "id": "s1", "source": {"actor": actor, "spans": spans}, "cue": {"spans": [[10, 14]], "lemma": "say"},
        "content": [[15, 34]], "form": "indirect", "force": "assert", "named": actor is not None, "within": None,
        "date": None,
    }  # fmt: skip


def test_quote_row_names_the_actor_and_keeps_the_words_of_the_text() -> None:
    row = quote_row(CODED, statement("a1", [[0, 9]]))
    assert set(row) == set(COLUMNS)
    assert (row["source"], row["source_text"], row["role"], row["country"]) == (
        "Ana Ruiz",
        "The envoy",
        "envoy",
        "ESP",
    )
    assert row["words"] == "the truce had held"


def test_quote_row_of_an_unresolved_source_gives_its_words_and_of_none_gives_none() -> None:
    assert quote_row(CODED, statement(None, [[0, 9]]))["source"] == "The envoy"
    assert quote_row(CODED, statement(None, []))["source"] is None


def test_quote_row_leaves_out_the_pronoun_that_stands_for_the_source() -> None:
    article = {**CODED["article"], "text": "The envoy who said the truce\n had held."}
    row = quote_row({**CODED, "article": article}, statement(None, [[0, 9], [10, 13]]))
    assert (row["source"], row["source_text"]) == ("The envoy", "The envoy")
    assert quote_row({**CODED, "article": article}, statement(None, [[10, 13]]))["source"] == "who"


def test_quote_row_carries_certainty_number_and_the_words_on_anonymity() -> None:
    told = statement("a1", [[0, 9]])
    told["certainty"] = "distancing"
    told["source"] = {"actor": "a1", "spans": [[0, 9]], "number": 2, "plural": True, "anonymity": [10, 34]}
    row = quote_row(CODED, told)
    assert (row["certainty"], row["number"], row["plural"], row["anonymity"]) == (
        "distancing", 2, True, "said the truce had held",
    )  # fmt: skip
    plain = quote_row(CODED, statement(None, []))
    assert (plain["certainty"], plain["number"], plain["plural"], plain["anonymity"]) == ("neutral", None, False, None)


@pytest.mark.model
def test_quotes_are_the_same_in_csv_and_json_lines(tmp_path: Path, coder: masudi.Coder) -> None:
    text = 'The agency said two trucks, "old ones", had been lost. A rebel denied that his men had fired.'
    append_line(tmp_path, write_part(tmp_path, "p1", [coder.code(text)]))
    rebuild_catalogue(tmp_path)
    as_csv, as_lines = io.BytesIO(), io.BytesIO()
    with open_store(tmp_path) as opened:
        assert FORMATS["quotes"](opened, as_csv) == FORMATS["quotes-jsonl"](opened, as_lines) > 1
    rows = list(csv.DictReader(io.StringIO(as_csv.getvalue().decode("utf-8"), newline="")))
    lines = [json.loads(line) for line in as_lines.getvalue().splitlines()]
    assert [(r["statement"], r["words"], r["force"]) for r in rows] == [
        (line["statement"], line["words"], line["force"]) for line in lines
    ]
    assert {"deny"} <= {r["force"] for r in rows}
