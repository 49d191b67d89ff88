"""How precise the coding is: a sample drawn by type, judged by coders, with intervals that say how sure that is."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping

from attrs import frozen

from ..store import Store
from .database import Database, Refused
from .decisions import FIELDS, Decision, all_decisions, final

Z = 1.959964  # 95 %, two-sided
ALL = "all types"


@frozen(kw_only=True)
class Precision:
    """One stratum. right: accepted as they stand; kept: accepted or corrected; share, low, high: None before any
    decision. `all types` is weighted by how many reports of each type the store held when the sample was drawn."""

    stratum: str
    population: int
    sampled: int
    decided: int
    right: int
    kept: int
    share: float | None
    low: float | None
    high: float | None


def draw(db: Database, store: Store, *, sample: str, size: int, seed: str = "1") -> int:
    """Draw a sample of reports by type and keep it; its size. The same store, size and seed give the same reports.

    Every type gets a share like its own in the store, and some even when rare. Raises Refused when the name is taken.
    """
    rows = store.query("SELECT id, article, type FROM reports")
    by_type: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        key = hashlib.blake2b(f"{seed}\x1f{row['id']}".encode(), digest_size=8).hexdigest()
        by_type.setdefault(row["type"], []).append((key, row["id"], row["article"]))
    numbers = allot({name: len(found) for name, found in by_type.items()}, size)
    chosen = [(name, *one) for name, found in by_type.items() for one in sorted(found)[: numbers[name]]]
    with db.writing() as connection:
        if connection.execute("SELECT 1 FROM samples WHERE sample = ?", [sample]).fetchone():
            raise Refused(f"there is a sample {sample!r} already; give the new one another name")
        connection.executemany(
            "INSERT INTO samples VALUES (?,?,?,?,?)",
            [(sample, report, article, name, n) for n, (name, _, report, article) in enumerate(sorted(chosen, key=lambda c: c[1]))],
        )
        connection.executemany(
            "INSERT INTO strata VALUES (?,?,?)", [(sample, name, len(found)) for name, found in by_type.items()]
        )
        db.log(connection, None, "sample drawn", sample, f"{len(chosen)} reports, seed {seed}")
    return len(chosen)


def allot(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: a floor for the rare ones, the rest in proportion, never more than there are."""
    if not populations:
        return {}
    floor = max(1, size // (2 * len(populations)))
    numbers = {name: min(floor, count) for name, count in populations.items()}
    left = size - sum(numbers.values())
    while left > 0:
        short = {n: c for n, c in populations.items() if numbers[n] < c}
        if not short:
            break
        name = max(sorted(short), key=lambda n: short[n] / (numbers[n] + 1))
        numbers[name] += 1
        left -= 1
    return numbers


def samples(db: Database) -> list[str]:
    return [r["sample"] for r in db.query("SELECT DISTINCT sample FROM samples ORDER BY sample")]


def sample_reports(db: Database, sample: str) -> list[str]:
    return [r["report"] for r in db.query("SELECT report FROM samples WHERE sample = ? ORDER BY n", [sample])]


def precision(db: Database, sample: str) -> list[Precision]:
    """Precision by type, and over all types weighted. Raises Refused when there is no such sample."""
    strata = {r["stratum"]: r["population"] for r in db.query("SELECT * FROM strata WHERE sample = ?", [sample])}
    if not strata:
        raise Refused(f"no sample {sample!r}; there: {', '.join(samples(db)) or 'none'}")
    drawn: dict[str, list[str]] = {}
    for r in db.query("SELECT stratum, report FROM samples WHERE sample = ?", [sample]):
        drawn.setdefault(r["stratum"], []).append(r["report"])
    known = all_decisions(db)
    out = []
    for name in sorted(strata):
        ends = [end for report in drawn.get(name, ()) if (end := final(known.get(report, []))) is not None]
        right = sum(d.verdict == "accept" for d in ends)
        low, high = wilson(right, len(ends))
        out.append(Precision(
            stratum=name, population=strata[name], sampled=len(drawn.get(name, ())), decided=len(ends), right=right,
            kept=sum(d.verdict != "reject" for d in ends), share=right / len(ends) if ends else None, low=low, high=high,
        ))  # fmt: skip
    return [*out, _over_all(out)]


def wilson(right: int, count: int) -> tuple[float | None, float | None]:
    """Wilson's 95 % interval of a share; (None, None) of nothing."""
    if not count:
        return None, None
    return wilson_share(right / count, count)


def _over_all(rows: list[Precision]) -> Precision:
    """The weighted share of strata with decisions; its interval from Wilson's on the effective number decided."""
    judged = [r for r in rows if r.share is not None]
    weight = sum(r.population for r in judged)
    share = low = high = None
    if judged:
        share = sum(r.population / weight * (r.share or 0.0) for r in judged)
        # Kish's effective number: weights that differ make a sample worth less than its size.
        effective = 1 / sum((r.population / weight) ** 2 / r.decided for r in judged)
        low, high = wilson_share(share, effective)
    return Precision(
        stratum=ALL, population=sum(r.population for r in rows), sampled=sum(r.sampled for r in rows),
        decided=sum(r.decided for r in rows), right=sum(r.right for r in rows), kept=sum(r.kept for r in rows),
        share=share, low=low, high=high,
    )  # fmt: skip


def wilson_share(share: float, count: float) -> tuple[float, float]:
    z2 = Z * Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z / (1 + z2 / count) * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def field_errors(db: Database, sample: str) -> dict[str, tuple[int, int]]:
    """For each field: how many of the reports kept had it right, of how many."""
    known = all_decisions(db)
    ends: list[Decision] = []
    for report in sample_reports(db, sample):
        if (end := final(known.get(report, []))) is not None and end.verdict != "reject":
            ends.append(end)
    wrong = Counter(name for d in ends for name in d.correction)
    return {name: (len(ends) - wrong[name], len(ends)) for name in FIELDS}
