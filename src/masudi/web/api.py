"""`/api/v1`: the store as JSON, page by page, with ETags; ratings, comments and decisions to write."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import attrs
from fastapi import APIRouter, Body, Depends, FastAPI, Header, HTTPException, Path, Query, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from .. import __version__
from ..records import ACTOR_KINDS, CERTAINTIES
from ..review import ratings
from ..review.comments import MAX_BODY, MAX_QUOTE, comments_on
from ..review.decisions import FIELDS
from . import drawings, pages
from .coders import keep
from .filters import CLASSES, DAY, NAMES, STATUSES, TYPE, VOICES, Filters, filters_of, match_of
from .opinions import comment_on
from .room import Room

PREFIX = "/api/v1"
Row = dict[str, Any]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000, description="page, from 1")]
Size = Annotated[int, Query(ge=1, le=500, description="rows a page")]
Id = Annotated[str, Path(min_length=1, max_length=300)]


Day = Annotated[str, Query(pattern=DAY, description="2025-06-24, 2025-06 or 2025")]


class Listing(BaseModel):
    """One page of rows. next: the number of the following page, null at the end."""

    page: int
    next: int | None
    rows: list[Row]


class Detail(BaseModel):
    detail: Any


class Vote(BaseModel):
    model_config = ConfigDict(extra="forbid")
    mark: int = Field(ge=ratings.LOWEST, le=ratings.HIGHEST, strict=True)


class NewComment(BaseModel):
    model_config = ConfigDict(extra="forbid")
    body: str = Field(min_length=1, max_length=MAX_BODY)
    quote: str = Field(default="", max_length=MAX_QUOTE)
    parent: int | None = Field(default=None, ge=1, le=2**53, strict=True)


class NewDecision(BaseModel):
    model_config = ConfigDict(extra="forbid")
    task: Literal["first", "second", "adjudicate"] = "first"
    verdict: Literal["accept", "correct", "reject"]
    type: str | None = Field(default=None, pattern=TYPE, max_length=60)
    actor: list[str] | None = Field(default=None, max_length=20)
    recipient: list[str] | None = Field(default=None, max_length=20)
    date: str | None = Field(default=None, max_length=10)
    status: list[str] | None = Field(default=None, max_length=4)
    chain: list[str] | None = Field(default=None, max_length=10)
    note: str = Field(default="", max_length=1000)


FAULTS: dict[int | str, dict[str, Any]] = {
    400: {"model": Detail}, 404: {"model": Detail}, 422: {"model": Detail}, 503: {"model": Detail},
}  # fmt: skip
WRITE_FAULTS: dict[int | str, dict[str, Any]] = {
    **FAULTS, 401: {"model": Detail}, 403: {"model": Detail}, 413: {"model": Detail}, 429: {"model": Detail},
}  # fmt: skip


def make_api(app: FastAPI, room: Room) -> APIRouter:
    """The router of the API, its OpenAPI description included."""
    router = APIRouter(prefix=PREFIX, route_class=_Tagged, responses=FAULTS)
    _add_lists(router, room)
    _add_single(router, room)
    _add_writes(router, room)

    @router.get("/openapi.json", include_in_schema=False)
    def description() -> Response:
        found = get_openapi(title="masudi", version=__version__, routes=router.routes)
        for path in found["paths"].values():
            for parameter in path.get("get", {}).get("parameters", ()):
                if parameter["name"] == "type":  # an own ontology has its own types: the store says which
                    parameter["schema"]["enum"] = ["", *room.index.types()]
        return JSONResponse(found)

    return router


class _Tagged(APIRoute):
    """A route whose answers to GET carry an ETag; 304 when the asker has them already."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            response: Response = await handle(request)
            if request.method == "GET" and response.status_code == 200:
                tag = f'"{hashlib.blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
                held = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
                if tag in held or held == ["*"]:
                    response = Response(status_code=304)
                response.headers["ETag"] = tag
                response.headers["Cache-Control"] = "private, no-cache"
            return response

        return tagged


def _listing(rows: list[Row], number: int, size: int) -> dict[str, Any]:
    return {"page": number, "next": number + 1 if len(rows) > size else None, "rows": rows[:size]}


