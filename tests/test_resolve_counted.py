"""Who is told by number, by an indefinite word, or by pointing at those just named; and when a capital stands for its government."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import masudi
from masudi.records import CodedArticle

pytestmark = pytest.mark.model

Code = Callable[[str], CodedArticle]


@pytest.fixture(scope="module")
def code() -> Code:
    coder = masudi.load(keep_text=True)
    return lambda text: coder.code(text, published="2014-05-01", given_id="a")


def named(coded: CodedArticle, words: str) -> list[str | None]:
    return [m.actor for m in coded.mentions if m.text == words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The court in Lima freed the other two.", "the other two"),
        ("Nobody was detained in Lima.", "Nobody"),
        ("Chilean police arrested several on Monday.", "several"),
        ("Peru's interior minister condemned those responsible.", "those"),
        ("The army in Peru evacuated those trapped by the flood.", "those"),
        ("Chilean police arrested two of the zorbers.", "two"),
    ],
)
def test_people_told_by_number_or_pointed_at_are_somebody(code: Code, text: str, words: str) -> None:
    assert any(named(code(text), words)), text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peru bought five last year.", "five"),
        ("Several of the bridges in Peru were closed.", "Several"),
        ("Those figures alarmed the minister in Lima.", "Those"),
        ("Peru has two parties; the two men lead them.", "the two"),
    ],
)
def test_things_counted_are_nobody(code: Code, text: str, words: str) -> None:
    assert not any(named(code(text), words)), text


def test_a_number_with_its_article_means_those_just_named(code: Code) -> None:
    coded = code("The foreign ministers of Peru and Chile met in Lima. The two declined to say what they had discussed.")
    [two] = named(coded, "The two")
    assert two is not None and two in named(coded, "The foreign ministers of Peru and Chile")


@pytest.mark.parametrize(
    ("text", "code_wanted"),
    [
        ("The rebels turned to Lima for arms.", "PERGOV"),
        ("Congratulations from Santiago came at once.", "CHLGOV"),
        ("Santiago is to place missiles on the island next spring.", "CHLGOV"),
        ("The silence of Lima angered the miners.", None),
        ("The train from Lima to Cusco was late.", None),
        ("Fog delayed flights to Santiago.", None),
    ],
)
def test_a_capital_that_is_dealt_with_is_its_government(code: Code, text: str, code_wanted: str | None) -> None:
    coded = code(text)
    actors = {a.id: a.code for a in coded.actors}
    found = {actors[m.actor] for m in coded.mentions if m.actor and m.text in ("Lima", "Santiago")}
    assert found == ({code_wanted} if code_wanted else set())


def test_a_clause_after_of_makes_no_thing_of_an_opposition(code: Code) -> None:
    coded = code("In Peru, state media accused the opposition of having burned the ballots.")
    assert any(named(coded, "the opposition"))


@pytest.mark.parametrize(
    ("text", "words", "members"),
    [
        ("Kenya and Ethiopia traded blame. Officials from both countries are to meet in Moyale.", "Officials", {"state:KEN", "state:ETH"}),
        ("Malawi and Tanzania dispute the lake. Ministers of the two countries will meet in May.",
         "Ministers of the two countries", {"state:MWI", "state:TZA"}),
        ("Peru fined Chile's crews. Chile protested. Brazil offered to mediate between the two neighbours.",
         "the two neighbours", {"state:PER", "state:CHL"}),
    ],
)  # fmt: skip
def test_those_of_both_are_the_two_just_named(code: Code, text: str, words: str, members: set[str]) -> None:
    coded = code(text)
    [id] = set(named(coded, words))
    assert {m for a in coded.actors if a.id == id for m in a.members} == members


def test_a_minister_is_none_of_both_presidents(code: Code) -> None:
    coded = code("Azerbaijan and Armenia clashed. Russian Foreign Minister Sergei Lavrov said both presidents would meet Vladimir Putin.")
    [id] = set(named(coded, "both presidents"))
    assert {m for a in coded.actors if a.id == id for m in a.members} == {"state:ARM", "state:AZE"}
