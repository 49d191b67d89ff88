"""Bad input: each fault is one ReadError value that names the place and the cause; reading goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from masudi.config import Settings
from masudi.errors import ReadError
from masudi.read import read, read_text
from masudi.records import Article

PLAIN = Settings()
BODY = "The ferry to Bergen was late on Monday. The harbour master said that a storm had closed the sound."
GOOD = json.dumps({"id": "good", "text": BODY})


def items(
    *inputs: Path | str, settings: Settings = PLAIN, stdin: io.BytesIO | None = None
) -> list[Article | ReadError]:
    return list(read(inputs, settings, stdin=stdin))


def fault(item: Article | ReadError, place: str, *causes: str) -> None:
    """`item` is a ReadError of this stage at `place` whose message says the place and each of `causes`."""
    assert isinstance(item, ReadError), item
    assert item.stage == "read"
    assert item.article == place
    assert str(item).startswith(f"{place}: ")
    for cause in causes:
        assert cause in str(item), str(item)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "zz-good.txt"
    path.write_text(BODY, encoding="utf-8")
    return path


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\r\n ", "is empty"),
        ("mark.txt", b"\xef\xbb\xbf", "is empty"),
        ("empty.html", b"", "is empty"),
        ("empty.jsonl", b"", "is empty"),
        ("blank.jsonl", b"\n\n", "is empty"),
        ("empty.json", b"[]", "empty array"),
        ("empty.csv", b"", "is empty"),
        ("empty.txt.gz", gzip.compress(b"", mtime=0), "is empty"),
        ("picture.txt", PNG, "PNG"),
        ("picture", PNG, "PNG"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        ("paper.docx", b"PK\x03\x04\x14\x00\x06\x00" + bytes(50), "zip"),
        ("noise.txt", bytes(range(256)) * 50, "binary"),
        ("noise.jsonl", bytes(range(256)) * 50, "binary"),
        ("noise.txt.gz", gzip.compress(bytes(range(256)) * 50), "binary"),
        ("damaged.txt", ("Malmö, Größe, señor, café. " * 20).encode() + b"\xff end", "damaged UTF-8"),
        ("other.txt", "Министр сказал, что порт закрыт до вторника.".encode("cp1251"), "set encoding"),
        ("odd.txt", b"\xff\xfe" + BODY.encode("utf-16-le") + b"\x00", "utf-16-le"),
        ("nav.html", b"<html><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav></body></html>", "without an article"),
        ("bare.html", b"<html><head><title>Log in</title></head><body></body></html>", "without an article"),
        ("feed.xml", b"<?xml version='1.0'?><rss><channel><title>News</title></channel></rss>", "XML"),
        ("buttons.txt", b"Add comment\nShare this article\n", "furniture"),
        ("short.txt.gz", gzip.compress(os.urandom(5000).hex().encode())[:2000], "cut off"),
        ("fake.gz", b"\x1f\x8b\x08 this is no archive", "gzip"),
        ("broken.json", b'[{"text": "a"}, {"text": ', "not JSON"),
        ("notext.csv", b"id,title\n1,Ferry\n", "no column 'text'"),
    ],
)  # fmt: skip
def test_bad_file_is_one_error_and_the_next_file_is_read(
    tmp_path: Path, good: Path, name: str, data: bytes, cause: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    first, second = items(bad, good)
    fault(first, bad.as_posix(), cause)
    assert isinstance(second, Article)
    in_folder = items(tmp_path)
    assert [type(item) for item in in_folder] == [ReadError, Article]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('{"text": "half', "not JSON"),
        ("plain words", "not JSON"),
        ('["text"]', "an array, not an object"),
        ('"text"', "a string, not an object"),
        ("17", "a number, not an object"),
        ("null", "null, not an object"),
        ("{}", "no 'text'"),
        ('{"body": "x", "id": 3}', "its fields are: body, id"),
        ('{"text": null}', "no 'text'"),
        ('{"text": 5}', "a number; it must be a string"),
        ('{"text": ["a"]}', "an array; it must be a string"),
        ('{"text": ""}', "is empty"),
        ('{"text": " \\n "}', "is empty"),
        ('{"text": "\\u200b"}', "invisible"),
        ('{"text": "half \\ud800 pair"}', "not JSON"),
    ],
)
def test_bad_line_of_json_lines_costs_that_line_alone(tmp_path: Path, line: str, cause: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join([GOOD, line, "", GOOD]), encoding="utf-8")
    first, bad, last = items(path)
    assert isinstance(first, Article)
    fault(bad, f"{path.as_posix()}:2", cause)
    assert isinstance(last, Article)


def test_bad_element_of_a_json_array_costs_that_element_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text(f"[{GOOD}, 5, {{}}, {GOOD}]", encoding="utf-8")
    found = items(path)
    assert [type(item) for item in found] == [Article, ReadError, ReadError, Article]
    fault(found[1], f"{path.as_posix()}:2", "a number, not an object")
    fault(found[2], f"{path.as_posix()}:3", "no 'text'")


def test_undecodable_line_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    bad = json.dumps({"text": "Malmö and Århus and señor"}, ensure_ascii=False).encode() + b"\xff"
    path.write_bytes(b"\n".join([GOOD.encode(), bad, GOOD.encode()]))
    first, error, last = items(path)
    assert isinstance(first, Article)
    fault(error, f"{path.as_posix()}:2", "damaged UTF-8")
    assert isinstance(last, Article)


def test_unreadable_date_is_told_and_the_article_kept_without_one(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": BODY, "published": "last week"}) + "\n" + GOOD, encoding="utf-8")
    article, error, other = items(path, settings=Settings(published="2031"))
    assert isinstance(article, Article)
    assert (article.text, article.published) == (BODY, None)
    fault(error, f"{path.as_posix()}:1", "'last week' is no date", "2025-06-24")
    assert isinstance(other, Article)
    assert other.published == "2031"


def test_bad_date_in_the_hand_of_a_caller_is_raised() -> None:
    with pytest.raises(ReadError, match="is no date") as caught:
        read_text(BODY, settings=PLAIN, published="soon", path="x.txt")
    assert (caught.value.article, caught.value.stage) == ("x.txt", "read")
    with pytest.raises(ReadError, match="is empty"):
        read_text("  \n", settings=PLAIN)
    with pytest.raises(ReadError, match="surrogate"):
        read_text("half \ud800 pair", settings=PLAIN)


def test_missing_path_is_told(tmp_path: Path, good: Path) -> None:
    missing = tmp_path / "gone.txt"
    first, second = items(missing, good)
    fault(first, missing.as_posix(), "no such file")
    assert isinstance(second, Article)


def test_impossible_path_is_told(good: Path) -> None:
    first, second = items("a\x00b.txt", good)
    assert isinstance(first, ReadError)
    assert isinstance(second, Article)


def test_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text(BODY, encoding="utf-8")
    fault(items(tmp_path)[0], tmp_path.as_posix(), "without files")


def test_broken_link_is_told_and_a_link_in_a_circle_is_not_followed(tmp_path: Path, good: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    first, second = items(tmp_path)
    fault(first, (tmp_path / "link.txt").as_posix(), "no such file")
    assert isinstance(second, Article)


def test_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path: Path, good: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    first, second = items(tmp_path)
    fault(first, (tmp_path / "pipe").as_posix(), "no ordinary file")
    assert isinstance(second, Article)


def test_file_and_folder_without_permission_are_told(
    tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "a-locked.txt"
    locked.write_text(BODY, encoding="utf-8")
    closed = tmp_path / "b-closed"
    closed.mkdir()
    (closed / "x.txt").write_text(BODY, encoding="utf-8")
    _lock(locked, closed, monkeypatch)
    try:
        first, second, third = items(tmp_path)
    finally:
        closed.chmod(0o700)
    fault(first, locked.as_posix(), "permissions")
    fault(second, closed.as_posix(), "permissions")
    assert isinstance(third, Article)


def _lock(file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the permissions away; for a super-user, whom none bind, the system's answer is played."""
    if os.geteuid() != 0:
        file.chmod(0)
        folder.chmod(0)
        return
    real_open, real_scandir = Path.open, os.scandir

    def refuse_open(self: Path, *args: object, **kwargs: object) -> object:
        if self == file:
            raise PermissionError(13, "Permission denied")
        return real_open(self, *args, **kwargs)  # type: ignore[arg-type, call-overload]

    def refuse_scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_scandir)


