"""The base map of the made-up city as GeoJSON layers; docs/basemap.md describes them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from typing import Any

import numpy as np

from prahari.contracts.city import Area, Name
from prahari.simcity.city.geometry import (
    BOUNDS,
    Array,
    Point,
    Polygon,
    area,
    centroid,
    densify,
    shrunk,
    spline,
    split,
    to_lonlat,
)
from prahari.simcity.city.names import GHATS, LANDMARKS, LOCALITIES, STATIONS, name
from prahari.simcity.city.roads import BRIDGES, Block, Network, Road, density

_MARGIN_DEG = 0.012
_RANK = {"motorway": 0, "trunk": 1, "primary": 2, "secondary": 3, "tertiary": 4, "residential": 5}
_GREEN = {"park", "wood", "zoo"}
_MINZOOM = {1: 8.0, 2: 10.0, 3: 11.5, 4: 13.0, 5: 14.5}

_RAILWAYS: list[tuple[Name, list[Point]]] = [
    (name("Main Line", "मुख्य रेल लाइन"), [(-23, 6.4), (-12, 6.1), (-6.1, 5.45), (-2.5, 5.0), (-0.3, 4.72),
                                         (2.0, 4.1),
                                         (4.25, 3.3), (6.2, 3.3), (9, 4.7), (13, 6.8), (23, 9.5)]),
    (name("Farrukhabad Line", "फर्रुखाबाद लाइन"), [(-23, 2.7), (-12, 3.7), (-8.6, 3.55),
                                                          (-5, 3.3), (-1, 3.6), (2.1, 3.5), (4.25, 3.3)]),
    (name("Lucknow Line", "लखनऊ लाइन"), [(4.25, 3.3), (5.5, 2.5), (6.0, 1.3),
                                                  (6.15, 0), (6.4, -2), (7.0, -7), (8, -15)]),
    (name("Jhansi Line", "झांसी लाइन"), [(-0.3, 4.72), (-1.3, 6.3), (-3, 9), (-5, 12), (-8, 19)]),
    (name("Banda Line", "बांदा लाइन"), [(2.0, 4.1), (3.2, 5.2), (4.9, 7.6), (6.4, 11), (8.0, 19)]),
]  # fmt: skip
_METRO: list[Point] = [(-10.6, 2.75), (-8.0, 3.0), (-5.0, 2.95), (-2.6, 2.9), (-1.2, 2.3), (0.6, 1.45), (2.2, 1.3),
                       (3.2, 1.7), (4.0, 2.9), (4.3, 4.4), (4.2, 6.2), (4.0, 8.2)]  # fmt: skip
_CANAL: list[Point] = [(-23, 10.0), (-13, 8.2), (-7.0, 7.9), (-3.4, 6.35), (-0.4, 5.1), (2.4, 4.62), (6.0, 5.0),
                       (9.4, 6.6), (12.5, 9.6), (17, 14)]  # fmt: skip


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(shape: str, coordinates: Any, /, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}


def _named(label: Name | None) -> dict[str, str]:
    return {"name_en": label.en, "name_hi": label.hi} if label else {}


def _rounded(points: Array) -> list[list[float]]:
    return np.round(points, 5).tolist()  # type: ignore[no-any-return]


def _ring(polygon: Polygon, step_km: float = 0.3) -> list[list[float]]:
    return _rounded(to_lonlat(densify(polygon, step_km, closed=True)))


def _seen(points: Array) -> np.ndarray:
    west, south, east, north = BOUNDS
    m = _MARGIN_DEG
    inside: np.ndarray = (
        (points[:, 0] > west - m) & (points[:, 0] < east + m) & (points[:, 1] > south - m) & (points[:, 1] < north + m)
    )
    return inside


def _runs(plan_points: Array) -> list[list[list[float]]]:
    """A line as the pieces of it that lie within the map."""
    points = to_lonlat(plan_points)
    inside = _seen(points)
    pieces: list[list[list[float]]] = []
    start: int | None = None
    for index in range(len(points) + 1):
        if index < len(points) and inside[index]:
            start = index if start is None else start
        elif start is not None:
            if index - start > 1:
                pieces.append(_rounded(points[start:index]))
            start = None
    return pieces


def _on_map(polygon: Polygon) -> bool:
    return bool(_seen(to_lonlat(polygon)).any())


def build(network: Network, areas: list[Area], seed: int) -> dict[str, Any]:
    """All layers by name. Deterministic for a seed."""
    chance = random.Random(seed + 2)  # noqa: S311 - a plan, no secret
    parks = _small_parks(network.blocks, chance)
    layers: dict[str, Any] = {
        "land": _collection([_land()]),
        "built": _collection(_built(network)),
        "landuse": _collection(_landuse(network.blocks)),
        "green": _collection([*_green(network.blocks, parks, chance)]),
        "water": _collection(_water(chance)),
        "building": _collection(_buildings(network.blocks, parks, chance)),
        "road": _collection(_roads(network.roads)),
        "rail": _collection(_rails()),
        "place": _collection(_places()),
        "landmark": _collection(_landmarks(network.blocks)),
    }
    for layer, level in (
        ("boundary_zone", "zone"),
        ("boundary_police_station", "police_station"),
        ("boundary_ward", "ward"),
    ):
        layers[layer] = _collection(
            _feature(
                "Polygon", [list(map(list, part)) for part in each.boundary[:1]], path=each.path, **_named(each.name)
            )
            for each in areas
            if each.level == level
        )
    return layers


def _land() -> dict[str, Any]:
    west, south, east, north = BOUNDS
    m = 0.2
    ring = [
        [west - m, south - m],
        [east + m, south - m],
        [east + m, north + m],
        [west - m, north + m],
        [west - m, south - m],
    ]
    return _feature("Polygon", [[[round(x, 5), round(y, 5)] for x, y in ring]], kind="land")


def _built(network: Network) -> Iterable[dict[str, Any]]:
    for polygon, built in network.neighbourhoods:
        if built > 0.16 and _on_map(polygon):
            level = 3 if built > 0.78 else 2 if built > 0.4 else 1
            yield _feature("Polygon", [_ring(polygon)], density=level)


def _landuse(blocks: list[Block]) -> Iterable[dict[str, Any]]:
    names = {mark[0]: name(mark[1], mark[2]) for mark in LANDMARKS}
    for block in blocks:
        if block.landmark and block.use not in _GREEN:
            yield _feature("Polygon", [_ring(block.polygon)], kind=block.use, **_named(names[block.landmark]))


def _small_parks(blocks: list[Block], chance: random.Random) -> set[int]:
    chosen = [i for i, b in enumerate(blocks) if b.use == "residential" and 0.25 < b.density < 0.85]
    return set(chance.sample(chosen, len(chosen) // 45))


def _green(blocks: list[Block], parks: set[int], chance: random.Random) -> Iterable[dict[str, Any]]:
    names = {mark[0]: name(mark[1], mark[2]) for mark in LANDMARKS}
    for index, block in enumerate(blocks):
        if block.use in _GREEN:
            yield _feature("Polygon", [_ring(block.polygon)], kind=block.use, **_named(names[block.landmark]))
        elif index in parks and (inner := shrunk(block.polygon, 0.008)):
            yield _feature("Polygon", [_ring(inner)], kind="park")
        elif block.use == "field" and _on_map(block.polygon):
            for _ in range(chance.randrange(3)):
                if grove := _blob(_inside(block.polygon, chance), chance.uniform(0.1, 0.32), chance):
                    yield _feature("Polygon", [_ring(grove)], kind=chance.choice(["orchard", "wood", "orchard"]))


def _inside(polygon: Polygon, chance: random.Random) -> Point:
    """A random point of a convex polygon."""
    weights = [chance.random() + 0.15 for _ in polygon]
    total = sum(weights)
    return (
        sum(w * p[0] for w, p in zip(weights, polygon, strict=True)) / total,
        sum(w * p[1] for w, p in zip(weights, polygon, strict=True)) / total,
    )


def _blob(middle: Point, radius_km: float, chance: random.Random) -> Polygon:
    start, stretch = chance.uniform(0, 6.28), chance.uniform(0.5, 1.0)
    return [
        (
            middle[0] + radius_km * math.cos(start + k * 0.6283) * chance.uniform(0.75, 1.15),
            middle[1] + radius_km * stretch * math.sin(start + k * 0.6283) * chance.uniform(0.75, 1.15),
        )
        for k in range(10)
    ]


def _far_bank(s: float) -> float:
    return -(0.82 + 0.20 * math.sin(0.7 * s + 0.6) + 0.16 * math.sin(1.9 * s + 1.0) + 0.05 * math.sin(5.1 * s))


def _water(chance: random.Random) -> Iterable[dict[str, Any]]:
    reach = np.arange(-23, 23.01, 0.2)
    near = [(float(s), 0.06 + 0.05 * math.sin(2.3 * s) + 0.03 * math.sin(6.1 * s)) for s in reach]
    far = [(float(s), _far_bank(float(s))) for s in reach]
    outline = to_lonlat([*near, *reversed(far), near[0]])
    yield _feature("Polygon", [_rounded(outline)], kind="river", **_named(name("Ganga", "गंगा")))
    for s, width, length in (
        (-12.0, 0.10, 1.3),
        (-9.2, 0.13, 1.0),
        (-3.2, 0.12, 1.5),
        (0.9, 0.15, 1.7),
        (7.4, 0.13, 1.5),
        (12.8, 0.14, 1.6),
    ):
        middle = _far_bank(s) * chance.uniform(0.45, 0.62)
        lens = [
            (s + length * math.cos(a), middle + width * math.sin(a) * (1 + 0.25 * math.sin(3 * a + s)))
            for a in np.linspace(0, 2 * math.pi, 24, endpoint=False)
        ]
        yield _feature("Polygon", [_ring([(float(x), float(y)) for x, y in lens])], kind="sand")
    pandu = [
        (float(s), 11.9 + 0.45 * math.sin(1.25 * s) + 0.35 * math.sin(0.5 * s + 1) + 0.2 * math.sin(3.1 * s))
        for s in np.arange(-23, 23.1, 0.35)
    ]
    for piece in _runs(spline(pandu, 0.15)):
        yield _feature("LineString", piece, kind="stream", **_named(name("Pandu River", "पांडु नदी")))
    for piece in _runs(spline(_CANAL, 0.25)):
        yield _feature("LineString", piece, kind="canal", **_named(name("Ganga Canal", "गंगा नहर")))
    lakes = [
        ((-1.03, 2.02), 0.16, name("Moti Jheel", "मोती झील")),
        ((-3.75, 0.85), 0.2, None),
        ((-9.7, 5.6), 0.22, None),
    ]
    lakes += [
        ((chance.uniform(-13, 14), chance.uniform(8.8, 13.5)), chance.uniform(0.07, 0.2), None) for _ in range(14)
    ]
    for middle_point, radius, label in lakes:
        yield _feature("Polygon", [_ring(_blob(middle_point, radius, chance), 0.1)], kind="lake", **_named(label))


def _roads(roads: list[Road]) -> Iterable[dict[str, Any]]:
    grouped: dict[tuple[str, int], list[list[list[float]]]] = {}
    for road in roads:
        if road in BRIDGES:
            continue
        pieces = _runs(densify([road.start, road.end], 0.16))
        if road.name is None:
            column = int(road.start[0] // 2)  # pieces of a stretch of the city together: small, and drawn only if seen
            grouped.setdefault((road.kind, column), []).extend(pieces)
            continue
        for piece in pieces:
            properties = {"kind": road.kind, "rank": _RANK[road.kind], "bridge": False, **_named(road.name)}
            yield _feature("LineString", piece, **properties, **({"ref": road.ref} if road.ref else {}))
    for (kind, _), lines in sorted(grouped.items()):
        yield _feature("MultiLineString", lines, kind=kind, rank=_RANK[kind], bridge=False)
    for road in BRIDGES:
        share = (0.2 + 1.35) / (0.2 - road.end[1])
        for start, end, bridge in ((0.0, share, True), (share, 1.0, False)):
            for piece in _runs(densify([road.at(start), road.at(end)], 0.2)):
                yield _feature(
                    "LineString", piece, kind=road.kind, rank=_RANK[road.kind], bridge=bridge, **_named(road.name)
                )
    for road in (r for r in roads if r.kind in {"motorway", "trunk"} and r not in BRIDGES):
        for s in (-9.4, -4.6, 0.6, 3.3, 5.2, 9.0):  # flyovers
            fraction = (s - road.start[0]) / ((road.end[0] - road.start[0]) or 1e9)
            half = 0.45 / road.length_km
            if half < fraction < 1 - half:
                for piece in _runs(densify([road.at(fraction - half), road.at(fraction + half)], 0.1)):
                    yield _feature("LineString", piece, kind=road.kind, rank=_RANK[road.kind], bridge=True)


def _rails() -> Iterable[dict[str, Any]]:
    for label, points in _RAILWAYS:
        line = spline(points, 0.25)
        for piece in _runs(line):
            yield _feature("LineString", piece, kind="rail", **_named(label))
    main = spline(_RAILWAYS[0][1], 0.1)
    for middle, reach in (((4.25, 3.3), 0.7), ((1.8, 4.2), 0.9), ((-6.1, 5.45), 0.6)):
        near = main[np.hypot(main[:, 0] - middle[0], main[:, 1] - middle[1]) < reach]
        for side in (-0.09, -0.06, -0.03, 0.03, 0.06, 0.09):
            taper = np.cos(np.linspace(-1.35, 1.35, len(near)))
            for piece in _runs(np.column_stack([near[:, 0], near[:, 1] + side * np.minimum(1, taper * 1.6)])):
                yield _feature("LineString", piece, kind="yard")
    for piece in _runs(spline(_METRO, 0.2)):
        yield _feature("LineString", piece, kind="metro", **_named(name("Metro", "मेट्रो")))


def _buildings(blocks: list[Block], parks: set[int], chance: random.Random) -> Iterable[dict[str, Any]]:
    grouped: dict[tuple[int, int], list[list[list[list[float]]]]] = {}
    for index, block in enumerate(blocks):
        if index in parks or block.density < 0.3 or block.use != "residential":
            continue
        if chance.random() > 0.55 + block.density:
            continue
        inner = shrunk(block.polygon, 0.011)
        for part in _halves(inner, 0.0042 if block.density > 0.78 else 0.0065, chance) if inner else ():
            house = shrunk(part, 0.0035)
            if len(house) >= 3 and area(house) > 0.0006:
                s, d = house[0]
                grouped.setdefault((math.floor(s), math.floor(d)), []).append([_ring(house, 1.0)])
    for _, polygons in sorted(grouped.items()):
        yield _feature("MultiPolygon", polygons, kind="block")
    for block in blocks:
        if block.use in {
            "hospital",
            "office",
            "commercial",
            "bus_station",
            "railway_station",
            "temple",
            "church",
            "stadium",
        }:
            house = shrunk(block.polygon, 0.25 * math.sqrt(area(block.polygon)))
            if house:
                yield _feature("Polygon", [_ring(house)], kind=block.use)


def _halves(polygon: Polygon, target_km2: float, chance: random.Random) -> list[Polygon]:
    if area(polygon) < target_km2 * 1.6:
        return [polygon]
    sides = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    (x0, y0), (x1, y1) = max(sides, key=lambda side: math.dist(*side))
    share = chance.uniform(0.4, 0.6)
    cut = split(polygon, (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share), (-(y1 - y0), x1 - x0))
    if cut is None:
        return [polygon]
    return _halves(cut[0], target_km2, chance) + _halves(cut[1], target_km2, chance)


def _point(place: Point) -> list[float]:
    return _rounded(to_lonlat([place]))[0]


def _places() -> Iterable[dict[str, Any]]:
    yield _feature("Point", _point((2.4, 2.9)), kind="city", rank=1, minzoom=7.0, **_named(name("Kanpur", "कानपुर")))
    for station in STATIONS:
        yield _feature(
            "Point",
            _point((station.s, station.d)),
            kind="suburb",
            rank=3,
            minzoom=11.5,
            **_named(name(station.en, station.hi)),
        )
    for en, hi, s, d, rank in LOCALITIES:
        kind = "village" if density((s, d)) < 0.16 else "locality"
        yield _feature("Point", _point((s, d)), kind=kind, rank=rank, minzoom=_MINZOOM[rank], **_named(name(en, hi)))
    for en, hi, s, d, kind in (
        ("Ganga", "गंगा", -5.0, -0.45, "water"),
        ("Ganga", "गंगा", 8.6, -0.5, "water"),
        ("Pandu River", "पांडु नदी", 1.0, 12.1, "water"),
        ("Gangaghat", "गंगाघाट", 4.9, -2.3, "suburb"),
    ):
        yield _feature("Point", _point((s, d)), kind=kind, rank=2, minzoom=10.5, **_named(name(en, hi)))


def _landmarks(blocks: list[Block]) -> Iterable[dict[str, Any]]:
    middles = {block.landmark: centroid(block.polygon) for block in blocks if block.landmark}
    for key, en, hi, kind, s, d, _, rank in LANDMARKS:
        place = middles.get(key, (s, d))
        yield _feature(
            "Point", _point(place), key=key, kind=kind, rank=rank, minzoom=_MINZOOM[rank] + 0.5, **_named(name(en, hi))
        )
    for en, hi, s in GHATS:
        yield _feature("Point", _point((s, 0.13)), kind="ghat", rank=4, minzoom=13.0, **_named(name(en, hi)))
