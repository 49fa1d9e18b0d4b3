"""Endpoints of the citizens desk: what officers read of citizens' reports, and do with them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from prahari.desks.citizens import actions, schemas, selectors
from prahari.desks.common.actor import actor_of
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.schemas import IncidentDetail, IncidentIn

router = Router(tags=["citizens"])
Filters = Annotated[schemas.CitizenReportFilters, Query()]


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
    return reply(actions.answer(actor=actor_of(request), report_id=report_id, form=payload))


@router.post("/citizen-reports/{report_id}/incident", response=responses(IncidentDetail, 201))
def open_incident_of_citizen_report(request: HttpRequest, report_id: UUID, payload: IncidentIn) -> HttpResponse:
    """As POST /incidents; what is left out comes from the report, and its alarms go along."""
    actor = actor_of(request)
    made = actions.open_incident(actor=actor, report_id=report_id, form=payload)
    return reply(incidents.detail(actor, made.id, incidents.WORK), 201)


@router.post("/citizen-reports/{report_id}/number", response=responses(schemas.CitizenNumber))
def ask_citizen_number(request: HttpRequest, report_id: UUID, payload: schemas.CitizenNumberAsked) -> HttpResponse:
    """The number that the citizen confirmed, to call back; it is written down who asked, and why."""
    return reply({"mobile": actions.tell_number(actor=actor_of(request), report_id=report_id, reason=payload.reason)})
