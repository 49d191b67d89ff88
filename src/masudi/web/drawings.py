"""Timeline, map and network of the reports that fit: counted by the index, drawn by charts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from . import charts
from .filters import NO_QUAD, Filters
from .index import FINE, Index

MAP_PLACES = 300
NET_LINKS = 50
NET_REPORTS = 5_000
EVERYTHING = Filters()
QUAD = f"coalesce(r.quad, '{NO_QUAD}')"


def timeline(index: Index, wanted: Filters) -> dict[str, Any]:
    """Reports by year, month or day of the event, whichever parts the span best, and by the day they were printed.

    undated: reports without a day; coarser: those whose month or year alone is told, where days or months are drawn; elsewhere: printed outside the span that is drawn, or on a day not known so finely;
    gaps: units without any report are left out, since the span has too many.
    """

    def draw() -> dict[str, Any]:
        where, values = wanted.where()
        days, number, printed_on, fine = "reports r", "count(*)", "r.published", FINE
        if wanted == EVERYTHING:
            days, number, fine = "days r", "sum(r.n)", "fine"
        told = index.query(
            f"SELECT {fine} AS fine, min(r.day) AS first, max(r.day) AS last, {number} AS n FROM {days}"
            f" WHERE r.day > '' AND {where} GROUP BY 1", values,
        )  # fmt: skip
        width = _unit(told)
        quad = "r.quad" if wanted == EVERYTHING else QUAD
        found = index.query(
            f"SELECT substr(coalesce(r.day, ''), 1, {width}) AS unit, {quad} AS quad, {number} AS n FROM {days}"
            f" WHERE ({fine} >= {width} OR coalesce(r.day, '') = '') AND {where} GROUP BY 1, 2", values,
        )  # fmt: skip
        counts: dict[str, dict[str, int]] = {}
        for row in found:
            if row["unit"]:
                counts.setdefault(row["unit"], {})[row["quad"]] = row["n"]
        between = charts.units_between(min(counts, default=""), max(counts, default=""))
        for unit in between:
            counts.setdefault(unit, {})
        if wanted == EVERYTHING:
            days, printed_on = "printed r", "r.day"
        printed = {row["unit"]: row["n"] for row in index.query(
            f"SELECT substr(coalesce({printed_on}, ''), 1, {width}) AS unit, {number} AS n FROM {days} WHERE {where} GROUP BY 1", values
        )}  # fmt: skip
        return {
            "bars": charts.bars(counts, printed), "undated": sum(row["n"] for row in found if not row["unit"]),
            "coarser": sum(row["n"] for row in told if row["fine"] < width),
            "elsewhere": sum(n for unit, n in printed.items() if unit not in counts), "gaps": bool(counts) and not between,
            "no_class": any(NO_QUAD in parts for parts in counts.values()),
        }  # fmt: skip

    return index.cached(("timeline", wanted), draw)


def _unit(told: list[dict[str, Any]]) -> int:
    """How much of an ISO day names a bar: 10 for days, 7 for months, 4 for years; no finer than most of the dates.

    told: first and last day and number of the reports of each fineness.
    """
    if not told:
        return 4
    first, last = min(row["first"] for row in told), max(row["last"] for row in told)
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    width = 10 if days <= 45 else 7 if int(last[:4]) - int(first[:4]) < 4 else 4
    every = sum(row["n"] for row in told)
    return next((w for w in (10, 7) if w <= width and 2 * sum(r["n"] for r in told if r["fine"] >= w) >= every), 4)


def world(index: Index, wanted: Filters, view: str = "world") -> dict[str, Any]:
    """Places of reports on the map, most reported first. view: the part of the world that is shown."""
    box = charts.view_box(view)

    def draw() -> dict[str, Any]:
        where, values = wanted.where()
        order = f" ORDER BY n DESC, name LIMIT {MAP_PLACES}"
        if wanted == EVERYTHING:
            found = index.query("SELECT * FROM spots" + order)
            every = index.query("SELECT (SELECT count(*) FROM reports) - (SELECT coalesce(sum(n), 0) FROM spots) AS n")
        else:
            found = index.query(
                "SELECT place AS name, place_kind AS kind, country, lat, lon, max(precision_km) AS precision_km, count(*) AS n"
                f" FROM reports r WHERE r.lat IS NOT NULL AND r.lon IS NOT NULL AND {where}"
                f" GROUP BY lat, lon, place{order}", values,
            )  # fmt: skip
            every = index.query(f"SELECT count(*) AS n FROM reports r WHERE r.lat IS NULL AND {where}", values)
        spots = charts.spots(found, box[2] / charts.MAP_WIDTH)
        return {"spots": spots, "without": every[0]["n"], "full": len(found) == MAP_PLACES, "box": box}

    return index.cached(("map", wanted, view), draw)


def network(index: Index, wanted: Filters) -> dict[str, Any]:
    """Who deals with whom: the pairs with most reports, and the class most of theirs belong to.

    With facets, over the latest NET_REPORTS reports that fit. Unnamed actors are left out: each is one article's.
    """

    def draw() -> dict[str, Any]:
        count, found = _dealings(index, wanted)
        pairs: dict[tuple[str, str], Counter[str]] = {}
        for row in found:
            pairs.setdefault((row["actor"], row["recipient"]), Counter())[row["quad"]] += row["n"]
        top = sorted(pairs.items(), key=lambda pair: (-pair[1].total(), pair[0]))[:NET_LINKS]
        links: list[dict[str, Any]] = [
            {"actor": a, "recipient": b, "n": quads.total(), "quad": min(quads, key=lambda q: (-quads[q], q))}
            for (a, b), quads in top
        ]
        ids = sorted({i for pair, _ in top for i in pair})
        marks = ",".join("?" * len(ids))
        names = {r["id"]: r["name"] for r in index.query(f"SELECT id, name FROM actors WHERE id IN ({marks})", ids)}
        for link in links:
            link["actor_name"], link["recipient_name"] = names[link["actor"]], names[link["recipient"]]
        return {**charts.network(links, names), "pairs": count if count is not None else len(pairs)}

    return index.cached(("network", wanted), draw)


def _dealings(index: Index, wanted: Filters) -> tuple[int | None, list[Any]]:
    """How many pairs there are, when that is known beforehand, and dealings by pair and class."""
    if wanted == EVERYTHING:
        count = index.query("SELECT count(*) AS n FROM pair_totals")[0]["n"]
        return count, index.query(
            f"SELECT p.* FROM (SELECT * FROM pair_totals ORDER BY n DESC, actor, recipient LIMIT {NET_LINKS}) t"
            " JOIN pairs p ON p.actor = t.actor AND p.recipient = t.recipient"
        )
    where, values = wanted.where()
    return None, index.query(
        f"SELECT p.actor, o.actor AS recipient, count(*) AS n, {QUAD} AS quad"
        f" FROM (SELECT r.n, r.quad FROM reports r WHERE {where} ORDER BY r.day DESC LIMIT {NET_REPORTS}) r"
        " JOIN parties p ON p.report = r.n AND p.side = 'actor' JOIN parties o ON o.report = r.n AND o.side = 'recipient'"
        " WHERE p.actor <> o.actor AND p.actor NOT LIKE 'unnamed:%' AND o.actor NOT LIKE 'unnamed:%'"
        " GROUP BY p.actor, o.actor, r.quad", values,
    )  # fmt: skip
