"""The scope of a consent at every door: on request, recorded only, hours. A real worker, a simulated camera."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import aiohttp
import msgspec
import pytest

import media_rig
from media_rig import media_token, on_disk, permit, plan, running_worker, until, watching
from prahari.contracts import bus
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, ProbeReply, ProbeRequest, Reason, RecordMode
from prahari.engines.media.cameras.camera import Camera
from prahari.engines.media.fallback import pictures
from prahari.engines.media.gate.showing import Asker
from prahari.engines.media.live.webrtc import UnitQueue
from prahari.engines.media.playback import stretch
from prahari.engines.media.worker import Worker
from prahari.simcity.rtsp import Loop, SimServer

MINUTE_S = 60
NOON_UTC_S = 1_760_011_200  # 2025-10-09 12:00 UTC, 17:30 in India


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast the helper draws on a crowded machine is not what is tested here."""
    monkeypatch.setattr(pictures, "TIMEOUT_S", 30.0)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


class Doors:
    """Every way to a picture of one camera, asked with and without a request."""

    def __init__(self, config: Config, session: aiohttp.ClientSession, camera_id: str) -> None:
        self.config = config
        self.session = session
        self.camera_id = camera_id
        self.recorded: tuple[int, int] = (0, 0)

    async def ask(self, what: str, request_id: str, **query: int) -> tuple[int, str]:
        """(HTTP status, code of the error) of one door."""
        token = media_token(self.config, self.camera_id, request_id=request_id)
        url = f"{self.config.origin(self.config.media_port)}/{what}/{self.camera_id}"
        headers = {"Authorization": f"Bearer {token}"}
        method = "POST" if what == "webrtc" else "GET"
        body = json.dumps({"sdp": "v=0", "type": "offer"}) if what == "webrtc" else None
        async with self.session.request(method, url, params=query, headers=headers, data=body) as answer:
            data = await answer.read()
            return answer.status, json.loads(data)["code"] if answer.status >= 400 else ""

    async def live(self, request_id: str) -> tuple[int | None, str]:
        """How a live view ends that is not wanted; (None, "") when pictures come."""
        token = media_token(self.config, self.camera_id, request_id=request_id)
        origin = self.config.origin(self.config.media_port)
        async with watching(self.session, origin, self.camera_id, token) as watched:
            await until(lambda: watched.fragments or watched.close_code, what="pictures or a refusal")
            return watched.close_code, watched.close_reason

    async def recordings(self, at_least_ms: int = 1500) -> None:
        """Wait until something is recorded; the time line may be looked at without a request: it shows no picture."""
        deadline = time.monotonic() + 20
        token = media_token(self.config, self.camera_id)
        now = int(time.time() * 1000)
        url = f"{self.config.origin(self.config.media_port)}/timeline/{self.camera_id}"
        while time.monotonic() < deadline:
            params = {"token": token, "from_ms": now - 600_000, "to_ms": now + 600_000}
            async with self.session.get(url, params=params) as answer:
                stretches = (await answer.json())["recordings"]
            if stretches and stretches[-1][1] - stretches[-1][0] >= at_least_ms:
                self.recorded = stretches[-1][0], stretches[-1][1]
                return
            await asyncio.sleep(0.1)
        raise AssertionError("nothing was recorded in time")

    async def recorded_doors(self, request_id: str) -> list[tuple[int, str]]:
        start_ms, end_ms = self.recorded
        return [
            await self.ask("playback", request_id, from_ms=start_ms, to_ms=end_ms),
            await self.ask("clip", request_id, from_ms=start_ms, to_ms=end_ms),
            await self.ask("snapshot", request_id, at_ms=start_ms + 600),
        ]


def with_permit(config: Config, camera: CameraPlan, **changes: object) -> CameraPlan:
    """The next revision of a plan, with another permit."""
    token = permit(config.signing_key(), camera.camera_id, **changes)
    return msgspec.structs.replace(camera, permit=token, revision=camera.revision + 1)


