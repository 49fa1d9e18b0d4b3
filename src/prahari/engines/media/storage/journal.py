"""What no recorded file can say of itself, written beside the files: gaps, keeping, legal holds of a camera.

One line a fact in `<disk>/<camera>/.journal.jsonl`, on every disk that works, so that the index can be made again from
the disks alone. Lines are added, never changed; whoever reads takes the last word on each thing. All calls block: they
are made in the catalogue's thread.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from prahari.contracts.media import Reason
from prahari.engines.media.storage.disks import Disks

if TYPE_CHECKING:
    from prahari.engines.media.recording.keepings import Keeping

NAME = ".journal.jsonl"

log = logging.getLogger(__name__)


class Journal:
    """Gaps and keeping as well as can be: a full disk must not stop recording. Holds surely, or OSError."""

    def __init__(self, disks: Disks) -> None:
        self._disks = disks

    def gap(self, camera_id: str, start_ms: int, end_ms: int, reason: Reason) -> None:
        self._try(camera_id, {"gap": [start_ms, end_ms, reason.value]})

    def keeping(self, camera_id: str, keeping: Keeping) -> None:
        facts = [keeping.retention_days, keeping.purge_before_ms, keeping.needs_request, keeping.disk_class]
        self._try(camera_id, {"keeping": facts})

    def hold(self, hold_id: int, camera_id: str, from_ms: int, to_ms: int, why: str) -> None:
        """Raises OSError when no disk takes it."""
        self._write(camera_id, {"hold": [hold_id, from_ms, to_ms, why]}, sync=True)

    def release(self, camera_id: str, hold_id: int) -> None:
        """Raises OSError when no disk takes it."""
        self._write(camera_id, {"release": hold_id}, sync=True)

    def _try(self, camera_id: str, fact: dict[str, Any]) -> None:
        try:
            self._write(camera_id, fact, sync=False)
        except OSError as error:
            log.debug("a fact about camera %s is in the catalogue only: %s", camera_id, error.strerror)

    def _write(self, camera_id: str, fact: dict[str, Any], *, sync: bool) -> None:
        line = msgspec.json.encode(fact) + b"\n"
        failed: OSError | None = None
        written = 0
        for disk in self._disks:
            if disk.is_failed:
                continue
            try:
                _append(disk.root / camera_id / NAME, line, sync=sync)
                written += 1
            except OSError as error:
                failed = error
        if not written:
            raise failed or OSError("no recording disk works")


def _append(path: Path, line: bytes, *, sync: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o640)
    try:
        before = os.fstat(descriptor).st_size
        if os.write(descriptor, line) < len(line):
            os.ftruncate(descriptor, before)
            raise OSError("the disk took half a line")
        if sync:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(folder: Path) -> Iterator[dict[str, Any]]:
    """The facts of one camera on one disk, in the order in which they were written; a line cut short is left out."""
    try:
        lines = (folder / NAME).read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            fact = msgspec.json.decode(line)
        except ValueError:
            continue
        if isinstance(fact, dict):
            yield fact
