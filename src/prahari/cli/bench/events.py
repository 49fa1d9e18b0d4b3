"""bench events: 20,000 events a second through the event log, the alarm engine and to consoles.

The centre's own processes (NATS, PostgreSQL, writer, event stream, alarm engine with the rules that a new centre has)
on a scratch home. After a quarter of the time the writer is killed, in the middle the database is stopped. Each console
is one of a police station and asks for all that happens there, so every event is shown once. Each of them is stamped
when it is made; how old it is when it comes is what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil
import psycopg

from prahari.cli.bench._events_load import PANIC, STATIONS
from prahari.contracts import bus, subjects, tokens
from prahari.contracts.config import load
from prahari.contracts.media import StreamClaims
from prahari.core.alarming.rule import AlarmRule, RuleSet
from prahari.desks.alarms import seeds
from prahari.runtime import checks, keys, ports
from prahari.runtime.nats import Nats
from prahari.runtime.postgres import Postgres

TITLE = "events into the database, alarms out of them, both to consoles"
GOALS = {"lost": "<= 0", "duplicated": "<= 0", "event_to_console_ms_p99": "<= 250"}
PROCESSES = ("postgres", "nats", "writer", "events", "alarms")
START_S = 60.0
DRAIN_S = 180.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cameras", type=int, default=5000, help="that tell of something (5000)")
    parser.add_argument("--per-camera", type=int, default=4, help="events a second of each (4)")
    parser.add_argument("--seconds", type=float, default=60.0, help="of load (60)")
    parser.add_argument("--consoles", type=int, default=50, help="listening, each to a station (50)")
    parser.add_argument(
        "--status-only", action="store_true", help="every event is a camera.status, the dearest to store"
    )
    parser.add_argument("--database-away-s", type=float, default=8.0, help="in the middle; 0: never (8)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-events-"))
    folder.chmod(0o711)
    try:
        with Centre(folder) as centre:
            return _measure(centre, arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


class Centre(contextlib.ExitStack):
    """The processes of the way of an event, each with what it has used of a processor, also before it was killed."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        keys.ensure(folder)
        first = ports.free_run(13)
        self.postgres = Postgres(home=folder, port=first + 11)
        self.nats = Nats(home=folder, port=first + 10)
        self.events_url = f"http://127.0.0.1:{first + 1}/events"
        self._folder = folder
        inherited = ("PRAHARI_", "DJANGO_", "DATABASE_URL", "NATS_URL")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(inherited)} | {
            "PRAHARI_HOME": str(folder),
            "PRAHARI_PORT": str(first),
            "PRAHARI_LOG": "warning",
            "NATS_URL": self.nats.url,
            "DATABASE_URL": self.postgres.url,
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._used_s: dict[str, float] = {}

    def __enter__(self) -> Centre:
        self.callback(self._end)
        self.postgres.prepare()
        self.nats.prepare()
        self.start("postgres", self.postgres.command(), self.postgres.ready)
        self.postgres.ensure_database()
        self.start("nats", self.nats.command(), self.nats.ready)
        self.start_python("writer", "prahari.eventlog.writer", lambda: self.stored() is not None)
        healthy = self.events_url.replace("/events", "/healthz")
        self.start_python("events", "prahari.eventlog.stream", lambda: checks.answers(healthy))
        self.start_python("alarms", "prahari.engines.alarms", lambda: (self._folder / "alarms/state.json").exists())
        return self

    def start_python(self, name: str, module: str, ready: Callable[[], bool] = lambda: True) -> None:
        self.start(name, [sys.executable, "-m", module], ready)

    def start(self, name: str, command: list[str], ready: Callable[[], bool] = lambda: True) -> None:
        log = self._folder / f"{name}.log"
        with log.open("ab") as file:
            process = subprocess.Popen(command, env=self.environment, stdout=file, stderr=file)
        self._running[name] = process
        deadline = time.monotonic() + START_S
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{name} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self, name: str, how: signal.Signals) -> None:
        self.used_s(name)
        process = self._running.pop(name)
        process.send_signal(how)
        process.wait(30)

    def used_s(self, name: str) -> float:
        """Processor seconds so far. Backends that PostgreSQL has ended count in their parent only once it has waited
        for them."""
        if name in self._running:
            self._used_s[f"{name} {self._running[name].pid}"] = _cpu_s(self._running[name].pid)
        return sum(used for key, used in self._used_s.items() if key.split()[0] == name)

    def stored(self) -> tuple[int, int] | None:
        """(events of the bench in the table, panic events that alarms there have counted); None: no table, or no
        database."""
        try:
            with psycopg.connect(self.postgres.url, connect_timeout=2) as connection:
                row = connection.execute(
                    "SELECT (SELECT count(*) FROM event WHERE source = 'bench'),"
                    " (SELECT COALESCE(sum(count), 0) FROM alarm WHERE type = %s)::bigint",
                    [PANIC],
                ).fetchone()
                return (row[0], row[1]) if row else None
        except psycopg.Error:
            return None

    def _end(self) -> None:
        for name in ("alarms", "events", "writer", "nats", "postgres"):
            if name in self._running:
                self.stop(name, signal.SIGINT)


def _cpu_s(pid: int) -> float:
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        own = process.cpu_times()
        total = own.user + own.system + own.children_user + own.children_system
        for child in process.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = child.cpu_times()
                total += times.user + times.system
    return total


