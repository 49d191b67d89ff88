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
_ON_CONDITION = ("with", "if", "when", "after", "on", "by", "under", "in", "where", "once", "for")
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
    if head.pos_ not in ("NOUN", "PROPN") or (candidate.type in ("AGREE", "SANCTION", "REJECT") and head.tag_ != "NNS"):
        return False
    subject = head
    while subject.dep_ in ("pobj", "prep", "conj", "compound") and subject.head != subject and subject.head.pos_ in ("NOUN", "ADP", "PROPN"):
        subject = subject.head
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return False
    if verb.lemma_ == "be" and candidate.type == "COOPERATE":  # "trade between them was worth 900 million", "exports are larger than output"
        return any(c.tag_ in ("JJR", "RBR") or c.lower_ == "worth" or any(t.like_num for t in c.subtree) for c in children(verb, "acomp", "attr", "prep"))
    if verb.lemma_.lower() not in words.general.get("measured", ()):
        return False
    return any(t.lower_ in _PERCENT or (t.like_num and t.ent_type_ not in ("DATE", "TIME")) for t in verb.subtree if t.i > verb.i)


def _is_tally(candidate: Candidate, words: Words) -> bool:
    """"The country has had eleven coups since independence"."""
    head = candidate.head
    visits = [head.doc[i] for i in candidate.match.used] if candidate.type == "CONSULT" else []
    if any(t.tag_ == "NNS" and any(_is_large(c) for c in children(t, "nummod")) for t in visits):
        return True  # "made 31 million visits"
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


def _is_large(number: Token) -> bool:
    return number.lower_ in ("hundred", "thousand", "million", "billion") or (number.text.replace(",", "").isdigit() and int(number.text.replace(",", "")) >= 100)


def _is_title(candidate: Candidate, words: Words) -> bool:
    """"The Massacre of the Innocents hangs in the Louvre": a picture, play or song."""
    head = candidate.head
    verb = head.head
    if head.pos_ not in ("NOUN", "PROPN") or not head.is_title or head.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_.lower() not in words.general.get("shown", ()):
        return False
    return head.i > head.sent.start and any(t.is_title and t.pos_ != "DET" for t in head.subtree if t.i > head.i)


def _is_share_of_people(candidate: Candidate, words: Words) -> bool:
    """"Some 62 percent of Swedes support it": in the simple present, what people think."""
    verb = candidate.head
    if verb.pos_ != "VERB" or tense(verb) != "present" or verb.tag_ == "VBG":
        return False
    return any(t.lower_ in _PERCENT for s in children(verb, "nsubj") for t in s.subtree if not any(a.dep_ == "relcl" for a in (t, t.head)))


def _is_rule_in_force(candidate: Candidate, words: Words) -> bool:
    """"Strikes are forbidden between June and September": what is not allowed, of things and acts, by nobody named."""
    verb = candidate.head
    if verb.pos_ == "NOUN" and verb.dep_ == "nsubjpass" and verb.tag_ == "NNS" and not children(verb, "det", "nummod"):
        verb = verb.head  # "strikes by bakers are forbidden in June"
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words.general.get("forbidden", ()) or not is_passive(verb):
        return False
    if tense(verb) != "present" or children(verb, "agent") or any(c.lower_ == "being" for c in children(verb, "auxpass", "aux")):
        return False
    subjects = children(verb, "nsubjpass")
    if verb is not candidate.head:
        return bool(subjects)
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
    if candidate.type != "REJECT" or verb.pos_ != "VERB" or verb.lemma_.lower() not in words.general.get("plea", ()):
        return False
    actors = candidate.roles.actor.parties
    doc = verb.doc
    return _is_private(candidate) and bool(actors) and all(doc[p.head].tag_ in ("NN", "PRP") for p in actors)


