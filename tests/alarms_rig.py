"""Alarms for tests, as the event log's writer puts them into its table."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from django.db import connection
from psycopg.types.json import Jsonb

from prahari.contracts.alarms import AlarmData
from prahari.contracts.events import now_ms
from prahari.core.alarming.rule import GroupBy, Name, Severity
from prahari.core.scope import Grant, Scope
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.alarms.schemas import SeenAlarm
from prahari.desks.common.actor import Actor
from scope import World

_INSERT = """INSERT INTO alarm (id, revision, rule_id, rule_version, name_en, name_hi, severity, type, first_ms,
    last_ms, count, group_by, group_key, jurisdiction, agency, lat, lon, data)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


RIGHTS = frozenset({"alarm.view", "alarm.work", "camera.view"})


def operator(world: World, name: str = "") -> Actor:
    """Somebody who answers alarms in World.HOME."""
    user = world.person(name)
    world.allow(user, *RIGHTS)
    return Actor(user.id, user.username, user.name, Scope((Grant(World.HOME, World.AGENCY, RIGHTS),)))


def data(**more: Any) -> AlarmData:
    at = more.pop("at_ms", now_ms())
    fields: dict[str, Any] = {
        "revision": 1, "rule_id": "rule-1", "rule_version": 1, "name": Name("Intrusion at night", "रात में प्रवेश"),
        "severity": Severity.HIGH, "type": "vision.intrusion", "first_ms": at, "last_ms": at, "count": 1,
        "group_by": GroupBy.CAMERA, "group_key": "camera", "lat": 26.45, "lon": 80.33,
    }  # fmt: skip
    return msgspec.convert(fields | more, AlarmData)


def put(
    jurisdiction: str = World.HOME, agency: str = World.AGENCY, alarm_id: uuid.UUID | None = None, **more: Any
) -> AlarmHandling:
    """An alarm that has just come."""
    told, made = data(**more), alarm_id or uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [made, told.revision, told.rule_id, told.rule_version, told.name.en, told.name.hi, told.severity.value,
             told.type, told.first_ms, told.last_ms, told.count, told.group_by.value, told.group_key, jurisdiction,
             agency, told.lat, told.lon, Jsonb(msgspec.to_builtins(told))],
        )  # fmt: skip
    return AlarmHandling.objects.select_related("alarm").get(alarm_id=made)


def seen(*alarms: AlarmHandling) -> list[SeenAlarm]:
    return [SeenAlarm(id=one.alarm_id, version=one.version) for one in alarms]
