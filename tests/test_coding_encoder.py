"""The optional language model: marks among the tokens, shares of types."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masudi.coding.encoder import (
    ABOUT,
    ACTOR,
    EVENT,
    MAX_TOKENS,
    MODELS,
    RECIPIENT,
    Encoder,
    encode_event,
    encode_pair,
)
from masudi.errors import MissingExtra
from masudi.records import Span

ROOT = Path(__file__).parent.parent
MISSING = [name for name in ("onnxruntime", "tokenizers") if importlib.util.find_spec(name) is None]
needs_extra = pytest.mark.skipif(
    bool(MISSING), reason=f"NOT CHECKED, no {' and no '.join(MISSING)}: pip install 'masudi[encoder]'"
)


def span(text: str, words: str) -> Span:
    begin = text.index(words)
    return Span(begin, begin + len(words))


def letters(text: str) -> list[int]:
    """One token for each character, apart from the numbers of the marks."""
    return [1000 + ord(c) for c in text]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_without_the_extra_the_error_names_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtra, match=r"pip install 'masudi\[encoder\]'"):
        Encoder()


def test_the_files_are_those_that_were_measured() -> None:
    about = json.loads((MODELS / ABOUT).read_text(encoding="utf-8"))
    for name, digest in about["sha256"].items():
        assert hashlib.sha256((MODELS / name).read_bytes()).hexdigest() == digest, name


def test_the_model_is_part_of_the_wheel_with_its_licence() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["src/masudi"]}
    assert settings["project"]["optional-dependencies"]["encoder"]
    assert (ROOT / "src" / "masudi") in MODELS.parents
    assert "Apache License" in (MODELS / "encoder-licence.txt").read_text(encoding="utf-8")
    assert (MODELS / "encoder.onnx").stat().st_size < 30_000_000


def test_marks_stand_around_their_words() -> None:
    ids, at = encode_pair(letters, "ab cd", [Span(0, 2)], [Span(3, 5)])
    assert ids[1:-1] == (ACTOR[0], *letters("ab"), ACTOR[1], *letters(" "), RECIPIENT[0], *letters("cd"), RECIPIENT[1])
    assert [ids[place] for place in at] == [ACTOR[0], RECIPIENT[0]]


def test_the_longer_span_encloses_the_shorter_one() -> None:
    ids, _ = encode_pair(letters, "abc", [Span(0, 1)], [Span(0, 3)])
    assert ids[1:-1] == (RECIPIENT[0], ACTOR[0], *letters("a"), ACTOR[1], *letters("bc"), RECIPIENT[1])


def test_a_party_that_is_not_marked_stands_at_the_start() -> None:
    _, at = encode_pair(letters, "abc", [Span(1, 2)], [])
    assert at == (2, 0)


@given(
    st.text(max_size=400),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=5),
    st.tuples(st.integers(0, 400), st.integers(0, 400)),
)
def test_long_sentences_are_cut_and_places_still_point_at_marks(
    text: str, pairs: list[tuple[int, int]], event: tuple[int, int]
) -> None:
    spans = [Span(min(p, len(text)), min(max(p, q), len(text))) for p, q in pairs]
    begin = min(event[0], len(text))
    ids, (place, _) = encode_event(letters, text, Span(begin, min(max(event), len(text))), spans[:2], spans[2:])
    assert len(ids) <= MAX_TOKENS
    assert place == 0 or ids[place] == EVENT[0]
    assert (ids[0], ids[-1]) == (101, 102)


PAIRS = [
    ("Norway condemned Chad over the closed border.", "Norway", "Chad", "ACCUSE"),
    ("The Kenyan army shelled rebel camps near the river.", "The Kenyan army", "rebel camps", "ASSAULT"),
    ("Canada sent blankets and flour to Malawi.", "Canada", "Malawi", "AID"),
    ("Police in Oslo arrested two union leaders.", "Police in Oslo", "two union leaders", "COERCE"),
]


@needs_extra
@pytest.mark.parametrize(("text", "actor", "recipient", "type_"), PAIRS)
def test_what_one_party_does_to_the_other_is_read(
    encoder: Encoder, text: str, actor: str, recipient: str, type_: str
) -> None:
    (shares,) = encoder.relations([(text, [span(text, actor)], [span(text, recipient)])])
    assert max(shares, key=lambda name: shares[name]) == type_
    assert sum(shares.values()) == pytest.approx(1)


@needs_extra
@pytest.mark.parametrize(
    ("text", "word", "type_"),
    [
        ("Rebels attacked the barracks before dawn.", "attacked", "ASSAULT"),
        ("The striker attacked down the left wing and scored twice.", "attacked", "NONE"),
    ],
)
def test_the_same_word_tells_of_an_event_or_not(encoder: Encoder, text: str, word: str, type_: str) -> None:
    (shares,) = encoder.candidates([(text, span(text, word), [], [])])
    assert max(shares, key=lambda name: shares[name]) == type_
    assert len(shares) == 17
    assert sum(shares.values()) == pytest.approx(1)


@needs_extra
def test_shares_do_not_depend_on_the_company(encoder: Encoder) -> None:
    items = [(text, [span(text, a)], [span(text, b)]) for text, a, b, _ in PAIRS]
    alone = [encoder.relations([item])[0] for item in items]
    assert encoder.relations(items) == alone
    assert encoder.relations([*reversed(items), *items]) == [*reversed(alone), *alone]
    assert Encoder().relations(items) == alone


@needs_extra
def test_of_nothing_nothing_is_read(encoder: Encoder) -> None:
    assert encoder.relations([]) == encoder.candidates([]) == []
