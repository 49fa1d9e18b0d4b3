"""The road network: main roads drawn by hand, everything between them grown by cutting blocks in two."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

from prahari.contracts.city import Name
from prahari.simcity.city.geometry import Point, Polygon, area, centroid, contains, split
from prahari.simcity.city.names import CROSS_ROADS, LANDMARKS, name

DOMAIN: Polygon = [(-23, 0.16), (23, 0.16), (23, 20.0), (-23, 20.0)]
OTHER_BANK: Polygon = [(-23, -16), (23, -16), (23, -1.45), (-23, -1.45)]
CITY: Polygon = [(-14.6, 0.16), (14.2, 0.16), (14.9, 3.0), (14.4, 5.6), (10.4, 8.6), (5.4, 11.2), (-0.5, 10.6),
                 (-9.8, 8.9), (-13.6, 6.4), (-15.0, 3.2)]  # fmt: skip
"""The municipal limits in plan coordinates: convex, along the river's bank on one side."""

CORE = (2.7, 2.0)


@dataclass(frozen=True)
class Road:
    """A straight piece in the plan; the bend makes it a road. `rank`: 0 motorway ... 5 residential."""

    start: Point
    end: Point
    kind: str
    name: Name | None = None
    ref: str = ""

    def at(self, fraction: float) -> Point:
        (x0, y0), (x1, y1) = self.start, self.end
        return x0 + (x1 - x0) * fraction, y0 + (y1 - y0) * fraction

    @property
    def length_km(self) -> float:
        return math.dist(self.start, self.end)


@dataclass(frozen=True)
class Block:
    """Land between roads. `use`: residential, or the kind of the landmark that fills it, or field."""

    polygon: Polygon
    use: str
    density: float
    landmark: str = ""


@dataclass
class Network:
    roads: list[Road] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    neighbourhoods: list[tuple[Polygon, float]] = field(default_factory=list)  # about 1 km2 each, with density


def density(point: Point) -> float:
    """How built-up a place is, from 0 (fields) to 1 (the old city)."""
    s, d = point
    core = math.exp(-((s - CORE[0]) ** 2 / 5.0 + (d - CORE[1]) ** 2 / 2.2))
    town = math.exp(-((s - 0.8) ** 2 / 46 + (d - 3.6) ** 2 / 15))
    west = math.exp(-((s + 7.5) ** 2 / 12 + (d - 2.8) ** 2 / 4.5))
    east = math.exp(-((s - 9.2) ** 2 / 7 + (d - 3.2) ** 2 / 5))
    south = math.exp(-((s - 2.2) ** 2 / 11 + (d - 8.1) ** 2 / 2.6))
    over = math.exp(-((s - 4.9) ** 2 / 1.6 + (d + 2.2) ** 2 / 0.5))
    highway = 0.33 * math.exp(-((d - 3.9) ** 2) / 1.2) * math.exp(-((s / 15) ** 6))
    return min(1.0, max(core, 0.72 * town, 0.55 * west, 0.5 * east, 0.45 * south, 0.42 * over, highway))


