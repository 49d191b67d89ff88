"""Lexicons are data: this file loads and checks them, and knows no word itself.

A lexicon is a TSV file under `masudi/data` (UTF-8, header, sorted by key, one entry a line, last column
`note`). `data/lexicons.toml` describes each:

    ["en/roles.tsv"]
    columns = ["phrase", "sector", "from", "to", "note"]
    key = ["phrase"]                                # unique; the file is sorted by it
    required = ["phrase"]                           # never blank (key columns never are, unless in `optional`)
    codes = { sector = "plover/sectors.tsv:code" }  # values must stand in that column
    lists = ["aliases"]                             # cells that hold several values, parted by `;`
    dates = ["from", "to"]                          # ISO, the first not after the second
    lettered = ["IGO"]                              # codes that letters of one's own may follow: IGO;UNO
    spare = ["origin"]                              # columns that a user's file may leave out
    origin = "written for masudi"
    licence = "MIT"
    rows = 812
    sha256 = "…"

A user's folder holds files of the same names; its rows lie over the built-in ones, key by key.
A row whose `note` is `-` alone removes the built-in row of that key; with `*` as its key, every built-in row.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache, partial
from pathlib import Path
from typing import Any

from attrs import field, frozen

from .errors import LexiconError
from .text import iso_bounds

DATA = Path(__file__).parent / "data"
CATALOGUE = "lexicons.toml"
PART = ";"
REMOVED = "-"
EVERY = "*"
ORIGIN, ORIGINS = "origin", "world/origins.tsv"  # the column that says where a row comes from, and what its keys mean


@frozen
class Row:
    """One entry. `row["column"]` is its text, None when blank; `where` is `file:line`; own: not a built-in one."""

    values: Mapping[str, str]
    where: str
    own: bool = False

    def __getitem__(self, column: str) -> str | None:
        return self.values[column] or None

    def need(self, column: str) -> str:
        """The text of `column`; LexiconError when it is blank."""
        value = self.values[column]
        if not value:
            raise LexiconError(f"{self.where}: {column} is blank")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a list cell; () when blank."""
        return tuple(part.strip() for part in self.values[column].split(PART) if part.strip())

    def day(self, column: str, *, last: bool = False) -> date | None:
        """The first (or last) day an ISO cell means; None when blank."""
        bounds = iso_bounds(self.values[column])
        return None if bounds is None else bounds[1 if last else 0]


