"""Train the ranker and the chooser of sides: which readings of predicates are events of which type, and whose.

    python training/ranker.py --news FOLDER [--check]

Learns from training/events, training/articles, the examples of the codebook's rulings, and the news labelled in training/news,
whose texts lie in FOLDER. Every trigger the lexicon proposes is
a row: its class is the type of the written event it overlaps, or NONE. Where that is the type the lexicon proposed, every phrase of
the sentence is a row of the second model: actor, recipient or neither. How sure masudi is of a report is fitted apart
(training/calibration.py) and stays as it is. --check prints what the rules, and the rules with the models, get right on the
held-out fifths, and writes nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import articles
import corpus
import fit
import news
import numpy as np
from attrs import evolve, frozen

import masudi
from masudi.coding import readings_in
from masudi.coding.classify import Reading
from masudi.coding.gist import EVENTS, band_of, vector_of
from masudi.coding.gist import MODEL as GIST
from masudi.coding.linear import Linear, load_linear
from masudi.coding.ranker import DROP, NONE, REVIVE, described
from masudi.coding.ranker import MODEL as RANKER
from masudi.coding.roles import Parties, Party, Roles
from masudi.coding.sides import ACTOR, NEITHER, RECIPIENT, Sides, is_filled, settled
from masudi.coding.sides import MODEL as SIDES
from masudi.coding.sides import described as unit_features
from masudi.coding.views import make_look
from masudi.coding.words import load_words
from masudi.lexicon import Lexicons
from masudi.read import read_text
from masudi.records import Findings, Span
from masudi.tree import tree_of

STRENGTH = 0.5
SIDES_STRENGTH = 0.2
GIST_STRENGTH = 10.0
RULINGS = ("plover/disputes.tsv", "plover/precedence.tsv", "plover/status.tsv")
RULING_WEIGHT = 6.0
NEWS_WEIGHT = 1.0
OVERLOOKED = 0.5  # what a reader of news left unmarked counts so much less: more is overlooked than invented
ARTICLE_WEIGHT = 2.0  # closer to what is coded than single sentences
FOLDS = 5
HUNG = re.compile(r",? (of|from|in|at|on|near|with|for|who|that|which|whose|whom)\b")
TOLD_ON = "2020-01-01"


@frozen(eq=False)
class Example:
    """One reading of one trigger. group: the sentence or article it stands in. gold: its type, or NONE.

    sides: what each unit is to the event; None where the type is wrong or the gold names no parties.
    """

    group: int
    reading: Reading
    gold: str
    weight: float = 1.0
    wanted: tuple[bool, bool] = (False, False)
    units: Sequence[Party] = ()
    unit_features: Sequence[Sequence[str]] = ()
    sides: Sequence[str] | None = None


@frozen(eq=False)
class About:
    """An article: the direction its words lie in, and whether it tells of more than one event."""

    group: int
    vector: np.ndarray
    told: bool


@frozen(eq=False)
class Models:
    """What is learned: of articles what they are about, of readings what they are, of phrases whose side they are on."""

    gist: Linear
    ranker: Linear
    sides: Linear


@frozen
class Gold:
    """An event of a text: where its mentions stand, its type, and where each side is named. sides: None where not told.

    optional: a careful reader may see no event here, so nothing is learned.
    """

    mentions: Sequence[Span]
    type: str
    sides: Mapping[str, Sequence[Span]] | None
    optional: bool = False


@frozen
class Text:
    """What is learned from: a sentence or an article with its gold."""

    text: str
    published: str | None
    gold: Sequence[Gold]
    weight: float = 1.0
    types: frozenset[str] | None = None
    article: bool = False
    news: bool = False


def texts(lexicons: Lexicons, folder: Path) -> Iterator[Text]:
    """folder: where the texts of the labelled news lie."""
    for row in corpus.rows():
        yield Text(row["text"], TOLD_ON, [_sentence_gold(row["text"], event) for event in row["events"]])
    for row in map(articles.located, articles.rows()):
        gold = [_article_gold(row["text"], report) for report in row["reports"]]
        yield Text(row["text"], row["published"], gold, ARTICLE_WEIGHT, article=True)
    for row in news.rows(folder):
        yield Text(row["text"], row["published"], [_news_gold(row["text"], event) for event in row["events"]], NEWS_WEIGHT, article=True, news=True)
    yield from rulings(lexicons)


def rulings(lexicons: Lexicons) -> Iterator[Text]:
    """The examples of the codebook, with the types each is coded as."""
    for name in RULINGS:
        for row in lexicons.table(name):
            types = frozenset(part.split()[0] for part in row.many("coding")) - {"none"}
            yield Text(row.need("example"), TOLD_ON, (), RULING_WEIGHT, types)


def _sentence_gold(text: str, event: corpus.Row) -> Gold:
    sides = {side: [_core(text, span) for name in event[side] for span in _occurrences(text, name)] for side in (ACTOR, RECIPIENT)}
    return Gold(_occurrences(text, event["words"])[:1], event["type"], sides)


def _article_gold(text: str, report: corpus.Row) -> Gold:
    sides = {side: [_core(text, Span(*party["span"])) for party in report[side]] for side in (ACTOR, RECIPIENT)}
    return Gold([Span(*span) for span in report["triggers"]], report["type"], sides)


def _news_gold(text: str, event: news.Row) -> Gold:
    sides = {side: [_core(text, Span(*span)) for span in event[side]] for side in (ACTOR, RECIPIENT)}
    return Gold([Span(*event["span"])], event["type"], sides, optional="optional" in event)


def _core(text: str, span: Span) -> Span:
    """A party's words without what is hung on after them: "the fact-finders" of "the fact-finders from Geneva"."""
    hung = HUNG.search(text, span.start, span.end)
    return Span(span.start, hung.start()) if hung is not None else span


