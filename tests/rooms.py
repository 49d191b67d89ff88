"""Reading rooms for tests: small stores coded by the fake coder, readers with cookies and tokens."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from attrs import evolve
from fastapi.testclient import TestClient

from fakes import make_fake_coder
from masudi.config import Settings
from masudi.records import Actor, Article, CodedArticle, Failure, Judgement, Place, Span
from masudi.store import append_line, write_part
from masudi.web import RoomSettings, make_app

HOST = "http://127.0.0.1"
TEXT = "Observers said that Rebels attacked Loyalists in Lagos.\n\n<script>alert(1)</script> & so on."
ARTICLES = (
    Article(
        id="a1", text=TEXT, published="2025-06-24", title="First <b>one</b>", publisher="The Post",
        url="https://example.org/one", authors=("A. Writer",), language="en",
    ),
    Article(id="a2", text="Nothing here.", title=None),
    Article(id="a3", text="قال متحدث. Loyalists attacked Rebels.", title="خبر", published="2024-01-05", language="ar"),
)  # fmt: skip


def make_store(path: Path, articles: tuple[Article, ...] = ARTICLES, part: str = "p1") -> Path:
    coded = make_fake_coder(Settings()).code_articles(articles)
    failure = Failure(article="x.txt", stage="read", error="ReadError", message=f"{part}.txt: empty")
    append_line(path, write_part(path, part, [*coded, failure]))
    return path


PLAIN = "Observers said that Rebels attacked Loyalists in Lagos."


def coded(id: str, *, report: dict[str, Any] | None = None, **changed: Any) -> CodedArticle:
    """One article with one report, changed as given; `report`: changes of the report."""
    (found,) = make_fake_coder(Settings()).code_articles((Article(id=id, text=PLAIN, title=f"Title {id}", published="2025-06-24"),))
    assert isinstance(found, CodedArticle)
    return evolve(found, reports=(evolve(found.reports[0], **report or {}),), **changed)


def place(name: str, kind: str, country: str | None, km: float) -> Place:
    at = PLAIN.index("Lagos")
    return Place(span=Span(at, at + 5), text="Lagos", name=name, kind=kind, form="name", lat=6.5, lon=3.4, country=country, precision_km=km)


def full(id: str) -> CodedArticle:
    """An article with all that can be shown: an own type, a country, an unnamed source and its terms, a judgement of the
    author's, a description of several, a country lent by context."""
    one = coded(id, report={"type": "LOCKOUT", "quad": None, "score": None}, places=(place("Nigeria", "country", "NGA", 500.0),))
    both = Actor(id=f"unnamed:{id}", name="both sides", kind="unnamed", members=tuple(a.id for a in one.actors[:2]))
    lent = Actor(id=f"unnamed:{id}-2", name="the soldiers", kind="unnamed", country="NGA", confidence=0.6)
    said = evolve(one.statements[0], named=False, certainty="distancing", number=2, plural=True, anonymity=Span(0, 9))
    doubt = Judgement(span=Span(46, 48), text="in", polarity="doubt")
    return evolve(one, actors=(*one.actors, both, lent), statements=(said,), judgements=(doubt,))


class Visitor(TestClient):
    """A browser: keeps cookies, sends the token of the page it stands on."""

    def token(self, page: str = "/article/a1") -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(page).text)
        return found[1] if found else ""

    def fill_in(self, path: str, page: str = "/article/a1", **fields: Any) -> Any:
        return self.post(path, data={"csrf": self.token(page), **fields})


def make_room(path: Path, **settings: Any) -> Visitor:
    clock = settings.pop("clock", None)
    more = {"clock": clock} if clock else {}
    app = make_app(path, RoomSettings(**settings), **more)
    return Visitor(app, base_url=HOST, client=("127.0.0.1", 50000))


def another(visitor: TestClient) -> Visitor:
    """A second browser in the same room."""
    return Visitor(visitor.app, base_url=HOST, client=("127.0.0.1", 50001))


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The room on a real port of this machine; gives its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", proxy_headers=False))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
