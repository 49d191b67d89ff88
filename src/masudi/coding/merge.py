"""Mentions of one event in one article joined; each joined event becomes a Report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import define, field

from ..records import Article, Attribution, EventDate, Report, Statement
from ..syntax import clause_verb, tense
from ..text import digest, iso_bounds
from ..tree import Token
from .classify import Candidate, is_verbal, modifiers_modes
from .clause import children
from .counts import counts_of, largest
from .ranker import confidence
from .roles import Party, unique
from .sameness import (
    SAME,
    Told,
    conflict,
    days_apart,
    is_other,
    likeness,
    linked,
    opposed,
    points_through,
    stands_alone,
)
from .spoken import act_in_words
from .words import Words

SPEECH = ("ACCUSE", "REJECT", "REQUEST", "THREATEN")  # a day told beside these may be that of what is spoken of

__all__ = ["SPEECH", "Group", "Told", "days_apart", "is_historical", "join", "report_of"]

_YEAR = timedelta(days=365)
_UNASSERTED = ("ask", "demand", "order", "promise", "threaten", "hope", "fear", "want", "question")  # forces of statements


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
        elif any(stands_alone(m) for m in cluster):
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
    if any(is_other(a.candidate.head) for a in cluster):
        return None
    best, value = None, 0.0
    for group in reversed(groups):
        pairs = [(a, b) for a in cluster for b in group.members]
        if any(conflict(a, b) for a, b in pairs):
            continue
        found = max(likeness(a, b, words) for a, b in pairs)
        if found > value and not any(opposed(a, b) and not points_through(a) for a, b in pairs):
            best, value = group, found
    return best if value >= SAME else None


# -- reports


def report_of(group: Group, article: Article, attribution: Attribution, words: Words) -> Report:
    """The joined event as a record."""
    members = group.members
    lead = max(members, key=_leads)
    actor, recipient = _sides(members)
    when = _date(members)
    modes = _modes(members, words)
    chain, chain_why = _chain(members, actor, attribution, article.published, words)
    said = act_in_words(members, actor, attribution, words.ontology)
    if said is not None and said.id in chain:  # nobody vouches for his own words
        chain, chain_why = chain[: chain.index(said.id)], "who says it does it by saying it"
    auxiliary = _auxiliary(lead, when, article.published)
    triggers = tuple(sorted({m.span for m in members}))
    event_type = words.ontology.types[lead.candidate.type]
    because = [*_because(members, lead), *_in_plover(lead, words), f"date: {when.basis}", f"chain: {chain_why}", _why_sure(lead)]
    because += [] if said is None else [f"statement: {said.cue_lemma or 'no cue word'} says what it does"]
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
    members: Sequence[Told], actor: Sequence[Party], attribution: Attribution, published: str | None, words: Words
) -> tuple[tuple[str, ...], str]:
    statements = {s.id: s for s in attribution.statements}
    for member in members:
        if not member.chain:
            return (), "told in the article's own voice"
        if len(member.chain) == 1 and _is_seen(member, statements[member.chain[0]], words):
            return (), "seen, not said"
        if _is_background(member, statements[member.chain[-1]], published):
            return (), "old news that the article puts beside what is said"
    chain = tuple(id_ for id_ in members[0].chain if _has_source(statements[id_]))
    if not chain:
        return (), "told by nobody named"
    ids = {p.actor for p in actor if p.actor}
    first = members[0].candidate
    promised = "future" in first.auxiliary and first.head.pos_ == "VERB"
    said_and_done = is_verbal(first) or promised or _performs(first, statements[chain[-1]])
    if said_and_done and statements[chain[-1]].actor in ids:
        return chain[:-1], "the last to speak tells an act of their own"
    return chain, "it stands in what they say"


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


def _is_seen(member: Told, statement: Statement, words: Words) -> bool:
    """"They watch the town being shelled": what people see going on is no less so if they do not say it."""
    head = member.candidate.head
    going_on = head.tag_ == "VBG" or any(c.lower_ == "being" for c in children(head, "auxpass", "aux"))
    return statement.form == "indirect" and going_on and statement.cue_lemma in words.general.get("seen", ())


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
    guessed = when.basis == "inferred" and (
        (lead.candidate.type in SPEECH and not _in_paragraph(when, lead.candidate.head)) or _is_now(lead.candidate.head))  # fmt: skip
    if (lead.long_past or (is_historical(when, published) and not guessed)) and not {"historical", "future"} & set(marks):
        marks.append("historical")
    return tuple(marks)


def _is_now(head: Token) -> bool:
    """Whether the clause of `head` is told in the present: no date of other sentences makes that old."""
    verb = clause_verb(head)
    return verb is not None and tense(verb) == "present"


def _in_paragraph(when: EventDate, head: Token) -> bool:
    return when.span is not None and "\n" not in head.doc.text[min(when.span.start, head.idx) : max(when.span.start, head.idx)]


def _is_told_as_past(head: Token) -> bool:
    if head.pos_ not in ("VERB", "AUX"):
        return False
    perfect = any(c.lower_ == "have" for c in children(head, "aux"))  # "is said to have shelled them"
    return perfect or tense(head) not in ("present", "future", "infinitive")


def is_historical(when: EventDate, published: str | None) -> bool:
    """Whether the text itself puts the event a year or more before publication."""
    bounds = iso_bounds(published)
    if bounds is None or when.latest is None or when.basis not in ("text", "inferred"):
        return False
    latest: date = when.latest
    return latest <= bounds[0] - _YEAR
