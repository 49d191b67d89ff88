"""What readers and coders leave: one vote each, comments that find their words again, decisions never overwritten."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from masudi.cli import cli
from masudi.errors import StoreError
from masudi.export import FORMATS
from masudi.records import Article
from masudi.review import (
    Database,
    Refused,
    agreement,
    audit,
    comments,
    decisions,
    open_reviews,
    ratings,
    readers,
)
from masudi.review.readers import Reader
from masudi.store import open_store
from rooms import make_store

ARTICLE = {"id": "a1", "url": None, "title": "T", "text": "The mayor spoke. The council met. The mayor spoke again."}


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def db(tmp_path: Path, clock: Clock) -> Database:
    return open_reviews(tmp_path, clock=clock)


def person(db: Database, name: str, role: str = "reader") -> Reader:
    with db.writing() as connection:
        cursor = connection.execute("INSERT INTO readers(name, role, made) VALUES (?,?,0)", [name, role])
    return Reader(cursor.lastrowid or 0, name, role)


def test_ratings_nobody_voted_is_not_nought(db: Database) -> None:
    assert ratings.result(db, "a1") == ratings.Result(0, None, None, None, {})


def test_ratings_one_vote_a_reader_changeable_and_withdrawable(db: Database) -> None:
    ann, ben = person(db, "Ann"), person(db, "Ben")
    ratings.rate(db, "a1", ann, 2)
    ratings.rate(db, "a1", ann, 10)
    assert ratings.result(db, "a1") == ratings.Result(1, 100.0, 10.0, None, {10: 1})
    ratings.rate(db, "a1", ben, 7)
    found = ratings.result(db, "a1")
    assert (found.votes, found.percent, found.mean, found.spread) == (2, 85.0, 8.5, 2.12)
    ratings.withdraw(db, "a1", ann)
    assert ratings.result(db, "a1").votes == 1


def test_ratings_the_database_itself_refuses_a_second_vote_and_a_mark_out_of_range(db: Database) -> None:
    ann = person(db, "Ann")
    ratings.rate(db, "a1", ann, 5)
    for article, mark in (("a1", 5), ("a2", 11), ("a2", 0), ("a2", 5.5)):
        with pytest.raises(StoreError), db.writing() as connection:
            connection.execute("INSERT INTO votes VALUES (?,?,?,0)", [article, ann.id, mark])
    with pytest.raises(Refused):
        ratings.rate(db, "a1", ann, 11)


def test_comments_on_words_find_them_again_by_what_stands_around(db: Database) -> None:
    ann = person(db, "Ann")
    text = ARTICLE["text"]
    anchor = comments.Anchor(quote="The mayor spoke", prefix="The council met. ", suffix=" again.", start=34)
    comments.add_comment(db, ann, ARTICLE, "Twice?", anchor=anchor)
    assert comments.comments_on(db, ARTICLE, None)[0]["span"] == (34, 49)
    moved = ARTICLE | {"text": "New first line. " + text}
    assert comments.comments_on(db, moved, None)[0]["span"] == (50, 65)
    gone = comments.comments_on(db, ARTICLE | {"text": "All else."}, None)[0]
    assert gone["span"] is None and gone["detached"] and gone["quote"] == "The mayor spoke"


def test_comments_follow_an_article_coded_anew_under_its_address(db: Database) -> None:
    ann = person(db, "Ann")
    old = ARTICLE | {"url": "https://example.org/x"}
    comments.add_comment(db, ann, old, "Seen.")
    assert [c["body"] for c in comments.comments_on(db, old | {"id": "new id"}, None)] == ["Seen."]


@given(st.text(alphabet="ab \n", min_size=1, max_size=50), st.data())
def test_comments_an_anchor_stands_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = comments.anchor_of(text, text[start:end])
    if anchor is None:
        assert not text[start:end].strip()
    else:
        assert comments.place_anchor(text, anchor) == (anchor.start, anchor.start + len(anchor.quote))


def test_comments_marked_words_may_run_over_a_line_break() -> None:
    anchor = comments.anchor_of("One line\n\nand another", "line and")
    assert anchor is not None and (anchor.quote, anchor.start) == ("line\n\nand", 4)


def test_comments_are_threaded_one_level(db: Database) -> None:
    ann = person(db, "Ann")
    comments.add_comment(db, ann, ARTICLE, "one")
    comments.add_comment(db, ann, ARTICLE, "two", parent=1)
    with pytest.raises(Refused):
        comments.add_comment(db, ann, ARTICLE, "three", parent=2)
    with pytest.raises(StoreError, match="one level deep"), db.writing() as connection:
        connection.execute("INSERT INTO comments(article, parent, state, at) VALUES ('a1', 2, 'shown', 0)")
    found = comments.comments_on(db, ARTICLE, None)
    assert [(c["body"], [a["body"] for a in c["answers"]]) for c in found] == [("one", ["two"])]


def test_comments_can_be_changed_for_a_while_and_leave_a_stub(db: Database, clock: Clock) -> None:
    ann, ben = person(db, "Ann"), person(db, "Ben")
    comments.add_comment(db, ann, ARTICLE, "one")
    comments.add_comment(db, ben, ARTICLE, "answer", parent=1)
    comments.edit_comment(db, ann, 1, "better")
    with pytest.raises(Refused, match="no such comment of yours"):
        comments.edit_comment(db, ben, 1, "mine now")
    clock.now += comments.EDIT_S + 1
    with pytest.raises(Refused, match="15 minutes"):
        comments.edit_comment(db, ann, 1, "too late")
    comments.delete_comment(db, ann, 1)
    stub = comments.comments_on(db, ARTICLE, None)[0]
    assert stub["body"] is None and stub["state"] == "deleted" and stub["answers"][0]["body"] == "answer"
    comments.delete_comment(db, ben, 2)
    assert comments.comments_on(db, ARTICLE, None) == []


def test_comments_held_ones_are_seen_by_writer_and_moderator_only(db: Database) -> None:
    ann, ben, mod = person(db, "Ann"), person(db, "Ben"), person(db, "Mo", "moderator")
    assert comments.add_comment(db, ann, ARTICLE, "first", hold="first") == "held"
    assert [len(comments.comments_on(db, ARTICLE, who)) for who in (None, ben, ann, mod)] == [0, 0, 1, 1]
    comments.moderate(db, mod, 1, "show", "")
    assert comments.add_comment(db, ann, ARTICLE, "second", hold="first") == "shown"
    assert comments.add_comment(db, ann, ARTICLE, "third", hold="all") == "held"


def test_comments_reported_ones_queue_and_hiding_needs_a_reason_that_is_kept(db: Database) -> None:
    ann, ben, mod = person(db, "Ann"), person(db, "Ben"), person(db, "Mo", "moderator")
    comments.add_comment(db, ann, ARTICLE, "rude")
    comments.flag_comment(db, ben, 1, "rude words")
    comments.flag_comment(db, ben, 1, "again")
    assert [c["reasons"] for c in comments.queue(db)] == ["rude words"]
    with pytest.raises(Refused, match="reason"):
        comments.moderate(db, mod, 1, "hide", " ")
    comments.moderate(db, mod, 1, "hide", "insult")
    assert comments.queue(db) == []
    assert ("Mo", "comment hidden", "insult") in [(e["name"], e["action"], e["reason"]) for e in comments.journal(db)]
    assert comments.comments_on(db, ARTICLE, ben) == []


def test_readers_passwords_are_checked_and_sessions_end(db: Database, clock: Clock) -> None:
    made = readers.add_reader(db, "Ann", "a long password", "coder")
    assert readers.log_in(db, "Ann", "wrong") is None and readers.log_in(db, "Nobody", "wrong") is None
    token = readers.log_in(db, "Ann", "a long password")
    assert readers.reader_of(db, token) == made
    assert not db.query("SELECT 1 FROM sessions WHERE token = ?", [token])
    clock.now += readers.SESSION_S + 1
    assert readers.reader_of(db, token) is None
    for name, password, role in (("Ann", "a long password", "reader"), ("Bob", "short", "reader"), ("Bob", "a long password", "king")):
        with pytest.raises(Refused):
            readers.add_reader(db, name, password, role)


def test_readers_a_new_password_ends_every_session(db: Database) -> None:
    readers.add_reader(db, "Ann", "a long password", "reader")
    token = readers.log_in(db, "Ann", "a long password")
    readers.set_password(db, "Ann", "another password")
    assert readers.reader_of(db, token) is None


def test_readers_erasure_takes_the_person_and_leaves_the_work(db: Database, tmp_path: Path) -> None:
    ann, ben = person(db, "Ann Unmistakable", "coder"), person(db, "Ben")
    ratings.rate(db, "a1", ann, 9)
    comments.add_comment(db, ann, ARTICLE, "my private thought")
    comments.add_comment(db, ben, ARTICLE, "answer", parent=1)
    assert readers.everything_of(db, ann)["comments"][0]["body"] == "my private thought"
    readers.erase(db, ann)
    assert ratings.result(db, "a1").votes == 0
    assert comments.comments_on(db, ARTICLE, None)[0]["answers"][0]["body"] == "answer"
    db.query("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = (tmp_path / "review.sqlite").read_bytes()
    assert b"Unmistakable" not in raw and b"private thought" not in raw


def test_readers_no_address_is_kept(db: Database) -> None:
    digest = readers.neighbourhood(db, "203.0.113.77")
    assert digest == readers.neighbourhood(db, "203.0.113.1") != readers.neighbourhood(db, "203.0.114.77")
    assert "203" not in digest or len(digest) == 16


def test_reviews_attempts_are_counted_and_forgiven(db: Database, clock: Clock) -> None:
    assert [db.allow("x", "me", times=2, within_s=60) for _ in range(3)] == [True, True, False]
    assert db.allow("x", "you", times=2, within_s=60)
    clock.now += 61
    assert db.allow("x", "me", times=2, within_s=60)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    articles = tuple(
        Article(id=f"a{n}", text=f"Rebels attacked Loyalists. Observers said that Police{n} attacked Rebels.", published="2025-06-24")
        for n in range(4)
    )
    return make_store(tmp_path / "store", articles)


def coded_reports(store: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    from masudi.export import coded_articles

    with open_store(store) as opened:
        return [(coded, report) for coded in coded_articles(opened) for report in coded["reports"]]


def test_decisions_keep_who_when_what_why_and_the_machine_value(store: Path, clock: Clock) -> None:
    db = open_reviews(store, clock=clock)
    ann = person(db, "Ann", "coder")
    coded, report = coded_reports(store)[0]
    decisions.decide(db, ann, coded, report, task="first", verdict="correct", correction={"type": "COERCE"}, note="arrest")
    decisions.decide(db, ann, coded, report, task="first", verdict="accept")
    kept = decisions.history_of(db, report["id"])
    assert [(d["name"], d["verdict"], d["note"], d["at"]) for d in kept] == [
        ("Ann", "correct", "arrest", 1_000_000), ("Ann", "accept", None, 1_000_000)]  # fmt: skip
    assert [d.verdict for d in decisions.decisions_on(db, report["id"])] == ["accept"]
    assert decisions.decisions_on(db, report["id"])[0].machine["type"] == "ASSAULT"
    assert coded_reports(store)[0][1] == report


@pytest.mark.parametrize(
    ("verdict", "correction", "note"),
    [
        ("correct", {}, None), ("correct", {"type": "ASSAULT"}, None), ("correct", {"type": "WAR"}, None),
        ("correct", {"actor": ["state:NONE"]}, None), ("correct", {"date": "soon"}, None), ("correct", {"mood": "x"}, None),
        ("correct", {"chain": ["s0"]}, None), ("correct", {"status": ["maybe"]}, None), ("reject", {}, " "), ("maybe", {}, "x"),
    ],
)  # fmt: skip
def test_decisions_that_say_nothing_or_the_impossible_are_refused(
    store: Path, verdict: str, correction: dict[str, Any], note: str | None
) -> None:
    db = open_reviews(store)
    coded, report = coded_reports(store)[0]
    with pytest.raises(Refused):
        decisions.decide(db, person(db, "A", "coder"), coded, report, task="first", verdict=verdict, correction=correction, note=note)


def test_decisions_second_look_is_blind_and_a_third_settles(store: Path) -> None:
    db = open_reviews(store)
    ann, ben, eva = (person(db, name, "coder") for name in ("Ann", "Ben", "Eva"))
    coded, report = coded_reports(store)[0]
    decisions.decide(db, ann, coded, report, task="first", verdict="accept")
    found = decisions.decisions_on(db, report["id"])
    assert decisions.visible(found, ben) == [] and decisions.visible(found, None) == []
    assert decisions.waiting(db, ben, "second") == [report["id"]] and decisions.waiting(db, ann, "second") == []
    decisions.decide(db, ben, coded, report, task="second", verdict="reject", note="no event")
    assert decisions.waiting(db, eva, "adjudicate") == [report["id"]]
    assert len(decisions.visible(decisions.decisions_on(db, report["id"]), ben)) == 2
    decisions.decide(db, eva, coded, report, task="adjudicate", verdict="accept")
    assert decisions.waiting(db, eva, "adjudicate") == []
    end = decisions.final(decisions.decisions_on(db, report["id"]))
    assert end is not None and (end.name, end.verdict) == ("Eva", "accept")


def test_agreement_gives_the_values_of_the_textbook() -> None:
    """Krippendorff 2011, section A: two coders, ten units, nominal: alpha 0.095."""
    left, right = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = [{1: a, 2: b} for a, b in zip(left, right, strict=True)]
    assert math.isclose(agreement.krippendorff(units) or 0, 0.095, abs_tol=0.001)
    assert math.isclose(agreement.cohen(units) or 0, 0.0909, abs_tol=0.001)


def test_agreement_with_many_coders_and_gaps_gives_the_value_of_the_textbook() -> None:
    """Krippendorff 2011, section C: four coders, twelve units, values missing, nominal: alpha 0.743."""
    table = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", ".3.."]
    rows = [{coder: value for coder, value in enumerate(unit) if value != "."} for unit in table]
    found = agreement.measure("x", rows)
    assert found.alpha is not None and math.isclose(found.alpha, 0.743, abs_tol=0.001) and found.units == 11


def test_agreement_where_nothing_varies_is_unknown() -> None:
    assert agreement.measure("x", [{1: "a", 2: "a"}] * 5).alpha is None
    assert agreement.measure("x", []).observed is None


@pytest.mark.parametrize(("right", "count", "low", "high"), [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)])
def test_audit_intervals_are_wilsons(right: int, count: int, low: float, high: float) -> None:
    found = audit.wilson(right, count)
    assert found == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 500), min_size=1), st.integers(1, 300))
def test_audit_a_sample_has_its_size_and_takes_no_more_than_there_is(populations: dict[str, int], size: int) -> None:
    numbers = audit.allot(populations, size)
    assert all(0 < numbers[name] <= populations[name] for name in populations)
    assert sum(numbers.values()) == min(max(size, len(populations)), sum(populations.values()))


def test_audit_draws_the_same_reports_and_counts_what_coders_found(store: Path) -> None:
    db = open_reviews(store)
    with open_store(store) as opened:
        assert audit.draw(db, opened, sample="one", size=4) == 4
        audit.draw(db, opened, sample="two", size=4)
        with pytest.raises(Refused, match="already"):
            audit.draw(db, opened, sample="one", size=4)
    drawn = audit.sample_reports(db, "one")
    assert drawn == audit.sample_reports(db, "two")
    ann = person(db, "Ann", "coder")
    verdicts = dict(zip(drawn, ("accept", "accept", "reject", "correct"), strict=True))
    for coded, report in coded_reports(store):
        if (verdict := verdicts.get(report["id"])) is not None:
            change = {"recipient": []} if verdict == "correct" else {}
            decisions.decide(db, ann, coded, report, task="first", verdict=verdict, correction=change, note="n")
    rows = {row.stratum: row for row in audit.precision(db, "one")}
    assert (rows["ASSAULT"].decided, rows["ASSAULT"].right, rows["ASSAULT"].kept) == (4, 2, 3)
    assert rows[audit.ALL].share == 0.5 and rows[audit.ALL].population == 8
    assert audit.field_errors(db, "one")["recipient"] == (2, 3)


def settle(store: Path) -> None:
    db = open_reviews(store)
    ann = person(db, "Ann", "coder")
    found = coded_reports(store)
    decide = lambda n, verdict, change=None: decisions.decide(  # noqa: E731
        db, ann, *found[n], task="first", verdict=verdict, correction=change, note="because")
    decide(0, "accept")
    decide(1, "correct", {"type": "COERCE", "actor": ["words:the police"], "date": "2024-02", "chain": []})
    decide(2, "reject")


def test_gold_holds_what_coders_settled_with_the_machine_value_beside_it(store: Path) -> None:
    settle(store)
    out = io.BytesIO()
    with open_store(store) as opened:
        assert FORMATS["gold"](opened, out) == 2
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert [r["review"]["verdict"] for r in first["reports"]] == ["accept", "correct"]
    corrected = first["reports"][1]
    assert (corrected["type"], corrected["actors"], corrected["chain"]) == ("COERCE", ["words:the police"], [])
    assert [corrected["date"][k] for k in ("value", "earliest", "latest")] == ["2024-02", "2024-02-01", "2024-02-29"]
    assert corrected["review"]["machine"]["type"] == "ASSAULT"
    assert corrected["quad"] is None and corrected["score"] is None, "what hung on the wrong type is gone"
    assert any(a["id"] == "words:the police" and a["name"] == "the police" for a in first["actors"])
    assert second["reports"] == [] and len(second["rejected"]) == 1


def test_gold_proposals_name_words_and_what_they_should_be(store: Path) -> None:
    settle(store)
    out = io.BytesIO()
    with open_store(store) as opened:
        FORMATS["proposals"](opened, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode()), delimiter="\t"))
    assert {(r["entry"], r["words"], r["machine"], r["coder"]) for r in rows} == {
        ("predicate", "attacked", "ASSAULT", "COERCE"), ("predicate", "attacked", "ASSAULT", "no event"),
        ("actor", "Police0", "group:police0", "words:the police"),
    }  # fmt: skip


def test_review_commands_print_tables(store: Path) -> None:
    run = CliRunner().invoke
    drawn = run(cli, ["audit", str(store), "--sample", "3"])
    assert drawn.exit_code == 0 and "ASSAULT\t8\t3\t0\t0\t-\t-\t-" in drawn.output
    settle(store)
    assert run(cli, ["agree", str(store)]).output.splitlines()[0] == "field\treports\tsame\talpha\tkappa"
    added = run(cli, ["account", "add", str(store), "Ada", "--role", "admin", "--password-stdin"], input="a long password\n")
    assert added.exit_code == 0
    assert "Ada\tadmin" in run(cli, ["account", "list", str(store)]).output
    assert run(cli, ["account", "erase", str(store), "Ada", "--yes"]).exit_code == 0
    assert "Ada" not in run(cli, ["account", "list", str(store)]).output
