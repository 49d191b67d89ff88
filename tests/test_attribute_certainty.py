"""What a cue says of the truth of its content, and what takes that back."""

from __future__ import annotations

from pathlib import Path

import pytest

import masudi
from masudi.attribute.certainty import CertaintyBook
from masudi.errors import LexiconError
from masudi.lexicon import Lexicons

# text, words of the cue, certainty
CASES = [
    ("The navy confirmed that the ship had sunk.", "confirmed", "factive"),
    ("The navy did not confirm that the ship had sunk.", "confirm", "neutral"),
    ("The navy could not confirm that the ship had sunk.", "confirm", "neutral"),
    ("The navy refused to confirm that the ship had sunk.", "refused", "neutral"),
    ("The navy was unable to confirm that the ship had sunk.", "confirm", "neutral"),
    ("Nobody confirmed that the ship had sunk.", "confirmed", "neutral"),
    ("The navy may confirm that the ship has sunk.", "confirm", "neutral"),
    ("The navy had to admit that the ship had sunk.", "admit", "factive"),
    ("The minister admitted that France had paid the rebels.", "admitted", "factive"),
    ("The general revealed that Kenya had sent troops.", "revealed", "factive"),
    ("The minister did not know that France had paid the rebels.", "know", "factive"),
    ("The rebels claimed that the army had fled.", "claimed", "distancing"),
    ("“The army has fled,” the rebels claimed.", "claimed", "distancing"),
    ("The rebels claimed responsibility for the attack in Lagos.", "claimed", "neutral"),
    ("The prosecutor alleged that Russia had paid him.", "alleged", "distancing"),
    ("Iran insisted that its troops had left Syria.", "insisted", "distancing"),
    ("Police suspect that the rebels fled to Chad.", "suspect", "tentative"),
    ("The minister believes that France will send troops.", "believes", "tentative"),
    ("The minister does not believe that France will send troops.", "believe", "tentative"),
    ("The envoy doubted that Iran would sign.", "doubted", "tentative"),
    ("The envoy said that Iran would sign.", "said", "neutral"),
    ("According to the army, the rebels fled to Chad.", "According to", "neutral"),
    ("The minister is not sure that France will send troops.", "sure", "tentative"),
    ("The minister regretted that Kenya had sent troops.", "regretted", "factive"),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "cue", "certainty"), CASES)
def test_certainty_is_what_the_cue_says_of_its_content(
    coder: masudi.Coder, text: str, cue: str, certainty: str
) -> None:
    coded = coder.code(text, published="2019-05-06")
    found = [s for s in coded.statements if any(cue in text[a:b] for a, b in s.cue_spans)]
    assert [s.certainty for s in found] == [certainty], [(s.cue_lemma, s.certainty) for s in coded.statements]


@pytest.mark.model
def test_certainty_names_the_row_that_decides(coder: masudi.Coder) -> None:
    coded = coder.code("The navy confirmed that the ship had sunk.", published="2019-05-06")
    assert any(b.startswith("certainty: en/cue_certainty.tsv:") for b in coded.statements[0].because)


def test_certainty_list_is_long_enough_and_has_every_kind() -> None:
    rows = Lexicons().table("en/cue_certainty.tsv")
    assert len(rows) >= 150
    assert {row["certainty"] for row in rows} == {"factive", "neutral", "distancing", "tentative"}


def test_certainty_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "cue_certainty.tsv").write_text(
        "lemma\tpos\tcomplement\tcertainty\tnegated\tnote\nsay\tVERB\t\tfirm\t\t\n", encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="firm"):
        CertaintyBook(Lexicons((tmp_path,)))


# passage, what a quotation's or statement's certainty is
WRITERS_OWN = [
    ("The army said, wrongly, that the village was empty.", ["distancing"]),
    ("The envoy rightly warned that the dam would break.", ["factive"]),
    ("It is understood that the two sides will meet in Muscat.", ["tentative"]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), WRITERS_OWN)
def test_the_writer_s_own_word_on_a_statement_outweighs_its_cue(
    coder: masudi.Coder, text: str, wanted: list[str]
) -> None:
    assert [s.certainty for s in coder.code(text).statements] == wanted
