"""What a second model makes of an article's sentences, beside the linear one: the small network, or the language model if asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..config import Settings
from ..tree import Sentence, Tree
from .encoder import load_encoder
from .network import load_network
from .predicates import Match
from .roles import Parties
from .seen import Seen

Found = Sequence[Sequence[Match]]
View = Callable[[Sentence], Seen | None]
Look = Callable[[Tree, Parties, Found, Iterable[Sentence]], View]


def make_look(settings: Settings) -> Look:
    """For an article, what tells the second model's opinion of a sentence.

    settings.ranker: `linear`, the network's, of sentences in which the lexicon proposes anything and of others asked for; `encoder`,
    the language model's (raises MissingExtra); `off`, none.
    """
    if settings.ranker == "off":
        return lambda doc, parties, found, others: lambda sentence: None
    if settings.ranker == "encoder":
        encoder = load_encoder()
        return lambda doc, parties, found, others: lambda sentence: encoder.seen(sentence.text)
    network = load_network()

    def look(doc: Tree, parties: Parties, found: Found, others: Iterable[Sentence]) -> View:
        sentences = {sentence.start: sentence for sentence in (*(matches[0].head.sent for matches in found), *others)}
        seen = dict(zip(sentences, network.seen(list(sentences.values()), parties, proposed_by(found)), strict=True))
        return lambda sentence: seen.get(sentence.start)

    return look


def proposed_by(found: Found) -> dict[int, set[str]]:
    """By token, the types of the frames that fit there."""
    return {matches[0].head.i: {m.frame.type for m in matches} for matches in found}
