"""Short names, descriptions and pronouns joined to the actors an article has already named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from attrs import evolve
from spacy.tokens import Doc

from ..config import Settings
from ..lexicon import Lexicons
from ..records import Actor, Article, Mention, Span
from ..text import digest
from .cast import SUBJECTS, Cast, Grammar, Part, is_soft
from .compose import RELATIVE
from .confidence import BESIDE, OF_SEVERAL, region_of, weighed
from .envoys import place_envoys
from .names import plain
from .others import name_counterparts, name_others
from .pairs import join_pairs
from .phrases import RoleRow, is_title_case
from .pronouns import resolve_pronouns

ARMED = frozenset(("REB", "UAF"))
DEFINITE = ("the", "this", "that", "these", "those", "both", "such")
PERSON_REACH = 12  # sentences back for "the prime minister"
ORDINALS = ("first", "second", "third", "fourth", "fifth")
OF_ANOTHER = (
    "provincial", "regional", "local", "district", "municipal", "deputy", "assistant", "former", "previous", "next", "late",
)  # fmt: skip
GENERIC_REACH = 3  # for "the official" after a person with another word for the role
BODY_REACH = 10
NEAR = 1  # for "the army" after another country's
PLURAL_REACH = 40
STATE_SECTORS = ("GOV", "MIL", "COP", "JUD", "LEG", "SPY")
AGAINST_THE_STATE = ("REB", "UAF", "OPP")
OF_A_BODY = (("GOV",), ("MIL",), ("COP",), ("LEG",), ("JUD",), ("IGO",))
PRIVATE_BODIES = ("group", "movement", "faction")  # no parliament or ministry is called so
MERGED_WHEN_BARE = ("MIL", "COP", "UAF", "REB")
MERGED_ALONE = (("COP",), ("MIL",))

ResolveCoreference = Callable[
    [Doc, Article, tuple[Actor, ...], tuple[Mention, ...]], tuple[tuple[Actor, ...], tuple[Mention, ...]]
]


def make_coreference(settings: Settings, lexicons: Lexicons) -> ResolveCoreference:
    """A callable that joins short names, descriptions and pronouns to actors; lexicons are loaded once, here.

    It returns (actors, mentions): actors without a mention left are gone, mentions may gain short names, and a
    pronoun whose candidates fit equally well keeps actor None. Both in order of first mention.
    """
    grammar = Grammar(lexicons)

    def resolve(
        doc: Doc, article: Article, actors: tuple[Actor, ...], mentions: tuple[Mention, ...]
    ) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
        cast = Cast(grammar, doc, article, actors, mentions)
        join_short_names(cast)
        add_short_names(cast)
        join_descriptions(cast)
        join_pairs(cast)
        name_others(cast)
        resolve_pronouns(cast)
        name_counterparts(cast)
        inherit_from_possessors(cast)
        place_envoys(cast)
        place_nearby(cast)
        return _finish(cast)

    return resolve


# -- short names -------------------------------------------------------------------------------------


def name_words(cast: Cast, name: str) -> tuple[str, ...]:
    """The words of a person's name that can stand alone: particles, initials and one-letter words dropped."""
    words = plain(name).replace("-", " ").split()
    return tuple(w for w in words if w.lower() not in cast.grammar.particles and len(w.strip(".")) > 1)


def join_short_names(cast: Cast) -> None:
    """"Mr Martin" and "Sudani" become the one person of that surname; with two such persons nothing is joined."""
    persons = [a for a in cast.actors.values() if a.kind == "person"]
    full = {a.id: words for a in persons if len(words := name_words(cast, a.name)) > 1}
    # Twice: "Ms Valdes" tells that Ines is no man, and so that "Mr Valdes" is Rodrigo.
    for actor in (*persons, *persons):
        words = name_words(cast, actor.name)
        if len(words) != 1 or actor.id not in cast.actors:
            continue
        fits = [id for id, others in full.items() if _short_for(words[0], others) and _may_join(cast, actor.id, id)]
        if len(fits) > 1 and actor.role is not None:  # "Mr Brown, the prime minister": the Brown who is prime minister
            fits = [id for id in fits if _ends_with(cast.actors[id].role or "", actor.role.lower())]
        if len(fits) == 1:
            cast.rename(actor.id, fits[0])
    for actor in list(cast.actors.values()):
        if actor.kind == "organisation" and any("recogniser" in why for why in actor.because):
            fits = [id for id, others in full.items() if name_words(cast, actor.name) == others[-1:]]
            if len(fits) == 1:
                cast.rename(actor.id, fits[0])
    _correct_aliases(cast, full)


