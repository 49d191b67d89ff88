"""The written measures of actors and coreference stay at or above their floors."""

from __future__ import annotations

import sys

import pytest

import masudi
from conftest import ROOT

sys.path.insert(0, str(ROOT / "bench" / "accuracy"))
import actors as bench

FLOORS = {"country": 0.965, "sector": 0.955, "role": 0.965, "conll": 0.91}


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    coder = masudi.load(gate="off")
    return bench.judge_actors(coder) | bench.judge_coreference(coder)


@pytest.mark.model
@pytest.mark.parametrize("name", FLOORS)
def test_the_written_measure_does_not_fall(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= FLOORS[name]


def test_the_measures_are_as_large_as_they_claim() -> None:
    phrases = [p for item in bench.lines(bench.ACTORS) for p in item["phrases"]]
    articles = list(bench.lines(bench.COREFERENCE))
    assert len(phrases) >= 400
    assert sum("role" in p for p in phrases) >= 100
    assert len({p["country"] for p in phrases}) >= 100
    assert len(articles) >= 20
    for item in articles:
        assert all(item["text"][s:e].strip() == item["text"][s:e] for c in item["clusters"] for s, e in c)


def cluster(*starts: int) -> frozenset[tuple[int, int]]:
    return frozenset((s, s + 1) for s in starts)


def test_coreference_scores_agree_with_the_published_example() -> None:
    """Key {a b c} {d e f g}; response {a b} {c d} {f g h i}: figures of Luo, as Pradhan and others work them out."""
    key = [cluster(1, 2, 3), cluster(4, 5, 6, 7)]
    response = [cluster(1, 2), cluster(3, 4), cluster(6, 7, 8, 9)]
    assert bench.f1(*bench.muc(key, response)) == pytest.approx(0.4)
    assert bench.f1(*bench.b_cubed(key, response)) == pytest.approx(5 / 11)
    assert bench.f1(*bench.ceaf_e(key, response)) == pytest.approx(0.52)


def test_perfect_and_empty_answers() -> None:
    key = [cluster(1, 2), cluster(3, 4, 5)]
    for measure in (bench.muc, bench.b_cubed, bench.ceaf_e):
        assert bench.f1(*measure(key, key)) == pytest.approx(1.0)
        assert bench.f1(*measure(key, [])) == 0.0
