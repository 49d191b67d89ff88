"""Events inside events: what is only asked for, promised, threatened, refused, helped in or conveyed.

PLOVER codes the act that contains it, once; the content gives that act its mode and its other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, field

from ..syntax import clause_verb, tense
from ..tree import Token
from .classify import VERBAL, Candidate, may_threaten
from .clause import children, verb_clause
from .conditions import hangs_on_condition
from .phrases import modal_lemma
from .roles import Parties, Side, speakers
from .words import Words

_CONTAINERS = ("REQUEST", "THREATEN", "AGREE", "REJECT")
_CHARGED = ("for", "of", "over")  # "blamed for", "accused of"; a court's charge claims less
_FOUGHT = ("ASSAULT", "COERCE")  # to rule these out refuses nobody anything
_WILL = ("will", "would", "shall")
_ANYONE = ("anyone", "anybody", "everyone", "those", "whoever", "any", "all")
_PROMISED = ("ASSAULT", "COERCE", "SANCTION", "PROTEST")  # a promise of these is the act to come


def absorbs(outer: Candidate, inner: Candidate, kind: str) -> bool:
    """Whether `inner` is only what `outer` asks for, threatens, promises or refuses.

    kind: how inner hangs on outer: `to`, `that`, `gerund`, `object`. What is rejected as an object
    ("rejected Iran's demand") did take place. What somebody wants ended, or promises to end, is content too.
    """
    if outer is inner:
        return False
    if outer.type == "PROTEST":  # what is voiced at a demonstration belongs to it
        return inner.status.purpose and inner.type in VERBAL
    if outer.type not in _CONTAINERS:
        return False
    return outer.type != "REJECT" or kind != "object"


def in_exchange(outer: Candidate, inner: Candidate, words: Words) -> bool:
    """Whether the condition `inner` is what a promise, refusal or possibility asks in return: "may free them if the rebels disarm"."""
    hedged = outer.type in _CONTAINERS or bool({"hypothetical", "future"} & set(outer.auxiliary))
    return outer is not inner and hedged and "hypothetical" in inner.auxiliary and words.ontology.is_cooperation(inner.type)


def foretells(outer: Candidate, inner: Candidate, kind: str) -> bool:
    """Whether a warning is of what another country will do: "Eritrea warned that Ethiopia would attack"."""
    warners, doers = ({p.country for p in c.roles.actor.parties} for c in (outer, inner))
    return outer.type == "THREATEN" and kind == "that" and bool(doers) and None not in warners | doers and not warners & doers


def denies(outer: Candidate, inner: Candidate, kind: str) -> bool:
    """Whether `outer` says no more than what becomes of `inner`: "denied that police had beaten them", "does not rule out striking"."""
    if outer is inner or outer.type != "REJECT" or outer.roles is inner.roles:
        return False
    told = "negation" in inner.auxiliary and (kind == "that" or (kind == "gerund" and "negation" not in outer.auxiliary and inner.type in _FOUGHT))
    return told or ("negation" in outer.auxiliary and kind == "gerund" and "hypothetical" in inner.auxiliary)


def conveys(outer: Candidate, inner: Candidate, kind: str) -> bool:
    """Whether a call, letter or visit only carries an act of speech ("called X to congratulate him")."""
    return outer.type == "CONSULT" and inner.type in VERBAL and (inner.status.purpose or kind == "to")


def conveyed(inner: Candidate, outer: Candidate) -> Candidate:
    """`inner` as done by whoever called or wrote, to the other party where it names none that is known."""
    roles = inner.roles
    auxiliary = tuple(a for a in inner.auxiliary if a != "hypothetical")
    inner = evolve(inner, auxiliary=auxiliary)
    subjects = {t.i for t in outer.match.clause.subj}
    caller = tuple(p for p in outer.roles.actor.parties if p.head in subjects)
    if roles.two_sided or not caller:
        return inner
    actor = Side(parties=caller, slot=f"subj of {outer.frame.lemma}")
    others = tuple(p for p in outer.roles.actor.parties if p.head not in subjects)
    known = tuple(p for p in roles.recipient.parties if p.known and p.span not in {c.span for c in caller})
    recipient = Side(parties=known or others, slot=roles.recipient.slot if known else f"obj of {outer.frame.lemma}")
    return evolve(inner, roles=evolve(roles, actor=actor, recipient=recipient if recipient.parties else Side()))


def lends_a_hand(outer: Candidate, inner: Candidate, words: Words) -> bool:
    """Whether `outer` only says who helped in a deed of conflict ("helped to plan the raid"): then the deed is the event."""
    if outer.type not in ("AID", "COOPERATE", "SUPPORT") or outer is inner:
        return False
    if "negation" in outer.auxiliary or (outer.type == "SUPPORT" and inner.head.pos_ == "NOUN" and inner.roles.actor.parties):
        return False  # "none of them supported the American attack"
    if inner.head.dep_ == "pcomp" and inner.head.head.lower_ == "for":  # "commended them for suspending the works"
        return False
    if outer.type == "SUPPORT" and inner.head.dep_ == "pobj" and inner.head.head.lower_ in _CHARGED:  # "apologised for the raids"
        return False
    return words.ontology.quad(inner.type) == "material_conflict" and not inner.status.purpose


def with_content(candidate: Candidate, contents: Sequence[Candidate], words: Words) -> Candidate:
    """A verbal act with what its content tells: the mode, where its frame gives none; the other side, where it is empty.

    Who is threatened or promised something is whom the deed would reach; who is asked is who would do it.
    """
    if not contents:
        return candidate
    first = contents[0]
    candidate = _sworn_off(candidate, first, words)
    roles = candidate.roles
    if not roles.two_sided and not roles.recipient.parties:
        reached = first.roles.actor if candidate.type == "REQUEST" else first.roles.recipient
        if first.roles.two_sided:
            reached = first.roles.actor
        spans = {p.span for p in roles.actor.parties}
        others = tuple(p for p in reached.parties if p.span not in spans)
        if others:
            roles = evolve(roles, recipient=evolve(reached, parties=others, slot=f"{reached.slot} of the content"))
            why = f"recipient: slot {roles.recipient.slot}"
            candidate = evolve(candidate, roles=roles, because=(*candidate.because, why))
    if candidate.mode is not None:
        return candidate
    for content in (_content_type(c, words) for c in contents):
        found = words.ontology.content_mode(candidate.type, content)
        if found is not None:
            mode, why = found
            return evolve(candidate, mode=mode, because=(*candidate.because, f"mode: {why}"))
    return candidate


def is_forsworn(inner: Candidate, words: Words) -> bool:
    """Whether what is vowed is not the deed itself: not to do it, or to repay one in kind, with what is left open."""
    return "negation" in inner.auxiliary or inner.frame.lemma in words.general.get("reprisal", ())


def _sworn_off(candidate: Candidate, content: Candidate, words: Words) -> Candidate:
    """A vow never to do something cooperative is a refusal, one to retaliate a threat."""
    if candidate.type != "AGREE" or candidate.frame.complement != "to":
        return candidate
    if "negation" in content.auxiliary and words.ontology.is_cooperation(content.frame.type):
        return evolve(candidate, type="REJECT", mode=None, cameo=None, because=("type: a vow not to is REJECT", *candidate.because))
    if content.frame.lemma in words.general.get("reprisal", ()) and "negation" not in content.auxiliary:
        why = "type: a vow to retaliate is THREATEN"
        return evolve(candidate, type="THREATEN", mode="violence", cameo=None, because=(why, *candidate.because))
    return candidate


def _content_type(inner: Candidate, words: Words) -> str:
    if inner.status.ended is not None and inner.frame.type in words.ontology.reversals:
        return words.ontology.reversals[inner.frame.type].type
    return inner.frame.type


def threatened(candidate: Candidate, words: Words, parties: Parties) -> Candidate:
    """A conflict act to come is THREATEN where its doer warns of it: "warned that it would attack"."""
    if words.ontology.quad(candidate.type) != "material_conflict" or not {"future", "hypothetical"} & set(candidate.auxiliary):
        return candidate
    if "future" not in candidate.auxiliary or _is_put_to_others(candidate):
        return _put_by_speaker(candidate, words, parties)
    for token, kind in candidate.status.governors:
        frames = words.frames.get((token.lemma_.lower(), "verb"), ()) if kind == "that" else ()
        repays = kind == "that" and candidate.frame.lemma in words.general.get("reprisal", ())
        if not repays and not any(f.type == "THREATEN" and f.complement == "that" for f in frames):
            continue
        speakers = [p for t in verb_clause(token).subj for p in parties.of(t)]
        if any(p.same_as(s) for p in candidate.roles.actor.parties for s in speakers):
            found = words.ontology.content_mode("THREATEN", candidate.type)
            auxiliary = tuple(a for a in candidate.auxiliary if a != "future")
            why = f"type: {candidate.type} that its doer warns of is THREATEN"
            return evolve(candidate, type="THREATEN", mode=found[0] if found else None, cameo=None, auxiliary=auxiliary,
                          because=(why, *candidate.because))  # fmt: skip
    return candidate


def _is_put_to_others(candidate: Candidate) -> bool:
    """Whether a deed to come hangs on what others do: "will be shot if they come back", "anyone who protests will be arrested"."""
    clause = candidate.match.clause
    if candidate.head.pos_ != "VERB" or not any(modal_lemma(c) in _WILL for c in children(candidate.head, "aux")):
        return False
    anyone = any(t.lower_ in _ANYONE or any(c.lower_ == "any" for c in children(t, "det")) for t in clause.obj)
    return anyone or hangs_on_condition(candidate.head)


def _put_by_speaker(candidate: Candidate, words: Words, parties: Parties) -> Candidate:
    """Such a deed as a threat of whoever says so, where they may do it and nobody else is named as its doer."""
    if not _is_put_to_others(candidate) or "negation" in candidate.auxiliary or candidate.roles.two_sided:
        return candidate
    saying = tuple(p for t in speakers(candidate.head, parties) for p in parties.of(t))
    doers = candidate.roles.actor.parties
    if not saying or not all(map(may_threaten, saying)) or not all(any(d.same_as(s) for s in saying) for d in doers):
        return candidate
    found = words.ontology.content_mode("THREATEN", candidate.type)
    auxiliary = tuple(a for a in candidate.auxiliary if a not in ("future", "hypothetical"))
    side = Side(parties=doers or saying, slot=candidate.roles.actor.slot if doers else "speaker")
    why = f"type: {candidate.type} that a speaker makes others expect is THREATEN"
    return evolve(candidate, type="THREATEN", mode=found[0] if found else None, cameo=None, auxiliary=auxiliary,
                  roles=evolve(candidate.roles, actor=side), because=(why, *candidate.because))  # fmt: skip


def to_come(candidate: Candidate, words: Words) -> Candidate:
    """`candidate` with a day after publication: "the two will meet", though no word but the day says so."""
    later = words.ontology.types[candidate.type].future_type
    verb = candidate.match.clause.host or clause_verb(candidate.head)
    past = verb is not None and tense(verb) not in ("present", "future", "infinitive")
    if later is None or candidate.auxiliary or past:
        return candidate
    why = f"type: {candidate.type} on a day still to come is {later} (plover/types.tsv:{candidate.type})"
    return evolve(candidate, type=later, mode=None, cameo=None, because=(why, *candidate.because))


def judged(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Praise, blame and refusal of a deed aimed at its doer: "condemned the bombing of the port by rebels" → rebels.

    Only where the other side was reached through the noun of the deed; the victims are not the ones blamed.
    """
    by_head = {c.head.i: c for c in candidates}
    doers = {deed: side for c in candidates for deed, side in _laid_on(c, by_head)}
    return [_done_by(_judged(c, by_head), doers.get(c.head.i)) for c in candidates]


