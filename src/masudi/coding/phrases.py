"""What a word is in its phrase: definite, a gerund, a headline's infinitive, the subject of a rule."""

from __future__ import annotations

from ..syntax import tense
from ..tree import Token
from .clause import children, is_infinitive

EACH = ("any", "every", "each", "whoever", "whosoever", "anyone", "everyone", "anybody", "everybody")
_DEFINITE = ("the", "this", "that", "these", "those", "its", "their", "his", "her")


def is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) == 4


def is_quantity(token: Token) -> bool:
    return token.pos_ == "NUM" or token.like_num or token.tag_ in ("CD", "DT", "PDT", "JJ", "JJR", "JJS", "RB")


def is_gerund(word: Token) -> bool:
    """"Attacking", "being attacked"."""
    return word.tag_ == "VBG" or (word.tag_ == "VBN" and any(c.tag_ == "VBG" for c in children(word, "aux", "auxpass")))


def is_bare(word: Token) -> bool:
    """"Let them fly", "made him leave": an infinitive without "to" under the verb before it."""
    if word.tag_ != "VB" or word.dep_ != "ccomp" or word.i < word.head.i:
        return False
    return not children(word, "aux", "mark") and word.head.lemma_ in ("let", "make", "have", "help", "see", "hear", "watch")


def leads_to_place(particle: Token) -> bool:
    """Whether "off", "up" or "down" is a preposition: "held exercises off Lamu"."""
    if particle.lower_ not in ("off", "up", "down"):
        return False
    after = particle.nbor(1) if particle.i + 1 < len(particle.doc) else None
    beside = after is not None and after.pos_ == "PROPN" and after.ent_type_ not in ("DATE", "TIME") and after.dep_ != "npadvmod"
    return bool(children(particle, "pobj")) or (beside and any(c.i < particle.i for c in children(particle.head, "dobj")))


def announces(word: Token) -> bool:
    """"UN to probe killings": an infinitive with its own subject that hangs on nothing, as headlines have it."""
    if word.tag_ != "VB" or not is_infinitive(word) or not any(s.i < word.i for s in children(word, "nsubj", "nsubjpass")):
        return False
    return not children(word, "mark") and (word.head == word or (word.dep_ == "ccomp" and word.i < word.head.i))


def goes_on_alone(word: Token, head: Token) -> bool:
    """Whether a verb joined to another tells by itself: "vowed to leave and left", "denied that he had shot them and blamed the mob"."""
    if word.tag_ == "VBD" and head.tag_ == "VBN":
        return bool(children(head, "aux", "auxpass")) and bool(children(word, "dobj", "ccomp"))
    return word.tag_ in ("VBD", "VBZ", "VBP") and head.tag_ in ("VB", "VBG")


def is_rule(subject: Token, verb: Token) -> bool:
    """Whether a clause says what anyone does or shall do: "any citizen may petition", "no person shall be arrested"."""
    first = subject.left_edge
    if first.head == subject and first.lower_ in EACH or subject.lower_ in EACH:
        return tense(verb) == "present" or any(c.tag_ == "MD" for c in children(verb, "aux"))
    vague = first.lower_ in ("a", "an", "no") or (first == subject and subject.tag_ == "NNS")
    return vague and any(c.lower_ == "shall" for c in children(verb, "aux"))


def question_mark(root: Token) -> Token | None:
    """The mark that closes the sentence of `root`, if it is a question."""
    last = [t for t in root.sent if not t.is_space and t.text not in "\"'”’)"]
    return last[-1] if last and last[-1].text == "?" else None


def pos_of(word: Token) -> str:
    """How en/governors.tsv calls the part of speech of what an event hangs on."""
    return "adj" if word.pos_ == "ADJ" else "noun" if word.pos_ in ("NOUN", "PROPN") else "verb"


def judged_by(verb: Token) -> list[Token]:
    """What a clause under `verb` is said to be: "it is not true that ...", "it is untrue, the mayor said, that ..."."""
    above = verb.head if verb.dep_ == "parataxis" and verb.head.lemma_ == "be" else verb
    return children(above, "acomp")


def modal_lemma(modal: Token) -> str:
    return {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would", "’d": "would"}.get(modal.lower_, modal.lower_)


def is_definite(noun: Token) -> bool:
    if children(noun, "poss"):
        return True
    return any(c.lower_ in _DEFINITE for c in children(noun, "det"))


def is_score(token: Token) -> bool:
    """The dash of "beat them 2-0"."""
    if token.text not in ("-", "–") or not 0 < token.i < len(token.doc) - 1:
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return before.text.isdigit() and after.text.isdigit() and len(before) < 4 and not before.whitespace_
