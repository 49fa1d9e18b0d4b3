"""Endpoints of uptime and of maintenance windows."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.health import actions, exports, groups, schemas, windows
from prahari.desks.health.schemas import AreaPath as Words

router = Router(tags=["health"])


@router.get("/camera-health/uptime", response=responses(schemas.UptimeTable))
def uptime(
    request: HttpRequest, by: groups.By = "owner_class", first: dt.date | None = None, last: dt.date | None = None,
    jurisdiction: Words = "", owner_class: Words = "",
) -> HttpResponse:  # fmt: skip
    """Of 30 days up to today unless told otherwise; the worst first, each with its days."""
    return reply(groups.table(actor_of(request), by, first, last, jurisdiction, owner_class))


@router.get("/camera-health/uptime/export", response=responses(str))
def export_uptime(
    request: HttpRequest, by: groups.By = "owner_class", first: dt.date | None = None, last: dt.date | None = None,
    jurisdiction: Words = "", owner_class: Words = "", language: exports.Language = "hi",
) -> HttpResponse:  # fmt: skip
    """XLSX."""
    return exports.uptime_file(actor_of(request), by, first, last, jurisdiction, owner_class, language)


@router.get("/maintenance-windows", response=responses(schemas.MaintenancePage))
def list_maintenance(
    request: HttpRequest, current: bool = False, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(windows.page(actor_of(request), current, limit, cursor))


@router.post("/maintenance-windows", response=responses(schemas.MaintenanceOut, 201))
def announce_maintenance(request: HttpRequest, payload: schemas.MaintenanceIn) -> HttpResponse:
    return reply(windows.row(actions.announce_maintenance(actor=actor_of(request), form=payload)), 201)


@router.post("/maintenance-windows/{window_id}/end", response=responses(schemas.MaintenanceOut))
def end_maintenance(request: HttpRequest, window_id: UUID, payload: schemas.EndIn) -> HttpResponse:
    """Done earlier than announced, or called off."""
    return reply(
        windows.row(actions.end_maintenance(actor=actor_of(request), window_id=window_id, reason=payload.reason))
    )
