"""`masudi account`: who may write in a reading room with accounts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import StoreError
from ..review import Database, open_reviews
from .common import say

ROLES = ("reader", "coder", "moderator", "admin")
STORE = click.argument("store", type=click.Path(path_type=Path))


@click.group("account")
def command() -> None:
    """Accounts of the reading room on a store. The first admin is made here; there is no default password."""


def _reviews(store: Path) -> Database:
    if not (store / "manifest.jsonl").is_file():
        raise StoreError(f"{store}: no store here")
    return open_reviews(store)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    entered: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return entered


@command.command("add")
@STORE
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")
def add(store: Path, name: str, role: str, password_stdin: bool) -> None:
    """Make an account."""
    from ..review.readers import add_reader

    made = add_reader(_reviews(store), name, _password(password_stdin), role)
    say(f"masudi: {made.name} is a {made.role}")


@command.command("list")
@STORE
def list_accounts(store: Path) -> None:
    """Print each account: name, tab, role."""
    from ..review.readers import readers

    for row in readers(_reviews(store)):
        click.echo(f"{row['name']}\t{row['role']}")


@command.command("role")
@STORE
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
def role_of(store: Path, name: str, role: str) -> None:
    """Give an account another role."""
    from ..review.readers import set_role

    set_role(_reviews(store), name, role)


@command.command("password")
@STORE
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")
def password(store: Path, name: str, password_stdin: bool) -> None:
    """Set a password; every session of the account ends."""
    from ..review.readers import set_password

    set_password(_reviews(store), name, _password(password_stdin))


@command.command("data")
@STORE
@click.argument("name")
def data(store: Path, name: str) -> None:
    """Print all the room holds about one account, as JSON."""
    import json

    from ..review.readers import everything_of, known_reader

    db = _reviews(store)
    click.echo(json.dumps(everything_of(db, known_reader(db, name)), ensure_ascii=False, indent=1))


@command.command("erase")
@STORE
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_account(store: Path, name: str, yes: bool) -> None:
    """Erase an account: votes, grades and the words of comments go; decisions stay without a name."""
    from ..review.readers import erase, known_reader

    db = _reviews(store)
    reader = known_reader(db, name)
    if not yes:
        click.confirm(f"Erase {reader.name}?", abort=True, err=True)
    erase(db, reader)
