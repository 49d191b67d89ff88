"""Actor and agent dictionaries in the TABARI, PETRARCH and Phoenix format, read into records.

Source of the rules: the dictionaries' own readme and PETRARCH's reader, as the format's users describe them.
What cannot be read is a warning with file and line, never a stop.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import frozen

from ..errors import ReadError
from ..text import iso_bounds

CENTURY = 30  # a year of two digits up to this is of this century
LONG_DATE, SHORT_DATE = 8, 6
NULL = "---"
MOST_NULS = 0.001  # a file with more zero bytes is no text
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_COMMENT_BLOCK = re.compile(r"<!--.*?-->", re.S)
_GROUP = re.compile(r"\[([^\]]*)\]")
_CODE = re.compile(r"\s*([^\s<>]+)\s*(.*)$", re.S)
_LIMITS = re.compile(r"<\s*(?P<until>\d+)|>\s*(?P<since>\d+)|(?P<first>\d+)\s*-\s*(?P<last>\d+)")
_SET = re.compile(r"(![^!]+!)\s*=\s*(.+)$")
_IRREGULAR = re.compile(r"\{([^}]*)\}")


@frozen(kw_only=True)
class DatedCode:
    """A code and the days it holds, both included; None = no limit on that side. code "---" is no code."""

    code: str
    start: date | None = None
    end: date | None = None

    @property
    def limited(self) -> bool:
        return self.start is not None or self.end is not None


@frozen(kw_only=True)
class ActorRecord:
    """One actor: its phrase and synonyms as they stand ("BASHAR_AL_ASSAD_"), codes in order. where: file:line."""

    phrases: tuple[str, ...]
    codes: tuple[DatedCode, ...]
    where: str


@frozen(kw_only=True)
class AgentRecord:
    """One agent: its phrase in words, plural ("" where it has none, None where regular), code without `~`."""

    phrase: str
    plural: str | None
    code: str
    where: str


@frozen(kw_only=True)
class Dictionaries:
    """What a set of files holds. warnings: `file:line: what was left out and why`."""

    actors: tuple[ActorRecord, ...]
    agents: tuple[AgentRecord, ...]
    warnings: tuple[str, ...]


def read_dictionaries(files: Sequence[Path]) -> Dictionaries:
    """All records of `files`; one whose codes hold `~` is an agent dictionary. Raises ReadError for a missing file."""
    actors: list[ActorRecord] = []
    agents: list[AgentRecord] = []
    warnings: list[str] = []
    for path in files:
        lines = list(_lines(_text(path, warnings), path.name))
        if not lines:
            warnings.append(f"{path.name}: holds no record")
        if any("~" in line.split("]")[0] for _, line in lines if "[" in line):
            agents.extend(_agents(lines, warnings))
        else:
            actors.extend(_actors(lines, warnings))
    return Dictionaries(actors=tuple(actors), agents=tuple(agents), warnings=tuple(warnings))


def _text(path: Path, warnings: list[str]) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252; "", with a warning, of one that is no text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    elif data.count(0) > len(data) * MOST_NULS:
        warnings.append(f"{path.name}: left out: it is no text")
        return ""
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            warnings.append(f"{path.name}: not UTF-8 (byte {error.start}); read as Windows-1252")
            text = data.decode("cp1252", errors="replace")
    if _CONTROL.search(text):
        warnings.append(f"{path.name}: control characters taken out")
    return _CONTROL.sub("", text)


def _lines(text: str, name: str) -> Iterator[tuple[str, str]]:
    """(file:line, line without comment) for every line with something on it."""
    text = _COMMENT_BLOCK.sub(lambda m: "\n" * m[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), start=1):
        line = re.split(r"[#;]", line, maxsplit=1)[0].rstrip()
        if line.strip():
            yield f"{name}:{number}", line


def _actors(lines: Sequence[tuple[str, str]], warnings: list[str]) -> Iterator[ActorRecord]:
    phrases: list[str] = []
    codes: list[DatedCode] = []
    where = ""
    for at, line in lines:
        groups = _GROUP.findall(line)
        if line[0] in " \t" or line.lstrip().startswith("["):
            if not phrases or not groups:
                warnings.append(f"{at}: {line.strip()!r} belongs to no actor")
                continue
        elif line[0] == "+":
            if phrases:
                phrases.append(line[1:].split("[")[0].strip())
            else:
                warnings.append(f"{at}: synonym {line!r} before any actor")
            continue
        else:
            yield from _finished(phrases, codes, where, warnings)
            phrases, codes, where = [line.split("[")[0].strip()], [], at
        for group in groups:
            code = _dated_code(group, at, warnings)
            if code is not None:
                codes.append(code)
    yield from _finished(phrases, codes, where, warnings)


def _finished(
    phrases: Sequence[str], codes: Sequence[DatedCode], where: str, warnings: list[str]
) -> Iterator[ActorRecord]:
    named = tuple(dict.fromkeys(p for p in phrases if p.strip("_ ")))
    if named and codes:
        yield ActorRecord(phrases=named, codes=tuple(codes), where=where)
    elif phrases:
        warnings.append(f"{where}: {phrases[0]!r} has no usable code")


def _dated_code(group: str, at: str, warnings: list[str]) -> DatedCode | None:
    match = _CODE.match(group)
    if match is None:
        warnings.append(f"{at}: [{group}] holds no code")
        return None
    code, limits = match[1].rstrip("_").upper(), match[2].strip()
    if not limits:
        return DatedCode(code=code)
    found = _LIMITS.fullmatch(limits.replace(" ", ""))
    if found is None:
        warnings.append(f"{at}: [{group}]: {limits!r} is no date limit; write <D, >D or D-D")
        return None
    start, end = found["since"] or found["first"], found["until"] or found["last"]
    try:
        days = tuple(day_of(cell) if cell else None for cell in (start, end))
    except ValueError as error:
        warnings.append(f"{at}: [{group}] left out: {error}")
        return None
    if None not in days and days[0] > days[1]:  # type: ignore[operator]
        warnings.append(f"{at}: [{group}] left out: it ends before it begins")
        return None
    return DatedCode(code=code, start=days[0], end=days[1])


def day_of(digits: str) -> date:
    """The day YYMMDD or YYYYMMDD means; a month or day of 00 is the first. ValueError for anything else."""
    if len(digits) == SHORT_DATE:
        digits = ("20" if int(digits[:2]) <= CENTURY else "19") + digits
    if len(digits) != LONG_DATE:
        raise ValueError(f"{digits!r} is no date; write YYMMDD or YYYYMMDD")
    month = digits[4:6].replace("00", "01")
    day = digits[6:].replace("00", "01")
    bounds = iso_bounds(f"{digits[:4]}-{month}-{day}")
    if bounds is None:
        raise ValueError(f"{digits!r} is no day of the calendar")
    return bounds[0]


def _agents(lines: Sequence[tuple[str, str]], warnings: list[str]) -> Iterator[AgentRecord]:
    sets: dict[str, tuple[str, ...]] = {}
    for at, line in lines:
        defined = _SET.match(line.strip())
        if defined is not None and "[" not in line:
            sets[defined[1]] = tuple(v.strip() for v in defined[2].split(",") if v.strip())
            continue
        groups = _GROUP.findall(line)
        if not groups:
            warnings.append(f"{at}: {line.strip()!r} has no code")
            continue
        plural = _IRREGULAR.search(line)
        phrase = re.split(r"[\[{]", line, maxsplit=1)[0]
        for spelt in _spelt_out(phrase, sets):
            words = in_words(spelt)
            if words and "!" not in words:
                yield AgentRecord(
                    phrase=words, plural=in_words(plural[1]) if plural else None,
                    code=groups[0].strip().replace("~", "").upper(), where=at,
                )  # fmt: skip
            elif words:
                warnings.append(f"{at}: {words!r} names a set that is not defined")


def _spelt_out(phrase: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    for name, members in sets.items():
        if name in phrase:
            return [s for member in members for s in _spelt_out(phrase.replace(name, member, 1), sets)]
    return [phrase]


def in_words(phrase: str) -> str:
    """A phrase with spaces for its underscores, edges trimmed."""
    return " ".join(phrase.replace("_", " ").split())
