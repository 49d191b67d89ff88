"""Words of judgement: found in the author's voice and in a source's, not in names, not in technical senses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import masudi
from masudi.attribute.judgements import POLARITIES, Judge
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons

OWN = [
    ("The president's plan for Kenya was a fantastical idea.", "fantastical", "dismissal"),
    ("The threats of the rebels against Kenya were mere noise.", "mere noise", "dismissal"),
    ("For Kenya, these rebels are just noise.", "just noise", "dismissal"),
    ("The rebels are little more than a nuisance to Kenya.", "little more than a nuisance", "dismissal"),
    ("The claim that Kenya attacked Sudan is absurd.", "absurd", "dismissal"),
    ("The trial in Kampala was a fig leaf for the army.", "fig leaf", "dismissal"),
    ("The silence of the United Nations on Sudan is shameful.", "shameful", "negative"),
    ("The minister rightly refused to sign the treaty with Sudan.", "rightly", "positive"),
    ("The so-called peace plan for Sudan hides an occupation.", "so-called", "doubt"),
    ("The dubious deal of the army with Uganda has failed.", "dubious", "doubt"),
    ("The admirable restraint of Kenya in Somalia has saved lives.", "admirable", "positive"),
    ("The generals made hollow promises to Sudan.", "hollow", "dismissal"),
    ("The ruling of the court in Kampala is a disgrace.", "disgrace", "negative"),
    ("The president of Sudan has the audacity to accuse Kenya.", "has the audacity", "negative"),
    ("Needless to say, the army of Sudan denied it.", "Needless to say", "emphasis"),
    ("The newspaper that attacked Kenya is a mouthpiece of the army in Sudan.", "mouthpiece", "negative"),
    ("The minister of Sudan conveniently forgot the dead.", "conveniently", "doubt"),
]  # fmt: skip

NONE = [
    "The attack damaged critical infrastructure in Kenya.",
    "A mass grave was found near Mosul by the army.",
    "A hollow tree fell on a soldier in Kenya.",
    "Kenya signed a fair trade agreement with Uganda.",
    "A Russian troupe performed The Idiot in Moscow.",
    "The Farce, a party of comedians, won a seat in Kenya's parliament.",
    "The rebels stood a mere 20 miles from Kampala.",
    "The mere fact that Kenya spoke to Sudan mattered.",
    "The so-called Islamic State attacked Mosul.",
    "Police in Nairobi arrested a man for reckless driving.",
    "Incessant rain hit the refugee camp in Kenya.",
    "The army of Sudan used a poisonous gas.",
    "Toothless whales were seen off Kenya, the navy said.",
    "Heavy fighting broke out in Sudan and hundreds fled to Chad.",
    "The government of Kenya increased its budget for the police by a quarter.",
    "The president of Sudan met the foreign minister of Egypt in Cairo.",
    "Noble Group sold its stake in a mine in Sudan.",
    "Only the army of Sudan entered the city.",
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "words", "polarity"), OWN)
def test_a_judgement_in_the_articles_own_voice_is_the_authors(
    coder: masudi.Coder, text: str, words: str, polarity: str
) -> None:
    coded = coder.code(text)
    assert [(j.text, j.within, j.polarity) for j in coded.judgements] == [(words, None, polarity)]
    for judgement in coded.judgements:
        assert text[judgement.span.start : judgement.span.end] == judgement.text
        assert judgement.because[0].startswith("en/judgements.tsv:")


@pytest.mark.model
@pytest.mark.parametrize("text", NONE)
def test_plain_telling_names_and_technical_senses_hold_no_judgement(coder: masudi.Coder, text: str) -> None:
    assert [j.text for j in coder.code(text).judgements] == []


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The envoy said that the plan for Sudan was absurd.",
        "“The plan for Sudan is absurd,” the envoy said.",
        "According to the envoy, the plan for Sudan was absurd.",
    ],
)
def test_a_judgement_in_somebodys_words_is_the_sources(coder: masudi.Coder, text: str) -> None:
    coded = coder.code(text)
    assert [(j.text, j.within) for j in coded.judgements] == [("absurd", coded.statements[0].id)]


@pytest.mark.model
def test_a_judgement_stands_within_the_innermost_statement(coder: masudi.Coder) -> None:
    coded = coder.code("The general said that Kenya had told Uganda that the plan was absurd.", published="2019-05-06")
    inner = [s.id for s in coded.statements if s.within is not None]
    assert len(inner) == 1 and [j.within for j in coded.judgements] == inner


@pytest.mark.model
def test_a_quotation_nobody_is_given_as_the_speaker_of_is_not_the_authors_judgement(coder: masudi.Coder) -> None:
    coded = coder.code("The banner in Nairobi read in red. “Absurd and shameful.” The army of Kenya marched past it.")
    assert [j.text for j in coded.judgements if j.within is None] == []


@pytest.mark.model
def test_judgements_never_overlap_and_keep_the_order_of_the_text(coder: masudi.Coder) -> None:
    coded = coder.code(" ".join(text for text, _, _ in OWN))
    spans = [j.span for j in coded.judgements]
    assert len(spans) > 10
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_judgements_list_is_long_and_every_kind_of_word_and_polarity_is_there() -> None:
    rows = Lexicons().table("en/judgements.tsv")
    assert len(rows) >= 600
    assert set(Counter(row["polarity"] for row in rows)) == set(POLARITIES)
    assert {row["pos"] for row in rows} == {"ADJ", "ADV", "NOUN", "VERB", "PHRASE"}


def test_a_frame_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    header = "entry\tpos\tframe\tpolarity\twith\tunless\tnote\n"
    (tmp_path / "en" / "judgements.tsv").write_text(header + "daft\tADJ\tsideways\tdismissal\t\t\t\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="sideways"):
        Judge(Lexicons((tmp_path,)))


DENIED = [
    "The plan of Kenya is not absurd.",
    "The ruling of the court in Kampala is by no means a disgrace.",
    "The plan of Kenya was hardly fantastical.",
    "The claim that Kenya attacked Sudan is far from absurd.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", DENIED)
def test_a_judgement_that_is_taken_back_is_none(coder: masudi.Coder, text: str) -> None:
    assert coder.code(text, published="2019-05-06").judgements == ()


@pytest.mark.model
def test_not_only_takes_no_judgement_back(coder: masudi.Coder) -> None:
    coded = coder.code("The claim that Kenya attacked Sudan is not only absurd but dangerous.", published="2019-05-06")
    assert [j.text for j in coded.judgements] == ["absurd"]
