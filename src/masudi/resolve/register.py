"""The register of one article's actors and mentions while they are being found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import define, evolve, field, frozen
from spacy.tokens import Token

from ..records import Actor, Mention, Role, Span, Time
from ..text import digest, iso_bounds
from .compose import Composer
from .confidence import is_lent
from .names import Entity, Hit
from .phrases import clause_of
from .reading import Reading

EVENT_DATES = ("in", "on", "during", "of")  # "since 2003" dates no one's role
# Of a prime minister who is also defence minister, the first is the role.
HEADS = ("president", "prime minister", "premier", "chancellor", "king", "emir", "sultan", "supreme leader", "chief adviser")
FRONTED = 4  # tokens: "In February 2004, ..." dates the whole sentence
ARTICLE_WORDS = ("the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my")


@frozen(kw_only=True)
class TextRole:
    """A role the text gives a person, and the day it speaks of. rank: only a title such as "Gen.". shared: of
    several names at once, so that no one country may be guessed."""

    title: str
    country: str | None
    sectors: tuple[str, ...]
    when: str | None
    rank: bool = False
    shared: bool = False
    because: tuple[str, ...] = ()


@define
class Draft:
    """An actor in the making: its table entry, the roles the text gives, the days it is spoken of."""

    actor: Actor
    entity: Entity | None = None
    roles: list[TextRole] = field(factory=list)
    dates: list[str | None] = field(factory=list)
    place: str | None = None


@frozen(kw_only=True)
class Named:
    """A name in the text: its mention's tokens, its head and its actor."""

    first: int
    last: int
    head: int
    actor: str


class Register:
    """What has been found so far in one article, and how to add to it."""

    def __init__(self, reading: Reading, times: Sequence[Time]) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.article = reading.article
        self.knowledge = reading.knowledge
        self.composer = Composer(reading)
        self.drafts: dict[str, Draft] = {}
        self.mentions: dict[Span, Mention] = {}
        self.names: dict[int, Named] = {}
        self.taken: set[int] = set()
        self.published = iso_bounds(self.article.published)
        self.dates = self._sentence_dates(times)

    def _sentence_dates(self, times: Sequence[Time]) -> dict[int, list[tuple[int, str]]]:
        """Sentence start → first token and value of each calendar date that dates an event."""
        dates: dict[int, list[tuple[int, str]]] = {}
        for time in sorted(times, key=lambda t: t.span):
            if time.type != "DATE" or time.value is None or iso_bounds(time.value) is None:
                continue
            first = self.reading.tokens_of(time.span)[0]
            before = self.doc[first - 1].lower_ if first else ""
            start = self.reading.sentence_start(first)
            if before in EVENT_DATES or first == start or not before.isalpha():
                dates.setdefault(start, []).append((first, time.value))
        return dates

    def date_at(self, token: Token) -> str | None:
        """The date of what `token` takes part in: one that opens its sentence or dates its verb, else publication."""
        start = self.reading.sentence_start(token.i)
        for first, value in self.dates.get(start, ()):
            if first - start < FRONTED or (token.dep_ and clause_of(self.doc[first]).i == clause_of(token).i):
                return value
        return self.article.published

    def add_mention(self, first: int, last: int, actor: str | None, form: str) -> None:
        span = self.reading.span(first, last)
        if span not in self.mentions:
            text = self.article.text[span.start : span.end]
            id = "m" + digest(self.article.id, span.start, span.end)
            self.mentions[span] = Mention(id=id, span=span, text=text, actor=actor, form=form)

    def join_mention(self, first: int, last: int, actor: str) -> None:
        """The mention of those tokens, new or known, becomes one of `actor`."""
        self.add_mention(first, last, actor, "nominal")
        span = self.reading.span(first, last)
        self.mentions[span] = evolve(self.mentions[span], actor=actor)

    def draft(self, actor: Actor, entity: Entity | None = None) -> Draft:
        """The draft of that id, new or known; a known one whose country was only lent takes firmer reasons."""
        known = self.drafts.setdefault(actor.id, Draft(actor, entity))
        if is_lent(known.actor.because) and not is_lent(actor.because):
            known.actor = evolve(known.actor, because=actor.because)
        return known

    def actor_of(self, entity: Entity) -> str:
        kind = "organisation" if entity.kind == "people" else entity.kind
        kind = "group" if entity.kind == "people" else kind
        actor = Actor(
            id=entity.id, name=entity.name, kind=kind, country=entity.country, sectors=entity.sectors,
            basis="gazetteer", because=(entity.where,),
        )  # fmt: skip
        return self.draft(actor, entity).actor.id

    def government_of(self, country: str, because: str) -> str:
        entity = self.knowledge.gazetteer.by_country.get(country)
        name = f"government of {entity.name}" if entity else f"government of {country}"
        actor = Actor(
            id=f"state:{country}:gov", name=name, kind="state", country=country, sectors=("GOV",),
            basis="gazetteer", because=(because,),
        )  # fmt: skip
        return self.draft(actor, entity).actor.id

    def choose(self, hit: Hit) -> Entity:
        """The bearer of a shared name: one whose full name stands in the article, else one of its day."""
        if len(hit.entities) == 1:
            return hit.entity
        day = self.published[1] if self.published else None
        best = [e for e in hit.entities if e.kind == hit.entity.kind or e.kind == "person"]
        weights = self.composer.weights
        spelt = [e for e in best if e.name in self.article.text and e.name != self.words(hit.span)]
        held = [e for e in best if e.active(day)]
        pool = spelt or held or best
        return max(pool, key=lambda e: (weights.get(e.country or "", 0.0), -pool.index(e)))

    def words(self, span: Span) -> str:
        return self.article.text[span.start : span.end]

    def head(self, first: int, last: int) -> Token:
        inside = range(first, last + 1)
        for i in inside:
            token = self.doc[i]
            if token.head.i not in inside or token.head.i == i:
                return token
        return self.doc[last]

    def after_commas(self, start: int, first: int) -> int:
        for i in range(first - 1, start - 1, -1):
            if self.doc[i].text in (",", ";", ":", "(", ")", "\n"):
                return i + 1
        return start

    def with_article(self, first: int) -> int:
        return first - 1 if first and self.reading.lowers[first - 1] == "the" else first


def role_on(entity: Entity, when: str | None) -> tuple[Role, str] | None:
    """The role `entity` held on the days `when` can mean, and its table row.

    Of several that overlap the head of state or government, else the latest begun; with none, the last one that had ended by then, as "former ...";
    when `when` is unknown, a role only if there is just one. None before the first role.
    """
    bounds = iso_bounds(when)
    dated = list(zip(entity.roles, entity.rows, strict=True))
    if bounds is None:
        return dated[0] if len(dated) == 1 else None
    earliest, latest = bounds
    held = [r for r in dated if (r[0].start or date.min) <= latest and earliest <= (r[0].end or date.max)]
    if held:
        return max(held, key=lambda r: (r[0].title in HEADS, r[0].start or date.min))
    past = [r for r in dated if r[0].end is not None and r[0].end < earliest]
    if not past:
        return None
    role, where = max(past, key=lambda r: r[0].end or date.min)
    return evolve(role, title=f"former {role.title}"), where
