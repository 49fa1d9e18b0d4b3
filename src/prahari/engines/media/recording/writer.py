"""The thread that writes: a slow or full disk never stops the event loop.

One append is one whole fragment (a group of pictures). When an append fails half-way the file is cut back to where it
was, so a file always ends with a whole fragment, whatever happens, except after a kill or a power cut in the middle of
one: recovery.py cuts that.

What is on disk when: an append survives the end of the process at once. Against a power cut a file is flushed
(fdatasync) when it is finished; in between the kernel's own write-back does it (30 s on Linux by default).
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
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from prahari.contracts.media import Reason

MAX_QUEUED_BYTES = 192 * 1024 * 1024
_MAX_PIECES = 1000  # below IOV_MAX

logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class GrowingFile:
    """A file that is being written. `fd` and `size` belong to the writer's thread; `failed`: nothing more goes in."""

    path: Path
    fd: int = -1
    size: int = 0
    failed: bool = False


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
    """`append` and `finish` are called in the event loop, and their `done` too."""

    def __init__(self) -> None:
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
        if self.queued_bytes + size > MAX_QUEUED_BYTES:
            return False
        self.queued_bytes += size
        self._put(_Append(file, pieces, size, done))
        return True

    def finish(self, file: GrowingFile, done: Callable[[], None]) -> None:
        """Flush and close after everything appended before."""
        self._put(_Finish(file, done))

    async def close(self) -> None:
        """Everything queued is written."""
        self._flush()
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
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
        reason = Reason.DISK_ERROR
        if not file.failed:
            try:
                _write(file, job.pieces)
                reason = Reason.NONE
            except OSError as error:
                file.failed = True
                reason = Reason.DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else Reason.DISK_ERROR
                logger.error("%s is not written further: %s", file.path, error.strerror)
                _cut_back(file)
        total, done = file.size, job.done

        def tell() -> None:
            self.queued_bytes -= size
            done(reason, total)

        self._results.append(tell)

    def _finish(self, job: _Finish) -> None:
        file = job.file
        if file.fd >= 0:
            try:
                os.fdatasync(file.fd)
            except OSError as error:
                logger.error("%s was not flushed: %s", file.path, error.strerror)
            with contextlib.suppress(OSError):
                os.close(file.fd)
            file.fd = -1
        self._results.append(job.done)


def _write(file: GrowingFile, pieces: list[bytes]) -> None:
    if file.fd < 0:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.fd = os.open(file.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o640)
    written = 0
    for start in range(0, len(pieces), _MAX_PIECES):
        written += _write_all(file.fd, pieces[start : start + _MAX_PIECES])
    file.size += written


def _write_all(fd: int, pieces: list[bytes]) -> int:
    total = sum(map(len, pieces))
    done = os.writev(fd, pieces)
    if done < total:
        rest = memoryview(b"".join(pieces))[done:]
        while rest:
            rest = rest[os.write(fd, rest) :]
    return total


def _cut_back(file: GrowingFile) -> None:
    """Back to the last whole fragment; a file without any is removed."""
    try:
        if file.fd >= 0:
            os.ftruncate(file.fd, file.size)
            if file.size == 0:
                file.path.unlink(missing_ok=True)
    except OSError as error:
        logger.error("%s could not be cut back: %s", file.path, error.strerror)
