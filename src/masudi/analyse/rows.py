"""Token attributes as columns of integers, and a table that remembers what was worked out from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Keys = NDArray[np.uint64]


def read_columns(doc: Doc, names: Sequence[str]) -> Keys:
    """Attributes of the tokens of `doc`, one row a token, one column a name ("ORTH", "TAG", ...)."""
    found: Any = doc.to_array(list(names))
    rows: Keys = found.reshape(len(doc), len(names))
    return rows


def write_columns(doc: Doc, names: Sequence[str], values: Keys) -> None:
    """Sets attributes of the tokens of `doc`; the form is that of `read_columns`."""
    given: Any = values
    doc.from_array(list(names), given)


class RowCache:
    """Remembers a pure function from rows of `columns` integers to rows of values.

    compute: takes a matrix of distinct key rows (n, columns) and returns its values (n, any width).
    limit: distinct rows kept; past it the table starts afresh, which costs time and changes no value.
    """

    def __init__(self, columns: int, compute: Callable[[Keys], NDArray[np.generic]], *, limit: int) -> None:
        self._as_bytes = np.dtype(f"V{8 * columns}")
        self._columns = columns
        self._compute = compute
        self._limit = limit
        self._place: dict[bytes, int] = {}
        self._values: NDArray[np.generic] | None = None

    def lookup(self, keys: Keys) -> NDArray[np.generic]:
        """The values of `keys` (n, columns), one row each, in order. n must not be 0."""
        names: list[bytes] = np.ascontiguousarray(keys).view(self._as_bytes).ravel().tolist()
        if len(self._place) > self._limit:
            self._place, self._values = {}, None
        place = self._place
        known = len(place)
        fresh: list[int] = []
        places = []
        for at, name in enumerate(names):
            found = place.get(name)
            if found is None:
                found = place[name] = known + len(fresh)
                fresh.append(at)
            places.append(found)
        if fresh:
            try:
                self._grow(known, self._compute(keys[fresh]))
            except BaseException:
                for at in fresh:
                    del place[names[at]]
                raise
        assert self._values is not None
        return self._values[places]

    def _grow(self, known: int, values: NDArray[np.generic]) -> None:
        needed = known + len(values)
        if self._values is None or needed > len(self._values):
            grown = np.empty((max(1024, 2 * needed), values.shape[1]), dtype=values.dtype)
            if self._values is not None:
                grown[:known] = self._values[:known]
            self._values = grown
        self._values[known:needed] = values
