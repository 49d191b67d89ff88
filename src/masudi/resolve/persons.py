"""Persons: the gazetteer's and unknown ones, with the role the text gives each."""

from __future__ import annotations

from attrs import evolve
from spacy.tokens import Token

from ..records import Actor
from ..text import slug
from .compose import Composition
from .confidence import SPELT_LIKE
from .names import Entity, plain
from .phrases import RoleMatch, Title, core_start
from .reading import Run
from .register import ARTICLE_WORDS, Draft, Named, Register, TextRole

RANKS = frozenset(("MIL", "COP", "REL"))  # titles with these name a rank, others an office
SERVICES = (("MIL",), ("COP",), ("SPY",), ("GOV",))  # "IDF Lt. Col. ..."
CALLINGS = (("CVL",), ("EDU",), ("LAB",), ("MED",))  # of which one alone is a person: "a lawyer", not "a militia"
NAMING = frozenset(("known", "called", "named", "nicknamed", "dubbed"))
IDENTIFIED = (["identified", "as"], ["named", "as"], ["him", "as"], ["them", "as"])
SECONDS = frozenset(("deputy", "vice", "assistant", "associate", "under"))
PLACE = "place"  # frame of nouns for inhabited places
CLAUSE_SUBJECTS = ("nsubj", "nsubjpass")


