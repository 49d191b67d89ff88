"""Mending: what is mended, what is left alone, and that every mend can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masudi.read.mend import mend
from masudi.read.vocabulary import vocabulary
from masudi.text import unmend

MENDS = vocabulary().mends


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("The quarrel is loud-;- few listen.", "The quarrel is loud; few listen."),
        ("Three ports-:- all shut.", "Three ports: all shut."),
        ("The ferries-,- he said, are late.", "The ferries, he said, are late."),
        ("a legal´-or-moral duty", "a legal or moral duty"),
        ("a legal`-and-moral duty", "a legal and moral duty"),
        ("the harbour ´ master", "the harbour master"),
        ("it´s late and they´re tired", "it's late and they're tired"),
        ("Norway-’-s coast", "Norway’s coast"),
        ('she said -"-enough-"- twice', 'she said "enough" twice'),
        ("He said &amp;quot;no&amp;quot;.", 'He said "no".'),
        ("Smith &amp; Sons &#39;agreed&#39;", "Smith & Sons 'agreed'"),
        ("soft\u00adware and zero\u200bwidth", "software and zerowidth"),
        ("ten\u00a0ships", "ten ships"),
        ("the of\ufb01ce", "the office"),
        ("Perú met EspaÃ±a; the navyâ€™s ship", "Perú met España; the navy’s ship"),
        ("He didn\\'t go", "He didn't go"),
        ("loud\u200b-;-\u200b few", "loud; few"),
    ],
)
def test_artefact_is_mended_and_the_mend_can_be_taken_back(broken: str, whole: str) -> None:
    text, mends = mend(broken, MENDS)
    assert text == whole
    assert mends
    assert unmend(text, mends) == broken


@pytest.mark.parametrize(
    "sound",
    [
        "A do-or-die, last-ditch effort; nobody slept.",
        "The one-, two- and three-year plans -- all of them -- failed.",
        "The café’s façade, the naïve señor, Zoë and the coup d’état.",
        "“No,” she said; “never: not once.”",
        "Pages 10-12, scores of 3-2, 2019-20, and A&B Ltd.",
        "He asked: why? They shouted ‘go!’ - then left.",
        "Range: -5 to -3; see note (a)-(c).",
        "AT&T and R&D; S&P fell.",
        "SÃO PAULO and IRMÃ shut the road.",
        "سلام عليكم\u200cها and 👩\u200d🚀 landed.",
        "The `ls` command and ``quoted'' words.",
    ],
)
def test_sound_text_is_never_touched(sound: str) -> None:
    assert mend(sound, MENDS) == (sound, ())


def test_offsets_of_mends_point_at_the_mended_text() -> None:
    text, mends = mend("One\u00ad two-;- three\u00a0four.", MENDS)
    assert text == "One two; three four."
    assert [(text[m.start : m.end], m.original) for m in mends] == [
        ("", "\u00ad"),
        (";", "-;-"),
        (" ", "\u00a0"),
    ]


PIECES = [
    "word", "of", " ", "\n", "-", "-;-", "-,-", "´", "`", "´-or-", "\u00ad", "\u200b", "\u00a0", "&amp;quot;", "&amp;",
    "&", "amp;", ";", "\"", "'", "Ã±", "â€™", "\\'", "\\", "ﬁ", "é", "1", "\u200d", "ب", ".", "s",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_unmend_gives_back_any_text_made_of_artefacts(original: str) -> None:
    text, mends = mend(original, MENDS)
    assert unmend(text, mends) == original
    assert all(0 <= m.start <= m.end <= len(text) for m in mends)
    assert all(a.end < b.start for a, b in zip(mends, mends[1:], strict=False))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_unmend_gives_back_any_text_at_all(original: str) -> None:
    text, mends = mend(original, MENDS)
    assert unmend(text, mends) == original
