"""JSON Lines, JSON and CSV → one Article a record; a record that cannot be read is a ReadError among them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import IO, Any

import msgspec
from attrs import frozen

from ..config import Settings
from ..errors import ReadError
from ..records import Article
from .article import MB, Given, blank_free, make_article, too_large
from .dates import read_date
from .decode import decode
from .streams import RawLine, raw_lines
from .vocabulary import Vocabulary, vocabulary

COLUMNS = ("id", "text", "title", "published", "url", "publisher", "authors", "language")


@frozen(kw_only=True)
class Source:
    """Where records come from. place: the input's name in messages; path: the article's path, None for stdin."""

    place: str
    path: str | None
    settings: Settings

    @property
    def limit(self) -> int:
        """Bytes one article may have."""
        return int(self.settings.max_article_mb * MB)

    def fault(self, error: ReadError | str, number: int | None = None) -> ReadError:
        """The ReadError for the input, or for its line or record `number`."""
        place = self.place if number is None else f"{self.place}:{number}"
        return ReadError(f"{place}: {error}", article=place, stage="read")


def read_json_lines(stream: IO[bytes], source: Source) -> Iterator[Article | ReadError]:
    """One item a line that is not blank, in order; a ReadError for a stream without any."""
    some = False
    for line in raw_lines(stream, source.limit):
        if line.data is not None and not line.data.strip():
            continue
        some = True
        try:
            yield from _record(_json(_line_text(line, source)), source, line.number)
        except ReadError as error:
            yield source.fault(error, line.number)
    if not some:
        yield source.fault("is empty; there is no record to read")


def read_json(data: bytes, source: Source) -> Iterator[Article | ReadError]:
    """One item for each record of a JSON array, numbered from 1; or for the one object."""
    try:
        found = _json(decode(data, encoding=source.settings.encoding))
    except ReadError as error:
        yield source.fault(error)
        return
    if not isinstance(found, list):
        yield from _record(found, source, None)
        return
    if not found:
        yield source.fault("is an empty array; there is no record to read")
    for number, values in enumerate(found, start=1):
        yield from _record(values, source, number)


def _line_text(line: RawLine, source: Source) -> str:
    if line.data is None:
        raise too_large("a line", line.size, source.settings)
    return decode(line.data, encoding=source.settings.encoding)


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise ReadError(f"is not JSON: {error}; write one whole JSON object") from error


def _record(values: Any, source: Source, number: int | None) -> Iterator[Article | ReadError]:
    """The record's Article; after it a ReadError where its date cannot be read. Or only a ReadError."""
    words = vocabulary(source.settings.lexicons)
    try:
        if not isinstance(values, dict):
            raise ReadError(f"is {_named(values)}, not an object with a 'text'")
        text = values.get("text")
        if text is None:
            named = ", ".join(sorted(map(str, values))[:12]) or "none"
            raise ReadError(f"has no 'text'; its fields are: {named}")
        if not isinstance(text, str):
            raise ReadError(f"has a 'text' that is {_named(text)}; it must be a string")
        yield make_article(text, _given(values, words), settings=source.settings, path=source.path)
    except ReadError as error:
        yield source.fault(error, number)
        return
    printed = _string(values, "published")
    if printed and read_date(printed, words) is None:
        yield source.fault(
            f"published {printed!r} is no date; the article is read without it. Write 2025-06-24", number
        )


def _given(values: Mapping[str, Any], words: Vocabulary) -> Given:
    printed = _string(values, "published")
    return Given(
        given_id=_string(values, "id"),
        title=_string(values, "title"),
        published=read_date(printed, words) if printed else None,
        dated=printed is not None,
        url=_string(values, "url"),
        publisher=_string(values, "publisher"),
        authors=_authors(values.get("authors")),
        language=_string(values, "language"),
    )


def _string(values: Mapping[str, Any], name: str) -> str | None:
    """The field as one line of text; a whole number as its digits; None for any other type."""
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return blank_free(value) if isinstance(value, str) else None


def _authors(value: Any) -> tuple[str, ...]:
    """A list of names, or one string of them parted by semicolons."""
    names = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(name for name in (blank_free(n) for n in names if isinstance(n, str)) if name)


def _named(value: Any) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


