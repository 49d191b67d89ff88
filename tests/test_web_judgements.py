"""The reading room on judgements, certainty, unnamed sources and events that are statements."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from fastapi.testclient import TestClient

import masudi.web
from fakes import make_fake_coder
from masudi.config import Settings
from masudi.records import Article, CodedArticle, Judgement, Span
from masudi.store import append_line, write_part
from rooms import make_room

TEXT = "Observers said that Rebels attacked Loyalists in Lagos. The absurd plan met a ruinous end, said absurd men."
STYLE = Path(masudi.web.__file__).parent / "static" / "style.css"


def coded() -> CodedArticle:
    found = next(make_fake_coder(Settings()).code_articles([Article(id="j1", text=TEXT, published="2025-06-24")]))
    statement = attrs.evolve(
        found.statements[0], named=False, certainty="distancing", number=2, plural=True, anonymity=Span(56, 71)
    )
    own = TEXT.index("absurd")
    theirs = TEXT.index("Loyalists")
    judgements = (
        Judgement(span=Span(theirs, theirs + 9), text="Loyalists", within=statement.id, polarity="doubt", because=("row",)),
        Judgement(span=Span(own, own + 6), text="absurd", polarity="dismissal", because=("row",)),
    )
    report = attrs.evolve(found.reports[0], chain=(), statement=statement.id)
    return attrs.evolve(found, statements=(statement,), judgements=judgements, reports=(report,))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = tmp_path_factory.mktemp("judged")
    append_line(path, write_part(path, "p1", [coded()]))
    return make_room(path)


def test_web_article_tints_the_authors_judgements_apart_from_those_of_a_source(room: TestClient) -> None:
    page = room.get("/article/j1").text
    assert re.search(r'<a href="#j-1" class="judged" title="the author&#39;s judgement: dismissal" tabindex="-1">absurd</a>', page)
    assert re.search(r'class="[^"]*judged theirs[^"]*"[^>]*>Loyalists<', page)
    assert 'data-layer="judged"' in page and "1 judgement of the author" in page


def test_web_layer_of_judgements_is_part_of_the_address(room: TestClient) -> None:
    page = room.get("/article/j1?layers=report").text
    assert re.search(r'data-layer="judged">', page) and re.search(r'data-layer="report" checked>', page)


def test_web_statement_card_shows_certainty_number_and_terms_of_anonymity(room: TestClient) -> None:
    page = room.get("/article/j1").text
    assert 'title="certainty: distancing">told as a claim<' in page
    assert "(not named, 2 of them)" in page
    assert f"Why not named: <q>{TEXT[56:71]}</q>" in page


def test_web_report_and_statement_lead_to_one_another(room: TestClient) -> None:
    article = coded()
    page = room.get("/article/j1").text
    assert f'href="#s-{article.statements[0].id}">The statement it is' in page
    assert f'This statement is the event <a href="#r-{article.reports[0].id}">' in page
    alone = room.get(f"/report/{article.reports[0].id}").text
    assert f'/article/j1#s-{article.statements[0].id}"' in alone


def test_web_sources_are_found_by_certainty(room: TestClient) -> None:
    wanted = room.get("/sources?certainty=distancing&format=json").json()["rows"]
    assert [r["id"] for r in wanted] == ["words:observers"]
    assert room.get("/sources?certainty=factive&format=json").json()["rows"] == []
    assert len(room.get("/sources?certainty=nonsense&format=json").json()["rows"]) == 1


def test_web_source_page_counts_and_filters_certainty(room: TestClient) -> None:
    page = room.get("/source?id=words:observers").text
    assert "told as a claim 1" in page
    assert room.get("/source?id=words:observers&certainty=factive&format=json").json()["rows"] == []
    said = room.get("/source?id=words:observers&certainty=distancing&format=json").json()["rows"]
    assert [(s["certainty"], s["number"], s["anonymity"]) for s in said] == [("distancing", 2, TEXT[56:71])]


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_web_words_on_the_tint_of_judgements_can_be_read(theme: int) -> None:
    """WCAG AA: 4.5 to 1 for the text and for each colour of reports, in both themes."""
    block = STYLE.read_text(encoding="utf-8").split(":root {")[1 + theme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    ground = luminance(colours["judged"])
    for name in ("ink", "vc", "mc", "vx", "mx"):
        low, high = sorted((ground, luminance(colours[name])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, name
