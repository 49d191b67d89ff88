"""The reading room: every page answers, marks lead to cards, nothing of an article is run or lost."""

from __future__ import annotations

import csv
import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from masudi.errors import ConfigError, StoreError
from masudi.records import EVENT_TYPES, Article
from masudi.store import append_line, write_part
from masudi.web import RoomSettings, make_app
from masudi.web.filters import BadFilter, Filters, filters_of, match_of
from masudi.web.index import Index
from masudi.web.marks import Mark, paragraphs
from rooms import TEXT, make_room, make_store, serving


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return make_room(make_store(tmp_path_factory.mktemp("store")))


def report_of(room: TestClient) -> str:
    found: str = room.get("/article/a1?format=json").json()["rows"][0]["id"]
    return found


PAGES = [
    "/", "/article/a1", "/article/a2", "/article/a3", "/reports", "/actors", "/actor/group:rebels", "/sources",
    "/source?id=words:observers", "/dyad?a=group:rebels&b=group:loyalists", "/timeline", "/map", "/network", "/search",
    "/search?q=attacked", "/search?what=articles&q=lagos", "/failures", "/events", "/contested", "/review",
    "/review/figures", "/moderation", "/me", "/static/style.css",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_web_every_page_answers_with_a_strict_policy(room: TestClient, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self';" in policy


@pytest.mark.parametrize("path", [p for p in PAGES if not p.startswith("/static")])
def test_web_no_page_holds_inline_script_or_style_or_asks_outside(room: TestClient, path: str) -> None:
    page = room.get(path).text
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert not re.search(r"<style|\son[a-z]+=\"|\sstyle=\"", page)
    assert not re.search(r"<(?:link|script|img)[^>]*(?:href|src)=\"(?!/static/)", page)


def test_web_article_marks_lead_to_cards(room: TestClient) -> None:
    page = room.get("/article/a1").text
    wanted = re.search(r'href="#(r-[0-9a-fr]+)" class="report[^"]*"[^>]*>attacked</a>', page)
    assert wanted and f'id="{wanted[1]}"' in page
    assert "says Observers" in page


def test_web_article_text_is_shown_never_run(room: TestClient) -> None:
    page = room.get("/article/a1").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>one</b>" not in page


def test_web_layers_are_part_of_the_address(room: TestClient) -> None:
    page = room.get("/article/a1?layers=report,time").text
    on = {name for name, rest in re.findall(r'data-layer="(\w+)"([^>]*)>', page) if "checked" in rest}
    assert on == {"report", "time"}


def test_web_text_from_right_to_left_says_so(room: TestClient) -> None:
    page = room.get("/article/a3").text
    assert re.search(r'<div class="body" dir="auto" lang="ar">', page)


def test_web_report_page_gives_words_and_reasons_of_every_field(room: TestClient) -> None:
    page = room.get(f"/report/{report_of(room)}").text
    assert "<q>attacked</q>" in page and "<q>Rebels</q>" in page and "fake" in page


def test_web_reports_are_filtered_by_type_and_party(room: TestClient) -> None:
    assert "attacked" in room.get("/reports?type=ASSAULT&code=reb").text
    assert "No report fits" in room.get("/reports?type=AID").text
    assert "No report fits" in room.get("/reports?code=FRA").text
    assert room.get("/reports?format=json&recipient=group:rebels").json()["rows"][0]["actor"].startswith("Loyalists")
    assert len(room.get("/reports?format=json&until=2024").json()["rows"]) == 1


def test_web_rows_beside_a_page_are_the_rows_of_the_page(room: TestClient) -> None:
    as_json = room.get("/reports?format=json").json()["rows"]
    as_csv = list(csv.DictReader(io.StringIO(room.get("/reports?format=csv").text)))
    assert [r["id"] for r in as_csv] == [r["id"] for r in as_json] and len(as_json) == 2


def test_web_csv_cells_are_no_formulas(tmp_path: Path) -> None:
    room = make_room(make_store(tmp_path, (Article(id="f", text="Rebels attacked Loyalists.", title="=1+1"),)))
    assert next(csv.DictReader(io.StringIO(room.get("/?format=csv").text)))["title"] == "'=1+1"


def test_web_search_counts_facets_and_narrows(room: TestClient) -> None:
    page = room.get("/search?q=attacked").text
    assert "2 reports fit" in page and "The Post" in page
    assert "1 report fits" in room.get("/search?q=attacked&publisher=The+Post").text
    assert "/article/a1" in room.get("/search?what=articles&q=%22so+on%22").text


@given(st.text(max_size=40))
def test_web_no_words_break_the_search(room: TestClient, words: str) -> None:
    words = words.encode("utf-8", "ignore").decode()
    assert room.get("/search", params={"q": words}).status_code == 200
    assert room.get("/search", params={"q": words, "what": "articles"}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "query"),
    [("a b", '"a" "b"'), ('"a b" c*', '"a b" "c"*'), ("NOT (x", '"NOT" "(x"'), ("* -", ""), ('say "', '"say"')],
)
def test_web_words_are_words_not_operators(typed: str, query: str) -> None:
    assert match_of(typed) == query


@pytest.mark.parametrize("bad", [{"type": "X"}, {"since": "yesterday"}, {"since": "2024-13"}, {"confidence": "2"}])
def test_web_a_facet_that_cannot_be_is_refused_in_words(room: TestClient, bad: dict[str, str]) -> None:
    with pytest.raises(BadFilter):
        filters_of(bad, EVENT_TYPES)
    assert room.get("/reports", params=bad).status_code == 422


def test_web_an_address_gives_back_its_facets() -> None:
    from urllib.parse import parse_qsl

    wanted = Filters(q="a & b", type="AID", party="person:x", since="2024")
    assert filters_of(dict(parse_qsl(wanted.address())), EVENT_TYPES) == wanted


def test_web_timeline_map_and_network_draw_what_is_there(room: TestClient) -> None:
    assert room.get("/timeline?format=json").json()["rows"] == [
        {"unit": unit, "day": day, "quad": quad, "reports": 1}
        for unit in ("2024-01", "2025-06") for day, quad in (("event", "material_conflict"), ("printed", None))
    ]
    assert [r["name"] for r in room.get("/map?format=json").json()["rows"]] == ["Lagos"]
    pairs = {(r["actor"], r["recipient"]) for r in room.get("/network?format=json").json()["rows"]}
    assert pairs == {("group:rebels", "group:loyalists"), ("group:loyalists", "group:rebels")}
    assert "<circle" in room.get("/map").text and "<circle" in room.get("/network").text


def test_web_events_do_not_pretend(room: TestClient) -> None:
    assert "does not link reports into events yet" in room.get("/events").text


def test_web_unknown_addresses_are_pages_too(room: TestClient) -> None:
    answer = room.get("/article/none")
    assert answer.status_code == 404 and "no article none in this store" in answer.text
    for path in ("/nowhere", "/report/none", "/actor/none", "/source?id=none", "/dyad?a=x&b=y"):
        assert room.get(path).status_code == 404, path
    assert room.get("/?page=0").status_code == 422


def test_web_sees_what_a_run_has_added(tmp_path: Path) -> None:
    append_line(tmp_path, write_part(tmp_path, "p1", []))
    room = make_room(tmp_path)
    assert "Nothing here yet" in room.get("/").text
    make_store(tmp_path, (Article(id="a9", text=TEXT, title="New"),), part="p2")
    deadline = time.monotonic() + 10
    while "New" not in room.get("/").text:
        assert time.monotonic() < deadline


def test_web_readers_are_served_while_a_run_adds_parts(tmp_path: Path) -> None:
    make_store(tmp_path)
    with serving(make_app(tmp_path)) as url, httpx.Client(base_url=url) as client:
        for n in range(6):
            make_store(tmp_path, (Article(id=f"n{n}", text=f"Rebels attacked Loyalists {n}.", title=f"N{n}"),), part=f"n{n}")
            with ThreadPoolExecutor(4) as readers:
                paths = ["/", "/reports", "/search?q=attacked", "/network", "/timeline", "/article/a1"] * 2
                codes = set(readers.map(lambda path: client.get(path).status_code, paths))
            assert codes == {200}
        deadline = time.monotonic() + 10
        while len(client.get("/?format=json").json()["rows"]) < 9:
            assert time.monotonic() < deadline
        assert client.get("/network?format=json").json()["rows"][0]["n"] == 7


def test_web_index_is_made_anew_when_the_store_was(tmp_path: Path) -> None:
    make_store(tmp_path)
    Index(tmp_path)
    (tmp_path / "manifest.jsonl").unlink()
    make_store(tmp_path, (Article(id="b1", text="Else."),), part="other")
    assert [row["id"] for row in Index(tmp_path).query("SELECT id FROM articles")] == ["b1"]


def test_web_a_spoilt_index_is_made_anew(tmp_path: Path) -> None:
    make_store(tmp_path)
    (tmp_path / "reading.sqlite").write_bytes(b"no database at all" * 100)
    assert Index(tmp_path).coded("a1") is not None


def test_web_without_a_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        make_app(tmp_path)


def test_web_extracts_show_the_beginning_and_the_way_to_the_rest(tmp_path: Path) -> None:
    long = "Rebels attacked Loyalists. " + "More words. " * 200 + "The very end."
    make_store(tmp_path, (Article(id="x", text=long, url="https://example.org/x"),))
    room = make_room(tmp_path, extracts=True)
    page = room.get("/article/x").text
    assert "The very end" not in page and "Read the whole article" in page and "attacked" in page
    assert "The very end" not in room.get("/api/v1/articles/x").text


def test_web_does_not_answer_to_other_names(room: TestClient) -> None:
    assert room.get("/", headers={"host": "evil.example"}).status_code == 421


def test_web_accounts_need_an_admin(tmp_path: Path) -> None:
    make_store(tmp_path)
    with pytest.raises(ConfigError, match="masudi account add"):
        make_app(tmp_path, RoomSettings(accounts=True))


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["said", "actor", "report x"])), max_size=8),
)
def test_web_marks_lose_and_double_no_character(text: str, raw: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, start + length, layer, None, layer) for start, length, layer in raw]
    shown = ["".join(piece.text for piece in paragraph) for paragraph in paragraphs(text, marks)]
    assert shown == [line.rstrip() for line in text.splitlines() if line.strip()]