def _occurrences(text: str, words: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]


def examples(folder: Path) -> tuple[list[Example], list[About]]:
    """Every reading of every text, and what each article is about."""
    abouts: list[About] = []
    return list(_examples(folder, abouts)), abouts


def _examples(folder: Path, abouts: list[About]) -> Iterator[Example]:
    coder = masudi.load(keep_text=True)
    words, look = load_words(coder.lexicons), make_look(evolve(coder.settings, ranker="off"))
    for number, text in enumerate(texts(coder.lexicons, folder)):
        article = read_text(text.text, settings=coder.settings, published=text.published, given_id=str(number))
        doc = coder.tools.analyse.analyse_one(article)
        findings = coder.resolve(doc, article)
        tree = tree_of(doc)
        vector = vector_of(tree) if text.article else None
        if vector is not None:
            abouts.append(About(number, vector, sum(not event.optional for event in text.gold) > 1))
        parties = Parties(tree, findings, coder.tools.attribute(doc, article, findings))
        readings, barred, view = readings_in(tree, words, parties, look)
        choosing = Sides(parties, view)
        for reading in readings:
            if reading.candidate.head.i in barred:
                continue
            example = Example(number, reading, NONE, text.weight)
            if text.types is not None:
                type_ = reading.candidate.type
                yield evolve(example, gold=type_ if type_ in text.types else NONE)
                continue
            gold = _gold_at(reading, text.gold)
            if gold is not None and gold.optional:
                continue
            if gold is not None:
                yield _with_sides(evolve(example, gold=gold.type), gold, choosing, findings)
            else:
                yield evolve(example, weight=OVERLOOKED * text.weight) if text.news else example


def _gold_at(reading: Reading, gold: Sequence[Gold]) -> Gold | None:
    """The event whose words the trigger overlaps, one of the reading's own type first."""
    span = reading.candidate.match.span
    found = [event for event in gold if any(span.overlaps(mention) for mention in event.mentions)]
    return next((e for e in found if e.type == reading.candidate.type), found[0] if found else None)


def _with_sides(example: Example, gold: Gold, choosing: Sides, findings: Findings) -> Example:
    candidate = example.reading.candidate
    if gold.type != candidate.type or gold.sides is None:
        return example
    units = choosing.units(candidate)
    named = {side: {m.actor for m in findings.mentions if m.actor and any(m.span.overlaps(s) for s in spans)}
             for side, spans in gold.sides.items()}  # fmt: skip
    sides = [next((side for side in (ACTOR, RECIPIENT) if _is_meant(u, gold.sides[side], named[side])), NEITHER) for u in units]
    return evolve(
        example, units=units, sides=sides, unit_features=unit_features(candidate, units, choosing.parties),
        wanted=(bool(gold.sides[ACTOR]), bool(gold.sides[RECIPIENT])),
    )  # fmt: skip


def _is_meant(unit: Party, spans: Sequence[Span], actors: AbstractSet[str]) -> bool:
    return unit.actor in actors or any(unit.span.overlaps(span) for span in spans)


def _right(example: Example, roles: Roles) -> bool:
    """Whether each side names one of those meant, and nobody where nobody is; of a joint deed two of its actors."""
    if example.sides is None:
        return False
    meant = {side: {u.span for u, s in zip(example.units, example.sides, strict=True) if s == side} for side in (ACTOR, RECIPIENT)}
    actors, recipients = ({p.span for p in side.parties} for side in (roles.actor, roles.recipient))
    if roles.two_sided and len(meant[ACTOR]) > 1 and not example.wanted[1]:
        return len(meant[ACTOR] & (actors | recipients)) > 1
    sides = ((example.wanted[0], meant[ACTOR], actors), (example.wanted[1], meant[RECIPIENT], recipients))
    return all(bool(found & chosen) if wanted else not chosen for wanted, found, chosen in sides)


