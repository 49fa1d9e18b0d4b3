"""Endpoints of the intake desk, and of the citizens' page (its session is the owner page's: a confirmed number)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.accounts.models import Centre
from prahari.desks.common.actor import actor_of
from prahari.desks.common.documents import centre_name
from prahari.desks.common.errors import reply, responses
from prahari.desks.common.paging import LIMIT_DEFAULT, Limit
from prahari.desks.intake import actions, reports, schemas, selectors
from prahari.desks.owners.sessions import owner, visitor, visitor_of

router = Router(tags=["intake"])


@router.get("/intake/sources", response=responses(schemas.EventSourcePage))
def list_event_sources(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.source_page(actor_of(request), limit, cursor))


@router.post("/intake/sources", response=responses(schemas.EventSourceKeyed, 201))
def create_event_source(request: HttpRequest, payload: schemas.EventSourceIn) -> HttpResponse:
    source, key = actions.create(actor=actor_of(request), form=payload)
    return reply({"source": selectors.shown([source])[0], "key": key}, 201)


@router.patch("/intake/sources/{source_id}", response=responses(schemas.EventSourceRow))
def edit_event_source(request: HttpRequest, source_id: UUID, payload: schemas.EventSourceEdit) -> HttpResponse:
    return reply(selectors.shown([actions.edit(actor=actor_of(request), source_id=source_id, form=payload)])[0])


@router.post("/intake/sources/{source_id}/key", response=responses(schemas.EventSourceKeyed))
def new_event_source_key(request: HttpRequest, source_id: UUID, payload: schemas.EventSourceReason) -> HttpResponse:
    source, key = actions.new_key(actor=actor_of(request), source_id=source_id, form=payload)
    return reply({"source": selectors.shown([source])[0], "key": key})


@router.post("/intake/sources/{source_id}/switch", response=responses(schemas.EventSourceRow))
def switch_event_source(request: HttpRequest, source_id: UUID, payload: schemas.EventSourceSwitch) -> HttpResponse:
    return reply(selectors.shown([actions.switch(actor=actor_of(request), source_id=source_id, form=payload)])[0])


@router.post("/intake/sources/{source_id}/test", response=responses(schemas.EventSourceTested))
def test_event_source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    return reply({"event_id": actions.test(actor=actor_of(request), source_id=source_id)})


@router.get("/citizen/start", auth=visitor, response=responses(schemas.ReportStart))
def citizen_start(request: HttpRequest) -> HttpResponse:
    centre = Centre.objects.get(id=1)
    return reply({
        "centre": centre_name(), "kinds": selectors.report_kinds(), "centre_lat": centre.lat, "centre_lon": centre.lon,
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
def list_citizen_reports(request: HttpRequest, limit: Limit = LIMIT_DEFAULT, cursor: str | None = None) -> HttpResponse:
    return reply(selectors.report_page(actor_of(request), limit, cursor))


@router.post("/citizen-reports/{report_id}/answer", response=responses(schemas.CitizenReportRow))
def answer_citizen_report(request: HttpRequest, report_id: UUID, payload: schemas.CitizenReportAnswer) -> HttpResponse:
    return reply(
        selectors.shown_reports([reports.answer(actor=actor_of(request), report_id=report_id, form=payload)])[0]
    )
