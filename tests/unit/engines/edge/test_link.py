"""A site over a real link: plans down, events up, live pictures, recordings, clips, withdrawal."""

from __future__ import annotations

import asyncio
import hashlib
import time
from pathlib import Path

import aiohttp
import msgspec
import pytest

import media_rig
from edge_rig import Centre, Line, Site, running_gate
from media_rig import media_token, permit, until, watching
from prahari.contracts import bus, events, subjects
from prahari.contracts.config import Config
from prahari.contracts.media import HolderState
from prahari.simcity.rtsp import Loop, SimServer


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


async def test_a_site_records_shows_plays_back_and_stops_when_leave_is_withdrawn(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        SimServer({"/main": loop, "/sub": loop}) as cameras,
        running_gate(config, fresh_nats_url) as gate,
        Line(config.edge_port) as line,
        Centre(fresh_nats_url) as centre,
        aiohttp.ClientSession() as session,
    ):
        site = Site(config, tmp_path / "site", line.port)
        camera = site.camera("door", cameras.url("/main"), cameras.url("/sub"))
        await centre.put(site.record, camera)
        with site.running(tmp_path / "log"):
            await until(lambda: site.site_id in gate.sessions, 20, "the link")
            await until(lambda: "live" in centre.statuses(camera), 20, "the camera live")
            await until(lambda: centre.states(site)[-1:] == ["online"], 10, "the site told")
            told = next(one for one in centre.heard if one.type == events.CAMERA_STATUS)
            assert (told.jurisdiction, told.agency) == ("up.kanpur", "police")
            origin = config.origin(config.edge_port)
            token = media_token(config, camera.camera_id)
            async with watching(session, origin, camera.camera_id, token, "&stream=sub") as watched:
                await until(lambda: len(watched.fragments) > 30, 20, "pictures")
                assert watched.inits and watched.said("init")[0]["width"] == 320
                async with watching(session, origin, camera.camera_id, token, "&stream=sub") as second:
                    await until(lambda: len(second.fragments) > 10, 20, "pictures for a second viewer")
                    assert len(gate.sessions[site.site_id].relays) == 1  # once over the link
                await watched.want("main")
                await until(lambda: len(gate.sessions[site.site_id].relays) == 2, 10, "the main stream")
                # Recordings: the same doors as at a media worker.
                got = site.recorded(camera)
                await until(lambda: len(site.recorded(camera)) > 6, 20, "recordings")
                got = site.recorded(camera)
                span = f"from_ms={got[0].start_ms}&to_ms={got[4].end_ms}&token={token}"
                async with session.get(f"{origin}/playback/{camera.camera_id}?{span}") as answer:
                    body = await answer.read()
                    assert answer.status == 200 and len(body) > 10_000 and answer.headers["X-Mime"]
                async with session.get(f"{origin}/timeline/{camera.camera_id}?{span}") as answer:
                    assert answer.status == 200 and await answer.json()
                async with session.get(f"{origin}/snapshot/{camera.camera_id}?token={token}") as answer:
                    assert answer.status == 200 and (await answer.read())[:2] == b"\xff\xd8"
                async with session.get(f"{origin}/clip/{camera.camera_id}?{span}") as answer:
                    assert answer.status == 200
                    clip = await answer.read()
                (order,) = (site.folder / "clips").glob("*.mp4")
                assert hashlib.sha256(clip).digest() == hashlib.sha256(order.read_bytes()).digest()
                # A viewer's own leave is ended: theirs alone, though both look at the same stream over the link.
                screen = media_token(config, camera.camera_id, user="screen")
                async with watching(session, origin, camera.camera_id, screen) as ended:
                    await until(lambda: len(ended.fragments) > 10, 20, "pictures for the screen")
                    holders = await bus.ensure_cluster_bucket(centre.js, subjects.MEDIA_HOLDERS_BUCKET)
                    state = HolderState(int(time.time() * 1000))
                    await holders.put("screen", msgspec.json.encode(state))
                    await until(lambda: ended.ended_at, 5, "the screen's stream closed")
                    assert ended.close_code == 4401 and not watched.ended_at
                async with session.get(f"{origin}/snapshot/{camera.camera_id}?token={screen}") as answer:
                    assert answer.status == 401
                # Withdrawn: at the gate in the same moment, at the site as soon as it hears of it.
                withdrawn = time.monotonic()
                await centre.put(msgspec.structs.replace(camera, permit="", revision=2))
                await until(lambda: watched.ended_at, 5, "the viewer closed")
                assert watched.close_code == 4403
                await until(lambda: not cameras.connections, 5, "the camera closed")
                assert time.monotonic() - withdrawn < 5
            await until(lambda: centre.statuses(camera)[-1] == "no_consent", 10, "the state told")
            # The address and password of the camera have never gone up.
            assert cameras.url("/main") not in str(centre.heard)
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


async def test_a_permit_that_runs_out_with_the_link_down_ends_the_stream(
    config: Config, loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with (
        SimServer({"/main": loop}) as cameras,
        running_gate(config, fresh_nats_url),
        Line(config.edge_port) as line,
        Centre(fresh_nats_url) as centre,
    ):
        site = Site(config, tmp_path / "site", line.port)
        camera = site.camera("door", cameras.url("/main"))
        await centre.put(site.record, camera)
        # Its own clock is an hour behind: by that one the permit would hold for an hour more.
        with site.running(tmp_path / "log", clock_off_s=-3600):
            await until(lambda: "live" in centre.statuses(camera), what="the camera live")
            exp_s = int(time.time()) + 6
            ending = permit(config.signing_key(), camera.camera_id, exp_s=exp_s)
            await centre.put(msgspec.structs.replace(camera, permit=ending, revision=2))
            kept = site.folder / "plans" / f"{camera.camera_id}.json"
            await until(lambda: ending.encode() in kept.read_bytes(), what="the permit that ends heard")
            line.down()
            await until(lambda: not cameras.connections, exp_s - time.time() + 5, "the camera closed")
            assert abs(time.time() - exp_s) < 3
            # What was recorded is dated by the centre's clock, not by the box's.
            got = site.recorded(camera)
            assert got and abs(got[-1].end_ms / 1000 - exp_s) < 5
            line.up()
            await until(lambda: centre.statuses(camera)[-1] == "no_consent", 15, "the state told")
            await asyncio.sleep(0)
    assert b"Traceback" not in (tmp_path / "log").read_bytes()
