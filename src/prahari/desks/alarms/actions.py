"""What people do with alarms, one or hundreds at a time: all of them or none, each with its own audit entry.

Everyone says which version of each alarm they saw. If anybody was quicker with one of them, nothing happens, and the
answer (409) holds those alarms as they are now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from prahari.contracts.events import now_ms
from prahari.desks.alarms import contacts, selectors, telling
from prahari.desks.alarms.choices import NEVER_MS, State, Verdict
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.alarms.schemas import SeenAlarm
from prahari.desks.common.action import action
from prahari.desks.common.actor import Actor
from prahari.desks.common.changed import Changed
from prahari.desks.common.errors import conflict, invalid, not_found, text

WORK = selectors.WORK
_COLUMNS = {
    "state": "text", "post": "text", "assignee_id": "uuid", "acknowledged_by_id": "uuid", "acknowledged_ms": "bigint",
    "incident_id": "uuid", "verdict": "text", "closed_by_id": "uuid", "closed_ms": "bigint", "note": "text",
    "climbs_ms": "bigint",
}  # fmt: skip
"""What an act may change; undo puts them back."""
_SAVED = _COLUMNS | {"version": "integer", "before": "jsonb", "changed_by_id": "uuid", "edited_ms": "bigint"}
_SAVE = f"""UPDATE alarms_alarmhandling AS h SET {", ".join(f"{name} = n.{name}" for name in _SAVED)}
FROM jsonb_to_recordset(%s::jsonb) AS n(alarm_id uuid, {", ".join(f"{name} {kind}" for name, kind in _SAVED.items())})
WHERE h.alarm_id = n.alarm_id"""  # noqa: S608 - words of ours


def acknowledge(*, actor: Actor, seen: Sequence[SeenAlarm], note: str = "") -> list[dict[str, Any]]:
    """Somebody is on it: it climbs no more. What somebody has taken already stays as it is.

    Raises Problem 403, 404, 409 `changed`.
    """

    def change(one: AlarmHandling) -> bool:
        if one.state != State.NEW:
            return False
        _take(one, actor)
        one.note = note
        return True

    return _each("alarm.acknowledge", actor, seen, note, change)


def assign(
    *, actor: Actor, seen: Sequence[SeenAlarm], person: UUID | None, post: str, note: str = ""
) -> list[dict[str, Any]]:
    """To a person or a post, one of the two. Raises Problem 403, 404, 409 (changed; in an incident; closed), 422."""
    if (person is None) == (not post):
        raise invalid(person=text("Name a person or a post.", "व्यक्ति या डेस्क चुनें।"))

    @cache
    def may_have(jurisdiction: str, agency: str) -> bool:
        return contacts.may_work_on(jurisdiction, agency, WORK).filter(id=person).exists()

    def change(one: AlarmHandling) -> bool:
        _refuse_if(one, State.IN_INCIDENT, State.CLOSED)
        if person is not None and not may_have(one.jurisdiction_path, one.agency_code):
            raise invalid(person=text("This person may not work on all of these alarms.",
                                      "यह व्यक्ति इन सब अलार्मों पर कार्य नहीं कर सकता।"))  # fmt: skip
        _take(one, actor)
        one.state, one.assignee_id, one.note = State.ASSIGNED, person, note
        one.post = post or one.post
        return True

    return _each("alarm.assign", actor, seen, note, change, person=person and str(person), post=post)


def close(*, actor: Actor, seen: Sequence[SeenAlarm], verdict: str, reason: str) -> list[dict[str, Any]]:
    """What it turned out to be, and why one says so. Raises Problem 403, 404, 409 (changed; closed already)."""

    def change(one: AlarmHandling) -> bool:
        _refuse_if(one, State.CLOSED)
        _take(one, actor)
        one.state, one.verdict, one.note = State.CLOSED, Verdict(verdict), reason
        one.closed_by_id, one.closed_ms = actor.id, now_ms()
        return True

    return _each("alarm.close", actor, seen, reason, change, verdict=verdict)


def undo(*, actor: Actor, seen: Sequence[SeenAlarm]) -> list[dict[str, Any]]:
    """Take one's own last act back, as long as nobody has done anything since. Raises Problem 403, 404, 409."""

    def change(one: AlarmHandling) -> bool:
        if one.before is None or one.changed_by_id != actor.id:
            raise conflict("nothing_to_undo", "The last act was not yours, or cannot be taken back.",
                           "अंतिम कार्य आपका नहीं था, या वापस नहीं लिया जा सकता।")  # fmt: skip
        for name, value in one.before.items():
            setattr(one, name, value)
        one.before = None
        return True

    return _each("alarm.undo", actor, seen, "", change, takes_back=True)


