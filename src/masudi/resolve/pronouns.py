"""Which actor a pronoun means: agreement, recency, subjects first; None when two fit equally well."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from ..records import Actor
from ..text import digest
from .cast import SUBJECTS, Cast, Part
from .confidence import is_lent
from .phrases import NOUNS, clause_of

# Hand-set, 2026-11: one sentence back costs more than being a subject gains.
SENTENCE_COST = 2.0
SUBJECT_GAIN = 1.0
PARALLEL_GAIN = 0.4
POSSESSOR_COST = 0.5
OBLIQUE_COST = 0.4
RELATIVE_COST = 1.6  # "Castro's remarks to those who say Elian should stay": next, "he" is not Elian
PERSON_GAIN = 0.2
NEAR_GAIN = 0.3
SPEAKER_GAIN = 2.0  # "..., he said" goes on with whoever spoke last
COLLECTIVE_COST = 0.7  # "they" for a body or a state
MARGIN = 0.35
REACH = {"subject": 3, "object": 2, "possessive": 2, "reflexive": 0}
CONTROL_DEPTH = 12
NO_ACTOR = ""  # a candidate that is no actor
BESIDES = "|"  # between the actors of a candidate that is several
LOWEST = -9.0
OF_TWO = {"former": 0, "latter": -1}  # "the former", "the latter" of two just named
TWO_REACH = 2  # sentences
QUOTES = ('"', "“", "”")
OBJECTS = ("dobj", "dative", "obj", "pobj")
COLLECTIVE = ("organisation", "group", "state")
SERVANTS = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD", "IGO"))


def resolve_pronouns(cast: Cast) -> None:
    """Gives every pronoun it can the actor of its antecedent, in text order. Second-person ones stay None."""
    by_head = _index(cast)
    for part in cast.parts:
        if part.form != "pronoun" or part.actor is not None:
            continue
        row = cast.grammar.pronouns.get(cast.lowers[part.head.i])
        if row is not None and row["person"] == "1":
            speaker = _who_says(cast, part.head, by_head)
            part.actor = speaker if row["number"] == "singular" else _we(cast, part, speaker)
            continue
        if row is None or row["person"] != "3":
            continue
        if cast.lowers[part.head.i] in OF_TWO:
            part.actor = _of_two(cast, part, OF_TWO[cast.lowers[part.head.i]])
            continue
        case = _case(part.head, row.need("case"))
        if row["case"] == "relative":
            antecedent = _relative_antecedent(cast, part.head, by_head)
            part.actor = antecedent.actor if antecedent is not None else None
            part.number = antecedent.number if antecedent is not None else None
            continue
        part.actor = _personal(cast, part, case, row["gender"], by_head)
        if part.actor is not None and row["gender"] in ("m", "f"):
            cast.genders.setdefault(part.actor, row["gender"])


def _of_two(cast: Cast, part: Part, place: int) -> str | None:
    """Who "the former" (0) or "the latter" (-1) is: of the last "A and B"; else of the two actors of the nearest sentence
    that has two; "the latter" is also the last of several.
    """
    before = [
        p for p in cast.parts
        if p.mention.span.end <= part.mention.span.start and part.sentence - p.sentence <= TWO_REACH
        and p.actor in cast.actors and p.form != "pronoun" and not p.is_modifier and not cast.actors[p.actor].members
    ]  # fmt: skip
    for other in reversed(before):
        pair = _conjoined(cast, other) if _coordinated(other.head) else ()
        if len(pair) == 2:
            return pair[place]
    for sentence in sorted({p.sentence for p in before}, reverse=True):
        named = [p.actor for p in before if p.sentence == sentence and p.head.dep_ != "poss"]
        actors = list(dict.fromkeys(a for a in named if a is not None))
        if len(actors) == 2 or (len(actors) > 2 and place == -1):
            return actors[place]
    return None


def _case(token: Token, listed: str) -> str:
    """The case a pronoun has where it stands: "it" and "her" do not show theirs."""
    if token.dep_ == "poss":
        return "possessive"
    return "object" if listed == "subject" and token.dep_ in OBJECTS else listed


def _beside_verb(token: Token) -> bool:
    """Whether an object hangs on the verb itself: "accused it", not "attacks on it"."""
    head = token.head.head if token.dep_ == "pobj" else token.head
    return head.pos_ in ("VERB", "AUX")


def _index(cast: Cast) -> dict[int, Part]:
    by_head: dict[int, Part] = {}
    for part in sorted(cast.parts, key=lambda p: p.mention.span.start - p.mention.span.end):
        by_head.setdefault(part.head.i, part)
    return by_head


def _relative_antecedent(cast: Cast, token: Token, by_head: dict[int, Part]) -> Part | None:
    """What "who", "which", "that", "whose" stand for: the noun their clause hangs on.

    "a spokeswoman for the ministry, who ...": "who" goes past a body to the person it belongs to.
    """
    for ancestor in token.ancestors:
        if ancestor.dep_ != "relcl":
            continue
        noun = ancestor.head
        found = by_head.get(noun.i)
        if found is None and noun.dep_ == "pobj" and noun.head.lower_ == "of":
            found = _around(by_head.get(noun.head.head.i), noun)
            noun = noun.head.head if found is not None else noun
        while token.lower_ in ("who", "whom") and noun.dep_ == "pobj" and found is not None:
            outer = by_head.get(noun.head.head.i)
            actor = cast.actors.get(found.actor or "")
            if outer is None or actor is None or actor.kind not in COLLECTIVE or outer.match is None:
                break
            noun, found = noun.head.head, outer
        if token.lower_ == "which" and found is not None and _of_persons(cast, found):
            return None
        return found
    return None


def _around(outer: Part | None, noun: Token) -> Part | None:
    """`outer` where its words hold `noun`: "the former mayor of a town, whom"."""
    span = outer.mention.span if outer is not None else None
    return outer if span is not None and span.start <= noun.idx < span.end else None


def _of_persons(cast: Cast, part: Part) -> bool:
    """Whether a mention names or describes persons, not a body: nothing "which" stands for."""
    actor = cast.actors.get(part.actor or "")
    described = part.match is not None and part.match.row.kind != "body"
    return described or (actor is not None and actor.kind == "person")


def subject_of(verb: Token) -> Token | None:
    """The subject of a clause, its own or the one it shares with the clause it hangs on."""
    for _ in range(CONTROL_DEPTH):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return child
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _personal(cast: Cast, part: Part, case: str, gender: str | None, by_head: dict[int, Part]) -> str | None:
    token = part.head
    if gender == "n" and (_says_nothing(token) or _is_a_thing(token, by_head)):
        return None
    subject = subject_of(clause_of(token))
    own = by_head.get(subject.i) if subject is not None and subject.i != token.i else None
    if case == "possessive" and token.head.dep_ == "conj":
        return _first_conjunct(cast, part, gender, by_head)
    if case in ("reflexive", "possessive") and own is not None and subject is not None and _binds(subject, token):
        if part.number == "plural" and own.number != "plural" and case == "possessive":
            pass  # "Israel ... their": a body or state only where nothing plural fits
        elif own.actor is not None and _agrees(cast, own, part.number, gender):
            return own.actor
        if case == "reflexive":
            return None
    speech = clause_of(token).lemma_ in cast.grammar.speech
    bars = case == "object" and own is not None and (_beside_verb(token) or not speech)
    barred = own.actor if bars and own is not None else None
    speaker = _speaker(cast, token, by_head)
    scores = _scores(cast, part, case, gender)
    ranked = sorted(
        ((score, actor) for actor, score in scores.items() if not {barred, speaker} & {*actor.split(BESIDES)}),
        key=lambda s: (-s[0], s[1]),
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    best = ranked[0][1]
    if best == NO_ACTOR:
        return None
    return _joint(cast, best.split(BESIDES)) if BESIDES in best else best


def _joint(cast: Cast, ids: Sequence[str]) -> str:
    """The actor that "they" are after "A and B": both as its members."""
    members = [cast.actors[id] for id in ids]
    countries, sectors = {a.country for a in members}, {a.sectors for a in members}
    joint = Actor(
        id=f"unnamed:{digest(cast.article.id, *ids)}", name=" and ".join(a.name for a in members), kind="unnamed",
        country=countries.pop() if len(countries) == 1 else None, sectors=sectors.pop() if len(sectors) == 1 else (),
        basis="coreference", members=tuple(ids), because=(f"members: {' and '.join(ids)}",),
    )  # fmt: skip
    return cast.actors.setdefault(joint.id, joint).id


def _first_conjunct(cast: Cast, part: Part, gender: str | None, by_head: dict[int, Part]) -> str | None:
    """Whose allies "Sadr and his allies" are: the one conjunct before; None where there are several."""
    noun = part.head.head
    before = [noun]
    while before[-1].dep_ == "conj" and before[-1].head.i != before[-1].i:
        before.append(before[-1].head)
    owner = by_head.get(before[-1].i)
    if len(before) != 2 or owner is None or not _agrees(cast, owner, part.number, gender):
        return None
    return owner.actor


def _binds(subject: Token, token: Token) -> bool:
    """Whether the clause's subject may own what `token` stands before: it precedes, or the phrase is fronted.

    "In her letter, Mrs Paz wrote": the subject follows, outside the phrase. "Three of its men fell": within, it owns nothing.
    """
    if any(t.i == subject.i for t in token.ancestors):
        return False
    return subject.i < token.i or any(t.dep_ == "prep" for t in token.ancestors)


def _speaker(cast: Cast, token: Token, by_head: dict[int, Part]) -> str | None:
    """Who speaks the quotation `token` stands in: "he" inside it is somebody else. None outside quotes."""
    start = cast.sentence_start(token)
    opened = sum(1 for t in cast.doc[start : token.i] if t.text in ('"', "“", "”", "‘"))
    if opened % 2 == 0:
        return None
    for ancestor in token.ancestors:
        if ancestor.dep_ in ("ccomp", "parataxis"):
            subject = subject_of(ancestor.head)
            part = by_head.get(subject.i) if subject is not None else None
            return part.actor if part is not None else None
    return None


def _who_says(cast: Cast, token: Token, by_head: dict[int, Part]) -> str | None:
    """Who "I" inside a quotation is: the subject of the verb of saying beside it, else of the sentence just before."""
    quoted = _quotation(cast, token)
    if quoted is None:
        return None
    opens, closes = quoted
    sentences = [cast.sentence_bounds(cast.doc[min(closes, len(cast.doc) - 1)]), cast.sentence_bounds(cast.doc[opens])]
    before = sentences[-1][0] - 1
    if before >= 0 and not _breaks_line(cast.doc[before]):
        sentences.append(cast.sentence_bounds(cast.doc[before]))
    for first, last in dict.fromkeys(sentences):
        for verb in cast.doc[first:last]:
            if verb.lemma_ not in cast.grammar.speech or verb.pos_ != "VERB" or _quotation(cast, verb) is not None:
                continue
            subject = subject_of(verb)
            part = by_head.get(subject.i) if subject is not None and _quotation(cast, subject) is None else None
            if part is not None:
                return part.actor
    return None


def _quotation(cast: Cast, token: Token) -> tuple[int, int] | None:
    """The tokens of the marks around `token` in its paragraph; the paragraph's end where none closes; None outside."""
    first = token.i
    while first and not _breaks_line(cast.doc[first - 1]):
        first -= 1
    opened: int | None = None
    for word in cast.doc[first:]:
        if _breaks_line(word):
            return (opened, word.i) if opened is not None and opened < token.i else None
        if word.text not in QUOTES:
            continue
        if opened is None:
            opened = word.i
        elif opened < token.i < word.i:
            return opened, word.i
        else:
            opened = None
        if word.i > token.i:
            return None
    return (opened, len(cast.doc)) if opened is not None and opened < token.i else None


