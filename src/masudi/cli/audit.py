"""`masudi audit`: how precise the coding of a store is, by a sample that coders judge."""

from __future__ import annotations

from pathlib import Path

import click

from .common import say


@click.command("audit")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--sample", "size", type=click.IntRange(min=1), metavar="N", help="Draw a new sample of N reports, by type.")
@click.option("--name", default="audit-1", show_default=True, help="The sample's name.")
@click.option("--seed", default="1", show_default=True, help="The same seed draws the same reports.")
def command(store: Path, size: int | None, name: str, seed: str) -> None:
    """Draw a sample of STORE's reports for coders to judge in the reading room; or print the precision they found.

    Precision by type and over all types, each with a 95 % interval (Wilson); the total is weighted by how many reports
    of each type the store held.
    """
    from ..review import open_reviews
    from ..review.audit import draw, field_errors, precision
    from ..store import open_store

    with open_store(store) as opened:
        db = open_reviews(store)
        if size is not None:
            number = draw(db, opened, sample=name, size=size, seed=seed)
            say(f"masudi: sample {name}: {number} reports; judge them with: masudi serve {store}, Review, sample {name}")
    click.echo("type\tin store\tsampled\tdecided\tright\tprecision\tlow\thigh")
    for row in precision(db, name):
        figures = "\t".join("-" if v is None else f"{v:.3f}" for v in (row.share, row.low, row.high))
        click.echo(f"{row.stratum}\t{row.population}\t{row.sampled}\t{row.decided}\t{row.right}\t{figures}")
    for field, (right, kept) in field_errors(db, name).items():
        click.echo(f"field {field}\t\t\t{kept}\t{right}\t{right / kept:.3f}\t-\t-" if kept else f"field {field}\t\t\t0\t0\t-\t-\t-")
