"""The logical neighbourhood of a word: who fills which slot once voice, control and coordination are undone.

Knows no lexicon but the light verbs it is handed: pure questions to the parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import evolve, frozen

from ..tree import Token
from .words import LightVerb, LightVerbs

MAX_CLIMB = 8  # control chains longer than this are parse errors

SUBJECTS = ("nsubj", "nsubjpass")
_MODIFIERS = ("poss", "compound", "amod", "nmod", "npadvmod", "nummod")
_OBJECT_CONTROL = ("of", "for", "from", "with", "into", "over")
_SUBJECT_CONTROL = ("use", "promise", "take", "need", "have", "spend", "threaten", "vow")  # "used force to end it"
_WISHES = ("want", "need")
_OF_A_DEED = ("accuse", "suspect", "convict", "acquit", "clear", "absolve")
_OWN_DEED = ("of", "at", "in", "to")  # "attempts at stopping": the doer is whose attempt it is
_SHARED_PREPS = ("on", "against", "with", "between")  # often hung on the verb that has the event noun as object
_TOLD_OF = ("between", "with", "into", "against")  # "a war is going on between A and B", "an inquiry is under way into it"
_APART = ("despite", "after", "before", "during", "following", "amid", "since", "because", "until", "over", "for")  # what is done there is another deed
_SITES = ("in", "at", "near", "outside")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM")


@frozen
class Prep:
    """A preposition on the head and what it governs: nouns with their conjuncts, or gerunds."""

    lemma: str
    token: Token
    objects: tuple[Token, ...]


@frozen
class Complement:
    """A clause the head asks for. kind: `to`, `that` or `gerund`."""

    kind: str
    token: Token


@frozen(kw_only=True)
class Clause:
    """Slots of one head, as if it were active. Tokens are heads of phrases, conjuncts expanded.

    host, effect: the light verb that lends a noun its subject, and which way (`do`, `undergo`).
    steps: control, coordination and relative links that were followed to find the subject.
    """

    head: Token
    subj: tuple[Token, ...] = ()
    obj: tuple[Token, ...] = ()
    iobj: tuple[Token, ...] = ()
    poss: tuple[Token, ...] = ()
    modifiers: tuple[Token, ...] = ()
    preps: tuple[Prep, ...] = ()
    particles: tuple[Token, ...] = ()
    complements: tuple[Complement, ...] = ()
    xsubj: tuple[Token, ...] = ()
    host: Token | None = None
    effect: str | None = None
    light: LightVerb | None = None
    passive: bool = False
    steps: int = 0

    def prep_objects(self, lemma: str) -> tuple[Token, ...]:
        """What stands after preposition `lemma`, nearest first."""
        return tuple(o for p in self.preps if p.lemma == lemma for o in p.objects)


def children(token: Token, *deps: str) -> list[Token]:
    return [c for c in token.children if c.dep_ in deps]


def lemma_forms(token: Token) -> tuple[str, ...]:
    """The lemma in lower case, and the one the lemmatiser may have clipped ("hopes" → hop, hope)."""
    return _lemma_forms(token.lemma_, token.lower_, token.pos_)


@lru_cache(maxsize=1 << 15)
def _lemma_forms(lemma: str, text: str, pos: str) -> tuple[str, ...]:
    lemma = lemma.lower()
    if pos == "VERB" and (text.startswith(lemma + "e") or text.endswith("ing")) and not lemma.endswith("e"):
        return (lemma, lemma + "e")
    if pos == "PROPN" and lemma.endswith("s") and len(lemma) > 4:
        return (lemma, lemma[:-1])
    return (lemma,)


def coordinated(token: Token) -> tuple[Token, ...]:
    """`token` and the nominal conjuncts that follow it: A, B and C."""
    joined = [c for c in token.children if c.dep_ == "conj" and c.pos_ in _NOMINAL]
    if not joined:  # as with most
        return (token,)
    return tuple(sorted([token, *(t for c in joined for t in coordinated(c))], key=lambda t: t.i))


def is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def is_relative_pronoun(token: Token) -> bool:
    return token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.dep_ in (*SUBJECTS, "dobj", "pobj"))


def relative_verb(token: Token) -> Token | None:
    """The verb of the relative clause `token` stands in; None outside one."""
    for ancestor in (token, *token.ancestors):
        if ancestor.dep_ == "relcl":
            return ancestor
    return None


def antecedent(token: Token) -> Token | None:
    """What a relative pronoun stands for."""
    verb = relative_verb(token)
    return verb.head if verb is not None else None


def resolved(token: Token) -> tuple[Token, ...]:
    """The phrase head(s) `token` means: the antecedent of a relative pronoun, with its conjuncts."""
    if is_relative_pronoun(token):
        meant = antecedent(token)
        return () if meant is None else (meant,)
    return coordinated(token)


def is_passive(verb: Token) -> bool:
    """Whether the surface subject of `verb` is its logical object."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"auxpass", "nsubjpass"}:
        return True
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if verb.tag_ == "VBD" and verb.dep_ == "advcl" and verb.i == verb.sent.start and "dobj" not in deps:
        return True  # "Found guilty of treason, he ...": the tagger's mistake
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not deps & {"aux", "dobj"}:  # "and his guard killed"
        return verb.head.pos_ in ("VERB", "AUX") and is_passive(verb.head)
    if any(c.lemma_ == "have" for c in children(verb, "aux")) or "dobj" in deps:
        return False
    by = [o for p in children(verb, "agent", "prep") if p.lower_ == "by" for o in children(p, "pobj")]
    if "agent" in deps or (by and verb.tag_ == "VBN"):
        return True
    return verb.tag_ == "VBN" and (verb.dep_ in ("acl", "amod") or not has_auxiliary(verb))


