"""The network that marks statements, trained: en/statement_network.npz, the same one in every run on one machine.

    python training/statement_network.py FOLDER                    parse, learn and write the weights into masudi
    python training/statement_network.py FOLDER --arrays FILE      only parse: keep what the network sees in FILE
    python training/statement_network.py FILE [--out WEIGHTS]      only learn, from such a file
    python training/statement_network.py … --hold-out 8            leave out every eighth article and measure on it

FOLDER: as for bench/accuracy/statements.py (texts and gold, only read). Learning needs torch (extra `train`), which
masudi itself does not.

For each word the network learns whether a gold statement's cue stands there, and for each such cue which words of its
sentence are source, cue and content. It sees lemma, tags, dependencies, quotation marks, and what the rules make of the
place (`masudi.attribute.features`); no names: a proper noun, and any noun or adjective with a capital inside a sentence, is
the same word to it, and words that are mostly written with a capital have no number. Lemmas seen MIN_LEMMA times and
paths seen MIN_PATH times have numbers of their own; the other words of the texts and of masudi's lexicons
are known by the vector that models/words.npz has for them. The gold marks no statement inside another, so the network
learns the outermost ones; `masudi.attribute.inner` adds the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src" / "masudi" / "data"
WEIGHTS = DATA / "en" / "statement_network.npz"
VECTORS = DATA / "models" / "words.npz"

MIN_LEMMA, MIN_PATH = 5, 30
MIN_SHARED = 0.3
# So many times oftener with a capital than without, inside sentences: a name.
MOSTLY = 5
OTHER = "<other>"
NO_PART, SOURCE, CUE, CONTENT = range(4)
# Where the lexicons list words that texts of another kind may hold.
LISTED = (("en/cues.tsv", "lemma"), ("en/predicates.tsv", "lemma"), ("en/governors.tsv", "lemma"),
          ("en/roles.tsv", "phrase"), ("en/judgements.tsv", "entry"))  # fmt: skip
NAMED = (("en/given_names.tsv", ("name",)), ("world/countries.tsv", ("name", "aliases", "demonyms", "people", "capital")),
         ("world/people.tsv", ("name", "aliases")), ("world/peoples.tsv", ("name", "aliases")),
         ("world/groups.tsv", ("name", "aliases")), ("world/organisations.tsv", ("name", "aliases")))  # fmt: skip

Arrays = dict[str, Any]
Read = Iterable[tuple[Any, str, Sequence[Mapping[str, Any]]]]


class Growing(dict[str, int]):
    """A vocabulary in the making: every word asked for gets a number."""

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]
        return self.setdefault(word, len(self))


def arrays_of(read: Read) -> Arrays:
    """What the network sees of (Doc, text, gold statements), every article."""
    from masudi.attribute.choice import best_choices
    from masudi.attribute.cues import CueBook
    from masudi.attribute.evidence import load_signs
    from masudi.attribute.features import ROWS, TABLES, Reader, Vocabulary
    from masudi.attribute.quotes import Quotes, find_quotes
    from masudi.lexicon import Lexicons

    lexicons = Lexicons()
    book, signs = CueBook.of(lexicons), load_signs(lexicons)
    vocabulary = Vocabulary(lemma=Growing(), tag=Growing(), dep=Growing(), path=Growing())
    reader = Reader(book, vocabulary)
    parts: dict[str, list[Any]] = {n: [] for n in ("codes", "head", "certainty", "cues", "tags", "pairs")}
    edges, first, written = [0], 0, Capitals(known_names(lexicons))
    for doc, text, gold in read:
        written.read(doc)
        quotes = Quotes(find_quotes(text))
        best = best_choices(doc, book, signs, quotes)
        words = reader.words_of(doc, quotes, best)
        cues, tags, pairs = taught(doc, words, gold, best, book, vocabulary)
        if len(pairs):
            pairs[:, :2] += first
        for name, rows in (("codes", words.codes), ("head", words.head + first), ("certainty", words.certainty),
                           ("cues", cues), ("tags", tags), ("pairs", pairs)):  # fmt: skip
            parts[name].append(rows)
        first += len(words.index)
        edges.append(first)
    out: Arrays = {name: np.concatenate(rows) for name, rows in parts.items()}
    out["edges"] = np.array(edges)
    names = {
        part: settle(getattr(vocabulary, part), out[array], column, minimum)
        for part, array, column, minimum in (("tag", "codes", 1, 1), ("dep", "codes", 2, 1), ("path", "pairs", 2, MIN_PATH))
    }
    names["lemma"], out["own"], out["vectors"] = settle_lemmas(vocabulary.lemma, out["codes"], written, lexicons)
    sizes = ROWS | {"tag": len(names["tag"]), "dep": len(names["dep"])}
    out["rows"] = np.array([sizes[table] for table in TABLES[1:]])
    out["vocabulary"] = np.frombuffer(json.dumps(names, ensure_ascii=False).encode("utf-8"), np.uint8)
    return out


class Capitals:
    """How often each word stands inside a sentence with a capital and without; lines written all in capitals apart."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = names
        self.capital: Counter[str] = Counter()
        self.small: Counter[str] = Counter()

    def read(self, doc: Any) -> None:
        for sentence in doc.sents:
            words = [t for t in sentence if t.is_alpha]
            if 2 * sum(t.text[0].isupper() for t in words) > len(words):
                continue
            for t in words[1:]:
                (self.capital if t.text[0].isupper() else self.small)[t.lemma_.lower()] += 1

    def is_name(self, word: str) -> bool:
        """Whether a word is mostly a name here; of one that the tables know as a name, whether it is not mostly a word."""
        if word in self.names:
            return MOSTLY * (self.capital[word] + 2) > self.small[word]
        return self.capital[word] > MOSTLY * self.small[word]


