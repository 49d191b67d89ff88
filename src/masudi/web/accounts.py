"""The doors of accounts: log in and out, one's own data, and the way out."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from ..review import readers
from .room import SESSION, Room, Sent


def add_accounts(app: FastAPI, room: Room) -> None:
    """Add the pages of accounts; a room with one local reader has only the reader's own page."""
    _add_own_page(app, room)
    if room.settings.accounts:
        _add_login(app, room)


def safe_target(to: str) -> str:
    """Where to go after logging in: a path of this room, never another site."""
    inside = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if inside else "/"


def _add_login(app: FastAPI, room: Room) -> None:
    @app.get("/login")
    def login_form(request: Request, to: str = "/") -> Response:
        return room.page(request, "login.html", {"to": safe_target(to), "wrong": False})

    @app.post("/login")
    def login(request: Request, form: Sent) -> Response:
        room.slow_down(request, "login", times=10, within_s=600)
        name = str(form.get("name", ""))[:100]
        if not room.db.allow("login", f"name {name}", times=20, within_s=3600):
            raise HTTPException(429, "too many attempts for this name; wait an hour")
        token = readers.log_in(room.db, name, str(form.get("password", ""))[:1000])
        to = safe_target(str(form.get("to", "/")))
        if token is None:
            return room.page(request, "login.html", {"to": to, "wrong": True}, 401)
        response = RedirectResponse(to, 303)
        response.set_cookie(
            SESSION, token, max_age=readers.SESSION_S, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
        return response

    @app.post("/logout")
    def logout(request: Request, form: Sent) -> Response:
        readers.log_out(room.db, request.cookies.get(SESSION, ""))
        response = RedirectResponse("/", 303)
        response.delete_cookie(SESSION)
        return response

    @app.post("/me/password")
    def change(request: Request, form: Sent) -> Response:
        reader = room.must(request, "rate")
        room.slow_down(request, "password", times=10, within_s=3600)
        if readers.log_in(room.db, reader.name, str(form.get("old", ""))[:1000]) is None:
            raise HTTPException(403, "the old password is not right")
        readers.set_password(room.db, reader.name, str(form.get("new", ""))[:1000])
        return RedirectResponse("/login?to=/me", 303)

    @app.post("/me/erase")
    def erase(request: Request, form: Sent) -> Response:
        reader = room.must(request, "rate")
        if str(form.get("sure", "")) != reader.name:
            raise HTTPException(422, "type your name to erase your account")
        readers.erase(room.db, reader)
        response = RedirectResponse("/", 303)
        response.delete_cookie(SESSION)
        return response


def _add_own_page(app: FastAPI, room: Room) -> None:
    @app.get("/me")
    def me(request: Request) -> Response:
        reader = room.must(request, "rate")
        return room.page(request, "me.html", {"own": readers.everything_of(room.db, reader)})

    @app.get("/me/data")
    def data(request: Request) -> Response:
        reader = room.must(request, "rate")
        return JSONResponse(readers.everything_of(room.db, reader), headers={
            "Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "no-store"})  # fmt: skip
