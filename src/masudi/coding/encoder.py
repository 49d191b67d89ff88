"""What a small language model makes of a sentence: where words of events stand, of which type, who acts and who is acted on.

Needs the extra `encoder`. Sentences go through the model one by one: its whole numbers are scaled by what stands
beside them, so in a batch the shares of a sentence would depend on its neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import MissingExtra
from ..records import Span
from .linear import MODELS
from .seen import Numbers, Seen, shares_of

WEIGHTS, TOKENS, ABOUT = "encoder.onnx", "encoder-tokenizer.json", "encoder.json"
MAX_TOKENS = 160
MAX_SPANS = 3  # of one party
BEFORE = 30  # tokens kept before the first mark of a sentence that is too long
ACTOR, RECIPIENT = (2, 3), (4, 5)  # where a span begins and ends: numbers the vocabulary leaves unused
REMEMBERED = 256  # sentences
_START, _STOP = 101, 102

Pieces = Callable[[str], list[int]]
Marks = Mapping[tuple[int, int], Sequence[Span]]
Encoded = tuple[tuple[int, ...], tuple[int, int]]


def encode_pair(pieces: Pieces, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> Encoded:
    """Token numbers of `text` with both parties marked, and where their first marks stand (0: not marked)."""
    ids, at = _marked(pieces, text, {ACTOR: actor, RECIPIENT: recipient})
    return ids, (at.get(ACTOR[0], 0), at.get(RECIPIENT[0], 0))


def encode_text(tokenizer: Any, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Token numbers of `text`, MAX_TOKENS at most, and from where to where in it each stands (an empty span: nowhere)."""
    read = tokenizer.encode(text)
    return read.ids[:MAX_TOKENS], read.offsets[:MAX_TOKENS]


class Encoder:
    """The model in memory (25 MB), on one thread. Raises MissingExtra.

    about: `encoder.json`, what it was made of and how well it does.
    """

    def __init__(self, folder: Path = MODELS) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtra("encoder", needed_for="the ranker 'encoder'") from error
        self.about: Mapping[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        self._tokenizer: Any = Tokenizer.from_file(str(folder / TOKENS))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / WEIGHTS), options, providers=["CPUExecutionProvider"]
        )
        self._seen = lru_cache(maxsize=REMEMBERED)(self._see)

    def relations(self, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> dict[str, float]:
        """Each relation type's share for a sentence with marked parties; the shares add up to 1.

        Spans are characters of the sentence. CONCEDE and RETREAT are one type here, YIELD.
        """
        ids, at = encode_pair(self.pieces, text, actor, recipient)
        (found,) = self.run(["relations"], ids, at)
        return dict(zip(self.about["classes"]["relations"], shares_of(found).tolist(), strict=True))

    def seen(self, text: str) -> Seen:
        """What the model sees in a sentence; remembered for the sentences asked for last."""
        return self._seen(text)

    def forget(self) -> None:
        """Lets go of the sentences remembered."""
        self._seen.cache_clear()

    def _see(self, text: str) -> Seen:
        ids, offsets = encode_text(self._tokenizer, text)
        kinds, seeks, offers = self.run(["kinds", "seeks", "offers"], ids)
        classes, width = self.about["classes"], self.about["width"]
        seeks, offers = (found.reshape(len(ids), -1, width) for found in (seeks, offers))
        return Seen(offsets, classes["kinds"], classes["sides"], np.exp(kinds), seeks, offers)

    def pieces(self, text: str) -> list[int]:
        """The token numbers of `text`, without the start and stop of a sentence."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def run(self, wanted: Sequence[str], ids: Sequence[int], at: tuple[int, int] = (0, 0)) -> list[Numbers]:
        """The outputs `wanted` for one sentence. at: where its marks stand."""
        row = np.array([ids], np.int64)
        given = {"ids": row, "mask": np.ones_like(row), "at": np.array([at], np.int64)}
        return [found[0].astype(np.float64) for found in self._session.run(list(wanted), given)]


@cache
def load_encoder() -> Encoder:
    """The shipped model, loaded once. Raises MissingExtra."""
    return Encoder()


def _marked(pieces: Pieces, text: str, marks: Marks) -> tuple[tuple[int, ...], dict[int, int]]:
    """Token numbers with marks among them, MAX_TOKENS at most, and the place of the first mark of each kind."""
    ids, last = [_START], 0
    at: dict[int, int] = {}
    for offset, mark in _cuts(marks):
        ids += pieces(text[last:offset])
        at.setdefault(mark, len(ids))
        ids.append(mark)
        last = offset
    ids += pieces(text[last:])
    if len(ids) >= MAX_TOKENS:
        room = MAX_TOKENS - 2
        first = max(1, min(min(at.values(), default=0) - BEFORE, len(ids) - room))
        ids = [_START, *ids[first : first + room]]
        at = {mark: place - first + 1 for mark, place in at.items() if 0 < place - first + 1 < len(ids)}
    return (*ids, _STOP), at


def _cuts(marks: Marks) -> list[tuple[int, int]]:
    """(offset, mark) in text order; marks close before others open, and the longer span encloses."""
    found = []
    for (begin, end), spans in marks.items():
        for span in spans[:MAX_SPANS]:
            size = span.end - span.start
            found += [(span.start, 1, -size, begin), (span.end, 0, size, end)]
    found.sort(key=lambda cut: cut[:3])
    return [(offset, mark) for offset, _, _, mark in found]
