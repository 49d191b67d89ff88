"""Rows of the index from coded articles: names and words written out, so that a list needs no second look."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..explain import PRONOUNS, anonymity_text, chain_links, parties, source_name

Plain = Mapping[str, Any]

OPENING = 220
WORDS = 400
_ENCODE = msgspec.json.Encoder().encode


def insert(connection: sqlite3.Connection, coded: Iterable[Plain], failures: Iterable[Plain]) -> None:
    """Add articles with all they hold, and failures. An article already there is passed over."""
    for one in coded:
        _insert_article(connection, one)
    connection.executemany("INSERT INTO failures VALUES (:article, :stage, :error, :message)", failures)


def _insert_article(connection: sqlite3.Connection, coded: Plain) -> None:
    a = coded["article"]
    cursor = connection.execute(
        "INSERT OR IGNORE INTO articles(id, title, published, publisher, authors, kind, language, url, opening,"
        " reports, statements) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        [a["id"], a["title"], a["published"], a["publisher"], ", ".join(a["authors"]) or None, a["kind"], a["language"],
         a["url"], _opening(a["text"]), len(coded["reports"]), len(coded["statements"])],
    )  # fmt: skip
    if cursor.rowcount != 1:
        return
    n = cursor.lastrowid
    connection.execute("INSERT INTO whole VALUES (?, ?)", [n, zlib.compress(_ENCODE(coded), 6)])
    connection.execute("INSERT INTO article_words(rowid, title, body) VALUES (?,?,?)", [n, a["title"] or "", a["text"]])
    actors = {actor["id"]: actor for actor in coded["actors"]}
    _insert_actors(connection, coded, n or 0)
    for report in coded["reports"]:
        _insert_report(connection, coded, report, actors, n or 0)
    _insert_statements(connection, coded, actors, n or 0)


def _opening(text: str) -> str:
    """The first words of a text, cut between words."""
    flat = " ".join(text[: OPENING * 3].split())
    return flat if len(flat) <= OPENING else flat[: flat.rfind(" ", 0, OPENING) if " " in flat[:OPENING] else OPENING] + "…"


def _insert_actors(connection: sqlite3.Connection, coded: Plain, n: int) -> None:
    mentions = Counter(m["actor"] for m in coded["mentions"])
    reports = Counter(i for r in coded["reports"] for i in {*r["actors"], *r["recipients"]})
    connection.executemany(
        "INSERT INTO actors VALUES (:id, :name, :kind, :country, :code, 1, :reports) ON CONFLICT(id) DO UPDATE SET"
        " articles = articles + 1, reports = actors.reports + excluded.reports",
        [{**a, "reports": reports[a["id"]]} for a in coded["actors"]],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO appearances VALUES (?,?,?,?,?,?,?,?,?)",
        [(a["id"], n, a["name"], a["code"], a["role"], a["role_date"], mentions[a["id"]], a["confidence"],
          " ".join(a["members"]) or None) for a in coded["actors"]],
    )


def report_values(coded: Plain, report: Plain, actors: Mapping[str, Plain]) -> dict[str, Any]:
    """One report as a list shows it."""
    text, date = coded["article"]["text"], report["date"]
    place = coded["places"][report["place"]] if report["place"] is not None else {}
    sentence = coded["sentences"][report["sentence"]]
    links = chain_links(coded, report, actors)
    voice = "article" if not links else "named" if all(s["named"] for _, s in links) else "unnamed"
    return {
        "id": report["id"], "type": report["type"], "quad": report["quad"], "modes": "/".join(report["modes"]) or None,
        # A bound alone ("not after the day of printing") is no day: it would put the event on the day it was printed.
        "day": (date["earliest"] or date["latest"]) if date["value"] else None, "value": date["value"],
        "latest": date["latest"], "basis": date["basis"], "place": place.get("name"), "place_kind": place.get("kind"),
        "country": place.get("country"), "lat": place.get("lat"), "lon": place.get("lon"),
        "precision_km": place.get("precision_km"),
        "status": ",".join(report["auxiliary"]) or "happened", "confidence": report["confidence"],
        "score": report["score"], "voice": voice,
        "certainty": ",".join(dict.fromkeys(s.get("certainty") or "neutral" for _, s in links)) or None,
        "actor": parties(report, "actors", "actor_spans", actors, text) or None,
        "recipient": parties(report, "recipients", "recipient_spans", actors, text) or None,
        "chain": " > ".join(name for name, _ in links) or None,
        "words": " ".join(text[sentence["start"] : sentence["end"]].split())[:WORDS],
        "published": coded["article"]["published"], "publisher": coded["article"]["publisher"],
    }  # fmt: skip


_REPORT_COLUMNS = (
    "id", "type", "quad", "modes", "day", "value", "latest", "basis", "place", "place_kind", "country", "lat", "lon",
    "precision_km", "status", "confidence", "score", "voice", "certainty", "actor", "recipient", "chain", "words", "published", "publisher",
)  # fmt: skip
_INSERT_REPORT = (
    f"INSERT OR IGNORE INTO reports(article, {', '.join(_REPORT_COLUMNS)})"
    f" VALUES (:article, {', '.join(':' + c for c in _REPORT_COLUMNS)})"
)


def _insert_report(
    connection: sqlite3.Connection, coded: Plain, report: Plain, actors: Mapping[str, Plain], n: int
) -> None:
    values = report_values(coded, report, actors)
    cursor = connection.execute(_INSERT_REPORT, values | {"article": n})
    if cursor.rowcount != 1:
        return
    number = cursor.lastrowid
    connection.execute("INSERT INTO report_words(rowid, words) VALUES (?,?)", [number, values["words"]])
    sides = [("actor", i) for i in report["actors"]] + [("recipient", i) for i in report["recipients"]]
    connection.executemany(
        "INSERT OR IGNORE INTO parties VALUES (?,?,?,?)",
        [(i, side, number, actors[i]["code"]) for side, i in sides if i in actors],
    )
    links = chain_links(coded, report, actors)
    connection.executemany(
        "INSERT OR IGNORE INTO chains VALUES (?,?)",
        [(source_key(s, name), number) for name, s in links],
    )


NOT_RESOLVED = "words:(pronoun)"  # "she said" of whom no article tells: one entry, not one for each pronoun
_PRONOUNS = PRONOUNS | {"i", "we", "you"}


def source_key(statement: Plain, name: str) -> str:
    """What makes two sources one: the actor where the article names him, else the words it uses."""
    actor: str | None = statement["source"]["actor"]
    if actor and statement["named"]:
        return actor
    words = " ".join(name.lower().split())
    return NOT_RESOLVED if not actor and words in _PRONOUNS else f"words:{words}"


def said(coded: Plain, statement: Plain) -> str:
    """What a statement says, its stretches joined."""
    text = coded["article"]["text"]
    return " … ".join(" ".join(text[s:e].split()) for s, e in statement["content"])


def _statement_rows(coded: Plain, actors: Mapping[str, Plain], n: int) -> Iterator[dict[str, Any]]:
    text = coded["article"]["text"]
    for s in coded["statements"]:
        name = source_name(s, actors, text)
        yield {
            "id": s["id"], "article": n, "source": source_key(s, name), "name": " ".join(name.split()), "named": int(s["named"]),
            "force": s["force"], "form": s["form"], "lemma": s["cue"]["lemma"],
            "value": s["date"]["value"] if s["date"] else None, "words": said(coded, s)[:WORDS],
            "certainty": s.get("certainty") or "neutral", "number": s["source"].get("number"),
            "anonymity": anonymity_text(s, text),
        }  # fmt: skip


def _insert_statements(connection: sqlite3.Connection, coded: Plain, actors: Mapping[str, Plain], n: int) -> None:
    found = list(_statement_rows(coded, actors, n))
    connection.executemany(
        "INSERT INTO statements(id, article, source, name, named, force, form, lemma, value, words, certainty,"
        " number, anonymity) VALUES (:id, :article, :source, :name, :named, :force, :form, :lemma, :value, :words,"
        " :certainty, :number, :anonymity)",
        found,
    )
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_source.setdefault(row["source"], []).append(row)
    connection.executemany(_INSERT_SOURCE, [_source_row(key, said) for key, said in sorted(by_source.items())])


_INSERT_SOURCE = (
    "INSERT INTO sources VALUES (:id, :name, :named, 1, :statements, :factive, :distancing, :tentative, :number, :terms)"
    " ON CONFLICT(id) DO UPDATE SET articles = articles + 1, "
    + ", ".join(f"{n} = sources.{n} + excluded.{n}" for n in ("statements", "factive", "distancing", "tentative"))
    + ", number = coalesce(sources.number, excluded.number), terms = coalesce(sources.terms, excluded.terms)"
)


def _source_row(key: str, said: Sequence[Plain]) -> dict[str, Any]:
    """One article's statements of one source, added up. number, terms: the first told."""
    certainties = Counter(row["certainty"] for row in said)
    return {
        "id": key, "name": "he, she, they (not known who)" if key == NOT_RESOLVED else said[0]["name"],
        "named": said[0]["named"] if key != NOT_RESOLVED else 0, "statements": len(said),
        **{name: certainties[name] for name in ("factive", "distancing", "tentative")},
        "number": None if key == NOT_RESOLVED else next((row["number"] for row in said if row["number"]), None),
        "terms": next((row["anonymity"] for row in said if row["anonymity"]), None),
    }  # fmt: skip
