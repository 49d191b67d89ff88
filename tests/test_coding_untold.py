"""Abilities, doctrines, plans, comparisons, games, families, the arts: they tell of no event; and news beside them does."""

from __future__ import annotations

import pytest

from coding_cases import code, told

UNTOLD = [
    "Soldiers who refuse orders must be freed within a year.",
    "[The assembly|- LEG] has the authority to expel [members|- LEG].",
    "[The militia|- UAF] is too weak to attack [the garrison|- MIL].",
    "The idea that [a nation|- CVL] may depose [its king|- GOV] is old.",
    "[Scholastics|- EDU] condemned [the usurers|- BUS].",
    "[Spinoza|] praised [the republic|- GOV].",
    "Hegel feared that [the mob|- CVL] would shoot [the king|- GOV].",
    "[The jurists|- JUD] agreed that [the truce|-] was void.",
    "The timetable sets aside an hour for the talks between [Chad|TCD] and [Niger|NER].",
    "Stage three of the plan has [the rebels|- REB] handing [their rifles|-] to [the mission|- IGO].",
    "The code bars [officers|- MIL] from accusing [ministers|- GOV].",
    "More [Malians|MLI] visit [Niger|NER] than the other way round.",
    "[Malians|MLI] made 2 million visits to [Niger|NER].",
    "Trade between [Mali|MLI] and [Niger|NER] was worth 40 million dollars.",
    "[The herders|- CVL] here do not shoot at [soldiers|- MIL].",
    "Fatigue is the only foe that has ever occupied [this palace|- GOV].",
    "[The minister|- GOV] opened fire on the budget.",
    "[The press|- MED] has convicted [the governor|- GOV].",
    "[The soldier|- MIL] shot his [wife|- CVL].",
    "He met his [wife|- CVL] in [Bamako|MLI].",
    "[The choir|- NGO] visited [Niger|NER].",
    "[The orchestra|- NGO] and [the theatre|- NGO] worked together.",
    "[The fans|- CVL] booed [the coach|- CVL].",
    "[The burglar|- CRM] fled to [Niger|NER].",
    "[The navy helicopter|- MIL] rescued [two hikers|- CVL].",
    "Fire destroyed [the mosque|- REL].",
    "[The cyclists|- CVL] of [Mali|MLI] joined forces with [Niger|NER].",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", UNTOLD)
def test_what_is_able_taught_planned_counted_or_private_is_no_event(marked: str) -> None:
    assert told(marked) == []


NEWS = [
    ("[The ministry|MLI GOV] has used its authority and expelled [the consul|NER GOV].", "SANCTION|COERCE"),
    ("[Scholars|MLI EDU] condemned [Niger|NER].", "ACCUSE"),
    ("[Mali|MLI] and [Niger|NER] agreed that [the rebels|NER REB] should be freed.", "AGREE|RETREAT"),
    ("The plan angered [the unions|MLI LAB], which marched on [the ministry|MLI GOV].", "PROTEST"),
    ("[Rebels|MLI REB] opened fire on [the market|MLI CVL].", "ASSAULT"),
    ("[A court|MLI JUD] convicted [the governor|MLI GOV].", "SANCTION"),
    ("[The soldiers|MLI MIL] shot [the women|MLI CVL].", "ASSAULT"),
    ("[The president|MLI GOV] met [his brother|NER GOV] in [Niamey|NER].", "CONSULT"),
    ("[The dissident|MLI OPP] fled to [Niger|NER].", "RETREAT"),
    ("Artillery fire destroyed [the mosque|MLI REL].", "ASSAULT"),
    ("[The navy|MLI MIL] rescued [forty migrants|NER CVL].", "AID"),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "types"), NEWS)
def test_news_that_looks_like_a_doctrine_a_plan_or_private_life_stays_news(marked: str, types: str) -> None:
    assert {report.type for report in code(marked)[1]} & set(types.split("|"))


STATUS = [
    ("[The coastguard|MLI MIL] all but rammed [the trawler|NER CVL].", ("negation",)),
    ("[Police|MLI COP] all but arrested [the envoy|NER GOV].", ("negation",)),
    ("[All|] but one of [the rebels|MLI REB] attacked [the town|MLI CVL].", ()),
    ("[Mali|MLI] need not have expelled [the envoy|NER GOV].", ()),
    ("[The army|MLI MIL] had planned to attack [the village|MLI CVL] but withdrew.", ("negation",)),
    ("[The judges|MLI JUD] are weighing whether to free [the editor|MLI MED].", ("hypothetical",)),
    ("[Mali|MLI] ducked out of sending [Niger|NER] troops.", ("negation",)),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "status"), STATUS)
def test_all_but_done_is_not_done_and_what_need_not_have_been_was(marked: str, status: tuple[str, ...]) -> None:
    assert [report.auxiliary for report in code(marked)[1]][:1] == [status]


MORE = [
    "[Foreign troops|- MIL] may enter [Mali|MLI] only with the consent of its parliament.",
    "[The militia|- UAF] controls a third of [the province|- CVL].",
    "[The army|- MIL] can call up [reservists|- MIL] within a week.",
    "[The speaker|- LEG] thanked [the caretaker|- LAB].",
    "On Friday [drunken guests|- CVL] smashed the windows of [a shop|- BUS].",
    "[The airline|- BUS] will resume flights to [Niger|NER].",
    "The book's attack on [the generals|- MIL] is brave.",
    "[Grandmother|- CVL] negotiated a truce over the radio.",
    "Protests from [shareholders|- BUS] came too late.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", MORE)
def test_how_things_stand_and_what_is_allowed_is_no_event(marked: str) -> None:
    assert told(marked) == []


STANDING_NEWS = [
    ("[Rebels|MLI REB] now control [the province|MLI CVL].", "COERCE"),
    ("[The army|MLI MIL] has all but stopped shelling [the valley|MLI CVL].", "RETREAT"),
    ("[The premier|MLI GOV] thanked [Niger|NER].", "SUPPORT"),
    ("[Students|MLI EDU] smashed the windows of [the ministry|MLI GOV].", "PROTEST|ASSAULT"),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "types"), STANDING_NEWS)
def test_what_is_new_of_how_things_stand_is_news(marked: str, types: str) -> None:
    assert {report.type for report in code(marked)[1]} & set(types.split("|"))


OVERTAKEN = [
    "[Mali|MLI] had every intention of expelling [the envoy|NER GOV] but was held back.",
    "[Mali|MLI] wanted to attack [Niger|NER] but was overruled.",
    "[The bishops|MLI REL] could have condemned [the junta|MLI MIL] and did not.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", OVERTAKEN)
def test_what_was_meant_or_possible_and_not_done_is_denied(marked: str) -> None:
    assert "negation" in code(marked)[1][0].auxiliary


@pytest.mark.model
def test_what_is_thought_likely_is_asked_of_nobody() -> None:
    assert not [r for r in code("[Economists|MLI BUS] expect [the bank|MLI GOV] to keep its rates.")[1] if r.type == "REQUEST"]
