"""Alarms and units in their tables: the higher revision counts, the latest place, and no row of `event` for each."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import psycopg
import pytest

from prahari.contracts import events
from prahari.contracts.alarms import AlarmData
from prahari.contracts.events import Event, EventBatch
from prahari.core.alarming.rule import GroupBy, Name, Severity
from prahari.eventlog import schema
from prahari.eventlog.store import Received, store

NOW_MS = events.now_ms()
ALARM, UNIT = str(uuid.uuid4()), str(uuid.uuid4())


@pytest.fixture
async def database(fresh_postgres_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    async with await psycopg.AsyncConnection.connect(fresh_postgres_url, autocommit=True) as connection:
        await schema.prepare(connection, dt.datetime.now(dt.UTC).date())
        yield connection


_numbers = itertools.count(1)


def message(*batch: Event) -> Received:
    return Received(next(_numbers), "events.alarms", events.encode(EventBatch("alarms", list(batch))))


def raised(revision: int, alarm_id: str = ALARM, **more: Any) -> Event:
    data = AlarmData(
        revision, "rule-1", 2, Name("Crowd", "भीड़"), Severity.HIGH, "vision.crowd", NOW_MS, NOW_MS + revision,
        revision, GroupBy.CAMERA, "c1", **more,
    )  # fmt: skip
    return Event(events.ALARM_RAISED, alarm_id, NOW_MS, msgspec.to_builtins(data), "up.kanpur", "police")


def place(at_ms: int, lat: float = 26.4, unit: str = UNIT, **more: Any) -> Event:
    data = {"at_ms": at_ms, "lat": lat, "lon": 80.3, **more}
    return Event(events.UNIT_POSITION, unit, at_ms, data, "up.kanpur", "police")


async def rows(connection: psycopg.AsyncConnection, query: str) -> list[Any]:
    return await (await connection.execute(query)).fetchall()


async def test_a_lower_revision_changes_nothing(database: psycopg.AsyncConnection) -> None:
    query = "SELECT revision, count, last_ms FROM alarm"
    await store(database, [message(raised(1), raised(3), raised(2))])
    assert await rows(database, query) == [(3, 3, NOW_MS + 3)]
    await store(database, [message(raised(2)), message(raised(3, text="other"))])
    assert await rows(database, query) == [(3, 3, NOW_MS + 3)]
    await store(database, [message(raised(4, lat=26.4, lon=80.3, text="गंगा \\ बैराज\n"))])
    assert await rows(database, "SELECT revision, name_hi, lat, jurisdiction, data->>'text' FROM alarm") == [
        (4, "भीड़", 26.4, "up.kanpur", "गंगा \\ बैराज\n")
    ]
    assert await rows(database, "SELECT count(DISTINCT id) = count(*) FROM event") == [(True,)]


async def test_the_latest_place_wins_and_the_track_has_each_once(database: psycopg.AsyncConnection) -> None:
    await store(database, [message(place(NOW_MS + 5, 26.5, battery_pct=80.0), place(NOW_MS, 26.4))])
    await store(database, [message(place(NOW_MS + 3, 26.3), place(NOW_MS + 5, 26.5))])
    await store(database, [message(place(NOW_MS + 9, 26.6, speed_kmh=30.0))])
    query = "SELECT unit_id, at_ms, lat, speed_kmh, battery_pct FROM unit_position"
    assert await rows(database, query) == [(uuid.UUID(UNIT), NOW_MS + 9, 26.6, 30.0, 80.0)]
    track = await rows(database, f"SELECT at_ms - {NOW_MS} FROM unit_track ORDER BY 1")
    assert [at for (at,) in track] == [0, 3, 5, 9]
    assert await rows(database, "SELECT count(*) FROM event") == [(0,)]


@pytest.mark.parametrize(
    "broken",
    [
        place(NOW_MS, 91.0),
        place(2**70),
        place(NOW_MS, unit="me"),
        Event(events.UNIT_POSITION, UNIT, NOW_MS, {"lat": "here"}),
        raised(1, "not-a-uuid"),
        raised(2**40),
        raised(1, text="a\x00b"),
        Event(events.ALARM_RAISED, ALARM, NOW_MS, {"revision": "many"}),
    ],
)
async def test_what_is_broken_holds_up_no_other(database: psycopg.AsyncConnection, broken: Event) -> None:
    await store(database, [message(broken, raised(7), place(NOW_MS + 1))])
    assert await rows(database, "SELECT revision FROM alarm") == [(7,)]
    assert await rows(database, "SELECT at_ms FROM unit_position") == [(NOW_MS + 1,)]


@pytest.mark.parametrize("depth", [300, 900, 20_000, 200_000])
async def test_nesting_without_end_ends_nothing(database: psycopg.AsyncConnection, depth: int) -> None:
    event = {"type": "x", "subject": "s", "time_ms": NOW_MS, "id": str(uuid.uuid4()), "data": {"a": "NESTED"}}
    nested = msgspec.json.encode({"source": "x", "events": [event]}).replace(b'"NESTED"', b"[" * depth + b"]" * depth)
    hostile = Received(1, "events.x", nested)
    await store(database, [hostile, message(raised(1))])
    assert await rows(database, "SELECT revision FROM alarm") == [(1,)]


async def test_texts_and_numbers_come_out_as_they_came_in(database: psycopg.AsyncConnection) -> None:
    data = {"text": 'tab\t line\n back\\slash \u2028 \x01 आग 🔥 "q"', "large": 12345678901234567890123, "r": 0.1}
    event = Event("device.other", "a\tb\\N\n\\.\u0085", NOW_MS, data, "up\\t", "")
    await store(database, [message(event)])
    await store(database, [message(event)])
    found = await rows(database, "SELECT subject, jurisdiction, data->>'text', data->>'large', data->>'r' FROM event")
    assert found == [(event.subject, "up\\t", data["text"], "12345678901234567890123", "0.1")]
