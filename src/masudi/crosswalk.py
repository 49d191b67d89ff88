"""CAMEO and PLOVER: from a code of the one to the code of the other, by `cameo/crosswalk.tsv` and `cameo/from_plover.tsv`."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from .lexicon import Lexicons, Row

CROSSWALK = "cameo/crosswalk.tsv"
FROM_PLOVER = "cameo/from_plover.tsv"


@frozen(kw_only=True)
class Plover:
    """What a CAMEO code becomes. type: None for words alone (roots 01 and 02)."""

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    definition: str


@frozen
class Crosswalk:
    """Both directions of the conversion, each a look-up."""

    _codes: Mapping[str, Row]
    _nearest: Mapping[tuple[str, str | None], str]

    def plover(self, cameo: str) -> Plover | None:
        """The PLOVER coding of a CAMEO code; that of its parent where the table stops short; None for no such code."""
        while cameo and cameo not in self._codes:
            cameo = cameo[:-1] if len(cameo) > 2 else ""
        if not cameo:
            return None
        row = self._codes[cameo]
        return Plover(type=row["type"], mode=row["mode"], contexts=row.many("contexts"), definition=row.need("definition"))

    def cameo(self, type: str, mode: str | None = None) -> str | None:
        """The CAMEO code nearest to a PLOVER type and mode; that of the type for an unknown mode; None for no such type."""
        return self._nearest.get((type, mode)) or self._nearest.get((type, None))


def load_crosswalk(lexicons: Lexicons | None = None) -> Crosswalk:
    """The conversion as the lexicons have it. lexicons: with a user's folder on top; None: the built-in ones."""
    lexicons = lexicons or Lexicons()
    nearest = {(r.need("type"), r["mode"]): r.need("cameo") for r in lexicons.table(FROM_PLOVER)}
    return Crosswalk({row.need("cameo"): row for row in lexicons.table(CROSSWALK)}, nearest)
