"""From the outbox table to NATS: a thread that publishes what was committed and deletes it when acknowledged.

The api process wakes its publisher after each commit; the tasks process runs one all the time, so that rows are
published even when the process that wrote them was killed a moment after its commit. A row may be published twice
(killed between acknowledgement and delete): its Nats-Msg-Id lets the stream, and each event's id the writer, drop it.
"""

from __future__ import annotations

import asyncio
import logging
import threading

import nats.errors
import nats.js.errors
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from nats.aio.client import Client
from nats.js import JetStreamContext

from prahari.contracts import bus, subjects
from prahari.desks.common.models import OutboxMessage

log = logging.getLogger(__name__)

BATCH = 200
POLL_S = 1.0
RETRY_MAX_S = 5.0
ACKNOWLEDGE_S = 5.0
LOCK = 0x6F757462
"""Advisory lock: one publisher at a time, so that events leave in the order in which they were written."""


class Publisher:
    """One per process, on a thread of its own that never keeps the process from ending: what is not published by then
    waits in the table. `wake` starts it when it does not run yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell = asyncio.Event()
        self._stopping = False
        self._polls = False

    def wake(self) -> None:
        """There is something to publish: committed already, so a publisher that is just starting sees it by itself."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._stopping = False
                self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
                self._thread.start()
            elif self._loop is not None:
                self._loop.call_soon_threadsafe(self._bell.set)

    def keep_running(self) -> None:
        """Also look by itself, each second: for the tasks process."""
        self._polls = True
        self.wake()

    def stop(self, timeout_s: float = 2 * ACKNOWLEDGE_S) -> None:
        with self._lock:
            self._stopping = True
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._bell.set)
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(timeout_s)

    def _run(self) -> None:
        asyncio.run(self._publish_for_ever())

    async def _publish_for_ever(self) -> None:
        bell = asyncio.Event()
        with self._lock:
            self._loop, self._bell = asyncio.get_running_loop(), bell
        client: Client | None = None
        retry_s = POLL_S
        try:
            while not self._stopping:
                bell.clear()
                behind = False
                try:
                    if await asyncio.to_thread(_waiting):
                        client = client or await self._connect(bell)
                        while client is not None and await asyncio.to_thread(_publish_some, client, self._loop):
                            pass
                    retry_s = POLL_S
                except (TimeoutError, OSError, DatabaseError, nats.errors.Error, nats.js.errors.Error) as error:
                    log.warning("events wait in the outbox: %s", str(error) or type(error).__name__)
                    retry_s = min(retry_s * 2, RETRY_MAX_S)
                    behind = True
                except Exception:  # a fault of ours must not end the one thread that empties the outbox
                    log.exception("events wait in the outbox")
                    behind = True
                if not self._stopping:
                    await _rung(bell, retry_s if self._polls or behind else None)
        finally:
            with self._lock:
                self._loop = None
            if client is not None:
                await client.close()

    async def _connect(self, bell: asyncio.Event) -> Client | None:
        """A connection, or None when told to stop before there was one."""
        connecting = asyncio.ensure_future(bus.connect(settings.CONFIG.nats_url, "outbox"))
        while not connecting.done():
            ringing = asyncio.ensure_future(bell.wait())
            await asyncio.wait({connecting, ringing}, return_when=asyncio.FIRST_COMPLETED)
            ringing.cancel()
            if self._stopping:
                connecting.cancel()
                return None
            bell.clear()
        client = connecting.result()
        try:
            async with asyncio.timeout(ACKNOWLEDGE_S):
                await bus.ensure_event_stream(client.jetstream())
                await bus.ensure_plan_bucket(client.jetstream())
                await bus.ensure_settings_bucket(client.jetstream())
                await bus.ensure_cluster_bucket(client.jetstream(), subjects.MEDIA_HOLDERS_BUCKET)
                await bus.ensure_cluster_bucket(client.jetstream(), subjects.ALARM_RULES_BUCKET)
                await bus.ensure_cluster_bucket(client.jetstream(), subjects.INTAKE_SOURCES_BUCKET)
        except BaseException:
            await client.close()
            raise
        return client


async def _rung(bell: asyncio.Event, timeout_s: float | None) -> None:
    """Wait until the bell rings, or so long: on the loop, since Python waits at its end for helper threads."""
    try:
        await asyncio.wait_for(bell.wait(), timeout_s)
    except TimeoutError:
        return


def _waiting() -> bool:
    try:
        return OutboxMessage.objects.exists()
    finally:
        connection.close()


def _publish_some(client: Client, loop: asyncio.AbstractEventLoop) -> int:
    """Publish the oldest rows in order and delete them in the same transaction. How many there were.

    Raises TimeoutError when some were not acknowledged; those that were are gone from the table."""
    sent = 0
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            rows = list(OutboxMessage.objects.order_by("sequence")[:BATCH])
            if rows:
                sending = asyncio.run_coroutine_threadsafe(_send(client.jetstream(), rows), loop)
                try:
                    sent = sending.result(ACKNOWLEDGE_S * 2)
                finally:
                    sending.cancel()
                OutboxMessage.objects.filter(sequence__in=[row.sequence for row in rows[:sent]]).delete()
    finally:
        connection.close()
    if sent < len(rows):
        raise TimeoutError(f"the event log acknowledged {sent} of {len(rows)}")
    return sent


async def _send(js: JetStreamContext, rows: list[OutboxMessage]) -> int:
    """How many were acknowledged, from the first on.

    Subjects go out side by side, the messages of one subject one after the other: a later one never overtakes an
    earlier one that has to be sent again.
    """
    by_subject: dict[str, list[int]] = {}
    for position, row in enumerate(rows):
        by_subject.setdefault(row.subject, []).append(position)
    failures = await asyncio.gather(*(_send_in_order(js, rows, positions) for positions in by_subject.values()))
    first = min((failure for failure in failures if failure), key=lambda failure: failure[0], default=None)
    if first is None:
        return len(rows)
    position, error = first
    if position == 0:
        raise error
    return position


async def _send_in_order(
    js: JetStreamContext, rows: list[OutboxMessage], positions: list[int]
) -> tuple[int, Exception] | None:
    """The first of `positions` that was not acknowledged and why, or None."""
    for position in positions:
        row = rows[position]
        headers = {**row.headers, "Nats-Msg-Id": str(row.id)}
        try:
            await js.publish(row.subject, bytes(row.payload), timeout=ACKNOWLEDGE_S, headers=headers)
        except (TimeoutError, nats.errors.Error, nats.js.errors.Error) as error:
            return position, error
    return None


publisher = Publisher()
