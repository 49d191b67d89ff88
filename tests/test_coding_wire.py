"""What a listed verb means when a reporter puts it as a noun, through a number, in a clause with "what", or passively."""

from __future__ import annotations

import pytest

import masudi
from masudi.coding.words import gerund

TOLD = (
    ("The lifting of a ban on opposition rallies by Togo surprised Benin.", "CONCEDE", "Togo", None),
    ("The storming of the Danish embassy by students shocked Oslo.", "PROTEST", "students", "embassy"),
    ("Kenya's miners ended the strike after the government met most of their demands.", "CONCEDE", "government", None),
    ("Mali hit out at what it called Niger's reckless build-up.", "ACCUSE", "Mali", "Niger"),
    ("Chad lifted its blockade of Niger on Monday.", "RETREAT", "Chad", "Niger"),
    ("A Dutch priest held by rebels in Chad was beaten by soldiers, officials said.", "ASSAULT", "soldiers", "priest"),
    ("The government of Chad will not talk to the rebels.", "REJECT", "government", "rebels"),
    ("Their convoy came under attack from Chadian rebels near Abeche.", "ASSAULT", "rebels", None),
    ("Ghana is pulling out of the African Union.", "SANCTION", "Ghana", "African Union"),
    ("The finance minister of Ghana has the backing of the army.", "SUPPORT", "army", "minister"),
    ("Burundi threatened to bomb Rwanda.", "THREATEN", "Burundi", "Rwanda"),
)  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("text", "type_", "actor", "recipient"), TOLD)
def test_a_listed_verb_is_found_however_a_reporter_puts_it(text: str, type_: str, actor: str, recipient: str | None) -> None:
    reports = [r for r in masudi.load(keep_text=True).code(text, published="2020-06-01").to_dict()["reports"] if r["type"] == type_]
    named = [[[text[s:e] for s, e in r[side]] for side in ("actor_spans", "recipient_spans")] for r in reports]
    assert any(actor in " ".join(actors) and (recipient is None or recipient in " ".join(recipients)) for actors, recipients in named), named


@pytest.mark.parametrize(
    ("verb", "noun"),
    [("lift", "lifting"), ("free", "freeing"), ("close", "closing"), ("shut", "shutting"), ("tie", "tying"), ("expel", "expelling"), ("storm", "storming")],
)
def test_the_noun_in_ing_is_spelled_as_english_does(verb: str, noun: str) -> None:
    assert gerund(verb) == noun
