"""Articles into spaCy Docs: tokens, sentences, the gate, the parse, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from ..config import Settings
from ..errors import ConfigError
from ..lexicon import Lexicons
from ..records import Article, Span
from .gate import CUES, Gate, LemmaFinder, optional_rows
from .model import load_model, thread_limiter
from .names import NameDoubt
from .recogniser import Recogniser
from .rows import Keys, read_columns, write_columns
from .sentences import Words, paragraphs, sentences
from .steps import predict
from .words import COLUMNS, WordTable, lemma_fixes

# Sentences parsed together: one by one costs 2.2 times as much, more than this gains nothing. They are of like
# length, because a batch takes as many steps as its longest sentence; so more are gathered than one batch holds.
BATCH_SENTENCES = 256
READ_AHEAD_SENTENCES = 1024
# What runs on longer without a full stop is a table or a list; the parser gets it in pieces.
MAX_SENTENCE_TOKENS = 400

DEP_COLUMN = COLUMNS.index("DEP")


@frozen(eq=False)
class _Sentence:
    """Tokens `start` up to `end` of an article's Doc. words: indices of those that are no white space."""

    start: int
    end: int
    words: NDArray[np.int64]


@frozen(eq=False)
class _Draft:
    """An article under work. picked: which of `sentences` are to be parsed; bare: these as Docs."""

    doc: Doc
    sentences: list[_Sentence]
    picked: list[_Sentence]
    bare: list[Doc]


@frozen(eq=False)
class _Parse:
    """What the model made of one sentence: `COLUMNS`, one row a word; heads as indices of words; names."""

    rows: Keys
    heads: NDArray[np.int64]
    names: tuple[DocSpan, ...]


@frozen(eq=False)
class _Tokens:
    """A tokenized text as columns: first character, length, form, norm of each token; whether it is white
    space, and whether white space of any kind follows it."""

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    forms: Keys
    norms: Keys
    spaces: NDArray[np.bool_]
    spaced: NDArray[np.bool_]

    @classmethod
    def of(cls, doc: Doc) -> _Tokens:
        columns = read_columns(doc, ("ORTH", "NORM", "LENGTH", "SPACY", "IS_SPACE"))
        lengths, spaced = columns[:, 2].astype(np.int64), columns[:, 3].astype(bool)
        starts = np.cumsum(lengths + spaced) - lengths - spaced
        spaces = columns[:, 4].astype(bool)
        followed = spaced | np.append(spaces[1:], False)
        return cls(starts, lengths, columns[:, 0], columns[:, 1], spaces, followed)

    @property
    def end(self) -> int:
        """Characters in the text, the blank after its last token left out."""
        return int(self.starts[-1] + self.lengths[-1])

    def at_or_after(self, offset: int) -> np.int64:
        """Index of the first token that starts at character `offset` or later; their number if there is none."""
        return np.searchsorted(self.starts, offset)


