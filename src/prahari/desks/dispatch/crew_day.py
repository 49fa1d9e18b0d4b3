"""What the crew's page shows and keeps on the telephone: the unit, what it is sent to, what was written.

A crew needs no right to incidents: it reads those that its unit is sent to, here, as long as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prahari.contracts.events import now_ms
from prahari.desks.common import rules
from prahari.desks.common.actor import Actor
from prahari.desks.dispatch import rows, selectors
from prahari.desks.dispatch import rules as ours
from prahari.desks.dispatch.choices import ACTIVE, Status
from prahari.desks.dispatch.models import Assignment, CrewMember, Unit, UnitMessage

UNITS_MOST = 200
MESSAGES_MOST = 100
ENDED_MOST = 10
SHIFT_MS = 12 * 3_600_000
"""Of what has ended and been written, as far back as a shift."""


def day(actor: Actor) -> dict[str, Any]:
    """CrewDay. Raises Problem 403."""
    actor.require(selectors.CREW)
    at = now_ms()
    member = CrewMember.objects.filter(person_id=actor.id, until_ms__isnull=True).select_related("unit").first()
    unit = member.unit if member else None
    settings = rules.values([ours.ACKNOWLEDGE_S, ours.POSITION_EVERY_S, ours.POSITION_IDLE_S])
    active: list[Assignment] = []
    ended: list[Assignment] = []
    messages: list[UnitMessage] = []
    if unit is not None:
        sent = Assignment.objects.filter(unit=unit)
        active = list(sent.filter(state__in=ACTIVE).select_related("incident__merged_into").order_by("offered_ms"))
        ended = list(sent.filter(ended_ms__gte=at - SHIFT_MS).order_by("-ended_ms")[:ENDED_MOST])
        messages = list(UnitMessage.objects.filter(unit=unit, came_ms__gte=at - SHIFT_MS)
                        .order_by("-came_ms", "-id")[:MESSAGES_MOST])  # fmt: skip
    return {
        "unit": _units([unit])[0] if unit else None,
        "agreed": member is not None and member.agreed_ms is not None,
        "units": _units(_to_join(actor)) if unit is None else [],
        "assignments": _with_incident(active),
        "ended": rows.assignment_rows(ended),
        "messages": [rows.message_row(one) for one in reversed(messages)],
        "acknowledge_s": settings[ours.ACKNOWLEDGE_S],
        "position_every_s": settings[ours.POSITION_EVERY_S],
        "position_idle_s": settings[ours.POSITION_IDLE_S],
        "now_ms": at,
    }


def _to_join(actor: Actor) -> list[Unit]:
    found = selectors.units_in(actor, selectors.CREW).exclude(status=Status.OUT_OF_SERVICE)
    return list(found.order_by("call_sign", "id")[:UNITS_MOST])


def _units(found: Sequence[Unit]) -> list[dict[str, Any]]:
    shown = ("id", "call_sign", "kind", "status", "status_note", "crew", "version")
    return [{name: row[name] for name in shown} for row in rows.unit_rows(found)]


def _with_incident(active: Sequence[Assignment]) -> list[dict[str, Any]]:
    found = []
    for one, row in zip(active, rows.assignment_rows(active), strict=True):
        incident = one.incident.merged_into or one.incident
        found.append(row | {
            "description": incident.description, "reporter_name": incident.reporter_name,
            "reporter_phone": incident.reporter_phone,
        })  # fmt: skip
    return found
