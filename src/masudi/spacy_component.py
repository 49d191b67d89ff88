"""masudi inside a spaCy pipeline: `nlp.add_pipe("masudi")`, then `doc._.masudi`.

spaCy imports this file whenever it builds a pipeline, so nothing else of masudi is imported until
`add_pipe`, and no model or lexicon is loaded until the first text.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from .pipeline import Coder

ATTRIBUTE = "masudi"


class MasudiComponent:
    """Codes each Doc with the parse it already has; the result lies in `doc._.masudi`.

    `doc._.masudi` is the plain dict of `CodedArticle.to_dict()` (schema `masudi/1`), so that `to_bytes`,
    `DocBin` and worker processes carry it. Article fields (`published`, `url`, `title`, `publisher` ...)
    come from a dict in `doc.user_data["article"]` when there is one.
    """

    def __init__(self, published: str | None) -> None:
        self._published = published
        self._coder: Coder | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self._coder is None:
            from .pipeline import load

            self._coder = load()
        coded = self._coder.code_doc(doc, _article_of(doc, self._published))
        doc._.masudi = coded.to_dict()
        return doc


@Language.factory(
    "masudi",
    default_config={"published": None},
    assigns=["doc._.masudi"],
    requires=["token.dep", "token.tag", "token.lemma", "doc.sents"],
)
def make_masudi(nlp: Language, name: str, published: str | date | None) -> MasudiComponent:
    """The spaCy component "masudi"; put it after the parser and the lemmatizer.

    published: publication day (ISO) of texts that bring none of their own.
    """
    if not Doc.has_extension(ATTRIBUTE):
        Doc.set_extension(ATTRIBUTE, default=None)
    return MasudiComponent(None if published is None else str(published))


def _article_of(doc: Doc, published: str | None) -> Any:
    from .records import Article
    from .text import digest

    given: dict[str, Any] = dict(doc.user_data.get("article") or {})
    given.setdefault("published", published)
    given.setdefault("id", digest(given.get("publisher"), given.get("url"), doc.text))
    return Article(text=doc.text, **given)
