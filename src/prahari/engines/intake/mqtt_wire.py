"""MQTT 3.1.1 as far as a device needs it to hand in events: CONNECT, PUBLISH with QoS 0 or 1, PINGREQ, DISCONNECT.

Pure reading and writing of packets (OASIS MQTT 3.1.1, sections 2 and 3).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, PINGREQ, PINGRESP, DISCONNECT = 1, 2, 3, 4, 8, 9, 12, 13, 14
UNSUBSCRIBE, UNSUBACK = 10, 11
MOST_PACKET_BYTES = 300_000

ACCEPTED = bytes([CONNACK << 4, 2, 0, 0])
WRONG_VERSION = bytes([CONNACK << 4, 2, 0, 1])
WRONG_KEY = bytes([CONNACK << 4, 2, 0, 4])
PONG = bytes([PINGRESP << 4, 0])

LEVEL_3_1_1 = 4


class MqttError(Exception):
    """Not MQTT as we speak it: the connection is closed."""


@dataclass(frozen=True, slots=True)
class Packet:
    kind: int
    flags: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Connect:
    level: int
    keep_alive_s: int
    password: str


@dataclass(frozen=True, slots=True)
class Publish:
    """`packet_id`: to be acknowledged; None with QoS 0."""

    topic: str
    payload: bytes
    packet_id: int | None


async def read_packet(reader: asyncio.StreamReader, most_bytes: int = MOST_PACKET_BYTES) -> Packet:
    """Raises MqttError, asyncio.IncompleteReadError, ConnectionError."""
    first = (await reader.readexactly(1))[0]
    length = 0
    for shift in (0, 7, 14, 21):
        byte = (await reader.readexactly(1))[0]
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    else:
        raise MqttError("the length has more than four bytes")
    if length > most_bytes:
        raise MqttError(f"a packet of {length} bytes is too large")
    return Packet(first >> 4, first & 0x0F, await reader.readexactly(length))


def packet(kind: int, body: bytes, flags: int = 0) -> bytes:
    length, left = bytearray(), len(body)
    while True:
        left, byte = left >> 7, left & 0x7F
        length.append(byte | (0x80 if left else 0))
        if not left:
            return bytes([kind << 4 | flags]) + bytes(length) + body


def puback(packet_id: int) -> bytes:
    return packet(PUBACK, packet_id.to_bytes(2, "big"))


def refused_subscription(body: bytes) -> bytes:
    """SUBACK that fails every topic: devices hand in, they are told nothing. Raises MqttError."""
    fields = _Fields(body)
    packet_id, topics = fields.number(2), 0
    while not fields.at_end:
        fields.text()
        fields.number(1)
        topics += 1
    if not topics:
        raise MqttError("a subscription to nothing")
    return packet(SUBACK, packet_id.to_bytes(2, "big") + b"\x80" * topics)


def read_connect(body: bytes) -> Connect:
    """A will and a session that lasts are taken note of and have no effect. Raises MqttError."""
    fields = _Fields(body)
    if fields.text() not in ("MQTT", "MQIsdp"):
        raise MqttError("no MQTT")
    level = fields.number(1)
    if level != LEVEL_3_1_1:  # the rest may look otherwise
        return Connect(level, 0, "")
    flags, keep_alive_s = fields.number(1), fields.number(2)
    fields.data()  # client id
    if flags & 0x04:
        fields.data(), fields.data()  # topic and message of the will
    if flags & 0x80:
        fields.text()
    return Connect(level, keep_alive_s, fields.text() if flags & 0x40 else "")


def read_publish(given: Packet) -> Publish:
    """Raises MqttError."""
    qos = given.flags >> 1 & 0x03
    if qos > 1:
        raise MqttError("only QoS 0 and 1 are taken")
    fields = _Fields(given.body)
    topic = fields.text()
    return Publish(topic, *_rest(fields, qos))


def _rest(fields: _Fields, qos: int) -> tuple[bytes, int | None]:
    packet_id = fields.number(2) if qos else None
    return fields.left(), packet_id


class _Fields:
    """A packet's body from front to back."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._body)

    def number(self, length: int) -> int:
        return int.from_bytes(self._take(length), "big")

    def data(self) -> bytes:
        return self._take(self.number(2))

    def text(self) -> str:
        try:
            return self.data().decode()
        except UnicodeDecodeError as error:
            raise MqttError("a text is no UTF-8") from error

    def left(self) -> bytes:
        return self._take(len(self._body) - self._at)

    def _take(self, length: int) -> bytes:
        end = self._at + length
        if end > len(self._body):
            raise MqttError("a packet ends too early")
        taken, self._at = self._body[self._at : end], end
        return taken
