"""bench live: first picture, delay and dropped pictures in headless Chromium; what a viewer costs the engine.

A media worker of its own shows a camera that draws the time into its pictures; the console's live player (bundled from
web/) plays it and a canvas reads the time back. Viewers that cost are plain WebSockets on 1080p25 cameras.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from aiohttp import web

from prahari.cli.bench import _live_page as page
from prahari.contracts import tokens
from prahari.contracts.config import Config, load
from prahari.contracts.media import CameraPlan, MediaClaims, PermitClaims, RecordMode, SealedAddress
from prahari.engines.media.plans.store import PlanStore
from prahari.runtime import keys, ports

TITLE = "Live pictures: first picture, delay, cost of a viewer"
GOALS = {
    "first_picture_ms_p95": "<= 300",
    "camera_to_pixels_ms_p50": "<= 250",
    "cpu_per_viewer_pct": "<= 0.10",
    "dropped_pct_16": "<= 5",
}
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
TILES = 16
COST_CAMERAS = 4
START_S = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--openings", type=int, default=20, help="how often a tile is opened (default 20)")
    parser.add_argument("--seconds", type=float, default=12.0, help="length of each measurement (default 12)")
    parser.add_argument("--viewers", type=int, default=64, help="plain viewers for the cost (default 64)")
    parser.add_argument("--no-browser", action="store_true", help="only the cost of a viewer")


def run(arguments: argparse.Namespace) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="prahari-bench-live-") as folder:
        return asyncio.run(_measure(arguments, Path(folder)))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class _Scene:
    """A worker with its cameras: TILES that show the time, COST_CAMERAS of 1080p, one cold camera on request."""

    def __init__(self, folder: Path) -> None:
        keys.ensure(folder)
        first = ports.free_run(12)
        self.rtsp_port, self.page_port = ports.free(2)
        self.environment = {
            **os.environ,
            "PRAHARI_HOME": str(folder),
            "PRAHARI_PORT": str(first),
            "PRAHARI_MEDIA_WORKERS": "1",
            "PRAHARI_DISK_RESERVE_MB": "100",
            "PRAHARI_LOG": "error",
            "NATS_URL": "nats://127.0.0.1:1",
        }
        for name in ("DATABASE_URL", "PRAHARI_BIND", "PRAHARI_MEDIA_PORT", "PRAHARI_TLS_CERT", "PRAHARI_TLS_KEY"):
            self.environment.pop(name, None)
        self.config: Config = load(self.environment)
        clock = f"rtsp://127.0.0.1:{self.rtsp_port}/bench/clock"
        self.tiles = [self._plan(clock, RecordMode.CONTINUOUS) for _ in range(TILES)]
        self.cold = self._plan(clock, RecordMode.NONE)
        address = f"rtsp://127.0.0.1:{self.rtsp_port}/cam"
        self.costly = [self._plan(f"{address}/{number}", RecordMode.CONTINUOUS) for number in range(COST_CAMERAS)]

    def _plan(self, url: str, record: RecordMode) -> CameraPlan:
        camera_id, now_s = str(uuid.uuid4()), int(time.time())
        permit = tokens.sign(PermitClaims(camera_id, "order", "bench", now_s - 60, now_s + 3600), self.key)
        return CameraPlan(
            camera_id, "bench", "bench", "police", SealedAddress(url), permit, record, probe_period_s=86_400
        )

    @property
    def key(self) -> Any:
        return self.config.signing_key()

    @property
    def origin(self) -> str:
        return self.config.origin(self.config.media_port)

    def token(self, plan: CameraPlan) -> str:
        claims = MediaClaims(f"bench-{plan.camera_id}", plan.camera_id, ["live"], int(time.time()) + 900)
        return tokens.sign(claims, self.key)

    def plan_for(self, plans: list[CameraPlan]) -> None:
        folder = self.config.home / "media-0" / "plans"
        shutil.rmtree(folder, ignore_errors=True)
        store = PlanStore(folder)
        for plan in plans:
            store.save(plan)

    @contextlib.contextmanager
    def process(self, *command: str) -> Iterator[psutil.Process]:
        with subprocess.Popen(
            [sys.executable, "-m", *command], env=self.environment, stdout=subprocess.DEVNULL
        ) as child:
            try:
                yield psutil.Process(child.pid)
            finally:
                child.terminate()
                try:
                    child.wait(10)
                except subprocess.TimeoutExpired:
                    child.kill()

    @contextlib.asynccontextmanager
    async def worker(self, plans: list[CameraPlan]) -> AsyncIterator[psutil.Process]:
        """A media worker that has shown a picture of each recorded camera."""
        self.plan_for(plans)
        with self.process("prahari.engines.media.worker") as process:
            recorded = [plan for plan in plans if plan.record is RecordMode.CONTINUOUS]
            await asyncio.gather(*(self._first_fragment(plan) for plan in recorded))
            yield process

    async def _first_fragment(self, plan: CameraPlan) -> None:
        deadline = time.monotonic() + START_S
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < deadline:
                with contextlib.suppress(aiohttp.ClientError):
                    async with session.ws_connect(self._address(plan), max_msg_size=0) as ws:
                        async for message in ws:
                            if message.type is aiohttp.WSMsgType.BINARY and message.data[0] == 2:
                                return
                await asyncio.sleep(0.2)
        raise RuntimeError("the media worker shows no picture of the bench cameras")

    def _address(self, plan: CameraPlan) -> str:
        return f"{self.origin}/live/{plan.camera_id}?token={self.token(plan)}"

    async def watch(self, plan: CameraPlan, counts: list[int]) -> None:
        """A plain viewer: takes what comes, counts it."""
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self._address(plan), max_msg_size=0) as ws,
        ):
            async for message in ws:
                if message.type is aiohttp.WSMsgType.BINARY:
                    counts[0] += 1


async def _measure(arguments: argparse.Namespace, folder: Path) -> dict[str, object]:
    scene = _Scene(folder)
    cameras = ("prahari.simcity", "bench-cameras", "--count", str(COST_CAMERAS), "--port", str(scene.rtsp_port))
    cache = Path(tempfile.gettempdir()) / "prahari-bench-cameras"
    with scene.process(*cameras, "--pace", "frame", "--cache", str(cache)):
        figures = await _cost(scene, arguments.viewers, arguments.seconds)
        if not arguments.no_browser:
            figures = {**await _pictures(scene, arguments), **figures}
    return figures


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def _cpu_pct(process: psutil.Process, seconds: float) -> float:
    cpu, begun = _cpu_s(process), time.monotonic()
    await asyncio.sleep(seconds)
    return (_cpu_s(process) - cpu) / (time.monotonic() - begun) * 100


async def _cost(scene: _Scene, viewers: int, seconds: float) -> dict[str, object]:
    """CPU of the engine with viewers minus without, over the same recorded cameras. Viewers run in a process apart."""
    async with scene.worker(scene.costly) as process:
        _say(f"cost of {viewers} viewers on {COST_CAMERAS} cameras (1080p25, 3 Mbit/s)")
        await asyncio.sleep(3)
        without = await _cpu_pct(process, seconds)
        counts = [0]
        tasks = [
            asyncio.create_task(scene.watch(scene.costly[number % COST_CAMERAS], counts)) for number in range(viewers)
        ]
        try:
            await asyncio.sleep(3)
            seen, begun = counts[0], time.monotonic()
            with_viewers = await _cpu_pct(process, seconds)
            rate = (counts[0] - seen) / viewers / (time.monotonic() - begun)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return {
        "cpu_per_viewer_pct": round((with_viewers - without) / viewers, 4),
        "cpu_without_viewers_pct": round(without, 2),
        "cpu_with_viewers_pct": round(with_viewers, 2),
        "viewers": viewers,
        "pictures_per_s_per_viewer": round(rate, 1),
    }


async def _pictures(scene: _Scene, arguments: argparse.Namespace) -> dict[str, object]:
    from playwright.async_api import async_playwright

    script = page.bundle(scene.config.home)
    async with (
        scene.worker([*scene.tiles, scene.cold]),
        _served(script, scene.page_port),
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=[*CHROMIUM_FLAGS, "--no-sandbox"]
        )
        try:
            tab = await browser.new_page(viewport={"width": 1600, "height": 900})
            await tab.goto(f"http://127.0.0.1:{scene.page_port}/")
            _say(f"first picture, {arguments.openings} openings")
            one = [_camera(scene, scene.tiles[0])]
            warm = [(await tab.evaluate(page.OPEN, one))[0] for _ in range(arguments.openings)]
            cold = (await tab.evaluate(page.OPEN, [_camera(scene, scene.cold)]))[0]
            _say("delay of one tile")
            single = await tab.evaluate(page.WATCH, [one, arguments.seconds * 1000])
            _say(f"{TILES} tiles")
            many = await tab.evaluate(
                page.WATCH, [[_camera(scene, plan) for plan in scene.tiles], arguments.seconds * 1000]
            )
        finally:
            await browser.close()
    return {
        "first_picture_ms_p95": round(_quantile(warm, 0.95), 1),
        "camera_to_pixels_ms_p50": round(statistics.median(single["delays"]), 1),
        "dropped_pct_16": round(100 * many["dropped"] / max(1, many["frames"]), 2),
        "first_picture_ms_p50": round(statistics.median(warm), 1),
        "first_picture_cold_ms": round(cold, 1),
        "camera_to_pixels_ms_p95": round(_quantile(single["delays"], 0.95), 1),
        "camera_to_pixels_ms_p50_16": round(statistics.median(many["delays"]), 1) if many["delays"] else None,
        "first_picture_ms_max_16": round(max(many["first"]), 1),
        "frames_per_s_16": round(many["frames"] / TILES / arguments.seconds, 1),
        "dropped_pct_1": round(100 * single["dropped"] / max(1, single["frames"]), 2),
        "player": "web/src/media/live",
    }


def _camera(scene: _Scene, plan: CameraPlan) -> dict[str, object]:
    return {
        "camera_id": plan.camera_id,
        "token": scene.token(plan),
        "origin": scene.origin,
        "expires_ms": int(time.time() * 1000) + 900_000,
    }


def _quantile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@contextlib.asynccontextmanager
async def _served(script: str, port: int) -> AsyncIterator[None]:
    async def index(_: web.Request) -> web.Response:
        return web.Response(text=page.HTML, content_type="text/html")

    async def player(_: web.Request) -> web.Response:
        return web.Response(text=script, content_type="text/javascript")

    app = web.Application()
    app.add_routes([web.get("/", index), web.get("/player.js", player)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()
