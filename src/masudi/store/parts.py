"""Parts: written under a temporary name, synced, renamed, and only then named in the manifest.

A part is a block of articles, one Parquet file a table: `parts/<table>-<part>.parquet`. What the manifest
does not name does not count, so a killed writer leaves nothing behind that anybody reads.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import StoreError
from ..records import CodedArticle, Failure
from .schema import TABLES, VERSION, tables_of

PARTS = "parts"
MANIFEST = "manifest.jsonl"
_ENCODER = msgspec.json.Encoder(order="deterministic")


def part_path(store: Path, table: str, part: str) -> Path:
    return store / PARTS / f"{table}-{part}.parquet"


def write_part(store: Path, part: str, items: Iterable[CodedArticle | Failure]) -> dict[str, Any]:
    """Write one part whole; its manifest line (part, rows by table, digest of its bytes).

    Same items, same bytes. Safe to repeat: files of the same name are replaced by the same content.
    """
    (store / PARTS).mkdir(parents=True, exist_ok=True)
    h = hashlib.blake2b(digest_size=16)
    rows = {}
    for name, table in tables_of(items).items():
        rows[name] = table.num_rows
        path = part_path(store, name, part)
        write_whole(path, table)
        h.update(path.read_bytes())
    sync_folder(store / PARTS)
    return {"part": part, "rows": rows, "digest": h.hexdigest()}


def write_whole(path: Path, table: pa.Table) -> None:
    """`table` at `path`, complete or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as out:
        pq.write_table(table, out, compression="zstd")
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append_line(store: Path, line: Mapping[str, Any]) -> None:
    """Add one line to the manifest, whole and synced."""
    handle = os.open(store / MANIFEST, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, _ENCODER.encode(line) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(store)


def read_manifest(store: Path) -> list[dict[str, Any]]:
    """The manifest's lines in order; a last line torn by a kill is no line. Raises StoreError."""
    path = store / MANIFEST
    if not path.is_file():
        return []
    lines = []
    for number, raw in enumerate(_whole_lines(path.read_bytes()), start=1):
        try:
            lines.append(msgspec.json.decode(raw, type=dict[str, Any]))
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise StoreError(f"{path}:{number}: damaged ({error}); restore it or remove the store") from error
    for line in lines:
        if line.get("version", VERSION) != VERSION:
            raise StoreError(f"{path}: schema version {line['version']}; this masudi reads {VERSION}")
    return lines


def _whole_lines(raw: bytes) -> Iterator[bytes]:
    for line in raw.splitlines(keepends=True):
        if line.endswith(b"\n") and line.strip():
            yield line


def mend_manifest(store: Path) -> None:
    """Cut off a last line torn by a kill, so that the next line starts at its own beginning."""
    path = store / MANIFEST
    if path.is_file():
        raw = path.read_bytes()
        whole = raw.rfind(b"\n") + 1
        if whole != len(raw):
            os.truncate(path, whole)


def parts_of(store: Path) -> list[dict[str, Any]]:
    """The manifest lines that name a part, in order. Raises StoreError when a file of one is missing."""
    parts = [line for line in read_manifest(store) if "part" in line]
    for line in parts:
        for table in TABLES:
            path = part_path(store, table, line["part"])
            if not path.is_file():
                raise StoreError(f"{path}: missing, though {MANIFEST} names it; restore it or re-run into a new store")
    return parts


def sweep(store: Path) -> None:
    """Remove what a killed writer left: temporary files, and part files the manifest does not name."""
    named = {part_path(store, table, line["part"]) for line in parts_of(store) for table in TABLES}
    for leftover in [*store.glob(".*.tmp"), *(store / PARTS).glob(".*.tmp"), *(store / PARTS).glob("*.parquet")]:
        if leftover not in named:
            leftover.unlink(missing_ok=True)


def check_parts(store: Path) -> list[str]:
    """Parts whose bytes are no longer those the manifest has a digest of; [] when all fit."""
    faults = []
    for line in parts_of(store):
        h = hashlib.blake2b(digest_size=16)
        for table in TABLES:
            h.update(part_path(store, table, line["part"]).read_bytes())
        if h.hexdigest() != line["digest"]:
            faults.append(f"part {line['part']} is not what was written; re-run its inputs into a new store")
    return faults
