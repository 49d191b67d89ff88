"""Which day a predicate of an article belongs to: its own words, the story so far, or only the publication day.

Pure: works on a parsed Doc and the times already found, so that both coding and attribute may date what they find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from attrs import frozen
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from .records import Article, EventDate, Span, Time
from .syntax import clause_verb, is_parsed, tense, tokens_in
from .text import iso_bounds

# Prepositions after which a time bounds the event instead of dating it.
OPEN_END = ("since", "from", "after")
OPEN_START = ("until", "till", "by", "before", "to", "through")
# Adverbs of habit: "has often warned" names no occasion.
HABITUAL = frozenset(("often", "always", "never", "long", "repeatedly", "regularly", "frequently", "traditionally",
                      "historically", "previously", "usually", "once"))  # fmt: skip
SIMULTANEOUS = ("as", "while")
# A time inside these belongs to the noun alone: "Monday's attack", "the 1993 accords".
NOUN_ONLY = frozenset(("poss", "compound", "amod", "nmod", "nummod"))
# From a predicate without a time of its own, whose time may be its own too.
UPWARD_VERB = frozenset(("xcomp", "conj", "advcl", "pcomp", "csubj", "csubjpass", "dep", "aux", "auxpass"))
UPWARD_NOUN = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent", "attr", "appos", "conj", "oprd",
                         "compound", "poss", "amod", "nmod", "dative", "npadvmod", "acomp"))  # fmt: skip
# A prepositional time this many nouns away from a verb is no longer the verb's ("praised the report on the ... in 1979").
FAR_NOUNS = 3
# A story told of a day longer ago than this is a flashback: what speakers said in it was said then.
FLASHBACK_DAYS = 45
# News told on the day or the days after.
NEWS_DAYS = 3
NEWS_SENTENCES = 4
# The lead: sentences in which a story says its day.
LEAD_SENTENCES = 4
CALENDAR = re.compile(r"\d{2,4}(-|$|T)")


@frozen
class _Attached:
    """A time, the predicate it stands with, and the preposition it stands under."""

    time: Time
    root: int
    preposition: str | None


@frozen
class _Story:
    """The day a passage tells of, and where it was set."""

    date: EventDate
    sentence: int
    paragraph: int


class Chronology:
    """The dates of one article's predicates.

    times: as resolve found them. Raises nothing: what cannot be dated has basis "unknown".
    """

    def __init__(self, doc: Doc, article: Article, times: Sequence[Time]) -> None:
        self._doc = doc
        self._bounds = iso_bounds(article.published)
        self._fineness = len(article.published or "")
        self._attached: dict[int, list[_Attached]] = {}
        for time in times:
            if time.earliest is not None and time.type in ("DATE", "TIME", "DURATION"):
                self._attach(time)
        self._sentence_of: dict[int, int] = {}
        self._paragraph_of: dict[int, int] = {}
        self._sentences: list[DocSpan] = list(doc.sents)
        self._number_paragraphs(article.text)
        self._timed = {
            self._sentence_of[a.root] for found in self._attached.values() for a in found
            if a.time.value and CALENDAR.match(a.time.value)
        }  # fmt: skip
        self._headline = _headline(self._sentences)
        self._stories = list(self._tell())
        self._named = self._dated_elsewhere()
        self._todays_news = self._bounds is not None and self._bounds[0] == self._bounds[1] and any(
            story is not None and (story.date.earliest, story.date.latest) == self._bounds
            for story in self._stories[:LEAD_SENTENCES]
        )

    def date_of(self, token: Token) -> EventDate:
        """When what `token` stands for happened, as a claim with its basis.

        An expression that governs the predicate: "text"; the day the story has reached: "inferred"; else the
        publication bounds it ("document": value its month; its day where the lead tells that day's news and the
        predicate is a main clause's), or nothing does ("unknown").
        """
        return self._by_text(token) or self._by_same(token) or self._by_story(token) or self._by_document(token)

    def _attach(self, time: Time) -> None:
        """Note `time` with its noun and with the verb of its clause."""
        tokens = tokens_in(self._doc, time.span)
        if not tokens or not tokens[0].dep_:
            return
        inside = {t.i for t in tokens}
        self._attach_opening(time, tokens)
        top = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])
        preposition, nouns = None, 0
        for node in (top, *top.ancestors):
            if node.dep_ == "prep" or node.pos_ in ("ADP", "SCONP") or node.dep_ == "mark":
                preposition = preposition or node.lower_
                continue
            attached = _Attached(time, top.i, preposition)
            if node.i not in inside:
                nouns += node.pos_ in ("NOUN", "PROPN")
                is_verb = node.pos_ in ("VERB", "AUX")
                if not is_verb or nouns < FAR_NOUNS or preposition is None:
                    self._attached.setdefault(node.i, []).append(attached)
                if is_verb:
                    return
            elif node.dep_ == "ROOT":
                self._attached.setdefault(node.i, []).append(attached)
            if node.dep_ in NOUN_ONLY and node.head.pos_ in ("NOUN", "PROPN"):
                self._attach_to_noun(node.head, attached)
                return

    def _attach_opening(self, time: Time, tokens: Sequence[Token]) -> None:
        """Note a time that opens its sentence with the main verb, whatever noun the parser hung it on."""
        before = list(self._doc[tokens[0].sent.start : tokens[0].i])
        if tokens[-1].dep_ == "poss" or any(t.pos_ not in ("ADP", "DET", "SPACE", "PUNCT") for t in before):
            return
        preposition = next((t.lower_ for t in before if t.pos_ == "ADP"), None)
        root = tokens[0].sent.root
        if root.pos_ in ("VERB", "AUX") and (preposition is not None or tokens[-1].dep_ in ("npadvmod", "advmod")):
            verb = next((c for c in root.children if c.dep_ == "ccomp" and tokens[-1].i < c.i < root.i), root)
            self._attached.setdefault(verb.i, []).append(_Attached(time, tokens[-1].i, preposition))

    def _attach_to_noun(self, noun: Token, attached: _Attached) -> None:
        """Note a time that belongs to a noun; "ousted in a 2010 coup" dates the verb too."""
        self._attached.setdefault(noun.i, []).append(attached)
        if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") and noun.head.head.pos_ == "VERB":
            self._attached.setdefault(noun.head.head.i, []).append(attached)

    def _number_paragraphs(self, text: str) -> None:
        paragraph = 0
        for number, sentence in enumerate(self._sentences):
            for token in sentence:
                self._sentence_of[token.i] = number
            self._paragraph_of[number] = paragraph
            if "\n" in text[sentence.start_char : sentence.end_char] or text[sentence.end_char : sentence.end_char + 1] == "\n":
                paragraph += 1

    def _by_text(self, token: Token) -> EventDate | None:
        for node, before in _climb(token):
            found = [a for a in self._attached.get(node.i, ()) if before is None or a.root < before]
            if found:
                return self._dated(found, node)
        return self._by_purpose(token)

    def _by_purpose(self, token: Token) -> EventDate | None:
        """The time of what was done to an end or of what did it; not of what still lay ahead.

        "rallied to protest on Sunday", "found floating on Monday", "the 1998 bombings killed".
        """
        verb = clause_verb(token)
        if verb is None or tense(verb) not in ("past", "pluperfect"):
            return None
        for child in verb.children:
            found = self._attached.get(child.i)
            joined = child.dep_ in ("advcl", "xcomp") and (child.tag_ == "VBG" or tense(child) == "infinitive")
            if found and (joined or _dates_subject(found, child)):
                dated = self._dated(found, child)
                if dated.value is not None and dated.latest is not None and self._is_past(dated.latest):
                    return dated
        return None

    def _dated(self, found: list[_Attached], node: Token) -> EventDate:
        """The date that the times at one predicate give together."""
        bounding = [a for a in found if a.preposition in OPEN_END + OPEN_START]
        exact = [a for a in found if a not in bounding and CALENDAR.match(a.time.value or "")]
        exact = [a for a in exact if a.time.type == "DATE"] or exact
        if exact and exact[0].preposition == "between" and len(exact) > 1:
            return self._range(exact)
        if exact:
            best = min(exact, key=lambda a: (abs(a.root - node.i), a.time.span))
            return _exactly(best.time)
        loose = [a for a in found if a not in bounding]
        return self._range(loose) if loose else self._open_range(bounding)

    def _range(self, found: list[_Attached]) -> EventDate:
        firsts = [a.time.earliest for a in found if a.time.earliest]
        lasts = [a.time.latest for a in found if a.time.latest]
        spans = [a.time.span for a in found]
        return _between(min(firsts), max(lasts), Span(min(spans)[0], max(s.end for s in spans)))

    def _open_range(self, found: list[_Attached]) -> EventDate:
        """What "since 2003" or "until March" leaves open, publication being the last day of the past."""
        first: date | None = None
        last: date | None = None
        for attached in found:
            if attached.preposition in OPEN_END:
                first = attached.time.earliest
            elif attached.preposition == "before":
                last = attached.time.earliest
            else:
                last = attached.time.latest
        if first is not None and last is None and self._bounds and first <= self._bounds[1]:
            last = self._bounds[1]
        if first is not None and last is not None and last < first:
            last = None
        spans = [a.time.span for a in found]
        return _between(first, last, Span(min(spans)[0], max(s.end for s in spans)))

    def _tell(self) -> Iterator[_Story | None]:
        """For each sentence the story it sets, where its main clause is dated by text in the past; else None."""
        for number, sentence in enumerate(self._sentences):
            story = None
            if is_parsed(sentence):
                for verb in _main_verbs(sentence.root):
                    found = self._by_text(verb)
                    if found is not None and (found.value or found.earliest) is not None and tense(verb) in (
                        "past", "pluperfect", "perfect", None,
                    ):  # fmt: skip
                        story = _Story(found, number, self._paragraph_of[number])
                        break
            yield story

    def _dated_elsewhere(self) -> dict[tuple[str, ...], EventDate]:
        """Dates the text gives to an event, by what names it; left out where it names several dates."""
        found: dict[tuple[str, ...], list[EventDate]] = {}
        for token in self._doc:
            if token.pos_ in ("NOUN", "VERB") and token.dep_ and (names := _names(token)):
                dated = self._by_text(token)
                if dated is not None and dated.value is not None:
                    found.setdefault(names, []).append(dated)
        return {
            names: min(dates, key=lambda d: (-len(d.value or ""), d.span or Span(0, 1)))
            for names, dates in found.items()
            if len({d.value for d in dates if len(d.value or "") == max(len(e.value or "") for e in dates)}) == 1
        }

    def _by_same(self, token: Token) -> EventDate | None:
        """The date the article gives the same event elsewhere."""
        same = self._named.get(_names(token)) if token.pos_ in ("NOUN", "VERB") else None
        return None if same is None else _inferred(same)

    def _by_story(self, token: Token) -> EventDate | None:
        """The day the story has reached, where this sentence goes on telling it; for a headline, the lead's."""
        here = self._sentence_of.get(token.i)
        verb = clause_verb(token)
        if here is None or verb is None:
            return None
        if here == self._headline:
            following = next((s for s in self._stories[here + 1 : here + 4] if s is not None), None)
            return _inferred(following.date) if following is not None and self._is_news(following.date) else None
        told = _told_tense(verb)
        if told not in ("past", "pluperfect"):
            return None
        for number in range(here - 1, -1, -1):
            story = self._stories[number]
            if story is None and number in self._timed:
                return None  # the telling has moved to a day we could not take for its own
            if story is None:
                continue
            if token.i != verb.i and not self._is_flashback(story.date):
                return None
            return _inferred(story.date) if self._goes_on(story, here, verb, told) else None
        return None

    def _goes_on(self, story: _Story, here: int, verb: Token, told: str) -> bool:
        """Whether sentence `here` still tells `story`.

        A flashback goes on for its paragraph and into the next that takes up its subject, its speakers with it. News
        of the day goes on through the article, but what is said is said on no day told ("he said" is the reporter's).
        """
        gap = self._paragraph_of[here] - story.paragraph
        if self._is_flashback(story.date):
            first = next((t for t in self._sentences[here] if not t.is_space and not t.is_punct), None)
            return gap == 0 or (gap == 1 and first is not None and (first.pos_ == "PRON" or not _speaks(verb)))
        if _speaks(verb) or told != "past":
            return False
        near = here - story.sentence <= NEWS_SENTENCES
        return gap == 0 or (near and self._is_news(story.date) and _is_main(verb))

    def _is_news(self, day: EventDate) -> bool:
        """Whether a day is publication's or just before it."""
        if self._bounds is None or day.earliest is None or day.latest is None:
            return False
        return self._bounds[0] - timedelta(days=NEWS_DAYS) <= day.earliest and day.latest <= self._bounds[1]

    def _said_in_flashback(self, verb: Token) -> EventDate | None:
        """The day of the saying, where `verb` stands in the content of something said well before publication."""
        for node in (verb, *verb.ancestors):
            if node.dep_ == "ccomp" or (node.dep_ == "acl" and any(c.dep_ == "mark" for c in node.children)):
                saying = self._by_text(node.head) or self._by_story(node.head)
                return saying if saying is not None and self._is_flashback(saying) else None
        return None

    def _is_past(self, day: date) -> bool:
        return self._bounds is None or day <= self._bounds[1]

    def _is_flashback(self, day: EventDate) -> bool:
        """Whether a day lies well before publication, or a stretch of time ("after 2003") begins there."""
        end = day.latest if day.value is not None else day.earliest
        if end is None:
            return False
        return self._bounds is None or end < self._bounds[0] - timedelta(days=FLASHBACK_DAYS)

    def _by_document(self, token: Token) -> EventDate:
        verb = clause_verb(token)
        told = None if verb is None else _told_tense(verb)
        said = None if verb is None else self._said_in_flashback(verb)
        if said is not None:
            if told in ("past", "pluperfect", "perfect"):
                return EventDate(basis="inferred", latest=said.latest, span=said.span)
            return EventDate(basis="inferred", earliest=said.earliest, span=said.span)
        if self._bounds is None or told == "pluperfect" or (verb is not None and _is_habit(verb)):
            return EventDate(basis="unknown")
        first, last = self._bounds
        if told == "future":
            return EventDate(basis="document", earliest=first)
        if self._todays_news and verb is not None and told in ("past", "present") and _is_main(verb):
            return EventDate(basis="document", value=last.isoformat(), earliest=first, latest=last)
        month = last.replace(day=1) if self._fineness >= 7 else first
        value = f"{last.year:04d}-{last.month:02d}" if self._fineness >= 7 else f"{last.year:04d}"
        return EventDate(basis="document", value=value, earliest=month, latest=last)


def _headline(sentences: Sequence[DocSpan]) -> int | None:
    """The number of the first sentence, where it ends in no full stop and the text goes on on another line."""
    for number, sentence in enumerate(sentences[:2]):
        words = [t for t in sentence if not t.is_space]
        if not words:
            continue
        ends = words[-1].text not in (".", "!", "?", "''", '"', "”")
        broken = any("\n" in t.text for t in sentence[-1 : len(sentence)]) or words[-1].i + 1 < len(sentence.doc) and (
            "\n" in sentence.doc[words[-1].i + 1].text
        )
        return number if ends and broken else None
    return None


def _climb(token: Token) -> Iterator[tuple[Token, int | None]]:
    """`token` and the predicates whose time may be its own, nearest first; never out of a statement's content.

    With each the token before which a time must stand: of "On Monday A came and B left" the time opens both clauses,
    of "A came on Monday and B left" it is A's.
    """
    node, before = token, None
    while True:
        yield node, before
        if node.dep_ == "ROOT" or node.head.i == node.i:
            return
        is_verb = node.pos_ in ("VERB", "AUX")
        if node.dep_ in ("relcl", "acl"):  # "the 1988 bombing that killed ...": the noun's own time, no further
            yield node.head, before
            return
        if node.dep_ not in (UPWARD_VERB if is_verb else UPWARD_NOUN | UPWARD_VERB):
            return
        if is_verb and node.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ not in SIMULTANEOUS for c in node.children
        ):  # fmt: skip
            return
        if is_verb and node.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children):
            before = node.head.i
        node = node.head


