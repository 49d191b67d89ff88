"""Events that are words: a demand, threat, accusation or promise leads to the statement it is."""

from __future__ import annotations

import pytest

import masudi

pytestmark = pytest.mark.model

# text, type, cue of the statement that is the event, sources of the chain
TIED = [
    ("Kenya demanded that Uganda withdraw its troops, a diplomat said.", "REQUEST", "demanded", ["a diplomat"]),
    ("The United States accused Russia of arming the rebels.", "ACCUSE", "accused", []),
    ("Iran threatened to close the strait.", "THREATEN", "threatened", []),
    ("“We will bomb Israel,” Iran warned.", "THREATEN", "warned", []),
    ("The general said that Kenya had accused Uganda of spying.", "ACCUSE", "had accused", ["The general"]),
    ("France promised to help Mali.", "AGREE", "promised", []),
    ("Kenya rejected the proposal by Uganda.", "REJECT", "rejected", []),
]


@pytest.mark.parametrize(("text", "event", "cue", "chain"), TIED)
def test_an_act_in_words_leads_to_its_statement_and_does_not_rest_on_it(
    coder: masudi.Coder, text: str, event: str, cue: str, chain: list[str]
) -> None:
    coded = coder.code(text, published="2024-05-06")
    statements = {s.id: s for s in coded.statements}
    report = next(r for r in coded.reports if r.type == event)
    assert report.statement is not None
    assert [text[a:b] for a, b in statements[report.statement].cue_spans] == [cue]
    assert report.statement not in report.chain
    assert [" ".join(text[a:b] for a, b in statements[i].source_spans) for i in report.chain] == chain
    assert any(b.startswith("statement: ") for b in report.because)


@pytest.mark.parametrize(
    "text",
    [
        "The army said that rebels attacked Lagos.",
        "The army said that Kenya sent troops to Somalia.",
        "The army of Sudan shelled Khartoum.",
    ],
)
def test_a_deed_is_no_statement(coder: masudi.Coder, text: str) -> None:
    coded = coder.code(text, published="2024-05-06")
    assert coded.reports and all(r.statement is None for r in coded.reports)


def test_what_another_accuses_him_of_is_not_the_accused_ones_statement(coder: masudi.Coder) -> None:
    coded = coder.code("The United States accused Russia of arming the rebels.", published="2024-05-06")
    assert [r.statement for r in coded.reports if r.type != "ACCUSE"] == [None]
