"""Fit how sure masudi is of a report, by what it makes of texts that its models have not seen: into models/ranker.npz.

    python training/events_network.py learn DATA --hold-out UNSEEN
    python training/calibration.py UNSEEN --news FOLDER

UNSEEN: a folder with a network that has not seen a fifth of the texts. A ranker and a chooser of sides that have not seen
it either are trained into it; with them the articles of the fifth are coded as any is, and each report judged against what was
written: right is one of the right type with the right parties; where labels of news leave a side open, whoever it names passes,
and a report of what a reader may take for no event is not judged. Single sentences are left out: they are easier than what is coded.
Prints the share right by tenths of confidence, as the old weights have it and as the new.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import fit
import numpy as np
import ranker as training
from encoder import FOLDS, HELD
from judging import parties_agree
from sklearn.linear_model import LogisticRegression

import masudi
from masudi.coding import linear, make_gathering, network
from masudi.coding.linear import MODELS, Linear, load_linear
from masudi.coding.merge import report_of
from masudi.coding.ranker import MODEL, calibrated, signs, surest
from masudi.coding.words import load_words
from masudi.read import read_text
from masudi.records import Findings, Report, Span

STRENGTH = 1.0
BINS = 10

Judged = tuple[tuple[float, ...], bool]


def is_held(text: str) -> bool:
    return zlib.crc32(text.encode()) % FOLDS == HELD


def train_without(folder: Path, corpora: Path) -> None:
    """Models in `folder` that have not seen the fifth held out; the others are those that masudi ships."""
    for path in MODELS.iterdir():
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)
    lexicons = masudi.load().lexicons
    held = {number for number, text in enumerate(training.texts(lexicons, corpora)) if is_held(text.text)}
    rows, abouts = training.examples(corpora)
    models = training.train([row for row in rows if row.group not in held], [about for about in abouts if about.group not in held])
    models.ranker.about = {"calibration": load_linear(MODEL).about["calibration"]}
    for name, model in ((MODEL, models.ranker), (training.SIDES, models.sides), (training.GIST, models.gist)):
        model.save(folder / name)


def use(folder: Path) -> None:
    """From now on models come from `folder`."""
    linear.MODELS = network.MODELS = folder  # type: ignore[misc]
    load_linear.cache_clear()
    network.load_network.cache_clear()


def judged(corpora: Path) -> Iterator[Judged]:
    """The signs of each report in the articles held out, and whether it is right."""
    coder = masudi.load(keep_text=True)
    words = load_words(coder.lexicons)
    gather = make_gathering(coder.settings, coder.lexicons, words)
    for text in training.texts(coder.lexicons, corpora):
        if not text.article or not is_held(text.text):
            continue
        article = read_text(text.text, settings=coder.settings, published=text.published, given_id="held")
        doc = coder.tools.analyse.analyse_one(article)
        findings = coder.resolve(doc, article)
        attribution = coder.tools.attribute(doc, article, findings)
        for group in gather(doc, article, findings, attribution):
            members = [told.candidate for told in group.members]
            report = report_of(group, article, attribution, words)
            best = surest(members)
            here = [event for event in text.gold if touches(event, report)]
            if best.belief is not None and not (here and all(event.optional for event in here)):
                yield signs(best, len(members)), any(agrees(event, report, findings, open_ended=text.news) for event in here)


def touches(event: training.Gold, report: Report) -> bool:
    return any(a.overlaps(b) for a in event.mentions for b in report.triggers)


def agrees(event: training.Gold, report: Report, findings: Findings, *, open_ended: bool) -> bool:
    """Whether `report`, which touches the words of `event`, has its type and its parties, in whatever mention."""
    if event.type != report.type or event.sides is None:
        return False
    wanted = [[[_place(span)] for span in event.sides[side]] for side in (training.ACTOR, training.RECIPIENT)]
    found = [_places(*side, findings) for side in ((report.actor_spans, report.actors), (report.recipient_spans, report.recipients))]
    return parties_agree(wanted, found, open_ended=open_ended)


def _places(spans: Sequence[Span], ids: Sequence[str], findings: Findings) -> list[tuple[int, int]]:
    return [*map(_place, spans), *(_place(m.span) for m in findings.mentions if m.actor in ids)]


def _place(span: Span) -> tuple[int, int]:
    return span.start, span.end


def fitted(rows: Sequence[Judged]) -> list[float]:
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=1000)
    model.fit(np.array([found for found, _ in rows]), [right for _, right in rows])
    return [round(float(weight), 4) for weight in model.coef_[0]]


def show(name: str, rows: Sequence[Judged], weights: Sequence[float]) -> None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for found, right in rows:
        sure = calibrated(found, weights)
        bins.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, right))
    gaps = (abs(sum(s for s, _ in part) - sum(r for _, r in part)) for part in bins.values())
    print(f"{name}: error {sum(gaps) / len(rows):.3f} over {len(rows)} reports;",
          "  ".join(f"{b / BINS:.1f}: {sum(r for _, r in part) / len(part):.2f} ({len(part)})" for b, part in sorted(bins.items())))  # fmt: skip


def write(weights: Sequence[float]) -> None:
    """`weights` into the ranker that masudi ships."""
    model: Linear = load_linear(MODEL)
    model.about = {**model.about, "calibration": list(weights)}
    print(fit.write(model, MODEL))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unseen", type=Path)
    parser.add_argument("--news", type=Path, required=True, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    train_without(asked.unseen, asked.news)
    shipped = linear.MODELS
    use(asked.unseen)
    rows = list(judged(asked.news))
    weights = fitted(rows)
    show("old", rows, load_linear(MODEL).about["calibration"])
    show("new", rows, weights)
    use(shipped)
    write(weights)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
