"""A marked pair as a learned model sees it: the words and the path of `features`, and what the rules make of the pair."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from ..records import Findings, Span
from ..syntax import head_of
from ..tree import Sentence, Token, Tree
from .classify import Candidate
from .features import GROUPS, grouped, relation_features
from .linear import Array, Vectors
from .seen import Numbers, Seen, pieces_in, shares_of

_LEADS = 4  # readings whose frames are named
_FIT = 0.25  # brings the scale of fits near that of the other features
_FLOOR = 1e-3
_SEEN_FLOOR = 1e-2
_SEEN = 0.5  # as _FIT, for what the network sees
_JOINT = 0.7  # of a deed with both marked parties as its actors, against one done by one to the other
_UNNAMED = 0.2  # share of a side that is not marked in the sentence


@frozen
class Described:
    """features: name → value. dense: the vectors of GROUPS, one after another."""

    features: Mapping[str, float]
    dense: Array


def describe(
    doc: Tree, findings: Findings, spans: tuple[Sequence[Span], Sequence[Span]], tokens: tuple[Collection[int], Collection[int]],
    scored: Sequence[tuple[float, Candidate]], rule: tuple[str, Mapping[str, float]], seen: Sequence[tuple[Sentence, Seen]], vectors: Vectors,
) -> Described:  # fmt: skip
    """The pair marked by `spans`, (actor, recipient), whose words are `tokens`.

    findings: as found, without the marks. scored: what the rules read, best first. rule: the type they chose, and
    their shares. seen: what the network sees in each sentence.
    """
    a, b = (next((h for s in side if (h := head_of(doc, s)) is not None), None) for side in spans)
    first, last = a or doc[0], b or doc[len(doc) - 1]
    sentence = list(first.sent) if first.sent == last.sent else list(doc)
    features = dict.fromkeys(relation_features(first, last, set(tokens[0]), set(tokens[1]), sentence), 1.0)
    features |= _rule_features(scored, rule)
    features |= seen_features(spans, seen)
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


def seen_features(spans: tuple[Sequence[Span], Sequence[Span]], seen: Sequence[tuple[Sentence, Seen]]) -> dict[str, float]:
    """What the network makes of the pair: of each type, how surely some word tells of it, between these two and by whomever."""
    between: dict[str, float] = {}
    anyhow: dict[str, float] = {}
    for sentence, one in seen:
        told = one.kinds[:, 1:]
        start = sentence.start_char
        marked = [[n for s in side for n in pieces_in(one.offsets, s.start - start, s.end - start)] for side in spans]
        _raise(anyhow, one.types, told.max(0))
        if any(marked):
            _raise(between, one.types, (told * _how_surely(one, *marked)[:, None]).max(0))
    out = {f"net.{name}": math.log((share + _FLOOR) / _FLOOR) * _SEEN for name, share in between.items()}
    out |= {f"told.{name}": math.log((share + _SEEN_FLOOR) / _SEEN_FLOOR) * _SEEN for name, share in anyhow.items()}
    if between:
        out[f"net={max(between, key=lambda name: between[name])}"] = 1.0
    return out


def _raise(best: dict[str, float], types: Sequence[str], shares: Numbers) -> None:
    for name, share in zip(types[1:], shares.tolist(), strict=True):
        best[name] = max(best.get(name, 0.0), share)


def _how_surely(seen: Seen, actor: Sequence[int], recipient: Sequence[int]) -> Numbers:
    """For each word, taken for an event's, how surely the marked ones act and are acted on, or act together."""
    acts, befalls = seen.sides.index("actor"), seen.sides.index("recipient")
    one, other = (_best_sides(seen, tokens) for tokens in (actor, recipient))
    surely: Numbers = np.maximum(one[:, acts] * other[:, befalls], _JOINT * one[:, acts] * other[:, acts])
    return surely


def _best_sides(seen: Seen, party: Sequence[int]) -> Numbers:
    """For each word of the sentence, as an event's: the greatest share of each side that a word of `party` has."""
    if not party:
        return np.full((len(seen.kinds), len(seen.sides)), _UNNAMED)
    fitting = np.einsum("tsw,psw->tps", seen.seeks, seen.offers[party]) / seen.seeks.shape[-1] ** 0.5
    best: Numbers = shares_of(fitting).max(1)
    return best


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
