"""What each page of reading shows, as plain values for its template, CSV or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..explain import anonymity_text, chain_links, explain_report, find_report, parties, source_name
from . import charts
from .filters import Filters
from .index import Index
from .marks import Mark, marks_of, paragraphs
from .rows import said, source_key

Plain = Mapping[str, Any]
Rows = list[dict[str, Any]]

ARTICLES_A_PAGE = 50
REPORTS_A_PAGE = 50
LISTED = 40  # rows of each list on an actor's or a source's page
FITTING = 2000  # reports that facets are counted over; more are said to be more
EXTRACT = 600  # characters of others' articles where only extracts are shown
MAP_PLACES = 400
NET_LINKS = 70
NET_REPORTS = 5_000
EVERYTHING = Filters()


def totals(index: Index) -> dict[str, int]:
    """How much the store holds."""

    def count() -> dict[str, int]:
        tables = ("articles", "reports", "statements", "actors", "failures")
        return {t: index.query(f"SELECT count(*) AS n FROM {t}")[0]["n"] for t in tables}

    return index.cached("totals", count)


def _rows(found: Sequence[Any]) -> Rows:
    return [dict(row) for row in found]


_ARTICLE = "a.id, a.title, a.published, a.publisher, a.authors, a.kind, a.language, a.opening, a.reports, a.statements"


def articles(index: Index, page: int, size: int = ARTICLES_A_PAGE, *, publisher: str | None = None) -> Rows:
    """Articles, latest first; one more than `size` when there are more."""
    where, values = ("WHERE a.publisher = ?", [publisher]) if publisher else ("", [])
    sql = f"SELECT {_ARTICLE} FROM articles a {where} ORDER BY a.published DESC, a.n LIMIT ? OFFSET ?"
    return _rows(index.query(sql, [*values, size + 1, (page - 1) * size]))


def articles_by_id(index: Index, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    marks = ",".join("?" * len(ids))
    return {r["id"]: dict(r) for r in index.query(f"SELECT {_ARTICLE} FROM articles a WHERE a.id IN ({marks})", ids)}


def article(index: Index, coded: Plain, *, extract: bool, notes: Sequence[Mark] = ()) -> dict[str, Any]:
    """One article with its marks and the cards they lead to. notes: marks of readers' comments.

    extract: only the beginning of the text, for rooms that may not show articles of others whole.
    """
    text, hidden = coded["article"]["text"], coded["article"]["furniture"]
    if extract and len(text) > EXTRACT:
        text = text[: text.rfind(" ", 0, EXTRACT)]
    return {
        "coded": coded,
        "extract": extract and len(text) < len(coded["article"]["text"]),
        "paragraphs": list(paragraphs(text, [*marks_of(coded), *notes], hidden)),
        "reports": [card(coded, report) for report in coded["reports"]],
        "statements": [_said(coded, s) for s in coded["statements"]],
        "judgements": [
            j for j in coded.get("judgements", ()) if j["within"] is None and j["end"] <= len(text)
        ],
    }


def card(coded: Plain, report: Plain) -> dict[str, Any]:
    """One report with the account of every field."""
    return {"report": report, "explanation": explain_report(coded, report), "line": line(coded, report)}


def line(coded: Plain, report: Plain) -> dict[str, Any]:
    """Who to whom on whose word, in words."""
    actors = {a["id"]: a for a in coded["actors"]}
    text = coded["article"]["text"]
    return {
        "actor": parties(report, "actors", "actor_spans", actors, text),
        "recipient": parties(report, "recipients", "recipient_spans", actors, text),
        "chain": [name for name, _ in chain_links(coded, report, actors)],
    }


def _said(coded: Plain, statement: Plain) -> dict[str, Any]:
    actors = {a["id"]: a for a in coded["actors"]}
    name = source_name(statement, actors, coded["article"]["text"])
    return {
        "statement": statement,
        "source": name,
        "key": source_key(statement, name),
        "words": said(coded, statement),
        "anonymity": anonymity_text(statement, coded["article"]["text"]),
        "deeds": [r for r in coded["reports"] if r.get("statement") == statement["id"]],
    }


def report(index: Index, wanted: str) -> dict[str, Any] | None:
    """One report, its account, and its article; None when there is none of that id."""
    row = index.one("SELECT a.id FROM reports r JOIN articles a ON a.n = r.article WHERE r.id = ?", [wanted])
    coded = index.coded(row["id"]) if row else None
    found = find_report(coded, wanted) if coded else None
    if coded is None or found is None:
        return None
    return {"coded": coded, "card": card(coded, found), "pieces": _sentence(coded, found)}


def _sentence(coded: Plain, found: Plain) -> list[Any]:
    """The sentence of a report with only that report's own marks."""
    alone = {**coded, "reports": [found], "times": [], "places": [], "statements": [
        s for s in coded["statements"] if s["id"] in found["chain"]]}
    own = {tuple(s) for s in (*found["actor_spans"], *found["recipient_spans"])}
    alone["mentions"] = [m for m in coded["mentions"] if (m["start"], m["end"]) in own]
    sentence = coded["sentences"][found["sentence"]]
    text = coded["article"]["text"][: sentence["end"]]
    blank = " " * sentence["start"] + text[sentence["start"] :].replace("\n", " ")
    shown = list(paragraphs(blank, marks_of(alone)))
    return shown[-1] if shown else []


