"""`masudi lexicon`: are the lexicons sound, and what does a name mean?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..text import fold, iso_bounds
from .common import settings_flags, settings_from

PART = ";"
MOST_SHOWN = 40  # values of one cell


@click.group("lexicon")
def command() -> None:
    """Check lexicons, or show what they hold for a name."""


@command.command("check")
@click.argument("names", nargs=-1)
@settings_flags
def check(names: tuple[str, ...], **flags: Any) -> None:
    """Check NAME... (as "en/roles.tsv"; all when none): keys, codes, dates, order. Status 1 on a fault."""
    from ..lexicon import Lexicons, catalogue

    lexicons = Lexicons(settings_from(flags).lexicons)
    found = [fault for name in names or catalogue() for fault in lexicons.check(name)]
    faults = list(dict.fromkeys([*found, *(() if names else lexicons.strays())]))
    for fault in faults:
        click.echo(fault)
    sys.exit(1 if faults else 0)


@command.command("show")
@click.argument("word", metavar="NAME")
@click.option("--on", "on", metavar="DATE", help="What it means on that day: 2004, 2004-02 or 2004-02-17.")
@settings_flags
def show(word: str, on: str | None, **flags: Any) -> None:
    """What NAME means, on a day if you give one, and why; then every lexicon entry it is the key or an alias of.

    Letters in brackets say where a row comes from; the last lines explain them.
    """
    from ..lexicon import ORIGIN, Lexicons, catalogue
    from ..resolve.meaning import meanings_of

    if on is not None and iso_bounds(on) is None:
        raise click.BadParameter(f"{on!r} is no date; write 2004-02-17, 2004-02 or 2004", param_hint="--on")
    lexicons = Lexicons(settings_from(flags).lexicons)
    wanted = fold(word)
    found = False
    cited: set[str] = set()
    origins: dict[str, None] = {}
    for meaning in meanings_of(lexicons, word, on):
        found = True
        click.echo(f"{meaning.name} = {meaning.code or 'no code'} ({meaning.id})")
        for reason in meaning.reasons:
            where = reason.rpartition(": ")[2]
            keys = lexicons.origin_keys(where)
            click.echo(f"    {reason}" + (f" [{', '.join(keys)}]" if keys else ""))
            cited.add(where)
            origins.update(dict.fromkeys(keys))
    for name, description in catalogue().items():
        names = [c for c in (*description.key[:1], *description.lists) if c not in description.spare]
        for row in lexicons.table(name):
            if row.where not in cited and wanted in map(fold, (v for column in names for v in row.many(column))):
                found = True
                click.echo(f"{row.where}: " + "; ".join(f"{k} {_shortened(v, wanted)}" for k, v in row.values.items() if v))
                if description.spare:
                    origins.update(dict.fromkeys(row.many(ORIGIN)))
    for key in origins:
        click.echo(f"origin {key}: {lexicons.origin(key)}")
    if not found:
        click.echo(f"{word}: in no lexicon", err=True)
    sys.exit(0 if found else 1)


def _shortened(cell: str, wanted: str) -> str:
    """A cell as it stands; of a list of very many, the one asked for and how many others there are."""
    parts = cell.split(PART)
    found = [part for part in parts if fold(part.strip()) == wanted]
    if len(parts) <= MOST_SHOWN:
        return cell
    return f"{PART.join(found or parts[:MOST_SHOWN])} and {len(parts) - len(found or parts[:MOST_SHOWN])} others"


@command.group("import")
def import_() -> None:
    """Turn other programs' dictionaries into lexicon files of masudi."""


@import_.command("phoenix")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
@settings_flags
def phoenix(files: tuple[Path, ...], folder: Path, **flags: Any) -> None:
    """TABARI, PETRARCH and Phoenix actor and agent dictionaries: FILES... → -o FOLDER, named under `lexicons`.

    What cannot be read, a malformed date say, is a warning with its line; the rest is imported.
    """
    from ..lexicon import Lexicons
    from ..resolve.phoenix_tables import import_phoenix

    done = import_phoenix(files, folder, Lexicons(settings_from(flags).lexicons))
    for warning in done.warnings:
        click.echo(f"warning: {warning}", err=True)
    for name, rows in done.rows.items():
        click.echo(f"{folder / name}: {rows} rows", err=True)
    if not done.rows:
        click.echo("nothing imported: no file held a usable record", err=True)
        sys.exit(1)
