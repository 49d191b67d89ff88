"""The account of a report: every field with value, words and reasons, and no source that vouches for itself."""

from __future__ import annotations

import pytest

import masudi
from fakes import make_fake_coder
from masudi.config import Settings
from masudi.explain import describe_date, explain_report, find_report
from masudi.records import Article

TEXT = "Observers said that Rebels attacked Loyalists in Lagos. Later Militants attacked Rebels."


@pytest.fixture(scope="module")
def coded() -> dict[str, object]:
    article = Article(id="a1", text=TEXT, published="2025-06-24")
    return next(make_fake_coder(Settings()).code_articles([article])).to_dict()


def test_explain_quotes_the_words_of_every_field(coded: dict[str, object]) -> None:
    explained = explain_report(coded, find_report(coded, "1") or {})
    fields = {f.name: f for f in explained.fields}
    for field in explained.fields:
        for quote in field.quotes:
            assert TEXT[quote.start : quote.end] == quote.text
    assert [q.text for q in fields["actor"].quotes] == ["Rebels"]
    assert fields["chain"].value == "Observers"
    assert fields["place"].value == "Lagos, NGA"
    assert fields["type"].because == ("fake",)
    assert "Rebels: by text" in fields["actor"].because
    assert explained.sentence.text == "Observers said that Rebels attacked Loyalists in Lagos."


def test_explain_finds_a_report_by_number_id_and_beginning(coded: dict[str, object]) -> None:
    first, second = coded["reports"]  # type: ignore[misc]
    assert find_report(coded, "2") == second
    assert find_report(coded, first["id"]) == first
    assert find_report(coded, second["id"][:8]) == second
    assert find_report(coded, "r") is None and find_report(coded, "3") is None


def test_explain_says_what_a_date_rests_on() -> None:
    known = {"value": "2004-02", "basis": "text", "latest": "2004-02-29"}
    bound = {"value": None, "basis": "document", "latest": "2025-06-24"}
    assert describe_date(known) == "2004-02 (text)"
    assert describe_date(bound) == "not known (document, not after 2025-06-24)"


@pytest.mark.model
def test_a_declaration_is_not_on_the_word_of_who_declares(coder: masudi.Coder) -> None:
    """The cue does the deed, so its source is the actor and vouches for nothing."""
    coded = coder.code("Peru declared a general mobilisation on Monday.", published="2031-03-05")
    mobilised = [r for r in coded.reports if r.type == "MOBILIZE"]
    assert [r.chain for r in mobilised] == [()]


@pytest.mark.model
def test_explain_shows_the_statement_an_event_is_and_how_sure_its_chain_is(coder: masudi.Coder) -> None:
    text = "The rebels claimed that Kenya had accused Uganda of spying."
    coded = coder.code(text, published="2031-03-05").to_dict()
    accused = next(r for r in coded["reports"] if r["type"] == "ACCUSE")
    fields = {f.name: f for f in explain_report(coded, accused).fields}
    assert "accuse" in fields["statement"].value and "had accused" in [q.text for q in fields["statement"].quotes]
    assert fields["chain"].value.endswith("(distancing)")
