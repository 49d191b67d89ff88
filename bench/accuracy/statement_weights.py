"""Where the figures of en/cues.tsv, en/statement_signs.tsv and en/content_edges.tsv come from: counted and fitted.

    python bench/accuracy/statement_weights.py FOLDER [--write] [--new]
    python -m masudi.lexicon en/cues.tsv en/statement_signs.tsv en/content_edges.tsv        (afterwards, to stamp them)

FOLDER: as for statements.py; texts and gold are only read. --write: put the figures into the three files.
--new: list cues that are not in the book and were right at least MIN_RIGHT times.

A candidate is right when its content and a gold content share half of their tokens (Jaccard), or when it is quoted,
its cue is a gold cue and the shorter content lies half in the other (speech goes on later). Candidates inside gold
content or inside quotations do not count: the gold marks none there. A cue's weight is its share of right candidates,
its weight so far counting as PRIOR candidates. The signs are a logistic regression on top (gradient descent from zero,
L2; the same figures in every run), each fifth of the articles seeing cue weights counted on the other four. Signs that
name the words of a source or of the content are left out: they would learn this corpus' people and quarrels.

A part at the edge of a candidate's content counts as said when the gold content of the same cue holds most of its
words, as not said when it holds next to none; between the two it does not count.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from attrs import frozen
from spacy.tokens import Doc
from statements import MIN_JACCARD, Page, Told, read_gold

from masudi.analyse import make_analyser
from masudi.attribute.bounds import ADD, CUT, EDGES, edge_signs, last_parts, next_part
from masudi.attribute.candidates import Candidate, candidates
from masudi.attribute.content import indices_under, spans_of, without_gloss
from masudi.attribute.cues import CUES, CueBook
from masudi.attribute.evidence import BIAS, SIGNS, UNLISTED_WEIGHT, WEIGHT, log_odds, signs_of
from masudi.attribute.quotes import Quotes, find_quotes
from masudi.config import Settings
from masudi.lexicon import DATA, Lexicons
from masudi.records import Article
from masudi.text import merge_spans

PRIOR = 4
FOLDS = 5
L2 = 8.0
L2_EDGES = 4.0
STEPS = 250
MIN_SEEN = 10  # rarer signs get no figure
MIN_SEEN_EDGES = 4
NOT_KEPT = ("source word", "content word", "above")
# Share of a part's words in the gold content from which on it counts as said, and up to which as not said.
SAID, NOT_SAID = 0.6, 0.15
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
        self.find, self.phrases, self.silent = book.find, book.phrases, book.silent
        self._book, self._all = book, everything

    def knows(self, pos: str, lemma: str) -> bool:
        return self._all or self._book.knows(pos, lemma)


def key_of(c: Candidate) -> Key:
    return c.pos, c.lemma, c.particle, c.complement, c.prep


def look(folder: Path, book: WideBook, *, edges: list[Edge]) -> Iterator[Seen]:
    """Every candidate of the folder; what they teach about edges is added to `edges`."""
    gold = read_gold(folder)
    articles = [Article(id=id, text=text) for id, (text, _) in gold.items()]
    docs = make_analyser(Settings(), Lexicons())(articles)
    for number, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        page, quotes = Page(article.text), Quotes(find_quotes(article.text))
        told = page.read(gold[article.id][1])
        inside = frozenset[int]().union(*(t.content for t in told))
        for c in candidates(doc, book):  # type: ignore[arg-type]
            if book.find(c.pos, c.lemma, c.complement, prep=c.prep, particle=c.particle):
                edges.extend(edges_of(doc, page, c, told))
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
    start = dict.fromkeys(so_far, UNLISTED_WEIGHT)
    folds = [shares([s for s in seen if s.fold != f], start) for f in range(FOLDS)]
    rows = [s for s in seen if s.key in so_far or (s.key[0], s.key[3]) == ("VERB", "clause")]
    signs = [s.signs if s.key in so_far else (*s.signs, "cue unlisted") for s in rows]
    signs = [tuple(n for n in row if not n.startswith(NOT_KEPT)) for row in signs]
    dense = np.array([[log_odds(folds[s.fold].get(s.key, UNLISTED_WEIGHT)), 1.0] for s in rows])
    out, (weight, bias) = regression(signs, dense, [s.right for s in rows], min_seen=MIN_SEEN, l2=L2)
    return {**out, WEIGHT: weight, BIAS: bias}


def regression(
    signs: Sequence[Sequence[str]], dense: np.ndarray, right: Sequence[bool], *, min_seen: int, l2: float
) -> tuple[dict[str, float], list[float]]:
    """Logistic regression with an L2 penalty: a figure for each sign seen often enough, and for each dense column."""
    counts = Counter(name for row in signs for name in row)
    names = sorted(name for name, count in counts.items() if count >= min_seen)
    place = {name: i for i, name in enumerate(names)}
    pairs = [(i, place[name]) for i, row in enumerate(signs) for name in row if name in place]
    row_of, sign_of = (np.array(side) for side in zip(*pairs, strict=True))
    y, size = np.array(right, dtype=float), len(names)
    w = np.zeros(size + dense.shape[1])
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        z = np.bincount(row_of, weights=w[sign_of], minlength=len(y)) + dense @ w[size:]
        miss = 1 / (1 + np.exp(-z)) - y
        by_sign = np.bincount(sign_of, weights=miss[row_of], minlength=size) + l2 * w[:size]
        slope = np.concatenate([by_sign, dense.T @ miss]) / len(y)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        rate = 0.1 * (1 - step / (STEPS + 1)) / (1 - 0.9**step)
        w -= rate * mean / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip(names, w[:size].tolist(), strict=True)), w[size:].tolist()


@frozen
class Edge:
    """One part at the edge of a candidate's content: the signs that hold, and whether the action on it is right."""

    signs: tuple[str, ...]
    right: bool


