"""An alarm as lists show it, and the part that people change as alarm.changed tells it: the same shape in both."""

from __future__ import annotations

from typing import Any

from prahari.desks.common.errors import text
from prahari.desks.registry.models import Camera

_ALARM = (
    "revision", "rule_version", "name_en", "name_hi", "last_ms", "count", "group_by", "group_key", "lat", "lon", "data",
)  # fmt: skip
_OWN = (
    "alarm_id", "jurisdiction_path", "agency_code", "severity", "rule_id", "type", "first_ms", "test", "state",
    "version", "post", "assignee_id", "assignee__name", "acknowledged_by__name", "acknowledged_ms", "incident_id",
    "verdict", "closed_by__name", "closed_ms", "note", "changed_by_id", "before", "level", "told_ms",
    "told_to",
)  # fmt: skip
COLUMNS = (*_OWN, *(f"alarm__{name}" for name in _ALARM))
"""Of AlarmHandling, for `shown`."""

HANDLING = _OWN
"""Of AlarmHandling, for `handling`."""


def shown(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """AlarmRows of rows with COLUMNS; one query more, for the names of their first cameras."""
    first = {row["alarm_id"]: cameras[0] for row in found if (cameras := row["alarm__data"].get("cameras"))}
    known = {str(camera_id): (reg_id, en, hi) for camera_id, reg_id, en, hi in Camera.objects.filter(
        id__in=set(first.values())).values_list("id", "reg_id", "name_en", "name_hi")}  # fmt: skip
    return [_row(one, known.get(first.get(one["alarm_id"], ""))) for one in found]


def _row(one: dict[str, Any], camera: tuple[str, str, str] | None) -> dict[str, Any]:
    data = one["alarm__data"]
    cameras = data.get("cameras", [])
    return {
        "id": str(one["alarm_id"]),
        "revision": one["alarm__revision"],
        "rule_id": one["rule_id"],
        "name": text(one["alarm__name_en"], one["alarm__name_hi"]),
        "severity": one["severity"],
        "type": one["type"],
        "first_ms": one["first_ms"],
        "last_ms": one["alarm__last_ms"],
        "count": one["alarm__count"],
        "group_by": one["alarm__group_by"],
        "group_key": one["alarm__group_key"],
        "jurisdiction": one["jurisdiction_path"],
        "agency": one["agency_code"],
        "lat": one["alarm__lat"],
        "lon": one["alarm__lon"],
        "text": data.get("text", ""),
        "cameras": len(cameras),
        "camera": camera and {"id": cameras[0], "reg_id": camera[0], "name": text(camera[1], camera[2])},
        "late": data.get("late", False),
        "skewed": data.get("skewed", False),
        "flood": data.get("flood", False),
        "test": one["test"],
        "handling": handling(one),
    }


def handling(one: dict[str, Any]) -> dict[str, Any]:
    """AlarmHandlingOut of a row with HANDLING."""
    acknowledged, closed = one["acknowledged_ms"], one["closed_ms"]
    return {
        "state": one["state"],
        "version": one["version"],
        "post": one["post"],
        "assignee": one["assignee_id"] and {"id": str(one["assignee_id"]), "name": one["assignee__name"]},
        "acknowledged": acknowledged and {"by": one["acknowledged_by__name"] or "", "at_ms": acknowledged},
        "incident_id": one["incident_id"] and str(one["incident_id"]),
        "verdict": one["verdict"],
        "closed": closed and {"by": one["closed_by__name"] or "", "at_ms": closed},
        "note": one["note"],
        "undo_by": str(one["changed_by_id"]) if one["before"] and one["changed_by_id"] else None,
        "level": one["level"],
        "told_ms": one["told_ms"],
        "told_to": one["told_to"],
    }
