"""What the citizens desk does when an incident is opened elsewhere (incidents/hooks.py)."""

from __future__ import annotations

from prahari.desks.citizens import selectors
from prahari.desks.common.action import running
from prahari.desks.common.actor import Actor
from prahari.desks.incidents import hooks
from prahari.desks.incidents.models import Incident
from prahari.desks.intake import reports
from prahari.desks.intake.models import CitizenReport


def join() -> None:
    hooks.opened.append(link_reports)


def link_reports(_: Actor, incident: Incident) -> None:
    """Opened from the alarm that a citizen's report has made: the report leads there from now on."""
    act = running()
    if act is None:
        raise RuntimeError("an incident is opened within an action")
    found = CitizenReport.objects.filter(id__in=selectors.in_alarms_of(incident.id), incident_id__isnull=True)
    for one in found.select_for_update():
        one.incident_id = incident.id
        one.save(update_fields=["incident_id"])
        reports.changed(act, one, "incident")
