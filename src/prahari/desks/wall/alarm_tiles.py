"""Alarms that come onto the wall by themselves: a camera of each, or its place on the map, on the tiles that a screen
keeps for them, for as long as it says. Looked for every second or so (tasks.py); the alarm's id keeps it from coming
twice.
"""

from __future__ import annotations

import logging
import uuid
from typing import Any
from uuid import UUID

from prahari.contracts.events import now_ms
from prahari.desks.alarms import selectors as alarms
from prahari.desks.alarms.choices import State
from prahari.desks.alarms.models import Alarm
from prahari.desks.common import rules as dated
from prahari.desks.common.actor import system
from prahari.desks.common.errors import Problem, text
from prahari.desks.wall import items, rules, showing
from prahari.desks.wall.choices import PRIORITY, Kind, Source
from prahari.desks.wall.models import Screen, Showing
from prahari.desks.wall.screen_schemas import ScreenItemIn

log = logging.getLogger(__name__)

BACK_MS = 120_000
"""An alarm that came longer ago than this, while nothing ran, is not news any more."""
AT_ONCE_MOST = 10
SEVERITIES = ("low", "medium", "high", "critical")


def sweep() -> int:
    """How many alarms were put on screens."""
    put = 0
    for screen in Screen.objects.filter(active=True).exclude(alarm_severity="").exclude(reserved=None):
        put += _sweep(screen)
    return put


def _sweep(screen: Screen) -> int:
    graver = SEVERITIES[SEVERITIES.index(screen.alarm_severity) :]
    now = now_ms()
    found = alarms.alarms_in(items.actor_of(screen)).filter(
        state=State.NEW, test=False, severity__in=graver, came_ms__gt=now - BACK_MS
    )  # fmt: skip
    new = found.select_related("alarm").order_by("-came_ms")[:AT_ONCE_MOST]
    keys = {one.alarm_id: uuid.uuid5(screen.id, str(one.alarm_id)) for one in new}
    known = set(Showing.objects.filter(act__in=keys.values()).values_list("act", flat=True))
    fresh_ms = now - dated.value(rules.ALARM_STANDS_S) * 1000
    standing = Showing.objects.filter(
        screen=screen, source=Source.ALARM, ended_ms__isnull=True, put_ms__gt=fresh_ms, until_ms__gt=now
    )  # fmt: skip
    taken = set(standing.values_list("priority", flat=True))
    put = 0
    for one in reversed(new):
        what = _what(screen, one.alarm)
        priority = PRIORITY[Source.ALARM] + SEVERITIES.index(one.severity)
        # One of the same severity has just come: it stands a while first. A graver one lies over it at once.
        if keys[one.alarm_id] in known or what is None or priority in taken:
            continue
        x, y, w, h = screen.reserved
        item = ScreenItemIn(**what, at=(x, y), size=(w, h))
        try:
            showing.show(
                actor=system("alarms on the wall"), screen_id=screen.id, items=[item], for_s=screen.alarm_for_s,
                key=keys[one.alarm_id], source=Source.ALARM, priority=priority,
                why={**text(one.alarm.name_en, one.alarm.name_hi), "alarm": str(one.alarm_id)},
            )  # fmt: skip
        except Problem as refused:  # its camera is none of this screen's, or was retired
            log.info("alarm %s is not shown on %s: %s", one.alarm_id, screen.name_en, refused)
            continue
        taken.add(priority)
        put += 1
    return put


def _what(screen: Screen, alarm: Alarm) -> dict[str, Any] | None:
    """Its own first camera, else the nearest to its point that the screen may show, else the map there."""
    if cameras := alarm.data.get("cameras", []):
        return {"kind": Kind.CAMERA, "camera": UUID(cameras[0])}
    if alarm.lat is None or alarm.lon is None:
        return None
    if near := items.nearest(screen, alarm.lat, alarm.lon):
        return {"kind": Kind.CAMERA, "camera": near}
    return {"kind": Kind.MAP, "lat": alarm.lat, "lon": alarm.lon}