def _laid_on(candidate: Candidate, by_head: Mapping[int, Candidate]) -> Iterator[tuple[int, Side]]:
    """Deeds without a doer that are laid to someone's charge: "blamed the rebels for the bombing", "was blamed on them"."""
    accused = candidate.roles.recipient
    if (candidate.type, candidate.mode) != ("ACCUSE", "allege") or not accused.parties or candidate.auxiliary:
        return
    clause = candidate.match.clause
    charges = [*clause.obj, *(o for p in clause.preps if p.lemma in _CHARGED for o in p.objects)]
    for deed in (by_head[t.i] for t in charges if t.i in by_head):
        roles = deed.roles
        if deed.type in _PROMISED and not roles.two_sided and not roles.actor.parties:
            victims = {p.span for p in roles.recipient.parties}
            if not victims & {p.span for p in accused.parties}:
                yield deed.head.i, evolve(accused, slot=f"{accused.slot} of {candidate.frame.lemma}")


def _done_by(candidate: Candidate, side: Side | None) -> Candidate:
    if side is None:
        return candidate
    why = f"actor: who is charged with it, {side.slot}"
    return evolve(candidate, roles=evolve(candidate.roles, actor=side), because=(*candidate.because, why))


def _judged(candidate: Candidate, by_head: Mapping[int, Candidate]) -> Candidate:
    recipient = candidate.roles.recipient
    if candidate.type not in VERBAL or recipient.via != "modifier":
        return candidate
    clause = candidate.match.clause
    near = [*clause.obj, *(o for p in clause.preps for o in p.objects)]
    deeds = [by_head[t.i] for t in near if t.i in by_head and by_head[t.i] is not candidate]
    if not deeds:
        return candidate
    mine = {p.actor for p in candidate.roles.actor.parties}
    doers = tuple(p for p in deeds[0].roles.actor.parties if p.actor is None or p.actor not in mine)
    side = Side(parties=doers, slot=f"{recipient.slot} (who did it)") if doers else Side()
    return evolve(candidate, roles=evolve(candidate.roles, recipient=side))


