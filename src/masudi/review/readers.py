"""Readers: accounts, passwords, sessions, and what a reader may take away or have erased."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from typing import Any

from attrs import frozen

from ..errors import MissingExtra
from .database import DAY_S, Database, Refused

ROLES = ("reader", "coder", "moderator", "admin")
LOCAL = "local reader"
SESSION_S = 14 * DAY_S
MIN_PASSWORD = 10

_MAY = {
    "reader": {"rate", "comment"},
    "coder": {"rate", "comment", "code", "grade"},
    "moderator": {"rate", "comment", "moderate"},
    "admin": {"rate", "comment", "code", "grade", "moderate", "administer"},
}


@frozen
class Reader:
    """Somebody who may write in the room."""

    id: int
    name: str
    role: str

    def may(self, what: str) -> bool:
        return what in _MAY[self.role]


def add_reader(db: Database, name: str, password: str, role: str) -> Reader:
    """A new account. Raises Refused for a name taken or blank, a short password, an unknown role."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise Refused(f"{name!r} is no name: 1 to 60 printable characters")
    if role not in ROLES:
        raise Refused(f"role {role!r}; roles: {', '.join(ROLES)}")
    hashed = _hashed(password)
    with db.writing() as connection:
        if connection.execute("SELECT 1 FROM readers WHERE name = ?", [name]).fetchone():
            raise Refused(f"{name!r} has an account already")
        cursor = connection.execute(
            "INSERT INTO readers(name, password, role, made) VALUES (?,?,?,?)", [name, hashed, role, db.now()]
        )
        db.log(connection, None, "account added", name, role)
    return Reader(cursor.lastrowid or 0, name, role)


