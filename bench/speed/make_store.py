"""A large store of invented articles, coded by no model: `python bench/speed/make_store.py FOLDER --articles 20000`.

Everything is drawn from a seed, so two stores of one size are the same. Names are invented; frequencies fall off as
1/rank, as names in news do, so that some actors, sources and places are in a large part of all reports.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from masudi.records import (
    AUXILIARIES,
    CERTAINTIES,
    EVENT_TYPES,
    QUADS,
    Actor,
    Article,
    CodedArticle,
    Counts,
    EventDate,
    Failure,
    Judgement,
    Mention,
    Place,
    Report,
    Span,
    Statement,
    Time,
)
from masudi.store import append_line, rebuild_catalogue, write_part
from masudi.text import digest

PART_ARTICLES = 500
VERBS = ("met", "praised", "attacked", "warned", "helped", "joined", "blocked", "paid", "left", "freed", "sued", "armed")
FILLER = (
    "The talks went on until the evening. Nobody gave a reason for the delay. Shops in the old town stayed closed. "
    "A second round is planned for the coming week. Observers counted the boxes twice. The river had risen again. "
)
_QUAD = {name: QUADS[n * 4 // len(EVENT_TYPES)] for n, name in enumerate(EVENT_TYPES)}


class World:
    """The cast of all articles."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        letters = "abdegiklmnoprstuv"
        word = lambda: "".join(self.chance.choice(letters) for _ in range(self.chance.randint(4, 8))).capitalize()  # noqa: E731
        countries = ["IRQ", "USA", "FRA", "NGA", *("".join(self.chance.choice("ABCDEFGHKLMNPRSTUVZ") for _ in range(3)) for _ in range(116))]
        kinds = ("state", "person", "organisation", "group")
        self.actors = []
        for n in range(900):
            kind, name = kinds[n % 4], word()
            self.actors.append(Actor(
                id=f"{kind}:{name.lower()}-{n}", name=name, kind=kind, country=self.chance.choice(countries),
                sectors=(self.chance.choice(("GOV", "MIL", "REB", "CVL", "LEG")),), role="minister" if kind == "person" else None,
                confidence=self.chance.choice((1.0, 1.0, 0.8, 0.6)),
            ))  # fmt: skip
        self.places = [
            (word(), round(self.chance.uniform(-45, 65), 3), round(self.chance.uniform(-170, 175), 3), self.chance.choice(countries),
             self.chance.choice(("city", "city", "city", "admin1", "region", "country")))
            for _ in range(700)
        ]  # fmt: skip
        self.publishers = [f"The {word()} {self.chance.choice(('Post', 'Times', 'Herald', 'Daily'))}" for _ in range(60)]
        self.weights = {len(pool): [1 / (n + 2) for n in range(len(pool))] for pool in (self.actors, self.places, self.publishers)}

    def pick(self, pool: Sequence[Any], count: int = 1) -> list[Any]:
        return self.chance.choices(pool, self.weights[len(pool)], k=count)


