"""The lexicons of coding as records: predicate frames, light verbs, governors, the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from attrs import evolve, field, frozen

from ..errors import LexiconError
from ..lexicon import Lexicons, Row
from ..records import EVENT_TYPES, QUADS

PREDICATES = "en/predicates.tsv"
TYPE_SLOTS = "en/slots.tsv"
NOT_EVENTS = "en/not_events.tsv"
LIGHT_VERBS = "en/light_verbs.tsv"
NOMINALS = "en/nominals.tsv"
GOVERNORS = "en/governors.tsv"
NO_FORCE = "en/no_force.tsv"
WEAPONS = "en/weapons.tsv"
CASUALTIES = "en/casualties.tsv"
GENERAL = "en/general.tsv"
BYGONE = "en/bygone.tsv"
COLLECTIVES = "en/collectives.tsv"
TYPES = "plover/types.tsv"
MODES = "plover/modes.tsv"
CONTENT_MODES = "plover/content_modes.tsv"
REVERSALS = "plover/reversals.tsv"
EVERYDAY = "plover/everyday.tsv"
SPOKEN = "plover/spoken.tsv"
MAPPING = "plover/mapping.tsv"

WEIGHTS = ("strong", "weak", "bare")
KINDS = ("@party", "@person", "@place", "@thing")
SUBJECT = "^"  # before a word of the object column: it must be the subject ("^truce" of "take hold")
SUFFERED = ("abduct", "arrest", "deport", "convict", "release", "targeted", "expel")  # modes
SLOTS = ("subj", "obj", "iobj", "poss", "xsubj", "speaker", "none")
_KEY = ("lemma", "pos", "particle", "prep", "object", "complement")
ANY_VERB = "*"  # the lemma of a frame that any verb fits, if nothing else does ("built the dam together")
NOT_EVENT_KEY = ("lemma", "pos", "particle", "prep", "object", "content")

SlotPath = tuple[tuple[str, ...], ...]  # alternatives, first filled wins; each the slots that are pooled


def _slots(row: Row, column: str) -> SlotPath:
    paths = tuple(tuple(part.strip() for part in cell.split("+")) for cell in row.many(column))
    for slot in (s for path in paths for s in path):
        if slot not in SLOTS and not slot.startswith("prep:"):
            raise LexiconError(f"{row.where}: {column} {slot!r}; right: {', '.join(SLOTS)}, prep:WORD")
    return paths


@frozen(kw_only=True)
class Frame:
    """One reading of one predicate. id: file, then the filled key columns, readable and stable.

    suffered: a noun whose possessor is rather whom it befell ("the boy's abduction").
    type: "" in en/not_events.tsv, whose phrases only look like events. contents: verbs of which the clause
    asked for must be one ("asked not to be named"). subjects: words of which the subject must be one. own: of the user's folder, not built in;
    its id says so. seen: no entry: what a word means of which a model alone says that it is an event.
    """

    id: str
    lemma: str
    pos: str
    particles: tuple[str, ...]
    preps: tuple[str, ...]
    objects: tuple[str, ...]
    object_kinds: tuple[str, ...]
    complement: str | None
    type: str
    mode: str | None
    cameo: str | None
    actor: SlotPath
    recipient: SlotPath
    contexts: tuple[str, ...]
    weight: str
    suffered: bool = False
    contents: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    own: bool = False
    seen: bool = False
    asked_words: tuple[frozenset[str], ...] = field(init=False, eq=False)  # of each, one word must be in the sentence

    @asked_words.default
    def _asked_words(self) -> tuple[frozenset[str], ...]:
        last_words, subjects = ([o.rsplit(" ", 1)[-1].rsplit("-", 1)[-1] for o in part] for part in (self.objects, self.subjects))
        return tuple(asked for part in (last_words, subjects, self.particles, self.preps) if (asked := frozenset(part)))

    specificity: float = field(init=False, eq=False)  # how much the frame asks for; more wins

    @specificity.default
    def _specificity(self) -> float:
        if self.lemma == ANY_VERB:
            return -0.5
        filled = 1.0 * bool(self.preps) + 1.2 * bool(self.particles) + 1.5 * bool(self.objects) + 1.5 * bool(self.subjects)
        filled += 0.2 * (bool(self.objects) and all(" " in o for o in self.objects))
        filled += 0.6 * self.put_by_speaker
        return filled + 0.5 * bool(self.object_kinds) + 0.8 * bool(self.complement) + bool(self.contents)

    @property
    def denied(self) -> bool:
        """Whether it takes a "not" to mean this: "will not stand idle"."""
        return self.complement == "not"

    @property
    def put_by_speaker(self) -> bool:
        """Whether its actor may be whoever says it: "the demand is unacceptable"."""
        return any("speaker" in path for path in self.actor)

    @property
    def is_foretelling(self) -> bool:
        """Whether it is a threat of whoever says it: "they will pay for this"."""
        return self.type == "THREATEN" and self.put_by_speaker

    @property
    def reciprocal(self) -> bool:
        return any(len(path) > 1 for path in self.actor)

    @property
    def wants_recipient(self) -> bool:
        return bool(self.recipient) and self.recipient != (("none",),)


def _short(parts: tuple[str, ...]) -> str:
    """A key cell in an id: its first word, and how many more there are."""
    return "".join(parts[:1]).replace(" ", "_") + (f"+{len(parts) - 1}" if len(parts) > 1 else "")


def _object_column(row: Row) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Words of the object, kinds of party it may be, and words of the subject."""
    words = row.many("object")
    return (
        tuple(w for w in words if w not in KINDS and not w.startswith(SUBJECT)),
        tuple(w for w in words if w in KINDS),
        tuple(w.removeprefix(SUBJECT) for w in words if w.startswith(SUBJECT)),
    )


