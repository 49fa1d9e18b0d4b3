"""Premises and cameras that stand on a step of the ladder, for tests of targets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import registry_rig as rig
from prahari.contracts.clock import local_day, start_of_day_ms
from prahari.desks.linking.models import CameraLinkage, Linkage
from prahari.desks.linking.steps import CameraStep
from prahari.desks.registry.models import Camera, Premises
from scope import World

HOUR_MS = 3_600_000


def listed(world: World, *, on: dt.date | None = None, reported: int = 0, **more: Any) -> Premises:
    """Premises in the programme since a day."""
    at = start_of_day_ms(on or local_day() - dt.timedelta(days=30))
    house = rig.premises(world, **more)
    Linkage.objects.create(premises=house, listed_ms=at, cameras_reported=reported)
    return house


def verified(
    world: World, count: int = 1, *, on: dt.date | None = None, premises: Premises | None = None, **more: Any
) -> list[Camera]:
    """Cameras verified live at noon of a day (yesterday)."""
    at = start_of_day_ms(on or local_day() - dt.timedelta(days=1)) + 12 * HOUR_MS
    made = []
    for _ in range(count):
        camera = rig.camera(world, **({"premises": premises} if premises else {}), **more)
        Camera.objects.filter(id=camera.id).update(created_ms=at - HOUR_MS)
        CameraLinkage.objects.create(
            camera=camera, step=CameraStep.VERIFIED_LIVE, entered_ms=at - HOUR_MS, linked_ms=at, verified_ms=at
        )
        made.append(camera)
    return made
