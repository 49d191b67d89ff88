"""Actors that are described, not named: officials, armies, crowds, ministries; and bodies with unknown names."""

from __future__ import annotations

from attrs import evolve
from spacy.tokens import Token

from ..records import Actor
from ..text import digest, slug
from .compose import Composition
from .names import Entity
from .persons import PersonNamer
from .phrases import core_start, is_head_noun, of_objects
from .reading import LOCATIVE, Run
from .register import ARTICLE_WORDS, Named, Register, role_on

OTHER_HOLDERS = ("a", "an", "another", "former", "ex", "then", "late", "next", "previous", "deputy", "new", "every", "no")
COUNTED = ("nsubj", "nsubjpass", "dobj")
POINTED_AT = ("those",)
DEALT = (*COUNTED, "pobj", "dative")
TOLD_APART = ("relcl", "acl")  # "those who fled", "those arrested"
ANSWERABLE = ("responsible", "behind", "guilty", "involved", "accountable", "implicated")
MASS = "mass"  # frame of nouns that without an article are a stuff: "the use of force"
PLACE = "place"  # frame of nouns for inhabited places
DEALT_WITH = ("by", "to", "for", "from", "with", "against", "between", "among", "on", "upon", "of")
STATIVE = ("be", "lie", "stand", "remain", "become", "seem", "sit")
PROVINCE = "state"  # after a proper name that is no country's, a part of one


PLURAL_NAME = "a plural name with its article"
APPOSED = "a description of a body stands beside the name"