@contextlib.contextmanager
def _helper(module: str, environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", f"prahari.cli.bench.{module}", *arguments]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _measure(centre: Centre, arguments: argparse.Namespace) -> dict[str, Any]:
    asyncio.run(_put_rules(centre.nats.url))
    rate = arguments.cameras * arguments.per_camera
    with _helper("_events_consoles", centre.environment) as consoles:
        assert consoles.stdin is not None and consoles.stdout is not None
        asked = {"url": centre.events_url, "tokens": _tokens(centre, arguments.consoles)}
        consoles.stdin.write(json.dumps(asked) + "\n")
        consoles.stdin.flush()
        if consoles.stdout.readline().strip() != "listening":
            raise SystemExit("The consoles could not listen.")
        _say(f"{rate:,} events a second for {arguments.seconds:.0f} s")
        before = {name: centre.used_s(name) for name in PROCESSES}
        asked = {
            "nats_url": centre.nats.url, "cameras": arguments.cameras, "rate": rate, "seconds": arguments.seconds,
            "status_only": arguments.status_only,
        }  # fmt: skip
        with _helper("_events_load", centre.environment, json.dumps(asked)) as load:
            _faults(centre, arguments)
            sent = _answer(load)
        used = {name: centre.used_s(name) - before[name] for name in PROCESSES}
        drained_s = _drain(centre, (sent["sent"], sent["by_kind"].get(PANIC, 0)))
        heard = _answer(consoles)
    used |= {"load": sent["cpu_s"], "consoles": heard["cpu_s"]}
    return _figures(centre, arguments, sent, heard, used) | {"stored_after_s": round(drained_s, 1)}


async def _put_rules(nats_url: str) -> None:
    """Those that a new centre has."""
    bodies = enumerate(seeds.RULES)
    rules = [msgspec.convert({**body, "rule_id": str(at), "version": 1}, AlarmRule) for at, body in bodies]
    client = await bus.connect(nats_url, "bench")
    bucket = await bus.ensure_cluster_bucket(client.jetstream(), subjects.ALARM_RULES_BUCKET)
    await bucket.put(subjects.ALARM_RULES_KEY, msgspec.json.encode(RuleSet(rules)))
    await client.close()


def _tokens(centre: Centre, consoles: int) -> list[str]:
    key = load(centre.environment).signing_key()
    until_s = int(time.time()) + 3600
    rights = ["camera.view", "alarm.view"]
    return [
        tokens.sign(StreamClaims(f"console {at}", [(f"up.bench.s{at % STATIONS}", None, rights)], until_s), key)
        for at in range(consoles)
    ]


def _answer(helper: subprocess.Popen[str]) -> dict[str, Any]:
    """What it tells last, once it has ended."""
    output, _ = helper.communicate()
    if helper.returncode != 0:
        raise SystemExit(f"{helper.args} ended with {helper.returncode}.")
    told: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return told


def _faults(centre: Centre, arguments: argparse.Namespace) -> None:
    began_s = time.monotonic()
    time.sleep(arguments.seconds / 4)
    _say("killing the writer")
    centre.stop("writer", signal.SIGKILL)
    centre.start_python("writer", "prahari.eventlog.writer")
    if arguments.database_away_s:
        time.sleep(max(0.0, arguments.seconds / 2 - (time.monotonic() - began_s)))
        _say(f"stopping the database for {arguments.database_away_s:.0f} s")
        stopped_s = time.monotonic()
        centre.stop("postgres", signal.SIGINT)
        time.sleep(max(0.0, arguments.database_away_s - (time.monotonic() - stopped_s)))
        centre.start("postgres", centre.postgres.command(), centre.postgres.ready)


def _drain(centre: Centre, sent: tuple[int, int]) -> float:
    """Seconds until all is stored and counted by its alarms, or nothing more comes."""
    began_s = time.monotonic()
    while centre.stored() != sent and time.monotonic() - began_s < DRAIN_S:
        time.sleep(0.2)
    drained_s = time.monotonic() - began_s
    time.sleep(2.0)  # what is there twice would come now
    return drained_s


def _figures(
    centre: Centre, arguments: argparse.Namespace, sent: dict[str, Any], heard: dict[str, Any], used: dict[str, float]
) -> dict[str, Any]:
    with psycopg.connect(centre.postgres.url) as connection:
        row = connection.execute(
            "SELECT count(*), count(DISTINCT id), (SELECT COALESCE(sum(count), 0) FROM alarm WHERE type = %s)::bigint,"
            " (SELECT count(*) FROM alarm) FROM event WHERE source = 'bench'",
            [PANIC],
        ).fetchone()
    assert row is not None
    stored, distinct, alarmed, alarms = row
    expected = [sent["by_station"].get(str(at % STATIONS), 0) for at in range(arguments.consoles)]
    ages, alarm_ages = heard["event_to_console_ms"], heard["event_to_alarm_ms"]
    return {
        "events_per_s": round(sent["sent"] / sent["seconds"]),
        "sent": sent["sent"],
        "lost": sent["sent"] - distinct,
        "duplicated": stored - distinct,
        "event_to_console_ms_p50": ages["0.5"],
        "event_to_console_ms_p99": ages["0.99"],
        "event_to_console_ms_max": ages["1.0"],
        "event_to_alarm_at_console_ms_p50": alarm_ages["0.5"],
        "event_to_alarm_at_console_ms_p99": alarm_ages["0.99"],
        "consoles": arguments.consoles,
        "not_heard": sum(expected) - sum(heard["heard"]),
        "heard_out_of_order": heard["out_of_order"],
        "streams_ended": heard["streams_ended"],
        "alarms": alarms,
        "alarm_matches_lost": sent["by_kind"].get(PANIC, 0) - alarmed,
        "publish_ms_p99": round(sent["publish_ms_p99"], 1),
        "published_again": sent["sent_again"],
        "load_late_ms_max": round(sent["load_late_ms_max"]),
        "cpu_pct": {name: round(100 * seconds / sent["seconds"], 1) for name, seconds in used.items()},
        "cpu_pct_all": round(100 * sum(used.values()) / sent["seconds"], 1),
    }
