"""A NATS that can be stopped and started again, and a process's way to the test database."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats


class StoppableNats:
    def __init__(self, home: Path) -> None:
        keys.ensure(home)
        self._nats = Nats(home=home, port=ports.free()[0])
        self._nats.prepare()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = self._nats.url

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        self._process = subprocess.Popen(self._nats.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not self._nats.ready():
            assert time.monotonic() < deadline and self._process.poll() is None, "NATS did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def stoppable_nats(tmp_path: Path) -> Iterator[StoppableNats]:
    home = tmp_path / "nats-home"
    home.mkdir()
    server = StoppableNats(home)
    yield server
    server.kill()


def database_url() -> str:
    """Of the database that the tests use, for another process."""
    one = connection.settings_dict
    return f"postgresql://{quote(one['USER'])}:{quote(one['PASSWORD'])}@/{one['NAME']}?host={one['HOST']}&port={one['PORT']}"
