"""Who says so in sentences written for this project: sources, force and chains of world news.

    python bench/accuracy/written.py [--misses]

written_statements.jsonl, one passage a line: `words` stands inside the innermost statement, `chain` names the sources
around it as the text does, outermost first (null = the text names none; [] = the article's own voice), `named`,
`country` and `force` belong to the innermost one, `actor` is the name a pronoun or description must lead to. Written
before masudi was run on them; the first run gave chain .840, source .832 on the first 212, .705, .750 on the next 95
(harder on purpose) and .700, .684 on the last 60 (second-hand sources, hearsay, passive claims; `certainty` too: .805), and
rules were mended after each, so later figures show what was learned from these passages too, not what unseen ones would
give; the 65 after these gave .738, .714 first (headlines, news of nobody, borne words), and 35 more, written after their
mends, .914, .969. After the first run four sources of the 95 were written out more fully ("the farmer, Ibrahim Sow"), and seven
certainties and a force of the 60 changed to what the cue lists mean by them (a fear is `tentative`, "urge" a demand); so
were two forces and two certainties of the last hundred, two countries, a chain ("dismissed the assurance that") and a `named`.

"citing two aid workers" makes the workers a link inside the speaker's, with the same words.

form: `direct`, `indirect` or `mixed`, where the passage says.

chain: as many statements stand around the words as should, with the right sources. source: the innermost source, and
where given its actor. named, country, force: of passages whose innermost source was found.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import masudi
from masudi.records import CodedArticle, Statement

PASSAGES = Path(__file__).with_name("written_statements.jsonl")


def passages() -> list[dict[str, Any]]:
    with PASSAGES.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def around(coded: CodedArticle, words: str) -> list[Statement]:
    """The statements around `words`, outermost first."""
    at = coded.article.text.index(words)
    inside = [s for s in coded.statements if any(a <= at < b for a, b in s.content)]
    if not inside:
        return []
    by_id = {s.id: s for s in coded.statements}

    def lineage(statement: Statement) -> list[Statement]:
        above = [] if statement.within is None else lineage(by_id[statement.within])
        return [*above, statement]

    return min(map(lineage, inside), key=lambda chain: (sum(b - a for a, b in chain[-1].content), -len(chain)))


def names(coded: CodedArticle, statement: Statement, wanted: str | None) -> bool:
    """Whether the statement's source is the one the passage names: a shared word, or none on both sides."""
    said = " ".join(coded.article.text[a:b] for a, b in statement.source_spans)
    if wanted is None or not said:
        return wanted is None and not said
    return bool(_words(wanted) & _words(said))


def _words(text: str) -> set[str]:
    words = set(re.findall(r"\w+", text.lower()))
    return words - {"the", "a", "an", "of", "s", "to"} or words


def checks(coded: CodedArticle, passage: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each measure this passage counts for, and whether it came out right."""
    chain, wanted = around(coded, passage["words"]), passage["chain"]
    yield (
        f"chain {len(wanted)} deep",
        len(chain) == len(wanted) and all(names(coded, s, w) for s, w in zip(chain, wanted, strict=True)),
    )
    if not wanted:
        return
    found = bool(chain) and names(coded, chain[-1], wanted[-1])
    actor = next((a for a in coded.actors if chain and a.id == chain[-1].actor), None)
    yield "source", found and passage.get("actor") in (None, actor.name if actor else "")
    if found:
        yield "named", chain[-1].named == passage["named"]
        yield "country", (actor.country if actor else None) == passage["country"]
        yield "force", chain[-1].force == passage["force"]
        for measure in ("certainty", "form"):
            if measure in passage:
                yield measure, getattr(chain[-1], measure) == passage[measure]


def scores(coder: masudi.Coder, *, misses: bool = False) -> dict[str, tuple[int, int]]:
    """Right and all, by measure."""
    out: dict[str, list[int]] = {}
    for passage in passages():
        coded = coder.code(passage["text"], published="2024-05-15")
        for name, right in checks(coded, passage):
            for line in (name, "chain") if name.startswith("chain") else (name,):
                counts = out.setdefault(line, [0, 0])
                counts[0] += right
                counts[1] += 1
            if misses and not right:
                told = [
                    ([coded.article.text[a:b] for a, b in s.source_spans], s.cue_lemma, s.force, s.named)
                    for s in around(coded, passage["words"])
                ]
                print("-", name, passage, told)
    return {name: (right, of) for name, (right, of) in sorted(out.items())}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    for name, (right, of) in scores(masudi.load(keep_text=True), misses=options.misses).items():
        print(f"{name:14} {right}/{of} = {right / of:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
