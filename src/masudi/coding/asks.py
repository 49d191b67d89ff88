"""What somebody says another should do: a REQUEST by the speaker, though no verb of asking is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from ..records import Attribution, Span, Statement
from ..syntax import head_of, is_parsed, sentences_of
from ..tree import Token, Tree
from .classify import Candidate, candidate_of
from .clause import SUBJECTS, Clause, children, is_infinitive, verb_clause
from .marks import Status
from .predicates import Match
from .roles import Parties, Party, Roles, Side
from .views import View
from .words import Frame, Words

LEAST = 0.2  # share of REQUEST that a model must give a duty

_SPEAKERS = ("we", "i")
_DO = ("do", "please")
_OPENING = ('"', "“", "'", "‘", "``", ":", "”")
_CONDITIONS = ("if", "unless", "whether", "when", "why", "how", "what", "lest")


def asked_for(doc: Tree, parties: Parties, attribution: Attribution, words: Words, view: View) -> list[Candidate]:
    """A REQUEST for each modal of duty said of a party by somebody else ("Dublin should help, she said").

    Only inside a statement whose source is known; the article's own opinion of what should be asks nobody. A model that looked
    must not think it out of the question: most of what should be is opinion.
    """
    statements = {s.id: s for s in attribution.statements}
    out = []
    for modal, verb in duties(doc, words):
        chain = attribution.chain_at(modal.idx)
        if chain and any(_may_ask(word, view) for word in (modal, verb)):
            found = _request(doc, modal, verb, statements[chain[-1]], parties, words)
            out += [found] if found is not None else []
    return out


def _may_ask(word: Token, view: View) -> bool:
    sentence = word.sent
    seen = view(sentence)
    shares = None if seen is None else seen.type_shares(Span(word.idx, word.idx + len(word.text)).moved(-sentence.start_char))
    return shares is None or shares["REQUEST"] >= LEAST


def bidden(
    candidates: Iterable[Candidate], doc: Tree, parties: Parties, attribution: Attribution, words: Words
) -> list[Candidate]:
    """`candidates`, those that a speaker bids others do ("'Free our sons,' she told the general") as what the speaker asks."""
    statements = {s.id: s for s in attribution.statements}
    out = []
    for candidate in candidates:
        chain = attribution.chain_at(candidate.head.idx) if _is_imperative(candidate.head) else ()
        speaker = _source(doc, statements[chain[-1]], parties) if chain else None
        out.append(candidate if speaker is None else _bidding(candidate, speaker, parties, words))
    return out


def _bidding(candidate: Candidate, speaker: Party, parties: Parties, words: Words) -> Candidate:
    verb = candidate.head
    match = Match(frame=evolve(_frame("imperative", "imperative"), mode=None), clause=Clause(head=verb), trigger=candidate.match.trigger)
    said = next((a for a in verb.ancestors if a.pos_ == "VERB" and a.dep_ != "conj" and children(a, *SUBJECTS)), None)
    told = verb_clause(said) if said is not None else None
    heard = () if told is None else (*told.obj, *told.iobj, *told.prep_objects("to"))
    asked = tuple(p for t in heard for p in parties.of(t) if not p.same_as(speaker))
    roles = Roles(actor=Side(parties=(speaker,), slot="source of the statement"), recipient=Side(parties=asked, slot="obj") if asked else Side(), two_sided=False)
    found = words.ontology.content_mode("REQUEST", candidate.type)
    return evolve(candidate_of(match, roles, words), status=Status(), auxiliary=(), mode=found[0] if found else None)


def _is_imperative(verb: Token) -> bool:
    """A bare verb that opens a sentence or what somebody is quoted with, or follows one that does: "Lift the ban and let us work"."""
    if verb.pos_ != "VERB" or verb.tag_ not in ("VB", "VBP") or children(verb, *SUBJECTS, "expl"):
        return False
    if any(c.tag_ in ("TO", "MD") or c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lower_ not in _DO) for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return _is_imperative(verb.head)
    first = min((c for c in children(verb, "aux", "neg", "intj", "advmod") if c.i < verb.i), key=lambda t: t.i, default=verb)
    return first.i == verb.sent.start or first.nbor(-1).text in _OPENING


def duties(doc: Tree, words: Words) -> Iterator[tuple[Token, Token]]:
    """Modals that ask, and verbs like them ("needs to", "it is time for him to"), with the verb whose subject is asked."""
    for sentence in sentences_of(doc):
        if not is_parsed(sentence):
            continue
        for token in sentence:
            if token.tag_ == "MD":
                entry = words.governors.entry(token.lower_, "aux", None)
                if entry is not None and entry.effect == "asks" and not _conditional(token):
                    yield token, token.head
            elif token.pos_ in ("VERB", "NOUN") and (duty := _duty(token, words)) is not None and not _conditional(token):
                yield token, duty


def _duty(token: Token, words: Words) -> Token | None:
    """What a verb or noun of duty says must be done, by whom it is said ("Mali needs to free them", "time for the army to go")."""
    entry = words.governors.entry(token.lemma_.lower(), token.pos_.lower(), "to")
    if entry is None or entry.effect != "asks":
        return None
    own = ["relcl", "acl", "advcl", "ccomp"]
    if token.pos_ == "VERB":
        own = ["xcomp"] if children(token, "dobj") else ["xcomp", "advcl"]
    return next((c for c in children(token, *own) if is_infinitive(c) and (token.pos_ == "VERB" or children(c, *SUBJECTS))), None)


def _conditional(modal: Token) -> bool:
    """"If they should ..." and "Should they ..."."""
    verb = modal if modal.pos_ == "VERB" else modal.head
    marks = any(c.lower_ in _CONDITIONS for c in children(verb, "mark", "advmod"))
    return marks or any(c.i > modal.i for c in children(verb, "nsubj", "nsubjpass"))


def _request(
    doc: Tree, modal: Token, verb: Token, statement: Statement, parties: Parties, words: Words
) -> Candidate | None:
    speaker = _source(doc, statement, parties)
    clause = verb_clause(verb)
    if speaker is None or any(c.lemma_ == "have" for c in children(verb, "aux")):
        return None
    said_of = clause.obj if clause.passive else clause.subj
    asked = [p for t in said_of for p in parties.of(t) if t.lower_ not in _SPEAKERS]
    if not asked or any(p.actor is not None and p.actor == speaker.actor for p in asked):
        return None
    entry = words.governors.entry(modal.lower_, "aux", None) if modal.tag_ == "MD" else words.governors.entry(modal.lemma_.lower(), modal.pos_.lower(), "to")
    frame = _frame(modal.lower_, entry.id if entry is not None else modal.lower_)
    match = Match(frame=frame, clause=Clause(head=modal), trigger=(modal,))
    roles = Roles(
        actor=Side(parties=(speaker,), slot="source of the statement"),
        recipient=Side() if clause.passive else Side(parties=tuple(asked), slot="subj"), two_sided=False,
    )  # fmt: skip
    return candidate_of(match, roles, words)


def _source(doc: Tree, statement: Statement, parties: Parties) -> Party | None:
    for span in statement.source_spans:
        head = head_of(doc, span)
        found = parties.of(head) if head is not None else ()
        if found:
            return found[0]
    return None


def said_duty(modal: Token, verb: Token, parties: Parties, words: Words) -> Candidate | None:
    """A REQUEST read off one sentence alone: "Russia says Israel must end the raids" → Russia, Israel."""
    governor = next((a for a in verb.ancestors if a.pos_ == "VERB"), None)
    if governor is None or governor.dep_ in ("relcl", "acl"):
        return None
    speakers = [p for t in verb_clause(governor).subj for p in parties.of(t)]
    clause = verb_clause(verb)
    asked = [p for t in (clause.obj if clause.passive else clause.subj) for p in (parties.of(t) or parties.through(t))]
    if not speakers or not asked or any(p.same_as(q) for p in speakers for q in asked):
        return None
    entry = words.governors.entry(modal.lower_, "aux", None)
    match = Match(
        frame=_frame(modal.lower_, entry.id if entry is not None else modal.lower_),
        clause=Clause(head=modal), trigger=(modal,),
    )  # fmt: skip
    roles = Roles(
        actor=Side(parties=tuple(speakers), slot="subj of the clause above"),
        recipient=Side(parties=tuple(asked), slot="subj"), two_sided=False,
    )  # fmt: skip
    return candidate_of(match, roles, words)


def _frame(lemma: str, id_: str) -> Frame:
    return Frame(
        id=id_, lemma=lemma, pos="aux", particles=(), preps=(), objects=(), object_kinds=(), complement=None,
        type="REQUEST", mode=None, cameo="100", actor=(("none",),), recipient=(("subj",),), contexts=(),
        weight="weak",
    )  # fmt: skip
