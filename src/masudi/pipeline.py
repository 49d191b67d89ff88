"""The only file that knows the order: read → analyse → resolve → attribute → code.

It is also the only file that turns an exception into a Failure.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import attrs
from attrs import frozen
from spacy.tokens import Doc

from .config import Settings, load_settings
from .errors import ConfigError, MasudiError, ReadError
from .lexicon import Lexicons
from .records import (
    Actor,
    Article,
    Attribution,
    CodedArticle,
    Failure,
    Findings,
    Mention,
    Place,
    Report,
    Span,
    Time,
)
from .syntax import sentence_spans

ENTRY_POINTS = "masudi.stages"

# Articles analysed together: enough to fill the parser's batches, few enough to stream.
CHUNK_ARTICLES = 32
CHUNK_RELATIONS = 32

Spans = tuple[int, int] | Sequence[tuple[int, int]]


class Analyse(Protocol):
    """Articles → spaCy Docs with `doc.text == article.text`, in the same order."""

    def __call__(self, articles: Iterable[Article]) -> Iterator[Doc]: ...

    def analyse_one(self, article: Article) -> Doc: ...


class ResolveTimes(Protocol):
    def __call__(self, doc: Doc, article: Article) -> tuple[Time, ...]: ...


class ResolveActors(Protocol):
    """Names and their actors; `times` because a role depends on the day."""

    def __call__(
        self, doc: Doc, article: Article, times: tuple[Time, ...]
    ) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]: ...


class ResolveCoreference(Protocol):
    """Pronouns, short names and descriptions joined to the actors already found."""

    def __call__(
        self, doc: Doc, article: Article, actors: tuple[Actor, ...], mentions: tuple[Mention, ...]
    ) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]: ...


class ResolvePlaces(Protocol):
    def __call__(self, doc: Doc, article: Article, mentions: tuple[Mention, ...]) -> tuple[Place, ...]: ...


class Attribute(Protocol):
    def __call__(self, doc: Doc, article: Article, findings: Findings) -> Attribution: ...


class Code(Protocol):
    def __call__(
        self, doc: Doc, article: Article, findings: Findings, attribution: Attribution
    ) -> tuple[Report, ...]: ...


@frozen(kw_only=True)
class Tools:
    """One callable per stage. `attrs.evolve(tools, resolve_places=mine)` replaces one."""

    analyse: Analyse
    resolve_times: ResolveTimes
    resolve_actors: ResolveActors
    resolve_coreference: ResolveCoreference
    resolve_places: ResolvePlaces
    attribute: Attribute
    code: Code


def make_tools(settings: Settings, lexicons: Lexicons) -> Tools:
    """The stages masudi ships, with those that masudi.toml names put in their place.

    A stage from outside is an entry point of group `masudi.stages`: a callable (settings, lexicons) → stage.
    Raises ConfigError for an unknown stage or entry point.
    """
    from .analyse import make_analyser
    from .attribute import make_attributor
    from .coding import make_coding
    from .resolve.actors import make_actor_resolver
    from .resolve.coreference import make_coreference
    from .resolve.places import make_place_resolver
    from .resolve.times import make_time_resolver

    makers: dict[str, Any] = {
        "analyse": make_analyser,
        "resolve_times": make_time_resolver,
        "resolve_actors": make_actor_resolver,
        "resolve_coreference": make_coreference,
        "resolve_places": make_place_resolver,
        "attribute": make_attributor,
        "code": make_coding,
    }
    for stage, name in settings.stages.items():
        if stage not in makers:
            raise ConfigError(f"stages: no stage {stage!r}; stages: {', '.join(makers)}")
        makers[stage] = _outside(stage, name)
    return Tools(**{stage: make(settings, lexicons) for stage, make in makers.items()})


def _outside(stage: str, name: str) -> Any:
    found = entry_points(group=ENTRY_POINTS, name=name)
    if not found:
        known = ", ".join(sorted(p.name for p in entry_points(group=ENTRY_POINTS))) or "none installed"
        raise ConfigError(f"stages.{stage}: no entry point {name!r} in group {ENTRY_POINTS}; there: {known}")
    return next(iter(found)).load()


class Coder:
    """A loaded masudi: settings, lexicons and one tool per stage. Not for sharing between threads."""

    def __init__(self, settings: Settings, *, tools: Tools | None = None) -> None:
        from .analyse.model import thread_limiter

        self.settings = settings
        self.lexicons = Lexicons(settings.lexicons)
        self.tools = tools or make_tools(settings, self.lexicons)
        self._relator: Any = None
        self._one_thread = thread_limiter()

    def code(self, text: str, **metadata: Any) -> CodedArticle:
        """`text` as one coded article.

        metadata: given_id, title, published (ISO), url, publisher, authors, language.
        Raises ReadError when `text` is blank or too large; a fault further on is a row in `.failures`.
        """
        from .read import read_text

        article = read_text(text, settings=self.settings, **metadata)
        return next(self.code_articles([article]))

    def code_inputs(
        self, inputs: Sequence[Path | str], *, stdin: BinaryIO | None = None
    ) -> Iterator[CodedArticle | Failure]:
        """Every article of `inputs` (files, folders, "-"), in order; a Failure where one could not be read."""
        chunk: list[Article | Failure] = []
        for item in read_inputs(inputs, self.settings, stdin=stdin):
            chunk.append(item)
            if len(chunk) == CHUNK_ARTICLES:
                yield from self._code_mixed(chunk)
                chunk = []
        yield from self._code_mixed(chunk)

    def _code_mixed(self, chunk: Sequence[Article | Failure]) -> Iterator[CodedArticle | Failure]:
        coded = self._code_chunk([item for item in chunk if isinstance(item, Article)])
        for item in chunk:
            yield next(coded) if isinstance(item, Article) else item

    def code_articles(self, articles: Iterable[Article]) -> Iterator[CodedArticle]:
        """One CodedArticle for each article, in order."""
        source = iter(articles)
        while chunk := list(islice(source, CHUNK_ARTICLES)):
            yield from self._code_chunk(chunk)

    def _code_chunk(self, chunk: Sequence[Article]) -> Iterator[CodedArticle]:
        for article, doc in zip(chunk, self._analyse(chunk), strict=True):
            if isinstance(doc, Failure):
                yield CodedArticle(article=article, failures=(doc,))
            else:
                yield self.code_doc(doc, article)

    def _analyse(self, chunk: Sequence[Article]) -> list[Doc | Failure]:
        try:
            return list(self.tools.analyse(chunk))
        except Exception:  # one article may spoil its chunk: find it below, and keep its neighbours
            return [self._analyse_alone(article) for article in chunk]

    def _analyse_alone(self, article: Article) -> Doc | Failure:
        try:
            return self.tools.analyse.analyse_one(article)
        except Exception as error:
            return failure_of(error, article=article.id, stage="analyse")

    def code_doc(self, doc: Doc, article: Article) -> CodedArticle:
        """The stages after analysis, for a Doc with `doc.text == article.text`."""
        with self._one_thread():
            return self._code_doc(doc, article)

    def _code_doc(self, doc: Doc, article: Article) -> CodedArticle:
        stage = "resolve"
        found: dict[str, Any] = {"sentences": sentence_spans(doc)}
        try:
            findings = self.resolve(doc, article)
            found |= attrs.asdict(findings, recurse=False)
            stage = "attribute"
            attribution = self.tools.attribute(doc, article, findings)
            found |= {"statements": attribution.statements, "judgements": attribution.judgements}
            stage = "code"
            found |= {"reports": self.tools.code(doc, article, findings, attribution)}
        except Exception as error:
            found |= {"failures": (failure_of(error, article=article.id, stage=stage),)}
        return CodedArticle(article=article, **found)

    def relate(self, text: str, *, actor: Spans, recipient: Spans) -> dict[str, Any]:
        """The relation of a marked actor to a marked recipient: always one best type.

        actor, recipient: (start, end), or several. Gives type, modes, quad and `scores`, shares over the
        sixteen types that sum to 1.
        """
        return next(self.relate_many([(text, _spans(actor), _spans(recipient))]))

    def relate_many(
        self, rows: Iterable[tuple[str, Sequence[Span], Sequence[Span]]]
    ) -> Iterator[dict[str, Any]]:
        """`relate` for many (text, actor spans, recipient spans), in order, parsed in batches; a text that comes again, once a batch."""
        if self._relator is None:
            from .analyse import make_analyser
            from .coding import make_relator

            every = attrs.evolve(self.settings, gate="off", names="never")
            self._relator = make_analyser(every, self.lexicons), make_relator(self.settings, self.lexicons)
        analyse, relate = self._relator
        source = iter(rows)
        while chunk := list(islice(source, CHUNK_RELATIONS)):
            articles = [Article(id=str(n), text=text) for n, text in enumerate(dict.fromkeys(text for text, _, _ in chunk))]
            docs = list(analyse(articles))
            with self._one_thread():
                named = [self.tools.resolve_actors(doc, article, ()) for article, doc in zip(articles, docs, strict=True)]
                read = {a.text: (doc, Findings(actors=actors, mentions=mentions)) for a, doc, (actors, mentions) in zip(articles, docs, named, strict=True)}
                found = relate([(*read[text], actor, recipient) for text, actor, recipient in chunk])
            for one in found:
                yield {
                    "type": one.type, "modes": list(one.modes), "quad": one.quad,
                    "scores": {name: round(share, 4) for name, share in one.scores.items()},
                }  # fmt: skip

    def resolve(self, doc: Doc, article: Article) -> Findings:
        """Who, when and where is named in one article."""
        from .resolve.lending import lent

        times = self.tools.resolve_times(doc, article)
        actors, mentions = self.tools.resolve_actors(doc, article, times)
        actors, mentions = self.tools.resolve_coreference(doc, article, actors, mentions)
        places = self.tools.resolve_places(doc, article, mentions)
        actors = lent(actors, mentions, places)
        return Findings(actors=actors, mentions=mentions, times=times, places=places)


def _spans(where: Spans) -> tuple[Span, ...]:
    if len(where) == 2 and isinstance(where[0], int) and isinstance(where[1], int):
        return (Span(where[0], where[1]),)
    return tuple(Span(*pair) for pair in where if isinstance(pair, tuple | list))


def load(settings: Settings | None = None, **overrides: Any) -> Coder:
    """A Coder ready for use: loads the model and the lexicons once.

    overrides: fields of Settings. Raises ConfigError, LexiconError.
    """
    base = settings or load_settings(**overrides)
    return Coder(attrs.evolve(base, **overrides) if settings and overrides else base)


def keep_for_good() -> None:
    """What this process has loaded stays to its end: no garbage is looked for there, which saves a tenth of the time.

    For masudi's own processes, after `load`; in a program that does other things too it is the program's to decide.
    """
    gc.collect()
    gc.freeze()


def read_inputs(
    inputs: Sequence[Path | str], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """Every article of `inputs` in order, a Failure where one could not be read."""
    from .read import read

    for item in read(inputs, settings, stdin=stdin):
        yield failure_of(item) if isinstance(item, ReadError) else item


def failure_of(error: Exception, *, article: str | None = None, stage: str | None = None) -> Failure:
    """The row that keeps an exception: where it happened, its kind, its words."""
    if isinstance(error, MasudiError):
        article, stage = error.article or article, error.stage or stage
    message = str(error) or "no message"
    return Failure(article=article, stage=stage or "code", error=type(error).__name__, message=message)

