"""Which statement is a verbal event itself: the demand, threat, accusation or promise in the source's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ..records import Attribution, Span, Statement
from .classify import Candidate, is_verbal
from .roles import Party
from .words import Ontology


class Telling(Protocol):
    """A mention of an event: what of it is needed here."""

    @property
    def candidate(self) -> Candidate: ...

    @property
    def span(self) -> Span: ...

    @property
    def chain(self) -> tuple[str, ...]: ...


def act_in_words(
    members: Sequence[Telling], actor: Iterable[Party], attribution: Attribution, ontology: Ontology
) -> Statement | None:
    """The statement that a verbal event is; None for other events.

    Its cue is the trigger ("accused"), or its words hold the trigger and its force is of that kind (plover/spoken.tsv:
    "“We will bomb them,” it warned").

    The event's actor must speak: the same actor id, or the same words where neither is resolved.
    """
    parties = tuple(actor)
    ids = {p.actor for p in parties if p.actor}
    spans = [p.span for p in parties]

    def speaks(statement: Statement) -> bool:
        same_words = statement.actor is None and any(s.overlaps(p) for s in statement.source_spans for p in spans)
        return statement.actor in ids or same_words

    verbal = [m for m in members if is_verbal(m.candidate)]
    for member in verbal:
        trigger = member.span
        for statement in attribution.statements:
            if any(cue.overlaps(trigger) for cue in statement.cue_spans) and speaks(statement):
                return statement
    by_id = {s.id: s for s in attribution.statements}
    for member in verbal:
        around = by_id.get(member.chain[-1]) if member.chain else None
        if around is not None and (member.candidate.type, around.force) in ontology.spoken and speaks(around):
            return around
    return None
