"""Which versions of the connector are installed on a box: which one runs, which is on trial, which have failed.

Knows the standard library only: the keeper lives by it, outside of what is updated and whatever an update breaks. Under
the root lie `releases/<version>/`, the link `current`, `pending.json` while a version has still to show that it reaches
the centre, and `refused.json`: versions that were tried in vain.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

PROGRAM = "bin/prahari-edge"
LIMIT_S = 300.0
MOST_REFUSED = 50


@dataclass
class Pending:
    """`since_s` and `limit_s`: when it was switched to, on the clock since the machine's start (boot `boot_id`), and
    how long it may take to reach the centre."""

    version: str
    previous: str
    since_s: float
    boot_id: str
    limit_s: float = LIMIT_S
    starts: int = 0


class Standing:
    """The installed versions under `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, version: str) -> Path:
        return self.root / "releases" / version

    @property
    def current(self) -> str:
        """Version that `current` points at; empty: none."""
        try:
            return (self.root / "current").readlink().name
        except OSError:
            return ""

    def pending(self) -> Pending | None:
        """The version on trial: the current one, as long as it has not reached the centre."""
        try:
            found = Pending(**json.loads((self.root / "pending.json").read_text()))
        except (OSError, ValueError, TypeError):
            return None
        return found if found.version == self.current else None  # else the switch to it never came

    def refused(self) -> list[str]:
        """Versions that were tried here and did not reach the centre."""
        try:
            found = json.loads((self.root / "refused.json").read_text())
        except (OSError, ValueError):
            return []
        return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []

    def switch(self, version: str, limit_s: float = LIMIT_S) -> None:
        """To a version that is unpacked, on trial, in one step."""
        self._save(Pending(version, self.current, passed_s(), boot_id(), limit_s))
        self._point_to(version)

    def confirm(self, version: str) -> None:
        """The version has reached the centre: it stays, older ones but the last go."""
        pending = self.pending()
        if pending is not None and pending.version == version:
            (self.root / "pending.json").unlink(missing_ok=True)
            for folder in (self.root / "releases").iterdir():
                if folder.name not in (version, pending.previous):
                    shutil.rmtree(folder, ignore_errors=True)

    def started(self) -> None:
        """Count a start of a version that is on trial."""
        pending = self.pending()
        if pending is not None:
            pending.starts += 1
            self._save(pending)

    def is_failed(self, most_starts: int) -> bool:
        """Whether the version on trial has had its time, or has ended too often. After a restart of the machine its
        time begins anew: who knows how long it was off."""
        pending = self.pending()
        if pending is None or not pending.previous:
            return False
        if pending.boot_id != boot_id():
            pending.since_s, pending.boot_id = passed_s(), boot_id()
            self._save(pending)
        return passed_s() - pending.since_s > pending.limit_s or pending.starts > most_starts

    def roll_back(self) -> str:
        """Back to the version before; the failed one is never installed again. The version that is current now."""
        pending = self.pending()
        if pending is None or not pending.previous:
            return self.current
        self._write("refused.json", json.dumps([*self.refused(), pending.version][-MOST_REFUSED:]))
        self._point_to(pending.previous)
        (self.root / "pending.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder(pending.version), ignore_errors=True)
        return pending.previous

    def _point_to(self, version: str) -> None:
        link = self.root / ".current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / version)
        link.replace(self.root / "current")

    def _save(self, pending: Pending) -> None:
        self._write("pending.json", json.dumps(asdict(pending)))

    def _write(self, name: str, text: str) -> None:
        """Whole or not at all, also when the power fails."""
        temporary = self.root / f".{name}.new"
        with temporary.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.root / name)


def passed_s() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
