"""When and where a report's event took place: the door of coding to chronology and to the places found."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from ..chronology import Chronology, speaks
from ..records import Article, EventDate, Findings
from ..syntax import clause_verb, tense, tokens_in

# Prepositions under which a toponym says where something happened.
WHERE = frozenset(("in", "at", "near", "on", "outside", "off", "inside", "around", "across", "along", "throughout",
                   "within", "over", "above", "below", "beside", "between", "beyond", "north", "south", "east",
                   "west", "into", "toward", "towards", "to"))  # fmt: skip
# These lead to a party as often as to a place ("called on Iran", "a threat to Israel"): a country under them is none.
TO_A_PARTY = frozenset(("on", "to", "toward", "towards", "over"))
# On the way from the place to the predicate: inside noun phrases only these deps are crossed.
CROSSED = frozenset(("pobj", "prep", "appos", "compound", "nmod", "conj", "dobj", "nsubj", "nsubjpass", "attr",
                     "amod", "pcomp", "agent", "dep", "npadvmod", "advmod", "oprd", "dative"))  # fmt: skip


class Dater:
    """Dates and places for the reports of one article."""

    def __init__(self, doc: Doc, article: Article, findings: Findings) -> None:
        self._doc = doc
        self._towns = {i for i, place in enumerate(findings.places) if place.kind in ("city", "landmark")}
        self._chronology = Chronology(doc, article, findings.times)
        self._named: dict[int, list[tuple[int, list[Token], str]]] = {}  # by the sentence's first token
        for index, place in enumerate(findings.places):
            tokens = tokens_in(doc, place.span) if place.form == "name" else []
            if tokens and tokens[0].dep_:
                self._named.setdefault(tokens[0].sent.start, []).append((index, tokens, place.kind))

    def date_of(self, trigger: Token) -> EventDate:
        """When the event of `trigger` happened, as a claim; see `Chronology.date_of`."""
        return self._chronology.date_of(trigger)

    def place_of(self, trigger: Token) -> int | None:
        """The index into `findings.places` of where the event took place.

        A toponym under a preposition of place in the predicate's own clause, the nearest one and the finest of
        a chain such as "in Mosul, Iraq"; else one that opens the sentence; else, for what a main clause tells, the
        town where the sentence before played, if a pronoun takes up its people; None when none says where.
        A toponym that is itself actor or recipient (no preposition of place) is no place of the event.
        """
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


def _link(tokens: list[Token], trigger: Token, verb: Token | None, kind: str) -> tuple[int, int] | None:
    """How a toponym hangs on a predicate: 0 on the trigger, 1 on its verb, 2 opening the sentence; then how loosely.

    None where it does not say where the event was.
    """
    inside = {t.i for t in tokens}
    node = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
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
