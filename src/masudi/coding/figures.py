"""Figures of speech: force used by or on what no force is used by or on, fights of words, what is only made up or urged.

Signs in grammar and in words (en/general.tsv, en/no_force.tsv), asked like those of general.py. A word that may be meant
literally stays an event: "stabbed in the back" beside a knife, "crushed" anywhere but at the polls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..syntax import clause_verb
from ..tree import Token
from .classify import POINTING, VERBAL, Candidate
from .clause import children, is_infinitive
from .conditions import reported
from .roles import Party
from .words import Words

_FORCE = ("ASSAULT", "MOBILIZE")
_HARD = ("ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "PROTEST", "THREATEN", "SANCTION")
_ARMED = frozenset(("MIL", "COP", "REB", "UAF", "SPY", "CRM"))
_IN_OFFICE = frozenset(("GOV", "LEG", "PTY", "JUD", "BUS", "MED", "NGO", "IGO"))
_PERSONS = ("NNS", "NNPS", "WP")  # "110 Ivorians whom it held": people, where a state would be one
_NO_FIGHTERS = frozenset(("LEG", "PTY", "JUD", "BUS", "MED", "REL", "EDU", "NGO"))
_BODIES = ("state", "organisation", "place")
_WITH = ("ASSAULT", "CONSULT", "COOPERATE", "RETREAT")
_REFLEXIVE = ("himself", "herself", "themselves", "itself", "myself", "yourself", "ourselves")
_AT = ("at", "in", "on")
_AGAINST = ("on", "against", "upon", "for", "over")
_WE = ("i", "we")
_IF = ("if", "though")
_FALLING = ("would", "could", "might")
_ENDINGS = ("ism",)  # nationalism, populism
_MANY = ("score", "number", "figure")
_DASHES = ("-", "‑", "–")


def _lemma(token: Token) -> str:
    return str(token.lemma_.lower())


def _is_among(token: Token, kind: str, words: Words) -> bool:
    known = words.general.get(kind, frozenset())
    return _lemma(token) in known or any(f"{c.lower_} {_lemma(token)}" in known for c in children(token, "compound"))


def _is_common(token: Token) -> bool:
    """A common noun, also one whose capital only opens the sentence."""
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.is_sent_start)


def _is_abstract(token: Token, words: Words) -> bool:
    if any(p.lower_ == "of" and token.tag_ == "NNS" and _lemma(token) in _MANY for p in token.children):
        return False  # "scores of pensioners"
    if not _is_common(token):
        return False
    lemma = _lemma(token)
    return lemma in words.figurative or lemma in words.general.get("abstract", ()) or lemma.endswith(_ENDINGS)


def _is_no_doer(token: Token, words: Words) -> bool:
    return _is_common(token) and (_is_among(token, "no doer", words) or _lemma(token).endswith(_ENDINGS))


def _parties(candidate: Candidate) -> tuple[Party, ...]:
    return (*candidate.roles.actor.parties, *candidate.roles.recipient.parties)


def _doers(candidate: Candidate) -> list[Token]:
    """Who does it by the grammar of the clause, whoever was chosen as its party."""
    return list(candidate.match.clause.subj)


def _has_arms(candidate: Candidate, words: Words) -> bool:
    """Whether the sentence has a weapon or a victim beside the event."""
    near = [t for t in candidate.head.sent if t.i != candidate.head.i and t.i not in candidate.match.used and t.pos_ in ("NOUN", "VERB")]
    near = [t for t in near if not any(_is_among(c, "not literal", words) for c in children(t, "amod", "compound"))]
    return any(_lemma(t) in words.weapons or _lemma(t) in words.casualties for t in near)


def _is_armed(candidate: Candidate, words: Words) -> bool:
    """Whether there is a weapon or a victim, or a party that bears arms."""
    return _has_arms(candidate, words) or any(set(p.sectors) & _ARMED for p in _parties(candidate))


# -- the signs


def _is_on_abstraction(candidate: Candidate, words: Words) -> bool:
    """"Hijacked the debate", "is sabotaging the will of the people", "an assault on the rule of law"."""
    head, clause, frame = candidate.head, candidate.match.clause, candidate.frame
    grips = candidate.type == "COERCE" and frame.lemma in words.general.get("grip", ())
    if (candidate.type not in _FORCE and not grips) or (frame.objects and frame.mode != "abduct"):
        return False
    targets: Iterable[Token] = [t for t in clause.obj if t.i not in candidate.match.used]
    if head.pos_ in ("NOUN", "PROPN"):
        targets = [o for p in clause.preps if p.lemma in _AGAINST for o in p.objects]
    targets = [*targets]
    if grips:
        return bool(targets) and all(_is_among(t, "abstract", words) and _is_common(t) for t in targets)
    return bool(targets) and all(_is_abstract(t, words) for t in targets)


def _is_by_abstraction(candidate: Candidate, words: Words) -> bool:
    """"Ambushed by a lie", "fear took the nation hostage": what does it does nothing."""
    if candidate.type not in _HARD or candidate.head.pos_ != "VERB":
        return False
    doers = _doers(candidate)
    if candidate.head.dep_ == "relcl" and candidate.head.head.dep_ == "attr":  # "doubt is the only agent that ever infiltrated it"
        doers = children(candidate.head.head.head, "nsubj") or doers
    return bool(doers) and all(_is_no_doer(t, words) for t in doers)


def _is_on_market(candidate: Candidate, words: Words) -> bool:
    """"Launched an assault on the American market for stoves", "opened fire on the budget": where nobody bears arms."""
    if candidate.type != "ASSAULT" or not candidate.frame.objects or any(set(p.sectors) & _ARMED for p in _parties(candidate)):
        return False
    clause, used = candidate.match.clause, candidate.match.used
    nouns = [candidate.head.doc[i] for i in used if candidate.head.doc[i].pos_ == "NOUN"]
    targets: list[Token] = [o for p in clause.preps if p.lemma in ("on", "against", "upon") for o in p.objects]
    targets += [o for n in nouns for p in children(n, "prep") if p.lower_ in ("on", "against", "upon") for o in children(p, "pobj")]
    return bool(targets) and all(_is_outlet(t, words) or _is_abstract(t, words) for t in targets)


def _is_outlet(noun: Token, words: Words) -> bool:
    """"The American market", "the market for stoves"; not "a market in Tigray"."""
    sold = any(p.lower_ == "for" for p in children(noun, "prep")) or any(c.pos_ in ("ADJ", "NOUN") for c in children(noun, "amod", "compound"))
    return sold and _is_among(noun, "outlet", words)


def _is_with_abstraction(candidate: Candidate, words: Words) -> bool:
    """"Declared a truce with common sense", "at war with arithmetic"."""
    if candidate.type not in _WITH:
        return False
    used = [candidate.head.doc[i] for i in candidate.match.used]
    others = [o for t in used for p in children(t, "prep") if p.lower_ == "with" for o in children(p, "pobj")]
    others += [o for p in candidate.match.clause.preps if p.lemma == "with" for o in p.objects]
    return bool(others) and all(_is_abstract(o, words) or _is_no_doer(o, words) for o in others)


def _is_verdict_of_nobody(candidate: Candidate, words: Words) -> bool:
    """"The press has convicted the governor": only courts do, and abdicating is for kings."""
    actors = candidate.roles.actor.parties
    if candidate.type == "SANCTION" and candidate.mode == "convict":
        return bool(actors) and all(set(p.sectors) == {"MED"} and p.kind == "unnamed" for p in actors)
    return _lemma(candidate.head) == "abdicate" and bool(actors) and all(_is_among(candidate.head.doc[p.head], "body", words) for p in actors)


def _is_called_so(candidate: Candidate, words: Words) -> bool:
    """"His speech was an attack on the press": a word or measure that is called one."""
    head = candidate.head
    if candidate.type == "ASSAULT" and head.pos_ == "NOUN" and any(_is_among(t, "instrument", words) or _is_among(t, "work", words) for t in children(head, "poss")):
        return True  # "the book's attack on the generals"
    if candidate.type != "ASSAULT" or head.pos_ != "NOUN" or head.dep_ != "attr" or head.head.lemma_ != "be":
        return False
    subjects = children(head.head, "nsubj")
    return bool(subjects) and all(_is_among(s, "instrument", words) or _is_no_doer(s, words) for s in subjects)


def _is_unliteral(candidate: Candidate, words: Words) -> bool:
    """"A legislative bomb", "economic strangulation", "a price war": the word before it takes the force away."""
    if candidate.type != "ASSAULT":
        return False
    nouns = [candidate.head] if candidate.head.pos_ == "NOUN" else [t for t in candidate.match.clause.obj if t.i in candidate.match.used]
    return any(_is_among(c, "not literal", words) for n in nouns for c in children(n, "amod", "compound"))


def _is_barrage(candidate: Candidate, words: Words) -> bool:
    """"Bombarded the committee with statistics"."""
    if candidate.type != "ASSAULT" or candidate.head.pos_ != "VERB":
        return False
    means = [o for p in candidate.match.clause.preps if p.lemma == "with" for o in p.objects if p.token.i > candidate.head.i]
    return bool(means) and all(_is_among(o, "barrage", words) or _is_abstract(o, words) for o in means)


def _is_no_victim(candidate: Candidate, words: Words) -> bool:
    """"The republic was poisoned", "massacred the Tories", "it was killed": states, parties and things are not put to death."""
    if candidate.type != "ASSAULT" or candidate.head.pos_ != "VERB" or not _is_among(candidate.head, "slay", words):
        return False
    targets = candidate.match.clause.obj
    if targets and all(t.lower_ == "it" for t in targets):
        return True
    reached = candidate.roles.recipient.parties
    named = bool(reached) and all(p.kind in ("state", "organisation") and not p.via and not set(p.sectors) & {*_ARMED, "CVL"} for p in reached)
    at = {t.i for t in targets}
    return named and all(p.head in at for p in reached) and not any(t.like_num for t in candidate.head.sent)


def _is_self(candidate: Candidate, words: Words) -> bool:
    """"Shot himself in the foot", "wounded nobody but himself"."""
    targets = children(candidate.head, "dobj")
    hurt = candidate.type in _FORCE and _lemma(candidate.head) in words.general.get("injury", ())
    return hurt and bool(targets) and all(t.lower_ in _REFLEXIVE or any(g.lower_ in _REFLEXIVE for g in t.subtree) for t in targets)


def _is_single_hand(candidate: Candidate, words: Words) -> bool:
    """"Brussels is strangling the farmers", "the union knifed its leader"; "stabbed his friend in the back" with no knife."""
    if candidate.type != "ASSAULT" or not _is_among(candidate.head, "hand", words) or _has_arms(candidate, words):
        return False
    actors = candidate.roles.actor.parties
    if actors and all(p.kind in _BODIES and not set(p.sectors) & _ARMED for p in actors):
        return True
    backs = [o for p in children(candidate.head, "prep") if p.lower_ == "in" for o in children(p, "pobj") if o.lower_ == "back"]
    return bool(backs) and bool(actors)


def _is_by_reporters(candidate: Candidate, words: Words) -> bool:
    """"Ambushed by reporters": with questions."""
    actors = candidate.roles.actor.parties
    press = candidate.type == "ASSAULT" and bool(actors) and all(p.sectors == ("MED",) and p.kind == "unnamed" for p in actors)
    return press and not _is_armed(candidate, words)


def _is_at_the_polls(candidate: Candidate, words: Words) -> bool:
    """"Were crushed at the polls": beaten by votes; nobody is counted among the dead."""
    if candidate.type not in ("ASSAULT", "SANCTION") or candidate.head.pos_ != "VERB" or _lemma(candidate.head) == "kill":
        return False
    where = [o for p in candidate.match.clause.preps if p.lemma in _AT for o in p.objects]
    return any(_is_among(o, "ballot", words) for o in where) and not _is_armed(candidate, words)


def _is_contest_of_words(candidate: Candidate, words: Words) -> bool:
    """"Congress has been at war with every president": those who hold office in one country, none of them armed."""
    if candidate.type != "ASSAULT" or not _is_among(candidate.head, "contend", words):
        return False
    parties = _parties(candidate)
    civil = len(parties) > 1 and all(p.sectors and set(p.sectors) <= _IN_OFFICE for p in parties)
    return civil and len({p.country for p in parties if p.country}) < 2 and not _is_armed(candidate, words)


def _is_fire_of_words(candidate: Candidate, words: Words) -> bool:
    """"The government opened fire", "the president came under fire": said of people in office and firms, with no victim and no arms."""
    head, parties = candidate.head, _parties(candidate)
    near = {_lemma(head.doc[i]) for i in candidate.match.used if i != head.i}
    if candidate.type != "ASSAULT" or head.pos_ != "VERB" or near.isdisjoint(words.general.get("strikes", ())) or _is_armed(candidate, words):
        return False
    office = bool(parties) and all(p.kind == "person" or (p.sectors and set(p.sectors) <= _IN_OFFICE) for p in parties)
    return office and (candidate.frame.lemma == "come" or not candidate.roles.recipient.parties)


def _is_captured_body(candidate: Candidate, words: Words) -> bool:
    """"Lobbyists captured the ministry", "the lie took a party hostage": only people, vessels and places are taken so."""
    lobbied = candidate.mode == "seize" and all(p.sectors and set(p.sectors) <= _NO_FIGHTERS for p in candidate.roles.actor.parties)
    if not (candidate.mode in ("arrest", "abduct") or lobbied) or candidate.head.pos_ != "VERB" or _lemma(candidate.head) not in words.general.get("take", ()):
        return False
    reached = [p for p in candidate.roles.recipient.parties if not p.via]
    targets = {t.i for t in candidate.match.clause.obj}
    doc = candidate.head.doc
    kinds = ("state", "organisation") if _is_armed(candidate, words) else _BODIES
    bodies = [p for p in reached if not set(p.sectors) & _ARMED and doc[p.head].tag_ not in _PERSONS and (p.kind in kinds or _is_among(doc[p.head], "body", words))]
    return bool(reached) and len(bodies) == len(reached) and all(p.head in targets for p in reached)


def _is_no_revolt(candidate: Candidate, words: Words) -> bool:
    """"The electorate revolted", "investors fled", "the judges surrendered to the mob": with ballots, money and words."""
    if candidate.type == "PROTEST" and candidate.head.pos_ == "NOUN" and candidate.roles.actor.parties:  # "protests from shareholders"
        return all(_is_among(candidate.head.doc[p.head], "no street", words) for p in candidate.roles.actor.parties)
    if candidate.head.pos_ != "VERB" or candidate.type not in ("PROTEST", "SANCTION", "RETREAT"):
        return False
    lemma = _lemma(candidate.head)
    if lemma in words.general.get("revolt", ()) and _doers(candidate):
        return all(_is_among(t, "no street", words) for t in _doers(candidate))
    actors = candidate.roles.actor.parties
    if lemma not in words.general.get("give in", ()) or not actors or candidate.match.clause.obj:
        return False
    if lemma == "retreat" and all(p.kind == "person" and not set(p.sectors) & _ARMED for p in actors):
        return True  # a president does it with words
    return all(p.sectors and set(p.sectors) <= _NO_FIGHTERS for p in actors)


def _is_urged(candidate: Candidate, words: Words) -> bool:
    """"Arrest the financiers", "let a judge look into it": the writer's own imperative asks nobody in particular."""
    verb = candidate.match.clause.host or candidate.head
    if candidate.type == "REQUEST" or verb.pos_ not in ("VERB", "AUX"):
        return False
    return _is_imperative(verb) or any(_is_imperative(a) and a.lemma_ == "let" for a in verb.ancestors if a.i < verb.i and verb.dep_ != "advcl")


