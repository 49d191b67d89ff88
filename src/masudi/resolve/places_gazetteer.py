"""Names of places and what each may mean: towns and divisions (Parquet), countries and regions (TSV)."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from attrs import evolve, field, frozen

from ..errors import ResolveError
from ..lexicon import DATA, Lexicons, Row
from ..text import fold

FILE = DATA / "world" / "places.parquet"
COUNTRIES = "world/countries.tsv"
POINTS = "world/country_points.tsv"
DEMONYMS = "world/place_demonyms.tsv"
REGIONS = "world/regions.tsv"
ABBREVIATIONS = "world/place_abbreviations.tsv"
KINDS = ("country", "admin1", "admin2", "city")
MAKERS = "`masudi gazetteer build` makes one of your own, bench/build_gazetteer.py the built-in one"
COLUMNS = ("key", "name", "kind", "division", "geonameid", "people", "lat", "lon", "radius_km", "alias")


@frozen
class Sense:
    """One place a name may mean. people: inhabitants, None for a region; alias: the name is not its main one.

    digits: the decimal logarithm of the people; province: country and first-level division; cell: the square of one
    degree it lies in. Worked out once, since a name may mean hundreds of places.
    """

    name: str
    kind: str
    country: str | None
    admin1: str | None
    geonameid: int | None
    people: int | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    alias: bool = False
    digits: float = field(init=False, eq=False, repr=False)
    province: tuple[str, str] = field(init=False, eq=False, repr=False)
    cell: tuple[int, int] = field(init=False, eq=False, repr=False)

    @digits.default
    def _digits(self) -> float:
        return math.log10((self.people or 0) + 1)

    @province.default
    def _province(self) -> tuple[str, str]:
        return self.country or "", self.admin1 or ""

    @cell.default
    def _cell(self) -> tuple[int, int]:
        return math.floor(self.lat or 0.0), math.floor(self.lon or 0.0)


class Gazetteer:
    """Looks names up. Names are matched folded (case, accents); demonyms and countries by their own tables.

    Raises ResolveError when the Parquet file is missing or of another build.
    """

    def __init__(self, lexicons: Lexicons, path: Path = FILE) -> None:
        try:
            table = pq.read_table(path)
        except FileNotFoundError as error:
            raise ResolveError(f"{path}: no gazetteer; {MAKERS}") from error
        except (pa.ArrowInvalid, OSError) as error:
            raise ResolveError(f"{path}: no Parquet file of places; {MAKERS}") from error
        missing = [name for name in COLUMNS if name not in table.column_names]
        if missing:
            raise ResolveError(f"{path}: no column {', '.join(missing)}; {MAKERS}")
        self._columns = {name: table.column(name).combine_chunks() for name in COLUMNS}
        self._keys = self._columns["key"]
        self._size = table.num_rows
        rows = pc.indices_nonzero(pc.equal(self._columns["kind"], 0)).to_pylist()
        found = [self._sense(i, self._keys[i].as_py()) for i in rows]
        self._points = {s.country: s for s in found if s.admin1 is None}
        for row in lexicons.table(POINTS):
            known = self._points.get(row.need("code"))
            if known is not None:
                self._points[known.country] = evolve(known, lat=float(row.need("lat")), lon=float(row.need("lon")))
        self.towns = lru_cache(maxsize=50_000)(self._towns)
        self.countries: dict[str, Sense] = {}
        self.demonyms: dict[str, Sense] = {}
        self.capitals: set[tuple[str, str]] = set()
        self.regions: dict[str, Sense] = {}
        self.abbreviations: dict[str, tuple[str, str, str]] = {}
        for row in lexicons.table(COUNTRIES):
            self._add_country(row)
        for row in lexicons.table(REGIONS):
            self._add_region(row)
        for row in lexicons.table(DEMONYMS):
            named = self._named(row.need("name"), row["country"])
            if named is not None:
                self.demonyms[fold(row.need("demonym"))] = named
        for row in lexicons.table(ABBREVIATIONS):
            self.abbreviations[row.need("abbreviation")] = (row.need("name"), row.need("country"), row.need("admin1"))

    def _add_country(self, row: Row) -> None:
        code, name = row.need("code"), row.need("name")
        point = self._points.get(code)
        sense = Sense(
            name, "country", code, None, point.geonameid if point else None, point.people if point else None,
            point.lat if point else None, point.lon if point else None, point.radius_km if point else None,
        )  # fmt: skip
        capital = row["capital"]
        if capital:
            self.capitals.add((fold(capital), code))
        past = row["to"] is not None
        for form in (name, *row.many("aliases")):
            if not (past and fold(form) in self.countries) and fold(form) != fold(capital or ""):
                self.countries[fold(form)] = sense
        for form in (*row.many("demonyms"), *row.many("people")):
            if not (past and fold(form) in self.demonyms):
                self.demonyms.setdefault(fold(form), sense)

    def _named(self, name: str, country: str | None) -> Sense | None:
        """The region, else the division, else the largest town of a name."""
        key = fold(name)
        if key in self.regions or key in self.countries and country is None:
            return self.regions.get(key) or self.countries[key]
        found = [s for s in self.towns(key) if country in (None, s.country)]
        return max(found, key=lambda s: (s.kind == "admin1", s.people or 0), default=None)

    def _add_region(self, row: Row) -> None:
        sense = Sense(row.need("name"), row.need("kind"), row["country"], None, None, None, float(row.need("lat")),
                      float(row.need("lon")), float(row.need("radius_km")))  # fmt: skip
        for form in (row.need("name"), *row.many("aliases")):
            self.regions[fold(form)] = sense

    def _find(self, key: str) -> int:
        """The first row whose key is not before `key`."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            if self._keys[middle].as_py() < key:
                low = middle + 1
            else:
                high = middle
        return low

    def _towns(self, key: str) -> tuple[Sense, ...]:
        """Every town, division and country of the Parquet file that bears the name folded to `key`."""
        index = self._find(key)
        out = []
        while index < self._size and self._keys[index].as_py() == key:
            out.append(self._sense(index, key))
            index += 1
        return tuple(out)

    def _sense(self, index: int, key: str) -> Sense:
        cell = {name: column[index].as_py() for name, column in self._columns.items()}
        country, _, admin1 = cell["division"].partition(".")
        people = cell["people"]
        # A town of a million covers some 10 km around its point, one of ten thousand 1 km.
        radius = cell["radius_km"] if cell["radius_km"] is not None else max(1.0, math.sqrt(people) / 100)
        name = cell["name"] or " ".join(word.capitalize() for word in key.split(" "))
        return Sense(name, KINDS[cell["kind"]], country, admin1 or None, cell["geonameid"], people,
                     cell["lat"] / 100, cell["lon"] / 100, round(float(radius), 1), cell["alias"])  # fmt: skip