def surface_subject(verb: Token, climb: int = 0) -> tuple[tuple[Token, ...], int]:
    """The grammatical subject of `verb`, found along control, coordination and relative links; steps taken."""
    own = children(verb, *SUBJECTS)
    if own and own[-1].pos_ == "VERB":  # "a man held by rebels was freed", where the parser took "held" for the subject
        own = children(own[-1], *SUBJECTS) or own
    if own:
        return tuple(t for s in own[-1:] for t in resolved(s)), climb
    if climb > MAX_CLIMB or verb.head == verb:
        return (), climb
    return _inherited_subject(verb, climb + 1)


def _inherited_subject(verb: Token, climb: int) -> tuple[tuple[Token, ...], int]:
    head, dep = verb.head, verb.dep_
    if dep in ("acl", "amod", "relcl"):
        if is_infinitive(verb):
            found = noun_agent(head, climb)
            return found if found[0] else _purpose_subject(head, climb)
        return (head, *[t for t in coordinated(head) if t.i > head.i and t.i < verb.i]), climb
    if dep == "conj" and head.pos_ in ("VERB", "AUX"):
        return surface_subject(head, climb)
    if dep in ("xcomp", "ccomp", "oprd"):
        return _controller(head, climb)
    if dep == "advcl":
        return surface_subject(head, climb) if head.pos_ in ("VERB", "AUX") else ((), climb)
    if dep in ("pcomp", "pobj") and head.pos_ in ("ADP", "SCONJ"):
        return _prepositional_controller(head, climb)
    return (), climb


