"""Writes the pages that are made from the code and the data: `python docs/generate.py`.

tests/test_docs.py fails when one of them is stale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import attrs
import click

from masudi.cli import COMMANDS, cli
from masudi.config import Settings
from masudi.lexicon import Lexicons, Row, catalogue
from masudi.store.schema import LINKED, TABLES

T = TypeVar("T")
DOCS = Path(__file__).parent
NOTE = "<!-- Made by docs/generate.py; edit its sources, not this page. -->"


def cli_page() -> str:
    parts = [NOTE, "# Commands", "Data goes to stdout or `-o`, talk to stderr. Exit status: 0 fine, 1 more failures than"
             " `failure_limit`, 2 wrong use."]
    context = click.Context(cli, info_name="masudi")
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += [f"## masudi {name}", *_help(command, context, name)]
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=90, max_content_width=90)
    yield "```\n" + command.get_help(context).rstrip() + "\n```"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield f"### masudi {name} {inner}"
            yield from _help(found, context, inner)


def settings_page() -> str:
    lines = [NOTE, "", "# Settings", "",
             "One file, `masudi.toml`: the one `--config` names, else the one the environment variable `MASUDI_CONFIG`",
             "names, else `./masudi.toml`. Flags beat the file. An unknown name is an error.", "",
             "| name | default | meaning |", "|---|---|---|"]
    for a in attrs.fields(Settings):
        default = a.default if not isinstance(a.default, attrs.Factory) else "{}"  # type: ignore[arg-type]
        shown = "unset" if default is None else f"`{str(default).lower() if isinstance(default, bool) else default}`"
        lines.append(f"| `{a.name}` | {shown} | {a.metadata['help']} |")
    return "\n".join(lines) + "\n"


def lexicons_page() -> str:
    lines = [NOTE, "", "# Lexicons", "",
             "Tab-separated files under `masudi/data`; put files of the same name and columns into a folder of your own",
             "and name it in `masudi.toml` under `lexicons`: its rows lie over these, key by key.", "",
             "| file | rows | columns | origin | licence |", "|---|---|---|---|---|"]
    for name, d in catalogue().items():
        columns = ", ".join(f"**{c}**" if c in d.key else c for c in d.columns)
        lines.append(f"| `{name}` | {d.rows:,} | {columns} | {d.origin} | {d.licence} |")
    return "\n".join([*lines, "", "Bold columns are the key."]) + "\n"


def store_page() -> str:
    parts = [NOTE, "# Tables of a store",
             "Every table but `failures` is Parquet under `parts/`, and a view of that name in `catalogue.duckdb`."
             " `article` is the article's id; `n` the row's place in its article. Nested columns have the shape of"
             " schema `masudi/1`. `events` and `event_reports` are filled by linking, which this version does not do"
             " yet: they are there and empty."]
    for name, schema in {**TABLES, **LINKED}.items():
        rows = "\n".join(f"| `{field.name}` | {field.type} |" for field in schema)
        parts.append(f"## {name}\n\n| column | type |\n|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def codebook_page() -> str:
    book = _Codebook(Lexicons())
    return "\n\n".join([NOTE, *book.opening(), *book.precedence(), *book.status(), *book.types(), *book.disputes(),
                        *book.lists(), *book.cameo(), *book.misses()]) + "\n"  # fmt: skip


INTRODUCTION = """\
masudi reads news and writes down *events*: who did what to whom. What they did is one of sixteen **types**. They are
those of PLOVER (the manual of 2021), an ontology that political scientists made for event data as the heir of CAMEO.
This book says what each type means, how masudi finds it in English text, and how disputed cases are settled. It is made
from the same tables that the program reads, and every example sentence in it is coded by the program in a test: where
the program still gets one wrong, the book says so ([what is still wrong](#what-is-still-wrong)).

All examples are invented. They are read as if published on 14 March 2024."""

READING = """\
## How to read a coding

`COERCE arrest (future)` is an event of the **type** COERCE, with the **mode** arrest, and the **status** future: it is
told as still to come. A type says what was done; a mode says by what means or of what kind, and not every type has modes.
Without a status the event is told as having happened. A report has besides:

- **actor** and **recipient**: who did it, and to whom. Where nobody leads (a meeting, a clash, a signed agreement), all
  parties are actors and there is no recipient.
- **contexts**: what it is about (military, election, health …), any number of them. masudi gives only those that the words
  of the event itself carry.
- a **quad class** and a **score**. The class is one of four: words or deeds, of cooperation or of conflict. The score
  runs from −10 (conflict) to +10 (cooperation); a mode may have its own. Both come with the type and are no judgement
  of the single event.
- the nearest code of **CAMEO**, the older ontology, where the words give one.

Plain statements (*said, believes, hopes*) are no events: masudi keeps them as statements, with their source. An event told
inside somebody's words carries that source in its chain."""

STATUS = """\
PLOVER calls them auxiliary modes and says that no project has yet coded them in full. masudi does, for every event:

{auxiliaries}

The program starts at the word that bears the event and climbs the parse: along complements (*failed to* attack), objects
(*planned* an attack), prepositions (talk *of* an attack) and conjuncts, up to where a new assertion begins. Each word on
the way is looked up in `en/governors.tsv`, which says what it does to the event below it. Negations are counted, and an
even number cancels; hypothetical swallows future. `historical` is decided by the date alone: an expression in the text must
put the event more than a year before the day of publication.

What happened is decided first, what it is called after that: *will not release* is REJECT, *will meet* AGREE, *halted its
aid* SANCTION. An event whose status is hypothetical is kept only where its sides are named; a question, a bare purpose and
a habit are no events at all."""

_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_MARKS = ("negation", "future", "hypothetical", "historical", "none")
_SAMPLE_WORDS, _SAMPLE_FRAMES = 8, 9


def _spread(items: Sequence[T], number: int) -> list[T]:
    """`number` of `items`, evenly spread: the same ones every time."""
    if len(items) <= number:
        return list(items)
    return [items[round(n * (len(items) - 1) / (number - 1))] for n in range(number)]


def _table(head: str, rows: Iterable[Sequence[str | None]]) -> str:
    names = head.split("|")
    lines = [f"| {' | '.join(n.strip() for n in names)} |", "|" + "---|" * len(names)]
    return "\n".join([*lines, *("| " + " | ".join(cell or "" for cell in row) + " |" for row in rows)])


def _number(score: str | None) -> str:
    return "–" if score is None else score.replace("-", "−")


def _pattern(row: Row) -> str:
    """A frame as a person writes it: *call off* siege/blockade."""
    def some(column: str) -> str:
        values = [v for v in row.many(column) if not v.startswith(("@", "^"))]
        return "/".join(values[:3]) + ("/…" if len(values) > 3 else "")

    words = [row.need("lemma"), some("particle")]
    before = row["pos"] == "noun" and not row["prep"]
    parts = [some("object") if before else "", f"*{' '.join(filter(None, words))}*", some("prep"), "" if before else some("object")]
    complement = {"to": "to …", "that": "that …", "subjunctive": "that … do", "gerund": "…ing"}.get(row["complement"] or "", "")
    denied = "not" if row["complement"] == "not" else ""
    return " ".join(filter(None, [denied, *parts, complement]))


def _uses(example: str, frame: Row) -> bool:
    """Whether a sentence seems to use a frame: its words are there, in some inflection."""
    words = [word.strip(".,\"'").lower() for word in example.split()]

    def there(phrases: Sequence[str]) -> bool:
        stems = [phrase.removesuffix("e") for phrase in phrases]
        return not stems or any(0 <= len(w) - len(s) <= 3 and w.startswith(s) for s in stems for w in words)

    columns = [frame.many(column) for column in ("particle", "prep", "object")]
    objects = [value for value in columns[2] if not value.startswith(("@", "^"))]
    return there([frame.need("lemma")]) and all(map(there, (*columns[:2], objects)))


class _Codebook:
    """The chapters of the codebook, each as its paragraphs."""

    def __init__(self, lexicons: Lexicons) -> None:
        table = lexicons.table
        self.type_rows, self.modes = table("plover/types.tsv"), table("plover/modes.tsv")
        self.frames, self.governors = table("en/predicates.tsv"), table("en/governors.tsv")
        self.codes, self.back = table("cameo/crosswalk.tsv"), {(r["type"], r["mode"]): r for r in table("cameo/from_plover.tsv")}
        self.rulings = {name: table(f"plover/{name}.tsv") for name in ("precedence", "status", "disputes")}
        self.ended, self.content = table("plover/reversals.tsv"), table("plover/content_modes.tsv")
        self.plain = {name: table(f"plover/{name}.tsv") for name in ("auxiliaries", "contexts", "sectors")}

    # -- chapters

    def opening(self) -> Iterator[str]:
        yield "# Codebook"
        yield INTRODUCTION
        chapters = ["How to read a coding", "The types at a glance", "What beats what", "Status: what is told as done", "The types",
                    "Disputed cases", "Contexts", "Sectors", "CAMEO", "What is still wrong"]  # fmt: skip
        inner = ", ".join(f"[{row['type']}](#{row.need('type').lower()})" for row in self.type_rows)
        yield "**Contents**\n\n" + "\n".join(
            f"- [{name}](#{_anchor(name)})" + (f": {inner}" if name == "The types" else "") for name in chapters)
        yield READING
        yield "## The types at a glance"
        for quad in _QUADS:
            rows = [row for row in self.type_rows if row["quad"] == quad]
            yield f"**{quad.replace('_', ' ').capitalize()}**\n\n" + _table("type | score | what happens", (
                (f"[{r['type']}](#{r.need('type').lower()})", _number(r["score"]), r["definition"]) for r in rows))

    def precedence(self) -> Iterator[str]:
        yield "## What beats what"
        yield ("Words often fit two types. These rules say which one is coded, and why; the table is `plover/precedence.tsv`."
               " Among readings of one word, the entry that asks for more beats the one that asks for less.")
        yield _table("coded | not | when | why | example", (
            (r["winner"], r["loser"], r["when"], r["why"], self._example(r)) for r in self.rulings["precedence"]))
        yield "Ending an event is an event of its own (`plover/reversals.tsv`): " + ", ".join(
            f"{r['ended']} ended is {r['type']}{' ' + r.need('mode') if r['mode'] else ''}" for r in self.ended) + "."
        yield ("What is asked for, threatened or refused gives the act its mode (`plover/content_modes.tsv`): " + "; ".join(
            f"{name} " + ", ".join(f"{r['content']} → {r['mode']}" for r in self.content if r["type"] == name)
            for name in dict.fromkeys(r.need("type") for r in self.content)) + ".")

    def status(self) -> Iterator[str]:
        yield "## Status: what is told as done"
        yield STATUS.format(auxiliaries=_definitions(self.plain["auxiliaries"], "auxiliary"))
        for name in _MARKS:
            yield f"### {name}" if name != "none" else "### No mark, or no event"
            rows = [r for r in self.rulings["status"] if r["status"] == name]
            yield _table("rule | what decides | example", (
                (r["rule"], "; ".join([*map(self._words, r.many("governors")), *r.many("decided")]), self._example(r))
                for r in rows))

    def types(self) -> Iterator[str]:
        yield "## The types"
        for row in self.type_rows:
            yield from self._type(row)

    def disputes(self) -> Iterator[str]:
        yield "## Disputed cases"
        yield ("Where careful coders disagree, a ruling is better than none. Each is a line of `plover/disputes.tsv`: correct it there,"
               " and the test that codes the example will tell whether the program follows.")
        for topic in dict.fromkeys(r.need("topic") for r in self.rulings["disputes"]):
            yield f"### {topic.replace('-', ' ').capitalize()}"
            yield "\n".join(f"- **{r['question']}** {_sentence(r.need('why'))}  \n  {self._example(r)}"
                            for r in self.rulings["disputes"] if r["topic"] == topic)  # fmt: skip

    def lists(self) -> Iterator[str]:
        yield "## Contexts"
        counts = Counter(c for frame in self.frames for c in frame.many("contexts"))
        yield "Any number of them, with any type. The last column counts the entries of the predicate lexicon that carry one."
        yield _table("context | definition | entries", (
            (r["context"], _noted(r), f"{counts[r.need('context')]:,}") for r in self.plain["contexts"]))
        yield "## Sectors"
        yield "What a party is, after the code of its country (`ISRLEG`: the legislature of Israel)."
        yield _table("code | group | definition", ((r["code"], r["group"], _noted(r)) for r in self.plain["sectors"]))

    def cameo(self) -> Iterator[str]:
        yield "## CAMEO"
        yield ("`cameo/crosswalk.tsv` gives each CAMEO code its type, mode and contexts after the conversion table of 17 September"
               " 2021; `cameo/from_plover.tsv` gives each type and mode the nearest CAMEO code. The codes stand with their types"
               " above. Definitions are in our own words.")
        yield ("```python\nfrom masudi.crosswalk import load_crosswalk\n\ncrosswalk = load_crosswalk()\n"
               'assert crosswalk.plover("0841").type == "RETREAT"\nassert crosswalk.cameo("RETREAT", "release") == "0841"\n```')
        yield "These have no PLOVER type. Root 01 is what masudi keeps as statements; an appeal (root 02) is coded as REQUEST."
        yield _table("code | definition", ((r["cameo"], r["definition"]) for r in self.codes if r["type"] is None))

    def misses(self) -> Iterator[str]:
        yield "## What is still wrong"
        wrong = [(name, r) for name, rows in self.rulings.items() for r in rows if r["known_miss"]]
        total = sum(len(rows) for rows in self.rulings.values())
        yield (f"Of the {total} example sentences of this book the program codes {total - len(wrong)} as they are ruled."
               " It does not yet code these; the tests hold them as known failures, and notice when one is mended.")
        yield "\n".join(f"- {self._example(r)}: {r['known_miss']} (`plover/{name}.tsv`)" for name, r in wrong) or "None."
        yield "More, on ordinary text, in [what masudi gets wrong](limits.md)."

    # -- pieces

    def _example(self, row: Row) -> str:
        return f"*{row['example']}* → `{row['coding']}`" + (" (not yet)" if row["known_miss"] else "")

    def _words(self, kind: str) -> str:
        """Number and sample of the governors of one part of speech and effect."""
        pos, effect = kind.split(".")
        rows = [r for r in self.governors if (r["pos"], r["effect"]) == (pos, effect)]
        words = list(dict.fromkeys(" ".join(filter(None, (r["lemma"], r["particle"]))) for r in rows))
        names = {"adj": "adjective", "adv": "adverb", "aux": "modal verb", "mark": "conjunction", "prep": "preposition"}
        return f"{_counted(len(words), names.get(pos, pos))} ({', '.join(_spread(words, _SAMPLE_WORDS))}{', …' if len(words) > _SAMPLE_WORDS else ''})"

    def _type(self, row: Row) -> Iterator[str]:
        name = row.need("type")
        yield f"### {name}"
        traits = [f"{row.need('quad').replace('_', ' ').capitalize()}, score {_number(row['score'])}; nearest CAMEO code"
                  f" {self.back[name, None]['cameo']}."]  # fmt: skip
        traits += ["Needs a recipient."] if row["needs_recipient"] == "yes" else []
        traits += [f"Told of the future it is {row['future_type']}."] if row["future_type"] else []
        traits += [_sentence(row.need("note"))] if row["note"] else []
        yield f"**{row['definition']}** {' '.join(traits)}"
        modes = [m for m in self.modes if m["type"] == name]
        frames = [f for f in self.frames if f["type"] == name]
        if modes:
            yield _table("mode | score | CAMEO | definition | entries", (
                (m["mode"], _number(m["score"]), self.back[name, m["mode"]]["cameo"], _noted(m),
                 f"{sum(f['mode'] == m['mode'] for f in frames):,}") for m in modes))
        yield self._found(name, frames)
        yield from self._ruled(name)
        codes = [c for c in self.codes if c["type"] == name and len(c.need("cameo")) > 2]
        yield f"<details><summary>The {len(codes)} CAMEO codes that become {name}</summary>"
        yield _table("code | mode | contexts | definition", (
            (c["cameo"], c["mode"], ", ".join(c.many("contexts")), _noted(c)) for c in codes))
        yield "</details>"

    def _found(self, name: str, frames: list[Row]) -> str:
        """How many entries lead to a type, and some of them."""
        count = Counter(f.need("pos") for f in frames)
        contexts = Counter(c for f in frames for c in f.many("contexts")).most_common()
        usual = sorted(contexts, key=lambda pair: (-pair[1], pair[0]))[:4]
        sure = [f for f in frames if f["weight"] != "weak"]
        typical = [_pattern(f) for f in sure if any(_uses(example, f) for example in self._examples_of(name))]
        others = [p for f in _spread(sure, _SAMPLE_FRAMES) if (p := _pattern(f)) not in typical]
        typical = _spread(list(dict.fromkeys(typical)), _SAMPLE_FRAMES - 2)
        shown = [*typical, *_spread(others, _SAMPLE_FRAMES - len(typical))]
        parts = ", ".join(_counted(count[p], n) for p, n in (("verb", "verb"), ("noun", "noun"), ("adj", "adjective")) if count[p])
        return (f"**How masudi finds it.** {len(frames):,} entries of `en/predicates.tsv` ({parts}) say {name}, for example {', '.join(dict.fromkeys(shown))}."
                f" Contexts they most often carry: {', '.join(f'{c} ({n})' for c, n in usual) or 'none'}.")  # fmt: skip

    def _examples_of(self, name: str) -> list[str]:
        rows = [r for rows in self.rulings.values() for r in rows if not r["known_miss"]]
        return [r.need("example") for r in rows if name in r.need("coding").replace(";", " ").split()]

    def _ruled(self, name: str) -> Iterator[str]:
        """The rules and disputes in which a type has a part."""
        won = [r for r in self.rulings["precedence"] if r["winner"] == name]
        lost = [r for r in self.rulings["precedence"] if r["loser"] == name]
        lines = [f"- not {r['loser']}, when {r['when']}: {self._example(r)}" for r in won]
        lines += [f"- but {r['winner']}, when {r['when']}: {self._example(r)}" for r in lost]
        cases = [r for r in self.rulings["disputes"] if name in r.need("coding").replace(";", " ").split()]
        lines += [f"- {r['question']} {self._example(r)}" for r in cases]
        if lines:
            yield "**Rulings**\n\n" + "\n".join(lines)


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _anchor(title: str) -> str:
    return "".join(c for c in title.lower() if c.isalnum() or c in " -").replace(" ", "-")


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _noted(row: Row) -> str:
    return row.need("definition") + (f" ({row['note']})" if row["note"] else "")


def _definitions(rows: tuple[Row, ...], key: str) -> str:
    return "\n".join(f"- **{row[key]}**: {row['definition']}" for row in rows)


PAGES = {
    "reference/cli.md": cli_page,
    "reference/settings.md": settings_page,
    "reference/lexicons.md": lexicons_page,
    "reference/store.md": store_page,
    "codebook.md": codebook_page,
}


def main() -> None:
    for name, make in PAGES.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
