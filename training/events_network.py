"""Train the small network that reads events in the parse: src/masudi/data/models/events.npz.

    python training/events_network.py prepare DATA --news FOLDER [--texts FILE.jsonl...]
    python training/events_network.py learn DATA [--hold-out UNSEEN]

`prepare` parses training/events, training/articles and the news labelled in training/news, whose texts lie in FOLDER, and writes
into DATA what the network is told of each word and what it should say. Of the news, and of plain texts without gold that --texts
adds (one JSON object a line, with "text"), the encoder (masudi's extra `encoder`) has a say in that; it also reads every word by itself,
so that rare ones are known by their kind. `learn` needs torch (extra `train`),
takes about five minutes on one core and writes the weights into masudi, the same ones in every run on one machine. --hold-out
leaves every fifth text out, prints what the network makes of those, and writes that network into the folder UNSEEN.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import news
import numpy as np
from encoder import FOLDS, HELD, SURE, UNTAUGHT, rounded
from spacy.tokens import Doc
from statement_network import Capitals, known_names

import masudi
from masudi.coding.encoder import load_encoder
from masudi.coding.linear import MODELS, load_vectors, packed
from masudi.coding.network import ELSE, INPUTS, MODEL, SIDES, TYPES, columns_of, inputs_of
from masudi.coding.predicates import find_matches
from masudi.coding.roles import Parties
from masudi.coding.seen import pieces_in
from masudi.coding.views import proposed_by
from masudi.coding.words import Words, load_words
from masudi.read import read_text
from masudi.records import Article, Span
from masudi.syntax import is_parsed, sentences_of
from masudi.tree import Sentence, tree_of

SEED = 1
EPOCHS, BATCH, RATE, DECAY, DROPOUT, SMOOTHING = 8, 48, 3e-3, 0.05, 0.3, 0.02
WIDTH, LAYERS, PAIR = 128, 3, 32
SIZES = {"word": 64, "tag": 16, "dep": 16, "kind": 12}
LEAST_SEEN = 4  # words rarer than this are known by their vectors alone
HIDDEN_OWN, HIDDEN_WORD, HIDDEN_TYPES = 0.25, 0.08, 0.4  # how often a word, and what the lexicon proposes, is hidden while learning
KINDS_WEIGHT = 3.0
OVERLOOKED = 0.3  # how much the encoder's opinion counts where a reader of news marked nothing
UNTOLD = 0.5  # of the sentences without gold, how many each epoch sees
KEPT = 0.99  # of the running mean of the weights at each step
TOLD_ON = "2020-01-01"
ORDINARY = re.compile(r"[a-z][a-z'-]+")
FRAMES = (("the group was accused of trying to", "the government on monday ."), ("the", "of the rebels by the government on monday ."))
REDUCED = 48  # numbers for what the encoder makes of a word in a frame, beside its types
SMALLEST = 3e-4  # of a type's share
LONGEST = 80  # tokens of a sentence without gold
NOTHING = "<none>"

Row = dict[str, Any]


# ---- prepare ----


class Parser:
    """What the network is told of each sentence of a text."""

    def __init__(self) -> None:
        self.coder = masudi.load(keep_text=True)
        self.words = load_words(self.coder.lexicons)
        self.written = Capitals(known_names(self.coder.lexicons))

    def rows(self, texts: Sequence[tuple[str, str]]) -> Iterator[list[tuple[Sentence, Row]]]:
        """For each (text, day of publication) its parsed sentences."""
        read = [read_text(text, settings=self.coder.settings, published=day, given_id=text) for text, day in texts]
        for article, doc in zip(read, self.coder.tools.analyse(read), strict=True):
            yield list(self._rows(article, doc))

    def _rows(self, article: Article, doc: Doc) -> Iterator[tuple[Sentence, Row]]:
        self.written.read(doc)
        findings = self.coder.resolve(doc, article)
        tree = tree_of(doc)
        parties = Parties(tree, findings, self.coder.tools.attribute(doc, article, findings))
        proposed = {i: columns_of(types) for i, types in proposed_by(find_matches(tree, self.words, parties)).items()}
        for sentence in sentences_of(tree):
            if is_parsed(sentence):
                yield sentence, {
                    "inputs": [inputs_of(t, parties) for t in sentence], "head": [t.head.i - sentence.start for t in sentence],
                    "listed": [proposed.get(t.i, []) for t in sentence], "fold": zlib.crc32(article.text.encode()) % FOLDS,
                }  # fmt: skip


def prepare(out: Path, folder: Path, plain: Sequence[Path]) -> None:
    parser = Parser()
    told = list(_taught(parser, folder))
    known = {_words_of(row) for row in told}
    untold = [row for row in _untold(parser, plain) if _words_of(row) not in known]
    names = sorted(filter(parser.written.is_name, parser.written.names))
    vocabulary = _vocabulary([*told, *untold], parser.words, frozenset(names))
    out.write_bytes(pickle.dumps({"told": told, "untold": untold, "names": names, "vectors": dict(zip(vocabulary, vectors_of(vocabulary), strict=True))}))
    print(f"{len(told)} sentences with gold, {len(untold)} without; {len(names)} names that the network is not to know")


def _vocabulary(rows: Sequence[Row], words: Words, names: AbstractSet[str]) -> list[str]:
    """The words that have a vector, have an entry in the lexicon, or stand in one of the texts; no names."""
    seen = {values[0] for row in rows for values in row["inputs"] if not values[1].startswith("NNP")}
    every = {*load_vectors().words, *(lemma for lemma, _ in words.frames), *seen} - names
    return sorted(filter(ORDINARY.fullmatch, every))


def vectors_of(words: Sequence[str]) -> np.ndarray:
    """What each word means: its vector in words.npz, if any, and what the encoder makes of it as a verb and as a noun; words by numbers."""
    known = load_vectors()
    parts = [np.array([known.mean([word]) for word in words])]
    for before, after in FRAMES:
        kinds, states = zip(*(_in_frame(before, word, after) for word in words), strict=True)
        parts += [_principal(np.array(states), REDUCED), np.array(kinds) - np.mean(kinds, 0)]
    return np.concatenate([_of_mean_length_one(part) for part in parts], 1).astype(np.float32)


def _in_frame(before: str, word: str, after: str) -> tuple[np.ndarray, np.ndarray]:
    seen = load_encoder().seen(f"{before} {word} {after}")
    here = pieces_in(seen.offsets, len(before) + 1, len(before) + 1 + len(word))
    kinds = np.log(np.maximum(seen.kinds[here], SMALLEST)).mean(0)
    return kinds, np.concatenate([seen.seeks[here].mean(0).ravel(), seen.offers[here].mean(0).ravel()])


def _principal(rows: np.ndarray, size: int) -> np.ndarray:
    rows = rows - rows.mean(0)
    _, directions = np.linalg.eigh(rows.T @ rows)
    found: np.ndarray = rows @ directions[:, -size:]
    return found


def _of_mean_length_one(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1)
    scaled: np.ndarray = rows / lengths[lengths > 0].mean()
    return scaled


def _words_of(row: Row) -> tuple[str, ...]:
    return tuple(values[0] for values in row["inputs"])


def _taught(parser: Parser, folder: Path) -> Iterator[Row]:
    from ranker import texts

    every = [text for text in texts(parser.coder.lexicons, folder) if text.types is None]  # in a ruling of the codebook no words are marked
    for text, found in zip(every, parser.rows([(text.text, text.published) for text in every]), strict=True):
        for sentence, row in found:
            links = []
            kinds = [0] * len(sentence)
            for event in text.gold:
                for mention in event.mentions:
                    if not sentence.start_char <= mention.start < sentence.end_char:
                        continue
                    told = _tokens(sentence, mention)
                    for n in told:
                        kinds[n] = UNTAUGHT if event.optional else TYPES.index(event.type)
                    if told and not event.optional and event.sides is not None:
                        links.append((told, _sides(sentence, event.sides, alone=len(event.mentions) == 1)))
            yield row | {"kinds": kinds, "links": links} | ({"soft": _half_told(sentence, np.array(kinds))} if text.news else {})


def _half_told(sentence: Sentence, kinds: np.ndarray) -> np.ndarray:
    """Each word's shares as a reader marked it; what was left unmarked, in part as the encoder sees it, and what is optional wholly."""
    marked, seen = _shares(kinds), _as_seen(sentence)["soft"]
    marked[kinds == 0] = (1 - OVERLOOKED) * marked[kinds == 0] + OVERLOOKED * seen[kinds == 0]
    marked[kinds == UNTAUGHT] = seen[kinds == UNTAUGHT]
    return marked.astype(np.float16)