def _main_roads() -> list[Road]:
    """Roads that run through, in the order in which they cut the land."""
    roads = [
        Road((-23, 3.3), (23, 4.4), "trunk", name("Grand Trunk Road", "ग्रांड ट्रंक रोड"), "GT"),
        Road((-23, 7.2), (23, 8.5), "motorway", name("National Highway Bypass", "राष्ट्रीय राजमार्ग बाईपास"), "NH 19"),
        Road((-9.4, 1.75), (9.4, 1.35), "primary", name("Mall Road", "माल रोड")),
        Road((-14.8, 0.42), (10.6, 0.40), "secondary", name("Ganga Riverside Road", "गंगा तटबंध मार्ग")),
        Road((4.9, 4.0), (4.0, 20), "trunk", name("Hamirpur Road", "हमीरपुर रोड"), "NH 34"),
        Road((-0.2, 3.9), (-13.6, 19), "primary", name("Kalpi Road", "कालपी रोड"), "NH 27"),
        Road((-9.2, 5.7), (11.0, 5.4), "primary", name("Deep Talkies Road", "दीप टॉकीज़ मार्ग")),
        Road((-7.9, 2.65), (8.6, 2.75), "secondary", name("Birhana Road", "बिरहाना रोड")),
        Road((-4.0, 6.9), (8.4, 6.7), "secondary", name("Barra Main Road", "बर्रा मुख्य मार्ग")),
        Road((-6.4, 9.6), (7.0, 9.8), "secondary", name("Pandu Riverside Road", "पांडु नदी मार्ग")),
        Road((-2.6, 4.75), (8.2, 4.7), "secondary", name("Juhi Canal Road", "जूही नहर मार्ग")),
    ]
    starts = (
        -15.6,
        -13.9,
        -12.3,
        -10.2,
        -8.5,
        -6.9,
        -5.3,
        -3.7,
        -2.3,
        -0.9,
        0.4,
        1.8,
        3.3,
        4.6,
        6.1,
        7.9,
        9.9,
        11.9,
        13.9,
    )
    leans = (0.5, -0.2, 0.6, -0.4, 0.5, -0.6, 0.3, -0.3, 0.5, -0.4, 0.5, 0.2, -0.5, 0.4, -0.3, 0.6, -0.4, 0.5, -0.2)
    ends = (7.4, 7.5, 8.5, 8.6, 8.7, 9.6, 8.2, 7.6, 8.4, 9.7, 8.1, 9.8, 8.2, 4.2, 8.2, 9.0, 8.3, 8.4, 8.4)
    for index, (s, lean, end) in enumerate(zip(starts, leans, ends, strict=True)):
        kind = "primary" if index in {4, 8, 11, 13, 16} else "secondary"
        roads.append(Road((s, 0.16), (s + lean, end), kind, name(*CROSS_ROADS[index])))
    return roads


BRIDGES = [
    Road((-6.9, 0.2), (-6.6, -9.5), "primary", name("Ganga Barrage Road", "गंगा बैराज मार्ग")),
    Road((4.6, 0.2), (4.9, -9.5), "primary", name("Shuklaganj Bridge Road", "शुक्लागंज पुल मार्ग")),
    Road((9.9, 0.2), (12.5, -14.5), "trunk", name("Lucknow Road", "लखनऊ मार्ग"), "NH 27"),
]
"""Roads over the river, on to the other bank."""


def _cut_all(cells: list[Polygon], road: Road) -> tuple[list[Polygon], Road]:
    """Cells cut along a road as far as it goes; the road trimmed to the cells' sides where it ends inside one."""
    direction = (road.end[0] - road.start[0], road.end[1] - road.start[1])
    length2 = direction[0] ** 2 + direction[1] ** 2

    def along(point: Point) -> float:
        return ((point[0] - road.start[0]) * direction[0] + (point[1] - road.start[1]) * direction[1]) / length2

    out: list[Polygon] = []
    reached: list[float] = []
    for cell in cells:
        cut = split(cell, road.start, direction)
        if cut is None:
            out.append(cell)
            continue
        left, right, a, b = cut
        low, high = sorted((along(a), along(b)))
        if high - low < 1e-9 or min(high, 1) - max(low, 0) < 0.5 * (high - low):
            out.append(cell)
            continue
        out += [left, right]
        reached += [low, high]
    if not reached:
        return out, road
    return out, Road(road.at(min(reached)), road.at(max(reached)), road.kind, road.name, road.ref)


def _target_km2(built: float) -> float:
    """How small blocks get. Old city about 70 x 70 m, colonies 100 x 150 m, fringe much larger."""
    if built > 0.78:
        return 0.0065
    if built > 0.5:
        return 0.013
    if built > 0.3:
        return 0.026
    if built > 0.16:
        return 0.12
    return 2.4


def _kind(km2: float) -> str:
    if km2 > 1.1:
        return "secondary"
    return "tertiary" if km2 > 0.16 else "residential"


