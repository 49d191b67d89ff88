"""Report or commentary: a few weighted signs, each told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from attrs import frozen

from ..text import fold
from ..text import words as words_of
from .page import Page, wire_dateline
from .vocabulary import Vocabulary, edge_free

_QUOTED = re.compile(r"“[^”“]{1,2000}”|\"[^\"]{1,2000}\"|(?<!\w)[‘'](?=\w)[^‘’'\n]{1,300}[’'](?!\w)")
_OPEN_QUOTE = re.compile(r"^[“\"][^”\"\n]*$", re.MULTILINE)
_QUESTION = re.compile(r"\?")
MIN_WORDS = 40  # a shorter text shows too little
HABIT_WORDS = 400  # rates of a shorter text are taken as if it had so many: one word is no habit


@frozen
class Sign:
    """One sign found: its name in `en/kind_signs.tsv`, how much of it, and what to print for it."""

    name: str
    amount: float
    value: str


def judge_kind(
    page: Page,
    body: str,
    vocabulary: Vocabulary,
    *,
    title: str | None,
    url: str | None,
    byline: bool,
    section: str | None = None,
) -> tuple[str | None, tuple[str, ...]]:
    """`report`, `commentary` or None when the signs are weak, and the signs that spoke, strongest first.

    Only what stands outside quotation marks is held to be the writer's own voice.
    """
    signs = [
        *_printed_signs(page.header.section or section, vocabulary, title=title, url=url),
        *_text_signs(body, vocabulary, byline=byline),
    ]
    scored: list[tuple[float, str]] = []
    for sign in signs:
        weight = vocabulary.weights.get(sign.name)
        if weight is None or not sign.amount:
            continue
        score = max(-weight.most, min(weight.most, weight.weight * sign.amount))
        scored.append((score, weight.label.replace("{value}", sign.value)))
    total = sum(score for score, _ in scored)
    if total >= vocabulary.thresholds["commentary"]:
        kind, side = "commentary", 1
    elif total <= vocabulary.thresholds["report"]:
        kind, side = "report", -1
    else:
        return None, ()
    kept = sorted((s for s in scored if s[0] * side >= 0.1), key=lambda s: (-abs(s[0]), s[1]))
    return kind, tuple(label for _, label in kept)


def _printed_signs(
    section: str | None, vocabulary: Vocabulary, *, title: str | None, url: str | None
) -> Iterator[Sign]:
    """Signs around the text: section line, address, headline."""
    sections = vocabulary.page["section"]
    side = sections.get(edge_free(fold(section or "")))
    if side:
        yield Sign(f"section_{side}", 1, repr(section))
    for part in re.split(r"[/_.]+", urlsplit(url or "").path.lower()):
        if sections.get(part.replace("-", " ")) == "commentary" or sections.get(part) == "commentary":
            yield Sign("url_commentary", 1, repr(part))
            break
    head = re.match(r"\s*([^:|]{3,30})\s*[:|]", title or "")
    if head and sections.get(fold(head[1])) == "commentary":
        yield Sign("title_commentary", 1, repr(head[1]))
    if title and title.rstrip("\"'”’").endswith("?"):
        yield Sign("title_question", 1, "")


def _text_signs(body: str, vocabulary: Vocabulary, *, byline: bool) -> Iterator[Sign]:
    total = len(words_of(body))
    if total < MIN_WORDS:
        return
    own = _OPEN_QUOTE.sub(" ", _QUOTED.sub(" ", body))
    folded, folded_body = fold(own), fold(body)
    first = re.match(r"[^\n]*", body)
    lede = first[0] if first else ""
    dateline = wire_dateline(lede, vocabulary) is not None
    own_total = max(1, len(words_of(own)))
    if dateline:
        yield Sign("dateline", 1, "")
    elif byline:
        yield Sign("byline_alone", 1, "")
    day = vocabulary.signs["lede_day"].search(fold(lede))
    if day:
        yield Sign("lede_day", 1, repr(day[0]))
    for name in ("agency_credit", "columnist"):
        if vocabulary.signs[name].search(folded_body):
            yield Sign(name, 1, "")
    for name in ("first_person", "judgement", "evaluative", "obligation"):
        yield _rate(name, len(vocabulary.signs[name].findall(folded)), own_total)
    yield _rate("questions", len(_QUESTION.findall(own)), own_total)
    yield _rate("reporting", len(vocabulary.signs["reporting"].findall(folded)), own_total, floor=150)
    share = 1 - own_total / total
    yield Sign("quoted", share, f"{share:.2f}")


def _rate(name: str, found: int, total: int, *, floor: int = HABIT_WORDS) -> Sign:
    per_thousand = 1000 * found / max(total, floor)
    return Sign(name, per_thousand, f"{per_thousand:.0f}")