def train(rows: Sequence[Example], abouts: Sequence[About]) -> Models:
    gist = _gist(abouts)
    ranker = fit.fit(_features(rows, _unseen_gists(abouts)), None, [r.gold for r in rows], [r.weight for r in rows], strength=STRENGTH)
    units = [unit for row in rows if row.sides is not None for unit in zip(row.unit_features, row.sides, strict=True)]
    sides = fit.fit([_ones(f) for f, _ in units], None, [s for _, s in units], [1.0] * len(units), strength=SIDES_STRENGTH)
    return Models(gist, ranker, sides)


def _gist(abouts: Sequence[About]) -> Linear:
    classes = [EVENTS if about.told else NONE for about in abouts]
    return fit.fit([{}] * len(abouts), np.array([a.vector for a in abouts]), classes, [1.0] * len(abouts), strength=GIST_STRENGTH)


def _unseen_gists(abouts: Sequence[About]) -> dict[int, int]:
    """Of each article, by group, what a model makes of it that has not seen it."""
    found = {}
    for fold in range(FOLDS):
        model = _gist([about for about in abouts if about.group % FOLDS != fold])
        found |= {about.group: band_of(about.vector, model) for about in abouts if about.group % FOLDS == fold}
    return found


def _features(rows: Sequence[Example], gists: Mapping[int, int]) -> list[dict[str, float]]:
    return [_ones(described(row.reading, gists.get(row.group))) for row in rows]


def _ones(names: Sequence[str]) -> dict[str, float]:
    return dict.fromkeys(names, 1.0)


@frozen
class Judged:
    """An example as models see it that have not seen its text: the shares of its types, and the parties chosen."""

    example: Example
    shares: Mapping[str, float]
    roles: Roles

    @property
    def type(self) -> str:
        return self.example.reading.candidate.type

    @property
    def right(self) -> bool:
        return self.example.gold == self.type and _right(self.example, self.roles)

    def kept(self, drop: float = DROP, revive: float = REVIVE) -> bool:
        told = self.example.reading.told
        return self.shares[NONE] < drop if told else self.shares.get(self.type, 0.0) >= revive


def held_out(rows: Sequence[Example], abouts: Sequence[About]) -> list[Judged]:
    out: list[Judged] = []
    for fold in range(FOLDS):
        models = train([row for row in rows if row.group % FOLDS != fold], [about for about in abouts if about.group % FOLDS != fold])
        unseen = [row for row in rows if row.group % FOLDS == fold]
        gists = {about.group: band_of(about.vector, models.gist) for about in abouts if about.group % FOLDS == fold}
        shares = models.ranker.shares_of_each([list(f) for f in _features(unseen, gists)])
        out += [Judged(row, share, _roles(row, models.sides)) for row, share in zip(unseen, shares, strict=True)]
    return out


def _roles(row: Example, sides: Linear) -> Roles:
    roles = row.reading.candidate.roles
    if row.sides is None or is_filled(roles):
        return roles
    return settled(roles, row.units, sides.shares_of_each(row.unit_features))


def check(judged: Sequence[Judged]) -> None:
    free = {j.example.group for j in judged} - {j.example.group for j in judged if j.example.gold != NONE}
    print(f"{'':14}kept  type right  precision  false alarms in texts without a proposed event")
    settings = [("rules", 2.0, 2.0), *((f"{d:.2f}/{r:.2f}", d, r) for d in (0.5, 0.6, 0.7, 0.8, 0.9) for r in (0.4, 0.5, 0.6, 0.7))]
    for name, drop, revive in settings:
        kept = [j for j in judged if j.kept(drop, revive)]
        right = sum(j.example.gold == j.type for j in kept)
        alarms = sum(j.example.group in free for j in kept)
        print(f"{name:14}{len(kept):5} {right:8} {right / len(kept):10.3f} {alarms:8}")
    check_sides([j for j in judged if j.example.sides is not None])


def check_sides(judged: Sequence[Judged]) -> None:
    """Both sides right where the type is: by the slots alone, and chosen; of all readings and of those kept."""
    for name, found in (("all", judged), ("kept", [j for j in judged if j.kept()])):
        slots = sum(_right(j.example, j.example.reading.candidate.roles) for j in found)
        print(f"sides, {name}: {slots / len(found):.3f} by slots, {sum(j.right for j in found) / len(found):.3f} chosen, of {len(found)}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    rows, abouts = examples(asked.news)
    if asked.check:
        check(held_out(rows, abouts))
        return 0
    models = train(rows, abouts)
    about = {"texts": 1 + max(row.group for row in rows), "readings": len(rows)}
    models.ranker.about = {**about, "calibration": load_linear(RANKER).about["calibration"]}
    models.sides.about = about
    models.gist.about = {"articles": len(abouts)}
    for name, model in ((RANKER, models.ranker), (SIDES, models.sides), (GIST, models.gist)):
        print(fit.write(model, name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
