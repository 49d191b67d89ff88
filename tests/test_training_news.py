"""The labels of news: well formed, and pointing into texts that are not here."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "training"))
import news  # noqa: E402
from corpus import STATUSES, type_modes  # noqa: E402
from news import HELD_BACK  # noqa: E402

AGAIN = HELD_BACK.with_name("news_again.jsonl")


def test_labels_are_well_formed() -> None:
    types = sorted(type_modes())
    wrong = [(row["digest"], fault) for row in news.labels([*news.FILES, HELD_BACK, AGAIN]) for fault in news.faults(row, types, STATUSES)]
    assert not wrong


def test_no_article_is_labelled_twice_or_both_learned_and_held_back() -> None:
    counts = Counter(row["digest"] for row in news.labels([*news.FILES, HELD_BACK]))
    assert len(counts) > 900
    assert not [name for name, n in counts.items() if n > 1]


def test_labels_hold_no_words() -> None:
    for row in news.labels([*news.FILES, HELD_BACK, AGAIN]):
        assert set(row) == {"corpus", "digest", "published", "events"}
        assert all(set(event) <= news.FIELDS for event in row["events"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"type": "FIGHT"}, "no type 'FIGHT'"),
        ({"span": [4, 4]}, "4:4 are no words"),
        ({"actor": [[0, 99]]}, "0:99 are no words"),
        ({"status": ["maybe"]}, "no status 'maybe'"),
        ({"type": "CONSULT", "recipient": [[12, 17]]}, "all parties in actor"),
    ],
)
def test_faults_are_told(change: dict[str, object], told: str) -> None:
    event = {"span": [5, 11], "type": "ASSAULT", "actor": [[0, 4]], "recipient": [], "status": []} | change
    row = {"corpus": "dates", "digest": "x", "published": None, "events": [event], "text": "Peru bombed Chile."}
    assert any(told in fault for fault in news.faults(row, sorted(type_modes()), STATUSES))


def test_a_text_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="none of the texts of 'attribution' has the digest"):
        list(news.rows(tmp_path, [ROOT / "training" / "news" / "attribution.jsonl"]))


def test_texts_are_found_by_their_digest(tmp_path: Path) -> None:
    text = "Peru bombed Chile."
    place = tmp_path / "attribution" / "train" / "text"
    place.mkdir(parents=True)
    (place / "a.txt").write_text(text, encoding="utf-8")
    labels = tmp_path / "labels.jsonl"
    row = {"corpus": "attribution", "digest": news.digest(text), "published": None, "events": []}
    labels.write_text(json.dumps(row), encoding="utf-8")
    assert [row["text"] for row in news.rows(tmp_path, [labels])] == [text]
