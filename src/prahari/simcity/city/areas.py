"""Jurisdictions: the police tree (zone, circle, station, post) and the municipal wards, both tiling the city."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np

from prahari.contracts.city import Area, Name
from prahari.simcity.city.geometry import (
    Corners,
    Point,
    Polygon,
    area,
    centroid,
    contains,
    densify,
    dissolve,
    relaxed,
    signed_area,
    to_lonlat,
    voronoi,
)
from prahari.simcity.city.names import CIRCLES, LOCALITIES, POSTS, STATIONS, ZONES, name
from prahari.simcity.city.roads import CITY, density

STATE = "up"
DIVISION = f"{STATE}.kanpur-division"
DISTRICT = f"{DIVISION}.kanpur-nagar"
CITY_PATH = f"{DISTRICT}.kanpur"
WARDS = 110
POPULATION = 3_150_000


@dataclass(frozen=True)
class Cell:
    """One tile in plan coordinates, the path of the jurisdiction that it is, and its ring on the earth."""

    path: str
    name: Name
    polygon: Polygon
    parent: str
    ring: list[tuple[float, float]]
    population: int = 0


@dataclass(frozen=True)
class Jurisdictions:
    areas: list[Area]
    stations: list[Cell]
    wards: list[Cell]
    posts: list[tuple[str, Name, Point, str]]  # path, name, place in the plan, path of the station

    def station_at(self, point: Point) -> Cell:
        return _cell_at(self.stations, point)

    def ward_at(self, point: Point) -> Cell:
        return _cell_at(self.wards, point)


def _cell_at(cells: list[Cell], point: Point) -> Cell:
    """The cell whose drawn ring holds the point; on a slip between two rings the one with the nearer middle."""
    lon, lat = (float(value) for value in to_lonlat([point])[0])
    for cell in cells:
        if contains(cell.ring[:-1], (lon, lat)):
            return cell
    return min(cells, key=lambda cell: math.dist(centroid(cell.polygon), point))


def ring(polygon: Polygon, step_km: float = 0.25) -> list[tuple[float, float]]:
    """A closed ring of longitude and latitude, 5 decimals, counter-clockwise on the map."""
    points = np.round(to_lonlat(densify(polygon, step_km, closed=True)), 5)
    ordered = points if _counter_clockwise(points) else points[::-1]
    return [(float(lon), float(lat)) for lon, lat in ordered]


def _counter_clockwise(points: np.ndarray) -> bool:
    return signed_area([(float(x), float(y)) for x, y in points]) > 0


def _tiles(seeds: list[Point]) -> list[Polygon]:
    corners = Corners()
    return [corners.snap_all(cell) for cell in voronoi(seeds, CITY)]


def lay_out(seed: int) -> Jurisdictions:
    """All jurisdictions. Deterministic for a seed."""
    chance = random.Random(seed + 1)  # noqa: S311 - a plan, no secret
    cells = _tiles([(station.s, station.d) for station in STATIONS])
    stations = [
        Cell(
            f"{CITY_PATH}.{station.zone}.{station.circle}.{station.code}",
            name(station.en, station.hi),
            cell,
            f"{CITY_PATH}.{station.zone}.{station.circle}",
            ring(cell),
        )
        for station, cell in zip(STATIONS, cells, strict=True)
    ]
    wards = _wards(chance, stations)
    posts = _posts(chance, stations)
    areas = [
        Area(STATE, "state", name("Uttar Pradesh", "उत्तर प्रदेश"), "9"),
        Area(DIVISION, "division", name("Kanpur Division", "कानपुर मण्डल")),
        Area(DISTRICT, "district", name("Kanpur Nagar", "कानपुर नगर")),
        Area(CITY_PATH, "city", name("Kanpur", "कानपुर"), boundary=[ring(CITY)], population=POPULATION),
    ]
    areas += [
        Area(f"{CITY_PATH}.{code}", "zone", label, boundary=_union(stations, f"{CITY_PATH}.{code}."))
        for code, label in ZONES.items()
    ]
    zone_of = {station.circle: station.zone for station in STATIONS}
    for code, label in CIRCLES.items():
        path = f"{CITY_PATH}.{zone_of[code]}.{code}"
        areas.append(Area(path, "circle", label, boundary=_union(stations, f"{path}.")))
    areas += [Area(cell.path, "police_station", cell.name, boundary=[cell.ring]) for cell in stations]
    areas += [Area(path, "police_post", label) for path, label, _, _ in posts]
    areas += [Area(cell.path, "ward", cell.name, boundary=[cell.ring], population=cell.population) for cell in wards]
    return Jurisdictions(areas, stations, wards, posts)


def _union(stations: list[Cell], prefix: str) -> list[list[tuple[float, float]]]:
    return [ring(outer) for outer in dissolve([cell.polygon for cell in stations if cell.path.startswith(prefix)])]


def _wards(chance: random.Random, stations: list[Cell]) -> list[Cell]:
    seeds: list[Point] = []
    while len(seeds) < WARDS:
        point = (chance.uniform(-15, 15), chance.uniform(0.2, 11.2))
        if contains(CITY, point) and chance.random() < 0.04 + density(point):
            seeds.append(point)
    seeds = relaxed(seeds, CITY, 2)
    seeds.sort(key=lambda point: (round(point[1] / 1.6), point[0] if round(point[1] / 1.6) % 2 else -point[0]))
    polygons = _tiles(seeds)
    weights = [area(polygon) * (0.05 + density(centroid(polygon))) ** 1.2 for polygon in polygons]
    scale = POPULATION / sum(weights)
    known = [(en, hi, s, d) for en, hi, s, d, _ in LOCALITIES] + [(x.en, x.hi, x.s, x.d) for x in STATIONS]
    used: dict[str, int] = {}
    wards = []
    for number, (polygon, weight) in enumerate(zip(polygons, weights, strict=True), 1):
        s, d = centroid(polygon)
        en, hi, _, _ = min(known, key=lambda place: (place[2] - s) ** 2 + (place[3] - d) ** 2)
        used[en] = used.get(en, 0) + 1
        part = f" {used[en]}" if used[en] > 1 else ""
        label = name(f"Ward {number} – {en}{part}", f"वार्ड {number} – {hi}{part}")
        wards.append(
            Cell(f"{CITY_PATH}.ward-{number}", label, polygon, CITY_PATH, ring(polygon), round(weight * scale))
        )
    return wards


def _posts(chance: random.Random, stations: list[Cell]) -> list[tuple[str, Name, Point, str]]:
    posts = []
    for index, cell in enumerate(stations):
        s, d = centroid(cell.polygon)
        for number in range(2 if index % 3 else 3):
            en, hi = POSTS[(index * 3 + number) % len(POSTS)]
            slug = en.lower().replace(" ", "-")
            place = (s + chance.uniform(-0.4, 0.4), d + chance.uniform(-0.3, 0.3))
            if not contains(cell.polygon, place):
                place = (s, d)
            label = name(f"{en} Post, {cell.name.en}", f"{hi} चौकी, {cell.name.hi}")
            posts.append((f"{cell.path}.{slug}", label, place, cell.path))
    return posts
