"""Charts drawn on the server as SVG: coordinates for the templates. No script, nothing fetched."""

from __future__ import annotations

import cmath
import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .filters import CLASSES

WORLD = Path(__file__).parent / "data" / "countries-110m.json"
OUTLINES = Path(__file__).parent / "data" / "outlines.tsv"  # ISO alpha-3 code: the id or name of an outline in WORLD
MAP_WIDTH, MAP_HEIGHT = 1000.0, 460.0
NORTH, SOUTH = 84.0, -58.0  # Antarctica has no news and half the paper
ANTARCTICA = "010"
NEAR = 1.2  # units of the map, about a pixel


def project(lat: float, lon: float) -> tuple[float, float]:
    """A point on the map, equirectangular: x right, y down."""
    x = (lon + 180.0) / 360.0 * MAP_WIDTH
    y = (NORTH - max(SOUTH, min(NORTH, lat))) / (NORTH - SOUTH) * MAP_HEIGHT
    return round(x, 1), round(y, 1)


@cache
def outlines() -> dict[str, str]:
    """Each country's outline as an SVG path, by alpha-3 code; by its name in the file where it has no code."""
    topology = json.loads(WORLD.read_text(encoding="utf-8"))
    arcs = [_unpack(arc, topology["transform"]) for arc in topology["arcs"]]
    rows = csv.DictReader(OUTLINES.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    codes = {row["outline"]: row["code"] for row in rows}
    out = {}
    for country in topology["objects"]["countries"]["geometries"]:
        key = country.get("id") or country["properties"]["name"]
        if key != ANTARCTICA:
            shapes = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
            out[codes.get(key, key)] = "".join(_path(_joined(ring, arcs)) for shape in shapes for ring in shape)
    return out


@cache
def world_path() -> str:
    """All outlines as one path."""
    return "".join(outlines().values())


def _unpack(arc: Sequence[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> list[tuple[float, float]]:
    """A delta-coded arc of TopoJSON as (longitude, latitude)."""
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
        out.append((x * sx + tx, y * sy + ty))
    return out


def _joined(ring: Sequence[int], arcs: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A closed path in steps; what lies across the date line is drawn at both edges of the map, which cut it off."""
    turns = [0]
    for (before, _), (lon, _) in zip(points, points[1:], strict=False):
        turns.append(turns[-1] + (lon - before < -180.0) - (lon - before > 180.0))
    whole = [(lon + 360.0 * turn, lat) for (lon, lat), turn in zip(points, turns, strict=True)]
    east = max((lon for lon, _ in whole), default=0.0)
    west = min((lon for lon, _ in whole), default=0.0)
    shifts = [0.0, *([-360.0] if east > 180.5 else []), *([360.0] if west < -180.5 else [])]
    return "".join(_steps([(lon + shift, lat) for lon, lat in whole]) for shift in shifts)


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """A closed path; points nearer than a pixel to the last are left out."""
    out: list[str] = []
    last: tuple[float, float] | None = None
    for lon, lat in points:
        x, y = project(lat, lon)
        if last is None:
            out.append(f"M{x:g} {y:g}")
        elif abs(x - last[0]) + abs(y - last[1]) < NEAR:
            continue
        else:
            out.append(f"l{_short(x - last[0])} {_short(y - last[1])}")
        last = (x, y)
    return "".join(out) + "Z" if len(out) > 2 else ""


def _short(number: float) -> str:
    """A number with one decimal, as SVG reads it with fewest characters."""
    return f"{round(number, 1):g}".replace("-0.", "-.") if number < 0 else f"{round(number, 1):g}".removeprefix("0") or "0"


KM_A_DEGREE = 111.32
FEW = 20  # reports that a full circle stands for at least, so that a single report is never a large one
# Parts of the world to look at more closely: west, north, east, south in degrees.
VIEWS = {
    "world": (-180.0, NORTH, 180.0, SOUTH), "North America": (-130.0, 60.0, -55.0, 12.0),
    "South America": (-95.0, 15.0, -20.0, -57.0), "Europe": (-15.0, 66.0, 50.0, 33.0),
    "Middle East": (20.0, 44.0, 70.0, 10.0), "Africa": (-35.0, 38.0, 70.0, -36.0), "Asia": (55.0, 56.0, 150.0, -12.0),
    "Oceania": (105.0, 5.0, 180.0, -48.0),
}  # fmt: skip


def view_box(view: str) -> tuple[float, float, float, float]:
    """A part of the map as x, y, width, height, in the map's own shape whatever the part's."""
    west, north, east, south = VIEWS[view]
    (x, y), (right, bottom) = project(north, west), project(south, east)
    wide = max(right - x, (bottom - y) * MAP_WIDTH / MAP_HEIGHT)
    tall = wide * MAP_HEIGHT / MAP_WIDTH
    left = min(max(0.0, (x + right - wide) / 2), MAP_WIDTH - wide)
    top = min(max(0.0, (y + bottom - tall) / 2), MAP_HEIGHT - tall)
    return round(left, 1), round(top, 1), round(wide, 1), round(tall, 1)


def spots(places: Iterable[Mapping[str, Any]], scale: float = 1.0) -> list[dict[str, Any]]:
    """Places ready to draw, each with `shape`: a country is its `outline`; whatever else is wide (a province, a region,
    a country too small for an outline) an `area` of the radius it may lie in; a town or site a `dot`.

    scale: width of the view over the whole map's, so that dots keep their size on the screen. Most reported first.
    """
    rows = [dict(p) for p in places]
    top = max([FEW, *(row["n"] for row in rows)])
    for row in rows:
        share = math.sqrt(row["n"] / top)
        row["x"], row["y"] = project(row["lat"], row["lon"])
        row["shape"] = _shape(row)
        if row["shape"] == "area":
            degrees = max(row["precision_km"] or 0.0, 40.0 * scale) / KM_A_DEGREE
            row["ry"] = round(degrees * MAP_HEIGHT / (NORTH - SOUTH), 1)
            row["rx"] = round(degrees / max(0.2, math.cos(math.radians(row["lat"]))) * MAP_WIDTH / 360.0, 1)
        else:
            row["r"] = round((2.5 + 13.0 * share) * scale, 2)
        row["weight"] = round(0.15 + 0.6 * share, 2)
    return sorted(rows, key=lambda row: (-row["n"], row["name"]))


def _shape(row: Mapping[str, Any]) -> str:
    if row["kind"] == "country" and row["country"] in outlines():
        return "outline"
    return "dot" if row["kind"] in ("city", "landmark") else "area"


def units_between(first: str, last: str, most: int = 90) -> list[str]:
    """Every year, month or day from `first` to `last`, so that gaps show; [] when they would be more than `most`."""
    if not first:
        return []
    if len(first) == 4:
        out = [f"{year:04}" for year in range(int(first), min(int(last), int(first) + most) + 1)]
    elif len(first) == 7:
        low, high = (int(unit[:4]) * 12 + int(unit[5:]) - 1 for unit in (first, last))
        out = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(low, min(high, low + most) + 1)]
    else:
        day, end = date.fromisoformat(first), date.fromisoformat(last)
        out = [(day + timedelta(days=n)).isoformat() for n in range(min((end - day).days, most) + 1)]
    return out if out[-1] == last else []


def bars(
    counts: Mapping[str, Mapping[str, int]], printed: Mapping[str, int] | None = None, *, height: float = 100.0
) -> list[dict[str, Any]]:
    """Stacked bars by unit of time, parted by class; heights against the fullest bar.

    printed: how many were printed in each unit, against the fullest of these; `printed` is None in each bar without.
    """
    top = max([1, *(sum(parts.values()) for parts in counts.values())])
    most = max([1, *((printed or {}).get(unit, 0) for unit in counts)])
    out = []
    for unit, parts in sorted(counts.items()):
        y, stack = height, []
        for quad in CLASSES:
            if quad in parts:
                tall = height * parts[quad] / top
                y -= tall
                stack.append({"quad": quad, "n": parts[quad], "y": round(y, 2), "height": round(tall, 2)})
        there = None if printed is None else printed.get(unit, 0)
        out.append({
            "unit": unit, "total": sum(parts.values()), "parts": stack, "printed": there,
            "printed_height": round(height * (there or 0) / most, 2),
        })  # fmt: skip
    return out


NET_WIDTH, NET_HEIGHT = 1000.0, 640.0
STEPS = 60
SWEEPS = 30
LETTER, LINE = 5.9, 15.0  # of a node's name, at 11 px: a letter's width and a line's height
NAME = 26


def shortened(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"


def network(links: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Actors as nodes, dealings as lines. links: actor, recipient, n, quad; the same links, the same picture.

    Source: force-directed placement of Fruchterman and Reingold (1991), from a circle, cooled over fixed steps.
    """
    ids = sorted({link[side] for link in links for side in ("actor", "recipient")})
    where = {i: number for number, i in enumerate(ids)}
    weight = [0] * len(ids)
    pulls: dict[tuple[int, int], float] = {}
    for link in links:
        a, b = where[link["actor"]], where[link["recipient"]]
        weight[a] += link["n"]
        weight[b] += link["n"]
        pulls[min(a, b), max(a, b)] = 1.0 + math.log(link["n"])
    top = max(weight, default=1)
    radii = [4 + 14 * math.sqrt(n / top) for n in weight]
    shown = [shortened(names.get(i, i)) for i in ids]
    boxes = [(max(2 * r, LETTER * len(name)) + 6, 2 * r + LINE + 4) for r, name in zip(radii, shown, strict=True)]
    nodes = [
        {
            "id": ids[k], "name": names.get(ids[k], ids[k]), "short": shown[k], "n": weight[k],
            "x": round(spot.real, 1), "y": round(spot.imag, 1), "r": round(radii[k], 1),
        }
        for k, spot in enumerate(_apart(_settled(len(ids), pulls), boxes))
    ]  # fmt: skip
    most = max((link["n"] for link in links), default=1)
    lines = [_line(link, most, nodes[where[link["actor"]]], nodes[where[link["recipient"]]]) for link in links]
    return {"nodes": nodes, "lines": lines}


def _line(link: Mapping[str, Any], most: int, start: Mapping[str, Any], end: Mapping[str, Any]) -> dict[str, Any]:
    """A curve, bowed to one side so that both directions of a pair can be seen."""
    mx, my = (start["x"] + end["x"]) / 2, (start["y"] + end["y"]) / 2
    bow_x, bow_y = mx + (end["y"] - start["y"]) * 0.12, my - (end["x"] - start["x"]) * 0.12
    return {
        **link, "width": round(1.0 + 3.0 * math.log(link["n"]) / max(1.0, math.log(most)), 2),
        "path": f"M{start['x']:g} {start['y']:g}Q{bow_x:.1f} {bow_y:.1f} {end['x']:g} {end['y']:g}",
    }  # fmt: skip


def _settled(count: int, links: Mapping[tuple[int, int], float]) -> list[complex]:
    """Places for nodes as x + yj: linked ones near, all apart, inside the frame.

    Plain Python: numpy hands the interpreter's lock over at every step of its arrays, which with many readers at once
    takes far longer than the arithmetic (bench/speed/web.py).
    """
    spots = [0.5 * cmath.exp(2j * math.pi * k / max(count, 1)) for k in range(count)]
    ideal = 1.3 / math.sqrt(max(count, 1))
    for step in range(STEPS):
        moves = [-0.6 * spot for spot in spots]
        for a in range(count):
            here, move = spots[a], 0j
            for b in range(a):
                apart = here - spots[b]
                push = apart * (ideal * ideal / (apart.real * apart.real + apart.imag * apart.imag + 1e-6))
                move += push
                moves[b] -= push
            moves[a] += move
        for (a, b), pull in links.items():
            apart = spots[a] - spots[b]
            drawn = apart * (abs(apart) * pull / ideal)
            moves[a] -= drawn
            moves[b] += drawn
        most = 0.2 * (1 - step / STEPS)
        spots = [spot + move * min(1.0, most / (abs(move) + 1e-9)) for spot, move in zip(spots, moves, strict=True)]
    return [complex(x, y) for x, y in zip(
        _spread([s.real for s in spots], 90.0, NET_WIDTH), _spread([s.imag for s in spots], 30.0, NET_HEIGHT), strict=True)
    ]  # fmt: skip


def _apart(spots: list[complex], boxes: Sequence[tuple[float, float]]) -> list[complex]:
    """Spots moved until no node or name covers another, as far as the frame allows; a box is a node with its name."""
    where = [[s.real, s.imag] for s in spots]
    for _ in range(SWEEPS):
        moved = False
        order = sorted(range(len(where)), key=lambda k: (where[k][1], k))
        for at, a in enumerate(order):
            for b in order[at + 1 :]:
                down = (boxes[a][1] + boxes[b][1]) / 2 - (where[b][1] - where[a][1])
                if down <= -40.0:
                    break
                across = (boxes[a][0] + boxes[b][0]) / 2 - abs(where[b][0] - where[a][0])
                if down <= 0.01 or across <= 0.01:
                    continue
                moved = True
                axis, by = (1, down / 2) if down < across else (0, across / 2)
                side = 1.0 if axis == 1 or where[a][0] <= where[b][0] else -1.0
                where[a][axis] -= side * by
                where[b][axis] += side * by
        for k, (wide, tall) in enumerate(boxes):
            where[k][0] = min(max(where[k][0], wide / 2), NET_WIDTH - wide / 2)
            where[k][1] = min(max(where[k][1], tall / 2), NET_HEIGHT - tall / 2 - LINE)
        if not moved:
            break
    return [complex(x, y) for x, y in where]


def _spread(values: Sequence[float], margin: float, size: float) -> list[float]:
    """Values moved and stretched to fill `size` but for margins."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    wide = high - low if high - low > 1e-9 else 1.0
    return [round(margin + (value - low) / wide * (size - 2 * margin), 1) for value in values]
