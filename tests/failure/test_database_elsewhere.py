"""A centre on a PostgreSQL that is not its own (DATABASE_URL): started on it, through its restart, and without it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from centre_rig import Centre, until
from prahari.runtime import keys, ports
from prahari.runtime.postgres import Postgres

pytestmark = [pytest.mark.failure, pytest.mark.timeout(300)]


class Elsewhere:
    """A PostgreSQL as an administrator runs it: on TCP, with passwords (SCRAM), started and stopped by hand."""

    def __init__(self, folder: Path) -> None:
        # So deep that its socket's path is too long: then it listens on TCP.
        home = folder / "a-server-that-somebody-else-looks-after" / "in-a-folder-of-their-own" / "far-from-the-centre"
        home.mkdir(parents=True)
        for path in (folder, *home.parents[: len(home.relative_to(folder).parts)]):
            path.chmod(0o711)
        keys.ensure(home)
        self.server = Postgres(home, ports.free()[0])
        assert self.server.socket_folder is None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.server.prepare()
        self.process = subprocess.Popen(self.server.command(), stderr=subprocess.DEVNULL)
        until(self.server.ready, "the database")
        self.server.ensure_database()

    def end(self, how: signal.Signals) -> None:
        if self.process is not None:
            pids = self.server.left_behind()
            os.kill(pids[0], how)
            self.process.wait(20)
            self.process = None


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-elsewhere-"))
    made = Elsewhere(folder)
    made.start()
    yield made
    made.end(signal.SIGINT)
    shutil.rmtree(folder)


def test_a_centre_lives_on_a_database_elsewhere(elsewhere: Elsewhere) -> None:
    folder = Path(tempfile.mkdtemp(prefix="prahari-centre-"))
    server = elsewhere.server
    password = keys.read_text(server.home, "postgres.password")
    # As for a cluster: of the servers named the one that answers and may be written is taken.
    nobody = ports.free()[0]
    url = (
        f"postgresql://prahari:{password}@/prahari?host=127.0.0.1,127.0.0.1&port={nobody},{server.port}"
        "&target_session_attrs=read-write"
    )
    centre = Centre(folder, {"DATABASE_URL": url})
    try:
        said = centre.start()
        assert "one-time password" in said and centre.answers()
        assert "postgres" not in centre.rows() and not (folder / "postgres").exists()
        with psycopg.connect(url) as database:
            row = database.execute("SELECT count(*) FROM django_migrations").fetchone()
            assert row is not None and row[0] > 20
        logs = [path.read_text() for path in (folder / "logs").iterdir()]
        assert not any(password in text for text in logs)

        before = {name: row["restarts"] for name, row in centre.rows().items()}
        for how in (signal.SIGINT, signal.SIGQUIT):  # shut down in order; as if it had crashed
            elsewhere.end(how)
            until(lambda: answer(centre)[0] == 503, "an answer that says so", 20)
            assert "database does not answer" in answer(centre)[1]
            elsewhere.start()
            until(centre.answers, "answers after the database was away", 20)
            until(lambda: invited(centre), "an action after the database was away")
        until(lambda: all(row["state"] == "ready" for row in centre.rows().values()), "all processes at work")
        again = {name: row["restarts"] - before[name] for name, row in centre.rows().items()}
        assert not any(again[name] for name in ("api", "events", "media-0", "nats")), again

        # It is a database like any other: stopped and started, the centre goes on with what is there.
        centre.stop()
        said = centre.start()
        assert "one-time password" not in said and centre.answers()
        centre.stop()
        elsewhere.end(signal.SIGINT)
        done = subprocess.run(
            [sys.executable, "-m", "prahari.cli", "up", "--home", str(folder), "--port", str(centre.port)],
            env=centre.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode != 0
        assert "The database of DATABASE_URL does not answer" in done.stdout + done.stderr
        assert password not in done.stdout + done.stderr
    finally:
        centre.stop()
        shutil.rmtree(folder)


def answer(centre: Centre) -> tuple[int, str]:
    """Status and words of the API."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{centre.port}/api/v1/centre", timeout=15) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def invited(centre: Centre) -> bool:
    """An action with its audit entry, in a process of its own: the machine `spare-N` may join."""
    name = f"spare-{time.monotonic_ns() % 10**9}"
    environment = {
        **centre.environment,
        "PRAHARI_HOME": str(centre.home),
        "NATS_URL": f"nats://{keys.read_text(centre.home, 'nats.token')}@127.0.0.1:{centre.port + 2}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "prahari.desks.manage", "node", "invite", name],
        env=environment,
        capture_output=True,
        text=True,
    )
    with contextlib.suppress(ValueError, IndexError):
        return done.returncode == 0 and "number" in json.loads(done.stdout.strip().splitlines()[-1])
    return False
