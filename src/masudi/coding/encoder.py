"""What a small language model makes of a sentence in which parties or an event word are marked: shares of types.

Needs the extra `encoder`. Sentences go through the model one by one: its whole numbers are scaled by what stands
beside them, so in a batch the shares of a sentence would depend on its neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import MissingExtra
from ..lexicon import DATA
from ..records import Span

MODELS = DATA / "models"
WEIGHTS, TOKENS, ABOUT = "encoder.onnx", "encoder-tokenizer.json", "encoder.json"
MAX_TOKENS = 128
MAX_SPANS = 3  # of one party
BEFORE = 30  # tokens kept before the first mark of a sentence that is too long
ACTOR, RECIPIENT, EVENT = (2, 3), (4, 5), (6, 7)  # where a span begins and ends: numbers the vocabulary leaves unused
_START, _STOP = 101, 102

Pieces = Callable[[str], list[int]]
Marks = Mapping[tuple[int, int], Sequence[Span]]
Encoded = tuple[tuple[int, ...], tuple[int, int]]


def encode_pair(pieces: Pieces, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> Encoded:
    """Token numbers of `text` with both parties marked, and where their first marks stand (0: not marked)."""
    ids, at = _marked(pieces, text, {ACTOR: actor, RECIPIENT: recipient})
    return ids, (at.get(ACTOR[0], 0), at.get(RECIPIENT[0], 0))


def encode_event(
    pieces: Pieces, text: str, event: Span, actor: Sequence[Span], recipient: Sequence[Span]
) -> Encoded:
    """As `encode_pair`, with the word of an event marked as well; only its place is given."""
    ids, at = _marked(pieces, text, {ACTOR: actor, RECIPIENT: recipient, EVENT: (event,)})
    return ids, (at.get(EVENT[0], 0), 0)


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

    def relations(self, items: Sequence[tuple[str, Sequence[Span], Sequence[Span]]]) -> list[dict[str, float]]:
        """Each relation type's share for each (sentence, actor, recipient); the shares of one item add up to 1.

        Spans are characters of the sentence. CONCEDE and RETREAT are one type here, YIELD.
        """
        return self._shares("relations", [encode_pair(self.pieces, *item) for item in items])

    def candidates(
        self, items: Sequence[tuple[str, Span, Sequence[Span], Sequence[Span]]]
    ) -> list[dict[str, float]]:
        """Each event type's share, and that of NONE, for each (sentence, event word, actors, recipients).

        Spans are characters of the sentence; the shares of one item add up to 1.
        """
        return self._shares("candidates", [encode_event(self.pieces, *item) for item in items])

    def pieces(self, text: str) -> list[int]:
        """The token numbers of `text`, without the start and stop of a sentence."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def scores(self, task: str, item: Encoded) -> npt.NDArray[np.float32]:
        """The logarithms of the shares of `item`, in the order of `about["classes"][task]`."""
        ids, at = item
        row = np.array([ids], np.int64)
        given = {"ids": row, "mask": np.ones_like(row), "positions": np.array([at], np.int64)}
        found: npt.NDArray[np.float32] = self._session.run([task], given)[0][0]
        return found

    def _shares(self, task: str, items: Sequence[Encoded]) -> list[dict[str, float]]:
        classes: list[str] = self.about["classes"][task]
        known: dict[Encoded, dict[str, float]] = {}
        for item in dict.fromkeys(items):
            values = np.exp(self.scores(task, item).astype(np.float64))
            known[item] = dict(zip(classes, (values / values.sum()).tolist(), strict=True))
        return [dict(known[item]) for item in items]


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
