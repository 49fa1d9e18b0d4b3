"""A NATS of a test's own that can be killed and comes back with what it had on disk."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats


class KillableNats:
    def __init__(self, home: Path) -> None:
        keys.ensure(home)
        self._nats = Nats(home=home, port=ports.free()[0])
        self.url = self._nats.url
        self.start()

    def start(self) -> None:
        self._nats.prepare()
        self._process = subprocess.Popen(self._nats.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not self._nats.ready():
            assert time.monotonic() < deadline, "NATS did not start"
            time.sleep(0.01)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
