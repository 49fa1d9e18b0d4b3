"""Devices, channels, places and tours for tests, in World.HOME for World.AGENCY."""

from __future__ import annotations

import itertools
from typing import Any

import registry_rig as rig
from prahari.contracts.events import now_ms
from prahari.desks.devices.asking import sealed
from prahari.desks.devices.models import Channel, Device, DeviceCredential, PtzPreset, PtzTour
from prahari.desks.registry.models import Camera
from scope import World

_numbers = itertools.count(1)


def device(world: World, *, at: str = World.HOME, credentials: tuple[str, str] | None = None, **more: Any) -> Device:
    premises = more.pop("premises", None) or rig.premises(world, at=at)
    fields: dict[str, Any] = {
        "name": f"Recorder {next(_numbers)}", "url": "http://192.0.2.7/onvif/device_service", "created_ms": now_ms(),
        "edited_ms": now_ms(), "abilities": ["events", "imaging", "ptz", "relay", "replay"],
        "relays": ["relay-1"],
    } | more  # fmt: skip
    made = Device.objects.create(premises=premises, **fields)
    if credentials:
        DeviceCredential.objects.create(device=made, sealed=sealed(made.id, *credentials), edited_ms=now_ms())
    return made


def channel(world: World, *, of: Device | None = None, number: int = 1, **more: Any) -> Channel:
    """A channel that is a camera which can be moved."""
    one = of or device(world)
    camera: Camera = more.pop("camera", None) or rig.camera(world, premises=one.premises, kind="ptz")
    fields = {"profile": f"main-{number}", "source": f"source-{number}", "recording": f"rec-{number}", "ptz": True}
    return Channel.objects.create(device=one, number=number, camera=camera, **{**fields, **more})


def place(world: World, camera: Camera, token: str = "preset-1", name: str = "Gate") -> PtzPreset:
    return PtzPreset.objects.create(camera=camera, token=token, name=name)


def tour(world: World, camera: Camera, **more: Any) -> PtzTour:
    stops = [{"preset": "preset-1", "stay_s": 5}, {"preset": "preset-2", "stay_s": 5}]
    return PtzTour.objects.create(camera=camera, **{"name": "Night", "stops": stops, **more})
