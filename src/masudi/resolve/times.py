"""Which days the words of an article mean: TIMEX3 values with their bounds.

Patterns and words are data (`en/times_patterns.tsv`, `times_words.tsv`, `times_days.tsv`); this file matches
them and hands each match to the reading its pattern names (`times_readings.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from attrs import frozen
from spacy.tokens import Doc, Token

from ..config import Settings
from ..errors import LexiconError
from ..lexicon import Lexicons, Row
from ..records import Article, Span, Time
from ..syntax import clause_verb, tense
from ..text import fold, iso_bounds
from .times_calendar import YEARLY, Anchor, once
from .times_context import Context, Found
from .times_readings import READINGS

WORDS = "en/times_words.tsv"
PATTERNS = "en/times_patterns.tsv"
DAYS = "en/times_days.tsv"

# Capitals tell these from common words ("march", "sat"); all others match in any case.
CASED = ("month", "othermonth", "shortothermonth", "weekday", "weekdayplural", "shortday", "named", "era")
# Classes whose words are too common to start a search; each pattern holds another class or a figure.
WEAK = (
    "number", "vague", "ordinal", "this", "last", "next", "past", "coming", "before", "after",
    "previous", "following", "same", "that", "part", "prep", "every", "counted", "dayword", "foreignmonth", "statistic", "plan", "earning", "notnow", "owner", "whole", "scheduled", "nodaybefore", "nodayafter", "backdrop", "trial", "remote",
)  # fmt: skip
FIGURES = {
    "year": r"(?<![\d.,$£€#/])(?:1\d|20)\d\d(?![\d%]|[.,]\d|/)",
    "fullyear": r"(?:1\d|20)\d\d(?!\d)",
    "bareyear": r"(?<![\d.,$£€])[1-9]\d{0,3}",
    "year2": r"(?:(?:1\d|20)\d\d|\d\d)(?![\d%-])",
    "monthnumber": r"0?[1-9](?!\d)|1[0-2]",
    "day": r"(?<![\d.,])(?:[12]\d|3[01]|0?[1-9])(?!\d|[.,:]\d|%|['’]s\b)(?:st|nd|rd|th)?",
    "first": r"(?<![\d/.])\d{1,2}",
    "other": r"\d{1,2}",
    "decade": r"(?<!\d)(?:1\d|20)\d0",
    "shortdecade": r"[2-9]0",
    "hour": r"(?<![\d.,:$£€])(?:1\d|2[0-4]|0?\d)",
    "minute": r"[0-5]\d(?!\d)",
    "ampm": r"[ap]\.? ?m\b\.?",
}
FIGURE_TRIGGERS = r"\bFY ?\d|\d(?:st|nd|rd|th)\b|[- ]half\b|['’]\d\d\b|\b(?:1\d|20)\d\d|\d0['’]?s\b|\d ?[/.] ?\d|\d ?[ap]\.? ?m\b|\d:\d\d|o['’]clock|(?:GMT|UTC)\b"
# A weekday under these lies ahead: "has until Tuesday".
DEADLINES = ("until", "till", "by")
SINCE = re.compile(r"\bsince\s*$")
SOONEST = re.compile(r"\bas (?:early|soon) as(?: on)?\s*$")
STATISTIC_WORDS = 3  # "November consumer price index"
COUNTED = r"(?:\d{1,3}(?:,\d{3})+|\d+(?: ?[½¼¾]| 1/2|\.\d+)?)"
COUNTABLE = ("number", "ordinal")  # classes of words that figures may stand for
_WORD, _DIGIT = re.compile(r"\w+"), re.compile(r"\d")
_SLOT = re.compile(r"\{([a-z]\w*)\}")
# A blank line, or a line end after a sentence's end: lines broken inside a sentence stay whole.
_GAP = re.compile(r"\n\s*\n|(?<=[.!?:\"”’)])[ \t]*\n")


@frozen
class _Pattern:
    name: str
    rank: int
    regex: re.Pattern[str]
    rule: str
    needs: frozenset[str]  # word classes without which it cannot match


@frozen
class _Match:
    pattern: _Pattern
    found: Found
    span: Span


@frozen
class Grammar:
    """The compiled tables: what makes a passage worth searching, and the patterns to search it with.

    openers: the classes that some entry of begins with a word. figures: the classes that are figures, not words.
    """

    trigger: re.Pattern[str]
    patterns: tuple[_Pattern, ...]
    openers: Mapping[str, frozenset[str]]
    figures: Mapping[str, re.Pattern[str]]
    words: Mapping[str, Mapping[str, str]]


def make_time_resolver(settings: Settings, lexicons: Lexicons) -> Callable[[Doc, Article], tuple[Time, ...]]:
    """A callable that finds the times of one article, in text order, none overlapping.

    Values are TIMEX3. Without a publication day relative words have value PAST_REF, PRESENT_REF, FUTURE_REF
    or None, and no bounds. Nothing is found in `article.furniture`.
    Raises LexiconError for a pattern that does not compile or names an unknown rule or word class.
    """
    grammar = _grammar(lexicons)

    def resolve_times(doc: Doc, article: Article) -> tuple[Time, ...]:
        return tuple(_times(grammar, doc, article, article.published or settings.published))

    return resolve_times


def _times(grammar: Grammar, doc: Doc, article: Article, published: str | None) -> Iterator[Time]:
    context = Context(anchor=_anchor(published), text=article.text)
    for paragraph in _paragraphs(article.text):
        matches = list(_matches(grammar, article.text, paragraph))
        if not matches:
            continue
        context.enter(paragraph.start)
        for match in _disjoint(matches):
            if any(match.span.overlaps(page) for page in article.furniture):
                continue
            yield from _read(grammar, match, doc, context)


def _read(grammar: Grammar, match: _Match, doc: Doc, context: Context) -> Iterator[Time]:
    tokens = doc.char_span(*match.span, alignment_mode="expand")
    token = None if tokens is None else tokens.root
    context.direction = _direction(token, grammar.words)
    if SOONEST.search(context.text, max(0, match.span.start - 20), match.span.start):
        context.direction = "future"
    context.next_is_plural = _next_is_plural(doc, tokens.end) if tokens is not None else False
    context.counts = _counts_months(doc, tokens.start, tokens.end, grammar) if tokens is not None else None
    context.opens = tokens is not None and tokens.start - tokens.sent.start <= 2
    context.span = match.span
    verb = clause_verb(token) if token is not None and token.dep_ else None
    context.background = verb is not None and tense(verb) == "pluperfect"
    reading = READINGS[match.pattern.rule](match.found, context)
    if reading is None:
        return
    since = SINCE.search(context.text, max(0, match.span.start - 8), match.span.start)
    if since is None or reading.first != reading.last:  # "the biggest drop since Oct. 19, 1987": the story is not there
        context.narrate(reading)
    text = context.text[match.span.start : match.span.end].removesuffix(reading.link or "").rstrip()
    yield Time(
        span=Span(match.span.start, match.span.start + len(text)), text=text, type=reading.type,
        value=reading.value, earliest=reading.first, latest=reading.last, note=reading.note,
    )  # fmt: skip


def _anchor(published: str | None) -> Anchor | None:
    bounds = iso_bounds(published)
    return None if bounds is None else Anchor(bounds[0], len(published or ""))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in _GAP.finditer(text):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, len(text))


def _matches(grammar: Grammar, text: str, window: Span) -> Iterator[_Match]:
    if grammar.trigger.search(text, *window) is None:
        return
    held = _held(grammar, text, window)
    for pattern in grammar.patterns:
        if not pattern.needs <= held:
            continue
        for hit in pattern.regex.finditer(text, *window):
            group = "x" if "x" in pattern.regex.groupindex else 0
            start, end = hit.span(group)
            while end > start and text[end - 1] in ".,’' " and text[start:end].rstrip(".,’' ")[-1:].isdigit():
                end -= 1
            yield _Match(pattern, Found(hit.groupdict(), grammar.words), Span(start, end))


def _held(grammar: Grammar, text: str, window: Span) -> set[str]:
    """The classes of which an entry may stand in the window: by its first word, or its figures."""
    held: set[str] = set()
    for word in set(_WORD.findall(text[window.start : window.end].lower())):
        held |= grammar.openers.get(word, frozenset())
    if _DIGIT.search(text, *window) is not None:
        held.update(COUNTABLE)
        held.update(name for name, regex in grammar.figures.items() if regex.search(text, *window) is not None)
    return held


def _disjoint(matches: list[_Match]) -> list[_Match]:
    """The longest matches first, better rank among equals; no two overlap. In text order."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda m: (m.span.start - m.span.end, m.pattern.rank, m.span, m.pattern.name)):
        if not any(match.span.overlaps(other.span) for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.span)


