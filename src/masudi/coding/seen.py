"""What a model sees in one sentence, token by token: where events are told, of which type, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from ..records import Span

Numbers = NDArray[np.floating[Any]]


@frozen(eq=False)
class Seen:
    """One sentence as a model sees it; spans are characters of the sentence.

    offsets: where each token stands. kinds: the shares of `types` for each token, tokens by types, "no event" first.
    seeks, offers: what a token seeks as an event's and offers as a party's, tokens by sides by width.
    """

    offsets: Sequence[tuple[int, int]]
    types: Sequence[str]
    sides: Sequence[str]
    kinds: Numbers
    seeks: Numbers
    offers: Numbers

    def type_shares(self, span: Span) -> dict[str, float] | None:
        """Each type's share, and that of NONE, for the word of `span` that looks most like an event's; None where none was seen."""
        tokens = pieces_in(self.offsets, span.start, span.end)
        if not tokens:
            return None
        best = min(tokens, key=lambda n: (self.kinds[n, 0], n))
        return dict(zip(self.types, self.kinds[best].tolist(), strict=True))

    def side_shares(self, trigger: Span, parties: Sequence[Span]) -> list[dict[str, float] | None]:
        """The share of each side, for what stands in each of `parties` and the event told by `trigger`; None where either was not seen."""
        words = pieces_in(self.offsets, trigger.start, trigger.end)
        if not words:
            return [None] * len(parties)
        seek = self.seeks[words].mean(0)
        fitting = (seek * self.offers).sum(-1) / seek.shape[-1] ** 0.5
        named = [pieces_in(self.offsets, p.start, p.end) for p in parties]
        return [dict(zip(self.sides, shares_of(fitting[tokens].mean(0)).tolist(), strict=True)) if tokens else None for tokens in named]

    def events(self, least: float) -> Iterator[tuple[Span, str, float]]:
        """(words, type, share) of each run of tokens of one type, where some type has `least` or more."""
        if self.kinds[:, 1:].max(initial=0) < least:
            return
        run: tuple[Span, str, float] | None = None
        for (start, end), shares in zip(self.offsets, self.kinds, strict=True):
            kind = int(shares[1:].argmax()) + 1
            share = float(shares[kind])
            if start == end:
                continue
            if share < least:
                if run is not None and start > run[0].end:  # not the rest of a word
                    yield run
                    run = None
            elif run is not None and run[1] == self.types[kind]:
                run = Span(run[0].start, end), run[1], max(run[2], share)
            else:
                if run is not None:
                    yield run
                run = Span(start, end), self.types[kind], share
        if run is not None:
            yield run


def shares_of(logits: Numbers) -> Numbers:
    """Shares that sum to 1 along the last axis."""
    odds: Numbers = np.exp(logits - logits.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    return odds


def pieces_in(offsets: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """The numbers of the tokens that share a character with start:end."""
    return [n for n, (first, last) in enumerate(offsets) if first < end and start < last and first < last]
