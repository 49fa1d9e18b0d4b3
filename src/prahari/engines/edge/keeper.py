"""`python -m prahari.engines.edge.keeper ROOT HOME [arguments of run]`: keeps the installed connector running.

It starts `current`, starts it again when it ends, changes to another version when `current` is switched, and goes back
when a version that was switched to does not reach the centre in time. It is small, needs nothing but Python, and is not
part of what is updated (install.sh lays a copy of it beside the versions).
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from prahari.engines.edge.standing import PROGRAM, Standing

log = logging.getLogger(__name__)

LOOK_S = 0.5
PAUSE_S = 2.0
MOST_STARTS = 5
STOP_S = 20.0
STEADY_S = 5.0
"""A version on trial has reached the centre when its link has stood for so long: one that ends right after it has
shaken hands has not."""


class Keeper:
    def __init__(self, root: Path, home: Path, arguments: list[str]) -> None:
        self._releases = Standing(root)
        self._root = root
        self._home = home
        self._arguments = arguments
        self._child: subprocess.Popen[bytes] | None = None
        self._running = ""
        self._started = 0.0
        self._linked_since: float | None = None
        self._stopping = False

    def stop(self, *_signal: object) -> None:
        self._stopping = True

    def run(self) -> None:
        """Until told to stop."""
        while not self._stopping:
            self._look()
            time.sleep(LOOK_S)
        self._end()

    def _look(self) -> None:
        releases = self._releases
        if releases.pending() is not None and self._is_steady():
            log.warning("version %s has reached the centre and stays", self._running)
            releases.confirm(self._running)
        if releases.is_failed(MOST_STARTS):
            failed = releases.current
            log.error("version %s does not reach the centre: back to %s", failed, releases.roll_back())
        current = releases.current
        if self._child is not None and (current != self._running or self._child.poll() is not None):
            self._end()
        if self._child is None and current and time.monotonic() - self._started > PAUSE_S:
            self._start(current)

    def _start(self, version: str) -> None:
        self._releases.started()
        self._started = time.monotonic()
        self._running = version
        self._linked_since = None
        program = self._releases.folder(version) / PROGRAM
        command = [str(program), "--home", str(self._home), "run", *self._arguments]
        try:
            self._child = subprocess.Popen(command, env={**os.environ, "PRAHARI_EDGE_ROOT": str(self._root)})
        except OSError as error:
            log.error("version %s cannot be started: %s", version, error.strerror)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None or child.poll() is not None:
            return
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _is_steady(self) -> bool:
        now = time.monotonic()
        if not self._is_linked():
            self._linked_since = None
        elif self._linked_since is None:
            self._linked_since = now
        return self._linked_since is not None and now - self._linked_since >= STEADY_S

    def _is_linked(self) -> bool:
        """By the word of the version that runs now, not of one before it."""
        try:
            said = json.loads((self._home / "link.json").read_text())
            is_ours = self._child is not None and said["pid"] == self._child.pid
            return is_ours and self._running == self._releases.current and said["state"] == "online"
        except (OSError, ValueError, KeyError, TypeError):
            return False


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    keeper = Keeper(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, keeper.stop)
    keeper.run()


if __name__ == "__main__":
    main()
