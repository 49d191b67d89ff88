"""`masudi code`: articles in, what they report out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from ..records import SCHEMA, CodedArticle, Failure
from .common import output, say, settings_flags, settings_from, tell_failures


@click.command("code")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["auto", "dossier", "jsonl"]), default="auto", show_default=True,
    help="auto: a dossier on a terminal, JSON Lines when piped.",
)  # fmt: skip
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write here, not to stdout.")
@settings_flags
def command(inputs: tuple[str, ...], form: str, target: Path | None, **flags: Any) -> None:
    """Read FILE... (text, HTML, JSON Lines, CSV, folders, gzip of each; "-" is stdin) and code what it reports.

    Prints one JSON object an article (schema masudi/1), or a dossier to read on a terminal.
    An input that cannot be read becomes an object with "article": null and its failure.
    """
    from ..pipeline import keep_for_good, load

    settings = settings_from(flags)
    coder = load(settings)
    keep_for_good()
    failed: dict[str, int] = {}
    total = 0
    dossier = form == "dossier" or (form == "auto" and target is None and sys.stdout.isatty())
    with output(target) as out:
        for item in coder.code_inputs(inputs, stdin=sys.stdin.buffer):
            total += 1
            for failure in _failures(item):
                failed[failure.stage] = failed.get(failure.stage, 0) + 1
                say(f"masudi: {failure.error}: {failure.message}")
            if dossier:
                _show(item, to_file=target is not None, out=out)
            else:
                out.write(msgspec.json.encode(plain(item)) + b"\n")
    sys.exit(tell_failures(failed, total, settings.failure_limit))


def plain(item: CodedArticle | Failure) -> dict[str, Any]:
    """One output line: a coded article, or a failure that stands where an article should have been."""
    if isinstance(item, CodedArticle):
        return item.to_dict()
    failure = {
        "article": item.article, "stage": item.stage, "error": item.error, "message": item.message,
    }  # fmt: skip
    return {"schema": SCHEMA, "article": None, "failures": [failure]}


def _failures(item: CodedArticle | Failure) -> Iterator[Failure]:
    if isinstance(item, Failure):
        yield item
    else:
        yield from item.failures


def _show(item: CodedArticle | Failure, *, to_file: bool, out: Any) -> None:
    from .dossier import print_dossier

    if isinstance(item, CodedArticle):
        print_dossier(item.to_dict(), out if to_file else None)
