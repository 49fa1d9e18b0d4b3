"""The desks' line to the media engine: one NATS connection in a thread of its own, opened when first needed.

Requests (test an address, look for cameras) with a deadline, and the newest heartbeat of every worker.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import logging
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import msgspec
import nats.errors
import nats.js.errors
from django.conf import settings
from nats.aio.client import Client
from nats.aio.msg import Msg

from prahari.contracts import bus, subjects
from prahari.contracts.events import now_ms
from prahari.contracts.media import WorkerState
from prahari.contracts.recording import StorageState
from prahari.desks.common.errors import Problem

log = logging.getLogger(__name__)
T = TypeVar("T")

CONNECT_S = 2.0
END_S = 5.0
HEARTBEAT_MS = 5_000
"""A worker that was silent for longer is not counted."""

STORAGE_MS = 15_000
"""Told every few seconds: an older word on the disks is not passed on."""

FIRST_HEARTBEAT_S = 1.5


class EventLogAwayError(Exception):
    """NATS does not answer."""


class Line:
    """One a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._begun: set[asyncio.Task[Any]] = set()
        self._client: Client | None = None
        self._url = ""
        self._connecting: asyncio.Lock | None = None
        self._workers: dict[int, WorkerState] = {}
        self._storage: dict[int, StorageState] = {}
        self._heard_since: float = 0.0

    def run(self, work: Coroutine[Any, Any, T], timeout_s: float) -> T:
        """The result of a coroutine in the line's thread. Raises TimeoutError, EventLogAwayError."""
        future = self.begin(work)
        try:
            return future.result(timeout_s)
        except concurrent.futures.TimeoutError:
            future.cancel()
            raise TimeoutError from None

    def begin(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Start a coroutine in the line's thread."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._connecting = asyncio.Lock()
                self._thread = threading.Thread(target=self._loop.run_forever, name="engine line", daemon=True)
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(self._kept(work), self._loop)

    async def _kept(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._begun.add(task)
        try:
            return await work
        finally:
            self._begun.discard(task)

    def close(self) -> None:
        """End what was begun, and the thread with it. Whoever needs the line later opens it anew."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._end(), loop).result(END_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    async def _end(self) -> None:
        begun = list(self._begun)
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        await self._disconnect()

    async def _disconnect(self) -> None:
        if self._client is None:
            return
        client, self._client = self._client, None
        # While it looks for its server, nats-py ends with CancelledError, though nobody has cancelled anything.
        (ended,) = await asyncio.gather(client.close(), return_exceptions=True)
        if isinstance(ended, Exception) and not isinstance(ended, ConnectionError):  # the server is gone: so be it
            raise ended

    async def client(self) -> Client:
        assert self._connecting is not None
        async with self._connecting:
            if self._url != settings.CONFIG.nats_url:
                await self._disconnect()
            if self._client is None:
                url = settings.CONFIG.nats_url
                try:
                    client = await asyncio.wait_for(bus.connect(url, "desks"), CONNECT_S)
                except (TimeoutError, OSError, nats.errors.Error) as error:
                    raise EventLogAwayError from error
                await client.subscribe(subjects.MEDIA_WORKER_STATES, cb=self._on_state)
                await client.subscribe("media.storage.*", cb=self._on_storage)
                self._workers.clear()
                self._storage.clear()
                self._client, self._url = client, url
                self._heard_since = asyncio.get_running_loop().time()
            return self._client

    async def _on_state(self, message: Msg) -> None:
        try:
            state = msgspec.json.decode(message.data, type=WorkerState)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            log.warning("a heartbeat that cannot be read: %s", error)
            return
        self._workers[state.worker] = state

    async def _on_storage(self, message: Msg) -> None:
        try:
            state = msgspec.json.decode(message.data, type=StorageState)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            log.warning("a state of recording disks that cannot be read: %s", error)
            return
        self._storage[state.worker] = state

    async def storage(self) -> list[StorageState]:
        """What the recordings of each worker take, as heard lately; a line just opened has not heard of all."""
        await self.client()
        oldest = now_ms() - STORAGE_MS
        return sorted((s for s in self._storage.values() if s.at_ms >= oldest), key=lambda s: s.worker)

    async def workers(self) -> list[WorkerState]:
        """Workers heard of lately; a line just opened listens a moment first."""
        await self.client()
        remaining = self._heard_since + FIRST_HEARTBEAT_S - asyncio.get_running_loop().time()
        while remaining > 0 and not self._workers:
            await asyncio.sleep(min(0.05, remaining))
            remaining = self._heard_since + FIRST_HEARTBEAT_S - asyncio.get_running_loop().time()
        oldest = now_ms() - HEARTBEAT_MS
        return sorted((s for s in self._workers.values() if s.at_ms >= oldest), key=lambda s: s.worker)

    async def ask(self, subject: str, payload: bytes, timeout_s: float) -> bytes:
        client = await self.client()
        reply = await client.request(subject, payload, timeout=timeout_s)
        return reply.data

    async def plan_keys(self) -> list[str]:
        """Camera ids that the plan bucket holds."""
        client = await self.client()
        bucket = await bus.ensure_plan_bucket(client.jetstream())
        try:
            return await bucket.keys()
        except nats.js.errors.NoKeysError:
            return []

    async def media_settings(self) -> bytes:
        """MediaSettings as the engine was told them last; empty: never."""
        client = await self.client()
        bucket = await bus.ensure_settings_bucket(client.jetstream())
        try:
            return (await bucket.get(subjects.MEDIA_SETTINGS_KEY)).value or b""
        except nats.js.errors.KeyNotFoundError:
            return b""

    async def writer_lag(self) -> int:
        """Batches that the event writer has still to store. Raises nats errors while stream or writer do not exist."""
        client = await self.client()
        info = await client.jetstream().consumer_info(subjects.EVENT_STREAM, "writer")
        return (info.num_pending or 0) + (info.num_ack_pending or 0)


line = Line()
atexit.register(line.close)  # else what is followed goes on, and speaks, while the process is taken down


def ask(subject: str, request: msgspec.Struct, answer: type[T], timeout_s: float) -> T:
    """Request and reply with a media worker. Raises Problem 503 and 504 that say what to do."""
    try:
        data = line.run(line.ask(subject, msgspec.json.encode(request), timeout_s), timeout_s + CONNECT_S + 1)
        return msgspec.json.decode(data, type=answer)
    except EventLogAwayError:
        raise Problem(
            503,
            "event_log_away",
            "The event log (NATS) does not answer, so the media engine cannot be asked. Try again in a minute.",
            "इवेंट लॉग (NATS) उत्तर नहीं दे रहा, इसलिए मीडिया इंजन से पूछा नहीं जा सकता। एक मिनट बाद फिर प्रयास करें।",
        ) from None
    except nats.errors.NoRespondersError:
        raise Problem(
            503,
            "engine_away",
            "No media engine is running, so the camera cannot be tried. Ask your technician to look at System health.",
            "कोई मीडिया इंजन नहीं चल रहा, इसलिए कैमरा जाँचा नहीं जा सकता। तकनीशियन से सिस्टम पृष्ठ देखने को कहें।",
        ) from None
    except (TimeoutError, nats.errors.TimeoutError):
        raise Problem(
            504,
            "engine_slow",
            f"The media engine did not answer within {timeout_s:.0f} seconds. Try again, or tell your technician.",
            f"मीडिया इंजन ने {timeout_s:.0f} सेकंड में उत्तर नहीं दिया। फिर प्रयास करें; ऐसा ही रहे तो तकनीशियन को बताएँ।",
        ) from None
    except (msgspec.DecodeError, nats.errors.Error) as error:
        log.error("the media engine's answer cannot be used: %s", error)
        raise Problem(
            502,
            "engine_answer",
            "The media engine's answer cannot be read; its version may differ. Tell your technician.",
            "मीडिया इंजन का उत्तर पढ़ा नहीं जा सका। उसका संस्करण भिन्न हो सकता है: तकनीशियन को बताएँ।",
        ) from None
