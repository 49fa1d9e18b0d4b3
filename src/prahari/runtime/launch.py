"""Run a program as another user even where that user may not walk the folders above it.

``python -m prahari.runtime.launch UID [--show FOLDER]... -- PROGRAM ARGUMENTS`` (as root). PostgreSQL refuses to run
as root, but a clone below /root (mode 700) is closed to every other user. Nothing outside is changed to solve that:

1. the folders can be walked by UID: just change the user;
2. else, in a private mount namespace, the closed folder is covered with an empty one in which only the shown folders
   lie, at their usual paths;
3. where mounting is not allowed (containers), UID keeps the one capability to read past folder modes.

The program is told to stop (SIGINT) when the process that launched it dies.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import stat
import sys
from pathlib import Path

from prahari.runtime.errors import CentreError

_CLONE_NEWNS = 0x00020000
_MS_NOSUID, _MS_NODEV, _MS_BIND, _MS_REC, _MS_PRIVATE = 2, 4, 4096, 16384, 1 << 18
_PR_SET_PDEATHSIG, _PR_SET_KEEPCAPS, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 1, 8, 38, 47
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2

_libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, doing: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{doing}: {os.strerror(number)}")


def die_with_parent(signal_number: int, parent: int) -> None:
    """Have the kernel send this process `signal_number` when `parent`, its parent now, ends."""
    _check(_libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0), "prctl")
    if os.getppid() != parent:  # it ended before the line above
        os.kill(os.getpid(), signal_number)


def first_closed(path: Path, uid: int) -> Path | None:
    """The topmost folder on the way to `path` (itself included) that `uid`, in no group, may not enter."""
    for folder in [*reversed(path.parents), path]:
        status = folder.stat()
        needed = stat.S_IXUSR if status.st_uid == uid else stat.S_IXOTH
        if not status.st_mode & needed:
            return folder
    return None


def _own_mounts() -> bool:
    """Enter a private mount namespace; False where that is not allowed."""
    if _libc.unshare(_CLONE_NEWNS) != 0:
        return False
    return bool(_libc.mount(None, b"/", None, _MS_REC | _MS_PRIVATE, None) == 0)


def _show_only(shown: list[Path], closed: set[Path]) -> None:
    """Cover each of `closed`, in this process's own mount namespace, keeping `shown` at their paths. Raises OSError."""
    folders = [(path, os.open(path, os.O_PATH)) for path in shown]
    for cover in closed:
        options = b"mode=0755,size=64k"
        _check(_libc.mount(b"none", bytes(cover), b"tmpfs", _MS_NOSUID | _MS_NODEV, options), f"mount on {cover}")
    for path, descriptor in folders:
        if any(path.is_relative_to(cover) for cover in closed):
            path.mkdir(parents=True, exist_ok=True)
            source = f"/proc/self/fd/{descriptor}".encode()
            _check(_libc.mount(source, bytes(path), None, _MS_BIND | _MS_REC, None), f"bind {path}")
        os.close(descriptor)


def _change_user(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def _change_user_keeping_search(uid: int, gid: int) -> None:
    """Change the user, keeping the smallest capability held that lets it walk closed folders. Raises OSError."""
    held = int(
        next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "CapPrm" in line), 16
    )
    kept = next((cap for cap in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE) if held >> cap & 1), None)
    if kept is None:
        raise OSError("this root user may neither mount nor read past folder modes")
    _check(_libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl keepcaps")
    _change_user(uid, gid)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # capability version 3, this process
    mask = 1 << kept
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)), "capset")
    _check(_libc.prctl(_PR_CAP_AMBIENT, 2, kept, 0, 0), "prctl ambient")


def launch(uid: int, gid: int, shown: list[Path], command: list[str]) -> None:
    """Replace this process by `command` run as `uid`. Raises CentreError when no way works."""
    parent = os.getppid()
    closed = {folder for path in shown if (folder := first_closed(path, uid))}
    try:
        if closed and not _own_mounts():
            _change_user_keeping_search(uid, gid)
        else:
            _show_only(shown, closed)
            _change_user(uid, gid)
        _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl no-new-privs")
        die_with_parent(signal.SIGINT, parent)
        os.chdir("/")
        os.execv(command[0], command)  # noqa: S606 - a fixed program path, no shell
    except OSError as error:
        names = ", ".join(str(folder) for folder in sorted(closed)) or str(shown[0])
        raise CentreError(
            f"The database cannot be run as another user inside {names} ({error}). Put the clone or PRAHARI_HOME into "
            "a folder that every user may enter, such as /opt/prahari, or start the centre as an ordinary user."
        ) from error


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m prahari.runtime.launch")
    parser.add_argument("uid", type=int)
    parser.add_argument("gid", type=int)
    parser.add_argument("--show", type=Path, action="append", default=[])
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    try:
        launch(arguments.uid, arguments.gid, arguments.show, arguments.command)
    except CentreError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