def _frame(row: Row) -> Frame:
    weight = row["weight"] or "strong"
    if weight not in WEIGHTS:
        raise LexiconError(f"{row.where}: weight {weight!r}; right: {', '.join(WEIGHTS)}")
    key = [_short(row.many(column)) for column in _KEY]
    objects, kinds, subjects = _object_column(row)
    return Frame(
        id=("own:" if row.own else "") + f"{PREDICATES}:" + ".".join(part for part in [*key, row["type"]] if part),
        lemma=row.need("lemma"), pos=row.need("pos"),
        particles=row.many("particle"), preps=row.many("prep"), objects=objects, object_kinds=kinds, subjects=subjects,
        complement=row["complement"], type=row.need("type"), mode=row["mode"], cameo=row["cameo"],
        actor=_slots(row, "actor"), recipient=_slots(row, "recipient"), contexts=row.many("contexts"), weight=weight,
        own=row.own,
    )  # fmt: skip


def _not_event(row: Row) -> Frame:
    """A phrase that looks like an event and is none."""
    contents = row.many("content")
    objects, kinds, subjects = _object_column(row)
    return Frame(
        id=f"{NOT_EVENTS}:" + ".".join(part for part in (_short(row.many(c)) for c in NOT_EVENT_KEY) if part),
        lemma=row.need("lemma"), pos=row.need("pos"), particles=row.many("particle"), preps=row.many("prep"),
        objects=objects, object_kinds=kinds, subjects=subjects, complement="to" if contents else None, type="", mode=None, cameo=None, actor=(), recipient=(), contexts=(),
        weight="strong", contents=contents, own=row.own,
    )  # fmt: skip


def _of_a_type(row: Row) -> Frame:
    """Where the parties of an event of a type usually stand, whatever its word."""
    return Frame(
        id=f"{TYPE_SLOTS}:{row['type']}.{row['pos']}", lemma="", pos=row.need("pos"), particles=(), preps=(), objects=(), object_kinds=(),
        complement=None, type=row.need("type"), mode=None, cameo=None, actor=_slots(row, "actor"), recipient=_slots(row, "recipient"),
        contexts=(), weight="bare", seen=True,
    )  # fmt: skip


