"""Files, folders, archives and standard input → articles, each in turn, one bad input never the next one's loss."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO

from ..config import Settings
from ..errors import ConfigError, ReadError
from ..records import Article
from .article import Given, make_article, too_large
from .decode import binary_kind, decode, wide_encoding
from .html import read_html
from .streams import DAMAGED, Recoded, opened, read_whole, rest_size
from .tables import Source, is_table_header, read_json, read_json_lines, read_table
from .vocabulary import vocabulary

STDIN = "-"
HTML_FACTOR = 4  # markup may weigh three times the text
ARRAY_FACTOR = 20  # a JSON array is held whole; beyond this, JSON Lines
FORMATS = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
}  # fmt: skip
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|article|main|p|h1)\b", re.I | re.S
)
_XML = re.compile(r"\s*<\?xml\b|\s*<(?:rss|feed|TimeML|nitf|NewsML)\b", re.I)


def read(
    inputs: Sequence[Path | str], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Article | ReadError]:
    """Every article of `inputs` in order; in its place a ReadError for what could not be read.

    inputs: files, folders (their files sorted by name, folders within them too, hidden ones left out), and
    "-" for `stdin`. Text, HTML, JSON Lines, JSON, CSV and TSV, each also gzipped; by suffix, else by content.
    Each ReadError has the path, or path:line, as `.article`, and stage "read".
    Raises ConfigError for an unknown `settings.encoding`, LexiconError for a broken lexicon; nothing else.
    """
    if settings.encoding is not None:
        try:
            codecs.lookup(settings.encoding)
        except LookupError as error:
            raise ConfigError(
                f"encoding is {settings.encoding!r}, which no codec knows; try utf-8"
            ) from error
    vocabulary(settings.lexicons)
    return _all(inputs, settings, stdin)


def _all(
    inputs: Sequence[Path | str], settings: Settings, stdin: BinaryIO | None
) -> Iterator[Article | ReadError]:
    for item in inputs:
        if str(item) == STDIN:
            source = Source(place="stdin", path=None, settings=settings)
            if stdin is None:
                yield source.fault("standard input is not at hand; name a file")
            else:
                yield from _read_stream(stdin, source, suffixes=[])
            continue
        path = Path(item)
        source = _source(path, settings)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield source.fault(_cause(error))
            continue
        if stat.S_ISDIR(mode):
            yield from _read_folder(path, settings)
        else:
            yield from _read_file(path, settings)


def _source(path: Path, settings: Settings) -> Source:
    return Source(place=path.as_posix(), path=path.as_posix(), settings=settings)


def _cause(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason}"


def _read_folder(folder: Path, settings: Settings) -> Iterator[Article | ReadError]:
    some = False
    for found in _walk(folder, settings):
        some = True
        if isinstance(found, ReadError):
            yield found
        else:
            yield from _read_file(found, settings)
    if not some:
        yield _source(folder, settings).fault("is a folder without files; hidden ones are not read")


def _walk(folder: Path, settings: Settings) -> Iterator[Path | ReadError]:
    """Files under `folder`, sorted by name at each level, folders in their place; links to folders not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _source(folder, settings).fault(_cause(error))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, settings)
        elif entry.is_dir():
            continue
        elif entry.is_file() or not path.exists():
            yield path
        else:
            yield _source(path, settings).fault("is no ordinary file; name it alone to read it")


def _read_file(path: Path, settings: Settings) -> Iterator[Article | ReadError]:
    source = _source(path, settings)
    try:
        stream = path.open("rb")
    except OSError as error:
        yield source.fault(_cause(error))
        return
    with stream:
        yield from _read_stream(stream, source, suffixes=[s.lower() for s in path.suffixes])


