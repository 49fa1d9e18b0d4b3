"""bench cluster: two machines of a centre, one of them killed.

Measured: how long its cameras are not recorded, and whether anybody else's are.

Both run on this computer, on two loopback addresses, each with a media worker and a placer of its own, as
`./prahari node run` runs them: under Ray when it is installed (`uv sync --group ray`), else under the local supervisor.
What counts is what lies on the disks afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil

from prahari.cli.bench import record
from prahari.contracts import bus, subjects
from prahari.contracts.cluster import HOLD_S, LEASE_S, CameraPlacement, NodeRecord, Obeys, PlacementMode
from prahari.engines.media.mp4.reader import BrokenFileError, scan
from prahari.runtime import keys, ports
from prahari.runtime.executors import ray as ray_executor
from prahari.runtime.nats import Nats
from prahari.runtime.nodes import machine
from prahari.runtime.nodes.joining import JoinReply

TITLE = "two machines, one killed: recording resumed elsewhere, others untouched"
GOALS = {"recording_resumed_s": "<= 30", "lost_other_cameras": "<= 0"}

READY_S = 240.0
RESUMED_WITHIN_S = 90.0
WATCHED_S = 5.0
HOLE_MS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cameras", type=int, default=16, help="recorded cameras on both machines (default 16)")
    parser.add_argument("--executor", choices=["ray", "local"], help="default: ray when it is installed")


def run(arguments: argparse.Namespace) -> dict[str, object]:
    kind = arguments.executor or ("ray" if ray_executor.installed() else "local")
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-"))
    try:
        with record._cameras(arguments.cameras) as port:
            return _measure(folder, port, arguments.cameras, kind)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Machine:
    def __init__(
        self, name: str, number: int, address: str, folder: Path, centre: Path, nats_url: str, cameras: int
    ) -> None:
        self.name = name
        self.worker = number * 100
        self.home = folder / name
        port = ports.free_run(2, address)
        handed = {
            each: base64.b64encode((centre / "keys" / each).read_bytes()).decode() for each in ("seal.key", "token.pub")
        }
        environment = {
            "NATS_URL": nats_url,
            "PRAHARI_DISK_RESERVE_MB": "200",
            "PRAHARI_LOG": "warning",
            "PRAHARI_NODE_SETTLED_S": "0",
            "PRAHARI_WORKER_CAPACITY": str(cameras),  # few cameras are to be shared by both, too
        }
        machine.keep(self.home, JoinReply(name, number, handed, environment), address, address, 1, port)
        self.record = NodeRecord(name, number, address, 1, port, 0)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, kind: str, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "prahari.cli", "node", "run", "--home", str(self.home), "--executor", kind]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
            )

    def says(self, text: str) -> bool:
        return text in (self.home / "log").read_text()

    def kill(self) -> int:
        """All of it at once, as when a machine loses its mains. How many processes that were."""
        if self.process is None:
            return 0
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.process.pid)
            victims = [*root.children(recursive=True), root]
            for victim in victims:  # stopped first: a parent must not see its child die and begin it anew
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.send_signal(signal.SIGSTOP)
            for victim in victims:
                with contextlib.suppress(psutil.NoSuchProcess):
                    victim.kill()
            self.process.wait(20)
            return len(victims)
        return 0

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
            self.kill()

    def stretches(self, camera_id: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for path in (self.home / "recordings").glob(f"{camera_id}/*/*.mp4"):
            with contextlib.suppress(BrokenFileError, FileNotFoundError):
                found += [(one.start_ms, one.end_ms) for one in scan(path).fragments]
        return sorted(found)


def _measure(folder: Path, port: int, count: int, kind: str) -> dict[str, object]:
    centre = folder / "centre"
    centre.mkdir()
    keys.ensure(centre)
    nats = Nats(centre, ports.free()[0])
    nats.prepare()
    log = folder / "nats.log"
    with record._process(nats.command(), log) as server:
        record._until(nats.ready, server, log, "NATS")
        cameras = [str(uuid.uuid4()) for _ in range(count)]
        environment = {**os.environ, "PRAHARI_HOME": str(centre), "NATS_URL": nats.url}
        asyncio.run(record._plan(environment, cameras, port))
        first = _Machine("machine-a", 1, "127.0.0.2", folder, centre, nats.url, count)
        second = _Machine("machine-b", 2, "127.0.0.3", folder, centre, nats.url, count)
        asyncio.run(_join(nats.url, [first, second]))
        ray_port = ports.free_run(ray_executor.PORTS)
        began_s = time.monotonic()
        try:
            first.start(kind, {"PRAHARI_RAY_PORT": str(ray_port)})
            if kind == "ray":
                _wait(lambda: first.says("runs 1 media workers"), READY_S, first, "the first machine")
                shutil.copy(first.home / "keys" / "ray.token", second.home / "keys" / "ray.token")
                head = f"127.0.0.2:{ray_port}"
                other_port = str(ports.free_run(ray_executor.PORTS))
                second.start(kind, {"PRAHARI_RAY_HEAD": head, "PRAHARI_RAY_PORT": other_port})
            else:
                second.start(kind, {})
            _wait(lambda: second.says("runs 1 media workers"), READY_S, second, "the second machine")
            started_s = time.monotonic() - began_s

            def is_even() -> bool:
                return all(sum(bool(m.stretches(one)) for one in cameras) >= count // 3 for m in (first, second))

            _wait(is_even, READY_S, second, "cameras on both machines")
            _wait(lambda: _are_still(asyncio.run(_placed(nats.url, cameras))), 60, second, "placements at rest")
            time.sleep(WATCHED_S)  # what is recorded in quiet, to compare with
            return _kill_one(first, second, cameras, nats.url, kind, started_s)
        finally:
            second.stop()
            first.stop()


def _kill_one(
    first: _Machine, second: _Machine, cameras: list[str], nats_url: str, kind: str, started_s: float
) -> dict[str, object]:
    placed = asyncio.run(_placed(nats_url, cameras))
    of_second = [one for one in cameras if placed[one].worker == second.worker]
    of_first = [one for one in cameras if placed[one].worker == first.worker]
    killed_ms = time.time_ns() // 1_000_000
    processes = second.kill()

    def resumed(camera_id: str) -> float | None:
        after = [start for start, _ in first.stretches(camera_id) if start >= killed_ms]
        return (after[0] - killed_ms) / 1000 if after else None

    _wait(lambda: all(resumed(one) is not None for one in of_second), RESUMED_WITHIN_S, first, "recording resumed")
    time.sleep(WATCHED_S)
    took = [found for one in of_second if (found := resumed(one)) is not None]
    lost = 0
    for camera_id in of_first:
        stretches = [one for one in first.stretches(camera_id) if one[1] > killed_ms - 2000]
        ended_ms = time.time_ns() // 1_000_000
        holes = [later[0] - earlier[1] for earlier, later in itertools.pairwise(stretches)]
        lost += not stretches or max(holes, default=0) > HOLE_MS or ended_ms - stretches[-1][1] > 10_000
    overlaps_ms = [
        min(one[1], other[1]) - max(one[0], other[0])
        for camera_id in cameras
        for one in second.stretches(camera_id)
        for other in first.stretches(camera_id)
    ]
    return {
        "recording_resumed_s": round(max(took), 2),
        "recording_resumed_s_first": round(min(took), 2),
        "lost_other_cameras": lost,
        "recorded_by_both_ms_max": max(0, *overlaps_ms),
        "cameras_of_the_killed": len(of_second),
        "cameras_of_the_other": len(of_first),
        "lease_s": LEASE_S,
        "hold_s": HOLD_S,
        "processes_killed": processes,
        "machines_started_s": round(started_s, 1),
        "executor": kind if kind == "ray" or ray_executor.installed() else "local (Ray is not installed)",
        "load_1_min": round(os.getloadavg()[0], 1),
    }


async def _join(nats_url: str, machines: list[_Machine]) -> None:
    client = await bus.connect(nats_url, "bench")
    try:
        js = client.jetstream()
        nodes = await bus.ensure_cluster_bucket(js, subjects.MEDIA_NODE_BUCKET)
        for each in machines:
            await nodes.put(each.name, msgspec.json.encode(each.record))
        placements = await bus.ensure_cluster_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET)
        # No media worker on the centre's own machine: all cameras are the two machines'.
        await placements.put(subjects.CAMERA_PLACEMENT_MODE, msgspec.json.encode(PlacementMode(Obeys.PLACED, 0)))
    finally:
        await client.close()


async def _placed(nats_url: str, cameras: list[str]) -> dict[str, CameraPlacement]:
    client = await bus.connect(nats_url, "bench")
    try:
        bucket = await bus.ensure_cluster_bucket(client.jetstream(), subjects.CAMERA_PLACEMENT_BUCKET)
        return {one: msgspec.json.decode((await bucket.get(one)).value or b"", type=CameraPlacement) for one in cameras}
    finally:
        await client.close()


def _are_still(placed: dict[str, CameraPlacement]) -> bool:
    return all(one.to is None for one in placed.values())


def _wait(condition: Callable[[], bool], within_s: float, which: _Machine, what: str) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        ended = which.process is not None and which.process.poll() is not None
        if ended or time.monotonic() > deadline:
            raise RuntimeError(f"{what}: not within {within_s:.0f} s\n{(which.home / 'log').read_text()[-3000:]}")
        time.sleep(0.2)
