"""Doc, Findings, Attribution → Reports: who did what to whom, coded in PLOVER."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Doc

from ..config import Settings
from ..lexicon import Lexicons
from ..records import Article, Attribution, Findings, Report
from ..syntax import sentences_of
from .asks import asked_for
from .classify import Candidate, classify, ended
from .content import judged, unnested
from .dating import Dater
from .merge import Told, join, report_of
from .ordinary import without_ordinary
from .predicates import find_matches, without_idioms
from .relate import Relate, Relation, make_relator
from .roles import Parties
from .words import Frame, Words, load_words

__all__ = ["Code", "Relate", "Relation", "make_coding", "make_relator"]

Code = Callable[[Doc, Article, Findings, Attribution], tuple[Report, ...]]


def make_coding(settings: Settings, lexicons: Lexicons) -> Code:
    """The coding stage. Raises LexiconError."""
    words = load_words(lexicons)

    def code(doc: Doc, article: Article, findings: Findings, attribution: Attribution) -> tuple[Report, ...]:
        """The reports of one article, in the order of their first triggers."""
        candidates = candidates_in(doc, findings, attribution, words)
        told = _told(candidates, doc, article, findings, attribution)
        groups = without_ordinary(join(told, words), words)
        reports = [report_of(group, article, attribution, words) for group in groups]
        return tuple(sorted(reports, key=lambda r: (r.triggers[0], r.type, r.id)))

    return code


def candidates_in(doc: Doc, findings: Findings, attribution: Attribution, words: Words) -> list[Candidate]:
    """Every event mention of `doc` that stands by itself, in text order."""
    parties = Parties(doc, findings, attribution)
    read = [without_idioms(matches) for matches in find_matches(doc, words, parties)]
    barred = frozenset(i for _, tokens in read for i in tokens)
    best = [c for matches, _ in read if (c := classify(matches, words, parties)) and c.head.i not in barred]
    best += asked_for(doc, parties, attribution, words)
    best.sort(key=lambda c: (c.head.i, c.frame.id))
    kept = unnested(judged(_not_consumed(best)), words)
    ends = [done for c in kept if (done := ended(c, words, parties))]
    ending = {c.status.ended.i for c in ends if c.status.ended is not None and c.type != c.frame.type}
    return [c for c in ends if c.head.i not in ending and _told_of(c)]


def _told_of(candidate: Candidate) -> bool:
    """Whether a candidate is told of as an event: a question asks, a bare possibility needs both sides."""
    status = candidate.status
    if status.question or status.generic or status.asked is not None:
        return False
    if "hypothetical" not in candidate.auxiliary:
        return True
    if "negation" in candidate.auxiliary:
        return False
    roles = candidate.roles
    if roles.two_sided:
        return len(roles.actor.parties) > 1
    return bool(roles.actor.parties) and (bool(roles.recipient.parties) or not candidate.frame.wants_recipient)


def _not_consumed(candidates: list[Candidate]) -> list[Candidate]:
    """Without nouns that belong to another's idiom, and light verbs whose noun carries the event."""
    own = {c.head.i: c.frame for c in candidates if c.head.pos_ in ("NOUN", "PROPN")}
    idioms = [c for c in candidates if c.frame.objects and not _weaker_than_noun(c, own)]
    candidates = [c for c in candidates if not c.frame.objects or c in idioms or c.head.i in own]
    used = {i: c for c in idioms for i in c.match.used if i != c.head.i and c.head.doc[i].pos_ != "VERB"}
    hosts = {
        c.match.clause.host.i
        for c in candidates
        if c.match.clause.host is not None and c.head.i not in used
    }  # fmt: skip
    return [c for c in candidates if c.head.i not in used and (c.head.i not in hosts or c.frame.objects)]


def _weaker_than_noun(candidate: Candidate, own: Mapping[int, Frame]) -> bool:
    """A weak idiom on a noun that bears an event by more than its own lemma ("began air strikes")."""
    if candidate.frame.weight != "weak" or candidate.head.i in own:
        return False
    frames = [own[i] for i in candidate.match.used if i in own]
    other = [f for f in frames if (f.type, f.mode) != (candidate.type, candidate.mode)]
    return any(f.weight != "weak" and f.specificity > 0 for f in other)


def _told(
    candidates: list[Candidate], doc: Doc, article: Article, findings: Findings, attribution: Attribution
) -> list[Told]:
    dater = Dater(doc, article, findings)
    sentence_of = {t.i: n for n, sentence in enumerate(sentences_of(doc)) for t in sentence}
    return [
        Told(
            candidate=c, sentence=sentence_of[c.head.i], date=dater.date_of(c.head), place=dater.place_of(c.head),
            chain=attribution.chain_at(c.match.span.start),
        )
        for c in candidates
    ]  # fmt: skip
