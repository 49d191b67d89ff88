"""The last word on each reading: a learned model over what the lexicon proposes, with "no event" among its answers.

Model: `models/ranker.npz`, made by training/ranker.py. Its belief also becomes the confidence of reports, calibrated there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from attrs import evolve

from ..config import Settings
from .classify import Candidate, Reading, candidate_of, is_by_hazard
from .features import candidate_features
from .gist import gist_of
from .linear import blended, load_linear
from .views import View
from .words import Words

MODEL = "ranker.npz"
NONE = "NONE"
SWITCH = 0.5  # another standing type wins when the model gives it this much, and twice the first's share
# Chosen between what finds most on the written texts, each judged by models that had not seen it, and what keeps the parties right
# on coded articles (bench/accuracy/reports.py).
DROP = 0.8  # a reading that stands falls in the end when the models are this sure that it is no event
REVIVE = 0.4  # one that does not stand is told when they are this sure of its type

Rank = Callable[[Sequence[Reading], Words, View], list[Candidate]]


def make_ranker(settings: Settings) -> Rank:
    """What tells which of the readings of an article are told, and as what. settings.ranker `off`: the rules alone tell it."""
    if settings.ranker == "off":
        return lambda readings, words, view: [r.candidate for r in readings if r.told]

    def rank(readings: Sequence[Reading], words: Words, view: View) -> list[Candidate]:
        asked = [r for r in readings if r.told or not _stays_untold(r.candidate, words)]
        ranked = (_ranked(r, _joined(r.candidate, own, view), words) for r, own in zip(asked, believed(asked), strict=True))
        return [candidate for candidate in ranked if candidate is not None]

    return rank


def _stays_untold(candidate: Candidate, words: Words) -> bool:
    """What no model may tell where the rules do not: a mere possibility, the force of a storm."""
    return "hypothetical" in candidate.auxiliary or is_by_hazard(candidate.match, candidate.roles, words)


def _joined(candidate: Candidate, own: Mapping[str, float], view: View) -> Mapping[str, float]:
    """What both models make of a reading; of a word without an entry, what the one that proposed it does."""
    sentence, span = candidate.head.sent, candidate.match.span
    seen = view(sentence)
    other = None if seen is None else seen.type_shares(span.moved(-sentence.start_char))
    if other is None or candidate.frame.seen:
        return other or own
    return blended(own, other)


def _ranked(reading: Reading, shares: Mapping[str, float], words: Words) -> Candidate | None:
    candidate = reading.candidate
    if candidate.frame.own or candidate.type not in shares:  # a type of the user's, which no model knows
        return candidate if reading.told else None
    if not reading.told and shares[candidate.type] < REVIVE:
        return _revived(reading, shares, words)
    doubt = shares[NONE] if reading.told else 0.0
    candidate = evolve(candidate, belief=shares[candidate.type], doubt=doubt, judged=candidate.type)
    if not reading.told:
        return _because(candidate, shares)
    for match, roles in reading.others:
        other = candidate_of(match, roles, words, runners_up=candidate.runners_up)
        share = shares.get(other.type, 0.0)
        if share >= SWITCH and share > 2 * shares[candidate.type]:
            candidate = evolve(other, belief=share, doubt=doubt, judged=other.type)
    return _because(candidate, shares)


def _revived(reading: Reading, shares: Mapping[str, float], words: Words) -> Candidate | None:
    """Of readings that do not stand, one of another type that the model is sure of."""
    for match, roles in reading.others:
        other = candidate_of(match, roles, words, runners_up=reading.candidate.runners_up)
        if shares.get(other.type, 0.0) >= REVIVE and "hypothetical" not in other.auxiliary:
            return _because(evolve(other, belief=shares[other.type], judged=other.type), shares)
    return None


def is_none(candidate: Candidate) -> bool:
    """Whether the model is sure that this is no event; asked last, for a demand's content names the demand's mode.

    Not of what became another event since: "will bomb", judged as ASSAULT, is THREATEN where its doer warns of it.
    """
    return candidate.doubt >= DROP and candidate.type == candidate.judged


def believed(readings: Sequence[Reading]) -> list[dict[str, float]]:
    """The model's share for each type and for NONE, of each reading."""
    gist = gist_of(readings[0].candidate.head.doc) if readings else None
    return load_linear(MODEL).shares_of_each([described(reading, gist) for reading in readings])


def described(reading: Reading, gist: int | None) -> list[str]:
    """The reading as the model sees it: named features, none twice. gist: of its article, None of a sentence."""
    about = () if gist is None else (f"gist={gist}", f"gist={gist} {reading.candidate.type}", f"gist={gist} told={reading.told}")
    return [*dict.fromkeys(candidate_features(reading.candidate, reading.told)), *about]


def _because(candidate: Candidate, shares: Mapping[str, float]) -> Candidate:
    best = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:3]
    named = ", ".join(f"{name} {share:.2f}" for name, share in best)
    return evolve(candidate, because=(*candidate.because, f"type: ranker {named}"))


def confidence(members: Sequence[Candidate]) -> float:
    """The chance that a report told by `members` has the right type and parties, as calibrated in training."""
    best = surest(members)
    if best.belief is None:
        return hand_set(best)
    return calibrated(signs(best, len(members)), load_linear(MODEL).about["calibration"])


def surest(members: Sequence[Candidate]) -> Candidate:
    """The mention that the models are surest of."""
    return max(members, key=lambda m: (m.belief is not None, m.belief or 0.0))


def calibrated(values: Sequence[float], weights: Sequence[float]) -> float:
    odds = sum(v * w for v, w in zip(values, weights, strict=True))
    return round(min(max(1 / (1 + math.exp(-odds)), 0.02), 0.98), 2)


def signs(candidate: Candidate, mentions: int) -> tuple[float, ...]:
    """What calibration goes by, a constant first."""
    roles = candidate.roles
    belief = min(max(candidate.belief or 0.5, 0.01), 0.99)
    actor = any(p.known for p in roles.actor.parties)
    recipient = any(p.known for p in roles.recipient.parties)
    return (
        1.0, math.log(belief / (1 - belief)), float(actor), float(recipient), float(roles.two_sided),
        float(bool(roles.actor.via)) + float(bool(roles.recipient.via)), float(bool(candidate.auxiliary)),
        min(candidate.match.clause.steps, 4) / 4, math.log(mentions),
    )  # fmt: skip


def hand_set(candidate: Candidate) -> float:
    """Confidence where the ranker was not asked: hand-set, no calibrated probability.

    Starts from the frame's weight; rises with what the frame asks for and with both sides named by actors; falls
    with control steps between trigger and subject, with parties reached through a modifier, with
    unrealised status, and with a close runner-up.
    """
    frame, roles = candidate.frame, candidate.roles
    value = {"strong": 0.62, "bare": 0.5, "weak": 0.5}[frame.weight]
    value += 0.05 * min(frame.specificity, 3.0)
    value += 0.1 * any(p.known for p in roles.actor.parties)
    value += 0.1 * (any(p.known for p in roles.recipient.parties) or len(roles.actor.parties) > 1)
    value -= 0.03 * min(candidate.match.clause.steps, 4)
    value -= 0.05 * bool(roles.actor.via) + 0.03 * bool(roles.recipient.via)
    value -= 0.12 * ("hypothetical" in candidate.auxiliary) + 0.04 * ("future" in candidate.auxiliary)
    if candidate.runners_up:
        value -= 0.15 * max(0.0, candidate.runners_up[0][1] - 0.2)
    return round(min(max(value, 0.05), 0.97), 2)
