"""Premises and cameras: 1,720 in the 14 published owner classes, each where such a camera would hang."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from prahari.contracts.city import CameraSeed, Name, PremisesPlan
from prahari.simcity.city import names
from prahari.simcity.city.areas import Jurisdictions
from prahari.simcity.city.geometry import Point, area, bearing_deg, centroid, contains
from prahari.simcity.city.junction_cameras import smart_city
from prahari.simcity.city.names import name
from prahari.simcity.city.roads import CITY, Network, density
from prahari.simcity.city.settler import OWNER_CLASSES, Settler, Spot, at_landmark


def settle(network: Network, jurisdictions: Jurisdictions, seed: int) -> tuple[list[PremisesPlan], list[CameraSeed]]:
    """All premises and cameras. Deterministic for a seed."""
    settler = Settler(network, jurisdictions, random.Random(seed + 3))  # noqa: S311 - a plan, no secret
    smart_city(settler)
    _public_bodies(settler)
    _police_posts(settler)
    _banks(settler)
    _shops(settler)
    _automobiles(settler)
    _petrol_pumps(settler)
    _schools_and_hospitals(settler)
    _industries(settler)
    wrong = {code: settler.left(code) for code in OWNER_CLASSES if settler.left(code)}
    assert not wrong, f"owner classes with a wrong number of cameras: {wrong}"
    order = {premises.code: premises for premises in settler.premises}
    used = {camera.premises for camera in settler.cameras}
    return [premises for code, premises in order.items() if code in used], settler.cameras


def _public_bodies(settler: Settler) -> None:
    blocks = {block.landmark: block for block in settler.network.blocks if block.landmark}
    offices = ["entry", "exit", "road", "parking", "hall", "road2"]
    premises, spot = at_landmark(
        settler, blocks["nagar-nigam"], "municipal", "office", name("Municipal Corporation Office", "नगर निगम कार्यालय")
    )
    settler.views(premises, spot, offices)
    for zone in range(1, 7):
        _anywhere(
            settler,
            name(f"Municipal Zone {zone} Office", f"नगर निगम ज़ोन {zone} कार्यालय"),
            "municipal",
            "office",
            ["entry", "road", "hall"],
        )
    for en, hi in (
        ("Jal Kal Pumping Station", "जलकल पम्पिंग स्टेशन"),
        ("Night Shelter", "रैन बसेरा"),
        ("Vehicle Depot", "वाहन डिपो"),
        ("Cattle Shelter", "कान्हा गौशाला"),
    ):
        _anywhere(settler, name(en, hi), "municipal", "office", ["gate", "road", "yard", "exit"])
    premises, spot = at_landmark(
        settler, blocks["kda"], "kda", "office", name("Development Authority Office", "विकास प्राधिकरण कार्यालय")
    )
    settler.views(premises, spot, ["entry", "exit", "road", "parking"])
    _anywhere(settler, name("KDA Signature Colony", "केडीए सिग्नेचर कॉलोनी"), "kda", "park", ["gate", "road", "yard"])
    premises, spot = at_landmark(
        settler, blocks["bus-terminal"], "bus_stand", "bus_station", name("Jhakarkati Bus Terminal", "झकरकटी बस टर्मिनल")
    )
    settler.views(
        premises,
        spot,
        [
            "gate",
            "exit",
            "road",
            "road2",
            "hall",
            "hall",
            "hall",
            "parking",
            "parking",
            "yard",
            "yard",
            "yard",
            "yard",
            "counter",
            "counter",
            "entry",
        ],
    )
    _anywhere(
        settler,
        name("Chunniganj Bus Station", "चुन्नीगंज बस स्टेशन"),
        "bus_stand",
        "bus_station",
        ["gate", "exit", "road", "hall", "yard", "yard", "parking", "counter", "road2", "entry"],
    )
    motorway = [road for road in settler.network.roads if road.kind == "motorway"]
    for index in range(4):
        low = -10 + index * 5
        spot, road = settler.beside(motorway, [1.0], lambda p, low=low: float(low < p[0] < low + 4))  # type: ignore[misc]
        en, hi = settler.locality(spot.place)
        premises = settler.place(
            name(f"NH Gantry {index + 1}, {en}", f"एनएच गैन्ट्री {index + 1}, {hi}"),
            "nhai",
            "highway",
            spot.road,
            road=road.name,
        )
        dx, dy = spot.along
        for label, sign in ((("Up", "अप दिशा"), 1), (("Down", "डाउन दिशा"), -1)):
            place = (spot.road[0] + dx * 0.01 * sign, spot.road[1] + dy * 0.01 * sign)
            facing = bearing_deg(spot.road, (spot.road[0] + dx * 0.1 * sign, spot.road[1] + dy * 0.1 * sign))
            settler.camera(premises, label, "road_side", "anpr" if index == 1 else "fixed", place, facing, 50)
    _anywhere(settler, name("Arogya Pathology Lab", "आरोग्य पैथोलॉजी लैब"), "lab", "lab", ["entry"])


def _anywhere(
    settler: Settler, label: Name, owner_class: str, place_class: str, keys: list[str],
    kinds: tuple[str, ...] = ("secondary", "primary"),
    wanted: Callable[[Point], float] = density,
) -> None:  # fmt: skip
    if settler.left(owner_class) <= 0:
        return
    roads = [road for road in settler.network.roads if road.kind in kinds]
    spot, road = settler.beside(roads, [r.length_km for r in roads], wanted)
    premises = settler.place(label, owner_class, place_class, spot.place, road=road.name)
    settler.views(premises, spot, keys)


def _police_posts(settler: Settler) -> None:
    for path, label, point, _ in settler.jurisdictions.posts[:: max(1, len(settler.jurisdictions.posts) // 20)]:
        if settler.left("police_post") <= 0:
            return
        premises = settler.place(label, "police_post", "police_post", point, jurisdiction=path)
        spot = Spot(point, (point[0] + 0.03, point[1] + 0.01), (1, 0))
        settler.views(premises, spot, [settler.chance.choice(["entry", "road"])])


_MARKETS = [
    (3.0, 2.1),
    (1.3, 2.6),
    (-0.6, 3.3),
    (-3.1, 3.3),
    (0.2, 5.6),
    (3.8, 6.2),
    (8.3, 2.6),
    (-8.5, 3.5),
    (3.2, 8.1),
    (-6.0, 2.0),
    (7.2, 3.6),
]


def _market(point: Point) -> float:
    """How much of a market street a place is: near one of the bazaars, or in the old city."""
    near = max(math.exp(-(math.dist(point, market) ** 2) / 0.35) for market in _MARKETS)
    return max(near, 0.8 * (density(point) > 0.8), 0.12 * density(point))


def _banks(settler: Settler) -> None:
    chance = settler.chance
    while settler.left("bank") > 0:
        en, hi = chance.choice(names.BANKS)
        atm = chance.random() < 0.3
        keys = (
            ["atm", "road"][: chance.choice((1, 2, 2))]
            if atm
            else ["entry", "hall", "counter", "road"][: chance.choice((2, 3, 4, 4))]
        )
        roads = [road for road in settler.network.roads if road.kind in {"trunk", "primary", "secondary", "tertiary"}]
        spot, road = settler.beside(roads, [r.length_km for r in roads], lambda p: max(_market(p), 0.35 * density(p)))
        where_en, where_hi = settler.locality(spot.place)
        label = (
            name(f"{en} ATM, {where_en}", f"{hi} एटीएम, {where_hi}")
            if atm
            else name(f"{en}, {where_en} Branch", f"{hi}, {where_hi} शाखा")
        )
        premises = settler.place(label, "bank", "atm" if atm else "bank", spot.place, road=road.name)
        settler.views(premises, spot, keys)


def _shops(settler: Settler) -> None:
    chance = settler.chance
    while settler.left("shop") > 0:
        first, last = chance.choice(names.SHOP_FIRST), chance.choice(names.SHOPS)
        label = name(f"{first[0]} {last[0]}", f"{first[1]} {last[1]}")
        keys = ["entry", "road", "counter"][: chance.choice((1, 2, 2, 3))]
        _anywhere(settler, label, "shop", "market", keys, ("secondary", "tertiary", "residential"), _market)


def _automobiles(settler: Settler) -> None:
    chance = settler.chance
    while settler.left("automobile") > 0:
        first, last = chance.choice(names.SHOP_FIRST), chance.choice(names.AUTOMOBILES)
        label = name(f"{first[0]} {last[0]}", f"{first[1]} {last[1]}")
        keys = ["entry", "road", "hall", "parking"][: chance.choice((2, 3, 3, 4))]
        _anywhere(
            settler,
            label,
            "automobile",
            "automobile",
            keys,
            ("trunk", "primary", "secondary"),
            lambda p: 0.15 + 0.6 * density(p) if density(p) > 0.2 else 0,
        )


def _petrol_pumps(settler: Settler) -> None:
    chance = settler.chance
    while settler.left("petrol_pump") > 0:
        first = chance.choice(names.SHOP_FIRST)
        label = name(f"{first[0]} Filling Station", f"{first[1]} पेट्रोल पम्प")
        _anywhere(
            settler,
            label,
            "petrol_pump",
            "petrol_pump",
            ["entry", "exit", "road"],
            ("trunk", "primary", "motorway"),
            lambda p: 0.1 + density(p),
        )


def _schools_and_hospitals(settler: Settler) -> None:
    for en, hi in names.SCHOOLS:
        _anywhere(settler, name(en, hi), "school", "school", ["gate", "road", "exit"], ("secondary", "tertiary"))
    blocks = {block.landmark: block for block in settler.network.blocks if block.landmark}
    for key, (en, hi) in zip(("district-hospital", "south-hospital", "medical"), names.HOSPITALS, strict=True):
        premises, spot = at_landmark(settler, blocks[key], "hospital", "hospital", name(en, hi))
        settler.views(premises, spot, ["gate", "hall", "road"])


def _industries(settler: Settler) -> None:
    chance = settler.chance
    estates = [
        block
        for block in settler.network.blocks
        if block.use == "industrial" and contains(CITY, centroid(block.polygon))
    ]
    while settler.left("industry") > 0:
        block = chance.choices(estates, [area(each.polygon) for each in estates])[0]
        middle = centroid(block.polygon)
        corner = chance.choice(block.polygon)
        share = chance.uniform(0.15, 0.8)
        place = (middle[0] + (corner[0] - middle[0]) * share, middle[1] + (corner[1] - middle[1]) * share)
        place = (place[0] + chance.uniform(-0.1, 0.1), place[1] + chance.uniform(-0.1, 0.1))
        if not contains(block.polygon, place) or not contains(CITY, place):
            continue
        first, last = chance.choice(names.SHOP_FIRST), chance.choice(names.INDUSTRIES)
        premises = settler.place(name(f"{first[0]} {last[0]}", f"{first[1]} {last[1]}"), "industry", "industry", place)
        spot = Spot(place, (place[0] + chance.uniform(-0.05, 0.05), place[1] + 0.03), (1, 0))
        settler.views(premises, spot, ["gate", "road", "yard", "exit"][: chance.choice((3, 4, 4))])
