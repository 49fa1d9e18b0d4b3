"""Bit rot: every finished file is read again and again, the one that was not read for longest first, slowly.

A file without a seal (from before there were any, or written by a process that was killed) is sealed when it is first
read. What does not match its seal is marked, told, and not served any more without saying so.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.contracts.recording import StorageEventData
from prahari.engines.media.mp4.reader import BrokenFileError, Scan, scan
from prahari.engines.media.mp4.seal import crc32c, seal_box
from prahari.engines.media.storage.disk import DiskError

if TYPE_CHECKING:
    from prahari.engines.media.recording.catalogue import Segment
    from prahari.engines.media.recording.store import RecordingStore

IDLE_S = 5.0
REST_MS = 3_600_000
"""A file is first read this long after its end: what lies in the page cache proves nothing of the disk."""
AGAIN_MS = 7 * 86_400_000
"""A file that was found whole is not read again sooner."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`damaged`: stretches whose bytes are not what was written. `sealed`: it had no seal and has one now.

    `size_bytes`: of the file now. `is_missing`: there is no such file.
    """

    damaged: list[tuple[int, int]]
    sealed: bool = False
    is_missing: bool = False
    size_bytes: int = 0


def verify(path: Path, start_ms: int, end_ms: int, read: Callable[[int], None] = lambda size: None) -> Verdict:
    """Read a finished file whole. `read(bytes)` is called as it goes on, and may sleep. Blocking.

    Raises DiskError when the file cannot be read at all; what cannot be read of it counts as damaged.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return Verdict([(start_ms, end_ms)], is_missing=True)
    except OSError as error:
        raise DiskError(Reason.DISK_ERROR, error.strerror or "") from error
    try:
        size = os.fstat(descriptor).st_size
        try:
            found = scan(path)
        except (BrokenFileError, OSError):
            return Verdict([(start_ms, end_ms)], size_bytes=size)
        if found.sums is None:
            if found.is_cut:
                return Verdict([(found.fragments[-1].end_ms if found.fragments else start_ms, end_ms)], size_bytes=size)
            return _seal(path, descriptor, found, read)
        return Verdict(_compare(descriptor, found, (start_ms, end_ms), read), size_bytes=size)
    finally:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)  # live recordings need the cache more
        os.close(descriptor)


def appends(found: Scan) -> list[tuple[int, int, int]]:
    """(offset, bytes, CRC-32C) of each append by the seal."""
    rows, at = [], 0
    for size, crc in found.sums or ():
        rows.append((at, size, crc))
        at += size
    return rows


def _compare(
    descriptor: int, found: Scan, whole_ms: tuple[int, int], read: Callable[[int], None]
) -> list[tuple[int, int]]:
    damaged: list[tuple[int, int]] = []
    for at, size, crc in appends(found):
        try:
            is_whole = crc32c(os.pread(descriptor, size, at)) == crc
        except OSError:
            is_whole = False
        read(size)
        if is_whole:
            continue
        # From the end of what comes before to the begin of what comes after: its own times may be what is damaged.
        start_ms = max((one.end_ms for one in found.fragments if one.offset < at), default=whole_ms[0])
        stop_ms = min((one.start_ms for one in found.fragments if one.offset >= at + size), default=whole_ms[1])
        if damaged and start_ms <= damaged[-1][1]:
            damaged[-1] = (damaged[-1][0], max(stop_ms, damaged[-1][1]))
        else:
            damaged.append((start_ms, max(stop_ms, start_ms + 1)))
    return damaged


def _seal(path: Path, descriptor: int, found: Scan, read: Callable[[int], None]) -> Verdict:
    sums: list[tuple[int, int]] = []
    at = 0
    ends = [one.offset + one.size for one in found.fragments]
    for end in [*ends, *([found.good_bytes] if not ends or found.good_bytes > ends[-1] else [])]:
        data = os.pread(descriptor, end - at, at)
        sums.append((len(data), crc32c(data)))
        read(len(data))
        at = end
    box = seal_box(sums)
    try:
        writing = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            if os.write(writing, box) < len(box):
                os.ftruncate(writing, found.good_bytes)
                return Verdict([], size_bytes=found.good_bytes)
            os.fdatasync(writing)
        finally:
            os.close(writing)
    except OSError as error:  # no room, read-only: next time
        log.warning("%s could not be sealed: %s", path, error.strerror)
        return Verdict([], size_bytes=found.good_bytes)
    return Verdict([], sealed=True, size_bytes=found.good_bytes + len(box))