def _short_for(word: str, words: Sequence[str]) -> bool:
    return word == words[-1] or (word in words[1:])


def _may_join(cast: Cast, one: str, other: str) -> bool:
    """Whether nothing known of the two speaks against their being one person."""
    a, b = cast.actors[one], cast.actors[other]
    if a.country and b.country and a.country != b.country and not (is_soft(a) or is_soft(b)):
        return False
    genders = cast.genders.get(one), cast.genders.get(other)
    return None in genders or genders[0] == genders[1]


def _correct_aliases(cast: Cast, full: dict[str, tuple[str, ...]]) -> None:
    """A bare surname the gazetteer knew is the article's own bearer of it, where only that one is named whole."""
    whole: set[str] = set()
    for part in cast.parts:
        if part.actor in full and part.form == "name":
            words = name_words(cast, part.mention.text)
            if sum(w in full[part.actor] for w in words) > 1:
                whole.add(part.actor)
    for id in list(full):
        if id in whole or id not in cast.actors:
            continue
        surname = full[id][-1]
        rivals = [o for o in whole if full[o][-1] == surname]
        if len(rivals) == 1:
            for part in cast.parts:
                if part.actor == id:
                    part.actor = rivals[0]


def add_short_names(cast: Cast) -> None:
    """Mentions for surnames standing alone, anywhere in the article, of persons it names whole somewhere."""
    index = _short_index(cast)
    taken = _taken(cast)
    for token in cast.doc:
        actor = index.get(cast.texts[token.i])
        if actor is None or token.i in taken or _in_furniture(cast, token.idx):
            continue
        if token.i and cast.texts[token.i - 1] in index and token.i - 1 not in taken:
            continue
        first = _with_title(cast, token.i, actor, taken)
        if first is None or cast.texts[first] == "-":
            continue  # "the anti-Castro lobby" names him only in passing
        span = Span(cast.doc[first].idx, token.idx + len(token.text))
        cast.add(span, "m" + digest(cast.article.id, span.start, span.end), actor, "name")


def _with_title(cast: Cast, index: int, actor: str, taken: set[int]) -> int | None:
    """First token of a short name with its particles, other names and title; None inside another name."""
    own = name_words(cast, cast.actors[actor].name)
    first = index
    while first and first - 1 not in taken:
        text = cast.texts[first - 1]
        if text != "-" and cast.lowers[first - 1] not in cast.grammar.particles and text not in own:
            break
        first -= 1
    for start in range(max(0, first - 4), first):
        title = cast.grammar.titles.starting_at(cast.texts, start)
        if title is not None and start + title[0] == first:
            return start
    before = cast.doc[first - 1] if first else None
    opens = before is None or before.is_sent_start or not _capital(cast, first - 1) or before.pos_ != "PROPN"
    return first if opens or not cast.doc[index].dep_ or _headline(cast, index) else None


def _headline(cast: Cast, index: int) -> bool:
    """Whether the sentence is in title case, where a capital before a name means nothing."""
    first, last = cast.sentence_bounds(cast.doc[index])
    return is_title_case(cast.texts[first:last])


def _capital(cast: Cast, index: int) -> bool:
    text = cast.texts[index]
    return text[0].isupper() and text.isalpha()


def _in_furniture(cast: Cast, offset: int) -> bool:
    return any(f.start <= offset < f.end for f in cast.article.furniture)


def _taken(cast: Cast) -> set[int]:
    """Tokens inside names that are mentions already."""
    taken: set[int] = set()
    for part in cast.parts:
        if part.form in ("name", "demonym"):
            found = cast.doc.char_span(*part.mention.span, alignment_mode="expand")
            if found is not None:
                taken.update(range(found.start, found.end))
    return taken


