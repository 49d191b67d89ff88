"""Writes the pages that are made from the code and the data: `python docs/generate.py`.

tests/test_docs.py fails when one of them is stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from masudi.cli import COMMANDS, cli
from masudi.config import Settings
from masudi.lexicon import Lexicons, Row, catalogue
from masudi.store.schema import LINKED, TABLES

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
    lexicons = Lexicons()
    parts = [NOTE, "# Codebook",
             "The sixteen event types of PLOVER (2021) with their modes, as masudi codes them. Scores run from −10"
             " (conflict) to +10 (cooperation)."]
    modes = lexicons.table("plover/modes.tsv")
    for row in lexicons.table("plover/types.tsv"):
        parts.append(_type_section(row, [m for m in modes if m["type"] == row["type"]]))
    parts.append("# Auxiliary modes\n\n" + _definitions(lexicons.table("plover/auxiliaries.tsv"), "auxiliary"))
    parts.append("# Contexts\n\n" + _definitions(lexicons.table("plover/contexts.tsv"), "context"))
    parts.append("# Sectors\n\n" + _definitions(lexicons.table("plover/sectors.tsv"), "code"))
    return "\n\n".join(parts) + "\n"


def _type_section(row: Row, modes: list[Row]) -> str:
    future = f" Told of the future it is coded {row['future_type']}." if row["future_type"] else ""
    needs = " Needs a recipient." if row["needs_recipient"] == "yes" else ""
    head = f"## {row['type']}\n\n{row['definition']}\n\n*{(row['quad'] or '').replace('_', ' ')}, score {row['score']}.*"
    table = "".join(f"\n| {m['mode']} | {m['score'] or '–'} | {m['definition']} |" for m in modes)
    return head + needs + future + (f"\n\n| mode | score | |\n|---|---|---|{table}" if modes else "")


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
