"""Every place in the parse where somebody may be saying something: cue, content and source before any choice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from attrs import frozen
from spacy.attrs import DEP, IS_SPACE, LOWER, POS  # type: ignore[import-not-found]
from spacy.symbols import ADJ, ADV, AUX, NOUN, VERB  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

from .content import indices_under
from .cues import CueBook
from .sources import Source, agent_of, before, beside, object_of, set_off, subject_of

COPULAS = frozenset(("be", "seem", "feel", "become", "remain", "appear", "sound", "look", "stay", "get"))
CLIMBS = frozenset(
    (
        "advcl",
        "relcl",
        "acl",
        "ccomp",
        "xcomp",
        "pcomp",
        "prep",
        "pobj",
        "dobj",
        "attr",
        "acomp",
        "appos",
        "nsubj",
    )
)
WITH_PREPOSITION = frozenset(
    ("of", "for", "as", "about", "over", "with", "on", "to", "against", "from", "in")
)

_CUE_POS = np.array((VERB, AUX, NOUN, ADJ, ADV), np.uint64)

# From this weight on, a verb with a clause is one of saying: it shares its speaker and may announce a quotation.
SPEECH_WEIGHT = 0.55


@frozen(eq=False)
class Candidate:
    """A possible statement.

    at: the token that stands for the cue. pos, lemma, particle, complement, prep: its key in the cue book.
    cue, content: token indices. source: None when the text names none.
    """

    at: Token
    pos: str
    lemma: str
    particle: str
    complement: str
    prep: str
    cue: frozenset[int]
    content: frozenset[int]
    source: Source | None


def candidates(doc: Doc, book: CueBook) -> Iterator[Candidate]:
    """All candidates of the parsed sentences, in the order of their cues."""
    phrases = book.phrases()
    starts = {words[0]: words for words in phrases}
    for index in _cue_like(doc, starts):
        token = doc[index]
        pos = token.pos_
        if pos == "VERB" and token.dep_ == "acomp" and book.knows("ADJ", token.lower_):
            yield from _of_adjective(token, token.head, book)  # "is opposed to"
        elif pos == "VERB" or (pos == "AUX" and token.dep_ not in ("aux", "auxpass")):
            yield from _of_verb(token, book)
        elif pos == "NOUN" and book.knows("NOUN", token.lemma_.lower()):
            yield from _of_noun(token, book)
        elif pos == "ADJ" and token.dep_ in ("acomp", "conj", "amod", "ROOT", "ccomp", "oprd"):
            yield from _of_adjective(token, token.head, book)
        elif pos == "ADV" and book.knows("ADV", token.lower_):
            yield from _of_adverb(token)
        if token.lower_ in starts:
            yield from _of_phrase(token, starts[token.lower_], book)


def _cue_like(doc: Doc, openings: Collection[str]) -> list[int]:
    """Indices of the parsed words that may be a cue by their part of speech, or open a phrase."""
    raw = doc.to_array([POS, LOWER, DEP, IS_SPACE])
    strings = doc.vocab.strings
    first = np.array([strings[word] for word in sorted(openings)], np.uint64)
    wanted = np.isin(raw[:, 0], _CUE_POS) | np.isin(raw[:, 1], first)
    found: list[int] = np.flatnonzero(wanted & (raw[:, 2] != 0) & (raw[:, 3] == 0)).tolist()
    return found


# ---------------------------------------------------------------- verbs


def _of_verb(verb: Token, book: CueBook) -> Iterator[Candidate]:
    lemma = verb.lemma_.lower()
    children = list(verb.children)
    particle = next((c.lower_ for c in children if c.dep_ == "prt"), "")
    passive = (verb.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in children)) or (
        verb.tag_ in ("VBN", "VBD") and _is_reduced_passive(verb, children)
    )
    if passive:
        if book.knows("ADJ", verb.lower_) and not _says(verb, book):
            yield from _of_adjective(verb, verb, book)
        source = agent_of(verb)
        found = _passive_complements(verb, children)
    else:
        found = _complements(verb, children, book)
        source = None
        looked = False
    cue = frozenset(cue_tokens(verb))
    for complement, prep, content, extra in found:
        if not content:
            continue
        if not passive and not looked:
            source = subject_of(_teller(verb, book)) or _near(verb, content)
            looked = True
        yield Candidate(
            at=verb, pos="VERB", lemma=lemma, particle=particle, complement=complement, prep=prep,
            cue=cue | extra, content=frozenset(content) - cue - extra, source=source,
        )  # fmt: skip


def _teller(verb: Token, book: CueBook) -> Token:
    """The verb whose subject speaks: for ", adding that ..." after what somebody said, the verb of saying above."""
    if _goes_on_telling(verb, book):
        return verb.head.head
    return verb


def _goes_on_telling(verb: Token, book: CueBook) -> bool:
    clause = verb.head
    return (
        verb.dep_ == "advcl"
        and set_off(verb)
        and clause.dep_ == "ccomp"
        and clause.i < verb.i
        and clause.head.i < clause.i
        and _says(verb, book)
        and _says(clause.head, book)
    )


def _near(verb: Token, content: set[int]) -> Source | None:
    """The speaker where the parser gave a finite verb no subject: the phrase right before it, or right after."""
    if max(content) < verb.i:
        return beside(verb) or before(verb)
    return before(verb) if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ != "xcomp" else None


def _is_reduced_passive(verb: Token, children: list[Token]) -> bool:
    if verb.dep_ == "acl" and verb.tag_ == "VBD" and verb.head.dep_ == "ROOT":
        return False  # a whole sentence the parser took for a noun phrase: "The envoy called on ..."
    return verb.dep_ in ("acl", "advcl") and not any(c.dep_ in ("nsubj", "dobj", "aux") for c in children)


def cue_tokens(verb: Token) -> Iterator[int]:
    """Indices of the verb with its auxiliaries, negation and particle, and the adverbs between them."""
    own = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt") and c.lower_ != "to"]
    own.append(verb.i)
    near = [i for i in own if abs(i - verb.i) <= 4]
    for index in range(min(near), max(near) + 1):
        token = verb.doc[index]
        if index in near or (token.dep_ == "advmod" and token.head.i == verb.i):
            yield index


Found = tuple[str, str, set[int], frozenset[int]]
NONE: frozenset[int] = frozenset()


def _complements(verb: Token, children: list[Token], book: CueBook) -> Iterator[Found]:
    objects = [c for c in children if c.dep_ == "dobj"]
    object_ = objects[0] if objects else None
    under_object = indices_under(object_) if object_ is not None else set()
    if verb.dep_ == "parataxis" and _may_say(verb, book) and not any(c.dep_ == "ccomp" for c in children):
        yield "clause", "", indices_under(verb.head) - indices_under(verb), NONE  # "the truce, he said, held"
    for child in children:
        dep = child.dep_
        if (
            dep in ("prep", "npadvmod", "dobj")
            and child.i > verb.i
            and not any(c.dep_ == "ccomp" for c in children)
        ):
            yield from _strayed_clause(verb, child, book)
        if dep == "ccomp" or (dep == "dep" and child.i > verb.i and child.pos_ in ("VERB", "AUX")):
            yield from _clause(verb, child, book)
        elif dep == "xcomp":
            kind = _infinitive_kind(child)
            if kind == "to" and object_ is not None and object_.i < child.i:
                yield "np-to", "", indices_under(child) | under_object, NONE
            elif kind == "as" and object_ is not None:
                yield "np-as", "", indices_under(child) | under_object, NONE
            else:
                yield kind, "", indices_under(child), NONE
        elif dep == "oprd":
            yield "np-as", "", indices_under(child) | under_object, NONE
        elif dep == "dobj":
            yield "np", "", under_object, NONE
        elif dep == "prep" and child.i > verb.i:
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is None:
                continue
            prep = child.lower_
            if prep == "by" and inner.dep_ == "pcomp":
                continue  # how it was done: "responded by firing shells"
            if object_ is not None and object_.i < child.i:
                if prep in WITH_PREPOSITION:
                    yield "np-p", prep, indices_under(child) | under_object, NONE
            elif object_ is None:
                yield "p", prep, indices_under(inner), frozenset((child.i,))
                yield from _asked_of(verb, child, inner)


def _asked_of(verb: Token, preposition: Token, addressee: Token) -> Iterator[Found]:
    """ "Called on [the army] to withdraw": the infinitive, wherever the parser hung it."""
    inside = [t for t in addressee.subtree if t.i > addressee.i and t.pos_ in ("NOUN", "PROPN")]
    for above in (verb, addressee, *inside):
        for child in above.children:
            if child.i > addressee.i and child.dep_ in ("xcomp", "advcl", "acl", "relcl", "ccomp"):
                if _infinitive_kind(child) == "to":
                    yield "np-to", preposition.lower_, indices_under(child), frozenset((preposition.i,))
                    return


def _strayed_clause(verb: Token, child: Token, book: CueBook) -> Iterator[Found]:
    """ "Said in a statement that ...": the clause hangs on the noun in the parse, but is what the verb says."""
    if not _says(verb, book):
        return
    noun = next((c for c in child.children if c.dep_ == "pobj"), None) if child.dep_ == "prep" else child
    if noun is None or (
        child.dep_ == "dobj" and book.find("NOUN", noun.lemma_.lower(), "clause") is not None
    ):
        return
    for clause in noun.children:
        if clause.dep_ in ("acl", "ccomp", "relcl") and clause.left_edge.lower_ == "that":
            own = any(c.dep_ in ("nsubj", "nsubjpass") and c.i > clause.left_edge.i for c in clause.children)
            if clause.left_edge.dep_ == "mark" or (own and child.dep_ == "dobj"):
                yield "clause", "", indices_under(clause), NONE


def _clause(verb: Token, clause: Token, book: CueBook) -> Iterator[Found]:
    inside = indices_under(clause)
    kids = list(clause.children)
    for kid in kids:
        if kid.dep_ == "conj" and kid.i > clause.i > verb.i and _speaks_again(kid, book):
            inside -= indices_under(kid)
        elif kid.dep_ == "advcl" and _goes_on_telling(kid, book):
            inside -= indices_under(kid)
    infinitive = any(c.dep_ == "aux" and c.tag_ == "TO" for c in kids)
    subject = next((c for c in kids if c.dep_ in ("nsubj", "nsubjpass")), None)
    if infinitive and clause.i > verb.i:
        yield ("np-to" if subject is not None else "to"), "", inside, NONE
    elif clause.pos_ in ("ADJ", "NOUN", "PROPN") and not any(c.dep_ in ("cop", "aux", "mark") for c in kids):
        yield ("np-as" if subject is not None and clause.i > verb.i else "clause"), "", inside, NONE
    else:
        yield "clause", "", inside, NONE


def _speaks_again(verb: Token, book: CueBook) -> bool:
    """Whether a verb joined to a content clause is rather a second cue of the same speaker: "... and added that"."""
    if verb.pos_ != "VERB" or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return False
    return _says(verb, book) and any(c.dep_ == "ccomp" for c in verb.children)


def _infinitive_kind(verb: Token) -> str:
    if any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children):
        return "to"
    return "ing" if verb.tag_ == "VBG" or any(c.dep_ == "aux" and c.tag_ == "VBG" for c in verb.children) else "as"


def _passive_complements(verb: Token, children: list[Token]) -> Iterator[Found]:
    subject = next((c for c in children if c.dep_ in ("nsubjpass", "nsubj")), None)
    inside = indices_under(subject) if subject is not None and subject.lower_ != "it" else set()
    if subject is None and verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN"):
        head = verb.head
        inside = {t.i for t in head.subtree if t.i < verb.left_edge.i and not t.is_punct}
    for child in children:
        if child.dep_ in ("ccomp", "csubj"):
            yield "be-clause", "", indices_under(child), NONE
        elif child.dep_ == "xcomp":
            kind = "be-to" if _infinitive_kind(child) == "to" else "be-as"
            yield kind, "", inside | indices_under(child), NONE
        elif child.dep_ == "oprd":
            yield "be-as", "", inside | indices_under(child), NONE
        elif child.dep_ == "prep" and child.lower_ != "by":
            if any(c.dep_ in ("pobj", "pcomp") for c in child.children):
                yield "be-p", child.lower_, inside | indices_under(child), NONE
    if inside:
        yield "be-np", "", inside, NONE


# ---------------------------------------------------------------- adjectives


def _of_adjective(adjective: Token, above: Token, book: CueBook) -> Iterator[Candidate]:
    lemma = adjective.lower_
    if not book.knows("ADJ", lemma):
        return
    here = above
    while here.dep_ == "conj" and here.pos_ in ("ADJ", "VERB") and here.lemma_ not in COPULAS:
        here = here.head
    if here.i == adjective.i or here.lemma_.lower() in COPULAS:
        verb = here
    elif adjective.dep_ == "amod":
        return
    else:
        verb = adjective
    cue = frozenset((*(cue_tokens(verb) if verb.pos_ in ("VERB", "AUX") else ()), adjective.i))
    subject = _passive_or_active_subject(verb)
    for child in (
        *adjective.children,
        *(c for c in verb.children if verb.i != adjective.i and c.i > adjective.i),
    ):
        kind = prep = ""
        extra = NONE
        content = indices_under(child)
        if child.dep_ in ("ccomp", "advcl") and any(
            c.dep_ == "mark" and c.lower_ == "that" for c in child.children
        ):
            kind = "clause"
        elif child.dep_ == "ccomp":
            kind = "clause"
        elif child.dep_ == "xcomp" and _infinitive_kind(child) == "to":
            kind = "to"
        elif child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                kind, prep, content, extra = "p", child.lower_, indices_under(inner), frozenset((child.i,))
        if kind:
            yield Candidate(
                at=adjective, pos="ADJ", lemma=lemma, particle="", complement=kind, prep=prep,
                cue=cue | extra, content=frozenset(content) - cue - extra, source=subject,
            )  # fmt: skip


def _passive_or_active_subject(verb: Token) -> Source | None:
    own = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if own is None:
        return subject_of(verb)
    found = subject_of(verb)
    if own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return Source((verb.head,), own)
    return found if found is not None else Source((own,))


# ---------------------------------------------------------------- nouns


def _of_noun(noun: Token, book: CueBook) -> Iterator[Candidate]:
    lemma = noun.lemma_.lower()
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("in", "during", "on", "at")
        and _says(noun.head.head, book)
    ):
        return  # "said in a statement that": the verb is the cue
    source, extra = _noun_source(noun, book)
    for child in noun.children:
        kind = prep = ""
        cue = {noun.i, *extra}
        content = indices_under(child)
        if child.i > noun.i and (child.dep_ in ("acl", "ccomp", "relcl", "appos") or _is_for_to(child)):
            if any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.children):
                kind = "to"
            elif (
                any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children) or child.dep_ == "ccomp"
            ):
                kind = "clause"
            elif (
                child.dep_ == "relcl" and child.left_edge.lower_ == "that" and child.left_edge.dep_ == "mark"
            ):
                kind = "clause"
        elif child.dep_ == "prep" and child.lower_ != "by":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                kind, prep, content = "p", child.lower_, indices_under(inner)
                cue.add(child.i)
        if kind:
            yield Candidate(
                at=noun, pos="NOUN", lemma=lemma, particle="", complement=kind, prep=prep,
                cue=frozenset(cue), content=frozenset(content) - frozenset(cue), source=source,
            )  # fmt: skip
    yield from _noun_is(noun, lemma, source)
    yield from _noun_frame(noun, lemma)


def _is_for_to(clause: Token) -> bool:
    """Whether a clause is what somebody is called on to do: "calls for the governor to resign"."""
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children)


def _says(verb: Token, book: CueBook) -> bool:
    cue = book.find("VERB", verb.lemma_.lower(), "clause") if verb.pos_ == "VERB" else None
    return cue is not None and cue.weight >= SPEECH_WEIGHT


def _may_say(verb: Token, book: CueBook) -> bool:
    return verb.pos_ == "VERB" and book.find("VERB", verb.lemma_.lower(), "clause") is not None


def _noun_source(noun: Token, book: CueBook) -> tuple[Source | None, frozenset[int]]:
    """Who has the hope or makes the claim; with it the tokens of a verb that lends the noun its subject."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    verb = noun.head
    lent: frozenset[int] = NONE
    if noun.dep_ == "dobj" and book.find("VERB", verb.lemma_.lower(), "lends") is not None:
        lent = frozenset(range(min(cue_tokens(verb)), noun.i)) if 0 < noun.i - verb.i <= 4 else NONE
        subject = subject_of(verb)
        if subject is not None and (owner is None or owner.pos_ == "PRON"):
            return subject, lent
    if owner is not None:
        return Source((owner,)), NONE
    made = noun.dep_ == "nsubjpass" and book.find("VERB", verb.lemma_.lower(), "lends") is not None
    agent = agent_of(noun) or _holder(noun) or (agent_of(verb) if made else None)  # "the claim was made by ..."
    if agent is not None:
        return agent, NONE
    maker = next(
        (c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ == "NORP"), None
    )
    return (Source((maker,)) if maker is not None else None), NONE