def _inferred(day: EventDate) -> EventDate:
    return EventDate(basis="inferred", value=day.value, earliest=day.earliest, latest=day.latest, span=day.span)


def _names(token: Token) -> tuple[str, ...]:
    """What makes two mentions the same event: a noun's lemma; a verb's with its party undergone. () for neither."""
    if token.pos_ == "NOUN":
        return (token.lemma_,)
    parties = [c.lemma_ for c in token.children if c.dep_ in ("dobj", "nsubjpass") and c.pos_ in ("NOUN", "PROPN")]
    return (token.lemma_, *parties) if parties else ()


def _exactly(time: Time) -> EventDate:
    value = (time.value or "").split("T")[0]
    return EventDate(basis="text", value=value or None, earliest=time.earliest, latest=time.latest, span=time.span)


def _between(first: date | None, last: date | None, span: Span) -> EventDate:
    """A date for a range that may be open: its value is what first and last day share, if anything."""
    value = None
    if first is not None and last is not None and first.year == last.year:
        value = first.isoformat()[: 10 if first == last else 7 if first.month == last.month else 4]
    return EventDate(basis="text", value=value, earliest=first, latest=last, span=span)


def _main_verbs(root: Token) -> Iterable[Token]:
    """The sentence's root and its coordinated verbs, then what the root reports (the fact, not the saying, first)."""
    content = [c for c in root.children if c.dep_ == "ccomp"]
    return [*([] if not content or _fronted(root) else []), root, *root.conjuncts, *content]


