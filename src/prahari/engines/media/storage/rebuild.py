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

import msgspec

from prahari.contracts.cluster import WORKERS_PER_NODE
from prahari.contracts.config import Config
from prahari.contracts.media import Reason
from prahari.core.placement import worker_of
from prahari.engines.media.mp4.reader import BrokenFileError, scan
from prahari.engines.media.recording import keepings as rows
from prahari.engines.media.recording.catalogue import Catalogue, Segment
from prahari.engines.media.recording.keepings import Keeping
from prahari.engines.media.recording.recovery import HOLE_MS, adopt_notes, camera_folders
from prahari.engines.media.recording.schema import connect
from prahari.engines.media.storage import journal
from prahari.engines.media.storage.disks import Disks

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
        cameras = sorted({folder.name for disk in disks if not disk.is_failed for folder in camera_folders(disk.root)})
        with contextlib.ExitStack() as stack:
            catalogues = [_Worker(config, here, disks, stack) for here in range(config.media_workers)]
            for done, camera_id in enumerate(cameras):
                progress(done, len(cameras), report)
                _camera(config, catalogues, disks, camera_id, report)
                report.cameras += 1
            progress(len(cameras), len(cameras), report)
    finally:
        disks.close()
    return report


class _Worker:
    """One worker's catalogue, open."""

    def __init__(self, config: Config, here: int, disks: Disks, stack: contextlib.ExitStack) -> None:
        self.number = config.node_number * WORKERS_PER_NODE + here
        path = config.home / f"media-{self.number}" / "catalogue.sqlite3"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.database = stack.enter_context(contextlib.closing(connect(path)))
        self.catalogue = Catalogue(path, disks)
        self.catalogue.name_disks(self.database)

    def known(self, camera_id: str) -> dict[Path, Segment]:
        return {one.path: one for one in self.catalogue.rows(self.database, "camera_id = ?", camera_id)}


@dataclass(frozen=True)
class _File:
    """`revision`: of the placement under which it was recorded; 0: on one machine."""

    segment: Segment
    notes: tuple[bytes, ...]
    revision: int


def _camera(config: Config, workers: list[_Worker], disks: Disks, camera_id: str, report: Report) -> None:
    """Each file belongs to the worker whose fence it has: cameras move between workers and machines, what was recorded
    stays. A file without one, or of a worker that this machine has not, is its whose share the camera is."""
    share = workers[worker_of(camera_id, len(workers))]
    by_number = {worker.number: worker for worker in workers}
    growing = {path for worker in workers for path, one in worker.known(camera_id).items() if one.is_open}
    files: dict[int, list[_File]] = {worker.number: [] for worker in workers}
    present: dict[Path, int] = {}
    folders = [disk.root / camera_id for disk in disks if not disk.is_failed]
    for path in sorted(path for folder in folders for path in folder.glob("*/*.mp4")):
        present[path] = -1
        if path in growing:
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
        wrote, _, revision = msgspec.json.decode(found.owner) if found.owner else (share.number, 0, 0)
        number = present[path] = by_number.get(wrote, share).number
        # What is cut is mended by the worker when it next starts: it alone may shorten a file.
        start_ms, end_ms = found.fragments[0].start_ms, found.fragments[-1].end_ms
        segment = Segment(camera_id, path, start_ms, end_ms, found.good_bytes, is_open=found.is_cut)
        files[number].append(_File(segment, found.notes, revision))
    for worker in workers:
        if files[worker.number] or worker is share or worker.known(camera_id):
            with _transaction(worker.database):
                _fill(worker, camera_id, files[worker.number], present, report)
                for folder in folders:
                    _journal(worker.database, camera_id, folder, report)
                _holes(worker.database, camera_id, files[worker.number], report)


def _fill(worker: _Worker, camera_id: str, files: list[_File], present: dict[Path, int], report: Report) -> None:
    """`present`: whose each file on the disks is; -1: left alone."""
    known, catalogue, database = worker.known(camera_id), worker.catalogue, worker.database
    for file in files:
        before = known.get(file.segment.path)
        if before is None or before.size_bytes != file.segment.size_bytes or before.start_ms != file.segment.start_ms:
            catalogue.put(database, file.segment)
        adopt_notes(database, file.segment, file.notes)
        report.events += len(file.notes)
    for path, segment in known.items():
        is_gone = path not in present and not segment.is_open and not catalogue.is_away(path)
        if is_gone or present.get(path, -1) not in {-1, worker.number}:
            catalogue.drop(database, path)
    report.files += len(files)
    report.size_bytes += sum(file.segment.size_bytes for file in files)


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


def _holes(database: sqlite3.Connection, camera_id: str, files: list[_File], report: Report) -> None:
    """Stretches between files that nothing explains are told as such. Between two placements another worker had it."""
    ordered = sorted(files, key=lambda one: one.segment.start_ms)
    for one, other in itertools.pairwise(ordered):
        before, after = one.segment, other.segment
        if after.start_ms - before.end_ms <= HOLE_MS or one.revision != other.revision:
            continue
        explained = database.execute(
            "SELECT 1 FROM gap WHERE camera_id = ? AND start_ms < ? AND (end_ms IS NULL OR end_ms > ?)",
            (camera_id, after.start_ms, before.end_ms),
        ).fetchone()
        if explained is None:
            rows.put_gap(database, camera_id, before.end_ms, after.start_ms, Reason.UNEXPLAINED)
            report.gaps += 1
