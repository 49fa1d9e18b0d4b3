"""The way to NATS: one place that knows how we connect and how stream and bucket are laid out.

Whoever comes first makes them; all others find them. Connections retry for ever: a process never ends because NATS
is away, it waits (and says so in its log).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import (
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    KeyValueConfig,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import BadRequestError, NotFoundError
from nats.js.errors import Error as JetStreamError
from nats.js.kv import KeyValue

from prahari.contracts import subjects

log = logging.getLogger(__name__)

Found = TypeVar("Found")

EVENTS_KEPT_S = 7 * 86_400
EVENTS_KEPT_BYTES = 4_000_000_000
DUPLICATE_WINDOW_S = 120
RETRY_S = 1.0
WATCH_S = 2.0
"""How often a follower makes sure that the server still knows it."""

MESSAGES_AHEAD = 1000
"""Messages that a follower takes before they are asked for; then the server has to wait."""


async def connect(nats_url: str, name: str) -> Client:
    """A connection that never gives up, neither now nor after an interruption. `name` shows in the server's list."""

    async def on_error(error: Exception) -> None:
        log.warning("event log connection: %s", str(error) or type(error).__name__)

    async def on_reconnected() -> None:
        log.info("event log connection is back")

    servers, options = _apart(nats_url)
    if "tls://" in nats_url:
        # The centre's own certificate where it made one; else what the machine trusts.
        options["tls"] = ssl.create_default_context(cafile=os.environ.get("PRAHARI_NATS_CA") or None)
    return await nats.connect(
        servers,
        name=name,
        max_reconnect_attempts=-1,
        reconnect_time_wait=RETRY_S,
        connect_timeout=5,
        ping_interval=10,
        max_outstanding_pings=3,
        error_cb=on_error,
        reconnected_cb=on_reconnected,
        **options,
    )


async def heard(client: Client) -> None:
    """Return when the server knows of every subscription so far, or does not answer: after a break it is told anew."""
    try:
        await client.flush(5)
    except nats.errors.Error as error:
        log.warning("the event log does not answer: %s", str(error) or type(error).__name__)


def _apart(nats_url: str) -> tuple[list[str], dict[str, Any]]:
    """The servers of a cluster, and the token (or user and password) that opens every one of them.

    A server tells its clients of the others, by address alone: what stands in the address only would not open those.
    """
    parts = [urlsplit(one) for one in nats_url.split(",")]
    servers = [f"{part.scheme}://{part.netloc.rpartition('@')[2]}" for part in parts]
    user, password = parts[0].username, parts[0].password
    if user is None:
        return servers, {}
    return servers, {"token": user} if password is None else {"user": user, "password": password}


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
        num_replicas=_replicas(),
    )

    async def find() -> None:
        await _replicated(js, subjects.EVENT_STREAM)

    async def make() -> None:
        await js.add_stream(config)

    await _find_or_make(find, make)


async def ensure_plan_bucket(js: JetStreamContext) -> KeyValue:
    """The bucket of camera plans, made where it is missing. Waits until JetStream answers."""
    return await _ensure_bucket(js, subjects.CAMERA_PLAN_BUCKET)


async def ensure_settings_bucket(js: JetStreamContext) -> KeyValue:
    """The bucket of what holds for all cameras, made where it is missing. Waits until JetStream answers."""
    return await _ensure_bucket(js, subjects.MEDIA_SETTINGS_BUCKET)


async def follow_edge_sites(js: JetStreamContext) -> AsyncIterator[tuple[str, bytes | None]]:
    """(site id, EdgeRecord as JSON or None when it was deleted) of every site, then each change, for ever."""
    await _ensure_bucket(js, subjects.EDGE_SITE_BUCKET)
    config = ConsumerConfig(deliver_policy=DeliverPolicy.LAST_PER_SUBJECT)
    prefix = f"$KV.{subjects.EDGE_SITE_BUCKET}."
    while True:
        async for message in _follow_once(js, f"KV_{subjects.EDGE_SITE_BUCKET}", f"{prefix}>", config):
            deleted = message.headers is not None and "KV-Operation" in message.headers
            yield message.subject.removeprefix(prefix), None if deleted else message.data


async def _ensure_bucket(js: JetStreamContext, name: str) -> KeyValue:
    async def find() -> KeyValue:
        bucket = await js.key_value(name)
        await _replicated(js, f"KV_{name}")
        return bucket

    async def make() -> KeyValue:
        return await js.create_key_value(KeyValueConfig(bucket=name, history=1, replicas=_replicas()))

    return await _find_or_make(find, make)


def _replicas() -> int:
    """On how many servers of a cluster everything is kept: PRAHARI_NATS_REPLICAS, 1 for a single server."""
    return int(os.environ.get("PRAHARI_NATS_REPLICAS") or 1)


async def _replicated(js: JetStreamContext, stream: str) -> None:
    """Keep a stream on more servers when there are more now. Raises NotFoundError: there is no such stream."""
    config = (await js.stream_info(stream)).config
    if (config.num_replicas or 1) < _replicas():
        config.num_replicas = _replicas()
        await js.update_stream(config)
        log.info("%s is kept on %d servers from now on", stream, _replicas())


