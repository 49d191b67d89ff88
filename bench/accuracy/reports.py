"""Whole articles coded by hand against masudi: reports with parties, dates, status, chains.

    python bench/accuracy/reports.py FOLDER [--misses] [--ranker RANKER]
    python bench/accuracy/reports.py --written [FILE...] [--misses] [--ranker RANKER]

FOLDER holds dev.articles.jsonl ({"id", "text", "published"}) and dev.gold.jsonl ({"id", "reports": [...]}). A FILE is of
the form of training/articles.py; without one, the articles held back from training (written_articles.jsonl beside this).

A gold and a coded report pair when their triggers overlap, one to one, same type first. `type`: paired with the
same type; `dyad`: and the parties agree (a side empty in gold must be empty; else one party shares country or, where
a country is missing, a content word; where all parties are in `actor`, two of them must be found). Gold marked
optional counts neither way. Dates, auxiliaries and chains are judged over type pairs.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import masudi
from masudi.explain import source_name

Plain = Mapping[str, Any]
Pair = tuple[Plain, Plain]

STOP = frozenset("the a an of and in for to his her its their this that these mr mrs president minister official officials".split())
FILES = ("dev.articles.jsonl", "dev.gold.jsonl")
HELD_BACK = Path(__file__).with_name("written_articles.jsonl")


def evaluate(*paths: Path, misses: bool = False, ranker: str = "linear") -> dict[str, float]:
    """Scores of masudi's coding of a folder of `FILES`, or of files of written articles; misses: list them on stdout."""
    rows = [row for path in paths for row in (_folder(path) if path.is_dir() else _written(path))]
    gold = {row["id"]: row["reports"] for row in rows}
    coded = dict(code(rows, ranker))
    pairs = {i: pair(gold[i], coded[i][1]) for i in gold}
    if misses:
        show_misses(gold, coded, pairs)
    return score(gold, {i: reports for i, (_, reports) in coded.items()}, pairs)


def lines(path: Path) -> Iterator[Plain]:
    with path.open(encoding="utf-8") as handle:
        yield from (json.loads(line) for line in handle if line.strip())


def _folder(folder: Path) -> Iterator[Plain]:
    gold = {g["id"]: g["reports"] for g in lines(folder / FILES[1])}
    yield from ({**article, "reports": gold[article["id"]]} for article in lines(folder / FILES[0]) if article["id"] in gold)


def _written(path: Path) -> Iterator[Plain]:
    sys.path.append(str(Path(__file__).parents[2] / "training"))
    from articles import located, rows

    yield from (located(row) for row in rows(path))


def code(articles: Iterable[Plain], ranker: str = "linear") -> Iterator[tuple[str, tuple[str, list[Plain]]]]:
    """id → text and reports in the gold's form."""
    coder = masudi.load(keep_text=True, ranker=ranker)
    for article in articles:
        coded = coder.code(article["text"], published=article["published"], given_id=article["id"]).to_dict()
        yield article["id"], (article["text"], [flatten(coded, report) for report in coded["reports"]])


def flatten(coded: Plain, report: Plain) -> Plain:
    text = coded["article"]["text"]
    actors = {a["id"]: a for a in coded["actors"]}
    statements = {s["id"]: s for s in coded["statements"]}

    def side(ids: Sequence[str], spans: Sequence[Sequence[int]]) -> list[Plain]:
        named = [{"text": actors[i]["name"], "code": actors[i]["code"]} for i in ids if i in actors]
        return named or [{"text": text[s:e], "code": None} for s, e in spans]

    def source(statement: Plain) -> str:
        words = " ".join(text[s:e] for s, e in statement["source"]["spans"])
        return f"{source_name(statement, actors, text)} {words}"

    return {
        "type": report["type"], "triggers": report["triggers"], "date": report["date"]["value"],
        "actor": side(report["actors"], report["actor_spans"]),
        "recipient": side(report["recipients"], report["recipient_spans"]),
        "auxiliary": report["auxiliary"], "chain": [source(statements[i]) for i in report["chain"]],
    }  # fmt: skip


