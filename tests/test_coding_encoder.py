"""The optional language model: marks among the tokens, shares of types."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import masudi
from masudi.coding.encoder import (
    ABOUT,
    ACTOR,
    MAX_TOKENS,
    MODELS,
    RECIPIENT,
    Encoder,
    encode_pair,
    load_encoder,
)
from masudi.coding.seen import Seen, pieces_in
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
    return load_encoder()


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
)
def test_long_sentences_are_cut_and_places_still_point_at_marks(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(p, len(text)), min(max(p, q), len(text))) for p, q in pairs]
    ids, (actor, recipient) = encode_pair(letters, text, spans[:2], spans[2:])
    assert len(ids) <= MAX_TOKENS
    assert actor == 0 or ids[actor] == ACTOR[0]
    assert recipient == 0 or ids[recipient] == RECIPIENT[0]
    assert (ids[0], ids[-1]) == (101, 102)


def made_up(offsets: list[tuple[int, int]], kinds: list[list[float]]) -> Seen:
    """A sentence of which a model with one type and the sides "neither", "actor" would have said `kinds`; the first word offers itself as an actor."""
    offers = np.array([[[0.0], [4.0 * (n == 1)]] for n in range(len(offsets))])
    return Seen(offsets, ("NONE", "AID", "ASSAULT"), ("neither", "actor"), np.array(kinds), np.ones((len(offsets), 2, 1)), offers)


SAW = made_up(
    [(0, 0), (0, 4), (4, 6), (7, 9), (10, 14), (0, 0)],
    [[1, 0, 0], [0.1, 0.9, 0], [0.6, 0.4, 0], [0.05, 0.05, 0.9], [0.02, 0.03, 0.95], [1, 0, 0]],
)


def test_tokens_of_one_type_side_by_side_are_one_event() -> None:
    assert list(SAW.events(0.8)) == [(Span(0, 4), "AID", 0.9), (Span(7, 14), "ASSAULT", 0.95)]
    assert list(SAW.events(0.99)) == []


def test_of_several_tokens_the_one_most_like_an_event_is_asked() -> None:
    shares = SAW.type_shares(Span(7, 14))
    assert shares == {"NONE": 0.02, "AID": 0.03, "ASSAULT": 0.95}
    assert SAW.type_shares(Span(20, 22)) is None


def test_what_a_party_offers_decides_its_side() -> None:
    first, last, unseen = SAW.side_shares(Span(7, 9), [Span(0, 4), Span(10, 14), Span(30, 34)])
    assert first is not None
    assert first["actor"] > 0.9
    assert (last, unseen) == ({"neither": 0.5, "actor": 0.5}, None)
    assert SAW.side_shares(Span(30, 34), [Span(0, 4)]) == [None]


def test_tokens_are_found_by_their_characters() -> None:
    offsets = [(0, 0), (0, 3), (4, 6), (0, 0)]
    assert [pieces_in(offsets, *span) for span in ((0, 6), (3, 4), (2, 5), (9, 12))] == [[1, 2], [], [1, 2], []]


PAIRS = [
    ("Norway condemned Chad over the closed border.", "Norway", "Chad", "ACCUSE"),
    ("The Kenyan army shelled rebel camps near the river.", "The Kenyan army", "rebel camps", "ASSAULT"),
    ("Canada sent blankets and flour to Malawi.", "Canada", "Malawi", "AID"),
    ("The Oslo police arrested two union leaders.", "The Oslo police", "two union leaders", "COERCE"),
]


@needs_extra
@pytest.mark.parametrize(("text", "actor", "recipient", "type_"), PAIRS)
def test_what_one_party_does_to_the_other_is_read(
    encoder: Encoder, text: str, actor: str, recipient: str, type_: str
) -> None:
    shares = encoder.relations(text, [span(text, actor)], [span(text, recipient)])
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
    shares = encoder.seen(text).type_shares(span(text, word))
    assert shares is not None
    assert max(shares, key=lambda name: shares[name]) == type_
    assert len(shares) == 17
    assert sum(shares.values()) == pytest.approx(1)


@needs_extra
@pytest.mark.parametrize(("text", "actor", "recipient", "type_"), PAIRS)
def test_who_acts_and_who_is_acted_on_is_seen(encoder: Encoder, text: str, actor: str, recipient: str, type_: str) -> None:
    seen = encoder.seen(text)
    (words, kind, share), *others = seen.events(0.5)
    assert (kind, others) == (type_, [])
    assert share > 0.5
    for side, party in (("actor", actor), ("recipient", recipient)):
        (shares,) = seen.side_shares(words, [span(text, party)])
        assert shares is not None
        assert max(shares, key=lambda name: shares[name]) == side
        assert sum(shares.values()) == pytest.approx(1)


@needs_extra
def test_shares_do_not_depend_on_what_was_read_before(encoder: Encoder) -> None:
    def read(model: Encoder, text: str, actor: str, recipient: str) -> tuple[dict[str, float], list[tuple[Span, str, float]]]:
        return model.relations(text, [span(text, actor)], [span(text, recipient)]), list(model.seen(text).events(0.2))

    alone = [read(encoder, *pair[:3]) for pair in PAIRS]
    fresh = Encoder()
    assert [read(fresh, *pair[:3]) for pair in reversed(PAIRS)] == list(reversed(alone))


@needs_extra
@pytest.mark.parametrize("text", ["", " ", "Attack " * 400, "\u200b\u2014"])
def test_empty_long_and_odd_sentences_are_read(encoder: Encoder, text: str) -> None:
    seen = encoder.seen(text)
    assert len(seen.kinds) == len(seen.offsets) <= MAX_TOKENS
    assert seen.type_shares(Span(len(text) + 1, len(text) + 5)) is None


@pytest.fixture(scope="module")
def coder() -> masudi.Coder:
    return masudi.load(ranker="encoder", keep_text=True)


@needs_extra
@pytest.mark.model
def test_an_event_whose_word_has_no_entry_is_told_with_its_parties(coder: masudi.Coder) -> None:
    text = "The junta defenestrated its own interior minister on Tuesday, state radio said."
    assert not masudi.load(keep_text=True).code(text, published="2020-01-01").reports
    (report,) = coder.code(text, published="2020-01-01").reports
    assert (report.type, report.modes, report.cameo) == ("SANCTION", (), None)
    assert [text[s.start : s.end] for s in (*report.triggers, *report.actor_spans)] == ["defenestrated", "The junta"]
    assert "type: en/slots.tsv:SANCTION.verb" in report.because


@needs_extra
@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The striker attacked the goal from the left all evening.",
        "Nobody in the village could say when the clock had last struck noon.",
        "The recipe calls for two eggs and a spoonful of flour.",
    ],
)
def test_what_is_no_event_stays_none(coder: masudi.Coder, text: str) -> None:
    assert not coder.code(text, published="2020-01-01").reports
