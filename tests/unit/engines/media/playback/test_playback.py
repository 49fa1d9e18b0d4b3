"""Recordings over HTTP: recorded by a real worker from a simulated camera, read while the file grows."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import av
import msgspec
import pytest
from PIL import Image

import media_rig
from media_rig import media_token, on_disk, permit, plan, running_worker, until
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, RecordMode
from prahari.engines.media.worker import Worker
from prahari.simcity.rtsp import Loop, SimServer


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"), "sound", audio="aac")


@pytest.fixture(scope="module")
def phone_sound_loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"), "g711", audio="pcm_alaw")


class Desk:
    """Asks the worker as a console does."""

    def __init__(self, config: Config, session: aiohttp.ClientSession) -> None:
        self.config = config
        self.session = session

    async def get(
        self, what: str, camera_id: str, use: str | None = None, **query: int
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        headers = {"Authorization": f"Bearer {media_token(self.config, camera_id, [use or what])}"}
        url = f"{self.config.origin(self.config.media_port)}/{what}/{camera_id}"
        async with self.session.get(url, params=query, headers=headers) as answer:
            return answer, await answer.read()

    async def timeline(self, camera_id: str) -> dict[str, Any]:
        now = int(time.time() * 1000)
        answer, body = await self.get("timeline", camera_id, "playback", from_ms=now - 600_000, to_ms=now + 60_000)
        assert answer.status == 200, body
        return json.loads(body)

    async def recorded(self, camera_id: str, at_least_ms: int) -> tuple[int, int]:
        """The first recorded stretch, once it is that long."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            stretches = (await self.timeline(camera_id))["recordings"]
            if stretches and stretches[0][1] - stretches[0][0] >= at_least_ms:
                return stretches[0][0], stretches[0][1]
            await asyncio.sleep(0.1)
        raise AssertionError("nothing was recorded in time")


@pytest.fixture
async def desk(config: Config) -> AsyncIterator[Desk]:
    async with aiohttp.ClientSession() as session:
        yield Desk(config, session)


def stamps(data: bytes) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    with av.open(io.BytesIO(data)) as container:
        for packet in container.demux():
            if packet.dts is not None:
                found.setdefault(packet.stream.type, []).append(float(packet.dts * packet.time_base))
    return found


async def test_a_growing_recording_is_played_sought_drawn_and_downloaded(
    config: Config, loop: Loop, desk: Desk, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config):
            start_ms, end_ms = await desk.recorded(camera.camera_id, 4000)

            from_ms = start_ms + 1700
            answer, body = await desk.get("playback", camera.camera_id, from_ms=from_ms, to_ms=end_ms)
            assert answer.status == 200 and answer.headers["X-Mime"].startswith('video/mp4; codecs="avc1.')
            first_ms, last_ms = int(answer.headers["X-Start-Ms"]), int(answer.headers["X-End-Ms"])
            assert from_ms - 700 <= first_ms <= from_ms  # the keyframe before, half a second apart
            assert end_ms <= last_ms + 600
            times = stamps(body)
            assert 0 <= times["video"][0] < 0.1 and times["video"] == sorted(times["video"])
            assert abs(times["video"][-1] - (last_ms - first_ms) / 1000) < 0.3
            assert abs(times["audio"][0]) < 0.3
            with av.open(io.BytesIO(body)) as container:
                assert sum(1 for _ in container.decode(video=0)) == len(times["video"])

            answer, body = await desk.get("clip", camera.camera_id, from_ms=start_ms, to_ms=start_ms + 3000)
            assert answer.status == 200
            assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="camera-{camera.camera_id}')
            clip = tmp_path / "clip.mp4"
            clip.write_bytes(body)
            told = json.loads(
                subprocess.run(
                    ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", clip],
                    check=True,
                    capture_output=True,
                ).stdout
            )
            assert {stream["codec_name"] for stream in told["streams"]} == {"h264", "aac"}
            assert abs(float(told["format"]["duration"]) - 3.0) < 0.7

            answer, body = await desk.get("snapshot", camera.camera_id, at_ms=start_ms + 1200)
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert start_ms + 600 <= int(answer.headers["X-Picture-Ms"]) <= start_ms + 1200
            assert Image.open(io.BytesIO(body)).size == (320, 240)
            answer, body = await desk.get("snapshot", camera.camera_id)
            assert abs(int(answer.headers["X-Picture-Ms"]) - time.time() * 1000) < 3000
            assert Image.open(io.BytesIO(body)).size == (320, 240)


async def test_a_gap_ends_an_answer_and_the_next_start_is_told(config: Config, loop: Loop, desk: Desk) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config):
            start_ms, _ = await desk.recorded(camera.camera_id, 1000)
            server.set_fault("/cam", stall=True)
            await asyncio.sleep(4)  # the gap that is wanted
            server.clear_faults()
            deadline = time.monotonic() + 20
            while len(stretches := (await desk.timeline(camera.camera_id))["recordings"]) < 2:
                assert time.monotonic() < deadline, "no second stretch"
                await asyncio.sleep(0.2)
            (_, first_end), (second_start, _) = stretches[:2]
            answer, body = await desk.get("playback", camera.camera_id, from_ms=start_ms, to_ms=int(time.time() * 1000))
            assert int(answer.headers["X-End-Ms"]) <= first_end + 100
            assert max(stamps(body)["video"]) < (first_end - start_ms) / 1000 + 1
            answer, body = await desk.get(
                "playback", camera.camera_id, from_ms=first_end + 200, to_ms=second_start - 200
            )
            assert (answer.status, body) == (204, b"")
            assert answer.headers["X-Next-Ms"] == str(second_start)
            gaps = (await desk.timeline(camera.camera_id))["gaps"]
            assert any(gap["start_ms"] >= first_end - 1000 and gap["reason"] for gap in gaps)


