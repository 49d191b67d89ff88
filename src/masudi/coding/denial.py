"""Words that say no: which deny the event beside them, and which only look so."""

from __future__ import annotations

from ..syntax import tense
from ..tree import Token
from .clause import children
from .phrases import pos_of
from .words import Governor, Governors

NONE = frozenset(("no", "not", "neither", "nobody", "none", "nothing", "no-one", "noone", "never", "nowhere", "nor", "naught"))
_ABLE = ("could", "can", "might")
_UNTIL = ("until", "till")
_PRONOUNS = ("it", "they", "he", "she")


def spares(word: Token, governors: Governors) -> bool:
    """Whether `word` after a negative takes it back: "not only", "not until May", "no fewer than"."""
    return governors.entry(word.lower_, "neg", None) is not None


def is_none(phrase: Token, governors: Governors) -> bool:
    """Whether a phrase counts nobody: "no one", "not a shot", "neither side", "hardly any men"; not "no fewer than", "not only"."""
    first = phrase.left_edge
    if phrase.dep_ in ("prep", "agent") and first == phrase and phrase.i + 1 < len(phrase.doc):
        first = phrase.nbor(1)
    if governors.entry(first.lower_, "scarce", None) is not None and first != phrase:
        return first.nbor(1).lower_ in ("a", "an", "any", "anyone", "anybody", "anything")
    if first.lower_ not in NONE or (first == phrase and phrase.pos_ in ("ADV", "PART", "CCONJ")):
        return first.lower_ == "nowhere"
    if any(c.i > phrase.i and governors.entry(c.lower_, "except", None) is not None for t in (phrase, *phrase.ancestors) for c in t.children
           if c.dep_ == "prep" or (c.dep_ == "cc" and t == phrase)):  # fmt: skip
        return False
    return first.i + 1 < len(first.doc) and not spares(first.nbor(1), governors)


def leaves_open(negative: Token) -> bool:
    """The "not" of "may or may not leave"."""
    before = [negative.doc[i].lower_ for i in range(max(negative.i - 3, negative.sent.start), negative.i)]
    return len(before) == 3 and before[1] == "or" and before[0] == before[2]


def never_without(prep: Token, governors: Governors) -> bool:
    """The "without" of what was done each time: "hardly a day goes by without shelling", "never left without firing a shot"."""
    verb = prep.head
    if prep.lower_ != "without" or verb.pos_ not in ("VERB", "AUX"):
        return False
    few = [c for c in children(verb, "advmod") if c.i < verb.i and governors.entry(c.lower_, "scarce", None) is not None]
    return bool(few or children(verb, "neg") or any(is_none(s, governors) for s in children(verb, "nsubj", "nsubjpass")))


def is_late(verb: Token) -> bool:
    """"Did not leave until June", "until they were told": it was done then."""
    if not any(c.lower_ == "did" for c in children(verb, "aux")):
        return False
    near = [c for c in verb.children if c.i > verb.i]
    near += [c for t in near if t.dep_ in ("dobj", "prep", "advmod") for c in (t, *t.children) if c.i > verb.i]
    return any(c.lower_ in _UNTIL if c.dep_ in ("prep", "mark") else c.dep_ == "advcl" and any(m.lower_ in _UNTIL for m in children(c, "mark"))
               for c in near)  # fmt: skip


def negative_opener(auxiliary: Token, verb: Token, governors: Governors) -> Token | None:
    """The word of denial before an inverted subject: "at no point has Botswana asked", "not once did they leave"."""
    if not any(auxiliary.i < s.i for s in children(verb, "nsubj", "nsubjpass")):
        return None
    opening = [t for t in verb.sent if t.i < auxiliary.i and not t.is_punct and not t.is_space][:2]
    found = next((t for t in opening if t.lower_ in NONE), None)
    return None if found is None or spares(found.nbor(1), governors) else found


def unwanted(word: Token, governors: Governors) -> Token | None:
    """The "than" before what is wanted less: "would rather dissolve it than sack him"."""
    than = next((c for c in children(word, "mark") if c.lower_ == "than"), None)
    beside = children(word.head, "advmod") if than is not None else []
    return than if any(governors.entry(f"{c.lower_} than", "mark", None) is not None for c in beside) else None


