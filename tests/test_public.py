"""The public face: what `import masudi` gives, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import masudi


def test_public_names_are_the_ones_promised() -> None:
    assert sorted(masudi.__all__) == sorted([
        "Article", "CodedArticle", "Coder", "Failure", "MasudiError", "Report", "Settings", "Statement",
        "Tools", "__version__", "load", "load_settings",
    ])  # fmt: skip


def test_public_names_can_all_be_had() -> None:
    for name in masudi.__all__:
        assert getattr(masudi, name) is not None


def test_importing_loads_no_model_and_no_spacy() -> None:
    probe = "import masudi, sys; print([m for m in ('spacy', 'numpy', 'duckdb', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    try:
        masudi.nothing_of_the_kind  # type: ignore[attr-defined]
    except AttributeError as error:
        assert "nothing_of_the_kind" in str(error)
    else:
        raise AssertionError("no AttributeError")
