"""What the media engine is told of the device behind a camera: a part of the camera's plan."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from prahari.contracts.media import DevicePlan, TourPlan
from prahari.desks.devices.models import Channel, PtzTour


def device_plans(camera_ids: Sequence[UUID]) -> dict[UUID, DevicePlan]:
    """Those of the cameras that have a device."""
    channels = list(
        Channel.objects.filter(camera_id__in=camera_ids, device__retired_ms__isnull=True).select_related(
            "device", "device__credential"
        )
    )
    tours = running_tours(camera_ids)
    first = _first_channels({channel.device_id for channel in channels})
    return {channel.camera_id: _plan(channel, tours, first) for channel in channels if channel.camera_id}


def running_tours(camera_ids: Sequence[UUID]) -> dict[UUID, TourPlan]:
    return {
        tour.camera_id: TourPlan(str(tour.id), tour.started_ms, [(s["preset"], float(s["stay_s"])) for s in tour.stops])
        for tour in PtzTour.objects.filter(camera_id__in=camera_ids, running=True)
    }


def _first_channels(devices: set[UUID]) -> dict[UUID, int]:
    """Device -> its lowest channel that is a camera: that one hears what concerns the whole device."""
    linked = Channel.objects.filter(device_id__in=devices, camera__isnull=False, camera__retired_ms__isnull=True)
    return dict(linked.order_by("-number").values_list("device_id", "number"))  # the last one stays: the lowest


def _plan(channel: Channel, tours: dict[UUID, TourPlan], first: dict[UUID, int]) -> DevicePlan:
    device = channel.device
    credential = getattr(device, "credential", None)
    return DevicePlan(
        device_id=str(device.id),
        url=device.url,
        sealed_credentials=credential.sealed if credential else "",
        channel=channel.number,
        profile=channel.profile,
        source=channel.source,
        recording=channel.recording,
        ptz=channel.ptz,
        events="events" in device.abilities,
        hears_device=first.get(device.id) == channel.number,
        tour=tours.get(channel.camera_id) if channel.camera_id and channel.ptz else None,
    )
