"""Alarms and what people do with them, in the actor's scope: pages, counts, one with all that belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any, LiteralString, cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from prahari.contracts.events import now_ms
from prahari.desks.accounts.models import User
from prahari.desks.alarms import contacts, duty, rows
from prahari.desks.alarms.choices import State
from prahari.desks.alarms.models import AlarmHandling, AlarmNotice
from prahari.desks.alarms.schemas import AlarmFilters
from prahari.desks.common import history, paging
from prahari.desks.common.actor import Actor
from prahari.desks.common.errors import invalid, not_found, text
from prahari.desks.common.scoping import restrict, scope_sql, within
from prahari.desks.common.sql import fetch
from prahari.desks.registry.models import Camera

VIEW = "alarm.view"
WORK = "alarm.work"
DAY_MS = 86_400_000
OPEN = Q(state__in=[state for state in State if state != State.CLOSED])


def alarms_in(actor: Actor, permission: str = VIEW) -> QuerySet[AlarmHandling]:
    actor.require(permission)
    return restrict(AlarmHandling.objects.all(), actor.scope, permission)


def page(actor: Actor, filters: AlarmFilters, limit: int, cursor: str | None) -> dict[str, Any]:
    """AlarmPage, newest first. Raises Problem 400, 403, 422."""
    found = _filtered(actor, filters)
    answer = paging.page(found.values(*rows.COLUMNS), ("-first_ms", "alarm_id"), limit, cursor, dict, found.count())
    return answer | {"items": rows.shown(answer["items"])}


def by_ids(actor: Actor, alarm_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """AlarmRows of those that the actor sees, in no particular order."""
    return rows.shown(list(alarms_in(actor).filter(alarm_id__in=list(alarm_ids)).values(*rows.COLUMNS)))


def written(alarm_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """AlarmRows of what the actor has just written, or was about to."""
    return rows.shown(list(AlarmHandling.objects.filter(alarm_id__in=alarm_ids).values(*rows.COLUMNS)))


def of_incident(incident_id: UUID) -> list[dict[str, Any]]:
    """AlarmRows of an incident, oldest first: for its desk, which has made sure that the reader may see it."""
    found = AlarmHandling.objects.filter(incident_id=incident_id).order_by("first_ms", "alarm_id")
    return rows.shown(list(found.values(*rows.COLUMNS)))


def _filtered(actor: Actor, filters: AlarmFilters) -> QuerySet[AlarmHandling]:
    found = alarms_in(actor)
    if filters.state == "open":
        found = found.filter(OPEN)
    elif filters.state != "all":
        found = found.filter(state__in=_known("state", filters.state, State.values))
    if filters.severity:
        found = found.filter(severity__in=_known("severity", filters.severity, ("low", "medium", "high", "critical")))
    if filters.type:
        found = found.filter(_types(filters.type))
    if filters.rule:
        found = found.filter(rule_id__in=filters.rule.split(","))
    if filters.agency:
        found = found.filter(agency_code__in=filters.agency.split(","))
    if filters.area:
        found = found.filter(within(filters.area))
    if filters.post:
        found = found.filter(post__in=filters.post.split(","))
    if filters.mine:
        found = found.filter(Q(assignee_id=actor.id) | Q(post__in=duty.posts_of(actor.id)))
    if filters.camera is not None:
        found = found.filter(alarm__data__cameras__contains=[str(filters.camera)])
    if filters.from_ms is not None:
        found = found.filter(first_ms__gte=filters.from_ms)
    if filters.to_ms is not None:
        found = found.filter(first_ms__lt=filters.to_ms)
    return found


def _known(name: str, given: str, known: Sequence[str]) -> list[str]:
    wanted = given.split(",")
    if not set(wanted) <= set(known):
        raise invalid(**{name: text(f"One of these is expected: {', '.join(known)}.",
                                    f"इनमें से एक अपेक्षित है: {', '.join(known)}।")})  # fmt: skip
    return wanted


def _types(given: str) -> Q:
    found = Q(pk__in=[])
    for one in given.split(","):
        found |= Q(type__startswith=one[:-1]) if one.endswith(".*") else Q(type=one)
    return found


def counts(actor: Actor) -> dict[str, Any]:
    """AlarmCounts: open ones by severity, and how many of them nobody has taken. Tests count for nobody."""
    found = alarms_in(actor).filter(OPEN, test=False).values_list("severity")
    by_severity = found.order_by().annotate(open=Count("*"), new=Count("alarm_id", filter=Q(state=State.NEW)))
    return {
        "as_of_ms": now_ms(),
        "severities": {severity: {"open": open_, "new": new} for severity, open_, new in by_severity},
    }


_BY_CAMERA = """
SELECT c.id, c.lon, c.lat, count(*), (array_agg(h.severity ORDER BY array_position(
    ARRAY['critical','high','medium','low'], h.severity)))[1], bool_or(h.state = 'new')
FROM alarms_alarmhandling h JOIN alarm a ON a.id = h.alarm_id,
    LATERAL jsonb_array_elements_text(COALESCE(a.data -> 'cameras', '[]')) AS named(camera)
    JOIN registry_camera c ON c.id = named.camera::uuid