def rather_than(verb: Token, governors: Governors) -> Governor | None:
    """The two words right before a verb that say it was not chosen ("rather than"), whatever the parser hung them on."""
    if verb.i <= verb.sent.start + 1:
        return None
    entry = governors.entry(f"{verb.nbor(-2).lower_} {verb.nbor(-1).lower_}", "mark", None)
    return entry if entry is not None and entry.effect == "negation" else None


def all_but(verb: Token, governors: Governors) -> tuple[Token, ...]:
    """The words right before a verb that say it came close and no more: "all but rammed", "as good as rammed the trawler"."""
    over = governors.entry(verb.lemma_.lower(), "verb", "gerund")
    if verb.pos_ != "VERB" or (over is not None and over.effect == "ends"):
        return ()  # "have all but stopped shelling it"
    for length in (2, 3):
        words = tuple(verb.doc[i] for i in range(max(verb.i - length, verb.sent.start), verb.i))
        entry = governors.entry(" ".join(t.lower_ for t in words), "adv", None)
        if len(words) == length and entry is not None and entry.effect == "negation":
            return words
    return ()


def need_not_have(verb: Token) -> bool:
    """"Need not have closed its border": it did."""
    helpers = {c.lower_ for c in children(verb, "aux")}
    return "need" in helpers and "have" in helpers and bool(children(verb, "neg"))


def but_instead(meant: Token, *clauses: Token) -> Token | None:
    """What "but" sets against what was meant: "planned to leave but stayed", "had every intention of leaving but was held back"."""
    for clause in clauses:
        buts = [c.i for c in children(clause, "cc") if c.lower_ == "but" and c.i > meant.i]
        for done in children(clause, "conj"):
            if any(i < done.i for i in buts) and tense(done) == "past" and not children(done, "neg"):
                return done
    return None


def did_not(verb: Token) -> Token | None:
    """The "not" of "could have condemned it and did not"."""
    return next((n for c in children(verb, "conj") if c.lemma_ in ("do", "have") and not children(c, "dobj") for n in children(c, "neg")), None)


def too_early(word: Token, governors: Governors) -> tuple[Token, ...]:
    """The "before" of what somebody was kept from, and what says so: "was seized before he could fire", "was able to fire"."""
    before = _before(word)
    if before is not None and any(c.lower_ in _ABLE for c in children(word, "aux")):
        return (before,)
    able = word.head
    entry = governors.entry(able.lemma_.lower(), pos_of(able), "before") if word.dep_ in ("xcomp", "acl") else None
    before = _before(able) or _before(able.head)
    return (before, able) if before is not None and entry is not None and entry.complement == "before" else ()


def _before(verb: Token) -> Token | None:
    return next((c for c in children(verb, "mark") if c.lower_ == "before"), None)


def before_it_began(verb: Token, governors: Governors) -> Token | None:
    """The verb by which what `verb` tells of ended before it was: "collapsed before they began", "called it off before it could start"."""
    for clause in children(verb, "advcl"):
        marked = any(c.lower_ == "before" for c in children(clause, "mark"))
        if marked and any(s.lower_ in _PRONOUNS for s in children(clause, "nsubj", "nsubjpass")):
            entry = governors.entry(clause.lemma_.lower(), "verb", "subject", [c.lower_ for c in clause.children])
            if entry is not None and entry.effect == "begins":
                return clause
    return None


def cleft_denial(word: Token) -> Token | None:
    """The "not" of "it was not Guinea that armed them"."""
    if word.dep_ not in ("relcl", "ccomp"):
        return None
    be = word.head.head if word.dep_ == "relcl" else word.head
    if be.lemma_ != "be" or not any(s.lower_ == "it" for s in children(be, "nsubj")) or tense(be) == "modal":
        return None
    named = [t for t in children(be, "attr", "acomp") if t.pos_ in ("NOUN", "PROPN", "PRON")]
    if word.dep_ == "ccomp" and not (named and any(s.lower_ in ("that", "who") for s in children(word, "nsubj", "nsubjpass"))):
        return None
    return next(iter((*children(be, "neg"), *(c for t in named for c in children(t, "neg")))), None)


def is_once(adverb: Token, verb: Token) -> bool:
    """"Once asked", told of the past; not "not once", "once more", "once again"."""
    around = {adverb.nbor(-1).lower_ if adverb.i else "", adverb.nbor(1).lower_ if adverb.i + 1 < len(adverb.doc) else ""}
    return tense(verb) in ("past", "pluperfect", None) and not around & {*NONE, "at", "more", "again", "every", "in", "a"}