def pair(gold: Sequence[Plain], coded: Sequence[Plain]) -> list[Pair]:
    """One to one: same type before other types, agreeing parties before others, nearest before farther."""
    options = [
        (g["type"] == c["type"], dyad(g, c), -abs(g["triggers"][0][0] - c["triggers"][0][0]), i, j)
        for i, g in enumerate(gold)
        for j, c in enumerate(coded)
        if any(s < v and u < e for s, e in g["triggers"] for u, v in c["triggers"])
    ]
    left, right, out = set(), set(), []
    for *_, i, j in sorted(options, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((gold[i], coded[j]))
    return out


def dyad(gold: Plain, coded: Plain) -> bool:
    if len(gold["actor"]) > 1 and not gold["recipient"]:
        found = [*coded["actor"], *coded["recipient"]]
        return sum(any(same(a, b) for b in found) for a in gold["actor"]) >= 2
    return side_fits(gold["actor"], coded["actor"]) and side_fits(gold["recipient"], coded["recipient"])


def side_fits(gold: Sequence[Plain], coded: Sequence[Plain]) -> bool:
    return any(same(g, c) for g in gold for c in coded) if gold else not coded


def same(a: Plain, b: Plain) -> bool:
    left, right = country(a["code"]), country(b["code"])
    return left == right if left and right else bool(content(a["text"]) & content(b["text"]))


def country(code: str | None) -> str | None:
    match = re.match(r"\s*(IGO\s*[A-Z]{2,3}|[A-Z]{3})", code or "")
    return match[1].replace(" ", "")[:6] if match else None


def content(text: str) -> frozenset[str]:
    found = frozenset(re.findall(r"\w+", text.lower()))
    return found - STOP or found


def chain_fits(gold: Plain, coded: Plain) -> bool:
    if len(gold["chain"]) != len(coded["chain"]):
        return False
    return not gold["chain"] or bool(content(gold["chain"][-1]) & content(coded["chain"][-1]))


def score(gold: Mapping[str, Any], coded: Mapping[str, Any], pairs: Mapping[str, list[Pair]]) -> dict[str, float]:
    every = [p for found in pairs.values() for p in found]
    counted = [p for p in every if not p[0].get("optional")]
    n_gold = sum(not g.get("optional") for rows in gold.values() for g in rows)
    n_coded = sum(map(len, coded.values())) - (len(every) - len(counted))
    typed = [p for p in counted if p[0]["type"] == p[1]["type"]]
    dated = [p for p in typed if p[0].get("date")]

    def f1(hits: int) -> float:
        return 2 * hits / (n_gold + n_coded)

    def share(hits: Sequence[bool]) -> float:
        return sum(hits) / len(hits) if hits else 1.0

    out = {
        "reports per gold report": n_coded / n_gold,
        "found F1": f1(len(counted)),
        "type F1": f1(len(typed)),
        "type and parties F1": f1(sum(dyad(g, c) for g, c in typed)),
        "date": share([(c["date"] or "").startswith(g["date"]) for g, c in dated]),
        "status": share([set(g["auxiliary"]) == set(c["auxiliary"]) for g, c in typed]),
        "chain": share([chain_fits(g, c) for g, c in typed]),
    }
    return {name: round(value, 3) for name, value in out.items()}


def show_misses(gold: Mapping[str, Any], coded: Mapping[str, Any], pairs: Mapping[str, list[Pair]]) -> None:
    for i, rows in gold.items():
        text, reports = coded[i]
        met = {id(g): c for g, c in pairs[i]}
        print(f"== {i}")
        for g in rows:
            if g.get("optional"):
                continue
            c = met.get(id(g))
            if c is None:
                print("  missed  ", line(text, g))
            elif faults := differences(g, c):
                print("  gold    ", line(text, g), "\n    coded ", line(text, c), "  <<", ", ".join(faults))
        used = {id(c) for c in met.values()}
        for c in reports:
            if id(c) not in used:
                print("  extra   ", line(text, c))


def differences(g: Plain, c: Plain) -> list[str]:
    checks = {
        "type": g["type"] == c["type"], "parties": dyad(g, c),
        "date": not g.get("date") or (c["date"] or "").startswith(g["date"]),
        "status": set(g["auxiliary"]) == set(c["auxiliary"]), "chain": chain_fits(g, c),
    }  # fmt: skip
    return [name for name, good in checks.items() if not good]


def line(text: str, r: Plain) -> str:
    s, e = r["triggers"][0]
    parties = " → ".join(
        ", ".join(f"{p['text']} [{p['code'] or ''}]" for p in r[side]) or "–" for side in ("actor", "recipient")
    )
    around = " ".join((text[max(0, s - 60) : s] + "«" + text[s:e] + "»" + text[e : e + 60]).split())
    return f"{r['type']} {parties} {r.get('date')} {r['auxiliary']} {r['chain']} | {around}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--written", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--ranker", default="linear", help="linear (the default), encoder or off")
    given = parser.parse_args()
    if (given.folder is None) == (given.written is None):
        parser.error("name a FOLDER, or ask for the --written articles")
    if given.folder and not all((given.folder / name).is_file() for name in FILES):
        sys.exit(f"{given.folder}: needs {' and '.join(FILES)}")
    paths = [given.folder] if given.folder else given.written or [HELD_BACK]
    for name, value in evaluate(*paths, misses=given.misses, ranker=given.ranker).items():
        print(f"{name:26} {value:.3f}")


if __name__ == "__main__":
    main()
