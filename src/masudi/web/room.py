"""The room's state and its door: settings, who a request comes from, and what every answer carries."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlsplit

from attrs import field, frozen
from fastapi import Depends, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.templating import Jinja2Templates
from starlette.datastructures import FormData, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..days import dated
from ..review import open_reviews
from ..review.readers import Reader, local_reader, neighbourhood, reader_of
from .index import Index
from .labels import BASIS_WORDS, CERTAINTY_WORDS, FIELD_WORDS, PLACE_WORDS, VOICE_WORDS

HERE = Path(__file__).parent
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
SESSION, VISIT = "masudi_session", "masudi_visit"
MAX_BODY = 64 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip


Kind = Annotated[Literal["html", "csv", "json"], Query(alias="format")]  # a page, or its rows


@frozen(kw_only=True)
class RoomSettings:
    """How a room is run.

    accounts: readers log in; without, one local reader does everything. hosts: names the room answers to.
    proxies: addresses whose X-Forwarded-* are believed. hold: which comments wait for a moderator (none, first, all).
    extracts: show the beginning of articles and a link, not the whole. members_only: reading needs an account too.
    """

    accounts: bool = False
    hosts: tuple[str, ...] = LOCAL_HOSTS
    proxies: tuple[str, ...] = ()
    hold: str = field(default="none")
    extracts: bool = False
    members_only: bool = False


class Room:
    """What all pages share."""

    def __init__(
        self, path: Path, settings: RoomSettings, *, clock: Callable[[], float] = time.time,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.index = Index(path, progress=progress)
        self.db = open_reviews(path, clock=clock)
        self._secret = self.db.secret()
        self._local = None if settings.accounts else local_reader(self.db)
        self.templates = Jinja2Templates(directory=HERE / "templates")
        environment = self.templates.env
        environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters.update(
            when=_when, words=lambda s: s.replace("_", " "), actor_url=actor_url, q=_quoted, dated=dated
        )
        environment.globals.update(
            basis_words=BASIS_WORDS, certainty_words=CERTAINTY_WORDS, field_words=FIELD_WORDS, place_words=PLACE_WORDS,
            voice_words=VOICE_WORDS,
        )  # fmt: skip

    def reader(self, request: Request) -> Reader | None:
        """Who asks; None for a visitor without an account."""
        return self._local or reader_of(self.db, request.cookies.get(SESSION))

    def must(self, request: Request, what: str) -> Reader:
        """The reader, when he may do `what`; otherwise to the log-in, or 403."""
        reader = self.reader(request)
        if reader is None:
            raise HTTPException(401, "log in first")
        if not reader.may(what):
            raise HTTPException(403, f"your account is a {reader.role}'s; it may not {what}")
        return reader

    def csrf(self, request: Request) -> str:
        """The token that a form of this visitor must carry."""
        held = request.cookies.get(SESSION) or request.scope["masudi_visit"]
        return hmac.new(self._secret, b"csrf\x1f" + held.encode(), hashlib.sha256).hexdigest()

    def check(self, request: Request, token: str) -> None:
        """Refuse a write that did not come from one of the room's own pages."""
        origin = request.headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
        known = SESSION in request.cookies or VISIT in request.cookies
        if foreign or not known or not hmac.compare_digest(token.encode(), self.csrf(request).encode()):
            raise HTTPException(403, "this form is not from this room, or too old: reload the page and try again")

    async def form(self, request: Request) -> FormData:
        """The form sent, once its token was checked."""
        form = await request.form(max_fields=200, max_files=0)
        self.check(request, str(form.get("csrf", "")))
        return form

    def who(self, request: Request) -> str:
        """What stands for the sender in counts of attempts; never the address itself."""
        reader = self.reader(request)
        if reader is not None:
            return f"reader {reader.id}"
        return neighbourhood(self.db, request.scope["masudi_client"])

    def slow_down(self, request: Request, what: str, *, times: int, within_s: int) -> None:
        if not self.db.allow(what, self.who(request), times=times, within_s=within_s):
            raise HTTPException(429, f"too many in a short time; wait up to {max(1, within_s // 60)} minute(s)")

    def page(self, request: Request, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """A page made from template `name`."""
        shared = {
            "reader": self.reader(request), "accounts": self.settings.accounts, "csrf": self.csrf(request),
            "here": request.url.path, "query": request.url.query,
        }  # fmt: skip
        response = self.templates.TemplateResponse(request, name, {**shared, **values}, status_code=status)
        response.headers["Cache-Control"] = "private, no-cache"
        return response


async def _sent(request: Request) -> FormData:
    room: Room = request.app.state.room
    return await room.form(request)


Sent = Annotated[FormData, Depends(_sent)]  # a form that came from one of the room's own pages


def _when(seconds: int | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _quoted(value: str) -> str:
    return quote(value, safe="")


def actor_url(actor: str) -> str:
    return "/actor/" + quote(actor, safe=":")


def plain_cell(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula."""
    if isinstance(value, list):
        value = ";".join(str(v) for v in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def as_csv(rows: Iterable[Mapping[str, Any]], name: str) -> Response:
    """Rows as a CSV file: UTF-8, header, RFC 4180 quoting."""
    out = io.StringIO(newline="")
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row), lineterminator="\r\n", extrasaction="ignore")
            writer.writeheader()
        writer.writerow({key: plain_cell(value) for key, value in row.items()})
    return Response(
        out.getvalue(), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )  # fmt: skip


def as_rows(kind: str, rows: Sequence[Mapping[str, Any]], name: str) -> Response:
    """Rows beside a page: `kind` csv or json."""
    if kind == "csv":
        return as_csv(rows, name)
    return JSONResponse({"name": name, "rows": [dict(row) for row in rows]})


class Guard:
    """In front of every page: only known hosts, small bodies, who really asks, headers that forbid the rest."""

    def __init__(self, app: ASGIApp, settings: RoomSettings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = {h.lower().strip("[]") for h in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        host = urlsplit("//" + request.headers.get("host", "")).hostname or ""
        if "*" not in self._hosts and host.lower() not in self._hosts:
            await Response("this room does not answer to that name\n", 421)(scope, receive, send)
            return
        self._trace(scope, request)
        held = request.cookies.get(VISIT, "")
        scope["masudi_visit"] = held or secrets.token_urlsafe(16)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if not held and headers.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if scope["scheme"] == "https" else ""
                    headers.append("set-cookie", f"{VISIT}={scope['masudi_visit']}; Path=/; HttpOnly; SameSite=Lax{secure}")
            await send(message)

        await self._app(scope, _limited(receive), answer)

    def _trace(self, scope: Scope, request: Request) -> None:
        """The client's address and scheme, through proxies only when they are listed."""
        client = scope["client"][0] if scope.get("client") else "unknown"
        if client in self._settings.proxies:
            chain = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
            # Right to left: the last address that is not one of our own proxies.
            client = next((part for part in reversed(chain) if part not in self._settings.proxies), client)
            if request.headers.get("x-forwarded-proto") in ("http", "https"):
                scope["scheme"] = request.headers["x-forwarded-proto"]
        scope["masudi_client"] = client


def _limited(receive: Receive) -> Receive:
    """`receive`, ending with 413 when the body is larger than any form of ours."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY:
            raise HTTPException(413, f"more than {MAX_BODY // 1024} kB")
        return message

    return counted
