"""Where the figures of en/cues.tsv and en/statement_signs.tsv come from: a training folder, counted and fitted.

    python bench/accuracy/statement_weights.py FOLDER [--write] [--new]
    python -m masudi.lexicon en/cues.tsv en/statement_signs.tsv        (afterwards, to stamp them)

FOLDER: as for statements.py; texts and gold are only read. --write: put the figures into the two files.
--new: list cues that are not in the book and were right at least MIN_RIGHT times.

A candidate is right when its content and a gold content share half of their tokens (Jaccard), or when it is quoted,
its cue is a gold cue and the shorter content lies half in the other (speech goes on later). Candidates inside gold
content or inside quotations do not count: the gold marks none there. A cue's weight is its share of right candidates,
its weight so far counting as PRIOR candidates. The signs are a logistic regression on top (Newton, L2), each fifth of
the articles seeing cue weights counted on the other four.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from attrs import frozen
from statements import MIN_JACCARD, Page, read_gold

from masudi.analyse import make_analyser
from masudi.attribute.candidates import Candidate, candidates
from masudi.attribute.content import spans_of, without_gloss
from masudi.attribute.cues import CUES, CueBook
from masudi.attribute.evidence import BIAS, SIGNS, UNLISTED_WEIGHT, WEIGHT, log_odds, signs_of
from masudi.attribute.quotes import Quotes, find_quotes
from masudi.config import Settings
from masudi.lexicon import DATA, Lexicons
from masudi.records import Article
from masudi.text import merge_spans

PRIOR = 4
FOLDS = 5
L2 = 3.0
MIN_SEEN = 60  # rarer signs get no figure
MIN_SIGN = 0.05  # nor those that change nothing
MIN_RIGHT = 3
Key = tuple[str, str, str, str, str]  # pos, lemma, particle, complement, prep


@frozen
class Seen:
    """One candidate: its key in the cue book, the signs that hold, whether it is right, its article's fifth."""

    key: Key
    signs: tuple[str, ...]
    right: bool
    fold: int


class WideBook:
    """The cue book as it is, but any verb, noun or adjective may be a candidate."""

    def __init__(self, book: CueBook, *, everything: bool) -> None:
        self.find, self.phrases, self._book, self._all = book.find, book.phrases, book, everything

    def knows(self, pos: str, lemma: str) -> bool:
        return self._all or self._book.knows(pos, lemma)


def key_of(c: Candidate) -> Key:
    return c.pos, c.lemma, c.particle, c.complement, c.prep


def look(folder: Path, book: WideBook) -> Iterator[Seen]:
    gold = read_gold(folder)
    articles = [Article(id=id, text=text) for id, (text, _) in gold.items()]
    docs = make_analyser(Settings(), Lexicons())(articles)
    for number, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        page, quotes = Page(article.text), Quotes(find_quotes(article.text))
        told = page.read(gold[article.id][1])
        inside = frozenset[int]().union(*(t.content for t in told))
        for c in candidates(doc, book):  # type: ignore[arg-type]
            spans = spans_of(doc, without_gloss(doc, c.content))
            at = page.tokens([[c.at.idx, c.at.idx + len(c.at)]])
            if not spans or at & inside or quotes.at(c.at.idx) is not None:
                continue
            quoted = [q for s in spans for q in quotes.overlapping(s)]
            content = page.tokens([[s, e] for s, e in merge_spans((*spans, *quoted))])
            right = any(
                len(content & t.content) >= MIN_JACCARD * len(content | t.content)
                or (
                    quoted
                    and at & t.cue
                    and 2 * len(content & t.content) >= min(len(content), len(t.content))
                )
                for t in told
            )
            yield Seen(key_of(c), tuple(signs_of(c, listed=True, quoted=bool(quoted))), right, number % FOLDS)


def shares(seen: Sequence[Seen], so_far: Mapping[Key, float]) -> dict[Key, float]:
    """Each listed cue's weight."""
    right, all_ = Counter(s.key for s in seen if s.right), Counter(s.key for s in seen)
    return {key: (right[key] + PRIOR * weight) / (all_[key] + PRIOR) for key, weight in so_far.items()}


def fit(seen: Sequence[Seen], so_far: Mapping[Key, float]) -> dict[str, float]:
    """The regression's figure for each sign, the cue weight and the bias."""
    folds = [shares([s for s in seen if s.fold != f], so_far) for f in range(FOLDS)]
    rows = [s for s in seen if s.key in so_far or (s.key[0], s.key[3]) == ("VERB", "clause")]
    signs = [s.signs if s.key in so_far else (*s.signs, "cue unlisted") for s in rows]
    names = sorted(n for n, count in Counter(n for row in signs for n in row).items() if count >= MIN_SEEN)
    place = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 2))
    for i, (row, held) in enumerate(zip(rows, signs, strict=True)):
        x[i, [place[n] for n in held if n in place]] = 1
        x[i, -2] = log_odds(folds[row.fold].get(row.key, UNLISTED_WEIGHT))
    x[:, -1] = 1
    y = np.array([s.right for s in rows], dtype=float)
    penalty = np.diag([L2] * len(names) + [0.0, 0.0])
    w = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, x.T @ (p - y) + penalty @ w)
    return dict(zip([*names, WEIGHT, BIAS], w.tolist(), strict=True))


def write(weights: Mapping[Key, float], signs: Mapping[str, float]) -> None:
    path = DATA / CUES
    lines = path.read_text(encoding="utf-8").split("\n")
    for n, line in enumerate(lines[1:], start=1):
        cells = line.split("\t")
        if len(cells) > 6 and cells[4] != "lends":
            lemma, pos, particle, prep, complement = cells[:5]
            cells[6] = f"{min(max(weights[pos, lemma, particle, complement, prep], 0.01), 0.99):.2f}"
            lines[n] = "\t".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    kept = [f"{n}\t{v:.2f}\t" for n, v in sorted(signs.items()) if abs(v) >= MIN_SIGN or n in (WEIGHT, BIAS)]
    (DATA / SIGNS).write_text("\n".join(["sign\tweight\tnote", *kept]) + "\n", encoding="utf-8")


def show_new(seen: Sequence[Seen], so_far: Mapping[Key, float]) -> None:
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for s in seen:
        if s.key not in so_far and re.fullmatch(r"[a-z]+", s.key[1]):
            counts[s.key][0] += s.right
            counts[s.key][1] += 1
    for key, (right, all_) in sorted(counts.items(), key=lambda kv: (-kv[1][0], kv[0])):
        if right >= MIN_RIGHT:
            print(right, all_, *key, sep="\t")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--new", action="store_true")
    options = parser.parse_args(arguments)
    rows = Lexicons().table(CUES)
    so_far = {
        (r.need("pos"), r.need("lemma"), r["particle"] or "", r.need("complement"), r["prep"] or ""): float(
            r.need("weight")
        )
        for r in rows
    }
    seen = list(look(options.folder, WideBook(CueBook(rows), everything=options.new)))
    signs = fit(seen, so_far)
    print(
        f"{len(seen)} candidates, {sum(s.right for s in seen)} right; {len(so_far)} cues, {len(signs)} signs"
    )
    if options.new:
        show_new(seen, so_far)
    if options.write:
        write(shares(seen, so_far), signs)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