def never_held(candidate: Candidate, words: Words) -> Candidate:
    """A protest whose verb says that it did not come about ("called off their strike"), unless it is one that ran ("week-old")."""
    if candidate.type != "PROTEST" or candidate.head.pos_ != "VERB" or not candidate.match.used or "negation" in candidate.auxiliary:
        return candidate
    frame = candidate.frame
    entry = words.governors.entry(frame.lemma, "verb", "object", frame.particles)
    if entry is None or entry.effect != "negation":
        return candidate
    held = [t for t in candidate.match.clause.obj if any(f.type == "PROTEST" for f in words.frames.get((t.lemma_.lower(), "noun"), ()))]
    if not held or any(c.lower_.endswith("old") for noun in held for c in children(noun, "amod")):
        return candidate
    kept = tuple(a for a in candidate.auxiliary if a not in ("future", "hypothetical"))
    return evolve(candidate, auxiliary=("negation", *kept), because=(*candidate.because, f"auxiliary: negation by {frame.lemma} ({entry.id})"))


def refused(candidate: Candidate, words: Words) -> Candidate:
    """A refusal that only a denial makes ("will not hear of it", "have no truck with them"): it took place."""
    frame = candidate.frame
    if candidate.type != "REJECT" or "negation" not in candidate.auxiliary:
        return candidate
    known = words.general.get("only denied", frozenset())
    if not any(f"{frame.lemma} {word}" in known for word in (*frame.preps, *frame.objects)):
        return candidate
    return evolve(candidate, auxiliary=tuple(a for a in candidate.auxiliary if a not in ("negation", "future")))


