"""Cameras: list, map, counts, export, one of them, changes."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import passed_on, reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.registry import actions, export, schemas, selectors
from prahari.desks.registry.filters import CameraFilters

router = Router(tags=["cameras"])
Filters = Annotated[CameraFilters, Query()]


@router.get("/cameras", response=responses(schemas.CameraPage))
def list_cameras(
    request: HttpRequest,
    filters: Filters,
    sort: str = "reg_id",
    limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:
    return passed_on(selectors.cameras(actor_of(request), filters, sort, limit, cursor))


@router.get("/cameras/map", response=responses(schemas.MapView))
def camera_map(request: HttpRequest, filters: Filters, zoom: float = 12.0) -> HttpResponse:
    return passed_on(selectors.camera_map(actor_of(request), filters, zoom))


@router.get("/cameras/counts", response=responses(schemas.Counts))
def camera_counts(request: HttpRequest, filters: Filters) -> HttpResponse:
    return passed_on(selectors.counts(actor_of(request), filters))


@router.get("/cameras/export", response=responses(None))
def export_cameras(
    request: HttpRequest, filters: Filters, format: Literal["csv", "xlsx", "geojson"] = "csv"
) -> StreamingHttpResponse:
    """A file with every camera that the same filters list."""
    return export.response(actor_of(request), filters, format)


@router.post("/cameras", response=responses(schemas.CameraDetail, 201))
def create_camera(request: HttpRequest, payload: schemas.CameraIn) -> HttpResponse:
    actor = actor_of(request)
    camera_id = actions.create_camera(actor=actor, form=payload)
    return reply(selectors.camera_after_writing(actor, camera_id), 201)


@router.get("/cameras/{camera_id}", response=responses(schemas.CameraDetail))
def get_camera(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply(selectors.camera_detail(actor_of(request), camera_id))


@router.patch("/cameras/{camera_id}", response=responses(schemas.CameraDetail))
def edit_camera(request: HttpRequest, camera_id: UUID, payload: schemas.CameraEdit) -> HttpResponse:
    actor = actor_of(request)
    actions.edit_camera(actor=actor, camera_id=camera_id, form=payload)
    return reply(selectors.camera_after_writing(actor, camera_id))


@router.post("/cameras/{camera_id}/retire", response=responses(None, 204))
def retire_camera(request: HttpRequest, camera_id: UUID, payload: schemas.Why) -> HttpResponse:
    actions.retire_camera(actor=actor_of(request), camera_id=camera_id, reason=payload.reason)
    return HttpResponse(status=204)


@router.get("/cameras/{camera_id}/history", response=responses(schemas.History))
def camera_history(request: HttpRequest, camera_id: UUID) -> HttpResponse:
    return reply({"items": selectors.history(actor_of(request), camera_id)})


@router.get("/cameras/{camera_id}/status-history", response=responses(schemas.StatusHistory))
def camera_status_history(request: HttpRequest, camera_id: UUID, from_ms: int | None = None) -> HttpResponse:
    return reply({"items": selectors.status_history(actor_of(request), camera_id, from_ms)})
