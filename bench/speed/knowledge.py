"""How fast the knowledge loads, what memory it takes, and how fast its names are matched.

    python bench/speed/knowledge.py [TEXT ...]

TEXT: files to match in; without any, examples/articles/*.txt, repeated to WORDS words. Load time is CPU seconds in a
fresh process after the imports, and what the first name that no table knows costs once more, since only then the
spellings of all persons are compared; memory is what the resident set grows by in both. Matching is the automaton with
plain text and word boundaries, all names of the world tables, one process.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from time import process_time

from masudi.lexicon import Lexicons
from masudi.resolve.names import Gazetteer

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "articles"
WORDS = 400_000
LOAD = """
from pathlib import Path
from time import process_time
import masudi.resolve.reading
from masudi.lexicon import Lexicons
def resident_mb():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
before, started = resident_mb(), process_time()
knowledge = masudi.resolve.reading.Knowledge(Lexicons())
loaded = process_time()
knowledge.gazetteer.person_spelt_like("Nobody Atall")
print(loaded - started, process_time() - loaded, resident_mb() - before)
"""


def measure_load(runs: int = 3) -> tuple[float, ...]:
    """CPU seconds of loading everything that naming needs and of the first unknown name, and megabytes; best of `runs`."""
    found = [
        tuple(map(float, subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True).stdout.split()))
        for _ in range(runs)
    ]  # fmt: skip
    return tuple(min(column) for column in zip(*found, strict=True))


def measure_matching(texts: list[str]) -> tuple[int, float]:
    """Names in the gazetteer, and words matched in a CPU second."""
    gazetteer = Gazetteer(Lexicons())
    words = sum(len(t.split()) for t in texts)
    rounds = max(1, WORDS // max(words, 1))
    gazetteer.find(texts[0])
    started = process_time()
    for _ in range(rounds):
        for text in texts:
            gazetteer.find(text)
    return len(gazetteer), rounds * words / (process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, default=sorted(EXAMPLES.glob("*.txt")))
    given = parser.parse_args()
    seconds, first, megabytes = measure_load()
    names, speed = measure_matching([p.read_text(encoding="utf-8") for p in given.texts])
    print(f"load      {seconds:.2f} CPU s, {megabytes:.0f} MB; first unknown name {first:.2f} CPU s")
    print(f"matching  {speed:,.0f} words per CPU s, {names:,} names")


if __name__ == "__main__":
    main()
