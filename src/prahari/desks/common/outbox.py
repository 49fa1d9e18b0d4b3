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

from prahari.contracts import bus
from prahari.desks.common.models import OutboxMessage

log = logging.getLogger(__name__)

BATCH = 200
POLL_S = 1.0
RETRY_MAX_S = 5.0
ACKNOWLEDGE_S = 5.0
LOCK = 0x6F757462
"""Advisory lock: one publisher at a time, so that events leave in the order in which they were written."""


class Publisher:
    """One per process. `wake` starts it when it does not run yet."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._polls = False

    def wake(self) -> None:
        """There is something to publish."""
        self._woken.set()
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._stopping.clear()
                self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
                self._thread.start()

    def keep_running(self) -> None:
        """Also look by itself, each second: for the tasks process."""
        self._polls = True
        self.wake()

    def stop(self, timeout_s: float = ACKNOWLEDGE_S) -> None:
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def _run(self) -> None:
        asyncio.run(self._publish_for_ever())

    async def _publish_for_ever(self) -> None:
        client: Client | None = None
        wait_s = POLL_S
        try:
            while not self._stopping.is_set():
                self._woken.clear()
                try:
                    if await asyncio.to_thread(_waiting):
                        client = client or await self._connect()
                        if client is None:
                            break
                        while await asyncio.to_thread(_publish_some, client, asyncio.get_running_loop()):
                            pass
                    wait_s = POLL_S
                    behind = False
                except (TimeoutError, OSError, DatabaseError, nats.errors.Error, nats.js.errors.Error) as error:
                    log.warning("events wait in the outbox: %s", error or type(error).__name__)
                    wait_s = min(wait_s * 2, RETRY_MAX_S)
                    behind = True
                timeout = wait_s if self._polls or behind else None
                await asyncio.to_thread(self._woken.wait, timeout)
        finally:
            if client is not None:
                await client.close()

    async def _connect(self) -> Client | None:
        """A connection, or None when told to stop before there was one."""
        connecting = asyncio.ensure_future(bus.connect(settings.CONFIG.nats_url, "outbox"))
        while not connecting.done():
            await asyncio.wait({connecting}, timeout=0.2)
            if self._stopping.is_set():
                connecting.cancel()
                return None
        client = connecting.result()
        await asyncio.wait_for(bus.ensure_event_stream(client.jetstream()), ACKNOWLEDGE_S)
        await asyncio.wait_for(bus.ensure_plan_bucket(client.jetstream()), ACKNOWLEDGE_S)
        return client


def _waiting() -> bool:
    try:
        return OutboxMessage.objects.exists()
    finally:
        connection.close()


def _publish_some(client: Client, loop: asyncio.AbstractEventLoop) -> int:
    """Publish the oldest rows in order and delete them in the same transaction. How many there were."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            rows = list(OutboxMessage.objects.order_by("sequence")[:BATCH])
            if rows:
                future = asyncio.run_coroutine_threadsafe(_send(client.jetstream(), rows), loop)
                sent = future.result(ACKNOWLEDGE_S * 2)
                OutboxMessage.objects.filter(sequence__in=[row.sequence for row in rows[:sent]]).delete()
                if sent < len(rows):
                    log.warning("events wait in the outbox: the event log acknowledged %d of %d", sent, len(rows))
                    return 0
            return len(rows)
    finally:
        connection.close()


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
