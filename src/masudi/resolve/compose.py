"""Country and sectors of a noun phrase, put together from its words: "senior Iraqi security official" → IRQ GOV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from attrs import evolve, frozen
from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from .confidence import IN_CONTEXT, IN_SENTENCE, OF_SEVERAL, REGION
from .names import LEAD_WEIGHT, Entity, Hit, plain, weight_of
from .phrases import (
    NOUNS,
    RoleMatch,
    RoleRow,
    core_start,
    is_both,
    is_head_noun,
    of_objects,
    prepositional_objects,
)
from .reading import LOCATIVE, Reading

PLACE_FORMS = ("name", "demonym", "people", "capital", "metonym", "city")
MAX_DEPTH = 4
# 2026-11, by reading 20 articles: a country this far ahead of the next is the one a bare "the army" means.
DOMINANT_RATIO = 1.5
MIN_DOMINANT = 2.0
PERSON_RATIO = 3.0
DATELINE_WEIGHT, DATELINE_SHARE = 6.0, 0.5
SLIGHT = 0.5  # the agency that wires a report, "Iran-backed" militias: less of a sign than a country that acts
PEOPLES = "world/peoples.tsv"
LOCAL = (("COP",), ("CVL",), ("UAF",), ("CRM",))  # who are mostly of the place they are told of in
AT_HOME = (("REL",), ("LAB",), ("EDU",), ("JUD",), ("LEG",), ("OPP",))  # who are of the place that a sentence opens with
OWNERS = ("state", "group", "organisation")
JOINING = ("and", "or", ",", "&", "-", "as", "well")
RELATIVE = "relative"  # frame of nouns for who somebody is to another: Israel's enemy is not of Israel
SERVES = "serves"  # frame of people who may be an intergovernmental body's own: "UN observers"
SETTLED_SHARE = 0.5  # share of what an article names that one country has: places in sentences before say no more then
PLACE_REACH = 2  # sentences back to the place a crowd or the police are in


@frozen(kw_only=True)
class Composition:
    """What a noun phrase says of its actor. country_from: text (its own words), place (where it says they are), location (of the sentence),
    context (of the article), or None.

    owner: the organisation or group the phrase says they belong to. based: the country is only where they sit,
    "Damascus-based". region: the part of the country they are of. first, last: tokens of the mention.
    parts: of "the foreign ministers of A and B" each country or body with what the whole says of its own; several: of
    more than one country, whether or not the parts are known.
    """

    match: RoleMatch | None
    first: int
    last: int
    country: str | None = None
    country_from: str | None = None
    sectors: tuple[str, ...] = ()
    owner: Entity | None = None
    region: str | None = None
    based: bool = False
    several: bool = False
    because: tuple[str, ...] = ()
    parts: tuple[Composition, ...] = ()


class Composer:
    """Composes noun phrases of one article; `context` decides for phrases that name no country."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._memory: dict[int, Composition | None] = {}
        self.titled = self._countries_of_title()
        self.weights = self._weigh_countries()
        self.dominant = _dominant(self.weights, DOMINANT_RATIO)
        total = sum(self.weights.values())
        self.settled = self.dominant is not None and self.weights[self.dominant] > SETTLED_SHARE * total
        # Stricter: an unknown minister may be any country's, unless the headline names the one most spoken of, first.
        self.dominant_for_persons = _dominant(self.weights, PERSON_RATIO)
        most = max(self.weights, key=lambda c: (self.weights[c], c), default=None)
        if self.dominant_for_persons is None and self.titled and most in (self.titled[0], self.dominant):
            self.dominant_for_persons = most if most in self.titled else None

    def _countries_of_title(self) -> tuple[str, ...]:
        """Countries that the article's title names or places itself in, in order."""
        gazetteer = self.reading.knowledge.gazetteer
        found = gazetteer.find(self.reading.article.title or "")
        states = [h.entity.country for h in found if h.form != "none" and h.entity.kind == "state"]
        return tuple(dict.fromkeys(c for c in states if c))

    def _weigh_countries(self) -> dict[str, float]:
        weights: dict[str, float] = defaultdict(float)
        for first, last, hit in self.reading.hits:
            country = hit.entity.country or self.reading.country_inside(hit)
            if country is None or hit.form == "none" or self.reading.seated_body(hit) is not None:
                continue
            slight = "MED" in hit.entity.sectors or not self.reading.gives_country(first, last)
            slight = slight or self.reading.only_seat(last)
            weights[country] += weight_of(hit) * (SLIGHT if slight else 1.0)
        for country in self.titled:
            weights[country] += LEAD_WEIGHT
        home = self.reading.dateline_country()
        if home is not None and weights[home] >= DATELINE_SHARE * max(weights.values()):  # where it plays, and not only the desk it came from
            weights[home] += DATELINE_WEIGHT
        return dict(weights)

    def compose(self, head: Token, depth: int = 0) -> Composition | None:
        """What the phrase headed by `head` says; None when no role phrase ends there."""
        if head.i not in self._memory:
            self._memory[head.i] = None  # a phrase that holds itself says nothing
            self._memory[head.i] = self._compose(head, depth)
        return self._memory[head.i]

    def _compose(self, head: Token, depth: int) -> Composition | None:
        if head.pos_ not in NOUNS and not (head.pos_ in ("ADJ", "PRON", "NUM", "DET") and depth == 0):
            return None
        match = self._longer_phrase(head) or self.reading.role_ending(head.i, modifier=False)
        noun = head.pos_ in NOUNS or _misread_noun(head)
        if match is None or (not noun and "partitive" not in match.row.frame):
            return None
        if head.pos_ not in NOUNS and noun and match.row.kind != "person":
            return None
        found = Composition(
            match=match, first=self._first(head, match), last=match.last, sectors=match.row.sectors,
            because=(f"role: {match.row.where}",),
        )  # fmt: skip
        own = next((f for f in match.row.frame if f in self.reading.knowledge.gazetteer.by_country), None)
        if own is not None:  # only one country has a taoiseach
            found = evolve(found, country=own, country_from="text")
        if match.row.kind == "group" and self.reading.lowers[match.first] in self.reading.knowledge.gazetteer.wide:
            found = evolve(found, several=True, because=(*found.because, OF_SEVERAL))  # "foreign troops"
        bare, found = found, self.read_left(found)
        if match.plural and depth == 0:
            parts = self._parts_before(bare) or self._parts_after(found, head)
            if parts:
                return _of_several(found, parts)
        for i in range(head.i + 1, match.last + 1):
            hit = self.reading.hit(i)
            if hit is not None and hit.form != "none":  # "members of the Knesset"
                found = self._with_name(found, hit, [], open_sectors=False)
        if depth < MAX_DEPTH:
            found = self._from_right(found, head, depth)
            if match.last > head.i:
                found = self._from_right(found, self.reading.doc[match.last], depth)
        if found.sectors[:1] == ("IGO",):  # mediators of the African Union are not Ethiopia's, its court is not Dutch
            found = evolve(found, country=None, country_from=None)
        return self._of_police(found, head)

    def _of_police(self, found: Composition, head: Token) -> Composition:
        """A bare "officer" is of the police where more of these than of soldiers is spoken of near by, else in the article."""
        assert found.match is not None
        row = found.match.row
        if "police" not in row.frame or (found.match.plural and row.kind == "group"):
            return found
        if found.sectors != row.sectors or found.owner is not None:
            return found
        sentence = self.reading.sentence(head.i)
        before = self.reading.sentence(sentence.start - 1).start if sentence.start else 0
        for first, last in ((sentence.start, sentence.end), (before, sentence.start), (0, len(self.reading.doc))):
            police, soldiers = self._spoken_of("COP", first, last), self._spoken_of("MIL", first, last)
            if police != soldiers:
                because = (*found.because, "sectors: police are spoken of")
                return evolve(found, sectors=("COP",), because=because) if police > soldiers else found
        return found

    def _spoken_of(self, sector: str, first: int, last: int) -> int:
        """How many role phrases and names of that sector end in tokens `first` up to `last`."""
        rows = (self.reading.role_ending(i) for i in range(first, last))
        roles = sum(1 for m in rows if m is not None and m.row.sectors[:1] == (sector,) and "police" not in m.row.frame)
        names = {self.reading.hit_at[i] for i in range(first, last) if i in self.reading.hit_at}
        return roles + sum(1 for n in names if self.reading.hits[n][2].entity.sectors[:1] == (sector,))

    def _longer_phrase(self, head: Token) -> RoleMatch | None:
        """The role phrase that goes on past its head: "chief of staff", "government in exile"."""
        for thing in prepositional_objects(head, ("of", "in", "for")):
            match = self.reading.role_ending(thing.i, modifier=False)
            if match is not None and match.first <= head.i < match.last:
                return match
        return None

    def _first(self, head: Token, match: RoleMatch) -> int:
        """First token of the phrase; a name right before it belongs to it even where the parse parts them."""
        first = min(core_start(head), match.first)
        hit = self.reading.hit(first - 1) if first else None
        if hit is None or not self.reading.doc[first - 1].whitespace_:
            return first
        if hit.form == "demonym" or (hit.form == "name" and hit.entity.kind in ("group", "organisation", "people")):
            first = self.reading.hit_tokens(first - 1)[0]
            if first and self.reading.doc[first - 1].tag_ == "DT":
                first -= 1
        return first

    def read_left(self, found: Composition) -> Composition:
        """`found` with country and sectors from the words of its span before the role phrase."""
        reading, match = self.reading, found.match
        assert match is not None
        open_sectors = _open(match.row) or not match.row.sectors
        i = match.first - 1
        seen: list[str] = []
        by_modifier = False  # "Senate banking committee": the body outside says more than the word between
        while i >= found.first:
            hit = reading.hit(i)
            if hit is not None:
                first, last = reading.hit_tokens(i)
                if hit.form == "none" and hit.entity.name in reading.knowledge.gazetteer.wide and found.country is None:
                    found = evolve(found, several=True, because=(*found.because, OF_SEVERAL))
                of_another = RELATIVE in match.row.frame and reading.doc[min(last + 1, match.first)].tag_ == "POS"
                if hit.form != "none" and reading.gives_country(first, last) and not of_another:
                    bare = found.country is None
                    found = self._with_name(found, hit, seen, open_sectors=open_sectors)
                    found = evolve(found, based=found.based or (bare and reading.only_seat(last)))
                i = first - 1
                continue
            if reading.lowers[i] in reading.knowledge.gazetteer.wide and found.country is None:
                found = evolve(found, several=True, because=(*found.because, OF_SEVERAL))
            role = reading.role_ending(i)
            if role is not None and role.row.kind != "modifier" and reading.doc[i].pos_ not in NOUNS:
                role = reading.role_ending(i, modifier=True)
            if role is not None and "partitive" not in role.row.frame:
                overrides = role.row.kind == "body" and by_modifier and bool(role.row.sectors)
                if (open_sectors or overrides) and (role.row.sectors or role.row.kind == "body"):
                    # "the group's leader" leads no state: what he is comes from the group, known or not
                    found = evolve(found, sectors=role.row.sectors, because=(*found.because, role.row.where))
                    open_sectors, by_modifier = False, role.row.kind == "modifier"
                i = role.first - 1
                continue
            part = reading.knowledge.gazetteer.parts.get(reading.texts[i])
            if part is not None and found.region is None:  # of no one country: "the Crimean parliament"
                found = evolve(found, region=part, because=(*found.because, f"{REGION}{part}"))
            i -= 1
        if len(set(seen)) > 1 and self._coordinated(found):
            return evolve(found, country=None, country_from=None, several=True, because=(*found.because, OF_SEVERAL))
        return found

    def _with_name(self, found: Composition, hit: Hit, seen: list[str], *, open_sectors: bool) -> Composition:
        """`found` with what a name inside the phrase says: its country and sectors, and the part of the country it is of."""
        region = self._region(hit)
        if region is not None and hit.entity.kind == "people" and found.sectors[:1] == ("GOV",):
            open_sectors = False  # Chechen officials serve Chechnya, they do not stand for the Chechens
        named = _with_hit(found, hit, seen, open_sectors=open_sectors)
        if region is None or named.country != hit.entity.country or found.region is not None or found.country is not None:
            return named
        return evolve(named, region=region, because=(*named.because, f"{REGION}{region}"))

    def _region(self, hit: Hit) -> str | None:
        """The part of a country that a name says: "Scottish", "Punjab", "Chechen"; None for whole countries and cities."""
        if hit.form not in ("city", "name", "demonym", "people"):
            return None
        name = plain(self.reading.article.text[hit.span.start : hit.span.end])
        part = self.reading.knowledge.gazetteer.parts.get(name)
        return part or (name if hit.form == "city" else None)

    def _coordinated(self, found: Composition) -> bool:
        return any(self.reading.lowers[i] in ("and", "or", "-") for i in range(found.first, found.last))

    def _parts_before(self, bare: Composition) -> tuple[Composition, ...]:
        """One composition for each name of "Chadian and Nigerien officials", "Hamas and Fatah leaders"; () if not two."""
        assert bare.match is not None
        named: list[tuple[int, int, Hit]] = []
        for i in range(bare.first, bare.match.first):
            hit = self.reading.hit(i)
            if hit is None:
                if named and not any(self.reading.hit(j) for j in range(i, bare.match.first)):
                    break
                if named and self.reading.lowers[i] not in JOINING:
                    return ()
                continue
            first, last = self.reading.hit_tokens(i)
            if hit.entity.kind not in OWNERS or hit.form == "none" or not self.reading.gives_country(first, last):
                return ()
            if not named or named[-1][0] != first:
                if named and not any(self.reading.lowers[j] in JOINING for j in range(named[-1][1] + 1, first)):
                    return ()
                named.append((first, last, hit))
        base = evolve(bare, sectors=self.read_left(evolve(bare, first=named[-1][1] + 1)).sectors) if named else bare
        return self._each(base, named)

    def _parts_after(self, found: Composition, head: Token) -> tuple[Composition, ...]:
        """One composition for each name of "the leaders of Chad and Niger", "officials from A, B and C"; () if not two."""
        if found.country is not None or found.owner is not None:
            return ()
        for thing in prepositional_objects(head, ("of", "from")):
            things = [thing, *(t for t in thing.conjuncts if t.i > thing.i)]
            named = []
            for one in things:
                hit = self.reading.hit(one.i)
                if hit is None or hit.form not in ("name", "people") or hit.entity.kind not in OWNERS:
                    break
                first, last = self.reading.hit_tokens(one.i)
                named.append((min(first, core_start(one)), last, hit))
            else:
                return self._each(found, named)
        return ()

    def _each(self, base: Composition, named: list[tuple[int, int, Hit]]) -> tuple[Composition, ...]:
        assert base.match is not None
        if len({hit.entity.id for _, _, hit in named}) < 2:
            return ()
        opened = _open(base.match.row) or not base.match.row.sectors
        return tuple(
            evolve(self._with_name(base, hit, [], open_sectors=opened), first=first, last=last) for first, last, hit in named
        )

    def _from_right(self, found: Composition, head: Token, depth: int) -> Composition:
        match = found.match
        assert match is not None
        for thing in of_objects(head):
            if thing.i > match.last:
                found = self._with_complement(found, thing, depth)
        if found.country is None and not found.several and not _is_somebodys(head):
            for thing in prepositional_objects(head, (*LOCATIVE, "from")):
                hit = self.reading.hit(thing.i)
                if hit is not None and hit.form in PLACE_FORMS and hit.entity.kind == "state":
                    found = evolve(found, country=hit.entity.country, country_from="place",
                                   because=(*found.because, f"country: {hit.entity.where}"))  # fmt: skip
                    break
        return found

    def _with_complement(self, found: Composition, thing: Token, depth: int) -> Composition:
        """`found` with what follows its "of": its country, and its sectors where the head leaves them open."""
        match = found.match
        assert match is not None
        if any(t.tag_ == "PRP$" for t in thing.lefts) and self.compose(thing, depth + 1) is None:
            return found  # "assured the leader of his support"
        hit = self.reading.hit(thing.i)
        last = max(found.last, thing.i)
        if RELATIVE in match.row.frame and hit is not None:
            return evolve(found, last=max(last, self.reading.hit_tokens(thing.i)[1]))
        if hit is not None and hit.form != "none":
            found = evolve(found, last=max(last, self.reading.hit_tokens(thing.i)[1]))
            open_sectors = _open(match.row) or not found.sectors
            if hit.entity.kind == "state" and found.country is not None:
                return found
            if found.based and hit.entity.country is not None:  # "the Damascus-based leadership of Hamas"
                found = evolve(found, country=None, country_from=None, based=False)
            found = self._with_name(found, hit, [], open_sectors=open_sectors)
            if "partitive" in match.row.frame and hit.entity.kind in ("people", "state"):
                found = evolve(found, sectors=("CVL",))  # thousands of Kurds are people, not their party
            return found
        inner = self.compose(thing, depth + 1)
        if inner is None:
            told = found.last > match.last  # "the head of the bank of theft": only one belongs to the role
            return evolve(found, last=last) if thing.pos_ in NOUNS and not told else found
        found = evolve(found, last=max(last, inner.last), owner=found.owner or inner.owner)
        if found.country is None and inner.country is not None:
            found = evolve(found, country=inner.country, country_from=inner.country_from)
        if inner.sectors and ("partitive" in match.row.frame or ("of" in match.row.frame and not _settled(found))):
            found = evolve(found, sectors=inner.sectors, because=(*found.because, *inner.because))
        return found

    def apposed_body(self, name: Token, last: int) -> Composition | None:
        """What the description beside an unknown name that ends at `last` says it is: "Pacific Timber, a logging company"."""
        if self.reading.lowers[last + 1 : last + 2] != [","]:
            return None
        for other in name.rights:
            found = self.compose(other) if other.dep_ == "appos" else None
            if found is not None and found.match is not None and found.match.row.kind == "body" and not found.match.plural:
                return found
        return None

    def locate(self, found: Composition, head: Token) -> Composition:
        """`found` with a country from the place its sentence names, else the article's dominant country.

        Rule: a phrase without a country of its own takes the country of a place that the same sentence
        puts it in ("in Peru, police ..."); police and crowds also that of the sentences just before; others, who
        travel ("a rebel delegation holds talks in Muscat"), only where the article speaks of no country most. Failing
        that, the country it speaks of most, when that has DOMINANT_RATIO times the weight of the next. Names in the
        first LEAD_CHARACTERS weigh double.
        """
        if found.country is not None or found.several or found.sectors[:1] == ("IGO",):
            return found
        if found.match is not None and RELATIVE in found.match.row.frame:
            return found  # nobody says whose citizens the enemies of a state are
        serves = self._world_body(found)
        if serves is not None:
            return evolve(found, sectors=serves.sectors, owner=serves, because=(*found.because, serves.where))
        if _is_somebodys(head):
            return found  # coreference knows whose; "the two leaders" are not of one country
        abroad = found.sectors[:1] in (("MIL",), ("GOV",))
        near = self._located_in(self.reading.sentence(head.i), besides=head if abroad else None)
        people = any(PEOPLES in why for why in found.because)
        if not near and not self.settled and found.sectors[:1] in LOCAL and not people:
            near = self._located_before(head)
        local = found.sectors[:1] in LOCAL or (found.sectors[:1] in AT_HOME and self._opens_with_place(head))
        if len(near) == 1 and (local or self.dominant in (None, near[0])):
            return evolve(found, country=near[0], country_from="location",
                          because=(*found.because, IN_SENTENCE))  # fmt: skip
        if self.dominant is not None:
            return evolve(found, country=self.dominant, country_from="context",
                          because=(*found.because, IN_CONTEXT))  # fmt: skip
        return found

    def _opens_with_place(self, head: Token) -> bool:
        """Whether the sentence of `head` begins with where it happens: "In Yangon, monks ..."."""
        start = self.reading.sentence_start(head.i)
        hit = self.reading.hit(start + 1) if start + 1 < head.i else None
        return self.reading.lowers[start] in LOCATIVE and hit is not None and hit.entity.kind == "state"

    def _world_body(self, found: Composition) -> Entity | None:
        """The intergovernmental organisation the article names most, where the office can only be one's ("the secretary-general")."""
        if found.match is None or "world" not in found.match.row.frame or found.owner is not None:
            return None
        named = [h.entity for _, _, h in self.reading.hits if h.form != "none" and h.entity.sectors[:1] == ("IGO",)]
        return max(named, key=lambda e: (sum(o.id == e.id for o in named), -named.index(e)), default=None)

    def place_near(self, token: Token) -> str | None:
        """`place_of`, else the one country that a sentence just before puts its doings in."""
        before = self._located_before(token) if not self.settled else []
        return self.place_of(token) or (before[0] if len(before) == 1 else None)

    def place_of(self, token: Token) -> str | None:
        """The one country that the sentence of `token` puts its doings in; None when none or several."""
        near = self._located_in(self.reading.sentence(token.i))
        return near[0] if len(near) == 1 else None

    def _located_before(self, head: Token) -> list[str]:
        """Countries of the places in the nearest of the REACH sentences before; for crowds and police."""
        start = self.reading.sentence_start(head.i)
        for _ in range(PLACE_REACH):
            if not start:
                break
            before = self.reading.sentence(start - 1)
            near = self._located_in(before)
            if near:
                return near
            start = before.start
        return []

    def _located_in(self, sentence: DocSpan, *, besides: Token | None = None) -> list[str]:
        """Countries that places in `sentence` lie in; besides: not those inside that noun's own clauses.

        A soldier "held in" a country, troops "stationed in" one, are seldom its own; nor is a minister who speaks of him.
        """
        countries: dict[str, None] = {}
        for token in sentence:
            hit = self.reading.hit(token.i)
            if hit is None or hit.entity.kind != "state" or hit.form not in ("name", "capital", "metonym", "city"):
                continue
            top = token
            while top.dep_ in ("compound", "appos", "conj", "nmod") and top.head.i != top.i:
                top = top.head
            if besides is not None and self._in_clause_of_another(top, besides):
                continue
            if top.dep_ == "pobj" and any(t.dep_ == "poss" for t in top.head.head.lefts):
                continue  # "his father in Cuba" is there, the event need not be
            if top.dep_ == "pobj" and top.head.lower_ in LOCATIVE and hit.entity.country:
                countries[hit.entity.country] = None
        return list(countries)

    def _in_clause_of_another(self, place: Token, head: Token) -> bool:
        """Whether `place` stands in a clause that hangs on a noun, and `head` is that noun or stands outside."""
        clause = next((t for t in place.ancestors if t.dep_ in ("acl", "relcl")), None)
        return clause is not None and (clause.head == head or clause not in head.ancestors)

    def heads(self) -> Iterator[tuple[Token, Composition]]:
        """Every noun of the parsed sentences that a role phrase makes an actor, with what it says."""
        for sentence in self.reading.parsed:
            for token in sentence:
                if not is_head_noun(token):
                    continue
                found = self.compose(token)
                if found is None:
                    continue
                assert found.match is not None
                governor = token.head.head.i if token.dep_ == "pobj" else token.i
                if not found.match.first <= governor < token.i:  # "state" of a "head of state"
                    yield token, found


