"""Coding: what is told as done, and what is denied, planned, possible, asked for, ended or long past."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from coding_cases import code, told
from masudi.coding.merge import is_historical
from masudi.records import EventDate

STATUS = [
    ("[Chad|TCD] did not attack [Niger|NER].", "ASSAULT Chad > Niger (negation)"),
    ("[Chad|TCD] never attacked [Niger|NER].", "ASSAULT Chad > Niger (negation)"),
    ("[Chad|TCD] failed to attack [Niger|NER].", "ASSAULT Chad > Niger (negation)"),
    ("[Chad|TCD] will attack [Niger|NER].", "ASSAULT Chad > Niger (future)"),
    ("[Chad|TCD] plans to arrest [the rebel chief|TCD REB].", "COERCE Chad > the rebel chief (future)"),
    ("[Chad|TCD] could attack [Niger|NER].", "ASSAULT Chad > Niger (hypothetical)"),
    ("If [Chad|TCD] attacks [Niger|NER], prices will rise.", "ASSAULT Chad > Niger (hypothetical)"),
    ("Had [Chad|TCD] attacked [Niger|NER], prices would have risen.", "ASSAULT Chad > Niger (hypothetical)"),
    ("[Miners|NER LAB] were unable to kill [the guards|NER MIL].", "ASSAULT Miners > the guards (negation)"),
    ("[Chad|TCD] is to send aid to [Niger|NER].", "AGREE Chad > Niger"),
    ("The most that [Chad|TCD] has done is to attack [Niger|NER].", "ASSAULT Chad > Niger"),
    ("[Chad|TCD] wanted to bomb [Niger|NER].", "ASSAULT Chad > Niger (hypothetical)"),
    ("[Chad|TCD] continued to bomb [Niger|NER].", "ASSAULT Chad > Niger"),
    ("[Chad|TCD] and [Niger|NER] will hold talks.", "AGREE Chad, Niger"),
    ("[Chad|TCD] will send aid to [Niger|NER].", "AGREE Chad > Niger"),
    ("[Chad|TCD] will not release [the crew|NER CVL].", "REJECT Chad > the crew"),
    ("[Chad|TCD] vowed to attack [Niger|NER].", "ASSAULT Chad > Niger (future)"),
    ("[Chad|TCD] did not fail to bomb [Niger|NER].", "ASSAULT Chad > Niger"),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), STATUS)
def test_status_is_read_from_the_words_that_govern_the_event(marked: str, expected: str) -> None:
    assert told(marked) == [expected]


STATUS_MORE = [
    ("It may well be that [Chad|TCD] attacked [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("In the event of a drought [Chad|TCD] would attack [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("[Chad|TCD] has at no point attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] has at no time attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("At this point [Chad|TCD] attacked [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("Officials dispute that [Chad|TCD] attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("It is untrue, the governor said, that [Chad|TCD] attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("It is unusual, the governor said, that [Chad|TCD] attacked [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("[Chad|TCD] may or may not attack [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("Hardly a day went by without [Chad|TCD] shelling [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("A day went by without [Chad|TCD] shelling [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] has not yet attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] denied attacking [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] stopped short of attacking [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] nearly attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("No soldier of [Chad|TCD] attacked [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] refrained from attacking [Niger|NER].", ["ASSAULT Chad > Niger (negation)"]),
    ("[Chad|TCD] is about to attack [Niger|NER].", ["ASSAULT Chad > Niger (future)"]),
    ("[Chad|TCD] is preparing to attack [Niger|NER].", ["ASSAULT Chad > Niger (future)"]),
    ("[Chad|TCD] intends to attack [Niger|NER].", ["ASSAULT Chad > Niger (future)"]),
    ("[Chad|TCD] said [its army|TCD MIL] would attack [Niger|NER].", ["ASSAULT its army > Niger (future)"]),
    ("[Chad|TCD] is expected to attack [Niger|NER].", ["ASSAULT Chad > Niger (future)"]),
    ("[Chad|TCD] may have attacked [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("[Chad|TCD] would have attacked [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("[Chad|TCD] considered attacking [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("[Chad|TCD] hopes to arrest [the rebel chief|NER REB].", ["COERCE Chad > the rebel chief (hypothetical)"]),
    ("Unless [Chad|TCD] attacks [Niger|NER], prices will fall.", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("[Chad|TCD] has the power to attack [Niger|NER].", ["ASSAULT Chad > Niger (hypothetical)"]),
    ("[Chad|TCD] managed to capture [the rebel chief|NER REB].", ["COERCE Chad > the rebel chief"]),
    ("[Chad|TCD] went on to attack [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("[Chad|TCD] resumed its attacks on [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("After attacking [Niger|NER], [Chad|TCD] fell silent.", ["ASSAULT Chad > Niger"]),
    ("[Chad|TCD] was accused of attacking [Niger|NER].", ["ACCUSE > Chad", "ASSAULT Chad > Niger"]),
    ("Did [Chad|TCD] attack [Niger|NER]?", []),
    ("[Chad|TCD] cannot attack [Niger|NER].", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), STATUS_MORE)
def test_status_holds_for_less_plain_wording(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


# Words of denial wherever they stand; conditions however they are made; what is still to come, in full or in headlines.
STATUS_WIDE = [
    ("No [soldier|TCD MIL] attacked [Niger|NER].", ["negation"]),
    ("Neither [Chad|TCD] nor [Mali|MLI] attacked [Niger|NER].", ["negation"]),
    ("At no point has [Chad|TCD] attacked [Niger|NER].", ["negation"]),
    ("Not once did [the rebels|TCD REB] attack [the police|NER COP].", ["negation"]),
    ("Not only did [the rebels|TCD REB] attack [the police|NER COP], they lied.", []),
    ("No fewer than 30 soldiers of [Chad|TCD] attacked [Niger|NER].", []),
    ("[Chad|TCD] has yet to attack [Niger|NER].", ["negation"]),
    ("[Chad|TCD] was to have attacked [Niger|NER].", ["negation"]),
    ("There is no evidence that [Chad|TCD] attacked [Niger|NER].", ["negation"]),
    ("[Chad|TCD] did not retreat, nor did it attack [Niger|NER].", ["negation"]),
    ("Were [the army|TCD MIL] to bomb [Niger|NER], prices would rise.", ["hypothetical"]),
    ("Should [the rebels|TCD REB] attack [the police|NER COP], prices would rise.", ["hypothetical"]),
    ("[Chad|TCD] will attack [Niger|NER] if the talks fail.", ["hypothetical"]),
    ("[Chad|TCD] said it would rain if clouds came, and attacked [Niger|NER].", []),
    ("[Chad|TCD] is going to attack [Niger|NER].", ["future"]),
    ("[Army|TCD MIL] to shell [Niger|NER] again", ["future"]),
    ("[Chad|TCD] will not attack [Niger|NER].", ["negation"]),
    ("[Chad|TCD] once attacked [Niger|NER].", ["historical"]),
    ("[Chad|TCD] has once again attacked [Niger|NER].", []),
    ("[Chad|TCD] used to attack [Niger|NER].", ["historical"]),
    ("A generation ago [Chad|TCD] attacked [Niger|NER].", ["historical"]),
    ("Not until Friday did [the rebels|TCD REB] attack [the police|NER COP].", []),
    ("Besides attacking [Niger|NER], [Chad|TCD] kept its schools shut.", []),
    ("Had [Chad|TCD] attacked [Niger|NER], prices would have risen.", ["hypothetical"]),
    ("Had [Chad|TCD] not attacked [Niger|NER], prices would have fallen.", []),
    ("[Chad|TCD] fended off an attack by [the rebels|TCD REB].", ["negation"]),
    ("[Chad|TCD]'s decision to attack [Niger|NER] divided [the generals|TCD MIL].", []),
]


# What was not chosen, did not come off, is said not to have been so; what a negative does not deny; drafts, plans carried out.
STATUS_OF_OUTCOMES = [
    ("Rather than attack [Niger|NER], [Chad|TCD] waited.", ["negation"]),
    ("[Chad|TCD] waited instead of attacking [Niger|NER].", ["negation"]),
    ("[The army|TCD MIL], far from attacking [Niger|NER], withdrew.", ["negation"]),
    ("Under the proposal [Chad|TCD] would attack [Niger|NER].", ["hypothetical"]),
    ("[Chad|TCD] no longer attacks [Niger|NER].", ["negation"]),
    ("[Chad|TCD] thought about attacking [Niger|NER] and thought better of it.", ["negation"]),
    ("[Chad|TCD]'s plan to attack [Niger|NER] came to nothing.", ["negation"]),
    ("[Chad|TCD] dropped its planned attack on [Niger|NER].", ["negation"]),
    ("It is not true that [Chad|TCD] attacked [Niger|NER].", ["negation"]),
    ("It was not [Chad|TCD] that attacked [Niger|NER].", ["negation"]),
    ("There was no question of [Chad|TCD] attacking [Niger|NER].", ["negation"]),
    ("[Chad|TCD] was supposed to attack [Niger|NER] but has not.", ["negation"]),
    ("[The rebels|TCD REB] were killed before they could attack [Niger|NER].", [[], ["negation"]]),
    ("There is little doubt that [Chad|TCD] attacked [Niger|NER].", []),
    ("[Chad|TCD] made no secret of having attacked [Niger|NER].", []),
    ("[Chad|TCD] never stopped attacking [Niger|NER].", []),
    ("Never before had [Chad|TCD] attacked [Niger|NER].", []),
    ("[Chad|TCD]'s order to attack [Niger|NER] was carried out.", []),
    ("It is possible that [Chad|TCD] attacked [Niger|NER].", ["hypothetical"]),
    ("In case of an attack by [Chad|TCD] on [Niger|NER], prices will rise.", ["hypothetical"]),
    ("[Chad|TCD] would attack anyone in [Niger|NER].", ["hypothetical"]),
    ("The planned attack on [Niger|NER] by [Chad|TCD] worries [Mali|MLI].", ["future"]),
    ("When [Chad|TCD] attacks [Niger|NER], prices will rise.", ["future"]),
    ("[Chad|TCD] went so far as to attack [Niger|NER].", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), STATUS_OF_OUTCOMES)
def test_status_follows_what_came_of_it(marked: str, expected: list[str] | list[list[str]]) -> None:
    _, reports = code(marked)
    wanted = expected if expected and isinstance(expected[0], list) else [expected]
    assert [list(r.auxiliary) for r in reports if r.type == "ASSAULT"] == wanted


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), [
    ("[Miners|TCD LAB] called off their strike.", ["negation"]),
    ("[Miners|TCD LAB] called off their week-old strike.", []),
    ("[The opposition|TCD OPP] cancelled a march against [the government|TCD GOV].", ["negation"]),
])  # fmt: skip
def test_a_protest_called_off_did_not_take_place(marked: str, expected: list[str]) -> None:
    _, reports = code(marked)
    assert [list(r.auxiliary) for r in reports if r.type == "PROTEST"] == [expected]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), STATUS_WIDE)
def test_status_is_read_wherever_the_sentence_puts_it(marked: str, expected: list[str]) -> None:
    _, reports = code(marked)
    assert [list(r.auxiliary) for r in reports if r.type == "ASSAULT"] == [expected]


@pytest.mark.model
@pytest.mark.parametrize("marked", [
    "Any [citizen|CVL] may sue [the mayor|GOV].", "Emperors bomb [Niger|NER] on their birthdays.",
    "A [president|GOV] who attacks [Niger|NER] must answer for it.",
])  # fmt: skip
def test_a_rule_or_a_maxim_is_no_event(marked: str) -> None:
    assert told(marked) == []


CONTENT = [
    ("[Egypt|EGY] asked [Chad|TCD] to avoid attacking [Niger|NER].", ["REQUEST Egypt > Chad"]),
    ("[Egypt|EGY] called for the release of [the crew|NER CVL].", ["REQUEST Egypt"]),
    ("[Egypt|EGY] refused to send troops to [Niger|NER].", ["REJECT Egypt > Niger"]),
    ("[Egypt|EGY] threatened to bomb [Niger|NER].", ["THREATEN Egypt > Niger"]),
    ("[Egypt|EGY] agreed to meet [the rebels|TCD REB].", ["AGREE Egypt > the rebels"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), CONTENT)
def test_what_is_asked_refused_or_threatened_is_not_told_as_done(marked: str, expected: list[str]) -> None:
    got = told(marked)
    assert [g.split()[0] for g in got] == [e.split()[0] for e in expected]
    assert got[0].startswith(expected[0])


@pytest.mark.model
def test_content_gives_the_mode_of_the_act_that_contains_it() -> None:
    _, (threat,) = code("[Egypt|EGY] threatened to bomb [Niger|NER].")
    assert threat.modes == ("violence",)
    _, (request,) = code("[Egypt|EGY] urged [Chad|TCD] to withdraw its troops.")
    assert request.modes == ("yield",)


@pytest.mark.model
def test_ending_an_event_is_another_event() -> None:
    assert told("[Chad|TCD] suspended talks with [Niger|NER].")[0].startswith("SANCTION Chad")
    assert told("[Chad|TCD] halted its offensive against [the rebels|NER REB].")[0].startswith("RETREAT Chad")


@pytest.mark.model
def test_what_somebody_says_another_should_do_is_a_request() -> None:
    from masudi.records import Attribution, Chained, Span, Statement

    marked = "[The envoy|PER GOV] said [Chile|CHL] must free the crew."
    text = "The envoy said Chile must free the crew."
    content = Span(text.index("Chile"), len(text) - 1)
    statement = Statement(
        id="s0", actor="unnamed:the-envoy", source_spans=(Span(0, 9),), cue_spans=(Span(10, 14),), cue_lemma="say",
        content=(content,), form="indirect", force="assert", named=True,
    )  # fmt: skip
    _, reports = code(marked, attribution=Attribution(statements=(statement,), chains=(Chained(content, ("s0",)),)))
    (request,) = [r for r in reports if r.type == "REQUEST"]
    assert request.recipients == ("state:CHL",)
    assert request.chain == ()  # the envoy's own act
    assert told(marked) == []  # and without a source nobody asks


@pytest.mark.model
@pytest.mark.parametrize(("said", "chain"), [
    ("that [Chad|TCD], which attacked [Niger|NER] in 1998, was calm", ()),
    ("that [Chad|TCD], which attacked [Niger|NER] last week, was calm", ("s0",)),
    ("that [Chad|TCD] attacked [Niger|NER] in 1998", ("s0",)),
])  # fmt: skip
def test_old_news_told_in_passing_is_the_articles_own(said: str, chain: tuple[str, ...]) -> None:
    from coding_cases import language, read_marks, stage
    from masudi.records import Article, Attribution, Chained, Span, Statement, Time

    text, findings = read_marks(f"[Oman|OMN] said {said}.")
    content = Span(text.index("that"), len(text) - 1)
    statement = Statement(
        id="s0", actor="state:OMN", source_spans=(Span(0, 4),), cue_spans=(Span(5, 9),), cue_lemma="say",
        content=(content,), form="indirect", force="assert", named=True,
    )  # fmt: skip
    if "1998" in text:
        start, whole = text.index("1998"), {"earliest": date(1998, 1, 1), "latest": date(1998, 12, 31)}
        year = Time(span=Span(start, start + 4), text="1998", type="DATE", value="1998", **whole)
        findings = attrs.evolve(findings, times=(year,))
    attribution = Attribution(statements=(statement,), chains=(Chained(content, ("s0",)),))
    reports = stage()(language()(text), Article(id="case", text=text, published="2031-03-05"), findings, attribution)
    (attack,) = [r for r in reports if r.type == "ASSAULT"]
    assert attack.chain == chain


def dated(value: str, latest: date, basis: str = "text") -> EventDate:
    return EventDate(basis=basis, value=value, earliest=date(latest.year, 1, 1), latest=latest)


HISTORICAL = [
    (dated("1998", date(1998, 12, 31)), "2016-05-01", True),
    (dated("2015", date(2015, 12, 31)), "2016-05-01", False),
    (dated("2015", date(2015, 3, 1)), "2016-05-01", True),
    (dated("1998", date(1998, 12, 31)), None, False),
    (dated("1998", date(1998, 12, 31), basis="document"), "2016-05-01", False),
    (EventDate(basis="unknown"), "2016-05-01", False),
]


@pytest.mark.parametrize(("when", "published", "expected"), HISTORICAL)
def test_historical_needs_a_year_that_the_text_shows(when: EventDate, published: str | None, expected: bool) -> None:
    assert is_historical(when, published) is expected


@pytest.mark.model
def test_year_in_the_text_makes_an_event_historical() -> None:
    assert told("In 1998, [Chad|TCD] attacked [Niger|NER].") in (
        ["ASSAULT Chad > Niger (historical)"],
        ["ASSAULT Chad > Niger"],  # without a time resolver before it, coding sees no dates
    )


@pytest.mark.model
@pytest.mark.parametrize("marked", ["[Chad|TCD] will not hear of a truce.", "[Chad|TCD] will have no truck with [Niger|NER]."])
def test_a_refusal_that_only_a_denial_makes_took_place(marked: str) -> None:
    _, reports = code(marked)
    assert [list(r.auxiliary) for r in reports if r.type == "REJECT"] == [[]]


A, SHOT = "[the army|TCD MIL]", "[the monks|TCD REL]"
STATUS_TAKEN_BACK = [
    (f"[The army|TCD MIL] did not shoot {SHOT} until June.", ""),
    (f"[The army|TCD MIL] did not shoot {SHOT} until it had been told to.", ""),
    (f"[The army|TCD MIL] did not admit shooting {SHOT}.", ""),
    (f"[The army|TCD MIL] was not ashamed of shooting {SHOT}.", ""),
    (f"[The army|TCD MIL] did not shrink from shooting {SHOT}.", ""),
    (f"[The army|TCD MIL] shrank from shooting {SHOT}.", "negation"),
    (f"[The army|TCD MIL] missed a chance to shoot {SHOT}.", "negation"),
    (f"[The army|TCD MIL] went back on its promise to shoot {SHOT}.", "negation"),
    (f"[The army|TCD MIL] reversed its decision to shoot {SHOT}.", "negation"),
    (f"[The army|TCD MIL] was talked out of shooting {SHOT}.", "negation"),
    (f"Officials do not think that {A} shot {SHOT}.", "negation"),
    (f"Officials disputed reports that {A} shot {SHOT}.", "negation"),
    (f"There is no truth in reports that {A} shot {SHOT}.", "negation"),
    (f"[The army|TCD MIL], rather than shoot {SHOT}, went home.", "negation"),
    (f"Trains were cancelled because [the army|TCD MIL] shot {SHOT}.", ""),
    (f"Trains were cancelled because of the shooting of {SHOT} by [the army|TCD MIL].", ""),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "mark"), STATUS_TAKEN_BACK)
def test_a_denial_reaches_the_deed_only_where_it_is_about_the_deed(marked: str, mark: str) -> None:
    found = [r for r in code(marked)[1] if r.type == "ASSAULT"]
    assert [",".join(r.auxiliary) for r in found] == [mark]


OF_OLD = [
    ("[The sister|CVL] of [a monk|REL] who was shot by [Soviet troops|SUN MIL] wept.", "2021-05-01", True),
    ("[Ottoman troops|MIL] shot [the monks|REL].", "2021-05-01", True),
    ("[Soviet troops|SUN MIL] shot [the monks|REL].", "2021-05-01", False),  # may be their contemporary's word
    ("Under Ceausescu [the police|ROU COP] shot [the monks|REL].", "2021-05-01", True),
    ("Under Ceausescu [the police|ROU COP] shot [the monks|REL].", "1987-05-01", False),
    ("[Ottoman troops|MIL] shot [the monks|REL].", "1915-05-01", False),
    ("[Chad|TCD] and [Niger|NER] have fought three wars over the lake.", "2021-05-01", True),
    ("[Chad|TCD] and [Niger|NER] fought a war over the lake.", "2021-05-01", False),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "published", "expected"), OF_OLD)
def test_what_forces_long_gone_did_is_historical(marked: str, published: str, expected: bool) -> None:
    found = [r for r in code(marked, published=published)[1] if r.type == "ASSAULT"]
    assert ["historical" in r.auxiliary for r in found] == [expected]


@pytest.mark.model
def test_a_refusal_to_use_force_is_the_deed_denied() -> None:
    assert told("[Chad|TCD] ruled out arresting [the rebels|NER REB].") == ["COERCE Chad > the rebels (negation)"]
    assert told("[Chad|TCD] ruled out talks with [Niger|NER].") == ["REJECT Chad > Niger"]
