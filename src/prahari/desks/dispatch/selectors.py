"""Every read of units and assignments, and the only door to their rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.common import history, paging, rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import not_found
from prahari.desks.common.scoping import restrict, within
from prahari.desks.common.sql import fetch
from prahari.desks.dispatch import rows
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch.models import Assignment, Unit, UnitMessage
from prahari.desks.dispatch.schemas import UnitFilters
from prahari.desks.incidents import selectors as incidents
from prahari.desks.incidents.models import Incident
from prahari.desks.incidents.rows import part_ids
from prahari.desks.intake.choices import Kind as SourceKind
from prahari.desks.intake.models import EventSource

VIEW = "dispatch.view"
WORK = "dispatch.work"
MANAGE = "unit.manage"
CREW = "unit.crew"
TRACK_MOST = 5_000
ENDED_MOST = 50


def units_in(actor: Actor, permission: str = VIEW) -> QuerySet[Unit]:
    """Those in use. Raises Problem 403."""
    actor.require(permission)
    return restrict(Unit.objects.filter(retired_ms__isnull=True), actor.scope, permission)


def unit(actor: Actor, unit_id: UUID, permission: str = VIEW) -> Unit:
    """Raises Problem 403, 404."""
    found = units_in(actor, permission).filter(id=unit_id).first()
    if found is None:
        raise not_found("There is no such unit in your area.", "आपके क्षेत्र में ऐसी कोई इकाई नहीं है।")
    return found


def for_writing(actor: Actor, unit_id: UUID, version: int | None, permission: str) -> Unit:
    """The same, held until the end of the action. version: as the writer saw it.

    Raises Problem 403, 404, 409 (`changed` with the present UnitRow).
    """
    unit(actor, unit_id, permission)
    held = Unit.objects.select_for_update(of=("self",), no_key=True).get(id=unit_id)
    if version is not None and held.version != version:
        raise Changed(rows.unit_row(held))
    return held


def unit_page(actor: Actor, filters: UnitFilters, limit: int, cursor: str | None) -> dict[str, Any]:
    """UnitPage by call sign. Raises Problem 400, 403."""
    found = units_in(actor)
    if filters.q:
        found = found.filter(Q(call_sign__icontains=filters.q) | Q(phone__contains=filters.q))
    if filters.status:
        found = found.filter(status__in=filters.status.split(","))
    if filters.kind:
        found = found.filter(kind__in=filters.kind.split(","))
    if filters.agency:
        found = found.filter(agency_code__in=filters.agency.split(","))
    if filters.area:
        found = found.filter(within(filters.area))
    page = paging.page(found, ("call_sign", "id"), limit, cursor, lambda one: one)
    return page | {"items": rows.unit_rows(page["items"]), "fresh_s": rules.value(ours.FRESH_S)}


def unit_detail(actor: Actor, unit_id: UUID, permission: str = VIEW) -> dict[str, Any]:
    """UnitDetail: with its last assignments. Raises Problem 403, 404."""
    found = unit(actor, unit_id, permission)
    late = Assignment.objects.filter(unit=found).order_by("-offered_ms", "-id")[:ENDED_MOST]
    may = {
        "work": actor.may(WORK, found.jurisdiction_path, found.agency_code),
        "manage": actor.may(MANAGE, found.jurisdiction_path, found.agency_code),
    }
    return rows.unit_row(found) | {"lately": rows.assignment_rows(list(late)), "may": may}


def unit_history(actor: Actor, unit_id: UUID) -> list[dict[str, Any]]:
    """HistoryItems. Raises Problem 403, 404."""
    return history.record(Unit, unit(actor, unit_id).id)


def track(actor: Actor, unit_id: UUID, from_ms: int, to_ms: int) -> dict[str, Any]:
    """UnitTrack: the newest so many points within the time, oldest first. Raises Problem 403, 404."""
    found = unit(actor, unit_id)
    points = fetch(
        "SELECT at_ms, lat, lon FROM unit_track WHERE unit_id = %s AND at_ms BETWEEN %s AND %s"
        " ORDER BY at_ms DESC LIMIT %s",
        [found.id, from_ms, to_ms, TRACK_MOST],
    )
    return {"points": [[at, lat, lon] for at, lat, lon in reversed(points)]}


def tracker_sources(actor: Actor) -> dict[str, Any]:
    """UnitTrackers: sources of positions, by name, for whoever manages units."""
    actor.require(MANAGE)
    found = EventSource.objects.filter(kind=SourceKind.TRACKER).order_by("name")
    return {"items": [{"id": str(one.id), "name": one.name} for one in found]}


def assignment(actor: Actor, assignment_id: UUID, permission: str = VIEW) -> Assignment:
    """Of a unit in the actor's area. Raises Problem 403, 404."""
    actor.require(permission)
    found = restrict(Assignment.objects.all(), actor.scope, permission).filter(id=assignment_id).first()
    if found is None:
        raise not_found("There is no such assignment in your area.", "आपके क्षेत्र में ऐसी कोई रवानगी नहीं है।")
    return found


def of_incident(actor: Actor, incident_id: UUID) -> dict[str, Any]:
    """AssignmentList of an incident that the actor sees, also units of other agencies; the newest first.

    Raises Problem 403, 404.
    """
    actor.require(VIEW)
    found = incidents.incident(actor, incident_id)
    sent = Assignment.objects.filter(incident_id__in=part_ids(found)).order_by("-offered_ms", "-id")
    return {"items": rows.assignment_rows(list(sent)), "now_ms": now_ms()}


def living(one: Assignment) -> Incident:
    """The incident that it counts for now."""
    return one.incident.merged_into or one.incident


def messages_of(actor: Actor, unit_id: UUID, limit: int, cursor: str | None) -> dict[str, Any]:
    """UnitMessages, newest first. Raises Problem 403, 404."""
    found = UnitMessage.objects.filter(unit=unit(actor, unit_id))
    return paging.page(found, ("-came_ms", "-id"), limit, cursor, rows.message_row)
