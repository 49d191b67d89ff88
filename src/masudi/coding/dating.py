"""When and where a report's event took place: the door of coding to chronology and to the places found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from spacy.tokens import Doc

from ..chronology import EventWords, chronology_of, speaks
from ..records import Article, EventDate, Findings
from ..syntax import Word, clause_verb, tense, tokens_in
from ..text import iso_bounds
from ..tree import Token, tree_of

# Prepositions under which a toponym says where something happened.
WHERE = frozenset(("in", "at", "near", "on", "outside", "off", "inside", "around", "across", "along", "throughout",
                   "within", "over", "above", "below", "beside", "between", "beyond", "north", "south", "east",
                   "west", "into", "toward", "towards", "to"))  # fmt: skip
# These lead to a party as often as to a place ("called on Iran", "a threat to Israel"): a country under them is none.
TO_A_PARTY = frozenset(("on", "to", "toward", "towards", "over"))
# On the way from the place to the predicate: inside noun phrases only these deps are crossed.
CROSSED = frozenset(("pobj", "prep", "appos", "compound", "nmod", "conj", "dobj", "nsubj", "nsubjpass", "attr",
                     "amod", "pcomp", "agent", "dep", "npadvmod", "advmod", "oprd", "dative"))  # fmt: skip
STRUCK = ("dobj", "nsubjpass", "npadvmod")  # the last where the parser takes "shelled Aleppo" for "left Monday"
_YEAR, _WEEK = timedelta(days=365), timedelta(days=7)
_OF_A_THING = ("compound", "amod", "nmod", "poss")
_AROUND = ("about", "over", "after", "before", "since", "following", "despite")  # a deed named after these has its own time
_ERAS = ("days", "years", "decades")


class Dater:
    """Dates and places for the reports of one article. events: the words of events; None for the shipped ones."""

    def __init__(self, doc: Doc, article: Article, findings: Findings, events: EventWords | None = None) -> None:
        self._doc = tree_of(doc)
        self._article, self._times = article, findings.times
        self._distant: dict[bool, dict[int, list[Token]]] | None = None
        self._towns = {i for i, place in enumerate(findings.places) if place.kind in ("city", "landmark")}
        self._chronology = chronology_of(doc, article, findings.times, events)
        self._named: dict[int, list[tuple[int, list[Token], str]]] = {}  # by the sentence's first token
        for index, place in enumerate(findings.places):
            tokens = tokens_in(self._doc, place.span) if place.form in ("name", "organisation") else []
            if tokens and tokens[0].dep_:
                self._named.setdefault(tokens[0].sent.start, []).append((index, tokens, place.kind))

    def date_of(self, trigger: Word) -> EventDate:
        """When the event of `trigger` happened, as a claim; see `Chronology.date_of`."""
        return self._chronology.date_of(trigger)

    def is_long_past(self, word: Word) -> bool:
        """Whether the clause of `word`, or one it stands in without a tense of its own, names a time a year or more past."""
        trigger = self._doc[word.i]
        return any(_dates(time, trigger) for time in self._far(trigger, past=True))

    def is_to_come(self, word: Word) -> bool:
        """Whether the clause of `word` names a time after publication."""
        trigger = self._doc[word.i]
        verb = clause_verb(trigger)
        return any(
            trigger in time.ancestors and _owner(time) in (verb, None) and (time.dep_ not in _OF_A_THING or time.head == trigger)
            for time in self._far(trigger, past=False)
        )  # "its Friday session"; not "exempts them from the Saturday rule"

    def is_set_for(self, noun: Word) -> bool:
        """Whether "for" and a day of this week or to come stand with `noun` or its verb: "called a strike for Monday"."""
        token, bounds = self._doc[noun.i], iso_bounds(self._article.published)
        sent, since = token.sent, None if bounds is None else bounds[0] - _WEEK
        near = [t for t in self._times if t.type == "DATE" and (since is None or t.latest is None or t.latest >= since)]
        times = [tokens_in(self._doc, t.span) for t in near if sent.start_char <= t.span.start < sent.end_char]
        preps = (_preposition(tokens[-1]) for tokens in times if tokens)
        return any(p is not None and p.lower_ == "for" and p.head in (token, token.head) for p in preps)

    def _far(self, trigger: Token, *, past: bool) -> list[Token]:
        """The times of the sentence that lie a year before publication, or after it."""
        if self._distant is None:
            self._distant = {True: {}, False: {}}
            for late, token in self._distant_times():
                self._distant[late].setdefault(token.sent.start, []).append(token)
        return self._distant[past].get(trigger.sent.start, [])

    def _distant_times(self) -> Iterator[tuple[bool, Token]]:
        """(past or to come, last token) of each time far from publication; "in those years" is far too."""
        bounds = iso_bounds(self._article.published)
        if bounds is None:
            return
        for time in self._times:
            tokens = tokens_in(self._doc, time.span) if time.type == "DATE" else []
            if not tokens or not tokens[0].dep_:
                continue
            if time.latest is not None and time.latest <= bounds[0] - _YEAR:
                yield True, tokens[-1]
            elif time.earliest is not None and time.earliest > bounds[1]:
                yield False, tokens[-1]
        for token in self._doc if "those" in self._article.text.lower() else ():
            if token.lower_ == "those" and token.dep_ == "det" and token.head.lower_ in _ERAS:
                yield True, token.head

    def place_of(self, word: Word) -> int | None:
        """The index into `findings.places` of where the event took place.

        A toponym under a preposition of place in the predicate's own clause, the nearest one and the finest of
        a chain such as "in Mosul, Iraq"; else one that opens the sentence; else, for what a main clause tells, the
        town where the sentence before played, if a pronoun takes up its people; None when none says where.
        A toponym that is itself actor or recipient (no preposition of place) is no place of the event.
        """
        trigger = self._doc[word.i]
        ranked = sorted(self._located(trigger))
        return ranked[0][-1] if ranked else self._narrated(trigger)

    def _narrated(self, trigger: Token) -> int | None:
        """The town of the story: where the sentence before played, if this goes on telling in the past."""
        verb = clause_verb(trigger)
        if verb is None or verb.i != trigger.i or verb.dep_ != "ROOT" or tense(verb) != "past" or speaks(verb):
            return None
        goes_on = any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "PRON" for c in verb.children)
        if not goes_on or self._named.get(trigger.sent.start) or trigger.sent.start == 0:
            return None
        before = self._doc[trigger.sent.start - 1].sent
        if "\n" in self._doc.text[before.start_char : trigger.sent.start_char] or speaks(before.root):
            return None
        ranked = sorted(self._located(before.root)) if before.root.dep_ else []
        return ranked[0][-1] if ranked and ranked[0][-1] in self._towns else None

    def _located(self, trigger: Token) -> Iterator[tuple[int, int, int, int]]:
        """(rank of the link, rank of the preposition, distance, index) for each place that may be meant."""
        verb = clause_verb(trigger)
        for index, tokens, kind in self._named.get(trigger.sent.start, ()):
            rank = _link(tokens, trigger, verb, kind)
            if rank is not None:
                yield (*rank, abs(tokens[0].i - trigger.i), index)


def _dates(time: Token, trigger: Token) -> bool:
    """Whether a time hangs on the clause of `trigger`, on a participle beside it, or on the clause around it that has the tense."""
    path = list(time.ancestors)
    owner = _owner(time)
    between = path[: path.index(owner) if owner is not None else None]
    if any(a.lower_ in ("since", "until", "till") for a in between):
        return False
    if _is_of_another(time, trigger):
        return False
    if owner is None:
        return trigger in time.ancestors or time.head == trigger
    if trigger.pos_ not in ("VERB", "AUX") and trigger in time.ancestors and owner in trigger.ancestors:
        return True
    if owner.dep_ == "acl" and owner.head == trigger:
        return True
    verb: Token | None = clause_verb(trigger)
    while verb is not None:
        if tense(verb) in ("present", "perfect", "future", "modal"):
            return False
        if verb == owner:
            return True
        if verb.head == verb or verb.dep_ in ("relcl", "ccomp", "acl"):
            return False
        verb = clause_verb(verb.head) if verb.tag_ not in ("VBD", "VBZ", "VBP") else None
    return False


def _is_of_another(time: Token, trigger: Token) -> bool:
    """Whether a time inside a noun phrase is that of a later deed: "thanked him for his letter about the bombing in 1979"."""
    own = _preposition(time)
    if own is None or own.head.pos_ not in ("NOUN", "PROPN"):
        return False
    return any(t.lower_ in _AROUND and t.dep_ == "prep" and t is not own for t in time.doc[trigger.i + 1 : own.i])


def _preposition(time: Token) -> Token | None:
    return next((a for a in time.ancestors if a.dep_ == "prep"), None)


def _owner(time: Token) -> Token | None:
    """The verb a time hangs on."""
    return next((a for a in time.ancestors if a.pos_ in ("VERB", "AUX")), None)


def _link(tokens: list[Token], trigger: Token, verb: Token | None, kind: str) -> tuple[int, int] | None:
    """How a toponym hangs on a predicate: 0 on the trigger, 1 on its verb, 2 opening the sentence; then how loosely.

    None where it does not say where the event was.
    """
    inside = {t.i for t in tokens}
    node = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
    if kind == "city" and node.dep_ in STRUCK and node.head.i == trigger.i:
        return (0, 0)  # "shelled Aleppo": what is done to a town is done there
    preposition: Token | None = None
    for _ in range(12):
        if node.i == trigger.i or (verb is not None and node.i == verb.i):
            if preposition is None or not _locates(preposition, node, kind):
                return None
            return (0 if node.i == trigger.i else 1, int(preposition.lower_ in TO_A_PARTY))
        if node.dep_ == "prep" and node.lower_ in WHERE:
            preposition = preposition or node
        elif node.dep_ == "prep" and node.lower_ != "of":
            return None
        if node.dep_ not in CROSSED or node.head.i == node.i:
            break
        node = node.head
    opens = tokens[0].i - trigger.sent.start <= 3 and preposition is not None and preposition.lower_ not in TO_A_PARTY
    return (2, 0) if opens and tokens[0].i < trigger.i else None


def _locates(preposition: Token, predicate: Token, kind: str) -> bool:
    """Whether a preposition before a toponym means a place: "on" and "to" lead to a country as to a party."""
    if preposition.lower_ not in TO_A_PARTY:
        return True
    if preposition.lower_ == "to":  # a journey's end: nothing is sent or said there
        return kind == "city" and preposition.head.i == predicate.i and not any(
            c.dep_ in ("dobj", "ccomp", "xcomp", "nsubjpass") for c in predicate.children
        )
    return kind != "country"
