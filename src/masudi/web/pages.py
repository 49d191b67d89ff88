"""What each page of articles, reports, actors and sources shows, as plain values for its template, CSV or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..explain import anonymity_text, chain_links, explain_report, find_report, parties, source_name
from .drawings import timeline
from .filters import Filters
from .index import Index
from .marks import Mark, marks_of, paragraphs
from .rows import NOT_RESOLVED, said, source_key

Plain = Mapping[str, Any]
Rows = list[dict[str, Any]]

ARTICLES_A_PAGE = 50
REPORTS_A_PAGE = 50
LISTED = 40  # rows of each list on an actor's or a source's page
FITTING = 2000  # reports that facets are counted over; more are said to be more
EXTRACT = 600  # characters of others' articles where only extracts are shown


def totals(index: Index) -> dict[str, int]:
    """How much the store holds."""

    def count() -> dict[str, int]:
        tables = ("articles", "reports", "statements", "actors", "failures")
        return {t: index.query(f"SELECT count(*) AS n FROM {t}")[0]["n"] for t in tables}

    return index.cached("totals", count)


_ARTICLE = "a.id, a.title, a.published, a.publisher, a.authors, a.kind, a.language, a.opening, a.reports, a.statements"


def articles(index: Index, page: int, size: int = ARTICLES_A_PAGE, *, publisher: str | None = None) -> Rows:
    """Articles, latest first; one more than `size` when there are more."""
    where, values = ("WHERE a.publisher = ?", [publisher]) if publisher else ("", [])
    sql = f"SELECT {_ARTICLE} FROM articles a {where} ORDER BY a.published DESC, a.n LIMIT ? OFFSET ?"
    return index.query(sql, [*values, size + 1, (page - 1) * size])


def articles_by_id(index: Index, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    marks = ",".join("?" * len(ids))
    return {r["id"]: r for r in index.query(f"SELECT {_ARTICLE} FROM articles a WHERE a.id IN ({marks})", ids)}


def article(index: Index, coded: Plain, *, extract: bool, notes: Sequence[Mark] = ()) -> dict[str, Any]:
    """One article with its marks and the cards they lead to. notes: marks of readers' comments.

    extract: only the beginning of the text, for rooms that may not show articles of others whole.
    """
    text, hidden = coded["article"]["text"], coded["article"]["furniture"]
    if extract and len(text) > EXTRACT:
        text = text[: text.rfind(" ", 0, EXTRACT)]
    told = [_said(coded, s) for s in coded["statements"]]
    return {
        "coded": coded,
        "extract": extract and len(text) < len(coded["article"]["text"]),
        "paragraphs": list(paragraphs(text, [*marks_of(coded), *notes], hidden)),
        "reports": [card(coded, report) for report in coded["reports"]],
        "statements": told,
        "speakers": _speakers(told),
        "judgements": [
            {**j, "n": n, "before": " ".join(text[: j["start"]][-80:].split()[-5:]), "after": " ".join(text[j["end"] :][:80].split()[:5])}
            for n, j in enumerate(coded.get("judgements", ())) if j["within"] is None and j["end"] <= len(text)
        ],
        "cast": _cast(coded),
    }


def _speakers(told: Sequence[Plain]) -> Rows:
    """Who speaks in an article, most often first: name, key, times, named, number, several, terms, certainties."""
    by_key: dict[str, list[Plain]] = {}
    for one in told:
        by_key.setdefault(one["key"] if one["key"] != NOT_RESOLVED else one["source"].lower(), []).append(one)
    out = []
    for said_so in sorted(by_key.values(), key=len, reverse=True):
        statements = [one["statement"] for one in said_so]
        certainties = Counter(s.get("certainty") or "neutral" for s in statements)
        out.append({
            "name": said_so[0]["source"], "key": said_so[0]["key"], "times": len(said_so),
            "named": any(s["named"] for s in statements),
            "number": next((s["source"].get("number") for s in statements if s["source"].get("number")), None),
            "several": any(s["source"].get("plural") for s in statements),
            "terms": next((one["anonymity"] for one in said_so if one["anonymity"]), None),
            "certainties": [(name, n) for name, n in certainties.most_common() if name != "neutral"],
        })  # fmt: skip
    return out


def _cast(coded: Plain) -> Rows:
    """An article's actors with how often each is named, the names of members, and `n`, its place in the article."""
    times = Counter(m["actor"] for m in coded["mentions"])
    names = {a["id"]: a["name"] for a in coded["actors"]}
    found = [
        {"n": n, "actor": a, "times": times[a["id"]], "members": [(i, names[i]) for i in a["members"] if i in names]}
        for n, a in enumerate(coded["actors"])
    ]
    return sorted(found, key=lambda one: (-one["times"], one["actor"]["name"]))


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
    alone = {**coded, "reports": [found], "times": [], "places": [], "judgements": [], "statements": [
        s for s in coded["statements"] if s["id"] in found["chain"]]}
    own = {tuple(s) for s in (*found["actor_spans"], *found["recipient_spans"])}
    alone["mentions"] = [m for m in coded["mentions"] if (m["start"], m["end"]) in own]
    sentence = coded["sentences"][found["sentence"]]
    text = coded["article"]["text"][: sentence["end"]]
    blank = " " * sentence["start"] + text[sentence["start"] :].replace("\n", " ")
    shown = list(paragraphs(blank, marks_of(alone)))
    return shown[-1] if shown else []


