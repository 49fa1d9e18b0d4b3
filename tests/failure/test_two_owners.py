"""A camera has one owner: machines are stopped, killed, cut off and given wrong clocks, and the files tell."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import pytest

import media_rig
from cluster_rig import Cluster, Group, Node, cluster, eventually, nodes, overlaps_ms, placing
from media_rig import plan, until
from prahari.contracts import bus, subjects
from prahari.contracts.cluster import HOLD_S, LEASE_S, NodeRecord
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan
from prahari.simcity.rtsp import Loop, SimServer

pytestmark = [pytest.mark.failure, pytest.mark.timeout(180)]

RESUMED_S = 30


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


async def recorded_since(node: Node, camera_id: str, since_ms: float, seconds: float = 1.0) -> list[Group]:
    """Wait until `node` has recorded `seconds` after the moment; those groups."""

    def found() -> list[Group]:
        return [group for group in node.groups(camera_id) if group.start_ms >= since_ms]

    def enough() -> bool:
        groups = found()
        return bool(groups) and groups[-1].end_ms - groups[0].start_ms >= seconds * 1000

    await until(enough, 45, f"{seconds} s of the camera recorded at {node.name}")
    return found()


async def open_at(here: Cluster, node: Node, camera_id: str) -> None:
    await here.served_by(camera_id, node)
    await recorded_since(node, camera_id, 0)


def _connected(server: SimServer) -> int:
    return len(server.connections)


def now_ms() -> float:
    return time.time() * 1000


async def test_a_machine_that_is_stopped_and_wakes_finds_its_camera_gone_and_writes_nothing(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop}) as server, cluster(fresh_nats_url) as here:
        camera = plan(config, server.url("/cam"))
        await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url):
                await open_at(here, centre, camera.camera_id)
                centre.signal(signal.SIGSTOP)
                stopped_ms = now_ms()
                taken = await recorded_since(other, camera.camera_id, stopped_ms)
                assert (taken[0].start_ms - stopped_ms) / 1000 <= RESUMED_S
                assert _connected(server) == 2  # the stopped one's connection still stands
                before = centre.groups(camera.camera_id)
                centre.signal(signal.SIGCONT)
                woken_ms = now_ms()
                await until(lambda: _connected(server) == 1, 5, "the woken one's connection cut")
                cut_ms = now_ms()
                await recorded_since(other, camera.camera_id, woken_ms, 3)
                after = centre.groups(camera.camera_id)
                # Not one group more: what had come in before the stop was not written after it either.
                assert after == before
                assert after[-1].end_ms <= stopped_ms + 1000
                assert not overlaps_ms([*after, *other.groups(camera.camera_id)])
                assert cut_ms - woken_ms < 2000
                owners = {(group.worker, group.lease) for group in [*after, *other.groups(camera.camera_id)]}
                assert {worker for worker, _ in owners} == {0, 100}
                assert "the lease has run out" in centre.log
                # It is a machine like any other again.
                lease = await here.lease(centre)
                assert lease is not None and lease.obeys == "placed"
            assert "Traceback" not in centre.log + other.log


async def test_killed_its_camera_goes_on_elsewhere_and_the_gap_is_told(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop, "/other": loop}) as server, cluster(fresh_nats_url) as here:
        first, second = plan(config, server.url("/cam")), plan(config, server.url("/other"))
        await media_rig.put(await bus.ensure_plan_bucket(here.js), first)
        heard: list[object] = []

        async def on_batch(message: object) -> None:
            heard.append(message.data)  # type: ignore[attr-defined]

        await here.client.subscribe("events.media", cb=on_batch)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url):
                await open_at(here, centre, first.camera_id)
                await media_rig.put(await bus.ensure_plan_bucket(here.js), second)
                await open_at(here, other, second.camera_id)
                centre.kill()
                killed_ms = now_ms()
                taken = await recorded_since(other, first.camera_id, killed_ms)
                assert LEASE_S - 2 - 1 <= (taken[0].start_ms - killed_ms) / 1000 <= RESUMED_S
                untouched = other.groups(second.camera_id)
                assert max(b.start_ms - a.end_ms for a, b in itertools.pairwise(untouched)) < 500
                await until(lambda: any(b"node_lost" in one for one in heard), 20, "the gap told")  # type: ignore[operator]
                # It comes back: its camera stays where it is well, and what it recorded stays with it.
                before = centre.groups(first.camera_id)
                centre.start()
                await eventually(lambda: _holds(here, centre), 20, "the lease held again")
                await recorded_since(other, first.camera_id, now_ms(), 2)
                assert centre.groups(first.camera_id) == before
                assert not overlaps_ms([*before, *other.groups(first.camera_id)])


async def _holds(here: Cluster, node: Node) -> bool:
    lease = await here.lease(node)
    return lease is not None and lease.state == "held" and lease.number > 1


async def test_recordings_are_found_where_they_lie_and_told_as_away_while_their_machine_is(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        SimServer({"/cam": loop}) as server,
        cluster(fresh_nats_url) as here,
        aiohttp.ClientSession() as session,
    ):
        camera = plan(config, server.url("/cam"))
        await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url):
                began_ms = round(now_ms())
                await open_at(here, centre, camera.camera_id)
                await recorded_since(centre, camera.camera_id, now_ms(), 2)
                centre.kill()
                await recorded_since(other, camera.camera_id, now_ms(), 1)
                centre.start()
                await eventually(lambda: _holds(here, centre), 20, "the lease held again")
                old = centre.groups(camera.camera_id)

                async def ask(door: str, from_ms: int, to_ms: int) -> aiohttp.ClientResponse:
                    token = media_rig.media_token(config, camera.camera_id)
                    origin = f"http://127.0.0.1:{other.config.media_port}"
                    url = f"{origin}/{door}/{camera.camera_id}?token={token}&from_ms={from_ms}&to_ms={to_ms}"
                    return await session.get(url)

                async with await ask("timeline", began_ms - 60_000, round(now_ms())) as answer:
                    whole = await answer.json()
                assert abs(whole["first_ms"] - old[0].start_ms) < 50 and not whole["away"]
                assert whole["recordings"][0][1] >= old[-1].end_ms - 1000 and len(whole["recordings"]) == 2
                assert [gap["reason"] for gap in whole["gaps"]] == ["node_lost"]
                for door in ("playback", "clip"):
                    async with await ask(door, old[0].start_ms, old[-1].end_ms) as answer:
                        assert answer.status == 200, await answer.text()
                        assert abs(int(answer.headers["X-Start-Ms"]) - old[0].start_ms) < 50
                        assert len(await answer.read()) > 10_000
                centre.kill()
                async with await ask("timeline", began_ms - 60_000, round(now_ms())) as answer:
                    half = await answer.json()
                assert half["away"] and half["away"][0][0] <= old[0].start_ms
                async with await ask("playback", old[0].start_ms, old[-1].end_ms) as answer:
                    assert answer.status == 204 and int(answer.headers["X-Next-Ms"]) > old[-1].end_ms
        assert "Traceback" not in other.log


async def test_restarted_in_a_second_it_goes_on_with_its_cameras(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop}) as server, cluster(fresh_nats_url) as here:
        camera = plan(config, server.url("/cam"))
        await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url):
                await open_at(here, centre, camera.camera_id)
                centre.kill()
                killed_ms = now_ms()
                centre.start()
                again = await recorded_since(centre, camera.camera_id, killed_ms)
                assert again[0].start_ms - killed_ms < 8000
                assert not other.groups(camera.camera_id)


async def test_drained_it_hands_over_one_after_the_other_without_overlap(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    names = [f"/cam{number}" for number in range(4)]
    async with SimServer(dict.fromkeys(names, loop)) as server, cluster(fresh_nats_url) as here:
        cameras = [plan(config, server.url(name)) for name in names]
        await media_rig.put(await bus.ensure_plan_bucket(here.js), *cameras)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url, settled_s=0.5), _never_twice(server):
                await until(lambda: all(_groups(camera, centre, other) for camera in cameras), 20, "all recorded")
                await eventually(lambda: _count(here, cameras, other, 2), 30, "two cameras balanced over")
                await here.change(other, draining=True)
                drained_ms = now_ms()
                await eventually(lambda: _count(here, cameras, other, 0), 40, "drained")
                for camera in cameras:
                    await recorded_since(centre, camera.camera_id, drained_ms + 1, 1)
                for camera in cameras:
                    groups = _groups(camera, centre, other)
                    assert not _beyond_a_group(groups)
                    holes = [b.start_ms - a.end_ms for a, b in itertools.pairwise(groups)]
                    assert max(holes) < 4000, holes
                # Left for good, the centre needs no lease any more.
                await here.change(other, left=True)
                await until(lambda: "cameras are computed from now on" in centre.log, 20, "alone again")
                await recorded_since(centre, cameras[0].camera_id, now_ms(), 1)
        assert "Traceback" not in centre.log + other.log


def _beyond_a_group(groups: list[Group]) -> list[object]:
    """A camera that is opened sends from its last keyframe on: handed over, two machines hold the same pictures of one
    group (half a second here), received one after the other."""
    return [one for one in overlaps_ms(groups) if one[2] > 500]


@contextlib.asynccontextmanager
async def _never_twice(server: SimServer) -> AsyncIterator[None]:
    """At no moment two connections to one camera."""
    most: Counter[str] = Counter()

    async def look() -> None:
        while True:
            now = Counter(one.path for one in server.connections if one.playing)
            for path, count in now.items():
                most[path] = max(most[path], count)
            await asyncio.sleep(0.002)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
    assert most and set(most.values()) == {1}, most


def _groups(camera: CameraPlan, *machines: Node) -> list[Group]:
    """What all of them recorded, by time."""
    found = [group for node in machines for group in node.groups(camera.camera_id)]
    return sorted(found, key=lambda group: group.start_ms)


async def _count(here: Cluster, cameras: list[CameraPlan], node: Node, wanted: int) -> bool:
    found = [await here.placement(camera.camera_id) for camera in cameras]
    return sum(one is not None and one.worker == node.worker for one in found) == wanted and all(
        one is not None and one.to is None for one in found
    )


async def test_cut_off_from_nats_it_stops_before_another_begins(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop}) as server, cluster(fresh_nats_url) as here, partition(fresh_nats_url) as cut:
        camera = plan(config, server.url("/cam"))
        await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            centre.environment["NATS_URL"] = cut.url
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url):
                await open_at(here, centre, camera.camera_id)
                cut.cut()
                cut_ms = now_ms()
                await until(lambda: _connected(server) == 0, HOLD_S + 3, "its connection closed by itself")
                assert (now_ms() - cut_ms) / 1000 >= HOLD_S - 3
                taken = await recorded_since(other, camera.camera_id, cut_ms)
                mine = centre.groups(camera.camera_id)
                assert not overlaps_ms([*mine, *other.groups(camera.camera_id)])
                assert taken[0].start_ms - mine[-1].end_ms > 0
                assert mine[-1].end_ms > cut_ms + (HOLD_S - 4) * 1000  # it recorded on until its lease ran out
                cut.mend()
                await until(lambda: centre.log.count("is held") >= 2, 30, "the lease held again")
                assert not overlaps_ms([*centre.groups(camera.camera_id), *other.groups(camera.camera_id)])


class Partition:
    """A line to NATS through this process that can be cut: nothing goes through, nothing is refused."""

    def __init__(self, url: str) -> None:
        self._credentials, _, place = url.removeprefix("nats://").rpartition("@")
        host, _, port = place.partition(":")
        self._place = (host, int(port))
        self._open = asyncio.Event()
        self._open.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.url = ""

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection(*self._place)
        self._writers |= {writer, back}
        with contextlib.suppress(ConnectionError, OSError):
            await asyncio.gather(self._carry(reader, back), self._carry(onward, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            await self._open.wait()
            writer.write(data)
        writer.close()

    def cut(self) -> None:
        self._open.clear()

    def mend(self) -> None:
        self._open.set()


@contextlib.asynccontextmanager
async def partition(nats_url: str) -> AsyncIterator[Partition]:
    line = Partition(nats_url)
    server = await asyncio.start_server(line.accept, "127.0.0.1", 0)
    line.url = f"nats://{line._credentials}@127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        line.mend()
        server.close()
        for writer in line._writers:
            writer.close()


async def test_a_clock_that_is_an_hour_wrong_moves_no_camera_and_ends_no_lease(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop}) as server, cluster(fresh_nats_url) as here:
        camera = plan(config, server.url("/cam"), camera_id=_CAMERA, permit=_long_permit(config))
        await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            other.ahead_s = 3600
            await here.join(other)
            centre.start()
            other.start()
            async with placing(fresh_nats_url):
                await open_at(here, centre, camera.camera_id)
                await eventually(lambda: _beats(here, other, 6), 30, "renewals of the one with the wrong clock")
                centre.kill()
                killed_s = time.monotonic()
                ahead_ms = now_ms() + 3_000_000
                taken = await recorded_since(other, camera.camera_id, ahead_ms)
                assert time.monotonic() - killed_s <= RESUMED_S
                assert taken[0].start_ms - now_ms() > 3_000_000  # its clock is wrong indeed
                other.signal(signal.SIGSTOP)
                stopped = other.groups(camera.camera_id)
                centre.start()
                await recorded_since(centre, camera.camera_id, now_ms(), 1)
                other.signal(signal.SIGCONT)
                await until(lambda: _connected(server) == 1, 5, "the woken one's connection cut")
                await recorded_since(centre, camera.camera_id, now_ms(), 1)
                assert other.groups(camera.camera_id) == stopped


async def _beats(here: Cluster, node: Node, count: int) -> bool:
    lease = await here.lease(node)
    return lease is not None and lease.beat >= count and lease.number == 1


_CAMERA = "0197a000-0000-7000-8000-000000000001"


def _long_permit(config: Config) -> str:
    now = int(time.time())
    return media_rig.permit(config.signing_key(), _CAMERA, nbf_s=now - 60, exp_s=now + 10_800)


async def test_a_placer_killed_in_the_middle_leaves_no_camera_with_two_owners(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    names = [f"/cam{number}" for number in range(6)]
    async with SimServer(dict.fromkeys(names, loop)) as server, cluster(fresh_nats_url) as here:
        cameras = [plan(config, server.url(name)) for name in names]
        await media_rig.put(await bus.ensure_plan_bucket(here.js), *cameras)
        with nodes(tmp_path, config, fresh_nats_url) as (centre, other):
            await here.join(other)
            environment = {**centre.environment, "PRAHARI_NODE_SETTLED_S": "0.2"}
            centre.start()
            other.start()
            for _ in range(3):  # killed while it hands cameras over, again and again
                placer = _placer(environment, tmp_path)
                await eventually(lambda: _moving(here, cameras), 20, "a camera on its way")
                placer.kill()
                placer.wait(10)
                await here.change(other, draining=not (await _record(here, other)).draining)
            await here.change(other, draining=True)
            placer = _placer(environment, tmp_path)
            try:
                await eventually(lambda: _count(here, cameras, centre, 6), 60, "all at the one that is left")
            finally:
                placer.kill()
                placer.wait(10)
            since_ms = now_ms()
            for camera in cameras:
                await recorded_since(centre, camera.camera_id, since_ms, 1)
                assert not _beyond_a_group(_groups(camera, centre, other))


async def _moving(here: Cluster, cameras: list[CameraPlan]) -> bool:
    found = [await here.placement(camera.camera_id) for camera in cameras]
    return any(one is not None and (one.to is not None or one.stays) for one in found)


async def _record(here: Cluster, node: Node) -> NodeRecord:
    bucket = await bus.ensure_cluster_bucket(here.js, subjects.MEDIA_NODE_BUCKET)
    return msgspec.json.decode((await bucket.get(node.name)).value or b"", type=NodeRecord)


def _placer(environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "placer.log").open("ab") as log:
        command = [sys.executable, "-m", "prahari.engines.media.placing"]
        return subprocess.Popen(command, env={**os.environ, **environment}, stderr=log)
