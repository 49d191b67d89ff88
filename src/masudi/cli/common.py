"""What several commands share: the flags that make Settings, and where output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from ..config import Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])

_FLAGS = (
    click.option("--config", type=click.Path(path_type=Path), help="Settings file (default: ./masudi.toml)."),
    click.option("--published", metavar="DATE", help="Publication day for inputs that carry none (2025-06-24)."),
    click.option("--keep-text", is_flag=True, default=None, help="Leave the text as it is; offsets fit your file."),
    click.option("--encoding", help="Encoding of the input (default: detected)."),
    click.option("--gate", type=click.Choice(["wide", "off"]), help="off: parse every sentence."),
    click.option(
        "--ranker", type=click.Choice(["linear", "encoder", "off"]),
        help="encoder: ask a small language model too (extra encoder); off: the rules alone say what is an event.",
    ),
    click.option(
        "--lexicons", multiple=True, type=click.Path(path_type=Path, file_okay=False),
        help="Folder of your own lexicon files, laid over ours; may be repeated.",
    ),
    click.option(
        "--gazetteer", type=click.Path(path_type=Path, dir_okay=False),
        help="File of places to use instead of ours; `masudi gazetteer build` makes one.",
    ),
)  # fmt: skip


def settings_flags(command: F) -> F:
    """Adds the flags that `settings_from` reads."""
    for flag in reversed(_FLAGS):
        command = flag(command)
    return command


def settings_from(flags: dict[str, Any], **more: Any) -> Settings:
    """Settings from masudi.toml with the flags laid over it. Raises ConfigError."""
    values = dict(flags) | more
    config = values.pop("config", None)
    values["lexicons"] = values.get("lexicons") or None
    return load_settings(config, **values)


@contextmanager
def output(path: Path | None) -> Iterator[BinaryIO]:
    """Where data goes: `path`, written whole or not at all; stdout when None."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as out:
            yield out
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def say(text: str) -> None:
    """Talk, to stderr."""
    click.echo(text, err=True)


def tell_failures(failed: dict[str, int], total: int, limit: float) -> int:
    """Sum up failures on stderr; the exit status: 1 when their share passes `limit`."""
    number = sum(failed.values())
    if not number:
        return 0
    by_stage = ", ".join(f"{stage} {count}" for stage, count in sorted(failed.items()))
    say(f"masudi: {number} of {total} failed ({by_stage})")
    return 1 if number / max(total, 1) > limit else 0
