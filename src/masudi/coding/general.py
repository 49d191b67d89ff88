"""Whether a sentence tells of an event at all, or of habits, rules, possibilities, tales, surveys and mishaps.

Signs in grammar (bare plurals and "a ..." in the simple present, indefinite relative clauses, "it is wise to ...") and in
words (en/general.tsv). What they mark is told of nobody on no occasion, however much its words look like a deed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from ..syntax import clause_verb, tense
from ..tree import Sentence, Token
from .classify import VERBAL, Candidate
from .clause import children, is_infinitive
from .figures import SIGNS as FIGURES
from .private import SIGNS as PRIVATE
from .roles import Party
from .routine import SIGNS as ROUTINE
from .words import Words

_VAGUE = ("a", "an", "any", "every", "each")
_HOW_MANY = ("more", "fewer", "most", "few", "many")
_MODALS = ("may", "can", "must", "shall", "should", "ought")
_UNDER = ("under", "by", "in", "per", "according", "pursuant", "of")
_ANYONE = ("you", "your", "yourself", "one", "oneself")
_TIMELESS = ("present", "modal")
_PEOPLE = frozenset(("CVL", "EDU", "LAB", "BUS", "MED"))
_CLAUSAL = ("VERB", "AUX")
_BLASTS = ("blast", "explosion", "leak", "fire")
_MANKIND = ("people", "nation", "man", "woman", "government", "state", "human")
_ALL_WHO = ("those", "anyone", "everyone", "anybody", "everybody", "whoever")  # "those who rob them politely"
_OUTSPOKEN = ("ACCUSE", "REQUEST")  # "residents accuse the army": news tells these in the simple present
_ONCE = ("when", "once", "until", "unless", "whenever")
_CIRCUMSTANCE = ("when", "where", "whenever", "wherever")
_IN_THEIR_DAY = ("under", "during", "in", "throughout", "by")
_NO_LONGER = ("former", "ex", "neo", "anti", "old")  # "a former KGB officer" is about still
_LIFETIME = 60  # years
_WHEN = ("when", "as", "after", "while")
_UNDER_A_VERB = ("dobj", "advcl", "xcomp", "ccomp", "pcomp")  # where a film is what the deed is about: "bans the film"
_LEADS_TO = ("advcl", "conj", "relcl", "acl", "dep", "parataxis", "ccomp")


def is_told(candidate: Candidate, words: Words) -> bool:
    """Whether a candidate is told of as an event: a question asks, a rule binds anyone, a possibility is somebody's."""
    status = candidate.status
    threat = candidate.type == "THREATEN" and candidate.roles.actor.slot == "speaker"  # "anyone who resists will be shot, he said"
    if status.question or (status.generic and not threat) or status.asked is not None or general_sign(candidate, words) is not None:
        return False
    if "hypothetical" not in candidate.auxiliary:
        return True
    roles = candidate.roles
    if status.conditional:
        suffered = "negation" not in candidate.auxiliary and any(_is_definite(p) for p in roles.recipient.parties)
        return bool(roles.actor.parties) or suffered
    if roles.two_sided:
        return len(roles.actor.parties) > 1
    if "negation" in candidate.auxiliary:
        return False
    reached = [p for p in roles.recipient.parties if not p.text.lower().startswith(("any ", "every "))]
    return bool(roles.actor.parties) and (bool(reached) or not candidate.frame.wants_recipient)


def _is_definite(party: Party) -> bool:
    return party.known and not party.text.lower().startswith(("a ", "an ", "any "))


def general_sign(candidate: Candidate, words: Words) -> str | None:
    """The name of the sign that nobody is told to have done it on any occasion; None where there is none."""
    return next((name for name, holds in _SIGNS if holds(candidate, words)), None)


