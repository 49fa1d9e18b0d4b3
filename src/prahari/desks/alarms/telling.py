"""alarm.changed: what people, or the climbing, did to alarms; consoles draw the row from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from prahari.contracts.events import ALARM_CHANGED, Event, now_ms
from prahari.desks.alarms import rows
from prahari.desks.alarms.models import AlarmHandling
from prahari.desks.common.action import Action

SOURCE = "alarms"


def changed(act: Action, alarm_ids: Iterable[UUID], **more: Any) -> None:
    """Tell of these alarms as they are in this transaction. `more`: what else happened (`to`: whom a level names)."""
    at = now_ms()
    columns = dict.fromkeys((*rows.HANDLING, "jurisdiction_path", "agency_code", "severity"))
    for one in AlarmHandling.objects.filter(alarm_id__in=list(alarm_ids)).order_by("alarm_id").values(*columns):
        data = rows.handling(one) | {"severity": one["severity"], "by": act.actor.name or act.actor.username} | more
        act.emit(
            SOURCE,
            Event(ALARM_CHANGED, str(one["alarm_id"]), at, data, one["jurisdiction_path"], one["agency_code"]),
        )


def write_down(act: Action, alarms: Iterable[AlarmHandling]) -> None:
    """An audit entry for each. Give them with their alarms."""
    for one in alarms:
        act.about("alarm", one.alarm_id, one.alarm.name_en, jurisdiction=one.jurisdiction_path,
                  agency=one.agency_code, also=True)  # fmt: skip