_REPORT = (
    "r.id, r.type, r.quad, r.modes, r.day, r.value, r.basis, r.place, r.country, r.lat, r.lon, r.status, r.confidence,"
    " r.voice, r.actor, r.recipient, r.chain, r.words, r.published, r.publisher, a.id AS article, a.title,"
    " a.language"
)


def reports(index: Index, wanted: Filters, page: int, size: int = REPORTS_A_PAGE, *, latest: bool = True) -> Rows:
    """Reports by the day of the event, one more than `size` when there are more; undated ones last, or left out when
    the earliest come first."""
    where, values = wanted.where()
    where = where if latest else f"{where} AND r.day > ''"
    order = "DESC" if latest else "ASC"
    sql = (
        f"SELECT {_REPORT} FROM (SELECT r.n FROM reports r WHERE {where} ORDER BY r.day {order}, r.n LIMIT ? OFFSET ?) m"
        f" JOIN reports r ON r.n = m.n JOIN articles a ON a.n = r.article ORDER BY r.day {order}, r.n"
    )
    return _rows(index.query(sql, [*values, size + 1, (page - 1) * size]))


def facets(index: Index, wanted: Filters) -> dict[str, Any]:
    """How many fitting reports have each value of each facet, counted over at most FITTING of them."""

    def count() -> dict[str, Any]:
        where, values = wanted.where()
        fitting = index.query(
            "SELECT r.n, r.type, r.country, r.place, r.publisher, r.voice, r.status, substr(r.day, 1, 4) AS year, r.confidence"
            f" FROM reports r WHERE {where} LIMIT {FITTING + 1}", values,
        )  # fmt: skip
        out: dict[str, Any] = {"number": min(len(fitting), FITTING), "more": len(fitting) > FITTING}
        for name in ("type", "country", "place", "publisher", "voice", "year"):
            out[name] = Counter(row[name] for row in fitting if row[name]).most_common(12)
        out["status"] = Counter(s for row in fitting for s in row["status"].split(",")).most_common()
        out["confidence"] = [
            (low, sum(row["confidence"] >= float(low) for row in fitting)) for low in ("0.9", "0.75", "0.5")
        ]
        among = json.dumps([row["n"] for row in fitting])
        out["party"] = _facet_names(index, "parties", "actor", "actors", among)
        out["source"] = _facet_names(index, "chains", "source", "sources", among)
        return out

    return index.cached(("facets", wanted), count)


def _facet_names(index: Index, table: str, key: str, names: str, among: str) -> list[tuple[str, int, str]]:
    found = index.query(
        f"SELECT t.id, t.n, s.name FROM (SELECT {key} AS id, count(DISTINCT report) AS n FROM {table}"
        f" WHERE report IN (SELECT value FROM json_each(?)) GROUP BY {key} ORDER BY n DESC, {key} LIMIT 12) t"
        f" JOIN {names} s ON s.id = t.id ORDER BY t.n DESC, t.id", [among],
    )  # fmt: skip
    return [(row["id"], row["n"], row["name"]) for row in found]


def found_articles(index: Index, match: str, page: int, size: int = ARTICLES_A_PAGE) -> Rows:
    """Articles that hold all words of an FTS5 query, latest taken in first."""
    sql = (
        f"SELECT {_ARTICLE} FROM (SELECT rowid FROM article_words WHERE article_words MATCH ?"
        " ORDER BY rowid DESC LIMIT ? OFFSET ?) m JOIN articles a ON a.n = m.rowid ORDER BY a.n DESC"
    )
    return _rows(index.query(sql, [match, size + 1, (page - 1) * size]))


def actors(index: Index, page: int, size: int, *, kind: str | None, name: str | None) -> Rows:
    """Actors that the store's articles name, the most widely named first; unnamed ones only when asked for."""
    where, values = ("kind = ?", [kind]) if kind else ("kind <> 'unnamed'", [])
    if name:
        where, values = where + " AND instr(lower(name), ?) > 0", [*values, name.lower()]
    sql = f"SELECT * FROM actors WHERE {where} ORDER BY articles DESC, id LIMIT ? OFFSET ?"
    return _rows(index.query(sql, [*values, size + 1, (page - 1) * size]))


