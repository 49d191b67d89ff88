"""Who says so: masudi's statements against hand-made ones.

    python bench/accuracy/statements.py FOLDER [--pred FILE.jsonl] [--outer] [--misses]
    (or MASUDI_DEVDATA=… python bench/accuracy/statements.py, which reads attribution/dev and reports)

FOLDER holds text/<stem>.txt and attributions/<stem>_<annotator>.ann (brat standoff, the PolNeAR layout; the first
annotator is the gold), or dev.articles.jsonl and dev.gold.jsonl ({"id", "statements": [{"source", "cue", "content"}]}).
--pred: score this file ({"id", "statements"} a line, the same three lists of [start, end]) instead of running masudi.
--outer: leave out statements inside others (PolNeAR marks none). --misses: list what was missed and invented.

content: gold and predicted pair one to one, best token Jaccard of their contents first (ties: shared source first), at
least 0.5. content+source: of those pairs, the sources share a token or both are empty. quoted: half of the content's
words stand in double quotation marks. token: words and punctuation marks under each label. Gold marked optional counts
like the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time

from attrs import frozen

import masudi

Spans = list[list[int]]
Plain = Mapping[str, Spans]
ROLES = ("source", "cue", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")
BRAT_SPAN = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
MIN_JACCARD = 0.5


@frozen
class Told:
    """One statement as sets of token numbers."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    quoted: bool


class Page:
    """The tokens of one text: which characters they hold, whether they are words, whether quoted."""

    def __init__(self, text: str) -> None:
        self._at: dict[int, int] = {}
        self._word: list[bool] = []
        self._quoted: list[bool] = []
        inside = set(quoted_characters(text))
        for number, match in enumerate(TOKEN.finditer(text)):
            self._at.update((i, number) for i in range(*match.span()))
            self._word.append(match[0][0].isalnum() or match[0][0] == "_")
            self._quoted.append(match.start() in inside)

    def tokens(self, spans: Spans) -> frozenset[int]:
        return frozenset(self._at[i] for start, end in spans for i in range(start, end) if i in self._at)

    def read(self, statements: Sequence[Plain]) -> list[Told]:
        out = []
        for statement in statements:
            source, cue, content = (self.tokens(statement.get(role) or []) for role in ROLES)
            words = [t for t in content if self._word[t]]
            quoted = bool(words) and 2 * sum(self._quoted[t] for t in words) >= len(words)
            if content:
                out.append(Told(source, cue, content, quoted))
        return out


def quoted_characters(text: str) -> Iterator[int]:
    """Characters between double quotation marks; a mark left open runs to the end of its paragraph."""
    inside = False
    for index, mark in enumerate(text):
        if mark == "\n":
            inside = False
        elif mark in "“”":
            inside = mark == "“"
        elif mark == '"':
            inside = not inside
        if inside:
            yield index


def paired(gold: Sequence[Told], found: Sequence[Told]) -> list[tuple[int, int]]:
    ranked = []
    for g, a in enumerate(gold):
        for f, b in enumerate(found):
            jaccard = len(a.content & b.content) / len(a.content | b.content)
            if jaccard >= MIN_JACCARD:
                ranked.append((-jaccard, not (a.source & b.source), g, f))
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, g, f in sorted(ranked):
        if g not in taken[0] and f not in taken[1]:
            pairs.append((g, f))
            taken[0].add(g)
            taken[1].add(f)
    return pairs


def same_source(a: Told, b: Told) -> bool:
    return bool(a.source & b.source) or not (a.source or b.source)


