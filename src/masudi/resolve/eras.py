"""Names whose state only the article's day or its other names tell: "Moscow" in 1990, "the North" beside Seoul."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from ..lexicon import Lexicons
from ..records import Span
from .names import Entity, Gazetteer, Hit

SEATS = "world/seats.tsv"
BODY_SEATS = "world/body_seats.tsv"
HALVES = ("North", "South")
Placed = tuple[int, int, Hit]


@frozen(kw_only=True)
class Seat:
    """A capital or seat of power of a state that is no more. where: the table row."""

    country: str
    start: date
    end: date
    where: str


class Seats:
    """Which state a capital or seat of power belonged to on a day."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._by_name: dict[str, list[Seat]] = {}
        for row in lexicons.table(SEATS):
            seat = Seat(country=row.need("country"), start=row.day("from") or date.min,
                        end=row.day("to", last=True) or date.max, where=row.where)  # fmt: skip
            self._by_name.setdefault(row.need("name"), []).append(seat)
        self._bodies = {row.need("name"): row.need("body") for row in lexicons.table(BODY_SEATS)}

    def body(self, name: str, day: date | None, gazetteer: Gazetteer) -> Entity | None:
        """The body of states that a capital may stand for on `day`: "Brussels has agreed"."""
        wanted = self._bodies.get(name)
        found = (e for _, e in gazetteer.bearers(wanted) if e.name == wanted) if wanted is not None else iter(())
        return next((e for e in found if e.active(day)), None)

    def of(self, name: str, day: date | None) -> Seat | None:
        """The former state whose seat `name` was on `day`; None when it was that of the state it belongs to now."""
        return next((s for s in self._by_name.get(name, ()) if day is not None and s.start <= day <= s.end), None)

    def state(self, name: str, form: str, day: date | None, gazetteer: Gazetteer) -> Entity | None:
        """The former state that a capital or seat of power named on `day`."""
        seat = self.of(name, day) if form in ("capital", "metonym") else None
        entity = gazetteer.by_country.get(seat.country) if seat is not None else None
        return evolve(entity, where=seat.where) if seat is not None and entity is not None else None

    def settle(self, hits: Sequence[Placed], names: Sequence[str], day: date | None, gazetteer: Gazetteer) -> list[Placed]:
        """`hits` with the former state where a capital or seat named it on `day`; names: the words of each hit."""
        out: list[Placed] = []
        for (first, last, hit), name in zip(hits, names, strict=True):
            state = self.state(name, hit.form, day, gazetteer)
            out.append((first, last, hit if state is None else evolve(hit, entities=(state,))))
        return out


def halves(hits: Sequence[Placed], gazetteer: Gazetteer) -> Mapping[str, Entity]:
    """What "the North" and "the South" mean in an article that names anything of North or South X, or of the X it left."""
    by_name = {entity.name: entity for entity in gazetteer.by_country.values() if entity.end is None}
    states = {hit.entity.country for _, _, hit in hits if hit.form not in ("none", "city")}
    named = {gazetteer.by_country[c].name for c in states if c in gazetteer.by_country}
    found: dict[str, Entity] = {}
    for land in dict.fromkeys(name.split(" ", 1)[1] for name in sorted(named) if name.split()[0] in HALVES and " " in name):
        pair = [by_name.get(f"{half} {land}") for half in HALVES]
        pair = [half or by_name.get(land) for half in pair]
        if None not in pair:
            found |= {word: state for word, state in zip(HALVES, pair, strict=True) if state is not None and word not in found}
    return found


def bare_halves(texts: Sequence[str], taken: Mapping[int, int]) -> Iterator[int]:
    """Tokens that may be such a half: "the North fired", not "the North Sea", "the North of Mali", "north"."""
    for i, text in enumerate(texts):
        if text not in HALVES or i in taken or not i or texts[i - 1].lower() != "the":
            continue
        after, beyond = (*texts[i + 1 : i + 3], ".", ".")[:2]
        if after[0].isupper() or after == "-" or (after == "of" and (beyond[0].isupper() or beyond == "the")):
            continue
        yield i


def half_hit(entity: Entity, span: Span) -> Hit:
    return Hit(span=span, form="name", entities=(entity,))
