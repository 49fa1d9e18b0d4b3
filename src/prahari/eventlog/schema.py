"""Tables and daily partitions of the event log in PostgreSQL."""

from __future__ import annotations

import datetime as dt
import logging

from psycopg import AsyncConnection, sql

from prahari.contracts.tables import EVENT_LOG_DDL, EVENT_LOG_LOCK

log = logging.getLogger(__name__)

DAYS_AHEAD = 3
DAYS_BACK = 2

_OWN_DDL = """
CREATE TABLE IF NOT EXISTS event_default PARTITION OF event DEFAULT;
CREATE TABLE IF NOT EXISTS event_rejected (
    sequence    bigint      NOT NULL,
    position    integer     NOT NULL,
    subject     text        NOT NULL,
    error       text        NOT NULL,
    payload     bytea       NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (sequence, position)
);
"""
"""event_default takes events whose clock is far off; event_rejected keeps what could not be stored, to be looked at."""


async def prepare(connection: AsyncConnection, today: dt.date) -> None:
    """Tables, and partitions from two days back to three ahead. Safe to run by several processes at once."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (EVENT_LOG_LOCK,))
        await connection.execute(EVENT_LOG_DDL)
        await connection.execute(_OWN_DDL)
        for offset in range(-DAYS_BACK, DAYS_AHEAD + 1):
            await _make_partition(connection, today + dt.timedelta(days=offset))


async def _make_partition(connection: AsyncConnection, day: dt.date) -> None:
    """One day's partition. Rows of that day that an adrift clock put into the default one earlier move into it."""
    name = f"event_{day:%Y%m%d}"
    found = await connection.execute("SELECT to_regclass(%s)", (name,))
    if (await found.fetchone()) != (None,):
        return
    table = sql.Identifier(name)
    await connection.execute(sql.SQL("CREATE TABLE {} (LIKE event INCLUDING ALL)").format(table))
    await connection.execute(
        sql.SQL(
            "WITH moved AS (DELETE FROM event_default WHERE day = {} RETURNING *) INSERT INTO {} SELECT * FROM moved"
        ).format(sql.Literal(day), table)
    )
    await connection.execute(
        sql.SQL("ALTER TABLE event ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})").format(
            table, sql.Literal(day), sql.Literal(day + dt.timedelta(days=1))
        )
    )
    log.info("made the event partition %s", name)
