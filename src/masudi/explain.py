"""Why a report says what it says: every field with its value, its words in the text, and what decided it.

Works on the plain shape of schema `masudi/1` (`CodedArticle.to_dict()`, a line of `masudi code`, a stored
article), so that the terminal and the reading room give the same account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .days import dated

Plain = Mapping[str, Any]

RELATIVES = ("who", "which", "that", "whom", "whose")
PRONOUNS = frozenset(("he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "who"))


@frozen(kw_only=True)
class Quote:
    """Words of the article that carry a field: characters `start` to `end`, and the text there."""

    start: int
    end: int
    text: str


@frozen(kw_only=True)
class Field:
    """One decision. value: as a reader would say it; quotes: the words; because: rules and entries that fired."""

    name: str
    value: str
    quotes: tuple[Quote, ...] = ()
    because: tuple[str, ...] = ()


@frozen(kw_only=True)
class Explanation:
    """One report, laid open. sentence: where its first trigger stands, as (start, end)."""

    report: Plain
    article: Plain
    sentence: Quote
    fields: tuple[Field, ...] = field(factory=tuple)


def find_report(coded: Plain, wanted: str) -> Plain | None:
    """The report of `coded` whose id is, or alone begins with, `wanted`; or the one of that number, from 1."""
    reports: Sequence[Plain] = coded["reports"]
    if wanted.isdigit() and 1 <= int(wanted) <= len(reports):
        return reports[int(wanted) - 1]
    near = [r for r in reports if r["id"].startswith(wanted)]
    return near[0] if len(near) == 1 else next((r for r in near if r["id"] == wanted), None)


def explain_report(coded: Plain, report: Plain) -> Explanation:
    """Every field of `report` with value, words and reasons."""
    text = coded["article"]["text"]
    sentence = coded["sentences"][report["sentence"]]
    because = _by_field(report["because"])
    actors = {a["id"]: a for a in coded["actors"]}
    rows = [
        ("type", _type(report), report["triggers"]),
        ("actor", parties(report, "actors", "actor_spans", actors, text), report["actor_spans"]),
        ("recipient", parties(report, "recipients", "recipient_spans", actors, text), report["recipient_spans"]),
        ("date", describe_date(report["date"]), [report["date"]["span"]] if report["date"]["span"] else []),
        ("place", *_place(coded, report)),
        ("auxiliary", ", ".join(report["auxiliary"]) or "told as having happened", []),
        ("chain", *_chain(coded, report, actors)),
        ("statement", *_own_words(coded, report)),
        ("counts", _counts(report), []),
        ("confidence", f"{report['confidence']:.2f}", []),
    ]
    because.setdefault("date", []).extend(t["note"] for t in coded["times"] if t.get("note") and [t["start"], t["end"]] == report["date"]["span"])
    for side, ids in (("actor", "actors"), ("recipient", "recipients")):
        because.setdefault(side, []).extend(_why_so_called(actors[i]) for i in report[ids] if i in actors)
    known = {name for name, _, _ in rows}
    others: list[tuple[str, str, Any]] = [(name, "", []) for name in because if name not in known]
    return Explanation(
        report=report,
        article=coded["article"],
        sentence=_quote(text, (sentence["start"], sentence["end"])),
        fields=tuple(
            Field(
                name=name, value=value, quotes=tuple(_quote(text, s) for s in spans),
                because=tuple(because.get(name, ())),
            )
            for name, value, spans in rows + others
            if value or because.get(name)
        ),
    )  # fmt: skip


def parties(report: Plain, ids: str, spans: str, actors: Mapping[str, Plain], text: str) -> str:
    """The actors of a slot as a reader would name them; the bare words where none is known; "" when empty."""
    named = [actors[i] for i in report[ids] if i in actors]
    if named:
        return ", ".join(a["name"] + (f" ({a['code']})" if a["code"] else "") for a in named)
    return ", ".join(text[s:e] for s, e in report[spans])


def describe_date(when: Plain) -> str:
    """A date claim in words: "2004-02 (text)", "not known"."""
    if when["value"] is None:
        bounds = f", not before {when['earliest']}" if when.get("earliest") else ""
        bounds += f", not after {when['latest']}" if when["latest"] else ""
        return f"not known ({when['basis']}{bounds})"
    return f"{dated(when['value'])} ({when['basis']})"


def _why_so_called(actor: Plain) -> str:
    """What made an actor who it is here: table rows, roles in the text, country lent by context."""
    reasons = "; ".join(dict.fromkeys(actor["because"])) or f"by {actor['basis']}"
    return f"{actor['name']}: {reasons}"


def _type(report: Plain) -> str:
    modes = "/".join(report["modes"])
    contexts = f"; contexts {', '.join(report['contexts'])}" if report["contexts"] else ""
    cameo = f"; CAMEO {report['cameo']}" if report["cameo"] else ""
    name = report["type"] + (f" {modes}" if modes else "")
    quad = (report["quad"] or "no quad class").replace("_", " ")
    score = "no score" if report["score"] is None else f"score {report['score']:g}"
    return f"{name} ({quad}, {score}{cameo}{contexts})"


def _place(coded: Plain, report: Plain) -> tuple[str, list[Sequence[int]]]:
    if report["place"] is None:
        return "", []
    place = coded["places"][report["place"]]
    where = place["name"] + (f", {place['country']}" if place["country"] else "")
    return where, [(place["start"], place["end"])]


def _chain(coded: Plain, report: Plain, actors: Mapping[str, Plain]) -> tuple[str, list[Sequence[int]]]:
    links = chain_links(coded, report, actors)
    spans = [span for _, statement in links for span in statement["cue"]["spans"]]
    told = [name + certainty_note(statement) for name, statement in links]
    return " > ".join(told) or "the article itself", spans


def certainty_note(statement: Plain) -> str:
    """What the cue says of the content's truth, in brackets; "" where it says nothing."""
    certainty = statement.get("certainty") or "neutral"
    return "" if certainty == "neutral" else f" ({certainty})"