def _tokens(sentence: Sentence, span: Span) -> list[int]:
    return [n for n, t in enumerate(sentence) if t.idx < span.end and span.start < t.idx + len(t.text) and not t.is_space]


def _sides(sentence: Sentence, named: Any, *, alone: bool) -> Any:
    """Each token's side, tokens by SIDES; nothing is taught (zeros) where another mention may name what is not named here."""
    sides = np.zeros((len(sentence), len(SIDES)), np.float16)
    here = {side: [n for span in spans for n in _tokens(sentence, span)] for side, spans in named.items()}
    if alone or all(here[side] or not spans for side, spans in named.items()):
        sides[:, 0] = 1
    for side, tokens in here.items():
        for n in tokens:
            sides[n] = np.eye(len(SIDES))[SIDES.index(side)]
    return sides


def _untold(parser: Parser, files: Sequence[Path]) -> Iterator[Row]:
    """Sentences without gold, with what the encoder sees there; none of the articles held back for measuring."""
    held_back = {row["digest"] for row in news.labels([news.HELD_BACK])}
    every = (json.loads(line)["text"] for path in files for line in path.read_text(encoding="utf-8").splitlines())
    texts = [(text, TOLD_ON) for text in every if news.digest(text) not in held_back]
    for found in parser.rows(texts):
        for sentence, row in found:
            if len(sentence) <= LONGEST:
                yield row | _as_seen(sentence)


