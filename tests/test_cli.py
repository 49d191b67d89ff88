"""The command line: what a person types and what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from masudi.cli import COMMANDS, cli

WIRE = ROOT / "examples" / "articles" / "wire-report.txt"
MASUDI = [sys.executable, "-c", "from masudi.cli import main; main()"]


def masudi(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*MASUDI, *map(str, words)], input=stdin, capture_output=True, timeout=300, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_cli_every_command_has_help(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0, done.output
    assert "Usage:" in done.output


@pytest.mark.model
def test_cli_code_prints_json_lines_when_piped_and_explain_reads_them(tmp_path: Path) -> None:
    done = masudi("code", WIRE)
    assert done.returncode == 0, done.stderr.decode()
    coded = json.loads(done.stdout)
    assert coded["schema"] == "masudi/1" and coded["reports"]
    path = tmp_path / "coded.jsonl"
    path.write_bytes(done.stdout)
    told = masudi("explain", coded["reports"][0]["id"], path)
    assert told.returncode == 0, told.stderr.decode()
    assert coded["reports"][0]["type"] in told.stdout.decode()
    assert "because" in told.stdout.decode()


@pytest.mark.model
def test_cli_code_is_deterministic_and_o_writes_only_there(tmp_path: Path) -> None:
    first = masudi("code", WIRE, "-o", tmp_path / "a.jsonl")
    second = masudi("code", WIRE, "-o", tmp_path / "b.jsonl")
    assert (first.returncode, second.returncode, first.stdout) == (0, 0, b"")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


@pytest.mark.model
def test_cli_code_dossier_is_for_reading() -> None:
    done = masudi("code", WIRE, "--format", "dossier")
    page = done.stdout.decode()
    assert "Kenya asks Somalia to free detained fishermen" in page
    assert "REQUEST" in page and "Who says what" in page


@pytest.mark.model
def test_cli_dossier_tells_who_speaks_how_often_and_what_the_author_thinks(tmp_path: Path) -> None:
    text = (
        "Two officials claimed that Kenya had attacked Sudan. The officials asked not to be named. "
        "Kenya's president denied it.\n\nThe shameful attack on Sudan was absurd."
    )
    done = masudi("code", "-", "--format", "dossier", stdin=text.encode())
    page = " ".join(done.stdout.decode().split())
    assert "Who speaks, and how often" in page and "asked not to be named" in page
    assert "(distancing)" in page
    assert "Words of judgement" in page and "shameful negative the author" in page


@pytest.mark.model
def test_cli_code_reads_stdin_and_tells_failures(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 50)
    done = masudi("code", tmp_path / "empty.txt", tmp_path / "noise.bin", "-", stdin=WIRE.read_bytes())
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["article"] is None for line in lines] == [True, True, False]
    assert "empty.txt" in lines[0]["failures"][0]["message"]
    assert done.returncode == 1 and b"2 of 3 failed" in done.stderr


@pytest.mark.model
def test_cli_run_export_and_doctor_agree(tmp_path: Path) -> None:
    store = tmp_path / "store"
    done = masudi("run", ROOT / "examples" / "articles", "-o", store, "--workers", "1")
    assert done.returncode == 0, done.stderr.decode()
    assert b"coded 9" in done.stderr
    out = masudi("export", "jsonl", store)
    exported = {c["article"]["id"]: c for c in map(json.loads, out.stdout.splitlines())}
    alone = json.loads(masudi("code", WIRE).stdout)
    assert exported[alone["article"]["id"]]["reports"] == alone["reports"]
    checked = masudi("doctor", store)
    assert checked.returncode == 0, checked.stdout.decode()
    assert "9 articles" in checked.stdout.decode()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["code", "--gate", "narrow", "x"], "narrow"),
        (["export", "csv", "nowhere"], "no store here"),
        (["code", "--config", "nowhere.toml", "x"], "no such file"),
        (["serve", "nowhere", "--host", "0.0.0.0"], "use --accounts"),
        (["lexicon", "check", "en/rols.tsv"], "did you mean 'en/roles.tsv'"),
    ],
)
def test_cli_wrong_use_is_status_2_and_one_clear_line(words: list[str], says: str) -> None:
    done = masudi(*words)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
