"""What readers do in the room: rate, comment, grade, moderate, review, log in; and what nobody may do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from masudi.records import Article, Ratings
from masudi.review import open_reviews
from masudi.review.audit import draw
from masudi.review.readers import add_reader
from masudi.store import open_store
from rooms import Visitor, another, make_room, make_store

PASSWORD = "a long password"


@pytest.fixture
def room(tmp_path: Path) -> Visitor:
    return make_room(make_store(tmp_path))


@pytest.fixture
def open_room(tmp_path: Path) -> Visitor:
    """A room with accounts: Ada (admin), Cod and Cid (coders), Mo (moderator), Rea and Rob (readers)."""
    db = open_reviews(make_store(tmp_path))
    for name, role in (("Ada", "admin"), ("Cod", "coder"), ("Cid", "coder"), ("Mo", "moderator"), ("Rea", "reader"), ("Rob", "reader")):
        add_reader(db, name, PASSWORD, role)
    return make_room(tmp_path, accounts=True, hold="first", proxies=("10.0.0.1",))


def enter(room: Visitor, name: str) -> Visitor:
    visitor = another(room)
    answer = visitor.fill_in("/login", page="/login", name=name, password=PASSWORD)
    assert answer.status_code == 200 and name in answer.text
    return visitor


def test_room_rating_twice_is_one_vote(room: Visitor) -> None:
    assert "No ratings yet" in room.get("/article/a1").text and "0 %" not in room.get("/article/a1").text
    room.fill_in("/article/a1/rate", mark=3)
    page = room.fill_in("/article/a1/rate", mark=9).text
    assert "90 %</strong> from 1 vote " in page and "Your rating: 9" in page
    assert "No ratings yet" in room.fill_in("/article/a1/rate", withdraw=1).text


@pytest.mark.parametrize("mark", ["0", "11", "5.5", "x", "", "٣", "99999999999999999999"])
def test_room_a_mark_out_of_range_is_refused(room: Visitor, mark: str) -> None:
    assert room.fill_in("/article/a1/rate", mark=mark).status_code in (400, 422)
    assert "No ratings yet" in room.get("/article/a1").text


def test_room_a_comment_with_a_script_is_shown_as_text(room: Visitor) -> None:
    page = room.fill_in("/article/a1/comment", body="<script>alert(1)</script>\n\n<b>&amp; more</b>").text
    assert "<script>alert" not in page and "<b>" not in page.split('id="comments"')[1]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.split('id="comments"')[1]


def test_room_a_comment_on_words_marks_them(room: Visitor) -> None:
    page = room.fill_in("/article/a1/comment", body="Really?", quote="attacked Loyalists").text
    assert 'class="note' in page or " note" in page
    assert room.fill_in("/article/a1/comment", body="x", quote="never written").status_code == 422


def test_room_the_front_names_what_is_most_discussed(room: Visitor) -> None:
    assert "Most discussed" not in room.get("/").text
    room.fill_in("/article/a1/comment", body="One.")
    room.fill_in("/article/a3/rate", page="/article/a3", mark=9)
    page = room.get("/").text.split("Most discussed")[1].split("Latest")[0]
    assert page.index("/article/a1#comments") < page.index("/article/a3#comments")


def test_room_a_rating_on_the_original_page_is_shown_apart(tmp_path: Path) -> None:
    article = Article(id="r", text="Words.", ratings=Ratings(votes=4, result_percent=100.0))
    page = make_room(make_store(tmp_path, (article,))).get("/article/r").text
    assert "Rated on its own page: 100 %, 4 votes" in page and "No ratings yet" in page


def test_room_the_trap_takes_programs(room: Visitor) -> None:
    page = room.fill_in("/article/a1/comment", body="Buy now", website="http://spam.example").text
    assert "Buy now" not in page and "No comments yet" in page


def test_room_comments_are_answered_changed_and_deleted(room: Visitor) -> None:
    room.fill_in("/article/a1/comment", body="First.")
    assert "Answered." in room.fill_in("/article/a1/comment", body="Answered.", parent=1).text
    assert "Changed." in room.fill_in("/comment/1/edit", body="Changed.").text
    assert "Deleted by its writer" in room.fill_in("/comment/1/delete").text
    assert room.fill_in("/comment/99/delete").status_code == 404


def test_room_too_many_comments_in_a_short_time_are_refused(room: Visitor) -> None:
    answers = [room.fill_in("/article/a1/comment", body=f"no {n}").status_code for n in range(9)]
    assert answers[-1] == 429 and set(answers[:-1]) == {200}


def test_room_a_body_beyond_measure_is_refused(room: Visitor) -> None:
    assert room.fill_in("/article/a1/comment", body="x" * 100_000).status_code == 413


@pytest.mark.parametrize("path", ["/article/a1/rate", "/article/a1/comment", "/article/a1/grade", "/comment/1/delete", "/moderation/1", "/review/x"])
def test_room_a_write_without_the_rooms_own_token_is_refused(room: Visitor, path: str) -> None:
    fields = {"mark": 5, "body": "x", "verdict": "accept"}
    assert room.post(path, data=fields).status_code == 403
    assert room.post(path, data=fields | {"csrf": "0" * 64}).status_code == 403
    stolen = room.token()
    assert another(room).post(path, data=fields | {"csrf": stolen}).status_code == 403
    assert room.post(path, data=fields | {"csrf": stolen}, headers={"origin": "https://evil.example"}).status_code == 403


def test_room_analysts_grade_an_article(room: Visitor) -> None:
    page = room.fill_in("/article/a1/grade", source="B", information=2, note="knows the place").text
    assert "<strong>B2</strong>" in page and "usually reliable" in page and "knows the place" in page
    assert room.fill_in("/article/a1/grade", source="Z", information=2).status_code == 400


def test_room_reports_are_reviewed_one_after_another(room: Visitor) -> None:
    first = re.search(r'action="/review/(\w+)"', room.get("/review").text)
    assert first
    after = room.fill_in(f"/review/{first[1]}", page="/review", task="first", verdict="accept").text
    second = re.search(r'action="/review/(\w+)"', after)
    assert second and second[1] != first[1]
    assert room.fill_in(f"/review/{second[1]}", page="/review", task="first", verdict="reject").status_code == 400
    fields = {"task": "first", "verdict": "correct", "has-type": 1, "type": "COERCE", "type-x": ""}
    assert "Nothing waits here" in room.fill_in(f"/review/{second[1]}", page="/review", **fields).text
    page = room.get(f"/report/{second[1]}").text
    assert "COERCE" in page.split("Coders' decisions", 1)[1]


def test_room_figures_show_audit_and_agreement(open_room: Visitor, tmp_path: Path) -> None:
    coders = [enter(open_room, "Cod"), enter(open_room, "Cid")]
    assert "No two coders" in coders[0].get("/review/figures").text and "No sample drawn" in coders[0].get("/review/figures").text
    with open_store(tmp_path) as store:
        assert draw(open_reviews(tmp_path), store, sample="audit-1", size=2) == 2
    for task, coder in zip(("first", "second"), coders, strict=True):
        page = f"/review?task={task}&sample=audit-1"
        for _ in range(2):
            report = re.search(r'action="/review/(\w+)"', coder.get(page).text)
            assert report
            verdict = {"verdict": "accept"} if task == "first" else {"verdict": "correct", "has-type": 1, "type": "COERCE"}
            coder.fill_in(f"/review/{report[1]}", page="/me", task=task, sample="audit-1", **verdict)
    page = re.sub(r"<[^>]+>", " ", coders[0].get("/review/figures").text)
    assert coders[0].get("/review/figures?format=json").json()["rows"][1]["units"] == 2
    assert coders[0].get("/review/figures?format=csv&table=audit-1").text.startswith("stratum,population,")
    assert "Krippendorff" in page and re.search(r"type\s+2\s+0\.00\s+-0\.50\s+0\.00", page)
    assert re.search(r"all types\s+2\s+2\s+2\s+2\s+1\.00\s+0\.34 to 1\.00", page)


def test_accounts_visitors_read_and_are_sent_to_log_in_to_write(open_room: Visitor) -> None:
    assert open_room.get("/article/a1").status_code == 200
    assert "Log in</a> to rate" in open_room.get("/article/a1").text
    for path in ("/review", "/moderation", "/me"):
        answer = open_room.get(path, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"] == f"/login?to={path}"


def test_accounts_a_wrong_password_does_not_enter_and_guessing_is_stopped(open_room: Visitor) -> None:
    token = open_room.token("/login")
    codes = [
        open_room.post("/login", data={"csrf": token, "name": "Ada", "password": f"guess {n}"}).status_code for n in range(11)
    ]
    assert set(codes[:10]) == {401} and codes[10] == 429


def test_accounts_log_in_leads_back_into_this_room_only(open_room: Visitor) -> None:
    visitor = another(open_room)
    data = {"csrf": visitor.token("/login"), "name": "Rea", "password": PASSWORD, "to": "//evil.example/"}
    answer = visitor.post("/login", data=data, follow_redirects=False)
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie


def test_accounts_cookies_are_secure_behind_a_listed_proxy_only(open_room: Visitor) -> None:
    for peer, secure in (("10.0.0.1", True), ("10.0.0.9", False)):
        visitor = Visitor(open_room.app, base_url="http://127.0.0.1", client=(peer, 1))
        cookie = visitor.get("/", headers={"x-forwarded-proto": "https"}).headers["set-cookie"]
        assert ("Secure" in cookie) is secure


def test_accounts_each_role_does_its_own_work(open_room: Visitor) -> None:
    may = {"Rea": (403, 403), "Cod": (200, 403), "Mo": (403, 200), "Ada": (200, 200)}
    for name, codes in may.items():
        visitor = enter(open_room, name)
        assert (visitor.get("/review").status_code, visitor.get("/moderation").status_code) == codes, name


def test_accounts_a_first_comment_waits_until_a_moderator_shows_it(open_room: Visitor) -> None:
    rea, mo = enter(open_room, "Rea"), enter(open_room, "Mo")
    assert "waiting for a moderator" in rea.fill_in("/article/a1/comment", body="Hello.").text
    assert "Hello." not in open_room.get("/article/a1").text
    assert "Hello." in mo.get("/moderation").text
    mo.fill_in("/moderation/1", page="/moderation", action="show")
    assert "Hello." in open_room.get("/article/a1").text
    rob = enter(open_room, "Rob")
    rob.fill_in("/comment/1/report", reason="off topic")
    assert "reported: off topic" in mo.get("/moderation").text
    assert mo.fill_in("/moderation/1", page="/moderation", action="hide").status_code == 400
    mo.fill_in("/moderation/1", page="/moderation", action="hide", reason="off topic indeed")
    assert "Hello." not in open_room.get("/article/a1").text
    assert "off topic indeed" in mo.get("/moderation").text


def test_accounts_nobody_touches_anothers_comment(open_room: Visitor) -> None:
    rea, rob = enter(open_room, "Rea"), enter(open_room, "Rob")
    rea.fill_in("/article/a1/comment", body="Mine.")
    assert rob.fill_in("/comment/1/edit", body="Not yours.").status_code == 400
    assert rob.fill_in("/comment/1/delete").status_code == 400
    assert rob.get("/comment/1/edit").status_code == 404


def test_accounts_two_readers_vote_each_once(open_room: Visitor) -> None:
    rea, rob = enter(open_room, "Rea"), enter(open_room, "Rob")
    rea.fill_in("/article/a1/rate", mark=4)
    page = rob.fill_in("/article/a1/rate", mark=8).text
    assert "60 %</strong> from 2 votes" in page and "mean 6.00 of 10, spread 2.83" in page


def test_accounts_the_second_coder_does_not_see_the_first(open_room: Visitor) -> None:
    cod, cid = enter(open_room, "Cod"), enter(open_room, "Cid")
    found = re.search(r'action="/review/(\w+)"', cod.get("/review").text)
    assert found
    cod.fill_in(f"/review/{found[1]}", page="/review", task="first", verdict="reject", note="a secret reason")
    for page in ("/review?task=second", f"/report/{found[1]}", f"/review/{found[1]}"):
        assert "a secret reason" not in cid.get(page).text, page
    assert found[1] in cid.get("/review?task=second").text
    cid.fill_in(f"/review/{found[1]}", page="/review", task="second", verdict="accept")
    assert "a secret reason" in cid.get(f"/report/{found[1]}").text
    ada = enter(open_room, "Ada")
    assert "a secret reason" in ada.get("/review?task=adjudicate").text


def test_accounts_readers_take_their_data_and_leave(open_room: Visitor) -> None:
    rea = enter(open_room, "Rea")
    rea.fill_in("/article/a1/rate", mark=4)
    assert rea.get("/me/data").json()["votes"][0]["mark"] == 4
    assert rea.fill_in("/me/erase", page="/me", sure="no").status_code == 422
    assert rea.fill_in("/me/erase", page="/me", sure="Rea").status_code == 200
    assert "No ratings yet" in open_room.get("/article/a1").text
    assert rea.get("/me", follow_redirects=False).status_code == 303


def test_accounts_words_taken_back_are_gone_from_the_files(open_room: Visitor, tmp_path: Path) -> None:
    ada = enter(open_room, "Ada")
    for words in ("deleted by its writer", "erased with the account"):
        ada.fill_in("/article/a1/comment", body=words)
    held = lambda: b"".join(f.read_bytes() for f in tmp_path.glob("review.sqlite*"))  # noqa: E731
    assert b"deleted by its writer" in held() and b"erased with the account" in held()
    ada.fill_in("/comment/1/delete")
    assert b"deleted by its writer" not in held()
    ada.fill_in("/me/erase", page="/me", sure="Ada")
    assert b"erased with the account" not in held()


def test_accounts_a_changed_password_logs_out_everywhere(open_room: Visitor) -> None:
    rea, again = enter(open_room, "Rea"), enter(open_room, "Rea")
    assert rea.fill_in("/me/password", page="/me", old="wrong", new="brand new words").status_code == 403
    rea.fill_in("/me/password", page="/me", old=PASSWORD, new="brand new words")
    assert again.get("/me", follow_redirects=False).status_code == 303


def test_accounts_a_room_for_members_shows_strangers_the_log_in_only(tmp_path: Path) -> None:
    add_reader(open_reviews(make_store(tmp_path)), "Ada", PASSWORD, "admin")
    room = make_room(tmp_path, accounts=True, members_only=True)
    for path in ("/", "/article/a1", "/api/v1/articles"):
        assert "First" not in room.get(path).text, path
    assert room.get("/api/v1/articles").status_code == 401
    assert "First" in enter(room, "Ada").get("/").text


def test_accounts_no_address_is_stored(open_room: Visitor, tmp_path: Path) -> None:
    visitor = Visitor(open_room.app, base_url="http://127.0.0.1", client=("203.0.113.77", 1))
    visitor.post("/login", data={"csrf": visitor.token("/login"), "name": "Ada", "password": "x"})
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("review.sqlite*"))
    assert b"203.0.113" not in stored
