"""Who is named in an article: mentions and the actors they name, with the role each holds there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve
from spacy.tokens import Doc, Token

from ..config import Settings
from ..lexicon import Lexicons
from ..records import Actor, Article, Mention, Time
from ..text import fold
from .confidence import IN_CONTEXT, IN_SENTENCE, weighed
from .described import DescriptionNamer
from .ethnic import name_ethnic
from .names import Entity, Hit, plain
from .persons import PersonNamer
from .phrases import core_start, is_head_noun, of_objects
from .reading import LOCATIVE, UNSHORTENED, Knowledge, Reading, stands_for
from .register import Draft, Register, TextRole, role_on

SLOT_PREPOSITIONS = ("by", "to", "from", "with", "between", "against", "on", "upon", "for", "toward", "towards", "over", "of")
PRIVATE = ("CVL", "BUS", "EDU", "LAB", "MED", "REL")
TOWNS = ("capital", "city", "town", "port")
COUNTED_OFF = "the"  # note of numbers that with their article stand for those just named
SLOTS = ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
COPULAR = ("be", "fall", "lie", "remain", "become")

ResolveActors = Callable[
    [Doc, Article, tuple[Time, ...]], tuple[tuple[Actor, ...], tuple[Mention, ...]]
]


def make_actor_resolver(settings: Settings, lexicons: Lexicons) -> ResolveActors:
    """A callable that finds the actors of one article; the lexicons are loaded here, once.

    It returns (actors, mentions), both in order of first mention; mentions nest but never cross. Pronouns
    are mentions with actor None: coreference gives them theirs.
    Raises LexiconError or ResolveError when a table is missing or wrong.
    """
    knowledge = Knowledge(lexicons)

    def resolve(
        doc: Doc, article: Article, times: tuple[Time, ...]
    ) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
        return _Resolution(Reading(knowledge, doc, article, times), times).run()

    return resolve


class _Resolution:
    """The work on one article."""

    def __init__(self, reading: Reading, times: Sequence[Time]) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.article = reading.article
        self.knowledge = reading.knowledge
        self.register = Register(reading, times)
        self.composer = self.register.composer
        self.persons = PersonNamer(self.register)
        self.described = DescriptionNamer(self.register, self.persons)
        self.aliases: dict[str, str] = {}

    def run(self) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
        self._name_persons_and_bodies()
        self.persons.name_unknown()
        self.persons.link_appositions()
        self.described.name_described()
        self._name_acronyms()
        self.described.name_counts()
        self.described.name_unknown_bodies()
        name_ethnic(self.register)
        self._name_states()
        self._name_pronouns()
        return self._finish()

    def _name_persons_and_bodies(self) -> None:
        for first, last, hit in self.reading.hits:
            if hit.form == "none" or hit.entity.kind == "state":
                continue
            entity = self.register.choose(hit)
            if entity.kind == "person":
                self.persons.name_person(first, last, self.register.actor_of(entity))
            else:
                self.described.name_body(first, last, self._body_actor(entity), entity)

    def _body_actor(self, entity: Entity) -> str:
        """The actor of a body; a table's "Iraqi government" is the one that "Baghdad" stands for."""
        words = plain(entity.name).lower().split()
        if entity.country is not None and entity.sectors == ("GOV",) and len(words) == 2 and words[1] == "government":
            return self.register.government_of(entity.country, entity.where)
        return self.register.actor_of(entity)

    def _name_states(self) -> None:
        for first, last, hit in self.reading.hits:
            if hit.form in ("none", "city") or hit.entity.kind != "state":
                continue
            entity = self.register.choose(hit)
            head = self.register.head(first, last)
            assert entity.country is not None
            if hit.form in ("capital", "metonym"):
                if not self._only_places(first, last, entity.country) and self._acts(head, locative_only=hit.form == "metonym"):
                    body = self.reading.seated_body(hit)
                    actor = self.register.actor_of(body) if body is not None else self.register.government_of(entity.country, entity.where)
                    self.register.add_mention(self.register.with_article(first), last, actor, "name")
                continue
            actor = self.register.actor_of(entity)
            if not self.reading.gives_country(first, last) and hit.form != "name":
                continue
            self._mention_state(first, last, head, hit, actor)

    def _mention_state(self, first: int, last: int, head: Token, hit: Hit, actor: str) -> None:
        form = "name" if hit.form == "name" else "demonym"
        if not head.dep_ or head.dep_ in ("amod", "compound", "nmod", "poss") and form == "demonym":
            self.register.add_mention(first, last, actor, form)
            return
        if head.dep_ in ("amod", "compound", "nmod"):
            self.register.add_mention(first, last, actor, form)
            return
        start, edge = first, min(first, core_start(head))
        while start > edge and start - 1 not in self.reading.hit_at and self._may_open(self.doc[start - 1]):
            start -= 1
        self.register.add_mention(start, last, actor, form)

    def _may_open(self, token: Token) -> bool:
        """Whether a word before a state's name is part of the mention: "the", "occupied", not "striking"."""
        return token.pos_ in ("DET", "ADJ") or token.tag_ == "VBN"

    def _acts(self, token: Token, *, locative_only: bool) -> bool:
        """Whether a capital stands for its government: it does, says, owns, or is dealt with.

        Subject of an active verb that is no copula, or of one with an adjective of `en/dealings.tsv` ("was ready
        to"); subject of a passive, object or prepositional object of a verb or noun there; agent; possessor. Otherwise
        it is a place. A seat of power (`locative_only`) is taken for its holder except after a preposition of place.
        """
        if not token.dep_:
            return False
        while token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        dep, head = token.dep_, token.head
        if locative_only:
            return not (dep == "pobj" and head.lower_ in LOCATIVE) and dep != "compound"
        dealings = self.knowledge.dealings
        if dep == "nsubj":
            due = any(c.dep_ == "xcomp" and c.pos_ == "VERB" for c in head.children)  # "Tokyo is to place missiles"
            return due or head.lemma_ not in COPULAR or any(c.dep_ == "acomp" and c.lemma_ in dealings for c in head.children)
        if dep == "poss":
            return head.pos_ != "PROPN"  # "Moscow's decision", not "Havana's Plaza of the Revolution"
        if dep in ("nsubjpass", "dobj", "dative", "obj"):
            return head.lemma_ in dealings
        if dep == "pobj":
            if head.dep_ == "agent":
                return True
            if head.lower_ not in SLOT_PREPOSITIONS:
                return False
            governor = head.head
            told = head.lower_ == "between" or (head.lower_ == "by" and governor.pos_ == "NOUN")
            given = governor.pos_ == "VERB" and any(c.dep_ == "dobj" and c.lemma_ in dealings for c in governor.children)
            return told or governor.lemma_ in dealings or given  # "expressed gratitude to Ankara"
        return False

    def _only_places(self, first: int, last: int, country: str) -> bool:
        """Whether a capital only says where: in a dateline, "NAIROBI, March 14 -", in "Nairobi, Kenya", "the capital Nairobi"."""
        if first and self.reading.lowers[first - 1] in TOWNS:
            return True
        after = self.reading.texts[last + 1] if last + 1 < len(self.doc) else ""
        beyond = self.reading.hit(last + 2) if last + 2 < len(self.doc) and after == "," else None
        if beyond is not None and beyond.entity.id == f"state:{country}":
            return True
        opens = first == self.reading.sentence_start(first)
        return opens and (after in (":", "(", "-", "—", "/") or (after == "," and self.reading.texts[first].isupper()))

    def _name_acronyms(self) -> None:
        """ "National Science Council (NSC)": later NSC names the same."""
        for named in list(self.register.names.values()):
            i = named.last + 1
            if i + 2 >= len(self.doc) or self.doc[i].text != "(" or self.doc[i + 2].text != ")":
                continue
            short = self.reading.texts[i + 1]
            actor = self.register.drafts[named.actor].actor
            if actor.kind not in UNSHORTENED and stands_for(short, actor.name) and i + 1 not in self.register.taken:
                self.aliases.setdefault(short, named.actor)
        for i, text in enumerate(self.reading.texts):
            if text in self.aliases and i not in self.reading.hit_at and i not in self.register.taken:
                token = self.doc[i]
                if any(token.idx >= s.start and token.idx < s.end for s in self.article.furniture):
                    continue
                modifies = token.dep_ in ("compound", "amod", "nmod")
                start = i if modifies or not token.dep_ else self.register.with_article(i)
                self.register.add_mention(start, i, self.aliases[text], "name")

    def _name_pronouns(self) -> None:
        for sentence in self.reading.parsed:
            for token in sentence:
                row = self.knowledge.pronouns.get(self.reading.lowers[token.i])
                if row is None or token.i in self.register.taken:
                    continue
                if row["note"] == COUNTED_OFF:
                    if self._refers_back(token):
                        self.register.add_mention(core_start(token), token.i, None, "pronoun")
                    continue
                if row["case"] == "relative":
                    if token.tag_ not in ("WP", "WDT", "WP$"):
                        continue
                elif token.pos_ not in ("PRON", "DET") or self._expletive(token) or not is_head_noun(token):
                    continue
                self.register.add_mention(token.i, token.i, None, "pronoun")

    def _refers_back(self, token: Token) -> bool:
        """Whether a number with its article stands for those just named: "the two declined", not "the two men", "the other two"."""
        before = [t.lower_ for t in token.lefts]
        counted = any(o.tag_ in ("NNS", "NNPS", "PRP") for o in of_objects(token))  # "accused the two of meddling" counts nobody else
        return before == ["the"] and token.dep_ in SLOTS and not counted

    def _expletive(self, token: Token) -> bool:
        return token.dep_ == "expl"

    def _finish(self) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
        mentions = _uncrossed(self.register.mentions.values())
        used = dict.fromkeys(m.actor for m in mentions if m.actor is not None)
        final = {id: weighed(self._finished(self.register.drafts[id])) for id in used}
        mentions = [evolve(m, actor=final[m.actor].id) if m.actor else m for m in mentions]
        actors = {final[id].id: final[id] for id in used}
        return tuple(actors.values()), tuple(mentions)

    def _finished(self, draft: Draft) -> Actor:
        if draft.actor.kind != "person":
            return draft.actor
        if draft.entity is None:
            return _unknown_person(draft, self.composer.dominant_for_persons)
        return _known_person(draft, self.article.published)


