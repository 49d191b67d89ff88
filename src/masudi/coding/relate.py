"""The relation between one marked actor and one marked recipient: always one best type."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen
from spacy.tokens import Doc

from ..config import Settings
from ..lexicon import Lexicons
from ..records import Actor, Findings, Mention, Span
from ..syntax import head_of, sentences_of, tokens_in
from ..tree import Token, Tree
from .asks import duties, said_duty
from .classify import Candidate, arrives_unarmed, candidate_of, ended, rank
from .content import absorbs
from .encoder import load_encoder
from .linear import Vectors, blended, load_linear, load_vectors
from .network import load_network
from .pairs import Described, describe
from .predicates import MARKED, Match, find_matches, without_idioms
from .roles import Parties, Roles, roles_of
from .views import proposed_by
from .words import Ontology, Words, load_words

MODEL = "relations.npz"
YIELD = "YIELD"  # the class of the model that stands for both of
YIELDING = ("CONCEDE", "RETREAT")

# Hand-set. A reading gains for each marked party that stands in its slot, loses where the two stand the wrong
# way round, and gains a little for being the first verb of the sentence.
_ALIGNED_ACTOR = 3.0
_ALIGNED_RECIPIENT = 2.5
_NEAR = 0.8
_SWAPPED = -2.0
_ROOT = 0.8
_BETWEEN = 0.6
_CONSUMED = 1.5  # a noun that belongs to another reading's idiom
_CONTENT = 2.0  # only asked for, threatened or promised
_CONTAINER = 0.6  # what asks, threatens or promises answers for its content
_DUTY = 1.5  # what somebody says the other must do is asked for, whatever it is
_SHARPNESS = 1.0

# Where nothing in the sentence is in the lexicon: shares of a corpus-free, deliberately flat prior, speech acts
# and the two commonest deeds first.
_PRIOR = {
    "ACCUSE": 0.12, "AGREE": 0.1, "REJECT": 0.1, "ASSAULT": 0.1, "COERCE": 0.08, "SUPPORT": 0.08, "CONSULT": 0.07,
    "REQUEST": 0.07, "AID": 0.06, "RETREAT": 0.05, "SANCTION": 0.04, "THREATEN": 0.04, "CONCEDE": 0.03,
    "COOPERATE": 0.03, "PROTEST": 0.02, "MOBILIZE": 0.01,
}  # fmt: skip
_PRIOR_PULL = 0.02


@frozen(kw_only=True)
class Relation:
    """The best type between two marked parties, with shares over all sixteen that sum to 1."""

    type: str
    modes: tuple[str, ...]
    quad: str
    scores: Mapping[str, float]
    because: tuple[str, ...] = ()


Pair = tuple[Doc, Findings, Sequence[Span], Sequence[Span]]
Relate = Callable[[Sequence[Pair]], list[Relation]]


def make_relator(settings: Settings, lexicons: Lexicons) -> Relate:
    """Relation coding for parsed Docs in each of which actor and recipient are marked. Raises LexiconError."""
    words = load_words(lexicons, plover=True)
    vectors, model = load_vectors(), load_linear(MODEL)
    encoder = load_encoder() if settings.ranker == "encoder" else None

    def relate(pairs: Sequence[Pair]) -> list[Relation]:
        """The relation of each pair, (Doc, findings, spans of the actor, of the recipient). findings: as found, or empty."""
        out = []
        for (doc, _, actor, recipient), (scored, by_rule, described) in zip(pairs, described_pairs(pairs, words, vectors), strict=True):
            found: Mapping[str, float] = model.shares(described.features, described.dense)
            if encoder is not None:
                found = blended(found, encoder.relations(doc.text, actor, recipient))
            shares = _split(found, by_rule.scores)
            out.append(_learned(shares, by_rule, scored, words, model.reasons(described.features, _class_of(by_rule, shares))))
        return out

    return relate


def described_pairs(pairs: Sequence[Pair], words: Words, vectors: Vectors) -> Iterator[tuple[list[tuple[float, Candidate]], Relation, Described]]:
    """What the rules read in each marked pair, the relation they would give, and the pair as the model sees it."""
    read = [_Read(*pair, words) for pair in pairs]
    seen = load_network().seen_in([r.asked for r in read])  # all at once: single sentences are too small to be worth a pass each
    for pair, one, sights in zip(pairs, read, seen, strict=True):
        _, findings, actor, recipient = pair
        by_rule = _relation(one.scored, words)
        spans, tokens = (actor, recipient), (one.marks.actor, one.marks.recipient)
        sentences = list(zip(one.sentences, sights, strict=True))
        yield one.scored, by_rule, describe(one.tree, findings, spans, tokens, one.scored, (by_rule.type, by_rule.scores), sentences, vectors)


class _Read:
    """A marked pair as the rules read it. asked: its sentences for the network, which is told of parties as found, not as marked."""

    def __init__(self, doc: Doc, findings: Findings, actor: Sequence[Span], recipient: Sequence[Span], words: Words) -> None:
        self.tree = Tree(doc)
        self.marks = _Marks(self.tree, actor, recipient)
        parties = Parties(self.tree, with_marks(findings, actor, recipient))
        found = find_matches(self.tree, words, parties)
        self.scored = _scored(found, words, parties, self.marks, self.tree)
        self.sentences = list(sentences_of(self.tree))
        self.asked = self.sentences, Parties(self.tree, findings), proposed_by(found)


def _split(shares: Mapping[str, float], by_rule: Mapping[str, float]) -> dict[str, float]:
    """Shares over PLOVER's types: the model's one class for CONCEDE and RETREAT is parted as the rules part them."""
    out = {name: share for name, share in shares.items() if name != YIELD}
    total = sum(by_rule.get(name, 0.0) for name in YIELDING)
    for name in YIELDING:
        part = by_rule.get(name, 0.0) / total if total else 1 / len(YIELDING)
        out[name] = out.get(name, 0.0) + shares.get(YIELD, 0.0) * part
    return out


def _class_of(by_rule: Relation, shares: Mapping[str, float]) -> str:
    best = max(shares, key=lambda name: (shares[name], name))
    return YIELD if best in YIELDING else best


def _learned(
    shares: Mapping[str, float], by_rule: Relation, scored: Sequence[tuple[float, Candidate]], words: Words,
    reasons: Sequence[str],
) -> Relation:  # fmt: skip
    """The relation the model believes in most, with the mode and reasons of the reading that supports it."""
    type_ = max(shares, key=lambda name: (shares[name], name))
    lead = next((c for _, c in scored if c.type == type_), None)
    scores = {name: round(shares[name], 4) for name in sorted(shares)}
    because = (*(lead.because if lead is not None else ()), *(f"type: {why}" for why in reasons), f"type: rules say {by_rule.type}")
    modes = (lead.mode,) if lead is not None and lead.mode else ()
    quad = words.ontology.types[type_].quad or ""
    return Relation(type=type_, modes=modes, quad=quad, scores=scores, because=because)


def with_marks(findings: Findings, actor: Sequence[Span], recipient: Sequence[Span]) -> Findings:
    """`findings` with the marked spans as mentions, and without what crosses or repeats them."""
    spans = [(s, "marked:actor") for s in actor] + [(s, "marked:recipient") for s in recipient]
    kept = [m for m in findings.mentions if not any(_clashes(m.span, s) for s, _ in spans)]
    marked = [
        Mention(id=f"{MARKED}{n}", span=s, text="", actor=name, form="nominal") for n, (s, name) in enumerate(spans)
    ]
    actors = [Actor(id=name, name=name, kind="group") for name in ("marked:actor", "marked:recipient")]
    return evolve(findings, actors=(*findings.actors, *actors), mentions=(*kept, *marked))


def _clashes(a: Span, b: Span) -> bool:
    return a == b or (a.overlaps(b) and not b.covers(a) and not a.covers(b))


class _Marks:
    """The tokens of the two marked parties."""

    def __init__(self, doc: Tree, actor: Sequence[Span], recipient: Sequence[Span]) -> None:
        self.actor = {t.i for s in actor for t in tokens_in(doc, s)}
        self.recipient = {t.i for s in recipient for t in tokens_in(doc, s)}
        heads = [h for s in actor if (h := head_of(doc, s)) is not None]
        self.actor_head = heads[0] if heads else None
        edges = sorted([*self.actor, *self.recipient])
        self.first, self.last = (edges[0], edges[-1]) if edges else (0, 0)


def _scored(fitting_at: Sequence[Sequence[Match]], words: Words, parties: Parties, marks: _Marks, doc: Tree) -> list[tuple[float, Candidate]]:
    """Every reading of every predicate, with how well it relates the marked parties, best first."""
    found: list[tuple[float, Candidate]] = []
    best_at: dict[int, Candidate] = {}
    for fitting in fitting_at:
        matches, _ = without_idioms(fitting)
        if not matches:
            continue
        readings = [(m, r) for m in matches if not arrives_unarmed(m, r := roles_of(m.clause, m.frame, parties))]
        if not readings:
            continue
        top = max(readings, key=lambda mr: rank(*mr))
        for match, roles in readings:
            candidate = candidate_of(match, roles, words)
            found.append((_fit(match, roles, marks), candidate))
            if match is top[0]:
                best_at[match.head.i] = candidate
    for modal, verb in duties(doc, words):
        asked = said_duty(modal, verb, parties, words)
        if asked is not None:
            found.append((_fit(asked.match, asked.roles, marks) + _DUTY, asked))
    consumed = {i for _, c in found if c.frame.objects for i in c.match.used if i != c.head.i}
    out = []
    for value, candidate in found:
        value -= _CONSUMED * (candidate.head.i in consumed)
        outer = _container(candidate, best_at)
        if outer is not None:
            out.append((value + _CONTAINER, outer))
            value -= _CONTENT
        out.append((value, _as_relation(ended(candidate, words, parties) or candidate, words)))
    return sorted(out, key=lambda vc: (-vc[0], vc[1].frame.id))


def _as_relation(candidate: Candidate, words: Words) -> Candidate:
    type_ = relation_of(candidate.type, candidate.auxiliary, words.ontology)
    return candidate if type_ == candidate.type else evolve(candidate, type=type_, mode=None)


def relation_of(type_: str, auxiliary: Collection[str], ontology: Ontology) -> str:
    """A relation has no auxiliary: cooperation not done is REJECT, a yielding still to come AGREE, force to come THREATEN."""
    if "negation" in auxiliary and ontology.is_cooperation(type_):
        return "REJECT"
    if "future" in auxiliary and type_ in YIELDING:
        return "AGREE"
    if "future" in auxiliary and ontology.quad(type_) == "material_conflict":
        return "THREATEN"
    return type_


def _container(inner: Candidate, best_at: Mapping[int, Candidate]) -> Candidate | None:
    for token, kind in inner.status.governors:
        outer = best_at.get(token.i)
        if outer is not None and absorbs(outer, inner, kind):
            return outer
    return None


def _fit(match: Match, roles: Roles, marks: _Marks) -> float:
    """How well a reading relates the two marked parties, on the scale of the constants above."""
    value = 0.5 * rank(match, roles)
    clause = match.clause
    actor_tokens = [*clause.subj, *clause.poss, *clause.modifiers, *(o for p in clause.preps if p.lemma in ("by", "between") for o in p.objects)]
    other_tokens = [*clause.obj, *clause.iobj, *(o for p in clause.preps if p.lemma != "by" for o in p.objects)]
    acts = _sits(roles.actor.parties, marks.actor)
    befalls = _sits(roles.recipient.parties, marks.recipient)
    if roles.two_sided:
        befalls = _sits(roles.actor.parties, marks.recipient)
    value += _ALIGNED_ACTOR if acts else _NEAR * _touches(actor_tokens, marks.actor)
    value += _ALIGNED_RECIPIENT if befalls else _NEAR * _touches(other_tokens, marks.recipient)
    if not roles.two_sided and _sits(roles.actor.parties, marks.recipient):
        value += _SWAPPED
    if not roles.two_sided and _sits(roles.recipient.parties, marks.actor):
        value += _SWAPPED
    verb = clause.host or match.head
    value += _ROOT * (verb.dep_ == "ROOT") + _BETWEEN * (marks.first < match.head.i < marks.last)
    return value


def _sits(parties: Iterable[object], marked: set[int]) -> bool:
    return any(getattr(p, "head", -1) in marked for p in parties)


def _touches(tokens: Sequence[Token], marked: set[int]) -> bool:
    return any(t.i in marked or any(d.i in marked for d in t.subtree) for t in tokens)


def _relation(scored: Sequence[tuple[float, Candidate]], words: Words) -> Relation:
    best: dict[str, float] = {}
    for value, candidate in scored:
        best[candidate.type] = max(best.get(candidate.type, -99.0), value)
    mass = {name: share * _PRIOR_PULL for name, share in _PRIOR.items()}
    if best:
        top = max(best.values())
        for name, value in best.items():
            mass[name] = mass.get(name, 0.0) + math.exp(_SHARPNESS * (value - top))
    total = sum(mass.values())
    scores = {name: round(mass[name] / total, 4) for name in sorted(mass)}
    type_ = max(scores, key=lambda name: (scores[name], name))
    lead = next((c for _, c in scored if c.type == type_), None)
    modes = (lead.mode,) if lead is not None and lead.mode else ()
    because = lead.because if lead is not None else (f"type: no predicate of the lexicon; prior {type_}",)
    return Relation(type=type_, modes=modes, quad=words.ontology.types[type_].quad or "", scores=scores, because=because)
