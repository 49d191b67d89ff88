"""How far the table of office-holders reaches, and whether it agrees with itself and with a Phoenix dictionary.

    python bench/accuracy/offices.py [--until 2025-12] [--holes] [--faults] [--phoenix FILE ...]

Share of the months from 1990 (or from the state's first) in which world/people.tsv names the foreign, defence and
interior minister of the sixty countries below. "all months" counts each of them; "months of the office" leaves out
those in which there was none: see NO_OFFICE, with the reason.
--holes: the months without a name. --faults: rows of one office that overlap by more than `OVERLAP` days, holes of
more than 60 days between its holders, rows that end before they begin, offices held after death.
--phoenix: dated codes of that dictionary whose person stands in our table, against our role on their middle day.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from attrs import frozen

from masudi.lexicon import Lexicons, Row
from masudi.resolve.names import Entity, Gazetteer
from masudi.resolve.phoenix import read_dictionaries
from masudi.resolve.register import role_on
from masudi.text import fold

FIRST, OVERLAP, HOLE = date(1990, 1, 1), 62, 60
FOLLOWS = {"RUS": "SUN", "COD": "ZAR"}  # its months before its own first are those of that state
SIXTY = (
    "USA GBR FRA DEU RUS CHN JPN IND PAK AFG IRN IRQ ISR PSE SYR LBN JOR EGY SAU YEM QAT KWT TUR GRC ITA ESP NLD BEL "
    "SWE POL UKR BLR GEO ARM AZE KAZ KOR PRK TWN THA PHL IDN MYS MMR BGD LKA AUS CAN MEX BRA ARG COL VEN PER CUB ZAF "
    "NGA KEN SDN LBY"
).split()
TITLES = {
    "foreign": {"foreign minister", "foreign secretary", "external affairs minister", "foreign affairs adviser"},
    "defence": {"defence minister", "defence secretary", "director of the Defence Agency"},
    "interior": {
        "interior minister", "interior secretary", "home minister", "home secretary", "home affairs minister",
        "home affairs adviser", "internal affairs minister", "internal security minister", "public security minister",
        "security minister",
    },
}  # fmt: skip
# Posts of another name that hold the portfolio; "police" and "justice" count only where they do.
LOCAL = {
    ("USA", "foreign"): {"secretary of state"},
    ("USA", "defence"): {"secretary of defense"},
    ("USA", "interior"): {"attorney general", "secretary of homeland security", "homeland security secretary"},
    ("ARM", "interior"): {"police chief"},
    ("AUS", "interior"): {"attorney general"},
    ("BGD", "interior"): {"state minister for home affairs"},
    ("BRA", "interior"): {"justice minister"},
    ("CAN", "interior"): {"solicitor general", "public safety minister"},
    ("COL", "interior"): {"government minister"},
    ("GRC", "interior"): {"citizen protection minister", "public order minister"},
    ("JPN", "interior"): {"chairman of the National Public Safety Commission"},
    ("LKA", "defence"): {"deputy defence minister"},
    ("MEX", "interior"): {"security secretary"},
    ("PAK", "foreign"): {"adviser on foreign affairs", "minister of state for foreign affairs"},
    ("PSE", "foreign"): {"planning and international cooperation minister"},
    ("SWE", "interior"): {"justice minister"},
    ("ZAF", "interior"): {"police minister", "safety and security minister"},
}
NO_OFFICE = (
    ("PSE", "", "1990-01", "1994-04", "before the Palestinian Authority"),
    ("PSE", "defence", "1994-05", "2026-12", "has no defence ministry"),
    ("JOR", "defence", "1990-01", "2026-12", "the prime minister holds it"),
    ("BRA", "defence", "1990-01", "1999-05", "three ministries of the services, none of defence"),
    ("BGD", "defence", "2024-08", "2026-01", "the chief adviser holds it"),
    ("LKA", "defence", "1990-01", "1994-10", "the president holds it"),
    ("LKA", "defence", "2003-11", "2026-12", "the president holds it"),
    ("KEN", "defence", "1990-01", "2005-11", "the president holds it"),
    ("NGA", "defence", "1990-01", "1990-07", "the head of state holds it"),
    ("NGA", "defence", "1993-12", "1999-05", "the head of state holds it"),
    ("NGA", "", "2003-06", "2003-06", "no cabinet yet"),
    ("NGA", "", "2007-06", "2007-06", "no cabinet yet"),
    ("NGA", "", "2011-06", "2011-06", "no cabinet yet"),
    ("NGA", "", "2015-06", "2015-10", "no cabinet yet"),
    ("NGA", "", "2019-06", "2019-07", "no cabinet yet"),
    ("NGA", "", "2023-06", "2023-07", "no cabinet yet"),
    ("THA", "", "2014-06", "2014-07", "army council, no cabinet"),
    ("SDN", "", "2019-05", "2019-08", "army council, no cabinet"),
    ("SDN", "defence", "2020-04", "2020-05", "vacant"),
    ("CHN", "defence", "2023-11", "2023-11", "vacant"),
    ("PRK", "defence", "1995-03", "1995-09", "vacant"),
    ("PRK", "defence", "1997-03", "1998-08", "vacant"),
    ("CUB", "defence", "2011-10", "2011-10", "vacant"),
    ("IRQ", "", "2003-05", "2003-08", "occupation, no ministers yet"),
    ("IRQ", "defence", "2003-09", "2004-03", "dissolved"),
    ("IRQ", "defence", "2011-01", "2011-07", "vacant"),
    ("IRQ", "defence", "2016-09", "2016-12", "vacant"),
    ("IRQ", "interior", "2016-08", "2016-12", "vacant"),
    ("IRQ", "defence", "2018-11", "2019-05", "vacant"),
    ("IRQ", "interior", "2018-11", "2019-05", "vacant"),
    ("SYR", "interior", "2005-11", "2006-01", "vacant"),
)


@frozen(kw_only=True)
class Office:
    """One person's time in one office, at its longest by the dates of the row; begun and ended: at its shortest.

    end None: still held.
    """

    name: str
    country: str
    title: str
    start: date
    end: date | None
    begun: date
    ended: date

    def holds(self, month: date) -> bool:
        last = (month + timedelta(31)).replace(day=1) - timedelta(1)
        return self.start <= last and (self.end is None or month <= self.end)


def offices(rows: Iterable[Row]) -> Iterator[Office]:
    for row in rows:
        yield Office(
            name=row.need("name"), country=row["country"] or "", title=row.need("title"),
            start=row.day("from") or date.min, end=row.day("to", last=True),
            begun=row.day("from", last=True) or date.min, ended=row.day("to") or date.max,
        )  # fmt: skip


def portfolio_titles(country: str, portfolio: str) -> set[str]:
    return TITLES[portfolio] | LOCAL.get((country, portfolio), set())


def months(first: date, last: date) -> list[date]:
    out = [first.replace(day=1)]
    while out[-1] < last.replace(day=1):
        out.append((out[-1] + timedelta(31)).replace(day=1))
    return out


def state_months(lexicons: Lexicons, country: str, until: date) -> list[date]:
    """The months from 1990 in which the state, or the one it follows, was there."""
    begun = next(r.day("from") for r in lexicons.table("world/countries.tsv") if r["code"] == country)
    first = FIRST if country in FOLLOWS else max(FIRST, begun or FIRST)
    return months(first, until)


def without_office(country: str, portfolio: str, month: date) -> bool:
    day = month.isoformat()[:7]
    return any(c == country and p in ("", portfolio) and a <= day <= b for c, p, a, b, _ in NO_OFFICE)


def coverage(lexicons: Lexicons, until: date) -> dict[str, dict[str, tuple[list[date], list[date]]]]:
    """portfolio → country → its months, and those of them without a name."""
    held: dict[tuple[str, str], list[Office]] = defaultdict(list)
    for office in offices(lexicons.table("world/people.tsv")):
        held[office.country, office.title].append(office)
    out: dict[str, dict[str, tuple[list[date], list[date]]]] = {}
    for portfolio in TITLES:
        for country in SIXTY:
            states = [country, FOLLOWS.get(country, country)]
            titles = portfolio_titles(country, portfolio)
            mine = [o for c in states for t in titles for o in held[c, t]]
            every = state_months(lexicons, country, until)
            holes = [m for m in every if not any(o.holds(m) for o in mine)]
            out.setdefault(portfolio, {})[country] = (every, holes)
    return out


def print_coverage(lexicons: Lexicons, until: date, *, holes: bool) -> None:
    for portfolio, countries in coverage(lexicons, until).items():
        every = sum(len(months_) for months_, _ in countries.values())
        missing = [(c, m) for c, (_, absent) in countries.items() for m in absent]
        real = [(c, m) for c, m in missing if not without_office(c, portfolio, m)]
        office = sum(not without_office(c, portfolio, m) for c, (all_, _) in countries.items() for m in all_)
        print(f"{portfolio:9} all months {1 - len(missing) / every:.3f} of {every}, "
              f"months of the office {1 - len(real) / office:.3f} of {office}")
        if holes:
            for country in SIXTY:
                spans = runs([m for c, m in real if c == country])
                if spans:
                    print(f"    {country}", ", ".join(f"{a:%Y-%m}..{b:%Y-%m}" for a, b in spans))


def runs(found: Sequence[date]) -> list[tuple[date, date]]:
    """Months that follow one another, as first and last."""
    out: list[tuple[date, date]] = []
    for month in found:
        if out and (month - out[-1][1]).days <= 31:
            out[-1] = (out[-1][0], month)
        else:
            out.append((month, month))
    return out


ONE_HOLDER = {
    "prime minister", "president", "king", "chancellor", "foreign minister", "defence minister", "interior minister",
    "foreign secretary", "defence secretary", "home secretary", "home minister", "justice minister", "finance minister",
    "secretary of state", "secretary of defense", "interior secretary", "vice president", "public security minister",
}  # fmt: skip


def faults(lexicons: Lexicons) -> Iterator[str]:
    """Overlaps and holes of offices that one person holds, and rows that end before they begin."""
    held: dict[tuple[str, str], list[Office]] = defaultdict(list)
    for office in offices(lexicons.table("world/people.tsv")):
        if office.end is not None and office.end < office.start:
            yield f"backward  {office.country} {office.title} {office.name} {office.start} {office.end}"
        if office.title in ONE_HOLDER and office.start > date.min:
            held[office.country, office.title].append(office)
    for (country, title), mine in sorted(held.items()):
        mine.sort(key=lambda o: o.start)
        for i, one in enumerate(mine):
            for other in mine[i + 1 :]:
                common = (min(one.ended, other.ended) - max(one.begun, other.begun)).days
                if common > OVERLAP:
                    yield f"overlap   {country} {title}: {told(one)} | {told(other)}"
        reached = mine[0].end
        for before, one in zip(mine, mine[1:], strict=False):
            if reached is not None and one.start > FIRST and (one.start - reached).days > HOLE:
                yield f"hole      {country} {title}: {told(before)} | {told(one)}"
            reached = None if reached is None or one.end is None else max(reached, one.end)


def told(office: Office) -> str:
    return f"{office.name} {office.start}..{office.end or ''}"


def after_death(lexicons: Lexicons) -> Iterator[str]:
    """Nobody who holds an office to the day (a death or a fall) holds another one later without a break."""
    mine: dict[str, list[Office]] = defaultdict(list)
    for office in offices(lexicons.table("world/people.tsv")):
        mine[office.name].append(office)
    for name, held in sorted(mine.items()):
        countries = {o.country for o in held}
        first, last = min(o.start for o in held), max(o.end or date.max for o in held)
        if first > date.min and last < date.max and (last - first).days > 60 * 365:
            yield f"long      {name}: {first}..{last}"
        ministers = {o.country for o in held if o.title in ONE_HOLDER}
        if len(ministers) > 1:
            yield f"countries {name}: {', '.join(sorted(countries))}"


def print_phoenix(lexicons: Lexicons, files: Sequence[Path]) -> None:
    by_name: dict[str, set[str]] = defaultdict(set)
    people = {e.name: e for e in Gazetteer(lexicons).people()}
    for row in lexicons.table("world/people.tsv"):
        for form in (row.need("name"), *row.many("aliases")):
            if " " in form:
                by_name[fold(form)].add(row.need("name"))
    counts: Counter[str] = Counter()
    for record in read_dictionaries(files).actors:
        forms = {fold(p.replace("_", " ")) for p in record.phrases if "_" in p or " " in p}
        found = sorted(set().union(*(by_name.get(f, set()) for f in forms))) if forms else []
        if not found or found[0] not in people:
            continue
        for code in record.codes:
            if code.code == "---" or not code.start or not code.end or code.end < FIRST:
                continue
            verdict, ours = compared(people[found[0]], code.code, max(code.start, FIRST), code.end)
            counts[verdict] += 1
            if verdict != "same":
                print(f"{verdict:12} {found[0]}\t{code.code} {code.start}..{code.end}\tours: {ours}")
    print(dict(counts))


def compared(entity: Entity, code: str, start: date, end: date) -> tuple[str, str]:
    held = role_on(entity, (start + (end - start) / 2).isoformat())
    if held is None:
        return "no role", ""
    role = held[0]
    ours = (role.country or "") + "".join(role.sectors)
    if role.title.startswith("former "):
        return "former", f"{ours} {role.title}"
    same = ours[:6] == code[:6]
    kind = "same" if same else "country" if ours[:3] != code[:3] else "sector"
    return kind, f"{ours} {role.title} {role.start}..{role.end}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--until", default="2025-12", metavar="MONTH")
    parser.add_argument("--holes", action="store_true")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--phoenix", type=Path, nargs="+", metavar="FILE")
    given = parser.parse_args()
    lexicons = Lexicons()
    if given.phoenix:
        print_phoenix(lexicons, given.phoenix)
    elif given.faults:
        for fault in (*faults(lexicons), *after_death(lexicons)):
            print(fault)
    else:
        print_coverage(lexicons, date.fromisoformat(given.until + "-01"), holes=given.holes)


if __name__ == "__main__":
    main()
