"""All scenes, the most watched kinds first, so that the first cameras soon have pictures of their own."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from prahari.simcity.scenes import light as lights
from prahari.simcity.scenes.forecourts import bus_stand, gate, petrol_pump
from prahari.simcity.scenes.junctions import junction, roundabout
from prahari.simcity.scenes.riverside import ghat
from prahari.simcity.scenes.rooms import bank_hall, cash_machines, showroom
from prahari.simcity.scenes.scene import Scene
from prahari.simcity.scenes.streets import highway, main_road, market

VERSION = 4
"""Counts up when scenes change, so that cached loops of older drawings are made again."""

_SCHOOL = ("सरस्वती इंटर कॉलेज", "SARASWATI INTER COLLEGE")
_HOSPITAL = ("संजीवनी अस्पताल", "SANJEEVANI HOSPITAL")
_FACTORY = ("कमल टेक्सटाइल्स", "KAMAL TEXTILES")
_POLICE = ("पुलिस चौकी", "POLICE POST")
_OFFICE = ("नगर निगम", "MUNICIPAL CORPORATION")
_BANK = ("जनहित बैंक", "JANHIT BANK")
_PARK = ("मोती झील उद्यान", "MOTI JHEEL PARK")

SCENES: dict[str, Callable[[], Scene]] = {
    "junction-day": lambda: junction("junction-day", "JUNCTION", lights.NOON, 3),
    "market-day": lambda: market("market-day", "MARKET", lights.NOON, 8),
    "bank-hall": lambda: bank_hall("bank-hall", "BANK HALL", 21),
    "circle-evening": lambda: roundabout("circle-evening", "CIRCLE", lights.EVENING, 4),
    "main-road-morning": lambda: main_road("main-road-morning", "MAIN ROAD", lights.MORNING, 6),
    "bank-gate": lambda: gate(
        "bank-gate",
        "BANK ROAD SIDE",
        lights.NOON,
        33,
        ("bank", "atm"),
        _BANK,
        style="glass",
        wall=(206, 208, 206),
        crowd=6,
        height_m=12,
    ),
    "atm-room": lambda: cash_machines("atm-room", "ATM", 25),
    "factory-gate": lambda: gate(
        "factory-gate",
        "FACTORY GATE",
        lights.OVERCAST,
        12,
        ("industry",),
        _FACTORY,
        style="shed",
        wall=(176, 180, 182),
        mix=(("truck", 1),),
        parked=("truck", "bike", "bike"),
        height_m=9,
        yaw=-8,
    ),
    "junction-night": lambda: junction("junction-night", "JUNCTION", lights.NIGHT, 5),
    "main-road-rain": lambda: main_road("main-road-rain", "METRO CORRIDOR", lights.RAIN, 7, viaduct=True),
    "ghat-morning": lambda: ghat("ghat-morning", "RIVER FRONT", lights.MORNING, 2),
    "market-night": lambda: market("market-night", "MARKET", lights.NIGHT, 9, width=4.8),
    "bus-station": lambda: bus_stand("bus-station", "BUS STATION", lights.NOON, 14),
    "petrol-night": lambda: petrol_pump("petrol-night", "PETROL PUMP", lights.NIGHT, 15),
    "school-gate": lambda: gate(
        "school-gate",
        "SCHOOL GATE",
        lights.MORNING,
        16,
        ("school",),
        _SCHOOL,
        crowd=20,
        mix=(("rickshaw", 2), ("auto", 1)),
        yaw=-12,
    ),
    "hospital-gate": lambda: gate(
        "hospital-gate",
        "HOSPITAL",
        lights.NOON,
        17,
        ("hospital", "lab"),
        _HOSPITAL,
        style="glass",
        wall=(222, 230, 226),
        crowd=12,
        height_m=15,
        yaw=9,
        parked=("suv", "hatch", "auto"),
    ),
    "highway-day": lambda: highway("highway-day", "NH GANTRY", lights.OVERCAST, 18),
    "showroom": lambda: showroom("showroom", "SHOWROOM", 19),
    "police-fog": lambda: gate(
        "police-fog",
        "POLICE POST",
        lights.FOG,
        20,
        ("police_post",),
        _POLICE,
        style="house",
        wall=(196, 160, 130),
        crowd=5,
        height_m=6.5,
        parked=("bike", "suv", "bike"),
        yaw=-4,
    ),
    "office-evening": lambda: gate(
        "office-evening",
        "OFFICE",
        lights.EVENING,
        22,
        ("office",),
        _OFFICE,
        wall=(214, 160, 120),
        crowd=8,
        height_m=13,
        yaw=6,
    ),
    "park-gate": lambda: gate(
        "park-gate",
        "PARK",
        lights.MORNING,
        23,
        ("park",),
        _PARK,
        style="plain",
        wall=(120, 136, 96),
        crowd=12,
        height_m=3.2,
        yard=(98, 118, 66),
        yaw=14,
        mix=(("bike", 1),),
    ),
}

SCENES_OF_PLACE: dict[str, tuple[str, ...]] = {
    "junction": (
        "junction-day",
        "circle-evening",
        "junction-night",
        "main-road-morning",
    ),
    "main_road": ("main-road-morning", "main-road-rain"),
    "highway": ("highway-day",),
    "market": ("market-day", "market-night"),
    "bank": ("bank-hall", "bank-gate", "atm-room"),
    "atm": ("atm-room", "bank-gate"),
    "school": ("school-gate",),
    "hospital": ("hospital-gate",),
    "lab": ("hospital-gate",),
    "petrol_pump": ("petrol-night",),
    "automobile": ("showroom", "main-road-morning"),
    "industry": ("factory-gate",),
    "bus_station": ("bus-station",),
    "railway_station": ("bus-station", "main-road-rain"),
    "police_post": ("police-fog",),
    "park": ("park-gate",),
    "ghat": ("ghat-morning",),
    "office": ("office-evening",),
}

_INSIDE = {"bank": {True: ("bank-hall",), False: ("bank-gate",)}, "atm": {True: ("atm-room",), False: ("bank-gate",)},
           "automobile": {True: ("showroom",), False: ("main-road-morning",)}}  # fmt: skip


def scene_of(place_class: str, placement: str, reg_id: str) -> str:
    """The scene that a camera plays: by what its place is, then by its number, always the same one."""
    choices = SCENES_OF_PLACE.get(place_class, SCENES_OF_PLACE["junction"])
    inside = _INSIDE.get(place_class)
    if inside is not None:
        choices = inside[placement == "public_area"]
    return choices[zlib.crc32(reg_id.encode()) % len(choices)]
