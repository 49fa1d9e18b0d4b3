"""Units, assignments and messages as lists show them, read with a handful of queries however many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count

from prahari.desks.accounts.models import Jurisdiction
from prahari.desks.common.errors import text
from prahari.desks.dispatch.choices import ACTIVE
from prahari.desks.dispatch.models import Assignment, CrewMember, Unit, UnitMessage, UnitPosition
from prahari.desks.incidents import words
from prahari.desks.incidents.models import Incident


def unit_row(one: Unit) -> dict[str, Any]:
    return unit_rows([one])[0]


def unit_rows(found: Sequence[Unit]) -> list[dict[str, Any]]:
    """UnitRow of each."""
    ids = [one.id for one in found]
    positions = {one.unit_id: position_row(one) for one in UnitPosition.objects.filter(unit_id__in=ids)}
    crews: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for member in CrewMember.objects.filter(unit_id__in=ids, until_ms__isnull=True).select_related("person"):
        crews[member.unit_id].append(crew_row(member))
    active: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    sent = Assignment.objects.filter(unit_id__in=ids, state__in=ACTIVE).order_by("offered_ms", "id")
    for one in sent.select_related("incident__kind", "incident__merged_into__kind"):
        active[one.unit_id].append(_brief(one))
    unread = Counter(
        dict(
            UnitMessage.objects.filter(unit_id__in=ids, from_unit=True, read_ms__isnull=True)
            .order_by().values_list("unit_id").annotate(n=Count("id"))
        )
    )  # fmt: skip
    places, agencies = _names(found)
    return [
        {
            "id": str(one.id),
            "call_sign": one.call_sign,
            "kind": one.kind,
            "agency": {"code": one.agency_code, "name": agencies[one.agency_code]},
            "jurisdiction": {
                "path": one.jurisdiction_path,
                "name": places.get(one.jurisdiction_path, text(one.jurisdiction_path, one.jurisdiction_path)),
            },
            "skills": one.skills,
            "capacity": one.capacity,
            "phone": one.phone,
            "tracker_source": str(one.tracker_source_id) if one.tracker_source_id else None,
            "tracker": one.tracker,
            "status": one.status,
            "status_ms": one.status_ms,
            "status_note": one.status_note,
            "status_by": one.status_by_name,
            "crew": crews[one.id],
            "position": positions.get(one.id),
            "active": active[one.id],
            "unread": unread[one.id],
            "version": one.version,
        }
        for one in found
    ]


def position_row(one: UnitPosition) -> dict[str, Any]:
    return {
        "at_ms": one.at_ms, "lat": one.lat, "lon": one.lon, "accuracy_m": one.accuracy_m, "speed_kmh": one.speed_kmh,
        "heading_deg": one.heading_deg, "battery_pct": one.battery_pct,
    }  # fmt: skip


def crew_row(member: CrewMember) -> dict[str, Any]:
    return {
        "id": str(member.person_id), "name": member.person.name, "since_ms": member.since_ms,
        "tells_position": member.agreed_ms is not None,
    }  # fmt: skip


def incident_brief(incident: Incident) -> dict[str, Any]:
    """SentTo: what a crew has to know of an incident, and a dispatcher of a unit's work."""
    return {
        "id": str(incident.id),
        "number": incident.number,
        "kind": {"code": incident.kind.code, "name": text(incident.kind.name_en, incident.kind.name_hi)},
        "severity": incident.severity,
        "title": incident.title,
        "address": incident.address,
        "lat": incident.lat,
        "lon": incident.lon,
    }


def _brief(one: Assignment) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "state": one.state,
        "offered_ms": one.offered_ms,
        "told": one.told,
        "version": one.version,
        "incident": incident_brief(one.incident.merged_into or one.incident),
    }


def assignment_row(one: Assignment) -> dict[str, Any]:
    return assignment_rows([one])[0]


def assignment_rows(found: Sequence[Assignment]) -> list[dict[str, Any]]:
    """AssignmentRow of each."""
    whole = Assignment.objects.select_related("unit", "incident__kind", "incident__merged_into__kind")
    by_id = whole.in_bulk([one.id for one in found])
    _, agencies = _names([one.unit for one in by_id.values()])
    return [_assignment(by_id[one.id], agencies) for one in found]


def _assignment(one: Assignment, agencies: dict[str, Any]) -> dict[str, Any]:
    unit = one.unit
    return _brief(one) | {
        "unit": {
            "id": str(unit.id), "call_sign": unit.call_sign, "kind": unit.kind,
            "agency": {"code": unit.agency_code, "name": agencies[unit.agency_code]},
        },
        "note": one.note,
        "why": one.why,
        "reason": one.reason,
        "eta_s": one.eta_s,
        "offered_by": one.offered_by_name,
        "acknowledged_ms": one.acknowledged_ms,
        "en_route_ms": one.en_route_ms,
        "arrived_ms": one.arrived_ms,
        "ended_ms": one.ended_ms,
    }  # fmt: skip


def message_row(one: UnitMessage) -> dict[str, Any]:
    return {
        "id": str(one.id), "from_unit": one.from_unit, "said": one.said, "text": one.text, "by": one.by_name,
        "at_ms": one.at_ms, "came_ms": one.came_ms, "read_ms": one.read_ms,
    }  # fmt: skip


def _names(found: Sequence[Unit]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Names of places and of agencies."""
    paths = {one.jurisdiction_path for one in found}
    places = {one.path: one.name for one in Jurisdiction.objects.filter(path__in=paths).defer("boundary")}
    return places, words.agency_names(one.agency_code for one in found)
