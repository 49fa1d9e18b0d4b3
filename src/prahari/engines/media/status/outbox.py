"""Events on their way to the event log, kept on disk until it has acknowledged them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from pathlib import Path
from typing import IO

import msgspec
import nats.errors
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from prahari.contracts import events, subjects
from prahari.contracts.events import Event, EventBatch

log = logging.getLogger(__name__)

MOST_EVENTS = 50_000
BATCH_EVENTS = 200
ACK_TIMEOUT_S = 3.0
RETRY_S = 0.5

_decoder = msgspec.json.Decoder(Event)


class Outbox:
    """First in, first out, to `events.<kind>`; nothing is dropped before it is acknowledged, except when full.

    Each event is appended to a journal before it is sent; the journal is emptied when all are acknowledged. After a
    kill the rest is sent again: ids are the same, so the log stores each once. When more than MOST_EVENTS wait,
    states of cameras that have a newer one are dropped first, gaps last.
    """

    def __init__(self, journal: Path, kind: str, source: str) -> None:
        self._journal = journal
        self._subject = subjects.events(kind)
        self._source = source
        self._waiting: deque[Event] = deque()
        self._wake = asyncio.Event()
        self._file: IO[bytes] | None = None
        self._disk_failed = False
        journal.parent.mkdir(parents=True, exist_ok=True)
        self._load()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, event: Event) -> None:
        """Take an event over. Never blocks on the network, never raises."""
        self._waiting.append(event)
        self._append(event)
        if len(self._waiting) > MOST_EVENTS:
            self._thin_out()
        self._wake.set()

    async def run(self, js: JetStreamContext) -> None:
        """Send what waits, as it comes, until cancelled. Survives interruptions of NATS."""
        while True:
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
            # A batch is settled before it is sent: its id must never stand for two different contents.
            batch = [self._waiting[index] for index in range(min(BATCH_EVENTS, len(self._waiting)))]
            payload = events.encode(EventBatch(self._source, batch))
            message_id = f"{batch[0].id}/{len(batch)}"
            await self._send_until_taken(js, payload, message_id)
            for event in batch:
                if self._waiting and self._waiting[0] is event:  # else: thinned out in the meantime
                    self._waiting.popleft()
            if not self._waiting:
                self._empty_journal()

    async def _send_until_taken(self, js: JetStreamContext, payload: bytes, message_id: str) -> None:
        while True:
            try:
                await js.publish(self._subject, payload, timeout=ACK_TIMEOUT_S, headers={"Nats-Msg-Id": message_id})
                return
            except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                log.debug("the event log did not take a batch: %s", str(error) or type(error).__name__)
            await asyncio.sleep(RETRY_S)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _load(self) -> None:
        try:
            lines = self._journal.read_bytes().splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                self._waiting.append(_decoder.decode(line))
            except ValueError:
                log.warning("a line of %s was cut off by a kill and is left out", self._journal.name)
        if self._waiting:
            log.info("%d events wait from before the restart", len(self._waiting))

    def _append(self, event: Event) -> None:
        try:
            if self._file is None:
                self._file = self._journal.open("ab", buffering=0)
            self._file.write(msgspec.json.encode(event) + b"\n")
            self._disk_failed = False
        except OSError as error:
            if not self._disk_failed:
                log.error("events wait in memory only, the journal cannot be written: %s", error.strerror)
            self._disk_failed = True

    def _empty_journal(self) -> None:
        try:
            if self._file is not None:
                self._file.truncate(0)
            else:
                self._journal.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the journal of events cannot be emptied: %s", error.strerror)

    def _thin_out(self) -> None:
        """Drop states that a newer one of the same camera replaces, then the oldest of all."""
        newest: dict[str, int] = {}
        for index, event in enumerate(self._waiting):
            if event.type == events.CAMERA_STATUS:
                newest[event.subject] = index
        kept = [
            event
            for index, event in enumerate(self._waiting)
            if event.type != events.CAMERA_STATUS or newest[event.subject] == index
        ]
        if len(kept) > MOST_EVENTS * 9 // 10:
            dropped = len(kept) - MOST_EVENTS * 9 // 10
            log.error("%d oldest events given up: the event log has been away too long", dropped)
            kept = kept[dropped:]
        self._waiting = deque(kept)
        self._rewrite_journal()

    def _rewrite_journal(self) -> None:
        self.close()
        temporary = self._journal.with_suffix(".new")
        try:
            temporary.write_bytes(b"".join(msgspec.json.encode(event) + b"\n" for event in self._waiting))
            temporary.replace(self._journal)
        except OSError as error:
            log.error("the journal of events cannot be rewritten: %s", error.strerror)
