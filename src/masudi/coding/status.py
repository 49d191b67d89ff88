"""Whether an event is told as having happened: negation, future, hypothetical; and what ended it.

The reader climbs from the trigger along complements, objects, prepositions and conjuncts. Each word on the
way may change the status; what it does stands in en/governors.tsv. It stops where a new assertion begins
(a relative clause, the that-clause of a word that changes nothing).
"""

from __future__ import annotations

from ..syntax import tense
from ..tree import Token
from .clause import Clause, children, is_infinitive, is_passive, lemma_forms, outer_nouns
from .conditions import (
    any_beside,
    awaited,
    hangs_on_condition,
    inverted,
    is_draft,
    is_use,
    opener,
    opens_condition,
    reported,
    would_have,
)
from .denial import NONE, before_it_began, cleft_denial, is_none, is_once, negative_opener, spares, too_early
from .marks import Marks, Status
from .words import Governor, Governors, LightVerbs

__all__ = ["Status", "status_of"]

MAX_CLIMB = 12
_ORDINALS = ("first", "second", "third", "last", "latest", "only", "next")
_BESIDE = ("after", "before", "during", "following", "since", "amid", "despite", "until", "by", "within", "under", "near",
           "outside", "inside", "in", "throughout", "over")  # no content of the verb
_APART = ("after", "before", "besides", "beyond", "despite", "following", "since", "until", "upon", "while")  # nor with a participle
_DEFINITE = ("the", "this", "that", "these", "those", "its", "their", "his", "her")
_ABLE = ("can", "ca")
_LITTLE = ("little",)  # "little progress", not "a little protest"
_WHEN = ("when", "once", "as", "after", "before", "until", "till")
_EACH = ("any", "every", "each", "whoever", "whosoever", "anyone", "everyone", "anybody", "everybody")
_SEEN = ("see", "hear", "watch")


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
        self.reading = Marks()
        self._seen: set[int] = set()
        self._taken: set[int] = set()
        self._own = own
        self._spoken = spoken
        self._content = False
        self._denying: set[int] = set()  # governors whose content did not come about

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
        early = too_early(word)
        if early is not None:
            self._negated(early, "before it could be")
        for child in [*word.children, *([] if carrier == word else carrier.children)]:
            dep = child.dep_
            if dep == "neg" or (child.lower_ in ("never", "nor", "neither") and dep != "cc"):
                self._denial(child, word)
            elif dep in ("aux", "auxpass"):
                self._auxiliary(child, word, early=early is not None)
            elif dep == "mark" and child.lower_ == "until" and awaited(word):
                self.reading.take("hypothetical", child, "until, under what is not done or to come")
            elif dep in ("mark", "advmod"):
                self._beside(child, carrier)
            elif dep in ("nsubj", "nsubjpass") and _is_rule(child, word):
                self.reading.take("generic", child, "whoever it may be")
            elif dep == "npadvmod" and child.left_edge.lower_ in _EACH and tense(carrier) == "present":
                self.reading.take("generic", child, "again and again")
            elif dep in ("nsubj", "nsubjpass", "dobj", "dative", "agent", "attr") and is_none(child, self.governors):
                self._negated(child.left_edge, "none of its parties")
            elif dep == "prep" and any(
                is_none(o, self.governors) and (o.lower_ in NONE or o.left_edge.lower_ == "neither") for o in children(child, "pobj")
            ):
                self._negated(children(child, "pobj")[0].left_edge, "none of its parties")

    def _denial(self, word: Token, denied: Token) -> None:
        if word.dep_ == "neg" and word.i > denied.i and denied.pos_ == "VERB" and denied.tag_ not in ("VBP", "VBZ"):
            return  # "were received by the minister, not by a clerk"
        after = word.nbor(1)
        if word.dep_ != "neg" or not (after.lower_ == "but" or spares(after, self.governors)):
            self._negated(word, "negation")

    def _auxiliary(self, word: Token, verb: Token, *, early: bool) -> None:
        if inverted(word, verb):
            return self._supposed(word)
        if word.dep_ == "aux" and word.tag_ == "MD" and not early:
            self._modal(word, verb)
        self._opened(word, verb)
        for denial in children(word, "neg"):  # "did not, as was claimed, ask"
            self._denial(denial, verb)

    def _beside(self, word: Token, carrier: Token) -> None:
        """A conjunction or adverb; of two words where both mean it together ("rather than", "no longer")."""
        pos = "mark" if word.dep_ == "mark" else "adv"
        phrase = self._phrase(word, pos)
        if phrase is not None:
            if word.i not in self._taken:
                self._taken.add(word.i)
                self.reading.take(phrase.effect, word, phrase.id)
            return
        entry = self.governors.entry(word.lower_, "adv", None)
        if entry is not None and entry.effect == "historical" and not is_once(word, carrier):
            return
        if entry is not None and entry.effect == "negation" and carrier.i in self._denying:
            return  # "narrowly averted": that it was averted is said already
        if entry is None or entry.effect != "generic" or tense(carrier) == "present":
            self._lookup(word, pos, None)
        if word.lower_ == "if" and tense(carrier) == "pluperfect" and would_have(carrier.head):
            self.reading.counterfactual = True

    def _phrase(self, word: Token, pos: str, kind: str | None = None) -> Governor | None:
        """The entry of `word` with the word before it: "far from", "no longer"."""
        if word.i == word.sent.start:
            return None
        return self.governors.entry(f"{word.nbor(-1).lower_} {word.lower_}", pos, kind)

    def _opened(self, auxiliary: Token, verb: Token) -> None:
        opener = negative_opener(auxiliary, verb, self.governors)
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

    def _believed(self, noun: Token, found: Governor | None) -> None:
        """"Had no grounds for stopping them", "no secret of having bombed it", "little doubt that": the "no" is not about the deed."""
        if found is not None and found.effect == "happened":
            self._taken |= {c.i for c in noun.children if c.lower_ in NONE or c.lower_ in _LITTLE}

    def _modal(self, modal: Token, verb: Token) -> None:
        """`would` is the future seen from a past in which it was said, but for "would have"; a condition holds off both."""
        entry = self.governors.entry(_modal_lemma(modal), "aux", None)
        if entry is None:
            return
        effect = entry.effect
        denials = children(verb, "neg")
        if modal.lower_ in (*_ABLE, "could") and denials:
            if verb.i in self._denying or denials[0].nbor(1).lower_ == "but":
                return  # "could not prevent their taking it", "could not but condemn it"
            effect = "generic" if modal.lower_ in _ABLE else effect  # "cannot attack": nothing that was about to be
        perfect = any(c.lemma_ == "have" for c in children(verb, "aux"))
        conditional = hangs_on_condition(verb)
        pronoun = any(c.pos_ == "PRON" for c in children(verb, "nsubj"))  # "he said he would resign if ..." is a promise
        refused = bool(children(verb, "neg"))  # "said they would not meet unless ..." is a refusal
        said = (pronoun or refused) and reported(verb) and not opens_condition(opener(verb))
        if modal.lower_ in ("would", "'d") and not perfect and (not conditional or said):
            effect = "future"
        elif effect == "future" and conditional and not children(verb, "neg") and not pronoun:
            effect = "hypothetical"
        if effect == "future" and modal.lower_ == "would" and (any_beside(verb) or is_draft(verb, self.governors)):
            effect = "hypothetical"  # "would refuse any pardon": if there were one; "the bill would ban it"
        if modal.lower_ in ("can", "could") and verb.lemma_ in _SEEN and children(verb, "auxpass"):
            return  # "could be heard praising them"
        self.reading.counterfactual |= modal.lower_ == "would" and perfect and conditional
        self.reading.take(effect, modal, entry.id)

    def _climb(self, word: Token) -> None:
        head, dep = word.head, word.dep_
        if _announces(word):
            self.reading.take("future", word, "headline infinitive")
        denial = cleft_denial(word)
        if denial is not None:
            self._negated(denial, "said not to be who did it")
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
        elif dep == "csubj" and head.pos_ in ("VERB", "AUX"):
            self._clause_as_subject(word, head)
        elif dep in ("acl", "relcl") and (is_infinitive(word) or any(c.lower_ == "that" for c in children(word, "mark"))):
            self._noun_content(word, head)
        elif dep == "acl" and head.dep_ == "pobj" and any(c.lower_ == "being" for c in children(word, "auxpass")):
            self._lookup(head.head, "prep", None)  # "without a shot being fired"
        elif dep == "acl" and word.tag_ == "VBG" and head.dep_ == "pobj" and self._has_content(head.head.head):
            self._after_preposition(word, head.head, gerund=True)  # "no question of troops leaving"
        elif dep == "acl" and word.tag_ == "VBG" and head.dep_ == "dobj":  # "stop the crowd entering"
            if self._lookup(head.head, "verb", "gerund") is not None:
                self.reading.governors.append((head.head, "gerund"))
                self.read_verb(head.head)
        elif dep in ("dep", "parataxis"):
            self._question(word)

    def _complement(self, word: Token, head: Token) -> None:
        kind = "to" if is_infinitive(word) else "gerund" if _is_gerund(word) and word.dep_ == "xcomp" else "that"
        if head.lemma_ == "do" and word.dep_ == "ccomp":  # "in no case did they meet", as the parser has it
            self._opened(head, word)
        if kind == "that" and word.dep_ == "ccomp" and word.i < head.i:  # "X shelled Y, a charge Y denies"
            self.reading.governors.append((head, kind))
        elif head.pos_ == "ADJ" or head.pos_ in ("VERB", "AUX"):
            found = None if is_use(head) else self._lookup(head, _pos(head), kind)
            for told in children(head, "acomp") if kind == "that" and word.dep_ == "ccomp" else ():  # "it is not true that"
                found = self._lookup(told, "adj", kind) or found
            self.reading.governors.append((head, kind))
            self._undone(head)
            if kind != "that":
                self._undone(word)
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

    def _has_content(self, noun: Token) -> bool:
        return noun.pos_ == "NOUN" and self.governors.entry(noun.lemma_.lower(), "noun", "gerund") is not None

    def _clause_as_subject(self, word: Token, verb: Token) -> None:
        """"That they were expelled is a legend", "... is not true": what the sentence says of it."""
        found = None
        for told in children(verb, "attr", "acomp"):
            found = self._lookup(told, _pos(told), "that") or found
        if found is not None:
            self._own_marks(verb)

    def _undone(self, head: Token) -> None:
        """What came of a plan or attempt is told beside it: "tried and failed to", "considered it and thought better of it"."""
        if not (self.reading.hypothetical or self.reading.future) or self.reading.conditional:
            return
        for child in head.children:
            if child.dep_ in ("conj", "advmod") and child.pos_ in ("VERB", "ADV", "AUX"):
                if child.lemma_ in ("have", "do") and children(child, "neg"):  # "was to leave but has not"
                    self._negated(children(child, "neg")[0], "it was not done")
                elif not children(child, "xcomp"):
                    self._come_of(child, "beside")
            elif child.dep_ == "prep":
                for noun in children(child, "pobj"):  # "in vain"
                    self._come_of(noun, "beside")

    def _come_of(self, word: Token, kind: str = "content") -> None:
        particles = [c.lower_ for c in word.children]
        particles += [o.lower_ for c in word.children if c.dep_ == "prep" for o in c.children]
        for form in lemma_forms(word):
            entry = self.governors.entry(form, _pos(word) if word.pos_ != "ADV" else "adv", kind, particles)
            if entry is None or entry.complement != kind or word.i in self._taken:
                continue
            self._taken.add(word.i)
            self._taken |= {o.i for c in word.children for o in (c, *c.children) if o.lower_ in NONE}  # "came to nothing"
            if entry.effect == "negation":
                self.reading.undone(word, entry.id)
            elif not children(word, "neg"):
                self.reading.come_true(word, entry.id)
            return

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
        elif is_infinitive(word) and not set(marks) - {"in", "order", "for", "as"}:
            found = None if is_use(head) else self._lookup(head, _pos(head), "to")
            self.reading.governors.append((head, "to"))
            if found is None or found.effect == "happened":
                self.reading.purpose = True
                self.reading.went = found is not None
            self.read_verb(head)
        elif not marks and word.tag_ in ("VBG", "VBN") and self._complements(word, head):
            self.read_verb(head)
        elif word.tag_ == "VBG" and not marks:
            self._inherit(head)
        elif set(marks) & set(_WHEN) and tense(word) == "present" and tense(head) == "future":
            self.reading.take("future", word, "when something is to be")

    def _complements(self, word: Token, head: Token) -> bool:
        """Whether a participle that the parser made an adverbial is what its verb speaks of: "ruled out sending", "feared killed"."""
        close = word.i > head.i and not any(t.is_punct or t.pos_ in ("NOUN", "PROPN") for t in word.doc[head.i + 1 : word.i])
        if not close or children(word, "nsubj", "nsubjpass", "mark"):
            return False
        kind = "gerund" if _is_gerund(word) else "that"
        found = self._lookup(head, _pos(head), kind)
        if found is not None:
            self.reading.governors.append((head, kind))
            self._undone(head)
        return found is not None

    def _conjunct(self, word: Token, head: Token) -> None:
        if head.pos_ not in ("VERB", "AUX", "ADJ"):
            return
        own = children(word, "nsubj", "nsubjpass", "aux", "auxpass", "mark")
        joined = [c for c in children(head, "cc") if c.lower_ in ("or", "nor") and c.i < word.i]
        denied_again = any(c.dep_ == "neg" for c in word.children) and any(c.lower_ == "but" for c in children(head, "cc"))
        if own or denied_again or (word.tag_ in ("VBD", "VBZ", "VBP") and head.tag_ in ("VB", "VBG")):
            if joined and joined[-1].lower_ == "nor":
                self._negated(joined[-1], "negation")
            return
        before = self.reading.negations
        self.read_verb(head)
        denied = children(head, "neg") or any(is_none(o, self.governors) for o in children(head, "dobj", "dative"))
        if denied and not joined:  # "did not leave and killed": the second stands
            self.reading.negations = before

    def _after_preposition(self, noun: Token, prep: Token, *, gerund: bool) -> None:
        if prep.pos_ not in ("ADP", "SCONJ"):
            return
        if self._by_phrase(prep, "gerund" if gerund else "object"):
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
            self._believed(governor, found)
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
                self._undone(governor)
                self._undone(noun)
                self.read_verb(governor)
            elif gerund or (prep.lower_ in ("to", "into") and not _is_definite(noun)):
                self._inherit(governor)

    def _by_phrase(self, prep: Token, kind: str) -> bool:
        """Whether the preposition and the word before it say by themselves what is so: "instead of", "far from"."""
        phrase = self._phrase(prep, "prep", kind)
        if phrase is None or prep.i in self._taken:
            return phrase is not None
        self._taken.add(prep.i)
        self.reading.take(phrase.effect, prep, phrase.id)
        return True

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
        self._content = found is not None and found.effect in ("hypothetical", "future")
        if kind == "that":
            self._believed(noun, found)
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
            phrase = self._phrase(outer, "noun", "object")
            if phrase is not None:  # "in case of an attack"
                self.reading.take(phrase.effect, outer, phrase.id)
            else:
                self._lookup(outer, "noun", "object")
            self.reading.governors.append((outer, "object"))
        self._climb_noun(outers[-1], definite=any(_is_definite(t) for t in outers))

    def _noun_marks(self, noun: Token) -> None:
        for child in noun.children:
            if child.dep_ in ("det", "neg", "preconj") and child.lower_ in NONE and is_none(noun, self.governors):
                self._negated(child, "none of it")
            elif child.dep_ in ("amod", "advmod", "compound") and not (child.lower_ in _LITTLE and children(noun, "det")):
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
        if self._content:
            self._come_of(verb)
        found = self._lookup(verb, "verb", "object")
        self.reading.governors.append((verb, "object"))
        if found is not None:
            self.read_verb(verb)
        elif not definite:
            self._inherit(verb)

    def _subject_of(self, noun: Token, verb: Token, definite: bool) -> None:
        """An event that ends, begins, fails or may come."""
        if self._content:
            self._come_of(verb)
        found = self._lookup(verb, "verb", "subject")
        if definite and any(c.lower_ == "would" for c in children(verb, "aux")) and not children(noun, "det"):
            self.reading.take("hypothetical", verb, "would be")  # "their expulsion would be folly"
        early = before_it_began(verb, self.governors)
        if early is not None:
            self.reading.ended = None
            self._negated(early, "before it began")
        for told in children(verb, "acomp", "oprd"):  # "a strike is possible"
            self._lookup(told, "adj", "object")
        if verb.lemma_ == "be":
            for told in (o for p in children(verb, "prep") for o in children(p, "pobj")):  # "a strike is in the offing"
                self._lookup(told, "noun", "subject")
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
        forms = lemma_forms(word) if pos != "adj" else (*lemma_forms(word), word.lower_)  # "the planned march"
        for form in forms:
            entry = self.governors.entry(form, pos, kind, particles)
            if entry is not None:
                self._taken.add(word.i)
                self.reading.excluded |= self._is_exclusion(form, pos, particles)
                self.reading.stopped |= entry.effect == "ends" and kind == "gerund" and self.reading.ended is None
                if entry.effect in ("negation", "refuses"):
                    self._denying.add(word.i)
                if entry.effect == "refuses" and self._spoken:
                    self.reading.take("happened", word, entry.id)
                elif entry.effect in ("refuses", "negation") and pos in ("verb", "noun"):
                    self.reading.undone(word, entry.id)
                elif entry.effect == "refuses":
                    self.reading.take("negation", word, entry.id)
                else:
                    self.reading.take(entry.effect, word, entry.id)
                return entry
        return None

    def _is_exclusion(self, form: str, pos: str, particles: list[str]) -> bool:
        """Whether to deny what this word says leaves it open: "did not rule out a raid"."""
        entry = self.governors.entry(form, pos, "denied", particles)
        return entry is not None and entry.complement == "denied"

    def _question(self, root: Token) -> None:
        last = [t for t in root.sent if not t.is_space and t.text not in "\"'”’)"]
        if last and last[-1].text == "?":
            self.reading.question = True
            self.reading.take("hypothetical", last[-1], "question")


