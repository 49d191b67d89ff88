"""A gazetteer of the user's own: GeoNames' tab-separated files laid over the built-in places.

Streams: lines go through a SQLite file beside the target, which sorts them, so memory does not grow with the dump.
"""

from __future__ import annotations

import math
import re
import sqlite3
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq
from attrs import define, field, frozen

from ..errors import ResolveError
from ..lexicon import Lexicons
from ..text import fold
from .places_gazetteer import COLUMNS, COUNTRIES, FILE, KINDS

WORDS = "en/places_words.tsv"
PEOPLE = 100  # smaller towns bring more namesakes of persons and words than events
PEOPLE_COUNTY = 20_000
PEOPLE_ALIAS = 150_000  # below, the spellings of every language bring more namesakes than names
ADMIN1, ADMIN2, TOWN = (KINDS.index(kind) for kind in ("admin1", "admin2", "city"))
GONE = ("PPLH", "PPLCH", "PPLQ", "PPLW")  # historical, abandoned, destroyed
SEATS = ("PPLC", "PPLA")
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ' .\-]{3,40}")
DUMP, DIVISIONS, NAMES = "places", "first-level divisions", "alternate names"
DIVISION_CODE = re.compile(rb"[A-Z]{2}\.[^.\t]+")
MAX_LINE = 1 << 20  # bytes; the longest of GeoNames' lines have some thousands
SNIFFED = 50  # lines that tell what a file is
TOLD = 20  # warnings printed of one file
BATCH = 1 << 16  # rows
MIN_RADIUS, MAX_RADIUS = 10.0, 3000.0  # km

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
CREATE TABLE places (id INTEGER, kind INTEGER, name TEXT, country TEXT, admin1 TEXT, admin2 TEXT, people INTEGER,
    lat REAL, lon REAL, radius REAL, PRIMARY KEY (id, kind)) WITHOUT ROWID;
CREATE TABLE names (id INTEGER, kind INTEGER, key TEXT, alias INTEGER, PRIMARY KEY (id, kind, key)) WITHOUT ROWID;
"""
_ROWS = """
SELECT key, name, kind, country || '.' || admin1, id, people, lat, lon, radius, alias
FROM names JOIN places USING (id, kind) WHERE lat IS NOT NULL ORDER BY key, kind, id
"""
_SCHEMA = pa.schema(
    [("key", pa.string()), ("name", pa.string()), ("kind", pa.int8()), ("division", pa.string()),
     ("geonameid", pa.int32()), ("people", pa.int32()), ("lat", pa.int16()), ("lon", pa.int16()),
     ("radius_km", pa.int16()), ("alias", pa.bool_())],
    metadata={"kinds": ",".join(KINDS), "origin": "GeoNames, CC BY 4.0"},
)  # fmt: skip


@frozen
class Built:
    """What was written: names (rows of the file), and places read from the dump."""

    names: int
    places: int


class _Malformed(Exception):
    """A line that cannot be read: what is wrong and how to mend it."""


def build_gazetteer(
    dumps: Sequence[Path], target: Path, lexicons: Lexicons, warn: Callable[[str], None],
    people: int = PEOPLE, base: Path = FILE,
) -> Built:  # fmt: skip
    """Writes `target`, a Parquet file of the built-in form: the places of `base` with those of `dumps` laid over them.

    dumps: GeoNames' files (allCountries.txt, cities500.txt, IQ.txt; admin1CodesASCII.txt; alternateNamesV2.txt), plain
    or .zip, in any order; each is known by its columns. people: the fewest inhabitants of a town that is kept.
    A line that cannot be read goes to `warn` as "FILE:LINE: what; how to mend it" and is left out.
    Raises ResolveError when no file could be read or none held a place.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        with closing(sqlite3.connect(Path(folder) / "places.sqlite", isolation_level=None)) as store:
            store.executescript(_TABLES)
            store.execute("BEGIN")
            builder = _Builder(store, lexicons, warn, people)
            builder.lay(base)
            sources = [source for path in dumps for source in _sources(path, warn)]
            for form in (DUMP, DIVISIONS, NAMES):  # names need the places they belong to
                for source in sources:
                    if source.form == form:
                        builder.read(source)
            if not builder.read_places:
                raise ResolveError(f"{', '.join(map(str, dumps))}: no place of GeoNames' form; download.geonames.org/export/dump has it")
            builder.measure()
            finished = Path(folder) / "places.parquet"
            names = _write(store, finished)
        finished.replace(target)
    return Built(names, builder.read_places)


