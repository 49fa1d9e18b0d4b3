"""Officers' reads of citizens' reports, within their scope, with the alarms and the incident that came of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.alarms import selectors as alarms
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.citizens.schemas import CitizenReportFilters
from prahari.desks.common import history, paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict, within
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.models import Incident
from prahari.desks.intake import report_selectors as own
from prahari.desks.intake.choices import ReportState
from prahari.desks.intake.models import CitizenReport
from prahari.desks.intake.selectors import places
from prahari.desks.registry.filters import needles

VIEW = "incident.view"
ANSWER = "incident.work"
DAY_MS = 86_400_000
"""An alarm gathers what belongs together for less than that."""


def reports_in(actor: Actor, permission: str = VIEW) -> QuerySet[CitizenReport]:
    """Raises Problem 403."""
    actor.require(permission)
    return restrict(CitizenReport.objects.all(), actor.scope, permission)


def page(actor: Actor, filters: CitizenReportFilters, limit: int, cursor: str | None) -> dict[str, Any]:
    """CitizenReportPage, newest first. Raises Problem 400, 403, 422."""
    found = _filtered(actor, filters)
    answer = paging.page(found, ("-created_ms", "-id"), limit, cursor, lambda one: one)
    return {**answer, "items": shown(actor, answer["items"])}


def counts(actor: Actor, filters: CitizenReportFilters) -> dict[str, Any]:
    """CitizenReportCounts. Raises Problem 403, 422."""
    of_state = _filtered(actor, filters.model_copy(update={"state": ""})).order_by()
    of_kind = _filtered(actor, filters.model_copy(update={"kind": ""})).order_by()
    numbers = dict(of_kind.values_list("kind").annotate(n=Count("id")))
    known = {one["code"]: one["name"] for one in own.kinds()}
    old = {code: text(code, code) for code in numbers if code not in known}
    return {
        "by_state": dict.fromkeys(ReportState.values, 0) | dict(of_state.values_list("state").annotate(n=Count("id"))),
        "kinds": [
            {"code": code, "name": name, "number": numbers.get(code, 0)} for code, name in {**known, **old}.items()
        ],
        "as_of_ms": now_ms(),
    }


def _filtered(actor: Actor, filters: CitizenReportFilters) -> QuerySet[CitizenReport]:
    found = reports_in(actor)
    if filters.q:
        keys = needles(filters.q)
        found = found.filter(*(Q(search__contains=key) for key in keys)) if keys else found.none()
    if filters.state:
        wanted = filters.state.split(",")
        if not set(wanted) <= set(ReportState.values):
            known = ", ".join(ReportState.values)
            raise invalid(state=text(f"One of these is expected: {known}.", f"इनमें से एक अपेक्षित है: {known}।"))
        found = found.filter(state__in=wanted)
    if filters.kind:
        found = found.filter(kind__in=filters.kind.split(","))
    if filters.area:
        found = found.filter(within(filters.area))
    if filters.incident is not None:
        parts = Incident.objects.filter(merged_into_id=filters.incident).values("id")
        linked = Q(incident_id=filters.incident) | Q(incident_id__in=parts)
        found = found.filter(linked | Q(id__in=in_alarms_of(filters.incident)))
    return found


def in_alarms_of(incident_id: UUID) -> list[UUID]:
    """Ids among the events of an incident's alarms: a report's event has the report's id."""
    told = AlarmHandling.objects.filter(incident_id=incident_id).values_list("alarm__data__events", flat=True)
    return [UUID(event) for events in told for event in events or []]


def report(actor: Actor, report_id: UUID, permission: str = VIEW) -> CitizenReport:
    """Raises Problem 403, 404."""
    found = reports_in(actor, permission).filter(id=report_id).first()
    if found is None:
        raise not_found("There is no such report in your area.", "आपके क्षेत्र में ऐसी कोई सूचना नहीं है।")
    return found


def shown(actor: Actor, found: Sequence[CitizenReport]) -> list[dict[str, Any]]:
    """CitizenReportRow of each: the citizen's number is not among it."""
    names = places(one.jurisdiction_path for one in found)
    incidents_of = _incidents(actor, [one.incident_id for one in found if one.incident_id])
    return [
        {
            **row, "kind_code": one.kind, "lat": one.lat, "lon": one.lon, "photo": one.photo_id,
            "jurisdiction": one.jurisdiction_path, "version": one.version,
            "place": names.get(one.jurisdiction_path, {"en": "", "hi": ""}),
            "incident": incidents_of.get(one.incident_id) if one.incident_id else None,
        }
        for one, row in zip(found, own.rows(found), strict=True)
    ]  # fmt: skip


def _incidents(actor: Actor, ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """IncidentOfReport by id: of one that the actor may not open only the number."""
    if not ids:
        return {}
    mine = set(incidents.incidents_in(actor).filter(id__in=ids).values_list("id", flat=True))
    return {
        key: {"id": key if key in mine else None, "number": number, "state": state if key in mine else ""}
        for key, number, state in Incident.objects.filter(id__in=ids).values_list("id", "number", "state")
    }


def detail(actor: Actor, report_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """CitizenReportDetail. permission: of who has just written on it. Raises Problem 403, 404."""
    found = report(actor, report_id, permission)
    [row] = shown(actor, [found])
    return row | {
        "alarms": [
            {
                "id": one.alarm_id, "name": text(one.alarm.name_en, one.alarm.name_hi), "severity": one.severity,
                "state": one.state, "incident_id": one.incident_id,
            }
            for one in alarms_of(actor, found)
        ],
        "told": _told(found.id),
        "may": {"answer": actor.may(ANSWER, found.jurisdiction_path, found.agency_code)},
    }  # fmt: skip


def alarms_of(actor: Actor, found: CitizenReport, permission: str = alarms.VIEW) -> list[AlarmHandling]:
    """Alarms that the report has made, as far as the actor holds `permission` for them; oldest first."""
    if not actor.has(permission):
        return []
    around = Q(first_ms__gt=found.created_ms - DAY_MS, first_ms__lte=found.created_ms)
    made = alarms.alarms_in(actor, permission).filter(around, alarm__last_ms__gte=found.created_ms)
    made = made.filter(alarm__data__events__contains=[str(found.id)])
    return list(made.select_related("alarm").order_by("first_ms", "alarm_id"))


def _told(report_id: UUID) -> list[dict[str, Any]]:
    """ToldCitizen of each answer, newest first, out of the history that the database keeps of each row."""
    told: list[dict[str, Any]] = []
    present: dict[str, Any] = {"state": ReportState.RECEIVED, "answer": ""}
    for item in reversed(history.record(CitizenReport, report_id)):
        after = {change["field"]: change["after"] for change in item["changes"]}
        present = {name: after.get(name, value) for name, value in present.items()}
        if item["action"] == "citizen.answer":
            told.append({"at_ms": item["at_ms"], "by": item["who"]["name"], **present})
    return told[::-1]