def _purpose_subject(noun: Token, climb: int) -> tuple[tuple[Token, ...], int]:
    """Who does what an infinitive after a noun says: "wrote to the bishop to protest" → who wrote."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return surface_subject(verb, climb) if verb.pos_ in ("VERB", "AUX") else ((), climb)


def _controller(governor: Token, climb: int) -> tuple[tuple[Token, ...], int]:
    """Who does what `governor` asks for: its object where it has one, else its subject."""
    if governor.pos_ in ("ADJ", "NOUN"):
        return predicate_subject(governor, climb)
    if governor.lemma_ == "be":
        cleft = cleft_subject(governor)
        if cleft:
            return cleft, climb
    if not is_passive(governor) and governor.lemma_ not in _SUBJECT_CONTROL:
        objects = children(governor, "dobj", "dative")
        if objects and objects[0].pos_ in _NOMINAL:
            return resolved(objects[0]), climb
    return surface_subject(governor, climb)


def cleft_subject(be: Token) -> tuple[Token, ...]:
    """Whose doing "is to ..." tells: "the most that the mayor did is to write", "what they want is to leave"."""
    clauses = [r for s in children(be, "nsubj") for r in children(s, "relcl")] + children(be, "csubj")
    found = [t for c in clauses for s in children(c, "nsubj") if not is_relative_pronoun(s) for t in coordinated(s)]
    return tuple(found)


def _prepositional_controller(prep: Token, climb: int) -> tuple[tuple[Token, ...], int]:
    governor = prep.head.head if prep.head.pos_ == "ADV" else prep.head
    if governor.pos_ in ("VERB", "AUX"):
        if prep.lower_ in _OBJECT_CONTROL:
            logical = children(governor, "dobj")
            if logical and not is_passive(governor):
                return resolved(logical[0]), climb
        return surface_subject(governor, climb)
    if governor.pos_ in ("NOUN", "PROPN"):
        own = prep.lower_ == "of" and governor.dep_ == "dobj" and governor.head.lemma_ in _OF_A_DEED  # "accused Thai forces of firing"
        return (resolved(governor), climb) if own else noun_agent(governor, climb, borrowed=prep.lower_ in _OWN_DEED)
    if governor.pos_ == "ADJ":
        return predicate_subject(governor, climb)
    return (), climb


def predicate_subject(word: Token, climb: int = 0) -> tuple[tuple[Token, ...], int]:
    """Of whom an adjective or predicate noun is said."""
    head = word.head
    if word.dep_ in ("acomp", "attr", "oprd", "conj", "xcomp", "ccomp") and head.pos_ in ("VERB", "AUX"):
        objects = children(head, "dobj") if word.dep_ == "oprd" else []
        return (resolved(objects[0]), climb) if objects else surface_subject(head, climb + 1)
    if word.dep_ == "conj" and climb < MAX_CLIMB:
        return predicate_subject(head, climb + 1)
    own = children(word, *SUBJECTS)
    if own:
        return resolved(own[0]), climb
    if word.dep_ in ("amod", "appos") and word.pos_ == "ADJ":
        return coordinated(head), climb
    return (), climb


def noun_agent(noun: Token, climb: int = 0, *, borrowed: bool = True) -> tuple[tuple[Token, ...], int]:
    """Whose plan, refusal or attempt a noun is: possessor, else the subject of the verb it is object of.

    borrowed: whether that subject may be lent; not for "fines for holding rallies".
    """
    owners = children(noun, "poss")
    if owners:
        return coordinated(owners[0]), climb + 1
    if borrowed and noun.dep_ in ("dobj", "attr", "oprd") and noun.head.pos_ in ("VERB", "AUX"):
        return surface_subject(noun.head, climb + 1)
    by = [o for p in preps_of(noun) if p.lemma in ("by", "of") for o in p.objects if o.tag_ != "VBG"]
    names = [m for m in modifiers_of(noun) if noun.pos_ == "NOUN" and (m.pos_ == "PROPN" or m.ent_type_)]
    return tuple(by) or tuple(names), climb + 1


def modifiers_of(noun: Token) -> list[Token]:
    """Words before a noun that may name a party: "Israeli strikes", "US-Iran talks"."""
    out: list[Token] = []
    queue = [c for c in noun.lefts if c.dep_ in _MODIFIERS and c.dep_ != "poss"]
    while queue:
        current = queue.pop(0)
        out.append(current)
        queue += [c for c in current.children if c.i < noun.i and (c.dep_ == "conj" or _hyphenated(c, current))]
    return sorted(out, key=lambda t: t.i)


def _hyphenated(first: Token, second: Token) -> bool:
    """Whether two modifiers are one pair ("US-Iran talks"), not one qualifying the other ("US embassy bombing")."""
    between = first.doc[first.i + 1 : second.i]
    return first.dep_ in _MODIFIERS and any(t.text in ("-", "–", "/", "—") for t in between)


def preps_of(token: Token) -> list[Prep]:
    out: list[Prep] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent") or (child.dep_ == "dative" and child.pos_ == "ADP") or is_governing(child):
            out += _prep(child)
    return out


def is_governing(particle: Token) -> bool:
    """A preposition the parser took for a particle, though a noun hangs on it: "was taken off the air"."""
    return particle.dep_ == "prt" and bool(children(particle, "pobj"))


def _prep(token: Token) -> Iterator[Prep]:
    objects: list[Token] = []
    for child in token.children:
        if child.dep_ == "pobj":
            objects += resolved(child)
        elif child.dep_ == "pcomp":
            objects += named_in(child) or [child]
        elif child.dep_ == "prep":  # "out of", "because of"
            yield from _prep(child)
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from _prep(child)
    yield Prep(token.lower_, token, tuple(objects))


def named_in(clause: Token) -> list[Token]:
    """What a clause with "what" gives a name to: "what he called a coup", "what appeared to be a missile"."""
    if not any(c.lower_ == "what" and c.dep_ in ("dobj", "nsubj", "nsubjpass") for c in clause.children):
        return []
    named = [t for word in (clause, *children(clause, "xcomp")) for t in children(word, "oprd", "attr") if t.pos_ in ("NOUN", "PROPN")]
    return list(coordinated(named[0])) if named else []


def complements_of(verb: Token, preps: Sequence[Prep]) -> list[Complement]:
    """What `verb` and the nouns under it ask for. preps: those of `verb`."""
    out: list[Complement] = []
    near = [verb, *children(verb, "dobj"), *[o for p in preps for o in p.objects]]
    for holder in near:
        deps = ("xcomp", "ccomp", "advcl") if holder == verb else ("acl", "relcl", "xcomp", "ccomp")
        for child in children(holder, *deps):
            if is_infinitive(child):
                out.append(Complement("to", child))
            elif holder == verb and (child.dep_ == "ccomp" or (child.dep_ == "xcomp" and child.tag_ == "VB")):
                out.append(Complement("that", child))
            elif holder != verb and child.tag_ == "VBN" and verb.lemma_ in _WISHES and holder.head == verb:  # "wants it signed"
                out.append(Complement("that", child))
            elif holder == verb and child.tag_ == "VBG" and child.dep_ == "xcomp":
                out.append(Complement("gerund", child))
    out += [Complement("gerund", o) for p in preps for o in p.objects if o.tag_ == "VBG"]
    if verb.dep_ == "parataxis" and verb.head.pos_ == "VERB":  # "the pipeline could be shut, Minsk hinted"
        out.append(Complement("that", verb.head))
    return out


def verb_clause(verb: Token) -> Clause:
    """The slots of a verb, voice undone."""
    passive = is_passive(verb)
    surface, steps = surface_subject(verb)
    objects = [t for o in children(verb, "dobj") for t in resolved(o)]
    indirect = [t for o in children(verb, "dative") for t in _dative(o)]
    objects = objects or [t for c in children(verb, "ccomp") for t in named_in(c)]
    objects = objects or [t for c in _small_clauses(verb) for s in children(c, "nsubj") for t in resolved(s)]
    objects = objects or [t for o in _misplaced(verb) for t in resolved(o)]
    beside = [p for c in children(verb, "advmod", "prt") for p in preps_of(c)]  # "went back to work"
    own = preps_of(verb)
    preps = [*own, *beside, *_for_clauses(verb)]
    complements = complements_of(verb, own)
    raised = [t for c in complements if c.kind == "to" and c.token.head == verb
              for s in children(c.token, *SUBJECTS) for t in resolved(s)]  # fmt: skip
    if passive and not surface:
        surface = _counted_off(verb)
    if passive:
        agents = _agents(preps) or _far_agents([*objects, *(o for p in preps if p.lemma not in _APART for o in p.objects)])
        subj = agents
        obj, iobj = (tuple(objects), surface) if objects else (surface, tuple(indirect))
    else:
        subj, obj, iobj = surface, tuple(objects or raised or _shared_object(verb)), tuple(indirect)
    preps += [p for target in obj for p in _object_preps(target)]
    return Clause(
        head=verb, subj=subj, obj=obj, iobj=iobj, preps=tuple(preps), particles=tuple(_particles(verb)),
        complements=tuple(complements), xsubj=_complement_subject(complements), passive=passive, steps=steps,
    )  # fmt: skip


def _misplaced(verb: Token) -> list[Token]:
    """The object that the parser gave to a particle or preposition: "handed in their guns", "returned to Mali two million"."""
    behind = [o for c in children(verb, "prt") for o in children(c, "pobj", "nsubj")]
    return behind or [o for c in children(verb, "prep") for o in children(c, "pobj")[1:]]


def _small_clauses(verb: Token) -> list[Token]:
    """The word said of the object in a clause without a verb: "holds Oman responsible", "set the mill ablaze", "let them out"."""
    said = [c for c in children(verb, "ccomp") if c.pos_ in ("ADJ", "ADP", "ADV") and children(c, "nsubj")]
    return [c for c in said if not children(c, "mark", "aux", "cop", "punct")]


def _counted_off(verb: Token) -> tuple[Token, ...]:
    """Who a passive happens to, where the parser gave their number to the day or town before: "on Friday 11 of the men were held"."""
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    last = first.nbor(-1) if first is not None and first.i > verb.sent.start + 1 else None
    if last is None:
        return ()
    if is_stranded(last):
        return (last,)
    of = last.head if last.dep_ == "pobj" and last.head.lower_ == "of" else None
    return (last,) if of is not None and of.i and is_stranded(of.nbor(-1)) else ()


def is_stranded(number: Token) -> bool:
    """A number that the parser gave to the noun before it: "On Friday 11 were held", "In Perth six of them"."""
    return number.dep_ == "nummod" and number.head.i < number.i and number.pos_ == "NUM" and number.head.pos_ == "PROPN"


def _agents(preps: Iterable[Prep]) -> tuple[Token, ...]:
    return tuple(o for p in preps if p.lemma == "by" for o in p.objects if o.tag_ != "VBG")


def _far_agents(nouns: Iterable[Token]) -> tuple[Token, ...]:
    """Agents that the parser hung on a noun of the phrase: "threatened with exile by the emir", "arrests of monks by police"."""
    return tuple(o for noun in nouns if noun.pos_ in ("NOUN", "PROPN") for o in _agents(preps_of(noun)))


def _for_clauses(verb: Token) -> Iterator[Prep]:
    """"called for the mayor to resign": who is asked is the subject of the clause behind "for"."""
    for clause in children(verb, "ccomp", "advcl", "xcomp"):
        marks = [m for m in children(clause, "mark") if m.lower_ == "for"]
        if marks and is_infinitive(clause):
            yield Prep("for", marks[0], tuple(t for s in children(clause, *SUBJECTS) for t in resolved(s)))


def _object_preps(noun: Token) -> list[Prep]:
    """Prepositions on an object that may belong to its verb ("gave tons of rice to the villagers")."""
    own = preps_of(noun)
    inner = [q for p in own if p.lemma == "of" for o in p.objects for q in preps_of(o) if q.lemma == "to"]
    return [*(p for p in own if p.lemma != "of"), *inner]


def _dative(token: Token) -> tuple[Token, ...]:
    if token.pos_ == "ADP":
        return tuple(o for p in _prep(token) for o in p.objects)
    return resolved(token)


def _particles(verb: Token) -> list[Token]:
    found = children(verb, "prt")
    found += [c for c in children(verb, "advmod", "acomp", "oprd") if c not in found] + _small_clauses(verb)
    found += [c for c in children(verb, "npadvmod") if c.tag_ == "NN" and not any(g.i < c.i for g in c.children)]  # "side by side"
    preps = children(verb, "prep")
    found += [c for p in preps for c in children(p, "advmod") if c.i < p.i]  # "sent them back aboard a ship"
    return found + [c for c in preps if not any(g.dep_ in ("pobj", "pcomp") for g in c.children)]


def _shared_object(verb: Token) -> tuple[Token, ...]:
    """The object two verbs share ("attacked and killed the guards"), or the noun a relative clause leaves a gap for."""
    for other in children(verb, "conj"):
        if other.pos_ == "VERB" and other.i - verb.i <= 3:
            return tuple(t for o in children(other, "dobj") for t in resolved(o))
    own_relative = any(is_relative_pronoun(c) for c in verb.children)
    fronted = any(is_relative_pronoun(o) for c in children(verb, "prep") for o in c.children)
    if verb.dep_ == "relcl" and children(verb, "nsubj") and not own_relative and not fronted:
        return (verb.head,) if not children(verb, "advmod", "mark") else ()
    return ()


def _complement_subject(complements: Iterable[Complement]) -> tuple[Token, ...]:
    for complement in complements:
        found, _ = surface_subject(complement.token)
        if found:
            return found
    return ()


def who_came(noun: Token) -> tuple[Token, ...]:
    """Who went or waits "for talks with" others: the subject of the verb that the phrase hangs on, past where they went."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ != "for":
        return ()
    verb = prep.head
    while verb.dep_ == "pobj" and verb.head.head is not verb.head:
        verb = verb.head.head
    return surface_subject(verb)[0] if verb.pos_ in ("VERB", "AUX") else ()


