"""What somebody says another should do: a REQUEST by the speaker, though no verb of asking is there."""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Attribution, Statement
from ..syntax import head_of, is_parsed, sentences_of
from ..tree import Token, Tree
from .classify import Candidate, candidate_of
from .clause import Clause, children, verb_clause
from .predicates import Match
from .roles import Parties, Party, Roles, Side
from .words import Frame, Words

_SPEAKERS = ("we", "i")
_CONDITIONS = ("if", "unless", "whether", "when", "why", "how", "what", "lest")


def asked_for(doc: Tree, parties: Parties, attribution: Attribution, words: Words) -> list[Candidate]:
    """A REQUEST for each modal of duty said of a party by somebody else ("Dublin should help, she said").

    Only inside a statement whose source is known; the article's own opinion of what should be asks nobody.
    """
    statements = {s.id: s for s in attribution.statements}
    out = []
    for modal, verb in duties(doc, words):
        chain = attribution.chain_at(modal.idx)
        if chain:
            found = _request(doc, modal, verb, statements[chain[-1]], parties, words)
            out += [found] if found is not None else []
    return out


def duties(doc: Tree, words: Words) -> Iterator[tuple[Token, Token]]:
    """Modals that ask, with the verb whose subject is asked."""
    for sentence in sentences_of(doc):
        if not is_parsed(sentence):
            continue
        for token in sentence:
            if token.tag_ == "MD":
                entry = words.governors.entry(token.lower_, "aux", None)
                if entry is not None and entry.effect == "asks" and not _conditional(token):
                    yield token, token.head


def _conditional(modal: Token) -> bool:
    """"If they should ..." and "Should they ..."."""
    marks = any(c.lower_ in _CONDITIONS for c in children(modal.head, "mark", "advmod"))
    return marks or any(c.i > modal.i for c in children(modal.head, "nsubj", "nsubjpass"))


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
    entry = words.governors.entry(modal.lower_, "aux", None)
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