def _fronted(root: Token) -> bool:
    return any(c.dep_ == "ccomp" and c.i < root.i for c in root.children)


def _speaks(verb: Token) -> bool:
    """Whether `verb` governs what someone says or thinks."""
    return any(c.dep_ == "ccomp" or (c.dep_ == "punct" and c.is_quote) for c in verb.children)


def _dates_subject(found: Sequence[_Attached], child: Token) -> bool:
    """Whether a time belongs to the subject itself, as in "the Aug. 7 bombings killed"."""
    return child.dep_ == "nsubj" and child.pos_ == "NOUN" and any(
        a.preposition is None and a.root < child.i for a in found
    )


def _is_main(verb: Token) -> bool:
    """Whether `verb` carries the telling: the root, what it is joined to, or what the root reports."""
    while verb.dep_ in ("conj", "ccomp") and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "ROOT"


def _told_tense(verb: Token) -> str | None:
    """The tense of the clause, or of the one above for a participle; an infinitive looks ahead."""
    node = verb
    while True:
        if node.dep_ == "conj" and not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in node.children):
            node = clause_verb(node.head) or node  # "has convicted 22 and released two"
        form = tense(node)
        if form is not None and form != "infinitive":
            return form
        above = clause_verb(node.head) if node.head.i != node.i else None
        if form == "infinitive" and (above is None or node.dep_ != "xcomp"):
            return "future" if node.dep_ in ("xcomp", "advcl", "acl") else form
        if above is None or above.i == node.i:
            return form
        node = above


def _is_habit(verb: Token) -> bool:
    return any(c.dep_ == "advmod" and c.lower_ in HABITUAL for c in verb.children)
