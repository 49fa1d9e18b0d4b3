"""Recording on events and by the week, over the wire: pre-roll, merging, consent, a kill right after the answer."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from nats.aio.client import Client

import media_rig
from media_rig import media_token, plan, put, running_worker, until
from prahari.contracts import bus, subjects
from prahari.contracts.config import Config
from prahari.contracts.media import CameraPlan, RecordMode
from prahari.contracts.recording import TriggerReply, TriggerRequest
from prahari.engines.media.mp4.reader import scan
from prahari.simcity.rtsp import SimServer


@pytest.fixture
async def nats(fresh_nats_url: str) -> AsyncIterator[Client]:
    client = await bus.connect(fresh_nats_url, "test")
    await bus.ensure_event_stream(client.jetstream(timeout=5))
    yield client
    await client.close()


async def tell(client: Client, *plans: CameraPlan) -> None:
    await put(await bus.ensure_plan_bucket(client.jetstream(timeout=5)), *plans)


async def trigger(client: Client, camera: CameraPlan, event_id: str = "e1", **fields: Any) -> TriggerReply:
    """Asked as a desk would; while the worker does not listen yet, again."""
    request = msgspec.json.encode(TriggerRequest(event_id, fields.pop("why", "gate"), **fields))
    for _ in range(100):
        try:
            reply = await client.request(subjects.media_camera(camera.camera_id, "trigger"), request, timeout=10)
            return msgspec.json.decode(reply.data, type=TriggerReply)
        except Exception as error:
            if type(error).__name__ != "NoRespondersError":
                raise
            await asyncio.sleep(0.1)
    raise AssertionError("nobody answers for the camera")


async def timeline(config: Config, camera: CameraPlan) -> dict[str, Any]:
    token = media_token(config, camera.camera_id)
    now = time.time_ns() // 1_000_000
    url = f"{config.origin(config.media_port)}/timeline/{camera.camera_id}"
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, params={"token": token, "from_ms": now - 3_600_000, "to_ms": now + 60_000}) as answer,
    ):
        return await answer.json()


async def test_what_was_before_an_event_is_recorded_and_overlapping_events_are_one_recording(
    config: Config, nats: Client, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": media_rig.small_loop(tmp_path)}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.ON_EVENT, pre_roll_s=3, post_roll_s=2)
        await tell(nats, camera)
        async with running_worker(config, fresh_nats_url) as worker:
            pre_rolls = worker._around.pre_rolls
            await until(lambda: pre_rolls.used_bytes > 100_000, 20, "a pre-roll")
            assert not list(config.recordings.glob("*/*/*.mp4"))
            at_ms = time.time_ns() // 1_000_000
            first = await trigger(nats, camera, "e1")
            assert first.ok and first.until_ms >= at_ms + 2000
            await asyncio.sleep(1)
            second = await trigger(nats, camera, "e2", why="alarm")
            assert second.ok and second.until_ms > first.until_ms
            assert (await trigger(nats, camera, "e2")).until_ms >= second.until_ms  # the same id again: longer
            found = worker._roster.get(camera.camera_id)
            assert found is not None and found.is_recording
            await until(lambda: not found.is_recording and found._duty.recorder is None, 15, "the end of the event")
            told = await timeline(config, camera)
            ((start, end),) = told["recordings"]
            assert at_ms - 4500 < start < at_ms - 1000, "what was before the event"
            assert end >= second.until_ms - 1000
            assert [mark["event_id"] for mark in told["events"]] == ["e1", "e2"] and not told["gaps"]
            assert {mark["why"] for mark in told["events"]} == {"gate", "alarm"}
            third = await trigger(nats, camera, "e3")
            assert third.ok
            await until(lambda: not found.is_recording and found._duty.recorder is None, 15, "the end of the third")
            told = await timeline(config, camera)
            assert told["pauses"] and not told["gaps"], "what is not to be recorded is no gap"
        notes = [note for path in config.recordings.glob("*/*/*.mp4") for note in scan(path).notes]
        assert {msgspec.json.decode(note)["event_id"] for note in notes} == {"e1", "e2", "e3"}


async def test_without_leave_an_event_records_nothing_and_the_pre_roll_is_forgotten(
    config: Config, nats: Client, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": media_rig.small_loop(tmp_path)}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.ON_EVENT, pre_roll_s=30)
        await tell(nats, camera)
        async with running_worker(config, fresh_nats_url) as worker:
            pre_rolls = worker._around.pre_rolls
            await until(lambda: pre_rolls.used_bytes > 0, 20, "a pre-roll")
            live_only = media_rig.permit(config.signing_key(), camera.camera_id, record=False)
            await tell(nats, msgspec.structs.replace(camera, permit=live_only, revision=1))
            await until(lambda: not pre_rolls.holders, what="the pre-roll forgotten")
            assert pre_rolls.used_bytes == 0
            reply = await trigger(nats, camera)
            assert not reply.ok and reply.reason == "no_permit"
            await tell(nats, msgspec.structs.replace(camera, permit="", revision=2))
            assert not (await trigger(nats, camera, "e2")).ok
            await tell(nats, msgspec.structs.replace(camera, record=RecordMode.NONE, revision=3))
            found = worker._roster.get(camera.camera_id)
            assert found is not None
            await until(lambda: found.leave.record, what="leave again")
            refused = await trigger(nats, camera, "e3")
            assert not refused.ok and refused.reason == "by_policy"
            assert not list(config.recordings.glob("*/*/*.mp4"))
            assert (await timeline(config, camera))["events"] == []


async def test_an_event_that_was_answered_is_recorded_though_the_worker_is_killed(
    config: Config, nats: Client, fresh_nats_url: str, tmp_path: Path
) -> None:
    environment = {
        **os.environ, "PRAHARI_HOME": str(config.home), "NATS_URL": fresh_nats_url, "PRAHARI_MEDIA_WORKERS": "1",
        "PRAHARI_MEDIA_PORT": str(config.media_port), "PRAHARI_DISK_RESERVE_MB": "10",
        "PRAHARI_RECORDINGS": str(config.recordings),
    }  # fmt: skip
    command = [sys.executable, "-m", "prahari.engines.media.worker", "--worker", "0"]
    async with SimServer({"/cam": media_rig.small_loop(tmp_path)}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.ON_EVENT, pre_roll_s=5, post_roll_s=8)
        await tell(nats, camera)
        child = subprocess.Popen(command, env=environment)
        try:
            await until(lambda: any(connection.playing for connection in server.connections), 30, "the camera opened")
            await asyncio.sleep(4)
            at_ms = time.time_ns() // 1_000_000
            reply = await trigger(nats, camera)
            child.send_signal(signal.SIGKILL)
            child.wait()
            assert reply.ok
            kept = [scan(path) for path in config.recordings.glob("*/*/*.mp4")]
            assert kept and min(one.fragments[0].start_ms for one in kept) < at_ms - 2000, "what was before is on disk"
            await asyncio.sleep(1.5)  # down for longer than what counts as a gap
            child = subprocess.Popen(command, env=environment)
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                found = [scan(path) for path in config.recordings.glob("*/*/*.mp4")]
                ends = [one.fragments[-1].end_ms for one in found if one.fragments]
                if ends and max(ends) >= reply.until_ms - 1500:
                    break
                await asyncio.sleep(0.2)
            else:
                raise AssertionError("the rest of the event was not recorded")
            told = await timeline(config, camera)
            assert [mark["event_id"] for mark in told["events"]] == ["e1"]
            assert any(gap["reason"] == "engine_restart" for gap in told["gaps"]), "what the kill cost is a gap"
        finally:
            child.terminate()
            child.wait(20)


async def test_by_the_week_only_what_is_due_is_recorded(
    config: Config, nats: Client, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": media_rig.small_loop(tmp_path)}) as server:
        camera = plan(config, server.url("/cam"), record=RecordMode.SCHEDULE, schedule=[], probe_period_s=86_400)
        now = time.gmtime()
        minute = now.tm_hour * 60 + now.tm_min
        around_now = [(now.tm_wday, max(0, minute - 1), 1440)]
        await tell(nats, camera)
        async with running_worker(config, fresh_nats_url) as worker:
            await until(lambda: worker._roster.get(camera.camera_id), 20, "the plan")
            found = worker._roster.get(camera.camera_id)
            assert found is not None
            await until(lambda: found.state.is_live, 20, "a probe")
            assert not found.wants_record
            due = msgspec.structs.replace(camera, schedule=around_now, schedule_utc_offset_minutes=0, revision=1)
            await tell(nats, due)
            await until(lambda: found.is_recording, 20, "recording in its stretch")
            await tell(nats, msgspec.structs.replace(camera, revision=2))
            await until(lambda: found._duty.recorder is None and not found.is_open, 20, "the end of the stretch")
            deadline = time.monotonic() + 20
            while not (told := await timeline(config, camera))["pauses"]:  # told when the last group is on disk
                assert time.monotonic() < deadline, told
                await asyncio.sleep(0.1)
            assert len(told["recordings"]) == 1 and not told["gaps"] and len(told["pauses"]) == 1