@define
class _Nest:
    """Who contains whom, by head token: contents of containers, and candidates that go, stay as promised, or gain a side."""

    contents: dict[int, list[Candidate]] = field(factory=dict)
    dropped: set[int] = field(factory=set)
    promised: set[int] = field(factory=set)
    helped: dict[int, Candidate] = field(factory=dict)
    carried: dict[int, Candidate] = field(factory=dict)

    def place(self, inner: Candidate, outer: Candidate, kind: str, words: Words) -> bool:
        """Settle one pair; True when `inner` is settled for good."""
        if kind == "if":
            if in_exchange(outer, inner, words):
                self.dropped.add(inner.head.i)
            return inner.head.i in self.dropped
        if denies(outer, inner, kind) or foretells(outer, inner, kind):
            self.dropped.add(outer.head.i)
            return False
        if lends_a_hand(outer, inner, words):
            self.dropped.add(outer.head.i)
            self.helped[inner.head.i] = outer
            return False
        if conveys(outer, inner, kind):
            self.dropped.add(outer.head.i)
            self.carried[inner.head.i] = outer
            return False
        if not absorbs(outer, inner, kind):
            return False
        sworn = inner.type in _PROMISED and inner.status.ended is None and not is_forsworn(inner, words)
        if outer.type == "AGREE" and (sworn or inner.type == "THREATEN"):
            self.dropped.add(outer.head.i)
            self.promised.add(inner.head.i)
        else:
            self.contents.setdefault(outer.head.i, []).append(inner)
            self.dropped.add(inner.head.i)
        return True

    def finish(self, candidate: Candidate, words: Words) -> Candidate:
        """A candidate that stays, with what the others give it."""
        at = candidate.head.i
        if at in self.helped and not candidate.roles.actor.parties and not candidate.roles.two_sided:
            candidate = evolve(candidate, roles=evolve(candidate.roles, actor=self.helped[at].roles.actor))
        if at in self.carried:
            candidate = conveyed(candidate, self.carried[at])
        if at in self.promised:
            kept = (a for a in candidate.auxiliary if a not in ("hypothetical", "future"))
            coming = () if candidate.type == "THREATEN" else ("future",)  # "vowed to make them pay": made by the vow
            candidate = evolve(candidate, auxiliary=(*kept, *coming))
        return with_content(candidate, self.contents.get(at, []), words)


