"""Where the gazetteers leave doubt about names, so that the model's name recogniser is worth asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.strings import StringStore

from ..lexicon import Lexicons, catalogue
from .gate import LemmaFinder, name_phrases

# Tables whose capitalised words need no recogniser: what stands before a name, or is no name.
KNOWN_WORDS = (("en/roles.tsv", "phrase"), ("en/titles.tsv", "title"), ("en/given_names.tsv", "name"))


class _Lowered(dict[int, str | None]):
    """Each form (by its string id) in lower case if it is capitalised, else None; worked out on first sight."""

    def __init__(self, strings: StringStore) -> None:
        self._strings = strings

    def __missing__(self, form: int) -> str | None:
        word = self._strings[form]
        lowered = self[form] = word.lower().replace("’", "'") if word[:1].isupper() else None
        return lowered


class NameDoubt:
    """Says of sentences whether they hold a capitalised run that the lexicons do not account for."""

    def __init__(self, lexicons: Lexicons, lemmas: LemmaFinder, strings: StringStore) -> None:
        self._names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for phrase in name_phrases(lexicons):
            words = tuple(phrase.replace("’", "'").lower().split())
            if words:
                self._names[words[0]].add(words)
        known: set[str] = set()
        for table, column in KNOWN_WORDS:
            if table in catalogue() and column in catalogue()[table].columns:
                for row in lexicons.table(table):
                    known.update(row.need(column).lower().split())
        self._known = frozenset(known)
        self._lemmas = lemmas
        self._lowered = _Lowered(strings)

    def doubts(self, forms: Sequence[int]) -> bool:
        """forms: those of one sentence by their string ids, in order."""
        lowered = self._lowered
        run: list[str] = []
        start = 0
        for at, form in enumerate(forms):
            word = lowered[form]
            if word is not None:
                start = start if run else at
                run.append(word)
            elif run:
                if not self._accounted(run, first=start == 0):
                    return True
                run = []
        return bool(run) and not self._accounted(run, first=start == 0)

    def _accounted(self, run: list[str], *, first: bool) -> bool:
        """Whether the words of a run are gazetteer names, roles, titles, calendar words or ordinary openers."""
        at = 0
        while at < len(run):
            known = [name for name in self._names.get(run[at], ()) if tuple(run[at : at + len(name)]) == name]
            if known:
                at += max(map(len, known))
            elif run[at] in self._known or run[at].rstrip("s") in self._known:
                at += 1
            elif first and at == 0 and self._lemmas.is_ordinary(run[at]):
                at += 1
            elif len(run[at]) == 1:
                at += 1
            else:
                return False
        return True
