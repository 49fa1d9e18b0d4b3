"""A device that we did not write: what it says is understood, it moves, and what it cannot do is told."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from prahari.contracts.media import Reason
from prahari.engines.media.onvif.adapter import OnveefDevice
from prahari.engines.media.onvif.ports import DeviceError
from prahari.engines.media.onvif.reading import Reader

pytestmark = pytest.mark.peer
USERNAME, PASSWORD = "admin", "pass & word"


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the device service."""
    script = Path(__file__).with_name("ipycam_server.py")
    command = [sys.executable, str(script), USERNAME, PASSWORD]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=tmp_path_factory.mktemp("peer")
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}/onvif/device_service"
        process.terminate()


@pytest.fixture
async def reader() -> AsyncIterator[Reader]:
    reader = Reader()
    yield reader
    await reader.close()


@pytest.fixture
async def device(peer: str, reader: Reader) -> AsyncIterator[OnveefDevice]:
    device = OnveefDevice(peer, (USERNAME, PASSWORD), reader)
    yield device
    await device.close()


async def test_it_tells_its_streams(device: OnveefDevice) -> None:
    found = await device.describe()
    assert (found.make, found.model, found.serial) == ("PythonCam", "VirtualCam-1", "PY-000001")
    assert found.clock_drift_s == pytest.approx(0, abs=2)
    [channel] = found.channels
    assert channel.main.url.startswith("rtsp://127.0.0.1:8554/video_main") and channel.main.width_px == 1920
    assert channel.sub is not None and channel.sub.url.startswith("rtsp://127.0.0.1:8554/video_sub")
    assert channel.ptz and "events" not in found.abilities and "replay" not in found.abilities


async def test_it_moves(device: OnveefDevice) -> None:
    profile = (await device.describe()).channels[0].main.profile
    (start, _, _), _ = await device.place(profile)
    await device.move(profile, (1.0, 0.0, 0.0), 5.0)
    await asyncio.sleep(0.4)
    await device.stop(profile)
    (stopped, _, _), _ = await device.place(profile)
    assert stopped > start
    await asyncio.sleep(0.3)
    assert (await device.place(profile))[0][0] == stopped
    token = await device.set_preset(profile, "Gate")
    assert token in [one.token for one in await device.presets(profile)]
    await device.go_to(profile, (-0.5, 0.0, 0.0))
    await device.go_to_preset(profile, token)


async def test_a_wrong_password_and_what_it_cannot_do(peer: str, device: OnveefDevice, reader: Reader) -> None:
    stranger = OnveefDevice(peer, (USERNAME, "guess"), reader)
    with pytest.raises(DeviceError) as failed:
        await stranger.describe()
    await stranger.close()
    assert failed.value.reason is Reason.WRONG_PASSWORD
    with pytest.raises(DeviceError) as failed:
        await anext(device.notices())
    assert failed.value.reason is Reason.UNSUPPORTED
