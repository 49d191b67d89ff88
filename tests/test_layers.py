"""Who may import whom: the table of the house, enforced."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import masudi

ROOT = Path(masudi.__file__).parent
EVERYWHERE = {"records", "errors"}
STAGE = {"config", "lexicon", "text", "syntax", "tree", "layers", "chronology"}
LAYERS: dict[str, set[str]] = {
    "records": set(),
    "errors": set(),
    "text": set(),
    "config": {"text"},
    "lexicon": {"text"},
    "syntax": {"text"},
    "tree": set(),
    "layers": set(),
    "chronology": {"text", "syntax", "tree", "lexicon"},
    "crosswalk": {"lexicon"},
    "days": set(),
    "explain": {"days"},
    "read": STAGE,
    "analyse": STAGE,
    "resolve": STAGE,
    "attribute": STAGE,
    "coding": STAGE,
    "store": {"config", "text"},
    "review": {"config", "store"},
    "export": {"config", "store", "explain", "review"},
    "pipeline": STAGE | {"read", "analyse", "resolve", "attribute", "coding"},
    "run": {"config", "text", "pipeline", "store", "__init__"},
    "spacy_component": {"pipeline", "config", "text"},
    "web": {"days", "config", "store", "review", "export", "explain", "__init__"},
}
FREE = {"cli", "__init__", "__main__"}  # the command line may use anything; the package's door only points


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and part of every import of masudi in `path`, inside functions too."""
    package = path.relative_to(ROOT.parent).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "masudi" else [module]
        for name in names:
            if name == "masudi" or name.startswith("masudi."):
                inner = name.removeprefix("masudi").strip(".").split(".")[0]
                part = inner if (ROOT / inner).is_dir() or (ROOT / f"{inner}.py").is_file() else "__init__"
                yield node.lineno, part


FILES = sorted(p for p in ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_layers_hold(path: Path) -> None:
    part = part_of(path)
    if part in FREE:
        return
    assert part in LAYERS, f"{path}: a new part; give it a row in LAYERS and in docs/explain/house.md"
    allowed = LAYERS[part] | EVERYWHERE | {part}
    wrong = [f"{path}:{line}: imports {name}" for line, name in imports_of(path) if name not in allowed]
    assert not wrong, "\n".join(wrong)


def test_layers_see_an_import_inside_a_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "masudi" / "coding" / "x.py"
    room.parent.mkdir(parents=True)
    room.write_text("def f():\n    from ..attribute import y\n    return y\n")
    (tmp_path / "masudi" / "attribute").mkdir()
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path / "masudi")
    assert list(imports_of(room)) == [(2, "attribute")]
