"""Whether an event is told as having happened: negation, future, hypothetical; and what ended it.

The reader climbs from the trigger along complements, objects, prepositions and conjuncts. Each word on the
way may change the status; what it does stands in en/governors.tsv. It stops where a new assertion begins
(a relative clause, the that-clause of a word that changes nothing).
"""

from __future__ import annotations

from attrs import define, field, frozen

from ..syntax import tense
from ..tree import Token
from .clause import Clause, children, is_infinitive, is_passive, lemma_forms, outer_nouns
from .conditions import (
    any_beside,
    hangs_on_condition,
    inverted,
    is_use,
    opener,
    opens_condition,
    reported,
    would_have,
)
from .words import Governor, Governors, LightVerbs

MAX_CLIMB = 12
_ORDINALS = ("first", "second", "third", "last", "latest", "only", "next")
_BESIDE = ("after", "before", "during", "following", "since", "amid", "despite", "until", "by", "within", "under", "near",
           "outside", "inside", "in", "throughout", "over")  # no content of the verb
_APART = ("after", "before", "besides", "beyond", "despite", "following", "since", "until", "upon", "while")  # nor with a participle
_DEFINITE = ("the", "this", "that", "these", "those", "its", "their", "his", "her")
_ABLE = ("can", "ca")  # what somebody is able to do is further from an event than what may be
_EACH = ("any", "every", "each", "whoever", "whosoever", "anyone", "everyone", "anybody", "everybody")
_NONE = frozenset(("no", "not", "neither", "nobody", "none", "nothing", "no-one", "noone", "never", "nowhere", "nor", "naught"))
_NOT_NONE = ("only", "just", "merely", "simply", "least", "fewer", "less", "sooner", "later", "doubt", "wonder", "longer", "until",
             "till")  # "not until May did they leave": they did
_SEEN = ("see", "hear", "watch")
_EXCEPT = ("but", "except", "save")  # "asked for nothing but tea"


@frozen(kw_only=True)
class Status:
    """auxiliary: among negation, future, hypothetical, historical. ended: the word that ends the event, None if none does.

    governors: words whose content the event is, nearest first: (token, kind of complement).
    question: it stands in a question, not in something a question presupposes. purpose: it is only what
    something is done for; went: by those who went or rose to do it, so that they did. generic: what happens again and again. asked: the modal with which somebody says that it should be.
    conditional: a modal or a condition makes it hypothetical, no mere plan or attempt.
    """

    auxiliary: tuple[str, ...] = ()
    generic: bool = False
    ended: Token | None = None
    begun: Token | None = None
    governors: tuple[tuple[Token, str], ...] = ()
    question: bool = False
    purpose: bool = False
    went: bool = False
    asked: Token | None = None
    conditional: bool = False
    because: tuple[str, ...] = ()


@define
class _Reading:
    """What has been read so far on the way up."""

    negations: int = 0
    conditional: bool = False
    counterfactual: bool = False
    future: bool = False
    hypothetical: bool = False
    historical: bool = False
    generic: bool = False
    ended: Token | None = None
    begun: Token | None = None
    question: bool = False
    purpose: bool = False
    went: bool = False
    asked: Token | None = None
    governors: list[tuple[Token, str]] = field(factory=list)
    because: list[str] = field(factory=list)

    def take(self, effect: str, word: Token, why: str) -> None:
        if effect == "negation":
            self.negations += 1
            self.hypothetical = self.hypothetical and self.conditional  # a plan that is foiled did not happen
        elif effect == "future":
            self.future = True
        elif effect == "hypothetical":
            self.hypothetical = True
            self.conditional |= word.dep_ in ("mark", "aux", "advmod") and word.lower_ not in _ABLE
        elif effect == "question":
            self.hypothetical = self.question = True
        elif effect == "asks":
            self.hypothetical = True
            self.asked = self.asked or word
        elif effect == "ends":
            self.ended = self.ended or word
        elif effect == "generic":
            self.generic = True
        elif effect == "historical":
            self.historical = True
        elif effect == "begins":
            self.begun = self.begun or word
        if effect != "happened":
            self.because.append(f"auxiliary: {effect} by {word.lemma_.lower()} ({why})")

    def status(self) -> Status:
        denied = self.negations % 2 == 1
        happened = denied and self.counterfactual  # "had they not fired, ...": they fired
        marks = [("negation", denied and not happened), ("future", self.future and not self.hypothetical),
                 ("hypothetical", self.hypothetical and not happened), ("historical", self.historical)]  # fmt: skip
        return Status(
            auxiliary=tuple(name for name, on in marks if on), ended=self.ended, begun=self.begun,
            governors=tuple(self.governors), question=self.question, generic=self.generic, purpose=self.purpose, asked=self.asked,
            conditional=self.conditional, went=self.went,
            because=tuple(self.because),
        )  # fmt: skip