def _short_index(cast: Cast) -> dict[str, str]:
    """Word → the one person it can stand for alone."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor in cast.actors.values():
        if actor.kind != "person":
            continue
        for name in {actor.name, *(p.mention.text for p in cast.parts if p.actor == actor.id and p.form == "name")}:
            words = [w for w in name_words(cast, name) if w[0].isupper()]
            known = name_words(cast, actor.name)
            if len(words) < 2 or words[-1] not in known and name != actor.name:
                continue
            bearers[words[-1]].add(actor.id)
            if words[0] not in cast.grammar.given or not cast.grammar.given[words[0]]:
                if name == actor.name:
                    bearers[words[0]].add(actor.id)
    ambiguous = {w for w, ids in bearers.items() if len(ids) > 1}
    return {
        w: next(iter(ids)) for w, ids in bearers.items() if w not in ambiguous and len(w) > 1 and not _common(cast, w)
    }


def _common(cast: Cast, word: str) -> bool:
    """Whether the word is a title or role too: no one is called by it alone."""
    return (
        cast.grammar.roles.ending_at([word.lower()], 0) is not None
        or cast.grammar.titles.starting_at([word], 0) is not None
    )


# -- descriptions ------------------------------------------------------------------------------------


def join_descriptions(cast: Cast) -> None:
    """ "the prime minister", "the official", "these militias", "the group", "the country" to what they take up."""
    for index, part in enumerate(cast.parts):
        actor = cast.actors.get(part.actor or "")
        if part.form != "nominal" or actor is None or part.match is None:
            continue
        if actor.kind == "person":
            _name_described(cast, index, part, actor)
            continue
        if actor.kind == "state":
            continue
        found = _antecedent(cast, index, part, actor)
        if found is not None and found != part.actor:
            _take_up(cast, part, actor, found)


def _name_described(cast: Cast, index: int, part: Part, actor: Actor) -> None:
    """ "A diplomat was freed. The diplomat, Helen Marsh, ...": the name tells who was described just before."""
    assert part.match is not None
    row = part.match.row
    known = any(p.actor == actor.id and p.mention.span.start < part.mention.span.start for p in cast.parts)
    if known or part.match.plural or row.kind != "person" or not _definite(cast, part) or not _bare(cast, part):
        return
    before = {
        p.actor: p for p in cast.parts[:index]
        if p.match is not None and p.match.row.phrase in row.offices and p.form == "nominal" and p.number != "plural"
        and part.sentence - p.sentence <= GENERIC_REACH and p.actor in cast.actors
        and cast.actors[p.actor].kind == "unnamed" and _compatible(actor, cast.actors[p.actor])
    }  # fmt: skip
    if len(before) == 1:
        [(unnamed, _)] = before.items()
        assert unnamed is not None
        cast.rename(unnamed, actor.id)


def _take_up(cast: Cast, part: Part, actor: Actor, found: str) -> None:
    others = [p for p in cast.parts if p.actor == actor.id and p is not part]
    if not others and actor.kind == "unnamed":
        cast.rename(actor.id, found)
        return
    other = cast.actors[found]
    if actor.country and other.country and actor.country != other.country and is_soft(other) and not is_soft(actor):
        if any(p.sentence for p in cast.parts if p.actor == found):
            return  # "the navy", lent to the country most spoken of, and then "the Sri Lankan navy"
        because = tuple(w for w in other.because if not w.startswith("country:"))
        told = tuple(w for w in actor.because if w.startswith("country:"))
        cast.actors[found] = evolve(other, country=actor.country, because=(*because, *told))
    part.actor = found


def _definite(cast: Cast, part: Part) -> bool:
    return any(cast.lowers[t.i] in DEFINITE for t in part.head.lefts if t.dep_ in ("det", "predet", "amod"))


def _antecedent(cast: Cast, index: int, part: Part, actor: Actor) -> str | None:
    assert part.match is not None
    row = part.match.row
    before = [p for p in reversed(cast.parts[:index]) if p.actor in cast.actors and p.actor != actor.id]
    before = [p for p in before if p.mention.span.end <= part.mention.span.start]
    if "state" in row.frame:
        return _state(cast, part, before) if _definite(cast, part) and part.number != "plural" else None
    if part.match.plural:
        return _plural_antecedent(cast, part, actor, before)
    if not _definite(cast, part) and not _stands_alone(part, actor):
        return None
    if "government" in row.frame:
        return _government(cast, part, before)
    if row.kind == "body":
        return _body(cast, part, actor, before)
    return _person(cast, part, actor, before)


def _stands_alone(part: Part, actor: Actor) -> bool:
    """Whether a force without a word before it is the one spoken of: "the police were bribed. Police beat ..."."""
    told = any(True for _ in part.head.lefts) or any(t.dep_ == "prep" for t in part.head.rights)
    return actor.sectors[:1] in MERGED_ALONE and not told and part.head.dep_ in SUBJECTS


def _compatible(actor: Actor, other: Actor) -> bool:
    region = region_of(actor.because)
    role = other.role or ""
    if region is not None and region not in role and ((region_of(other.because) or region) != region or " of " in role):
        return False  # the Welsh first minister is not Scotland's
    if actor.country and other.country and actor.country != other.country:
        return is_soft(actor) or is_soft(other)
    return True


def _person(cast: Cast, part: Part, actor: Actor, before: list[Part]) -> str | None:
    """The last person whose role is that word; else, near by, the one person of the same sectors."""
    assert part.match is not None
    offices = part.match.row.offices
    for other in before:
        if part.sentence - other.sentence > PERSON_REACH:
            break
        candidate = cast.actors[other.actor or ""]
        if not _is_single_person(candidate, other) or not _compatible(actor, candidate):
            continue
        if _told_apart(cast, part, other):
            continue
        if other.match is not None and other.match.row.phrase in offices:
            return candidate.id
        if candidate.role is not None and any(_ends_with(candidate.role, office) for office in offices):
            return candidate.id
        if other.form == "name" and plain(other.mention.text).lower().startswith(tuple(f"{office} " for office in offices)):
            return candidate.id  # "the general" after "General Aidid", whatever else he is
    if "generic" not in part.match.row.frame:
        return None
    if not _bare(cast, part):
        return None
    near = {
        c.id: c for o in before
        if part.sentence - o.sentence <= GENERIC_REACH
        and _is_single_person(c := cast.actors[o.actor or ""], o)
        and _compatible(actor, c)
        and (is_soft(actor) or actor.country in (None, c.country))
        and (set(actor.sectors) & set(c.sectors) or (c.sectors and not actor.sectors))
        and cast.genders.get(c.id) in (None, cast.genders.get(actor.id) or cast.genders.get(c.id))
    }  # fmt: skip
    return next(iter(near)) if len(near) == 1 else None


def _bare(cast: Cast, part: Part) -> bool:
    """Whether a description adds nothing to its noun but a country: "the (same) official", "the Iraqi leader"."""
    assert part.match is not None
    for token in part.head.lefts:
        plain_word = token.dep_ in ("det", "predet") or cast.lowers[token.i] == "same" or token.i >= part.match.first
        if not plain_word and not (token.dep_ == "amod" and cast.texts[token.i][0].isupper()):
            return False
    return not any(t.dep_ == "prep" for t in part.head.rights)


def _told_apart(cast: Cast, part: Part, other: Part) -> bool:
    """Whether number words rule two descriptions out: "the first official" after "an official" and "a second official"."""
    candidate = cast.actors[other.actor or ""]
    known = f"{candidate.role or ''} {other.mention.text}".lower().split()
    if any(cast.lowers[t.i] in OF_ANOTHER and cast.lowers[t.i] not in known for t in part.head.lefts):
        return True  # the provincial police chief is not the capital's
    mine, its = (next((w for t in p.head.lefts if (w := cast.lowers[t.i]) in ORDINALS), None) for p in (part, other))
    if mine is None:
        return False
    if its is not None:
        return mine != its
    return mine != ORDINALS[0] or any(cast.lowers[t.i] in ("another", "other") for t in other.head.lefts)


def _ends_with(role: str, phrase: str) -> bool:
    """Whether the head of `role` is `phrase`: "Iraqi security official" is an official."""
    head = plain(role).lower().split(" of ")[0].split(" for ")[0]
    return head == phrase or head.endswith((" " + phrase, "-" + phrase))


def _is_single_person(actor: Actor, part: Part) -> bool:
    if actor.kind == "person":
        return True
    return actor.kind == "unnamed" and part.number == "singular" and part.match is not None and (
        part.match.row.kind in ("person", "group")
    )


def _body(cast: Cast, part: Part, actor: Actor, before: list[Part]) -> str | None:
    """The last body whose name holds the word ("the council"), or of the kind the word names ("the group")."""
    assert part.match is not None
    row = part.match.row
    word = row.phrase.split()[-1]
    for other in before:
        if part.sentence - other.sentence > BODY_REACH:
            break
        candidate = cast.actors[other.actor or ""]
        if candidate.kind in ("person", "state") or not _compatible(actor, candidate) or other.number == "plural":
            continue
        if _of_elsewhere(actor, candidate) and part.sentence - other.sentence > NEAR:
            continue
        if other.match is not None and other.match.row.kind != "body":
            continue
        if word in plain(candidate.name).lower().split():
            return candidate.id
        if "kind" in row.frame and _of_kind(candidate, row):
            return candidate.id
    return None


def _of_elsewhere(actor: Actor, candidate: Actor) -> bool:
    """Whether forces lent the country spoken of most are not those the text calls another's: "the police" far from "South African police"."""
    foreign = candidate.country is not None and not is_soft(candidate) and candidate.country != actor.country
    return foreign and actor.country is not None and is_soft(actor) and actor.sectors[:1] in MERGED_ALONE


