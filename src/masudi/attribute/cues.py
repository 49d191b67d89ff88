"""The words that announce a statement, as `en/cues.tsv` lists them, ready to be asked by lemma and complement."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..errors import LexiconError
from ..lexicon import Lexicons, Row
from ..records import FORCES

CUES = "en/cues.tsv"
SILENT = "en/not_sources.tsv"
CARRIERS = "en/carriers.tsv"
COMPLEMENTS = (
    "clause", "to", "np-to", "ing", "as", "np", "np-as", "np-p", "p", "is", "frame",
    "be-clause", "be-to", "be-as", "be-p", "be-np", "lends",
)  # fmt: skip
DEFAULT_FORCE = "assert"


@frozen
class Cue:
    """One entry: which words, with what complement, say that somebody says, thinks or wishes something.

    weight: how surely the pattern is a statement, 0..1. row: `file:line`, for `because`.
    """

    lemma: str
    force: str
    weight: float
    row: str


class CueBook:
    """The cues by part of speech, lemma, particle, complement and preposition.

    silent: lemmas of what says nothing though things go by it: "according to law". carriers: of what bears words.
    Raises LexiconError on first use of a malformed row, as Lexicons does.
    """

    def __init__(self, rows: Iterable[Row], *, silent: Iterable[str] = (), carriers: Iterable[str] = ()) -> None:
        self.silent, self.carriers = frozenset(silent), frozenset(carriers)
        self._cues: dict[tuple[str, str, str, str, str], Cue] = {}
        self._lemmas: dict[str, set[str]] = {}
        self._best: dict[tuple[str, str], Cue] = {}
        for row in rows:
            pos, lemma, complement = row.need("pos"), row.need("lemma"), row.need("complement")
            key = (pos, lemma, row["particle"] or "", complement, row["prep"] or "")
            _check(row)
            cue = Cue(lemma, row["force"] or DEFAULT_FORCE, float(row["weight"] or 0.5), row.where)
            self._cues[key] = cue
            self._lemmas.setdefault(pos, set()).add(lemma)
            held = self._best.get((pos, lemma))
            if held is None or held.weight < cue.weight:
                self._best[pos, lemma] = cue

        self._phrases = {tuple(key[1].split()): cue for key, cue in self._cues.items() if key[0] == "ADP"}

    @classmethod
    def of(cls, lexicons: Lexicons) -> CueBook:
        """The cues of one run: the built-in ones with the user's own on top."""
        silent = (row.need("lemma") for row in lexicons.table(SILENT))
        carriers = (row.need("lemma") for row in lexicons.table(CARRIERS))
        return cls(lexicons.table(CUES), silent=silent, carriers=carriers)

    def knows(self, pos: str, lemma: str) -> bool:
        """Whether any entry has this word in this part of speech."""
        return lemma in self._lemmas.get(pos, ())

    def any(self, pos: str, lemma: str) -> Cue | None:
        """The weightiest entry of this word, whatever its complement; None when it has none."""
        return self._best.get((pos, lemma))

    def find(
        self, pos: str, lemma: str, complement: str, *, prep: str = "", particle: str = ""
    ) -> Cue | None:
        """The entry for this word with this complement; None when there is none."""
        return self._cues.get((pos, lemma, particle, complement, prep))

    def phrases(self) -> dict[tuple[str, ...], Cue]:
        """Prepositional cues ("according to") by their words."""
        return self._phrases


def _check(row: Row) -> None:
    for column, allowed in (("complement", COMPLEMENTS), ("force", FORCES)):
        value = row[column]
        if value is not None and value not in allowed:
            raise LexiconError(f"{row.where}: {column} {value!r}; allowed: {', '.join(allowed)}")
