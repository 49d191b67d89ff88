"""Inputs: formats, encodings, order, metadata; what comes in comes out as Articles."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from masudi.config import Settings
from masudi.errors import ConfigError
from masudi.read import read
from masudi.read.decode import decode
from masudi.records import Article, Ratings

PLAIN = Settings()
BODY = "The ferry to Bergen was late on Monday. The harbour master said that a storm had closed the sound."
ARABIC = "قال وزير النقل إن السفن ستبقى في الميناء حتى نهاية الإضراب في المدينة."
RECORD = {
    "id": "n1", "text": BODY, "title": "Ferry late", "published": "2031-03-05", "url": "https://example.org/1",
    "publisher": "Fjord News", "authors": ["Ingrid Vale", "Omar Haddad"], "language": "en", "mood": "grim",
}  # fmt: skip
HTML = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Ferry late | Fjord News</title>
<meta property="og:title" content="Ferry late"><meta property="og:site_name" content="Fjord News">
<meta name="author" content="Ingrid Vale"><meta property="article:published_time" content="2031-03-05T09:00:00Z">
<script>var x = "Result : 3% Participated in the vote : 9";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Ferry late</h1><p>By Ingrid Vale</p><p>{BODY}</p><p>{BODY.replace("Monday", "Tuesday")}</p>
<p>Share this article</p><p>{BODY.replace("Monday", "Friday")} The crew&nbsp;slept aboard.</p></article>
<div class="vote">Rate the article<br>Result : 80% Participated in the vote : 12</div>
<footer>© 2031 Fjord News. All rights reserved.</footer></body></html>"""


def only(path: Path | str, settings: Settings = PLAIN) -> Article:
    found = list(read([path], settings))
    assert len(found) == 1, found
    assert isinstance(found[0], Article), found[0]
    return found[0]


def articles(
    *paths: Path | str, settings: Settings = PLAIN, stdin: io.BytesIO | None = None
) -> list[Article]:
    found = list(read(paths, settings, stdin=stdin))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_text_file_becomes_one_article_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(f"Ferry late\n\nBy Ingrid Vale\n5 March 2031\n\n{BODY}\n", encoding="utf-8")
    article = only(path)
    assert (article.title, article.authors, article.published) == (
        "Ferry late",
        ("Ingrid Vale",),
        "2031-03-05",
    )
    assert (article.text, article.path) == (BODY, path.as_posix())


def test_kept_text_file_is_exactly_what_its_bytes_decode_to(tmp_path: Path) -> None:
    text = f"Ferry late\r\n\r\n{BODY}\r\nA\u00ad last line stands here.\rAdd comment\r\n"
    path = tmp_path / "ferry.txt"
    path.write_bytes(text.encode())
    assert only(path, Settings(keep_text=True)).text == text
    mended = only(path)
    assert mended.text == f"{BODY}\nA last line stands here."


def test_html_page_gives_article_metadata_and_rating(tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    path.write_text(HTML, encoding="utf-8")
    article = only(path)
    assert (article.title, article.authors, article.publisher) == (
        "Ferry late",
        ("Ingrid Vale",),
        "Fjord News",
    )
    assert (article.published, article.language) == ("2031-03-05", "en")
    assert article.ratings == Ratings(votes=12, result_percent=80.0)
    assert article.text.startswith("The ferry to Bergen was late on Monday.")
    assert article.text.endswith("The crew slept aboard.")
    assert "Share this" not in article.text
    assert "rights reserved" not in article.text


def test_html_in_a_text_file_is_read_as_html(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(HTML, encoding="utf-8")
    assert "<p>" not in only(path).text


def test_html_says_its_own_charset(tmp_path: Path) -> None:
    path = tmp_path / "ferry.html"
    page = HTML.replace("<head>", '<head><meta charset="windows-1251">').replace(
        "The crew", "Капитан and the crew"
    )
    path.write_bytes(page.encode("cp1251"))
    assert "Капитан and the crew" in only(path).text


def test_xhtml_with_an_xml_declaration_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ferry.xhtml"
    path.write_text('<?xml version="1.0" encoding="utf-8"?>\n' + HTML, encoding="utf-8")
    assert only(path).title == "Ferry late"


def check_record(article: Article) -> None:
    assert (article.given_id, article.title, article.published) == ("n1", "Ferry late", "2031-03-05")
    assert (article.url, article.publisher) == ("https://example.org/1", "Fjord News")
    assert (article.authors, article.language, article.text) == (("Ingrid Vale", "Omar Haddad"), "en", BODY)


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".json", "", ".dat"])
def test_json_lines_carry_their_fields_and_ignore_others(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news{suffix}"
    second = {"text": BODY + " Again.", "id": 7, "title": None}
    path.write_text(json.dumps(RECORD) + "\n\n" + json.dumps(second) + "\n", encoding="utf-8")
    first, other = articles(path)
    check_record(first)
    assert (other.given_id, other.title, other.published) == ("7", None, None)


@pytest.mark.parametrize("records", [[RECORD], RECORD])
@pytest.mark.parametrize("indent", [None, 2])
def test_json_array_or_object_is_read_like_lines(tmp_path: Path, records: object, indent: int | None) -> None:
    path = tmp_path / "news.json"
    path.write_text(json.dumps(records, indent=indent), encoding="utf-8")
    check_record(only(path))


@pytest.mark.parametrize(
    ("suffix", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t"), (".dat", ",")]
)
def test_table_rows_are_articles_and_cells_may_hold_lines(
    tmp_path: Path, suffix: str, delimiter: str
) -> None:
    path = tmp_path / f"news{suffix}"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter=delimiter)
        table.writerow(
            ["ID", "text", "title", "published", "url", "publisher", "authors", "language", "mood"]
        )
        values = {**RECORD, "authors": "Ingrid Vale; Omar Haddad"}
        table.writerow(values.values())
        table.writerow(
            ["n2", f'{BODY}\n\nHe said "no", twice; and left.\tThen rain fell on it all.', *[""] * 7]
        )
    first, second = articles(path)
    check_record(first)
    assert second.text.endswith('He said "no", twice; and left.\tThen rain fell on it all.')
    assert second.publisher is None


@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.gz", "news.jsonl"])
def test_gzip_is_undone_by_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(json.dumps(RECORD).encode()))
    check_record(only(path))


