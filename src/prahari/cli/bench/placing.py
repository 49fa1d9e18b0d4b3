"""bench placing: 5,000 cameras on 25 machines as the placer and NATS see them; nothing is recorded.

Real: the placer's process, NATS with every write synced, a lease a worker renewed as workers renew it, 5,000 plans, one
compare-and-set a placement. Simulated: what a worker does between being told and having let go (`--let-go-s`). A
machine that is lost stops renewing; a machine that is drained hands over when it is told.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path

import msgspec
import psutil
from nats.js import JetStreamContext
from nats.js.errors import KeyWrongLastSequenceError

from prahari.cli.bench import record
from prahari.contracts import bus, subjects
from prahari.contracts.cluster import (
    CameraPlacement,
    LeaseState,
    NodeRecord,
    Obeys,
    PlacementMode,
    WorkerLease,
)
from prahari.contracts.stopping import end_tasks
from prahari.engines.media.lease.lease import Lease
from prahari.engines.media.placing.known import Known
from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats

TITLE = "5,000 cameras on 25 machines: placed, one machine lost, one drained (nothing is recorded)"
GOALS = {"lost_machine_replaced_s": "<= 30", "moved_without_need": "<= 0"}
WITHIN_S = 240.0
QUIET_S = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cameras", type=int, default=5000)
    parser.add_argument("--nodes", type=int, default=25)
    parser.add_argument("--workers", type=int, default=4, help="media workers a machine (default 4)")
    parser.add_argument("--let-go-s", type=float, default=0.3, help="from being told until a camera is closed")


def run(arguments: argparse.Namespace) -> dict[str, object]:
    folder = Path(tempfile.mkdtemp(prefix="prahari-bench-"))
    try:
        keys.ensure(folder)
        nats = Nats(folder, ports.free()[0])
        nats.prepare()
        log = folder / "log"
        environment = {
            **os.environ, "PRAHARI_HOME": str(folder), "NATS_URL": nats.url, "PRAHARI_NODE_NUMBER": "99",
            "PRAHARI_NODE": "placer", "PRAHARI_NODE_SETTLED_S": "5", "PRAHARI_LOG": "warning",
        }  # fmt: skip
        with record._process(nats.command(), log) as server:
            record._until(nats.ready, server, log, "NATS")
            return asyncio.run(_City(nats.url, arguments).run(server.pid, environment, log))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _City:
    def __init__(self, url: str, arguments: argparse.Namespace) -> None:
        self._url = url
        self._cameras = [str(uuid.uuid4()) for _ in range(arguments.cameras)]
        self._nodes = [f"machine-{number}" for number in range(1, arguments.nodes + 1)]
        self._of_node = {
            name: [number * 100 + each for each in range(arguments.workers)]
            for number, name in enumerate(self._nodes, 1)
        }
        self._let_go_s: float = arguments.let_go_s
        self._leases: dict[int, Lease] = {}
        self._renewing: dict[int, asyncio.Task[None]] = {}
        self._known = Known()
        self._handing: set[str] = set()

    async def run(self, nats_pid: int, environment: dict[str, str], log: Path) -> dict[str, object]:
        client = await bus.connect(self._url, "bench")
        js = client.jetstream(timeout=10)
        await self._lay_out(js)
        following = asyncio.create_task(self._known.follow(js))
        acting = asyncio.create_task(self._hand_over(js))
        try:
            for name, workers in self._of_node.items():
                for worker in workers:
                    self._start(js, name, worker)
            await self._until(lambda: len(self._held()) == len(self._leases), "every lease held")
            command = [sys.executable, "-m", "prahari.engines.media.placing"]
            with record._process(command, log, environment) as placer:
                return await self._story(js, psutil.Process(nats_pid), psutil.Process(placer.pid))
        finally:
            await end_tasks([following, acting, *self._renewing.values()])
            await client.close()

    async def _story(self, js: JetStreamContext, nats: psutil.Process, placer: psutil.Process) -> dict[str, object]:
        began_s = time.monotonic()
        await self._until(lambda: len(self._valid()) == len(self._cameras), "every camera placed")
        placed_s = time.monotonic() - began_s
        counts = Counter(one.worker for one in self._valid().values())

        before = self._valid()
        used = [_cpu_s(nats), _cpu_s(placer)]
        await asyncio.sleep(QUIET_S)
        quiet_pct = [100 * (_cpu_s(p) - was) / QUIET_S for p, was in zip((nats, placer), used, strict=True)]
        unneeded = _differ(before, self._valid())

        lost = self._nodes[0]
        of_lost = [one for one, placement in before.items() if placement.worker in self._of_node[lost]]
        began_s = time.monotonic()
        await end_tasks([self._renewing.pop(worker) for worker in self._of_node[lost]])

        def replaced() -> bool:
            valid = self._valid()
            return all(one in valid and valid[one].worker not in self._of_node[lost] for one in of_lost)

        await self._until(replaced, "the lost machine's cameras placed elsewhere")
        replaced_s = time.monotonic() - began_s
        unneeded += _differ({k: v for k, v in before.items() if k not in set(of_lost)}, self._valid())

        drained = self._nodes[1]
        nodes = await bus.ensure_cluster_bucket(js, subjects.MEDIA_NODE_BUCKET)
        of_drained = sum(one.worker in self._of_node[drained] for one in self._valid().values())
        began_s = time.monotonic()
        await nodes.put(drained, msgspec.json.encode(self._record(drained, draining=True)))
        await self._until(
            lambda: not any(one.worker in self._of_node[drained] for one in self._valid().values()), "drained"
        )
        return {
            "cameras": len(self._cameras),
            "machines": len(self._nodes),
            "workers": len(self._leases),
            "all_placed_s": round(placed_s, 2),
            "cameras_a_worker": f"{min(counts.values())} to {max(counts.values())}",
            "moved_without_need": unneeded,
            "lost_machine_cameras": len(of_lost),
            "lost_machine_replaced_s": round(replaced_s, 2),
            "drained_cameras": of_drained,
            "drained_s": round(time.monotonic() - began_s, 1),
            "nats_cpu_at_rest_pct": round(quiet_pct[0], 1),
            "placer_cpu_at_rest_pct": round(quiet_pct[1], 1),
            "placer_rss_mb": round(placer.memory_info().rss / 1e6, 1),
            "load_1_min": round(os.getloadavg()[0], 1),
        }

    async def _lay_out(self, js: JetStreamContext) -> None:
        plans = await bus.ensure_plan_bucket(js)
        places = asyncio.Semaphore(64)

        async def put(camera_id: str) -> None:
            async with places:
                await plans.put(camera_id, b'{"edge":""}')  # of a plan the placer reads no more than this

        await asyncio.gather(*(put(one) for one in self._cameras))
        nodes = await bus.ensure_cluster_bucket(js, subjects.MEDIA_NODE_BUCKET)
        for name in self._nodes:
            await nodes.put(name, msgspec.json.encode(self._record(name)))
        placements = await bus.ensure_cluster_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET)
        await placements.put(subjects.CAMERA_PLACEMENT_MODE, msgspec.json.encode(PlacementMode(Obeys.PLACED, 0)))

    def _record(self, name: str, **more: bool) -> NodeRecord:
        workers = self._of_node[name]
        return NodeRecord(name, workers[0] // 100, "10.0.0.1", len(workers), 8410, 0, **more)

    def _start(self, js: JetStreamContext, node: str, worker: int) -> None:
        def value(number: int, floor: int, beat: int) -> WorkerLease:
            return WorkerLease(
                worker,
                node,
                number,
                floor,
                LeaseState.HELD,
                Obeys.PLACED,
                100,
                50,
                beat,
                origin="https://10.0.0.1:8410",
            )

        lease = self._leases[worker] = Lease(worker, value, lambda: None, lambda: None)
        lease.holder = f"bench-{worker}"
        self._renewing[worker] = asyncio.create_task(lease.run(js))

    def _held(self) -> list[int]:
        return [worker for worker, lease in self._leases.items() if lease.holds]

    def _valid(self) -> dict[str, CameraPlacement]:
        known = self._known
        return {one: found for one in self._cameras if (found := known.valid(one)) is not None}

    async def _hand_over(self, js: JetStreamContext) -> None:
        """What workers do when a camera is to go: close it, and write who has it now."""
        bucket = await bus.ensure_cluster_bucket(js, subjects.CAMERA_PLACEMENT_BUCKET)

        async def one(camera_id: str) -> None:
            await asyncio.sleep(self._let_go_s)
            placement, revision = self._known.placements[camera_id]
            if placement.to is not None:
                after = CameraPlacement(placement.to, placement.to_lease)
                with contextlib.suppress(KeyWrongLastSequenceError):
                    written = await bucket.update(camera_id, msgspec.json.encode(after), last=revision)
                    self._known.take_placement(camera_id, after, written)
            self._handing.discard(camera_id)

        tasks: set[asyncio.Task[None]] = set()
        while True:
            for camera_id, (placement, _) in list(self._known.placements.items()):
                if placement.to is not None and camera_id not in self._handing:
                    self._handing.add(camera_id)
                    task = asyncio.create_task(one(camera_id))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
            await asyncio.sleep(0.1)

    async def _until(self, condition, what: str) -> None:  # type: ignore[no-untyped-def]
        deadline = time.monotonic() + WITHIN_S
        while not condition():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{what}: not within {WITHIN_S:.0f} s")
            await asyncio.sleep(0.05)


def _differ(before: dict[str, CameraPlacement], after: dict[str, CameraPlacement]) -> int:
    return sum(one not in after or after[one].worker != placement.worker for one, placement in before.items())


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
