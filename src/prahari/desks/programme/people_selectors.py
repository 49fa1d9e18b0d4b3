"""Reads of ranks, offices, responsibilities, appointments and holidays."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prahari.contracts.clock import local_day
from prahari.desks.accounts.models import User
from prahari.desks.common import paging, rules
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import not_found, text
from prahari.desks.common.history import record
from prahari.desks.common.scoping import areas_q, within
from prahari.desks.programme import laws, officers, reach
from prahari.desks.programme.models import Appointment, Holiday, Office, Rank, Responsibility

CANDIDATES = 20


def coded(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"code": row.code, "name": text(row.name_en, row.name_hi)}


def area(row: Any) -> dict[str, Any]:
    return {"path": row.path, "name": text(row.name_en, row.name_hi)}


def rank_row(row: Rank) -> dict[str, Any]:
    return {**(coded(row) or {}), "level": row.level, "service": row.service, "active": row.active}


def office_row(row: Office) -> dict[str, Any]:
    flags = ("tier", "climbs", "nodal", "reports_daily", "all_agencies", "active")
    return {**(coded(row) or {}), **{name: getattr(row, name) for name in flags}}


def rank_rows() -> list[dict[str, Any]]:
    return [rank_row(row) for row in Rank.objects.all()]


def office_rows() -> list[dict[str, Any]]:
    return [office_row(row) for row in Office.objects.all()]


def ranks(actor: Actor) -> dict[str, Any]:
    actor.require(reach.VIEW)
    return {"items": rank_rows()}


def offices(actor: Actor) -> dict[str, Any]:
    actor.require(reach.VIEW)
    return {"items": office_rows()}


def responsibilities(actor: Actor) -> dict[str, Any]:
    actor.require(reach.VIEW)
    rows = Responsibility.objects.select_related("owner_class", "office").order_by("owner_class__sort")
    return {
        "items": [
            {"owner_class": coded(row.owner_class), "office": coded(row.office), "source": row.source} for row in rows
        ]
    }


def holidays(actor: Actor, year: int | None) -> dict[str, Any]:
    actor.require(reach.VIEW)
    found = Holiday.objects.all()
    if year is not None:
        found = found.filter(day__year=year)
    items = [{"day": row.day, "name": text(row.name_en, row.name_hi)} for row in found]
    return {"items": items, "weekly_off": rules.value(laws.WEEKLY_OFF)}


def appointments_in(actor: Actor) -> QuerySet[Appointment]:
    """Of the actor's area, and of those above it."""
    related = ("person", "rank", "office", "jurisdiction", "agency", "department")
    rows = Appointment.objects.select_related(*related).defer("jurisdiction__boundary")
    return reach.meeting(rows, actor)


def appointment(actor: Actor, appointment_id: UUID) -> Appointment:
    found = appointments_in(actor).filter(id=appointment_id).first()
    if found is None:
        raise not_found("There is no such appointment in your area.", "आपके क्षेत्र में ऐसी कोई नियुक्ति नहीं है।")
    return found


def appointment_page(
    actor: Actor, *, office: str, jurisdiction: str, agency: str, standing: bool | None, q: str, limit: int,
    cursor: str | None,
) -> dict[str, Any]:  # fmt: skip
    found = appointments_in(actor)
    today = local_day()
    if office:
        found = found.filter(office_id__in=office.split(","))
    if jurisdiction:
        found = found.filter(within(jurisdiction, "jurisdiction__path"))
    if agency:
        found = found.filter(agency_id=agency)
    if standing is not None:
        now = officers.standing_q(today)
        found = found.filter(now) if standing else found.exclude(now)
    if q:
        found = found.filter(
            Q(person__name__icontains=q) | Q(designation_en__icontains=q) | Q(designation_hi__icontains=q)
        )
    return paging.page(found, ("-from_day", "-id"), limit, cursor, lambda one: appointment_row(one, today))


def appointment_row(row: Appointment, today: dt.date | None = None) -> dict[str, Any]:
    day = today or local_day()
    return {
        "id": row.id,
        "person": {"id": row.person_id, "name": row.person.name},
        "rank": rank_row(row.rank),
        "designation": text(row.designation_en, row.designation_hi),
        "office": office_row(row.office),
        "jurisdiction": area(row.jurisdiction),
        "agency": coded(row.agency),
        "department": coded(row.department),
        "from_day": row.from_day,
        "to_day": row.to_day,
        "standing": row.from_day <= day and (row.to_day is None or row.to_day >= day),
        "order_reference": row.order_reference,
        "has_mobile": bool(row.sealed_mobile),
        "has_mail": bool(row.sealed_mail),
        "edited_ms": row.edited_ms,
    }


def appointment_history(actor: Actor, appointment_id: UUID) -> dict[str, Any]:
    appointment(actor, appointment_id)

    def name(value: Any) -> Any:
        return User.objects.filter(pk=value).values_list("name", flat=True).first() if value else None

    items = record(Appointment, appointment_id, show={"person": name, "recorded_by": name})
    for item in items:
        item["changes"] = [one for one in item["changes"] if one["field"] not in ("id", "created_ms")]
    return {"items": items}


def answerable(actor: Actor, *, jurisdiction: str, agency: str, owner_class: str) -> dict[str, Any]:
    """Who answers for a place, and for an owner class in it, of those that the actor may see."""
    visible = set(appointments_in(actor).values_list("id", flat=True))
    if owner_class:
        chain = officers.for_owner_class(jurisdiction, owner_class, agency)
        first = {one.id for one in chain}
        chain += [one for one in officers.for_area(jurisdiction, agency) if one.id not in first]
    else:
        chain = officers.for_area(jurisdiction, agency)
    return {"items": [appointment_row(one) for one in chain if one.id in visible]}


def candidates(actor: Actor, q: str) -> dict[str, Any]:
    """People whose account lies where the actor manages the programme: whom they may appoint or give tasks."""
    found = people_in(actor).filter(locked=False)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(username__icontains=q))
    rows = found.order_by("name", "username")[:CANDIDATES]
    return {"items": [{"id": row.pk, "name": row.name, "username": row.username} for row in rows]}


def people_in(actor: Actor) -> QuerySet[User]:
    """Accounts within reach of the actor's management, and in the areas of the offices that they hold themselves."""
    held = officers.held_by(actor.id)
    if not actor.has(reach.MANAGE) and not held:
        actor.require(reach.MANAGE)
    areas: list[tuple[str, str | None]] = list(actor.scope.areas(reach.MANAGE))
    areas += [(one.jurisdiction.path, None if one.office.all_agencies else one.agency_id) for one in held]
    return User.objects.filter(areas_q(areas, "jurisdiction__path", "agency_id"))
