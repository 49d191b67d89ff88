"""Which words of a sentence a time stands with: its noun, the verb of its clause, what stands right beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from ..records import EventDate, Span, Time
from ..syntax import clause_verb, tense, tokens_in
from ..tree import Token, Tree
from .days import between, counted_event, counting_link, shared
from .recall import DEFINITE, DISASTERS, DOING, EventWords, is_definite

# A time inside these belongs to the noun alone: "Monday's attack", "the 1993 accords".
NOUN_ONLY = frozenset(("poss", "compound", "amod", "nmod", "nummod"))
# Prepositions after which a time bounds the event instead of dating it.
OPEN_END = ("since", "from", "after", "following")
OPEN_START = ("until", "till", "by", "before", "to", "through")
# Under these a dated noun dates the verb: "killed in Monday's raid", "said at Friday's hearing".
AMID = ("in", "during", "at")
LONG_AGO_DAYS = 365
PHRASE_WORDS = 8  # from an event's noun, how far its phrase may reach
PLACED = ("at", "near", "on", "of", "in", "against")
# A prepositional time this many nouns away from a verb is no longer the verb's ("praised the report on the ... in 1979").
FAR_NOUNS = 3
# Under these the name of an event ("the Korean War") says when.
WHEN = frozenset((*OPEN_END, "in", "during", "on", "at", "throughout", "amid", "until", "before", "by"))


def head_in(tokens: Sequence[Token]) -> Token:
    """The token of a time on which its others hang."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])


@frozen
class Attached:
    """A time, the predicate it stands with, and the preposition it stands under."""

    time: Time
    root: int
    preposition: str | None


def begun(day: EventDate, found: Sequence[Attached]) -> EventDate:
    """`day` with the year or month in which it began for its value: "has held the port since last summer"."""
    since = next((a.time for a in found if a.preposition == "since"), None)
    if day.value is not None or since is None or since.earliest is None or since.latest is None:
        return day
    value = (shared(since.earliest, since.latest) or "")[: len("2004-10")] or None
    return EventDate(basis=day.basis, value=value, earliest=day.earliest, latest=day.latest, span=day.span)


def whole_range(found: Sequence[Attached]) -> EventDate:
    """From the first day of some times to the last."""
    firsts = [a.time.earliest for a in found if a.time.earliest]
    lasts = [a.time.latest for a in found if a.time.latest]
    return between(min(firsts), max(lasts), _from_to(found))


def open_range(found: Sequence[Attached], bounds: tuple[date, date] | None) -> EventDate:
    """What "since 2003" or "until March" leaves open, publication being the last day of the past.

    "since" counts from the first day of a stretch that the text names as one ("the Korean War"), "after" from its last.
    """
    first: date | None = None
    last: date | None = None
    for attached in found:
        if attached.preposition in OPEN_END:
            over = attached.preposition in ("after", "following") and attached.time.type == "DURATION"
            first = attached.time.latest if over else attached.time.earliest
        elif attached.preposition == "before":
            last = attached.time.earliest
        else:
            last = attached.time.latest
    if first is not None and last is None and bounds and first <= bounds[1]:
        last = bounds[1]
    if first is not None and last is not None and last < first:
        last = None
    return begun(between(first, last, _from_to(found)), found)


def _from_to(found: Sequence[Attached]) -> Span:
    spans = [a.time.span for a in found]
    return Span(min(spans)[0], max(s.end for s in spans))


