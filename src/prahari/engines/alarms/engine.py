"""The event log in, alarms out.

Nothing that was read counts as done before its alarms are acknowledged and what the evaluator remembers is on disk: a
kill at any moment leaves a checkpoint from which the same batches give the same alarms under the same ids and revisions
again, and what was told twice changes nothing. So it is the checkpoint, not the server, that knows how far it has come.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from pathlib import Path

import msgspec
import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.errors import Error as JetStreamError

from prahari.contracts import bus, events, subjects
from prahari.contracts.alarms import AlarmEngineState
from prahari.contracts.events import Event, EventBatch, now_ms
from prahari.contracts.stopping import run_together
from prahari.core.alarming.evaluate import Evaluator
from prahari.core.alarming.matching import Occurrence
from prahari.core.alarming.rule import RuleSet
from prahari.engines.alarms.facts import CameraBook
from prahari.engines.alarms.kept import Checkpoint, Kept
from prahari.engines.alarms.telling import raised

log = logging.getLogger(__name__)

SOURCE = "alarms"
BACK_S = 600
"""How far back it reads when it does not know how far it had come: what it told then it tells again, which is none."""

QUIET_S = 0.2
MESSAGES_MOST = 200
"""Taken at once."""

CHECKPOINT_S = 1.0
CHECKPOINT_SHARE = 0.1
"""Of the time at most goes into checkpoints: when much is remembered they come less often."""

TOLD_TOGETHER = 200
RETRY_S = 0.5
ACK_TIMEOUT_S = 5.0
BEAT_S = 1.0
LOOK_AT_STREAM_S = 10.0


class StreamReplacedError(Exception):
    """The event log's stream is another one than before: numbers of the old one mean nothing in it."""