def test_gzipped_text_and_html_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(BODY.encode()))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(HTML.encode()))
    plain, page = articles(tmp_path)
    assert plain.text == BODY
    assert page.title == "Ferry late"


@pytest.mark.parametrize(
    "data", [json.dumps(RECORD).encode(), gzip.compress(json.dumps(RECORD).encode()), json.dumps([RECORD]).encode()]
)  # fmt: skip
def test_standard_input_is_read_by_its_content(data: bytes) -> None:
    found = articles("-", stdin=io.BytesIO(data))
    check_record(found[0])
    assert found[0].path is None


def test_standard_input_of_plain_text_and_html() -> None:
    assert articles("-", stdin=io.BytesIO(BODY.encode()))[0].text == BODY
    assert articles("-", stdin=io.BytesIO(HTML.encode()))[0].title == "Ferry late"


def test_folders_are_read_in_sorted_order_and_inputs_as_given(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.txt", "a/b.txt", ".hidden.txt", ".git/x.txt", "c", "a.txt"]:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{BODY} File {name} ends here.", encoding="utf-8")
    last = tmp_path / "aa.txt"
    last.write_text(BODY, encoding="utf-8")
    order = [a.path for a in articles(tmp_path / "in", last, tmp_path / "in" / "c")]
    root = (tmp_path / "in").as_posix()
    assert order == [f"{root}/{n}" for n in ["a/b.txt", "a/z.txt", "a.txt", "b.txt", "c"]] + [
        last.as_posix(),
        f"{root}/c",
    ]


def test_settings_date_serves_only_inputs_without_one(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in [RECORD, {"text": BODY}]), encoding="utf-8")
    assert [a.published for a in articles(path, settings=Settings(published="2030-01"))] == [
        "2031-03-05",
        "2030-01",
    ]


def test_kept_json_text_is_the_field_itself(tmp_path: Path) -> None:
    text = f"\n Ferry late\r\n\n{BODY}\u00a0 -;- \nAdd comment\n\n"
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": text}), encoding="utf-8")
    assert only(path, Settings(keep_text=True)).text == text


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    (tmp_path / "b.txt").write_text(BODY, encoding="utf-8")
    assert articles(tmp_path) == articles(tmp_path)


def test_long_inputs_are_read_as_a_stream() -> None:
    class Endless(io.RawIOBase):
        """A million records, of which only a few are asked for."""

        taken = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.taken += 1
            assert self.taken < 100, "reads far ahead of what is asked for"
            return (json.dumps(RECORD).encode() + b"\n") * 20

    found = read(["-"], PLAIN, stdin=Endless())  # type: ignore[arg-type]
    assert isinstance(next(found), Article)
    assert isinstance(next(found), Article)


ENGLISH = "The café’s owner – a naïve señor – said “no”. He left for Malmö à pied."
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8", "utf-32"]


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("text", [ENGLISH, ARABIC, BODY, f"{BODY}\r\n{ARABIC}"])
def test_unicode_encodings_are_told_by_mark_or_by_their_zeros(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", ENGLISH), ("cp1252", "Der Bürgermeister von Zürich grüßte; Ægir Ålesund über Größe."),
        ("cp1256", ARABIC), ("cp1256", f"The minister wrote: {ARABIC} “No.”"), ("cp1256", "قال le café إن à Beyrouth"),
    ],
)  # fmt: skip
def test_windows_encodings_are_told_apart_by_their_letters(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_settings_force_an_encoding(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes("Министр сказал, что порт закрыт до вторника.".encode("koi8-r"))
    assert only(path, Settings(encoding="koi8-r")).text.startswith("Министр")
    with pytest.raises(ConfigError, match="no codec"):
        read([path], Settings(encoding="utf-nine"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252"])
def test_json_lines_and_tables_may_be_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    lines = tmp_path / "news.jsonl"
    lines.write_bytes(
        "\n".join(json.dumps({"text": t}, ensure_ascii=False) for t in [ENGLISH, BODY]).encode(encoding)
    )
    table = tmp_path / "news.csv"
    table.write_bytes(f'id,text\n1,"{ENGLISH}"\n2,"{BODY}"\n'.encode(encoding))
    keep = Settings(keep_text=True)
    for path in (lines, table):
        assert [a.text for a in articles(path, settings=keep)] == [ENGLISH, BODY]


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_marked_or_utf8_text_always_decodes_to_itself(text: str, encoding: str) -> None:
    text = text.lstrip("\ufeff") or "x"
    if encoding == "utf-8" and "\x00" in text:
        text = text.replace("\x00", "0")
    assert decode(text.encode(encoding)) == text
