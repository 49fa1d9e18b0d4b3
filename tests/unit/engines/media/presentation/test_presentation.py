"""Visitors' pictures over the wire: a real street in a simulated camera, a worker, WebSocket watchers."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import io
import os
import struct
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import numpy as np
import pytest
from PIL import Image

import media_rig
from media_rig import media_token, on_disk, permit, plan, running_worker, until
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, HolderState, RecordMode
from prahari.engines.media.presentation import door
from prahari.engines.media.presentation.show import MASKED_PICTURE, MOSAIC_PICTURE
from prahari.engines.vision.masking import LONGER_PX, MOSAIC_BLOCKS
from prahari.engines.vision.nanodet import NanoDet
from prahari.engines.vision.ports import Kind
from prahari.simcity.rtsp import Loop, SimServer, loop_from_file
from real_data import frames, real

USES = ["presentation"]


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@dataclasses.dataclass
class Seen:
    pictures: list[tuple[int, int, bytes]] = dataclasses.field(default_factory=list)
    close: tuple[int | None, str] = (None, "")

    @property
    def masked(self) -> list[tuple[int, int, bytes]]:
        return [picture for picture in self.pictures if picture[0] == MASKED_PICTURE]


@contextlib.asynccontextmanager
async def visiting(config: Config, camera_id: str, uses: list[str] | None = None) -> AsyncIterator[Seen]:
    """A wall for visitors that reads all the time."""
    token = media_token(config, camera_id, USES if uses is None else uses)
    seen = Seen()
    async with aiohttp.ClientSession() as session:
        url = f"{config.origin(config.media_port)}/presentation/{camera_id}?token={token}"
        ws = await session.ws_connect(url)

        async def read() -> None:
            while (message := await ws.receive()).type not in media_rig.ENDED:
                if message.type is aiohttp.WSMsgType.BINARY:
                    seen.pictures.append((*struct.unpack_from("!Bq", message.data), message.data[9:]))
            seen.close = (ws.close_code, message.extra or "")

        reader = asyncio.create_task(read())
        try:
            yield seen
        finally:
            await ws.close()
            await reader


def public(config: Config, url: str, **changes: object) -> CameraPlan:
    """A camera under an authority's order, opened when somebody looks."""
    camera = plan(config, url, record=RecordMode.NONE, probe_period_s=86_400)
    token = permit(config.signing_key(), camera.camera_id, **{"basis": "order", **changes})
    return msgspec.structs.replace(camera, permit=token)


async def test_a_real_street_is_shown_masked_and_made_once_for_all(config: Config) -> None:
    film = real("data/video/delhi-road-640x360.mp4")
    async with SimServer({"/cam": loop_from_file(film, audio=False)}) as server:
        camera = public(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config):
            async with visiting(config, camera.camera_id) as first, visiting(config, camera.camera_id) as second:
                # On a crowded machine the detector may be late at first, and a mosaic comes.
                await until(lambda: len(first.masked) >= 2 and len(second.masked) >= 2, 60, "masked pictures")
                assert len(server.connections) == 1
            shared = {data for _, _, data in first.pictures} & {data for _, _, data in second.pictures}
            assert len(shared) >= 2
            _, wall_ms, jpeg = first.masked[-1]
            assert abs(wall_ms - time.time() * 1000) < 60_000
            image = Image.open(io.BytesIO(jpeg))
            assert image.size == (LONGER_PX, 270)
            await until(lambda: not server.connections, 15, "the camera let go")
    # The detector itself finds hardly a person in what is shown, and many in the film.
    detector = NanoDet(least_score=0.4)
    plain = sum(box.kind is Kind.PERSON for picture in frames(film, 4) for box in detector.detect(picture))
    shown = [np.asarray(Image.open(io.BytesIO(data)).convert("RGB")) for _, _, data in first.masked]
    assert plain >= 4
    assert sum(box.kind is Kind.PERSON for picture in shown for box in detector.detect(picture)) == 0


async def test_private_premises_are_never_shown_whatever_the_token_says(config: Config, loop: Loop) -> None:
    async with SimServer({"/cam": loop}) as server:
        url = server.url("/cam")
        cases = {
            "not_public": public(config, url, basis="consent"),
            "needs_request": public(config, url, on_request=True),
            "no_permit": public(config, url, live=False),
            "permit_ended": public(config, url, exp_s=int(time.time()) - 1),
        }
        survey = public(config, url, basis="survey")
        on_disk(config, *cases.values(), survey)
        async with running_worker(config):
            for reason, camera in [*cases.items(), ("not_public", survey)]:
                async with visiting(config, camera.camera_id) as seen:
                    await until(lambda seen=seen: seen.close[0], what="the refusal")  # type: ignore[misc]
                assert seen.close == (4403, reason) and not seen.pictures
            for uses in ([], ["live", "playback", "snapshot", "clip"]):
                async with visiting(config, cases["not_public"].camera_id, uses) as seen:
                    await until(lambda seen=seen: seen.close[0], what="the refusal")  # type: ignore[misc]
                assert seen.close[0] == 4401
            assert not server.connections


async def test_leave_that_ends_ends_the_show_within_a_second(config: Config, loop: Loop) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = public(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config) as worker, visiting(config, camera.camera_id) as seen:
            await until(lambda: seen.pictures, 40, "a picture")
            begun = time.monotonic()
            # It changes hands: the same camera is now under an owner's consent.
            token = permit(config.signing_key(), camera.camera_id)
            worker._roster.apply(msgspec.structs.replace(camera, permit=token, revision=1))
            await until(lambda: seen.close[0], 5, "the show ended")
            assert time.monotonic() - begun < 1
            assert seen.close == (4403, "not_public")


async def test_without_its_detector_the_child_gives_a_mosaic(
    config: Config, loop: Loop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onnxruntime.py").write_text("raise ImportError('not on this machine')")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    async with SimServer({"/cam": loop}) as server:
        camera = public(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config), visiting(config, camera.camera_id) as seen:
            await until(lambda: seen.pictures, 40, "a picture")
    kind, _, jpeg = seen.pictures[0]
    assert kind == MOSAIC_PICTURE
    shown = np.asarray(Image.open(io.BytesIO(jpeg)).convert("L")).astype(int)
    block = LONGER_PX // MOSAIC_BLOCKS
    inside = shown[4 : block - 4, 4 : block - 4]
    assert np.ptp(inside) <= 6  # one block is one shade, but for what JPEG adds


async def test_so_many_cameras_at_once_and_no_more(config: Config, loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_SHOWS", 1)
    async with SimServer({"/cam": loop}) as server:
        first, second = (public(config, server.url("/cam")) for _ in range(2))
        on_disk(config, first, second)
        async with running_worker(config):
            async with visiting(config, first.camera_id) as seen:
                await until(lambda: seen.pictures, 40, "a picture")
                async with visiting(config, second.camera_id) as late:
                    await until(lambda: late.close[0], what="the refusal")
                assert late.close == (4429, "too_many")
            async with visiting(config, second.camera_id) as later:
                await until(lambda: later.pictures, 40, "a picture of the other camera")


async def test_a_visitors_wall_whose_own_leave_has_ended_is_closed(config: Config, loop: Loop) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = public(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config) as worker, visiting(config, camera.camera_id) as seen:
            await until(lambda: seen.pictures, 40, "a picture")
            worker._holders.take("u1", msgspec.json.encode(HolderState(int(time.time() * 1000))))
            await until(lambda: seen.close[0], 10, "the show closed")
            assert seen.close == (4401, "token")
