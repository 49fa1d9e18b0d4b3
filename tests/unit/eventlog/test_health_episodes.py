"""Episodes of ill health from events: in any order, however often."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from prahari.contracts import events
from prahari.contracts.events import Event, EventBatch
from prahari.eventlog import schema
from prahari.eventlog.store import Received, store

NOW_MS = events.now_ms()
CAMERA = str(uuid.uuid4())
_numbers = itertools.count(1)


@pytest.fixture
async def database(fresh_postgres_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(fresh_postgres_url, autocommit=True) as connection:
        import datetime as dt

        await schema.prepare(connection, dt.datetime.now(dt.UTC).date())
        yield connection


def told(state: str, start_ms: int, **data: Any) -> Received:
    fields = {"kind": "covered", "state": state, "start_ms": start_ms, **data}
    event = Event(events.CAMERA_HEALTH, CAMERA, data.get("end_ms", start_ms), fields, "up.kanpur", "police")
    return Received(next(_numbers), "events.media", events.encode(EventBatch("media", [event])))


async def rows(database: psycopg.AsyncConnection) -> list[Any]:
    query = "SELECT start_ms, end_ms, cause, value, reference_ms FROM camera_episode ORDER BY start_ms"
    return await (await database.execute(query)).fetchall()


BEGAN = {"value": 80.0, "limit": 70.0, "reference_ms": 5}
ENDED = {"value": 95.0, "limit": 70.0, "end_ms": NOW_MS + 60_000}


@pytest.mark.parametrize("late", [False, True])
async def test_an_episode_is_one_row_in_whatever_order_it_is_told(
    database: psycopg.AsyncConnection, late: bool
) -> None:
    messages = [told("began", NOW_MS, **BEGAN), told("ended", NOW_MS, **ENDED), told("began", NOW_MS, **BEGAN)]
    for message in reversed(messages[:2]) if late else messages:
        await store(database, [message])
    assert await rows(database) == [(NOW_MS, NOW_MS + 60_000, "", 95.0, 5)]


async def test_the_first_end_counts(database: psycopg.AsyncConnection) -> None:
    await store(database, [told("began", NOW_MS), told("ended", NOW_MS, end_ms=NOW_MS + 5)])
    await store(database, [told("ended", NOW_MS, end_ms=NOW_MS + 9)])
    assert [row[1] for row in await rows(database)] == [NOW_MS + 5]


async def test_an_end_that_was_lost_is_where_the_next_began(database: psycopg.AsyncConnection) -> None:
    await store(database, [told("began", NOW_MS), told("began", NOW_MS + 1000)])
    assert [row[:2] for row in await rows(database)] == [(NOW_MS, NOW_MS + 1000), (NOW_MS + 1000, None)]
    await store(database, [told("began", NOW_MS + 500)])  # late
    assert [row[1] for row in await rows(database)] == [NOW_MS + 1000, NOW_MS + 1000, None]


async def test_what_is_malformed_holds_up_nothing(database: psycopg.AsyncConnection) -> None:
    await store(database, [told("ended", NOW_MS, end_ms=NOW_MS - 5), told("began", NOW_MS + 7)])
    assert [row[0] for row in await rows(database)] == [NOW_MS + 7]