def edges_of(doc: Doc, page: Page, candidate: Candidate, told: Sequence[Told]) -> Iterator[Edge]:
    """What one candidate teaches about where content ends; nothing when its cue is no gold cue."""

    def tokens(indices: Iterable[int]) -> frozenset[int]:
        kept = (doc[i] for i in indices if not doc[i].is_punct and not doc[i].is_space)
        return page.tokens([[t.idx, t.idx + len(t)] for t in kept])

    if candidate.complement == "frame" or max(candidate.content) < candidate.at.i:
        return
    gold = next((t for t in told if tokens((candidate.at.i,)) & t.cue), None)
    own = tokens(candidate.content)
    if gold is None or not own or len(own & gold.content) < 0.3 * min(len(own), len(gold.content)):
        return
    following = next_part(doc, candidate, candidate.content)
    parts = [(CUT, p) for p in last_parts(doc, candidate, candidate.content)]
    for action, part in [*parts, *([(ADD, following)] if following is not None else [])]:
        inside = tokens(indices_under(part))
        share = len(inside & gold.content) / len(inside) if inside else 0.5
        if not NOT_SAID <= share <= SAID:
            yield Edge(tuple(edge_signs(action, candidate, part)), (share > SAID) == (action == ADD))


def write(weights: Mapping[Key, float], signs: Mapping[str, float], edges: Mapping[str, float]) -> None:
    path = DATA / CUES
    lines = path.read_text(encoding="utf-8").split("\n")
    for n, line in enumerate(lines[1:], start=1):
        cells = line.split("\t")
        if len(cells) > 6 and cells[4] != "lends":
            lemma, pos, particle, prep, complement = cells[:5]
            cells[6] = f"{min(max(weights[pos, lemma, particle, complement, prep], 0.01), 0.99):.2f}"
            lines[n] = "\t".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    for name, figures in ((SIGNS, signs), (EDGES, edges)):
        kept = [
            f"{n}\t{v:.2f}\t" for n, v in sorted(figures.items()) if abs(v) >= MIN_SIGN or n in (WEIGHT, BIAS)
        ]
        (DATA / name).write_text("\n".join(["sign\tweight\tnote", *kept]) + "\n", encoding="utf-8")


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
    edges: list[Edge] = []
    book = CueBook.of(Lexicons())
    seen = list(look(options.folder, WideBook(book, everything=options.new), edges=edges))
    signs = fit(seen, so_far)
    at_edges, _ = regression(
        [e.signs for e in edges],
        np.zeros((len(edges), 0)),
        [e.right for e in edges],
        min_seen=MIN_SEEN_EDGES,
        l2=L2_EDGES,
    )
    print(
        f"{len(seen)} candidates, {sum(s.right for s in seen)} right; {len(so_far)} cues, {len(signs)} signs"
    )
    if options.new:
        show_new(seen, so_far)
    if options.write:
        write(shares(seen, so_far), signs, at_edges)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
