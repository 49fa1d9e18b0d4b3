"""Fixtures for everybody: real PostgreSQL and NATS, started only when a test asks for them.

- `postgres_url`: an empty database for this worker; `fresh_postgres_url`: one for this test alone.
- `db` and the other pytest-django marks work: their test database lies on the same server.
- `nats_url`: a NATS with JetStream for this worker; `fresh_nats_url`: one for this test alone.
- `config`: a contracts Config on a home of its own with keys; `centre_env`: the environment that `load()` reads.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

import servers
from prahari.contracts.config import Config, load
from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats
from prahari.runtime.postgres import Postgres

SESSION = "PRAHARI_TEST_SESSION"
NATS_START_TIMEOUT_S = 20


def _session() -> tuple[Path, int]:
    folder, _, pid = os.environ[SESSION].rpartition("@")
    return Path(folder), int(pid)


def _prepare_environment() -> None:
    """Set what Django's settings read. The server itself starts with the first test that needs it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="prahari-test-"))
        folder.chmod(0o711)  # PostgreSQL runs under another user when the tests run as root
        keys.ensure(folder)
        os.environ[SESSION] = f"{folder}@{os.getpid()}"
    folder, _ = _session()
    os.environ["PRAHARI_HOME"] = str(folder)
    os.environ["DATABASE_URL"] = servers.server(folder).url
    os.environ["NATS_URL"] = "nats://127.0.0.1:1"  # nobody's: not a centre's that runs here
    # Here and not in pyproject.toml: pytest-django would read the settings before this file has set their surroundings.
    os.environ["DJANGO_SETTINGS_MODULE"] = "prahari.desks.settings"


_prepare_environment()

# Tests run side by side on two busy cores: what is slow there is no fault of what is tried.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_unconfigure() -> None:
    """Remove the session's folder when no server was started in it; else its keeper does."""
    folder, pid = _session()
    if pid == os.getpid() and not (folder / "keeper.log").exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Postgres:
    """The session's PostgreSQL, running. Its role may make databases."""
    return servers.ensure_running(*_session())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_server: Postgres, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes its test database: start the server; one database a worker, copied
    from one that is migrated."""
    from django.conf import settings

    servers.ensure_migrated(_session()[0], postgres_server)
    database = settings.DATABASES["default"]
    name = database.get("TEST", {}).get("NAME") or f"test_{database['NAME']}"
    with psycopg.connect(postgres_server.url_for("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{servers.MIGRATED}"')


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the copy as it is; it goes with the server."""
    return True


def _make_database(server: Postgres, name: str) -> str:
    with psycopg.connect(server.url_for("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.url_for(name)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """postgresql:// address of an empty database of this worker."""
    return _make_database(postgres_server, f"plain_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture
def fresh_postgres_url(postgres_server: Postgres) -> Iterator[str]:
    """postgresql:// address of an empty database for this test alone."""
    name = f"fresh_{secrets.token_hex(6)}"
    yield _make_database(postgres_server, name)
    with psycopg.connect(postgres_server.url_for("postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run_nats(home: Path) -> Iterator[str]:
    keys.ensure(home)
    nats = Nats(home=home, port=ports.free()[0])
    nats.prepare()
    with (home / "nats.log").open("w") as log, subprocess.Popen(nats.command(), stdout=log, stderr=log) as process:
        try:
            deadline = time.monotonic() + NATS_START_TIMEOUT_S
            while not nats.ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"NATS for the tests did not start:\n{(home / 'nats.log').read_text()}")
                time.sleep(0.01)
            yield nats.url
        finally:
            process.kill()


@pytest.fixture(scope="session")
def nats_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nats:// address (token included) of a server of this worker, JetStream on."""
    yield from _run_nats(tmp_path_factory.mktemp("nats"))


@pytest.fixture
def fresh_nats_url(tmp_path: Path) -> Iterator[str]:
    """nats:// address of a server for this test alone, JetStream on."""
    home = tmp_path / "nats-home"
    home.mkdir()
    yield from _run_nats(home)


@pytest.fixture
def centre_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """PRAHARI_* variables of a home with keys and free ports, set in this process too.

    DATABASE_URL and NATS_URL stay as they are: tests that need a server ask for its fixture and set them.
    """
    home = tmp_path / "home"
    home.mkdir()
    keys.ensure(home)
    first = ports.free_run(ports.OF_A_CENTRE)
    variables = {
        "PRAHARI_HOME": str(home),
        "PRAHARI_BIND": "127.0.0.1",
        "PRAHARI_PORT": str(first),
        "PRAHARI_EVENTS_PORT": str(first + 1),
        "PRAHARI_MEDIA_PORT": str(first + 10),
        "PRAHARI_MEDIA_WORKERS": "1",
        "PRAHARI_DISK_RESERVE_MB": "100",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def config(centre_env: dict[str, str]) -> Config:
    """Config of a centre with a home and keys of its own."""
    return load({**os.environ, **centre_env})
