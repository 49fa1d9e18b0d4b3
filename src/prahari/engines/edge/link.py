"""One connection between site and centre: frames of several kinds over one WebSocket, the urgent ones first."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import ClientWebSocketResponse, WSMsgType, web

from prahari.contracts.events import now_ms
from prahari.contracts.stopping import run_together
from prahari.engines.edge.traffic import Rate, Traffic
from prahari.engines.edge.wire import (
    WINDOW_BYTES,
    End,
    Frame,
    Joiner,
    Kind,
    More,
    Ping,
    Pong,
    WireError,
    decode,
    pieces,
)

log = logging.getLogger(__name__)

PING_S = 5.0
SILENT_S = 15.0
"""Nothing came for so long: the connection is dead, whatever the kernel says."""

MOST_UNSENT_BYTES = 32_768
"""What may lie in the kernel: less makes a fat line slow, more makes what is urgent wait."""

MOST_CONTROL = 20_000
MOST_CONTROL_BYTES = 16_000_000
MOST_LIVE_BYTES = 8_000_000
MOST_CONTROL_PER_S = 2_000
SLOW = (Kind.CLIP, Kind.UPDATE)
WINDOWED = (Kind.REPLY, *SLOW)

Socket = ClientWebSocketResponse | web.WebSocketResponse


class LinkLost(Exception):  # noqa: N818 - says how it ended, not a fault of ours
    """The connection has ended."""


class Link:
    """`on_control(payload)`, `on_frame(frame with a whole payload)` are called in the loop and must not block; what
    they raise as WireError ends the link. `silent_s`: how long nothing may come.

    Live frames of a channel may be left out by who hands them in (see `live_unsent`); everything else arrives in the
    order in which it was sent on its channel, or the link ends.
    """

    def __init__(
        self,
        ws: Socket,
        traffic: Traffic,
        on_control: Callable[[bytes], None],
        on_frame: Callable[[Frame], None],
        *,
        ping_s: float = PING_S,
        silent_s: float = SILENT_S,
    ) -> None:
        self._ws = ws
        self._traffic = traffic
        self._on_control = on_control
        self._on_frame = on_frame
        self._ping_s = ping_s
        self._silent_s = silent_s
        self.rate = Rate()
        self.slow_rate = Rate()
        """Of what has time: clips up, packages down."""
        self._queues: dict[Kind, deque[Frame]] = {kind: deque() for kind in Kind}
        self._control_bytes = 0
        self._live_unsent: dict[int, int] = {}
        self._live_bytes = 0
        self._windows: dict[int, int] = {}
        self._joiner = Joiner()
        self._wake = asyncio.Event()
        self._room = asyncio.Condition()
        self._heard = time.monotonic()
        self._pings: dict[int, float] = {}
        self._number = 0
        self._second = (0, 0)
        self.round_trip_s: float | None = None
        self.on_pong: Callable[[Pong, float], None] = lambda pong, took_s: None
        self.closed = False
        _keep_kernel_buffer_small(ws)

    # Sending

    def say(self, message: msgspec.Struct) -> None:
        """A control message. Never blocks; a peer that takes none for long loses the link."""
        payload = msgspec.json.encode(message)
        self._control_bytes += len(payload)
        if len(self._queues[Kind.CONTROL]) > MOST_CONTROL or self._control_bytes > MOST_CONTROL_BYTES:
            self.close()
            return
        self._put(Kind.CONTROL, 0, payload)

    def events(self, channel: int, payload: bytes) -> None:
        self._put(Kind.EVENTS, channel, payload)

    def live(self, channel: int, payload: bytes) -> None:
        """Left out when the whole queue is full: a channel's taker is to look at `live_unsent` before."""
        if self._live_bytes + len(payload) > MOST_LIVE_BYTES:
            return
        self._live_bytes += len(payload)
        self._live_unsent[channel] = self._live_unsent.get(channel, 0) + len(payload)
        self._put(Kind.LIVE, channel, payload)

    def live_unsent(self, channel: int) -> int:
        """Bytes of the channel that wait here."""
        return self._live_unsent.get(channel, 0)

    def forget_live(self, channel: int) -> None:
        """What waits of a channel is not sent any more: its viewer has left, or its leave has ended."""
        queue = self._queues[Kind.LIVE]
        kept = deque(frame for frame in queue if frame.channel != channel)
        self._queues[Kind.LIVE] = kept
        self._live_bytes -= self._live_unsent.pop(channel, 0)

    async def bulk(self, kind: Kind, channel: int, payload: bytes) -> None:
        """REPLY, CLIP and UPDATE: waits until the reader wants more. Raises LinkLost, also when the channel was
        ended."""
        for frame in pieces(kind, channel, payload):
            size = len(frame.payload)
            async with self._room:
                while (
                    not self.closed
                    and self._windows.get(channel, -1) >= 0
                    and (self._windows[channel] < size or len(self._queues[kind]) >= 4)
                ):
                    await self._room.wait()
                if self.closed or channel not in self._windows:
                    raise LinkLost("the channel has ended")
                self._windows[channel] -= size
            self._queues[kind].append(Frame(kind, channel, frame.payload))
            self._wake.set()

    def open_window(self, channel: int) -> None:
        self._windows[channel] = WINDOW_BYTES

    def finish_window(self, channel: int) -> None:
        """All has been handed in; what waits still goes."""
        self._windows.pop(channel, None)

    def close_window(self, channel: int) -> None:
        """The reader has gone: whoever writes on the channel is told so."""
        if self._windows.pop(channel, None) is not None:
            for kind in WINDOWED:
                self._queues[kind] = deque(one for one in self._queues[kind] if one.channel != channel)
            self._tell_room()

    def drop(self, channel: int) -> None:
        """The other side has ended the channel."""
        self._joiner.drop(channel)
        self.close_window(channel)

    def more(self, message: More) -> None:
        """The reader asks for more. Raises WireError when it asks for more than anybody would."""
        if message.channel in self._windows:
            if not 0 < message.bytes <= WINDOW_BYTES or self._windows[message.channel] + message.bytes > WINDOW_BYTES:
                raise WireError("a window that is too wide")
            self._windows[message.channel] += message.bytes
            self._tell_room()

    def _put(self, kind: Kind, channel: int, payload: bytes) -> None:
        if not self.closed:
            self._queues[kind].extend(pieces(kind, channel, payload))
            self._wake.set()

    def _tell_room(self) -> None:
        async def tell() -> None:
            async with self._room:
                self._room.notify_all()

        task = asyncio.get_running_loop().create_task(tell())
        _telling.add(task)
        task.add_done_callback(_telling.discard)

    # Running

    async def run(self) -> None:
        """Until the connection ends, for whatever reason. Raises LinkLost, WireError (what the peer did wrong)."""
        try:
            await run_together(self._read(), self._write(), self._ping())
        except (ConnectionError, OSError, RuntimeError) as error:
            raise LinkLost(str(error) or type(error).__name__) from error
        finally:
            self.close()

    def close(self) -> None:
        """Nothing more is sent or taken."""
        if not self.closed:
            self.closed = True
            self._wake.set()
            self._tell_room()

    async def _read(self) -> None:
        while True:
            message = await self._ws.receive()
            if message.type is not WSMsgType.BINARY:
                if message.type is WSMsgType.TEXT:
                    raise WireError("a text message on a link that is open")
                raise LinkLost("the other side closed the connection")
            self._heard = time.monotonic()
            frame = decode(message.data)
            self._traffic_in(frame, len(message.data))
            payload = self._joiner.take(frame)
            if payload is None:
                continue
            if frame.kind is Kind.CONTROL:
                self._count_control()
                self._control(payload)
            else:
                self._on_frame(Frame(frame.kind, frame.channel, payload))

    def _control(self, payload: bytes) -> None:
        if payload.startswith(b'{"type":"p'):
            # Pings are answered here, whatever else is going on.
            kind = msgspec.json.decode(payload, type=dict[str, Any]) if len(payload) < 200 else {}
            number = kind.get("number")
            if kind.get("type") == "ping" and isinstance(number, int):
                self.say(Pong(number, now_ms()))
                return
            if kind.get("type") == "pong" and isinstance(number, int) and isinstance(kind.get("now_ms"), int):
                sent = self._pings.pop(number, None)
                if sent is not None:
                    self.round_trip_s = time.monotonic() - sent
                    self.on_pong(Pong(number, kind["now_ms"]), self.round_trip_s)
                return
        self._on_control(payload)

    def _count_control(self) -> None:
        now = int(time.monotonic())
        second, count = self._second
        self._second = (now, count + 1 if second == now else 1)
        if self._second[1] > MOST_CONTROL_PER_S:
            raise WireError("too many control messages in a second")

    def _traffic_in(self, frame: Frame, size: int) -> None:
        self._traffic.down(frame.kind, size)

    async def _ping(self) -> None:
        while True:
            if time.monotonic() - self._heard > self._silent_s:
                raise LinkLost(f"nothing came for {self._silent_s:.0f} s")
            self._number += 1
            if len(self._pings) > 8:
                self._pings.clear()
            self._pings[self._number] = time.monotonic()
            self.say(Ping(self._number))
            await asyncio.sleep(self._ping_s)

    async def _write(self) -> None:
        while True:
            frame, wait_s = self._next()
            if frame is None:
                if self.closed:
                    raise LinkLost("closed here")
                self._wake.clear()
                try:
                    async with asyncio.timeout(wait_s):
                        await self._wake.wait()
                except TimeoutError:
                    pass
                continue
            data = frame.encode()
            self.rate.spend(len(data))
            if frame.kind in SLOW:
                self.slow_rate.spend(len(data))
            self._traffic.up(frame.kind, len(data))
            # The writer waits for room in the kernel, whose share is small: what is urgent never queues behind much.
            await self._ws.send_bytes(data)
            if frame.kind in WINDOWED:
                self._tell_room()

    def _next(self) -> tuple[Frame | None, float | None]:
        """The frame to be sent now; None: nothing may go, look again after so many seconds (None: when woken)."""
        for kind in (Kind.CONTROL, Kind.EVENTS):
            if self._queues[kind]:
                frame = self._queues[kind].popleft()
                if kind is Kind.CONTROL:
                    self._control_bytes -= len(frame.payload)
                return frame, None
        waits: list[float] = []
        for kind in (Kind.LIVE, Kind.REPLY, Kind.CLIP, Kind.UPDATE):
            queue = self._queues[kind]
            if not queue:
                continue
            wait_s = self.rate.wait_s()
            if kind in SLOW:
                wait_s = max(wait_s, self.slow_rate.wait_s())
            if wait_s > 0:
                waits.append(wait_s)
                continue
            frame = queue.popleft()
            if kind is Kind.LIVE:
                self._live_bytes -= len(frame.payload)
                left = self._live_unsent.get(frame.channel, 0) - len(frame.payload)
                if left > 0:
                    self._live_unsent[frame.channel] = left
                else:
                    self._live_unsent.pop(frame.channel, None)
            return frame, None
        return None, min(waits) if waits else None

    def end(self, channel: int, code: int = 0, reason: str = "") -> None:
        self.say(End(channel, code, reason[:120]))


_telling: set[asyncio.Task[None]] = set()


def _keep_kernel_buffer_small(ws: Socket) -> None:
    sock = ws.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT_BYTES)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    transport = ws.get_extra_info("transport") or _transport_of(ws)
    if transport is not None:
        transport.set_write_buffer_limits(high=MOST_UNSENT_BYTES)


def _transport_of(ws: Socket) -> asyncio.WriteTransport | None:
    writer = getattr(ws, "_writer", None)
    return getattr(writer, "transport", None)