def _unknown_person(draft: Draft, dominant: str | None) -> Actor:
    """The actor with the role the text gives; one without a country is of the clearly dominant one."""
    actor = draft.actor
    if not draft.roles:
        return actor
    country = next((r.country for r in draft.roles if r.country), None)
    roles = sorted(draft.roles, key=lambda r: r.rank)
    first = next((r for r in roles if r.sectors), roles[0])
    because = (*actor.because, *first.because)
    id = f"{actor.id}:{country.lower()}" if country else actor.id
    if country is None and first.sectors and first.sectors[0] != "IGO" and not first.shared:
        private = first.sectors[0] in PRIVATE  # an activist is more likely of where the doings are than of whom they concern
        guess = (draft.place or dominant) if private else (dominant or draft.place)
        why = IN_CONTEXT if guess == dominant else IN_SENTENCE
        country, because = (guess, (*because, why)) if guess else (None, because)
    country = None if first.sectors[:1] == ("IGO",) else country
    return evolve(
        actor, id=id, country=country, sectors=first.sectors, role=first.title, role_date=first.when,
        because=because,
    )  # fmt: skip


def _known_person(draft: Draft, published: str | None) -> Actor:
    """The actor with the role the text gives, else the role the table gives for the day of its mentions."""
    entity = draft.entity
    assert entity is not None
    spoken = next((r for r in draft.roles if (r.sectors or r.country) and not r.rank), None)
    ranked = next((r for r in draft.roles if r.rank and r.sectors), None)
    if spoken is None and ranked is not None and not entity.roles:
        spoken = ranked
    when = spoken.when if spoken else next((d for d in draft.dates if d and d != published), published)
    held = role_on(entity, when)
    if spoken is None:
        dated = held is not None
    else:  # "the foreign minister at the time": the day is known only if the table does not contradict it
        dated = _unlisted(spoken, entity) or (held is not None and not held[0].title.startswith("former "))
    actor = evolve(draft.actor, role_date=when if dated else None)
    if held is not None:
        role, where = held
        actor = evolve(actor, country=role.country, sectors=role.sectors, role=role.title,
                       because=(*actor.because, f"role: {where}"))  # fmt: skip
    if spoken is not None:
        # A party's leader in office acts as office-holder; else the text's own word for the role decides.
        in_office = held is not None and (
            ("GOV" in actor.sectors and spoken.sectors in ((), ("PTY",)))
            or fold(spoken.title) == fold(held[0].title)  # "chief executive" of a territory, not of a firm
        )
        actor = evolve(
            actor, country=spoken.country or actor.country,
            sectors=actor.sectors if in_office else spoken.sectors or actor.sectors,
            role=spoken.title, because=(*actor.because, *spoken.because),
        )  # fmt: skip
    elif ranked is not None and not actor.sectors:
        actor = evolve(actor, sectors=ranked.sectors, role=actor.role or ranked.title)
    return evolve(actor, country=None) if actor.sectors[:1] == ("IGO",) else actor


def _unlisted(spoken: TextRole, entity: Entity) -> bool:
    """Whether the table knows no role of `entity` by the title the text gives."""
    last = spoken.title.lower().split()[-1]
    return not any(last in role.title.lower() for role in entity.roles)


def _uncrossed(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in text order, outer before inner; of two that cross, the longer stays."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        crossing = [
            k for k in kept
            if k.span.overlaps(mention.span) and not k.span.covers(mention.span) and not mention.span.covers(k.span)
        ]  # fmt: skip
        if not crossing:
            kept.append(mention)
        elif all(len(k.text) < len(mention.text) for k in crossing):
            kept = [k for k in kept if k not in crossing] + [mention]
    return sorted(kept, key=lambda m: (m.span.start, -m.span.end))
