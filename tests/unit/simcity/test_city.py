from __future__ import annotations

import itertools
import json
import re
from collections import Counter

import msgspec
import pytest

from prahari.contracts.city import City, Name
from prahari.simcity.city import plan
from prahari.simcity.city.geometry import contains
from prahari.simcity.scenes.catalogue import SCENES, SCENES_OF_PLACE, scene_of

PUBLISHED = {
    "shop": 321, "school": 11, "smart_city": 624, "municipal": 39, "hospital": 9, "petrol_pump": 30, "automobile": 82,
    "kda": 7, "nhai": 8, "lab": 1, "police_post": 20, "industry": 114, "bank": 428, "bus_stand": 26,
}  # fmt: skip
LAYERS = {
    "land", "built", "landuse", "green", "water", "building", "road", "rail", "place", "landmark",
    "boundary_zone", "boundary_police_station", "boundary_ward",
}  # fmt: skip


@pytest.fixture(scope="module")
def city() -> City:
    return plan()


def test_it_is_the_same_city_every_time(city: City) -> None:
    assert msgspec.json.encode(plan()) == msgspec.json.encode(city)


def test_camera_counts_are_the_published_ones(city: City) -> None:
    owner = {premises.code: premises.owner_class for premises in city.premises}
    assert Counter(owner[camera.premises] for camera in city.cameras) == PUBLISHED
    assert len(city.cameras) == 1720


def test_codes_and_names_are_unique(city: City) -> None:
    for values in (
        [camera.reg_id for camera in city.cameras],
        [camera.stream_path for camera in city.cameras],
        [camera.name.en for camera in city.cameras],
        [premises.code for premises in city.premises],
        [area.path for area in city.areas],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_everything_has_a_hindi_name(city: City) -> None:
    def names() -> list[Name]:
        found = [each.name for each in (*city.areas, *city.departments, *city.premises, *city.cameras)]
        return [*found, *(premises.address for premises in city.premises)]

    devanagari = re.compile("[\u0900-\u097f]")
    assert [name.en for name in names() if not devanagari.search(name.hi) or devanagari.search(name.en)] == []
    for layer in ("place", "landmark", "boundary_ward"):
        for feature in city.basemap[layer]["features"]:
            assert devanagari.search(feature["properties"]["name_hi"]), feature["properties"]


def test_every_camera_lies_in_its_station_and_ward(city: City) -> None:
    areas = {area.path: area for area in city.areas}
    west, south, east, north = city.bounds
    for camera in city.cameras:
        assert west < camera.lon < east and south < camera.lat < north
    for home in city.premises:
        station = areas[home.jurisdiction]
        if station.level == "police_post":
            station = areas[home.jurisdiction.rpartition(".")[0]]
        assert station.level == "police_station" and areas[home.ward].level == "ward"
        for area in (station, areas[home.ward]):
            assert contains(area.boundary[0][:-1], (home.lon, home.lat)), (home.code, area.path)


def test_areas_form_a_tree(city: City) -> None:
    paths = {area.path for area in city.areas}
    assert all(area.path.rpartition(".")[0] in paths for area in city.areas if "." in area.path)
    levels = Counter(area.level for area in city.areas)
    assert levels["zone"] == 4 and levels["police_station"] == 40 and levels["ward"] == 110
    assert all(re.fullmatch(r"[a-z0-9-]+", part) for path in paths for part in path.split("."))


@pytest.mark.parametrize("level", ["ward", "police_station", "zone"])
def test_boundaries_tile_the_city(city: City, level: str) -> None:
    def ring_area(ring: list[tuple[float, float]]) -> float:
        return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)) / 2

    whole = next(area for area in city.areas if area.level == "city")
    parts = sum(ring_area(ring) for area in city.areas if area.level == level for ring in area.boundary)
    assert parts == pytest.approx(ring_area(whole.boundary[0]), rel=0.002)


def test_wards_share_the_city_s_people(city: City) -> None:
    wards = [area.population for area in city.areas if area.level == "ward"]
    assert sum(wards) == pytest.approx(3_150_000, rel=0.001)
    assert min(wards) > 300


def test_the_base_map_has_its_layers_and_is_small(city: City) -> None:
    assert set(city.basemap) == LAYERS
    text = json.dumps(city.basemap, ensure_ascii=False, separators=(",", ":"))
    assert len(text.encode()) < 6_000_000
    assert re.search(r"\d\.\d{6}", text) is None
    assert all(city.basemap[layer]["features"] for layer in LAYERS)


def test_contacts_are_nobody(city: City) -> None:
    mobiles = [premises.contact_mobile for premises in city.premises if premises.contact_mobile]
    assert mobiles
    assert all(re.fullmatch(r"5\d{9}", mobile) for mobile in mobiles)


def test_cameras_look_somewhere_and_play_something(city: City) -> None:
    premises = {each.code: each for each in city.premises}
    departments = {department.code for department in city.departments}
    for camera in city.cameras:
        assert 0 <= camera.bearing_deg < 360 and 10 <= camera.fov_deg <= 120
        assert camera.stream_path == f"/cam/{camera.reg_id}"
        home = premises[camera.premises]
        assert home.department in departments
        assert home.place_class in SCENES_OF_PLACE
        assert scene_of(home.place_class, camera.placement, camera.reg_id) in SCENES