def _of_kind(candidate: Actor, row: RoleRow) -> bool:
    """Whether a body can be what the noun says: "the militia" a group, "the bloc" an IGO."""
    sectors = row.sectors
    if candidate.kind == "unnamed" or candidate.id.startswith("people:"):
        return False
    if candidate.sectors[:1] == ("IGO",):
        return "igo" in row.frame
    if row.phrase in PRIVATE_BODIES and candidate.sectors[:1] and candidate.sectors[0] in STATE_SECTORS:
        return False
    if candidate.kind == "group":
        return not sectors or set(sectors) <= {"REB", "UAF", "CRM", "OPP"}
    armed = bool(ARMED.intersection(sectors)) and bool(ARMED.intersection(candidate.sectors))
    return candidate.kind == "organisation" and (not sectors or armed or bool(set(sectors) & set(candidate.sectors)))


def _plural_antecedent(cast: Cast, part: Part, actor: Actor, before: list[Part]) -> str | None:
    """The last plural of the same word; a bare plural only for forces of one country."""
    assert part.match is not None
    definite = _definite(cast, part)
    if any(t.dep_ == "nummod" or t.tag_ == "CD" for t in part.head.lefts):
        return None
    if not definite and not (actor.sectors and actor.sectors[0] in MERGED_WHEN_BARE):
        return None
    for other in before:
        if part.sentence - other.sentence > PLURAL_REACH:
            break
        if other.match is None or other.match.row is not part.match.row or not other.match.plural:
            continue
        candidate = cast.actors[other.actor or ""]
        if not _compatible(actor, candidate) or (_of_elsewhere(actor, candidate) and part.sentence - other.sentence > NEAR):
            continue
        if definite or (candidate.country, candidate.sectors) == (actor.country, actor.sectors):
            return candidate.id
    return _armed_group(cast, part, actor, before) if definite and _bare(cast, part) else None


