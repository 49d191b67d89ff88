"""What a reader asked for: the facets of reports, from an address and back into one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from attrs import asdict, fields, frozen

from ..records import AUXILIARIES, CERTAINTIES, QUADS

NO_QUAD = "no_class"  # a type of the user's own ontology that stands outside the four classes
CLASSES = (*QUADS, NO_QUAD)
STATUSES = ("happened", *AUXILIARIES)
VOICES = ("article", "named", "unnamed")
_TOKEN = re.compile(r'"([^"]+)"|(\S+)')
TYPE = r"^[A-Z][A-Z0-9_-]*$"
DAY = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"


class BadFilter(ValueError):
    """A facet has a value it cannot have; the message says which and what would be right."""


@frozen(kw_only=True)
class Filters:
    """Facets of reports; None = any.

    q: words that all occur ("…" keeps a phrase, * ends a beginning); actor, recipient: an actor's id; party: an id
    on either side; certainty: of a statement it rests on; code: the beginning of a party's code; since, until: the event's day; source: an id of a source.
    """

    q: str | None = None
    type: str | None = None
    quad: str | None = None
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    code: str | None = None
    since: str | None = None
    until: str | None = None
    country: str | None = None
    place: str | None = None
    publisher: str | None = None
    source: str | None = None
    voice: str | None = None
    certainty: str | None = None
    status: str | None = None
    confidence: str | None = None

    def address(self, **changed: Any) -> str:
        """These facets as a query string, some changed (None removes one)."""
        values = asdict(self) | changed
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})

    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value is not None}

    def where(self) -> tuple[str, list[Any]]:
        """An SQL condition on `reports r`, and its parameters."""
        parts: list[str] = []
        values: list[Any] = []
        if self.quad == NO_QUAD:
            parts.append("r.quad IS NULL")
        elif self.quad is not None:
            parts.append("r.quad = ?")
            values.append(self.quad)
        for name in ("type", "place", "country", "publisher", "voice"):
            if (value := getattr(self, name)) is not None:
                parts.append(f"r.{name} = ?")
                values.append(value)
        for side in ("actor", "recipient"):
            if (value := getattr(self, side)) is not None:
                parts.append("r.n IN (SELECT report FROM parties WHERE actor = ? AND side = ?)")
                values += [value, side]
        if self.party is not None:
            parts.append("r.n IN (SELECT report FROM parties WHERE actor = ?)")
            values.append(self.party)
        if self.code is not None:
            parts.append("r.n IN (SELECT report FROM parties WHERE code >= ? AND code < ?)")
            values += [self.code, self.code + "\U0010ffff"]
        if self.source is not None:
            parts.append("r.n IN (SELECT report FROM chains WHERE source = ?)")
            values.append(self.source)
        self._days(parts, values)
        if self.q is not None:
            parts.append("r.n IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)")
            values.append(match_of(self.q))
        return " AND ".join(parts) or "1", values

    def _days(self, parts: list[str], values: list[Any]) -> None:
        if self.since is not None:
            parts.append("r.day >= ?")
            values.append(self.since)
        if self.until is not None:
            parts.append("r.day < ?")
            values.append(self.until + "~")
        for name in ("status", "certainty"):  # several may hold of one report, joined by commas
            if (value := getattr(self, name)) is not None:
                parts.append(f"instr(',' || r.{name} || ',', ?) > 0")
                values.append(f",{value},")
        if self.confidence is not None:
            parts.append("r.confidence >= ?")
            values.append(float(self.confidence))


NAMES = tuple(a.name for a in fields(Filters))


def filters_of(query: Mapping[str, str], types: Collection[str]) -> Filters:
    """The facets an address names; blank ones are none. types: those of the store. Raises BadFilter."""
    values = {name: query[name].strip() for name in NAMES if query.get(name, "").strip()}
    for name, allowed in (("type", types), ("quad", CLASSES), ("status", STATUSES), ("voice", VOICES), ("certainty", CERTAINTIES)):
        if name in values and values[name] not in allowed:
            raise BadFilter(f"{name} is {values[name]!r}; allowed: {', '.join(allowed)}")
    for name in ("since", "until"):
        if name in values and not re.match(DAY, values[name]):
            raise BadFilter(f"{name} is {values[name]!r}; write it as 2025-06-24, 2025-06 or 2025")
    if "confidence" in values:
        _share(values["confidence"])
    if "code" in values:
        values["code"] = values["code"].upper()
    if "q" in values and match_of(values["q"]) == "":
        del values["q"]
    return Filters(**{name: value[:300] for name, value in values.items()})


def _share(value: str) -> None:
    try:
        right = 0.0 <= float(value) <= 1.0
    except ValueError:
        right = False
    if not right:
        raise BadFilter(f"confidence is {value!r}; it is a share between 0 and 1")


def match_of(text: str) -> str:
    """What a reader typed as an FTS5 query in which nothing is an operator but `"` and a last `*`; "" for no word."""
    out = []
    for phrase, word in _TOKEN.findall(text.replace("\x00", " ")):
        bare = (phrase or word).rstrip("*").replace('"', " ").strip()
        if any(c.isalnum() for c in bare):
            out.append(f'"{bare}"' + ("*" if word.endswith("*") else ""))
    return " ".join(out)
