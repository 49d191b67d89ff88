"""Names that bodies or places of several countries bear: whose is meant, by what stands beside them and in the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen
from spacy.tokens import Doc

from ..lexicon import Lexicons
from ..text import slug
from .names import Entity, Gazetteer, Hit, weight_of

TABLE = "world/shared_names.tsv"
PLACE = "place"
UNSHARED = ("word", "wide")  # kinds of rows about words, not bearers
OWNERS = ("name", "demonym", "people", "capital", "metonym", "city")
# 2026-11, by hand: a bearer spoken of this much less than the article's first country is still the one meant.
ENOUGH = 0.5
OWNER_REACH = 3  # words between "Israel's" and its party
AFTER = ("of", "in", "for")
OPENS = 6  # tokens: "In Ghana, ..." opens the sentence

Found = tuple[int, int, Hit]


@frozen(kw_only=True)
class SharedName:
    """One row. countries: the only ones that bear the name, () for any; the first is meant where nothing tells."""

    title: str
    kind: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    where: str


def read_shared(lexicons: Lexicons) -> Mapping[str, SharedName]:
    return {
        row.need("name"): SharedName(
            title=row.need("title"), kind=row.need("kind"), sectors=row.many("sectors"),
            countries=row.many("countries"), where=row.where,
        )
        for row in lexicons.table(TABLE)
    }  # fmt: skip


@frozen
class Sharing:
    """Settles the shared names of one article. lowers: its tokens in lower case."""

    names: Mapping[str, SharedName]
    gazetteer: Gazetteer
    doc: Doc
    texts: Sequence[str]
    lowers: Sequence[str]

    def settle(self, hits: Sequence[Found]) -> list[Found]:
        """`hits` with the bearer meant in place of the one that stands first in the tables."""
        rows = {n: self._row(first, last) for n, (first, last, _) in enumerate(hits)}
        shared = {n: row for n, row in rows.items() if row is not None and row.kind not in UNSHARED}
        if not shared:
            return list(hits)
        weights = self._weights([hit for n, hit in enumerate(hits) if n not in shared])
        at = {i: n for n, (first, last, _) in enumerate(hits) for i in range(first, last + 1)}
        out = list(hits)
        owned: dict[str, str] = {}
        for n, row in shared.items():
            first, last, hit = hits[n]
            if hit.form == "none" or (row.kind != PLACE and hit.entity.kind != "organisation"):
                continue
            beside = self._beside(first, last, hits, at) or (self._opening(first, hits, at) if row.kind != PLACE else None)
            if beside is not None:
                owned[row.title] = beside
            country = self._country(row, hit, owned.get(row.title), weights)
            out[n] = (first, last, self._meant(hit, row, country))
        return out

    def _row(self, first: int, last: int) -> SharedName | None:
        return self.names.get(" ".join(self.texts[first : last + 1]).replace(" '", "'"))

    def _weights(self, hits: Sequence[Found]) -> dict[str, float]:
        weights: dict[str, float] = defaultdict(float)
        for _, _, hit in hits:
            country = hit.entity.country
            if country is None or hit.form == "none" or len({e.country for e in hit.entities}) > 1:
                continue
            weights[country] += weight_of(hit)
        return weights

    def _beside(self, first: int, last: int, hits: Sequence[Found], at: Mapping[int, int]) -> str | None:
        """The country that owns the name where it stands: "Ireland's EPA", "the Philippine SEC", "the MoD in London"."""
        i = first - 1
        while i > first - 1 - OWNER_REACH and i >= 0 and i not in at and self._modifies(i):
            i -= 1
        before = hits[at[i]][2] if i in at else None
        if before is not None and before.entity.kind == "state" and before.form in OWNERS:
            return before.entity.country
        after = last + 1
        if after < len(self.lowers) and self.lowers[after] in AFTER:
            after += 1
            while after < len(self.lowers) and self.lowers[after] == "the":
                after += 1
            behind = hits[at[after]][2] if after in at else None
            if behind is not None and behind.entity.kind == "state" and behind.form in OWNERS:
                return behind.entity.country
        return None

    def _modifies(self, index: int) -> bool:
        token = self.doc[index]
        return token.text in ("'s", "’s", "'", "’", "-") or (token.is_lower and token.pos_ in ("ADJ", "NOUN"))

    def _country(self, row: SharedName, hit: Hit, owner: str | None, weights: Mapping[str, float]) -> str | None:
        """Its owner's; else of those that bear the name the one most spoken of; else the article's first country."""
        known = {e.country for e in hit.entities} if row.kind != PLACE else set()
        bearers = row.countries or tuple(sorted(c for c in known if c))
        if owner is not None and (row.kind != PLACE or owner in row.countries):
            return owner
        most = max(weights, key=lambda c: (weights[c], c), default=None)
        enough = ENOUGH * weights[most] if most is not None else 0.0
        spoken_of = [c for c in bearers if weights.get(c, 0.0) > 0]
        best = max(spoken_of, key=lambda c: (weights[c], -bearers.index(c)), default=None)
        if best is not None and (row.countries or weights[best] >= enough):
            return best
        if row.countries or most is None:
            return bearers[0] if bearers else None
        return most if weights[most] >= 1.0 else None

    def _opening(self, first: int, hits: Sequence[Found], at: Mapping[int, int]) -> str | None:
        """The country that "In Ghana, ..." sets the sentence in."""
        start = self.doc[first].sent.start
        if self.lowers[start] != "in":
            return None
        for i in range(start + 1, min(start + OPENS, first)):
            if i in at:
                hit = hits[at[i]][2]
                return hit.entity.country if hit.entity.kind == "state" and hit.form in ("name", "capital", "city") else None
        return None

    def _meant(self, hit: Hit, row: SharedName, country: str | None) -> Hit:
        if row.kind == PLACE:
            state = self.gazetteer.by_country.get(country or "")
            if state is None or state.id == hit.entity.id:
                return hit
            return evolve(hit, form="city" if hit.form in ("capital", "metonym") else hit.form, entities=(state,))
        listed = [e for e in hit.entities if e.country == country]
        if listed:
            return evolve(hit, entities=tuple(listed))
        if country is None and hit.entity.country is not None:
            return hit
        id = f"organisation:{slug(row.title)}" + (f":{country.lower()}" if country else "")
        made = Entity(id=id, name=row.title, kind="organisation", country=country, sectors=row.sectors, where=row.where,
                      subkind=row.kind)  # fmt: skip
        return evolve(hit, entities=(made,))
