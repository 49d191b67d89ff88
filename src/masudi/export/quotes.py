"""Who said what: one row a statement, as CSV or JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from ..explain import anonymity_text, without_relative
from ..store import Store
from .csv import write_csv
from .jsonl import coded_articles, write_lines

COLUMNS = (
    "statement", "article", "published", "publisher", "title", "source", "source_text", "named", "role", "country",
    "sectors", "cue", "words", "form", "force", "date", "date_basis", "within", "certainty", "number", "plural", "anonymity",
)  # fmt: skip


def export_quotes(store: Store, out: BinaryIO) -> int:
    """CSV, one statement a row, several values in a cell parted by `;`; how many rows."""
    rows = ({**row, "named": int(row["named"]), "plural": int(row["plural"]), "sectors": ";".join(row["sectors"])} for row in _rows(store))
    return write_csv(COLUMNS, rows, out)


def export_quotes_jsonl(store: Store, out: BinaryIO) -> int:
    """JSON Lines, one statement a line, the same names as in the CSV; how many lines."""
    return write_lines(_rows(store), out)


def _rows(store: Store) -> Iterator[dict[str, Any]]:
    for coded in coded_articles(store):
        for statement in coded["statements"]:
            yield quote_row(coded, statement)


def quote_row(coded: Mapping[str, Any], statement: Mapping[str, Any]) -> dict[str, Any]:
    """One statement flat: the source's name, or its words in the text where it is not resolved; None without one.

    within: the id of the statement around it. date: the day of the statement, not of what it tells.
    """
    article = coded["article"]
    actor: Mapping[str, Any] = next(
        (a for a in coded["actors"] if a["id"] == statement["source"]["actor"]), {}
    )
    date = statement["date"] or {}
    said_by = _words(article["text"], without_relative(article["text"], statement["source"]["spans"]))
    return {
        "statement": statement["id"], "article": article["id"],
        **{name: article[name] for name in ("published", "publisher", "title")},
        "source": actor.get("name") or said_by, "source_text": said_by, "named": statement["named"],
        "role": actor.get("role"), "country": actor.get("country"), "sectors": list(actor.get("sectors") or ()),
        "cue": statement["cue"]["lemma"], "words": _words(article["text"], statement["content"]),
        "form": statement["form"], "force": statement["force"],
        "date": date.get("value"), "date_basis": date.get("basis"), "within": statement["within"],
        "certainty": statement.get("certainty") or "neutral", "number": statement["source"].get("number"),
        "plural": bool(statement["source"].get("plural")), "anonymity": anonymity_text(statement, article["text"]),
    }  # fmt: skip


def _words(text: str, spans: Sequence[Sequence[int]]) -> str | None:
    """The words in `spans`, white space evened out, gaps marked; None for no span."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans) or None
