"""One WebSocket that is shown a camera: what is put on its wire, and what is left out when it is too slow."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import web

from prahari.engines.media.gate.showing import Asker

INIT_SEGMENT = 1
MEDIA_FRAGMENT = 2

_TEXT = 0x81
_BINARY = 0x82

SLOW_BYTES = 256_000
"""More than this unsent for SLOW_S: the viewer cannot keep up."""
SLOW_S = 1.0
FULL_BYTES = 16_000_000
"""More than this unsent: nothing is added, whatever the time. A whole cached group of pictures fits."""
CAUGHT_UP_BYTES = 64_000
GIVE_UP_S = 30.0
SEND_BUFFER_HIGH_BYTES = 1_000_000


def ws_frame(opcode: int, payload: list[bytes]) -> bytes:
    """One whole unmasked WebSocket message, as servers send it (RFC 6455, 5.2)."""
    length = sum(map(len, payload))
    if length < 126:
        head = struct.pack("!BB", opcode, length)
    elif length < 65536:
        head = struct.pack("!BBH", opcode, 126, length)
    else:
        head = struct.pack("!BBQ", opcode, 127, length)
    return b"".join([head, *payload])


def binary_frame(kind: int, wall_ms: int, boxes: list[bytes]) -> bytes:
    """Kind, capture time of the first picture, whole ISO-BMFF boxes in pieces."""
    return ws_frame(_BINARY, [struct.pack("!Bq", kind, wall_ms), *boxes])


def text_frame(message: dict[str, Any]) -> bytes:
    return ws_frame(_TEXT, [msgspec.json.encode(message)])


_SKIP = text_frame({"type": "skip"})


class Viewer:
    """Writes ready frames straight to the connection: the same bytes object goes to every viewer of a camera.

    `user_id` is for counting only; `asker` says on what ground it may look. Not to be used with a compressing
    WebSocketResponse.
    """

    def __init__(
        self,
        ws: web.WebSocketResponse,
        transport: asyncio.Transport,
        user_id: str,
        asker: Asker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ws = ws
        self._transport = transport
        self.user_id = user_id
        self.asker = asker
        self._clock = clock
        self._slow_since: float | None = None
        self._dropping = False
        self._closing: asyncio.Task[bool] | None = None
        self.sent = 0
        self.dropped = 0
        transport.set_write_buffer_limits(high=SEND_BUFFER_HIGH_BYTES)

    @property
    def closed(self) -> bool:
        return self._closing is not None or self._ws.closed or self._transport.is_closing()

    def say(self, frame: bytes) -> None:
        """A frame that must not be left out: text, initialisation, the first group."""
        if not self.closed:
            self._transport.write(frame)

    def show(self, frame: bytes, keyframe: bool) -> None:
        """A media fragment; left out, with all up to the next keyframe, when the viewer is behind."""
        if self._closing is not None or self._transport.is_closing():
            return
        unsent = self._transport.get_write_buffer_size()
        if self._dropping:
            if not keyframe or unsent > CAUGHT_UP_BYTES:
                self.dropped += 1
                if self._slow_since is not None and self._clock() - self._slow_since > GIVE_UP_S:
                    self._transport.abort()
                return
            self._dropping = False
            self._slow_since = None
            self._transport.write(_SKIP)
        elif unsent > SLOW_BYTES:
            now = self._clock()
            if self._slow_since is None:
                self._slow_since = now
            if unsent > FULL_BYTES or now - self._slow_since > SLOW_S:
                self._dropping = True
                self.dropped += 1
                return
        else:
            self._slow_since = None
        self.sent += 1
        self._transport.write(frame)

    def end(self, code: int, reason: str) -> None:
        """Close at once. What is unsent of the pictures is thrown away rather than shown after leave has ended."""
        if self._closing is not None:
            return
        if self._transport.get_write_buffer_size() > CAUGHT_UP_BYTES:
            self._transport.abort()
        self._closing = asyncio.get_running_loop().create_task(
            self._ws.close(code=code, message=reason.encode()[:120], drain=False)
        )

    async def ended(self) -> None:
        """Wait until a close begun by `end` is through."""
        if self._closing is not None:
            await asyncio.wait({self._closing}, timeout=5)
