"""The marks that the words around an event leave on it: what has been read so far, and what comes of it."""

from __future__ import annotations

from attrs import define, field, frozen

from ..tree import Token

_ABLE = ("can", "ca")  # what somebody is able to do is further from an event than what may be


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
class Marks:
    """What has been read so far on the way up."""

    negations: int = 0
    conditional: bool = False
    counterfactual: bool = False
    future: bool = False
    planned: bool = False  # future by a plan, not by "will"
    hypothetical: bool = False
    historical: bool = False
    generic: bool = False
    ended: Token | None = None
    before_end: int = 0  # negations below the word that ends it
    excluded: bool = False  # a word took it out of what may be ("rule out")
    stopped: bool = False  # that word takes what goes on ("stopped shelling")
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
            self.planned |= word.dep_ != "aux"
        elif effect == "hypothetical":
            self.hypothetical = True
            self.conditional |= word.dep_ in ("mark", "aux", "advmod") and word.lower_ not in _ABLE
        elif effect == "question":
            self.hypothetical = self.question = True
        elif effect == "asks":
            self.hypothetical = True
            self.asked = self.asked or word
        elif effect == "ends" and self.ended is None and (self.planned or (self.hypothetical and not self.conditional)):
            self.undone(word, why)  # "dropped their planned march"
            return
        elif effect == "ends":
            if self.ended is None:
                self.before_end = self.negations
            self.ended = self.ended or word
        elif effect == "generic":
            self.generic = True
        elif effect == "historical":
            self.historical = True
        elif effect == "begins":
            self.begun = self.begun or word
        if effect not in ("happened", "known"):
            self.because.append(f"auxiliary: {effect} by {word.lemma_.lower()} ({why})")

    def suppose(self, auxiliary: Token) -> None:
        """"Should they agree", "were they to agree", "had they agreed"."""
        self.conditional = True
        self.counterfactual |= auxiliary.lower_ == "had"
        self.take("hypothetical", auxiliary, "inverted condition")

    def undone(self, word: Token, why: str) -> None:
        """What was planned or tried did not come about."""
        self.take("negation", word, why)
        if self.planned:
            self.future = self.planned = False

    def come_true(self, word: Token, why: str) -> None:
        """What was ordered or planned was done after all."""
        self.hypothetical = self.future = False
        self.because.append(f"auxiliary: none, for {word.lemma_.lower()} ({why})")

    def status(self) -> Status:
        if self.ended is not None and self.stopped and (self.negations - self.before_end) % 2 == 1:
            self.ended, self.negations = None, self.before_end  # "never stopped shelling it"
        denied = self.negations % 2 == 1
        self.hypothetical |= self.excluded and self.negations > 0 and not denied
        happened = denied and self.counterfactual  # "had they not fired, ...": they fired
        marks = [("negation", denied and not happened), ("future", self.future and not self.hypothetical),
                 ("hypothetical", self.hypothetical and not happened), ("historical", self.historical)]  # fmt: skip
        return Status(
            auxiliary=tuple(name for name, on in marks if on), ended=self.ended, begun=self.begun,
            governors=tuple(self.governors), question=self.question, generic=self.generic, purpose=self.purpose, asked=self.asked,
            conditional=self.conditional, went=self.went,
            because=tuple(self.because),
        )  # fmt: skip
