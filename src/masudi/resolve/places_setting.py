"""What an article's other names say about where it plays, and how well each place a name may mean fits it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from attrs import field, frozen

from .places_gazetteer import Gazetteer, Sense

# Between namesakes: what the text says outright outweighs company, company outweighs size.
LISTED_DIGITS = math.log10(100_001)  # a town the regions table lists for its part in the news counts as one of a hundred thousand
SAID = 5.0
SAME_COUNTRY = 0.8
NEARBY = 0.6  # per other name that has a place within a degree, up to three
NAMESAKES = 8  # a name with more places than this counts as a neighbour only in part
CAPITAL_FIT = 0.8
KNOWN_WORLDWIDE = 2.0  # a country or sea against towns named after it
REGION_FIRST = 1.0  # "the Sahel" is hardly the province of Burkina Faso
NAMED_AS_COUNTRY = 1.7  # a state that shares a country's name ("Georgia"): company decides
ALIAS = -0.35
MOST_NEAR = 3.0


@frozen
class Setting:
    """One article's names, by where their places lie.

    shares: of each country the article names, what its being named adds to its places. squares, provinces: for each square
    of one degree and each province, the names that may lie in it, and how much they weigh. largest: people of the
    largest town of a name in a country.
    """

    shares: Mapping[str, float]
    squares: Mapping[tuple[int, int], Mapping[str, float]]
    provinces: Mapping[tuple[str, str], Mapping[str, float]]
    largest: Mapping[tuple[str, str | None], int]
    gazetteer: Gazetteer
    _around: dict[tuple[int, int], dict[str, float]] = field(factory=dict, init=False)

    def fit(self, sense: Sense, key: str, said: tuple[str | None, str | None] | None) -> float:
        """How well one sense of a name fits the article, but for the provinces that play in it.

        said: country and province of the place that the text says holds it.
        """
        kind, country = sense.kind, sense.country
        fit = (LISTED_DIGITS if kind == "city" and sense.people is None else sense.digits) / 4
        if kind in ("country", "region", "landmark"):
            fit += KNOWN_WORLDWIDE + (REGION_FIRST if kind == "region" else 0.0)
        if sense.alias:
            fit += ALIAS
        if said is not None and country == said[0] and said[1] in (None, sense.admin1) and kind != "country":
            fit += SAID
        fit += self.shares.get(country or "", 0.0) if country is not None else 0.0
        if kind == "city" or kind == "admin2":
            fit += NEARBY * min(MOST_NEAR, self._nearby(sense.cell, key))
        if kind == "admin1":
            held = self.provinces.get(sense.province, {})
            fit += NEARBY * min(MOST_NEAR, sum(weight for name, weight in held.items() if name != key))
            if key in self.gazetteer.countries:
                fit += NAMED_AS_COUNTRY
        seat = kind == "city" and (key, country) in self.gazetteer.capitals
        if seat and (sense.people or 0) >= self.largest.get((key, country), 0) and (  # not Washington, Connecticut
            not self.shares or country in self.shares
        ):
            fit += CAPITAL_FIT
        return fit

    def _nearby(self, cell: tuple[int, int], key: str) -> float:
        """How many other names have a place within a degree or so of a square."""
        around = self._around.get(cell)
        if around is None:
            around = self._around[cell] = self._names_around(*cell)
        return sum(weight for name, weight in around.items() if name != key)

    def _names_around(self, row: int, column: int) -> dict[str, float]:
        around: dict[str, float] = {}
        for r in (row - 1, row, row + 1):
            for c in (column - 1, column, column + 1):
                for name, weight in self.squares.get((r, c), {}).items():
                    around[name] = max(weight, around.get(name, 0.0))
        return around


def setting_of(names: Mapping[str, Sequence[Sense]], countries: Counter[str], gazetteer: Gazetteer) -> Setting:
    """The setting of an article by its names and what each may mean, and the countries it names how often.

    A name of many places weighs less in each.
    """
    squares: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    provinces: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    largest: dict[tuple[str, str | None], int] = {}
    for key, senses in names.items():
        towns = [s for s in senses if s.kind == "city" or s.kind == "admin2"]
        weight = min(1.0, NAMESAKES / len(towns)) if towns else 0.0
        for sense in towns:
            squares[sense.cell][key] = weight
            provinces[sense.province][key] = weight
            if sense.kind == "city":
                largest[key, sense.country] = max(sense.people or 0, largest.get((key, sense.country), 0))
    total = max(1, sum(countries.values()))
    shares = {country: SAME_COUNTRY * min(1.0, 0.5 + n / total) for country, n in countries.items()}
    return Setting(shares, squares, provinces, largest, gazetteer)
