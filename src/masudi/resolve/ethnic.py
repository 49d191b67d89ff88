"""People called by an ethnic name, "ethnic Uzbeks": of the place they are told of in, not of the state whose name they bear."""

from __future__ import annotations

from ..records import Actor
from ..text import digest
from .confidence import IN_SENTENCE
from .phrases import core_start, is_head_noun
from .reading import WORD_BEFORE
from .register import Register

SECTORS = ("ETH",)
PLURAL = ("NNS", "NNPS", "NNP")


def name_ethnic(register: Register) -> None:
    """A mention and an actor for every "ethnic Russians" that stands for people; as an adjective it names none."""
    reading = register.reading
    for first, last, hit in reading.hits:
        named = hit.entity.kind == "state" and hit.form in ("demonym", "people")
        if not named or not first or (reading.lowers[first - 1], WORD_BEFORE) not in reading.knowledge.compounds:
            continue
        head = register.head(first, last)
        if head.tag_ not in PLURAL or not head.dep_ or not is_head_noun(head):
            continue
        start = min(first - 1, core_start(head))
        span = reading.span(start, last)
        country = register.composer.place_near(head)
        actor = Actor(
            id=f"unnamed:{digest(register.article.id, span.start, span.end)}", kind="unnamed", country=country, sectors=SECTORS,
            name=" ".join(register.words(reading.span(first - 1, last)).split()), basis="text",
            because=(f"role: {hit.entity.where}", *((IN_SENTENCE,) if country else ())),
        )  # fmt: skip
        register.add_mention(start, last, register.draft(actor).actor.id, "nominal")
        register.taken.update(range(start, last + 1))
