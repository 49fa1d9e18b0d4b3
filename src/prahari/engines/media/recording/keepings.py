"""Rows about a camera and its recordings, beside the files themselves: keeping, gaps, events, holds, damage."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from prahari.contracts.media import Reason
from prahari.contracts.recording import EventMark


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a camera's recordings are kept and to whom they are shown; kept when its plan or permit is gone.

    `purge_before_ms`: what ended before is to be deleted. `needs_request`: shown to who names a request only.
    `disk_class`: whose share of the disks they take.
    """

    retention_days: int
    purge_before_ms: int = 0
    needs_request: bool = False
    disk_class: str = ""


def put_keeping(database: sqlite3.Connection, camera_id: str, keeping: Keeping) -> None:
    database.execute(
        "INSERT OR REPLACE INTO camera (camera_id, retention_days, purge_before_ms, needs_request, disk_class)"
        " VALUES (?, ?, ?, ?, ?)",
        (camera_id, keeping.retention_days, keeping.purge_before_ms, int(keeping.needs_request), keeping.disk_class),
    )


def keepings(database: sqlite3.Connection) -> dict[str, Keeping]:
    """Of every camera that a plan was ever heard of."""
    rows = database.execute(
        "SELECT camera_id, retention_days, purge_before_ms, needs_request, disk_class FROM camera"
    ).fetchall()
    return {
        camera_id: Keeping(days, purge_ms, bool(request), name) for camera_id, days, purge_ms, request, name in rows
    }


def put_gap(database: sqlite3.Connection, camera_id: str, start_ms: int, end_ms: int | None, reason: Reason) -> None:
    database.execute(
        "INSERT OR REPLACE INTO gap (camera_id, start_ms, reason, end_ms) VALUES (?, ?, ?, ?)",
        (camera_id, start_ms, reason.value, end_ms),
    )


def put_event(database: sqlite3.Connection, camera_id: str, mark: EventMark) -> None:
    """An event known already is made longer, never shorter: what a file says may be older than what the row says."""
    database.execute(
        "INSERT INTO event (camera_id, event_id, why, at_ms, from_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (camera_id, event_id) DO UPDATE SET at_ms = min(at_ms, excluded.at_ms),"
        " from_ms = min(from_ms, excluded.from_ms), until_ms = max(until_ms, excluded.until_ms)",
        (camera_id, mark.event_id, mark.why, mark.at_ms, mark.from_ms, mark.until_ms),
    )


def events(database: sqlite3.Connection, where: str, *values: object) -> dict[str, list[EventMark]]:
    """Camera -> its events by a condition written in this package, by time."""
    query = f"SELECT camera_id, event_id, why, at_ms, from_ms, until_ms FROM event WHERE {where} ORDER BY at_ms"  # noqa: S608
    found: dict[str, list[EventMark]] = {}
    for camera_id, *fields in database.execute(query, values):
        found.setdefault(camera_id, []).append(EventMark(*fields))
    return found


def holds(database: sqlite3.Connection, camera_id: str, from_ms: int, to_ms: int) -> list[tuple[int]]:
    query = "SELECT id FROM hold WHERE camera_id = ? AND from_ms < ? AND to_ms > ?"
    return database.execute(query, (camera_id, to_ms, from_ms)).fetchall()


def damage(database: sqlite3.Connection, camera_id: str, from_ms: int, to_ms: int) -> list[tuple[int, int]]:
    return database.execute(
        "SELECT damage.start_ms, damage.end_ms FROM damage JOIN segment USING (path)"
        " WHERE segment.camera_id = ? AND damage.start_ms < ? AND damage.end_ms > ? ORDER BY 1",
        (camera_id, to_ms, from_ms),
    ).fetchall()


def reason_of(text: str) -> Reason:
    return Reason(text) if text in Reason._value2member_map_ else Reason.NONE
