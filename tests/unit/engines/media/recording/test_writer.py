"""What the writer leaves in memory of what it has written."""

from __future__ import annotations

import asyncio
import mmap
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from prahari.contracts.media import Reason
from prahari.engines.media.recording.writer import PASSED_ON_BYTES, DiskWriter, GrowingFile
from prahari.engines.media.storage.disk import Disk

GROUP = os.urandom(400_000)


def resident_bytes(path: Path) -> int:
    """How much of a file the kernel keeps in memory."""
    command = ["fincore", "--bytes", "--noheadings", "--output", "RES", str(path)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def is_dropped_here(folder: Path) -> bool:
    """Whether the file system lets go of anything: one that lives in memory does not."""
    path = folder / "probe"
    with path.open("wb") as file:
        file.write(bytes(mmap.PAGESIZE * 16))
        file.flush()
        os.fdatasync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return resident_bytes(path) == 0


async def test_what_was_written_a_while_ago_takes_no_memory(tmp_path: Path) -> None:
    if shutil.which("fincore") is None or not is_dropped_here(tmp_path):
        pytest.skip("fincore is missing, or the files of this test live in memory")
    writer = DiskWriter()
    file = GrowingFile(tmp_path / "camera" / "1.mp4", Disk(tmp_path, 0))
    told: list[tuple[Reason, int]] = []

    async def write(groups: int) -> None:
        for _ in range(groups):
            before = len(told)
            assert writer.append(file, [GROUP], lambda *result: told.append(result))
            while len(told) == before:
                await asyncio.sleep(0.005)

    await write(50)
    deadline_s = time.monotonic() + 30
    while resident_bytes(file.path) > 3 * PASSED_ON_BYTES:  # what the disk is still busy with is let go the next time
        assert time.monotonic() < deadline_s
        await write(6)
    assert all(reason is Reason.NONE for reason, _ in told)
    writer.finish(file, lambda: None)
    await writer.close()
    whole = file.path.read_bytes()
    assert whole.startswith(GROUP * len(told)) and len(whole) == file.size
