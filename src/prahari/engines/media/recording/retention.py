"""What is deleted, and when: by age for each camera, then oldest first across cameras when the disk or quota is full.

Never anything that a hold covers, never a file being written.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from dataclasses import dataclass

from prahari.engines.media.recording.catalogue import Catalogue, Segment

DAY_MS = 86_400_000
BATCH = 200

logger = logging.getLogger(__name__)

_HELD = (
    "NOT EXISTS (SELECT 1 FROM hold WHERE hold.camera_id = segment.camera_id"
    " AND hold.from_ms < segment.end_ms AND hold.to_ms > segment.start_ms)"
)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What one pass did. `is_short`: not enough could be deleted to keep within quota and reserve."""

    files: int = 0
    size_bytes: int = 0
    is_short: bool = False


def delete_old(catalogue: Catalogue, database: sqlite3.Connection, now_ms: int) -> Deleted:
    """Files that ended before their camera's retention. In the catalogue's thread."""
    files = size = 0
    cameras = database.execute("SELECT camera_id, retention_days FROM camera").fetchall()
    for camera_id, days in cameras:
        before_ms = now_ms - days * DAY_MS
        where = f"camera_id = ? AND end_ms < ? AND NOT is_open AND {_HELD} ORDER BY start_ms LIMIT ?"
        for segment in catalogue.rows(database, where, camera_id, before_ms, BATCH):
            if _delete(catalogue, database, segment):
                files, size = files + 1, size + segment.size_bytes
        database.execute("DELETE FROM gap WHERE camera_id = ? AND end_ms < ?", (camera_id, before_ms))
    return Deleted(files, size)


def make_room(catalogue: Catalogue, database: sqlite3.Connection, needed_bytes: int) -> Deleted:
    """Delete the oldest files of all cameras until `needed_bytes` are free again. In the catalogue's thread."""
    files = size = 0
    while size < needed_bytes:
        found = catalogue.rows(database, f"NOT is_open AND {_HELD} ORDER BY start_ms LIMIT ?", BATCH)
        deleted = 0
        for segment in found:
            if size >= needed_bytes:
                break
            if _delete(catalogue, database, segment):
                files, size, deleted = files + 1, size + segment.size_bytes, deleted + 1
        if not deleted and size < needed_bytes:
            return Deleted(files, size, is_short=True)
    return Deleted(files, size)


def recorded_bytes(database: sqlite3.Connection) -> int:
    (total,) = database.execute("SELECT coalesce(sum(size_bytes), 0) FROM segment WHERE NOT is_open").fetchone()
    return int(total)


def _delete(catalogue: Catalogue, database: sqlite3.Connection, segment: Segment) -> bool:
    try:
        segment.path.unlink(missing_ok=True)
    except OSError as error:
        logger.error("%s cannot be deleted: %s", segment.path, error.strerror)
        return False
    catalogue.drop(database, segment.path)
    with contextlib.suppress(OSError):  # not empty yet
        segment.path.parent.rmdir()
    return True
