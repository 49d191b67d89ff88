"""What is told beside events: timetables, statistics, rules in force, reviews, denials of the accused.

Signs as in general.py: what they mark is no event, however much its words look like one.
"""

from __future__ import annotations

from collections.abc import Callable

from ..syntax import clause_verb, tense
from ..tree import Token
from .classify import VERBAL, Candidate
from .clause import children, is_passive
from .words import Words

_OFTEN = ("most", "some", "many", "alternate", "all")
_EVERYONES = frozenset(("CVL", "EDU", "LAB", "BUS", "MED", "REL", "CRM", "NGO"))
_CALENDAR = ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "weekends", "weekdays", "mornings",
             "afternoons", "evenings", "nights", "holidays", "weeks", "years", "days", "months", "summers", "winters")  # fmt: skip
_SPAN = ("year", "month", "week", "day", "season", "night", "hour", "minute")
_AMONG = ("CONSULT", "COOPERATE", "AID", "SUPPORT", "AGREE", "REQUEST")  # what private people did week by week
_KINDNESS = ("AID", "RETREAT", "CONSULT")
_PERCENT = ("%", "percent", "cent", "pc")


def _verb(candidate: Candidate) -> Token | None:
    return candidate.match.clause.host or clause_verb(candidate.head)


def _is_private(candidate: Candidate) -> bool:
    """Whether no party is a state, an organisation, somebody named, or in office or arms."""
    parties = (*candidate.roles.actor.parties, *candidate.roles.recipient.parties)
    return all(not p.known or (p.kind == "unnamed" and set(p.sectors) <= _EVERYONES) for p in parties)


def _is_by_calendar(candidate: Candidate, words: Words) -> bool:
    """"Speak most Fridays", "receives 4,000 visitors a year": in the simple present; of private people in the past too."""
    verb = _verb(candidate)
    if verb is None or verb.tag_ == "VBG":
        return False
    past = tense(verb) == "past" and candidate.type in _AMONG and _is_private(candidate)
    return (past or tense(verb) == "present") and any(_comes_round(t) for t in verb.subtree if t.head == verb or t.head.head == verb)


def _comes_round(time: Token) -> bool:
    if time.lower_ + "s" in _CALENDAR and any(o.lower_ in _SPAN for p in children(time, "prep") if p.lower_ == "of" for o in children(p, "pobj")):
        return any(c.tag_ == "JJ" for c in time.children) and not any(c.lower_ == "this" for c in time.children)  # "on the first Thursday of the month"
    if time.lower_ in _CALENDAR:
        named = time.lower_.endswith("days") and time.lower_ not in ("days", "holidays")
        on = time.dep_ == "pobj" and time.head.lower_ in ("on", "at") and named and not any(c.dep_ in ("nummod", "det", "poss") for c in time.children)
        return on or (time.dep_ == "npadvmod" and any(c.lower_ in _OFTEN for c in time.children))
    if time.lower_ not in _SPAN or time.dep_ != "npadvmod":
        return False
    before = time.nbor(-1) if time.i > time.sent.start + 1 else None
    return before is not None and before.lower_ in ("a", "an", "per") and before.head == time and (
        time.head.tag_ == "NNS" or time.head.lower_ in ("once", "twice") or any(c.lower_ in ("once", "twice", "times") for c in time.children)
    )


def _is_measured(candidate: Candidate, words: Words) -> bool:
    """"Exports to China rose 9 percent": how much of it there is, not that it was done."""
    head = candidate.head
    if head.pos_ not in ("NOUN", "PROPN") or candidate.type in ("AGREE", "SANCTION", "REJECT"):
        return False
    subject = head
    while subject.dep_ in ("pobj", "prep", "conj", "compound") and subject.head != subject and subject.head.pos_ in ("NOUN", "ADP", "PROPN"):
        subject = subject.head
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_.lower() not in words.general.get("measured", ()):
        return False
    return any(t.lower_ in _PERCENT or (t.like_num and t.ent_type_ not in ("DATE", "TIME")) for t in verb.subtree if t.i > verb.i)


def _is_tally(candidate: Candidate, words: Words) -> bool:
    """"The country has had eleven coups since independence"."""
    head = candidate.head
    had = head.pos_ == "NOUN" and head.dep_ == "dobj" and head.head.lemma_ == "have" and tense(head.head) in ("perfect", "pluperfect")
    return had and any(t.tag_ == "CD" and t.lower_ not in ("one", "1") for t in children(head, "nummod"))


