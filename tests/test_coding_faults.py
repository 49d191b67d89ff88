"""Coding: faults found on real articles, each told again with invented sentences."""

from __future__ import annotations

import pytest

from coding_cases import code, language, told, words

NO_EVENT = [
    "[A general|ETH MIL], who asked not to be named, wore a hat.",
    "[A source|COL MIL] that asked for reserve gave no reason.",
    "[The envoy|PER GOV] declined to comment on [Chile|CHL].",
    "[Iran|IRN] poses a threat to [Oman|OMN].",
    "Many in [Chad|TCD] recognised [the minister|TCD GOV] for what he was.",
    "[Germany|DEU] beat [France|FRA] 3-1 in the final.",
    "[Brazil|BRA] defeated [Peru|PER] in the cup.",
    "[The mayor|PER GOV] defeated [the senator|PER LEG].",
    "[Chad|TCD] routinely bombs [Niger|NER].",
    "Whenever [Chad|TCD] bombs [Niger|NER], prices rise.",
    "[The editor|PER CVL] asked [the minister|PER GOV] whether he would resign.",
    "[Police|PER COP] fired warning shots.",
]


@pytest.mark.model
@pytest.mark.parametrize("marked", NO_EVENT)
def test_what_only_looks_like_an_event_is_none(marked: str) -> None:
    assert [t for t in told(marked) if not t.startswith("ASSAULT Police")] == []


LABOUR = [
    ("[Truck drivers|PER CVL] began a national strike on Monday.", ["PROTEST Truck drivers"]),
    ("[Teachers|PER EDU] went on strike over pay.", ["PROTEST Teachers"]),
    ("[The union|PER LAB] called a strike for Friday.", ["PROTEST The union"]),
    ("[Nurses|PER MED] joined the strike.", ["PROTEST Nurses"]),
    ("[Chad|TCD] began air strikes on [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("[Chad|TCD] launched a strike on [Niger|NER].", ["ASSAULT Chad > Niger"]),
    ("[Chad|TCD] held a strike in reserve.", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), LABOUR)
def test_a_strike_of_workers_is_a_protest_and_one_of_armies_is_not(marked: str, expected: list[str]) -> None:
    assert told(marked) == expected


@pytest.mark.model
def test_a_hunger_strike_keeps_its_own_mode() -> None:
    _, (report,) = code("[Prisoners|TUR CVL] began a hunger strike.")
    assert (report.type, report.modes) == ("PROTEST", ("hunger",))


PARTIES = [
    ("[Around 300 people|KEN CVL] protested outside the gates.", "PROTEST Around 300 people"),
    ("[Students|PAN EDU] marched into the zone to raise their flag.", "PROTEST Students"),
    ("[Troops|DEU MIL] marched into [Poland|POL] to seize it.", "MOBILIZE Troops > Poland"),
    ("[Peru|PER] sent a team of doctors to [Chad|TCD].", "AID Peru > Chad"),
    ("[The president|COL GOV] broke off the peace talks with [the rebels|COL REB] after that attack.",
     "SANCTION The president > the rebels"),
    ("[Chad|TCD] would not support new sanctions against [Niger|NER].", "REJECT Chad"),
    ("[The guerrilla|COL REB] freed this Wednesday [the former mayor|COL GOV].",
     "RETREAT The guerrilla > the former mayor"),
    ("[Chad|TCD] promised to end its attacks on [Niger|NER].", "AGREE Chad > Niger"),
    ("[Egypt|EGY] urged [Chad|TCD] to end its attacks on [Niger|NER].", "REQUEST Egypt > Chad"),
    ("[Peru|PER] will meet with [Chile|CHL].", "AGREE Peru > Chile"),
    ("[Peru|PER] and [Chile|CHL] will meet.", "AGREE Peru, Chile"),
    ("[Chad|TCD] exchanged gunfire with [Niger|NER].", "ASSAULT Chad, Niger"),
    ("With the help of [Chad|TCD], [the rebels|NER REB] finished the road.", "AID Chad > the rebels"),
    ("[The army|NER MIL] cordoned off the area.", "COERCE The army"),
    ("[Soldiers|COL MIL] searched three houses.", "COERCE Soldiers"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("marked", "expected"), PARTIES)
def test_type_and_parties_are_those_a_careful_reader_finds(marked: str, expected: str) -> None:
    assert told(marked) == [expected]


@pytest.mark.model
def test_an_agreement_only_appealed_to_is_no_new_agreement() -> None:
    assert told("[Peru|PER] must act under the agreements between [Chad|TCD] and [Niger|NER].") == []
    assert told("[Chad|TCD] and [Niger|NER] signed an agreement.") == ["SUPPORT Chad, Niger"]


@pytest.mark.model
def test_one_person_attacking_another_in_words_is_blame() -> None:
    from masudi.coding.classify import candidate_of
    from masudi.coding.clause import verb_clause
    from masudi.coding.predicates import Match
    from masudi.coding.roles import Party, Roles, Side
    from masudi.records import Span

    doc = language()("Lund attacked Moe.")
    frame = next(f for f in words().frames["attack", "verb"] if not f.objects and not f.preps)
    match = Match(frame=frame, clause=verb_clause(doc[1]), trigger=(doc[1],))

    def typed(kind: str) -> str:
        sides = [Side(parties=(Party(span=Span(t.idx, t.idx + len(t)), actor=t.text, kind=kind),)) for t in (doc[0], doc[2])]
        return candidate_of(match, Roles(actor=sides[0], recipient=sides[1], two_sided=False), words()).type

    assert typed("person") == "ACCUSE"
    assert typed("state") == "ASSAULT"


@pytest.mark.model
def test_relation_with_a_duty_or_force_to_come() -> None:
    from masudi.coding import make_relator
    from masudi.config import Settings
    from masudi.lexicon import Lexicons
    from masudi.read.marked import unmark
    from masudi.records import Findings

    relate = make_relator(Settings(), Lexicons())

    def type_of(sentence: str) -> str:
        row = unmark("1", sentence, "here")
        return relate([(language()(row.text), Findings(), row.actor, row.recipient)])[0].type

    assert type_of("<s>Peru</s> said on Monday that <t>Chile</t> must end its raids.") == "REQUEST"
    assert type_of("<s>Peru</s> will attack <t>Chile</t> next week.") == "THREATEN"
    assert type_of("<s>Peru</s> attacked <t>Chile</t>.") == "ASSAULT"
    assert type_of("<s>Peru</s> has launched an investigation.") == "ACCUSE"
    assert type_of("<s><t>Peruvian</t> rebels</s> agreed to lay down their arms.") == "AGREE"
