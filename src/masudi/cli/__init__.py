"""The command line: one file per command; each calls one library function.

Data on stdout or `-o`, talk and progress on stderr. Status 0 fine, 1 more failures than the limit, 2 wrong use.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from .. import __version__
from ..errors import MasudiError

COMMANDS = {
    "account": "who may write in a reading room with accounts",
    "agree": "how far coders agree, field by field",
    "audit": "draw a sample for coders to judge; print the precision they found",
    "code": "read articles and print what they report",
    "doctor": "check what is installed and whether lexicons and stores are sound",
    "explain": "why a report says what it says",
    "export": "write a store's content as CSV or JSON Lines",
    "gazetteer": "make a larger list of places from GeoNames' files",
    "lexicon": "check lexicons, or show what a name means on a day",
    "relate": "code the relation between a marked actor and recipient",
    "run": "code everything into a store; resumable",
    "serve": "open the reading room on a store",
}


class _Commands(click.Group):
    """Loads a command's file when it is asked for, so that `masudi --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __name__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands)
@click.version_option(__version__, prog_name="masudi")
def cli() -> None:
    """News and commentary as sourced event data: who did what to whom, when, where, and who says so."""


def main() -> None:
    """The `masudi` command. A MasudiError becomes one line on stderr and status 2."""
    try:
        cli()
    except MasudiError as error:
        click.echo(f"masudi: {type(error).__name__}: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stderr.close()
        sys.exit(0)
