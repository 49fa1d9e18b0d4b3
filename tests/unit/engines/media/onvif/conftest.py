from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest

from prahari.engines.media.onvif.reading import Reader
from prahari.simcity.onvif import SimChannel, SimDevice, SimOnvif

USERNAME, PASSWORD = "admin", 'Zx9 & <pass> "word"'


def recorder(**changes: object) -> SimDevice:
    """Two channels: one that can be moved and has a small stream, and a plain one."""
    now_s = int(time.time())
    channels = [
        SimChannel(
            "Gate", "rtsp://127.0.0.1:8554/cam/1", "rtsp://127.0.0.1:8554/cam/1?sub", ptz=True,
            stretches=[(now_s - 7200, now_s - 3600), (now_s - 1800, now_s - 600)],
            replay_url="rtsp://127.0.0.1:8554/cam/1?replay",
        ),
        SimChannel("Hall", "rtsp://127.0.0.1:8554/cam/2"),
    ]  # fmt: skip
    return SimDevice("NVR1", channels, **{"username": USERNAME, "password": PASSWORD, **changes})  # type: ignore[arg-type]


@pytest.fixture
def device() -> SimDevice:
    return recorder()


@pytest.fixture
async def server(device: SimDevice) -> AsyncIterator[SimOnvif]:
    async with SimOnvif({"NVR1": device}.get) as server:
        yield server


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    """Where large answers are read."""
    reader = Reader()
    yield reader
    await reader.close()
