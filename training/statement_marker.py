"""The network that marks statements, as torch learns it. `masudi.attribute.network` computes the same in numpy."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

Arrays = dict[str, Any]
PER_WORD = ("codes", "certainty", "cues", "tags")

SEED = 1
EPOCHS = 12
ARTICLES = 8  # a step
RATE, DECAY = 3e-3, 0.05
SIZES = {"lem": 48, "tag": 24, "dep": 24, "sh": 4, "q": 8, "hd": 8, "cw": 8, "fl": 8, "kind": 16, "src": 8}
WIDTH, LAYERS, HIDDEN = 96, 3, 64
ROLES, ROLE_LAYERS = 64, 2
DROP, DROP_LEMMA, DROP_OWN, DROP_CERTAINTY, DROP_RULE = 0.35, 0.1, 0.2, 0.3, 0.1
ROLE_WEIGHT, TAG_WEIGHT = 4.0, 0.5
KEPT = 0.98  # of the running mean of the weights at each step
SOFT = 0.6  # how much of what is learned is what teachers make of the words, where there are any


class Marker(nn.Module):
    """Words in line and in the tree, then for one cue and each word of its sentence the part that word has."""

    def __init__(self, rows: Mapping[str, int], paths: int, vectors: np.ndarray, own: int) -> None:
        super().__init__()
        self.own = own
        self.register_buffer("vectors", torch.tensor(vectors))
        self.lem = nn.Embedding(own, SIZES["lem"])
        self.shared = nn.Linear(vectors.shape[1], SIZES["lem"], bias=False)
        nn.init.normal_(self.lem.weight, std=0.1)
        for table in list(SIZES)[1:]:
            setattr(self, table, nn.Embedding(rows[table], SIZES[table]))
        self.inp = nn.Linear(sum(SIZES.values()) + 1, WIDTH)
        self.conv = nn.ModuleList(nn.Linear(WIDTH * 5, WIDTH) for _ in range(LAYERS))
        self.up = nn.ModuleList(nn.Embedding(rows["dep"], WIDTH) for _ in range(LAYERS))
        self.ln = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LAYERS + 1))
        self.anchor1, self.anchor2 = nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN + 1, 1)
        self.tags = nn.Linear(WIDTH, 3)
        self.ra, self.rt = nn.Linear(WIDTH, ROLES), nn.Linear(WIDTH, ROLES)
        self.path, self.dist, self.rule = (nn.Embedding(n, ROLES) for n in (paths, 16, 16))
        self.pair = nn.ModuleList(nn.Linear(ROLES * 5, ROLES) for _ in range(ROLE_LAYERS))
        self.pn = nn.ModuleList(nn.LayerNorm(ROLES) for _ in range(ROLE_LAYERS))
        self.r1, self.r2 = nn.Linear(ROLES, ROLES), nn.Linear(ROLES, 4)
        for table in self.up:
            nn.init.normal_(table.weight, std=0.02)
        for table in (self.path, self.dist, self.rule):
            nn.init.normal_(table.weight, std=0.1)

    def lemmas(self, codes: Any) -> Any:
        own = codes.masked_fill(codes >= self.own, 0)
        if self.training:
            own = own.masked_fill(torch.rand(len(own)) < DROP_OWN, 0)
        out = self.lem(own) + self.shared(self.vectors[codes])
        if self.training:
            none = (torch.rand(len(own)) < DROP_LEMMA)[:, None]
            out = torch.where(none, self.lem.weight[0], out)
        return out

    def encode(self, codes: Any, head: Any, certainty: Any) -> Any:
        parts = [getattr(self, table)(codes[:, n]) for n, table in enumerate(SIZES) if n]
        parts = [self.lemmas(codes[:, 0]), *parts, certainty[:, None]]
        h = torch.relu(self.ln[0](self.inp(functional.dropout(torch.cat(parts, 1), DROP, self.training))))
        around = Around(head, None)
        for conv, up, norm in zip(self.conv, self.up, list(self.ln)[1:], strict=True):
            y = torch.relu(conv(around(h, up(codes[:, 2]))))
            h = norm(h + functional.dropout(y, DROP, self.training))
        return h

    def cues(self, h: Any, certainty: Any) -> Any:
        seen = functional.dropout(torch.relu(self.anchor1(h)), DROP, self.training)
        return self.anchor2(torch.cat([seen, certainty[:, None]], 1))[:, 0]

    def parts(self, h: Any, pairs: Any, head: Any) -> Any:
        rule = pairs[:, 4]
        if self.training:
            rule = rule.masked_fill(torch.rand(len(pairs)) < DROP_RULE, 0)
        x = self.ra(h)[pairs[:, 0]] + self.rt(h)[pairs[:, 1]]
        x = torch.relu(x + self.path(pairs[:, 2]) + self.dist(pairs[:, 3]) + self.rule(rule))
        if len(self.pair):
            above = torch.arange(len(pairs)) + head[pairs[:, 1]] - pairs[:, 1]
            around = Around(above, pairs[1:, 0] != pairs[:-1, 0])
            for conv, norm in zip(self.pair, self.pn, strict=True):
                y = torch.relu(conv(around(x, torch.zeros_like(x))))
                x = norm(x + functional.dropout(y, DROP / 2, self.training))
        return self.r2(torch.relu(self.r1(functional.dropout(x, DROP, self.training))))

    def loss(self, step: Mapping[str, Any]) -> Any:
        codes, certainty = step["codes"], step["certainty"]
        if self.training:
            blind = torch.rand(len(certainty)) < DROP_CERTAINTY
            certainty = certainty.masked_fill(blind, 0)
            codes = torch.cat([codes[:, :8], codes[:, 8:].masked_fill(blind[:, None], 0)], 1)
        h = self.encode(codes, step["head"], certainty)
        logistic = functional.binary_cross_entropy_with_logits
        wanted = step["cues"]
        if "soft_cues" in step:
            wanted = (1 - SOFT) * wanted + SOFT * step["soft_cues"]
        cues = logistic(self.cues(h, step["certainty"]), wanted, reduction="sum")
        total = cues / step["cues"].sum().clamp(min=1) + TAG_WEIGHT * logistic(self.tags(h), step["tags"])
        if len(step["pairs"]):
            scores = self.parts(h, step["pairs"], step["head"])
            parts = functional.one_hot(step["pairs"][:, 5], 4).float()
            if "soft_parts" in step:
                parts = (1 - SOFT) * parts + SOFT * step["soft_parts"]
            total = total + ROLE_WEIGHT * functional.cross_entropy(scores, parts)
        return total


class Around:
    """A row beside those to its left, to its right, above it and below it (their mean)."""

    def __init__(self, head: Any, parted: Any) -> None:
        self.head = head
        self.below = torch.nonzero(torch.arange(len(head)) != head)[:, 0]
        self.above = head[self.below]
        self.count = torch.zeros(len(head)).index_add(0, self.above, torch.ones(len(self.below))).clamp(min=1)[:, None]
        self.joined = None if parted is None else (~parted).float()[:, None]

    def __call__(self, h: Any, edge: Any) -> Any:
        kids = torch.zeros_like(h).index_add(0, self.above, (h + edge)[self.below]) / self.count
        nothing = h.new_zeros(1, h.shape[1])
        before, after = h[:-1], h[1:]
        if self.joined is not None:
            before, after = before * self.joined, after * self.joined
        return torch.cat([h, torch.cat([nothing, before]), torch.cat([after, nothing]), h[self.head] + edge, kids], 1)


def learn_marker(
    arrays: Arrays, *, seed: int = SEED, epochs: int = EPOCHS, held_out: Sequence[int] = ()
) -> Marker:
    """A marker with the running mean of its weights over the steps. held_out: articles only measured, after every epoch."""
    names = json.loads(bytes(arrays["vocabulary"]).decode("utf-8"))
    rows = {name: int(size) for name, size in zip(list(SIZES)[1:], arrays["rows"].tolist(), strict=True)}
    torch.set_num_threads(1)  # the steps are small: more threads only wait for one another, and sum in another order
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    marker = Marker(rows, len(names["path"]), arrays["vectors"], int(arrays["own"]))
    taught = np.array([n for n in range(len(arrays["edges"]) - 1) if n not in set(held_out)])
    steps = epochs * -(-len(taught) // ARTICLES)
    optimiser = torch.optim.AdamW(marker.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    mean = {k: v.detach().clone() for k, v in marker.named_parameters()}
    taken, started = 0, time.time()
    for epoch in range(epochs):
        shuffled, sums = order.permutation(taught), []
        for start in range(0, len(shuffled), ARTICLES):
            loss = marker.loss(tensors(some(arrays, shuffled[start : start + ARTICLES])))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(marker.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            sums.append(loss.item())
            taken += 1
            share = max(1 / taken, 1 - KEPT)
            for name, value in marker.named_parameters():
                mean[name].lerp_(value.detach(), share)
        told = f"epoch {epoch + 1}: loss {np.mean(sums):.3f}, {time.time() - started:.0f} s"
        if len(held_out):
            told += ", held out: " + measured(marker, mean, arrays, held_out)
        print(told, flush=True)
    marker.load_state_dict(mean, strict=False)
    return marker.eval()


def taught_by(markers: Sequence[Marker], arrays: Arrays) -> Arrays:
    """`soft_cues` and `soft_parts`: what the markers make of every article, their log-odds averaged."""
    cues, parts = [], []
    with torch.no_grad():
        for n in range(len(arrays["edges"]) - 1):
            step = tensors(some({k: v for k, v in arrays.items() if not k.startswith("soft_")}, [n]))
            hidden = [m.encode(step["codes"], step["head"], step["certainty"]) for m in markers]
            scores = [m.cues(h, step["certainty"]) for m, h in zip(markers, hidden, strict=True)]
            cues.append(torch.sigmoid(torch.stack(scores).mean(0)).numpy())
            if len(step["pairs"]):
                shares = [m.parts(h, step["pairs"], step["head"]) for m, h in zip(markers, hidden, strict=True)]
                mean = torch.stack([functional.log_softmax(s, 1) for s in shares]).mean(0)
                parts.append(torch.softmax(mean, 1).numpy())
    return {"soft_cues": np.concatenate(cues), "soft_parts": np.concatenate(parts)}


def measured(marker: Marker, mean: Mapping[str, Any], arrays: Arrays, articles: Sequence[int]) -> str:
    """F1 of cues at the best threshold and share of words with the right part, with the mean of the weights."""
    kept = {k: v.detach().clone() for k, v in marker.named_parameters()}
    marker.load_state_dict(dict(mean), strict=False)
    marker.eval()
    shares, cues, right, whole = [], [], [], []
    with torch.no_grad():
        for n in articles:
            step = tensors(some(arrays, [n]))
            h = marker.encode(step["codes"], step["head"], step["certainty"])
            shares.append(torch.sigmoid(marker.cues(h, step["certainty"])).numpy())
            cues.append(step["cues"].numpy())
            if len(step["pairs"]):
                found = marker.parts(h, step["pairs"], step["head"]).argmax(1)
                right.append((found == step["pairs"][:, 5]).numpy())
                whole += jaccards(step["pairs"].numpy(), found.numpy())
    marker.load_state_dict(kept, strict=False)
    marker.train()
    share, cue = np.concatenate(shares), np.concatenate(cues) > 0
    best = max(
        (2 * (cue & (share > t)).sum() / (cue.sum() + (share > t).sum()), t) for t in np.arange(0.2, 0.8, 0.05)
    )
    return (
        f"cue F1 {best[0]:.4f} at {best[1]:.2f}, parts {np.concatenate(right).mean():.4f}, "
        f"content half right {np.mean(np.array(whole) >= 0.5):.4f}, mean {np.mean(whole):.4f}"
    )


def jaccards(pairs: np.ndarray, found: np.ndarray) -> list[float]:
    """For each cue how much the content found shares with the gold one."""
    out = []
    for rows in np.split(np.arange(len(pairs)), np.flatnonzero(pairs[1:, 0] != pairs[:-1, 0]) + 1):
        gold, own = pairs[rows, 5] == 3, found[rows] == 3
        if gold.any():
            out.append(float((gold & own).sum() / (gold | own).sum()))
    return out


def plain(marker: Marker) -> dict[str, np.ndarray]:
    """The weights as numpy reads them: one table of lemmas, nothing that only training needs."""
    mean = {k: v.detach() for k, v in marker.named_parameters()}
    own = torch.arange(len(marker.vectors))
    own = own.masked_fill(own >= marker.own, 0)
    lemmas = mean["lem.weight"][own] + marker.vectors @ mean["shared.weight"].T
    out = {k: v for k, v in mean.items() if not k.startswith(("tags.", "shared."))}
    return {k: v.numpy() for k, v in (out | {"lem.weight": lemmas}).items()}


def tensors(arrays: Arrays) -> dict[str, Any]:
    return {k: torch.tensor(v) for k, v in arrays.items()}


def some(arrays: Arrays, articles: Iterable[int]) -> Arrays:
    """The arrays of these articles alone, one after the other."""
    pair_edges = np.searchsorted(arrays["pairs"][:, 0], arrays["edges"])
    parts: dict[str, list[Any]] = {k: [] for k in (*PER_WORD, "head", "pairs", "soft_cues", "soft_parts")}
    first = 0
    for n in articles:
        a, b = arrays["edges"][n], arrays["edges"][n + 1]
        for k in PER_WORD:
            parts[k].append(arrays[k][a:b])
        parts["head"].append(arrays["head"][a:b] - a + first)
        pairs = arrays["pairs"][pair_edges[n] : pair_edges[n + 1]].astype(np.int64)
        pairs[:, :2] += first - a
        parts["pairs"].append(pairs)
        if "soft_cues" in arrays:
            parts["soft_cues"].append(arrays["soft_cues"][a:b])
            parts["soft_parts"].append(arrays["soft_parts"][pair_edges[n] : pair_edges[n + 1]])
        first += b - a
    out = {k: np.concatenate(v) for k, v in parts.items() if v}
    return {k: v.astype(np.int64) if v.dtype.kind == "i" else v for k, v in out.items()}