def known_names(lexicons: Any) -> set[str]:
    """Every single word that masudi's tables know as a name and none of LISTED has as a word, in small letters."""
    cells = [line[column] or "" for file_, columns in NAMED for line in lexicons.table(file_) for column in columns]
    names = {name.strip() for cell in cells for name in cell.split(";")}
    names |= {line.need("name").split()[-1] for line in lexicons.table("world/people.tsv")}
    words = {line[column] or "" for file_, column in LISTED for line in lexicons.table(file_)}
    return {name.lower() for name in names if name.isalpha()} - {word for word in words if word.islower()}


def settle(vocabulary: Growing, array: np.ndarray, column: int, minimum: int) -> list[str]:
    """The words seen often enough, OTHER first; `array` then has their numbers."""
    counts = np.bincount(array[:, column], minlength=len(vocabulary))
    kept = [OTHER, *sorted(word for word, n in vocabulary.items() if counts[n] >= minimum)]
    renumber(vocabulary, array, column, kept)
    return kept


def renumber(vocabulary: Growing, array: np.ndarray, column: int, kept: Sequence[str]) -> None:
    place = {word: n for n, word in enumerate(kept)}
    array[:, column] = np.array([place.get(word, 0) for word in vocabulary], np.int64)[array[:, column]]


def settle_lemmas(
    vocabulary: Growing, codes: np.ndarray, written: Capitals, lexicons: Any
) -> tuple[list[str], int, np.ndarray]:
    """The lemmas: those with numbers of their own, those known by their vectors alone; how many the first are."""
    counts = np.bincount(codes[:, 0], minlength=len(vocabulary))
    seen = {word for word in vocabulary if not written.is_name(word)}
    own = [OTHER, *sorted(word for word in seen if counts[vocabulary[word]] >= MIN_LEMMA)]
    with np.load(VECTORS) as file:
        rows = bytes(file["words"]).decode().split("\n")
        values = file["values"].astype(np.float32)
    values /= np.linalg.norm(values, axis=1, keepdims=True).clip(1e-6)
    row = {word: n for n, word in enumerate(rows)}
    listed = {line[column] or "" for file_, column in LISTED for line in lexicons.table(file_)}
    listed = {word for word in listed if word.islower() and not written.is_name(word)}
    beside = sorted(word for word in (seen | listed) - set(own) if word in row)
    names = [*own, *beside]
    renumber(vocabulary, codes, 0, names)
    vectors = np.zeros((len(names), values.shape[1]), np.float32)
    for n, word in enumerate(names):
        if word in row:
            vectors[n] = values[row[word]]
    return names, len(own), vectors


