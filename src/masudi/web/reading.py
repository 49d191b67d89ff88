"""The doors of reading: one route a page; lists and charts also as CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from fastapi import FastAPI, HTTPException, Query, Request, Response

from ..records import ACTOR_KINDS, CERTAINTIES
from ..review import ratings
from ..review.comments import comments_on
from ..review.decisions import decisions_on, history_of, visible
from . import charts, drawings, pages
from .filters import STATUSES, Filters, filters_of, match_of
from .labels import CERTAINTY_WORDS, FACET_WORDS, VOICE_WORDS
from .marks import Mark
from .room import Kind, Room, as_rows

Page = Annotated[int, Query(alias="page", ge=1, le=100_000)]
LIST_ROWS = 5000  # of a list as CSV or JSON, a page; `masudi export` gives all
LAYERS = ("report", "said", "judged", "actor", "time", "place", "note")
TABLE = 100


def add_reading(app: FastAPI, room: Room) -> None:
    """Add the pages for reading."""
    _add_front(app, room)
    _add_articles(app, room)
    _add_lists(app, room)
    _add_people(app, room)
    _add_charts(app, room)
    _add_search(app, room)


def _listed(
    room: Room, request: Request, template: str, name: str, kind: str, number: int, size: int,
    rows: Callable[[int], list[dict[str, Any]]], more: dict[str, Any] | None = None,
) -> Response:  # fmt: skip
    """A list as a page, or its rows as CSV or JSON; `rows` is asked for one more than it should show."""
    if kind != "html":
        return as_rows(kind, rows(LIST_ROWS)[:LIST_ROWS], name)
    found = rows(size)
    values = {"rows": found[:size], "page_number": number, "more": len(found) > size, **(more or {})}
    return room.page(request, template, values)


def _add_front(app: FastAPI, room: Room) -> None:
    index = room.index

    @app.get("/")
    def front(request: Request, number: Page = 1, kind: Kind = "html") -> Response:
        more: dict[str, Any] = {"totals": pages.totals(index)}
        if number == 1 and kind == "html":
            top = ratings.most_discussed(room.db, 8)
            known = pages.articles_by_id(index, [t["article"] for t in top])
            more["discussed"] = [{**known[t["article"]], **t} for t in top if t["article"] in known]
        rows = lambda size: pages.articles(index, number, size)  # noqa: E731
        return _listed(room, request, "front.html", "articles", kind, number, pages.ARTICLES_A_PAGE, rows, more)

    @app.get("/events")
    @app.get("/contested")
    def events(request: Request) -> Response:
        return room.page(request, "events.html", {})


def _add_articles(app: FastAPI, room: Room) -> None:
    index, db = room.index, room.db

    @app.get("/article/{wanted}")
    def article(request: Request, wanted: str, layers: str = ",".join(LAYERS), kind: Kind = "html") -> Response:
        coded = index.coded(wanted)
        if coded is None:
            raise HTTPException(404, f"no article {wanted} in this store")
        if kind != "html":
            return as_rows(kind, _article_rows(room, wanted), f"article-{wanted}")
        reader = room.reader(request)
        threads = comments_on(db, coded["article"], reader)
        notes = [
            Mark(c["span"][0], c["span"][1], "note", f"c-{c['id']}", "a reader's comment")
            for c in threads if c["span"] and c["state"] == "shown"
        ]  # fmt: skip
        values = pages.article(index, coded, extract=room.settings.extracts, notes=notes)
        return room.page(request, "article.html", values | {
            "layers": [name for name in LAYERS if name in layers.split(",")], "threads": threads,
            "result": ratings.result(db, wanted), "own_mark": ratings.own_mark(db, wanted, reader),
            "grades": ratings.grades(db, wanted), "scales": (ratings.SOURCE_GRADES, ratings.INFORMATION_GRADES),
        })  # fmt: skip

    @app.get("/report/{wanted}")
    def report(request: Request, wanted: str) -> Response:
        values = pages.report(index, wanted)
        if values is None:
            raise HTTPException(404, f"no report {wanted} in this store")
        found = decisions_on(db, wanted)
        shown = visible(found, room.reader(request))
        history = history_of(db, wanted) if shown else []
        return room.page(request, "report.html", values | {
            "decisions": shown, "hidden": len(found) - len(shown), "history": history})  # fmt: skip


def _article_rows(room: Room, wanted: str) -> list[dict[str, Any]]:
    number = room.index.one("SELECT n FROM articles WHERE id = ?", [wanted])
    found = room.index.query(
        "SELECT id, type, modes, quad, actor, recipient, value AS date, basis, place, country, status, chain, voice,"
        " confidence, words FROM reports WHERE article = ? ORDER BY n", [number["n"] if number else 0],
    )  # fmt: skip
    return found


def _add_lists(app: FastAPI, room: Room) -> None:
    index = room.index

    @app.get("/reports")
    def reports(
        request: Request, number: Page = 1, kind: Kind = "html", order: Literal["latest", "earliest"] = "latest"
    ) -> Response:
        wanted = _wanted(room, request)
        rows = lambda size: pages.reports(index, wanted, number, size, latest=order == "latest")  # noqa: E731
        more = {"order": order, **_facet_values(room, wanted)}
        return _listed(room, request, "reports.html", "reports", kind, number, pages.REPORTS_A_PAGE, rows, more)

    @app.get("/failures")
    def failures(request: Request, number: Page = 1, kind: Kind = "html") -> Response:
        rows = lambda size: pages.failures(index, number, size)  # noqa: E731
        return _listed(room, request, "failures.html", "failures", kind, number, 200, rows)

    @app.get("/actors")
    def actors(request: Request, number: Page = 1, kind: Kind = "html", sort: str = "", name: str = "") -> Response:
        wanted = sort if sort in ACTOR_KINDS else None
        rows = lambda size: pages.actors(index, number, size, kind=wanted, name=name.strip()[:100] or None)  # noqa: E731
        more = {"kinds": ACTOR_KINDS, "kind": wanted, "name": name}
        return _listed(room, request, "actors.html", "actors", kind, number, TABLE, rows, more)

    @app.get("/sources")
    def sources(
        request: Request, number: Page = 1, kind: Kind = "html", named: Literal["", "yes", "no"] = "",
        certainty: str = "",
    ) -> Response:
        wanted = {"yes": True, "no": False, "": None}[named]
        sure = certainty if certainty in CERTAINTIES else None
        rows = lambda size: pages.sources(index, number, size, named=wanted, certainty=sure)  # noqa: E731
        more = {"named": named, "certainty": sure or "", "certainties": CERTAINTIES}
        return _listed(room, request, "sources.html", "sources", kind, number, TABLE, rows, more)


def _add_people(app: FastAPI, room: Room) -> None:
    index = room.index

    @app.get("/actor/{wanted:path}")
    def actor(request: Request, wanted: str, kind: Kind = "html") -> Response:
        values = pages.actor(index, wanted)
        if values is None:
            raise HTTPException(404, f"no actor {wanted} in this store")
        if kind != "html":
            return as_rows(kind, pages.reports(index, Filters(party=wanted), 1, LIST_ROWS)[:LIST_ROWS], "actor")
        return room.page(request, "actor.html", values)

    @app.get("/dyad")
    def dyad(request: Request, a: str, b: str, kind: Kind = "html") -> Response:
        values = pages.dyad(index, a, b)
        if values is None:
            raise HTTPException(404, f"this store does not name both {a} and {b}")
        if kind != "html":
            both = [r for x, y in ((a, b), (b, a)) for r in pages.reports(index, Filters(actor=x, recipient=y), 1, LIST_ROWS)]
            return as_rows(kind, both, "dyad")
        return room.page(request, "dyad.html", values)

    @app.get("/source")
    def source(
        request: Request, id: str, number: Page = 1, kind: Kind = "html", certainty: str = ""
    ) -> Response:
        sure = certainty if certainty in CERTAINTIES else None
        values = pages.source(index, id, number, certainty=sure)
        if values is None:
            raise HTTPException(404, f"no source {id} in this store")
        if kind != "html":
            return as_rows(kind, values["said"], "source")
        return room.page(request, "source.html", values | {
            "page_number": number, "certainty": sure or ""})  # fmt: skip


def _add_charts(app: FastAPI, room: Room) -> None:
    index = room.index

    @app.get("/timeline")
    def timeline(request: Request, kind: Kind = "html") -> Response:
        wanted = _wanted(room, request)
        drawn = drawings.timeline(index, wanted)
        if kind != "html":
            return as_rows(kind, list(_timeline_rows(drawn["bars"])), "timeline")
        found = pages.reports(index, wanted, 1, 30, latest=False)
        return room.page(request, "timeline.html", drawn | _facet_values(room, wanted) | {
            "rows": found[:30], "more": len(found) > 30})  # fmt: skip

    @app.get("/map")
    def world(request: Request, kind: Kind = "html", view: str = "world") -> Response:
        wanted = _wanted(room, request)
        view = view if view in charts.VIEWS else "world"
        drawn = drawings.world(index, wanted, view)
        if kind != "html":
            keys = ("name", "kind", "country", "lat", "lon", "precision_km", "n")
            return as_rows(kind, [{k: d[k] for k in keys} for d in drawn["spots"]], "map")
        return room.page(request, "map.html", drawn | _facet_values(room, wanted) | {
            "outline": charts.world_path(), "outlines": charts.outlines(), "view": view, "views": charts.VIEWS})  # fmt: skip

    @app.get("/network")
    def network(request: Request, kind: Kind = "html") -> Response:
        wanted = _wanted(room, request)
        drawn = drawings.network(index, wanted)
        if kind != "html":
            keys = ("actor", "actor_name", "recipient", "recipient_name", "n", "quad")
            return as_rows(kind, [{k: link[k] for k in keys} for link in drawn["lines"]], "network")
        return room.page(request, "network.html", drawn | _facet_values(room, wanted))


def _timeline_rows(bars: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for bar in bars:
        for part in bar["parts"]:
            yield {"unit": bar["unit"], "day": "event", "quad": part["quad"], "reports": part["n"]}
        if bar["printed"]:
            yield {"unit": bar["unit"], "day": "printed", "quad": None, "reports": bar["printed"]}


def _wanted(room: Room, request: Request) -> Filters:
    return filters_of(request.query_params, room.index.types())


# Facets that are an id, and in which table its name stands.
NAMED_IN = {"party": "actors", "actor": "actors", "recipient": "actors", "source": "sources"}


def _facet_values(room: Room, wanted: Filters) -> dict[str, Any]:
    """What the form of facets needs; `chosen`: those in force as (name, value to read, address without it)."""
    chosen = []
    for name, value in wanted.chosen().items():
        row = None
        if name in NAMED_IN:
            row = room.index.one(f"SELECT name FROM {NAMED_IN[name]} WHERE id = ?", [value])
        words = {"voice": VOICE_WORDS, "certainty": CERTAINTY_WORDS}.get(name, {})
        shown = row["name"] if row else words.get(value, value.replace("_", " "))
        chosen.append((FACET_WORDS.get(name, name), shown, wanted.address(**{name: None})))
    return {"wanted": wanted, "types": room.index.types(), "statuses": STATUSES, "chosen": chosen}


def _add_search(app: FastAPI, room: Room) -> None:
    index = room.index

    @app.get("/search")
    def search(
        request: Request, number: Page = 1, kind: Kind = "html", what: Literal["reports", "articles"] = "reports"
    ) -> Response:
        wanted = _wanted(room, request)
        if what == "articles":
            match = match_of(wanted.q or "")
            rows = lambda size: pages.found_articles(index, match, number, size) if match else []  # noqa: E731
            more: dict[str, Any] = {"facets": None}
        else:
            rows = lambda size: pages.reports(index, wanted, number, size)  # noqa: E731
            more = {"facets": pages.facets(index, wanted)} if kind == "html" else {}
        more |= {"what": what, **_facet_values(room, wanted)}
        return _listed(room, request, "search.html", "search", kind, number, pages.REPORTS_A_PAGE, rows, more)
