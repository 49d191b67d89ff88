"""`masudi serve`: the reading room."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import ConfigError, MissingExtra
from .common import say

HERE = ("127.0.0.1", "::1", "localhost")


@click.command("serve")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Only this machine's own addresses.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535))
def command(store: Path, host: str, port: int) -> None:
    """Open the reading room on STORE in a browser: read the articles with everything found in them marked."""
    if host not in HERE:
        raise ConfigError(f"--host {host}: the reading room has no accounts yet, so it serves only {', '.join(HERE)}")
    try:
        import uvicorn

        from ..web import make_app
    except ImportError as error:
        raise MissingExtra("web", needed_for="masudi serve") from error
    app = make_app(store)
    say(f"masudi: reading room on http://{host}:{port}/ (Ctrl-C ends it)")
    uvicorn.run(app, host=host, port=port, log_level="warning")
