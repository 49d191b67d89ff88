"""The gazetteer: every name the world tables know, found in a text with its offsets."""

from __future__ import annotations

import gc
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import SequenceMatcher
from functools import cache, cached_property
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
from ahocorasick_rs import AhoCorasick
from attrs import field, frozen

from ..errors import ResolveError
from ..lexicon import DATA, Lexicons, Row
from ..records import Role, Span
from ..text import slug

# What a table's entry may be called; "place" names a seat of government, "none" a thing that is no actor.
FORMS = ("name", "demonym", "people", "capital", "metonym", "city", "none")
CITIES = DATA / "world" / "places.parquet"
CITY_PEOPLE = 100_000  # smaller towns share their names with too much else
MIN_CITY = 4  # letters
COUNTRY_LETTERS = 3  # "IRQ.07" lies in IRQ
CITY_LEAD = 4  # a city's name tells its country when it has this many times the people of its namesakes abroad
ORGANISATION_RANK = {"state": 0, "group": 1, "organisation": 2, "person": 3, "people": 4}
MIN_ALIKE = 0.7  # 2026-11, by hand: "Muammar Gaddafi" and "Moammar Kadhafi" 0.83, strangers of one skeleton below 0.7
MIN_UPPER = 4  # shorter names in capitals are acronyms and stand in the tables as such


