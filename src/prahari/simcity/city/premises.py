"""Premises and cameras: 1,720 in the 14 published owner classes, each where such a camera would hang."""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from prahari.contracts.city import CameraSeed, DepartmentPlan, Name, PremisesPlan
from prahari.simcity.city import names
from prahari.simcity.city.areas import Jurisdictions
from prahari.simcity.city.geometry import Point, area, bearing_deg, centroid, contains, to_lonlat
from prahari.simcity.city.names import name
from prahari.simcity.city.roads import CITY, CORE, Block, Network, Road, density, junctions

OWNER_CLASSES: dict[str, tuple[int, str, str]] = {
    "shop": (321, "SH", "state-tax"),
    "school": (11, "SL", "education"),
    "smart_city": (624, "SC", "smart-city"),
    "municipal": (39, "MC", "nagar-nigam"),
    "hospital": (9, "HO", "health"),
    "petrol_pump": (30, "PP", "civil-supplies"),
    "automobile": (82, "AU", "transport"),
    "kda": (7, "KD", "kda"),
    "nhai": (8, "NH", "nhai"),
    "lab": (1, "LB", "health"),
    "police_post": (20, "PO", "police"),
    "industry": (114, "IN", "industries"),
    "bank": (428, "BK", "lead-bank"),
    "bus_stand": (26, "BS", "upsrtc"),
}
"""Owner class -> number of cameras (published), letters in the registry id, department."""

DEPARTMENTS = [
    DepartmentPlan("police", name("Police Commissionerate", "पुलिस कमिश्नरेट"), "police"),
    DepartmentPlan("traffic-police", name("Traffic Police", "यातायात पुलिस"), "traffic"),
    DepartmentPlan("itms", name("Smart City – Traffic Management", "स्मार्ट सिटी – यातायात प्रबंधन"), "traffic"),
    DepartmentPlan("smart-city", name("Smart City Limited", "स्मार्ट सिटी लिमिटेड"), "municipal"),
    DepartmentPlan("nagar-nigam", name("Municipal Corporation", "नगर निगम"), "municipal"),
    DepartmentPlan("kda", name("Development Authority", "विकास प्राधिकरण"), "municipal"),
    DepartmentPlan("nhai", name("National Highways Authority", "राष्ट्रीय राजमार्ग प्राधिकरण"), "traffic"),
    DepartmentPlan("upsrtc", name("State Road Transport Corporation", "राज्य सड़क परिवहन निगम"), "traffic"),
    DepartmentPlan("transport", name("Transport Department", "परिवहन विभाग"), "traffic"),
    DepartmentPlan("health", name("Health Department", "स्वास्थ्य विभाग"), "police"),
    DepartmentPlan("education", name("Education Department", "शिक्षा विभाग"), "police"),
    DepartmentPlan("civil-supplies", name("Food and Civil Supplies", "खाद्य एवं रसद विभाग"), "police"),
    DepartmentPlan("industries", name("District Industries Centre", "ज़िला उद्योग केंद्र"), "police"),
    DepartmentPlan("lead-bank", name("Lead District Bank Office", "अग्रणी ज़िला बैंक कार्यालय"), "police"),
    DepartmentPlan("state-tax", name("State Tax Department", "राज्य कर विभाग"), "police"),
    DepartmentPlan("excise", name("Excise Department", "आबकारी विभाग"), "police"),
    DepartmentPlan("disaster", name("District Disaster Management", "ज़िला आपदा प्रबंधन"), "disaster"),
]

_COMPASS = [
    ("North", "उत्तर"), ("North-East", "उत्तर-पूर्व"), ("East", "पूर्व"), ("South-East", "दक्षिण-पूर्व"),
    ("South", "दक्षिण"), ("South-West", "दक्षिण-पश्चिम"), ("West", "पश्चिम"), ("North-West", "उत्तर-पश्चिम"),
]  # fmt: skip

# What a camera of a building looks at: label, placement, turn against the direction to the road, field of view.
_VIEWS = {
    "entry": ("Entrance", "प्रवेश द्वार", "entry", 0, 90),
    "road": ("Road side", "सड़क किनारे", "road_side", 62, 80),
    "exit": ("Exit", "निकास द्वार", "exit", 15, 90),
    "hall": ("Hall", "हॉल", "public_area", 180, 100),
    "counter": ("Counter", "काउंटर", "public_area", 200, 85),
    "parking": ("Parking", "पार्किंग", "public_area", -40, 85),
    "gate": ("Main gate", "मुख्य द्वार", "entry", 0, 80),
    "yard": ("Yard", "परिसर", "public_area", 150, 95),
    "atm": ("ATM", "एटीएम", "public_area", 170, 100),
    "road2": ("Road side 2", "सड़क किनारे 2", "road_side", -62, 80),
}

