"""`masudi lexicon`: are the lexicons sound, and what does a name mean?"""

from __future__ import annotations

import sys
from typing import Any

import click

from ..text import fold
from .common import settings_flags, settings_from


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
    faults = [fault for name in names or catalogue() for fault in lexicons.check(name)]
    for fault in faults:
        click.echo(fault)
    sys.exit(1 if faults else 0)


@command.command("show")
@click.argument("word")
@settings_flags
def show(word: str, **flags: Any) -> None:
    """Every entry that WORD is the key or an alias of, with its file and line."""
    from ..lexicon import Lexicons, catalogue

    lexicons = Lexicons(settings_from(flags).lexicons)
    wanted = fold(word)
    found = False
    for name, description in catalogue().items():
        for row in lexicons.table(name):
            cells = [v for column in (*description.key, *description.lists) for v in row.many(column)]
            if wanted in map(fold, cells):
                found = True
                click.echo(f"{row.where}: " + "; ".join(f"{k} {v}" for k, v in row.values.items() if v))
    if not found:
        click.echo(f"{word}: in no lexicon", err=True)
    sys.exit(0 if found else 1)