async def test_on_request_every_door_asks_for_a_request_and_recording_goes_on(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = with_permit(config, plan(config, server.url("/cam")), on_request=True)
        on_disk(config, camera)
        doors = Doors(config, session, camera.camera_id)
        refused = (403, "needs_request")
        async with running_worker(config) as worker:
            await doors.recordings()
            assert await doors.live("") == (4403, "needs_request")
            assert await doors.live("r1") == (None, "")
            assert await doors.ask("webrtc", "") == refused
            assert (await doors.ask("webrtc", "r1"))[1] == "bad_request"  # let in, and its offer is garbage
            assert await doors.ask("snapshot", "") == refused
            assert await doors.ask("snapshot", "r1") == (200, "")
            assert await doors.recorded_doors("") == [refused] * 3
            assert await doors.recorded_doors("r1") == [(200, "")] * 3
            assert _camera(worker, camera).is_recording

            request = ProbeRequest(camera.camera_id, camera.address, camera.permit)
            reply: ProbeReply = await worker._probes.probe(msgspec.json.encode(request))
            assert reply.ok and reply.jpeg_base64 == "" and "on request" in reply.detail

            # Withdrawn: what was recorded for requests does not become open to all by that.
            withdrawn = msgspec.structs.replace(camera, permit="", revision=9)
            worker._roster.apply(withdrawn)
            assert await doors.live("r1") == (4403, "no_permit")
            assert await doors.recorded_doors("") == [refused] * 3
        async with running_worker(config):
            assert await doors.recorded_doors("") == [refused] * 3
            assert await doors.recorded_doors("r1") == [(200, "")] * 3


async def test_a_permit_that_becomes_on_request_ends_views_without_one_within_a_second(
    config: Config, loop: Loop, session: aiohttp.ClientSession, fresh_nats_url: str
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        client = await bus.connect(fresh_nats_url, "test")
        bucket = await bus.ensure_plan_bucket(client.jetstream(timeout=5))
        await media_rig.put(bucket, camera)
        origin = config.origin(config.media_port)
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: len(worker._roster) == 1, what="the plan heard")
            without, named = (media_token(config, camera.camera_id, request_id=request) for request in ("", "r1"))
            async with (
                watching(session, origin, camera.camera_id, without) as first,
                watching(session, origin, camera.camera_id, named) as second,
            ):
                await until(lambda: first.fragments and second.fragments, what="pictures")
                ended: list[bool] = []
                peer = UnitQueue(Asker(), lambda: ended.append(True))
                _camera(worker, camera).tap(peer)
                begun = time.monotonic()
                await media_rig.put(bucket, with_permit(config, camera, on_request=True))
                await until(lambda: first.close_code and ended, what="views without a request ended")
                assert time.monotonic() - begun < 1
                assert (first.close_code, first.close_reason) == (4403, "needs_request")
                seen = len(second.fragments)
                await until(lambda: len(second.fragments) > seen + 10, what="pictures for who named a request")
                assert len(server.connections) == 1 and second.close_code is None
        await client.close()


async def test_what_is_shown_for_a_request_ends_with_it(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = with_permit(config, plan(config, server.url("/cam")), on_request=True)
        on_disk(config, camera)
        async with running_worker(config):
            ends_s = int(time.time()) + 4
            token = media_token(config, camera.camera_id, request_id="r1", request_until_s=ends_s)
            origin = config.origin(config.media_port)
            async with watching(session, origin, camera.camera_id, token) as watched:
                await until(lambda: watched.fragments, what="pictures")
                await until(lambda: watched.close_code, what="the end of the request")
                assert ends_s <= time.time() < ends_s + 1
                assert (watched.close_code, watched.close_reason) == (4403, "needs_request")
            url = f"{origin}/snapshot/{camera.camera_id}"
            async with session.get(url, params={"token": token}) as answer:
                assert (answer.status, (await answer.json())["code"]) == (403, "needs_request")


async def test_playback_that_is_under_way_ends_when_leave_for_it_does(
    config: Config, loop: Loop, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        doors = Doors(config, session, camera.camera_id)
        async with running_worker(config) as worker:
            await doors.recordings(3000)
            start_ms, end_ms = doors.recorded
            store, read_piece = worker._store, stretch._read_piece

            def narrowing(*arguments: object) -> bytes:
                """The permit becomes one on request while the first fragment is read."""
                store.keep(camera.camera_id, 30, needs_request=True)
                return read_piece(*arguments)  # type: ignore[arg-type]

            monkeypatch.setattr(stretch, "_read_piece", narrowing)
            with pytest.raises(aiohttp.ClientError):
                await doors.ask("playback", "", from_ms=start_ms, to_ms=end_ms)


async def test_recorded_only_is_never_shown_live_and_played_back(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = with_permit(config, plan(config, server.url("/cam")), live=False)
        on_disk(config, camera)
        doors = Doors(config, session, camera.camera_id)
        async with running_worker(config):
            await doors.recordings()
            assert await doors.live("r1") == (4403, "no_permit")
            assert await doors.ask("webrtc", "r1") == (403, "no_permit")
            assert await doors.ask("snapshot", "r1") == (403, "no_permit")
            assert await doors.recorded_doors("") == [(200, "")] * 3


async def test_an_hour_out_of_scope_cuts_viewer_recording_and_connection_within_five_seconds(
    config: Config, loop: Loop, session: aiohttp.ClientSession
) -> None:
    clock = [NOON_UTC_S + 29 * MINUTE_S + 30.0]  # 17:59:30 in India
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.CONTINUOUS)
        open_hours = [(9 * 60, 18 * 60), (20 * 60, 22 * 60)]
        camera = with_permit(config, camera, hours=open_hours, nbf_s=NOON_UTC_S - 3600, exp_s=NOON_UTC_S + 20 * 3600)
        async with running_worker(config) as worker:
            worker._around.now_s = lambda: clock[0]
            worker._roster.apply(camera)
            token = media_token(config, camera.camera_id)
            origin = config.origin(config.media_port)
            async with watching(session, origin, camera.camera_id, token) as watched:
                await until(lambda: watched.fragments, what="pictures")
                await until(lambda: _camera(worker, camera).is_recording, what="recording")
                clock[0] += 29.0
                seen = len(watched.fragments)
                await until(lambda: len(watched.fragments) > seen + 25, what="pictures up to the last second")
                begun = time.monotonic()
                clock[0] += 1.0  # 18:00:00
                await until(lambda: watched.close_code, 5, "the viewer closed")
                await until(lambda: not server.connections, 5 - (time.monotonic() - begun), "the connection closed")
                assert (watched.close_code, watched.close_reason) == (4403, Reason.OUTSIDE_HOURS)
                assert not _camera(worker, camera).is_recording
            assert await Doors(config, session, camera.camera_id).live("") == (4403, "outside_hours")
            clock[0] += 2 * 3600
            await until(lambda: server.connections, 5, "opened again at the next hour")
            clock[0] -= 3600  # somebody sets the machine's clock back
            await until(lambda: not server.connections, 5, "closed again")


def _camera(worker: Worker, camera: CameraPlan) -> Camera:
    found = worker._roster.get(camera.camera_id)
    assert found is not None
    return found