def is_of_old(candidate: Candidate, words: Words, year: int | None = None) -> bool:
    """Whether the event is told of times long gone: by a phrase ("a generation back") beside a past tense, or by who did it.

    year: of publication; without it nobody counts as gone.
    """
    verb = clause_verb(candidate.head)
    if _counts_wars(candidate.head):
        return True
    if _is_of_era(candidate.head) or (verb is not candidate.head and _has_phrase(candidate.head, "reckoning", words)):
        return True
    past = verb is None or tense(verb) in ("past", "pluperfect", None)
    if year is not None and (past or candidate.head.pos_ == "NOUN") and _is_by_the_gone(candidate, verb, year, words):
        return True
    if not past or not _has_phrase(candidate.head, "past", words):
        return False
    ago = [t for t in candidate.head.sent if t.lower_ == "ago"]  # of its own clause: "held the man who fled decades ago"
    return not ago or any(clause_verb(t) in (verb, None) for t in ago)


def _counts_wars(head: Token) -> bool:
    """"Have fought three wars since independence": so many make a history."""
    wars = [t for t in (head, *children(head, "dobj")) if t.lemma_.lower() == "war" and t.tag_ == "NNS"]
    return any(c.dep_ == "nummod" or c.lower_ in ("several", "many") for t in wars for c in t.children)


def _is_looked_back_on(head: Token, verb: Token | None) -> bool:
    """Whether the event is told in passing, from a later time: "had shot", "who were shot", "recalls the invasion".

    Else a sentence on forces gone since may be their contemporary's.
    """
    if head.pos_ == "NOUN":
        return verb is not None and tense(verb) in ("present", "perfect")
    return verb is not None and (tense(verb) == "pluperfect" or verb.dep_ in ("relcl", "acl"))


def _is_by_the_gone(candidate: Candidate, verb: Token | None, year: int, words: Words) -> bool:
    """Whether a ruler, state or force that is no more did it, suffered it, or ruled then: "Soviet troops shot", "under Stalin"."""
    forms, text = _wording(candidate.head.sent)
    gone = {w: to for w, to in words.bygone.items() if to < year - 1 and (w in forms or (" " in w and f" {w} " in text))}
    if not gone:
        return False
    times = children(verb, "prep") if verb is not None and tense(verb) in ("past", "pluperfect", None) else []
    if any(_names_one(" ".join(t.text for t in p.subtree), gone) for p in times if p.lower_ in _IN_THEIR_DAY):
        return True
    sides = [p.text for p in candidate.roles.actor.parties]
    if words.ontology.quad(candidate.type) in ("material_conflict", "material_cooperation"):
        sides += [p.text for p in candidate.roles.recipient.parties]
    lately = 1 if _is_looked_back_on(candidate.head, verb) else _LIFETIME
    return any(_names_one(side, [w for w, to in gone.items() if to < year - lately]) for side in sides)


def _names_one(phrase: str, known: Iterable[str]) -> bool:
    said = f" {phrase.lower().replace(chr(0x2019), chr(0x27)).replace(chr(0x27) + 's', ' ')} "
    said = " ".join(said.split())
    return not any(f" {w} " in f" {said} " for w in _NO_LONGER) and any(f" {w} " in f" {said} " for w in known)


def _is_of_era(head: Token) -> bool:
    """"Soviet-era purges", "the Troubles-era murders"."""
    return head.pos_ == "NOUN" and any(t.lower_ == "era" and t.i > 0 and t.nbor(-1).text in ("-", "‐") for c in head.children if c.i < head.i for t in c.subtree)


# -- what is looked at


def _doers(candidate: Candidate) -> list[Party]:
    """The actors, but for mere things ("a lorry")."""
    return [p for p in candidate.roles.actor.parties if not _is_thing(p, candidate)]


def _is_thing(party: Party, candidate: Candidate) -> bool:
    """A phrase of which nothing is known, and which is no pronoun."""
    return party.actor is None and party.kind is None and candidate.head.doc[party.head].pos_ == "NOUN"


def _verb(candidate: Candidate) -> Token | None:
    """The verb of the event's clause: its own, or the one that a noun hangs on."""
    return candidate.match.clause.host or clause_verb(candidate.head)