def _as_seen(sentence: Sentence) -> Row:
    start, seen = sentence.start_char, load_encoder().seen(sentence.text)
    spans = [Span(t.idx - start, t.idx - start + len(t.text)) for t in sentence]
    shares = [seen.type_shares(span) for span in spans]
    soft = np.array([np.eye(len(TYPES))[0] if s is None else list(s.values()) for s in shares], np.float16)
    links = []
    for event, _, _ in seen.events(0.5):
        told = [n for n, span in enumerate(spans) if span.overlaps(event)]
        if told:
            sides = [np.eye(len(SIDES))[0] if s is None else list(s.values()) for s in seen.side_shares(event, spans)]
            links.append((told, np.array(sides, np.float16)))
    return {"soft": soft, "links": links}


# ---- learn ----


def learn(data: Path, unseen: Path | None) -> None:
    import torch

    torch.set_num_threads(1)  # the steps are small, and sums keep their order
    torch.set_flush_denormal(True)
    torch.manual_seed(SEED)
    rows: dict[str, Any] = pickle.loads(data.read_bytes())  # noqa: S301  (written by `prepare`)
    untold = rows["untold"]
    held = [row for row in rows["told"] if unseen is not None and row["fold"] == HELD]
    told = [row for row in rows["told"] if unseen is None or row["fold"] != HELD]
    vectors = rows["vectors"]
    names = _names([*told, *untold], frozenset(rows["names"]), vectors)
    known = {part: {name: n for n, name in enumerate(names[part])} for part in INPUTS}
    for row in [*told, *untold, *held]:
        row["codes"] = _codes(row, known)
    reader = make_reader(names, vectors)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=DECAY)
    size = len(told) + int(UNTOLD * len(untold))
    steps = EPOCHS * -(-size // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    mean = {name: value.detach().clone() for name, value in reader.named_parameters()}
    order, taken = random.Random(SEED), 0
    for epoch in range(EPOCHS):
        some = [*told, *order.sample(untold, size - len(told))]
        order.shuffle(some)
        total = 0.0
        for begin in range(0, size, BATCH):
            loss = reader.loss(batch_of(some[begin : begin + BATCH]))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            taken += 1
            total += loss.item()
            for name, value in reader.named_parameters():
                mean[name].lerp_(value.detach(), max(1 / taken, 1 - KEPT))
        print(f"epoch {epoch + 1}: {total * BATCH / size:.4f}", flush=True)
    reader.load_state_dict(mean, strict=False)
    reader.eval()
    if unseen is not None:
        print(json.dumps(measured(reader, held)))
        unseen.mkdir(parents=True, exist_ok=True)
    np.savez_compressed((unseen or MODELS) / MODEL, **plain(reader, names))


def _names(rows: Sequence[Row], left_out: AbstractSet[str], vectors: Mapping[str, Any]) -> dict[str, list[str]]:
    """The values of each input, NOTHING first; words seen often enough, then the others that have vectors; `left_out` not among them."""
    seen = {part: Counter(values[n] for row in rows for values in row["inputs"]) for n, part in enumerate(INPUTS)}
    names = {part: [NOTHING, *sorted(seen[part])] for part in INPUTS[1:]}
    common = sorted(name for name, count in seen["word"].items() if count >= LEAST_SEEN and name not in left_out)
    return {"word": [NOTHING, *common, *sorted(set(vectors) - set(common) - left_out)], "own": common, **names}


def _codes(row: Row, known: dict[str, dict[str, int]]) -> np.ndarray:
    return np.array([[known[part].get(value, 0) for part, value in zip(INPUTS, values, strict=True)] for values in row["inputs"]])


def make_reader(names: dict[str, list[str]], known: Mapping[str, np.ndarray]) -> Any:
    """The network as torch learns it; `masudi.coding.network` computes the same in numpy."""
    import torch
    from statement_marker import Around
    from torch import nn
    from torch.nn import functional

    own = len(names["own"]) + 1
    nothing = np.zeros_like(next(iter(known.values())))
    vectors = np.array([known.get(name, nothing) for name in names["word"]], np.float32)

    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("vectors", torch.tensor(vectors))
            self.word = nn.Embedding(own, SIZES["word"])
            nn.init.normal_(self.word.weight, std=0.1)
            self.shared = nn.Linear(vectors.shape[1], SIZES["word"], bias=False)
            for part in INPUTS[1:]:
                setattr(self, part, nn.Embedding(len(names[part]), SIZES[part]))
            self.inp = nn.Linear(sum(SIZES.values()) + ELSE + 1, WIDTH)
            self.conv = nn.ModuleList(nn.Linear(WIDTH * 5, WIDTH) for _ in range(LAYERS))
            self.up = nn.ModuleList(nn.Embedding(len(names["dep"]), WIDTH) for _ in range(LAYERS))
            self.ln = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS + 1))
            self.kinds = nn.Linear(WIDTH, len(TYPES))
            self.seek, self.offer = nn.Linear(WIDTH, len(SIDES) * PAIR), nn.Linear(WIDTH, len(SIDES) * PAIR)
            for table in self.up:
                nn.init.normal_(table.weight, std=0.02)

        def words(self, codes: Any) -> Any:
            rare = codes >= own
            if self.training:
                rare = rare | (torch.rand(len(codes)) < HIDDEN_OWN)
            found = self.word(codes.masked_fill(rare, 0)) + self.shared(self.vectors[codes])
            if self.training:
                found = torch.where((torch.rand(len(codes)) < HIDDEN_WORD)[:, None], self.word.weight[0], found)
            return found

        def states(self, step: Row) -> Any:
            codes, listed, head = step["codes"], step["listed"], step["head"]
            if self.training:
                listed = listed.masked_fill((torch.rand(len(listed)) < HIDDEN_TYPES)[:, None], 0)
            parts = [self.words(codes[:, 0]), *(getattr(self, part)(codes[:, n]) for n, part in enumerate(INPUTS) if n), listed]
            h = torch.relu(self.ln[0](self.inp(functional.dropout(torch.cat(parts, 1), DROPOUT, self.training))))
            around = Around(head, step["first"][1:])
            for conv, up, norm in zip(self.conv, self.up, list(self.ln)[1:], strict=True):
                y = torch.relu(conv(around(h, up(codes[:, 2]))))
                h = norm(h + functional.dropout(y, DROPOUT, self.training))
            return h

        def pairs(self, h: Any, links: Sequence[Any]) -> Any:
            """For each (tokens of an event, first token of its sentence, sides): what each token of the sentence is to it."""
            seeks = self.seek(torch.stack([h[words].mean(0) for words, _, _ in links]))
            sizes = torch.tensor([len(sides) for _, _, sides in links])
            at = torch.cat([torch.arange(first, first + len(sides)) for _, first, sides in links])
            fitting = torch.repeat_interleave(seeks, sizes, 0) * self.offer(h)[at]
            return fitting.view(-1, len(SIDES), PAIR).sum(-1) / PAIR**0.5

        def loss(self, step: Row) -> Any:
            h = self.states(step)
            loss = KINDS_WEIGHT * functional.cross_entropy(self.kinds(h), step["kinds"])
            if step["links"]:
                gold = torch.tensor(np.concatenate([sides for _, _, sides in step["links"]]), dtype=torch.float32)
                loss = loss + functional.cross_entropy(self.pairs(h, step["links"]), gold)
            return loss

    return Reader()


