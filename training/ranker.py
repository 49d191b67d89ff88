"""Train the ranker: which readings of predicates are events, of which type, and how sure that makes a report.

    python training/ranker.py [--check]

Learns from training/events and from the examples of the codebook's rulings. Every trigger the lexicon proposes is a row: its
class is the type of the written event it overlaps, or NONE. Calibration is fitted on beliefs of models that had not seen the sentence (five folds of sentences).
--check prints what the rules, and the rules with the ranker, get right on the held-out fifths, and writes nothing.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import corpus
import fit
import numpy as np
from attrs import evolve, frozen
from sklearn.linear_model import LogisticRegression

import masudi
from masudi.coding import readings_in
from masudi.coding.classify import Reading
from masudi.coding.linear import Array, Linear, load_vectors
from masudi.coding.ranker import DROP, MODEL, NONE, REVIVE, calibrated, described, signs
from masudi.coding.roles import Parties
from masudi.coding.words import load_words
from masudi.lexicon import Lexicons
from masudi.read import read_text
from masudi.records import Span

sys.path.insert(0, str(Path(__file__).parent.parent / "bench" / "accuracy"))
events = importlib.import_module("events")

STRENGTH = 0.5
RULINGS = ("plover/disputes.tsv", "plover/precedence.tsv", "plover/status.tsv")
RULING_WEIGHT = 3.0
FOLDS = 5
TOLD_ON = "2020-01-01"


@frozen(eq=False)
class Example:
    """One reading of one written sentence. gold: its type, or NONE. parties: whether its parties are the written ones."""

    sentence: int
    reading: Reading
    features: Mapping[str, float]
    dense: Array
    gold: str
    parties: bool
    weight: float = 1.0


def rulings(lexicons: Lexicons) -> Iterator[corpus.Row]:
    """The examples of the codebook, with the types each is coded as."""
    for name in RULINGS:
        for row in lexicons.table(name):
            if row["known_miss"] is None:
                types = {part.split()[0] for part in row.many("coding")}
                yield {"text": row.need("example"), "types": types - {"none"}, "events": []}


def examples() -> Iterator[Example]:
    coder = masudi.load(keep_text=True)
    words, vectors = load_words(coder.lexicons), load_vectors()
    rows = [*corpus.rows(), *rulings(coder.lexicons)]
    articles = [
        read_text(row["text"], settings=coder.settings, published=TOLD_ON, given_id=str(n)) for n, row in enumerate(rows)
    ]
    for number, (article, row) in enumerate(zip(articles, rows, strict=True)):
        doc = coder.tools.analyse.analyse_one(article)
        findings = coder.resolve(doc, article)
        attribution = coder.tools.attribute(doc, article, findings)
        readings, barred = readings_in(doc, words, Parties(doc, findings, attribution))
        for reading in readings:
            if reading.candidate.head.i in barred:
                continue
            features, dense = described(reading, vectors)
            if "types" in row:
                gold = reading.candidate.type if reading.candidate.type in row["types"] else NONE
                yield Example(number, reading, features, dense, gold, False, RULING_WEIGHT)
                continue
            event = _event_at(reading, row)
            gold = event["type"] if event else NONE
            yield Example(number, reading, features, dense, gold, event is not None and _parties_agree(reading, event, row["text"]))


def _event_at(reading: Reading, row: corpus.Row) -> corpus.Row | None:
    """The written event whose words the trigger overlaps, one of the reading's own type first."""
    span = reading.candidate.match.span
    found = []
    for event in row["events"]:
        start = row["text"].find(event["words"])
        if span.overlaps(Span(start, start + len(event["words"]))):
            found.append(event)
    return next((e for e in found if e["type"] == reading.candidate.type), found[0] if found else None)


def _parties_agree(reading: Reading, event: corpus.Row, text: str) -> bool:
    roles = reading.candidate.roles
    spans = {f"{side}_spans": [p.span for p in getattr(roles, side).parties] for side in ("actor", "recipient")}
    return bool(events.parties_agree(text, event, spans))


def train(rows: Sequence[Example]) -> Linear:
    dense = np.array([row.dense for row in rows], np.float32)
    return fit.fit([row.features for row in rows], dense, [row.gold for row in rows], [row.weight for row in rows], strength=STRENGTH)


def held_out(rows: Sequence[Example]) -> list[dict[str, float]]:
    """The shares that a model without the row's sentence gives each row."""
    out: list[dict[str, float]] = [{} for _ in rows]
    for fold in range(FOLDS):
        model = train([row for row in rows if row.sentence % FOLDS != fold])
        for n, row in enumerate(rows):
            if row.sentence % FOLDS == fold:
                out[n] = model.shares(row.features, row.dense)
    return out


def calibration(rows: Sequence[Example], shares: Sequence[Mapping[str, float]]) -> list[float]:
    """Weights of `signs` for the chance that type and parties are right."""
    kept = [(row, share) for row, share in zip(rows, shares, strict=True) if row.weight == 1.0 and _kept(row, share)]
    values = [signs(evolve(row.reading.candidate, belief=share.get(row.reading.candidate.type, 0.0)), 1) for row, share in kept]
    right = [row.gold == row.reading.candidate.type and row.parties for row, _ in kept]
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(np.array(values), right)
    return [round(float(w), 4) for w in model.coef_[0]]


def _kept(row: Example, share: Mapping[str, float], drop: float = DROP, revive: float = REVIVE) -> bool:
    if row.reading.told:
        return share[NONE] < drop
    return share.get(row.reading.candidate.type, 0.0) >= revive


def check(rows: Sequence[Example], shares: Sequence[Mapping[str, float]]) -> None:
    free = {row.sentence for row in rows} - {row.sentence for row in rows if row.gold != NONE}
    print(f"{'':14}kept  type right  precision  false alarms in sentences without a proposed event")
    settings = [("rules", 2.0, 2.0), *((f"{d:.2f}/{r:.2f}", d, r) for d in (0.5, 0.6, 0.7, 0.8, 0.9) for r in (0.4, 0.5, 0.6, 0.7))]
    for name, drop, revive in settings:
        kept = [row for row, share in zip(rows, shares, strict=True) if _kept(row, share, drop, revive)]
        right = sum(row.gold == row.reading.candidate.type for row in kept)
        alarms = sum(row.sentence in free for row in kept)
        print(f"{name:14}{len(kept):5} {right:8} {right / len(kept):10.3f} {alarms:8}")
    weights = calibration(rows, shares)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for row, share in zip(rows, shares, strict=True):
        if _kept(row, share):
            found = evolve(row.reading.candidate, belief=share.get(row.reading.candidate.type, 0.0))
            sure = calibrated(signs(found, 1), weights)
            bins.setdefault(int(sure * 10), []).append((sure, row.gold == found.type and row.parties))
    print("calibration:", "  ".join(f"{b / 10:.1f}: {sum(r for _, r in v) / len(v):.2f} ({len(v)})" for b, v in sorted(bins.items())))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    rows = list(examples())
    shares = held_out(rows)
    if asked.check:
        check(rows, shares)
        return 0
    model = train(rows)
    model.about = {"sentences": sum(1 for _ in corpus.rows()), "readings": len(rows), "calibration": calibration(rows, shares)}
    print(fit.write(model, MODEL))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
