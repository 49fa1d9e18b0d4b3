"""One throw-away PostgreSQL for a whole test session, shared by its workers.

`python tests/servers.py FOLDER PID` keeps it running until process PID (the test session) ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from prahari.runtime.postgres import Postgres

START_TIMEOUT_S = 60
FILMS = Path(__file__).resolve().parents[1] / "var" / "films"


def plain_environment() -> dict[str, str]:
    """The environment as it was before the tests set theirs: for starting a whole centre. Its simulated cameras' films
    are kept from run to run: filming takes minutes of a core."""
    ours = ("PRAHARI_", "DJANGO_", "DATABASE_URL", "NATS_URL")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**plain, "PRAHARI_FILMS": str(FILMS)}


def server(folder: Path) -> Postgres:
    return Postgres(home=folder, port=5432, durable=False)


def ensure_running(folder: Path, session_pid: int) -> Postgres:
    """Start the session's server unless a worker has already; return when it answers."""
    postgres = server(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "running").exists():
            log = (folder / "keeper.log").open("w")
            keeper = subprocess.Popen(
                [sys.executable, __file__, str(folder), str(session_pid)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            log.close()
            deadline = time.monotonic() + START_TIMEOUT_S
            while not (folder / "running").exists():
                if keeper.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(
                        f"PostgreSQL for the tests did not start:\n{(folder / 'keeper.log').read_text()}"
                    )
                time.sleep(0.02)
            keeper.returncode = 0  # it outlives this worker on purpose: no warning about that
    return postgres


def keep(folder: Path, session_pid: int) -> None:
    """Run the server until `session_pid` is gone, then remove the folder."""
    session = os.pidfd_open(session_pid)
    postgres = server(folder)
    postgres.prepare()
    process = subprocess.Popen(postgres.command())
    try:
        while not postgres.ready():
            if process.poll() is not None:
                sys.exit("PostgreSQL ended while starting")
            time.sleep(0.02)
        postgres.ensure_database()
        (folder / "running").touch()
        select.select([session], [], [])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]))
