"""Sentences that tell of no event: rules, habits, tales, surveys, mishaps, games and private life; and news that looks like them."""

from __future__ import annotations

import pytest

from coding_cases import code, told
from masudi.lexicon import Lexicons
from masudi.records import AUXILIARIES, FORCES

GENERAL = [
    "A prudent [army|- MIL] frees its prisoners.",
    "Small [parties|- PTY] threaten to leave [a coalition|- PTY] and then stay.",
    "A [consul|- GOV] may decline to stamp a passport.",
    "[States|- GOV] that have signed the convention must extradite offenders.",
    "Who gains when [a newspaper|- MED] is closed by [officials|- GOV]?",
    "Every spring, [farmers|- CVL] block the motorway with manure.",
    "Under article 31 [the president|- GOV] consults [the council|- LEG].",
    "The charter forbids the arrest of [deputies|- LEG].",
    "It is unwise to threaten [a neighbour|- CVL].",
    "A third of [Malians|MLI CVL] polled said [they|MLI CVL] had lent money to [the state|MLI GOV].",
    "In the film, [rebels|- REB] kidnap [the president|- GOV].",
    "[Two soldiers|- MIL] were killed when their lorry plunged into a river.",
    "The myth of the general strike never dies.",
    "Torture is a crime.",
    "[The minister|PER GOV] warned [parents|PER CVL] that measles is dangerous.",
    "[The ministry|- GOV] trains teachers.",
    "In my view [prisoners|- CVL] should be released.",
    "The floods retreated from [Mopti|MLI].",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", GENERAL)
def test_what_is_told_of_nobody_on_no_occasion_is_no_event(marked: str) -> None:
    assert told(marked) == []


NEWS = [
    ("[Rebels|MLI REB] hold [the mayor|MLI GOV] hostage in Mopti.", "COERCE|ASSAULT"),
    ("[Residents|MLI CVL] accuse [the army|MLI MIL] of looting.", "ACCUSE"),
    ("[The minister|PER GOV] warned [the union|PER LAB] that it will be banned.", "THREATEN"),
    ("[Two soldiers|MLI MIL] were killed when a bomb hit their lorry.", "ASSAULT"),
    ("[Protesters|MLI CVL] burned the flag of [Niger|NER] over the film.", "PROTEST|ASSAULT"),
    ("[Niger|NER] shells [villages|MLI CVL] across the border.", "ASSAULT"),
    ("Under the accord [Mali|MLI] released [ten rebels|MLI REB].", "RETREAT"),
    ("[Police|MLI COP] beat [fans|MLI CVL] after the match in [Mopti|MLI].", "ASSAULT"),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "types"), NEWS)
def test_news_that_looks_like_a_rule_or_a_tale_stays_news(marked: str, types: str) -> None:
    assert {report.type for report in code(marked)[1]} & set(types.split("|"))


PRIVATE = [
    "[The striker|- CVL] attacked [the goalkeeper|- CVL] in the league match.",
    "The seamers of [England|GBR] attacked the off stump.",
    "On Friday [the shareholders|- BUS] accepted the bid of [a rival|- BUS].",
    "This winter [shoppers|- CVL] shunned coats.",
    "On Monday [a robber|- CRM] threatened [a jeweller|- CVL] with a pistol.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", PRIVATE)
def test_games_markets_and_crime_are_no_political_events(marked: str) -> None:
    assert told(marked) == []


def test_which_deeds_are_public_or_everyday_is_data() -> None:
    lexicons = Lexicons()
    rules = {row["rule"] for row in lexicons.table("plover/everyday.tsv")}
    assert rules == {"public", "state", "war", "given", "ordinary", "trade"}
    forces = {row["force"] for row in lexicons.table("plover/spoken.tsv")}
    assert forces and forces <= set(FORCES)


def test_every_kind_of_general_word_has_entries_and_none_is_a_mark_of_plover() -> None:
    kinds = {row.need("kind") for row in Lexicons().table("en/general.tsv")}
    assert {"habit", "law", "survey", "share", "fiction", "mishap", "vehicle", "notion", "view", "past"} <= kinds
    assert not kinds & set(AUXILIARIES)


ROUTINE = [
    "[The presidents|TCD GOV] of the two states speak on the telephone most Fridays.",
    "[The king|LSO GOV] receives [petitioners|LSO CVL] on the first Thursday of the month.",
    "[Chad|TCD]'s exports to [Niger|NER] rose 9 percent in May.",
    "[The country|TCD] has had eleven coups since its founding.",
    "Some 62 percent of [Chadians|TCD CVL] support [Niger|NER].",
    "Strikes by [bakers|CVL LAB] are forbidden in June.",
    "On Monday [critics|CVL] praised [the director|CVL]'s second film.",
    "[The baker|CVL], who denies the charges, will appear before a judge.",
    "[Volunteers|CVL] fed the swans of [Bruges|BEL] through the frost.",
    "Siege of [Malta|MLT] Street is closed for repairs.",
    "[Old soldiers|MIL] like to tell how [they|MIL] were shot.",
]
ONCE = [
    ("[The two presidents|TCD GOV] spoke on the telephone on Friday.", "CONSULT"),
    ("[The army|TCD MIL] killed 9 percent of [the hostages|CVL].", "ASSAULT"),
    ("The [foreign reporters|MED] are banned from [Chad|TCD].", "COERCE"),
    ("[Iran|IRN] condemned [the director|USA CVL]'s second film.", "ACCUSE"),
    ("[Commanders|TCD REB] say [they|TCD REB] will attack [Niger|NER].", "ASSAULT"),
]


@pytest.mark.model
@pytest.mark.parametrize("marked", ROUTINE)
def test_timetables_figures_rules_and_reviews_are_no_events(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.model
@pytest.mark.parametrize(("marked", "type_"), ONCE)
def test_what_is_done_once_or_by_the_powerful_stays_an_event(marked: str, type_: str) -> None:
    assert type_ in [line.split()[0] for line in told(marked)]