def adjective_clause(word: Token) -> Clause:
    """The slots of an adjective: of whom it is said, and its prepositions."""
    subject, steps = predicate_subject(word)
    preps = preps_of(word)
    if word.dep_ in ("acomp", "oprd"):
        preps += preps_of(word.head)
    complements = [Complement("to", c) for c in children(word, "xcomp", "ccomp") if is_infinitive(c)]
    complements += [Complement("that", c) for c in children(word, "ccomp") if not is_infinitive(c)]
    return Clause(head=word, subj=subject, preps=tuple(preps), complements=tuple(complements), steps=steps)


def noun_clause(noun: Token, light_verbs: LightVerbs) -> Clause:
    """The slots of an event noun; a light verb around it lends its subject and prepositions."""
    first = _first_conjunct(noun)
    owners = [t for o in children(noun, "poss") or children(first, "poss") for t in coordinated(o)]
    modifiers = modifiers_of(noun) or (modifiers_of(first) if first != noun else [])
    preps = preps_of(noun) or _conjunct_preps(noun)
    preps += [q for p in preps if p.lemma in ("by", "of") for o in p.objects for q in preps_of(o)
              if q.lemma in ("on", "against")]  # fmt: skip
    if not any(p.lemma == "of" for p in preps):  # "the arrest in Dakar of the treasurer"
        preps += [q for p in preps if p.lemma in _SITES for o in p.objects if o.pos_ == "PROPN" and not children(o, "det") for q in preps_of(o)
                  if q.lemma == "of" and any(children(t, "det", "poss", "nummod") for t in q.objects)]  # fmt: skip
    if not owners and not _agents(preps):
        preps += [q for p in preps if p.lemma in ("of", "on", "against") for o in p.objects for q in preps_of(o) if q.lemma == "by"]
    complements = [Complement("to", c) for c in children(noun, "acl", "relcl", "xcomp") if is_infinitive(c)]
    complements += [Complement("that", c) for c in children(noun, "acl", "ccomp", "relcl") if _is_that_clause(c)]
    complements += [Complement("gerund", o) for p in preps for o in p.objects if o.tag_ == "VBG"]
    clause = Clause(
        head=noun, poss=tuple(owners), modifiers=tuple(modifiers), preps=tuple(preps),
        complements=tuple(complements), xsubj=_complement_subject(complements),
    )  # fmt: skip
    for outer in outer_nouns(first):
        found = light_host(outer, light_verbs)
        if found is not None:
            return _with_host(clause, *found)
    if first.dep_ in ("dobj", "nsubj") and (first.head.pos_ == "VERB" or (first.dep_ == "nsubj" and first.head.lemma_ == "be")):
        wanted = _SHARED_PREPS if first.dep_ == "dobj" else _TOLD_OF
        shared = [p for p in preps_of(first.head) if p.lemma in wanted]
        return evolve(clause, preps=(*clause.preps, *shared))
    return clause


