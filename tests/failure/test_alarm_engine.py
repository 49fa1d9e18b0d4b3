"""The alarm engine killed while alarms form, NATS killed under it: no alarm is lost and none told under two ids."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from alarm_engine_rig import Rig, rule, seen
from killable_nats import KillableNats
from prahari.contracts import bus
from prahari.core.alarming.rule import GroupBy

pytestmark = pytest.mark.failure
EVENTS, TOGETHER = 3000, 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KillableNats]:
    killable = KillableNats(tmp_path / "nats")
    yield killable
    killable.kill()


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Rig]:
    client = await bus.connect(url, "test")
    rig = Rig(client)
    task = asyncio.create_task(rig.listen())
    try:
        yield rig
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await client.close()


class EngineProcess:
    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = {**os.environ, **environment}
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "prahari.engines.alarms"], env=self._environment)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


async def test_killed_again_and_again_while_alarms_form(server: KillableNats, centre_env: dict[str, str]) -> None:
    """Thirty cameras: an alarm each, whole; every match of the counting rule; the flood with all that it stands for."""
    cameras = [str(uuid.uuid4()) for _ in range(30)]
    rules = (
        rule("by camera", "vision.crowd", group_s=600),
        rule("counting", "vision.crowd", count=200, window_s=600, group_by=GroupBy.RULE, group_s=600),
        rule("flood", "vision.crowd", flood_per_minute=10, group_by=GroupBy.EACH),
    )
    chance = random.Random(7)
    async with listening(server.url) as rig:
        await rig.prepare(*rules)
        engine = EngineProcess(centre_env | {"NATS_URL": server.url})
        try:
            sent: list[str] = []
            for number in range(EVENTS // TOGETHER):
                batch = [seen(camera=chance.choice(cameras)) for _ in range(TOGETHER)]
                sent += [one.subject for one in batch]
                await rig.publish(*batch)
                if chance.random() < 0.1:
                    await rig.publish(*batch)  # a source that did not hear the acknowledgement
                if number % 30 == 29:
                    engine.kill()
                    engine.start()
                await asyncio.sleep(0.02)

            def counted(rule_id: str) -> int:
                return sum(one.count for one in rig.alarms.values() if one.rule_id == rule_id)

            await rig.until(lambda: all(counted(one.rule_id) >= EVENTS for one in rules), 60)
        finally:
            engine.kill()
    by_camera = {one.group_key: one.count for one in rig.alarms.values() if one.rule_id == "by camera"}
    assert by_camera == {camera: sent.count(f"camera:{camera}") for camera in cameras}
    assert [one.count for one in rig.alarms.values() if one.rule_id == "counting"] == [EVENTS]
    floods = [one for one in rig.alarms.values() if one.rule_id == "flood"]
    assert sum(one.count for one in floods) == EVENTS
    assert len(floods) == 11
    told: dict[tuple[str, int], object] = {}
    for telling in rig.tellings:  # the same revision is always the same state
        key = (telling.subject, telling.data["revision"])
        assert told.setdefault(key, telling.data["count"]) == telling.data["count"]


async def test_nats_killed_under_it(server: KillableNats, centre_env: dict[str, str]) -> None:
    async with listening(server.url) as rig:
        await rig.prepare(rule("r", "vision.crowd", group_by=GroupBy.RULE))
        engine = EngineProcess(centre_env | {"NATS_URL": server.url})
        try:
            await rig.publish(seen())
            await rig.until(lambda: len(rig.alarms) == 1)
            server.kill()
            server.start()
            await rig.publish(seen())
            await rig.until(lambda: next(iter(rig.alarms.values())).count == 2)
        finally:
            engine.kill()
    assert len(rig.alarms) == 1
