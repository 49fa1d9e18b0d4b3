"""Where sealed files lie on disk, and what keeps a disk from running full."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from prahari.desks.common.errors import Problem

RESERVE_BYTES = 200_000_000
"""Left free whatever is handed in: the database has to go on writing."""


def folder() -> Path:
    return Path(settings.CONFIG.home) / "files"


def path_of(file_id: UUID) -> Path:
    """Spread over 256 folders by the id's last, random byte."""
    return folder() / file_id.hex[-2:] / f"{file_id}.sealed"


def incoming(file_id: UUID) -> Path:
    """Where a file is written until it is complete."""
    path = folder() / "incoming" / f"{file_id}.part"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def settle(part: Path, path: Path) -> None:
    """Give a file that is complete and flushed its place, surely."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part.replace(path)
    flush_folder(path.parent)


def flush_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_room(size_bytes: int, where: Path | None = None) -> None:
    """Raises Problem 507."""
    target = where or folder()
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(target).free - size_bytes < RESERVE_BYTES:
        raise disk_full()


def is_disk_full(error: OSError) -> bool:
    return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def disk_full() -> Problem:
    return Problem(
        507, "disk_full",
        "The centre's disk is full, nothing was stored. Tell your technician, and send it again afterwards.",
        "केंद्र की डिस्क भर गई है, कुछ भी सहेजा नहीं गया। अपने तकनीशियन को बताएँ, बाद में फिर से भेजें।",
    )  # fmt: skip
