"""For which areas a report is made and who answers for them: from the programme's appointments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from prahari.core.scope import Grant, Scope
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import Text, text
from prahari.desks.programme import officers
from prahari.desks.programme.models import Appointment
from prahari.desks.targets.counts import city_path

READS = frozenset({"linking.view", "camera.view", "registry.view"})


@dataclass(frozen=True)
class Area:
    """What a report is about, and who signs it. agency "": of every agency. person_id: None: nobody is appointed."""

    path: str
    agency: str
    person_id: UUID | None = None
    name: str = ""
    post: Text | None = None
    appointment_id: UUID | None = None

    @property
    def reader(self) -> Actor:
        """Somebody who sees exactly this area's rows: the report says what its officer could see."""
        scope = Scope((Grant(self.path, self.agency or None, READS),))
        return Actor(id=None, username="daily report", name="daily report", scope=scope)


def reporting(day: dt.date) -> list[Area]:
    """Areas that get a report of a day: the whole city, and each officer's who owes one. Each area once."""
    found: dict[tuple[str, str], Area] = {}
    for one in officers.reporting(day):
        path, agency = one.jurisdiction.path, "" if one.office.all_agencies else one.agency_id or ""
        found.setdefault((path, agency), _area(one, path, agency))
    city = city_path()
    found.setdefault((city, ""), Area(city, ""))
    return sorted(found.values(), key=lambda area: (area.path, area.agency))


def _area(one: Appointment, path: str, agency: str) -> Area:
    post = text(one.designation_en, one.designation_hi)
    return Area(path, agency, one.person_id, one.person.name, post, one.id)


def nearest(path: str, agency: str, day: dt.date) -> str:
    """Name of the officer who answers for a place, "" when nobody is appointed."""
    return next((one.person.name for one in officers.for_area(path, agency, None, day)), "")


def appointment(appointment_id: UUID | None) -> Appointment | None:
    return Appointment.objects.filter(id=appointment_id).select_related("office", "jurisdiction", "person").first()


def post_of(person_id: UUID, path: str, agency: str, day: dt.date) -> Text:
    """What somebody is called who acts for a place on a day: the designation of their appointment over it."""
    for one in officers.for_area(path, agency, None, day):
        if one.person_id == person_id:
            return text(one.designation_en, one.designation_hi)
    return text("", "")
