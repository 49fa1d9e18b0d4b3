"""Endpoints of citizens' reports: of the citizens' page (its session is the owner page's), and of officers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.accounts.models import Centre
from prahari.desks.common.actor import actor_of
from prahari.desks.common.documents import centre_name
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.schemas import IncidentDetail, IncidentIn
from prahari.desks.intake import report_schemas as schemas
from prahari.desks.intake import report_selectors as selectors
from prahari.desks.intake import reports
from prahari.desks.owners.sessions import owner, visitor, visitor_of

router = Router(tags=["intake"])
Filters = Annotated[schemas.CitizenReportFilters, Query()]


@router.get("/citizen/start", auth=visitor, response=responses(schemas.ReportStart))
def citizen_start(request: HttpRequest) -> HttpResponse:
    centre = Centre.objects.get(id=1)
    return reply({
        "centre": centre_name(), "kinds": selectors.kinds(), "centre_lat": centre.lat, "centre_lon": centre.lon,
    })  # fmt: skip


@router.post("/citizen/reports", auth=owner, response=responses(schemas.OwnCitizenReport, 201))
def make_citizen_report(request: HttpRequest, payload: schemas.CitizenReportIn) -> HttpResponse:
    made = reports.report(visitor=visitor_of(request), form=payload)
    return reply(selectors.own_report(made), 201)


@router.get("/citizen/reports", auth=owner, response=responses(schemas.OwnCitizenReports))
def own_citizen_reports(request: HttpRequest) -> HttpResponse:
    """What the holder of the confirmed number has reported, and what has become of it."""
    return reply({"items": selectors.own_reports(visitor_of(request).owner.mobile_key)})


@router.get("/citizen-reports", response=responses(schemas.CitizenReportPage))
def list_citizen_reports(
    request: HttpRequest, filters: Filters, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None
) -> HttpResponse:
    return reply(selectors.page(actor_of(request), filters, limit, cursor))


@router.get("/citizen-reports/counts", response=responses(schemas.CitizenReportCounts))
def count_citizen_reports(request: HttpRequest, filters: Filters) -> HttpResponse:
    return reply(selectors.counts(actor_of(request), filters))


@router.get("/citizen-reports/{report_id}", response=responses(schemas.CitizenReportDetail))
def get_citizen_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    return reply(selectors.detail(actor_of(request), report_id))


@router.post("/citizen-reports/{report_id}/answer", response=responses(schemas.CitizenReportDetail))
def answer_citizen_report(request: HttpRequest, report_id: UUID, payload: schemas.CitizenReportAnswer) -> HttpResponse:
    return reply(reports.answer(actor=actor_of(request), report_id=report_id, form=payload))


@router.post("/citizen-reports/{report_id}/incident", response=responses(IncidentDetail, 201))
def open_incident_of_citizen_report(request: HttpRequest, report_id: UUID, payload: IncidentIn) -> HttpResponse:
    """As POST /incidents; what is left out comes from the report, and its alarms go along."""
    actor = actor_of(request)
    made = reports.open_incident(actor=actor, report_id=report_id, form=payload)
    return reply(incidents.detail(actor, made.id, incidents.WORK), 201)


@router.post("/citizen-reports/{report_id}/number", response=responses(schemas.CitizenNumber))
def ask_citizen_number(request: HttpRequest, report_id: UUID, payload: schemas.CitizenNumberAsked) -> HttpResponse:
    """The number that the citizen confirmed, to call back; it is written down who asked, and why."""
    return reply({"mobile": reports.tell_number(actor=actor_of(request), report_id=report_id, reason=payload.reason)})
