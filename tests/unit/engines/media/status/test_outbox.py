from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.js import JetStreamContext

from media_rig import until
from prahari.contracts import bus, events
from prahari.contracts.events import Event
from prahari.engines.media.status import outbox as outbox_module
from prahari.engines.media.status.outbox import Outbox


@contextlib.asynccontextmanager
async def connected(url: str) -> AsyncIterator[JetStreamContext]:
    client = await bus.connect(url, "test")
    try:
        js = client.jetstream(timeout=5)
        await bus.ensure_event_stream(js)
        yield js
    finally:
        await client.close()


async def stored(js: JetStreamContext) -> list[Event]:
    """All events in the log, in order."""
    count = (await js.stream_info("EVENTS")).state.messages
    found: list[Event] = []
    for sequence in range(1, count + 1):
        message = await js.get_msg("EVENTS", sequence)
        found.extend(events.decode(message.data or b"").events)
    return found


def event(number: int, kind: str = events.RECORDING_GAP) -> Event:
    return Event(kind, f"camera-{number}", number, {"start_ms": number, "end_ms": number + 1, "reason": "timeout"})


async def test_events_reach_the_log_once_and_in_order(fresh_nats_url: str, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.jsonl", "media", "media-0")
    sent = [event(number) for number in range(500)]
    async with connected(fresh_nats_url) as js:
        task = asyncio.create_task(outbox.run(js))
        for one in sent:
            outbox.put(one)
        await until(lambda: not len(outbox), what="the outbox empty")
        assert await stored(js) == sent
        task.cancel()
    outbox.close()
    assert (tmp_path / "outbox.jsonl").read_bytes() == b""


async def test_what_was_not_acknowledged_before_a_kill_is_sent_after_it(fresh_nats_url: str, tmp_path: Path) -> None:
    journal = tmp_path / "outbox.jsonl"
    killed = Outbox(journal, "media", "media-0")
    for number in range(3):
        killed.put(event(number))
    killed.close()
    with journal.open("ab") as file:
        file.write(b'{"type":"recording.gap","subj')  # the kill came in the middle of a line
    outbox = Outbox(journal, "media", "media-0")
    outbox.put(event(3))
    async with connected(fresh_nats_url) as js:
        task = asyncio.create_task(outbox.run(js))
        await until(lambda: not len(outbox), what="the outbox empty")
        assert [one.subject for one in await stored(js)] == [f"camera-{number}" for number in range(4)]
        task.cancel()
    outbox.close()


def test_when_full_old_states_go_first_and_gaps_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "MOST_EVENTS", 100)
    outbox = Outbox(tmp_path / "outbox.jsonl", "media", "media-0")
    for number in range(30):
        outbox.put(event(number))
    for number in range(90):
        outbox.put(Event(events.CAMERA_STATUS, "camera-x", number, {"status": "live"}))
    outbox.close()
    again = Outbox(tmp_path / "outbox.jsonl", "media", "media-0")
    kinds = [one.type for one in again._waiting]
    assert kinds.count(events.RECORDING_GAP) == 30
    assert len(kinds) <= 100
    again.close()


def test_a_full_disk_keeps_events_in_memory(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.jsonl", "media", "media-0")
    outbox._file = Path("/dev/full").open("ab", buffering=0)  # noqa: SIM115
    outbox.put(event(1))
    assert len(outbox) == 1
    outbox.close()