class Attachments:
    """The times of one article by the tokens they stand with.

    by_token: token index to its times. starts: index of a time's first token. counted_from: the event from which a
    length counts ("a day after he spoke") to the length and the token of what it dates.
    """

    def __init__(self, doc: Tree, words: EventWords) -> None:
        self._doc, self._words = doc, words
        self._bounds: tuple[date, date] | None = None
        self.by_token: dict[int, list[Attached]] = {}
        self._ends: dict[int, Time] = {}
        self.starts: dict[int, Time] = {}
        self.counted_from: dict[int, tuple[Time, int]] = {}

    def attach(self, time: Time, bounds: tuple[date, date] | None) -> None:
        """Note `time` with its noun and with the verb of its clause. bounds: of the day the article was written."""
        self._bounds = bounds
        self._attach(time)

    def _attach(self, time: Time) -> None:
        """Note `time` with its noun and with the verb of its clause."""
        tokens = tokens_in(self._doc, time.span)
        if not tokens or not tokens[0].dep_:
            return
        inside = {t.i for t in tokens}
        self.starts[tokens[0].i] = time
        self._ends[tokens[-1].i] = time
        link = counting_link(self._doc, time)
        event = None if link is None else counted_event(link)
        if event is not None and event.dep_ == "advcl" and event.head.i != event.i:
            self.counted_from[event.i] = time, event.head.i
            before = tokens[0].i - 1 - (self._doc[max(0, tokens[0].i - 1)].text == ",")
            if before in self._ends:  # "found it on Friday, two days after it fell": the day is the finding's
                self.by_token.setdefault(event.head.i, []).append(Attached(self._ends[before], before, None))
            self.by_token.setdefault(event.head.i, []).append(Attached(time, tokens[-1].i, None))
            return
        if event is not None and event.dep_ == "pobj" and event.pos_ == "NOUN" and (verb := clause_verb(event)) is not None:
            self.counted_from[event.i] = time, verb.i
        if self._words.names_event(time) and not self._says_when(tokens):
            self.by_token.setdefault(head_in(tokens).i, []).append(Attached(time, tokens[-1].i, None))
            return
        noun = self._noun_beside(time, tokens)
        if noun is not None:
            self._attach_to_noun(noun, Attached(time, tokens[-1].i, "in"))
            return
        self._attach_opening(time, tokens)
        self._attach_beside(time, tokens)
        top = head_in(tokens)
        preposition, nouns = None, 0
        adverbial = top.dep_ in ("npadvmod", "advmod")  # "to five years Friday": under no preposition
        for node in (top, *top.ancestors):
            if node.dep_ == "prep" or node.pos_ in ("ADP", "SCONJ") or node.dep_ == "mark":
                over = nouns and self._bounds_over(node, time)  # "before the truce of November"
                preposition = node.lower_ if over else preposition or (None if adverbial else node.lower_)
                continue
            attached = Attached(time, top.i, preposition)
            if nouns and preposition == "since" and node.pos_ in ("VERB", "AUX"):
                return  # "the biggest drop since 1987": of the drop alone
            if node.i not in inside:
                nouns += node.pos_ == "NOUN"  # nothing is in a place "on Friday" but what happened there
                is_verb = node.pos_ in ("VERB", "AUX")
                if is_verb and self._is_told_of(attached, node):
                    return
                if not is_verb or (nouns < FAR_NOUNS or preposition is None) and not self._is_nouns_own(attached, node, nouns):
                    self.by_token.setdefault(node.i, []).append(attached)
                if is_verb:
                    return
            elif node.dep_ == "ROOT" or node.i == top.i:  # "Thursday, when two were shot"
                self.by_token.setdefault(node.i, []).append(attached)
            if node.dep_ in NOUN_ONLY and node.head.pos_ in ("NOUN", "PROPN"):
                self._attach_to_noun(node.head, attached)
                return

    def _bounds_over(self, link: Token, time: Time) -> bool:
        """Whether what a time dates only bounds the clause above: a year or month under "before", "after"."""
        coarse = len(time.value or "") < len("2004-10-01")
        return coarse and link.lower_ in ("before", "after", "following", "since", "until")

    def _says_when(self, tokens: Sequence[Token]) -> bool:
        """Whether the name of an event tells when its clause happened, and not whom or what it is about.

        "in the Korean War he served", "since the Korean War"; not "veterans of", "spoke about the Korean War".
        """
        top = head_in(tokens)
        before = [t.lower_ for t in self._doc[tokens[0].sent.start : tokens[0].i] if t.pos_ not in ("DET", "SPACE")]
        if len(before) == 1 and before[0] in WHEN:  # "During the Korean War China shelled ...", whatever hangs on what
            return True
        if top.dep_ == "pobj" or top.dep_ == "pcomp":
            owner = top.head.head
            return top.head.lower_ in WHEN and (owner.pos_ in ("VERB", "AUX") or owner.lemma_ in self._words.families)
        opens = top.dep_ in ("npadvmod", "advmod")
        return opens or top.dep_ in ("nsubj", "nsubjpass") and DOING in self._words.families.get(top.head.lemma_, ())

    def _is_nouns_own(self, attached: Attached, verb: Token, nouns: int) -> bool:
        """Whether a time inside a noun phrase cannot be the verb's: "a poster from 1989"; the past under a present."""
        latest, value = attached.time.latest, attached.time.value or ""
        past = latest is not None and self._bounds is not None and latest < self._bounds[0]
        if nouns == 0:  # "has heard a claim over the fire in 2004": the perfect takes no year gone by
            coarse = attached.time.type == "DATE" and len(value) < len("2004-01-01") and attached.preposition in ("in", "during")
            return past and coarse and tense(verb) == "perfect"
        return attached.preposition == "from" or past and tense(verb) in ("present", "perfect")

    def _noun_beside(self, time: Time, tokens: Sequence[Token]) -> Token | None:
        """The known event right before "in 1979", well before publication, whatever the parser hung the year on.

        None where the year may be the verb's as well: of its subject, of what it carried out.
        """
        first = tokens[0].i
        past = time.latest is not None and self._bounds is not None and (self._bounds[0] - time.latest).days > LONG_AGO_DAYS
        if not past or first == 0 or self._doc[first - 1].lower_ != "in" or len(time.value or "") > len("2004-10"):
            return None
        for token in reversed(list(self._doc[max(tokens[0].sent.start, first - PHRASE_WORDS) : first - 1])):
            if token.pos_ in ("VERB", "AUX", "PUNCT", "CCONJ") or (token.pos_ == "ADP" and token.lower_ not in PLACED):
                return None
            if token.pos_ == "NOUN" and set(self._words.families.get(token.lemma_, ())) & set(DISASTERS):
                held = token.dep_ == "pobj" and token.head.lower_ not in AMID and token.head.lower_ != "by"
                return token if is_definite(token) and held else None
        return None

    def _is_told_of(self, attached: Attached, verb: Token) -> bool:
        """Whether a verb tells of a period and not in it: "reported a loss for the third quarter"; not "set for March"."""
        coarse = attached.time.type == "DATE" and attached.time.earliest != attached.time.latest
        return attached.preposition == "for" and coarse and tense(verb) == "past" and verb.lemma_ not in self._words.planning

    def _attach_opening(self, time: Time, tokens: Sequence[Token]) -> None:
        """Note a time that opens its sentence with the main verb, whatever noun the parser hung it on."""
        before = list(self._doc[tokens[0].sent.start : tokens[0].i])
        if tokens[-1].dep_ == "poss" or any(t.pos_ not in ("ADP", "DET", "SPACE", "PUNCT", "CCONJ", "ADV") for t in before):
            return
        preposition = next((t.lower_ for t in before if t.pos_ == "ADP"), None)
        root = tokens[0].sent.root
        subject = tokens[-1].dep_ == "compound" and tokens[-1].head.dep_ in ("nsubj", "nsubjpass")  # "Last Friday shells hit"
        if root.pos_ in ("VERB", "AUX") and (preposition is not None or subject or tokens[-1].dep_ in ("npadvmod", "advmod")):
            verb = next((c for c in root.children if c.dep_ == "ccomp" and tokens[-1].i < c.i < root.i), root)
            self.by_token.setdefault(verb.i, []).append(Attached(time, tokens[-1].i, preposition))

    def _attach_beside(self, time: Time, tokens: Sequence[Token]) -> None:
        """Note a time with the verb right before it ("found April 8") or the noun it opens ("the May 3, 1988, blast")."""
        first, last = tokens[0].i, tokens[-1].i
        before = self._doc[first - 1] if first else None
        if before is None or before.sent != tokens[0].sent:
            return
        next_text = self._doc[last + 1].text if last + 1 < len(self._doc) else ""
        opener = self._doc[min(last + 1 + (next_text == ","), len(self._doc) - 1)]
        if opener.lower_ == "when" and opener.head.i > opener.i and opener.head.pos_ in ("VERB", "AUX"):  # "Thursday, when two were shot"
            self.by_token.setdefault(opener.head.i, []).insert(0, Attached(time, last, None))
        if before.pos_ == "VERB" and before.tag_ in ("VBD", "VBN") and next_text not in ("'s", "’s"):
            self.by_token.setdefault(before.i, []).append(Attached(time, last, None))
        if before.pos_ == "NOUN" and before.lemma_ in self._words.families and tokens[0].pos_ != "ADP" and next_text not in ("'s", "’s"):
            self.by_token.setdefault(before.i, []).append(Attached(time, last, None))
        if before.pos_ != "DET" or before.lower_ not in DEFINITE:
            return
        after = last + 1 + (last + 1 < len(self._doc) and self._doc[last + 1].text == ",")
        noun = None
        while after < len(self._doc) and self._doc[after].pos_ in ("NOUN", "PROPN", "ADJ"):
            noun = self._doc[after] if self._doc[after].pos_ == "NOUN" else noun
            after += 1
        if noun is not None:
            self.by_token.setdefault(noun.i, []).append(Attached(time, last, None))

    def _attach_to_noun(self, noun: Token, attached: Attached) -> None:
        """Note a time that belongs to a noun; "ousted in a 2010 coup" dates the verb too."""
        self.by_token.setdefault(noun.i, []).append(attached)
        if noun.dep_ == "pobj" and noun.head.lower_ in AMID and noun.head.head.pos_ == "VERB":
            self.by_token.setdefault(noun.head.head.i, []).append(attached)