def _is_ability(candidate: Candidate, words: Words) -> bool:
    """"The assembly has the authority to expel a clan": what somebody is able or entitled to do."""
    able = words.general.get("ability", frozenset())
    roles = candidate.roles
    if any(p.known and (p.kind != "unnamed" or p.country is not None) for p in (*roles.actor.parties, *roles.recipient.parties)):
        return False  # "has the power to indict the governor of Lagos"
    if _is_able(candidate):
        return True
    adjective = candidate.head.head
    if candidate.head.dep_ == "xcomp" and adjective.pos_ == "ADJ" and any(c.lower_ in ("too", "enough") for c in children(adjective, "advmod")):
        verb = clause_verb(adjective)
        if verb is not None and tense(verb) == "present":
            return True  # "is too weak to take the town", "are fast enough to catch them"
    for governor, _ in candidate.status.governors:
        verb = governor if governor.pos_ in ("VERB", "AUX") else clause_verb(governor)
        if governor.lemma_.lower() in able and verb is not None and tense(verb) == "present":
            return True
    return False


def _is_able(candidate: Candidate) -> bool:
    """"The army can call up 300,000 reservists within a week"; what is said in quotation marks may be meant for somebody."""
    verb = candidate.head
    if verb.pos_ != "VERB" or candidate.type in VERBAL or not any(c.lower_ == "can" for c in children(verb, "aux")) or children(verb, "neg"):
        return False
    return not any(t.is_quote for t in verb.sent) and not any(a.pos_ == "VERB" and tense(a) == "past" for a in verb.ancestors)


def _is_forecast(candidate: Candidate, words: Words) -> bool:
    """"Economists expect the bank to keep rates", "the leaders are expected to approve it": what is thought likely asks nobody."""
    verb = candidate.head
    if candidate.type != "REQUEST" or verb.pos_ != "VERB" or verb.lemma_.lower() not in words.general.get("forecast", ()):
        return False
    actors = candidate.roles.actor.parties
    if not actors and is_passive(verb) and not children(verb, "agent"):
        return True
    return bool(actors) and all(verb.doc[p.head].lemma_.lower() in words.general.get("forecaster", ()) for p in actors)


def _is_licence(candidate: Candidate, words: Words) -> bool:
    """"Foreign troops may enter Finland only with the consent of its parliament": on what condition it is allowed."""
    verb = _verb(candidate)
    if verb is None or not any(c.lower_ in ("may", "can") for c in children(verb, "aux")):
        return False
    return any(t.lower_ == "only" and t.i > verb.i and t.i + 1 < verb.sent.end and t.nbor(1).lower_ in _ON_CONDITION for t in verb.subtree)


def _is_standing(candidate: Candidate, words: Words) -> bool:
    """"The militia controls a third of the province", "the ministry occupies a former school": how things stand."""
    verb = candidate.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words.general.get("standing", ()) or verb.tag_ == "VBG":
        return False
    based = verb.lemma_.lower() in words.general.get("based", ())
    if is_passive(verb) != based and verb.lemma_ != "occupy":
        return False
    if based and any(p.country is not None or p.kind != "unnamed" for p in (*candidate.roles.actor.parties, *candidate.roles.recipient.parties) if p.known):
        return False  # "troops are stationed in the province" without saying whose
    if any(t.lower_ in words.general.get("now", ()) for t in verb.sent) or "no longer" in verb.sent.text:
        return False  # "rebels now control three of the five capitals"
    being = any(c.lower_ == "being" for c in children(verb, "auxpass", "aux"))
    return tense(verb) == "present" and not being and verb.sent.text.rstrip()[-1:] in ".!”\"'’"


def _is_of_plan(candidate: Candidate, words: Words) -> bool:
    """"The timetable allots ninety minutes to their meeting": what a plan or draft has in it, told in the simple present."""
    verb = _verb(candidate)
    if verb is None or any(t.dep_ == "relcl" for t in (candidate.head, verb)) or (verb.tag_ == "VBD" or tense(verb) in ("past", "perfect", "pluperfect")):
        return False
    clauses = [verb, *(a for a in verb.ancestors if a.pos_ in ("VERB", "AUX"))]
    return any(
        tense(v) == "present" and v.tag_ in ("VBZ", "VBP") and v.lemma_ != "be" and any(_is_plan(s, words) for s in children(v, "nsubj"))
        for v in clauses
    )