@frozen(kw_only=True)
class Description:
    """What lexicons.toml says of one file."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(factory=dict)
    lists: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    lettered: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    origin: str = ""
    licence: str = ""
    rows: int = 0
    sha256: str = ""


@frozen
class Lexicons:
    """All lexicons as one run sees them: the built-in ones, with the folders of `over` laid on top.

    over: folders of the user's own files, later ones over earlier ones. Files are read on first use.
    """

    over: tuple[Path, ...] = ()
    _tables: dict[str, tuple[Row, ...]] = field(factory=dict, init=False, repr=False, eq=False)

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of `name` ("en/roles.tsv"), in key order. Raises LexiconError."""
        if name not in self._tables:
            self._tables[name] = self._load(name)
        return self._tables[name]

    def _load(self, name: str) -> tuple[Row, ...]:
        description = describe(name)
        rows = {_key(row, description): row for row in read_table(DATA / name, description)}
        for folder in self.over:
            if not folder.is_dir():
                raise LexiconError(f"{folder}: no such folder; masudi.toml names it under lexicons")
            if (folder / name).exists():
                mine = read_table(folder / name, description)
                rows = {} if any(_removes_all(row, description) for row in mine) else rows
                rows.update((_key(row, description), row) for row in mine)
        kept = [row for row in rows.values() if row.values["note"] != REMOVED]
        return tuple(sorted(kept, key=lambda row: _key(row, description)))

    def strays(self) -> list[str]:
        """The tables in the user's folders that bear no lexicon's name, so that nothing reads them, as `file: what`."""
        out = []
        for path in sorted(p for folder in self.over for p in folder.rglob("*.tsv")):
            folder = next(f for f in self.over if path.is_relative_to(f))
            name = path.relative_to(folder).as_posix()
            if name not in catalogue():
                near = get_close_matches(name, catalogue(), n=1)
                out.append(f"{path}: no lexicon is called {name!r}" + (f"; did you mean {near[0]}?" if near else ""))
        return out

    def origin_keys(self, where: str) -> tuple[str, ...]:
        """The keys of world/origins.tsv that the row at `where` ("world/people.tsv:41") bears; () when it bears none."""
        file = where.rpartition(":")[0]
        name = next((n for n, d in catalogue().items() if ORIGIN in d.spare and (file == n or file.endswith(f"/{n}"))), None)
        rows = self.table(name) if name else ()
        return next((row.many(ORIGIN) for row in rows if row.where == where), ())

    def origin(self, key: str) -> str:
        """What an origin key stands for: source, day, terms, how it was checked; the key alone when no table has it."""
        for row in self.table(ORIGINS):
            if row["key"] == key:
                told = [row["source"], row["date"], row["licence"], f"checked: {row['checked']}", row["note"]]
                return "; ".join(part for part in told if part)
        return key

    def check(self, name: str) -> list[str]:
        """Every fault in `name`, each as `file:line: value; what would be right`; [] when it is sound."""
        description = describe(name)
        files = [DATA / name, *(f / name for f in self.over if (f / name).exists())]
        try:
            return [fault for path in files for fault in self._check_file(path, description)]
        except LexiconError as error:
            return [str(error)]

    def _check_file(self, path: Path, description: Description) -> Iterator[str]:
        seen: dict[tuple[str, ...], str] = {}
        # Our files, and a mapping to our types, may speak of what a user's folder removes.
        allowed = {c: self._codes(target) | Lexicons()._codes(target) for c, target in description.codes.items()}
        previous: tuple[str, ...] = ()
        for row in read_table(path, description):
            key = _key(row, description)
            if key in seen:
                yield f"{row.where}: {'/'.join(key)!r} again; first at {seen[key]}"
            elif key < previous:
                yield f"{row.where}: {'/'.join(key)!r} out of order; sort the file by {', '.join(description.key)}"
            seen[key] = row.where
            previous = max(previous, key)
            if row.values["note"] != REMOVED:
                yield from _check_row(row, description, allowed)

    def _codes(self, target: str) -> frozenset[str]:
        name, column = target.rsplit(":", 1)
        return frozenset(row[column] or "" for row in self.table(name))


def _removes_all(row: Row, description: Description) -> bool:
    return row.values["note"] == REMOVED and row.values[description.key[0]] == EVERY


def _check_row(row: Row, description: Description, allowed: Mapping[str, frozenset[str]]) -> Iterator[str]:
    optional = {*description.optional, *(description.spare if row.own else ())}
    for column in {*description.required, *description.key} - optional:
        if not row.values[column]:
            yield f"{row.where}: {column} is blank"
    for column, codes in allowed.items():
        values = row.many(column) if column in description.lists else tuple(v for v in [row[column]] if v)
        for before, value in zip(("", *values), values, strict=False):
            if value not in codes and before not in description.lettered:
                near = get_close_matches(value, sorted(codes), n=1, cutoff=0.5)
                hint = f"; did you mean {near[0]}?" if near else ""
                yield f"{row.where}: {column} {value!r} stands not in {description.codes[column]}{hint}"
    days = [(column, row[column], iso_bounds(row[column])) for column in description.dates]
    for column, cell, bounds in days:
        if cell and bounds is None:
            yield f"{row.where}: {column} {cell!r} is no date; write 2025-06-24, 2025-06 or 2025"
    known = [bounds for _, _, bounds in days if bounds]
    if len(known) > 1 and known[0][0] > known[1][1]:
        yield f"{row.where}: {description.dates[0]} {days[0][1]} is after {description.dates[1]} {days[1][1]}"


def _key(row: Row, description: Description) -> tuple[str, ...]:
    return tuple(row.values[column] for column in description.key)