def _direction(token: Token | None, words: Mapping[str, Mapping[str, str]]) -> str | None:
    """Where the clause around `token` looks: past, present, future, leaning (ahead, not surely); None without a verb."""
    if token is None or not token.dep_:
        return None
    if token.dep_ == "poss":
        return "future" if _is_ahead(token.head, words["scheduled"]) else "past"
    planning = words["plan"]
    verb = clause_verb(token)
    if token.dep_ == "pobj" and token.head.lower_ == "since":
        return "past"
    if token.dep_ == "pobj" and token.head.lower_ in DEADLINES:
        opens = token.head.i - token.sent.start <= 1
        if not (opens and verb is not None and tense(verb) in ("past", "pluperfect")):
            return "leaning" if token.head.lower_ == "by" else "future"
    while verb is not None:
        form = tense(verb)
        if verb.lemma_ in planning and token.i > verb.i and not _opens_infinitive(verb, token):
            return "leaning"
        if form in ("past", "perfect", "pluperfect") or (form is None and verb.tag_ == "VBN"):
            return "past"
        if form == "modal" and any(c.lower_ == "could" for c in verb.children):
            return "past"
        if form == "modal" or (form == "infinitive" and verb.dep_ != "advcl"):
            return "leaning"
        if form is None and verb.tag_ == "VB" and verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" for c in verb.children):
            return "present"  # "Voters go", tagged as a bare form
        if form == "infinitive":  # "rallied to mourn on Sunday": the purpose lies where the deed does
            form = None
        if form is not None:
            return form
        verb = clause_verb(verb.head) if verb.head.i != verb.i else None
    return None


