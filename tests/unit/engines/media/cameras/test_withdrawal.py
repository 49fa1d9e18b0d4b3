"""How long a withdrawal takes, over the wire; measured by `PRAHARI_ROUNDS=20 pytest -s` on this file."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path

import aiohttp
import msgspec

import media_rig
from media_rig import media_token, plan, running_worker, until, watching
from prahari.contracts import bus
from prahari.contracts.config import Config
from prahari.simcity.rtsp import SimServer

ROUNDS = int(os.environ.get("PRAHARI_ROUNDS", "2"))
PROMISED_S = 5.0


async def test_withdrawal_closes_viewer_and_camera(config: Config, fresh_nats_url: str, tmp_path: Path) -> None:
    loop = media_rig.small_loop(tmp_path)
    viewer_s: list[float] = []
    camera_s: list[float] = []
    async with SimServer({"/cam": loop}) as server, aiohttp.ClientSession() as session:
        client = await bus.connect(fresh_nats_url, "test")
        bucket = await bus.ensure_plan_bucket(client.jetstream(timeout=5))
        camera = plan(config, server.url("/cam"))
        origin, token = config.origin(config.media_port), media_token(config, camera.camera_id)
        async with running_worker(config, fresh_nats_url) as worker:
            for number in range(ROUNDS):
                await media_rig.put(bucket, msgspec.structs.replace(camera, revision=2 * number))
                await until(lambda: (one := worker._roster.get(camera.camera_id)) and one.leave.live, what="the plan")
                async with watching(session, origin, camera.camera_id, token) as watched:
                    await until(lambda: len(watched.fragments) > 5, 20, "pictures")
                    begun = time.monotonic()
                    withdrawn = msgspec.structs.replace(camera, permit="", revision=2 * number + 1)
                    telling = asyncio.create_task(media_rig.put(bucket, withdrawn))
                    ends: dict[str, float] = {}
                    while len(ends) < 2 and time.monotonic() - begun < PROMISED_S:
                        if watched.close_code:
                            ends.setdefault("viewer", time.monotonic() - begun)
                        if not server.connections:
                            ends.setdefault("camera", time.monotonic() - begun)
                        await asyncio.sleep(0.001)
                    await telling
                    assert len(ends) == 2 and watched.close_code == 4403
                viewer_s.append(ends["viewer"])
                camera_s.append(ends["camera"])
        await client.close()
    for name, times in (("viewer", viewer_s), ("camera", camera_s)):
        print(f"{name}: p50 {statistics.median(times) * 1000:.0f} ms, max {max(times) * 1000:.0f} ms")
