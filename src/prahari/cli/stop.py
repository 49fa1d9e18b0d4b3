"""`./prahari stop`: end the centre that runs in a home."""

from __future__ import annotations

import argparse
import os
import signal
import time
from pathlib import Path

TITLE = "stop the centre running in this home"
PATIENCE_S = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--home", type=Path, help="folder of all state (default: PRAHARI_HOME, else var)")


def home_of(arguments: argparse.Namespace) -> Path:
    return Path(arguments.home or os.environ.get("PRAHARI_HOME") or "var").resolve()


def run(arguments: argparse.Namespace) -> int:
    from prahari.runtime import home

    folder = home_of(arguments)
    pid = home.holder(folder)
    if not pid:
        print(f"No centre is running in {folder}.")
        return 0
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_S
    while home.holder(folder) is not None:
        if time.monotonic() > deadline:
            print(f"The centre (process {pid}) has not stopped within {PATIENCE_S:.0f} s.")
            return 1
        time.sleep(0.1)
    print("Stopped.")
    return 0
