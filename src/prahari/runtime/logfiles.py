"""One log file a process in home/logs, rotated in place.

Children write to their files themselves, so that none ever waits for us; a file that has grown is copied aside and
emptied (they append, so they go on at its start).
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)

MAX_BYTES = 10_000_000
KEPT = 3
PERIOD_S = 30.0


class LogFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def path(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def open(self, name: str) -> IO[bytes]:
        return self.path(name).open("ab")

    def last_words(self, name: str) -> str:
        """The last line that says something, JSON log lines reduced to their message."""
        try:
            with self.path(name).open("rb") as file:
                file.seek(max(0, self.path(name).stat().st_size - 8_192))
                lines = [line.strip() for line in file.read().decode(errors="replace").splitlines() if line.strip()]
        except OSError:
            return ""
        if not lines:
            return ""
        try:
            return str(json.loads(lines[-1])["message"])
        except (ValueError, KeyError, TypeError):
            return lines[-1]

    def rotate(self) -> None:
        """Move what has grown beyond MAX_BYTES aside, keeping KEPT old files of each."""
        for path in self._folder.glob("*.log"):
            if path.stat().st_size <= MAX_BYTES:
                continue
            for number in range(KEPT - 1, 0, -1):
                older = path.with_suffix(f".log.{number}")
                if older.exists():
                    older.replace(path.with_suffix(f".log.{number + 1}"))
            shutil.copyfile(path, path.with_suffix(".log.1"))
            with path.open("r+b") as file:
                file.truncate(0)

    async def rotate_forever(self) -> None:
        while True:
            await asyncio.sleep(PERIOD_S)
            try:
                await asyncio.to_thread(self.rotate)
            except OSError as error:
                log.warning("log files cannot be rotated: %s", error.strerror)
