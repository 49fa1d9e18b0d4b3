"""The recordings of one media worker: the door through which the worker uses this folder."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from prahari.contracts.media import GapData, Reason
from prahari.engines.media.recording.catalogue import Catalogue, Keeping, keepings, put_keeping
from prahari.engines.media.recording.recorder import Recorder
from prahari.engines.media.recording.recovery import camera_folders, mend_open_segments, reconcile_camera
from prahari.engines.media.recording.retention import Deleted, delete_old, make_room, purge_broken, recorded_bytes
from prahari.engines.media.recording.writer import DiskWriter

__all__ = ["Recorder", "RecordingStore"]

PASS_PERIOD_S = 10.0
# Deleted beyond what is needed, so that not every new file makes room for itself.
MARGIN_PARTS = 100

logger = logging.getLogger(__name__)


class RecordingStore:
    """Writer thread, catalogue, retention and recovery of one worker.

    `quota_bytes` is this worker's share (0: no quota). `owns` says whether a camera is this worker's. `on_gap` is
    called in the loop for every gap that became known, also those found at start.
    """

    writer: DiskWriter

    def __init__(
        self,
        recordings: Path,
        catalogue_path: Path,
        *,
        quota_bytes: int,
        reserve_bytes: int,
        owns: Callable[[str], bool],
        on_gap: Callable[[str, GapData], None],
    ) -> None:
        self.recordings = recordings
        self.catalogue = Catalogue(catalogue_path, recordings)
        self.on_gap = on_gap
        self._quota_bytes = quota_bytes
        self._reserve_bytes = reserve_bytes
        self._owns = owns
        self._recorders: set[Recorder] = set()
        # For the recorders: where each camera's record ends; why and since when it is missing (told or not).
        self.last_end_ms: dict[str, int] = {}
        self.first_missing_ms: dict[str, int] = {}
        self.pending: dict[str, tuple[Reason, int]] = {}
        self._keepings: dict[str, Keeping] = {}
        self._free_bytes = 0
        self._hurry = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self.reconciled = asyncio.Event()

    async def open(self) -> None:
        """Recover (cut files back to their last whole fragment), start thread and retention.

        Files that the catalogue does not know are adopted in the background; `reconciled` is set after that.
        """
        self.recordings.mkdir(parents=True, exist_ok=True)
        await self.catalogue.open()
        await self.catalogue.run(self._recover)
        self.first_missing_ms = dict(self.last_end_ms)
        self._free_bytes = self._measure_free()
        self.writer = DiskWriter()
        self._keeper = asyncio.get_running_loop().create_task(self._keep(), name="recordings")

    def recorder(self, camera_id: str, retention_days: int) -> Recorder:
        """At most one open recorder a camera."""
        recorder = Recorder(self, camera_id, retention_days)
        self._recorders.add(recorder)
        self.keep(camera_id, retention_days)
        return recorder

    def keep(
        self, camera_id: str, retention_days: int, purge_before_ms: int = 0, needs_request: bool | None = None
    ) -> None:
        """How a camera's recordings are to be kept from now on, whether or not anything is being recorded.

        `needs_request` None: not known (no permit stands), what was true stays true. A purge once told stands, and
        reaches no further than to the moment when it was told.
        """
        before = self._keepings.get(camera_id, Keeping(0))
        purge_ms = max(before.purge_before_ms, min(purge_before_ms, time.time_ns() // 1_000_000))
        wanted = Keeping(retention_days, purge_ms, before.needs_request if needs_request is None else needs_request)
        if wanted == before:
            return
        self._keepings[camera_id] = wanted
        self.catalogue.write(lambda database: put_keeping(database, camera_id, wanted))
        if purge_ms > before.purge_before_ms:
            self._hurry.set()

    def needs_request(self, camera_id: str) -> bool:
        """Whether what is recorded of the camera is shown on request only, by the newest permit that was heard of."""
        keeping = self._keepings.get(camera_id)
        return keeping is not None and keeping.needs_request

    @property
    def disk_free_bytes(self) -> int:
        """As of the last look, at most ten seconds ago."""
        return self._free_bytes

    async def close(self) -> None:
        """All recorders must be closed before."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.cancel()
            await asyncio.wait([keeper])
        for recorder in tuple(self._recorders):
            await recorder.close()
        await self.writer.close()
        await self.catalogue.close()

    # for the recorders

    def forget(self, recorder: Recorder) -> None:
        self._recorders.discard(recorder)
        last_ms = self.last_end_ms.get(recorder.camera_id)
        if last_ms is not None:
            self.first_missing_ms[recorder.camera_id] = last_ms

    def disk_in_trouble(self, reason: Reason) -> None:
        """Make room now, not at the next pass."""
        if reason is Reason.DISK_FULL:
            self._hurry.set()

    # inside

    def _recover(self, database: sqlite3.Connection) -> None:
        mend_open_segments(self.catalogue, database)
        self._keepings = keepings(database)
        rows = database.execute("SELECT camera_id, max(end_ms) FROM segment GROUP BY camera_id").fetchall()
        self.last_end_ms = {camera_id: end_ms for camera_id, end_ms in rows if self._owns(camera_id)}
        database.execute(
            "UPDATE gap SET end_ms = (SELECT min(start_ms) FROM segment WHERE segment.camera_id = gap.camera_id"
            " AND segment.start_ms >= gap.start_ms) WHERE end_ms IS NULL"
        )
        gaps = database.execute("SELECT camera_id, start_ms, reason FROM gap WHERE end_ms IS NULL ORDER BY start_ms")
        for camera_id, start_ms, reason in gaps.fetchall():
            if self._owns(camera_id):
                self.pending.setdefault(camera_id, (Reason(reason), start_ms))

    async def _keep(self) -> None:
        try:
            await self._reconcile()
        except (OSError, sqlite3.Error) as error:
            logger.error("recordings could not be compared with the catalogue: %s", error)
        self.reconciled.set()
        while True:
            try:
                await self._pass()
            except (OSError, sqlite3.Error) as error:
                logger.error("old recordings could not be cleared: %s", error)
            try:
                async with asyncio.timeout(PASS_PERIOD_S):
                    await self._hurry.wait()
                self._hurry.clear()
                await asyncio.sleep(0.5)  # many cameras run into a full disk together: one pass for all
            except TimeoutError:
                pass

    async def _reconcile(self) -> None:
        for folder in await asyncio.to_thread(camera_folders, self.recordings, self._owns):

            def reconcile(database: sqlite3.Connection, folder: Path = folder) -> int:
                return reconcile_camera(self.catalogue, database, folder)

            adopted = await self.catalogue.run(reconcile)
            if adopted:
                logger.info("camera %s: %d recorded files were not in the catalogue", folder.name, adopted)

    async def _pass(self) -> None:
        now_ms = time.time_ns() // 1_000_000
        old_files = 0
        while (old := await self.catalogue.run(lambda database: delete_old(self.catalogue, database, now_ms))).files:
            old_files += old.files
        await self._purge_broken()
        self._free_bytes = await asyncio.to_thread(self._measure_free)
        short = max(0, self._reserve_bytes - self._free_bytes)
        if self._quota_bytes:
            growing = sum(segment.size_bytes for segment in self.catalogue.growing.values())
            total = await self.catalogue.run(recorded_bytes) + growing
            short = max(short, total - self._quota_bytes)
        room = Deleted()
        if short > 0:
            wanted = short + short // MARGIN_PARTS
            room = await self.catalogue.run(lambda database: make_room(self.catalogue, database, wanted))
            self._free_bytes = await asyncio.to_thread(self._measure_free)
            if room.is_short:
                logger.error("the disk is short of %d bytes and no recording may be deleted for it", short)
        if old_files or room.files:
            logger.info("deleted recordings: %d by age or purge, %d for room", old_files, room.files)

    async def _purge_broken(self) -> None:
        for camera_id, keeping in list(self._keepings.items()):
            if not keeping.purge_before_ms or not self._owns(camera_id):
                continue

            def purge(
                database: sqlite3.Connection, camera_id: str = camera_id, before_ms: int = keeping.purge_before_ms
            ) -> int:
                return purge_broken(self.recordings, database, camera_id, before_ms)

            deleted = await self.catalogue.run(purge)
            if deleted:
                logger.info("camera %s: %d broken files purged", camera_id, deleted)

    def _measure_free(self) -> int:
        numbers = os.statvfs(self.recordings)
        return numbers.f_bavail * numbers.f_frsize
