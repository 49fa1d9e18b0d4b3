"""The writer's side: each event once, states forward only, nothing held up by what is broken."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import psycopg
import pytest

from prahari.contracts import events
from prahari.contracts.events import Event, EventBatch
from prahari.eventlog import schema
from prahari.eventlog.store import Received, store

TODAY = dt.datetime.now(dt.UTC).date()
NOW_MS = events.now_ms()
CAMERA = str(uuid.uuid4())


@pytest.fixture
async def database(fresh_postgres_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(fresh_postgres_url, autocommit=True) as connection:
        await schema.prepare(connection, TODAY)
        yield connection


def message(sequence: int, *batch: Event) -> Received:
    return Received(sequence, "events.media", events.encode(EventBatch("media", list(batch))))


def status(status: str, time_ms: int, **data: Any) -> Event:
    return Event(events.CAMERA_STATUS, f"camera:{CAMERA}", time_ms, {"status": status, **data}, "up.kanpur", "police")


async def rows(connection: psycopg.AsyncConnection, query: str) -> list[Any]:
    return await (await connection.execute(query)).fetchall()


async def test_twice_is_once(database: psycopg.AsyncConnection) -> None:
    batch = message(1, status("live", NOW_MS), status("stalled", NOW_MS + 1))
    assert await store(database, [batch]) == 2
    assert await store(database, [batch, batch]) == 0
    assert await rows(database, "SELECT count(*) FROM event") == [(2,)]


async def test_an_older_state_that_comes_late_changes_nothing(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(1, status("offline", NOW_MS, reason="unreachable"))])
    await store(database, [message(2, status("live", NOW_MS - 5_000))])
    assert await rows(database, "SELECT status, reason, since_ms FROM camera_status") == [
        ("offline", "unreachable", NOW_MS)
    ]


async def test_since_stays_while_the_status_does(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(1, status("live", NOW_MS))])
    await store(database, [message(2, status("live", NOW_MS + 900, recording=True))])
    assert await rows(database, "SELECT since_ms, changed_ms, recording FROM camera_status") == [
        (NOW_MS, NOW_MS + 900, True)
    ]


async def test_proofs_extend_live_and_are_not_stored(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(1, status("live", NOW_MS, proof_until_ms=NOW_MS + 20))])
    proof = Event(events.CAMERA_PROOF, "", NOW_MS + 5, {"rows": [[CAMERA, NOW_MS + 5, NOW_MS + 25, 3]]})
    await store(database, [message(2, proof)])
    assert await rows(database, "SELECT proved_at_ms, proof_until_ms, watchers FROM camera_status") == [
        (NOW_MS + 5, NOW_MS + 25, 3)
    ]
    assert await rows(database, "SELECT count(*) FROM event") == [(1,)]


async def test_a_proof_does_not_make_a_dead_camera_live(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(1, status("offline", NOW_MS))])
    proof = Event(events.CAMERA_PROOF, "", NOW_MS + 5, {"rows": [[CAMERA, NOW_MS + 5, NOW_MS + 25, 0]]})
    await store(database, [message(2, proof)])
    assert await rows(database, "SELECT status, proof_until_ms FROM camera_status") == [("offline", None)]


@pytest.mark.parametrize(
    "payload",
    [b"", b"not json", b"[]", b'{"source":"x"}', b'{"source":"x","events":[{"type":1}]}', b"\xff\xfe"],
)
async def test_a_malformed_message_is_put_aside(database: psycopg.AsyncConnection, payload: bytes) -> None:
    good = message(2, status("live", NOW_MS))
    assert await store(database, [Received(1, "events.x", payload), good]) == 1
    assert await rows(database, "SELECT sequence, position, payload FROM event_rejected") == [(1, -1, payload)]


@pytest.mark.parametrize(
    "broken",
    [
        Event("x", "camera:1", NOW_MS, {}, id="not-a-uuid"),
        Event("x", "camera:1", 10**18, {}),
        Event("x", "camera:1\x00", NOW_MS, {}),
        Event("x", "camera:1", NOW_MS, {"text": "a\x00b"}),
        Event(events.CAMERA_PROOF, "", NOW_MS, {"rows": [[CAMERA, 2**70, 1, 1]]}),
    ],
)
async def test_a_broken_event_holds_up_no_other(database: psycopg.AsyncConnection, broken: Event) -> None:
    good = status("live", NOW_MS)
    await store(database, [message(1, broken, good)])
    assert await rows(database, "SELECT id FROM event") == [(uuid.UUID(good.id),)]
    assert await rows(database, "SELECT status FROM camera_status") == [("live",)]


async def test_unexpected_data_is_kept_as_event_but_changes_no_state(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(1, status("dancing", NOW_MS))])
    assert await rows(database, "SELECT count(*) FROM event") == [(1,)]
    assert await rows(database, "SELECT count(*) FROM camera_status") == [(0,)]


async def test_wild_clocks_find_a_place_and_move_when_their_day_comes(database: psycopg.AsyncConnection) -> None:
    day_ms = 86_400_000
    soon = Event("x", "a", NOW_MS + 6 * day_ms, {})
    await store(database, [message(1, Event("x", "a", 0, {}), soon)])
    assert await rows(database, "SELECT count(*) FROM event_default") == [(2,)]
    await schema.prepare(database, TODAY + dt.timedelta(days=4))
    assert await rows(database, "SELECT count(*) FROM event_default") == [(1,)]
    assert await rows(database, "SELECT count(*) FROM event") == [(2,)]
    assert await store(database, [message(1, soon)]) == 0


async def test_preparing_twice_is_harmless(database: psycopg.AsyncConnection) -> None:
    await schema.prepare(database, TODAY)


async def test_a_batch_survives_msgspec_and_back() -> None:
    event = status("live", NOW_MS)
    assert events.decode(events.encode(EventBatch("m", [event]))).events == [event]
    with pytest.raises(msgspec.DecodeError):
        events.decode(b"{")


async def test_a_keyframes_hash_stays_the_newest(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(1, status("live", NOW_MS, proof_until_ms=NOW_MS + 20))])
    for sequence, at_ms, mac in ((2, NOW_MS + 60, "b" * 32), (3, NOW_MS + 5, "a" * 32)):  # the second comes late
        data = {"rows": [[CAMERA, at_ms, at_ms + 20, 0]], "keyframes": [[CAMERA, at_ms, mac]]}
        await store(database, [message(sequence, Event(events.CAMERA_PROOF, "", at_ms, data))])
    assert await rows(database, "SELECT keyframe_ms, keyframe_mac FROM camera_status") == [(NOW_MS + 60, "b" * 32)]
