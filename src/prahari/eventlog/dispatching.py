"""What follows from events of alarms and units: tables `alarm`, unit_position, unit_track (contracts.tables)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
from psycopg import AsyncCursor

from prahari.contracts.alarms import AlarmData
from prahari.contracts.events import RawEvent
from prahari.contracts.happenings import PositionData

_ALARM_COLUMNS = (
    "id", "revision", "rule_id", "rule_version", "name_en", "name_hi", "severity", "type", "first_ms", "last_ms",
    "count", "group_by", "group_key", "jurisdiction", "agency", "lat", "lon", "data",
)  # fmt: skip
_ALARM_SQL = f"""
INSERT INTO alarm AS current ({", ".join(_ALARM_COLUMNS)}) VALUES ({", ".join(["%s"] * len(_ALARM_COLUMNS))})
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{one} = excluded.{one}" for one in _ALARM_COLUMNS[1:])}
WHERE current.revision < excluded.revision
"""  # noqa: S608 - constants only

_POSITION_SQL = """
INSERT INTO unit_position AS current
    (unit_id, at_ms, lat, lon, accuracy_m, speed_kmh, heading_deg, battery_pct)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (unit_id) DO UPDATE SET at_ms = excluded.at_ms, lat = excluded.lat, lon = excluded.lon,
    accuracy_m = excluded.accuracy_m, speed_kmh = excluded.speed_kmh, heading_deg = excluded.heading_deg,
    battery_pct = COALESCE(excluded.battery_pct, current.battery_pct)
WHERE current.at_ms < excluded.at_ms
"""
_TRACK_SQL = "INSERT INTO unit_track (unit_id, at_ms, lat, lon) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"

_alarm = msgspec.json.Decoder(AlarmData)
_position = msgspec.json.Decoder(PositionData)


def alarm_row(event: RawEvent) -> tuple[Any, ...]:
    """Raises ValueError on anything malformed."""
    told = _alarm.decode(event.data)
    return (
        uuid.UUID(event.subject), told.revision, told.rule_id, told.rule_version, told.name.en, told.name.hi,
        told.severity.value, told.type, told.first_ms, told.last_ms, told.count, told.group_by.value, told.group_key,
        event.jurisdiction, event.agency, told.lat, told.lon, bytes(event.data).decode(),
    )  # fmt: skip


async def apply_alarms(cursor: AsyncCursor[Any], rows: Iterable[tuple[Any, ...]]) -> None:
    """A revision that is not higher than the one that is known changes nothing."""
    newest: dict[uuid.UUID, tuple[Any, ...]] = {}
    for row in rows:
        known = newest.get(row[0])
        if known is None or known[1] < row[1]:
            newest[row[0]] = row
    # By id: two writers (an old one that is about to end) never wait for one another in a circle.
    await cursor.executemany(_ALARM_SQL, [newest[key] for key in sorted(newest)])


def position_row(event: RawEvent) -> tuple[Any, ...]:
    """Raises ValueError on anything malformed."""
    told = _position.decode(event.data)
    if not (-90 <= told.lat <= 90 and -180 <= told.lon <= 180):
        raise ValueError("a place that is not on the earth")
    return (
        uuid.UUID(event.subject.removeprefix("unit:")), told.at_ms, told.lat, told.lon, told.accuracy_m,
        told.speed_kmh, told.heading_deg, told.battery_pct,
    )  # fmt: skip


async def apply_positions(cursor: AsyncCursor[Any], rows: Iterable[tuple[Any, ...]]) -> None:
    """The latest by its own time is where a unit is; every one is on its track, once."""
    ordered = sorted(rows, key=lambda row: (row[0], row[1]))
    latest = {row[0]: row for row in ordered}
    await cursor.executemany(_POSITION_SQL, list(latest.values()))
    await cursor.executemany(_TRACK_SQL, [row[:4] for row in ordered])
