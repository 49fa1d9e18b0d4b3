"""A whole centre without cameras, as a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import servers
from prahari.runtime import checks, ports

BACK_WITHIN_S = 60


def until(condition: Callable[[], object], what: str, within_s: float = BACK_WITHIN_S) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come true within {within_s:.0f} s"
        time.sleep(0.05)


class Centre:
    """`environment`: beside the plain one."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.home = folder
        self.port = ports.free_run(ports.OF_A_CENTRE)
        self.environment = {**servers.plain_environment(), **(environment or {})}
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start; what was said until the doors were open."""
        command = [sys.executable, "-m", "prahari.cli", "up", "--home", str(self.home), "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self.environment)
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C stops" in line:
                return said
        raise AssertionError(said)

    def stop(self) -> None:
        """As by Ctrl-C."""
        if self.process:
            self.process.terminate()
            self.process.wait(40)
            assert self.process.stdout
            self.process.stdout.close()
            self.process = None

    def rows(self) -> dict[str, dict[str, Any]]:
        rows = json.loads((self.home / "run" / "processes.json").read_text())["processes"]
        return {row["name"]: row for row in rows}

    def answers(self) -> bool:
        return checks.answers(f"http://127.0.0.1:{self.port}/api/v1/centre")