def take_into_incident(
    *, actor: Actor, alarm_ids: Iterable[UUID], incident_id: UUID, from_incident: UUID | None = None
) -> list[dict[str, Any]]:
    """The alarms belong to an incident from now on. For the incidents desk, inside its own action: that has checked the
    incident and tells of it. Twice does no harm. from_incident: the one that they may be taken out of (merge, split).

    Raises Problem 403, 404, 409 (in another incident; closed).
    """
    ids = list(dict.fromkeys(alarm_ids))

    def change(one: AlarmHandling) -> bool:
        if one.incident_id == incident_id:
            return False
        if one.incident_id is not None and one.incident_id != from_incident:
            raise conflict("in_incident", "One of these alarms belongs to another incident already.",
                           "इनमें से एक अलार्म पहले से दूसरी घटना में है।")  # fmt: skip
        _refuse_if(one, State.CLOSED)
        _take(one, actor)
        one.state, one.incident_id, one.note = State.IN_INCIDENT, incident_id, ""
        return True

    return _write("alarm.take_into_incident", actor, ids, "", change, incident=str(incident_id))


def close_with_incident(*, actor: Actor, incident_id: UUID, verdict: str, reason: str) -> list[dict[str, Any]]:
    """An incident is closed, and its alarms with it; those closed before stay as they are. Inside that action."""
    of_it = AlarmHandling.objects.filter(incident_id=incident_id, state=State.IN_INCIDENT)
    ids = list(of_it.order_by("alarm_id").values_list("alarm_id", flat=True))

    def change(one: AlarmHandling) -> bool:
        if one.state != State.IN_INCIDENT:
            return False
        one.state, one.verdict, one.note = State.CLOSED, Verdict(verdict), reason
        one.closed_by_id, one.closed_ms = actor.id, now_ms()
        return True

    return _write("alarm.close", actor, ids, reason, change, verdict=verdict, incident=str(incident_id)) if ids else []


def _each(
    name: str, actor: Actor, seen: Sequence[SeenAlarm], reason: str, change: Callable[[AlarmHandling], bool], *,
    takes_back: bool = False, **details: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    versions = {one.id: one.version for one in seen}
    return _write(name, actor, list(versions), reason, change, versions, takes_back, **details)


def _write(
    name: str, actor: Actor, ids: list[UUID], reason: str, change: Callable[[AlarmHandling], bool],
    versions: dict[UUID, int] | None = None, takes_back: bool = False, **details: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    """Run `change` on each alarm (False: it stays as it is) in one transaction; the rows afterwards.

    versions: as the actor saw them; without, what is done can not be undone by itself.
    """
    with action(name, actor=actor, reason=reason) as act:
        found = _held(actor, ids) if versions is None else held(actor, versions)
        written = []
        for one in found:
            before = {column: getattr(one, column) for column in _COLUMNS}
            if not change(one):
                continue
            one.version += 1
            one.changed_by_id, one.edited_ms = actor.id, now_ms()
            if not takes_back:
                one.before = before if versions is not None else None
            written.append(one)
        _save(written)
        telling.write_down(act, written or found[:1])
        act.details(**details)
        telling.changed(act, [one.alarm_id for one in written])
    return selectors.written(ids)


def held(actor: Actor, versions: dict[UUID, int]) -> list[AlarmHandling]:
    """The alarms, locked, as the actor saw them. Raises Problem 403, 404, 409 `changed` with those that are others."""
    found = _held(actor, versions)
    changed = [one.alarm_id for one in found if one.version != versions[one.alarm_id]]
    if changed:
        raise Changed({"items": selectors.written(changed)})
    return found


def _held(actor: Actor, ids: Collection[UUID]) -> list[AlarmHandling]:
    """Locked in one order by everybody. Raises Problem 403, 404 when one of them is out of reach."""
    reachable = selectors.alarms_in(actor, WORK).filter(alarm_id__in=ids)
    found = list(reachable.select_for_update(of=("self",)).select_related("alarm").order_by("alarm_id"))
    if len(found) < len(ids):
        raise not_found("One of these alarms is not in your area.", "इनमें से एक अलार्म आपके क्षेत्र में नहीं है।")
    return found


def _save(written: list[AlarmHandling]) -> None:
    """In one statement: hundreds of rows, each with its own values."""
    values = [{name: getattr(one, name) for name in ("alarm_id", *_SAVED)} for one in written]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [orjson.dumps(values).decode()])


def _take(one: AlarmHandling, actor: Actor) -> None:
    """Somebody has it: it climbs no more."""
    if one.state == State.NEW:
        one.state, one.acknowledged_by_id, one.acknowledged_ms = State.ACKNOWLEDGED, actor.id, now_ms()
    one.climbs_ms = NEVER_MS


def _refuse_if(one: AlarmHandling, *states: str) -> None:
    if one.state not in states:
        return
    if one.state == State.CLOSED:
        raise conflict("closed", "One of these alarms is closed already.", "इनमें से एक अलार्म पहले ही बंद है।")
    raise conflict("in_incident", "One of these alarms belongs to an incident: work on it there.",
                   "इनमें से एक अलार्म किसी घटना में है: उस पर वहीं कार्य करें।")  # fmt: skip
