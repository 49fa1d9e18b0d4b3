"""What the desk asks the media engine about devices, with the signed leave that each question needs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import msgspec
from django.conf import settings

from prahari.contracts import sealing, subjects
from prahari.contracts.devices import (
    DescribeReply,
    DescribeRequest,
    Imaging,
    ImagingReply,
    ImagingRequest,
    MoveReply,
    MoveRequest,
    RelayReply,
    RelayRequest,
    ReplayReply,
    ReplayRequest,
)
from prahari.contracts.events import now_ms
from prahari.contracts.media import MediaClaims, PermitClaims, SealedAddress
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Problem, invalid, text
from prahari.desks.linking import engine, permits, requests

SURVEY_S = 120
DESCRIBE_S = 20.0
MOVE_S = 12.0
GRACE_S = 4.0
TOKEN_S = 30


def sealed(device_id: UUID | str, username: str, password: str) -> str:
    """Sealed credentials of a device; empty when there are none."""
    if not username and not password:
        return ""
    plain = json.dumps({"username": username, "password": password})
    return sealing.seal(plain, settings.CONFIG.sealing_key(), f"device:{device_id}")


def onvif_address(typed: str) -> str:
    """An ONVIF address as people type it (a bare IP address will do), completed. Raises Problem 422."""
    plain = typed.strip()
    if "://" not in plain:
        plain = f"http://{plain}"
    try:
        parts = urlsplit(plain)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() or ord(letter) < 32 for letter in plain):
        raise invalid(url=text("Write the device's IP address, or http://address/onvif/device_service.",
                               "उपकरण का आईपी पता लिखें, या http://पता/onvif/device_service।"))  # fmt: skip
    if "@" in parts.netloc:
        raise invalid(url=text("Write user name and password into their own fields.",
                               "उपयोगकर्ता नाम और पासवर्ड अपने-अपने फ़ील्ड में लिखें।"))  # fmt: skip
    path = parts.path if parts.path not in {"", "/"} else "/onvif/device_service"
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, parts.query, ""))


def describe(device_id: str, subject_id: str, url: str, sealed_credentials: str, permit: str) -> DescribeReply:
    """Raises Problem 502 to 504 when the engine does not answer."""
    request = DescribeRequest(device_id, subject_id, SealedAddress(url, sealed_credentials), permit, DESCRIBE_S)
    return engine.ask(subjects.MEDIA_DEVICE_DESCRIBE, request, DescribeReply, DESCRIBE_S + GRACE_S)


def survey(trial_id: str) -> str:
    """Leave for two minutes, because the owner stands beside."""
    now_s = now_ms() // 1000
    return permits.sign(PermitClaims(trial_id, "survey", trial_id, now_s, now_s + SURVEY_S, live=True, record=False))


def standing_permit(camera_ids: list[UUID]) -> tuple[UUID, str] | None:
    """A camera with a consent or order that stands, and its signed permit; None: there is none."""
    from prahari.desks.registry.models import Camera

    public = dict(Camera.objects.filter(id__in=camera_ids).values_list("id", "owner_class__public"))
    now = now_ms()
    for camera_id, found in permits.all_of(camera_ids, now).items():
        chosen = permits.choose(found, public.get(camera_id, False))
        claims = permits.claims(chosen, now) if chosen else None
        if claims is not None:
            return camera_id, permits.sign(claims)
    return None


def claims(actor: Actor, camera_id: UUID, use: str) -> str:
    """Leave of a person for one question about one camera."""
    request = requests.standing(actor, camera_id) if actor.id is not None else None
    signed_ms = now_ms()
    return permits.sign(
        MediaClaims(
            str(actor.id), str(camera_id), [use], signed_ms // 1000 + TOKEN_S,
            request_id=str(request.id) if request is not None else "",
            request_until_s=request.to_ms // 1000 if request is not None else 0,
            signed_ms=signed_ms,
        )
    )  # fmt: skip


def move(actor: Actor, camera_id: UUID, **order: Any) -> MoveReply:
    """One order to the worker that owns the camera. Raises Problem 409 when it could not be carried out."""
    request = MoveRequest(claims(actor, camera_id, "ptz"), **order)
    subject = subjects.media_camera(str(camera_id), "move")
    return carried_out(engine.ask(subject, request, MoveReply, MOVE_S))


def stretches(actor: Actor, camera_id: UUID, from_ms: int, to_ms: int) -> dict[str, Any]:
    """DeviceStretches. Raises Problem 409, 502 to 504."""
    request = ReplayRequest(claims(actor, camera_id, "playback"), from_ms, to_ms)
    subject = subjects.media_camera(str(camera_id), "replay")
    reply = carried_out(engine.ask(subject, request, ReplayReply, MOVE_S))
    items = [{"from_ms": start, "to_ms": end} for start, end in reply.stretches]
    return {"items": items, "clock_drift_s": reply.clock_drift_s}


def imaging(actor: Actor, camera_id: UUID, **wanted: Any) -> dict[str, Any]:
    """An ImagingState. Raises Problem 409, 502 to 504."""
    request = ImagingRequest(claims(actor, camera_id, "imaging"), **wanted)
    subject = subjects.media_camera(str(camera_id), "imaging")
    reply: ImagingReply = carried_out(engine.ask(subject, request, ImagingReply, MOVE_S))
    found: dict[str, Any] = msgspec.to_builtins(reply.imaging or Imaging())
    return found


def relay(actor: Actor, camera_id: UUID, token: str, *, active: bool) -> None:
    """Raises Problem 409, 502 to 504."""
    request = RelayRequest(claims(actor, camera_id, "relay"), token, active)
    carried_out(engine.ask(subjects.media_camera(str(camera_id), "relay"), request, RelayReply, MOVE_S))


def carried_out(reply: Any) -> Any:
    """The engine's answer. Raises Problem 409 with its sentence when it says no."""
    if reply.ok:
        return reply
    said = _SAID.get(str(reply.reason))
    hi = said or "उपकरण ने यह नहीं किया।"
    raise Problem(409, f"device_{reply.reason or 'refused'}", reply.detail or "The device did not do this.",
                  f"{hi} ({reply.detail})" if reply.detail else hi)  # fmt: skip


_SAID = {
    "unreachable": "उपकरण के पते पर कोई उत्तर नहीं देता; बिजली और नेटवर्क जाँचें।",
    "timeout": "उपकरण ने समय पर उत्तर नहीं दिया।",
    "wrong_password": "उपकरण ने उपयोगकर्ता नाम और पासवर्ड स्वीकार नहीं किया।",
    "unsupported": "यह उपकरण यह नहीं कर सकता।",
    "refused": "उपकरण ने अस्वीकार किया।",
    "bad_stream": "उपकरण का उत्तर समझा नहीं जा सका।",
    "no_permit": "इस समय इसकी सहमति या आदेश नहीं है।",
    "permit_ended": "सहमति या आदेश समाप्त हो गया है।",
    "outside_hours": "यह सहमति के समय से बाहर है।",
    "not_found": "इस पते पर ओएनवीआईएफ़ सेवा नहीं है।",
    "connection_lost": "उपकरण ने सम्पर्क तोड़ दिया।",
    "too_large": "उपकरण का उत्तर बहुत बड़ा है।",
}


def found(reply: DescribeReply) -> dict[str, Any]:
    """A DeviceFound."""
    body: dict[str, Any] = msgspec.to_builtins(reply)
    return body
