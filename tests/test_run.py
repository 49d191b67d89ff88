"""A run into a store: same bytes however many workers, nothing lost or doubled however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fakes import make_fake_coder
from masudi.config import Settings
from masudi.errors import StoreError
from masudi.run import run
from masudi.store import check_parts, open_store

HERE = Path(__file__).parent


def articles(folder: Path, number: int, *, word: str = "") -> Path:
    path = folder / "articles.jsonl"
    lines = [
        {"id": f"n{i}", "published": "2025-06-24", "publisher": "P", "title": f"Title {i}",
         "text": f"On day {i} Rebels{i} attacked Loyalists{i % 3} near the river. {word} Nothing else happened there."}
        for i in range(number)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def a_run(source: Path, store: Path, **settings: object) -> object:
    values = {"part_articles": 4, "workers": 2} | settings
    return run([source], store, Settings(**values), make_coder=make_fake_coder)  # type: ignore[arg-type]


def content(store: Path) -> dict[str, bytes]:
    """Every byte that counts: the manifest, the parts, the failures."""
    files = [store / "manifest.jsonl", store / "failures.parquet", *sorted((store / "parts").iterdir())]
    return {str(f.relative_to(store)): f.read_bytes() for f in files}


def test_run_gives_the_same_bytes_with_one_worker_and_with_two(tmp_path: Path) -> None:
    source = articles(tmp_path, 18)
    a_run(source, tmp_path / "one", workers=1)
    a_run(source, tmp_path / "two", workers=2)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_run_again_codes_nothing_and_changes_no_byte(tmp_path: Path) -> None:
    source = articles(tmp_path, 9)
    a_run(source, tmp_path / "store")
    before = content(tmp_path / "store")
    counts = a_run(source, tmp_path / "store")
    assert (counts.coded, counts.skipped) == (0, 9)  # type: ignore[attr-defined]
    assert content(tmp_path / "store") == before


def test_run_adds_only_what_is_new(tmp_path: Path) -> None:
    a_run(articles(tmp_path, 5), tmp_path / "store")
    counts = a_run(articles(tmp_path, 9), tmp_path / "store")
    assert (counts.coded, counts.skipped) == (4, 5)  # type: ignore[attr-defined]
    with open_store(tmp_path / "store") as store:
        assert store.query("SELECT count(*) AS n, count(DISTINCT id) AS d FROM articles") == [{"n": 9, "d": 9}]
        assert store.query("SELECT count(*) AS n FROM reports") == [{"n": 9}]


def test_run_counts_the_same_article_once(tmp_path: Path) -> None:
    source = articles(tmp_path, 3)
    source.write_text(source.read_text() * 2)
    counts = a_run(source, tmp_path / "store")
    assert (counts.read, counts.coded, counts.skipped) == (6, 3, 3)  # type: ignore[attr-defined]


def test_run_keeps_a_failure_as_a_row_and_its_neighbours(tmp_path: Path) -> None:
    source = articles(tmp_path, 6)
    lines = source.read_text().splitlines()
    lines[1] = lines[1].replace("Nothing else", "SPOIL ANALYSIS. Nothing else")
    lines[2] = lines[2].replace("Nothing else", "SPOIL CODING. Nothing else")
    lines[3] = "{broken"
    source.write_text("\n".join(lines) + "\n")
    counts = a_run(source, tmp_path / "store")
    assert counts.failed == {"analyse": 1, "code": 1, "read": 1}  # type: ignore[attr-defined]
    with open_store(tmp_path / "store") as store:
        assert store.query("SELECT count(*) AS n FROM articles") == [{"n": 5}]
        assert store.query("SELECT count(*) AS n FROM reports") == [{"n": 3}]
        rows = store.query("SELECT * FROM failures ORDER BY stage")
    assert [row["stage"] for row in rows] == ["analyse", "code", "read"]
    assert "articles.jsonl" in rows[2]["message"] or "articles.jsonl" in rows[2]["article"]
    again = a_run(source, tmp_path / "store")
    assert again.coded == 0 and again.failed == {}  # type: ignore[attr-defined]


def test_run_survives_an_article_that_kills_its_process(tmp_path: Path) -> None:
    source = articles(tmp_path, 7)
    lines = source.read_text().splitlines()
    lines[5] = lines[5].replace("Nothing else", "KILL THE PROCESS. Nothing else")
    source.write_text("\n".join(lines) + "\n")
    counts = a_run(source, tmp_path / "store")
    assert counts.failed == {"code": 1}  # type: ignore[attr-defined]
    with open_store(tmp_path / "store") as store:
        assert store.query("SELECT count(*) AS n FROM reports") == [{"n": 6}]
        assert store.query("SELECT error FROM failures") == [{"error": "WorkerDied"}]


PROBE = """
import sys
from pathlib import Path
from fakes import make_fake_coder
from masudi.config import Settings
from masudi.run import run
if __name__ == "__main__":
    run([sys.argv[1]], Path(sys.argv[2]), Settings(part_articles=4, workers=2), make_coder=make_fake_coder)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 2, 4])
def test_run_killed_and_taken_up_ends_as_an_undisturbed_one(tmp_path: Path, after: int) -> None:
    """Kill the whole process group when `after` parts are in the manifest, in the midst of the next."""
    source = articles(tmp_path, 40, word="SLOW")
    a_run(source, tmp_path / "whole")
    probe = tmp_path / "probe.py"
    probe.write_text(PROBE)
    store = tmp_path / "killed"
    line = [sys.executable, str(probe), str(source), str(store)]
    environment = os.environ | {"PYTHONPATH": str(HERE)}
    process = subprocess.Popen(line, env=environment, start_new_session=True)
    manifest = store / "manifest.jsonl"
    deadline = time.monotonic() + 120
    while not (manifest.is_file() and manifest.read_bytes().count(b'"part"') >= after):
        assert process.poll() is None and time.monotonic() < deadline, "the run ended before it could be killed"
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with manifest.open("ab") as torn:
        torn.write(b'{"part": "to')
    with open_store(store) as half:
        assert half.query("SELECT count(*) AS n FROM articles")[0]["n"] >= 4 * after
    subprocess.run(line, env=environment, check=True)
    assert content(store) == content(tmp_path / "whole")
    assert check_parts(store) == []
    assert not list(store.rglob("*.tmp"))


def test_run_refuses_a_store_that_another_run_holds(tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "store").mkdir()
    with (tmp_path / "store" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another run is writing here"):
            a_run(articles(tmp_path, 1), tmp_path / "store")
