"""masudi as a component of somebody's spaCy pipeline."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from masudi.analyse.model import find_model
from masudi.spacy_component import make_masudi

TEXT = "Rebels attacked the army of Norway on Monday, the interior ministry said."


def test_spacy_knows_the_component_without_an_import_of_masudi() -> None:
    program = (
        "import sys, spacy; nlp = spacy.blank('en'); nlp.add_pipe('masudi');"
        "print(sorted(m for m in sys.modules if m.startswith('masudi')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['masudi', 'masudi.spacy_component']"


@pytest.mark.model
def test_a_doc_carries_its_coded_article_as_plain_data_through_bytes() -> None:
    nlp = spacy.load(find_model())
    nlp.add_pipe("masudi", config={"published": "2031-03-05"})
    doc = nlp(TEXT)
    coded = doc._.masudi
    assert coded["schema"] == "masudi/1"
    assert coded["article"]["text"] == TEXT
    assert coded["article"]["published"] == "2031-03-05"
    assert coded["failures"] == []
    assert [s["cue"]["lemma"] for s in coded["statements"]] == ["say"]
    assert coded["reports"]
    box = DocBin(store_user_data=True, docs=[doc])
    again = next(iter(DocBin().from_bytes(box.to_bytes()).get_docs(nlp.vocab)))
    assert json.dumps(again._.masudi) == json.dumps(coded)  # MessagePack makes tuples of lists


@pytest.mark.model
def test_a_docs_own_article_fields_go_before_the_components() -> None:
    nlp = spacy.load(find_model())
    component = make_masudi(nlp, "masudi", published="2031-03-05")
    doc = nlp.make_doc(TEXT)
    doc.user_data["article"] = {"published": "2030-01-02", "publisher": "Norrland Wire"}
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    article = component(doc)._.masudi["article"]
    assert (article["published"], article["publisher"]) == ("2030-01-02", "Norrland Wire")


def test_making_the_component_loads_no_coder() -> None:
    component = make_masudi(spacy.blank("en"), "masudi", published=None)
    assert component._coder is None
    assert Doc.has_extension("masudi")