def _is_imperative(verb: Token) -> bool:
    if verb.tag_ != "VB" or children(verb, "nsubj", "nsubjpass", "expl", "mark") or is_infinitive(verb):
        return False
    if any(c.tag_ == "MD" or c.lemma_ == "do" and c.lower_ != "do" for c in children(verb, "aux")):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return _is_imperative(verb.head)
    before = [t for t in verb.sent if t.i < verb.i and not t.is_punct and not t.is_space]
    opens = all(t.pos_ in ("ADV", "INTJ", "CCONJ", "PART", "AUX") for t in before)
    return verb.dep_ in ("ROOT", "ccomp") and opens and verb.sent.text.rstrip()[-1:] in ".!”\"'’"


def _is_likened(candidate: Candidate, words: Words) -> bool:
    """"As though she had surrendered Berlin", "as if it were under siege"."""
    for token in (candidate.head, *candidate.head.ancestors):
        if token.dep_ == "advcl":
            for mark in children(token, "mark"):
                if mark.lower_ in _IF and mark.i > 0 and mark.nbor(-1).lower_ == "as":
                    return True
    return False


def _is_invented(candidate: Candidate, words: Words) -> bool:
    """"Imagine that Russia attacked tomorrow", "what would happen if the army refused?", "an attack would cost it dearly"."""
    head = candidate.head
    sentence = head.sent
    opening = next((t for t in sentence if not t.is_punct and not t.is_space), head)
    if _is_among(opening, "invent", words) and opening.tag_ == "VB" and opening is not head and not children(opening, "nsubj"):
        return True
    if "hypothetical" in candidate.auxiliary and sentence.text.rstrip().endswith("?"):
        return True
    if head.pos_ != "NOUN" or candidate.roles.actor.parties or any(t.is_quote for t in sentence) or head.dep_ not in ("nsubj", "nsubjpass"):
        return False
    vague = any(c.lower_ in ("a", "an", "any", "another") for c in children(head, "det")) or not children(head, "det", "poss")
    return vague and any(c.lower_ in _FALLING for c in children(head.head, "aux")) and not reported(head.head)


