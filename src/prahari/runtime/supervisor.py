"""Starts processes, restarts the ones that end, and stops them all: the centre's only parent process.

Every child leads a process group of its own, which is ended whole; it is told to stop by the kernel when we die.
What runs is written to home/run/processes.json at every change.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from prahari.runtime.errors import CentreError
from prahari.runtime.launch import die_with_parent
from prahari.runtime.logfiles import LogFolder

log = logging.getLogger(__name__)

POLL_S = 0.05
HEALTH_PERIOD_S = 5.0
HEALTH_FAILURES_MAX = 6
BACK_OFF_FIRST_S = 0.2
BACK_OFF_MAX_S = 10.0
STEADY_S = 30.0
"""A process that ran this long starts anew with the first back-off."""


@dataclass(frozen=True)
class Process:
    """What to run and how to know that it works.

    prepare: blocking work before every start. ready: polled after a start. healthy: asked every few seconds after
    that; a process that says no for half a minute is restarted. stop_signal is sent first, SIGKILL after stop_s.
    essential: without it there is no centre; any other is tried again and again while the rest works.
    """

    name: str
    command: Callable[[], list[str]]
    ready: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] | None = None
    healthy: Callable[[], Awaitable[bool]] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_s: float = 6.0
    start_s: float = 60.0
    essential: bool = True


@dataclass
class _Child:
    process: Process
    state: str = "starting"  # starting, ready, waiting (for a restart), stopped
    pid: int = 0
    created_s: float = 0.0
    restarts: int = 0
    since_ms: int = 0
    handle: asyncio.subprocess.Process | None = None
    keeper: asyncio.Task[None] | None = None
    failure: str = ""  # why its last life ended
    first_outcome: asyncio.Event = field(default_factory=asyncio.Event)
    was_ready: bool = False


class Supervisor:
    """Use inside a running loop; `stop()` ends everything started, the last started first."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self._home = home
        self._environment = dict(environment)
        self._children: dict[str, _Child] = {}
        self._stopping = False
        self._logs = LogFolder(home / "logs")
        self._rotation = asyncio.create_task(self._logs.rotate_forever())

    @property
    def restarts(self) -> dict[str, int]:
        return {name: child.restarts for name, child in self._children.items()}

    @property
    def troubles(self) -> list[str]:
        """A sentence for each process that has not worked since it was started."""
        return [
            f"{name} does not work yet: {child.failure}"
            for name, child in self._children.items()
            if child.first_outcome.is_set() and not child.was_ready
        ]

    async def start(self, process: Process) -> None:
        """Start and keep running; returns when ready.

        When it does not get ready the first time: raises CentreError if essential, else returns and goes on trying.
        """
        child = _Child(process)
        self._children[process.name] = child
        child.keeper = asyncio.create_task(self._keep(child), name=process.name)
        outcome = asyncio.create_task(child.first_outcome.wait())
        try:
            await asyncio.wait({outcome, child.keeper}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            outcome.cancel()
        if child.keeper.done():
            await child.keeper

    async def run_once(self, name: str, command: list[str]) -> str:
        """Run a command to its end; its standard output. Raises CentreError with its last words when it fails."""
        with self._logs.open(name) as file:
            child = await asyncio.create_subprocess_exec(
                *command,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=file,
                start_new_session=True,
                preexec_fn=_told_to_stop(os.getpid()),
            )
        try:
            output, _ = await child.communicate()
        except asyncio.CancelledError:
            _signal_group(child.pid, signal.SIGKILL)
            await child.wait()
            raise
        if child.returncode != 0:
            raise CentreError(f"The step '{name}' failed: {self._logs.last_words(name)}")
        return output.decode()

    async def stop(self) -> None:
        """End all processes in the reverse order of their start, groups of equal rank together."""
        self._stopping = True
        self._rotation.cancel()
        children = list(self._children.values())
        # The two servers come first and go last: everything else still wants to write its last words to them.
        servers = [child for child in children if child.process.name in {"postgres", "nats"}]
        for group in ([child for child in children if child not in servers], servers):
            await asyncio.gather(*(self._end(child) for child in group))
        await asyncio.gather(self._rotation, return_exceptions=True)

    def kill(self) -> None:
        """End everything at once, without leave to clean up."""
        for child in self._children.values():
            if child.pid:
                _signal_group(child.pid, signal.SIGKILL)

    async def _keep(self, child: _Child) -> None:
        back_off_s = BACK_OFF_FIRST_S
        process = child.process
        while True:
            started_s = time.monotonic()
            child.failure = await self._run(child)
            if not child.was_ready and process.essential:
                raise CentreError(f"{process.name} did not start: {child.failure}")
            child.first_outcome.set()
            child.restarts += 1
            if time.monotonic() - started_s > STEADY_S:
                back_off_s = BACK_OFF_FIRST_S
            log.warning("%s ended (%s); starting it again in %.1f s", process.name, child.failure, back_off_s)
            self._set_state(child, "waiting")
            await asyncio.sleep(back_off_s)
            back_off_s = min(back_off_s * 2, BACK_OFF_MAX_S)

    async def _run(self, child: _Child) -> str:
        """One life of a process; why it ended."""
        process = child.process
        try:
            if process.prepare:
                await asyncio.to_thread(process.prepare)
            with self._logs.open(process.name) as file:
                child.handle = handle = await asyncio.create_subprocess_exec(
                    *process.command(),
                    env={**self._environment, **process.environment},
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=file,
                    stderr=file,
                    start_new_session=True,
                    preexec_fn=_told_to_stop(os.getpid()),
                )
        except CentreError as error:
            return str(error)
        except OSError as error:
            return f"{error.strerror or error}"
        child.pid, child.created_s = handle.pid, _created_s(handle.pid)
        self._set_state(child, "starting")
        watch = asyncio.create_task(self._watch(child))
        ended = asyncio.create_task(handle.wait())
        try:
            await asyncio.wait({watch, ended}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                words = self._logs.last_words(process.name)
                return f"{_exit_words(handle.returncode or 0)}{f': {words}' if words else ''}"
            return await watch
        finally:
            watch.cancel()
            ended.cancel()
            if not self._stopping:
                _signal_group(handle.pid, signal.SIGKILL)  # also what a dead leader left behind
                await handle.wait()

    async def _watch(self, child: _Child) -> str:
        """Wait until ready, then until unhealthy; what is wrong."""
        process = child.process
        deadline = time.monotonic() + process.start_s
        while not await process.ready():
            if time.monotonic() > deadline:
                return f"not ready within {process.start_s:.0f} s; see {self._logs.path(process.name)}"
            await asyncio.sleep(POLL_S)
        self._set_state(child, "ready")
        child.was_ready = True
        child.first_outcome.set()
        failures = 0
        while failures < HEALTH_FAILURES_MAX:
            await asyncio.sleep(HEALTH_PERIOD_S)
            failures = 0 if process.healthy is None or await process.healthy() else failures + 1
        return f"no answer for {HEALTH_FAILURES_MAX * HEALTH_PERIOD_S:.0f} s"

    async def _end(self, child: _Child) -> None:
        if child.keeper:
            child.keeper.cancel()
            await asyncio.gather(child.keeper, return_exceptions=True)
        handle = child.handle
        if handle and handle.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                handle.send_signal(child.process.stop_signal)
            try:
                await asyncio.wait_for(handle.wait(), child.process.stop_s)
            except TimeoutError:
                log.warning("%s did not stop within %.0f s and is ended", child.process.name, child.process.stop_s)
        if handle:
            _signal_group(handle.pid, signal.SIGKILL)
            await handle.wait()
        child.pid = 0
        self._set_state(child, "stopped")

    def _set_state(self, child: _Child, state: str) -> None:
        child.state, child.since_ms = state, time.time_ns() // 1_000_000
        rows = [
            {
                "name": each.process.name,
                "pid": each.pid,
                "created_s": each.created_s,
                "state": each.state,
                "restarts": each.restarts,
                "since_ms": each.since_ms,
            }
            for each in self._children.values()
        ]
        path = self._home / "run" / "processes.json"
        part = path.with_suffix(".part")
        try:
            part.write_text(json.dumps({"pid": os.getpid(), "processes": rows}, indent=1))
            part.replace(path)
        except OSError as error:  # a full disk must not stop the restarts
            log.warning("cannot write %s: %s", path, error.strerror)


async def end_leftovers(home: Path, patience_s: float = 8.0) -> None:
    """Wait for, then end, processes that a killed supervisor left in `home`. Call while holding the home's lock."""
    try:
        rows = json.loads((home / "run" / "processes.json").read_text())["processes"]
    except (FileNotFoundError, ValueError, KeyError):
        return
    left = {row["pid"] for row in rows if row["pid"] and abs(_created_s(row["pid"]) - row["created_s"]) < 0.05}
    deadline = time.monotonic() + patience_s
    while left and time.monotonic() < deadline:
        await asyncio.sleep(POLL_S)
        left = {pid for pid in left if psutil.pid_exists(pid)}
    for pid in left:
        _signal_group(pid, signal.SIGKILL)


def _told_to_stop(parent: int) -> Callable[[], None]:
    return lambda: die_with_parent(signal.SIGTERM, parent)


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)


def _created_s(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return 0.0


def _exit_words(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
