"""The cast of one article as coreference sees it: each mention with its head, number, gender and actor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from attrs import define, evolve
from spacy.tokens import Doc, Token

from ..lexicon import Lexicons, Row
from ..records import Actor, Article, Mention, Span
from ..syntax import head_of
from .confidence import is_lent
from .names import plain
from .phrases import RoleLexicon, RoleMatch, TitleLexicon

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "agent")
MODIFIERS = ("amod", "compound", "nmod", "npadvmod")


class Grammar:
    """The lexicons coreference needs, loaded once for a run."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.roles = RoleLexicon(lexicons)
        self.titles = TitleLexicon(lexicons)
        self.pronouns: Mapping[str, Row] = {r.need("pronoun"): r for r in lexicons.table("en/pronouns.tsv")}
        self.given: Mapping[str, str | None] = {
            r.need("name"): r["gender"] for r in lexicons.table("en/given_names.tsv")
        }
        self.gendered = {r.need("noun"): r["gender"] for r in lexicons.table("en/gendered_nouns.tsv")}
        self.speech = frozenset(r.need("lemma") for r in lexicons.table("en/person_verbs.tsv") if r["speech"])
        self.particles = frozenset(r.need("particle") for r in lexicons.table("en/name_particles.tsv"))


@define(eq=False)
class Part:
    """One mention and what the search for antecedents needs to know of it."""

    mention: Mention
    head: Token
    sentence: int
    actor: str | None
    number: str | None
    match: RoleMatch | None

    @property
    def form(self) -> str:
        return self.mention.form

    @property
    def is_modifier(self) -> bool:
        return self.head.dep_ in MODIFIERS

    @property
    def is_subject(self) -> bool:
        token = self.head
        while token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        return token.dep_ in SUBJECTS


class Cast:
    """Actors and mentions of one article, changed as mentions find their actors."""

    def __init__(
        self, grammar: Grammar, doc: Doc, article: Article, actors: Iterable[Actor], mentions: Iterable[Mention]
    ) -> None:
        self.grammar = grammar
        self.doc = doc
        self.article = article
        self.actors = {a.id: a for a in actors}
        self.texts = [plain(t.text) for t in doc]
        self.lowers = [t.lower() for t in self.texts]
        self._sentence_starts = [s.start for s in doc.sents]
        self.parts = [part for m in mentions if (part := self._part(m)) is not None]
        self.parts.sort(key=lambda p: (p.mention.span.start, -p.mention.span.end))
        self.genders = self._genders()

    def sentence_of(self, token: Token) -> int:
        return bisect_right(self._sentence_starts, token.i) - 1

    def sentence_start(self, token: Token) -> int:
        """Index of the first token of the sentence of `token`."""
        return self._sentence_starts[self.sentence_of(token)]

    def sentence_bounds(self, token: Token) -> tuple[int, int]:
        """First token of the sentence of `token`, and the first after it."""
        number = self.sentence_of(token)
        after = self._sentence_starts[number + 1 : number + 2]
        return self._sentence_starts[number], after[0] if after else len(self.doc)

    def _part(self, mention: Mention) -> Part | None:
        head = head_of(self.doc, mention.span)
        if head is None:
            return None
        match = self.grammar.roles.ending_at(self.lowers, head.i, modifier=False)
        if mention.form == "name":
            match = None
        return Part(
            mention=mention, head=head, sentence=self.sentence_of(head), actor=mention.actor,
            number=self._number(mention, head, match), match=match,
        )  # fmt: skip

    def _number(self, mention: Mention, head: Token, match: RoleMatch | None) -> str | None:
        row = self.grammar.pronouns.get(self.lowers[head.i]) if mention.form == "pronoun" else None
        if row is not None:
            return row["number"]
        if match is not None and match.row.kind != "body":
            return "plural" if match.plural or "partitive" in match.row.frame else "singular"
        if mention.form == "demonym" and head.dep_ not in MODIFIERS:
            return "plural" if head.tag_ in ("NNS", "NNPS") else None
        actor = self.actors.get(mention.actor or "")
        if actor is not None and actor.kind == "person":
            return "singular"
        return "plural" if match is not None and match.plural else None

    def add(self, span: Span, id: str, actor: str, form: str) -> None:
        """One more mention, of an actor already in the cast; none where it would repeat or cross another."""
        for known in self.parts:
            other = known.mention.span
            if other == span or (other.overlaps(span) and not other.covers(span) and not span.covers(other)):
                return
        mention = Mention(id=id, span=span, text=self.article.text[span.start : span.end], actor=actor, form=form)
        part = self._part(mention)
        if part is not None:
            self.parts.append(part)
            self.parts.sort(key=lambda p: (p.mention.span.start, -p.mention.span.end))

    def rename(self, old: str, new: str) -> None:
        """All mentions of actor `old` become mentions of `new`; what `new` lacks it takes from `old`."""
        if old == new:
            return
        for part in self.parts:
            if part.actor == old:
                part.actor = new
        gone, kept = self.actors[old], self.actors[new]
        if gone.country is not None and not is_soft(gone) and (kept.country is None or is_soft(kept)):
            told = [why for why in kept.because if not is_lent((why,))]
            told += [why for why in gone.because if why.startswith("country:")]
            kept = evolve(kept, country=gone.country, because=tuple(told))
        if not kept.sectors and gone.sectors:
            kept = evolve(kept, sectors=gone.sectors, role=kept.role or gone.role)
        self.actors[new] = kept
        for actor in [a for a in self.actors.values() if old in a.members]:
            members = dict.fromkeys(new if id == old else id for id in actor.members)
            self.actors[actor.id] = evolve(actor, members=tuple(members))
        if self.genders.get(new) is None and old in self.genders:
            self.genders[new] = self.genders[old]

    def _genders(self) -> dict[str, str | None]:
        genders: dict[str, str | None] = {}
        for part in self.parts:
            if part.actor is None or genders.get(part.actor) or part.form == "pronoun":
                continue
            found = self._gender_in(part)
            if found is not None:
                genders[part.actor] = found
        return genders

    def _gender_in(self, part: Part) -> str | None:
        """m or f where a title, a given name or a word in -man or -woman tells."""
        actor = self.actors.get(part.actor or "")
        if actor is None or actor.kind not in ("person", "unnamed"):
            return None
        tokens = [t.i for t in self.doc[part.head.left_edge.i : part.head.i + 1]] or [part.head.i]
        span = part.mention.span
        for i in tokens:
            if not span.start <= self.doc[i].idx < span.end:
                continue
            title = self.grammar.titles.starting_at(self.texts, i)
            if title is not None and title[1].gender:
                return title[1].gender
            word = self.lowers[i]
            told = self.grammar.gendered.get(word)
            if told or word.endswith(("man", "woman")):
                return told or ("f" if word.endswith("woman") else "m")
        if actor.kind == "person":
            return self.grammar.given.get(plain(actor.name).split()[0])
        return None


def is_soft(actor: Actor) -> bool:
    """Whether the actor's country is only a guess from its surroundings."""
    return is_lent(actor.because)