_MAKES = [
    ("Drishti", "DN-4M-B"),
    ("Netra", "N2-FHD"),
    ("Vyom Optics", "VX-200"),
    ("Sentra", "S4-IR"),
    ("Aayam", "A-2MP-D"),
]


@dataclass
class _Spot:
    """A place beside a road: the plan point, and a point on the road that it faces."""

    place: Point
    road: Point
    along: Point


@dataclass
class Settler:
    """Puts premises into the plan, counting cameras by owner class."""

    network: Network
    jurisdictions: Jurisdictions
    chance: random.Random
    premises: list[PremisesPlan] = field(default_factory=list)
    cameras: list[CameraSeed] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _codes: dict[str, int] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def left(self, owner_class: str) -> int:
        return OWNER_CLASSES[owner_class][0] - self.counts.get(owner_class, 0)

    def locality(self, point: Point) -> tuple[str, str]:
        known = [(en, hi, s, d) for en, hi, s, d, _ in names.LOCALITIES] + [
            (x.en, x.hi, x.s, x.d) for x in names.STATIONS
        ]
        en, hi, _, _ = min(known, key=lambda place: (place[2] - point[0]) ** 2 + (place[3] - point[1]) ** 2)
        return en, hi

    def place(
        self,
        label: Name,
        owner_class: str,
        place_class: str,
        point: Point,
        *,
        department: str = "",
        jurisdiction: str = "",
        road: Name | None = None,
        contact: bool = True,
    ) -> PremisesPlan:
        en, hi = self.locality(point)
        if label.en in self._names:
            label = name(f"{label.en}, {en}", f"{label.hi}, {hi}")
        number = 2
        while label.en in self._names:
            plain = label.en.rsplit(" No. ", 1)[0], label.hi.rsplit(" क्र. ", 1)[0]
            label = name(f"{plain[0]} No. {number}", f"{plain[1]} क्र. {number}")
            number += 1
        self._names.add(label.en)
        letters = OWNER_CLASSES[owner_class][1]
        self._codes[letters] = self._codes.get(letters, 0) + 1
        lon, lat = to_lonlat([point])[0]
        address = name(f"{en}, Kanpur", f"{hi}, कानपुर")
        if road is not None:
            address = name(f"{road.en}, {address.en}", f"{road.hi}, {address.hi}")
        made = PremisesPlan(
            code=f"{letters}-{self._codes[letters]:04d}",
            name=label,
            owner_class=owner_class,
            place_class=place_class,
            address=address,
            jurisdiction=jurisdiction or self.jurisdictions.station_at(point).path,
            ward=self.jurisdictions.ward_at(point).path,
            department=department or OWNER_CLASSES[owner_class][2],
            lat=round(float(lat), 6),
            lon=round(float(lon), 6),
            contact_name=self.chance.choice(names.CONTACTS) if contact else "",
            contact_mobile=f"5{self.chance.randrange(10**8, 10**9):09d}" if contact else "",
        )
        self.premises.append(made)
        return made

    def camera(
        self,
        premises: PremisesPlan,
        label: tuple[str, str],
        placement: str,
        kind: str,
        place: Point,
        bearing: int,
        fov: int,
    ) -> None:
        letters = OWNER_CLASSES[premises.owner_class][1]
        self.counts[premises.owner_class] = number = self.counts.get(premises.owner_class, 0) + 1
        reg_id = f"KNP-{letters}-{number:04d}"
        lon, lat = to_lonlat([place])[0]
        make, model = _MAKES[zlib.crc32(premises.code.encode()) % len(_MAKES)]
        if kind in {"anpr", "red_light", "ptz"}:
            make, model = "Vyom Optics", {"anpr": "VX-LPR5", "red_light": "VX-RLVD", "ptz": "VX-PTZ30"}[kind]
        self.cameras.append(
            CameraSeed(
                reg_id=reg_id,
                name=name(f"{premises.name.en} – {label[0]}", f"{premises.name.hi} – {label[1]}"),
                premises=premises.code,
                placement=placement,
                kind=kind,
                lat=round(float(lat), 6),
                lon=round(float(lon), 6),
                bearing_deg=bearing % 360,
                fov_deg=fov,
                stream_path=f"/cam/{reg_id}",
                make=make,
                model=model,
            )
        )

    def views(self, premises: PremisesPlan, spot: _Spot, keys: list[str], kind: str = "fixed") -> None:
        """Cameras of a building beside a road, as many as the class still wants."""
        outwards = bearing_deg(spot.place, spot.road)
        seen: dict[str, int] = {}
        for index, key in enumerate(keys[: self.left(premises.owner_class)]):
            en, hi, placement, turn, fov = _VIEWS[key]
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                en, hi = f"{en} {seen[key]}", f"{hi} {seen[key]}"
            angle = index * 2.1
            place = (spot.place[0] + 0.006 * math.cos(angle), spot.place[1] + 0.006 * math.sin(angle))
            self.camera(premises, (en, hi), placement, kind, place, outwards + turn, fov)

    def beside(self, roads: list[Road], weights: list[float], wanted: Callable[[Point], float]) -> tuple[_Spot, Road]:
        """A spot at the side of one of the roads, the likelier the more it is wanted (0 to 1)."""
        for _ in range(4000):
            road = self.chance.choices(roads, weights)[0]
            on_road = road.at(self.chance.uniform(0.02, 0.98))
            if not contains(CITY, on_road) or self.chance.random() > wanted(on_road):
                continue
            dx, dy = (road.end[0] - road.start[0]) / road.length_km, (road.end[1] - road.start[1]) / road.length_km
            side = self.chance.choice((-1, 1)) * self.chance.uniform(0.017, 0.03)
            place = (on_road[0] - dy * side, on_road[1] + dx * side)
            if contains(CITY, place):
                return _Spot(place, on_road, (dx, dy)), road
        raise ValueError("no road of this kind lies where it is wanted")


