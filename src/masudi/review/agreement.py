"""How far coders agree, field by field: Krippendorff's alpha and Cohen's kappa, both for nominal values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import Any

from attrs import frozen

from .database import Database
from .decisions import FIELDS, Decision, all_decisions

Unit = Mapping[int, Hashable]  # coder → value


@frozen(kw_only=True)
class Agreement:
    """One field. units: reports that two or more coders judged; alpha, kappa: None where values never vary."""

    field: str
    units: int
    observed: float | None
    alpha: float | None
    kappa: float | None


def agreement(db: Database) -> list[Agreement]:
    """Agreement on whether a report stands (`verdict`) and on each field of those kept, from blind decisions only."""
    blind = [[d for d in found if d.task != "adjudicate"] for found in all_decisions(db).values()]
    return [measure(name, [_unit(found, name) for found in blind]) for name in ("verdict", *FIELDS)]


def _unit(found: Iterable[Decision], name: str) -> Unit:
    out: dict[int, Hashable] = {}
    for decision in found:
        values = decision.values()
        if name == "verdict":
            out[decision.reader] = values is not None
        elif values is not None:
            out[decision.reader] = _hashable(values[name])
    return out


def _hashable(value: Any) -> Hashable:
    return tuple(sorted(value)) if isinstance(value, list) else value


def measure(name: str, units: Iterable[Unit]) -> Agreement:
    """Agreement over units; those with fewer than two values count for nothing."""
    paired = [unit for unit in units if len(unit) > 1]
    same = [a == b for unit in paired for a, b in combinations(unit.values(), 2)]
    return Agreement(
        field=name, units=len(paired), observed=sum(same) / len(same) if same else None,
        alpha=krippendorff(paired), kappa=cohen(paired),
    )  # fmt: skip


def krippendorff(units: Iterable[Unit]) -> float | None:
    """Alpha for nominal values, any number of coders, values missing. Source: Krippendorff 2011, section C."""
    together: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        values = list(unit.values())
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    together[a, b] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (a, _), n in together.items():
        totals[a] += n
    every = totals.total()
    expected = every * every - sum(n * n for n in totals.values())
    if not together or expected <= 0:
        return None
    apart = sum(n for (a, b), n in together.items() if a != b)
    return 1 - (every - 1) * apart / expected


def cohen(units: Iterable[Unit]) -> float | None:
    """Kappa, for each pair of coders and averaged by the units they share. Source: Cohen 1960."""
    pairs: dict[tuple[int, int], list[tuple[Hashable, Hashable]]] = {}
    for unit in units:
        for a, b in combinations(sorted(unit), 2):
            pairs.setdefault((a, b), []).append((unit[a], unit[b]))
    weighted, weight = 0.0, 0
    for values in pairs.values():
        if (kappa := _kappa(values)) is not None:
            weighted, weight = weighted + kappa * len(values), weight + len(values)
    return weighted / weight if weight else None


def _kappa(values: list[tuple[Hashable, Hashable]]) -> float | None:
    count = len(values)
    left, right = Counter(a for a, _ in values), Counter(b for _, b in values)
    chance = sum(left[v] * right[v] for v in left) / count**2
    return None if chance >= 1 else (sum(a == b for a, b in values) / count - chance) / (1 - chance)
