"""What the small network learns from, and when the parties of a report are right."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "training"))

from judging import parties_agree  # noqa: E402

ANN, BOB, EVE = (0, 3), (10, 13), (20, 23)


@pytest.mark.model
def test_a_rare_word_is_known_by_its_kind() -> None:
    pytest.importorskip("onnxruntime")
    from events_network import vectors_of

    denounce, lambast, extradite, banana = vectors_of(["denounce", "lambast", "extradite", "banana"])

    def apart(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.linalg.norm(one - other))

    assert apart(denounce, lambast) < min(apart(denounce, extradite), apart(denounce, banana))


@pytest.mark.parametrize(
    ("wanted", "found", "closed", "open_ended"),
    [
        (([[ANN]], [[BOB]]), ([ANN], [BOB]), True, True),
        (([[ANN]], [[BOB]]), ([BOB], [ANN]), False, False),
        (([[ANN]], [[BOB]]), ([ANN, EVE], [BOB]), True, True),
        (([[ANN]], []), ([ANN], [BOB]), False, True),
        (([[ANN, EVE]], []), ([EVE], []), True, True),
        (([[ANN], [BOB]], []), ([ANN], [BOB]), True, True),
        (([[ANN], [BOB]], []), ([ANN], []), False, False),
    ],
    ids=["each on its side", "turned round", "one more beside", "a side left out", "named twice", "together", "one of two"],
)  # fmt: skip
def test_when_parties_agree(wanted: object, found: object, closed: bool, open_ended: bool) -> None:
    assert parties_agree(wanted, found) == closed
    assert parties_agree(wanted, found, open_ended=True) == open_ended