def _top(token: Token) -> Token:
    while token.head is not token:
        token = token.head
    return token


def _is_simple_present(verb: Token) -> bool:
    if verb.dep_ == "conj" and verb.tag_ in ("VB", "VBP") and verb.head.pos_ in _CLAUSAL and not children(verb, "nsubj", "aux"):
        verb = verb.head  # "lend umbrellas and ask for them back"
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not children(verb, "aux"):
        return any(s.tag_ == "NNS" and s.i < verb.i for s in children(verb, "nsubj"))  # "treaties take effect", tagged as an infinitive
    return tense(verb) == "present" and verb.tag_ != "VBG"


def _is_full(verb: Token) -> bool:
    """Whether the sentence is no headline."""
    return verb.sent.text.rstrip().endswith((".", "!", "?", "”", '"'))


def _subjects(verb: Token) -> list[Token]:
    """Subjects of a verb, or of the verb it is joined to."""
    own = children(verb, "nsubj", "nsubjpass")
    if not own and verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in _CLAUSAL and verb.head != verb:
        return _subjects(verb.head)
    return own


def _is_bare(noun: Token) -> bool:
    """"Small parties", "governments": a plural with no article, number, owner or name about it."""
    if noun.tag_ != "NNS":
        return False
    before = [c for c in noun.children if c.i < noun.i]
    return not any(c.dep_ in ("det", "nummod", "poss", "predet", "quantmod") or c.pos_ in ("PROPN", "NUM") or c.ent_type_ for c in before)


def _is_mankind(noun: Token) -> bool:
    """People in general, and nations: "people forgive"."""
    return _is_bare(noun) and noun.lemma_.lower() in _MANKIND and not children(noun, "amod", "relcl", "compound")


def _takes_up_bare(pronoun: Token) -> bool:
    """"They" in a sentence whose main verb tells of a bare plural: "politicians attack it when they lose"."""
    top = _top(pronoun)
    return pronoun.lower_ == "they" and any(_is_bare(s) and s.i < pronoun.i for s in children(top, "nsubj")) and _is_simple_present(top)


def _is_any(noun: Token) -> bool:
    return any(c.lower_ in _VAGUE for c in children(noun, "det"))


def _names(verb: Token) -> bool:
    """Whether the sentence, or the clause that is said or thought, has a proper name: then it may be news after all."""
    for token in verb.subtree if verb.dep_ == "ccomp" and verb.head.i < verb.i else verb.sent:
        if token.pos_ == "PROPN" or token.ent_type_ or (token.pos_ == "ADJ" and token.text[:1].isupper() and token.i > verb.sent.start):
            return True
    return False


@lru_cache(maxsize=1)
def _wording(sentence: Sentence) -> tuple[frozenset[str], str]:
    """The words and lemmas of a sentence, and both as running text."""
    tokens = [t for t in sentence if not t.is_space]
    said, lemmas = [t.lower_ for t in tokens], [t.lemma_.lower() for t in tokens]
    return frozenset((*said, *lemmas)), f" {' '.join(said)}  {' '.join(lemmas)} "


def _has_phrase(token: Token, kind: str, words: Words) -> bool:
    """Whether the sentence of `token` has a word or phrase of one kind of en/general.tsv."""
    known = words.general.get(kind, frozenset())
    forms, text = _wording(token.sent)
    if not known.isdisjoint(forms):
        return True
    phrases = words.phrases.get(kind, {})
    return any(f" {phrase} " in text for word in phrases.keys() & forms for phrase in phrases[word])


# -- the signs