def _hashed(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise Refused(f"a password has at least {MIN_PASSWORD} characters")
    return str(_hasher().hash(password))


@cache
def _hasher() -> Any:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise MissingExtra("web", needed_for="an account") from error
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Checked when a name is unknown, so that the answer takes as long as for a known one."""
    return str(_hasher().hash(secrets.token_hex(16)))


def set_password(db: Database, name: str, password: str) -> None:
    """Change a password; every session of that reader ends."""
    hashed = _hashed(password)
    with db.writing() as connection:
        reader = known_reader(db, name)
        connection.execute("UPDATE readers SET password = ? WHERE id = ?", [hashed, reader.id])
        connection.execute("DELETE FROM sessions WHERE reader = ?", [reader.id])
        db.log(connection, reader.id, "password changed", name)


def set_role(db: Database, name: str, role: str) -> None:
    if role not in ROLES:
        raise Refused(f"role {role!r}; roles: {', '.join(ROLES)}")
    with db.writing() as connection:
        reader = known_reader(db, name)
        connection.execute("UPDATE readers SET role = ? WHERE id = ?", [role, reader.id])
        db.log(connection, None, "role changed", name, f"{reader.role} to {role}")


def known_reader(db: Database, name: str) -> Reader:
    """The account of that name. Raises Refused when there is none."""
    row = db.one("SELECT id, name, role FROM readers WHERE name = ?", [name])
    if row is None:
        raise Refused(f"no account {name!r}")
    return Reader(*row)


def readers(db: Database) -> list[dict[str, Any]]:
    return [
        dict(r) for r in db.query("SELECT name, role, made FROM readers WHERE name IS NOT NULL AND password IS NOT NULL ORDER BY name")
    ]


def has_admin(db: Database) -> bool:
    """Whether anybody can administer the room with a password."""
    return db.one("SELECT 1 FROM readers WHERE role = 'admin' AND password IS NOT NULL AND erased IS NULL") is not None


def local_reader(db: Database) -> Reader:
    """The one reader of a room that only this machine can enter; it has no password and may do everything."""
    row = db.one("SELECT id, name, role FROM readers WHERE name = ? AND password IS NULL", [LOCAL])
    if row is None:
        with db.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO readers(name, role, made) VALUES (?, 'admin', ?)", [LOCAL, db.now()]
            )
        row = db.one("SELECT id, name, role FROM readers WHERE name = ?", [LOCAL])
    assert row is not None
    return Reader(*row)


def log_in(db: Database, name: str, password: str) -> str | None:
    """A new session's token, or None when name and password do not fit. Only the token's digest is stored."""
    from argon2.exceptions import InvalidHashError, VerificationError

    row = db.one("SELECT id, password FROM readers WHERE name = ? AND password IS NOT NULL", [" ".join(name.split())])
    try:
        _hasher().verify(row["password"] if row else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    if row is None:
        return None
    token = secrets.token_urlsafe(32)
    now = db.now()
    with db.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE ends < ?", [now])
        connection.execute("INSERT INTO sessions VALUES (?,?,?,?)", [_digest(token), row["id"], now, now + SESSION_S])
        db.log(connection, row["id"], "logged in", name)
    return token


def log_out(db: Database, token: str) -> None:
    with db.writing() as connection:
        connection.execute("DELETE FROM sessions WHERE token = ?", [_digest(token)])


def reader_of(db: Database, token: str | None) -> Reader | None:
    """Whose session this is; None when it ended or never was."""
    if not token:
        return None
    row = db.one(
        "SELECT r.id, r.name, r.role FROM sessions s JOIN readers r ON r.id = s.reader"
        " WHERE s.token = ? AND s.ends > ? AND r.erased IS NULL",
        [_digest(token), db.now()],
    )
    return Reader(*row) if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def neighbourhood(db: Database, address: str) -> str:
    """What stands for a network address in counts of attempts: a keyed digest of its network, never the address."""
    cut = ":".join(address.split(":")[:3]) if ":" in address else ".".join(address.split(".")[:3])
    return hmac.new(db.secret(), cut.encode(), hashlib.sha256).hexdigest()[:16]


def everything_of(db: Database, reader: Reader) -> dict[str, Any]:
    """All the room holds about one reader, for the reader to take away."""
    tables = {
        "votes": "SELECT article, mark, at FROM votes WHERE reader = ? ORDER BY at",
        "comments": "SELECT id, article, parent, body, quote, state, at, edited FROM comments WHERE reader = ? ORDER BY at",
        "flags": "SELECT comment, reason, at FROM flags WHERE reader = ? ORDER BY at",
        "grades": "SELECT article, source, information, note, at FROM grades WHERE reader = ? ORDER BY at",
        "decisions": "SELECT report, article, task, verdict, correction, note, at FROM decisions WHERE reader = ? ORDER BY id",
        "sessions": "SELECT made, ends FROM sessions WHERE reader = ? ORDER BY made",
        "log": "SELECT at, action, subject, reason FROM log WHERE reader = ? ORDER BY id",
    }
    return {
        "name": reader.name, "role": reader.role,
        **{name: [dict(r) for r in db.query(sql, [reader.id])] for name, sql in tables.items()},
    }  # fmt: skip


def erase(db: Database, reader: Reader) -> None:
    """Take a reader out of the room: votes, flags, grades, sessions and the words of comments go.

    Comments stay as stubs, decisions stay without a name: other people's work rests on them.
    """
    with db.writing() as connection:
        for table in ("votes", "flags", "grades", "sessions"):
            connection.execute(f"DELETE FROM {table} WHERE reader = ?", [reader.id])
        connection.execute(
            "UPDATE comments SET body = NULL, quote = NULL, prefix = NULL, suffix = NULL, state = 'deleted', reader = NULL"
            " WHERE reader = ?", [reader.id],
        )  # fmt: skip
        connection.execute("UPDATE decisions SET note = NULL WHERE reader = ?", [reader.id])
        connection.execute("UPDATE log SET subject = 'erased', reason = NULL WHERE subject = ?", [reader.name])
        connection.execute(
            "UPDATE readers SET name = NULL, password = NULL, erased = ? WHERE id = ?", [db.now(), reader.id]
        )
        db.log(connection, None, "account erased", reader.id)
    db.scrub()
