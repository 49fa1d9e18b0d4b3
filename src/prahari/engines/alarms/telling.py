"""Alarms as events."""

from __future__ import annotations

import uuid

import msgspec

from prahari.contracts import events
from prahari.contracts.alarms import AlarmData
from prahari.contracts.events import Event
from prahari.core.alarming.evaluate import Told

_TELLINGS = uuid.UUID("2d3b6a0f-6f0a-4d0e-8a1c-0c7c1c9a5b1e")
"""Namespace: the same revision of an alarm is the same event, however often it is told."""


def raised(told: Told) -> Event:
    rule, alarm, _ = told
    data = AlarmData(
        revision=alarm.revision, rule_id=rule.rule_id, rule_version=rule.version, name=rule.name,
        severity=rule.severity, type=alarm.type, first_ms=alarm.first_ms, last_ms=alarm.last_ms, count=alarm.count,
        group_by=rule.group_by, group_key=alarm.group_key, cameras=alarm.cameras, events=alarm.events, lat=alarm.lat,
        lon=alarm.lon, text=alarm.text, site_id=alarm.site_id, assign_post=rule.assign_post,
        incident_kind=rule.incident_kind, late=alarm.late, skewed=alarm.skewed, flood=alarm.flood, test=alarm.test,
    )  # fmt: skip
    return Event(
        events.ALARM_RAISED, alarm.id, alarm.last_ms, msgspec.to_builtins(data), alarm.jurisdiction, alarm.agency,
        id=str(uuid.uuid5(_TELLINGS, f"{alarm.id}/{alarm.revision}")),
    )  # fmt: skip
