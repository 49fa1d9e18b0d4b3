"""The recordings of one media worker: the door through which the worker uses this folder."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from prahari.contracts import events
from prahari.contracts.media import GapData, Reason
from prahari.contracts.recording import EventMark, StorageEventData, StorageSettings, StorageState
from prahari.engines.media.cameras.ports import Due
from prahari.engines.media.recording import keepings as rows
from prahari.engines.media.recording.catalogue import Catalogue
from prahari.engines.media.recording.housekeeping import Housekeeping
from prahari.engines.media.recording.keepings import Keeping
from prahari.engines.media.recording.recorder import Recorder
from prahari.engines.media.recording.recovery import IsOurs, mend_open_segments, recorded_since, untold_holes
from prahari.engines.media.recording.writer import MAX_QUEUED_BYTES, DiskWriter
from prahari.engines.media.storage.disk import Disk
from prahari.engines.media.storage.disks import Disks
from prahari.engines.media.storage.journal import Journal

__all__ = ["Recorder", "RecordingStore"]

_WEEK_MS = 7 * 86_400_000

logger = logging.getLogger(__name__)


class RecordingStore:
    """Disks with their writer threads, catalogue, retention and recovery of one worker.

    `disks`: (folder, bytes to be left free) of each. `quota_bytes` is this worker's share (0: no quota). `owns` says
    whether a camera is this worker's. Called in the loop: `on_gap` for every gap that became known, also those found at
    start; `on_storage` (camera id or "", data) for what happens to disks and files.
    """

    def __init__(
        self,
        disks: Sequence[tuple[Path, int]],
        catalogue_path: Path,
        *,
        quota_bytes: int,
        owns: Callable[[str], bool],
        on_gap: Callable[[str, GapData], None],
        on_storage: Callable[[str, StorageEventData], None] = lambda camera_id, data: None,
    ) -> None:
        self.disks = Disks(disks, self._disk_changed)
        self.catalogue = Catalogue(catalogue_path, self.disks)
        self.journal = Journal(self.disks)
        self.on_gap = on_gap
        self.on_storage = on_storage
        self.owns = owns
        self.settings = StorageSettings()
        self.writers: dict[Disk, DiskWriter] = {}
        self._recorders: set[Recorder] = set()
        # Where there are several machines (lease/tenure.py): whether this worker may write, and under which fence.
        self.may_write: Callable[[], bool] = lambda: True
        self.fence_of: Callable[[str], tuple[int, int, int]] = lambda camera_id: (0, 0, 0)
        self.is_ours: IsOurs = lambda camera_id, fence: self.owns(camera_id)
        self._ends: dict[str, int] = {}
        self._open_gaps: dict[str, tuple[Reason, int]] = {}
        self._looked: set[str] = set()
        self._looking: set[asyncio.Task[None]] = set()
        # For the recorders: where each camera's record ends; why and since when it is missing (told or not).
        self.last_end_ms: dict[str, int] = {}
        self.first_missing_ms: dict[str, int] = {}
        self.pending: dict[str, tuple[Reason, int]] = {}
        self.keepings: dict[str, Keeping] = {}
        self._events: dict[str, list[EventMark]] = {}
        self._house = Housekeeping(self, quota_bytes)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def reconciled(self) -> asyncio.Event:
        """Set when all files that the catalogue did not know have been looked at."""
        return self._house.reconciled

    async def open(self) -> None:
        """Recover (cut files back to their last whole fragment), start threads and retention.

        Files that the catalogue does not know are adopted in the background; `reconciled` is set after that.
        """
        mounts = await self.catalogue.run(
            lambda database: dict(database.execute("SELECT root, mount FROM disk").fetchall())
        )
        await asyncio.to_thread(self.disks.open, mounts)
        for camera_id, start_ms, end_ms in await self.catalogue.run(self._recover):
            self.put_gap(camera_id, start_ms, end_ms, Reason.ENGINE_RESTART)
            self.on_gap(camera_id, GapData(start_ms, end_ms, Reason.ENGINE_RESTART))
        self.first_missing_ms = dict(self.last_end_ms)
        share = MAX_QUEUED_BYTES // len(self.disks)
        self.writers = {
            disk: DiskWriter(None if len(self.disks) == 1 else share, self._may_write) for disk in self.disks
        }
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self._house.run(), name="recordings"),
            loop.create_task(self._house.verifier.run(), name="bit rot"),
            loop.create_task(self.disks.watch(), name="disks"),
        ]

    def recorder(self, camera_id: str, retention_days: int, due: Due | None = None) -> Recorder:
        """At most one open recorder a camera."""
        recorder = Recorder(self, camera_id, retention_days, due)
        self._recorders.add(recorder)
        self.keep(camera_id, retention_days)
        return recorder

    def keep(
        self,
        camera_id: str,
        retention_days: int,
        purge_before_ms: int = 0,
        needs_request: bool | None = None,
        disk_class: str | None = None,
    ) -> None:
        """How a camera's recordings are to be kept from now on, whether or not anything is being recorded.

        `needs_request` None: not known (no permit stands), what was true stays true; `disk_class` likewise. A purge
        once told stands, and reaches no further than to the moment when it was told.
        """
        before = self.keepings.get(camera_id, Keeping(0))
        purge_ms = max(before.purge_before_ms, min(purge_before_ms, events.now_ms()))
        request = before.needs_request if needs_request is None else needs_request
        wanted = Keeping(retention_days, purge_ms, request, before.disk_class if disk_class is None else disk_class)
        if wanted == before:
            return
        self.keepings[camera_id] = wanted
        self._write_keeping(camera_id, wanted)
        if purge_ms > before.purge_before_ms:
            self._house.hurry()

    def _write_keeping(self, camera_id: str, keeping: Keeping) -> None:
        def write(database: sqlite3.Connection) -> None:
            rows.put_keeping(database, camera_id, keeping)
            self.journal.keeping(camera_id, keeping)

        self.catalogue.write(write)

    def needs_request(self, camera_id: str) -> bool:
        """Whether what is recorded of the camera is shown on request only, by the newest permit that was heard of."""
        keeping = self.keepings.get(camera_id)
        return keeping is not None and keeping.needs_request

    @property
    def disk_free_bytes(self) -> int:
        """On all disks that work, as of the last look."""
        return self.disks.free_bytes

    def state(self) -> StorageState:
        """What the recordings take, as of the last pass; the disks as of now."""
        return msgspec.structs.replace(self._house.state, disks=[disk.told() for disk in self.disks])

    @property
    def house(self) -> Housekeeping:
        return self._house

    async def close(self) -> None:
        """All recorders must be closed before."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        for recorder in tuple(self._recorders):
            await recorder.close()
        if self._looking:
            await asyncio.wait(self._looking)
        for writer in self.writers.values():
            await writer.close()
        await self.catalogue.close()
        self.disks.close()

    # events

    def under_way(self, camera_id: str, now_ms: int) -> list[EventMark]:
        return [mark for mark in self._events.get(camera_id, []) if mark.until_ms > now_ms]

    def between(self, camera_id: str, from_ms: int, to_ms: int) -> Iterable[EventMark]:
        """Events of the last days that touch the stretch."""
        return [mark for mark in self._events.get(camera_id, []) if mark.at_ms < to_ms and mark.until_ms > from_ms]

    async def keep_event(self, camera_id: str, mark: EventMark) -> None:
        """On disk when this returns. Raises sqlite3.Error."""
        await self.catalogue.run(lambda database: rows.put_event(database, camera_id, mark))
        after_ms = mark.at_ms - _WEEK_MS
        kept = self._events.get(camera_id, [])
        kept = [one for one in kept if one.until_ms > after_ms and one.event_id != mark.event_id]
        self._events[camera_id] = [*kept, mark]

    # where there are several machines

    def begin(self, camera_id: str, missing_ms: int, why: Reason) -> None:
        """The camera is this worker's from now on, after it was nobody's or another's; `missing_ms`: since when nothing
        was recorded of it elsewhere, 0 when that is not known."""
        last_ms = self.end_of(camera_id)
        is_open = self.pending.pop(camera_id, None) or self._open_gaps.pop(camera_id, None)
        self.first_missing_ms.pop(camera_id, None)
        if missing_ms and missing_ms >= (last_ms or 0):
            self.pending[camera_id] = (why, missing_ms)
        elif is_open is not None and is_open[1] >= (last_ms or 0):
            self.pending[camera_id] = is_open
        elif last_ms is not None and last_ms > self._ends.get(camera_id, 0):  # recorded by this process
            self.pending[camera_id] = (Reason.NODE_LOST, last_ms)
        elif last_ms is not None:
            self.first_missing_ms[camera_id] = last_ms

    def end_of(self, camera_id: str) -> int | None:
        """Unix milliseconds: where what was recorded of the camera here ends; None: nothing was."""
        return self.last_end_ms.get(camera_id, self._ends.get(camera_id))

    def keeps(self, camera_id: str) -> bool:
        """Whether recordings of the camera may lie here."""
        return camera_id in self.keepings

    def _may_write(self) -> bool:
        return self.may_write()  # set after the writers were made

    # for the recorders

    def when_known_before(self, camera_id: str, start_ms: int, tell: Callable[[int], None]) -> None:
        """`tell(ms)`: what is missing before that moment. For `start_ms`, once it is known where the record ended: the
        file that was begun just before the process was killed may be in no catalogue."""
        if camera_id in self._looked:
            tell(start_ms)
            return
        self._looked.add(camera_id)
        task = asyncio.get_running_loop().create_task(self._look_back(camera_id, start_ms, tell))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look_back(self, camera_id: str, start_ms: int, tell: Callable[[int], None]) -> None:
        known_ms = self._ends.get(camera_id, 0)
        try:
            found = await self.catalogue.run(
                lambda database: recorded_since(self.catalogue, database, camera_id, known_ms, start_ms, self.is_ours)
            )
        except (OSError, sqlite3.Error) as error:
            logger.error("camera %s: what was recorded last cannot be looked at: %s", camera_id, error)
            found = None
        if found is not None:
            tell(found[0])
            self.first_missing_ms[camera_id] = found[1]
        tell(start_ms)

    def writer_of(self, disk: Disk) -> DiskWriter:
        return self.writers[disk]

    @property
    def writer(self) -> DiskWriter:
        """Of the first disk."""
        return self.writers[next(iter(self.disks))]

    def has_disk_beside(self, refusing: Disk | None) -> bool:
        return any(disk.takes_files and disk is not refusing for disk in self.disks)

    @property
    def why_no_disk(self) -> Reason:
        return next((disk.reason for disk in self.disks if disk.reason is not Reason.NONE), Reason.DISK_FULL)

    def forget(self, recorder: Recorder) -> None:
        self._recorders.discard(recorder)
        last_ms = self.last_end_ms.get(recorder.camera_id)
        if last_ms is not None:
            self.first_missing_ms[recorder.camera_id] = last_ms

    def disk_in_trouble(self, reason: Reason) -> None:
        """Make room now, not at the next pass."""
        if reason is Reason.DISK_FULL:
            self._house.hurry()

    def put_gap(self, camera_id: str, start_ms: int, end_ms: int | None, reason: Reason) -> None:
        def write(database: sqlite3.Connection) -> None:
            rows.put_gap(database, camera_id, start_ms, end_ms, reason)
            if end_ms is not None:
                self.journal.gap(camera_id, start_ms, end_ms, reason)

        self.catalogue.write(write)

    def forget_gap(self, camera_id: str, start_ms: int, reason: Reason) -> None:
        query = "DELETE FROM gap WHERE camera_id = ? AND start_ms = ? AND reason = ?"
        self.catalogue.write(lambda database: database.execute(query, (camera_id, start_ms, reason.value)))

    def end_gaps(self, camera_id: str, at_ms: int) -> None:
        """Those that the end of the process left open ended when something came again."""
        query = "UPDATE gap SET end_ms = ? WHERE camera_id = ? AND end_ms IS NULL AND start_ms < ?"
        self.catalogue.write(lambda database: database.execute(query, (at_ms, camera_id, at_ms)))

    # inside

    def _recover(self, database: sqlite3.Connection) -> list[tuple[str, int, int]]:
        """(camera, start, end) of what is missing and told nowhere."""
        for disk in self.disks:
            if not disk.is_failed:
                values = (str(disk.root), disk.disk_id, disk.mount)
                database.execute("INSERT OR REPLACE INTO disk (root, disk_id, mount) VALUES (?, ?, ?)", values)
        self.catalogue.name_disks(database)
        untold = untold_holes(database, mend_open_segments(self.catalogue, database))
        self.keepings = rows.keepings(database)
        ends = database.execute("SELECT camera_id, max(end_ms) FROM segment GROUP BY camera_id").fetchall()
        self._ends = dict(ends)
        self.last_end_ms = {camera_id: end_ms for camera_id, end_ms in ends if self.owns(camera_id)}
        self._events = rows.events(database, "until_ms > ?", events.now_ms() - _WEEK_MS)
        database.execute(
            "UPDATE gap SET end_ms = (SELECT min(start_ms) FROM segment WHERE segment.camera_id = gap.camera_id"
            " AND segment.start_ms >= gap.start_ms) WHERE end_ms IS NULL"
        )
        gaps = database.execute("SELECT camera_id, start_ms, reason FROM gap WHERE end_ms IS NULL ORDER BY start_ms")
        for camera_id, start_ms, reason in gaps.fetchall():
            known = self.pending if self.owns(camera_id) else self._open_gaps
            known.setdefault(camera_id, (Reason(reason), start_ms))
        return untold

    def _disk_changed(self, disk: Disk) -> None:
        data = StorageEventData(disk.disk_id, disk.state, disk.reason, disk.detail, disk.free_bytes)
        self.on_storage("", msgspec.structs.replace(data, path=str(disk.root)))
        if not disk.is_failed:
            self._house.look_at(disk)
