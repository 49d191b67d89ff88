"""`masudi relate`: the relation between a marked actor and a marked recipient."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from .common import output, settings_flags, settings_from


@click.command("relate")
@click.argument("table", metavar="FILE.tsv", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write here, not to stdout.")
@settings_flags
def command(table: Path, target: Path | None, **flags: Any) -> None:
    """Code FILE.tsv (columns uid, marked_sentence with <s>actor</s> and <t>recipient</t>) as JSON Lines.

    Always one best type, with scores over all sixteen.
    """
    from ..pipeline import keep_for_good, load
    from ..read.marked import read_marked

    rows = list(read_marked(table))
    coder = load(settings_from(flags))
    keep_for_good()
    answers = coder.relate_many((row.text, row.actor, row.recipient) for row in rows)
    with output(target) as out:
        for row, answer in zip(rows, answers, strict=True):
            out.write(msgspec.json.encode({"uid": row.uid} | answer) + b"\n")
