"""The gazetteer and the role tables, without a model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article, Role
from masudi.resolve.actors import make_actor_resolver, role_on
from masudi.resolve.coreference import make_coreference
from masudi.resolve.names import Ambiguities, Entity, Gazetteer, plain, skeleton
from masudi.resolve.phrases import RoleLexicon, TitleLexicon
from world import TinyWorld

GAZETTEER = Gazetteer(TinyWorld())
ROLES = RoleLexicon(Lexicons())


def found(text: str) -> list[tuple[str, str]]:
    return [(text[h.span.start : h.span.end], h.entity.id) for h in GAZETTEER.find(text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Peru and CHILE", [("Peru", "state:PER"), ("CHILE", "state:CHL")]),
        ("Perugia, Peruse, NotPeru", []),
        ("the UN Security Council met", [("UN Security Council", "organisation:un-security-council")]),
        ("the U.N. met", [("U.N.", "organisation:united-nations")]),
        ("tell us, US", [("US", "state:USA")]),
        ("N’Djamena’s markets", [("N’Djamena", "state:TCD")]),
        ("Túrkiye and Türkiye", [("Túrkiye", "state:TUR"), ("Türkiye", "state:TUR")]),
        ("Peru's, Peruvians'", [("Peru", "state:PER"), ("Peruvians", "state:PER")]),
        ("Elena\nVargas", [("Elena\nVargas", "person:elena-vargas")]),
        ("US-Iranian talks", [("US", "state:USA"), ("Iranian", "state:IRN")]),
    ],
)
def test_names_are_found_whole_longest_first_with_their_offsets(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(text) == hits


@given(st.text(max_size=80))
def test_plain_text_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.lists(st.sampled_from(["Peru", "Peruvian", "’", "é", " ", "\n", "-", "US", "us", "UN", "Elena Vargas"])))
def test_hits_never_overlap_and_lie_inside_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    hits = GAZETTEER.find(text)
    for before, after in zip(hits, hits[1:], strict=False):
        assert before.span.end <= after.span.start
    assert all(0 <= h.span.start < h.span.end <= len(text) for h in hits)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mohammad Shiaa al-Sudani", "Mohammed Shia' Al Sudani", True),
        ("Muammar Qaddafi", "Moammar Kadafi", True),
        ("Elena Vargas", "Helena Varga", False),
        ("Ali Hassan", "Ali Hussein", True),
        ("Jan Novak", "Jan Nowak", True),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str, same: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is same


def test_two_known_people_of_one_skeleton_are_not_guessed_between() -> None:
    gazetteer = Gazetteer(TinyWorld())
    assert gazetteer.person_spelt_like("Muhammad Shi'a Hakim") is not None
    assert gazetteer.person_spelt_like("Vargas") is None


def test_ambiguous_names_are_weighed_by_the_words_around_them() -> None:
    ambiguities = Ambiguities.read(Lexicons())
    assert ambiguities.rejects("Georgia", "A Republican from Atlanta")
    assert not ambiguities.rejects("Georgia", "Georgian troops near Tbilisi, a Republican said")
    assert not ambiguities.rejects("Peru", "Atlanta")


@pytest.mark.parametrize(
    ("words", "phrase", "sectors", "plural"),
    [
        ("the foreign minister", "foreign minister", ("GOV",), False),
        ("two policemen", "policeman", ("COP",), True),
        ("vice-president", "vice-president", ("GOV",), False),
        ("members of parliament", "member of parliament", ("LEG",), True),
        ("the people", "people", ("CVL",), True),
        ("a table", None, (), False),
    ],
)
def test_role_phrases_are_found_by_their_last_word(
    words: str, phrase: str | None, sectors: tuple[str, ...], plural: bool
) -> None:
    tokens = words.replace("-", " - ").split()
    match = ROLES.ending_at(tokens, len(tokens) - 1, modifier=False)
    assert (match.row.phrase if match else None) == phrase
    if match is not None:
        assert (match.row.sectors, match.plural) == (sectors, plural)


def test_the_longest_title_is_taken() -> None:
    found = TitleLexicon(Lexicons()).starting_at(["Maj.", "Gen.", "Smith"], 0)
    assert found is not None
    assert (found[0], found[1].title) == (2, "Maj. Gen.")


OFFICE = Entity(
    id="person:x", name="X", kind="person", country="PER", rows=("p:2", "p:3"),
    roles=(
        Role(title="minister", country="PER", sectors=("GOV",), start=date(2000, 1, 1), end=date(2004, 6, 30)),
        Role(title="president", country="PER", sectors=("GOV",), start=date(2004, 7, 1), end=date(2010, 12, 31)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("when", "title"),
    [
        ("2002-05-06", "minister"),
        ("2004", "president"),
        ("2010-12", "president"),
        ("2011-01-01", "former president"),
        ("1999", None),
        (None, None),
    ],
)
def test_a_role_is_looked_up_by_day_month_or_year(when: str | None, title: str | None) -> None:
    held = role_on(OFFICE, when)
    assert (held[0].title if held else None) == title


def test_a_sentence_without_a_parse_still_gives_its_names() -> None:
    words = ["Peru", "thanked", "Elena", "Vargas", "and", "police", "."]
    doc = Doc(Vocab(), words=words, spaces=[True, True, True, True, True, False, False], sent_starts=[True] + [False] * 6)
    resolve = make_actor_resolver(Settings(), TinyWorld())
    actors, mentions = resolve(doc, Article(id="a", text=doc.text, published="2012-05-01"), ())
    assert [m.text for m in mentions] == ["Peru", "Elena Vargas"]
    assert [a.id for a in actors] == ["state:PER", "person:elena-vargas"]


@pytest.mark.parametrize("words", [[], ["\n"], ["\n\n", "…", "\n"], ["(", ")"], ["'s"], ["-"], ["“", "”"]])
def test_a_text_without_words_holds_no_actor(words: list[str]) -> None:
    starts = [True] + [False] * (len(words) - 1)
    doc = Doc(Vocab(), words=words, spaces=[False] * len(words), sent_starts=starts[: len(words)])
    settings, world = Settings(), TinyWorld()
    article = Article(id="a", text=doc.text)
    found = make_actor_resolver(settings, world)(doc, article, ())
    assert found == ((), ())
    assert make_coreference(settings, world)(doc, article, *found) == ((), ())


@pytest.mark.parametrize("name", [
    "roles", "titles", "pronouns", "given_names", "name_particles", "not_actors", "ambiguous_names", "dealings",
    "person_verbs", "compounds", "gendered_nouns",
])  # fmt: skip
def test_the_tables_of_this_part_are_sound(name: str) -> None:
    assert Lexicons().check(f"en/{name}.tsv") == []


def test_every_sector_in_the_role_tables_is_a_plover_sector() -> None:
    lexicons = Lexicons()
    known = {row["code"] for row in lexicons.table("plover/sectors.tsv")}
    for name in ("en/roles.tsv", "en/titles.tsv"):
        for row in lexicons.table(name):
            sectors = row.many("sectors")
            assert set(sectors) <= known or sectors[0] == "IGO", row.where


def test_an_entry_becomes_an_actor_only_when_its_name_is_met() -> None:
    gazetteer = Gazetteer(TinyWorld())
    states = len(gazetteer.by_country)
    assert len(gazetteer._made) == states
    [hit] = gazetteer.find("Elena Vargas spoke.")
    assert hit.entity.id == "person:elena-vargas" and len(hit.entity.roles) == 3
    assert len(gazetteer._made) == states + 1
    assert gazetteer.find("Elena Vargas spoke.")[0].entity is hit.entity


def test_a_users_rows_replace_remove_and_add_entries(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    folder.mkdir()
    columns = "name\taliases\tcountry\tsectors\tfrom\tto\tnote\n"
    rows = ("Boko Haram\tThe Northern Band\tNER\tUAF\t\t\t", "Hamas\t\tPSE\tREB\t\t\t-", "Reed League\t\tPER\tREB\t\t\t")
    (folder / "groups.tsv").write_text(columns + "\n".join(rows) + "\n", encoding="utf-8")
    gazetteer = Gazetteer(Lexicons((tmp_path,)))
    found = {h.entity.id: h.entity for h in gazetteer.find("The Northern Band met Hamas and the Reed League.")}
    assert set(found) == {"group:boko-haram", "group:reed-league"}
    assert found["group:boko-haram"].country == "NER"


def test_a_city_tells_its_country_unless_a_table_has_that_name() -> None:
    names = Gazetteer(Lexicons())
    assert [(h.form, h.entity.id) for h in names.find("in Mosul")] == [("city", "state:IRQ")]
    assert [h.form for h in names.find("in Kabul")] == ["capital"]
    assert not any(h.entity.id == "state:IRQ" for h in Gazetteer(TinyWorld()).find("in Kandahar"))