class Analyser:
    """Articles → Docs, in order and one for each; `doc.text == article.text`.

    Tokens of a sentence the gate skipped have no label, tag or lemma. (From bytes spaCy rebuilds sentences
    by their labelled roots: there a skipped sentence joins the one before it.)
    Reads ahead until it has sentences enough for a few batches, so it streams over any number of articles, and
    a result does not depend on its neighbours. Not for sharing between threads.
    An article that makes spaCy fail raises from the iterator and takes those read ahead with it; pass a
    handful of articles at a time, and on an exception each of them alone to `analyse_one`.
    """

    def __init__(self, settings: Settings, lexicons: Lexicons) -> None:
        self._nlp = load_model(settings.model, with_names=settings.names != "never")
        self._pipes: list[Any] = [
            self._nlp.get_pipe(name) for name in self._nlp.pipe_names
            if name not in ("attribute_ruler", "lemmatizer", "ner")
        ]  # fmt: skip
        has_names = "ner" in self._nlp.pipe_names
        self._recogniser = Recogniser(self._nlp.get_pipe("ner")) if has_names else None
        if settings.names == "always" and self._recogniser is None:
            raise ConfigError(f"names = 'always', but model {settings.model!r} has no name recogniser (ner)")
        self._one_thread = thread_limiter()
        lemmas = LemmaFinder(self._nlp)
        self._table = WordTable(self._nlp, lemma_fixes(lexicons))
        self._words = _splitter_words(lexicons, lemmas)
        self._gate = Gate(lexicons, self._nlp, lemmas) if settings.gate == "wide" else None
        self._doubt = (
            NameDoubt(lexicons, lemmas, self._nlp.vocab.strings) if settings.names == "doubt" else None
        )
        strings = self._nlp.vocab.strings
        # What the attribute ruler gives white space.
        self._space = np.array(
            [strings.add("_SP"), strings["SPACE"], strings.add("_"), strings.add(" "), strings.add("dep")],
            dtype=np.uint64,
        )

    def __call__(self, articles: Iterable[Article]) -> Iterator[Doc]:
        group: list[_Draft] = []
        waiting = 0
        for article in articles:
            draft = self._draft(article)
            group.append(draft)
            waiting += len(draft.picked)
            if waiting >= READ_AHEAD_SENTENCES:
                yield from self._finish(group)
                group, waiting = [], 0
        yield from self._finish(group)

    def analyse_one(self, article: Article) -> Doc:
        """The Doc of one article, alone. Raises what spaCy raises."""
        return next(self._finish([self._draft(article)]))

    def _draft(self, article: Article) -> _Draft:
        doc = self._nlp.tokenizer(article.text)
        if not len(doc):
            return _Draft(doc, [], [], [])
        tokens = _Tokens.of(doc)
        if len(article.text) - tokens.end not in (0, 1):
            raise ValueError("the model's tokenizer changes the text")
        found = self._sentences(article, tokens)
        picked = [s for s in found if self._wants(s, tokens, article.furniture)]
        return _Draft(doc, found, picked, [self._bare(s, tokens) for s in picked])

    def _sentences(self, article: Article, tokens: _Tokens) -> list[_Sentence]:
        """Sentences that cover all tokens; white space belongs to the one before it."""
        starts = {int(tokens.at_or_after(edge)) for span in article.furniture for edge in span}
        for paragraph in paragraphs(article.text):
            for span in sentences(article.text, paragraph, self._words):
                at = int(tokens.at_or_after(span.start))
                # The tokenizer knows better where it keeps a word whole across a full stop.
                if at < len(tokens.starts) and tokens.starts[at] == span.start:
                    starts.add(at)
        edges = sorted({0, *(at for at in starts if at < len(tokens.starts)), len(tokens.starts)})
        out: list[_Sentence] = []
        for start, end in zip(edges, edges[1:], strict=False):
            if not out:
                start = 0
            words = start + np.flatnonzero(~tokens.spaces[start:end])
            if not len(words):
                if out:
                    out[-1] = evolve(out[-1], end=end)
                continue
            cuts = [start, *words[MAX_SENTENCE_TOKENS::MAX_SENTENCE_TOKENS].tolist(), end]
            for a, b in zip(cuts, cuts[1:], strict=False):
                out.append(_Sentence(a, b, words[(words >= a) & (words < b)]))
        return out

    def _wants(self, sentence: _Sentence, tokens: _Tokens, furniture: Sequence[Span]) -> bool:
        """Whether to parse `sentence`: it is text of the article, and the gate admits it."""
        first, last = sentence.words[0], sentence.words[-1]
        span = Span(int(tokens.starts[first]), int(tokens.starts[last] + tokens.lengths[last]))
        if any(span.overlaps(page) for page in furniture):
            return False
        return self._gate is None or self._gate.admits(tokens.forms[sentence.words].tolist())

    def _bare(self, sentence: _Sentence, tokens: _Tokens) -> Doc:
        """One sentence as a Doc of its own, without white space tokens."""
        words = sentence.words
        forms = tokens.forms[words]
        doc = Doc(self._nlp.vocab, words=forms.tolist(), spaces=tokens.spaced[words].tolist())
        # The parser finds no sentence ends of its own: where the rules see none, it is nearly always wrong.
        inside = np.full(len(words), -1)
        inside[0] = 1
        values = np.column_stack([tokens.norms[words], inside.view(np.uint64)])
        write_columns(doc, ("NORM", "SENT_START"), values)
        return doc

    def _finish(self, group: Sequence[_Draft]) -> Iterator[Doc]:
        """The Docs of `group`, parsed together."""
        bare = [doc for draft in group for doc in draft.bare]
        order = sorted(range(len(bare)), key=lambda at: len(bare[at]))
        done: dict[int, _Parse] = {}
        with self._one_thread():
            for start in range(0, len(order), BATCH_SENTENCES):
                batch = order[start : start + BATCH_SENTENCES]
                done.update(zip(batch, self._parse([bare[at] for at in batch]), strict=True))
        at = 0
        for draft in group:
            yield self._assemble(draft, [done[at + i] for i in range(len(draft.picked))])
            at += len(draft.picked)

    def _parse(self, docs: list[Doc]) -> list[_Parse]:
        for pipe in self._pipes:
            pipe.set_annotations(docs, predict(pipe, docs))
        rows = self._table.annotate(docs)
        names = self._names_in(docs)
        out = []
        for doc, row, named in zip(docs, rows, names, strict=True):
            heads = np.arange(len(doc)) + read_columns(doc, ("HEAD",))[:, 0].view(np.int64)
            out.append(_Parse(row, heads, named))
        return out

    def _names_in(self, docs: Sequence[Doc]) -> list[tuple[DocSpan, ...]]:
        """The model's names in each of `docs`; none where it is not asked."""
        found: list[tuple[DocSpan, ...]] = [()] * len(docs)
        if self._recogniser is not None:
            doubt = self._doubt
            forms = [read_columns(doc, ("ORTH",))[:, 0].tolist() for doc in docs]
            asked = [at for at, words in enumerate(forms) if doubt is None or doubt.doubts(words)]
            for at, names in zip(asked, self._recogniser.names([docs[at] for at in asked]), strict=True):
                found[at] = names
        return found

    def _assemble(self, draft: _Draft, parses: Sequence[_Parse]) -> Doc:
        doc = draft.doc
        if not len(doc):
            return doc
        index = np.arange(len(doc))
        heads = np.zeros_like(index)
        values = np.zeros((len(doc), len(COLUMNS)), dtype=np.uint64)
        for sentence in draft.sentences:
            heads[sentence.start : sentence.end] = sentence.start
        names = []
        for sentence, parse in zip(draft.picked, parses, strict=True):
            words = sentence.words
            # White space hangs on the word before it, or leads the sentence and hangs on its first word.
            inside = index[sentence.start : sentence.end]
            before = np.searchsorted(words, inside, side="right") - 1
            heads[inside] = words[np.maximum(before, 0)]
            values[inside] = self._space
            heads[words] = words[parse.heads]
            values[words] = parse.rows
            for name in parse.names:
                first, last = int(words[name.start]), int(words[name.end - 1])
                names.append(DocSpan(doc, first, last + 1, label=name.label))
        # spaCy begins sentences only at labelled roots: label those of skipped ones until it has done so.
        skipped = values[:, DEP_COLUMN] == 0
        values[skipped, DEP_COLUMN] = self._space[DEP_COLUMN]
        write_columns(doc, (*COLUMNS, "HEAD"), np.column_stack([values, (heads - index).view(np.uint64)]))
        values[skipped, DEP_COLUMN] = 0
        write_columns(doc, ("DEP",), values[:, DEP_COLUMN])
        doc.set_ents(names)
        return doc


def _splitter_words(lexicons: Lexicons, lemmas: LemmaFinder) -> Words:
    cues = frozenset(row.need("lemma") for row in optional_rows(lexicons, CUES))
    return Words(
        abbreviations={
            row.need("abbreviation"): row.need("kind") for row in lexicons.table("en/abbreviations.tsv")
        },
        openers=frozenset(row.need("word") for row in lexicons.table("en/openers.tsv")),
        reports=lambda form: bool(lemmas(form) & cues),
    )
