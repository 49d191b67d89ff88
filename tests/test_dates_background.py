"""Background has no month of publication: what was in a war, over a trial, decades ago, and what only bounds a clause."""

from __future__ import annotations

from datetime import date

import pytest

import masudi
from masudi.chronology import Chronology, event_words
from masudi.records import EventDate

PUBLISHED = date(2025, 6, 24)


@pytest.fixture(scope="module")
def coder() -> masudi.Coder:
    return masudi.load()


def dated(coder: masudi.Coder, text: str, word: str) -> EventDate:
    coded = coder.code(text, published=PUBLISHED.isoformat())
    doc = coder.tools.analyse.analyse_one(coded.article)
    return Chronology(doc, coded.article, coded.times, event_words(coder.lexicons)).date_of(next(t for t in doc if t.text == word))


BACKGROUND = [
    ("Following the invasion, mobs looted the museum of Baghdad and officers dissolved the army.", "looted"),
    ("Following the invasion, mobs looted the museum of Baghdad and officers dissolved the army.", "dissolved"),
    ("Following the invasion, mobs looted the museum of Baghdad and officers dissolved the army.", "invasion"),
    ("During the civil war, militias shelled the camp and expelled its people.", "shelled"),
    ("In his youth he attacked the monarchy in pamphlets.", "attacked"),
    ("In later years he hanged students in public.", "hanged"),
    ("Decades ago my father visited Isfahan.", "visited"),
    ("The powers divided the region long ago.", "divided"),
    ("Kenya accused Somalia of paying gunmen.", "paying"),
    ("A court jailed him for the killing of two officers.", "killing"),
    ("The students who seized the embassy on 4 November 1979 are old men now. They released the hostages later.", "released"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word"), BACKGROUND)
def test_undated_background_is_bounded_by_publication_and_claims_no_month(coder: masudi.Coder, text: str, word: str) -> None:
    found = dated(coder, text, word)
    assert (found.value, found.basis, found.latest) == (None, "document", PUBLISHED)


NEWS = [
    ("Police shelled the camp and expelled its people.", "shelled", "2025-06"),
    ("Two officers were killed during a raid, police said.", "killed", "2025-06"),
    ("Troops entered the town after rebels attacked a convoy.", "attacked", "2025-06"),
    ("During the 2006 war, militias shelled the camp.", "shelled", "2006"),
    ("Since the bloc met on Monday, Kenya accused Somalia of breaking its word.", "accused", "2025-06"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "month"), NEWS)
def test_undated_news_keeps_the_month_of_publication(coder: masudi.Coder, text: str, word: str, month: str) -> None:
    assert (dated(coder, text, word).value or "").startswith(month)


@pytest.mark.model
def test_the_date_of_what_bounds_a_clause_is_not_its_own(coder: masudi.Coder) -> None:
    found = dated(coder, "The war killed 4,000 people before the truce of November 2024.", "killed")
    assert (found.value, found.latest) == (None, date(2024, 11, 1))


@pytest.mark.model
def test_what_is_done_each_time_has_no_year_of_the_story(coder: masudi.Coder) -> None:
    text = "Russia annexed Crimea in 2014 and invaded Ukraine in 2022. The European Union imposed sanctions each time."
    assert dated(coder, text, "imposed").value is None
