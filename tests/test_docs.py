"""Docs that cannot drift: generated pages are fresh, links lead somewhere, examples run, commands exist."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from masudi.cli import COMMANDS

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "examples").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"```(console|python)\n(.*?)```", re.S)


def generator() -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.PAGES)


@pytest.mark.parametrize("name", list(generator()))
def test_docs_generated_pages_are_fresh(name: str) -> None:
    made = generator()[name]()  # type: ignore[operator]
    assert (DOCS / name).read_text(encoding="utf-8") == made, "stale: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_docs_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_docs_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme and "make test" in readme


def test_docs_name_only_commands_that_exist() -> None:
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
            for name in re.findall(r"^\$ masudi ([a-z]+)", block, re.M):
                assert name in COMMANDS, f"{page}: masudi {name}"


def blocks() -> list[object]:
    out = []
    for page in PAGES:
        for number, (kind, code) in enumerate(BLOCK.findall(page.read_text(encoding="utf-8"))):
            out.append(pytest.param(kind, code, id=f"{page.relative_to(ROOT)}:{number}"))
    return out


@pytest.mark.model
@pytest.mark.parametrize(("kind", "code"), blocks())
def test_docs_examples_run(kind: str, code: str, tmp_path: Path) -> None:
    """Python blocks run as they stand; console blocks line by line, in a folder that holds `examples`."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    if kind == "python":
        (tmp_path / "block.py").write_text(code, encoding="utf-8")
        lines = ["python block.py"]
    else:
        lines = [line[2:] for line in code.splitlines() if line.startswith("$ ")]
    for line in lines:
        if re.match(r"(make|pip|git|masudi serve|python docs/|python bench/|python -m venv)", line):
            continue  # sets up, serves for ever, or measures: not for here
        path = f"PATH={ROOT / '.venv' / 'bin'}:$PATH"
        done = subprocess.run(
            f"{path}; {line}", shell=True, check=False, cwd=tmp_path, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