@frozen
class _Source:
    """One text file, maybe inside a zip archive, and what it is."""

    path: Path
    member: str | None
    form: str

    @property
    def label(self) -> str:
        return str(self.path) if self.member is None else f"{self.path}({self.member})"

    def lines(self) -> Iterator[bytes]:
        return _lines(self.path, self.member)


def _sources(path: Path, warn: Callable[[str], None]) -> list[_Source]:
    try:
        if not zipfile.is_zipfile(path):
            members: list[str | None] = [None]
        else:
            with zipfile.ZipFile(path) as archive:
                members = [n for n in archive.namelist() if n.lower().endswith(".txt")]
        found = [_Source(path, m, form) for m in members if (form := _form(_lines(path, m))) is not None]
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        warn(f"{path}: cannot be read ({error}); download it again")
        return []
    if not found:
        warn(_why_unknown(path, members))
    return found


def _why_unknown(path: Path, members: Sequence[str | None]) -> str:
    """What a file is that is none of GeoNames', and how to mend it."""
    if not members:
        return f"{path}: a zip archive without a .txt file; download it again"
    label = path if members[0] is None else f"{path}({members[0]})"
    first = next(_lines(path, members[0]), None)
    if first is None:
        return f"{label}: empty; download it again"
    if first.startswith(b"PK\x03\x04"):
        return f"{label}: a zip archive that breaks off; download it again"
    if b"\0" in first or first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"{label}:1: not UTF-8 but UTF-16, or no text; save it as UTF-8"
    cells = first.count(b"\t") + 1
    return (
        f"{label}:1: {cells} column{'s' if cells > 1 else ''}; GeoNames' files have 19 (places), 4 (divisions) or 8 to 10 (names), "
        "parted by tabs; put back what is missing, or download it again"
    )


def _lines(path: Path, member: str | None) -> Iterator[bytes]:
    if member is None:
        with path.open("rb") as plain:
            yield from _pieces(plain)
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
        yield from _pieces(packed)


def _pieces(handle: IO[bytes]) -> Iterator[bytes]:
    while line := handle.readline(MAX_LINE):
        yield line.rstrip(b"\r\n")


def _form(lines: Iterator[bytes]) -> str | None:
    """What most of a file's first lines are."""
    seen: Counter[str] = Counter()
    for line, _ in zip(lines, range(SNIFFED), strict=False):
        cells = line.split(b"\t")
        if len(cells) == 19 and b"\0" not in line:
            seen[DUMP] += 1
        elif len(cells) == 4 and DIVISION_CODE.fullmatch(cells[0]):
            seen[DIVISIONS] += 1
        elif 8 <= len(cells) <= 10 and cells[0].isdigit() and cells[1].isdigit():
            seen[NAMES] += 1
    return max(sorted(seen), key=lambda form: seen[form], default=None)


@define
class _Box:
    """The box around the towns of a division."""

    south: float
    north: float
    west: float
    east: float

    def hold(self, lat: float, lon: float) -> None:
        self.south, self.north = min(self.south, lat), max(self.north, lat)
        self.west, self.east = min(self.west, lon), max(self.east, lon)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.south + self.north) / 2, (self.west + self.east) / 2

    @property
    def radius(self) -> float:
        """Kilometres from the middle to a corner."""
        down = (self.north - self.south) / 2 * 111.2
        across = (self.east - self.west) / 2 * 111.2 * math.cos(math.radians(self.middle[0]))
        return min(MAX_RADIUS, max(MIN_RADIUS, math.hypot(down, across)))


