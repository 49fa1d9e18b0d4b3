"""A media worker as a process of its own is killed, cut off and starved; what it recorded and told must stand."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import media_rig
from media_rig import media_token, on_disk, plan, running_worker, until, watching
from prahari.contracts import bus, events
from prahari.contracts.config import Config
from prahari.contracts.events import Event
from prahari.contracts.media import CameraPlan
from prahari.engines.media.mp4.reader import Fragment, scan
from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats
from prahari.simcity.rtsp import Loop, SimServer

pytestmark = pytest.mark.failure

GROUP_MS = 500


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    return media_rig.small_loop(tmp_path_factory.mktemp("loops"))


@contextlib.contextmanager
def worker_process(
    config: Config, environment: dict[str, str], nats_url: str, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "prahari.engines.media.worker", "--worker", "0"]
    with log.open("ab") as errors:
        process = subprocess.Popen(command, env={**os.environ, **environment, "NATS_URL": nats_url}, stderr=errors)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def recorded(config: Config, camera: CameraPlan) -> list[Fragment]:
    """All groups on disk, by time. Every file must be whole up to its last group."""
    found: list[Fragment] = []
    for file in config.recordings.rglob("*.mp4"):
        if camera.camera_id in str(file):
            with contextlib.suppress(FileNotFoundError):
                found.extend(scan(file).fragments)
    return sorted(found, key=lambda fragment: fragment.start_ms)


async def recorded_for(config: Config, camera: CameraPlan, seconds: float, since_ms: int = 0) -> None:
    def enough() -> bool:
        found = [one for one in recorded(config, camera) if one.start_ms >= since_ms]
        return bool(found) and found[-1].end_ms - found[0].start_ms >= seconds * 1000

    await until(enough, 30, f"{seconds} s recorded")


async def test_kill_9_loses_at_most_one_group_and_the_restart_tells_of_the_gap(
    config: Config, centre_env: dict[str, str], loop: Loop, fresh_nats_url: str, tmp_path: Path
) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        client = await bus.connect(fresh_nats_url, "test")
        heard: list[Event] = []

        async def on_batch(message: Any) -> None:
            heard.extend(events.decode(message.data).events)

        await client.subscribe("events.media", cb=on_batch)
        await media_rig.put(await bus.ensure_plan_bucket(client.jetstream()), camera)
        with worker_process(config, centre_env, fresh_nats_url, tmp_path / "log") as process:
            await recorded_for(config, camera, 3)
            killed_ms = time.time() * 1000
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        before = recorded(config, camera)
        # Pictures are grouped by half a second, read in gulps: what was not yet a whole group is lost, no more.
        assert killed_ms - before[-1].end_ms < GROUP_MS * 2 + 1000
        # Down for longer than what counts as a gap: a fast start and a camera that begins with its last keyframe would
        # leave less than that.
        await asyncio.sleep(1.5)
        with worker_process(config, centre_env, fresh_nats_url, tmp_path / "log") as process:
            await recorded_for(config, camera, 2, since_ms=int(killed_ms))
            await until(lambda: any(event.type == events.RECORDING_GAP for event in heard), what="the gap told")
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        gap = next(event for event in heard if event.type == events.RECORDING_GAP)
        assert gap.subject == camera.camera_id and gap.data["reason"] == "engine_restart"
        assert abs(gap.data["start_ms"] - before[-1].end_ms) < 200
        after = [one for one in recorded(config, camera) if one.start_ms > killed_ms]
        assert abs(gap.data["end_ms"] - after[0].start_ms) < 200
        assert after[0].start_ms - killed_ms < 10_000
        await client.close()
    assert b"Traceback" not in (tmp_path / "log").read_bytes()


async def test_with_nats_down_it_starts_records_and_shows_and_tells_afterwards(
    config: Config, loop: Loop, tmp_path: Path
) -> None:
    home = tmp_path / "nats-home"
    home.mkdir()
    keys.ensure(home)
    nats = Nats(home=home, port=ports.free()[0])
    nats.prepare()
    async with SimServer({"/cam": loop}) as server, aiohttp.ClientSession() as session:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config, nats.url) as worker:
            token = media_token(config, camera.camera_id)
            async with watching(session, config.origin(config.media_port), camera.camera_id, token) as watched:
                await until(lambda: watched.fragments, what="pictures with NATS down")
                await until(lambda: len(worker._outbox) > 0, what="a state waiting")
                with (home / "log").open("w") as log:
                    process = subprocess.Popen(nats.command(), stdout=log, stderr=log)
                try:
                    await until(lambda: len(worker._outbox) == 0, 20, "the state told")
                    process.kill()
                    process.wait(10)
                    seen = len(watched.fragments)
                    await until(lambda: len(watched.fragments) > seen + 25, what="pictures after NATS was killed")
                finally:
                    process.kill()
                    process.wait(10)
        await recorded_for(config, camera, 1)


async def test_a_dropped_connection_is_made_again_and_the_gap_told(config: Config, loop: Loop) -> None:
    async with SimServer({"/cam": loop}) as server:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config) as worker:
            await recorded_for(config, camera, 1.5)
            dropped_ms = int(time.time() * 1000)
            assert server.drop("/cam") == 1
            await recorded_for(config, camera, 1.5, since_ms=dropped_ms)
            found = recorded(config, camera)
            later = next(one for one in found if one.start_ms >= dropped_ms)
            assert later.start_ms - dropped_ms < 10_000
            waiting = [event for event in worker._outbox._waiting if event.type == events.RECORDING_GAP]
            assert [event.data["reason"] for event in waiting] == ["connection_lost"]


async def test_a_locked_catalogue_or_a_full_disk_stops_no_live_picture(
    config: Config, loop: Loop, small_disk: Path
) -> None:
    config = dataclasses.replace(config, recordings=small_disk / "recordings", disk_reserve_bytes=0)
    async with SimServer({"/cam": loop}) as server, aiohttp.ClientSession() as session:
        camera = plan(config, server.url("/cam"))
        on_disk(config, camera)
        async with running_worker(config) as worker:
            token = media_token(config, camera.camera_id)
            origin = config.origin(config.media_port)
            async with watching(session, origin, camera.camera_id, token) as watched:
                await recorded_for(config, camera, 1)
                lock = sqlite3.connect(config.home / "media-0" / "catalogue.sqlite3", isolation_level=None)
                lock.execute("BEGIN EXCLUSIVE")
                seen = len(watched.fragments)
                await until(lambda: len(watched.fragments) > seen + 50, what="pictures while the catalogue is locked")
                lock.execute("ROLLBACK")
                lock.close()

                (small_disk / "ballast").write_bytes(b"")
                with contextlib.suppress(OSError), (small_disk / "ballast").open("wb") as ballast:
                    while True:
                        ballast.write(b"x" * 65536)
                        ballast.flush()
                state = lambda: worker._board.state(camera.camera_id)  # noqa: E731
                await until(lambda: (told := state()) and told.reason == "disk_full", 20, "the full disk told")
                assert state().status == "live" and not state().recording
                seen = len(watched.fragments)
                await until(lambda: len(watched.fragments) > seen + 25, what="pictures with a full disk")
                (small_disk / "ballast").unlink()
                await until(lambda: (told := state()) and told.reason == "" and told.recording, 30, "recording again")
    assert recorded(config, camera)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