def actor(index: Index, wanted: str) -> dict[str, Any] | None:
    """One actor: roles over time, what it did and met with, what it said, whom it deals with."""
    found = index.one("SELECT * FROM actors WHERE id = ?", [wanted])
    if found is None:
        return None

    def account() -> dict[str, Any]:
        roles = index.query(
            "SELECT p.role, p.code, min(coalesce(p.role_date, a.published)) AS first,"
            " max(coalesce(p.role_date, a.published)) AS last, count(*) AS articles FROM appearances p"
            " JOIN articles a ON a.n = p.article WHERE p.actor = ? GROUP BY p.role, p.code"
            " ORDER BY first, p.role LIMIT 60", [wanted],
        )  # fmt: skip
        types = index.query(
            "SELECT p.side, r.type, r.quad, count(*) AS n FROM parties p JOIN reports r ON r.n = p.report"
            " WHERE p.actor = ? GROUP BY p.side, r.type ORDER BY p.side, n DESC", [wanted],
        )  # fmt: skip
        statements = index.query(_STATEMENTS + " WHERE s.source = ? ORDER BY s.n DESC LIMIT ?", [wanted, LISTED])
        return {
            "actor": dict(found), "roles": _rows(roles), "types": _rows(types), "partners": _partners(index, wanted),
            "did": reports(index, Filters(actor=wanted), 1, LISTED)[:LISTED],
            "met": reports(index, Filters(recipient=wanted), 1, LISTED)[:LISTED], "said": _rows(statements),
        }  # fmt: skip

    return index.cached(("actor", wanted), account)


def _partners(index: Index, wanted: str) -> Rows:
    """Whom an actor deals with, and how often in each direction."""
    found = index.query(
        "SELECT o.actor AS id, c.name, c.code, c.kind, sum(p.side = 'actor') AS towards, sum(p.side = 'recipient') AS back"
        " FROM parties p JOIN parties o ON o.report = p.report AND o.side <> p.side AND o.actor <> p.actor"
        " JOIN actors c ON c.id = o.actor WHERE p.actor = ? GROUP BY o.actor ORDER BY count(*) DESC, o.actor LIMIT ?",
        [wanted, LISTED],
    )
    return _rows(found)


_STATEMENTS = (
    "SELECT s.id, s.name, s.named, s.force, s.form, s.lemma, s.value, s.words, s.certainty, s.number, s.anonymity,"
    " a.id AS article, a.title, a.published, a.publisher, a.language FROM statements s JOIN articles a ON a.n = s.article"
)


def dyad(index: Index, first: str, second: str) -> dict[str, Any] | None:
    """Two actors: reports in both directions, and their run over the years."""
    names = {r["id"]: dict(r) for r in index.query("SELECT * FROM actors WHERE id IN (?, ?)", [first, second])}
    if first not in names or second not in names:
        return None
    there, back = Filters(actor=first, recipient=second), Filters(actor=second, recipient=first)
    return {
        "first": names[first], "second": names[second], "there": reports(index, there, 1, LISTED)[:LISTED],
        "back": reports(index, back, 1, LISTED)[:LISTED],
        "lines": [
            {"from": names[a], "to": names[b], "bars": timeline(index, wanted)}
            for a, b, wanted in ((first, second, there), (second, first, back))
        ],
    }  # fmt: skip


def sources(
    index: Index, page: int, size: int, *, named: bool | None, certainty: str | None = None
) -> Rows:
    """Who is quoted, the most often quoted first; only those with a statement of that certainty."""
    parts: list[str] = []
    values: list[Any] = []
    if named is not None:
        parts, values = ["named = ?"], [int(named)]
    if certainty is not None:
        parts.append("id IN (SELECT source FROM statements WHERE certainty = ?)")
        values.append(certainty)
    where = f"WHERE {' AND '.join(parts)}" if parts else ""
    sql = f"SELECT * FROM sources {where} ORDER BY statements DESC, id LIMIT ? OFFSET ?"
    return _rows(index.query(sql, [*values, size + 1, (page - 1) * size]))