@define
class _Builder:
    """Reads lines into the SQLite tables."""

    store: sqlite3.Connection
    lexicons: Lexicons
    warn: Callable[[str], None]
    people: int
    read_places: int = 0
    _iso3: dict[bytes, str] = field(factory=dict)
    _division_words: frozenset[str] = frozenset()
    _ours: set[tuple[int, int]] = field(factory=set)
    _boxes: dict[tuple[str, ...], _Box] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for row in self.lexicons.table(COUNTRIES):
            if row["to"] is None:
                self._iso3[row.need("iso2").encode()] = row.need("code")
        self._division_words = frozenset(
            row.need("word") for row in self.lexicons.table(WORDS) if row.need("class") == "division"
        )

    def lay(self, base: Path) -> None:
        """The places of a finished gazetteer, under what follows."""
        try:
            batches = pq.ParquetFile(base).iter_batches(BATCH, columns=list(COLUMNS))
        except (FileNotFoundError, pa.ArrowInvalid) as error:
            raise ResolveError(f"{base}: no gazetteer; bench/build_gazetteer.py builds it") from error
        for batch in batches:
            for row in batch.to_pylist():
                place = row["geonameid"], row["kind"]
                country, _, admin1 = row["division"].partition(".")
                name = row["name"] or _titled(row["key"])
                self._place(*place, name, country, admin1, "", row["people"], row["lat"] / 100, row["lon"] / 100, row["radius_km"])
                self._name(*place, row["key"], row["alias"])
                self._ours.add(place)

    def read(self, source: _Source) -> None:
        take = {DUMP: self._take_place, DIVISIONS: self._take_division, NAMES: self._take_name}[source.form]
        faults, number = 0, 0
        try:
            for number, line in enumerate(source.lines(), 1):
                if not line or line.startswith(b"#"):
                    continue
                try:
                    take(line.removeprefix(b"\xef\xbb\xbf").split(b"\t"))
                except _Malformed as fault:
                    faults += 1
                    if faults <= TOLD:
                        self.warn(f"{source.label}:{number}: {fault}; line left out")
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            self.warn(f"{source.label}:{number + 1}: breaks off ({error}); what stands before it is kept, download it again")
        if faults > TOLD:
            self.warn(f"{source.label}: {faults - TOLD} more lines left out")

    def _take_place(self, cells: list[bytes]) -> None:
        if len(cells) != 19:
            raise _Malformed(f"{len(cells)} columns; a place has 19, parted by tabs")
        kind = _kind(cells)
        if kind is None:
            return
        country = self._country(cells[8])
        number, people = _number(cells[0], "geonameid"), _number(cells[14] or b"0", "population")
        if not 0 < number < 1 << 31 or not 0 <= people < 1 << 31:
            raise _Malformed(f"geonameid {number}, population {people}; both must be positive and below 2147483648")
        lat, lon = _degrees(cells[4], 90, "latitude"), _degrees(cells[5], 180, "longitude")
        name, spellings, admin1, admin2 = (_text(cells[i]) for i in (1, 3, 10, 11))
        if not fold(name):
            raise _Malformed("no name in column 2; fill it")
        code = cells[7].decode("ascii", "replace")
        if kind == TOWN and people < self.people and code not in SEATS:
            return
        if kind == ADMIN2 and people < PEOPLE_COUNTY and country != "USA":
            return
        self.read_places += 1
        if kind == TOWN:
            self._hold(country, admin1, admin2, lat, lon)
        ours = (number, kind) in self._ours
        if ours and kind == TOWN:  # what we called it is another spelling now
            self.store.execute("UPDATE names SET alias = 1 WHERE id = ? AND kind = ?", (number, kind))
        if not ours or kind == TOWN:  # a division of ours keeps its name and the point amid its towns
            self._place(number, kind, name, country, admin1, admin2, people, lat, lon, None)
        self._name(number, kind, fold(name), ours and kind != TOWN)
        if kind == ADMIN1:
            self._short(number, name)
        if kind == ADMIN1 or kind == TOWN and people >= PEOPLE_ALIAS:
            for spelling in filter(_is_latin, spellings.split(",")):
                self._name(number, kind, fold(spelling), True)

    def _take_division(self, cells: list[bytes]) -> None:
        """A line of admin1CodesASCII.txt: the names of a division whose place may be known already."""
        if len(cells) != 4:
            raise _Malformed(f"{len(cells)} columns; a division has 4, parted by tabs")
        land, _, admin1 = cells[0].partition(b".")
        country, name, number = self._country(land), _text(cells[1]), _number(cells[3], "geonameid")
        if not fold(name) or not 0 < number < 1 << 31:
            raise _Malformed("no name in column 2 or no geonameid in column 4; fill them")
        self.read_places += 1
        self.store.execute(
            "INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, '', 0, NULL, NULL, NULL)",
            (number, ADMIN1, name, country, _text(admin1)),
        )
        self._name(number, ADMIN1, fold(name), fold(name) != fold(self._known(number, ADMIN1) or name))
        self._short(number, name)

    def _take_name(self, cells: list[bytes]) -> None:
        """A line of alternateNames: the English names of places that were kept."""
        if not 4 <= len(cells) <= 10:
            raise _Malformed(f"{len(cells)} columns; a name has 8 to 10, parted by tabs")
        colloquial = len(cells) > 6 and cells[6] == b"1"
        if cells[2] != b"en" or colloquial:
            return
        number, name = _number(cells[1], "geonameid"), _text(cells[3])
        if not _is_latin(name):
            return
        for kind in (ADMIN1, ADMIN2, TOWN):
            if self._known(number, kind) is not None:
                self._name(number, kind, fold(name), True)

    def _known(self, number: int, kind: int) -> str | None:
        row = self.store.execute("SELECT name FROM places WHERE id = ? AND kind = ?", (number, kind)).fetchone()
        return None if row is None else str(row[0])

    def _short(self, number: int, name: str) -> None:
        """ "Anbar" for "Anbar Governorate", as news have it."""
        words = name.split()
        if len(words) > 1 and fold(words[-1]) in self._division_words:
            self._name(number, ADMIN1, fold(" ".join(words[:-1])), True)

    def _country(self, code: bytes) -> str:
        found = self._iso3.get(code)
        if found is None:
            raise _Malformed(f"country {code.decode('utf-8', 'replace')!r} is no ISO alpha-2 code; mend it or add it to {COUNTRIES}")
        return found

    def _hold(self, country: str, admin1: str, admin2: str, lat: float, lon: float) -> None:
        for division in ((country, admin1), (country, admin1, admin2)):
            if division[-1]:
                self._boxes.setdefault(division, _Box(lat, lat, lon, lon)).hold(lat, lon)

    def _place(self, *cells: Any) -> None:
        self.store.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)

    def _name(self, number: int, kind: int, key: str, alias: bool) -> None:
        self.store.execute(
            "INSERT INTO names VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET alias = min(alias, excluded.alias)",
            (number, kind, key, int(alias)),
        )

    def measure(self) -> None:
        """Gives new divisions the reach of their towns, and those without a point its middle; without towns they go."""
        rows = self.store.execute(
            "SELECT id, kind, country, admin1, admin2, lat FROM places WHERE kind IN (?, ?) AND radius IS NULL", (ADMIN1, ADMIN2)
        ).fetchall()
        for number, kind, country, admin1, admin2, lat in rows:
            box = self._boxes.get((country, admin1) if kind == ADMIN1 else (country, admin1, admin2))
            radius = MIN_RADIUS if box is None else box.radius
            self.store.execute("UPDATE places SET radius = ? WHERE id = ? AND kind = ?", (radius, number, kind))
            if lat is None and box is not None:
                self.store.execute("UPDATE places SET lat = ?, lon = ? WHERE id = ? AND kind = ?", (*box.middle, number, kind))


