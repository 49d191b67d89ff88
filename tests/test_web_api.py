"""The API: one shape, pages, filters, ETags; and no request that breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rooms import Visitor, make_room, make_store, serving


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    return make_room(make_store(tmp_path_factory.mktemp("store")))


def test_api_lists_are_paged_and_filtered(room: Visitor) -> None:
    first = room.get("/api/v1/articles?size=2").json()
    assert [len(first["rows"]), first["next"]] == [2, 2]
    last = room.get("/api/v1/articles?size=2&page=2").json()
    assert [len(last["rows"]), last["next"]] == [1, None]
    assert [r["article"] for r in room.get("/api/v1/reports?actor=group:rebels").json()["rows"]] == ["a1"]
    assert [r["id"] for r in room.get("/api/v1/articles?q=lagos").json()["rows"]] == ["a1"]
    assert room.get("/api/v1/reports?type=WAR").status_code == 422


def test_api_articles_have_the_shape_of_the_schema(room: Visitor) -> None:
    coded = room.get("/api/v1/articles/a1").json()
    assert coded["schema"] == "masudi/1" and coded["reports"][0]["type"] == "ASSAULT"
    assert {f["name"] for f in room.get(f"/api/v1/reports/{coded['reports'][0]['id']}").json()["fields"]} >= {"type", "actor"}
    assert room.get("/api/v1/articles/none").json() == {"detail": "no article none in this store"}


def test_api_an_answer_the_asker_has_is_not_sent_again(room: Visitor) -> None:
    answer = room.get("/api/v1/reports")
    tag = answer.headers["etag"]
    again = room.get("/api/v1/reports", headers={"if-none-match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    assert room.get("/api/v1/reports?page=2", headers={"if-none-match": tag}).status_code == 200


def test_api_writes_need_the_rooms_token(tmp_path: Path) -> None:
    room = make_room(make_store(tmp_path))
    assert room.put("/api/v1/articles/a1/rating", json={"mark": 7}).status_code == 403
    token = {"x-csrf-token": room.token()}
    assert room.put("/api/v1/articles/a1/rating", json={"mark": 7}, headers=token).json()["percent"] == 70.0
    assert room.put("/api/v1/articles/a1/rating", json={"mark": 7.5}, headers=token).status_code == 422
    made = room.post("/api/v1/articles/a1/comments", json={"body": "Hm.", "quote": "Rebels"}, headers=token)
    assert made.status_code == 201 and made.json() == {"state": "shown"}
    assert room.get("/api/v1/articles/a1/comments").json()[0]["body"] == "Hm."
    report = room.get("/api/v1/articles/a1").json()["reports"][0]["id"]
    path = f"/api/v1/reports/{report}/decisions"
    made = room.post(path, json={"verdict": "correct", "type": "COERCE", "date": None}, headers=token)
    assert made.status_code == 201 and made.json()["correction"] == {"type": "COERCE", "date": None}
    assert room.post(path, json={"verdict": "reject"}, headers=token).status_code == 400
    assert room.delete("/api/v1/articles/a1/rating", headers=token).json()["votes"] == 0


def test_api_no_request_breaks_it(room: Visitor) -> None:
    """Requests made from the API's own description: every answer is one that it names, none a fault of ours."""
    described = schemathesis.openapi.from_dict(room.get("/api/v1/openapi.json").json())
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) >= 16
    with serving(room.app) as url:
        token = room.token()
        held = {"x-csrf-token": token, "cookie": "; ".join(f"{k}={v}" for k, v in room.cookies.items())}
        for operation in operations:
            fuzz(operation, url, held if operation.method != "get" else {})


def fuzz(operation: Any, url: str, headers: dict[str, str]) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    def no_fault(case: Any) -> None:
        case.headers.update(headers)
        # What may be written depends on the store too, which no description can say.
        case.call_and_validate(base_url=url, excluded_checks=[positive_data_acceptance] if headers else [])

    no_fault()
