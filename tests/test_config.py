"""Settings: one file, flags over it, clear words when a value is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from masudi.config import load_settings
from masudi.errors import ConfigError


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "masudi.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_of_a_flag_beat_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'gate = "off"\npublished = "2020-01-02"\n')
    settings = load_settings(path, published="2021-03-04", gate=None)
    assert (settings.gate, settings.published) == ("off", "2021-03-04")


def test_settings_folders_are_seen_from_the_file(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, 'lexicons = ["mine"]')).lexicons == (tmp_path / "mine",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gait = 'off'", "no setting 'gait'; did you mean 'gate'"),
        ("gate = 'narrow'", "gate"),
        ("published = 'June'", "write it as 2025-06-24"),
        ("workers = 0", "workers"),
        ("gate = ", "not TOML"),
        ("failure_limit = 3.0", "failure_limit"),
    ],
)
def test_settings_say_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load_settings(write(tmp_path, text))


def test_settings_name_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(tmp_path / "none.toml")


def test_settings_file_can_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASUDI_CONFIG", str(write(tmp_path, "part_articles = 7")))
    assert load_settings().part_articles == 7