def _is_maxim(candidate: Candidate, words: Words) -> bool:
    """"Emperors pardon on their birthdays", "a prudent man surrenders the chair": no one in particular, in the simple present."""
    verb = candidate.head
    allowed = tense(verb) == "modal" and any(c.lower_ in _MODALS for c in children(verb, "aux"))
    if verb.pos_ != "VERB" or not (allowed or (_is_simple_present(verb) and candidate.type not in _OUTSPOKEN)) or not _is_full(verb):
        return False
    if verb.dep_ not in ("ROOT", "conj", "advcl", "ccomp"):
        return False
    top = verb.head if verb.dep_ == "conj" else verb
    subjects = _subjects(verb)
    if not subjects or top.tag_ == "VBG":
        return False
    if _has_phrase(verb, "now", words):
        return False
    parties = candidate.roles.actor.parties
    if not all(_is_any(s) or _is_mankind(s) for s in subjects):  # else what country it has, it has from elsewhere
        if any(p.country is not None or p.kind in ("state", "person", "organisation", "group") for p in parties):
            return False
    if not allowed and all(_takes_up_bare(s) for s in subjects) and not _names(verb):
        return True
    alone = not allowed and all(s.tag_ == "NNS" and s.left_edge == s.right_edge for s in subjects)
    return (alone and verb.dep_ != "ccomp") or (all(_is_bare(s) or _is_any(s) for s in subjects) and not _names(verb))


def _is_everyones(candidate: Candidate, words: Words) -> bool:
    """"Old soldiers like to tell how they were nearly shot": what befalls a bare plural's "they"."""
    clause = candidate.match.clause
    sides = [t for t in (*clause.subj, *clause.obj) if t.head is not _top(t)]
    top = _top(candidate.head)
    said = any(a.dep_ == "ccomp" and a.head is top for a in (candidate.head, *candidate.head.ancestors))  # "commanders say they will attack"
    return candidate.type not in _OUTSPOKEN and not said and any(_takes_up_bare(t) for t in sides) and not _names(top)


def _is_bygone(candidate: Candidate, words: Words) -> bool:
    """"Wars used to be fought with armies": what bare plurals once did."""
    verb = candidate.head
    above = verb.head
    if verb.pos_ != "VERB" or verb.dep_ != "xcomp" or above.lemma_ != "use" or children(above, "dobj"):
        return False
    subjects = children(above, "nsubj", "nsubjpass")
    return bool(subjects) and all(_is_bare(s) for s in subjects) and not any(p.kind not in (None, "unnamed") for p in candidate.roles.actor.parties)


def _is_indefinite_relative(candidate: Candidate, words: Words) -> bool:
    """"A president who vetoes a bill must ...", "states that have signed it must ..."."""
    verb = candidate.head
    if verb.pos_ != "VERB" or verb.dep_ != "relcl" or tense(verb) not in ("present", "perfect", "modal", "future"):
        return False
    main = clause_verb(verb.head)
    if tense(verb) == "future" and (main is None or main.lemma_ != "be" or not _is_any(verb.head)):
        return False
    if verb.head.lower_ in _ALL_WHO and _is_simple_present(verb) and candidate.type not in _OUTSPOKEN:
        return main is None or tense(main) in ("present", "modal", "future")
    ruled = main is not None and tense(main) == "modal" and not _names(verb)  # "soldiers who refuse an order cannot be punished"
    vague = _is_any(verb.head) or (_is_bare(verb.head) and (tense(verb) != "present" or (ruled and candidate.type not in _OUTSPOKEN)))
    if tense(verb) == "perfect" and children(verb, "neg") and _is_bare(verb.head) and verb.head.lemma_.lower() in ("people", "person", "man", "woman"):
        return main is None or tense(main) == "present"  # "people who have never been hit"
    timeless = main is not None and (tense(main) == "modal" if tense(verb) == "perfect" else tense(main) in ("present", "modal", "future"))
    binding = main is not None and tense(main) in ("modal", "future")
    return vague and timeless and (binding or not _names(verb))


