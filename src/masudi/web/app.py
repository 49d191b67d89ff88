"""The reading room's doors: one route a page, no script, no outside request."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from ..errors import StoreError
from ..store import Store, open_store
from . import pages

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class _Shelf:
    """The open store; opened anew when a run has added to it, so that readers see what is there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._store = open_store(path)

    def store(self) -> Store:
        with self._lock:
            if not self._store.fresh():
                self._store = open_store(self._path)
            return self._store.cursor()


def make_app(path: Path) -> FastAPI:
    """The reading room on the store at `path`. Raises StoreError when there is none."""
    shelf = _Shelf(path)
    app = FastAPI(title="masudi reading room", docs_url=None, redoc_url=None, openapi_url=None)
    templates = Jinja2Templates(directory=HERE / "templates")
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    @app.middleware("http")
    async def guard(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def page(request: Request, name: str, values: dict[str, Any]) -> Response:
        return templates.TemplateResponse(request, name, values)

    @app.exception_handler(StoreError)
    def broken(request: Request, error: StoreError) -> Response:
        return templates.TemplateResponse(request, "error.html", {"message": str(error)}, status_code=503)

    @app.exception_handler(404)
    def missing(request: Request, error: Exception) -> Response:
        message = getattr(error, "detail", None) or "no such page"
        return templates.TemplateResponse(request, "error.html", {"message": message}, status_code=404)

    @app.get("/")
    def front(request: Request, page_number: int = Query(1, alias="page", ge=1, le=100_000)) -> Response:
        return page(request, "front.html", pages.front(shelf.store(), page_number))

    @app.get("/article/{wanted}")
    def article(request: Request, wanted: str) -> Response:
        values = pages.article(shelf.store(), wanted)
        if values is None:
            raise HTTPException(404, f"no article {wanted} in this store")
        return page(request, "article.html", values)

    @app.get("/reports")
    def reports(
        request: Request, type: str = "", code: str = "", page_number: int = Query(1, alias="page", ge=1, le=100_000)
    ) -> Response:
        wanted = code.strip().upper() or None
        values = pages.reports(shelf.store(), kind=type or None, code=wanted, page=page_number)
        return page(request, "reports.html", values)

    @app.get("/timeline")
    def timeline(request: Request) -> Response:
        return page(request, "timeline.html", pages.timeline(shelf.store()))

    @app.get("/failures")
    def failures(request: Request) -> Response:
        return page(request, "failures.html", pages.failures(shelf.store()))

    return app
