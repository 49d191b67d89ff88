"""Where content ends: clauses and phrases at its edge cut off or taken in, by the weights of `en/content_edges.tsv`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Doc, Token

from ..lexicon import Lexicons
from .candidates import Candidate
from .content import indices_under

EDGES = "en/content_edges.tsv"
CUT, ADD = "cut", "add"
BIAS = "bias"
MAX_CUTS = 2
MAX_ADDED = 2
# Only what hangs on a word like this can be a part of its own at the edge of content.
PARTS = frozenset(
    ("advcl", "relcl", "appos", "acl", "conj", "prep", "npadvmod", "advmod", "ccomp", "xcomp", "parataxis", "dep", "dobj",
     "nmod", "oprd", "agent")
)  # fmt: skip
_SIZES = ((1, "1"), (3, "2-3"), (7, "4-7"), (15, "8-15"))


def load_edges(lexicons: Lexicons) -> dict[str, float]:
    """What each sign at an edge adds to the log-odds of cutting or taking in."""
    return {row.need("sign"): float(row.need("weight")) for row in lexicons.table(EDGES)}


def settled(doc: Doc, candidate: Candidate, indices: Collection[int], edges: Mapping[str, float]) -> set[int]:
    """`indices` with the parts at the right edge cut that are likelier not said, then those taken in that are."""
    kept = set(indices)
    if candidate.complement == "frame" or not kept or max(kept) < candidate.at.i:
        return kept
    for _ in range(MAX_CUTS):
        cut = next((p for p in last_parts(doc, candidate, kept) if _holds(CUT, candidate, p, edges)), None)
        if cut is None:
            break
        kept -= indices_under(cut)
    else:
        return kept
    if len(kept) < len(set(indices)):
        return kept
    for _ in range(MAX_ADDED):
        part = next_part(doc, candidate, kept)
        if part is None or not _holds(ADD, candidate, part, edges):
            break
        kept |= indices_under(part)
    return kept


def _holds(action: str, candidate: Candidate, part: Token, edges: Mapping[str, float]) -> bool:
    return sum(edges.get(sign, 0.0) for sign in edge_signs(action, candidate, part)) > 0


def last_parts(doc: Doc, candidate: Candidate, kept: Collection[int]) -> Iterator[Token]:
    """The parts that end where the content ends, widest first; each leaves some content when cut."""
    last = max((i for i in kept if not doc[i].is_punct and not doc[i].is_space), default=None)
    if last is None:
        return
    chain = []
    here = doc[last]
    first = min(kept)
    while here.i in kept and here.head.i in kept and here.head.i != here.i:
        if here.dep_ in PARTS and here.left_edge.i > first and here.head.i < here.i:
            chain.append(here)
        here = here.head
    yield from reversed(chain)


def next_part(doc: Doc, candidate: Candidate, kept: Collection[int]) -> Token | None:
    """The part right after the content that hangs on the cue or on the content."""
    start = max(kept) + 1
    if start < len(doc) and doc[start].text == ",":
        start += 1
    if start >= len(doc) or doc[start].is_space or start >= candidate.at.sent.end:
        return None
    here = doc[start]
    while here.head.i != here.i and here.head.left_edge.i == start:
        here = here.head
    if here.dep_ not in PARTS or not (here.head.i == candidate.at.i or here.head.i in kept):
        return None
    return here


def edge_signs(action: str, candidate: Candidate, part: Token) -> Iterator[str]:
    """The names of all signs that hold for a part at the edge of a candidate's content."""
    doc = candidate.at.doc
    left = part.left_edge
    dep = part.dep_
    comma = left.i > 0 and doc[left.i - 1].text in (",", "—", "–", "-", "--")
    opening = doc[left.i - 1].lower_ if dep == "conj" and left.i > 0 and not comma else left.lower_
    size = part.right_edge.i - left.i + 1
    bucket = next((name for most, name in _SIZES if size <= most), "16+")
    edge = f"{action} {dep}{' comma' if comma else ''}"
    yield f"{action} {BIAS}"
    yield edge
    yield f"{edge} {opening}"
    yield f"{edge} {part.tag_}"
    yield f"{edge} size {bucket}"
    yield f"{edge} on {part.head.pos_} {part.head.dep_}"
    yield f"{edge} of {candidate.pos} {candidate.complement}"
    yield f"{action} cue {candidate.lemma} {dep}"
    yield f"{action} {opening} of {candidate.complement}"
    if any(t.dep_ in ("nsubj", "nsubjpass") for t in part.children):
        yield f"{edge} with a subject"
