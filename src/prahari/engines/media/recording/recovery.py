"""After a crash: files are the truth, the catalogue follows them."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from prahari.engines.media.mp4.reader import BrokenFileError, scan
from prahari.engines.media.recording.catalogue import Catalogue, Segment

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
    """What was being written when the process ended. In the catalogue's thread. Returns what was kept."""
    kept = []
    for row in catalogue.rows(database, "is_open"):
        try:
            segment = mend(row.camera_id, row.path)
        except OSError as error:
            logger.error("%s cannot be looked at: %s", row.path, error.strerror)
            continue
        if segment is None:
            catalogue.drop(database, row.path)
        else:
            catalogue.put(database, segment)
            kept.append(segment)
    return kept


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
    known = {segment.path for segment in catalogue.rows(database, "camera_id = ?", camera_id)}
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
            adopted += 1
    return adopted