async def test_a_browser_gets_no_sound_that_it_cannot_play_a_clip_keeps_it(
    config: Config, phone_sound_loop: Loop, desk: Desk
) -> None:
    async with SimServer({"/cam": phone_sound_loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config):
            start_ms, end_ms = await desk.recorded(camera.camera_id, 2000)
            answer, body = await desk.get("playback", camera.camera_id, from_ms=start_ms, to_ms=end_ms)
            assert "," not in answer.headers["X-Mime"]
            times = stamps(body)
            assert set(times) == {"video"} and times["video"][0] < 0.1
            _, body = await desk.get("clip", camera.camera_id, from_ms=start_ms, to_ms=end_ms)
            assert set(stamps(body)) == {"video", "audio"}


async def test_recordings_stay_after_the_permit_live_pictures_do_not(config: Config, loop: Loop, desk: Desk) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config) as worker:
            start_ms, end_ms = await desk.recorded(camera.camera_id, 1000)
            worker._roster.apply(msgspec.structs.replace(camera, permit=""))
            answer, _ = await desk.get("snapshot", camera.camera_id)
            assert answer.status == 403
            answer, body = await desk.get("playback", camera.camera_id, from_ms=start_ms, to_ms=end_ms)
            assert answer.status == 200 and stamps(body)["video"]
            await until(lambda: not server.connections, 5, "the connection closed")
        record_only = msgspec.structs.replace(
            camera, permit=permit(config.signing_key(), camera.camera_id, live=False), revision=2
        )
        on_disk(config, record_only)
        async with running_worker(config) as worker:
            await until(lambda: _is_recording(worker, camera), what="recording again")
            answer, _ = await desk.get("snapshot", camera.camera_id)
            assert answer.status == 403


def _is_recording(worker: Worker, camera: CameraPlan) -> bool:
    found = worker._roster.get(camera.camera_id)
    return found is not None and found.is_recording


async def test_wrong_requests_get_sentences(config: Config, desk: Desk) -> None:
    async with running_worker(config):
        camera_id = str(uuid.uuid4())
        now = int(time.time() * 1000)
        answer, body = await desk.get("playback", camera_id, from_ms=now, to_ms=now + 1000)
        assert answer.status == 204 and "X-Next-Ms" not in answer.headers
        wrong: list[tuple[str, dict[str, Any], int]] = [
            ("playback", {"from_ms": now, "to_ms": now}, 400),
            ("playback", {"from_ms": "yesterday", "to_ms": now}, 400),
            ("playback", {"from_ms": "9" * 30, "to_ms": now}, 400),
            ("playback", {"from_ms": "²", "to_ms": now}, 400),
            ("playback", {}, 400),
            ("clip", {"from_ms": now - 4_000_000, "to_ms": now}, 400),
            ("clip", {"from_ms": now - 1000, "to_ms": now}, 404),
            ("snapshot", {"at_ms": now}, 404),
            ("snapshot", {}, 404),
        ]
        for what, query, status in wrong:
            answer, body = await desk.get(what, camera_id, **query)
            assert answer.status == status, (what, query, body)
            assert set(json.loads(body)["message"]) == {"en", "hi"}
        base = config.origin(config.media_port)
        for path in ("/playback/..%2f..%2fetc", "/timeline/x", "/nothing", "/clip/" + "a" * 5000):
            async with desk.session.get(base + path) as refused:
                assert refused.status in {401, 404}
                assert (await refused.json())["code"]
        async with desk.session.post(f"{base}/webrtc/{camera_id}", data=b"x" * 200_000) as refused:
            assert refused.status == 401
        token = media_token(config, camera_id, ["live"])
        async with desk.session.get(f"{base}/playback/{camera_id}?token={token}&from_ms=1&to_ms=2") as refused:
            assert refused.status == 401


async def test_pages_of_this_host_may_read_answers_others_not(config: Config, desk: Desk) -> None:
    async with running_worker(config):
        base = config.origin(config.media_port)
        for origin, allowed in {"http://127.0.0.1:8400": True, "https://evil.example": False, "null": False}.items():
            async with desk.session.options(f"{base}/webrtc/x", headers={"Origin": origin}) as preflight:
                assert preflight.status == 204
                assert (preflight.headers.get("Access-Control-Allow-Origin") == origin) is allowed
            async with desk.session.get(f"{base}/healthz", headers={"Origin": origin}) as answer:
                assert ("X-Start-Ms" in answer.headers.get("Access-Control-Expose-Headers", "")) is allowed
                assert (await answer.json())["ok"] is True


async def test_a_camera_on_request_gives_a_snapshot_by_being_opened_for_it(
    config: Config, loop: Loop, desk: Desk
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.NONE)
        on_disk(config, camera)
        async with running_worker(config):
            answers = await asyncio.gather(*(desk.get("snapshot", camera.camera_id) for _ in range(4)))
            assert [answer.status for answer, _ in answers] == [200] * 4
            await until(lambda: not server.connections, what="the connection closed")