def _kind(cells: list[bytes]) -> int | None:
    """The kind of a place that masudi names by the table: towns, first and second-level divisions that still are."""
    code = cells[7].decode("ascii", "replace")
    if cells[6] == b"P":
        return None if code in GONE else TOWN
    return {"ADM1": ADMIN1, "ADM2": ADMIN2}.get(code) if cells[6] == b"A" else None


def _number(cell: bytes, what: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise _Malformed(f"{what} {cell[:40].decode('utf-8', 'replace')!r} is no whole number; mend it") from None


def _degrees(cell: bytes, most: int, what: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        raise _Malformed(f"{what} {cell[:40].decode('utf-8', 'replace')!r} is no number from -{most} to {most}; mend it")
    return value


def _text(cell: bytes) -> str:
    try:
        return cell.decode("utf-8")
    except UnicodeDecodeError:
        raise _Malformed("not UTF-8; convert the file, or download it again") from None


def _is_latin(name: str) -> bool:
    return LATIN.fullmatch(name) is not None and not name.isupper()


def _titled(key: str) -> str:
    return " ".join(word.capitalize() for word in key.split(" "))


def _rounded(people: int) -> int:
    """One leading digit, two from a hundred thousand on: what the choice between namesakes and the precision need."""
    unit = 10 ** max(0, len(str(people)) - (2 if people >= 100_000 else 1))
    return int(round(people / unit) * unit)


def _write(store: sqlite3.Connection, path: Path) -> int:
    """The rows in the order of their keys; their number."""
    rows = store.execute(_ROWS)
    number = 0
    with pq.ParquetWriter(
        path, _SCHEMA, compression="zstd", use_dictionary=["kind", "division", "people", "radius_km"],
        column_encoding={"key": "DELTA_BYTE_ARRAY", "name": "DELTA_BYTE_ARRAY"}, write_statistics=False,
    ) as writer:  # fmt: skip
        while found := rows.fetchmany(BATCH):
            number += len(found)
            writer.write_batch(_batch(found))
    return number


def _batch(rows: Iterable[tuple[Any, ...]]) -> pa.RecordBatch:
    cells = [
        (key, None if _titled(key) == name else name, kind, division, number, _rounded(people), round(lat * 100),
         round(lon * 100), None if kind == TOWN else round(min(MAX_RADIUS, radius)), bool(alias))
        for key, name, kind, division, number, people, lat, lon, radius, alias in rows
    ]  # fmt: skip
    columns = [pa.array(column, type_) for column, type_ in zip(zip(*cells, strict=True), _SCHEMA.types, strict=True)]
    return pa.record_batch(columns, schema=_SCHEMA)
