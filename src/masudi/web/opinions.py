"""The doors for ratings, grades, comments and moderation: plain forms that work without script."""

from __future__ import annotations

from typing import Any

import nh3
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup, escape
from starlette.datastructures import FormData

from ..review import comments, ratings
from .room import Room, Sent

HONEYPOT = "website"  # a field no person sees; what fills it in is a program


def shown_body(body: str | None) -> Markup:
    """A comment as HTML: its characters escaped, blank lines as paragraphs; cleaned once more by nh3."""
    paragraphs = [part.strip() for part in (body or "").split("\n\n") if part.strip()]
    html = "".join(f"<p>{escape(part)}</p>" for part in paragraphs).replace("\n", "<br>")
    return Markup(nh3.clean(html, tags={"p", "br"}, attributes={}))


def number_of(form: FormData, name: str) -> int:
    """A whole number from a form. 422 for anything else."""
    value = str(form.get(name, ""))
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise HTTPException(422, f"{name} is {value[:40]!r}; it is a whole number")
    return int(value)


def add_opinions(app: FastAPI, room: Room) -> None:
    """Add the pages for readers' opinions."""
    room.templates.env.filters["shown_body"] = shown_body
    _add_marks(app, room)
    _add_comments(app, room)
    _add_own(app, room)
    _add_moderation(app, room)


def back(path: str) -> Response:
    """To the page the form stood on, by GET."""
    return RedirectResponse(path, 303)


def _add_marks(app: FastAPI, room: Room) -> None:
    @app.post("/article/{wanted}/rate")
    def rate(request: Request, wanted: str, form: Sent) -> Response:
        reader = room.must(request, "rate")
        _known(room, wanted)
        room.slow_down(request, "rate", times=60, within_s=600)
        if form.get("withdraw"):
            ratings.withdraw(room.db, wanted, reader)
        else:
            ratings.rate(room.db, wanted, reader, number_of(form, "mark"))
        return back(f"/article/{wanted}#rating")

    @app.post("/article/{wanted}/grade")
    def grade(request: Request, wanted: str, form: Sent) -> Response:
        reader = room.must(request, "grade")
        _known(room, wanted)
        note = str(form.get("note", "")).strip()[:500] or None
        ratings.grade(room.db, wanted, reader, str(form.get("source", "")), number_of(form, "information"), note)
        return back(f"/article/{wanted}#grades")


def _known(room: Room, wanted: str) -> dict[str, Any]:
    coded = room.index.coded(wanted)
    if coded is None:
        raise HTTPException(404, f"no article {wanted} in this store")
    article: dict[str, Any] = coded["article"]
    return article


def comment_on(room: Room, request: Request, wanted: str, body: str, quote: str, parent: int | None) -> str:
    """Add a comment by whoever asks; the state it is in."""
    reader = room.must(request, "comment")
    article = _known(room, wanted)
    room.slow_down(request, "comment", times=8, within_s=600)
    anchor = comments.anchor_of(article["text"], quote) if quote.strip() else None
    if quote.strip() and anchor is None:
        raise HTTPException(422, "these words do not stand in the article; copy them from it, or leave the field empty")
    return comments.add_comment(
        room.db, reader, article, body, anchor=anchor, parent=parent, hold=room.settings.hold
    )


def _add_comments(app: FastAPI, room: Room) -> None:
    @app.post("/article/{wanted}/comment")
    def comment(request: Request, wanted: str, form: Sent) -> Response:
        if str(form.get(HONEYPOT, "")):
            return back(f"/article/{wanted}#comments")  # as if it had worked
        parent = number_of(form, "parent") if form.get("parent") else None
        comment_on(room, request, wanted, str(form.get("body", "")), str(form.get("quote", "")), parent)
        return back(f"/article/{wanted}#comments")


def _add_own(app: FastAPI, room: Room) -> None:
    @app.get("/comment/{number}/edit")
    def edit_form(request: Request, number: int) -> Response:
        reader = room.must(request, "comment")
        row = room.db.one(
            "SELECT * FROM comments WHERE id = ? AND reader = ? AND state <> 'deleted'", [number, reader.id]
        ) if number < 2**62 else None  # fmt: skip
        if row is None:
            raise HTTPException(404, "no such comment of yours")
        return room.page(request, "edit.html", {"comment": dict(row), "minutes": comments.EDIT_S // 60})

    @app.post("/comment/{number}/{action}")
    def act(request: Request, number: int, action: str, form: Sent) -> Response:
        reader = room.must(request, "comment")
        row = room.db.one("SELECT article FROM comments WHERE id = ?", [number]) if number < 2**62 else None
        if row is None:
            raise HTTPException(404, "no such comment")
        if action == "edit":
            comments.edit_comment(room.db, reader, number, str(form.get("body", "")))
        elif action == "delete":
            comments.delete_comment(room.db, reader, number)
        elif action == "report":
            room.slow_down(request, "report", times=20, within_s=3600)
            comments.flag_comment(room.db, reader, number, str(form.get("reason", "")))
        else:
            raise HTTPException(404, "no such page")
        return back(f"/article/{row['article']}#comments")


def _add_moderation(app: FastAPI, room: Room) -> None:
    @app.get("/moderation")
    def queue(request: Request) -> Response:
        room.must(request, "moderate")
        return room.page(request, "moderation.html", {
            "waiting": comments.queue(room.db), "journal": comments.journal(room.db)})  # fmt: skip

    @app.post("/moderation/{number}")
    def moderate(request: Request, number: int, form: Sent) -> Response:
        moderator = room.must(request, "moderate")
        if number >= 2**62:
            raise HTTPException(404, "no such comment")
        comments.moderate(room.db, moderator, number, str(form.get("action", "")), str(form.get("reason", "")))
        return back("/moderation")
