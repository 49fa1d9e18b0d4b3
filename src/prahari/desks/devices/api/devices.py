"""Devices, what they tell of themselves, makers' addresses."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.devices import actions, asking, schemas, selectors
from prahari.desks.registry import selectors as registry
from prahari.desks.registry.schemas import Code, History

router = Router(tags=["devices"])
Port = Annotated[int | None, Field(ge=1, le=65_535)]
Channels = Annotated[int, Field(ge=1, le=selectors.CHANNELS_MOST)]


@router.post("/device-questions", response=responses(schemas.DeviceFound))
def ask_device(request: HttpRequest, payload: schemas.DeviceAskIn) -> HttpResponse:
    """What is at this ONVIF address? Nothing is entered."""
    return reply(actions.ask_device(actor=actor_of(request), form=payload))


@router.get("/devices", response=responses(schemas.DevicePage))
def list_devices(
    request: HttpRequest, premises: UUID | None = None, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(selectors.device_page(actor_of(request), premises, limit, cursor))


@router.post("/devices", response=responses(schemas.DeviceRow, 201))
def create_device(request: HttpRequest, payload: schemas.DeviceIn) -> HttpResponse:
    actor = actor_of(request)
    device_id = actions.create_device(actor=actor, form=payload)
    return reply(selectors.device_detail(actor, device_id, selectors.EDIT), 201)


@router.get("/devices/{device_id}", response=responses(schemas.DeviceRow))
def get_device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    return reply(selectors.device_detail(actor_of(request), device_id))


@router.patch("/devices/{device_id}", response=responses(schemas.DeviceRow))
def edit_device(request: HttpRequest, device_id: UUID, payload: schemas.DeviceEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_device(actor=actor, device_id=device_id, form=payload)
    return reply(selectors.device_detail(actor, device_id, selectors.EDIT))


@router.post("/devices/{device_id}/refresh", response=responses(schemas.DeviceFound))
def refresh_device(request: HttpRequest, device_id: UUID) -> HttpResponse:
    return reply(asking.found(actions.refresh_device(actor=actor_of(request), device_id=device_id)))


@router.post("/devices/{device_id}/retire", response=responses(None, 204))
def retire_device(request: HttpRequest, device_id: UUID, payload: schemas.DeviceWhy) -> HttpResponse:
    actions.retire_device(actor=actor_of(request), device_id=device_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.put("/devices/{device_id}/channels/{number}", response=responses(schemas.DeviceRow))
def link_channel(
    request: HttpRequest, device_id: UUID, number: Annotated[int, Field(ge=1, le=999)], payload: schemas.ChannelLinkIn
) -> HttpResponse:
    actor = actor_of(request)
    actions.link_channel(actor=actor, device_id=device_id, number=number, form=payload)
    return reply(selectors.device_detail(actor, device_id, selectors.EDIT))


@router.get("/cameras/{camera_id}/device", response=responses(schemas.CameraDevice))
def camera_device(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply(selectors.of_camera(actor_of(request), camera_id))


@router.get("/cameras/{camera_id}/device-events", response=responses(schemas.DeviceEvents))
def device_events(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    """What the camera has noticed itself, of the last 30 days."""
    return reply({"items": selectors.device_events(actor_of(request), camera_id)})


@router.get("/cameras/{camera_id}/device-recordings", response=responses(schemas.DeviceStretches))
def device_recordings(
    request: HttpRequest, camera_id: UUID, period: Annotated[schemas.StretchesIn, Query()]
) -> HttpResponse:
    """What lies on the owner's own recorder."""
    actor = actor_of(request)
    registry.camera(actor, camera_id, "camera.playback")
    return reply(asking.stretches(actor, camera_id, period.from_ms, period.to_ms))


@router.get("/vendor-templates", response=responses(schemas.AddressTemplates))
def list_templates(request: HttpRequest) -> HttpResponse:
    return reply(selectors.template_page())


@router.post("/vendor-templates", response=responses(schemas.AddressTemplate, 201))
def create_template(request: HttpRequest, payload: schemas.AddressTemplateIn) -> HttpResponse:
    actions.save_template(actor=actor_of(request), code=payload.code, form=payload)
    return reply(selectors.template_row(selectors.template(payload.code)), 201)


@router.patch("/vendor-templates/{code}", response=responses(schemas.AddressTemplate))
def edit_template(request: HttpRequest, code: Code, payload: schemas.AddressTemplateEdit) -> HttpResponse:
    actions.save_template(actor=actor_of(request), code=code, form=payload)
    return reply(selectors.template_row(selectors.template(code)))


@router.get("/vendor-templates/{code}/history", response=responses(History))
def template_history(request: HttpRequest, code: Code) -> HttpResponse:
    """Who changed it, when, why and what. For who may edit it."""
    return reply({"items": selectors.template_history(actor_of(request), code)})


@router.get("/vendor-templates/{code}/addresses", response=responses(schemas.FilledAddresses))
def filled_addresses(
    request: HttpRequest, code: Code, host: str, port: Port = None, channels: Channels = 1
) -> HttpResponse:
    """Addresses of a maker's device, channel by channel."""
    return reply(selectors.filled(code, host, port, channels))
