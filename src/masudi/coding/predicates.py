"""Where a parsed article uses a predicate of the lexicon: frames matched against clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from ..records import Span
from ..syntax import is_parsed, sentences_of, span_of
from ..tree import Token, Tree
from .clause import (
    Clause,
    Complement,
    Prep,
    adjective_clause,
    children,
    is_governing,
    lemma_forms,
    nominal_clause,
    noun_clause,
    outer_nouns,
    preps_of,
    verb_clause,
)
from .phrases import modal_lemma
from .roles import Parties, Party
from .words import ANY_VERB, Frame, Words

MAX_TRIGGER_GAP = 4  # tokens between a verb and the object or particle that belong to one trigger

MARKED = "marked:"  # ids of mentions a caller marks; a marked noun may itself be the predicate ("Cuba's refusal")

PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_HYPHEN = "-"
_TO_COME = ("will", "would", "shall", "could", "may", "might")
_WHERE = frozenset(("to", "into", "in", "at", "for"))
_PUBLIC = frozenset(("GOV", "LEG", "IGO", "OPP", "REL", "PTY", "JUD", "SPY", "NGO", "ETH", "REB"))  # whose journeys may be visits
_QUANTITIES = ("CD", "DT", "JJ", "JJS", "JJR")


@frozen(kw_only=True)
class Match:
    """A frame that fits at `head`. trigger: tokens of the shortest phrase that bears the event; used: all it binds."""

    frame: Frame
    clause: Clause
    trigger: tuple[Token, ...]
    used: frozenset[int] = field(factory=frozenset)
    head: Token = field(init=False, eq=False)
    span: Span = field(init=False, eq=False)  # of the trigger

    @head.default
    def _head(self) -> Token:
        return self.clause.head

    @span.default
    def _span(self) -> Span:
        return span_of(self.trigger)


def find_matches(doc: Tree, words: Words, parties: Parties) -> list[list[Match]]:
    """For each token that heads at least one fitting frame, in text order: its matches.

    Skips sentences the parser did not see, nouns that only qualify another noun, and words inside names.
    """
    out = []
    for sentence in sentences_of(doc):
        if not is_parsed(sentence):
            continue
        forms = [lemma_forms(token) for token in sentence]
        said = _said(sentence, forms)
        beside, hyphened = not words.beside.isdisjoint(said), _HYPHEN in said
        for token, own in zip(sentence, forms, strict=True):
            if token.pos_ not in PARTS:
                continue
            listed: tuple[Frame, ...] = ()
            if beside and token.pos_ == "VERB" and any(_is_beside(c, words) for t in (token, *children(token, "dobj")) for c in t.children):
                listed = words.frames.get((ANY_VERB, "verb"), ())
            if not words.tails.isdisjoint(own) or (hyphened and _hyphenated(token)):
                listed += _frames_of(token, words)
            frames = [f for f in listed if not any(map(said.isdisjoint, f.asked_words))] if listed else None
            found = list(_matches_at(token, frames, words, parties)) if frames else None
            if found:
                out.append(found)
    return out


def lemmas_of(token: Token) -> tuple[str, ...]:
    """The forms under which the lexicon may list `token`: its lemma, with a hyphenated or compound first part."""
    forms = list(lemma_forms(token))
    if _hyphenated(token):
        before = token.nbor(-2).lower_
        forms = [f"{before}-{form}" for form in forms] + [f"{before}{form}" for form in forms] + forms
    elif token.i >= 1 and token.nbor(-1).dep_ in ("compound", "amod"):
        before = token.nbor(-1).lower_
        forms = [f"{before} {form}" for form in forms] + forms
    return tuple(forms)


def _hyphenated(token: Token) -> bool:
    """Whether `token` ends a hyphenated word: its parts may be one lemma of the lexicon ("cease-fire")."""
    if token.i < 2 or token.nbor(-1).text != _HYPHEN:
        return False
    return not token.nbor(-1).whitespace_ and not token.nbor(-2).whitespace_


def _said(tokens: Sequence[Token], forms: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """Every form a sentence's words may be listed under: a frame that asks for an object not among them cannot fit."""
    found = {token.lower_ for token in tokens}
    found.update(*forms)
    if _HYPHEN in found:
        found.update(form for token in tokens if _hyphenated(token) for form in lemmas_of(token))
    return frozenset(found)


