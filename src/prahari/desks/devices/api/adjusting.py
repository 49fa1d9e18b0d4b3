"""A camera's picture, its device's relays, as the device lets them be set."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.devices import adjusting, schemas

router = Router(tags=["devices"])


@router.get("/cameras/{camera_id}/imaging", response=responses(schemas.ImagingState))
def get_imaging(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """How the picture is set now; the device is asked."""
    return reply(adjusting.imaging(actor_of(request), camera_id))


@router.patch("/cameras/{camera_id}/imaging", response=responses(schemas.ImagingState))
def set_imaging(request: HttpRequest, camera_id: UUID, payload: schemas.ImagingIn) -> HttpResponse:
    return reply(adjusting.set_imaging(actor=actor_of(request), camera_id=camera_id, form=payload))


@router.post("/cameras/{camera_id}/focus-steps", response=responses(schemas.ImagingState))
def drive_focus(request: HttpRequest, camera_id: UUID, payload: schemas.FocusIn) -> HttpResponse:
    """A little nearer or farther."""
    return reply(adjusting.drive_focus(actor=actor_of(request), camera_id=camera_id, form=payload))


@router.post("/cameras/{camera_id}/relay-switches", response=responses(None, 204))
def switch_relay(request: HttpRequest, camera_id: UUID, payload: schemas.RelaySwitchIn) -> HttpResponse:
    adjusting.switch_relay(actor=actor_of(request), camera_id=camera_id, form=payload)
    return HttpResponse(status=204)
