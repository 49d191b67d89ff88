"""The records that stages hand to one another. Frozen, made whole, never patched.

All offsets are characters into `Article.text`, half-open. None = unknown; () = looked, found none.
Output names and meanings follow schema `masudi/1` (docs/reference/schema.md).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from attrs import Attribute, field, frozen
from attrs.validators import optional

SCHEMA = "masudi/1"

ARTICLE_KINDS = ("report", "commentary")
ACTOR_KINDS = ("state", "person", "organisation", "group", "place", "unnamed")
ACTOR_BASES = ("gazetteer", "text", "coreference")
MENTION_FORMS = ("name", "nominal", "pronoun", "demonym")
TIME_TYPES = ("DATE", "TIME", "DURATION", "SET")
PLACE_KINDS = ("country", "admin1", "admin2", "city", "region", "landmark")
PLACE_FORMS = ("name", "demonym", "metonym", "organisation")  # "Kyiv" said; "University of Damascus"
STATEMENT_FORMS = ("direct", "indirect", "mixed")
FORCES = (
    "assert", "deny", "ask", "demand", "order", "promise", "threaten", "warn",
    "praise", "condemn", "hope", "fear", "want", "question",
)  # fmt: skip
CERTAINTIES = ("factive", "neutral", "distancing", "tentative")
DATE_BASES = ("text", "inferred", "document", "unknown")
AUXILIARIES = ("negation", "future", "hypothetical", "historical")
EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
_TYPE = re.compile(r"[A-Z][A-Z0-9_-]*")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


class Span(NamedTuple):
    """Characters `start` up to, not including, `end` of an article's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


def _one_of(allowed: tuple[str, ...]) -> Any:
    def check(_: object, attribute: Attribute[Any], value: str) -> None:
        if value not in allowed:
            raise ValueError(f"{attribute.name} is {value!r}; allowed: {', '.join(allowed)}")

    return check


def _is_type(_: object, attribute: Attribute[Any], value: str) -> None:
    if not _TYPE.fullmatch(value):
        raise ValueError(f"{attribute.name} is {value!r}; write it in capitals, digits, - and _, as in STRIKE")


def _each_of(allowed: tuple[str, ...]) -> Any:
    def check(_: object, attribute: Attribute[Any], values: tuple[str, ...]) -> None:
        wrong = [value for value in values if value not in allowed]
        if wrong:
            raise ValueError(f"{attribute.name} holds {wrong}; allowed: {', '.join(allowed)}")

    return check


def _not_blank(_: object, attribute: Attribute[Any], value: str | None) -> None:
    if value == "":
        raise ValueError(f"{attribute.name} is blank; unknown is None")


def _a_span(_: object, attribute: Attribute[Any], value: Span | None) -> None:
    if value is not None and not 0 <= value[0] < value[1]:
        raise ValueError(f"{attribute.name} {tuple(value)} is no span: 0 <= start < end")


def _spans(_: object, attribute: Attribute[Any], values: tuple[Span, ...]) -> None:
    for value in values:
        _a_span(_, attribute, value)


