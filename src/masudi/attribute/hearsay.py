"""What is told from hearsay: the source that a speaker cites, and words told "allegedly"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen
from spacy.tokens import Doc, Token

from ..errors import LexiconError
from ..lexicon import Lexicons
from ..records import Span
from ..text import merge_spans
from .choice import Choice
from .content import spans_of, without
from .drafts import Draft
from .quotes import Quotes
from .sourceless import sourceless
from .sources import Source, agent_of, name_span, with_conjuncts

HEARSAY = "en/hearsay.tsv"
WEIGHT = 0.8
SOURCELESS = ("emerges", "news", "arrives")


@frozen
class Hearsay:
    """The verbs that name a speaker's own source, by lemma, and the adverbs by which nobody in particular says it.

    seems: verbs whose subject is spoken of, not the speaker: "the talks seem to be over". told: verbs in whose passive
    the subject only hears what somebody says: "was told that ...". emerges, news, arrives: see `sourceless`.
    """

    cites: frozenset[str]
    adverbs: frozenset[str]
    seems: frozenset[str]
    told: frozenset[str]
    emerges: frozenset[str]
    news: frozenset[str]
    arrives: frozenset[str]

    def without_bystanders(self, doc: Doc, drafts: Iterable[Draft]) -> list[Draft]:
        """`drafts`, those whose subject is spoken of or spoken to with no source; who is spoken of stands in the content."""
        out = []
        for draft in drafts:
            if draft.at is None or not self._by_nobody(doc, draft):
                out.append(draft)
                continue
            cue, content = doc[draft.at], draft.content
            subject = [name_span(c) for c in cue.children if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ != "it"]
            if any(c.dep_ == "ccomp" for c in cue.children):  # "[the crew] was told that ..."
                content = without(content, subject, doc.text) or content
            elif draft.source is not None and draft.lemma not in self.told:
                content = merge_spans((*content, *subject))
            out.append(evolve(draft, source=None, content=content))
        return out

    def unowned(
        self, doc: Doc, drafts: Iterable[Draft], quotes: Quotes, tells: Callable[[Token], bool]
    ) -> list[Draft]:
        """A statement for each "it emerged that ..." and "word came that ..." in the article's own voice."""
        return sourceless(doc, drafts, quotes, emerges=self.emerges, news=self.news, arrives=self.arrives, tells=tells)

    def _by_nobody(self, doc: Doc, draft: Draft) -> bool:
        if draft.at is None:
            return False
        cue = doc[draft.at]
        lemma = cue.lemma_.lower()
        if cue.pos_ == "VERB" and lemma in self.seems:
            return not any(c.dep_ == "prep" and c.lower_ == "to" and c.i > cue.i and _holds(c, draft) for c in cue.children)
        if cue.tag_ == "VBN" and lemma in self.told and agent_of(cue) is None:
            return any(c.dep_ == "auxpass" for c in cue.children)
        return False

    def second_hand(
        self, doc: Doc, drafts: Sequence[Draft], quotes: Quotes, tells: Callable[[Token], bool]
    ) -> list[Draft]:
        """`drafts`, and for each "Radio Sol reported, citing two envoys, ..." a statement of the envoys inside the radio's.

        tells: whether a noun is somebody or bears words, so no mere reason.
        """
        by_cue = {d.at: d for d in drafts if d.at is not None and d.says}
        by_speaker = {h.i: d for d in by_cue.values() if d.source is not None for h in d.source.heads}
        found: list[Draft] = []
        told: dict[Span, tuple[Span, ...]] = {}
        for verb in self._citing(doc, by_cue):
            source = next((c for c in verb.children if c.dep_ == "dobj"), None)
            outer = by_cue.get(verb.head.i) or by_speaker.get(verb.head.i) or _right_before(verb, by_cue)
            if outer is None or source is None or quotes.at(verb.idx) is not None or not tells(source):
                continue
            if any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
                continue
            anchor = Span(verb.idx, verb.idx + len(verb))
            phrase = Span(verb.idx, source.right_edge.idx + len(source.right_edge))
            content = without(outer.content, [phrase], doc.text) or outer.content
            told[outer.anchor] = content
            found.append(Draft(
                at=verb.i, anchor=anchor, cue=(anchor,), lemma=verb.lemma_.lower(), force="assert", weight=WEIGHT,
                content=content, source=Source(tuple(with_conjuncts(source))), because="second-hand source",
                beneath=outer.anchor,
            ))  # fmt: skip
        return [evolve(d, content=told[d.anchor]) if d.anchor in told else d for d in drafts] + found

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


def _right_before(verb: Token, cues: Mapping[int, Draft]) -> Draft | None:
    """The draft whose cue only a comma parts from the verb: "reported, [citing] two envoys, that ..."."""
    return cues.get(verb.i - 2) if verb.i > 1 and verb.nbor(-1).text == "," else None


def _holds(preposition: Token, draft: Draft) -> bool:
    """Whether the source is what stands after a preposition: "it seems to [the envoy] that ..."."""
    heads = draft.source.heads if draft.source is not None else ()
    return any(head.head.i == preposition.i for head in heads)


def load_hearsay(lexicons: Lexicons) -> Hearsay:
    """The words of hearsay of one run. Raises LexiconError for a kind that does not exist."""
    kinds: dict[str, set[str]] = {"cites": set(), "adverb": set(), "seems": set(), "told": set(), **{kind: set() for kind in SOURCELESS}}
    for row in lexicons.table(HEARSAY):
        kind = row.need("kind")
        if kind not in kinds:
            raise LexiconError(f"{row.where}: kind {kind!r}; allowed: {', '.join(kinds)}")
        kinds[kind].add(row.need("lemma"))
    return Hearsay(*(frozenset(kinds[kind]) for kind in ("cites", "adverb", "seems", "told", *SOURCELESS)))
