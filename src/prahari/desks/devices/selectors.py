"""Every read of devices, templates and what moves cameras: restricted to what the actor may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Prefetch, QuerySet

from prahari.contracts.events import CAMERA_DEVICE_EVENT, now_ms
from prahari.core import vendor_addresses
from prahari.desks.common import paging
from prahari.desks.common.actor import ROOT, Actor
from prahari.desks.common.errors import forbidden, invalid, not_found, text
from prahari.desks.common.history import record
from prahari.desks.common.scoping import restrict
from prahari.desks.common.sql import fetch
from prahari.desks.devices.models import Channel, Device, PtzHold, PtzPreset, PtzTour, VendorTemplate
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.models import Camera

VIEW = "camera.view"
EDIT = "camera.edit"
MOVE = "camera.ptz"
FIRST = "camera.ptz_first"
REGISTRY_EDIT = "registry.edit"
EVENTS_MOST = 100
EVENTS_MS = 30 * 86_400_000
CHANNELS_MOST = 64


def devices_in(actor: Actor, permission: str = VIEW) -> QuerySet[Device]:
    """Those in use, for which the actor holds `permission` at their premises. Raises Problem 403."""
    actor.require(permission)
    inside = restrict(
        Device.objects.all(), actor.scope, permission, "premises__jurisdiction__path", "premises__agency_id"
    )
    return inside.filter(retired_ms__isnull=True)


def device(actor: Actor, device_id: UUID, permission: str = VIEW) -> Device:
    """Raises Problem 403, 404."""
    found = (
        devices_in(actor, permission).filter(id=device_id).select_related("premises", "premises__jurisdiction").first()
    )
    if found is None:
        raise not_found("There is no such device in your area.", "आपके क्षेत्र में ऐसा कोई उपकरण नहीं है।")
    return found


def device_page(actor: Actor, premises: UUID | None, limit: int, cursor: str | None) -> dict[str, Any]:
    found = devices_in(actor)
    if premises is not None:
        found = found.filter(premises_id=premises)
    return paging.page(_whole(actor, found), ("name", "id"), limit, cursor, device_row)


def device_detail(actor: Actor, device_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    device(actor, device_id, permission)
    return device_row(_whole(actor, Device.objects.filter(id=device_id), permission).get())


def _whole(actor: Actor, devices: QuerySet[Device], permission: str = VIEW) -> QuerySet[Device]:
    """With their channels; cameras of the channels only where the actor sees them."""
    seen = registry.cameras_in(actor, permission).filter(retired_ms__isnull=True)
    channels = Channel.objects.order_by("number").prefetch_related(Prefetch("camera", queryset=seen))
    return devices.select_related("premises", "credential").prefetch_related(Prefetch("channels", queryset=channels))


def device_row(row: Device) -> dict[str, Any]:
    """A DeviceRow. Never holds credentials: only whether there are some."""
    premises = row.premises
    return {
        "id": row.id,
        "name": row.name,
        "url": row.url,
        "premises": {"id": premises.id, "name": {"en": premises.name_en, "hi": premises.name_hi}},
        "make": row.make,
        "model": row.model,
        "serial": row.serial,
        "firmware": row.firmware,
        "abilities": row.abilities,
        "relays": row.relays,
        "clock_drift_s": row.clock_drift_s,
        "last_seen_ms": row.last_seen_ms,
        "has_credentials": hasattr(row, "credential"),
        "channels": [_channel_row(channel) for channel in row.channels.all()],
        "edited_ms": row.edited_ms,
    }


def _channel_row(channel: Channel) -> dict[str, Any]:
    camera = channel.camera if channel.camera_id else None
    return {
        "number": channel.number,
        "name": channel.name,
        "codec": channel.codec,
        "width_px": channel.width_px,
        "height_px": channel.height_px,
        "ptz": channel.ptz,
        "has_recordings": bool(channel.recording),
        "camera": None
        if camera is None
        else {"id": camera.id, "reg_id": camera.reg_id, "name": {"en": camera.name_en, "hi": camera.name_hi}},
    }


def of_camera(actor: Actor, camera_id: UUID) -> dict[str, Any]:
    """A CameraDevice. Raises Problem 403, 404."""
    registry.camera(actor, camera_id, VIEW)
    channel = Channel.objects.filter(camera_id=camera_id, device__retired_ms__isnull=True).first()
    if channel is None:
        return {"device": None, "channel": None}
    found = _whole(actor, Device.objects.filter(id=channel.device_id)).get()
    return {"device": device_row(found), "channel": channel.number}


def recorders_of(camera_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Camera -> id and name of the device that it shares with other cameras; their scope has been asked already."""
    channels = Channel.objects.filter(camera_id__in=list(camera_ids), device__retired_ms__isnull=True)
    found = {camera_id: (device_id, name) for camera_id, device_id, name in
             channels.values_list("camera_id", "device_id", "device__name") if camera_id is not None}  # fmt: skip
    devices = {device_id for device_id, _ in found.values()}
    counted = Channel.objects.filter(device_id__in=devices, camera__isnull=False, camera__retired_ms__isnull=True)
    shared = set(
        counted.values("device_id")
        .annotate(cameras=Count("id"))
        .filter(cameras__gt=1)
        .values_list("device_id", flat=True)
    )
    return {camera_id: one for camera_id, one in found.items() if one[0] in shared}


def channel_of(camera_id: UUID) -> Channel | None:
    """The channel that a camera is; its scope has been asked already."""
    return Channel.objects.filter(camera_id=camera_id, device__retired_ms__isnull=True).select_related("device").first()


