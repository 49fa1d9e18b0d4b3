"""Events reach the event log once each and in order, whatever stops in between."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import nats.errors
import pytest
from django.conf import settings

from prahari.contracts import bus, events
from prahari.desks.common import outbox
from prahari.desks.common.action import action
from prahari.desks.common.models import OutboxMessage
from scope import World

from .conftest import StoppableNats, database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.failure]


@pytest.fixture
def publisher(stoppable_nats: StoppableNats, monkeypatch: pytest.MonkeyPatch) -> Iterator[outbox.Publisher]:
    monkeypatch.setattr(settings, "CONFIG", dataclasses.replace(settings.CONFIG, nats_url=stoppable_nats.url))
    monkeypatch.setattr(outbox, "POLL_S", 0.1)
    monkeypatch.setattr(outbox, "RETRY_MAX_S", 0.3)
    publisher = outbox.Publisher()
    monkeypatch.setattr(outbox, "publisher", publisher)
    yield publisher
    publisher.stop()


def emit(world: World, *subjects: str) -> None:
    for subject in subjects:
        with action("thing.done", actor=world.system) as act:
            act.about("thing", subject)
            act.emit("registry", events.Event("camera.changed", subject, events.now_ms(), {}))


def wait_for(condition: Callable[[], bool], what: str, timeout_s: float = 20) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout_s} s: {what}"
        time.sleep(0.05)


def empty() -> bool:
    return not OutboxMessage.objects.exists()


def in_the_log(url: str) -> list[str]:
    """Subjects of all events in the stream."""

    async def read() -> list[str]:
        client = await bus.connect(url, "test")
        try:
            js = client.jetstream()
            await bus.ensure_event_stream(js)
            subscription = await js.subscribe("events.>", ordered_consumer=True)
            found: list[str] = []
            while True:
                try:
                    message = await subscription.next_msg(timeout=0.3)
                except nats.errors.TimeoutError:
                    return found
                found += [event.subject for event in events.decode(message.data).events]
        finally:
            await client.close()

    return asyncio.run(read())


def test_published_right_after_the_commit(
    transactional_world: World, publisher: outbox.Publisher, stoppable_nats: StoppableNats
) -> None:
    stoppable_nats.start()
    emit(transactional_world, "a", "b", "c")
    wait_for(empty, "outbox emptied")
    assert in_the_log(stoppable_nats.url) == ["a", "b", "c"]


def test_rolled_back_is_never_published(
    transactional_world: World, publisher: outbox.Publisher, stoppable_nats: StoppableNats
) -> None:
    stoppable_nats.start()
    with pytest.raises(ZeroDivisionError), action("thing.done", actor=transactional_world.system) as act:
        act.about("thing", "x")
        act.emit("registry", events.Event("camera.changed", "x", events.now_ms(), {}))
        1 / 0  # noqa: B018
    emit(transactional_world, "a")
    wait_for(empty, "outbox emptied")
    assert in_the_log(stoppable_nats.url) == ["a"]


def test_nothing_is_lost_while_the_event_log_is_away(
    transactional_world: World, publisher: outbox.Publisher, stoppable_nats: StoppableNats
) -> None:
    emit(transactional_world, "before the first start")
    stoppable_nats.start()
    wait_for(empty, "outbox emptied after the first start")
    stoppable_nats.kill()
    emit(transactional_world, "a", "b")
    time.sleep(0.5)  # time enough for attempts that fail
    assert OutboxMessage.objects.count() == 2
    stoppable_nats.start()
    emit(transactional_world, "c")
    wait_for(empty, "outbox emptied after the restart")
    assert in_the_log(stoppable_nats.url) == ["before the first start", "a", "b", "c"]


def test_sent_twice_is_stored_once(
    transactional_world: World, publisher: outbox.Publisher, stoppable_nats: StoppableNats
) -> None:
    """As when a process dies between the acknowledgement and the delete."""
    stoppable_nats.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publisher, "wake", lambda: None)
        emit(transactional_world, "a")
    row = OutboxMessage.objects.get()
    publisher.wake()
    wait_for(empty, "outbox emptied")
    row.save(force_insert=True)
    publisher.wake()
    wait_for(empty, "outbox emptied again")
    assert in_the_log(stoppable_nats.url) == ["a"]


def test_stops_while_it_waits_for_the_event_log(transactional_world: World, publisher: outbox.Publisher) -> None:
    emit(transactional_world, "a")
    began = time.monotonic()
    publisher.stop()
    assert time.monotonic() - began < 4
    assert OutboxMessage.objects.count() == 1


def test_a_process_that_wrote_ends_when_it_is_done(transactional_world: World, stoppable_nats: StoppableNats) -> None:
    """Whether the event log is away or not: what waits is published by the tasks process."""
    transactional_world.person("asha")
    environment = {**os.environ, "DATABASE_URL": database_url(), "NATS_URL": stoppable_nats.url}
    command = [sys.executable, "-m", "prahari.desks.manage", "first_administrator", "--reset", "asha"]
    for _ in range(2):
        done = subprocess.run(command, env=environment, timeout=60, capture_output=True, check=True)
        assert b"asha" in done.stdout
        if not stoppable_nats.running:
            stoppable_nats.start()


def test_the_tasks_process_publishes_what_others_left_behind(
    transactional_world: World, stoppable_nats: StoppableNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    stoppable_nats.start()
    monkeypatch.setattr(outbox, "publisher", _Deaf())
    emit(transactional_world, "a", "b")
    environment = {**os.environ, "DATABASE_URL": database_url(), "NATS_URL": stoppable_nats.url}
    command = [sys.executable, "-m", "prahari.desks.manage", "procrastinate", "worker"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        try:
            wait_for(empty, "outbox emptied by the tasks process", 40)
            process.send_signal(signal.SIGTERM)
            assert process.wait(8) == 0
        finally:
            process.kill()
    assert in_the_log(stoppable_nats.url) == ["a", "b"]


class _Deaf:
    """The publisher of a process that died right after its commit."""

    def wake(self) -> Any:
        return None
