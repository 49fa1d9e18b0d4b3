"""Event batches into rows: each event once, whatever comes twice, late or broken."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
import orjson
from psycopg import AsyncConnection, DataError

from prahari.contracts import events
from prahari.contracts.events import Event
from prahari.eventlog import projections

log = logging.getLogger(__name__)

NOT_STORED = frozenset({events.CAMERA_PROOF, events.EDGE_SEEN})
"""Event types that only move a state forward: thousands an hour, nothing to look up later."""

_FAR_PAST_MS = -62_135_596_800_000  # year 1
_FAR_FUTURE_MS = 253_402_300_799_000  # year 9999

_COLUMNS = "id, time_ms, day, type, subject, source, jurisdiction, agency, data"


@dataclass(frozen=True, slots=True)
class Received:
    """One message of the stream, as it came."""

    sequence: int
    subject: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message (position -1) or one event of it that cannot be stored, and why."""

    sequence: int
    position: int
    subject: str
    error: str
    payload: bytes


Row = tuple[uuid.UUID, int, dt.date, str, str, str, str, str, str]


async def store(connection: AsyncConnection, messages: Sequence[Received]) -> int:
    """Store all events of `messages` in one transaction; returns how many were new.

    A message or event that can't be stored goes to event_rejected with its reason and holds up nothing. Database
    trouble raises psycopg.Error with nothing stored: the caller keeps the messages and comes again.
    """
    rejected: list[Rejected] = []
    accepted: list[tuple[Received, int, Event, Row | None]] = []
    for message in messages:
        try:
            batch = events.decode(message.payload)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            rejected.append(Rejected(message.sequence, -1, message.subject, str(error), message.payload))
            continue
        for position, event in enumerate(batch.events):
            try:
                row = None if event.type in NOT_STORED else _row(batch.source, event)
            except ValueError as error:
                rejected.append(_reject(message, position, event, error))
            else:
                accepted.append((message, position, event, row))
    try:
        async with connection.transaction():
            return await _write(connection, accepted, rejected)
    except DataError:
        # Something that JSON allows and PostgreSQL does not: find it by storing one by one.
        stored = 0
        async with connection.transaction():
            for item in accepted:
                try:
                    async with connection.transaction():
                        stored += await _write(connection, [item], [])
                except DataError as error:
                    message, position, event, _ = item
                    rejected.append(_reject(message, position, event, error))
            await _write(connection, [], rejected)
        return stored


def _reject(message: Received, position: int, event: Event, error: Exception) -> Rejected:
    return Rejected(message.sequence, position, message.subject, str(error), msgspec.json.encode(event))


def _row(source: str, event: Event) -> Row:
    if not _FAR_PAST_MS <= event.time_ms <= _FAR_FUTURE_MS:
        raise ValueError(f"time_ms {event.time_ms} is no point in time")
    day = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=event.time_ms)).date()
    data = orjson.dumps(event.data).decode()
    for text in (event.type, event.subject, source, event.jurisdiction, event.agency):
        if "\x00" in text:
            raise ValueError("a text holds a NUL character")
    return (
        uuid.UUID(event.id),
        event.time_ms,
        day,
        event.type,
        event.subject,
        source,
        event.jurisdiction,
        event.agency,
        data,
    )


async def _write(
    connection: AsyncConnection,
    accepted: Iterable[tuple[Received, int, Event, Row | None]],
    rejected: Sequence[Rejected],
) -> int:
    stored = 0
    rows = [row for _, _, _, row in accepted if row is not None]
    async with connection.cursor() as cursor:
        if rows:
            await cursor.execute(
                "CREATE TEMP TABLE IF NOT EXISTS event_incoming (id uuid, time_ms bigint, day date, type text,"
                " subject text, source text, jurisdiction text, agency text, data jsonb) ON COMMIT DELETE ROWS"
            )
            await cursor.execute("DELETE FROM event_incoming")
            async with cursor.copy(f"COPY event_incoming ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    await copy.write_row(row)
            await cursor.execute(
                f"INSERT INTO event ({_COLUMNS}) SELECT {_COLUMNS} FROM event_incoming ON CONFLICT (id, day) DO NOTHING"  # noqa: S608 - constants only
            )
            stored = cursor.rowcount
        await projections.apply(cursor, [event for _, _, event, _ in accepted])
        if rejected:
            await cursor.executemany(
                "INSERT INTO event_rejected (sequence, position, subject, error, payload) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                [(r.sequence, r.position, r.subject, r.error[:1000], r.payload) for r in rejected],
            )
            for item in rejected[:5]:
                log.warning("rejected event %s/%s on %s: %s", item.sequence, item.position, item.subject, item.error)
    return stored
