"""The alarm engine with a real NATS: rules, cameras, floods, what it keeps."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from alarm_engine_rig import Rig, rule, seen
from prahari.contracts import bus, subjects
from prahari.contracts.alarms import AlarmEngineState
from prahari.contracts.events import Event, now_ms
from prahari.core.alarming.rule import GroupBy
from prahari.engines.alarms.engine import AlarmEngine


@pytest.fixture
async def rig(fresh_nats_url: str) -> AsyncIterator[Rig]:
    client = await bus.connect(fresh_nats_url, "test")
    made = Rig(client)
    async with running(made.listen()):
        yield made
    await client.close()


@asynccontextmanager
async def running(work: object) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)  # type: ignore[arg-type,var-annotated]
    try:
        yield
        assert not task.done(), task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def engine(fresh_nats_url: str, tmp_path: Path) -> AlarmEngine:
    return AlarmEngine(tmp_path / "alarms", fresh_nats_url)


async def test_events_become_alarms_and_grow(rig: Rig, engine: AlarmEngine) -> None:
    await rig.prepare(rule("r", "vision.*"))
    camera = str(uuid.uuid4())
    await rig.plan(camera, site="s1", owner_class="shop", lat=26.4, lon=80.3)
    async with running(engine.run()):
        await rig.publish(seen(camera=camera, text="भीड़"), seen("device.panic"))
        await rig.until(lambda: len(rig.alarms) == 1)
        await rig.publish(*(seen(camera=camera) for _ in range(5)))
        await rig.until(lambda: next(iter(rig.alarms.values())).count == 6)
    (alarm,) = rig.alarms.values()
    assert (alarm.cameras, alarm.site_id, alarm.lat, alarm.text) == ([camera], "s1", 26.4, "भीड़")
    assert len(alarm.events) == 6
    telling = rig.tellings[-1]
    assert (telling.jurisdiction, telling.agency) == ("up.kanpur.west", "police")


async def test_without_rules_it_waits_and_loses_nothing(rig: Rig, engine: AlarmEngine) -> None:
    await rig.prepare()
    async with running(engine.run()):
        await rig.publish(seen())
        await rig.rule(rule("r", "vision.*"))
        await rig.until(lambda: len(rig.alarms) == 1)


async def test_rules_change_while_it_runs(rig: Rig, engine: AlarmEngine) -> None:
    await rig.prepare(rule("r", "vision.*"))
    async with running(engine.run()):
        await rig.publish(seen())
        await rig.until(lambda: len(rig.alarms) == 1)
        await rig.rule(rule("r", "device.panic", version=2))
        bucket = await bus.ensure_cluster_bucket(rig.js, subjects.ALARM_RULES_BUCKET)
        await bucket.put(subjects.ALARM_RULES_KEY, b"{broken")  # changes nothing
        while engine._rules is None or engine._rules.rules[0].version != 2:
            await asyncio.sleep(0.01)
        await rig.publish(seen(), seen("device.panic"))
        await rig.until(lambda: len(rig.alarms) == 2)
    assert sorted(one.rule_version for one in rig.alarms.values()) == [1, 2]


async def test_the_same_message_twice_counts_once(rig: Rig, engine: AlarmEngine) -> None:
    await rig.prepare(rule("r", "vision.*", group_by=GroupBy.RULE))
    events = [seen() for _ in range(3)]
    async with running(engine.run()):
        await rig.publish(*events)
        await rig.publish(*events)
        await rig.publish(events[0], seen())
        await rig.until(lambda: bool(rig.alarms) and next(iter(rig.alarms.values())).count == 4)


async def test_stopped_in_between_it_counts_on(
    rig: Rig, engine: AlarmEngine, fresh_nats_url: str, tmp_path: Path
) -> None:
    await rig.prepare(rule("r", "vision.*", count=4, group_by=GroupBy.RULE))
    async with running(engine.run()):
        await rig.publish(seen(), seen())
        while engine._written == 0:
            await asyncio.sleep(0.02)
    await rig.publish(seen(), seen(), seen())
    async with running(AlarmEngine(tmp_path / "alarms", fresh_nats_url).run()):
        await rig.until(lambda: bool(rig.alarms) and next(iter(rig.alarms.values())).count == 5)
    assert len(rig.alarms) == 1


@pytest.mark.parametrize("left", [b"", b"\x00not msgpack", None])
async def test_a_lost_checkpoint_tells_no_alarm_under_another_id(
    rig: Rig, engine: AlarmEngine, fresh_nats_url: str, tmp_path: Path, left: bytes | None
) -> None:
    await rig.prepare(rule("r", "vision.*", group_by=GroupBy.RULE))
    async with running(engine.run()):
        await rig.publish(seen(), seen())
        await rig.until(lambda: bool(rig.alarms))
        while engine._written == 0:
            await asyncio.sleep(0.02)
    path = tmp_path / "alarms" / "checkpoint.msgpack"
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    await rig.publish(seen())
    async with running(AlarmEngine(tmp_path / "alarms", fresh_nats_url).run()):
        await rig.until(lambda: next(iter(rig.alarms.values())).count == 3)
    assert len(rig.alarms) == 1


async def test_a_flood_is_told_once_a_second_and_whole(rig: Rig, engine: AlarmEngine) -> None:
    await rig.prepare(rule("r", "vision.*", flood_per_minute=5, group_by=GroupBy.EACH))
    async with running(engine.run()):
        for _ in range(20):
            await rig.publish(*(seen() for _ in range(100)))
        await rig.until(lambda: sum(one.count for one in rig.alarms.values()) == 2000)
    assert len(rig.alarms) == 6
    assert [one.count for one in rig.alarms.values() if one.flood] == [1995]
    assert len(rig.tellings) < 30


async def test_what_is_malformed_ends_nothing_and_its_state_is_told(
    rig: Rig, engine: AlarmEngine, tmp_path: Path
) -> None:
    await rig.prepare(rule("r", "vision.*"))
    async with running(engine.run()):
        for payload in (b"\xff{", b'{"source":"x","events":[{"type":"vision.x","subject":"s","time_ms":1,"data":[]}]}'):
            await rig.js.publish(subjects.events("x"), payload)
        await rig.publish(Event("vision.crowd", "s", now_ms(), {"lat": "north", "confidence": {}}, "", ""))
        await rig.until(lambda: len(rig.alarms) == 1)
        path = tmp_path / "alarms" / "state.json"
        while not (state := msgspec.json.decode(path.read_bytes(), type=AlarmEngineState)).raised:
            await asyncio.sleep(0.05)
    assert (state.rules, state.read, state.met, state.waits_for_rules) == (1, 2, 1, False)
