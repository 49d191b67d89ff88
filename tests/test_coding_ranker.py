"""The learned last word on readings, and the models behind it."""

from __future__ import annotations

import numpy as np
import pytest

import masudi
from masudi.coding.linear import Linear, Vectors, load_linear, load_vectors
from masudi.coding.ranker import MODEL, NONE, calibrated
from masudi.coding.relate import MODEL as RELATIONS
from masudi.coding.relate import YIELD
from masudi.lexicon import Lexicons
from masudi.records import EVENT_TYPES


def tiny() -> Linear:
    weights = np.array([[2.0, 0.0], [0.0, 1.0]], np.float32)
    return Linear(["a", "b"], weights, np.zeros((1, 2), np.float32), np.zeros(2, np.float32), ["X", "Y"], {})


def test_shares_add_up_to_one_and_follow_the_weights() -> None:
    shares = tiny().shares({"a": 1.0}, np.zeros(1, np.float32))
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["X"] == pytest.approx(np.exp(2) / (np.exp(2) + 1), abs=1e-6)


def test_a_feature_never_seen_says_nothing() -> None:
    nothing = np.zeros(1, np.float32)
    assert tiny().shares({"a": 1.0, "new": 5.0}, nothing) == tiny().shares({"a": 1.0}, nothing)
    assert tiny().shares({}, nothing) == {"X": 0.5, "Y": 0.5}


def test_reasons_name_the_features_that_speak_for_a_class_strongest_first() -> None:
    assert tiny().reasons({"b": 1.0, "a": 1.0}, "X") == ("a +1.00", "b -0.50")


def test_a_mean_vector_leaves_out_unknown_words() -> None:
    vectors = Vectors(["war", "peace"], np.array([[2, 0], [0, 4]], np.int8), 0.5)
    assert vectors.mean(["war", "peace", "zzz"]).tolist() == [0.5, 1.0]
    assert vectors.mean(["zzz"]).tolist() == [0.0, 0.0]


def test_near_words_have_near_vectors() -> None:
    def angle(a: str, b: str) -> float:
        x, y = load_vectors().mean([a]), load_vectors().mean([b])
        return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))

    assert angle("soldier", "troops") > angle("soldier", "banana")


def test_the_models_know_the_types_of_the_ontology() -> None:
    ontology = {row.need("type") for row in Lexicons().table("plover/types.tsv")}
    assert ontology == set(EVENT_TYPES)
    assert set(load_linear(MODEL).classes) == ontology | {NONE}
    assert set(load_linear(RELATIONS).classes) <= ontology | {YIELD}


@pytest.mark.parametrize(("odds", "chance"), [(0.0, 0.5), (50.0, 0.98), (-50.0, 0.02)])
def test_confidence_never_claims_certainty(odds: float, chance: float) -> None:
    assert calibrated((odds,), (1.0,)) == chance


@pytest.mark.model
def test_a_report_says_what_the_ranker_thought_and_how_sure_it_is() -> None:
    (report,) = masudi.load().code("The Chadian army shelled the rebels in Abeche.").reports
    assert any(reason.startswith("type: ranker ASSAULT") for reason in report.because)
    assert 0.02 <= report.confidence <= 0.98


@pytest.mark.model
def test_without_the_ranker_the_rules_speak_alone() -> None:
    (report,) = masudi.load(ranker="off").code("The Chadian army shelled the rebels in Abeche.").reports
    assert not any("ranker" in reason for reason in report.because)


@pytest.mark.model
def test_the_relation_of_a_pair_has_a_share_for_each_of_the_sixteen_types() -> None:
    text = "France accused Mali of shelling a village."
    found = masudi.load().relate(text, actor=(0, 6), recipient=(15, 19))
    assert found["type"] == "ACCUSE"
    assert set(found["scores"]) == set(EVENT_TYPES)
    assert sum(found["scores"].values()) == pytest.approx(1.0, abs=0.01)
