"""The way to NATS: one place that knows how we connect and how stream and bucket are laid out.

Whoever comes first makes them; all others find them. Connections retry for ever: a process never ends because NATS
is away, it waits (and says so in its log).
"""

from __future__ import annotations

import asyncio
import logging

import nats
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, KeyValueConfig, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import BadRequestError, BucketNotFoundError, NotFoundError
from nats.js.kv import KeyValue

from prahari.contracts import subjects

log = logging.getLogger(__name__)

EVENTS_KEPT_S = 7 * 86_400
EVENTS_KEPT_BYTES = 4_000_000_000
DUPLICATE_WINDOW_S = 120
RETRY_S = 1.0


async def connect(nats_url: str, name: str) -> Client:
    """A connection that never gives up, neither now nor after an interruption. `name` shows in the server's list."""

    async def on_error(error: Exception) -> None:
        log.warning("event log connection: %s", error or type(error).__name__)

    async def on_reconnected() -> None:
        log.info("event log connection is back")

    return await nats.connect(
        nats_url,
        name=name,
        max_reconnect_attempts=-1,
        reconnect_time_wait=RETRY_S,
        connect_timeout=5,
        ping_interval=10,
        max_outstanding_pings=3,
        error_cb=on_error,
        reconnected_cb=on_reconnected,
    )


async def ensure_event_stream(js: JetStreamContext) -> None:
    """Make the event stream where it is missing. Waits until JetStream answers."""
    config = StreamConfig(
        name=subjects.EVENT_STREAM,
        subjects=[subjects.EVENT_SUBJECTS],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_age=EVENTS_KEPT_S,
        max_bytes=EVENTS_KEPT_BYTES,
        duplicate_window=DUPLICATE_WINDOW_S,
    )
    while True:
        try:
            await js.stream_info(subjects.EVENT_STREAM)
            return
        except NotFoundError:
            try:
                await js.add_stream(config)
            except BadRequestError as error:  # another process made it a moment ago
                log.debug("event stream: %s", error)
        except (TimeoutError, nats.errors.Error) as error:
            log.warning("waiting for the event log: %s", error or type(error).__name__)
            await asyncio.sleep(RETRY_S)


async def ensure_plan_bucket(js: JetStreamContext) -> KeyValue:
    """The bucket of camera plans, made where it is missing. Waits until JetStream answers."""
    while True:
        try:
            return await js.key_value(subjects.CAMERA_PLAN_BUCKET)
        except BucketNotFoundError:
            try:
                return await js.create_key_value(KeyValueConfig(bucket=subjects.CAMERA_PLAN_BUCKET, history=1))
            except BadRequestError as error:
                log.debug("plan bucket: %s", error)
        except (TimeoutError, nats.errors.Error) as error:
            log.warning("waiting for the event log: %s", error or type(error).__name__)
            await asyncio.sleep(RETRY_S)
