"""`./prahari bench api`: the registry's API with 50,000 cameras: embedded PostgreSQL, granian, sessions and scope, all
as in a centre. Every page asked for is another one: nothing is measured from a cache of answers."""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import random
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from prahari.cli.bench._api_seed import EAST, NORTH, SOUTH, WEST
from prahari.runtime import keys, ports
from prahari.runtime.postgres import Postgres

TITLE = "the registry's API with 50,000 cameras"
GOALS = {"camera_list_ms_p95": "<= 50", "map_viewport_ms_p95": "<= 100", "requests_per_s": ">= 1000"}
START_S = 60.0
PAGE = 100
_QUERIES = ("kalyanpur", "कल्याणपुर", "govind nagar medical", "shiv motors", "barra", "BEN-012345", "chakery", "parade")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cameras", type=int, default=50_000, help="in the register (50000)")
    parser.add_argument("--seconds", type=float, default=10.0, help="of full load (10)")
    parser.add_argument("--connections", type=int, default=8, help="kept open under full load (8)")
    parser.add_argument("--samples", type=int, default=300, help="single requests timed (300)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-api-"))
    folder.chmod(0o711)
    try:
        with _centre(folder, arguments.cameras) as (port, cookies, processes):
            return _measure(arguments, port, cookies, processes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


@contextlib.contextmanager
def _centre(folder: Path, cameras: int) -> Iterator[tuple[int, dict[str, str], dict[str, int]]]:
    """(port of the api, cookie headers by name, process ids by name) of a centre with that many cameras."""
    keys.ensure(folder)
    first = ports.free_run(12)
    postgres = Postgres(home=folder, port=first + 11)
    postgres.prepare()
    inherited = ("PRAHARI_", "DJANGO_", "DATABASE_URL", "NATS_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(inherited)} | {
        "PRAHARI_HOME": str(folder),
        "PRAHARI_PORT": str(first),
        "PRAHARI_LOG": "warning",
        "NATS_URL": f"nats://127.0.0.1:{first + 10}",
        "DATABASE_URL": postgres.url,
    }
    with (folder / "log").open("w") as log, contextlib.ExitStack() as stack:
        database = stack.enter_context(_process(postgres.command(), environment, log))
        _wait(postgres.ready, database, folder / "log")
        postgres.ensure_database()
        _say(f"laying out {cameras:,} cameras")
        python = [sys.executable, "-m"]
        subprocess.run(
            [*python, "prahari.desks.manage", "migrate"], env=environment, stdout=log, stderr=log, check=True
        )
        seeded = subprocess.run(
            [*python, "prahari.cli.bench._api_seed", str(cameras)], env=environment, stdout=subprocess.PIPE, stderr=log,
            check=True, text=True,
        )  # fmt: skip
        sessions = json.loads(seeded.stdout.strip().splitlines()[-1])
        api = stack.enter_context(_process([*python, "prahari.runtime.api"], environment, log))
        _wait(lambda: _healthy(first), api, folder / "log")
        cookies = {name: f"{sessions['cookie']}={sessions[name]}" for name in ("city", "station")}
        yield first, cookies, {"api": api.pid, "database": database.pid}


@contextlib.contextmanager
def _process(command: list[str], environment: dict[str, str], log: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"The scratch centre did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.05)


def _healthy(port: int) -> bool:
    try:
        with _Connection(port, "") as connection:
            return connection.get("/healthz")[0] == 200
    except OSError:
        return False


class _Connection:
    """One kept HTTP connection; light, so that the server's cost is what is measured."""

    def __init__(self, port: int, cookie: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"
        self.length = -1  # bytes of the whole answer; -1: its head is not complete yet
        self._received = bytearray()
        self.status = 0

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *error: object) -> None:
        self.socket.close()

    def send(self, path: str) -> None:
        self._received = bytearray()
        self.length = -1
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{self._head}".encode())

    def receive(self) -> bool:
        """Take what is there; whether the answer is complete."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise SystemExit("The api closed a connection.")
        self._received += chunk
        if self.length < 0:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self._received[:end]).lower()
            self.status = int(head[9:12])
            length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
            self.length = end + 4 + int(length)
        return len(self._received) >= self.length

    def get(self, path: str) -> tuple[int, bytes]:
        self.send(path)
        while not self.receive():
            pass
        return self.status, bytes(self._received).partition(b"\r\n\r\n")[2]


def _measure(
    arguments: argparse.Namespace, port: int, cookies: dict[str, str], processes: dict[str, int]
) -> dict[str, Any]:
    chance = random.Random(11)  # noqa: S311 - the same questions each time
    with _Connection(port, cookies["city"]) as connection:
        cursors = _cursors(connection, arguments.cameras)

    def page() -> str:
        return f"/api/v1/cameras?limit={PAGE}&cursor={chance.choice(cursors)}"

    def filtered() -> str:
        return f"/api/v1/cameras?limit={PAGE}&" + chance.choice(
            [
                "status=offline", "status=live&owner_class=shop", "owner_class=bank,school", "sort=name",
                f"jurisdiction=up.bench.z{chance.randrange(5)}", "kind=ptz&placement=entry", "recorded=true",
                f"department=d{chance.randrange(12)}", "sort=-since", f"q={chance.choice(_QUERIES)}",
            ]
        )  # fmt: skip

    def viewport() -> str:
        zoom = chance.choice([10, 11, 12, 13, 14, 15, 16])
        width = (EAST - WEST) * 1.2 / 2 ** (zoom - 10)
        height = (NORTH - SOUTH) * 1.2 / 2 ** (zoom - 10)
        lon, lat = chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)
        if zoom == 10:
            lon, lat = (WEST + EAST) / 2, (SOUTH + NORTH) / 2
        box = f"{lon - width / 2:.5f},{lat - height / 2:.5f},{lon + width / 2:.5f},{lat + height / 2:.5f}"
        return f"/api/v1/cameras/map?zoom={zoom}&bbox={box}"

    def search() -> str:
        return f"/api/v1/search?q={chance.choice(_QUERIES).replace(' ', '%20')}"

    _say("timing single requests")
    figures: dict[str, Any] = {}
    for name, who, question in (
        ("camera_list", "city", page),
        ("camera_list_filtered", "city", filtered),
        ("camera_list_station", "station", lambda: f"/api/v1/cameras?limit={PAGE}&sort=name"),
        ("map_viewport", "city", viewport),
        ("search", "city", search),
        ("counts", "city", lambda: "/api/v1/cameras/counts"),
    ):
        with _Connection(port, cookies[who]) as connection:
            times = _times(connection, question, arguments.samples)
        figures[f"{name}_ms_p50"] = round(statistics.median(times), 2)
        figures[f"{name}_ms_p95"] = round(times[math.ceil(len(times) * 0.95) - 1], 2)
    _say(f"full load for {arguments.seconds:.0f} s")
    figures.update(_load(port, cookies["city"], page, arguments, processes))
    figures.update(cameras=arguments.cameras, page=PAGE)
    return figures


def _cursors(connection: _Connection, cameras: int) -> list[str]:
    """Page marks all over the register."""
    found: list[str] = []
    mark = ""
    for _ in range(min(100, cameras // 500)):
        body = json.loads(_expect(connection, f"/api/v1/cameras?limit=500&cursor={mark}"))
        mark = body["next"] or ""
        found.append(mark)
        if not mark:
            break
    return found


def _expect(connection: _Connection, path: str) -> bytes:
    status, body = connection.get(path.replace(" ", "%20"))
    if status != 200:
        raise SystemExit(f"{path} answered {status}: {body[:300]!r}")
    return body


def _times(connection: _Connection, question: Callable[[], str], samples: int) -> list[float]:
    """Milliseconds of single requests, sorted; the first ones only warm up."""
    times = []
    for number in range(samples + 20):
        path = _quoted(question())
        begun = time.perf_counter()
        _expect(connection, path)
        if number >= 20:
            times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?&=,.%-_~")


def _load(
    port: int, cookie: str, question: Callable[[], str], arguments: argparse.Namespace, processes: dict[str, int]
) -> dict[str, Any]:
    """Pages a second over some connections that always wait for an answer, and what each cost. On a machine that
    others use too, the cost tells more than the rate."""
    done = bytes_in = 0
    begun = client = 0.0
    spent: dict[str, float] = {}
    with contextlib.ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(arguments.connections):
            connection = stack.enter_context(_Connection(port, cookie))
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(question())
        warm = time.perf_counter() + 1.0
        while (now := time.perf_counter()) < warm + arguments.seconds:
            if not begun and now >= warm:
                done = bytes_in = 0
                begun, client = time.perf_counter(), time.process_time()
                spent = {name: _cpu_s(pid) for name, pid in processes.items()}
            for key, _ in selector.select(0.1):
                connection = key.data
                if connection.receive():
                    if connection.status != 200:
                        raise SystemExit(f"Under load the api answered {connection.status}.")
                    done += 1
                    bytes_in += connection.length
                    connection.send(question())
        elapsed, client = time.perf_counter() - begun, time.process_time() - client
        cost = {name: (_cpu_s(pid) - spent[name]) * 1000 / done for name, pid in processes.items()}
    return {
        "requests_per_s": round(done / elapsed),
        "megabytes_per_s": round(bytes_in / elapsed / 1e6, 1),
        "api_cpu_ms_per_request": round(cost["api"], 3),
        "database_cpu_ms_per_request": round(cost["database"], 3),
        "client_cpu_ms_per_request": round(client * 1000 / done, 3),
    }


def _cpu_s(pid: int) -> float:
    """Processor seconds of a process and its children so far."""
    total = 0.0
    process = psutil.Process(pid)
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system
    return total
