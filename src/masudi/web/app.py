"""The reading room put together: its parts, its door, and pages for what goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from ..errors import ConfigError, StoreError
from ..review import Refused
from ..review.readers import has_admin
from .accounts import add_accounts
from .api import make_api
from .coders import add_coders
from .filters import BadFilter
from .opinions import add_opinions
from .reading import add_reading
from .room import HERE, Guard, Room, RoomSettings

OPEN_TO_ALL = ("/login", "/static/")  # where members-only rooms let everybody in


def make_app(
    path: Path,
    settings: RoomSettings | None = None,
    *,
    clock: Callable[[], float] = time.time,
    progress: Callable[[int, int], None] | None = None,
) -> FastAPI:
    """The reading room on the store at `path`.

    progress: told (parts done, of) while the index is made. Raises StoreError when there is no store, ConfigError when
    the room needs accounts and nobody administers it.
    """
    room = Room(path, settings or RoomSettings(), clock=clock, progress=progress)
    if room.settings.accounts and not has_admin(room.db):
        raise ConfigError(f"this room needs accounts and has no admin; make one: masudi account add {path} NAME --role admin")
    app = FastAPI(title="masudi reading room", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = room
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _refresh(app, room)
    _faults(app, room)
    add_reading(app, room)
    add_opinions(app, room)
    add_coders(app, room)
    add_accounts(app, room)
    app.include_router(make_api(app, room))
    app.add_middleware(Guard, settings=room.settings)
    return app


def _refresh(app: FastAPI, room: Room) -> None:
    """Before a page: take in what a run has added; keep strangers out of a room for members."""

    def ready(request: Request) -> None:
        room.index.refresh()
        closed = room.settings.members_only and not request.url.path.startswith(OPEN_TO_ALL)
        if closed and room.reader(request) is None:
            raise HTTPException(401, "log in first")

    app.router.dependencies.append(Depends(ready))


def _faults(app: FastAPI, room: Room) -> None:
    def fault(request: Request, status: int, message: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": message}, status)
        return room.page(request, "error.html", {"message": message, "status": status}, status)

    @app.exception_handler(StoreError)
    def broken(request: Request, error: StoreError) -> Response:
        return fault(request, 503, str(error))

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> Response:
        return fault(request, 400, str(error))

    @app.exception_handler(BadFilter)
    def unclear(request: Request, error: BadFilter) -> Response:
        return fault(request, 422, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": [
                {"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in error.errors()
            ]}, 422)  # fmt: skip
        first = error.errors()[0]
        return fault(request, 422, f"{first['loc'][-1]}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def stopped(request: Request, error: HTTPException) -> Response:
        if error.status_code == 401 and not request.url.path.startswith("/api/"):
            return RedirectResponse(f"/login?to={request.url.path}", 303)
        message = error.detail if error.detail != "Not Found" else "no such page"
        response = fault(request, error.status_code, message)
        response.headers.update(error.headers or {})
        return response
