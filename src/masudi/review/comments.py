"""Readers' comments: on an article or on words of it, answered one level deep, moderated, never silently gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from .database import Database, Refused
from .readers import Reader

MAX_BODY = 4000
MAX_QUOTE = 600
CONTEXT = 40
EDIT_S = 15 * 60


@frozen(kw_only=True)
class Anchor:
    """Words of an article that a comment is about, with what stands around them. start: where they stood."""

    quote: str
    prefix: str
    suffix: str
    start: int


def anchor_of(text: str, quote: str) -> Anchor | None:
    """An anchor for words as a reader marked them; None when `text` has no such words."""
    quote = quote.strip()[:MAX_QUOTE]
    if not quote:
        return None
    start = text.find(quote)
    if start < 0:
        start, quote = _find_loosely(text, quote)
    if start < 0:
        return None
    end = start + len(quote)
    return Anchor(quote=quote, prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT], start=start)


def _find_loosely(text: str, quote: str) -> tuple[int, str]:
    """Where the words stand when line breaks and runs of spaces do not count, and how they stand there."""
    wanted = "".join(quote.split())
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    at = "".join(text[i] for i in kept).find(wanted)
    if at < 0 or not wanted:
        return -1, quote
    start, end = kept[at], kept[at + len(wanted) - 1] + 1
    return start, text[start:end]


def place_anchor(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where the quote stands in `text` now, the place with most of its old context first; None = detached."""
    found, best = None, (-1, 0)
    start = text.find(anchor.quote)
    while start >= 0:
        end = start + len(anchor.quote)
        fit = _common(text[:start][::-1], anchor.prefix[::-1]) + _common(text[end:], anchor.suffix)
        if (rank := (fit, -abs(start - anchor.start))) > best or found is None:
            found, best = (start, end), rank
        start = text.find(anchor.quote, start + 1)
    return found


