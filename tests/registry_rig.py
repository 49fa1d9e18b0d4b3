"""Rows of the register for tests: a department, premises, a site, cameras, in World.HOME for World.AGENCY."""

from __future__ import annotations

import itertools
from typing import Any

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.linking.models import Consent, Order, OrderedCamera
from prahari.desks.registry.actions import sealed_credentials, search_key
from prahari.desks.registry.models import Camera, CameraCredential, Department, OwnerClass, PlaceClass, Premises, Site
from prahari.desks.registry.search import key_of
from scope import World

_numbers = itertools.count(1)
USERNAME, PASSWORD = "camuser-q7", "Zx9-pa55word-never-shown"


def department(world: World, agency: str = World.AGENCY) -> Department:
    return Department.objects.get_or_create(
        code=f"dept-{agency}", defaults={"name_en": "Police line", "name_hi": "पुलिस लाइन", "agency_id": agency}
    )[0]


def premises(world: World, *, at: str = World.HOME, owner_class: str = "shop", **more: Any) -> Premises:
    whose = department(world, more.pop("agency", World.AGENCY))
    fields = {"name_en": f"Shop {next(_numbers)}", "name_hi": "दुकान", "address_en": "Mall Road"} | more
    key = key_of(fields["name_en"], fields["name_hi"], fields["address_en"])
    return Premises.objects.create(
        owner_class=OwnerClass.objects.get(code=owner_class), department=whose, agency_id=whose.agency_id,
        place_class=PlaceClass.objects.get(code="market"), jurisdiction=Jurisdiction.objects.get(path=at),
        search=key, created_ms=now_ms(), edited_ms=now_ms(), **fields,
    )  # fmt: skip


def site(world: World, *, at: str = World.HOME) -> Site:
    return Site.objects.create(
        name_en=f"Crossing {next(_numbers)}", name_hi="चौराहा", agency_id=World.AGENCY,
        jurisdiction=Jurisdiction.objects.get(path=at), edited_ms=now_ms(),
    )  # fmt: skip


def camera(
    world: World, *, at: str = World.HOME, owner_class: str = "shop", credentials: bool = False, **more: Any
) -> Camera:
    number = next(_numbers)
    house = more.pop("premises", None) or premises(
        world, at=at, owner_class=owner_class, agency=more.pop("agency", World.AGENCY)
    )
    fields: dict[str, Any] = {
        "reg_id": f"T-{number:05d}", "name_en": f"Camera {number}", "name_hi": f"कैमरा {number}", "lat": 26.45,
        "lon": 80.33, "bearing_deg": 90, "fov_deg": 80, "placement": "entry", "kind": "fixed",
        "url": f"rtsp://10.0.0.1:554/{number}",
    } | more  # fmt: skip
    one = Camera(
        premises=house, owner_class=house.owner_class, place_class=house.place_class, department=house.department,
        agency_id=house.agency_id, jurisdiction=house.jurisdiction, created_ms=now_ms(), edited_ms=now_ms(), **fields,
    )  # fmt: skip
    one.search = search_key(one, house)
    one.save(force_insert=True)
    if credentials:
        CameraCredential.objects.create(
            camera=one, sealed=sealed_credentials(one.id, USERNAME, PASSWORD), edited_ms=now_ms()
        )
    one.refresh_from_db()
    return one


def consent(one: Camera, **more: Any) -> Consent:
    fields: dict[str, Any] = {
        "given_by": "R. Gupta", "given_on": "2026-01-05", "valid_from_ms": now_ms() - 1000, "created_ms": now_ms()
    } | more  # fmt: skip
    return Consent.objects.create(camera=one, **fields)


def order(world: World, *cameras: Camera, **more: Any) -> Order:
    fields: dict[str, Any] = {
        "authority": "Commissioner of Police", "number": f"{next(_numbers)}/2026", "dated_on": "2026-01-05",
        "title": "Linking", "valid_from_ms": now_ms() - 1000, "created_ms": now_ms(),
    } | more  # fmt: skip
    fields.setdefault("jurisdiction", Jurisdiction.objects.get(path=World.HOME))
    made = Order.objects.create(department=department(world), **fields)
    for one in cameras:
        OrderedCamera.objects.create(order=made, camera=one, created_ms=now_ms())
    return made


def state(one: Camera, status: str = "live", **more: Any) -> None:
    """What the event log would have written."""
    from prahari.desks.registry.models import CameraState

    now = now_ms()
    fields: dict[str, Any] = {
        "reason": "", "detail": "", "since_ms": now, "changed_ms": now, "proved_at_ms": now,
        "proof_until_ms": now + 20_000, "recording": False, "watchers": 0,
    } | more  # fmt: skip
    CameraState.objects.create(camera=one, status=status, **fields)
