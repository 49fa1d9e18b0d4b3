"""Premises that the police, the excise officer and the school inspectors have listed, at every step before linking."""

from __future__ import annotations

import random
from dataclasses import dataclass

from prahari.contracts.city import Name, PremisesPlan, Prospect
from prahari.simcity.city import names
from prahari.simcity.city.areas import Jurisdictions
from prahari.simcity.city.geometry import to_lonlat
from prahari.simcity.city.names import name
from prahari.simcity.city.roads import Network, density
from prahari.simcity.city.settler import Settler


@dataclass(frozen=True)
class Kind:
    """How many premises of an owner class are listed, what they are called, and how many cameras they say they have."""

    owner_class: str
    place_class: str
    department: str
    number: int
    last_names: tuple[tuple[str, str], ...]
    cameras: tuple[int, ...]


KINDS = (
    Kind("shop", "market", "state-tax", 260, tuple(names.SHOPS), (0, 1, 2, 2, 3, 4)),
    Kind("hotel", "hotel", "state-tax", 70, (("Hotel", "होटल"), ("Residency", "रेज़ीडेंसी"), ("Palace", "पैलेस"),
                                             ("Guest House", "गेस्ट हाउस")), (4, 6, 8, 12)),
    Kind("liquor_shop", "shop", "excise", 90, (("Wine Shop", "अंग्रेज़ी मदिरा दुकान"), ("Beer Shop", "बियर दुकान"),
                                               ("Model Shop", "मॉडल शॉप")), (1, 2, 2, 3)),
    Kind("medical_store", "shop", "health", 110, (("Medical Store", "मेडिकल स्टोर"), ("Pharmacy", "फ़ार्मेसी")),
         (0, 1, 1, 2)),
    Kind("coaching", "school", "education", 80, (("Classes", "क्लासेज़"), ("Coaching Centre", "कोचिंग सेंटर"),
                                                 ("Academy", "अकादमी")), (0, 0, 2, 4)),
    Kind("school", "school", "education", 90, (("Public School", "पब्लिक स्कूल"), ("Inter College", "इण्टर कॉलेज"),
                                               ("Vidya Mandir", "विद्या मन्दिर")), (0, 0, 4, 8)),
    Kind("commerce", "market", "state-tax", 60, (("Trade Complex", "ट्रेड कॉम्प्लेक्स"), ("Arcade", "आर्केड")), (4, 8, 16)),
    Kind("petrol_pump", "petrol_pump", "civil-supplies", 40, (("Filling Station", "पेट्रोल पम्प"),), (3, 4, 6)),
)  # fmt: skip

STEPS = (
    ("listed", 38), ("asked", 26), ("refused", 12), ("promised", 8), ("installed", 3), ("consented", 13),
)  # fmt: skip
REFUSALS = (("privacy", 4), ("misuse", 2), ("cost", 4), ("no_internet", 3), ("head_office", 2), ("no_benefit", 1))


def prospects(network: Network, jurisdictions: Jurisdictions, seed: int) -> list[Prospect]:
    """Deterministic for a seed; all of it made up."""
    chance = random.Random(seed + 11)  # noqa: S311 - a plan, no secret
    settler = Settler(network, jurisdictions, chance)
    roads = [road for road in network.roads if road.kind in {"primary", "secondary", "tertiary", "residential"}]
    weights = [road.length_km for road in roads]
    found: list[Prospect] = []
    taken: set[str] = set()
    for kind in KINDS:
        for number in range(1, kind.number + 1):
            spot, road = settler.beside(roads, weights, lambda point: 0.1 + 0.9 * density(point))
            en, hi = settler.locality(spot.place)
            first, last = chance.choice(names.SHOP_FIRST), chance.choice(kind.last_names)
            label = name(f"{first[0]} {last[0]}, {en}", f"{first[1]} {last[1]}, {hi}")
            if label.en in taken:
                label = name(f"{label.en} No. {number}", f"{label.hi} क्र. {number}")
            taken.add(label.en)
            lon, lat = to_lonlat([spot.place])[0]
            premises = PremisesPlan(
                code=f"L-{kind.owner_class.upper()[:3]}-{number:04d}",
                name=label,
                owner_class=kind.owner_class,
                place_class=kind.place_class,
                address=_address(road.name, en, hi),
                jurisdiction=jurisdictions.station_at(spot.place).path,
                ward=jurisdictions.ward_at(spot.place).path,
                department=kind.department,
                lat=round(float(lat), 6),
                lon=round(float(lon), 6),
                contact_name=chance.choice(names.CONTACTS),
                contact_mobile=f"5{chance.randrange(10**8, 10**9):09d}",
            )
            found.append(_prospect(premises, chance.choice(kind.cameras), chance))
    return found


def _address(road: Name | None, en: str, hi: str) -> Name:
    if road is None:
        return name(f"{en}, Kanpur", f"{hi}, कानपुर")
    return name(f"{road.en}, {en}, Kanpur", f"{road.hi}, {hi}, कानपुर")


def _prospect(premises: PremisesPlan, cameras: int, chance: random.Random) -> Prospect:
    step = chance.choices([one for one, _ in STEPS], [weight for _, weight in STEPS])[0]
    if step in ("promised", "installed"):
        cameras = 0
    refusal = chance.choices([one for one, _ in REFUSALS], [weight for _, weight in REFUSALS])[0]
    return Prospect(premises, cameras, step, chance.randrange(0, 35), refusal if step == "refused" else "")
