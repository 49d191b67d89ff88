"""What en/governors.tsv says of the words around an event, looked up once for each word."""

from __future__ import annotations

from ..tree import Token
from . import phrases
from .clause import children, lemma_forms
from .denial import NONE
from .marks import Marks
from .words import Governor, Governors, LightVerbs

_PARTICLES = ("prt", "advmod", "prep", "acomp", "oprd", "dobj")


class Lookups:
    """The marks read so far, and the words that have been counted."""

    def __init__(self, governors: Governors, light_verbs: LightVerbs, own: frozenset[int], spoken: bool) -> None:
        self.governors = governors
        self.light_verbs = light_verbs
        self.reading = Marks()
        self._seen: set[int] = set()
        self._taken: set[int] = set()
        self._own = own
        self._spoken = spoken
        self._content = self._reported = self._settled = False
        self._denying: set[int] = set()  # governors whose content did not come about
        self._coming: set[int] = set()  # and those whose content is to come

    def _lookup(self, word: Token, pos: str, kind: str | None, *particle: str) -> Governor | None:
        if word.i in self._taken:
            return None
        forms = lemma_forms(word) if pos != "adj" else (*lemma_forms(word), word.lower_)  # "the planned march"
        listed = [form for form in forms if (form, pos) in self.governors.by_word]
        particles = [*particle, *(c.lower_ for c in word.children if c.dep_ in _PARTICLES and not phrases.leads_to_place(c))] if listed else []
        for form in listed:
            entry = self.governors.entry(form, pos, kind, particles)
            if entry is not None:
                self._taken.add(word.i)
                self.reading.excluded |= self._is_exclusion(form, pos, particles)
                self.reading.stopped |= entry.effect == "ends" and kind == "gerund" and self.reading.ended is None
                if entry.effect in ("negation", "refuses"):
                    self._denying.add(word.i)
                elif entry.effect == "future":
                    self._coming.add(word.i)
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

    def _entry(self, word: Token, pos: str, kind: str, particles: list[str]) -> Governor | None:
        return next((e for f in lemma_forms(word) if (e := self.governors.entry(f, pos, kind, particles)) is not None), None)

    def _means(self, word: Token, group: str) -> bool:
        return self.governors.entry(word.lower_, group, None) is not None

    def _never(self, prep: Token) -> None:
        """"At no point", "under no circumstances"."""
        for noun in children(prep, "pobj"):
            entry = self.governors.entry(noun.lemma_.lower(), "no", None)
            if entry is not None and noun.left_edge.lower_ == "no":
                self._negated(noun.left_edge, entry.id)

    def _is_known(self, noun: Token) -> bool:
        """Whether what stands over a deed takes it for granted: "claimed responsibility for the attack"."""
        above = noun.head.head if noun.dep_ == "pobj" else noun
        entry = self.governors.entry(above.lemma_.lower(), "noun", "object") if above.pos_ == "NOUN" and above is not noun else None
        return entry is not None and entry.effect == "known"

    def _has_content(self, noun: Token) -> bool:
        return noun.pos_ == "NOUN" and self.governors.entry(noun.lemma_.lower(), "noun", "gerund") is not None

    def _is_exclusion(self, form: str, pos: str, particles: list[str]) -> bool:
        """Whether to deny what this word says leaves it open: "did not rule out a raid"."""
        entry = self.governors.entry(form, pos, "denied", particles)
        return entry is not None and entry.complement == "denied"

    def _phrase(self, word: Token, pos: str, kind: str | None = None) -> Governor | None:
        """The entry of `word` with the word before it: "far from", "no longer"."""
        if word.i == word.sent.start:
            return None
        return self.governors.entry(f"{word.nbor(-1).lower_} {word.lower_}", pos, kind)

    def _negated(self, word: Token, why: str) -> None:
        """One negation for each word that says no; "neither ... nor" says it once."""
        if word.i not in self._taken and word.i not in self._own:
            self._taken.add(word.i)
            self.reading.take("negation", word, why)

    def _come_of(self, word: Token, kind: str = "content") -> None:
        particles = [c.lower_ for c in word.children]
        particles += [o.lower_ for c in word.children if c.dep_ == "prep" for o in c.children]
        for form in lemma_forms(word):
            entry = self.governors.entry(form, phrases.pos_of(word) if word.pos_ != "ADV" else "adv", kind, particles)
            if entry is None or entry.complement != kind or word.i in self._taken:
                continue
            self._taken.add(word.i)
            self._taken |= {o.i for c in word.children for o in (c, *c.children) if o.lower_ in NONE}  # "came to nothing"
            if entry.effect == "negation":
                if not children(word, "neg"):  # "has never died"
                    self.reading.undone(word, entry.id)
            elif not children(word, "neg"):
                self.reading.come_true(word, entry.id)
            return
