"""Devices asked through NATS of a real worker: permits, tokens, moves that end by themselves, events, tours."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import nats
import nats.errors
import pytest
from nats.aio.client import Client

from media_rig import media_token, permit, plan, put, running_worker, until
from prahari.contracts import bus, events, subjects
from prahari.contracts.config import Config
from prahari.contracts.devices import (
    DescribeReply,
    DescribeRequest,
    ImagingReply,
    ImagingRequest,
    MoveKind,
    MoveReply,
    MoveRequest,
    RelayReply,
    RelayRequest,
    ReplayReply,
    ReplayRequest,
)
from prahari.contracts.media import CameraPlan, DevicePlan, Reason, RecordMode, SealedAddress, TourPlan
from prahari.contracts.sealing import seal
from prahari.simcity.onvif import SimDevice, SimOnvif

from .conftest import PASSWORD, USERNAME

DEVICE = "0192aaaa-0000-7000-8000-000000000001"


def sealed(config: Config) -> str:
    body = json.dumps({"username": USERNAME, "password": PASSWORD})
    return seal(body, config.sealing_key(), f"device:{DEVICE}")


def camera_plan(config: Config, server: SimOnvif, camera_id: str | None = None, **changes: Any) -> CameraPlan:
    device = DevicePlan(
        DEVICE, server.url("NVR1"), sealed(config), 1, "main-1", "source-1", "rec-1", ptz=True,
        **changes.pop("device", {}),
    )  # fmt: skip
    return plan(config, "rtsp://127.0.0.1:9/none", camera_id, record=RecordMode.NONE, device=device, **changes)


@pytest.fixture
async def client(fresh_nats_url: str) -> AsyncIterator[Client]:
    client = await nats.connect(fresh_nats_url)
    yield client
    await client.close()


async def ask(client: Client, subject: str, request: Any, kind: Any) -> Any:
    reply = await client.request(subject, msgspec.json.encode(request), timeout=10)
    return msgspec.json.decode(reply.data, type=kind)


async def planned(client: Client, *plans: CameraPlan) -> None:
    """Put plans and wait until the cameras' subjects are answered."""
    await put(await bus.ensure_plan_bucket(client.jetstream()), *plans)
    for one in plans:
        deadline = time.monotonic() + 30
        while True:
            try:
                await client.request(subjects.media_camera(one.camera_id, "move"), b"{}", timeout=2)
                break
            except nats.errors.NoRespondersError:
                assert time.monotonic() < deadline, "the camera's subjects are not answered"
                await asyncio.sleep(0.05)


async def move(client: Client, config: Config, camera_id: str, kind: MoveKind, **fields: Any) -> MoveReply:
    token = fields.pop("token", None) or media_token(config, camera_id, ["ptz"])
    request = MoveRequest(token, kind, **fields)
    reply: MoveReply = await ask(client, subjects.media_camera(camera_id, "move"), request, MoveReply)
    return reply


