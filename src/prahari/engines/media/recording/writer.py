"""The thread that writes: a slow or full disk never stops the event loop.

One append is one whole fragment (a group of pictures). When an append fails half-way the file is cut back to where it
was, so a file always ends with a whole fragment, whatever happens, except after a kill or a power cut in the middle of
one: recovery.py cuts that.

A finished file ends with a seal (mp4/seal.py): the checksum of every append, made here while its bytes are at hand.

What is on disk when: an append survives the end of the process at once. Against a power cut a file is flushed
(fdatasync) when it is finished; in between the kernel is told every few megabytes to begin writing them (_pass_on).
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from prahari.contracts.media import Reason
from prahari.engines.media.mp4.seal import crc32c, seal_box
from prahari.engines.media.storage.disk import Disk

MAX_QUEUED_BYTES = 192 * 1024 * 1024

PASSED_ON_BYTES = 2 * 1024 * 1024
"""Written to disk in one go, and kept in memory for twice as long at most. A few seconds of a camera."""

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class GrowingFile:
    """A file that is being written. `fd`, `size` and `sums` belong to the writer's thread; `failed`: it takes no more.

    `passed_on`: up to here the kernel was told to write. `ended`: it takes no more because the camera is another's.
    `error`: why it failed; `lost`: what was taken did not reach the disk when the file was flushed.
    """

    path: Path
    disk: Disk
    fd: int = -1
    size: int = 0
    passed_on: int = 0
    failed: bool = False
    ended: bool = False
    error: OSError | None = None
    lost: OSError | None = None
    sums: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Append:
    file: GrowingFile
    pieces: list[bytes]
    size: int
    done: Callable[[Reason, int], None]


@dataclass(frozen=True, slots=True)
class _Finish:
    file: GrowingFile
    done: Callable[[], None]


class DiskWriter:
    """One a disk, so that a hanging one holds up nothing but itself.

    `append` and `finish` are called in the event loop, and their `done` too. `may_write` is asked in the thread before
    each append: a process that was stopped and wakes finds that its cameras are another's, before the loop does.
    """

    def __init__(self, most_queued_bytes: int | None = None, may_write: Callable[[], bool] = lambda: True) -> None:
        self._most_queued_bytes = most_queued_bytes
        self._may_write = may_write
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[list[_Append | _Finish] | None] = SimpleQueue()
        self._batch: list[_Append | _Finish] = []
        self._results: deque[Callable[[], None]] = deque()
        self._wake_lock = threading.Lock()
        self._is_woken = False
        self.queued_bytes = 0
        self._thread = threading.Thread(target=self._work, name="disk-writer", daemon=True)
        self._thread.start()

    def append(self, file: GrowingFile, pieces: list[bytes], done: Callable[[Reason, int], None]) -> bool:
        """Append pieces as one. `done(reason, size)`: NONE and the file's new size, or why it was not written.

        False: the queue is full, the disk is too slow; nothing was taken.
        """
        size = sum(map(len, pieces))
        most = MAX_QUEUED_BYTES if self._most_queued_bytes is None else self._most_queued_bytes
        if self.queued_bytes + size > most:
            return False
        self.queued_bytes += size
        self._put(_Append(file, pieces, size, done))
        return True

    def finish(self, file: GrowingFile, done: Callable[[], None]) -> None:
        """Flush and close after everything appended before."""
        self._put(_Finish(file, done))

    async def close(self, within_s: float = 30.0) -> None:
        """Everything queued is written, unless the disk hangs longer than `within_s`."""
        self._flush()
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join, within_s)
        self._deliver()

    def _put(self, job: _Append | _Finish) -> None:
        # Cameras read in the same turn of the wheel wake the thread once.
        if not self._batch:
            self._loop.call_soon(self._flush)
        self._batch.append(job)

    def _flush(self) -> None:
        if self._batch:
            self._queue.put(self._batch)
            self._batch = []

    # in the thread

    def _work(self) -> None:
        while (batch := self._queue.get()) is not None:
            batch.reverse()
            while batch:  # taken out one by one: what is written is not kept until the last of them is
                job = batch.pop()
                if isinstance(job, _Append):
                    self._append(job)
                else:
                    self._finish(job)
                del job
                self._wake()

    def _wake(self) -> None:
        with self._wake_lock:
            if self._is_woken:
                return
            self._is_woken = True
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to be told
            self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        with self._wake_lock:
            self._is_woken = False
        while self._results:
            self._results.popleft()()

    def _append(self, job: _Append) -> None:
        file, size = job.file, job.size
        if not file.failed and not file.ended:
            file.ended = not self._may_write()
        if not file.failed and not file.ended:
            try:
                _write(file, job.pieces)
            except OSError as error:
                file.failed = True
                file.error = error
                logger.error("%s is not written further: %s", file.path, error.strerror)
                _cut_back(file)
        total, done, reason = file.size, job.done, Reason.NONE
        if file.ended:
            reason = Reason.NODE_LOST
        elif file.failed:
            is_full = file.error is not None and file.error.errno in NO_ROOM
            reason = Reason.DISK_FULL if is_full else Reason.DISK_ERROR

        def tell() -> None:
            self.queued_bytes -= size
            done(reason, total)

        self._results.append(tell)

    def _finish(self, job: _Finish) -> None:
        file = job.file
        if file.fd >= 0:
            try:
                if file.sums and not file.failed and not file.ended and self._may_write():
                    file.size += _write_all(file.fd, seal_box(file.sums))
            except OSError as error:  # no room: it is sealed later, when it is first read again
                logger.error("%s was not sealed: %s", file.path, error.strerror)
                _cut_back(file)
            try:
                os.fdatasync(file.fd)
                os.posix_fadvise(file.fd, 0, 0, os.POSIX_FADV_DONTNEED)
            except OSError as error:
                # Whatever the error: what the kernel had taken has not reached the disk.
                file.lost = error
                logger.error("%s was not flushed: %s", file.path, error.strerror)
            with contextlib.suppress(OSError):
                os.close(file.fd)
            file.fd = -1
        self._results.append(job.done)


def _write(file: GrowingFile, pieces: list[bytes]) -> None:
    data = b"".join(pieces)  # once: summing up and writing hundreds of slices costs more than the copy
    crc = crc32c(data)
    if file.fd < 0:
        root = file.disk.root
        if file.disk.device >= 0 and root.stat().st_dev != file.disk.device:
            raise OSError(errno.ENODEV, f"nothing is mounted at {root} any more")
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.fd = os.open(file.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o640)
    file.size += _write_all(file.fd, data)
    file.sums.append((len(data), crc))
    if file.size - file.passed_on >= PASSED_ON_BYTES:
        _pass_on(file)


def _pass_on(file: GrowingFile) -> None:
    """What has come since the last time is written by the kernel from now on, what came before that is let go.

    Nobody reads most of it soon, and left alone it pushes everything else out of memory: each megabyte then goes to
    pages that have to be taken from others, or, on a virtual machine, fetched from its host. That costs several times
    what writing does.
    """
    begin = max(0, file.passed_on - PASSED_ON_BYTES)
    os.posix_fadvise(file.fd, begin, file.size - begin, os.POSIX_FADV_DONTNEED)
    file.passed_on = file.size


def _write_all(fd: int, data: bytes) -> int:
    done = os.write(fd, data)
    if done < len(data):
        rest = memoryview(data)[done:]
        while rest:
            rest = rest[os.write(fd, rest) :]
    return len(data)


def _cut_back(file: GrowingFile) -> None:
    """Back to the last whole fragment; a file without any is removed."""
    try:
        if file.fd >= 0:
            os.ftruncate(file.fd, file.size)
            if file.size == 0:
                file.path.unlink(missing_ok=True)
    except OSError as error:
        logger.error("%s could not be cut back: %s", file.path, error.strerror)
