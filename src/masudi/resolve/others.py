"""Counterparts, and someone else of the same kind, "another said", "a third denied it", "others fled": described by the last so described."""

from __future__ import annotations

from attrs import evolve
from spacy.tokens import Token

from ..records import Actor, Span
from ..text import digest
from .cast import SUBJECTS, Cast, Part
from .confidence import IN_CONTEXT

REACH = 4  # sentences back
ONE, SEVERAL = ("another",), ("others",)
COUNTED = ("second", "third", "fourth", "fifth")
WORDS = frozenset((*ONE, *SEVERAL, *COUNTED))
LIKE = "like: "
COUNTERPART = "counterpart"


def name_others(cast: Cast) -> None:
    """A mention and an actor of its own for every bare "another" or "others" that says or does something."""
    heads: dict[int, Part] = {part.head.i: part for part in cast.parts}
    for i, word in enumerate(cast.lowers):
        if word not in WORDS:
            continue
        token = cast.doc[i]
        first = _first(cast, token)
        if first is None or not _acts(cast, token):
            continue
        model, known = _model(cast, first), heads.get(token.i)
        if model is None:
            continue
        if known is None:
            _add(cast, first, token, cast.actors[model.actor or ""], plural=cast.lowers[token.i] in SEVERAL)
        elif known.actor in cast.actors:
            _liken(cast, cast.actors[known.actor], cast.actors[model.actor or ""])


def _first(cast: Cast, token: Token) -> int | None:
    """First token of a bare word for someone else; None for any other word."""
    word = cast.lowers[token.i]
    if word in ONE or word in SEVERAL:
        return token.i
    if word in COUNTED and token.i and cast.lowers[token.i - 1] == "a":
        return token.i - 1
    return None


def _acts(cast: Cast, token: Token) -> bool:
    """Whether the word stands alone as the subject of a verb of saying."""
    missed = token.dep_ in ("npadvmod", "advmod") and token.i + 1 == token.head.i  # "A third denied it", misparsed
    return (token.dep_ in SUBJECTS or missed) and token.head.lemma_ in cast.grammar.speech


def _model(cast: Cast, first: int) -> Part | None:
    """The last person described by a noun: "one official", "two residents"."""
    start = cast.doc[first].idx
    sentence = cast.sentence_of(cast.doc[first])
    for part in reversed(cast.parts):
        if part.mention.span.end > start:
            continue
        if sentence - part.sentence > REACH:
            return None
        actor = cast.actors.get(part.actor or "")
        if part.form != "nominal" or part.match is None or part.match.row.kind == "body" or not part.is_subject:
            continue
        if actor is not None and actor.kind == "unnamed" and not actor.members:
            return part
    return None


def _add(cast: Cast, first: int, last: Token, model: Actor, *, plural: bool) -> None:
    span = Span(cast.doc[first].idx, last.idx + len(last.text))
    key = digest(cast.article.id, span.start, span.end)
    made = Actor(id=f"unnamed:{key}", name=cast.article.text[span.start : span.end], kind="unnamed", basis="coreference")
    _liken(cast, made, model)
    cast.add(span, "m" + key, made.id, "nominal")
    for part in cast.parts:
        if part.mention.span == span:
            part.number = "plural" if plural else "singular"


def name_counterparts(cast: Cast) -> None:
    """Role and sectors of whoever is another's counterpart, which are that other's: "the foreign minister met his Qatari counterpart"."""
    for part in cast.parts:
        actor = cast.actors.get(part.actor or "")
        if part.match is None or part.match.row.phrase != COUNTERPART or part.number == "plural" or actor is None:
            continue
        if actor.role is None or not actor.role.lower().endswith(COUNTERPART) or actor.members:
            continue
        owners = {t.i for t in part.head.lefts if t.dep_ == "poss"}
        owner = next((cast.actors.get(p.actor or "") for p in cast.parts if p.head.i in owners), None)
        if owner is not None and owner.role is not None and owner.id != actor.id:
            told = [p.match.row.phrase for p in cast.parts if p.actor == owner.id and p.match is not None]
            role = next((t for t in told if owner.role.lower().startswith(f"{t} of ")), owner.role.removeprefix("former "))
            because = (*actor.because, f"{LIKE}{owner.id}")
            cast.actors[actor.id] = evolve(actor, role=role, sectors=owner.sectors or actor.sectors, because=because)


def _liken(cast: Cast, actor: Actor, model: Actor) -> None:
    """`actor` enters the cast with the country, sectors and role of `model`; its country is lent."""
    if actor.kind != "unnamed" or actor.country is not None:
        return
    because = tuple(why for why in model.because if not why.startswith("country:"))
    lent = (IN_CONTEXT,) if model.country is not None else ()
    cast.actors[actor.id] = evolve(
        actor, country=model.country, sectors=model.sectors, role=model.role, basis="coreference",
        because=(*because, *lent, f"{LIKE}{model.id}"),
    )  # fmt: skip
