"""One command line for the scorers whose gold was written for this project: their figures, or what they judge wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any


def run(
    doc: str | None,
    file: Path,
    evaluate: Callable[[Path], Mapping[str, float]],
    wrong: Callable[[Path], Iterator[Sequence[Any]]],
    arguments: Sequence[str] | None = None,
) -> int:
    """Print the figures of `evaluate`, or with --errors the cells of each row of `wrong`; 0.

    doc: of the scorer, its first line the description. file: the gold where the command names none. Figures whose name
    ends in "right" are shares, the others counts.
    """
    parser = argparse.ArgumentParser(description=(doc or "").split("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", default=file)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    if options.errors:
        for cells in wrong(options.file):
            print(*cells)
        return 0
    for name, figure in evaluate(options.file).items():
        print(f"{name:18s} {figure:.3f}" if name.endswith("right") else f"{name:18s} {figure:.0f}")
    return 0
