"""Chains: which statement stands inside which, and what holds at each character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from masudi.attribute.chain import chains_of, nest
from masudi.attribute.content import covered, length, without
from masudi.records import Attribution, Span, Statement
from masudi.text import merge_spans


def statement(id: str, *content: tuple[int, int], within: str | None = None) -> Statement:
    return Statement(
        id=id, actor=None, source_spans=(), cue_spans=(), cue_lemma="say", content=tuple(Span(*c) for c in content),
        form="indirect", force="assert", named=False, within=within,
    )  # fmt: skip


def test_a_cue_inside_two_contents_belongs_to_the_narrower() -> None:
    told = [(Span(0, 4), (Span(5, 90),)), (Span(10, 14), (Span(15, 80),)), (Span(20, 24), (Span(25, 70),))]
    assert nest(told) == [None, 0, 1]


def test_two_that_hold_each_other_s_cue_make_no_circle() -> None:
    told = [(Span(0, 4), (Span(5, 60),)), (Span(10, 14), (Span(0, 8),))]
    assert nest(told) == [None, 0]


def test_chain_is_outermost_first() -> None:
    told = (statement("a", (5, 90)), statement("b", (15, 80), within="a"))
    held = Attribution(statements=told, chains=chains_of(told))
    assert held.chain_at(20) == ("a", "b")
    assert held.chain_at(6) == ("a",)
    assert held.chain_at(2) == ()


def test_content_in_two_pieces_leaves_the_gap_to_the_article() -> None:
    told = (statement("a", (0, 10), (20, 30)),)
    held = Attribution(statements=told, chains=chains_of(told))
    assert [held.chain_at(i) for i in (5, 15, 25)] == [("a",), (), ("a",)]


spans = st.tuples(st.integers(0, 80), st.integers(1, 20)).map(lambda t: Span(t[0], t[0] + t[1]))
contents = st.lists(spans, min_size=1, max_size=3).map(merge_spans)


@given(st.lists(st.tuples(spans, contents), max_size=12))
def test_no_statement_stands_inside_itself(told: list[tuple[Span, tuple[Span, ...]]]) -> None:
    parents = nest(told)
    for number, parent in enumerate(parents):
        assert parent is None or any(s.covers(told[number][0]) for s in told[parent][1])
        seen = set()
        here: int | None = number
        while here is not None:
            assert here not in seen
            seen.add(here)
            here = parents[here]


@given(st.lists(contents, max_size=8))
def test_every_character_of_content_has_one_chain_and_no_other_has(contents: list[tuple[Span, ...]]) -> None:
    told = tuple(statement(f"s{n}", *c) for n, c in enumerate(contents))
    chains = chains_of(told)
    assert covered([Span(0, 200)], [c.span for c in chains]) == length(c.span for c in chains)  # none overlap
    for place in range(0, 105):
        around = {s.id for s in told if any(c.start <= place < c.end for c in s.content)}
        chain = Attribution(statements=told, chains=chains).chain_at(place)
        assert bool(chain) == bool(around) and set(chain) <= around


@given(contents, st.lists(spans, max_size=3))
def test_what_is_cut_out_is_gone_and_nothing_is_added(content: tuple[Span, ...], holes: list[Span]) -> None:
    text = "ab, cd ef " * 12
    left = without(content, holes, text)
    assert covered(left, merge_spans(holes)) == 0
    assert covered(left, content) == length(left)