def _breaks_line(token: Token) -> bool:
    return token.is_space and "\n" in token.text


def _we(cast: Cast, part: Part, speaker: str | None) -> str | None:
    """Those for whom the speaker says "we": of the speaker's country and sectors; a body that speaks is meant itself."""
    said_by = cast.actors.get(speaker or "")
    if said_by is None or said_by.members:
        return None
    if said_by.kind in COLLECTIVE:
        return said_by.id
    if said_by.country is None and not said_by.sectors:
        return None
    lent = tuple(why for why in said_by.because if is_lent((why,)))
    made = Actor(
        id=f"unnamed:{digest(cast.article.id, part.mention.span.start, part.mention.span.end)}", name=part.mention.text,
        kind="unnamed", country=said_by.country, sectors=said_by.sectors, basis="coreference",
        because=(f"speaker: {said_by.id}", *lent),
    )  # fmt: skip
    return cast.actors.setdefault(made.id, made).id


def _says_nothing(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it seems"."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return False
    clause = any(c.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl") for c in verb.children)
    predicate = [c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
    if verb.lemma_ in ("seem", "appear", "happen", "rain", "snow", "take"):
        return True
    if verb.lemma_ == "be":
        return clause or any(g.dep_ in ("xcomp", "ccomp", "relcl", "acl") for p in predicate for g in p.children)
    return token.dep_ == "nsubjpass" and clause


def _is_a_thing(token: Token, by_head: dict[int, Part]) -> bool:
    """Whether "it" is said to be something that is no actor: "It was the first raid"."""
    if token.dep_ != "nsubj" or token.head.lemma_ != "be":
        return False
    nouns = [c for c in token.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"]
    return bool(nouns) and all(c.i not in by_head for c in nouns)


def _scores(cast: Cast, part: Part, case: str, gender: str | None) -> dict[str, float]:
    """How well each actor mentioned before fits the pronoun; higher is better."""
    reach = REACH.get(case, 2)
    scores: dict[str, float] = {}
    said, within = _words_said(part.head), _nouns_around(part.head)
    for other in cast.parts:
        if other.mention.span.start >= part.mention.span.start:
            break
        if other.actor is None or other.actor not in cast.actors or part.sentence - other.sentence > reach:
            continue
        if other.mention.span.end > part.mention.span.start or other.is_modifier:
            continue
        if said[0] <= other.head.i < said[1] or other.head.i in within:
            continue
        several = part.number == "plural" and _coordinated(other.head)
        if not several and not _agrees(cast, other, part.number, gender):
            continue
        is_state = cast.actors[other.actor].kind == "state"
        if part.number == "plural" and is_state and not several and other.sentence != part.sentence:
            continue
        score = _score(cast.actors[other.actor], other, part)
        if said[1] and _speaks(cast, other.head) and _speaks(cast, part.head):
            score += SPEAKER_GAIN
        if part.number == "plural" and other.number is None and not several:
            score -= COLLECTIVE_COST
        key = BESIDES.join(_conjoined(cast, other)) if several else other.actor
        if part.number == "plural" and any(other.actor in k.split(BESIDES) for k in scores if BESIDES in k):
            continue  # "they" after "rebels and soldiers" are both, not the last named
        scores[key] = max(scores.get(key, LOWEST), score)
    if gender == "n" and clause_of(part.head).lemma_ not in cast.grammar.speech and not _owns_servants(cast, part):
        scores[NO_ACTOR] = max(scores.get(NO_ACTOR, LOWEST), _things(cast, part))
    return scores


def _owns_servants(cast: Cast, part: Part) -> bool:
    """Whether "its" stands before those whom only a state or body has: "its troops", "its envoy"."""
    owned = (cast.actors.get(p.actor or "") for p in cast.parts if part.head.dep_ == "poss" and p.head.i == part.head.head.i)
    return any(a is not None and a.sectors[:1] and a.sectors[0] in SERVANTS for a in owned)


def _speaks(cast: Cast, token: Token) -> bool:
    """Whether `token` is the subject of a verb of saying."""
    return token.dep_ == "nsubj" and token.head.lemma_ in cast.grammar.speech


def _words_said(token: Token) -> tuple[int, int]:
    """Tokens of what is said before its speaker, "..., he said": nobody in there is the speaker; (0, 0) if none."""
    if token.dep_ != "nsubj":
        return 0, 0
    for child in token.head.children:
        if child.dep_ in ("ccomp", "parataxis") and child.i < token.i:
            return child.left_edge.i, child.right_edge.i + 1
    return 0, 0


def _nouns_around(token: Token) -> set[int]:
    """The nouns whose own phrase holds `token`, none of which it can mean: "three of its men"."""
    around: set[int] = set()
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            break
        around.add(ancestor.i)
    return around


def _conjoined(cast: Cast, first: Part) -> tuple[str, ...]:
    """The actors of "A, B and C" from A on; () where one of them is none."""
    found: dict[str, None] = {}
    for token in (first.head, *(t for t in first.head.conjuncts if t.i > first.head.i)):
        actor = next((p.actor for p in cast.parts if p.head.i == token.i and p.actor in cast.actors), None)
        if actor is None:
            return ()
        found.setdefault(actor)
    return tuple(found)


def _coordinated(head: Token) -> bool:
    """Whether `head` opens a coordination: "they" after "A and B" means both, so no one actor."""
    return any(c.dep_ == "conj" and c.pos_ in NOUNS for c in head.rights)


def _things(cast: Cast, part: Part) -> float:
    """How well the last thing that is no actor fits "it": subjects of this sentence and the one before."""
    best = LOWEST
    start = cast.sentence_start(part.head)
    before = cast.sentence_start(cast.doc[start - 1]) if start else 0
    heads = {p.head.i for p in cast.parts}
    for token in cast.doc[before : part.head.i]:
        if token.dep_ in SUBJECTS and token.tag_ in ("NN", "NNP") and token.i not in heads:
            cost = SENTENCE_COST if token.i < start else 0.0
            parallel = PARALLEL_GAIN if part.head.dep_ in SUBJECTS else 0.0
            best = max(best, SUBJECT_GAIN + parallel - cost)
        elif token.dep_ == "dobj" and part.head.dep_ in OBJECTS and token.tag_ == "NN" and token.i not in heads:
            if token.i >= start:  # "took this statement seriously ... filed it away"
                best = max(best, SUBJECT_GAIN + PARALLEL_GAIN)
    return best


def _in_relative_clause(token: Token) -> bool:
    """Whether `token` stands in a clause that only tells more of another noun."""
    return any(t.dep_ == "relcl" for t in token.ancestors)


def _score(actor: Actor, other: Part, part: Part) -> float:
    score = -SENTENCE_COST * (part.sentence - other.sentence)
    if other.is_subject:
        score += SUBJECT_GAIN
        if other.sentence != part.sentence and _in_relative_clause(other.head):
            score -= RELATIVE_COST
        if part.head.dep_ in SUBJECTS:
            score += PARALLEL_GAIN
    elif other.head.dep_ == "poss":
        score -= POSSESSOR_COST
    elif other.head.dep_ == "pobj":
        score -= OBLIQUE_COST
    if actor.kind == "person" or other.form == "pronoun":
        score += PERSON_GAIN
    distance = part.mention.span.start - other.mention.span.end
    return score + NEAR_GAIN * max(0.0, 1 - distance / 200)


def _agrees(cast: Cast, other: Part, number: str | None, gender: str | None) -> bool:
    """Whether a pronoun of that number and gender can stand for the mention `other`."""
    actor = cast.actors.get(other.actor or "")
    if actor is None:
        return False
    is_person = actor.kind == "person" or _describes_a_person(actor, other)
    if gender in ("m", "f"):
        known = cast.genders.get(actor.id)
        return is_person and other.number != "plural" and known in (None, gender)
    if gender == "n":
        return not is_person and other.number != "plural" and not _is_people(actor)
    if number == "plural":
        if other.number == "plural" or (other.form == "pronoun" and other.number is None):
            return True
        return actor.kind in COLLECTIVE and not is_person and other.number is None
    return True


def _describes_a_person(actor: Actor, other: Part) -> bool:
    if actor.kind != "unnamed":
        return False
    if other.match is not None:
        return other.match.row.kind in ("person", "group") and other.number == "singular"
    return actor.role is not None and other.number == "singular"


def _is_people(actor: Actor) -> bool:
    return actor.id.startswith("people:")