def _matches_at(token: Token, frames: Sequence[Frame], words: Words, parties: Parties) -> Iterator[Match]:
    """Those of `frames` that fit at `token`."""
    if _is_party(token, parties):  # a noun for people may be their joint doing: "ran joint patrols"
        frames = [f for f in frames if f.type == "COOPERATE" and f.objects]
    elif is_qualifier(token, parties):
        return
    if not frames:
        return
    clauses: dict[str, Clause] = {}
    for frame in frames:
        if frame.pos not in clauses:
            clauses[frame.pos] = _with_late_object(clause_at(token, frame.pos, words), parties)
        match = match_frame(frame, clauses[frame.pos], parties, words.collectives)
        if match is not None:
            yield _with_inner_preps(match) if frame.lemma == ANY_VERB else match


def _with_inner_preps(match: Match) -> Match:
    """With what hangs on the words beside the verb: "fished in tandem with the Danes"."""
    doc, clause = match.head.doc, match.clause
    inner = [p for i in sorted(match.used - {match.head.i}) for p in preps_of(doc[i])]
    return evolve(match, clause=evolve(clause, preps=(*clause.preps, *inner)))


def _with_late_object(clause: Clause, parties: Parties) -> Clause:
    """An object the parser took for an adverbial: "freed this Wednesday the former mayor"."""
    if clause.head.pos_ != "VERB" or clause.obj or clause.passive:
        return clause
    late = tuple(t for t in children(clause.head, "npadvmod") if t.i > clause.head.i and parties.of(t))
    late = late or tuple(t for t in _shifted(clause.head) if parties.of(t))
    return evolve(clause, obj=late) if late else clause


def _shifted(verb: Token) -> list[Token]:
    """An object behind the preposition, taken for the subject of its own participle: "handed over to Mali two men wanted for theft"."""
    seeming = [s for c in children(verb, "conj", "advcl", "ccomp") if c.tag_ in ("VBD", "VBN") for s in children(c, "nsubj") if s.i == c.i - 1]
    before = [(s, s.doc[s.left_edge.i - 1]) for s in seeming if s.left_edge.i]
    return [s for s, last in before if last.dep_ == "pobj" and last.head.head == verb]


def clause_at(token: Token, pos: str, words: Words) -> Clause:
    if pos == "noun":
        return noun_clause(token, words.light_verbs)
    if pos == "verb" and token.pos_ in ("NOUN", "PROPN"):
        return nominal_clause(token, words.light_verbs)
    return adjective_clause(token) if pos == "adj" else verb_clause(token)


def _frames_of(token: Token, words: Words) -> tuple[Frame, ...]:
    """The frames of the first form of `token` that has any, and what a noun means as its verb."""
    pos, forms = PARTS[token.pos_], lemmas_of(token)
    frames = next(filter(None, (words.frames.get((form, pos), ()) for form in forms)), ())
    if token.tag_ == "VBN" and token.dep_ == "acomp":  # "is prepared to help"
        frames += words.frames.get((token.lower_, "adj"), ())
    return frames + words.nominals.get(forms[-1], ()) if pos == "noun" else frames


def _is_beside(child: Token, words: Words) -> bool:
    if child.dep_ == "prep":
        return any(o.lemma_.lower() in words.beside for o in child.children)
    return child.lower_ in words.beside and child.dep_ in ("advmod", "npadvmod", "prt", "dep")


