"""unit.changed and assignment.changed: told within the scope of the unit and, of assignments, of every agency that
takes part in the incident."""

from __future__ import annotations

from prahari.contracts.events import ASSIGNMENT_CHANGED, UNIT_CHANGED, Event, now_ms
from prahari.desks.common.action import Action
from prahari.desks.dispatch.models import Assignment, Unit
from prahari.desks.incidents.models import Incident, IncidentAgency

SOURCE = "dispatch"


def unit_changed(act: Action, unit: Unit, what: str) -> None:
    data = {"status": unit.status, "version": unit.version, "what": what}
    act.emit(
        SOURCE, Event(UNIT_CHANGED, str(unit.id), now_ms(), data, unit.jurisdiction_path, unit.agency_code)
    )  # fmt: skip


def assignment_changed(act: Action, one: Assignment, incident: Incident, what: str) -> None:
    """incident: the one that lives."""
    data = {
        "unit_id": str(one.unit_id), "incident_id": str(incident.id), "state": one.state, "version": one.version,
        "what": what, "told": one.told,
    }  # fmt: skip
    taking_part = IncidentAgency.objects.filter(incident=incident, left_ms__isnull=True)
    places = {(incident.jurisdiction_path, code) for code in taking_part.values_list("agency_code", flat=True)}
    places.add((one.jurisdiction_path, one.agency_code))
    at = now_ms()
    for path, agency in sorted(places):
        act.emit(SOURCE, Event(ASSIGNMENT_CHANGED, str(one.id), at, data, path, agency))
