"""Builds src/masudi/data/world/cities.tsv from places.parquet: the names of larger cities and provinces, by country.

    python bench/build_cities.py && python -m masudi.lexicon world/cities.tsv

Naming actors asks only in which country a place lies that a sentence is about; reading that out of the whole gazetteer
took a third of the time naming needs to load. Kept: names of CITY_PEOPLE people and more, that mean one country far more
often than any other. tests/test_world_data.py fails when places.parquet has changed and this was not run again.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from masudi.lexicon import DATA, Lexicons, describe
from masudi.resolve.names import plain

PLACES, NAME = DATA / "world" / "places.parquet", "world/cities.tsv"
CITY_PEOPLE = 100_000  # smaller towns share their names with too much else
MIN_CITY = 4  # letters
COUNTRY_LETTERS = 3  # "IRQ.07" lies in IRQ
CITY_LEAD = 4  # a city's name tells its country when it has this many times the people of its namesakes abroad


def cities(places: Path = PLACES) -> dict[str, str]:
    """Name → code of the one country it tells."""
    large = [("people", ">=", CITY_PEOPLE), ("kind", ">", 0)]
    table = pq.read_table(places, columns=["key", "name", "division", "people"], filters=large)
    country = pc.utf8_slice_codeunits(table["division"].cast("string"), 0, COUNTRY_LETTERS)
    grouped = table.append_column("country", country).group_by(["key", "country"], use_threads=False)
    table = grouped.aggregate([("people", "max"), ("name", "first")]).sort_by([("people_max", "descending")])
    leaders: dict[str, tuple[str, int]] = {}
    spelt: dict[str, str] = {}
    columns = (table[name].to_pylist() for name in ("key", "name_first", "country", "people_max"))
    for key, name, code, people in zip(*columns, strict=True):  # the largest of a name first
        if key not in spelt:
            spelt[key] = plain(name) if name else key.title()
            leaders[key] = (code, people)
        elif key in leaders and CITY_LEAD * people > leaders[key][1]:
            del leaders[key]
    known = {row.need("code") for row in Lexicons().table("world/countries.tsv")}
    found: dict[str, str] = {}
    for key, (code, _) in leaders.items():
        name = spelt[key]
        if code in known and len(name) >= MIN_CITY and name[0].isupper():
            found.setdefault(name, code)
    return found


def lines(found: dict[str, str]) -> list[str]:
    """The lines of the table, header first, as the file holds them."""
    by_country: dict[str, list[str]] = defaultdict(list)
    for name, code in found.items():
        by_country[code].append(name)
    rows = ["\t".join((code, ";".join(sorted(names)), "geonames", "")) for code, names in sorted(by_country.items())]
    return ["\t".join(describe(NAME).columns), *rows]


if __name__ == "__main__":
    (DATA / NAME).write_text("\n".join(lines(cities())) + "\n", encoding="utf-8")
