"""Plane geometry of the made-up city: convex cells, tilings and the warp that makes straight things look grown.

Everything is first laid out in *plan* coordinates, kilometres: s along the river (downstream, to the south-east) and
d away from it (inland, to the south-west). `to_lonlat` bends that plane with smooth noise and puts it on the earth;
because all layers go through the same bend, tilings stay tilings and junctions stay junctions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Polygon = list[Point]
Array = NDArray[np.float64]

CENTRE = (80.33, 26.45)
BOUNDS = (80.178, 26.337, 80.482, 26.563)

_KM_PER_DEGREE_LAT = 110.77
_KM_PER_DEGREE_LON = 111.32 * math.cos(math.radians(CENTRE[1]))
_ALONG = (0.79, -0.613)
_INLAND = (-0.613, -0.79)
_RIVER_ORIGIN = (2.75, 3.55)

# Waves of the bend: (wave number in s, in d, phase, shift in s, shift in d), kilometres.
_WAVES = (
    (0.62, 0.35, 0.4, 0.30, 0.34),
    (-0.41, 0.78, 1.9, 0.32, 0.22),
    (1.55, 1.10, 3.1, 0.10, 0.12),
    (-1.35, 2.05, 0.7, 0.10, 0.07),
    (3.9, -2.7, 2.2, 0.032, 0.034),
    (2.6, 5.1, 5.0, 0.030, 0.030),
    (8.3, 6.1, 1.1, 0.010, 0.010),
    (-6.7, 9.4, 4.2, 0.010, 0.009),
)


def bend(points: Array) -> Array:
    """Plan coordinates (N, 2) moved by the noise, still in (s, d)."""
    s, d = points[:, 0], points[:, 1]
    out = points.astype(np.float64).copy()
    for in_s, in_d, phase, shift_s, shift_d in _WAVES:
        wave = np.sin(in_s * s + in_d * d + phase)
        out[:, 0] += shift_s * wave
        out[:, 1] += shift_d * np.cos(in_s * s + in_d * d + 2.3 * phase)
    meander = 0.85 * np.sin(0.40 * s + 1.0) + 0.40 * np.sin(0.93 * s + 0.2)
    out[:, 1] += meander * np.exp(-np.abs(d) / 4.5)
    return out


def to_lonlat(points: Iterable[Point] | Array) -> Array:
    """Longitude and latitude (N, 2) of plan coordinates."""
    bent = bend(np.asarray(points if isinstance(points, np.ndarray) else list(points), dtype=np.float64).reshape(-1, 2))
    x = _RIVER_ORIGIN[0] + bent[:, 0] * _ALONG[0] + bent[:, 1] * _INLAND[0]
    y = _RIVER_ORIGIN[1] + bent[:, 0] * _ALONG[1] + bent[:, 1] * _INLAND[1]
    return np.column_stack([CENTRE[0] + x / _KM_PER_DEGREE_LON, CENTRE[1] + y / _KM_PER_DEGREE_LAT])


def bearing_deg(start: Point, end: Point) -> int:
    """Compass bearing on the earth from one plan point towards another, 0 to 359."""
    a, b = to_lonlat([start, end])
    east, north = (b[0] - a[0]) * _KM_PER_DEGREE_LON, (b[1] - a[1]) * _KM_PER_DEGREE_LAT
    return round(math.degrees(math.atan2(east, north))) % 360


def densify(points: Sequence[Point], step_km: float, *, closed: bool = False) -> Array:
    """The same line with a point at least every `step_km`; edge by edge from their ends, so neighbours agree."""
    line = [*points, points[0]] if closed else list(points)
    out: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / step_km))
        out += [(x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count) for k in range(count)]
    out.append(line[-1])
    return np.array(out)


def spline(points: Sequence[Point], step_km: float = 0.2) -> Array:
    """A smooth line through the points (Catmull-Rom)."""
    nodes = np.array([points[0], *points, points[-1]], dtype=np.float64)
    pieces = []
    for index in range(1, len(nodes) - 2):
        p0, p1, p2, p3 = nodes[index - 1 : index + 3]
        count = max(2, math.ceil(float(np.hypot(*(p2 - p1))) / step_km))
        t = np.linspace(0, 1, count, endpoint=False)[:, None]
        pieces.append(
            0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
        )
    return np.vstack([*pieces, nodes[-1:]])


def area(polygon: Sequence[Point]) -> float:
    return abs(signed_area(polygon))


def signed_area(polygon: Sequence[Point]) -> float:
    total = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        total += x0 * y1 - x1 * y0
    return total / 2


def centroid(polygon: Sequence[Point]) -> Point:
    doubled = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        doubled += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if abs(doubled) < 1e-12:
        return polygon[0]
    return x / (3 * doubled), y / (3 * doubled)


def contains(polygon: Sequence[Point], point: Point) -> bool:
    """Whether the point lies inside; any simple polygon."""
    x, y = point
    inside = False
    x0, y0 = polygon[-1]
    for x1, y1 in polygon:
        if (y1 > y) != (y0 > y) and x < (x0 - x1) * (y - y1) / (y0 - y1) + x1:
            inside = not inside
        x0, y0 = x1, y1
    return inside


def split(polygon: Polygon, through: Point, direction: Point) -> tuple[Polygon, Polygon, Point, Point] | None:
    """A convex polygon cut by a line: left part, right part and the ends of the cut; None when it is not crossed."""
    px, py = through
    dx, dy = direction
    sides = [dx * (y - py) - dy * (x - px) for x, y in polygon]
    if all(side >= -1e-9 for side in sides) or all(side <= 1e-9 for side in sides):
        return None
    left: Polygon = []
    right: Polygon = []
    ends: list[Point] = []
    count = len(polygon)
    for index in range(count):
        a, b = polygon[index], polygon[(index + 1) % count]
        sa, sb = sides[index], sides[(index + 1) % count]
        if sa >= 0:
            left.append(a)
        if sa <= 0:
            right.append(a)
        if sa == 0:
            ends.append(a)
        elif sa * sb < 0:
            t = sa / (sa - sb)
            cut = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
            left.append(cut)
            right.append(cut)
            ends.append(cut)
    if len(ends) != 2:
        return None
    return left, right, ends[0], ends[1]


def keep_left(polygon: Polygon, through: Point, direction: Point) -> Polygon:
    """The part of a convex polygon on the left of a line."""
    px, py = through
    dx, dy = direction
    out: Polygon = []
    for a, b in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        sa = dx * (a[1] - py) - dy * (a[0] - px)
        sb = dx * (b[1] - py) - dy * (b[0] - px)
        if sa >= 0:
            out.append(a)
        if sa * sb < 0:
            t = sa / (sa - sb)
            out.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t))
    return out


def voronoi(seeds: Sequence[Point], domain: Polygon) -> list[Polygon]:
    """The cells of the seeds within a convex domain; they tile it."""
    cells = []
    for index, (x, y) in enumerate(seeds):
        cell = list(domain)
        others = sorted(
            (math.hypot(u - x, v - y), (u, v)) for position, (u, v) in enumerate(seeds) if position != index
        )
        for distance, (u, v) in others:
            reach = max(math.hypot(px - x, py - y) for px, py in cell)
            if distance > 2 * reach:
                break
            middle = ((x + u) / 2, (y + v) / 2)
            cell = (
                keep_left(cell, middle, (-(v - y), u - x))
                if _left(middle, (-(v - y), u - x), (x, y))
                else keep_left(cell, middle, (v - y, -(u - x)))
            )
        cells.append(cell)
    return cells


def _left(through: Point, direction: Point, point: Point) -> bool:
    return direction[0] * (point[1] - through[1]) - direction[1] * (point[0] - through[0]) >= 0


def relaxed(seeds: Sequence[Point], domain: Polygon, rounds: int) -> list[Point]:
    """Seeds moved towards the middle of their cells (Lloyd)."""
    points = list(seeds)
    for _ in range(rounds):
        points = [centroid(cell) for cell in voronoi(points, domain)]
    return points


class Corners:
    """Gives corners of neighbouring cells one identity, so that shared edges can be recognised."""

    def __init__(self, tolerance_km: float = 1e-5) -> None:
        self._size = tolerance_km * 10
        self._tolerance = tolerance_km
        self._cells: dict[tuple[int, int], list[Point]] = {}

    def snap(self, point: Point) -> Point:
        column, row = math.floor(point[0] / self._size), math.floor(point[1] / self._size)
        for i in (column - 1, column, column + 1):
            for j in (row - 1, row, row + 1):
                for known in self._cells.get((i, j), ()):
                    if math.hypot(known[0] - point[0], known[1] - point[1]) < self._tolerance:
                        return known
        self._cells.setdefault((column, row), []).append(point)
        return point

    def snap_all(self, polygon: Polygon) -> Polygon:
        out: Polygon = []
        for point in polygon:
            snapped = self.snap(point)
            if not out or out[-1] != snapped:
                out.append(snapped)
        return out[:-1] if len(out) > 1 and out[0] == out[-1] else out


def dissolve(polygons: Sequence[Polygon]) -> list[Polygon]:
    """Outer rings of the union of snapped, equally oriented cells of one tiling."""
    edges: set[tuple[Point, Point]] = set()
    for polygon in polygons:
        for edge in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            if (edge[1], edge[0]) in edges:
                edges.remove((edge[1], edge[0]))
            else:
                edges.add(edge)
    following: dict[Point, list[Point]] = {}
    for a, b in sorted(edges):
        following.setdefault(a, []).append(b)
    rings = []
    while following:
        start = next(iter(following))
        ring = [start]
        point = start
        while True:
            ends = following[point]
            after = ends.pop()
            if not ends:
                del following[point]
            if after == start:
                break
            ring.append(after)
            point = after
        rings.append(ring)
    return sorted(rings, key=area, reverse=True)


def shrunk(polygon: Polygon, margin_km: float) -> Polygon:
    """A convex polygon with its sides moved inwards; empty when nothing is left."""
    turn = 1 if signed_area(polygon) > 0 else -1
    out = list(polygon)
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        length = math.hypot(x1 - x0, y1 - y0)
        if length < 1e-9:
            continue
        direction = ((x1 - x0) / length * turn, (y1 - y0) / length * turn)
        inwards = (-direction[1] * margin_km, direction[0] * margin_km)
        out = keep_left(out, (x0 + inwards[0], y0 + inwards[1]), direction)
        if len(out) < 3:
            return []
    return out