def _misread_noun(head: Token) -> bool:
    """Whether what the tagger took for an adjective stands where a noun must: "the general promised"."""
    article = any(t.tag_ == "DT" for t in head.lefts)
    return head.pos_ == "ADJ" and article and head.dep_ in ("nsubj", "nsubjpass") and head.head.pos_ in ("VERB", "AUX")


def _is_somebodys(head: Token) -> bool:
    """"His ministers", "both leaders", "officials from the two countries"; "two lawmakers" may be of the country spoken of."""
    owners = (*prepositional_objects(head, ("of", "from", "on")), *(t for t in head.lefts if t.dep_ == "poss"))
    return any(t.tag_ == "PRP$" for t in head.lefts) or is_both(head) or any(is_both(t) for t in owners)


def _of_several(found: Composition, parts: tuple[Composition, ...]) -> Composition:
    """`found` for all of `parts`: no country, and the sectors only where they share them."""
    same = parts[0].sectors if len({p.sectors for p in parts}) == 1 else ()
    last = max(found.last, *(p.last for p in parts))
    return evolve(found, last=last, country=None, country_from=None, owner=None, sectors=same, several=True, parts=parts)


def _open(row: RoleRow) -> bool:
    """Whether the noun takes its sectors from what it belongs to."""
    return "of" in row.frame or "partitive" in row.frame


