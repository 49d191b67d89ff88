"""One article's words made ready for naming: gazetteer hits, role phrases, titles and runs of capitals by token."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from attrs import frozen
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from ..lexicon import Lexicons
from ..records import Article, Span, Time
from ..syntax import is_parsed
from ..text import iso_bounds
from .eras import Seats, bare_halves, half_hit, halves
from .names import LEAD_CHARACTERS, Ambiguities, Entity, Gazetteer, Hit, plain, uncollected
from .phrases import NOUNS, RoleLexicon, RoleMatch, Title, TitleLexicon, is_title_case, read_compounds
from .shared import Sharing, read_shared

LOCATIVE = ("in", "at", "near", "outside", "inside", "across", "around", "throughout", "within")
UNSHORTENED = ("state", "person", "people")
OFFICES = (("GOV",), ("COP",), ("JUD",), ("LEG",), ("MIL",))
OFFICE_WORDS = 3  # tokens of the longest role phrase looked for after a place
SURNAME = "surname"
WORD_BEFORE, WORD_AFTER = "word before", "word after"  # sides in en/compounds.tsv without a hyphen
OBJECT_PRONOUNS = ("us", "me", "him", "them")
SHORT = 4  # letters of a name that a small word can have
HEADLINE_NAME = 2  # words of an unknown name in a title-case headline
DATELINE = re.compile(r"[^\S\n]*[A-Z][A-Z.'’ -]{2,}(?:,[^\n:!?;()]{1,40}?)?(?: ?\([^()\n]{2,30}\))?(?: ?--? | ?[–—] ?|: )|[^\S\n]*[A-Z][^\n:!?;()]{2,40} ?\([^()\n]{2,30}\) ?(?:--?|[–—:])")
INITIALS = re.compile(r"(?:[A-Z]\.)+")
ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z-]{0,5}|[A-Z]{2,8}")


def stands_for(short: str, name: str) -> bool:
    """Whether letters in brackets can be a name's acronym: "(FARC)" after its forces, not "(AP)" after a place.

    One of its first two letters must open a word of the name, since acronyms come from other languages too.
    """
    initials = {word[0].upper() for word in plain(name).replace("-", " ").split()}
    return ACRONYM.fullmatch(short) is not None and any(c.upper() in initials for c in short[:2])


class Knowledge:
    """Every lexicon that naming needs, loaded once for a run."""

    def __init__(self, lexicons: Lexicons) -> None:
        with uncollected():
            self._read(lexicons)

    def _read(self, lexicons: Lexicons) -> None:
        self.gazetteer = Gazetteer(lexicons)
        self.ambiguities = Ambiguities.read(lexicons)
        self.shared = read_shared(lexicons)
        self.seats = Seats(lexicons)
        self.roles = RoleLexicon(lexicons)
        self.titles = TitleLexicon(lexicons)
        self.compounds = read_compounds(lexicons)
        self.words = frozenset(name for name, row in self.shared.items() if row.kind == "word")
        self.given: Mapping[str, str | None] = {
            r.need("name"): r["gender"] for r in lexicons.table("en/given_names.tsv")
        }
        self.particles = frozenset(r.need("particle") for r in lexicons.table("en/name_particles.tsv"))
        self.dealings = frozenset(r.need("lemma") for r in lexicons.table("en/dealings.tsv"))
        self.person_verbs = frozenset(r.need("lemma") for r in lexicons.table("en/person_verbs.tsv"))
        self.casualties = frozenset(r.need("lemma") for r in lexicons.table("en/casualties.tsv"))
        self.undergone = frozenset(r.need("lemma") for r in lexicons.table("en/undergone.tsv"))
        self.indefinite = frozenset(r.need("word") for r in lexicons.table("en/indefinite.tsv"))
        self.things = frozenset(r.need("noun") for r in lexicons.table("en/named_things.tsv"))
        self.pronouns = {r.need("pronoun"): r for r in lexicons.table("en/pronouns.tsv")}


@frozen(kw_only=True)
class Run:
    """Capitalised words that may be a name the gazetteer lacks: tokens `first` to `last`, both included."""

    first: int
    last: int


class Reading:
    """What stands where in one article. Token indices throughout; character spans only at the edges."""

    def __init__(self, knowledge: Knowledge, doc: Doc, article: Article, times: Sequence[Time]) -> None:
        self.knowledge = knowledge
        self.doc = doc
        self.article = article
        self.texts = [plain(t.text) for t in doc]
        self.lowers = [t.lower() for t in self.texts]
        self._starts = [t.idx for t in doc]
        sentences = list(doc.sents)
        self._sentence_starts = [s.start for s in sentences]
        self.parsed = [s for s in sentences if is_parsed(s)]
        self._timed = {i for t in times for i in self.tokens_of(t.span)}
        self._roles: dict[tuple[int, bool | None], RoleMatch | None] = {}
        self._small: list[Hit] | None = None
        self._inside: dict[str, str | None] = {}
        self._seated: dict[str, Entity | None] = {}
        self.hits: list[tuple[int, int, Hit]] = []
        self.hit_at: dict[int, int] = {}
        self._find_hits()
        self.title_at: dict[int, tuple[int, Title]] = {}
        self._find_titles()
        self.runs = [run for sentence in self.parsed for run in self._runs(sentence.start, sentence.end)]
        self.run_at = {i: run for run in self.runs for i in range(run.first, run.last + 1)}

    def tokens_of(self, span: Span) -> range:
        """Indices of the tokens that `span` touches."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        return range(first, bisect_left(self._starts, span.end))

    def span(self, first: int, last: int) -> Span:
        """Characters of tokens `first` to `last`, both included."""
        end = self.doc[last]
        return Span(self.doc[first].idx, end.idx + len(end.text))

    def sentence_start(self, index: int) -> int:
        """First token of the sentence that token `index` stands in."""
        return self._sentence_starts[bisect_right(self._sentence_starts, index) - 1]

    def sentence(self, index: int) -> DocSpan:
        """The sentence that token `index` stands in."""
        position = bisect_right(self._sentence_starts, index)
        end = self._sentence_starts[position] if position < len(self._sentence_starts) else len(self.doc)
        return self.doc[self._sentence_starts[position - 1] : end]

    def hit(self, index: int) -> Hit | None:
        """The gazetteer's name that token `index` belongs to."""
        position = self.hit_at.get(index)
        return None if position is None else self.hits[position][2]

    def hit_tokens(self, index: int) -> tuple[int, int]:
        """First and last token of the name that token `index` belongs to."""
        first, last, _ = self.hits[self.hit_at[index]]
        return first, last

    def role_ending(self, index: int, *, modifier: bool | None = None) -> RoleMatch | None:
        """The longest role phrase that ends at token `index`."""
        key = (index, modifier)
        if key not in self._roles:
            found = self.knowledge.roles.ending_at(self.lowers, index, modifier=modifier)
            self._roles[key] = None if found is not None and self._is_surname(found) else found
        return self._roles[key]

    def _is_surname(self, match: RoleMatch) -> bool:
        """Whether a calling in capitals is rather somebody's name: "Baker said", not "Bakers", "the Chamberlain"."""
        if SURNAME not in match.row.frame or match.plural or match.first != match.last:
            return False
        return self.is_name_word(match.first) and (not match.first or self.lowers[match.first - 1] not in ("a", "an", "the"))

    def is_name_word(self, index: int) -> bool:
        text = self.texts[index]
        return text[0].isupper() and (text.replace("'", "").isalpha() or self._is_initial(index))

    def _is_initial(self, index: int) -> bool:
        return INITIALS.fullmatch(self.texts[index]) is not None

    def gives_country(self, first: int, last: int) -> bool:
        """Whether a country named by tokens `first`..`last` is that of the noun it stands before.

        False for "Iran-backed", "pro-Russian"; True for "US-led" and names without a hyphen.
        """
        compounds = self.knowledge.compounds
        if first and not compounds.get((self.lowers[first - 1], WORD_BEFORE), True):
            return False  # "ethnic Uzbeks" are no Uzbekistanis
        if last + 1 < len(self.texts) and not compounds.get((self.lowers[last + 1], WORD_AFTER), True):
            return False  # "youths of Algerian descent"
        stem, hyphen, joined = self.lowers[last].rpartition("-")
        if hyphen and stem and (joined, "after") in compounds:
            return compounds[joined, "after"]  # "U.N.-backed" is one word to the parser
        if last + 2 < len(self.texts) and self.texts[last + 1] == "-" and not self.doc[last].whitespace_:
            return compounds.get((self.lowers[last + 2], "after"), True)
        if first > 1 and self.texts[first - 1] == "-" and not self.doc[first - 1].whitespace_:
            return compounds.get((self.lowers[first - 2], "before"), True)
        return True

    def country_inside(self, hit: Hit) -> str | None:
        """The one country that the name of an intergovernmental body says it is for: "Tribunal for Rwanda"."""
        if hit.entity.sectors[:1] != ("IGO",) or hit.entity.kind != "organisation":
            return None
        if hit.entity.id not in self._inside:
            words = hit.entity.name.split()
            states = [h.entity.country for w in words[1:] for h in self.knowledge.gazetteer.find(w) if h.form == "name" and h.entity.kind == "state"]
            self._inside[hit.entity.id] = states[0] if len(set(states)) == 1 else None
        return self._inside[hit.entity.id]

    def dateline_country(self) -> str | None:
        """Of which country the town is that a report is dated from: "LUSAKA, June 13 (Wire) -", "ZAMBOANGA, Philippines:"."""
        text = self.article.text
        for _, _, hit in self.hits:
            start, end = hit.span
            if start > LEAD_CHARACTERS:
                return None
            if hit.entity.kind != "state" or hit.form not in ("name", "capital", "city", "metonym"):
                continue
            line = DATELINE.match(text, text.rfind("\n", 0, start) + 1)
            if line is not None and end <= line.end() and "(" not in text[line.start() : start]:  # no "(Radio Tonga)"
                return hit.entity.country
        return None

    def seated_body(self, hit: Hit) -> Entity | None:
        """The body of states that a capital stands for where it acts: "Brussels", unless the article names Belgium more than the Union."""
        if hit.form != "capital":
            return None
        name = plain(self.article.text[hit.span.start : hit.span.end])
        if name not in self._seated:
            bounds = iso_bounds(self.article.published)
            body = self.knowledge.seats.body(name, bounds[1] if bounds else None, self.knowledge.gazetteer)
            others = [h.entity for _, _, h in self.hits if h.form not in ("none", "city") and h.form != hit.form]
            of_body = sum(body is not None and e.sectors == body.sectors for e in others)
            of_state = sum(e.country == hit.entity.country for e in others)
            self._seated[name] = body if of_body >= of_state else None
        return self._seated[name]

    def only_seat(self, last: int) -> bool:
        """Whether the country named up to token `last` is where somebody sits: "Damascus-based"."""
        return self.lowers[last + 1 : last + 3] == ["-", "based"] and not self.doc[last].whitespace_

    def _find_hits(self) -> None:
        furniture = self.article.furniture
        surnames: set[str] = set()
        for hit in self.knowledge.gazetteer.find(self.article.text):
            if any(hit.span.overlaps(f) for f in furniture):
                continue
            tokens = self.tokens_of(hit.span)
            first, last = tokens[0], tokens[-1]
            if self._usable(hit, first, last, surnames):
                self.hits.append((first, last, hit))
                self.hit_at.update(dict.fromkeys(range(first, last + 1), len(self.hits) - 1))
        self._add_short_forms()
        self._drop_reused_acronyms()
        self._add_halves()
        self.hits.sort(key=lambda h: h[0])
        known = self.knowledge
        self.hits = Sharing(known.shared, known.gazetteer, self.doc, self.texts, self.lowers).settle(self.hits)
        bounds = iso_bounds(self.article.published)
        names = [plain(self.article.text[h.span.start : h.span.end]) for _, _, h in self.hits]
        self.hits = known.seats.settle(self.hits, names, bounds[1] if bounds else None, known.gazetteer)
        self.hit_at = {i: n for n, (first, last, _) in enumerate(self.hits) for i in range(first, last + 1)}

    def _add_halves(self) -> None:
        """Hits for "the North" and "the South" where the article tells of which land."""
        meant = halves(self.hits, self.knowledge.gazetteer)
        for i in bare_halves(self.texts, self.hit_at) if meant else ():
            if self.texts[i] in meant:
                self.hits.append((i, i, half_hit(meant[self.texts[i]], self.span(i, i))))

    def _add_short_forms(self) -> None:
        """Hits for the acronyms that stand in brackets after a known name: "Islamic State (IS)"."""
        short: dict[str, Hit] = {}
        for _, last, hit in self.hits:
            inside = self.texts[last + 1 : last + 4]
            if len(inside) == 3 and inside[0] == "(" and inside[2] == ")" and hit.form == "name":
                if stands_for(inside[1], hit.entity.name) and last + 2 not in self.hit_at and hit.entity.kind not in UNSHORTENED:
                    short.setdefault(inside[1], hit)
        for i, text in enumerate(self.texts):
            if text in short and i not in self.hit_at:
                hit = Hit(span=self.span(i, i), form="name", entities=short[text].entities)
                if not any(hit.span.overlaps(f) for f in self.article.furniture):
                    self.hits.append((i, i, hit))

    def _drop_reused_acronyms(self) -> None:
        """Known acronyms that the article gives another meaning: "the National Science Council (NSC)"."""
        reused = {self.texts[i] for i, _, hit in self.hits if self._introduces_another(i, hit)}
        if reused:
            self.hits = [h for h in self.hits if h[0] != h[1] or self.texts[h[0]] not in reused]
            self.hit_at = {i: n for n, (first, last, _) in enumerate(self.hits) for i in range(first, last + 1)}

    def _introduces_another(self, index: int, hit: Hit) -> bool:
        """Whether an acronym stands in brackets after words it is the initials of, that are no name of its bearers."""
        short = self.texts[index]
        if hit.entity.kind not in ("organisation", "group") or not (short.isupper() and len(short) > 2 and index > len(short)):
            return False
        if self.texts[index - 1] != "(" or self.texts[index + 1 : index + 2] != [")"] or index - 2 in self.hit_at:
            return False
        words = [t for t in self.texts[max(0, index - 1 - 2 * len(short)) : index - 1] if t[0].isupper()]
        name = words[-len(short) :]
        same = any(" ".join(name) in plain(e.name) for e in hit.entities)
        return not same and "".join(w[0] for w in name) == short

    def _usable(self, hit: Hit, first: int, last: int, surnames: set[str]) -> bool:
        """Whether a gazetteer hit is the name it looks like; `surnames` collects countries' names that are not."""
        if hit.form == "none":
            return True
        if hit.form == "city" and not self._is_place(first, last):
            return False
        token = self.doc[first]
        name = self.article.text[hit.span.start : hit.span.end]
        if first == last and token.dep_ and not name.isupper() and token.pos_ in ("VERB", "AUX", "ADV", "PRON"):
            return False
        if hit.form == "demonym" and last + 1 < len(self.texts) and first == self.sentence_start(first):
            if self.doc[last + 1].tag_ in ("DT", "PRP$"):
                return False  # "Polish the silver"
        if hit.entity.kind == "state" and self.knowledge.ambiguities.rejects(name, self.article.text):
            return False
        if name.isupper() and self.all_capitals(token) and self._may_be_a_word(name, first) and not self._named_below(hit):
            return False  # "WHO IS TO BLAME": the agency only where the article names it in small letters too
        if hit.entity.kind == "person" and (first == last or name.startswith("al-")) and self._ends_anothers_name(hit, first):
            return False
        if hit.entity.kind == "person" and first == last and self._opens_anothers_name(hit, first):
            return False
        if first != last or not (hit.entity.kind == "person" or hit.form in ("name", "capital", "city")):
            return True
        if self._inside_a_persons_name(first):
            if self.doc[first - 1].text in self.knowledge.given and first:
                surnames.add(name)
            return False
        return name not in surnames or (first > 0 and self.lowers[first - 1] in (*LOCATIVE, "of"))

    def _is_place(self, first: int, last: int) -> bool:
        """Whether a city's name stands where places stand: after a preposition, or as a dateline."""
        before = self.lowers[first - 1] if first else ""
        after = self.texts[last + 1] if last + 1 < len(self.texts) else ""
        dateline = after in (":", "(", "-") and first == self.sentence_start(first)
        return dateline or before in (*LOCATIVE, "of", "from", "to") or self._before_office(last)

    def _before_office(self, last: int) -> bool:
        """Whether the state's servants follow right after: "Houston police", "the Anbar provincial council"."""
        for i in range(last + 1, min(last + 1 + OFFICE_WORDS, len(self.texts))):
            if not self.doc[i - 1].whitespace_ or not (self.texts[i].isalpha() and self.texts[i].islower()):
                return False
            match = self.role_ending(i, modifier=False)
            if match is not None and match.row.kind != "modifier":
                return match.row.sectors[:1] in OFFICES
        return False

    def all_capitals(self, token: Token) -> bool:
        """Whether the sentence of `token` is written in capitals, which then show no names."""
        letters = [t.text for t in self.sentence(token.i) if t.is_alpha]
        return len(letters) > 1 and all(t.isupper() for t in letters)

    def _may_be_a_word(self, name: str, first: int) -> bool:
        """Whether capitals may spell a plain word or short form: "WHO", "IS", "ICE"; "US", but not where it opens a clause."""
        opens = first == self.sentence_start(first) or not self.texts[first - 1][-1].isalnum()
        if opens and self.doc.vocab[name.lower()].lower_ in OBJECT_PRONOUNS:
            return False
        return name in self.knowledge.words or (len(name) < SHORT and self.doc.vocab[name.lower()].is_stop)

    def _named_below(self, hit: Hit) -> bool:
        """Whether one of those a hit in capitals can mean is named in a sentence that is not all in capitals."""
        wanted = {e.id for e in hit.entities}
        return any(wanted & {e.id for e in other.entities} for other in self._in_small_letters())

    def _in_small_letters(self) -> list[Hit]:
        """Names of the article that stand in sentences with small letters."""
        if self._small is None:
            found = self.knowledge.gazetteer.find(self.article.text)
            small = [h for h in found if h.form != "none" and not self.all_capitals(self.doc[self.tokens_of(h.span)[0]])]
            self._small = small
        return self._small

    def _inside_a_persons_name(self, index: int) -> bool:
        """Michael [Jordan], [Chad] Smith: a country's name beside a given name is a person's."""
        given = self.knowledge.given
        if index and self._joined(index) and self.doc[index - 1].text in given and index - 1 not in self.hit_at:
            return True
        following = index + 1
        return (
            following < len(self.texts)
            and self.doc[index].text in given
            and self.doc[index].whitespace_ == " "
            and self.is_name_word(following)
            and self.doc[following].pos_ == "PROPN"
            and self.doc[index].dep_ == "compound"
            and not any(self._role_covers(following, ahead) for ahead in range(4))
        )

    def _ends_anothers_name(self, hit: Hit, index: int) -> bool:
        """Whether a known surname ends the name of somebody else: "Rifaat al-Assad", beside Bashar's "Assad"."""
        name, before = plain(hit.entity.name).split(), index - 1
        while before >= 0 and (self.texts[before] == "-" or self.lowers[before] in self.knowledge.particles):
            before -= 1
        if before < self.sentence_start(index) or not self.doc[before].whitespace_ and before == index - 1:
            return False
        token = self.doc[before]
        if not self.is_name_word(before) or token.pos_ != "PROPN" or token.dep_ not in ("compound", "nmod") or before in self._timed:
            return False
        if token.text in name or token.text.isupper() or self.knowledge.titles.holds(self.texts[before]) or before in self.hit_at:
            return False
        return self.role_ending(before) is None and not is_title_case([t.text for t in self.sentence(index)])

    def _opens_anothers_name(self, hit: Hit, index: int) -> bool:
        """Whether a known surname is somebody else's given name: "Arzu Mammadova", beside President Arzu."""
        after = index + 1
        if after >= len(self.texts) or self.doc[index].whitespace_ != " " or not self.is_name_word(after) or self.texts[after].isupper():
            return False
        token = self.doc[after]
        if token.pos_ != "PROPN" or self.doc[index].dep_ != "compound" or self.doc[index].head.i != after or after in self._timed:
            return False
        in_capitals = is_title_case([t.text for t in self.sentence(index)])
        return not in_capitals and self.role_ending(after) is None and token.text not in plain(hit.entity.name).split()

    def _joined(self, index: int) -> bool:
        return self.doc[index - 1].whitespace_ == " "

    def _role_covers(self, index: int, ahead: int) -> bool:
        if index + ahead >= len(self.texts):
            return False
        match = self.role_ending(index + ahead)
        return match is not None and match.first <= index

    def _find_titles(self) -> None:
        for i, text in enumerate(self.texts):
            if text[0].isupper() and i not in self.hit_at:
                found = self.knowledge.titles.starting_at(self.texts, i)
                if found is not None:
                    self.title_at[i] = found

    def _runs(self, start: int, end: int) -> list[Run]:
        runs: list[Run] = []
        blocked = self._blocked(start, end)
        title_case = is_title_case([self.texts[i] for i in range(start, end)])
        i = start
        while i < end:
            if i in blocked or not self._starts_run(i, start):
                i += 1
                continue
            last = i
            while (following := self._next_in_run(last, end, blocked)) is not None:
                last = following
                if title_case and last - i >= HEADLINE_NAME - 1:
                    break
            if title_case and (last == i or self.texts[i] not in self.knowledge.given):
                i += 1
                continue
            runs.append(Run(first=i, last=last))
            i = last + 1
        return runs

    def _blocked(self, start: int, end: int) -> set[int]:
        """Tokens that cannot be part of an unknown name: known names, role phrases, titles, dates."""
        blocked = {i for i in range(start, end) if i in self.hit_at or i in self._timed}
        for i in range(start, end):
            if self.doc[i].pos_ not in NOUNS or i in blocked:
                continue
            match = self.role_ending(i)
            if match is None or self._after_given_name(match.first, start):
                continue
            blocked.update(range(match.first, match.last + 1))
        for i in range(start, end):
            if i in self.title_at and not self._after_given_name(i, start):
                blocked.update(range(i, i + self.title_at[i][0]))
        return blocked

    def _after_given_name(self, index: int, start: int) -> bool:
        return (
            index > start
            and self.is_name_word(index)
            and self.doc[index - 1].text in self.knowledge.given
            and index - 1 not in self.hit_at
        )

    def _starts_run(self, index: int, start: int) -> bool:
        token = self.doc[index]
        if not self.is_name_word(index) or token.pos_ in ("PRON", "DET", "ADP", "SCONJ", "CCONJ", "AUX", "NUM"):
            return False
        return index > start or token.pos_ == "PROPN" or token.text in self.knowledge.given

    def _next_in_run(self, last: int, end: int, blocked: set[int]) -> int | None:
        """The next token that continues the name after `last`, particles and hyphens bridged."""
        doc, texts = self.doc, self.texts
        if "\n" in doc[last].whitespace_ or last + 1 >= end:
            return None
        i = last + 1
        if texts[i] == "-" and not doc[last].whitespace_ and not doc[i].whitespace_ and i + 1 < end:
            return i + 1 if i + 1 not in blocked and texts[i + 1].isalpha() else None
        if not doc[last].whitespace_:
            return None
        while i < end and i not in blocked and texts[i] in self.knowledge.particles:
            i += 1
            if i < end and texts[i] == "-":
                i += 1
        if i < end and i not in blocked and self.is_name_word(i):
            return i
        return None
