"""Mentions of one event in one article joined; each joined event becomes a Report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import define, field, frozen
from spacy.tokens import Token

from ..records import Article, Attribution, EventDate, Report, Span, Statement
from ..syntax import tense
from ..text import digest, iso_bounds
from .classify import POINTING, Candidate, is_verbal, modifiers_modes
from .clause import children
from .counts import counts_of, largest
from .ranker import confidence
from .roles import Party, outermost, unique
from .spoken import act_in_words
from .words import Words

LEAD_SENTENCES = 2
NEAR_VICTIMS = 3  # sentences
NEAR_SENTENCES = 8  # a definite noun ("the attack") points back no further than this
_SAME = 1.0  # belief in one event that joins two mentions; hand-set, see `likeness`
_SLACK = timedelta(days=1)  # datelines and "told reporters Tuesday" are a day off often enough
_STORY_SLACK = timedelta(days=45)  # a story's day is not always its next sentence's, but a flashback is another event
_YEAR = timedelta(days=365)
_UNASSERTED = ("ask", "demand", "order", "promise", "threaten", "hope", "fear", "want", "question")  # forces of statements
_ARMED = frozenset(("GOV", "MIL", "SPY", "REB", "UAF"))
_OTHER = ("another", "second", "third", "fourth", "separate", "other", "previous", "earlier", "similar", "fresh")
_DISTINCT_MODES = ("firearms", "primitive", "beat", "torture", "sexual", "abduct", "crowd-control", "explosives", "aerial")
_LINKING_PREPS = ("in", "by", "during", "with", "from", "of", "to", "after")


@frozen(kw_only=True)
class Told:
    """One mention with what its surroundings say: sentence, date, place, chain; whether its clause names a time a year past, or one still to come."""

    candidate: Candidate
    sentence: int
    date: EventDate
    place: int | None
    chain: tuple[str, ...]
    long_past: bool = False
    to_come: bool = False

    @property
    def span(self) -> Span:
        return self.candidate.match.span

    @property
    def parties(self) -> tuple[Party, ...]:
        roles = self.candidate.roles
        return (*roles.actor.parties, *roles.recipient.parties)


@define
class Group:
    """Mentions held to be one event, in text order."""

    members: list[Told] = field(factory=list)

    @property
    def first(self) -> Told:
        return self.members[0]


def join(told: Sequence[Told], words: Words) -> list[Group]:
    """Mentions grouped into events, in text order. A noun that only points and finds no event is dropped."""
    groups: list[Group] = []
    for cluster in _clusters(told, words):
        home = _home(cluster, groups, words)
        if home is not None:
            home.members += cluster
        elif any(_stands_alone(m) for m in cluster):
            groups.append(Group(list(cluster)))
    return groups


def _clusters(told: Sequence[Told], words: Words) -> list[list[Told]]:
    """Mentions of one sentence that grammar ties together, in text order."""
    clusters: list[list[Told]] = []
    for mention in told:
        tied = [c for c in clusters
                if c[0].sentence == mention.sentence and any(linked(mention.candidate, m.candidate, words) for m in c)
                and not any(days_apart(mention.date, m.date) for m in c)]  # fmt: skip
        merged = [m for c in tied for m in c] + [mention]
        clusters = [c for c in clusters if c not in tied]
        clusters.append(sorted(merged, key=lambda m: m.span))
    return sorted(clusters, key=lambda c: c[0].span)


def _home(cluster: Sequence[Told], groups: list[Group], words: Words) -> Group | None:
    best, value = None, 0.0
    for group in reversed(groups):
        pairs = [(a, b) for a in cluster for b in group.members]
        if any(_is_other(a.candidate.head) for a in cluster) or any(_conflict(a, b) for a, b in pairs):
            continue
        found = max(likeness(a, b, words) for a, b in pairs)
        if found > value and not any(_opposed(a, b) and not _points_through(a) for a, b in pairs):
            best, value = group, found
    return best if value >= _SAME else None


def _opposed(a: Told, b: Told) -> bool:
    """Whether a side both name is a different one: what rules two mentions out whatever others say."""
    x, y = a.candidate.roles, b.candidate.roles
    if x.two_sided or y.two_sided:
        return False
    sides = ((x.actor.parties, y.actor.parties), (x.recipient.parties, y.recipient.parties))
    return any(left and right and _all_known(left) and _all_known(right) and not _overlap(left, right, a, b)
               and not _may_add(left, right) for left, right in sides)  # fmt: skip


def _all_known(parties: Sequence[Party]) -> bool:
    return all(p.known for p in parties)


def _may_add(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """A place or state beside the people in it: "strikes on Gaza", "killed 12 people"."""
    vague = [any(p.country is None and not p.sectors for p in side) for side in (left, right)]
    states = [any(p.kind in ("state", "place") for p in side) for side in (left, right)]
    return any(vague) or any(states)


def linked(a: Candidate, b: Candidate, words: Words) -> bool:
    """Whether grammar ties two mentions of one type to one event: "the raid killed 12", "clashed, killing 14"."""
    if a.type != b.type or is_verbal(a) or set(a.auxiliary) != set(b.auxiliary):
        return False
    return _tied(a, b) or _tied(b, a) or _casualty_of(a, b, words) or _casualty_of(b, a, words)


def _casualty_of(a: Candidate, b: Candidate, words: Words) -> bool:
    """Whether `a` counts the victims of `b`: "an attack in which two were killed"; it names no other attacker."""
    if b.roles.two_sided or is_casualty(b, words):
        return False
    return is_casualty(a, words) and not a.roles.actor.parties


def is_casualty(candidate: Candidate, words: Words) -> bool:
    """Whether the trigger says who was killed or hurt, in the passive or with no attacker named."""
    lemma = candidate.frame.lemma
    return candidate.type == "ASSAULT" and candidate.frame.pos == "verb" and lemma in words.casualties


def _tied(outer: Candidate, inner: Candidate) -> bool:
    clause = outer.match.clause
    around = [*clause.subj, *clause.obj, *[o for p in clause.preps if p.lemma in _LINKING_PREPS for o in p.objects]]
    if inner.roles.two_sided and not outer.roles.actor.parties:  # victims of a clash between others
        return False
    if inner.head in around and outer.head.pos_ in ("VERB", "AUX"):
        return True
    verb = inner.match.clause.host or inner.head
    if verb.dep_ == "acl" and verb.head.i in {outer.head.i, *outer.match.used}:
        return True
    if verb.dep_ not in ("advcl", "conj") or verb.pos_ != "VERB" or not _top(verb, outer):
        return False
    if verb.dep_ == "advcl" and clause.passive and not outer.roles.actor.parties:  # "were killed when rebels fired"
        return True
    if verb.dep_ == "conj" and clause.obj and inner.match.clause.obj and clause.obj != inner.match.clause.obj:
        return False
    return not children(verb, "nsubj", "nsubjpass") and not children(verb, "mark")


def _top(verb: Token, outer: Candidate) -> bool:
    return verb.head in (outer.head, outer.match.clause.host)


def likeness(a: Told, b: Told, words: Words) -> float:
    """How far two mentions tell one event: 1 and more joins them.

    One actor on a side counts 1, one state .6, two unnamed parties of one kind .5 (1 with one head word);
    a side that differs rules it out. A definite noun that names nobody points to the nearest event of its type.
    """
    x, y = a.candidate, b.candidate
    planned = _planned_and_told(a, b)
    if x.type != y.type and not planned:
        return 0.0
    distance = abs(a.sentence - b.sentence)
    if _is_pointer(a) and distance <= NEAR_SENTENCES:
        return _SAME + 1.0 / (2 + distance)
    if _demonstrative(a) and distance <= NEAR_SENTENCES and _actors_agree(a, b):
        return _SAME + 1.0 / (2 + distance)
    if _points_through(a) and distance <= NEAR_VICTIMS:
        return _SAME + 1.0 / (2 + distance)
    if _is_bare_noun(a) or _is_bare_noun(b):
        same_word = x.frame.lemma.split()[-1] == y.frame.lemma.split()[-1]
        return _SAME + 1.0 / (3 + distance) if same_word and distance <= NEAR_SENTENCES else 0.0
    if set(x.auxiliary) != set(y.auxiliary) and not planned:
        return 0.0
    if is_casualty(x, words) and _unnamed_victims(a) and distance <= NEAR_VICTIMS:
        return _SAME + 1.0 / (4 + distance)
    if x.roles.two_sided != y.roles.two_sided and min(len(a.parties), len(b.parties)) > 1:
        return 0.0  # an exchange of fire is not the raid it answered
    if x.roles.two_sided or y.roles.two_sided:
        sides = [(a.parties, b.parties)]
    else:
        sides = [(x.roles.actor.parties, y.roles.actor.parties), (x.roles.recipient.parties, y.roles.recipient.parties)]
    total = 0.0
    for left, right in sides:
        if left and right:
            same = _overlap(left, right, a, b)
            if same == 0.0 and _tell_apart(left, right):
                return 0.0
            total += same
    if (x.roles.two_sided or y.roles.two_sided) and min(len(a.parties), len(b.parties)) > 1:
        total = total if _all_overlap(a, b) else 0.0
    if is_verbal(x):
        return total if _same_act(a, b) else 0.0
    return total


def _tell_apart(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """Whether two sides that share nobody rule one event out: not where only one of them is unresolved ("them")."""
    known = [any(p.known for p in side) for side in (left, right)]
    return known[0] == known[1]


def _planned_and_told(a: Told, b: Told) -> bool:
    """One act told once as decided on and once as done ("extends", "decided to extend")."""
    x, y = a.candidate, b.candidate
    if x.frame.type != y.frame.type or x.frame.lemma != y.frame.lemma:
        return False
    coming = [(c.type == "AGREE" != c.frame.type) or "future" in c.auxiliary for c in (x, y)]
    return coming[0] != coming[1] and not {"negation", "hypothetical"} & {*x.auxiliary, *y.auxiliary}


def _unnamed_victims(mention: Told) -> bool:
    """A later sentence that only counts victims: "Another nine were wounded"; not one that says who they were."""
    roles = mention.candidate.roles
    doc = mention.candidate.head.doc
    return not roles.actor.parties and all(
        p.kind is None or (p.kind == "unnamed" and (_counted(doc[p.head]) or not _ARMED & set(p.sectors)))
        for p in roles.recipient.parties
    )


def _counted(head: Token) -> bool:
    return head.like_num or bool(children(head, "nummod"))


def _overlap(left: Sequence[Party], right: Sequence[Party], a: Told, b: Told) -> float:
    return max(_alike(p, q, a, b) for p in left for q in right)


def _alike(p: Party, q: Party, a: Told, b: Told) -> float:
    if p.actor is not None and p.actor == q.actor:
        return 1.0
    strangers = p.kind == "unnamed" and q.kind == "unnamed"
    if not p.same_as(q) and not (strangers and p.sectors and p.sectors == q.sectors and p.country == q.country):
        return 0.0
    if strangers:
        doc = a.candidate.head.doc
        return 1.0 if doc[p.head].lemma_.lower() == doc[q.head].lemma_.lower() else 0.5
    return 0.6


def _all_overlap(a: Told, b: Told) -> bool:
    few, many = sorted((a.parties, b.parties), key=len)
    return all(any(_alike(p, q, a, b) for q in many) for p in few)


def _same_act(a: Told, b: Told) -> bool:
    """Acts of speech are one only where mode and parties agree, and the words do, or one is the headline or lead."""
    x, y = a.candidate, b.candidate
    if x.mode != y.mode or bool(x.roles.recipient.parties) != bool(y.roles.recipient.parties):
        return False
    if x.type == "ACCUSE" and not x.roles.actor.parties and not y.roles.actor.parties or _planned_and_told(a, b):
        return True
    summary = min(a.sentence, b.sentence) < LEAD_SENTENCES and a.sentence != b.sentence
    retold = a.sentence == b.sentence and x.frame.pos != y.frame.pos  # "the request by X, who asked for ..."
    return x.frame.lemma[:4] == y.frame.lemma[:4] or summary or retold


def _conflict(a: Told, b: Told) -> bool:
    x, y = a.candidate, b.candidate
    if x.mode != y.mode and x.mode in _DISTINCT_MODES and y.mode in _DISTINCT_MODES and not _is_pointer(a):
        return True
    if x.type != "ASSAULT" and x.mode and y.mode and x.mode != y.mode:
        return True
    return days_apart(a.date, b.date)


def days_apart(a: EventDate, b: EventDate) -> bool:
    """Whether two dates that the text fixes share no day; where one is inferred from the story, not by far."""
    fixed = [d for d in (a, b) if d.basis in ("text", "inferred") and d.earliest and d.latest]
    if len(fixed) < 2:
        return False
    first, second = fixed
    assert first.earliest and first.latest and second.earliest and second.latest
    slack = _SLACK if a.basis == b.basis == "text" else _STORY_SLACK
    return first.latest + slack < second.earliest or second.latest + slack < first.earliest


def _is_pointer(mention: Told) -> bool:
    """A definite noun that names nobody known: "the attack", "made this request"."""
    candidate = mention.candidate
    if any(p.known for p in mention.parties):
        return False
    if candidate.head.pos_ in ("NOUN", "PROPN"):
        nouns = [] if mention.parties else [candidate.head]
    else:
        nouns = [t for t in candidate.match.clause.obj if t.i in candidate.match.used]
    return any(c.lower_ in POINTING for n in nouns for c in children(n, "det"))


def _demonstrative(mention: Told) -> bool:
    """"We made this request": the noun says itself that it was told before."""
    candidate = mention.candidate
    nouns = [t for t in candidate.match.clause.obj if t.i in candidate.match.used]
    if candidate.head.pos_ in ("NOUN", "PROPN"):
        nouns = [candidate.head]
    return any(c.lower_ in POINTING and c.lower_ != "the" for n in nouns for c in children(n, "det"))


def _actors_agree(a: Told, b: Told) -> bool:
    left, right = a.candidate.roles.actor.parties, b.candidate.roles.actor.parties
    return not left or not right or _overlap(left, right, a, b) > 0.0


def _points_through(mention: Told) -> bool:
    """"The raids killed 18", "nine died in the raids": the verb tells of the event that noun points back to."""
    candidate = mention.candidate
    if candidate.head.pos_ != "VERB" or candidate.type != "ASSAULT" or candidate.roles.actor.parties:
        return False
    doc, match = candidate.head.doc, candidate.match
    victims = {p.head for p in candidate.roles.recipient.parties}
    nouns = [t for t in (*match.clause.subj, *(doc[i] for i in sorted(match.used))) if t.i not in victims]
    return any(c.lower_ in POINTING for t in nouns if t.pos_ == "NOUN" for c in children(t, "det"))


def _is_bare_noun(mention: Told) -> bool:
    return not mention.parties and mention.candidate.head.pos_ in ("NOUN", "PROPN")


def _stands_alone(mention: Told) -> bool:
    """Whether a mention can be an event of its own: it names a party, or it is the noun its clause is about."""
    if mention.parties:
        return True
    candidate = mention.candidate
    if candidate.frame.weight != "bare" or candidate.auxiliary:
        return False
    if candidate.head.pos_ not in ("NOUN", "PROPN"):
        return not _points_through(mention)
    head = outermost(candidate.head)
    host = candidate.match.clause.host
    if host is not None:
        return host.tag_ not in ("VB", "VBG")
    if candidate.status.begun is not None:
        return True
    return head.dep_ in ("nsubj", "nsubjpass", "ROOT") and not _generic(head)


def _generic(head: Token) -> bool:
    """A plural with nothing before it in a present clause speaks of such events at large."""
    bare = head.tag_ in ("NNS", "NNPS") and not any(c.dep_ in ("det", "amod", "nummod", "poss") for c in head.children)
    return bare and head.head.tag_ in ("VBZ", "VBP")


def _is_other(head: Token) -> bool:
    return any(c.lower_ in _OTHER for c in head.children if c.dep_ in ("det", "amod"))


# -- reports


def report_of(group: Group, article: Article, attribution: Attribution, words: Words) -> Report:
    """The joined event as a record."""
    members = group.members
    lead = max(members, key=_leads)
    actor, recipient = _sides(members)
    when = _date(members)
    modes = _modes(members, words)
    chain, chain_why = _chain(members, actor, attribution, article.published)
    said = act_in_words(members, actor, attribution)
    if said is not None and said.id in chain:  # nobody vouches for his own words
        chain, chain_why = chain[: chain.index(said.id)], f"statement {said.id} is this very act"
    auxiliary = _auxiliary(lead, when, article.published)
    triggers = tuple(sorted({m.span for m in members}))
    event_type = words.ontology.types[lead.candidate.type]
    because = [*_because(members, lead), *_in_plover(lead, words), f"date: {when.basis}", f"chain: {chain_why}", _why_sure(lead)]
    because += [] if said is None else [f"statement: {said.id}, {said.cue_lemma or 'no cue word'}"]
    return Report(
        id=digest(article.id, "report", lead.candidate.type, *(n for s in triggers[:1] for n in s),
                  *(n for p in (*actor, *recipient) for n in p.span)),
        type=lead.candidate.type, quad=event_type.quad, score=words.ontology.score(lead.candidate.type, modes),
        triggers=triggers, date=when, sentence=group.first.sentence, modes=modes,
        contexts=tuple(dict.fromkeys(c for m in members for c in m.candidate.contexts)), cameo=lead.candidate.cameo,
        actors=tuple(p.actor for p in actor if p.actor), actor_spans=tuple(p.span for p in actor),
        recipients=tuple(p.actor for p in recipient if p.actor), recipient_spans=tuple(p.span for p in recipient),
        place=next((m.place for m in members if m.place is not None), None), auxiliary=auxiliary, chain=chain,
        statement=None if said is None else said.id, counts=largest(counts_of(m.candidate, words) for m in members),
        confidence=confidence([m.candidate for m in members]), because=tuple(because),
    )  # fmt: skip


def _in_plover(lead: Told, words: Words) -> list[str]:
    """Which type of PLOVER a type of the user's own is a case of."""
    mapping, candidate = words.ontology.mapping, lead.candidate
    found = mapping.get((candidate.type, candidate.mode)) or mapping.get((candidate.type, None))
    return [] if found is None else [f"plover: {' '.join(filter(None, found[:2]))} ({found[2]})"]


