"""`masudi export`: a store as files."""

from __future__ import annotations

from pathlib import Path

import click

from .common import output, say

WHAT = {
    "csv": "reports",
    "jsonl": "articles",
    "gold": "articles",
    "proposals": "proposals",
    "quotes": "statements",
    "quotes-jsonl": "statements",
}


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(list(WHAT)))
@click.argument("store", type=click.Path(path_type=Path))
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write here, not to stdout.")
def command(form: str, store: Path, target: Path | None) -> None:
    """Write the reports of STORE as csv (one report a row), its articles as jsonl (schema masudi/1), what coders
    settled as gold (jsonl), their corrections as proposals for lexicons (tab-separated), or who said what, one statement
    a row, as quotes (csv) or quotes-jsonl."""
    from ..export import FORMATS
    from ..store import open_store

    with open_store(store) as opened, output(target) as out:
        count = FORMATS[form](opened, out)
    say(f"masudi: {count} {WHAT[form]} written")
