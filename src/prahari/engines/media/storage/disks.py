"""All recording disks of a worker: where files go and are found, what happens when one fails and comes back."""

from __future__ import annotations

import asyncio
import errno
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.engines.media.storage.disk import (
    FAILED,
    FIRST_RETRY_S,
    FULL,
    FULL_S,
    LONGEST_RETRY_S,
    OK,
    Disk,
    DiskError,
    Seen,
    check,
)
from prahari.engines.media.storage.spread import place

LOOK_S = 2.0
ANSWER_WITHIN_S = 8.0
_AWAY = Path("/dev/null")

log = logging.getLogger(__name__)


class Disks:
    """`on_change(disk)` is called in the event loop when a disk fails, fills or comes back."""

    def __init__(self, disks: Sequence[tuple[Path, int]], on_change: Callable[[Disk], None]) -> None:
        self._disks = [Disk(root, reserve_bytes) for root, reserve_bytes in disks]
        self._on_change = on_change
        # A disk that hangs must not keep the others from being looked at.
        self._threads = {disk: ThreadPoolExecutor(1, thread_name_prefix="disk") for disk in self._disks}
        self._looking: dict[Disk, asyncio.Future[Seen]] = {}

    def __iter__(self) -> Iterator[Disk]:
        return iter(self._disks)

    def __len__(self) -> int:
        return len(self._disks)

    def open(self, mounts: dict[str, str]) -> None:
        """Look at each disk once, blocking. `mounts`: root -> where it was mounted when it was last used."""
        for disk in self._disks:
            disk.mount = mounts.get(str(disk.root), "")
            try:
                self._take(disk, check(disk.root, disk.mount, write=False))
            except DiskError as error:
                self._fail(disk, error.reason, error.detail)

    def close(self) -> None:
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)

    # where files go and are found

    def choose(self, camera_id: str, slot: int) -> Disk | None:
        """The disk for a camera's file of this slot (time in lengths of a file); None: none takes any."""
        fit = [disk for disk in self._disks if disk.takes_files]
        if not fit:
            return None
        return fit[place(camera_id, slot, [disk.room_bytes for disk in fit])]

    def key_of(self, path: Path) -> str:
        """A file as the catalogue names it: number of its disk / camera / day / file."""
        for disk in self._disks:
            if path.is_relative_to(disk.root):
                return f"{disk.disk_id}/{path.relative_to(disk.root)}"
        raise ValueError(f"{path} lies on no recording disk")

    def path_of(self, key: str) -> Path:
        """Where a file lies now; below a path that does not exist when its disk is not here."""
        disk_id, _, rest = key.partition("/")
        disk = self.by_id(disk_id)
        return disk.root / rest if disk is not None else _AWAY / disk_id / rest

    def is_away(self, key: str) -> bool:
        """Whether a file cannot be read now because its disk failed or is not here."""
        disk = self.by_id(key.partition("/")[0])
        return disk is None or disk.is_failed

    def by_id(self, disk_id: str) -> Disk | None:
        return next((disk for disk in self._disks if disk.disk_id == disk_id), None)

    @property
    def free_bytes(self) -> int:
        return sum(disk.free_bytes for disk in self._disks if not disk.is_failed)

    # what happens to them

    def refused(self, disk: Disk, reason: Reason, error: OSError | None) -> None:
        """A write failed. A full disk rests a while, any other fault puts it out of use until it takes a file again."""
        if disk.is_failed:
            return
        if reason is Reason.DISK_FULL:
            disk.full_until_s = time.monotonic() + FULL_S if len(self._disks) > 1 else 0.0
            if disk.state == OK:
                self._become(disk, FULL, Reason.DISK_FULL, "The disk has no room left.")
        elif reason is Reason.DISK_SLOW:
            disk.full_until_s = time.monotonic() + FULL_S if len(self._disks) > 1 else 0.0
        else:
            detail = (error.strerror if error is not None else "") or "A write failed."
            gone = error is not None and error.errno in {errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ESTALE}
            self._fail(disk, Reason.DISK_GONE if gone else Reason.DISK_ERROR, detail)

    async def watch(self) -> None:
        """Look at every disk again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            await asyncio.gather(*(self.look(disk) for disk in self._disks))

    async def look(self, disk: Disk) -> None:
        """Look at one disk. One that failed must take a file before it is used again."""
        if disk.is_failed and time.monotonic() < disk.retry_s:
            return
        task = self._looking.get(disk)
        if task is None:
            loop = asyncio.get_running_loop()
            write = disk.is_failed

            def looked() -> Seen:
                return check(disk.root, disk.mount, write=write)

            task = self._looking[disk] = loop.run_in_executor(self._threads[disk], looked)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                seen = await asyncio.shield(task)
        except TimeoutError:  # the same look is waited for again next time: never two into one hanging disk
            self._fail(disk, Reason.DISK_SLOW, f"The disk did not answer within {ANSWER_WITHIN_S:.0f} s.")
            return
        except DiskError as error:
            self._looking.pop(disk, None)
            self._fail(disk, error.reason, error.detail)
            return
        self._looking.pop(disk, None)
        self._take(disk, seen)

    def _take(self, disk: Disk, seen: Seen) -> None:
        if disk.disk_id and seen.disk_id != disk.disk_id:
            log.warning("another disk lies at %s now: %s", disk.root, seen.disk_id)
        disk.disk_id, disk.mount, disk.device = seen.disk_id, seen.mount, seen.device
        disk.free_bytes, disk.total_bytes = seen.free_bytes, seen.total_bytes
        if disk.state == FAILED or (disk.state == FULL and time.monotonic() >= disk.full_until_s):
            if disk.state == FAILED:
                log.warning("the recording disk %s is back", disk.root)
            self._become(disk, OK, Reason.NONE, "")

    def _fail(self, disk: Disk, reason: Reason, detail: str) -> None:
        now_s = time.monotonic()
        # One that comes and goes is tried ever more seldom; one that was well for long is tried soon.
        was_well_s = (now_ms() - disk.since_ms) / 1000 if disk.state != FAILED else 0.0
        disk.pause_s = FIRST_RETRY_S if was_well_s > LONGEST_RETRY_S else min(disk.pause_s * 1.3, LONGEST_RETRY_S)
        disk.retry_s = now_s + disk.pause_s
        if disk.state != FAILED or disk.reason is not reason:
            log.error("the recording disk %s is left: %s", disk.root, detail)
            self._become(disk, FAILED, reason, detail)

    def _become(self, disk: Disk, state: str, reason: Reason, detail: str) -> None:
        disk.state, disk.reason, disk.detail, disk.since_ms = state, reason, detail, now_ms()
        self._on_change(disk)
