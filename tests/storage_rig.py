"""A store of recordings on several disks, with groups of pictures made to order; small file systems to break."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest_rig import groups_of, parameters_of, pictures_of
from media_rig import until
from prahari.contracts.media import GapData, Reason
from prahari.contracts.recording import StorageEventData
from prahari.engines.media.recording.store import Recorder, RecordingStore
from prahari.engines.media.types import GroupOfPictures, StreamParameters

SMALL = StreamParameters(parameters_of(), None)
HOUR_S = 3600


class Disks:
    """A store opened again and again. Seconds are counted from `start_ms`, some hours ago: old enough to be checked."""

    def __init__(self, folder: Path, roots: Sequence[Path]) -> None:
        self.folder = folder
        self.roots = list(roots)
        self.gaps: list[tuple[str, GapData]] = []
        self.told: list[tuple[str, StorageEventData]] = []
        self.store: RecordingStore | None = None
        self.owns: Callable[[str], bool] = lambda camera_id: True
        self.is_ours: Callable[[str, bytes], bool] = lambda camera_id, fence: True
        self.start_ms = time.time_ns() // 1_000_000 - 6 * HOUR_S * 1000

    async def open(self, quota_bytes: int = 0, reserve_bytes: int = 0) -> RecordingStore:
        self.store = RecordingStore(
            [(root, reserve_bytes) for root in self.roots],
            self.folder / "catalogue.sqlite3",
            quota_bytes=quota_bytes,
            owns=lambda camera_id: self.owns(camera_id),
            on_gap=lambda camera_id, gap: self.gaps.append((camera_id, gap)),
            on_storage=lambda camera_id, data: self.told.append((camera_id, data)),
        )
        self.store.is_ours = self.is_ours
        await self.store.open()
        await self.store.reconciled.wait()
        return self.store

    async def close(self) -> None:
        if self.store is not None:
            store, self.store = self.store, None
            await store.close()

    def ms(self, second: float) -> int:
        return round(self.start_ms + second * 1000)

    def group(self, second: float, parameters: StreamParameters = SMALL) -> GroupOfPictures:
        """One second of pictures, that long after the start."""
        start_ms = self.ms(second)
        group = groups_of(pictures_of(), parameters)[0]
        units = [
            replace(unit, decode_ticks=start_ms * 90 + 3600 * n, wall_ms=start_ms + 40 * n)
            for n, unit in enumerate(group.units)
        ]
        return GroupOfPictures(parameters, units, start_ms, start_ms + 1000)

    async def record(self, recorder: Recorder, seconds: range) -> None:
        for second in seconds:
            recorder.on_group(self.group(second))
        await self.written()

    async def written(self) -> None:
        assert self.store is not None
        store = self.store
        await asyncio.sleep(0)
        await until(lambda: all(writer.queued_bytes == 0 for writer in store.writers.values()), what="all written")

    def files(self, camera_id: str = "a") -> list[Path]:
        return sorted(path for root in self.roots for path in (root / camera_id).glob("*/*.mp4"))

    async def seconds(
        self, camera_id: str = "a"
    ) -> tuple[list[tuple[float, float]], list[tuple[float, float, Reason]]]:
        """Recordings and gaps in seconds after the start."""
        assert self.store is not None
        found = await self.store.catalogue.timeline(camera_id, self.ms(-100_000), self.ms(100_000))
        recorded = [((a - self.start_ms) / 1000, (b - self.start_ms) / 1000) for a, b in found.recordings]
        gaps = [((g.start_ms - self.start_ms) / 1000, (g.end_ms - self.start_ms) / 1000, g.reason) for g in found.gaps]
        return recorded, gaps


def _may_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None


@contextlib.contextmanager
def small_disk(root: Path, size: str = "16m") -> Iterator[Path]:
    """A tmpfs of its own at `root`. Skips where nothing may be mounted."""
    root.mkdir(parents=True, exist_ok=True)
    if not _may_mount():
        pytest.skip("mounting a small disk needs root")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(root)], capture_output=True)
    if done.returncode:
        pytest.skip(f"no tmpfs can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield root
    finally:
        while os.path.ismount(root):
            subprocess.run(["umount", "-l", str(root)], check=True)


@contextlib.contextmanager
def lying_disk(root: Path, backing: Path) -> Iterator[Path]:
    """An ext4 that believes in more room than lies below it: writes that do not fit end in real EIO at their flush."""
    backing.mkdir(parents=True, exist_ok=True)
    with small_disk(backing, "6m"):
        image = backing / "image"
        with image.open("wb") as file:
            file.truncate(64_000_000)
        for command in (
            ["mkfs.ext4", "-q", "-E", "lazy_itable_init=1,nodiscard", "-O", "^has_journal", str(image)],
            ["mount", "-o", "loop,errors=remount-ro", str(image), str(root)],
        ):
            root.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(command, capture_output=True)
            if done.returncode:
                pytest.skip(f"no loop device here: {done.stderr.decode().strip()}")
        try:
            yield root
        finally:
            subprocess.run(["umount", "-l", str(root)], check=False, capture_output=True)
