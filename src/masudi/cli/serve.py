"""`masudi serve`: the reading room."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import ConfigError, MissingExtra
from .common import say

HERE = ("127.0.0.1", "::1", "localhost")


@click.command("serve")
@click.argument("store", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; any but this machine's own needs --accounts.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535))
@click.option("--accounts", is_flag=True, help="Readers log in; without, one local reader does everything.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name the room answers to, as browsers write it; may be repeated.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="A proxy whose X-Forwarded-For and -Proto are believed; may be repeated.")
@click.option("--members-only", is_flag=True, help="Reading needs an account too.")
@click.option("--extracts", is_flag=True, help="Show the beginning of each article and its address, not the whole.")
@click.option("--hold", type=click.Choice(["none", "first", "all"]), help="Comments that wait for a moderator (default: none here, a reader's first with accounts).")
def command(
    store: Path, host: str, port: int, accounts: bool, names: tuple[str, ...], proxies: tuple[str, ...],
    members_only: bool, extracts: bool, hold: str | None,
) -> None:  # fmt: skip
    """Open the reading room on STORE in a browser: read, search, rate, comment and review what was coded.

    It listens on this machine only, for one reader. For others make an account with `masudi account add` and
    start it with --accounts.
    """
    if host not in HERE and not accounts:
        raise ConfigError(f"--host {host}: others could write as you; use --accounts, or one of {', '.join(HERE)}")
    if members_only and not accounts:
        raise ConfigError("--members-only needs --accounts")
    try:
        import uvicorn

        from ..web import RoomSettings, make_app
    except ImportError as error:
        raise MissingExtra("web", needed_for="masudi serve") from error
    settings = RoomSettings(
        accounts=accounts, hosts=(*HERE, *([host] if host not in ("0.0.0.0", "::") else []), *names), proxies=proxies,
        members_only=members_only, extracts=extracts, hold=hold or ("first" if accounts else "none"),
    )  # fmt: skip
    app = make_app(store, settings, progress=_progress)
    say(f"masudi: reading room on http://{host}:{port}/ (Ctrl-C ends it)")
    # Forwarded headers are the room's own business: it believes listed proxies only.
    uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=False, server_header=False)


def _progress(done: int, total: int) -> None:
    if total > 1:
        say(f"masudi: index of the store: part {done} of {total}")