def _holder(noun: Token) -> Source | None:
    """The owner behind a noun that has a clause too: "the decision of the court to free him"."""
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == noun.i + 1), None)
    if of is None or not any(c.i > of.i and c.dep_ in ("acl", "ccomp") and c.tag_ != "VBN" for c in noun.children):
        return None
    found = object_of(of)
    return found if found is not None and found.heads[0].pos_ in ("PROPN", "NOUN") else None


def _noun_is(noun: Token, lemma: str, source: Source | None) -> Iterator[Candidate]:
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i:
            content = indices_under(child)
            yield Candidate(
                at=noun, pos="NOUN", lemma=lemma, particle="", complement="is", prep="",
                cue=frozenset((noun.i, *cue_tokens(verb))) - frozenset(content), content=frozenset(content), source=source,
            )  # fmt: skip


def _noun_frame(noun: Token, lemma: str) -> Iterator[Candidate]:
    """ "In the view of X, ...", "by his own account": the noun inside an adverbial of the clause it colours."""
    prep = noun.head
    if (
        noun.dep_ != "pobj"
        or prep.dep_ != "prep"
        or prep.lower_ not in ("in", "by", "from", "to", "on", "per", "with")
    ):
        return
    if prep.head.pos_ not in ("VERB", "AUX"):
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    source = Source((owner,)) if owner is not None else (object_of(of) if of is not None else None)
    cue = {prep.i, noun.i} | ({of.i} if of is not None else set())
    content = clause_around(prep)
    if content:
        yield Candidate(
            at=noun, pos="NOUN", lemma=lemma, particle="", complement="frame", prep=prep.lower_,
            cue=frozenset(cue), content=frozenset(content), source=source if source is not None else Source((noun,)),
        )  # fmt: skip


