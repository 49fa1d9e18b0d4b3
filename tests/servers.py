"""One throw-away PostgreSQL for a whole test session, shared by its workers.

`python tests/servers.py FOLDER PID` keeps it running until process PID (the test session) ends, however it ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from prahari.runtime.postgres import Postgres, install_folder

START_TIMEOUT_S = 60
ROOT = Path(__file__).resolve().parents[1]
FILMS = ROOT / "var" / "films"
MIGRATED = "migrated"
"""Database on a session's server from which each worker's is copied."""


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


def ensure_migrated(folder: Path, postgres: Postgres) -> None:
    """A database with every migration applied, to copy from. Migrating takes a minute of a core, so what came of the
    very same migrations before is kept in var/ and put back."""
    kept = ROOT / "var" / "test-database" / f"{_migrations_digest()}.dump"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (folder / "migrated.lock").open("w") as ours, kept.with_suffix(".lock").open("w") as everybodys:
        fcntl.flock(ours, fcntl.LOCK_EX)
        if (folder / "migrated").exists():
            return
        with psycopg.connect(postgres.url_for("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{MIGRATED}"')
            connection.execute(f'CREATE DATABASE "{MIGRATED}"')
        url = postgres.url_for(MIGRATED)
        programs = install_folder() / "bin"
        fcntl.flock(everybodys, fcntl.LOCK_EX)  # two sessions at once need not both migrate
        if not kept.exists():
            environment = {**os.environ, "DATABASE_URL": url, "PRAHARI_LOG": "error"}
            _run([sys.executable, "-m", "prahari.desks.manage", "migrate", "-v0"], environment)
            part = kept.with_suffix(f".{os.getpid()}")
            _run([str(programs / "pg_dump"), "-Fc", "-f", str(part), url])
            part.replace(kept)
        else:
            fcntl.flock(everybodys, fcntl.LOCK_UN)
            _run([str(programs / "pg_restore"), "--exit-on-error", "-d", url, str(kept)])
        (folder / "migrated").touch()


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed:\n{done.stderr[-4000:]}")


def _migrations_digest() -> str:
    """Over the migrations and our modules that they take rows and SQL from."""
    source = ROOT / "src"
    files = set(source.glob("prahari/desks/*/migrations/*.py")) | {ROOT / "uv.lock"}
    for path in sorted(files):
        for module in re.findall(r"(?:from|import) (prahari(?:\.\w+)+)", path.read_text()):
            found = source / (module.replace(".", "/") + ".py")
            files |= {found} if found.exists() else set()
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:32]


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
