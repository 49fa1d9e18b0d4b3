"""The event writer: takes batches from JetStream, stores them, and only then acknowledges.

Killed at any moment, it begins again where the last acknowledgement stood; what was stored but not acknowledged comes
once more and changes nothing. With PostgreSQL away it waits; the stream keeps everything meanwhile.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import signal

import nats.errors
import psycopg
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import Error as JetStreamError

from prahari.contracts import bus, config, subjects
from prahari.contracts.logs import configure_logging
from prahari.eventlog import schema
from prahari.eventlog.store import Received, store

log = logging.getLogger(__name__)

DURABLE = "writer"
FETCH_MESSAGES = 100
FETCH_WAIT_S = 0.2
ACK_WAIT_S = 10
"""A killed writer's last batch comes again after this."""

RETRY_S = 1.0


class Writer:
    """One durable consumer and one database connection; stop() ends run() after the batch in hand."""

    def __init__(self, database_url: str, nats_url: str) -> None:
        self._database_url = database_url
        self._nats_url = nats_url
        self._stopping = asyncio.Event()
        self._in_hand: list[Msg] = []

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        client = await bus.connect(self._nats_url, "event writer")
        try:
            js = client.jetstream()
            await bus.ensure_event_stream(js)
            while not self._stopping.is_set():
                try:
                    await self._with_database(js)
                except psycopg.Error as error:
                    log.warning("waiting for the database: %s", str(error).strip() or type(error).__name__)
                except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                    log.warning("waiting for the event log: %s", str(error) or type(error).__name__)
                else:
                    continue
                await self._pause(RETRY_S)
        finally:
            await client.close()

    async def _with_database(self, js: JetStreamContext) -> None:
        consumer = await js.pull_subscribe(
            subjects.EVENT_SUBJECTS,
            durable=DURABLE,
            stream=subjects.EVENT_STREAM,
            config=ConsumerConfig(
                ack_policy=AckPolicy.EXPLICIT,
                deliver_policy=DeliverPolicy.ALL,
                ack_wait=ACK_WAIT_S,
                max_ack_pending=FETCH_MESSAGES * 10,
            ),
        )
        async with await psycopg.AsyncConnection.connect(
            self._database_url, autocommit=True, connect_timeout=5, application_name="event writer"
        ) as connection:
            prepared = _today()
            await schema.prepare(connection, prepared)
            while not self._stopping.is_set():
                if _today() != prepared:
                    prepared = _today()
                    await schema.prepare(connection, prepared)
                if not self._in_hand:  # else the database went away with a batch in hand: that one first
                    try:
                        self._in_hand = await consumer.fetch(FETCH_MESSAGES, timeout=FETCH_WAIT_S)
                    except TimeoutError:
                        continue
                await store(connection, [_received(message) for message in self._in_hand])
                done, self._in_hand = self._in_hand, []
                # Fire and forget: a lost acknowledgement only means that the message comes once more.
                for message in done:
                    await message.ack()

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


def _received(message: Msg) -> Received:
    return Received(message.metadata.sequence.stream, message.subject, message.data)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


async def main() -> None:
    settings = config.load()
    writer = Writer(settings.database_url, settings.nats_url)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, writer.stop)
    log.info("event writer started")
    await writer.run()
    log.info("event writer stopped")


if __name__ == "__main__":
    configure_logging("writer")
    asyncio.run(main())
