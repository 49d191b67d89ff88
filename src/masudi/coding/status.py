"""Whether an event is told as having happened: negation, future, hypothetical; and what ended it.

The reader climbs from the trigger along complements, objects, prepositions and conjuncts. Each word on the
way may change the status; what it does stands in en/governors.tsv. It stops where a new assertion begins
(a relative clause, the that-clause of a word that changes nothing).
"""

from __future__ import annotations

from ..syntax import clause_verb, tense
from ..tree import Token
from . import conditions, denial, phrases
from .clause import Clause, children, is_infinitive, is_passive, outer_nouns
from .lookups import Lookups
from .marks import Status
from .words import Governor, Governors, LightVerbs

__all__ = ["Status", "status_of"]

MAX_CLIMB = 12
_ORDINALS = ("first", "second", "third", "last", "latest", "only", "next")
_BESIDE = ("after", "because", "before", "during", "following", "since", "amid", "despite", "until", "by", "within", "under",
           "near", "outside", "inside", "in", "throughout", "over")  # no content of the verb
_APART = ("after", "before", "besides", "beyond", "despite", "following", "since", "until", "upon", "while")  # nor with a participle
_LOOSE = ("at", "on", "upon", "with")  # as often beside the verb as of it
_ABLE = ("can", "ca")
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


