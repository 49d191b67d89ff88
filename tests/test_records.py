"""Records: made whole, refused when they break their rules, plain in the shape of the contract."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masudi.records import (
    Actor,
    Article,
    Attribution,
    Chained,
    CodedArticle,
    EventDate,
    Report,
    Span,
)
from masudi.text import digest, fold, iso_bounds, merge_spans, slug


def a_report(**changes: object) -> Report:
    values: dict[str, object] = {
        "id": "r1", "type": "ASSAULT", "quad": "material_conflict", "score": -9.0,
        "triggers": (Span(0, 3),), "date": EventDate(basis="unknown"), "sentence": 0,
    }  # fmt: skip
    return Report(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "an attack"}, {"quad": "conflict"}, {"triggers": (Span(3, 3),)}, {"confidence": 1.2},
        {"auxiliary": ("maybe",)}, {"actor_spans": (Span(-1, 2),)},
    ],
)  # fmt: skip
def test_report_refuses_what_breaks_its_rules(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        a_report(**changes)


def test_event_date_refuses_days_out_of_order() -> None:
    with pytest.raises(ValueError, match="before earliest"):
        EventDate(basis="text", value="2004", earliest=date(2004, 2, 1), latest=date(2004, 1, 1))


def test_article_refuses_blank_for_unknown() -> None:
    with pytest.raises(ValueError, match="title is blank; unknown is None"):
        Article(id="a", text="x", title="")


def test_actor_code_is_country_and_sectors() -> None:
    assert Actor(id="a", name="n", kind="person", country="ISR", sectors=("LEG",)).code == "ISRLEG"
    assert Actor(id="a", name="n", kind="organisation", sectors=("IGO", "UNO")).code == "IGOUNO"
    assert Actor(id="a", name="n", kind="unnamed").code is None


def test_chain_at_gives_the_deepest_statement() -> None:
    chains = (Chained(Span(0, 50), ("s1",)), Chained(Span(10, 20), ("s1", "s2")))
    found = Attribution(chains=chains)
    assert [found.chain_at(i) for i in (5, 15, 20, 50)] == [("s1",), ("s1", "s2"), ("s1",), ()]


def test_coded_article_has_the_keys_of_the_contract() -> None:
    plain = CodedArticle(article=Article(id="a", text="x"), reports=(a_report(),)).to_dict()
    assert list(plain) == [
        "schema", "article", "sentences", "actors", "mentions", "times", "places", "statements", "judgements", "reports",
        "failures",
    ]  # fmt: skip
    assert plain["schema"] == "masudi/1"
    for key in (
        "id", "type", "modes", "contexts", "cameo", "quad", "score", "triggers", "actors", "actor_spans",
        "recipients", "recipient_spans", "date", "place", "auxiliary", "chain", "counts", "confidence", "sentence",
        "because",
    ):  # fmt: skip
        assert key in plain["reports"][0]
    assert plain["article"]["ratings"] is None


def test_an_actor_says_how_sure_it_is() -> None:
    actor = Actor(id="a", name="n", kind="unnamed", confidence=0.8)
    assert CodedArticle(article=Article(id="a", text="x"), actors=(actor,)).to_dict()["actors"][0]["confidence"] == 0.8
    with pytest.raises(ValueError, match="confidence is 1.2"):
        Actor(id="a", name="n", kind="unnamed", confidence=1.2)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12))
def test_merged_spans_cover_the_same_characters_and_never_touch(raw: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in raw]
    merged = merge_spans(spans)
    assert {i for s in spans for i in range(*s)} == {i for s in merged for i in range(*s)}
    assert all(a.end < b.start for a, b in zip(merged, merged[1:], strict=False))


@given(st.text(), st.text())
def test_digest_tells_parts_apart(a: str, b: str) -> None:
    assert digest(a, b) == digest(a, b)
    assert digest(a, b) != digest(a + b)
    assert digest(a) != digest(a, None)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2004-02", (date(2004, 2, 1), date(2004, 2, 29))),
        ("1993", (date(1993, 1, 1), date(1993, 12, 31))),
        ("2025-06-24", (date(2025, 6, 24), date(2025, 6, 24))),
        ("2025-13", None), ("2025-02-30", None), ("199X", None), (None, None),
    ],
)  # fmt: skip
def test_iso_bounds_are_the_first_and_last_day(value: str | None, bounds: tuple[date, date] | None) -> None:
    assert iso_bounds(value) == bounds


def test_fold_and_slug_take_accents_and_curly_quotes_away() -> None:
    assert fold("Qais  al-Khazālī’s") == "qais al-khazali's"
    assert slug("Asa’ib Ahl al-Haq") == "asa-ib-ahl-al-haq"
