"""Putting premises and their cameras into the plan, counted by owner class."""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from prahari.contracts.city import CameraSeed, DepartmentPlan, Name, PremisesPlan
from prahari.simcity.city import names
from prahari.simcity.city.areas import Jurisdictions
from prahari.simcity.city.geometry import Point, bearing_deg, centroid, contains, to_lonlat
from prahari.simcity.city.names import name
from prahari.simcity.city.roads import CITY, Block, Network, Road

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

COMPASS = [
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
class Spot:
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

    def views(self, premises: PremisesPlan, spot: Spot, keys: list[str], kind: str = "fixed") -> None:
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

    def beside(self, roads: list[Road], weights: list[float], wanted: Callable[[Point], float]) -> tuple[Spot, Road]:
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
                return Spot(place, on_road, (dx, dy)), road
        raise ValueError("no road of this kind lies where it is wanted")


def at_landmark(
    settler: Settler, block: Block, owner_class: str, place_class: str, label: Name, department: str = ""
) -> tuple[PremisesPlan, Spot]:
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
    return premises, Spot(place, road, (b[0] - a[0], b[1] - a[1]))