def _armed_group(cast: Cast, part: Part, actor: Actor, before: list[Part]) -> str | None:
    """The one armed group named near by that "the rebels" or "the militants" can be."""
    if not ARMED.issuperset(actor.sectors) or not actor.sectors:
        return None
    near = [p for p in before if part.sentence - p.sentence <= PLURAL_REACH and p.form == "name" and not p.is_modifier]
    groups = {c.id: c for p in near if (c := cast.actors[p.actor or ""]).kind == "group" and ARMED.intersection(c.sectors)}
    [found] = groups.values() if len(groups) == 1 else [None]
    return found.id if found is not None and _compatible(actor, found) else None


def _state(cast: Cast, part: Part, before: list[Part]) -> str | None:
    """"the country": the last state spoken of, subjects and possessors before others of the same sentence."""
    for distance in range(3):
        states = [
            p for p in before
            if part.sentence - p.sentence == distance and cast.actors[p.actor or ""].id.count(":") == 1
            and cast.actors[p.actor or ""].kind == "state"
        ]  # fmt: skip
        if states:
            subjects = [p for p in states if p.is_subject or p.head.dep_ == "poss"]
            distinct = {p.actor for p in states}
            if len(distinct) > 1 and not subjects:
                return None
            return (subjects or states)[0].actor
    return None


def _government(cast: Cast, part: Part, before: list[Part]) -> str | None:
    """"the government": that of the country whose actors fill this sentence and the one before, else the last named."""
    country = nearby_country(part, cast, lead=1)
    named = [
        c.id for o in before
        if part.sentence - o.sentence <= BODY_REACH
        and (c := cast.actors[o.actor or ""]).kind == "state" and c.id.endswith(":gov")
    ]  # fmt: skip
    if country is not None:
        return f"state:{country}:gov" if f"state:{country}:gov" in cast.actors else None
    return named[0] if len(set(named)) == 1 else None