def status_of(
    clause: Clause, governors: Governors, light_verbs: LightVerbs, own: frozenset[int] = frozenset(), *, spoken: bool = False
) -> Status:
    """The status of the event `clause` tells.

    own: tokens of its own idiom ("ate nothing"), which say nothing of it. spoken: a noun for what is put to another in
    words (a demand, a charge), which was said even where it is refused.
    """
    reader = _Reader(governors, light_verbs, own, spoken)
    if clause.head.pos_ in ("NOUN", "PROPN"):
        reader.read_noun(clause.head, clause)
    else:
        reader.read_verb(clause.head)
    return reader.reading.status()


class _Reader:
    """Climbs from a trigger to the top of what governs it."""

    def __init__(self, governors: Governors, light_verbs: LightVerbs, own: frozenset[int], spoken: bool) -> None:
        self.governors = governors
        self.light_verbs = light_verbs
        self.reading = _Reading()
        self._seen: set[int] = set()
        self._taken: set[int] = set()
        self._own = own
        self._spoken = spoken

    # -- verbs and adjectives

    def read_verb(self, word: Token) -> None:
        if word.i in self._seen or len(self._seen) > MAX_CLIMB:
            return
        self._seen.add(word.i)
        self._own_marks(word)
        self._climb(word)
        self._before_infinitive(word)

    def _before_infinitive(self, word: Token) -> None:
        """The word right before "to", whatever the parser hung the infinitive on ("the two sides unable to agree")."""
        to = next((c for c in word.children if c.tag_ == "TO"), None)
        before = to.nbor(-1) if to is not None and to.i > word.sent.start else None
        if before is not None and before.i not in self._taken and before.pos_ in ("ADJ", "NOUN", "ADV"):
            self._lookup(before, "adj", "to")

    def _own_marks(self, word: Token) -> None:
        """Negation, modals, `be to`, and the marks of a conditional on the word itself."""
        carrier = word if word.pos_ in ("VERB", "AUX") else word.head
        for child in [*word.children, *([] if carrier == word else carrier.children)]:
            if child.dep_ == "neg" and child.i > word.i and word.pos_ == "VERB" and word.tag_ not in ("VBP", "VBZ"):
                continue  # "were received by the minister, not by a clerk"
            if child.dep_ == "neg" and child.nbor(1).lower_ in _NOT_NONE:
                continue  # "not until May", "did not merely shell it"
            if child.dep_ == "neg" or (child.lower_ in ("never", "nor", "neither") and child.dep_ != "cc"):
                self._negated(child, "negation")
            elif child.dep_ in ("aux", "auxpass") and inverted(child, word):
                self._supposed(child)
            elif child.dep_ == "aux" and child.tag_ == "MD":
                self._modal(child, word)
                self._opened(child, word)
            elif child.dep_ == "mark" and child.lower_ == "until" and _awaited(word):
                self.reading.take("hypothetical", child, "until, under what is not done or to come")
            elif child.dep_ in ("mark", "advmod"):
                entry = self.governors.entry(child.lower_, "adv", None)
                if entry is not None and entry.effect == "historical" and not _is_once(child, carrier):
                    continue
                if entry is None or entry.effect != "generic" or tense(carrier) == "present":
                    self._lookup(child, "mark" if child.dep_ == "mark" else "adv", None)
                if child.lower_ == "if" and tense(carrier) == "pluperfect" and would_have(carrier.head):
                    self.reading.counterfactual = True
            elif child.dep_ in ("nsubj", "nsubjpass") and _is_rule(child, word):
                self.reading.take("generic", child, "whoever it may be")
            elif child.dep_ == "npadvmod" and child.left_edge.lower_ in _EACH and tense(carrier) == "present":
                self.reading.take("generic", child, "again and again")
            elif child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "agent", "attr") and _is_none(child):
                self._negated(child.left_edge, "none of its parties")
            elif child.dep_ in ("aux", "auxpass"):
                self._opened(child, word)
            elif child.dep_ == "prep" and any(
                _is_none(o) and (o.lower_ in _NONE or o.left_edge.lower_ == "neither") for o in children(child, "pobj")
            ):
                self._negated(children(child, "pobj")[0].left_edge, "none of its parties")

    def _opened(self, auxiliary: Token, verb: Token) -> None:
        opener = _negative_opener(auxiliary, verb)
        if opener is not None:
            self._negated(opener, "opens the clause")

    def _supposed(self, auxiliary: Token) -> None:
        """"Should they agree", "were they to agree", "had they agreed"."""
        self.reading.conditional = True
        self.reading.counterfactual |= auxiliary.lower_ == "had"
        self.reading.take("hypothetical", auxiliary, "inverted condition")

    def _negated(self, word: Token, why: str) -> None:
        """One negation for each word that says no; "neither ... nor" says it once."""
        if word.i not in self._taken and word.i not in self._own:
            self._taken.add(word.i)
            self.reading.take("negation", word, why)

    def _modal(self, modal: Token, verb: Token) -> None:
        """`would` is the future seen from a past in which it was said, but for "would have"; a condition holds off both."""
        entry = self.governors.entry(_modal_lemma(modal), "aux", None)
        if entry is None:
            return
        effect = entry.effect
        if modal.lower_ in _ABLE and children(verb, "neg"):
            effect = "generic"  # "cannot attack": nothing that was about to be
        perfect = any(c.lemma_ == "have" for c in children(verb, "aux"))
        conditional = hangs_on_condition(verb)
        pronoun = any(c.pos_ == "PRON" for c in children(verb, "nsubj"))  # "he said he would resign if ..." is a promise
        refused = bool(children(verb, "neg"))  # "said they would not meet unless ..." is a refusal
        said = (pronoun or refused) and reported(verb) and not opens_condition(opener(verb))
        if modal.lower_ in ("would", "'d") and not perfect and (not conditional or said):
            effect = "future"
        elif effect == "future" and conditional and not children(verb, "neg") and not pronoun:
            effect = "hypothetical"
        if effect == "future" and modal.lower_ == "would" and any_beside(verb):
            effect = "hypothetical"  # "would refuse any pardon": if there were one
        if modal.lower_ in ("can", "could") and verb.lemma_ in _SEEN and children(verb, "auxpass"):
            return  # "could be heard praising them"
        self.reading.counterfactual |= modal.lower_ == "would" and perfect and conditional
        self.reading.take(effect, modal, entry.id)

    def _climb(self, word: Token) -> None:
        head, dep = word.head, word.dep_
        if _announces(word):
            self.reading.take("future", word, "headline infinitive")
        if head == word:
            self._question(word)
        elif dep in ("xcomp", "ccomp", "oprd", "acomp", "attr"):
            self._complement(word, head)
        elif dep == "advcl":
            self._adverbial(word, head)
        elif dep == "conj":
            self._conjunct(word, head)
        elif dep in ("pcomp", "pobj"):
            self._after_preposition(word, head, gerund=True)
        elif dep in ("acl", "relcl") and (is_infinitive(word) or any(c.lower_ == "that" for c in children(word, "mark"))):
            self._noun_content(word, head)
        elif dep == "acl" and word.tag_ == "VBG" and head.dep_ == "dobj":  # "stop the crowd entering"
            if self._lookup(head.head, "verb", "gerund") is not None:
                self.reading.governors.append((head.head, "gerund"))
                self.read_verb(head.head)
        elif dep in ("dep", "parataxis"):
            self._question(word)

    def _complement(self, word: Token, head: Token) -> None:
        kind = "to" if is_infinitive(word) else "gerund" if word.tag_ == "VBG" and word.dep_ == "xcomp" else "that"
        if kind == "that" and word.dep_ == "ccomp" and word.i < head.i:  # "X shelled Y, a charge Y denies"
            self.reading.governors.append((head, kind))
        elif head.pos_ == "ADJ" or head.pos_ in ("VERB", "AUX"):
            found = None if is_use(head) else self._lookup(head, _pos(head), kind)
            self.reading.governors.append((head, kind))
            if kind == "to" and head.lower_ == "going" and children(head, "aux"):
                self.reading.take("future", head, "going to")
            if head.lower_ == "had" and word.dep_ == "ccomp" and opens_condition(head):
                self._supposed(head)
            if head.lemma_ == "be":  # "the request is that they stop"
                found = self._predicated(head, word, kind) or found
            if kind != "that" or found or word.dep_ in ("acomp", "attr", "oprd"):
                self.read_verb(head)
        elif head.pos_ in ("NOUN", "PROPN"):
            self._noun_content(word, head)

    def _predicated(self, be: Token, word: Token, kind: str) -> Governor | None:
        """"The plan is to leave", "the demand is that they leave"; "they are to leave" is the future."""
        found = None
        subjects = children(be, "nsubj", "csubj")
        for subject in subjects:
            found = self._lookup(subject, "noun", kind) or found
            self.reading.governors.append((subject, kind))
        cleft = any(s.dep_ == "csubj" or children(s, "relcl") for s in subjects)
        if opens_condition(be):
            self._supposed(be)
        elif kind == "to" and found is None and subjects and not cleft:
            overtaken = be.tag_ == "VBD" and any(c.lower_ == "have" for c in children(word, "aux"))
            effect = "hypothetical" if hangs_on_condition(word) else "future"
            self.reading.take("negation" if overtaken else effect, be, "be to")  # "was to have met" did not
        return found

    def _adverbial(self, word: Token, head: Token) -> None:
        marks = [c.lower_ for c in children(word, "mark", "advmod") if c.dep_ == "mark" or c.tag_ == "WRB"]
        if is_infinitive(word) and opens_condition(head):  # "were they to leave"
            self._supposed(head)
        elif is_infinitive(word) and head.pos_ in ("NOUN", "PROPN") and head.dep_ == "ROOT":
            self.reading.take("future", word, "headline infinitive")
        elif is_infinitive(word) and not set(marks) - {"in", "order", "for"}:
            found = None if is_use(head) else self._lookup(head, _pos(head), "to")
            self.reading.governors.append((head, "to"))
            if found is None or found.effect == "happened":
                self.reading.purpose = True
                self.reading.went = found is not None
            self.read_verb(head)
        elif word.tag_ == "VBG" and not marks:
            self._inherit(head)

    def _conjunct(self, word: Token, head: Token) -> None:
        if head.pos_ not in ("VERB", "AUX", "ADJ"):
            return
        own = children(word, "nsubj", "nsubjpass", "aux", "auxpass", "mark")
        joined = [c for c in children(head, "cc") if c.lower_ in ("or", "nor") and c.i < word.i]
        if own or (word.tag_ in ("VBD", "VBZ", "VBP") and head.tag_ in ("VB", "VBG")):
            if joined and joined[-1].lower_ == "nor":
                self._negated(joined[-1], "negation")
            return
        before = self.reading.negations
        self.read_verb(head)
        denied = children(head, "neg") or any(_is_none(o) for o in children(head, "dobj", "dative"))
        if denied and not joined:  # "did not leave and killed": the second stands
            self.reading.negations = before

    def _after_preposition(self, noun: Token, prep: Token, *, gerund: bool) -> None:
        if prep.pos_ not in ("ADP", "SCONJ"):
            return
        self._lookup(prep, "prep", None)
        if (prep.lower_ in _BESIDE or prep.dep_ == "agent") and not gerund:
            return
        governor = prep.head
        kind = "gerund" if gerund else "object"
        if gerund and (prep.lower_ in _APART or prep.i < governor.i):
            return self._inherit(governor)
        pos = _pos(governor)
        if governor.pos_ in ("NOUN", "PROPN"):
            found = self._lookup(governor, "noun", kind)
            if found is not None and found.effect == "happened":  # "had no grounds for stopping them"
                self._taken |= {c.i for c in governor.children if c.lower_ in _NONE}
            if found is not None or gerund:
                self.reading.governors.append((governor, kind))
                self.read_noun(governor, None)
        elif governor.pos_ == "ADV":  # "stopped short of firing"
            self._lookup(governor, "adv", kind)
            if governor.head.pos_ in ("VERB", "AUX"):
                self.reading.governors.append((governor.head, kind))
                self._inherit(governor.head)
        elif governor.pos_ in ("VERB", "AUX", "ADJ"):
            found = self._lookup(governor, pos, kind)
            self.reading.governors.append((governor, kind))
            if found is not None:
                self.read_verb(governor)
            elif gerund or (prep.lower_ in ("to", "into") and not _is_definite(noun)):
                self._inherit(governor)

    def _inherit(self, head: Token) -> None:
        """What holds for a main clause (will, would) holds for its participles; its negation does not."""
        if head.pos_ not in ("VERB", "AUX"):
            return
        before = self.reading.negations
        self.read_verb(head)
        self.reading.negations = before

    def _noun_content(self, word: Token, noun: Token) -> None:
        """An infinitive or that-clause that says what a plan, threat or refusal is."""
        kind = "to" if is_infinitive(word) else "that"
        in_order = noun.lower_ == "order" and noun.head.lower_ == "in"
        found = None if in_order else self._lookup(noun, "noun", kind)
        self.reading.governors.append((noun, kind))
        if found is None and kind == "to" and noun.dep_ == "ROOT" and not children(noun, "nsubj", "cop"):
            self.reading.take("future", word, "headline infinitive")
            return
        if found is None and kind == "to" and not any(c.lower_ in _ORDINALS for c in noun.children):
            self.reading.purpose = True
            verb = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
            if verb is not None:
                self.reading.governors.append((verb, "to"))
                self.read_verb(verb)
            return
        self.read_noun(noun, None)

    # -- nouns

    def read_noun(self, noun: Token, clause: Clause | None) -> None:
        if noun.i in self._seen or len(self._seen) > MAX_CLIMB:
            return
        self._seen.add(noun.i)
        self._noun_marks(noun)
        if clause is not None and clause.host is not None:
            self._lookup(clause.host, "verb", "object")  # "planned a raid"
            self.read_verb(clause.host)
            return
        outers = outer_nouns(noun)
        for outer in outers[1:]:
            self._noun_marks(outer)
            self._lookup(outer, "noun", "object")
            self.reading.governors.append((outer, "object"))
        self._climb_noun(outers[-1], definite=any(_is_definite(t) for t in outers))

    def _noun_marks(self, noun: Token) -> None:
        for child in noun.children:
            if child.dep_ in ("det", "neg", "preconj") and child.lower_ in _NONE and _is_none(noun):
                self._negated(child, "none of it")
            elif child.dep_ in ("amod", "advmod", "compound"):
                self._lookup(child, "adj", "object")

    def _climb_noun(self, noun: Token, *, definite: bool) -> None:
        head, dep = noun.head, noun.dep_
        if dep == "conj" and head.pos_ in ("NOUN", "PROPN"):
            self._climb_noun(head, definite=definite or _is_definite(head))
        elif dep == "pobj":
            self._after_preposition(noun, head, gerund=False)
        elif dep in ("dobj", "attr", "oprd", "dative") and head.pos_ in ("VERB", "AUX"):
            self._object_of(noun, head, definite)
        elif dep == "nsubjpass" or (dep == "nsubj" and head.pos_ in ("VERB", "AUX") and is_passive(head)):
            self._object_of(noun, head, definite)
        elif dep == "nsubj" and head.pos_ in ("VERB", "AUX"):
            self._subject_of(noun, head, definite)
        elif dep == "compound" and head.pos_ == "NOUN":
            self._lookup(head, "noun", "object")
        elif head == noun:
            self._question(noun)

    def _object_of(self, noun: Token, verb: Token, definite: bool) -> None:
        found = self._lookup(verb, "verb", "object")
        self.reading.governors.append((verb, "object"))
        if found is not None:
            self.read_verb(verb)
        elif not definite:
            self._inherit(verb)

    def _subject_of(self, noun: Token, verb: Token, definite: bool) -> None:
        """An event that ends, begins, fails or may come."""
        found = self._lookup(verb, "verb", "subject")
        for told in children(verb, "acomp"):  # "a strike is possible"
            self._lookup(told, "adj", "object")
        intransitive = not children(verb, "dobj")
        if found is not None or (intransitive and verb.pos_ == "VERB"):
            self.read_verb(verb)
        elif not definite:
            self._inherit(verb)

    # -- shared

    def _lookup(self, word: Token, pos: str, kind: str | None) -> Governor | None:
        particles = [c.lower_ for c in word.children if c.dep_ in ("prt", "advmod", "prep", "acomp", "oprd", "dobj")
                     and not (c.lower_ in ("off", "up", "down") and children(c, "pobj"))]  # fmt: skip
        if word.i in self._taken:
            return None
        for form in lemma_forms(word):
            entry = self.governors.entry(form, pos, kind, particles)
            if entry is not None:
                self._taken.add(word.i)
                if entry.effect == "refuses":
                    self.reading.take("happened" if self._spoken else "negation", word, entry.id)
                else:
                    self.reading.take(entry.effect, word, entry.id)
                return entry
        return None

    def _question(self, root: Token) -> None:
        last = [t for t in root.sent if not t.is_space and t.text not in "\"'”’)"]
        if last and last[-1].text == "?":
            self.reading.question = True
            self.reading.take("hypothetical", last[-1], "question")


