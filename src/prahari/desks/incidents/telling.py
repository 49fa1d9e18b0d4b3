"""incident.changed: told to every agency that takes part, each within its own scope."""

from __future__ import annotations

from prahari.contracts.events import INCIDENT_CHANGED, Event, now_ms
from prahari.desks.common.action import Action
from prahari.desks.incidents.models import Incident, IncidentAgency

SOURCE = "incidents"


def changed(act: Action, incident: Incident, what: str, also: tuple[str, ...] = ()) -> None:
    """what: what happened, as a time line's kind. also: agencies that have just left and have to hear of it."""
    taking_part = IncidentAgency.objects.filter(incident=incident, left_ms__isnull=True)
    at = now_ms()
    data = {
        "number": incident.number,
        "kind": incident.kind.code,
        "state": incident.state,
        "severity": incident.severity,
        "version": incident.version,
        "what": what,
    }
    for agency in sorted({*taking_part.values_list("agency_code", flat=True), *also}):
        act.emit(SOURCE, Event(INCIDENT_CHANGED, str(incident.id), at, data, incident.jurisdiction_path, agency))