# ---------------------------------------------------------------- adverbials


def clause_around(adverbial: Token) -> set[int]:
    """Indices of the clause that `adverbial` colours, itself left out."""
    own = indices_under(adverbial)
    sentence = adverbial.sent
    here = adverbial.head
    first = min(own) <= sentence.start + 1
    doc = adverbial.doc
    rest = [i for i in range(max(own) + 1, sentence.end) if not doc[i].is_punct and not doc[i].is_space]
    before = min(own) - 1
    if not rest and before > sentence.start and doc[before].text in (",", "—", "–", "-", "”", "’", '"'):
        while here.dep_ in CLIMBS and here.head.i != here.i:
            here = here.head
    elif not first:
        while here.pos_ not in ("VERB", "AUX") and here.head.i != here.i:
            here = here.head
    return indices_under(here) - own


def _of_adverb(adverb: Token) -> Iterator[Candidate]:
    here = adverb.head
    while here.pos_ not in ("VERB", "AUX") and here.head.i != here.i:
        here = here.head
    yield Candidate(
        at=adverb, pos="ADV", lemma=adverb.lower_, particle="", complement="frame", prep="",
        cue=frozenset((adverb.i,)), content=frozenset(indices_under(here) - {adverb.i}), source=None,
    )  # fmt: skip


def _of_phrase(token: Token, words: tuple[str, ...], book: CueBook) -> Iterator[Candidate]:
    doc = token.doc
    last = token.i + len(words) - 1
    if last >= len(doc) or any(doc[token.i + n].lower_ != word for n, word in enumerate(words)):
        return
    preposition = doc[last]
    source = object_of(preposition) or object_of(token)
    if source is None or all(h.lemma_.lower() in book.silent for h in source.heads):
        return
    content = clause_around(token) - indices_under(preposition)
    cue = frozenset(range(token.i, last + 1))
    if content:
        yield Candidate(
            at=token, pos="ADP", lemma=" ".join(words), particle="", complement="frame", prep="",
            cue=cue, content=frozenset(content) - cue, source=source,
        )  # fmt: skip
