"""Whether two mentions in one article tell of one event: what grammar ties together, and how alike two mentions are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from attrs import frozen

from ..records import EventDate, Span
from ..tree import Token
from .classify import POINTING, Candidate, is_verbal
from .clause import children, is_infinitive, outermost, preps_of
from .roles import Party
from .words import Words

LEAD_SENTENCES = 2
NEAR_VICTIMS = 3  # sentences
NEAR_SENTENCES = 8  # a definite noun ("the attack") points back no further than this
SAME = 1.0  # belief in one event that joins two mentions; hand-set, see `likeness`
SURE = 0.75  # belief with which a verb that names nobody tells of an event
_SLACK = timedelta(days=1)  # datelines and "told reporters Tuesday" are a day off often enough
_YEARS, _MONTH = timedelta(days=730), timedelta(days=31)  # what is told over years, and what of some day or month
_STORY_SLACK = timedelta(days=45)  # a story's day is not always its next sentence's, but a flashback is another event
_ARMED = frozenset(("GOV", "MIL", "SPY", "REB", "UAF"))
_OTHER = ("another", "second", "third", "fourth", "separate", "other", "previous", "earlier", "similar", "fresh")
_DISTINCT_MODES = ("firearms", "primitive", "beat", "torture", "sexual", "abduct", "crowd-control", "explosives", "aerial")
_LINKING_PREPS = ("in", "by", "during", "with", "from", "of", "to", "after")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "latest", "last")
_OTHER_TIMES = ("after", "before", "since", "until")
_DATING = ("following", "after", "since", "before", "until", "during", "amid", "between", "despite", "without")
_FIGHTERS = frozenset(("REB", "UAF", "CRM"))  # words for unnamed attackers: militants, gunmen, raiders
_NAMED = ("state", "person", "organisation", "group", "place")  # kinds of actors
_STEM = 4  # letters that tell one word and its kin from another: kill, killing
_GIVEN = ("AID", "COOPERATE", "SANCTION", "CONCEDE", "MOBILIZE")  # deeds that one actor does many of, to one side and another


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


def opposed(a: Told, b: Told) -> bool:
    """Whether a side both name is a different one: what rules two mentions out whatever others say."""
    x, y = a.candidate.roles, b.candidate.roles
    if x.two_sided or y.two_sided:
        return False
    sides = ((x.actor.parties, y.actor.parties), (x.recipient.parties, y.recipient.parties))
    return any(left and right and _all_known(left) and _all_known(right) and not _overlap(left, right, a, b)
               and not _may_add(left, right) and not _strange_fighters(left, right) for left, right in sides)  # fmt: skip


def _all_known(parties: Sequence[Party]) -> bool:
    return all(p.known for p in parties)


def _may_add(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """A place or state beside the people in it: "strikes on Gaza", "killed 12 people"."""
    vague = [any(p.country is None and not p.sectors for p in side) for side in (left, right)]
    states = [any(p.kind in ("state", "place") for p in side) for side in (left, right)]
    return any(vague) or any(states)


def _strange_fighters(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """Attackers of whom one side is not named, so that they may be the same: "suspected jihadists", "the gunmen"."""
    every = (*left, *right)
    fight = all(p.sectors and set(p.sectors) <= _FIGHTERS or p.kind == "group" for p in every)
    countries = {p.country for p in every if p.country}
    return fight and len(countries) < 2 and any(all(p.kind == "unnamed" for p in side) for side in (left, right))


def linked(a: Candidate, b: Candidate, words: Words) -> bool:
    """Whether grammar ties two mentions of one type to one event: "the raid killed 12", "clashed, killing 14"."""
    if a.type != b.type or is_verbal(a) or set(a.auxiliary) != set(b.auxiliary):
        return False
    if _tied(a, b, words) or _tied(b, a, words) or _summed_up(a, b) or _summed_up(b, a):
        return True
    return _casualty_of(a, b, words) or _casualty_of(b, a, words)


def _summed_up(a: Candidate, b: Candidate) -> bool:
    """"Gunmen killed ten, in one of the deadliest attacks this year": `b` classes what `a` tells."""
    if b.head.dep_ in ("acl", "relcl") and b.head.head.i != a.head.i and _ranked(b.head.head):
        return is_infinitive(b.head) and not b.roles.actor.parties  # "the third mayor to be murdered in a month"
    outer = outermost(b.head)
    if outer == b.head or outer.lower_ != "one" or outer.dep_ != "pobj":
        return False
    return outer.head.lower_ in ("in", "as") and a.head in outer.ancestors


def _ranked(noun: Token) -> bool:
    return any(c.lower_ in _RANKS for c in children(noun, "amod")) or noun.lower_ in _RANKS


def _relative_noun(token: Token) -> Token | None:
    """The noun that a relative clause or participle around `token` describes."""
    for one in (token, *token.ancestors):
        if one.dep_ in ("relcl", "acl"):
            return one.head
    return None


def _casualty_of(a: Candidate, b: Candidate, words: Words) -> bool:
    """Whether `a` counts the victims of `b`: "an attack in which two were killed"; it names no other attacker."""
    if b.roles.two_sided or is_casualty(b, words):
        return False
    if not is_casualty(a, words) or a.roles.actor.parties:
        return False
    if any(c.lower_ in _OTHER_TIMES for c in children(a.head, "mark")):  # "it came a day after two were killed"
        return False
    noun = _relative_noun(a.head)
    attacks = [t for t in (noun, *noun.ancestors) if _is_attack(t, words)] if noun is not None else []
    return not attacks or attacks[0] in (b.head, outermost(b.head))  # else the victims of that other attack


def _is_attack(token: Token, words: Words) -> bool:
    return token.pos_ == "NOUN" and any(f.type == "ASSAULT" for f in words.frames.get((token.lemma_.lower(), "noun"), ()))


def is_casualty(candidate: Candidate, words: Words) -> bool:
    """Whether the trigger says who was killed or hurt, in the passive or with no attacker named."""
    lemma = candidate.frame.lemma
    return candidate.type == "ASSAULT" and candidate.frame.pos == "verb" and lemma in words.casualties


def _tied(outer: Candidate, inner: Candidate, words: Words) -> bool:
    clause = outer.match.clause
    around = [*clause.subj, *clause.obj, *[o for p in clause.preps if p.lemma in _LINKING_PREPS for o in p.objects]]
    known = words.general.get("outcome", frozenset())
    outcomes = [o for p in clause.preps for o in p.objects if o.lower_ in known]  # "as a result of the attack"
    around += [o for noun in outcomes for p in preps_of(noun) if p.lemma == "of" for o in p.objects]
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
        return inner.type == "ASSAULT" and _tolls(outer, inner, words)
    return not children(verb, "nsubj", "nsubjpass") and not children(verb, "mark")


def _tolls(a: Candidate, b: Candidate, words: Words) -> bool:
    """Victims told apart by how they fared: "killing 14 and wounding eight"."""
    doc = a.head.doc
    return all(c.frame.lemma in words.casualties and any(_counted(doc[p.head]) for p in c.roles.recipient.parties) for c in (a, b))


def _top(verb: Token, outer: Candidate) -> bool:
    return verb.head in (outer.head, outer.match.clause.host)


def likeness(a: Told, b: Told, words: Words) -> float:
    """How far two mentions, `b` told first, tell one event: 1 and more joins them.

    One actor on a side counts 1, one state .6, two unnamed parties of one kind .5 (1 with one head word);
    a side that differs rules it out. A definite noun that names nobody points to the nearest event of its type,
    one told in the same word first.
    """
    x, y = a.candidate, b.candidate
    planned = _planned_and_told(a, b)
    if x.type != y.type and not planned:
        return 0.0
    distance = abs(a.sentence - b.sentence)
    pointed = _pointed(a, b, distance)
    if pointed is not None:
        return pointed
    if set(x.auxiliary) != set(y.auxiliary) and not planned:
        return 0.0
    if is_casualty(x, words) and _unnamed_victims(a) and distance <= NEAR_VICTIMS:
        return SAME + 1.0 / (4 + distance)
    if _retells(a, b):
        return SAME + 1.0 / (2 + distance)
    if _other_matter(a, b, words):
        return 0.0
    total = _shared(a, b, distance)
    if is_verbal(x):
        return total if _same_act(a, b) else 0.0
    return total


def _pointed(a: Told, b: Told, distance: int) -> float | None:
    """How far `a` only points back to `b`; None where it tells more than that something happened."""
    near = distance <= NEAR_SENTENCES
    again = same_word(a.candidate, b.candidate)
    if _is_pointer(a) and near and not _aims_elsewhere(a, b):
        return SAME + 1.0 / (2 + distance) + again
    if _demonstrative(a) and near and _actors_agree(a, b):
        return SAME + 1.0 / (2 + distance)
    if points_through(a) and distance <= NEAR_VICTIMS:
        return SAME + 1.0 / (2 + distance)
    if _is_bare_noun(a) or _is_bare_noun(b):
        same = a.candidate.frame.lemma.split()[-1] == b.candidate.frame.lemma.split()[-1]
        return SAME + 1.0 / (3 + distance) if same and near else 0.0
    return None


def _aims_elsewhere(a: Told, b: Told) -> bool:
    """Whether "the assault on the hotel" points to what befell another place or body; its victims may well be people."""
    targets = [[p for p in m.candidate.roles.recipient.parties if p.kind in ("organisation", "place", "state", "group")] for m in (a, b)]
    return bool(targets[0]) and bool(targets[1]) and not _overlap(targets[0], targets[1], a, b)


def same_word(x: Candidate, y: Candidate) -> bool:
    """One word or its kin: "ambushed", "the ambush"."""
    left, right = x.frame.lemma.split()[-1], y.frame.lemma.split()[-1]
    return left == right or (len(left) >= _STEM and left[:_STEM] == right[:_STEM])


def _shared(a: Told, b: Told, distance: int) -> float:
    """How much the sides of two mentions have in common; 0 where one tells them apart."""
    x, y = a.candidate.roles, b.candidate.roles
    mutual = x.two_sided or y.two_sided
    if x.two_sided != y.two_sided and min(len(a.parties), len(b.parties)) > 1:
        return 0.0  # an exchange of fire is not the raid it answered
    sides = [(a.parties, b.parties)] if mutual else [(x.actor.parties, y.actor.parties), (x.recipient.parties, y.recipient.parties)]
    total = 0.0
    for left, right in sides:
        if left and right:
            same = _overlap(left, right, a, b)
            if same == 0.0 and a.candidate.type == "ASSAULT" and _strange_fighters(left, right):
                same = _same_fighters(left, a, distance)
            elif same == 0.0 and _tell_apart(left, right):
                return 0.0
            total += same
    if mutual and min(len(a.parties), len(b.parties)) > 1 and not _all_overlap(a, b):
        return 0.0
    return total


def _same_fighters(fighters: Sequence[Party], told: Told, distance: int) -> float:
    """How likely unnamed attackers are those told of before: "the raiders" are, and men who only open fire may be."""
    doc = told.candidate.head.doc
    if distance > NEAR_VICTIMS:
        return 0.0
    if any(_definite(doc[p.head]) for p in fighters):
        return 0.6
    return SAME if distance < NEAR_VICTIMS and not told.candidate.roles.recipient.parties and told.place is None else 0.0


def _definite(noun: Token) -> bool:
    return any(c.lower_ in POINTING for c in children(noun, "det"))


def _retells(a: Told, b: Told) -> bool:
    """Whether the lead tells what the headline told in brief: no named party differs, and something agrees."""
    if not _in_headline(b) or not 0 < a.sentence <= LEAD_SENTENCES:
        return False
    modes = {a.candidate.mode, b.candidate.mode}
    if len(modes - {None}) > 1 or (len(modes) > 1 and is_verbal(a.candidate)):
        return False
    x, y = a.candidate.roles, b.candidate.roles
    sides = ((x.actor.parties, y.actor.parties), (x.recipient.parties, y.recipient.parties))
    if x.two_sided or y.two_sided:
        sides = ((a.parties, b.parties), ((), ()))
    agreed = same_word(a.candidate, b.candidate)
    for left, right in sides:
        if left and right:
            if _overlap(left, right, a, b):
                agreed = True
            elif not any(all(p.kind not in _NAMED for p in side) for side in (left, right)) or _unlike(left, right):
                return False
    return agreed


def _unlike(left: Sequence[Party], right: Sequence[Party]) -> bool:
    """Whether two sides are of different kinds or countries, named or not: "two policemen", "a bishop"."""
    def differ(one: Iterable[str | None], other: Iterable[str | None]) -> bool:
        first, second = {v for v in one if v}, {v for v in other if v}
        return bool(first) and bool(second) and not first & second

    return differ((p.country for p in left), (p.country for p in right)) or differ(
        (s for p in left for s in p.sectors), (s for p in right for s in p.sectors)
    )


def _in_headline(mention: Told) -> bool:
    """Whether a mention stands in the first line, and that is no full sentence."""
    text = mention.candidate.head.sent.text.rstrip()
    return mention.sentence == 0 and text[-1:] not in (".", "!", "?", '"', "”")


def _other_matter(a: Told, b: Told, words: Words) -> bool:
    """What rules one event out though the same people do it: another thing given, a list of deeds, a war beside one fight."""
    x, y = a.candidate, b.candidate
    long = words.general.get("long fight", frozenset())  # no single fight of a war is the whole
    if (x.frame.lemma in long) != (y.frame.lemma in long):
        return True
    if _listed(x, y, words) or _listed(y, x, words):
        return True
    if x.type not in _GIVEN or same_word(x, y):
        return False
    if bool(x.roles.recipient.parties) != bool(y.roles.recipient.parties):
        return True
    given = [{t.lemma_.lower() for t in c.match.clause.obj} for c in (x, y)]
    return not x.roles.recipient.parties and bool(given[0]) and bool(given[1]) and not given[0] & given[1]


def _listed(x: Candidate, y: Candidate, words: Words) -> bool:
    """"He supervised the killing of monks and beat a bishop": one after another, each to somebody of its own."""
    first, second = (c.match.clause.host or c.head for c in (x, y))
    if first.pos_ != "VERB" or first.dep_ != "conj" or first.head != second or _tolls(x, y, words):
        return False
    objects = [{p.span for p in c.roles.recipient.parties if c.head.doc[p.head].tag_ != "PRP"} for c in (x, y)]
    return bool(objects[0]) and bool(objects[1]) and not objects[0] & objects[1]


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
    one_land = p.country == q.country or None in (p.country, q.country)
    if not p.same_as(q) and not (strangers and p.sectors and p.sectors == q.sectors and one_land):
        return 0.0
    if strangers:
        doc = a.candidate.head.doc
        if doc[p.head].lemma_.lower() == doc[q.head].lemma_.lower():
            return 1.0
        near = abs(a.sentence - b.sentence) <= NEAR_VICTIMS
        return 0.8 if near and _definite(doc[p.head]) else 0.5
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


def conflict(a: Told, b: Told) -> bool:
    x, y = a.candidate, b.candidate
    if x.mode != y.mode and x.mode in _DISTINCT_MODES and y.mode in _DISTINCT_MODES and not _is_pointer(a):
        return True
    if (x.mode == "abduct") != (y.mode == "abduct") and _victims_differ(x, y):
        return True
    if x.type != "ASSAULT" and x.mode and y.mode and x.mode != y.mode:
        return True
    return days_apart(a.date, b.date)


def _victims_differ(x: Candidate, y: Candidate) -> bool:
    spans = [{p.span for p in c.roles.recipient.parties} for c in (x, y)]
    return bool(spans[0]) and bool(spans[1]) and not spans[0] & spans[1]


def days_apart(a: EventDate, b: EventDate) -> bool:
    """Whether two dates that the text fixes share no day, or one is of years and one of a day; where one is inferred, not by far."""
    fixed = [d for d in (a, b) if d.basis in ("text", "inferred") and d.earliest and d.latest]
    if len(fixed) < 2:
        return False
    first, second = fixed
    assert first.earliest and first.latest and second.earliest and second.latest
    both = a.basis == b.basis == "text"
    shorter, longer = sorted((first.latest - first.earliest, second.latest - second.earliest))
    if both and longer > _YEARS and shorter < _MONTH:
        return True  # what was given "since 2020" is not what was sent in January
    slack = _SLACK if both else _STORY_SLACK
    return first.latest + slack < second.earliest or second.latest + slack < first.earliest


def _is_pointer(mention: Told) -> bool:
    """A definite noun that names nobody known: "the attack", "made this request"."""
    candidate = mention.candidate
    if candidate.head.pos_ in ("NOUN", "PROPN") and not candidate.roles.two_sided and _names_nobody(candidate):
        return any(c.lower_ in POINTING for c in children(candidate.head, "det"))
    if any(p.known for p in candidate.roles.actor.parties) or candidate.roles.two_sided and mention.parties:
        return False
    if any(p.known and p.kind not in ("organisation", "place") for p in candidate.roles.recipient.parties):
        return False
    if candidate.head.pos_ in ("NOUN", "PROPN"):
        known = [p for p in mention.parties if p.known]
        nouns = [candidate.head] if known or not mention.parties else []
    else:
        nouns = [t for t in candidate.match.clause.obj if t.i in candidate.match.used]
    return any(c.lower_ in POINTING for n in nouns for c in children(n, "det"))


def _names_nobody(candidate: Candidate) -> bool:
    """Whether the doers of a noun stand outside its phrase and nobody in it: "blamed soldiers for the killing"."""
    inside = {t.i for t in candidate.head.subtree}
    roles = candidate.roles
    return bool(roles.actor.parties) and not roles.recipient.parties and not any(p.head in inside for p in roles.actor.parties)


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


def points_through(mention: Told) -> bool:
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


def stands_alone(mention: Told) -> bool:
    """Whether a mention can be an event of its own: it names a party, or it is the noun its clause is about."""
    candidate = mention.candidate
    if mention.parties:
        return not _marks_time(candidate)
    if (candidate.belief or 0.0) >= SURE and candidate.head.pos_ == "VERB" and not points_through(mention):
        return True  # "the curfew was lifted", "a treaty signed last May"
    if candidate.frame.weight != "bare" or candidate.auxiliary:
        return False
    if candidate.head.pos_ not in ("NOUN", "PROPN"):
        return not points_through(mention)
    head = outermost(candidate.head)
    host = candidate.match.clause.host
    if host is not None:
        return host.tag_ not in ("VB", "VBG")
    if candidate.status.begun is not None:
        return True
    done_by = head.dep_ == "pobj" and head.head.dep_ == "agent"  # "was paralysed by a general strike"
    return done_by or (head.dep_ in ("nsubj", "nsubjpass", "ROOT") and not _generic(head))


def _marks_time(candidate: Candidate) -> bool:
    """"Following the invasion, the country became ...": a noun that only dates something else, and names nobody itself."""
    head = candidate.head
    if head.pos_ != "NOUN" or candidate.match.clause.host is not None or head.dep_ not in ("pobj", "pcomp"):
        return False
    if head.head.lower_ not in _DATING or not any(c.lower_ in POINTING for c in children(head, "det")):
        return False
    inside = {t.i for t in head.subtree}
    return not any(p.head in inside for p in (*candidate.roles.actor.parties, *candidate.roles.recipient.parties))


def _generic(head: Token) -> bool:
    """A plural with nothing before it in a present clause speaks of such events at large."""
    bare = head.tag_ in ("NNS", "NNPS") and not any(c.dep_ in ("det", "amod", "nummod", "poss") for c in head.children)
    return bare and head.head.tag_ in ("VBZ", "VBP")


def is_other(head: Token) -> bool:
    return any(c.lower_ in _OTHER for c in head.children if c.dep_ in ("det", "amod"))
