"""The reading room in real Chromium: marks and cards, layers, keys, forms, two readers at once, no error, axe-core clean.

Skipped, and said so, where Debian's chromium is missing; a failure where MASUDI_EXPECT_BROWSER says it must be there.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from masudi.review import open_reviews
from masudi.review.readers import add_reader
from masudi.store import append_line, write_part
from masudi.web import RoomSettings, make_app

sys.path.insert(0, str(Path(__file__).parent.parent))
rooms = importlib.import_module("rooms")
make_store, serving, full = rooms.make_store, rooms.serving, rooms.full

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "a long password"
PAGES = [
    "/", "/article/a1", "/article/a3", "/reports", "/actors", "/actor/group:rebels", "/sources", "/source?id=words:observers",
    "/dyad?a=group:rebels&b=group:loyalists", "/timeline", "/map", "/map?view=Africa", "/network", "/search?q=attacked",
    "/article/full", "/actor/unnamed:full", "/reports?type=LOCKOUT", "/sources?certainty=distancing",
    "/search?what=articles&q=lagos", "/failures", "/events", "/review", "/review/figures", "/moderation", "/me", "/nowhere",
]  # fmt: skip

# Colours are all that differs by night.
ONLY = {"light": None, "dark": {"runOnly": ["color-contrast"]}}

if not CHROMIUM.exists() and not os.environ.get("MASUDI_EXPECT_BROWSER"):
    pytest.skip(f"NO BROWSER TESTS: {CHROMIUM} is missing (apt-get install chromium)", allow_module_level=True)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[str]:
    with serving(make_app(make_store(tmp_path))) as url:
        yield url


@pytest.fixture
def full_room(tmp_path: Path) -> Iterator[str]:
    """A room that has something of everything there is to show."""
    append_line(tmp_path, write_part(tmp_path, "p2", [full("full")]))
    with serving(make_app(make_store(tmp_path))) as url:
        yield url


@pytest.fixture
def open_room(tmp_path: Path) -> Iterator[str]:
    db = open_reviews(make_store(tmp_path))
    for name, role in (("Ada", "admin"), ("Rea", "reader"), ("Rob", "reader")):
        add_reader(db, name, PASSWORD, role)
    with serving(make_app(tmp_path, RoomSettings(accounts=True))) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    found = browser.new_page()
    faults: list[str] = []
    outside: list[str] = []
    found.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") and "404" not in m.text else None)
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("request", lambda r: outside.append(r.url) if not r.url.startswith("http://127.0.0.1") else None)
    yield found
    found.close()
    assert faults == [] and outside == []


def test_browser_a_mark_opens_its_card(page: Page, room: str) -> None:
    page.goto(f"{room}/article/a1")
    page.click(".body a.report")
    card = page.locator("details.card:target")
    assert card.evaluate("card => card.open")
    assert "Rebels" in card.inner_text()


def test_browser_layers_hide_marks_and_are_kept_in_the_address(page: Page, room: str) -> None:
    page.goto(f"{room}/article/a1")
    weight = lambda: page.locator(".body .report").first.evaluate("mark => getComputedStyle(mark).fontWeight")  # noqa: E731
    assert weight() == "700"
    page.uncheck("#show-report")
    assert weight() == "400" and "layers=said" in page.url
    page.reload()
    assert weight() == "400" and page.is_checked("#show-said")


def test_browser_rating_twice_is_one_vote(page: Page, room: str) -> None:
    page.goto(f"{room}/article/a1")
    for mark, percent in ((4, "40 %"), (8, "80 %")):
        page.check(f"input[name=mark][value='{mark}']")
        page.click("button:text-is('Rate')")
        assert percent in page.inner_text("#rating") and "1 vote" in page.inner_text("#rating")


def test_browser_a_comment_with_a_script_is_shown_as_text(page: Page, room: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.goto(f"{room}/article/a1")
    page.fill("#comments textarea >> nth=-1", "<script>alert('no')</script><img src=x onerror=alert(1)>")
    page.click("button:text-is('Comment')")
    assert "<script>alert('no')</script>" in page.inner_text("#comments")
    assert page.locator("#comments img").count() == 0


def test_browser_words_marked_in_the_text_become_the_quote(page: Page, room: str) -> None:
    page.goto(f"{room}/article/a1")
    page.evaluate(
        "() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.body a.report'));"
        " const marked = getSelection(); marked.removeAllRanges(); marked.addRange(range); }"
    )
    page.wait_for_function("document.querySelector('[data-quote]').value === 'attacked'")
    page.fill("#comments textarea >> nth=-1", "On this word.")
    page.click("button:text-is('Comment')")
    assert page.locator(".body .note").inner_text() == "attacked"


def test_browser_reports_are_reviewed_with_single_keys(page: Page, room: str) -> None:
    page.goto(f"{room}/review")
    first = page.locator("form[data-review]").get_attribute("action")
    page.keyboard.press("n")
    page.wait_for_url("**after=**")
    second = page.locator("form[data-review]").get_attribute("action")
    assert second != first
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator("form[data-review]").get_attribute("action") == first
    page.keyboard.press("w")
    page.keyboard.type("raced past")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.select_option("#f-type", "COERCE")
    page.locator("#f-type").blur()
    with page.expect_navigation():
        page.keyboard.press("s")
    assert "Nothing waits here" in page.inner_text("main")
    page.goto(f"{room}/report/{first.rsplit('/', 1)[1] if first else ''}")
    decided = page.inner_text("section[aria-labelledby=decided]")
    assert "correct" in decided and "COERCE" in decided and "raced past" in decided


def test_browser_the_brush_narrows_the_timeline(page: Page, room: str) -> None:
    page.goto(f"{room}/timeline")
    middles = []
    for bar in page.locator("svg [data-unit] .hit").all()[:3]:
        box = bar.bounding_box()
        assert box
        middles.append((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    page.mouse.move(*middles[0])
    page.mouse.down()
    page.mouse.move(*middles[2])
    page.mouse.up()
    page.wait_for_url("**since=2024-01&until=2024-03**")
    assert page.locator("table.reports tbody tr").count() == 1


def test_browser_two_readers_at_once(browser: Browser, open_room: str) -> None:
    visitors = []
    for name in ("Rea", "Rob"):
        visitor = browser.new_context().new_page()
        visitor.goto(f"{open_room}/login?to=/article/a1")
        visitor.fill("input[name=name]", name)
        visitor.fill("input[name=password]", PASSWORD)
        visitor.click("main button")
        visitors.append(visitor)
    for visitor, mark in zip(visitors, ("4", "8"), strict=True):
        visitor.check(f"input[name=mark][value='{mark}']")
    for visitor in visitors:
        visitor.click("button:text-is('Rate')")
    rated = visitors[1].inner_text("#rating")
    assert "60 %" in rated and "2 votes" in rated and "Your rating: 8" in rated


def test_browser_reading_rating_and_commenting_need_no_script(browser: Browser, room: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{room}/article/a1")
    page.click("details.card summary")
    assert "Rebels" in page.inner_text("details.card")
    page.check("input[name=mark][value='6']")
    page.click("button:text-is('Rate')")
    page.fill("#comments textarea >> nth=-1", "Without script.")
    page.click("button:text-is('Comment')")
    assert "60 %" in page.inner_text("#rating") and "Without script." in page.inner_text("#comments")


def test_browser_the_keyboard_reaches_content_first(page: Page, room: str) -> None:
    page.goto(f"{room}/reports")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_browser_right_to_left_text_runs_right_to_left(page: Page, room: str) -> None:
    page.goto(f"{room}/article/a3")
    assert page.locator("h1").evaluate("head => getComputedStyle(head).direction") == "rtl"
    assert page.locator(".body p").evaluate_all("all => all.map(p => getComputedStyle(p).direction)") == ["rtl"]
    page.goto(f"{room}/article/a1")
    assert page.locator(".body p").first.evaluate("p => getComputedStyle(p).direction") == "ltr"


def test_browser_rating_and_commenting_need_no_mouse(page: Page, room: str) -> None:
    page.goto(f"{room}/article/a1")

    def tab_to(selector: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        pytest.fail(f"Tab does not reach {selector}")

    tab_to("details.card summary")
    page.keyboard.press("Enter")
    assert page.locator("details.card").first.evaluate("card => card.open")
    tab_to("input[name=mark]")
    page.keyboard.press("Space")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "70 %" in page.inner_text("#rating")
    tab_to("#comments textarea")
    page.keyboard.type("By keyboard.")
    tab_to("#comments form > button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "By keyboard." in page.inner_text("#comments")


def test_browser_on_a_narrow_screen_the_facets_are_folded(browser: Browser, room: str) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 700}).new_page()
    page.goto(f"{room}/reports")
    assert not page.is_visible("form.filter select[name=type]")
    page.click("text=Narrow down")
    assert page.is_visible("form.filter select[name=type]")
    page.set_viewport_size({"width": 1200, "height": 700})
    assert not page.is_visible("text=Narrow down") and page.is_visible("form.filter select[name=type]")
    bare = browser.new_context(viewport={"width": 390, "height": 700}, java_script_enabled=False).new_page()
    bare.goto(f"{room}/reports")
    assert bare.is_visible("form.filter select[name=type]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_every_page_is_clean_for_axe(browser: Browser, full_room: str, scheme: Any) -> None:
    page = browser.new_context(color_scheme=scheme).new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" and "404" not in m.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{full_room}/article/a1")
    page.fill("#comments textarea >> nth=-1", "A comment.")
    page.click("button:text-is('Comment')")
    assert faults_of(page, full_room, PAGES, ONLY[scheme]) == {} and faults == []


def faults_of(page: Page, room: str, paths: list[str], options: Any) -> dict[str, str]:
    """What axe finds, by page; every fold is open, so that nothing hides from it."""
    found = {}
    for path in paths:
        page.goto(room + path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        axe = Axe().run(page, options=options)
        if axe.violations_count:
            found[path] = re.sub(r"\n+", "\n", axe.generate_report())[:1500]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_pages_of_accounts_are_clean_for_axe(browser: Browser, open_room: str, scheme: Any) -> None:
    page = browser.new_context(color_scheme=scheme).new_page()
    assert faults_of(page, open_room, ["/login", "/article/a1"], ONLY[scheme]) == {}
    page.goto(f"{open_room}/login")
    page.fill("input[name=name]", "Ada")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    assert faults_of(page, open_room, ["/me", "/moderation", "/review", "/article/a1"], ONLY[scheme]) == {}


@pytest.mark.parametrize("width", [360, 820])
def test_browser_no_page_is_wider_than_a_narrow_screen(browser: Browser, full_room: str, width: int) -> None:
    page = browser.new_context(viewport={"width": width, "height": 700}).new_page()
    wide = []
    for path in PAGES:
        page.goto(full_room + path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []
