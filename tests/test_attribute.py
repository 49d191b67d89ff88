"""Who says what, in which words, and inside whose statement: on sentences, with the real parse."""

from __future__ import annotations

import pytest

import masudi
from masudi.attribute.chain import chains_of
from masudi.records import Attribution, CodedArticle, Statement

pytestmark = pytest.mark.model


def words(coded: CodedArticle, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(coded.article.text[start:end] for start, end in spans)


def told(coded: CodedArticle) -> list[tuple[str, str, str]]:
    """(source, cue, content) of each statement, pieces joined by an ellipsis."""
    return [
        (words(coded, s.source_spans), words(coded, s.cue_spans), words(coded, s.content))
        for s in coded.statements
    ]


def only(coder: masudi.Coder, text: str, cue: str) -> tuple[CodedArticle, Statement]:
    """The statement whose cue holds `cue`."""
    coded = coder.code(text, published="2019-05-06")
    found = [s for s in coded.statements if cue in words(coded, s.cue_spans)]
    assert len(found) == 1, told(coded)
    return coded, found[0]


# text, cue, source, content
SPOKEN = [
    ("The minister said that the port would close on Friday.", "said",
     "The minister", "that the port would close on Friday"),
    ("The minister said the port would close.", "said", "The minister", "the port would close"),
    ("“The port will close,” the minister said.", "said", "the minister", "“The port will close,”"),
    ("'The port will close on Friday,' said the minister.", "said",
     "the minister", "'The port will close on Friday,'"),
    ("«The port will close on Friday,» the minister said.", "said",
     "the minister", "«The port will close on Friday,»"),
    ("“The port,” the minister said, “will close on Friday.”", "said",
     "the minister", "“The port,” … “will close on Friday.”"),
    ("“The port will close,” the minister said. “Nobody will lose a job over it.”", "said",
     "the minister", "“The port will close,” … “Nobody will lose a job over it.”"),
    ("“The port will close.\n\n“Nobody will lose a job,” the minister said.", "said",
     "the minister", "“The port will close. … “Nobody will lose a job,”"),
    ("The rebels freed two pilots, the army said.", "said", "the army", "The rebels freed two pilots"),
    ("According to the army, the rebels freed two pilots.", "According to",
     "the army", "the rebels freed two pilots"),
    ("The rebels freed two pilots, according to the army.", "according to",
     "the army", "The rebels freed two pilots"),
    ("The envoy said in a statement that the truce was holding.", "said", "The envoy", "that the truce was holding"),
    ("Luis Rojas, the head of the port union, said the strike would go on.", "said",
     "Luis Rojas", "the strike would go on"),
    ("The officials, who said they feared arrest, left the city.", "said",
     "The officials … who", "they feared arrest"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "source", "content"), SPOKEN)
def test_speech_has_its_speaker_and_its_words(
    coder: masudi.Coder, text: str, cue: str, source: str, content: str
) -> None:
    coded, statement = only(coder, text, cue)
    assert words(coded, statement.source_spans) == source
    assert words(coded, statement.content) == content


# text, cue, source, content, force
ATTITUDES = [
    ("The prime minister expressed his hope that peace would come soon.", "expressed",
     "The prime minister", "that peace would come soon", "hope"),
    ("The government fears that the truce will not hold.", "fears",
     "The government", "that the truce will not hold", "fear"),
    ("The government did not want to undermine the talks.", "did not want",
     "The government", "to undermine the talks", "want"),
    ("The ministers were keen to meet the envoy.", "were keen", "The ministers", "to meet the envoy", "want"),
    ("The general vowed to crush the revolt.", "vowed", "The general", "to crush the revolt", "promise"),
    ("The union threatened to block the port.", "threatened", "The union", "to block the port", "threaten"),
    ("The envoy urged the army to withdraw its troops.", "urged", "The envoy", "to withdraw its troops", "demand"),
    ("The envoy called on the army to withdraw its troops.", "called on",
     "The envoy", "to withdraw its troops", "demand"),
    ("Peru called for an inquiry into the raid.", "called for", "Peru", "an inquiry into the raid", "demand"),
    ("The court ordered the ministry to release the files.", "ordered", "The court", "to release the files", "order"),
    ("The army denied that its men had fired.", "denied", "The army", "that its men had fired", "deny"),
    ("The opposition condemned the raid.", "condemned", "The opposition", "the raid", "condemn"),
    ("The envoy praised the rebels for their restraint.", "praised",
     "The envoy", "the rebels for their restraint", "praise"),
    ("The bishop warned the rebels that the army was near.", "warned",
     "The bishop", "that the army was near", "warn"),
    ("The general is confident that the town will fall.", "is confident",
     "The general", "that the town will fall", "hope"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "source", "content", "force"), ATTITUDES)
def test_attitudes_and_demands_count_without_quotation_marks(
    coder: masudi.Coder, text: str, cue: str, source: str, content: str, force: str
) -> None:
    coded, statement = only(coder, text, cue)
    assert words(coded, statement.source_spans) == source
    assert words(coded, statement.content) == content
    assert statement.force == force


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“The port will close,” the minister said.", "direct"),
        ("The minister said the port would close.", "indirect"),
        ("The minister said the port “would never open again” under his rule.", "mixed"),
    ],
)
def test_form_goes_by_the_quotation_marks(coder: masudi.Coder, text: str, form: str) -> None:
    assert only(coder, text, "said")[1].form == form


@pytest.mark.parametrize(
    "text",
    [
        "It was reported that the rebels had freed two pilots.",
        "The rebels are said to have freed two pilots.",
    ],
)
def test_hearsay_has_no_source_and_no_name(coder: masudi.Coder, text: str) -> None:
    coded = coder.code(text)
    assert [(s.source_spans, s.actor, s.named) for s in coded.statements] == [((), None, False)], told(coded)


def test_chain_keeps_the_second_hand_source(coder: masudi.Coder) -> None:
    coded = coder.code("Peru's envoy said that the rebels had asked Chile to release two pilots.")
    outer, inner = coded.statements
    assert words(coded, outer.source_spans) == "Peru's envoy"
    assert (words(coded, inner.source_spans), inner.force, inner.within) == ("the rebels", "ask", outer.id)
    assert outer.within is None


def test_what_a_speaker_knows_of_others_stands_in_both(coder: masudi.Coder) -> None:
    coded = coder.code("The senator revealed that the army knew that the reports were false.")
    assert [words(coded, s.source_spans) for s in coded.statements] == ["The senator", "the army"]
    assert coded.statements[1].within == coded.statements[0].id


def test_i_think_inside_a_quotation_is_no_statement_of_its_own(coder: masudi.Coder) -> None:
    coded = coder.code("“I think the truce will hold,” the envoy said.")
    assert told(coded) == [("the envoy", "said", "“I think the truce will hold,”")]


def test_a_headline_s_colon_makes_its_first_part_the_source(coder: masudi.Coder) -> None:
    coded = coder.code("Torres: Rebels will never rule Lima\n\nThe rebels marched on the capital.")
    assert ("Torres", ":", "Rebels will never rule Lima") in told(coded)


def test_a_quoted_headline_is_one_statement(coder: masudi.Coder) -> None:
    coded = coder.code("Torres: “The rebels will never rule in Lima”\n\nThe rebels marched on the capital.")
    assert [(s, c) for s, c, _ in told(coded) if c == ":"] == [("Torres", ":")]
    assert len({s.id for s in coded.statements}) == len(coded.statements)


def test_a_label_before_a_headline_s_colon_says_nothing(coder: masudi.Coder) -> None:
    coded = coder.code("The Latest: Rebels march on the capital\n\nThe rebels marched on the capital.")
    assert ":" not in [cue for _, cue, _ in told(coded)]


def test_a_transcript_s_tags_are_its_speakers(coder: masudi.Coder) -> None:
    coded = coder.code(
        "The interview follows.\n\nROJAS: Where is the army now?\n\nTORRES: It has left the city.\n"
    )
    tagged = [(source, content) for source, cue, content in told(coded) if cue == ":"]
    assert tagged == [("ROJAS", "Where is the army now?"), ("TORRES", "It has left the city.")]


def test_a_dash_under_a_quotation_signs_it(coder: masudi.Coder) -> None:
    coded = coder.code("“We shall not leave the city to them.”\n— Ana Torres, mayor\n\nThe siege went on.")
    assert told(coded)[0] == ("Ana Torres", "—", "“We shall not leave the city to them.”")


def test_what_a_transcript_s_speaker_says_of_herself_is_in_her_turn_alone(coder: masudi.Coder) -> None:
    coded = coder.code(
        "MINISTER RUIZ: We asked for help in May. Nobody came.\nREPORTER: Did you write to the army?\n"
        "MINISTER RUIZ: I said we did. The governor told us that he had no trucks.\n"
    )
    sources = [source for source, cue, _ in told(coded) if cue != ":"]
    assert sources == ["The governor"]


