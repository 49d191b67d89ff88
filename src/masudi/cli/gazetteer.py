"""`masudi gazetteer`: a larger list of places, from GeoNames' own files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .common import say, settings_flags, settings_from


@click.group("gazetteer")
def command() -> None:
    """Make a gazetteer of your own from GeoNames' files."""


@command.command("build")
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Parquet file to write.")
@click.option(
    "--people", type=click.IntRange(min=0), default=100, show_default=True,
    help="Towns of fewer inhabitants stay out; capitals and seats of provinces never do.",
)  # fmt: skip
@settings_flags
def build(dumps: tuple[Path, ...], target: Path, people: int, **flags: Any) -> None:
    """Lay GeoNames' DUMP... (allCountries, cities500, IQ; admin1CodesASCII; alternateNamesV2; .txt or .zip) over ours.

    Name the file under `gazetteer` in masudi.toml, or with --gazetteer, to use it. A line that cannot be read is
    a warning; the rest is taken.
    """
    from ..lexicon import Lexicons
    from ..resolve.places_dump import build_gazetteer

    lexicons = Lexicons(settings_from(flags).lexicons)
    built = build_gazetteer(dumps, target, lexicons, lambda text: say(f"warning: {text}"), people)
    say(f"{target}: {built.names} names, with {built.places} places read")
