"""`masudi agree`: how far coders agree."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import StoreError


@click.command("agree")
@click.argument("store", type=click.Path(path_type=Path))
def command(store: Path) -> None:
    """Print agreement of coders on STORE's reports, field by field: Krippendorff's alpha and Cohen's kappa.

    From blind decisions only (first and second look). `-` where no two coders share a report or values never vary.
    """
    from ..review import FILE, open_reviews
    from ..review.agreement import agreement

    if not (store / FILE).is_file():
        raise StoreError(f"{store}: nobody has reviewed anything here yet (no {FILE})")
    click.echo("field\treports\tsame\talpha\tkappa")
    for row in agreement(open_reviews(store)):
        figures = "\t".join("-" if v is None else f"{v:.3f}" for v in (row.observed, row.alpha, row.kappa))
        click.echo(f"{row.field}\t{row.units}\t{figures}")
