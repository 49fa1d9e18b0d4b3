"""What tests of several machines share: nodes as processes on loopback addresses, and what lies on their disks."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
from nats.js import JetStreamContext
from nats.js.errors import KeyDeletedError, KeyNotFoundError

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import CameraPlacement, NodeRecord, WorkerLease
from prahari.contracts.config import Config, load
from prahari.engines.media.mp4.reader import BrokenFileError, Fragment, scan
from prahari.engines.media.placing.placer import Placer
from prahari.runtime import ports

_WRONG_CLOCK = """
import runpy, sys, time
def wrong(right, add):
    return lambda: right() + add
time.time, time.time_ns = wrong(time.time, {ahead_s}), wrong(time.time_ns, {ahead_s} * 10**9)
runpy.run_module("prahari.engines.media.worker", run_name="__main__", alter_sys=True)
"""


@dataclasses.dataclass(frozen=True)
class Group:
    """A recorded group of pictures with the fence under which it was written."""

    worker: int
    lease: int
    revision: int
    start_ms: int
    end_ms: int
    path: Path


class Node:
    """A machine with one media worker, a process of its own."""

    def __init__(self, name: str, number: int, home: Path, environment: dict[str, str]) -> None:
        self.name = name
        self.worker = number * 100
        self.number = number
        self.home = home
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.ahead_s = 0
        """How wrong its wall clock is."""

    @property
    def config(self) -> Config:
        return load(self.environment)

    @property
    def record(self) -> NodeRecord:
        return NodeRecord(self.name, self.number, "127.0.0.1", 1, int(self.environment["PRAHARI_MEDIA_PORT"]), 0)

    @property
    def log(self) -> str:
        return (self.home / "log").read_text()

    def start(self) -> None:
        command = [sys.executable, "-m", "prahari.engines.media.worker", "--worker", str(self.worker)]
        if self.ahead_s:
            command[1:3] = ["-c", _WRONG_CLOCK.format(ahead_s=self.ahead_s)]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(command, env={**os.environ, **self.environment}, stderr=log)

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def groups(self, camera_id: str) -> list[Group]:
        """What lies on its disk, by time."""
        found: list[Group] = []
        for path in self.config.recordings.glob(f"{camera_id}/*/*.mp4"):
            with contextlib.suppress(FileNotFoundError, BrokenFileError):
                read = scan(path)
                worker, lease, revision = msgspec.json.decode(read.owner) if read.owner else (self.worker, 0, 0)
                found += [_group(worker, lease, revision, one, path) for one in read.fragments]
        return sorted(found, key=lambda group: group.start_ms)


def _group(worker: int, lease: int, revision: int, one: Fragment, path: Path) -> Group:
    return Group(worker, lease, revision, one.start_ms, one.end_ms, path)


@contextlib.contextmanager
def nodes(folder: Path, config: Config, nats_url: str, count: int = 2) -> Iterator[list[Node]]:
    """`count` machines with the keys of `config`; the first one is the centre's own. Not started."""
    found = []
    for number in range(count):
        home = config.home if number == 0 else folder / f"node-{number}"
        if number:
            home.mkdir()
            shutil.copytree(config.keys, home / "keys")
        environment = {
            "PRAHARI_HOME": str(home),
            "PRAHARI_BIND": "127.0.0.1",
            "PRAHARI_PORT": str(config.port),
            "PRAHARI_MEDIA_PORT": str(config.media_port if number == 0 else ports.free()[0]),
            "PRAHARI_MEDIA_WORKERS": "1",
            "PRAHARI_DISK_RESERVE_MB": "100",
            "PRAHARI_WORKER_CAPACITY": "8",
            "PRAHARI_NODE": "centre" if number == 0 else f"node-{number}",
            "PRAHARI_NODE_NUMBER": str(number),
            "PRAHARI_LOG": "info",
            "NATS_URL": nats_url,
        }
        found.append(Node(environment["PRAHARI_NODE"], number, home, environment))
    try:
        yield found
    finally:
        for node in found:
            node.kill()


class Cluster:
    """The buckets as a test reads and writes them."""

    def __init__(self, js: JetStreamContext) -> None:
        self.js = js
        self.client: Any = None

    async def join(self, *joining: Node) -> None:
        bucket = await bus.ensure_cluster_bucket(self.js, subjects.MEDIA_NODE_BUCKET)
        for node in joining:
            if node.number:
                await bucket.put(node.name, msgspec.json.encode(node.record))

    async def change(self, node: Node, **changes: Any) -> None:
        bucket = await bus.ensure_cluster_bucket(self.js, subjects.MEDIA_NODE_BUCKET)
        record = msgspec.json.decode((await bucket.get(node.name)).value or b"", type=NodeRecord)
        await bucket.put(node.name, msgspec.json.encode(msgspec.structs.replace(record, **changes)))

    async def placement(self, camera_id: str) -> CameraPlacement | None:
        bucket = await bus.ensure_cluster_bucket(self.js, subjects.CAMERA_PLACEMENT_BUCKET)
        with contextlib.suppress(KeyNotFoundError, KeyDeletedError):
            return msgspec.json.decode((await bucket.get(camera_id)).value or b"", type=CameraPlacement)
        return None

    async def lease(self, node: Node) -> WorkerLease | None:
        bucket = await bus.ensure_cluster_bucket(self.js, subjects.MEDIA_LEASE_BUCKET)
        with contextlib.suppress(KeyNotFoundError, KeyDeletedError):
            value = (await bucket.get(subjects.worker_lease(node.worker))).value
            return msgspec.json.decode(value or b"", type=WorkerLease)
        return None

    async def served_by(self, camera_id: str, node: Node, within_s: float = 40.0) -> None:
        async def is_there() -> bool:
            placement = await self.placement(camera_id)
            return placement is not None and placement.worker == node.worker and placement.to is None

        await eventually(is_there, within_s, f"the camera at {node.name}")


async def eventually(condition: Any, within_s: float, what: str) -> None:
    deadline = time.monotonic() + within_s
    while not await condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {within_s} s")
        await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def cluster(nats_url: str) -> AsyncIterator[Cluster]:
    client = await bus.connect(nats_url, "test")
    try:
        found = Cluster(client.jetstream(timeout=5))
        found.client = client
        yield found
    finally:
        await client.close()


@contextlib.asynccontextmanager
async def placing(nats_url: str, workers: int | None = 1, **how: Any) -> AsyncIterator[Placer]:
    """A placer in this process."""
    client = await bus.connect(nats_url, "placer")
    placer = Placer(f"test-{time.monotonic_ns()}", workers, **how)
    task = asyncio.create_task(placer.run(client.jetstream(timeout=5)))
    try:
        yield placer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await client.close()


def overlaps_ms(groups: list[Group]) -> list[tuple[Group, Group, int]]:
    """Groups of different workers or leases whose time overlaps, and by how much."""
    ordered = sorted(groups, key=lambda group: group.start_ms)
    found = []
    for index, earlier in enumerate(ordered):
        for later in ordered[index + 1 :]:
            if later.start_ms >= earlier.end_ms:
                break
            if (earlier.worker, earlier.lease) != (later.worker, later.lease):
                found.append((earlier, later, earlier.end_ms - later.start_ms))
    return found
