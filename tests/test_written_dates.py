"""The written measure of event dates stays at or above its floor, and claims no more false days."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from masudi.records import EventDate

ROOT = Path(__file__).parents[1]
FLOOR_RIGHT = 0.96  # of events; measured .99
FLOOR_REPORTS_RIGHT = 0.95  # measured .99; merging gives some reports the date of another mention
LEAST_VALUE, LEAST_OFF = 0.93, 0.88  # measured .95, .91
MAX_FALSE_DAYS = {"events_false_day": 0, "reports_false_day": 0}


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = ROOT / "bench" / "accuracy" / "written_dates.py"
    spec = importlib.util.spec_from_file_location("written_dates", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["written_dates"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.model
def test_written_articles_have_the_right_dates_and_no_false_day(bench: ModuleType) -> None:
    found = bench.evaluate()
    assert found["articles"] >= 40
    assert found["events_right"] >= FLOOR_RIGHT
    assert found["reports_right"] >= FLOOR_REPORTS_RIGHT
    assert all(found[name] <= most for name, most in MAX_FALSE_DAYS.items())


@pytest.mark.model
def test_written_newswire_keeps_its_times_and_days() -> None:
    sys.path.insert(0, str(ROOT / "bench" / "accuracy"))
    import dates

    found = dates.evaluate(dates.WRITTEN)
    assert found["timex_value"] >= LEAST_VALUE
    assert found["event_day_off"] >= LEAST_OFF


JUDGED = [
    ("2021-09-13", "text", "2021-09-13", (True, False)),
    ("2021-09-12", "text", "2021-09-13", (False, True)),
    ("2021-09-13", "inferred", None, (False, True)),
    ("2021-09", "document", None, (True, False)),
    ("2021-09-13", "inferred", "2021-09", (False, False)),
    ("2021-09-13", "inferred", "2021-W37", (False, False)),
    ("2021-09-13", "inferred", "2020", (False, True)),
    ("2021-09-13", "text", "2021-09-12|2021-09-13", (True, False)),
]


@pytest.mark.parametrize(("value", "basis", "expected", "verdict"), JUDGED)
def test_a_false_day_is_one_claimed_against_the_text(
    bench: ModuleType, value: str, basis: str, expected: str | None, verdict: tuple[bool, bool]
) -> None:
    from masudi.text import iso_bounds

    bounds = iso_bounds(value)
    assert bounds is not None
    day = EventDate(basis=basis, value=value, earliest=bounds[0], latest=bounds[1])
    assert bench.judge(day, expected) == verdict
