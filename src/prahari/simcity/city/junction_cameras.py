"""The smart city's cameras: junctions, ghats, parks, arterials."""

from __future__ import annotations

import math

from prahari.contracts.city import Name, PremisesPlan
from prahari.simcity.city import names
from prahari.simcity.city.geometry import Point, bearing_deg, contains
from prahari.simcity.city.names import name
from prahari.simcity.city.roads import CITY, CORE, Road, density, junctions
from prahari.simcity.city.settler import COMPASS, Settler, at_landmark


def _arms(point: Point, roads: tuple[Road, Road]) -> list[tuple[int, Point]]:
    """Bearings and plan directions in which roads leave a junction."""
    arms = []
    for road in roads:
        dx, dy = (road.end[0] - road.start[0]) / road.length_km, (road.end[1] - road.start[1]) / road.length_km
        for sign, end in ((1, road.end), (-1, road.start)):
            if math.dist(point, end) > 0.06:
                arms.append(
                    (
                        bearing_deg(point, (point[0] + dx * sign * 0.1, point[1] + dy * sign * 0.1)),
                        (dx * sign, dy * sign),
                    )
                )
    return sorted(arms)


def smart_city(settler: Settler) -> None:
    kinds = frozenset({"motorway", "trunk", "primary", "secondary"})
    order = {"motorway": 0.4, "trunk": 0, "primary": 0.2, "secondary": 0.9}
    found = [
        (p, a, b) for p, a, b in junctions(settler.network.roads, kinds) if contains(CITY, p) and density(p) > 0.17
    ]
    found.sort(key=lambda j: order[j[1].kind] + order[j[2].kind] + math.dist(j[0], CORE) * 0.16)
    used: set[tuple[str, str]] = set()
    for en, hi, s in names.GHATS:
        _ghat(settler, en, hi, s)
    _open_places(settler)
    for index, (point, first, second) in enumerate(found):
        if settler.left("smart_city") <= 0:
            break
        arms = _arms(point, (first, second))
        label = _junction_name(settler, point, len(arms), used)
        street = first.name or second.name
        premises = settler.place(
            label,
            "smart_city",
            "junction",
            point,
            department="itms" if index < 60 else "smart-city",
            road=street,
            contact=False,
        )
        _junction_cameras(settler, premises, point, arms, index)
    while settler.left("smart_city") > 0:  # along the arterials, two to a pole
        main = [road for road in settler.network.roads if road.kind in {"trunk", "primary"}]
        spot, road = settler.beside(main, [r.length_km for r in main], lambda p: 0.3 + density(p))
        en, hi = settler.locality(spot.place)
        title = road.name or name(f"{en} Road", f"{hi} मार्ग")
        premises = settler.place(
            name(f"{title.en}, {en}", f"{title.hi}, {hi}"),
            "smart_city",
            "main_road",
            spot.place,
            road=road.name,
            contact=False,
        )
        settler.views(premises, spot, ["road", "road2"])


def _junction_name(settler: Settler, point: Point, arms: int, used: set[tuple[str, str]]) -> Name:
    lasts = names.JUNCTION_LAST[0::2] if arms >= 4 else names.JUNCTION_LAST[1::2]
    en, hi = settler.locality(point)
    known = {(x.en): (x.s, x.d) for x in names.STATIONS} | {x[0]: (x[2], x[3]) for x in names.LOCALITIES}
    choices = [(en, hi)] if math.dist(known[en], point) < 0.5 else []
    firsts = list(names.JUNCTION_FIRST)
    settler.chance.shuffle(firsts)
    for first in [*choices, *firsts]:
        for last in lasts:
            if (first[0], last[0]) not in used:
                used |= {(first[0], each[0]) for each in lasts}
                return name(f"{first[0]} {last[0]}", f"{first[1]} {last[1]}")
    last = lasts[0]
    return name(f"{en} {last[0]}", f"{hi} {last[1]}")


def _junction_cameras(
    settler: Settler, premises: PremisesPlan, point: Point, arms: list[tuple[int, Point]], index: int
) -> None:
    wanted: list[tuple[tuple[str, str], str, Point, int, int]] = []
    directions = [COMPASS[round(bearing / 45) % 8] for bearing, _ in arms]
    for (bearing, (dx, dy)), direction in zip(arms, directions, strict=True):
        place = (point[0] - dx * 0.016, point[1] - dy * 0.016)
        wanted.append((direction, "fixed", place, bearing, 70))
    if index < 70:
        wanted.append((("Centre", "मध्य"), "ptz", (point[0] + 0.008, point[1] + 0.008), arms[0][0], 60))
    if index < 40:
        for (bearing, (dx, dy)), (en, hi) in list(zip(arms, directions, strict=True))[: 2 if index < 18 else 1]:
            place = (point[0] - dx * 0.03, point[1] - dy * 0.03)
            wanted.append(((f"{en} plates", f"{hi} नंबर प्लेट"), "anpr", place, bearing, 28))
    if index < 22:
        (bearing, (dx, dy)), (en, hi) = arms[0], directions[0]
        place = (point[0] - dx * 0.024, point[1] - dy * 0.024)
        wanted.append(((f"{en} signal", f"{hi} सिग्नल"), "red_light", place, bearing, 45))
    seen: set[str] = set()
    for label, kind, place, bearing, fov in wanted[: settler.left("smart_city")]:
        while label[0] in seen:
            label = (f"{label[0]} 2", f"{label[1]} 2")
        seen.add(label[0])
        settler.camera(premises, label, "public_area" if kind == "ptz" else "road_side", kind, place, bearing, fov)


def _ghat(settler: Settler, en: str, hi: str, s: float) -> None:
    point = (s, 0.22)
    premises = settler.place(name(en, hi), "smart_city", "ghat", point, contact=False)
    towards = bearing_deg(point, (s, -0.5))
    for label, place, turn in ((("Steps", "घाट सीढ़ी"), point, 20), (("River", "नदी तट"), (s + 0.03, 0.2), -25)):
        settler.camera(premises, label, "public_area", "fixed", place, towards + turn, 90)
    settler.camera(premises, ("Approach", "पहुँच मार्ग"), "entry", "fixed", (s, 0.28), towards + 180, 75)


def _open_places(settler: Settler) -> None:
    blocks = {block.landmark: block for block in settler.network.blocks if block.landmark}
    for key, place_class, count in (
        ("motijheel", "park", 5), ("phoolbagh", "park", 3), ("nana-park", "park", 3), ("brijendra", "park", 2),
        ("central-station", "railway_station", 6), ("stadium", "park", 4), ("collectorate", "office", 3),
        ("mall-road-mall", "market", 2), ("zoo", "park", 2),
    ):  # fmt: skip
        mark = next(each for each in names.LANDMARKS if each[0] == key)
        premises, spot = at_landmark(settler, blocks[key], "smart_city", place_class, name(mark[1], mark[2]))
        settler.views(premises, spot, ["gate", "road", "parking", "exit", "yard", "road2"][:count])
