"""A media worker is killed at every moment, on one machine and among several: what lies on its disks is found, and what
is missing is told, once.

PRAHARI_KILLS=30 kills it more often than the few times that a usual run has.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import media_rig
from cluster_rig import Cluster, Group, Node, cluster, nodes, placing
from media_rig import plan, until
from prahari.contracts import bus
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan
from prahari.simcity.rtsp import Loop, SimServer

pytestmark = [pytest.mark.failure, pytest.mark.timeout(600)]

KILLS = int(os.environ.get("PRAHARI_KILLS", "5"))
HOLE_MS = 2000


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@contextlib.asynccontextmanager
async def centre_of(machines: str, config: Config, nats_url: str, folder: Path) -> AsyncIterator[tuple[Node, Cluster]]:
    """The centre's own worker, not started: alone, or with another machine that has joined."""
    async with cluster(nats_url) as here, contextlib.AsyncExitStack() as stack:
        centre, other = stack.enter_context(nodes(folder, config, nats_url))
        if machines == "several":
            await here.join(other)
            await stack.enter_async_context(placing(nats_url))
        yield centre, here


async def timeline(node: Node, camera: CameraPlan, from_ms: int) -> dict[str, Any]:
    config = node.config
    token = media_rig.media_token(config, camera.camera_id)
    url = f"http://127.0.0.1:{config.media_port}/timeline/{camera.camera_id}"
    query = {"token": token, "from_ms": from_ms, "to_ms": round(time.time() * 1000)}
    async with aiohttp.ClientSession() as session, session.get(url, params=query) as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def recorded_since(node: Node, camera: CameraPlan, since_ms: float, seconds: float) -> list[Group]:
    def found() -> list[Group]:
        return [group for group in node.groups(camera.camera_id) if group.start_ms >= since_ms]

    await until(
        lambda: (groups := found()) and groups[-1].end_ms - groups[0].start_ms >= seconds * 1000, what="recorded"
    )
    return found()


@pytest.mark.parametrize("machines", ["one", "several"])
async def test_a_file_that_the_catalogue_has_not_heard_of_is_found_and_the_gap_told(
    machines: str, config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        SimServer({"/cam": loop}) as server,
        centre_of(machines, config, fresh_nats_url, tmp_path) as (centre, here),
    ):
        camera = plan(config, server.url("/cam"))
        began_ms = round(time.time() * 1000)
        centre.start()
        catalogue = centre.home / "media-0" / "catalogue.sqlite3"
        await until(
            lambda: "listens" in centre.log and (machines == "one" or "placed from now" in centre.log), what="up"
        )
        with contextlib.closing(sqlite3.connect(catalogue, isolation_level=None, timeout=20)) as database:
            database.execute("BEGIN EXCLUSIVE")  # nothing can be written down any more
            await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
            before = await recorded_since(centre, camera, 0, 1.5)
            centre.kill()
            database.execute("ROLLBACK")
            assert not database.execute("SELECT * FROM segment").fetchall()
        before = centre.groups(camera.camera_id)
        await asyncio.sleep(1.5)  # away for longer than what counts as a gap
        centre.start()
        after = await recorded_since(centre, camera, before[-1].end_ms + 500, 1)

        async def is_told() -> bool:
            return len((await timeline(centre, camera, began_ms))["gaps"]) > 0

        deadline = time.monotonic() + 20
        while not await is_told():
            assert time.monotonic() < deadline, "the gap is not told"
            await asyncio.sleep(0.1)
        told = await timeline(centre, camera, began_ms)
        (gap,) = told["gaps"]
        assert gap["reason"] == "engine_restart"
        assert abs(gap["start_ms"] - before[-1].end_ms) < 100 and abs(gap["end_ms"] - after[0].start_ms) < 100
        assert abs(told["recordings"][0][0] - before[0].start_ms) < 100 and len(told["recordings"]) == 2
    assert "Traceback" not in centre.log


@pytest.mark.parametrize("machines", ["one", "several"])
async def test_killed_again_and_again_every_hole_is_told_once(
    machines: str, config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    chance = random.Random(machines)  # the same moments every time
    async with (
        SimServer({"/cam": loop}) as server,
        centre_of(machines, config, fresh_nats_url, tmp_path) as (centre, here),
    ):
        camera = plan(config, server.url("/cam"))
        began_ms = round(time.time() * 1000)
        await media_rig.put(await bus.ensure_plan_bucket(here.js), camera)
        centre.start()
        await recorded_since(centre, camera, 0, 1)
        there = f"{camera.camera_id}/*/*.mp4"
        for _ in range(KILLS):
            centre.kill()
            await asyncio.sleep(HOLE_MS / 1000)
            files = len(list(centre.config.recordings.glob(there)))
            centre.start()
            # A file is begun: some come to their end before anything of it is written down.
            await until(lambda known=files: len(list(centre.config.recordings.glob(there))) > known, what="a file")
            await asyncio.sleep(chance.choice([0, 0, 0.002, 0.005, 0.01, 0.05, 0.5, 1]))
        centre.kill()
        centre.start()
        await recorded_since(centre, camera, time.time() * 1000, 2)
        told = await timeline(centre, camera, began_ms)
        groups = centre.groups(camera.camera_id)
        gaps = [(gap["start_ms"], gap["end_ms"]) for gap in told["gaps"]]
        for one, other in itertools.pairwise(groups):
            if other.start_ms - one.end_ms > HOLE_MS:
                about = [gap for gap in gaps if gap[0] < other.start_ms and gap[1] > one.end_ms]
                assert about == [(one.end_ms, other.start_ms)], (one.end_ms, other.start_ms, gaps)
        listed = sum(end - start for start, end in told["recordings"])
        assert abs(listed - sum(group.end_ms - group.start_ms for group in groups)) < 1500
    assert "Traceback" not in centre.log