@frozen(kw_only=True)
class LightVerb:
    """A verb that lends its subject to an event noun: as the one who acts (`do`) or is acted on (`undergo`)."""

    id: str
    lemma: str
    particle: str | None
    prep: str | None
    effect: str


@frozen
class LightVerbs:
    """Light verbs by lemma."""

    by_lemma: Mapping[str, tuple[LightVerb, ...]]

    def entry(self, lemma: str, particles: Iterable[str], prep: str | None) -> LightVerb | None:
        """The entry that fits, the one with a particle first. prep: what stands between verb and noun, None: object."""
        listed = self.by_lemma.get(lemma)
        if listed is None:  # as most are not
            return None
        present = set(particles)
        fitting = [v for v in listed
                   if v.prep == prep and (v.particle is None or v.particle in present)]  # fmt: skip
        return max(fitting, key=lambda v: (v.particle is not None, v.id), default=None)


@frozen(kw_only=True)
class Governor:
    """A word that changes the status of the event it governs."""

    id: str
    lemma: str
    pos: str
    particle: str | None
    complement: str | None
    effect: str


@frozen
class Governors:
    """Governors by lemma and part of speech (verb, noun, adj, aux, adv, mark)."""

    by_word: Mapping[tuple[str, str], tuple[Governor, ...]]

    def entry(self, lemma: str, pos: str, complement: str | None, particles: Iterable[str] = ()) -> Governor | None:
        """The entry that fits best; None when the word changes nothing."""
        listed = self.by_word.get((lemma, pos))
        if listed is None:  # as most are not
            return None
        present = set(particles)
        fitting = [g for g in listed
                   if g.complement in (None, complement) and (g.particle is None or g.particle in present)]  # fmt: skip
        return max(fitting, key=lambda g: (g.complement is not None, g.particle is not None, g.id), default=None)


@frozen(kw_only=True)
class EventType:
    """One of PLOVER's sixteen, or of the user's own; those may have neither quad nor score."""

    name: str
    quad: str | None
    score: float | None
    needs_recipient: bool
    future_type: str | None


@frozen(kw_only=True)
class Reversal:
    """What ending an event of a type amounts to."""

    id: str
    type: str
    mode: str | None
    cameo: str | None


@frozen(kw_only=True)
class Ontology:
    """PLOVER, or what a user's folder makes of it, as tables.

    content_modes: what content does to a mode; reversals: what an end amounts to; mapping: a type of the user's own
    (and mode, None for all) → PLOVER's type, mode, and the entry's id. everyday: (type, mode, rule), which deeds are
    public or may be private. spoken: (type, force), which statements are events of a type themselves.
    """

    types: Mapping[str, EventType]
    mode_scores: Mapping[tuple[str, str], float]
    content_modes: Mapping[tuple[str, str], tuple[str, str]]
    reversals: Mapping[str, Reversal]
    mapping: Mapping[tuple[str, str | None], tuple[str, str | None, str]] = field(factory=dict)
    everyday: frozenset[tuple[str, str | None, str]] = frozenset()
    spoken: frozenset[tuple[str, str]] = frozenset()

    def quad(self, type_: str) -> str | None:
        """The quad class of a type; None for one that has none or that this ontology leaves out."""
        return self.types[type_].quad if type_ in self.types else None

    def is_cooperation(self, type_: str) -> bool:
        return (self.quad(type_) or "").endswith("_cooperation")

    def score(self, type_: str, modes: Iterable[str]) -> float | None:
        """Of the first mode that has one, else of the type."""
        scores = [self.mode_scores[type_, m] for m in modes if (type_, m) in self.mode_scores]
        return scores[0] if scores else self.types[type_].score

    def content_mode(self, type_: str, content: str | None) -> tuple[str, str] | None:
        """Mode of a verbal act by the type of what it asks for, threatens or refuses, with the entry's id."""
        return self.content_modes.get((type_, content or ""))


