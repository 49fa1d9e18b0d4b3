"""The whole index made again from the disks alone: files, what they say of themselves, and the journals beside them.

A centre may run meanwhile. Nothing is cut, moved or deleted here; a file that may still be growing is left to the
worker.
"""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from prahari.contracts.cluster import WORKERS_PER_NODE
from prahari.contracts.config import Config
from prahari.contracts.media import Reason
from prahari.core.placement import worker_of
from prahari.engines.media.mp4.reader import BrokenFileError, scan
from prahari.engines.media.recording import keepings as rows
from prahari.engines.media.recording.catalogue import Catalogue, Segment
from prahari.engines.media.recording.keepings import Keeping
from prahari.engines.media.recording.recovery import adopt_notes, camera_folders
from prahari.engines.media.recording.schema import connect
from prahari.engines.media.storage import journal
from prahari.engines.media.storage.disks import Disks

HOLE_MS = 2000
GROWING_S = 120.0
"""A file without a seal that was written to this lately may still be growing."""


@dataclass
class Report:
    """What was found. `damaged`: files that cannot be read; `growing`: left to the worker that writes them."""

    cameras: int = 0
    files: int = 0
    size_bytes: int = 0
    events: int = 0
    gaps: int = 0
    holds: int = 0
    growing: int = 0
    damaged: list[Path] = field(default_factory=list)
    disks_away: list[str] = field(default_factory=list)


def rebuild(config: Config, progress: Callable[[int, int, Report], None] = lambda done, total, report: None) -> Report:
    """Fill the catalogue of every worker. `progress(cameras done, cameras in all, report so far)`.

    Raises OSError, sqlite3.Error when a catalogue cannot be written.
    """
    report = Report()
    disks = Disks(config.disks, lambda disk: None)
    disks.open({})
    try:
        report.disks_away = [str(disk.root) for disk in disks if disk.is_failed]
        cameras = sorted(
            {folder.name for disk in disks if not disk.is_failed for folder in camera_folders(disk.root, _is_camera)}
        )
        catalogues: dict[int, tuple[Catalogue, sqlite3.Connection]] = {}
        with contextlib.ExitStack() as stack:
            for done, camera_id in enumerate(cameras):
                progress(done, len(cameras), report)
                worker = config.node_number * WORKERS_PER_NODE + worker_of(camera_id, config.media_workers)
                if worker not in catalogues:
                    path = config.home / f"media-{worker}" / "catalogue.sqlite3"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    database = stack.enter_context(contextlib.closing(connect(path)))
                    catalogues[worker] = (Catalogue(path, disks), database)
                    catalogues[worker][0].name_disks(database)
                _camera(*catalogues[worker], disks, camera_id, report)
                report.cameras += 1
            progress(len(cameras), len(cameras), report)
    finally:
        disks.close()
    return report


def _is_camera(name: str) -> bool:
    return not name.startswith((".", "lost+found"))


def _camera(catalogue: Catalogue, database: sqlite3.Connection, disks: Disks, camera_id: str, report: Report) -> None:
    folders = [disk.root / camera_id for disk in disks if not disk.is_failed]
    known = {one.path: one for one in catalogue.rows(database, "camera_id = ?", camera_id)}
    segments: list[Segment] = []
    notes: list[tuple[Segment, tuple[bytes, ...]]] = []
    present: set[Path] = set()
    for path in sorted(path for folder in folders for path in folder.glob("*/*.mp4")):
        present.add(path)
        if path in known and known[path].is_open:
            report.growing += 1
            continue
        try:
            found = scan(path)
            written_s = path.stat().st_mtime
        except (OSError, BrokenFileError):
            report.damaged.append(path)
            continue
        if not found.fragments or (found.sums is None and time.time() - written_s < GROWING_S):
            report.growing += 1
            continue
        # What is cut is mended by the worker when it next starts: it alone may shorten a file.
        start_ms, end_ms = found.fragments[0].start_ms, found.fragments[-1].end_ms
        segment = Segment(camera_id, path, start_ms, end_ms, found.good_bytes, is_open=found.is_cut)
        segments.append(segment)
        notes.append((segment, found.notes))
    gone = [one for path, one in known.items() if path not in present and not one.is_open]
    with _transaction(database):
        for segment in segments:
            before = known.get(segment.path)
            if before is None or before.size_bytes != segment.size_bytes or before.start_ms != segment.start_ms:
                catalogue.put(database, segment)
        for segment in gone:
            if not catalogue.is_away(segment.path):
                catalogue.drop(database, segment.path)
        for segment, bodies in notes:
            adopt_notes(database, segment, bodies)
            report.events += len(bodies)
        for folder in folders:
            _journal(database, camera_id, folder, report)
        _holes(database, camera_id, segments, report)
    report.files += len(segments)
    report.size_bytes += sum(one.size_bytes for one in segments)


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection):  # type: ignore[no-untyped-def]
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _journal(database: sqlite3.Connection, camera_id: str, folder: Path, report: Report) -> None:
    """What is in the catalogue already stays: it may be newer than the journal of a disk that was away."""
    keeping: Keeping | None = None
    holds: dict[int, list[object]] = {}
    for fact in journal.read(folder):
        try:
            if "gap" in fact:
                start_ms, end_ms, reason = fact["gap"]
                query = "INSERT OR IGNORE INTO gap (camera_id, start_ms, reason, end_ms) VALUES (?, ?, ?, ?)"
                row = (camera_id, int(start_ms), rows.reason_of(reason).value, int(end_ms))
                report.gaps += database.execute(query, row).rowcount
            elif "keeping" in fact:
                days, purge_ms, request, name = fact["keeping"]
                keeping = Keeping(int(days), int(purge_ms), bool(request), str(name))
            elif "hold" in fact:
                hold_id, from_ms, to_ms, why = fact["hold"]
                holds[int(hold_id)] = [int(from_ms), int(to_ms), str(why)]
            elif "release" in fact:
                holds.pop(int(fact["release"]), None)
        except (TypeError, ValueError):
            continue
    query = "INSERT OR IGNORE INTO hold (id, camera_id, from_ms, to_ms, why) VALUES (?, ?, ?, ?, ?)"
    for hold_id, values in holds.items():
        report.holds += database.execute(query, (hold_id, camera_id, *values)).rowcount
    known = database.execute("SELECT 1 FROM camera WHERE camera_id = ?", (camera_id,)).fetchone()
    if keeping is not None and known is None:
        rows.put_keeping(database, camera_id, keeping)


def _holes(database: sqlite3.Connection, camera_id: str, segments: list[Segment], report: Report) -> None:
    """Stretches between files that nothing explains are told as such."""
    ordered = sorted(segments, key=lambda one: one.start_ms)
    for before, after in itertools.pairwise(ordered):
        if after.start_ms - before.end_ms <= HOLE_MS:
            continue
        explained = database.execute(
            "SELECT 1 FROM gap WHERE camera_id = ? AND start_ms < ? AND (end_ms IS NULL OR end_ms > ?)",
            (camera_id, after.start_ms, before.end_ms),
        ).fetchone()
        if explained is None:
            rows.put_gap(database, camera_id, before.end_ms, after.start_ms, Reason.UNEXPLAINED)
            report.gaps += 1
