"""PRAHARI_HOME: made, checked, and held by one centre at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prahari.runtime.errors import CentreError

FREE_MIN_BYTES = 500_000_000


def prepare(home: Path) -> None:
    """Make the home and check that it can be used. Raises CentreError."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        # Others may walk through but not look: PostgreSQL runs under another user when we are root.
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (home / "run").mkdir(exist_ok=True, mode=0o700)
        probe = home / "run" / ".probe"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise CentreError(
            f"The folder {home} cannot be written ({error.strerror}). Make it writable for this user, or choose "
            "another with --home or PRAHARI_HOME."
        ) from error
    free = shutil.disk_usage(home).free
    if free < FREE_MIN_BYTES:
        raise CentreError(
            f"The disk of {home} has only {free // 1_000_000} MB left; {FREE_MIN_BYTES // 1_000_000} MB are needed to "
            "start. Free some space, or choose a folder on another disk with --home."
        )


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Hold the home for this process. Raises CentreError when another centre runs in it."""
    with (home / "run" / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CentreError(
                f"A centre is running in {home} already (process {holder(home)}). Stop it with "
                "./prahari stop, or choose another folder with --home and other ports with --port."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def holder(home: Path) -> int | None:
    """The process that runs a centre in `home`, None when nobody does."""
    try:
        with (home / "run" / "lock").open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                text = file.read().strip()
                return int(text) if text.isdigit() else 0
    except FileNotFoundError:
        pass
    return None