def _filters(
    request: Request, q: str = "", type: str = "", quad: Literal["", *CLASSES] = "",  # type: ignore[valid-type]
    actor: str = "", recipient: str = "", party: str = "", code: str = "", since: Day = "", until: Day = "",
    country: str = "", place: str = "", publisher: str = "", source: str = "",
    voice: Literal["", *VOICES] = "", status: Literal["", *STATUSES] = "",  # type: ignore[valid-type]
    certainty: Literal["", *CERTAINTIES] = "",  # type: ignore[valid-type]
    confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> Filters:  # fmt: skip
    """The same facets as the pages have."""
    given = {name: request.query_params[name] for name in NAMES if name in request.query_params}
    return filters_of(given, request.app.state.room.index.types())


def _add_lists(router: APIRouter, room: Room) -> None:
    index = room.index

    @router.get("/articles", response_model=Listing)
    def articles(page: Number = 1, size: Size = 50, publisher: str = "", q: str = "") -> Any:
        """Articles, latest first; with `q` those that hold all its words, whatever the publisher."""
        if match := match_of(q):
            return _listing(pages.found_articles(index, match, page, size), page, size)
        return _listing(pages.articles(index, page, size, publisher=publisher or None), page, size)

    @router.get("/reports", response_model=Listing)
    def reports(wanted: Annotated[Filters, Depends(_filters)], page: Number = 1, size: Size = 50) -> Any:
        return _listing(pages.reports(index, wanted, page, size), page, size)

    @router.get("/actors", response_model=Listing)
    def actors(
        page: Number = 1, size: Size = 50, name: str = "", kind: Literal["", *ACTOR_KINDS] = ""  # type: ignore[valid-type]
    ) -> Any:
        return _listing(pages.actors(index, page, size, kind=kind or None, name=name or None), page, size)

    @router.get("/sources", response_model=Listing)
    def sources(
        page: Number = 1, size: Size = 50, named: bool | None = None, certainty: Literal["", *CERTAINTIES] = ""  # type: ignore[valid-type]
    ) -> Any:
        """Who is quoted; with `certainty` those with a statement of it."""
        return _listing(pages.sources(index, page, size, named=named, certainty=certainty or None), page, size)

    @router.get("/failures", response_model=Listing)
    def failures(page: Number = 1, size: Size = 50) -> Any:
        return _listing(pages.failures(index, page, size), page, size)

    @router.get("/places", response_model=Row)
    def places(wanted: Annotated[Filters, Depends(_filters)]) -> Any:
        drawn = drawings.world(index, wanted)
        keys = ("name", "kind", "country", "lat", "lon", "precision_km", "n")
        return {"without_place": drawn["without"], "rows": [{k: spot[k] for k in keys} for spot in drawn["spots"]]}

    @router.get("/timeline", response_model=Row)
    def timeline(wanted: Annotated[Filters, Depends(_filters)]) -> Any:
        return drawings.timeline(index, wanted)

    @router.get("/totals", response_model=Row)
    def totals() -> Any:
        return pages.totals(index)


def _add_single(router: APIRouter, room: Room) -> None:
    index = room.index

    def coded_or_404(wanted: str) -> dict[str, Any]:
        coded = index.coded(wanted)
        if coded is None:
            raise HTTPException(404, f"no article {wanted} in this store")
        return coded

    @router.get("/articles/{wanted}", response_model=Row)
    def article(wanted: Id) -> Any:
        """One article whole, in the shape of schema `masudi/1`; the text is null where the room shows extracts only."""
        coded = coded_or_404(wanted)
        if room.settings.extracts:
            coded["article"] |= {"text": None, "extract": coded["article"]["text"][: pages.EXTRACT]}
        return coded

    @router.get("/reports/{wanted}", response_model=Row)
    def report(wanted: Id) -> Any:
        """One report with the account of every field."""
        values = pages.report(index, wanted)
        if values is None:
            raise HTTPException(404, f"no report {wanted} in this store")
        explained = values["card"]["explanation"]
        return {
            "article": values["coded"]["article"]["id"], "report": values["card"]["report"],
            "sentence": attrs.asdict(explained.sentence), "fields": [attrs.asdict(f) for f in explained.fields],
        }  # fmt: skip

    @router.get("/actors/{wanted:path}", response_model=Row)
    def actor(wanted: Id) -> Any:
        values = pages.actor(index, wanted)
        if values is None:
            raise HTTPException(404, f"no actor {wanted} in this store")
        return values

    @router.get("/articles/{wanted}/rating", response_model=Row)
    def rating(wanted: Id) -> Any:
        coded_or_404(wanted)
        return attrs.asdict(ratings.result(room.db, wanted))

    @router.get("/articles/{wanted}/comments", response_model=list[Row])
    def comments(wanted: Id) -> Any:
        article = coded_or_404(wanted)["article"]
        return [_public(c) for c in comments_on(room.db, article, None)]


def _public(comment: dict[str, Any]) -> Row:
    kept = ("id", "name", "body", "quote", "span", "detached", "state", "at", "edited")
    return {k: comment[k] for k in kept} | {"answers": [_public(a) for a in comment["answers"]]}


def _add_writes(router: APIRouter, room: Room) -> None:
    def token(request: Request, x_csrf_token: Annotated[str, Header()] = "") -> None:
        room.check(request, x_csrf_token)

    writes: dict[str, Any] = {"dependencies": [Depends(token)], "responses": WRITE_FAULTS}

    @router.put("/articles/{wanted}/rating", response_model=Row, **writes)
    def rate(request: Request, wanted: Id, vote: Annotated[Vote, Body()]) -> Any:
        reader = room.must(request, "rate")
        if room.index.one("SELECT 1 FROM articles WHERE id = ?", [wanted]) is None:
            raise HTTPException(404, f"no article {wanted} in this store")
        room.slow_down(request, "rate", times=60, within_s=600)
        ratings.rate(room.db, wanted, reader, vote.mark)
        return attrs.asdict(ratings.result(room.db, wanted))

    @router.delete("/articles/{wanted}/rating", response_model=Row, **writes)
    def withdraw(request: Request, wanted: Id) -> Any:
        ratings.withdraw(room.db, wanted, room.must(request, "rate"))
        return attrs.asdict(ratings.result(room.db, wanted))

    @router.post("/articles/{wanted}/comments", response_model=Row, status_code=201, **writes)
    def comment(request: Request, wanted: Id, new: Annotated[NewComment, Body()]) -> Any:
        return {"state": comment_on(room, request, wanted, new.body, new.quote, new.parent)}

    @router.post("/reports/{wanted}/decisions", response_model=Row, status_code=201, **writes)
    def decide(request: Request, wanted: Id, new: Annotated[NewDecision, Body()]) -> Any:
        correction = {k: v for k in FIELDS if k in new.model_fields_set and (k == "date" or getattr(new, k) is not None)
                      for v in [getattr(new, k)]}  # fmt: skip
        made = keep(room, request, wanted, new.task, new.verdict, correction, new.note)
        return {"id": made.id, "correction": made.correction}