# An article without a title is called by its first words.
_TITLE = "coalesce(a.title, substr(a.opening, 1, 60) || '…')"
_REPORT = (
    "r.id, r.type, r.quad, r.modes, r.day, r.value, r.latest, r.basis, r.place, r.place_kind, r.country, r.lat, r.lon,"
    f" r.status, r.confidence, r.voice, r.certainty, r.actor, r.recipient, r.chain, r.words, r.published, r.publisher, a.id AS article,"
    f" {_TITLE} AS title, a.language"
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
    return index.query(sql, [*values, size + 1, (page - 1) * size])


def facets(index: Index, wanted: Filters) -> dict[str, Any]:
    """How many fitting reports have each value of each facet, counted over at most FITTING of them."""

    def count() -> dict[str, Any]:
        where, values = wanted.where()
        fitting = index.query(
            "SELECT r.n, r.type, r.country, r.place, r.publisher, r.voice, r.certainty, r.status, substr(r.day, 1, 4) AS year, r.confidence"
            f" FROM reports r WHERE {where} LIMIT {FITTING + 1}", values,
        )  # fmt: skip
        out: dict[str, Any] = {"number": min(len(fitting), FITTING), "more": len(fitting) > FITTING}
        for name in ("type", "country", "place", "publisher", "voice", "year"):
            out[name] = Counter(row[name] for row in fitting if row[name]).most_common(12)
        for name in ("status", "certainty"):
            out[name] = Counter(s for row in fitting for s in (row[name] or "").split(",") if s).most_common()
        out["confidence"] = [
            (low, n) for low in ("0.9", "0.75", "0.5") if (n := sum(row["confidence"] >= float(low) for row in fitting))
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
    return index.query(sql, [match, size + 1, (page - 1) * size])


def actors(index: Index, page: int, size: int, *, kind: str | None, name: str | None) -> Rows:
    """Actors that the store's articles name, the most widely named first; unnamed ones only when asked for."""
    where, values = ("kind = ?", [kind]) if kind else ("kind <> 'unnamed'", [])
    if name:
        where, values = where + " AND instr(lower(name), ?) > 0", [*values, name.lower()]
    sql = f"SELECT * FROM actors WHERE {where} ORDER BY articles DESC, id LIMIT ? OFFSET ?"
    return index.query(sql, [*values, size + 1, (page - 1) * size])


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
        lent = index.query(
            "SELECT count(*) AS articles, sum(confidence < 1) AS lent, min(confidence) AS least FROM appearances WHERE actor = ?",
            [wanted],
        )[0]  # fmt: skip
        statements = index.query(_STATEMENTS + " WHERE s.source = ? ORDER BY s.n DESC LIMIT ?", [wanted, LISTED])
        return {
            "actor": found, "roles": roles, "members": _members(index, wanted), "lent": lent, "types": types, "partners": _partners(index, wanted),
            "did": reports(index, Filters(actor=wanted), 1, LISTED)[:LISTED],
            "met": reports(index, Filters(recipient=wanted), 1, LISTED)[:LISTED], "said": statements,
        }  # fmt: skip

    return index.cached(("actor", wanted), account)


def _members(index: Index, wanted: str) -> Rows:
    """Whom a description of several stands for."""
    rows = index.query("SELECT members FROM appearances WHERE actor = ? AND members IS NOT NULL LIMIT 20", [wanted])
    ids = dict.fromkeys(i for row in rows for i in row["members"].split(" "))
    marks = ",".join("?" * len(ids))
    return index.query(f"SELECT id, name, code FROM actors WHERE id IN ({marks}) ORDER BY name, id", list(ids))


def _partners(index: Index, wanted: str) -> Rows:
    """Whom an actor deals with, and how often in each direction."""
    found = index.query(
        "SELECT o.actor AS id, c.name, c.code, c.kind, sum(p.side = 'actor') AS towards, sum(p.side = 'recipient') AS back"
        " FROM parties p JOIN parties o ON o.report = p.report AND o.side <> p.side AND o.actor <> p.actor"
        " JOIN actors c ON c.id = o.actor WHERE p.actor = ? GROUP BY o.actor ORDER BY count(*) DESC, o.actor LIMIT ?",
        [wanted, LISTED],
    )
    return found


_STATEMENTS = (
    "SELECT s.id, s.name, s.named, s.force, s.form, s.lemma, s.value, s.words, s.certainty, s.number, s.anonymity,"
    f" a.id AS article, {_TITLE} AS title, a.published, a.publisher, a.language FROM statements s JOIN articles a ON a.n = s.article"
)


def dyad(index: Index, first: str, second: str) -> dict[str, Any] | None:
    """Two actors: reports in both directions, and their run over the years."""
    names = {r["id"]: r for r in index.query("SELECT * FROM actors WHERE id IN (?, ?)", [first, second])}
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
    return index.query(sql, [*values, size + 1, (page - 1) * size])


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
            "source": found, "publishers": publishers, "forces": forces, "said": said,
            "certainties": certainties,
            "reports": reports(index, Filters(source=wanted), 1, LISTED)[:LISTED],
            "known": index.one("SELECT 1 FROM actors WHERE id = ?", [wanted]) is not None,
        }  # fmt: skip

    return index.cached(("source", wanted, page, certainty), account)


def failures(index: Index, page: int, size: int = 200) -> Rows:
    """What could not be read or coded, and why."""
    sql = "SELECT * FROM failures ORDER BY stage, article, message LIMIT ? OFFSET ?"
    return index.query(sql, [size + 1, (page - 1) * size])
