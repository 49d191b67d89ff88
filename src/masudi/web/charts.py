"""Charts drawn on the server as SVG: coordinates for the templates. No script, nothing fetched."""

from __future__ import annotations

import cmath
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ..records import QUADS

WORLD = Path(__file__).parent / "data" / "countries-110m.json"
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
def world_path() -> str:
    """Every country's outline as one SVG path."""
    topology = json.loads(WORLD.read_text(encoding="utf-8"))
    arcs = [_unpack(arc, topology["transform"]) for arc in topology["arcs"]]
    out = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") == ANTARCTICA:
            continue
        shapes = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        for ring in (ring for shape in shapes for ring in shape):
            out.append(_path(_joined(ring, arcs)))
    return "".join(out)


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
    """A closed path in steps; broken where it would cross the whole map at the date line."""
    out: list[str] = []
    last: tuple[float, float] | None = None
    for lon, lat in points:
        x, y = project(lat, lon)
        if last is None or abs(x - last[0]) > MAP_WIDTH / 2:
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


def dots(places: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Places as circles, largest first so that small ones stay on top; area goes with the number of reports."""
    rows = [dict(p) for p in places]
    top = max((row["n"] for row in rows), default=1)
    for row in rows:
        row["x"], row["y"] = project(row["lat"], row["lon"])
        row["r"] = round(3.0 + 15.0 * math.sqrt(row["n"] / top), 1)
    return sorted(rows, key=lambda row: (-row["n"], row["name"]))


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


def bars(counts: Mapping[str, Mapping[str, int]], *, height: float = 100.0) -> list[dict[str, Any]]:
    """Stacked bars by unit of time, parted by quad class; heights against the fullest bar."""
    top = max([1, *(sum(parts.values()) for parts in counts.values())])
    out = []
    for unit, parts in sorted(counts.items()):
        y, stack = height, []
        for quad in QUADS:
            if quad in parts:
                tall = height * parts[quad] / top
                y -= tall
                stack.append({"quad": quad, "n": parts[quad], "y": round(y, 2), "height": round(tall, 2)})
        out.append({"unit": unit, "total": sum(parts.values()), "parts": stack})
    return out


NET_WIDTH, NET_HEIGHT = 1000.0, 640.0
STEPS = 60


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
    nodes = [
        {
            "id": ids[k], "name": names.get(ids[k], ids[k]), "n": weight[k], "x": spot.real, "y": spot.imag,
            "r": round(4 + 14 * math.sqrt(weight[k] / top), 1),
        }
        for k, spot in enumerate(_settled(len(ids), pulls))
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


def _spread(values: Sequence[float], margin: float, size: float) -> list[float]:
    """Values moved and stretched to fill `size` but for margins."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    wide = high - low if high - low > 1e-9 else 1.0
    return [round(margin + (value - low) / wide * (size - 2 * margin), 1) for value in values]
