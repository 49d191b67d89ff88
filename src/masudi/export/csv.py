"""CSV of reports: one row a report, flat, for a spreadsheet or R. UTF-8, header, RFC 4180 quoting."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from ..explain import chain_links
from ..store import Store
from .jsonl import coded_articles

COLUMNS = (
    "report", "article", "published", "publisher", "title", "url", "type", "modes", "contexts", "cameo", "quad",
    "score", "actor", "actor_code", "recipient", "recipient_code", "date", "date_earliest", "date_latest",
    "date_basis", "place", "place_country", "lat", "lon", "negation", "future", "hypothetical", "historical",
    "chain", "killed", "injured", "size", "confidence", "trigger", "sentence",
)  # fmt: skip


def export_csv(store: Store, out: BinaryIO) -> int:
    """One report a row, several values in a cell parted by `;`; how many rows."""
    rows = (report_row(coded, report) for coded in coded_articles(store) for report in coded["reports"])
    return write_csv(COLUMNS, rows, out)


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], out: BinaryIO) -> int:
    """Header and `rows` as CSV; how many rows."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.detach()
    return count


def report_row(coded: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """One report flat, with the words and the sentence it stands on."""
    article, date = coded["article"], report["date"]
    place = coded["places"][report["place"]] if report["place"] is not None else {}
    sentence = coded["sentences"][report["sentence"]]
    return {
        "report": report["id"], "article": article["id"],
        **{name: article[name] for name in ("published", "publisher", "title", "url")},
        **{name: report[name] for name in ("type", "cameo", "quad", "score", "confidence")},
        "modes": ";".join(report["modes"]), "contexts": ";".join(report["contexts"]),
        **_party("actor", coded, report["actors"], report["actor_spans"]),
        **_party("recipient", coded, report["recipients"], report["recipient_spans"]),
        "date": date["value"], "date_earliest": date["earliest"], "date_latest": date["latest"],
        "date_basis": date["basis"],
        "place": place.get("name"), "place_country": place.get("country"),
        "lat": place.get("lat"), "lon": place.get("lon"),
        **{name: int(name in report["auxiliary"]) for name in ("negation", "future", "hypothetical", "historical")},
        "chain": " > ".join(name for name, _ in chain_links(coded, report)),
        **report["counts"],
        "trigger": ";".join(article["text"][s:e] for s, e in report["triggers"]),
        "sentence": " ".join(article["text"][sentence["start"] : sentence["end"]].split()),
    }  # fmt: skip


def _party(side: str, coded: Mapping[str, Any], ids: list[str], spans: list[list[int]]) -> dict[str, str | None]:
    actors = {a["id"]: a for a in coded["actors"]}
    known = [actors[i] for i in ids if i in actors]
    text = coded["article"]["text"]
    return {
        side: ";".join(a["name"] for a in known) or ";".join(text[s:e] for s, e in spans) or None,
        f"{side}_code": ";".join(a["code"] for a in known if a["code"]) or None,
    }
