"""Alarms that belong to an incident: the alarms desk keeps which, this one asks for them and moves them.

Whoever puts an alarm into an incident must be allowed to work on that alarm. Merging and splitting move alarms with the
incident, also another agency's that the actor could not work on alone: the centre does it for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prahari.desks.alarms import actions as alarms
from prahari.desks.alarms import selectors
from prahari.desks.common.action import Action
from prahari.desks.common.actor import Actor, system
from prahari.desks.common.errors import not_found, text
from prahari.desks.incidents import timeline
from prahari.desks.incidents.models import Incident

_VERDICTS = {"false_call": "false", "nothing_found": "false", "test": "test"}


@dataclass(frozen=True)
class Facts:
    """What an incident takes from its first alarm."""

    kind: str = ""
    severity: str = ""
    title: str = ""
    lat: float | None = None
    lon: float | None = None
    jurisdiction: str = ""
    agency: str = ""
    at_ms: int | None = None


def facts(actor: Actor, alarm_ids: Sequence[UUID]) -> Facts:
    """Raises Problem 403, 404 when one of the alarms is out of reach."""
    if not alarm_ids:
        return Facts()
    found = list(selectors.alarms_in(actor, selectors.WORK).filter(alarm_id__in=set(alarm_ids)).select_related("alarm"))
    if len(found) < len(set(alarm_ids)):
        raise not_found("One of these alarms is not in your area.", "इनमें से एक अलार्म आपके क्षेत्र में नहीं है।")
    first = min(found, key=lambda one: one.first_ms)
    alarm = first.alarm
    return Facts(
        kind=alarm.data.get("incident_kind", ""), severity=alarm.severity,
        title=(alarm.name_hi if actor.language == "hi" else alarm.name_en)[:200], lat=alarm.lat, lon=alarm.lon,
        jurisdiction=first.jurisdiction_path, agency=first.agency_code, at_ms=first.first_ms,
    )  # fmt: skip


def take(act: Action, actor: Actor, held: Incident, alarm_ids: Sequence[UUID]) -> None:
    """They belong to it from now on. Raises Problem 403, 404, 409 (in another incident; closed)."""
    rows = alarms.take_into_incident(actor=actor, alarm_ids=alarm_ids, incident_id=held.id)
    names = [one["name"] for one in rows]
    said = text(f"Alarm linked: {_listed(names, 'en')}.", f"अलार्म जोड़ा गया: {_listed(names, 'hi')}।")
    timeline.write(act, held, "alarm_linked", said, data={"alarms": [one["id"] for one in rows]})


def move(alarm_ids: Iterable[UUID], from_incident: UUID, to_incident: UUID) -> None:
    ids = list(alarm_ids)
    if ids:
        alarms.take_into_incident(
            actor=system("incidents"), alarm_ids=ids, incident_id=to_incident, from_incident=from_incident
        )


def movable(incident_id: UUID) -> list[UUID]:
    """Alarms of an incident that are not closed each by itself: those stay where they are."""
    return [UUID(one["id"]) for one in selectors.of_incident(incident_id) if one["handling"]["state"] != "closed"]


def close(held: Incident, reason: str) -> None:
    """Its alarms end with it."""
    verdict = _VERDICTS.get(held.outcome, "true")
    alarms.close_with_incident(actor=system("incidents"), incident_id=held.id, verdict=verdict, reason=reason[:400])


def rows_of(incident_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """AlarmRows, oldest first."""
    found = [one for incident_id in incident_ids for one in selectors.of_incident(incident_id)]
    return sorted(found, key=lambda one: (one["first_ms"], one["id"]))


def _listed(names: Sequence[dict[str, str]], language: str) -> str:
    return ", ".join(dict.fromkeys(name[language] or name["en"] for name in names))
