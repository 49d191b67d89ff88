"""`review.sqlite`: its tables, one connection a thread, and the log of who did what.

Rules that must hold whatever the code does stand in the schema: one vote a reader, marks from 1 to 10, threads
of one level, no decision without a coder. Times are whole seconds since 1970, UTC.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import MasudiError, StoreError

FILE = "review.sqlite"
VERSION = 1
DAY_S = 86_400

_SCHEMA = """
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE readers(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, password TEXT, role TEXT NOT NULL
  CHECK (role IN ('reader', 'coder', 'moderator', 'admin')), made INTEGER NOT NULL, erased INTEGER);
CREATE TABLE sessions(
  token TEXT PRIMARY KEY, reader INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
  made INTEGER NOT NULL, ends INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE votes(
  article TEXT NOT NULL, reader INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
  mark INTEGER NOT NULL CHECK (typeof(mark) = 'integer' AND mark BETWEEN 1 AND 10), at INTEGER NOT NULL,
  PRIMARY KEY (article, reader)) WITHOUT ROWID;
CREATE TABLE comments(
  id INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL, url TEXT, title TEXT,
  reader INTEGER REFERENCES readers(id), parent INTEGER REFERENCES comments(id),
  body TEXT, quote TEXT, prefix TEXT, suffix TEXT, start INTEGER,
  state TEXT NOT NULL CHECK (state IN ('shown', 'held', 'hidden', 'deleted')), at INTEGER NOT NULL, edited INTEGER);
CREATE INDEX comments_article ON comments(article, at);
CREATE INDEX comments_url ON comments(url) WHERE url IS NOT NULL;
CREATE INDEX comments_state ON comments(state, at);
CREATE INDEX comments_reader ON comments(reader, at);
CREATE TRIGGER comments_one_level BEFORE INSERT ON comments WHEN NEW.parent IS NOT NULL
  AND (SELECT parent IS NOT NULL OR article <> NEW.article FROM comments WHERE id = NEW.parent)
BEGIN SELECT RAISE(ABORT, 'an answer stands under a comment of the same article, one level deep'); END;
CREATE TABLE flags(
  comment INTEGER NOT NULL REFERENCES comments(id) ON DELETE CASCADE,
  reader INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE, reason TEXT NOT NULL, at INTEGER NOT NULL,
  settled INTEGER, PRIMARY KEY (comment, reader)) WITHOUT ROWID;
CREATE TABLE grades(
  article TEXT NOT NULL, reader INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('A', 'B', 'C', 'D', 'E', 'F')),
  information INTEGER NOT NULL CHECK (information BETWEEN 1 AND 6), note TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (article, reader)) WITHOUT ROWID;
CREATE TABLE decisions(
  id INTEGER PRIMARY KEY AUTOINCREMENT, report TEXT NOT NULL, article TEXT NOT NULL,
  reader INTEGER NOT NULL REFERENCES readers(id), task TEXT NOT NULL CHECK (task IN ('first', 'second', 'adjudicate')),
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject')), correction TEXT NOT NULL, note TEXT,
  machine TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX decisions_report ON decisions(report, id);
CREATE INDEX decisions_reader ON decisions(reader, report);
CREATE TABLE samples(
  sample TEXT NOT NULL, report TEXT NOT NULL, article TEXT NOT NULL, stratum TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (sample, report)) WITHOUT ROWID;
CREATE TABLE strata(
  sample TEXT NOT NULL, stratum TEXT NOT NULL, population INTEGER NOT NULL, PRIMARY KEY (sample, stratum)) WITHOUT ROWID;
CREATE TABLE log(
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, reader INTEGER, action TEXT NOT NULL, subject TEXT,
  reason TEXT);
CREATE TABLE attempts(what TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX attempts_who ON attempts(what, who, at);
"""


class Refused(MasudiError):
    """What somebody asked of the reviews cannot be done; the message says why."""


class Database:
    """The reviews of one store. Safe to use from several threads.

    clock: the time in seconds; tests give their own.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock
        self._local = threading.local()
        self._prepare()

    def now(self) -> int:
        return int(self._clock())

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        try:
            return self._connection().execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: {error}") from error

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Row | None:
        found = self.query(sql, parameters)
        return found[0] if found else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or nothing. Raises StoreError when the schema refuses a row."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise StoreError(f"{self.path}: {error}") from error
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def log(
        self, connection: sqlite3.Connection, reader: int | None, action: str, subject: object, reason: str | None = None
    ) -> None:
        """Keep who did what to what, and why, in the transaction that does it."""
        connection.execute(
            "INSERT INTO log(at, reader, action, subject, reason) VALUES (?,?,?,?,?)",
            [self.now(), reader, action, str(subject), reason],
        )

    def scrub(self) -> None:
        """Empty the write-ahead log, so that words taken back do not linger in it; what is deleted is zeroed already."""
        self.query("PRAGMA wal_checkpoint(TRUNCATE)")

    def secret(self) -> bytes:
        """The room's own secret, drawn at random when the file was made."""
        row = self.one("SELECT value FROM settings WHERE name = 'secret'")
        assert row is not None
        return bytes.fromhex(row["value"])

    def allow(self, what: str, who: str, *, times: int, within_s: int) -> bool:
        """True, and counted, when `who` did `what` fewer than `times` within the last `within_s` seconds."""
        now = self.now()
        with self.writing() as connection:
            connection.execute("DELETE FROM attempts WHERE at < ?", [now - DAY_S])
            row = connection.execute(
                "SELECT count(*) AS n FROM attempts WHERE what = ? AND who = ? AND at > ?", [what, who, now - within_s]
            ).fetchone()
            if row["n"] >= times:
                return False
            connection.execute("INSERT INTO attempts VALUES (?,?,?)", [what, who, now])
        return True

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
                connection.row_factory = sqlite3.Row
                connection.executescript(
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                )
            except sqlite3.Error as error:
                raise StoreError(f"{self.path}: {error}; the folder must be writable") from error
            self._local.connection = connection
        return connection

    def _prepare(self) -> None:
        version = self.query("PRAGMA user_version")[0]["user_version"]
        if version == VERSION:
            return
        if version != 0:
            raise StoreError(f"{self.path}: reviews of version {version}; this masudi reads {VERSION}")
        connection = self._connection()
        with self.writing():
            if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                return
            for statement in _statements(_SCHEMA):
                connection.execute(statement)
            connection.execute("INSERT INTO settings VALUES ('secret', ?)", [secrets.token_hex(32)])
            connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """The script one statement at a time, so that all of it runs in one transaction."""
    held = ""
    for piece in script.split(";"):
        held += piece + ";"
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def open_reviews(store: Path, *, clock: Callable[[], float] = time.time) -> Database:
    """The reviews of the store at `store`, made when there are none. Raises StoreError."""
    return Database(store / FILE, clock=clock)