def coded_article(world: World, number: int) -> CodedArticle:
    """One invented article with about ten reports, half of them on somebody's word."""
    chance = world.chance
    day = date(2004, 1, 1) + timedelta(days=number % 20_000 * 7600 // 20_000 + chance.randint(0, 20))
    who = list({a.id: a for a in world.pick(world.actors, 6)}.values())
    where, lat, lon, country, kind_of_place = world.pick(world.places)[0]
    article_id = digest("bench", number)
    both = Actor(id=f"unnamed:{digest(article_id, 'both')}", name="both sides", kind="unnamed", members=tuple(a.id for a in who[:2]))
    text, sentences, mentions, statements, judgements, reports = "", [], [], [], [], []
    for n in range(chance.randint(4, 16)):
        actor, recipient, source = chance.choice(who), chance.choice(who), chance.choice(who)
        verb, told = chance.choice(VERBS), chance.random() < 0.5
        head = f"{source.name} said that " if told else ""
        start = len(text)
        at = start + len(head)
        text += f"{head}{actor.name} {verb} {recipient.name} in {where}. "
        sentences.append(Span(start, len(text) - 1))
        spans = [Span(at, at + len(actor.name))]
        spans.append(Span(spans[0].end + 1, spans[0].end + 1 + len(verb)))
        spans.append(Span(spans[1].end + 1, spans[1].end + 1 + len(recipient.name)))
        mentions += [
            Mention(id=f"m{digest(article_id, *s)}", span=s, text=text[s.start : s.end], actor=a.id, form="name")
            for s, a in ((spans[0], actor), (spans[2], recipient))
        ]
        if told:
            statements.append(Statement(
                id=f"s{digest(article_id, n)}", actor=source.id, source_spans=(Span(start, start + len(source.name)),),
                cue_spans=(Span(start + len(source.name) + 1, start + len(source.name) + 5),), cue_lemma="say",
                content=(Span(at, len(text) - 2),), form="indirect", force="assert", named=(named := chance.random() < 0.8),
                certainty=chance.choice(CERTAINTIES), number=None if named else chance.randint(1, 3),
                anonymity=None if named else Span(start, at),
            ))  # fmt: skip
        if chance.random() < 0.2:
            judgements.append(Judgement(span=spans[1], text=verb, polarity="doubt", within=statements[-1].id if told else None))
        kind = world.chance.choice(EVENT_TYPES)
        event = day - timedelta(days=chance.choice((0, 0, 0, 1, 2, 30, 4000)))
        reports.append(Report(
            id=f"r{digest(article_id, n)}", type=kind, quad=_QUAD[kind], score=0.0, triggers=(spans[1],),
            date=EventDate(basis="text", value=event.isoformat(), earliest=event, latest=event), sentence=len(sentences) - 1,
            actors=(actor.id,), actor_spans=(spans[0],), recipients=(recipient.id,), recipient_spans=(spans[2],),
            place=0 if chance.random() < 0.6 else None, chain=(statements[-1].id,) if told else (),
            statement=statements[-1].id if told and chance.random() < 0.2 else None,
            auxiliary=(chance.choice(AUXILIARIES),) if chance.random() < 0.3 else (), counts=Counts(),
            confidence=round(chance.uniform(0.3, 0.99), 2), because=("type: bench", "actor: bench"),
        ))  # fmt: skip
        text += chance.choice(("", FILLER, FILLER[:90]))
    at = text.index(where)
    return CodedArticle(
        article=Article(
            id=article_id, text=text.rstrip(), title=f"{who[0].name} and {where}: report {number}", published=day.isoformat(),
            publisher=world.pick(world.publishers)[0], url=f"https://example.org/{number}", language="en",
        ),
        sentences=tuple(sentences), actors=(*who, both), mentions=tuple(mentions),
        times=(Time(span=Span(0, 4), text=text[:4], type="DATE", value=day.isoformat(), earliest=day, latest=day),),
        places=(Place(span=Span(at, at + len(where)), text=where, name=where, kind=kind_of_place, form="name", lat=lat, lon=lon,
                      country=country, precision_km=10.0),),
        statements=tuple(statements), judgements=tuple(judgements), reports=tuple(reports),
    )  # fmt: skip


def parts(articles: int, seed: int) -> Iterator[list[CodedArticle | Failure]]:
    world = World(seed)
    for start in range(0, articles, PART_ARTICLES):
        block: list[CodedArticle | Failure] = [coded_article(world, n) for n in range(start, min(articles, start + PART_ARTICLES))]
        block.append(Failure(article=f"bench-{start}.txt", stage="read", error="ReadError", message="an invented failure"))
        yield block


def make(folder: Path, articles: int, seed: int = 1) -> None:
    """Write the store, part by part."""
    folder.mkdir(parents=True, exist_ok=True)
    for block in parts(articles, seed):
        first = block[0]
        assert isinstance(first, CodedArticle)
        append_line(folder, write_part(folder, digest(first.article.id, seed), block))
    rebuild_catalogue(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    make(given.folder, given.articles, given.seed)
    print(f"{given.articles} articles in {given.folder}")


if __name__ == "__main__":
    main()
