"""Fitting and writing linear models: named features and word vectors → classes. Needs scikit-learn (extra `learn`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from masudi.coding.linear import MODELS, Linear

SEEN = 2  # features of fewer rows are left out
ROUNDS = 250


def fit(
    features: Sequence[Mapping[str, float]], dense: np.ndarray | None, classes: Sequence[str], weights: Sequence[float],
    *, strength: float, about: Mapping[str, Any] | None = None,
) -> Linear:  # fmt: skip
    """A model of `classes`, one a row. strength: inverse of the L2 penalty. dense: rows by dimensions; None: named features alone."""
    seen = Counter(name for row in features for name in row)
    kept = [{name: value for name, value in row.items() if seen[name] >= SEEN} for row in features]
    vectorizer = DictVectorizer(dtype=np.float32)
    known = vectorizer.fit_transform(kept)
    rows = sparse.hstack([known, sparse.csr_matrix(dense)]).tocsr() if dense is not None else known
    model = LogisticRegression(C=strength, max_iter=ROUNDS)
    model.fit(rows, list(classes), sample_weight=list(weights))
    names = list(vectorizer.get_feature_names_out())
    coefficients, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if len(model.classes_) == 2:  # of two classes only the second has numbers
        coefficients, bias = np.hstack([np.zeros_like(coefficients), coefficients]), np.array([0, bias[0]], np.float32)
    return Linear(
        names, coefficients[: len(names)], coefficients[len(names) :], bias,
        [str(name) for name in model.classes_], dict(about or {}),
    )  # fmt: skip


def write(model: Linear, name: str) -> Path:
    """`model` among the shipped ones, as `name`."""
    MODELS.mkdir(exist_ok=True)
    model.save(MODELS / name)
    return MODELS / name


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    values = []
    for name in sorted(set(gold)):
        right = sum(g == f == name for g, f in zip(gold, found, strict=True))
        values.append(2 * right / (sum(g == name for g in gold) + sum(f == name for f in found)))
    return sum(values) / len(values)
