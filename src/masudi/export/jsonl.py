"""JSON Lines in the shape of schema `masudi/1`: what `masudi code` printed, from the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from ..records import SCHEMA
from ..store import Store

_LISTS = ("actors", "mentions", "times", "places", "statements", "reports")


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
    encode = msgspec.json.Encoder().encode
    count = 0
    for coded in coded_articles(store):
        out.write(encode(coded) + b"\n")
        count += 1
    return count