@pytest.mark.parametrize(("who", "named"), [("Minister Amina Diallo", True), ("Prime Minister", False), ("A resident", False)])
def test_a_signature_with_a_title_and_a_name_is_named(coder: masudi.Coder, who: str, named: bool) -> None:
    coded = coder.code(f"“There is no famine in this country.” — {who}")
    assert [s.named for s in coded.statements] == [named]


def test_a_question_of_the_author_is_no_statement(coder: masudi.Coder) -> None:
    assert told(coder.code("Can anyone forget what the generals did to this city?")) == []


def test_the_most_she_did_was_to_call_is_her_call(coder: masudi.Coder) -> None:
    coded, statement = only(coder, "The most that Torres has done is to call for a truce.", "call")
    assert words(coded, statement.source_spans) == "Torres"


def test_a_dateline_s_town_is_not_the_speaker(coder: masudi.Coder) -> None:
    coded, statement = only(
        coder, "LIMA, July 19 (Wire) — Aid workers said that the road was open again.", "said"
    )
    assert words(coded, statement.source_spans) == "Aid workers"


def test_a_relative_clause_set_off_by_a_comma_is_the_reporter_s_gloss(coder: masudi.Coder) -> None:
    coded, statement = only(coder, "The envoy rejected the plan, which parliament passed in May.", "rejected")
    assert words(coded, statement.content) == "the plan"


def test_the_official_of_the_sentence_before_is_one_unnamed_source(coder: masudi.Coder) -> None:
    coded = coder.code(
        "A senior Peruvian official said that the rebels had fled. “They left at dawn,” the official said."
    )
    first, second = coded.statements
    assert first.actor is not None and first.actor == second.actor
    assert (first.named, second.named) == (False, False)


def test_a_named_state_is_a_named_source(coder: masudi.Coder) -> None:
    _, statement = only(coder, "Chile demanded that Peru open the border.", "demanded")
    assert statement.named and statement.actor == "state:CHL"


def test_the_cue_of_a_statement_stands_outside_its_chain(coder: masudi.Coder) -> None:
    text = (
        "Peru's envoy said that the rebels had asked Chile to release two pilots, according to the Lima Post."
    )
    coded = coder.code(text)
    attribution = Attribution(statements=coded.statements, chains=chains_of(coded.statements))
    assert len(coded.statements) == 3, told(coded)
    for statement in coded.statements:
        for start, end in (*statement.cue_spans, *statement.source_spans):
            assert all(statement.id not in attribution.chain_at(i) for i in range(start, end))


def test_a_statement_s_date_is_that_of_its_cue(coder: masudi.Coder) -> None:
    _, statement = only(coder, "In February 2004 the senator said that the army had lied.", "said")
    assert statement.date is not None and (statement.date.value, statement.date.basis) == ("2004-02", "text")


def test_nothing_is_said_in_page_furniture(coder: masudi.Coder) -> None:
    text = "The envoy said that the truce was holding.\n\nAdd comment\nRate the article\n"
    coded = coder.code(text)
    assert all(end <= text.index("Add comment") for s in coded.statements for _, end in s.content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels to free the captives: police\n\nThe captives were taken in May.", "police"),
        ("Rebels to free the captives: report\n\nThe captives were taken in May.", "report"),
        ("Ferry fare cases: Torres asks minister for talks\n\nTorres wrote to the minister on Monday.", None),
        ("LIMA: The rebels left the hills on Monday and marched on the capital.", None),
        ("Rebels march on the capital: photos\n\nThe rebels left the hills on Monday.", None),
    ],
)
def test_only_somebody_or_a_report_speaks_on_a_side_of_a_headline_s_colon(
    coder: masudi.Coder, text: str, expected: str | None
) -> None:
    found = [source for source, cue, _ in told(coder.code(text)) if cue == ":"]
    assert found == ([] if expected is None else [expected])


def test_the_town_of_a_dateline_says_nothing(coder: masudi.Coder) -> None:
    text = "LIMA: Peru was seeking the release of an officer held in Bolivia but it will take weeks, the defence minister said."
    found = [source for source, cue, _ in told(coder.code(text)) if cue == "said"]
    assert found == ["the defence minister"]


def test_those_who_march_through_a_town_shout_and_not_the_town(coder: masudi.Coder) -> None:
    text = "In Peru about 500 people marched in the capital Lima shouting “Down with the tariff” and waving flags."
    sources = [source for source, cue, _ in told(coder.code(text)) if "shouting" in cue]
    assert "Lima" not in sources


def test_what_is_done_in_answer_is_no_statement(coder: masudi.Coder) -> None:
    text = "The youths threw stones towards the gendarmes, who responded by firing tear gas to disperse them."
    assert not [cue for _, cue, _ in told(coder.code(text)) if "responded" in cue]
