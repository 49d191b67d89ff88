"""How surely a candidate is a statement: its cue's weight and the signs around it, summed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from ..lexicon import Lexicons
from .candidates import Candidate
from .cues import Cue
from .sources import Source

SIGNS = "en/statement_signs.tsv"
WEIGHT = "cue weight"
BIAS = "bias"
UNLISTED_WEIGHT = 0.3
_EDGES = frozenset(("ROOT", "conj", "advcl", "relcl", "acl", "xcomp", "pcomp", "ccomp", "amod", "parataxis"))
_LENGTHS = ((1, "1"), (3, "2-3"), (7, "4-7"), (15, "8-15"), (30, "16-30"))
_PERSONS = {
    "i": "I", "we": "we", "you": "you", "he": "he or she", "she": "he or she", "they": "they", "it": "it",
    "this": "it", "that": "it", "which": "it", "who": "who", "one": "you", "me": "I", "us": "we",
}  # fmt: skip


def load_signs(lexicons: Lexicons) -> dict[str, float]:
    """What each sign adds to the log-odds of being a statement."""
    return {row.need("sign"): float(row.need("weight")) for row in lexicons.table(SIGNS)}


def certainty(candidate: Candidate, cue: Cue | None, quoted: bool, signs: Mapping[str, float]) -> float:
    """0..1: how surely the candidate is a statement."""
    weight = cue.weight if cue is not None else UNLISTED_WEIGHT
    total = signs[BIAS] + signs[WEIGHT] * log_odds(weight)
    total += sum(signs.get(sign, 0.0) for sign in signs_of(candidate, listed=cue is not None, quoted=quoted))
    return 1 / (1 + math.exp(-total))


def log_odds(weight: float) -> float:
    """The log-odds of a share, kept finite."""
    share = min(max(weight, 0.01), 0.99)
    return math.log(share / (1 - share))


def signs_of(candidate: Candidate, *, listed: bool, quoted: bool) -> Iterator[str]:
    """The names of all signs that hold for a candidate. quoted: part of its content stands in quotation marks."""
    yield from _plain_signs(candidate, listed=listed, quoted=quoted)
    yield from _word_signs(candidate)


def _word_signs(candidate: Candidate) -> Iterator[str]:
    """Signs that name words: many, each rare, each with little to say."""
    at, content = candidate.at, candidate.content
    frame = f"{candidate.pos} {candidate.complement}"
    kind = source_kind(candidate.source)
    first = at.doc[min(content)]
    top = next((at.doc[i] for i in sorted(content) if at.doc[i].head.i not in content), first)
    edge = at.dep_ if at.dep_ in _EDGES else "elsewhere"
    yield f"{frame} source {kind}"
    yield f"{frame} cue {edge}"
    yield f"{frame} content {top.tag_}"
    yield f"cue word {candidate.lemma} source {kind}"
    yield f"cue word {candidate.lemma} {at.tag_}"
    yield f"cue word {candidate.lemma} {edge}"
    yield f"content word {top.lemma_.lower()}"
    yield f"content word {first.lower_} first"
    yield f"content {top.dep_}"
    if candidate.source is not None:
        yield f"source word {candidate.source.heads[0].lemma_.lower()}"
    if at.head.i != at.i:
        yield f"above {at.head.lemma_.lower()} {edge}"
    for child in at.children:
        if child.dep_ == "advmod":
            yield f"adverb {child.lower_}"
    if at.i + 1 < len(at.doc):
        yield f"cue word {candidate.lemma} before {at.doc[at.i + 1].lower_}"


def _plain_signs(candidate: Candidate, *, listed: bool, quoted: bool) -> Iterator[str]:
    at = candidate.at
    if not listed:
        yield "cue unlisted"
    yield f"complement {candidate.pos} {candidate.complement}"
    yield from _about_cue(at)
    yield f"source {source_kind(candidate.source)}"
    size = len(candidate.content)
    yield f"content {next((name for most, name in _LENGTHS if size <= most), '31+')} words"
    first = at.doc[min(candidate.content)]
    if quoted:
        yield "content quoted"
    if first.lower_ == "that":
        yield "content opens with that"
    elif first.tag_ in ("WDT", "WP", "WRB"):
        yield "content opens with a question word"
    if size == 1 and first.pos_ == "PRON":
        yield "content a pronoun"
    if first.i > at.i and at.doc[first.i - 1].text == ":":
        yield "content after a colon"
    if max(candidate.content) < at.i:
        yield f"content before the cue {candidate.complement}"


def _about_cue(at: Token) -> Iterator[str]:
    yield f"cue {at.dep_ if at.dep_ in _EDGES else 'elsewhere'}"
    yield f"cue tag {at.tag_}"
    for child in at.children:
        if child.dep_ == "neg":
            yield "cue negated"
        elif child.dep_ == "aux":
            yield "cue infinitive" if child.tag_ == "TO" else f"cue aux {child.lemma_.lower()}"
        elif child.dep_ == "mark":
            yield f"cue mark {child.lower_}"
        elif child.dep_ == "auxpass":
            yield "cue passive"
    sentence = at.sent
    if any(t.text == "?" for t in sentence[-3:]):
        yield "sentence a question"


def source_kind(source: Source | None) -> str:
    """What kind of word speaks: "name", "noun", "he or she" and so on, "none" without one."""
    if source is None:
        return "none"
    head = source.heads[0]
    kind = _PERSONS.get(head.lower_)
    if kind is None:
        kind = {
            "PROPN": "name",
            "NOUN": "plural noun" if head.tag_ == "NNS" else "noun",
            "PRON": "pronoun",
        }.get(head.pos_, "other")
    return f"{kind} of relative" if source.relative is not None else kind
