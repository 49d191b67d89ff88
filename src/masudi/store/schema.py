"""The tables of a store: names, columns and types. Rows have the shape of schema `masudi/1`.

Every table but `failures` starts with `article`, the article's id; nested values stay nested.
`n` is a row's place in its article, so that indices and order survive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from ..records import CodedArticle, Failure

VERSION = 2

_SPAN = pa.list_(pa.int32())
_SPANS = pa.list_(_SPAN)
_TEXTS = pa.list_(pa.string())
_DATE = pa.struct([
    ("value", pa.string()), ("earliest", pa.string()), ("latest", pa.string()),
    ("basis", pa.string()), ("span", _SPAN),
])  # fmt: skip
_RATINGS = pa.struct([("votes", pa.int32()), ("result_percent", pa.float64())])
_MEND = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("original", pa.string())])
_SENTENCE = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_COUNTS = pa.struct([("killed", pa.int64()), ("injured", pa.int64()), ("size", pa.int64())])

_SOURCE = pa.struct([
    ("actor", pa.string()), ("spans", _SPANS), ("number", pa.int32()), ("plural", pa.bool_()), ("anonymity", _SPAN),
])  # fmt: skip
_HEAD = [("article", pa.string()), ("n", pa.int32())]

TABLES: dict[str, pa.Schema] = {
    "articles": pa.schema([
        ("id", pa.string()), ("given_id", pa.string()), ("path", pa.string()), ("url", pa.string()),
        ("title", pa.string()), ("authors", _TEXTS), ("published", pa.string()), ("publisher", pa.string()),
        ("language", pa.string()), ("kind", pa.string()), ("kind_signs", _TEXTS), ("text", pa.string()),
        ("ratings", _RATINGS), ("furniture", _SPANS), ("mends", pa.list_(_MEND)),
        ("sentences", pa.list_(_SENTENCE)),
    ]),
    "actors": pa.schema([
        *_HEAD, ("id", pa.string()), ("name", pa.string()), ("kind", pa.string()), ("country", pa.string()),
        ("sectors", _TEXTS), ("code", pa.string()), ("role", pa.string()), ("role_date", pa.string()),
        ("wikidata", pa.string()), ("basis", pa.string()), ("confidence", pa.float64()), ("members", _TEXTS),
        ("because", _TEXTS),
    ]),
    "mentions": pa.schema([
        *_HEAD, ("start", pa.int32()), ("end", pa.int32()), ("id", pa.string()), ("text", pa.string()),
        ("actor", pa.string()), ("form", pa.string()),
    ]),
    "times": pa.schema([
        *_HEAD, ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string()), ("type", pa.string()),
        ("value", pa.string()), ("earliest", pa.string()), ("latest", pa.string()), ("note", pa.string()),
    ]),
    "places": pa.schema([
        *_HEAD, ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string()), ("name", pa.string()),
        ("lat", pa.float64()), ("lon", pa.float64()), ("country", pa.string()), ("admin1", pa.string()),
        ("kind", pa.string()), ("geonameid", pa.int64()), ("form", pa.string()),
        ("precision_km", pa.float64()), ("score", pa.float64()),
    ]),
    "statements": pa.schema([
        *_HEAD, ("id", pa.string()), ("source", _SOURCE),
        ("cue", pa.struct([("spans", _SPANS), ("lemma", pa.string())])), ("content", _SPANS),
        ("form", pa.string()), ("force", pa.string()), ("certainty", pa.string()), ("named", pa.bool_()),
        ("within", pa.string()), ("date", _DATE), ("because", _TEXTS),
    ]),
    "judgements": pa.schema([
        *_HEAD, ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string()), ("polarity", pa.string()),
        ("within", pa.string()), ("because", _TEXTS),
    ]),
    "reports": pa.schema([
        *_HEAD, ("id", pa.string()), ("type", pa.string()), ("modes", _TEXTS), ("contexts", _TEXTS),
        ("cameo", pa.string()), ("quad", pa.string()), ("score", pa.float64()), ("triggers", _SPANS),
        ("actors", _TEXTS), ("actor_spans", _SPANS), ("recipients", _TEXTS), ("recipient_spans", _SPANS),
        ("date", _DATE), ("place", pa.int32()), ("auxiliary", _TEXTS), ("chain", _TEXTS),
        ("statement", pa.string()), ("counts", _COUNTS), ("confidence", pa.float64()), ("sentence", pa.int32()), ("because", _TEXTS),
    ]),
    "failures": pa.schema([
        ("article", pa.string()), ("stage", pa.string()), ("error", pa.string()), ("message", pa.string()),
    ]),
}  # fmt: skip

# Filled by linking, which this version does not do yet: present and empty, so that queries can be written.
LINKED: dict[str, pa.Schema] = {
    "events": pa.schema([
        ("id", pa.string()), ("type", pa.string()), ("modes", _TEXTS), ("actors", _TEXTS),
        ("recipients", _TEXTS), ("date_earliest", pa.string()), ("date_latest", pa.string()),
        ("place", pa.string()), ("articles", pa.int64()), ("publishers", pa.int64()),
        ("affirmed_by", _TEXTS), ("denied_by", _TEXTS), ("contested", pa.bool_()),
        ("first_published", pa.string()), ("confidence", pa.float64()),
    ]),
    "event_reports": pa.schema([("event", pa.string()), ("report", pa.string()), ("article", pa.string())]),
}  # fmt: skip


def tables_of(items: Iterable[CodedArticle | Failure]) -> dict[str, pa.Table]:
    """`items` as one Arrow table for each of TABLES, rows in the order of `items`."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for item in items:
        if isinstance(item, Failure):
            rows["failures"].append(_failure_row(item))
            continue
        for name, row in _article_rows(item):
            rows[name].append(row)
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in TABLES.items()}


def _article_rows(coded: CodedArticle) -> Iterator[tuple[str, dict[str, Any]]]:
    plain = coded.to_dict()
    yield "articles", plain["article"] | {"sentences": plain["sentences"]}
    for name in ("actors", "mentions", "times", "places", "statements", "judgements", "reports"):
        for n, row in enumerate(plain[name]):
            yield name, {"article": coded.article.id, "n": n} | row
    for failure in coded.failures:
        yield "failures", _failure_row(failure)


def _failure_row(failure: Failure) -> dict[str, Any]:
    return {
        "article": failure.article, "stage": failure.stage,
        "error": failure.error, "message": failure.message,
    }  # fmt: skip