def test_standard_input_that_is_not_at_hand_is_told(good: Path) -> None:
    first, second = items("-", good)
    fault(first, "stdin", "not at hand")
    assert isinstance(second, Article)


def test_bad_line_on_standard_input_has_its_number() -> None:
    _, bad, _ = items("-", stdin=io.BytesIO(f"{GOOD}\n{{\n{GOOD}\n".encode()))
    fault(bad, "stdin:2", "not JSON")


def test_cut_off_archive_gives_its_whole_lines_first(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    lines = "".join(
        json.dumps({"id": i, "text": f"{BODY} {os.urandom(300).hex()}"}) + "\n" for i in range(600)
    )
    packed = gzip.compress(lines.encode())
    path.write_bytes(packed[: len(packed) * 2 // 3])
    found = items(path)
    read_so_far = [item.given_id for item in found if isinstance(item, Article)]
    assert 300 < len(read_so_far) < 450
    assert read_so_far == [str(i) for i in range(len(read_so_far))]
    assert len(found) == len(read_so_far) + 1
    fault(found[-1], path.as_posix(), "cut off")


SMALL = Settings(max_article_mb=0.01)


def test_line_larger_than_the_limit_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join([GOOD, json.dumps({"text": "long " * 5000}), GOOD]), encoding="utf-8")
    first, big, last = items(path, settings=SMALL)
    assert isinstance(first, Article)
    fault(big, f"{path.as_posix()}:2", "a line of 0.025 MB", "limit is 0.01 MB", "max_article_mb")
    assert isinstance(last, Article)


def test_line_of_fifty_megabytes_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    with path.open("wb") as file:
        file.write(GOOD.encode() + b'\n{"text": "')
        for _ in range(50):
            file.write(b"long " * 200_000)
        file.write(b'"}\n' + GOOD.encode() + b"\n")
    tracemalloc.start()
    try:
        first, big, last = items(path, settings=Settings(max_article_mb=1))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(first, Article)
    fault(big, f"{path.as_posix()}:2", "a line of 50 MB")
    assert isinstance(last, Article)
    assert peak < 12_000_000


@pytest.mark.parametrize("name", ["news.txt", "news.txt.gz"])
def test_text_larger_than_the_limit_is_told(tmp_path: Path, good: Path, name: str) -> None:
    path = tmp_path / name
    data = (BODY + "\n").encode() * 1000
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    first, second = items(path, good, settings=SMALL)
    fault(first, path.as_posix(), f"a text of {len(data) / 1e6:.3g} MB")
    assert isinstance(second, Article)


def test_table_rows_that_are_broken_cost_those_rows_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    rows = [
        "id,text",
        f'1,"{BODY}"',
        f"2,{BODY}, and more, and more",
        "3,",
        f'4,"{BODY}" or not',
        f'5,"{BODY}"',
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    found = items(path)
    assert [i.given_id if isinstance(i, Article) else i.article for i in found] == [
        "1", f"{path.as_posix()}:3", f"{path.as_posix()}:4", f"{path.as_posix()}:5", "5",
    ]  # fmt: skip
    fault(found[1], f"{path.as_posix()}:3", "4 cells and the header 2")
    fault(found[2], f"{path.as_posix()}:4", "no 'text'")
    fault(found[3], f"{path.as_posix()}:5", "broken row")


def test_quotation_mark_that_is_never_closed_costs_its_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(
        "\n".join(["id,text", f'1,"{BODY}', f"2,{BODY.replace(',', '')}", f"3,{BODY}"]), encoding="utf-8"
    )
    found = items(path)
    fault(found[0], f"{path.as_posix()}:2", "broken row", "quotation marks")
    assert [i.given_id for i in found[1:] if isinstance(i, Article)] == ["2", "3"]


def test_table_row_larger_than_the_limit_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    long = "\n".join([BODY] * 300)
    path.write_text(f'id,text\n1,"{BODY}"\n2,"{long}"\n3,"{BODY}"\n', encoding="utf-8")
    first, big, last = items(path, settings=SMALL)
    assert isinstance(first, Article)
    fault(big, f"{path.as_posix()}:3", "a row (to line 302)")
    assert isinstance(last, Article)
    assert last.given_id == "3"


def test_many_bad_files_leave_no_file_open(tmp_path: Path) -> None:
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    count = min(soft + 50, 1500)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{\n", encoding="utf-8")
    found = items(*[bad] * count)
    assert len(found) == count
    assert all(isinstance(item, ReadError) for item in found)
