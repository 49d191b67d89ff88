"""Doc, Findings, Attribution → Reports: who did what to whom, coded in PLOVER."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve
from spacy.tokens import Doc

from ..chronology import event_words
from ..config import Settings
from ..lexicon import Lexicons
from ..records import Article, Attribution, Findings, Report
from ..syntax import sentences_of
from ..text import iso_bounds
from ..tree import Tree, tree_of
from .answers import answered
from .asks import asked_for, bidden, duties
from .classify import PUT_TO, Candidate, Reading, ended, read
from .content import judged, threatened, to_come, unnested
from .dating import Dater
from .general import is_of_old, is_told
from .merge import SPEECH, Group, Told, join, report_of
from .ordinary import without_ordinary
from .predicates import find_matches, without_idioms
from .ranker import Rank, is_none, make_ranker
from .relate import Relate, Relation, make_relator
from .roles import Parties
from .sides import Chooser, make_chooser
from .spots import with_spots
from .views import Look, View, make_look
from .words import Words, load_words

__all__ = ["Code", "Relate", "Relation", "make_coding", "make_relator"]

LEAST = 0.15  # reports of less confidence are right too seldom to be told; by this the articles we have lose nothing

_REPRESSED = "175"  # CAMEO: violent repression

Code = Callable[[Doc, Article, Findings, Attribution], tuple[Report, ...]]
Gather = Callable[[Doc, Article, Findings, Attribution], list[Group]]


def make_coding(settings: Settings, lexicons: Lexicons) -> Code:
    """The coding stage. Raises LexiconError."""
    words = load_words(lexicons)
    gather = make_gathering(settings, lexicons, words)
    least = 0.0 if settings.ranker == "off" else LEAST

    def code(doc: Doc, article: Article, findings: Findings, attribution: Attribution) -> tuple[Report, ...]:
        """The reports of one article, in the order of their first triggers."""
        groups = gather(doc, article, findings, attribution)
        reports = [r for g in groups if (r := report_of(g, article, attribution, words)).confidence >= least]
        return tuple(sorted(reports, key=lambda r: (r.triggers[0], r.type, r.id)))

    return code


def make_gathering(settings: Settings, lexicons: Lexicons, words: Words) -> Gather:
    """What finds an article's events, each with all its mentions; everyday ones are left out. Raises LexiconError."""
    events = event_words(lexicons)
    rank, chooser, look = make_ranker(settings), make_chooser(settings), make_look(settings)

    def gather(doc: Doc, article: Article, findings: Findings, attribution: Attribution) -> list[Group]:
        candidates = candidates_in(tree_of(doc), findings, attribution, words, rank, chooser, look)
        told = _told(candidates, doc, Dater(doc, article, findings, events), attribution, words, article.published)
        return without_ordinary(join(told, words), words)

    return gather


def candidates_in(
    doc: Tree, findings: Findings, attribution: Attribution, words: Words, rank: Rank, chooser: Chooser, look: Look
) -> list[Candidate]:
    """Every event mention of `doc` that stands by itself, in text order.

    rank: has the last word on the readings. chooser: on who their parties are. look: what
    other models see in a sentence.
    """
    parties = Parties(doc, findings, attribution)
    readings, barred, view = readings_in(doc, words, parties, look)
    choose = chooser(parties, view)
    best = [choose(c) for c in rank([r for r in readings if r.candidate.head.i not in barred], words, view)]
    best = bidden(best, doc, parties, attribution, words)
    best += asked_for(doc, parties, attribution, words, view)
    best.sort(key=lambda c: (c.head.i, c.frame.id))
    kept = unnested(judged(_not_consumed(best)), words)
    ends = [done for c in kept if (done := ended(threatened(c, words, parties), words, parties))]
    ending = {c.status.ended.i for c in ends if c.status.ended is not None and c.type != c.frame.type}
    told = [c for c in ends if c.head.i not in ending and is_told(c, words) and c.type in words.ontology.types and (not is_none(c) or _counts_dead(c, words))]
    return answered(told, words)


def _counts_dead(candidate: Candidate, words: Words) -> bool:
    """"Hundreds died in that attack": what the lexicon says of the toll stays, though labels leave most such mentions out."""
    return candidate.type == "ASSAULT" and bool(candidate.frame.objects) and candidate.frame.lemma in words.casualties


def readings_in(doc: Tree, words: Words, parties: Parties, look: Look) -> tuple[list[Reading], frozenset[int], View]:
    """The best reading of every trigger in text order, the tokens that belong to phrases that are no events, and what models see."""
    found = find_matches(doc, words, parties)
    view = look(doc, parties, found, [modal.sent for modal, _ in duties(doc, words)])
    left = [without_idioms(matches) for matches in found]
    barred = frozenset(i for _, tokens in left for i in tokens)
    every = with_spots(doc, words, parties, [matches for matches, _ in left if matches], view)
    return [read(matches, words, parties) for matches in every], barred, view


