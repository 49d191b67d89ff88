"""What each page shows, as plain values for its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..explain import chain_links, explain_report, parties, source_name
from ..export import coded_articles
from ..store import Store
from .marks import marks_of, paragraphs

Plain = Mapping[str, Any]

ARTICLES_A_PAGE = 50
REPORTS_A_PAGE = 100

_ARTICLES = """
SELECT a.id, a.title, a.published, a.publisher, a.authors, a.kind, left(a.text, 160) AS opening,
  (SELECT count(*) FROM reports r WHERE r.article = a.id) AS reports,
  (SELECT count(*) FROM statements s WHERE s.article = a.id) AS statements
FROM articles a ORDER BY a.published DESC NULLS LAST, a.id LIMIT ? OFFSET ?
"""

_REPORTS = """
SELECT r.*, a.title, a.published, a.publisher, a.text, a.sentences
FROM reports r JOIN articles a ON a.id = r.article
WHERE (? IS NULL OR r.type = ?)
  AND (? IS NULL OR EXISTS (
    SELECT 1 FROM actors c WHERE c.article = r.article AND c.code LIKE ? || '%'
    AND (list_contains(r.actors, c.id) OR list_contains(r.recipients, c.id))))
ORDER BY coalesce(r.date.earliest, r.date.latest, '9999'), a.id, r.n
LIMIT ? OFFSET ?
"""


def front(store: Store, page: int) -> dict[str, Any]:
    """The store's articles, latest first, with what was found in each."""
    totals = {t: _count(store, t) for t in ("articles", "reports", "statements", "actors", "failures")}
    rows = store.query(_ARTICLES, [ARTICLES_A_PAGE, (page - 1) * ARTICLES_A_PAGE])
    return {"totals": totals, "articles": rows, "page": page, "more": totals["articles"] > page * ARTICLES_A_PAGE}


def _count(store: Store, table: str) -> int:
    count: int = store.query(f"SELECT count(*) AS n FROM {table}")[0]["n"]
    return count


def article(store: Store, wanted: str) -> dict[str, Any] | None:
    """One article with its marks and the cards they lead to; None when the store has none of that id."""
    coded = next(coded_articles(store, [wanted]), None)
    if coded is None:
        return None
    return {
        "coded": coded,
        "paragraphs": list(paragraphs(coded["article"]["text"], marks_of(coded), coded["article"]["furniture"])),
        "reports": [_card(coded, report) for report in coded["reports"]],
        "statements": [_said(coded, s) for s in coded["statements"]],
    }


def _card(coded: Plain, report: Plain) -> dict[str, Any]:
    return {"report": report, "explanation": explain_report(coded, report), "line": _line(coded, report)}


def _line(coded: Plain, report: Plain) -> dict[str, Any]:
    actors = {a["id"]: a for a in coded["actors"]}
    text = coded["article"]["text"]
    return {
        "actor": parties(report, "actors", "actor_spans", actors, text),
        "recipient": parties(report, "recipients", "recipient_spans", actors, text),
        "chain": [name for name, _ in chain_links(coded, report, actors)],
    }


def _said(coded: Plain, statement: Plain) -> dict[str, Any]:
    actors = {a["id"]: a for a in coded["actors"]}
    text = coded["article"]["text"]
    return {
        "statement": statement,
        "source": source_name(statement, actors, text),
        "words": " … ".join(text[s:e] for s, e in statement["content"]),
    }


def reports(store: Store, *, kind: str | None, code: str | None, page: int) -> dict[str, Any]:
    """Reports by the day of the event, filtered by type and by the code of a party (its beginning)."""
    rows = store.query(_REPORTS, [kind, kind, code, code, REPORTS_A_PAGE + 1, (page - 1) * REPORTS_A_PAGE])
    shown = rows[:REPORTS_A_PAGE]
    parents = {c["article"]["id"]: c for c in coded_articles(store, sorted({r["article"] for r in shown}))}
    for row in shown:
        row["line"] = _line(parents[row["article"]], row)
        sentence = row["sentences"][row["sentence"]]
        row["words"] = row["text"][sentence["start"] : sentence["end"]]
    types = [r["type"] for r in store.query("SELECT DISTINCT type FROM reports ORDER BY type")]
    more = len(rows) > REPORTS_A_PAGE
    return {"reports": shown, "types": types, "kind": kind, "code": code, "page": page, "more": more}


def timeline(store: Store) -> dict[str, Any]:
    """Reports by year of the event, each year's bar parted by quad class; undated ones counted apart."""
    rows = store.query(
        "SELECT left(coalesce(date.value, ''), 4) AS year, quad, count(*) AS n FROM reports GROUP BY ALL ORDER BY ALL"
    )
    dated = [r for r in rows if r["year"].isdigit()]
    undated = sum(r["n"] for r in rows if not r["year"].isdigit())
    years: dict[str, dict[str, int]] = {}
    for row in dated:
        years.setdefault(row["year"], {})[row["quad"]] = row["n"]
    dots = store.query(
        "SELECT r.id, r.article, r.type, r.quad, r.date.value AS value, r.date.earliest AS earliest,"
        " r.date.basis AS basis, a.published, a.title FROM reports r JOIN articles a ON a.id = r.article"
        " WHERE r.date.earliest IS NOT NULL ORDER BY r.date.earliest, r.article, r.n LIMIT 2000"
    )
    return {"bars": _bars(years), "undated": undated, "dots": dots}


def _bars(years: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Heights in percent of the fullest year."""
    top = max((sum(q.values()) for q in years.values()), default=1)
    order: Sequence[str] = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    return [
        {
            "year": year, "total": sum(q.values()),
            "parts": [{"quad": name, "n": q[name], "height": 100 * q[name] / top} for name in order if name in q],
        }
        for year, q in sorted(years.items())
    ]  # fmt: skip


def failures(store: Store) -> dict[str, Any]:
    """What could not be read or coded, and why."""
    return {"failures": store.query("SELECT * FROM failures ORDER BY stage, article, message LIMIT 1000")}
