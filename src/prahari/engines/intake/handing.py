"""The one way from every door into the event log: acknowledged is what JetStream has on disk, and nothing else.

Whoever hands in waits for the acknowledgement. What comes meanwhile is gathered and goes as one message, so that many
small senders cost as little as one large.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
import nats.errors
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from prahari.contracts import events, subjects
from prahari.contracts.events import Event, EventBatch, now_ms
from prahari.contracts.happenings import INTAKE_SOURCE, INTAKE_TOLD, IntakeToldData, SourceRecord
from prahari.engines.intake.refusals import AwayError

log = logging.getLogger(__name__)

TOGETHER = 1000
"""Events in one message: with their longest texts still below what NATS takes."""

MESSAGE_BYTES = 900_000
WAITING_MOST = 20_000
ACK_S = 4.0
TELL_S = 60.0


@dataclass
class Counted:
    taken: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    last_ms: int = 0
    trouble: str = ""
    told_trouble: str = ""


class Handing:
    def __init__(self) -> None:
        self._client: Client | None = None
        self._waiting: list[tuple[Sequence[Event], asyncio.Future[None]]] = []
        self._count = 0
        self._bell = asyncio.Event()
        self._counts: dict[str, tuple[SourceRecord, Counted]] = {}

    @property
    def is_open(self) -> bool:
        """Whether the log can be reached, as far as we know."""
        return self._client is not None and self._client.is_connected

    async def hand_in(self, some: Sequence[Event]) -> None:
        """Returns when all are in the log. Raises AwayError: none may be believed taken; again they are the same."""
        if not some:
            return
        if not self.is_open or self._count + len(some) > WAITING_MOST:
            raise AwayError
        taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((some, taken))
        self._count += len(some)
        self._bell.set()
        await taken

    async def run(self, client: Client) -> None:
        """Until cancelled: then whoever waits is told that it came to nothing."""
        self._client, js = client, client.jetstream()
        try:
            while True:
                await self._bell.wait()
                self._bell.clear()
                while self._waiting:
                    await self._send_some(js)
        finally:
            self._client = None
            self._give_up()

    def _give_up(self) -> None:
        waiting, self._waiting, self._count = self._waiting, [], 0
        for _, taken in waiting:
            if not taken.done():
                taken.set_exception(AwayError())

    async def _send_some(self, js: JetStreamContext) -> None:
        some: list[tuple[Sequence[Event], asyncio.Future[None]]] = []
        count = 0
        while self._waiting and (not some or count + len(self._waiting[0][0]) <= TOGETHER):
            some.append(self._waiting.pop(0))
            count += len(some[-1][0])
        self._count -= count
        together = [event for events_of_one, _ in some for event in events_of_one]
        try:
            for payload in _messages(together):
                await js.publish(subjects.events(INTAKE_SOURCE), payload, timeout=ACK_S)
        except (TimeoutError, nats.errors.Error, JetStreamError) as error:
            log.warning("the event log did not take %d events: %s", count, str(error) or type(error).__name__)
            self._waiting[:0] = some
            self._give_up()
            return
        except asyncio.CancelledError:
            self._waiting[:0] = some
            raise
        for _, taken in some:
            if not taken.done():
                taken.set_result(None)

    # What is told of each source

    def count(
        self, record: SourceRecord, taken: int = 0, refused: Sequence[str] = (), *, trouble: str | None = None
    ) -> None:
        """trouble: how a source that we ask answers; None: nothing new about that."""
        counted = self._counts.setdefault(record.source_id, (record, Counted()))[1]
        counted.taken += taken
        counted.refused.update(refused)
        if taken or refused:
            counted.last_ms = now_ms()
        if trouble is not None:
            counted.trouble = trouble
        self._counts[record.source_id] = record, counted

    async def tell_counts(self, every_s: float = TELL_S) -> None:
        """Until cancelled. Counts that the log did not take are told with the next."""
        while True:
            await asyncio.sleep(every_s)
            await self.tell_now()

    async def tell_now(self) -> None:
        for source_id, (record, counted) in list(self._counts.items()):
            if not counted.taken and not counted.refused and counted.trouble == counted.told_trouble:
                continue
            taken, refused, trouble = counted.taken, counted.refused.copy(), counted.trouble
            data = IntakeToldData(taken, dict(refused), counted.last_ms, trouble)
            event = Event(
                INTAKE_TOLD, source_id, now_ms(), msgspec.to_builtins(data), record.jurisdiction, record.agency
            )
            try:
                await self.hand_in([event])
            except AwayError:
                return
            counted.taken -= taken
            counted.refused -= refused
            counted.told_trouble = trouble


def _messages(some: list[Event]) -> list[bytes]:
    """As few as stay below what NATS takes."""
    payload = events.encode(EventBatch(INTAKE_SOURCE, some))
    if len(payload) <= MESSAGE_BYTES or len(some) == 1:
        return [payload]
    half = len(some) // 2
    return [*_messages(some[:half]), *_messages(some[half:])]