def _announces(word: Token) -> bool:
    """"UN to probe killings": an infinitive with its own subject that hangs on nothing, as headlines have it."""
    if word.tag_ != "VB" or not is_infinitive(word) or not any(s.i < word.i for s in children(word, "nsubj", "nsubjpass")):
        return False
    return not children(word, "mark") and (word.head == word or (word.dep_ == "ccomp" and word.i < word.head.i))


def _awaited(word: Token) -> bool:
    """Whether an until-clause says what somebody waits for: "will not talk until they leave"; not "fought until they left"."""
    return word.dep_ == "advcl" and bool(
        children(word.head, "neg") or any(c.tag_ == "MD" for c in children(word.head, "aux"))
    )


def _is_none(phrase: Token) -> bool:
    """Whether a phrase counts nobody: "no one", "not a shot", "neither side", "at no time"; not "no fewer than", "not only"."""
    first = phrase.left_edge
    if phrase.dep_ in ("prep", "agent") and first == phrase and phrase.i + 1 < len(phrase.doc):
        first = phrase.nbor(1)
    if first.lower_ not in _NONE or (first == phrase and phrase.pos_ in ("ADV", "PART", "CCONJ")):
        return first.lower_ == "nowhere"
    if any(c.lower_ in _EXCEPT and c.i > phrase.i for t in (phrase, *phrase.ancestors) for c in t.children
           if c.dep_ == "prep" or (c.dep_ == "cc" and t == phrase)):  # fmt: skip
        return False
    return first.i + 1 < len(first.doc) and first.nbor(1).lower_ not in _NOT_NONE