def _is_circumstance(candidate: Candidate, words: Words) -> bool:
    """"The safe opens when two officers give up their codes", "who gains when a newspaper is closed?": whenever it may be."""
    verb = _verb(candidate)
    if verb is None or verb.dep_ != "advcl" or not _is_simple_present(verb.head):
        return False
    if tense(verb) == "perfect":  # "treaties take effect when both houses have ratified them"
        return any(c.lower_ in _ONCE for c in children(verb, "advmod", "mark")) and not _names(verb) and not _has_phrase(verb, "now", words) and _is_full(verb)
    if not _is_simple_present(verb):
        return False
    opened = any(c.lower_ in _CIRCUMSTANCE for c in children(verb, "advmod", "mark"))
    subjects = _subjects(verb)
    repeated = any(m.lower_ in ("when", "whenever") for m in children(verb, "advmod", "mark")) and not any(t.ent_type_ == "DATE" for t in verb.sent)
    vague = bool(subjects) and all(_is_any(s) or (s.tag_ == "NNS" and not children(s, "det", "poss")) or (repeated and s.lower_ == "they") for s in subjects)
    return opened and vague and _is_full(verb)


def _is_class(candidate: Candidate, words: Words) -> bool:
    """"Treaties signed by the government take effect when ...": a kind of things, of which a present tells what is so."""
    verb = candidate.head
    if verb.pos_ != "VERB" or verb.dep_ != "acl" or verb.tag_ != "VBN" or words.ontology.quad(candidate.type) == "material_conflict":
        return False
    noun = verb.head
    known = {p.head for p in (*candidate.roles.actor.parties, *candidate.roles.recipient.parties) if p.known}
    if noun.i in known or not _is_bare(noun) or noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return (_is_simple_present(noun.head) or tense(noun.head) == "modal") and _is_full(noun.head) and not _names(noun.head)


def _is_comparison(candidate: Candidate, words: Words) -> bool:
    """"More Kenyans visit Uganda than the other way round": how many do, in the simple present."""
    verb = candidate.head
    if verb.pos_ != "VERB" or not _is_simple_present(verb):
        return False
    counted = any(c.lower_ in _HOW_MANY for s in _subjects(verb) for c in s.children if c.i < s.i)
    return counted and (any(t.lower_ == "than" for t in verb.sent if t.i > verb.i) or not _names(verb))


def _is_thought(candidate: Candidate, words: Words) -> bool:
    """"The idea that a people may depose its king": what a doctrine says, not what anybody did."""
    verb = _verb(candidate)
    for token in (verb, *verb.ancestors) if verb is not None else ():
        if token.pos_ in _CLAUSAL and token.dep_ in ("acl", "ccomp", "relcl") and token.head.pos_ == "NOUN":
            marked = any(m.lower_ in ("that", "whether") for m in children(token, "mark"))
            return marked and token.head.lemma_.lower() in words.general.get("notion", ()) and tense(token) in _TIMELESS
    return False


def _is_calling(candidate: Candidate, words: Words) -> bool:
    """"The ministry trains teachers": what somebody is there for, done to a kind of people or thing, in the simple present."""
    verb = candidate.head
    if verb.pos_ != "VERB" or candidate.type in VERBAL or not _is_simple_present(verb) or not _is_full(verb):
        return False
    if words.ontology.quad(candidate.type) == "material_conflict":
        return False
    objects = children(verb, "dobj")
    subjects = [s for s in _subjects(verb) if s.pos_ == "NOUN" and s.tag_ == "NN" and children(s, "det", "poss")]
    kinds = bool(objects) and not children(verb, "dative") and all(_is_bare(o) and not any(c.dep_ == "relcl" for c in o.children) for o in objects)
    return bool(subjects) and kinds and not any(t.ent_type_ in ("DATE", "TIME") for t in verb.sent)


def _is_custom(candidate: Candidate, words: Words) -> bool:
    """A phrase of habit beside a simple present: "banks as a rule ask for them back"."""
    verb = _verb(candidate)
    if verb is not None and verb.dep_ == "acl" and verb.tag_ == "VBG":
        verb = clause_verb(verb.head)  # "every year the pictures come, of a general promising victory"
    if verb is None or not (_is_simple_present(verb) or (tense(verb) is None and verb.tag_ == "VB")):
        return False
    often = any(t.lower_ in ("every", "each") and t.head.dep_ in ("npadvmod", "nmod") for t in verb.sent)
    return often or _has_phrase(verb, "habit", words)