def _is_ever(candidate: Candidate, words: Words) -> bool:
    """"No army has ever conquered those hills"."""
    negated = any(c.lower_ == "no" for t in _doers(candidate) for c in children(t, "det"))
    return negated and any(c.lower_ == "ever" for c in children(candidate.head, "advmod"))


def _is_writers_call(candidate: Candidate, words: Words) -> bool:
    """"We met him in a café": who writes goes to see people, and it is no event."""
    verb = candidate.head
    if candidate.type != "CONSULT" or verb.pos_ != "VERB" or _lemma(verb) not in words.general.get("encounter", ()):
        return False
    first = [s for s in children(verb, "nsubj") if s.lower_ in _WE]
    known = {p.head for p in candidate.roles.actor.parties if p.known}
    return bool(first) and not any(s.i in known for s in first) and not any(t.is_quote for t in verb.sent)


def _is_prefixed(candidate: Candidate, words: Words) -> bool:
    """"The anti-normalisation law", "post-coup governments": against it, after it, not the deed."""
    head = candidate.head
    if head.pos_ not in ("NOUN", "PROPN", "ADJ") or head.i < 2 or head.nbor(-1).text not in _DASHES:
        return False
    return head.nbor(-2).lower_ in words.general.get("prefix", ()) and not head.nbor(-1).whitespace_


