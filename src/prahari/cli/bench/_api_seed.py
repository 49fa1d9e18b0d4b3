"""Fills a scratch register for `bench api`: python -m prahari.cli.bench._api_seed CAMERAS. Prints the session cookie
of somebody who sees the whole centre and, for comparison, of somebody who sees one police station."""

from __future__ import annotations

import json
import os
import random
import sys

ZONES, CIRCLES, STATIONS = 5, 4, 3
CAMERAS_A_PREMISES = 3
CITY = "up.bench"
WEST, SOUTH, EAST, NORTH = 80.18, 26.34, 80.48, 26.56
# fmt: off
_FIRST = [
    "Gopal", "Shiv", "Laxmi", "Saraswati", "Bharat", "Ganga", "Anand", "Ashok", "Durga", "Hanuman", "Janta", "Krishna",
]
_SECOND = ["Medical", "Jewellers", "Kirana", "Sweets", "Motors", "Hospital", "School", "Garments", "Hotel", "Hardware"]
_AREAS = ["Kalyanpur", "Kidwai", "Govind", "Swaroop", "Shastri", "Barra", "Panki", "Chakeri", "Naubasta", "Parade"]
# fmt: on
_HINDI = {"Kalyanpur": "कल्याणपुर", "Barra": "बर्रा", "Panki": "पनकी", "Chakeri": "चकेरी", "Parade": "परेड"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prahari.desks.settings")
    import django

    django.setup()
    count = int(sys.argv[1])
    _fill(count)
    print(json.dumps(_sessions()))


def _fill(count: int) -> None:
    from django.db import connection

    from prahari.contracts.city import Area, Name
    from prahari.contracts.events import now_ms
    from prahari.desks.accounts.actions import lay_out_jurisdictions, set_centre
    from prahari.desks.accounts.models import Jurisdiction
    from prahari.desks.common.actor import system
    from prahari.desks.registry.actions import search_key
    from prahari.desks.registry.models import Camera, Department, OwnerClass, PlaceClass, Premises
    from prahari.desks.registry.search import key_of

    chance = random.Random(7)  # noqa: S311 - the same city each time
    actor = system("bench")
    areas = [Area("up", "state", Name("State", "राज्य")), Area(CITY, "city", Name("Bench", "बेंच"))]
    for zone in range(ZONES):
        areas.append(Area(f"{CITY}.z{zone}", "zone", Name(f"Zone {zone}", f"ज़ोन {zone}")))
        for circle in range(CIRCLES):
            areas.append(Area(f"{CITY}.z{zone}.c{circle}", "circle", Name(f"Circle {circle}", f"सर्किल {circle}")))
            areas += [
                Area(f"{CITY}.z{zone}.c{circle}.s{station}", "police_station", Name(f"Station {station}", "थाना"))
                for station in range(STATIONS)
            ]
    set_centre(actor=actor, code="bench", name_en="Bench", name_hi="बेंच", centre=(80.33, 26.45),
               bounds=(WEST, SOUTH, EAST, NORTH))  # fmt: skip
    lay_out_jurisdictions(actor=actor, areas=areas)
    at = now_ms()
    Department.objects.bulk_create(
        Department(code=f"d{number}", name_en=f"Department {number}", name_hi=f"विभाग {number}",
                   agency_id=("police", "traffic", "municipal", "disaster")[number % 4], edited_ms=at)
        for number in range(12)
    )  # fmt: skip
    stations = list(Jurisdiction.objects.filter(level="police_station").order_by("path"))
    departments, classes = list(Department.objects.order_by("code")), list(OwnerClass.objects.order_by("sort"))
    places = list(PlaceClass.objects.order_by("sort"))

    def one_premises() -> Premises:
        area = chance.choice(_AREAS)
        name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}, {area}"
        hindi = f"प्रतिष्ठान, {_HINDI.get(area, area)}"
        station = chance.randrange(len(stations))
        # Stations lie in a grid: their cameras are neighbours, as in a city.
        lon = WEST + (EAST - WEST) * ((station % 10) + chance.random()) / 10
        lat = SOUTH + (NORTH - SOUTH) * ((station // 10) + chance.random()) / (len(stations) / 10)
        department = chance.choice(departments)
        return Premises(
            name_en=name, name_hi=hindi, address_en=f"{area} Road", owner_class=chance.choice(classes),
            place_class=chance.choice(places), department=department, agency_id=department.agency_id,
            jurisdiction=stations[station], lat=lat, lon=lon, search=key_of(name, hindi), created_ms=at, edited_ms=at,
        )  # fmt: skip

    def one_camera(number: int, premises: Premises) -> Camera:
        view = chance.choice(("entry", "exit", "road_side", "public_area"))
        camera = Camera(
            reg_id=f"BEN-{number:06d}", name_en=f"{premises.name_en} - {view}",
            name_hi=f"{premises.name_hi} - {number}", premises=premises, owner_class=premises.owner_class,
            place_class=premises.place_class,
            department=premises.department, agency_id=premises.agency_id, jurisdiction=premises.jurisdiction,
            lat=(premises.lat or 0) + chance.uniform(-2e-4, 2e-4),
            lon=(premises.lon or 0) + chance.uniform(-2e-4, 2e-4),
            bearing_deg=chance.randrange(360), fov_deg=90, placement=view, kind=chance.choice(("fixed", "ptz", "anpr")),
            url=f"rtsp://10.{number >> 16}.{number >> 8 & 255}.{number & 255}:554/1", created_ms=at, edited_ms=at,
            record_mode="continuous" if number % 20 == 0 else "none",
        )  # fmt: skip
        camera.search = search_key(camera, premises)
        return camera

    houses = [one_premises() for _ in range(count // CAMERAS_A_PREMISES + 1)]
    Premises.objects.bulk_create(houses, batch_size=2000)
    for start in range(0, count, 5000):
        numbers = range(start, min(start + 5000, count))
        Camera.objects.bulk_create(
            [one_camera(number, houses[number // CAMERAS_A_PREMISES]) for number in numbers], 1000
        )
    with connection.cursor() as cursor:
        # One camera in eight is dead, as where nobody looks after them.
        cursor.execute(
            """INSERT INTO camera_status (camera_id, status, reason, since_ms, changed_ms, proved_at_ms, proof_until_ms)
            SELECT id, CASE WHEN n %% 8 = 0 THEN 'offline' WHEN n %% 50 = 1 THEN 'stalled' ELSE 'live' END,
                CASE WHEN n %% 8 = 0 THEN 'unreachable' ELSE '' END, %s, %s, %s, %s
            FROM (SELECT id, row_number() OVER (ORDER BY reg_id) AS n FROM registry_camera) numbered""",
            [at, at, at, at + 86_400_000],
        )
    connection.connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _sessions() -> dict[str, str]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from prahari.desks.accounts.models import Jurisdiction, RoleGrant, User
    from prahari.desks.accounts.sessions import SessionStore

    keys = {"cookie": settings.SESSION_COOKIE_NAME}
    for name, path, agency in (("city", "", None), ("station", f"{CITY}.z1.c1.s1", None)):
        place = Jurisdiction.objects.get(path=path)
        user = User.objects.create(username=f"bench-{name}", name=name, must_change_password=False, jurisdiction=place)
        RoleGrant.objects.create(user=user, role_id="supervisor", jurisdiction=place, agency_id=agency)
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.save()
        keys[name] = str(store.session_key)
    return keys


if __name__ == "__main__":
    main()