class PersonNamer:
    """Finds the persons of one article and enters them in its register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.reading = register.reading
        self.doc = register.doc
        self.knowledge = register.knowledge
        self.composer = register.composer

    def name_person(self, first: int, last: int, actor: str) -> None:
        """A mention for a person's name with what stands before it: titles, role, country."""
        head = self.register.head(first, last)
        role = self._role_before(first)
        start, text_role = first, None
        if role is not None:
            start, text_role = role
        elif head.dep_:
            start = self.register.after_commas(min(first, core_start(head)), first)
        draft = self.register.drafts[actor]
        shared = self._shared_role(first, head) if text_role is None else None
        if shared is not None:
            start, text_role = first, shared
        if text_role is None and draft.entity is None:
            text_role = self._body_behind(last)
        if text_role is not None:
            draft.roles.append(text_role if text_role.country else evolve(text_role, country=self._country_behind(last)))
        draft.dates.append(self.register.date_at(head) or "")
        if draft.place is None and draft.entity is None and shared is None:
            draft.place = self.composer.place_near(head)
        self.register.add_mention(start, last, actor, "name")
        top = self.register.head(start, last)
        self.register.names[top.i] = Named(first=start, last=last, head=top.i, actor=actor)
        self.register.names.setdefault(head.i, self.register.names[top.i])
        self.register.taken.update(range(start, last + 1))

    def _role_before(self, first: int) -> tuple[int, TextRole | None] | None:
        """Start of the phrase and the role it gives, when a title or role noun stands right before `first`."""
        if not first or "\n" in self.doc[first - 1].text:
            return None
        title = self._title_ending(first - 1)
        if title is None and self.doc[first - 1].is_punct:
            return None
        match = self.reading.role_ending(first - 1, modifier=False)
        place = match is not None and PLACE in match.row.frame  # "of village Danwal" is nobody
        if match is not None and match.row.kind in ("person", "group") and not match.plural and not self._is_hit(match) and not place:
            return self._role_noun_before(match, first)
        if title is None:
            return None
        start, found = title
        outer = self._role_before(start)
        if outer is not None and outer[1] is not None:
            return self._second(outer[0], outer[1], found.title, found.sectors)
        if not found.sectors:
            return self._wider(start, first), None
        country = self._country_before(start)
        begin = self._wider(start, first)
        return begin, TextRole(
            title=found.title, country=country, rank=bool(RANKS.intersection(found.sectors)), sectors=found.sectors, when=self.register.date_at(self.doc[first]),
            because=(f"title: {found.where}",),
        )  # fmt: skip

    def _shared_role(self, first: int, head: Token) -> TextRole | None:
        """The role that a plural before the first of several names gives each: "foreign ministers A and B"."""
        top = head
        while top.dep_ == "conj" and top.head.i != top.i:
            top = self._of_whom(top.head)
        if top.i != head.i:
            run = self.reading.run_at.get(top.i)
            hit = self.reading.hit(top.i)
            first = self.reading.hit_tokens(top.i)[0] if hit else run.first if run else 0
        match = self.reading.role_ending(first - 1, modifier=False) if first else None
        if match is None or not match.plural or match.row.kind != "person" or not self.doc[first - 1].whitespace_:
            return None
        noun = self.doc[match.last]
        start = min(match.first, core_start(noun) if noun.dep_ else match.first)
        found = Composition(match=match, first=start, last=match.last, sectors=match.row.sectors,
                            because=(f"role: {match.row.where}",))  # fmt: skip
        found = self.composer.read_left(found)
        country = None if found.several else found.country
        return TextRole(title=match.row.phrase, country=country, sectors=found.sectors, shared=True,
                        when=self.register.date_at(head), because=found.because)  # fmt: skip

    def _of_whom(self, token: Token) -> Token:
        """The name before "of" where `token` is the state behind it: "ministers A of Chad and B of Niger"."""
        hit = self.reading.hit(token.i)
        behind = token.dep_ == "pobj" and token.head.lower_ == "of" and hit is not None and hit.entity.kind == "state"
        return token.head.head if behind and token.head.head.pos_ == "PROPN" else token

    def _is_hit(self, match: RoleMatch) -> bool:
        """Whether the role noun itself ends a known name; "Pakistani army chief" only opens with one."""
        return match.last in self.reading.hit_at

    def _wider(self, start: int, first: int) -> int:
        """`start`, or further left where the phrase's own modifiers stand there."""
        head = self.register.head(start, first)
        begin = self.register.after_commas(min(start, core_start(head)), start) if head.dep_ else start
        hit = self.reading.hit(start - 1) if start > begin else None
        body = hit is not None and hit.form == "name" and hit.entity.kind == "organisation"
        return start if body else begin  # "told Reuters Mr Paz": the agency is no part of the name

    def _country_before(self, index: int) -> str | None:
        hit = self.reading.hit(index - 1) if index else None
        serves = hit is not None and (hit.entity.kind == "state" or hit.entity.sectors[:1] in SERVICES)
        return hit.entity.country if hit is not None and serves else None

    def _body_behind(self, last: int) -> TextRole | None:
        """The role of "X of Human Rights Watch" and "X, of the Kenya Red Cross,": of that body's country and sectors."""
        i = last + 2 if self.reading.lowers[last + 1 : last + 2] == [","] else last + 1
        if self.reading.lowers[i : i + 1] != ["of"]:
            return None
        i += 2 if self.reading.lowers[i + 1 : i + 2] == ["the"] else 1
        when = self.register.date_at(self.doc[last])
        hit = self.reading.hit(i)
        if hit is not None and hit.form == "name" and hit.entity.kind in ("organisation", "group") and self.reading.hit_tokens(i)[0] == i:
            entity = self.register.choose(hit)
            return TextRole(title=f"of {entity.name}", country=entity.country, sectors=entity.sectors, when=when, because=(entity.where,))
        while i < len(self.doc) and self.reading.is_name_word(i):
            match = self.reading.role_ending(i, modifier=False)
            found = self.composer.compose(self.doc[i]) if match is not None and match.row.kind == "body" else None
            if found is not None and found.country_from == "text" and found.sectors:
                words = self.register.words(self.reading.span(found.first, found.last))
                return TextRole(title=f"of {words}", country=found.country, sectors=found.sectors, when=when, because=found.because)
            i += 1
        return None

    def _country_behind(self, last: int) -> str | None:
        """The state of "X of Kyrgyzstan and Y of Tajikistan met": what stands behind the name tells whose minister X is."""
        hit = self.reading.hit(last + 2) if self.reading.lowers[last + 1 : last + 2] == ["of"] else None
        return hit.entity.country if hit is not None and hit.form == "name" and hit.entity.kind == "state" else None

    def _title_ending(self, index: int) -> tuple[int, Title] | None:
        for start in range(max(index - 4, 0), index + 1):
            found = self.reading.title_at.get(start)
            if found is not None and start + found[0] - 1 == index:
                return start, found[1]
        return None

    def _role_noun_before(self, match: RoleMatch, first: int) -> tuple[int, TextRole]:
        noun = self.doc[match.last]
        head = self.register.head(match.first, first)
        start = min(match.first, core_start(noun) if noun.dep_ else match.first)
        if noun.dep_ == "compound" or head.i > match.last:
            start = min(start, core_start(head) if head.dep_ else start)
        start = self._with_prefix(self.register.after_commas(start, match.first))
        outer = self._role_before(match.first)
        if outer is not None and outer[1] is not None and noun.dep_ != "pobj":
            return self._second(min(start, outer[0]), outer[1], match.row.phrase, match.row.sectors)
        found = Composition(match=match, first=start, last=match.last, sectors=match.row.sectors,
                            because=(f"role: {match.row.where}",))  # fmt: skip
        found = self.composer.read_left(found)
        return start, self._text_role(found, self.doc[first])

    def _second(self, start: int, outer: TextRole, title: str, sectors: tuple[str, ...]) -> tuple[int, TextRole]:
        """`outer`, or with a role beneath it where it only says second: "Deputy Attorney General"."""
        if outer.title.lower() not in SECONDS:
            return start, outer
        return start, evolve(outer, title=f"{outer.title} {title}", sectors=sectors or outer.sectors)

    def _with_prefix(self, start: int) -> int:
        """`start`, or further left where "then-", "ex-", "former-" or "Peru's then" stands there."""
        if start and self.reading.lowers[start - 1] == "then":
            start -= 1
            if start and self.doc[start - 1].tag_ == "POS" and self.reading.hit(start - 2) is not None:
                start = self.reading.hit_tokens(start - 2)[0]
        joined = start > 1 and self.reading.texts[start - 1] == "-" and not self.doc[start - 1].whitespace_
        return start - 2 if joined and self.reading.lowers[start - 2] in ("then", "ex", "former") else start

    def _text_role(self, found: Composition, at: Token) -> TextRole:
        return TextRole(
            title=self.role_title(found), country=found.country, sectors=found.sectors, rank=self._is_rank(found),
            when=self.register.date_at(at), because=found.because,
        )  # fmt: skip

    def _is_rank(self, found: Composition) -> bool:
        """Whether the role is only a rank that is also a title: "Colonel", not "President"."""
        assert found.match is not None
        return found.match.first in self.reading.title_at and bool(RANKS.intersection(found.sectors))

    def role_title(self, found: Composition) -> str:
        """The words of the role without article, country and owner's 's: "infrastructure minister"."""
        assert found.match is not None
        words: list[str] = []
        owner = [i for i in range(found.first, found.match.first) if self.doc[i].tag_ == "POS"]
        for i in range(owner[-1] + 1 if owner else found.first, max(found.match.last, found.last) + 1):
            token = self.doc[i]
            hit = self.reading.hit(i) if i < found.match.first else None
            joins = i < found.match.first and (token.dep_ == "cc" or token.pos_ == "NUM")
            left_out = joins or (hit is not None and hit.entity.kind == "state") or token.tag_ == "POS"
            if left_out or token.is_space or (not words and self.reading.lowers[i] in (*ARTICLE_WORDS, "-")):
                if words and token.whitespace_:
                    words.append(" ")
                continue
            words.append(token.text_with_ws)
        return " ".join("".join(words).split())

    def _person_evidence(self, run: Run) -> str | None:
        doc = self.doc
        words = run.last - run.first + 1
        before = self._role_before(run.first)
        if before is not None:
            return "a title or role stands before the name"
        head = self.register.head(run.first, run.last)
        if self._apposed_role(head) is not None and not self._body_words(run):
            return "an apposition gives the role"
        if self.composer.apposed_body(head, run.last) is not None:
            return None
        if self._role_of_alias(run) is not None:
            return "known by that name"
        if words > 1 and self._is_identified(run) and not self._body_words(run):
            return "somebody is identified by that name"
        if words > 1 and self._shared_role(run.first, head) is not None:
            return "a plural role stands before the names"
        entity_types = {doc[i].ent_type_ for i in range(run.first, run.last + 1)}
        if words > 1 and doc[run.first].text in self.knowledge.given and not self._body_words(run):
            return "starts with a given name"
        thing = self.reading.lowers[run.first] in self.knowledge.things  # "Cyclone Hettie"
        if words > 1 and "PERSON" in entity_types and not thing and not self.reading.all_capitals(doc[run.first]):
            return "the model's name recogniser"
        if entity_types - {"", "PERSON", "NORP"} or words == 1 or self._body_words(run):
            return None
        if head.dep_ in CLAUSE_SUBJECTS and head.head.lemma_ in self.knowledge.person_verbs:
            return f"subject of {head.head.lemma_!r}"
        return None

    def _is_identified(self, run: Run) -> bool:
        """Whether somebody is told to bear the name: "the dead man was identified as ..."."""
        return self.reading.lowers[max(run.first - 2, 0) : run.first] in IDENTIFIED

    def _role_of_alias(self, run: Run) -> Token | None:
        """The noun whose bearer is "known as" the run: "the commander known as Falcon"."""
        lowers = self.reading.lowers
        i = run.first - 1
        if i > 1 and lowers[i] == "as" and lowers[i - 1] in NAMING:
            i -= 1
        elif i < 1 or lowers[i] not in NAMING:
            return None
        match = self.reading.role_ending(i - 1, modifier=False)
        return self.doc[i - 1] if match is not None and match.row.kind == "person" and not match.plural else None

    def _apposed_role(self, head: Token) -> Composition | None:
        """The role phrase that stands in apposition to `head`, on either side; None if there is none."""
        others = [child for child in head.children if child.dep_ == "appos"]
        if head.dep_ == "appos":
            others.append(head.head)
        for other in others:
            found = self.composer.compose(other)
            if found is not None and found.match is not None and not found.match.plural:
                row = found.match.row
                if row.kind == "person" or (row.kind == "group" and row.sectors[:1] in CALLINGS):
                    return found
        return None

    def _body_words(self, run: Run) -> bool:
        last = self.reading.role_ending(run.last)
        return last is not None and last.row.kind in ("body", "group")

    def _name_unknown_person(self, run: Run, evidence: str) -> None:
        name = self.register.words(self.reading.span(run.first, run.last))
        name = " ".join(name.split())
        entity = self._spelt_like(name)
        before = self._role_before(run.first)
        role = before[1] if before is not None else None
        relatives = self._relatives(name) if run.first == run.last and before is not None else []
        if run.first == run.last and before is not None:
            entity = self._titled(name, role)
        if entity is not None and role is not None and None not in (role.country, entity.country):
            known = {r.country for r in entity.roles}
            entity = entity if role.country in known else None
        if entity is not None:
            id = self.register.actor_of(entity)
            because = (*self.register.drafts[id].actor.because, f"{SPELT_LIKE} {entity.name}")
            self.register.drafts[id].actor = evolve(self.register.drafts[id].actor, because=because)
        else:
            gender = self._gender_before(run.first) if len(relatives) > 1 else None
            id = self._new_person(name, evidence, apart=gender)
        self.name_person(run.first, run.last, id)
        noun = self._role_of_alias(run)
        if noun is not None:
            head = self.register.head(run.first, run.last)
            self._give_role(noun, self.register.names[head.i], self.register.drafts[id])

    def _spelt_like(self, name: str) -> Entity | None:
        """The known person of another spelling of `name`; Maria is no spelling of Mario."""
        entity = self.knowledge.gazetteer.person_spelt_like(name)
        genders = {self.knowledge.given.get(n.split()[0]) for n in (plain(name), plain(entity.name))} if entity is not None else set()
        return None if {"m", "f"} <= genders else entity

    def _titled(self, surname: str, role: TextRole | None) -> Entity | None:
        """The one known person "Mr. X" can be: of that surname, in office that day, of a country spoken of.

        None where the article itself names somebody of that surname in full.
        """
        if self._relatives(surname):
            return None
        day = self.register.published[1] if self.register.published else None
        spoken_of = self.composer.weights
        found = [
            e for e in self.knowledge.gazetteer.people_called(surname, day)
            if (e.country in spoken_of and (role is None or role.country in (None, e.country)))
        ]  # fmt: skip
        return found[0] if len(found) == 1 and day is not None else None

    def _relatives(self, surname: str) -> list[str]:
        """The full names of that surname that the article gives, each once."""
        texts = self.reading.texts
        named = [(r.first, r.last) for r in self.reading.runs] + [(first, last) for first, last, _ in self.reading.hits]
        return list(dict.fromkeys(" ".join(texts[i : j + 1]) for i, j in named if i < j and texts[j] == surname))

    def _gender_before(self, first: int) -> str | None:
        title = self._title_ending(first - 1) if first else None
        return title[1].gender if title is not None else None

    def _new_person(self, name: str, evidence: str, *, apart: str | None = None) -> str:
        """The draft of a person no table has; apart: the gender that tells Mr from Mrs of one surname."""
        id = f"person:{slug(name)}" + (f"-{apart}" if apart else "")
        actor = Actor(id=id, name=name, kind="person", basis="text",
                      because=(f"name: {evidence}",))  # fmt: skip
        return self.register.draft(actor).actor.id

    def link_appositions(self) -> None:
        openings = {found.first: (token, found) for token, found in self.composer.heads()}
        closings = {max(found.last, token.i): (token, found) for token, found in openings.values()}
        for head in list(self.register.names):
            named = self.register.names[head]
            draft = self.register.drafts[named.actor]
            if draft.actor.kind != "person":
                continue
            token = self.doc[head]
            for other in self._equated(token):
                self._give_role(other, named, draft)
            self._take_opening(closings.get(named.first - 2), named, draft)
            beside = openings.get(named.last + 2) if self._comma(named.last + 1) else None
            if beside is not None and all(r.rank for r in draft.roles) and self._comma(beside[1].last + 1):
                self._give_role(beside[0], named, draft)

    def _take_opening(self, before: tuple[Token, Composition] | None, named: Named, draft: Draft) -> None:
        """The role of "The bishop of Arauca, Jaime Abril, recalled", where the parse misses the apposition."""
        first = named.first
        if before is None or draft.roles or self.doc[first - 1].text != "," or self.doc[named.last + 1 : named.last + 2].text == "and":
            return
        token, found = before
        opens = self.doc[found.first].is_sent_start or found.first == self.reading.sentence_start(found.first)
        if opens or self._comma(named.last + 1):
            self._give_role(token, named, draft)

    def _comma(self, index: int) -> bool:
        """Whether a mark that closes an apposition stands at token `index`."""
        return index < len(self.doc) and self.doc[index].text in (",", ".", ";", ")", "–", "—")

    def _equated(self, token: Token) -> list[Token]:
        """Nouns that say what the person `token` is: appositions, their conjuncts, the predicate of "be"."""
        if not token.dep_:
            return []
        found = [child for child in token.children if child.dep_ == "appos"]
        if token.dep_ == "appos":
            found.append(token.head)
        if token.dep_ == "nsubj" and token.head.lemma_ == "be":
            found += [c for c in token.head.children if c.dep_ == "attr"]
        out: list[Token] = []
        for other in found:
            if self._parted(token, other):
                continue
            out.append(other)
            out += [c for c in other.conjuncts if c.i > other.i and token.dep_ != "appos"]
        return out

    def _parted(self, one: Token, other: Token) -> bool:
        """Whether "and" or "or" stands between two nouns the parser took for one apposed to the other."""
        first, last = sorted((one.i, other.i))
        return one.head.lemma_ != "be" and any(
            t.dep_ == "cc" and t.head.i in (one.i, other.i) for t in self.doc[first + 1 : last]
        )

    def _give_role(self, other: Token, named: Named, draft: Draft) -> None:
        if other.i in self.register.names or other.i in self.register.taken:
            return
        found = self.composer.compose(other)
        if found is None or found.match is None or found.match.row.kind == "body" or found.match.plural:
            return
        if found.match.row.kind == "group" and found.match.row.sectors == ("CVL",) and draft.roles:
            return
        draft.roles.append(self._text_role(found, other))
        self.register.add_mention(found.first, found.last, named.actor, "nominal")
        self.register.names[other.i] = Named(first=found.first, last=found.last, head=other.i, actor=named.actor)
        self.register.taken.add(other.i)

    def name_unknown(self) -> None:
        """Persons among the capitalised runs the gazetteer does not know."""
        for run in self.reading.runs:
            if any(i in self.register.taken for i in range(run.first, run.last + 1)):
                continue
            evidence = self._person_evidence(run)
            if evidence is not None:
                self._name_unknown_person(run, evidence)
