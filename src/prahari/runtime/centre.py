"""A whole centre: which processes it has, in what order they start, and what is done once in between."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from prahari.contracts.config import Config, ConfigError, load
from prahari.runtime import checks, keys, ports, tls
from prahari.runtime.errors import CentreError
from prahari.runtime.nats import Nats
from prahari.runtime.postgres import Postgres
from prahari.runtime.supervisor import Process, Supervisor, end_leftovers

Check = Callable[[], Awaitable[bool]]

RECORDED_IN_DEMO = 48
METRICS_PORT, EMERGENCY_PORT = 40, 44
"""Behind the first port, and behind as many media workers as one machine has."""
PORTS_FREED_WITHIN_S = 5.0
INVITED = "invited"
"""In the home: another machine was invited once (./prahari node invite)."""
INVITED_LOOK_S = 1.0


@dataclass(frozen=True)
class Options:
    """What the command line says. None: take the environment's word, else the default."""

    home: Path | None = None
    bind: str | None = None
    port: int | None = None
    demo: bool = False
    record: int = RECORDED_IN_DEMO
    video: Path | None = None


@dataclass
class Opened:
    """What the person who started the centre must be told. Passwords appear here only and are never logged."""

    address: str
    administrator: dict[str, str] = field(default_factory=dict)  # username, password; empty when one exists
    demo_accounts: list[dict[str, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)  # what does not work yet, a sentence each


class Centre:
    """Use: `prepare()`, `opened = await run_until_open()`, wait, `await stop()`. `report` is told each step."""

    def __init__(self, options: Options, report: Callable[[str], None]) -> None:
        self._options = options
        self._report = report
        base = dict(os.environ)
        given = {"PRAHARI_HOME": options.home, "PRAHARI_BIND": options.bind, "PRAHARI_PORT": options.port}
        base.update({name: str(value) for name, value in given.items() if value is not None})
        base.setdefault("PRAHARI_MEDIA_WORKERS", str(max(1, (os.cpu_count() or 1) - 1)))
        self.config = _load(base)
        base["PRAHARI_HOME"] = str(self.config.home)
        self._environment = base
        port = self.config.port
        self._postgres = None if base.get("DATABASE_URL") else Postgres(self.config.home, port + 3)
        nats_port = int(base.get("PRAHARI_NATS_PORT", port + 2))
        nats_bind = base.get("PRAHARI_NATS_BIND", "127.0.0.1")
        self._nats = None if base.get("NATS_URL") else Nats(self.config.home, nats_port, nats_bind)
        self._supervisor: Supervisor | None = None
        self._inviting: asyncio.Task[None] | None = None

    def prepare(self) -> None:
        """Blocking: keys, certificate, environment. Call while holding the home. Raises CentreError."""
        config = self.config
        keys.ensure(config.home)
        environment = self._environment
        if config.tls_cert and config.tls_key:
            tls.check_pair(config.tls_cert, config.tls_key)
        elif not tls.is_loopback(config.bind):
            cert, key = tls.ensure(config.home, config.bind)
            environment.update(PRAHARI_TLS_CERT=str(cert), PRAHARI_TLS_KEY=str(key))
        if self._postgres:
            environment["DATABASE_URL"] = self._postgres.url
        else:
            _check_database(environment["DATABASE_URL"])
        if self._nats:
            if not tls.is_loopback(self._nats.bind):  # other machines join by it: nothing of it in the clear
                cert, key = tls.ensure(config.home, self._nats.bind)
                self._nats = dataclasses.replace(self._nats, certificate=(cert, key))
                environment["PRAHARI_NATS_CA"] = str(cert)
            environment["NATS_URL"] = self._nats.url
        if self._options.demo:
            if not (config.keys / "simcity.password").exists():
                keys.write_private(config.keys / "simcity.password", secrets.token_urlsafe(12).encode())
            environment["SIMCITY_USERNAME"] = "centre"
            environment["SIMCITY_PASSWORD"] = keys.read_text(config.home, "simcity.password")
        # Python's threads would otherwise each grow a heap of their own.
        environment.setdefault("MALLOC_ARENA_MAX", "2")
        self.config = _load(environment)

    async def run_until_open(self) -> Opened:
        """Start everything; returns when people can sign in. Raises CentreError."""
        await end_leftovers(self.config.home)
        await self._check_ports()
        self._supervisor = supervisor = Supervisor(self.config.home, self._environment)
        self._report("Starting the database and the event log")
        servers = [each for each in (self._postgres_process(), self._nats_process()) if each]
        await _all(*(supervisor.start(process) for process in servers))
        if self._postgres:
            await asyncio.to_thread(self._postgres.ensure_database)
        is_current = self._database_is_current()
        self._report("Opening the doors" if is_current else "Bringing the database up to date and opening the doors")
        opened = Opened(self.config.origin(self.config.port, _shown_host(self.config.bind)))
        # All at once: every process waits by itself for what is not there yet, and the address is told when all is.
        await _all(
            *([] if is_current else [self._prepare_database(opened)]),
            *(supervisor.start(process) for process in self._processes()),
        )
        await supervisor.start(self._tasks_process())
        if self._options.demo:
            opened.demo_accounts = await self._load_demo()
        opened.troubles = supervisor.troubles
        self._inviting = asyncio.create_task(self._place_when_invited(supervisor), name="placer when invited")
        return opened

    async def _place_when_invited(self, supervisor: Supervisor) -> None:
        """A centre of one machine needs no placer, and no memory for one."""
        while not (self.config.home / INVITED).exists():  # noqa: ASYNC110 - made by another process
            await asyncio.sleep(INVITED_LOOK_S)
        await supervisor.start(_python("placer", "prahari.engines.media.placing", ready=_at_once))

    async def stop(self) -> None:
        if self._inviting is not None:
            self._inviting.cancel()
            await asyncio.gather(self._inviting, return_exceptions=True)
        if self._supervisor:
            await self._supervisor.stop()

    def kill(self) -> None:
        if self._supervisor:
            self._supervisor.kill()

    async def _check_ports(self) -> None:
        """Raises CentreError naming the first port that stays taken."""
        config = self.config
        wanted = {config.port: "the console", config.events_port: "the event stream", config.edge_port: "the edge gate"}
        wanted.update(dict.fromkeys(config.media_ports(), "the media engine"))
        wanted.update({config.intake_port: "events from outside", config.mqtt_port: "events by MQTT"})
        wanted[self._metrics_port] = "the figures for Prometheus"
        local: dict[int, str] = {}
        if self._nats:
            local[self._nats.port] = "the event log"
        if self._postgres and not self._postgres.socket_folder:
            local[self._postgres.port] = "the database"
        if self._options.demo:
            local.update({config.port + 4: "the simulated cameras", config.port + 5: "the simulated cameras"})
            local[config.port + 8] = "the simulated recorders"
            local.update({config.port + 6: "the simulated SMS", config.port + 7: "the simulated mail"})
            local[config.port + EMERGENCY_PORT] = "the simulated 112"
        places = [(port, config.bind, what) for port, what in wanted.items()]
        hosts = {self._nats.port: self._nats.bind} if self._nats else {}
        places += [(port, hosts.get(port, "127.0.0.1"), what) for port, what in local.items()]
        for port, host, what in places:
            deadline = asyncio.get_running_loop().time() + PORTS_FREED_WITHIN_S
            while not ports.is_free(port, host):
                who = ports.holder(port)
                if who != ports.UNKNOWN or asyncio.get_running_loop().time() > deadline:
                    raise CentreError(
                        f"Port {port} for {what} is taken by {who}. Stop it, or choose another first port with --port "
                        f"(for example --port {port + 100})."
                    )
                await asyncio.sleep(0.1)

    def _postgres_process(self) -> Process | None:
        server = self._postgres
        if server is None:
            return None
        return Process(
            "postgres",
            server.command,
            ready=lambda: asyncio.to_thread(server.ready),
            prepare=server.prepare,
            healthy=lambda: asyncio.to_thread(server.ready),
            stop_signal=signal.SIGINT,
            stop_s=15,
        )

    def _nats_process(self) -> Process | None:
        server = self._nats
        if server is None:
            return None
        ready = lambda: asyncio.to_thread(server.ready)  # noqa: E731
        return Process("nats", server.command, ready=ready, prepare=server.prepare, healthy=ready)

    def _processes(self) -> list[Process]:
        config = self.config
        api = checks.http(self._url(config.port))
        events = checks.http(self._url(config.events_port))
        processes = [
            _python("api", "prahari.runtime.api", ready=api, healthy=api, start_s=240, essential=True),
            _python("events", "prahari.eventlog.stream", ready=events, healthy=events),
            _python("writer", "prahari.eventlog.writer", ready=_at_once),
        ]
        for worker, port in enumerate(config.media_ports()):
            check = checks.http(self._url(port))
            module = ("prahari.engines.media.worker", "--worker", str(worker))
            processes.append(_python(f"media-{worker}", *module, ready=check, healthy=check))
        edge = checks.http(self._url(config.edge_port))
        processes.append(_python("edge-gate", "prahari.engines.edge.gate.process", ready=edge, healthy=edge))
        processes.append(_python("alarms", "prahari.engines.alarms", ready=_at_once, healthy=self._alarms_beat))
        intake = checks.http(self._url(config.intake_port))
        processes.append(_python("intake", "prahari.engines.intake", ready=intake, healthy=intake))
        processes.append(self._metrics_process())
        return [*processes, *(self._simulated() if self._options.demo else [])]

    @property
    def _metrics_port(self) -> int:
        return int(self._environment.get("PRAHARI_METRICS_PORT", self.config.port + METRICS_PORT))

    def _metrics_process(self) -> Process:
        port = self._metrics_port
        check = checks.http(self._url(port))
        return _python("metrics", "prahari.runtime.metrics.exporter", "--port", str(port), ready=check, healthy=check)

    def _tasks_process(self) -> Process:
        database_url = self._environment["DATABASE_URL"]

        async def beats() -> bool:
            return await asyncio.to_thread(checks.tasks_beat, database_url)

        # Side by side: a long import or a slow SMS gateway must not hold up somebody's one-time code.
        worker = ("prahari.desks.manage", "procrastinate", "worker", "--concurrency", "4")
        return _python("tasks", *worker, ready=_at_once, healthy=beats)

    async def _alarms_beat(self) -> bool:
        return checks.alarms_beat(self.config.home)

    def _simulated(self) -> list[Process]:
        return [self._simcity_process(), self._simmessages_process(), self._simemergency_process()]

    def _simcity_process(self) -> Process:
        port = self.config.port + 4
        command = ["serve", "--home", str(self.config.home), "--port", str(port), "--control-port", str(port + 1)]
        command += ["--onvif-port", str(port + 4)]
        if self._options.video:
            command += ["--video", str(self._options.video)]
        check = checks.http(f"http://127.0.0.1:{port + 1}/healthz")
        return _python("simcity", "prahari.simcity", *command, ready=check, start_s=120)

    def _simmessages_process(self) -> Process:
        port = self.config.port + 6
        command = ["--sms-port", str(port), "--smtp-port", str(port + 1)]
        check = checks.http(f"http://127.0.0.1:{port}/healthz")
        return _python("simmessages", "prahari.simcity.messages", *command, ready=check, healthy=check)

    def _simemergency_process(self) -> Process:
        config = self.config
        port = config.port + EMERGENCY_PORT
        intake, console = (
            config.origin(each, _reachable_host(config.bind)) for each in (config.intake_port, config.port)
        )
        command = ["--port", str(port), "--intake", intake, "--mqtt-port", str(config.mqtt_port), "--centre", console]
        check = checks.http(f"http://127.0.0.1:{port}/healthz")
        return _python("simemergency", "prahari.simcity.emergency", *command, ready=check, healthy=check)

    async def _load_demo(self) -> list[dict[str, str]]:
        self._report("Laying out the demonstration city")
        assert self._supervisor
        url = f"rtsp://127.0.0.1:{self.config.port + 4}"
        command = [sys.executable, "-m", "prahari.runtime.demo", "--rtsp", url, "--record", str(self._options.record)]
        return _last_json(await self._supervisor.run_once("demo", command)) or []

    @property
    def _database_stamp(self) -> Path:
        return self.config.home / "postgres" / "prepared"

    def _database_is_current(self) -> bool:
        """Whether this code has prepared this embedded database before. An outside one may have been restored."""
        stamp = self._database_stamp
        return self._postgres is not None and stamp.exists() and stamp.read_text() == _code_digest()

    async def _prepare_database(self, opened: Opened) -> None:
        assert self._supervisor
        output = await self._supervisor.run_once("prepare", [sys.executable, "-m", "prahari.runtime.prepare"])
        opened.administrator = _last_json(output) or {}
        if self._postgres:
            self._database_stamp.write_text(_code_digest())

    def _url(self, port: int) -> str:
        return self.config.origin(port, _reachable_host(self.config.bind)) + "/healthz"


def _code_digest() -> str:
    """Changes whenever a migration, a command or a package may have."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256()
    for path in sorted(
        [*package.glob("desks/**/*.py"), *package.glob("contracts/*.py"), package.parents[1] / "uv.lock"]
    ):
        if path.exists():
            total.update(str(path).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _python(
    name: str,
    module: str,
    *arguments: str,
    ready: Check,
    healthy: Check | None = None,
    start_s: float = 120.0,
    essential: bool = False,
) -> Process:
    command = [sys.executable, "-m", module, *arguments]
    return Process(name, lambda: command, ready=ready, healthy=healthy, start_s=start_s, essential=essential)


async def _at_once() -> bool:
    return True


async def _all(*work: Coroutine[Any, Any, Any]) -> list[Any]:
    """Results of all; at the first failure the others are cancelled and it is raised."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def _last_json(output: str) -> Any:
    lines = output.strip().splitlines()
    return json.loads(lines[-1]) if lines else None


def _reachable_host(bind: str) -> str:
    """Where we reach ourselves when we listen on `bind`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104 - compared, not bound


def _shown_host(bind: str) -> str:
    return socket.gethostname() if bind in {"0.0.0.0", "::"} else bind  # noqa: S104 - compared, not bound


def _load(environment: dict[str, str]) -> Config:
    try:
        return load(environment)
    except ConfigError as error:
        raise CentreError(f"{error}.") from error


def _check_database(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise CentreError(
            f"The database of DATABASE_URL does not answer ({reason}). Start it or correct the address."
        ) from error