def _settled(found: Composition) -> bool:
    """Whether a word before the head already fixed the sectors that the head's row leaves open."""
    assert found.match is not None
    return found.sectors != found.match.row.sectors


def _with_hit(found: Composition, hit: Hit, seen: list[str], *, open_sectors: bool) -> Composition:
    """`found` with the country, and where open the sectors, of a name inside the phrase."""
    entity = hit.entity
    match = found.match
    assert match is not None
    if entity.kind == "state":
        assert entity.country is not None
        seen.append(entity.country)
        if found.country is None:
            because = (*found.because, f"country: {entity.where}")
            found = evolve(found, country=entity.country, country_from="text", because=because)
        return found
    if entity.sectors[:1] == ("IGO",):
        if found.sectors[:1] == ("CVL",) and SERVES not in match.row.frame:
            return found
        return evolve(found, sectors=entity.sectors, owner=entity, because=(*found.because, entity.where))
    changes: dict[str, object] = {"because": (*found.because, entity.where)}
    sectors = entity.roles[-1].sectors if entity.roles else entity.sectors
    if found.country is None and entity.country is not None:
        changes |= {"country": entity.country, "country_from": "text"}
    if entity.kind != "people":
        changes["owner"] = entity
    if open_sectors and sectors and not _settled(found):
        changes["sectors"] = sectors
    return evolve(found, **changes)  # type: ignore[arg-type]


def _dominant(weights: dict[str, float], ratio: float) -> str | None:
    ranked = sorted(weights.items(), key=lambda w: (-w[1], w[0]))
    if not ranked or ranked[0][1] < MIN_DOMINANT:
        return None
    if len(ranked) > 1 and ranked[0][1] < ratio * ranked[1][1]:
        return None
    return ranked[0][0]
