"""The sample articles come out as a reader found them, before the first run.

An expected item with `known_miss` must fail: when it comes right, take the mark away.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import masudi
from conftest import ROOT
from masudi.explain import chain_links
from masudi.records import CodedArticle

Plain = Mapping[str, Any]

ARTICLES = ROOT / "examples" / "articles"
EXPECTED = ROOT / "examples" / "expected"

# Reports per expected report: readers leave out what they find too slight, coders should not pour it in.
MOST_REPORTS_EACH = 2.0


def cases() -> Iterator[tuple[str, Plain]]:
    for path in sorted(EXPECTED.glob("*.json")):
        wanted = json.loads(path.read_text(encoding="utf-8"))
        yield from ([(path.stem, wanted)] if "article" in wanted else wanted.items())


CASES = dict(cases())


@pytest.fixture(scope="session")
def coded(coder: masudi.Coder) -> dict[str, Plain]:
    out = {}
    for item in coder.code_inputs([ARTICLES]):
        assert isinstance(item, CodedArticle), item
        assert item.article.path is not None
        out[item.article.given_id or Path(item.article.path).stem] = item.to_dict()
    return out


def at(text: str, phrase: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(rf"\b{re.escape(phrase)}\b", text)]


def touches(spans: list[list[int]], places: list[tuple[int, int]]) -> bool:
    return any(s < b and a < e for s, e in spans for a, b in places)


def has_code(plain: Plain, ids: list[str], code: str) -> bool:
    codes = [a["code"] or "" for a in plain["actors"] if a["id"] in ids]
    return any(c.startswith(code) for c in codes)


def fits_report(plain: Plain, wanted: Plain, report: Plain) -> bool:
    if "type" in wanted and report["type"] != wanted["type"]:
        return False
    if not touches(report["triggers"], at(plain["article"]["text"], wanted["trigger"])):
        return False
    checks = [
        "actor" not in wanted or has_code(plain, report["actors"], wanted["actor"]),
        "recipient" not in wanted or has_code(plain, report["recipients"], wanted["recipient"]),
        "date" not in wanted or (report["date"]["value"] or "").startswith(wanted["date"]),
        "auxiliary" not in wanted or report["auxiliary"] == wanted["auxiliary"],
        "chain" not in wanted or fits_chain(plain, report, wanted["chain"]),
    ]
    return all(checks)


def fits_chain(plain: Plain, report: Plain, wanted: list[str]) -> bool:
    links = chain_links(plain, report)
    text = plain["article"]["text"]
    said = [name + " " + " ".join(text[a:b] for a, b in s["source"]["spans"]) for name, s in links]
    return len(said) == len(wanted) and all(w.lower() in s.lower() for w, s in zip(wanted, said, strict=True))


def fits_statement(plain: Plain, wanted: Plain, statement: Plain) -> bool:
    text = plain["article"]["text"]
    content = " ".join(text[a:b] for a, b in statement["content"])
    source = " ".join(text[a:b] for a, b in statement["source"]["spans"])
    return (
        wanted["content"] in content
        and wanted["source"].lower() in source.lower()
        and all(statement[k] == wanted[k] for k in ("named", "force", "form") if k in wanted)
    )


def items(kind: str) -> list[Any]:
    out = []
    for slug, wanted in CASES.items():
        for item in wanted[kind]:
            name = f"{slug}:{item.get('type', '')}:{item.get('trigger') or item.get('source')}"
            out.append(pytest.param(slug, item, id=name.replace(" ", "-")))
    return out


def verdict(found: bool, item: Plain) -> None:
    if "known_miss" in item:
        assert not found, "comes right now: take its known_miss away"
        pytest.xfail(item["known_miss"])
    assert found


@pytest.mark.model
@pytest.mark.parametrize(("slug", "item"), items("reports"))
def test_examples_report(coded: dict[str, Plain], slug: str, item: Plain) -> None:
    plain = coded[slug]
    verdict(any(fits_report(plain, item, r) for r in plain["reports"]), item)


@pytest.mark.model
@pytest.mark.parametrize(("slug", "item"), items("statements"))
def test_examples_statement(coded: dict[str, Plain], slug: str, item: Plain) -> None:
    plain = coded[slug]
    verdict(any(fits_statement(plain, item, s) for s in plain["statements"]), item)


@pytest.mark.model
@pytest.mark.parametrize(("slug", "item"), items("never"))
def test_examples_never(coded: dict[str, Plain], slug: str, item: Plain) -> None:
    plain = coded[slug]
    wrong = [
        r for r in plain["reports"]
        if ("type" not in item or r["type"] == item["type"])
        and ("trigger" not in item or touches(r["triggers"], at(plain["article"]["text"], item["trigger"])))
        and ("auxiliary" not in item or r["auxiliary"] == item["auxiliary"])
    ]  # fmt: skip
    verdict(not wrong, item)


@pytest.mark.model
@pytest.mark.parametrize("slug", CASES)
def test_examples_article(coded: dict[str, Plain], slug: str) -> None:
    article, wanted = coded[slug]["article"], CASES[slug]["article"]
    assert {name: article[name] for name in wanted} == wanted


@pytest.mark.model
@pytest.mark.parametrize("slug", CASES)
def test_examples_are_not_flooded_with_reports(coded: dict[str, Plain], slug: str) -> None:
    number = len(coded[slug]["reports"])
    if CASES[slug].get("no_event"):
        assert number == 0
    assert number <= MOST_REPORTS_EACH * len(CASES[slug]["reports"])


@pytest.mark.model
@pytest.mark.parametrize("slug", CASES)
def test_examples_offsets_fit_the_text(coded: dict[str, Plain], slug: str) -> None:
    plain = coded[slug]
    text = plain["article"]["text"]
    ids = {a["id"] for a in plain["actors"]}
    said = {s["id"] for s in plain["statements"]}
    for m in plain["mentions"] + plain["times"] + plain["places"]:
        assert text[m["start"] : m["end"]] == m["text"]
    assert {m["actor"] for m in plain["mentions"]} - {None} <= ids
    for s in plain["statements"]:
        assert s["within"] is None or s["within"] in said
        assert s["source"]["actor"] is None or s["source"]["actor"] in ids
    for r in plain["reports"]:
        sentence = plain["sentences"][r["sentence"]]
        assert sentence["start"] <= r["triggers"][0][0] < sentence["end"]
        assert set(r["actors"]) | set(r["recipients"]) <= ids
        assert set(r["chain"]) <= said
        assert r["place"] is None or r["place"] < len(plain["places"])
    assert plain["failures"] == []
