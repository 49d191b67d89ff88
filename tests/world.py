"""A small world for tests of actors: tables in memory in the place of world/*.tsv, so that data may grow freely."""

from __future__ import annotations

from masudi.lexicon import Lexicons, Row, describe

COUNTRIES = """
BOL BO|Bolivia||Bolivian|Bolivians|La Paz||
CHL CL|Chile||Chilean|Chileans|Santiago||
EGY EG|Egypt||Egyptian|Egyptians|Cairo||
GEO GE|Georgia||Georgian|Georgians|Tbilisi||
IRN IR|Iran||Iranian|Iranians|Tehran||
IRQ IQ|Iraq||Iraqi|Iraqis|Baghdad||
ISR IL|Israel||Israeli|Israelis|Jerusalem||
JOR JO|Jordan||Jordanian|Jordanians|Amman||
PER PE|Peru||Peruvian|Peruvians|Lima||
POL PL|Poland||Polish;Pole|Poles|Warsaw||
RUS RU|Russia||Russian|Russians|Moscow|Kremlin|
SYR SY|Syria||Syrian|Syrians|Damascus||
TCD TD|Chad||Chadian|Chadians|N'Djamena||
TUR TR|Turkey|Türkiye|Turkish|Turks|Ankara||
USA US|United States|US;U.S.;America|American|Americans|Washington|White House|
"""
PEOPLE = """
Elena Vargas|Vargas|PER|foreign minister|GOV|2008-03|2011-07
Elena Vargas||PER|president|GOV|2011-07-28|2016-07-28
Elena Vargas||PER|leader of the Union Party|PTY|2016-08|
Mohammed Shia al-Hakim||IRQ|prime minister|GOV|2020-01|
Jonas Muster||BOL|party leader|PTY|2001|2004
"""
ORGANISATIONS = """
United Nations|UN;U.N.|igo||IGO;UNO
UN Security Council|Security Council|igo||IGO;UNO
Mossad||agency|ISR|SPY
Knesset||legislature|ISR|LEG
Union Party||party|PER|PTY
"""
GROUPS = """
Islamic State|ISIS|IRQ|REB
Army of the Andes|AOA|PER|REB
Taliban||AFG|REB
"""
PEOPLES = """
Kurds|Kurd;Kurdish|ETH|
Shia|Shiite;Shiites|REL|
"""


def _rows(name: str, lines: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    out = []
    for number, line in enumerate(lines.strip().split("\n"), start=2):
        cells = dict.fromkeys(describe(name).columns, "")
        cells.update(zip(columns, line.split("|"), strict=False))
        out.append(Row(cells, f"{name}:{number}"))
    return tuple(out)


def _countries() -> str:
    lines = []
    for line in COUNTRIES.strip().split("\n"):
        codes, rest = line.split("|", 1)
        lines.append("|".join((*codes.split(" "), rest)))
    return "\n".join(lines)


class TinyWorld(Lexicons):
    """The built-in lexicons with a world of fifteen countries."""

    def table(self, name: str) -> tuple[Row, ...]:
        tables = {
            "world/countries.tsv": (
                _countries(), ("code", "iso2", "name", "aliases", "demonyms", "people", "capital", "metonyms")),
            "world/people.tsv": (PEOPLE, ("name", "aliases", "country", "title", "sectors", "from", "to")),
            "world/organisations.tsv": (ORGANISATIONS, ("name", "aliases", "kind", "country", "sectors")),
            "world/groups.tsv": (GROUPS, ("name", "aliases", "country", "sectors")),
            "world/peoples.tsv": (PEOPLES, ("name", "aliases", "sectors", "country")),
        }  # fmt: skip
        if name in tables:
            lines, columns = tables[name]
            return _rows(name, lines, columns)
        return super().table(name)
