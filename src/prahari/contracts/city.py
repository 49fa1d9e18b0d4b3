"""A city as data: what the simulated city hands to the registry when a demonstration is laid out.

Everything in it is made up except the counts by owner class, which are published ones. Coordinates are WGS 84 degrees.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Name(msgspec.Struct, frozen=True):
    en: str
    hi: str


class Area(msgspec.Struct, frozen=True):
    """A jurisdiction. `code` is unique among its siblings; `path` joins codes from the state down with dots."""

    path: str
    level: str  # state, division, district, city, zone, circle, police_station, police_post, ward
    name: Name
    lgd_code: str = ""
    boundary: list[list[tuple[float, float]]] = []  # rings of (lon, lat); empty: not drawn
    population: int = 0


class DepartmentPlan(msgspec.Struct, frozen=True):
    code: str
    name: Name
    agency: str  # police, traffic, municipal, ...


class PremisesPlan(msgspec.Struct, frozen=True):
    code: str
    name: Name
    owner_class: str  # shop, school, smart_city, municipal, hospital, petrol_pump, automobile, ...
    place_class: str
    address: Name
    jurisdiction: str  # path of a police station or post
    ward: str  # path of a ward
    department: str
    lat: float
    lon: float
    contact_name: str = ""
    contact_mobile: str = ""


class CameraSeed(msgspec.Struct, frozen=True):
    reg_id: str
    name: Name
    premises: str  # code
    placement: str  # entry, exit, road_side, public_area, other
    kind: str  # fixed, ptz, anpr, red_light, speed, classification, analogue_dvr
    lat: float
    lon: float
    bearing_deg: int
    fov_deg: int
    stream_path: str  # path on the simulated RTSP server, starting with "/"
    make: str = ""
    model: str = ""


class Prospect(msgspec.Struct, frozen=True):
    """Premises that a list names and nobody has linked yet. `step`: how far the made-up officers have come."""

    premises: PremisesPlan
    cameras_reported: int
    step: str  # listed, asked, promised, installed, refused, consented
    days_ago: int  # when that step was taken
    refusal: str = ""  # code of a refusal reason


class City(msgspec.Struct, frozen=True):
    code: str
    name: Name
    centre: tuple[float, float]  # lon, lat
    bounds: tuple[float, float, float, float]  # west, south, east, north
    areas: list[Area]
    departments: list[DepartmentPlan]
    premises: list[PremisesPlan]
    cameras: list[CameraSeed]
    basemap: dict[str, Any]  # layer name -> GeoJSON FeatureCollection; see docs/basemap.md
    prospects: list[Prospect] = []
