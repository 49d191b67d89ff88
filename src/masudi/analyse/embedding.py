"""The exact cache of embedding rows.

A tok2vec layer of spaCy's small models starts with an embedding that looks at one token at a time and at
nothing but a few of its lexical attributes (norm, prefix, suffix, shape, ...). So its output row is a pure
function of those integers, and text repeats its words: the row is computed once for each distinct token.
Only the wrapped model object changes; models with other embeddings (static vectors) are left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d

from .rows import Keys, RowCache, read_columns

# One row takes about 0.5 kB: 25 MB at most for each tok2vec.
ROWS_KEPT = 50_000


def cache_embeddings(model: Model[Any, Any]) -> int:
    """Puts the cache in place of each embedding chain inside `model`; how many there were."""
    replaced = 0
    for node in list(model.walk()):
        for at, layer in enumerate(node.layers):
            if _is_embedding(layer):
                node.layers[at] = _cached(layer)
                for name in node.ref_names:
                    if node.maybe_get_ref(name) is layer:
                        node.set_ref(name, node.layers[at])
                replaced += 1
    return replaced


def _is_embedding(layer: Model[Any, Any]) -> bool:
    """Whether `layer` reads token attributes first, works row by row, and gives one array for each Doc."""
    names = [part.name for part in layer.layers]
    row_by_row = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
    return [name.split("(")[0] for name in names] == row_by_row


def _cached(embedding: Model[list[Doc], list[Floats2d]]) -> Model[list[Doc], list[Floats2d]]:
    columns = embedding.layers[0].attrs["columns"]
    rest = embedding.layers[1:]

    def compute(keys: Keys) -> Any:
        value: Any = [keys]
        for layer in rest:
            value = layer.predict(value)
        return value[0]

    rows = RowCache(len(columns), compute, limit=ROWS_KEPT)

    def forward(
        model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
    ) -> tuple[list[Floats2d], Callable[[Any], Any]]:
        if is_train:
            raise ValueError("an embedding cache cannot be trained")
        return _rows_of(docs, columns, rows), _no_gradient

    return Model("cached_embedding", forward, layers=[embedding], dims={"nO": embedding.maybe_get_dim("nO")})


def _no_gradient(_: Any) -> Any:
    raise ValueError("an embedding cache cannot be trained")


def _rows_of(docs: list[Doc], columns: list[str], rows: RowCache) -> list[Any]:
    keys = [read_columns(doc, columns) for doc in docs]
    if not any(len(k) for k in keys):
        raise ValueError("no tokens to embed")
    values = rows.lookup(np.concatenate(keys))
    return np.split(values, np.cumsum([len(k) for k in keys])[:-1])