class DescriptionNamer:
    """Finds the described actors of one article and enters them in its register."""

    def __init__(self, register: Register, persons: PersonNamer) -> None:
        self.register = register
        self.persons = persons
        self.reading = register.reading
        self.doc = register.doc
        self.article = register.article
        self.knowledge = register.knowledge
        self.composer = register.composer
        self._placed: set[tuple[str, ...]] = set()

    def name_body(self, first: int, last: int, actor: str, entity: Entity) -> None:
        head = self.register.head(first, last)
        modifies = (head.dep_ in ("compound", "amod", "nmod") and head.i != head.head.i) or self._opens(last)
        start = first if modifies or not head.dep_ else min(first, core_start(head))
        start = self.register.after_commas(start, first)
        form = "demonym" if entity.kind == "people" and modifies else "name"
        self.register.add_mention(start, last, actor, form)
        if not modifies:
            self.register.names[head.i] = Named(first=start, last=last, head=head.i, actor=actor)
        self.register.taken.update(range(first, last + 1))

    def _opens(self, last: int) -> bool:
        """Whether the name that ends at `last` only opens a described actor: "the Hamas leader"."""
        for i in range(last + 1, min(last + 4, len(self.doc))):
            found = self.composer.compose(self.doc[i]) if self.doc[i].dep_ else None
            if found is not None and found.match is not None and found.match.first == last + 1:
                return found.first <= last and is_head_noun(self.doc[i])
        return False

    def name_described(self) -> None:
        for token, found in self.composer.heads():
            if token.i in self.register.taken or token.i in self.reading.hit_at or token.i in self.register.names:
                continue
            if not self._only_characterises(token, found):
                self._describe(token, found)

    def _only_characterises(self, token: Token, found: Composition) -> bool:
        """Whether the noun names no actor of its own: "Iraq is no enemy", "asked for charity", "in court"."""
        assert found.match is not None
        if PLACE in found.match.row.frame and (self.reading.is_name_word(token.i) or not self._is_dealt_with(token)):
            return True
        if token.dep_ == "attr" and found.country_from != "text" and found.last == found.match.last:
            subject = [t for t in token.head.lefts if t.dep_ == "nsubj"]
            hit = self.reading.hit(subject[0].i) if subject else None
            article = self.reading.lowers[found.first] in ("a", "an", "no")
            return article and (hit is not None or (bool(subject) and subject[0].pos_ == "PRON"))
        bare = found.first == found.match.first and token.tag_ == "NN" and token.text.islower()
        if bare and MASS in found.match.row.frame:
            return True
        if not bare or found.match.row.kind != "body" or found.match.plural:
            return False
        if token.dep_ == "pobj" and self.reading.lowers[token.head.i] in (*LOCATIVE, "to") and found.sectors != ("COP",):
            return True
        return token.dep_ in ("pobj", "dobj") and found.sectors[:1] in (("NGO",), ("EDU",), ("BUS",), ("REL",))

    def _is_dealt_with(self, token: Token) -> bool:
        """Whether a village or town stands for its people: it does or undergoes something, is no mere where."""
        while token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        if token.dep_ == "pobj":
            outer = self.reading.role_ending(token.head.head.i)  # "a village of that district"
            return self.reading.lowers[token.head.i] in DEALT_WITH and (outer is None or PLACE not in outer.row.frame)
        return token.dep_ in ("nsubjpass", "dobj", "dative", "poss", "appos") or (token.dep_ == "nsubj" and token.head.lemma_ not in STATIVE)

    def _describe(self, token: Token, found: Composition) -> None:
        match = found.match
        assert match is not None
        if found.parts:
            self._several(found)
            return
        name = self._proper_body(token, found)
        if name is not None:
            self._name_proper_body(token, found, name)
            return
        if "kind" in match.row.frame and self._repeats_owner(found):
            assert found.owner is not None
            self.register.add_mention(found.first, found.last, self.register.actor_of(found.owner), "name")
            return
        bound = found.owner is not None or found.country_from == "text"
        if match.row.kind == "person":
            bound = bound or found.last > match.last
        if "bound" in match.row.frame and not bound:
            return
        part = bool({"bound", "pair"}.intersection(match.row.frame))
        if (part or match.row.kind == "body") and self._of_things(token, found, part=part):
            return
        named = self._apposed_name(token, found)
        if named is not None:
            self.register.add_mention(found.first, found.last, named, "nominal")
            return
        if "state" in match.row.frame and self._is_province(found):
            return
        if "state" in match.row.frame:
            if found.country is not None and not match.plural:
                entity = self.knowledge.gazetteer.by_country.get(found.country)
                if entity is not None and found.country_from == "text":
                    self.register.add_mention(found.first, found.last, self.register.actor_of(entity), "nominal")
                    return
            self._unnamed(found, token)
            return
        if "partitive" in match.row.frame and found.country is None and not found.sectors:
            if not self._counts_people(token):
                return
            found = evolve(found, sectors=("CVL",))
        found = self.composer.locate(self._with_conjunct(found, token), token)
        generic = "kind" in match.row.frame and found.country_from != "text"
        if match.row.kind == "body" and found.country is not None and not match.plural and not generic:
            self._body_of_country(found, token)
            return
        self._unnamed(found, token)

    def _apposed_name(self, token: Token, found: Composition) -> str | None:
        """The actor whose name the description stands beside: "Boko Haram, an armed group", "Chad, a poor country"."""
        assert found.match is not None
        other = token.head if token.dep_ == "appos" else next((c for c in token.children if c.dep_ == "appos"), None)
        hit = self.reading.hit(other.i) if other is not None else None
        if other is None or hit is None or hit.form != "name" or found.match.plural or found.match.row.kind == "person":
            return None
        if any(t.dep_ == "cc" for t in self.doc[min(other.i, token.i) + 1 : max(other.i, token.i)]):
            return None
        entity = self.register.choose(hit)
        country = found.country if found.country_from == "text" and found.owner is None else None
        if entity.kind not in ("state", "group", "organisation") or (entity.kind == "state") != ("state" in found.match.row.frame):
            return None
        if country is not None and entity.country is not None and country != entity.country:
            return None
        last = self.reading.hit_tokens(other.i)[1]
        if not any(t.text in (",", "(", "-", "–", "—") for t in self.doc[min(last, token.i) + 1 : max(last + 1, token.i)]):
            return None
        return self.register.actor_of(entity)

    def _with_conjunct(self, found: Composition, token: Token) -> Composition:
        """`found` with the country its conjunct names: "military leaders and Revolutionary Guard commanders"."""
        if found.country is not None or found.several:
            return found
        beside = [c for t in token.conjuncts if (c := self.composer.compose(t)) is not None]
        countries = {c.country: c for c in beside if c.country_from == "text" and set(c.sectors) & set(found.sectors)}
        if len(countries) != 1:
            return found
        [(country, other)] = countries.items()
        return evolve(found, country=country, country_from="text", because=(*found.because, *other.because))

    def name_counts(self) -> None:
        """People told by number or not at all: "three were killed", "free the other two", "nobody was detained"."""
        for sentence in self.reading.parsed:
            for token in sentence:
                if token.i in self.register.taken or token.i in self.reading.hit_at or not self._stands_for_people(token):
                    continue
                first = core_start(token)
                found = Composition(match=None, first=first, last=token.i, sectors=("CVL",), because=("people counted, not named",))
                found = self.composer.locate(found, token)
                span = self.reading.span(first, token.i)
                actor = Actor(
                    id=f"unnamed:{digest(self.article.id, span.start, span.end)}", name=self._bare(found),
                    kind="unnamed", country=found.country, sectors=found.sectors, basis="text", because=found.because,
                )  # fmt: skip
                self.register.draft(actor)
                self.register.add_mention(first, token.i, actor.id, "nominal")

    def _stands_for_people(self, token: Token) -> bool:
        """Whether a bare number or indefinite word is somebody to whom something is done that is done to people."""
        known, word = self.knowledge, self.reading.lowers[token.i]
        if word in POINTED_AT:
            return token.tag_ == "DT" and token.dep_ in DEALT and any(c.dep_ in TOLD_APART or c.lower_ in ANSWERABLE for c in token.rights)
        if token.dep_ not in COUNTED or any(t.tag_ == "PRP" or t.i in self.reading.hit_at or self.composer.compose(t) for t in of_objects(token)):
            return False
        if token.pos_ == "NUM":
            return token.head.lemma_ in known.casualties or (token.dep_ != "nsubj" and token.head.lemma_ in known.undergone)
        return word in known.indefinite and token.head.lemma_ in known.undergone

    def _is_province(self, found: Composition) -> bool:
        """Whether a place below the state stands before the noun: "Borno state"."""
        assert found.match is not None
        before = found.match.first - 1
        if found.match.row.phrase != PROVINCE or before < found.first or not self.reading.is_name_word(before):
            return False
        hit = self.reading.hit(before)
        return hit is None or hit.form == "city"

    def _counts_people(self, token: Token) -> bool:
        """Whether a bare count stands for people: "dozens were killed", "the blast killed many"."""
        alone = not any(True for _ in of_objects(token)) and token.lower_ != "millions"
        return alone and token.dep_ in ("nsubj", "nsubjpass", "dobj") and (
            token.tag_ == "NNS" or token.lower_ in ("many", "several")
        )

    def _of_things(self, token: Token, found: Composition, *, part: bool) -> bool:
        """Whether a body's "of" phrase names no actor: "the movement of goods"; part: nor is it one, as "Pakistan's side of the line"."""
        things = [t for t in of_objects(token) if t.dep_ == "pobj"]  # "accused the opposition of having lied" is of no things
        if not things or (not part and (found.owner is not None or found.country is not None)):
            return False
        assert found.match is not None
        if "government" in found.match.row.frame and any(c.dep_ == "det" for t in things for c in t.lefts):
            return False  # "the government of the former colony", and no "administration of drugs"
        return not any(
            self.composer.compose(t) is not None or self.reading.hit(t.i) or (not part and self.reading.is_name_word(t.i))
            for t in things
        )

    def _repeats_owner(self, found: Composition) -> bool:
        """Whether the noun only says what its owner is: "the Hamas movement"."""
        assert found.match is not None
        before = self.reading.hit(found.match.first - 1) if found.match.first else None
        return (
            found.owner is not None
            and before is not None
            and before.entity.id == found.owner.id
            and found.owner.kind in ("group", "organisation")
            and not found.match.plural
            and self.doc[found.match.first - 1].tag_ != "POS"
        )

    def _body_of_country(self, found: Composition, token: Token) -> None:
        assert found.match is not None and found.country is not None
        row = found.match.row
        if "government" in row.frame and found.sectors == ("GOV",) and found.region is None:
            actor = self.register.government_of(found.country, found.because[-1])
        else:
            country = found.country.lower()
            words = f"{found.region} {row.phrase}" if found.region is not None else row.phrase
            made = Actor(
                id=f"organisation:{slug(words)}:{country}", name=self._bare(found), kind="organisation",
                country=found.country, sectors=found.sectors, basis="text", because=found.because,
            )  # fmt: skip
            actor = self.register.draft(made).actor.id
        self.register.add_mention(found.first, found.last, actor, "nominal")

    def _office_holder(self, found: Composition, token: Token) -> str | None:
        """The person named elsewhere in the article who held that country's office that day."""
        assert found.match is not None
        offices = found.match.row.offices
        words = self.reading.lowers[found.first : found.match.first]
        if found.match.row.kind != "person" or found.match.plural or found.country is None or "of" in found.match.row.frame:
            return None
        if set(words) & set(OTHER_HOLDERS) or self.doc[found.match.last].head.dep_ == "appos":
            return None
        days = dict.fromkeys((self.register.date_at(token), self.article.published))
        return next((h for day in days if (h := self._holder_on(found, offices, day)) is not None), None)

    def _lone_holder(self, found: Composition, token: Token) -> str | None:
        """Of all the article names the one who holds "the" office, where the country was only guessed."""
        if found.country_from not in (None, "location", "context") or self.reading.lowers[found.first] != "the" or found.region is not None:
            return None
        named = {d.entity.country for d in self.register.drafts.values() if d.entity is not None and d.entity.roles}
        holders = [self._office_holder(evolve(found, country=country), token) for country in sorted(c for c in named if c)]
        holders = [h for h in holders if h is not None]
        return holders[0] if len(holders) == 1 else None

    def _holder_on(self, found: Composition, offices: tuple[str, ...], when: str | None) -> str | None:
        """The one person of the article who held that country's (or its part's) office on that day."""
        holders = []
        for draft in self.register.drafts.values():
            held = role_on(draft.entity, when) if draft.entity is not None and draft.entity.roles else None
            if held is None or (found.region is not None and found.region not in held[0].title):
                continue
            if held[0].country == found.country and _is_office(held[0].title, offices):
                holders.append(draft.actor.id)
        return holders[0] if len(holders) == 1 else None

    def _unnamed(self, found: Composition, token: Token) -> None:
        holder = self._office_holder(found, token) or self._lone_holder(found, token)
        if holder is not None:
            self.register.add_mention(found.first, found.last, holder, "nominal")
            return
        span = self.reading.span(found.first, found.last)
        actor = Actor(
            id=f"unnamed:{digest(self.article.id, span.start, span.end)}", name=self._bare(found),
            kind="unnamed", country=found.country, sectors=found.sectors, basis="text", because=found.because,
            role=self.persons.role_title(found) if found.match and found.match.row.kind == "person" else None,
        )  # fmt: skip
        self.register.draft(actor)
        self.register.add_mention(found.first, found.last, actor.id, "nominal")

    def _several(self, found: Composition) -> None:
        """An actor with members for "the foreign ministers of A and B", whose mentions stand inside its own."""
        members: list[str] = []
        for part in found.parts:
            assert part.match is not None
            row = part.match.row
            if part.country is not None and "government" in row.frame and part.sectors == ("GOV",) and part.region is None:
                actor = self.register.government_of(part.country, part.because[-1])
            else:
                span = self.reading.span(part.first, part.last)
                made = Actor(
                    id=f"unnamed:{digest(self.article.id, span.start, span.end)}",
                    name=f"{row.phrase} of {self._bare(part)}", kind="unnamed", country=part.country,
                    sectors=part.sectors, basis="text", because=part.because,
                    role=row.phrase if row.kind == "person" else None,
                )  # fmt: skip
                actor = self.register.draft(made).actor.id
            span = self.reading.span(part.first, part.last)
            self.register.add_mention(part.first, part.last, actor, "nominal")
            members.append(self.register.mentions[span].actor or actor)  # a group is a mention already
        span = self.reading.span(found.first, found.last)
        whole = Actor(
            id=f"unnamed:{digest(self.article.id, span.start, span.end)}", name=self._bare(found), kind="unnamed",
            sectors=found.sectors, basis="text", members=tuple(dict.fromkeys(members)), because=found.because,
        )  # fmt: skip
        self.register.draft(whole)
        self.register.add_mention(found.first, found.last, whole.id, "nominal")

    def _bare(self, found: Composition) -> str:
        first = found.first
        while first < found.last and self.reading.lowers[first] in ARTICLE_WORDS:
            first += 1
        return " ".join(self.register.words(self.reading.span(first, found.last)).split())

    def _proper_body(self, token: Token, found: Composition) -> str | None:
        """The proper name of a body: capitals up to its noun ("Green Party"), or "Ministry of ..."."""
        assert found.match is not None
        if found.match.row.kind not in ("body", "group") or not self.reading.is_name_word(token.i):
            return None
        if self.reading.all_capitals(token):
            return None
        first = token.i
        while first > found.first and self._in_proper_name(first - 1):
            first -= 1
        while first < token.i and (not self.reading.is_name_word(first) or self.reading.lowers[first] == "the"):
            first += 1
        last = token.i
        for thing in of_objects(token):
            if self.reading.is_name_word(thing.i) and thing.i <= found.last:
                last = max(last, found.last)
        if first == last or (first == found.match.first and last == found.match.last):
            return None
        return " ".join(self.register.words(self.reading.span(first, last)).split())

    def _in_proper_name(self, index: int) -> bool:
        return self.reading.is_name_word(index) or self.reading.lowers[index] in ("and", "-", "for", "of", "&")

    def _name_proper_body(self, token: Token, found: Composition, name: str) -> None:
        assert found.match is not None
        if "government" in found.match.row.frame and found.country_from == "text" and found.country is not None:
            self._body_of_country(found, token)
            return
        sectors = found.match.row.named or found.sectors
        if found.country is not None and found.country_from == "text":
            sectors = found.sectors
        found = self.composer.locate(found, token)
        suffix = f":{found.country.lower()}" if found.country else ""
        actor = Actor(
            id=f"organisation:{slug(name)}{suffix}", name=name, kind="organisation", country=found.country,
            sectors=sectors, basis="text", because=found.because,
        )  # fmt: skip
        id = self.register.draft(actor).actor.id
        self.register.add_mention(found.first, found.last, id, "name")
        self.register.names[token.i] = Named(first=found.first, last=found.last, head=token.i, actor=id)

    def name_unknown_bodies(self) -> None:
        self._placed = self._names_of_places()
        inside = {i for s in self.register.mentions if self.register.mentions[s].form == "name" for i in self.reading.tokens_of(s)}
        for run in self.reading.runs:
            if any(i in self.register.taken or i in inside for i in range(run.first, run.last + 1)):
                continue
            beside = self.composer.apposed_body(self.register.head(run.first, run.last), run.last)
            kind = APPOSED if beside is not None else self._body_evidence(run)
            if kind is not None and is_head_noun(self.register.head(run.first, run.last)):
                self._name_unknown_body(run, kind, beside)

    def _acts_somewhere(self, name: tuple[str, ...]) -> bool:
        """Whether that name is somewhere the subject or agent of what persons and bodies do."""
        for run in self.reading.runs:
            if tuple(self.reading.texts[run.first : run.last + 1]) != name:
                continue
            head = self.register.head(run.first, run.last)
            verb = head.head.head if head.dep_ == "pobj" and head.head.dep_ == "agent" else head.head
            if head.dep_ in ("nsubj", "pobj") and verb.lemma_ in (self.knowledge.person_verbs | self.knowledge.dealings):
                return head.dep_ == "nsubj" or head.head.dep_ == "agent"
        return False

    def _names_of_places(self) -> set[tuple[str, ...]]:
        """Unknown names that stand after "in", "near" or "to" somewhere in the article: places, not bodies."""
        return {
            tuple(self.reading.texts[run.first : run.last + 1]) for run in self.reading.runs
            if run.first and self.reading.lowers[run.first - 1] in LOCATIVE
        }  # fmt: skip

    def _body_evidence(self, run: Run) -> str | None:
        types = [self.doc[i].ent_type_ for i in range(run.first, run.last + 1)]
        name = tuple(self.reading.texts[run.first : run.last + 1])
        if name in self._placed or {self.reading.lowers[run.first], self.reading.lowers[run.last]} & self.knowledge.things:
            return None
        if self._is_plural_people(run):
            return PLURAL_NAME
        if run.first == run.last and not self._acts_somewhere(name):
            return None  # "Medicaid", "Obamacare": the recogniser's single words are bodies where they do something
        if self.reading.all_capitals(self.doc[run.first]):
            return None
        if types.count("ORG") * 2 > len(types):
            return "the model's name recogniser"
        return None

    def _is_plural_people(self, run: Run) -> bool:
        """ "The Umayyads had collaborated": one plural name with its article, that acts or is dealt with."""
        head = self.doc[run.first]
        if run.first != run.last or not run.first or self.reading.lowers[run.first - 1] != "the":
            return False
        if head.tag_ in ("NNPS", "NNS"):
            return self._is_dealt_with(head)
        verbs = (head.head, *head.head.lefts) if head.dep_ in ("nsubj", "nsubjpass") else ()
        return any(v.tag_ == "VBP" or v.lower_ == "were" for v in verbs)  # "the Misseriya have"

    def _name_unknown_body(self, run: Run, evidence: str, beside: Composition | None) -> None:
        name = " ".join(self.register.words(self.reading.span(run.first, run.last)).split())
        kind = "group" if evidence == PLURAL_NAME else "organisation"
        actor = Actor(id=f"{kind}:{slug(name)}", name=name, kind=kind, basis="text", because=(f"name: {evidence}",))
        if beside is not None:
            because = (*actor.because, *beside.because)
            actor = evolve(actor, country=beside.country, sectors=beside.sectors, because=because)
        id = self.register.draft(actor).actor.id
        if beside is not None:
            self.register.join_mention(beside.first, beside.last, id)
        entity = Entity(id=id, name=name, kind=kind)
        self.name_body(run.first, run.last, id, entity)


def _is_office(title: str, offices: tuple[str, ...]) -> bool:
    """Whether a role's title is that office: "first minister of Northern Ireland" is a first minister."""
    head = title.lower().split(" of ")[0]
    return head in offices
