"""What a learned model sees of a reading, or of two parties in a sentence: words, paths, verb chains. Never a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..tree import Sentence, Token
from .clause import is_passive
from .roles import Side

if TYPE_CHECKING:
    from .classify import Candidate

_VERBAL = ("VERB", "AUX")
_MAX_PATH = 8  # longer paths say little and are rare
# Features of a pair whose words also count by their vectors.
GROUPS = ("top", "verb", "on", "in", "w", "top.dobj", "top.xcomp")
_WINDOW = 3  # words before the first and after the last party
_NUMBERS, _NAMES = "#", "@"


def word(token: Token) -> str:
    """The lemma in lower case; numbers are all one word, and so are names: who it is must not decide what they did."""
    return _words_of(token.sent)[token.i - token.sent.start]


@lru_cache(maxsize=4)  # what is asked of one sentence is asked together, of another only for who is named there
def _words_of(sentence: Sentence) -> list[str]:
    return [_word(token) for token in sentence]


@lru_cache(maxsize=1)
def _bag_of(sentence: Sentence) -> list[tuple[int, str]]:
    """Each word of a sentence as a feature, with its token's number."""
    return [(t.i, f"w={word(t)}") for t in sentence if not t.is_punct and not t.is_space]


def _word(token: Token) -> str:
    if token.like_num:
        return _NUMBERS
    if token.pos_ == "PROPN" or _is_named_after(token):
        return _NAMES
    return str(token.lemma_.lower())


def _is_named_after(token: Token) -> bool:
    """"Iranian officials", "the Iranians": capitals that the beginning of a sentence does not explain, or an adjective's."""
    if not token.text[:1].isupper():
        return False
    return token.pos_ == "ADJ" or (token.pos_ == "NOUN" and not token.is_sent_start)


def grouped(features: Iterable[str]) -> dict[str, list[str]]:
    """The single words of the features of GROUPS, by group."""
    out: dict[str, list[str]] = {name: [] for name in GROUPS}
    starts = tuple(f"{name}=" for name in GROUPS)
    for feature in features:
        if feature.startswith(starts):
            name, _, value = feature.partition("=")
            if "." not in value:
                out[name].append(value)
    return out


def path_between(a: Token, b: Token) -> tuple[list[Token], Token, list[Token]]:
    """From `a` up to the lowest common ancestor and down to `b`: (steps up, ancestor, steps down), ends included."""
    up = [a, *a.ancestors]
    down = [b, *b.ancestors]
    seen = {t.i: n for n, t in enumerate(up)}
    for n, token in enumerate(down):
        if token.i in seen:
            return up[: seen[token.i]], token, list(reversed(down[:n]))
    return up, up[-1], list(reversed(down))


def relation_features(
    a: Token, b: Token, actor: set[int], recipient: set[int], sentence: Sequence[Token]
) -> Iterator[str]:
    """The features of the pair (`a` acts, `b` is acted on); actor, recipient: token numbers of both parties."""
    first, last = min(a.i, b.i), max(a.i, b.i)
    order = "ab" if a.i < b.i else "ba"
    yield f"order={order}"
    for name, token in (("a", a), ("b", b)):
        yield f"{name}.head={word(token)}"
        yield f"{name}.dep={token.dep_}"
        yield f"{name}.up={token.dep_}.{word(token.head)}"
    yield from _path_features(a, b)
    parties = actor | recipient
    between = [t for t in sentence if first < t.i < last and t.i not in parties and not t.is_space]
    outside = [t for t in sentence if t.i not in parties and not first < t.i < last and not t.is_space]
    yield from _bag("in", between, order)
    yield from _bag("out", outside, "")
    for token in sentence:
        if token.i in parties or token.is_space or token.is_punct:
            continue
        yield f"w={word(token)}"
    before = [t for t in outside if t.i < first][-_WINDOW:]
    after = [t for t in outside if t.i > last][:_WINDOW]
    yield from (f"before={word(t)}" for t in before)
    yield from (f"after={word(t)}" for t in after)
    yield f"gap={min(len(between) // 3, 5)}"


def _bag(name: str, tokens: Sequence[Token], order: str) -> Iterator[str]:
    words = [word(t) for t in tokens if not t.is_punct]
    for w in words:
        yield f"{name}={w}"
        if order:
            yield f"{name}.{order}={w}"
    for left, right in zip(words, words[1:], strict=False):
        yield f"{name}2={left}_{right}"


def _path_features(a: Token, b: Token) -> Iterator[str]:
    up, top, down = path_between(a, b)
    if len(up) + len(down) <= _MAX_PATH:
        steps = [f"{t.dep_}>" for t in up] + [f"[{word(top)}]"] + [f"<{t.dep_}" for t in down]
        yield "path=" + "".join(steps)
        yield "deps=" + "".join([f"{t.dep_}>" for t in up] + [f"<{t.dep_}" for t in down])
    for token in (*up[1:], *down[:-1]):
        yield f"on={word(token)}"
        yield f"on={token.dep_}.{word(token)}"
    yield f"top={word(top)}"
    yield f"top.pos={top.pos_}"
    if len(up) >= 1:
        yield f"a.arc={up[-1].dep_}.{word(top)}"
    if down:
        yield f"b.arc={down[0].dep_}.{word(top)}"
        yield f"arcs={up[-1].dep_ if up else '-'}.{word(top)}.{down[0].dep_}"
    yield from _around("top", top)
    verb = next((t for t in (top, *top.ancestors) if t.pos_ in _VERBAL), top)
    if verb.i != top.i:
        yield f"verb={word(verb)}"
        yield from _around("verb", verb)


