"""The demonstration's recorders: those with a camera that can be moved, at the simulated city's ONVIF port."""

from __future__ import annotations

import os
from collections import defaultdict
from uuid import UUID

from django.conf import settings

from prahari.contracts.city import CameraSeed, City
from prahari.contracts.events import now_ms
from prahari.desks.common.action import action
from prahari.desks.common.actor import system
from prahari.desks.devices.asking import sealed
from prahari.desks.devices.models import Channel, Device, DeviceCredential
from prahari.desks.linking import plans
from prahari.desks.registry.models import Camera, Premises

MOST = 12
"""Each of them keeps a pull point open: a dozen shows what there is to see."""

ABILITIES = ["events", "imaging", "ptz", "relay", "replay"]


def load(city: City) -> None:
    """Idempotent: premises that have a device are left alone."""
    of: dict[str, list[CameraSeed]] = defaultdict(list)
    for seed in sorted(city.cameras, key=lambda seed: seed.reg_id):  # channels stand in this order in the recorder
        of[seed.premises].append(seed)
    chosen = [code for code, seeds in sorted(of.items()) if any(seed.kind == "ptz" for seed in seeds)][:MOST]
    taken = set(Device.objects.values_list("premises__code", flat=True))
    port = settings.CONFIG.port + 8
    with action("demo.devices", actor=system("demo")) as act:
        linked = []
        for premises in Premises.objects.filter(code__in=set(chosen) - taken):
            seeds = of[str(premises.code)]
            linked += _device(premises, f"http://127.0.0.1:{port}/{premises.code}/onvif/device_service", seeds)
        plans.publish(linked)
        act.about("city", city.code, city.name.en)
        act.details(cameras=len(linked))


def _device(premises: Premises, url: str, seeds: list[CameraSeed]) -> list[UUID]:
    at = now_ms()
    device = Device.objects.create(
        premises=premises, name=f"{premises.name_en} recorder", url=url, make=seeds[0].make, model="SC-NVR",
        serial=f"SC{premises.code}", firmware="2.4.1", abilities=ABILITIES, relays=["relay-1"], created_ms=at,
        edited_ms=at,
    )  # fmt: skip
    username, password = os.environ.get("SIMCITY_USERNAME", ""), os.environ.get("SIMCITY_PASSWORD", "")
    if kept := sealed(device.id, username, password):
        DeviceCredential.objects.create(device=device, sealed=kept, edited_ms=at)
    ids = dict(Camera.objects.filter(reg_id__in=[seed.reg_id for seed in seeds]).values_list("reg_id", "id"))
    Channel.objects.bulk_create(
        Channel(
            device=device, number=number, name=seed.name.en, camera_id=ids.get(seed.reg_id), source=f"source-{number}",
            profile=f"main-{number}", sub_profile=f"sub-{number}", recording=f"rec-{number}", codec="h264",
            width_px=640, height_px=360, ptz=seed.kind == "ptz",
        )
        for number, seed in enumerate(seeds, 1)
    )  # fmt: skip
    return list(ids.values())
