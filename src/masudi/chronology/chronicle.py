"""Which day a predicate of an article belongs to: its own words, the story so far, or only the publication day.

Pure: works on a parsed Doc and the times already found, so that both coding and attribute may date what they find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs
from attrs import frozen
from spacy.tokens import Doc

from ..records import Article, EventDate, Time
from ..syntax import Word, clause_verb, is_parsed, tense, tokens_in
from ..text import iso_bounds
from ..tree import Sentence, Token, tree_of
from .attached import (
    OPEN_END,
    OPEN_START,
    Attached,
    Attachments,
    open_range,
    whole_range,
)
from .backdrop import is_background, is_each_time
from .beside import documents, of_document, on_noun, same_moment, since_clauses, within
from .climbing import SIMULTANEOUS, climb, dates_subject, misread, said_by, says_when
from .days import (
    CALENDAR,
    agree,
    counted_event,
    counting_link,
    counting_way,
    exactly,
    inferred,
    one_date,
    points_back,
    shifted,
    surest,
    within_it,
)
from .entries import NEWS_DAYS, entries, is_dateline
from .recall import (
    DISASTERS,
    DOCUMENT,
    DOING,
    HARM,
    EventWords,
    is_definite,
    keys,
    shipped_words,
)
from .telling import (
    goes_on_as_clause,
    headline,
    is_habit,
    is_main,
    is_same_speaker,
    main_verbs,
    moves_away,
    says_of_now,
    speaker_of,
    speaks,
    told_tense,
)

# A story told of a day longer ago than this is a flashback: what speakers said in it was said then.
FLASHBACK_DAYS = 45
FLASHBACK_PARAGRAPHS = 2  # after one, before an undated passive is news again
NEWS_SENTENCES = 4
SPEAKERS = ("i", "we", "you")  # they open what somebody says, and take up nobody
# The lead: sentences in which a story says its day.
LEAD_SENTENCES = 4
PHRASE_WORDS = 10  # from an event's noun, how far its phrase may reach
CLOCK = re.compile(r"T\d\d:")  # "before midnight", "after 9 a.m.": still on that day


@frozen
class _Story:
    """The day a passage tells of, and where it was set."""

    date: EventDate
    sentence: int
    paragraph: int


class Chronology:
    """The dates of one article's predicates.

    times: as resolve found them. words: those of events; None for the shipped ones. Raises nothing: what cannot be dated has basis "unknown".
    """

    def __init__(self, doc: Doc, article: Article, times: Sequence[Time], words: EventWords | None = None) -> None:
        self._doc, self._words = tree_of(doc), words or shipped_words()
        self._bounds = iso_bounds(article.published)
        self._published = self._bounds  # a dateline may set the bounds a few days before
        self._fineness, self._opinion = len(article.published or ""), article.kind == "commentary"
        attachments, unreckoned = (Attachments(self._doc, self._words) for _ in range(2))
        self._told: dict[str, list[tuple[int, EventDate]]] = {}  # by kind of event: sentence, date
        self._ready = False
        self._dating: set[int] = set()  # tokens whose date is being asked: a length may be counted in a circle
        self._entries = entries(times, article.text)
        heads = {time.span for _, _, time in self._entries}
        for time in [t for t in times if t.span not in heads]:
            if is_dateline(time, article.text, self._bounds):
                self._bounds = (time.earliest, time.latest) if time.earliest and time.latest else self._bounds
            elif time.type in ("DATE", "TIME", "DURATION") and (time.earliest is not None or counting_link(self._doc, time) is not None):
                attachments.attach(time, self._bounds)
            elif time.note is not None or self._words.is_remote(time):
                unreckoned.attach(time, self._bounds)
        self._attached, self._starts, self._counted_from = attachments.by_token, attachments.starts, attachments.counted_from
        self._unreckoned = unreckoned.by_token  # days of a calendar that is kept as text, "decades ago"
        self._sentence_of: dict[int, int] = {}
        self._paragraph_of: dict[int, int] = {}
        self._sentences: list[Sentence] = self._doc.sents
        self._number_paragraphs(article.text)
        self._timed = {
            self._sentence_of[a.root] for found in self._attached.values() for a in found
            if a.time.value and CALENDAR.match(a.time.value)
        } | {self._sentence_of[a.root] for found in self._unreckoned.values() for a in found}  # fmt: skip
        self._aside = self._told_aside(times)
        self._headline = headline(self._sentences)
        self._tell_families()
        self._stories = list(self._tell())
        self._bounds = self._written_before(times) or self._bounds
        self._todays_news = self._bounds is not None and self._bounds[0] == self._bounds[1] and any(
            story is not None and (story.date.earliest, story.date.latest) == self._bounds
            for story in self._stories[:LEAD_SENTENCES]
        )
        self._tell_flashbacks()
        self._named = self._dated_elsewhere()
        self._ready = True

    def date_of(self, word: Word) -> EventDate:
        """When what `word` stands for happened, as a claim with its basis.

        An expression that governs the predicate: "text"; the day the story has reached: "inferred"; else the
        publication bounds it ("document": value its month; its day where the lead tells that day's news and the
        predicate is a main clause's), or nothing does ("unknown").
        """
        token = self._doc[word.i]
        return (
            self._by_recall(token) or self._by_text(token) or self._by_entry(token) or self._by_same(token)
            or self._by_unreckoned(token) or self._by_kind(token) or self._by_story(token) or self._by_speaker(token) or self._by_document(token)
        )  # fmt: skip

    def _written_before(self, times: Sequence[Time]) -> tuple[date, date] | None:
        """The eve of publication, where the lead tells its news and the text names no later day of the past: written then."""
        if self._bounds is None or self._bounds[0] != self._bounds[1] or self._bounds[0] == date.min:
            return None
        today, eve = self._bounds[0], self._bounds[0] - timedelta(days=1)
        leads = [s.date for s in self._stories[:LEAD_SENTENCES] if s is not None]
        if not leads or (leads[0].earliest, leads[0].latest) != (eve, eve):
            return None
        first = next(n for n, story in enumerate(self._stories) if story is not None)
        if any(tense(sentence.root) == "present" for sentence in self._sentences[:first] if is_parsed(sentence)):
            return None  # "The founder says the site will stay": told now
        span = leads[0].span
        counted_from_today = span is None or "day" not in self._doc.text[span.start : span.end].lower().replace("yesterday", "")
        named_today = any(t.earliest == t.latest == today and self._dates_past(t) for t in times)
        return None if counted_from_today or named_today else (eve, eve)

    def _by_entry(self, token: Token) -> EventDate | None:
        """The day of the chronicle's entry that a word stands in, where it tells what came about then."""
        found = next((time for start, end, time in self._entries if start <= token.idx < end), None)
        verb = clause_verb(token) if found is not None else None
        form = None if verb is None else told_tense(verb)
        if found is None or form in ("pluperfect", "perfect", "modal") or form == "future" and verb is not None and is_main(verb):
            return None
        day = exactly(found, self._words)
        return day if verb is not None and is_main(verb) else inferred(day)

    def _by_unreckoned(self, token: Token) -> EventDate | None:
        """Its words alone, and publication as bound, where only a time without days says when ("on 22 Bahman", "decades ago")."""
        for node, before in climb(token, self._words):
            found = [a for a in self._unreckoned.get(node.i, ()) if before is None or a.root < before]
            if found:
                verb, bounds = clause_verb(token), self._bounds
                past = verb is None or told_tense(verb) in ("past", "pluperfect", "perfect")
                return EventDate(basis="document" if bounds and past else "unknown", latest=bounds[1] if bounds and past else None, span=found[0].time.span)
        return None

    def _dates_past(self, time: Time) -> bool:
        """Whether a time stands with no verb, or with one told as done: not "will meet Tuesday", "wait for Tuesday's vote"."""
        verbs = [self._doc[i] for i, found in self._attached.items() if any(a.time is time for a in found)]
        told = [tense(v) for v in verbs if v.pos_ in ("VERB", "AUX")]
        if not told:
            told = [tense(v) for t in tokens_in(self._doc, time.span)[:1] if (v := clause_verb(t)) is not None]
        return not told or any(form not in ("future", "modal", "infinitive", "present") for form in told)

    def _number_paragraphs(self, text: str) -> None:
        paragraph = 0
        for number, sentence in enumerate(self._sentences):
            for token in sentence:
                self._sentence_of[token.i] = number
            self._paragraph_of[number] = paragraph
            if "\n" in text[sentence.start_char : sentence.end_char] or text[sentence.end_char : sentence.end_char + 1] == "\n":
                paragraph += 1

    def _by_text(self, token: Token) -> EventDate | None:
        if token.i in self._counted_from and token.i not in self._dating and not self._exact(token):
            time, other = self._counted_from[token.i]
            main = next((n for n in said_by(self._doc[other]) if self._exact(n)), None)
            return None if main is None else shifted(self._dated(self._exact(main), main), time, -counting_way(self._doc, time))
        for node, before in (*climb(token, self._words), *misread(token)):
            found = [a for a in self._attached.get(node.i, ()) if before is None or a.root < before]
            found = [a for a in found if not self._is_yet_to_come(a, token)]
            if found:
                day = self._dated(found, token if token.pos_ == "NOUN" and token.lemma_ in self._words.families else node)
                if day.basis == "unknown" and node.i == token.i:  # a length counted from what has no date
                    return self._by_purpose(token) or self._by_beside(token) or day
                return self._finer(token, day)
        return self._by_purpose(token) or self._by_beside(token)

    def _exact(self, token: Token) -> list[Attached]:
        """The times at a token that name days, lengths left out."""
        return [a for a in self._attached.get(token.i, ()) if a.time.earliest is not None]

    def _by_beside(self, token: Token) -> EventDate | None:
        """The past day of a participle on the event's noun or the document that speaks, or of a clause of the same moment."""
        verb = clause_verb(token)
        if verb is not None and verb.i == token.i and tense(verb) == "perfect":  # "has sent troops since he took office in 2006"
            for since in since_clauses(verb):
                opened = [attrs.evolve(a, preposition="since") for a in self._exact(since) if a.preposition in (None, "in", "on")]
                if opened:
                    return inferred(open_range(opened, self._bounds))
        moments: list[Token] = [*on_noun(token, self._words)]
        if verb is not None and verb.i == token.i and tense(verb) in ("past", "perfect", "pluperfect"):
            moments += [*(of_document(verb, self._words) if speaks(verb) or verb.dep_ != "relcl" else ()), *same_moment(verb)]
        for moment in moments:
            if moment.i in self._attached:
                return self._dated(self._attached[moment.i], moment)
        if verb is not None and verb.i == token.i and tense(verb) in ("past", "perfect", "pluperfect", None):
            if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in SIMULTANEOUS for c in verb.children):
                return self._by_purpose(verb.head)  # "as Israel mounted an attack"
            for noun in within(verb, self._words):
                dated = self._by_recall(noun) or (self._dated(self._attached[noun.i], noun) if noun.i in self._attached else None)
                if dated is not None and dated.latest is not None and self._is_past(dated.latest):
                    return inferred(dated)
        return None

    def _finer(self, token: Token, day: EventDate) -> EventDate:
        """`day`, or the day within it that the article gives the one event of this kind elsewhere."""
        if not self._ready or token.pos_ != "NOUN" or len(day.value or "") not in (4, 7):
            return day
        finer = within_it(day, [t for kind in self._words.families.get(token.lemma_, ()) for t in self._told.get(kind, ())])
        return day if finer is day else inferred(finer)

    def _is_yet_to_come(self, attached: Attached, token: Token) -> bool:
        """Whether a day after publication stands with a verb of the past: "scheduled a vote for Friday"."""
        first = attached.time.earliest
        if token.pos_ != "VERB" or first is None or self._published is None or first <= self._published[1]:
            return False
        return tense(token) in ("past", "perfect", "pluperfect")

    def _by_purpose(self, token: Token) -> EventDate | None:
        """The time of what was done to an end or of what did it; not of what still lay ahead.

        "rallied to protest on Sunday", "found floating on Monday", "the 1998 bombings killed".
        """
        verb = clause_verb(token)
        if verb is None or tense(verb) not in ("past", "pluperfect"):
            return None
        for child in verb.children:
            found = self._attached.get(child.i)
            if not found and child.dep_ == "nsubj" and child.lemma_ in self._words.families:  # "the bomb that struck on Saturday"
                child = next((c for c in child.children if says_when(c) and c.i in self._attached), child)
                found = self._attached.get(child.i)
                if found and child.dep_ == "relcl":
                    return self._dated(found, child)
            joined = child.dep_ == "ccomp" and child.tag_ == "VB" and tense(child) is None  # "let them go Sunday"
            joined = joined or child.dep_ in ("advcl", "xcomp", "oprd") and (child.tag_ == "VBG" or tense(child) == "infinitive")
            joined = joined or child.dep_ in ("xcomp", "oprd", "acomp") and child.tag_ == "VBN"  # "was found strangled on Monday"
            if found and (joined or dates_subject(found, child)):
                dated = self._dated(found, child)
                if dated.value is not None and dated.latest is not None and self._is_past(dated.latest):
                    return dated
        return None

    def _dated(self, found: list[Attached], node: Token) -> EventDate:
        """The date that the times at one predicate give together."""
        counted = next((a.time for a in found if a.time.earliest is None), None)
        found = [a for a in found if a.time.earliest is not None]
        if counted is not None and not any(CALENDAR.match(a.time.value or "") for a in found):
            day = self._counted(counted)
            if day is not None or not found:
                return day or EventDate(basis="unknown", span=counted.span)
        bounding = [a for a in found if a.preposition in OPEN_END + OPEN_START and not CLOCK.search(a.time.value or "")]
        exact = [a for a in found if a not in bounding and CALENDAR.match(a.time.value or "")]
        exact = [a for a in exact if a.time.type == "DATE"] or exact
        exact = [a for a in exact if self._doc[a.root].dep_ != "nsubj"] or exact  # "Fiscal 1996 began Oct. 1"
        if exact and exact[0].preposition == "between" and len(exact) > 1:
            return whole_range(exact)
        if exact:
            best = min(exact, key=lambda a: (abs(a.root - node.i), a.time.span))
            return exactly(best.time, self._words)
        loose = [a for a in found if a not in bounding]
        day = whole_range(loose) if loose else open_range(bounding, self._bounds)
        return inferred(day) if all(points_back(a.time, self._words) for a in loose or bounding) else day

    def _counted(self, time: Time) -> EventDate | None:
        """The day so long before or after the event named next; coarser the longer the unit."""
        link = counting_link(self._doc, time)
        event = None if link is None else counted_event(link)
        if event is None or event.i in self._dating:
            return None
        self._dating.add(event.i)
        start = self.date_of(event) if self._ready else self._by_recall(event) or self._by_text(event)
        self._dating.discard(event.i)
        return None if start is None or start.basis == "document" else shifted(start, time, counting_way(self._doc, time))

    def _tell(self) -> Iterator[_Story | None]:
        """For each sentence the story it sets, where its main clause is dated by text in the past; else None."""
        for number, sentence in enumerate(self._sentences):
            story = None
            if is_parsed(sentence):
                for verb in main_verbs(sentence.root):
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
            if token.pos_ in ("NOUN", "VERB") and token.dep_ and (named := keys(token, self._words)):
                dated = self._by_text(token)
                if dated is not None and dated.value is not None:
                    for names in named:
                        found.setdefault(names, []).append(dated)
        return {names: surest(dates) for names, dates in found.items() if agree(dates)}

    def _by_same(self, token: Token) -> EventDate | None:
        """The date the article gives the same event elsewhere."""
        known = token.pos_ == "VERB" or (token.pos_ == "NOUN" and (is_definite(token) or token.tag_ == "NN"))
        named = keys(token, self._words) if known else ()
        same = next((self._named[names] for names in named if names in self._named), None)
        if same is None:
            return None
        verb = clause_verb(token)
        ahead = same.earliest is not None and not self._is_past(same.earliest)
        return None if ahead and verb is not None and told_tense(verb) in ("past", "perfect") else inferred(same)

    def _tell_families(self) -> None:
        """Note the dates that times beside it give to each kind of event, where they lie in the past."""
        for token in self._doc:
            kinds = self._words.families.get(token.lemma_, ()) if token.pos_ in ("NOUN", "VERB") and token.dep_ else ()
            if not kinds:
                continue
            found = self._attached.get(token.i)
            if not found and token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass"):
                found = self._attached.get(token.head.i)
            found = found or next((self._attached[c.i] for c in token.children if says_when(c) and c.i in self._attached), [])
            found = [a for a in found if a.time.earliest is not None]
            dated = self._dated(found, token) if found else None
            if dated is None or dated.value is None or dated.latest is None or not self._is_past(dated.latest):
                continue
            for kind in kinds:
                self._told.setdefault(kind, []).append((self._sentence_of[token.i], dated))

    def _tell_flashbacks(self) -> None:
        """Note, too, what the passages that tell of a past day tell without a time of its own."""
        for token in self._doc:
            if token.pos_ == "VERB" and token.dep_ and token.i not in self._attached:
                for kind in self._words.families.get(token.lemma_, ()):
                    dated = self._by_story(token)
                    if dated is not None and self._is_flashback(dated) and len(dated.value or "") == len("1987-05-04"):
                        self._told.setdefault(kind, []).append((self._sentence_of[token.i], dated))

    def _by_recall(self, token: Token) -> EventDate | None:
        """The date of the one event of its kind told elsewhere, for a definite noun without a time ("the killing")."""
        if token.pos_ != "NOUN" or token.i in self._attached or not is_definite(token):
            return None
        beside = self._year_after(token)
        if beside is not None:
            return exactly(beside, self._words)
        told = [t for kind in self._words.families.get(token.lemma_, ()) for t in self._told.get(kind, ())]
        here = self._sentence_of[token.i]
        near = [t for t in told if t[0] <= here and self._paragraph_of[t[0]] == self._paragraph_of[here]]
        lead = [t for t in told if t[0] < LEAD_SENTENCES]
        found = next((one for group in (told, near, lead) if (one := one_date(group)) is not None), None)
        found = None if found is None else within_it(found, told)
        return inferred(found) if found is not None and self._is_past(found.latest or date.max) else None

    def _by_kind(self, token: Token) -> EventDate | None:
        """The one day the article gives what it tells of first, for the lead's own words, and to those who came to harm in it."""
        verb = clause_verb(token)
        if token.pos_ not in ("NOUN", "VERB") or verb is None or told_tense(verb) not in ("past", "perfect"):
            return None
        kinds = self._words.families.get(token.lemma_, ())
        if HARM in kinds:
            told = [t for kind in DISASTERS for t in self._told.get(kind, ())]
        elif self._sentence_of.get(token.i, LEAD_SENTENCES) <= (self._headline or 0) + (self._headline is not None):
            told = [t for kind in kinds if kind not in (DOING, DOCUMENT) for t in self._told.get(kind, ())]
        else:
            return None
        found = one_date(told)
        fits = found is not None and len(found.value or "") == len("2004-10-01") and self._is_news(found)
        return inferred(found) if found is not None and fits else None

    def _year_after(self, noun: Token) -> Time | None:
        """The year or month that follows a noun in its phrase, whatever the parser hung it on ("the bombing ... in 1979")."""
        if noun.lemma_ not in self._words.families:
            return None
        for token in self._doc[noun.i + 1 : min(noun.i + PHRASE_WORDS, noun.sent.end)]:
            if token.pos_ in ("VERB", "AUX", "PUNCT"):
                return None
            time = self._starts.get(token.i)
            if time is not None:
                coarse = CALENDAR.match(time.value or "") and len(time.value or "") < len("2004-10-01")
                return time if coarse and self._doc[token.i - 1].lower_ == "in" else None
        return None

    def _by_story(self, token: Token) -> EventDate | None:
        """The day the story has reached, where this sentence goes on telling it; for a headline, the lead's."""
        here = self._sentence_of.get(token.i)
        verb = clause_verb(token)
        if here is None or verb is None:
            return None
        if here == self._headline:
            following = next((s for s in self._stories[here + 1 : here + 4] if s is not None), None)
            return inferred(following.date) if following is not None and self._is_news(following.date) else None
        told = told_tense(verb)
        if told not in ("past", "pluperfect") or is_each_time(verb):
            return None
        own = self._stories[here]
        if verb.dep_ == "relcl" and speaks(clause_verb(verb.head) or verb):  # "sources who spoke on condition ... said"
            return None
        if own is not None and verb.dep_ == "relcl":  # men who refused: in the month told, hardly on the day told
            fits = 0 < len(own.date.value or "") < len("2004-10-01") or self._is_news(own.date) and told == "past" and goes_on_as_clause(verb)
            return inferred(own.date) if fits else None
        beside = self._in_sentence(own.date, verb) if own is not None and verb.i == token.i and told == "past" else None
        if beside is not None:
            return beside
        for number in range(here - 1, -1, -1):
            story = self._stories[number]
            if story is None and number in self._timed:
                return None  # the telling has moved to a day we could not take for its own
            if story is None:
                continue
            if token.i != verb.i and (not self._is_flashback(story.date) or is_definite(token)):
                return None  # "the coup": known before this story
            return inferred(story.date) if self._goes_on(story, here, verb, told) else None
        return None

    def _by_speaker(self, verb: Token) -> EventDate | None:
        """The day of the same speaker's words last told, in this paragraph or the one before: "Khan said Sunday ... Khan said"."""
        speaker = speaker_of(verb) if tense(verb) == "past" else None
        here = self._sentence_of.get(verb.i, 0)
        for number in range(here - 1, -1, -1):
            story = self._stories[number]
            if speaker is None or self._paragraph_of[here] - self._paragraph_of[number] > 1:
                return None
            if story is None:
                continue
            told = [s for t in self._sentences[number] if tense(t) == "past" and (s := speaker_of(t)) is not None]
            fits = self._is_news(story.date) and len(story.date.value or "") == len("2004-10-01")
            return inferred(story.date) if fits and any(is_same_speaker(speaker, s) for s in told) else None
        return None

    def _in_sentence(self, day: EventDate, verb: Token) -> EventDate | None:
        """What the day of a sentence's main clause says of another clause of it: joined to it, before or after it."""
        mark = next((c.lower_ for c in verb.children if c.dep_ == "mark"), None)
        if verb.dep_ == "advcl" and mark in ("after", "before"):
            coarse = 0 < len(day.value or "") < len("2004-10-01")
            if coarse:
                return inferred(day)
            after = mark == "after"
            value = (day.value or "")[: len("2004-10")] if after and self._is_news(day) else ""
            first, last = (None, day.latest) if after else (day.latest, None)
            return EventDate(basis="inferred", value=value or None, earliest=first, latest=last, span=day.span)
        joined = verb.dep_ == "conj" and is_main(verb) and not speaks(verb) and day.value is not None
        return inferred(day) if joined else None

    def _goes_on(self, story: _Story, here: int, verb: Token, told: str) -> bool:
        """Whether sentence `here` still tells `story`.

        A flashback goes on for its paragraph and into the next that takes up its subject, its speakers with it. News
        of the day goes on through the article, but what is said is said on no day told ("he said" is the reporter's).
        """
        gap = self._paragraph_of[here] - story.paragraph
        says = speaks(verb) or next(documents(verb, self._words), None) is not None  # "said in a statement"
        if moves_away(self._sentences[here]):
            return False
        if self._is_flashback(story.date):
            if story.date.value is None or says_of_now(verb):
                return False
            first = next((t for t in self._sentences[here] if not t.is_space and not t.is_punct), None)
            taken_up = first is not None and first.pos_ == "PRON" and first.lower_ not in SPEAKERS
            return gap == 0 or (gap == 1 and (taken_up or first is not None and not says))
        if says or told != "past":
            return False
        near = here - story.sentence <= NEWS_SENTENCES
        return gap == 0 or (near and self._is_news(story.date) and is_main(verb))

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

    def _told_aside(self, times: Sequence[Time]) -> dict[int, bool]:
        """For each sentence that was not parsed and holds days ("What came after 2003?"), whether all are long past."""
        found: dict[int, bool] = {}
        for time in times:
            tokens = tokens_in(self._doc, time.span)
            number = self._sentence_of.get(tokens[0].i) if tokens else None
            if number is not None and not is_parsed(self._sentences[number]) and CALENDAR.match(time.value or ""):
                found[number] = found.get(number, True) and self._is_flashback(exactly(time, self._words))
        return found

    def _in_flashback(self, verb: Token) -> bool:
        """Whether what was last told is of long ago, so that what `verb` tells is hardly news.

        In the paragraphs near it that holds for the passive ("documents were seized") alone, and for any verb in the
        story's own paragraph where the text gives it a stretch of time ("between 2003 and 2009").
        """
        here = self._sentence_of.get(verb.i, 0)
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        for number in range(here - 1, -1, -1):
            gap = self._paragraph_of[here] - self._paragraph_of[number]
            story = self._stories[number]
            if story is not None and self._is_flashback(story.date):
                return gap <= FLASHBACK_PARAGRAPHS if passive else gap == 0 and story.date.value is None and not speaks(verb)
            if number in self._aside:
                return passive and self._aside[number] and gap < FLASHBACK_PARAGRAPHS
            if story is not None or number in self._timed:
                goes_on = any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "PRP" and c.lower_ not in SPEAKERS for c in verb.children)
                return gap == 0 and goes_on and self._only_long_ago(number)
        return False

    def _is_background(self, token: Token, verb: Token, told: str | None) -> bool:
        ahead = told in ("future", "modal", "infinitive", "pluperfect")
        return not ahead and is_background(token, verb, self._words, self._attached, opinion=self._opinion)

    def _only_long_ago(self, number: int) -> bool:
        """Whether all the days a sentence names lie well before publication: "The men who seized it in 1979 are old"."""
        days = [a for i, found in self._attached.items() if self._sentence_of[i] == number for a in self._exact(self._doc[i])]
        return bool(days) and all(a.preposition not in OPEN_END and self._is_flashback(exactly(a.time, self._words)) for a in days)

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
        told = None if verb is None else told_tense(verb)
        said = None if verb is None else self._said_in_flashback(verb)
        if said is not None:
            if told in ("past", "pluperfect", "perfect"):
                return EventDate(basis="inferred", latest=said.latest, span=said.span)
            return EventDate(basis="inferred", earliest=said.earliest, span=said.span)
        if self._bounds is not None and told == "pluperfect" and not self._told_long_ago(token):
            return EventDate(basis="document", value=self._month(), latest=self._bounds[1])
        if self._bounds is not None and told == "pluperfect":
            return EventDate(basis="document", latest=self._bounds[1])
        if self._bounds is not None and verb is not None and (told == "past" and self._in_flashback(verb) or self._is_background(token, verb, told)):
            return EventDate(basis="document", latest=self._bounds[1])
        if self._bounds is None or (verb is not None and is_habit(verb)):
            return EventDate(basis="unknown")
        first, last = self._bounds
        if told == "future":
            return EventDate(basis="document", earliest=first)
        if self._todays_news and (self._sentence_of.get(token.i) == self._headline or verb is not None and told in ("past", "present") and is_main(verb)):
            return EventDate(basis="document", value=last.isoformat(), earliest=first, latest=last)
        month = last.replace(day=1) if self._fineness >= 7 else first
        return EventDate(basis="document", value=self._month(), earliest=month, latest=last)

    def _month(self) -> str | None:
        """The month of publication, or its year where no more is known."""
        last = None if self._bounds is None else self._bounds[1]
        return None if last is None else last.isoformat()[: 7 if self._fineness >= 7 else 4]

    def _told_long_ago(self, token: Token) -> bool:
        """Whether the last day told before a word lies well before publication: what had been was before that."""
        here = self._sentence_of.get(token.i, 0)
        story = next((s for s in reversed(self._stories[:here]) if s is not None), None)
        return story is not None and self._is_flashback(story.date)
