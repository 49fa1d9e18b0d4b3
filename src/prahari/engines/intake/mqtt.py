"""Intake by MQTT: a door of our own, so that a PUBACK means what a 202 means: the event log has it on disk.

The password is the source's key. Topics: `prahari/events` and `prahari/positions`, payloads as for HTTP. What is
refused is acknowledged too (a device would send it for ever) and counted with its reason; when the log is away nothing
is acknowledged and the connection is closed, so that the device keeps it and comes again. Why not NATS's own gateway:
docs/adr/0022.
"""

from __future__ import annotations

import asyncio
import logging

from prahari.contracts.config import Config
from prahari.contracts.happenings import SourceRecord
from prahari.contracts.tls import server_context
from prahari.engines.intake import claims, mqtt_wire
from prahari.engines.intake.desk import Desk, Judge, judge_event, judge_position
from prahari.engines.intake.mqtt_wire import MqttError, Packet
from prahari.engines.intake.refusals import AwayError, Refusal, malformed
from prahari.engines.intake.sources import Sources

log = logging.getLogger(__name__)

CONNECT_WITHIN_S = 10.0
KEEP_ALIVE_S = 300.0
"""For a device that asks for none, and at most."""

MOST_CONNECTIONS = 5000
TOPICS: dict[str, Judge] = {"prahari/events": judge_event, "prahari/positions": judge_position}
MOST_AT_ONCE = 1000


class MqttDoor:
    def __init__(self, sources: Sources, desk: Desk) -> None:
        self._sources = sources
        self._desk = desk
        self._open: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._open)

    async def listen(self, config: Config, port: int) -> asyncio.Server:
        return await asyncio.start_server(
            self._serve, config.bind, port, ssl=server_context(config), limit=mqtt_wire.MOST_PACKET_BYTES
        )

    async def close(self) -> None:
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            if len(self._open) <= MOST_CONNECTIONS:
                await self._converse(reader, writer)
        except MqttError as error:
            log.info("an MQTT device is sent away: %s", error)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, AwayError) as error:
            log.debug("an MQTT connection has ended: %s", type(error).__name__)
        except asyncio.CancelledError:
            log.debug("an MQTT connection is closed with the door")
        finally:
            self._open.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            first = await mqtt_wire.read_packet(reader, 4096)
        if first.kind != mqtt_wire.CONNECT:
            raise MqttError("the first packet must be CONNECT")
        told = mqtt_wire.read_connect(first.body)
        if told.level != mqtt_wire.LEVEL_3_1_1:
            writer.write(mqtt_wire.WRONG_VERSION)
        elif self._sources.of_key(told.password) is None:
            writer.write(mqtt_wire.WRONG_KEY)
        else:
            writer.write(mqtt_wire.ACCEPTED)
            silent_s = min(told.keep_alive_s * 1.5 or KEEP_ALIVE_S, KEEP_ALIVE_S)
            await self._take_all(reader, writer, told.password, silent_s)
        await writer.drain()

    async def _take_all(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, key: str, silent_s: float
    ) -> None:
        while True:
            async with asyncio.timeout(silent_s):
                given = await mqtt_wire.read_packet(reader)
            record = self._sources.of_key(key)  # the key may have been taken away meanwhile
            if record is None or given.kind == mqtt_wire.DISCONNECT:
                return
            answer = await self._answer(record, given)
            if answer:
                writer.write(answer)
                await writer.drain()

    async def _answer(self, record: SourceRecord, given: Packet) -> bytes:
        """Raises MqttError, AwayError."""
        if given.kind == mqtt_wire.PINGREQ:
            return mqtt_wire.PONG
        if given.kind == mqtt_wire.SUBSCRIBE:
            return mqtt_wire.refused_subscription(given.body)
        if given.kind == mqtt_wire.UNSUBSCRIBE:
            return mqtt_wire.packet(mqtt_wire.UNSUBACK, given.body[:2])
        if given.kind != mqtt_wire.PUBLISH:
            raise MqttError(f"packet {given.kind} is not for a server")
        sent = mqtt_wire.read_publish(given)
        judge = TOPICS.get(sent.topic)
        parts: list[bytes] = [sent.payload]
        if judge is None:
            judge = _refuse(malformed(f"the topic must be one of {', '.join(TOPICS)}"))
        else:
            try:
                parts = claims.parts_of(sent.payload)
            except ValueError as error:
                judge = _refuse(malformed(str(error)[:200]))
        for start in range(0, len(parts), MOST_AT_ONCE):
            await self._desk.take(record, parts[start : start + MOST_AT_ONCE], judge)
        return b"" if sent.packet_id is None else mqtt_wire.puback(sent.packet_id)


def _refuse(refusal: Refusal) -> Judge:
    def judge(_record: SourceRecord, _part: bytes, _came_ms: int) -> None:
        raise refusal

    return judge
