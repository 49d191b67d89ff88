"""Countries of toponyms in world news passages written for the purpose, ambiguous names among them.

    python bench/accuracy/written_places.py [FILE.jsonl] [--errors]

FILE: a passage a line: id, text, places as [name, country]; country null: a region of several countries, or a sea.
Right: a place found at the name (names inside longer ones count) lies in that country. The whole pipeline reads each
passage alone, without a day or a country of publication.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import masudi

FILE = Path(__file__).with_name("written_places.jsonl")


def judged(path: Path = FILE) -> Iterator[dict[str, Any]]:
    """One row a name: passage, name, country, found (country or None), right."""
    coder = masudi.load()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = [p for p in coder.code(row["text"]).places if p.form != "demonym"]
        for name, country in row["places"]:
            place = next((p for p in places if name in p.text or p.text in name), None)
            right = place is not None and place.country == country
            yield {"passage": row["id"], "name": name, "country": country, "found": place, "right": right}


def evaluate(path: Path = FILE) -> dict[str, float]:
    """passages, names; country_right: share of names."""
    rows = list(judged(path))
    return {
        "passages": len({row["passage"] for row in rows}), "names": len(rows),
        "country_right": sum(row["right"] for row in rows) / len(rows),
    }  # fmt: skip


def wrong(path: Path) -> Iterator[tuple[Any, ...]]:
    for row in judged(path):
        if not row["right"]:
            place = row["found"]
            yield row["passage"], row["name"], row["country"], "got", place and (place.name, place.kind, place.country)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    from judged import run

    sys.exit(run(__doc__, FILE, evaluate, wrong))
