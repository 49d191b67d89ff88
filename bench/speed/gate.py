"""What the gate spares the parser, and what masudi loses by it.

    python bench/speed/gate.py [PATH ...] [--articles 200] [--lost]

PATH: files or folders of articles; without any, examples/articles. Codes each article twice, with the gate wide and
off. A report is lost when no report of the same type stands on the same triggers with the gate wide; a statement,
when none has the same cue and content. --lost lists them.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import masudi
from masudi.config import Settings
from masudi.read import read
from masudi.records import Article, CodedArticle
from masudi.syntax import is_parsed, sentences_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "articles"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[EXAMPLES])
    parser.add_argument("--articles", type=int, default=200, help="at most so many")
    parser.add_argument("--lost", action="store_true")
    options = parser.parse_args(arguments)
    found = (item for item in read(options.paths, Settings()) if isinstance(item, Article))
    articles = list(itertools.islice(found, options.articles))
    print(f"{len(articles)} articles")
    for name, passed, total in spared(articles):
        print(f"{name:<12}{total:>8,}   parsed {passed:>8,}   {passed / max(total, 1):.1%}")
    lost_lines = []
    for name, kept, lost, gained, shown in losses(articles):
        print(f"{name:<12}{kept + lost:>8,}   lost   {lost:>8,}   {lost / max(kept + lost, 1):.2%}   only with gate {gained}")
        lost_lines += shown
    if options.lost:
        print("\n".join(lost_lines))


def spared(articles: Sequence[Article]) -> Iterator[tuple[str, int, int]]:
    """Sentences and words (white space apart): parsed, all; those in furniture count as skipped."""
    analyse = masudi.load(gate="wide").tools.analyse
    sentences = [0, 0]
    words = [0, 0]
    for doc in analyse(articles):
        for sentence in sentences_of(doc):
            parsed = is_parsed(sentence)
            size = sum(not token.is_space for token in sentence)
            sentences[0] += parsed
            sentences[1] += 1
            words[0] += size * parsed
            words[1] += size
    yield "sentences", *sentences
    yield "words", *words


def losses(articles: Sequence[Article]) -> Iterator[tuple[str, int, int, int, list[str]]]:
    """For reports and statements: kept, lost, found only with the gate wide, and the lost ones as lines."""
    wide, off = (list(masudi.load(gate=gate).code_articles(articles)) for gate in ("wide", "off"))
    for name, keys in (("reports", report_keys), ("statements", statement_keys)):
        kept = lost = gained = 0
        shown = []
        for a, b in zip(wide, off, strict=True):
            ours, all_of = keys(a), keys(b)
            missing = sorted(all_of - ours)
            kept += len(all_of & ours)
            lost += len(missing)
            gained += len(ours - all_of)
            shown += [f"{name}: {a.article.given_id or a.article.path}: {line(key, a.article.text)}" for key in missing]
        yield name, kept, lost, gained, shown


def report_keys(coded: CodedArticle) -> set[tuple[Any, ...]]:
    return {(r.type, *r.triggers) for r in coded.reports}


def statement_keys(coded: CodedArticle) -> set[tuple[Any, ...]]:
    return {(s.cue_lemma or "", *s.cue_spans, *s.content) for s in coded.statements}


def line(key: tuple[Any, ...], text: str) -> str:
    label, *spans = key
    return f"{label} " + " | ".join(" ".join(text[s:e].split())[:60] for s, e in spans)


if __name__ == "__main__":
    main()