def _is_ahead(noun: Token, scheduled: Mapping[str, str]) -> bool:
    """Whether what has a day of its own is still to come: "ahead of Sunday's election", "Friday's vote will decide"."""
    under = noun.head if noun.dep_ == "pobj" else None
    if under is not None and under.lower_ == "of" and under.i and under.nbor(-1).lower_ == "ahead":
        return True
    if noun.lower_ not in scheduled:
        return False
    verb = clause_verb(noun)
    subject = noun.dep_ in ("nsubj", "nsubjpass") and verb is not None and tense(verb) == "future"
    return subject or under is not None and under.lower_ in ("for", "until", "till", "by")


def _opens_infinitive(verb: Token, token: Token) -> bool:
    """Whether a time stands between a verb of planning and what was planned: "threatened on Tuesday to leave"."""
    gapped = verb.dep_ == "acl" and verb.head.dep_ == "ROOT"  # "A third threatened ...", taken for a participle
    return (tense(verb) == "past" or gapped) and not any(c.dep_ == "auxpass" for c in verb.children) and any(c.dep_ in ("xcomp", "ccomp") and c.i > token.i for c in verb.children)


def _next_is_plural(doc: Doc, index: int) -> bool:
    """Whether the word after a figure is a plural noun, so that the figure counts it."""
    if index >= len(doc):
        return False
    word = doc[index]
    if word.tag_:
        return word.tag_ in ("NNS", "NNPS")
    return word.is_lower and len(word) > 3 and word.text.endswith("s")


def _counts_months(doc: Doc, start: int, index: int, grammar: Grammar) -> int | None:
    """-1 beside what tells of a month ("September orders"), 1 beside what falls due in it; None beside anything else."""
    before = doc[max(0, start - 2) : start]
    if len(before) == 2 and before[1].lower_ in ("for", "of"):  # "the figures for May will be issued"
        return int(grammar.words["statistic"].get(before[0].lower_, 0)) or None
    for word in doc[index : index + STATISTIC_WORDS]:
        if word.lower_ in grammar.words["statistic"]:
            return int(grammar.words["statistic"][word.lower_])
        if not word.is_lower or word.pos_ not in ("NOUN", "ADJ"):
            return None
    return None