def _is_kept_from(candidate: Candidate, words: Words) -> bool:
    """"Barred him from its summit": of the meeting no more is told than who was to stay away."""
    head = candidate.head
    if candidate.type not in ("CONSULT", "AGREE") or head.pos_ != "NOUN" or head.dep_ != "pobj" or head.head.lower_ != "from":
        return False
    verb = head.head.head
    return verb.pos_ == "VERB" and _is_among(verb, "exclude", words)


def _is_writers_word(candidate: Candidate, words: Words) -> bool:
    """"I condemn violence in every form": the writer's own praise and blame."""
    actors = candidate.roles.actor.parties
    own = candidate.type in VERBAL and bool(actors) and all(p.text.lower() == "i" and not p.known for p in actors)
    return own and not any(t.is_quote for t in candidate.head.sent)


def _is_background(candidate: Candidate, words: Words) -> bool:
    """"The debate about the strikes", "the years between the invasion and the surge": a topic or a mark of time that names nobody."""
    head = candidate.head
    if head.pos_ != "NOUN" or candidate.type in VERBAL or candidate.match.clause.host is not None:
        return False
    if head.dep_ != "pobj" or head.head.dep_ != "prep" or head.head.head.pos_ != "NOUN":
        return False
    inside = {t.i for t in head.subtree}
    if any(p.head in inside for p in _parties(candidate)):
        return False
    points = any(c.lower_ in POINTING for c in children(head, "det"))
    return not points and _is_among(head.head.head, "notion", words) and clause_verb(head) is not None


SIGNS: tuple[tuple[str, Callable[[Candidate, Words], bool]], ...] = (
    ("struck: an abstraction", _is_on_abstraction), ("by: an abstraction", _is_by_abstraction), ("called so", _is_called_so), ("on a market", _is_on_market), ("with: an abstraction", _is_with_abstraction), ("verdict of nobody", _is_verdict_of_nobody),
    ("not literal", _is_unliteral), ("barrage of words", _is_barrage), ("no victim", _is_no_victim), ("on oneself", _is_self),
    ("single hand", _is_single_hand), ("by reporters", _is_by_reporters), ("at the polls", _is_at_the_polls), ("contest of words", _is_contest_of_words),
    ("fire of words", _is_fire_of_words), ("captured body", _is_captured_body), ("no revolt", _is_no_revolt), ("urged", _is_urged),
    ("likened", _is_likened), ("invented", _is_invented), ("ever", _is_ever), ("writer's call", _is_writers_call),
    ("prefixed", _is_prefixed), ("kept from", _is_kept_from),
    ("writer's word", _is_writers_word), ("topic", _is_background),
)  # fmt: skip