def batch_of(rows: Sequence[Row]) -> Row:
    """Sentences one after the other, as tensors. first: where one begins."""
    import torch

    starts = np.cumsum([0, *(len(row["codes"]) for row in rows)])
    listed = np.zeros((starts[-1], ELSE + 1), np.float32)
    for row, start in zip(rows, starts, strict=False):
        for n, columns in enumerate(row["listed"]):
            listed[start + n, columns] = 1
    first = np.zeros(starts[-1], bool)
    first[starts[:-1]] = True
    kinds = [row["soft"] if "soft" in row else _shares(np.array(row["kinds"])) for row in rows]
    links = [([n + start for n in words], start, sides) for row, start in zip(rows, starts.tolist(), strict=False) for words, sides in row["links"]]
    return {
        "codes": torch.tensor(np.concatenate([row["codes"] for row in rows])), "listed": torch.tensor(listed), "first": torch.tensor(first),
        "head": torch.tensor(np.concatenate([np.array(row["head"]) + start for row, start in zip(rows, starts, strict=False)])),
        "kinds": torch.tensor(np.concatenate(kinds), dtype=torch.float32), "links": links,
    }  # fmt: skip


def _shares(kinds: np.ndarray) -> np.ndarray:
    """Each word's share of each type, as it should be said."""
    shares: np.ndarray = np.eye(len(TYPES))[kinds] * (1 - SMOOTHING) + SMOOTHING / len(TYPES)
    return shares