async def _find_or_make(find: Callable[[], Awaitable[Found]], make: Callable[[], Awaitable[Found]]) -> Found:
    """What `find` gives, else `make`, again and again until JetStream answers one of them."""
    while True:
        try:
            try:
                return await find()
            except NotFoundError:  # a missing bucket is one, too
                return await make()
        except BadRequestError as error:  # another process made it a moment ago
            log.debug("%s", error)
        except (TimeoutError, nats.errors.Error) as error:
            log.warning("waiting for the event log: %s", str(error) or type(error).__name__)
        await asyncio.sleep(RETRY_S)


async def follow_plans(js: JetStreamContext) -> AsyncIterator[Msg]:
    """Every camera's plan as it stands, then each change, for ever: `plan_change` reads the messages.

    All plans come again after an interruption of the server, so applying them must be idempotent.
    """
    await ensure_plan_bucket(js)
    config = ConsumerConfig(deliver_policy=DeliverPolicy.LAST_PER_SUBJECT)
    prefix = f"$KV.{subjects.CAMERA_PLAN_BUCKET}."
    while True:
        async for message in _follow_once(js, f"KV_{subjects.CAMERA_PLAN_BUCKET}", f"{prefix}>", config):
            yield message


async def ensure_cluster_bucket(js: JetStreamContext, name: str) -> KeyValue:
    """A bucket of leases, placements or nodes, made where it is missing. Waits until JetStream answers."""
    return await _ensure_bucket(js, name)


async def follow_bucket(js: JetStreamContext, name: str) -> AsyncIterator[tuple[str, bytes | None, int]]:
    """(key, value or None when it was deleted, revision) of every key in the order of the writes, then each change.

    For ever; all comes again after an interruption of the server.
    """
    await _ensure_bucket(js, name)
    config = ConsumerConfig(deliver_policy=DeliverPolicy.LAST_PER_SUBJECT)
    prefix = f"$KV.{name}."
    while True:
        async for message in _follow_once(js, f"KV_{name}", f"{prefix}>", config):
            deleted = message.headers is not None and "KV-Operation" in message.headers
            revision = message.metadata.sequence.stream
            yield message.subject.removeprefix(prefix), None if deleted else message.data, revision


async def follow_settings(js: JetStreamContext) -> AsyncIterator[bytes]:
    """MediaSettings as JSON as they stand, then each change, for ever."""
    await ensure_settings_bucket(js)
    config = ConsumerConfig(deliver_policy=DeliverPolicy.LAST_PER_SUBJECT)
    subject = f"$KV.{subjects.MEDIA_SETTINGS_BUCKET}.{subjects.MEDIA_SETTINGS_KEY}"
    while True:
        async for message in _follow_once(js, f"KV_{subjects.MEDIA_SETTINGS_BUCKET}", subject, config):
            if message.data:
                yield message.data


def plan_change(message: Msg) -> tuple[str, bytes | None]:
    """(camera id, plan as JSON), or None as plan when the key was deleted."""
    camera_id = message.subject.removeprefix(f"$KV.{subjects.CAMERA_PLAN_BUCKET}.")
    deleted = message.headers is not None and "KV-Operation" in message.headers
    return camera_id, None if deleted else message.data


async def follow_events(js: JetStreamContext, since: dt.datetime | int) -> AsyncIterator[Msg]:
    """Every event batch from a moment or a number in the stream on, in order and none twice, for ever and over
    interruptions of the server."""
    await ensure_event_stream(js)
    if isinstance(since, int):
        config = ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=since)
    else:
        config = ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_TIME, opt_start_time=since)
    while True:
        async for message in _follow_once(js, subjects.EVENT_STREAM, subjects.EVENT_SUBJECTS, config):
            yield message
            after = message.metadata.sequence.stream + 1
            config = ConsumerConfig(deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=after)


async def _follow_once(js: JetStreamContext, stream: str, subject: str, config: ConsumerConfig) -> AsyncIterator[Msg]:
    """Messages of one ordered consumer until the server has lost it (restarted, say)."""
    # Not `next_msg`: under Python 3.11 its wait_for can lose a cancellation that comes together with a message, and
    # then a process does not stop.
    messages: asyncio.Queue[Msg] = asyncio.Queue(MESSAGES_AHEAD)
    try:
        subscription = await js.subscribe(subject, stream=stream, ordered_consumer=True, config=config, cb=messages.put)
    except (TimeoutError, nats.errors.Error, JetStreamError) as error:
        log.warning("waiting for the event log: %s", str(error) or type(error).__name__)
        await asyncio.sleep(RETRY_S)
        return
    try:
        while True:
            try:
                async with asyncio.timeout(WATCH_S):
                    message = await messages.get()
            except TimeoutError:
                await subscription.consumer_info()
            else:
                yield message
    except (TimeoutError, nats.errors.Error, JetStreamError) as error:
        log.warning("following %s again: %s", stream, str(error) or type(error).__name__)
        await asyncio.sleep(RETRY_S)
    finally:
        await _unsubscribe(subscription)


async def _unsubscribe(subscription: JetStreamContext.PushSubscription) -> None:
    try:
        await subscription.unsubscribe()
    except nats.errors.Error as error:  # the connection is closed already: nothing left to end
        log.debug("unsubscribing: %s", error)
