"""The reading room's index: one SQLite file beside the store, made from its parts and made anew at will.

Parquet answers "all rows of a column" quickly and "this one article" slowly; a page asks for one article.
So every part is read once into tables with indices, full-text tables, and each article whole as compressed JSON.
Parts are added as the manifest grows, each in one transaction; readers go on reading meanwhile (WAL).
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import StoreError
from ..export import coded_in_part
from ..records import EVENT_TYPES
from ..store import parts_of
from . import rows
from .filters import NO_QUAD

FILE = "reading.sqlite"
VERSION = 8
MANIFEST = "manifest.jsonl"
WAIT_S = 0.25  # how long a request waits for parts that were just added before it shows what was there
CACHED = 512  # answers kept; a page's worth each

# How much of an ISO day a report's date claims: 10 a day, 7 a month, 4 a year or what is coarser.
FINE = (
    "(CASE WHEN value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN 10"
    " WHEN value GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' THEN 7 ELSE 4 END)"
)

T = TypeVar("T")

_SCHEMA = """
CREATE TABLE meta(version INTEGER NOT NULL);
CREATE TABLE parts(part TEXT PRIMARY KEY);
CREATE TABLE articles(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, published TEXT, publisher TEXT, authors TEXT,
  kind TEXT, language TEXT, url TEXT, opening TEXT, reports INTEGER NOT NULL, statements INTEGER NOT NULL);
CREATE INDEX articles_published ON articles(published DESC, n);
CREATE INDEX articles_publisher ON articles(publisher, published);
CREATE INDEX articles_url ON articles(url) WHERE url IS NOT NULL;
CREATE TABLE whole(n INTEGER PRIMARY KEY, coded BLOB NOT NULL);
CREATE TABLE reports(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL, type TEXT NOT NULL, quad TEXT,
  modes TEXT, day TEXT, value TEXT, latest TEXT, basis TEXT, place TEXT, place_kind TEXT, country TEXT, lat REAL, lon REAL,
  precision_km REAL, status TEXT NOT NULL, confidence REAL NOT NULL, score REAL, voice TEXT NOT NULL, certainty TEXT,
  actor TEXT, recipient TEXT, chain TEXT, words TEXT, published TEXT, publisher TEXT);
