"""What a name means on a day, and why: the gazetteer's answer in words."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ..lexicon import Lexicons
from ..records import Role
from ..text import fold, iso_bounds
from .eras import Seats
from .names import Entity, Gazetteer
from .phrases import RoleLexicon
from .register import role_on


@frozen(kw_only=True)
class NameMeaning:
    """One thing a name can mean. code: country and sectors on the day asked for, None when it has none then.

    reasons: readable, each with the row it rests on; what does not hold on that day stands there too.
    """

    id: str
    name: str
    form: str
    code: str | None
    reasons: tuple[str, ...]


def meanings_of(lexicons: Lexicons, name: str, on: str | None = None) -> tuple[NameMeaning, ...]:
    """Everything `name` means on the days of the ISO date `on` (any day when None); () when it is in no table.

    Case, accents and hyphens do not matter. The order is that of choice: states, groups, bodies, persons, peoples.
    """
    gazetteer = Gazetteer(lexicons)
    found = list(gazetteer.bearers(name))
    if not found:
        near = gazetteer.person_spelt_like(name)
        found = [("spelling variant", near)] if near is not None else []
    bounds, seats = iso_bounds(on), Seats(lexicons)
    out = []
    for form, entity in found:
        entity = seats.state(name, form, bounds[1] if bounds else None, gazetteer) or entity
        if entity.id:
            out.append(_of_entity(entity, form, on))
    return (*out, *_of_role(lexicons, name))


def _of_entity(entity: Entity, form: str, on: str | None) -> NameMeaning:
    reasons = [f"{form} of {entity.name}: {entity.where}"]
    country, sectors = entity.country, entity.sectors
    if entity.roles:
        held = role_on(entity, on)
        if held is None:
            country, sectors = None, ()
            reasons.append(f"no role on {on}" if on else "several roles: name a day with --on")
        else:
            country, sectors = held[0].country, held[0].sectors
            reasons.append(f"{held[0].title}{_days(held[0])}: {held[1]}")
        reasons += [
            f"not then: {role.title} [{(role.country or '') + ''.join(role.sectors)}]{_days(role)}: {where}"
            for role, where in zip(entity.roles, entity.rows, strict=True) if held is None or where != held[1]
        ]  # fmt: skip
    elif form in ("capital", "metonym"):
        sectors = ("GOV",)
        reasons.append("stands for the government where it acts, else for the place")
    bounds = iso_bounds(on)
    if bounds is not None and not entity.roles and not any(entity.active(day) for day in bounds):
        reasons.append(f"not on {on}: it is dated {entity.start or '...'} to {entity.end or '...'}")
        country, sectors = None, ()
    return NameMeaning(
        id=entity.id, name=entity.name, form=form, code=((country or "") + "".join(sectors)) or None,
        reasons=tuple(reasons),
    )  # fmt: skip


def _days(role: Role) -> str:
    if role.start is None and role.end is None:
        return ", no dates given"
    return f", {role.start or '...'} to {role.end or '...'}"


def _of_role(lexicons: Lexicons, name: str) -> Iterator[NameMeaning]:
    words = fold(name).split()
    match = RoleLexicon(lexicons).ending_at(words, len(words) - 1, modifier=False) if words else None
    if match is not None and match.first == 0:
        reason = f"role phrase, its country comes from the text: {match.row.where}"
        code = "".join(match.row.sectors) or None
        yield NameMeaning(id=f"role:{match.row.phrase}", name=match.row.phrase, form="role", code=code, reasons=(reason,))
