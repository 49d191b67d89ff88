"""The fast parts give what spaCy's own components give, token by token."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from masudi.analyse.model import find_model, load_model
from masudi.analyse.recogniser import Recogniser
from masudi.analyse.rows import RowCache, read_columns
from masudi.analyse.steps import predict
from masudi.analyse.words import COLUMNS, WordTable, lemma_fixes
from masudi.lexicon import Lexicons

TEXTS = [
    "The harbour union said on Tuesday that it would not call off the strike.",
    "There are thousands of dockers in Port Sander, and there's no one who doesn't know them.",
    "“Let's not say they ain't going to fight,” General Ruta Kalnins told Norrland Radio in 2019.",
    "Did you see what y'all gonna do? You gotta ask him; c'mon, I saw it myself.",
    "She has been accused of having lied to the Upper House about $3.5 million in aid.",
    "Rebels who had seized the dam, which supplies Velograd, were driven out by troops from Sorland.",
    "But it was the police that they blamed, although those whom it arrested got nothing and had done nothin'.",
    "ANKARA (Wire) -- The ministers' better-equipped men were shooting; the worst fled: 12 of them.",
    "Neither that nor this is what the EU, the UN or Mr. Haddad's party asked for, however.",
    "Protesters threw stones. 'Tis the season",
]


@pytest.fixture(scope="module")
def fast() -> Language:
    return load_model(None, with_names=True)


@pytest.fixture(scope="module")
def stock() -> Language:
    return spacy.load(find_model())


def docs_of(nlp: Language) -> list[Doc]:
    return [nlp.tokenizer(text) for text in TEXTS]


def parsed(nlp: Language, docs: list[Doc]) -> list[Doc]:
    for name in ("tok2vec", "tagger", "parser"):
        pipe: Any = nlp.get_pipe(name)
        pipe.set_annotations(docs, predict(pipe, docs))
    return docs


@pytest.mark.model
def test_tags_heads_and_labels_equal_those_of_the_model_as_installed(fast: Language, stock: Language) -> None:
    ours = parsed(fast, docs_of(fast))
    for mine, theirs in zip(ours, stock.pipe(TEXTS), strict=True):
        assert [(t.text, t.tag_, t.dep_, t.head.i) for t in mine] == [
            (t.text, t.tag_, t.dep_, t.head.i) for t in theirs
        ]


@pytest.mark.model
def test_parts_of_speech_morphology_and_lemmas_equal_the_rulers_and_the_lemmatizers(
    fast: Language, stock: Language
) -> None:
    table = WordTable(fast)
    for _ in range(2):  # the second time from the tables
        rows = table.annotate(parsed(fast, docs_of(fast)))
        for row, theirs in zip(rows, stock.pipe(TEXTS), strict=True):
            strings = fast.vocab.strings
            mine = [tuple(strings[cell] for cell in token) for token in row]
            assert mine == [(t.tag_, t.pos_, str(t.morph) or "_", t.lemma_, t.dep_) for t in theirs]
    assert COLUMNS == ("TAG", "POS", "MORPH", "LEMMA", "DEP")


@pytest.mark.model
def test_listed_lemmas_are_put_right_where_the_model_gets_them_wrong(fast: Language, stock: Language) -> None:
    fixes = lemma_fixes(Lexicons())
    frames = {"verb": "The police had {} the men.", "noun": "They reported many {} yesterday."}
    texts = [frames[pos].format(form) for form, pos in fixes]
    table = WordTable(fast, fixes)
    rows = table.annotate(parsed(fast, [fast.tokenizer(text) for text in texts]))
    lemma = COLUMNS.index("LEMMA")
    seen = 0
    for (form, pos), row, theirs in zip(fixes, rows, stock.pipe(texts), strict=True):
        for mine, token in zip(row, theirs, strict=True):
            if token.lower_ == form and token.pos_.lower() == pos:
                seen += 1
                assert (fast.vocab.strings[mine[lemma]], token.lemma_ == fixes[form, pos]) == (fixes[form, pos], False)
            elif (token.lower_, token.pos_.lower()) not in fixes:
                assert fast.vocab.strings[mine[lemma]] == token.lemma_
    assert seen > len(fixes) / 2


@pytest.mark.model
def test_names_equal_those_of_the_models_recogniser(fast: Language) -> None:
    ner: Any = fast.get_pipe("ner")
    docs = docs_of(fast)
    ours = [[(s.start, s.end, s.label_) for s in names] for names in Recogniser(ner).names(docs)]
    ner.set_annotations(docs, ner.predict(docs))
    theirs = [[(s.start, s.end, s.label_) for s in doc.ents] for doc in docs]
    assert ours == theirs
    assert sum(map(len, theirs)) > 5


@pytest.mark.model
def test_a_recogniser_of_another_make_is_asked_itself(fast: Language) -> None:
    ner: Any = fast.get_pipe("ner")
    recogniser = Recogniser(ner)
    quick = [[s.label_ for s in names] for names in recogniser.names(docs_of(fast))]
    recogniser._simple = False
    assert [[s.label_ for s in names] for names in recogniser.names(docs_of(fast))] == quick


@pytest.mark.model
def test_a_parse_does_not_depend_on_the_other_sentences_of_its_batch(fast: Language) -> None:
    together = [read_columns(d, ("TAG", "HEAD", "DEP")).tolist() for d in parsed(fast, docs_of(fast))]
    alone = [read_columns(parsed(fast, [d])[0], ("TAG", "HEAD", "DEP")).tolist() for d in docs_of(fast)]
    assert together == alone


def squares(keys: np.ndarray[Any, np.dtype[np.uint64]]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    assert len({tuple(k) for k in keys.tolist()}) == len(keys), "asked twice for one row"
    return (keys**2).sum(axis=1, keepdims=True)


@pytest.mark.parametrize("limit", [0, 3, 1000])
def test_a_row_cache_gives_what_the_function_gives_whatever_it_has_forgotten(limit: int) -> None:
    cache = RowCache(2, squares, limit=limit)
    for start in range(5):
        keys = np.array([[i % 7 + start, i % 3] for i in range(40)], dtype=np.uint64)
        assert cache.lookup(keys).tolist() == (keys**2).sum(axis=1, keepdims=True).tolist()


def test_a_row_cache_forgets_what_failed() -> None:
    calls = []

    def fails_once(keys: np.ndarray[Any, np.dtype[np.uint64]]) -> np.ndarray[Any, np.dtype[np.uint64]]:
        calls.append(len(keys))
        if len(calls) == 1:
            raise MemoryError
        return squares(keys)

    cache = RowCache(1, fails_once, limit=10)
    keys = np.array([[2], [3], [2]], dtype=np.uint64)
    with pytest.raises(MemoryError):
        cache.lookup(keys)
    assert cache.lookup(keys).ravel().tolist() == [4, 9, 4]
    assert calls == [2, 2]