def _common(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def add_comment(
    db: Database, reader: Reader, article: Mapping[str, Any], body: str, *,
    anchor: Anchor | None = None, parent: int | None = None, hold: str = "none",
) -> str:
    """Add a comment; the state it is in: `shown`, or `held` for a moderator.

    hold: `none`, `first` (until one of the reader's was approved) or `all`. Raises Refused for a bad body.
    """  # fmt: skip
    body = _checked(body)
    if parent is not None and not db.one(
        "SELECT 1 FROM comments WHERE id = ? AND article = ? AND parent IS NULL AND state = 'shown'", [parent, article["id"]]
    ):
        raise Refused("there is no such comment to answer")
    with db.writing() as connection:
        trusted = reader.may("moderate") or (hold == "first" and connection.execute(
            "SELECT 1 FROM comments WHERE reader = ? AND state = 'shown'", [reader.id]).fetchone())
        state = "shown" if hold == "none" or trusted else "held"
        where = [anchor.quote, anchor.prefix, anchor.suffix, anchor.start] if anchor else [None] * 4
        cursor = connection.execute(
            "INSERT INTO comments(article, url, title, reader, parent, body, quote, prefix, suffix, start, state, at)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            [article["id"], article["url"], article["title"], reader.id, parent, body, *where, state, db.now()],
        )
        db.log(connection, reader.id, f"comment {state}", cursor.lastrowid)
    return state


def _checked(body: str) -> str:
    body = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not body:
        raise Refused("the comment is empty")
    if len(body) > MAX_BODY:
        raise Refused(f"the comment has {len(body)} characters; at most {MAX_BODY}")
    return body


def edit_comment(db: Database, reader: Reader, comment: int, body: str) -> None:
    """Change one's own words within the edit window. Raises Refused after it, or for another's comment."""
    body = _checked(body)
    row = _own(db, reader, comment)
    if db.now() - row["at"] > EDIT_S:
        raise Refused(f"a comment can be changed for {EDIT_S // 60} minutes; this one is older")
    with db.writing() as connection:
        connection.execute("UPDATE comments SET body = ?, edited = ? WHERE id = ?", [body, db.now(), comment])
        db.log(connection, reader.id, "comment edited", comment)


def delete_comment(db: Database, reader: Reader, comment: int) -> None:
    """Take one's own words back; a stub stays, so that answers keep their place."""
    _own(db, reader, comment)
    with db.writing() as connection:
        connection.execute(
            "UPDATE comments SET body = NULL, quote = NULL, prefix = NULL, suffix = NULL, state = 'deleted' WHERE id = ?",
            [comment],
        )
        db.log(connection, reader.id, "comment deleted", comment)
    db.scrub()


def _own(db: Database, reader: Reader, comment: int) -> Any:
    row = db.one("SELECT * FROM comments WHERE id = ? AND reader = ? AND state <> 'deleted'", [comment, reader.id])
    if row is None:
        raise Refused("no such comment of yours")
    return row


def flag_comment(db: Database, reader: Reader, comment: int, reason: str) -> None:
    """Report a comment to the moderators, once a reader."""
    reason = reason.strip()[:300] or "no reason given"
    with db.writing() as connection:
        if not connection.execute("SELECT 1 FROM comments WHERE id = ? AND state = 'shown'", [comment]).fetchone():
            raise Refused("no such comment")
        connection.execute("INSERT OR IGNORE INTO flags VALUES (?,?,?,?,NULL)", [comment, reader.id, reason, db.now()])
        db.log(connection, reader.id, "comment reported", comment, reason)


def comments_on(db: Database, article: Mapping[str, Any], reader: Reader | None) -> list[dict[str, Any]]:
    """The threads of an article, oldest first, each with its `answers`, `span` (None: on the article as a whole),
    `detached`, and what `reader` may do. Comments made on an older text of the same address are among them.
    """
    found = db.query(
        "SELECT c.*, coalesce(r.name, 'erased reader') AS name FROM comments c LEFT JOIN readers r ON r.id = c.reader"
        " WHERE c.article = ? OR (c.url IS NOT NULL AND c.url = ?) ORDER BY c.at, c.id",
        [article["id"], article["url"]],
    )
    rows = [_shown(db, dict(row), article["text"], reader) for row in found]
    by_id = {row["id"]: row for row in rows if row["parent"] is None}
    for row in rows:
        if row["parent"] in by_id and not (row["state"] == "deleted" or row["secret"]):
            by_id[row["parent"]]["answers"].append(row)
    return [row for row in by_id.values() if row["answers"] or not (row["state"] == "deleted" or row["secret"])]


def _shown(db: Database, row: dict[str, Any], text: str, reader: Reader | None) -> dict[str, Any]:
    mine = reader is not None and row["reader"] == reader.id
    moderator = reader is not None and reader.may("moderate")
    secret = row["state"] in ("held", "hidden") and not mine and not moderator
    span = None
    if row["quote"]:
        span = place_anchor(text, Anchor(
            quote=row["quote"], prefix=row["prefix"], suffix=row["suffix"], start=row["start"]))
    if secret:
        row["body"] = row["quote"] = None
    fresh = db.now() - row["at"] <= EDIT_S
    return row | {
        "answers": [], "span": span, "detached": row["quote"] is not None and span is None, "mine": mine,
        "secret": secret, "may_edit": mine and fresh and row["state"] in ("shown", "held"),
        "may_delete": mine and row["state"] != "deleted",
    }  # fmt: skip


def queue(db: Database) -> list[dict[str, Any]]:
    """What waits for a moderator: comments held or reported, oldest first, with the reasons given."""
    found = db.query(
        "SELECT c.*, coalesce(r.name, 'erased reader') AS name, (SELECT group_concat(f.reason, ' / ') FROM flags f"
        " WHERE f.comment = c.id AND f.settled IS NULL) AS reasons FROM comments c LEFT JOIN readers r ON r.id = c.reader"
        " WHERE c.state = 'held' OR (c.state = 'shown' AND EXISTS (SELECT 1 FROM flags f WHERE f.comment = c.id"
        " AND f.settled IS NULL)) ORDER BY c.at LIMIT 200"
    )
    return [dict(row) for row in found]


def moderate(db: Database, moderator: Reader, comment: int, action: str, reason: str) -> None:
    """Show or hide a comment, with a reason that is kept. Raises Refused without one."""
    reason = reason.strip()[:300]
    if action not in ("show", "hide"):
        raise Refused(f"{action!r}: show or hide")
    if action == "hide" and not reason:
        raise Refused("hiding a comment needs a reason")
    state = {"show": "shown", "hide": "hidden"}[action]
    with db.writing() as connection:
        changed = connection.execute(
            "UPDATE comments SET state = ? WHERE id = ? AND state <> 'deleted'", [state, comment]
        ).rowcount
        if not changed:
            raise Refused("no such comment")
        connection.execute("UPDATE flags SET settled = ? WHERE comment = ? AND settled IS NULL", [db.now(), comment])
        db.log(connection, moderator.id, f"comment {state}", comment, reason or None)


def journal(db: Database, number: int = 100) -> Sequence[dict[str, Any]]:
    """The latest entries of the log."""
    return [dict(r) for r in db.query(
        "SELECT l.at, CASE WHEN l.reader IS NULL THEN 'the command line' ELSE coalesce(r.name, 'erased reader') END AS name, l.action, l.subject, l.reason FROM log l"
        " LEFT JOIN readers r ON r.id = l.reader ORDER BY l.id DESC LIMIT ?", [number]
    )]  # fmt: skip