def source(index: Index, wanted: str, page: int = 1, *, certainty: str | None = None) -> dict[str, Any] | None:
    """One source: by whom quoted, how, what it said (of one certainty), and what reports rest on its word."""
    found = index.one("SELECT * FROM sources WHERE id = ?", [wanted])
    if found is None:
        return None

    def account() -> dict[str, Any]:
        publishers = index.query(
            "SELECT coalesce(a.publisher, 'publisher not known') AS publisher, count(*) AS statements,"
            " count(DISTINCT s.article) AS articles FROM statements s JOIN articles a ON a.n = s.article"
            " WHERE s.source = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", [wanted, LISTED],
        )  # fmt: skip
        forces = index.query(
            "SELECT force, count(*) AS n FROM statements WHERE source = ? GROUP BY force ORDER BY n DESC", [wanted]
        )
        said = index.query(
            _STATEMENTS + " WHERE s.source = ? AND (? IS NULL OR s.certainty = ?) ORDER BY s.n DESC LIMIT ? OFFSET ?",
            [wanted, certainty, certainty, LISTED + 1, (page - 1) * LISTED],
        )
        certainties = index.query(
            "SELECT certainty, count(*) AS n FROM statements WHERE source = ? GROUP BY 1 ORDER BY 2 DESC, 1", [wanted]
        )
        return {
            "source": dict(found), "publishers": _rows(publishers), "forces": _rows(forces), "said": _rows(said),
            "certainties": _rows(certainties),
            "reports": reports(index, Filters(source=wanted), 1, LISTED)[:LISTED],
            "known": index.one("SELECT 1 FROM actors WHERE id = ?", [wanted]) is not None,
        }  # fmt: skip

    return index.cached(("source", wanted, page, certainty), account)


def timeline(index: Index, wanted: Filters) -> dict[str, Any]:
    """Reports by year, month or day of the event, whichever parts the span best; undated ones counted apart."""

    def draw() -> dict[str, Any]:
        where, values = wanted.where()
        table, number = "reports r", "count(*)"
        if wanted == EVERYTHING:
            table, number = "days r", "sum(r.n)"
        span = index.query(f"SELECT min(r.day) AS first, max(r.day) AS last FROM {table} WHERE r.day > '' AND {where}", values)[0]
        width = _unit(span["first"], span["last"])
        found = index.query(
            f"SELECT substr(coalesce(r.day, ''), 1, {width}) AS unit, r.quad, {number} AS n FROM {table} WHERE {where}"
            " GROUP BY 1, 2", values,
        )  # fmt: skip
        counts: dict[str, dict[str, int]] = {}
        for row in found:
            if row["unit"]:
                counts.setdefault(row["unit"], {})[row["quad"]] = row["n"]
        for unit in charts.units_between(min(counts, default=""), max(counts, default="")):
            counts.setdefault(unit, {})
        return {"bars": charts.bars(counts), "undated": sum(row["n"] for row in found if not row["unit"])}

    return index.cached(("timeline", wanted), draw)


def _unit(first: str | None, last: str | None) -> int:
    """How much of an ISO day names a bar: 10 for days, 7 for months, 4 for years."""
    if not first or not last:
        return 4
    if (date.fromisoformat(last) - date.fromisoformat(first)).days <= 45:
        return 10
    return 7 if int(last[:4]) - int(first[:4]) < 4 else 4


def world(index: Index, wanted: Filters) -> dict[str, Any]:
    """Places of reports as circles on the world, most reported first."""

    def draw() -> dict[str, Any]:
        where, values = wanted.where()
        order = f" ORDER BY n DESC, name LIMIT {MAP_PLACES}"
        if wanted == EVERYTHING:
            found = index.query("SELECT * FROM spots" + order)
            without = totals(index)["reports"] - index.query("SELECT coalesce(sum(n), 0) AS n FROM spots")[0]["n"]
            return {"dots": charts.dots(_rows(found)), "without": without, "full": len(found) == MAP_PLACES}
        found = index.query(
            "SELECT place AS name, country, lat, lon, max(precision_km) AS precision_km, count(*) AS n"
            f" FROM reports r WHERE r.lat IS NOT NULL AND r.lon IS NOT NULL AND {where}"
            f" GROUP BY lat, lon, place{order}", values,
        )  # fmt: skip
        without = index.query(f"SELECT count(*) AS n FROM reports r WHERE r.lat IS NULL AND {where}", values)[0]["n"]
        return {"dots": charts.dots(_rows(found)), "without": without, "full": len(found) == MAP_PLACES}

    return index.cached(("map", wanted), draw)


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
        links: Rows = [
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
        "SELECT p.actor, o.actor AS recipient, count(*) AS n, r.quad"
        f" FROM (SELECT r.n, r.quad FROM reports r WHERE {where} ORDER BY r.day DESC LIMIT {NET_REPORTS}) r"
        " JOIN parties p ON p.report = r.n AND p.side = 'actor' JOIN parties o ON o.report = r.n AND o.side = 'recipient'"
        " WHERE p.actor <> o.actor AND p.actor NOT LIKE 'unnamed:%' AND o.actor NOT LIKE 'unnamed:%'"
        " GROUP BY p.actor, o.actor, r.quad", values,
    )  # fmt: skip


def failures(index: Index, page: int, size: int = 200) -> Rows:
    """What could not be read or coded, and why."""
    sql = "SELECT * FROM failures ORDER BY stage, article, message LIMIT ? OFFSET ?"
    return _rows(index.query(sql, [size + 1, (page - 1) * size]))
