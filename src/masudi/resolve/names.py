"""The gazetteer: every name the world tables know, found in a text with its offsets."""

from __future__ import annotations

import gc
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import SequenceMatcher
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick
from attrs import field, frozen

from ..errors import ResolveError
from ..lexicon import Lexicons, Row
from ..records import Role, Span
from ..text import slug

# What a table's entry may be called; "place" names a seat of government, "none" a thing that is no actor.
FORMS = ("name", "demonym", "people", "capital", "metonym", "city", "none")
SIMPLE_TABLES = (
    ("world/organisations.tsv", "organisation"), ("world/groups.tsv", "group"), ("world/peoples.tsv", "people"),
)  # fmt: skip
NO_ACTOR = "none"
ORGANISATION_RANK = {"state": 0, "group": 1, "organisation": 2, "person": 3, "people": 4}
MIN_ALIKE = 0.7  # 2026-11, by hand: "Muammar Gaddafi" and "Moammar Kadhafi" 0.83, strangers of one skeleton below 0.7
MAX_PART_KM = 400  # a region of no one country that is wider is no part of one: the Balkans
FAMILY_FIRST = frozenset(("CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM", "SGP", "HUN"))  # countries
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


# How much a name says that an article is about its country, hand-set.
WEIGHTS = {"metonym": 0.5, "city": 0.25}
LEAD_CHARACTERS = 400
LEAD_WEIGHT = 2.0


def weight_of(hit: Hit) -> float:
    """What a name adds to the weight of its country in the article: states more than bodies, in the lead twice as much."""
    weight = WEIGHTS.get(hit.form, 1.0) if hit.entity.kind == "state" else 0.5
    return weight * (LEAD_WEIGHT if hit.span.start < LEAD_CHARACTERS else 1.0)


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


