"""A loop in time: which bytes are due now, made once and handed to every connection that listens."""

from __future__ import annotations

import asyncio
import struct
import time
from typing import Protocol

import numpy as np

from prahari.simcity.rtsp.loop import TICKS, Loop

_NTP_OFFSET_S = 2_208_988_800
REPORT_PERIOD_S = 5.0
_SSRC = 0x50524148
_CNAME = b"simcity\x00"


class SimClock:
    """Unix time in ticks of 1/90,000 s that never steps back: the wall clock at the start plus the monotonic one."""

    def __init__(self) -> None:
        self._origin_ns = time.time_ns() - time.monotonic_ns()

    def ticks(self) -> int:
        return (time.monotonic_ns() + self._origin_ns) * 9 // 100_000


class Listener(Protocol):
    def deliver(self, data: bytes) -> None: ...


class Source(Protocol):
    """What a connection plays from: a feed of a loop, or a camera encoded as it happens."""

    def join(self, listener: Listener, *, at_keyframe: bool = False) -> bytes:
        """Listen; the answer is what to send first, from a keyframe on. Empty: from the next one (`at_keyframe`)."""

    def follow(self, listener: Listener) -> None:
        """Go on listening in the place of one that was just let in."""

    def leave(self, listener: Listener) -> None: ...

    def keyframe(self) -> bytes: ...

    def reports(self) -> bytes:
        """Sender reports of this moment."""

    def position(self) -> list[tuple[int, int]]:
        """For each track sequence number and time stamp of the packet with which `join` starts; empty: not known."""