def _is_called_after(candidate: Candidate, words: Words) -> bool:
    """"Siege of Malta Street", "the Battle of Algiers Hotel": what a street, house, prize or band is called."""
    head = candidate.head
    if head.pos_ not in ("NOUN", "PROPN") or not head.text[:1].isupper():
        return False
    last = head
    while last.i + 1 < head.sent.end and (last.nbor(1).text[:1].isupper() or last.nbor(1).lower_ in ("of", "the", "and", "for")):
        last = last.nbor(1)
    return last is not head and last.text[:1].isupper() and last.lemma_.lower() in words.general.get("called", ())


def _is_share_of_people(candidate: Candidate, words: Words) -> bool:
    """"Some 62 percent of Swedes support it": in the simple present, what people think."""
    verb = candidate.head
    if verb.pos_ != "VERB" or tense(verb) != "present" or verb.tag_ == "VBG":
        return False
    return any(t.lower_ in _PERCENT for s in children(verb, "nsubj") for t in s.subtree if not any(a.dep_ == "relcl" for a in (t, t.head)))


def _is_rule_in_force(candidate: Candidate, words: Words) -> bool:
    """"Strikes are forbidden between June and September": what is not allowed, of things and acts, by nobody named."""
    verb = candidate.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words.general.get("forbidden", ()) or not is_passive(verb):
        return False
    if tense(verb) != "present" or children(verb, "agent") or any(c.lower_ == "being" for c in children(verb, "auxpass", "aux")):
        return False
    subjects = children(verb, "nsubjpass")
    known = {p.head for p in (*candidate.roles.actor.parties, *candidate.roles.recipient.parties)}
    return bool(subjects) and all(s.i not in known and s.pos_ != "PRON" for s in subjects)


def _is_review(candidate: Candidate, words: Words) -> bool:
    """"Critics lauded the director's film": what people without office say of a work of art."""
    if candidate.type not in VERBAL or candidate.head.pos_ != "VERB" or not children(candidate.head, "dobj", "nsubjpass"):
        return False
    works = words.general.get("fiction", frozenset()) | words.general.get("work", frozenset())
    actors = candidate.roles.actor.parties
    about = [t for t in children(candidate.head, "dobj", "nsubjpass") if t.lemma_.lower() in works]
    return bool(about) and bool(actors) and all(not p.known or (p.kind in ("unnamed", "person") and set(p.sectors) <= _EVERYONES) for p in actors)


def _is_of_animals(candidate: Candidate, words: Words) -> bool:
    """"Fed the swans", "freed a cow from a well", "was bitten by a stray dog"."""
    verb, animals = candidate.head, words.general.get("animal", frozenset())
    if verb.pos_ != "VERB" or not animals:
        return False
    reached = children(verb, "dobj", "nsubjpass")
    if candidate.type in _KINDNESS and reached and all(t.lemma_.lower() in animals for t in reached):
        return True
    doers = [*children(verb, "nsubj"), *(o for a in children(verb, "agent") for o in children(a, "pobj"))]
    return candidate.type == "ASSAULT" and bool(doers) and all(t.lemma_.lower() in animals and t.pos_ == "NOUN" for t in doers)


def _is_defendants(candidate: Candidate, words: Words) -> bool:
    """"The teacher, who denies the charges": one private person's plea."""
    verb = candidate.head
    if candidate.type != "REJECT" or verb.pos_ != "VERB" or verb.lemma_.lower() not in ("deny", "dispute", "contest"):
        return False
    actors = candidate.roles.actor.parties
    doc = verb.doc
    return _is_private(candidate) and bool(actors) and all(doc[p.head].tag_ in ("NN", "PRP") for p in actors)


SIGNS: tuple[tuple[str, Callable[[Candidate, Words], bool]], ...] = (
    ("calendar", _is_by_calendar), ("measured", _is_measured), ("tally", _is_tally), ("called", _is_called_after), ("share of people", _is_share_of_people),
    ("rule in force", _is_rule_in_force), ("review", _is_review), ("animal", _is_of_animals), ("plea", _is_defendants),
)  # fmt: skip