def measured(reader: Any, rows: Sequence[Row]) -> Row:
    """Of sentences not seen: F1 of the tokens of events with their type, and of the tokens of parties with their side."""
    import torch

    kinds, sides = np.zeros(3, int), np.zeros(3, int)
    with torch.no_grad():
        for row in rows:
            step = batch_of([row])
            h = reader.states(step)
            shares = reader.kinds(h).softmax(1).numpy()
            found = np.where(1 - shares[:, 0] >= SURE, shares[:, 1:].argmax(1) + 1, 0)
            wanted = np.array(row["kinds"])
            kinds += _counts(wanted[wanted != UNTAUGHT], found[wanted != UNTAUGHT])
            if row["links"]:
                gold = np.concatenate([table for _, table in row["links"]])
                taught = gold.sum(1) > 0
                sides += _counts(gold.argmax(1)[taught], reader.pairs(h, step["links"]).argmax(1).numpy()[taught])
    return {name: {"f1": rounded(2 * n[0], n[1] + n[2]), "gold": int(n[1])} for name, n in (("events", kinds), ("parties", sides))}


def _counts(gold: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.array([((gold == found) & (gold > 0)).sum(), (gold > 0).sum(), (found > 0).sum()])


def plain(reader: Any, names: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """The weights as numpy reads them: one table of words, in half precision, and what each row stands for."""
    import torch

    state = {name: value.detach() for name, value in reader.named_parameters()}
    own = torch.arange(len(names["word"]))
    own = own.masked_fill(own > len(names["own"]), 0)
    state["word.weight"] = state["word.weight"][own] + reader.vectors @ state.pop("shared.weight").T
    out = {name: value.numpy().astype(np.float16) for name, value in state.items()}
    return out | {f"{part}.names": packed(names[part]) for part in INPUTS}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("prepare")
    step.add_argument("data", type=Path)
    step.add_argument("--news", type=Path, required=True, metavar="FOLDER")
    step.add_argument("--texts", type=Path, nargs="*", default=[])
    step = steps.add_parser("learn")
    step.add_argument("data", type=Path)
    step.add_argument("--hold-out", type=Path)
    asked = parser.parse_args(arguments)
    if asked.step == "prepare":
        prepare(asked.data, asked.news, asked.texts)
    else:
        learn(asked.data, asked.hold_out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
