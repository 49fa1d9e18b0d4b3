"""No frame leaves a site without a permit, whatever the centre asks; what data costs bounds pictures, not events."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import media_rig
from edge_rig import Centre, Site, running_gate
from media_rig import media_token, permit, until, watching
from prahari.contracts import edgekeys
from prahari.contracts.config import Config
from prahari.contracts.events import now_ms
from prahari.engines.edge import wire
from prahari.simcity.rtsp import Loop, SimServer


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


class RogueCentre:
    """Somebody has broken into the gate: it knows plans and tokens, and asks for everything. `ask`: what it says."""

    def __init__(self, site: Site, ask: list[msgspec.Struct], at_ms: int) -> None:
        self.site = site
        self.ask = ask
        self.at_ms = at_ms
        self.frames: list[wire.Frame] = []
        self.said: list[Any] = []

    async def link(self, request: aiohttp.web.Request) -> aiohttp.web.WebSocketResponse:
        ws = aiohttp.web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        await ws.receive()
        await ws.send_str(msgspec.json.encode(wire.Challenge(edgekeys.encode(os.urandom(32)))).decode())
        await ws.receive()
        await ws.send_str(msgspec.json.encode(wire.Welcome(self.at_ms, "Shop", self.site.record.limits)).decode())
        for message in self.ask:
            await ws.send_bytes(wire.Frame(wire.Kind.CONTROL, 0, msgspec.json.encode(message)).encode())
        async for message in ws:
            frame = wire.decode(message.data)
            self.frames.append(frame)
            if frame.kind is wire.Kind.CONTROL:
                self.said.append(wire.read_to_centre(frame.payload))
        return ws


@contextlib.asynccontextmanager
async def rogue(config: Config, centre: RogueCentre) -> AsyncIterator[None]:
    app = aiohttp.web.Application()
    app.router.add_get("/edge/link", centre.link)
    runner = aiohttp.web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", config.edge_port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def test_a_centre_that_was_broken_into_gets_no_frame_without_a_permit(
    config: Config, loop: Loop, tmp_path: Path
) -> None:
    now = int(time.time())
    key, stranger = config.signing_key(), Ed25519PrivateKey.generate()
    minute = (now + 330 * 60) % 86_400 // 60
    async with SimServer({f"/{n}": loop for n in range(9)}) as cameras:
        site = Site(config, tmp_path / "site", config.edge_port)
        ask: list[msgspec.Struct] = []
        plans = [site.camera(f"c{n}", cameras.url(f"/{n}")) for n in range(9)]
        good = plans.pop()
        bad = [
            "",
            "nonsense",
            permit(stranger, plans[2].camera_id),
            permit(key, plans[0].camera_id),  # another camera's
            permit(key, plans[4].camera_id, exp_s=now - 1),
            permit(key, plans[5].camera_id, nbf_s=now + 3600),
            permit(key, plans[6].camera_id, hours=[((minute + 60) % 1440, (minute + 120) % 1440)]),
            media_token(config, plans[7].camera_id),  # a token is no permit
        ]
        shows: list[msgspec.Struct] = []
        for number, (plan, token) in enumerate(zip(plans, bad, strict=True), 1):
            # An address of its own choosing opens nothing either: names count here.
            ask.append(wire.Plan(msgspec.structs.replace(plan, permit=token)))
            shows.append(wire.Show(number, plan.camera_id, media_token(config, plan.camera_id), "main"))
        forged = media_rig.plan(config, cameras.url("/0"), edge=site.site_id)
        ask.append(wire.Plan(forged))
        shows.append(wire.Show(20, forged.camera_id, media_token(config, forged.camera_id), "main"))
        # The permit is good, the leave of the person is not.
        ask.append(wire.Plan(good))
        for number, token in ((30, ""), (31, media_token(config, good.camera_id, ["playback"])),
                              (32, media_token(config, good.camera_id, for_s=-5)),
                              (33, media_token(config, plans[0].camera_id))):  # fmt: skip
            shows.append(wire.Show(number, good.camera_id, token, "main"))
        centre = RogueCentre(site, [*ask, *shows], now_ms())
        async with rogue(config, centre):
            with site.running(tmp_path / "log"):
                ended = {1, 2, 3, 4, 5, 6, 7, 8, 30, 31, 32, 33}
                await until(
                    lambda: ended <= {one.channel for one in centre.said if isinstance(one, wire.End)}, 20, "refused"
                )
                await until(lambda: len(cameras.connections) == 1, 10, "the one with a permit is recorded")
                await asyncio.sleep(2)
                assert {one.path for one in cameras.connections} == {"/8"}
                assert not [
                    frame for frame in centre.frames if frame.kind is wire.Kind.LIVE and len(frame.payload) > 400
                ]
        assert b"Traceback" not in (tmp_path / "log").read_bytes()


async def test_beyond_the_months_allowance_pictures_end_and_events_go_on(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        SimServer({"/main": loop}) as cameras,
        running_gate(config, fresh_nats_url),
        Centre(fresh_nats_url) as centre,
        aiohttp.ClientSession() as session,
    ):
        site = Site(config, tmp_path / "site", config.edge_port)
        camera = site.camera("door", cameras.url("/main"))
        await centre.put(site.record, camera)
        with site.running(tmp_path / "log"):
            await until(lambda: "live" in centre.statuses(camera), 20, "the camera live")
            origin, token = config.origin(config.edge_port), media_token(config, camera.camera_id)
            async with watching(session, origin, camera.camera_id, token) as watched:
                await until(lambda: watched.fragments, 10, "pictures")
                await centre.put(site.limits(month_bytes=1000))
                await until(lambda: watched.ended_at, 15, "the pictures ended")
                assert watched.close_reason == "bandwidth_cap"
            async with watching(session, origin, camera.camera_id, token) as watched:
                await until(lambda: watched.ended_at, 10, "refused")
                assert not watched.fragments
            told = len(centre.statuses(camera))
            for one in list(cameras.connections):
                one.abort()
            await until(lambda: len(centre.statuses(camera)) > told, 20, "events go on")
            await centre.put(site.limits(month_bytes=0))
            pictures = 0
            while not pictures:  # the site has to hear of it first
                async with watching(session, origin, camera.camera_id, token) as watched:
                    await until(lambda: watched.fragments or watched.ended_at, what="pictures again, or refused")
                    pictures = len(watched.fragments)
