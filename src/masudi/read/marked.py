"""Sentences with a marked actor and recipient: `<s>…</s>` and `<t>…</t>`, one sentence a TSV row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from ..errors import ReadError
from ..records import Span

COLUMNS = ("uid", "marked_sentence")
_TAG = re.compile(r"</?[st]>")


@frozen(kw_only=True)
class Marked:
    """A sentence without its marks, and where they stood: characters of `text`; () for a side not marked."""

    uid: str
    text: str
    actor: tuple[Span, ...]
    recipient: tuple[Span, ...]


def read_marked(path: Path) -> Iterator[Marked]:
    """The rows of a TSV with columns uid and marked_sentence. Raises ReadError naming the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 ({error}); save it as UTF-8", stage="read") from error
    header = lines[0].split("\t") if lines else []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise ReadError(f"{path}:1: no column {', '.join(missing)}; needed: {', '.join(COLUMNS)}", stage="read")
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            row = dict(zip(header, line.split("\t"), strict=False))
            yield unmark(row.get("uid", ""), row.get("marked_sentence", ""), f"{path}:{number}")


def unmark(uid: str, sentence: str, where: str) -> Marked:
    """`sentence` with its marks taken out; a side may stand inside the other. Raises ReadError when they do not pair or there are none."""
    found: dict[str, list[Span]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    text, last = "", 0
    for tag in _TAG.finditer(sentence):
        text += sentence[last : tag.start()]
        last = tag.end()
        name = tag[0].strip("</>")
        closes = tag[0].startswith("</")
        if not closes and name not in opened:
            opened[name] = len(text)
        elif closes and name in opened:
            start = opened.pop(name)
            if len(text) > start:
                found[name].append(Span(start, len(text)))
        else:
            raise ReadError(f"{where}: marks do not pair at {tag[0]!r}", article=uid, stage="read")
    if opened:
        raise ReadError(f"{where}: <{min(opened)}> is never closed", article=uid, stage="read")
    if not found["s"] and not found["t"]:
        raise ReadError(f"{where}: needs <s>actor</s>, <t>recipient</t> or both", article=uid, stage="read")
    return Marked(uid=uid, text=text + sentence[last:], actor=tuple(found["s"]), recipient=tuple(found["t"]))