def is_qualifier(token: Token, parties: Parties) -> bool:
    """Whether `token` is part of a name, a party, or a noun that only qualifies another ("attack helicopters")."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        if token.dep_ == "amod" and (token.tag_ == "VBG" or (token.tag_ == "VBN" and not parties.of(token.head))):
            return True  # "warning shots", "lobbying firms", "alleged strikes"; but "murdered monks"
        return token.dep_ in ("aux", "auxpass") or _hyphened(token)  # "rebel-held"
    if token.dep_ in ("compound", "nmod") and token.head.pos_ in ("NOUN", "PROPN") and token.head.i > token.i:
        return True
    covering = parties.covering(token)
    if covering is None or covering.id.startswith(MARKED):
        return False
    return covering.form == "name" or parties.mention_at(token) is covering


def _is_party(token: Token, parties: Parties) -> bool:
    """Whether a noun names people or troops, with no name of theirs."""
    covering = parties.covering(token) if token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod") else None
    return covering is not None and covering.form == "nominal" and parties.mention_at(token) is covering


def _hyphened(token: Token) -> bool:
    if token.dep_ != "amod" or token.i < token.sent.start + 2:
        return False
    return token.nbor(-1).text == _HYPHEN and not token.nbor(-1).whitespace_


def match_frame(
    frame: Frame, clause: Clause, parties: Parties, collectives: frozenset[str] = frozenset()
) -> Match | None:
    """The match of `frame` at the head of `clause`; None where a part it asks for is missing.

    collectives: lemmas through which an object is looked for ("a team of doctors").
    """
    particle = _one(clause.particles, frame.particles) or _one(_behind_object(clause), frame.particles)
    particle = particle or _parsed_as_preposition(frame, clause)
    if frame.particles and particle is None:
        return None
    if not frame.particles and any(c.dep_ == "prt" and not is_governing(c) and not _is_up_to(c) for c in clause.head.children):
        return None
    prep = next((p for p in (*clause.preps, *_deprived_of(frame, clause)) if p.lemma in frame.preps), None)
    if frame.preps and prep is None:
        return None
    objects = _objects(frame, clause, collectives)
    if frame.objects and not objects:
        return None
    topics = _said_of(frame, clause, collectives)
    if frame.subjects and not topics:
        return None
    if frame.object_kinds and not set(frame.object_kinds) & parties.kinds(_of_kind(clause, prep, collectives)):
        return None
    if frame.type == "CONSULT" and not frame.objects and children(clause.head, "oprd"):
        return None  # "called him a liar" is no call
    if _is_journey(frame) and not any(_is_envoy(p) for t in clause.subj for p in parties.of(t)):
        return None
    if frame.denied and not is_denied(clause):
        return None
    if frame.complement and not frame.denied and not any(_asked_for(c, frame) for c in clause.complements):
        return None
    if frame.is_foretelling and not _looks_ahead(clause.head):
        return None
    if frame.contents and clause.obj and not clause.passive and not frame.objects:
        return None  # "asked both sides to stay calm" is no source that stays unnamed
    borne = [o for o in objects if o.dep_ in ("dobj", "attr") and not parties.of(o)]
    trigger = [clause.head, *([particle] if particle else []), *_near(clause.head, borne)]
    if prep is not None and prep.token.i == max(t.i for t in trigger) + 1:
        trigger.append(prep.token)
    used = {t.i for t in (*trigger, *objects, *topics)} | ({prep.token.i} if prep else set())
    inner = tuple(p for o in (*objects, *topics) if o.dep_ == "pobj" or o in topics for p in preps_of(o))  # "came under attack from rebels"
    if inner:
        clause = evolve(clause, preps=(*clause.preps, *inner))
    return Match(frame=frame, clause=clause, trigger=_contiguous(clause.head, trigger), used=frozenset(used))


def is_denied(clause: Clause) -> bool:
    """Whether "not", "never" or "no" stands beside a verb."""
    verb = clause.head
    words = [verb, *children(verb, "aux", "auxpass")]
    if any(c.dep_ == "neg" or c.lower_ == "never" for w in words for c in w.children):
        return True
    return any(c.lower_ == "no" for o in (*clause.obj, *children(verb, "attr")) for c in children(o, "det"))


def _looks_ahead(verb: Token) -> bool:
    """Whether a clause tells of what is to come or hangs over somebody: "will pay", "is running out", "is on the table"."""
    verb = verb.head if verb.dep_ in ("acomp", "attr") else verb
    if verb.tag_ == "VBG" or verb.lemma_ in ("be", "remain", "lie"):
        return True
    return any(modal_lemma(c) in _TO_COME for c in children(verb, "aux"))


def _is_journey(frame: Frame) -> bool:
    """Whether a frame tells only that somebody goes somewhere, which is a visit where they come on business of state."""
    return (frame.type, frame.mode, frame.pos) == ("CONSULT", "visit", "verb") and bool(frame.preps) and not frame.objects and set(frame.preps) <= _WHERE


def _is_envoy(party: Party) -> bool:
    """People in public life, and persons of whom no trade is told; not tourists, troops or refugees."""
    return party.kind is None or bool(_PUBLIC & set(party.sectors)) or (party.kind == "person" and set(party.sectors) <= {"MIL"})


def _of_kind(clause: Clause, prep: Prep | None, collectives: frozenset[str]) -> list[Token]:
    """Whose kind a frame asks for: the object, and without one what its preposition governs ("rallied behind the premier")."""
    wanted = clause.obj or (prep.objects if prep is not None and not clause.passive else ())
    return [*wanted, *_counted(wanted, collectives)]


def _is_up_to(particle: Token) -> bool:
    """The "up" of "legalised abortion up to the twelfth week"."""
    doc = particle.doc
    return particle.lower_ == "up" and particle.i + 1 < len(doc) and doc[particle.i + 1].lower_ == "to" and bool(children(particle.head, "dobj"))


def _asked_for(complement: Complement, frame: Frame) -> bool:
    if frame.contents:
        return complement.kind in ("to", "that") and bool(set(lemma_forms(complement.token)) & set(frame.contents))
    if frame.complement == "subjunctive":
        return complement.kind == "that" and _is_subjunctive(complement.token)
    return complement.kind == frame.complement and not _asks_whether(complement)


def _is_subjunctive(verb: Token) -> bool:
    """Whether a that-clause tells what shall be: "that he be freed", "that she resign", "(suggested) that they leave"."""
    first = next(iter(children(verb, "auxpass", "aux")), verb)
    if first.lower_ == "be":
        return True
    if first.tag_ == "MD" or first.tag_ not in ("VB", "VBP") or first.lower_ in ("are", "am", "do", "have"):
        return False
    said = [s for s in children(verb, "nsubj", "nsubjpass")]
    one = any(s.tag_ in ("NN", "NNP") or s.lower_ in ("he", "she", "it") for s in said)
    return bool(said) and (one or verb.head.tag_ in ("VBD", "VBN"))


def _asks_whether(complement: Complement) -> bool:
    return complement.kind == "that" and any(
        c.lower_ in ("whether", "if") for c in children(complement.token, "mark")
    )  # fmt: skip


def without_idioms(matches: Sequence[Match]) -> tuple[list[Match], frozenset[int]]:
    """The readings that no phrase of en/not_events.tsv rules out, and the tokens such a phrase takes up.

    Such a phrase rules out every reading that asks for no more than itself.
    """
    idioms = [m for m in matches if not m.frame.type]
    asked = max((m.frame.specificity for m in idioms), default=-1.0)
    left = [m for m in matches if m.frame.type and m.frame.specificity > asked]
    return left, frozenset(i for m in idioms for i in m.used) if idioms and not left else frozenset()


def _parsed_as_preposition(frame: Frame, clause: Clause) -> Token | None:
    """A particle that the parser took for the preposition of the object: "cordoned off the area"."""
    if not frame.objects or clause.obj:
        return None
    return next((p.token for p in clause.preps if p.lemma in frame.particles), None)


def _behind_object(clause: Clause) -> list[Token]:
    """Adjectives that the parser hung on the object they follow: "held the rebels responsible"."""
    return [c for t in clause.obj for c in children(t, "amod") if c.i > t.i]


def _one(tokens: Iterable[Token], wanted: tuple[str, ...]) -> Token | None:
    return next((t for t in tokens if t.lower_ in wanted), None)


def _objects(frame: Frame, clause: Clause, collectives: frozenset[str]) -> list[Token]:
    """The objects, attributes or prepositional objects an idiom asks for by lemma."""
    if not frame.objects:
        return []
    near = [*(clause.obj or clause.xsubj), *children(clause.head, "attr", "acomp", "oprd", "intj")]  # "let inspectors enter"
    near += [c for c in children(clause.head, "ccomp") if c.pos_ == "ADJ"]  # "found him guilty"
    near += [c for c in children(clause.head, "npadvmod") if children(c, "nummod", "det")]  # "gave them 48 hours to leave"
    near += [c.token for c in clause.complements if c.kind == frame.complement and not children(c.token, "neg")]  # "let the women leave"
    near += [o for p in (*clause.preps, *_deprived_of(frame, clause)) if p.lemma in (*frame.preps, *frame.particles) for o in p.objects]
    if frame.pos == "noun":
        near += [*clause.modifiers, *clause.poss]
        near += clause.prep_objects("of") if not frame.preps else ()  # "the shipment of missiles"
    if clause.head.dep_ in ("acl", "relcl"):  # "a loan of ten million dollars granted to Mali"
        near += [o for t in clause.obj if t.dep_ == "pobj" for o in outer_nouns(t)[1:]]
    near += _counted(near, collectives)
    return [t for t in near if set(_forms(t)) & set(frame.objects)][:1]


def _deprived_of(frame: Frame, clause: Clause) -> list[Prep]:
    """An "of" that a frame asks for and the parser hung on the object: "stripped 400 people of their citizenship"."""
    if frame.preps != ("of",) or not frame.objects:
        return []
    return [p for o in clause.obj if o.dep_ != "pobj" for p in preps_of(o) if p.lemma == "of"]


def _said_of(frame: Frame, clause: Clause, collectives: frozenset[str]) -> list[Token]:
    """What the clause is about, where it is what the frame asks for: "the truce took hold", "doctors flew in"."""
    if not frame.subjects:
        return []
    subjects = (*clause.subj, *(clause.obj if clause.passive else ()))
    return [t for t in (*subjects, *_counted(subjects, collectives)) if set(lemmas_of(t)) & set(frame.subjects)][:1]


def _counted(tokens: Iterable[Token], collectives: frozenset[str]) -> list[Token]:
    """What words of number and part say is meant: "most of their demands", "a team of doctors", "the outskirts of Aleppo"."""
    counts = [t for t in tokens if t.lemma_.lower() in collectives or t.tag_ in _QUANTITIES]
    return [o for t in counts for p in preps_of(t) if p.lemma == "of" for o in p.objects]


def _forms(token: Token) -> tuple[str, ...]:
    """The forms under which a frame may ask for `token`; an adjective under "not" only with it ("not guilty")."""
    denied = token.pos_ == "ADJ" and bool(children(token, "neg"))
    return (f"not {token.lemma_.lower()}",) if denied else lemmas_of(token)


def _near(head: Token, objects: list[Token]) -> list[Token]:
    return [t for t in objects if abs(t.i - head.i) <= MAX_TRIGGER_GAP]


def _contiguous(head: Token, tokens: list[Token]) -> tuple[Token, ...]:
    """The tokens from first to last, when the stretch is short; else the head alone."""
    first, last = min(t.i for t in tokens), max(t.i for t in tokens)
    if last - first > MAX_TRIGGER_GAP:
        return (head,)
    return tuple(head.doc[first : last + 1])
