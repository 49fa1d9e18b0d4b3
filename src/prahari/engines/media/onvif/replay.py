"""Pictures from a device's own disk (Profile G): one connection, one stretch, group by group, as fast as it is read.

Each picture has the time at which it was taken: of the RTP header extension, else counted from where the device says
that it begins. A device that tells neither is not shown, and neither is one that plays another time than was asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncGenerator, AsyncIterator

from prahari.contracts.events import now_ms
from prahari.contracts.media import Reason
from prahari.engines.media.ingest.assembler import Assembler
from prahari.engines.media.ingest.clock import signed_step
from prahari.engines.media.rtp.receiver import BUFFER_BYTES, ReceiveBuffer, Receiver
from prahari.engines.media.rtp.replay import unix_ms_of
from prahari.engines.media.rtp.rtcp import parse_rtcp
from prahari.engines.media.rtp.video import VideoDepacketiser
from prahari.engines.media.rtsp.client import Playing
from prahari.engines.media.rtsp.errors import StreamError
from prahari.engines.media.rtsp.message import Message
from prahari.engines.media.rtsp.replaying import ReplayRange
from prahari.engines.media.types import VIDEO_TIMESCALE, AccessUnit, GroupOfPictures, StreamParameters

SILENT_S = 3.0
FIRST_PICTURE_S = 8.0
"""Recorders look for the place on their disk first."""

GAP_ENDS_MS = 2_000
EARLY_MS, LATE_MS = 60_000, 2_000
"""How far before and after what was asked for the first picture may lie: a group of pictures is long at most so."""

MOST_KNOWN_TIMES = 64


class _Timed:
    """Takes pictures for the assembler and writes on each when it was taken.

    `drift_ms`: how far the device's clock leads ours.
    """

    def __init__(self, codec: str, wanted: ReplayRange, begins_ms: int | None, drift_ms: int) -> None:
        self.groups: list[GroupOfPictures] = []
        self.wants_units = False
        self.has_ended = False
        self.assembler = Assembler([self], codec, None, 0)
        self.assembler.now_ms = now_ms()
        self._wanted = wanted
        self._drift_ms = drift_ms
        self._begins_ms = begins_ms
        self._known: dict[int, int] = {}  # stamp -> device's Unix milliseconds
        self._last: tuple[int, int] | None = None  # stamp, device's Unix milliseconds

    # Sink of the assembler

    def on_parameters(self, parameters: StreamParameters) -> None:
        """They stand in each group."""

    def on_unit(self, unit: AccessUnit) -> None:
        raise AssertionError("units are not wanted")

    def on_group(self, group: GroupOfPictures) -> None:
        if group.units[0].keyframe:
            self.groups.append(group)

    def on_lost(self, reason: Reason, start_ms: int, end_ms: int | None) -> None:
        """What is missing shows in the times of the groups."""

    # PictureTaker of the depacketiser

    def on_extension(self, stamp: int, extension: bytes) -> None:
        at_ms = unix_ms_of(extension)
        if at_ms is not None:
            self._known[stamp] = at_ms
            if len(self._known) > MOST_KNOWN_TIMES:
                del self._known[next(iter(self._known))]

    def on_parameter_sets(self, vps: bytes, sps: bytes, pps: bytes) -> None:
        self.assembler.on_parameter_sets(vps, sps, pps)

    def on_loss(self) -> None:
        self.assembler.on_loss()

    def on_picture(self, data: bytes, keyframe: bool, stamp: int) -> None:
        if self.has_ended:
            return
        at_ms = self._time_of(stamp)
        before, self._last = self._last, (stamp, at_ms)
        if before is None:
            if not self._wanted.from_ms - EARLY_MS <= at_ms <= self._wanted.to_ms + LATE_MS:
                raise StreamError(Reason.BAD_STREAM, "The device plays another time than was asked for.")
        elif abs(at_ms - before[1]) > GAP_ENDS_MS or (keyframe and at_ms >= self._wanted.to_ms):
            self.has_ended = True
            return
        self.assembler.on_picture(data, keyframe, stamp)
        group = self.assembler.group
        if group is not None:
            ours_ms = at_ms - self._drift_ms
            group.units[-1].wall_ms = ours_ms
            if len(group.units) == 1:
                group.start_ms = ours_ms

    def _time_of(self, stamp: int) -> int:
        known = self._known.pop(stamp, None)
        if known is not None:
            return known
        if self._last is not None:
            return self._last[1] + signed_step(stamp, self._last[0]) * 1000 // VIDEO_TIMESCALE
        if self._begins_ms is not None:
            return self._begins_ms
        raise StreamError(Reason.UNSUPPORTED, "The device does not tell of what time its recorded pictures are.")


class Replay:
    """Reads a connection that plays a recording. `cut` ends it at once, from anywhere in the event loop."""

    def __init__(self, playing: Playing, wanted: ReplayRange, drift_ms: int) -> None:
        assert playing.video is not None
        self._playing = playing
        self._sock = playing.sock
        self._timed = _Timed(playing.video.codec, wanted, playing.begins_ms, drift_ms)
        self._shared = ReceiveBuffer()
        video = VideoDepacketiser(playing.video, self._timed, self._shared.bytes, self._shared.view)
        video.on_extension = self._timed.on_extension
        self._receiver = Receiver(self._shared, video, None, self._on_rtcp, self._on_message)
        self._over = False
        self._is_cut = False
        self._keepalive_s = time.monotonic() + playing.session_s / 2

    def cut(self) -> None:
        self._is_cut = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if not self._is_cut:
            with contextlib.suppress(OSError):
                self._sock.send(self._playing.teardown())
        self._sock.close()

    async def groups(self) -> AsyncGenerator[GroupOfPictures, None]:
        """In order, each from a keyframe on. Raises StreamError."""
        timed = self._timed
        count = 0
        async for _ in self._walks():
            found, timed.groups = timed.groups, []
            for group in found:
                count += 1
                yield group
        if self._is_cut:
            return
        timed.assembler.close_group()
        for group in timed.groups:
            count += 1
            yield group
        if not count:
            raise StreamError(Reason.NO_FRAMES, "The device sent no picture of that time.")

    async def _walks(self) -> AsyncIterator[None]:
        """Once for each time that something was read."""
        shared, early, tail = self._shared, self._playing.leftover, b""
        loop = asyncio.get_running_loop()
        has_begun = False
        for start in range(0, len(early), BUFFER_BYTES // 2):
            piece = tail + early[start : start + BUFFER_BYTES // 2]
            shared.bytes[: len(piece)] = piece
            tail = self._walk(len(piece))
            yield
        while not (self._over or self._timed.has_ended or self._is_cut):
            await self._keep_alive(loop)
            shared.bytes[: len(tail)] = tail
            try:
                async with asyncio.timeout(SILENT_S if has_begun else FIRST_PICTURE_S):
                    got = await loop.sock_recv_into(self._sock, shared.view[len(tail) : BUFFER_BYTES])
            except TimeoutError:
                return  # it has sent all that it has
            except OSError as error:
                if self._is_cut:
                    return
                raise StreamError(Reason.CONNECTION_LOST, "The device broke the connection off.") from error
            if got == 0:
                return
            has_begun = True
            tail = self._walk(len(tail) + got)
            yield

    def _walk(self, end: int) -> bytes:
        taken = self._receiver.walk(end)
        tail = self._shared.view[taken:end].tobytes() if taken < end else b""
        self._receiver.stash()
        return tail

    async def _keep_alive(self, loop: asyncio.AbstractEventLoop) -> None:
        if time.monotonic() > self._keepalive_s:
            self._keepalive_s = time.monotonic() + self._playing.session_s / 2
            with contextlib.suppress(OSError):
                await loop.sock_sendall(self._sock, self._playing.keepalive())

    def _on_rtcp(self, is_video: bool, packet: bytes) -> None:
        _, is_over = parse_rtcp(packet)
        self._over = self._over or is_over

    def _on_message(self, message: Message) -> None:
        if message.method in ("TEARDOWN", "REDIRECT", "ANNOUNCE"):
            self._over = True
