"""Who works on an incident."""

from __future__ import annotations

from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.incidents import schemas as s
from prahari.desks.incidents import selectors, timeline
from prahari.desks.incidents.models import Incident, IncidentPerson
from prahari.desks.incidents.writing import writing


def put(held: Incident, person: User, *, in_charge: bool, at_ms: int) -> None:
    """On it from now on; in charge instead of whoever was. The incident is held by the caller."""
    now_on = IncidentPerson.objects.filter(incident=held, until_ms__isnull=True)
    if in_charge:
        now_on.filter(in_charge=True).exclude(person=person).update(in_charge=False)
    IncidentPerson.objects.update_or_create(
        incident=held, person=person, until_ms=None, create_defaults={"in_charge": in_charge, "since_ms": at_ms},
        defaults={"in_charge": in_charge},
    )  # fmt: skip


def assign(*, actor: Actor, incident_id: UUID, form: s.PersonIn) -> None:
    """Raises Problem 403, 404, 409, 422 (may not work on it)."""
    with writing("incident.assign", actor=actor, incident_id=incident_id, version=form.version) as (act, held):
        person = selectors.may_work_on(held).filter(id=form.person).first()
        if person is None:
            raise invalid(person=text("This person may not work on it, by agency or by area.",
                                      "एजेंसी या क्षेत्र के कारण यह व्यक्ति इस पर कार्य नहीं कर सकता।"))  # fmt: skip
        put(held, person, in_charge=form.in_charge, at_ms=now_ms())
        said = (
            text(f"{person.name} is in charge.", f"{person.name} प्रभारी हैं।")
            if form.in_charge
            else text(f"{person.name} works on it.", f"{person.name} को कार्य सौंपा गया।")
        )
        timeline.write(act, held, "assigned", said, data={"person": str(person.id)})
        act.details(person=str(person.id), in_charge=form.in_charge)


def relieve(*, actor: Actor, incident_id: UUID, person_id: UUID, form: s.Versioned) -> None:
    """Raises Problem 403, 404 (nobody such works on it), 409."""
    with writing("incident.relieve", actor=actor, incident_id=incident_id, version=form.version) as (act, held):
        row = IncidentPerson.objects.select_related("person").filter(
            incident=held, person_id=person_id, until_ms__isnull=True
        ).first()  # fmt: skip
        if row is None:
            raise not_found("This person does not work on it.", "यह व्यक्ति इस पर कार्य नहीं कर रहा।")
        row.until_ms, row.in_charge = now_ms(), False
        row.save(update_fields=["until_ms", "in_charge"])
        name = row.person.name
        timeline.write(act, held, "relieved", text(f"{name} was relieved.", f"{name} को कार्यमुक्त किया गया।"),
                       data={"person": str(person_id)})  # fmt: skip