def bare(name: str) -> str:
    """A table's name as texts are searched for it: plain, without "the"."""
    flat = name if name.isascii() and "`" not in name else plain(name)  # most names; half the time of loading them
    return flat.removeprefix("the ").removeprefix("The ").strip()


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
    """All names of the world tables, and of `en/not_actors.tsv`, ready to be found in a text.

    The matcher knows names and numbers of entries; an entry becomes an Entity when a name of it is first asked for.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        with uncollected():
            self._read(lexicons)

    def _read(self, lexicons: Lexicons) -> None:
        self._entries: list[tuple[str, tuple[Row, ...]]] = []  # kind, rows: several for a person with several roles
        self._made: dict[int, Entity] = {}
        self._met: dict[int, tuple[str, tuple[Entity, ...]]] = {}
        self._meaning: dict[str, list[tuple[str, int]]] = {}  # name → (form, number of the entry) of all who bear it
        self._read_countries(lexicons)
        for table, kind in SIMPLE_TABLES:
            for row in lexicons.table(table):
                self._add(self._enter(kind, row), "name", (row.need("name"), *row.many("aliases")))
        self._read_people(lexicons)
        self.wide: set[str] = set()  # what is of more countries than one: "African", "Gulf"
        for row in lexicons.table("world/shared_names.tsv"):
            name, wide = row.need("name"), row["kind"] == "wide"
            # a row of kind "word" only warns: in capitals the name spells a plain word, "ICE"
            if name.islower():  # "foreign forces": an adjective like others, but of no country here
                self.wide.add(name)
            elif name not in self._meaning and (wide or row.many("sectors")):
                self._add(self._enter(NO_ACTOR if wide else "shared", row), "none" if wide else "name", (name,))
                self.wide.update((name,) if wide else ())
        for row in lexicons.table("en/not_actors.tsv"):
            self._add(self._enter(NO_ACTOR, row), "none", (row.need("phrase"),))
        if not self.by_country:
            raise ResolveError("the gazetteer holds no country: world/countries.tsv is empty")
        self._read_cities(lexicons)
        self._patterns = list(self._meaning)
        self._automaton = AhoCorasick(self._patterns)

    def _enter(self, kind: str, *rows: Row) -> int:
        self._entries.append((kind, rows))
        return len(self._entries) - 1

    def _add(self, number: int, form: str, names: Iterable[str]) -> None:
        for name in names:
            name = bare(name)
            if name:
                bearers = self._meaning.setdefault(name, [])
                if (form, number) not in bearers:
                    bearers.append((form, number))

    def _read_countries(self, lexicons: Lexicons) -> None:
        self.by_country: dict[str, Entity] = {}
        self._numbers: dict[str, int] = {}
        for row in lexicons.table("world/countries.tsv"):
            number = self._enter("state", row)
            self.by_country[row.need("code")] = self._entity(number)
            self._numbers[row.need("code")] = number
            for form, names in (
                ("name", (row.need("name"), *row.many("aliases"))), ("demonym", row.many("demonyms")),
                ("people", row.many("people")), ("capital", (row["capital"] or "",)), ("metonym", row.many("metonyms")),
            ):  # fmt: skip
                self._add(number, form, names)
                spelt = [bare(name) for name in names]
                self._add(number, form, [name.upper() for name in spelt if len(name) >= MIN_UPPER])

    def _read_people(self, lexicons: Lexicons) -> None:
        by_name: dict[str, list[Row]] = defaultdict(list)
        for row in lexicons.table("world/people.tsv"):
            by_name[row.need("name")].append(row)
        self._first_person = len(self._entries)
        for name, rows in by_name.items():
            if len(rows) > 1:
                rows.sort(key=lambda r: (r.values["from"], r.values["to"] or "9"))
            aliases = {alias: None for row in rows for alias in row.many("aliases")}
            self._add(self._enter("person", *rows), "name", (name, *aliases))
        self._past_persons = len(self._entries)

    def _read_cities(self, lexicons: Lexicons) -> None:
        """Names of larger cities, provinces and regions, and their people's: no actors, but they tell a country."""
        for row in lexicons.table("world/cities.tsv"):
            number = self._numbers.get(row.need("country"))
            if number is not None:
                shared = [("city", number)]
                for name in row.many("names"):
                    self._meaning.setdefault(name, shared)
        self.parts: dict[str, str] = {}  # what a part of a country and its people are called → the part
        wide = {r["name"] for r in lexicons.table("world/regions.tsv") if not r["country"] and float(r.need("radius_km")) > MAX_PART_KM}
        for table, column in (("world/regions.tsv", "name"), ("world/place_demonyms.tsv", "demonym")):
            for row in lexicons.table(table):
                if row["name"] not in wide:
                    self.parts[plain(row.need(column))] = row.need("name")
                number = self._numbers.get(row["country"] or "")
                if number is not None:
                    self._meaning.setdefault(plain(row.need(column)), [("city", number)])

    def __len__(self) -> int:
        return len(self._patterns)

    def _entity(self, number: int) -> Entity:
        if number not in self._made:
            kind, rows = self._entries[number]
            make = _MAKERS.get(kind)
            self._made[number] = make(rows) if make else _simple(kind, rows[0])
        return self._made[number]

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
                form, entities = self._bearers(index)
                hits.append(Hit(span=Span(start, end), form=form, entities=entities))
                last_end = end
        return hits

    def _bearers(self, index: int) -> tuple[str, tuple[Entity, ...]]:
        """How the name of pattern `index` names, and every entry that bears it so."""
        if index not in self._met:
            bearers = [(form, self._entity(number)) for form, number in self._meaning[self._patterns[index]]]
            self._met[index] = _foremost(bearers)
        return self._met[index]

    def bearers(self, name: str) -> Iterator[tuple[str, Entity]]:
        """(form, entity) for everything called `name`; case, accents and hyphens do not matter."""
        wanted = _loose(name)
        found = [
            (form, self._entity(number))
            for known, bearers in self._meaning.items() if _loose(known) == wanted for form, number in bearers
        ]  # fmt: skip
        found.sort(key=lambda f: (ORGANISATION_RANK[f[1].kind], FORMS.index(f[0]), f[1].id))
        yield from {entity.id: (form, entity) for form, entity in reversed(found)}.values()

    def people(self) -> Iterator[Entity]:
        """Every person of the tables, by name."""
        return (self._entity(number) for number in self._persons())

    def _persons(self) -> range:
        return range(self._first_person, self._past_persons)

    @cached_property
    def _surnames(self) -> dict[str, list[int]]:
        surnames: dict[str, list[int]] = defaultdict(list)
        for number in self._persons():
            words = plain(self._entries[number][1][0].need("name")).replace("-", " ").split()
            first = words[:1] if self._entries[number][1][0]["country"] in FAMILY_FIRST else []
            for word in dict.fromkeys((*first, *words[-1:]) if len(words) > 1 else ()):
                surnames[word].append(number)
        return surnames

    @cached_property
    def _skeletons(self) -> dict[tuple[str, ...], int | None]:
        index: dict[tuple[str, ...], int | None] = {}
        persons = self._persons()
        for name, bearers in self._meaning.items():
            for form, number in bearers:
                if form != "name" or number not in persons:
                    continue
                key = skeleton(name)
                if len(key) > 1 and index.setdefault(key, number) != number:
                    index[key] = None
        return index

    def people_called(self, surname: str, day: date | None) -> list[Entity]:
        """Known people with that last or family name who held a role on `day`, or ever when it is unknown."""
        called = [self._entity(number) for number in self._surnames.get(surname, ())]
        return [e for e in called if day is None or any(_held(r, day) for r in e.roles)]

    def person_spelt_like(self, name: str) -> Entity | None:
        """The one known person whose full name differs from `name` only as transliterations do.

        One word is no full name: "Han-sheng" is not Han Zheng.
        """
        key = skeleton(name)
        number = self._skeletons.get(key) if len(key) > 1 and _is_whole(name) else None
        found = None if number is None else self._entity(number)
        return found if found is not None and _alike(name, found.name) else None


