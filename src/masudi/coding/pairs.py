"""A marked pair as a learned model sees it: the words and the path of `features`, and what the rules make of the pair."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ..records import Findings, Span
from ..syntax import head_of
from ..tree import Token, Tree
from .classify import Candidate
from .features import GROUPS, grouped, relation_features
from .linear import Array, Vectors

_LEADS = 4  # readings whose frames are named
_FIT = 0.25  # brings the scale of fits near that of the other features
_FLOOR = 1e-3


@frozen
class Described:
    """features: name → value. dense: the vectors of GROUPS, one after another."""

    features: Mapping[str, float]
    dense: Array


def describe(
    doc: Tree, findings: Findings, spans: tuple[Sequence[Span], Sequence[Span]], tokens: tuple[Collection[int], Collection[int]],
    scored: Sequence[tuple[float, Candidate]], rule: tuple[str, Mapping[str, float]], vectors: Vectors,
) -> Described:  # fmt: skip
    """The pair marked by `spans`, (actor, recipient), whose words are `tokens`.

    findings: as found, without the marks. scored: what the rules read, best first. rule: the type they chose, and
    their shares.
    """
    a, b = (next((h for s in side if (h := head_of(doc, s)) is not None), None) for side in spans)
    first, last = a or doc[0], b or doc[len(doc) - 1]
    sentence = list(first.sent) if first.sent == last.sent else list(doc)
    features = dict.fromkeys(relation_features(first, last, set(tokens[0]), set(tokens[1]), sentence), 1.0)
    features |= _rule_features(scored, rule)
    for name, side in zip("ab", spans, strict=True):
        features |= dict.fromkeys(_party_features(name, findings, side), 1.0)
    words = grouped(features)
    dense = np.concatenate([vectors.mean(words[name]) for name in GROUPS])
    return Described(features, dense)


def _rule_features(scored: Sequence[tuple[float, Candidate]], rule: tuple[str, Mapping[str, float]]) -> dict[str, float]:
    chosen, shares = rule
    out = {f"rule.{name}": math.log((share + _FLOOR) / _FLOOR) for name, share in shares.items()}
    out[f"rule={chosen}"] = 1.0
    for value, candidate in scored:
        out.setdefault(f"fit.{candidate.type}", max(value, 0.0) * _FIT)
    for _, candidate in scored[:_LEADS]:
        out[f"frame={candidate.frame.id}"] = 1.0
        out[f"lead={candidate.type}.{candidate.frame.lemma}"] = 1.0
    if scored:
        lead = scored[0][1]
        out |= dict.fromkeys(_status(lead), 1.0)
        out[f"lead.mutual={lead.roles.two_sided}"] = 1.0
    return out


def _status(lead: Candidate) -> Iterable[str]:
    for name in lead.auxiliary:
        yield f"lead.{name}"
        yield f"lead.{lead.type}.{name}"
    governors: list[tuple[Token, str]] = list(lead.status.governors[:2])
    yield from (f"governed={word.lemma_.lower()}.{kind}" for word, kind in governors)


def _party_features(name: str, findings: Findings, spans: Sequence[Span]) -> Iterable[str]:
    named = {m.actor for m in findings.mentions if any(s.overlaps(m.span) for s in spans)}
    for actor in findings.actors:
        if actor.id in named:
            yield f"{name}.kind={actor.kind}"
            yield from (f"{name}.sector={sector}" for sector in actor.sectors)
