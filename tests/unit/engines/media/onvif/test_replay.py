"""A device's own disk played over the playback door of a real worker, as the console asks for it."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import aiohttp
import av
import msgspec
import nats
import pytest

import media_rig
from media_rig import media_token, on_disk, permit, plan, put, running_worker, until
from prahari.contracts import bus
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, DevicePlan, RecordMode
from prahari.contracts.sealing import seal
from prahari.engines.media.onvif.replays import A_DEVICE
from prahari.engines.media.rtp.replay import unix_ms_of
from prahari.engines.media.rtsp.replaying import ReplayRange, begin_of
from prahari.simcity.onvif import SimDevice, SimOnvif
from prahari.simcity.rtsp import Auth, Loop, SimServer
from prahari.simcity.rtsp.disk import Disk

from .conftest import PASSWORD, USERNAME, recorder

DEVICE = "0192aaaa-0000-7000-8000-000000000002"


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """With sound, which is left out, and B-frames."""
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"), "replayed", audio="aac")


@pytest.fixture(scope="module")
def large_loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """A minute of it does not fit into the buffers on the way."""
    folder = tmp_path_factory.mktemp("large")
    return media_rig.small_loop(folder, "large", width=1280, height=720, kbit_s=20_000)


@dataclass
class City:
    config: Config
    cameras: SimServer
    device: SimDevice
    onvif: SimOnvif
    session: aiohttp.ClientSession

    @property
    def stretches(self) -> list[tuple[int, int]]:
        return [(round(start * 1000), round(end * 1000)) for start, end in self.device.channels[0].stretches]

    def plan(self, **changes: Any) -> CameraPlan:
        body = json.dumps({"username": USERNAME, "password": PASSWORD})
        sealed = seal(body, self.config.sealing_key(), f"device:{DEVICE}")
        device = DevicePlan(DEVICE, self.onvif.url("NVR1"), sealed, 1, "main-1", "source-1", "rec-1")
        changes = {"record": RecordMode.NONE, "device": device, **changes}
        return plan(self.config, "rtsp://127.0.0.1:9/none", **changes)

    async def ask(
        self, camera: CameraPlan, from_ms: int, to_ms: int, uses: list[str] | None = None
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        async with self.open(camera, from_ms, to_ms, uses) as answer:
            return answer, await answer.read()

    def open(self, camera: CameraPlan, from_ms: int, to_ms: int, uses: list[str] | None = None) -> Any:
        token = media_token(self.config, camera.camera_id, uses or ["playback"])
        url = f"{self.config.origin(self.config.media_port)}/playback/{camera.camera_id}"
        query = {"source": "device", "from_ms": from_ms, "to_ms": to_ms}
        return self.session.get(url, params=query, headers={"Authorization": f"Bearer {token}"})


@asynccontextmanager
async def city(config: Config, loop: Loop, **faults: Any) -> AsyncIterator[City]:
    device = recorder()
    device.set_faults(**faults)
    channel = device.channels[0]
    async with (
        SimServer({"/cam/1": loop}, auth=Auth(USERNAME, PASSWORD)) as cameras,
        SimOnvif({"NVR1": device}.get) as onvif,
        aiohttp.ClientSession() as session,
    ):
        channel.replay_url = cameras.url("/cam/1", credentials=False) + "?replay=1"
        off_s = device.faults.clock_off_s
        if off_s:  # what the recorder tells is by its own clock
            channel.stretches = [(start + off_s, end + off_s) for start, end in channel.stretches]
        lies_there = [(start - off_s, end - off_s) for start, end in channel.stretches]
        cameras.disk = lambda path: Disk(lies_there, off_s)
        yield City(config, cameras, device, onvif, session)


def pictures(body: bytes) -> list[Fraction]:
    """Presentation times of what can be decoded."""
    with av.open(io.BytesIO(body)) as container:
        assert [stream.type for stream in container.streams] == ["video"]
        return [frame.pts * frame.time_base for frame in container.decode(video=0)]


@pytest.mark.parametrize("clock_off_s", [0, 7200, -90])
async def test_a_stretch_of_the_device_s_disk_is_played_with_its_time(
    config: Config, loop: Loop, clock_off_s: int
) -> None:
    async with city(config, loop, clock_off_s=clock_off_s) as town, running_worker_with(town) as camera:
        off_ms = clock_off_s * 1000
        first_ms = town.stretches[0][0] - off_ms + 600_250
        begun_s = time.monotonic()
        answer, body = await town.ask(camera, first_ms, first_ms + 30_000)
        took_s = time.monotonic() - begun_s
        assert answer.status == 200, body
        start_ms = int(answer.headers["X-Start-Ms"])
        # The clock of a device is told in whole seconds: no better than that is known how far it is off.
        assert first_ms - 2_000 < start_ms <= first_ms + 1_500
        assert answer.headers["X-Mime"].startswith('video/mp4; codecs="avc1')
        times = pictures(body)
        assert times[0] == 0 and len(times) == pytest.approx(30 * 25, abs=40)
        steps = [round(float(after - before), 3) for before, after in itertools.pairwise(times)]
        assert set(steps) == {0.04}
        assert took_s < 10  # as fast as it is read, not as fast as it happened


@asynccontextmanager
async def running_worker_with(town: City, **changes: Any) -> AsyncIterator[CameraPlan]:
    camera = town.plan(**changes)
    on_disk(town.config, camera)
    async with running_worker(town.config):
        yield camera


async def test_where_nothing_lies_the_next_stretch_is_told(config: Config, loop: Loop) -> None:
    async with city(config, loop) as town, running_worker_with(town) as camera:
        (_, first_end_ms), (second_ms, second_end_ms) = town.stretches
        answer, _ = await town.ask(camera, first_end_ms + 60_000, first_end_ms + 90_000)
        assert answer.status == 204
        assert int(answer.headers["X-Next-Ms"]) == pytest.approx(second_ms, abs=1_000)
        answer, _ = await town.ask(camera, second_end_ms + 60_000, second_end_ms + 90_000)
        assert (answer.status, "X-Next-Ms" in answer.headers) == (204, False)
        # A window that reaches over the end of a stretch plays to that end.
        answer, body = await town.ask(camera, first_end_ms - 5_000, first_end_ms + 20_000)
        assert answer.status == 200
        assert float(pictures(body)[-1]) == pytest.approx(5, abs=1.2)


async def test_who_may_not_is_refused_before_the_device_is_asked(config: Config, loop: Loop) -> None:
    async with city(config, loop) as town:
        camera_id = "0192aaaa-0000-7000-8000-00000000000a"
        ended = permit(config.signing_key(), camera_id, exp_s=int(time.time()) - 5)
        async with running_worker_with(town, camera_id=camera_id, permit=ended) as camera:
            from_ms = town.stretches[0][0]
            answer, body = await town.ask(camera, from_ms, from_ms + 1000)
            assert (answer.status, json.loads(body)["code"]) == (403, "no_permit")
            answer, _ = await town.ask(camera, from_ms, from_ms + 1000, ["live"])
            assert answer.status == 401
        assert not town.cameras.connections


async def test_a_device_that_cannot_is_not_shown(config: Config, loop: Loop) -> None:
    async with city(config, loop) as town, running_worker_with(town) as camera:
        from_ms = town.stretches[0][0]
        town.cameras.disk = lambda path: None
        answer, body = await town.ask(camera, from_ms, from_ms + 5_000)
        assert (answer.status, json.loads(body)["code"]) == (502, "device_unsupported")
        town.cameras.disk = lambda path: Disk([])
        answer, body = await town.ask(camera, from_ms, from_ms + 5_000)
        assert (answer.status, json.loads(body)["code"]) == (502, "device_not_found")
        # One that plays live pictures to whoever asks for recorded ones.
        town.cameras.set_fault("/cam/1", ignores_replay=True)
        answer, body = await town.ask(camera, from_ms, from_ms + 5_000)
        assert (answer.status, json.loads(body)["code"]) == (502, "device_unsupported")
        town.cameras.clear_faults()
        without = town.plan(device=None)
        answer, body = await town.ask(without, from_ms, from_ms + 5_000)
        assert answer.status == 404


async def test_withdrawn_consent_cuts_it_at_once_and_few_play_at_a_time(
    config: Config, large_loop: Loop, fresh_nats_url: str
) -> None:
    async with city(config, large_loop) as town:
        camera = town.plan()
        on_disk(config, camera)
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker.is_serving)
            client = await nats.connect(fresh_nats_url)
            bucket = await bus.ensure_plan_bucket(client.jetstream())
            await put(bucket, camera)
            from_ms = town.stretches[0][0]
            # Readers that do not read: each holds its place.
            opened = [await town.open(camera, from_ms, from_ms + 60_000).__aenter__() for _ in range(A_DEVICE)]
            assert [one.status for one in opened] == [200] * A_DEVICE
            answer, body = await town.ask(camera, from_ms, from_ms + 5_000)
            assert (answer.status, json.loads(body)["code"]) == (429, "device_busy")
            withdrawn = permit(config.signing_key(), camera.camera_id, exp_s=int(time.time()) - 5)
            await put(bucket, msgspec.structs.replace(camera, permit=withdrawn))
            await until(lambda: not town.cameras.connections, 5, "the connections to the device being closed")
            for one in opened:
                with pytest.raises(aiohttp.ClientPayloadError):
                    async with asyncio.timeout(30):
                        await one.read()
            await client.close()


def test_times_of_replay_as_they_stand_on_the_wire() -> None:
    wanted = ReplayRange(1_764_136_663_250, 1_764_136_700_000)
    assert wanted.header == "clock=20251126T055743.250Z-20251126T055820.000Z"
    assert begin_of(wanted.header) == wanted.from_ms
    assert begin_of("clock=20251126T055743Z-") == 1_764_136_663_000
    assert begin_of("npt=0-") is None and begin_of("clock=20251399T000000Z-") is None
    told = struct.pack(">HHIII", 0xABAC, 3, 1_764_136_663 + 2_208_988_800, 1 << 30, 0x80000000)
    assert unix_ms_of(told) == wanted.from_ms
    assert unix_ms_of(told[:12]) is None
    assert unix_ms_of(b"\xbe\xde\x00\x03" + bytes(12)) is None
