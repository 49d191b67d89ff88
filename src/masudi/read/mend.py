"""Sanitising artefacts out of a text, each mend recorded so that `masudi.text.unmend` takes it back.

What counts as an artefact is data: `en/mends.tsv`. Passes run in order; a later one sees what an
earlier one made, and mends that touch become one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

from ..records import Mend
from .vocabulary import Mending


class _Edit(NamedTuple):
    """`original[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


def mend(original: str, passes: Iterable[Iterable[Mending]]) -> tuple[str, tuple[Mend, ...]]:
    """`original` mended, and the mends in offsets of the mended text, in order, none touching another."""
    edits: list[_Edit] = []
    text = original
    for mendings in passes:
        fresh: list[_Edit] = []
        for edit in sorted(edit for mending in mendings for edit in _matches(mending, text)):
            if not fresh or edit.start >= fresh[-1].end:
                fresh.append(edit)
        if fresh:
            edits = _compose(original, text, edits, fresh)
            text = _apply(original, edits)
    out, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        out.append(Mend(start, start + len(edit.new), original[edit.start : edit.end]))
        shift += len(edit.new) - (edit.end - edit.start)
    return text, tuple(out)


def _matches(mending: Mending, text: str) -> Iterable[_Edit]:
    for match in mending.pattern.finditer(text):
        new = _replacement(mending, match)
        if match.end() > match.start() and new is not None and new != match[0]:
            yield _Edit(match.start(), match.end(), new)


def _replacement(mending: Mending, match: re.Match[str]) -> str | None:
    """What the match becomes; None where it turns out to be no artefact."""
    if mending.action == "regex":
        return match.expand(mending.replacement)
    if mending.action == "unescape":
        value = match[0]
        while (again := html.unescape(value)) != value:
            value = again
        return value if value.isprintable() or value.isspace() else ""
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _apply(text: str, edits: Iterable[_Edit]) -> str:
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join(parts) + text[at:]


def _compose(original: str, text: str, first: list[_Edit], second: list[_Edit]) -> list[_Edit]:
    """Edits of `original` that do what `first` (they made `text`) and then `second`, edits of `text`, do.

    Edits that overlap or touch become one.
    """
    made: list[tuple[int, int, _Edit]] = []
    shift = 0
    for edit in first:
        start = edit.start + shift
        made.append((start, start + len(edit.new), edit))
        shift += len(edit.new) - (edit.end - edit.start)
    clusters: list[list[int]] = []
    for start, end in sorted([(s, e) for s, e, _ in made] + [(e.start, e.end) for e in second]):
        if clusters and start <= clusters[-1][1]:
            clusters[-1][1] = max(clusters[-1][1], end)
        else:
            clusters.append([start, end])
    out, shift, old, new = [], 0, 0, 0
    for start, end in clusters:
        origin = start - shift
        while old < len(made) and made[old][0] <= end:
            edit = made[old][2]
            shift += len(edit.new) - (edit.end - edit.start)
            old += 1
        inside = []
        while new < len(second) and second[new].start <= end:
            edit = second[new]
            inside.append(_Edit(edit.start - start, edit.end - start, edit.new))
            new += 1
        replaced = _apply(text[start:end], inside)
        if replaced != original[origin : end - shift]:
            out.append(_Edit(origin, end - shift, replaced))
    return out
