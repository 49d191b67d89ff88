"""A coder without a language model: for tests of what happens around coding, not of coding itself.

It finds a report wherever "attacked" stands between two words, names both as actors, and makes the article
fail, or its process die, when the text says so.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator

import spacy
from spacy.tokens import Doc

from masudi.config import Settings
from masudi.pipeline import Coder, Tools
from masudi.records import (
    Actor,
    Article,
    Attribution,
    EventDate,
    Findings,
    Mention,
    Place,
    Report,
    Span,
    Statement,
    Time,
)
from masudi.text import digest, iso_bounds, slug

_ATTACK = re.compile(r"(\w+) (attacked) (\w+)")


class FakeAnalyser:
    """Sentences at full stops, no parse."""

    def __init__(self) -> None:
        self.nlp = spacy.blank("en")
        self.nlp.add_pipe("sentencizer")

    def __call__(self, articles: Iterable[Article]) -> Iterator[Doc]:
        return (self.analyse_one(article) for article in articles)

    def analyse_one(self, article: Article) -> Doc:
        if "SPOIL ANALYSIS" in article.text:
            raise ValueError("this text spoils the analysis")
        if "SLOW" in article.text:
            time.sleep(0.05)
        if "KILL THE PROCESS" in article.text:
            os._exit(9)
        return self.nlp(article.text)


def _actors(doc: Doc, article: Article, times: tuple[Time, ...]) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    actors: dict[str, Actor] = {}
    mentions = []
    for match in _ATTACK.finditer(article.text):
        for group in (1, 3):
            actor = Actor(id=f"group:{slug(match[group])}", name=match[group], kind="group", sectors=("REB",))
            actors.setdefault(actor.id, actor)
            span = Span(*match.span(group))
            mentions.append(
                Mention(id="m" + digest(article.id, *span), span=span, text=match[group], actor=actor.id, form="name")
            )
    return tuple(actors.values()), tuple(mentions)


def _same(
    doc: Doc, article: Article, actors: tuple[Actor, ...], mentions: tuple[Mention, ...]
) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    return actors, mentions


def _places(doc: Doc, article: Article, mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
    at = article.text.find("Lagos")
    if at < 0:
        return ()
    return (
        Place(
            span=Span(at, at + 5), text="Lagos", name="Lagos", kind="city", form="name",
            lat=6.45, lon=3.39, country="NGA", geonameid=2332459, precision_km=20.0,
        ),
    )  # fmt: skip


def _attribute(doc: Doc, article: Article, findings: Findings) -> Attribution:
    match = re.search(r"(\w+) (said) (that [^.]+)", article.text)
    if match is None:
        return Attribution()
    statement = Statement(
        id="s" + digest(article.id, *match.span(3)), actor=None, source_spans=(Span(*match.span(1)),),
        cue_spans=(Span(*match.span(2)),), cue_lemma="say", content=(Span(*match.span(3)),),
        form="indirect", force="assert", named=True,
    )  # fmt: skip
    from masudi.records import Chained

    return Attribution(statements=(statement,), chains=(Chained(Span(*match.span(3)), (statement.id,)),))


def _code(doc: Doc, article: Article, findings: Findings, attribution: Attribution) -> tuple[Report, ...]:
    if "SPOIL CODING" in article.text:
        raise ValueError("this text spoils the coding")
    return tuple(_report(match, doc, article, attribution) for match in _ATTACK.finditer(article.text))


def _report(match: re.Match[str], doc: Doc, article: Article, attribution: Attribution) -> Report:
    sentences = [s for s in doc.sents if any(not t.is_space for t in s)]
    index = next(i for i, s in enumerate(sentences) if s.start_char <= match.start(2) < s.end_char)
    bounds = iso_bounds(article.published)
    date = EventDate(basis="unknown") if bounds is None else EventDate(
        basis="document", value=(article.published or "")[:7], earliest=bounds[0].replace(day=1), latest=bounds[1]
    )  # fmt: skip
    return Report(
        id="r" + digest(article.id, *match.span(2)), type="ASSAULT", quad="material_conflict", score=-9.0,
        triggers=(Span(*match.span(2)),), date=date, sentence=index,
        actors=(f"group:{slug(match[1])}",), actor_spans=(Span(*match.span(1)),),
        recipients=(f"group:{slug(match[3])}",), recipient_spans=(Span(*match.span(3)),),
        place=0 if "Lagos" in article.text else None, chain=attribution.chain_at(match.start(2)),
        confidence=0.5, because=("type: fake", "actor: fake"),
    )  # fmt: skip


def make_fake_coder(settings: Settings) -> Coder:
    """A Coder of fake stages; importable by name, so that worker processes can make their own."""
    tools = Tools(
        analyse=FakeAnalyser(), resolve_times=lambda doc, article: (), resolve_actors=_actors,
        resolve_coreference=_same, resolve_places=_places, attribute=_attribute, code=_code,
    )  # fmt: skip
    return Coder(settings, tools=tools)
