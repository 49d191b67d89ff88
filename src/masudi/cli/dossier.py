"""A coded article as a page to read in a terminal, and one report laid open."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..days import dated
from ..explain import Explanation, anonymity_text, certainty_note, chain_links, parties, source_name

FILE_WIDTH = 120  # of a dossier written to a file, which has no terminal to ask

QUAD_STYLE = {
    "verbal_cooperation": "cyan", "material_cooperation": "green",
    "verbal_conflict": "yellow", "material_conflict": "red",
}  # fmt: skip


def print_dossier(coded: Mapping[str, Any], out: BinaryIO | None) -> None:
    """The dossier of one article on the terminal, or as plain text into `out`."""
    _print(_dossier(coded), out)


def print_explanation(explanation: Explanation) -> None:
    """One report with the words, rules and entries behind every field, on stdout."""
    _print(_explanation(explanation), None)


def _print(content: Group, out: BinaryIO | None) -> None:
    if out is None:
        Console().print(content)
        return
    text = io.StringIO()
    Console(file=text, width=FILE_WIDTH, no_color=True).print(content)
    out.write(text.getvalue().encode("utf-8"))


def _dossier(coded: Mapping[str, Any]) -> Group:
    parts: list[Any] = [_head(coded)]
    if coded["reports"]:
        parts += [_title("What is reported to have happened, by the day it happened"), _reports(coded)]
    else:
        parts.append(Text("No event found.", style="italic"))
    if coded["statements"]:
        parts += [_title("Who speaks, and how often"), _speakers(coded)]
        parts += [_title("Who says what"), _statements(coded)]
    if coded.get("judgements"):
        parts += [_title("Words of judgement"), _judgements(coded)]
    if coded["actors"]:
        parts += [_title("Who appears"), _actors(coded)]
    for failure in coded["failures"]:
        parts.append(Text(f"failed in {failure['stage']}: {failure['message']}", style="bold red"))
    return Group(*parts)


def _title(text: str) -> Padding:
    return Padding(Text(text, style="bold"), (1, 0, 0, 0))


def _head(coded: Mapping[str, Any]) -> Panel:
    article = coded["article"]
    lines = [Text(article["title"] or "(no title)", style="bold")]
    by = [", ".join(article["authors"]), article["publisher"], article["published"] or "day of publication unknown"]
    lines.append(Text(" · ".join(part for part in by if part)))
    kind = article["kind"] or "kind not clear"
    signs = f" ({'; '.join(article['kind_signs'][:4])})" if article["kind_signs"] else ""
    lines.append(Text(f"{kind}{signs}", style="dim"))
    if article["ratings"]:
        lines.append(Text(f"rated on its page: {_ratings(article['ratings'])}", style="dim"))
    figures = f"{len(coded['sentences'])} sentences · {len(coded['reports'])} reports"
    lines.append(Text(f"{figures} · {len(coded['statements'])} statements · {len(coded['actors'])} actors"))
    return Panel(Group(*lines), box=box.ROUNDED)


def _ratings(ratings: Mapping[str, Any]) -> str:
    percent = "no result" if ratings["result_percent"] is None else f"{ratings['result_percent']:g} %"
    votes = "number of votes not given" if ratings["votes"] is None else f"{ratings['votes']} vote(s)"
    return f"{percent}, {votes}"


def _reports(coded: Mapping[str, Any]) -> Table:
    actors = {a["id"]: a for a in coded["actors"]}
    table = _entries()
    numbered = list(enumerate(coded["reports"], start=1))
    for number, report in sorted(numbered, key=lambda pair: (_day(pair[1]), pair[0])):
        table.add_row(str(number), _when(report), _report(coded, report, actors))
    return table


def _entries() -> Table:
    """Number, day, and an entry of several lines that takes the rest of the width."""
    table = Table.grid(padding=(0, 2, 1, 0), expand=True)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    return table


def _when(report: Mapping[str, Any]) -> Text:
    date = report["date"]
    out = Text(dated(date["value"]) or "undated", style="" if date["value"] else "dim")
    return out.append(f"\n{date['basis']}", style="dim") if date["value"] else out


def _report(coded: Mapping[str, Any], report: Mapping[str, Any], actors: Mapping[str, Any]) -> Text:
    text = coded["article"]["text"]
    out = Text(report["type"], style=f"bold {QUAD_STYLE.get(report['quad'], 'white')}")
    rest = Text(" " + "/".join(report["modes"]) if report["modes"] else "")
    actor = parties(report, "actors", "actor_spans", actors, text)
    recipient = parties(report, "recipients", "recipient_spans", actors, text)
    rest.append(f"  {actor or '–'} → {recipient or '–'}")
    if report["auxiliary"]:
        rest.append("  " + ", ".join(report["auxiliary"]), style="italic magenta")
    rest.append("\n")
    rest.append(_around(text, report, coded["sentences"][report["sentence"]]))
    chain = [name for name, _ in chain_links(coded, report, actors)]
    if report.get("statement"):
        rest.append("\nsaid, not done: the event is a statement", style="dim")
    if chain:
        rest.append("\non the word of ", style="dim").append(" > ".join(chain), style="bold")
    return Text.assemble(out, rest)


def _day(report: Mapping[str, Any]) -> str:
    return report["date"]["earliest"] or report["date"]["value"] or report["date"]["latest"] or "9999"


def _around(text: str, report: Mapping[str, Any], sentence: Mapping[str, int], width: int = 90) -> Text:
    """The words round the trigger, the trigger in bold."""
    first, last = report["triggers"][0]
    start = max(sentence["start"], first - width)
    end = min(sentence["end"], last + width)
    out = Text("…" if start > sentence["start"] else "")
    out.append(_flat(text[start:first]))
    out.append(_flat(text[first:last]), style="bold")
    out.append(_flat(text[last:end]))
    return out.append("…" if end < sentence["end"] else "")


def _statements(coded: Mapping[str, Any]) -> Table:
    table = _entries()
    actors = {a["id"]: a for a in coded["actors"]}
    text = coded["article"]["text"]
    depth: dict[str, int] = {}
    for number, s in enumerate(coded["statements"], start=1):
        depth[s["id"]] = depth.get(s["within"] or "", -1) + 1
        out = Text("↳ " * depth[s["id"]])
        out.append(source_name(s, actors, text), style="bold")
        if not s["named"]:
            out.append(" (unnamed)", style="dim")
        out.append(f"  {s['cue']['lemma'] or ''}", style="cyan").append(f"  {s['force']}, {s['form']}{certainty_note(s)}\n", style="dim")
        out.append(" … ".join(_flat(text[a:b]) for a, b in s["content"]))
        value = s["date"]["value"] if s["date"] else None
        table.add_row(str(number), Text(dated(value), style="dim"), out)
    return table


def _speakers(coded: Mapping[str, Any]) -> Table:
    """Each source with its statements, whether it is named, how many an unnamed one is, and on what terms."""
    actors = {a["id"]: a for a in coded["actors"]}
    text = coded["article"]["text"]
    held: dict[str, list[Mapping[str, Any]]] = {}
    for s in coded["statements"]:
        held.setdefault(s["source"]["actor"] or source_name(s, actors, text).lower(), []).append(s)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("source", "statements", "named", "how many", "why or on what terms unnamed"):
        table.add_column(name)
    for said in sorted(held.values(), key=len, reverse=True):
        first = said[0]
        named = any(s["named"] for s in said)
        numbers = [s["source"].get("number") for s in said if s["source"].get("number")]
        several = "several" if any(s["source"].get("plural") for s in said) else ""
        why = next((w for s in said if (w := anonymity_text(s, text))), "")
        number = "" if named else str(numbers[0]) if numbers else several
        table.add_row(source_name(first, actors, text), f"{len(said)}×", "named" if named else "unnamed", number, why)
    return table


def _judgements(coded: Mapping[str, Any]) -> Table:
    """The author's judgements, and whose they are where a source's words hold them."""
    actors = {a["id"]: a for a in coded["actors"]}
    text = coded["article"]["text"]
    statements = {s["id"]: s for s in coded["statements"]}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("words", "kind", "whose", "where"):
        table.add_column(name)
    for j in coded["judgements"]:
        holder = statements.get(j["within"] or "")
        whose = "the author" if holder is None else source_name(holder, actors, text)
        before, after = text[max(0, j["start"] - 120) : j["start"]].split()[-6:], text[j["end"] : j["end"] + 90].split()[:4]
        around = Text(" ".join([*before, ""]), style="dim")
        around.append(_flat(j["text"]), style="bold not dim")
        around.append(("" if text[j["end"] : j["end"] + 1] in ".,;:!?" else " ") + " ".join(after))
        table.add_row(_flat(j["text"]), j["polarity"], whose, around)
    return table


def _actors(coded: Mapping[str, Any]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("actor", "code", "kind", "role", "named"):
        table.add_column(name)
    times = Counter(m["actor"] for m in coded["mentions"])
    for actor in sorted(coded["actors"], key=lambda a: (-times[a["id"]], a["name"])):
        if actor["kind"] == "unnamed" and times[actor["id"]] < 2:
            continue
        role = actor["role"] or ""
        table.add_row(actor["name"], actor["code"] or "–", actor["kind"], role, f"{times[actor['id']]}×")
    return table


def _explanation(e: Explanation) -> Group:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("field", style="bold")
    table.add_column("value", ratio=2)
    table.add_column("words in the text", ratio=2)
    table.add_column("because", ratio=3, style="dim", overflow="fold")
    for f in e.fields:
        quotes = "\n".join(f"“{_flat(q.text)}” [{q.start}:{q.end}]" for q in f.quotes)
        table.add_row(f.name, f.value, quotes, "\n".join(f.because))
    head = Text(e.article["title"] or e.article["id"], style="bold")
    where = Text(f"report {e.report['id']}, sentence at [{e.sentence.start}:{e.sentence.end}]", style="dim")
    return Group(Panel(Group(head, where, _marked(e)), box=box.ROUNDED), table)


def _marked(e: Explanation) -> Text:
    """The sentence with triggers bold, parties underlined."""
    out = Text(e.sentence.text.replace("\n", " "))
    styles: Sequence[tuple[str, str]] = (
        ("actor_spans", "underline"), ("recipient_spans", "underline"), ("triggers", "bold reverse"),
    )  # fmt: skip
    for name, style in styles:
        for start, end in e.report[name]:
            if e.sentence.start <= start and end <= e.sentence.end:
                out.stylize(style, start - e.sentence.start, end - e.sentence.start)
    return out


def _flat(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text
