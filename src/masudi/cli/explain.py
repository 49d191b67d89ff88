"""`masudi explain`: one report laid open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from ..errors import ReadError
from ..explain import explain_report, find_report
from .common import settings_flags, settings_from


@click.command("explain")
@click.argument("wanted", metavar="REPORT")
@click.argument("where", metavar="STORE|FILE", type=click.Path(path_type=Path, exists=True))
@settings_flags
def command(wanted: str, where: Path, **flags: Any) -> None:
    """Show why REPORT says what it says: sentence, words, entries and rules behind every field.

    REPORT is an id (or its beginning), or the number a dossier gives it. STORE|FILE is a store, the JSON
    Lines of `masudi code`, or an article, which is then coded.
    """
    from .dossier import print_explanation

    for coded in _coded(where, flags):
        report = find_report(coded, wanted)
        if report is not None:
            print_explanation(explain_report(coded, report))
            return
    raise ReadError(f"{where}: no report {wanted!r}; list them with: masudi code {where} --format dossier")


def _coded(where: Path, flags: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if where.is_dir() and (where / "manifest.jsonl").is_file():
        from ..export import coded_articles
        from ..store import open_store

        with open_store(where) as store:
            yield from coded_articles(store)
    elif _is_coded(where):
        with where.open("rb") as lines:
            yield from (c for c in map(msgspec.json.decode, lines) if c["article"] is not None)
    else:
        from ..pipeline import load
        from ..records import CodedArticle

        for item in load(settings_from(flags)).code_inputs([where], stdin=sys.stdin.buffer):
            if isinstance(item, CodedArticle):
                yield item.to_dict()


def _is_coded(path: Path) -> bool:
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as lines:
        return lines.readline(64).startswith(b'{"schema":"masudi/')
