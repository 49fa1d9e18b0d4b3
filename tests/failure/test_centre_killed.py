"""A whole centre without cameras: every process killed in turn, then the supervisor itself, then a clean stop."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import servers
from prahari.runtime import checks, home, ports

BACK_WITHIN_S = 60

pytestmark = [pytest.mark.failure, pytest.mark.timeout(400)]


def until(condition: Callable[[], object], what: str, within_s: float = BACK_WITHIN_S) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come true within {within_s:.0f} s"
        time.sleep(0.05)


class Centre:
    def __init__(self, folder: Path) -> None:
        self.home = folder
        self.port = ports.free_run(ports.OF_A_CENTRE)
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start; what was said until the doors were open."""
        command = [sys.executable, "-m", "prahari.cli", "up", "--home", str(self.home), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=servers.plain_environment())
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C stops" in line:
                return said
        raise AssertionError(said)

    def rows(self) -> dict[str, dict[str, Any]]:
        rows = json.loads((self.home / "run" / "processes.json").read_text())["processes"]
        return {row["name"]: row for row in rows}

    def answers(self) -> bool:
        return checks.answers(f"http://127.0.0.1:{self.port}/api/v1/centre")


@pytest.fixture
def centre() -> Iterator[Centre]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-killed-"))
    one = Centre(folder)
    yield one
    if one.process:
        one.process.terminate()
        one.process.wait(40)
        assert one.process.stdout
        one.process.stdout.close()
    shutil.rmtree(folder)


def assert_secrets_are_in_no_log(folder: Path) -> None:
    secrets = [(folder / "keys" / name).read_text() for name in ("postgres.password", "nats.token")]
    logs = [path.read_text() for path in (folder / "logs").iterdir()]
    assert logs
    assert not any(secret in text for secret in secrets for text in logs)
    assert {path.stat().st_mode & 0o077 for path in (folder / "keys").iterdir()} == {0}


def test_comes_back_whatever_is_killed(centre: Centre) -> None:
    said = centre.start()
    assert re.search(r"one-time password +\S+", said)
    assert centre.answers()
    assert_secrets_are_in_no_log(centre.home)

    for name in ("postgres", "nats", "api", "events", "writer", "media-0", "tasks"):
        before = centre.rows()[name]
        os.kill(before["pid"], signal.SIGKILL)

        def is_back(name: str = name, before: dict[str, Any] = before) -> bool:
            now = centre.rows()[name]
            return now["state"] == "ready" and now["pid"] != before["pid"]

        until(is_back, f"{name} back after kill -9")
        until(centre.answers, f"the API answers after {name} was killed")

    # The supervisor itself: its children go with it, and a new one starts on what it left.
    pids = [row["pid"] for row in centre.rows().values()]
    process = centre.process
    assert process
    assert process.stdout
    process.kill()
    process.wait()
    process.stdout.close()
    said = centre.start()
    assert "one-time password" not in said
    assert centre.answers()
    assert not any(psutil.pid_exists(pid) for pid in pids)

    started_s = time.monotonic()
    centre.process.send_signal(signal.SIGINT)  # type: ignore[union-attr]
    assert centre.process.wait(30) == 0  # type: ignore[union-attr]
    assert time.monotonic() - started_s < 15
    assert {row["state"] for row in centre.rows().values()} == {"stopped"}
    assert home.holder(centre.home) is None
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{centre.port}/healthz", timeout=2)