def _read_stream(stream: IO[bytes], source: Source, *, suffixes: list[str]) -> Iterator[Article | ReadError]:
    if suffixes and suffixes[-1] == ".gz":
        suffixes = suffixes[:-1]
    named = FORMATS.get(suffixes[-1]) if suffixes else None
    try:
        head, whole = opened(stream)
        yield from _dispatch(head, whole, source, named)
    except DAMAGED as error:
        yield source.fault(f"is a gzip archive that is cut off or damaged ({error}); fetch it again")
    except UnicodeDecodeError as error:
        yield source.fault(f"is not {error.encoding} throughout: {error.reason}; set encoding to what it is")
    except OSError as error:
        yield source.fault(_cause(error))


def _dispatch(
    head: bytes, stream: IO[bytes], source: Source, named: str | None
) -> Iterator[Article | ReadError]:
    if not head:
        yield source.fault("is empty; there is no text to read")
        return
    forced = source.settings.encoding
    binary = binary_kind(head) if forced is None else None
    if binary is not None:
        kind = "is binary, not text" if binary == "binary" else f"is {binary}, not text"
        yield source.fault(f"{kind}; save its text")
        return
    wide = wide_encoding(head) if forced is None else forced
    look = head.decode(wide or "latin-1", "ignore").removeprefix("\ufeff").removeprefix("ï»¿")
    form = _form(look, named)
    match form:
        case "text" | "html":
            yield from _read_page(stream, source, form, wide=wide is not None)
        case "json":
            data = read_whole(stream, ARRAY_FACTOR * source.limit)
            if data is None:
                yield source.fault(
                    "is a JSON array too large to hold; save it as JSON Lines, one object a line"
                )
            else:
                yield from read_json(data, source)
        case "xml":
            yield source.fault("is XML, not HTML; save the article as text or HTML")
        case _:
            yield from _read_rows(stream, source, form, wide)


def _read_rows(
    stream: IO[bytes], source: Source, form: str, wide: str | None
) -> Iterator[Article | ReadError]:
    """JSON Lines and tables, line by line; another encoding is made UTF-8 on the way."""
    if wide is not None:
        import io

        from attrs import evolve

        stream = io.BufferedReader(Recoded(stream, wide))
        source = evolve(source, settings=evolve(source.settings, encoding=None))
    if form == "jsonl":
        yield from read_json_lines(stream, source)
    else:
        yield from read_table(stream, source, delimiter="\t" if form == "tsv" else None)


def _form(look: str, named: str | None) -> str:
    """The format: by suffix where content does not gainsay it, else by how the content begins."""
    if named in (None, "text", "html"):
        if _HTML.match(look) or ("<html" in look[:2000].lower() and _XML.match(look)):
            return "html"
        if _XML.match(look):
            return "xml"
    if named == "json" or named is None:
        return _json_form(look) or (named or _table_form(look))
    return named


def _json_form(look: str) -> str | None:
    """jsonl or json for what begins like it; None for anything else."""
    start = look.lstrip()
    if re.match(r"\[\s*[{\]]", start):
        return "json"
    if not re.match(r'\{\s*["}]', start):
        return None
    lines = [line for line in start.split("\n") if line.strip()]
    if len(lines) == 1 or lines[1].lstrip().startswith("{") or lines[0].rstrip().endswith("}"):
        return "jsonl"
    return "json"


def _table_form(look: str) -> str:
    return "csv" if is_table_header(look.split("\n", 1)[0]) else "text"


def _read_page(stream: IO[bytes], source: Source, form: str, *, wide: bool) -> Iterator[Article | ReadError]:
    """The one article of a text or HTML file."""
    settings = source.settings
    limit = source.limit * (HTML_FACTOR if form == "html" else 1) * (2 if wide else 1)
    data = read_whole(stream, limit)
    try:
        if data is None:
            what = "an HTML page" if form == "html" else "a text"
            raise too_large(what, limit + 1 + rest_size(stream), settings)
        text = decode(data, encoding=settings.encoding, html=form == "html")
        if not text.strip():
            raise ReadError("is empty; there is no text to read")
        if form == "html":
            yield read_html(text, settings=settings, path=source.path)
        else:
            yield make_article(text, Given(), settings=settings, path=source.path)
    except ReadError as error:
        yield source.fault(error)