def _grow(network: Network, cell: Polygon, chance: random.Random, counted: bool) -> None:
    """Cut a cell until its blocks are as small as the place wants; landmarks keep their land whole."""
    stack = [(cell, counted)]
    while stack:
        polygon, known = stack.pop()
        km2 = area(polygon)
        middle = centroid(polygon)
        built = density(middle)
        if not known and km2 < 1.3:
            network.neighbourhoods.append((polygon, built))
            known = True
        inside = [mark for mark in LANDMARKS if contains(polygon, (mark[4], mark[5]))]
        if inside and km2 < 1.7 * max(mark[6] for mark in inside):
            mark = max(inside, key=lambda each: each[6])
            network.blocks.append(Block(polygon, mark[3], built, mark[0]))
            continue
        target = min((mark[6] for mark in inside), default=_target_km2(built))
        if km2 < max(target, 0.004) * 1.5:
            network.blocks.append(Block(polygon, "residential" if built > 0.16 else "field", built))
            continue
        stack += [(part, known) for part in _halved(network, polygon, km2, built, chance)]


def _halved(network: Network, polygon: Polygon, km2: float, built: float, chance: random.Random) -> list[Polygon]:
    sides = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    (x0, y0), (x1, y1) = max(sides, key=lambda side: math.dist(*side))
    jitter = 0.30 if built > 0.78 else 0.10 + (0.45 if km2 > 0.4 and chance.random() < 0.12 else 0)
    angle = math.atan2(y1 - y0, x1 - x0) + math.pi / 2 + chance.uniform(-jitter, jitter)
    share = chance.uniform(0.36, 0.64)
    middle = centroid(polygon)
    on_side = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
    through = (on_side[0] * 0.75 + middle[0] * 0.25, on_side[1] * 0.75 + middle[1] * 0.25)
    cut = split(polygon, through, (math.cos(angle), math.sin(angle)))
    if cut is None:
        cut = split(polygon, middle, (math.cos(angle), math.sin(angle)))
        assert cut is not None, "a line through the middle of a convex polygon cuts it"
    left, right, a, b = cut
    if built > 0.16 or km2 > 2.0:
        network.roads.append(Road(a, b, _kind(km2) if built > 0.16 else "tertiary"))
    return [left, right]


def grow(seed: int) -> Network:
    """The whole network. Deterministic for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a plan, no secret
    network = Network()
    cells = [DOMAIN]
    for road in _main_roads():
        cells, trimmed = _cut_all(cells, road)
        network.roads.append(trimmed)
    network.roads += BRIDGES
    other = [OTHER_BANK]
    for bridge in (*BRIDGES, Road((-23, -2.9), (23, -2.6), "secondary", name("Gangaghat Road", "गंगाघाट मार्ग"))):
        other, trimmed = _cut_all(other, bridge)
        if bridge not in BRIDGES:
            network.roads.append(trimmed)
    for cell in (*cells, *other):
        _grow(network, cell, chance, False)
    return network


def junctions(roads: list[Road], kinds: frozenset[str]) -> list[tuple[Point, Road, Road]]:
    """Where two roads of these kinds meet or cross, at least 150 m apart, the more important first."""
    order = {"motorway": 0, "trunk": 1, "primary": 2, "secondary": 3, "tertiary": 4}
    chosen = sorted((road for road in roads if road.kind in kinds), key=lambda road: order[road.kind])
    found: list[tuple[Point, Road, Road]] = []
    taken: set[tuple[int, int]] = set()
    for index, first in enumerate(chosen):
        for second in chosen[index + 1 :]:
            point = _meeting(first, second)
            if point is None:
                continue
            key = (round(point[0] / 0.2), round(point[1] / 0.2))
            if any((key[0] + i, key[1] + j) in taken for i in (-1, 0, 1) for j in (-1, 0, 1)):
                continue
            taken.add(key)
            found.append((point, first, second))
    return found


def _meeting(first: Road, second: Road) -> Point | None:
    (ax, ay), (bx, by) = first.start, first.end
    (cx, cy), (dx, dy) = second.start, second.end
    rx, ry, sx, sy = bx - ax, by - ay, dx - cx, dy - cy
    cross = rx * sy - ry * sx
    if abs(cross) < 1e-9:
        return None
    t = ((cx - ax) * sy - (cy - ay) * sx) / cross
    u = ((cx - ax) * ry - (cy - ay) * rx) / cross
    slack_t, slack_u = 0.02 / math.hypot(rx, ry), 0.02 / math.hypot(sx, sy)
    if -slack_t <= t <= 1 + slack_t and -slack_u <= u <= 1 + slack_u:
        return ax + rx * t, ay + ry * t
    return None