class Counts:
    """Right among the found, found, right among the gold, gold: one line for each measure."""

    def __init__(self) -> None:
        self.lines: dict[str, list[int]] = {}

    def add(self, name: str, found_right: int, found: int, gold_right: int, gold: int) -> None:
        line = self.lines.setdefault(name, [0, 0, 0, 0])
        for place, number in enumerate((found_right, found, gold_right, gold)):
            line[place] += number

    def article(self, text: str, gold_plain: Sequence[Plain], found_plain: Sequence[Plain]) -> None:
        page = Page(text)
        gold, found = page.read(gold_plain), page.read(found_plain)
        pairs = paired(gold, found)
        for role in ROLES:
            g, f = (frozenset[int]().union(*(getattr(t, role) for t in side)) for side in (gold, found))
            self.add(f"token {role}", len(g & f), len(f), len(g & f), len(g))
        for kind, wanted in (("all", (True, False)), ("quoted", (True,)), ("unquoted", (False,))):
            totals = sum(t.quoted in wanted for t in found), sum(t.quoted in wanted for t in gold)
            for name, kept in (
                ("content", pairs),
                ("content+source", [p for p in pairs if same_source(gold[p[0]], found[p[1]])]),
            ):
                right = (
                    sum(found[f].quoted in wanted for _, f in kept),
                    sum(gold[g].quoted in wanted for g, _ in kept),
                )
                self.add(f"{name} {kind}", right[0], totals[0], right[1], totals[1])

    def scores(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 of each measure."""
        out = {}
        for name, (found_right, found, gold_right, gold) in self.lines.items():
            p, r = found_right / found if found else 0.0, gold_right / gold if gold else 0.0
            out[name] = p, r, 2 * p * r / (p + r) if p + r else 0.0
        return out


# ---------------------------------------------------------------- reading


def read_gold(folder: Path) -> dict[str, tuple[str, list[Plain]]]:
    """Id → text and gold statements."""
    if (folder / "dev.gold.jsonl").is_file():
        texts = {row["id"]: row["text"] for row in lines(folder / "dev.articles.jsonl")}
        return {row["id"]: (texts[row["id"]], row["statements"]) for row in lines(folder / "dev.gold.jsonl")}
    out: dict[str, tuple[str, list[Plain]]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        stem = path.stem.rpartition("_")[0]
        if stem not in out:
            with (folder / "text" / f"{stem}.txt").open(encoding="utf-8", newline="") as handle:
                out[stem] = handle.read(), list(read_brat(path))
    return out


def lines(path: Path) -> Iterator[dict[str, object] | dict[str, str]]:
    with path.open(encoding="utf-8") as handle:
        yield from (json.loads(line) for line in handle if line.strip())


def read_brat(path: Path) -> Iterator[Plain]:
    rows = path.read_text(encoding="utf-8").split("\n")
    spans = {
        m[1]: [[int(n) for n in part.split()] for part in m[2].split(";")]
        for m in map(BRAT_SPAN.match, rows)
        if m
    }
    for row in rows:
        if row[:1] != "E":
            continue
        roles: dict[str, Spans] = {role: [] for role in ROLES}
        for argument in row.partition("\t")[2].split():
            role, _, name = argument.partition(":")
            roles.get(role.rstrip("0123456789").lower(), []).extend(spans.get(name, []))
        if roles["content"]:
            yield roles


def run_masudi(texts: Mapping[str, str], *, outer: bool) -> dict[str, list[Plain]]:
    coder = masudi.load(keep_text=True)
    out: dict[str, list[Plain]] = {}
    for id, text in texts.items():
        coded = coder.code(text, given_id=id)
        out[id] = [
            {"source": _lists(s.source_spans), "cue": _lists(s.cue_spans), "content": _lists(s.content)}
            for s in coded.statements
            if not (outer and s.within)
        ]
    return out


def _lists(spans: Sequence[tuple[int, int]]) -> Spans:
    return [[start, end] for start, end in spans]


# ---------------------------------------------------------------- telling


def show_misses(id: str, text: str, gold: Sequence[Plain], found: Sequence[Plain]) -> None:
    page = Page(text)
    pairs = paired(page.read(gold), page.read(found))
    for sign, side, place in (("-", gold, 0), ("+", found, 1)):
        seen = {pair[place] for pair in pairs}
        for number, statement in enumerate(side):
            if number not in seen:
                print(
                    sign,
                    id,
                    " | ".join(" … ".join(text[s:e] for s, e in statement.get(role) or []) for role in ROLES),
                )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--outer", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    home = os.environ.get("MASUDI_DEVDATA")
    folders = (
        [options.folder]
        if options.folder
        else [Path(home) / p for p in ("attribution/dev", "reports")]
        if home
        else []
    )
    if not folders:
        parser.error("name a FOLDER or set MASUDI_DEVDATA")
    for folder in folders:
        gold = read_gold(folder)
        started = process_time()
        if options.pred:
            found = {str(row["id"]): row["statements"] for row in lines(options.pred)}
        else:
            found = run_masudi({id: text for id, (text, _) in gold.items()}, outer=options.outer)
        counts = Counts()
        for id, (text, statements) in gold.items():
            counts.article(text, statements, found.get(id, []))
            if options.misses:
                show_misses(id, text, statements, found.get(id, []))
        print(f"{folder}: {len(gold)} articles, {process_time() - started:.0f} CPU s")
        for name, (p, r, f1) in counts.scores().items():
            print(f"  {name:24} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
