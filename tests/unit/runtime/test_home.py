"""The home: one centre at a time, and sentences where it cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from prahari.runtime import home
from prahari.runtime.errors import CentreError
from prahari.runtime.logfiles import KEPT, LogFolder


def test_second_centre_is_refused_and_the_first_named(tmp_path: Path) -> None:
    home.prepare(tmp_path)
    assert home.holder(tmp_path) is None
    with home.held(tmp_path):
        assert home.holder(tmp_path) == os.getpid()
        with (
            pytest.raises(CentreError, match=rf"running in {tmp_path} already \(process {os.getpid()}\)"),
            home.held(tmp_path),
        ):
            pass
    assert home.holder(tmp_path) is None


def test_lock_of_a_killed_centre_does_not_stay(tmp_path: Path) -> None:
    home.prepare(tmp_path)
    code = f"""
import os, signal
from pathlib import Path
from prahari.runtime import home
with home.held(Path({str(tmp_path)!r})):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with home.held(tmp_path):
        pass


def test_unusable_home_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CentreError, match=r"cannot be written \(Not a directory\).*--home"):
        home.prepare(tmp_path / "file" / "home")


def test_full_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "FREE_MIN_BYTES", 10**18)
    with pytest.raises(CentreError, match=r"MB left.*Free some space"):
        home.prepare(tmp_path)


def test_logs_are_rotated_under_a_running_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prahari.runtime.logfiles.MAX_BYTES", 100)
    logs = LogFolder(tmp_path / "logs")
    with logs.open("api") as file:
        for number in range(KEPT + 3):
            file.write(b"%d" % number * 150)
            file.flush()
            logs.rotate()
        file.write(b'{"message": "last words"}\n')
    assert logs.last_words("api") == "last words"
    assert sorted(path.name for path in (tmp_path / "logs").iterdir()) == [
        "api.log",
        *(f"api.log.{n + 1}" for n in range(KEPT)),
    ]
    assert (tmp_path / "logs" / "api.log.1").read_bytes() == b"5" * 150