class _Lines:
    """The decoded lines of a table, one at a time for the csv reader, with those of the row in hand kept.

    Ends a row that grows past the limit by ending the lines; `again` hands lines back.
    """

    def __init__(self, stream: IO[bytes], source: Source) -> None:
        self._raw = raw_lines(stream, source.limit)
        self._source = source
        self._back: list[tuple[int, str | ReadError]] = []
        self.row: list[tuple[int, str]] = []
        self.fault: tuple[int, ReadError] | None = None
        self.size = 0

    def again(self, lines: list[tuple[int, str]]) -> None:
        self._back = [*lines, *self._back]

    def start_row(self) -> None:
        self.row, self.size, self.fault = [], 0, None

    def next_line(self) -> tuple[int, str | ReadError] | None:
        if self._back:
            return self._back.pop(0)
        raw = next(self._raw, None)
        if raw is None:
            return None
        try:
            text = _line_text(raw, self._source)
        except ReadError as error:
            return raw.number, error
        return raw.number, text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.size > self._source.limit:
            raise StopIteration
        found = self.next_line()
        if found is None:
            raise StopIteration
        number, line = found
        if isinstance(line, ReadError):
            self.fault = (number, line)
            raise StopIteration
        self.row.append((number, line))
        self.size += len(line)
        return line


def read_table(stream: IO[bytes], source: Source, *, delimiter: str | None) -> Iterator[Article | ReadError]:
    """One item a row under a header that names a `text` column; delimiter None: the header shows it.

    A row may run over lines inside quotation marks. A broken row costs that row alone.
    """
    csv.field_size_limit(max(csv.field_size_limit(), 2 * source.limit))
    lines = _Lines(stream, source)
    header: list[str] | None = None
    for number, row in _rows(lines, source, delimiter):
        if isinstance(row, ReadError):
            yield source.fault(row, number)
        elif header is None:
            header = [cell.strip().lower() for cell in row]
            if "text" not in header:
                yield source.fault(f"has no column 'text'; its columns are: {', '.join(header)[:200]}")
                return
        elif len(row) != len(header):
            yield source.fault(
                f"has {len(row)} cells and the header {len(header)}; quote cells that hold the separator",
                number,
            )
        else:
            values = {name: cell for name, cell in zip(header, row, strict=True) if cell.strip()}
            yield from _record(values, source, number)
    if header is None:
        yield source.fault("is empty; there is no row to read")


def _rows(
    lines: _Lines, source: Source, delimiter: str | None
) -> Iterator[tuple[int, list[str] | ReadError]]:
    """Each row that is not blank, with the number of its first line."""
    while True:
        lines.start_row()
        if delimiter is None:
            first = lines.next_line()
            if first is None:
                return
            if isinstance(first[1], str):
                delimiter = header_delimiter(first[1])
            lines._back.insert(0, first)
        try:
            row = next(csv.reader(lines, delimiter=delimiter or ",", strict=True), None)
        except csv.Error as error:
            yield from _broken(lines, source, str(error))
            continue
        if lines.fault is not None:
            yield lines.fault
        elif row is None:
            return
        elif any(cell.strip() for cell in row):
            yield lines.row[0][0], row


def _broken(lines: _Lines, source: Source, cause: str) -> Iterator[tuple[int, ReadError]]:
    """The error for the row in hand; the lines after its first are read again where they may be rows."""
    number = lines.row[0][0]
    if lines.size > source.limit:
        last, size = lines.row[-1][0], lines.size
        while (found := lines.next_line()) is not None:
            last = found[0]
            size += len(found[1]) if isinstance(found[1], str) else 0
            if isinstance(found[1], str) and found[1].count('"') % 2:
                break
        yield number, too_large(f"a row (to line {last})", size, source.settings)
        return
    if lines.fault is not None:
        yield lines.fault
    lines.again(lines.row[1:])
    yield number, ReadError(f"is a broken row ({cause}); close its quotation marks, doubling those inside")


def header_delimiter(line: str) -> str:
    """The separator of a header line: tab, semicolon or comma, whichever it holds most."""
    return max((",", ";", "\t"), key=line.count)


def is_table_header(line: str) -> bool:
    """Whether `line` names a `text` column and another one this stage knows."""
    cells = {cell.strip().strip('"').lower() for cell in line.split(header_delimiter(line))}
    return "text" in cells and len(cells & set(COLUMNS)) > 1