def nominal_clause(noun: Token, light_verbs: LightVerbs) -> Clause:
    """The slots of a noun that means what a verb does, as that verb's: "Niger's closure of the border", "aid suspension"."""
    clause = noun_clause(noun, light_verbs)
    particles = children(noun, "prt")
    inner = [p for particle in particles for p in preps_of(particle)]  # "the cutting off of gas"
    preps = [*clause.preps, *inner]
    done = tuple(o for p in preps if p.lemma == "of" for o in p.objects if o.pos_ in _NOMINAL)
    done = done or tuple(t for t in clause.modifiers if t.dep_ == "compound")
    preps = [*(p for p in preps if p.lemma != "of"), *(q for o in done for q in _object_preps(o))]
    agents = _agents(preps) or _far_agents(o for p in preps if p.lemma not in _APART for o in p.objects)
    return evolve(clause, obj=done, poss=clause.poss or agents, preps=tuple(preps), particles=tuple(particles), complements=(), xsubj=())


def _is_that_clause(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in token.children)


def _first_conjunct(noun: Token) -> Token:
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _conjunct_preps(noun: Token) -> list[Prep]:
    """"strikes and raids on X": the preposition hangs on the last conjunct, or on the first."""
    for other in coordinated(_first_conjunct(noun)):
        found = preps_of(other)
        if found:
            return found
    return []