def _is_gerund(word: Token) -> bool:
    """"Attacking", "being attacked"."""
    return word.tag_ == "VBG" or (word.tag_ == "VBN" and any(c.tag_ == "VBG" for c in children(word, "aux", "auxpass")))


def _announces(word: Token) -> bool:
    """"UN to probe killings": an infinitive with its own subject that hangs on nothing, as headlines have it."""
    if word.tag_ != "VB" or not is_infinitive(word) or not any(s.i < word.i for s in children(word, "nsubj", "nsubjpass")):
        return False
    return not children(word, "mark") and (word.head == word or (word.dep_ == "ccomp" and word.i < word.head.i))


def _is_rule(subject: Token, verb: Token) -> bool:
    """Whether a clause says what anyone does or shall do: "any citizen may petition", "no person shall be arrested"."""
    first = subject.left_edge
    if first.head == subject and first.lower_ in _EACH or subject.lower_ in _EACH:
        return tense(verb) == "present" or any(c.tag_ == "MD" for c in children(verb, "aux"))
    vague = first.lower_ in ("a", "an", "no") or (first == subject and subject.tag_ == "NNS")
    return vague and any(c.lower_ == "shall" for c in children(verb, "aux"))


def _pos(word: Token) -> str:
    return "adj" if word.pos_ == "ADJ" else "noun" if word.pos_ in ("NOUN", "PROPN") else "verb"


def _modal_lemma(modal: Token) -> str:
    return {"'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal.lower_, modal.lower_)


def _is_definite(noun: Token) -> bool:
    if children(noun, "poss"):
        return True
    return any(c.lower_ in _DEFINITE for c in children(noun, "det"))
