"""What the pages show of days, places, own ontologies, sources and descriptions of several."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from masudi.days import dated
from masudi.records import EVENT_TYPES, CodedArticle, EventDate, Mention, Span
from masudi.store import append_line, write_part
from masudi.web.charts import LETTER, network, outlines, shortened, spots, view_box
from rooms import PLAIN, Visitor, coded, full, make_room, place


def room_of(path: Path, *articles: CodedArticle) -> Visitor:
    append_line(path, write_part(path, "p1", list(articles)))
    return make_room(path)


@pytest.mark.parametrize("value, words", [
    ("2004-02-17", "2004-02-17"), ("2004", "2004"), (None, ""), ("06", "7th century"), ("19XX", "20th century"),
    ("20", "21st century"), ("199X", "1990s"), ("199", "1990s"), ("2010-SU", "summer 2010"), ("XXXX-SU", "summer"), ("2021-W31", "week 31 of 2021"),
    ("XXXX-WXX-1", "a Monday, which is not told"), ("XXXX-11-08", "8 November, year not told"), ("XXXX-07", "July, year not told"),
    ("P3D", "3 days"), ("P1Y", "1 year"), ("PXW", "some weeks"), ("PT90M", "90 minutes"), ("P3M", "3 months"), ("P2CE", "2 centuries"),
    ("PAST_REF", "in the past"), ("XXXX-11-E", "XXXX-11-E"),
])  # fmt: skip
def test_web_days_are_said_in_words(value: str | None, words: str) -> None:
    assert dated(value) == words


def test_web_a_bound_alone_is_no_day_on_the_timeline(tmp_path: Path) -> None:
    bound = EventDate(basis="document", latest=date(2025, 6, 24))
    room = room_of(tmp_path, coded("a1", report={"date": bound}), coded("a2"))
    drawn = room.get("/api/v1/timeline").json()
    assert drawn["undated"] == 1 and [b["total"] for b in drawn["bars"]] == [1]
    assert "not after 2025-06-24" in room.get("/reports").text
    assert room.get("/reports?since=2025-06&format=json").json()["rows"][0]["article"] == "a2"


def test_web_the_timeline_shows_the_day_of_printing_beside_the_event(tmp_path: Path) -> None:
    told = EventDate(basis="text", value="2024-12", earliest=date(2024, 12, 1), latest=date(2024, 12, 31))
    room = room_of(tmp_path, coded("a1", report={"date": told}), coded("a2"))
    bars = {b["unit"]: (b["total"], b["printed"]) for b in room.get("/api/v1/timeline").json()["bars"]}
    assert bars["2024-12"] == (1, 0) and bars["2025-06"] == (1, 2)
    filtered = room.get("/api/v1/timeline?type=ASSAULT").json()["bars"]
    assert {b["unit"]: (b["total"], b["printed"]) for b in filtered} == bars


def test_web_a_country_is_an_area_on_the_map_and_a_town_a_dot(tmp_path: Path) -> None:
    found = [coded(f"a{n}", places=(p,)) for n, p in enumerate((
        place("Nigeria", "country", "NGA", 500.0), place("Benue", "admin1", "NGA", 120.0), place("Lagos", "city", "NGA", 10.0)
    ))]  # fmt: skip
    room = room_of(tmp_path, *found)
    page = room.get("/map").text
    assert page.count("<circle") == 1 and page.count("<ellipse") == 1 and page.count('class="country"') == 1
    assert outlines()["NGA"] in page and "within 120 km" in page
    assert [r["kind"] for r in room.get("/map?format=json").json()["rows"]] == ["admin1", "city", "country"]
    assert 'aria-label="Map of reports: Africa"' in room.get("/map?view=Africa").text


def test_web_an_area_grows_with_how_little_is_known(tmp_path: Path) -> None:
    rows = [{"name": n, "kind": "region", "country": None, "lat": 0.0, "lon": 0.0, "precision_km": km, "n": 1} for n, km in (("a", 100.0), ("b", 400.0))]
    small, large = spots(rows)
    assert small["shape"] == "area" and large["rx"] == pytest.approx(4 * small["rx"], rel=0.05)
    assert large["rx"] == pytest.approx(400 / 111.32 * 1000 / 360, rel=0.02)  # kilometres, at the equator


def test_web_parts_of_the_map_keep_its_shape() -> None:
    for x, y, wide, tall in map(view_box, ("world", "Europe", "Oceania", "North America")):
        assert wide / tall == pytest.approx(1000 / 460, rel=0.01) and x >= 0 and y >= 0 and x + wide <= 1000.1 and y + tall <= 460.1


def test_web_names_in_the_network_do_not_cover_one_another() -> None:
    links = [{"actor": "hub", "recipient": f"n{n}", "n": 1, "quad": "verbal_conflict"} for n in range(24)]
    drawn = network(links, {f"n{n}": f"A rather long name {n}" for n in range(24)})
    boxes = [(n["x"], n["y"], LETTER * len(n["short"]) / 2, n["r"]) for n in drawn["nodes"]]
    covered = [
        (a, b) for k, a in enumerate(boxes) for b in boxes[:k]
        if abs(a[0] - b[0]) < a[2] + b[2] - 1 and abs(a[1] - b[1]) < a[3] + b[3] - 1
    ]  # fmt: skip
    assert covered == [] and shortened("x" * 40) == "x" * 25 + "…"


OWN = {"type": "LOCKOUT", "quad": None, "score": None}


def test_web_an_own_ontology_has_its_own_types_everywhere(tmp_path: Path) -> None:
    room = room_of(tmp_path, coded("a1", report=OWN))
    page = room.get("/reports?type=LOCKOUT").text
    assert "<option selected>LOCKOUT</option>" in page and "<option>ASSAULT" not in page and 'class="badge no_class">LOCKOUT' in page
    answer = room.get("/reports?type=ASSAULT")
    assert answer.status_code == 422 and "allowed: LOCKOUT" in answer.text
    assert [r["quad"] for r in room.get("/api/v1/reports?quad=no_class").json()["rows"]] == [None]
    assert [[p["quad"] for p in b["parts"]] for b in room.get("/api/v1/timeline").json()["bars"]] == [["no_class"]]
    assert 'path class="no_class"' in room.get("/network").text and "no class</span>" in room.get("/timeline").text


def test_web_types_of_plover_are_offered_where_any_is_there(tmp_path: Path) -> None:
    room = room_of(tmp_path, coded("a1", report=OWN), coded("a2"))
    description = room.get("/api/v1/openapi.json").json()
    parameters = description["paths"]["/api/v1/reports"]["get"]["parameters"]
    assert next(p["schema"]["enum"] for p in parameters if p["name"] == "type") == ["", *EVENT_TYPES, "LOCKOUT"]
    own, other = (room.get(f"/article/{a}?format=json").json()["rows"][0]["id"] for a in ("a1", "a2"))
    room.fill_in(f"/review/{other}", task="first", verdict="correct", **{"has-type": 1, "type": "LOCKOUT"})
    assert "LOCKOUT" in room.get(f"/report/{other}").text.split("Coders' decisions", 1)[1]
    wrong = {"has-type": 1, "type": "PARTY"}
    assert room.fill_in(f"/review/{own}", task="first", verdict="correct", **wrong).status_code == 400


def test_web_the_list_of_sources_says_how_sure_and_on_what_terms(tmp_path: Path) -> None:
    room = room_of(tmp_path, full("a1"))
    row = re.sub(r"<[^>]+>", " ", room.get("/sources").text.split("<tbody>")[1])
    assert re.search(r"Observers\s+not named, 2 of them\s+1\s+1\s+0\s+1\s+0\s+Observers", row)
    speaks = room.get("/article/a1").text.split('id="speakers"')[1].split("<h2")[0]
    assert "not named, 2 of them" in speaks and "told as a claim</span> 1×" in speaks and "<q>Observers</q>" in speaks


def test_web_pronouns_nobody_stands_behind_are_one_source(tmp_path: Path) -> None:
    one, two = coded("a1"), coded("a2")
    text = PLAIN.replace("Observers", "They     ")
    two = evolve(two, article=evolve(two.article, text=text))
    lost = [evolve(c, statements=(evolve(c.statements[0], actor=None, named=False, source_spans=(Span(0, 4),)),)) for c in (two,)]
    room = room_of(tmp_path, one, *lost)
    assert [s["name"] for s in room.get("/api/v1/sources?named=false").json()["rows"]].count("he, she, they (not known who)") == 1


def test_web_a_description_of_several_leads_to_its_members(tmp_path: Path) -> None:
    one = full("a1")
    extra = Mention(id="m9", span=Span(36, 45), text="Loyalists", actor="unnamed:a1", form="nominal")
    room = room_of(tmp_path, evolve(one, mentions=(*one.mentions, extra)))
    cast = room.get("/article/a1").text.split('id="cast"')[1]
    names = [a.name for a in one.actors[:2]]
    assert re.search("stands for .*" + ".*".join(names), cast) and "country lent by context, sure to 60 %" in cast
    stands = room.get("/actor/unnamed:a1").text.split("Stands for")[1].split("</p>")[0]
    assert all(f">{name}</a>" in stands for name in names)
    assert "lent by context, sure to 60 %" in room.get("/actor/unnamed:a1-2").text


def test_web_every_mark_leads_to_what_it_stands_for(tmp_path: Path) -> None:
    page = room_of(tmp_path, full("a1")).get("/article/a1").text
    body, cards = page.split('<div class="body"')[1].split("<aside", 1)
    targets = set(re.findall(r'href="#([^"]+)"', body))
    assert {t[0] for t in targets} == set("rsapj") and targets <= set(re.findall(r'id="([^"]+)"', cards))


def test_web_an_article_without_a_title_is_called_by_its_words(tmp_path: Path) -> None:
    one = coded("a1")
    room = room_of(tmp_path, evolve(one, article=evolve(one.article, title=None)))
    assert ">Observers said that Rebels attacked" in room.get("/reports").text.split("<tbody>")[1]
    assert "<h1" in (page := room.get("/article/a1").text) and "Observers said" in page.split("<h1")[1].split("</h1>")[0]


def test_web_a_report_without_parties_says_so(tmp_path: Path) -> None:
    nobody: dict[str, object] = {name: () for name in ("actors", "actor_spans", "recipients", "recipient_spans")}
    room = room_of(tmp_path, coded("a1", report=nobody))
    assert room.get("/reports").text.count("not told</span>") >= 2


def test_web_reports_are_found_by_the_certainty_of_who_says_so(tmp_path: Path) -> None:
    room = room_of(tmp_path, coded("a1"), full("a2"))
    rows = room.get("/api/v1/reports?certainty=distancing").json()["rows"]
    assert [r["certainty"] for r in rows] == ["distancing"]
    assert room.get("/api/v1/reports?certainty=factive").json()["rows"] == []
    page = room.get("/search?certainty=distancing").text
    assert "certainty: told as a claim" in page and "Certainty of who says so" in page
    assert room.get("/reports?certainty=perhaps").status_code == 422


def test_web_a_month_is_no_day_where_days_are_drawn(tmp_path: Path) -> None:
    month = EventDate(basis="document", value="2025-06", earliest=date(2025, 6, 1), latest=date(2025, 6, 24))
    day = EventDate(basis="text", value="2025-06-20", earliest=date(2025, 6, 20), latest=date(2025, 6, 20))
    rows = [coded("a1", report={"date": month}), coded("a2", report={"date": day}), coded("a3", report={"date": day})]
    for facets in ("", "?type=ASSAULT"):
        room = room_of(tmp_path / f"x{len(facets)}", *rows)
        drawn = room.get(f"/api/v1/timeline{facets}").json()
        assert [(b["unit"], b["total"]) for b in drawn["bars"] if b["total"]] == [("2025-06-20", 2)]
        assert (drawn["coarser"], drawn["undated"]) == (1, 0)
        assert "1 report is dated less finely and is not drawn" in room.get(f"/timeline{facets}").text
    room = room_of(tmp_path / "months", *rows[:1])
    assert [(b["unit"], b["total"]) for b in room.get("/api/v1/timeline").json()["bars"]] == [("2025-06", 1)]


def test_web_land_across_the_date_line_is_cut_at_the_edges_of_the_map() -> None:
    from masudi.web.charts import MAP_WIDTH, _path

    drawn = _path([(170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0), (170.0, 60.0)])
    starts = [float(part.split()[0]) for part in drawn.split("M")[1:]]
    assert len(starts) == 2 and 0 < starts[0] < MAP_WIDTH and starts[1] < 0
    assert drawn.count("Z") == 2 and len(_path([(1.0, 1.0), (9.0, 1.0), (9.0, 9.0)]).split("M")) == 2