@frozen(kw_only=True)
class Entity:
    """One entry of the world tables.

    kind: an actor kind, or "people" for ethnic and religious groups. roles: a person's, oldest first.
    start, end: days it existed. where: the table row, `world/people.tsv:41`.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    rows: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    where: str = ""
    subkind: str | None = None

    def active(self, day: date | None) -> bool:
        """Whether it existed on `day`; True when either is unknown."""
        return day is None or (
            (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
        )


@frozen(kw_only=True)
class Hit:
    """A name found: where, how it names, and every entry that bears it."""

    span: Span
    form: str
    entities: tuple[Entity, ...]

    @property
    def entity(self) -> Entity:
        return self.entities[0]


@cache
def _plain_table() -> Mapping[int, str]:
    """Each character that has a plain one of the same length: accents off, quotes straight, dashes short."""
    table: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letters = [c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c)]
        if len(letters) == 1 and letters[0] != chr(code):
            table[code] = letters[0]
    table.update({ord(c): p for c, p in zip("ØøŁłĐđıŦŧ", "OoLlDdiTt", strict=True)})
    table.update({ord(c): "'" for c in "’‘ʼʿʾ`´"})
    table.update({ord(c): "-" for c in "‐‑‒–"})
    table.update({ord(c): " " for c in "\n\r\t\u00a0\u2009\u202f"})
    return table


def plain(text: str) -> str:
    """`text` without accents and curly quotes, case kept; the same length, so offsets hold."""
    return text.translate(_plain_table())


@contextmanager
def uncollected() -> Iterator[None]:
    """Garbage collection paused: what is built here lives on, and the collector would count it over and over."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Gazetteer:
    """All names of the world tables, and of `en/not_actors.tsv`, ready to be found in a text."""

    def __init__(self, lexicons: Lexicons, *, cities: Path | None = CITIES) -> None:
        with uncollected():
            self._read(lexicons, cities)

    def _read(self, lexicons: Lexicons, cities: Path | None) -> None:
        self._names: dict[tuple[str, str], dict[str, Entity]] = defaultdict(dict)
        self._cities: dict[str, str] = {}
        self.by_id: dict[str, Entity] = {}
        self.by_country: dict[str, Entity] = {}
        self._read_countries(lexicons)
        self._read_simple(lexicons, "world/organisations.tsv", "organisation")
        self._read_simple(lexicons, "world/groups.tsv", "group")
        self._read_simple(lexicons, "world/peoples.tsv", "people")
        self._read_people(lexicons)
        for row in lexicons.table("en/not_actors.tsv"):
            self._add([row.need("phrase")], "none", Entity(id="", name=row.need("phrase"), kind="people"))
        if not self.by_country:
            raise ResolveError("the gazetteer holds no country: world/countries.tsv is empty")
        self._read_cities(cities)
        self._compile()

    def _add(self, names: Iterable[str], form: str, entity: Entity) -> None:
        for name in names:
            name = plain(name).removeprefix("the ").removeprefix("The ").strip()
            if name:
                self._names[(name, form)].setdefault(entity.id, entity)
        if entity.id:
            self.by_id.setdefault(entity.id, entity)

    def _read_countries(self, lexicons: Lexicons) -> None:
        for row in lexicons.table("world/countries.tsv"):
            code = row.need("code")
            entity = Entity(
                id=f"state:{code}", name=row.need("name"), kind="state", country=code,
                start=row.day("from"), end=row.day("to", last=True), where=row.where,
            )  # fmt: skip
            self.by_country[code] = entity
            self._add([entity.name, *row.many("aliases")], "name", entity)
            self._add(row.many("demonyms"), "demonym", entity)
            self._add(row.many("people"), "people", entity)
            self._add([row["capital"] or ""], "capital", entity)
            self._add(row.many("metonyms"), "metonym", entity)

    def _read_simple(self, lexicons: Lexicons, table: str, kind: str) -> None:
        for row in lexicons.table(table):
            dated = "from" in row.values
            entity = Entity(
                id=f"{kind}:{slug(row.need('name'))}", name=row.need("name"), kind=kind,
                country=row["country"], sectors=row.many("sectors"), where=row.where,
                start=row.day("from") if dated else None, end=row.day("to", last=True) if dated else None,
                subkind=row["kind"] if "kind" in row.values else None,
            )  # fmt: skip
            self._add([entity.name, *row.many("aliases")], "name", entity)

    def _read_people(self, lexicons: Lexicons) -> None:
        by_name: dict[str, list[Row]] = defaultdict(list)
        for row in lexicons.table("world/people.tsv"):
            by_name[row.need("name")].append(row)
        for name, rows in by_name.items():
            rows.sort(key=lambda r: (r.values["from"], r.values["to"] or "9"))
            entity = Entity(
                id=f"person:{slug(name)}", name=name, kind="person", where=rows[0].where,
                roles=tuple(_role(r) for r in rows), rows=tuple(r.where for r in rows),
                country=rows[-1]["country"],
            )  # fmt: skip
            aliases = [alias for row in rows for alias in row.many("aliases")]
            self._add([name, *aliases], "name", entity)

    def _read_cities(self, path: Path | None) -> None:
        """Names of larger cities and provinces: no actors, but they tell in which country something happens."""
        if path is None or not path.is_file():
            return
        large = [("people", ">=", CITY_PEOPLE), ("kind", ">", 0)]
        table = pq.read_table(path, columns=["key", "name", "division", "people"], filters=large)
        country = pc.utf8_slice_codeunits(table["division"].cast("string"), 0, COUNTRY_LETTERS)
        grouped = table.append_column("country", country).group_by(["key", "country"], use_threads=False)
        table = grouped.aggregate([("people", "max"), ("name", "first")]).sort_by([("people_max", "descending")])
        taken = {name for name, _ in self._names}
        leaders: dict[str, tuple[str, int]] = {}
        spelt: dict[str, str] = {}
        columns = (table[name].to_pylist() for name in ("key", "name_first", "country", "people_max"))
        for key, name, code, people in zip(*columns, strict=True):  # the largest of a name first
            if key not in spelt:
                spelt[key] = plain(name) if name else key.title()
                leaders[key] = (code, people)
            elif key in leaders and CITY_LEAD * people > leaders[key][1]:
                del leaders[key]
        for key, (code, _) in leaders.items():
            name = spelt[key]
            if code in self.by_country and len(name) >= MIN_CITY and name[0].isupper() and name not in taken:
                self._cities.setdefault(name, code)

    def _compile(self) -> None:
        patterns: dict[str, list[tuple[str, Entity]]] = defaultdict(list)
        for (name, form), entities in self._names.items():
            for entity in entities.values():
                patterns[name].append((form, entity))
                upper = name.upper()
                if entity.kind == "state" and len(name) >= MIN_UPPER and upper != name:
                    patterns[upper].append((form, entity))
        shared = {code: [("city", state)] for code, state in self.by_country.items()}
        for name, code in self._cities.items():
            patterns.setdefault(name, shared[code])
        self._patterns = list(patterns)
        self._meaning = [sorted(m, key=_form) if len(m) > 1 else m for m in patterns.values()]
        self._automaton = AhoCorasick(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def find(self, text: str) -> list[Hit]:
        """The names in `text`, left to right, the longest where several overlap; word boundaries kept."""
        flat = plain(text)
        found = [
            (start, end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True)
            if _bounded(flat, start, end)
        ]
        found.sort(key=lambda f: (f[0], -f[1]))
        hits: list[Hit] = []
        last_end = 0
        for start, end, index in found:
            if start >= last_end:
                hits.append(_hit(Span(start, end), self._meaning[index]))
                last_end = end
        return hits

    def bearers(self, name: str) -> Iterator[tuple[str, Entity]]:
        """(form, entity) for everything called `name`; case, accents and hyphens do not matter."""
        wanted = _loose(name)
        found = [("city", self.by_country[code]) for known, code in self._cities.items() if _loose(known) == wanted]
        found += [
            (form, entity) for (known, form), entities in self._names.items() if _loose(known) == wanted
            for entity in entities.values()
        ]  # fmt: skip
        found.sort(key=lambda f: (ORGANISATION_RANK[f[1].kind], FORMS.index(f[0]), f[1].id))
        yield from {entity.id: (form, entity) for form, entity in reversed(found)}.values()

    @cached_property
    def _surnames(self) -> dict[str, list[Entity]]:
        surnames: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.by_id.values():
            words = plain(entity.name).replace("-", " ").split() if entity.kind == "person" else []
            for word in dict.fromkeys((*words[:1], *words[-1:]) if len(words) > 1 else ()):
                surnames[word].append(entity)
        return surnames

    @cached_property
    def _skeletons(self) -> dict[tuple[str, ...], Entity | None]:
        index: dict[tuple[str, ...], Entity | None] = {}
        for (name, form), entities in sorted(self._names.items()):
            for entity in entities.values():
                if entity.kind != "person" or form != "name":
                    continue
                key = skeleton(name)
                if len(key) > 1:
                    known = index.setdefault(key, entity)
                    if known is not None and known.id != entity.id:
                        index[key] = None
        return index

    def people_called(self, surname: str, day: date | None) -> list[Entity]:
        """Known people with that last or family name who held a role on `day`, or ever when it is unknown."""
        return [e for e in self._surnames.get(surname, ()) if day is None or any(_held(r, day) for r in e.roles)]

    def person_spelt_like(self, name: str) -> Entity | None:
        """The one known person whose full name differs from `name` only as transliterations do."""
        key = skeleton(name)
        found = self._skeletons.get(key) if len(key) > 1 else None
        return found if found is not None and _alike(name, found.name) else None


def _loose(name: str) -> str:
    return " ".join(plain(name).lower().replace("-", " ").removeprefix("the ").split())


def _alike(one: str, other: str) -> bool:
    """Whether two names of one skeleton are near enough in their vowels too: Elise Moreau is no Elias Murr."""
    a, b = plain(one).lower(), plain(other).lower()
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= MIN_ALIKE


def _form(meaning: tuple[str, Entity]) -> str:
    return meaning[0]


def _role(row: Row) -> Role:
    return Role(
        title=row.need("title"), country=row["country"], sectors=row.many("sectors"),
        start=row.day("from"), end=row.day("to", last=True),
    )  # fmt: skip


def _bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or (before == "'" and start > 1 and text[start - 2].isalnum())) and not (
        after.isalnum()
    )


