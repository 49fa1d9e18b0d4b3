"""NATS killed under everybody's feet: consoles, writer and followers of plans go on by themselves."""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import nats.errors
import nats.js.errors
import pytest

from killable_nats import KillableNats
from prahari.contracts import bus, events, subjects
from prahari.contracts.events import Event, EventBatch
from prahari.core.scope import Grant, Scope
from prahari.eventlog.hub import Hub
from prahari.eventlog.stream import feed_events, feed_plans

pytestmark = pytest.mark.failure


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KillableNats]:
    killable = KillableNats(tmp_path)
    yield killable
    killable.kill()


async def test_followers_go_on_after_nats_was_killed(server: KillableNats) -> None:
    hub = Hub()
    listener, _ = hub.join("u", Scope((Grant("up", None, frozenset({"camera.view"})),)), None)
    client = await bus.connect(server.url, "test")
    js = client.jetstream()
    followers = [asyncio.create_task(feed_events(js, hub)), asyncio.create_task(feed_plans(js, hub))]
    try:
        await bus.ensure_event_stream(js)
        published = [Event(events.CAMERA_CHANGED, "camera:1", events.now_ms(), {}, "up", "police") for _ in range(4)]
        for event in published[:2]:
            await js.publish(subjects.events("test"), events.encode(EventBatch("test", [event])))
        server.kill()
        server.start()
        for event in published[2:]:
            batch = events.encode(EventBatch("test", [event]))
            headers = {"Nats-Msg-Id": event.id}  # asked twice, stored once
            await _in_the_end(partial(js.publish, subjects.events("test"), batch, timeout=1, headers=headers))
        deadline = time.monotonic() + 20
        while len(listener.waiting) < 4:
            assert time.monotonic() < deadline, f"heard only {len(listener.waiting)} of 4"
            await asyncio.sleep(0.05)
        heard = b"".join(listener.waiting.values()).decode()
        assert [heard.count(event.id) for event in published] == [1, 1, 1, 1]
        assert not any(follower.done() for follower in followers)
        camera = str(uuid.uuid4())
        bucket = await bus.ensure_plan_bucket(js)
        plan = b'{"camera_id":"c","name":"","jurisdiction":"up","agency":"a","address":{"url":"r"}}'
        await _in_the_end(partial(bucket.put, camera, plan))
        proof = events.RawEvent(events.CAMERA_PROOF, "", 1, msgspec.Raw(b'{"rows":[["%s",1,2,0]]}' % camera.encode()))
        while not any(camera.encode() in message for message in listener.waiting.values()):
            assert time.monotonic() < deadline + 20, "the plan put after the restart was not learnt"
            hub.publish(1, [proof])
            await asyncio.sleep(0.05)
    finally:
        for follower in followers:
            follower.cancel()
        for follower in followers:
            with contextlib.suppress(asyncio.CancelledError):
                await follower
        await client.close()


async def _in_the_end(request: Callable[[], Awaitable[Any]]) -> Any:
    """The answer to a request that may be lost while the connection comes back."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return await request()
        except (TimeoutError, nats.errors.Error, nats.js.errors.Error):
            assert time.monotonic() < deadline, "NATS did not come back"
            await asyncio.sleep(0.1)
