"""Reading a store: DuckDB views over the parts the manifest names.

`catalogue.duckdb` is for other programs; it is built beside the old one and swapped by rename, so that
readers never block and are never blocked. masudi's own readers hold views in memory and need no such file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import StoreError
from ..records import Failure
from ..text import digest
from .parts import MANIFEST, part_path, parts_of, sync_folder, write_whole
from .schema import LINKED, TABLES

CATALOGUE = "catalogue.duckdb"
FAILURES = "failures.parquet"


class Store:
    """A store open for reading. `query` answers SQL over the tables of the contract.

    One Store is for one thread; `fresh()` tells whether the manifest has grown since it was opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size = _manifest_size(path)
        self._connection = duckdb.connect(":memory:")
        _make_views(self._connection, path)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows of `sql` as dicts. Raises StoreError when DuckDB refuses it."""
        try:
            cursor = self._connection.execute(sql, list(parameters))
        except duckdb.Error as error:
            raise StoreError(f"{self.path}: {error}") from error
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def fresh(self) -> bool:
        """False when the manifest has changed since this Store was opened: open it again."""
        return self._size == _manifest_size(self.path)

    def cursor(self) -> Store:
        """The same store for another thread."""
        twin = object.__new__(Store)
        twin.path, twin._size = self.path, self._size
        twin._connection = self._connection.cursor()
        return twin

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path) -> Store:
    """The store at `path`. Raises StoreError when there is none, or a part is missing."""
    if not (path / MANIFEST).is_file():
        raise StoreError(f"{path}: no store here (no {MANIFEST}); make one with: masudi run INPUT... -o {path}")
    return Store(path)


def rebuild_catalogue(path: Path) -> None:
    """Write catalogue.duckdb and failures.parquet anew beside the old ones and swap them in."""
    temporary = path / f".{CATALOGUE}.{os.getpid()}.tmp"
    temporary.unlink(missing_ok=True)
    connection = duckdb.connect(str(temporary))
    try:
        _make_views(connection, path.resolve())
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    temporary.replace(path / CATALOGUE)
    write_whole(path / FAILURES, _all_failures(path))
    sync_folder(path)


def known_ids(path: Path, parts: Sequence[str]) -> set[str]:
    """Keys of everything in `parts`: article ids, and `failure_key` of each failure to read."""
    known: set[str] = set()
    for part in parts:
        known.update(pq.read_table(part_path(path, "articles", part), columns=["id"])["id"].to_pylist())
        for row in pq.read_table(part_path(path, "failures", part)).to_pylist():
            known.add(failure_key(Failure(**row)))
    return known


def failure_key(failure: Failure) -> str:
    """What makes two failures the same failure."""
    return digest(failure.article, failure.stage, failure.error, failure.message)


def _all_failures(path: Path) -> pa.Table:
    tables = [pq.read_table(part_path(path, "failures", line["part"])) for line in parts_of(path)]
    return pa.concat_tables(tables) if tables else TABLES["failures"].empty_table()


def _make_views(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    parts = [line["part"] for line in parts_of(path)]
    for table, schema in TABLES.items():
        files = [part_path(path, table, part) for part in parts]
        connection.execute(f"CREATE VIEW {table} AS {_select(files, schema)}")
    for table, schema in LINKED.items():
        connection.execute(f"CREATE VIEW {table} AS {_select([], schema)}")


def _select(files: Sequence[Path], schema: pa.Schema) -> str:
    if files:
        names = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        return f"SELECT * FROM read_parquet([{names}])"
    columns = ", ".join(f'CAST(NULL AS {_sql_type(field.type)}) AS "{field.name}"' for field in schema)
    return f"SELECT {columns} WHERE false"


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return _sql_type(kind.value_type) + "[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{f.name}" {_sql_type(f.type)}' for f in kind) + ")"
    return {"string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE", "bool": "BOOLEAN"}[
        str(kind)
    ]


def _manifest_size(path: Path) -> int:
    manifest = path / MANIFEST
    return manifest.stat().st_size if manifest.is_file() else 0