def sender_report(channel: int, stamp: int, unix_ticks: int, packets: int, octets: int) -> bytes:
    """Interleaved RTCP: a sender report (RFC 3550, 6.4.1) and the CNAME."""
    ntp = (unix_ticks // TICKS + _NTP_OFFSET_S << 32) | (unix_ticks % TICKS << 32) // TICKS
    report = struct.pack(
        ">BBHIQIII", 0x80, 200, 6, _SSRC, ntp, stamp & 0xFFFF_FFFF, packets & 0xFFFF_FFFF, octets & 0xFFFF_FFFF
    )
    items = struct.pack(">IBB", _SSRC, 1, len(_CNAME) - 1) + _CNAME[:-1]
    items += bytes(4 - len(items) % 4)
    body = report + struct.pack(">BBH", 0x81, 202, len(items) // 4) + items
    return b"$" + bytes([channel]) + len(body).to_bytes(2, "big") + body


class Feed:
    """One loop with its channels, at one phase. Time stamps and sequence numbers follow from the time alone.

    `phase_ticks`: how far the loop's start lies behind multiples of its duration. `delay_ticks`: sent that much after
    its time, so that cameras do not all send at once. `chunk_s`: pictures are sent together at most this often; 0:
    each by itself.
    """

    def __init__(
        self,
        loop: Loop,
        channels: tuple[int | None, ...],
        clock: SimClock,
        *,
        phase_ticks: int = 0,
        delay_ticks: int = 0,
        chunk_s: float = 0.12,
        burst: bool = True,
    ) -> None:
        self.loop = loop.with_channels(channels)
        self._channels = channels
        self._clock = clock
        self._phase = phase_ticks
        self._delay = delay_ticks
        self._chunk_s = chunk_s
        self._burst = burst
        self._listeners: list[Listener] = []
        self._waiting: list[Listener] = []
        self._timer: asyncio.TimerHandle | None = None
        self._sent = 0  # global number of the first frame not sent yet
        self._report_at = 0.0
        self._frames = len(self.loop.due_ticks)
        self._key_frames = np.flatnonzero(self.loop.keyframe)

    def join(self, listener: Listener, *, at_keyframe: bool = False) -> bytes:
        if self._timer is None:
            self._sent = self._due(self._clock.ticks())
            self._schedule(time.monotonic())
        if at_keyframe or not self._burst:
            self._waiting.append(listener)
            return b""
        self._listeners.append(listener)
        return self.reports() + self.chunk(self._latest_key(self._sent), self._sent)

    def follow(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def leave(self, listener: Listener) -> None:
        for group in (self._listeners, self._waiting):
            if listener in group:
                group.remove(listener)
        if not self._listeners and not self._waiting and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def keyframe(self) -> bytes:
        at = self._latest_key(self._sent)
        return self.chunk(at, at + 1)

    def reports(self) -> bytes:
        now = self._clock.ticks()
        out = b""
        for track, channel in zip(self.loop.tracks, self._channels, strict=True):
            if channel is not None:
                share = int(now / self.loop.duration_ticks * len(self.loop.offset))
                out += sender_report(channel + 1, now * track.rate_hz // TICKS, now, share, share * 1000)
        return out

    def position(self) -> list[tuple[int, int]]:
        frame = self._latest_key(self._due(self._clock.ticks()))
        if not self._burst:
            frame = self._next_key(self._due(self._clock.ticks()))
        turn, within = divmod(frame, self._frames)
        first = int(self.loop.first_packet[within])
        out = []
        for index, track in enumerate(self.loop.tracks):
            later = np.flatnonzero(self.loop.track[first:] == index)
            packet = first + int(later[0]) if len(later) else first
            number = int(self.loop.number[packet]) + turn * self.loop.packets_of_track[index]
            stamp = (
                int(self.loop.stamp[packet]) + (turn * self.loop.duration_ticks + self._phase) * track.rate_hz // TICKS
            )
            out.append((number & 0xFFFF, stamp & 0xFFFF_FFFF))
        return out

    # what a disk keeps of it

    def frames_between(self, from_ticks: int, to_ticks: int) -> range:
        """Global numbers of the frames of this time, from the keyframe on that the first one needs."""
        return range(self._latest_key(self._due(from_ticks + self._delay)), self._due(to_ticks + self._delay))

    def time_of(self, frame: int) -> int:
        """When a frame is taken, in ticks since 1970."""
        turn, within = divmod(frame, self._frames)
        return turn * self.loop.duration_ticks + int(self.loop.due_ticks[within]) + self._phase

    def is_keyframe(self, frame: int) -> bool:
        return bool(self.loop.keyframe[frame % self._frames])

    def _due(self, now_ticks: int) -> int:
        turn, within = divmod(now_ticks - self._phase - self._delay, self.loop.duration_ticks)
        return turn * self._frames + int(np.searchsorted(self.loop.due_ticks, within, side="right"))

    def _latest_key(self, before: int) -> int:
        """The last frame before frame number `before` that starts with a keyframe."""
        turn, within = divmod(before - 1, self._frames)
        index = int(np.searchsorted(self._key_frames, within, side="right")) - 1
        return turn * self._frames + int(self._key_frames[index])

    def _next_key(self, start: int) -> int:
        turn, within = divmod(start, self._frames)
        index = int(np.searchsorted(self._key_frames, within))
        if index == len(self._key_frames):
            return (turn + 1) * self._frames + int(self._key_frames[0])
        return turn * self._frames + int(self._key_frames[index])

    def chunk(self, start: int, end: int) -> bytes:
        """Packets of frames `start` to `end` (global numbers), with sequence numbers and time stamps in place."""
        pieces = []
        while start < end:
            turn, first = divmod(start, self._frames)
            last = min(first + end - start, self._frames)
            pieces.append(self._piece(turn, first, last))
            start += last - first
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _piece(self, turn: int, first: int, last: int) -> bytes:
        loop = self.loop
        p0, p1 = int(loop.first_packet[first]), int(loop.first_packet[last])
        b0, b1 = int(loop.offset[p0]), int(loop.offset[p1])
        data = np.frombuffer(loop.data, dtype=np.uint8, count=b1 - b0, offset=b0).copy()
        at = loop.offset[p0:p1] - (b0 - 6)
        if len(loop.tracks) == 1:
            number = loop.number[p0:p1] + (turn * loop.packets_of_track[0] & 0xFFFF)
            begin = (turn * loop.duration_ticks + self._phase) * loop.tracks[0].rate_hz // TICKS
            stamp = loop.stamp[p0:p1] + (begin & 0xFFFF_FFFF)
        else:
            numbers = np.array([turn * count & 0xFFFF for count in loop.packets_of_track])
            begins = np.array(
                [
                    (turn * loop.duration_ticks + self._phase) * track.rate_hz // TICKS & 0xFFFF_FFFF
                    for track in loop.tracks
                ]
            )
            track = loop.track[p0:p1]
            number = loop.number[p0:p1] + numbers[track]
            stamp = loop.stamp[p0:p1] + begins[track]
        data[at] = number >> 8
        data[at + 1] = number
        for byte, shift in enumerate((24, 16, 8, 0)):
            data[at + 2 + byte] = stamp >> shift
        return data.tobytes()

    def _schedule(self, now_s: float) -> None:
        turn, within = divmod(self._sent, self._frames)
        due = turn * self.loop.duration_ticks + int(self.loop.due_ticks[within]) + self._phase + self._delay
        wait = max((due - self._clock.ticks()) / TICKS, self._chunk_s, 0.0005)
        self._timer = asyncio.get_running_loop().call_later(wait, self._tick)

    def _tick(self) -> None:
        now_s = time.monotonic()
        due = self._due(self._clock.ticks())
        start, self._sent = self._sent, max(due, self._sent)
        if due > start:
            data = self.chunk(start, due)
            if now_s >= self._report_at:
                self._report_at = now_s + REPORT_PERIOD_S
                data += self.reports()
            for listener in tuple(self._listeners):
                listener.deliver(data)
            if self._waiting:
                self._admit(start, due)
        if self._listeners or self._waiting:
            self._schedule(now_s)

    def _admit(self, start: int, due: int) -> None:
        """Let those who wait for a keyframe in, if one came among frames `start` to `due`."""
        key = self._next_key(start)
        if key >= due:
            return
        data = self.reports() + self.chunk(key, due)
        waiting, self._waiting = self._waiting, []
        self._listeners += waiting
        for listener in waiting:
            listener.deliver(data)