async def test_describing_needs_a_permit(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        trial = str(uuid.uuid4())
        address = SealedAddress(server.url("NVR1"), sealed(config))
        asked = server.requests
        for leave in ("", permit(config.signing_key(), "another"), permit(config.signing_key(), trial, exp_s=1)):
            request = DescribeRequest(DEVICE, trial, address, leave)
            reply = await ask(client, subjects.MEDIA_DEVICE_DESCRIBE, request, DescribeReply)
            assert not reply.ok and reply.reason in {Reason.NO_PERMIT, Reason.PERMIT_ENDED}
        assert server.requests == asked  # not a byte went to the device
        request = DescribeRequest(DEVICE, trial, address, permit(config.signing_key(), trial, basis="survey"))
        reply = await ask(client, subjects.MEDIA_DEVICE_DESCRIBE, request, DescribeReply)
        assert reply.ok and [one.name for one in reply.channels] == ["Gate", "Hall"]
        device.set_faults(wrong_password=True)
        reply = await ask(client, subjects.MEDIA_DEVICE_DESCRIBE, request, DescribeReply)
        assert (reply.ok, reply.reason) == (False, Reason.WRONG_PASSWORD)


async def test_a_move_needs_token_and_permit_and_ends_by_itself(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    head = device.channels[0].head
    device.set_faults(never_stops=True)
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        one = camera_plan(config, server)
        await planned(client, one)
        camera_id = one.camera_id
        for token in ("", media_token(config, camera_id, ["live"]), media_token(config, str(uuid.uuid4()), ["ptz"])):
            reply = await move(client, config, camera_id, MoveKind.CONTINUOUS, pan=1.0, token=token or "none")
            assert not reply.ok and reply.reason is Reason.REFUSED
        assert device.channels[0].orders == []

        # Whoever asked is gone at once: the engine ends the move, though the device ignores the time limit.
        reply = await move(client, config, camera_id, MoveKind.CONTINUOUS, pan=1.0, timeout_ms=600)
        assert reply.ok and head.is_moving(time.monotonic())
        await until(lambda: not head.is_moving(time.monotonic()), what="the head standing still")
        assert device.channels[0].orders == ["ContinuousMove", "Stop"]

        # Held on by asking again: no stop in between.
        for _ in range(3):
            await move(client, config, camera_id, MoveKind.CONTINUOUS, pan=-0.2, timeout_ms=500)
            await asyncio.sleep(0.25)
        assert device.channels[0].orders[2:] == ["ContinuousMove"] * 3
        assert (await move(client, config, camera_id, MoveKind.STOP)).ok
        assert not head.is_moving(time.monotonic())

        token = (await move(client, config, camera_id, MoveKind.SET_PRESET, name="Gate")).preset
        reply = await move(client, config, camera_id, MoveKind.PRESETS)
        assert [(p.token, p.name) for p in reply.presets] == [(token, "Gate")]
        reply = await move(client, config, camera_id, MoveKind.STATUS)
        assert reply.place is not None and not reply.moving

        # Consent withdrawn in the middle of a move: it is brought to a stand, and nothing moves any more.
        await move(client, config, camera_id, MoveKind.CONTINUOUS, pan=1.0, timeout_ms=10_000)
        assert head.is_moving(time.monotonic())
        await put(await bus.ensure_plan_bucket(client.jetstream()), msgspec.structs.replace(one, permit=""))
        await until(lambda: not head.is_moving(time.monotonic()), 5, "the head standing still without consent")
        asked = server.requests
        reply = await move(client, config, camera_id, MoveKind.CONTINUOUS, pan=1.0)
        assert (reply.ok, reply.reason) == (False, Reason.NO_PERMIT)
        assert server.requests == asked


async def test_the_end_of_a_worker_ends_its_moves(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    head = device.channels[0].head
    device.set_faults(never_stops=True)
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        one = camera_plan(config, server)
        await planned(client, one)
        await move(client, config, one.camera_id, MoveKind.CONTINUOUS, pan=1.0, timeout_ms=10_000)
        assert head.is_moving(time.monotonic())
    assert not head.is_moving(time.monotonic())


async def test_events_become_events_of_the_camera_they_concern(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    told: list[events.Event] = []

    async def heard(message: Any) -> None:
        told.extend(e for e in events.decode(message.data).events if e.type == events.CAMERA_DEVICE_EVENT)

    device.set_faults(clock_off_s=600)
    await client.subscribe("events.>", cb=heard)
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        one = camera_plan(config, server, device={"events": True, "hears_device": True})
        await planned(client, one)
        await until(lambda: device.pull_points, what="a pull point")
        device.happen("motion", 2)  # a channel that is nobody's camera here
        device.happen("motion", 1)
        device.happen("input", 1)
        await until(lambda: len(told) >= 2, what="two events")
        motion, digital = told[:2]
        assert (motion.subject, motion.data["name"], motion.data["state"]) == (one.camera_id, "motion", True)
        assert motion.jurisdiction == "up.kanpur" and motion.data["source"] == "source-1"
        assert 590_000 < motion.data["at_device_ms"] - motion.data["at_ms"] < 610_000
        assert digital.data["name"] == "digital_input"
        # Without consent nobody listens.
        await put(await bus.ensure_plan_bucket(client.jetstream()), msgspec.structs.replace(one, permit=""))
        await until(lambda: not device.pull_points, what="the pull point given back")


async def test_a_camera_that_goes_to_another_worker_takes_its_device_along(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    """Else two machines would hear its events, tell each twice, and move it round two tours at once."""
    async with running_worker(config, fresh_nats_url) as worker:
        one = camera_plan(config, server, device={"events": True})
        await planned(client, one)
        await until(lambda: device.pull_points, what="an ear for its events")
        gone = worker._roster.let_go(one.camera_id, cut=False)
        assert gone is not None
        await gone
        await until(lambda: not device.pull_points, 3, "the pull point given back")
        assert len(worker._devices) == 0


async def test_a_tour_goes_round_until_somebody_moves_the_camera(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("prahari.engines.media.onvif.mover.SHORTEST_STAY_S", 0.1)
    channel = device.channels[0]
    channel.presets = {"a": ("A", (0.1, 0.0, 0.0)), "b": ("B", (-0.1, 0.0, 0.0))}
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        tour = TourPlan("t1", 1, [("a", 0.1), ("gone", 0.1), ("b", 0.1)])
        one = camera_plan(config, server, device={"tour": tour})
        await planned(client, one)
        await until(lambda: channel.orders.count("GotoPreset") >= 5, what="the tour going round")
        assert (await move(client, config, one.camera_id, MoveKind.STOP)).ok
        before = channel.orders.count("GotoPreset")
        await asyncio.sleep(0.6)
        assert channel.orders.count("GotoPreset") == before
        # The same plan again does not bring it back; begun anew it runs again.
        bucket = await bus.ensure_plan_bucket(client.jetstream())
        await put(bucket, msgspec.structs.replace(one, revision=2))
        await asyncio.sleep(0.5)
        assert channel.orders.count("GotoPreset") == before
        begun = camera_plan(config, server, one.camera_id, device={"tour": TourPlan("t1", 2, tour.stops)})
        await put(bucket, begun)
        await until(lambda: channel.orders.count("GotoPreset") > before + 1, what="the tour running again")


async def test_what_lies_on_the_recorder_s_own_disk(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        one = camera_plan(config, server)
        await planned(client, one)
        subject, now_ms = subjects.media_camera(one.camera_id, "replay"), int(time.time() * 1000)
        token = media_token(config, one.camera_id, ["playback"])
        reply = await ask(client, subject, ReplayRequest(token, now_ms - 86_400_000, now_ms), ReplayReply)
        assert reply.ok and len(reply.stretches) == 2
        reply = await ask(client, subject, ReplayRequest(token, 0, now_ms), ReplayReply)
        assert not reply.ok
        token = media_token(config, one.camera_id, ["live"])
        reply = await ask(client, subject, ReplayRequest(token, now_ms - 1000, now_ms), ReplayReply)
        assert (reply.ok, reply.reason) == (False, Reason.REFUSED)


async def test_the_picture_is_adjusted_and_relays_are_switched_by_who_may(
    config: Config, fresh_nats_url: str, client: Client, server: SimOnvif, device: SimDevice
) -> None:
    async with running_worker(config, fresh_nats_url) as worker:
        await until(lambda: worker.is_serving)
        one = camera_plan(config, server)
        await planned(client, one)
        imaging, relay = (subjects.media_camera(one.camera_id, name) for name in ("imaging", "relay"))
        token = media_token(config, one.camera_id, ["imaging"])
        reply = await ask(client, imaging, ImagingRequest(token, {"contrast": 71}, "OFF", "MANUAL"), ImagingReply)
        assert reply.ok and reply.imaging.ir_cut == "OFF" and reply.imaging.focus == "MANUAL"
        assert device.channels[0].imaging["Contrast"] == 71
        reply = await ask(client, imaging, ImagingRequest(token, towards="near"), ImagingReply)
        assert reply.ok and device.channels[0].orders == ["Focus -0.5", "FocusStop"]
        reply = await ask(client, relay, RelayRequest(token, "relay-1", True), RelayReply)
        assert (reply.ok, reply.reason, device.relays) == (False, Reason.REFUSED, {"relay-1": False})
        token = media_token(config, one.camera_id, ["relay"])
        reply = await ask(client, relay, RelayRequest(token, "relay-1", True), RelayReply)
        assert reply.ok and device.relays == {"relay-1": True}
        ended = permit(config.signing_key(), one.camera_id, exp_s=int(time.time()) - 5)
        bucket = await bus.ensure_plan_bucket(client.jetstream())
        await put(bucket, msgspec.structs.replace(one, permit=ended))
        camera = worker._roster.get(one.camera_id)
        await until(lambda: camera is not None and not camera.leave.anything)
        reply = await ask(client, relay, RelayRequest(token, "relay-1", False), RelayReply)
        assert (reply.ok, device.relays) == (False, {"relay-1": True})