def settle(network: Network, jurisdictions: Jurisdictions, seed: int) -> tuple[list[PremisesPlan], list[CameraSeed]]:
    """All premises and cameras. Deterministic for a seed."""
    settler = Settler(network, jurisdictions, random.Random(seed + 3))  # noqa: S311 - a plan, no secret
    _smart_city(settler)
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


def _smart_city(settler: Settler) -> None:
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
    directions = [_COMPASS[round(bearing / 45) % 8] for bearing, _ in arms]
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
        premises, spot = _at_landmark(settler, blocks[key], "smart_city", place_class, name(mark[1], mark[2]))
        settler.views(premises, spot, ["gate", "road", "parking", "exit", "yard", "road2"][:count])


def _at_landmark(
    settler: Settler, block: Block, owner_class: str, place_class: str, label: Name, department: str = ""
) -> tuple[PremisesPlan, _Spot]:
    middle = centroid(block.polygon)
    a, b = max(
        zip(block.polygon, [*block.polygon[1:], block.polygon[0]], strict=True), key=lambda side: math.dist(*side)
    )
    road = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    share = min(0.35, 0.03 / max(math.dist(middle, road), 0.01))
    place = (road[0] + (middle[0] - road[0]) * share, road[1] + (middle[1] - road[1]) * share)
    premises = settler.place(
        label, owner_class, place_class, place, department=department, contact=owner_class != "smart_city"
    )
    return premises, _Spot(place, road, (b[0] - a[0], b[1] - a[1]))


def _public_bodies(settler: Settler) -> None:
    blocks = {block.landmark: block for block in settler.network.blocks if block.landmark}
    offices = ["entry", "exit", "road", "parking", "hall", "road2"]
    premises, spot = _at_landmark(
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
    premises, spot = _at_landmark(
        settler, blocks["kda"], "kda", "office", name("Development Authority Office", "विकास प्राधिकरण कार्यालय")
    )
    settler.views(premises, spot, ["entry", "exit", "road", "parking"])
    _anywhere(settler, name("KDA Signature Colony", "केडीए सिग्नेचर कॉलोनी"), "kda", "park", ["gate", "road", "yard"])
    premises, spot = _at_landmark(
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
        spot = _Spot(point, (point[0] + 0.03, point[1] + 0.01), (1, 0))
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
        premises, spot = _at_landmark(settler, blocks[key], "hospital", "hospital", name(en, hi))
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
        spot = _Spot(place, (place[0] + chance.uniform(-0.05, 0.05), place[1] + 0.03), (1, 0))
        settler.views(premises, spot, ["gate", "road", "yard", "exit"][: chance.choice((3, 4, 4))])
