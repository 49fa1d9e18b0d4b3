"""After a crash: files are the truth, the catalogue follows them."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from prahari.contracts.recording import EventMark
from prahari.engines.media.mp4.reader import BrokenFileError, fence, scan
from prahari.engines.media.recording.catalogue import Catalogue, Segment
from prahari.engines.media.recording.keepings import put_event

HOLE_MS = 2000
"""Files of one recording follow each other more closely."""
NEWEST = 12
"""An hour of a camera that another worker of this machine has recorded meanwhile."""

IsOurs = Callable[[str, bytes], bool]
"""(camera, the fence in a file of it, empty: none) -> whether this worker wrote it."""

logger = logging.getLogger(__name__)


def mend(camera_id: str, path: Path) -> Segment | None:
    """Cut a file back to its last whole fragment. None: nothing in it could be kept, and it is gone or put aside.

    Blocking. Raises OSError.
    """
    try:
        found = scan(path)
    except FileNotFoundError:
        return None
    except BrokenFileError as error:
        if path.stat().st_size < 64 * 1024:
            path.unlink()  # died before the first group was whole
        else:
            logger.error("%s cannot be read (%s) and is put aside as .broken", path, error)
            path.rename(path.with_suffix(".broken"))
        return None
    if not found.fragments:
        path.unlink()
        return None
    if found.is_cut:
        logger.info("%s ended in the middle of a group of pictures: cut back to %d bytes", path, found.good_bytes)
        os.truncate(path, found.good_bytes)
    fragments = found.fragments
    return Segment(camera_id, path, fragments[0].start_ms, fragments[-1].end_ms, found.good_bytes)


def mend_open_segments(catalogue: Catalogue, database: sqlite3.Connection) -> list[Segment]:
    """What was being written when the process ended, or a disk failed. In the catalogue's thread.

    Returns what was kept. Files on disks that are not here now wait until they are.
    """
    kept = []
    for row in catalogue.rows(database, "is_open"):
        if row.path in catalogue.growing or catalogue.is_away(row.path):
            continue
        try:
            segment = mend(row.camera_id, row.path)
        except OSError as error:
            logger.error("%s cannot be looked at: %s", row.path, error.strerror)
            continue
        if segment is None:
            catalogue.drop(database, row.path)
        else:
            catalogue.put(database, segment)
            adopt_notes(database, segment)
            kept.append(segment)
    return kept


def adopt_notes(database: sqlite3.Connection, segment: Segment, notes: Iterable[bytes] | None = None) -> None:
    """Events that a file tells of, into the catalogue; a note that cannot be read is left out."""
    for body in scan(segment.path).notes if notes is None else notes:
        try:
            put_event(database, segment.camera_id, msgspec.json.decode(body, type=EventMark))
        except ValueError as error:
            logger.warning("%s holds a note that cannot be read: %s", segment.path, error)


def camera_folders(recordings: Path) -> list[Path]:
    """One a camera, whichever worker has recorded it."""
    try:
        folders = (entry for entry in recordings.iterdir() if entry.is_dir())
        return sorted(one for one in folders if not one.name.startswith((".", "lost+found")))
    except FileNotFoundError:
        return []


def reconcile_camera(catalogue: Catalogue, database: sqlite3.Connection, folder: Path, is_ours: IsOurs) -> int:
    """Adopt files that the catalogue does not know, forget rows without a file. Returns how many were adopted.

    Recorders go on meanwhile: `catalogue.growing` names a file before it exists, so it is asked again for each file.
    """
    camera_id, root = folder.name, folder.parent
    rows = catalogue.rows(database, "camera_id = ?", camera_id)
    known = {segment.path for segment in rows if segment.path.is_relative_to(root)}
    present = set(folder.glob("*/*.mp4"))
    for path in known - present:
        if path not in catalogue.growing:
            catalogue.drop(database, path)
    return sum(_adopt(catalogue, database, camera_id, path, is_ours) for path in sorted(present - known))


def reconcile_newest(catalogue: Catalogue, database: sqlite3.Connection, folder: Path, is_ours: IsOurs) -> int:
    """Adopt what was begun just before the process was killed: of the newest files, back to one that is known.

    Two folders are listed and a few heads read, however much is recorded. Returns how many were adopted.
    """
    try:
        day = max((entry for entry in folder.iterdir() if entry.is_dir()), default=None)
    except FileNotFoundError:
        return 0
    adopted = 0
    for path in sorted(day.glob("*.mp4"), reverse=True)[:NEWEST] if day is not None else ():
        if path in catalogue.growing:
            continue
        if catalogue.rows(database, "path = ?", catalogue.disks.key_of(path)):
            break
        adopted += _adopt(catalogue, database, folder.name, path, is_ours)
    return adopted


def _adopt(catalogue: Catalogue, database: sqlite3.Connection, camera_id: str, path: Path, is_ours: IsOurs) -> bool:
    """Workers of one machine have the same disks: what another one writes is neither listed twice nor cut."""
    if path in catalogue.growing:
        return False
    try:
        try:
            written_under = fence(path)
        except BrokenFileError:
            written_under = b""
        if not is_ours(camera_id, written_under):
            return False
        segment = mend(camera_id, path)
    except OSError as error:
        logger.error("%s cannot be looked at: %s", path, error.strerror)
        return False
    if segment is None:
        return False
    catalogue.put(database, segment)
    adopt_notes(database, segment)
    return True


def recorded_since(
    catalogue: Catalogue, database: sqlite3.Connection, camera_id: str, known_ms: int, before_ms: int, is_ours: IsOurs
) -> tuple[int, int] | None:
    """Where what was recorded after `known_ms` and before `before_ms` begins and ends, files that are in no catalogue
    yet adopted; None: nothing was."""
    for disk in catalogue.disks:
        if not disk.is_failed:
            reconcile_newest(catalogue, database, disk.root / camera_id, is_ours)
    start_ms, end_ms = database.execute(
        "SELECT min(start_ms), max(end_ms) FROM segment"
        " WHERE camera_id = ? AND start_ms < ? AND end_ms > ? AND size_bytes > 0",
        (camera_id, before_ms, known_ms),
    ).fetchone()
    return None if start_ms is None else (start_ms, end_ms)


def untold_holes(database: sqlite3.Connection, segments: Iterable[Segment]) -> list[tuple[str, int, int]]:
    """(camera, start, end) of what is missing before files that were being written when the process was killed, and is
    told nowhere: it was killed before it had written the gap down."""
    found = []
    for segment in segments:
        (end_ms,) = database.execute(
            "SELECT max(end_ms) FROM segment WHERE camera_id = ? AND start_ms < ?",
            (segment.camera_id, segment.start_ms),
        ).fetchone()
        if end_ms is None or segment.start_ms - end_ms <= HOLE_MS:
            continue
        told = database.execute(
            "SELECT 1 FROM gap WHERE camera_id = ? AND start_ms < ? AND (end_ms IS NULL OR end_ms > ?)",
            (segment.camera_id, segment.start_ms, end_ms),
        ).fetchone()
        if told is None:
            found.append((segment.camera_id, end_ms, segment.start_ms))
    return found
