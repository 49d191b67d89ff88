"""Train the model behind `masudi relate`.

    python training/relations.py [--relations FILE.tsv] [--check]

Learns from the written sentences of training/events and the articles of training/articles; with --relations also from a table of sentences with marked actor and
recipient (columns uid, marked_sentence, gold_root), whose rows then count ten times as much as written sentences. --check prints five-fold
macro-F1 on that table (its rows held out by fifths) and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import articles
import attrs
import corpus
import fit
import numpy as np
from spacy.tokens import Doc

import masudi
from masudi.analyse import make_analyser
from masudi.coding.linear import load_vectors
from masudi.coding.pairs import Described
from masudi.coding.relate import MODEL, YIELD, YIELDING, described_pairs, relation_of
from masudi.coding.words import Ontology, load_words
from masudi.pipeline import Coder
from masudi.read.marked import read_marked
from masudi.records import Article, Findings, Span

WRITTEN_WEIGHT = 0.05  # the conventions of the written sentences differ a little from those of the table
ARTICLE_WEIGHT = 0.03
LONGEST = 700  # characters; of an article, what stands between the ends of the sentences with the deed and both parties
STRENGTH = 0.5
AT_ONCE = 256
FOLDS = 5
SEED = 0
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "ACCUSE": 3, "REQUEST": 3, "REJECT": 3,
    "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip


class Pair(NamedTuple):
    text: str
    actor: tuple[Span, ...]
    recipient: tuple[Span, ...]
    type: str


def written_pairs(ontology: Ontology) -> Iterator[Pair]:
    """Actor and recipient of every event of the written sentences that is told as more than a possibility."""
    for row in corpus.rows():
        for event in row["events"]:
            if "hypothetical" in event["status"]:
                continue
            actors, recipients = event["actor"], event["recipient"]
            pairs = [(actors[0], recipients[0])] if actors and recipients else []
            if len(actors) > 1 and not recipients:
                pairs = [(actors[0], actors[1]), (actors[1], actors[0])]
            for a, b in pairs:
                yield Pair(row["text"], (_span(row["text"], a),), (_span(row["text"], b),), root(event["type"], event["status"], ontology))


def article_pairs(ontology: Ontology) -> Iterator[Pair]:
    """Actor and recipient of the articles' events, where both are named near the deed, with the sentences around them."""
    for row in map(articles.located, articles.rows()):
        for report in row["reports"]:
            if "hypothetical" in report["auxiliary"]:
                continue
            actors, recipients = ([Span(*party["span"]) for party in report[side]] for side in ("actor", "recipient"))
            sides = [(actors[:1], recipients[:1])]
            if len(actors) > 1 and not recipients:
                sides = [(actors[:1], actors[1:2]), (actors[1:2], actors[:1])]
            for one, other in sides:
                if one and other and one != other:
                    yield from _around(row["text"], Span(*report["triggers"][0]), one[0], other[0], root(report["type"], report["auxiliary"], ontology))


def _around(text: str, trigger: Span, actor: Span, recipient: Span, type_: str) -> Iterator[Pair]:
    """The pair in the sentences from the first to the last of its words, if they stand in one paragraph."""
    first, last = min(s.start for s in (trigger, actor, recipient)), max(s.end for s in (trigger, actor, recipient))
    start = max(text.rfind(". ", 0, first) + 2 if ". " in text[:first] else 0, text.rfind("\n", 0, first) + 1)
    ends = [at for at in (text.find(". ", last), text.find("\n", last)) if at >= 0]
    end = min(ends, default=len(text))
    if "\n" not in text[start:end] and end - start <= LONGEST:
        actors, recipients = ((Span(s.start - start, s.end - start),) for s in (actor, recipient))
        yield Pair(text[start:end], actors, recipients, type_)


def _span(text: str, words: str) -> Span:
    start = text.find(words)
    return Span(start, start + len(words))


def root(type_: str, status: Collection[str], ontology: Ontology) -> str:
    """The class of an event told with `status`, as `relate` reads it."""
    found = relation_of(type_, status, ontology)
    return YIELD if found in YIELDING else found


def table_pairs(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8") as handle:
        gold = {r["uid"]: r["gold_root"] for r in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for row in read_marked(path):
        yield Pair(row.text, tuple(row.actor), tuple(row.recipient), gold[row.uid])


def described(pairs: Sequence[Pair]) -> list[Described]:
    coder = masudi.load()
    analyse = make_analyser(attrs.evolve(coder.settings, gate="off", names="never"), coder.lexicons)
    words, vectors = load_words(coder.lexicons, plover=True), load_vectors()
    found: list[Described] = []
    for begin in range(0, len(pairs), AT_ONCE):
        some = pairs[begin : begin + AT_ONCE]
        articles = [Article(id=str(n), text=pair.text) for n, pair in enumerate(some)]
        marked = [(doc, _findings(coder, doc, article), pair.actor, pair.recipient) for article, doc, pair in zip(articles, analyse(articles), some, strict=True)]
        found += [one for _, _, one in described_pairs(marked, words, vectors)]
    return found


def _findings(coder: Coder, doc: Doc, article: Article) -> Findings:
    actors, mentions = coder.tools.resolve_actors(doc, article, ())
    return Findings(actors=actors, mentions=mentions)


def train(rows: Sequence[Described], pairs: Sequence[Pair], weights: Sequence[float], about: dict[str, object]) -> fit.Linear:
    dense = np.array([row.dense for row in rows], np.float32)
    return fit.fit(
        [row.features for row in rows], dense, [pair.type for pair in pairs], weights, strength=STRENGTH, about=about
    )


def check(rows: Sequence[Described], pairs: Sequence[Pair], weights: Sequence[float]) -> None:
    """Five-fold macro-F1 over the rows of the table."""
    table = [n for n, weight in enumerate(weights) if weight == 1.0]
    random.Random(SEED).shuffle(table)
    table.sort(key=lambda n: pairs[n].type)
    found: dict[int, str] = {}
    for fold in range(FOLDS):
        held = set(table[fold::FOLDS])
        kept = [n for n in range(len(rows)) if n not in held]
        model = train([rows[n] for n in kept], [pairs[n] for n in kept], [weights[n] for n in kept], {})
        for n in held:
            shares = model.shares(rows[n].features, rows[n].dense)
            found[n] = max(shares, key=lambda name: shares[name])
    gold, got = [pairs[n].type for n in table], [found[n] for n in table]
    quads = [[str(QUAD[name]) for name in names] for names in (gold, got)]
    binary = [["conflict" if q > "2" else "cooperation" for q in side] for side in quads]
    print(f"root {fit.macro_f1(gold, got):.3f}  quad {fit.macro_f1(*quads):.3f}  binary {fit.macro_f1(*binary):.3f}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relations", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    ontology = load_words(masudi.load().lexicons, plover=True).ontology
    written = list(written_pairs(ontology))
    table = list(table_pairs(asked.relations)) if asked.relations else []
    told = list(article_pairs(ontology))
    pairs = [*table, *written, *told]
    lighter = (WRITTEN_WEIGHT, ARTICLE_WEIGHT) if table else (1.0, 1.0)
    weights = [1.0] * len(table) + [lighter[0]] * len(written) + [lighter[1]] * len(told)
    rows = described(pairs)
    if asked.check:
        check(rows, pairs, weights)
        return 0
    about: dict[str, object] = {"written": len(written), "articles": len(told), "table": len(table), "strength": STRENGTH}
    if asked.relations:
        about["table_sha256"] = hashlib.sha256(asked.relations.read_bytes()).hexdigest()
    print(fit.write(train(rows, pairs, weights, about), MODEL))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
