"""The reading room: every page answers, marks lead to cards, nothing of an article is run or lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from fakes import make_fake_coder
from masudi.config import Settings
from masudi.errors import StoreError
from masudi.records import Article, Failure
from masudi.store import append_line, write_part
from masudi.web import make_app
from masudi.web.marks import Mark, paragraphs

TEXT = "Observers said that Rebels attacked Loyalists in Lagos.\n\n<script>alert(1)</script> & so on."


@pytest.fixture
def room(tmp_path: Path) -> TestClient:
    coder = make_fake_coder(Settings())
    articles = [
        Article(id="a1", text=TEXT, published="2025-06-24", title="First <b>one</b>"),
        Article(id="a2", text="Nothing here.", title=None),
    ]
    failure = Failure(article="x.txt", stage="read", error="ReadError", message="x.txt: empty")
    append_line(tmp_path, write_part(tmp_path, "p1", [*coder.code_articles(articles), failure]))
    return TestClient(make_app(tmp_path))


@pytest.mark.parametrize(
    "path", ["/", "/article/a1", "/article/a2", "/reports", "/timeline", "/failures", "/static/style.css"]
)
def test_web_every_page_answers_with_a_strict_policy(room: TestClient, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code == 200
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_web_article_marks_lead_to_cards(room: TestClient) -> None:
    page = room.get("/article/a1").text
    target = page.split('class="report', 1)[0].rsplit('href="#', 1)[1].split('"')[0]
    assert f'id="{target}"' in page
    assert ">attacked</a>" in page
    assert "says Observers" in page


def test_web_article_text_is_shown_never_run(room: TestClient) -> None:
    page = room.get("/article/a1").text
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>one</b>" not in page


def test_web_reports_are_filtered_by_type_and_party(room: TestClient) -> None:
    assert "attacked" in room.get("/reports?type=ASSAULT&code=reb").text
    assert "No report fits" in room.get("/reports?type=AID").text
    assert "No report fits" in room.get("/reports?code=FRA").text


def test_web_timeline_shows_event_day_and_day_printed(room: TestClient) -> None:
    page = room.get("/timeline").text
    assert "2025-06<" in page and "2025-06-24" in page


def test_web_unknown_addresses_are_pages_too(room: TestClient) -> None:
    answer = room.get("/article/none")
    assert answer.status_code == 404 and "no article none in this store" in answer.text
    assert room.get("/nowhere").status_code == 404
    assert room.get("/?page=0").status_code == 422


def test_web_sees_what_a_run_has_added(tmp_path: Path) -> None:
    append_line(tmp_path, write_part(tmp_path, "p1", []))
    room = TestClient(make_app(tmp_path))
    assert "Nothing here yet" in room.get("/").text
    coded = make_fake_coder(Settings()).code_articles([Article(id="a9", text=TEXT, title="New")])
    append_line(tmp_path, write_part(tmp_path, "p2", list(coded)))
    assert "New" in room.get("/").text


def test_web_without_a_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        make_app(tmp_path)


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(["said", "actor", "report x"])), max_size=8),
)
def test_web_marks_lose_and_double_no_character(text: str, raw: list[tuple[int, int, str]]) -> None:
    marks = [Mark(start, start + length, layer, None, layer) for start, length, layer in raw]
    shown = ["".join(piece.text for piece in paragraph) for paragraph in paragraphs(text, marks)]
    assert shown == [line.rstrip() for line in text.splitlines() if line.strip()]
