"""Where: the toponyms of an article, each with the one place it means there.

Recognition weighs a few signs by hand-set weights; resolution prefers what the text says ("Mosul, Iraq"), then the
countries and provinces the article is about, then size. One sense per name and article.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from attrs import define
from spacy.tokens import Doc, Token

from ..config import Settings
from ..lexicon import Lexicons
from ..records import Article, Mention, Place, Span
from ..text import fold, slug
from .places_gazetteer import FILE, Gazetteer, Sense
from .places_setting import Setting, setting_of
from .places_words import Words, words_around

MAX_WORDS = 5  # longest name looked up: "Islamic Republic of Iran", "Gulf of Mexico"

# How likely a name of each kind means that place wherever it stands.
PRIOR = {"country": 0.8, "region": 0.7, "landmark": 0.7, "admin1": 0.6, "admin2": 0.45, "city": 0.0}
LISTED_TOWN = 0.5  # a town the regions table lists for its part in the news
CITY_BASE, CITY_PER_DIGIT = -0.05, 0.085  # a town of ten thousand .29, of a million .46
# Signs around a name. Set by hand, from what reading shows; not fitted.
AFTER_PREPOSITION = 0.25  # "in Basra"
PEOPLE_AFTER = 0.35  # "a Basra man", "Basra residents"
BESIDE_GENERIC = 0.3  # "the city of Basra", "Basra province"
CONTAINED = 0.5  # "Basra, Iraq"
SAYS_PLACE, SAYS_PERSON, SAYS_ORGANISATION = 0.3, -0.6, -0.1  # what the model's names say, where asked
PERSON_IN_CONTEXT = -0.25  # the model takes foreign towns for people: less where the text speaks of their country
BESIDE_PLACE = 0.3  # "Minsk, Grodno and Brest"
NAME_BESIDE = -0.55  # "Paris Hilton", "John Lancaster": part of a person's name
INSTITUTION_AFTER = 0.1  # "Basra Police": the town still names the place
PERSON_IN_ARTICLE = -0.45  # "Lincoln" after "Gen. Lincoln"
GIVEN_NAME = -0.4  # "David" is more often a man; a city of LARGE people bears it out
LARGE = 300_000
ONLY_ALIAS = -0.25  # a rare spelling of a town in a country the article does not name
COMMON_WORD = -0.5  # "Reading" is more often a word
SEVERAL_WORDS = 0.2  # "Fort Collins" is rarely anything else
CAPITAL = 0.25
MENTIONED_REGION = 0.2  # some namesake lies in a country or province the article names
THRESHOLD = 0.5
SURE_ELSEWHERE = 0.3  # a name that falls short by less is kept where the article surely means it elsewhere

COMMON_TAGS = frozenset(("NN", "NNS", "JJ", "VB", "VBG", "VBN", "RB"))
JOINING = (",", "and", "or", "&")
ENGLISH = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"))  # whose towns bear the names of English speakers

SAME_ADMIN1 = 1.0  # between namesakes, beside the weights of places_setting.py
CLEARLY_LARGER = 10  # a city this many times larger than any namesake is meant unless something speaks against it
# A bare name that a town and its province share ("Baghdad") means the town; "Baghdad province" the province.
DIVISION_OF_SAME_NAME = 1.5


@define
class _Candidate:
    """A name found in the text, with what it may mean and what speaks for it."""

    span: Span
    start: int
    end: int
    key: str
    senses: tuple[Sense, ...]
    form: str = "name"
    score: float = 0.0
    container: tuple[str | None, str | None] | None = None
    chosen: Sense | None = None
    in_person: bool = False
    territory: bool = False  # "Baghdad province": the division, not the town


def make_place_resolver(
    settings: Settings, lexicons: Lexicons
) -> Callable[[Doc, Article, tuple[Mention, ...]], tuple[Place, ...]]:
    """A callable that finds the places of one article, in text order, none overlapping.

    Towns and divisions from GeoNames, countries and their demonyms, regions and seas. Names inside persons are no
    places. Nothing is found in `article.furniture`. Raises ResolveError when the gazetteer is missing.
    """
    gazetteer = Gazetteer(lexicons, settings.gazetteer or FILE)
    words = words_around(lexicons)

    def resolve_places(doc: Doc, article: Article, mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
        return tuple(_Reader(gazetteer, words, doc, article, mentions).places())

    return resolve_places


class _Reader:
    """The reading of one article."""

    def __init__(
        self, gazetteer: Gazetteer, words: Words, doc: Doc, article: Article, mentions: Sequence[Mention]
    ) -> None:
        self._gazetteer = gazetteer
        self._words = words
        self._tokens = [t for t in doc if not t.is_space]
        self._texts = [t.text for t in self._tokens]
        self._starts = [t.idx for t in self._tokens]
        self._text = article.text
        self._furniture = article.furniture
        self._people = [
            (m.span, (m.actor or "").split(":")[1]) for m in mentions
            if (m.actor or "").startswith("person:") and m.form == "name"
        ]  # fmt: skip
        self._bodies = [
            m.span for m in mentions
            if (m.actor or "").startswith(("organisation:", "group:")) and m.form == "name"
        ]  # fmt: skip
        self._governments = {m.span.end for m in mentions if (m.actor or "").startswith("state:") and (m.actor or "").count(":") > 1}
        self._labels = {t.i: e.label_ for e in doc.ents for t in e}
        self._lower = {text for text in set(self._texts) if text.islower()}

    def places(self) -> Iterator[Place]:
        found = list(self._candidates())
        self._note_containers(found)
        self._drop_people(found)
        admin1, countries = _company(found)
        for candidate in found:
            self._weigh(candidate, admin1, countries)
        self._join_coordinated(found)
        _lift(found)
        kept = [c for c in found if c.score >= THRESHOLD]
        _choose(kept, *_company(kept), self._gazetteer)
        for candidate in kept:
            if candidate.chosen is not None:
                yield self._place(candidate, candidate.chosen)

    def _dotted(self, index: int) -> str | None:
        """The dotted abbreviation of a state at a token ("W.Va.", "D.C."), its last dot a token of its own or not."""
        text = self._texts[index]
        if "." not in text[:-1]:
            return None
        known = self._gazetteer.abbreviations
        end = self._starts[index] + len(text)
        dotted = text + "." if self._text[end : end + 1] == "." else text
        return next((form for form in (text, dotted) if form in known), None)

    def _candidates(self) -> Iterator[_Candidate]:
        taken = 0
        for index in [i for i, text in enumerate(self._texts) if text[:1].isupper()]:
            found = self._name_at(index) if index >= taken else None
            if found is not None:
                yield found
                taken = found.end

    def _name_at(self, index: int) -> _Candidate | None:
        """The longest known name that starts at a token."""
        if any(page.start <= self._starts[index] < page.end for page in self._furniture):
            return None
        top = min(len(self._tokens), index + MAX_WORDS)
        for end in range(top, index, -1):
            if not (self._texts[end - 1][:1].isupper() or (end - index == 1)) or "\n" in self._between(index, end):
                continue
            found = self._looked_up(index, end)
            if found is not None:
                return found
        return None

    def _between(self, start: int, end: int) -> str:
        return self._text[self._starts[start] : self._starts[end - 1] + len(self._texts[end - 1])]

    def _looked_up(self, start: int, end: int) -> _Candidate | None:
        text = self._between(start, end)
        key = fold(text)
        gazetteer = self._gazetteer
        span = Span(self._starts[start], self._starts[start] + len(text))
        if key in gazetteer.countries and not (len(key) <= 3 and not text.isupper() and "." not in text):
            country = gazetteer.countries[key]
            # "Georgia", "Jordan": towns and states bear the names of countries.
            towns = gazetteer.towns(key)
            part = tuple(s for s in towns if s.kind == "admin1" and not s.alias and s.country == country.country)
            if part and key != fold(country.name):  # "Scotland" stands for its state among actors; here it is a part
                return _Candidate(span, start, end, key, (gazetteer.regions[key],) if key in gazetteer.regions else part)
            others = tuple(
                s for s in towns
                if not s.alias and (s.kind == "city" or s.kind == "admin1" and s.country != country.country)
            )  # fmt: skip
            return _Candidate(span, start, end, key, (country, *others))
        if key in gazetteer.regions and (len(text) > 4 or not text.isupper() or text == "EU"):
            known, towns = gazetteer.regions[key], gazetteer.towns(key)
            others = tuple(t for t in towns if t.kind in ("city", "admin2")) if known.kind == "city" else ()
            return _Candidate(span, start, end, key, (known, *_large(towns), *others))
        if key in gazetteer.demonyms:
            return _Candidate(span, start, end, key, (gazetteer.demonyms[key],), form="demonym")
        dotted = self._dotted(start) if end - start == 1 else None
        if dotted is not None and (len(dotted) > len(text) or text == dotted):
            return self._state(Span(span.start, span.start + len(dotted)), start, end, gazetteer.abbreviations[dotted])
        if text in gazetteer.abbreviations and self._after_town(start):
            return self._state(span, start, end, gazetteer.abbreviations[text])
        if text in self._words.never or len(key) < 3 or text.isupper() and len(key) < 5:
            return None
        senses = tuple(s for s in gazetteer.towns(key) if s.kind != "country")
        return _Candidate(span, start, end, key, senses) if senses else None

    def _after_town(self, index: int) -> bool:
        return index >= 2 and self._texts[index - 1] == "," and self._texts[index - 2][:1].isupper()

    def _state(self, span: Span, start: int, end: int, meant: tuple[str, str, str]) -> _Candidate | None:
        name, country, admin1 = meant
        senses = [
            s for s in self._gazetteer.towns(fold(name))
            if s.kind == "admin1" and s.country == country and s.admin1 == admin1
        ]  # fmt: skip
        return _Candidate(span, start, end, fold(name), tuple(senses[:1]), score=1.0) if senses else None

    def _note_containers(self, found: list[_Candidate]) -> None:
        """ "Town, State" and "Town, Country": what follows the comma holds what stands before it."""
        by_start = {c.start: c for c in found}
        for candidate in found:
            comma = candidate.end
            if comma + 1 >= len(self._tokens) or self._texts[comma] not in (",", "in"):
                continue
            start = self._past_in(comma)
            abbreviation = self._abbreviation_at(comma + 1) if start == comma + 1 and self._texts[comma] == "," else None
            holder = by_start.get(start)
            held: list[tuple[str | None, str | None]] = []
            if abbreviation is not None:
                held = [abbreviation]
            elif holder is not None and holder.form == "name":
                held = [(s.country, s.admin1) for s in holder.senses if s.kind in ("country", "admin1")]
            for country, admin1 in held:
                inside = [s for s in candidate.senses if s.country == country and admin1 in (None, s.admin1)
                          and s.kind in ("city", "admin2", "admin1", "landmark")]  # fmt: skip
                if inside:
                    candidate.container = (country, admin1)
                    break

    def _past_in(self, index: int) -> int:
        """Where a holder may begin: after a comma, after ", in northern" or "in the"."""
        index += self._tokens[index].text == ","
        if self._tokens[min(index, len(self._tokens) - 1)].text == "in":
            index += 1
            while index < len(self._tokens) and self._tokens[index].lower_ in ("the", "southern", "northern", "eastern", "western", "central"):
                index += 1
        return index

    def _abbreviation_at(self, index: int) -> tuple[str, str] | None:
        text = self._texts[index]
        if index + 1 < len(self._tokens) and self._texts[index + 1] == ".":
            text = text if text in self._gazetteer.abbreviations else text + "."
        meant = self._gazetteer.abbreviations.get(text)
        return None if meant is None else (meant[1], meant[2])

    def _drop_people(self, found: list[_Candidate]) -> None:
        """Score what stands in a person's name, and the same name alone elsewhere."""
        surnames: Counter[str] = Counter()
        for candidate in found:
            first = candidate.senses[0]
            if candidate.form == "demonym" or first.kind in ("country", "region"):
                continue
            if first.kind == "admin1" and not first.alias and self._labels.get(self._tokens[candidate.start].i) != "PERSON":
                continue
            if self._in_person(candidate) and candidate.container is None:
                surnames[candidate.key] += 1
                candidate.score += NAME_BESIDE
                candidate.in_person = True
        for candidate in found:
            if candidate.score >= 0 and surnames[candidate.key] and candidate.container is None:
                candidate.score += PERSON_IN_ARTICLE

    def _in_person(self, candidate: _Candidate) -> bool:
        if any(self._is_part_of(candidate, span, name) for span, name in self._people):
            return True
        if candidate.end - candidate.start > 1:
            return False
        before, after = self._neighbour(candidate.start - 1), self._neighbour(candidate.end)
        if before is not None and before.text in self._words.title:
            return True
        return any(
            token is not None and self._is_name(token) for token in (before, after)
        )

    def _is_part_of(self, candidate: _Candidate, span: Span, person: str) -> bool:
        """Whether a name is a piece of a person's: beside another capital inside the mention, or a surname alone."""
        if not span.covers(candidate.span):
            return False
        if span == candidate.span:
            return slug(candidate.key) != person
        beside = (self._neighbour(candidate.start - 1), self._neighbour(candidate.end))
        return any(t is not None and span.start <= t.idx < span.end and t.text[:1].isupper()
                   and t.text not in self._words.institution for t in beside)  # fmt: skip

    def _is_name(self, token: Token) -> bool:
        """Whether a neighbour looks like the rest of a person's name: no institution, direction or known word."""
        text, words = token.text, self._words
        if not text[:1].isupper() or not text.replace("-", "").replace("'", "").isalpha() or text.isupper() and len(text) > 1:
            return False
        if text in words.institution or text in words.direction or text in words.paper or text in words.street:
            return False
        if text in words.never and text.lower() in self._lower or token.is_stop or fold(text) in self._gazetteer.demonyms:
            return False
        if token.tag_ and token.tag_ not in ("NNP", "NNPS"):
            return False
        return not token.is_sent_start or token.ent_type_ == "PERSON"

    def _neighbour(self, index: int) -> Token | None:
        return self._tokens[index] if 0 <= index < len(self._tokens) else None

    def _weigh(self, candidate: _Candidate, admin1: Counter[tuple[str, str]], countries: Counter[str]) -> None:
        """Add up what speaks for and against a place."""
        words, single = self._words, candidate.end - candidate.start == 1
        before, after = self._neighbour(candidate.start - 1), self._neighbour(candidate.end)
        best = max(_prior(s) for s in candidate.senses)
        score = candidate.score + (PRIOR["country"] if candidate.form == "demonym" else best)
        led = self._neighbour(candidate.start - 2) if before is not None and before.lower_ == "the" and best >= PRIOR["region"] else before
        if led is not None and (led.lower_ in words.before or led is not before and led.lower_ == "on"):  # "on the Drina"
            score += AFTER_PREPOSITION
        opens = self._tokens[candidate.start].is_sent_start and self._tokens[candidate.start].tag_ in COMMON_TAGS  # "Rail workers"
        if single and after is not None and after.lower_ in words.people and after.text.islower() and not opens:
            score += PEOPLE_AFTER
        if after is not None and after.lower_ in words.generic or self._follows(candidate, words.generic):
            score += BESIDE_GENERIC
        candidate.territory = after is not None and after.text in words.division or self._follows(candidate, words.division)
        if candidate.container is not None:
            score += CONTAINED
        label = self._labels.get(self._tokens[candidate.start].i)
        says_person = PERSON_IN_CONTEXT if self._is_foreign(candidate, countries) else SAYS_PERSON
        score += {"GPE": SAYS_PLACE, "LOC": SAYS_PLACE, "FAC": SAYS_PLACE / 2, "PERSON": says_person,
                  "ORG": SAYS_ORGANISATION}.get(label or "", 0.0) if candidate.form == "name" else 0.0  # fmt: skip
        if not single:
            score += SEVERAL_WORDS
        if after is not None and after.text in words.institution:
            score += INSTITUTION_AFTER
        first = self._tokens[candidate.start]
        if single and fold(first.text) in self._lower:
            score += COMMON_WORD
        small = all(s.kind != "country" and (s.people or 0) < LARGE for s in candidate.senses)
        if single and small and candidate.key in words.given and candidate.form == "name" and candidate.container is None:
            score += GIVEN_NAME
        if all(s.alias and s.kind == "city" and s.country not in countries for s in candidate.senses):
            score += ONLY_ALIAS
        if any((candidate.key, s.country) in self._gazetteer.capitals for s in candidate.senses):
            score += CAPITAL
        near = any(s.province in admin1 for s in candidate.senses)
        if candidate.form == "name" and (near or any(s.country in countries for s in candidate.senses)):
            score += MENTIONED_REGION * (1.0 if near else 0.5)
        if after is not None and (after.text in words.street or after.text in words.paper) and not candidate.container:
            score -= 1.0
        if candidate.form == "name" and any(span.covers(candidate.span) for span in self._bodies):
            score += SAYS_ORGANISATION
        candidate.score = score

    def _is_foreign(self, candidate: _Candidate, countries: Counter[str]) -> bool:
        """Whether a name the model may take for a person's is more likely a place: no name of people we know, and
        a region, a country beside others, or a town of a country the article names that gives no English names."""
        first = candidate.senses[0]
        if candidate.in_person or first.kind == "region":
            return not candidate.in_person
        if first.kind == "country":
            return any(country != first.country for country in countries)
        if candidate.end - candidate.start == 1 and (candidate.key in self._words.given or candidate.key in self._words.surname):
            return False
        return any(
            s.country not in ENGLISH and (s.country in countries or (candidate.key, s.country) in self._gazetteer.capitals)
            for s in candidate.senses
        )

    def _join_coordinated(self, found: Sequence[_Candidate]) -> None:
        """Raise names joined to a sure place by commas, "and" or "or"; from left to right, then back."""
        names = [c for c in found if c.form == "name"]
        for row in (list(zip(names, names[1:], strict=False)), [(b, a) for a, b in zip(names[-2::-1], names[::-1], strict=False)]):
            for sure, other in row:
                between = self._tokens[min(sure.end, other.end) : max(sure.start, other.start)]
                if sure.score < THRESHOLD or other.score >= THRESHOLD or other.in_person or other.container or not between:
                    continue
                if len(between) <= 2 and all(t.lower_ in JOINING for t in between) and between[-1].text != "," or [t.text for t in between] == [","]:
                    other.score += BESIDE_PLACE

    def _follows(self, candidate: _Candidate, nouns: frozenset[str]) -> bool:
        """Whether one of `nouns` stands before a name, with or without "of"."""
        before, noun = self._neighbour(candidate.start - 1), self._neighbour(candidate.start - 2)
        if before is None or before.lower_ in nouns:
            return before is not None
        return noun is not None and before.lower_ == "of" and noun.lower_ in nouns

    def _form(self, candidate: _Candidate, sense: Sense) -> str:
        """What else than a place the name may be there: a government ("Kyiv said"), part of an organisation's name."""
        if candidate.form != "name":
            return candidate.form
        if sense.kind in ("city", "admin1") and (candidate.key, sense.country) in self._gazetteer.capitals and candidate.span.end in self._governments:
            return "metonym"
        return "organisation" if any(span.covers(candidate.span) and span != candidate.span for span in self._bodies) else "name"

    def _place(self, candidate: _Candidate, sense: Sense) -> Place:
        return Place(
            span=candidate.span, text=self._text[candidate.span.start : candidate.span.end], name=sense.name,
            kind=sense.kind, form=self._form(candidate, sense), lat=sense.lat, lon=sense.lon, country=sense.country,
            admin1=sense.admin1, geonameid=sense.geonameid, precision_km=sense.radius_km,
            score=round(max(0.0, min(1.0, candidate.score)), 2),
        )  # fmt: skip


