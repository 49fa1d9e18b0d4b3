"""The adapter against a device of the simulated city over real HTTP, well and ill."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from prahari.contracts.media import Reason
from prahari.engines.media.onvif.adapter import OnveefDevice
from prahari.engines.media.onvif.ports import DeviceError
from prahari.engines.media.onvif.reading import Reader
from prahari.simcity.onvif import SimDevice, SimOnvif

from .conftest import PASSWORD, USERNAME, recorder


@pytest.fixture
async def asked(server: SimOnvif, reader: Reader) -> AsyncIterator[OnveefDevice]:
    device = OnveefDevice(server.url("NVR1"), (USERNAME, PASSWORD), reader)
    yield device
    await device.close()


@pytest.mark.parametrize("auth", ["wsse", "http", "both"])
@pytest.mark.parametrize("media", [("media",), ("media2",), ("media", "media2")])
async def test_a_recorder_tells_what_it_is_and_where_its_channels_are(
    auth: str, media: tuple[str, ...], reader: Reader
) -> None:
    device = recorder(auth=auth, media=media, make="Netra", firmware="7.1")
    device.channels[1].codec = "H265"
    device.set_faults(clock_off_s=7200, strange_host=True)
    async with SimOnvif({"NVR1": device}.get) as server:
        asked = OnveefDevice(server.url("NVR1"), (USERNAME, PASSWORD), reader)
        found = await asked.describe()
        await asked.close()
    assert (found.make, found.model, found.serial, found.firmware) == ("Netra", "SC-NVR", "SCNVR1", "7.1")
    assert found.clock_drift_s == pytest.approx(7200, abs=1.5)
    assert found.abilities == ["ptz", "imaging", "relay", "events", "replay"]
    gate, hall = found.channels
    assert (gate.name, gate.ptz, gate.source, gate.recording) == ("Gate", True, "source-1", "rec-1")
    assert (gate.main.url, gate.main.width_px, gate.main.codec) == ("rtsp://127.0.0.1:8554/cam/1", 1920, "h264")
    assert gate.sub is not None and (gate.sub.url, gate.sub.width_px) == ("rtsp://127.0.0.1:8554/cam/1?sub", 640)
    assert (hall.number, hall.sub, hall.ptz, hall.recording) == (2, None, False, "")
    assert hall.main.codec == "h265"


async def test_an_address_with_a_password_in_it_comes_back_without(device: SimDevice, asked: OnveefDevice) -> None:
    device.channels[0].url = "rtsp://admin:secret@10.0.0.9:554/ch1"
    found = await asked.describe()
    assert found.channels[0].main.url == "rtsp://127.0.0.1:554/ch1"  # and at the host where we found the device


async def test_moves_stops_places_and_presets(device: SimDevice, asked: OnveefDevice) -> None:
    await asked.move("main-1", (1.0, -0.5, 0.0), 0.2)
    await asyncio.sleep(0.3)
    (pan, tilt, _), moving = await asked.place("main-1")
    assert pan == pytest.approx(0.1, abs=0.01) and tilt == pytest.approx(-0.05, abs=0.01) and not moving
    token = await asked.set_preset("main-1", "Gate")
    await asked.go_to("main-1", (-1.0, 0.0, 1.0))
    assert (await asked.place("main-1"))[1]
    await asked.stop("main-1")
    assert not (await asked.place("main-1"))[1]
    assert [(one.token, one.name) for one in await asked.presets("main-1")] == [(token, "Gate")]
    await asked.go_to_preset("main-1", token)
    await asked.go_by("main-1", (0.1, 0.1, 0.1))
    await asked.remove_preset("main-1", token)
    assert await asked.presets("main-1") == []
    with pytest.raises(DeviceError) as refused:
        await asked.go_to_preset("main-1", token)
    assert refused.value.reason is Reason.REFUSED and "preset token" in refused.value.detail
    with pytest.raises(DeviceError):
        await asked.move("main-2", (1.0, 0.0, 0.0), 1.0)  # a channel that cannot be moved


async def test_pictures_settings_and_relays(device: SimDevice, asked: OnveefDevice) -> None:
    channel = device.channels[0]
    found = await asked.imaging("source-1")
    assert {one.name: (one.value, one.least, one.most) for one in found.settings}["brightness"] == (50, 0, 100)
    assert (found.ir_cut, found.ir_cut_modes) == ("AUTO", ["ON", "OFF", "AUTO"])
    assert (found.focus, found.focus_modes, found.can_focus) == ("AUTO", ["AUTO", "MANUAL"], True)
    await asked.set_imaging("source-1", {"brightness": 20, "contrast": 400}, "ON", "MANUAL")
    assert (channel.imaging["Brightness"], channel.imaging["Contrast"]) == (20, 100)
    assert (channel.ir_cut, channel.focus_mode) == ("ON", "MANUAL")
    for settings, ir_cut in (({"unknown": 3.0}, ""), ({}, "SOMETIMES")):
        with pytest.raises(DeviceError) as failed:
            await asked.set_imaging("source-1", settings, ir_cut)
        assert failed.value.reason is Reason.UNSUPPORTED
    await asked.drive_focus("source-1", 0.5)
    await asked.drive_focus("source-1", 0.0)
    assert channel.focus == pytest.approx(0.55)
    await asked.switch_relay("relay-1", True)
    assert device.relays["relay-1"]


async def test_stretches_on_its_disk_are_told_by_our_clock(device: SimDevice, asked: OnveefDevice) -> None:
    device.set_faults(clock_off_s=3600)
    expected = [
        (round((start - 3600) * 1000), round((end - 3600) * 1000)) for start, end in device.channels[0].stretches
    ]
    now_ms = int(time.time() * 1000)
    drift_s = await asked.clock_drift_s()
    assert drift_s is not None
    found = await asked.stretches("rec-1", now_ms - 86_400_000, now_ms, drift_s)
    assert len(found) == 2
    for (start, end), (wanted_start, wanted_end) in zip(found, expected, strict=True):
        assert abs(start - wanted_start) < 2000 and abs(end - wanted_end) < 2000
    cut = await asked.stretches("rec-1", found[0][0] + 60_000, found[0][0] + 120_000, drift_s)
    assert cut == [(found[0][0] + 60_000, found[0][0] + 120_000)]
    assert await asked.replay_url("rec-1") == "rtsp://127.0.0.1:8554/cam/1?replay"
    device.set_faults(clock_off_s=3600, only=["FindEvents"], status=500)
    with pytest.raises(DeviceError):
        await asked.stretches("rec-1", now_ms - 86_400_000, now_ms, drift_s)


ILL = [
    ({"wrong_password": True}, Reason.WRONG_PASSWORD),
    ({"malformed": True}, Reason.BAD_STREAM),
    ({"bomb": True}, Reason.BAD_STREAM),
    ({"deep": 100_000}, Reason.BAD_STREAM),
    ({"huge_bytes": 30_000_000}, Reason.TOO_LARGE),
    ({"status": 500}, Reason.REFUSED),
    ({"status": 503}, Reason.REFUSED),
    ({"status": 404}, Reason.NOT_FOUND),
    ({"status": 302}, Reason.REFUSED),
    ({"reset": True}, Reason.CONNECTION_LOST),
    ({"delay_s": 60}, Reason.TIMEOUT),
]


@pytest.mark.parametrize(("faults", "reason"), ILL, ids=[next(iter(faults)) + str(reason) for faults, reason in ILL])
async def test_whatever_is_wrong_becomes_a_reason_and_a_sentence(
    device: SimDevice, asked: OnveefDevice, monkeypatch: pytest.MonkeyPatch, faults: dict[str, object], reason: Reason
) -> None:
    monkeypatch.setattr("prahari.engines.media.onvif.transport.CALL_S", 0.5)
    device.set_faults(**faults)
    begun_s = time.monotonic()
    with pytest.raises(DeviceError) as failed:
        await asked.describe()
    assert failed.value.reason is reason
    assert failed.value.detail.endswith(".") and PASSWORD not in failed.value.detail
    assert time.monotonic() - begun_s < 9
    device.set_faults()
    assert (await asked.describe()).channels  # and it is asked again as if nothing had been


async def test_a_wrong_password_or_nobody_there(server: SimOnvif, reader: Reader) -> None:
    stranger = OnveefDevice(server.url("NVR1"), (USERNAME, "guess"), reader)
    with pytest.raises(DeviceError) as failed:
        await stranger.describe()
    await stranger.close()
    assert failed.value.reason is Reason.WRONG_PASSWORD
    nobody = OnveefDevice("http://127.0.0.1:9/onvif/device_service", None, reader)
    with pytest.raises(DeviceError) as failed:
        await nobody.describe()
    await nobody.close()
    assert failed.value.reason is Reason.UNREACHABLE


async def test_events_come_and_go_on_after_the_pull_point_was_lost(device: SimDevice, asked: OnveefDevice) -> None:
    device.happen("tamper", 2)  # begun before we listen: told as the first state
    device.happen("input", 1, False)
    notices = asked.notices()

    async def next_notice() -> tuple[str, str, bool | None]:
        notice = await asyncio.wait_for(anext(notices), 30)
        return notice.topic.rpartition("/")[2], notice.source, notice.state

    assert await next_notice() == ("ImagingService", "source-2", True)
    device.happen("motion", 1)
    assert await next_notice() == ("MotionAlarm", "source-1", True)
    device.set_faults(forgets_pull_points=True)
    device.pull_points.clear()
    device.happen("motion", 1, False)  # while nobody listens
    assert await next_notice() == ("MotionAlarm", "source-1", False)
    device.happen("input", 1)
    assert await next_notice() == ("DigitalInput", "input-1", True)
    await notices.aclose()
    assert not device.pull_points  # given back


async def test_a_device_without_events_says_so(device: SimDevice, asked: OnveefDevice) -> None:
    device.set_faults(no_events=True)
    with pytest.raises(DeviceError) as failed:
        await anext(asked.notices())
    assert failed.value.reason is Reason.UNSUPPORTED


async def test_a_clock_that_is_set_while_we_are_connected_locks_nobody_out(reader: Reader) -> None:
    device = recorder(auth="wsse")
    async with SimOnvif({"NVR1": device}.get) as server:
        asked = OnveefDevice(server.url("NVR1"), (USERNAME, PASSWORD), reader)
        notices = asked.notices()
        device.happen("motion", 1)
        assert (await asyncio.wait_for(anext(notices), 30)).state
        device.set_faults(clock_off_s=-7200)
        device.happen("motion", 1, False)
        assert (await asyncio.wait_for(anext(notices), 30)).state is False
        device.set_faults()
        await asked.stop("main-1")
        device.set_faults(wrong_password=True)
        with pytest.raises(DeviceError) as failed:
            await asked.stop("main-1")
        assert failed.value.reason is Reason.WRONG_PASSWORD
        await notices.aclose()
        await asked.close()