def _is_law(candidate: Candidate, words: Words) -> bool:
    """What a law provides for: "under article 31 the president consults the council", "the Charter forbids force"."""
    verb = _verb(candidate)
    if verb is None or not any(_is_timeless(v) for v in (verb, clause_verb(verb.head) or verb)):
        return False
    above = [verb, verb.head] + ([verb.head.head] if verb.dep_ == "pcomp" else [])  # "bars states from funding"
    if any(_is_charter(s, words) for v in above for s in children(v, "nsubj", "nsubjpass")) and tense(verb) != "past":
        return True
    clauses = [verb, *(a for a in verb.ancestors if a.pos_ in _CLAUSAL)]
    if any(c.lower_ == "shall" for v in clauses[1:] for c in children(v, "aux")) and not _is_spoken(candidate):
        return True
    return any(_is_under_law(p, words) for v in clauses for p in children(v, "prep")) and _is_timeless(verb)


def _is_timeless(verb: Token) -> bool:
    if tense(verb) == "modal":
        return any(c.lower_ in _MODALS for c in children(verb, "aux"))
    return _is_simple_present(verb) or (tense(verb) == "future" and any(c.lower_ == "shall" for c in children(verb, "aux")))


def _is_charter(noun: Token, words: Words) -> bool:
    return noun.lemma_.lower() in words.general.get("charter", ()) and any(
        c.lower_ in ("the", "a") or c.dep_ in ("amod", "poss") for c in children(noun, "det", "amod", "poss"))  # "Turkish law"


def _is_under_law(preposition: Token, words: Words) -> bool:
    if preposition.lower_ not in _UNDER:
        return False
    known = words.general.get("law", frozenset())
    inner = [*children(preposition, "pobj"), *(o for p in children(preposition, "prep") for o in children(p, "pobj"))]
    return any(o.lemma_.lower() in known for o in inner)


def _is_anyones(candidate: Candidate, words: Words) -> bool:
    """"It is wise to commend thrift": of an infinitive after "it is", nobody is told to have done it, nor is it by "you"."""
    verb = _verb(candidate)
    roles = candidate.roles
    if any(p.text.lower() in _ANYONE for p in roles.actor.parties) and not _is_spoken(candidate):
        return True
    if verb is None or not is_infinitive(verb) or verb.head.pos_ not in (*_CLAUSAL, "ADJ", "NOUN"):
        return False
    main = verb.head if verb.head.pos_ in _CLAUSAL else clause_verb(verb.head)
    if main is None or main.lemma_ != "be" or tense(main) not in _TIMELESS:
        return False
    empty = any(s.lower_ == "it" and s.i < main.i for s in children(main, "nsubj"))
    return empty and all(p.text.lower() == "it" for p in roles.actor.parties)


def _is_spoken(candidate: Candidate) -> bool:
    """Whether the sentence has quotation marks: its "you" is somebody's."""
    return any(t.is_quote for t in candidate.head.sent)


def _is_view(candidate: Candidate, words: Words) -> bool:
    """The writer's view of what should or does happen in general, about nobody named."""
    named = any(p.known for p in (*candidate.roles.actor.parties, *candidate.roles.recipient.parties))
    verb = _verb(candidate)
    past = verb is not None and tense(verb) in ("past", "pluperfect", "perfect") and named
    return not past and _has_phrase(candidate.head, "view", words) and not any(
        p.kind in ("state", "person", "organisation", "group") for p in (*candidate.roles.actor.parties, *candidate.roles.recipient.parties)
    )


