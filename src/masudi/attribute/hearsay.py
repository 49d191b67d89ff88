"""What is told from hearsay: the source that a speaker cites, and words told "allegedly"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from attrs import frozen
from spacy.tokens import Doc, Token

from ..errors import LexiconError
from ..lexicon import Lexicons
from ..records import Span
from .choice import Choice
from .content import spans_of
from .drafts import Draft
from .quotes import Quotes
from .sources import Source, with_conjuncts

HEARSAY = "en/hearsay.tsv"
WEIGHT = 0.8


@frozen
class Hearsay:
    """The verbs that name a speaker's own source, by lemma, and the adverbs by which nobody in particular says it."""

    cites: frozenset[str]
    adverbs: frozenset[str]

    def second_hand(
        self, doc: Doc, drafts: Sequence[Draft], quotes: Quotes, tells: Callable[[Token], bool]
    ) -> list[Draft]:
        """For each "Radio Sol reported ..., citing two envoys" a statement of the envoys inside the radio's.

        tells: whether a noun is somebody or bears words, so no mere reason.
        """
        by_cue = {d.at: d for d in drafts if d.at is not None and d.says}
        by_speaker = {h.i: d for d in by_cue.values() if d.source is not None for h in d.source.heads}
        found = []
        for verb in self._citing(doc, by_cue):
            source = next((c for c in verb.children if c.dep_ == "dobj"), None)
            outer = by_cue.get(verb.head.i) or by_speaker.get(verb.head.i)
            if outer is None or source is None or quotes.at(verb.idx) is not None or not tells(source):
                continue
            if any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
                continue
            anchor = Span(verb.idx, verb.idx + len(verb))
            found.append(Draft(
                at=verb.i, anchor=anchor, cue=(anchor,), lemma=verb.lemma_.lower(), force="assert", weight=WEIGHT,
                content=outer.content, source=Source(tuple(with_conjuncts(source))), because="second-hand source",
                beneath=outer.anchor,
            ))  # fmt: skip
        return found

    def _citing(self, doc: Doc, cues: Collection[int]) -> Iterator[Token]:
        sentences = {doc[i].sent.start: doc[i].sent for i in cues}
        for start in sorted(sentences):
            yield from (t for t in sentences[start] if t.tag_ == "VBG" and t.lemma_.lower() in self.cites)

    def in_passing(
        self, doc: Doc, drafts: Iterable[Draft], best: Mapping[int, Choice], quotes: Quotes
    ) -> list[Draft]:
        """A statement of nobody named for each "The colonel allegedly sold the rifles" in the article's own voice."""
        held = [span for d in drafts for span in (*d.content, *d.cue)]
        found = []
        for at, choice in best.items():
            word = doc[at]
            if choice.candidate.pos != "ADV" or choice.candidate.lemma not in self.adverbs:
                continue
            anchor = Span(word.idx, word.idx + len(word))
            if quotes.at(word.idx) is not None or any(span.covers(anchor) for span in held):
                continue
            content = spans_of(doc, choice.candidate.content)
            if content:
                found.append(Draft(
                    at=at, anchor=anchor, cue=(anchor,), lemma=choice.candidate.lemma, force="assert", weight=WEIGHT,
                    content=content, source=None, because="told as hearsay",
                ))  # fmt: skip
        return found


def load_hearsay(lexicons: Lexicons) -> Hearsay:
    """The words of hearsay of one run. Raises LexiconError for a kind that does not exist."""
    kinds: dict[str, set[str]] = {"cites": set(), "adverb": set()}
    for row in lexicons.table(HEARSAY):
        kind = row.need("kind")
        if kind not in kinds:
            raise LexiconError(f"{row.where}: kind {kind!r}; allowed: {', '.join(kinds)}")
        kinds[kind].add(row.need("lemma"))
    return Hearsay(frozenset(kinds["cites"]), frozenset(kinds["adverb"]))
