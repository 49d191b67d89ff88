"""Status where the sentence hides it: what was prevented, weighed, sworn off, set for a day, or only asked in return."""

from __future__ import annotations

import pytest

import masudi
from coding_cases import code, told

PREVENTED = [
    ("[The rebels|TCD REB] were shot before they were able to attack [Niger|NER].", [[], ["negation"]]),
    ("[The village|NER CVL] was saved from being attacked by [Chad|TCD].", [["negation"]]),
    ("[Chad|TCD] thought better of attacking [Niger|NER].", [["negation"]]),
    ("[Chad|TCD] never got round to attacking [Niger|NER].", [["negation"]]),
    ("[Chad|TCD] finally got round to attacking [Niger|NER].", [[]]),
    ("[Chad|TCD] would rather wait than attack [the rebels|NER REB].", [["negation"]]),
    ("[Chad|TCD] pulled out without attacking [Niger|NER].", [["negation"]]),
    ("[Chad|TCD] had been going to attack [Niger|NER].", [["negation"]]),
    ("[Chad|TCD] dismissed reports that it had attacked [Niger|NER].", [["negation"]]),
    ("Reports that [Chad|TCD] attacked [Niger|NER] were baseless.", [["negation"]]),
    ("[Chad|TCD]'s attack on [Niger|NER] was to have begun in May.", [["negation"]]),
]
WEIGHED = [
    ("It would be a mistake for [Chad|TCD] to attack [Niger|NER].", [["hypothetical"]]),
    ("An attack by [Chad|TCD] on [Niger|NER] remains a possibility.", [["hypothetical"]]),
    ("An attack by [Chad|TCD] on [Niger|NER] would be unwise.", [["hypothetical"]]),
    ("Suspicion that [Chad|TCD] attacked [Niger|NER] never died.", [["hypothetical"]]),
    ("What [Chad|TCD] wants is to attack [Niger|NER].", [["hypothetical"]]),
    ("The chances of [Chad|TCD] attacking [Niger|NER] are slim.", [["hypothetical"]]),
    ("[Chad|TCD] is rumoured to have attacked [Niger|NER].", [["hypothetical"]]),
    ("Supposing that [Chad|TCD] attacked [Niger|NER], prices would rise.", [["hypothetical"]]),
    ("In that case [Chad|TCD] would attack [Niger|NER].", [["hypothetical"]]),
    ("[Mali|MLI] would like to see [Chad|TCD] attack [the rebels|NER REB].", [["hypothetical"]]),
    ("[Chad|TCD] did not rule out attacking [Niger|NER].", [["hypothetical"]]),
]
DONE = [
    ("If [Chad|TCD] had not attacked [Niger|NER], prices would be lower.", [[]]),
    ("[Chad|TCD] would not have attacked [Niger|NER] but for the drought.", [[]]),
    ("[Chad|TCD] dared to attack [Niger|NER].", [[]]),
    ("[Chad|TCD] saw fit to attack [Niger|NER].", [[]]),
    ("[Chad|TCD] ended up attacking [Niger|NER].", [[]]),
    ("[Chad|TCD] held exercises off Lome and attacked [Niger|NER].", [[]]),
    ("[Mali|MLI], on a visit to [Chad|TCD], warned of floods and attacked [Niger|NER].", [[]]),
]
TO_COME = [
    ("[Chad|TCD] agreed to wait and to attack [Niger|NER].", [["future"]]),
    ("[Chad|TCD] is bound to attack [Niger|NER].", [["future"]]),
    ("[Chad|TCD]'s attack on [Niger|NER] is only hours away.", [["future"]]),
    ("[Chad|TCD]'s attack on [Niger|NER] to begin within days", [["future"]]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [*PREVENTED, *WEIGHED, *DONE, *TO_COME])
def test_status_is_read_where_the_sentence_hides_it(marked: str, expected: list[list[str]]) -> None:
    _, reports = code(marked)
    assert [list(r.auxiliary) for r in reports if r.type == "ASSAULT"] == expected


@pytest.mark.model
@pytest.mark.parametrize(("marked", "types"), [
    ("[Chad|TCD] vowed never to free [the hostages|NER CVL].", ["REJECT"]),
    ("[Chad|TCD] promised not to attack [Niger|NER].", ["AGREE"]),
    ("[Chad|TCD] vowed to retaliate against [Niger|NER].", ["THREATEN"]),
    ("[Chad|TCD] said [it|TCD] would retaliate against [Niger|NER].", ["THREATEN"]),
    ("[Chad|TCD] denied that it had attacked [Niger|NER].", ["ASSAULT"]),
])  # fmt: skip
def test_a_vow_or_denial_is_coded_by_what_becomes_of_the_deed(marked: str, types: list[str]) -> None:
    _, reports = code(marked)
    assert [r.type for r in reports] == types


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("The coup that [the colonels|NER MIL] plotted fell through.", ("negation",)),
    ("[The minister|TCD GOV] backs a bill. It would ban [the press|NER MED].", ("hypothetical",)),
])  # fmt: skip
def test_a_plan_or_draft_lends_its_status_to_what_it_is_for(marked: str, expected: tuple[str, ...]) -> None:
    _, reports = code(marked)
    assert [r.auxiliary for r in reports if r.type == "COERCE"] == [expected]


@pytest.mark.model
@pytest.mark.parametrize("marked", [
    "[Chad|TCD] may free [the hostages|NER CVL] if [the rebels|TCD REB] surrender.",
    "[Chad|TCD] offered to free [the hostages|NER CVL] if [the rebels|TCD REB] surrender.",
])  # fmt: skip
def test_what_is_asked_in_return_is_no_event_of_its_own(marked: str) -> None:
    assert len(told(marked)) == 1


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), [
    ("Two Bolivian unions called a general strike for 14 April 2024.", ("future",)),
    ("Thai opposition parties have called a rally against the premier for Saturday.", ("future",)),
    ("Peruvian nurses called a strike for two days.", ()),
    ("Two Bolivian unions called a general strike on Monday.", ()),
    ("Teachers in Bolivia are threatening a strike next month.", ()),
    ("The mayor of Derry thanked the bishop for his letter about the bombing of Omagh in 1998.", ()),
])  # fmt: skip
def test_a_day_beside_a_deed_counts_only_where_it_is_the_deeds_own(coder: masudi.Coder, text: str, expected: tuple[str, ...]) -> None:
    reports = coder.code(text, published="2024-03-14").reports
    assert [r.auxiliary for r in reports if r.type in ("PROTEST", "THREATEN", "SUPPORT")] == [expected]