def _grammar(lexicons: Lexicons) -> Grammar:
    words: dict[str, dict[str, str]] = {}
    for row in lexicons.table(WORDS):
        words.setdefault(row.need("class"), {})[row.need("word")] = row.need("value")
    words["named"] = dict(map(_named, lexicons.table(DAYS)))
    strong = [_alternatives(words[name], cased=name in CASED) for name in sorted(words) if name not in WEAK]
    trigger = re.compile("|".join([FIGURE_TRIGGERS, *strong]), re.IGNORECASE)
    slots = {name: _alternatives(table, cased=name in CASED) for name, table in words.items()} | FIGURES
    slots["number"] = _numbers(words["number"])
    slots["ordinal"] = rf"(?:{slots['ordinal']}|\d{{1,2}}(?:st|nd|rd|th))"
    patterns = tuple(_compile(row, slots) for row in lexicons.table(PATTERNS))
    figures = {n: re.compile(FIGURES[n], re.IGNORECASE) for n in sorted({n for p in patterns for n in p.needs if n in FIGURES})}
    return Grammar(trigger, patterns, _openers(words), figures, {name: {fold(w): v for w, v in t.items()} for name, t in words.items()})


def _openers(words: Mapping[str, Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """The classes by the first words of their entries."""
    found: dict[str, set[str]] = {}
    for name, table in words.items():
        for entry in table:
            found.setdefault(_WORD.findall(entry.lower())[0], set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _named(row: Row) -> tuple[str, str]:
    """The name of a day or an event, without its article, and the rule that dates it."""
    rule = row.need("rule")
    if not YEARLY.fullmatch(rule) and once(rule) is None:
        raise LexiconError(
            f"{row.where}: rule {rule!r} dates nothing; write 12-25, 11-W4-4, E-2, 2001-09-11, 1993 or 1990-08-02/1991-02-28"
        )
    return re.sub(r"^the ", "", row.need("name"), flags=re.IGNORECASE), rule


def _alternatives(table: Mapping[str, str], *, cased: bool) -> str:
    forms = sorted(table, key=lambda word: (-len(word), word))
    if cased:
        forms = [form for word in forms for form in (word, *([word.upper()] if len(word) > 3 else []))]
    body = "|".join(re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]") for form in forms)
    return rf"(?-i:\b(?:{body})(?!\w))" if cased else rf"\b(?:{body})(?!\w)"


def _numbers(table: Mapping[str, str]) -> str:
    word = _alternatives(table, cased=False)
    return rf"(?:(?<![\d.,$£€]){COUNTED}|{word}(?:(?:[ -]|\s+and\s+){word})*)"


def _compile(row: Row, slots: Mapping[str, str]) -> _Pattern:
    """One row of the pattern table: `{class}` becomes a named group, numbered from its second use on."""
    seen: dict[str, int] = {}

    def fill(slot: re.Match[str]) -> str:
        name = slot[1]
        if name not in slots:
            raise LexiconError(f"{row.where}: no word class {name!r}; known: {', '.join(sorted(slots))}")
        seen[name] = seen.get(name, 0) + 1
        group = name if seen[name] == 1 else f"{name}_{seen[name]}"
        return f"(?P<{group}>{slots[name]})"

    rule = row.need("rule")
    if rule not in READINGS:
        raise LexiconError(f"{row.where}: no rule {rule!r}; known: {', '.join(sorted(READINGS))}")
    body = _SLOT.sub(fill, row.need("pattern")).replace(" ", r"\s+").replace(r"\s+?", r"\s*")
    try:
        regex = re.compile(rf"(?<!\w)(?:{body})", re.IGNORECASE)
        return _Pattern(row.need("name"), int(row.need("rank")), regex, rule, frozenset(_needs(row.need("pattern"))))
    except (re.error, ValueError) as error:
        raise LexiconError(f"{row.where}: pattern {row['name']}: {error}") from error


def _needs(pattern: str) -> tuple[str, ...]:
    """The classes that every match of a pattern holds: those outside brackets, where nothing else may stand instead."""
    depth, outside = 0, ""
    for sign in re.sub(r"\\.|\[[^]]*\]", "_", pattern):
        depth += (sign == "(") - (sign == ")")
        outside += sign if depth == 0 else "_"
    if "|" in outside:
        return ()
    return tuple(dict.fromkeys(re.findall(r"\{([a-z]\w*)\}(?![?*])", outside)))