def _state(rows: Sequence[Row]) -> Entity:
    [row] = rows
    code = row.need("code")
    return Entity(
        id=f"state:{code}", name=row.need("name"), kind="state", country=code,
        start=row.day("from"), end=row.day("to", last=True), where=row.where,
    )  # fmt: skip


def _simple(kind: str, row: Row) -> Entity:
    dated = "from" in row.values
    return Entity(
        id=f"{kind}:{slug(row.need('name'))}", name=row.need("name"), kind=kind,
        country=row["country"], sectors=row.many("sectors"), where=row.where,
        start=row.day("from") if dated else None, end=row.day("to", last=True) if dated else None,
        subkind=row["kind"] if "kind" in row.values else None,
    )  # fmt: skip


def _person(rows: Sequence[Row]) -> Entity:
    name = rows[0].need("name")
    return Entity(
        id=f"person:{slug(name)}", name=name, kind="person", where=rows[0].where,
        roles=tuple(_role(r) for r in rows), rows=tuple(r.where for r in rows), country=rows[-1]["country"],
    )  # fmt: skip


def _shared(rows: Sequence[Row]) -> Entity:
    """A body whose country only the article tells."""
    [row] = rows
    title = row.need("title")
    return Entity(id=f"organisation:{slug(title)}", name=title, kind="organisation", sectors=row.many("sectors"),
                  where=row.where, subkind=row["kind"])  # fmt: skip


def _no_actor(rows: Sequence[Row]) -> Entity:
    [name, *_] = rows[0].values.values()
    return Entity(id="", name=name, kind="people")


_MAKERS: Mapping[str, Callable[[Sequence[Row]], Entity]] = {
    "state": _state, "person": _person, "shared": _shared, NO_ACTOR: _no_actor,
}  # fmt: skip


def _loose(name: str) -> str:
    return " ".join(plain(name).lower().replace("-", " ").removeprefix("the ").split())


def _is_whole(name: str) -> bool:
    """Whether a name has two words written out: neither "Han-sheng" nor "Robert C."."""
    words = name.split()
    return len(words) > 1 and all(len(w.strip(".")) > 1 for w in (words[0], words[-1]))


def _alike(one: str, other: str) -> bool:
    """Whether two names of one skeleton are near enough in their vowels too: Elise Moreau is no Elias Murr."""
    a, b = plain(one).lower(), plain(other).lower()
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= MIN_ALIKE


def _role(row: Row) -> Role:
    return Role(
        title=row.need("title"), country=row["country"], sectors=row.many("sectors"),
        start=row.day("from"), end=row.day("to", last=True),
    )  # fmt: skip


def _bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or (before == "'" and start > 1 and text[start - 2].isalnum())) and not (
        after.isalnum() or after == "$"
    )


def _foremost(meaning: Sequence[tuple[str, Entity]]) -> tuple[str, tuple[Entity, ...]]:
    form = min((f for f, _ in meaning), key=FORMS.index)
    # A name that is a capital and an organisation's too (or a person's) keeps all its bearers.
    entities = [e for f, e in meaning if f == form or form == "name"]
    entities.sort(key=lambda e: ORGANISATION_RANK[e.kind])
    unique = {e.id: e for e in entities}
    return form, tuple(unique.values())


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
