"""The attribute stage whole: statements first, then what is to be known of each, then the author's judgements."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve
from spacy.tokens import Doc

from ..config import Settings
from ..lexicon import Lexicons
from ..records import Article, Attribution, Findings, Statement
from . import statements
from .certainty import CertaintyBook
from .chain import chains_of
from .judgements import Judge
from .unnamed import UnnamedSources


def make_attributor(
    settings: Settings, lexicons: Lexicons
) -> Callable[[Doc, Article, Findings], Attribution]:
    """The attribute stage: statements with certainty and unnamed sources, chains, judgements.

    Raises LexiconError when one of its lists is malformed.
    """
    attribute = statements.make_attributor(settings, lexicons)
    certainty = CertaintyBook(lexicons)
    unnamed = UnnamedSources(lexicons)
    judge = Judge(lexicons)

    def whole(doc: Doc, article: Article, findings: Findings) -> Attribution:
        found = attribute(doc, article, findings)
        sure = [_with_certainty(certainty, doc, s) for s in found.statements]
        filled = unnamed.fill(doc, findings, sure)
        same = all((a.content, a.within) == (b.content, b.within) for a, b in zip(sure, filled, strict=False))
        chains = found.chains if same and len(sure) == len(filled) else chains_of(filled)
        found = evolve(found, statements=filled, chains=chains)
        return evolve(found, judgements=judge(doc, article, findings, found))

    return whole


def _with_certainty(book: CertaintyBook, doc: Doc, statement: Statement) -> Statement:
    reading = book.of(doc, statement)
    if reading.row is None:
        return statement
    return evolve(statement, certainty=reading.certainty, because=(*statement.because, f"certainty: {reading.row}"))
