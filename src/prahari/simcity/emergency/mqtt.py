"""As much of an MQTT 3.1.1 client as a panic button has: connect, publish with QoS 1 until acknowledged."""

from __future__ import annotations

import asyncio
import ssl
from types import TracebackType
from typing import Self

ANSWER_WITHIN_S = 10.0


class RefusedError(ConnectionError):
    """The server did not let us in; `code` as in CONNACK."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class MqttClient:
    """Use as an async context manager. Raises OSError and asyncio.IncompleteReadError when the connection breaks."""

    def __init__(
        self, host: str, port: int, key: str, name: str = "button", *, tls: ssl.SSLContext | None = None
    ) -> None:
        self._host, self._port, self._tls = host, port, tls
        self._key, self._name = key, name
        self._packet_id = 0

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        head = _text("MQTT") + bytes([4, 0xC2]) + (60).to_bytes(2, "big")
        self.send(1 << 4, head + _text(self._name) + _text(self._name) + _text(self._key))
        code = (await self.receive())[1][1]
        if code:
            self._writer.close()
            raise RefusedError(code)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    async def publish(self, topic: str, payload: bytes, *, qos: int = 1) -> None:
        """Returns when the server has acknowledged it (QoS 1), or at once (QoS 0)."""
        if not qos:
            self.send(3 << 4, _text(topic) + payload)
            await self._writer.drain()
            return
        self._packet_id = self._packet_id % 65_535 + 1
        mark = self._packet_id.to_bytes(2, "big")
        self.send(3 << 4 | 2, _text(topic) + mark + payload)
        first, body = await self.receive()
        if first != 4 << 4 or body != mark:
            raise ConnectionError("not the acknowledgement that was awaited")

    def send(self, first: int, body: bytes) -> None:
        length, left = bytearray(), len(body)
        while True:
            left, byte = left >> 7, left & 0x7F
            length.append(byte | (0x80 if left else 0))
            if not left:
                break
        self._writer.write(bytes([first]) + bytes(length) + body)

    async def receive(self) -> tuple[int, bytes]:
        """(first byte, body) of the next packet; answers to us are short."""
        async with asyncio.timeout(ANSWER_WITHIN_S):
            first, length = await self._reader.readexactly(2)
            return first, await self._reader.readexactly(length)


def _text(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(2, "big") + data