def _why_sure(member: Told) -> str:
    candidate = member.candidate
    sides = sum(any(p.known for p in side.parties) for side in (candidate.roles.actor, candidate.roles.recipient))
    return (
        f"confidence: {candidate.frame.weight} entry, {sides} of 2 sides known, "
        f"{candidate.match.clause.steps} steps to the subject"
    )


def _leads(member: Told) -> tuple[bool, bool, bool, bool, int]:
    """Which mention gives the report its type: told as done, with both sides, by a sure word; the first of equals."""
    candidate = member.candidate
    roles = candidate.roles
    done = candidate.type == candidate.frame.type and "future" not in candidate.auxiliary
    sure = candidate.frame.weight == "strong"
    return done, bool(roles.actor.parties), bool(roles.recipient.parties), sure, -member.span.start


def _because(members: Sequence[Told], lead: Told) -> list[str]:
    others = [f"type: also {m.candidate.frame.id}" for m in members if m is not lead]
    return [*lead.candidate.because, *dict.fromkeys(others)]


def _sides(members: Sequence[Told]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Parties of all mentions; where some tell a direction, mutual mentions add nobody."""
    mutual = [m for m in members if m.candidate.roles.two_sided]
    directed = [m for m in members if not m.candidate.roles.two_sided and m.candidate.roles.actor.parties]
    if mutual and not directed:
        actor = _settled(p for m in mutual for p in m.parties)
        victims = _settled(p for m in members if m not in mutual for p in m.parties)
        return actor, tuple(v for v in victims if not any(v.same_as(a) or v.span == a.span for a in actor))
    actor = _settled(p for m in members if m not in mutual for p in m.candidate.roles.actor.parties)
    others = [p for m in mutual for p in m.parties if not any(p.same_as(a) for a in actor)]
    recipient = _settled([*(p for m in members for p in m.candidate.roles.recipient.parties), *others])
    taken = {p.actor for p in actor if p.actor}
    return actor, tuple(p for p in recipient if p.actor not in taken and p.span not in {a.span for a in actor})


def _settled(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Without repeats: an unresolved mention beside resolved ones goes, and so does a bare state beside its organs."""
    every = unique(parties)
    known = [p for p in every if p.known or p.kind == "place"]
    out: list[Party] = []
    for party in every if not known else known:
        echo = any(party.same_as(p) and (party.kind != "unnamed" or p.kind != "unnamed" or p.text == party.text)
                   for p in out)  # fmt: skip
        if not echo:
            out.append(party)
    return tuple(out)


def _modes(members: Sequence[Told], words: Words) -> tuple[str, ...]:
    found = [m.candidate.mode for m in members if m.candidate.mode]
    if members[0].candidate.type == "ASSAULT":
        found += [mode for m in members for mode in modifiers_modes(m.candidate.match.clause, words)]
    return tuple(dict.fromkeys(found))


def _date(members: Sequence[Told]) -> EventDate:
    """The first date an expression fixes, else the first inferred, else what the document bounds."""
    for basis in ("text", "inferred", "document"):
        for member in members:
            if member.date.basis == basis and member.date.value is not None:
                return member.date
    return members[0].date


def _chain(
    members: Sequence[Told], actor: Sequence[Party], attribution: Attribution, published: str | None
) -> tuple[tuple[str, ...], str]:
    statements = {s.id: s for s in attribution.statements}
    for member in members:
        if not member.chain:
            return (), "told in the article's own voice"
        if _is_background(member, statements[member.chain[-1]], published):
            return (), "old news that the article puts beside what is said"
    chain = tuple(id_ for id_ in members[0].chain if _has_source(statements[id_]))
    if not chain:
        return (), "told by nobody named"
    ids = {p.actor for p in actor if p.actor}
    first = members[0].candidate
    said_and_done = is_verbal(first) or "future" in first.auxiliary or _performs(first, statements[chain[-1]])
    if said_and_done and statements[chain[-1]].actor in ids:
        return chain[:-1], f"statement {chain[-1]} is its source's own act"
    return chain, "statement " + " > ".join(chain)


def _is_background(member: Told, statement: Statement, published: str | None) -> bool:
    """Told only in passing, in a relative clause or participle of somebody's words at second hand.

    "She feared for peace between the two states, which fought for years": a fear, wish or demand asserts nothing, so
    the article recalls the war; and so where what is said in passing is a year old and more.
    """
    head = member.candidate.head
    verb = head if head.pos_ == "VERB" else member.candidate.match.clause.host
    if statement.form == "direct" or verb is None or not (verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBN")):
        return False
    return statement.force in _UNASSERTED or member.long_past or is_historical(member.date, published)


def _performs(candidate: Candidate, statement: Statement) -> bool:
    """Whether the statement's cue is what does the deed: "declared a curfew"."""
    host = candidate.match.clause.host
    return host is not None and any(cue.start <= host.idx < cue.end for cue in statement.cue_spans)


def _has_source(statement: Statement) -> bool:
    """Anonymous passives ("is considered", "was reported") tell nothing of who says so."""
    return statement.actor is not None or bool(statement.source_spans)


def _auxiliary(lead: Told, when: EventDate, published: str | None) -> tuple[str, ...]:
    """The lead's status, and what its date says of it: to come, or years before the telling."""
    own = lead.candidate.auxiliary
    marks = [m for m in own if m != "future" or "negation" not in own]  # "will not" is no event to come
    promised = lead.candidate.type != lead.candidate.frame.type  # aid still to come is already an AGREE
    if lead.to_come and not marks and not promised and not _is_told_as_past(lead.candidate.head):
        marks.append("future")
    if (lead.long_past or is_historical(when, published)) and not {"historical", "future"} & set(marks):
        marks.append("historical")
    return tuple(marks)


def _is_told_as_past(head: Token) -> bool:
    return head.pos_ in ("VERB", "AUX") and tense(head) not in ("present", "future", "infinitive")


def is_historical(when: EventDate, published: str | None) -> bool:
    """Whether the text itself puts the event a year or more before publication."""
    bounds = iso_bounds(published)
    if bounds is None or when.latest is None or when.basis not in ("text", "inferred"):
        return False
    latest: date = when.latest
    return latest <= bounds[0] - _YEAR
