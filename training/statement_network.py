"""The network that marks statements, trained: en/statement_network.npz, the same one in every run on one machine.

    python training/statement_network.py FOLDER                    parse, learn and write the weights into masudi
    python training/statement_network.py FOLDER --arrays FILE      only parse: keep what the network sees in FILE
    python training/statement_network.py FILE [--out WEIGHTS]      only learn, from such a file; needs no masudi

FOLDER: as for bench/accuracy/statements.py (texts and gold, only read). Learning needs torch, which masudi itself does not.

For each word the network learns whether a gold statement's cue stands there, and for each such cue which words of its
sentence are source, cue and content. It sees lemma, tags, dependencies, quotation marks, and what the rules make of the
place (`masudi.attribute.features`); no names: every proper noun is the same word to it. Only lemmas seen MIN_LEMMA
times and paths seen MIN_PATH times have numbers of their own. The gold marks no statement inside another, so the
network learns the outermost ones; `masudi.attribute.inner` adds the others.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parent / "src" / "masudi" / "data" / "en" / "statement_network.npz"

MIN_LEMMA, MIN_PATH = 4, 30
MIN_SHARED = 0.3
OTHER = "<other>"
NO_PART, SOURCE, CUE, CONTENT = range(4)

SEED = 1
EPOCHS = 12
ARTICLES = 8  # a step
RATE, DECAY = 2e-3, 0.05
SIZES = {"lem": 48, "tag": 24, "dep": 24, "sh": 4, "q": 8, "hd": 8, "cw": 8, "fl": 8}
ROWS = {"sh": 4, "q": 4, "hd": 16, "cw": 8, "fl": 8}
WIDTH, LAYERS, HIDDEN, ROLES = 128, 4, 64, 128
DROP, DROP_LEMMA, DROP_CERTAINTY, DROP_RULE = 0.4, 0.2, 0.3, 0.1
ROLE_WEIGHT, TAG_WEIGHT = 4.0, 0.5

Arrays = dict[str, Any]


# ---------------------------------------------------------------- what the network sees


class Growing(dict[str, int]):
    """A vocabulary in the making: every word asked for gets a number and is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]
        self.counts[word] += 1
        return self.setdefault(word, len(self))

    def settled(self, minimum: int) -> tuple[list[str], np.ndarray]:
        """The words seen often enough, OTHER first, and for each number given so far the number it has now."""
        kept = sorted(word for word, count in self.counts.items() if count >= minimum)
        place = {word: n for n, word in enumerate([OTHER, *kept])}
        return [OTHER, *kept], np.array([place.get(word, 0) for word in self], np.int32)


def arrays_of(read: Iterable[tuple[Any, str, Sequence[Mapping[str, Any]]]]) -> Arrays:
    """What the network sees of (Doc, text, gold statements), every article."""
    from masudi.attribute.choice import best_choices
    from masudi.attribute.cues import CueBook
    from masudi.attribute.evidence import load_signs
    from masudi.attribute.features import Vocabulary, words_of
    from masudi.attribute.quotes import Quotes, find_quotes
    from masudi.lexicon import Lexicons

    lexicons = Lexicons()
    book, signs = CueBook.of(lexicons), load_signs(lexicons)
    vocabulary = Vocabulary(lemma=Growing(), tag=Growing(), dep=Growing(), path=Growing())
    parts: dict[str, list[Any]] = {
        name: [] for name in ("codes", "head", "certainty", "cues", "tags", "pairs")
    }
    edges, first = [0], 0
    for doc, text, gold in read:
        quotes = Quotes(find_quotes(text))
        best = best_choices(doc, book, signs, quotes)
        words = words_of(doc, book, quotes, {i: c.weight for i, c in best.items()}, vocabulary)
        cues, tags, pairs = taught(doc, words, gold, best, book, vocabulary)
        if len(pairs):
            pairs[:, :2] += first
        parts["codes"].append(words.codes)
        parts["head"].append(words.head + first)
        parts["certainty"].append(words.certainty)
        parts["cues"].append(cues)
        parts["tags"].append(tags)
        parts["pairs"].append(pairs)
        first += len(words.tokens)
        edges.append(first)
    out: Arrays = {name: np.concatenate(rows) for name, rows in parts.items()}
    out["edges"] = np.array(edges)
    names: dict[str, list[str]] = {}
    columns = (
        ("lemma", "codes", 0, MIN_LEMMA),
        ("tag", "codes", 1, 1),
        ("dep", "codes", 2, 1),
        ("path", "pairs", 2, MIN_PATH),
    )
    for part, array, column, minimum in columns:
        names[part], now = getattr(vocabulary, part).settled(minimum)
        out[array][:, column] = now[out[array][:, column]]
    out["vocabulary"] = np.frombuffer(json.dumps(names, ensure_ascii=False).encode("utf-8"), np.uint8)
    return out


