"""Phoenix dictionaries → a folder of masudi's own lexicon files, to lie over the built-in ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from attrs import frozen

from ..lexicon import Lexicons, describe
from ..text import fold
from .names import plain
from .phoenix import NULL, ActorRecord, AgentRecord, DatedCode, in_words, read_dictionaries

Cells = dict[str, str]
Interval = tuple[date, date]

DAY = timedelta(days=1)
SMALL = frozenset(("of", "and", "the", "for", "in", "on", "to", "de", "del", "la", "van", "von", "bin", "ibn", "al", "el"))
LONGEST_ACRONYM = 6
ARMED = frozenset(("REB", "UAF"))
KINDS = {"IGO": "igo", "NGO": "ngo", "BUS": "company", "MED": "media", "REL": "religious", "LAB": "union",
         "MIL": "military", "COP": "police", "JUD": "court", "LEG": "legislature", "PTY": "party"}  # fmt: skip
COUNTRIES, PEOPLE = "world/countries.tsv", "world/people.tsv"
ORGANISATIONS, GROUPS, ROLES = "world/organisations.tsv", "world/groups.tsv", "en/roles.tsv"


@frozen(kw_only=True)
class Imported:
    """What an import wrote: rows by file name, and what it left out, as `file:line: why`."""

    rows: Mapping[str, int]
    warnings: tuple[str, ...]


@frozen(kw_only=True)
class Meaning:
    """What one code means."""

    country: str | None
    sectors: tuple[str, ...]
    label: str


@frozen(kw_only=True)
class _Told:
    """A meaning and the days it holds, overlaps with earlier codes taken out."""

    meaning: Meaning
    start: date | None
    end: date | None


def import_phoenix(files: Sequence[Path], folder: Path, lexicons: Lexicons | None = None) -> Imported:
    """Writes `folder`/world/*.tsv and en/roles.tsv from Phoenix dictionaries; `lexicons = [folder]` then uses them.

    A name the built-in tables know keeps its spelling there, so that its roles gather under one actor.
    Raises ReadError for a file that cannot be read; a record that cannot be used is a warning.
    """
    found = read_dictionaries(files)
    tables = _Tables(lexicons or Lexicons())
    for record in found.actors:
        tables.add_actor(record)
    for agent in found.agents:
        tables.add_agent(agent)
    rows = {name: _write(folder / name, name, cells.values()) for name, cells in tables.rows.items() if cells}
    return Imported(rows=rows, warnings=(*found.warnings, *tables.warnings))


def _write(path: Path, name: str, rows: Iterable[Cells]) -> int:
    description = describe(name)
    key = description.key
    ordered = sorted(rows, key=lambda r: tuple(r.get(c, "") for c in key))
    columns = [c for c in description.columns if c not in description.spare]
    lines = ["\t".join(columns)]
    lines += ["\t".join(row.get(c, "") for c in columns) for row in ordered]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(ordered)


class _Tables:
    """The rows made so far, by file and key."""

    def __init__(self, lexicons: Lexicons) -> None:
        table = lexicons.table
        self.rows: dict[str, dict[tuple[str, ...], Cells]] = defaultdict(dict)
        self.warnings: list[str] = []
        self._codes = {r.need("code"): r for r in table("cameo/actor_codes.tsv")}
        self._countries = {r.need("code"): r for r in table(COUNTRIES)}
        self._known_state_names = frozenset(
            _loose(n) for r in table(COUNTRIES)
            for column in ("name", "aliases", "demonyms", "people", "capital", "metonyms") for n in r.many(column)
        )  # fmt: skip
        self._persons = {_loose(n): r.need("name") for r in table(PEOPLE) for n in (r.need("name"), *r.many("aliases"))}
        self._bodies = {
            _loose(n): (name, r.need("name")) for name in (ORGANISATIONS, GROUPS) for r in table(name)
            for n in (r.need("name"), *r.many("aliases"))
        }  # fmt: skip
        self._given = frozenset(fold(r.need("name")) for r in table("en/given_names.tsv"))
        self._roles = {r.need("phrase"): r for r in table(ROLES) if r["kind"] != "modifier"}

    def meaning(self, code: str, where: str) -> Meaning | None:
        """Country and sectors of a code such as `IRQREB` or `MNCUSA`; None, with a warning, when it says nothing."""
        base, rest = code[:3], [code[i : i + 3] for i in range(3, len(code), 3)]
        country: str | None = None
        sectors: list[str] = []
        label = ""
        if base == "IGO":
            return Meaning(country=None, sectors=("IGO", *rest[:1]), label="official")
        for place, part in enumerate((base, *rest)):
            row = self._codes.get(part)
            if part in self._countries and (row is None or place == 0):
                country = country or part
            elif row is not None:
                country = country or row["country"]
                sectors += [s for s in row.many("sectors") if s not in sectors]
                label = label or row["label"] or ""
            elif place == 0:
                self.warnings.append(f"{where}: {code}: {base!r} is no country masudi knows; used without one")
        if country is None and not sectors:
            self.warnings.append(f"{where}: {code} left out: neither country nor sector")
            return None
        return Meaning(country=country, sectors=tuple(sectors[:1]), label=label)

    def add_actor(self, record: ActorRecord) -> None:
        told = self._told(record)
        if not told:
            return
        names = [n for phrase in record.phrases for n in spellings(phrase)]
        if all(not t.meaning.sectors for t in told):
            self._add_state_names(names, told)
        elif any(t.start or t.end for t in told) or len(told) > 1 or self._is_person(names):
            self._add_person(names, told, record.where)
        else:
            self._add_body(names, told[0].meaning, record.where)

    def _told(self, record: ActorRecord) -> list[_Told]:
        """The record's codes with their days: the first that fits wins, codes without limits come last."""
        out: list[_Told] = []
        taken: list[Interval] = []
        for code in sorted(record.codes, key=lambda c: not c.limited):
            parts = _free(code, taken)
            taken += [(s or date.min, e or date.max) for s, e in parts]
            found = None if code.code == NULL else self.meaning(code.code, record.where)
            if found is not None:
                out += [_Told(meaning=found, start=s, end=e) for s, e in parts]
        return out

    def _is_person(self, names: Sequence[str]) -> bool:
        return _loose(names[0]) in self._persons or (" " in names[0] and fold(names[0].split()[0]) in self._given)

    def _add_state_names(self, names: Sequence[str], told: Sequence[_Told]) -> None:
        code = told[-1].meaning.country
        new = [n for n in names if _loose(n) not in self._known_state_names]
        if code is None or not new:
            return
        rows = self.rows[COUNTRIES]
        row = rows.setdefault((code,), dict(self._countries[code].values))
        row["aliases"] = _joined([*row["aliases"].split(";"), *new])

    def _add_person(self, names: Sequence[str], told: Sequence[_Told], where: str) -> None:
        known = next((self._persons[_loose(n)] for n in names if _loose(n) in self._persons), None)
        body = next((self._bodies[_loose(n)] for n in names if _loose(n) in self._bodies), None)
        if known is None and body is not None:
            self._add_body(names, next(t.meaning for t in reversed(told) if t.meaning.sectors), where)
            return
        name = known or names[0]
        for t in told:
            if not t.meaning.sectors:
                continue
            start = t.start.isoformat() if t.start else ""
            cells = {
                "name": name, "aliases": _joined(n for n in names if n != name), "country": t.meaning.country or "",
                "title": t.meaning.label or "actor", "sectors": ";".join(t.meaning.sectors), "from": start,
                "to": t.end.isoformat() if t.end else "", "note": where,
            }  # fmt: skip
            self.rows[PEOPLE].setdefault((name, cells["country"], cells["title"], start), cells)

    def _add_body(self, names: Sequence[str], meaning: Meaning, where: str) -> None:
        table = GROUPS if meaning.sectors[0] in ARMED else ORGANISATIONS
        name = names[0]
        for spelt in names:
            if _loose(spelt) in self._bodies:
                table, name = self._bodies[_loose(spelt)]
                break
        cells = {
            "name": name, "aliases": _joined(n for n in names if n != name), "country": meaning.country or "",
            "sectors": ";".join(meaning.sectors), "note": where,
        }  # fmt: skip
        if table == ORGANISATIONS:
            cells["kind"] = KINDS.get(meaning.sectors[0], "other")
        row = self.rows[table].setdefault((name,), cells)
        row["aliases"] = _joined([*row["aliases"].split(";"), *cells["aliases"].split(";")])

    def add_agent(self, agent: AgentRecord) -> None:
        phrase = agent.phrase.lower()
        parts = [agent.code[i : i + 3] for i in range(0, len(agent.code), 3)]
        sectors = [s for p in parts if (row := self._codes.get(p)) is not None for s in row.many("sectors")][:1]
        if not sectors:
            self.warnings.append(f"{agent.where}: {agent.phrase!r}: code {agent.code} has no PLOVER sector")
            return
        known = self._roles.get(phrase)
        cells = dict(known.values) if known is not None else {"phrase": phrase, "kind": "group"}
        cells |= {"sectors": ";".join(sectors), "note": agent.where}
        if known is None:
            cells["plural"] = _plural(phrase) if agent.plural is None else agent.plural.lower() or phrase
        self.rows[ROLES].setdefault((phrase, cells["kind"]), cells)


def _free(code: DatedCode, taken: Sequence[Interval]) -> list[tuple[date | None, date | None]]:
    """The parts of a code's days that no earlier code holds; a code without limits is left whole (it yields)."""
    if not code.limited:
        return [(None, None)]
    parts = [(code.start or date.min, code.end or date.max)]
    for start, end in taken:
        rest: list[Interval] = []
        for first, last in parts:
            if end < first or last < start:
                rest.append((first, last))
                continue
            if first < start:
                rest.append((first, start - DAY))
            if end < last:
                rest.append((end + DAY, last))
        parts = rest
    return [(None if s == date.min else s, None if e == date.max else e) for s, e in parts]


def _plural(phrase: str) -> str:
    """The plural of a phrase's last word: regular, or that of man and woman; the phrase where it is one already."""
    if phrase.endswith(("men", "people")):
        return phrase
    if phrase.endswith("man"):
        return phrase[:-2] + "en"
    if phrase.endswith(("s", "x", "ch", "sh")):
        return phrase + "es"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + "s"


def _loose(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace(".", "").removeprefix("the ").split())


def _joined(names: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(n for n in names if n))


def spellings(phrase: str) -> list[str]:
    """A phrase in capitals as running text may spell it: "BASHAR_AL_ASSAD_" → Bashar al-Assad, Bashar al Assad, ...

    Names of one short word stand in capitals too, as acronyms do.
    """
    words = in_words(phrase.replace(";", " ").replace("\t", " ")).split()
    if not words:
        return []
    if len(words) == 1 and ("." in words[0] or (len(words[0]) <= LONGEST_ACRONYM and not words[0][0].isdigit())):
        return list(dict.fromkeys((words[0].upper(), _capital(words[0]))))
    usual = [_capital(w) if i == 0 or w.lower() not in SMALL else w.lower() for i, w in enumerate(words)]
    names = [" ".join(usual)]
    if any(w in ("al", "el") for w in usual):
        names.insert(0, names[0].replace(" al ", " al-").replace(" el ", " el-"))
        names.append(" ".join(_capital(w) for w in words))
    return list(dict.fromkeys(names))


def _capital(word: str) -> str:
    """A word in capitals with only its first letters large: "AL-ASSAD" → Al-Assad, "U.N." as it is."""
    if "." in word:
        return word
    return "-".join(part[:1].upper() + part[1:].lower() for part in plain(word).split("-"))
