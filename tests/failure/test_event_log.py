"""NATS killed under everybody's feet: consoles, writer and followers of plans go on by themselves."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from prahari.contracts import bus, events, subjects
from prahari.contracts.events import Event, EventBatch
from prahari.core.scope import Grant, Scope
from prahari.eventlog.hub import Hub
from prahari.eventlog.stream import feed_events, feed_plans
from prahari.runtime import keys, ports
from prahari.runtime.nats import Nats

pytestmark = pytest.mark.failure


class KillableNats:
    def __init__(self, home: Path) -> None:
        keys.ensure(home)
        self._nats = Nats(home=home, port=ports.free()[0])
        self.url = self._nats.url
        self.start()

    def start(self) -> None:
        self._nats.prepare()
        self._process = subprocess.Popen(self._nats.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not self._nats.ready():
            assert time.monotonic() < deadline, "NATS did not start"
            time.sleep(0.01)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[KillableNats]:
    server = KillableNats(tmp_path)
    yield server
    server.kill()


async def test_followers_go_on_after_nats_was_killed(nats: KillableNats) -> None:
    hub = Hub()
    listener, _ = hub.join("u", Scope((Grant("up", None, frozenset({"camera.view"})),)), None)
    client = await bus.connect(nats.url, "test")
    js = client.jetstream()
    followers = [asyncio.create_task(feed_events(js, hub)), asyncio.create_task(feed_plans(js, hub))]
    try:
        await bus.ensure_event_stream(js)
        published = [Event("x", "camera:1", events.now_ms(), {}, "up", "police") for _ in range(4)]
        for event in published[:2]:
            await js.publish(subjects.events("test"), events.encode(EventBatch("test", [event])))
        nats.kill()
        nats.start()
        for event in published[2:]:
            await _publish_in_the_end(js, event)
        deadline = time.monotonic() + 20
        while len(listener.waiting) < 4:
            assert time.monotonic() < deadline, f"heard only {len(listener.waiting)} of 4"
            await asyncio.sleep(0.05)
        heard = b"".join(listener.waiting).decode()
        assert [heard.count(event.id) for event in published] == [1, 1, 1, 1]
        assert not any(follower.done() for follower in followers)
        camera = str(uuid.uuid4())
        bucket = await bus.ensure_plan_bucket(js)
        await bucket.put(camera, b'{"camera_id":"c","name":"","jurisdiction":"up","agency":"a","address":{"url":"r"}}')
        proof = Event(events.CAMERA_PROOF, "", 1, {"rows": [[camera, 1, 2, 0]]})
        while not any(camera.encode() in message for message in listener.waiting):
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


async def _publish_in_the_end(js: object, event: Event) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            await js.publish(subjects.events("test"), events.encode(EventBatch("test", [event])), timeout=1)  # type: ignore[attr-defined]
            return
        except Exception:
            assert time.monotonic() < deadline, "NATS did not come back"
            await asyncio.sleep(0.1)
