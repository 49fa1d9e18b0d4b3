"""Endpoints of the field desk."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.field import actions, day, schemas, selectors, syncing
from prahari.desks.registry.schemas import Latitude, Longitude, Short

router = Router(tags=["field"])


@router.get("/field/day", response=responses(schemas.Day))
def field_day(
    request: HttpRequest, lat: Latitude | None = None, lon: Longitude | None = None, jurisdiction: Short = ""
) -> HttpResponse:
    """Today's visits of whoever asks, the nearest first, with all that is needed to work without a network."""
    return reply(day.day(actor_of(request), lat, lon, jurisdiction))


@router.post("/field/sync", response=responses(schemas.SyncOut))
def field_sync(request: HttpRequest, payload: schemas.SyncIn) -> HttpResponse:
    """Visits from a phone, each answered for itself. Sending them again changes nothing."""
    return reply(syncing.sync(actor=actor_of(request), form=payload))


@router.get("/field/visits", response=responses(schemas.Visits))
def field_visits(
    request: HttpRequest, state: Short = "", premises: UUID | None = None, mine: bool = False,
    limit: Limit = LIMIT_DEFAULT, cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    return reply(selectors.visit_page(actor_of(request), state, premises, mine, limit, cursor))


@router.post("/field/visits/{visit_id}/settle", response=responses(None, 204))
def settle_visit(request: HttpRequest, visit_id: UUID, payload: schemas.Settle) -> HttpResponse:
    """Decide about a visit that stands in conflict."""
    actions.settle(actor=actor_of(request), visit_id=visit_id, form=payload)
    return HttpResponse(status=204)
