"""A tree answers as spaCy does, whatever hangs on what."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from masudi.records import Span
from masudi.syntax import Word, clause_verb, head_of, tokens_in
from masudi.tree import Tree, tree_of

VOCAB = spacy.blank("en").vocab


@st.composite
def parsed(draw: st.DrawFn) -> Doc:
    """A Doc of a few words in which each but the first hangs on an earlier one."""
    words = draw(st.lists(st.sampled_from(["Chad", "said", "on", "-", "tea", "\n"]), min_size=1, max_size=9))
    heads = [0, *(draw(st.integers(0, n - 1)) for n in range(1, len(words)))]
    deps = ["ROOT", *(draw(st.sampled_from(["nsubj", "aux", "prep"])) for _ in words[1:])]
    pos = [draw(st.sampled_from(["NOUN", "VERB", "ADP"])) for _ in words]
    return Doc(VOCAB, words=words, heads=heads, deps=deps, pos=pos, lemmas=words)


def number(word: Word | None) -> int | None:
    return None if word is None else word.i


@given(parsed())
@settings(max_examples=100, deadline=None)
def test_tree_answers_as_the_doc_it_was_read_from(doc: Doc) -> None:
    tree = Tree(doc)
    assert [s.text for s in tree.sents] == [s.text for s in doc.sents]
    for mine, theirs in zip(tree, doc, strict=True):
        assert [c.i for c in mine.children] == [c.i for c in theirs.children]
        assert [a.i for a in mine.ancestors] == [a.i for a in theirs.ancestors]
        assert {t.i for t in mine.subtree} == {t.i for t in theirs.subtree}
        assert (mine.left_edge.i, mine.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
        assert (mine.sent.start, mine.sent.root.i) == (theirs.sent.start, theirs.sent.root.i)
        assert (mine.text, mine.idx, mine.pos_, mine.dep_) == (theirs.text, theirs.idx, theirs.pos_, theirs.dep_)
        assert number(clause_verb(mine)) == number(clause_verb(theirs))
        span = Span(theirs.idx, len(doc.text))
        assert [t.i for t in tokens_in(tree, span)] == [t.i for t in tokens_in(doc, span)]
        assert number(head_of(tree, span)) == number(head_of(doc, span))


def test_tree_has_no_neighbour_beyond_its_ends() -> None:
    tree = tree_of(Doc(VOCAB, words=["Chad", "said"], heads=[1, 1], deps=["nsubj", "ROOT"]))
    assert tree[0].nbor() is tree[1]
    for token, step in ((tree[0], -1), (tree[1], 1)):
        with pytest.raises(IndexError):
            token.nbor(step)
