"""One worker's lease: renewed by compare-and-set, ended by the worker's own clock before it can be another's."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import nats.errors
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError
from nats.js.errors import KeyNotFoundError, KeyWrongLastSequenceError
from nats.js.kv import KeyValue

from prahari.contracts import bus, subjects
from prahari.contracts.cluster import HOLD_S, LEASE_S, RENEW_S, LeaseState, WorkerLease

log = logging.getLogger(__name__)
T = TypeVar("T")

ANSWER_S = 1.5
RETRY_S = 0.3
LOOK_S = 0.1

_decoder = msgspec.json.Decoder(WorkerLease)


def clock_s() -> float:
    """Seconds that nobody can set and that count on while the process is stopped or the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Lease:
    """`value(number, floor, beat)`: what is to stand in the bucket. `on_held`, `on_ended` are called in the loop:
    from now on it is held (again); its time has run out or it is another's.

    `holds` may be asked in any thread: it compares one number with the clock.
    """

    def __init__(
        self,
        worker: int,
        value: Callable[[int, int, int], WorkerLease],
        on_held: Callable[[], None],
        on_ended: Callable[[], None],
    ) -> None:
        self._key = subjects.worker_lease(worker)
        self._value = value
        self._on_held = on_held
        self._on_ended = on_ended
        self._until_s = 0.0
        self._told_held = False
        self._beat = 0
        self._hurry = asyncio.Event()
        self.number = 0
        self.floor = 0
        self.holder = ""

    @property
    def holds(self) -> bool:
        return clock_s() < self._until_s

    def check(self) -> bool:
        """Whether it is held at this moment; when its time has run out that is acted on before this returns."""
        if self.holds:
            return True
        if self._told_held:
            self._told_held = False
            log.warning("the lease has run out: every camera is let go")
            self._on_ended()
        return False

    def tell_now(self) -> None:
        """Renew at once: what stands in the bucket has changed."""
        self._hurry.set()

    async def watch(self) -> None:
        """Act on the end of the lease, for ever. By polling: the loop's timers do not count sleep of the machine."""
        while True:
            self.check()
            await asyncio.sleep(LOOK_S)

    async def run(self, js: JetStreamContext) -> None:
        """Get the lease, keep it, get it anew when it was lost; for ever."""
        bucket = await bus.ensure_cluster_bucket(js, subjects.MEDIA_LEASE_BUCKET)
        while True:
            try:
                await self._keep(bucket, await self._acquire(bucket))
            except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                log.warning("the lease is not to be had yet: %s", str(error) or type(error).__name__)
            await asyncio.sleep(RETRY_S)

    def _now(self) -> WorkerLease:
        return msgspec.structs.replace(self._value(self.number, self.floor, self._beat), holder=self.holder)

    async def _acquire(self, bucket: KeyValue) -> int:
        """The revision under which we hold it. Waits while somebody else may hold it."""
        watched: tuple[int, float] | None = None
        while True:
            try:
                entry = await self._ask(bucket.get(self._key))
                known, revision = _decoder.decode(entry.value or b""), entry.revision or 0
            except KeyNotFoundError:
                known, revision = None, 0
            if known is not None and known.state is LeaseState.HELD and known.holder != self.holder:
                # The same number on another machine: a copied home. It is left alone while it renews.
                if watched is None or watched[0] != revision:
                    log.error("worker %d runs on another machine: two homes must not be copies", known.worker)
                    watched = (revision, clock_s())
                if clock_s() - watched[1] < LEASE_S:
                    await asyncio.sleep(RETRY_S)
                    continue
            self.number = 1 if known is None else known.number + 1
            self.floor = 0 if known is None else known.floor
            if known is not None and known.holder != self.holder:
                self.floor = self.number
            sent_s = clock_s()
            if known is None:
                revision = await self._ask(bucket.create(self._key, msgspec.json.encode(self._now())))
            else:
                revision = await self._ask(bucket.update(self._key, msgspec.json.encode(self._now()), last=revision))
            log.info("lease %d is held", self.number)
            self._renewed(sent_s)
            return revision

    async def _keep(self, bucket: KeyValue, revision: int) -> None:
        """Until it is another's."""
        next_s = clock_s() + RENEW_S
        while True:
            try:
                async with asyncio.timeout(max(0.0, next_s - clock_s())):
                    await self._hurry.wait()
            except TimeoutError:
                pass
            self._hurry.clear()
            self._beat += 1
            sent_s = clock_s()
            try:
                payload = msgspec.json.encode(self._now())
                revision = await self._ask(bucket.update(self._key, payload, last=revision))
            except KeyWrongLastSequenceError:
                entry = await self._ask(bucket.get(self._key))
                if not self._is_ours(entry.value):
                    self._until_s = 0.0
                    self.check()
                    log.warning("the lease was taken away")
                    return
                revision = entry.revision or 0  # a renewal that was taken, but whose answer did not reach us
                next_s = clock_s()
                continue
            except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                log.debug("the lease was not renewed: %s", str(error) or type(error).__name__)
                next_s = clock_s() + RETRY_S
                continue
            self._renewed(sent_s)
            next_s = sent_s + RENEW_S

    def _renewed(self, sent_s: float) -> None:
        self.check()  # it had run out meanwhile: what that means comes first
        self._until_s = sent_s + HOLD_S
        if self.holds and not self._told_held:
            self._told_held = True
            self._on_held()

    def _is_ours(self, payload: bytes | None) -> bool:
        known = _decoder.decode(payload or b"")
        return known.holder == self.holder and known.number == self.number and known.state is LeaseState.HELD

    @staticmethod
    async def _ask(question: Awaitable[T]) -> T:
        async with asyncio.timeout(ANSWER_S):
            return await question
