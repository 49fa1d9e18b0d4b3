"""The frame of every write on an incident: its row held, the writer's version compared, told once at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import Agency
from prahari.desks.common.action import Action, action
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, text
from prahari.desks.incidents import selectors, telling
from prahari.desks.incidents.models import Incident, IncidentKind
from prahari.desks.registry.search import key_of


@contextmanager
def writing(
    name: str, *, actor: Actor, incident_id: UUID, version: int | None, reason: str = "",
    permission: str = selectors.WORK, lead: bool = False,
) -> Iterator[tuple[Action, Incident]]:  # fmt: skip
    """The block changes the incident that it is given; it is saved with its next version afterwards.

    lead: only the agency that leads may. Raises Problem 403, 404, 409.
    """
    with action(name, actor=actor, reason=reason) as act:
        held = selectors.for_writing(actor, incident_id, version, permission)
        if lead:
            selectors.require_lead(actor, held, permission)
        about(act, held)
        yield act, held
        save(held)
        telling.changed(act, held, name.removeprefix("incident."))


def save(held: Incident) -> None:
    held.version += 1
    held.edited_ms = max(now_ms(), held.edited_ms + 1)
    held.save()


def about(act: Action, held: Incident) -> None:
    act.about("incident", held.id, f"{held.number} {held.title}".strip(), jurisdiction=held.jurisdiction_path,
              agency=held.agency_code)  # fmt: skip


def index(held: Incident) -> None:
    """What it is found by."""
    held.search = key_of(held.number, held.title, held.kind.name_en, held.kind.name_hi, held.address)


def kind(code: str) -> IncidentKind:
    """Raises Problem 422."""
    found = IncidentKind.objects.filter(code=code, active=True).first()
    if found is None:
        raise invalid(kind=text("There is no such kind of incident.", "घटना का ऐसा कोई प्रकार नहीं है।"))
    return found


def agency(code: str, field: str = "agency") -> Agency:
    """Raises Problem 422."""
    found = Agency.objects.filter(code=code, active=True).first()
    if found is None:
        raise invalid(**{field: text("There is no such agency.", "ऐसी कोई एजेंसी नहीं है।")})
    return found


def not_to_come(field: str, at_ms: int | None) -> None:
    """Raises Problem 422 for a moment that lies ahead by more than clocks differ."""
    if at_ms is not None and at_ms > now_ms() + 60_000:
        raise invalid(**{field: text("This moment has not come yet.", "यह समय अभी आया नहीं है।")})
