"""What an article is about, and what the ranker makes of it."""

from __future__ import annotations

import numpy as np
import pytest

import masudi
from masudi.coding.gist import BOUNDS, EVENTS, MODEL, band_of, gist_of, vector_of
from masudi.coding.linear import Linear, load_linear, load_vectors
from masudi.read import read_text
from masudi.tree import Tree, tree_of

POLITICS = (
    "The government rejected the ceasefire on Monday and soldiers shelled two villages held by the rebels. The opposition accused the army "
    "of killing civilians. Protesters marched to parliament and police arrested dozens of them. The foreign minister called the ambassador, "
    "asked for an inquiry and threatened sanctions. A spokesman said talks with the neighbouring state would go on after the attack."
)
KITCHEN = (
    "Melt the butter in a large pan and stir in the flour. Add the milk slowly and cook the sauce until it thickens. Season with salt, pepper "
    "and nutmeg. Slice the potatoes and the onions, layer them in a dish, and pour the sauce over them. Bake for an hour until the top is "
    "golden. Serve the dish warm with a green salad, fresh bread and a glass of white wine. Leftovers keep for two days."
)


def tree(coder: masudi.Coder, text: str) -> Tree:
    return tree_of(coder.tools.analyse.analyse_one(read_text(text, settings=coder.settings, given_id="x")))


def test_politics_and_a_recipe_are_told_apart(coder: masudi.Coder) -> None:
    politics, kitchen = (gist_of(tree(coder, text + " " + text)) for text in (POLITICS, KITCHEN))
    assert politics is not None and kitchen is not None
    assert 0 <= kitchen < politics <= len(BOUNDS)


def test_of_a_few_words_nobody_can_tell(coder: masudi.Coder) -> None:
    assert vector_of(tree(coder, "Soldiers shelled two villages held by the rebels.")) is None


def test_the_model_has_a_weight_for_each_dimension_of_the_vectors() -> None:
    model = load_linear(MODEL)
    assert EVENTS in model.classes
    assert len(model.classes) == 2
    shares = model.shares({}, load_vectors().mean(["army"]))
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(("odds", "band"), [(-9.0, 0), (0.0, 3), (9.0, len(BOUNDS))])
def test_bands_follow_the_share(odds: float, band: int) -> None:
    model = Linear([], np.zeros((0, 2), np.float32), np.array([[0.0, odds]], np.float32), np.zeros(2, np.float32), ["NONE", EVENTS], {})
    assert band_of(np.ones(1, np.float32), model) == band
