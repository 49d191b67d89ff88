"""Whole articles with complete gold: reading them, and checking that every row says what the guideline allows.

    python training/articles.py [FILE...]     prints counts; exit status 1 and one line per fault when a row is wrong

One JSON object a line: "id", "published" (a day), "text", "reports". A report: "words" (the trigger as it stands in
the text), "nth" (which occurrence, 1 where absent), "also" (further mentions, [words, nth] each), "type", "mode" (list),
"actor" and "recipient" ({"text", "nth", "code"} each), "date", "date_basis", "auxiliary", "chain", "optional" (true or absent).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from corpus import STATUSES, type_modes  # noqa: E402  (beside this file, in no package)

FOLDER = HERE / "articles"
HELD_BACK = HERE.parent / "bench" / "accuracy" / "written_articles.jsonl"
WORDS = (60, 800)  # in one article
NEEDED = {"words", "type", "mode", "actor", "recipient", "date", "date_basis", "auxiliary", "chain"}
ALLOWED = NEEDED | {"nth", "also", "optional"}
CODE = re.compile(r"IGO [A-Z]{3}|[A-Z]{3}( (GOV|MIL|COP|JUD|LEG|SPY|OPP|PTY|REB|UAF|CVL|EDU|MED|BUS|LAB|CRM|REL|ETH|NGO))?")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

Row = dict[str, Any]
Span = tuple[int, int]


def rows(folder: Path = FOLDER) -> Iterator[Row]:
    """Every article in the .jsonl files of `folder` (or of the file `folder`), in file order."""
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else [folder]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def located(row: Mapping[str, Any]) -> Row:
    """The article with its gold in character spans of `text`, as bench/accuracy/reports.py scores it.

    ValueError where words are not in the text as often as `nth` says.
    """
    text = row["text"]
    reports = []
    for report in row["reports"]:
        mentions = [(report["words"], report.get("nth", 1)), *report.get("also", ())]
        found: Row = {
            "triggers": sorted(span(text, words, nth) for words, nth in mentions),
            "type": report["type"], "mode": report["mode"],
            "actor": [_party(text, p) for p in report["actor"]],
            "recipient": [_party(text, p) for p in report["recipient"]],
            "date": report["date"], "date_basis": report["date_basis"],
            "auxiliary": report["auxiliary"], "chain": report["chain"],
        }  # fmt: skip
        if report.get("optional"):
            found["optional"] = True
        reports.append(found)
    return {"id": row["id"], "published": row["published"], "text": text, "reports": reports}


def span(text: str, words: str, nth: int = 1) -> Span:
    """Where the nth occurrence of `words` as whole words stands."""
    found = occurrences(text, words)
    if not 1 <= nth <= len(found):
        raise ValueError(f"{words!r} stands {len(found)} times in the text, not {nth}")
    return found[nth - 1]


def occurrences(text: str, words: str) -> list[Span]:
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def _party(text: str, party: Mapping[str, Any]) -> Row:
    at = span(text, party["text"], party.get("nth", 1))
    return {"span": at, "text": party["text"], "code": party["code"]}


def faults(row: Mapping[str, Any], modes: Mapping[str, set[str]]) -> Iterator[str]:
    """What is wrong with one article, and what mends it. modes: the modes of each type."""
    if unknown := set(row) ^ {"id", "published", "text", "reports"}:
        yield f"has exactly id, published, text, reports: see to {sorted(unknown)}"
        return
    if not WORDS[0] <= len(row["text"].split()) <= WORDS[1]:
        yield f"text: {len(row['text'].split())} words; write {WORDS[0]} to {WORDS[1]}"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", row["published"]):
        yield f"published {row['published']!r}: write a day, YYYY-MM-DD"
    for number, report in enumerate(row["reports"], 1):
        where = f"report {number} ({report.get('words')!r})"
        yield from (f"{where}: {fault}" for fault in _report_faults(report, row, modes))


def _report_faults(report: Mapping[str, Any], row: Mapping[str, Any], modes: Mapping[str, set[str]]) -> Iterator[str]:
    if missing := NEEDED - set(report):
        yield f"lacks {sorted(missing)}"
        return
    if unknown := set(report) - ALLOWED:
        yield f"drop {sorted(unknown)}"
    kind = report["type"]
    if kind not in modes:
        yield f"no type {kind!r}; one of {sorted(modes)}"
    else:
        yield from (f"{kind} has no mode {m!r}; one of {sorted(modes[kind])}" for m in report["mode"] if m not in modes[kind])
    if kind == "CONSULT" and report["recipient"]:
        yield "CONSULT has all parties in actor"
    yield from (f"no auxiliary {a!r}; one of {STATUSES}" for a in report["auxiliary"] if a not in STATUSES)
    if report.get("optional", True) is not True:
        yield "optional is true or left out"
    for party in (*report["actor"], *report["recipient"]):
        if set(party) - {"text", "nth", "code"} or (party["code"] and not CODE.fullmatch(party["code"])):
            yield f"party {party}: text, nth, code; a code is 'KEN', 'KEN COP', 'IGO UNO' or null"
    yield from _date_faults(report, row["published"])
    yield from (f"chain: {s!r} is not in the text" for s in report["chain"] if s not in row["text"])
    yield from _place_faults(report, row["text"])


def _date_faults(report: Mapping[str, Any], published: str) -> Iterator[str]:
    date, basis = report["date"], report["date_basis"]
    if (date is None) != (basis == "unknown") or basis not in ("text", "document", "unknown"):
        yield f"date {date!r} with basis {basis!r}: null goes with unknown, a date with text or document"
    elif date is not None and not DATE.fullmatch(date):
        yield f"date {date!r}: write YYYY, YYYY-MM or YYYY-MM-DD"
    elif basis == "document" and not published.startswith(date):
        yield f"date {date!r} with basis document: write the day, month or year of publication"


def _place_faults(report: Mapping[str, Any], text: str) -> Iterator[str]:
    try:
        spans = located({"id": "", "published": "", "text": text, "reports": [report]})["reports"][0]["triggers"]
    except ValueError as error:
        yield f"{error}: mend the words or nth"
        return
    for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
        if start < end:
            yield f"two mentions overlap at {text[start:end]!r}: keep one"


def checked(files: Iterable[Path]) -> tuple[list[Row], list[str]]:
    """The rows that hold, and the faults as "file:line: what is wrong"."""
    modes = type_modes()
    good: list[Row] = []
    wrong: list[str] = []
    seen: dict[str, str] = {}
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                found = list(faults(row, modes))
                for key in (row["id"], " ".join(row["text"].split()).lower()):
                    if key in seen:
                        found.append(f"the same id or text as {seen[key]}: keep one")
                    seen[key] = f"{path}:{number}"
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                found = [f"not a row of this form: {type(error).__name__}: {error}"]
            wrong += [f"{path}:{number}: {fault}" for fault in found]
            if not found:
                good.append(row)
    return good, wrong


def counts(articles: Sequence[Row]) -> str:
    """Lines of counts: scored and all reports by type, by auxiliary, by length of chain."""
    reports = [r for row in articles for r in row["reports"]]
    scored = [r for r in reports if not r.get("optional")]
    out = [
        f"{len(articles)} articles ({sum(not row['reports'] for row in articles)} without an event), "
        f"{sum(len(row['text'].split()) for row in articles)} words, {len(reports)} reports, {len(scored)} scored"
    ]
    for name, key in (
        ("type", lambda r: [r["type"]]),
        ("auxiliary", lambda r: r["auxiliary"] or ["none"]),
        ("chain length", lambda r: [str(len(r["chain"]))]),
    ):
        every = Counter(k for r in reports for k in key(r))
        some = Counter(k for r in scored for k in key(r))
        out += [f"{name:13} {k:14} {n:4} {some[k]:4}" for k, n in sorted(every.items(), key=lambda item: (-item[1], item[0]))]
    return "\n".join(out)


def main(names: Sequence[str]) -> int:
    files = [Path(name) for name in names] or [*sorted(FOLDER.glob("*.jsonl")), HELD_BACK]
    good, wrong = checked(files)
    print("\n".join([*wrong, counts(good)]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