def _own_words(coded: Plain, report: Plain) -> tuple[str, list[Sequence[int]]]:
    """The statement that is the event itself, where it is one in words."""
    found = next((s for s in coded["statements"] if s["id"] == report.get("statement")), None)
    if found is None:
        return "", []
    said = f"{found['cue']['lemma'] or 'no cue word'}, {found['force']}"
    return f"the event is this statement: {said}{certainty_note(found)}", [*found["cue"]["spans"], *found["content"]]


def chain_links(
    coded: Plain, report: Plain, actors: Mapping[str, Plain] | None = None
) -> list[tuple[str, Plain]]:
    """Who says so, outermost first: (name of the source, its statement); [] in the article's own voice."""
    known = actors if actors is not None else {a["id"]: a for a in coded["actors"]}
    statements = {s["id"]: s for s in coded["statements"]}
    return [
        (source_name(statements[i], known, coded["article"]["text"]), statements[i])
        for i in report["chain"]
        if i in statements
    ]


def source_name(statement: Plain, actors: Mapping[str, Plain], text: str) -> str:
    """The source of a statement as a reader would name it."""
    actor = actors.get(statement["source"]["actor"] or "")
    words = " ".join(text[s:e] for s, e in without_relative(text, statement["source"]["spans"]))
    if actor is None:
        return words or "not said by whom"
    return actor["name"] if statement["named"] or words.lower() in PRONOUNS else words or actor["name"]


def without_relative(text: str, spans: Sequence[Sequence[int]]) -> Sequence[Sequence[int]]:
    """`spans` without the "who" of "militias who say", where the words it stands for are there too."""
    return [s for s in spans if text[s[0] : s[1]].lower() not in RELATIVES] or spans


def anonymity_text(statement: Plain, text: str) -> str | None:
    """The words that say on what terms or why a source stays unnamed; None where there are none."""
    span = statement["source"].get("anonymity")
    return None if span is None else " ".join(text[span[0] : span[1]].split())


def _counts(report: Plain) -> str:
    return ", ".join(f"{name} {number}" for name, number in report["counts"].items() if number is not None)


def _by_field(because: Sequence[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for line in because:
        name, _, reason = line.partition(": ")
        out.setdefault(name, []).append(reason)
    return out


def _quote(text: str, span: Sequence[int]) -> Quote:
    return Quote(start=span[0], end=span[1], text=text[span[0] : span[1]])