class _Reader(Lookups):
    """Climbs from a trigger to the top of what governs it."""

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
        if almost := denial.all_but(word, self.governors):
            self._negated(almost[0], "all but")
            self._taken |= {t.i for t in almost}
        if word.tag_ == "VB" and (unchosen := denial.rather_than(word, self.governors)) is not None:
            self._taken.add(word.nbor(-1).i)
            self.reading.take(unchosen.effect, word.nbor(-1), unchosen.id)
        early = denial.too_early(word, self.governors)
        if early:
            self._negated(early[0], "before it could be")
            self._taken |= {t.i for t in early}
        for child in [*word.children, *([] if carrier == word else carrier.children)]:
            dep = child.dep_
            if dep == "neg" or (child.lower_ in ("never", "nor", "neither") and dep != "cc"):
                self._denial(child, word)
            elif dep in ("aux", "auxpass"):
                self._auxiliary(child, word, early=bool(early))
            elif dep == "mark" and child.lower_ == "until" and conditions.awaited(word):
                self.reading.take("hypothetical", child, "until, under what is not done or to come")
            elif dep in ("mark", "advmod"):
                self._beside(child, carrier)
            elif dep == "prep" and child.tag_ in ("VBG", "VBN") and not children(child, "pobj", "pcomp"):
                self._lookup(child, "mark", None)  # "supposing they met"
            elif dep in ("nsubj", "nsubjpass") and phrases.is_rule(child, word):
                self.reading.take("generic", child, "whoever it may be")
            elif dep == "npadvmod" and child.left_edge.lower_ in phrases.EACH and tense(carrier) == "present":
                self.reading.take("generic", child, "again and again")
            elif dep in ("nsubj", "nsubjpass", "dobj", "dative", "agent", "attr") and denial.is_none(child, self.governors):
                self._negated(child.left_edge, "none of its parties")
            elif dep == "prep" and any(
                denial.is_none(o, self.governors) and (o.lower_ in denial.NONE or o.left_edge.lower_ == "neither") for o in children(child, "pobj")
            ):
                self._negated(children(child, "pobj")[0].left_edge, "none of its parties")
            elif dep == "prep":
                self._never(child)

    def _denial(self, word: Token, denied: Token) -> None:
        if denial.leaves_open(word):
            return
        if word.dep_ == "neg" and word.i > denied.i and denied.pos_ == "VERB" and denied.tag_ not in ("VBP", "VBZ"):
            return  # "were received by the minister, not by a clerk"
        if denial.is_late(denied) or denial.need_not_have(denied):
            return  # "did not leave until May", "need not have closed it"
        after = word.nbor(1)
        if word.dep_ != "neg" or not (after.lower_ == "but" or denial.spares(after, self.governors)):
            self._negated(word, "negation")

    def _auxiliary(self, word: Token, verb: Token, *, early: bool) -> None:
        if conditions.inverted(word, verb):
            return self.reading.suppose(word)
        if word.dep_ == "aux" and word.tag_ == "MD" and not early:
            self._modal(word, verb)
        self._opened(word, verb)
        for modal in children(word, "aux"):  # "will remain suspended"
            self._auxiliary(modal, verb, early=early)
        for negative in children(word, "neg"):  # "did not, as was claimed, ask"
            self._denial(negative, verb)

    def _beside(self, word: Token, carrier: Token) -> None:
        """A conjunction or adverb; of two words where both mean it together ("rather than", "no longer")."""
        pos = "mark" if word.dep_ == "mark" else "adv"
        if word.lower_ == "whether" and is_infinitive(carrier) and self._weighs(carrier.head):
            self._taken.add(word.i)
            return self.reading.take("hypothetical", carrier.head, "weighs whether to")
        phrase = self._phrase(word, pos)
        if phrase is not None:
            if word.i not in self._taken:
                self._taken.add(word.i)
                self.reading.take(phrase.effect, word, phrase.id)
            return
        entry = self.governors.entry(word.lower_, "adv", None)
        if entry is not None and entry.effect == "historical" and not denial.is_once(word, carrier):
            return
        if entry is not None and entry.effect == "negation" and carrier.i in self._denying:
            return  # "narrowly averted": that it was averted is said already
        if entry is None or entry.effect != "generic" or tense(carrier) == "present":
            self._lookup(word, pos, None)
        if word.lower_ == "if" and tense(carrier) == "pluperfect" and conditions.would_be(carrier.head):
            self.reading.counterfactual = True

    def _weighs(self, verb: Token) -> bool:
        found = (self._entry(verb, "verb", kind, []) for kind in ("gerund", "object"))
        return any(entry is not None and entry.effect == "hypothetical" for entry in found)

    def _opened(self, auxiliary: Token, verb: Token) -> None:
        opener = denial.negative_opener(auxiliary, verb, self.governors)
        if opener is not None:
            self._negated(opener, "opens the clause")

    def _believed(self, noun: Token, found: Governor | None) -> None:
        """"Had no grounds for stopping them", "no secret of having bombed it", "little doubt that": the "no" is not about the deed."""
        if found is not None and found.effect == "happened":
            self._taken |= {c.i for c in noun.children if c.lower_ in denial.NONE or self._means(c, "little")}

    def _modal(self, modal: Token, verb: Token) -> None:
        """`would` is the future seen from a past in which it was said, but for "would have"; a condition holds off both."""
        entry = self.governors.entry(phrases.modal_lemma(modal), "aux", None)
        if entry is None or denial.need_not_have(verb):
            return
        effect = entry.effect
        undone = denial.did_not(verb) if modal.lower_ in ("could", "might") else None
        if undone is not None:
            return self._negated(undone, "it was not done")
        denials = children(verb, "neg")
        if modal.lower_ in (*_ABLE, "could") and denials:
            if verb.i in self._denying or denials[0].nbor(1).lower_ == "but":
                return  # "could not prevent their taking it", "could not but condemn it"
            effect = "generic" if modal.lower_ in _ABLE else effect  # "cannot attack": nothing that was about to be
        perfect = any(c.lemma_ == "have" for c in children(verb, "aux"))
        conditional = conditions.hangs_on_condition(verb)
        pronoun = any(c.pos_ == "PRON" for c in children(verb, "nsubj"))  # "he said he would resign if ..." is a promise
        refused = bool(children(verb, "neg"))  # "said they would not meet unless ..." is a refusal
        said = (pronoun or refused) and conditions.reported(verb) and not conditions.opens_condition(conditions.opener(verb))
        if modal.lower_ in ("would", "'d") and not perfect and (not conditional or said):
            effect = "future"
        elif effect == "future" and conditional and not children(verb, "neg") and not pronoun:
            effect = "hypothetical"
        if effect == "future" and modal.lower_ == "would" and (conditions.any_beside(verb) or conditions.is_draft(verb, self.governors)):
            effect = "hypothetical"  # "would refuse any pardon": if there were one; "the bill would ban it"
        if modal.lower_ in ("can", "could") and verb.lemma_ in _SEEN and children(verb, "auxpass"):
            return  # "could be heard praising them"
        if effect == "future" and modal.lower_ in ("would", "'d") and (conditions.weighs(modal.head, self._coming) or conditions.in_that_case(verb)):
            effect = "hypothetical"
        unmet = (modal.lower_ == "would" and conditional) or conditions.but_for(verb)
        self.reading.counterfactual |= perfect and unmet
        self.reading.take(effect, modal, entry.id)

    def _climb(self, word: Token) -> None:
        head, dep = word.head, word.dep_
        if phrases.announces(word):
            self.reading.take("future", word, "headline infinitive")
        cleft = denial.cleft_denial(word)
        if cleft is not None:
            self._negated(cleft, "said not to be who did it")
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
        elif dep == "relcl" and head.i in self._own:
            self.read_noun(head, None)  # "the strike that they called was shelved"
        elif dep in ("acl", "relcl") and (is_infinitive(word) or any(c.lower_ == "that" for c in children(word, "mark"))):
            self._noun_content(word, head)
        elif dep == "acl" and head.dep_ == "pobj" and any(c.lower_ == "being" for c in children(word, "auxpass")):
            self._lookup(head.head, "prep", None)  # "without a shot being fired"
        elif dep == "acl" and word.tag_ == "VBG" and head.dep_ == "pobj" and self._has_content(head.head.head):
            self._after_preposition(word, head.head, gerund=True)  # "no question of troops leaving"
        elif dep == "acl" and word.tag_ == "VBG" and self._has_content(head) and any(p.lower_ == "of" for p in children(head, "prep")):
            self._lookup(head, "noun", "gerund")  # "the chances of troops leaving are slim"
            self.read_noun(head, None)
        elif dep == "acl" and word.tag_ == "VBG" and head.dep_ == "dobj":  # "stop the crowd entering"
            if self._lookup(head.head, "verb", "gerund", "from") is not None:
                self.reading.governors.append((head.head, "gerund"))
                self.read_verb(head.head)
        elif dep in ("dep", "parataxis"):
            self._question(word)

    def _complement(self, word: Token, head: Token) -> None:
        kind = "to" if is_infinitive(word) or phrases.is_bare(word) else "gerund" if phrases.is_gerund(word) and word.dep_ == "xcomp" else "that"
        if head.lemma_ == "do" and word.dep_ == "ccomp":  # "in no case did they meet", as the parser has it
            self._opened(head, word)
        if kind == "that" and word.dep_ == "ccomp" and word.i < head.i:  # "X shelled Y, a charge Y denies"
            self.reading.governors.append((head, kind))
        elif head.pos_ == "ADJ" or head.pos_ in ("VERB", "AUX"):
            found = None if conditions.is_use(head) else self._lookup(head, phrases.pos_of(head), kind)
            for told in phrases.judged_by(head) if kind == "that" and word.dep_ == "ccomp" else ():  # "it is not true that"
                found = self._lookup(told, "adj", kind) or found
            self.reading.governors.append((head, kind))
            if found is not None and found.effect == "known":
                return
            self._undone(head)
            if kind != "that":
                self._undone(word)
                self._overtaken(word, head)
            if kind == "to" and head.lower_ == "going" and children(head, "aux"):
                dropped = any(c.lower_ in ("had", "'d") for c in children(head, "aux"))  # "had been going to"
                self.reading.take("negation" if dropped else "future", head, "going to")
            if head.lower_ == "had" and word.dep_ == "ccomp" and conditions.opens_condition(head):
                self.reading.suppose(head)
            if head.lemma_ == "be":  # "the request is that they stop"
                found = self._predicated(head, word, kind) or found
            if kind != "that" or found or word.dep_ in ("acomp", "attr", "oprd"):
                self.read_verb(head)
        elif head.pos_ in ("NOUN", "PROPN"):
            self._noun_content(word, head)

    def _clause_as_subject(self, word: Token, verb: Token) -> None:
        """"That they were expelled is a legend", "... is not true": what the sentence says of it."""
        found = None
        for told in children(verb, "attr", "acomp"):
            found = self._lookup(told, phrases.pos_of(told), "that") or found
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

    def _overtaken(self, word: Token, meant: Token) -> None:
        """"Had meant to storm it but sang at its gate"."""
        verb = meant if meant.pos_ in ("VERB", "AUX") else clause_verb(meant)
        intent = self.governors.entry(meant.lower_, "intent", None)
        if verb is None or intent is None or tense(verb) not in ("past", "pluperfect") or self.reading.conditional:
            return
        done = denial.but_instead(meant, word, meant, verb)
        if done is not None:
            self._negated(done, intent.id)
            self.reading.future = self.reading.planned = False

    def _predicated(self, be: Token, word: Token, kind: str) -> Governor | None:
        """"The plan is to leave", "the demand is that they leave"; "they are to leave" is the future."""
        found = None
        subjects = children(be, "nsubj", "csubj")
        for subject in subjects:
            for told in (subject, *children(subject, "relcl")):  # "what they want is to leave"
                found = self._lookup(told, phrases.pos_of(told), kind) or found
            self.reading.governors.append((subject, kind))
        cleft = any(s.dep_ == "csubj" or children(s, "relcl") for s in subjects)
        if conditions.opens_condition(be):
            self.reading.suppose(be)
        elif kind == "that" and any(s.lower_ == "it" for s in subjects):  # "it may be that"
            for modal in children(be, "aux"):
                entry = self.governors.entry(phrases.modal_lemma(modal), "aux", None)
                if entry is not None and entry.effect == "hypothetical":
                    self.reading.take(entry.effect, modal, entry.id)
        elif kind == "to" and found is None and subjects and not cleft:
            overtaken = be.tag_ == "VBD" and any(c.lower_ == "have" for c in children(word, "aux"))
            effect = "hypothetical" if conditions.hangs_on_condition(word) else "future"
            self.reading.take("negation" if overtaken else effect, be, "be to")  # "was to have met" did not
        return found

    def _adverbial(self, word: Token, head: Token) -> None:
        marks = [c.lower_ for c in children(word, "mark", "advmod") if c.dep_ == "mark" or c.tag_ == "WRB"]
        if is_infinitive(word) and conditions.opens_condition(head):  # "were they to leave"
            self.reading.suppose(head)
        elif is_infinitive(word) and head.pos_ in ("NOUN", "PROPN") and head.dep_ == "ROOT":
            self.reading.take("future", word, "headline infinitive")
        elif is_infinitive(word) and not set(marks) - {"in", "order", "for", "as"}:
            found = None if conditions.is_use(head) else self._lookup(head, phrases.pos_of(head), "to")
            self.reading.governors.append((head, "to"))
            if found is None or found.effect == "happened":
                self.reading.purpose = True
                self.reading.went = found is not None
            self.read_verb(head)
        elif not marks and word.tag_ in ("VBG", "VBN") and self._complements(word, head):
            self.read_verb(head)
        elif word.tag_ == "VBG" and not marks:
            self._inherit(head)
        elif (than := denial.unwanted(word, self.governors)) is not None:
            self._negated(than, "would rather do another thing")
        elif "if" in marks or "unless" in marks or ("until" in marks and conditions.awaited(word)):
            self.reading.governors += [(above, "if") for above in (head, head.head) if above.pos_ in ("VERB", "ADJ")]
        elif any(self.governors.entry(mark, "when", None) for mark in marks) and tense(word) == "present" and tense(head) == "future":
            self.reading.take("future", word, "when something is to be")

    def _complements(self, word: Token, head: Token) -> bool:
        """Whether a participle that the parser made an adverbial is what its verb speaks of: "ruled out sending", "feared killed"."""
        close = word.i > head.i and not any(t.is_punct or t.pos_ in ("NOUN", "PROPN") for t in word.doc[head.i + 1 : word.i])
        if not close or children(word, "nsubj", "nsubjpass", "mark"):
            return False
        kind = "gerund" if phrases.is_gerund(word) else "that"
        found = self._lookup(head, phrases.pos_of(head), kind)
        if found is not None:
            self.reading.governors.append((head, kind))
            self._undone(head)
        return found is not None

    def _conjunct(self, word: Token, head: Token) -> None:
        if head.pos_ not in ("VERB", "AUX", "ADJ"):
            return
        own = [c for c in children(word, "nsubj", "nsubjpass", "aux", "auxpass", "mark") if c.tag_ != "TO"]
        joined = [c for c in children(head, "cc") if c.lower_ in ("or", "nor") and c.i < word.i]
        denied_again = any(c.dep_ == "neg" for c in word.children) and any(c.lower_ == "but" for c in children(head, "cc"))
        if own or denied_again or phrases.goes_on_alone(word, head):
            if joined and joined[-1].lower_ == "nor":
                self._negated(joined[-1], "negation")
            return
        before = self.reading.negations
        self.read_verb(head)
        denied = children(head, "neg") or any(denial.is_none(o, self.governors) for o in children(head, "dobj", "dative"))
        if denied and not joined:  # "did not leave and killed": the second stands
            self.reading.negations = before

    def _after_preposition(self, noun: Token, prep: Token, *, gerund: bool) -> None:
        if prep.pos_ not in ("ADP", "SCONJ"):
            return
        if self._by_phrase(prep, "gerund" if gerund else "object"):
            return
        own = None if denial.never_without(prep, self.governors) else self._lookup(prep, "prep", None)
        governor = prep.head if prep.head.pos_ != "ADP" or prep.head.dep_ != "prep" else prep.head.head  # "out of"
        if (prep.lower_ in _BESIDE or prep.dep_ == "agent") and not gerund and not (self._reported and governor.pos_ == "NOUN"):
            return
        kind = "gerund" if gerund else "object"
        if gerund and (own is not None or prep.lower_ in _APART or prep.i < governor.i):
            return self._inherit(governor)
        pos = phrases.pos_of(governor)
        if governor.pos_ in ("NOUN", "PROPN"):
            self._reported |= kind == "object" and prep.lower_ == "of" and self._means(governor, "hearsay")
            found = self._lookup(governor, "noun", kind)
            if found is not None and found.effect == "known":
                return
            if not self._reported:  # "no truth in reports that"
                self._believed(governor, found)
            if found is not None or gerund:
                self.reading.governors.append((governor, kind))
                self._overtaken(noun, governor)
                self.read_noun(governor, None)
        elif governor.pos_ == "ADV":  # "stopped short of firing"
            found = self._lookup(governor, "adv", kind)
            if governor.head.pos_ in ("VERB", "AUX"):
                found = self._lookup(governor.head, "verb", kind) or found
                self.reading.governors.append((governor.head, kind))
                (self._inherit if found is None else self.read_verb)(governor.head)
        elif governor.pos_ in ("VERB", "AUX", "ADJ"):
            found = None if self._is_adjunct(prep, governor, kind) else self._lookup(governor, pos, kind)
            self.reading.governors.append((governor, kind))
            if found is not None and found.effect == "known":
                return
            if self._content or self._reported or self._settled:
                self._come_of(governor)  # "went back on its promise to leave"
            if found is not None:
                self._undone(governor)
                self._undone(noun)
                self.read_verb(governor)
            elif gerund or (prep.lower_ in ("to", "into") and not phrases.is_definite(noun)):
                self._inherit(governor)

    def _is_adjunct(self, prep: Token, governor: Token, kind: str) -> bool:
        """Whether a phrase only says when or how ("warned, on a visit to X, that"; "held fire at their request")."""
        loose = kind == "object" and prep.lower_ in _LOOSE and governor.pos_ == "VERB"
        beside = [prep.lower_, *(c.lower_ for c in children(governor, "prt"))]
        entry = self._entry(governor, "verb", kind, beside) if loose else None
        return entry is not None and entry.particle != prep.lower_

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
        self._settled = kind == "to" and found is not None and found.effect == "happened"  # a decision, which may be reversed
        self._reported = kind == "that"
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
        for told in children(noun, "acl", "relcl"):
            if self.governors.entry(noun.lemma_.lower(), "noun", "to") is None and self._starts(told):
                self.reading.take("future", told, "to begin")  # "talks to open on Monday", "release to take days"
        if clause is not None and clause.host is not None and not self._is_known(noun):
            self._lookup(clause.host, "verb", "object")  # "planned a raid"
            self.read_verb(clause.host)
            if clause.host.dep_ != "relcl":  # "the coup they plotted never came off"
                return
        outers = outer_nouns(noun)
        for outer in outers[1:]:
            self._noun_marks(outer)
            self._reported |= self._means(outer, "hearsay")
            phrase = self._phrase(outer, "noun", "object")
            if phrase is not None:  # "in case of an attack"
                self.reading.take(phrase.effect, outer, phrase.id)
            else:
                self._lookup(outer, "noun", "object")
            self.reading.governors.append((outer, "object"))
        self._climb_noun(outers[-1], definite=any(phrases.is_definite(t) for t in outers))

    def _noun_marks(self, noun: Token) -> None:
        for child in noun.children:
            if child.dep_ in ("det", "neg", "preconj") and child.lower_ in denial.NONE and denial.is_none(noun, self.governors):
                self._negated(child, "none of it")
            elif child.dep_ in ("amod", "advmod", "compound") and not (self._means(child, "little") and children(noun, "det")):
                self._lookup(child, "adj", "object")

    def _climb_noun(self, noun: Token, *, definite: bool) -> None:
        head, dep = noun.head, noun.dep_
        if dep == "conj" and head.pos_ in ("NOUN", "PROPN"):
            self._climb_noun(head, definite=definite or phrases.is_definite(head))
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
        if self._content or self._reported or self._settled:
            self._come_of(verb)
        found = self._lookup(verb, "verb", "object")
        self.reading.governors.append((verb, "object"))
        if found is not None:
            self.read_verb(verb)
        elif not definite:
            self._inherit(verb)

    def _subject_of(self, noun: Token, verb: Token, definite: bool) -> None:
        """An event that ends, begins, fails or may come."""
        if self._content or self._settled:
            self._come_of(verb)
        found = self._lookup(verb, "verb", "subject")
        if definite and any(c.lower_ == "would" for c in children(verb, "aux")) and not children(noun, "det"):
            self.reading.take("hypothetical", verb, "would be")  # "their expulsion would be folly"
        early = denial.before_it_began(verb, self.governors)
        if early is not None:
            self.reading.ended = None
            self._negated(early, "before it began")
        for told in children(verb, "acomp", "oprd"):  # "a strike is possible"; of a report that there was one: "baseless"
            if self._lookup(told, "adj", "object") is None and self._reported:
                self._lookup(told, "adj", "that")
        for told in children(verb, "attr", "advmod"):  # "a strike is an option", "is days away"
            self._lookup(told, "adv" if told.pos_ == "ADV" else "noun", "subject")
        if verb.lemma_ == "be":
            for told in (o for p in children(verb, "prep") for o in children(p, "pobj")):  # "a strike is in the offing"
                self._lookup(told, "noun", "subject")
        if self._begins_after(verb):
            return
        content = self._content or self._reported  # "the suspicion has never died" denies no deed
        intransitive = not children(verb, "dobj") and not content
        if found is not None or (intransitive and verb.pos_ == "VERB"):
            self.read_verb(verb)
        elif not definite and not content:
            self._inherit(verb)

    def _begins_after(self, verb: Token) -> bool:
        """"The withdrawal is to start in May", "was to have begun", "failed to start": read from what it is to do."""
        for told in children(verb, "xcomp", *(["ccomp"] if verb.lemma_ == "be" else [])):
            if self._starts(told):
                self.read_verb(told)
                return True
        return False

    def _starts(self, verb: Token) -> bool:
        """Whether an infinitive says only that something begins, goes on or ends ("to start", "to take days")."""
        if not is_infinitive(verb):
            return False
        entry = self._entry(verb, "verb", "subject", [c.lower_ for c in verb.children])
        if entry is None or entry.complement != "subject":
            return False
        return (entry.particle is not None or not children(verb, "dobj", "xcomp", "ccomp")) and self._lookup(verb, "verb", "subject") is not None

    # -- shared

    def _question(self, root: Token) -> None:
        mark = phrases.question_mark(root)
        if mark is not None:
            self.reading.question = True
            self.reading.take("hypothetical", mark, "question")