def unnested(candidates: Sequence[Candidate], words: Words) -> list[Candidate]:
    """Without what others only ask for, threaten, promise or refuse; those learn what their content is.

    A promised act of conflict stays as the act to come, and the promise goes; of a letter or call that carries
    an act of speech, the act stays. A purpose stays only where it is so conveyed, or where somebody went to do it.
    """
    candidates = [refused(never_held(c, words), words) for c in candidates]
    by_token: dict[int, Candidate] = {}
    for candidate in candidates:
        for token in _bearers(candidate):
            by_token.setdefault(token.i, candidate)
    nest = _Nest()
    for inner in candidates:
        for outer, kind in _containers(inner, by_token):
            if nest.place(inner, outer, kind, words):
                break
    kept = [c for c in candidates if c.head.i not in nest.dropped]
    kept = [c for c in kept if not c.status.purpose or c.status.went or c.head.i in nest.carried]
    return [nest.finish(c, words) for c in kept]


def _containers(inner: Candidate, by_token: Mapping[int, Candidate]) -> Iterator[tuple[Candidate, str]]:
    """Candidates whose content `inner` may be, nearest first."""
    asked = [(inner.status.asked, "to")] if inner.status.asked is not None else []
    for token, kind in (*asked, *inner.status.governors):
        outer = by_token.get(token.i)
        if outer is not None and not _only_beside(inner.head, token):
            yield outer, kind


def _only_beside(inner: Token, outer: Token) -> bool:
    """A main clause before a semicolon, or what a relative clause tells of a thing named in the content, is none of it."""
    if inner.i < outer.i and any(t.text == ";" for t in inner.doc[inner.i : outer.i]):
        return True
    for token in (inner, *inner.ancestors):
        if token is outer:
            return False
        if token.dep_ == "relcl" and tense(token) in ("past", "pluperfect"):
            return True
    return False


def _bearers(candidate: Candidate) -> list[Token]:
    host = candidate.match.clause.host
    return [candidate.head, *([host] if host is not None else [])]
