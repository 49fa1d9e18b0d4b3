"""The alarm engine before a real NATS: rules put into their bucket, events into the log, alarms read from it."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import nats.errors
import nats.js.errors
from nats.aio.client import Client
from nats.js import JetStreamContext

from prahari.contracts import bus, events, subjects
from prahari.contracts.alarms import AlarmData
from prahari.contracts.events import Event, EventBatch, now_ms
from prahari.contracts.media import CameraPlan, SealedAddress
from prahari.core.alarming.rule import AlarmRule, Match, Name, RuleSet, Severity


def rule(rule_id: str, *types: str, **more: Any) -> AlarmRule:
    return AlarmRule(rule_id, more.pop("version", 1), Name("Rule", "नियम"), Severity.HIGH, Match(list(types)), **more)


def seen(kind: str = "vision.crowd", camera: str = "", at_ms: int | None = None, **data: Any) -> Event:
    subject = f"camera:{camera or uuid.uuid4()}"
    return Event(kind, subject, now_ms() if at_ms is None else at_ms, data, "up.kanpur.west", "police")


class Rig:
    """`alarms`: the state told last of each, by id; `tellings`: all, in order."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.js: JetStreamContext = client.jetstream()
        self.alarms: dict[str, AlarmData] = {}
        self.tellings: list[Event] = []

    async def prepare(self, *rules: AlarmRule) -> None:
        await bus.ensure_event_stream(self.js)
        await bus.ensure_plan_bucket(self.js)
        if rules:
            await self.rule(*rules)

    async def rule(self, *rules: AlarmRule) -> None:
        bucket = await bus.ensure_cluster_bucket(self.js, subjects.ALARM_RULES_BUCKET)
        await bucket.put(subjects.ALARM_RULES_KEY, msgspec.json.encode(RuleSet(list(rules))))

    async def plan(self, camera: str, **more: Any) -> None:
        bucket = await bus.ensure_plan_bucket(self.js)
        plan = CameraPlan(camera, "", "up.kanpur.west", "police", SealedAddress("rtsp://x"), **more)
        await bucket.put(camera, msgspec.json.encode(plan))

    async def publish(self, *some: Event) -> None:
        """Until it is acknowledged: again and again while the connection comes back."""
        payload = events.encode(EventBatch("vision", list(some)))
        deadline = time.monotonic() + 30
        while True:
            try:
                await self.js.publish(subjects.events("vision"), payload, timeout=1)
            except (TimeoutError, nats.errors.Error, nats.js.errors.Error):
                assert time.monotonic() < deadline, "NATS did not come back"
            else:
                return

    async def listen(self) -> None:
        """For ever: what the engine tells."""
        async for message in bus.follow_events(self.js, dt.datetime.fromtimestamp(0, dt.UTC)):
            if message.subject != subjects.events("alarms"):
                continue
            for event in events.decode(message.data).events:
                self.tellings.append(event)
                data = msgspec.convert(event.data, AlarmData)
                known = self.alarms.get(event.subject)
                if known is None or data.revision > known.revision:
                    self.alarms[event.subject] = data

    async def until(self, condition: Callable[[], bool], within_s: float = 30) -> None:
        deadline = time.monotonic() + within_s
        while not condition():
            assert time.monotonic() < deadline, f"the condition did not come true: {self.alarms}"
            await asyncio.sleep(0.02)
