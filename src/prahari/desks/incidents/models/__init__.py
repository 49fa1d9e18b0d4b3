"""Incidents and everything that belongs to one. Selectors read these rows, actions write them."""

from prahari.desks.incidents.models.around import Handover, IncidentAgency, IncidentFile, IncidentPerson, Merge
from prahari.desks.incidents.models.incidents import (
    NEVER_MS,
    ClockRun,
    Incident,
    IncidentKind,
    IncidentNumber,
    KindClocks,
    TimelineEntry,
)

__all__ = [
    "NEVER_MS",
    "ClockRun",
    "Handover",
    "Incident",
    "IncidentAgency",
    "IncidentFile",
    "IncidentKind",
    "IncidentNumber",
    "IncidentPerson",
    "KindClocks",
    "Merge",
    "TimelineEntry",
]
