"""The store: a folder of Parquet parts, a manifest that says which count, a catalogue to query them."""

from .catalogue import Store, failure_key, known_ids, open_store, rebuild_catalogue
from .parts import (
    append_line,
    check_parts,
    mend_manifest,
    part_path,
    parts_of,
    read_manifest,
    sweep,
    write_part,
)
from .schema import TABLES, VERSION

__all__ = [
    "TABLES", "VERSION", "Store", "append_line", "check_parts", "failure_key", "known_ids", "mend_manifest", "open_store", "part_path", "parts_of",
    "read_manifest", "rebuild_catalogue", "sweep", "write_part",
]  # fmt: skip
