"""Readers' ratings, 1 (bad) to 10 (very good), and analysts' grades of source and information.

Neither touches the coding: a rating is about the article, a confidence about what the machine read in it.
"""

from __future__ import annotations

import math
from typing import Any

from attrs import frozen

from .database import Database, Refused
from .readers import Reader

LOWEST, HIGHEST = 1, 10
SOURCE_GRADES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
INFORMATION_GRADES = {
    1: "confirmed by other sources", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
    6: "truth cannot be judged",
}  # fmt: skip


@frozen
class Result:
    """What readers think of an article. percent, mean: None when nobody voted; spread: None below two votes.

    percent: the mean as a share of the highest mark. spread: standard deviation of the votes. counts: votes by mark.
    """

    votes: int
    percent: float | None
    mean: float | None
    spread: float | None
    counts: dict[int, int]


def rate(db: Database, article: str, reader: Reader, mark: int) -> None:
    """Set or change a reader's one vote. Raises Refused for a mark out of range."""
    if not LOWEST <= mark <= HIGHEST:
        raise Refused(f"a mark is {LOWEST} to {HIGHEST}, not {mark}")
    with db.writing() as connection:
        connection.execute(
            "INSERT INTO votes VALUES (?,?,?,?) ON CONFLICT(article, reader) DO UPDATE SET mark = excluded.mark,"
            " at = excluded.at", [article, reader.id, mark, db.now()],
        )  # fmt: skip


def withdraw(db: Database, article: str, reader: Reader) -> None:
    with db.writing() as connection:
        connection.execute("DELETE FROM votes WHERE article = ? AND reader = ?", [article, reader.id])


def own_mark(db: Database, article: str, reader: Reader | None) -> int | None:
    if reader is None:
        return None
    row = db.one("SELECT mark FROM votes WHERE article = ? AND reader = ?", [article, reader.id])
    return row["mark"] if row else None


def result(db: Database, article: str) -> Result:
    """What the votes come to; no votes are no result, not 0 %."""
    counts = {r["mark"]: r["n"] for r in db.query(
        "SELECT mark, count(*) AS n FROM votes WHERE article = ? GROUP BY mark ORDER BY mark", [article]
    )}  # fmt: skip
    votes = sum(counts.values())
    if not votes:
        return Result(0, None, None, None, {})
    mean = sum(mark * n for mark, n in counts.items()) / votes
    squares = sum(n * (mark - mean) ** 2 for mark, n in counts.items())
    spread = math.sqrt(squares / (votes - 1)) if votes > 1 else None
    return Result(votes, round(100 * mean / HIGHEST, 1), round(mean, 2), spread and round(spread, 2), counts)


def grade(db: Database, article: str, reader: Reader, source: str, information: int, note: str | None) -> None:
    """Set an analyst's grade: source A to F, information 1 to 6 (the Admiralty or NATO scale)."""
    if source not in SOURCE_GRADES or information not in INFORMATION_GRADES:
        raise Refused(f"grade {source}{information}: source A to F, information 1 to 6")
    with db.writing() as connection:
        connection.execute(
            "INSERT INTO grades VALUES (?,?,?,?,?,?) ON CONFLICT(article, reader) DO UPDATE SET source = excluded.source,"
            " information = excluded.information, note = excluded.note, at = excluded.at",
            [article, reader.id, source, information, note, db.now()],
        )
        db.log(connection, reader.id, "graded", article, f"{source}{information}")


def grades(db: Database, article: str) -> list[dict[str, Any]]:
    return [dict(r) for r in db.query(
        "SELECT g.source, g.information, g.note, g.at, coalesce(r.name, 'erased') AS name FROM grades g"
        " JOIN readers r ON r.id = g.reader WHERE g.article = ? ORDER BY g.at", [article]
    )]  # fmt: skip


def most_discussed(db: Database, number: int) -> list[dict[str, Any]]:
    """Articles with most comments shown and votes: article, comments, votes."""
    return [dict(r) for r in db.query(
        "SELECT article, sum(c) AS comments, sum(v) AS votes FROM ("
        " SELECT article, count(*) AS c, 0 AS v FROM comments WHERE state = 'shown' GROUP BY article UNION ALL"
        " SELECT article, 0, count(*) FROM votes GROUP BY article) GROUP BY article"
        " ORDER BY comments DESC, votes DESC, article LIMIT ?", [number]
    )]  # fmt: skip