def _is_once(adverb: Token, verb: Token) -> bool:
    """"Once asked", told of the past; not "not once", "once more", "once again"."""
    around = {adverb.nbor(-1).lower_ if adverb.i else "", adverb.nbor(1).lower_ if adverb.i + 1 < len(adverb.doc) else ""}
    return tense(verb) in ("past", "pluperfect", None) and not around & {*_NONE, "at", "more", "again", "every", "in", "a"}


def _is_rule(subject: Token, verb: Token) -> bool:
    """Whether a clause says what anyone does or shall do: "any citizen may petition", "no person shall be arrested"."""
    first = subject.left_edge
    if first.head == subject and first.lower_ in _EACH or subject.lower_ in _EACH:
        return tense(verb) == "present" or any(c.tag_ == "MD" for c in children(verb, "aux"))
    vague = first.lower_ in ("a", "an", "no") or (first == subject and subject.tag_ == "NNS")
    return vague and any(c.lower_ == "shall" for c in children(verb, "aux"))


def _negative_opener(auxiliary: Token, verb: Token) -> Token | None:
    """The word of denial before an inverted subject: "at no point has Botswana asked", "not once did they leave"."""
    if not any(auxiliary.i < s.i for s in children(verb, "nsubj", "nsubjpass")):
        return None
    opening = [t for t in verb.sent if t.i < auxiliary.i and not t.is_punct and not t.is_space][:2]
    found = next((t for t in opening if t.lower_ in _NONE), None)
    return None if found is None or found.nbor(1).lower_ in _NOT_NONE else found


def _pos(word: Token) -> str:
    return "adj" if word.pos_ == "ADJ" else "noun" if word.pos_ in ("NOUN", "PROPN") else "verb"


def _modal_lemma(modal: Token) -> str:
    return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal.lower_, modal.lower_)


def _is_definite(noun: Token) -> bool:
    if children(noun, "poss"):
        return True
    return any(c.lower_ in _DEFINITE for c in children(noun, "det"))
