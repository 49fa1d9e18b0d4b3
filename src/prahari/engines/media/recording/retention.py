"""What is deleted, and when: by age or purge for each camera; when disk or quota is full, first the oldest of the class
that takes more than its share, then the oldest of all.

Never anything that a hold covers, never a file being written.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from prahari.engines.media.recording.catalogue import Catalogue, Segment

BATCH = 200
PURGE_SLACK_MS = 15_000
"""What was coming in at the moment of a purge ends a little later, by the camera's clock or the centre's."""
_LONGEST_FILE_MS = 600_000

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


_LIMIT_MS = (
    "max(? - camera.retention_days * 86400000,"
    f" CASE WHEN camera.purge_before_ms > 0 THEN camera.purge_before_ms + {PURGE_SLACK_MS} ELSE 0 END)"
)
_DUE = (
    f"SELECT camera_id, {_LIMIT_MS} FROM camera WHERE EXISTS (SELECT 1 FROM segment"  # noqa: S608
    f" WHERE segment.camera_id = camera.camera_id AND segment.start_ms < {_LIMIT_MS}"
    f" AND segment.end_ms < {_LIMIT_MS} AND NOT segment.is_open AND {_HELD})"
)
_OLD_GAPS = (
    f"DELETE FROM gap WHERE end_ms < (SELECT {_LIMIT_MS} FROM camera"  # noqa: S608
    " WHERE camera.camera_id = gap.camera_id)"
)

_OLD_EVENTS = (
    f"DELETE FROM event WHERE until_ms < (SELECT {_LIMIT_MS} FROM camera"  # noqa: S608
    " WHERE camera.camera_id = event.camera_id)"
)


def delete_old(catalogue: Catalogue, database: sqlite3.Connection, now_ms: int) -> Deleted:
    """Files that ended before their camera's retention, or before what is to be purged; some at a time.

    In the catalogue's thread; to be called again until nothing more is deleted.
    """
    files = size = 0
    for camera_id, before_ms in database.execute(_DUE, (now_ms,) * 3).fetchall():
        where = f"camera_id = ? AND start_ms < ? AND end_ms < ? AND NOT is_open AND {_HELD} ORDER BY start_ms LIMIT ?"
        for segment in catalogue.rows(database, where, camera_id, before_ms, before_ms, BATCH):
            if _delete(catalogue, database, segment):
                files, size = files + 1, size + segment.size_bytes
    database.execute(_OLD_GAPS, (now_ms,))
    database.execute(_OLD_EVENTS, (now_ms,))
    return Deleted(files, size)


def purge_broken(recordings: Path, database: sqlite3.Connection, camera_id: str, before_ms: int) -> int:
    """Files put aside as .broken hold pictures too: those that began before `before_ms` go. Returns how many.

    In the catalogue's thread.
    """
    deleted = 0
    for path in (recordings / camera_id).glob("*/*.broken"):
        start_ms = int(path.stem) if path.stem.isdigit() else 0
        held = database.execute(
            "SELECT 1 FROM hold WHERE camera_id = ? AND from_ms < ? AND to_ms > ?",
            (camera_id, start_ms + _LONGEST_FILE_MS, start_ms),
        ).fetchone()
        if start_ms < before_ms and held is None and _unlink(path):
            deleted += 1
    return deleted


@dataclass(frozen=True, slots=True)
class Shares:
    """What each disk class may take: percent of `capacity_bytes`. One without a share has no limit of its own."""

    pct: dict[str, float] = field(default_factory=dict)
    capacity_bytes: int = 1

    def over_bytes(self, used: dict[str, int]) -> list[tuple[int, str]]:
        """(bytes above its share, class), the one that is most above first."""
        over = [(round(used.get(name, 0) - pct / 100 * self.capacity_bytes), name) for name, pct in self.pct.items()]
        return sorted((one for one in over if one[0] > 0), reverse=True)


def make_room(
    catalogue: Catalogue,
    database: sqlite3.Connection,
    needed_bytes: int,
    disk_id: str = "",
    shares: Shares | None = None,
) -> Deleted:
    """Delete until `needed_bytes` are free again, on one disk or (empty `disk_id`) anywhere.

    In the catalogue's thread.
    """
    files = size = 0
    for over_bytes, name in (shares or Shares()).over_bytes(bytes_of_classes(database)):
        gone = _delete_oldest(catalogue, database, min(over_bytes, needed_bytes - size), disk_id, name)
        files, size = files + gone.files, size + gone.size_bytes
        if size >= needed_bytes:
            return Deleted(files, size)
    gone = _delete_oldest(catalogue, database, needed_bytes - size, disk_id, None)
    return Deleted(files + gone.files, size + gone.size_bytes, gone.is_short)


def _delete_oldest(
    catalogue: Catalogue, database: sqlite3.Connection, needed_bytes: int, disk_id: str, disk_class: str | None
) -> Deleted:
    files = size = 0
    where, values = f"NOT is_open AND {_HELD}", []
    if disk_id:
        where, values = f"{where} AND path >= ? AND path < ?", [f"{disk_id}/", f"{disk_id}0"]
    if disk_class is not None:
        where += " AND camera_id IN (SELECT camera_id FROM camera WHERE disk_class = ?)"
        values.append(disk_class)
    while size < needed_bytes:
        found = catalogue.rows(database, f"{where} ORDER BY start_ms LIMIT ?", *values, BATCH)
        deleted = 0
        for segment in found:
            if size >= needed_bytes:
                break
            # What lies on a disk that is not here makes no room.
            if not catalogue.is_away(segment.path) and _delete(catalogue, database, segment):
                files, size, deleted = files + 1, size + segment.size_bytes, deleted + 1
        if not deleted and size < needed_bytes:
            return Deleted(files, size, is_short=True)
    return Deleted(files, size)


def bytes_of_classes(database: sqlite3.Connection) -> dict[str, int]:
    """Disk class -> bytes of its finished files; the class of cameras that have none is empty."""
    return dict(
        database.execute(
            "SELECT coalesce(camera.disk_class, ''), sum(segment.size_bytes) FROM segment"
            " LEFT JOIN camera USING (camera_id) WHERE NOT segment.is_open GROUP BY 1"
        ).fetchall()
    )


def recorded_bytes(database: sqlite3.Connection) -> int:
    (total,) = database.execute("SELECT coalesce(sum(size_bytes), 0) FROM segment WHERE NOT is_open").fetchone()
    return int(total)


def _delete(catalogue: Catalogue, database: sqlite3.Connection, segment: Segment) -> bool:
    if catalogue.is_away(segment.path) or not _unlink(segment.path):
        return False
    catalogue.drop(database, segment.path)
    return True


def _unlink(path: Path) -> bool:
    """The file first, its row after: killed between the two, the row is dropped when the file is not found."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.error("%s cannot be deleted: %s", path, error.strerror)
        return False
    with contextlib.suppress(OSError):  # not empty yet
        path.parent.rmdir()
    return True
