"""Words per CPU second and peak memory: spaCy as installed, masudi's analyser, masudi whole.

    python bench/speed/pipeline.py [PATH ...] [--rounds 3] [--words 40000] [--json]

PATH: files or folders of articles; without any, examples/articles. Articles are taken again and again until they
hold --words words; text that repeats flatters every cache, so for a figure to quote give enough text of your own.
Each variant runs in a process of its own with one BLAS thread; loading is counted apart. Rounds alternate between
variants and the fastest counts, because a shared machine slows single rounds. A first pass over other words warms
nothing: what a word costs on first sight is in the figures. Below the table: what each stage costs, coding's share of
the parse, and how many relations of two marked parties `masudi relate` does.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
EXAMPLES = HERE.parents[2] / "examples" / "articles"
VARIANTS = {
    "spacy": "spaCy, the model as installed",
    "analyse": "masudi's analyser",
    "analyse-all": "  the same, gate = off, names = always",
    "analyse-bare": "  the same, gate = off, names = never",
    "code": "masudi whole, articles read",
}
STAGES = "stages"  # a round of its own: stage by stage, and relations


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[EXAMPLES])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--only", choices=[*VARIANTS, STAGES], action="append", help="leave out the other variants")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--variant", choices=[*VARIANTS, STAGES], help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.variant:
        measured = by_stage if options.variant == STAGES else measure
        json.dump(measured(options.variant, options.paths, options.words), sys.stdout)
        return
    best = run_all(options.only or [*VARIANTS, STAGES], options.paths, options.words, options.rounds)
    print(json.dumps(best, indent=1) if options.json else table(best))


def run_all(variants: Sequence[str], paths: Sequence[Path], words: int, rounds: int) -> dict[str, dict[str, Any]]:
    """The fastest round of each variant."""
    best: dict[str, dict[str, Any]] = {}
    for _, variant in itertools.product(range(rounds), variants):
        command = [sys.executable, str(HERE), *map(str, paths), "--words", str(words), "--variant", variant]
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        found = json.loads(done.stdout)
        if variant not in best or found["cpu_s"] < best[variant]["cpu_s"]:
            best[variant] = found
    return best


def table(best: dict[str, dict[str, Any]]) -> str:
    lines = [f"{'':<42}{'words':>9}{'CPU s':>8}{'words/s':>9}{'× spaCy':>9}{'load s':>8}{'peak MB':>9}"]
    stock = best.get("spacy")
    stages = best.pop(STAGES, None)
    for variant, found in best.items():
        ratio = f"{found['words_per_s'] / stock['words_per_s']:.2f}" if stock else ""
        lines.append(
            f"{VARIANTS[variant]:<42}{found['words']:>9,}{found['cpu_s']:>8.2f}{found['words_per_s']:>9,.0f}"
            f"{ratio:>9}{found['load_s']:>8.2f}{found['peak_mb']:>9,.0f}"
        )
    if stages:
        seconds = ", ".join(f"{name} {spent:.2f}" for name, spent in stages["stages"].items())
        lines.append(f"CPU s by stage: {seconds}; code is {stages['share']:.0%} of the parse")
        lines.append(f"relate: {stages['relations_per_s']:,.0f} relations per CPU s ({stages['relations']:,})")
    return "\n".join(lines) if best else "\n".join(lines[1:])


def measure(variant: str, paths: Sequence[Path], words: int) -> dict[str, Any]:
    """One variant over the articles, in this process. CPU time of all threads, without the reading of articles."""
    articles = list(enough(paths, words))
    before = time.process_time()
    work = WORK[variant]()
    loaded = time.process_time()
    for _ in work(articles):
        pass
    spent = time.process_time() - loaded
    count = sum(len(article.text.split()) for article in articles)
    return {
        "words": count,
        "articles": len(articles),
        "cpu_s": round(spent, 3),
        "words_per_s": round(count / spent),
        "load_s": round(loaded - before, 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def by_stage(variant: str, paths: Sequence[Path], words: int) -> dict[str, Any]:
    """CPU seconds of each stage over the articles, and relations per CPU second between parties of their sentences."""
    import masudi
    from masudi.pipeline import keep_for_good

    articles = list(enough(paths, words))
    coder = masudi.load()
    keep_for_good()  # as the commands do
    before = time.process_time()
    docs = list(coder.tools.analyse(articles))
    spent = {"parse": time.process_time() - before, "resolve": 0.0, "attribute": 0.0, "code": 0.0}
    pairs = []
    for doc, article in zip(docs, articles, strict=True):
        marks = [time.process_time()]
        findings = coder.resolve(doc, article)
        marks.append(time.process_time())
        attribution = coder.tools.attribute(doc, article, findings)
        marks.append(time.process_time())
        coder.tools.code(doc, article, findings, attribution)
        marks.append(time.process_time())
        for name, first, last in zip(("resolve", "attribute", "code"), marks, marks[1:], strict=False):
            spent[name] += last - first
        pairs += pairs_in(doc, findings.mentions)
    docs.clear()
    list(coder.relate_many(pairs[:1]))  # loads the model
    before = time.process_time()
    related = len(list(coder.relate_many(pairs)))
    return {
        "cpu_s": round(sum(spent.values()), 3), "stages": {name: round(s, 3) for name, s in spent.items()},
        "share": round(spent["code"] / spent["parse"], 3), "relations": related,
        "relations_per_s": round(related / (time.process_time() - before)),
    }  # fmt: skip


def pairs_in(doc: Any, mentions: Sequence[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Sentences that name two parties, with the first and the last of them as actor and recipient."""
    from masudi.records import Span

    for sentence in doc.sents:
        inside = [m.span for m in mentions if sentence.start_char <= m.span.start and m.span.end <= sentence.end_char]
        if len(inside) > 1 and inside[0].end <= inside[-1].start:
            first, last = (Span(s.start - sentence.start_char, s.end - sentence.start_char) for s in (inside[0], inside[-1]))
            yield sentence.text, (first,), (last,)


def enough(paths: Sequence[Path], words: int) -> Iterator[Any]:
    """Articles of `paths`, from the first again when they are too few, until they hold `words` words."""
    from masudi.config import Settings
    from masudi.read import read
    from masudi.records import Article

    articles = [item for item in read(paths, Settings()) if isinstance(item, Article)]
    if not articles:
        sys.exit(f"no article in {', '.join(map(str, paths))}")
    held = 0
    for article in itertools.cycle(articles):
        if held >= words:
            return
        held += len(article.text.split())
        yield article


def spacy_as_installed() -> Any:
    import spacy

    from masudi.analyse.model import find_model

    nlp = spacy.load(find_model())
    return lambda articles: nlp.pipe(article.text for article in articles)


def analyser(**settings: Any) -> Any:
    from masudi.analyse import make_analyser
    from masudi.config import Settings
    from masudi.lexicon import Lexicons

    return make_analyser(Settings(**settings), Lexicons())


def whole() -> Any:
    import masudi
    from masudi.pipeline import keep_for_good

    coder = masudi.load()
    keep_for_good()  # as `masudi code` does
    return coder.code_articles


WORK = {
    "spacy": spacy_as_installed,
    "analyse": analyser,
    "analyse-all": lambda: analyser(gate="off", names="always"),
    "analyse-bare": lambda: analyser(gate="off", names="never"),
    "code": whole,
}

if __name__ == "__main__":
    main()