def _lift(found: Sequence[_Candidate]) -> None:
    """Raise names to the threshold where the article surely means the place elsewhere: one sense per article."""
    sure = Counter(c.key for c in found if c.score >= THRESHOLD and c.form == "name")
    people = Counter(c.key for c in found if c.in_person)
    for candidate in found:
        if not sure[candidate.key] or candidate.in_person:
            continue
        if candidate.score > THRESHOLD - SURE_ELSEWHERE or sure[candidate.key] > people[candidate.key]:
            candidate.score = max(candidate.score, THRESHOLD)


def _large(senses: Sequence[Sense]) -> tuple[Sense, ...]:
    return tuple(s for s in senses if s.kind == "admin1" and not s.alias)


def _prior(sense: Sense) -> float:
    if sense.kind == "city":
        if sense.people is None:
            return LISTED_TOWN
        return CITY_BASE + CITY_PER_DIGIT * sense.digits + (-0.1 if sense.alias else 0.0)
    return PRIOR[sense.kind] - (0.25 if sense.alias and sense.kind != "country" else 0.0)


def _company(found: Sequence[_Candidate]) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """The provinces and countries the article speaks of without doubt, and how often."""
    admin1: Counter[tuple[str, str]] = Counter()
    countries: Counter[str] = Counter()
    for candidate in found:
        first = candidate.senses[0]
        if candidate.container is not None:
            countries[candidate.container[0] or ""] += 1
            if candidate.container[1]:
                admin1[(candidate.container[0] or "", candidate.container[1])] += 1
        elif first.kind == "country" and not any(s.kind == "admin1" for s in candidate.senses):
            countries[first.country or ""] += 1
        elif len(candidate.senses) == 1 and first.kind == "admin1" and not first.alias:
            countries[first.country or ""] += 1
            admin1[(first.country or "", first.admin1 or "")] += 1
        elif candidate.form == "name" and first.kind in ("city", "admin2") and len({s.country for s in candidate.senses}) == 1:
            countries[first.country or ""] += 1
            if len({s.admin1 for s in candidate.senses}) == 1:
                admin1[(first.country or "", first.admin1 or "")] += 1
        elif candidate.form == "name":
            best = max(candidate.senses, key=lambda s: s.people or 0)
            others = max((s.people or 0 for s in candidate.senses if s.country != best.country), default=0)
            if best.kind != "country" and (best.people or 0) > max(200_000, CLEARLY_LARGER * others):
                countries[best.country or ""] += 1
    return admin1, countries