CREATE INDEX reports_day ON reports(day, n);
CREATE INDEX reports_article ON reports(article);
CREATE INDEX reports_type ON reports(type, day, n);
CREATE INDEX reports_country ON reports(country, day, n);
CREATE INDEX reports_publisher ON reports(publisher, day, n);
CREATE INDEX reports_place ON reports(lat, lon, place) WHERE lat IS NOT NULL;
CREATE TABLE parties(
  actor TEXT NOT NULL, side TEXT NOT NULL, report INTEGER NOT NULL, code TEXT, PRIMARY KEY(actor, side, report)
) WITHOUT ROWID;
CREATE INDEX parties_report ON parties(report, side, actor);
CREATE INDEX parties_code ON parties(code, report);
CREATE TABLE chains(source TEXT NOT NULL, report INTEGER NOT NULL, PRIMARY KEY(source, report)) WITHOUT ROWID;
CREATE INDEX chains_report ON chains(report);
CREATE TABLE actors(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, code TEXT, articles INTEGER NOT NULL,
  reports INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX actors_often ON actors(articles DESC, id);
CREATE TABLE appearances(
  actor TEXT NOT NULL, article INTEGER NOT NULL, name TEXT, code TEXT, role TEXT, role_date TEXT, mentions INTEGER,
  confidence REAL NOT NULL, members TEXT,
  PRIMARY KEY(actor, article)) WITHOUT ROWID;
CREATE TABLE sources(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, named INTEGER NOT NULL, articles INTEGER NOT NULL,
  statements INTEGER NOT NULL, factive INTEGER NOT NULL, distancing INTEGER NOT NULL, tentative INTEGER NOT NULL,
  number INTEGER, terms TEXT) WITHOUT ROWID;
CREATE INDEX sources_often ON sources(statements DESC, id);
CREATE TABLE statements(
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, article INTEGER NOT NULL, source TEXT NOT NULL, name TEXT, named INTEGER,
  force TEXT, form TEXT, lemma TEXT, value TEXT, words TEXT, certainty TEXT NOT NULL, number INTEGER, anonymity TEXT);
CREATE INDEX statements_source ON statements(source, n);
CREATE INDEX statements_certainty ON statements(certainty, source);
CREATE TABLE days(
  day TEXT NOT NULL, fine INTEGER NOT NULL, quad TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(day, fine, quad)
) WITHOUT ROWID;
CREATE TABLE printed(day TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spots(
  lat REAL NOT NULL, lon REAL NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, precision_km REAL,
  n INTEGER NOT NULL, PRIMARY KEY(lat, lon, name)) WITHOUT ROWID;
CREATE TABLE pairs(
  actor TEXT NOT NULL, recipient TEXT NOT NULL, quad TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY(actor, recipient, quad)) WITHOUT ROWID;
CREATE TABLE pair_totals(actor TEXT NOT NULL, recipient TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(actor, recipient));
CREATE INDEX pair_totals_n ON pair_totals(n DESC, actor, recipient);
CREATE TABLE failures(article TEXT, stage TEXT, error TEXT, message TEXT);
CREATE VIRTUAL TABLE article_words USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE report_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2');
"""


_DEALINGS = (
    " FROM reports r JOIN parties p ON p.report = r.n AND p.side = 'actor'"
    " JOIN parties o ON o.report = r.n AND o.side = 'recipient' WHERE r.n > ? AND p.actor <> o.actor"
    " AND p.actor NOT LIKE 'unnamed:%' AND o.actor NOT LIKE 'unnamed:%'"
)
# What the charts of the whole store show, kept up part by part: counting 200,000 reports takes a second each time.
_COUNTS = (
    f"INSERT INTO days SELECT coalesce(day, ''), {FINE}, coalesce(quad, '{NO_QUAD}'), count(*) FROM reports WHERE n > ? GROUP BY 1, 2, 3"
    " ON CONFLICT DO UPDATE SET n = n + excluded.n",
    "INSERT INTO printed SELECT coalesce(published, ''), count(*) FROM reports WHERE n > ? GROUP BY 1"
    " ON CONFLICT DO UPDATE SET n = n + excluded.n",
    "INSERT INTO spots SELECT lat, lon, place, place_kind, country, max(precision_km), count(*) FROM reports"
    " WHERE n > ? AND lat IS NOT NULL AND lon IS NOT NULL GROUP BY lat, lon, place"
    " ON CONFLICT DO UPDATE SET n = n + excluded.n, precision_km = max(precision_km, excluded.precision_km)",
    f"INSERT INTO pairs SELECT p.actor, o.actor, coalesce(r.quad, '{NO_QUAD}'), count(*)" + _DEALINGS + " GROUP BY 1, 2, 3"
    " ON CONFLICT DO UPDATE SET n = n + excluded.n",
    "INSERT INTO pair_totals SELECT p.actor, o.actor, count(*)" + _DEALINGS + " GROUP BY p.actor, o.actor"
    " ON CONFLICT DO UPDATE SET n = n + excluded.n",
)


class _Kept:
    """An answer being made or made."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.made = False
        self.value: Any = None


class Index:
    """The store's content ready for pages. Safe to use from several threads; each has a connection of its own."""

    def __init__(self, path: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        """Index of the store at `path`, brought up to date. Raises StoreError when there is no store."""
        self.path = path
        self._local = threading.local()
        self._updating = threading.Lock()
        self._cache: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._cache_lock = threading.Lock()
        self._seen = -1
        self._epoch = 0
        self._names: dict[str, tuple[str, ...]] = {}
        self.generation = 0
        self._prepare()
        self.update(progress)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows of `sql`, which yields numbers and text only. Raises StoreError when SQLite refuses it.

        All rows come over in one JSON value: sqlite3 gives up and takes back the interpreter's lock at every row, and
        with 20 readers each time may cost milliseconds (bench/speed/web.py: network 3 s instead of 0.1).
        """
        try:
            names = self._names.get(sql)
            connection = self._connection()
            if names is None:
                cursor = connection.execute(f"SELECT * FROM ({sql}) LIMIT 0", parameters)
                names = self._names[sql] = tuple(column[0] for column in cursor.description)
            columns = ", ".join(f'"{name}"' for name in names)
            found = connection.execute(f"SELECT json_group_array(json_array({columns})) FROM ({sql})", parameters).fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path / FILE}: {error}") from error
        return [dict(zip(names, row, strict=True)) for row in msgspec.json.decode(found[0])]

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> dict[str, Any] | None:
        found = self.query(sql, parameters)
        return found[0] if found else None

    def coded(self, article: str) -> dict[str, Any] | None:
        """One article whole, in the shape of schema `masudi/1`; None when the store has none of that id."""
        sql = "SELECT coded FROM whole WHERE n = (SELECT n FROM articles WHERE id = ?)"
        try:
            row = self._connection().execute(sql, [article]).fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path / FILE}: {error}") from error
        if row is None:
            return None
        whole: dict[str, Any] = msgspec.json.decode(zlib.decompress(row["coded"]))
        return whole

    def types(self) -> tuple[str, ...]:
        """Types that a report of this store can have: those there are, and PLOVER's sixteen unless all are of another
        ontology."""

        def find() -> tuple[str, ...]:
            there = {row["type"] for row in self.query("SELECT DISTINCT type FROM reports")}
            plover = EVENT_TYPES if not there or there & set(EVENT_TYPES) else ()
            return (*plover, *sorted(there - set(plover)))

        return self.cached("types", find)

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """`make()`, kept until the store grows; made once when several ask at a time."""
        full = (self.generation, key)
        with self._cache_lock:
            held = self._cache.get(full)
            if held is None:
                held = self._cache[full] = _Kept()
                while len(self._cache) > CACHED:
                    self._cache.popitem(last=False)
            self._cache.move_to_end(full)
        with held.lock:
            if not held.made:
                held.value, held.made = make(), True
        value: T = held.value
        return value

    def refresh(self) -> None:
        """Start taking in parts that were added since; wait a moment for them, then leave it to go on."""
        if _size(self.path) == self._seen or not self._updating.acquire(blocking=False):
            return
        worker = threading.Thread(target=self._update_and_release, daemon=True)
        worker.start()
        worker.join(WAIT_S)

    def update(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Take in every part the manifest names and the index lacks. progress: called with (parts done, of)."""
        with self._updating:
            self._take_in(progress)

    def _update_and_release(self) -> None:
        try:
            self._take_in(None)
        except StoreError:
            # A part is damaged: the room shows what it has until the manifest changes; the next start says so.
            self._seen = _size(self.path)
        finally:
            self._updating.release()

    def _take_in(self, progress: Callable[[int, int], None] | None) -> None:
        seen = _size(self.path)
        named = [line["part"] for line in parts_of(self.path)]
        have = {row["part"] for row in self.query("SELECT part FROM parts")}
        if have - set(named):
            self._empty()
            have = set()
        new = [part for part in named if part not in have]
        for done, part in enumerate(new, start=1):
            if not self.one("SELECT 1 AS there FROM parts WHERE part = ?", [part]):  # another process may have been here
                self._add_part(part)
            if progress:
                progress(done, len(new))
        self._seen = seen
        self.generation = len(named)

    def _add_part(self, part: str) -> None:
        coded, failures = coded_in_part(self.path, part)
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM parts WHERE part = ?", [part]).fetchone():
                before = connection.execute("SELECT coalesce(max(n), 0) FROM reports").fetchone()[0]
                rows.insert(connection, coded, failures)
                for count in _COUNTS:
                    connection.execute(count, [before])
                connection.execute("INSERT INTO parts VALUES (?)", [part])
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            connection.execute("ROLLBACK")
            raise StoreError(f"{self.path / FILE}: {error}; it may be deleted, it is made anew") from error

    def _connection(self) -> sqlite3.Connection:
        epoch, connection = getattr(self._local, "held", (self._epoch, None))
        if connection is None or epoch != self._epoch:
            try:
                connection = sqlite3.connect(self.path / FILE, timeout=10, isolation_level=None)
                connection.row_factory = sqlite3.Row
                connection.executescript(
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
                    "PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;"
                )
            except sqlite3.Error as error:
                raise StoreError(f"{self.path / FILE}: {error}; the folder must be writable") from error
            self._local.held = self._epoch, connection
        return connection

    def _prepare(self) -> None:
        parts_of(self.path) if (self.path / MANIFEST).is_file() else _no_store(self.path)
        try:
            row = self._connection().execute("SELECT version FROM meta").fetchone()
            if row is not None and row["version"] == VERSION:
                return
        except (sqlite3.DatabaseError, StoreError):
            pass  # new, from another version, or not ours: it is made anew
        self._empty()

    def _empty(self) -> None:
        """Start anew with an empty file."""
        _, connection = getattr(self._local, "held", (0, None))
        if connection is not None:
            connection.close()
        self._epoch += 1
        for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
            (self.path / name).unlink(missing_ok=True)
        fresh = self._connection()
        fresh.executescript(_SCHEMA)
        fresh.execute("INSERT INTO meta VALUES (?)", [VERSION])


def _no_store(path: Path) -> None:
    raise StoreError(f"{path}: no store here (no manifest.jsonl); make one with: masudi run INPUT... -o {path}")


def _size(path: Path) -> int:
    manifest = path / MANIFEST
    return manifest.stat().st_size if manifest.is_file() else 0
