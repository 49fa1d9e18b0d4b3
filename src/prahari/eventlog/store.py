"""Event batches into rows: each event once, whatever comes twice, late or broken.

The way is short because 20,000 a second take it: an event's data stays the JSON text that it came as, and rows are
copied straight into the table. Only where one of them is there already are they copied beside it, and what is new of
them put in.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from psycopg import AsyncConnection, DataError
from psycopg.errors import UniqueViolation

from prahari.contracts import events
from prahari.contracts.events import RawEvent
from prahari.eventlog import projections

log = logging.getLogger(__name__)

NOT_STORED = frozenset({events.CAMERA_PROOF, events.EDGE_SEEN, events.UNIT_POSITION})
"""Event types that only move a state forward: thousands an hour, nothing to look up later."""

_FAR_PAST_MS = -62_135_596_800_000  # year 1
_FAR_FUTURE_MS = 253_402_300_799_000  # year 9999
_DAY_MS = 86_400_000

_COLUMNS = "id, time_ms, day, type, subject, source, jurisdiction, agency, data"
_COPY = f"COPY event ({_COLUMNS}) FROM STDIN"
_BESIDE = (
    "CREATE TEMP TABLE IF NOT EXISTS event_incoming (id uuid, time_ms bigint, day date, type text, subject text,"
    " source text, jurisdiction text, agency text, data jsonb) ON COMMIT DELETE ROWS"
)
_COPY_BESIDE = f"COPY event_incoming ({_COLUMNS}) FROM STDIN"
_FROM_BESIDE = f"INSERT INTO event ({_COLUMNS}) SELECT {_COLUMNS} FROM event_incoming ON CONFLICT (id, day) DO NOTHING"  # noqa: S608 - constants only


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


@dataclass(frozen=True, slots=True)
class _Accepted:
    """`row`: a line of COPY's text; None: the event only moves a state forward."""

    message: Received
    position: int
    event: RawEvent
    row: bytes | None


async def store(connection: AsyncConnection, messages: Sequence[Received]) -> int:
    """Store all events of `messages` in one transaction; returns how many were new.

    A message or event that can't be stored goes to event_rejected with its reason and holds up nothing. Database
    trouble raises psycopg.Error with nothing stored: the caller keeps the messages and comes again.
    """
    accepted, rejected = _sorted_out(messages)
    try:
        async with connection.transaction():
            return await _write(connection, accepted, rejected, known=False)
    except UniqueViolation:
        log.debug("some of %d events are there already", len(accepted))
    except DataError:
        return await _write_singly(connection, accepted, rejected)
    try:
        async with connection.transaction():
            return await _write(connection, accepted, rejected, known=True)
    except DataError:
        return await _write_singly(connection, accepted, rejected)


def _sorted_out(messages: Sequence[Received]) -> tuple[list[_Accepted], list[Rejected]]:
    accepted: list[_Accepted] = []
    rejected: list[Rejected] = []
    for message in messages:
        try:
            batch = events.decode_raw(message.payload)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            rejected.append(Rejected(message.sequence, -1, message.subject, str(error), message.payload))
            continue
        source = _text(batch.source)
        for position, event in enumerate(batch.events):
            try:
                row = None if event.type in NOT_STORED else _row(source, event)
            except ValueError as error:
                rejected.append(_reject(message, position, event, error))
            else:
                accepted.append(_Accepted(message, position, event, row))
    return accepted, rejected


async def _write_singly(connection: AsyncConnection, accepted: Sequence[_Accepted], rejected: list[Rejected]) -> int:
    """Something is among them that JSON allows and PostgreSQL does not: find it by storing one by one."""
    stored = 0
    async with connection.transaction():
        for item in accepted:
            try:
                async with connection.transaction():
                    stored += await _write(connection, [item], [], known=True)
            except DataError as error:
                rejected.append(_reject(item.message, item.position, item.event, error))
        await _write(connection, [], rejected, known=True)
    return stored


def _reject(message: Received, position: int, event: RawEvent, error: Exception) -> Rejected:
    return Rejected(message.sequence, position, message.subject, str(error), msgspec.json.encode(event))


def _row(source: str, event: RawEvent) -> bytes:
    """A line of COPY's text. Raises ValueError for what cannot be one."""
    if not _FAR_PAST_MS <= event.time_ms <= _FAR_FUTURE_MS:
        raise ValueError(f"time_ms {event.time_ms} is no point in time")
    data = bytes(event.data)
    if not data.startswith(b"{"):
        raise ValueError("data is no object")
    if b"\\" in data or b"\n" in data or b"\t" in data or b"\r" in data:
        data = data.replace(b"\\", b"\\\\").replace(b"\n", b" ").replace(b"\t", b" ").replace(b"\r", b" ")
    head = (
        f"{uuid.UUID(event.id)}\t{event.time_ms}\t{_day(event.time_ms // _DAY_MS)}\t{_text(event.type)}"
        f"\t{_text(event.subject)}\t{source}\t{_text(event.jurisdiction)}\t{_text(event.agency)}\t"
    )
    return b"%s%s\n" % (head.encode(), data)


@lru_cache(maxsize=64)
def _day(number: int) -> str:
    """UTC."""
    return (dt.date(1970, 1, 1) + dt.timedelta(days=number)).isoformat()


def _text(value: str) -> str:
    """As COPY wants it."""
    if value.isprintable() and "\\" not in value:
        return value
    if "\x00" in value:
        raise ValueError("a text holds a NUL character")
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


async def _write(
    connection: AsyncConnection, accepted: Sequence[_Accepted], rejected: Sequence[Rejected], *, known: bool
) -> int:
    """known: some of the rows may be there already; else that raises UniqueViolation."""
    rows = b"".join([item.row for item in accepted if item.row is not None])
    stored = 0
    async with connection.cursor() as cursor:
        if rows:
            if known:
                await cursor.execute(_BESIDE)
                await cursor.execute("DELETE FROM event_incoming")
            async with cursor.copy(_COPY_BESIDE if known else _COPY) as copy:
                await copy.write(rows)
            if known:
                await cursor.execute(_FROM_BESIDE)
            stored = cursor.rowcount
        await projections.apply(cursor, [item.event for item in accepted])
        if rejected:
            await cursor.executemany(
                "INSERT INTO event_rejected (sequence, position, subject, error, payload) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                [(r.sequence, r.position, r.subject, r.error[:1000], r.payload) for r in rejected],
            )
            for item in rejected[:5]:
                log.warning("rejected event %s/%s on %s: %s", item.sequence, item.position, item.subject, item.error)
    return stored