def nearby_country(part: Part, cast: Cast, *, lead: int) -> str | None:
    """The country most actors before it in this sentence and the last belong to; None in a tie.

    Those of this sentence count double; names that only modify, rebels and militias do not count.
    lead: how many times as many as to the next country are needed.
    """
    votes: dict[str, int] = defaultdict(int)
    for other in cast.parts:
        if other is part or part.sentence - other.sentence not in (0, 1):
            continue
        actor = cast.actors.get(other.actor or "")
        if actor is None or actor.country is None or other.is_modifier or is_soft(actor):
            continue
        if not set(actor.sectors) & set(AGAINST_THE_STATE) and other.mention.span.end <= part.mention.span.start:
            votes[actor.country] += 2 if other.sentence == part.sentence else 1
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < max(lead * ranked[1][1], ranked[1][1] + 1)):
        return None
    return ranked[0][0]


# -- what possessors give ----------------------------------------------------------------------------


def inherit_from_possessors(cast: Cast) -> None:
    """ "his spokesman", "its army": the country, and where open the sectors, of whoever the pronoun means."""
    for part in cast.parts:
        if part.form != "pronoun" or part.head.dep_ != "poss":
            continue
        owner = cast.actors[part.actor] if part.actor is not None else _one_of_several(cast, part)
        if owner is None:
            continue
        for owned in cast.parts:
            actor = cast.actors.get(owned.actor or "")
            if owned.head.i != part.head.head.i or actor is None or actor.kind != "unnamed" or owned.match is None:
                continue
            if RELATIVE in owned.match.row.frame:
                continue  # "his hosts" are not of his country
            if owner.country and "government" in owned.match.row.frame and actor.sectors == ("GOV",):
                owned.actor = _government_of(cast, owner)
                continue
            if owner.country and (actor.country is None or is_soft(actor)):
                because = tuple(w for w in actor.because if not w.startswith("country:"))
                actor = evolve(actor, country=owner.country, because=(*because, f"country: {owner.id}"),
                               basis="coreference")  # fmt: skip
            if "of" in owned.match.row.frame and owner.sectors and actor.sectors == owned.match.row.sectors:
                actor = evolve(actor, sectors=owner.sectors)
            if owner.sectors[:1] == ("IGO",) and actor.sectors[:1] in OF_A_BODY and (actor.country is None or is_soft(actor)):
                actor = evolve(actor, country=None, sectors=owner.sectors, basis="coreference")  # "its envoy", of the bloc
            cast.actors[actor.id] = actor


def _one_of_several(cast: Cast, part: Part) -> Actor | None:
    """Of the conjuncts that "A, B and their supporters" opens with, one to inherit from, if of one country."""
    noun = part.head.head
    heads = {t.i for t in noun.conjuncts if t.i < noun.i}
    if part.number != "plural" or not heads:
        return None
    owners = [cast.actors[p.actor] for p in cast.parts if p.head.i in heads and p.actor in cast.actors]
    return owners[0] if owners and len({o.country for o in owners}) == 1 else None


def _government_of(cast: Cast, owner: Actor) -> str:
    id = f"state:{owner.country}:gov"
    if id not in cast.actors:
        name = owner.name if owner.id == f"state:{owner.country}" else str(owner.country)
        cast.actors[id] = Actor(id=id, name=f"government of {name}", kind="state", country=owner.country,
                                sectors=("GOV",), basis="coreference", because=(f"country: {owner.id}",))  # fmt: skip
    return id


def place_nearby(cast: Cast) -> None:
    """The state's own servants ("the army", "police") without a country take that of the actors around them."""
    for part in cast.parts:
        actor = cast.actors.get(part.actor or "")
        if actor is None or actor.kind != "unnamed" or actor.country is not None or part.form != "nominal":
            continue
        if actor.members or OF_SEVERAL in actor.because or not actor.sectors or actor.sectors[0] not in STATE_SECTORS:
            continue
        if any(t.dep_ == "nummod" for t in part.head.lefts):
            continue
        country = nearby_country(part, cast, lead=2)
        if country is not None:
            because = (*actor.because, BESIDE)
            cast.actors[actor.id] = evolve(actor, country=country, because=because, basis="coreference")


def _finish(cast: Cast) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    mentions = tuple(
        evolve(p.mention, actor=p.actor if p.actor in cast.actors else None) for p in cast.parts
    )
    used = dict.fromkeys(m.actor for m in mentions if m.actor is not None)
    return tuple(weighed(cast.actors[id]) for id in used), mentions