class AlarmEngine:
    """`folder`: where it keeps what it knows."""

    def __init__(self, folder: Path, nats_url: str) -> None:
        self._nats_url = nats_url
        self._book = CameraBook(folder)
        self._kept_rules = Kept(folder / "rules.json", msgspec.json.Decoder(RuleSet).decode)
        self._kept = Kept(folder / "checkpoint.msgpack", msgspec.msgpack.Decoder(Checkpoint).decode)
        self._state_file = Kept(folder / "state.json", msgspec.json.Decoder(AlarmEngineState).decode)
        self._rules: RuleSet | None = self._kept_rules.load()
        self._ruled = asyncio.Event()
        self._evaluator: Evaluator | None = None
        self._state = AlarmEngineState()
        self._sequence = 0
        self._written = 0
        self._stream = ""
        self._checkpoint_at_s = 0.0
        self._untold: list[Event] = []
        self._messages: asyncio.Queue[Msg] = asyncio.Queue(MESSAGES_MOST)

    async def run(self) -> None:
        """Until cancelled."""
        client = await bus.connect(self._nats_url, "alarm engine")
        try:
            await run_together(self._follow_all(client), self._book.keep(), self._beat())
        finally:
            await client.close()

    async def _follow_all(self, client: Client) -> None:
        js = client.jetstream(timeout=ACK_TIMEOUT_S)
        while True:
            try:
                await bus.ensure_event_stream(js)
                await run_together(self._follow_rules(js), self._book.follow(js), self._evaluate(js))
            except StreamReplacedError:
                log.warning("the event log was made anew: reading it from its beginning")
            except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                log.warning("waiting for the event log: %s", str(error) or type(error).__name__)
            await asyncio.sleep(RETRY_S)

    # Rules

    async def _follow_rules(self, js: JetStreamContext) -> None:
        if self._rules is not None:
            self._ruled.set()
        async for key, payload, _ in bus.follow_bucket(js, subjects.ALARM_RULES_BUCKET):
            if key == subjects.ALARM_RULES_KEY and payload:
                self.take_rules(payload)

    def take_rules(self, payload: bytes) -> None:
        """Those that cannot be read change nothing."""
        try:
            rules = msgspec.json.decode(payload, type=RuleSet)
        except ValueError as error:
            log.error("alarm rules that cannot be read are left out: %s", error)
            return
        if rules == self._rules and self._ruled.is_set():
            return
        log.info("%d alarm rules are in force", len(rules.rules))
        self._rules = rules
        if self._evaluator is not None:
            self._evaluator.replace(rules)
            self._checkpoint_at_s = 0.0  # what is read again after a kill is read by the rules that it was read by
        self._ruled.set()
        try:
            self._kept_rules.save(payload)
        except OSError as error:
            log.warning("alarm rules hold until the next start only: %s", error.strerror)

    # Events

    async def _evaluate(self, js: JetStreamContext) -> None:
        """Waits for rules and for what is known of cameras first: events stay in the log, rules that are missing would
        raise nothing."""
        await self._ruled.wait()
        await self._book.complete.wait()
        self._messages = asyncio.Queue(MESSAGES_MOST)
        since = await self._begin(js)
        await run_together(self._read(js, since), self._work(js), self._watch(js))

    async def _begin(self, js: JetStreamContext) -> dt.datetime | int:
        """From where to read on."""
        assert self._rules is not None
        stream = await _made_at(js)
        kept = self._kept.load() if self._evaluator is None else None
        if self._evaluator is None:
            state = None if kept is None else kept.state
            try:
                self._evaluator = Evaluator(self._rules, self._book.cameras, state)
            except ValueError as error:
                log.error("what the engine remembered cannot be read and is left out: %s", error)
                self._evaluator, kept = Evaluator(self._rules, self._book.cameras), None
        if kept is not None:
            self._stream, self._sequence = kept.stream, kept.sequence
        known = self._stream == stream
        self._stream = stream
        if known and self._sequence:
            return self._sequence + 1
        self._sequence = 0
        return dt.datetime.now(dt.UTC) - dt.timedelta(seconds=BACK_S)

    async def _read(self, js: JetStreamContext, since: dt.datetime | int) -> None:
        async for message in bus.follow_events(js, since):
            await self._messages.put(message)

    async def _watch(self, js: JetStreamContext) -> None:
        while True:
            await asyncio.sleep(LOOK_AT_STREAM_S)
            if await _made_at(js) != self._stream:
                raise StreamReplacedError

    async def _work(self, js: JetStreamContext) -> None:
        while True:
            for message in await self._next():
                self._take(message)
            await self._tell(js)
            await self._checkpoint()

    async def _next(self) -> list[Msg]:
        """What has come, soon also when nothing has: alarms that grow are told each second."""
        try:
            async with asyncio.timeout(QUIET_S):
                messages = [await self._messages.get()]
        except TimeoutError:
            return []
        while len(messages) < MESSAGES_MOST and not self._messages.empty():
            messages.append(self._messages.get_nowait())
        return messages

    def _take(self, message: Msg) -> None:
        assert self._evaluator is not None
        sequence = message.metadata.sequence.stream
        if sequence <= self._sequence:
            return
        self._sequence = sequence
        if message.subject == subjects.events(SOURCE):
            return
        try:
            batch = events.decode_raw(message.data)
        except ValueError as error:
            log.warning("malformed event batch on %s: %s", message.subject, error)
            return
        arrived_ms = round(message.metadata.timestamp.timestamp() * 1000)
        self._state.read += len(batch.events)
        for index, event in enumerate(batch.events):
            if not self._evaluator.wants(event.type):
                continue
            try:
                data = event.read()
            except ValueError as error:
                log.warning("event %s (%s) has unexpected data: %s", event.id, event.type, error)
                continue
            occurrence = Occurrence(
                event.id or f"{sequence}-{index}", event.type, event.subject, event.time_ms, arrived_ms, data,
                batch.source, event.jurisdiction, event.agency,
            )  # fmt: skip
            self._state.met += self._evaluator.take(occurrence)

    async def _tell(self, js: JetStreamContext) -> None:
        """Until the log has acknowledged all of it."""
        assert self._evaluator is not None
        due = self._evaluator.due(now_ms())
        self._state.raised += sum(told.began for told in due)
        self._state.told += len(due)
        self._untold += [raised(told) for told in due]
        while self._untold:
            some = self._untold[:TOLD_TOGETHER]
            payload = events.encode(EventBatch(SOURCE, some))
            try:
                await js.publish(subjects.events(SOURCE), payload, timeout=ACK_TIMEOUT_S)
            except (TimeoutError, nats.errors.Error, JetStreamError) as error:
                log.warning("%d alarms wait for the event log: %s", len(some), str(error) or type(error).__name__)
                await asyncio.sleep(RETRY_S)
            else:
                del self._untold[: len(some)]

    async def _checkpoint(self) -> None:
        assert self._evaluator is not None
        began_s = time.monotonic()
        if self._sequence == self._written or began_s < self._checkpoint_at_s:
            return
        payload = msgspec.msgpack.encode(Checkpoint(self._stream, self._sequence, self._evaluator.export()))
        try:
            await asyncio.to_thread(self._kept.save, payload)
        except OSError as error:
            log.error("how far the alarm engine has come is not on disk, after a kill it reads more again: %s", error)
        else:
            self._written = self._sequence
        ended_s = time.monotonic()
        self._checkpoint_at_s = ended_s + max(CHECKPOINT_S, (ended_s - began_s) / CHECKPOINT_SHARE)

    async def _beat(self) -> None:
        """Tell the supervisor and the metrics, each second, that and how it lives."""
        while True:
            state = self._state
            state.at_ms = now_ms()
            state.sequence = self._sequence
            state.rules = len(self._rules.rules) if self._rules else 0
            state.cameras = len(self._book.cameras)
            state.waits_for_rules = not self._ruled.is_set()
            try:
                self._state_file.save(msgspec.json.encode(state), lasting=False)
            except OSError as error:
                log.warning("the state of the alarm engine is not on disk: %s", error.strerror)
            await asyncio.sleep(BEAT_S)


async def _made_at(js: JetStreamContext) -> str:
    """What tells this stream from one that was made before it under the same name."""
    return str((await js.stream_info(subjects.EVENT_STREAM)).created)