def _hit(span: Span, meaning: Sequence[tuple[str, Entity]]) -> Hit:
    form = min((f for f, _ in meaning), key=FORMS.index)
    # A name that is a capital and an organisation's too (or a person's) keeps all its bearers.
    entities = [e for f, e in meaning if f == form or form == "name"]
    entities.sort(key=lambda e: ORGANISATION_RANK[e.kind])
    unique = {e.id: e for e in entities}
    return Hit(span=span, form=form, entities=tuple(unique.values()))


def _held(role: Role, day: date) -> bool:
    return (role.start is None or role.start <= day) and (role.end is None or day <= role.end)


_FOLDS = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "z"), ("ph", "f"),
    ("ck", "k"), ("ou", ""), ("q", "k"), ("x", "ks"), ("c", "k"), ("z", "s"), ("w", "v"), ("j", "y"),
)  # fmt: skip
_ARTICLES = frozenset(("al", "el", "ul", "ad", "as", "ash", "at", "az", "an", "ar"))


@cache
def _skeleton_word(word: str) -> str:
    for old, new in _FOLDS:
        word = word.replace(old, new)
    kept: list[str] = []
    for letter in word:
        if letter in "aeiouyh'" and kept:
            continue
        if not kept or kept[-1] != letter:
            kept.append(letter)
    return "".join(kept)


def skeleton(name: str) -> tuple[str, ...]:
    """What stays the same across spellings of one name: consonants of each word, articles dropped.

    Mohammad Shiaa al-Sudani and Mohammed Shia' Al Sudani have the same skeleton.
    """
    words = plain(name).lower().replace("-", " ").replace(".", " ").split()
    parts = tuple(_skeleton_word(w.strip("'")) for w in words if w not in _ARTICLES)
    return tuple(p for p in parts if p)


@frozen
class Ambiguities:
    """Names of countries that are other things too, decided by the words of the article."""

    rows: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str]] = field(factory=dict)

    @classmethod
    def read(cls, lexicons: Lexicons) -> Ambiguities:
        rows = lexicons.table("en/ambiguous_names.tsv")
        return cls({r.need("name"): (r.many("against"), r.many("support"), r.where) for r in rows})

    def rejects(self, name: str, text: str) -> bool:
        """Whether more words of `text` speak against the country than for it."""
        if name not in self.rows:
            return False
        against, support, _ = self.rows[name]
        return sum(w in text for w in against) > sum(w in text for w in support)