def _around(name: str, top: Token) -> Iterator[str]:
    """The verb chain and what hangs on a word: auxiliaries, negation, particles, objects, complements."""
    yield f"{name}.tag={top.tag_}"
    if top.pos_ in _VERBAL and is_passive(top):
        yield f"{name}.passive"
    for child in top.children:
        if child.dep_ in ("aux", "neg", "prt", "mark", "auxpass", "agent"):
            yield f"{name}.{child.dep_}={child.lower_}"
        elif child.dep_ in ("dobj", "attr", "acomp", "xcomp", "ccomp", "oprd", "dative", "prep", "advmod", "advcl"):
            yield f"{name}.{child.dep_}={word(child)}"
            yield f"{name}.{child.dep_}={word(top)}.{word(child)}"
            if child.dep_ == "prep":
                yield from (f"{name}.prep={word(child)}.{word(o)}" for o in child.children if o.dep_ == "pobj")
            elif child.dep_ in ("xcomp", "dobj"):
                yield from (f"{name}.{child.dep_}.{c.dep_}={word(c)}" for c in child.children if c.dep_ in ("dobj", "prep", "amod", "compound", "prt"))
    if top.head.i != top.i:
        yield f"{name}.gov={top.dep_}.{word(top.head)}"


def candidate_features(candidate: Candidate, told: bool) -> Iterator[str]:
    """What a reading of a predicate as an event looks like. told: whether the rules let it stand."""
    match, roles, frame = candidate.match, candidate.roles, candidate.frame
    head, clause = match.head, match.clause
    yield f"told={told}"
    yield f"type={candidate.type}"
    yield f"type.told={candidate.type}.{told}"
    yield f"frame={frame.id}"
    yield f"lemma={frame.lemma}.{frame.pos}"
    yield f"head={word(head)}"
    yield f"weight={frame.weight}.{told}"
    yield f"asks={min(int(frame.specificity), 4)}.{told}"
    yield f"mode={candidate.type}.{candidate.mode}"
    for name, share in candidate.runners_up[:2]:
        yield f"other={name}"
        yield f"other={candidate.type}.{name}.{share > 0.3}"
    yield from _status_features(candidate)
    yield from _side_features("a", roles.actor, candidate)
    yield from _side_features("b", roles.recipient, candidate)
    yield f"sides={roles.two_sided}.{min(len(roles.actor.parties), 2)}.{min(len(roles.recipient.parties), 2)}.{candidate.type}"
    yield f"head.tag={head.tag_}"
    yield f"head.dep={head.dep_}"
    yield f"head.up={word(head.head)}"
    yield f"head.up={head.dep_}.{word(head.head)}"
    if head.i > 0:
        yield f"left={word(head.nbor(-1))}"
    if head.i + 1 < len(head.doc):
        yield f"right={word(head.nbor(1))}"
    for name, tokens in (("subj", clause.subj), ("obj", clause.obj), ("poss", clause.poss), ("mod", clause.modifiers)):
        yield from (f"{name}={word(t)}" for t in tokens[:2])
        yield from (f"{name}.pos={t.pos_}" for t in tokens[:1])
    for prep in clause.preps:
        yield f"prep={prep.lemma}"
        yield f"prep={frame.lemma}.{prep.lemma}"
        yield from (f"pobj={prep.lemma}.{word(o)}" for o in prep.objects[:1])
    yield from (f"comp={c.kind}.{word(c.token)}" for c in clause.complements)
    yield f"passive={clause.passive}.{frame.pos}"
    if clause.light is not None:
        yield f"light={clause.light.lemma}"
    yield from _around("head", head)
    yield from (named for i, named in _bag_of(head.sent) if i not in match.used)


def _status_features(candidate: Candidate) -> Iterator[str]:
    status = candidate.status
    for name in candidate.auxiliary or ("none",):
        yield f"aux={name}"
        yield f"aux={candidate.type}.{name}"
    for governor, kind in status.governors[:3]:
        yield f"gov={word(governor)}.{kind}"
        yield f"gov.kind={kind}"
    for name in ("question", "generic", "purpose"):
        if getattr(status, name):
            yield f"is={name}"
    if status.asked is not None:
        yield "is=asked"
    if status.ended is not None:
        yield f"ended={word(status.ended)}"


def _side_features(name: str, side: Side, candidate: Candidate) -> Iterator[str]:
    yield f"{name}.n={min(len(side.parties), 2)}"
    yield f"{name}.slot={side.slot}.{side.via}"
    doc = candidate.head.doc
    for party in side.parties[:2]:
        kind = f"{party.kind}.{party.country is not None}"
        yield f"{name}.kind={kind}"
        yield f"{name}.kind={kind}.{candidate.type}"
        yield from (f"{name}.sector={s}" for s in party.sectors or ("none",))
        yield from (f"{name}.sector={s}.{candidate.type}" for s in party.sectors or ("none",))
        if party.kind in ("unnamed", None) and party.head >= 0:
            yield f"{name}.head={word(doc[party.head])}"
    for thing in side.things[:2]:
        yield f"{name}.thing={word(thing)}"