def taught(
    doc: Any,
    words: Any,
    gold: Sequence[Mapping[str, Any]],
    best: Mapping[int, Any],
    book: Any,
    vocabulary: Any,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of one article: where cues stand, which words are in any source, cue or content, and for each cue and word of
    its sentence (cue, word, path, distance, what the rules make of it, part)."""
    from masudi.attribute.candidates import candidates
    from masudi.attribute.features import distance, paths_from
    from masudi.attribute.marked import as_the_rules_have_it

    at = {i: n for n, t in enumerate(words.tokens) for i in range(t.idx, t.idx + len(t))}
    proposed: dict[int, list[set[int]]] = {}
    for c in candidates(doc, book):
        proposed.setdefault(words.place[c.at.i], []).append(
            {words.place[i] for i in c.content if i in words.place}
        )
    anchors: dict[int, tuple[set[int], set[int], set[int]]] = {}
    cues, tags = np.zeros(len(words.tokens), np.float32), np.zeros((len(words.tokens), 3), np.float32)
    for statement in gold:
        roles = [
            sorted({at[i] for s, e in statement[r] for i in range(s, e) if i in at})
            for r in ("source", "cue", "content")
        ]
        for number, places in enumerate(roles):
            tags[places, number] = 1
        if not roles[1]:
            continue
        anchor = anchor_of(words, roles[1], set(roles[2]), proposed)
        cues[anchor] = 1
        for held, places in zip(anchors.setdefault(anchor, (set(), set(), set())), roles, strict=True):
            held.update(places)
    rows = []
    for anchor, (source, cue, content) in sorted(anchors.items()):
        if not words.deps[anchor]:
            continue
        members = np.flatnonzero(words.sentence == words.sentence[anchor]).tolist()
        rules = as_the_rules_have_it(words, members, best.get(words.tokens[anchor].i))
        for n, path, rule in zip(members, paths_from(anchor, words, members, vocabulary), rules, strict=True):
            part = SOURCE if n in source else CUE if n in cue else CONTENT if n in content else NO_PART
            rows.append((anchor, n, path, distance(n - anchor), rule, part))
    return cues, tags, np.array(rows, np.int64).reshape(len(rows), 6)


def anchor_of(
    words: Any, cue: Sequence[int], content: set[int], proposed: Mapping[int, Sequence[set[int]]]
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
    good = [n for n in roots if words.tokens[n].pos_ in ("VERB", "NOUN", "ADJ", "AUX", "PROPN", "ADV")]
    return (good or roots or list(cue))[0]


def parsed(folder: Path) -> Iterator[tuple[Any, str, Sequence[Mapping[str, Any]]]]:
    sys.path.insert(0, str(HERE.parent / "bench" / "accuracy"))
    from statements import read_gold

    from masudi.analyse import make_analyser
    from masudi.config import Settings
    from masudi.lexicon import Lexicons
    from masudi.records import Article

    gold = read_gold(folder)
    articles = [Article(id=id, text=text) for id, (text, _) in gold.items()]
    docs = make_analyser(Settings(), Lexicons())(articles)
    for article, doc in zip(articles, docs, strict=True):
        yield doc, article.text, gold[article.id][1]


# ---------------------------------------------------------------- learning


def learn(arrays: Arrays) -> dict[str, np.ndarray]:
    """The weights, by name."""
    import torch
    from torch import nn
    from torch.nn import functional

    names = json.loads(bytes(arrays["vocabulary"]).decode("utf-8"))
    rows = {"lem": len(names["lemma"]), "tag": len(names["tag"]), "dep": len(names["dep"]), **ROWS}

    class Marker(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            for table, size in SIZES.items():
                setattr(self, table, nn.Embedding(rows[table], size))
            nn.init.normal_(self.lem.weight, std=0.1)
            self.inp = nn.Linear(sum(SIZES.values()) + 1, WIDTH)
            self.conv = nn.ModuleList(nn.Linear(WIDTH * 5, WIDTH) for _ in range(LAYERS))
            self.up = nn.ModuleList(nn.Embedding(rows["dep"], WIDTH) for _ in range(LAYERS))
            self.ln = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS + 1))
            self.anchor1, self.anchor2 = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN + 1, 1)
            self.tags = nn.Linear(WIDTH, 3)
            self.ra, self.rt = nn.Linear(WIDTH, ROLES), nn.Linear(WIDTH, ROLES)
            self.path, self.dist = nn.Embedding(len(names["path"]), ROLES), nn.Embedding(16, ROLES)
            self.rule = nn.Embedding(16, ROLES)
            self.r1, self.r2 = nn.Linear(ROLES, ROLES), nn.Linear(ROLES, 4)
            for table in self.up:
                nn.init.normal_(table.weight, std=0.02)
            for table in (self.path, self.dist, self.rule):
                nn.init.normal_(table.weight, std=0.1)

        def encode(self, codes: Any, head: Any, certainty: Any) -> Any:
            lemma = codes[:, 0].masked_fill(torch.rand(len(codes), device=codes.device) < DROP_LEMMA, 0)
            columns = [lemma, *(codes[:, n] for n in range(1, 8))]
            parts = [getattr(self, table)(column) for table, column in zip(SIZES, columns, strict=True)]
            x = functional.dropout(torch.cat([*parts, certainty[:, None]], 1), DROP)
            h = torch.relu(self.ln[0](self.inp(x)))
            nothing, dep = h.new_zeros(1, WIDTH), codes[:, 2]
            below = torch.arange(len(h), device=h.device) != head
            count = h.new_zeros(len(h)).index_add(0, head[below], h.new_ones(int(below.sum())))
            for conv, up, norm in zip(self.conv, self.up, list(self.ln)[1:], strict=True):
                edge = up(dep)
                kids = (
                    torch.zeros_like(h).index_add(0, head[below], (h + edge)[below])
                    / count.clamp(min=1)[:, None]
                )
                left, right = torch.cat([nothing, h[:-1]]), torch.cat([h[1:], nothing])
                y = torch.relu(conv(torch.cat([h, left, right, h[head] + edge, kids], 1)))
                h = norm(h + functional.dropout(y, DROP))
            return h

        def loss(self, step: Mapping[str, Any]) -> Any:
            certainty = step["certainty"]
            certainty = certainty.masked_fill(
                torch.rand(len(certainty), device=certainty.device) < DROP_CERTAINTY, 0
            )
            h = self.encode(step["codes"], step["head"], certainty)
            seen = functional.dropout(torch.relu(self.anchor1(h)), DROP)
            cue = self.anchor2(torch.cat([seen, step["certainty"][:, None]], 1))[:, 0]
            logistic = functional.binary_cross_entropy_with_logits
            total = logistic(cue, step["cues"], reduction="sum") / step["cues"].sum().clamp(min=1)
            total = total + TAG_WEIGHT * logistic(self.tags(h), step["tags"])
            pairs = step["pairs"]
            if len(pairs):
                rule = pairs[:, 4].masked_fill(torch.rand(len(pairs), device=pairs.device) < DROP_RULE, 0)
                x = self.ra(h)[pairs[:, 0]] + self.rt(h)[pairs[:, 1]]
                x = torch.relu(x + self.path(pairs[:, 2]) + self.dist(pairs[:, 3]) + self.rule(rule))
                scores = self.r2(torch.relu(self.r1(functional.dropout(x, DROP))))
                total = total + ROLE_WEIGHT * functional.cross_entropy(scores, pairs[:, 5])
            return total

    torch.manual_seed(SEED)
    order = np.random.default_rng(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    marker = Marker().to(device)
    articles = len(arrays["edges"]) - 1
    steps = EPOCHS * -(-articles // ARTICLES)
    optimiser = torch.optim.AdamW(marker.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    for epoch in range(EPOCHS):
        shuffled, sums = order.permutation(articles), []
        for start in range(0, articles, ARTICLES):
            step = {
                k: torch.tensor(v, device=device)
                for k, v in some(arrays, shuffled[start : start + ARTICLES]).items()
            }
            loss = marker.loss(step)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(marker.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(sums):.3f}", flush=True)
    return {k: v.detach().cpu().numpy() for k, v in marker.state_dict().items() if not k.startswith("tags.")}


def some(arrays: Arrays, articles: Iterable[int]) -> Arrays:
    """The arrays of these articles alone, one after the other."""
    pair_edges = np.searchsorted(arrays["pairs"][:, 0], arrays["edges"])
    parts: dict[str, list[Any]] = {k: [] for k in ("codes", "head", "certainty", "cues", "tags", "pairs")}
    first = 0
    for n in articles:
        a, b = arrays["edges"][n], arrays["edges"][n + 1]
        for k in ("codes", "certainty", "cues", "tags"):
            parts[k].append(arrays[k][a:b])
        parts["head"].append(arrays["head"][a:b] - a + first)
        pairs = arrays["pairs"][pair_edges[n] : pair_edges[n + 1]].astype(np.int64)
        pairs[:, :2] += first - a
        parts["pairs"].append(pairs)
        first += b - a
    out = {k: np.concatenate(v) for k, v in parts.items()}
    return {k: v.astype(np.int64) if v.dtype.kind == "i" else v for k, v in out.items()}


def write(weights: Mapping[str, np.ndarray], vocabulary: np.ndarray, path: Path) -> None:
    """The weights as masudi reads them: large tables in half precision."""
    halved = {k: v.astype(np.float16) if v.size > 2000 else v.astype(np.float32) for k, v in weights.items()}
    np.savez_compressed(path, vocabulary=vocabulary, **halved)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--arrays", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    if options.data.is_dir():
        arrays = arrays_of(parsed(options.data))
    else:
        with np.load(options.data) as file:
            arrays = {name: file[name] for name in file.files}
    if options.arrays:
        small = {k: v.astype(np.int32) if v.dtype == np.int64 else v for k, v in arrays.items()}
        np.savez_compressed(options.arrays, **small)
        return 0
    write(learn(arrays), arrays["vocabulary"], options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