def _choose(
    kept: Sequence[_Candidate], admin1: Counter[tuple[str, str]], countries: Counter[str], gazetteer: Gazetteer
) -> None:
    """Give each name its one sense in the article; a mention with its own container keeps to that."""
    said = {c.key: c.container for c in reversed(kept) if c.container is not None}
    names: dict[str, _Candidate] = {}
    for candidate in kept:
        names.setdefault(candidate.key, candidate)
    setting = setting_of({key: c.senses for key, c in names.items()}, countries, gazetteer)
    fits = {key: _fits(c, setting, said.get(key)) for key, c in names.items()}
    provinces = set(admin1)
    chosen: dict[str, Sense] = {}
    for _ in range(2):  # the second time with what the first found: two towns of a province make it the setting
        chosen = {key: _best(fitting, provinces) for key, fitting in fits.items()}
        provinces |= _shared(chosen.values())
    for candidate in kept:
        candidate.chosen = _extent(candidate, chosen[candidate.key])
        if candidate.container is not None and candidate.container != said.get(candidate.key):
            own = [(setting.fit(s, candidate.key, candidate.container), s) for s in candidate.senses]
            candidate.chosen = _best(own, provinces)


def _fits(candidate: _Candidate, setting: Setting, said: tuple[str | None, str | None] | None) -> list[tuple[float, Sense]]:
    """How well each sense of a name fits the article, but for the provinces that play in it."""
    if len(candidate.senses) == 1:
        return [(0.0, candidate.senses[0])]
    held = {id(s) for s in _divisions(candidate.senses)}
    return [
        (setting.fit(s, candidate.key, said) - (DIVISION_OF_SAME_NAME if id(s) in held else 0.0), s)
        for s in candidate.senses
    ]