def _not_consumed(candidates: list[Candidate]) -> list[Candidate]:
    """Without nouns that belong to another's idiom, and light verbs whose noun carries the event."""
    own = {c.head.i: c for c in candidates if c.frame.pos == "noun"}
    idioms = [c for c in candidates if c.frame.objects and not _weaker_than_noun(c, own)]
    candidates = [c for c in candidates if not c.frame.objects or c in idioms or c.head.i in own]
    nouns = {c.head.i: c for c in candidates}
    used = {i: c for c in idioms for i in c.match.used
            if i != c.head.i and (c.head.doc[i].pos_ != "VERB" or c.type == "PROTEST") and not (i in nouns and _is_anothers(nouns[i], c))}  # fmt: skip
    refusals = {c.head.i: c for c in candidates if c.type == "REJECT"}
    hosts = {
        host.i for c in candidates
        if (host := c.match.clause.host) is not None and c.head.i not in used
        and not (host.i in refusals and c.type in PUT_TO and _is_anothers(c, refusals[host.i]))
    }  # fmt: skip
    return [c for c in candidates if c.head.i not in used and (c.head.i not in hosts or c.frame.objects)]


def _is_anothers(noun: Candidate, idiom: Candidate) -> bool:
    """Whether the noun of an idiom is a deed of somebody else's: "brushed aside the minority's petition"."""
    doers = noun.roles.actor.parties
    if noun.type == idiom.type or not doers or noun.roles.two_sided:
        return False
    broken_up = noun.type == "PROTEST" and idiom.frame.cameo == _REPRESSED  # "a march by students was broken up"
    if broken_up and idiom.roles.actor.parties and not idiom.match.clause.passive:
        return False  # "police dispersed a rally": the act told is theirs
    if not idiom.roles.actor.parties:
        return idiom.match.clause.passive and (broken_up or noun.type in PUT_TO)  # "warnings by Oslo were shrugged off"
    answered = broken_up or noun.roles.actor.slot == "poss" or not idiom.frame.objects  # "shrugged off the demand by Chile"
    sides = (*idiom.roles.actor.parties, *(() if answered else idiom.roles.recipient.parties))
    return not any(p.span == q.span or p.same_as(q) for p in doers for q in sides)


def _weaker_than_noun(candidate: Candidate, own: Mapping[int, Candidate]) -> bool:
    """A weak idiom on a noun that bears an event by more than its own lemma ("began air strikes"), unless it only speaks of it."""
    if candidate.frame.weight != "weak" or candidate.head.i in own or candidate.type == "REJECT":
        return False
    nouns = [own[i] for i in candidate.match.used if i in own]
    nouns = [n for n in nouns if candidate.type not in PUT_TO or "hypothetical" not in n.auxiliary]  # "pressed for their release"
    other = [n.frame for n in nouns if (n.frame.type, n.frame.mode) != (candidate.type, candidate.mode)]
    return any(f.weight != "weak" and f.specificity > 0 for f in other)


def planned(candidate: Candidate, dater: Dater) -> Candidate:
    """A protest that is called for a day to come: "called a general strike for Wednesday"."""
    called = [candidate.head.doc[i] for i in candidate.match.used if candidate.head.doc[i].head == candidate.head]
    if candidate.type != "PROTEST" or candidate.auxiliary or candidate.head.pos_ != "VERB" or not any(map(dater.is_set_for, called)):
        return candidate
    return evolve(candidate, auxiliary=("future",), because=(*candidate.because, "auxiliary: future by the day it is called for"))


def _told(
    candidates: list[Candidate], doc: Doc, dater: Dater, attribution: Attribution, words: Words, published: str | None
) -> list[Told]:
    year = None if (bounds := iso_bounds(published)) is None else bounds[0].year
    number = {sentence.start: n for n, sentence in enumerate(sentences_of(tree_of(doc)))}
    return [
        Told(
            candidate=to_come(c, words) if coming else c, sentence=number[c.head.sent.start], date=dater.date_of(c.head), place=dater.place_of(c.head),
            chain=attribution.chain_at(c.match.span.start), long_past=dater.is_long_past(c.head) or is_of_old(c, words, year),
            to_come=coming,
        )
        for c in candidates
        for c in (planned(c, dater),)
        for coming in (c.type not in SPEECH and dater.is_to_come(c.head),)
    ]  # fmt: skip
