"""After a crash: files are the truth, the catalogue follows them."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from prahari.contracts.recording import EventMark
from prahari.engines.media.mp4.reader import BrokenFileError, scan
from prahari.engines.media.recording.catalogue import Catalogue, Segment
from prahari.engines.media.recording.keepings import put_event

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


def camera_folders(recordings: Path, owns: Callable[[str], bool]) -> list[Path]:
    try:
        return sorted(entry for entry in recordings.iterdir() if entry.is_dir() and owns(entry.name))
    except FileNotFoundError:
        return []


def reconcile_camera(catalogue: Catalogue, database: sqlite3.Connection, folder: Path) -> int:
    """Adopt files that the catalogue does not know, forget rows without a file. Returns how many were adopted.

    Recorders go on meanwhile: `catalogue.growing` names a file before it exists, so it is asked again for each file.
    """
    camera_id = folder.name
    growing = catalogue.growing
    root = folder.parent
    rows = catalogue.rows(database, "camera_id = ?", camera_id)
    known = {segment.path for segment in rows if segment.path.is_relative_to(root)}
    present = set(folder.glob("*/*.mp4"))
    for path in known - present:
        if path not in growing:
            catalogue.drop(database, path)
    adopted = 0
    for path in sorted(present - known):
        if path in growing:
            continue
        try:
            segment = mend(camera_id, path)
        except OSError as error:
            logger.error("%s cannot be looked at: %s", path, error.strerror)
            continue
        if segment is not None:
            catalogue.put(database, segment)
            adopt_notes(database, segment)
            adopted += 1
    return adopted