def _best(fitting: Sequence[tuple[float, Sense]], provinces: Set[tuple[str, str]]) -> Sense:
    """The sense that fits best, the first among equals; those of the article's provinces fit better."""
    best, most = fitting[0][1], -math.inf
    for fit, sense in fitting:
        if sense.province in provinces:
            fit += SAME_ADMIN1
        if fit > most:
            best, most = sense, fit
    return best


def _shared(chosen: Iterable[Sense]) -> set[tuple[str, str]]:
    """The provinces in which two chosen places lie."""
    found = Counter(s.province for s in chosen if s.admin1 and s.kind in ("city", "admin2"))
    return {province for province, n in found.items() if n > 1}


def _divisions(senses: Sequence[Sense]) -> list[Sense]:
    """The divisions among namesakes that hold a town of the same name."""
    towns = {(s.country, s.admin1) for s in senses if s.kind == "city"}
    return [s for s in senses if s.kind in ("admin1", "admin2") and (s.country, s.admin1) in towns]


def _extent(candidate: _Candidate, sense: Sense) -> Sense:
    """The division of the same name where this mention says so ("Baghdad province")."""
    if not candidate.territory or sense.kind != "city":
        return sense
    held = [s for s in _divisions(candidate.senses) if (s.country, s.admin1) == (sense.country, sense.admin1)]
    return max(held, key=lambda s: s.people or 0) if held else sense
