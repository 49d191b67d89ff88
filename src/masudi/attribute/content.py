"""From tokens to the characters of a statement's content: what belongs in, what is trimmed away."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Doc, Token

from ..records import Span

_EDGE = frozenset(",;:–—-.")


def indices_under(token: Token) -> set[int]:
    """Indices of `token` and all it governs."""
    return {t.i for t in token.subtree}


# What a comma or a dash sets off at the end of content is the reporter's gloss when it is one of these.
GLOSSES = frozenset(("relcl", "appos"))
DASHES = frozenset(("—", "–", "--"))


def without_gloss(doc: Doc, indices: Collection[int]) -> set[int]:
    """`indices` without a final relative clause or apposition set off by a mark: the reporter's gloss, not the speaker's words."""
    kept = set(indices)
    last = max((i for i in kept if not doc[i].is_punct and not doc[i].is_space), default=None)
    if last is None:
        return kept
    here = doc[last]
    if last > 0 and here.nbor(-1).text == "," and any(c.i > here.i and c.i not in kept and not c.is_punct for c in here.children):
        return kept - {here.i}  # ", consistent [with the rest]": a phrase whose words were cut but for the first
    while here.i in kept:
        if here.dep_ in GLOSSES and _is_set_off(here):
            return kept - indices_under(here)
        if here.head.i == here.i:
            break
        here = here.head
    return kept


def _is_set_off(gloss: Token) -> bool:
    """Whether a comma stands before the words, or a dash that no second one answers."""
    first = gloss.left_edge
    if first.i == 0:
        return False
    mark = first.nbor(-1)
    return mark.text == "," or (_is_dash(mark) and not any(_is_dash(t) for t in gloss.subtree))


def _is_dash(token: Token) -> bool:
    return token.text in DASHES or (token.text == "-" and bool(token.whitespace_))


def spans_of(doc: Doc, indices: Iterable[int]) -> tuple[Span, ...]:
    """Character spans of runs of tokens, edge punctuation trimmed; a gap of punctuation alone is bridged."""
    kept = sorted(i for i in set(indices) if not doc[i].is_space)
    runs: list[list[int]] = []
    for index in kept:
        if runs and all(doc[j].is_space or doc[j].is_punct for j in range(runs[-1][-1] + 1, index)):
            runs[-1].append(index)
        else:
            runs.append([index])
    spans = (_trimmed(doc, run) for run in runs)
    return tuple(span for span in spans if span is not None)


def _trimmed(doc: Doc, run: list[int]) -> Span | None:
    start, end = run[0], run[-1]
    while start <= end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while end >= start and (doc[end].is_space or _trails(doc, start, end)):
        end -= 1
    if end < start:
        return None
    span = Span(doc[start].idx, doc[end].idx + len(doc[end]))
    return span if any(doc[i].text[0].isalnum() or len(doc[i]) > 1 for i in range(start, end + 1)) else None


def _trails(doc: Doc, start: int, end: int) -> bool:
    """Whether the last token is punctuation that does not belong to the content."""
    token = doc[end]
    if token.text in _EDGE or (token.dep_ == "cc" and token.i > start):
        return True
    if token.text in ("”", "’", "»"):
        opener = {"”": "“", "’": "‘", "»": "«"}[token.text]
        return not any(doc[i].text == opener for i in range(start, end))
    return token.text in ("(", "[", "“", "‘", "«")


def without(spans: Iterable[Span], holes: Iterable[Span], text: str) -> tuple[Span, ...]:
    """`spans` with `holes` cut out; pieces without a word vanish, commas at a cut edge too."""
    pieces = list(spans)
    for hole in holes:
        cut: list[Span] = []
        for span in pieces:
            if not span.overlaps(hole):
                cut.append(span)
                continue
            cut.extend(
                _shrunk(Span(a, b), text)
                for a, b in ((span.start, hole.start), (hole.end, span.end))
                if a < b
            )
        pieces = [span for span in cut if any(c.isalnum() for c in text[span.start : span.end])]
    return tuple(pieces)


def _shrunk(span: Span, text: str) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def length(spans: Iterable[Span]) -> int:
    """Characters in `spans`."""
    return sum(span.end - span.start for span in spans)


def covered(spans: Iterable[Span], others: Collection[Span]) -> int:
    """How many characters of `spans` lie in `others` (each set without overlaps of its own)."""
    return sum(
        max(0, min(span.end, other.end) - max(span.start, other.start)) for span in spans for other in others
    )
