"""What goes on beside recording: adopting files, deleting by age and for room, looking after the catalogue."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from prahari.contracts.events import now_ms
from prahari.contracts.recording import StorageState
from prahari.engines.media.recording import keepings as rows
from prahari.engines.media.recording import retention
from prahari.engines.media.recording.recovery import (
    camera_folders,
    mend_open_segments,
    reconcile_camera,
    reconcile_newest,
)
from prahari.engines.media.storage.disk import Disk
from prahari.engines.media.storage.verify import Verifier

if TYPE_CHECKING:
    from prahari.engines.media.recording.store import RecordingStore

PASS_PERIOD_S = 10.0
COUNT_EVERY_S = 10.0
MOST_AT_ONCE_BYTES = 2_000_000_000
"""Other workers of the machine make room on the same disk: it is looked at again before more goes."""
# Deleted beyond what is needed, so that not every new file makes room for itself.
MARGIN_PARTS = 100

logger = logging.getLogger(__name__)


class Housekeeping:
    """One task a store. `quota_bytes`: what all recordings of the worker may take; 0: all but the disks' reserves."""

    def __init__(self, store: RecordingStore, quota_bytes: int) -> None:
        self._store = store
        self._quota_bytes = quota_bytes
        self._hurry = asyncio.Event()
        self._to_look_at: set[Disk] = set()
        self.reconciled = asyncio.Event()
        self.verifier = Verifier(store)
        self.state = StorageState()

    def hurry(self) -> None:
        """Make room now, not at the next pass."""
        self._hurry.set()

    def look_at(self, disk: Disk) -> None:
        """The disk is back: what lies on it may not be what the catalogue says."""
        self._to_look_at.add(disk)
        self._hurry.set()

    async def run(self) -> None:
        """For ever, until cancelled."""
        for disk in self._store.disks:
            await self._reconcile(disk)
        self.reconciled.set()
        while True:
            try:
                await self.clear()
            except (OSError, sqlite3.Error) as error:
                logger.error("old recordings could not be cleared: %s", error)
            try:
                async with asyncio.timeout(PASS_PERIOD_S):
                    await self._hurry.wait()
                self._hurry.clear()
                await asyncio.sleep(0.5)  # many cameras run into a full disk together: one pass for all
            except TimeoutError:
                pass

    async def _reconcile(self, disk: Disk) -> None:
        """Compare a disk with the catalogue, camera by camera. Of a camera that is another worker's now only the newest
        files: workers of one machine have the same disks, and each would read what all others wrote."""
        catalogue, store = self._store.catalogue, self._store
        if disk.is_failed:
            return
        try:
            await catalogue.run(lambda database: mend_open_segments(catalogue, database))
            for folder in await asyncio.to_thread(camera_folders, disk.root):

                def reconcile(database: sqlite3.Connection, folder: Path = folder) -> int:
                    look = reconcile_camera if store.owns(folder.name) else reconcile_newest
                    return look(catalogue, database, folder, store.is_ours)

                adopted = await catalogue.run(reconcile)
                if adopted:
                    logger.info("camera %s: %d recorded files were not in the catalogue", folder.name, adopted)
        except (OSError, sqlite3.Error) as error:
            logger.error("recordings at %s could not be compared with the catalogue: %s", disk.root, error)

    async def clear(self) -> None:
        """One pass: what is too old, what is to be purged, what must make room."""
        store, catalogue = self._store, self._store.catalogue
        if await catalogue.reopen_if_gone():
            self._fill_anew()
        while self._to_look_at:
            await self._reconcile(self._to_look_at.pop())
        at_ms = now_ms()
        old_files = 0
        while (old := await catalogue.run(lambda database: retention.delete_old(catalogue, database, at_ms))).files:
            old_files += old.files
        await self._purge_broken()
        room = 0
        for disk in store.disks:
            if not disk.is_failed:
                await store.disks.look(disk)
                room += await self._clear_disk(disk)
        if self._quota_bytes:
            growing = sum(segment.size_bytes for segment in catalogue.growing.values())
            total = await catalogue.run(retention.recorded_bytes) + growing
            room += (await self._make_room(None, total - self._quota_bytes)).files
        if old_files or room:
            logger.info("deleted recordings: %d by age or purge, %d for room", old_files, room)
        self.state = await catalogue.run(self._count)

    async def _clear_disk(self, disk: Disk) -> int:
        """Delete until the disk has its reserve again, but no more than what was short at first: some file systems tell
        late what is free. Returns how many files went."""
        files, left_bytes = 0, disk.reserve_bytes - disk.free_bytes
        while (short_bytes := min(left_bytes, disk.reserve_bytes - disk.free_bytes)) > 0:
            gone = await self._make_room(disk, min(short_bytes, MOST_AT_ONCE_BYTES))
            if not gone.files:
                break
            files, left_bytes = files + gone.files, left_bytes - gone.size_bytes
        return files

    async def _make_room(self, disk: Disk | None, short_bytes: int) -> retention.Deleted:
        """Delete so much on `disk` (None: on all of them)."""
        if short_bytes <= 0:
            return retention.Deleted()
        catalogue = self._store.catalogue
        wanted = short_bytes + short_bytes // MARGIN_PARTS
        shares = retention.Shares(self._store.settings.class_share_pct, self._capacity_bytes())
        room = await catalogue.run(
            lambda database: retention.make_room(catalogue, database, wanted, disk.disk_id if disk else "", shares)
        )
        if disk is not None:
            await self._store.disks.look(disk)
        if room.is_short:
            where = f"the disk {disk.root}" if disk is not None else "the quota"
            logger.error("%s is short of %d bytes and no recording may be deleted for it", where, short_bytes)
        return room

    def _capacity_bytes(self) -> int:
        """What this worker's recordings may take in all: shares of the classes are parts of it."""
        if self._quota_bytes:
            return self._quota_bytes
        free = sum(disk.free_bytes - disk.reserve_bytes for disk in self._store.disks if not disk.is_failed)
        return max(1, self.state.recorded_bytes + free)

    def _count(self, database: sqlite3.Connection) -> StorageState:
        files, total, damaged, unchecked, oldest_ms, check_ms = database.execute(
            "SELECT count(*), coalesce(sum(size_bytes), 0), coalesce(sum(is_damaged), 0),"
            " coalesce(sum(checked_ms = 0), 0), min(start_ms), min(nullif(checked_ms, 0))"
            " FROM segment WHERE NOT is_open"
        ).fetchone()
        return StorageState(
            recorded_bytes=total,
            class_bytes=retention.bytes_of_classes(database),
            class_share_pct=dict(self._store.settings.class_share_pct),
            oldest_ms=oldest_ms,
            files=files,
            damaged_files=damaged,
            unchecked_files=unchecked,
            oldest_check_ms=check_ms,
        )

    def _fill_anew(self) -> None:
        """The catalogue's file was taken away or exchanged: what only this process knows goes into it again."""
        store = self._store
        keepings, growing = dict(store.keepings), list(store.catalogue.growing.values())

        def fill(database: sqlite3.Connection) -> None:
            for camera_id, keeping in keepings.items():
                rows.put_keeping(database, camera_id, keeping)
            for segment in growing:
                store.catalogue.put(database, segment)

        store.catalogue.write(fill)
        self._to_look_at.update(store.disks)

    async def _purge_broken(self) -> None:
        for camera_id, keeping in list(self._store.keepings.items()):
            if not keeping.purge_before_ms:
                continue
            for disk in self._store.disks:

                def purge(
                    database: sqlite3.Connection,
                    root: Path = disk.root,
                    camera_id: str = camera_id,
                    before_ms: int = keeping.purge_before_ms,
                ) -> int:
                    return retention.purge_broken(root, database, camera_id, before_ms)

                deleted = 0 if disk.is_failed else await self._store.catalogue.run(purge)
                if deleted:
                    logger.info("camera %s: %d broken files purged", camera_id, deleted)