def _is_surveyed(candidate: Candidate, words: Words) -> bool:
    """"A third of those polled said they had lent money": shares of people asked do nothing."""
    head = candidate.head
    if head.pos_ == "VERB" and _is_simple_present(head) and any(_is_share(t) and t.i <= s.i + 1 for s in _subjects(head) for t in s.subtree):
        return True  # "one in six ministers resigns within a year"
    return (head.pos_ == "VERB" or not _doers(candidate)) and _has_phrase(head, "survey", words) and _has_phrase(head, "share", words)


def _is_share(token: Token) -> bool:
    """The "in" of "one in six"."""
    return token.lower_ in ("in", "of") and 0 < token.i < len(token.doc) - 1 and token.nbor(-1).like_num and token.nbor(1).like_num


def _is_fiction(candidate: Candidate, words: Words) -> bool:
    """What is told in the present beside a novel or film, stands in a title, or is what a tale is about."""
    head = candidate.head
    if not _has_phrase(head, "fiction", words):
        return False
    main = clause_verb(_top(head))
    if main is not None and tense(main) == "present" and _is_full(main) and not _is_spoken(candidate):
        opening = [o for p in children(main, "prep") if p.i < main.i and p.lower_ == "in" for o in children(p, "pobj")]
        if any(_is_tale(t, words) for t in (*opening, *children(main, "nsubj"))):
            return True  # "in the film a gang kidnaps him", "the opera ends with the rebels hanging the governor"
    if head.pos_ in ("NOUN", "PROPN"):
        titled = head.is_title and (head.i > head.sent.start or head.right_edge.is_title or any(t.is_title for t in head.subtree if t.i > head.i))
        about = head.dep_ == "pobj" and head.head.lower_ in ("about", "on", "of") and _is_tale(head.head.head, words)
        return (titled or about) and not _doers(candidate)
    below = {t.i for c in head.children if c.dep_ in _UNDER_A_VERB or (c.dep_ == "prep" and c.lower_ != "in") for t in c.subtree}
    told = any(_is_tale(t, words) and t.i not in below for t in head.sent)
    return told and _is_simple_present(head) and _is_full(head)


def _is_tale(noun: Token, words: Words) -> bool:
    return noun.lemma_.lower() in words.general.get("fiction", ())


def _is_mishap(candidate: Candidate, words: Words) -> bool:
    """Harm from a crash or collapse with nobody acting: "killed when a coach ran off the road"."""
    if candidate.type != "ASSAULT" or any(p.kind not in ("state", "place") for p in _doers(candidate)):
        return False
    head = candidate.head
    if any(c.lower_ in ("gas", "boiler", "methane", "firedamp") for t in (head, *candidate.match.clause.subj) if t.lemma_ in _BLASTS for c in children(t, "compound")):
        return True  # "a gas blast killed three people"
    known, vehicles = words.general.get("mishap", frozenset()), words.general.get("vehicle", frozenset())
    if _has_phrase(head, "by mishap", words):
        return True  # "a shell exploded during a training exercise"
    if any(t.lemma_.lower() in words.weapons and t.lemma_.lower() not in vehicles and t.lemma_ not in _BLASTS for t in head.sent):
        return False
    sites = words.general.get("site", frozenset())
    if any(n.pos_ == "NOUN" and any(t.lemma_.lower() in sites for t in n.subtree) for n in (head, *(s for s in candidate.match.clause.subj if s.lemma_ in _BLASTS))):
        return True  # "an explosion at a fireworks factory"
    near = [head, *(c for c in head.children if c.dep_ in _LEADS_TO and not any(m.lower_ not in _WHEN for m in children(c, "mark")))]
    near += [head.head, *(c for c in head.head.children if c.dep_ == "conj")] if head.dep_ in _LEADS_TO else []
    ways = words.general.get("way", frozenset())
    for verb in near:
        subjects = children(verb, "nsubj", "nsubjpass")
        moved = verb.lemma_.lower() in ways and any(s.lemma_.lower() in vehicles for s in subjects)
        if verb.pos_ == "VERB" and (moved or (verb.lemma_.lower() in known and not any(s.pos_ == "PROPN" for s in subjects))):
            return verb is not head
    return False


