"""`masudi export`: a store as files."""

from __future__ import annotations

from pathlib import Path

import click

from .common import output, say


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "jsonl"]))
@click.argument("store", type=click.Path(path_type=Path))
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write here, not to stdout.")
def command(form: str, store: Path, target: Path | None) -> None:
    """Write the reports of STORE as csv (one report a row) or its articles as jsonl (schema masudi/1)."""
    from ..export import FORMATS
    from ..store import open_store

    with open_store(store) as opened, output(target) as out:
        count = FORMATS[form](opened, out)
    say(f"masudi: {count} {'reports' if form == 'csv' else 'articles'} written")
