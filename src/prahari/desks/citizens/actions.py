"""What officers do with citizens' reports: answer, open an incident, ask for the number to call back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from prahari.contracts import sealing
from prahari.contracts.events import now_ms
from prahari.desks.citizens import schemas, selectors
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import conflict
from prahari.desks.incidents import actions as incidents
from prahari.desks.incidents.choices import Channel
from prahari.desks.incidents.models import Incident
from prahari.desks.incidents.schemas import IncidentIn
from prahari.desks.intake import reports
from prahari.desks.intake.models import CitizenReport

_SETTLED = {"in_incident", "closed"}
"""States of an alarm that goes into no other incident."""


def answer(*, actor: Actor, report_id: UUID, form: schemas.CitizenReportAnswer) -> dict[str, Any]:
    """What the citizen is to read about it. CitizenReportDetail of what stands there now. Raises Problem 403, 404, 409
    (`changed`: somebody else has answered since the writer looked)."""
    with action("citizen.answer", actor=actor) as act:
        selectors.report(actor, report_id, selectors.ANSWER)
        found = CitizenReport.objects.select_for_update().get(id=report_id)
        if found.version != form.version:
            raise Changed(selectors.detail(actor, report_id, selectors.ANSWER))
        found.state, found.answer = form.state, form.answer
        found.version += 1
        found.edited_ms = now_ms()
        found.save()
        _about(act, found)
        act.details(state=form.state)
        reports.changed(act, found, "answered")
    return selectors.detail(actor, report_id, selectors.ANSWER)


def open_incident(*, actor: Actor, report_id: UUID, form: IncidentIn) -> Incident:
    """Open an incident from a report, with its alarms as far as the actor works on them. What the form leaves out comes
    from the report. Raises Problem 403, 404, 409 (there is one already; the key is another's), 422."""
    with action("citizen.incident", actor=actor) as act:
        found = selectors.report(actor, report_id, selectors.ANSWER)
        made = incidents.open_incident(actor=actor, form=_with_facts(actor, found, form))
        # Not held before: who opens one from the alarm holds the alarm first, then the report (joining.py).
        CitizenReport.objects.filter(id=found.id, incident_id__isnull=True).update(incident_id=made.id)
        found.refresh_from_db()
        if found.incident_id != made.id:
            raise conflict("has_incident", "An incident has been opened from this report already. Go on there.",
                           "इस सूचना से घटना पहले ही दर्ज हो चुकी है। आगे का कार्य वहीं करें।")  # fmt: skip
        _about(act, found)
        act.details(incident=made.number)
        reports.changed(act, found, "incident")
    return made


def _with_facts(actor: Actor, found: CitizenReport, form: IncidentIn) -> IncidentIn:
    own = [one.alarm_id for one in selectors.alarms_of(actor, found, "alarm.work") if one.state not in _SETTLED]
    return form.model_copy(
        update={
            "channel": form.channel or Channel.CITIZEN,
            "happened_ms": form.happened_ms or found.created_ms,
            "jurisdiction": found.jurisdiction_path if form.jurisdiction is None else form.jurisdiction,
            "alarms": list(dict.fromkeys([*form.alarms, *own])),
        }
    )


def tell_number(*, actor: Actor, report_id: UUID, reason: str) -> str:
    """The citizen's number, to call back. The audit keeps who asked and why. Raises Problem 403, 404."""
    with action("citizen.number", actor=actor, reason=reason) as act:
        found = selectors.report(actor, report_id, selectors.ANSWER)
        _about(act, found)
    return sealing.unseal(found.sealed_mobile, settings.CONFIG.sealing_key(), reports.sealing_context(found.id))


def _about(act: Action, found: CitizenReport) -> None:
    act.about("citizen report", found.id, found.number, jurisdiction=found.jurisdiction_path, agency=found.agency_code)
