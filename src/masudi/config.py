"""Settings: one frozen record from one masudi.toml; the only reader of the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen
from attrs.validators import ge, in_, instance_of, le, optional

from .errors import ConfigError
from .text import iso_bounds

FILE_NAME = "masudi.toml"
ENVIRONMENT = "MASUDI_CONFIG"


def _paths(values: Any) -> tuple[Path, ...]:
    return tuple(Path(value) for value in values)


@frozen(kw_only=True)
class Settings:
    """Everything a run can be told. Each field: name in masudi.toml, default, meaning in `metadata["help"]`."""

    model: str | None = field(
        default=None, validator=optional(instance_of(str)),
        metadata={"help": "spaCy model to parse with; unset: an installed official English model, else ours"})
    gate: str = field(
        default="wide", validator=in_(("wide", "off")),
        metadata={"help": "wide: sentences that can hold nothing we code skip the parser; off: parse all"})
    names: str = field(
        default="doubt", validator=in_(("doubt", "always", "never")),
        metadata={"help": "when the model's name recogniser is asked: where gazetteers leave doubt, always, never"})
    ranker: str = field(
        default="linear", validator=in_(("linear", "encoder", "off")),
        metadata={"help": "what has the last word on each reading of a predicate: linear, the shipped linear model and small network; "
                          "encoder, a small language model in place of the network (extra encoder); off, the rules alone"})
    keep_text: bool = field(
        default=False, validator=instance_of(bool),
        metadata={"help": "leave article.text exactly as the input had it"})
    published: str | None = field(
        default=None, validator=optional(instance_of(str)),
        metadata={"help": "publication day (ISO) for inputs that carry none"})
    encoding: str | None = field(
        default=None, validator=optional(instance_of(str)),
        metadata={"help": "encoding of the input; unset: detected"})
    max_article_mb: float = field(
        default=5.0, validator=ge(0.001),
        metadata={"help": "an article larger than this (MB of text) is a failure, not a wait"})
    lexicons: tuple[Path, ...] = field(
        default=(), converter=_paths,
        metadata={"help": "folders of your own lexicon files; they lie over the built-in ones, later over earlier"})
    gazetteer: Path | None = field(
        default=None, converter=attrs.converters.optional(Path),
        metadata={"help": "file of places used instead of the built-in one; `masudi gazetteer build` makes it, ours included"})
    stages: Mapping[str, str] = field(
        factory=dict,
        metadata={"help": "stage = entry point of group masudi.stages that replaces it"})
    workers: int | None = field(
        default=None, validator=optional(ge(1)),
        metadata={"help": "processes for `masudi run`; unset: one for each core"})
    part_articles: int = field(
        default=200, validator=ge(1),
        metadata={"help": "articles in one Parquet part of a store"})
    failure_limit: float = field(
        default=0.1, validator=[ge(0.0), le(1.0)],
        metadata={"help": "share of failed articles from which the exit status is 1"})

    @published.validator
    def _is_iso(self, _: object, value: str | None) -> None:
        if value is not None and iso_bounds(value) is None:
            raise ValueError(f"published is {value!r}; write it as 2025-06-24, 2025-06 or 2025")


def load_settings(path: Path | None = None, **overrides: Any) -> Settings:
    """Settings from `path`, else the file MASUDI_CONFIG names, else ./masudi.toml if there, else defaults.

    overrides: fields that beat the file; None leaves the file's value.
    Raises ConfigError for an unreadable file, an unknown key or a value out of range.
    """
    source = _find(path)
    values = _read(source) if source else {}
    values.update({name: value for name, value in overrides.items() if value is not None})
    _refuse_unknown(values, source)
    try:
        return Settings(**values)
    except (TypeError, ValueError) as error:
        reason = str(error.args[0] if error.args else error)
        raise ConfigError(f"{source or 'settings'}: {reason}") from error


def _find(path: Path | None) -> Path | None:
    named = path or (Path(os.environ[ENVIRONMENT]) if os.environ.get(ENVIRONMENT) else None)
    if named is not None:
        if not named.is_file():
            raise ConfigError(f"{named}: no such file; --config or {ENVIRONMENT} names it")
        return named
    here = Path(FILE_NAME)
    return here if here.is_file() else None


def _read(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if "lexicons" in values:
        values["lexicons"] = [path.parent / folder for folder in values["lexicons"]]
    if "gazetteer" in values:
        values["gazetteer"] = path.parent / values["gazetteer"]
    return values


def _refuse_unknown(values: Mapping[str, Any], source: Path | None) -> None:
    known = [a.name for a in attrs.fields(Settings)]
    for name in values:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"
            raise ConfigError(f"{source or 'settings'}: no setting {name!r}{hint}")
