"""Places in news of the world: foreign towns, rivers, territories, governments called by their capital."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

import masudi

ROOT = Path(__file__).parents[1]
LEAST_RIGHT = 0.94  # of names; measured .97, on the 30 passages never tuned on .93


@pytest.fixture(scope="module")
def coder() -> masudi.Coder:
    return masudi.load()


FORMS = [
    ("Washington said it had warned the generals.", "Washington", "metonym"),
    ("He flew from Washington to Oslo.", "Washington", "name"),
    ("Students of the University of Damascus marched.", "Damascus", "organisation"),
    ("Syrian students marched in Damascus.", "Damascus", "name"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "name", "form"), FORMS)
def test_what_else_a_place_name_stands_for_is_marked(coder: masudi.Coder, text: str, name: str, form: str) -> None:
    assert [p.form for p in coder.code(text).places if p.text == name] == [form]


@pytest.mark.model
def test_a_government_called_by_its_capital_is_not_a_namesake_of_it(coder: masudi.Coder) -> None:
    (place,) = [p for p in coder.code("Cairo condemned Washington's move.").places if p.text == "Washington"]
    assert (place.country, place.admin1, place.form) == ("USA", "DC", "metonym")


TERRITORIES = [
    ("Drought drove herders across the Sahel into Ghana.", "Sahel"),
    ("Floods on the Indus drove a million people away.", "Indus"),
    ("Militias burned villages across Darfur.", "Darfur"),
    ("Jets struck targets across the Gaza Strip.", "Gaza Strip"),
    ("A ferry sank on Lake Victoria on Monday.", "Lake Victoria"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "name"), TERRITORIES)
def test_a_territory_or_river_keeps_its_extent_and_claims_no_point(coder: masudi.Coder, text: str, name: str) -> None:
    (place,) = [p for p in coder.code(text).places if p.text == name]
    assert place.kind != "city"
    assert place.precision_km is not None and place.precision_km > 15


@pytest.mark.model
def test_written_passages_place_their_names_in_the_right_country() -> None:
    path = ROOT / "bench" / "accuracy" / "written_places.py"
    spec = importlib.util.spec_from_file_location("written_places", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["written_places"] = module
    spec.loader.exec_module(module)
    found = module.evaluate()
    assert found["passages"] >= 100
    assert found["country_right"] >= LEAST_RIGHT
