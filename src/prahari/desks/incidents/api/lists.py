"""Lists of incidents, opening one, and the list of kinds."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.common.workbooks import MEDIA_TYPE
from prahari.desks.incidents import actions, kinds, listing, selectors
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents.listing import IncidentFilters, SortName
from prahari.desks.registry.schemas import Code

router = Router(tags=["incidents"])
Filters = Annotated[IncidentFilters, Query()]


@router.get("/incidents", response=responses(s.IncidentPage))
def list_incidents(
    request: HttpRequest, filters: Filters, sort: SortName = "newest", limit: Limit = LIMIT_DEFAULT,
    cursor: str | None = None,
) -> HttpResponse:  # fmt: skip
    """Those that are not closed, unless told otherwise."""
    return reply(listing.page(actor_of(request), filters, sort, limit, cursor))


@router.post("/incidents", response=responses(s.IncidentDetail, 201))
def open_incident(request: HttpRequest, payload: s.IncidentIn) -> HttpResponse:
    actor = actor_of(request)
    made = actions.open_incident(actor=actor, form=payload)
    return reply(selectors.detail(actor, made.id, selectors.WORK), 201)


@router.get("/incidents/counts", response=responses(s.IncidentCounts))
def count_incidents(request: HttpRequest, filters: Filters) -> HttpResponse:
    return reply(listing.counts(actor_of(request), filters))


@router.get("/incidents/map", response=responses(s.IncidentMap))
def map_incidents(request: HttpRequest, filters: Filters) -> HttpResponse:
    return reply(listing.points(actor_of(request), filters))


@router.get("/incidents/export", response=responses(None))
def export_incidents(
    request: HttpRequest, filters: Filters, sort: SortName = "newest", language: Literal["hi", "en"] = "hi"
) -> HttpResponse:
    """The same as a workbook."""
    return attachment(listing.as_workbook(actor_of(request), filters, sort, language), "incidents.xlsx", MEDIA_TYPE)


@router.get("/incident-kinds", response=responses(s.KindsOut))
def list_incident_kinds(request: HttpRequest) -> HttpResponse:
    return reply({"items": kinds.listed()})


@router.put("/incident-kinds/{code}", response=responses(s.KindsOut))
def save_incident_kind(request: HttpRequest, code: Code, payload: s.KindIn) -> HttpResponse:
    kinds.save(actor=actor_of(request), code=code, form=payload)
    return reply({"items": kinds.listed()})


@router.post("/incident-kinds/{code}/clocks", response=responses(s.KindsOut, 201))
def set_incident_clocks(request: HttpRequest, code: Code, payload: s.KindClocksIn) -> HttpResponse:
    kinds.set_clocks(actor=actor_of(request), code=code, form=payload)
    return reply({"items": kinds.listed()}, 201)


def attachment(content: bytes, name: str, media_type: str) -> Any:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
