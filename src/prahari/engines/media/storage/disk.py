"""One recording disk: a folder with an identity file, by which it is known wherever it is mounted."""

from __future__ import annotations

import json
import os
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.contracts.recording import DiskState

IDENTITY = ".prahari-disk.json"
FIRST_RETRY_S = 2.0
LONGEST_RETRY_S = 60.0
FULL_S = 10.0
"""How long a disk counts as full after it refused a write for want of room."""

OK, FULL, FAILED = "ok", "full", "failed"


class DiskError(OSError):
    """The disk cannot be used; `reason` and the text say why."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(slots=True, eq=False)
class Disk:
    """`root`: the folder of recordings on it. State fields belong to the event loop; `check` may run in any thread.

    `mount`: where its file system was mounted when it was first seen: a folder left behind by a mount that is gone
    must not be filled in its place.
    """

    root: Path
    reserve_bytes: int
    disk_id: str = ""
    mount: str = ""
    state: str = OK
    reason: Reason = Reason.NONE
    detail: str = ""
    since_ms: int = field(default_factory=now_ms)
    free_bytes: int = 0
    total_bytes: int = 0
    retry_s: float = 0.0
    pause_s: float = FIRST_RETRY_S
    full_until_s: float = 0.0
    device: int = -1

    @property
    def is_failed(self) -> bool:
        return self.state == FAILED

    @property
    def takes_files(self) -> bool:
        return self.state != FAILED and time.monotonic() >= self.full_until_s

    @property
    def room_bytes(self) -> int:
        """What recordings may take of it in all: its weight among the others."""
        return max(1, self.total_bytes - self.reserve_bytes)

    def told(self) -> DiskState:
        return DiskState(
            self.disk_id,
            str(self.root),
            self.state,
            self.reason,
            self.detail,
            self.since_ms,
            self.free_bytes,
            self.total_bytes,
            self.reserve_bytes,
        )


def mount_of(path: Path) -> str:
    """Where the file system that holds `path` is mounted. Raises OSError."""
    path = path.resolve()
    device = path.stat().st_dev
    while path.parent != path and path.parent.stat().st_dev == device:
        path = path.parent
    return str(path)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check found."""

    disk_id: str
    mount: str
    device: int
    free_bytes: int
    total_bytes: int


def check(root: Path, known_mount: str, *, write: bool) -> Seen:
    """Look at a disk; one never seen is given its identity. `write`: also whether it takes a file. Blocking.

    Raises DiskError.
    """
    try:
        if not root.exists():
            if known_mount not in {"", mount_of(_existing(root))}:
                raise DiskError(Reason.DISK_GONE, f"Nothing is mounted at {known_mount} any more.")
            root.mkdir(parents=True, exist_ok=True)
        mount = mount_of(root)
        if known_mount and mount != known_mount:
            raise DiskError(Reason.DISK_GONE, f"Nothing is mounted at {known_mount} any more.")
        numbers = os.statvfs(root)
        if numbers.f_flag & os.ST_RDONLY:
            raise DiskError(Reason.DISK_ERROR, "The disk is mounted read-only.")
        disk_id = _identity(root)
        if write:
            _try_to_write(root)
        frame = numbers.f_frsize
        device = root.stat().st_dev
        return Seen(disk_id, mount, device, numbers.f_bavail * frame, numbers.f_blocks * frame)
    except DiskError:
        raise
    except OSError as error:
        raise DiskError(Reason.DISK_ERROR, error.strerror or type(error).__name__) from error


def _existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _identity(root: Path) -> str:
    """The disk's number, made when there is none. Several workers may look at once: the first file made stays."""
    path = root / IDENTITY
    for _ in range(2):
        try:
            return str(uuid.UUID(json.loads(path.read_text())["disk_id"]))
        except FileNotFoundError:
            made = root / f"{IDENTITY}.{os.getpid()}.{uuid.uuid4().hex[:8]}"
            made.write_text(json.dumps({"disk_id": str(uuid.uuid4()), "made_ms": now_ms()}))
            try:
                os.link(made, path)  # fails when somebody was quicker
            except FileExistsError:
                pass
            except OSError:  # a file system without hard links
                made.rename(path)
                continue
            made.unlink(missing_ok=True)
        except (ValueError, KeyError, TypeError) as error:
            raise DiskError(
                Reason.DISK_ERROR, f"{path} cannot be read: remove it if the disk is to be taken as a new one."
            ) from error
    raise DiskError(Reason.DISK_ERROR, f"{path} cannot be made.")


def _try_to_write(root: Path) -> None:
    path = root / f".prahari-try-{os.getpid()}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, b"\0" * 4096)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
        path.unlink(missing_ok=True)