def _share(_: object, attribute: Attribute[Any], value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise ValueError(f"{attribute.name} is {value}; it is a share between 0 and 1")


def _ordered(self: Any, _: Attribute[Any], latest: date | None) -> None:
    if latest is not None and self.earliest is not None and latest < self.earliest:
        raise ValueError(f"latest {latest} is before earliest {self.earliest}")


@frozen(kw_only=True)
class Ratings:
    """A readers' rating printed on the original page; None for a figure it does not give."""

    votes: int | None
    result_percent: float | None


class Mend(NamedTuple):
    """One artefact mended: `text[start:end]` now holds what stood as `original`."""

    start: int
    end: int
    original: str


@frozen(kw_only=True)
class Article:
    """One published text.

    published: ISO, as fine as known (`2025-06-24`, `2016-05`, `2016`).
    furniture: spans of `text` that are page, not article; nothing is coded there.
    kind_signs: what led to `kind`, as readable phrases.
    mends: sanitising artefacts mended in `text`; `masudi.text.unmend` puts them back.
    """

    id: str
    text: str
    given_id: str | None = field(default=None, validator=_not_blank)
    path: str | None = field(default=None, validator=_not_blank)
    url: str | None = field(default=None, validator=_not_blank)
    title: str | None = field(default=None, validator=_not_blank)
    authors: tuple[str, ...] = ()
    published: str | None = field(default=None, validator=_not_blank)
    publisher: str | None = field(default=None, validator=_not_blank)
    language: str | None = field(default=None, validator=_not_blank)
    kind: str | None = field(default=None, validator=optional(_one_of(ARTICLE_KINDS)))
    kind_signs: tuple[str, ...] = ()
    ratings: Ratings | None = None
    furniture: tuple[Span, ...] = field(default=(), validator=_spans)
    mends: tuple[Mend, ...] = ()


@frozen(kw_only=True)
class Role:
    """An office or function: country and sectors it gives its holder, and the days it was held."""

    title: str
    country: str | None
    sectors: tuple[str, ...]
    start: date | None = None
    end: date | None = None


@frozen(kw_only=True)
class Actor:
    """Who: a state, person, organisation, group, place or unnamed source, in the role held in this article.

    code: country + sectors, CAMEO/PLOVER style (`ISRLEG`); IGOs `IGOUNO`; None when neither is known.
    role_date: the day or month the role was looked up for.
    basis: the gazetteer names it; the text says it; or coreference led there.
    confidence: 1.0 by name or the text's own words; less where its country was lent by context (docs/limits.md).
    members: ids of the actors that a description of several stands for ("both sides"); () for everyone else.
    """

    id: str
    name: str
    kind: str = field(validator=_one_of(ACTOR_KINDS))
    country: str | None = field(default=None, validator=_not_blank)
    sectors: tuple[str, ...] = ()
    role: str | None = field(default=None, validator=_not_blank)
    role_date: str | None = field(default=None, validator=_not_blank)
    wikidata: str | None = None
    basis: str = field(default="text", validator=_one_of(ACTOR_BASES))
    confidence: float = field(default=1.0, validator=_share)
    members: tuple[str, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        return ((self.country or "") + "".join(self.sectors)) or None


@frozen(kw_only=True)
class Mention:
    """Words that name an actor. Mentions may nest, never cross. actor: None when it stayed unresolved."""

    id: str
    span: Span = field(validator=_a_span)
    text: str
    actor: str | None
    form: str = field(validator=_one_of(MENTION_FORMS))


@frozen(kw_only=True)
class Time:
    """Words that name a time, its TIMEX3 value and the days it can mean, both included.

    note: why it has no days though the text names some: they are of a calendar not reckoned here; None for all others.
    """

    span: Span = field(validator=_a_span)
    text: str
    type: str = field(validator=_one_of(TIME_TYPES))
    value: str | None
    earliest: date | None = None
    latest: date | None = field(default=None, validator=_ordered)
    note: str | None = field(default=None, validator=_not_blank)


@frozen(kw_only=True)
class Place:
    """Words that name a place. precision_km: radius within which the true place may lie; score: 0..1."""

    span: Span = field(validator=_a_span)
    text: str
    name: str
    kind: str = field(validator=_one_of(PLACE_KINDS))
    form: str = field(validator=_one_of(PLACE_FORMS))
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    precision_km: float | None = None
    score: float = field(default=1.0, validator=_share)


@frozen(kw_only=True)
class EventDate:
    """When it happened, as a claim.

    value: ISO date or TIMEX3, no finer than the text allows; None when unknown.
    basis: `text` an expression fixes it (`span`); `inferred` from narrative; `document` only the
    publication day bounds it; `unknown`.
    """

    basis: str = field(validator=_one_of(DATE_BASES))
    value: str | None = field(default=None, validator=_not_blank)
    earliest: date | None = None
    latest: date | None = field(default=None, validator=_ordered)
    span: Span | None = field(default=None, validator=_a_span)


@frozen(kw_only=True)
class Statement:
    """Who says (believes, wants, fears) what, in which words.

    within: id of the statement this one stands inside. actor: None when the source is not resolved.
    named: False for a source the article leaves unnamed. certainty: what the cue says of the content's truth:
    `factive` takes it as true ("confirmed"), `distancing` holds it off ("claimed"), `tentative` is the source's own doubt
    ("suspects"), else `neutral`. number: how many an unnamed source is, where told; plural: more than one.
    anonymity: the words that say why or on what terms the source stays unnamed.
    """

    id: str
    actor: str | None
    source_spans: tuple[Span, ...] = field(validator=_spans)
    cue_spans: tuple[Span, ...] = field(validator=_spans)
    cue_lemma: str | None
    content: tuple[Span, ...] = field(validator=_spans)
    form: str = field(validator=_one_of(STATEMENT_FORMS))
    force: str = field(validator=_one_of(FORCES))
    named: bool
    within: str | None = None
    date: EventDate | None = None
    certainty: str = field(default="neutral", validator=_one_of(CERTAINTIES))
    number: int | None = None
    plural: bool = False
    anonymity: Span | None = field(default=None, validator=_a_span)
    because: tuple[str, ...] = ()


@frozen(kw_only=True)
class Judgement:
    """A word of the author's own opinion on what is told: `fantastical`, `mere noise`.

    polarity: positive, negative, doubt, dismissal or emphasis, as en/judgements.tsv has it.
    within: id of the statement whose source judges; None where it is the author.
    """

    span: Span = field(validator=_a_span)
    text: str
    polarity: str
    within: str | None = None
    because: tuple[str, ...] = ()


class Chained(NamedTuple):
    """A stretch of text and the statements it stands inside, outermost first."""

    span: Span
    chain: tuple[str, ...]


@frozen(kw_only=True)
class Attribution:
    """What attribute hands on: statements, the chain for each stretch of their content, and judgements."""

    statements: tuple[Statement, ...] = ()
    chains: tuple[Chained, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    def chain_at(self, offset: int) -> tuple[str, ...]:
        """Statement ids around the character at `offset`, outermost first; () in the article's own voice."""
        inside = [c for c in self.chains if c.span.start <= offset < c.span.end]
        return max(inside, key=lambda c: len(c.chain)).chain if inside else ()


@frozen(kw_only=True)
class Findings:
    """What resolve hands on: who, when and where is named in one article."""

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()


@frozen(kw_only=True)
class Counts:
    """People killed, injured, or taking part, as the article counts them; None = no count given."""

    killed: int | None = None
    injured: int | None = None
    size: int | None = None


@frozen(kw_only=True)
class Report:
    """One article's telling of one event.

    type: one of EVENT_TYPES, or a type of the user's own ontology, which may have neither quad nor score.
    actors/recipients: actor ids, one for each span of actor_spans/recipient_spans that is resolved.
    chain: statement ids, outermost first; () = the article itself asserts it.
    statement: id of the statement that is this very act (a demand, a threat, an accusation in words).
    sentence: index into `CodedArticle.sentences`.
    because: `field: rule or lexicon id`, one for each decision.
    """

    id: str
    type: str = field(validator=_is_type)
    quad: str | None = field(validator=optional(_one_of(QUADS)))
    score: float | None
    triggers: tuple[Span, ...] = field(validator=_spans)
    date: EventDate
    sentence: int
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    actors: tuple[str, ...] = ()
    actor_spans: tuple[Span, ...] = field(default=(), validator=_spans)
    recipients: tuple[str, ...] = ()
    recipient_spans: tuple[Span, ...] = field(default=(), validator=_spans)
    place: int | None = None
    auxiliary: tuple[str, ...] = field(default=(), validator=_each_of(AUXILIARIES))
    chain: tuple[str, ...] = ()
    statement: str | None = None
    counts: Counts = Counts()
    confidence: float = field(default=1.0, validator=_share)
    because: tuple[str, ...] = ()


@frozen(kw_only=True)
class Failure:
    """What could not be done, where and why: a row, not a log line.

    article: id of the article or path of the input; error: class name.
    """

    stage: str
    error: str
    message: str
    article: str | None = None


@frozen(kw_only=True)
class CodedArticle:
    """One article and everything read in it."""

    article: Article
    sentences: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reports: tuple[Report, ...] = ()
    failures: tuple[Failure, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The article in the shape of schema `masudi/1`: plain dicts, lists, numbers, ISO dates."""
        return {
            "schema": SCHEMA,
            "article": _article_dict(self.article),
            "sentences": [{"start": s.start, "end": s.end} for s in self.sentences],
            "actors": [_actor_dict(a) for a in self.actors],
            "mentions": [_flat(m, ("id", "text", "actor", "form")) for m in self.mentions],
            "times": [_time_dict(t) for t in self.times],
            "places": [_flat(p, _PLACE_FIELDS) for p in self.places],
            "statements": [_statement_dict(s) for s in self.statements],
            "judgements": [_flat(j, ("text", "polarity", "within")) | {"because": list(j.because)} for j in self.judgements],
            "reports": [_report_dict(r) for r in self.reports],
            "failures": [{"stage": f.stage, "error": f.error, "message": f.message} for f in self.failures],
        }


_PLACE_FIELDS = (
    "text", "name", "lat", "lon", "country", "admin1", "kind", "geonameid", "form", "precision_km", "score",
)  # fmt: skip


def _flat(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {"start": record.span.start, "end": record.span.end}
    out.update((name, getattr(record, name)) for name in names)
    return out


def _lists(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _article_dict(a: Article) -> dict[str, Any]:
    return {
        "id": a.id, "given_id": a.given_id, "path": a.path, "url": a.url, "title": a.title,
        "authors": list(a.authors), "published": a.published, "publisher": a.publisher,
        "language": a.language, "kind": a.kind, "kind_signs": list(a.kind_signs), "text": a.text,
        "ratings": None if a.ratings is None
        else {"votes": a.ratings.votes, "result_percent": a.ratings.result_percent},
        "furniture": _lists(a.furniture),
        "mends": [{"start": m.start, "end": m.end, "original": m.original} for m in a.mends],
    }  # fmt: skip


def _actor_dict(a: Actor) -> dict[str, Any]:
    return {
        "id": a.id, "name": a.name, "kind": a.kind, "country": a.country, "sectors": list(a.sectors),
        "code": a.code, "role": a.role, "role_date": a.role_date, "wikidata": a.wikidata, "basis": a.basis,
        "confidence": a.confidence, "members": list(a.members), "because": list(a.because),
    }  # fmt: skip


def _time_dict(t: Time) -> dict[str, Any]:
    out = _flat(t, ("text", "type", "value"))
    return out | {"earliest": _iso(t.earliest), "latest": _iso(t.latest), "note": t.note}


def _date_dict(d: EventDate) -> dict[str, Any]:
    return {
        "value": d.value, "earliest": _iso(d.earliest), "latest": _iso(d.latest),
        "basis": d.basis, "span": None if d.span is None else [d.span.start, d.span.end],
    }  # fmt: skip


def _statement_dict(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "source": {
            "actor": s.actor, "spans": _lists(s.source_spans), "number": s.number, "plural": s.plural,
            "anonymity": None if s.anonymity is None else [s.anonymity.start, s.anonymity.end],
        },
        "cue": {"spans": _lists(s.cue_spans), "lemma": s.cue_lemma},
        "content": _lists(s.content),
        "form": s.form, "force": s.force, "certainty": s.certainty, "named": s.named, "within": s.within,
        "date": None if s.date is None else _date_dict(s.date),
        "because": list(s.because),
    }  # fmt: skip


def _report_dict(r: Report) -> dict[str, Any]:
    return {
        "id": r.id, "type": r.type, "modes": list(r.modes), "contexts": list(r.contexts),
        "cameo": r.cameo, "quad": r.quad, "score": r.score, "triggers": _lists(r.triggers),
        "actors": list(r.actors), "actor_spans": _lists(r.actor_spans),
        "recipients": list(r.recipients), "recipient_spans": _lists(r.recipient_spans),
        "date": _date_dict(r.date), "place": r.place, "auxiliary": list(r.auxiliary),
        "chain": list(r.chain), "statement": r.statement,
        "counts": {"killed": r.counts.killed, "injured": r.counts.injured, "size": r.counts.size},
        "confidence": r.confidence, "sentence": r.sentence, "because": list(r.because),
    }  # fmt: skip