def outer_nouns(noun: Token) -> list[Token]:
    """`noun` and the nouns it counts or parts: "a wave of attacks" → attacks, wave."""
    out = [noun]
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN" and len(out) < 4:
        noun = noun.head.head
        out.append(noun)
    return out


def outermost(token: Token) -> Token:
    """The counting noun above `token`: "a wave of attacks" → wave."""
    return outer_nouns(token)[-1]


def light_host(noun: Token, light_verbs: LightVerbs) -> tuple[Token, LightVerb] | None:
    """The light verb whose object (or passive subject) is `noun`, with its entry."""
    candidates: list[tuple[Token, str | None]] = []
    if noun.dep_ in ("dobj", "attr", "nsubjpass", "oprd"):
        candidates.append((noun.head, None))
    elif noun.dep_ == "nsubj" and is_passive(noun.head):
        candidates.append((noun.head, None))
    elif noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        candidates.append((noun.head.head, noun.head.lower_))
    owned = _owned_through(noun, light_verbs)
    if owned is not None:
        return owned
    held = [(c, None) for c in children(noun, "acl", "relcl") if noun in verb_clause(c).obj]
    for verb, prep in (*candidates, *held):
        particles = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep")}
        for form in lemma_forms(verb):
            entry = light_verbs.entry(form, particles, prep)
            if entry is not None and not (entry.effect == "undergo" and verb.head == noun):
                return verb, entry
    return None


