"""Endpoints of the citizens' page: its session is the owner page's, a confirmed number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from prahari.desks.accounts.models import Centre
from prahari.desks.common.documents import centre_name
from prahari.desks.common.errors import reply, responses
from prahari.desks.intake import report_schemas as schemas
from prahari.desks.intake import report_selectors as selectors
from prahari.desks.intake import reports
from prahari.desks.owners.sessions import owner, visitor, visitor_of

router = Router(tags=["intake"])


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