class Verifier:
    """The patient reader of one worker."""

    def __init__(self, store: RecordingStore) -> None:
        self._store = store

    async def run(self) -> None:
        """For ever, until cancelled."""
        await self._store.reconciled.wait()
        while True:
            rate = self._store.settings.verify_mb_s
            segment = None
            if rate > 0:
                try:
                    segment = await self.next(now_ms())
                    if segment is not None:
                        await self.check(segment, rate * 1e6)
                except (sqlite3.Error, OSError) as error:
                    log.error("a recording could not be checked: %s", error)
                    segment = None
            if segment is None:
                await asyncio.sleep(IDLE_S)

    async def next(self, at_ms: int) -> Segment | None:
        """The finished file that was not read for longest, if it is time."""
        catalogue = self._store.catalogue
        where = (
            "NOT is_open AND checked_ms < ? AND end_ms < ? AND NOT is_damaged ORDER BY checked_ms, start_ms LIMIT 50"
        )
        found = await catalogue.run(lambda database: catalogue.rows(database, where, at_ms - AGAIN_MS, at_ms - REST_MS))
        return next((one for one in found if not catalogue.is_away(one.path)), None)

    async def check(self, segment: Segment, bytes_s: float = 0.0) -> Verdict:
        """Read one file, at `bytes_s` at most (0: as fast as it goes), and keep what was found."""
        begun, done = time.monotonic(), 0

        def read(size: int) -> None:
            nonlocal done
            done += size
            if bytes_s > 0:
                time.sleep(max(0.0, min(5.0, begun + done / bytes_s - time.monotonic())))

        verdict = await asyncio.to_thread(verify, segment.path, segment.start_ms, segment.end_ms, read)
        await self.found(segment, verdict.damaged, verdict)
        return verdict

    async def found(self, segment: Segment, damaged: list[tuple[int, int]], verdict: Verdict | None = None) -> None:
        """Keep and tell what is known of a file by now. Damage once found stays: a disk may read well now and then."""
        catalogue, at_ms = self._store.catalogue, now_ms()
        key = catalogue.disks.key_of(segment.path)
        known: list[int] = []

        def keep(database: sqlite3.Connection) -> None:
            if database.execute("SELECT 1 FROM segment WHERE path = ?", (key,)).fetchone() is None:
                return  # retention was quicker
            known.extend(row[0] for row in database.execute("SELECT start_ms FROM damage WHERE path = ?", (key,)))
            if verdict is not None:
                database.execute("UPDATE segment SET checked_ms = ? WHERE path = ?", (at_ms, key))
                if verdict.sealed:
                    database.execute("UPDATE segment SET size_bytes = ? WHERE path = ?", (verdict.size_bytes, key))
            if damaged:
                database.execute("UPDATE segment SET is_damaged = 1 WHERE path = ?", (key,))
                database.executemany(
                    "INSERT OR REPLACE INTO damage (path, start_ms, end_ms, found_ms) VALUES (?, ?, ?, ?)",
                    [(key, start_ms, end_ms, at_ms) for start_ms, end_ms in damaged],
                )

        await catalogue.run(keep)
        for start_ms, end_ms in damaged:
            if start_ms not in known:
                self._tell(segment, start_ms, end_ms, verdict is not None and verdict.is_missing)

    def _tell(self, segment: Segment, start_ms: int, end_ms: int, is_missing: bool) -> None:
        disk_id, _, rest = self._store.disks.key_of(segment.path).partition("/")
        what = "is gone" if is_missing else "is not what was written"
        log.error("recording %s: %.1f s of it %s", segment.path, (end_ms - start_ms) / 1000, what)
        data = StorageEventData(
            disk_id,
            "damaged",
            Reason.DAMAGED,
            f"The file {what}.",
            segment.size_bytes,
            path=rest,
            start_ms=start_ms,
            end_ms=end_ms,
        )
        self._store.on_storage(segment.camera_id, data)
