"""Countries of toponyms in world news passages written for the purpose, ambiguous names among them.

    python bench/accuracy/written_places.py [FILE.jsonl] [--errors]

FILE: a passage a line: id, text, places as [name, country]; country null: a region of several countries, or a sea.
Right: a place found at the name (names inside longer ones count) lies in that country. The whole pipeline reads each
passage alone, without a day or a country of publication.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
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


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", default=FILE)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    if options.errors:
        for row in judged(options.file):
            if not row["right"]:
                place = row["found"]
                print(row["passage"], row["name"], row["country"], "got", place and (place.name, place.kind, place.country))
        return 0
    for name, figure in evaluate(options.file).items():
        print(f"{name:14s} {figure:.3f}" if name.endswith("right") else f"{name:14s} {figure:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