def device_events(actor: Actor, camera_id: UUID) -> list[dict[str, Any]]:
    """What the camera's device has noticed itself, newest first."""
    registry.camera(actor, camera_id, VIEW)
    since = now_ms() - EVENTS_MS
    found = fetch(
        "SELECT time_ms, data FROM event WHERE subject = %s AND type = %s AND time_ms >= %s "
        "AND day >= (to_timestamp(%s::float8 / 1000) AT TIME ZONE 'UTC')::date ORDER BY time_ms DESC LIMIT %s",
        [str(camera_id), CAMERA_DEVICE_EVENT, since, float(since), EVENTS_MOST],
    )
    return [
        {
            "at_ms": at_ms, "name": data.get("name", "other"), "state": data.get("state"),
            "topic": data.get("topic", ""), "source": data.get("source", ""),
        }
        for at_ms, data in ((at_ms, orjson.loads(raw)) for at_ms, raw in found)
    ]  # fmt: skip


# Makers' addresses: everybody signed in may read them, as the registry's short lists


def template_page() -> dict[str, Any]:
    items = [template_row(row) for row in VendorTemplate.objects.all()]
    return {"items": items, "next": None, "total": len(items), "as_of_ms": now_ms()}


def template_row(row: VendorTemplate) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": {"en": row.name_en, "hi": row.name_hi},
        "main": row.main,
        "sub": row.sub,
        "port": row.port,
        "sort": row.sort,
        "active": row.active,
    }


def template(code: str) -> VendorTemplate:
    """Raises Problem 404."""
    found = VendorTemplate.objects.filter(code=code).first()
    if found is None:
        raise not_found("There is no such template.", "ऐसा कोई ढाँचा नहीं है।")
    return found


def template_history(actor: Actor, code: str) -> list[dict[str, Any]]:
    """HistoryItems, newest first. Templates are the whole centre's. Raises Problem 403, 404."""
    actor.require(REGISTRY_EDIT)
    if not actor.may(REGISTRY_EDIT, ROOT, ""):
        raise forbidden(REGISTRY_EDIT)
    template(code)
    return record(VendorTemplate, code)


def filled(code: str, host: str, port: int | None, channels: int) -> dict[str, Any]:
    """FilledAddresses of channels 1 to `channels`. Raises Problem 404, 422."""
    row = template(code)
    plain = host.strip().strip("[]")
    if not plain or len(plain) > 253 or any(letter.isspace() or letter in "/@?#{}\x00" for letter in plain):
        raise invalid(host=text("Write the device's IP address or name, nothing else.",
                                "केवल उपकरण का आईपी पता या नाम लिखें।"))  # fmt: skip

    def one(pattern: str, channel: int) -> str:
        return vendor_addresses.address(pattern, plain, port or row.port, channel) if pattern else ""

    numbers = range(1, channels + 1)
    return {"items": [{"channel": n, "url": one(row.main, n), "sub_url": one(row.sub, n)} for n in numbers]}


# Moving


def holder_row(actor: Actor, hold: PtzHold) -> dict[str, Any]:
    return {
        "user_id": hold.user_id,
        "name": hold.user.name or hold.user.username,
        "mine": hold.user_id == actor.id,
        "until_ms": hold.until_ms,
    }


def ptz_state(actor: Actor, camera_id: UUID) -> dict[str, Any]:
    """A PtzState. Raises Problem 403, 404."""
    camera = registry.camera(actor, camera_id, VIEW)
    hold = PtzHold.objects.filter(camera_id=camera_id, until_ms__gt=now_ms()).select_related("user").first()
    return {
        "movable": is_movable(camera_id),
        "may": actor.may(MOVE, camera.jurisdiction_path, camera.agency_id),
        "first": actor.may(FIRST, camera.jurisdiction_path, camera.agency_id),
        "holder": None if hold is None else holder_row(actor, hold),
        "places": [place_row(row) for row in PtzPreset.objects.filter(camera_id=camera_id)],
        "tours": [tour_row(row) for row in PtzTour.objects.filter(camera_id=camera_id)],
    }


def place_row(row: PtzPreset) -> dict[str, Any]:
    return {"id": row.id, "preset": row.token, "name": row.name}


def tour_row(row: PtzTour) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "stops": row.stops, "running": row.running}


_movers: list[Callable[[UUID], bool]] = []


def add_mover(moves: Callable[[UUID], bool]) -> None:
    """Let a desk above name cameras that can be moved though no device of ours is behind them. Called once, when that
    desk is loaded."""
    _movers.append(moves)


def is_movable(camera_id: UUID) -> bool:
    channel = channel_of(camera_id)
    return (channel is not None and channel.ptz) or any(moves(camera_id) for moves in _movers)


def movable_camera(actor: Actor, camera_id: UUID) -> Camera:
    """A camera that the actor may move. Raises Problem 403, 404, 422."""
    camera = registry.camera(actor, camera_id, MOVE)
    if camera.retired_ms is not None or not is_movable(camera_id):
        raise invalid(camera_id=text("This camera cannot be moved.", "यह कैमरा घुमाया नहीं जा सकता।"))
    return camera


def place(actor: Actor, place_id: UUID) -> PtzPreset:
    """Raises Problem 403, 404."""
    cameras = registry.cameras_in(actor, MOVE)
    actor.require(MOVE)
    found = PtzPreset.objects.filter(id=place_id, camera__in=cameras).select_related("camera").first()
    if found is None:
        raise not_found()
    return found


def tour(actor: Actor, tour_id: UUID) -> PtzTour:
    """Raises Problem 403, 404."""
    actor.require(MOVE)
    found = (
        PtzTour.objects.filter(id=tour_id, camera__in=registry.cameras_in(actor, MOVE)).select_related("camera").first()
    )
    if found is None:
        raise not_found()
    return found
