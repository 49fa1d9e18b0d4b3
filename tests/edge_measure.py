"""What a connector costs: `python tests/edge_measure.py [SECONDS]`. Four cameras, 1080p main and 640x360 small streams.

Needs nothing running; starts NATS, cameras, gate (in this process) and the connector (a process of its own, measured).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp
import psutil

sys.path.insert(0, str(Path(__file__).parent))

import conftest
from edge_rig import Centre, Line, Site, running_gate
from media_rig import media_token, small_loop, until, watching
from prahari.contracts.config import Config, load
from prahari.contracts.edge import TRAFFIC_PURPOSES
from prahari.runtime import keys, ports
from prahari.simcity.rtsp import SimServer

CAMERAS = 4


async def first_picture(session: aiohttp.ClientSession, config: Config, camera: Any) -> float:
    token = media_token(config, camera.camera_id, for_s=600)
    began = time.monotonic()
    async with watching(session, config.origin(config.edge_port), camera.camera_id, token, "&stream=sub") as watched:
        await until(lambda: watched.fragments, 20, "a picture")
        return time.monotonic() - began


async def measure(config: Config, nats_url: str, folder: Path, seconds: float) -> dict[str, Any]:
    main = small_loop(folder, "main", width=1920, height=1080, kbit_s=2500, gop_s=1.0, seconds=4)
    sub = small_loop(folder, "sub", width=640, height=360, kbit_s=400, gop_s=1.0, seconds=4)
    loops = {f"/{kind}{n}": loop for n in range(CAMERAS) for kind, loop in (("main", main), ("sub", sub))}
    found: dict[str, Any] = {}
    async with (
        SimServer(loops) as cameras,
        running_gate(config, nats_url) as gate,
        Line(config.edge_port) as line,
        Centre(nats_url) as centre,
        aiohttp.ClientSession() as session,
    ):
        site = Site(config, folder / "site", line.port)
        plans = [site.camera(f"c{n}", cameras.url(f"/main{n}"), cameras.url(f"/sub{n}")) for n in range(CAMERAS)]
        await centre.put(site.record, *plans)
        with site.running(folder / "log") as process:
            await until(lambda: all("live" in centre.statuses(plan) for plan in plans), 60, "all live")
            await asyncio.sleep(10)
            box = psutil.Process(process.pid)
            box.cpu_percent()
            up, down = line.up_bytes, line.down_bytes
            await asyncio.sleep(seconds)
            found["cpu_recording_pct"] = box.cpu_percent()
            found["memory_mb"] = round(box.memory_full_info().pss / 1e6, 1)
            found["idle_bytes_an_hour"] = {
                "up": round((line.up_bytes - up) / seconds * 3600),
                "down": round((line.down_bytes - down) / seconds * 3600),
            }  # fmt: skip
            for name, delay_s in (("first_picture_ms", 0.0), ("first_picture_40ms_each_way_ms", 0.04)):
                line.delay_s = delay_s
                took = []
                for attempt in range(12):
                    plan = plans[attempt % CAMERAS]
                    took.append(await first_picture(session, config, plan))
                    await asyncio.sleep(2.0)
                found[name] = {"median": round(statistics.median(took) * 1000), "worst": round(max(took) * 1000)}
            line.delay_s = 0.0
            async with contextlib.AsyncExitStack() as stack:
                for plan in plans:
                    token = media_token(config, plan.camera_id, for_s=600)
                    origin = config.origin(config.edge_port)
                    await stack.enter_async_context(watching(session, origin, plan.camera_id, token, "&stream=sub"))
                await asyncio.sleep(5)
                box.cpu_percent()
                await asyncio.sleep(min(seconds, 30))
                found["cpu_recording_and_four_shown_pct"] = box.cpu_percent()
                found["memory_shown_mb"] = round(box.memory_full_info().pss / 1e6, 1)
            hours = gate._traffic_of(site.site_id).hours()
            found["bytes_by_purpose"] = {
                name: sum(hour.up[i] + hour.down[i] for hour in hours) for i, name in enumerate(TRAFFIC_PURPOSES)
            }
    return found


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "home").mkdir()
        keys.ensure(folder / "home")
        first = ports.free_run(ports.OF_A_CENTRE)
        os.environ.update(PRAHARI_HOME=str(folder / "home"), PRAHARI_PORT=str(first), PRAHARI_BIND="127.0.0.1")
        (folder / "nats").mkdir()
        nats = conftest._run_nats(folder / "nats")
        try:
            print(json.dumps(asyncio.run(measure(load(), next(nats), folder, seconds)), indent=1))
        finally:
            nats.close()


if __name__ == "__main__":
    main()