WHERE h.state <> 'closed' AND NOT h.test AND """


def by_camera(actor: Actor) -> dict[str, Any]:
    """AlarmsByCamera: cameras with open alarms, for whoever may see both."""
    actor.require(VIEW)
    condition, parameters = scope_sql(actor.scope, VIEW, "h.jurisdiction_path", "h.agency_code")
    seen, more = scope_sql(actor.scope, "camera.view", "c.jurisdiction_path", "c.agency_id")
    statement = cast(LiteralString, f"{_BY_CAMERA}{condition} AND {seen} GROUP BY c.id")
    return {
        "as_of_ms": now_ms(),
        "cameras": [
            {"camera_id": str(camera), "lon": lon, "lat": lat, "open": count, "severity": severity, "new": new}
            for camera, lon, lat, count, severity, new in fetch(statement, [*parameters, *more], prepare=False)
        ],
    }


def one(actor: Actor, alarm_id: UUID, permission: str = VIEW) -> AlarmHandling:
    """Raises Problem 403, 404."""
    found = alarms_in(actor, permission).select_related("alarm").filter(alarm_id=alarm_id).first()
    if found is None:
        raise not_found("There is no such alarm in your area.", "आपके क्षेत्र में ऐसा कोई अलार्म नहीं है।")
    return found


def detail(actor: Actor, alarm_id: UUID) -> dict[str, Any]:
    """AlarmDetail: the row, its events, cameras, whom it was told to, what was done. Raises Problem 403, 404."""
    handling = one(actor, alarm_id)
    [row] = by_ids(actor, [alarm_id])
    data = handling.alarm.data
    return {
        "alarm": row,
        "rule_version": handling.alarm.rule_version,
        "came_ms": handling.came_ms,
        "cameras": _cameras(actor, data.get("cameras", [])),
        "events": _events(actor, data.get("events", []), handling.first_ms, handling.alarm.last_ms),
        "notices": [_notice(notice) for notice in AlarmNotice.objects.filter(alarm_id=alarm_id).order_by("level")],
        "history": history.record(AlarmHandling, alarm_id, show=_show()),
        "may_work": actor.may(WORK, handling.jurisdiction_path, handling.agency_code),
        "incident_kind": data.get("incident_kind", ""),
    }


def _show() -> dict[str, Any]:
    def name(person: UUID | None) -> str:
        return "" if person is None else str(User.objects.filter(id=person).values_list("name", flat=True).first())

    return dict.fromkeys(("assignee", "acknowledged_by", "closed_by", "changed_by"), name)


def _cameras(actor: Actor, ids: list[str]) -> list[dict[str, Any]]:
    """Those of the alarm's cameras that the actor may see, in the order in which they saw something."""
    if not actor.has("camera.view"):
        return []
    found = restrict(Camera.objects.filter(id__in=ids), actor.scope, "camera.view", agency="agency_id")
    columns = ("id", "reg_id", "name_en", "name_hi", "lat", "lon")
    known = {str(row["id"]): row for row in found.values(*columns)}
    return [
        {"id": one, "reg_id": row["reg_id"], "name": text(row["name_en"], row["name_hi"]), "lat": row["lat"],
         "lon": row["lon"]}
        for one in ids if (row := known.get(one))
    ]  # fmt: skip


_EVENTS = """SELECT id, time_ms, type, subject, source, data FROM event
WHERE id = ANY(%s::uuid[]) AND day BETWEEN %s AND %s AND """


def _events(actor: Actor, ids: list[str], first_ms: int, last_ms: int) -> list[dict[str, Any]]:
    """Events of the alarm that are still kept and lie in the actor's scope, oldest first."""
    condition, parameters = scope_sql(actor.scope, VIEW, "jurisdiction", "agency")
    # A correlated event may be from the evening before.
    first, last = _utc_day(first_ms - DAY_MS), _utc_day(last_ms)
    statement = cast(LiteralString, f"{_EVENTS}{condition} ORDER BY time_ms, id")
    found = fetch(statement, [ids, first, last, *parameters], prepare=False)
    names = ("id", "time_ms", "type", "subject", "source", "data")
    return [dict(zip(names, (str(event_id), *rest), strict=True)) for event_id, *rest in found]


def _utc_day(time_ms: int) -> dt.date:
    return dt.datetime.fromtimestamp(time_ms / 1000, dt.UTC).date()


def _notice(notice: AlarmNotice) -> dict[str, Any]:
    return {
        "level": notice.level,
        "at_ms": notice.at_ms,
        "to": notice.to,
        "code": notice.code,
        "people": [{"id": one["id"], "name": one["name"], "sms": one["sms"]} for one in notice.people],
    }


def assignees(actor: Actor, alarm_id: UUID) -> dict[str, Any]:
    """Who may be given an alarm: AlarmAssignees. Raises Problem 403, 404."""
    handling = one(actor, alarm_id, WORK)
    found = contacts.may_work_on(handling.jurisdiction_path, handling.agency_code, WORK).order_by("name")[:200]
    return {"items": [{"id": str(person.id), "name": person.name} for person in found]}
