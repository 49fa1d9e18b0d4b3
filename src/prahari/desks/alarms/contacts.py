"""Whom a level of escalation means for an alarm, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from prahari.desks.accounts.models import RoleGrant, User
from prahari.desks.alarms import duty
from prahari.desks.alarms.choices import Addressee
from prahari.desks.programme import officers

PEOPLE_MOST = 20
"""A level that means more than these is told to the nearest of them: those with the smallest area."""


def people(to: str, code: str, jurisdiction: str, agency: str) -> list[User]:
    """Those whom a level means for an alarm of this place and agency; locked accounts left out."""
    if to == Addressee.POST:
        return list(User.objects.filter(id__in=duty.on_duty(code), locked=False).order_by("name")[:PEOPLE_MOST])
    if to == Addressee.PERSON:
        return list(User.objects.filter(username=code.lower(), locked=False))
    grants = _grants(jurisdiction, agency).filter(role_id=code)
    nearest = sorted(grants, key=lambda grant: (-len(grant.jurisdiction.path), grant.user.name))
    return list(dict.fromkeys(grant.user for grant in nearest))[:PEOPLE_MOST]


def may_work_on(jurisdiction: str, agency: str, permission: str) -> QuerySet[User]:
    """People who hold the permission for this place and agency."""
    grants = _grants(jurisdiction, agency).filter(role__permissions__contains=[permission])
    return User.objects.filter(id__in=grants.values("user_id"), locked=False)


def _grants(jurisdiction: str, agency: str) -> QuerySet[RoleGrant]:
    standing = Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.now())
    whose = Q(agency__isnull=True) | Q(agency_id=agency)
    found = RoleGrant.objects.filter(standing, whose, user__locked=False)
    return (
        found.filter(jurisdiction__path__in=officers.covering(jurisdiction))
        .select_related("user", "jurisdiction")
        .defer("jurisdiction__boundary")
    )


def mobiles(people_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Official mobile numbers by person: for sending only, never for a page or a log. Those without are left out."""
    numbers: dict[UUID, str] = {}
    held: Any = officers.standing().filter(person_id__in=list(people_ids)).order_by("-office__tier", "id")
    for appointment in held:
        if appointment.person_id not in numbers and (number := officers.address(appointment, "mobile")):
            numbers[appointment.person_id] = number
    return numbers
