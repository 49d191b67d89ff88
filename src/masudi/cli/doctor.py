"""`masudi doctor`: what is here, and is it sound?"""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from .. import __version__

PARTS = ("spacy", "numpy", "duckdb", "pyarrow", "trafilatura", "ahocorasick-rs", "attrs", "msgspec")
EXTRAS = {"web": "fastapi", "ray": "ray", "spark": "pyspark", "learn": "sklearn", "encoder": "onnxruntime"}


@click.command("doctor")
@click.argument("store", required=False, type=click.Path(path_type=Path))
def command(store: Path | None) -> None:
    """Check installation, model and lexicons, and STORE if one is named. Status 1 when something is wrong."""
    sound = True
    for good, line in [*_installed(), *_model(), *_lexicons(), *(_store(store) if store else ())]:
        click.echo(f"{'ok  ' if good else 'BAD '} {line}")
        sound = sound and good
    sys.exit(0 if sound else 1)


def _installed() -> Iterator[tuple[bool, str]]:
    yield True, f"masudi {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    for name in PARTS:
        try:
            yield True, f"{name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"{name} is missing: pip install masudi"
    for extra, module in EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        yield True, f"extra {extra}: " + ("installed" if there else f"not installed (pip install 'masudi[{extra}]')")


def _model() -> Iterator[tuple[bool, str]]:
    from ..errors import MasudiError
    from ..pipeline import load

    try:
        coded = load().code("Rebels attacked the army.", published="2025-06-24")
    except MasudiError as error:
        yield False, f"pipeline: {error}"
        return
    if coded.failures:
        yield False, f"pipeline: {coded.failures[0].message}"
    else:
        found = ", ".join(report.type for report in coded.reports) or "nothing"
        yield len(coded.reports) > 0, f"pipeline: a test sentence codes as {found}"


def _lexicons() -> Iterator[tuple[bool, str]]:
    from ..config import load_settings
    from ..lexicon import Lexicons, catalogue

    lexicons = Lexicons(load_settings().lexicons)
    for name, description in catalogue().items():
        faults = lexicons.check(name)
        yield not faults, f"lexicon {name}: {description.rows} rows" + "".join(f"\n     {f}" for f in faults[:5])


def _store(path: Path) -> Iterator[tuple[bool, str]]:
    from ..errors import StoreError
    from ..store import check_parts, open_store

    try:
        with open_store(path) as store:
            rows = {t: store.query(f"SELECT count(*) AS n FROM {t}")[0]["n"] for t in ("articles", "reports")}
    except StoreError as error:
        yield False, f"store {error}"
        return
    yield True, f"store {path}: {rows['articles']} articles, {rows['reports']} reports"
    faults = check_parts(path)
    yield not faults, "parts: every digest fits" if not faults else "parts: " + "; ".join(faults[:5])
