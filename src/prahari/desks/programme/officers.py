"""Who answers for a place now, who stands above them, who owes a report. For this desk's actions and for other desks:
answers are rows of Appointment (person, rank, office and jurisdiction joined), not restricted to a reader's scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from django.conf import settings
from django.db.models import Q, QuerySet

from prahari.contracts import sealing
from prahari.contracts.clock import local_day
from prahari.core.scope import is_within
from prahari.desks.programme.models import Appointment, Office, Responsibility

Channel = Literal["mobile", "mail"]


def standing_q(day: dt.date, prefix: str = "") -> Q:
    """Appointments in force on a day."""
    return Q(**{f"{prefix}from_day__lte": day}) & (
        Q(**{f"{prefix}to_day__isnull": True}) | Q(**{f"{prefix}to_day__gte": day})
    )


def standing(day: dt.date | None = None) -> QuerySet[Appointment]:
    return (
        Appointment.objects.filter(standing_q(day or local_day()))
        .select_related("person", "rank", "office", "jurisdiction", "department", "agency")
        .defer("jurisdiction__boundary")
    )


def covering(path: str) -> list[str]:
    """The path and those of everything above it, the whole centre included."""
    parts = path.split(".") if path else []
    return ["", *(".".join(parts[:length]) for length in range(1, len(parts) + 1))]


def for_area(path: str, agency: str = "", office: str | None = None, day: dt.date | None = None) -> list[Appointment]:
    """Those who answer for a place, the nearest first (lowest office, then smallest area).

    office: only holders of this one, also of one outside the chain of escalation. agency "": of every agency.
    """
    found = standing(day).filter(jurisdiction__path__in=covering(path), office__active=True)
    found = found.filter(office_id=office) if office is not None else found.filter(office__climbs=True)
    if agency:
        found = found.filter(Q(agency__isnull=True) | Q(agency_id=agency) | Q(office__all_agencies=True))
    return sorted(found, key=_near)


def _near(one: Appointment) -> tuple[int, int, bool, str]:
    return one.office.tier, -len(one.jurisdiction.path), one.agency_id is None, str(one.id)


def for_owner_class(path: str, owner_class: str, agency: str = "", day: dt.date | None = None) -> list[Appointment]:
    """Those who answer for premises of an owner class: the licensing authority's officer where one is set down and
    appointed, else the officers of the area."""
    office = Responsibility.objects.filter(owner_class__code=owner_class).values_list("office_id", flat=True).first()
    if office and (found := for_area(path, "", office, day)):
        return found
    return for_area(path, agency, None, day)


def above(appointment: Appointment, day: dt.date | None = None) -> Appointment | None:
    """The level above: whoever holds the next higher office of the chain whose area holds this one's. None at the top.

    An office that nobody holds is passed over, and so is one held by the same person."""
    area = for_area(appointment.jurisdiction.path, appointment.agency_id or "", None, day)
    higher = (
        one for one in area if one.office.tier > appointment.office.tier and one.person_id != appointment.person_id
    )
    return next(higher, None)


def reporting(day: dt.date | None = None) -> list[Appointment]:
    """Appointments that owe the daily progress report of a day, by area."""
    return list(
        standing(day).filter(office__reports_daily=True, office__active=True).order_by("jurisdiction__path", "id")
    )


def held_by(person_id: object, day: dt.date | None = None) -> list[Appointment]:
    return list(standing(day).filter(person_id=person_id).order_by("-office__tier", "id")) if person_id else []


def may_assign(held: Iterable[Appointment], path: str, agency: str) -> bool:
    """Whether one of these offices carries the right to set tasks in a place: any of its chain whose area holds it."""
    return any(
        is_within(path, one.jurisdiction.path) and (one.agency_id in (None, agency) or one.office.all_agencies)
        for one in held
    )


def holders(office: Office | str, path: str, agency: str = "", day: dt.date | None = None) -> list[Appointment]:
    return for_area(path, agency, office if isinstance(office, str) else office.code, day)


def address(appointment: Appointment, channel: Channel) -> str:
    """The officer's official mobile or mail, "" when none is known. For sending only: never for a page or a log."""
    sealed: str = getattr(appointment, f"sealed_{channel}")
    if not sealed:
        return ""
    return sealing.unseal(sealed, settings.CONFIG.sealing_key(), sealing_context(appointment.id, channel))


def sealing_context(appointment_id: object, channel: Channel) -> str:
    return f"appointment:{appointment_id}:{channel}"