def _owned_through(noun: Token, light_verbs: LightVerbs) -> tuple[Token, LightVerb] | None:
    """The verb that lays a deed to its subject through a noun: "claimed responsibility for the attack"."""
    bridge = noun.head.head if noun.dep_ == "pobj" else None
    if bridge is None or bridge.pos_ != "NOUN" or bridge.dep_ != "dobj":
        return None
    entry = light_verbs.entry(bridge.lemma_.lower(), (), noun.head.lower_)
    verb = bridge.head
    admits = any(light_verbs.entry(form, (), None) for form in lemma_forms(verb))
    return (verb, entry) if entry is not None and admits else None


def _with_host(clause: Clause, host: Token, entry: LightVerb) -> Clause:
    outer = verb_clause(host)
    inner = {p.token.i for p in clause.preps}
    added = tuple(p for p in outer.preps if p.token.i not in inner and p.lemma != entry.prep)
    engaged = outer.passive and not outer.subj and entry.prep is not None and entry.effect == "do"  # "were locked in talks"
    engaged = engaged or (outer.passive and entry.prep == "by")  # "was rocked by explosions"
    return evolve(
        clause, subj=outer.obj if engaged else outer.subj, iobj=outer.iobj, preps=clause.preps + added, host=host, effect=entry.effect,
        light=entry, passive=outer.passive, steps=outer.steps, complements=clause.complements,
    )  # fmt: skip
