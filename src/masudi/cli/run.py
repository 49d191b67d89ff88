"""`masudi run`: everything into a store."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from .common import say, settings_flags, settings_from, tell_failures


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", "store", required=True, type=click.Path(path_type=Path), help="The store's folder.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes (default: one for each core).")
@click.option("--part-articles", type=click.IntRange(min=1), help="Articles in one Parquet part (default: 200).")
@settings_flags
def command(inputs: tuple[str, ...], store: Path, **flags: Any) -> None:
    """Code INPUT... into the store STORE.

    Killed at any moment it loses and doubles nothing: run the same line again and it goes on where it stopped.
    Articles already in the store are skipped.
    """
    from ..run import run

    settings = settings_from(flags)
    counts = run(inputs, store, settings, stdin=sys.stdin.buffer, progress=_Talk())
    say(f"masudi: read {counts.read}, coded {counts.coded}, already there {counts.skipped} → {store}")
    new = counts.read - counts.skipped
    sys.exit(tell_failures(counts.failed, new, settings.failure_limit))


class _Talk:
    """A line on stderr with rate and time left: rewritten in place on a terminal, every ten seconds elsewhere."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, p: Any) -> None:
        terminal = sys.stderr.isatty()
        if not terminal and time.monotonic() - self.last < 10:
            return
        self.last = time.monotonic()
        rate = p.done / p.elapsed_s if p.elapsed_s else 0.0
        left = "" if p.total is None or not rate else f", about {_clock((p.total - p.done - p.skipped) / rate)} left"
        of = "" if p.total is None else f" of about {p.total}"
        line = f"masudi: {p.done}{of} coded, {p.failed} failed, {rate:.1f} articles/s{left}"
        click.echo(f"\r\x1b[K{line}" if terminal else line, nl=not terminal, err=True)


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
