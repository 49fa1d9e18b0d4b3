"""A whole centre without cameras: every process killed in turn, then the supervisor itself, then a clean stop."""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from centre_rig import Centre, until
from prahari.runtime import home

pytestmark = [pytest.mark.failure, pytest.mark.timeout(400)]


@pytest.fixture
def centre() -> Iterator[Centre]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-killed-"))
    one = Centre(folder)
    yield one
    one.stop()
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
