"""JSON Lines in the shape of schema `masudi/1`: what `masudi code` printed, from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import pyarrow.parquet as pq

from ..records import SCHEMA
from ..store import Store, part_path

_LISTS = ("actors", "mentions", "times", "places", "statements", "judgements", "reports")


def coded_articles(store: Store, ids: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """Each stored article whole, as `CodedArticle.to_dict()` gave it, in the order of ids; all when None."""
    wanted = ids if ids is not None else [r["id"] for r in store.query("SELECT id FROM articles ORDER BY id")]
    for start in range(0, len(wanted), 100):
        yield from _batch(store, wanted[start : start + 100])


def _batch(store: Store, ids: list[str]) -> Iterator[dict[str, Any]]:
    marks = ", ".join("?" for _ in ids)
    articles = {r["id"]: r for r in store.query(f"SELECT * FROM articles WHERE id IN ({marks})", ids)}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {i: {name: [] for name in _LISTS} for i in ids}
    for name in _LISTS:
        for row in store.query(f"SELECT * FROM {name} WHERE article IN ({marks}) ORDER BY article, n", ids):
            article = row.pop("article")
            del row["n"]
            rows[article][name].append(row)
    failures = store.query(f"SELECT * FROM failures WHERE article IN ({marks})", ids)
    for i in ids:
        if i not in articles:
            continue
        article = articles[i]
        sentences = article.pop("sentences")
        own = [{k: v for k, v in f.items() if k != "article"} for f in failures if f["article"] == i]
        yield {"schema": SCHEMA, "article": article, "sentences": sentences, **rows[i], "failures": own}


def export_jsonl(store: Store, out: BinaryIO) -> int:
    """One article a line; how many."""
    return write_lines(coded_articles(store), out)


def write_lines(rows: Iterable[Any], out: BinaryIO) -> int:
    """Each of `rows` as one line of JSON; how many."""
    encode = msgspec.json.Encoder().encode
    count = 0
    for row in rows:
        out.write(encode(row) + b"\n")
        count += 1
    return count


def coded_in_part(store: Path, part: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The coded articles of one part, as `coded_articles` gives them, and the part's failures.

    Reads the part's own files: the quick way to go through a whole store.
    """
    rows = {name: pq.read_table(part_path(store, name, part)).to_pylist() for name in (*_LISTS, "articles", "failures")}
    found: dict[str, dict[str, list[dict[str, Any]]]] = {
        a["id"]: {name: [] for name in _LISTS} for a in rows["articles"]
    }
    for name in _LISTS:
        for row in sorted(rows[name], key=lambda r: r["n"]):
            article = row.pop("article")
            del row["n"]
            found[article][name].append(row)
    own: dict[str | None, list[dict[str, Any]]] = {}
    for failure in rows["failures"]:
        own.setdefault(failure["article"], []).append({k: v for k, v in failure.items() if k != "article"})
    coded = []
    for article in rows["articles"]:
        sentences = article.pop("sentences")
        i = article["id"]
        coded.append({
            "schema": SCHEMA, "article": article, "sentences": sentences, **found[i], "failures": own.get(i, []),
        })  # fmt: skip
    return coded, rows["failures"]