def _is_notion(candidate: Candidate, words: Words) -> bool:
    """"The myth of the general strike", "torture is a crime": an event noun without a doer that names a kind of thing."""
    head = candidate.head
    if head.pos_ not in ("NOUN", "PROPN"):
        return False
    doers = _doers(candidate)
    if doers and not {p.head for p in doers}.isdisjoint(t.i for t in head.subtree):
        return False
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lemma_.lower() in words.general.get("notion", ()):
        return True
    verb = head.head
    thought = verb.pos_ in _CLAUSAL and verb.dep_ in ("acl", "relcl", "ccomp") and verb.head.lemma_.lower() in words.general.get("notion", ())
    if head.dep_ == "nsubj" and thought and tense(verb) in ("present", "modal"):
        return True
    bare = not children(head, "det", "poss", "nummod")
    return bare and head.dep_ == "nsubj" and verb.lemma_ == "be" and tense(verb) == "present" and bool(children(verb, "acomp", "attr"))


def _is_caution(candidate: Candidate, words: Words) -> bool:
    """"Warned parents that measles is dangerous": who warns people of what is so, threatens nothing."""
    if candidate.type != "THREATEN" or candidate.frame.complement != "that" or candidate.frame.weight != "weak":
        return False
    if any(not p.sectors or not set(p.sectors) <= _PEOPLE for p in candidate.roles.recipient.parties):
        return False
    contents = [c for c in children(candidate.head, "ccomp") if c.pos_ in _CLAUSAL]
    return bool(contents) and all(tense(c) in ("present", "past", "perfect", "pluperfect") and c.tag_ != "VBG" for c in contents)


def _is_things(candidate: Candidate, words: Words) -> bool:
    """"A lorry blocked the motorway", "dark clouds threatened the harvest": the sky or a vehicle does it."""
    roles, doc = candidate.roles, candidate.head.doc
    vehicles = words.general.get("vehicle", frozenset())
    doers = [p for p in _doers(candidate) if candidate.type != "PROTEST" or p.kind != "unnamed" or p.country is not None or doc[p.head].lemma_.lower() not in vehicles]
    if doers or not roles.actor.parties or any(p.known for p in roles.recipient.parties):
        return False
    return all((doc[p.head].lemma_.lower() in words.hazards or doc[p.head].lemma_.lower() in vehicles) and (doc[p.head].tag_ == "NN" or doc[p.head].lemma_.lower() in words.hazards)
               for p in roles.actor.parties)  # fmt: skip


def _is_hazards(candidate: Candidate, words: Words) -> bool:
    """"The floods retreated", "a heat wave imposed its own curfew": what no one does."""
    verb = _verb(candidate)
    own = candidate.match.clause.obj if verb is candidate.head else ()  # "smoke drove the judges out"
    if verb is None or any(p.known and p.kind != "place" and p.head not in {t.i for t in own} for p in candidate.roles.actor.parties):
        return False
    subjects = [t for s in children(verb, "nsubj") for t in (s, *children(s, "compound"))]
    return any(t.lemma_.lower() in words.hazards for t in subjects)


_SIGNS: tuple[tuple[str, Callable[[Candidate, Words], bool]], ...] = (
    ("maxim", _is_maxim), ("bygone", _is_bygone), ("everyone's", _is_everyones), ("indefinite relative clause", _is_indefinite_relative), ("circumstance", _is_circumstance),
    ("custom", _is_custom), ("class", _is_class), ("comparison", _is_comparison), ("thought", _is_thought), ("calling", _is_calling), ("law", _is_law), ("anyone", _is_anyones), ("view", _is_view), ("survey", _is_surveyed),
    ("fiction", _is_fiction), ("mishap", _is_mishap), ("hazard", _is_hazards), ("thing", _is_things),
    ("notion", _is_notion), ("caution", _is_caution), *FIGURES, *ROUTINE, *PRIVATE,
)  # fmt: skip
