"""The embedded PostgreSQL: made, started, refused and recovered, as root and as an ordinary user."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from prahari.runtime import keys, ports
from prahari.runtime.errors import CentreError
from prahari.runtime.postgres import ADMIN, Postgres


def test_role_is_no_superuser_and_needs_its_password(postgres_server: Postgres) -> None:
    with psycopg.connect(postgres_server.url) as connection:
        row = connection.execute(
            "SELECT rolsuper, current_setting('listen_addresses') FROM pg_roles WHERE rolname = current_user"
        )
        assert row.fetchone() == (False, "")
    wrong = re.sub(r":[^:@/]+@", ":wrong@", postgres_server.url)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_trusted_extensions_can_be_made(fresh_postgres_url: str) -> None:
    with psycopg.connect(fresh_postgres_url) as connection:
        for name in ("pg_trgm", "btree_gist", "ltree", "unaccent"):
            connection.execute(f"CREATE EXTENSION {name}")


def test_admin_address_differs(postgres_server: Postgres) -> None:
    assert postgres_server.url_for("postgres", ADMIN) != postgres_server.url_for("postgres")


@contextmanager
def running(server: Postgres) -> Iterator[subprocess.Popen[bytes]]:
    server.prepare()
    with subprocess.Popen(server.command(), stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 30
            while not server.ready():
                assert process.poll() is None, "PostgreSQL ended"
                assert time.monotonic() < deadline
                time.sleep(0.02)
            server.ensure_database()
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that only we may enter, as /root is."""
    folder = Path(tempfile.mkdtemp(prefix="prahari-closed-"))  # mode 0700
    yield folder
    shutil.rmtree(folder)


@pytest.mark.failure
def test_data_survive_kill_and_a_stale_lock_file(closed_folder: Path) -> None:
    keys.ensure(closed_folder)
    closed_folder.chmod(0o711)
    server = Postgres(closed_folder, port=5432)
    with running(server) as process:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (7)")
        process.kill()
        process.wait()
    # A lock file naming a process number that somebody else has now: ours.
    lock = server.data / "postmaster.pid"
    lines = lock.read_text().split("\n")
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with running(server), psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (7,)


@pytest.mark.failure
def test_what_a_killed_centre_left_is_stopped_first(closed_folder: Path) -> None:
    keys.ensure(closed_folder)
    closed_folder.chmod(0o711)
    server = Postgres(closed_folder, port=5432, durable=False)
    with running(server) as process:
        assert server.left_behind()[0] == process.pid
        server.prepare()
        assert process.wait(30) == 0
        assert server.left_behind() == []


def test_interrupted_first_start_is_begun_again(closed_folder: Path) -> None:
    keys.ensure(closed_folder)
    closed_folder.chmod(0o711)
    half = closed_folder / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with running(Postgres(closed_folder, port=5432, durable=False)):
        assert not half.exists()


def test_data_of_another_version_are_refused(closed_folder: Path) -> None:
    keys.ensure(closed_folder)
    closed_folder.chmod(0o711)
    server = Postgres(closed_folder, port=5432, durable=False)
    server.prepare()
    (server.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(CentreError, match="of PostgreSQL 15, this installation brings PostgreSQL 18"):
        server.prepare()


def test_long_path_falls_back_to_loopback(closed_folder: Path) -> None:
    home = closed_folder / ("a" * 60) / ("b" * 60)
    home.mkdir(parents=True)
    closed_folder.chmod(0o711)
    keys.ensure(home)
    server = Postgres(home, port=ports.free()[0], durable=False)
    assert "@127.0.0.1:" in server.url
    with running(server), psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT inet_server_addr()::text").fetchone() == ("127.0.0.1/32",)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_runs_it_as_another_user_inside_a_closed_folder(closed_folder: Path) -> None:
    home = closed_folder / "x"
    home.mkdir()
    home.chmod(0o711)
    keys.ensure(home)
    with running(Postgres(home, port=5432, durable=False)) as process:
        assert psutil.Process(process.pid).uids().real != 0
    assert closed_folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("capsh"), reason="needs root and capsh")
def test_root_without_leave_to_mount_still_runs_it(closed_folder: Path) -> None:
    home = closed_folder / "x"
    home.mkdir()
    home.chmod(0o711)
    keys.ensure(home)
    code = (
        "import sys; from pathlib import Path; from prahari.runtime.postgres import Postgres\n"
        "server = Postgres(Path(sys.argv[1]), 5432, durable=False); server.prepare()\n"
        "import subprocess; subprocess.run(server.command() + ['-C', 'port'])"
    )
    script = closed_folder / "script.py"
    script.write_text(code)
    done = subprocess.run(
        ["capsh", "--drop=cap_sys_admin,cap_dac_read_search", "--", "-c", f"{sys.executable} {script} {home}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "5432", done.stderr


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root to become somebody else")
def test_an_ordinary_user_runs_it_directly(closed_folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from prahari.runtime import keys\n"
        "from prahari.runtime.postgres import Postgres; import subprocess\n"
        "home = Path(sys.argv[1]); keys.ensure(home); server = Postgres(home, 5432, durable=False); server.prepare()\n"
        "assert server.command()[0].endswith('/postgres')\n"
        "process = subprocess.Popen(server.command(), stderr=subprocess.DEVNULL)\n"
        "deadline = time.monotonic() + 30\n"
        "while not server.ready(): assert process.poll() is None and time.monotonic() < deadline; time.sleep(.02)\n"
        "server.ensure_database(); process.terminate(); process.wait(); print('ran')"
    )
    os.chown(closed_folder, 65534, 65534)
    # The interpreter may lie where nobody may go: keep the one right to read it, PostgreSQL itself needs none.
    command = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    command += ["--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]
    done = subprocess.run(
        [*command, sys.executable, "-c", code, str(closed_folder)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "ran", done.stderr