def _is_plan(noun: Token, words: Words) -> bool:
    known = words.general.get("plan", frozenset())
    inner = [noun, *(t for t in noun.subtree if t.dep_ == "pobj" and t.head.lower_ == "of")]
    return any(t.pos_ in ("NOUN", "PROPN") and (t.lemma_.lower() in known or any(f"{c.lower_} {t.lemma_.lower()}" in known for c in children(t, "compound", "amod")))
               for t in inner)  # fmt: skip


def _is_of_thinkers(candidate: Candidate, words: Words) -> bool:
    """"Rousseau's attack on private property", "medieval jurists criticised the maxim": the quarrels of schools of thought."""
    if candidate.type not in (*VERBAL, "ASSAULT", "AGREE"):
        return False
    actors, doc = candidate.roles.actor.parties, candidate.head.doc
    reached = [p for p in candidate.roles.recipient.parties if p.known and p.kind != "unnamed" and not _thinks(doc[p.head], words)]
    thinks = [p.kind not in ("state", "place") and p.country is None and _thinks(doc[p.head], words) for p in actors]
    return bool(actors) and all(thinks) and not reached


def _thinks(noun: Token, words: Words) -> bool:
    schools = words.general.get("scholar", frozenset())
    return noun.lower_ in words.general.get("thinker", ()) or noun.lemma_.lower() in schools or noun.lower_.removesuffix("s") in schools


def _is_taught(candidate: Candidate, words: Words) -> bool:
    """"Kant predicted that republics would not wage war": what thinkers say of the world."""
    verb = _verb(candidate)
    above = [] if verb is None else [a.head for a in (verb, *verb.ancestors) if a.dep_ == "ccomp" and a.head.pos_ == "VERB"]
    return any(_thinks(s, words) and s.ent_type_ not in ("GPE", "ORG") for v in above for s in children(v, "nsubj"))


def _is_policy(candidate: Candidate, words: Words) -> bool:
    """"The peasants here do not shoot at soldiers": in the simple present, of deeds, what is never done."""
    verb = candidate.head
    if verb.pos_ != "VERB" or candidate.type in (*VERBAL, "CONSULT", "PROTEST") or candidate.type != candidate.frame.type:
        return False
    return tense(verb) == "present" and any(c.lower_ in ("do", "does") for c in children(verb, "aux")) and bool(children(verb, "neg"))


def _is_shared_view(candidate: Candidate, words: Words) -> bool:
    """"Jurists agreed that the truce was void": they thought so; an agreement is on what is to be done."""
    head = candidate.head
    if candidate.type != "AGREE" or head.pos_ != "VERB" or head.lemma_.lower() not in words.general.get("concur", ()):
        return False
    contents = [c for c in children(head, "ccomp") if c.i > head.i]
    return bool(contents) and all(tense(c) in ("past", "present", "perfect", "pluperfect") for c in contents) and not any(
        t.lower_ in ("should", "would", "must") for c in contents for t in c.subtree)


SIGNS: tuple[tuple[str, Callable[[Candidate, Words], bool]], ...] = (
    ("calendar", _is_by_calendar), ("measured", _is_measured), ("tally", _is_tally), ("called", _is_called_after), ("title", _is_title), ("share of people", _is_share_of_people),
    ("rule in force", _is_rule_in_force), ("review", _is_review), ("animal", _is_of_animals), ("plea", _is_defendants),
    ("forecast", _is_forecast), ("licence", _is_licence), ("standing", _is_standing), ("ability", _is_ability), ("plan", _is_of_plan), ("thinkers", _is_of_thinkers), ("taught", _is_taught), ("policy", _is_policy), ("shared view", _is_shared_view),
)  # fmt: skip