@frozen(kw_only=True)
class Words:
    """Everything coding reads from lexicons, indexed.

    nominals: of a noun that means what a verb does, the verb's frames that ask for an object (closure → close).
    figurative: things no force is used against (theory); hazards: what kills with nobody acting (flood); contests: words of games;
    wordy: what one person does to another with words only (attack). public: words of public life (regime, strike, embassy); relief: words of distress (famine, refugee).
    weapons: lemma → the ASSAULT mode it gives; casualties: lemma → the count it heads (killed, injured).
    collectives: nouns that count or bundle what follows "of" (team, shipment). general: by kind, words beside which no one event is told (novel).
    of_types: (type, part of speech) → the frame of a word that has no entry.
    """

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    nominals: Mapping[str, tuple[Frame, ...]] = field(factory=dict)
    light_verbs: LightVerbs
    governors: Governors
    ontology: Ontology
    figurative: frozenset[str] = field(factory=frozenset)
    hazards: frozenset[str] = field(factory=frozenset)
    contests: frozenset[str] = frozenset()
    wordy: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    relief: frozenset[str] = frozenset()
    weapons: Mapping[str, str] = field(factory=dict)
    casualties: Mapping[str, str] = field(factory=dict)
    collectives: frozenset[str] = frozenset()
    general: Mapping[str, frozenset[str]] = field(factory=dict)
    of_types: Mapping[tuple[str, str], Frame] = field(factory=dict)
    bygone: Mapping[str, int] = field(factory=dict)  # rulers, states and forces that are gone, with their last year
    tails: frozenset[str] = field(init=False)  # last words of the frames' lemmas: what is not among them heads no frame
    beside: frozenset[str] = field(init=False)  # words that make any verb an event (together)
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]] = field(init=False)  # those of `general` in several words, by kind and longest word

    @tails.default
    def _tails(self) -> frozenset[str]:
        return frozenset(lemma.rsplit(" ", 1)[-1].rsplit("-", 1)[-1] for lemma in (*(lemma for lemma, _ in self.frames), *self.nominals))

    @phrases.default
    def _phrases(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {kind: _by_longest_word(phrase for phrase in sorted(known) if " " in phrase) for kind, known in self.general.items()}

    @beside.default
    def _beside(self) -> frozenset[str]:
        frames = self.frames.get((ANY_VERB, "verb"), ())
        return frozenset(word.rsplit(" ", 1)[-1] for f in frames for word in (*f.particles, *f.objects))


def load_words(lexicons: Lexicons, *, plover: bool = False) -> Words:
    """The lexicons of coding. plover: the types are PLOVER's, whatever a user's folder adds. Raises LexiconError."""
    frames: dict[tuple[str, str], list[Frame]] = {}
    casualties = {row.need("lemma"): row.need("count") for row in lexicons.table(CASUALTIES)}
    ontology = _ontology(Lexicons() if plover else lexicons)
    own = _ontology(lexicons) if plover else ontology
    for row in lexicons.table(PREDICATES):
        if not _has_type(row, own):
            continue
        frame = _in_plover(_frame(row), own) if plover else _frame(row)
        if frame is None or frame.type not in ontology.types:
            continue
        frame = evolve(frame, suffered=frame.pos == "noun" and (frame.mode in SUFFERED or frame.lemma in casualties))
        frames.setdefault((frame.lemma, frame.pos), []).append(frame)
    for row in lexicons.table(NOT_EVENTS):
        frame = _not_event(row)
        frames.setdefault((frame.lemma, frame.pos), []).append(frame)
    return Words(
        frames={key: tuple(found) for key, found in frames.items()}, nominals=_nominals(frames, lexicons),
        light_verbs=_light_verbs(lexicons), governors=_governors(lexicons), ontology=ontology,
        figurative=_no_force(lexicons, "target"), hazards=_no_force(lexicons, "agent"), contests=_no_force(lexicons, "contest"),
        wordy=_no_force(lexicons, "words"), public=_no_force(lexicons, "public"), relief=_no_force(lexicons, "relief"),
        weapons={row.need("lemma"): row.need("mode") for row in lexicons.table(WEAPONS)},
        bygone={row.need("word"): int(row.need("to")) for row in lexicons.table(BYGONE)},
        of_types={(row.need("type"), row.need("pos")): _of_a_type(row) for row in lexicons.table(TYPE_SLOTS) if row.need("type") in ontology.types},
        general=_general(lexicons), casualties=casualties, collectives=frozenset(row.need("lemma") for row in lexicons.table(COLLECTIVES)),
    )  # fmt: skip


def _nominals(frames: Mapping[tuple[str, str], list[Frame]], lexicons: Lexicons) -> dict[str, tuple[Frame, ...]]:
    """What verbs mean with an object, listed for their nouns too: "the lifting of the ban", "the closure of the border"."""
    nouns = [(gerund(lemma), lemma) for lemma, pos in frames if pos == "verb" and lemma != ANY_VERB]
    nouns += [(row.need("noun"), row.need("verb")) for row in lexicons.table(NOMINALS)]
    found: dict[str, tuple[Frame, ...]] = {}
    for noun, verb in nouns:
        own = frames.get((noun, "noun"), ())
        told = {f.type for f in own if not f.objects and not f.preps}  # "bombing" needs no object to be an attack
        fitting = tuple(f for f in frames.get((verb, "verb"), ()) if f.complement is None and not f.reciprocal
                        and f.type not in told and (f.objects or (not own and _is_transitive(f))))  # fmt: skip
        if fitting:
            found[noun] = (*found.get(noun, ()), *fitting)
    return found


def _is_transitive(frame: Frame) -> bool:
    asks = frame.particles or frame.preps or frame.object_kinds
    return frame.weight == "strong" and bool(frame.type) and not asks and frame.recipient[:1] == (("obj",),)


def gerund(verb: str) -> str:
    """The noun in -ing of a verb: lift → lifting, free → freeing, close → closing, shut → shutting, tie → tying."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    short = len(verb) < 5 or verb.endswith(("l", "mit", "fer", "pel", "bar", "ban"))
    if short and len(verb) > 2 and verb[-1] in "bdglmnprt" and verb[-2] in "aeiou" and verb[-3] not in "aeiou":
        return verb + verb[-1] + "ing"
    return verb + "ing"


def _has_type(row: Row, ontology: Ontology) -> bool:
    """Whether the type of an entry exists: ours may speak of types that the user's ontology leaves out, the user's may not."""
    type_ = row.need("type")
    if row.own and type_ not in ontology.types:
        near = get_close_matches(type_, ontology.types, n=1)
        raise LexiconError(f"{row.where}: type {type_!r} stands not in {TYPES}" + (f"; did you mean {near[0]}?" if near else ""))
    return type_ in ontology.types


def _in_plover(frame: Frame, ontology: Ontology) -> Frame | None:
    """`frame` with the PLOVER type that its own is a case of; None where it is a case of none."""
    if frame.type in EVENT_TYPES:
        return frame
    found = ontology.mapping.get((frame.type, frame.mode)) or ontology.mapping.get((frame.type, None))
    return None if found is None else evolve(frame, type=found[0], mode=found[1], cameo=None)


def _no_force(lexicons: Lexicons, side: str) -> frozenset[str]:
    return frozenset(row.need("lemma") for row in lexicons.table(NO_FORCE) if row["side"] == side)


def _by_longest_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases under that word of each which the fewest sentences have."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        longest = max(phrase.split(), key=len)
        found[longest] = (*found.get(longest, ()), phrase)
    return found


def _general(lexicons: Lexicons) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in lexicons.table(GENERAL):
        found.setdefault(row.need("kind"), set()).add(row.need("word"))
    return {kind: frozenset(words) for kind, words in found.items()}


def _id(file: str, *parts: str | None) -> str:
    return f"{file}:" + ".".join(part for part in parts if part)


def _light_verbs(lexicons: Lexicons) -> LightVerbs:
    found: dict[str, list[LightVerb]] = {}
    for row in lexicons.table(LIGHT_VERBS):
        lemma, effect = row.need("lemma"), row.need("effect")
        if effect not in ("do", "undergo"):
            raise LexiconError(f"{row.where}: effect {effect!r}; right: do, undergo")
        entry = LightVerb(
            id=_id(LIGHT_VERBS, lemma, row["particle"], row["prep"]), lemma=lemma, particle=row["particle"],
            prep=row["prep"], effect=effect,
        )  # fmt: skip
        found.setdefault(lemma, []).append(entry)
    return LightVerbs({lemma: tuple(entries) for lemma, entries in found.items()})


EFFECTS = ("negation", "refuses", "future", "hypothetical", "ends", "begins", "happened", "known", "asks", "question", "generic", "historical")


def _governors(lexicons: Lexicons) -> Governors:
    found: dict[tuple[str, str], list[Governor]] = {}
    for row in lexicons.table(GOVERNORS):
        lemma, pos, effect = row.need("lemma"), row.need("pos"), row.need("effect")
        if effect not in EFFECTS:
            raise LexiconError(f"{row.where}: effect {effect!r}; right: {', '.join(EFFECTS)}")
        entry = Governor(
            id=_id(GOVERNORS, lemma, pos, row["particle"], row["complement"]), lemma=lemma, pos=pos,
            particle=row["particle"], complement=row["complement"], effect=effect,
        )  # fmt: skip
        found.setdefault((lemma, pos), []).append(entry)
    return Governors({key: tuple(entries) for key, entries in found.items()})


def _ontology(lexicons: Lexicons) -> Ontology:
    mapping = {
        (row.need("type"), row["mode"]): (row.need("plover"), row["plover_mode"], _id(MAPPING, row["type"], row["mode"]))
        for row in lexicons.table(MAPPING)
    }
    types = {row.need("type"): _event_type(row) for row in lexicons.table(TYPES)}
    modes = _mode_scores(lexicons)
    if mapping:
        ours, our_modes = {r.need("type"): _event_type(r) for r in Lexicons().table(TYPES)}, _mode_scores(Lexicons())
        for (name, mode), (plover, plover_mode, _) in mapping.items():  # what the user leaves blank is as in PLOVER
            score = our_modes.get((plover, plover_mode or ""), ours[plover].score if plover in ours else None)
            if mode is not None and score is not None:
                modes.setdefault((name, mode), score)
            elif name in types and plover in ours:
                own = types[name]
                types[name] = evolve(own, quad=own.quad or ours[plover].quad, score=score if own.score is None else own.score)
    content = {
        (row.need("type"), row.need("content")): (row.need("mode"), _id(CONTENT_MODES, row["type"], row["content"]))
        for row in lexicons.table(CONTENT_MODES)
    }
    reversals = {
        row.need("ended"): Reversal(
            id=_id(REVERSALS, row["ended"]), type=row.need("type"), mode=row["mode"], cameo=row["cameo"]
        )
        for row in lexicons.table(REVERSALS)
    }
    everyday = frozenset((row.need("type"), row["mode"], row.need("rule")) for row in lexicons.table(EVERYDAY))
    spoken = frozenset((row.need("type"), row.need("force")) for row in lexicons.table(SPOKEN))
    return Ontology(types=types, mode_scores=modes, content_modes=content, reversals=reversals, mapping=mapping,
                    everyday=everyday, spoken=spoken)  # fmt: skip


def _mode_scores(lexicons: Lexicons) -> dict[tuple[str, str], float]:
    rows = [row for row in lexicons.table(MODES) if row["score"] is not None]
    return {(row.need("type"), row.need("mode")): float(row.need("score")) for row in rows}


def _event_type(row: Row) -> EventType:
    quad, score = row["quad"], row["score"]
    if quad is not None and quad not in QUADS:
        raise LexiconError(f"{row.where}: quad {quad!r}; right: {', '.join(QUADS)}, or blank")
    try:
        number = None if score is None else float(score)
    except ValueError as error:
        raise LexiconError(f"{row.where}: score {score!r} is no number; leave it blank where there is none") from error
    return EventType(
        name=row.need("type"), quad=quad, score=number, needs_recipient=row["needs_recipient"] == "yes",
        future_type=row["future_type"],
    )  # fmt: skip