def read_table(path: Path, description: Description) -> tuple[Row, ...]:
    """The rows of a TSV file as they stand. Raises LexiconError for a wrong header or a wrong number of cells."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise LexiconError(f"{path}: no such file") from error
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from error
    name = _short(path)
    header = tuple(lines[0].rstrip("\r").split("\t"))
    own = not path.is_relative_to(DATA)
    left_out = [c for c in description.spare if own and c not in header]
    if header != tuple(c for c in description.columns if c not in left_out):
        spare = f" ({', '.join(description.spare)} may be left out)" if own and description.spare else ""
        found = ", ".join(header) if lines[0].strip() else "none: the first line is blank"
        raise LexiconError(f"{name}:1: columns {found}; right: {', '.join(description.columns)}{spare}")
    return tuple(_rows(name, lines[1:], header, left_out, own=own))


def _rows(
    name: str, lines: Sequence[str], header: tuple[str, ...], left_out: Sequence[str], *, own: bool
) -> Iterator[Row]:
    for number, line in enumerate(lines, start=2):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise LexiconError(f"{name}:{number}: {len(cells)} cells; the header has {len(header)}")
        values = dict(zip(header, (c.strip() for c in cells), strict=True))
        values.update((column, "") for column in left_out)
        yield Row(values, f"{name}:{number}", own)


def _short(path: Path) -> str:
    """A file as messages name it; a user's "world/people.tsv" in the working folder is no built-in one."""
    if path.is_relative_to(DATA):
        return str(path.relative_to(DATA))
    return f"./{path}" if str(path) in catalogue() else str(path)


@cache
def catalogue() -> Mapping[str, Description]:
    """Every built-in lexicon by name, as lexicons.toml describes it."""
    try:
        raw = tomllib.loads((DATA / CATALOGUE).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{CATALOGUE}: not TOML: {error}") from error
    return {name: _description(name, entry) for name, entry in sorted(raw.items())}


def _description(name: str, entry: Mapping[str, Any]) -> Description:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    try:
        return Description(name=name, **values)
    except TypeError as error:
        raise LexiconError(f"{CATALOGUE}: [{name!r}]: {error}") from error


def describe(name: str) -> Description:
    """What lexicons.toml says of `name`. Raises LexiconError with the nearest known name."""
    known = catalogue()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise LexiconError(f"no lexicon {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    return known[name]


def stamp(names: Sequence[str] = ()) -> list[str]:
    """Sort built-in files by their key, write rows and sha256 into lexicons.toml; the names that changed.

    names: only these; () all. For whoever edits a lexicon: `python -m masudi.lexicon [NAME ...]`.
    """
    path = DATA / CATALOGUE
    text = path.read_text(encoding="utf-8")
    changed = []
    for description in [describe(name) for name in names or catalogue()]:
        name = description.name
        rows = read_table(DATA / name, description)
        lines = ["\t".join(description.columns)]
        ordered = sorted(rows, key=partial(_key, description=description))
        lines += ["\t".join(row.values[c] for c in description.columns) for row in ordered]
        body = ("\n".join(lines) + "\n").encode("utf-8")
        sha256 = hashlib.sha256(body).hexdigest()
        if (sha256, len(rows)) != (description.sha256, description.rows) or body != (DATA / name).read_bytes():
            (DATA / name).write_bytes(body)
            text = _set_figures(text, name, len(rows), sha256)
            changed.append(name)
    path.write_text(text, encoding="utf-8")
    return changed


def _set_figures(text: str, name: str, rows: int, sha256: str) -> str:
    section = re.compile(r'(?ms)^\["' + re.escape(name) + r'"\]\n.*?(?=^\[|\Z)')
    match = section.search(text)
    if match is None:
        raise LexiconError(f'{CATALOGUE}: no section ["{name}"]')
    kept = [line for line in match[0].rstrip("\n").split("\n") if not re.match(r"(rows|sha256)\s*=", line)]
    body = "\n".join([*kept, f"rows = {rows}", f'sha256 = "{sha256}"']) + "\n\n"
    return text[: match.start()] + body + text[match.end() :]


if __name__ == "__main__":
    import sys

    for changed_name in stamp(sys.argv[1:]):
        sys.stderr.write(f"stamped {changed_name}\n")