def taught(
    doc: Any, words: Any, gold: Sequence[Mapping[str, Any]], best: Mapping[int, Any], book: Any, vocabulary: Any
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of one article: where cues stand, which words are in any source, cue or content, and for each cue and word of
    its sentence (cue, word, path, distance, what the rules make of it, part)."""
    from masudi.attribute.candidates import candidates
    from masudi.attribute.features import distance, paths_from
    from masudi.attribute.marked import as_the_rules_have_it

    tokens = [doc[i] for i in words.index.tolist()]
    at = {i: n for n, t in enumerate(tokens) for i in range(t.idx, t.idx + len(t))}
    proposed: dict[int, list[set[int]]] = {}
    for c in candidates(doc, book):
        inside = {int(words.place[i]) for i in c.content} - {-1}
        proposed.setdefault(int(words.place[c.at.i]), []).append(inside)
    anchors: dict[int, tuple[set[int], set[int], set[int]]] = {}
    cues, tags = np.zeros(len(tokens), np.float32), np.zeros((len(tokens), 3), np.float32)
    for statement in gold:
        roles = [
            sorted({at[i] for s, e in statement[r] for i in range(s, e) if i in at})
            for r in ("source", "cue", "content")
        ]
        for number, places in enumerate(roles):
            tags[places, number] = 1
        if not roles[1]:
            continue
        anchor = anchor_of(words, tokens, roles[1], set(roles[2]), proposed)
        cues[anchor] = 1
        for held, places in zip(anchors.setdefault(anchor, (set(), set(), set())), roles, strict=True):
            held.update(places)
    rows = []
    for anchor, (source, cue, content) in sorted(anchors.items()):
        if not words.deps[anchor]:
            continue
        members = words.members(anchor)
        rules = as_the_rules_have_it(words, members, best.get(tokens[anchor].i))
        for n, path, rule in zip(members, paths_from(anchor, words, members, vocabulary), rules, strict=True):
            part = SOURCE if n in source else CUE if n in cue else CONTENT if n in content else NO_PART
            rows.append((anchor, n, path, distance(n - anchor), rule, part))
    return cues, tags, np.array(rows, np.int64).reshape(len(rows), 6)


def anchor_of(
    words: Any, tokens: Sequence[Any], cue: Sequence[int], content: set[int], proposed: Mapping[int, Sequence[set[int]]]
) -> int:
    """The word of a gold cue that stands for it: where the rules' best candidate is, else the head of the cue."""
    shared = [
        (len(inside & content) / len(inside | content), -n)
        for n in cue
        for inside in proposed.get(n, ())
        if inside
    ]
    if shared and max(shared)[0] >= MIN_SHARED:
        return -max(shared)[1]
    roots = [n for n in cue if words.head[n] not in cue or words.head[n] == n]
    good = [n for n in roots if tokens[n].pos_ in ("VERB", "NOUN", "ADJ", "AUX", "PROPN", "ADV")]
    return (good or roots or list(cue))[0]


def parsed(folder: Path) -> Iterator[tuple[Any, str, Sequence[Mapping[str, Any]]]]:
    sys.path.insert(0, str(HERE.parent / "bench" / "accuracy"))
    from statements import read_gold

    from masudi.analyse import make_analyser
    from masudi.config import Settings
    from masudi.lexicon import Lexicons
    from masudi.records import Article

    gold = read_gold(folder)
    if not gold:
        sys.exit(f"{folder}: no articles there; wanted text/*.txt with attributions/*.ann, or dev.articles.jsonl")
    articles = [Article(id=id, text=text) for id, (text, _) in gold.items()]
    docs = make_analyser(Settings(), Lexicons())(articles)
    for article, doc in zip(articles, docs, strict=True):
        yield doc, article.text, gold[article.id][1]


def write(weights: Mapping[str, np.ndarray], vocabulary: np.ndarray, path: Path) -> None:
    """The weights as masudi reads them: large tables in half precision."""
    halved = {k: v.astype(np.float16) if v.size > 2000 else v.astype(np.float32) for k, v in weights.items()}
    np.savez_compressed(path, vocabulary=vocabulary, **halved)


def arrays_from(data: Path) -> Arrays:
    """From a folder or a file of arrays. Exits with what is wrong where there is neither."""
    if data.is_dir():
        return arrays_of(parsed(data))
    if not data.is_file():
        sys.exit(f"{data}: no such folder or file; wanted the training articles, or what --arrays wrote")
    try:
        with np.load(data) as file:
            return {name: file[name] for name in file.files}
    except ValueError as error:
        sys.exit(f"{data}: not a file that --arrays wrote ({error})")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--arrays", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--hold-out", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--teachers", type=int, default=2, help="networks whose shares the one kept learns from too")
    options = parser.parse_args(arguments)
    if options.arrays is None:
        try:
            import statement_marker as marker
        except ImportError as error:
            sys.exit(f"learning needs torch ({error}): pip install 'masudi[train]', or only parse with --arrays FILE")
    arrays = arrays_from(options.data)
    if options.arrays:
        whole = {k: np.asarray(v) for k, v in arrays.items()}
        small = {k: v.astype(np.int32) if v.dtype == np.int64 else v for k, v in whole.items()}
        np.savez_compressed(options.arrays, **small)
        return 0
    held_out = range(0, len(arrays["edges"]) - 1, options.hold_out) if options.hold_out else ()
    epochs = options.epochs or marker.EPOCHS
    if options.teachers:
        seeds = range(options.seed + 1, options.seed + 1 + options.teachers)
        arrays |= marker.taught_by([marker.learn_marker(arrays, seed=n, epochs=epochs) for n in seeds], arrays)
    weights = marker.plain(marker.learn_marker(arrays, seed=options.seed, epochs=epochs, held_out=held_out))
    write(weights, arrays["vocabulary"], options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
